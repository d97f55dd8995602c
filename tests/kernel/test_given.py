"""Numbers that networks have on an interval, ranges on it, values at points: what is accepted, and what evidence is refused."""

from typing import Any

import pytest

from verify.kernel.errors import BadInput, OverBudget, Rejected
from verify.kernel.limits import Budget

from .short import NAMES, items, leaf, measured, said

UNIT = ["0", "1"]
TENT = ["0", "1/2", "1"]
QUARTERS = ["0", "1/4", "1/2", "3/4", "1"]
EIGHTHS = ["0", "1/8", "1/4", "3/8", "1/2", "5/8", "3/4", "7/8", "1"]
DEAD = ["0", "1/3", "1/2", "1"]


def count(number: int, of: str = "f", relation: str = "=", on: Any = UNIT) -> dict[str, Any]:
    return {"pieces": {"of": of, "on": on, "is": relation, "count": number}}


def measure(kind: str, bound: str, of: str = "f", relation: str = "=", on: Any = UNIT) -> dict[str, Any]:
    return {kind: {"of": of, "on": on, "is": relation, "bound": bound}}


def shown(statement: dict[str, Any], points: Any, above: bool = True, **networks: str) -> str:
    """What the kernel says last, of a measure by these points."""
    ((kind, body),) = statement.items()
    return said(statement, measured(kind, body["is"], points, above=above), **networks)[-1].strip()


ACCEPTED = [
    (count(2), TENT, "tent"),
    (count(2), QUARTERS, "tent"),  # points that are not needed
    (count(8), EIGHTHS, "sawtooth3"),
    (count(2, on=["1/4", "3/4"]), ["1/4", "1/2", "3/4"], "tent"),
    (count(9, relation="<"), EIGHTHS, "sawtooth3"),
    (count(2), TENT, "skip"),
    (count(1, relation="!="), TENT, "tent"),
    (count(1), TENT, "cancelling"),
    (count(2), DEAD, "dead"),
    (count(3, of="x + f - f", relation="<"), TENT, "tent"),
    (measure("integral", "1/2"), TENT, "tent"),
    (measure("integral_abs", "1/4", of="f - 1/2"), TENT, "tent"),
    (measure("integral_abs", "1/4", of="f - 1/2"), EIGHTHS, "sawtooth3"),
    (measure("integral_abs", "1/4", relation=">="), TENT, "tent"),
    (measure("sup_abs", "1"), TENT, "tent"),
    (measure("sup_abs", "1/2", of="f - 1/2"), TENT, "tent"),
    (measure("sup_abs", "4", of="f1 + 2*f2 - x", on=["-1", "1"]), ["-1", "1"], "two"),
]


@pytest.mark.parametrize(("statement", "points", "network"), ACCEPTED)
def test_a_measure(statement: Any, points: Any, network: str) -> None:
    body = next(iter(statement.values()))
    name = NAMES[next(iter(statement))]
    assert shown(statement, points, f=network) == f"proved claim: {name} {body['is']} {body.get('count', body.get('bound'))}"


def test_what_is_printed() -> None:
    lines = said(measure("integral_abs", "1/4", of="f - g"), measured("integral_abs", "=", QUARTERS), f="sawtooth2", g="half")
    assert lines[0] == 'HOLDS "test"' and lines[1].startswith("  for any x in R: f = what the network with SHA-256 ")
    assert lines[3:] == ("  define a = the integral of |f - g| on [0, 1]", "  proved claim: a = 1/4")


FALSE = [
    (count(2, relation="!="), TENT, "tent"),
    (count(1, relation="<="), TENT, "tent"),
    (count(9), EIGHTHS, "sawtooth3"),
    (count(8, relation="<"), EIGHTHS, "sawtooth3"),
    (measure("integral_abs", "1/4", of="f - 1/2", relation=">"), TENT, "tent"),
    (measure("integral", "1/3", relation="<="), TENT, "tent"),
    (measure("sup_abs", "1", relation="<"), TENT, "tent"),
    (measure("sup_abs", f"1 - 1/{10**30}", relation="<="), TENT, "tent"),
]


@pytest.mark.parametrize(("statement", "points", "network"), FALSE)
def test_a_false_bound_is_not_shown_by_honest_points(statement: Any, points: Any, network: str) -> None:
    for above in (True, False):
        with pytest.raises(Rejected, match="no contradiction"):
            shown(statement, points, above, f=network)


