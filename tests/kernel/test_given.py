"""Claims about networks on an interval: what is accepted, what is refuted, and what evidence is refused."""

from typing import Any

import pytest

from verify.kernel.errors import BadInput, OverBudget, Rejected
from verify.kernel.numeral import Budget

from .small import verdict

UNIT = ["0", "1"]
TENT = {"points": ["0", "1/2", "1"]}
EIGHTHS = {"points": ["0", *(f"{i}/8" if i % 2 else {2: "1/4", 4: "1/2", 6: "3/4"}[i] for i in range(1, 8)), "1"]}
QUARTERS = {"points": ["0", "1/4", "1/2", "3/4", "1"]}


def count(kind: str, number: int, of: str = "f", relation: str = "=", on: Any = UNIT) -> dict[str, Any]:
    return {kind: {"of": of, "on": on, "is": relation, "count": number}}


def measure(kind: str, bound: str, of: str = "f", relation: str = "=", on: Any = UNIT) -> dict[str, Any]:
    return {kind: {"of": of, "on": on, "is": relation, "bound": bound}}


def forall(text: str, box: Any = None, **more: str) -> dict[str, Any]:
    return {"forall": {"box": box or [UNIT], "holds": text} | more}


ACCEPTED = [
    (count("pieces", 2), TENT, "tent"),
    (count("pieces", 2), QUARTERS, "tent"),  # points that are not needed
    (count("pieces", 8), EIGHTHS, "sawtooth3"),
    (count("pieces", 2, on=["1/4", "3/4"]), {"points": ["1/4", "1/2", "3/4"]}, "tent"),
    (count("pieces", 9, relation="<"), EIGHTHS, "sawtooth3"),
    (count("pieces", 2), TENT, "skip"),
    (count("pieces", 3, relation="!="), TENT, "tent"),
    (count("pieces", 1), TENT, "cancelling"),
    (count("activation_intervals", 2), TENT, "cancelling"),
    (count("activation_intervals", 3), {"points": ["0", "1/3", "1/2", "1"]}, "dead"),
    (count("pieces", 2), {"points": ["0", "1/3", "1/2", "1"]}, "dead"),
    (count("pieces", 3, of="x + f - f", relation="<"), TENT, "tent"),
    ({"value": {"of": "f", "at": ["1/3"], "is": "=", "value": "2/3"}}, {}, "tent"),
    ({"value": {"of": "f1 + 2*f2 - x", "at": ["1/3"], "is": "=", "value": "4/3"}}, {}, "two"),
    ({"value": {"of": "f", "at": ["1", "1/2"], "is": "=", "value": "1"}}, {}, "larger"),
    (measure("integral", "1/2"), TENT, "tent"),
    (measure("integral_abs", "1/4", of="f - 1/2"), TENT, "tent"),
    (measure("integral_abs", "1/4", of="f - 1/2"), EIGHTHS, "sawtooth3"),
    (measure("integral_abs", "1/4", relation=">="), TENT, "tent"),
    (measure("sup_abs", "1"), TENT, "tent"),
    (measure("sup_abs", "1/2", of="f - 1/2"), TENT, "tent"),
    (forall("0 <= f <= 1"), TENT, "tent"),
    (forall("f = 2*x or x >= 1/2"), TENT, "tent"),
    (forall("x > 1/2 implies f = 2 - 2*x"), TENT, "tent"),
    (forall("not (f > 1)"), TENT, "tent"),
    (forall("f < 1", where="x != 1/2"), TENT | {"witness": ["0"]}, "tent"),
    (forall("true"), {"points": ["0", "1/2", "1"]}, "tent"),
]


@pytest.mark.parametrize(("statement", "evidence", "network"), ACCEPTED)
def test_it_holds(statement: Any, evidence: Any, network: str) -> None:
    assert verdict(statement, evidence, f=network).holds


