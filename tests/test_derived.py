"""Claims that apply networks to points: what the derived networks are, against exact values of the given ones; verdicts,
against brute force; and what a changed record makes of a check."""

import json
import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

from tests.network.naive import value, values
from verify.claim import Claim
from verify.cli import main
from verify.derived import DERIVED, report
from verify.kernel.errors import BadInput
from verify.network.applied import Applied
from verify.network.builders import concatenate, dense, interpolating, maximum, random_network, sawtooth, scale, tent
from verify.network.load import load
from verify.network.network import Network
from verify.network.relu_network import written
from verify.search import Proved, Refuted, prove
from verify.search.limits import here

F = Fraction
UNIT = ["0", "1"]


def at(network: Network, *point: Fraction) -> Fraction:
    return value(network, list(point))[0]


# A term, and what it is at (x, y), from the values of the given networks f (1 input), g (2 inputs), h (1 input, 2 outputs).
Given = Mapping[str, Network]
TERMS: dict[str, Callable[[Given, Fraction, Fraction], Fraction]] = {
    "f(x)": lambda n, x, y: at(n["f"], x),
    "f(y)": lambda n, x, y: at(n["f"], y),
    "f(0.5 - 2*(x - y)/3)": lambda n, x, y: at(n["f"], F(1, 2) - 2 * (x - y) / 3),
    "f(1/3)": lambda n, x, y: at(n["f"], F(1, 3)),
    "g(x, y)": lambda n, x, y: at(n["g"], x, y),
    "g(y, -x)": lambda n, x, y: at(n["g"], y, -x),
    "g(f(x), 2*f(x) - f(y) + x)": lambda n, x, y: at(n["g"], at(n["f"], x), 2 * at(n["f"], x) - at(n["f"], y) + x),
    "f(f(f(y)))": lambda n, x, y: at(n["f"], at(n["f"], at(n["f"], y))),
    "h2(x + y)": lambda n, x, y: value(n["h"], [x + y])[1],
    "h1(h2(y))": lambda n, x, y: value(n["h"], [value(n["h"], [y])[1]])[0],
}


@pytest.mark.parametrize("seed", range(4))
def test_they_are_what_they_are_called(seed: int) -> None:
    given = {
        "f": random_network([3, 2], seed),
        "g": random_network([4], seed + 50, inputs=2),
        "h": concatenate(random_network([2], seed + 90), tent()),
    }
    source = random.Random(seed)
    for text, right in TERMS.items():
        applied = Applied(["x", "y"], given)
        said = applied.text(f"{text} <= 1")
        name = said.removesuffix(" <= 1")
        assert applied.words[name].replace(" ", "") == text.replace("0.5", "1/2").replace(" ", "")
        key = next(key for key in applied.networks if name.startswith(key))
        made = applied.networks[key]
        assert made.input_size == 2
        for _ in range(10):
            x, y = (F(source.randrange(-8, 9), source.choice([1, 2, 3])) for _ in range(2))
            place = int(name.removeprefix(key) or 1) - 1
            assert value(made, [x, y])[place] == right(given, x, y)


def test_the_same_point_is_the_same_network() -> None:
    applied = Applied(["x", "y"], {"f": tent(), "h": concatenate(tent(), tent())})
    assert applied.text("f(x) + f( x ) <= f(0.5) - f(1/2)") == "f_a + f_a <= f_b - f_c"
    assert applied.text("h1(x) <= h2(x) + y") == "h_a1 <= h_a2 + x2"
    assert Applied(["t"], {"f": tent()}).text("f(t) <= t") == "f_a <= x"
    one = Applied(["t"], {"f": tent()})
    one.text("f(t) <= 1")
    assert one.networks["f_a"].sha256 == tent().sha256


def everywhere(variables: list[str], box: list[list[str]], holds: str, **more: str) -> dict[str, Any]:
    return {"forall": {"for": variables, "box": box, "holds": holds} | more}


