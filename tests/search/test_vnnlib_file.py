"""VNN-LIB files as claims: exact decimals, the box of the asserted set, the negation; each file's right verdict."""

import gzip
import json
from pathlib import Path

import pytest

from verify.claim import Claim
from verify.kernel.errors import BadInput, DepthproofError, OverBudget
from verify.network import builders
from verify.network.builders import sawtooth, tent
from verify.network.load import load
from verify.network.network import Input, Network
from verify.network.operations import Node
from verify.network.relu_network import written
from verify.search import Proved, prove
from verify.search.proving import certified
from verify.search.vnnlib.property_file import claimed, read

DECLARED = b"; a comment (with brackets\n(declare-const X_0 Real)\n(declare-const Y_0 Real)\n"
TWO = b"".join(b"(declare-const %s_%d Real)" % (kind, i) for kind in (b"X", b"Y") for i in (0, 1))
SQUARE = b"(assert (<= -1 X_0 1))(assert (<= -1 X_1 1))"


def statement(data, inputs=1, outputs=1):
    return read(data, inputs, outputs).statement


def settled(text: bytes) -> bool:
    return not certified(Claim.from_short("test", statement(DECLARED + text), {"f": tent()})).goal


def difference():
    """y0 = relu(x0) − relu(x1), y1 = x0 + x1."""
    relu = Node("r", "Relu", ("x",))
    last = builders.gemm("y", ["r", "x"], [[1, -1, 0, 0], [0, 0, 1, 1]], [0, 0])
    return Network((Input("x", 2),), (relu, last), "y")


def verdict(text: bytes) -> str:
    asserted = read(text, 2, 2)
    found = certified(Claim.from_short("test", asserted.statement, {"f": difference()}))
    if found.goal:
        return "REFUTED"
    return "VACUOUS" if asserted.vacuous else "HOLDS"


def test_a_box_and_an_unsafe_output() -> None:
    text = b"(assert (>= X_0 -0.25))(assert (<= X_0 1.5e-1)) (assert (or (and (>= Y_0 0.3000000001)) (<= Y_0 -1)))"
    found = statement(DECLARED + text)
    holds = "not ((x >= -1/4) and (x <= 3/20) and ((f >= 3000000001/10000000000 or f <= -1)))"
    assert found == {"forall": {"box": [["-1/4", "3/20"]], "holds": holds}}
    assert settled(text)
    assert not settled(text.replace(b"0.3000000001", b"0.3"))


def test_neighbours_that_say_the_same_of_the_inputs_are_one_part() -> None:
    first, second = b"(>= X_0 0) (<= X_0 0.25)", b"(>= X_0 0.5) (<= X_0 1)"
    parts = [first + b"(< Y_0 0)", first + b"(> Y_0 0.5)", second + b"(> Y_0 1)", second, b"(> Y_0 2)", first + b"(> Y_0 3)"]
    text = b"(assert (<= 0 X_0 1))(assert (or %s))" % b" ".join(b"(and %s)" % part for part in parts)
    one, two = "x >= 0 and x <= 1/4", "x >= 1/2 and x <= 1"
    said = f"({one} and (f < 0 or f > 1/2)) or ({two} and f > 1) or ({two}) or f > 2 or ({one} and f > 3)"
    assert statement(DECLARED + text)["forall"] == {"box": [["0", "1"]], "holds": f"not (((0 <= x and x <= 1)) and (({said})))"}
    assert not settled(text)
    assert settled(text.replace(b"(and %s) " % second, b""))
    assert not settled(text.replace(b"(and %s) " % second, b"").replace(b"(> Y_0 0.5)", b"(>= Y_0 0.5)"))


def test_the_box_of_a_disjunction_is_around_all_parts() -> None:
    text = b"(assert (or (and (>= X_0 0) (<= X_0 0.5) (>= Y_0 2)) (and (<= 0.25 X_0) (>= 1 X_0) (< Y_0 0))))"
    assert statement(DECLARED + text)["forall"]["box"] == [["0", "1"]]
    assert settled(text)


