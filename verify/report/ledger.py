"""The ledger: what proving showed, as plain data; everything that reports prints comes from here."""

import hashlib
import json
import os
import platform
import time
from collections.abc import Iterable
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ..files import write_bytes
from ..kernel import check as kernel
from ..kernel.errors import placed
from ..kernel.numerals import numeral
from ..theorem import InCoq, Result

PACKAGES = ("depthproof", "sympy", "z3-solver", "networkx", "python-flint", "numpy")


FORMAT = "ledger/1"


def ledger(results: Iterable[Result], folder: Path, scripts: Path) -> dict[str, Any]:
    """The results as JSON data; certificates are files in `folder`, proof scripts in `scripts`. No path of this machine is in it."""
    found = []
    for result in results:
        name = result.theorem.name
        script = scripts / f"{name.replace('.', '_')}.py"
        value = entry(result, folder) | {"script": {"path": script.name, "sha256": sha256(script)}}
        for seen in value["evidence"]:
            seen["detail"] = seen["detail"].replace(f"{scripts.resolve().parent}{os.sep}", "")
        found.append(value)
    return {"format": FORMAT, "theorems": found, "versions": versions()}


def entry(result: Result, folder: Path | None) -> dict[str, Any]:
    """One theorem: its words, what was seen of each piece of evidence, and its certificates' hashes if they are in a folder."""
    theorem = result.theorem
    by_name = list(theorem.evidence) if len(theorem.evidence) == len(result.outcomes) else [None] * len(result.outcomes)
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
        "true": theorem.true,
        "as_expected": result.as_expected,
        "seconds": round(result.seconds, 1),
        "evidence": [
            {
                "grade": grade.name,
                "verdict": outcome.verdict.name,
                "detail": outcome.detail,
                "counterexample": {name: numeral(v) if isinstance(v, Fraction) else str(v) for name, v in outcome.counterexample.items()},
            }
            | ({"theorem": evidence.name} if isinstance(evidence, InCoq) else {})
            for evidence, (grade, outcome) in zip(by_name, result.outcomes, strict=True)
        ],
        "certificates": [_file(folder, name) for name in result.certificates] if folder is not None else [],
        "checked": list(result.checked),
    }


def _file(folder: Path, name: str) -> dict[str, Any]:
    data = (folder / name).read_bytes()
    value: dict[str, Any] = {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    if name.endswith(kernel.CERTIFICATE):
        value["checking"] = _checking(folder, name, data)
    return value


def _checking(folder: Path, name: str, certificate: bytes) -> float:
    """Seconds that the kernel takes to re-check the certificate here, in milliseconds' precision."""
    claim = (folder / f"{name.removesuffix(kernel.CERTIFICATE)}{kernel.CLAIM}").read_bytes()
    start = time.perf_counter()
    with placed(name):
        kernel.check(claim, certificate, lambda digest: (folder / "networks" / f"{digest}.json").read_bytes())
    return round(time.perf_counter() - start, 3)


def sha256(path: Path) -> str | None:
    """The hash of a file, or None if there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def write(path: Path, text: str) -> None:
    write_bytes(path, text.encode())


def write_json(path: Path, value: Any) -> None:
    write(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")
