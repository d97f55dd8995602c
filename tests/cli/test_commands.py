"""The command line as a person uses it: what it prints, the JSON it gives, its exit codes, and never a traceback."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from verify.cli import main

NETWORKS = Path(__file__).parent.parent / "networks"
FIT = str(NETWORKS / "fit24x24_saw3.onnx")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    seen = capsys.readouterr()
    assert "Traceback" not in seen.err
    return code, seen.out, seen.err


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    code, out, _ = run(capsys, *arguments, "--json")
    assert code == 0
    return json.loads(out)


def test_pieces_of_the_tent(capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "pieces", "tent") == {"pieces": 2, "activation_intervals": 2, "breakpoints": ["1/2"]}


def test_a_negative_interval_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "pieces", "tent", "--on", "-2,3")["breakpoints"] == ["0", "1/2"]
    assert as_json(capsys, "pieces", "tent", "--on=-1/2,0")["pieces"] == 1


def test_breakpoints_beyond_the_limit_are_null(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "pieces", "sawtooth:5", "--list-limit", "31")
    assert (found["pieces"], found["breakpoints"]) == (32, None)
    assert len(as_json(capsys, "pieces", "sawtooth:5", "--list-limit", "32")["breakpoints"]) == 31


@pytest.mark.parametrize("k", range(1, 13))
def test_sawtooths(capsys: pytest.CaptureFixture[str], k: int) -> None:
    """2^k pieces; distance to 1/2 exactly 1/4, to 0 exactly 1/2."""
    assert as_json(capsys, "pieces", f"sawtooth:{k}")["pieces"] == 2**k
    assert as_json(capsys, "distance", f"sawtooth:{k}", "constant:1/2")["distance"] == "1/4"
    assert as_json(capsys, "distance", f"sawtooth:{k}", "constant:0")["distance"] == "1/2"


def test_distance_of_a_trained_network(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "distance", FIT, "sawtooth:3")
    value = Fraction(found["distance"])
    assert float(value) == 0.05038468672566971  # the nearest double, as an independent engine gave it
    assert Fraction(found["low"]) == value == Fraction(found["high"])


def test_eval_takes_negative_rationals_and_decimals(capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "eval", "tent", "-1/3") == {"at": ["-1/3"], "value": ["0"], "float32": [0.0]}
    assert as_json(capsys, "eval", "tent", "0.1")["value"] == ["1/5"]
    assert as_json(capsys, "eval", "tent", "2/4")["at"] == ["1/2"]


def test_show_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    facts = as_json(capsys, "show", "sawtooth:3")
    assert (facts["depth"], facts["widths"], facts["units"], facts["inputs"]) == (3, [2, 2, 2], 6, 1)
    code, out, _ = run(capsys, "show", "tent", "--sympy")
    assert (code, out) == (0, "2*Max(0, x0) - 2*Max(0, 2*x0 - 1)\n")
    assert "(set-logic QF_LRA)" in run(capsys, "show", "tent", "--smt2")[1]
    assert "Relu" in run(capsys, "show", "tent", "--graph")[1]


def test_a_line_through_many_inputs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from verify.network.builders import random_network
    from verify.network.relu_network import written

    path = tmp_path / "two.json"
    path.write_bytes(written(random_network([3], 1, inputs=2)))
    assert as_json(capsys, "pieces", str(path))["pieces"] >= 1
    code, _, err = run(capsys, "pieces", str(path), "--certificate", str(tmp_path / "c.json"))
    assert code == 2 and "--from P --to Q" in err
    assert as_json(capsys, "pieces", str(path), "--from", "-1,0", "--to", "1,1/2")["pieces"] <= 4
    code, _, err = run(capsys, "pieces", str(path), "--from", "0,0")
    assert code == 2 and "together" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Missing command"),
        (["frobnicate"], "No such command"),
        (["pieces"], "Missing argument"),
        (["pieces", "tent", "--on", "0"], "expected 2 rationals"),
        (["pieces", "tent", "--on", "1,0"], "'--on': expected a lower end and then a higher one"),
        (["pieces", "tent", "--on", "0,0"], "'--on': expected a lower end and then a higher one"),
        (["pieces", "tent", "--on", "a,b"], "expected a rational"),
        (["pieces", "tent", "--bogus"], "No such option"),
        (["pieces", "no-such-file.onnx"], "no such file"),
        (["pieces", "sawtooth:x"], "whole number"),
        (["show", "folding:2:4,4"], "widths of hidden layers with - between, such as 8-8, found"),
        (["show", "random:8x8"], "widths of hidden layers with - between, such as 8-8, found"),
        (["eval", "tent", "1", "2"], "expected 1 coordinate"),
        (["eval", "tent", "1/0"], "expected a rational"),
        (["eval", "tent", "1e5x"], "expected a rational"),
        (["distance", "tent"], "Missing argument"),
        (["pieces", "max:2", "--coq", "x.v"], "max:2: expected one input with --coq, found 2"),
        (["separate", "max:2", "--k", "2", "--coq", "x.v"], "max:2: expected --coq only with one input"),
        (["separate", "--widths", "3", "--error", "1/8", "--certificate", "x"], "expected --certificate only with NET --k K"),
        (["pieces", "tent", "--questions", "q"], "expected --solver beside it"),
        (["plot", "tent", "--out", "x.gif"], ".svg, .png, .pdf"),
        (["prove", "no.such.theorem"], "no theorem is named"),
        (["explain", "identity"], "did you mean sawtooth.identity"),
        (["check", "nowhere"], ""),
        (["claim", "nowhere.json"], "no such file"),
    ],
)
def test_bad_command_lines(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2 and words in err and (err.count("\n") <= 1 or not arguments)


def test_plot_writes_the_same_bytes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    first, second = tmp_path / "a.svg", tmp_path / "b.svg"
    assert run(capsys, "plot", "sawtooth:4", FIT, "--out", str(first))[0] == 0
    assert run(capsys, "plot", "sawtooth:4", FIT, "--out", str(second))[0] == 0
    assert first.read_bytes() == second.read_bytes() and b"<svg" in first.read_bytes()
    code, _, err = run(capsys, "plot", "tent", "--out", str(first / "below-a-file.svg"))
    assert code == 2 and "cannot be written" in err


def test_claims(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def claim(holds: str) -> Path:
        path = tmp_path / "claim.json"
        statement = {"forall": {"box": [["0", "1"]], "holds": holds}}
        path.write_text(json.dumps({"format": "claim/1", "networks": {"f": "sawtooth:3"}, "statement": statement}))
        return path

    code, out, _ = run(capsys, "claim", str(claim("f <= 1")), "--certificate", str(tmp_path / "out"))
    assert code == 0 and out.startswith("HOLDS")
    assert run(capsys, "check", str(tmp_path / "out"))[0] == 0
    code, out, _ = run(capsys, "claim", str(claim("f < 1")))
    assert code == 10 and out.startswith("REFUTED") and "x = 1/8" in out
    code, _, err = run(capsys, "claim", str(claim("f <")))
    assert code == 2 and "claim.json" in err


def test_a_vnnlib_property(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "unsafe.vnnlib"
    path.write_text("(declare-const X_0 Real)(declare-const Y_0 Real)(assert (>= X_0 0))(assert (<= X_0 1))(assert (>= Y_0 1.0000001))")
    code, out, _ = run(capsys, "claim", str(path), "--network", "sawtooth:6")
    assert code == 0 and out.startswith("HOLDS")
    path.write_text(path.read_text().replace("1.0000001", "1.0"))
    code, out, _ = run(capsys, "claim", str(path), "--network", "sawtooth:6")
    assert code == 10 and "x = " in out
    code, _, err = run(capsys, "claim", str(path))
    assert code == 2 and "--network" in err


def test_a_claim_for_all_n(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    total = {"define": "s", "for": [["n", "Z from 0"]], "sort": "R", "cases": [["n = 0", "0"]], "otherwise": "s(n - 1) + n"}
    path = tmp_path / "gauss.json"
    for holds, code in (("2*s(n) = n*(n + 1)", 0), ("2*s(n) = n*n", 10)):
        goal = {"goal": "gauss", "for": [["n", "Z from 0"]], "holds": holds}
        path.write_text(json.dumps({"format": "claim/1", "statement": {"declare": [total], "goals": [goal]}}))
        found, out, _ = run(capsys, "claim", str(path))
        assert found == code and out.startswith("HOLDS" if code == 0 else "REFUTED")