def test_terms_and_several_variables() -> None:
    found = statement(TWO + b"(assert (<= (+ X_0 (* 2 X_1) (- Y_1)) 3))" + SQUARE, 2, 2)["forall"]
    assert found["box"] == [["-1", "1"], ["-1", "1"]]
    assert found["holds"].startswith("not ((x1 + 2*x2 - f2 <= 3) and ((-1 <= x1 and x1 <= 1))")


BOX = b"(assert (<= X_0 1))(assert (>= X_0 -1))(assert (<= X_1 1))(assert (>= X_1 -1))"
VERDICTS = {  # what is declared is TWO; the box is the square unless the text begins with !
    "(assert (>= Y_0 1))": "REFUTED",
    "(assert (> Y_0 1))": "HOLDS",
    "(assert (> Y_0 1.0E+00))": "HOLDS",
    "(assert (> Y_0 +1))": "HOLDS",
    "(assert (> Y_0 1.))": "HOLDS",
    "(assert (> (- Y_0) (- 1)))": "REFUTED",
    "(assert (> Y_0 (/ 3 2)))": "HOLDS",
    "(assert (> Y_0 (/ 2 4 1)))": "REFUTED",
    "(assert (or (> Y_0 1)))": "HOLDS",
    "(assert (or (> Y_0 1) (< Y_0 -1) (> Y_1 2)))": "HOLDS",
    "(assert (= Y_0 1))": "REFUTED",
    "(assert (< 1 Y_0))": "HOLDS",
    "(assert (not (<= Y_0 1)))": "HOLDS",
    "(assert (not (not (>= Y_0 1))))": "REFUTED",
    "(assert (not (=> (<= X_0 0) (<= Y_0 0))))": "HOLDS",
    "(assert (=> (<= X_0 0) (> Y_0 0)))(assert (<= X_0 0))": "HOLDS",
    "(assert true)(assert (> Y_0 1))": "HOLDS",
    "(assert false)": "VACUOUS",
    "(assert (or))": "VACUOUS",
    "(assert (and))": "REFUTED",
    "(assert (<= 2 1))": "VACUOUS",
    "": "REFUTED",
    "(assert (> Y_0 1e999))": "HOLDS",
    "(assert (> Y_0 -1e999))": "REFUTED",
    "(assert (> Y_0 1.00000000000000000000000000000000000000000000000001))": "HOLDS",
    "(assert (>= Y_0 0.99999999999999999999999999999999999999999999999999))": "REFUTED",
    "(assert (<= (+ X_0 X_1) 0))(assert (> Y_1 0))": "HOLDS",
    "(define-fun c () Real 1.0)(assert (> Y_0 c))": "HOLDS",
    "(define-const c Real 1.0)(assert (>= Y_0 c))": "REFUTED",
    "(define-fun twice ((a Real)) Real (* 2 a))(assert (> (twice Y_0) 2))": "HOLDS",
    "(define-fun big () Bool (> Y_0 1))(assert big)": "HOLDS",
    "(assert (let ((a Y_0) (b 1)) (let ((a (- a b))) (> a 0))))": "HOLDS",
    "(assert (< 0 Y_0 X_0 1))": "REFUTED",
    "(assert (< 0 X_0 Y_0 1))": "HOLDS",
    "(assert (< 0 Y_0 1))": "REFUTED",
    "(assert (distinct Y_0 Y_0))": "VACUOUS",
    "(assert (distinct Y_0 1 0))": "REFUTED",
    "(assert (xor (> Y_0 1) (< Y_0 -1)))": "HOLDS",
    "(assert (= (> Y_0 1) (< Y_0 -1)))": "REFUTED",
    "(assert (ite (> X_0 0) (> Y_0 X_0) (> Y_0 0)))": "HOLDS",
    "(assert (! (> Y_0 1) :named unsafe))": "HOLDS",
    "(set-logic QF_LRA)(set-info :source |x ( y|)(assert (> Y_0 1))(check-sat)(get-model)(exit) (whatever": "open",
    "(set-info :source |x ( y|)(assert (> Y_0 1))(check-sat)(exit)(whatever)": "HOLDS",
    "!(assert (<= (* 2 X_0) 2))(assert (>= (* 2 X_0) -2))(assert (<= -1 X_1 1))(assert (> Y_0 1))": "HOLDS",
    "!(assert (< -1 X_0 1))(assert (< -1 X_1 1))(assert (>= Y_0 1))": "HOLDS",
    "!(assert (< -1 X_0 1))(assert (<= -1 X_1 1))(assert (<= Y_0 -1))": "REFUTED",
    "!(assert (= X_0 0.5))(assert (<= -1 X_1 1))(assert (> Y_0 0.5))": "HOLDS",
    "!(assert (<= X_0 -2))(assert (>= X_0 -1))(assert (<= -1 X_1 1))(assert (> Y_0 1))": "VACUOUS",
    "!(assert (or (and (>= X_0 -1) (<= X_0 0) (<= 0 X_1 1) (> Y_0 0))"
    " (and (>= X_0 0) (<= X_0 1) (<= -1 X_1 0) (< Y_0 0))))": "HOLDS",
    "!(assert (or (and (>= X_0 -1) (<= X_0 0) (<= 0 X_1 1) (>= Y_0 0))"
    " (and (>= X_0 0) (<= X_0 1) (<= -1 X_1 0) (< Y_0 0))))": "REFUTED",
    "!(assert (or (and (>= X_0 1) (<= X_0 -1) (<= -1 X_1 1)) (and (<= 0 X_0 1) (<= -1 X_1 1))))"
    "(assert (> Y_0 1))": "HOLDS",
}  # fmt: skip


