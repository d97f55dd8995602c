"""Each rule of the kernel on its own: what it adds, and what it refuses."""

import re
from pathlib import Path

import pytest

from verify.kernel.declare import Vocabulary
from verify.kernel.errors import BadInput, DepthproofError, Rejected
from verify.kernel.formulas import formula
from verify.kernel.limits import Budget
from verify.kernel.network import Graph
from verify.kernel.rules import RULES, Context
from verify.kernel.terms import Junction, facts
from verify.kernel.theory import beginning, refute

ROOT = Path(__file__).parents[2]
VARIABLES = [["x", "R"], ["y", "R"], ["k", "Z"], ["n", "Z"]]


@pytest.fixture
def context():
    vocabulary = Vocabulary(Graph(Budget()), {})
    for item in (
        {"free": "f", "arguments": ["R", "R"], "sort": "R"},
        {"free": "g", "arguments": ["Z"], "sort": "Z"},
        {"assume": "bounded", "for": [["a", "Z from 3"], ["b", "R"], ["c", "Z from 0"]], "holds": "f(a, b) <= c"},
        {"assume": "closed", "for": [], "holds": "f(1, 2) = 0 and f(2, 1) != 0"},
    ):
        vocabulary.declare(item, trusted=True)
    return Context(vocabulary, vocabulary.statement(VARIABLES, "true"))


def read(context, *texts):
    return tuple(fact for text in texts for fact in facts(formula(text, context.vocabulary.terms, context.statement.scope)))


def run(context, rule, *arguments, branch=()):
    return RULES[rule].apply(context, read(context, *branch), *arguments)


def refused(context, error, rule, *arguments, branch=()):
    with pytest.raises(error):
        run(context, rule, *arguments, branch=branch)


def test_every_rule_is_tested():
    here = {"use", "congruence", "cases", "cut", "units", "range", "measure", "leaf"}
    elsewhere = {"cells", "tree"}  # test_cells.py, test_tree.py
    assert set(RULES) == here | elsewhere
    assert all(f"test_{name}" in globals() for name in here)
    assert all(Path(__file__).with_name(f"test_{name}.py").exists() for name in elsewhere)


@pytest.mark.parametrize("name", RULES)
def test_each_rule_is_found_by_its_name(name):
    """Its statement, its row beside the proofs, its Coq theorem."""
    checker = ROOT / "proofs" / "coq" / "checker"
    assert re.search(rf"(?m)^\| {name} \|", (ROOT / "docs" / "kernel.md").read_text())
    assert re.search(rf"(?m)^\| {name}\b", (checker / "README.md").read_text())
    proved = [path.stem for path in checker.glob("*.v") if re.search(rf"(?m)^(Theorem|Lemma) {name}_sound\b", path.read_text())]
    assert len(proved) == 1
    assert f"`{proved[0]}.{name}_sound`" in (checker / "README.md").read_text()


def test_use(context):
    assert run(context, "use", "bounded", ["k", "x + y", "n"]) == [read(context, "k < 3 or n < 0 or f(k, x + y) <= n")]
    assert run(context, "use", "closed", []) == [read(context, "f(1, 2) = 0", "f(2, 1) < 0 or f(2, 1) > 0")]
    assert run(context, "use", "floor", ["k/2"]) == [read(context, "floor(k/2) <= k/2", "k/2 < floor(k/2) + 1")]
    hypothesis, _ = beginning(context.vocabulary, context.vocabulary.statement([["n", "Z from 2"], ["x", "R"]], "x < f(n, x)"), "n")
    for n, x in (("n - 3", "2*x"), ("n", "x")):
        later, holds = read(hypothesis, f"n <= {n}", f"{n} < 2 or {x} < f({n}, {x})")
        assert run(hypothesis, "use", "IH", [n, x]) == [(Junction("or", (later, holds)),)]
    for values in (["n - 1"], ["x", "x"], ["n/2", "x"], ["n - 1", "x", "x"], []):
        refused(hypothesis, Rejected, "use", "IH", values)
    refused(context, Rejected, "use", "IH", ["x"])
    refused(context, Rejected, "use", "unknown", [])
    refused(context, Rejected, "use", None, [])
    refused(context, Rejected, "use", ["closed"], [])
    refused(context, Rejected, "use", "closed", ["x"])
    refused(context, Rejected, "use", "bounded", ["k", "x"])
    refused(context, Rejected, "use", "bounded", ["x", "x", "n"])
    refused(context, Rejected, "use", "bounded", ["k/2", "x", "n"])
    refused(context, Rejected, "use", "bounded", ["k", "x", "f(x, x)"])
    refused(context, BadInput, "use", "bounded", ["k", "x", "z"])
    refused(context, BadInput, "use", "bounded", ["k", "x", "n < 1"])
    refused(context, BadInput, "use", "bounded", "kxn")
    refused(context, BadInput, "use", "bounded", [0, "x", "n"])


