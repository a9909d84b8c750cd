"""Consult runs a public consultation from the question to the answer."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("consult")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0"
