"""explore: the lecture as one page to play with, with networks of one's own."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..kernel.errors import BadInput, placed
from ..network.network import Network
from . import tell
from .arguments import (
    Sides,
    domain,
    domain_option,
    interval,
    line_options,
    one_output,
    progress,
    replacing,
)

if TYPE_CHECKING:
    from ..explore.content import Networks

EXAMPLES = ("random:8-8-8:26", "folding:2:4-4")  # where no network is named


@click.command()
@click.argument("net", nargs=-1)
@domain_option
@line_options
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("explorer.html"),
    show_default=True,
    help="The file to write.",
)
def explore(
    net: Sequence[str],
    on: Sides,
    component: int | None,
    start: Sequence[Fraction] | None,
    end: Sequence[Fraction] | None,
    out: Path,
) -> int:
    """Write the lecture as one page to play with; it needs no server and no network.

    Networks with one input are counted in the page, those with two are shown as their cells.
    Grades are the theorems' as they stand today; links lead to appendix.html beside the page.
    """
    from ..explore.content import Networks
    from ..explore.page import names, page
    from ..files import write_bytes
    from ..report import recheck
    from .reports import _complain, sources

    shown = Networks()
    for name in net or EXAMPLES:
        it = one_output(name, component, start, end)
        with placed(name), progress(f"cells of {name}"):
            _put(shown, Path(name).name, it, on)
    record = recheck.read(sources(None, None), names())
    text = page({entry.name: entry for entry in record.entries}, shown)
    with replacing(out):
        write_bytes(out, text.encode())
    print(f"{out}: {len(text.encode()):,} bytes")
    if not (out.parent / "appendix.html").exists():
        command = f"depthproof appendix --out {out.parent}"
        tell(f"its links lead to appendix.html beside it, which is not there: {command} writes it")
    _complain(record)
    return record.exit_code


def _put(shown: "Networks", name: str, it: Network, on: Sides) -> None:
    """Puts the network where the page has a place for its number of inputs."""
    from ..exact import Interval
    from ..exact.cells import Box
    from ..explore.content import one_input, two_inputs

    if it.input_size == 1:
        shown.one.append(one_input(name, it, Interval(*interval(on))))
        return
    if it.input_size > 2:
        found = f"found {it.input_size}; restrict it to a line with --from P --to Q"
        raise BadInput("", f"expected one or two inputs to explore, {found}")
    place = domain(it, on)
    if not isinstance(place, Box):
        raise BadInput("", f"expected --on A,B, a box to draw, found {place}")
    shown.two.append(two_inputs(name, it, place))
