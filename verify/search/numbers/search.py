"""The search for a refutation: a branch is closed by multipliers, or split on a disjunction or an integer term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count, product
from math import lcm
from typing import Any

from ...kernel.errors import DepthproofError
from ...kernel.rules import Context
from ...kernel.terms import Comparison, Facts, Formula, Junction, Polynomial, Terms, constant, facts, minus
from ..notation import written, written_formula
from .instances import Instance, polynomials
from .multipliers import Entry, Known, closing
from .solver import Conflicts, Encoding, cut_point

MOST_SPLITS = 60


class Stuck(DepthproofError):
    """No refutation was found; the reason shows the branch that stayed open, in the author's symbols."""

    exit_code = 3


@dataclass(frozen=True)
class Tree:
    """A refutation. A leaf has entries; a split has a step (its fact by label, if it is about one) and its branches."""

    used: frozenset[int]
    entries: tuple[Entry, ...] = ()
    step: tuple[Any, ...] = ()
    on: int | None = None
    branches: "tuple[tuple[tuple[Known, ...], Tree], ...]" = ()


Tried = tuple[tuple[Known, ...], Tree | None]  # the facts of a branch, and its refutation if there is one already


def labels_of(known: Sequence[Known]) -> frozenset[int]:
    """The labels of facts.

    >>> sorted(labels_of([(4, Junction("or", ())), (2, Junction("and", ()))]))
    [2, 4]
    """
    return frozenset(label for label, _ in known)


def unlabelled(known: Sequence[Known]) -> Facts:
    """The facts without their labels.

    >>> unlabelled([(4, Junction("or", ()))])
    (Junction(connective='or', parts=()),)
    """
    return tuple(fact for _, fact in known)


def _open(tried: Sequence[Tried]) -> int:
    """How many branches have no refutation yet."""
    return len([tree for _, tree in tried if tree is None])


def gap(terms: Terms, p: Polynomial, at: int) -> Junction:
    """p <= at or p >= at + 1: true of an integer p.

        gap(terms, n, 2)      n <= 2 or n >= 3
    """
    return Junction("or", (Comparison("<=", terms.add(p, constant(-at))), Comparison("<=", terms.add(constant(at + 1), minus(p)))))


def whole(terms: Terms, p: Polynomial) -> Polynomial:
    """p without its constant, times what makes its coefficients integers.

        whole(terms, n/2 + 1/3)      n
    """
    free = Polynomial(tuple(term for term in p.terms if term[0]))
    return terms.multiply(free, constant(lcm(*(c.denominator for _, c in free.terms))))


