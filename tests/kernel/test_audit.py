"""Attacks on the kernel by somebody who did not write it: false statements, statements that read otherwise than they mean, slowness."""

import os
import subprocess
import sys
import tracemalloc
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

import pytest

from verify.kernel import theory
from verify.kernel.check import report
from verify.kernel.declare import Vocabulary, scope
from verify.kernel.errors import BadInput, DepthproofError, OverBudget, Rejected
from verify.kernel.network import Graph
from verify.kernel.numeral import Budget, numeral, rational
from verify.kernel.proof import instance
from verify.kernel.reader import tree
from verify.kernel.syntax import formula, term
from verify.kernel.terms import Terms

from .small import NETWORKS, gemm, network, verdict, written

KERNEL = Path(__file__).parents[2] / "verify" / "kernel"
NETWORKS["input"] = network([gemm("z", ["x"], [["1"]], ["0"])]).replace(b'"output":"z"', b'"output":"x"')
GOAL = {"goal": "g", "for": [], "holds": "0 < 0"}
VARIABLES = [["x", "R"], ["y", "R"], ["z", "R"], ["k", "Z"], ["n", "Z from 1"]]


def items(*steps: Any) -> dict[str, Any]:
    return {"items": [{"goal": "g", "proof": list(steps)}]}


# A text, and the same with every bracket that a reader would add.
READ_AS = [
    ("-x^2 < y", "(0 - (x*x)) < y"),
    ("x - y - z < 0", "((x - y) - z) < 0"),
    ("x/2*y < 0", "((x/2)*y) < 0"),
    ("x/2/4 < 0", "(x/8) < 0"),
    ("2*x^2^3 < 0", "2*(x^8) < 0"),
    ("x - -y*z < 0", "(x + (y*z)) < 0"),
    ("x < y implies y < z implies x < z", "(x < y) implies ((y < z) implies (x < z))"),
    ("x < y or y < z implies x < z", "((x < y) or (y < z)) implies (x < z)"),
    ("x < y or y < z and z < x", "(x < y) or ((y < z) and (z < x))"),
    ("not x < y and y < z", "(not (x < y)) and (y < z)"),
    ("not x < y implies y < z", "(not (x < y)) implies (y < z)"),
    ("x = 1 and not y = 1 or z = 1", "((x = 1) and (not (y = 1))) or (z = 1)"),
    ("x != y != z", "(x != y) and (y != z)"),
    ("0 <= x < y = z", "(0 <= x) and ((x < y) and (y = z))"),
    ("0 <= x + y < 1 and z = 1", "((0 <= (x + y)) and ((x + y) < 1)) and (z = 1)"),
]


@pytest.mark.parametrize(("text", "bracketed"), READ_AS)
def test_it_is_read_as_a_person_reads_it(text: str, bracketed: str) -> None:
    vocabulary = Vocabulary(Terms())
    names = scope(vocabulary.variables(VARIABLES))
    assert formula(text, vocabulary.terms, names) == formula(bracketed, vocabulary.terms, names)


@pytest.mark.parametrize("text", ["(0 <= x) < 1", "x < not y", "2 x", "2x", "01", "x^-1", "x^0", "2^x", "x = = y", "x (y)", "m()",
                                  "1/0 < x", "x/(y - y) < 1", "x\t< 1", "x\n< 1", "\u00d7", "x \u2264 1", "\uff11 < x", "x,y", "if < 1",
                                  "x =< y", "x <> y", "not", "IH < 1", "x.y < 1", "0x1 < x", "1e3 < x", "1_0 < x", "+x < 1", "x < y <"])
def test_it_is_not_read_at_all(text: str) -> None:
    vocabulary = Vocabulary(Terms())
    vocabulary.declare({"free": "m", "arguments": [], "sort": "R"}, trusted=True)
    with pytest.raises(BadInput):
        formula(text, vocabulary.terms, scope(vocabulary.variables(VARIABLES)))


