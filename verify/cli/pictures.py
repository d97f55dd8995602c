"""plot: a picture of networks on an interval."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import click

from .arguments import interval_option, line_options, one_variable, progress, replacing


@click.command()
@click.argument("net", nargs=-1, required=True)
@interval_option
@line_options
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file, .svg, .png or .pdf.  [default: NET.svg]")
@click.option("--half-triangles", is_flag=True, help="Shade the first network above and below 1/2, as on the slides.")
@click.option("--patterns", is_flag=True, help="One network over stripes coloured by activation pattern.")
@click.option("--narrowest", is_flag=True, help="The same, around the narrowest piece.")
def plot(
    net: Sequence[str],
    on: Sequence[Fraction],
    component: int | None,
    start: Sequence[Fraction] | None,
    end: Sequence[Fraction] | None,
    out: Path | None,
    half_triangles: bool,
    patterns: bool,
    narrowest: bool,
) -> None:
    """A picture of one or more networks on an interval, from their exact breakpoints."""
    from ..exact import Interval, pieces
    from ..report import figures

    if patterns or narrowest:
        _one(net, on, component, start, end, out, narrowest)
        return
    functions = []
    for name in net:
        it = one_variable(name, component, start, end)
        with progress(f"pieces of {name}"):
            functions.append((Path(name).name, pieces(it, Interval(*on))))
    path = out or _picture_of(net[0])
    with replacing(path):
        figures.plot(functions, path, half_triangles)
    print(path)


Place = Sequence[Fraction] | None


def _one(
    net: Sequence[str], on: Sequence[Fraction], component: int | None, start: Place, end: Place, out: Path | None, narrowest: bool
) -> None:
    """One network with its activation patterns, on the interval or around its narrowest piece there."""
    from ..exact import Interval, activation_intervals, pieces
    from ..kernel.errors import BadInput
    from ..report import figures, pictures

    if len(net) != 1:
        raise BadInput("", f"expected one network with --patterns or --narrowest, found {len(net)}")
    it, window = one_variable(net[0], component, start, end), Interval(*on)
    function = pieces(it, window)
    if narrowest:
        window, _ = pictures.narrowest(function)
        function = function.on(window)
    path = out or _picture_of(net[0])
    with replacing(path):
        figures.save(pictures.patterns(Path(net[0]).name, function, activation_intervals(it, window)), path)
    print(path)


def _picture_of(net: str) -> Path:
    """NAME.svg for NAME or NAME.onnx; a name is not cut at a dot that ends no format."""
    from ..network.load import READERS

    path = Path(net)
    name = path.stem if path.suffix.lower() in READERS else path.name
    return Path(name.replace(":", "-") + ".svg")
