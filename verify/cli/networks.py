"""show, eval, pieces: what a network is, its exact values and pieces."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..kernel.errors import OverBudget, displayed, placed
from ..kernel.numerals import numeral
from .arguments import (
    NET,
    RATIONAL,
    Sides,
    brief,
    coq_option,
    counted,
    decimal,
    domain_option,
    interval,
    is_interval,
    json_option,
    line_options,
    network,
    one_output,
    print_json,
    progress,
    shown,
    where_option,
    whole,
    writing,
)
from .limited import limited
from .solvers import NOBODY, alone, beside_exactly, name_of, solver_options

if TYPE_CHECKING:
    from ..exact.pieces import Counts


@click.command()
@click.argument("net", type=NET)
@click.option("--sympy", "form", flag_value="sympy", help="The unfolded Max form, as sympy prints it.")
@click.option("--smt2", "form", flag_value="smt2", help="SMT-LIB 2.6 text.")
@click.option("--graph", "form", flag_value="graph", help="The nodes, one a line.")
@json_option
def show(net: str, form: str | None, as_json: bool) -> None:
    """What NET is: operations, depth, widths, units, exact size; or one of its compiled forms."""
    from ..network.load import load

    it = load(net)
    if form == "sympy":
        from ..compile import sympy_form

        print("\n".join(str(expression) for expression in sympy_form.max_form(it)))
    elif form == "smt2":
        from ..compile import smtlib

        print(smtlib.of_network(it), end="")
    elif form == "graph":
        for node in it.nodes:
            inputs = ", ".join(displayed(name)[1:-1] for name in node.inputs)
            print(f"{displayed(node.name)[1:-1]} = {node.op}({inputs})  size {it.sizes[node.name]}")
    elif as_json:
        print_json(_facts(it) | {"network": _tree(it)})
    else:
        _print_facts(_facts(it))


def _facts(it: Any) -> dict[str, Any]:
    return {
        "inputs": it.input_size,
        "outputs": it.output_size,
        "depth": it.depth,
        "widths": list(it.widths),
        "units": it.units,
        "skip_connections": it.skips,
        "operations": dict(Counter(node.op for node in it.nodes)),
        "dead_nodes": len(it.nodes) - len(it.pruned.nodes),
        **_canonical(it),
        "notes": list(it.notes),
    }


def _canonical(it: Any) -> dict[str, Any]:
    """The size and hash of what certificates are about, where it is not too large to be written."""
    try:
        return {"bytes": len(it.canonical), "sha256": it.sha256}
    except OverBudget:
        return {"bytes": None, "sha256": None}


def _tree(it: Any) -> Any:
    import json

    from ..network.relu_network import written

    return json.loads(written(it))


def _print_facts(facts: dict[str, Any]) -> None:
    widths = "-".join(map(str, facts["widths"])) or "none"
    print(f"inputs      {facts['inputs']}")
    print(f"outputs     {facts['outputs']}")
    skips = " (with skip connections)" if facts["skip_connections"] else ""
    if len(widths) >= 100:
        widths = widths[:80] + "…"
    print(f"depth       {facts['depth']}{skips}")
    print(f"widths      {widths}")
    print(f"units       {facts['units']}")
    print("operations  " + ", ".join(f"{count} {name}" for name, count in facts["operations"].items()))
    if facts["dead_nodes"]:
        print(f"dead nodes  {facts['dead_nodes']} (no path to the output)")
    if facts["bytes"] is None:
        print("exact size  too large to be written in relu-network/1, as certificates need it")
    else:
        print(f"exact size  {facts['bytes']} bytes in relu-network/1")
        print(f"sha256      {facts['sha256']}")
    for note in facts["notes"]:
        print(f"note        {note}")


@click.command("eval", context_settings={"ignore_unknown_options": True})
@click.argument("net", type=NET)
@click.argument("x", nargs=-1, type=RATIONAL, required=True)
@json_option
def evaluate(net: str, x: tuple[Fraction, ...], as_json: bool) -> None:
    """The exact value of NET at X…, and the float32 replay beside it."""
    from ..exact import evaluate as exactly
    from ..exact import evaluate_float32

    it = network(net)
    if len(x) != it.input_size:
        raise click.UsageError(f"{net}: expected {counted(it.input_size, 'coordinate')}, found {len(x)}")
    values, replay = exactly(it, x), [float(v) for v in evaluate_float32(it, x)]
    if as_json:
        print_json({
            "at": [numeral(v) for v in x],
            "value": [numeral(v) for v in values],
            "float32": [_finite(v) for v in replay],
        })
        return
    for index, (value, approximate) in enumerate(zip(values, replay, strict=True)):
        name = "value" if len(values) == 1 else f"value {index}"
        print(f"{name}    {shown(value)}\nfloat32  {approximate!r}")


def _finite(value: float) -> float | str:
    return value if value - value == 0 else str(value)


@click.command()
@click.argument("net", type=NET)
@domain_option
@where_option
@line_options
@click.option("--list-limit", type=int, default=10_000, show_default=True, help="List the breakpoints up to this many.")
@click.option("--certificate", type=click.Path(dir_okay=False), metavar="PATH", help="Write PATH.claim.json and the like, and networks/.")
@coq_option
@solver_options
@json_option
@limited()
def pieces(
    net: str,
    on: Sides,
    where: str | None,
    component: int | None,
    start: Sequence[Fraction] | None,
    end: Sequence[Fraction] | None,
    list_limit: int,
    certificate: str | None,
    coq: str | None,
    solver: str | None,
    questions: Path | None,
    as_json: bool,
) -> int:
    """The exact number of affine pieces and of activation intervals of NET on an interval, and the
    interior breakpoints.

    With more inputs: of maximal connected open sets on which NET is affine, of activation regions
    and of affine maps, on a box or on R^n.
    """
    from ..exact import Interval, counts
    from ..exact import pieces as exactly

    it = one_output(net, component, start, end)
    alone(net, it, solver, coq)
    if it.input_size > 1 or not (is_interval(on, where) or solver or coq):
        from .regions import many_pieces

        many_pieces(net, it, (on, where), certificate, as_json)
        return 0
    window = Interval(*interval(on, where))
    with placed(net), progress(f"pieces of {net}"):
        found = counts(it, window)
        breakpoints = exactly(it, window).interior if found.pieces <= list_limit else None
    if certificate is not None:
        from ..search.piece_file import write_piece_certificate

        with writing(certificate):
            write_piece_certificate(it, interval(on, where), certificate)
    if coq is not None:
        from ..evidence import coq_file
        from ..evidence.coq_text import Named

        with placed(net), progress(f"Coq file of {net}"):
            coq_file.write(coq, coq_file.pieces_file(coq_file.name_of(coq), Named(net, it), window))
    beside = NOBODY
    if solver is not None:
        short = {"of": "f", "on": [numeral(x) for x in interval(on, where)], "is": "=", "count": found.pieces}
        with placed(net):
            beside = beside_exactly(name_of(net), {"pieces": short}, {"f": it}, solver, questions)
    if as_json:
        listed = None if breakpoints is None else [numeral(x) for x in breakpoints]
        counted = {"pieces": found.pieces, "activation_intervals": found.activation_intervals}
        print_json(counted | {"breakpoints": listed} | dict(beside.as_json))
        return beside.code
    _print_pieces(found, breakpoints, list_limit)
    beside.say()
    return beside.code


def _print_pieces(found: "Counts", breakpoints: Sequence[Fraction] | None, list_limit: int) -> None:
    print(f"pieces                {whole(found.pieces)}")
    print(f"activation intervals  {whole(found.activation_intervals)}")
    if breakpoints is None:
        print(f"breakpoints           more than {list_limit}, not listed (--list-limit)")
    elif len(breakpoints) > 20:
        ends = f"from {decimal(breakpoints[0])} to {decimal(breakpoints[-1])}"
        print(f"breakpoints           {len(breakpoints)}, {ends} (--json lists them)")
    else:
        print("breakpoints           " + (", ".join(brief(x) for x in breakpoints) or "none"))
