"""Where imported contributions come from."""

from consult.imports.models import Post, PostState, Source
from consult.imports.queries import posts_of

__all__ = ["Post", "PostState", "Source", "posts_of"]
