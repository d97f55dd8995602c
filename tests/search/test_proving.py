"""The search for evidence about given networks: what it finds the kernel accepts, and what is false it refutes by an exact point."""

import json
import random
import re
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

from verify import checkers
from verify.claim import Claim, vocabulary
from verify.exact import Interval, evaluate, pieces
from verify.kernel.check import report
from verify.kernel.errors import BadInput, OverBudget, Rejected
from verify.network.builders import affine, compose, dense, random_network, sawtooth, tent
from verify.network.load import load
from verify.network.network import Network
from verify.search import Proved, Refuted, Undecided, prove
from verify.search.found import Found
from verify.search.limits import here
from verify.search.networks.setting import Setting
from verify.search.piece_file import write_piece_certificate
from verify.search.proving import certified, judged
from verify.theorem import Grade

OURS = Path(__file__).parent.parent / "networks"
UNIT = ["0", "1"]


def found(statement: dict[str, Any], seconds: float = 20, **networks: Network) -> tuple[bool, dict[str, Fraction]]:
    """Whether the kernel accepts what the search finds, in this process, as a proof or as a refutation; and where it is refuted."""
    claim = Claim.from_short("test", statement, networks)
    it = certified(claim, seconds)
    lines = it.claim(claim).check(it.certificate)
    assert lines[0] == ('HOLDS "not test"' if it.goal else 'HOLDS "test"')
    assert ("not (" in lines[-1]) == bool(it.goal)
    return not it.goal, dict(it.values)


def settle(statement: dict[str, Any], networks: dict[str, Network], seconds: float = 60) -> Proved | Refuted | Undecided:
    """The verdict on a claim, by a search in a process of its own."""
    return prove(Claim.from_short("claim", statement, networks), seconds)


def forall(text: str, box: Any = None, **more: str) -> dict[str, Any]:
    return {"forall": {"box": box or [UNIT], "holds": text} | more}


@pytest.mark.parametrize("k", range(1, 7))
def test_iterates_of_the_tent(k: int) -> None:
    f = sawtooth(k)
    assert found(forall("0 <= f <= 1"), f=f)[0]
    assert found(forall("f = g"), f=f, g=compose(f, affine([[-1]], [1])))[0]
    assert found({"pieces": {"of": "f", "on": UNIT, "is": "=", "count": 2**k}}, f=f)[0]
    assert found({"integral_abs": {"of": "f - 1/2", "on": UNIT, "is": "=", "bound": "1/4"}}, f=f)[0]
    assert found({"pieces": {"of": "f", "on": UNIT, "is": "<", "count": 2**k}}, f=f) == (False, {"pieces": 2**k})
    assert found(forall("f < 1"), f=f) == (False, {"x": Fraction(1, 2**k)})


@pytest.mark.parametrize("seed", range(6))
def test_pairs_of_networks_with_32_units(seed: int) -> None:
    f, g = random_network((16, 16), seed), random_network((16, 16), seed + 100, skips=True)
    largest = found({"sup_abs": {"of": "f - g", "on": ["-1", "1"], "is": "<", "bound": "0"}}, f=f, g=g)[1]["maximum"]
    assert found(forall(f"f - g <= {largest} and g - f <= {largest}", [["-1", "1"]]), f=f, g=g)[0]
    below = largest - Fraction(1, 10**30)
    assert not found(forall(f"f - g <= {below} and g - f <= {below}", [["-1", "1"]]), f=f, g=g)[0]


@pytest.mark.parametrize("seed", range(10))
def test_the_kernel_counts_as_the_engines_do(seed: int) -> None:
    f, interval = random_network((5, 4), seed, skips=seed % 2 == 1), Interval(Fraction(-3), Fraction(3))
    on = ["-3", "3"]
    assert found({"pieces": {"of": "f", "on": on, "is": "=", "count": pieces(f, interval).pieces}}, f=f)[0]
    assert found({"integral": {"of": "f", "on": on, "is": "=", "bound": str(pieces(f, interval).integral())}}, f=f)[0]


