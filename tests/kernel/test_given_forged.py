"""False claims about given networks with forged certificates, some false by only 1e-30; and the kernel with a check taken out.

The kernel must reject each certificate for the reason named. Checks of the kernel are taken out one at a time: then some forgery of the
list goes through, which shows that the list would notice.
"""

import importlib
import importlib.util
import json
import random
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from network.naive import value

from verify.kernel.check import check
from verify.kernel.errors import DepthproofError
from verify.network.relu_network import read

from .mutation import swapped
from .short import forged
from .small import NETWORKS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
FORGED: list[dict[str, Any]] = json.loads((ROOT / "forged" / "given.json").read_text())


def attacked(forgery: dict[str, Any], checker: Callable[..., tuple[str, ...]] = check) -> tuple[str, ...]:
    return checker(*forged(forgery))


@pytest.mark.parametrize("forgery", FORGED, ids=lambda forgery: forgery["name"])
def test_the_kernel_is_not_deceived(forgery: dict[str, Any]) -> None:
    with pytest.raises(DepthproofError, match=forgery["reason"]):
        attacked(forgery)


def test_there_are_many_of_them() -> None:
    assert len(FORGED) >= 240 and len({forgery["name"] for forgery in FORGED}) == len(FORGED)


def true_at(text: str, point: list[Fraction], networks: dict[str, str]) -> bool:
    """Whether the formula is true there, by Python's own reading of it and the naive evaluator."""
    known = {f"x{i}" if len(point) > 1 else "x": x for i, x in enumerate(point, 1)} | {"F": Fraction, "true": True}
    known |= {name: value(read(NETWORKS[of]), point)[0] for name, of in networks.items()}
    premise, arrow, conclusion = text.rpartition(" implies ")
    words = f"not ({premise}) or ({conclusion})" if arrow else text
    return bool(eval(re.sub(r"(?<![a-z\d])(\d+)", r"F(\1)", re.sub(r"(?<![<>!])=", "==", words)), known))


def points(box: list[list[str]]) -> Iterator[list[Fraction]]:
    """Points of a box, some of them 1e-30 from a corner."""
    ends = [(Fraction(low), Fraction(high)) for low, high in box]
    some = [(low, low + (high - low) / 10**30, *(low + (high - low) * Fraction(i, 60) for i in (15, 20, 30, 48, 60))) for low, high in ends]
    return map(list, product(*some))


def test_each_claim_about_all_points_is_false() -> None:
    claims = [(forgery["statement"]["forall"], forgery["networks"]) for forgery in FORGED if "forall" in forgery["statement"]]
    for body, networks in claims:
        seen = [point for point in points(body["box"]) if true_at(body.get("where", "true"), point, networks)]
        assert not all(true_at(body["holds"], point, networks) for point in seen), body
    assert len(claims) > 150


def mutations(value: Any, source: random.Random) -> Any:
    """The value with one change somewhere: a number, an entry, a length."""
    if isinstance(value, dict):
        key = source.choice(sorted(value) or [""])
        return {name: mutations(part, source) if name == key else part for name, part in value.items()}
    if isinstance(value, list) and value:
        index, way = source.randrange(len(value)), source.randrange(6)
        if way == 0:
            return value[:index] + value[index + 1 :]
        if way == 1:
            return value[: index + 1] + value[index:]
        if way == 2:
            other = source.randrange(len(value))
            return swapped(value, index, other)
        return [mutations(part, source) if i == index else part for i, part in enumerate(value)]
    return source.choice(["0", "1", "-1", "1/2", "1/3", "2", "1000000", "-1/1000000", 0, 1, 2, 3, None, [], "x"])


def test_no_change_of_a_forgery_deceives_the_kernel() -> None:
    source, refused = random.Random(20), 0
    for turn in range(3_000):
        forgery = source.choice(FORGED)
        changed = forgery["evidence"]
        for _ in range(1 + turn % 3):
            changed = mutations(changed, source)
        try:
            raise AssertionError(forgery["name"], changed, attacked(forgery | {"evidence": changed}))
        except DepthproofError as error:
            refused += int(error.exit_code in (2, 3, 10))
    assert refused > 2_000


