"""The ledger: what proving showed, as plain data; everything that reports prints comes from here."""

import hashlib
import json
import os
from collections.abc import Iterable
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ..kernel.errors import BadInput, displayed
from ..kernel.numeral import numeral
from ..theorem import Result

PACKAGES = ("depthproof", "sympy", "z3-solver", "networkx", "python-flint", "numpy")


def ledger(results: Iterable[Result], folder: Path) -> dict[str, Any]:
    """The results as JSON data; certificates are files in `folder`."""
    return {"theorems": [entry(result, folder) for result in results], "versions": versions()}


def entry(result: Result, folder: Path | None) -> dict[str, Any]:
    """One theorem: its words, what was seen of each piece of evidence, and its certificates' hashes if they are in a folder."""
    theorem = result.theorem
    return {
        "name": theorem.name,
        "statement": theorem.statement,
        "says": theorem.says,
        "source": theorem.source,
        "note": theorem.note,
        "rests_on": list(theorem.rests_on),
        "grade": result.grade.name,
        "verdict": result.verdict.name,
        "label": result.label,
        "as_expected": result.as_expected,
        "seconds": round(result.seconds, 3),
        "evidence": [
            {
                "grade": grade.name,
                "verdict": outcome.verdict.name,
                "detail": outcome.detail,
                "counterexample": {name: numeral(v) if isinstance(v, Fraction) else str(v) for name, v in outcome.counterexample.items()},
            }
            for grade, outcome in result.outcomes
        ],
        "certificates": [_file(folder, name) for name in result.certificates] if folder is not None else [],
        "checked": list(result.checked),
    }


def _file(folder: Path, name: str) -> dict[str, Any]:
    data = (folder / name).read_bytes()
    return {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def versions() -> dict[str, str]:
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def write(path: Path, text: str) -> None:
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: a temporary file beside it, synced, renamed, the folder synced."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise BadInput(displayed(str(path)), f"cannot be written: {(error.strerror or str(error)).lower()}") from None


def write_json(path: Path, value: Any) -> None:
    write(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")