@pytest.mark.parametrize("name", ["two16_saw4", "shallow8_saw3", "deep8x6_saw5"])
def test_trained_networks(name: str) -> None:
    f = load(OURS / f"{name}.onnx")
    count = pieces(f, Interval(Fraction(0), Fraction(1))).pieces
    assert found({"pieces": {"of": "f", "on": UNIT, "is": ">=", "count": count}}, f=f)[0]
    assert found({"pieces": {"of": "f", "on": UNIT, "is": "<", "count": count}}, f=f) == (False, {"pieces": count})


@pytest.mark.parametrize("relation", ["<=", "<", "=", ">=", ">"])
@pytest.mark.parametrize(("bound", "side"), [("1/5", -1), ("1/4", 0), ("1/3", 1)])
def test_the_distance_of_iterates_from_affine_functions(relation: str, bound: str, side: int) -> None:
    statement = {"of": "f", "span": ["1", "x"], "on": UNIT, "is": relation, "bound": bound}
    true = {"<=": side >= 0, "<": side > 0, "=": side == 0, ">=": side <= 0, ">": side < 0}[relation]
    assert found({"distance_to_span": statement}, f=sawtooth(3))[0] == true


def test_the_span_may_hold_networks() -> None:
    statement = {"of": "f", "span": ["g", "1"], "on": UNIT, "is": "=", "bound": "0"}
    assert found({"distance_to_span": statement}, f=tent(), g=compose(affine([[3]], [1]), tent()))[0]


SQUARE = [UNIT, UNIT]


@pytest.mark.parametrize("seed", range(4))
def test_networks_of_two_inputs(seed: int) -> None:
    f = random_network((3, 3), seed, inputs=2)
    points = [(Fraction(a, 8), Fraction(b, 8)) for a, b in product(range(9), repeat=2)]
    setting = Setting(vocabulary({"f": f}))
    greatest = max(setting.value(setting.outputs["f"], setting.at(point)) for point in points)
    assert not found(forall(f"f < {greatest}", SQUARE), f=f)[0]
    holds, at = found(forall(f"f <= {greatest}", SQUARE), f=f)
    assert holds or evaluate(f, [at["x1"], at["x2"]])[0] > greatest
    assert found(forall(f"f <= {greatest + 2} or x1 + x2 <= -1", SQUARE), f=f)[0]


def test_a_bound_that_is_attained_at_a_kink_inside() -> None:
    # −|x1| − |x2| on [−1, 1]²: the maximum 0 is at the origin only.
    from verify.network.builders import dense

    f = dense([([[1, 0], [-1, 0], [0, 1], [0, -1]], [0] * 4), ([[-1] * 4], [0])])
    box = [["-1", "1"]] * 2
    assert found(forall("f <= 0", box), f=f)[0]
    assert found(forall("f < 0", box), f=f) == (False, {"x1": 0, "x2": 0})
    assert found(forall("f < 0", box, where="x1 >= 1/1000"), f=f)[0]
    assert found(forall("f = -x1 - x2", box, where="x1 >= 0 and x2 >= 0"), f=f)[0]
    assert found(forall("f <= -x1 and f <= x1 and f <= x2 - x1", box), f=f)[0]


def test_products_of_outputs_are_proved_with_one_input() -> None:
    assert found(forall("f*f <= 1/2"), f=tent()) == (False, {"x": Fraction(1, 2)})
    assert found({"value": {"of": "x*f^3 - f*f*x^2", "at": ["1/3"], "is": "=", "value": "4/81"}}, f=tent())[0]
    wide = random_network((6, 5), 3, inputs=2)
    value = evaluate(wide, [Fraction(1, 3), Fraction(-2, 7)])[0]
    for off in (0, 1, -1):
        square = {"of": "f*f - x1*f", "at": ["1/3", "-2/7"], "is": "=", "value": str(value * (value - Fraction(1, 3)) + off)}
        assert found({"value": square}, f=wide)[0] == (not off)
    assert found(forall("f*f <= 1"), f=tent())[0]
    both = {"forall": {"box": [["0", "1"], ["0", "1"]], "holds": "f*f <= 100"}}
    with pytest.raises(OverBudget, match="affine"):
        found(both, f=wide)