@pytest.mark.parametrize("text", [text for text, wanted in VERDICTS.items() if wanted != "open"])
def test_each_form_has_its_verdict(text: str) -> None:
    box = b"" if text.startswith("!") else SQUARE
    assert verdict(TWO + box + text.removeprefix("!").encode()) == VERDICTS[text]


SECOND = b"""(vnnlib-version <2.0>)
(declare-network f (declare-input X float32 [2]) (declare-output Y float32 [1, 2]))
(assert (and (<= X[0] 1.0) (>= X[0] -1.0) (<= X[1] 1.0) (>= X[1] -1.0)))
(assert (> Y[0,0] 1.0))"""


def test_the_first_level_of_version_two() -> None:
    assert verdict(SECOND) == "HOLDS"
    assert verdict(SECOND.replace(b"> Y[0,0]", b">= Y[0,0]")) == "REFUTED"
    assert verdict(SECOND.replace(b"Y[0,0] 1.0", b"Y[0,1] 2")) == "HOLDS"
    for old, new, reason in (
        (b"[1, 2]", b"[3]", "expected 2 outputs, which the network has, found 3"),
        (b"Y[0,0]", b"Y[0]", "an element of Y"),
        (b"Y[0,0]", b"Y[1,0]", "an element of Y"),
        (b"Y[0,0]", b"Z[0,0]", "an element of X or Y"),
        (b"(declare-output Y float32 [1, 2])", b"", "one input and one output"),
        (b"declare-output", b"declare-hidden", "declare-input or declare-output"),
    ):
        with pytest.raises(BadInput, match=reason) as refused:
            read(SECOND.replace(old, new), 2, 2)
        assert refused.value.where.startswith("line ")