STEEP = interpolating([F(0), F(1, 3), F(1)], [F(0), F(1), F(5, 4)])  # slopes 3 and 3/8
SADDLE = dense([([[1, 1], [1, -1]], [0, 0]), ([[1, -2]], [0])])
VERDICTS: list[tuple[dict[str, Any], dict[str, Network], bool]] = [
    (everywhere(["x", "y"], [UNIT] * 2, "x <= y implies f(x) <= f(y)"), {"f": STEEP}, True),
    (everywhere(["x", "y"], [UNIT] * 2, "f(x) <= f(y)", where="x <= y"), {"f": tent()}, False),
    (everywhere(["x", "y"], [["0", "0.5"]] * 2, "f(x) <= f(y)", where="x <= y"), {"f": tent()}, True),
    (everywhere(["x", "y"], [UNIT] * 2, "abs(f(x) - f(y)) <= 3*abs(x - y)"), {"f": STEEP}, True),
    (everywhere(["x", "y"], [UNIT] * 2, "abs(f(x) - f(y)) <= 2.99*abs(x - y)"), {"f": STEEP}, False),
    (everywhere(["a", "b", "c"], [["-1", "1"]] * 3, "a <= b implies g(a, c) <= g(b, c)"), {"g": maximum(2)}, True),
    (everywhere(["a", "b", "c"], [["-1", "1"]] * 3, "a <= b implies g(a, c) <= g(b, c)"), {"g": SADDLE}, False),
    (everywhere(["d1", "d2"], [["-0.1", "0.1"]] * 2, "abs(g(0.5 + d1, d2) - g(0.5, 0)) <= 0.4"), {"g": SADDLE}, True),
    (everywhere(["d1", "d2"], [["-0.1", "0.1"]] * 2, "abs(g(0.5 + d1, d2) - g(0.5, 0)) <= 0.3"), {"g": SADDLE}, False),
    (everywhere(["t"], [UNIT], "g(t, 1 - t) <= 2*abs(t - 1/2) + 1"), {"g": SADDLE}, True),
    (everywhere(["t"], [UNIT], "g(t, 1 - t) >= 0"), {"g": SADDLE}, False),
    (everywhere(["x"], [UNIT], "f(f(x)) = s(x)"), {"f": tent(), "s": sawtooth(2)}, True),
    (everywhere(["x", "y", "z"], [UNIT] * 3, "f(x) + f(y) >= f(z) - 1"), {"f": tent()}, True),
    (everywhere(["x", "y", "z"], [UNIT] * 3, "f(x) + f(y) >= f(z) - 0.9"), {"f": tent()}, False),
    ({"pieces": {"for": ["t"], "of": "g(t, 1/2 - t)", "on": ["-1", "1"], "is": "=", "count": 2}}, {"g": SADDLE}, True),
    ({"sup_abs": {"for": ["t"], "of": "f(t) - f(1 - t)", "on": UNIT, "is": "=", "bound": "0"}}, {"f": tent()}, True),
    ({"value": {"for": ["x", "y"], "at": ["1/4", "0.5"], "of": "abs(f(x) - f(y))", "is": "<", "value": "0.5"}}, {"f": tent()}, False),
]


@pytest.mark.parametrize(("statement", "networks", "is_true"), VERDICTS, ids=range(len(VERDICTS)))
def test_they_are_decided(statement: dict[str, Any], networks: dict[str, Network], is_true: bool) -> None:
    claim = Claim.from_short("it", statement, networks)
    found = prove(claim, 60, run=here)
    assert isinstance(found, Proved if is_true else Refuted)
    assert found.claim.derived is claim.derived


def test_lipschitz_constants_against_slopes() -> None:
    """The constant of a random network is the greatest slope of its pieces: at it the claim holds, below it is false."""
    from verify import Interval, pieces

    for seed in (1, 2):
        f = random_network([3], seed)
        places = [*pieces(f, Interval(0, 1)).breakpoints]
        grid = sorted({F(0), F(1), *places})
        slopes = [abs((at(f, v) - at(f, u)) / (v - u)) for u, v in pairwise(grid)]
        for constant, is_true in ((max(slopes), True), (max(slopes) * F(99, 100), False)):
            text = f"abs(f(x) - f(y)) <= {constant}*abs(x - y)"
            found = prove(Claim.from_short("it", everywhere(["x", "y"], [UNIT] * 2, text), {"f": f}), 60, run=here)
            assert isinstance(found, Proved if is_true else Refuted), (seed, constant)


@pytest.mark.parametrize("seed", range(12))
def test_random_claims_of_two_points(seed: int) -> None:
    """What is proved holds on a grid; what is refuted is false at the counterexample."""
    source = random.Random(seed)
    f, box = random_network([2], seed), [["-1", "1"], ["-1/2", "1"]]
    a, b, c = (F(source.randrange(-4, 5), 2) for _ in range(3))
    claim = Claim.from_short("it", everywhere(["x", "y"], box, f"f(x + ({a})*y) - ({b})*f(y) <= {c}"), {"f": f})

    def holds(x: Fraction, y: Fraction) -> bool:
        return at(f, x + a * y) - b * at(f, y) <= c

    found = prove(claim, 30, run=here)
    grid = [F(n, 8) for n in range(-8, 9)]
    if isinstance(found, Proved):
        assert all(holds(x, y) for x, y in product(grid, grid[4:]))
    else:
        assert isinstance(found, Refuted) and not holds(found.point["x1"], found.point["x2"])


