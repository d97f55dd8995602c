"""Trees of cuts: bounds against a second computation and against values at points; forged trees; ends, ties, and what is too much."""

import json
import random
import time
import tracemalloc
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from network.naive import value

from verify.claim import Claim
from verify.kernel.errors import BadInput, DepthproofError, OverBudget, Rejected
from verify.kernel.limits import MOST_WORK, Budget
from verify.kernel.network import Graph
from verify.kernel.terms import Comparison, Polynomial, atom, constant
from verify.kernel.tree import ONE, UP, Box, close
from verify.network.builders import dense, random_network
from verify.network.network import Network
from verify.network.relu_network import read
from verify.search.networks import cover, ways
from verify.search.networks.boxes import Unsettled
from verify.search.proving import certified

from .plain_tree import Plain
from .short import items, said
from .small import NETWORKS, gemm, network, relu

UNIT = ["0", "1"]
Ends = list[tuple[Fraction, Fraction]]


def graph_of(*networks: Network) -> tuple[Graph, list[Polynomial]]:
    graph = Graph(Budget(10**12))
    return graph, [graph.read(each.canonical)[0] for each in networks]


def inside(graph: Graph, ends: Ends) -> list[Any]:
    """The facts that the inputs lie between these ends."""
    facts = []
    for v, (low, high) in enumerate(ends, 1):
        facts.append(graph.terms.compare(constant(low), "<=", atom(v)))
        facts.append(graph.terms.compare(atom(v), "<=", constant(high)))
    return facts


def random_box(source: random.Random, inputs: int) -> Ends:
    """Sides with small ends, often 0, some of no width, some far away or very thin."""
    ends = []
    for _ in range(inputs):
        low = Fraction(source.randint(-8, 8), source.choice((1, 2, 3, 8)))
        width = source.choice((Fraction(0), Fraction(1), Fraction(source.randint(1, 9), 7), Fraction(1, 2**30)))
        ends.append((low, low + width))
    return ends


def random_case(seed: int) -> tuple[random.Random, Graph, list[Polynomial], Ends]:
    source = random.Random(f"tree {seed}")
    inputs = source.randint(1, 4)
    networks = []
    for _ in range(source.randint(1, 2)):
        widths = [source.randint(1, 5) for _ in range(source.randint(1, 4))]
        networks.append(random_network(widths, source.randrange(10**6), source.random() < 0.4, inputs))
    graph, outputs = graph_of(*networks)
    return source, graph, outputs, random_box(source, inputs)


def parts(source: random.Random, box: Box) -> Iterator[Any]:
    """A chain of parts, refreshed or not, cut along inputs or at units."""
    part = box.fresh([[made[2] for made in layer] for layer in box.layers])
    for _ in range(8):
        yield part
        part = source.choice(list(box.halves(part, source.choice(list(box.places)))))
        if source.random() < 0.5:
            part = box.fresh(part)


@pytest.mark.parametrize("seed", range(25))
def test_bounds_are_those_of_lists_of_integers(seed: int) -> None:
    source, graph, outputs, ends = random_case(seed)
    branch, p = inside(graph, ends), graph.terms.add(*outputs)
    box = Box(graph, branch, [Comparison("<=", p)])
    plain = Plain(graph, branch, {v for v, _ in graph.affine(p)})
    assert [[made[2] for made in layer] for layer in box.layers] == plain.ranges
    for part in parts(source, box):
        assert box.fresh(part) == plain.fresh(part)
        live = list(map(box.live, box.layers, part))
        sums = [source.randint(-(2**50), 2**50) for _ in plain.values[-1]]
        packed = sum(c << 64 + 128 * place for place, c in enumerate(sums))
        assert box.least(part, live, packed) == plain.least(part, sums, len(plain.values) - 1)


