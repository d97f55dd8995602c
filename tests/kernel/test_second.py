"""The Python kernel and the proved checker accept the same files, in the same words: 20,000 here.

`make nightly`: 1,000,000.
"""

import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from verify.kernel.check import report

from .mutation import ROOT
from .second import BATCH, BINARY, COMMITTED, Case, Comparison, answers, cases, compared, of_network, read, uses_unproved
from .small import pieces, written

pytestmark = pytest.mark.slow

MISSING = "build/checker/depthcheck is not built: make checker"
needs_binary = pytest.mark.skipif(not BINARY.exists(), reason=MISSING)
BATCHES = 5
SCRIPT = BINARY.with_suffix(".js")
NODE = """
const fs = require("fs"), path = require("path"), [script, ...claims] = process.argv.slice(1);
require(script);
for (const claim of claims) {
  const read = name => fs.readFileSync(name), networks = {};
  for (const hash of Object.values(JSON.parse(read(claim)).networks))
    networks[hash] = read(path.join(path.dirname(claim), "networks", hash + ".json"));
  const certificate = read(claim.replace(".claim.", ".certificate."));
  console.log(depthcheck(read(claim), certificate, networks).lines.join("\\n"));
}
"""


@needs_binary
@pytest.mark.parametrize("seed", range(8))
def test_both_checkers_accept_the_same(seed: int) -> None:
    whole = Comparison()
    for number in range(BATCHES):
        whole.add(compared(list(cases(BATCH, BATCHES * seed + number))))
    assert not whole.accepting, whole.accepting[:3]
    agreed = whole.agreed
    assert agreed["HOLDS"] > 100 and agreed["REJECTED"] > 300 and agreed["MALFORMED"] > 300
    assert len(whole.classes) < BATCH * BATCHES / 100, whole.classes[:3]


@needs_binary
def test_the_committed_certificates_are_said_in_the_same_bytes() -> None:
    kernel = ROOT / "verify" / "kernel" / "__main__.py"
    known = [path for path in COMMITTED if not uses_unproved(read(path))]
    one = subprocess.run([sys.executable, "-I", "-S", kernel, *known], capture_output=True)
    other = subprocess.run([BINARY, *known], capture_output=True)
    assert (one.returncode, one.stdout) == (other.returncode, other.stdout)
    assert one.returncode == 0 and one.stdout.count(b"HOLDS") > 30


@needs_binary
@pytest.mark.skipif(shutil.which("node") is None, reason="node is missing")
def test_the_javascript_says_the_same() -> None:
    found = subprocess.run(["node", "-e", NODE, SCRIPT, *COMMITTED], capture_output=True, text=True)
    native = subprocess.run([BINARY, *COMMITTED], capture_output=True, text=True)
    assert found.stdout == native.stdout, found.stderr


def paths(folder: Path) -> list[Path]:
    """Paths of every kind: what holds, what is not there, odd names, folders below, a link."""
    written(folder / "a")
    written(folder / "a" / "below")
    odd = written(folder / "o\u00e9\n~", evidence={"items": []})
    (folder / "empty").mkdir()
    written(folder / "rejected", evidence=pieces(2, ["0", "1"])[1])
    written(folder / "lost")
    (folder / "lost" / "tent.certificate.json").unlink()
    names = ["a", "a/tent", "a/tent.claim.json", "nothing", "empty", "rejected", "lost", "a/"]
    return [odd, *(folder / name for name in names)]


@needs_binary
def test_paths_codes_and_words_are_those_of_the_python_checker(tmp_path: Path) -> None:
    for path in paths(tmp_path):
        lines: list[str] = []
        code = report([str(path)], lines.append)
        found = subprocess.run([BINARY, path], capture_output=True, text=True)
        assert found.returncode == code
        starts = [line.split(": ")[0] for line in found.stdout.splitlines()]
        assert starts == [line.split(": ")[0] for line in lines]


LONG: dict[str, tuple[Any, Any]] = {
    "a long simplex": ([["1", "0"], ["1", "1"]], [[0] * 20_000]),
    "one that is longer than is read": ([["1", "0"], ["1", "1"]], [[0] * 200_000]),
    "a walk from a long one": ([[]] * 1_000, [[*range(500)], *[1] * 500]),
    "a long walk on the border": ([["1", "0"], ["1", "1"]], [[0, 1], *[0] * 200_000]),
    "points far back": ([["1", "0"], ["1", "1"], *[10**17] * 200_000], []),
}


@needs_binary
@pytest.mark.parametrize("name", LONG)
def test_what_is_long_costs_little(name: str, tmp_path: Path) -> None:
    points, simplices = LONG[name]
    statement = {"declare": [], "goals": [{"goal": "claim", "for": [], "holds": "0 <= x <= 1 implies f <= 1"}]}
    proof = {"items": [{"goal": "claim", "proof": [["cells", [0, 1, 2], points, simplices]]}]}
    case = of_network(statement, proof, {"f": "tent"})
    (tmp_path / "networks").mkdir()
    (tmp_path / "a.claim.json").write_bytes(case.claim)
    (tmp_path / "a.certificate.json").write_bytes(case.certificate)
    for digest, network in case.networks.items():
        (tmp_path / "networks" / f"{digest}.json").write_bytes(network)
    limited = ["sh", "-c", 'ulimit -v 1000000; exec "$0" "$@"']
    kernel = [sys.executable, "-I", "-S", str(ROOT / "verify" / "kernel" / "__main__.py")]
    for checker in ([str(BINARY)], kernel):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        found = subprocess.run([*limited, *checker, str(tmp_path)], capture_output=True, text=True)
        assert found.returncode in (2, 3, 10), found
        assert "out of memory" not in found.stdout and "stack" not in found.stdout
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 10


def program(folder: Path, text: str) -> Path:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def few() -> list[Case]:
    return list(cases(30, 1))


def test_a_checker_that_accepts_everything_is_noticed(tmp_path: Path) -> None:
    one = """for f in $1/*.claim.json; do echo 'HOLDS "test"'; done"""
    assert len(compared(few(), program(tmp_path, one)).accepting) > 10


def test_a_checker_that_ends_early_is_asked_about_the_others(tmp_path: Path) -> None:
    crash = 'if test -d $1; then echo "REJECTED a: b"; kill -9 $$; fi; echo "MALFORMED $1: c"'
    assert compared(few(), program(tmp_path, crash)).agreed["MALFORMED"] > 3
    silent = compared(few(), program(tmp_path, "exit 139"))
    assert len(silent.accepting) == 30
    assert all(what.endswith("OWN FAULT") for what, _ in silent.accepting)


def test_answers_are_read() -> None:
    holds = ['HOLDS "a"', "  proved b: 0 <= 0"]
    lines = [*holds, "REJECTED x: y", "OVER BUDGET x: y", "OWN FAULT x: y", "MALFORMED x: y"]
    said = answers("\n".join(lines))
    assert [answer.code for answer in said] == [0, 10, 3, 4, 2]
    assert said[0].lines == tuple(holds)