CHECKS = [
    # points: signs of units, order and ends, duals
    ("polygon.py", "min(pair) < 0 < max(pair)", "pair[0] < 0 < pair[1]"),
    ("polygon.py", "min(pair) < 0 < max(pair)", "pair[1] < 0 < pair[0]"),
    ("polygon.py", "min(self.widths, default=0) > 0", "len(self.widths) > 0"),
    ("polygon.py", "need(not bent, ", "need(True, "),
    ("polygon.py", "enumerate(pairwise(self.values), 1)", "enumerate(pairwise(self.values[1:]), 1)"),
    ("polygon.py", "if v * w >= 0:", "if True:"),
    ("polygon.py", "{1: x}", "{1: abs(x)}"),
    ("polygon.py", "/ at[0] for at in self.values", "for at in self.values"),
    ("network.py", "(sum(monomial), c)", "(sum(monomial) or 1, c)"),
    ("network.py", "len(monomial) < 2 and ", ""),
    ("polygon.py", "Fraction(1 + len(kinks))", "Fraction(len(kinks))"),
    ("polygon.py", "(w - v) / width", "(w - v)"),
    ("polygon.py", "sign * width * (v + w) / 2", "sign * (v + w) / 2"),
    ("polygon.py", "max(map(abs, self.along(p)))", "max(self.along(p))"),
    ("polygon.py", "width / 2 * _twice", "width * _twice"),
    ("rules.py", "all(abs(sign) <= 1 for sign in s)", "True"),
    ("rules.py", "all(polygon.against(p, s) == 0 for p in declared.span)", "True"),
    ("rules.py", 'need(whole, "expected points', 'need(True, "expected points'),
    ("rules.py", "ends == [polygon.xs[0], polygon.xs[-1]]", "ends[0] == polygon.xs[0]"),
    ("rules.py", "ends == [polygon.xs[0], polygon.xs[-1]]", "ends[1] == polygon.xs[-1]"),
    ("rules.py", "low = _below_distance(declared, polygon, signs)", "low = high"),
    ("rules.py", 'compare(constant(low), "<=", d)', 'compare(constant(high), "<=", d)'),
    ("rules.py", 'compare(d, "<=", constant(high))', 'compare(d, "<=", constant(low))'),
    # ranges of terms
    ("rules.py", "constant(min(at))", "constant(max(at))"),
    ("rules.py", "constant(max(at))", "constant(min(at))"),
    ("rules.py", "constant(max(at))", "constant(at[-1])"),
    ("rules.py", "constant(min(at))", "constant(at[0])"),
    ("rules.py", 'x, "<", constant(polygon.xs[0])', 'x, "<", constant(polygon.xs[0] - 1)'),
    ("rules.py", 'constant(polygon.xs[-1]), "<", x', 'constant(polygon.xs[-1] + 1), "<", x'),
    ("rules.py", '(below, Junction("and", (least, greatest)), above)', '(Junction("and", (least, greatest)), above)'),
    ("rules.py", '(below, Junction("and", (least, greatest)), above)', '(below, Junction("and", (least, greatest)))'),
    ("rules.py", "context.vocabulary.terms, atom(1)", "context.vocabulary.terms, atom(2)"),
    # what is declared
    ("declare.py", 'self._symbol(name, [], "R")', 'self.terms.symbols[name] = (), "R"'),
    ("declare.py", "len(networks[key])), networks[key])", "len(networks[key])), reversed(networks[key]))"),
    # the networks: units and values
    ("network.py", "Fraction(1, under)),)", "Fraction(1)),)"),
    ("network.py", "scaled(under, p)", "scaled(1, p)"),
    ("network.py", 'compare(scaled, "=", atom(z))', 'compare(scaled, "=", atom(z + 1))'),
    ("network.py", "row.append(self.terms.scaled(rational(text, self.budget), source))", "row.append(source)"),
    ("network.py", "row = [constant(rational(own, self.budget))]", "row = []"),
    ("network.py", "zip(weight, listed(bias, len(weight)))", "zip(weight, reversed(listed(bias, len(weight))))"),
    # ranges of values
    ("network.py", "(under // x.denominator)", "under"),
    ("network.py", "if weight > 0:", "if weight < 0:"),
    ("network.py", "if weight > 0:", "if True:"),
    ("network.py", "change = weight * (", "change = ("),
    ("network.py", "least += change", "pass"),
    ("network.py", "values += before, max(before, 0)", "values += before, before"),
    ("network.py", "lows += least, max(least, 0)", "lows += least, max(greatest, 0)"),
    ("network.py", "floor(low[z] * lows[0])", "ceil(low[z] * lows[0])"),
    ("network.py", "ceil(high[z] * lows[0])", "floor(high[z] * lows[0])"),
    ("network.py", "floor(low[z] * lows[0])", "floor(low[z])"),
    ("network.py", "ceil(high[z] * lows[0])", "ceil(high[z])"),
    ("network.py", "known = all(v in side for side in sides for v in inputs)",
     "known = all(dict.setdefault(side, v, Fraction(0)) is not None for side in sides for v in inputs)"),
    # bounds
    ("network.py", "(((), own), ((v,), c))", "(((), own), ((v, *_), c))"),
    ("network.py", "(((), own), ((v,), c))", "((_, own), ((v,), c))"),
    ("network.py", "bound = -own / c", "bound = own / c"),
    ("network.py", "bound = -own / c", "bound = -own"),
    ("network.py", '("<" in relation and c < 0)', '"<" in relation'),
    ("network.py", '("<" in relation and c > 0)', '"<" in relation'),
    ("network.py", '("<" in relation and c < 0)', '("<" in relation and not c < 0)'),
    ("network.py", '("<" in relation and c > 0)', '("<" in relation and not c > 0)'),
    # relaxed
    ("network.py", "max(-slope * low, high - slope * high)", "-slope * low"),
    ("network.py", "max(-slope * low, high - slope * high)", "(high - slope * high)"),
    ("network.py", "Fraction(ceil(above * 2**96)", "Fraction(floor(above * 2**96)"),
    ("network.py", "* 2**96), 2**96)", "* 2**96), 2**97)"),
    ("network.py", "((z,), -slope)", "((z,), 0)"),
    ("network.py", "((), -above)", "((), above)"),
    ("network.py", "_at_most_zero(((z + 1,), -one))", "_at_most_zero(((), one), ((z + 1,), -one))"),
    ("network.py", "_at_most_zero(((z,), one), ((z + 1,), -one))", "_at_most_zero(((z,), -one), ((z + 1,), one))"),
    ("network.py", "((z,), -slope), ((z + 1,), one))", "((z,), -slope), ((z + 1,), 2 * one))"),
    ("network.py", 'return Comparison("<=", Polynomial(tuple(term', 'return Comparison("<", Polynomial(tuple(term'),
    # the beginning of a proof, and its rules
    ("theory.py", "facts(negate(stated))", "facts(stated)"),
    ("terms.py", 'formula.connective == "or" and len(formula.parts) != 1', "False"),
    ("terms.py", '"<": "<=", "="', '"<": "<", "="'),
    ("theory.py", "need(not waiting", "need(True"),
    ("rules.py", "[facts(split), facts(negate(split))]", "[facts(split)]"),
    ("rules.py", "facts(negate(split))", "facts(split)"),
    ("rules.py", "for part in fact.parts]", "for part in fact.parts[:1]]"),
    ("theory.py", "need(goals and not waiting", "need(goals or not waiting"),
    ("terms.py", 'sort == "R" or self.is_integral(value)', "True"),
    ("rules.py", 'if "=" not in relations:', 'if "?" in relations:'),
    ("rules.py", "(number(factor) or 0) > 0", "(number(factor) or 1) > 0"),
    ("rules.py", "(number(factor) or 0) > 0", "number(factor) is not None"),
    ("rules.py", 'relations <= {"<"}', '"<" in relations'),
    ("rules.py", "multiply(minus(factor), row", "multiply(factor, row"),
    ("rules.py", '    need(total is not None, "variables remain in the sum")', "    if total is None:\n        return []"),
    ("rules.py", "contradiction = total < 0 or", "contradiction = True or"),
    ("rules.py", "(total == 0 and positive)", "total == 0"),
    # covers by simplices
    ("cells.py", 'need(self._orientation(rows), "is flat")', "self._orientation(rows)"),
    ("cells.py", "need(facets, ", "need(True, "),
    ("cells.py", "row and row[-1][0] <= graph.inputs", "not row or row[-1][0] <= graph.inputs"),
    ("cells.py", "row and row[-1][0] <= graph.inputs", "row"),
    ("cells.py", "need(not positive & self.walls, ", "need(True, "),
    ("cells.py", "need(not positive & negative & self.linear, ", "need(True, "),
    ("cells.py", "self.least & ~negative | ", "self.least | "),
    ("cells.py", "self.equal & ~(positive & negative)", "self.equal"),
    ("cells.py", "points = [c for c in face if c.vector[0]]", "points = [c for c in face if not c.vector[0]]"),
    ("cells.py", "positive, negative = _either(face)", "positive, negative = _either(points)"),
    ("cells.py", '"<=": above & ~negative,', '"<=": above,'),
    ("cells.py", '"<=": above & ~negative,', '"<=": ~negative,'),
    ("cells.py", '"<": ~negative,', '"<": positive,'),
    ("cells.py", '"=": above & ~negative | below & ~positive,', '"=": positive | negative,'),
    ("cells.py", '"!=": ~(positive | negative),', '"!=": ~(above | below),'),
    ("cells.py", "not points or any(_fails", "not points or self.corners or any(_fails"),
    ("cells.py", 'all(parts) if kind == "or" else any(parts)', "any(parts)"),
    ("cells.py", 'all(parts) if kind == "or" else any(parts)', 'any(parts) if kind == "or" else all(parts)'),
    ("cells.py", "                    side = -side\n", ""),
    ("cells.py", "side *= (-1) ** place", "pass"),
    ("cells.py", "return side if divisor > 0 else -side", "return side"),
    ("cells.py", "need(sides in ([side], [-side, side]), ", "need(True, "),
    ("cells.py", "need(sides in ([side], [-side, side]), ", "need(len(sides) < 3, "),
    ("cells.py", "need(closed, ", "need(True, "),
    ("cells.py", "closed = sides[1:] or self.walls & ~inside", "closed = True"),
    ("cells.py", "_either([self.corners[i] for i in facet])[1]", "self.corners[facet[-1]].negative"),
    ("cells.py", "(x < 0 for x in levels)", "(x < -1 for x in levels)"),
    ("cells.py", "(head * b - first * a) // divisor", "(head * b + first * a) // divisor"),
    ("rules.py", "    Cover(context.vocabulary.graph, facts, points, simplices)\n", ""),
    # trees of cuts
    ("tree.py", "need(false, ", "need(True, "),
    ("tree.py", "need(not parts, ", "need(True, "),
    ("tree.py", "if bound > 0 or (bound == 0 and ", "if bound >= 0 or (bound == 0 and "),
    ("tree.py", "((at, high), (low, at))", "((low, at), (low, at))"),
    ("tree.py", 'any(parts) if fact.connective == "and" else all(parts)', "any(parts)"),
    ("tree.py", '"!=": ()', '"!=": (p,)'),
    ("tree.py", "facts[-1 - node])", "facts[-1 - node]) or True"),
    ("tree.py", "t = max(-slope * low, ((1 << SLOPE) - slope) * high)", "t = 0"),
    ("tree.py", "extra += c * low if c > 0 else c * high", "extra += c * high if c > 0 else c * low"),
    ("tree.py", "extra += c * low if c > 0 else c * high", "extra += c * low"),
    ("tree.py", "if low < 0 < high:\n                    low = max", "if low < 0 < high:\n                    high = low = max"),
]