def test_a_claim_about_nothing_has_no_certificate() -> None:
    with pytest.raises(OverBudget, match="no point"):
        found(forall("f > 5", where="x >= 2"), f=tent())


def test_settling_in_a_process_of_its_own() -> None:
    proved = settle(forall("f <= 1"), {"f": tent()})
    assert isinstance(proved, Proved) and proved.lines[-1].strip() == "proved claim: 0 <= x <= 1 implies f <= 1"
    refuted = settle(forall("f < 1"), {"f": tent()})
    assert isinstance(refuted, Refuted)
    assert refuted.point == {"x": Fraction(1, 2)} and refuted.outputs == {"f": 1} and refuted.float32 == {"f": (1.0,)}
    wide = random_network((12, 12), 1, inputs=6)
    undecided = settle(forall("f <= 20", [UNIT] * 6), {"f": wide}, seconds=0.001)
    assert isinstance(undecided, Undecided) and undecided.reason
    with pytest.raises(BadInput):
        settle({"parts": {}}, {"f": tent()})


def test_what_float32_gets_wrong_is_shown_beside_the_exact_point() -> None:
    f = compose(affine([[1]], [Fraction(1, 10**9)]), tent())
    refuted = settle(forall("f <= 1"), {"f": f})
    assert isinstance(refuted, Refuted)
    assert refuted.point == {"x": Fraction(1, 2)} and refuted.float32 == {"f": (1.0,)}
    assert refuted.outputs == {"f": 1 + Fraction(1, 10**9)}


def test_files_that_the_checker_reads(tmp_path: Path) -> None:
    write_piece_certificate(sawtooth(3), (Fraction(0), Fraction(1)), tmp_path / "three.certificate.json")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["networks", "three.certificate.json", "three.claim.json"]
    lines: list[str] = []
    assert report([str(tmp_path)], lines.append) == 0
    assert lines[-1].strip() == "proved claim: pieces = 8"
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="cannot be written"):
        write_piece_certificate(tent(), (Fraction(0), Fraction(1)), tmp_path / "file" / "x")


def whole(*goals: str, declare: Any = ()) -> dict[str, Any]:
    return {"declare": list(declare), "goals": [{"goal": f"goal{i}", "for": [], "holds": text} for i, text in enumerate(goals)]}


def test_what_the_kernel_reads_may_be_written_too() -> None:
    twice = {"measure": "n", "is": "pieces", "of": "2*f - g", "on": ["0", "1"]}
    area = {"measure": "a", "is": "integral_abs", "of": "f", "on": ["0", "1"]}
    f, g = sawtooth(2), tent()
    assert found(whole("n = 4 and a <= 1/2", "0 <= x <= 1 implies f <= 1 and 0 <= g", declare=[twice, area]), f=f, g=g)[0]
    assert found(whole("n = 4", "a = 1/2 implies n = 5", declare=[twice, area]), f=f, g=g) == (False, {"a": Fraction(1, 2), "n": 4})
    assert found(whole("0 < 2*x + 1 < 2 and x != 1/4 implies f < 1 or g > 1/3"), f=f, g=g)[0]
    assert found(whole("1 <= x <= 0 implies f < -5", "x = 1/4 implies f = 1 and g = 1/2"), f=f, g=g)[0]
    assert found(whole("x >= 0 implies f >= 0", "x <= 1/2 implies f <= 4*x or x < 0"), f=f)[0]
    assert found(whole("f = 4*x"), f=f)[0] is False
    with pytest.raises(OverBudget, match="bounds for every input"):
        found(whole("x >= 0 implies f*f >= 0"), f=f)
    with pytest.raises(OverBudget, match="without variables"):
        found({"declare": [], "goals": [{"goal": "g", "for": [["t", "R"]], "holds": "t <= t"}]}, f=f)


