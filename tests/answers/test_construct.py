"""Networks by theorem for written functions: as close as was asked, at places of our own; sizes within what Coq's theorem says; and
which checker says so."""

import json
import random
from fractions import Fraction as F
from pathlib import Path

import pytest

from verify import evaluate, load
from verify.answers.certify import certify
from verify.answers.construct import Wish, construct
from verify.answers.target import Target
from verify.cli import main
from verify.exact import Interval
from verify.kernel.errors import BadInput, OverBudget
from verify.search import limits

UNIT, SIGNED = Interval(F(0), F(1)), Interval(F(-1), F(1))
CASES = [  # F, box, theorem, error, who decides it
    ("abs(x - 1/3)", [SIGNED], "interval", F(1, 10), "kernel"),
    ("abs(x^2 - 1/2)", [UNIT], "interval", F(1, 8), "kernel"),
    ("1/(1 + x)", [UNIT], "interval", F(1, 20), "theorem"),
    ("max(x1, x2)/2 - relu(x2 - 1/2)", [UNIT, SIGNED], "cube", F(1, 2), "kernel"),
    ("x1*x2", [UNIT, UNIT], "cube", F(1, 4), "engine"),
    ("x1*x2*x3", [UNIT] * 3, "cube", F(1, 1), "engine"),
    ("x1*abs(x2)", [UNIT, UNIT], "cube", F(1, 3), "theorem"),
    ("x1*x2", [SIGNED, Interval(F(0), F(3))], "product", F(1, 5), "engine"),
    ("x^0 + x", [UNIT], "interval", F(1, 2), "kernel"),
    ("(x/3 + (1/2)^2)^0", [UNIT], "cube", F(1, 2), "kernel"),
    ("x^60", [Interval(F(0), F(1, 2))], "interval", F(1, 2), "engine"),
    ("x^3 - x/2", [SIGNED], "polynomial", F(1, 2), "kernel"),
    ("x1^2*x2 - x2/2", [SIGNED, UNIT], "polynomial", F(1, 5), "engine"),
    ("x1*x2", [UNIT, UNIT], "sobolev", F(4, 5), "engine"),
]


@pytest.mark.parametrize("text, sides, by, error, decided", CASES, ids=lambda case: str(case)[:12])
def test_as_close_as_was_asked(text, sides, by, error, decided):
    target = Target.of(text, len(sides))
    made = construct(target, sides, by, Wish(error, order=1, cells=2))
    chosen = random.Random(text)
    for _ in range(20):
        point = [side.low + (side.high - side.low) * F(chosen.randint(0, 24), 24) for side in sides]
        off = abs(evaluate(made.network, point)[0] - target.value(point))
        assert off <= error and (made.promised is None or off <= made.promised)
    found = certify(made, error, 30, limits.here)
    assert (found.by, found.holds) == (decided, True)
    if decided == "engine" and found.low == found.high:
        assert found.low == abs(evaluate(made.network, found.at)[0] - target.value(found.at))


@pytest.mark.parametrize("d, error", [(1, F(1, 4)), (2, F(1, 3)), (2, F(1, 8)), (3, F(1, 1)), (2, F(9))])
def test_the_cube_s_bound(d, error):
    """approximation_cube_eps: units ≤ (2d + 3) b^d and 2^(depth − 1) ≤ b^d, b = max(1, Cd/ε)."""
    text = " + ".join(f"abs(x{i + 1} - 1/2)" for i in range(d))
    made = construct(Target.of(text, d), [UNIT] * d, "cube", Wish(error))
    power = max(F(1), d / error) ** d
    assert made.network.units <= (2 * d + 3) * power and 2 ** (made.network.depth - 1) <= power
    assert made.promised <= error


def test_the_interval_s_bound():
    """approximation.interval with C = 4 on an interval of length 1: n units give 2/n."""
    made = construct(Target.of("abs(2*x)"), [SIGNED], "interval", Wish(F(2, 7)))
    assert (made.network.units, made.network.depth, made.promised) == (7, 1, F(2, 7))


def test_a_wrong_constant_is_found_out():
    """The network that a false premise gives: the kernel refutes what it promises."""
    made = construct(Target.of("abs(5*x - 1)"), [UNIT], "interval", Wish(F(1, 4), slope=F(1, 2)))
    assert made.premise and made.promised == F(1, 4)
    found = certify(made, F(1, 4), 30, limits.here)
    assert (found.by, found.holds) == ("kernel", False)


def test_what_is_too_coarse_is_said():
    made = construct(Target.of("x1*x2"), [UNIT, UNIT], "sobolev", Wish(F(1, 10), order=1, cells=1))
    found = certify(made, F(1, 10), 30, limits.here)
    assert (found.by, found.holds) == ("engine", False) and found.low > F(1, 10)


