"""How many affine pieces a network of certain widths may have: the lecture's products.

The numbers are exact, of any length.
"""

from collections.abc import Iterable
from math import prod

from .kernel.errors import OverBudget

MOST_BITS = 10_000_000  # of a number of pieces


def product_bound(widths: Iterable[int], activation_pieces: int = 2) -> int:
    """∏ ((t − 1) m_i + 1) for activations of t pieces; ∏ (m_i + 1) for ReLU. Source: pieces.product.

    >>> product_bound([3, 3])
    16
    """
    u = activation_pieces - 1
    return prod(u * width + 1 for width in widths)


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
