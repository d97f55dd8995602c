"""Formulas over boxes: proofs by cuts, units and leaves; every way in which one can be short of a proof; what is known of units.

The facts of a proof about max(x1, x2) on the unit square: 0 to 3 are the box, and 4 is the negated claim. A unit z, Relu(z) has four
facts: what z is, Relu(z) at least 0, at least z, at most a line.
"""

import random
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import permutations, product
from math import prod
from operator import eq, le, lt
from typing import Any

import pytest
from network.naive import values

from verify.kernel.declare import Vocabulary
from verify.kernel.errors import BadInput, DepthproofError, Rejected
from verify.kernel.limits import Budget
from verify.kernel.network import Graph
from verify.kernel.rules import units
from verify.kernel.terms import Comparison, Polynomial
from verify.kernel.theory import beginning
from verify.network.relu_network import read

from .short import items, leaf, said
from .small import NETWORKS, gemm, network, relu

UNIT = ["0", "1"]
SQUARE = [UNIT, UNIT]
CUT, UNITS = ["cut", "value3 <= 0"], ["units"]
HALF = Fraction(1, 2)
Weights = dict[int, Any]  # of facts, by their numbers


def forall(text: str, box: Any = None, **more: str) -> dict[str, Any]:
    return {"forall": {"box": box or SQUARE, "holds": text} | more}


def below(start: int) -> Weights:
    """max(x1, x2) is at least x2 + value4: the sum of these facts, the units' being those from `start` on."""
    return {start + 6: 1, start + 11: 1, start + 4: 1}


def above(start: int) -> Weights:
    """max(x1, x2) is at most x2 + value4."""
    return {start + 9: 1, start + 7: 1, start + 4: -1}


def holds(statement: Any, steps: Any, **networks: str) -> bool:
    """True, or the kernel's error."""
    evidence = items(*steps) if isinstance(steps, list) else {"items": [{"goal": "claim", "proof": steps}]}
    return bool(said(statement, evidence, **(networks or {"f": "larger"})))


# max(x1, x2) = x2 + Relu(x1 − x2), where value3 = x1 − x2 is the only source of both signs on the unit square, and value4 its Relu.
LOW, HIGH = leaf(above(6) | {4: 1, 9: 1, 3: 1}), leaf(above(6) | {4: 1, 9: 1, 6: -1, 1: 1})
AT_MOST_1 = [CUT, UNITS, LOW, UNITS, HIGH]
MAX = forall("f >= x1 and f >= x2 and (f = x1 or f = x2)")
MAX_PROOF = [
    ["cases", 4], UNITS, leaf(below(6) | {5: 1, 8: 1, 6: 1}), UNITS, leaf(below(6) | {5: 1, 7: 1}),
    CUT, UNITS, ["cases", 6], leaf(below(8) | {20: 1, 9: 1}), leaf(above(8) | {20: 1, 11: 1}),
    UNITS, ["cases", 5], leaf(below(8) | {20: 1, 10: 1, 8: 1}), leaf(above(8) | {20: 1, 11: 1, 8: -1}),
]  # fmt: skip


def test_a_bound_that_needs_no_cut() -> None:
    """σ(x1 + x2 − 1) + σ(x1 − x2): the numbers of its facts are those of a network with two units."""
    chords = leaf({1: 1, 5: -HALF, 9: -HALF, 4: 1, 8: 1, 12: 1})
    assert holds(forall("f <= 3/2"), [UNITS, chords], f="sum")
    assert holds(forall("f >= 0"), [UNITS, leaf({4: 1, 6: 1, 10: 1})], f="sum")
    with pytest.raises(Rejected, match='the sum is "0"'):
        holds(forall("f < 3/2"), [UNITS, chords], f="sum")
    assert holds(forall("x1 <= 1"), [leaf({1: 1, 4: 1})])