REFUTED = [
    (count("pieces", 2, relation="!="), TENT, "tent", "it is 2"),
    (forall("f*f <= x"), {"counterexample": ["1/2"]}, "tent", "not at x = 1/2, f = 1"),
    (count("pieces", 1, relation="<="), TENT, "tent", "it is 2"),
    (count("pieces", 9), EIGHTHS, "sawtooth3", "it is 8"),
    (count("activation_intervals", 1), TENT, "cancelling", "it is 2"),
    ({"value": {"of": "f", "at": ["1/3"], "is": "<", "value": "2/3"}}, {}, "tent", "it is 2/3"),
    (measure("integral_abs", "1/4", of="f - 1/2", relation=">"), TENT, "tent", "it is 1/4"),
    (measure("integral", "1/3", relation="<="), TENT, "tent", "it is 1/2"),
    (measure("sup_abs", "1", relation="<"), TENT, "tent", "it is 1"),
    (forall("f < 1"), {"counterexample": ["1/2"]}, "tent", "not at x = 1/2, f = 1"),
    (forall("f1 > f2"), {"counterexample": ["1/2"]}, "two", "not at x = 1/2, f1 = 1/2, f2 = 1/2"),
    (forall("f <= x1", [UNIT, UNIT]), {"counterexample": ["0", "1"]}, "larger", "not at x1 = 0, x2 = 1, f = 1"),
    (forall("f < 0", where="x >= 1"), {"counterexample": ["1"]}, "tent", "not at x = 1, f = 0"),
]


@pytest.mark.parametrize(("statement", "evidence", "network", "found"), REFUTED)
def test_it_is_refuted(statement: Any, evidence: Any, network: str, found: str) -> None:
    seen = verdict(statement, evidence, f=network)
    assert not seen.holds
    assert seen.lines[2].strip() == found
    assert seen.lines[0] == 'REFUTED "test"'


INSUFFICIENT = [
    (count("pieces", 1), {"points": ["0", "1"]}, "tent", "a unit changes sign"),
    (count("pieces", 2), {"points": ["0", "1/4", "1"]}, "tent", "a unit changes sign"),
    (count("activation_intervals", 2), TENT, "dead", "a unit changes sign"),
    (count("pieces", 2), {"points": []}, "tent", "from one end"),
    (count("pieces", 2), {"points": ["0", "1/2"]}, "tent", "from one end"),
    (count("pieces", 2), {"points": ["1/2", "1"]}, "tent", "from one end"),
    (count("pieces", 2), {"points": ["0", "1/2", "1/2", "1"]}, "tent", "increasing"),
    (count("pieces", 2), {"points": ["0", "1/2", "1/4", "1"]}, "tent", "increasing"),
    (count("pieces", 2), {"points": ["-1", "0", "1/2", "1"]}, "tent", "from one end"),
    (measure("integral", "0"), {"points": ["0", "1"]}, "tent", "a unit changes sign"),
    (forall("f <= 1"), {"points": ["0", "1"]}, "tent", "a unit changes sign"),
    (forall("f <= 1/2 or x >= 1/2"), TENT, "tent", "changes sign between two of the points"),
    (forall("f < 1"), TENT, "tent", "is false at one of the points"),
    (forall("f = 0 or x = 1/4 or x = 3/4"), {"points": ["0", "1/4", "1/2", "3/4", "1"]}, "tent", "is false"),
    (forall("f != 0 or x = 0 or x = 1"), {"counterexample": ["1/2"]}, "tent", "is none"),
    (forall("f <= 1"), {"counterexample": ["3"]}, "tent", "a point of the box"),
    (forall("f < 0", where="x >= 2"), TENT | {"witness": ["1"]}, "tent", "does not satisfy"),
    (forall("f < 0", where="x >= 2"), TENT | {"witness": ["2"]}, "tent", "a point of the box"),
    (forall("f >= 0", where="x >= 2"), {"counterexample": ["1"]}, "tent", "is none"),
]


