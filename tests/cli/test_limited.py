"""--seconds holds whatever the network, and changes nothing of what a command does in time."""

import json
import time
from pathlib import Path

import pytest

from verify.cli import main

# Each takes minutes: wide networks, many regions, a claim over eight inputs.
WIDE = "random:1-400-400-400-400-1:1"
MANY = "random:6-40-40-40-1:1"
HEAVY = [
    ["pieces", WIDE],
    ["distance", WIDE, "random:1-400-400-400-400-1:2"],
    ["regions", MANY, "--on", "-5,5"],
    ["maximise", MANY, "--on", "-5,5"],
    ["plot", WIDE],
    ["separate", WIDE, "--k", "9"],
]


@pytest.fixture
def heavy_claim(tmp_path: Path) -> Path:
    path = tmp_path / "heavy.json"
    statement = {"forall": {"box": [["-5", "5"]] * 6, "holds": "f < 10000"}}
    claim = {"format": "claim/1", "networks": {"f": MANY}, "statement": statement}
    path.write_text(json.dumps(claim))
    return path


@pytest.mark.parametrize("command", HEAVY, ids=lambda command: command[0])
def test_a_limit_holds(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    start = time.monotonic()
    assert main([*command, "--seconds", "1"]) == 3
    assert time.monotonic() - start < 1.2 + 1 + 4  # 4 s: a machine that does much else
    assert capsys.readouterr().err == "depthproof: time is over: 1 s; nothing was decided\n"


def test_a_claim_s_limit_holds(heavy_claim: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = time.monotonic()
    assert main(["claim", str(heavy_claim), "--seconds", "1"]) == 3
    assert time.monotonic() - start < 1.2 + 1 + 4
    said = capsys.readouterr()
    assert "time is over" in said.out + said.err


@pytest.mark.parametrize(
    "command",
    [
        ["pieces", "sawtooth:3", "--json"],
        ["pieces", "nosuch"],
        ["pieces", "sawtooth:3", "--on", "1,0"],
        ["distance", "tent", "max:2"],
        ["maximise", "max:3"],
        ["separate", "--error", "1/32"],
    ],
)
def test_within_its_limit_a_command_says_the_same(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(command)
    alone = capsys.readouterr()
    assert main([*command, "--seconds", "60"]) == code
    limited = capsys.readouterr()
    assert limited.out == alone.out
    assert limited.err.split(" (see ")[0].strip() == alone.err.split(" (see ")[0].strip()


@pytest.mark.parametrize("seconds", ["0", "-1", "x"])
def test_a_limit_is_a_positive_number(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pieces", "tent", "--seconds", seconds]) == 2
    assert "--seconds" in capsys.readouterr().err