def test_marks_line_ends_and_comments_of_any_kind() -> None:
    text = TWO + SQUARE + b"(assert (> Y_0 1))"
    assert verdict(b"\xef\xbb\xbf" + text) == "HOLDS"
    assert verdict(text.replace(b")(", b")\r\n(")) == "HOLDS"
    assert verdict("; propriété: sécurité\n".encode() + text) == "HOLDS"
    assert verdict(text.replace(b"(or", b"( or")) == "HOLDS"


def test_a_packed_file_and_the_name_of_a_property(tmp_path: Path) -> None:
    net = tmp_path / "n.json"
    net.write_bytes(written(difference()))
    for name in ("eps_0.5", "eps_0.6"):
        (tmp_path / f"{name}.vnnlib").write_bytes(TWO + SQUARE + b"(assert (> Y_0 1))")
        (tmp_path / f"{name}.vnnlib.gz").write_bytes(gzip.compress((tmp_path / f"{name}.vnnlib").read_bytes()))
        for ending in (".vnnlib", ".vnnlib.gz"):
            claim = claimed(tmp_path / f"{name}{ending}", load(net))
            found = prove(claim, 20)
            assert (claim.name, isinstance(found, Proved)) == (name, True)
            assert f"{name}.claim.json" in claim.files(b"")
    empty = tmp_path / "empty.vnnlib"
    empty.write_bytes(TWO + b"(assert (<= 1 X_0 0))(assert (<= 0 X_1 1))")
    assert claimed(empty, load(net)).notes == ("the assertions allow no input, whatever the network gives: there is nothing to show",)


