"""Networks applied to points, as terms of a formula: f(x) and f(y), f(1/2 + t, 3*t), f(g(x)).

Each application is a network made from the given ones, by composition with an affine map before;
all of them have the formula's variables as inputs. The kernel knows these networks by their hashes;
what they were made from is written beside.

    it = Applied(["x", "y"], {"f": tent()})
    it.text("x <= y implies f(x) <= f(y)")      "x1 <= x2 implies f_a <= f_b"
    it.networks, it.words      {"f_a": …, "f_b": …}, {"x1": "x", "x2": "y", "f_a": "f(x)", …}
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import count
from string import ascii_lowercase
from typing import Any

from ..expression import Tree, linear, name, read, replaced, written
from ..kernel.declare import NAME, entries
from ..kernel.errors import BadInput, expected, want
from ..kernel.formulas import WORDS
from . import builders
from .network import Network

MOST_APPLICATIONS = 100
KNOWN = ("abs", "max", "min", "floor", "div")


class Applied:
    """Applications to affine terms in these variables, met one after the other.

    `networks`: those made so far, by the names that a claim knows them by; `points`: the
    application that each of them is; `words`: what the claim's names of inputs and outputs stand
    for.
    """

    def __init__(self, variables: Sequence[str], given: Mapping[str, Network]) -> None:
        self.given, self.outputs = dict(given), dict[str, tuple[str, int]]()
        for key, network in given.items():
            for place, output in enumerate(entries(key, network.output_size)):
                self.outputs[output] = key, place
        self.variables = _distinct(variables, (*given, *self.outputs))
        self.inputs = dict(zip(self.variables, entries("x", len(variables)), strict=True))
        self.networks, self.points = dict[str, Network](), dict[str, Tree]()
        self.words = {inside: said for said, inside in self.inputs.items()}

    def text(self, text: Any) -> str:
        """The text with a name for each application, and the claim's names for the variables.
        Raises `BadInput` with the column, or the application."""
        return written(replaced(read(text), self._named))

    def made(self, point: Tree) -> Network:
        """The network that the application of a network is. Raises `BadInput` unless the arguments
        are affine in the variables and in values of networks."""
        network = self.given[point.text]
        if len(point.parts) != network.input_size:
            what = f"the {network.input_size} inputs of {point.text}"
            raise BadInput("", f"expected {what} in {written(point)}, found {len(point.parts)}")
        inner = list[Tree]()

        def held(tree: Tree) -> Tree | None:
            if tree.kind != "apply" or tree.text not in self.outputs:
                return None
            if tree not in inner:
                inner.append(tree)
            return name(f"@{inner.index(tree)}")  # which nobody can write

        terms = [replaced(argument, held) for argument in point.parts]
        known = (*self.variables, *(f"@{place}" for place in range(len(inner))))
        rows = [_row(term, known, point) for term in terms]
        if rows == [_row(name(variable), known, point) for variable in known]:
            return network
        weight, bias = [row[:-1] for row in rows], [row[-1] for row in rows]
        at = builders.compose(network, builders.affine(weight, bias))
        if not inner:
            return at
        values = [builders.identity(len(self.variables)), *map(self._value, inner)]
        return builders.compose(at, builders.concatenate(*values))

    @property
    def used(self) -> set[str]:
        """The given networks that are applied."""
        applied = {node.text for point in self.points.values() for node in point.nodes()}
        inside = {key for output, (key, _) in self.outputs.items() if output in applied}
        return inside | {point.text for point in self.points.values()}

    def _value(self, tree: Tree) -> Network:
        """The network of one output at a point."""
        key, place = self.outputs[tree.text]
        made = self.made(Tree("apply", tree.parts, key))
        return made if made.output_size == 1 else builders.component(made, place)

    def _named(self, part: Tree) -> Tree | None:
        """The name of an application's value, or of a variable, in the claim; None for the rest."""
        if part.kind == "apply" and part.text in self.outputs:
            return name(self._applied(part))
        if part.kind == "apply" and part.text not in KNOWN:
            outputs = ", ".join([*self.outputs][:6])
            raise expected(
                "", f"one of the networks' outputs {outputs}, or {', '.join(KNOWN)}", written(part)
            )
        if part.kind != "name" or part.text in ("true", "false"):
            return None
        if part.text in self.outputs:
            what = self.example(part.text)
            raise BadInput(
                "", f"expected {part.text} at a point, such as {what}, found {part.text} alone"
            )
        if part.text not in self.inputs:
            raise expected("", f"one of the variables {', '.join(self.variables)}", part.text)
        return name(self.inputs[part.text])

    def example(self, output: str) -> str:
        """An output of a network at a point: f(x, y)."""
        size = self.given[self.outputs[output][0]].input_size
        chosen = [self.variables[place % len(self.variables)] for place in range(min(size, 4))]
        rest = ["..."] if size > 4 else []
        return f"{output}({', '.join([*chosen, *rest])})"

    def _applied(self, part: Tree) -> str:
        """The name of an application's value. Its network is made where it is met first."""
        key, place = self.outputs[part.text]
        point, size = Tree("apply", part.parts, key), self.given[key].output_size
        for known, other in self.points.items():
            if other == point:
                return entries(known, size)[place]
        want(
            len(self.points) < MOST_APPLICATIONS,
            f"at most {MOST_APPLICATIONS} applications",
            part.text,
        )
        network, new = self.made(point), self._free(key)
        self.networks[new], self.points[new] = network, point
        for inside, output in zip(entries(new, size), entries(key, size), strict=True):
            self.words[inside] = written(Tree("apply", part.parts, output))
        return entries(new, size)[place]

    def _free(self, key: str) -> str:
        """A new name for a network made of this one: f_a, f_b, …"""
        for number in count():
            new = f"{key}_{ascii_lowercase[number % 26] * (number // 26 + 1)}"
            if new not in self.networks and new not in self.given:
                break
        return new


def _distinct(variables: Any, taken: Sequence[str]) -> tuple[str, ...]:
    """The variables, which must be names, none twice, and none of the networks'."""
    want(type(variables) is list and variables, "a list of variables", variables)
    for place, variable in enumerate(variables):
        is_name = type(variable) is str and NAME.fullmatch(variable) and variable not in WORDS
        is_new = is_name and variable not in taken and variable not in variables[:place]
        want(is_new, "a new name, of no network", variable)
    return tuple(variables)


def _row(term: Tree, known: tuple[str, ...], point: Tree) -> list[Fraction]:
    """The coefficients of an argument in these names, and its constant last."""
    form = linear(term, known)
    if form is None:
        for node in term.nodes():
            if node.kind == "name" and node.text not in known:
                variables = ", ".join(one for one in known if not one.startswith("@"))
                raise expected(written(point), f"one of the variables {variables}", node.text)
        raise BadInput("", f"expected affine terms in the variables in {written(point)}")
    return [*(form[key] for key in known), form[""]]
