"""A network with one input on many intervals: properties in VNN-LIB, read, found, and checked by the Python kernel; a table in Markdown.

    python bench/intervals.py lindex.onnx [--intervals 200,1000] [--again 1300]

On each interval the network is between two numbers; a property asserts that it is not, in two disjuncts for an interval. The intervals are
`apart`, small and somewhere, and what is said is true by 1/1000; or they `cover` [0, 1], and the numbers are the least and the greatest
value there, rounded. `--again`: a claim that says `f <= c` so often. Each number is processor time in a process of its own; reading has
the imports and the network in it.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

from verify import Interval, Network, pieces
from verify.network.load import load

DIGITS = 10**16
Span = tuple[Fraction, Fraction]
# In a process of its own: reads, finds, checks; prints the seconds of each and the certificate's bytes.
MEASURE = """
import sys, time
from pathlib import Path
from verify.search.proving import certified, judged
from verify.search.vnnlib.property_file import claimed
from verify.claim import Claim
from verify.network.load import load
path, network = sys.argv[1:]
claim = claimed(Path(path), load(network)) if path.endswith(".vnnlib") else Claim.from_file(path, outside=True)
read = time.process_time()
found = certified(claim, 600)
end = time.process_time()
judged(claim, found)
print(f"{read:.2f} {end - read:.2f} {time.process_time() - end:.2f} {len(found.certificate):,}")
"""


def decimal(x: Fraction, up: bool) -> str:
    """The nearest number with 16 decimals below, or above."""
    number = ceil(x * DIGITS) if up else floor(x * DIGITS)
    sign = "-" if number < 0 else ""
    whole, rest = divmod(abs(number), DIGITS)
    return f"{sign}{whole}.{rest:016}"


def disjuncts(network: Network, spans: Sequence[Span], margin: Fraction) -> Iterator[str]:
    """For each interval two: f is less than its least value there; f is greater than its greatest value there; by more than a margin."""
    function = pieces(network, Interval(Fraction(0), Fraction(1)))
    for low, high in spans:
        values = [function(x) for x in (low, high, *(x for x in function.breakpoints if low < x < high))]
        sides = f"(>= X_0 {decimal(low, False)}) (<= X_0 {decimal(high, True)})"
        yield f"(and {sides} (< Y_0 {decimal(min(values) - margin, False)}))"
        yield f"(and {sides} (> Y_0 {decimal(max(values) + margin, True)}))"


def spans(kind: str, count: int) -> list[Span]:
    """So many intervals: those that make up [0, 1], or small ones between numbers of which each is drawn anew."""
    if kind == "cover":
        return [(Fraction(index, count), Fraction(index + 1, count)) for index in range(count)]
    source = random.Random(count)
    starts = sorted(source.sample(range(10**6), count))
    return [(Fraction(start, 10**6), Fraction(start, 10**6) + Fraction(source.randrange(1, 10**10), 10**16)) for start in starts]


def written(network: Network, kind: str, count: int) -> str:
    """The property as a file's text."""
    margin = Fraction(0) if kind == "cover" else Fraction(1, 1000)
    parts = "\n".join(disjuncts(network, spans(kind, count), margin))
    return f"(declare-const X_0 Real)\n(declare-const Y_0 Real)\n(assert (or\n{parts}\n))\n"


def measured(path: Path, network: Path) -> str:
    command = [sys.executable, "-c", MEASURE, str(path), str(network)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("network", type=Path)
    parser.add_argument("--intervals", default="200,1000")
    parser.add_argument("--again", type=int, default=1300)
    given = parser.parse_args()
    print("| claim | read | found | checked | certificate |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for count in filter(None, given.intervals.split(",")):
            for kind in ("apart", "cover"):
                path = Path(folder, f"{kind}{count}.vnnlib")
                path.write_text(written(load(given.network), kind, int(count)))
                row(f"{count} intervals: {kind}", measured(path, given.network))
        path = Path(folder, "again.json")
        holds = " and ".join(["f <= 1000000"] * given.again)
        networks = {"f": str(given.network.resolve())}
        whole = {"format": "claim/1", "networks": networks, "statement": {"forall": {"box": [["0", "1"]], "holds": holds}}}
        path.write_text(json.dumps(whole))
        row(f"f <= c said {given.again} times", measured(path, given.network))


def row(title: str, line: str) -> None:
    read, found, checked, size = line.split()
    print(f"| {title} | {read} s | {found} s | {checked} s | {size} bytes |", flush=True)


if __name__ == "__main__":
    main()
