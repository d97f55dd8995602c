"""Questions answered from the theorems: how deep must the sawtooth be, how many units are excluded, how close can p pieces come."""

from .frontier import Bracket, Row, band, bracket, least_k, table
from .networks import NetworkBound, network_bound
from .separate import Excluded, Separation, deepest, excluded, separate

__all__ = [
    "Bracket", "Excluded", "NetworkBound", "Row", "Separation",
    "band", "bracket", "deepest", "excluded", "least_k", "network_bound", "separate", "table",
]  # fmt: skip
