"""VNN-LIB property files as claims: the file asserts what must not happen, the claim says that it
does not.

Version 1: declared constants X_i and Y_i of sort Real, assertions in SMT-LIB's words. Of version 2
what has one network with one input and one output: elements are X[0], Y[0, 1]. Decimal numbers are
read exactly. The inputs of the asserted set lie in a box, which is the claim's: outside of it there
is nothing to show.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from math import prod
from pathlib import Path
from typing import Any

from ...claim import Claim, stem
from ...files import read_bytes
from ...kernel.errors import BadInput, OverBudget, expected
from ...kernel.numerals import numeral
from ...network.load import unpacked
from ...network.network import Network
from .logic import Box, Formula, Variable, meet
from .smtlib_text import List, Word, decoded, listed, trees
from .smtlib_values import Values, name_of, shown

ENDINGS = (".vnnlib", ".vnnlib.gz")
VACUOUS = "the assertions allow no input, whatever the network gives: there is nothing to show"
MOST_BYTES = 4_000_000
IGNORED = (
    "set-logic", "set-info", "set-option", "get-info", "get-option", "check-sat", "get-model",
    "get-value", "get-assertions", "get-unsat-core", "echo", "vnnlib-version",
)  # fmt: skip
KINDS = {"declare-input": "X", "declare-output": "Y"}
VERSION_ONE = re.compile(r"([XY])_(0|[1-9][0-9]{0,6})", re.ASCII)
ELEMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\[([0-9]{1,7}(?:,[0-9]{1,7})*)\]", re.ASCII)


@dataclass(frozen=True)
class Property:
    """The statement of a claim, and whether it says nothing: the asserted bounds leave no input."""

    statement: dict[str, Any]
    vacuous: bool


def claimed(path: Path, network: Network) -> Claim:
    """The claim in a file, .vnnlib or packed by gzip, about a network. Raises `BadInput` with line
    and column, `OverBudget`.

        claimed(Path("prop_1.vnnlib"), network)      the claim "prop_1" about f
    """
    data = read_bytes(path, MOST_BYTES)
    if path.name.endswith(".gz"):
        data = unpacked(data, MOST_BYTES)
    said = read(data, network.input_size, network.output_size)
    claim = Claim.from_short(stem(path, *ENDINGS), said.statement, {"f": network})
    return replace(claim, notes=(*claim.notes, VACUOUS)) if said.vacuous else claim


def read(data: bytes, inputs: int, outputs: int) -> Property:
    """The claim about a network f with so many inputs and outputs. Raises `BadInput` with line and
    column, `OverBudget`.

    >>> text = b"(declare-const X_0 Real) (assert (>= X_0 0)) (assert (<= X_0 1))"
    >>> text += b"(declare-const Y_0 Real) (assert (>= Y_0 2))"
    >>> read(text, 1, 1).statement
    {'forall': {'box': [['0', '1']], 'holds': 'not ((x >= 0) and (x <= 1) and (f >= 2))'}}
    """
    if len(data) > MOST_BYTES:
        raise OverBudget("", f"{len(data)} bytes; at most {MOST_BYTES} are read")
    reading = Reading({"X": inputs, "Y": outputs})
    for tree in trees(decoded(data)):
        reading.command(tree)
    reading.finish()
    holds = " and ".join(f"({part.text(reading.named)})" for part in reading.asserted) or "true"
    body = {"box": _sides(reading.box, inputs), "holds": f"not ({holds})"}
    return Property({"forall": body}, reading.box is None)


def _sides(box: Box, inputs: int) -> list[list[str]]:
    """The sides of the claim's box; any box, where the asserted set is empty."""
    if box is None:
        return [["0", "0"]] * inputs
    sides = []
    for index in range(inputs):
        low, high = box.get(index, (None, None))
        if low is None or high is None:
            raise BadInput("", f"expected assertions that bound X_{index} from both sides")
        sides.append([numeral(low), numeral(high)])
    return sides


