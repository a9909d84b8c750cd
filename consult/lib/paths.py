"""Where templates/, static/ and seed/ are, in a checkout and in an installed wheel alike."""

from pathlib import Path


def root() -> Path:
    """The folder that holds templates/, static/ and seed/.

    A wheel carries them inside the package, in `parts` (hatch_build.py puts them there); a checkout has
    them beside the package.
    """
    package = Path(__file__).resolve().parents[1]
    carried = package / "parts"
    return carried if carried.is_dir() else package.parent


def package() -> Path:
    """The folder of the package itself, where its data files lie."""
    return Path(__file__).resolve().parents[1]
