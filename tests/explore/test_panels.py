"""Every panel: its numbers against Fractions computed here or by the library, by pointer and keys."""

import base64
import re
from fractions import Fraction
from math import comb

import pytest

from verify import evaluate
from verify.answers import bracket, separate
from verify.answers.separate import bound
from verify.exact import Interval, PiecewiseLinear, activation_intervals, distance, pieces
from verify.exact.cells import Box, Complex
from verify.network import builders
from verify.network.load import load
from verify.network.relu_network import written

from .conftest import ROOT, Page

UNIT = Interval(0, 1)
HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)


def saw(k: int) -> PiecewiseLinear:
    return pieces(builders.sawtooth(k), UNIT)


def away(k: int, g: PiecewiseLinear) -> Fraction:
    network = builders.interpolating(g.breakpoints, g.values)
    return distance(builders.sawtooth(k), network, UNIT).value


@pytest.mark.parametrize("k", [0, 1, 3, 7, 12])
def test_folds(page: Page, k: int) -> None:
    page.slide("fold-folds-k", k)
    page.slide("fold-follow-x", 47)
    found, graph = page.exact("fold"), saw(k)
    assert found["pieces"] == graph.pieces == 2**k
    assert found["points of height 1"] == graph.values.count(1)
    assert found["∫ Δ^k"] == graph.integral()
    half = PiecewiseLinear((0, 1), (HALF, HALF))
    assert found["∫ |Δ^k − ½|"] == (graph - half).l1()
    way = page.facts("fold")["follow x"].split(" → ")
    networks = [builders.sawtooth(i) for i in range(k + 1)]
    assert way == [str(evaluate(it, (Fraction(47, 120),))[0]) for it in networks]


@pytest.mark.parametrize("k", [1, 4, 10])
@pytest.mark.parametrize("place", [0, 31, 60, 120])
def test_the_induction_step(page: Page, k: int, place: int) -> None:
    page.slide("identity-k", k)
    page.slide("identity-x", place)
    found, x = page.exact("identity"), Fraction(place, 120)
    u = 2 ** (k - 1) * x
    f = u - u.__floor__()
    r = (2 * u).__floor__() - 2 * u.__floor__()
    assert (found["u = 2^(k−1) x"], found["f = u − ⌊u⌋"]) == (u, f)
    assert found["r = ⌊2u⌋ − 2⌊u⌋"] == r and r in (0, 1)
    value = evaluate(builders.sawtooth(k + 1), (x,))[0]
    assert found["Δ(Δ(f))"] == found["Δ(2f − r)"] == value
    assert found["Δ^(k+1)(x), k + 1 folds"] == found["Δ(frac(2^k x))"] == value


def test_outside_the_identity_is_false(page: Page) -> None:
    outside = page.facts("identity")["outside [0, 1]"]
    assert outside == "at x = −1/4, k = 1: Δ(x) = 0, but Δ(frac(x)) = 1/2"
    assert evaluate(builders.tent(), (-QUARTER,)) == (0,)
    assert evaluate(builders.tent(), (1 - QUARTER,)) == (HALF,)


def handles(page: Page, panel: str) -> PiecewiseLinear:
    """g as a screen reader hears it from its breakpoints."""
    said = page.run(
        "return [...document.querySelectorAll(`#${given[0]} .handle`)]"
        ".map(it => it.getAttribute('aria-valuetext'))",
        panel,
    )
    places = [text.removeprefix("x = ").split(", y = ") for text in said]
    return PiecewiseLinear(*(tuple(map(Fraction, axis)) for axis in zip(*places, strict=True)))


def opposite(k: int, g: PiecewiseLinear) -> int:
    """Half triangles with g on the other side of ½, or on it: from their ends and g's kinks."""
    count = 0
    for i in range(1, 2**k):
        low, high = (Fraction(2 * j - 1, 2 ** (k + 1)) for j in (i, i + 1))
        inside = [low, *(x for x in g.breakpoints if low < x < high), high]
        over = i % 2 == 1
        count += all(g(x) <= HALF if over else g(x) >= HALF for x in inside)
    return count


