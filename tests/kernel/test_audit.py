"""Attacks on the kernel by somebody who did not write it: false statements, statements that read otherwise than they mean, slowness."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from verify.kernel.check import report
from verify.kernel.errors import BadInput, DepthproofError, Rejected
from verify.kernel.formulas import formula, term

from . import short
from .short import checked, empty, leaf, said
from .small import NETWORKS, gemm, network, written

pytestmark = pytest.mark.slow

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
    vocabulary = empty()
    names = vocabulary.statement(VARIABLES, "true").scope
    assert formula(text, vocabulary.terms, names) == formula(bracketed, vocabulary.terms, names)


@pytest.mark.parametrize("text", ["(0 <= x) < 1", "x < not y", "2 x", "2x", "01", "x^-1", "x^0", "2^x", "x = = y", "x (y)", "m()",
                                  "1/0 < x", "x/(y - y) < 1", "x\t< 1", "x\n< 1", "\u00d7", "x \u2264 1", "\uff11 < x", "x,y", "if < 1",
                                  "x =< y", "x <> y", "not", "IH < 1", "x.y < 1", "0x1 < x", "1e3 < x", "1_0 < x", "+x < 1", "x < y <"])
def test_it_is_not_read_at_all(text: str) -> None:
    vocabulary = empty()
    vocabulary.declare({"free": "m", "arguments": [], "sort": "R"}, trusted=True)
    with pytest.raises(BadInput):
        formula(text, vocabulary.terms, vocabulary.statement(VARIABLES, "true").scope)


def test_an_instance_does_not_capture() -> None:
    """A statement in k and x at terms that mention another k and x: all at once, and the sort belongs to the variable."""
    vocabulary = empty()
    vocabulary.declare({"free": "f", "arguments": ["R", "R"], "sort": "R"}, trusted=True)
    statement = vocabulary.statement([["x", "R"], ["y", "R"]], "f(x, f(y, x)) < y")
    names = vocabulary.statement(VARIABLES, "true").scope
    values = [term(text, vocabulary.terms, names) for text in ("y + x", "x")]
    assert vocabulary.instance(statement, values) == formula("f(y + x, f(x, y + x)) < x", vocabulary.terms, names)
    assert vocabulary.statement([["k", "R"]], "true").scope["k"] != names["k"]


# Statements about f below are false or unproved; the evidence tries one rule each.
FREE = {"free": "f", "arguments": ["Z"], "sort": "R"}
REAL = {"free": "r", "arguments": ["R"], "sort": "R"}
POWER = {"define": "p", "for": [["n", "Z from 0"]], "sort": "Z", "cases": [["n = 0", "1"]], "otherwise": "2*p(n - 1)"}
FALSE_THEORIES: dict[str, tuple[list[Any], Any, list[Any]]] = {
    "a recursion continued below its start": (
        [POWER], GOAL, [["use", "p", ["-1"]], ["use", "p", ["0"]], ["cases", 1], ["leaf", [["1", [0]]]]]),
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
        checked({"declare": declarations, "goals": [goal]}, items(*steps))


@pytest.mark.parametrize("value", ["0", "n", "n + 1", "-1"])
def test_induction_from_n_says_nothing_below_n(value: str) -> None:
    """f(n) = 0 from 1 on is known; the claim is from 0 on."""
    assumed = [FREE, {"assume": "later", "for": [["n", "Z from 1"]], "holds": "f(n) = 0"}]
    goal = {"goal": "g", "for": [["n", "Z from 0"]], "holds": "f(n) = 0"}
    steps = [["use", "IH", [value]], ["use", "later", ["n"]], ["cases", 3], *[leaf({0: 1, 4: 1}), leaf({1: 1, 4: 1})] * 2]
    proof = {"goal": "g", "induction": "n", "proof": steps}
    with pytest.raises(Rejected):
        checked({"declare": assumed, "goals": [goal]}, {"items": [proof], "witness": {"declare": [], "items": []}})


WITNESSED = [{"free": "c", "arguments": [], "sort": "R"}, {"assume": "low", "for": [], "holds": "c < 0"},
             {"assume": "high", "for": [], "holds": "c > 0"}]
ZERO = {"define": "c", "for": [], "sort": "R", "cases": [], "otherwise": "0 - 1"}
CLOSED = {"items": [{"goal": "g", "proof": [["use", "low", []], ["use", "high", []], ["leaf", [["1", [1]], ["1", [2]]]]]}]}
LOW = {"goal": "low", "proof": [["use", "c", []], ["leaf", [["1", [0]], ["-1", [1]]]]]}


@pytest.mark.parametrize("witness", [
    None,
    {"declare": [ZERO], "items": []},
    {"declare": [ZERO], "items": [LOW]},
    {"declare": [ZERO], "items": [LOW, {"goal": "high", "proof": [["use", "low", []], ["use", "high", []]]}]},
    {"declare": [WITNESSED[0]], "items": [LOW]},
    {"declare": [ZERO, WITNESSED[2]], "items": [LOW]},
    {"declare": [], "items": [LOW]},
    {"declare": [{**ZERO, "for": [["x", "R"]]}], "items": [LOW]},
    {"declare": [{**ZERO, "sort": "Z"}], "items": [LOW]},
])
def test_assumptions_that_contradict_each_other_have_no_witness(witness: Any) -> None:
    with pytest.raises((Rejected, BadInput)):
        checked({"declare": WITNESSED, "goals": [GOAL]}, CLOSED | {"witness": witness})


def test_an_output_that_is_the_input_is_not_quantified_over() -> None:
    statement = {"forall": {"box": [["0", "1"]], "holds": "f = x"}}
    lines = said(statement, short.items(["cases", 2], leaf({3: 1}), leaf({3: 1})), f="input")
    assert lines[-1] == "  proved claim: 0 <= x <= 1 implies f = x"


@pytest.mark.parametrize("names", [
    {"x": "tent"}, {"if": "tent"}, {"true": "tent"}, {"IH": "tent"}, {"all": "tent"}, {"value1": "tent"}, {"floor": "tent"},
    {"integers": "tent"}, {"f.g": "tent"}, {"": "tent"}, {"f": "two", "f1": "tent"}, {"f1": "tent", "f": "two"}, {"x1": "larger"},
])
def test_networks_have_no_names_that_mean_something_else(names: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        said({"declare": [], "goals": [{"goal": "claim", "for": [], "holds": "0 <= 0"}]}, short.items(leaf({0: 1})), **names)


@pytest.mark.parametrize("name", ["x", "f", "value1", "value5"])
def test_variables_and_definitions_have_no_names_of_networks(name: str) -> None:
    own = {"define": name, "for": [], "sort": "R", "cases": [], "otherwise": "0"}
    lemma = {"lemma": "l", "for": [[name, "R"]], "holds": "0 <= 0", "proof": [leaf({0: 1})]}
    goal = {"goal": "claim", "for": [], "holds": "0 <= x <= 1 implies f <= 1/2"}
    for declared, first in (([own], []), ([], [own]), ([], [lemma])):
        with pytest.raises(BadInput, match="new"):
            said({"declare": declared, "goals": [goal]}, {"items": [*first, {"goal": "claim", "proof": []}]})


@pytest.mark.parametrize("text", ["floor(1) = 1", "floor (1) = 1"])
def test_what_floor_means_is_said_however_it_is_written(text: str) -> None:
    goal = {"goal": "g", "for": [], "holds": f"{text} or 0 <= 0"}
    lines = checked({"declare": [], "goals": [goal]}, items(["leaf", [["1", [1]]]]))
    assert any("is the integer with" in line for line in lines)



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
    assert report([str(tmp_path / "other")], lines.append) == 2 and "nothing in this folder" in lines[1]


def test_a_claim_of_the_name_of_what_is_not_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "a", "x")
    lines: list[str] = []
    assert report([str(tmp_path / "a")], lines.append) == 0
    written(tmp_path / "target", "")
    (tmp_path / "a" / "link").symlink_to(tmp_path / "target")
    assert report([str(tmp_path / "a")], lines.append) == 2 and any("link/: nothing in this folder was checked" in line for line in lines)
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
        assert report([str(tmp_path / "a")], lines.append) == 2 and any("nothing in this folder was checked" in line for line in lines)
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "a")], check=True)


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


def test_a_closed_output_decides_nothing() -> None:
    run = subprocess.run(["bash", "-c", '"$@" >&-', "bash", sys.executable, "-I", "-S", str(KERNEL / "__main__.py"), "none"],
                         capture_output=True, text=True)  # fmt: skip
    assert run.returncode == 3 and not run.stderr


@pytest.mark.parametrize("command", [[str(KERNEL / "__main__.py")], ["-m", "verify", "check"]])
def test_where_nobody_reads_on_nothing_is_decided(command: list[str]) -> None:
    claims = map(str, (KERNEL.parents[1] / "proofs").glob("*/*.claim.json"))
    run = subprocess.run(["bash", "-c", '"$@" | true; exit "${PIPESTATUS[0]}"', "bash", sys.executable, *command, *claims],
                         cwd=KERNEL.parents[1], capture_output=True, text=True)  # fmt: skip
    assert run.returncode == 3 and "Traceback" not in run.stderr


def test_a_name_that_is_no_file_name_ends_well() -> None:
    for path in ("\udcff", "a" * 10_000, "", ".claim.json", "/dev/null", "/dev/null.claim.json"):
        lines: list[str] = []
        assert report([path], lines.append) in (2, 10) and all(line.isascii() and line.isprintable() for line in lines)


def test_no_check_disappears_with_its_assert() -> None:
    code = """
from verify.kernel import declare, limits, network, theory
theory.check({"declare": [], "goals": []}, {"items": []}, declare.Vocabulary(network.Graph(limits.Budget()), {}))"""
    run = subprocess.run([sys.executable, "-OO", "-c", code], cwd=KERNEL.parents[1], capture_output=True, text=True)
    assert "Rejected" in run.stderr


def test_only_our_own_errors_from_texts() -> None:
    """All texts of up to three tokens out of a table."""
    tokens = ["", "x", "k", "1", "-", "(", ")", "^", "/", "<", "!=", "not", "and", "implies", ",", "floor", "true", "div(1, 2)"]
    vocabulary = empty(10**9)
    names = vocabulary.statement(VARIABLES, "true").scope
    for first in tokens:
        for second in tokens:
            for third in tokens:
                try:
                    formula(f"{first} {second} {third}", vocabulary.terms, names)
                except DepthproofError:
                    continue
