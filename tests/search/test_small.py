"""Small counterexamples to goals about all numbers: what is false nearby is found, what the kernel then accepts denies it."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from verify.author.library import declarations
from verify.claim import Claim
from verify.search import Proved, Refuted, Undecided, prove
from verify.search.limits import here
from verify.search.numbers.small import counterexample

TRIANGLE = {"define": "s", "for": [["n", "Z from 0"]], "sort": "R", "cases": [["n = 0", "0"]], "otherwise": "s(n - 1) + n"}


def goal(holds: str, **sorts: str) -> dict[str, Any]:
    return {"goal": "g", "for": [list(pair) for pair in sorts.items()], "holds": holds}


FALSE = [
    ("2*s(n) = n*n", {"n": "Z from 0"}, {"n": 1}),
    ("s(n) <= 2*n", {"n": "Z from 0"}, {"n": 4}),
    ("x^2 >= x", {"x": "R"}, {"x": Fraction(1, 2)}),
    ("0 <= x <= 1 implies D(k, x) < 1", {"k": "Z from 1", "x": "R"}, {"k": 1, "x": Fraction(1, 2)}),
    ("D(k, x) >= 0", {"k": "Z from 1", "x": "R"}, {"k": 2, "x": Fraction(-1)}),
    ("floor(x + y) = floor(x) + floor(y)", {"x": "R", "y": "R"}, {"x": Fraction(1, 2), "y": Fraction(1, 2)}),
    ("div(x, x) = 1", {"x": "R"}, {"x": 0}),
    ("k >= 1 or k <= -1", {"k": "Z"}, {"k": 0}),
    ("k < 5", {"k": "Z from 3"}, {"k": 5}),
    ("0 < 0", {}, {}),
]


@pytest.mark.parametrize(("holds", "sorts", "at"), FALSE)
def test_what_is_false_nearby_is_refuted(holds: str, sorts: dict[str, str], at: dict[str, Any], tmp_path: Path) -> None:
    statement = {"declare": [*declarations(["D"], set()), TRIANGLE], "goals": [goal("0 <= 1"), goal(holds, **sorts) | {"goal": "h"}]}
    path = tmp_path / "it.json"
    path.write_text(json.dumps({"format": "claim/1", "statement": statement}))
    found = prove(Claim.from_file(path), 30, run=here)
    assert isinstance(found, Refuted) and found.goal == "h"
    values = dict(found.point)
    if "D(k, x) >= 0" in holds:  # other points do as well: Δ is below 0 to the right of 1
        x = values["x"]
        for _ in range(int(values["k"])):
            x = 2 * max(x, Fraction(0)) - 2 * max(2 * x - 1, Fraction(0))
        assert x < 0
    else:
        assert values == at
    assert found.claim.check(found.certificate) == found.lines
    assert "h.refuted: not (" in found.lines[-1]


@pytest.mark.parametrize(
    ("declare", "it"),
    [
        ([], goal("x^2 >= 0", x="R")),
        ([TRIANGLE], goal("2*s(n) = n*(n + 1)", n="Z from 0")),
        ([TRIANGLE], goal("n < 5 implies s(n) <= 10", n="Z from 0")),
        ([{"free": "m", "arguments": ["Z"], "sort": "Z"}], goal("m(k) >= 0", k="Z")),  # of any m nothing is known
        ([TRIANGLE], goal("s(n - 1) >= 0 or n = 0", n="Z from 0")),
        ([], goal("x > 1000 implies x < 0", x="R")),  # false, but not nearby
    ],
)
def test_none_is_found_where_none_is_near(declare: list[Any], it: dict[str, Any]) -> None:
    assert counterexample(declare, it) is None


def test_what_is_neither_proved_nor_refuted(tmp_path: Path) -> None:
    path = tmp_path / "it.json"
    for holds, kind in (("x > 1000 implies x < 0", Undecided), ("x > 1 implies x^2 > x", Proved)):
        path.write_text(json.dumps({"format": "claim/1", "statement": {"declare": [], "goals": [goal(holds, x="R")]}}))
        assert isinstance(prove(Claim.from_file(path), 30, run=here), kind)
