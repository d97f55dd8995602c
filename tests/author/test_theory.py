"""The author's interface: what is written as mathematics is proved, and what cannot be is refused with the branch that stayed open."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from verify.author.theory import Lemma, Theory, definition, recursion
from verify.evidence.run import called
from verify.kernel.check import CLAIM, check
from verify.kernel.errors import BadInput, DepthproofError, Rejected
from verify.layout import Place, places
from verify.search.numbers.search import Stuck
from verify.theorem import Certified, scripts

PROOFS = Path(__file__).parents[2] / "proofs"


def proved(theory):
    """The lines that the kernel prints of what the theory proves."""
    it = theory.prove()
    assert set(json.loads(it.claim.canonical)) == {"format", "name", "networks", "statement"}
    assert json.loads(it.certificate)["claim"] == sha256(it.claim.canonical).hexdigest()
    assert it.claim == theory.claim()
    assert it.lines == check(it.claim.canonical, it.certificate, {}.__getitem__)
    return [line.strip() for line in it.lines[1:]]


def test_definitions_are_found_where_they_occur():
    t = Theory("t")
    t.define("relu(x) = 0 if x <= 0 else x")
    t.define("tent(x) = 2*relu(x) - 2*relu(2*x - 1)")
    t.theorem("0 <= x <= 1 implies 0 <= tent(x) <= 1")
    assert proved(t)[-1] == "proved t: for all x in R: 0 <= x <= 1 implies 0 <= tent(x) <= 1"


def test_cases_and_sorts():
    t = Theory("t")
    t.define("sign(x) = -1 if x < 0 else 0 if x = 0 else 1", sort="Z")
    t.define("even(k) = 2*k", sort="Z", k="Z")
    t.theorem("sign(x)*x >= 0 and (sign(x) = 0 implies x = 0)", name="t.sign")
    t.theorem("even(k) <= 6 or even(k) >= 8", name="t.even", k="Z")
    assert len(proved(t)) == 4


def test_integers_are_split_by_themselves():
    t = Theory("t")
    t.theorem("i = 2*floor(i/2) or i = 2*floor(i/2) + 1", i="Z")
    proved(t)


def test_induction_with_a_bare_hypothesis():
    t = Theory("t")
    t.library("pow2")
    t.recursion("sum(n)", start="0", step="sum(n) + pow2(n)", sort="Z")
    t.theorem("sum(n) = pow2(n) - 1", n="Z from 0", induction="n", use=["IH", "sum(n + 1)", "pow2(n + 1)"])
    proved(t)


def test_the_hypothesis_at_other_terms():
    t = Theory("t")
    t.recursion("shift(n, x)", start="x", step="shift(n, x + 1)")
    t.theorem("shift(n, x) = x + n", n="Z from 0", induction="n", use=["IH(x + 1)", "shift(n + 1, x)"])
    proved(t)


def test_a_lemma_without_terms_is_used_where_it_matches():
    t = Theory("t")
    t.library("tent")
    bounded = t.lemma("0 <= x <= 1 implies 0 <= tent(x) <= 1", name="bounded")
    t.theorem("0 <= y <= 1 implies 0 <= tent(tent(y)) <= 1", use=[bounded])
    assert bounded == "bounded"
    assert isinstance(bounded, Lemma)
    assert bounded("x", "y + 1") == "bounded(x, y + 1)"
    proved(t)


def test_congruence_is_found():
    t = Theory("t")
    t.free("f(x)")
    t.theorem("x = y + 1 and f(y + 1) = 3 implies f(x) = 3")
    proved(t)


def test_products_and_squares():
    t = Theory("t")
    t.theorem("0 <= x <= 1 and 0 <= y <= 1 implies x*y <= x", name="t.product")
    t.theorem("2*x*y <= x^2 + y^2", name="t.square", squares=["x - y"])
    t.theorem("x >= 1 and y >= 1 and z >= 1 implies x*y*z >= 1", name="t.cube", degree=3)
    proved(t)


def test_steps_on_the_way():
    t = Theory("t")
    t.theorem("0 < x and x*y = x implies y = 1", have=["0 < x and x*y = x implies x*(y - 1) = 0"])
    proved(t)


def test_a_witness_keeps_assumptions_honest():
    t = Theory("t")
    t.free("K", sort="Z")
    t.free("m(i)", sort="Z", i="Z")
    t.assume("large", "m(i) >= K", i="Z from 0")
    t.assume("positive", "K >= 1")
    t.recursion("sum(n)", start="0", step="sum(n) + m(n)", sort="Z")
    t.theorem("sum(n) >= n", n="Z from 0", induction="n", use=["IH", "sum(n + 1)", "large(n)", "positive"])
    with pytest.raises(DepthproofError, match="witness"):
        t.prove()
    w = t.witness(K=definition("K = 2", "Z"), m=recursion("m(i)", start="5", step="m(i) + 1", sort="Z"))
    w.theorem("m(i) >= K", name="large", i="Z from 0", induction="i", use=["IH", "m(i + 1)"])
    with pytest.raises(Rejected, match="no proof of positive"):
        t.prove()
    w.theorem("K >= 1", name="positive")
    assert proved(t)[-1] == "The assumptions were shown to hold for some choice of the free symbols."


def test_local_definitions_stay_out_of_the_claim():
    t = Theory("t")
    t.local(definition("double(x) = 2*x"))
    twice = t.lemma("double(x) = x + x", name="twice")
    t.theorem("x + x = 2*x", use=[twice("x")])
    assert "double" not in t.claim().canonical.decode()
    proved(t)


FALSE = [
    ("x^2 > 0", {}),
    ("0 <= tent(x) <= 1", {}),
    ("k <= 0 or k >= 2", {"k": "Z"}),
    ("x <= 0 or x >= 1", {}),
    ("floor(x) = x", {}),
    ("div(x, y)*y = x", {}),
    ("pow2(n) >= 2", {"n": "Z from 0"}),
    ("pow2(n) <= 100", {"n": "Z from 0", "induction": "n", "use": ["IH", "pow2(n + 1)"]}),
    ("D(k, x) = tent(frac(pow2(k - 1)*x))", {"k": "Z from 1", "induction": "k", "use": ["IH(x)", "D(k + 1, x)", "D(1, x)", "pow2(k)"]}),
    ("0 < 0", {}),
]


@pytest.mark.parametrize(("text", "options"), FALSE, ids=[text for text, _ in FALSE])
def test_false_statements_are_not_proved(text, options):
    t = Theory("t")
    t.library("D", "pow2", "frac")
    t.theorem(text, **options)
    with pytest.raises(Stuck) as caught:
        t.prove()
    assert caught.value.where.startswith(f"t: goal t: {text}")


def test_being_stuck_is_said_in_the_author_s_symbols():
    t = Theory("t")
    t.library("tent")
    t.theorem("0 <= x implies tent(x) >= 0")
    with pytest.raises(Stuck) as caught:
        t.prove()
    assert caught.value.where == "t: goal t: 0 <= x implies tent(x) >= 0"
    assert "all that is known holds at" in caught.value.reason
    assert "tent(x) = -" in caught.value.reason
    assert "relu(-1 + 2*x) = " in caught.value.reason
    assert "0 <= x\n    tent(x) < 0" in caught.value.reason


@pytest.mark.parametrize(
    ("text", "options", "reason"),
    [
        ("0 <= y(x)", {}, "expected a declared name, found y"),
        ("0 <= x <", {}, "column 9: expected a term or formula, found the end"),
        ("0 <= x", {"use": ["nothing(x)"]}, "expected what is known by now, found nothing"),
        ("0 <= x", {"use": ["floor(x"]}, "expected a name or name(term, ...)"),
        ("0 <= x", {"use": ["floor(y)"]}, "expected a declared name, found y"),
        ("0 <= x", {"use": ["div"]}, "expected terms for div(a, b)"),
        ("0 <= x", {"induction": "x"}, "expected a variable of sort"),
        ("0 <= x", {"x": "Q"}, 'expected a sort: "R", "Z" or "Z from 0"'),
        ("0 <= x", {"have": ["0 <= z"]}, "expected a declared name, found z"),
    ],
)
def test_mistakes_are_named(text, options, reason):
    t = Theory("t")
    t.theorem(text, **options)
    with pytest.raises(DepthproofError) as caught:
        t.prove()
    assert reason in str(caught.value)


@pytest.mark.parametrize("text", ["f(x)", "f(x) = 1 if x else 2", "f(x = 1", "f(x) = 1 else 2"])
def test_mistakes_in_definitions(text):
    t = Theory("t")
    with pytest.raises(BadInput):
        t.define(text)
        t.theorem("f(1) = f(1)")
        t.prove()


def test_the_same_bytes_again():
    def bytes_of():
        t = Theory("t")
        t.library("tent", "pow2")
        t.theorem("0 <= x <= 1 implies tent(1 - x) = tent(x)")
        it = t.prove()
        return [it.claim.canonical, it.certificate]

    assert bytes_of() == bytes_of()


COMMITTED = {place.name for place in places(PROOFS, CLAIM)}
CERTIFIED = [theorem for theorem in scripts(PROOFS) if any(isinstance(evidence, Certified) for evidence in theorem.evidence)]


def claimed(made):
    return made.claim() if isinstance(made, Theory) else made


@pytest.mark.parametrize("theorem", [theorem for theorem in CERTIFIED if theorem.name in COMMITTED], ids=lambda theorem: theorem.name)
def test_committed_claims_are_what_the_scripts_say(theorem):
    (evidence,) = (evidence for evidence in theorem.evidence if isinstance(evidence, Certified))
    claim = called(theorem, claimed(evidence.claim()), evidence.refutes)
    assert Place(PROOFS, theorem.name).claim.read_bytes() == claim.canonical


def test_a_theory_shows_itself() -> None:
    t = Theory("shown")
    t.recursion("s(n)", start="0", step="s(n) + n + 1")
    t.theorem("s(n) >= n", n="Z from 0", name="<grows>")
    shown = t._repr_html_()
    assert "&lt;grows&gt;" in shown and "n in Z from 0" in shown and "s(n) &gt;= n" in shown and "s(n - 1)" in shown
