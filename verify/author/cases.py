"""Cases: a claim gone through case by case, exactly, and never taken for more than the cases that are listed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

from ..bounds import most_pieces as most_pieces
from ..bounds import product_bound as product_bound
from ..exact import Interval, PiecewiseLinear, pieces
from ..network.builders import dense, random_network, sawtooth
from ..network.network import Network
from ..theorem import Outcome, Verdict, holds, refuted, undecided

UNIT = Interval(Fraction(0), Fraction(1))
WIDE = Interval(Fraction(-(10**6)), Fraction(10**6))  # in place of the whole line


def on_every(listed: str, cases: Iterable[Sequence[Any]], claim: Callable[..., bool]) -> Outcome:
    """HOLDS if `claim(*case)` is true of every case; else refuted by the first of which it is not.

    No case at all is undecided. `listed` says in words which cases they are; the detail adds how many there were.

    >>> on_every("k = 1, 2", [(1,), (2,)], lambda k: k > 0).detail
    '2 cases, exactly: k = 1, 2'
    """
    count = 0
    for case in cases:
        count += 1
        if not claim(*case):
            return refuted(f"fails at case {count} of: {listed}", case=", ".join(map(str, case)))
    if count == 0:
        return undecided(f"no cases: {listed}")
    counted = "1 case" if count == 1 else f"{count} cases"
    return holds(f"{counted}, exactly: {listed}")


def all_of(*outcomes: Outcome) -> Outcome:
    """The first of the outcomes that does not hold, or that all hold, with their details.

    >>> all_of(holds("a"), holds("b")).detail
    'a; b'
    """
    for outcome in outcomes:
        if outcome.verdict != Verdict.HOLDS:
            return outcome
    return holds("; ".join(outcome.detail for outcome in outcomes))


def unequal(what: str, found: Fraction, claimed: Fraction, **at: Fraction | int) -> Outcome:
    """Refuted by the point `at`, if what was found there is not what is claimed; if it is, nothing is shown."""
    if found == claimed:
        return undecided(f"{what}: no difference at the point tried")
    return refuted(f"{what}: {found}, not {claimed}", **at, found=found, claimed=claimed)


def shapes(depth: int, widest: int, least: int = 1) -> Iterator[tuple[int, ...]]:
    """Every sequence of 1 to `depth` hidden widths from `least` to `widest`."""
    for length in range(1, depth + 1):
        yield from product(range(least, widest + 1), repeat=length)


def samples(
    widths: Iterable[tuple[int, ...]], seeds: int, skips: bool = False
) -> Iterator[tuple[tuple[int, ...], int, Network]]:
    """(widths, seed, random network) for seeds 0, 1, …: the same networks on every machine.

    >>> [(shape, seed) for shape, seed, network in samples([(2,), (3, 1)], 2)]
    [((2,), 0), ((2,), 1), ((3, 1), 0), ((3, 1), 1)]
    """
    for shape in widths:
        for seed in range(seeds):
            yield shape, seed, random_network(shape, seed, skips=skips)


@cache
def teeth(k: int) -> PiecewiseLinear:
    """Δ^k on [0, 1], its 2^k pieces found from the network.

    >>> teeth(3).pieces
    8
    """
    return pieces(sawtooth(k), UNIT)


def waves(points: int, heights: Sequence[Fraction]) -> Iterator[PiecewiseLinear]:
    """Every continuous function on [0, 1] affine between the multiples of 1/points, with one of these values at each.

    >>> len(list(waves(2, [Fraction(0), Fraction(1)])))
    8
    """
    places = tuple(Fraction(i, points) for i in range(points + 1))
    return (PiecewiseLinear(places, values) for values in product(heights, repeat=points + 1))


def sizes(cases: Iterable[tuple[int, tuple[int, ...]]]) -> str:
    """Inputs and widths of some networks, as a record lists them.

    >>> sizes([(1, (3, 4)), (2, (6,))])
    'd = 1: 3 4, d = 2: 6'
    """
    return ", ".join(f"d = {d}: {' '.join(map(str, widths))}" for d, widths in cases)


def fold(d: int, m: int) -> Network:
    """Montúfar's layer on [0, 1]^d: ⌊m / d⌋ of m units fold each coordinate, + 1, − 2, + 2, …; the rest are idle.

    >>> pieces(fold(1, 3), UNIT).pieces
    3
    """
    p = m // d
    rows = []
    for k in range(d):
        row = [0] * d
        row[k] = p
        rows += [row] * p
    offsets = list(range(0, -p, -1)) * d
    signs = [1, *(2 if i % 2 == 0 else -2 for i in range(1, p))]
    idle = m - d * p
    outputs = [[0] * (p * k) + signs + [0] * (p * (d - 1 - k) + idle) for k in range(d)]
    return dense([(rows + [[0] * d] * idle, offsets + [0] * idle), (outputs, [0] * d)])
