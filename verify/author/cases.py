"""Cases: a claim gone through case by case, exactly, and never taken for more than the cases that are listed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

from ..bounds import most_pieces as most_pieces
from ..bounds import product_bound as product_bound
from ..exact import Interval, PiecewiseLinear, pieces
from ..network.builders import random_network, sawtooth
from ..network.network import Network
from ..theorem import Outcome, Verdict, holds, refuted, undecided

UNIT = Interval(Fraction(0), Fraction(1))
WIDE = Interval(Fraction(-(10**6)), Fraction(10**6))  # in place of the whole line


def on_every(listed: str, cases: Iterable[Sequence[Any]], claim: Callable[..., bool]) -> Outcome:
    """HOLDS if `claim(*case)` is true of every case; else refuted by the first of which it is not. No case at all is undecided.

    `listed` says in words which cases they are; the detail adds how many there were.
    """
    count = 0
    for case in cases:
        if not claim(*case):
            return refuted(f"fails at case {count + 1} of: {listed}", case=", ".join(map(str, case)))
        count += 1
    return holds(f"{count} case{'s' * (count > 1)}, exactly: {listed}") if count else undecided(f"no cases: {listed}")


def all_of(*outcomes: Outcome) -> Outcome:
    """The first of the outcomes that does not hold, or that all hold, with their details."""
    failed = next((outcome for outcome in outcomes if outcome.verdict != Verdict.HOLDS), None)
    return failed or holds("; ".join(outcome.detail for outcome in outcomes))


def unequal(what: str, found: Fraction, claimed: Fraction, **at: Fraction | int) -> Outcome:
    """Refuted by the point `at`, if what was found there is not what is claimed; if it is, nothing is shown."""
    if found == claimed:
        return undecided(f"{what}: no difference at the point tried")
    return refuted(f"{what}: {found}, not {claimed}", **at, found=found, claimed=claimed)


def shapes(depth: int, widest: int, least: int = 1) -> Iterator[tuple[int, ...]]:
    """Every sequence of 1 to `depth` hidden widths from `least` to `widest`."""
    for length in range(1, depth + 1):
        yield from product(range(least, widest + 1), repeat=length)


def samples(widths: Iterable[tuple[int, ...]], seeds: int, skips: bool = False) -> Iterator[tuple[tuple[int, ...], int, Network]]:
    """(widths, seed, random network) for seeds 0, 1, …: the same networks on every machine."""
    for shape in widths:
        for seed in range(seeds):
            yield shape, seed, random_network(shape, seed, skips=skips)


@cache
def teeth(k: int) -> PiecewiseLinear:
    """Δ^k on [0, 1], its 2^k pieces found from the network."""
    return pieces(sawtooth(k), UNIT)


def waves(points: int, heights: Sequence[Fraction]) -> Iterator[PiecewiseLinear]:
    """Every continuous function on [0, 1] affine between the multiples of 1/points, with one of these values at each."""
    places = tuple(Fraction(i, points) for i in range(points + 1))
    return (PiecewiseLinear(places, values) for values in product(heights, repeat=points + 1))
