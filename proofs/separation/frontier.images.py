"""separation.frontier.images — a bound on one interval of the zigzag holds on all its shifts by even numbers and reflections, at every
depth."""

from collections.abc import Iterator
from fractions import Fraction

from verify.answers.duals import dual, zigzag
from verify.author.cases import on_every, teeth
from verify.exact import Interval, PiecewiseLinear, distance
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

Ends = tuple[Fraction, Fraction]


def images() -> Iterator[tuple[int, Ends, Ends]]:
    """k, an interval, and an image of it within [0, 2^k]."""
    for low, high in ((Fraction(1, 3), Fraction(5, 3)), (Fraction(3, 4), Fraction(7, 2)), (Fraction(0), Fraction(3))):
        for k in (2, 3):
            for shift in range(0, 2**k + 1, 2):
                for image in ((low + shift, high + shift), (shift - high, shift - low)):
                    if 0 <= image[0] and image[1] <= 2**k:
                        yield k, (low, high), image


def bounded(k: int, ends: Ends, image: Ends) -> bool:
    """On the image the sawtooth is as far as said from the chords of some values, scaled by 2^k."""
    least, size = dual(*ends).bound, 2**k
    on = Interval(image[0] / size, image[1] / size)
    heights = [Fraction(i, 3) for i in range(4)] + [zigzag(x) for x in image]
    lines = (PiecewiseLinear((on.low, on.high), (u, v)) for u in heights for v in heights)
    return all(size * distance(teeth(k), line, on).low >= least for line in lines)


def instances() -> Outcome:
    return on_every("three intervals, their images in [0, 4] and [0, 8], 36 affine functions on each", images(), bounded)


THEOREM = Theorem(
    name="separation.frontier.images",
    statement="let z_k(y) = Δ^k(y/2^k). If ∫|z_K − l| ≥ v over [a, b] for every affine l, then also over [a + 2m, b + 2m] and [2m − "
    "b, 2m − a], for every z_k whose [0, 2^k] holds them",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_frontier_images"), Instances(instances)],
    note="So the table of separation.frontier needs each cell once, and the kernel checks it on Δ^4.",
)
