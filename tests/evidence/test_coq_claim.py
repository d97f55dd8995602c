"""Claims and certificates as Coq terms: the trees that texts mean, every committed text found in its tree again, and coqc's verdict."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.evidence import development
from verify.evidence import coq_claim
from verify.evidence.coq_claim import _Reading
from verify.kernel.errors import BadInput
from verify.layout import Place

PROOFS = Path(__file__).parent.parent.parent / "proofs"
X, Y, ONE, TWO = '(Call "x" [])', '(Call "y" [])', "(Numeral 1)", "(Numeral 2)"
TREES = {
    "x + 1 - y": f"(Arithmetic Minus (Arithmetic Plus {X} {ONE}) {Y})",
    "x - 2*y": f"(Arithmetic Minus {X} (Arithmetic Times {TWO} {Y}))",
    "-x^2": f"(Opposite (Arithmetic Power {X} {TWO}))",
    "-x*y": f"(Arithmetic Times (Opposite {X}) {Y})",
    "x^1^2": f"(Arithmetic Power {X} (Arithmetic Power {ONE} {TWO}))",
    "1/2*x": f"(Arithmetic Times (Arithmetic Over {ONE} {TWO}) {X})",
    "(x)": f"(Brackets {X})",
    "f(x, f(1))": f'(Call "f" [{X}; (Call "f" [{ONE}])])',
    "1 <= x < y = 2": f"(Chain {ONE} [(LessEqual, {X}); (Less, {Y}); (Equal, {TWO})])",
    "not x > 1 and true": f"(Connected Conjunction (Negation (Chain {X} [(Greater, {ONE})])) Truth)",
    "true implies false implies true": "(Connected Implication Truth (Connected Implication Falsity Truth))",
    "true or false and true": "(Connected Disjunction Truth (Connected Conjunction Falsity Truth))",
    "true and false and true": "(Connected Conjunction (Connected Conjunction Truth Falsity) Truth)",
    "x != y or x >= 1": f"(Connected Disjunction (Chain {X} [(Unequal, {Y})]) (Chain {X} [(GreaterEqual, {ONE})]))",
}
SIGNS = {"LessEqual": "<=", "Less": "<", "Equal": "=", "Unequal": "!=", "GreaterEqual": ">=", "Greater": ">"}
SIGNS |= {"Plus": "+", "Minus": "-", "Times": "*", "Over": "/", "Power": "^"}
SIGNS |= {"Conjunction": "and", "Disjunction": "or", "Implication": "implies", "Truth": "true", "Falsity": "false"}


@pytest.mark.parametrize("text", TREES)
def test_trees(text: str) -> None:
    assert _Reading(text, False).whole() == TREES[text]


def test_values_are_words_only_where_networks_are_given() -> None:
    assert _Reading("value17", True).whole() == "(Value 17)"
    assert _Reading("value17", False).whole() == '(Call "value17" [])'
    assert _Reading("value0", True).whole() == '(Call "value0" [])'


@pytest.mark.parametrize("text", ["", "x +", "(x", "x)", "x y", "f(", "f()", "x $ y", "1 < "])
def test_what_is_no_text(text: str) -> None:
    with pytest.raises(BadInput):
        _Reading(text, False).whole()


def nested(text: str) -> list[Any]:
    """A Coq term as lists in lists; strings and words as they are, lists of Coq's with "[" in front."""
    whole: list[Any] = [[]]
    for word in re.findall(r'"[^"]*"|[()\[\]]|[^\s()\[\];,"]+', text):
        if word in ("(", "["):
            whole.append(["["] if word == "[" else [])
        elif word in (")", "]"):
            inside = whole.pop()
            whole[-1].append(inside)
        else:
            whole[-1].append(word)
    return whole[0][0]


def words(tree: Any) -> Iterator[str]:
    """The text's words, from the tree alone."""
    match tree:
        case str():
            yield SIGNS[tree]
        case ["Numeral", number]:
            yield number
        case ["Value", number]:
            yield f"value{number}"
        case ["Call", name, ["[", *arguments]]:
            yield name.strip('"')
            for i, argument in enumerate(arguments):
                yield "(" if i == 0 else ","
                yield from words(argument)
            yield from [")"] * bool(arguments)
        case ["Brackets", inside]:
            yield from ["(", *words(inside), ")"]
        case ["Opposite" | "Negation" as kind, inside]:
            yield from ["-" if kind == "Opposite" else "not", *words(inside)]
        case ["Arithmetic" | "Connected", sign, left, right]:
            yield from [*words(left), SIGNS[sign], *words(right)]
        case ["Chain", first, ["[", *rest]]:
            yield from words(first)
            for sign, term in rest:
                yield from [SIGNS[sign], *words(term)]
        case _:
            raise AssertionError(tree)


def texts(value: Any, key: str = "") -> Iterator[str]:
    """The texts in a claim's or certificate's JSON that are terms or formulas."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from texts(part, name)
    elif key in ("holds", "otherwise", "of") and isinstance(value, str):
        yield value
    elif key == "cases":
        yield from (text for case in value for text in case)
    elif key == "proof":
        for step in value:
            yield from of_step(*step)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part, "" if isinstance(part, str) else key)


def of_step(rule: str, *parts: Any) -> Iterator[str]:
    match rule, parts:
        case "use", (_, terms):
            yield from terms
        case "congruence", (_, left, right):
            yield from [*left, *right]
        case "cut" | "range", (text, *_):
            yield text
        case "leaf", (entries,):
            yield from (weight for weight, _ in entries)


def test_every_committed_text_is_in_its_tree() -> None:
    found = 0
    for place in coq_claim.certified(PROOFS):
        claim, certificate = map(json.loads, coq_claim.pair(place))
        for text in [*texts(claim["statement"]), *texts(certificate["evidence"])]:
            tree = _Reading(text, bool(claim["networks"])).whole()
            assert "".join(words(nested(tree))) == text.replace(" ", ""), text
            found += 1
    assert found > 3000


def test_all_committed_claims_are_written() -> None:
    certified = coq_claim.certified(PROOFS)
    text = coq_claim.file(certified)
    assert len(certified) == len(list(PROOFS.glob("*/*.claim.json")))
    assert text.count("Theorem certified_") == len(certified) == text.count("vm_cast_no_check")


def test_coqc_refuses_damage(tmp_path: Path) -> None:
    """The certificate as it is, without its last step, and for a claim with another number."""
    development.required()
    place, here = Place(tmp_path, "sawtooth.map"), Place(PROOFS, "sawtooth.map")
    place.section.mkdir()
    shutil.copy(here.claim, place.claim)
    shutil.copy(here.certificate, place.certificate)
    path = tmp_path / "damaged.v"
    path.write_text(coq_claim.file([place]))
    assert development.coqc(path) == ""
    path.write_text(path.read_text().replace("(Numeral 2)", "(Numeral 3)", 1))
    assert "certified_sawtooth_map" in path.read_text() and development.coqc(path) != ""
    certificate = json.loads(place.certificate.read_text())
    certificate["evidence"]["items"][-1]["proof"].pop()
    place.certificate.write_text(json.dumps(certificate))
    path.write_text(coq_claim.file([place]))
    assert development.coqc(path) != ""