@pytest.mark.parametrize("k", [1, 2, 3, 5, 8])
def test_half_triangles(page: Page, k: int) -> None:
    page.slide("triangles-k", k)
    found, g = page.exact("triangles"), handles(page, "triangles")
    intervals = 1 + g.crossings(HALF).count
    assert found["half triangles N_f"] == 2**k - 1
    assert found["intervals N_g on which g − ½ keeps its sign"] == intervals
    across = opposite(k, g)
    assert found["half triangles on the other side"] == across
    assert found["at least (N_f − N_g)/2"] == max(0, Fraction(2**k - 1 - intervals, 2)) <= across
    assert found["area of each"] == Fraction(1, 2 ** (k + 2))
    assert found["together"] == Fraction(across, 2 ** (k + 2)) <= found["∫ |Δ^k − g|"]
    assert found["∫ |Δ^k − g|"] == away(k, g)


def focus(page: Page, panel: str, place: int) -> None:
    page.run("document.querySelectorAll(`#${given[0]} .handle`)[given[1]].focus()", panel, place)


def standing(page: Page, k: int) -> None:
    """The panel's numbers are those of the g that its handles show."""
    found, g = page.exact("closest"), handles(page, "closest")
    known = bracket(k, g.pieces)
    assert found["pieces p of g"] == g.pieces
    assert found["∫ |Δ^k − g|"] == away(k, g)
    assert found["¼ (1 − p/2^k)"] == bound(g.pieces, k)
    assert found["so far above it"] == away(k, g) - bound(g.pieces, k) >= 0
    assert found["with p pieces nobody is nearer than"] == known.lower
    assert found["the nearest that is known"] == known.upper
    by = page.facts("closest")["shown by"]
    assert all(name in by for name in re.findall(r"separation[a-z._]*", known.lower_by))


def test_a_breakpoint_is_moved_by_keys(page: Page) -> None:
    page.slide("closest-k", 3)
    page.press("closest", "Start again")
    before = handles(page, "closest")
    focus(page, "closest", 1)
    page.key("ArrowRight"), page.key("ArrowUp"), page.key("ArrowLeft", 8), page.key("ArrowDown", 8)
    after = handles(page, "closest")
    moved = Fraction(1, 64) - Fraction(1, 576), Fraction(1, 16) - Fraction(1, 144)
    assert after.breakpoints[1] - before.breakpoints[1] == moved[0]
    assert after.values[1] - before.values[1] == moved[1]
    standing(page, 3)
    focus(page, "closest", 0)
    page.key("ArrowRight")
    assert handles(page, "closest").breakpoints[0] == 0  # the ends stay at 0 and 1
    standing(page, 3)


def test_a_breakpoint_is_dragged_and_stops_at_its_neighbours(page: Page) -> None:
    page.slide("closest-k", 3)
    page.press("closest", "Start again")
    focus(page, "closest", 2)
    page.run(
        "document.querySelector('#closest .handles').scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    x, y = page.run(
        "const box = document.activeElement.querySelector('.knob').getBoundingClientRect();"
        "return [box.left + box.width / 2, box.top + box.height / 2]"
    )
    mouse = {"button": "left", "buttons": 1, "clickCount": 1}
    steps = [("Pressed", x, y), ("Moved", x + 30, y - 20), ("Moved", x - 900, y - 25)]
    for kind, across, down in [*steps, ("Moved", x + 41, y + 17), ("Released", x + 41, y + 17)]:
        page.browser.cdp("Input.dispatchMouseEvent", type=f"mouse{kind}", x=across, y=down, **mouse)
        g = handles(page, "closest")
        assert all((576 * at).denominator == 1 for at in g.breakpoints)
        assert all((144 * at).denominator == 1 for at in g.values)
        standing(page, 3)
    assert g.breakpoints[2] > HALF and g.values[2] < QUARTER


def test_breakpoints_more_and_fewer(page: Page) -> None:
    page.slide("closest-k", 3)
    page.press("closest", "Start again")
    count = len(handles(page, "closest").breakpoints)
    page.press("closest", "One breakpoint more")
    assert len(handles(page, "closest").breakpoints) == count + 1
    standing(page, 3)
    focus(page, "closest", 1)
    page.key("Delete")
    assert len(handles(page, "closest").breakpoints) == count
    for _ in range(count + 3):
        page.press("closest", "One fewer")
    assert handles(page, "closest").breakpoints == (0, 1)
    standing(page, 3)