def test_congruence(context):
    both = run(context, "congruence", "f", ["x", "2*y"], ["y + y", "x"])
    assert both == [read(context, "x != 2*y or 2*y != x or f(x, 2*y) = f(2*y, x)")]
    assert run(context, "congruence", "f", ["x", "2*y"], ["x", "k"]) == [read(context, "2*y != k or f(x, 2*y) = f(x, k)")]
    assert run(context, "congruence", "f", ["x", "2*y"], ["x", "y + y"]) == [read(context, "f(x, y) = f(x, y)")]
    refused(context, BadInput, "congruence", "h", ["x"], ["y"])
    refused(context, Rejected, "congruence", None, ["x"], ["y"])
    refused(context, Rejected, "congruence", "f", ["x", "y"], ["x"])
    refused(context, Rejected, "congruence", "f", [], ["x", "y"])
    refused(context, BadInput, "congruence", "f", ["x"], ["y"])
    refused(context, BadInput, "congruence", "g", ["k"], ["x"])
    refused(context, BadInput, "congruence", "f", "xy", ["x", "y"])
    refused(context, BadInput, "congruence", "f", ["x", "z"], ["x", "y"])


def test_cases(context):
    branch = ["x < 1", "x < 0 or (y < 0 and k < 1) or x != y", "y < 1"]
    expected = [read(context, "x < 0"), read(context, "y < 0", "k < 1"), read(context, "x < y or y < x")]
    assert run(context, "cases", 1, branch=branch) == expected
    assert run(context, "cases", 0, branch=["false"]) == []
    for index in (0, 2, 3, -1, -2, True, "1", None, [1], 10**30):
        refused(context, Rejected, "cases", index, branch=branch)


def test_cut(context):
    assert run(context, "cut", "x < 1 and y < 1") == [read(context, "x < 1", "y < 1"), read(context, "1 <= x or 1 <= y")]
    assert run(context, "cut", "x = 1") == [read(context, "x = 1"), read(context, "x < 1 or 1 < x")]
    refused(context, BadInput, "cut", "x")
    refused(context, BadInput, "cut", "z < 1")
    refused(context, BadInput, "cut", None)


def test_use_of_what_integers_and_squares_satisfy(context):
    for text in ("k", "2*k - 3*n*k + 1", "floor(x)", "g(k)*n", "0"):
        assert run(context, "use", "integers", [text]) == [read(context, f"{text} <= 0 or {text} >= 1")]
    for text in ("x", "k/2", "k + 1/2", "floor(x)*x", "f(k, k)", "div(k, k)", "1/2"):
        refused(context, Rejected, "use", "integers", [text])
    assert run(context, "use", "squares", ["x - 2*f(x, y)"]) == [read(context, "(x - 2*f(x, y))^2 >= 0")]
    for name in ("integers", "squares"):
        refused(context, BadInput, "use", name, ["k < 1"])
        refused(context, BadInput, "use", name, [1])


def test_units(context):
    """Without networks there are none; with networks see test_boxes.py."""
    assert run(context, "units") == [()]


def test_range(context):
    """With networks see test_given.py."""
    refused(context, BadInput, "range", "x", ["0", "1"])
    refused(context, BadInput, "range", "z", ["0", "1"])


def test_measure(context):
    """With networks see test_given.py."""
    refused(context, Rejected, "measure", "f", ["0", "1"], [], [])


