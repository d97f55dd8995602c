"""separate: how deep the sawtooth must be, which sizes a depth excludes, and what is certified of one network."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import click

from ..kernel.errors import BadInput, Rejected, displayed, placed
from ..kernel.numerals import numeral
from ..rational import rational
from .arguments import (
    NET,
    RATIONAL,
    coq_option,
    counted,
    decimal,
    json_option,
    line_options,
    one_output,
    only,
    optional,
    print_json,
    progress,
    shown,
    writing,
)
from .limited import limited


class _Whole(click.ParamType):
    """A whole number of any length, at least 0."""

    name = "whole number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        base, _, power = value.partition("^")
        is_written_so = all(part.isascii() and part.isdigit() for part in value.split("^", 1))
        is_too_long = len(base) >= 100_000 or len(base) * 10 ** len(power) > 10**7
        if not is_written_so or is_too_long:
            self.fail(f"expected a whole number such as 1024 or 2^10, found {displayed(value)}", param, ctx)
        return int(rational(base.lstrip("0") or "0").numerator ** int(power or "1"))


class _Widths(click.ParamType):
    """Widths as in 3-4-5."""

    name = "widths"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        parts = value.split("-")
        if not all(part.isascii() and part.isdigit() and len(part) < 4000 for part in parts):
            self.fail(f"expected widths such as 3-4-5, found {displayed(value)}", param, ctx)
        return tuple(map(int, parts))


WHOLE = _Whole()
_THEOREM = re.compile(r"\b[a-z]+(?:\.[a-z_]+)+\b")


@click.command()
@click.argument("net", type=NET, required=False)
@click.option("--depth", type=WHOLE, metavar="L", help="Networks of depth at most L …")
@click.option("--nodes", type=WHOLE, metavar="N", help="… with at most N units (2^50 may be written so).")
@click.option("--widths", type=_Widths(), metavar="M1-M2-…", help="Instead: at most these many units at depth 1, 2, ….")
@click.option("--activation-pieces", type=WHOLE, default=2, metavar="T", show_default=True, help="Pieces of the activation (ReLU: 2).")
@click.option("--pieces", type=WHOLE, metavar="P", help="With --k: how close functions with P pieces come to Δ^K.")
@click.option("--error", type=RATIONAL, metavar="EPS", help="The distance ∫|Δ^k − g| over [0, 1] that is asked for.")
@click.option("--k", "k", type=WHOLE, metavar="K", help="The other way round: which sizes Δ^K excludes; or what is known of NET.")
@line_options
@click.option("--certificate", type=click.Path(dir_okay=False), metavar="PATH", help="With NET: write its piece count's certificate.")
@coq_option
@json_option
@limited()
def separate(
    net: str | None,
    depth: int | None,
    nodes: int | None,
    widths: tuple[int, ...] | None,
    activation_pieces: int,
    pieces: int | None,
    error: Fraction | None,
    k: int | None,
    component: int | None,
    start: Sequence[Fraction] | None,
    end: Sequence[Fraction] | None,
    certificate: str | None,
    coq: str | None,
    as_json: bool,
) -> int:
    """How deep must the sawtooth Δ^k be, so that no network of a given size comes closer than EPS?

    \b
    separate --depth L --nodes N --error EPS    the least k, beside the k of the lecture's theorem
    separate --widths 3-4-5 --error EPS         the same for these widths
    separate --k K --error EPS [--depth L | --nodes N]    which depths and sizes are excluded
    separate --k K --pieces P                   how close a function with P pieces can come: from … to …
    separate NET --k K                          one network: certified lower bounds, exact distance, gap
                                                (with d inputs: against Δ^k(x1) on [0, 1]^d)

    The distance is ∫|Δ^k − g| over [0, 1]; skip connections are allowed. For EPS above 1/4 there is no k (the constant 1/2 refutes it):
    exit code 10.
    """
    if net is not None:
        if k is None or any(value is not None for value in (error, depth, nodes, widths, pieces)):
            raise click.UsageError("expected separate NET --k K")
        it = one_output(net, component, start, end)
        if it.input_size > 1:
            only(net, "with one input", coq=coq)
            return _on_cube(net, it, k, certificate, as_json)
        _write(net, it, certificate, coq)
        return _one_network(net, it, k, as_json)
    only("separate", "with NET --k K", coq=coq, certificate=certificate)
    if pieces is not None:
        if k is None or any(value is not None for value in (error, depth, nodes, widths)):
            raise click.UsageError("expected separate --k K --pieces P")
        return _bracket(k, pieces, as_json)
    if error is None:
        raise click.UsageError("expected --error EPS, or a network and --k K")
    if k is not None:
        if widths is not None or (depth is not None and nodes is not None):
            raise click.UsageError("expected, with --k and --error, at most one of --depth and --nodes")
        return _sizes(k, error, activation_pieces, depth, nodes, as_json)
    by_size = depth is not None and nodes is not None and widths is None
    by_widths = depth is None and nodes is None and widths is not None
    if not (by_size or by_widths):
        raise click.UsageError("expected --depth L and --nodes N, or --widths, or --k K")
    return _least(depth or 0, nodes or 0, widths, activation_pieces, error, as_json)


def _write(name: str, network: Any, certificate: str | None, coq: str | None) -> None:
    """Writes the certificate of the network's pieces on [0, 1], and the Coq file, where they are asked for."""
    if certificate is not None:
        from ..search.piece_file import write_piece_certificate

        with writing(certificate):
            write_piece_certificate(network, (Fraction(0), Fraction(1)), certificate)
    if coq is not None:
        from ..evidence import coq_file
        from ..evidence.coq_text import Named

        with placed(name), progress(f"Coq file of {name}"):
            coq_file.write(coq, coq_file.separation_file(coq_file.name_of(coq), Named(name, network)))


