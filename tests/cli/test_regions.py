"""Networks with more than one input on the command line: counts, distances, extrema, pictures, and
what is said of a wrong --on."""

import json
import random
import sys
from fractions import Fraction
from itertools import product
from math import comb, prod
from pathlib import Path

import pytest

from verify import evaluate, load
from verify.bounds import montufar, product_bound, serra, some_network, zaslavsky
from verify.cli import main
from verify.exact.cells import Box, Complex
from verify.exact.cells.conditions import conditions
from verify.kernel.errors import BadInput
from verify.network import builders

MAX5 = str(Path(__file__).parent.parent / "networks" / "max5_45.json")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    seen = capsys.readouterr()
    assert "Traceback" not in seen.err
    return code, seen.out, seen.err


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    code, out, err = run(capsys, *arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def test_regions(capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "regions", "max:3", "--on", "R", "--notion", "all") == {
        "on": "R^3", "patterns": 4, "regions": 4, "open": 3, "closed": 3, "affine": 3,
    }  # fmt: skip
    assert as_json(capsys, "regions", "folding:2:4-4") == {
        "on": "[0, 1] × [0, 1]", "regions": 44,
        "bounds": {"at_most": 121, "by": "regions.serra", "some": 44, "some_by": "regions.montufar"},
    }  # fmt: skip
    found = as_json(capsys, "regions", "arrangement:3:6", "--on", "-9,9")
    assert found["regions"] == found["bounds"]["at_most"] == found["bounds"]["some"] == 42
    assert as_json(capsys, "regions", "sawtooth:5")["regions"] == 32
    assert as_json(capsys, "regions", "sawtooth:5", "--on", "R")["regions"] == 34
    _, out, _ = run(capsys, "regions", "max:2", "--on", "0,1", "--on", "-1,1", "--notion", "open")
    assert out.startswith("open      2 ") and "at most" not in out


def test_the_bounds_of_the_theorems(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "regions", "arrangement:2:5")
    assert "at most   16        by regions.zaslavsky; attained" in out
    _, out, _ = run(capsys, "regions", "folding:2:4-4")
    assert "by regions.serra\n" in out and "some      44 " in out
    _, out, _ = run(capsys, "regions", "folding:2:6-3")
    assert "some      112       networks of these widths have, by regions.serra.attained\n" in out
    _, out, _ = run(capsys, "regions", "max:3")  # a layer of its own reads two others
    assert "at most" not in out


@pytest.mark.parametrize("seed", range(20))
def test_no_network_has_more(seed: int) -> None:
    chosen = random.Random(seed)
    d, widths = chosen.randint(1, 3), [chosen.randint(1, 4) for _ in range(chosen.randint(1, 3))]
    net = builders.random_network(widths, seed, inputs=d)
    here = Complex(net, Box.cube(-4, 4, d))
    assert here.patterns <= serra(d, widths) <= prod(zaslavsky(m, d) for m in widths)
    if min(widths) >= d:
        assert montufar(d, widths) <= some_network(d, widths)[0] <= serra(d, widths)


def test_serra_s_recursion() -> None:
    """As RegionsDeep.v writes it."""

    def recursion(d: int, widths: list[int]) -> int:
        if not widths:
            return 1
        m, *others = widths
        return sum(comb(m, j) * recursion(min(d, max(m - j, 0)), others) for j in range(d + 1))

    for widths in product(range(1, 5), repeat=3):
        for d in range(1, 4):
            assert serra(d, list(widths)) == recursion(d, list(widths))
            assert serra(1, list(widths)) <= product_bound(widths)


def test_one_input_says_the_same_in_both_commands(capsys: pytest.CaptureFixture[str]) -> None:
    for net in ("random:5-5:3", "sawtooth:7", "tent"):
        found = as_json(capsys, "regions", net, "--on", "-1,2", "--notion", "all")
        listed = as_json(capsys, "pieces", net, "--on", "-1,2")
        assert (found["open"], found["regions"]) == (
            listed["pieces"],
            listed["activation_intervals"],
        )


def test_pieces(capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "pieces", "max:3", "--on", "-1,1") == {
        "pieces": 3, "activation_regions": 4, "affine_maps": 3,
    }  # fmt: skip


def test_distances(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "distance", "max:5", MAX5, "--on", "R", "--norm", "sup")
    assert found == {"distance": "0", "low": "0", "high": "0", "at": ["0"] * 5}
    found = as_json(capsys, "distance", "max:2", "arrangement:2:1")
    assert Fraction(found["distance"]) > 0 and "at" not in found
    code, _, err = run(capsys, "distance", "max:2", "arrangement:2:1", "--on", "R", "--norm", "sup")
    assert code == 2 and "unbounded" in err


def test_maximise(capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "maximise", "max:2", "--on", "-1,3") == {
        "maximum": "3",
        "at": ["-1", "3"],
    }
    assert as_json(capsys, "maximise", "max:2", "--on", "-1,3", "--least") == {
        "minimum": "-1", "at": ["-1", "-1"],
    }  # fmt: skip
    found = as_json(capsys, "maximise", MAX5, "--unit", "a2:3", "--on", "-1,1")
    unit = builders.part(load(MAX5), "a2", 3)
    assert evaluate(unit, [Fraction(x) for x in found["at"]]) == (Fraction(found["maximum"]),)
    corners = product((Fraction(-1), Fraction(1)), repeat=5)
    assert max(evaluate(unit, corner)[0] for corner in corners) <= Fraction(found["maximum"])
    along = as_json(capsys, "maximise", "max:2", "--on", "R")
    assert along["maximum"] is None and len(along["along"]) == 2
    assert as_json(capsys, "maximise", "tent")["maximum"] == "1"


@pytest.mark.parametrize(
    "options", [["--level", "1/2"], ["--patterns"], ["--on", "0,1", "--on", "0,2"]]
)
def test_a_plane_is_drawn_the_same_each_time(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: list[str]
) -> None:
    first, second = tmp_path / "a.svg", tmp_path / "b.svg"
    for path in (first, second):
        assert run(capsys, "plot", "folding:2:4-4", *options, "--out", str(path))[0] == 0
    assert first.read_bytes() == second.read_bytes() and b"<svg" in first.read_bytes()
    assert ("f = 1/2" in first.read_text()) == ("--level" in options)


def test_a_slice_of_three_inputs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(tmp_path / "slice.svg")
    assert run(capsys, "plot", "max:3", "--fix", "2=1/2", "--out", path)[0] == 0
    assert "where x2 = 1/2" in Path(path).read_text()
    code, _, err = run(capsys, "plot", "max:3", "--out", path)
    assert code == 2 and "hold the others with --fix I=Q" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["regions", "max:3", "--on", "0,1", "--on", "1,2"], "once for each of 3 inputs"),
        (["regions", "max:2", "--on", "R", "--on", "1,2"], "for all inputs or for none"),
        (["regions", "max:2", "--on", "r"], "expected 2 rationals"),
        (["regions", "max:2", "--notion", "convex"], "is not one of"),
        (["regions", "max:0"], "from 1"),
        (["regions", "arrangement:2"], "a number of units M"),
        (["regions", "folding:3:2-4"], "expected widths of at least 3"),
        (["pieces", "tent", "--on", "0,1", "--on", "0,1"], "expected --on once"),
        (["plot", "tent", "--on", "R"], "expected --on A,B once"),
        (["distance", "max:2", "max:2", "--on", "R"], "expected a bounded domain"),
        (["distance", "max:2", "max:3"], "the same number of inputs"),
        (["maximise", "max:2", "--unit", "nothing"], "expected the name of a node"),
        (["maximise", "max:3", "--unit", "m0"], "--unit m0:0"),
        (["maximise", "max:3", "--unit", "m0:3"], "expected a component from 0 to 2"),
        (["plot", "max:3", "--fix", "4=1"], "expected an input from 1 to 3"),
        (["plot", "max:3", "--fix", "1"], 'such as "3=1/2"'),
        (["plot", "max:2", "tent"], "expected one network"),
        (["plot", "max:2", "--on", "R"], "expected a box in the plane"),
    ],
)
def test_what_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2 and words in err and err.count("\n") == 1


