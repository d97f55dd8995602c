"""plot: a picture of networks on an interval, or of one on a box in the plane."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from .. import extras
from ..kernel.numerals import numeral
from ..network.network import Network
from .arguments import (
    FIXED,
    NET,
    RATIONAL,
    Sides,
    domain,
    domain_option,
    interval,
    json_option,
    line_options,
    network,
    one_output,
    one_variable,
    print_json,
    progress,
    replacing,
)
from .limited import limited


@click.command()
@click.argument("net", type=NET, nargs=-1, required=True)
@domain_option
@line_options
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file, .svg, .png or .pdf.  [default: NET.svg]")
@click.option("--half-triangles", is_flag=True, help="Shade the first network above and below 1/2, as on the slides.")
@click.option("--patterns", is_flag=True, help="One network over stripes coloured by activation pattern.")
@click.option("--narrowest", is_flag=True, help="The same, around the narrowest piece.")
@click.option(
    "--fix",
    "fixed",
    type=FIXED,
    multiple=True,
    metavar="I=Q",
    help="Hold input I (from 1) at Q: a slice of more than two inputs.",
)
@click.option(
    "--level",
    "levels",
    type=RATIONAL,
    multiple=True,
    metavar="Q",
    help="Two inputs: draw where the function is Q.",
)
@json_option
@limited()
def plot(
    net: Sequence[str],
    on: Sides,
    component: int | None,
    start: Sequence[Fraction] | None,
    end: Sequence[Fraction] | None,
    out: Path | None,
    half_triangles: bool,
    patterns: bool,
    narrowest: bool,
    fixed: Sequence[tuple[int, Fraction]],
    levels: Sequence[Fraction],
    as_json: bool,
) -> None:
    """A picture of one or more networks on an interval, from their exact breakpoints.

    With two inputs: of one network on a box, its cells coloured by affine map or, with --patterns,
    by activation pattern.
    """
    from ..exact import Interval, pieces
    from ..report import figures, pictures
    from ..report.plotting import title

    extras.need("matplotlib", "report", "drawing")
    if half_triangles and (patterns or narrowest):
        raise click.UsageError("expected --half-triangles, or --patterns, or --narrowest; found two of them")
    if fixed or levels or network(net[0], component, start, end).input_size > 1:
        it = one_output(net[0], component, start, end)
        coloured = "pattern" if patterns else "map"
        _plane(net, it, on, out, coloured, fixed, levels, as_json)
        return
    if patterns or narrowest:
        _one(net, interval(on), component, start, end, out, narrowest, as_json)
        return
    functions = []
    for name in net:
        it = one_variable(name, component, start, end)
        with progress(f"pieces of {name}"):
            functions.append((title(name), pieces(it, Interval(*interval(on)))))
    path = out or _picture_of(net[0])
    with replacing(path):
        figures.save(pictures.graphs(functions, half_triangles), path)
    _said(path, as_json, {"pieces": [function.pieces for _, function in functions]})


def _said(path: Path, as_json: bool, more: dict[str, Any]) -> None:
    """The picture's path; with --json also what is in it."""
    if as_json:
        print_json({"file": str(path)} | more)
    else:
        print(path)


Place = Sequence[Fraction] | None


def _one(
    net: Sequence[str],
    on: tuple[Fraction, Fraction],
    component: int | None,
    start: Place,
    end: Place,
    out: Path | None,
    narrowest: bool,
    as_json: bool,
) -> None:
    """One network with its activation patterns, on the interval or around its narrowest piece there."""
    from ..exact import Interval, activation_intervals, pieces
    from ..kernel.errors import BadInput
    from ..report import figures, pictures
    from ..report.plotting import title

    if len(net) != 1:
        raise BadInput("", f"expected one network with --patterns or --narrowest, found {len(net)}")
    it, window = one_variable(net[0], component, start, end), Interval(*on)
    function = pieces(it, window)
    if narrowest:
        window, _ = pictures.narrowest(function)
        function = function.on(window)
    path = out or _picture_of(net[0])
    with replacing(path):
        intervals = activation_intervals(it, window)
        figures.save(pictures.patterns(title(net[0]), function, intervals), path)
    ends = [numeral(window.low), numeral(window.high)]
    counts = {"pieces": function.pieces, "activation_intervals": intervals.count}
    _said(path, as_json, {"on": ends} | counts)


def _picture_of(net: str) -> Path:
    """NAME.svg for NAME or NAME.onnx; a name is not cut at a dot that ends no format."""
    from ..network.load import ending_of

    path = Path(net)
    name = path.name[: len(path.name) - len(ending_of(path))]
    return Path(name.replace(":", "-") + ".svg")


def _plane(
    net: Sequence[str],
    it: Network,
    on: Sides,
    out: Path | None,
    colours: str,
    fixed: Sequence[tuple[int, Fraction]],
    levels: Sequence[Fraction],
    as_json: bool,
) -> None:
    """One network on a box in the plane, its other inputs held."""
    from ..exact.cells import Complex
    from ..kernel.errors import BadInput, placed
    from ..network import builders
    from ..report import figures, planes

    if len(net) != 1:
        raise BadInput("", f"expected one network with more than one input, found {len(net)}")
    held = {number - 1: value for number, value in fixed}
    free = [number for number in range(1, it.input_size + 1) if number - 1 not in held]
    with placed(net[0]):
        it = builders.fixed(it, held) if held else it
    if len(free) != 2:
        found = f"found {len(free)}; hold the others with --fix I=Q"
        raise BadInput(net[0], f"expected two inputs to draw, {found}")
    path = out or _picture_of(net[0])
    with progress(f"regions of {net[0]}"):
        labels = [f"x{number}" for number in free]
        slices = ", ".join(f"x{number + 1} = {value}" for number, value in sorted(held.items()))
        cells = Complex(it, domain(it, on))
        figures.write(path, lambda ending: planes.drawn(cells, ending, colours, levels, labels, slices))
    shown = {"on": str(cells.domain), "regions": cells.regions, "affine": cells.affine}
    _said(path, as_json, shown)
