"""depthproof: claims about ReLU networks, turned into theorems or exact counterexamples.

The public names are imported when they are first used, so that `import verify` is light.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if sys.version_info < (3, 11):  # noqa: UP036 - older ones cannot read the modules below
    sys.exit("expected Python 3.11 or newer")
if TYPE_CHECKING:  # what a type checker, and an editor, see; the same names as below
    from .answers.frontier import bracket as bracket
    from .answers.separate import excluded as excluded
    from .answers.separate import separate as separate
    from .author.theory import Theory as Theory
    from .claim import Claim as Claim
    from .exact import Interval as Interval
    from .exact import PiecewiseLinear as PiecewiseLinear
    from .exact import activation_intervals as activation_intervals
    from .exact import distance as distance
    from .exact import evaluate as evaluate
    from .exact import pieces as pieces
    from .exact.cells import Box as Box
    from .exact.cells import Complex as Complex
    from .exact.cells import Polyhedron as Polyhedron
    from .exact.cells import Simplex as Simplex
    from .exact.cells import Space as Space
    from .exact.cells import regions as regions
    from .exact.gradient import gradient as gradient
    from .kernel.check import check as check
    from .network.builders import sawtooth as sawtooth
    from .network.builders import tent as tent
    from .network.load import load as load
    from .network.network import Network as Network
    from .report.plotting import plot as plot
    from .search import Proved as Proved
    from .search import Refuted as Refuted
    from .search import Undecided as Undecided
    from .search import prove as prove
    from .theorem import Grade as Grade
    from .theorem import Theorem as Theorem

__version__ = "0.1.0"

_PLACES = {
    "Network": "network.network",
    "load": "network.load",
    "tent": "network.builders",
    "sawtooth": "network.builders",
    "Interval": "exact",
    "PiecewiseLinear": "exact",
    "evaluate": "exact",
    "pieces": "exact",
    "activation_intervals": "exact",
    "distance": "exact",
    "regions": "exact.cells",
    "Box": "exact.cells",
    "Simplex": "exact.cells",
    "Polyhedron": "exact.cells",
    "Space": "exact.cells",
    "Complex": "exact.cells",
    "gradient": "exact.gradient",
    "separate": "answers",
    "excluded": "answers",
    "bracket": "answers",
    "Claim": "claim",
    "prove": "search",
    "Proved": "search",
    "Refuted": "search",
    "Undecided": "search",
    "Theorem": "theorem",
    "Grade": "theorem",
    "Theory": "author.theory",
    "check": "kernel.check",
    "plot": "report.plotting",
}
__all__ = list(_PLACES)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_PLACES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(_PLACES)
