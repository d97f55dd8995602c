"""Which checks of the kernel the generator misses when they are taken out, one at a time.

    python -m tests.kernel.removals 3000 150

A case in which a check never refuses is the same without it. So the cases are made once, with a
kernel that tells which of its checks refuse; then, without a check, only the cases in which it did.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from .generated.kernels import Removal, removals, watched, without
from .generator import Found, outcome


class Line(NamedTuple):
    """A check; in how many cases it refuses; how many of them it took to find that it is gone."""

    check: Removal
    refuses: int
    tried: int
    says: str


def refusals(first: int, count: int, out: Path) -> dict[tuple[str, int], list[int]]:
    """The cases in which a check refuses, by its module and number."""
    kernel, fired = watched()
    found = defaultdict[tuple[str, int], list[int]](list)
    for number in range(first, first + count):
        fired.clear()
        outcome(number, kernel, out)
        for check in fired:
            found[check].append(number)
    return found


def missed(check: Removal, cases: dict[tuple[str, int], list[int]], most: int, out: Path) -> Line:
    """What happens without a check, in at most so many of the cases in which it refuses."""
    numbers = cases.get((check.module, check.number), [])
    kernel = without(check)
    for tried, number in enumerate(numbers[:most], 1):
        try:
            outcome(number, kernel, out)
        except Found as error:
            return Line(check, len(numbers), tried, str(error).splitlines()[0])
    return Line(check, len(numbers), min(most, len(numbers)), "")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("most", type=int)
    parser.add_argument("--from", dest="first", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cases = refusals(given.first, given.count, Path(folder))
        for check in removals():
            line = missed(check, cases, given.most, Path(folder))
            module, at, _, text = line.check
            said = line.says or "not found"
            print(f"{module}:{at}\t{line.refuses}\t{line.tried}\t{said}\t{text[:100]}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
