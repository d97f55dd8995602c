"""Where the values and the partial derivatives of a term lie on a box: interval arithmetic,
exact."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..exact import Interval
from ..expression import Tree, constant, written
from ..kernel.errors import BadInput, displayed

Range = tuple[Fraction, Fraction]
ZERO: Range = (Fraction(0), Fraction(0))


@dataclass(frozen=True)
class Enclosure:
    """Bounds of a term's values on a box, and of the partial derivatives that it has there."""

    values: Range
    partials: tuple[Range, ...]

    @property
    def slopes(self) -> tuple[Fraction, ...]:
        """Bounds of the absolute values of the partial derivatives; the greatest is a Lipschitz
        constant in the l1 norm."""
        return tuple(map(magnitude, self.partials))


def enclosed(tree: Tree, box: Mapping[str, Interval]) -> Enclosure:
    """Bounds of a term of + - * / ^, abs, relu, max and min. Where abs, max, … bend, the
    derivatives on both sides are within. Raises `BadInput` where a divisor may be 0.

    >>> from verify.expression import read
    >>> enclosed(read("x*abs(y)"), {"x": Interval(0, 2), "y": Interval(-1, 1)}).slopes
    (Fraction(1, 1), Fraction(2, 1))
    """
    size = len(box)
    if tree.kind == "number":
        return Enclosure((tree.number, tree.number), (ZERO,) * size)
    if tree.kind == "name":
        side = box[tree.text]
        slopes = dict.fromkeys(box, ZERO)
        slopes[tree.text] = (Fraction(1), Fraction(1))
        partials = tuple(slopes.values())
        return Enclosure((Fraction(side.low), Fraction(side.high)), partials)
    if tree.kind == "^":
        return _power(enclosed(tree.parts[0], box), int(constant(tree.parts[1]) or 0))
    parts = [enclosed(part, box) for part in tree.parts]
    name = tree.text if tree.kind == "apply" else tree.kind
    if name == "/" and parts[1].values[0] <= 0 <= parts[1].values[1]:
        found = f"{displayed(written(tree.parts[1]))}; give --lipschitz"
        raise BadInput("F", f"expected a divisor that is not 0 on the box, found {found}")
    return _RULES[name](parts)


def added(one: Range, other: Range) -> Range:
    return one[0] + other[0], one[1] + other[1]


def times(one: Range, other: Range) -> Range:
    corners = [a * b for a in one for b in other]
    return min(corners), max(corners)


def opposite(one: Range) -> Range:
    return -one[1], -one[0]


def hull(one: Range, other: Range) -> Range:
    return min(one[0], other[0]), max(one[1], other[1])


def magnitude(one: Range) -> Fraction:
    return max(abs(one[0]), abs(one[1]))


def _each(
    rule: Callable[[Range, Range], Range], one: Enclosure, other: Enclosure
) -> tuple[Range, ...]:
    return tuple(map(rule, one.partials, other.partials))


def _sum(parts: Sequence[Enclosure]) -> Enclosure:
    found = parts[0]
    for part in parts[1:]:
        found = Enclosure(added(found.values, part.values), _each(added, found, part))
    return found


def _negative(parts: Sequence[Enclosure]) -> Enclosure:
    return Enclosure(opposite(parts[0].values), tuple(map(opposite, parts[0].partials)))


def _product(parts: Sequence[Enclosure]) -> Enclosure:
    one, other = parts
    pairs = zip(one.partials, other.partials, strict=True)
    partials = tuple(added(times(a, other.values), times(b, one.values)) for a, b in pairs)
    return Enclosure(times(one.values, other.values), partials)


def _quotient(parts: Sequence[Enclosure]) -> Enclosure:
    one, other = parts
    inverse = 1 / other.values[1], 1 / other.values[0]
    outer = opposite(times(inverse, inverse))
    turned = Enclosure(inverse, tuple(times(outer, partial) for partial in other.partials))
    return _product([one, turned])


def _power(base: Enclosure, n: int) -> Enclosure:
    if n == 0:
        return Enclosure((Fraction(1), Fraction(1)), (ZERO,) * len(base.partials))
    outer = times((Fraction(n), Fraction(n)), _powered(base.values, n - 1))
    return Enclosure(
        _powered(base.values, n), tuple(times(outer, partial) for partial in base.partials)
    )


def _powered(values: Range, n: int) -> Range:
    low, high = sorted(end**n for end in values)
    passes = n > 0 and n % 2 == 0 and values[0] < 0 < values[1]
    return (Fraction(0), high) if passes else (low, high)


def _larger(parts: Sequence[Enclosure]) -> Enclosure:
    found = parts[0]
    for part in parts[1:]:
        values = max(found.values[0], part.values[0]), max(found.values[1], part.values[1])
        if found.values[0] >= part.values[1]:
            continue
        if part.values[0] >= found.values[1]:
            found = part
        else:
            found = Enclosure(values, _each(hull, found, part))
    return found


def _smaller(parts: Sequence[Enclosure]) -> Enclosure:
    return _negative([_larger([_negative([part]) for part in parts])])


def _relu(parts: Sequence[Enclosure]) -> Enclosure:
    return _larger([parts[0], Enclosure(ZERO, (ZERO,) * len(parts[0].partials))])


def _absolute(parts: Sequence[Enclosure]) -> Enclosure:
    return _larger([parts[0], _negative(parts)])


_RULES: Mapping[str, Callable[[Sequence[Enclosure]], Enclosure]] = {
    "+": _sum,
    "-": _negative,
    "*": _product,
    "/": _quotient,
    "abs": _absolute,
    "relu": _relu,
    "max": _larger,
    "min": _smaller,
}
