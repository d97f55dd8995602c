"""Cell complexes: the exact activation regions of networks with any number of inputs, and what
follows from them."""

from .complex import NOTIONS, Complex, Extreme
from .domains import Box, Domain, Polyhedron, Simplex, Space, domain_of
from .levels import Level
from .line import regions

__all__ = [
    "NOTIONS",
    "Box",
    "Complex",
    "Domain",
    "Extreme",
    "Level",
    "Polyhedron",
    "Simplex",
    "Space",
    "domain_of",
    "regions",
]
