"""--seconds holds whatever the network, and changes nothing of what a command does in time."""

import json
import random
import time
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from verify.cli import main
from verify.network.builders import dense

WIDE = "random:400-400-400-400:1"  # one input; each of these commands takes minutes on it
OTHER = "random:400-400-400-400:2"
HEAVY = [
    ["pieces", WIDE],
    ["distance", WIDE, OTHER],
    ["plot", WIDE],
    ["separate", WIDE, "--k", "9"],
    ["regions", "MANY", "--on", "-5,5"],
    ["maximise", "MANY", "--on", "-5,5"],
]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A network with six inputs and more regions than can be counted in minutes."""
    source = random.Random(1)
    widths = [6, 40, 40, 40, 1]
    layers = []
    for before, size in pairwise(widths):
        rows = [[Fraction(source.randint(-9, 9)) for _ in range(before)] for _ in range(size)]
        layers.append((rows, [Fraction(source.randint(-9, 9)) for _ in range(size)]))
    path = tmp_path / "many.json"
    path.write_bytes(dense(layers).canonical)
    return path


@pytest.mark.parametrize("command", HEAVY, ids=lambda command: command[0])
def test_a_limit_holds(command: list[str], many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = time.monotonic()
    command = [str(many) if word == "MANY" else word for word in command]
    assert main([*command, "--seconds", "1"]) == 3
    assert time.monotonic() - start < 1.2 + 1 + 4  # 4 s: a machine that does much else
    assert capsys.readouterr().err == "depthproof: time is over: 1 s; nothing was decided\n"


def test_a_claim_s_limit_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "heavy.json"
    statement = {"pieces": {"of": "f", "on": ["0", "1"], "is": "<=", "count": 10**6}}
    claim = {"format": "claim/1", "networks": {"f": WIDE}, "statement": statement}
    path.write_text(json.dumps(claim))
    start = time.monotonic()
    assert main(["claim", str(path), "--seconds", "1"]) == 3
    assert time.monotonic() - start < 1.2 + 1 + 4
    assert capsys.readouterr().err == "depthproof: time is over: 1 s; nothing was decided\n"


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
    assert _complaint(limited.err) == _complaint(alone.err)


def _complaint(said: str) -> str:
    """What is wrong, without a hint that names the command, and without how long it took."""
    lines = [line.split(" (see ")[0] for line in said.splitlines() if not line.endswith(" s")]
    return "\n".join(lines)


@pytest.mark.parametrize("seconds", ["0", "-1", "x"])
def test_a_limit_is_a_positive_number(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pieces", "tent", "--seconds", seconds]) == 2
    assert "--seconds" in capsys.readouterr().err
