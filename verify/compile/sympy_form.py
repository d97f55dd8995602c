"""The sympy meaning of a network: nested Max over generated symbols, and one Piecewise from sorted
breakpoints.

No name or text of the user's enters sympy, which would evaluate it: symbols are x0, x1, …, numerals
are Rational(int, int), and display names meet an expression only when it is printed, escaped for
that printer.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import chain, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import sympy

from ..kernel.errors import BadInput, OverBudget
from ..network.network import Network
from ..network.operations import Node, row

if TYPE_CHECKING:
    from ..exact import Interval, PiecewiseLinear

Expr: TypeAlias = sympy.Expr
MOST_TERMS = 1_000_000  # of an unfolded form; a sawtooth of k compositions has about 6 · 2^k
LONGEST = 12_000  # bits of a numeral that is printed


def symbols(count: int) -> tuple[sympy.Symbol, ...]:
    """The generated input symbols x0, x1, …, real."""
    return tuple(sympy.Symbol(f"x{i}", real=True) for i in range(count))


def rational(value: Fraction) -> sympy.Rational:
    return sympy.Rational(value.numerator, value.denominator)


def fraction(value: Expr) -> Fraction:
    """The way back: the Fraction that a sympy numeral is. Raises `BadInput` for anything else."""
    if not isinstance(value, sympy.Rational):
        raise BadInput("", f"expected a rational number, found a sympy {type(value).__name__}")
    return Fraction(int(value.p), int(value.q))


def max_form(network: Network) -> list[Expr]:
    """One expression an output entry, in Max, Min and affine terms of x0, x1, …: the inputs'
    entries, in order. Exact.

    Written out in full, so its size can be exponential in the depth: raises `OverBudget` beyond
    `MOST_TERMS` terms.

    >>> from verify import tent
    >>> max_form(tent())
    [2*Max(0, x0) - 2*Max(0, 2*x0 - 1)]
    """
    network = network.pruned
    _refuse_large(network)
    values: dict[str, list[Expr]] = {}
    free = list(symbols(network.input_size))
    for item in network.inputs:
        values[item.name], free = free[: item.size], free[item.size :]
    for node in network.nodes:
        meaning = row(SYMPY, node.op, "sympy")
        values[node.name] = meaning(node, [values[name] for name in node.inputs])  # type: ignore[assignment]
    return values[network.output]


def terms(network: Network) -> int:
    """How many terms the Max form has when it is written out, about: a count over the DAG, made
    before anything is built."""
    sizes: dict[str, list[int]] = {item.name: [1] * item.size for item in network.inputs}
    for node in network.nodes:
        inputs = [sizes[name] for name in node.inputs]
        joined = list(chain(*inputs))
        if node.op == "Gemm":
            weight, entries = node.matrix("weight"), list[int]()
            for index in range(len(weight)):
                entries.append(1 + sum(1 + joined[column] for column, _ in weight.row(index)))
            sizes[node.name] = entries
        elif node.op == "Concat":
            sizes[node.name] = joined
        else:
            twice = 2 if node.op in ("Abs", "LeakyRelu") else 1
            sizes[node.name] = [2 + twice * sum(sources) for sources in zip(*inputs, strict=True)]
    return sum(sizes[network.output])


def _refuse_large(network: Network) -> None:
    count = terms(network)
    if count > MOST_TERMS:
        found = count if count < 10**15 else f"more than 10^{count.bit_length() * 3 // 10 - 1}"
        most = f"at most {MOST_TERMS} are written out (pieces and SMT-LIB grow less)"
        raise OverBudget("", f"a Max form of {found} terms; {most}")


def _gemm(node: Node, inputs: list[list[Expr]]) -> list[Expr]:
    joined, weight, values = list(chain(*inputs)), node.matrix("weight"), list[Expr]()
    for index, bias in enumerate(node.vector("bias")):
        addends = [sympy.Mul(rational(w), joined[column]) for column, w in weight.row(index)]
        values.append(sympy.Add(*addends, rational(bias)))
    return values


def _extreme(which: type[Expr], values: Sequence[Expr]) -> Expr:
    """Max or Min of the values, the numerals among them folded: sympy's own simplification compares
    every pair, at any cost."""
    numbers = [value for value in values if value.is_Rational]
    others = [value for value in values if not value.is_Rational]
    if numbers:
        others.append(which(*numbers))
    return which(*others, evaluate=False)


def _relu(value: Expr) -> Expr:
    return _extreme(sympy.Max, [sympy.Integer(0), value])


def _leaky(node: Node, inputs: list[list[Expr]]) -> list[Expr]:
    alpha = rational(node.rational("alpha"))
    return [sympy.Add(sympy.Mul(alpha, z), sympy.Mul(1 - alpha, _relu(z))) for z in inputs[0]]


def _clip(node: Node, inputs: list[list[Expr]]) -> list[Expr]:
    least, most = rational(node.rational("min")), rational(node.rational("max"))
    return [_extreme(sympy.Min, [most, _extreme(sympy.Max, [least, z])]) for z in inputs[0]]


def _mul(node: Node, inputs: list[list[Expr]]) -> list[Expr]:
    return list(map(sympy.Mul, map(rational, node.vector("factor")), inputs[0]))


def _entrywise(combine: Callable[..., Expr]) -> Callable[[Node, list[list[Expr]]], list[Expr]]:
    return lambda node, inputs: [combine(*entries) for entries in zip(*inputs, strict=True)]


SYMPY: Mapping[str, Callable[[Node, list[list[Expr]]], list[Expr]]] = MappingProxyType(
    {
        "Gemm": _gemm,
        "Relu": _entrywise(_relu),
        "Add": _entrywise(sympy.Add),
        "Sub": _entrywise(lambda a, b: sympy.Add(a, sympy.Mul(-1, b))),
        "Neg": _entrywise(lambda z: sympy.Mul(-1, z)),
        "Mul": _mul,
        "Concat": lambda node, inputs: list(chain(*inputs)),
        "Abs": _entrywise(lambda z: _extreme(sympy.Max, [z, sympy.Mul(-1, z)])),
        "LeakyRelu": _leaky,
        "Max": _entrywise(lambda *entries: _extreme(sympy.Max, entries)),
        "Min": _entrywise(lambda *entries: _extreme(sympy.Min, entries)),
        "Clip": _clip,
    }
)


def piecewise(function: "PiecewiseLinear") -> sympy.Piecewise:
    """The function of x0 as one Piecewise: an affine expression on each closed segment between
    neighbouring breakpoints, in order; nothing outside its interval (sympy evaluates it there to
    nan). Exact; linear in the number of pieces."""
    (x,) = symbols(1)
    points, values = function.breakpoints, function.values
    if len(points) == 1:
        return sympy.Piecewise(
            (rational(values[0]), sympy.Eq(x, rational(points[0]))), evaluate=False
        )
    branches = []
    for (low, high), value, slope in zip(pairwise(points), values, function.slopes, strict=False):
        line = sympy.Add(sympy.Mul(rational(slope), x), rational(value - slope * low))
        branches.append((line, sympy.And(sympy.Le(rational(low), x), sympy.Le(x, rational(high)))))
    return sympy.Piecewise(*branches, evaluate=False)


def piecewise_of(network: Network, interval: "Interval") -> sympy.Piecewise:
    """The maximal affine pieces of a one-input network on a closed interval, as one Piecewise in
    x0."""
    from ..exact import pieces

    return piecewise(pieces(network, interval))


def latex(expression: sympy.Basic, names: Sequence[str] = ()) -> str:
    """LaTeX for math mode. `names` are shown for x0, x1, …, escaped: no character of theirs reaches
    TeX as a command."""
    from .escape import latex_name

    _refuse_long(expression)
    shown = dict(zip(symbols(len(names)), map(latex_name, names), strict=True))
    return str(sympy.latex(expression, symbol_names=shown))


def mathml(expression: sympy.Basic, names: Sequence[str] = ()) -> str:
    """Presentation MathML. `names` are shown for x0, x1, … as text, control characters as U+…,
    escaped here: sympy's printer replaces the document's text nodes by ones that are written
    raw."""
    from html import escape

    from sympy.printing.mathml import MathMLPresentationPrinter

    from .escape import visible

    _refuse_long(expression)
    safe = [escape(visible(name)) for name in names]
    shown = dict(zip(symbols(len(names)), safe, strict=True))

    class Printer(MathMLPresentationPrinter):  # type: ignore[misc]
        # sympy's name
        def _print_Symbol(self, sym: sympy.Symbol, style: str = "plain") -> object:  # noqa: N802
            if sym not in shown:
                return super()._print_Symbol(sym, style)
            element = self.dom.createElement("mi")
            element.appendChild(self.dom.createTextNode(shown[sym]))
            return element

    printer = Printer()
    body = printer._print(expression).toxml()
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{body}</math>'


def _refuse_long(expression: sympy.Basic) -> None:
    numerals = expression.atoms(sympy.Rational)
    longest = max((max(abs(int(r.p)), int(r.q)) for r in numerals), default=0)
    bits = longest.bit_length()
    if bits > LONGEST:
        raise OverBudget(
            "", f"an expression with a numeral of {bits} bits; at most {LONGEST} are printed"
        )
