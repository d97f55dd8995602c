"""Exact values of networks: evaluation, the maximal affine pieces of a one-input network, integrals
and distances.

Everything here takes and gives Fractions and means the real function that the rational weights
define, not its float execution.
"""

from .composition import composition
from .distance import Distance, distance
from .evaluate import EVALUATED, evaluate, evaluate_float32
from .laps import Composition
from .pieces import ActivationIntervals, Counts, activation_intervals, counts, pieces
from .piecewise_linear import Crossings, Extremum, Interval, PiecewiseLinear

__all__ = [
    "EVALUATED",
    "ActivationIntervals",
    "Composition",
    "Counts",
    "Crossings",
    "Distance",
    "Extremum",
    "Interval",
    "PiecewiseLinear",
    "activation_intervals",
    "composition",
    "counts",
    "distance",
    "evaluate",
    "evaluate_float32",
    "pieces",
]
