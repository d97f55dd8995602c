"""z3 and cvc5 on claims about given networks: what is true is confirmed, what is false refuted by
exact numbers, the rest stays undecided; a contradiction is never a verdict."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import z3

from tests.exact import random_networks
from verify.claim import Claim
from verify.evidence import confirm, cross
from verify.evidence.confirm import Opinion, opinion
from verify.evidence.judge import USUAL, Effort, Work
from verify.evidence.segments import Segments
from verify.exact import Interval, evaluate, pieces
from verify.network.builders import (
    add,
    compose,
    constant,
    dense,
    random_network,
    sawtooth,
    square,
    subtract,
)
from verify.network.load import load
from verify.network.network import Network
from verify.theorem import Outcome, Verdict

NETWORKS = Path(__file__).parent.parent / "networks"
HOLDS, REFUTED, UNDECIDED = Verdict.HOLDS, Verdict.REFUTED, Verdict.UNDECIDED
BOTH = Effort(solvers=("z3", "cvc5"))
needs_cvc5 = pytest.mark.skipif(cross.version() is None, reason="wants cvc5: install the extra cross")


def goal(text: str) -> dict[str, Any]:
    return {"declare": [], "goals": [{"goal": "claim", "for": [], "holds": text}]}


def measure(kind: str, of: str, text: str, low: str = "0", high: str = "1") -> dict[str, Any]:
    """A claim about n, which is what `kind` says of an expression."""
    return goal(text) | {"declare": [{"measure": "n", "is": kind, "of": of, "on": [low, high]}]}


def claim(statement: Mapping[str, Any], **networks: Network) -> Claim:
    return Claim.from_short("claim", statement, networks)


def asked(statement: Mapping[str, Any], effort: Effort = USUAL, **networks: Network) -> confirm.Asked:
    return confirm.ask(claim(statement, **networks), effort)


def said(statement: Mapping[str, Any], effort: Effort = USUAL, **networks: Network) -> Opinion:
    """What `opinion` says, without a process of its own."""
    return asked(statement, effort, **networks).opinion()


def verdict(statement: Mapping[str, Any], **networks: Network) -> Verdict:
    return said(statement, **networks).outcome.verdict


@pytest.mark.parametrize("seed", range(6))
def test_pieces_of_random_networks_are_confirmed_and_none_is_superfluous(seed: int) -> None:
    network = random_network([3, 3, 3], seed, skips=seed % 2 == 1)
    count = pieces(network, Interval(-2, 2)).pieces
    assert verdict(measure("pieces", "f", f"n = {count}", "-2", "2"), f=network) == HOLDS
    found = said(measure("pieces", "f", f"n < {count}", "-2", "2"), f=network).outcome
    assert (found.verdict, found.counterexample) == (REFUTED, {"n": count})


@pytest.mark.parametrize("seed", range(14))
def test_every_measure_of_troublesome_networks(seed: int) -> None:
    network, interval = random_networks.network(seed)
    low, high = str(interval.low), str(interval.high)
    function = pieces(network, interval)
    expected = {
        "pieces": Fraction(function.pieces),
        "integral": function.integral(),
        "integral_abs": function.l1(),
        "sup_abs": function.sup().value,
    }
    for kind, value in expected.items():
        assert verdict(measure(kind, "f", f"n = {value}", low, high), f=network) == HOLDS
        assert verdict(measure(kind, "f", f"n != {value}", low, high), f=network) == REFUTED


@pytest.mark.parametrize(("name", "count"), [("shallow64_saw4", 17), ("two16_saw4", 5), ("deep8x6_saw5", 4)])
def test_pieces_of_trained_networks(name: str, count: int) -> None:
    network = load(NETWORKS / f"{name}.onnx")
    assert verdict(measure("pieces", "f", f"n <= {count}"), f=network) == HOLDS


def test_kinks_that_cancel_are_no_pieces() -> None:
    network = subtract(add(sawtooth(3), square(2)), sawtooth(3))
    assert verdict(measure("pieces", "f", "n = 4"), f=network) == HOLDS


def test_units_that_are_not_affine_on_a_segment_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without hints where to cut, the kinks are inside the segment, and z3 decides the whole question."""
    monkeypatch.setattr(Segments, "cuts", lambda self, low, high: [low, high])
    zero = subtract(sawtooth(2), compose(sawtooth(1), sawtooth(1)))
    text = goal("0 <= x <= 1 implies f = 0")
    assert asked(text, Effort(), f=zero).goal == ""
    found = asked(text, Effort(), f=sawtooth(2))
    assert found.goal == "claim" and evaluate(sawtooth(2), (found.at["x"],)) != (0,)


