"""z3 as a second judge of given networks: true claims are confirmed, false ones refuted by exact points, and the rest stays
undecided."""

from fractions import Fraction
from pathlib import Path

import pytest
import z3

from verify.evidence import confirm, cross
from verify.evidence.confirm import Effort, Strip, confirmed, identity, lower_bound_integral, piece_bound, within
from verify.exact import Interval, evaluate, pieces
from verify.network.builders import add, compose, constant, dense, random_network, sawtooth, square, subtract
from verify.network.load import load
from verify.theorem import Verdict

UNIT = Interval(0, 1)
NETWORKS = Path(__file__).parent.parent / "networks"


@pytest.mark.parametrize("seed", range(6))
def test_pieces_of_random_networks_are_confirmed_and_none_is_superfluous(seed: int) -> None:
    network = random_network([3, 3, 3], seed, skips=seed % 2 == 1)
    function = pieces(network, Interval(-2, 2))
    found = piece_bound(network, Interval(-2, 2), function.breakpoints)
    assert found.verdict == Verdict.HOLDS
    assert f"at most {function.pieces} pieces" in found.detail
    for left_out in function.interior[:1]:
        fewer = [point for point in function.breakpoints if point != left_out]
        refuted = piece_bound(network, Interval(-2, 2), fewer)
        assert refuted.verdict == Verdict.REFUTED
        x, line, f = (refuted.counterexample[name] for name in ("x", "line", "f"))
        assert evaluate(network, (x,)) == (f,) != (line,)  # type: ignore[arg-type, comparison-overlap]


@pytest.mark.parametrize(("name", "count"), [("shallow64_saw4", 17), ("two16_saw4", 5), ("deep8x6_saw5", 4)])
def test_pieces_of_trained_networks(name: str, count: int) -> None:
    network = load(NETWORKS / f"{name}.onnx")
    found = piece_bound(network, UNIT, pieces(network, UNIT).interior)
    assert (found.verdict, f"at most {count} pieces" in found.detail) == (Verdict.HOLDS, True)


def test_kinks_that_cancel_are_no_pieces() -> None:
    network = subtract(add(sawtooth(3), square(2)), sawtooth(3))
    assert piece_bound(network, UNIT, pieces(square(2), UNIT).interior).verdict == Verdict.HOLDS


def test_units_that_are_not_affine_on_a_segment_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without hints where to cut, the kinks are inside the segment, and z3 decides the whole question."""
    monkeypatch.setattr(confirm._Parts, "cuts", lambda self, strip: [strip.low, strip.high])
    zero = subtract(sawtooth(2), compose(sawtooth(1), sawtooth(1)))
    asked = confirm.ask(((Fraction(1), zero),), [Strip(Fraction(0), Fraction(1))], Effort())
    assert (asked.off, asked.reason) == (None, "")
    asked = confirm.ask(((Fraction(1), sawtooth(2)),), [Strip(Fraction(0), Fraction(1))], Effort())
    assert asked.off is not None and evaluate(sawtooth(2), (asked.off[1],)) != (0,)


def test_identity() -> None:
    assert identity(compose(sawtooth(2), sawtooth(2)), sawtooth(4), UNIT).verdict == Verdict.HOLDS
    found = identity(sawtooth(3), sawtooth(2), UNIT)
    assert found.verdict == Verdict.REFUTED
    x = found.counterexample["x"]
    assert evaluate(sawtooth(3), (x,)) != evaluate(sawtooth(2), (x,))  # type: ignore[arg-type]


def test_a_difference_at_a_single_kink_is_found() -> None:
    """f − g is a hat of height 1/1000 and width 2/1000 at 1/3."""
    a, e = Fraction(1, 3), Fraction(1, 1000)
    hat = dense([([[1], [1], [1]], [-a + e, -a, -a - e]), ([[1, -2, 1]], [0])])
    assert identity(add(sawtooth(2), hat), sawtooth(2), UNIT).verdict == Verdict.REFUTED
    assert within(add(sawtooth(2), hat), sawtooth(2), UNIT, e).verdict == Verdict.HOLDS
    assert within(add(sawtooth(2), hat), sawtooth(2), UNIT, e - Fraction(1, 10**40)).verdict == Verdict.REFUTED


def test_two_terms_of_the_square_are_within_the_third() -> None:
    """The difference is Δ³/4³."""
    assert within(square(2), square(3), UNIT, Fraction(1, 4**3)).verdict == Verdict.HOLDS
    assert within(square(2), square(3), UNIT, Fraction(1, 4**3) - Fraction(1, 10**9)).verdict == Verdict.REFUTED


def test_integral_bounds() -> None:
    """∫|Δ³ − 1/2| over [0, 1] is 1/4."""
    half = constant(Fraction(1, 2))
    assert lower_bound_integral(sawtooth(3), half, UNIT, Fraction(1, 4)).verdict == Verdict.HOLDS
    found = lower_bound_integral(sawtooth(3), half, UNIT, Fraction(1, 4) + Fraction(1, 10**12))
    assert (found.verdict, found.counterexample["integral"]) == (Verdict.REFUTED, Fraction(1, 4))


def test_no_time_is_undecided() -> None:
    network = sawtooth(7)
    found = piece_bound(network, UNIT, pieces(network, UNIT).interior, Effort(seconds=0.2))
    assert found.verdict == Verdict.UNDECIDED


def test_no_work_is_undecided() -> None:
    found = identity(compose(sawtooth(2), sawtooth(2)), sawtooth(4), UNIT, Effort(rlimit=1))
    assert found.verdict == Verdict.UNDECIDED
    assert "z3 does not know" in found.detail


def test_anything_but_unsat_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(z3.Solver, "check", lambda self, *assumptions: z3.unknown)
    asked = confirm.ask(((Fraction(1), sawtooth(1)),), [Strip(Fraction(0), Fraction(1), bound=Fraction(9))], Effort())
    assert asked.reason.startswith("z3 does not know")


def test_a_model_is_believed_only_after_exact_evaluation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirm, "ask", None)
    monkeypatch.setattr(confirm.limits, "run", lambda *call: confirm.limits.Outcome(confirm.Asked("a lie", (0, Fraction(1, 2)))))
    strip = Strip(Fraction(0), Fraction(1), bound=Fraction(1))
    assert confirmed(((Fraction(1), sawtooth(1)),), [strip], Effort()).verdict == Verdict.UNDECIDED


def test_a_lost_process_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirm.limits, "run", lambda *call: confirm.limits.Outcome(reason="the process was ended by SIGKILL"))
    assert identity(sawtooth(1), sawtooth(1), UNIT).verdict == Verdict.UNDECIDED


def test_cvc5_is_asked_the_same() -> None:
    if cross.version() is None:
        pytest.skip("wants cvc5: install the extra cross")
    found = identity(compose(sawtooth(1), sawtooth(1)), sawtooth(2), UNIT, Effort(second_opinion=True))
    asked, agreed = (int(found.detail.split(before)[1].split()[0].rstrip(":")) for before in ("unsat to ", "agrees on "))
    assert (found.verdict, asked > 10, agreed) == (Verdict.HOLDS, True, asked)


def test_cvc5s_contradiction_leaves_it_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cross, "version", lambda: "0")
    monkeypatch.setattr(cross, "opinion", lambda text, seconds: cross.SAT)
    strip = Strip(Fraction(0), Fraction(1), bound=Fraction(2))
    asked = confirm.ask(((Fraction(1), sawtooth(1)),), [strip], Effort(second_opinion=True))
    assert asked.reason == "z3 answers unsat and cvc5 sat to one question"
