"""Claims with several inputs, on boxes, polyhedra and all of R^n, by cell complexes: judged by z3, and by HiGHS where scipy is there."""

import json
import random
from fractions import Fraction
from typing import Any

import pytest
import z3
from network.naive import value

from verify.claim import Claim
from verify.kernel.errors import OverBudget
from verify.kernel.numerals import numeral
from verify.network.builders import affine, compose, dense, maximum, random_network
from verify.network.network import Network
from verify.search.networks import cover, goal
from verify.search.proving import Proved, Refuted, certified, judged


def everywhere(text: str, **networks: Network) -> Claim:
    return Claim("it", networks, [], [{"goal": "claim", "for": [], "holds": text}])


def rules(certificate: bytes) -> list[str]:
    return [step[0] for item in json.loads(certificate)["evidence"]["items"] for step in item["proof"]]


def shown(claim: Claim) -> Proved | Refuted:
    return judged(claim, certified(claim, 30))


def by_cells(text: str, **networks: Network) -> bool:
    it = shown(everywhere(text, **networks))
    assert isinstance(it, Proved) and rules(it.certificate) == ["cells"]
    return True


def false_at(text: str, **networks: Network) -> dict[str, Fraction]:
    it = shown(everywhere(text, **networks))
    assert isinstance(it, Refuted)
    return dict(it.point)


# ---------- what may be said ----------


def test_all_of_space_and_polyhedra() -> None:
    five = maximum(5)
    assert by_cells("f >= x1 and f >= x5 and (f = x1 or f = x2 or f = x3 or f = x4 or f = x5)", f=five)
    assert by_cells("x1 <= x2 and x2 <= x3 implies f = x3 or f = x4 or f = x5", f=five)
    assert by_cells("x1 >= 0 and x2 >= 0 and x1 + x2 <= 1 implies f <= 1", f=maximum(2))
    assert by_cells("x1 + x2 <= 1 implies f <= 1/2 or x1 > 1/2 or x2 > 1/2", f=maximum(2))
    assert shown(everywhere("x1 + x2 <= 1 and x1 >= x2 + 3 and x2 > -1 implies f < 0", f=maximum(2))).lines
    assert by_cells("f <= 1/2 implies g <= 1/2", f=maximum(3), g=permuted(3, [2, 0, 1]))  # equal where both are 1/2
    assert by_cells("-1 <= x1 < 1 and -1 <= x2 <= 1 implies f + x1 < 2 or x2 >= x1", f=maximum(2))
    assert by_cells("x1 - x2 < 1 and x2 - x1 < 1 implies f - x1 < 1", f=maximum(2))


def test_counterexamples_are_vertices_or_lie_inside_or_far_away() -> None:
    at = false_at("0 <= x1 <= 1 and 0 <= x2 <= 1 implies f + x1 < 2", f=maximum(2))
    assert at == {"x1": 1, "x2": at["x2"]}
    inside = false_at("0 <= x1 < 1 and 0 <= x2 < 1 implies f <= 1/2", f=maximum(2))
    assert max(inside.values()) > Fraction(1, 2) and all(0 <= x < 1 for x in inside.values())
    assert max(false_at("f <= 1000000", f=maximum(3)).values()) > 10**6
    far = false_at("x1 + x2 + x3 <= 0 implies f <= 1000000", f=maximum(3))
    assert sum(far.values()) <= 0 and max(far.values()) > 10**6
    assert max(false_at("f = x1 or f = x2", f=maximum(3)), key=str)


def test_no_units_one_cell_and_no_interior() -> None:
    line = affine([[1, 2]], [Fraction(1, 3)])
    assert shown(everywhere("x1 = 1/2 and 0 <= x2 <= 1 implies f <= 3", f=line)).lines  # by boxes: nothing inside
    it = shown(everywhere("x1 <= 0 and x2 <= 0 implies f <= 1/3 or g < 0", f=line, g=maximum(2)))
    assert rules(it.certificate) == ["leaf"]  # about inputs alone, and contradictory
    assert shown(everywhere("x1 <= 0 and x1 >= 1 and 0 <= x2 <= 1 implies f <= 0", f=maximum(2))).lines
    dead = dense([([[0, 0], [0, 0]], [0, -1]), ([[1, 1]], [2])])
    assert by_cells("f = 2", f=dead)


def test_a_line_may_be_endless() -> None:
    wide = dense([([[1], [1]], [0, -1]), ([[1, -1]], [0])])  # 0, x, 1
    assert by_cells("0 <= f and f <= 1", f=wide)
    it = shown(everywhere("0 <= f and f <= 1 and (x <= 0 implies f = 0) and (x >= 1 implies f = 1)", f=wide))
    assert isinstance(it, Proved) and set(rules(it.certificate)) == {"cases", "cells"}
    assert false_at("f < 1", f=wide)["x"] >= 1


