"""plot: a picture of networks on an interval."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import click

from .arguments import interval_option, line_options, one_variable, progress


@click.command()
@click.argument("net", nargs=-1, required=True)
@interval_option
@line_options
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file, .svg, .png or .pdf.  [default: NET.svg]")
@click.option("--half-triangles", is_flag=True, help="Shade the first network above and below 1/2, as on the slides.")
def plot(
    net: Sequence[str],
    on: Sequence[Fraction],
    component: int | None,
    start: Sequence[Fraction] | None,
    end: Sequence[Fraction] | None,
    out: Path | None,
    half_triangles: bool,
) -> None:
    """A picture of one or more networks on an interval, from their exact breakpoints."""
    from ..exact import Interval, pieces
    from ..report import figures

    functions = []
    for name in net:
        it = one_variable(name, component, start, end)
        with progress(f"pieces of {name}"):
            functions.append((Path(name).name, pieces(it, Interval(*on))))
    path = out or Path(Path(net[0]).stem.replace(":", "-") + ".svg")
    figures.plot(functions, path, half_triangles)
    print(path)