@pytest.mark.parametrize(("statement", "evidence", "network", "reason"), INSUFFICIENT)
def test_the_evidence_does_not_show_it(statement: Any, evidence: Any, network: str, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        verdict(statement, evidence, f=network)


MALFORMED = [
    ({}, TENT, "an object with one of the keys"),
    ({"pieces": {}, "value": {}}, TENT, "an object with one of the keys"),
    ({"parts": {}}, TENT, "an object with one of the keys"),
    ([], TENT, "a statement"),
    ({"pieces": {"of": "f", "on": UNIT, "is": "="}}, TENT, "count"),
    ({"pieces": {"of": "f", "on": UNIT, "is": "=", "count": "2"}}, TENT, "a whole number"),
    ({"pieces": {"of": "f", "on": UNIT, "is": "=", "count": True}}, TENT, "a whole number"),
    (count("pieces", 2, relation="=="), TENT, "a relation"),
    (count("pieces", 2, relation=["="]), TENT, "a relation"),  # type: ignore[arg-type]
    (count("pieces", 2, of="h"), TENT, "column 1"),
    (count("pieces", 2, of="f*f"), TENT, "affine"),
    (count("pieces", 2, of="f <= x"), TENT, "a term"),
    (count("pieces", 2, of="f(x)"), TENT, "an operator"),
    (count("activation_intervals", 2, of="f - x"), TENT, "only network"),
    (count("pieces", 2, on=["0", "0"]), TENT, "positive length"),
    (count("pieces", 2, on=["1", "0"]), TENT, "smaller to a larger"),
    (count("pieces", 2, on=["0"]), TENT, "a list of 2"),
    (count("pieces", 2, on=["0", "0.5"]), TENT, "a rational"),
    (count("pieces", 2, on=["0", 1]), TENT, "a rational"),
    (count("pieces", 2), {"points": ["0", "2/4", "1"]}, "reduced"),
    (count("pieces", 2), {"points": ["0", 1]}, "a rational"),
    (count("pieces", 2), {"points": {}}, "a list"),
    (count("pieces", 2), {}, "points"),
    (count("pieces", 2), TENT | {"trust": "me"}, "points"),
    (count("pieces", 2), None, "points"),
    (measure("integral", "1/2", relation="~"), TENT, "a relation"),
    (measure("integral", "inf"), TENT, "a rational"),
    (measure("sup_abs", "1", of="abs(f)"), TENT, "declared"),
    ({"value": {"of": "f", "at": ["0", "0"], "is": "=", "value": "0"}}, {}, "a list of 1"),
    ({"value": {"of": "f", "at": ["0"], "is": "=", "value": "0"}}, TENT, "keys"),
    (forall("f"), TENT, "a formula"),
    (forall("f <= "), TENT, "column"),
    (forall("f <= g"), TENT, "column"),
    (forall("f <= 1", [UNIT, UNIT]), TENT, "a list of 1"),
    (forall("f <= 1", [["1", "0"]]), TENT, "smaller to a larger"),
    (forall("f <= 1", where="x >= 0"), TENT, "witness"),
    (forall("f <= 1"), {"counterexample": ["1", "1"]}, "a list of 1"),
]


@pytest.mark.parametrize(("statement", "evidence", "reason"), MALFORMED)
def test_it_is_malformed(statement: Any, evidence: Any, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        verdict(statement, evidence)


def test_networks_of_several_inputs_have_no_pieces_on_an_interval() -> None:
    with pytest.raises(BadInput, match="one input"):
        verdict(count("pieces", 1), {"points": ["0", "1"]}, f="larger")


SPAN = {"of": "f", "span": ["1", "x"], "on": UNIT, "is": "=", "bound": "1/4"}
DUAL = {"points": ["0", "1/4", "1/2", "3/4", "1"], "signs": ["-1", "1", "1", "-1"], "coefficients": ["1/2", "0"]}


def test_the_distance_of_the_tent_from_affine_functions_is_a_quarter() -> None:
    assert verdict({"distance_to_span": SPAN}, DUAL).holds
    assert verdict({"distance_to_span": SPAN | {"is": ">="}}, DUAL | {"coefficients": ["0", "0"]}).holds
    assert verdict({"distance_to_span": SPAN | {"is": "<="}}, DUAL | {"signs": ["0"] * 4}).holds
    assert not verdict({"distance_to_span": SPAN | {"is": "<", "bound": "1/5"}}, DUAL).holds
    assert not verdict({"distance_to_span": SPAN | {"is": ">="} | {"bound": "13/50"}}, DUAL).holds
    words = "the infimum over real c1, c2 of the integral of |f - c1*(1) - c2*(x)| on [0, 1] = 1/4"
    assert verdict({"distance_to_span": SPAN}, DUAL).lines[1].strip() == words


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        (SPAN, DUAL | {"signs": ["-2", "2", "2", "-2"]}),
        (SPAN | {"is": ">=", "bound": "1/3"}, DUAL | {"signs": ["1", "1", "1", "1"]}),  # not orthogonal to 1
        (SPAN, DUAL | {"signs": ["-1", "1", "1", "-999999/1000000"]}),
        (SPAN, DUAL | {"signs": ["0"] * 4}),
        (SPAN, DUAL | {"coefficients": ["0", "0"]}),
        (SPAN | {"is": ">="}, DUAL | {"signs": ["-1/2", "1/2", "1/2", "-1/2"]}),
        (SPAN | {"span": ["1", "x", "f"], "is": ">="}, DUAL | {"coefficients": ["0", "0", "1"]}),
    ],
)
def test_a_distance_is_not_shown(statement: Any, evidence: Any) -> None:
    with pytest.raises(Rejected):
        verdict({"distance_to_span": statement}, evidence)