def permuted(size: int, order: list[int]) -> Network:
    """The maximum of so many numbers, taken in another order."""
    rows = [[1 if column == place else 0 for column in range(size)] for place in order]
    return compose(maximum(size), affine(rows, [0] * size))


def test_two_orders_of_a_tree_of_maxima() -> None:
    assert by_cells("f = g", f=maximum(6), g=permuted(6, [1, 2, 3, 4, 5, 0]))


@pytest.mark.parametrize("order", [[7, 6, 5, 4, 3, 2, 1, 0], [1, 0, 3, 2, 5, 4, 7, 6]])
def test_two_orders_of_a_tree_of_eight(order: list[int]) -> None:
    """40,320 simplices and more, if they are to agree on their facets; few, where the domain is divided by the signs of units."""
    it = shown(everywhere("f = g", f=maximum(8), g=permuted(8, order)))
    assert isinstance(it, Proved) and set(rules(it.certificate)) == {"cut", "cells"}
    assert len(it.certificate) < 200_000


def test_what_is_false_in_one_of_many_parts_is_refuted() -> None:
    rows = [[Fraction(int(row == column), 1 + row // 7) for column in range(8)] for row in range(8)]
    at = false_at("f <= g", f=maximum(8), g=compose(permuted(8, [7, 6, 5, 4, 3, 2, 1, 0]), affine(rows, [0] * 8)))
    assert at["x8"] > 0 and at["x8"] == max(at.values())


def test_too_many_cells_go_to_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    network = random_network([6, 4], 5, inputs=2)
    claim = Claim.from_short("it", {"forall": {"box": [["0", "1"]] * 2, "holds": "f <= 100"}}, {"f": network})
    monkeypatch.setattr(goal, "FEW", 0)
    assert set(rules(certified(claim).certificate)) <= {"units", "leaf", "tree"}  # by what they get done in a share of the time
    monkeypatch.setattr(cover, "MOST_SIMPLICES", 3)
    assert "cells" not in rules(certified(claim).certificate)
    everything = everywhere("f <= 100 or x1 + x2 >= 0", f=network)
    with pytest.raises(OverBudget, match=r"^cells: [0-9]+ cells in [0-9]+ simplices, more than 3; boxes: expected bounds for every input"):
        certified(everything)
    monkeypatch.setattr(cover, "MOST_CUTS", 0)
    monkeypatch.setattr(cover, "MOST_FACES", 10)
    with pytest.raises(OverBudget, match=r"^cells: a cell complex with more than 10 faces; boxes"):
        certified(everything)


# ---------- judged by others ----------


def z3_value(network: Network, xs: list[Any]) -> Any:
    """The network's one output in z3's arithmetic, written apart from `verify.compile`."""
    known = {"x": xs}
    for node in network.lowered.nodes:
        inputs = [entry for name in node.inputs for entry in known[name]]
        if node.op == "Relu":
            known[node.name] = [z3.If(entry > 0, entry, z3.RealVal(0)) for entry in inputs]
        else:
            pairs = zip(node.matrix("weight"), node.vector("bias"), strict=True)
            known[node.name] = [z3.Sum(z3.Q(b.numerator, b.denominator), *(z3.Q(w.numerator, w.denominator) * e
                for w, e in zip(row, inputs, strict=True) if w)) for row, b in pairs]  # fmt: skip
    return known[network.lowered.output][0]


def z3_says(network: Network, bound: Fraction, premise: str) -> bool:
    """Whether f <= bound where the premise holds."""
    xs = [z3.Real(f"x{i + 1}") for i in range(network.input_size)]
    solver = z3.Solver()
    for part in filter(None, premise.split(" and ")):
        solver.add(eval(part, {x.decl().name(): x for x in xs}))
    solver.add(z3_value(network, xs) > z3.Q(bound.numerator, bound.denominator))
    return solver.check() == z3.unsat


@pytest.mark.parametrize("seed", range(30))
def test_random_claims_as_z3_judges_them(seed: int) -> None:
    source = random.Random(seed)
    size = 2 + seed % 3
    network = random_network([source.choice([2, 3, 4]) for _ in range(source.choice([1, 2]))], seed, source.random() < 0.5, size, 3)
    inside = [f"x{i + 1} >= 0 and x{i + 1} <= 1" for i in range(size)]
    premise = [" and ".join(inside), "x1 <= x2 and x1 + x2 <= 1 and x2 >= 0", ""][seed % 3]
    if seed % 3 == 1:
        premise = " and ".join([premise, *inside[2:]])
    heights = [value(network, [Fraction(source.randint(0, 4), 4) for _ in range(size)])[0] for _ in range(30)]
    bound = max(heights) + Fraction(source.randint(-1, 4), 2)
    it = shown(everywhere(f"{premise} implies f <= {numeral(bound)}" if premise else f"f <= {numeral(bound)}", f=network))
    assert isinstance(it, Proved) == z3_says(network, bound, premise)
    if isinstance(it, Refuted):
        assert value(network, [it.point[f"x{i + 1}"] for i in range(size)])[0] > bound
