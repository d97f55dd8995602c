"""Pictures: the same bytes twice, from exact breakpoints; axes, windows and names as they should be; inline and in files."""

from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest

from verify import Interval, PiecewiseLinear, activation_intervals, load, pieces, sawtooth
from verify.cli import main
from verify.report import figures, pictures, svg
from verify.report.picture import Area, Curve, Picture, Stripe, marks

UNIT = Interval(Fraction(0), Fraction(1))
NETWORKS = Path(__file__).parents[1] / "networks"


def some() -> list[Picture]:
    f, network = pieces(sawtooth(3), UNIT), load(NETWORKS / "two16_saw4.onnx")
    g = pieces(network, UNIT)
    window, _ = pictures.narrowest(g)
    rows = [{"k": k, "pieces": p, "lower": Fraction(1, 4 * p), "upper": Fraction(1, 3 * p)} for k in (3, 4) for p in range(1, 5)]
    return [
        pictures.graphs([("Δ^3", f), ("g", g)]),
        pictures.graphs([("Δ^3", f), ("g", g)], half_triangles=True),
        pictures.patterns("g", g, activation_intervals(network, UNIT)),
        pictures.patterns("g", g.on(window), activation_intervals(network, window)),
        pictures.frontier(rows, (3, 4)),
        pictures.counts([pictures.Count("a", 4, 9, 12), pictures.Count("b", 5, 10**30, 10**40)]),
    ]


@pytest.mark.parametrize("number", range(6))
def test_the_same_bytes_twice_and_well_formed(number: int) -> None:
    first, second = some()[number], some()[number]
    assert svg.drawn(first, "p") == svg.drawn(second, "p")
    ending = figures.FORMATS[number % 3]
    assert figures.drawn(first, ending) == figures.drawn(second, ending)
    found = ElementTree.fromstring(svg.drawn(first, "p"))
    assert "nan" not in ElementTree.tostring(found, "unicode") and len(list(found.iter())) > 10


def test_half_triangles_are_those_of_the_slides() -> None:
    """Δ^k has 2^k − 1 half triangles between the points where it is ½, and a half of one at each end."""
    f = pieces(sawtooth(3), UNIT)
    areas = [element for element in pictures.graphs([("f", f)], half_triangles=True).elements if isinstance(element, Area)]
    assert len(areas) == 2**3 + 1
    inner = [abs(sum((b[0] - a[0]) * ((a[1] + b[1]) / 2 - Fraction(1, 2)) for a, b in zip(area.places, area.places[1:], strict=False)))
             for area in areas[1:-1]]  # fmt: skip
    assert set(inner) == {Fraction(1, 2 ** (3 + 2))}


def test_curves_are_exact_and_stripes_cover() -> None:
    network = load(NETWORKS / "two16_saw4.onnx")
    g, active = pieces(network, UNIT), activation_intervals(network, UNIT)
    picture = pictures.patterns("g", g, active)
    (curve,) = [element for element in picture.elements if isinstance(element, Curve)]
    assert tuple(curve.places) == tuple(zip(g.breakpoints, g.values, strict=True))
    stripes = [element for element in picture.elements if isinstance(element, Stripe)]
    assert [stripe.low for stripe in stripes] + [stripes[-1].high] == list(active.endpoints)


def test_the_narrowest_piece() -> None:
    f = PiecewiseLinear(
        (Fraction(0), Fraction(1, 2), Fraction(1, 2) + Fraction(1, 10**9), Fraction(1)),
        (Fraction(0), Fraction(1), Fraction(0), Fraction(1)),
    )
    window, width = pictures.narrowest(f)
    assert width == Fraction(1, 10**9) and window == Interval(Fraction(1, 2) - 5 * width, Fraction(1, 2) + 6 * width)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [("0", "1", ["0", "0.2", "0.4", "0.6", "0.8", "1"]), ("-1", "2", ["−1", "−0.5", "0", "0.5", "1", "1.5", "2"])],
)
def test_marks(low: str, high: str, labels: list[str]) -> None:
    assert [label for _, label in marks(Fraction(low), Fraction(high))] == labels


@pytest.mark.parametrize("name", ["$x$ \\frac{", "<script>", "\u202eabc", "a\x00b", "_hidden", "漢字", "&amp;"])
@pytest.mark.filterwarnings("ignore:Glyph")
def test_hostile_names(name: str) -> None:
    picture = pictures.graphs([(name, pieces(sawtooth(1), UNIT))])
    ElementTree.fromstring(svg.drawn(picture, "p"))
    assert figures.drawn(picture, ".png").startswith(b"\x89PNG")


def test_plot_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--patterns", "--narrowest", "--half-triangles"):
        out = tmp_path / f"x{option}.svg"
        assert main(["plot", "sawtooth:3", option, "--out", str(out)]) == 0 and out.stat().st_size > 1000
    assert main(["plot", "tent", "tent", "--patterns", "--out", str(tmp_path / "y.svg")]) == 2
    assert "expected one network" in capsys.readouterr().err


def test_marks_of_a_single_number() -> None:
    """An axis of length 0 has one mark."""
    assert [label for _, label in marks(Fraction(1, 2), Fraction(1, 2))] == ["0.5"]
