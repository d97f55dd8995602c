"""The package's public names: each is what it says in a fresh interpreter, whatever was imported before it."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import verify

ROOT = Path(__file__).parent.parent
PROVE = "from verify.search.proving import prove; import verify; assert verify.prove is prove"


def ran(code: str) -> str:
    """What a fresh interpreter complains about."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True).stderr


def test_every_name_resolves() -> None:
    resolved = "for name in verify.__all__: assert getattr(verify, name).__name__ == name, name"
    assert ran(f"import verify\n{resolved}\nfrom verify import *") == ""
    every = "import pkgutil; [__import__(it.name) for it in pkgutil.walk_packages(verify.__path__, 'verify.') if '__main__' not in it.name]"
    assert ran(f"import verify\n{every}\n{resolved}") == ""


@pytest.mark.parametrize("before", ["", "verify.search.proving", "verify.search.limits", "verify.author.theory", "verify.cli.claims"])
def test_prove_is_the_function_whatever_was_imported_before(before: str) -> None:
    first = f"import {before}\n" if before else ""
    assert ran(f"{first}import verify\nfound = verify.prove\n{PROVE} is found\nimport verify.search as s; assert s.prove is found") == ""


def test_the_version_is_the_distribution_s() -> None:
    assert verify.__version__ == version("depthproof")
    assert (Path(verify.__file__).parent / "py.typed").is_file()


def test_a_name_that_is_none() -> None:
    with pytest.raises(AttributeError, match="no attribute 'disprove'"):
        _ = verify.disprove
