"""The search for a refutation: a branch is closed by multipliers, or split on a disjunction or an
integer term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count, product
from math import lcm
from typing import Any

from ...kernel.errors import DepthproofError
from ...kernel.rules import Context
from ...kernel.terms import (
    Comparison,
    Formula,
    Junction,
    Polynomial,
    Terms,
    atom,
    constant,
    facts,
    minus,
)
from ..notation import written, written_formula
from .instances import Instance, polynomials
from .multipliers import Entry, Known, closing
from .solver import Conflicts, Encoding, cut_point

MOST_SPLITS = 60


class Stuck(DepthproofError):
    """No refutation was found. The reason shows the branch that stayed open, in the author's
    symbols."""

    exit_code = 3


@dataclass(frozen=True)
class Tree:
    """A refutation. A leaf has entries. A split has a step and its branches; `on` is the label of
    the fact that the step is about, if it is about one. `used`: labels of the facts needed."""

    used: frozenset[int]
    entries: tuple[Entry, ...] = ()
    step: tuple[Any, ...] = ()
    on: int | None = None
    branches: "tuple[tuple[tuple[Known, ...], Tree], ...]" = ()


# the facts of a branch, and its refutation if there is one already
Tried = tuple[tuple[Known, ...], Tree | None]


def gap(terms: Terms, p: Polynomial, at: int) -> Junction:
    """p <= at or p >= at + 1: true of an integer p."""
    below = Comparison("<=", terms.add(p, constant(-at)))
    above = Comparison("<=", terms.add(constant(at + 1), minus(p)))
    return Junction("or", (below, above))


def whole(terms: Terms, p: Polynomial) -> Polynomial:
    """p without its constant, times what makes its coefficients integers."""
    free = Polynomial(tuple(term for term in p.terms if term[0]))
    return terms.multiply(free, constant(lcm(*(c.denominator for _, c in free.terms))))


@dataclass
class Search:
    """The search with what the author allows: products of `degree` facts, squares of terms, and
    integer terms to split on.

        Search(context).refute(labelled facts)      the tree that refutes them
    """

    context: Context
    degree: int = 2
    squares: Sequence[tuple[str, Polynomial]] = ()
    splits: Sequence[Polynomial] = ()
    labels: "count[int]" = field(default_factory=count)
    failed: set[tuple[frozenset[Formula], int]] = field(default_factory=set)
    encodings: dict[tuple[bool, bool], Encoding] = field(init=False, default_factory=dict)
    conflicts: Conflicts = field(init=False)

    def __post_init__(self) -> None:
        terms = self.context.vocabulary.terms
        for linear, integers in product((True, False), repeat=2):
            self.encodings[linear, integers] = Encoding(terms, linear, integers)
        self.conflicts = Conflicts(self.encodings[True, False])

    def labelled(self, new: Iterable[Formula]) -> tuple[Known, ...]:
        return tuple((next(self.labels), fact) for fact in new)

    def leaf(self, branch: Sequence[Known], degree: int) -> Tree | None:
        """A leaf that closes the branch with products of up to `degree` facts, if there is one."""
        comparisons = [fact for _, fact in branch if isinstance(fact, Comparison)]
        key = frozenset(comparisons), degree
        if key in self.failed:
            return None
        rows: Sequence[Known] = branch
        if degree == 1:
            conflict = self.conflicts.among(comparisons) or []
            rows = [known for known in branch if known[1] in conflict]
        terms = self.context.vocabulary.terms
        entries = closing(terms, rows, degree, self.squares) if rows else None
        if entries is None:
            self.failed.add(key)
            return None
        return Tree(frozenset(label for entry in entries for label in entry.rows), tuple(entries))

    def refute(self, branch: tuple[Known, ...], depth: int = 0) -> Tree:
        """A refutation of the branch. Raises `Stuck`."""
        leaf = self.leaf(branch, 1)
        if leaf is not None:
            return leaf
        best = self._disjunction(branch)
        if isinstance(best, Tree):
            return best
        if best is not None and _alive(best[1]) <= 1:
            return self._split(branch, ("cases",), *best, depth)
        for degree in range(2, self.degree + 1):
            leaf = self.leaf(branch, degree)
            if leaf is not None:
                return leaf
        tree = self._integer(branch, depth)
        if tree is not None:
            return tree
        if best is None or depth > MOST_SPLITS:
            raise Stuck("", self._shown(branch))
        return self._split(branch, ("cases",), *best, depth)

    def _disjunction(self, branch: tuple[Known, ...]) -> tuple[int, list[Tried]] | Tree | None:
        """The label and the branches of the disjunction with the fewest open branches; or a
        refutation met on the way."""
        known = {fact for _, fact in branch}
        best: tuple[int, list[Tried]] | None = None
        for label, fact in branch:
            if not isinstance(fact, Junction):
                continue
            if any(known.issuperset(facts(part)) for part in fact.parts):
                continue  # it says nothing new
            tried: list[Tried] = []
            for part in fact.parts:
                new = self.labelled(facts(part))
                tree = self.leaf(branch + new, 1)
                if tree is not None and not tree.used & {number for number, _ in new}:
                    return tree
                tried.append((new, tree))
            if best is None or _alive(tried) < _alive(best[1]):
                best = label, tried
            if _alive(tried) <= 1:
                break
        return best

    def _split(
        self,
        branch: tuple[Known, ...],
        step: tuple[Any, ...],
        label: int | None,
        tried: "list[Tried]",
        depth: int,
    ) -> Tree:
        """The split with every branch refuted; or the refutation of one that does not need it."""
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
        """The split on an integer term with few values here: one that the author names, an integer
        atom, or a whole row."""
        terms = self.context.vocabulary.terms
        ground = tuple(fact for _, fact in branch)
        numbers = set[int]()
        for p in polynomials(ground):
            for monomial, _ in p.terms:
                numbers.update(monomial)
        atoms = [atom(i) for i in sorted(numbers) if terms.atoms[i].sort == "Z"]
        known = {fact for _, fact in branch}
        rows = [whole(terms, fact.polynomial) for fact in ground if isinstance(fact, Comparison)]
        for p in [*self.splits, *atoms, *filter(terms.is_integral, rows)]:
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


def _alive(tried: Sequence[Tried]) -> int:
    """How many of the branches are not refuted yet."""
    return [tree for _, tree in tried].count(None)


def split(label: int, branches: Sequence[tuple[tuple[Known, ...], Tree]]) -> Tree:
    """The tree that takes the disjunction with this label apart."""
    used = frozenset({label})
    for new, tree in branches:
        used |= tree.used - {number for number, _ in new}
    return Tree(used, step=("cases",), on=label, branches=tuple(branches))


def steps(
    beginning: Sequence[Known],
    instances: Sequence[tuple[Instance, tuple[Known, ...]]],
    tree: Tree,
) -> list[Any]:
    """The tree as the kernel's list of steps, after the instances that it uses."""
    written: list[Any] = []
    places = _placed(beginning, 0)
    for instance, new in instances:
        if tree.used & {label for label, _ in new}:
            written.append(list(instance.step))
            places |= _placed(new, len(places))
    waiting: list[tuple[dict[int, int], int, Tree]] = [(places, len(places), tree)]
    while waiting:
        places, length, tree = waiting.pop()
        if not tree.step:
            written += _leaf(tree, places, length)
            continue
        on = [] if tree.on is None else [places[tree.on]]
        written.append([*tree.step, *on])
        if tree.step[0] == "use":  # what integers satisfy, of which one part holds
            written.append(["cases", length])
            length += 1
        for new, branch in reversed(tree.branches):
            waiting.append((places | _placed(new, length), length + len(new), branch))
    return written


def _placed(new: Sequence[Known], first: int) -> dict[int, int]:
    """By their labels, the places of facts that stand from `first` on."""
    return {label: place for place, (label, _) in enumerate(new, first)}


def _leaf(tree: Tree, places: dict[int, int], length: int) -> list[Any]:
    """A leaf, and before it the steps that add the squares that it needs, from the place `length`
    on."""
    squares = dict[str, int]()  # their places
    entries = []
    for entry in tree.entries:
        at = [places[label] for label in entry.rows]
        for text in entry.squares:
            at.append(squares.setdefault(text, length + len(squares)))
        entries.append([entry.weight, at])
    return [*(["use", "squares", [text]] for text in squares), ["leaf", entries]]