@pytest.mark.parametrize("seed", range(25))
def test_bounds_hold_at_every_point(seed: int) -> None:
    source, graph, outputs, ends = random_case(1000 + seed)
    p = graph.terms.add(*outputs)
    box = Box(graph, inside(graph, ends), [Comparison("<=", p)])
    inputs = {v: place for v, (k, place) in box.places.items() if k == 0}
    for part in parts(source, box):
        live = list(map(box.live, box.layers, part))
        for _ in range(12):
            point = {}
            for v, (low, high) in enumerate(ends, 1):
                a, b = part[0][inputs[v]] if v in inputs else (0, ONE)
                t = Fraction(source.choice((a, b, (a + b) // 2, source.randint(a, b))), ONE)
                point[v] = low + (high - low) * t
            at = graph.at(point)
            exact = [Fraction(each, at[0]) for each in at]
            if any(low > high for layer in part for low, high in layer):
                continue
            for v, (k, place) in box.places.items():
                low, high = part[k][place] if k else (0, 0)
                z = exact[v - 1] / 2 ** box.exponents.get(v, 0) * ONE if k else 0
                if not low <= z <= high:
                    break  # the point lies beyond a cut at a unit
            else:
                for sign in (1, -1):
                    q = graph.terms.scaled(sign, p)
                    numbers = [(v, c) for v, c in graph.affine(q)]
                    under = graph.budget.common(c.denominator for _, c in numbers)
                    low, _, exponent = box.row((v, int(c * under)) for v, c in numbers)
                    here = sum((c * exact[v] for v, c in numbers), Fraction(0)) * under / 2**exponent
                    assert box.least(part, live, low << UP) <= here * ONE


@pytest.mark.parametrize("seed", range(20))
def test_ranges_hold_at_every_point(seed: int) -> None:
    """Without cuts at units: every z lies in its range."""
    source, graph, outputs, ends = random_case(2000 + seed)
    box = Box(graph, inside(graph, ends), [Comparison("<=", graph.terms.add(*outputs))])
    inputs = {v: place for v, (k, place) in box.places.items() if k == 0}
    part = box.fresh([[made[2] for made in layer] for layer in box.layers])
    for _ in range(6):
        for _ in range(10):
            point = {}
            for v, (low, high) in enumerate(ends, 1):
                a, b = part[0][inputs[v]] if v in inputs else (0, ONE)
                point[v] = low + (high - low) * Fraction(source.choice((a, b, source.randint(a, b))), ONE)
            at = graph.at(point)
            for v, (k, place) in box.places.items():
                if k:
                    low, high = part[k][place]
                    assert low <= Fraction(at[v - 1] * ONE, at[0] * 2 ** box.exponents[v]) <= high
        cuts = [v for v in inputs if v]
        if cuts:
            part = box.fresh(source.choice(list(box.halves(part, source.choice(cuts)))))


# max(x1, x2) = x2 + Relu(x1 − x2) − Relu(−x2): value 4 is Relu(x1 − x2), fact 4 the negated claim.
def tree(*nodes: int, facts: Any = (4,)) -> Any:
    return items(["tree", list(facts), list(nodes)])


def larger(holds: str, evidence: Any, box: Any = (UNIT, UNIT)) -> bool:
    return bool(said({"forall": {"box": list(box), "holds": holds}}, evidence, f="larger"))


def test_strict_and_not_at_a_tie() -> None:
    cut = tree(4, 0, -1, 0, -1)
    assert larger("f <= 1", cut)
    for claim in ("f < 1", f"f <= 1 - 1/{10**12}", "f != 1", "f = 1"):
        with pytest.raises(Rejected):
            larger(claim, cut)
    assert larger("f <= 3/2", tree(-1))  # the chord: no cut
    with pytest.raises(Rejected, match="the fact may hold in the part of node 0"):
        larger("f < 3/2", tree(-1))
    assert larger("f != 2", tree(-1)) and larger("f != -1", tree(-1))


def test_a_unit_that_ends_at_zero() -> None:
    for box in ((["0", "1"], ["-1", "0"]), (["-1", "0"], ["0", "1"]), (["1/3", "1/3"], ["1/3", "1/3"])):
        highest = max(Fraction(box[0][1]), Fraction(box[1][1]))
        assert larger(f"f <= {highest} + 1/{10**9}", tree(-1), box)
        with pytest.raises(Rejected):
            larger(f"f <= {highest} - 1/{10**9}", tree(-1), box)


def test_disjunctions_and_conjunctions() -> None:
    near = Fraction(1, 1000)
    assert larger(f"f <= 3/2 + {near} and f >= -1 - {near}", tree(-1))
    with pytest.raises(Rejected):
        larger("f <= 1 and f >= -1", tree(-1))
    evidence = items(["tree", [4, 5], [-1]])
    assert larger("f <= 2 or f >= -1", evidence) and larger("f >= 9 or f <= 2", items(["tree", [4, 5], [-2]]))
    with pytest.raises(Rejected):
        larger("f >= 9 or f <= 2", items(["tree", [4, 5], [-1]]))
    with pytest.raises(Rejected):
        larger("(f <= 1 and f >= -9) or f >= 3", items(["tree", [4, 5], [-1]]))


@pytest.mark.parametrize("steps", [[], [0], [1], [-1, -1], [1, -1], [1, -1, -1, -1], [0, 0], [3, -1, -1], [99, -1, -1]])
def test_what_is_no_tree(steps: list[int]) -> None:
    with pytest.raises(Rejected):
        larger("f <= 2", tree(*steps))


@pytest.mark.parametrize("node", ["1", 1.5, None, True, [1], -2, -3, 10**17])
def test_what_is_no_node(node: Any) -> None:
    with pytest.raises((Rejected, BadInput)):
        larger("f <= 2", items(["tree", [4], [node]]))


@pytest.mark.parametrize("index", [5, -1, "4", None, True, 4.0])
def test_what_is_no_fact(index: Any) -> None:
    with pytest.raises((Rejected, BadInput)):
        larger("f <= 2", items(["tree", [index], [-1]]))
    with pytest.raises(Rejected):
        larger("f <= 2", items(["tree", [0, 1, 2, 3], [-1]]))  # bounds of the box are not false


def test_facts_about_what_goes_into_a_unit_are_refused() -> None:
    with pytest.raises(Rejected, match="expected facts about inputs"):
        larger("value3 <= 9", tree(-1))
    with pytest.raises(BadInput, match="expected an affine expression"):
        larger("f*f <= 9", tree(-1))
    with pytest.raises(Rejected, match="the inputs have no bounds here"):
        said({"declare": [], "goals": [{"goal": "claim", "for": [], "holds": "x1 >= 0 implies f <= 9"}]}, tree(-1, facts=[1]), f="larger")


FALSE = ["f <= 1 - 1/1000000", "f < 1", "f >= 1/1000000", "f > 0"]


@pytest.mark.parametrize("claim", FALSE)
def test_no_tree_closes_a_false_claim(claim: str) -> None:
    """Every tree with at most four inner nodes; and random ones with many."""
    source = random.Random(claim)
    for _ in range(300):
        nodes, open_parts = [], 1
        while open_parts:
            node = source.choice([0, 1, 2, 4, -1, -1] if len(nodes) < 40 else [-1])
            nodes.append(node)
            open_parts += (node > 0) - (node < 0)
        with pytest.raises(Rejected):
            larger(claim, tree(*nodes))


@pytest.fixture
def trees_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search finds trees, where it would find something else."""

    def no_cover(*_: Any) -> Any:
        raise Unsettled("not here")

    monkeypatch.setattr(ways, "FEW_UNITS", 0)
    monkeypatch.setattr(cover, "steps", no_cover)


def claims(count: int, seed: int) -> Iterator[tuple[Claim, Claim, list[Any]]]:
    """True claims f <= c with a tree, and false ones that differ in c alone: the tree's cuts are those that the search finds."""
    source = random.Random(seed)
    for _ in range(count):
        inputs = source.randint(2, 4)
        f = random_network([source.randint(2, 6) for _ in range(source.randint(1, 3))], source.randrange(10**6), inputs=inputs)
        points = [[Fraction(source.randint(0, 16), 16) for _ in range(inputs)] for _ in range(200)]
        best = max(value(f, point)[0] for point in points)
        pair = [claimed(f, inputs, c) for c in (best + Fraction(1, 50), best - Fraction(1, 10**6))]
        try:
            found = certified(pair[0], 10)
        except OverBudget:
            continue
        if not found.goal:
            yield pair[0], pair[1], json.loads(found.certificate)["evidence"]["items"][0]["proof"]


def claimed(f: Network, inputs: int, c: Fraction) -> Claim:
    return Claim.from_short("near", {"forall": {"box": [UNIT] * inputs, "holds": f"f <= {c}"}}, {"f": f})


def accepted(claim: Claim, proof: Any) -> bool:
    try:
        return bool(claim.check(claim.certificate({"items": [{"goal": "claim", "proof": proof}]})))
    except DepthproofError:
        return False


@pytest.mark.usefixtures("trees_only")
@pytest.mark.parametrize("seed", range(3))
def test_trees_that_were_forged_from_right_ones(seed: int) -> None:
    source, met = random.Random(seed), 0
    for true, false, proof in claims(4, seed):
        ((rule, facts, nodes),) = proof
        assert rule == "tree" and accepted(true, proof)
        assert not accepted(false, proof)
        for _ in range(25):
            forged, place = list(nodes), source.randrange(len(nodes))
            forged[place] = source.choice([0, 1, 2, -1, -2, source.randint(-3, 12)])
            assert not accepted(false, [[rule, facts, forged]])
            assert not accepted(false, [[rule, [source.randrange(2 + len(facts) * 4)], nodes]])
            if nodes[place]:
                less = nodes[:place] + nodes[place + 1 :]
                assert not accepted(true, [[rule, facts, less]])
            assert not accepted(true, [[rule, facts, nodes[:place]]])
            met += 1
    assert met >= 25


def test_several_networks_skips_and_weights_that_are_not_dyadic() -> None:
    nodes = [gemm("z", ["x"], [["1/3", "-2/7"]], ["1/5"]), relu("a", "z"), gemm("y", ["x", "a"], [["1", "0", "3/11"]], ["0"])]
    skip = network(nodes, size=2)
    NETWORKS["thirds"] = skip
    try:
        f = read(skip)
        grid = [[Fraction(a, 8), Fraction(b, 8)] for a in range(9) for b in range(9)]
        most = max(value(f, point)[0] - max(point) for point in grid)
        evidence = items(["tree", [4], full(6, (1, 2))])
        near = {"forall": {"box": [UNIT, UNIT], "holds": f"f - g <= {most + Fraction(1, 4)}"}}
        assert said(near, evidence, f="thirds", g="larger")
        with pytest.raises(Rejected):
            said({"forall": {"box": [UNIT, UNIT], "holds": f"f - g < {most}"}}, evidence, f="thirds", g="larger")
    finally:
        del NETWORKS["thirds"]


def full(levels: int, cuts: tuple[int, ...]) -> list[int]:
    """The tree that cuts each part so many times, by turns."""
    if not levels:
        return [0, -1]
    first, *rest = cuts
    return [first, *full(levels - 1, (*rest, first)) * 2]


def many(kind: str) -> tuple[list[int], Network]:
    wide = random_network([60, 60, 60, 60], 3, inputs=5)
    narrow = random_network([2], 3, inputs=5)
    dead = dense([([[1] * 5] * 300, [-9] * 300), ([[1] * 300], [0])])  # nothing changes, and each part is kept
    nodes = {"cuts": ([1] * 50_000, narrow), "fresh": ([0] * 50_000, wide), "units": ([8, 10] * 20_000, wide),
             "deep": ([0, 1] * 20_000, wide), "closing": (full(9, (1, 2, 3)), wide),
             "dead": ([1, 0] * 20_000, dead)}  # fmt: skip
    return nodes[kind]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["cuts", "fresh", "units", "deep", "closing", "dead"])
def test_what_is_too_much_ends_soon(kind: str) -> None:
    nodes, f = many(kind)
    graph = Graph(Budget(MOST_WORK // 10))
    (p,) = graph.read(f.canonical)
    branch = inside(graph, [(Fraction(0), Fraction(1))] * 5)
    false = Comparison("<=", graph.terms.add(p, constant(10**9)))
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises((OverBudget, Rejected)):
        close(graph, branch, [false], nodes)
    assert tracemalloc.get_traced_memory()[1] < 512e6 / 10  # as the work is
    tracemalloc.stop()
    assert time.process_time() - begun < 30  # most of it is tracing
