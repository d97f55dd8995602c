"""Coq files about given networks: their text, and that coqc accepts them, and refuses them with another number."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from tests.evidence import development
from verify.cli import main
from verify.evidence import coq_file
from verify.evidence.coq_file import Named, distance_file, pieces_file, separation_file
from verify.exact import Interval, counts, distance
from verify.kernel.errors import BadInput, OverBudget
from verify.network import builders
from verify.network.load import load
from verify.network.network import Network

ROOT = Path(__file__).parent.parent.parent
UNIT = Interval(Fraction(0), Fraction(1))
KINK_AT_END = builders.interpolating([0, Fraction(1, 2), 1], [0, 1, 1])
ZERO = builders.constant(0)
LINE = builders.affine([[Fraction(-2, 3)]], [5])
SKIP = builders.skip([([[1], [-1]], [Fraction(-1, 3), Fraction(1, 2)]), ([[1, 2, -1]], [0]), ([[1, 1, 1, -3]], [Fraction(1, 7)])])
TENT = """\
(* tent: f has exactly 2 pieces on [0, 1].
   f: tent, SHA-256 of its exact form
   88e7c426b4d839876902c35ea523acac5d5ecec2a6a4c3ff917eab8b349aca63
   Written by depthproof VERSION for Coq 8.16 and Coquelicot 3.2.
   To check it, after make coq:
   coqc -w none -R build/coq Depthproof -Q build/coq/checker Checked tent.v *)

From Coq Require Import QArith Qreals.
From Depthproof Require Import Definitions Oscillations.
From Checked Require Import FileNetwork.
From Depthproof Require Import FromFile.
Open Scope R_scope.

Definition f : R -> R := sawtooth 1.
Definition f_file : file := sawtooth_file 1.
Lemma f_is t : file_function f_file t = f t. Proof. apply sawtooth_file_function. Qed.