@dataclass
class Search:
    """What the author allows: products of `degree` facts, squares of terms, and integer terms to split on."""

    context: Context
    degree: int = 2
    squares: Sequence[tuple[str, Polynomial]] = ()
    splits: Sequence[Polynomial] = ()
    labels: "count[int]" = field(default_factory=count)
    failed: set[tuple[frozenset[Formula], int]] = field(default_factory=set)
    encodings: dict[tuple[bool, bool], Encoding] = field(init=False)
    conflicts: Conflicts = field(init=False)

    def __post_init__(self) -> None:
        terms = self.context.vocabulary.terms
        self.encodings = {}
        for linear, integers in product((True, False), repeat=2):
            self.encodings[linear, integers] = Encoding(terms, linear, integers)
        self.conflicts = Conflicts(self.encodings[True, False])

    def labelled(self, new: Iterable[Formula]) -> tuple[Known, ...]:
        return tuple((next(self.labels), fact) for fact in new)

    def leaf(self, branch: Sequence[Known], degree: int) -> Tree | None:
        key = frozenset(fact for _, fact in branch if isinstance(fact, Comparison)), degree
        if key in self.failed:
            return None
        rows: Sequence[Known] = branch
        if degree == 1:
            conflict = self.conflicts.among(fact for _, fact in branch if isinstance(fact, Comparison))
            rows = [known for known in branch if known[1] in (conflict or ())]
        entries = closing(self.context.vocabulary.terms, rows, degree, self.squares) if rows else None
        if entries is None:
            self.failed.add(key)
            return None
        return Tree(frozenset(label for entry in entries for label in entry.rows), tuple(entries))

    def refute(self, branch: tuple[Known, ...], depth: int = 0) -> Tree:
        """A refutation of the branch. Raises `Stuck`."""
        if (found := self.leaf(branch, 1)) is not None:
            return found
        best = self._disjunction(branch)
        if isinstance(best, Tree):
            return best
        alive = 0 if best is None else _open(best[1])
        if best is not None and alive <= 1:
            return self._split(branch, ("cases",), *best, depth)
        for degree in range(2, self.degree + 1):
            if (found := self.leaf(branch, degree)) is not None:
                return found
        if (found := self._integer(branch, depth)) is not None:
            return found
        if best is None or depth > MOST_SPLITS:
            raise Stuck("", self._shown(branch))
        return self._split(branch, ("cases",), *best, depth)

    def _disjunction(self, branch: tuple[Known, ...]) -> tuple[int, list[Tried]] | Tree | None:
        """The disjunction with the fewest open branches, as (label, [(new facts, tree or None)]); or a refutation met on the way."""
        known = {fact for _, fact in branch}
        best: tuple[int, int, list[Tried]] | None = None
        for label, fact in branch:
            if not isinstance(fact, Junction) or any(set(facts(part)) <= known for part in fact.parts):
                continue
            tried: list[Tried] = []
            for part in fact.parts:
                new = self.labelled(facts(part))
                tree = self.leaf(branch + new, 1)
                if tree is not None and not tree.used & labels_of(new):
                    return tree
                tried.append((new, tree))
            alive = _open(tried)
            if best is None or alive < best[0]:
                best = alive, label, tried
            if alive <= 1:
                break
        return None if best is None else (best[1], best[2])

    def _split(self, branch: tuple[Known, ...], step: tuple[Any, ...], label: int | None, tried: "list[Tried]", depth: int) -> Tree:
        branches = list[tuple[tuple[Known, ...], Tree]]()
        used = frozenset[int]() if label is None else frozenset({label})
        for new, tree in tried:
            if tree is None:
                tree = self.refute(branch + new, depth + 1)
            own = frozenset(number for number, _ in new)
            if not tree.used & own:
                return tree
            branches.append((new, tree))
            used |= tree.used - own
        return Tree(used, step=step, on=label, branches=tuple(branches))

    def _integer(self, branch: tuple[Known, ...], depth: int) -> Tree | None:
        """Splits on an integer term with few values here, one that the author names or an integer atom."""
        terms = self.context.vocabulary.terms
        ground = tuple(fact for _, fact in branch)
        numbers = sorted({i for p in polynomials(ground) for monomial, _ in p.terms for i in monomial if terms.atoms[i].sort == "Z"})
        atoms = [Polynomial((((i,), constant(1).terms[0][1]),)) for i in numbers]
        known = {fact for _, fact in branch}
        rows = [whole(terms, fact.polynomial) for fact in ground if isinstance(fact, Comparison)]
        for p in [*self.splits, *atoms, *(row for row in rows if terms.is_integral(row))]:
            at = cut_point(self.encodings[self.degree == 1, False], ground, p)
            at = 0 if at is None and p in self.splits else at
            if at is None:
                continue
            halves = gap(terms, p, at).parts
            if not known & set(halves):
                open_halves: list[Tried] = [(self.labelled((half,)), None) for half in halves]
                step = ("use", "integers", [written(terms, terms.add(p, constant(-at)))])
                return self._split(branch, step, None, open_halves, depth)
        return None

    def _shown(self, branch: Sequence[Known]) -> str:
        lines = [written_formula(self.context.vocabulary.terms, fact) for _, fact in branch]
        return "no contradiction found between\n    " + "\n    ".join(dict.fromkeys(lines))


def split(label: int, branches: Sequence[tuple[tuple[Known, ...], Tree]]) -> Tree:
    """The tree that takes the disjunction with this label apart."""
    used = frozenset({label})
    for new, tree in branches:
        used |= tree.used - labels_of(new)
    return Tree(used, step=("cases",), on=label, branches=tuple(branches))


def steps(beginning: Sequence[Known], instances: Sequence[tuple[Instance, tuple[Known, ...]]], tree: Tree) -> list[Any]:
    """The tree as the kernel's list of steps, after the instances that it uses."""
    found: list[Any] = []
    places = {label: place for place, (label, _) in enumerate(beginning)}
    for instance, new in instances:
        if tree.used & {label for label, _ in new}:
            found.append(list(instance.step))
            places |= {label: len(places) + place for place, (label, _) in enumerate(new)}
    waiting: list[tuple[dict[int, int], int, Tree]] = [(places, len(places), tree)]
    while waiting:
        places, length, tree = waiting.pop()
        if not tree.step:
            squares = list(dict.fromkeys(text for entry in tree.entries for text in entry.squares))
            found.extend(["use", "squares", [text]] for text in squares)
            at = {text: length + place for place, text in enumerate(squares)}
            entries = []
            for entry in tree.entries:
                factors = [places[label] for label in entry.rows] + [at[text] for text in entry.squares]
                entries.append([entry.weight, factors])
            found.append(["leaf", entries])
            continue
        step = list(tree.step)
        if tree.on is not None:
            step.append(places[tree.on])
        found.append(step)
        if tree.step[0] == "use":  # what integers satisfy, of which one part holds
            found.append(["cases", length])
            length += 1
        for new, branch in reversed(tree.branches):
            inner = places | {label: length + place for place, (label, _) in enumerate(new)}
            waiting.append((inner, length + len(new), branch))
    return found