def test_beyond_the_limits(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "regions", "max:20")
    assert code == 3 and "at most 3000000 are kept" in err


def test_polyhedra(capsys: pytest.CaptureFixture[str]) -> None:
    ordered = ["--on", "R", "--where", "x1 <= x2 and x2 <= x3"]
    assert as_json(capsys, "regions", "max:3", *ordered)["regions"] == 1
    assert as_json(capsys, "pieces", "max:3", *ordered)["pieces"] == 1
    half = ["--where", "0 <= x1 - 0.5*x1 <= x2*x1 + 1"]
    code, _, err = run(capsys, "regions", "max:2", *half)
    assert code == 2 and "expected conditions such as" in err
    triangle = ["--where", "x1 + x2 <= 1"]
    assert as_json(capsys, "maximise", "max:2", *triangle)["maximum"] == "1"
    assert (
        as_json(capsys, "maximise", "max:2", "--where", "2*x1 <= 1 and x2 <= 1/3")["maximum"]
        == "1/2"
    )
    code, _, err = run(capsys, "regions", "max:2", "--where", "x1 <= -1")
    assert code == 2 and "with an interior" in err
    assert as_json(capsys, "pieces", "tent", "--where", "x1 <= 1/2")["pieces"] == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x1 <= 1", [((-1, 0), 1)]),
        ("-x2 + 1/2*x1 >= 0.25", [((Fraction(1, 2), -1), Fraction(-1, 4))]),
        ("0 <= x1 <= x2", [((1, 0), 0), ((-1, 1), 0)]),
        ("x1 - x1 <= 2*x2 - 3 and 1 >= x2", [((0, 2), -3), ((0, -1), 1)]),
        ("x1+x1<=- 1", [((-2, 0), -1)]),
        ("(x1*2)/4 <= 1e3", [((Fraction(-1, 2), 0), 1000)]),
        ("abs(x1 - 0.5) <= x2", [((1, 1), Fraction(-1, 2)), ((-1, 1), Fraction(1, 2))]),
        ("max(x1, x2) <= 1 and min(x1, 2) >= 0", [((-1, 0), 1), ((0, -1), 1), ((1, 0), 0), ((0, 0), 2)]),
    ],
)
def test_conditions(text: str, found: list) -> None:
    assert list(conditions(text, 2)) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x1",
        "x1 < 1",
        "x1 <=",
        "x1 = 1",
        "x3 <= 1",
        "x0 <= 1",
        "x <= 1",
        "2x1 <= 1",
        "x1 x2 <= 1",
    ]
    + [
        "2 * <= 1",
        "x1*x2 <= 1",
        "abs(x1) >= 1",
        "1/0 <= x1",
        "x1 <= 1 and",
        "x1 <= 1e9999",
        "(x1 <= 1) <= 1",
        "² <= x1",
        "- <= 1",
    ],
)
def test_conditions_that_are_none(text: str) -> None:
    with pytest.raises(BadInput):
        conditions(text, 2)