def test_a_network_without_units_and_one_with_several_outputs() -> None:
    from verify.network.builders import dense

    line, two = affine([[-3]], [Fraction(1, 2)]), dense([([[1], [-1]], [0, 0]), ([[1, 1], [1, -1]], [0, 0])])
    assert found(forall("f <= 1/2 and 2*f + 6*x = 1"), f=line)[0]
    assert found(forall("f1 = 0"), f=two) == (False, {"x": Fraction(1)})
    assert found(forall("f1 >= f2 and f2 = x", [["-1", "1"]]), f=two)[0]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ({"parts": {}}, "/statement: expected an object with one of the keys forall"),
        ({"pieces": {"of": "f", "on": UNIT, "is": "<=", "count": "2"}}, "/statement/pieces/count: expected a whole number"),
        ({"pieces": {"of": "f*f", "on": UNIT, "is": "<=", "count": 2}}, "/statement/pieces/of: expected an affine expression"),
        ({"pieces": {"of": "f", "on": ["1", "0"], "is": "<=", "count": 2}}, "/statement/pieces/on: expected an interval from a smaller"),
        ({"integral": {"of": "f", "on": ["1", "1"], "is": "<=", "bound": "2"}}, "/statement/integral/on: .* positive length"),
        ({"integral": {"of": "f", "on": UNIT, "is": "<>", "bound": "2"}}, "/statement/integral/is: expected a relation"),
        ({"integral": {"of": "f", "on": UNIT, "is": "<", "bound": "2/4"}}, "/statement/integral/bound: .*1/2"),
        ({"value": {"of": "f", "at": ["1", "2"], "is": "<", "value": "2"}}, "/statement/value/at: expected a list of 1"),
        ({"forall": {"box": [UNIT], "holds": "f <= 1) or (x = x"}}, "/statement/forall/holds: .*column 7"),
        ({"forall": {"box": [UNIT], "where": "x = x) or (x = x", "holds": "f <= 1"}}, "/statement/forall/where: .*column 6"),
        ({"forall": {"box": [UNIT], "holds": "g <= 1"}}, "/statement/forall/holds: .*expected a declared name, found g"),
        ({"forall": {"box": UNIT, "holds": "f <= 1"}}, "/statement/forall/box: expected a list of 1"),
        ({"declare": [{"measure": "n", "is": "kinks", "of": "f", "on": UNIT}], "goals": []}, "/statement/declare/0: .*pieces"),
        ({"declare": [], "goals": [{"goal": "g", "for": [], "holds": "f <="}]}, "/statement/goals/0: column 5"),
    ],
)  # fmt: skip
def test_malformed_statements(statement: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        settle(statement, {"f": tent()})


def test_a_refutation_is_stated_from_the_claim() -> None:
    claim = Claim.from_short("test", forall("f < 1"), {"f": tent()})
    false = Found(certified(claim).certificate, "claim", {"x": Fraction(1, 4)})
    with pytest.raises(Rejected):
        judged(claim, false)


GOAL = {"goal": "g", "for": [], "holds": "0 <= 1"}
SPOILT = [
    ({"declare": 1, "goals": [GOAL]}, "/statement/declare: expected a list"),
    ({"declare": [], "goals": 1}, "/statement/goals: expected a list"),
    ({"declare": [], "goals": []}, "/statement/goals: expected at least one goal"),
    ({"declare": [], "goals": [1]}, "/statement/goals/0: expected an object"),
    ({"declare": [], "goals": [{"goal": "g"}]}, "/statement/goals/0: expected an object"),
    ({"declare": [], "goals": [GOAL, GOAL]}, "/statement/goals/1: expected a new name"),
    ({"declare": [], "goals": [GOAL | {"goal": 7}]}, "/statement/goals/0: expected a name"),
    ({"declare": [], "goals": [GOAL | {"for": "x"}]}, "/statement/goals/0: expected a list"),
    ({"declare": [], "goals": [GOAL | {"holds": "y <= 0"}]}, "/statement/goals/0: column 1: expected a declared name, found y"),
    ({"declare": [1], "goals": [GOAL]}, "/statement/declare/0: expected a declaration"),
    ({"declare": [{"define": "s"}], "goals": [GOAL]}, "/statement/declare/0: expected an object"),
]


@pytest.mark.parametrize("networks", [{}, {"f": "tent"}], ids=["numbers", "networks"])
@pytest.mark.parametrize(("statement", "reason"), SPOILT)
def test_a_malformed_claim_is_said_with_its_place(statement: Any, reason: str, networks: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "it.json"
    path.write_text(json.dumps({"format": "claim/1", "networks": networks, "statement": statement}))
    with pytest.raises(BadInput, match=reason):
        Claim.from_file(path)


def test_a_measure_is_not_called_as_an_input_would_be() -> None:
    twice = {"measure": "x2", "is": "pieces", "of": "f", "on": ["0", "1"]}
    with pytest.raises(BadInput, match="expected a new name, which does not belong to the networks, found \"x2\""):
        settle(whole("x2 = 3", declare=[twice]), {"f": tent()})


def dyadic(sizes: list[int], source: random.Random) -> Network:
    """A network with weights like trained ones, of 12 bits after the point."""

    def number() -> Fraction:
        return Fraction(round(source.gauss(0, 1) * 2**12), 2**12)

    layers = [([[number() for _ in range(a)] for _ in range(b)], [number() for _ in range(b)]) for a, b in pairwise(sizes)]
    return dense(layers)


def needs_cuts(seed: int) -> tuple[dict[str, Any], dict[str, Network]]:
    """A claim that is true by a small margin: of the strict rows that cuts add, a leaf needs some and not others."""
    source = random.Random(seed)
    sizes = [2, *[source.randint(3, 6) for _ in range(2)], 1]
    f, g = dyadic(sizes, source), dyadic(sizes, source)
    points = [[Fraction(source.randint(-8, 8), 8) for _ in "xy"] for _ in range(40)]
    most = max(evaluate(f, point)[0] for point in points) + Fraction(1, 100)
    texts = [f"not (f >= {most} and g >= f)", f"f <= {most}", f"-100 < f and f < {most}"]
    return forall(source.choice(texts), [["-1", "1"]] * 2), {"f": f, "g": g}


@pytest.mark.parametrize("seed", range(40))
def test_what_the_search_finds_the_kernel_accepts(seed: int) -> None:
    statement, networks = needs_cuts(seed)
    claim = Claim.from_short("test", statement, networks)
    try:
        it = certified(claim, 4)
    except OverBudget:
        return  # undecided in the time given; what is found must be right
    assert it.claim(claim).check(it.certificate)


def test_numbers_beyond_all_floats() -> None:
    huge = "1" + "0" * 999
    assert found(forall(f"f < {huge} and f > -{huge}"), f=sawtooth(2))[0]
    assert not found(forall(f"f > {huge}"), f=sawtooth(2))[0]


def test_verdicts_show_themselves() -> None:
    short = {"forall": {"box": [["0", "1"]], "holds": "f <= 1"}}
    shown = prove(Claim.from_short("<low>", short, {"f": sawtooth(2)}))._repr_html_()
    assert "HOLDS" in shown and "&lt;low&gt;" in shown and "<low>" not in shown
    short = {"forall": {"box": [["0", "1"]], "holds": "f < 1"}}
    shown = prove(Claim.from_short("low", short, {"f": sawtooth(2)}))._repr_html_()
    assert "REFUTED" in shown and "x = 1/4" in shown
    assert "<strong>UNDECIDED</strong>" in Undecided("no time")._repr_html_()


@pytest.mark.parametrize("wrong", [None, 0, 77, 299])
def test_many_alternatives_of_one_input(wrong: int | None) -> None:
    """A function is in one of 300 rectangles over the unit interval; or not, where one of them is too low."""
    net, count = sawtooth(4), 300
    values = [evaluate(net, [Fraction(i, count)])[0] for i in range(count + 1)]
    parts = []
    for place, (left, right) in enumerate(pairwise(values)):
        middle, room = (left + right) / 2, abs(left - right) / 2 + Fraction(16, count)
        high = middle - room if place == wrong else middle + room
        parts.append(f"{place}/{count} <= x <= {place + 1}/{count} and {middle - room} <= f <= {high}")
    holds = " or ".join(parts)
    verdict = prove(Claim.from_short("it", {"forall": {"box": [["0", "1"]], "holds": holds}}, {"f": net}), 120, run=here)
    assert isinstance(verdict, Proved if wrong is None else Refuted)
    if wrong is not None:
        assert Fraction(wrong, count) <= verdict.point["x"] <= Fraction(wrong + 1, count)


@pytest.mark.parametrize("without", [None, 0, 150, 299])
def test_many_alternatives_about_the_output(without: int | None) -> None:
    """The value is in one of 300 intervals that cover [0, 1]; or not, where one of them is left out."""
    count = 300
    parts = [f"{i}/{count} <= f <= {i + 1}/{count}" for i in range(count) if i != without]
    statement = {"forall": {"box": [["0", "1"]], "holds": " or ".join(parts)}}
    verdict = prove(Claim.from_short("it", statement, {"f": sawtooth(2)}), 60, run=here)
    assert isinstance(verdict, Proved if without is None else Refuted)
    if without is not None:
        assert Fraction(without, count) <= verdict.outputs["f"] <= Fraction(without + 1, count)


@pytest.mark.parametrize(("least", "verdict"), [(Fraction(10), Proved), (Fraction(3), Refuted)])
def test_bounds_said_again_and_again_are_shown_once(least: Fraction, verdict: type) -> None:
    """Of many bounds of one expression the strictest one is shown, segment by segment; and the others from it."""
    net = random_network([8, 8], 5)
    parts = [f"{scale}*f <= {scale * (least + Fraction(i, 50))}" for i in range(40) for scale in (1, 3)] + [f"2*f < {2 * least}"]
    statement = {"forall": {"box": [["0", "1"]], "holds": " and ".join(parts)}}
    found = prove(Claim.from_short("it", statement, {"f": net}), 60)
    assert isinstance(found, verdict)
    if verdict is Proved:
        assert found.certificate.count(b'"range"') < 20
        assert found.certificate.count(b'"leaf"') < 150


def rectangles(net: Network, count: int, wrong: int | None) -> list[tuple[str, str, str]]:
    """So many rectangles over parts of the unit interval that cover the function's graph; one may be too low at one end."""
    ends = [Fraction(i, count) for i in range(count + 1)]
    xs = sorted({*ends, *pieces(net, Interval(0, 1)).breakpoints})
    values = {x: evaluate(net, [x])[0] for x in xs}
    found = []
    for place, (left, right) in enumerate(pairwise(ends)):
        inside = [values[x] for x in xs if left <= x <= right]
        low, high = min(inside) - Fraction(1, 10), max(inside) + Fraction(1, 10)
        if place == wrong:
            high = max(inside) - Fraction(1, 100)
        found.append((f"{left} <= x <= {right}", f"{low} <= f", f"f <= {high}"))
    return found


@pytest.mark.parametrize("wrong", [None, 77])
@pytest.mark.parametrize("form", ["rectangles", "as in VNN-LIB"])
def test_long_outputs_have_short_names(form: str, wrong: int | None) -> None:
    """An output with 101 coefficients is written 180 times: the claim names it once, and both checkers read that."""
    net, count = random_network([20, 100], 7), 90
    parts = rectangles(net, count, wrong)
    holds = " or ".join(" and ".join(part) for part in parts)
    if form == "as in VNN-LIB":
        holds = " or ".join(f"{inside} and not {low} or {inside} and not {high}" for inside, low, high in parts)
        holds = f"not ({holds})"
    claim = Claim.from_short("it", forall(holds), {"f": net})
    assert claim.named == {"y": "f"} and not set(re.findall("[a-z]+", claim.goals[0]["holds"])) & {"f"}
    it = certified(claim, 60)
    verdict = judged(claim, it)
    assert "  define y = f" in verdict.lines
    assert isinstance(verdict, Proved if wrong is None else Refuted)
    files = verdict.claim.files(verdict.certificate, "it")
    assert checkers.seconded("it", files, verdict.lines) is Grade.KERNEL or checkers.proved() is None
    if wrong is not None:
        assert Fraction(wrong, count) <= verdict.point["x"] <= Fraction(wrong + 1, count)
        assert verdict.outputs["f"] == evaluate(net, [verdict.point["x"]])[0]


def test_names_of_affine_expressions() -> None:
    """A claim may name them itself, one by another; the search finds the proof, at a point and on an interval."""
    declared = [
        {"define": "d", "for": [], "sort": "R", "cases": [], "otherwise": "f - 2*g"},
        {"define": "e", "for": [], "sort": "R", "cases": [], "otherwise": "d + x"},
    ]
    networks = {"f": sawtooth(2), "g": sawtooth(3)}
    for holds, at in [
        ("0 <= x <= 1 implies e <= 2 and d >= -2", None),
        ("0 <= x <= 1 implies d = e - x", None),
        ("x = 1/3 implies e = d + 1/3 and d = -2/3", None),
        ("0 <= x <= 1 implies d < 1", Fraction(1, 4)),
        ("x = 1/4 implies e < 5/4", Fraction(1, 4)),
    ]:
        goal = {"goal": "claim", "for": [], "holds": holds}
        verdict = prove(Claim("it", networks, declared, [goal]), 20, run=here)
        assert isinstance(verdict, Proved if at is None else Refuted), verdict
        assert at is None or verdict.point == {"x": at}


@pytest.mark.parametrize(
    ("holds", "of"),
    [("0 <= x <= 1 implies d*d >= 0", "f"), ("d <= 5", "f"), ("0 <= x <= 1 implies d <= 5", "floor(f)")],
)
def test_names_beyond_the_search(holds: str, of: str) -> None:
    declared = [{"define": "d", "for": [], "sort": "R", "cases": [], "otherwise": of}]
    goal = {"goal": "claim", "for": [], "holds": holds}
    verdict = prove(Claim("it", {"f": tent()}, declared, [goal]), 20, run=here)
    assert isinstance(verdict, Undecided) and "between two numbers" in verdict.reason


def test_short_names_are_new() -> None:
    """A network may have the name that outputs would get; products are left as they are."""
    net = random_network([20, 100], 7)
    many = " or ".join(f"y <= {n}" for n in range(120))
    assert Claim.from_short("it", forall(many), {"y": net}).named == {"y_": "y"}
    assert Claim.from_short("it", forall(f"{many} or y*x <= 1"), {"y": net}).named == {}
    assert Claim.from_short("it", forall("y <= 1"), {"y": net}).named == {}
    both = " or ".join(f"f + x <= {n}" for n in range(60)) + " or " + " or ".join(f"g <= {n}" for n in range(60))
    claim = Claim.from_short("it", forall(both, where="f <= 100"), {"f": net, "g": net})
    assert claim.named == {"y1": "f", "y2": "g"} and "y1 <= 100" in claim.where
    assert claim.unnamed(claim.where) == "0 <= x <= 1 and ((f) <= 100)"
    with pytest.raises(BadInput, match="column 6"):
        Claim.from_short("it", forall("f <= z or " + many.replace("y", "f")), {"f": net})