def test_the_chord_over_an_open_unit_is_usable_exactly() -> None:
    # σ(t) ≤ (t + 1)/2 on [−1, 1], so σ(x1 − x2) + x2 ≤ (x1 + x2 + 1)/2 ≤ 3/2.
    chord = above(5) | {4: 1, 8: 1, 5: -HALF}
    ends = leaf(chord | {1: HALF, 3: HALF})
    assert holds(forall("f <= (x1 + x2 + 1)/2"), [UNITS, leaf(chord)])
    assert holds(forall("f <= 3/2"), [UNITS, ends])
    for claim in ("f < 3/2", f"f <= 3/2 - 1/{10**30}"):
        with pytest.raises(Rejected, match="no contradiction"):
            holds(forall(claim), [UNITS, ends])


def test_cuts_on_the_sign_of_a_unit_make_the_bound_exact() -> None:
    assert holds(forall("f <= 1"), AT_MOST_1) and holds(forall(f"f < 1 + 1/{10**30}"), AT_MOST_1)
    for claim in ("f < 1", f"f <= 1 - 1/{10**30}"):
        with pytest.raises(Rejected, match=r'proof 2 \("leaf"\): the sum is'):
            holds(forall(claim), AT_MOST_1)
    assert holds(forall("f <= 1"), [["cut", "value3 > 0"], UNITS, HIGH, UNITS, LOW])
    with pytest.raises(Rejected, match="proof 2 "):
        holds(forall("f <= 1"), [CUT, UNITS, HIGH, UNITS, LOW])


def test_units_before_the_cut_say_only_what_holds_everywhere() -> None:
    for first in (LOW, leaf(above(5) | {4: 1, 8: 1, 3: 1})):
        with pytest.raises(Rejected, match="proof 2 "):
            holds(forall("f <= 1"), [UNITS, CUT, first, HIGH])
    before = [UNITS, CUT, *[leaf(above(5) | {4: 1, 8: 1, 5: -HALF, 1: HALF, 3: HALF})] * 2]
    assert holds(forall("f <= 3/2"), before)
    with pytest.raises(Rejected, match='the sum is "1/2"'):
        holds(forall("f <= 1"), before)
    later = [leaf(above(18) | {4: 1, 21: 1, 3: 1}), UNITS, leaf(above(18) | {4: 1, 21: 1, 18: -1, 1: 1})]
    assert holds(forall("f <= 1"), [UNITS, CUT, UNITS, *later])  # a second time, they say more


def test_a_disjunction_is_refuted_by_cases() -> None:
    assert holds(MAX, MAX_PROOF)
    with pytest.raises(Rejected, match="a disjunction cannot stand in a sum"):
        holds(MAX, [UNITS, leaf({4: 1})])
    with pytest.raises(Rejected, match="fact 5 is not a disjunction"):
        holds(MAX, [["cases", 4], ["cases", 5]])
    for place, other in permutations((2, 4, 8, 9, 12, 13), 2):  # no leaf can be left out, and none closes another's branch
        with pytest.raises(Rejected):
            holds(MAX, MAX_PROOF[:place] + MAX_PROOF[place + 1 :])
        with pytest.raises(Rejected, match=f"proof {place} "):
            holds(MAX, [*MAX_PROOF[:place], MAX_PROOF[other], *MAX_PROOF[place + 1 :]])


def test_inputs_are_cut_anywhere() -> None:
    # Where x1 <= 1/4, the chord is about (t + 1)/5 on [−1, 1/4]: exact at 1/4, its slope being rounded down to 1024ths.
    claim, slope = forall("f <= x2 + 1/4 or x1 > 1/4"), Fraction(204, 1024)
    chord = leaf(above(7) | {4: 1, 10: 1, 7: -slope, 6: slope, 2: slope})
    assert holds(claim, [["cut", "x1 <= 1/4"], UNITS, chord, leaf({5: 1, 6: 1})])
    for place in ("-3", "0", "1", "1/3", "7"):
        assert holds(forall("x1 <= 1"), [["cut", f"x1 <= {place}"], *[leaf({1: 1, 4: 1})] * 2])