def test_an_instance_does_not_capture() -> None:
    """A statement in k and x at terms that mention another k and x: all at once, and the sort belongs to the variable."""
    vocabulary = Vocabulary(Terms())
    vocabulary.declare({"free": "f", "arguments": ["R", "R"], "sort": "R"}, trusted=True)
    statement = vocabulary.statement([["x", "R"], ["y", "R"]], "f(x, f(y, x)) < y")
    names = scope(vocabulary.variables(VARIABLES))
    values = [term(text, vocabulary.terms, names) for text in ("y + x", "x")]
    assert instance(vocabulary, statement, values, {}) == formula("f(y + x, f(x, y + x)) < x", vocabulary.terms, names)
    assert vocabulary.variables([["k", "R"]])[0].value != names["k"]


# Statements about f below are false or unproved; the evidence tries one rule each.
FREE = {"free": "f", "arguments": ["Z"], "sort": "R"}
REAL = {"free": "r", "arguments": ["R"], "sort": "R"}
POWER = {"recursion": "p", "for": [["n", "Z from 0"]], "sort": "Z", "start": "1", "step": "2*p(n)"}
FALSE_THEORIES: dict[str, tuple[list[Any], Any, list[Any]]] = {
    "a recursion continued below its start": (
        [POWER], GOAL, [["use", "p.step", ["-1"]], ["use", "p.start", []], ["cases", 0], ["leaf", [["1", [0]]]]]),
    "a symbol declared later with the name of a variable": (
        [], {"goal": "g", "for": [["x", "R"]], "holds": "x = 0"},
        [["use", "x", []], ["leaf", [["1", [0]], ["1", [1]]]]]),
    "the empty sum": ([], GOAL, [["leaf", []]]),
    "a constant that is 0": ([], GOAL, [["leaf", [["0", []]]]]),
    "the square of a strict fact": (
        [], {"goal": "g", "for": [["x", "R"]], "holds": "x != 0"}, [["use", "squares", ["x"]], ["leaf", [["1", [1]], ["-1*x", [0]]]]]),
    "an equation with a weight that is not 0": (
        [], {"goal": "g", "for": [["x", "R"]], "holds": "x^2 != x"}, [["leaf", [["x", [0]], ["-1", [0]], ["1", []]]]]),
    "the hypothesis outside of induction": ([FREE], {"goal": "g", "for": [["n", "Z from 0"]], "holds": "f(n) = 0"}, [["use", "IH", []]]),
    "the goal itself": ([], GOAL, [["use", "g", []], ["leaf", [["1", [1]]]]]),
    "cases on a fact that is none": ([], GOAL, [["cases", 0]]),
    "division by zero": ([], GOAL, [["use", "div", ["1", "0"]], ["cases", 1], ["leaf", [["1", [0]]]]]),
}


@pytest.mark.parametrize("name", FALSE_THEORIES)
def test_it_is_not_proved(name: str) -> None:
    declarations, goal, steps = FALSE_THEORIES[name]
    with pytest.raises((Rejected, BadInput)):
        theory.check({"declare": declarations, "goals": [goal]}, items(*steps))


@pytest.mark.parametrize("part", ["base", "step"])
def test_induction_from_n_says_nothing_below_n(part: str) -> None:
    """f(n) = 0 from 1 on is known; the claim is from 0 on."""
    assumed = [FREE, {"assume": "later", "for": [["n", "Z from 1"]], "holds": "f(n) = 0"}]
    goal = {"goal": "g", "for": [["n", "Z from 0"]], "holds": "f(n) = 0"}
    closing = {"base": [["use", "later", ["0"]], ["cases", 1], ["leaf", [["1", [2]]]]], "step": [["use", "later", ["n + 1"]]]}
    proof = {"goal": "g", "induction": "n", "base": closing["base"], "step": closing["step"]}
    with pytest.raises(Rejected):
        theory.check({"declare": assumed, "goals": [goal]}, {"items": [proof], "witness": {"free": {}, "items": []}})


