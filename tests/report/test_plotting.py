"""`plot` takes what a person has, and what it returns shows itself and is saved."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from verify import Box, Interval, load, pieces, plot, regions, sawtooth
from verify.kernel.errors import BadInput

UNIT = Interval(Fraction(0), Fraction(1))


def words(picture: str) -> str:
    """What the SVG's own comments say is written in it."""
    return " ".join(re.findall(r"<!-- (.*?) -->", picture))


def test_networks_functions_and_names_are_one(tmp_path: Path) -> None:
    shown = [plot(it)._repr_svg_() for it in (sawtooth(3), pieces(sawtooth(3), UNIT))]
    assert shown[0] == shown[1] and "f: 8 pieces" in words(shown[0])
    assert "sawtooth:3: 8 pieces" in words(plot("sawtooth:3")._repr_svg_())
    assert "mine: 8 pieces" in words(plot(sawtooth(3), names=["mine"])._repr_svg_())


def test_a_name_is_not_cut() -> None:
    assert "constant:1/2: 1 piece" in words(plot("sawtooth:1", "constant:1/2")._repr_svg_())


def test_two_show_their_distance() -> None:
    assert "∫|f − g| = 1/4" in words(plot("sawtooth:3", "constant:1/2")._repr_svg_())


def test_the_interval() -> None:
    wide = words(plot("sawtooth:3", on=Interval(-1, 2))._repr_svg_())
    assert "10 pieces" in wide
    part = words(plot(pieces(sawtooth(3), UNIT), on=Interval(0, Fraction(1, 2)))._repr_svg_())
    assert "4 pieces" in part


def test_the_plane() -> None:
    network = load("max:2")
    assert "2 activation regions, 2 affine maps" in words(plot(network)._repr_svg_())
    found = regions(network, Box.cube(-1, 1, 2))
    assert plot(found)._repr_svg_() == plot(network, on=Box.cube(-1, 1, 2))._repr_svg_()
    assert "f = 1/2" in words(plot(found, levels=[Fraction(1, 2)])._repr_svg_())


def test_patterns_and_half_triangles() -> None:
    assert "activation intervals" in words(plot("sawtooth:2", patterns=True)._repr_svg_())
    assert "half triangles above ½" in words(plot("sawtooth:2", half_triangles=True)._repr_svg_())


@pytest.mark.parametrize("ending", [".svg", ".png", ".pdf"])
def test_saved(tmp_path: Path, ending: str) -> None:
    plot("tent").save(tmp_path / f"tent{ending}")
    assert (tmp_path / f"tent{ending}").stat().st_size > 1000


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: plot(), "found nothing"),
        (lambda: plot(3), "expected a network, a function"),
        (lambda: plot("no.such"), "expected a network"),
        (lambda: plot("tent", "tent", patterns=True), "expected one network"),
        (lambda: plot("max:2", "max:2"), "expected one network with two inputs"),
        (lambda: plot("max:3"), "expected a box in the plane"),
        (lambda: plot("tent", on=Box.cube(0, 1, 2)), "expected an interval"),
        (lambda: plot("tent").save("tent.gif"), "expected a name ending in"),
    ],
)
def test_what_cannot_be_drawn_is_said(call, said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)):
        drawn = call()
        drawn._repr_svg_()
