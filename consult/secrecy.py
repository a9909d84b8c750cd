"""The installation's seal, for what names or reaches a person."""

from functools import lru_cache

from consult.lib.seal import Seal
from consult.settings import settings


@lru_cache(maxsize=4)
def _seal(key: bytes) -> Seal:
    return Seal(key)


def seal() -> Seal:
    """Made once for each secret: deriving the key takes time."""
    return _seal(settings().key)
