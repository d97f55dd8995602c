"""Ctrl-C while theorems are proved: those that are finished, with all that they rest on, are kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from verify.cli import main
from verify.evidence import run


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proving ends by Ctrl-C before smooth.square is finished, on which smooth.product rests."""
    whole = run.prove_all

    def until(folder: Path, theorems: Any, again: bool) -> Iterator[Any]:
        for result, files in whole(folder, theorems, again):
            if result.theorem.name == "smooth.square":
                continue  # never finished
            yield result, files
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "prove_all", until)


def test_what_is_finished_with_all_below_it_is_kept(
    interrupted: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prove", "sawtooth.map", "smooth.product", "--out", str(tmp_path)]) == 3
    said = capsys.readouterr()
    assert "interrupted: 1 of 3 theorems were finished" in said.err
    assert "sawtooth.map" in said.out and "smooth.product" not in said.out
    assert {path.name for path in tmp_path.rglob("*.record.json")} == {"map.record.json"}


def test_where_nothing_is_finished_nothing_is_written(
    interrupted: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prove", "smooth.product", "--out", str(tmp_path / "out")]) == 3
    assert capsys.readouterr().out == "" and not (tmp_path / "out").exists()


def test_one_that_is_explained(interrupted: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "smooth.square"]) == 3
    assert "interrupted; nothing was decided" in capsys.readouterr().err