def test_leaf(context):
    branch = ["x <= 1", "x > 1", "x = y", "y > 1", "x <= 1 or y <= 1", "k <= 0", "0 <= x", "0 < y", "(x - 1)^2 >= 0"]
    closing = [
        [["1", [0]], ["1", [1]]],
        [["1/3", [0]], ["1/3", [1]]],
        [["2/6", [0]], ["1/3", [1]]],
        [["1", [0]], ["-1", [2]], ["1", [3]]],
        [["1", [0]], ["1", [3]], ["-y", [2]], ["y - 1", [2]]],
        [["1", [1, 0]], ["1", [8]], ["1", [1]], ["1", [0]]],
        [["1", [0]], ["1", [1]], ["x^2*y", [2]], ["-x", [2, 2]], ["x*y - x^2 - x^2*y", [2]]],
    ]
    for entries in closing:
        assert run(context, "leaf", entries, branch=branch) == []
    rejected = [
        [],
        [["1", []]],
        [["1", [0]]],
        [["1", [0]], ["2", [1]]],
        [["-1", [0]], ["-1", [1]]],
        [["0", [0]], ["0", [1]]],
        [["1", [0]], ["1", [4]]],
        [["1", [0]], ["1", [9]]],
        [["1", [0]], ["1", [-7]]],
        [["1", [False]], ["1", [True]]],
        [["x", [0]], ["x", [1]]],
        [["1", [0]], ["1", [2]], ["1", [3]]],
        [["1", [0, 1]], ["1", [8]]],
        [["y - x", [0]]],
        [["0", [2]]],
        [["1", [6]], ["-1", [6]]],
    ]
    for entries in rejected:
        refused(context, Rejected, "leaf", entries, branch=branch)
    malformed = [[["1"]], [["1", [0], [], []]],
                 ["1"], [1], {}, None, [["1", 0]], [[1, [0]]], [["z", [0]]], [["1", [0], "x"]], [["1", [0], ["x"]]]]
    for entries in malformed:
        refused(context, BadInput, "leaf", entries, branch=branch)


def test_a_sum_of_zero_needs_a_strict_summand(context):
    assert run(context, "leaf", [["1", [0]], ["1", [1]]], branch=["x <= 1", "1 < x"]) == []
    refused(context, Rejected, "leaf", [["1", [0]], ["1", [1]]], branch=["x <= 1", "1 <= x"])
    refused(context, Rejected, "leaf", [["1", [0]]], branch=["0 <= 0"])
    assert run(context, "leaf", [["1", [0]]], branch=["0 < 0"]) == []
    assert run(context, "leaf", [["5", [0]]], branch=["1 <= 0"]) == []
    assert run(context, "leaf", [["-5", [0]]], branch=["-1 = 0"]) == []


def test_steps_are_taken_in_the_first_open_branch(context):
    steps = [["cases", 0], ["leaf", [["1", [1]], ["1", [2]]]], ["leaf", [["1", [1]], ["1", [2]]]]]
    begin = read(context, "x < 1 or x < 0", "x >= 1")
    refute(context, begin, steps)
    for bad in (steps[:2], steps[:1], [], [*steps, steps[1]], [["cut", "x < 1"], *steps], [["cases", 1], *steps[1:]]):
        with pytest.raises(Rejected):
            refute(context, begin, bad)
    for bad in (None, {}, "leaf", [[]], [None], ["leaf"], [["leaf"]], [["leaf", [], []]], [["sorry"]], [[["leaf"], []]], [[None]]):
        with pytest.raises(DepthproofError):
            refute(context, begin, bad)


def test_what_an_induction_begins_with(context):
    vocabulary = context.vocabulary
    statement = vocabulary.statement([["n", "Z from 2"], ["k", "Z from 5"], ["x", "R"]], "f(n, x) <= k")
    plain, begin = beginning(vocabulary, statement)
    assert plain == Context(vocabulary, statement, None)
    assert begin == read(plain, "2 <= n", "5 <= k", "k < f(n, x)")
    inductive, same = beginning(vocabulary, statement, "n")
    assert inductive == Context(vocabulary, statement, "n") and same == begin
    for name in ("x", "i", "", 0, ["n"], {}):
        with pytest.raises(BadInput, match="a variable of sort"):
            beginning(vocabulary, statement, name)
