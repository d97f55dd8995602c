"""How deep the sawtooth must be so that every network of a given size misses it by a given error;
and which sizes a given depth excludes.

All of it is one inequality, separation.sharp: a function with at most P affine pieces on [0, 1] has
∫|Δ^k − g| ≥ ¼ (1 − P / 2^k), which is at least ε exactly when 2^k (1 − 4ε) ≥ P. A network whose
units have t-piece activations and widths m_i at depth i, skip connections allowed, has at most P =
∏ ((t − 1) m_i + 1) pieces. Everything is decided in integers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from ..bounds import MOST_BITS, even_split, most_pieces, product_bound
from ..kernel.errors import BadInput, OverBudget, displayed
from ..kernel.numerals import numeral
from ..network.builders import exact

QUARTER = Fraction(1, 4)
LECTURE_ERROR = Fraction(1, 32)
LONGEST_TABLE = 50
TOO_FAR = (
    "no k: the constant 1/2, a network without units, is exactly 1/4 away from every Δ^k"
    " (separation.optimal)"
)
CLOSER = (
    "no k: with two pieces or more some g comes closer than 1/4 to every Δ^k"
    " (separation.sharp.tight)"
)


@dataclass(frozen=True)
class Separation:
    """How deep a sawtooth every network of the given size misses by `error`.

    `k`: the least for which the named theorem gives ∫|Δ^k − g| ≥ `error` for every such network g;
    None if there is none, and `reason` says why. `lecture_k`: the k of the lecture's own theorem;
    None where it says nothing, and `lecture_reason` says why. `pieces`: the most pieces that such a
    network can have. `widths`: where the bound reaches them; None for very many layers.
    """

    k: int | None
    theorem: str
    rests_on: tuple[str, ...]
    reason: str
    pieces: int
    widths: tuple[int, ...] | None
    lecture_k: int | None
    lecture_reason: str


@dataclass(frozen=True)
class Excluded:
    """What the theorem excludes at k and error ε: every function with at most `pieces` pieces on
    [0, 1].

    `sizes`: (L, N) for L = 1, 2, …: every network of depth ≤ L with ≤ N units. The list ends where
    N no longer falls, or after 50 depths. `any_depth`: every network with that many units, of
    whatever depth; None stands for every number.
    """

    pieces: int
    sizes: tuple[tuple[int, int], ...]
    any_depth: int | None
    theorem: str
    rests_on: tuple[str, ...]


def bound(count: int, k: int) -> Fraction:
    """¼ (1 − count / 2^k), or 0 where that is negative: separation.sharp."""
    return max(Fraction(0), (1 - Fraction(count, 2**k)) / 4)


def separate(
    depth: int,
    nodes: int,
    error: Fraction,
    widths: Sequence[int] | None = None,
    activation_pieces: int = 2,
) -> Separation:
    """The least k for which every network g of depth ≤ `depth` with ≤ `nodes` units has
    ∫₀¹ |Δ^k − g| ≥ `error`. Skip connections are allowed.

    With `widths` (units at depth 1, 2, …), every network of these or smaller widths. Exact; numbers
    of any length. Raises `BadInput` for sizes that are no sizes, `OverBudget` beyond 10^7 bits.
    Source: separation.sharp; for the lecture's k: Telgarsky 2015.

    >>> separate(2, 4, Fraction(1, 32)).k
    4
    """
    eps = exact(error)
    _require(depth >= 0 and nodes >= 0, "a depth and a number of units of at least 0", depth, nodes)
    _require(activation_pieces >= 1, "activations with at least 1 piece", activation_pieces)
    _require(eps > 0, "an error above 0", eps)
    if widths is None:
        most = most_pieces(depth, nodes, activation_pieces)
        chosen = _spelled(*even_split(depth, nodes))
    else:
        _require(all(m >= 1 for m in widths), "widths of at least 1", *widths)
        depth, nodes, chosen = len(widths), sum(widths), tuple(widths)
        most = product_bound(widths, activation_pieces)
    lecture = _lecture(depth, nodes, eps, activation_pieces)
    theorem, rests_on = _named(most, activation_pieces)
    k, reason = _least(most, eps)
    return Separation(k, theorem, rests_on, reason, most, chosen, *lecture)


def excluded(
    k: int, error: Fraction, activation_pieces: int = 2, depth: int | None = None
) -> Excluded:
    """Which networks cannot come within `error` of Δ^k, by depth; with `depth`, for that depth
    only. Exact."""
    eps = exact(error)
    _require(k >= 1, "a k of at least 1", k)
    _require(activation_pieces >= 1, "activations with at least 1 piece", activation_pieces)
    _require(eps > 0, "an error above 0", eps)
    if k > MOST_BITS:
        raise OverBudget("", f"k is above {MOST_BITS}")
    room = max(0, int(2**k * (1 - 4 * eps)))
    if eps <= QUARTER:
        room = max(room, 1)  # separation.duality: one affine piece misses by ¼
    theorem, rests_on = _named(room, activation_pieces)
    if room == 0:
        return Excluded(room, (), 0, theorem, rests_on)
    if activation_pieces == 1:
        return Excluded(room, (), None, theorem, rests_on)
    least = _largest(lambda nodes: _fits(nodes, nodes, activation_pieces, room), k)
    sizes: list[tuple[int, int]] = []
    depths = range(1, LONGEST_TABLE + 1) if depth is None else range(depth, depth + 1)
    for layers in depths:
        fits = partial(_fits, layers, activation_pieces=activation_pieces, room=room)
        sizes.append((layers, _largest(fits, room)))
        if sizes[-1][1] == least:
            break
    return Excluded(room, tuple(sizes), least, theorem, rests_on)


def deepest(found: Excluded, nodes: int, activation_pieces: int = 2) -> int:
    """The largest L ≤ `nodes` such that every network of depth ≤ L with ≤ `nodes` units is
    excluded; 0 if there is none. L = `nodes` stands for every depth."""
    if activation_pieces == 1:
        return nodes if found.pieces else 0
    return _largest(lambda layers: _fits(layers, nodes, activation_pieces, found.pieces), nodes)


def _least(most: int, eps: Fraction) -> tuple[int | None, str]:
    """The least k ≥ 1 with 2^k (1 − 4ε) ≥ P, if there is one."""
    if eps > QUARTER:
        return None, TOO_FAR
    if most == 1:
        return 1, ""
    if eps == QUARTER:
        return None, CLOSER
    room = 1 - 4 * eps
    # the least whole number that 2^k must reach
    quotient = -(-most * room.denominator // room.numerator)
    return max(1, (quotient - 1).bit_length()), ""


def _lecture(
    depth: int, nodes: int, eps: Fraction, activation_pieces: int
) -> tuple[int | None, str]:
    """The k of separation.lecture: 2 L² + 2 for depth ≤ L and ≤ 2^L units, error 1/32."""
    if activation_pieces != 2:
        return None, "the lecture's theorem is about ReLU, which has two pieces"
    if eps > LECTURE_ERROR:
        return None, f"the lecture's theorem gives an error of 1/32, not {numeral(eps)}"
    if depth < 1:
        return None, "the lecture's theorem is for L at least 1"
    if nodes > 2**depth:
        most = numeral(2**depth) if depth < 60 else f"2^{depth}"
        return None, f"the lecture's theorem is for at most 2^L = {most} units"
    return 2 * depth**2 + 2, ""


def _named(most: int, activation_pieces: int) -> tuple[str, tuple[str, ...]]:
    """The theorem that answers, and what bounds the number of pieces."""
    if most == 1:
        return "separation.duality", ()
    rests_on = "pieces.skip" if activation_pieces == 2 else "pieces.activation"
    return "separation.sharp", (rests_on,)


def _fits(layers: int, nodes: int, activation_pieces: int, room: int) -> bool:
    """Whether such networks have at most `room` pieces; every layer doubles them at least."""
    if min(layers, nodes) >= max(1, room.bit_length()):
        return False
    return most_pieces(layers, nodes, activation_pieces) <= room


def _largest(holds: Callable[[int], bool], most: int) -> int:
    """The largest whole number from 0 to `most` of which a falling predicate is true; it is true of
    0."""
    low, high = 0, 1
    while high <= most and holds(high):
        low, high = high, 2 * high
    high = min(high, most + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low


def _spelled(layers: int, width: int, wider: int) -> tuple[int, ...] | None:
    if layers > 10_000:
        return None
    return (width + 1,) * wider + (width,) * (layers - wider)


def _require(condition: bool, what: str, *found: Fraction | int) -> None:
    if not condition:
        raise BadInput("", f"expected {what}, found {displayed(', '.join(map(numeral, found)))}")