@pytest.mark.parametrize(("k", "count"), [(1, 1), (2, 3), (3, 5), (6, 4), (9, 4), (12, 3)])
def test_the_nearest_that_is_known_is_taken(page: Page, k: int, count: int) -> None:
    page.slide("closest-k", k)
    page.press("closest", "Start again")
    while page.exact("closest")["pieces p of g"] > count:
        page.press("closest", "One fewer")
    while page.exact("closest")["pieces p of g"] < count:
        page.press("closest", "One breakpoint more")
        focus(page, "closest", len(handles(page, "closest").breakpoints) - 2)
        page.key("ArrowUp")
    page.press("closest", "As close as is known")
    assert page.exact("closest")["∫ |Δ^k − g|"] == bracket(k, count).upper
    standing(page, k)


@pytest.mark.parametrize(
    ("width", "depth"), [(1, 1), (1, 2), (2, 1), (2, 4), (3, 2), (4, 4), (12, 8)]
)
def test_width_and_depth(page: Page, width: int, depth: int) -> None:
    page.slide("sizes-width-m", width)
    page.slide("sizes-depth-L".lower(), depth)
    found = page.exact("sizes")
    product = (width + 1) ** depth
    assert found["the product: at most (m+1)^L"] == product
    lecture = 2 ** (depth - 1) * (width + 1) * width ** (depth - 1)
    assert found["the lecture: at most 2^(L−1) (m+1) m^(L−1)"] == lecture
    assert found["pieces with all nodes in one layer: at most"] == width * depth + 1
    answer = separate(depth, width * depth, Fraction(1, 32), [width] * depth)
    assert found["least k with ∫ |Δ^k − g| ≥ 1/32 for all such g"] == answer.k
    assert found.get("the lecture’s k, for at most 2^L nodes") == answer.lecture_k
    counted = page.facts("sizes")["counted"]
    if (width, depth) == (12, 8):
        assert counted == "1500 pieces are the most that is counted here"
    else:
        most = {(1, 2): 3, (2, 4): 2**4 + 2}.get((width, depth), product)
        assert int(counted.split(",")[0]) == most
        assert ("the most there can be" in counted) == (most == product)


@pytest.mark.parametrize("count", [1, 2, 3, 8, 16])
@pytest.mark.parametrize("shift", [-9, -8, -3, 0, 8])
def test_one_unit(page: Page, count: int, shift: int) -> None:
    page.slide("relu-pieces-p-of-h", count)
    page.slide("relu-h-moved-by", shift)
    points = [Fraction(i, count) for i in range(count + 1)]
    values = [(1 if i % 2 else -1) + Fraction(shift, 8) for i in range(count + 1)]
    h = builders.interpolating(points, values)
    rectified = builders.compose(builders.dense([([[1]], [0]), ([[1]], [0])]), h)
    found = page.exact("relu")
    assert found["pieces of h"] == pieces(h, UNIT).pieces == count
    assert found["pieces of σ∘h"] == pieces(rectified, UNIT).pieces
    assert found["sharp: at most ⌊3p/2⌋ + 1"] == 3 * count // 2 + 1 >= found["pieces of σ∘h"]
    if shift == 0:
        assert found["pieces of σ∘h"] == 3 * count // 2 + 1


@pytest.mark.parametrize("m", [0, 1, 4, 10])
def test_squares(page: Page, m: int) -> None:
    page.slide("square-sawtooths-m", m)
    found = page.exact("square")
    assert found["pieces of f_m"] == pieces(builders.square(m), UNIT).pieces
    at = found["first at x ="]
    error = evaluate(builders.square(m), (at,))[0] - at**2
    assert found["largest f_m(x) − x²"] == error == found["4^−(m+1)"] == Fraction(1, 4 ** (m + 1))
    assert found["least f_m(x) − x²"] == 0
    graph = page.run(
        "const it = explorer.yarotsky(given[0]); return [it.xs, it.ys].map(a => a.map(String))", m
    )
    points, values = (tuple(map(Fraction, axis)) for axis in graph)
    assert PiecewiseLinear(points, values) == pieces(builders.square(m), UNIT)


def chosen(page: Page, panel: str, place: int) -> None:
    page.run(
        "const it = document.getElementById(`${given[0]}-choice`); it.selectedIndex = given[1];"
        "it.dispatchEvent(new Event('change'))",
        panel,
        place,
    )


