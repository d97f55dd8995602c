"""Functions of one number s, continuous and piecewise linear: height + slope·s + Σ c·Relu(s − b).

For what is chosen where s > 0 and depends on s alone, as relu(|x| − l) on either side of 0: it is
continuous where it is 0 at 0, and then a sum of Relus.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from ..operations import Node
from .tensors import ONE, ZERO

if TYPE_CHECKING:
    from .conditions import Atom, Form, Forms

MOST_BENDS = 1_000

Unit = tuple[Callable[..., Fraction], list[Fraction]]  # what it does; the levels where it bends


@dataclass(frozen=True)
class Curve:
    """height + slope·s + Σ c·Relu(s − b), with `bends` the c by their b."""

    height: Fraction = ZERO
    slope: Fraction = ZERO
    bends: Mapping[Fraction, Fraction] = field(default_factory=dict)

    def at(self, s: Fraction) -> Fraction:
        beyond = (c * (s - b) for b, c in self.bends.items() if s > b)
        return self.height + self.slope * s + sum(beyond, ZERO)

    def plus(self, other: "Curve", factor: Fraction) -> "Curve":
        """self + factor · other."""
        bends = dict(self.bends)
        for b, c in other.bends.items():
            bends[b] = bends.get(b, ZERO) + factor * c
        kept = {b: c for b, c in bends.items() if c}
        return Curve(self.height + factor * other.height, self.slope + factor * other.slope, kept)

    def zeros(self) -> list[Fraction]:
        """Where it changes its sign, and perhaps other points where it is 0."""
        found, places = list[Fraction](), _enclosed(self.bends)
        for left, right in pairwise(places):
            v, w = self.at(left), self.at(right)
            if v != w:
                found.append(left - v * (right - left) / (w - v))
        return found

    def beyond_zero(self) -> dict[Fraction, Fraction] | None:
        """The bends of what is this function where s > 0, and 0 elsewhere: a sum of Relus; None
        where that jumps."""
        if self.at(ZERO):
            return None
        found = {b: c for b, c in self.bends.items() if b > 0}
        first = self.slope + sum((c for b, c in self.bends.items() if b <= 0), ZERO)
        return {ZERO: first, **found} if first else found


def bent(
    operation: Callable[..., Fraction], curves: Sequence[Curve], crossings: Sequence[Curve]
) -> Curve | None:
    """The operation of curves, which bends only where these do or where a crossing is 0; None
    beyond MOST_BENDS."""
    known = {b for curve in curves for b in curve.bends}
    known.update(zero for curve in crossings for zero in curve.zeros())
    if len(known) > MOST_BENDS:
        return None
    places = _enclosed(known)
    values = [operation(*(curve.at(s) for curve in curves)) for s in places]
    pairs = zip(pairwise(places), pairwise(values), strict=True)
    slopes = [(w - v) / (right - left) for (left, right), (v, w) in pairs]
    bends = dict[Fraction, Fraction]()
    for b, (before, after) in zip(places[1:-1], pairwise(slopes), strict=True):
        if before != after:
            bends[b] = after - before
    return Curve(values[0] - slopes[0] * places[0], slopes[0], bends)


def _enclosed(points: Mapping[Fraction, Fraction] | set[Fraction]) -> list[Fraction]:
    """The points in order, one before them and one behind."""
    inside = sorted(points) or [ZERO]
    return [inside[0] - ONE, *inside, inside[-1] + ONE]


class Alone:
    """Entries of a drawing that depend on z alone, as curves in s = z."""

    def __init__(self, forms: "Forms", z: "Form") -> None:
        self.forms, self.z = forms, z
        self.pivot = next(atom for atom in z if atom is not None)
        self.known = dict["Atom", Curve | None]()

    def curve(self, form: "Form") -> Curve | None:
        """None where it depends on something else too."""
        factor = form.get(self.pivot, ZERO) / self.z[self.pivot]
        rest = dict(form)
        for atom, weight in self.z.items():
            rest[atom] = rest.get(atom, ZERO) - factor * weight
        found = Curve(rest.pop(None, ZERO), factor)
        for atom, weight in rest.items():
            if not weight:
                continue
            part = self._of(atom) if atom is not None else None
            if part is None:
                return None
            found = found.plus(part, weight)
        return found

    def _of(self, atom: "Atom") -> Curve | None:
        if atom not in self.known:
            self.forms.spend(1)
            self.known[atom] = None
            self.known[atom] = self._unit(*atom)
        return self.known[atom]

    def _unit(self, name: str, index: int) -> Curve | None:
        """What a unit makes of its sources."""
        node = self.forms.drawing.nodes.get(name)
        if node is None or node.op not in UNITS:
            return None
        sources = [self.curve(self.forms.of((source, index))) for source in node.inputs]
        curves = [source for source in sources if source is not None]
        if len(curves) < len(sources):
            return None
        operation, levels = UNITS[node.op](node)
        crossings = [curve.plus(Curve(level), -ONE) for curve in curves for level in levels]
        crossings += [one.plus(two, -ONE) for one, two in combinations(curves, 2)]
        return bent(operation, curves, crossings)


def _leaky(node: Node) -> Unit:
    alpha = node.rational("alpha")
    return lambda v: v if v > 0 else alpha * v, [ZERO]


def _clip(node: Node) -> Unit:
    least, most = node.rational("min"), node.rational("max")
    return lambda v: min(max(v, least), most), [least, most]


UNITS: Mapping[str, Callable[[Node], Unit]] = {
    "Relu": lambda node: (lambda v: max(v, ZERO), [ZERO]),
    "Abs": lambda node: (abs, [ZERO]),
    "LeakyRelu": _leaky,
    "Clip": _clip,
    "Max": lambda node: (max, []),
    "Min": lambda node: (min, []),
}
