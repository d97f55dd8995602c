"""SMT-LIB 2.6 text of what z3 is asked, in QF_LRA, so that any other solver can be asked the same.

The text is z3's own printing of the constraints, with the logic that it leaves out; every name in
it is generated, every number a rational in full. The user's names appear in comments only, escaped
to printable ASCII.
"""

from collections.abc import Sequence

import z3

from ..network.network import Network
from .escape import comment
from .z3_context import context
from .z3_form import Encoding, Names, encode

LOGIC = "QF_LRA"


def script(
    constraints: Sequence[z3.BoolRef], comments: Sequence[str] = (), logic: str = LOGIC
) -> str:
    """A whole script: comments, logic, declarations, assertions, check-sat."""
    own = constraints[0].ctx if constraints else context()
    solver = z3.Solver(ctx=own)
    solver.add(*constraints)
    printed = solver.to_smt2().splitlines()
    body = [line for line in printed if not line.startswith((";", "(set-info"))]
    head = [f"; {comment(line)}" for line in comments]
    head += ["(set-info :smt-lib-version 2.6)", f"(set-logic {logic})"]
    return "\n".join([*head, *body, "(exit)"]) + "\n"


def of_network(network: Network) -> str:
    """The network as constraints: every model is an input with all values that the network computes
    from it. Comments say which variable is which entry of an input and of the output."""
    names = Names()
    encoding = encode(network, names.reals(network.input_size), names)
    comments = ["a network, as exact real arithmetic", *legend(network, encoding)]
    return script(encoding.constraints, comments)


def legend(network: Network, encoding: Encoding) -> list[str]:
    """One line an input and output entry: the generated variable, and the user's name for it."""
    entries = [f"{item.name}[{i}]" for item in network.inputs for i in range(item.size)]
    inputs = zip(encoding.inputs, entries, strict=True)
    lines = [f"{variable} is the input {entry}" for variable, entry in inputs]
    for i, term in enumerate(encoding.outputs):
        lines.append(f"{_shown(term)} is the output {network.output}[{i}]")
    return lines


def _shown(term: z3.ExprRef) -> str:
    """A variable's name, or a numeral as it is written in SMT-LIB."""
    is_variable = z3.is_const(term) and term.decl().kind() == z3.Z3_OP_UNINTERPRETED
    if is_variable:
        return str(term.decl().name())
    return str(term.sexpr())
