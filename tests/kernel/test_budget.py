"""What a stranger may ask for costs what it is charged; what is too much ends in time, and long numbers are no trouble."""

import sys
import tracemalloc
from fractions import Fraction
from math import lcm
from typing import Any

import pytest

from verify.kernel.check import check
from verify.kernel.errors import BadInput, OverBudget, Rejected
from verify.kernel.limits import Budget
from verify.kernel.network import Graph
from verify.kernel.numerals import numeral, rational
from verify.kernel.strict_json import tree

from . import short
from .short import checked, leaf, measured, said
from .small import gemm, network, relu
from .test_audit import FREE, GOAL, REAL, items

pytestmark = pytest.mark.slow

BIG = 2**61 - 1  # integers that differ by a multiple of it have the same hash


def wide(count: int) -> str:
    return " or ".join(["true"] * count)


LARGE = "({})*({}) < 0".format(*("+".join(f"f({i + start})" for i in range(200)) for start in (0, 200)))
SLOW: dict[str, tuple[list[Any], list[Any]]] = {
    "fractions of one hash": ([FREE], [["cut", " < ".join(f"f({5 + k * BIG})" for k in range(700))]] * 30),
    "a definition by many cases": ([{"define": "d", "for": [], "sort": "R", "cases": [["0 < 0", "0"]] * 4_000, "otherwise": "0"}], []),
    "many uses of a wide statement": ([{"assume": "w", "for": [], "holds": wide(1_900)}], [["use", "w", []]] * 5_000),
    "wide texts": ([], [["cut", wide(1_900)]] * 200),
    "a long chain": ([], [["cut", "<".join(["0"] * 9_999)]] * 10),
    "cases of a wide disjunction": ([], [["cut", " or ".join(["0 < 0"] * 2_000)], *[["cases", 1]] * 30_000]),
    "cuts inside cuts": ([], [["cut", "0 < 0"]] * 20_000),
    "a definition by long cases": (
        [{"define": "d", "for": [[f"v{i}", "R"] for i in range(999)], "sort": "R", "cases": [["true", "0"]] * 2000, "otherwise": "0"}], []),
    "a row taken many times": ([FREE], [["cut", LARGE], ["leaf", [["1", [1] * 400]]]]),
    "a large term's opposite": ([FREE], [["cut", f"{'-' * 33}({LARGE[:-4]}) < 0"]] * 3),
    "a large formula's opposite": ([FREE], [["cut", f"{'not ' * 33}({LARGE})"]] * 3),
}
USES = {  # texts in which a large term is put for y
    "arguments": "+".join(["r(y)"] * 300),
    "signs": "+".join(["r(" + "-" * 30 + "y)"] * 20),
    "atoms": "+".join(f"r({i}-y)" for i in range(100)),
}


@pytest.mark.parametrize("name", SLOW)
def test_what_is_slow_is_over_budget(name: str) -> None:
    declarations, steps = SLOW[name]
    with pytest.raises(OverBudget, match="operations"):
        checked({"declare": declarations, "goals": [GOAL]}, items(*steps) | ({"witness": None} if "uses" in name else {}), 4_000_000)


@pytest.mark.parametrize("name", USES)
def test_large_terms_in_a_statement_are_over_budget(name: str) -> None:
    lemma = {"lemma": "wide", "for": [["y", "R"]], "holds": f"{USES[name]} = 0 or true", "proof": [["cases", 1]]}
    evidence = {"items": [lemma, {"goal": "g", "proof": [["use", "wide", [LARGE[:-4]]]]}]}
    with pytest.raises(OverBudget):
        checked({"declare": [FREE, REAL], "goals": [GOAL]}, evidence, 6_000_000)


def test_a_long_denominator_among_many_weights_is_over_budget() -> None:
    content = network([gemm("z", ["x"] * 20_000, [["1"] * 20_000], ["1/1" + "0" * 30_000])])
    tracemalloc.start()
    try:
        with pytest.raises(OverBudget):
            Graph(Budget()).read(content)
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()


def test_long_weights_on_small_values_are_over_budget() -> None:
    graph = Graph(Budget())
    graph.read(network([gemm("z", ["x"], [["1"]] * 30, ["1/1" + "0" * 6_000] * 30), relu("a", "z")]))
    graph.budget.left = 3_000_000
    with pytest.raises(OverBudget):
        for _ in range(500):
            graph.between({1: Fraction(1)}, {1: Fraction(2)})


