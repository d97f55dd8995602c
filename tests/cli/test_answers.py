"""separate, as a person uses it: the numbers it prints and gives as JSON, its exit codes."""

import json
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from verify.cli import main

FIT = str(Path(__file__).parent.parent / "networks" / "fit24x24_saw3.onnx")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["separate", *arguments])
    seen = capsys.readouterr()
    assert "Traceback" not in seen.err
    return code, seen.out, seen.err


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    code, out, _ = run(capsys, *arguments, "--json")
    assert code == 0
    return json.loads(out)


def test_how_deep(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "--depth", "2", "--nodes", "4", "--error", "1/32")
    assert (found["k"], found["theorem"], found["lecture_k"]) == (4, "separation.sharp", 10)
    assert (found["grade"], found["pieces"], found["widths"]) == ("COQ", "9", [2, 2])
    assert as_json(capsys, "--widths", "3-4-5", "--error", "0.125")["k"] == 8
    assert as_json(capsys, "--widths", "3", "--activation-pieces", "3", "--error", "1/8")["rests_on"] == ["pieces.activation"]


def test_fifty_layers_and_thousands_of_digits(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "--depth", "50", "--nodes", "2^50", "--error", "1/32")
    assert (found["k"], found["lecture_k"]) == (2218, 5002)
    huge = as_json(capsys, "--depth", "50", "--nodes", "9" * 4400, "--error", "1/100")
    assert len(huge["pieces"]) > 50 * 4390
    assert huge["lecture_k"] is None


def test_too_much_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    for error in ("1/4", "1/3"):
        code, out, _ = run(capsys, "--depth", "2", "--nodes", "4", "--error", error)
        assert code == 10
        assert "no k" in out
    code, out, _ = run(capsys, "--depth", "2", "--nodes", "4", "--error", "1/3", "--json")
    assert (code, json.loads(out)["k"]) == (10, None)
    assert run(capsys, "--k", "3", "--error", "1/3")[0] == 10


def test_what_a_depth_excludes(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "--k", "10", "--error", "1/8")
    assert found["pieces"] == "512"
    assert found["excluded"][:3] == [{"depth": 1, "nodes": 511}, {"depth": 2, "nodes": 43}, {"depth": 3, "nodes": 21}]
    assert found["any_depth"] == 9
    assert as_json(capsys, "--k", "10", "--error", "1/8", "--nodes", "11")["deepest"] == 6
    assert as_json(capsys, "--k", "10", "--error", "1/8", "--depth", "2")["excluded"] == [{"depth": 2, "nodes": 43}]
    code, out, _ = run(capsys, "--k", "10", "--error", "1/8", "--nodes", "9")
    assert (code, "every depth" in out) == (0, True)


def test_how_close(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "--k", "3", "--pieces", "7")
    assert found["lower"] == found["upper"] == "5/72"  # separation.frontier.last
    found = as_json(capsys, "--k", "3", "--pieces", "6")
    assert Fraction(1, 16) < Fraction(found["lower"]) < Fraction(found["upper"]) < Fraction(1, 8)
    assert "(INSTANCES)" in run(capsys, "--k", "3", "--pieces", "6")[1]


def test_grades_are_those_that_stand(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Read from the records, not fixed: a record of Coq that does not fit the sources is no evidence."""
    from verify.cli import reports

    assert "separation.sharp (COQ), pieces.skip (COQ)" in run(capsys, "--depth", "2", "--nodes", "4", "--error", "1/32")[1]
    folder = tmp_path / "proofs"
    shutil.copytree(Path(__file__).parents[2] / "proofs", folder)
    with (folder / "coq" / "SeparationSharp.v").open("a") as file:
        file.write("(* changed *)\n")
    monkeypatch.setattr(reports, "proofs_folder", lambda: folder)
    assert "separation.sharp (INSTANCES)" in run(capsys, "--depth", "2", "--nodes", "4", "--error", "1/32")[1]
    for path in folder.glob("*/*.record.json"):
        path.unlink()
    assert "separation.sharp (not recorded here)" in run(capsys, "--depth", "2", "--nodes", "4", "--error", "1/32")[1]


def test_the_piece_count_behind_a_bound(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, _ = run(capsys, FIT, "--k", "6", "--certificate", str(tmp_path / "fit"))
    assert code == 0 and main(["check", str(tmp_path)]) == 0
    assert "pieces = 51" in capsys.readouterr().out


def test_one_network(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, FIT, "--k", "6")
    assert (found["pieces"], found["most_pieces"], found["widths"]) == (51, "625", [24, 24])
    low, by_widths, by_pieces = (Fraction(found[key]) for key in ("low", "lower_by_widths", "lower_by_pieces"))
    assert by_widths == 0 < Fraction(13, 256) <= by_pieces <= low == Fraction(found["distance"])
    assert Fraction(found["gap"]) == low - by_pieces


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("--error", "1/8"), ("--depth", "2", "--error", "1/8"), ("--depth", "2", "--nodes", "3"), ("tent",), ("tent", "--k", "0"),
        ("--depth", "2", "--nodes", "-3", "--error", "1/8"), ("--depth", "2", "--nodes", "3", "--error", "0"),
        ("--widths", "3-0", "--error", "1/8"), ("--widths", "3-x", "--error", "1/8"), ("--k", "3", "--pieces", "0"),
        ("--depth", "2", "--nodes", "3", "--widths", "3", "--error", "1/8"), ("--k", "3", "--pieces", "2", "--error", "1/8"),
        ("tent", "--k", "3", "--error", "1/8"), ("--depth", "2^9^9", "--nodes", "3", "--error", "1/8"),
    ],
)  # fmt: skip
def test_bad_command_lines(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_too_large_to_write_down(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--depth", "1000000000", "--nodes", "1" + "0" * 30, "--error", "1/8")[0] == 3