@pytest.fixture
def altered(tmp_path: Path) -> Iterator[Callable[[str, str, str], ModuleType]]:
    """The checker of a copy of the kernel in which one text of one file is replaced."""

    def copy(name: str, text: str, replacement: str) -> ModuleType:
        folder = tmp_path / "kernel"
        shutil.copytree(ROOT.parent / "verify" / "kernel", folder, ignore=shutil.ignore_patterns("__pycache__"))
        source = (folder / name).read_text()
        assert source.count(text) == 1, f"{name} has changed: {text}"
        (folder / name).write_text(source.replace(text, replacement))
        spec = importlib.util.spec_from_file_location("altered_kernel", folder / "__init__.py", submodule_search_locations=[str(folder)])
        assert spec is not None
        sys.modules["altered_kernel"] = importlib.util.module_from_spec(spec)
        return importlib.import_module("altered_kernel.check")

    yield copy
    for name in [name for name in sys.modules if name.split(".")[0] == "altered_kernel"]:
        del sys.modules[name]


def deceived(checker: ModuleType, forgery: dict[str, Any]) -> bool:
    try:
        return bool(attacked(forgery, checker.check))
    except Exception:
        return False


@pytest.mark.parametrize(("name", "text", "replacement"), CHECKS, ids=lambda text: str(text)[:50])
def test_without_this_check_some_forgery_goes_through(
    altered: Callable[[str, str, str], ModuleType], name: str, text: str, replacement: str
) -> None:
    checker = altered(name, text, replacement)
    assert any(deceived(checker, forgery) for forgery in FORGED)


def test_with_all_checks_in_place_none_goes_through(altered: Callable[[str, str, str], ModuleType]) -> None:
    checker = altered("theory.py", "branches are open after", "branches are still open after")
    assert not any(deceived(checker, forgery) for forgery in FORGED)
