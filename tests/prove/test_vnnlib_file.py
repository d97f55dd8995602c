"""VNN-LIB files as claims: exact decimals, the box of the asserted set, and the negation."""

import pytest

from verify.kernel.errors import BadInput, OverBudget
from verify.network.builders import sawtooth, tent
from verify.prove import given
from verify.prove.vnnlib_file import statement

DECLARED = b"; a comment (with brackets\n(declare-const X_0 Real)\n(declare-const Y_0 Real)\n"


def settled(text: bytes) -> bool:
    claim, files = given.claim_files("test", statement(DECLARED + text, 1, 1), {"f": tent()})
    return not given.certified(claim, files).goal


def test_a_box_and_an_unsafe_output() -> None:
    text = b"(assert (>= X_0 -0.25))(assert (<= X_0 1.5e-1)) (assert (or (and (>= Y_0 0.3000000001)) (<= Y_0 -1)))"
    found = statement(DECLARED + text, 1, 1)
    holds = "not ((x >= (-1/4)) and (x <= (3/20)) and (((f >= (3000000001/10000000000))) or (f <= (-1))))"
    assert found == {"forall": {"box": [["-1/4", "3/20"]], "holds": holds}}
    assert settled(text)
    assert not settled(text.replace(b"0.3000000001", b"0.3"))


def test_the_box_of_a_disjunction_is_around_all_parts() -> None:
    text = b"(assert (or (and (>= X_0 0) (<= X_0 0.5) (>= Y_0 2)) (and (<= 0.25 X_0) (>= 1 X_0) (< Y_0 0))))"
    assert statement(DECLARED + text, 1, 1)["forall"]["box"] == [["0", "1"]]
    assert settled(text)


def test_terms_and_several_variables() -> None:
    text = b"(assert (<= (+ X_0 (* 2 X_1) (- Y_1)) 3))" + b"".join(b"(assert (>= X_%d 0))(assert (<= X_%d 1))" % (i, i) for i in range(2))
    found = statement(text, 2, 2)["forall"]
    assert found["box"] == [["0", "1"], ["0", "1"]]
    assert found["holds"].startswith("not (((x1 + (2 * x2) + (-f2)) <= 3) and (x1 >= 0)")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"(assert (<= X_0 1))", "bound X_0 from both sides"),
        (b"(assert (<= X_0 1))(assert (>= X_0 2))", "bound X_0"),
        (b"(assert (or (<= X_0 1) (<= Y_0 1)))(assert (>= X_0 0))", "bound X_0"),
        (b"(assert (<= X_1 1))", "X_0 to X_0"),
        (b"(assert (<= X_0 one))", "a decimal number"),
        (b"(assert (<= X_0 1)", "expected )"),
        (b"(assert (<= X_0 1)))", "expected ("),
        (b"assert", "expected ("),
        (b"(assert (not (<= X_0 1)))", "and, or, or a comparison"),
        (b"(assert X_0)", "and, or"),
        (b"(assert (<= X_0 (sin X_0)))", r"\+, - or \*"),
        (b"(eval 1)", "declarations and assertions"),
        ("(assert (<= X_0 \u0661))".encode(), "ASCII"),
    ],
)
def test_other_files_are_refused(text: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason if "\\" in reason else reason.replace("(", r"\(").replace(")", r"\)")):
        statement(DECLARED + text, 1, 1)


def test_sizes_are_bounded() -> None:
    for text in (b"(" * 1_000, b" " * 5_000_000):
        with pytest.raises(OverBudget):
            statement(text, 1, 1)


def test_a_property_of_a_composition() -> None:
    found = statement(DECLARED + b"(assert (>= X_0 0))(assert (<= X_0 1))(assert (> Y_0 1))", 1, 1)
    claim, files = given.claim_files("test", found, {"f": sawtooth(4)})
    assert not given.certified(claim, files).goal