def test_what_is_written_beside_can_be_checked(tmp_path: Path) -> None:
    for (statement, networks, _), name in zip(VERDICTS[:2] + VERDICTS[11:12], "abc"):
        found = prove(Claim.from_short(name, statement, networks), 60, run=here)
        assert isinstance(found, Proved | Refuted)
        for path, data in found.claim.files(found.certificate, name).items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(data)
    said = list[str]()
    assert [report(tmp_path / f"{name}.claim.json", said.append) for name in "abc"] == [0, 0, 0]
    assert said[0] == "a.claim.json: x1 is x, x2 is y, f_a is f(x), f_b is f(y): made again, with the same hashes"
    assert said[2] == "c.claim.json: f_a is f(f(x)), s_a is s(x): made again, with the same hashes"
    record = json.loads((tmp_path / f"a{DERIVED}").read_text())
    for change, code, words in (
        ({"is": {"f_a": "f(x)", "f_b": "f(x)"}}, 10, "f_b: the claim's network is not f(x)"),
        ({"is": {"f_a": "f(y)", "f_b": "f(x)"}}, 10, "f_a: the claim's network is not f(y)"),
        ({"is": {"f_a": "f(x)"}}, 10, "does not say of each network of the claim what it is"),
        ({"claim": "0" * 64}, 10, "is of another claim"),
        ({"for": ["y", "x"]}, 10, "f_a: the claim's network is not f(x)"),
        ({"is": {"f_a": "f(x)", "f_b": "g(y)"}}, 2, "expected one of f at a point"),
        ({"networks": {"f": "../f"}}, 2, "expected a SHA-256 in lower case"),
        ({"networks": {"f": "0" * 64}}, 2, "cannot be read"),
        ({"for": "x"}, 2, "expected a list of variables"),
        ({"is": 3}, 2, "expected texts by name"),
    ):
        (tmp_path / f"a{DERIVED}").write_text(json.dumps(record | change))
        assert report(tmp_path / "a.claim.json", said.append) == code
        assert words in said[-1]
    assert report(tmp_path / "none.claim.json", said.append) == 0


TWO = {"f": tent(), "g": maximum(2), "h": concatenate(tent(), scale(tent(), 2))}
REFUSED = {
    "f(x) <= f": "/statement/forall/holds: expected f at a point, such as f(x), found f alone",
    "h1(x) <= h1": "/statement/forall/holds: expected h1 at a point, such as h1(x), found h1 alone",
    "f(x, y) <= 1": "/statement/forall/holds: expected the 1 inputs of f in f(x, y), found 2",
    "f(x*y) <= 1": "/statement/forall/holds: expected affine terms in the variables in f(x*y)",
    "f(abs(x)) <= 1": "/statement/forall/holds: expected affine terms in the variables in f(abs(x))",
    "f(z) <= 1": '/statement/forall/holds: f(z): expected one of the variables x, y, found "z"',
    "f(x) <= x1": '/statement/forall/holds: expected one of the variables x, y, found "x1"',
    "f(x) <= value1": '/statement/forall/holds: expected one of the variables x, y, found "value1"',
    "h(x) <= 1": "/statement/forall/holds: expected one of the networks' outputs f, g, h1, h2, "
    'or abs, max, min, floor, div, found "h(x)"',
    "x <= y": "/statement/forall: expected a network at a point, such as f(x), found none",
    "f(x) <=": "/statement/forall/holds: column 8: expected a term or formula, found the end",
    " + ".join(f"f(x + {n})" for n in range(101)) + " <= 1": '/statement/forall/holds: expected at most 100 applications, found "f"',
}


@pytest.mark.parametrize("holds", REFUSED)
def test_what_is_refused_says_why(holds: str) -> None:
    with pytest.raises(BadInput) as error:
        Claim.from_short("it", everywhere(["x", "y"], [UNIT] * 2, holds), TWO)
    assert str(error.value) == REFUSED[holds]


@pytest.mark.parametrize("variables", ["x", [], ["f"], ["h2"], ["x", "x"], ["and"], [1], ["x y"]])
def test_variables_are_new_names(variables: Any) -> None:
    with pytest.raises(BadInput, match=r"^/statement/forall/for: "):
        Claim.from_short("it", everywhere(variables, [UNIT], "f(x) <= 1"), TWO)