@pytest.mark.parametrize(
    ("arguments", "proved"),
    [
        (["distance", "max:5", MAX5, "--on", "R", "--norm", "sup"], ["bound: f - g <= 0 and g - f <= 0"]),
        (["distance", "max:2", "max:2", "--norm", "sup", "--where", "x1 + x2 <= 1"], ["-x1 - x2 + 1 >= 0 implies f - g <= 0"]),
        (["distance", "tent", "sawtooth:2", "--norm", "sup"], ["0 <= x <= 1 implies f - g <= 1", "f - g = 1 or g - f = 1"]),
        (["distance", "tent", "sawtooth:2"], ["the integral of |f - g| on [0, 1]", "integral = 1/3"]),
        (["integral", "sawtooth:2", "--on", "0,1/4"], ["the integral of f on [0, 1/4]", "integral = 1/8"]),
        (["maximise", "max:3", "--on", "-1,1/2"], ["implies f <= 1/2", "implies f = 1/2"]),
        (["regions", "max:2", "--on", "R"], ["proved covered: (value3 >= 0 or value3 <= 0)", "proved pattern2: "]),
        (["maximise", "max:2", "--on", "-1,1/2", "--least"], ["implies f >= -1", "x1 = -1 and x2 = -1 implies f = -1"]),
    ],
)
def test_what_is_found_is_certified(arguments, proved, tmp_path, capsys):
    assert main([*arguments, "--certificate", str(tmp_path / "it")]) == 0
    capsys.readouterr()
    assert main(["check", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert said.startswith('HOLDS "it"') and all(words in said for words in proved)


def test_an_enclosed_integral_is_certified_as_such(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys.modules["verify.exact.distance"], "MOST_BITS", 0)
    arguments = ["distance", "random:3", "random:2:1", "--width", "1/1000"]
    assert main([*arguments, "--certificate", str(tmp_path / "it")]) == 0
    assert "between" in capsys.readouterr().out
    assert main(["check", str(tmp_path)]) == 0
    assert " <= d <= " in capsys.readouterr().out


def test_what_has_no_certificate_says_so(tmp_path, capsys):
    for arguments, reason in (
        (["distance", "max:2", "max:2"], "expected --norm sup for a certificate"),
        (["distance", "constant:0", "constant:1", "--component", "7"], "expected a component from 0 to 0"),
        (["distance", "constant:0", "constant:1", "--from", "0,0", "--to", "3,5"], "expected a start point with 1"),
        (["distance", "max:2", "max:2", "--norm", "sup", "--coq", str(tmp_path / "it.v")], "for a Coq file; found --norm sup"),
        (["pieces", "max:2", "--coq", str(tmp_path / "it.v")], "expected one input with --coq, found 2"),
        (["distance", "sawtooth:30", "constant:0"], "more than 150000 activation intervals"),
        (["integral", "max:2"], "expected an interval for a certificate, found [0, 1] × [0, 1]"),
        (["pieces", "tent", "--on", "R"], "expected an interval for a certificate of pieces, found R"),
        (["maximise", "max:2", "--on", "R"], "expected a bounded function for a certificate"),
    ):
        assert main([*arguments, "--certificate", str(tmp_path / "it")]) in (2, 3)
        assert reason in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_one_input_on_all_reals_and_on_part_of_an_interval(capsys):
    assert as_json(capsys, "pieces", "sawtooth:3", "--on", "R")["pieces"] == 10
    assert as_json(capsys, "pieces", "sawtooth:3", "--where", "x <= 1/2")["pieces"] == 4
    far = as_json(capsys, "distance", "tent", "constant:1", "--where", "x >= 3/4")
    assert far["distance"] == "3/16"
    same = as_json(capsys, "distance", "max:1", "max:1", "--on", "R", "--norm", "sup")
    assert same["distance"] == "0" and len(same["at"]) == 1
    highest = as_json(capsys, "distance", "tent", "sawtooth:2", "--norm", "sup")
    assert highest == {"distance": "1", "low": "1", "high": "1", "at": ["1/2"]}
    for arguments, words in (
        (["distance", "tent", "tent", "--norm", "sup"], "found --norm sup, R"),
        (["pieces", "tent"], "expected --on A,B once"),
    ):
        code, _, err = run(capsys, *arguments, "--on", "R", "--coq", "none.v")
        assert code == 2 and words in err


def test_what_only_one_input_has_is_refused_for_more(capsys, tmp_path):
    path = tmp_path / "it.v"
    code, _, err = run(capsys, "pieces", "max:2", "--coq", str(path))
    assert code == 2 and "expected one input with --coq, found 2" in err and not path.exists()
    arguments = ["distance", "tent", "sawtooth:2", "--norm", "sup", "--coq", str(path)]
    assert run(capsys, *arguments, "--certificate", str(tmp_path / "it"))[0] == 0
    assert path.is_file() and (tmp_path / "it.claim.json").is_file()


def test_integrals_over_boxes_and_polyhedra(capsys):
    assert as_json(capsys, "integral", "max:2") == {
        "on": "[0, 1] × [0, 1]", "integral": "2/3", "integral_abs": "2/3", "volume": "1",
    }  # fmt: skip
    below = as_json(capsys, "integral", "max:2", "--where", "x1 + x2 <= 1")
    assert (below["integral"], below["volume"]) == ("1/4", "1/2")
    around = as_json(capsys, "integral", "max:3", "--on", "-1,1")  # E max of three on [-1, 1] is 1/2
    assert (around["integral"], around["volume"]) == ("4", "8")
    assert Fraction(around["integral_abs"]) > 4
    assert as_json(capsys, "integral", "sawtooth:5")["integral"] == "1/2"
    code, _, err = run(capsys, "integral", "max:2", "--on", "R")
    assert code == 2 and "expected a bounded domain" in err


def test_a_constant_has_as_many_inputs_as_the_other(capsys):
    below = as_json(capsys, "integral", "max:2")["integral_abs"]
    assert as_json(capsys, "distance", "max:2", "constant:0")["distance"] == below
    most = as_json(capsys, "distance", "constant:1/4", "max:3", "--norm", "sup")
    assert most["distance"] == "3/4" and len(most["at"]) == 3
    line = ("--from", "0,0", "--to", "1,1")
    assert as_json(capsys, "distance", "max:2", "constant:1/2", *line)["distance"] == "1/4"
    assert run(capsys, "distance", "max:2", "tent")[0] == 2


def test_what_is_in_a_picture(capsys, tmp_path):
    path = str(tmp_path / "it.svg")
    plane = as_json(capsys, "plot", "max:3", "--on", "-1,1", "--fix", "3=1/4", "--out", path)
    assert plane == {"file": path, "on": "[-1, 1] × [-1, 1]", "regions": 4, "affine": 3}
    line = as_json(capsys, "plot", "tent", "sawtooth:3", "--out", path)
    assert line == {"file": path, "pieces": [2, 8]}
    stripes = as_json(capsys, "plot", "sawtooth:2", "--patterns", "--on", "0,1/2", "--out", path)
    assert stripes == {"file": path, "on": ["0", "1/2"], "pieces": 2, "activation_intervals": 2}
