"""Certificates for claims about small networks: how long they take to find and to check, and how large they are; a table in Markdown.

    python bench/certificates.py      (the last part of make bench)

Each number is processor time in this process, the greatest and the median over the claims of a row.
"""

import platform
import random
import statistics
import time
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from verify import Interval, Network, distance, sawtooth
from verify.claim import Claim
from verify.exact import evaluate
from verify.kernel.errors import OverBudget
from verify.network.builders import compose, dense, random_network
from verify.search.proving import certified

UNIT = ["0", "1"]
SECONDS = 90.0
Query = tuple[str, dict[str, Any], dict[str, Network]]


def mirrored(f: Network) -> Network:
    """x ↦ f(1 − x)."""
    return compose(f, dense([([[-1]], [1])]))


def queries() -> Iterator[Query]:
    for k in range(1, 7):
        yield "0 ≤ Δ^k ≤ 1 on [0, 1], k ≤ 6", {"box": [UNIT], "holds": "0 <= f and f <= 1"}, {"f": sawtooth(k)}
    for k in range(1, 7):
        yield "Δ^k(x) = Δ^k(1 − x) on [0, 1], k ≤ 6", {"box": [UNIT], "holds": "f = g"}, {"f": sawtooth(k), "g": mirrored(sawtooth(k))}
    for seed in range(20):
        f, g = pair((16, 16), seed, 1)
        c = distance(f, g, Interval(Fraction(0), Fraction(1)), norm="sup").value
        yield "abs(f − g) ≤ its maximum on [0, 1], 1-16-16-1, 20 pairs", within(c, 1), {"f": f, "g": g}
    for widths in ((4, 4), (8, 8), (12, 12), (16, 16)):
        name = f"abs(f − g) ≤ c on [0, 1]², 2-{'-'.join(map(str, widths))}-1, 3 pairs"
        for seed in range(3):
            f, g = pair(widths, seed, 2)
            yield name, within(above(f, g), 2), {"f": f, "g": g}


def within(c: Fraction, inputs: int) -> dict[str, Any]:
    return {"box": [UNIT] * inputs, "holds": f"f - g <= {c} and g - f <= {c}"}


def pair(widths: tuple[int, ...], seed: int, inputs: int) -> tuple[Network, Network]:
    return random_network(widths, seed, inputs=inputs), random_network(widths, seed + 100, inputs=inputs)


def above(f: Network, g: Network) -> Fraction:
    """5 % above the greatest difference at 400 random points."""
    source = random.Random(1)
    points = [tuple(Fraction(source.randrange(65), 64) for _ in range(2)) for _ in range(400)]
    return Fraction(int(max(abs(evaluate(f, p)[0] - evaluate(g, p)[0]) for p in points) * 64 * Fraction(21, 20)) + 1, 64)


def measured(body: dict[str, Any], networks: dict[str, Network]) -> tuple[float, float, int, str] | None:
    """Seconds to find and to check the certificate, its bytes, and what it shows; None if there is none within the limits."""
    claim = Claim.from_short("bench", {"forall": body}, networks)
    start = time.process_time()
    try:
        found = certified(claim, SECONDS)
        middle = time.process_time()
        found.claim(claim).check(found.certificate)
    except OverBudget:
        return None
    return middle - start, time.process_time() - middle, len(found.certificate), "refuted" if found.goal else "holds"


def main() -> None:
    rows: dict[str, list[tuple[float, float, int, str] | None]] = {}
    for name, body, networks in queries():
        rows.setdefault(name, []).append(measured(body, networks))
    print(f"{platform.machine()}, Python {platform.python_version()}\n")
    print("| claim | found: median, most | checked: median, most | largest certificate | |\n|---|---|---|---|---|")
    for name, results in rows.items():
        done = [result for result in results if result is not None]
        parts = [[r[0] for r in done], [r[1] for r in done]]
        times = [f"{statistics.median(part):.2f} s, {max(part):.2f} s" if part else "none" for part in parts]
        verdicts = [result[3] if result else "undecided" for result in results]
        words = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in dict.fromkeys(verdicts))
        print(f"| {name} | {times[0]} | {times[1]} | {max((r[2] for r in done), default=0):,} bytes | {words} |")


if __name__ == "__main__":
    main()
