"""Packages that only some work needs: a missing one is named before any of it is done."""

import sys
from importlib.util import find_spec

from .kernel.errors import BadInput


def need(package: str, extra: str, what: str) -> None:
    """Raises `BadInput` where a package is not installed; says which extra has it. Imports nothing.

    >>> need("networkx", "report", "drawing")
    """
    is_hidden = package in sys.modules and sys.modules[package] is None
    if is_hidden or find_spec(package) is None:
        how = f"pip install {package} (or all of the extra {extra})"
        raise BadInput("", f"{what} needs the package {package}: {how}")