def _least(
    depth: int,
    nodes: int,
    widths: tuple[int, ...] | None,
    activation_pieces: int,
    error: Fraction,
    as_json: bool,
) -> int:
    from ..answers import least_k, separate

    found = separate(depth, nodes, error, widths, activation_pieces)
    row = least_k(found.pieces, error)
    if row is not None and found.k is not None and row.k >= found.k:
        row = None  # the table says nothing better
    if as_json:
        by_table = None
        if row is not None:
            by_table = {"k": row.k, "lower": numeral(row.best), "evidence": row.evidence}
        print_json({
            "k": found.k,
            "theorem": found.theorem,
            "lecture_k": found.lecture_k,
            "grade": standing(found.theorem)[found.theorem],
            "rests_on": list(found.rests_on),
            "reason": found.reason or None,
            "lecture_reason": found.lecture_reason or None,
            "pieces": numeral(found.pieces),
            "widths": optional(found.widths, lambda widths: list(map(_number, widths))),
            "error": numeral(error),
            "by_table": by_table,
        })
    else:
        print(f"pieces        at most {_count(found.pieces)}{_split(found.widths)}")
        print(f"k             {_found(found.k, found.reason)}")
        print(f"theorem       {graded(', '.join((found.theorem, *found.rests_on)))}")
        print(f"lecture's k   {_found(found.lecture_k, 'none: ' + found.lecture_reason)}")
        if row is not None:
            print(f"frontier      already k = {row.k}: at least {shown(row.best)} [{graded(row.evidence)}]")
    return Rejected.exit_code if found.k is None else 0


def _found(k: int | None, reason: str) -> str:
    return reason if k is None else str(k)


def standing(*names: str) -> dict[str, str]:
    """Each theorem's grade as its evidence stands today: its record's, certificates re-checked, Coq's record held against its sources."""
    from ..report import recheck
    from .reports import sources

    try:
        entries = recheck.read(sources(None, None), names).entries
    except BadInput:
        entries = ()
    return dict.fromkeys(names, "not recorded here") | {entry.name: entry.label for entry in entries}


def graded(text: str) -> str:
    """The text with its grade behind every theorem that it names."""
    grades = standing(*_THEOREM.findall(text))
    return _THEOREM.sub(lambda name: f"{name[0]} ({grades[name[0]]})", text)


def _count(value: int) -> str:
    """A whole number for a person: a long one by its power of 2."""
    if value < 10**18:
        return numeral(value)
    power = f"2^{value.bit_length() - 1}"
    return power if value.bit_count() == 1 else f"about {power}"


def _split(widths: Sequence[int] | None) -> str:
    if not widths or len(widths) > 12 or max(widths) > 10**9:
        return ""
    return f", for widths {'-'.join(map(str, widths))}"


def _number(value: int) -> int | str:
    """JSON readers keep whole numbers up to 2^53; longer ones are written as text."""
    return value if value < 2**53 else numeral(value)


