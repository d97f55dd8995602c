"""A declaration adds a function that exists, whatever it says, or is refused."""

import pytest

from verify.kernel.errors import BadInput, DepthproofError
from verify.kernel.formulas import formula

from .short import empty

RELU = {"define": "relu", "for": [["x", "R"]], "sort": "R", "cases": [["x <= 0", "0"]], "otherwise": "x"}
POWER = {"define": "pow2", "for": [["n", "Z from 0"]], "sort": "Z", "cases": [["n = 0", "1"]], "otherwise": "2*pow2(n - 1)"}


def said(vocabulary, name):
    """What is known under a name, as a formula that compares with a text."""
    statement = vocabulary.facts[name]
    return formula(statement.text, vocabulary.terms, statement.scope), lambda text: formula(text, vocabulary.terms, statement.scope)


@pytest.fixture
def vocabulary():
    return empty()


def test_define_says_which_case(vocabulary):
    line = vocabulary.declare(RELU, trusted=False)
    fact, read = said(vocabulary, "relu")
    assert fact == read("x <= 0 and relu(x) = 0 or (x > 0 and true and relu(x) = x)")
    assert line == "define for all x in R: relu(x) = 0 if x <= 0, else x"


def test_define_takes_the_first_case_that_holds(vocabulary):
    item = {"define": "F", "for": [["x", "R"]], "sort": "Z", "cases": [["x <= 0", "0"], ["x <= 1", "1"]], "otherwise": "2"}
    vocabulary.declare(item, trusted=False)
    fact, read = said(vocabulary, "F")
    assert fact == read("x <= 0 and F(x) = 0 or (x > 0 and x <= 1 and F(x) = 1) or (x > 0 and x > 1 and F(x) = 2)")


def test_a_definition_by_many_cases(vocabulary):
    """Its text grows with the square of their number."""
    cases = [[f"x <= {i}/100", f"{i}*x"] for i in range(1, 100)]
    vocabulary.declare({"define": "F", "for": [["x", "R"]], "sort": "R", "cases": cases, "otherwise": "0"}, trusted=False)
    fact, read = said(vocabulary, "F")
    assert len(fact.parts) == 100
    assert fact.parts[1] == read("1/100 < x and x <= 2/100 and F(x) = 2*x") and fact.parts[99].parts[-1] == read("F(x) = 0")


def test_a_recursion_says_what_it_is_from_the_least_integer_on(vocabulary):
    pairs = [["n", "Z from -2"], ["x", "R"]]
    item = {"define": "S", "for": pairs, "sort": "R", "cases": [["n = -2", "x"]], "otherwise": "S(n - 1, x) + S(n - 1, 2*x)*n"}
    line = vocabulary.declare(item, trusted=False)
    fact, read = said(vocabulary, "S")
    assert fact == read("n < -2 or n = -2 and S(n, x) = x or n != -2 and true and S(n, x) = S(n - 1, x) + S(n - 1, 2*x)*n")
    assert vocabulary.facts["S"].sorts == {"n": "Z from -2", "x": "R"}
    assert line == "define for all n in Z from -2, x in R: S(n, x) = x if n = -2, else S(n - 1, x) + S(n - 1, 2*x)*n"


@pytest.mark.parametrize(
    ("pairs", "cases", "otherwise"),
    [
        ([["n", "Z from 0"]], [["n = 0", "1"]], "F(n)"),
        ([["n", "Z from 0"]], [["n = 0", "1"]], "F(n - 2)"),
        ([["n", "Z from 0"]], [["n = 0", "1"]], "F(n + 1)"),
        ([["n", "Z from 0"]], [["n = 0", "1"]], "F(0)"),
        ([["n", "Z from 0"]], [["n = 0", "F(n)"]], "1"),
        ([["n", "Z from 0"]], [["n = 0", "F(-1)"]], "1"),
        ([["n", "Z from 0"]], [["F(n - 1) = 0", "1"]], "1"),
        ([["n", "Z from 0"]], [], "F(F(n - 1))"),
        ([["n", "Z from 0"]], [], "floor(floor(F(n))/2)"),
        ([["n", "Z"]], [["n = 0", "1"]], "F(n - 1)"),
        ([["n", "R"]], [], "F(n - 1)"),
        ([], [], "F"),
        ([["x", "R"], ["n", "Z from 0"]], [], "F(x, n - 1)"),
        ([["m", "Z from 0"], ["n", "Z from 0"]], [], "F(m, n - 1)"),
        ([["m", "Z"], ["n", "Z from 0"]], [], "F(m - 1, n - 1)"),
    ],
)
def test_a_definition_that_would_go_round_in_circles(vocabulary, pairs, cases, otherwise):
    with pytest.raises(BadInput, match=r"in its own values|expected a declared name"):
        vocabulary.declare({"define": "F", "for": pairs, "sort": "Z", "cases": cases, "otherwise": otherwise}, trusted=True)