def counted(page: Page, network, interval: Interval, k: int | None = None) -> None:
    function, found = pieces(network, interval), page.exact("own")
    assert found["pieces of the function"] == function.pieces
    intervals = activation_intervals(network, interval).count
    assert found["activation intervals of its units"] == intervals
    assert found["largest value"] == function.maximum.value
    assert found["least value"] == function.minimum.value
    assert found["∫ f"] == function.integral()
    away_ = found.get("∫ |Δ^k − f|")
    assert away_ == (distance(network, builders.sawtooth(k), interval).value if k else None)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (0, str(ROOT / "tests/networks/fit24x24_saw3.onnx")),
        (1, "sawtooth:5"),
        (2, "random:8-8-8:26"),
    ],
)
def test_networks_of_the_command_line(page: Page, place: int, name: str) -> None:
    chosen(page, "own", place)
    page.slide("own-beside-k-k", 3)
    counted(page, load(name), UNIT, 3)
    table = page.run(
        "return [...document.querySelectorAll('#own tbody tr')].map(it => it.cells[0].textContent)"
    )
    points = pieces(load(name), UNIT).breakpoints
    assert [Fraction(text.replace("−", "-")) for text in table] == list(points)


def test_another_interval(page: Page) -> None:
    chosen(page, "own", 1)
    type_(page, "own-from", "-1/2")
    counted(page, load("sawtooth:5"), Interval(-HALF, 1))
    for text in ("2", "1/0", "0.5", ""):
        type_(page, "own-from", text)
        assert alert(page).startswith("sawtooth:5: expected")
        counted(page, load("sawtooth:5"), Interval(-HALF, 1))
    type_(page, "own-from", "0")
    assert alert(page) == ""


def type_(page: Page, name: str, text: str) -> None:
    page.run(
        "const it = document.getElementById(given[0]); it.value = given[1];"
        "it.dispatchEvent(new Event('change'))",
        name,
        text,
    )


def alert(page: Page) -> str:
    return str(page.run("return document.querySelector('#own .alert').textContent"))


def drop(page: Page, name: str, data: bytes) -> None:
    """Drops a file on the panel, as a browser does."""
    page.run(
        "const bytes = Uint8Array.from(atob(given[1]), it => it.charCodeAt(0));"
        "const carried = new DataTransfer(); carried.items.add(new File([bytes], given[0]));"
        "document.getElementById('own').dispatchEvent("
        " new DragEvent('drop', {dataTransfer: carried, bubbles: true, cancelable: true}))",
        name,
        base64.b64encode(data).decode(),
    )


