"""How many affine pieces or activation patterns a network of certain widths may have: the lecture's
products, and the bounds of Zaslavsky, Serra and Montúfar; and how near one piece too few comes to a
sawtooth.

The numbers are exact, of any length.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import comb, prod

from .kernel.errors import OverBudget

MOST_BITS = 10_000_000  # of a number of pieces


def product_bound(widths: Iterable[int], activation_pieces: int = 2) -> int:
    """∏ ((t − 1) m_i + 1) for activations of t pieces; ∏ (m_i + 1) for ReLU. Source: pieces.product.

    >>> product_bound([3, 3])
    16
    """
    u = activation_pieces - 1
    return prod(u * width + 1 for width in widths)


def zaslavsky(units: int, inputs: int) -> int:
    """Σ_{j ≤ inputs} C(units, j): the most activation patterns of one layer, attained. Source:
    regions.zaslavsky.

    >>> zaslavsky(5, 2)
    16
    """
    return sum(comb(units, j) for j in range(inputs + 1))


def serra(inputs: int, widths: Sequence[int]) -> int:
    """The most activation patterns of a layered network of these widths, by regions.serra: where j
    units of a layer are inactive, at most width − j dimensions go on. Source: Serra, Tjandraatmadja
    and Ramalingam 2018.

    >>> serra(2, [4, 4])
    121
    """
    below = [1] * (inputs + 1)  # of the layers after, by the dimension of what they read
    for m in reversed(widths):
        here = []
        for d in range(inputs + 1):
            most = range(min(d, m) + 1)
            here.append(sum(comb(m, j) * below[min(d, m - j)] for j in most))
        below = here
    return below[inputs]


def montufar(inputs: int, widths: Sequence[int]) -> int:
    """∏_{l < L} ⌊m_l / d⌋^d · Σ_{j ≤ d} C(m_L, j): so many activation patterns has some layered
    network of these widths. Source: regions.montufar.

    >>> montufar(2, [4, 4])
    44
    """
    if not widths:
        return 1
    folds = prod((m // inputs) ** inputs for m in widths[:-1])
    return int(folds) * zaslavsky(widths[-1], inputs)


def some_network(inputs: int, widths: Sequence[int]) -> tuple[int, str]:
    """So many activation patterns has some layered network of these widths, and by which theorem.

    Where m_l ≥ 3d for l < L, and m_L > d, that is ∏_{l < L} (⌊m_l / d⌋ + 1)^d · Σ_{j ≤ d} C(m_L, j)
    by regions.serra.attained, else `montufar`. Source: Serra, Tjandraatmadja and Ramalingam 2018.

    >>> some_network(1, [3, 4]), some_network(2, [4, 4])
    ((20, 'regions.serra.attained'), (44, 'regions.montufar'))
    """
    before, last = widths[:-1], widths[-1:]
    if not before or min(before) < 3 * inputs or last[0] <= inputs:
        return montufar(inputs, widths), "regions.montufar"
    folds = prod((m // inputs + 1) ** inputs for m in before)
    return int(folds) * zaslavsky(last[0], inputs), "regions.serra.attained"


def even_split(depth: int, nodes: int) -> tuple[int, int, int]:
    """(layers, width, wider): the widths with the largest product bound, whatever t ≥ 2.

    They have at most `nodes` units in at most `depth` layers; `wider` layers have width + 1, the
    rest `width`.

    Two exchanges show it. With u = t − 1: a layer split in two, (ua + 1)(ub + 1) = u(a + b) + 1 +
    u²ab, so more layers and more units are better; a unit moved from m ≥ m' + 2 to m' adds
    u² (m − m' − 1) > 0, so equal widths are best.

    >>> even_split(3, 8)
    (3, 2, 2)
    """
    layers = min(depth, nodes)
    if layers == 0:
        return 0, 0, 0
    return (layers, *divmod(nodes, layers))


def most_pieces(depth: int, nodes: int, activation_pieces: int = 2) -> int:
    """The largest product bound over depths ≤ `depth` and Σ m_i ≤ `nodes`: see `even_split`.

    Raises `OverBudget` beyond 10^7 bits.

    >>> most_pieces(2, 4)
    9
    """
    layers, width, wider = even_split(depth, nodes)
    u = activation_pieces - 1
    if layers * (u * (width + 1) + 1).bit_length() > MOST_BITS:
        found = f"the number of pieces has more than {MOST_BITS} bits"
        raise OverBudget("", f"{found}; fewer layers or units, please")
    return int((u * width + 1) ** (layers - wider) * (u * (width + 1) + 1) ** wider)


def with_one_too_few(k: int, count: int) -> Fraction | None:
    """The least ∫₀¹ |Δ^k − g| over continuous g with 2^k − 1 pieces, if that is `count` and k ≥ 2.

    Source: separation.frontier.last.

    >>> with_one_too_few(2, 3)
    Fraction(5, 36)
    """
    if k < 2 or count != 2**k - 1:
        return None
    return Fraction(5, 9 * 2**k)