(* Between neighbours of these points no unit changes its sign. *)
Definition points : list Q := [0; 1 # 2; 1]%Q.

(* The proved checker, run. *)
Lemma checked : check_pieces f_file (0 # 1) (1 # 1) points 2 = true.
Proof. vm_cast_no_check (eq_refl true). Qed.

Theorem tent : pieces_exactly 2 0 1 f.
Proof. eapply pieces_by_points; try exact checked; try exact f_is; number. Qed.
"""


def without_version(text: str) -> str:
    return re.sub(r"Written by depthproof \S+ for", "Written by depthproof VERSION for", text)


def test_the_tent() -> None:
    assert without_version(pieces_file("tent", Named("tent", builders.tent()), UNIT)) == TENT


def test_the_committed_file_is_what_is_written() -> None:
    source = "tests/networks/three32_saw5.onnx"
    text = separation_file("separation_three32", Named(source, load(str(ROOT / source))))
    committed = (ROOT / "proofs" / "coq" / "checked" / "separation_three32.v").read_text()
    assert without_version(text) == without_version(committed)


def test_networks_are_written_as_they_are() -> None:
    layered = pieces_file("a", Named("", LINE), UNIT)
    assert "qnetwork := (QNetwork [] ([-2 # 3], 5))%Q." in layered and "f : R -> R := eval (real_network f_weights)." in layered
    skip = pieces_file("a", Named("", SKIP), UNIT)
    assert "File [Gemm [0]%nat [([1], -1 # 3); ([-1], 1 # 2)]%Q; Relu 1;" in skip and "R -> R := file_function f_file." in skip


def test_a_source_cannot_leave_its_comment() -> None:
    head, _, rest = pieces_file("a", Named('x*)\nQed."(*', LINE), UNIT).partition(" *)\n")
    assert "x?)" not in head and "f: x???Qed.???," in head and rest.startswith("\nFrom Coq")


@pytest.mark.parametrize("name", ["a-b.v", "1.v", ".v", "bound", "forall.v", "Theorem.v", "f.v", "g_file.v", "points.v", "ä.v", "a b.v"])
def test_names_that_coqc_would_refuse(name: str) -> None:
    with pytest.raises(BadInput, match=r"expected a file name such as bound\.v"):
        coq_file.name_of(name)


def test_the_words_that_coqc_refuses_as_names_are_refused() -> None:
    """All words of the development's sources are tried as names of a theorem in coqtop, after what the files load."""
    development.required()
    words = {word for path in (ROOT / "proofs" / "coq").rglob("*.v") for word in re.findall(r"\b[A-Za-z]\w*", path.read_text())}
    head = [line for line in TENT.splitlines() if line.startswith(("From", "Open"))]
    lines = [*head, *(f"Theorem {word} : forall a : Prop, a -> a. exact (fun a x => x). Qed." for word in sorted(words))]
    refused = set(re.findall(r"^> Theorem (\w+) :", development.coqtop("\n".join(lines)), re.MULTILINE))
    assert {"Theorem", "forall", "with"} <= refused
    for word in refused:
        with pytest.raises(BadInput):
            coq_file.name_of(f"{word}.v")


def test_names() -> None:
    assert coq_file.name_of("some where/Bound_2.v") == "Bound_2"


def test_too_many_points() -> None:
    with pytest.raises(OverBudget, match="at most 5000 activation intervals"):
        distance_file("a", Named("", builders.sawtooth(20)), Named("", ZERO), UNIT, "l1")


def test_enclosures_hold_and_are_narrow() -> None:
    f, g = (load(str(ROOT / "tests" / "networks" / f"{name}.onnx")) for name in ("fit64_saw4", "two16_saw4"))
    value, width = distance(f, g, UNIT).value, Fraction(1, 10**7)
    text = " ".join(distance_file("a", Named("", f), Named("", g), UNIT, "l1", width=width).split())
    found = re.search(r"\((\d+) / (\d+)\) <= RInt .* <= \((\d+) / (\d+)\)\.", text)
    assert found is not None and value is not None
    low, high = Fraction(int(found[1]), int(found[2])), Fraction(int(found[3]), int(found[4]))
    assert low < value < high and high - low <= 2 * width


WIDE = Interval(Fraction(-4, 3), Fraction(1, 2))
CASES = {
    "zero": (ZERO, UNIT),
    "line": (LINE, WIDE),
    "kink at the end": (KINK_AT_END, Interval(Fraction(0), Fraction(1, 2))),
    "kink inside": (KINK_AT_END, WIDE),
    "skip": (SKIP, WIDE),
    "tent": (builders.tent(), UNIT),
    "random": (builders.random_network([3, 2], 7), UNIT),
}


@pytest.mark.parametrize(("network", "on"), CASES.values(), ids=CASES)
def test_coqc_accepts_this_number_of_pieces_and_no_other(network: Network, on: Interval, tmp_path: Path) -> None:
    development.required()
    text, count = pieces_file("bound", Named("here", network), on), counts(network, on).pieces
    for number in (count, count - 1, count + 1):
        path = tmp_path / "bound.v"
        path.write_text(re.sub(r"pieces_exactly \d+", f"pieces_exactly {number}", re.sub(r"points \d+", f"points {number}", text)))
        assert (development.coqc(path) == "") == (number == count), number


def test_coqc_refuses_a_theorem_that_says_more_than_was_run(tmp_path: Path) -> None:
    development.required()
    path = tmp_path / "bound.v"
    text = separation_file("bound", Named("here", SKIP))
    count = counts(SKIP, UNIT).pieces
    nearer = text.replace(f"(1 - {count} /", f"(1 - {count - 1} /")
    another = text.replace("f_is t : file_function", "f_is t : 1 + file_function")
    assert len({text, nearer, another}) == 3
    for said in (text, nearer, another):
        path.write_text(said)
        assert (development.coqc(path) == "") == (said == text)


@pytest.mark.parametrize("kind", ["exact", "between", "sup"])
def test_coqc_accepts_distances_and_no_others(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that is changed in its last digit is refused; of two numbers around it, the upper one may be greater."""
    development.required()
    monkeypatch.setattr(coq_file, "LONGEST_VALUE", 0)
    given = Named("f", builders.random_network([2, 2], 3)), Named("g", builders.sawtooth(2))
    norm, width = "sup" if kind == "sup" else "l1", Fraction(1, 10**30)
    text = distance_file("bound", *given, Interval(Fraction(-1, 3), Fraction(1)), norm, kind == "exact", width)
    path = tmp_path / "bound.v"
    path.write_text(text)
    assert development.coqc(path) == ""
    over, under = re.findall(r"\((\d+) # (\d+)\)", text.partition("Lemma checked")[2])[-1]
    for more in (1, -1):
        other = int(over) + more
        wrong = text.replace(f"({over} # {under})", f"({other} # {under})").replace(f"({over} / {under})", f"({other} / {under})")
        assert wrong != text
        path.write_text(wrong)
        assert (development.coqc(path) == "") == (kind == "between" and more == 1)


def test_commands_write_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, words in enumerate((["pieces", "tent"], ["separate", "tent", "--k", "3"], ["distance", "tent", "constant:1/2"])):
        path = tmp_path / f"bound{number}.v"
        assert main([*words, "--coq", str(path)]) == 0
        assert f"Theorem bound{number} : " in path.read_text()
    assert main(["separate", "--k", "3", "--pieces", "2", "--coq", "bound.v"]) == 2
    assert main(["pieces", "tent", "--coq", str(tmp_path / "a-b.v")]) == 2
    assert main(["pieces", "tent", "--coq", str(tmp_path / "bound0.v" / "b.v")]) == 2
    assert "Traceback" not in capsys.readouterr().err
