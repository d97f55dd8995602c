"""Given networks for the search: the kernel's graph and vocabulary, values at points, and
expressions as text. Nothing here is trusted."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import prod

from ...kernel.declare import Vocabulary, entries
from ...kernel.errors import expected
from ...kernel.formulas import term
from ...kernel.terms import Comparison, Formula, Polynomial, atom, constant
from ..notation import multiple, written
from ..relations import RELATIONS

Values = Sequence[int]  # of a graph at a point, over the first of them


class Setting:
    """A vocabulary with networks, as the search reads it. `inputs` are the names of the input's
    entries, `outputs` the outputs of the networks by their names. `named`: by their atoms, the
    constants that the claim only names, each with what it is.

        Setting(claim.vocabulary()).inputs      ["x"], or ["x1", "x2"]
    """

    def __init__(self, vocabulary: Vocabulary, named: Mapping[str, str] | None = None) -> None:
        self.vocabulary, self.graph, self.terms = vocabulary, vocabulary.graph, vocabulary.terms
        self.inputs = entries("x", self.graph.inputs)
        self.outputs = dict[str, Polynomial]()
        for name, parts in vocabulary.networks.items():
            self.outputs |= zip(entries(name, len(parts)), parts, strict=True)
        self.named = dict[int, tuple[str, Polynomial]]()
        for name, text in (named or {}).items():
            (((number,), _),) = self.terms.apply(name, ()).terms
            self.named[number] = name, term(text, self.terms, {})

    @cached_property
    def depth(self) -> dict[int, int]:
        """The depth of every z and Relu(z): 1 more than the greatest depth of what z is made of."""
        depth = dict[int, int]()
        for unit in self.graph.units:
            sources = [depth.get(source, 0) for source in unit.sources]
            depth[unit.z] = depth[unit.z + 1] = 1 + max(sources, default=0)
        return depth

    @cached_property
    def levels(self) -> list[list[int]]:
        """The units by depth, each by its value z."""
        levels: list[list[int]] = [[] for _ in range(max(self.depth.values(), default=0))]
        for unit in self.graph.units:
            levels[self.depth[unit.z] - 1].append(unit.z)
        return levels

    def at(self, point: Sequence[Fraction]) -> list[int]:
        """All values of the networks at a point."""
        exact = dict(enumerate(point, 1))
        return self.graph.at(exact)

    def value(self, p: Polynomial, at: Values) -> Fraction:
        """The value of an expression where the networks have these values."""
        total = Fraction(0)
        for monomial, c in p.terms:
            total += c * prod(self._atom(v, at) for v in monomial)
        return total

    def _atom(self, v: int, at: Values) -> Fraction:
        if v in self.named:
            _, meant = self.named[v]
            return self.value(meant, at)
        if v >= self.graph.size:
            other = self.terms.atoms[v].name
            raise expected("", "an expression of what the networks compute", other)
        return Fraction(at[v], at[0])

    def names(self, p: Polynomial) -> list[int]:
        """The atoms of an expression that are names."""
        return [v for monomial, _ in p.terms for v in monomial if v in self.named]

    def unnamed(self, p: Polynomial) -> Polynomial:
        """An affine expression with what its names stand for."""
        parts = [p]
        for v, c in self.definitions(p).items():
            _, meant = self.named[v]
            parts += self.terms.scaled(-c, atom(v)), self.terms.scaled(c, meant)
        return self.terms.add(*parts)

    def definitions(self, p: Polynomial) -> dict[int, Fraction]:
        """How often each name has to be replaced by what it stands for, until an affine expression
        has none."""
        found = {v: dict(p.terms).get((v,), Fraction(0)) for v in self.named}
        for v, (_, meant) in reversed(self.named.items()):
            for earlier in self.names(meant):
                found[earlier] += found[v] * dict(meant.terms)[(earlier,)]
        return {v: c for v, c in found.items() if c}

    def holds(self, said: Formula, at: Values) -> bool:
        """Whether a formula is true there."""
        if isinstance(said, Comparison):
            return bool(RELATIONS[said.relation](self.value(said.polynomial, at), 0))
        parts = (self.holds(part, at) for part in said.parts)
        return all(parts) if said.connective == "and" else any(parts)

    def text(self, p: Polynomial) -> str:
        """An expression that the kernel reads as this one, short where it is a sum of outputs:
        "2*f - x"."""
        parts: list[str] = []
        for name, output in reversed(self.outputs.items()):
            if not output.terms:  # the output is 0 everywhere
                continue
            last, c = output.terms[-1]
            factor = dict(p.terms).get(last, Fraction(0)) / c
            rest = self.terms.add(p, self.terms.multiply(constant(-factor), output))
            if len(rest.terms) < len(p.terms):
                p = rest
                parts.insert(0, multiple(factor, name))
        if p.terms or not parts:
            parts.append(re.sub(r"\bvalue ([0-9]+)", self._named, written(self.terms, p)))
        return " + ".join(parts).replace(" + -", " - ")

    def _named(self, match: re.Match[str]) -> str:
        number = int(match[1])
        return self.inputs[number - 1] if number <= len(self.inputs) else f"value{number}"


def comparisons(said: Formula) -> list[Comparison]:
    """The comparisons in a formula.

        of x <= 0 and (y < 1 or z = 2)      x <= 0, y - 1 < 0, z - 2 = 0
    """
    if isinstance(said, Comparison):
        return [said]
    return [comparison for part in said.parts for comparison in comparisons(part)]
