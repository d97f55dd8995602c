"""The compiled Coq development, for tests that run coqc over it."""

import subprocess
from pathlib import Path

import pytest

from verify.evidence import coq, coq_run

ROOT = Path(__file__).parent.parent.parent
SOURCES, BUILD = ROOT / "proofs" / "coq", ROOT / "build" / "coq"


def required() -> None:
    """Skips the test, with the reason, where coqc or the development as it is now, compiled, is missing."""
    if coq_run.version() is None:
        pytest.skip("coqc is missing: apt-get install --no-install-recommends coq libcoq-coquelicot")
    for name in coq.sources(SOURCES):
        if name.startswith(coq.STATEMENTS):
            continue
        copy = BUILD / name
        if not copy.with_suffix(".vo").is_file() or copy.read_bytes() != (SOURCES / name).read_bytes():
            pytest.skip(f"{name} as it is now is not compiled under build/coq: run make coq first")


LOAD = ["-q", "-w", "none", "-R", str(BUILD), coq_run.LIBRARY, "-Q", str(BUILD / "checker"), coq_run.CHECKER]


def coqtop(text: str) -> str:
    """What coqtop says against the sentences of the text, each with what was read; it goes on after a refusal."""
    return subprocess.run(["coqtop", *LOAD], input=text, capture_output=True, text=True, timeout=300, check=False).stderr


def coqc(path: Path) -> str:
    """What coqc says against the file; nothing where it accepts it."""
    command = ["coqc", *LOAD, path.name]
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, timeout=300, check=False)
    return "" if done.returncode == 0 else done.stderr or "coqc failed"
