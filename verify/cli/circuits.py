"""circuit: the lecture's circuits, their gates counted beside what the theorems say."""

from fractions import Fraction
from typing import Any

import click

from .arguments import RATIONAL, json_option, print_json, shown


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("x", nargs=-1, type=RATIONAL)
@json_option
def circuit(name: str, x: tuple[Fraction, ...], as_json: bool) -> None:
    """The circuit NAME, its gates and depth beside the theorem's, and its value at X… if given.

    \b
    parity-tree:K   parity of 2^K bits, exclusive ors in a tree
    parity-dnf:N    parity of N bits as an OR of ANDs
    parity-cnf:N    parity of N bits as an AND of ORs
    sum-product:I   a sum-product network with 4^I inputs (Delalleau and Bengio)
    products:I      the same function as a sum of products
    """
    from ..answers.circuits import agreement, made

    it = made(name)
    compared = agreement(it)
    facts: dict[str, Any] = {
        "inputs": it.inputs,
        "gates": len(it.gates),
        "depth": it.depth,
        "theorem": it.theorem,
        "bound": it.bound,
        "agrees": compared,
    }
    if x:
        facts["value"] = str(it.value(x))
    if as_json:
        listed = [{"op": gate.op, "reads": list(gate.reads), "weights": list(gate.weights)} for gate in it.gates]
        print_json(facts | {"literals": it.literals, "circuit": listed})
        return
    print(f"inputs   {it.inputs}")
    print(f"gates    {len(it.gates)} = {it.gates_by}: {it.theorem}")
    print(f"depth    {it.depth} = {it.depth_by}")
    print(f"bound    {it.bound}")
    print(f"agrees   {compared or 'not compared: it has too many inputs'}")
    if x:
        print(f"value    {shown(it.value(x))}")