def test_an_empty_part_is_closed_like_any_other() -> None:
    box = [["3/4", "1"], ["0", "1/4"]]
    empty = leaf({0: 1, 3: 1, 6: 1, 5: 1})  # x1 − x2 is at least 1/2 here, and at most 0 there
    assert holds(forall("f <= 1", box), [CUT, UNITS, empty, UNITS, HIGH])
    with pytest.raises(Rejected, match=r"proof 2 .*no contradiction"):
        holds(forall("f <= 1"), [CUT, UNITS, empty, UNITS, HIGH])


def test_a_box_may_be_thin_or_empty() -> None:
    thin = [["1/2", "1/2"], UNIT]
    at_least = [UNITS, leaf(below(5) | {4: 1, 7: 1, 5: 1, 0: 1})]
    assert holds(forall("f >= 1/2", thin), at_least)
    with pytest.raises(Rejected, match="no contradiction"):
        holds(forall("f > 1/2", thin), at_least)
    same = [["cases", 4], UNITS, leaf(below(6) | {5: 1, 8: 1, 6: 1}), UNITS, leaf(above(6) | {5: 1, 9: 1, 6: -1})]
    assert holds(forall("f = x1", [["1", "1"], UNIT]), same)
    with pytest.raises(Rejected, match=r"proof 4"):
        holds(forall("f = x1", thin), same)
    assert holds(forall("f > 7", [["1", "0"], UNIT]), [leaf({0: 1, 1: 1})])  # of no point, everything is true


def test_a_condition_is_a_fact() -> None:
    statement = forall("f = x1", where="x1 >= x2")  # fact 4 is the condition
    steps = [["cases", 5], UNITS, leaf(below(7) | {6: 1, 9: 1, 7: 1})]
    steps += [CUT, UNITS, leaf(above(8) | {6: 1, 11: 1, 4: 1}), UNITS, leaf(above(8) | {6: 1, 11: 1, 8: -1})]
    assert holds(statement, steps)
    with pytest.raises(Rejected):
        holds(forall("f = x1", where="x1 >= x2 - 1/1000"), steps)


