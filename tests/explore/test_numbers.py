"""The page's arithmetic, functions and networks against the library's, in the browser."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bad_input.corpus import GOOD, rows
from tests.exact.random_networks import network as random_network
from verify.answers import bracket
from verify.cli.arguments import decimal
from verify.exact import Interval, PiecewiseLinear, activation_intervals, distance, pieces
from verify.exact.cells import Box, Complex
from verify.explore.content import two_inputs
from verify.kernel.errors import DepthproofError
from verify.kernel.numerals import numeral
from verify.network import builders
from verify.network.network import Network
from verify.network.operations import Node
from verify.network.relu_network import read, written
from verify.rational import rational

from .conftest import Page

UNIT = Interval(0, 1)
RATIONALS = st.fractions(max_denominator=10**6) | st.fractions(-3, 3, max_denominator=9)
LONG = st.builds(Fraction, st.integers(-(10**60), 10**60), st.integers(1, 10**60))


@st.composite
def functions(draw: st.DrawFn) -> PiecewiseLinear:
    """On [0, 1]; values at or near 0, ½ and 1, so that kinks and levels meet."""
    inside = draw(st.sets(st.fractions(0, 1, max_denominator=12), max_size=7)) - {0, 1}
    points = (Fraction(0), *sorted(inside), Fraction(1))
    value = st.sampled_from([Fraction(n, 4) for n in range(-2, 7)]) | st.fractions(-1, 2)
    values = draw(st.lists(value, min_size=len(points), max_size=len(points)))
    return PiecewiseLinear(points, tuple(values))


def sent(function: PiecewiseLinear) -> list[list[str]]:
    return [list(map(numeral, function.breakpoints)), list(map(numeral, function.values))]


@given(RATIONALS | LONG, RATIONALS | LONG)
@settings(max_examples=60)
def test_arithmetic(page: Page, a: Fraction, b: Fraction) -> None:
    found = page.run(
        "const [a, b] = given.map(explorer.Rational.of);"
        "const quotient = b.sign ? a.dividedBy(b) : a;"
        "const all = [a.plus(b), a.minus(b), a.times(b), quotient, a.absolute(), b.negated()];"
        "return [...all.map(String), a.compare(b), a.equals(b), String(a.floor()), b.sign]",
        numeral(a),
        numeral(b),
    )
    values = [a + b, a - b, a * b, a / b if b else a, abs(a), -b]
    order = (a > b) - (a < b)
    signs = [order, a == b, str(a.__floor__()), (b > 0) - (b < 0)]
    assert found == [*map(numeral, values), *signs]


@given(RATIONALS | LONG)
@settings(max_examples=30)
def test_decimals_are_cut_as_the_command_line_cuts_them(page: Page, a: Fraction) -> None:
    found = page.run("return explorer.decimal(explorer.Rational.of(given[0]))", numeral(a))
    if not decimal(a).removeprefix("-").startswith("about"):
        assert found == decimal(a).replace("-", "−")


@pytest.mark.parametrize(
    "text",
    ["", " 1", "1 ", "+1", "01", "1/0", "1/01", "2/4", "-0", "0/1", "1/1", "1.5", "1e3", "１", "--1",
     "1/-3", "1_0", "0x1", "1/2/3", "-"],
)  # fmt: skip
def test_other_numerals_are_refused_by_both(page: Page, text: str) -> None:
    with pytest.raises(DepthproofError):
        rational(text)
    assert (
        page.run("try { explorer.Rational.of(given[0]) } catch (error) { return error.name }", text)
        == "RangeError"
    )


@given(functions(), functions(), st.fractions(0, 1, max_denominator=50))
@settings(max_examples=40)
def test_functions(page: Page, f: PiecewiseLinear, g: PiecewiseLinear, x: Fraction) -> None:
    found = page.run(
        "const [f, g] = given.slice(0, 2).map(it => explorer.PiecewiseLinear.of(...it));"
        "const x = explorer.Rational.of(given[2]);"
        "const apart = f.minus(g), raised = f.relu();"
        "return {pieces: f.pieces, at: String(f.at(x)), integral: String(f.integral()),"
        " l1: String(f.l1()), apart: [apart.xs.map(String), apart.ys.map(String)],"
        " relu: [raised.xs.map(String), raised.ys.map(String)],"
        " most: [String(f.maximum.value), String(f.maximum.at)], least: String(f.minimum.value)}",
        sent(f),
        sent(g),
        numeral(x),
    )
    relu = pieces(builders.compose(RELU, interpolated(f)), UNIT)
    assert (found["pieces"], found["at"]) == (f.pieces, numeral(f(x)))
    assert (found["integral"], found["l1"]) == (numeral(f.integral()), numeral(f.l1()))
    assert found["apart"] == sent(f - g) and found["relu"] == sent(relu)
    assert found["most"] == [numeral(f.maximum.value), numeral(f.maximum.at)]
    assert found["least"] == numeral(f.minimum.value)


RELU = builders.dense([([[1]], [0]), ([[1]], [0])])


def interpolated(f: PiecewiseLinear) -> Network:
    return builders.interpolating(f.breakpoints, f.values)


@given(functions(), st.integers(1, 9))
@settings(max_examples=40)
def test_distances_from_the_sawtooth(page: Page, g: PiecewiseLinear, k: int) -> None:
    found = page.run(
        "return String(explorer.distance(given[1], explorer.PiecewiseLinear.of(...given[0])))",
        sent(g),
        k,
    )
    assert found == numeral(distance(builders.sawtooth(k), interpolated(g), UNIT).value)


@pytest.mark.parametrize("k", [1, 2, 6, 7, 12])
def test_the_frontier_is_the_library_s(page: Page, k: int) -> None:
    counts = [1, 2, 3, 4, 7, 2**k - 1, 2**k, 2**k + 5]
    found = page.run(
        "return given[1].map(p => { const it = explorer.bracket(given[0], p);"
        " return [it.lower, it.lowerBy, it.upper, explorer.distance(given[0], it.graph),"
        " it.graph.pieces].map(String) })",
        k,
        counts,
    )
    for count, (lower, by, upper, attained, used) in zip(counts, found, strict=True):
        known = bracket(k, count)
        assert (lower, by, upper) == (numeral(known.lower), known.lower_by, numeral(known.upper))
        assert attained == upper and int(used) <= count


TRACED = (
    "const network = explorer.readNetwork(given[0]);"
    "const found = explorer.traced(network, ...given[1].map(explorer.Rational.of));"
    "return {graph: [found.graph.xs.map(String), found.graph.ys.map(String)],"
    " intervals: found.activationIntervals, widths: explorer.widths(network)}"
)


def compared(page: Page, network: Network, interval: Interval) -> None:
    found = page.run(
        TRACED, written(network).decode(), [numeral(interval.low), numeral(interval.high)]
    )
    assert found["graph"] == sent(pieces(network, interval))
    assert found["intervals"] == activation_intervals(network, interval).count
    assert found["widths"] == list(network.widths)


@pytest.mark.parametrize("seed", range(70))
def test_networks_of_every_kind(page: Page, seed: int) -> None:
    """Coincident kinks, true zeros, dead units, twins, float weights, skip connections."""
    compared(page, *random_network(seed))


def node(name: str, op: str, *inputs: str, **parameters: object) -> Node:
    return Node(name, op, inputs, parameters)  # type: ignore[arg-type]


def one(weight: list[list[int]], *bias: Fraction | int) -> dict[str, object]:
    return {"weight": builders.matrix(weight), "bias": builders.vector(bias)}


HALF = Fraction(1, 2)
EVERY_OPERATION = Network(
    builders.tent().inputs,
    (
        node("late", "Sub", "max", "min"),  # given before what it reads
        node("z", "Gemm", "x", **one([[3], [-2], [1]], -1, 1, -HALF)),
        node("abs", "Abs", "z"),
        node("leaky", "LeakyRelu", "z", alpha=Fraction(-1, 3)),
        node("clip", "Clip", "z", min=-HALF, max=Fraction(1, 3)),
        node("neg", "Neg", "clip"),
        node("mul", "Mul", "abs", factor=builders.vector([2, -1, 0])),
        node("max", "Max", "z", "neg", "leaky"),
        node("min", "Min", "abs", "clip"),
        node("sum", "Add", "late", "mul", "leaky"),
        node("dead", "Relu", "sum"),
        node("both", "Concat", "sum", "abs"),
        node("y", "Gemm", "both", "x", **one([[1, -2, 1, 3, -1, 2, 5]], HALF)),
    ),
    "y",
)


@pytest.mark.parametrize("interval", [UNIT, Interval(-2, 2), Interval(HALF, 3)])
def test_every_operation(page: Page, interval: Interval) -> None:
    compared(page, EVERY_OPERATION, interval)


@pytest.mark.parametrize(
    "network",
    [builders.identity(), builders.constant(HALF), builders.sawtooth(7), builders.square(4),
     builders.zigzag([3, 5, 4]), Network(builders.tent().inputs, (), "x")],
    ids=["x", "1/2", "sawtooth", "square", "zigzag", "input"],
)  # fmt: skip
def test_networks_without_units_and_the_lecture_s(page: Page, network: Network) -> None:
    compared(page, network, UNIT)


REFUSED = "try { explorer.readNetwork(explorer.decoded(Uint8Array.from(given[0]))) }" \
    " catch (error) { return [error.constructor.name, error.message] }"  # fmt: skip
BAD = [row for row in rows() if row[0].endswith(".json") and len(row[1]) < 60_000]


@pytest.mark.parametrize(
    ("name", "data", "place"), [row[:3] for row in BAD], ids=[r[0] for r in BAD]
)
def test_bad_files_are_refused_as_the_library_refuses_them(
    page: Page, name: str, data: bytes, place: str
) -> None:
    with pytest.raises(DepthproofError):
        _ = read(data).lowered
    found = page.run(REFUSED, list(data))
    assert found is not None, "the page reads it"
    assert found[0] == "BadInput" and "\n" not in found[1]
    if place.startswith("/nodes") and name != "doubling.json":  # the page's own limit is lower
        assert found[1].startswith(place)


def test_the_good_file_is_read_and_there_are_many_bad_ones(page: Page) -> None:
    assert page.run(REFUSED, list(GOOD.encode())) is None
    assert len(BAD) > 40


def test_two_inputs_and_two_outputs_are_refused_by_what_was_found(page: Page) -> None:
    for network, found in ((builders.maximum(2), "one input, found 2"),
                           (builders.affine([[1], [2]], [0, 0]), "one output, found 2")):  # fmt: skip
        said = page.run(
            "const network = explorer.readNetwork(given[0]), ends = ['0', '1'];"
            "try { explorer.traced(network, ...ends.map(explorer.Rational.of)) }"
            "catch (error) { return error.message }",
            written(network).decode(),
        )
        assert found in said


def test_what_is_too_much_for_the_page_is_said(page: Page) -> None:
    for network in (builders.sawtooth(16), builders.random_network([150] * 6, 1)):
        said = page.run(
            "const network = explorer.readNetwork(given[0]), ends = ['0', '1'];"
            "try { explorer.traced(network, ...ends.map(explorer.Rational.of)) }"
            "catch (error) { return error.message }",
            written(network).decode(),
        )
        assert said is not None and "depthproof pieces" in said


PLANES = [
    (builders.folding(2, [4, 4]), Box.cube(0, 1, 2)),
    (builders.random_network([6, 5], 4, inputs=2), Box((Interval(-1, 2), Interval(HALF, 1)))),
    (builders.maximum(2), Box.cube(-1, 1, 2)),
]


@pytest.mark.parametrize(("network", "box"), PLANES, ids=["folding", "random", "max"])
def test_the_map_at_a_point(page: Page, network: Network, box: Box) -> None:
    """At vertices, on edges, inside cells: the value is the network's, the map that of a cell."""
    from verify import evaluate

    data = two_inputs("f", network, box)
    found = Complex(network, box)
    points = list(found.points)
    for cell in found.cells():
        corners = [found.points[i] for i in cell]
        points.append(tuple(sum(axis) / len(cell) for axis in zip(*corners, strict=True)))
        points.append(tuple((a + b) / 2 for a, b in zip(corners[0], corners[1], strict=True)))
    asked = page.run(
        "const plane = new explorer.Plane(given[0]);"
        "return given[1].map(([x, y]) => {"
        " const it = plane.mapAt(explorer.Rational.of(x), explorer.Rational.of(y));"
        " return [String(it.value), it.map.map(String), it.cells] })",
        data,
        [list(map(numeral, point)) for point in points],
    )
    for (x, y), (value, (a, b, c), cells) in zip(points, asked, strict=True):
        assert Fraction(value) == evaluate(network, (x, y))[0]
        assert Fraction(a) * x + Fraction(b) * y + Fraction(c) == Fraction(value)
        assert cells
    inside = [cells for _, _, cells in asked[len(found.points) :: 2]]
    assert inside == [[number] for number in range(found.regions)]