def test_in_a_process_of_its_own() -> None:
    found = opinion(claim(measure("pieces", "f", "n <= 8"), f=sawtooth(3)))
    assert (found.outcome.verdict, len(found.questions)) == (HOLDS, found.works[0].unsat)


def test_identity() -> None:
    equal = goal("0 <= x <= 1 implies f = g")
    assert verdict(equal, f=compose(sawtooth(2), sawtooth(2)), g=sawtooth(4)) == HOLDS
    found = said(equal, f=sawtooth(3), g=sawtooth(2)).outcome
    x = found.counterexample["x"]
    assert found.verdict == REFUTED
    assert evaluate(sawtooth(3), (x,)) == (found.counterexample["f"],)  # type: ignore[arg-type, comparison-overlap]
    assert evaluate(sawtooth(2), (x,)) == (found.counterexample["g"],)  # type: ignore[arg-type, comparison-overlap]


def test_the_ends_of_the_interval_belong_to_it() -> None:
    """The premise is open or closed, and the goal false at the very end only."""
    assert verdict(goal("0 <= x <= 1 implies f > 0"), f=sawtooth(1)) == REFUTED
    assert verdict(goal("0 < x < 1 implies f > 0"), f=sawtooth(1)) == HOLDS
    assert verdict(goal("x = 1/2 implies f = 1"), f=sawtooth(1)) == HOLDS
    assert verdict(goal("x = 1/2 implies f = 0"), f=sawtooth(1)) == REFUTED


def test_all_reals() -> None:
    """Beyond every number in the goal, and where it has none."""
    relu = dense([([[1]], [0]), ([[1]], [0])])
    assert verdict(goal("f >= 0"), f=relu) == HOLDS
    assert verdict(goal("f >= x"), f=relu) == HOLDS
    assert verdict(goal("x <= 1000 or f <= 1000"), f=relu) == REFUTED
    assert verdict(goal("x >= -1000 or f = 0"), f=relu) == HOLDS


def test_more_inputs_and_outputs() -> None:
    greatest = load("max:3")
    assert verdict(goal("f >= x1 and f >= x2 and f >= x3"), f=greatest) == HOLDS
    cube = "0 <= x1 <= 1 and 0 <= x2 <= 1 and 0 <= x3 <= 1"
    found = said(goal(f"{cube} implies f <= x1"), f=greatest)
    assert found.outcome.verdict == REFUTED
    two = dense([([[1], [-1]], [0, 0])])
    assert verdict(goal("f1 + f2 = 0"), f=two) == HOLDS
    assert verdict(measure("integral", "f1 - f2", "n = 1"), f=two) == HOLDS


def test_a_difference_at_a_single_kink_is_found() -> None:
    """f − g is a hat of height 1/1000 and width 2/1000 at 1/3."""
    a, e = Fraction(1, 3), Fraction(1, 1000)
    hat = dense([([[1], [1], [1]], [-a + e, -a, -a - e]), ([[1, -2, 1]], [0])])
    networks = {"f": add(sawtooth(2), hat), "g": sawtooth(2)}
    less = e - Fraction(1, 10**40)
    assert verdict(goal("0 <= x <= 1 implies f = g"), **networks) == REFUTED
    assert verdict(goal(f"0 <= x <= 1 implies f - g <= {e}"), **networks) == HOLDS
    assert verdict(goal(f"0 <= x <= 1 implies f - g <= {less}"), **networks) == REFUTED
    assert verdict(measure("sup_abs", "f - g", f"n <= {e}"), **networks) == HOLDS
    assert verdict(measure("sup_abs", "f - g", f"n <= {less}"), **networks) == REFUTED


def test_integral_bounds() -> None:
    """∫|Δ³ − 1/2| over [0, 1] is 1/4."""
    networks = {"f": sawtooth(3), "g": constant(Fraction(1, 2))}
    more = Fraction(1, 4) + Fraction(1, 10**12)
    assert verdict(measure("integral_abs", "f - g", "n >= 1/4"), **networks) == HOLDS
    found = said(measure("integral_abs", "f - g", f"n >= {more}"), **networks).outcome
    assert (found.verdict, found.counterexample["n"]) == (REFUTED, Fraction(1, 4))


def test_products() -> None:
    assert verdict(goal("0 <= x <= 1 implies f*f <= 1"), f=sawtooth(2)) == HOLDS
    assert verdict(goal("0 <= x <= 1 implies f*f < 1"), f=sawtooth(2)) == REFUTED


