"""The z3 meaning: linear size, generated names, exact numerals, and models brought back as Fractions."""

from fractions import Fraction

import pytest
import z3

from verify.compile import z3_form
from verify.compile.z3_form import Z3, Names, encode, fraction, number, point
from verify.kernel.errors import BadInput, OverBudget
from verify.network.builders import sawtooth, tent
from verify.network.network import Input, Network
from verify.network.operations import OPERATIONS, Node

NAMES = ["a\0b", "a\0c", "x|y", "back\\slash", "v0", "v1!0", "x!0", "k!1", "(check-sat)"]


def test_every_operation_has_a_meaning() -> None:
    assert set(Z3) == set(OPERATIONS)


def test_a_missing_row_fails_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(z3_form, "Z3", {op: Z3[op] for op in Z3 if op != "Relu"})
    names = Names()
    with pytest.raises(BadInput, match="no meaning of the operation Relu in z3"):
        encode(tent(), names.reals(1), names)


def test_a_model_gives_the_input_back() -> None:
    names = Names()
    inputs = names.reals(1)
    encoding = encode(tent(), inputs, names)
    solver = z3.Solver()
    solver.add(*encoding.constraints, encoding.outputs[0] == number(Fraction(2, 3)), inputs[0] > number(Fraction(1, 2)))
    assert solver.check() == z3.sat
    assert point(solver.model(), inputs) == (Fraction(2, 3),)


def test_size_is_linear_in_the_depth() -> None:
    sizes = []
    for k in (10, 20, 30):
        names = Names()
        sizes.append(len(encode(sawtooth(k), names.reals(1), names).definitions))
    assert sizes[2] - sizes[1] == sizes[1] - sizes[0]


def test_two_names_that_z3_takes_for_one_stay_two() -> None:
    """z3 reads a name up to its first NUL, so that a\\0b and a\\0c would be one constant, and a − b = 1 unsatisfiable."""
    names = Names()
    inputs = names.reals(2)
    network = Network((Input("a\0b", 1), Input("a\0c", 1)), (Node("d", "Sub", ("a\0b", "a\0c")),), "d")
    encoding = encode(network, inputs, names)
    solver = z3.Solver()
    solver.add(*encoding.constraints, encoding.outputs[0] == 1)
    assert solver.check() == z3.sat


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_generated(name: str) -> None:
    names = Names()
    nodes = (Node("n" + name, "Abs", (name,)), Node("m" + name, "Neg", ("n" + name,)))
    encoding = encode(Network((Input(name, 1),), nodes, "m" + name), names.reals(1), names)
    assert [str(variable) for variable, _ in encoding.definitions] == ["v1", "v2"]
    assert name not in "".join(str(term) for _, term in encoding.definitions).replace("v0", "").replace("v1", "")


def test_networks_that_share_names_share_no_variables() -> None:
    names = Names()
    inputs = names.reals(1)
    one, two = (encode(tent(), inputs, names) for _ in range(2))
    defined = [str(variable) for encoding in (one, two) for variable, _ in encoding.definitions]
    assert len(set(defined)) == len(defined)


def test_numbers_go_and_come_back_exactly() -> None:
    for value in (Fraction(0), Fraction(-1, 3), Fraction(0.1), Fraction(-(10**3000) - 1, 7**400)):
        assert fraction(number(value)) == value


def test_numbers_beyond_the_limit_are_refused() -> None:
    with pytest.raises(OverBudget, match="bits"):
        number(Fraction(1, 10**5000))


def test_an_algebraic_value_is_refused() -> None:
    x = z3.Real("v0")
    solver = z3.Solver()
    solver.add(x * x == 2)
    assert solver.check() == z3.sat
    with pytest.raises(OverBudget, match="not a rational number"):
        point(solver.model(), [x])


def test_a_wrong_number_of_inputs_is_refused() -> None:
    names = Names()
    with pytest.raises(BadInput, match="expected 1 input terms, found 2"):
        encode(tent(), names.reals(2), names)