def test_free_and_assume_only_where_trusted(vocabulary):
    free = {"free": "m", "arguments": ["Z"], "sort": "Z"}
    assume = {"assume": "widths", "for": [["i", "Z from 1"]], "holds": "m(i) >= 1"}
    for item in (free, assume):
        with pytest.raises(BadInput):
            empty().declare(item, trusted=False)
    assert vocabulary.declare(free, trusted=True) == "for any function m(Z) in Z"
    assert vocabulary.declare({"free": "K", "arguments": [], "sort": "Z"}, trusted=True) == "for any constant K in Z"
    assert vocabulary.declare(assume, trusted=True) == "assume widths: for all i in Z from 1: m(i) >= 1"


def test_floor_and_div_are_there(vocabulary):
    fact, read = said(vocabulary, "floor")
    assert fact == read("floor(x) <= x < floor(x) + 1")
    fact, read = said(vocabulary, "div")
    assert fact == read("b = 0 and div(a, b) = 0 or b != 0 and b*div(a, b) = a")
    assert vocabulary.terms.symbols["floor"] == (("R",), "Z")


CHANGES = [
    (RELU, "define", ["", "1x", "a b", "a.b", "x" * 50, "and", "true", "IH", "floor", "div", 1, None, [], {}, "é"]),
    (RELU, "for", [None, {}, "x", [["x"]], [["x", "R", 1]], [["x", "R"], ["x", "R"]], [["x", "Q"]], [["x", 1]], [["not", "R"]],
                   [["floor", "R"]], [["x", "Z from"]], [["x", "Z from 00"]], [["x", "Z from -0.5"]],
                   [["x", "z"]], [[1, "R"]], [["x", None]], []]),
    (RELU, "sort", ["Z", "Q", "Z from 0", None, ["R"], True, {}]),
    (RELU, "cases", [None, {}, [["x <= 0"]], [["x", "0"]], [["x <= 0", "x <= 0"]], [["y <= 0", "0"]], [["x <= 0", "relu(x)"]], ["x"]]),
    (RELU, "otherwise", [None, "", "y", "relu(x)", "x <= 0", "1e5", 0, ["x"], "x/x", "relu"]),
    (POWER, "define", ["n", "", "and", "IH", "floor", None, 1, "a.b"]),
    (POWER, "for", [[], [["n", "Z"]], [["n", "R"]], [["x", "R"], ["n", "Z from 0"]], [["n", "Z from 0"], ["m", "Z from 0"]], None]),
    (POWER, "sort", ["Q", None, "Z from 0", 1]),
    (POWER, "cases", [[["n = 0", "1/2"]], [["n = 0", "x"]], [["n = 0", "pow2(0)"]], [["n = 0", "n/2"]], [["n = 0", None]],
                      [["n = 0) or (n = 1", "1"]], [["n = 0", "1) or (1 = 1"]]]),
    (POWER, "otherwise", ["pow2(n + 1)", "pow2(n)", "pow2(0)", "pow2(2*n)", "pow2(pow2(n - 1))", "floor(pow2(n + 1))", "pow2(n - 1)/2",
                          "n/2", "pow2", "", None, "pow2(n - 1, n)", "div(1, pow2(n - 1))", "pow2(n - 1) + floor(floor(pow2(n - 2)))",
                          "1) or (0 <= 0"]),
]


@pytest.mark.parametrize(("item", "key", "value"), [(item, key, value) for item, key, values in CHANGES for value in values])
def test_refused(vocabulary, item, key, value):
    with pytest.raises(DepthproofError):
        vocabulary.declare(item | {key: value}, trusted=True)


@pytest.mark.parametrize("item", [RELU, POWER])
def test_every_key_once_and_no_other(vocabulary, item):
    for key in item:
        with pytest.raises(BadInput):
            vocabulary.declare({k: v for k, v in item.items() if k != key}, trusted=True)
    with pytest.raises(BadInput):
        vocabulary.declare(item | {"note": ""}, trusted=True)


@pytest.mark.parametrize("item", [None, [], "define", 1, {}, {"note": 1}, {"assume": "h"}, {"free": "f"},
                                  {"free": "f", "arguments": ["Q"], "sort": "R"},
                                  {"free": "f", "arguments": "R", "sort": "R"}, {"free": "f", "arguments": [["R"]], "sort": "R"}])
def test_no_declaration(vocabulary, item):
    with pytest.raises(BadInput):
        vocabulary.declare(item, trusted=True)


def test_names_are_given_once(vocabulary):
    vocabulary.declare(RELU, trusted=True)
    vocabulary.declare(POWER, trusted=True)
    vocabulary.facts["goal"] = None
    for name in ("relu", "pow2", "goal"):
        with pytest.raises(BadInput, match="a new name"):
            vocabulary.declare(RELU | {"define": name}, trusted=True)
    for name in ("relu", "pow2", "floor", "goal", "integers"):
        with pytest.raises(BadInput, match="a new name"):
            vocabulary.declare({"assume": name, "for": [], "holds": "true"}, trusted=True)
    with pytest.raises(BadInput):
        vocabulary.statement([["relu", "R"]], "true")
