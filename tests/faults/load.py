"""Load: 10,000 certificates in one folder, 100,000 calls in one session, 5,000 claims of tests.

Each is right to the last one, and its time and memory are printed. `python -m tests.faults.load`
runs all three; with the name of one, that one; with a number after it, so many.
"""

import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from verify import Claim, Interval, evaluate, pieces, prove, sawtooth
from verify.kernel.check import check
from verify.search import Proved

ROOT = Path(__file__).parents[2]
KERNEL = ROOT / "verify" / "kernel" / "__main__.py"
MOST_GROWTH = 5_000_000  # bytes of memory that a session may grow by
STATEMENT = {"forall": {"box": [["0", "1"]], "holds": "f <= 1"}}
TESTS = """
import pytest

@pytest.mark.parametrize("number", range({count}))
def test_pieces(depthproof, number):
    depthproof.pieces("sawtooth:2", at_most=4 + number % 50)
"""


def certified() -> tuple[Claim, bytes]:
    """A claim, and a certificate of it."""
    claim = Claim.from_short("c", STATEMENT, {"f": sawtooth(3)})
    found = prove(claim, 60)
    assert isinstance(found, Proved)
    return claim, found.certificate


def certificates(count: int) -> str:
    """A folder of so many is checked by the kernel alone; then one of them is damaged, and it alone
    is refused."""
    claim, certificate = certified()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for number in range(count):
            named = replace(claim, name=f"c{number}")
            own = certificate.replace(claim.sha256.encode(), named.sha256.encode())
            for name, data in named.files(own).items():
                (folder / name).parent.mkdir(exist_ok=True)
                (folder / name).write_bytes(data)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        lines = kernel(folder, 0)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took, most = after.ru_utime - before.ru_utime, after.ru_maxrss / 1000
        assert len(lines) == count and all(line.startswith("HOLDS") for line in lines)
        damaged = folder / f"c{count // 2}.certificate.json"
        damaged.write_bytes(certificate)  # of another claim
        refused = [line for line in kernel(folder, 10) if not line.startswith("HOLDS")]
        assert len(refused) == 1 and f"c{count // 2}" in refused[0], refused
    return f"{count} certificates checked in {took:.1f} s of processor time, {most:.0f} MB; of one damaged, 1 refused"


def kernel(folder: Path, code: int) -> list[str]:
    """The kernel's verdicts, a line each."""
    command = [sys.executable, "-I", "-S", str(KERNEL), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return [line for line in done.stdout.splitlines() if not line.startswith("  ")]


def calls(count: int) -> str:
    """So many calls in this process: memory after the first tenth, and after the last."""
    claim, certificate = certified()
    network = sawtooth(3)
    of_all: list[Callable[[int], bool]] = [
        lambda number: evaluate(network, [Fraction(number % 9, 8)]) is not None,
        lambda number: counted(1 + number % 3),
        lambda number: bool(check(claim.canonical, certificate, lambda _: network.canonical)),
        lambda number: refused(claim.canonical, certificate[: number % (len(certificate) - 2)]),
    ]
    start, early = time.process_time(), 0
    for number in range(count):
        assert of_all[number % len(of_all)](number), number
        if number == count // 10:
            early = memory()
    growth = memory() - early
    assert growth <= MOST_GROWTH, growth
    took = time.process_time() - start
    return f"{count} calls in {took:.1f} s of processor time; memory grew by {growth / 1e6:.1f} MB after the first tenth"


def counted(teeth: int) -> bool:
    return len(pieces(sawtooth(teeth), Interval(Fraction(0), Fraction(1))).slopes) == 2**teeth


def refused(claim: bytes, certificate: bytes) -> bool:
    """Whether the kernel refuses a part of a certificate."""
    from verify.kernel.errors import DepthproofError

    try:
        check(claim, certificate, lambda _: sawtooth(3).canonical)
    except DepthproofError:
        return True
    return False


def memory() -> int:
    """Bytes that this process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def claims(count: int) -> str:
    """So many tests with a claim each, of 50 different claims, in two processes: twice, so that the
    second run finds all in the cache."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "test_claims.py").write_text(TESTS.format(count=count))
        (folder / "pytest.ini").write_text("[pytest]\n")
        first, found = tested(folder)
        second, again = tested(folder)
        assert len(found) == len(again) == count
        assert all(row["verdict"] == "HOLDS" for row in found + again)
        assert all(row["cached"] for row in again)
    return f"{count} claims of tests with -n 2 in {first:.0f} s, all cached in {second:.0f} s"


def tested(folder: Path) -> tuple[float, list[dict[str, object]]]:
    """How long the tests took, and the report's rows."""
    start = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--depthproof-report", "rows.json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
    rows = json.loads((folder / "rows.json").read_bytes())["claims"]
    return time.monotonic() - start, rows


LOADS = {certificates: 10_000, calls: 100_000, claims: 5_000}


if __name__ == "__main__":
    only, number = [*sys.argv[1:], "", ""][:2]
    for load, count in LOADS.items():
        if only in ("", load.__name__):
            print(load(int(number or count)), flush=True)
