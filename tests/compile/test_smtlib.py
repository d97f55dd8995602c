"""The SMT-LIB text is read by z3 and by cvc5, which give it the answer that the query has; comments cannot end their line."""

import random
from fractions import Fraction

import pytest
import z3

from verify.compile.smtlib import of_network, script
from verify.compile.z3_form import Names, encode, number
from verify.evidence import cross
from verify.exact import evaluate
from verify.network.builders import random_network, tent
from verify.network.network import Input, Network
from verify.network.operations import Node

OPERATIONS = {"Abs": {}, "Neg": {}, "LeakyRelu": {"alpha": Fraction(1, 3)}, "Clip": {"min": Fraction(-1, 2), "max": Fraction(2,
3)}}


def answers(text: str) -> list[str]:
    """What z3, and cvc5 where it is installed, say to a script."""
    solver = z3.Solver()
    solver.add(z3.parse_smt2_string(text))
    return [str(solver.check()), *([cross.opinion(text).answer] if cross.version() else [])]


def value_is(network: Network, at: Fraction, value: Fraction) -> str:
    """The script that asks whether network(at) = value."""
    names = Names()
    inputs = names.reals(1)
    encoding = encode(network, inputs, names)
    return script([*encoding.constraints, inputs[0] == number(at), encoding.outputs[0] == number(value)])


@pytest.mark.parametrize("seed", range(12))
def test_both_solvers_read_a_network_and_compute_its_value(seed: int) -> None:
    chosen = random.Random(seed)
    network = random_network([chosen.randint(1, 5) for _ in range(chosen.randint(1, 3))], seed, skips=seed % 2 == 1)
    at = Fraction(chosen.randint(-20, 20), chosen.randint(1, 9))
    (value,) = evaluate(network, (at,))
    assert set(answers(value_is(network, at, value))) == {"sat"}
    assert set(answers(value_is(network, at, value + Fraction(1, 10**30)))) == {"unsat"}


@pytest.mark.parametrize("op", OPERATIONS)
@pytest.mark.parametrize("at", [Fraction(-7, 3), Fraction(-1, 2), Fraction(0), Fraction(2, 3), Fraction(5)])
def test_both_solvers_read_every_operation(op: str, at: Fraction) -> None:
    nodes = (Node("y", op, ("x",), OPERATIONS[op]), Node("m", "Max", ("x", "y")), Node("z", "Min", ("y", "m")))
    network = Network((Input("x", 1),), nodes, "z")
    (value,) = evaluate(network, (at,))
    assert set(answers(value_is(network, at, value))) == {"sat"}
    assert set(answers(value_is(network, at, value - 1))) == {"unsat"}


def test_numbers_of_many_digits_are_written_in_full() -> None:
    names = Names()
    x = names.real()
    large = Fraction(10**3000 + 1, 3**700)
    text = script([x == number(large), x <= number(large - Fraction(1, 3**700))])
    assert set(answers(text)) == {"unsat"}


def test_the_script_names_its_logic_and_asks_once() -> None:
    lines = of_network(tent()).splitlines()
    assert lines.count("(set-logic QF_LRA)") == 1
    assert lines.count("(check-sat)") == 1
    assert "; v0 is the input x[0]" in lines
    assert set(answers(of_network(tent()))) == {"sat"}


@pytest.mark.parametrize("name", ["a\0b", "x|y", "a\\b", "v0!1", "x\n(assert false)", "x\r(exit)", "x\u2028(exit)", "é" * 500])
def test_names_stay_in_their_comment(name: str) -> None:
    network = Network((Input(name, 1),), (Node("n" + name, "Relu", (name,)),), "n" + name)
    text = of_network(network)
    assert text.isascii() and all(character.isprintable() or character == "\n" for character in text)
    assert set(answers(text)) == {"sat"}
    code = [line for line in text.splitlines() if not line.startswith(";")]
    plain = Network((Input("p", 1),), (Node("q", "Relu", ("p",)),), "q")
    assert len(code) == len([line for line in of_network(plain).splitlines() if not line.startswith(";")])


def test_a_script_that_cvc5_cannot_read_is_no_opinion() -> None:
    if cross.version() is None:
        pytest.skip("wants cvc5: install the extra cross")
    assert cross.opinion("(assert").answer == cross.UNKNOWN
    assert cross.opinion("(set-logic QF_LRA)").answer == cross.UNKNOWN
