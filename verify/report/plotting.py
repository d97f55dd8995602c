"""Pictures of what a person has: networks, functions, complexes, or their names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..exact import Interval, PiecewiseLinear, activation_intervals, pieces
from ..exact.cells import Box, Complex
from ..kernel.errors import BadInput, expected
from ..network.load import NAMED, load
from ..network.network import Network
from . import figures, pictures, planes

UNIT = Interval(Fraction(0), Fraction(1))


@dataclass(frozen=True)
class Drawing:
    """A picture that shows itself in a notebook.

    `drawn` gives the bytes of a file with the ending ".svg", ".png" or ".pdf".
    """

    drawn: Callable[[str], bytes]

    def save(self, path: Path | str) -> None:
        """Writes the picture, by the path's ending, whole or not at all. Raises `BadInput`."""
        figures.write(Path(path), self.drawn)

    def _repr_svg_(self) -> str:
        return self.drawn(".svg").decode()


def plot(
    *what: Any,
    on: Interval | Box | None = None,
    names: Sequence[str] = (),
    half_triangles: bool = False,
    patterns: bool = False,
    levels: Sequence[Fraction | int] = (),
) -> Drawing:
    """A picture from exact breakpoints; nothing is sampled.

    `what`: networks (or the names and files of such), piecewise-linear functions, or one complex.
    Functions of one input share one pair of axes, on [0, 1] unless `on` is another interval; of
    two the area between is shaded, and its size said. One network with two inputs, or a complex on
    a box: its cells, one colour for one affine map. `patterns`: one network, coloured by activation
    pattern. `half_triangles`: the first function above and below 1/2. `levels`: two inputs, lines
    where the function has these values. Raises `BadInput`, also where matplotlib is missing.

    >>> picture = plot("sawtooth:3", "constant:1/2")
    >>> picture.drawn(".pdf")[:5]
    b'%PDF-'
    """
    things = [_loaded(it) for it in what]
    if not things:
        raise BadInput("", "expected something to draw, found nothing")
    titles = [*names, *(_name(it, number) for number, it in enumerate(what))][: len(things)]
    if isinstance(things[0], Complex) or _inputs(things[0]) > 1:
        return _plane(things, on, patterns, [Fraction(level) for level in levels])
    window = UNIT if on is None else on
    if not isinstance(window, Interval):
        raise expected("", "an interval for functions of one input", str(window))
    if patterns:
        return _patterns(titles[0], things, window)
    is_chosen = on is not None
    functions = [_function(it, window, is_chosen) for it in things]
    picture = pictures.graphs(list(zip(titles, functions, strict=True)), half_triangles)
    return Drawing(lambda ending: figures.drawn(picture, ending))


def _loaded(it: Any) -> Any:
    return load(it) if isinstance(it, str | Path) else it


def _inputs(it: Any) -> int:
    return it.input_size if isinstance(it, Network) else 1


def _name(it: Any, number: int) -> str:
    """The name that it was given by; otherwise f, g, h, f4, …"""
    if isinstance(it, str | Path):
        return title(str(it))
    return "fgh"[number] if number < 3 else f"f{number + 1}"


def title(source: str) -> str:
    """A network's name as it is, or the last part of a file's.

    >>> title("sawtooth:3"), title("networks/saw.onnx")
    ('sawtooth:3', 'saw.onnx')
    """
    return source if source.partition(":")[0] in NAMED else Path(source).name


def _function(it: Any, window: Interval, is_chosen: bool) -> PiecewiseLinear:
    """The function on the window; a function as it is, unless a window was chosen."""
    if isinstance(it, PiecewiseLinear):
        return it.on(window) if is_chosen else it
    if isinstance(it, Network):
        return pieces(it.univariate(), window)
    raise expected("", "a network, a function, a complex, or a name", type(it).__name__)


def _patterns(title: str, things: Sequence[Any], window: Interval) -> Drawing:
    if len(things) != 1 or not isinstance(things[0], Network):
        raise expected("", "one network to colour by patterns", f"{len(things)} things")
    it = things[0].univariate()
    picture = pictures.patterns(title, pieces(it, window), activation_intervals(it, window))
    return Drawing(lambda ending: figures.drawn(picture, ending))


def _plane(things: Sequence[Any], on: Any, patterns: bool, levels: Sequence[Fraction]) -> Drawing:
    if len(things) != 1:
        raise expected("", "one network with two inputs", f"{len(things)} things")
    found = things[0]
    if isinstance(found, Network):
        box = Box.cube(0, 1, found.input_size) if on is None else on
        found = Complex(found, box)
    colours = "pattern" if patterns else "map"
    return Drawing(lambda ending: planes.drawn(found, ending, colours, levels))