INSUFFICIENT = [
    (count(1), ["0", "1"], "tent", "a unit changes sign between point 1"),
    (count(2), ["0", "1/4", "1"], "tent", "a unit changes sign between point 2"),
    (count(2), TENT, "dead", "a unit changes sign"),
    (count(2), [], "tent", "two or more"),
    (count(2), ["0"], "tent", "two or more"),
    (count(2), ["0", "1/2"], "tent", "from one end"),
    (count(2), ["1/2", "1"], "tent", "from one end"),
    (count(2), ["0", "1/2", "1/2", "1"], "tent", "increasing"),
    (count(2), ["0", "1/2", "1/4", "1"], "tent", "increasing"),
    (count(2), ["-1", "0", "1/2", "1"], "tent", "from one end"),
    (count(1, on=["0", "0"]), ["0", "0"], "tent", "increasing"),
    (count(1, on=["1", "0"]), ["1", "1/2", "0"], "tent", "increasing"),
    (measure("integral", "0"), ["0", "1"], "tent", "a unit changes sign"),
]


@pytest.mark.parametrize(("statement", "points", "network", "reason"), INSUFFICIENT)
def test_these_points_do_not_show_it(statement: Any, points: Any, network: str, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        shown(statement, points, f=network)


MALFORMED = [
    (count(2, of="h"), TENT, "declaration 0: column 1"),
    (count(2, of="f*f"), TENT, "affine"),
    (count(2, of="floor(f)"), TENT, "affine"),
    (count(2, of="f <= x"), TENT, "a term"),
    (count(2, of="f(x)"), TENT, "an operator"),
    (count(2, on=["0"]), TENT, "a list of 2"),
    (count(2, on=["0", "0.5"]), TENT, "a rational"),
    (count(2, on=["0", 1]), TENT, "a rational"),
    (count(2), ["0", "2/4", "1"], "reduced"),
    (count(2), ["0", 1], "a rational"),
    (count(2), {}, "a list"),
    (count(2), None, "a list"),
    (measure("sup_abs", "1", of="abs(f)"), TENT, "declared"),
]


@pytest.mark.parametrize(("statement", "points", "reason"), MALFORMED)
def test_it_is_malformed(statement: Any, points: Any, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        shown(statement, points)


N = {"measure": "n", "is": "pieces", "of": "f", "on": UNIT}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is": "kinks"}, "one of pieces"),
        ({"is": None}, "one of pieces"),
        ({"is": ["pieces"]}, "one of pieces"),
        ({"measure": "f"}, "belong to the networks"),
        ({"measure": "x"}, "belong to the networks"),
        ({"measure": "value1"}, "belong to the networks"),
        ({"measure": "a.b"}, "a name"),
        ({"measure": ["n"]}, "a name"),
        ({"span": ["1"]}, "an object with the keys"),
        ({"is": "distance"}, "an object with the keys"),
        ({"is": "distance", "span": "x"}, "a list"),
        ({"is": "distance", "span": ["g"]}, "expected a declared name"),
        ({"trust": "me"}, "an object with the keys"),
    ],
)
def test_a_measure_that_is_none(change: dict[str, Any], reason: str) -> None:
    goals = [{"goal": "claim", "for": [], "holds": "true"}]
    with pytest.raises(BadInput, match=f"declaration 0: .*{reason}"):
        said({"declare": [N | change], "goals": goals}, items(["leaf", []]))


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (["measure", "k", TENT, [], []], "the name of a measure"),
        (["measure", ["n"], TENT, [], []], "the name of a measure"),
        (["measure", "n", TENT, ["1", "1"], []], "a list of 0"),
        (["measure", "n", TENT, [], ["1"]], "a list of 0"),
        (["measure", "n", TENT, {}, []], "a list of 0"),
        (["measure", "n", TENT], "one of the rules"),
    ],
)
def test_a_step_about_a_measure_that_is_none(step: Any, reason: str) -> None:
    with pytest.raises((BadInput, Rejected), match=reason):
        said(count(2), items(step))


def test_networks_of_several_inputs_have_no_pieces_on_an_interval() -> None:
    with pytest.raises(BadInput, match="one input"):
        shown(count(1), ["0", "1"], f="larger")


SPAN = {"of": "f", "span": ["1", "x"], "on": UNIT, "is": "=", "bound": "1/4"}
SIGNS, HALF = ["-1", "1", "1", "-1"], ["1/2", "0"]


def distance(change: dict[str, Any], signs: Any = SIGNS, coefficients: Any = HALF) -> tuple[str, ...]:
    statement = {"distance_to_span": SPAN | change}
    return said(statement, measured("distance_to_span", statement["distance_to_span"]["is"], QUARTERS, signs, coefficients))