def test_bounds_by_long_numbers_are_over_budget() -> None:
    """Each step about units divides them anew."""
    facts = " and ".join(f"{'7' * 5_900}*x <= {'3' * 5_900}*{i + 1}" for i in range(20))
    goal = {"goal": "claim", "for": [], "holds": f"not ({facts} and {'9' * 5_900}*x >= -{'1' * 5_900})"}
    with pytest.raises(OverBudget):
        said({"declare": [], "goals": [goal]}, short.items(*[["units"]] * 50_000), f="input")


def test_many_goals_are_over_budget() -> None:
    goals = [{"goal": f"g{i}", "for": [["x", "R"]], "holds": "true"} for i in range(20_000)]
    with pytest.raises(OverBudget):
        checked({"declare": [], "goals": goals}, items(), 3_000_000)


def test_many_points_of_a_wide_expression_are_over_budget() -> None:
    points = ["0", *(f"1/{n}" for n in range(3_000, 1, -1)), "1"]
    statement = {"integral": {"of": " + ".join(f"{i}*f/7" for i in range(2_400)), "on": ["0", "1"], "is": "=", "bound": "0"}}
    with pytest.raises(OverBudget):
        said(statement, short.items(*[["measure", "a", points, [], []]] * 200), f="input")
    with pytest.raises((Rejected, OverBudget)):
        said(statement, measured("integral", "=", points), f="input")


LONG = "9" * 5_900


@pytest.mark.parametrize("text", [f"r({LONG}) < 0", f"r({LONG}*{LONG}/{LONG[1:]}) < 0", f"{LONG}*{LONG} < r({LONG})"])
def test_long_numbers_are_arguments_too(text: str) -> None:
    goal = {"goal": "g", "for": [], "holds": f"{text} or 0 <= 0"}
    assert checked({"declare": [REAL], "goals": [goal]}, items(leaf({1: 1})))


def test_a_long_sum_is_said() -> None:
    evidence = items(["cut", f"{LONG}*{LONG} < 1"], leaf({1: 1}), leaf({1: 1}))
    with pytest.raises(Rejected, match=r'the sum is "99999.*\.\.\.: no contradiction'):
        checked({"declare": [], "goals": [GOAL]}, evidence)


def test_common_denominators_of_one_hash() -> None:
    denominators = [1 + k * BIG for k in range(1, 30_000)]
    with pytest.raises(OverBudget):
        Budget(3_000_000).common(denominators)
    assert Budget().common([6, 4, 9, 4, 1, 6]) == lcm(6, 4, 9) and Budget().common([]) == 1


def test_numerals_do_not_depend_on_the_limit_of_digits() -> None:
    limit = sys.get_int_max_str_digits()
    numbers = [Fraction(10**n + 1, 10**m + 3) for n in (600, 640, 3_999, 5_000) for m in (0, 599, 700)]
    texts = [numeral(number) for number in numbers]
    sys.set_int_max_str_digits(640)
    try:
        assert [numeral(number) for number in numbers] == texts and [rational(text, Budget()) for text in texts] == numbers
    finally:
        sys.set_int_max_str_digits(limit)


@pytest.mark.parametrize(("data", "place"), [(b'{"a": 1,}', "column 8"), (b"[1 ,\n ]", "column 4"), (b"[1,,2]", "column 4")])
def test_a_comma_too_many_is_said_in_our_own_words(data: bytes, place: str) -> None:
    with pytest.raises(BadInput, match=f"line 1 {place}: expected JSON"):
        tree(data, Budget())


@pytest.mark.parametrize("part", [b'"",', b"{},", b"[],"])
def test_many_strings_and_brackets_end_well(part: bytes) -> None:
    data = b"[" + part * 2_000_000 + b"0]"
    few = b"[" + part * 400_000 + b"0]"
    assert len(tree(few, Budget())) == 400_001
    with pytest.raises((BadInput, OverBudget)):
        check(data, data, {}.__getitem__)


@pytest.mark.parametrize("nodes", [0, 2_000])
def test_one_network_under_many_names_is_over_budget(nodes: int) -> None:
    content = network([gemm("z", ["x"], [["1"]], ["0"]), *({"name": f"a{i}", "op": "Relu", "inputs": ["x"]} for i in range(nodes))])
    budget = Budget(3_000_000)
    with pytest.raises(OverBudget):
        for _ in range(2_000):
            Graph(budget).read(content)
