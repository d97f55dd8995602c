"""Short statements with decimals, abs, max and min: what they mean, and the verdict on them."""

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from verify.claim import Claim
from verify.kernel.errors import BadInput, DepthproofError
from verify.network.builders import maximum, sawtooth, tent
from verify.search import Proved, Refuted, Undecided, prove
from verify.search.limits import here

UNIT = ["0", "1.0"]


def said(statement: Any, **networks: Any) -> str:
    """The goal that a statement means."""
    (goal,) = Claim.from_short("it", statement, networks).goals
    return str(goal["holds"])


def everywhere(holds: str, **more: Any) -> dict[str, Any]:
    return {"forall": {"box": [UNIT], "holds": holds} | more}


def test_decimals_are_taken_exactly() -> None:
    statement = {"forall": {"box": [["-0.60", "1e-1"]], "where": "x <= .05", "holds": "f <= 0.1"}}
    assert said(statement, f=tent()) == "-3/5 <= x <= 1/10 and (x <= 1/20) implies f <= 1/10"
    at = {"value": {"of": "f", "at": ["0.6"], "is": "=", "value": "0.8"}}
    assert said(at, f=tent()) == "x = 3/5 implies f = 4/5"
    measured = {"integral": {"of": "0.5*f - x", "on": ["0", "0.5"], "is": ">=", "bound": "0.0"}}
    (item,) = Claim.from_short("it", measured, {"f": tent()}).declarations
    assert item == {"measure": "integral", "is": "integral", "of": "1/2*f - x", "on": ["0", "1/2"]}


VERDICTS = [
    ("abs(f - g) <= 1.0", True),
    ("abs(f - g) < 1.0", False),
    ("max(f, g) >= abs(f - 0.5)", False),
    ("max(f, g, 0.2) >= 0.2 and min(f, g) <= 2/3 + 1/3*abs(2*x - 1)", True),
    ("abs(abs(x - 0.5) - 0.25) <= 0.25", True),
    ("abs(abs(x - 0.5) - 0.25) < 0.25", False),
    ("f = 1 - abs(2*x - 1)", True),
    ("f != min(2*x, 2 - 2*x)", False),
]


@pytest.mark.parametrize(("holds", "is_true"), VERDICTS)
def test_they_are_decided(holds: str, is_true: bool) -> None:
    found = prove(Claim.from_short("it", everywhere(holds), {"f": tent(), "g": sawtooth(2)}), 20, run=here)
    assert isinstance(found, Proved if is_true else Refuted)


EVERYWHERE = [
    ("f = x3", {"where": "x1 <= x2 and x2 <= x3"}, Proved),
    ("f >= x1 and f >= x2 and f >= x3", {}, Proved),
    ("f <= x2", {"where": "x1 <= x2"}, Refuted),
    ("f = x1", {"where": "x1 = x2 and x3 <= x2 - 1"}, Proved),
    ("f = x3", {"where": "x1 = 0 and x2 = 0 and x3 >= 1"}, Proved),
    ("f >= 1/2", {"where": "x1 + x2 = 1"}, Proved),
    ("f >= 51/100", {"where": "x1 + x2 = 1"}, Refuted),
    ("f > x2", {"where": "x1 = x2"}, Refuted),
    ("f >= 1/2", {"where": "x1 + 2*x2 = 6"}, Proved),
    ("f >= 5/2", {"where": "x1 - x2 = 1/3 and x3 = x2"}, Refuted),
    ("f >= 3", {"where": "x1 = 1/2 and x2 = x3"}, Refuted),
    ("f >= 7", {"where": "x1 = x2 and x1 = x2 + 1"}, Undecided),
]


@pytest.mark.parametrize(("holds", "more", "kind"), EVERYWHERE)
def test_on_all_of_space_and_where_equations_leave_no_interior(holds: str, more: dict[str, str], kind: type) -> None:
    statement = {"forall": {"box": "R", "holds": holds} | more}
    claim = Claim.from_short("it", statement, {"f": maximum(3)})
    assert isinstance(prove(claim, 30), kind)
    (goal,) = claim.goals
    assert goal["holds"] == (f"({more['where']}) implies {holds}" if more else holds)


