"""depthproof: claims about ReLU networks, turned into theorems or exact counterexamples.

The public names are imported when they are first used, so that `import verify` is light.
"""

from importlib import import_module
from typing import Any

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