WITNESSED = [{"free": "c", "arguments": [], "sort": "R"}, {"assume": "low", "for": [], "holds": "c < 0"},
             {"assume": "high", "for": [], "holds": "c > 0"}]
ZERO = {"define": "c", "for": [], "sort": "R", "cases": [], "otherwise": "0 - 1"}
CLOSED = {"items": [{"goal": "g", "proof": [["use", "low", []], ["use", "high", []], ["leaf", [["1", [1]], ["1", [2]]]]]}]}
LOW = {"goal": "low", "proof": [["use", "c", []], ["leaf", [["1", [0]], ["-1", [1]]]]]}


@pytest.mark.parametrize("witness", [
    None,
    {"free": {"c": [ZERO]}, "items": []},
    {"free": {"c": [ZERO]}, "items": [LOW]},
    {"free": {"c": [ZERO]}, "items": [LOW, {"goal": "high", "proof": [["use", "low", []], ["use", "high", []]]}]},
    {"free": {"c": [{**WITNESSED[0]}]}, "items": [LOW]},
    {"free": {"c": [ZERO, WITNESSED[2]]}, "items": [LOW]},
    {"free": {}, "items": [LOW]},
    {"free": {"c": [{**ZERO, "for": [["x", "R"]]}]}, "items": [LOW]},
    {"free": {"c": [{**ZERO, "sort": "Z"}]}, "items": [LOW]},
])
def test_assumptions_that_contradict_each_other_have_no_witness(witness: Any) -> None:
    with pytest.raises((Rejected, BadInput)):
        theory.check({"declare": WITNESSED, "goals": [GOAL]}, CLOSED | {"witness": witness})


def said(statement: Any, evidence: Any, **networks: str) -> str:
    return verdict(statement, evidence, **networks).lines[1].strip()


def test_an_output_that_is_the_input_is_not_quantified_over() -> None:
    statement = {"forall": {"box": [["0", "1"]], "holds": "f = x"}}
    assert said(statement, {"points": ["0", "1"]}, f="input") == "for all x in [0, 1]: f = x"


@pytest.mark.parametrize(("names", "statement", "evidence"), [
    ({"x": "larger"}, {"value": {"of": "x", "at": ["0", "0"], "is": "=", "value": "0"}}, {}),
    ({"if": "tent"}, {"forall": {"box": [["0", "1"]], "holds": "x <= 1"}}, {"points": ["0", "1/2", "1"]}),
    ({"true": "tent"}, {"forall": {"box": [["0", "1"]], "holds": "true"}}, {"points": ["0", "1/2", "1"]}),
    ({"c1": "tent"}, {"distance_to_span": {"of": "c1", "span": ["1"], "on": ["0", "1"], "is": ">=", "bound": "0"}},
     {"points": ["0", "1/2", "1"], "signs": ["0", "0"], "coefficients": ["0"]}),
    ({"f": "larger", "x1": "larger"}, {"forall": {"box": [["0", "1"]] * 2, "holds": "x1 <= 1"}}, {"counterexample": ["0", "0"]}),
    ({"f": "two", "f1": "tent"}, {"forall": {"box": [["0", "1"]], "holds": "f1 <= 1"}}, {"counterexample": ["0"]}),
])
def test_networks_have_no_names_that_mean_something_else(names: dict[str, str], statement: Any, evidence: Any) -> None:
    with pytest.raises(BadInput):
        verdict(statement, evidence, **names)