def test_networks_at_points_of_all_of_space() -> None:
    far = "abs(f(x) - f(y)) <= 2*abs(x - y)"
    claim = Claim.from_short("it", {"forall": {"for": ["x", "y"], "box": "R", "holds": far}}, {"f": tent()})
    assert isinstance(prove(claim, 30), Proved)
    none = {"forall": {"box": "R", "where": "x < 0 and x > 0", "holds": "f = 7"}}
    assert isinstance(prove(Claim.from_short("it", none, {"f": tent()}), 30), Undecided)


def test_with_more_inputs() -> None:
    box = [["-1", "1"], ["-1", "1"]]
    for holds, kind in (("f = max(x1, x2)", Proved), ("f - abs(x1) <= 0.99*abs(x2)", Refuted)):
        claim = Claim.from_short("it", {"forall": {"box": box, "holds": holds}}, {"f": maximum(2)})
        assert isinstance(prove(claim, 30, run=here), kind)


def test_a_value_may_be_compared_by_its_distance() -> None:
    near = {"value": {"of": "abs(f - 0.7)", "at": ["0.6"], "is": "<=", "value": "0.1"}}
    assert said(near, f=tent()) == "x = 3/5 implies -1/10 <= f - 7/10 <= 1/10"
    assert isinstance(prove(Claim.from_short("it", near, {"f": tent()}), 20, run=here), Proved)


def test_goals_and_declarations_take_them_too() -> None:
    goal = {"goal": "triangle", "for": [["x", "R"], ["y", "R"]], "holds": "abs(x + y) <= abs(x) + abs(y)"}
    found = prove(Claim.from_short("it", {"declare": [], "goals": [goal]}, {}), 20, run=here)
    assert isinstance(found, Proved)
    defined = {"define": "abs", "for": [["x", "R"]], "sort": "R", "cases": [["x >= 0.0", "x"]], "otherwise": "-1.0*x"}
    own = Claim.from_short("it", {"declare": [defined], "goals": [goal]}, {})
    assert own.declarations[0]["cases"] == [["x >= 0", "x"]] and own.declarations[0]["otherwise"] == "-1*x"
    assert own.goals[0]["holds"] == goal["holds"]  # its own abs, not the notation's
    measured = {"measure": "n", "is": "integral", "of": "f - 0.5", "on": ["0", "0.5"]}
    whole = {"declare": [measured], "goals": [{"goal": "g", "for": [], "holds": "abs(n) <= 0.5"}]}
    claim = Claim.from_short("it", whole, {"f": tent()})
    assert claim.declarations[0] == {"measure": "n", "is": "integral", "of": "f - 1/2", "on": ["0", "1/2"]}
    assert isinstance(prove(claim, 20, run=here), Proved)


def test_a_counterexample_is_the_claims_own() -> None:
    found = prove(Claim.from_short("it", everywhere("abs(f - 0.5) <= 0.4"), {"f": tent()}), 20, run=here)
    assert isinstance(found, Refuted) and abs(2 * min(found.point["x"], 1 - found.point["x"]) - Fraction(1, 2)) > Fraction(2, 5)


REFUSED = [
    (everywhere("abs(f, 2) <= 1"), "/statement/forall/holds: expected abs of one term, found 2"),
    (
        everywhere("abs(h) <= 1"),
        '/statement/forall/holds: "-1 <= h <= 1": column 7: expected a declared name, found h; known here are f, x',
    ),
    (everywhere("f <= 0.5."), '/statement/forall/holds: column 9: expected an operator, found "."'),
    (everywhere("f <= 1", where="f <= 0.5 or"), "/statement/forall/where: column 12: expected a term or formula, found the end"),
    ({"forall": {"box": [["0", "0.5x"]], "holds": "f <= 1"}}, '/statement/forall/box: column 4: expected an operator, found "x"'),
    (
        {"forall": {"box": [["0", "0.5 + 1"]], "holds": "f <= 1"}},
        '/statement/forall/box: expected a number such as "-3/4" or "0.75", found "0.5 + 1"',
    ),
    (
        {"pieces": {"of": "max(f, 0.5)", "on": UNIT, "is": "=", "count": 3}},
        "/statement/pieces/of: expected abs, max and min in formulas only; what is measured is affine, found max(f, 1/2)",
    ),
    (
        {"value": {"of": "f <= 0.5", "at": ["0"], "is": "=", "value": "0"}},
        "/statement/value/of: expected a term, found a formula: f <= 1/2",
    ),
]