def test_signs_and_coefficients_are_as_many_as_segments_and_functions() -> None:
    for evidence in (DUAL | {"signs": ["0"] * 3}, DUAL | {"coefficients": ["0"]}):
        with pytest.raises(BadInput, match="a list of"):
            verdict({"distance_to_span": SPAN}, evidence)


def test_products_of_outputs_are_checked_by_proofs() -> None:
    """f = x on [0, 1], so f*f <= 1: (1 - x)(1 + x) >= 0, and 1 + x = (1 + x)."""
    proof = [["leaf", [["1", [3]], ["-f - x", [2]], ["1", [1, 0]], ["1", [1]]]]]  # 1 - x^2 = x(1 - x) + (1 - x)
    assert verdict(forall("f*f <= 1"), {"proof": proof}, f="identity").holds
    with pytest.raises(Rejected):
        verdict(forall("f*f < 1"), {"proof": proof}, f="identity")
    with pytest.raises(BadInput, match="affine"):
        verdict(forall("f*f <= 1"), {"points": ["0", "1"]}, f="identity")


def test_two_networks_are_compared_on_their_common_refinement() -> None:
    statement = count("pieces", 4, of="f - g")
    assert verdict(statement, QUARTERS, f="sawtooth2", g="tent").holds
    with pytest.raises(Rejected, match="a unit changes sign"):
        verdict(statement, TENT, f="sawtooth2", g="tent")
    assert verdict(measure("integral_abs", "1/4", of="f - g"), QUARTERS, f="sawtooth2", g="half").holds


def test_long_numbers_are_shown_short_and_counterexamples_in_full() -> None:
    long = "1/" + "3" * 300
    seen = verdict({"value": {"of": "f", "at": [long], "is": ">", "value": "1"}}, {}, f="identity")
    assert "(exactly, a fraction of" in seen.lines[2]
    assert long in verdict(forall("f < 0"), {"counterexample": [long]}, f="identity").lines[2]


def test_work_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.kernel.check.Budget", lambda: Budget(3_000_000))
    points = ["0", *(f"{i}/1000003" for i in range(1, 20_000)), "1"]
    with pytest.raises(OverBudget):
        verdict(count("pieces", 1), {"points": points}, f="sawtooth3")
