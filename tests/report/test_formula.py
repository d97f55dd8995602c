"""Trees of formulas: read back by the kernel they are the same formula, and every shape is written in MathML, TeX and Typst."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.author.library import LIBRARY
from verify.kernel.formulas import formula as kernel_formula
from verify.kernel.limits import Budget
from verify.kernel.terms import Terms
from verify.report import claims, gloss, notation, shapes
from verify.report.document import Formula
from verify.report.formula import Number, fraction, written
from verify.report.formula_source import parsed

ROOT = Path(__file__).parents[2]
CLAIMS = sorted((ROOT / "proofs").glob("*/*.claim.json"))

numbers = st.integers(0, 12).map(str)
terms = st.recursive(
    numbers | st.sampled_from(["x", "y"]),
    lambda inner: st.one_of(
        st.builds("{} {} {}".format, inner, st.sampled_from("+-*"), inner),
        st.builds("({})".format, inner),
        st.builds("-{}".format, inner.map(lambda text: f"({text})")),
        st.builds("({})^{}".format, inner, st.integers(1, 3)),
        st.builds("{}/{}".format, numbers, st.integers(1, 9)),
    ),
    max_leaves=6,
)
comparisons = st.builds("{} {} {}".format, terms, st.sampled_from(["<=", "<", "=", "!=", ">=", ">"]), terms) | st.builds(
    "{} <= {} < {}".format, terms, terms, terms
)
formulas = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds("({}) {} ({})".format, inner, st.sampled_from(["and", "or", "implies"]), inner),
        st.builds("{} {} {}".format, inner, st.sampled_from(["and", "or", "implies"]), inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=5,
)


def read(text: str) -> object:
    terms = Terms(Budget())
    scope = {name: terms.variable(name, "R") for name in ("x", "y")}
    return kernel_formula(text, terms, scope)


@given(formulas)
def test_the_kernel_reads_the_tree_as_the_same_formula(text: str) -> None:
    assert read(written(parsed(text))) == read(text)


@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.name)
def test_every_committed_claim_is_set_in_all_three(path: Path) -> None:
    usual, lines = claims.lines(path.read_bytes())
    nodes = [part.node for line in lines for part in line if isinstance(part, Formula)]
    assert nodes
    for node in nodes:
        ElementTree.fromstring(notation.Setter(shapes.MathML(), usual).whole(node))
        for language, opening, closing in ((shapes.TeX(), "{", "}"), (shapes.Typst(), "(", ")")):
            text = notation.Setter(language, usual).whole(node)
            assert text.count(opening) == text.count(closing)


def test_nothing_of_a_claim_is_left_out() -> None:
    for path in CLAIMS:
        theory = json.loads(path.read_bytes())["statement"].get("theory")
        if theory:
            assert len(claims.lines(path.read_bytes())[1]) == len(theory["declare"]) + len(theory["goals"])


def test_usual_symbols_are_those_of_the_library() -> None:
    assert {name: LIBRARY[name][0] for name in notation.USUAL} == notation.USUAL


def test_a_symbol_declared_otherwise_has_no_usual_notation() -> None:
    declared = [{"define": "pow2", "for": [["n", "Z"]], "sort": "Z", "cases": [], "otherwise": "3"}]
    assert claims.usual({"statement": {"declare": declared, "goals": []}}) == frozenset()


def test_brackets_and_dots() -> None:
    def tex(text: str) -> str:
        return (
            notation.Setter(shapes.TeX(), frozenset({"pow2"}))
            .whole(parsed(text))
            .replace(r"\left", "")
            .replace(r"\right", "")
            .replace(" ", "")
        )

    assert tex("(x + 1)^2") == r"\({(x+1)}^{2}\)"
    assert tex("-(x^2)") == tex("-x^2") == r"\(-{x}^{2}\)"
    assert tex("2*pow2(n)") == r"\(2\cdot{2}^{n}\)"
    assert tex("x - (y - 1)") == r"\(x-(y-1)\)"
    assert tex("(x + y)/2") == r"\(\frac{x+y}{2}\)"
    assert written(fraction("-3/4")) == "-(3 / 4)" or read(f"{written(fraction('-3/4'))} = x") == read("-3/4 = x")
    assert written(Number("7")) == "7"


def test_prose() -> None:
    names = frozenset({"separation.sharp"})
    found = list(gloss.parts("∫ |Δ^(2L²+2)| ≥ 2^−k m_1 P_(i+1), as separation.sharp and not.this say 4^−(m+1)", names))
    assert [part for part in found if part[0] != "plain"] == [
        ("up", "2L²+2"), ("up", "−k"), ("down", "1"), ("down", "i+1"), ("name", "separation.sharp"), ("up", "−(m+1)"),
    ]  # fmt: skip