@pytest.mark.parametrize("text", ["floor(1) = 1", "floor  (1) = 1"])
def test_what_floor_means_is_said_however_it_is_written(text: str) -> None:
    goal = {"goal": "g", "for": [], "holds": f"{text} or 0 <= 0"}
    lines = theory.check({"declare": [], "goals": [goal]}, items(["leaf", [["1", [1]]]]))
    assert any("is the integer with" in line for line in lines)


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
    "a text of spaces": ([], [["cut", " " * 150_000 + "0 < 0"]] * 5_000),
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
        theory.check({"declare": declarations, "goals": [GOAL]}, items(*steps) | ({"witness": None} if "uses" in name else {}),
                     budget=Budget(4_000_000))


@pytest.mark.parametrize("name", USES)
def test_large_terms_in_a_statement_are_over_budget(name: str) -> None:
    lemma = {"lemma": "wide", "for": [["y", "R"]], "holds": f"{USES[name]} = 0 or true", "proof": [["cases", 1]]}
    evidence = {"items": [lemma, {"goal": "g", "proof": [["use", "wide", [LARGE[:-4]]]]}]}
    with pytest.raises(OverBudget):
        theory.check({"declare": [FREE, REAL], "goals": [GOAL]}, evidence, budget=Budget(6_000_000))


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
    graph.read(network([gemm("z", ["x"] * 1_000, [["1"] * 1_000], ["1/1" + "0" * 6_000])]))
    graph.budget.left = 3_000_000
    with pytest.raises(OverBudget):
        for _ in range(500):
            graph.values([Fraction(1)])


def test_many_goals_are_over_budget() -> None:
    goals = [{"goal": f"g{i}", "for": [["x", "R"]], "holds": "true"} for i in range(10_000)]
    with pytest.raises(OverBudget):
        theory.check({"declare": [], "goals": goals}, items(), budget=Budget(3_000_000))


def test_many_comparisons_that_hold_are_over_budget() -> None:
    points = ["0", *(f"1/{n}" for n in range(3_000, 1, -1)), "1"]
    with pytest.raises(OverBudget):
        verdict({"forall": {"box": [["0", "1"]], "holds": " and ".join(["0 = 0"] * 2_400)}}, {"points": points}, f="input")


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
        assert [numeral(number) for number in numbers] == texts and [rational(text) for text in texts] == numbers
    finally:
        sys.set_int_max_str_digits(limit)


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: str) -> list[str]:
        raise PermissionError(13, "denied", path)

    monkeypatch.setattr(os, "listdir", denied)
    lines: list[str] = []
    assert report([str(tmp_path)], lines.append) == 2 and lines[0].startswith("MALFORMED")


def test_what_is_not_looked_into_is_said(tmp_path: Path) -> None:
    """A link to a folder below the path, and a folder without claims beside a claim of its name: neither counts as checked."""
    (tmp_path / "a").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "a" / "link").symlink_to(tmp_path / "other")
    lines: list[str] = []
    assert report([str(tmp_path / "a")], lines.append) == 2 and "link" in lines[0]
    (tmp_path / "other.claim.json").write_bytes(b"{}")
    assert report([str(tmp_path / "other")], lines.append) == 2 and "there is no file" in lines[1]


def test_a_claim_of_the_name_of_what_is_not_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "a", "x")
    lines: list[str] = []
    assert report([str(tmp_path / "a")], lines.append) == 0
    written(tmp_path / "target", "")
    (tmp_path / "a" / "link").symlink_to(tmp_path / "target")
    assert report([str(tmp_path / "a")], lines.append) == 2 and any("link: is not looked into" in line for line in lines)
    (tmp_path / "b" / "locked").mkdir(parents=True)
    written(tmp_path / "b", "locked")
    listed = os.listdir

    def denied(path: str) -> list[str]:
        if path.endswith("locked"):
            raise PermissionError(13, "denied", path)
        return listed(path)

    monkeypatch.setattr(os, "listdir", denied)
    for path in ("b", "b/locked"):
        assert report([str(tmp_path / path)], lines.append) == 2