def test_what_a_claim_names() -> None:
    """Names of expressions, one by another, are what they stand for."""
    names = {"d": "f - 2*x", "e": "d + 1"}
    declared = [{"define": name, "for": [], "sort": "R", "cases": [], "otherwise": of} for name, of in names.items()]
    for text, verdict in [("e <= 1 and d <= 0", HOLDS), ("e < 1", REFUTED)]:
        said = {"goal": "claim", "for": [], "holds": f"0 <= x <= 1 implies {text}"}
        found = opinion(Claim("it", {"f": sawtooth(1)}, declared, [said]))
        assert found.outcome.verdict == verdict, found.outcome


def test_no_solver_is_asked_about_what_it_cannot_be() -> None:
    span = measure("distance", "f", "n >= 0")
    span["declare"][0]["span"] = ["1"]
    recursion = {"define": "D", "for": [["k", "Z from 0"]], "sort": "R", "cases": [], "otherwise": "0"}
    assert verdict(span, f=sawtooth(1)) == UNDECIDED
    assert verdict(goal("f = 0") | {"declare": [recursion]}, f=sawtooth(1)) == UNDECIDED
    assert verdict(goal("value1 = x"), f=sawtooth(1)) == UNDECIDED
    assert opinion(claim(goal("1 = 1"))).outcome.verdict == UNDECIDED


def test_no_time_and_no_work_are_undecided() -> None:
    many = claim(measure("pieces", "f", "n <= 128"), f=sawtooth(7))
    assert opinion(many, Effort(seconds=0.2)).outcome.verdict == UNDECIDED
    same = {"f": compose(sawtooth(2), sawtooth(2)), "g": sawtooth(4)}
    found = said(goal("0 <= x <= 1 implies f = g"), Effort(rlimit=1), **same).outcome
    assert found.verdict == UNDECIDED and "z3 does not know" in found.detail


def test_anything_but_unsat_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(z3.Solver, "check", lambda self, *assumptions: z3.unknown)
    found = asked(goal("0 <= x <= 1 implies f <= 9"), Effort(), f=sawtooth(1))
    assert found.reason.startswith("z3 does not know")


def test_a_model_is_believed_only_after_exact_evaluation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirm, "point", lambda model, inputs: (Fraction(1, 3),) * len(inputs))
    found = asked(goal("0 <= x <= 1 implies f < 1"), Effort(), f=sawtooth(1))
    assert found.goal == "" and "does not bear out" in found.reason


def test_a_wrong_piece_of_the_exact_engine_is_a_contradiction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirm, "pieces", lambda network, interval: pieces(sawtooth(1), interval))
    found = asked(measure("pieces", "f", "n <= 2"), Effort(), f=sawtooth(2))
    assert found.contradicts and "the exact engine's piece is" in found.reason


def test_a_lost_process_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = confirm.limits.Ending(reason="the process was ended by SIGKILL")
    monkeypatch.setattr(confirm.limits, "run", lambda *call: lost)
    assert opinion(claim(goal("f = f"), f=sawtooth(1))).outcome.verdict == UNDECIDED


@needs_cvc5
def test_cvc5_is_asked_the_same() -> None:
    networks = {"f": compose(sawtooth(1), sawtooth(1)), "g": sawtooth(2)}
    found = said(goal("0 <= x <= 1 implies f = g"), BOTH, **networks)
    first, second = found.works
    assert (found.outcome.verdict, found.verdict(first), found.verdict(second)) == (HOLDS, HOLDS, HOLDS)
    assert first.asked == first.unsat == second.asked == second.unsat == len(found.questions) > 10
    assert first.work > 0 and second.work > 0


@needs_cvc5
def test_every_question_can_be_asked_again() -> None:
    """The texts that are kept are the questions: both solvers read them, and say unsat."""
    found = said(measure("pieces", "f", "n <= 4"), f=sawtooth(2))
    assert found.questions
    for text in found.questions:
        solver = z3.Solver()
        solver.add(z3.parse_smt2_string(text))
        assert (solver.check(), cross.opinion(text).answer) == (z3.unsat, cross.UNSAT)


def test_what_cvc5_leaves_open_it_does_not_confirm() -> None:
    found = Opinion(Outcome(HOLDS, ""), (Work("z3", "0", 3, 3), Work("cvc5", "0", 3, 2)))
    assert [found.verdict(work) for work in found.works] == [HOLDS, UNDECIDED]


def test_cvc5s_contradiction_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cross, "opinion", lambda text, seconds: cross.Answer(cross.SAT))
    found = asked(goal("0 <= x <= 1 implies f <= 2"), BOTH, f=sawtooth(1))
    assert found.contradicts and found.reason.startswith("z3 answers unsat and cvc5 sat")
