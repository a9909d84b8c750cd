"""What pages of the office are tried with: the Mastodon-shaped server."""

from tests.imports.conftest import mastodon, running_mastodon

__all__ = ["mastodon", "running_mastodon"]
