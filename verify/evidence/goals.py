"""Goals about networks as formulas over named numbers: inputs, outputs, measures.

The kernel's grammar is read, but none of what the kernel makes of networks is used, so that a
solver's opinion is one of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import prod
from operator import add, mul

import z3

from ..claim import vocabulary
from ..compile.z3_form import Term, number
from ..kernel.declare import entries
from ..kernel.formulas import formula, term
from ..kernel.terms import Comparison, Formula, Junction, Polynomial
from ..network.network import Network
from ..search.relations import RELATIONS

Values = Mapping[str, Fraction]


class Names:
    """The names of a claim's inputs, outputs and measures, and its formulas over them."""

    def __init__(self, networks: Mapping[str, Network], measures: Sequence[str]) -> None:
        size = next(iter(networks.values())).input_size
        self.inputs = entries("x", size)
        self.outputs = {key: entries(key, it.output_size) for key, it in networks.items()}
        self.measures = tuple(measures)
        self.vocabulary = vocabulary({})
        named = [*self.inputs]
        for names in self.outputs.values():
            named += names
        for name in [*named, *measures]:
            free = {"free": name, "arguments": [], "sort": "R"}
            self.vocabulary.declare(free, trusted=True)

    def formula(self, text: str) -> Formula:
        """The formula that a goal's text writes. Raises `BadInput` where it names anything else."""
        return formula(text, self.vocabulary.terms, {})

    def affine(self, text: str) -> dict[str, Fraction]:
        """The coefficients of an affine expression by name; the constant's name is ""."""
        read: Polynomial = term(text, self.vocabulary.terms, {})
        return {"".join(self.of(monomial)): c for monomial, c in read.terms}

    def mentioned(self, found: Formula) -> list[str]:
        """The names in a formula, each once."""
        seen = set[str]()
        for monomial in _monomials(found):
            seen.update(self.of(monomial))
        return sorted(seen)

    def degree(self, found: Formula) -> int:
        """The greatest number of factors in a product of names."""
        return max((len(monomial) for monomial in _monomials(found)), default=0)

    def holds(self, found: Formula, values: Values) -> bool:
        """Whether the formula is true of these numbers, exactly."""
        if isinstance(found, Junction):
            parts = [self.holds(part, values) for part in found.parts]
            return all(parts) if found.connective == "and" else any(parts)
        total = Fraction(0)
        for monomial, c in found.polynomial.terms:
            total += c * prod(values[name] for name in self.of(monomial))
        return bool(RELATIONS[found.relation](total, 0))

    def asked(self, found: Formula, values: Mapping[str, Term]) -> z3.BoolRef:
        """The formula about these terms of z3."""
        if isinstance(found, Junction):
            parts = [self.asked(part, values) for part in found.parts]
            return z3.And(parts) if found.connective == "and" else z3.Or(parts)
        total: Term = number(0)
        for monomial, c in found.polynomial.terms:
            factors = [values[name] for name in self.of(monomial)]
            total = add(total, reduce(mul, factors, number(c)))
        return RELATIONS[found.relation](total, number(0))

    def of(self, monomial: Sequence[int]) -> list[str]:
        """The names of which a monomial is the product."""
        return [self.vocabulary.terms.atoms[atom].name for atom in monomial]


def _polynomials(found: Formula) -> Iterator[Polynomial]:
    """Those that the formula's comparisons compare with 0."""
    if isinstance(found, Comparison):
        yield found.polynomial
    else:
        for part in found.parts:
            yield from _polynomials(part)


def _monomials(found: Formula) -> Iterator[Sequence[int]]:
    """Those of all polynomials in the formula."""
    for polynomial in _polynomials(found):
        for monomial, _ in polynomial.terms:
            yield monomial


def thresholds(names: Names, found: Formula, name: str) -> list[Fraction]:
    """The numbers with which comparisons about one name alone compare it."""
    numbers = []
    for polynomial in _polynomials(found):
        coefficients = {"".join(names.of(monomial)): c for monomial, c in polynomial.terms}
        if name in coefficients and coefficients.keys() <= {name, ""}:
            numbers.append(-coefficients.get("", Fraction(0)) / coefficients[name])
    return numbers