def test_the_distance_of_the_tent_from_affine_functions_is_a_quarter() -> None:
    says = "  define d = the distance in L1 from the span of 1, x to f on [0, 1]"
    assert distance({})[2:] == (says, "  proved claim: d = 1/4")
    assert distance({"is": ">="}, coefficients=["0", "0"]) and distance({"is": "<="}, signs=["0"] * 4)
    assert distance({"is": ">", "bound": "1/5"}) and distance({"is": "<", "bound": "13/50"})


@pytest.mark.parametrize(
    ("change", "signs", "coefficients"),
    [
        ({}, ["-2", "2", "2", "-2"], HALF),
        ({"is": ">=", "bound": "1/3"}, ["1", "1", "1", "1"], HALF),  # not orthogonal to 1
        ({}, ["-1", "1", "1", "-999999/1000000"], HALF),
        ({}, ["0"] * 4, HALF),
        ({}, SIGNS, ["0", "0"]),
        ({"is": ">="}, ["-1/2", "1/2", "1/2", "-1/2"], HALF),
        ({"is": ">=", "span": ["1", "x", "f"]}, SIGNS, ["0", "0", "1"]),
        ({"is": "!=", "bound": "1/5"}, ["0"] * 4, ["0", "0"]),
    ],
)
def test_a_distance_is_not_shown(change: Any, signs: Any, coefficients: Any) -> None:
    with pytest.raises(Rejected):
        distance(change, signs, coefficients)


def test_signs_and_coefficients_are_as_many_as_segments_and_functions() -> None:
    for signs, coefficients in ((["0"] * 3, HALF), (SIGNS, ["0"])):
        with pytest.raises(BadInput, match="a list of"):
            distance({}, signs, coefficients)


def test_two_networks_are_compared_on_their_common_refinement() -> None:
    assert shown(count(4, of="f - g"), QUARTERS, f="sawtooth2", g="tent")
    with pytest.raises(Rejected, match="a unit changes sign"):
        shown(count(4, of="f - g"), TENT, f="sawtooth2", g="tent")


def forall(text: str, low: str = "0", high: str = "1") -> dict[str, Any]:
    return {"forall": {"box": [[low, high]], "holds": text}}


def ranged(text: str, points: Any, *inside: Any, before: Any = ()) -> dict[str, Any]:
    """The evidence for a claim with one comparison, fact 2: the range of a term, fact 3, and what closes its middle part."""
    ends = leaf({0: 1, 4: 1}), leaf({1: 1, 4: 1})
    return items(*before, ["range", text, points], ["cases", 3], ends[0], *inside, ends[1])


@pytest.mark.parametrize(
    ("statement", "text", "points", "weights"),
    [
        (forall("f <= 1"), "f", TENT, {2: 1, 5: 1}),
        (forall("f >= 0"), "f", TENT, {2: 1, 4: 1}),
        (forall("f <= 1"), "1 - f", QUARTERS, {2: 1, 4: 1}),
        (forall("f < 2"), "f", TENT, {2: 1, 5: 1}),
        (forall("f <= 1/2", "0", "1/4"), "f", ["0", "1/4"], {2: 1, 5: 1}),
        (forall("f <= 1/2", "0", "1/4"), "f", ["-3", "0", "1/4"], {2: 1, 5: 1}),
        (forall("f <= 2*x", "0", "1/2"), "f - 2*x", ["0", "1/2"], {2: 1, 5: 1}),
        (forall("f >= 2*x", "0", "1/2"), "f - 2*x", ["0", "1/2"], {2: 1, 4: 1}),
        (forall("3*f - x/2 <= 11/4"), "3*f - x/2", TENT, {2: 1, 5: 1}),
    ],
)
def test_a_range(statement: Any, text: str, points: Any, weights: Any) -> None:
    assert said(statement, ranged(text, points, leaf(weights)))
    body = statement["forall"]["holds"]
    with pytest.raises(Rejected):  # by 1e-30 more, it is not shown
        less = body.replace("<=", f"+ 1/{10**30} <=") if "<=" in body else body.replace(">=", f"- 1/{10**30} >=")
        said(forall(less if less != body else "f < 1", *statement["forall"]["box"][0]), ranged(text, points, leaf(weights)))


