"""ACAS Xu: VNN-LIB properties on networks with five inputs and 300 units, found, checked by the Python kernel, and written down; a table in
Markdown.

    python bench/acas.py FOLDER [--seconds 116] [--properties 1,2,3,4]

The folder holds the networks, *.onnx, and the properties, prop_1.vnnlib and so on (they are not part of this project). Every property is
asked of every network. VNN-COMP allows 116 s. Processor time in this process; beside it the time that went by, which depends on what else
the machine does.
"""

import argparse
import platform
import statistics
import time
from pathlib import Path
from typing import NamedTuple

from verify.claim import Claim
from verify.kernel.errors import DepthproofError
from verify.network.load import load
from verify.search.proving import certified
from verify.search.vnnlib.property_file import claimed


class Instance(NamedTuple):
    verdict: str
    found: float
    passed: float  # until it was found, by the clock on the wall
    checked: float
    size: int
    reason: str = ""


def measured(claim: Claim, seconds: float) -> Instance:
    """What the search and the kernel do with a claim."""
    begun, wall = time.process_time(), time.monotonic()
    try:
        found = certified(claim, seconds)
    except DepthproofError as error:
        return Instance("undecided", time.process_time() - begun, time.monotonic() - wall, 0.0, 0, str(error))
    found_in, passed = time.process_time() - begun, time.monotonic() - wall
    begun = time.process_time()
    try:
        found.claim(claim).check(found.certificate)
    except DepthproofError as error:
        return Instance("not accepted", found_in, passed, time.process_time() - begun, len(found.certificate), str(error))
    verdict = "counterexample" if found.goal else "holds"
    return Instance(verdict, found_in, passed, time.process_time() - begun, len(found.certificate))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=116.0)
    parser.add_argument("--properties", default="1,2,3,4")
    given = parser.parse_args()
    print(f"Python {platform.python_version()}; at most {given.seconds:g} s for each\n")
    print("| property | network | verdict | found, on the wall | checked | bytes |\n|---|---|---|---|---|---|", flush=True)
    rows = dict[str, list[Instance]]()
    for number in given.properties.split(","):
        for path in sorted(given.folder.glob("*.onnx")):
            one = measured(claimed(given.folder / f"prop_{number}.vnnlib", load(path)), given.seconds)
            rows.setdefault(number, []).append(one)
            times = f"{one.found:.2f} s, {one.passed:.1f} s | {one.checked:.2f} s"
            print(f"| {number} | {path.stem} | {one.verdict} {one.reason} | {times} | {one.size:,} |", flush=True)
    print("\n| property | hold | counterexamples | not decided | found: median, most | checked: median, most | bytes: median, most |")
    print("|---|---|---|---|---|---|---|")
    for number, several in rows.items():
        print(f"| {number} | {summary(several)} |")


def summary(several: list[Instance]) -> str:
    counts = [sum(one.verdict == verdict for one in several) for verdict in ("holds", "counterexample")]
    held = [one for one in several if one.verdict == "holds"] or several
    cells = [*map(str, counts), str(len(several) - sum(counts))]
    for times in ([one.found for one in held], [one.checked for one in held]):
        cells.append(f"{statistics.median(times):.2f} s, {max(times):.2f} s")
    sizes = [one.size for one in held]
    return " | ".join([*cells, f"{statistics.median(sizes):,.0f}, {max(sizes):,}"])


if __name__ == "__main__":
    main()