def test_claims_need_not_be_affine() -> None:
    assert holds(forall("x1 * x2 <= x1"), [["leaf", [["1", [4]], ["1", [0, 3]]]]])
    assert holds(forall("x1 * x2 <= (x1^2 + x2^2) / 2"), [["use", "squares", ["x1 - x2"]], ["leaf", [["2", [4]], ["1", [5]]]]])
    with pytest.raises(Rejected, match="variables remain"):
        holds(forall("x1 * x2 < x1"), [["leaf", [["1", [4]], ["1", [0, 2]]]]])


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ([], "1 branches are open after the last step of the proof"),
        ([CUT], "2 branches are open"),
        (AT_MOST_1[:-1], "1 branches are open"),
        ([*AT_MOST_1, UNITS], "a step after the last branch was closed"),
        ([UNITS, *AT_MOST_1], "proof 3"),
        ([CUT, LOW], 'proof 1 \\("leaf"\\): there is no fact 15 here'),
        ([CUT, UNITS, leaf(above(6) | {4: 1, 9: 1, 3: -1})], 'the weight "-1" is not positive'),
        ([CUT, UNITS, leaf(above(6) | {4: 1, 9: 1, 3: 0})], 'the weight "0" is not positive'),
        ([CUT, UNITS, leaf(above(6) | {4: "x1", 9: 1, 3: 1})], 'the weight "x1" is not positive'),
        ([CUT, UNITS, leaf(above(6) | {4: 1, 9: 1})], "variables remain"),
        ([CUT, UNITS, leaf(above(6) | {4: 1, 3: 1})], "variables remain"),
        ([CUT, UNITS, leaf({})], 'the sum is "0"'),
        ([leaf({-1: 1})], "there is no fact -1"),
        ([["cases", 4]], "fact 4 is not a disjunction"),
        ([["cases", True]], "there is no fact true"),
        ([["use", "integers", ["x1"]]], "visibly an integer"),
        ([["use", "IH", []]], "not known here"),
        ([["congruence", "f", ["x1"], []]], "a symbol and as many terms twice"),
    ],
)
def test_steps_that_show_nothing_are_rejected(steps: list[Any], reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        holds(forall("f <= 1"), steps)


@pytest.mark.parametrize(
    "step",
    [
        None, 7, "units", [], {}, ["unit"], [["units"]], ["units", 2], ["units", []], ["trust", "me"], ["cut"], ["cut", 3], ["cut", "x1"],
        ["cut", "x1 <= 1/2", "x2"], ["cut", "x3 <= 0"], ["cut", "value10 <= 0"], ["cut", "value0 <= 0"], ["cut", "g <= 0"],
        ["cut", "x1 <= 0.5"], ["cut", "value3(x1) <= 0"], ["leaf"], ["leaf", {}], ["leaf", [[]]], ["leaf", [["1", 4]]],
        ["leaf", [[1, [4]]]], ["leaf", [["one", [4]]]], ["leaf", [["1", [4], "x1"]]], ["leaf", [["1", [4], [], []]]],
        ["congruence", "f", ["x1"], ["x2"]], ["range", "f", ["0", "1"]], ["measure", "n"],
    ],
)  # fmt: skip
def test_a_step_that_is_none_is_refused_with_its_place(step: Any) -> None:
    with pytest.raises(BadInput, match=r"proof 2 "):
        holds(forall("f <= 1"), [CUT, UNITS, step])


@pytest.mark.parametrize("steps", [None, "units", {"0": UNITS}])
def test_a_proof_is_a_list_of_steps(steps: Any) -> None:
    with pytest.raises(BadInput, match="a list"):
        holds(forall("f <= 1"), steps)


def test_without_bounds_of_all_inputs_nothing_is_known_of_units() -> None:
    for premise in ("0 <= x1 <= 1 and x2 <= 1", "0 <= x1 <= 1 and x2 != 0 and x2 > -1", "0 <= x1 + x2 <= 1"):
        whole = {"declare": [], "goals": [{"goal": "claim", "for": [], "holds": f"{premise} implies f <= 1"}]}
        with pytest.raises(Rejected, match='proof 0 \\("units"\\): the inputs have no bounds here'):
            holds(whole, [UNITS])


def test_one_input_may_be_a_box_too() -> None:
    # The tent is 2·value3 − 2·value5, the Relus of value2 = x and value4 = 2x − 1; facts 0 and 1 are the box, 2 is the claim.
    low, high = leaf({2: 1, 7: 2, 4: -2, 9: 2, 3: 2}), leaf({2: 1, 7: 2, 4: -2, 10: 2, 8: 2, 3: 2})
    assert holds(forall("f <= 1", [UNIT]), [["cut", "x <= 1/2"], UNITS, low, UNITS, high], f="tent")
    with pytest.raises(Rejected, match='the sum is "0"'):
        holds(forall("f < 1", [UNIT]), [["cut", "x <= 1/2"], UNITS, low, UNITS, high], f="tent")


def test_networks_are_numbered_one_after_the_other() -> None:
    """The second network's values are 9 to 14; fact 4 is the claim, 5 the cut, 6 the first of f's units and 18 the first of g's."""
    both = above(6) | below(18) | {4: 1, 9: 1}
    steps = [CUT, UNITS, leaf(both | {19: 1}), UNITS, leaf(both | {20: 1, 6: -1, 18: 1})]
    assert holds(forall("f <= g"), steps, f="larger", g="larger")
    with pytest.raises(Rejected, match="variables remain"):
        holds(forall("g <= f"), steps, f="larger", g="larger")
    with pytest.raises(Rejected, match="there is no fact"):
        holds(forall("f <= 1"), steps)


def test_no_multipliers_prove_what_is_false() -> None:
    """Every leaf from a table of multipliers, against a claim that fails only near one corner, by 1e-30; and against a true one."""
    proved, tried = 0, 0
    for claim, line, low, high, equation, all_of in product((HALF, 1), (HALF, 1), (0, HALF), (0, HALF, 1), (0, -HALF, -1), (HALF, 1)):
        weights = {4: claim, 8: line, 1: high, 2: low, 5: equation} | {i: all_of * weight for i, weight in above(5).items()}
        sums = leaf({fact: weight for fact, weight in weights.items() if weight})
        for proof in ([UNITS, sums], [UNITS, CUT, sums, sums]):
            tried += 1
            with pytest.raises(DepthproofError):
                holds(forall(f"f <= x2 + 1 - 1/{10**30}"), proof)
            with suppress(Rejected):
                proved += holds(forall("f <= x2 + 1"), proof)
    assert tried == 288 and proved == 2


def test_ranges_are_those_of_interval_arithmetic() -> None:
    """v = x1 − x2 and w = x1 + x2 − 1, then twice σ(v) − 2σ(w) + 1/2, and σ(w) − σ(v). Bounds known besides are rounded outwards."""
    graph = Graph(Budget())
    graph.read(NETWORKS["deep"])
    low, high = ({1: Fraction(end), 2: Fraction(end)} for end in (0, 1))
    lows, highs = [1, 0, 0, -1, 0, -1, 0, -3, 0, -1, 0], [1, 1, 1, 1, 1, 1, 1, 3, 3, 1, 1]
    assert graph.between(low, high) == (lows, highs)
    assert graph.between(low | {9: Fraction(-1, 5)}, high | {7: Fraction(2, 7)}) == (lows, [*highs[:7], 1, 1, 1, 1])


WEIGHTS = [Fraction(text) for text in ("0", "1", "-1", "2", "-1/3", "5/7", "-9/4", "1000000007/1000000000")]
ENDS = [Fraction(text) for text in ("-2", "-1", "0", "0", "1/3", "1", "10/7", "99999999999999999999/100000000000000000000")]


def strange(source: random.Random) -> tuple[bytes, int]:
    """A network of a few Gemms and Relus in any order, each of anything before it; and its number of inputs."""
    sizes, nodes = {"x": source.randint(1, 3)}, list[Any]()
    for number in range(source.randint(2, 6)):
        names, name = source.sample(sorted(sizes), source.randint(1, min(2, len(sizes)))), f"n{number}"
        sizes[name] = sizes[names[0]] if number % 2 else source.randint(1, 3)
        rows = [[str(source.choice(WEIGHTS)) for n in names for _ in range(sizes[n])] for _ in range(sizes[name])]
        bias = [str(source.choice(WEIGHTS)) for _ in rows]
        nodes.append(relu(name, names[0]) if number % 2 else gemm(name, names, rows, bias))
    return network(nodes, sizes["x"]), sizes["x"]


def evaluated(data: bytes, point: list[Fraction]) -> list[Fraction]:
    """1, the inputs, and for every unit what its Relu is of and gives, by the naive evaluator."""
    network, found = read(data), [Fraction(1), *point]
    known = values(network, point)
    for node in network.nodes:
        if node.op == "Relu":
            found += [part for z, y in zip(known[node.inputs[0]], known[node.name], strict=True) for part in (z, y)]
    return found


def scaled(graph: Graph, data: bytes, points: Sequence[list[Fraction]]) -> list[list[Fraction]]:
    """The values as the kernel takes them, each times a positive number that is the same at all points: it is seen at one of them."""
    found = [evaluated(data, point) for point in points]
    ours = []
    for point in points:
        exact = dict(enumerate(point, 1))
        known = graph.at(exact)
        ours.append([Fraction(value, known[0]) for value in known])
    scales = [next((k[v] / n[v] for k, n in zip(ours, found, strict=True) if n[v]), Fraction(1)) for v in range(len(found[0]))]
    for v in range(graph.inputs + 1, graph.size, 2):  # Relu(c z) = c Relu(z): one number for both
        scales[v] = scales[v + 1] = next((s for s, n in ((scales[v], v), (scales[v + 1], v + 1)) if any(f[n] for f in found)), Fraction(1))
    assert all(scale > 0 for scale in scales)
    return [[scale * value for scale, value in zip(scales, values, strict=True)] for values in found]


def at(p: Polynomial, known: list[Fraction]) -> Fraction:
    return sum((c * prod(known[v] for v in monomial) for monomial, c in p.terms), Fraction(0))


def are_true(facts: Sequence[Any], known: list[Fraction]) -> bool:
    return all({"<=": le, "<": lt, "=": eq}[fact.relation](at(fact.polynomial, known), 0) for fact in facts)


def polynomial(terms: dict[tuple[int, ...], Any]) -> Polynomial:
    return Polynomial(tuple(sorted((monomial, Fraction(c)) for monomial, c in terms.items() if c)))


def fact_of(source: random.Random, known: list[Fraction]) -> Comparison:
    """A fact that is true of these values: a sign, a bound, an equation; or a bound of a sum or a square, which bounds no value."""
    v, w = source.randrange(1, len(known)), source.randrange(1, len(known))
    sign, scale, slack = (source.choice(some) for some in ((1, -1), (Fraction(2), Fraction(5, 7)), (Fraction(0), Fraction(1, 9))))
    if source.random() < 0.3:
        return Comparison("<=", polynomial({(v,): -scale if known[v] > 0 else scale}))
    terms = source.choice([{(v,): sign}, {(v,): sign}, {(v,): sign, (w,): sign}, {(v, v): sign}])
    relation = source.choice(["<=", "<=", "="])
    bound = at(polynomial(terms), known) + (slack if relation == "<=" else 0)
    return Comparison(relation, polynomial({monomial: scale * c for monomial, c in terms.items()} | {(): -scale * bound}))


def kind(low: int, high: int) -> str:
    """What is known of a unit whose pre-activation is between these."""
    if high < 0:
        return "dead"
    if low > 0:
        return "active"
    return "zero" if 0 in (low, high) else "open"


@pytest.mark.parametrize("seed", range(4))
def test_what_is_known_of_values_is_true(seed: int) -> None:
    """At random points of random boxes that satisfy random facts: the units' facts, and the ranges; and the outputs are what they are."""
    source, seen = random.Random(seed), Counter[str]()
    for _ in range(80):
        data, size = strange(source)
        graph = Graph(Budget())
        outputs = graph.read(data)
        vocabulary = Vocabulary(graph, {"f": outputs})
        sides = [tuple(sorted(source.choices(ENDS, k=2))) for _ in range(size)]
        some = [[low + (high - low) * Fraction(source.randrange(8), 7) for low, high in sides] for _ in range(8)]
        points = [*map(list, product(*sides)), *some]
        known = scaled(graph, data, points)
        for point, there in zip(points, known, strict=True):
            assert [at(p, there) for p in outputs] == values(read(data), point)[read(data).output]
        names = ["x"] if size == 1 else [f"x{i + 1}" for i in range(size)]
        box = " and ".join(f"{low} <= {x} <= {high}" for x, (low, high) in zip(names, sides, strict=True))
        context, start = beginning(vocabulary, vocabulary.statement([], f"not ({box})"))
        facts = tuple(fact_of(source, source.choice(known)) for _ in range(source.randrange(3)))
        (added,) = units(context, start + facts)
        lows, highs = graph.between(*graph.bounds(start + facts))
        inside = [there for there in known if are_true(facts, there)]
        for there in inside:
            assert are_true(start, there) and are_true(added, there)
            assert all(a <= v * lows[0] <= b for a, v, b in zip(lows, there, highs, strict=True))
        ends = [(lows[unit.z], highs[unit.z]) for unit in graph.units]
        seen.update(kind(a, b) for a, b in ends)
        seen.update({"in": len(inside), "out": len(points) - len(inside), "thin": int(any(low == high for low, high in sides))})
        assert len(added) == 4 * len(ends)
    assert min(seen[key] for key in ("in", "out", "dead", "active", "zero", "open", "thin")) > 10, seen
