"""distance and integral: how far two networks are apart, and what one of them encloses, exactly."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..kernel.errors import BadInput, placed
from ..kernel.numerals import numeral
from ..network.network import Network
from .arguments import (
    NET,
    RATIONAL,
    Sides,
    coq_option,
    decimal,
    domain,
    domain_option,
    interval,
    is_interval,
    json_option,
    line_options,
    one_output,
    optional,
    point,
    print_json,
    progress,
    shown,
    where_option,
    writing,
)
from .limited import limited
from .solvers import NOBODY, alone, beside_exactly, solver_options

if TYPE_CHECKING:
    from ..evidence.coq_text import Named
    from ..exact import Interval
    from ..exact.cells import Domain
    from ..exact.distance import Distance

Pair = tuple[Network, Network]
Place = Sequence[Fraction] | None
certificate_option = click.option(
    "--certificate",
    type=click.Path(dir_okay=False),
    metavar="PATH",
    help="Write PATH.claim.json and PATH.certificate.json, and beside them networks/.",
)


@click.command()
@click.argument("f", type=NET)
@click.argument("g", type=NET)
@domain_option
@where_option
@line_options
@click.option(
    "--norm",
    type=click.Choice(["l1", "sup"]),
    default="l1",
    show_default=True,
    help="∫|f − g| or max |f − g|.",
)
@click.option("--exact", is_flag=True, help="The exact value whatever its size.")
@click.option(
    "--width",
    type=RATIONAL,
    metavar="W",
    help="The widest enclosure, where the exact value is too long.  [default: 1/1152921504606846976, 2^-60]",
)
@certificate_option
@coq_option
@solver_options
@json_option
@limited()
def distance(
    f: str,
    g: str,
    on: Sides,
    where: str | None,
    component: int | None,
    start: Place,
    end: Place,
    norm: str,
    exact: bool,
    width: Fraction | None,
    certificate: str | None,
    coq: str | None,
    solver: str | None,
    questions: Path | None,
    as_json: bool,
) -> int:
    """The exact distance between two networks on an interval or, with more inputs, on a box (the
    greatest also on R^n). A constant, such as constant:0, takes as many inputs as the other has.

    For big ones with one input an enclosure, unless --exact is said."""
    from ..exact import distance as between
    from ..exact.distance import WIDTH

    names, both = f"{f}, {g}", _pair((f, g), component, start, end)
    widest = WIDTH if width is None else width
    for it in both:
        alone(names, it, solver, None)
    if solver is not None:
        interval(on, where)
    with placed(names), progress(f"distance of {f} and {g}"):
        area = _area(both[0], on, where)
        found = between(*both, area, norm, exact, widest)
    if coq is not None:
        from ..evidence import coq_file
        from ..evidence.coq_text import Named

        title, named = coq_file.name_of(coq), (Named(f, both[0]), Named(g, both[1]))
        with placed(names), progress(f"Coq file of {f} and {g}"):
            text = _coq_text(title, named, area, norm, exact, widest)
    if certificate is not None:
        with placed(names), writing(certificate), progress("certificate"):
            _certified(both, area, norm, found, certificate)
    if coq is not None:
        coq_file.write(coq, text)
    beside = NOBODY
    if solver is not None:
        with placed(names):
            short, networks = _short(on, norm, found), dict(zip("fg", both, strict=True))
            beside = beside_exactly("distance", short, networks, solver, questions)
    _print(found, as_json, dict(beside.as_json))
    if not as_json:
        beside.say()
    return beside.code


def _pair(names: tuple[str, str], component: int | None, start: Place, end: Place) -> Pair:
    """The two networks, restricted as asked; a constant has as many inputs as the other."""
    from ..network import builders

    named = [name.startswith("constant:") for name in names]
    found = []
    for name, is_constant in zip(names, named, strict=True):
        is_free = is_constant and not all(named)
        restricted = (None, None, None) if is_free else (component, start, end)
        found.append(one_output(name, *restricted))
    size = max(it.input_size for it in found)
    for place, is_constant in enumerate(named):
        if is_constant and found[place].input_size < size:
            found[place] = builders.compose(found[place], builders.constant(0, size))
    return found[0], found[1]


def _area(it: Network, on: Sides, where: str | None) -> "Interval | Domain":
    """The interval for a network with one input, where there is one; else the domain."""
    is_line = it.input_size == 1 and is_interval(on, where)
    return _line(on) if is_line else domain(it, on, where)


def _line(on: Sides) -> "Interval":
    from ..exact import Interval

    return Interval(*interval(on))


def _short(on: Sides, norm: str, found: "Distance") -> dict[str, Any]:
    """What was found, as a statement of a claim."""
    kind = {"l1": "integral_abs", "sup": "sup_abs"}[norm]
    relation = ">=" if found.value is None else "="
    ends = [numeral(x) for x in interval(on)]
    return {kind: {"of": "f - g", "on": ends, "is": relation, "bound": numeral(found.low)}}


def _certified(both: Pair, area: "Interval | Domain", norm: str, found: "Distance", path: str) -> None:
    """Writes the claim that the distance is this, and its certificate."""
    from ..exact import Interval, pieces
    from ..exact.cells import domain_of
    from ..search.extreme_file import write_distance_certificate
    from ..search.piece_file import write_measure_certificate

    if isinstance(area, Interval):
        for network in both:
            pieces(network, area)  # which says where they are too many to be certified
    if norm == "sup":
        at = (found.at,) if isinstance(found.at, Fraction) else found.at
        write_distance_certificate(both, domain_of(area), found.low, at or (), path)
        return
    if not isinstance(area, Interval):
        what = "expected --norm sup for a certificate about more than an interval"
        raise BadInput("", f"{what}, found l1: an integral over a box is shown by --coq")
    networks = dict(zip("fg", both, strict=True))
    write_measure_certificate(networks, "integral_abs", "f - g", area, (found.low, found.high), path)


def _coq_text(
    title: str,
    named: "tuple[Named, Named]",
    area: "Interval | Domain",
    norm: str,
    exact: bool,
    width: Fraction,
) -> str:
    """The Coq file of a distance on an interval, or of an integral over a box. Raises `BadInput` for
    anything else."""
    from ..evidence import coq_box, coq_file
    from ..exact import Interval
    from ..exact.cells import Box

    if isinstance(area, Interval):
        return coq_file.distance_file(title, *named, area, norm, exact, width)
    if norm == "l1" and isinstance(area, Box):
        return coq_box.volume_file(title, *named, area, exact, width)
    wanted = "expected an interval, or an integral (--norm l1) over a box, for a Coq file"
    raise BadInput("", f"{wanted}; found --norm {norm}, {area}")


def _print(found: "Distance", as_json: bool, more: dict[str, Any]) -> None:
    at = (found.at,) if isinstance(found.at, Fraction) else found.at
    if as_json:
        ends = {"low": numeral(found.low), "high": numeral(found.high)}
        place = {} if at is None else {"at": [numeral(x) for x in at]}
        print_json({"distance": optional(found.value, numeral)} | ends | place | more)
        return
    if found.value is not None:
        print(f"distance  {shown(found.value)}")
    else:
        both = f"{decimal(found.low)} and {decimal(found.high)}"
        print(f"distance  between {both} (certified; --exact gives the fraction)")
    if at is not None:
        print(f"at        {point(at)}")


@click.command()
@click.argument("net", type=NET)
@domain_option
@where_option
@line_options
@certificate_option
@json_option
@limited()
def integral(
    net: str,
    on: Sides,
    where: str | None,
    component: int | None,
    start: Place,
    end: Place,
    certificate: str | None,
    as_json: bool,
) -> None:
    """The exact integral of NET over an interval, a box or a bounded polyhedron, that of its
    absolute value, and the volume of where it is taken."""
    from ..exact import Interval
    from ..exact.cells import regions
    from ..search.piece_file import write_measure_certificate

    it = one_output(net, component, start, end)
    with placed(net), progress(f"integral of {net}"):
        area = _area(it, on, where)
        here = regions(it, area)
        value, absolute, volume = here.integral(), here.l1(), here.volume
    if certificate is not None:
        if not isinstance(area, Interval):
            what = "expected an interval for a certificate"
            raise BadInput(net, f"{what}, found {area}; that of |f| there: depthproof distance {net} constant:0 --coq FILE.v")
        with placed(net), writing(certificate), progress("certificate"):
            write_measure_certificate({"f": it}, "integral", "f", area, (value, value), certificate)
    if as_json:
        found = {"integral": value, "integral_abs": absolute, "volume": volume}
        print_json({"on": str(area)} | {name: numeral(x) for name, x in found.items()})
        return
    print(f"integral  {shown(value)}")
    print(f"of |f|    {shown(absolute)}")
    print(f"volume    {shown(volume)}")