class Reading(Values):
    """What has been read of a file about a network of these sizes: names, assertions, the box
    around what they allow."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        super().__init__()
        self.sizes = sizes
        self.declared: dict[str, str] = {}  # version 1: the names, and where each was declared
        self.shapes: dict[str, tuple[str, tuple[int, ...]]] = {}  # version 2: X or Y, and the shape
        self.asserted: list[Formula] = []
        self.box: Box = {}
        self.over = False

    def named(self, variable: Variable) -> str:
        kind, index = variable
        name = {"X": "x", "Y": "f"}[kind]
        return name if self.sizes[kind] == 1 else f"{name}{index + 1}"

    # Commands

    def command(self, tree: List) -> None:
        if self.over:
            return
        if tree.head == "exit":
            self.over = True
        elif tree.head in COMMANDS:
            COMMANDS[tree.head](self, tree)
        elif tree.head not in IGNORED:
            known = "declarations, definitions and assertions"
            raise expected(tree.place, known, tree.head or "something else")

    def assertion(self, tree: List) -> None:
        (body,) = tree.rest(1, 1)
        formula = self.formula(body)
        self.asserted.append(formula)
        self.box = meet(self.box, formula.box)

    def declaration(self, tree: List) -> None:
        """declare-const NAME Real, declare-fun NAME () Real."""
        most = 3 if tree.head == "declare-fun" else 2
        parts = tree.rest(2, most)
        name, sort = name_of(parts[0]), parts[-1]
        if len(parts) == 3 and not (isinstance(parts[1], List) and not parts[1].parts):
            raise expected(parts[1].place, "() after the name: a constant", "something else")
        if not isinstance(sort, Word) or sort.text != "Real":
            raise expected(sort.place, "the sort Real", shown(sort))
        match = VERSION_ONE.fullmatch(name)
        if match is None:
            raise expected(parts[0].place, "X_0, X_1, … for inputs, Y_0, Y_1, … for outputs", name)
        if name in self.declared:
            raise expected(parts[0].place, "a new name", f"{name} again")
        if int(match[2]) >= self.sizes[match[1]]:
            raise BadInput(
                parts[0].place,
                f"expected {self._range(match[1])}, which the network has, found {name}",
            )
        self.declared[name] = parts[0].place

    def _range(self, kind: str) -> str:
        last = self.sizes[kind] - 1
        return f"{kind}_0" if last == 0 else f"{kind}_0 to {kind}_{last}"

    def definition(self, tree: List) -> None:
        """define-fun NAME (parameters) SORT BODY, define-const NAME SORT BODY."""
        count = 3 if tree.head == "define-const" else 4
        parts = tree.rest(count, count)
        name = name_of(parts[0])
        if name in self.scopes[0] or name in self.macros or name in self.declared:
            raise expected(parts[0].place, "a new name", f"{name} again")
        given = parts[1] if tree.head == "define-fun" else List((), tree.place)
        if not isinstance(given, List):
            raise expected(given.place, "parameters in brackets", shown(given))
        parameters = []
        for parameter in given.parts:
            if not isinstance(parameter, List) or len(parameter.parts) != 2:
                raise expected(parameter.place, "(NAME SORT)", shown(parameter))
            parameters.append(name_of(parameter.parts[0]))
        if parameters:
            self.macros[name] = parameters, parts[-1]
        else:
            self.scopes[0][name] = self.value(parts[-1])

    def network(self, tree: List) -> None:
        """declare-network NAME (declare-input NAME TYPE SHAPE) (declare-output NAME TYPE SHAPE)."""
        if self.shapes:
            raise expected(tree.place, "one network", "another")
        for part in tree.rest(2)[1:]:
            if not isinstance(part, List) or part.head not in KINDS:
                raise expected(part.place, "declare-input or declare-output", shown(part))
            self._variable(KINDS[part.head], part)
        if len(self.shapes) != 2:
            raise expected(tree.place, "one input and one output", f"{len(self.shapes)}")

    def _variable(self, kind: str, part: List) -> None:
        name, _, *shape = part.rest(2)
        sizes = re.findall(r"[0-9]+", " ".join(shown(word) for word in shape))
        if any(len(size) > 7 for size in sizes) or any(
            known == kind for known, _ in self.shapes.values()
        ):
            raise expected(
                part.place, "one input, one output, and sizes of at most 7 digits", shown(part)
            )
        found = tuple(map(int, sizes))
        if prod(found) != self.sizes[kind]:
            what = "inputs" if kind == "X" else "outputs"
            raise BadInput(
                part.place,
                f"expected {self.sizes[kind]} {what}, which the network has, found {prod(found)}",
            )
        self.shapes[name_of(name)] = kind, found

    def finish(self) -> None:
        """What is declared must be what the network has."""
        if self.shapes:
            return
        for kind, what in (("X", "inputs"), ("Y", "outputs")):
            count = sum(name.startswith(kind) for name in self.declared)
            if count != self.sizes[kind]:
                missing = [
                    f"{kind}_{i}"
                    for i in range(self.sizes[kind])
                    if f"{kind}_{i}" not in self.declared
                ]
                wanted = f"expected declarations of the network's {self.sizes[kind]} {what}"
                raise BadInput("", f"{wanted}, found {count}: {listed(missing)} missing")

    def variable(self, word: Word) -> Variable:
        return self._element(word) if self.shapes else self._constant(word, name_of(word))

    def _constant(self, word: Word, name: str) -> Variable:
        match = VERSION_ONE.fullmatch(name)
        if match is None:
            raise expected(word.place, "a decimal number, X_i or Y_i", name)
        if name not in self.declared:
            if int(match[2]) >= self.sizes[match[1]]:
                raise expected(word.place, self._range(match[1]), name)
            raise expected(word.place, "a name that is declared before", name)
        return match[1], int(match[2])

    def _element(self, word: Word) -> Variable:
        match = ELEMENT.fullmatch(word.text)
        name, indices = (
            (match[1], tuple(map(int, match[2].split(",")))) if match else (word.text, ())
        )
        if name not in self.shapes:
            raise expected(
                word.place, f"an element of {' or '.join(self.shapes)}, or a number", word.text
            )
        kind, shape = self.shapes[name]
        if len(indices) != len(shape) or any(
            i >= size for i, size in zip(indices, shape, strict=True)
        ):
            raise expected(word.place, f"an element of {name}, of shape {list(shape)}", word.text)
        return kind, reduce(
            lambda number, pair: number * pair[1] + pair[0], zip(indices, shape, strict=True), 0
        )


COMMANDS: Mapping[str, Callable[[Reading, List], None]] = {
    "assert": Reading.assertion,
    "declare-const": Reading.declaration,
    "declare-fun": Reading.declaration,
    "define-const": Reading.definition,
    "define-fun": Reading.definition,
    "declare-network": Reading.network,
}
