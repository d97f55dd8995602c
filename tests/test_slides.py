"""The slides: no line of the lectures that states something is without a theorem, and no theorem of theirs is without its line."""

import json
from pathlib import Path

import pytest

from verify import slides
from verify.cli import main
from verify.kernel.errors import BadInput
from verify.theorem import BENEFITS, NOTES, Cited, InCoq, scripts

FOLDER = Path(__file__).parent.parent / "proofs"
LINES = slides.lines(FOLDER)
THEOREMS = {theorem.name: theorem for theorem in scripts(FOLDER)}
BEYOND = {"expressivity.max5"}  # what the lectures do not say
HEADINGS = {
    BENEFITS: [
        "Recap",
        "Part of the deep learning story",
        "Old school: hand-craft features",
        "Early inspirations from visual cortex",
        "What do deep networks learn?",
        "A brief history of depth separation",
        "Modern iterations of depth separation",
        "Separating deep and shallow networks",
        "Q: what can deep networks do easily?",
        "Shallow functions have few linear pieces",
        "Deep function with many oscillations",
        "Shallow g's can't approximate f",
        "Parting thoughts",
    ],
    NOTES: ["Deep Learning", "Backprop", "Fast, general, but is it any good?", "Thm 1"],
}


def test_the_headings_are_those_of_the_lectures_in_their_order() -> None:
    found = list(dict.fromkeys((line.lecture, line.heading) for line in LINES))
    assert found == [(lecture, heading) for lecture, all_of in HEADINGS.items() for heading in all_of]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.words[:40])
def test_a_line_has_theorems_or_says_why_it_states_nothing(line: slides.Line) -> None:
    assert bool(line.rows) != bool(line.silent)
    assert len(set(line.rows)) == len(line.rows) and set(line.rows) <= set(THEOREMS)


def test_every_theorem_has_its_line_in_the_lecture_that_it_cites() -> None:
    places = {(line.lecture, row) for line in LINES for row in line.rows}
    cited = {(theorem.source.partition(": ")[0], name) for name, theorem in THEOREMS.items() if name not in BEYOND}
    assert cited - places == set()
    assert not BEYOND & {row for _, row in places}


def test_every_theorem_of_the_slides_is_listed_under_the_heading_that_it_cites() -> None:
    places = {(line.heading, row) for line in LINES if line.lecture == BENEFITS for row in line.rows}
    theorems = [it for it in THEOREMS.values() if it.source.startswith(f"{BENEFITS}: ")]
    assert [it.name for it in theorems if (it.source.removeprefix(f"{BENEFITS}: "), it.name) not in places] == []


def test_a_line_that_states_something_is_not_left_to_the_literature() -> None:
    for line in LINES:
        kinds = {type(evidence) for row in line.rows for evidence in THEOREMS[row].evidence}
        assert not line.rows or kinds - {Cited}, line.words


def test_every_false_statement_of_the_lectures_says_what_is_printed() -> None:
    said = {line.words for line in LINES for row in line.rows if not THEOREMS[row].true}
    assert len(said) >= 10
    for theorem in THEOREMS.values():
        refutes = [e.refutes for e in theorem.evidence if isinstance(e, InCoq)]
        assert theorem.true == (not any(refutes)) or not refutes, theorem.name


def test_names_are_put_in_the_order_of_the_lectures() -> None:
    names = ["zzz", "smooth.sobolev", "aaa", "backprop.lemma", "approximation.cube", "separation.slide_half"]
    ordered = ["approximation.cube", "separation.slide_half", "smooth.sobolev", "backprop.lemma", "aaa", "zzz"]
    assert slides.order(names, FOLDER) == ordered
    assert slides.order(["b", "a"], FOLDER / "coq") == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lecture\n   Heading\n", ':2: expected a heading, found "   Heading"'),
        ("Lecture\n    Line\n", ':2: expected a heading, found "    Line"'),
        ("  Heading\n", ':1: expected a lecture, found "  Heading"'),
        ("Lecture\n  Heading\n    Line\n    Line 2\n      a.b\n", 'Lecture, Heading, "Line": expected names of theorems below it'),
    ],
)
def test_a_list_that_is_malformed_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / slides.NAME).write_text(text)
    with pytest.raises(BadInput) as caught:
        slides.lines(tmp_path)
    assert said in str(caught.value)


def test_the_command_lists_the_slides(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["theorems", "--by-slide"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Benefits of depth\n  Recap\n") and "      separation.slide_ng\n" in shown
    assert ", pieces.polyhedra.false (false)," in shown
    assert main(["theorems", "--by-slide", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["slides"]
    assert [row["line"] for row in rows] == [line.words for line in LINES]
    assert main(["theorems"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == list(THEOREMS)
    assert [line.split()[1] == "(false)" for line in listed] == [not theorem.true for theorem in THEOREMS.values()]
    assert main(["theorems", "--by-slide", "--proofs", str(tmp_path)]) == 2
    assert "expected a list of the slides, found none" in capsys.readouterr().err