@pytest.mark.parametrize(
    ("text", "points", "reason"),
    [
        ("f", ["0", "1"], "a unit changes sign"),
        ("f", ["0", "1/4"], "no contradiction"),
        ("f", ["3/4", "1"], "no contradiction"),
        ("f", ["2", "3"], "no contradiction"),
        ("f", ["1", "0"], "increasing"),
        ("f", ["0"], "two or more"),
        ("f", [], "two or more"),
        ("f", ["0", "1/2", "1/2", "1"], "increasing"),
        ("x", ["0", "1/2", "1"], "variables remain"),
        ("f + x", ["0", "1/2", "1"], "variables remain"),
    ],
)
def test_a_range_does_not_show_it(text: str, points: Any, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        said(forall("f <= 1"), ranged(text, points, leaf({2: 1, 5: 1})))


@pytest.mark.parametrize(
    ("text", "points", "reason"),
    [
        ("f*f", TENT, "affine"),
        ("floor(x)", TENT, "affine"),
        ("h", TENT, "column 1"),
        ("f <= 1", TENT, "a term"),
        (3, TENT, "a text"),
        ("f", ["0", "0.5", "1"], "a rational"),
        ("f", [0, 1], "a rational"),
        ("f", "01", "a list"),
    ],
)
def test_a_range_that_is_none(text: Any, points: Any, reason: str) -> None:
    with pytest.raises(BadInput, match=f'proof 0 \\("range"\\): .*{reason}'):
        said(forall("f <= 1"), ranged(text, points, leaf({2: 1, 5: 1})))


def test_a_range_of_networks_with_two_inputs_is_none() -> None:
    with pytest.raises(BadInput, match="one input"):
        said({"forall": {"box": [UNIT, UNIT], "holds": "f <= 1"}}, items(["range", "f", TENT]), f="larger")


def test_values_at_points() -> None:
    """x = 1/3: the tent's units are 1/3, active, and -1/3, dead; fact 0 is the point, 1 the negated claim, 2 to 9 the units'."""
    value = {"of": "f", "at": ["1/3"], "is": "<=", "value": "2/3"}
    proof = [["units"], leaf({1: 1, 5: 2, 2: -2, 7: 2, 0: 2})]
    assert said({"value": value}, items(*proof))[-1] == "  proved claim: x = 1/3 implies f <= 2/3"
    for change in ({"value": f"2/3 - 1/{10**30}"}, {"is": "<"}, {"at": ["1/4"], "is": ">"}):
        with pytest.raises(Rejected):
            said({"value": value | change}, items(*proof))


def test_a_counterexample_is_a_claim_of_its_own() -> None:
    says = "x = 1/2 implies not (0 <= x <= 1 implies f < 1)"
    whole = {"declare": [], "goals": [{"goal": "claim", "for": [], "holds": says}]}
    outside = [["cases", 1], leaf({0: -1, 2: 1}), leaf({0: 1, 2: 1})]
    # f = 2*value3 - 2*value5 there; fact 5 is value3 at least value2 = x, which is fact 3, and fact 10 is value5 at most 0
    proof = [*outside, ["units"], leaf({2: 1, 5: 2, 3: 2, 10: 2, 0: -2})]
    assert said(whole, items(*proof))[-1] == f"  proved claim: {says}"
    for wrong in (outside, proof[:-1], [*outside, leaf({2: 1})], [["units"], *proof]):
        with pytest.raises(Rejected):
            said(whole, items(*wrong))


def test_products_of_outputs_are_checked_by_proofs() -> None:
    """f = x on [0, 1], so f*f <= 1: 1 - x^2 = x(1 - x) + (1 - x)."""
    proof = [["leaf", [["1", [2]], ["1", [1, 0]], ["1", [1]]]]]
    assert said(forall("f*f <= 1"), items(*proof), f="identity")
    with pytest.raises(Rejected):
        said(forall("f*f < 1"), items(*proof), f="identity")


def test_goals_may_need_each_other() -> None:
    goals = [{"goal": name, "for": [], "holds": f"0 <= x <= 1 implies f <= {bound}"} for name, bound in (("claim", 1), ("g", 2))]
    first = ranged("f", TENT, leaf({2: 1, 5: 1}))["items"]
    again = {"goal": "g", "proof": [["use", "claim", []], ["cases", 3], leaf({0: 1, 4: 1}), leaf({1: 1, 4: 1}), leaf({2: 1, 4: 1})]}
    assert said({"declare": [], "goals": goals}, {"items": [*first, again]})
    for wrong in ([again, *first], first, [again]):
        with pytest.raises(Rejected):
            said({"declare": [], "goals": goals}, {"items": wrong})


def test_work_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.kernel.check.Budget", lambda: Budget(3_000_000))
    points = ["0", *(f"{i}/1000003" for i in range(1, 20_000)), "1"]
    with pytest.raises(OverBudget):
        shown(count(1), points, f="sawtooth3")
