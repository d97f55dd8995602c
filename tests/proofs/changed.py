"""A theorem's script, loaded anew, so that a test may change it."""

import importlib.util
from pathlib import Path
from types import ModuleType

from verify.layout import Place

FOLDER = Path(__file__).parents[2] / "proofs"


def module(name: str) -> ModuleType:
    """The script of the theorem of this name."""
    spec = importlib.util.spec_from_file_location("mutated", Place(FOLDER, name).script)
    assert spec is not None and spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found
