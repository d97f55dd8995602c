"""distance: how far two networks are from each other, on an interval or with more inputs."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

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
    json_option,
    line_options,
    one_output,
    point,
    print_json,
    progress,
    shown,
    where_option,
    writing,
)
from .limited import limited
from .solvers import NOBODY, Said, alone, beside_exactly, solver_options

if TYPE_CHECKING:
    from ..exact import Interval
    from ..exact.cells import Domain
    from ..exact.distance import Distance


@dataclass(frozen=True)
class _Asked:
    """Two networks, by what they were called and as they are; the norm; what to write, and how exactly."""

    names: tuple[str, str]
    networks: tuple[Network, Network]
    norm: str
    exact: bool
    width: Fraction
    certificate: str | None
    coq: str | None

    @property
    def both(self) -> str:
        return ", ".join(self.names)


@click.command()
@click.argument("f", type=NET)
@click.argument("g", type=NET)
@domain_option
@where_option
@line_options
@click.option("--norm", type=click.Choice(["l1", "sup"]), default="l1", show_default=True, help="∫|f − g| or max |f − g|.")
@click.option("--exact", is_flag=True, help="The exact value whatever its size.")
@click.option("--width", type=RATIONAL, metavar="W", help="The widest enclosure, where the exact value is too long.  [default: 2^-60]")
@click.option(
    "--certificate",
    type=click.Path(dir_okay=False),
    metavar="PATH",
    help="Write PATH.claim.json and the like; of an integral on an interval only.",
)
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
    start: Sequence[Fraction] | None,
    end: Sequence[Fraction] | None,
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
    greatest also on R^n).

    For big ones with one input an enclosure, unless --exact is said."""
    from ..exact.distance import WIDTH

    first, second = (one_output(net, component, start, end) for net in (f, g))
    asked = _Asked((f, g), (first, second), norm, exact, WIDTH if width is None else width, certificate, coq)
    is_line = first.input_size == second.input_size == 1 and where is None and None not in on
    if is_line:
        return _on_line(asked, interval(on), solver, questions, as_json)
    alone(asked.both, first, solver)
    _print(_on_domain(asked, domain(first, on, where)), NOBODY, as_json)
    return 0


def _on_line(asked: _Asked, ends: tuple[Fraction, Fraction], solver: str | None, questions: Path | None, as_json: bool) -> int:
    from ..exact import Interval
    from ..exact import distance as between

    on, (first, second) = Interval(*ends), asked.networks
    with placed(asked.both), progress(f"distance of {' and '.join(asked.names)}"):
        found = between(first, second, on, asked.norm, asked.exact, asked.width)
    if asked.certificate is not None:
        with placed(asked.both), writing(asked.certificate), progress("certificate"):
            _certify(asked, on, found, asked.certificate)
    if asked.coq is not None:
        from ..evidence import coq_file
        from ..evidence.coq_text import Named

        with placed(asked.both), progress(f"Coq file of {' and '.join(asked.names)}"):
            f, g = map(Named, asked.names, asked.networks)
            text = coq_file.distance_file(coq_file.name_of(asked.coq), f, g, on, asked.norm, asked.exact, asked.width)
            coq_file.write(asked.coq, text)
    beside = NOBODY
    if solver is not None:
        kind = {"l1": "integral_abs", "sup": "sup_abs"}[asked.norm]
        relation = ">=" if found.value is None else "="
        short = {"of": "f - g", "on": [numeral(x) for x in ends], "is": relation, "bound": numeral(found.low)}
        with placed(asked.both):
            beside = beside_exactly("distance", {kind: short}, {"f": first, "g": second}, solver, questions)
    _print(found, beside, as_json)
    return beside.code


def _certify(asked: _Asked, on: "Interval", found: "Distance", path: str) -> None:
    """The certificate of a distance on an interval."""
    from ..exact.cells import Box
    from ..search.extreme_file import write_distance_certificate
    from ..search.integral_file import write_integral_certificate

    if asked.norm == "l1":
        write_integral_certificate(asked.networks, on, found, path)
    else:
        write_distance_certificate(asked.networks, Box((on,)), found.low, _place(found), path)


def _on_domain(asked: _Asked, where: "Domain") -> "Distance":
    """On a box, a polyhedron or R^n, by the cells."""
    from ..exact import distance as between
    from ..search.extreme_file import write_distance_certificate

    if asked.certificate is not None and asked.norm != "sup":
        wanted = "expected --norm sup for a certificate about more than an interval"
        raise BadInput("", f"{wanted}, found {asked.norm}: an integral over a box is shown by --coq")
    f, g = asked.networks
    with placed(asked.both), progress(f"distance of {' and '.join(asked.names)}"):
        found = between(f, g, where, asked.norm)
    if asked.coq is not None:
        with placed(asked.both), progress(f"Coq file of {' and '.join(asked.names)}"):
            _write_volume(asked, where, asked.coq)
    if asked.certificate is not None:
        with writing(asked.certificate), progress("certificate"):
            write_distance_certificate(asked.networks, where, found.low, _place(found), asked.certificate)
    return found


def _write_volume(asked: _Asked, where: "Domain", path: str) -> None:
    """The Coq file of an integral over a box. Raises `BadInput` for anything else."""
    from ..evidence import coq_box, coq_file
    from ..evidence.coq_text import Named
    from ..exact.cells import Box

    if asked.norm != "l1" or not isinstance(where, Box):
        wanted = "expected an interval, or an integral (--norm l1) over a box, for a Coq file"
        raise BadInput("", f"{wanted}; found --norm {asked.norm}, {where}")
    f, g = map(Named, asked.names, asked.networks)
    text = coq_box.volume_file(coq_file.name_of(path), f, g, where, asked.exact, asked.width)
    coq_file.write(path, text)


def _place(found: "Distance") -> tuple[Fraction, ...]:
    """The point where a greatest distance is attained; none of an integral."""
    if isinstance(found.at, Fraction):
        return (found.at,)
    return found.at or ()


def _print(found: "Distance", beside: Said, as_json: bool) -> None:
    place = _place(found)
    if as_json:
        value = None if found.value is None else numeral(found.value)
        enclosed = {"distance": value, "low": numeral(found.low), "high": numeral(found.high)}
        attained = {"at": [numeral(x) for x in place]} if place else {}
        print_json(enclosed | attained | dict(beside.as_json))
        return
    if found.value is None:
        print(f"distance  between {decimal(found.low)} and {decimal(found.high)} (certified; --exact gives the fraction)")
    else:
        print(f"distance  {shown(found.value)}")
    if place:
        print(f"at        {point(place)}")
    beside.say()