def test_outside_there_is_no_map(page: Page) -> None:
    data = two_inputs("f", *PLANES[0])
    found = page.run(
        "const plane = new explorer.Plane(given[0]);"
        "return plane.mapAt(explorer.Rational.of('2'), explorer.Rational.of('1/2'))",
        data,
    )
    assert found is None


@pytest.mark.parametrize("widths", [[], [1], [3], [4, 4], [1, 5, 2], [7, 3, 3]])
def test_the_bound_by_widths(page: Page, widths: list[int]) -> None:
    from math import comb

    def bound(d: int, rest: list[int]) -> int:
        if not rest:
            return 1
        m = rest[0]
        return sum(comb(m, j) * bound(min(d, m - j), rest[1:]) for j in range(min(d, m) + 1))

    assert page.run("return String(explorer.serra(2, given[0]))", widths) == str(bound(2, widths))


def test_affine_maps_are_written_as_people_do(page: Page) -> None:
    cases = {
        ("1", "-1", "0"): "x − y", ("-1/2", "0", "3"): "−1/2 x + 3", ("0", "0", "0"): "0",
        ("0", "2", "-1/3"): "2 y − 1/3", ("0", "0", "-5"): "−5",
    }  # fmt: skip
    for map_, text in cases.items():
        given_ = [list(map_)]
        script = "return explorer.affineText(given[0][0].map(explorer.Rational.of))"
        assert page.run(script, given_) == text


def test_what_is_sent_is_what_is_meant(page: Page) -> None:
    """The tests' own way in: JSON with every kind of character."""
    text = 'a"b\\c\u2028<é\n'
    assert page.run("return given[0]", text) == text and json.loads(json.dumps(text)) == text
