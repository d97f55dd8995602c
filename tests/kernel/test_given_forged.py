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
from verify.kernel.reader import DepthproofError
from verify.network.relu_network import read

from .short import forged
from .small import NETWORKS

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
            return [value[other if i == index else index if i == other else i] for i in range(len(value))]
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
            refused += error.exit_code in (1, 2, 3)
    assert refused > 2_000


CHECKS = [
    # points: signs of units, order and ends, duals
    ("network.py", "before[u] < 0 < after[u] or ", ""),
    ("network.py", " or after[u] < 0 < before[u]", ""),
    ("network.py", " and all(p < q for p, q in pairwise(self.xs))", ""),
    ("network.py", "need(not bent, ", "need(True, "),
    ("network.py", "enumerate(pairwise(self.values), 1)", "enumerate(pairwise(self.values[1:]), 1)"),
    ("network.py", "if v * w >= 0 else", "if True else"),
    ("network.py", "{1: x}", "{1: abs(x)}"),
    ("network.py", "/ at[0] for at in self.values", "for at in self.values"),
    ("network.py", "monomial[0] if monomial else 0]", "monomial[0] if monomial else 1]"),
    ("network.py", "len(m) == 1 and 0 < m[0] < self.graph.size", "0 < m[0] < self.graph.size"),
    ("network.py", "1 + sum(s != t", "sum(s != t"),
    ("network.py", "(w - v) / width", "(w - v)"),
    ("network.py", "sign * width * (v + w) / 2", "sign * (v + w) / 2"),
    ("network.py", "max(map(abs, polygon.along(p)))", "max(polygon.along(p))"),
    ("network.py", "h / 2, v, w", "h, v, w"),
    ("theory.py", "all(abs(sign) <= 1 for sign in s)", "True"),
    ("theory.py", " and not any(polygon.integral(p, s) for p in span)", ""),
    ("theory.py", "need(ends == [polygon.xs[0], polygon.xs[-1]]", "need(True"),
    ("theory.py", "ends == [polygon.xs[0], polygon.xs[-1]]", "ends[0] == polygon.xs[0]"),
    ("theory.py", "ends == [polygon.xs[0], polygon.xs[-1]]", "ends[1] == polygon.xs[-1]"),
    ("theory.py", "low = polygon.integral(of, s)", "low = high"),
    ("theory.py", 'compare(constant(low), "<=", d)', 'compare(constant(high), "<=", d)'),
    ("theory.py", 'compare(d, "<=", constant(high))', 'compare(d, "<=", constant(low))'),
    # ranges of terms
    ("theory.py", "constant(min(at))", "constant(max(at))"),
    ("theory.py", "constant(max(at))", "constant(min(at))"),
    ("theory.py", "constant(max(at))", "constant(at[-1])"),
    ("theory.py", "constant(min(at))", "constant(at[0])"),
    ("theory.py", 'x, "<", constant(polygon.xs[0])', 'x, "<", constant(polygon.xs[0] - 1)'),
    ("theory.py", 'constant(polygon.xs[-1]), "<", x', 'constant(polygon.xs[-1] + 1), "<", x'),
    ("theory.py", '(below, Junction("and", inside), above)', '(Junction("and", inside), above)'),
    ("theory.py", '(below, Junction("and", inside), above)', '(below, Junction("and", inside))'),
    ("theory.py", "context.vocabulary.terms, atom(1)", "context.vocabulary.terms, atom(2)"),
    # what is declared
    ("declare.py", 'self._symbol(name, [], "R")', 'self.terms.symbols[name] = (), "R"'),
    ("declare.py", "enumerate(parts, 1)", "enumerate(reversed(parts), 1)"),
    # the networks: units and values
    ("network.py", "Fraction(1, under)),)", "Fraction(1)),)"),
    ("network.py", "multiply(constant(under), p).terms", "multiply(constant(1), p).terms"),
    ("network.py", "value in monomial or (0,)", "value in monomial or (1,)"),
    ("network.py", "Fraction(-1))))", "Fraction(1))))"),
    ("network.py", "yield monomial, weight * c", "yield monomial, weight"),
    ("network.py", "chain(products, [((), self.budget.rational(own))])", "products"),
    ("network.py", "zip(weight, listed(bias, len(weight)))", "zip(weight, reversed(listed(bias, len(weight))))"),
    # ranges of values
    ("network.py", "(under // side[v].denominator)", "under"),
    ("network.py", "if (spread > 0) == up", "if (spread > 0) != up"),
    ("network.py", "if (spread > 0) == up", "if up"),
    ("network.py", "w * (highs[source] - lows[source])", "(highs[source] - lows[source])"),
    ("network.py", "if wide else []", "if not wide else []"),
    ("network.py", "lows += a, max(a, 0)", "lows += a, a"),
    ("network.py", "lows += a, max(a, 0)", "lows += a, max(b, 0)"),
    ("network.py", "floor(low[z] * under)", "ceil(low[z] * under)"),
    ("network.py", "ceil(high[z] * under)", "floor(high[z] * under)"),
    ("network.py", "floor(low[z] * under)", "floor(low[z])"),
    ("network.py", "ceil(high[z] * under)", "ceil(high[z])"),
    ("network.py", "need(all(v in low and v in high for v in inputs)",
     "low, high = ({v: side.get(v, Fraction(0)) for v in inputs} for side in (low, high)); need(True"),
    # bounds
    ("network.py", "(((), _), ((v,), c))", "(((), _), ((v, *_), c))"),
    ("network.py", "(((), _), ((v,), c))", "((_, _), ((v,), c))"),
    ("network.py", "bound = -sum(", "bound = sum("),
    ("network.py", "Fraction(0)) / c", "Fraction(0))"),
    ("network.py", "(low, max, c < 0)", "(low, max, True)"),
    ("network.py", "(high, min, c > 0)", "(high, min, True)"),
    ("network.py", "(low, max, c < 0)", "(low, max, c > 0)"),
    ("network.py", "(high, min, c > 0)", "(high, min, c < 0)"),
    # relaxed
    ("network.py", "max(-slope * low, high - slope * high)", "-slope * low"),
    ("network.py", "max(-slope * low, high - slope * high)", "(high - slope * high)"),
    ("network.py", "ceil(max(", "floor(max("),
    ("network.py", "* 2**96), 2**96)", "* 2**96), 2**97)"),
    ("network.py", "((z,), -slope)", "((z,), 0)"),
    ("network.py", "((), -above)", "((), above)"),
    ("network.py", "(((z + 1,), -1),)", "(((), 1), ((z + 1,), -1))"),
    ("network.py", "(((z,), 1), ((z + 1,), -1))", "(((z,), -1), ((z + 1,), 1))"),
    ("network.py", "((z + 1,), 1))):", "((z + 1,), 2))):"),
    ("network.py", 'yield Comparison("<="', 'yield Comparison("<"'),
    # the beginning of a proof, and its rules
    ("theory.py", "facts(negate(formula(statement.text", "facts((formula(statement.text"),
    ("language.py", 'formula.connective == "and" or len(formula.parts) == 1', "True"),
    ("language.py", '"<": "<=", "="', '"<": "<", "="'),
    ("theory.py", "need(not waiting", "need(True"),
    ("theory.py", "[facts(split), facts(negate(split))]", "[facts(split)]"),
    ("theory.py", "facts(negate(split))", "facts(split)"),
    ("theory.py", "for part in fact.parts]", "for part in fact.parts[:1]]"),
    ("theory.py", "need(goals and not waiting", "need(goals or not waiting"),
    ("declare.py", 'sort == "R" or self.terms.is_integral(value)', "True"),
    ("theory.py", 'if all(row.relation != "="', 'if any(row.relation == "?"'),
    ("theory.py", "(number(factor) or 0) > 0", "(number(factor) or 1) > 0"),
    ("theory.py", "(number(factor) or 0) > 0", "number(factor) is not None"),
    ("theory.py", 'all(row.relation == "<"', 'any(row.relation == "<"'),
    ("theory.py", "minus(row.polynomial)", "row.polynomial"),
    ("theory.py", "total is not None and (total", "total is None or (total"),
    ("theory.py", "(total < 0 or", "(True or"),
    ("theory.py", "(total == 0 and positive)", "total == 0"),
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