def test_a_network_is_dropped(page: Page) -> None:
    network = builders.zigzag([3, 4])
    drop(page, "mine <b>.json", written(network))
    page.wait("document.getElementById('own-choice').options.length === 4")
    assert page.run("return document.getElementById('own-choice').value") == "mine <b>.json"
    page.slide("own-beside-k-k", 2)
    counted(page, network, UNIT, 2)
    assert alert(page) == ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "expected JSON"),
        (b"\xff", "expected UTF-8"),
        (b'{"format": "relu-network/1"}', 'expected the key "inputs"'),
        (written(builders.maximum(2)), "expected a network with one input, found 2"),
        (written(builders.sawtooth(20)), "depthproof pieces counts it"),
        (b" " * 2_000_001, "more than 2000000 bytes"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_old_one_stays(
    page: Page, data: bytes, words: str
) -> None:
    chosen(page, "own", 1)
    before = page.facts("own")
    drop(page, "bad.json", data)
    page.wait("document.querySelector('#own .alert').textContent !== ''")
    assert alert(page).startswith("bad.json: ") and words in alert(page)
    assert page.facts("own") == before


def test_two_inputs(page: Page) -> None:
    network, square = load("folding:2:4-4"), Box.cube(0, 1, 2)
    found, here = page.exact("complex"), Complex(network, square)
    assert found["activation regions"] == here.regions
    assert found["maximal pieces (open, connected)"] == here.open_connected
    assert found["affine maps"] == here.affine
    assert found["largest value"] == here.maximum.value
    assert found["least value"] == here.minimum.value
    assert found["∫ f"] == here.integral()
    bound = sum(comb(4, j) * sum(comb(4, i) for i in range(min(2, 4 - j) + 1)) for j in range(3))
    assert found["at most, for these widths"] == bound


def asked(page: Page) -> tuple[Fraction, Fraction]:
    text = page.facts("complex")["at the point"]
    x, y = text.strip("()").split(", ")
    return Fraction(x), Fraction(y)


def consistent(page: Page) -> None:
    assert page.exact("complex")["f there"] == evaluate(load("folding:2:4-4"), asked(page))[0]


def test_the_point_is_moved_by_keys_and_the_picture_zoomed(page: Page) -> None:
    page.run("document.querySelector('#complex svg').focus()")
    before = asked(page)
    consistent(page)
    page.key("ArrowRight"), page.key("ArrowUp")
    after = asked(page)
    assert (after[0] - before[0], after[1] - before[1]) == (Fraction(1, 32), Fraction(1, 32))
    consistent(page)
    view = "return document.querySelector('#complex .cell').parentNode.getAttribute('transform')"
    whole = page.run(view)
    page.key("+"), page.key("+")
    zoomed = page.run(view)
    page.key("ArrowRight", 8)
    assert len({whole, zoomed, page.run(view)}) == 3
    page.key("ArrowRight")
    assert asked(page)[0] - after[0] == Fraction(1, 128)
    page.key("0")
    assert page.run(view) == whole
    for _ in range(40):
        page.key("ArrowLeft")
    assert asked(page)[0] == 0  # the edge of the domain
    consistent(page)


@pytest.mark.parametrize("kind", ["mouse", "touch"])
def test_the_map_under_the_pointer(page: Page, kind: str) -> None:
    page.run(
        "document.querySelector('#complex svg').scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    left, top, side = page.run(
        "const box = document.querySelector('#complex .frame').getBoundingClientRect();"
        "return [box.left, box.top, box.width]"
    )
    for across, down in ((0.1, 0.2), (0.5, 0.5), (0.62, 0.9)):
        x, y = left + across * side, top + down * side
        if kind == "mouse":
            page.browser.cdp("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        else:
            page.browser.cdp(
                "Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}]
            )
            page.browser.cdp("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        found = asked(page)
        assert abs(found[0] - Fraction(across)) < Fraction(1, 100)
        assert abs(found[1] - (1 - Fraction(down))) < Fraction(1, 100)
        consistent(page)


def test_dragging_moves_the_zoomed_picture(page: Page) -> None:
    page.press("complex", "The whole")
    page.press("complex", "Zoom in")
    view = "return document.querySelector('#complex .cell').parentNode.getAttribute('transform')"
    before = page.run(view)
    x, y = page.run(
        "const box = document.querySelector('#complex .frame').getBoundingClientRect();"
        "return [box.left + box.width / 2, box.top + box.height / 2]"
    )
    mouse = {"button": "left", "buttons": 1, "clickCount": 1}
    for kind, step in (("Pressed", 0), ("Moved", 20), ("Moved", 40), ("Released", 40)):
        page.browser.cdp("Input.dispatchMouseEvent", type=f"mouse{kind}", x=x + step, y=y, **mouse)
    assert page.run(view) != before
    page.press("complex", "The whole")


def test_two_fingers_zoom(page: Page) -> None:
    page.press("complex", "The whole")
    page.run(
        "document.querySelector('#complex svg').scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    x, y = page.run(
        "const box = document.querySelector('#complex .frame').getBoundingClientRect();"
        "return [box.left + box.width / 2, box.top + box.height / 2]"
    )
    scale = (
        "return Number(document.querySelector('#complex .cell').parentNode"
        ".getAttribute('transform').match(/scale.([0-9.]+)/)[1])"
    )
    before, asked_before = page.run(scale), asked(page)
    for kind, apart in (("Start", 20), ("Move", 40), ("Move", 60), ("End", 0)):
        points = [{"x": x - apart, "y": y, "id": 1}, {"x": x + apart, "y": y, "id": 2}]
        touches = points if apart else []
        page.browser.cdp("Input.dispatchTouchEvent", type=f"touch{kind}", touchPoints=touches)
    assert page.run(scale) > 2 * before
    assert asked(page) == asked_before  # two fingers ask nothing
    page.press("complex", "The whole")
    assert page.run(scale) == before
