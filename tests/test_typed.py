"""A value of another type, as a person mistakes it, is one line that says what is expected."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import verify as v
from verify.kernel.errors import BadInput

UNIT = v.Interval(0, 1)
MISTAKES: dict[str, tuple[Callable[[Any], object], Any]] = {
    "a Network": (lambda it: v.pieces(it, UNIT), "hat.json"),
    "an Interval": (lambda it: v.pieces(v.tent(), it), (0, 1)),
    "a Network, such as": (lambda it: v.distance(v.tent(), it, UNIT), "tent"),
    "an Interval, such as Interval(0, 1), for each side": (lambda it: v.Box(it), [[0, 1]]),
    "a Claim, such as": (lambda it: v.prove(it), "claim.json"),
    "a number of seconds": (lambda it: v.prove(claim(), it), "5"),
    "a number for each input": (lambda it: v.evaluate(v.tent(), it), 0.5),
    "the path of a claim": (lambda it: v.Claim.from_file(it), 5),
    "Network.from_torch": (lambda it: v.load(it), object()),
}


def claim() -> v.Claim:
    return v.Claim.from_short("low", {"forall": {"box": [["0", "1"]], "holds": "f <= 1"}}, {"f": v.tent()})


@pytest.mark.parametrize("said", MISTAKES)
def test_a_wrong_type_is_said_in_one_line(said: str) -> None:
    call, mistake = MISTAKES[said]
    with pytest.raises(BadInput) as error:
        call(mistake)
    assert said in str(error.value) and "\n" not in str(error.value)
    assert f"found a {type(mistake).__name__}" in str(error.value)


def test_a_claim_is_read_from_a_path_or_its_text(tmp_path: Path) -> None:
    path = tmp_path / "low.json"
    path.write_text('{"format": "claim/1", "networks": {"f": "tent"}, "statement": {"forall": {"box": [["0", "1"]], "holds": "f <= 1"}}}')
    assert v.Claim.from_file(str(path)) == v.Claim.from_file(path)
