"""One network against the sawtooth: what its size proves, what its exact pieces prove, and how far
it really is."""

from dataclasses import dataclass
from fractions import Fraction
from math import prod

from ..exact import Interval, distance, pieces
from ..exact.cells import Box
from ..exact.cells.extremes import area_between
from ..kernel.errors import BadInput
from ..network.builders import affine, compose, sawtooth
from ..network.network import Network
from .frontier import bracket
from .separate import bound

UNIT = Interval(Fraction(0), Fraction(1))


@dataclass(frozen=True)
class NetworkBound:
    """Two certified lower bounds of ∫₀¹ |Δ^k − g|, what stands behind each, and the distance itself
    (`low` = `high` if exact).

    `most_pieces`: ∏ (m_i + 1). `pieces`: the exact number on [0, 1].
    """

    k: int
    widths: tuple[int, ...]
    most_pieces: int
    by_widths: Fraction
    widths_evidence: str
    pieces: int
    by_pieces: Fraction
    pieces_evidence: str
    low: Fraction
    high: Fraction

    @property
    def gap(self) -> Fraction:
        """How far the better lower bound stays below the distance (below its certified lower
        end)."""
        return self.low - max(self.by_pieces, self.by_widths)


@dataclass(frozen=True)
class CubeBound:
    """The same for a network with d > 1 inputs against Δ^k(x_1) on [0, 1]^d: what its widths prove
    (separation.dimension: on lines it has at most `most_pieces`), and how far it is, exactly."""

    k: int
    widths: tuple[int, ...]
    most_pieces: int
    by_widths: Fraction
    evidence: str
    distance: Fraction

    @property
    def gap(self) -> Fraction:
        return self.distance - self.by_widths


def cube_bound(network: Network, k: int) -> CubeBound:
    """What is proved of one network with several inputs against Δ^k(x_1) on [0, 1]^d, beside its
    exact distance. Raises `OverBudget` where its cell complex has too many faces."""
    if k < 1:
        raise BadInput("", f"expected a k of at least 1, found {k}")
    size = network.input_size
    first = affine([[1] + [0] * (size - 1)], [0])
    most = prod(m + 1 for m in network.widths)
    away = area_between(compose(sawtooth(k), first), network, Box.cube(0, 1, size))
    return CubeBound(k, network.widths, most, bound(most, k), "separation.dimension", away)


def network_bound(network: Network, k: int) -> NetworkBound:
    """What is proved of one network against Δ^k on [0, 1] from its widths, and from its exact
    pieces, beside its exact distance.

    The bound from widths uses ∏ (m_i + 1), units grouped by depth, so it holds with skip
    connections too. Raises `BadInput` for a network with more inputs or outputs, or a k below 1.
    """
    it = network.univariate()
    most, count = prod(m + 1 for m in it.widths), pieces(it, UNIT).pieces
    by_widths, by_pieces = bracket(k, most), bracket(k, count)
    away = distance(sawtooth(k), it, UNIT)
    return NetworkBound(
        k=k,
        widths=it.widths,
        most_pieces=most,
        by_widths=by_widths.lower,
        widths_evidence=by_widths.lower_by,
        pieces=count,
        by_pieces=by_pieces.lower,
        pieces_evidence=by_pieces.lower_by,
        low=away.low,
        high=away.high,
    )
