"""One network against the sawtooth: what its size proves, what its exact pieces prove, and how far it really is."""

from dataclasses import dataclass
from fractions import Fraction
from math import prod

from ..exact import Interval, distance, pieces
from ..network.builders import sawtooth
from ..network.network import Network
from .frontier import bracket

UNIT = Interval(Fraction(0), Fraction(1))


@dataclass(frozen=True)
class NetworkBound:
    """Two certified lower bounds of ∫₀¹ |Δ^k − g|, what stands behind each, and the distance itself (`low` = `high` if exact).

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
        """How far the better lower bound stays below the distance (below its certified lower end)."""
        return self.low - max(self.by_pieces, self.by_widths)


def network_bound(network: Network, k: int) -> NetworkBound:
    """What is proved of one network against Δ^k on [0, 1] from its widths, and from its exact pieces, beside its exact distance.

    The bound from widths uses ∏ (m_i + 1), units grouped by depth, so it holds with skip connections too. Raises `BadInput` for a network
    with more inputs or outputs, or a k below 1.
    """
    it = network.univariate()
    most, count = prod(m + 1 for m in it.widths), pieces(it, UNIT).pieces
    wide, exact = bracket(k, most), bracket(k, count)
    found = distance(sawtooth(k), it, UNIT)
    return NetworkBound(
        k, it.widths, most, wide.lower, wide.lower_by, count, exact.lower, exact.lower_by, found.low, found.high
    )
