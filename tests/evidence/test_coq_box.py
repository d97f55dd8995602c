"""Coq files about two networks with more inputs: their text, and that coqc accepts them, and refuses them with another number or cover."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from tests.evidence import development
from tests.networks import plane
from verify.cli import main
from verify.evidence import coq_box
from verify.evidence.coq_box import volume_file
from verify.evidence.coq_text import Named
from verify.exact import Interval
from verify.exact.cells import Box
from verify.exact.cells.extremes import area_between
from verify.kernel.errors import OverBudget
from verify.network import builders
from verify.network.load import load
from verify.network.network import Network

ROOT = Path(__file__).parent.parent.parent
NETWORKS = ROOT / "tests" / "networks"
SQUARE = Box.cube(0, 1, 2)
RECTANGLE = Box((Interval(Fraction(-1, 3), Fraction(1, 2)), Interval(Fraction(2), Fraction(7, 2))))
TWO = builders.maximum(2)
ZERO = builders.constant(0, 2)
SKIP = builders.add(TWO, builders.affine([[1, -3]], [Fraction(1, 7)]))
CASES = {
    "a network and itself": (TWO, TWO, SQUARE),
    "affine": (ZERO, builders.affine([[1, Fraction(-1, 3)]], [0]), RECTANGLE),
    "skip": (SKIP, TWO, RECTANGLE),
    "three inputs": (builders.maximum(3), builders.arrangement(3, 2), Box.cube(-1, Fraction(1, 2), 3)),
    "three inputs, random": (
        builders.random_network([2], 3, inputs=3),
        builders.random_network([2], 4, inputs=3),
        Box((*RECTANGLE.sides, Interval(Fraction(-1), Fraction(0)))),
    ),
    "four inputs": (builders.maximum(4), builders.affine([[1, 0, 0, -1]], [Fraction(1, 3)]), Box.cube(0, 1, 4)),
    "random": (builders.random_network([3], 1, inputs=2), builders.random_network([2, 2], 2, inputs=2), RECTANGLE),
}


def text_of(f: Network, g: Network, on: Box, **more: bool) -> str:
    return volume_file("volume", Named("one", f), Named("other", g), on, **more)


def test_the_committed_networks_and_their_file_are_what_is_written() -> None:
    for name, network in plane.networks().items():
        assert load(str(NETWORKS / f"plane_{name}.json")) == network
    named = [Named(f"tests/networks/plane_{name}.json", network) for name, network in plane.networks().items()]
    text = volume_file("separation_plane", *named, SQUARE)
    committed = (ROOT / "proofs" / "coq" / "checked" / "separation_plane.v").read_text()
    assert re.sub(r"depthproof \S+ for", "", text) == re.sub(r"depthproof \S+ for", "", committed)


@pytest.mark.parametrize(("f", "g", "on"), CASES.values(), ids=CASES)
def test_coqc_accepts_this_integral_and_no_other(f: Network, g: Network, on: Box, tmp_path: Path) -> None:
    development.required()
    text, value = text_of(f, g, on), area_between(f, g, on)
    number = f"{value.numerator} # {value.denominator}"
    assert text.count(f"({number})") >= 1
    path = tmp_path / "volume.v"
    path.write_text(text)
    assert development.coqc(path) == ""
    other = f"({value.numerator + 1} # {value.denominator})"
    path.write_text(re.sub(rf"(?<=simplices)\s+\({number}\)", f" {other}", text))
    assert path.read_text() != text and development.coqc(path) != ""


def test_coqc_refuses_what_is_no_cover(tmp_path: Path) -> None:
    development.required()
    text = text_of(TWO, SKIP, SQUARE)
    head, triangles, tail = re.split(r"(?<=simplices : list \(list Z\) := )(\[.*?\])(?=%Z)", text, flags=re.DOTALL)
    listed = re.findall(r"\[[0-9;\s]+\]", triangles)
    path = tmp_path / "volume.v"
    for other in (listed[1:], listed[:-1], [*listed, listed[0]], []):
        path.write_text(f"{head}[{'; '.join(other)}]{tail}")
        assert development.coqc(path) != ""
    path.write_text(f"{head}[{'; '.join(reversed(listed))}]{tail}")
    assert development.coqc(path) == ""


def test_enclosures_hold_are_narrow_and_are_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coq_box, "LONGEST_VALUE", 0)
    f, g, on = CASES["random"]
    width, value = Fraction(1, 10**7), area_between(f, g, on)
    text = volume_file("volume", Named("one", f), Named("other", g), on, width=width)
    found = re.search(r"\((\d+) / (\d+)\) <= box_integral .* <= \((\d+) / (\d+)\)\.", " ".join(text.split()))
    assert found is not None
    low, high = Fraction(int(found[1]), int(found[2])), Fraction(int(found[3]), int(found[4]))
    assert low < value < high and high - low <= 2 * width
    assert text_of(f, g, on, exact=True) != text
    development.required()
    path = tmp_path / "volume.v"
    path.write_text(text)
    assert development.coqc(path) == ""
    path.write_text(text.replace(f"{found[1]}", f"{int(found[1]) + 2}"))  # above the value
    assert development.coqc(path) != ""


def test_too_many_simplices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coq_box, "MOST_SIMPLICES", 3)
    with pytest.raises(OverBudget, match="at most 3 simplices, and these networks have"):
        text_of(TWO, SKIP, SQUARE)


REFUSED = [
    (["max:2", "folding:2:4", "--norm", "sup"], "found --norm sup, [0, 1] × [0, 1]"),
    (["max:3", "max:3", "--norm", "sup"], "found --norm sup, [0, 1] × [0, 1] × [0, 1]"),
    (["max:2", "max:2", "--where", "x1 <= x2"], "or an integral (--norm l1) over a box, for a Coq file"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_what_no_coq_file_is_about(arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "volume.v"
    assert main(["distance", *arguments, "--on", "0,1", "--coq", str(path)]) == 2
    assert words in capsys.readouterr().err and not path.exists()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "volume.v"
    assert main(["distance", "max:2", "folding:2:4", "--on", "0,1", "--coq", str(path)]) == 0
    assert "distance" in capsys.readouterr().out and "Theorem volume : " in path.read_text()
