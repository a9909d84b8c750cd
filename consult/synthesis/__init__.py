"""Making sense of what people told us."""

from consult.synthesis.models import Coding, Reading, Theme
from consult.synthesis.queries import progress_of

__all__ = ["Coding", "Reading", "Theme", "progress_of"]
