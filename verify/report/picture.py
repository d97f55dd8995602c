"""A picture as data: axes, areas, curves, dots and bands at exact places.

`svg` draws it in a page, `figures` with matplotlib in files.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Place = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Axis:
    """From low to high; `logarithmic` in powers of ten; `marks`: places with their labels."""

    label: str
    low: Fraction
    high: Fraction
    marks: Sequence[tuple[Fraction, str]] = ()
    logarithmic: bool = False


@dataclass(frozen=True)
class Curve:
    """A line through the places; `colour` counts from 0; with dots where `dots`."""

    places: Sequence[Place]
    colour: int
    label: str = ""
    dots: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Dots:
    """A mark at each of the places."""

    places: Sequence[Place]
    colour: int
    label: str = ""
    mark: str = "o"  # o, or _ for a short bar


@dataclass(frozen=True)
class Area:
    """The polygon through the places."""

    places: Sequence[Place]
    colour: int
    label: str = ""


@dataclass(frozen=True)
class Stripe:
    """From x = low to x = high, over the whole height."""

    low: Fraction
    high: Fraction
    colour: int


@dataclass(frozen=True)
class Level:
    """A dashed line at a height."""

    height: Fraction


Element = Curve | Dots | Area | Stripe | Level


@dataclass(frozen=True)
class Picture:
    """Elements on a pair of axes, each drawn over those before it."""

    title: str
    x: Axis
    y: Axis
    elements: Sequence[Element]
    height: int = 340  # for a width of 720
    notes: Sequence[str] = field(default=())


def marks(low: Fraction, high: Fraction, most: int = 6) -> list[tuple[Fraction, str]]:
    """Round places between two numbers, about `most` of them, with their decimals.

    They are 1, 2, 2.5 or 5 times a power of ten apart. Where the two are one number it is the only place.

    >>> [label for _, label in marks(Fraction(0), Fraction(1))]
    ['0', '0.2', '0.4', '0.6', '0.8', '1']
    """
    if low >= high:
        return [(low, _decimal(low))] if low == high else []
    step = _step(high - low, most)
    first = -(-low // step)
    multiples = [step * (first + i) for i in range(most + 2)]
    return [(place, _decimal(place)) for place in multiples if low <= place <= high]


def _step(span: Fraction, most: int) -> Fraction:
    """The least round step of which `most` are at least the span."""
    step = Fraction(1)
    while step * most > span:
        step /= 10
    while step * most < span:
        step *= 10
    for divisor in (10, 5, 4, 2):
        if step / divisor * most >= span:
            return step / divisor
    return step


def _decimal(value: Fraction) -> str:
    """The number in decimals; at most twelve after the point."""
    digits = 0
    while value * 10**digits % 1 and digits < 12:
        digits += 1
    whole, rest = divmod(abs(value.numerator) * 10**digits // value.denominator, 10**digits)
    text = f"−{whole}" if value < 0 else f"{whole}"
    return f"{text}.{rest:0{digits}d}" if digits else text