def test_other_mistakes() -> None:
    for statement, words in (
        (everywhere(["x"], [UNIT] * 2, "f(x) <= 1"), "/statement/forall/box: expected a list of 1"),
        ({"forall": {"for": ["x"], "box": [UNIT]}}, "/statement/forall: expected an object with the keys"),
        ({"pieces": {"for": ["x", "y"], "of": "f(x)", "on": UNIT, "is": "=", "count": 2}}, "/statement/pieces/on: expected "),
    ):
        with pytest.raises(BadInput) as error:
            Claim.from_short("it", statement, {"f": tent()})
        assert str(error.value).startswith(words)
    with pytest.raises(BadInput, match="/networks"):
        Claim.from_short("it", everywhere(["x"], [UNIT], "f(x) <= 1"), {})


def test_the_command_speaks_of_the_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, folder = tmp_path / "it.json", tmp_path / "certified"
    statement = everywhere(["a", "b"], [["0.6", "0.6"], ["1", "1"]], "f(a) <= f(b)", where="a <= b")
    path.write_text(json.dumps({"format": "claim/1", "networks": {"f": "tent"}, "statement": statement}))
    assert main(["claim", str(path), "--certificate", str(folder)]) == 10
    out = capsys.readouterr().out
    assert "  where x1 is a, x2 is b, f_a is f(a), f_b is f(b)\n  a = 3/5 (0.6)\n  b = 1\n  f(a) = 4/5 (0.8)\n  f(b) = 0\n" in out
    assert main(["claim", str(path), "--json"]) == 10
    found = json.loads(capsys.readouterr().out)
    assert found["counterexample"] == {"a": "3/5", "b": "1"} and found["outputs"] == {"f(a)": "4/5", "f(b)": "0"}
    assert found["derived"] == {"x1": "a", "x2": "b", "f_a": "f(a)", "f_b": "f(b)"}
    assert main(["check", str(folder)]) == 0
    assert "it.claim.json: x1 is a, x2 is b, f_a is f(a), f_b is f(b): made again" in capsys.readouterr().out
    record = folder / "it.derived.json"
    record.write_text(record.read_text().replace("f(b)", "f(a)"))
    assert main(["check", str(folder)]) == 10


def test_any_value_inside_by_its_name(tmp_path: Path) -> None:
    net = random_network([3, 2], 5)
    (tmp_path / "net.json").write_bytes(written(net))
    for node in net.nodes:
        cut = load(tmp_path / f"net.json:{node.name}")
        assert value(cut, [F(1, 3)]) == values(net, [F(1, 3)])[node.name]
    with pytest.raises(BadInput, match=r'expected the name of a node, such as z1, a1.*found "nowhere"'):
        load(tmp_path / "net.json:nowhere")
    statement = everywhere(["x"], [UNIT], f"h1(x) >= 0 and {' + '.join(_weighted(net))} = f(x)")
    path = tmp_path / "claim.json"
    networks = {"f": "net.json", "h": f"net.json:{net.nodes[-2].name}"}
    path.write_text(json.dumps({"format": "claim/1", "networks": networks, "statement": statement}))
    assert isinstance(prove(Claim.from_file(path), 30), Proved)


def _weighted(net: Network) -> list[str]:
    """The last affine map, in words of the layer before it."""
    (row,), (bias,) = net.nodes[-1].matrix("weight").dense, net.nodes[-1].vector("bias")
    return [f"({bias})", *(f"({weight})*h{place}(x)" for place, weight in enumerate(row, 1))]


def test_a_record_that_is_missing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statement = {"forall": {"for": ["x", "y"], "box": [["0", "1"]] * 2, "holds": "f(x) - f(y) <= 1"}}
    claim = {"format": "claim/1", "networks": {"f": "tent"}, "statement": statement}
    (tmp_path / "it.json").write_text(json.dumps(claim))
    assert main(["claim", str(tmp_path / "it.json"), "--certificate", str(tmp_path / "made")]) == 0
    assert main(["check", str(tmp_path / "made")]) == 0
    assert "nothing says" not in capsys.readouterr().out
    (tmp_path / "made" / f"it{DERIVED}").unlink()
    assert main(["check", str(tmp_path / "made")]) == 0
    assert f"nothing says what f_a, f_b are: there is no it{DERIVED}" in capsys.readouterr().out
