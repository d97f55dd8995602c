"""Questions answered from the theorems: how deep must the sawtooth be, how many units are excluded,
how close can p pieces come."""

from .frontier import Bracket, Row, band, bracket, least_k, table
from .networks import CubeBound, NetworkBound, cube_bound, network_bound
from .separate import Excluded, Separation, deepest, excluded, separate

__all__ = [
    "Bracket",
    "CubeBound",
    "Excluded",
    "NetworkBound",
    "Row",
    "Separation",
    "band",
    "bracket",
    "cube_bound",
    "deepest",
    "excluded",
    "least_k",
    "network_bound",
    "separate",
    "table",
]