@pytest.mark.parametrize(("statement", "words"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused_says_where(statement: Any, words: str) -> None:
    with pytest.raises(BadInput) as error:
        Claim.from_short("it", statement, {"f": tent()})
    assert str(error.value) == words


NOT_JOINED = "for networks at points, a statement says"
ADVICE = [
    (everywhere("f <= 1 and ff <= 1"), "column 12: expected a declared name, found ff; did you mean f?"),
    (everywhere("f(x) <= 1"), f'found "("; f alone is its value at the input; {NOT_JOINED} "for"'),
    (everywhere("f <= 8 or f(x) >= 0"), 'column 12: expected an operator, found "("; f alone is its value at the input'),
    (everywhere("f <= 8 or f"), 'column 8: expected a formula beside this, found "or"'),
    (everywhere("2(f) <= 1"), 'column 2: expected an operator, found "("; a product is written with *'),
    (everywhere("2*(f + 1 <= 4"), "column 3: expected ) for the bracket that opens here, found the end"),
    (everywhere("abs(f - 0.5 <= 4"), "holds: column 4: expected ) for the bracket that opens here"),
    (everywhere("f - 0.5) <= 4"), "column 8: expected an open bracket before this ), found none"),
    (everywhere("x^50 <= 1"), "; powers and degrees up to 40 are read"),
    (everywhere("x^20*f^21 <= 1"), "; powers and degrees up to 40 are read"),
    ({"forall": {"box": "R^2", "holds": "f <= 1"}}, 'found "R^2"; all of R^n is "box": "R"'),
    ({"forall": {"box": [["-inf", "1"]], "holds": "f <= 1"}}, 'found "-inf"; all of R^n is'),
    ({"forall": {"box": [["0", "1"], "R"], "holds": "f <= 1"}}, 'found "R"; all of R^n is'),
    ({"forall": {"holds": "f <= 1"}}, "/statement/forall: expected a box, found none; all of R^n"),
    ({"forall": {"box": [[0, 1]], "holds": "f <= 1"}}, 'expected "0", a number in quotes, found 0'),
]


@pytest.mark.parametrize(("statement", "words"), ADVICE, ids=range(len(ADVICE)))
def test_what_is_refused_says_what_to_write(statement: Any, words: str) -> None:
    with pytest.raises(DepthproofError) as error:
        Claim.from_short("it", statement, {"f": tent()})
    assert words in str(error.value)


@pytest.mark.parametrize("number", ["0.5", "-1.25", "1e-3", "0"])
def test_numbers_without_quotes(number: str, tmp_path: Path) -> None:
    path = tmp_path / "it.json"
    statement = '{"forall": {"box": [["-2", ' + number + ']], "holds": "f <= 1"}}'
    path.write_text('{"format": "claim/1", "networks": {"f": "tent"}, "statement": ' + statement + "}")
    with pytest.raises(BadInput, match=f'expected "{number}", a number in quotes, found {number}'):
        Claim.from_file(path)


@pytest.mark.parametrize("seed", range(8))
def test_the_maximum_on_a_line_in_the_plane(seed: int) -> None:
    """On a*x + b*y = c the maximum is at least where x = y, if a and b have one sign; else at the
    line's only height; or it has no lower bound."""
    draw = random.Random(seed)
    a, b, c, bound = (Fraction(draw.randint(-3, 3), draw.choice([1, 2])) for _ in range(4))
    if a == b == 0:
        a = Fraction(1)
    least = c / (a + b) if a * b >= 0 else None
    holds = least is not None and least >= bound
    statement = {"box": "R", "where": f"{a}*x1 + {b}*x2 = {c}", "holds": f"f >= {bound}"}
    claim = Claim.from_short("it", {"forall": statement}, {"f": maximum(2)})
    assert isinstance(prove(claim, 30), Proved if holds else Refuted)
