"""The sympy meaning: forms, one Piecewise on the interval and nothing outside, and printing that no name can break."""

import subprocess
import sys
from fractions import Fraction
from xml.dom.minidom import parseString

import pytest
import sympy

from verify.compile import sympy_form
from verify.compile.sympy_form import SYMPY, fraction, latex, mathml, max_form, piecewise, piecewise_of, rational, symbols
from verify.exact import Interval, PiecewiseLinear
from verify.kernel.errors import BadInput, OverBudget
from verify.network.builders import compose, constant, random_network, sawtooth, tent
from verify.network.network import Input, Network
from verify.network.operations import OPERATIONS, Node

(x0,) = symbols(1)
HOSTILE = ["a\0b", "x|y", "back\\slash", "v0!1", 'quote"\n$x$', "__import__('os')", "</math><script>", "\u202e", "σ"]


def named(name: str) -> Network:
    """|x| + max(x, 1) in a network all of whose names are hostile."""
    one = Node("1" + name, "Gemm", (name,), {"weight": ((Fraction(0),),), "bias": (Fraction(1),)})
    nodes = (Node("a" + name, "Abs", (name,)), one, Node("m" + name, "Max", (name, "1" + name)))
    nodes += (Node("s", "Add", ("a" + name, "m" + name)),)
    return Network((Input(name, 1),), nodes, "s")


def test_tent_in_max_form() -> None:
    assert max_form(tent()) == [2 * sympy.Max(0, x0) - 2 * sympy.Max(0, 2 * x0 - 1)]


def test_a_constant_folds() -> None:
    assert max_form(compose(tent(), constant(Fraction(1, 3)))) == [sympy.Rational(2, 3)]


def test_every_operation_has_a_meaning() -> None:
    assert set(SYMPY) == set(OPERATIONS)


def test_a_missing_row_fails_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sympy_form, "SYMPY", {op: SYMPY[op] for op in SYMPY if op != "Relu"})
    with pytest.raises(BadInput, match="no meaning of the operation Relu in sympy"):
        max_form(tent())


def test_a_form_too_large_to_write_out_is_refused_before_it_is_built() -> None:
    with pytest.raises(OverBudget, match=r"a Max form of more than 10\^\d+ terms"):
        max_form(sawtooth(400))


def test_piecewise_has_its_segments_in_order_and_nothing_outside() -> None:
    function = PiecewiseLinear((Fraction(0), Fraction(1, 3), Fraction(2)), (Fraction(1), Fraction(0), Fraction(5)))
    found = piecewise(function)
    assert [branch.expr for branch in found.args] == [1 - 3 * x0, 3 * x0 - 1]
    assert [branch.cond for branch in found.args] == [
        sympy.And(sympy.Le(0, x0), sympy.Le(x0, sympy.Rational(1, 3))),
        sympy.And(sympy.Le(sympy.Rational(1, 3), x0), sympy.Le(x0, 2)),
    ]
    assert found.xreplace({x0: sympy.Rational(1, 3)}) == 0
    for outside in (sympy.Rational(-1, 100), sympy.Rational(201, 100)):
        assert found.xreplace({x0: outside}) is sympy.nan


def test_piecewise_of_a_network() -> None:
    found = piecewise_of(tent(), Interval(0, 1))
    assert [branch.expr for branch in found.args] == [2 * x0, 2 - 2 * x0]


def test_numbers_go_and_come_back_exactly() -> None:
    for value in (Fraction(0), Fraction(-3, 7), Fraction(10**5000 + 1, 3**9000)):
        assert fraction(rational(value)) == value
    with pytest.raises(BadInput, match="expected a rational number, found a sympy Float"):
        fraction(sympy.Float(0.5))


def test_a_numeral_too_long_to_print_is_refused() -> None:
    with pytest.raises(OverBudget, match="a numeral of"):
        latex(rational(Fraction(10**5000)) * x0)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_never_enter_an_expression(name: str) -> None:
    (found,) = max_form(named(name))
    assert found.free_symbols == {x0}
    assert found == max_form(named("plain"))[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_only_text_in_mathml(name: str) -> None:
    document = parseString(mathml(max_form(named(name))[0], [name]))
    plain = parseString(mathml(max_form(named("n"))[0], ["n"]))
    elements = [[element.tagName for element in found.getElementsByTagName("*")] for found in (document, plain)]
    assert elements[0] == elements[1]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_no_commands_in_latex(name: str) -> None:
    shown = latex(x0, [name])
    rest = shown
    for escape in ("\\mathrm", "{\\backslash}", "\\_", "\\$", "{\\vert}", "{\\prime}", "\\ "):
        rest = rest.replace(escape, "")
    assert shown.isascii() and shown.isprintable()
    assert not set("\\$%&_^~#") & set(rest)
    assert rest.count("{") == rest.count("}") == 1


def test_latex_of_the_tent() -> None:
    assert latex(max_form(tent())[0], ["t"]) == r"2 \max\left(0, t\right) - 2 \max\left(0, 2 t - 1\right)"


def test_importing_compile_imports_no_solver_and_no_sympy() -> None:
    code = "import sys, verify.compile; sys.exit(bool({'z3', 'sympy', 'cvc5'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_several_inputs_and_outputs() -> None:
    network = random_network([3], 1, inputs=2)
    assert max_form(network)[0].free_symbols <= set(symbols(2))
    halves = Network((Input("a", 1), Input("b", 2)), (Node("c", "Concat", ("b", "a")),), "c")
    assert max_form(halves) == [symbols(3)[1], symbols(3)[2], symbols(3)[0]]
