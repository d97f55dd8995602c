"""A picture as data: axes, areas, curves, dots and bands at exact places. `svg` draws it in a page, `figures` with matplotlib in files."""

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


Layer = Curve | Dots | Area | Stripe | Level


@dataclass(frozen=True)
class Picture:
    title: str
    x: Axis
    y: Axis
    layers: Sequence[Layer]
    height: int = 340  # for a width of 720
    notes: Sequence[str] = field(default=())


def marks(low: Fraction, high: Fraction, most: int = 6) -> list[tuple[Fraction, str]]:
    """Round places between two numbers (1, 2, 2.5 or 5 times a power of ten apart), with their decimals."""
    span = high - low
    step = Fraction(1)
    while step * most > span:
        step /= 10
    while step * most < span:
        step *= 10
    for divisor in (Fraction(10), Fraction(5), Fraction(4), Fraction(2), Fraction(1)):
        if step / divisor * most >= span:
            step /= divisor
            break
    first = -(-low // step)
    places = [step * (first + i) for i in range(most + 2) if low <= step * (first + i) <= high]
    return [(place, _decimal(place)) for place in places]


def _decimal(value: Fraction) -> str:
    digits = 0
    while value * 10**digits % 1 and digits < 12:
        digits += 1
    whole, rest = divmod(abs(value.numerator) * 10**digits // value.denominator, 10**digits)
    return f"{'−' * (value < 0)}{whole}" + (f".{rest:0{digits}d}" if digits else "")
