"""What the prover proves, with the kernel's consent, is true at random points and at kinks; computed here without either of them."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.author.theory import Theory
from verify.search.numbers.search import Stuck

POINTS = [Fraction(n, 4) for n in range(-10, 11)]
FUNCTIONS = {
    "relu": lambda x: max(x, 0),
    "abs": abs,
    "floor": floor,
    "tent": lambda x: 2 * max(x, 0) - 2 * max(2 * x - 1, 0),
    "half": lambda x: x / 2,
}
COMPARED = {"<=": lambda a, b: a <= b, "<": lambda a, b: a < b, "=": lambda a, b: a == b, "!=": lambda a, b: a != b}


@st.composite
def terms(draw, depth=2):
    """(text, value at x, y)."""
    kind = draw(st.sampled_from(["x", "y", "number", "+", "-", "call"] if depth else ["x", "y", "number"]))
    if kind in "xy":
        return kind, (lambda x, y: x) if kind == "x" else (lambda x, y: y)
    if kind == "number":
        number = draw(st.sampled_from([Fraction(0), Fraction(1), Fraction(2), Fraction(1, 2)]))
        return str(number), lambda x, y: number
    one, value = draw(terms(depth=depth - 1))
    if kind == "call":
        name = draw(st.sampled_from(sorted(FUNCTIONS)))
        return (f"({one})/2" if name == "half" else f"{name}({one})"), lambda x, y: Fraction(FUNCTIONS[name](value(x, y)))
    other, second = draw(terms(depth=depth - 1))
    return f"({one} {kind} {other})", lambda x, y: value(x, y) + (1 if kind == "+" else -1) * second(x, y)


@st.composite
def comparisons(draw):
    (one, first), (other, second) = draw(terms()), draw(terms())
    relation = draw(st.sampled_from(sorted(COMPARED)))
    return f"{one} {relation} {other}", lambda x, y: COMPARED[relation](first(x, y), second(x, y))


@settings(max_examples=120)
@given(st.lists(comparisons(), max_size=2), comparisons())
def test_no_false_statement_is_proved(premises, conclusion):
    text = "".join(f"({premise}) implies " for premise, _ in premises) + conclusion[0]
    true = all(conclusion[1](x, y) for x in POINTS for y in POINTS if all(holds(x, y) for _, holds in premises))
    t = Theory("t")
    t.library("tent", "abs")
    t.theorem(text)
    if true:
        try:
            t.prove()
        except Stuck:
            return
    else:
        with pytest.raises(Stuck):
            t.prove()


@pytest.mark.parametrize("text", ["abs(x + y) <= abs(x) + abs(y)", "relu(x) - relu(-x) = x", "abs(x) = relu(x) + relu(-x)",
                                  "floor(x + 1) = floor(x) + 1",
                                  "x <= y implies floor(x) <= floor(y)", "relu(relu(x) - 1) <= relu(x)", "tent(x) <= 1",
                                  "floor(floor(x)) = floor(x)", "floor(x) + floor(y) <= floor(x + y) <= floor(x) + floor(y) + 1"])
def test_true_statements_without_hints(text):
    t = Theory("t")
    t.library("tent", "abs")
    t.theorem(text)
    t.prove()
