"""Circuits: run gate by gate here, at all inputs, against parity and against the recursion of the family; sizes as Coq counts them."""

import json
from fractions import Fraction as F
from itertools import product
from math import prod

import pytest
from network.coq_counts import said

from verify.answers import circuits
from verify.answers.circuits import agreement, made
from verify.cli import main
from verify.kernel.errors import BadInput, OverBudget


def run(circuit, point):
    """Its output, one gate after another."""
    wires = [*point, *(1 - x for x in point)] if circuit.literals else list(point)
    for gate in circuit.gates:
        read = [wires[wire] for wire in gate.reads]
        match gate.op:
            case "AND":
                wires.append(int(all(read)))
            case "OR":
                wires.append(int(any(read)))
            case "NOT":
                wires.append(1 - read[0])
            case "SUM":
                wires.append(sum(w * x for w, x in zip(gate.weights, read, strict=True)))
            case "PRODUCT":
                wires.append(prod(read))
    return wires[-1]


def family(v):
    """The function of Delalleau and Bengio."""
    if len(v) == 1:
        return v[0]
    q = len(v) // 4
    a, b, c, d = (family(v[i * q : (i + 1) * q]) for i in range(4))
    return a * b + c * d


TREES = ["parity-tree:0", "parity-tree:1", "parity-tree:2", "parity-tree:3"]
PARITIES = [*TREES, "parity-dnf:1", "parity-dnf:5", "parity-cnf:1", "parity-cnf:6"]


@pytest.mark.parametrize("name", PARITIES)
def test_parity(name):
    circuit = made(name)
    for point in product((0, 1), repeat=circuit.inputs):
        assert run(circuit, point) == sum(point) % 2 == circuit.value([F(x) for x in point])
    assert agreement(circuit) == f"with parity at all {2**circuit.inputs} inputs"


@pytest.mark.parametrize("name", ["sum-product:0", "sum-product:1", "sum-product:2", "products:0", "products:1", "products:2"])
def test_the_family(name):
    circuit = made(name)
    for point in product((0, 1), repeat=circuit.inputs):
        if circuit.inputs < 16 or sum(point) % 5 == 0:
            assert run(circuit, point) == family(point)
    numbers = [F(i * i - 7, i + 1) for i in range(circuit.inputs)]
    assert circuit.value(numbers) == run(circuit, numbers) == family(numbers)
    assert agreement(circuit).startswith("with the sum of its")


def test_sizes():
    for k in range(8):
        tree = made(f"parity-tree:{k}")
        assert len(tree.gates) == said("circuits_parity_tree", r"length gs = (.*?) /\\", k=k)
        assert tree.depth == said("circuits_parity_tree", r"\(parity v, (.*?)\)", k=k)
        assert all(len(gate.reads) <= 2 for gate in tree.gates)
    for n in range(1, 9):
        dnf, cnf = made(f"parity-dnf:{n}"), made(f"parity-cnf:{n}")
        assert sum(gate.op == "AND" for gate in dnf.gates) == said("circuits_parity_dnf_attained", r"length D = (.*?) /\\", n=n - 1)
        assert sum(gate.op == "OR" for gate in cnf.gates) == said("circuits_parity_cnf", r"-> (\S+ 2 n) <= length C", n=n - 1)
        assert dnf.depth == cnf.depth == 2
    for i in range(5):
        deep = made(f"sum-product:{i}")
        assert len(deep.gates) + 1 == said("deep_size", r"\+ 1 = (.*?) /\\", i=i)
        assert deep.depth == said("deep_size", r"spn_depth \(deep i o\) = (.*)", i=i)
    for i in range(4):
        least = said("circuits_sum_product", r"-> (PeanoNat.Nat.pow 2 \(.*?\)) <= length T", i=i)
        assert sum(gate.op == "PRODUCT" for gate in made(f"products:{i}").gates) == least


def test_another_function_is_found_out():
    tree = made("parity-tree:2")
    other = circuits.Circuit(4, (*tree.gates[:-1], circuits.Gate("OR", tree.gates[-1].reads)), tree.theorem, "", "", "")
    with pytest.raises(AssertionError):
        agreement(other)
    deep = made("sum-product:1")
    other = circuits.Circuit(4, (*deep.gates[:-1], circuits.Gate("SUM", (4, 5), (1, 2))), deep.theorem, "", "", "")
    with pytest.raises(AssertionError):
        agreement(other)


@pytest.mark.parametrize("name", ["parity", "parity-tree", "parity-tree:x", "parity-dnf:0", "and:3", "products:-1", "products:١"])
def test_what_is_refused(name):
    with pytest.raises(BadInput):
        made(name)


def test_limits():
    for name in ("parity-tree:13", "parity-dnf:17", "products:4", "sum-product:7", "parity-tree:99999"):
        with pytest.raises(OverBudget, match="at most"):
            made(name)
    assert agreement(made("parity-tree:6")) == "" == agreement(made("sum-product:4"))
    for point in ([F(1)], [F(1), F(2)]):
        with pytest.raises(BadInput):
            made("parity-tree:1").value(point)


def test_the_command(capsys):
    assert main(["circuit", "parity-tree:3"]) == 0
    said_ = capsys.readouterr().out
    assert "gates    28 = 4 (n − 1), n = 2^k: circuits.parity.tree" in said_ and "2^7 ANDs or ORs" in said_
    assert main(["circuit", "products:1", "1", "2", "3", "-1/2", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["value"], found["gates"], found["depth"]) == ("1/2", 3, 2) and len(found["circuit"]) == 3
    assert main(["circuit", "xor:3"]) == 2 and main(["circuit", "products:4"]) == 3