def test_claims_of_one_folder_keep_their_names(tmp_path: Path) -> None:
    for name in ("eps_0.5", "eps_0.6"):
        body = {"format": "claim/1", "networks": {"f": "tent"}, "statement": {"forall": {"box": [["0", "1"]], "holds": "f <= 1"}}}
        (tmp_path / f"{name}.json").write_text(json.dumps(body))
        assert Claim.from_file(tmp_path / f"{name}.json").name == name


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("(assert (<= X_0 1))", "", "bound X_0 from both sides"),
        ("(assert (or (<= X_0 1) (<= Y_0 1)))(assert (>= X_0 0))", "", "bound X_0"),
        ("(assert (<= X_1 1))", "line 4, column 13", "X_0, found"),
        ("(assert (<= X_0 one))", "line 4, column 17", "a decimal number"),
        ("(assert (<= X_0 1)", "line 4, column 1", "a bracket that is closed"),
        ("(assert (<= X_0 1)))", "line 4, column 20", "an opening bracket"),
        ("assert", "line 4, column 1", "an opening bracket"),
        ("(assert X_0)", "line 4, column 9", "a formula"),
        ("(assert 1)", "line 4, column 9", "a formula"),
        ("(assert (<= X_0 (sin X_0)))", "line 4, column 17", 'found "sin"'),
        ("(assert (<= X_0 (<= X_0 1)))", "line 4, column 17", "a number, X_i or Y_i"),
        ("(assert ((> Y_0 1)))", "line 4, column 9", 'found "a list"'),
        ("(assert ())", "line 4, column 9", 'found "a list"'),
        ("(assert (<=))", "line 4, column 9", 'at least 2 after "<="'),
        ("\n\n (assert (<= X_0))", "line 6, column 10", 'at least 2 after "<="'),
        ("(assert)", "line 4, column 1", '1 after "assert"'),
        ("(assert (not))", "line 4, column 9", '1 after "not"'),
        ("(assert (> (* Y_0 Y_0) 1))", "line 4, column 19", "a product with a number"),
        ("(assert (> (/ 1 Y_0) 1))", "line 4, column 17", "a divisor"),
        ("(assert (> (/ Y_0 0) 1))", "line 4, column 19", "a divisor"),
        ("(assert (> Y_0 \u0661))", "line 4, column 16", "ASCII outside comments"),
        ("(eval 1)", "line 4, column 1", "declarations, definitions and assertions"),
        ("(declare-const X_0 Real)", "line 4, column 16", "a new name"),
        ("(declare-const X_1 Real)", "line 4, column 16", "X_0, which the network has"),
        ("(declare-const Z Real)", "line 4, column 16", "X_0, X_1"),
        ("(declare-const X_00 Real)", "line 4, column 16", "X_0, X_1"),
        ("(declare-const X_0 Int)", "line 4, column 20", "the sort Real"),
        ("(declare-fun X_0 (Real) Real)", "line 4, column 18", "a constant"),
        ("(define-fun X_0 () Real 1)", "line 4, column 13", "a new name"),
        ("(assert (let (a 1) (> a 1)))", "line 4, column 15", "(NAME VALUE)"),
        ("(assert (let () (> 1 1)))", "line 4, column 14", "bindings"),
        ('(assert (> "text" 1))', "line 4, column 12", "a decimal number"),
        ("(assert (> Y_0 |1", "line 4, column 16", "a word or a bracket"),
    ],
)
def test_other_files_are_refused(text: str, place: str, reason: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(DECLARED + text.encode(), 1, 1)
    assert (refused.value.where, reason in refused.value.reason) == (place, True), refused.value
    assert "\n" not in str(refused.value)


def test_what_is_declared_is_what_the_network_has() -> None:
    text = TWO + SQUARE + b"(assert (> Y_0 1))"
    for sizes in ((1, 2), (2, 1), (5, 2), (2, 5)):
        with pytest.raises(BadInput, match=r"which the network has|declarations of the network's"):
            read(text, *sizes)
    with pytest.raises(BadInput, match="declared before"):
        read(SQUARE + TWO, 2, 2)


@pytest.mark.parametrize(
    "text",
    [
        b"(" * 1_000,
        b" " * 5_000_000,
        TWO + b"(assert (<= X_0 " + b"9" * 401 + b"))",
        TWO + b"(assert (<= X_0 1e1001))",
        TWO + b"(assert (distinct" + b" X_0" * 1000 + b"))",
        TWO + b"(define-fun p0 () Bool (> X_0 1))" + b"".join(b"(define-fun p%d () Bool (and p%d p%d))" % (i + 1, i, i) for i in range(40)),
        TWO + b"(define-fun f ((a Real)) Real (f a))(assert (> (f 1) 1))",
    ],
)
def test_sizes_are_bounded(text: bytes) -> None:
    with pytest.raises(OverBudget):
        read(text, 2, 2)


def test_a_property_of_a_composition() -> None:
    found = statement(DECLARED + b"(assert (>= X_0 0))(assert (<= X_0 1))(assert (> Y_0 1))")
    assert not certified(Claim.from_short("test", found, {"f": sawtooth(4)})).goal


@pytest.mark.parametrize("seed", range(200))
def test_damaged_files_are_read_or_refused(seed: int) -> None:
    """Words and brackets taken out, doubled or exchanged: a claim or one line."""
    import random
    import re

    chosen = random.Random(seed)
    more = "(define-fun c ((a Real)) Real (/ a 2))(assert (or (not (=> (> Y_0 1) (< (c X_0) -.5e+1))) (= Y_1 2)))"
    text = (TWO + SQUARE).decode() + more
    words = re.findall(r"[()]|[^\s()]+", text if seed % 4 else SECOND.decode())
    for _ in range(chosen.randint(1, 4)):
        place, other = chosen.randrange(len(words)), chosen.randrange(len(words))
        change = chosen.randrange(4)
        if change == 0:
            del words[place]
        elif change == 1:
            words.insert(place, words[other])
        elif change == 2:
            words[place], words[other] = words[other], words[place]
        else:
            words[place] = chosen.choice(["let", "1e999", "(", ")", "X_0", "|", '"', "()", "true", "-", "\x00", "é"])
    try:
        read(" ".join(words).encode(), 2, 2)
    except DepthproofError as error:
        assert "\n" not in str(error)