def test_a_path_that_is_too_long_is_not_looked_into(tmp_path: Path) -> None:
    written(tmp_path / "a", "x")
    here = os.open(tmp_path / "a", os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=here)
        inner = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    lines: list[str] = []
    try:
        assert report([str(tmp_path / "a")], lines.append) == 2 and any("is not looked into" in line for line in lines)
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "a")], check=True)


@pytest.mark.parametrize(("data", "place"), [(b'{"a": 1,}', "column 8"), (b"[1 ,\n ]", "column 4"), (b"[1,,2]", "column 4")])
def test_a_comma_too_many_is_said_in_our_own_words(data: bytes, place: str) -> None:
    with pytest.raises(BadInput, match=f"line 1 {place}: expected JSON"):
        tree(data)


@pytest.mark.parametrize("part", [b'"",', b"{},", b"[],"])
def test_too_many_strings_and_brackets_are_over_budget(part: bytes) -> None:
    with pytest.raises(OverBudget, match="strings and brackets"):
        tree(b"[" + part * 1_100_000 + b"0]")


def test_folders_as_deep_as_they_can_be(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    here = os.open(tmp_path / "d", os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    lines: list[str] = []
    try:
        assert report([str(tmp_path)], lines.append) == 2 and len(lines) == 1
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)  # deeper than shutil can go


def test_a_closed_output_changes_no_verdict() -> None:
    run = subprocess.run(["bash", "-c", '"$@" >&-', "bash", sys.executable, "-I", "-S", str(KERNEL / "__main__.py"), "none"],
                         capture_output=True, text=True)  # fmt: skip
    assert run.returncode == 2 and not run.stderr


@pytest.mark.parametrize("command", [[str(KERNEL / "__main__.py")], ["-m", "verify", "check"]])
def test_where_nobody_reads_on_nothing_is_decided(command: list[str]) -> None:
    certificates = str(KERNEL.parents[1] / "proofs" / "certificates")
    run = subprocess.run(["bash", "-c", '"$@" | true; exit "${PIPESTATUS[0]}"', "bash", sys.executable, *command, certificates],
                         cwd=KERNEL.parents[1], capture_output=True, text=True)  # fmt: skip
    assert run.returncode == 3 and "Traceback" not in run.stderr


def test_a_name_that_is_no_file_name_ends_well() -> None:
    for path in ("\0", "\udcff", "a" * 10_000, "", ".claim.json", "/dev/null", "/dev/null.claim.json"):
        lines: list[str] = []
        assert report([path], lines.append) in (1, 2) and all(line.isascii() and line.isprintable() for line in lines)


def test_no_check_disappears_with_its_assert() -> None:
    code = "import sys; sys.argv[1:] = []; from verify.kernel import theory; theory.check({'declare': [], 'goals': []}, {'items': []})"
    run = subprocess.run([sys.executable, "-OO", "-c", code], cwd=KERNEL.parents[1], capture_output=True, text=True)
    assert "Rejected" in run.stderr


def test_only_our_own_errors_from_texts() -> None:
    """All texts of up to three tokens out of a table."""
    tokens = ["", "x", "k", "1", "-", "(", ")", "^", "/", "<", "!=", "not", "and", "implies", ",", "floor", "true", "div(1, 2)"]
    vocabulary = Vocabulary(Terms(Budget(10**9)))
    names = scope(vocabulary.variables(VARIABLES))
    for first in tokens:
        for second in tokens:
            for third in tokens:
                try:
                    formula(f"{first} {second} {third}", vocabulary.terms, names)
                except DepthproofError:
                    continue


@pytest.mark.parametrize("nodes", [0, 2_000])
def test_one_network_under_many_names_is_over_budget(nodes: int) -> None:
    content = network([gemm("z", ["x"], [["1"]], ["0"]), *({"name": f"a{i}", "op": "Relu", "inputs": ["x"]} for i in range(nodes))])
    budget = Budget(3_000_000)
    with pytest.raises(OverBudget):
        for _ in range(2_000):
            Graph(budget).read(content)
