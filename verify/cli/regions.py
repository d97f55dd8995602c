"""regions, maximise, and pieces of networks with more than one input: what a cell complex tells."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from ..bounds import serra, some_network
from ..kernel.errors import BadInput, displayed, placed
from ..kernel.numerals import numeral
from ..network.network import Network
from .arguments import (
    NET,
    Sides,
    domain,
    domain_option,
    json_option,
    line_options,
    network,
    one_output,
    optional,
    point,
    print_json,
    progress,
    shown,
    where_option,
    whole,
    writing,
)
from .limited import limited

if TYPE_CHECKING:
    from ..exact.cells import Complex, Extreme

Place = tuple[Sides, str | None]  # what --on and --where say
NOTIONS = ("patterns", "regions", "open", "closed", "affine")
CERTIFIED = ("regions", "affine")
SAID = {
    "patterns": "activation patterns at points, regions without interior included",
    "regions": "activation regions with an interior",
    "open": "maximal connected open sets on which the function is affine",
    "closed": "maximal connected closed sets with an interior on which it is affine",
    "affine": "affine maps that it takes on sets with an interior",
}


@click.command()
@click.argument("net", type=NET)
@domain_option
@where_option
@line_options
@click.option(
    "--notion",
    type=click.Choice([*NOTIONS, "all"]),
    default="regions",
    show_default=True,
    help="What a linear region is.",
)
@click.option(
    "--certificate",
    type=click.Path(dir_okay=False),
    metavar="PATH",
    help="With --notion regions or affine: write PATH.claim.json and PATH.certificate.json, and beside them networks/.",
)
@json_option
@limited()
def regions(
    net: str,
    on: Sides,
    where: str | None,
    component: int | None,
    start: Sequence[Fraction] | None,
    end: Sequence[Fraction] | None,
    notion: str,
    certificate: str | None,
    as_json: bool,
) -> None:
    """The exact number of linear regions of NET on a box or on all of R^n.

    Notions, as arXiv 2505.16716 tells them apart: activation patterns (of all dimensions),
    activation regions with an interior, open and closed connected regions, affine maps.
    """
    from ..exact.cells import regions as found

    if certificate is not None and notion not in CERTIFIED:
        what = f"expected --notion {' or '.join(CERTIFIED)} for a certificate, found {notion}"
        raise BadInput("", f"{what}: no claim here says what is connected, or how many thin regions there are")
    it = network(net, component, start, end)
    chosen = NOTIONS if notion == "all" else (notion,)
    with placed(net), progress(f"regions of {net}"):
        place = domain(it, on, where)
        here = found(it, place)
        counts = {name: here.count(name) for name in chosen}
    if certificate is not None:
        with placed(net), writing(certificate), progress("certificate"):
            _certify(here, notion, certificate)
    bounded = [counts[name] for name in ("patterns", "regions") if name in counts]
    known = _bounds(it) if bounded else None
    if as_json:
        said = {} if known is None else {"bounds": known}
        print_json({"on": str(place), **counts, **said})
        return
    for name, count in counts.items():
        print(f"{name:8}  {whole(count):<8}  {SAID[name]}")
    if known is not None:
        reached = "; attained" if known["at_most"] in bounded else ""
        print(f"at most   {whole(known['at_most']):<8}  by {known['by']}{reached}")
        some = f"some      {whole(known['some']):<8}"
        print(f"{some}  networks of these widths have, by {known['some_by']}")


def _certify(here: "Complex", notion: str, path: str) -> None:
    if notion == "affine":
        from ..search.regions_file import write_maps_certificate

        write_maps_certificate(here, path)
    else:
        from ..search.regions_file import write_patterns_certificate

        write_patterns_certificate(here, path)


def _bounds(it: Network) -> dict[str, Any] | None:
    """What the theorems say of the activation patterns of all layered networks of these widths, and
    of some; None of another network, or one without units."""
    if it.skips or not it.widths:
        return None
    by = "regions.zaslavsky" if len(it.widths) == 1 else "regions.serra"
    most, (some, theorem) = serra(it.input_size, it.widths), some_network(it.input_size, it.widths)
    return {"at_most": most, "by": by, "some": some, "some_by": theorem}


def many_pieces(
    net: str,
    it: Network,
    place: Place,
    certificate: str | None,
    as_json: bool,
) -> None:
    """pieces, for more than one input, or more than an interval."""
    from ..exact.cells import regions as found

    on, where = place
    if certificate is not None:
        raise BadInput(
            "",
            "expected an interval for a certificate of pieces, found "
            f"{domain(it, on, where)}; regions --certificate counts activation regions, or with --notion affine affine maps; "
            "--from P --to Q takes a line",
        )
    with placed(net), progress(f"pieces of {net}"):
        here = found(it, domain(it, on, where))
        counts = {
            "pieces": here.open_connected,
            "activation_regions": here.regions,
            "affine_maps": here.affine,
        }
    if as_json:
        print_json(counts)
        return
    for name, count in counts.items():
        print(f"{name.replace('_', ' '):18}  {whole(count)}")


@click.command()
@click.argument("net", type=NET)
@click.option(
    "--unit",
    metavar="NAME[:I]",
    help="A node of NET by its name (depthproof show NET --graph), and its entry from 0.",
)
@domain_option
@where_option
@line_options
@click.option("--least", is_flag=True, help="The minimum instead.")
@click.option(
    "--certificate",
    type=click.Path(dir_okay=False),
    metavar="PATH",
    help="Write PATH.claim.json and PATH.certificate.json, and beside them networks/.",
)
@json_option
@limited()
def maximise(
    net: str,
    unit: str | None,
    on: Sides,
    where: str | None,
    component: int | None,
    start: Sequence[Fraction] | None,
    end: Sequence[Fraction] | None,
    least: bool,
    certificate: str | None,
    as_json: bool,
) -> None:
    """The exact maximum of a unit of NET, or of its output, over a box or R^n, and a point where it
    is attained."""
    from ..exact.cells.extremes import extreme

    if unit is None:
        it = one_output(net, component, start, end)
    else:
        it = _unit(network(net, None, start, end), unit)
    name, sign = ("minimum", -1) if least else ("maximum", 1)
    with placed(net), progress(f"{name} of {net}"):
        place = domain(it, on, where)
        found = extreme(it, place, sign)
    if certificate is not None:
        from ..search.extreme_file import write_extreme_certificate

        if found.value is None:
            what = "expected a bounded function for a certificate"
            raise BadInput("", f"{what}, found one that is unbounded along {point(found.at)}")
        with writing(certificate), progress("certificate"):
            write_extreme_certificate(it, place, found.value, found.at, least, certificate)
    _print(found, name, as_json)


def _print(found: "Extreme", name: str, as_json: bool) -> None:
    if as_json:
        where = "along" if found.value is None else "at"
        print_json({name: optional(found.value, numeral), where: [numeral(x) for x in found.at]})
    elif found.value is None:
        print(f"{name}  none: it is unbounded along {point(found.at)}")
    else:
        print(f"{name}  {shown(found.value)}\nat       {point(found.at)}")


def _unit(it: Network, text: str) -> Network:
    """The network up to the node that NAME or NAME:I names."""
    from ..network import builders

    if text in it.sizes:
        if it.sizes[text] > 1:
            raise BadInput(
                "",
                f"expected an entry of {displayed(text)} from 0 to {it.sizes[text] - 1}: "
                f"--unit {text}:0, …",
            )
        return builders.part(it, text)
    name, _, entry = text.rpartition(":")
    if not (entry.isascii() and entry.isdigit() and len(entry) < 9):
        return builders.part(it, text)
    return builders.part(it, name, int(entry))