def _sizes(k: int, error: Fraction, activation_pieces: int, depth: int | None, nodes: int | None, as_json: bool) -> int:
    from ..answers import deepest, excluded

    found = excluded(k, error, activation_pieces, depth)
    most = None if nodes is None else deepest(found, nodes, activation_pieces)
    if as_json:
        result: dict[str, Any] = {
            "pieces": numeral(found.pieces),
            "excluded": [{"depth": layers, "nodes": _number(count)} for layers, count in found.sizes],
            "any_depth": optional(found.any_depth, _number),
            "theorem": found.theorem,
            "grade": standing(found.theorem)[found.theorem],
            "rests_on": list(found.rests_on),
        }
        if nodes is not None:
            result["deepest"] = most
        print_json(result)
        return 0 if found.pieces else Rejected.exit_code
    print(f"excluded      every function with at most {_count(found.pieces)} pieces on [0, 1]")
    if nodes is None:
        for layers, count in found.sizes:
            print(f"  depth ≤ {layers:<4}  at most {_count(count)} units")
    else:
        depths = {0: "no depth of at least 1", nodes: "every depth"}.get(most or 0, f"depth at most {most}")
        print(f"  {_count(nodes)} units: {depths}")
    if nodes is None and depth is None:
        units = "any number of" if found.any_depth is None else _count(found.any_depth)
        print(f"  any depth     at most {units} units")
    print(f"theorem       {graded(', '.join((found.theorem, *found.rests_on)))}")
    return 0 if found.pieces else Rejected.exit_code


def _bracket(k: int, count: int, as_json: bool) -> int:
    from ..answers import bracket

    found = bracket(k, count)
    if as_json:
        ratio = found.upper / found.lower if found.lower else None
        print_json({
            "k": k,
            "pieces": numeral(count),
            "lower": numeral(found.lower),
            "lower_by": found.lower_by,
            "upper": numeral(found.upper),
            "upper_by": found.upper_by,
            "ratio": optional(ratio, numeral),
        })
        return 0
    print(f"at least      {shown(found.lower)}  [{graded(found.lower_by)}]")
    print(f"at most       {shown(found.upper)}  [{graded(found.upper_by)}]")
    return 0


def _one_network(name: str, network: Any, k: int, as_json: bool) -> int:
    from ..answers import network_bound

    with progress(f"{name} against Δ^{k}"):
        found = network_bound(network, k)
    exactly = found.low if found.low == found.high else None
    if as_json:
        print_json({
            "k": k,
            "widths": list(found.widths),
            "most_pieces": numeral(found.most_pieces),
            "lower_by_widths": numeral(found.by_widths),
            "pieces": found.pieces,
            "lower_by_pieces": numeral(found.by_pieces),
            "distance": optional(exactly, numeral),
            "low": numeral(found.low),
            "high": numeral(found.high),
            "gap": numeral(found.gap),
            "evidence": {"lower_by_widths": found.widths_evidence, "lower_by_pieces": found.pieces_evidence},
        })
        return 0
    most = f"at most {_count(found.most_pieces)} pieces"
    print(f"by widths     at least {shown(found.by_widths)}: {most} [{graded(found.widths_evidence)}]")
    pieces = f"exactly {counted(found.pieces, 'piece')} on [0, 1]"
    print(f"by pieces     at least {shown(found.by_pieces)}: {pieces} [{graded(found.pieces_evidence)}]")
    if exactly is None:
        distance = f"between {decimal(found.low)} and {decimal(found.high)} (certified)"
    else:
        distance = shown(exactly)
    print(f"distance      {distance}")
    print(f"gap           {shown(found.gap)}")
    return 0


def _on_cube(name: str, network: Any, k: int, certificate: str | None, as_json: bool) -> int:
    from ..answers import cube_bound

    if certificate is not None:
        raise BadInput("", "expected one input for a certificate of pieces, found more")
    with placed(name), progress(f"{name} against Δ^{k}"):
        found = cube_bound(network, k)
    if as_json:
        print_json({
            "k": k,
            "widths": list(found.widths),
            "most_pieces": numeral(found.most_pieces),
            "lower_by_widths": numeral(found.by_widths),
            "distance": numeral(found.distance),
            "gap": numeral(found.gap),
            "evidence": {"lower_by_widths": found.evidence},
        })
        return 0
    most = f"at most {_count(found.most_pieces)} pieces on a line"
    print(f"by widths     at least {shown(found.by_widths)}: {most} [{graded(found.evidence)}]")
    print(f"distance      {shown(found.distance)}")
    print(f"gap           {shown(found.gap)}")
    return 0