def test_hypotheses_of_sobolev():
    assert construct(Target.of("x^2/2"), [UNIT], "sobolev", Wish(F(1), order=2, cells=1)).promised is not None
    for text in ("x^2", "2 + 0*x", "abs(x)"):
        assert construct(Target.of(text), [UNIT], "sobolev", Wish(F(1), order=2, cells=1)).promised is None


@pytest.mark.parametrize(
    "text, sides, by, error",
    [
        ("x", [UNIT], "interval", F(0)),
        ("x", [UNIT], "none", F(1)),
        ("x1*x2", [UNIT], "cube", F(1)),
        ("x1*x2", [UNIT, UNIT], "interval", F(1)),
        ("x1 + x2", [UNIT, UNIT], "product", F(1)),
        ("abs(x)", [UNIT], "polynomial", F(1)),
        ("x", [Interval(F(0), F(2))], "polynomial", F(1)),
        ("x", [SIGNED], "sobolev", F(1)),
    ],
)
def test_what_is_refused(text, sides, by, error):
    with pytest.raises(BadInput):
        construct(Target.of(text), sides, by, Wish(error))


def test_limits():
    with pytest.raises(OverBudget, match="units"):
        construct(Target.of("x1*x2"), [UNIT, UNIT], "cube", Wish(F(1, 10**6)))
    with pytest.raises(OverBudget, match="units"):
        construct(Target.of("abs(x)"), [UNIT], "interval", Wish(F(1, 10**6)))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    net, folder = tmp_path / "net.json", tmp_path / "cert"
    asked = ["approximate", "abs(x1 - x2)", "--error", "1/2", "--out", str(net), "--certificate", str(folder)]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "units     17 = 2d 2^k + 3 (2^(kd) − 1), d = 2, k = 1" in said and 'HOLDS "approximation"' in said
    assert abs(evaluate(load(net), [F(1, 3), F(1)])[0] - F(2, 3)) <= F(1, 2)
    assert main(["check", str(folder)]) == 0
    capsys.readouterr()
    assert main(["approximate", "x1*x2", "--on", "-1,1", "--by", "product", "--error", "1/20", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["theorem"], found["units"], found["high"], found["certified_by"]) == ("smooth.product.network", 33, "1/64", "engine")
    assert main(["approximate", "abs(5*x - 1)", "--lipschitz", "0.5", "--error", "1/4"]) == 10
    assert "REFUTED" in capsys.readouterr().out
    assert main(["approximate", "x1*abs(x2)", "--error", "1", "--certificate", str(tmp_path / "none")]) == 3
    assert "as the theorem says" in capsys.readouterr().out
    assert main(["approximate", "x1*x2", "--error", "1", "--by", "chords"]) == 2
    assert main(["approximate", "x1", "--on", "0,1,2", "--error", "1"]) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "product", "--lipschitz", "3"], "--lipschitz: expected it with --by interval or cube, found product"),
        (["--order", "3"], "--order: expected it with --by sobolev, found product"),
        (["--by", "cube", "--cells", "3"], "--cells: expected it with --by sobolev, found cube"),
    ],
)
def test_an_option_of_another_theorem_is_refused(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["approximate", "x1*x2", "--error", "1/4", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("error", "more", "units"), [("1/16", [], "24 = 6 + 9m"), ("1/4", ["--lipschitz", "1"], "61 = 2d 2^k")])
def test_the_default_for_a_product(error: str, more: list[str], units: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["approximate", "x1*x2", "--error", error, *more]) == 0
    assert units in capsys.readouterr().out


def test_out_of_time_the_theorem_is_left() -> None:
    made = construct(Target.of("abs(x1 - x2)"), [UNIT, UNIT], "cube", Wish(F(1, 2)))
    found = certify(made, F(1, 2), 30, lambda task, seconds: limits.Ending(reason="time is over"))
    assert (found.by, found.holds, found.reason) == ("theorem", True, "time is over")


def test_the_engine_where_the_search_gives_up() -> None:
    def run(task: limits.Task, seconds: float) -> limits.Ending:
        return limits.here(task, seconds) if task.function.__name__ == "_apart" else limits.Ending(reason="time is over")

    for text, sides, by in (("abs(x - 1/3)", [SIGNED], "interval"), ("max(x1, x2)", [UNIT, UNIT], "cube"), ("x^2/2", [UNIT], "interval")):
        made = construct(Target.of(text), sides, by, Wish(F(1, 4)))
        found = certify(made, F(1, 4), 30, run)
        assert (found.by, found.holds, found.high) == ("engine", True, found.low)
        assert abs(evaluate(made.network, found.at)[0] - made.target.value(found.at)) == found.low
