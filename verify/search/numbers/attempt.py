"""One proof: z3 picks the instances that matter, then the search finds splits and multipliers among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice
from typing import Any

from ...kernel.declare import Statement, Vocabulary
from ...kernel.errors import BadInput, placed
from ...kernel.formulas import HYPOTHESIS, formula
from ...kernel.rules import RULES
from ...kernel.terms import Facts, Formula, Junction, Polynomial, constant, facts, negate
from ...kernel.theory import beginning
from ..notation import application, written, written_formula
from .instances import Instance, View, congruences, derived, hinted, least, polynomials, suggested
from .multipliers import Known
from .plan import Hints
from .search import Search, Stuck, Tree, gap, labels_of, split, steps, unlabelled, whole
from .solver import core, model

MOST_GAPS = 40

Labelled = tuple[Instance, tuple[Known, ...]]


def proof_of(vocabulary: Vocabulary, statement: Statement, induction: str, hints: Hints) -> dict[str, Any]:
    """{"proof": steps}, with "induction" if it is one: then k is its least value, where the base ends, or more. Raises `Stuck`."""
    context, start = beginning(vocabulary, statement, induction or None)
    if context.induction is None:
        return {"proof": Attempt(View(context, context.statement.scope), start, hints.use, hints).steps(hints.have)}
    k, smallest = context.statement.scope[induction], constant(-(least(statement.sorts[induction]) or 0))
    split = ["use", "integers", [written(vocabulary.terms, vocabulary.terms.add(k, smallest))]]
    (either,) = RULES["use"].apply(context, (), *split[1:])
    lowest, more = RULES["cases"].apply(context, either, 0)
    rest = {name: p for name, p in context.statement.scope.items() if name != induction}
    base = View(context, rest, base=True)
    uses = [*(hint for hint in hints.use if _fits(base, hint)), *hints.base]
    with placed("base"):
        first = Attempt(base, start + either + lowest, uses, hints).steps([text for text in hints.have if _says(base, text)])
    step = View(context, rest | {induction: vocabulary.terms.add(k, constant(-1))})
    with placed("step"):
        others = Attempt(step, start + either + more, hints.use, hints).steps(hints.have)
    return {"induction": induction, "proof": [split, ["cases", len(start)], *first, *others]}


@dataclass(frozen=True)
class Cut:
    """A formula shown on the way: its text, what holds with it, and the refutation of its negation."""

    text: str
    new: tuple[Known, ...]
    denied: tuple[Known, ...]
    tree: Tree


@dataclass(frozen=True)
class Resolved:
    """A disjunction of which the beginning leaves one part, and the refutations of the others."""

    label: int
    branches: tuple[tuple[tuple[Known, ...], Tree | None], ...]


class Attempt:
    """One branch to refute, with everything that may be used: hints first, then what the terms at hand suggest."""

    def __init__(self, view: View, beginning: Facts, uses: Sequence[str], hints: Hints) -> None:
        self.view, self.context, self.terms = view, view.context, view.context.vocabulary.terms
        context = view.context
        squares = [(view.texts([text])[0], view.term(text)) for text in hints.squares if _means(view, text)]
        splits = [view.term(text) for text in hints.split if _means(view, text)]
        self.search = Search(context, hints.degree, squares, splits)
        self.beginning = self.search.labelled(beginning)
        formulas = [formula(text, self.terms, view.scope) for text in hints.have if _says(view, text)]
        named = list(hinted(view, uses, beginning))
        self.named = len(named)
        ground = beginning + tuple(fact for f in formulas for fact in facts(f)) + _added(named)
        equal = congruences(context, ground)
        unfolded = suggested(view, ground)
        equal += [i for i in congruences(context, ground + _added(unfolded)) if i not in equal]
        self.whole = self._gaps(ground + _added(unfolded))
        self.instances: list[Labelled] = [(i, self.search.labelled(i.added)) for i in [*named, *equal, *unfolded]]
        self.resolved: list[Resolved] = []
        self.useful = [self._all_left(new) for _, new in self.instances]

    def _all_left(self, new: Sequence[Known]) -> tuple[Known, ...]:
        """What the beginning leaves of each of these facts."""
        return tuple(left for known in new for left in self._left(known))

    def _left(self, known: Known) -> tuple[Known, ...]:
        """The fact, or if the beginning leaves only one part of it, that part's facts."""
        label, fact = known
        parts = [self.search.labelled(facts(part)) for part in fact.parts] if isinstance(fact, Junction) else []
        trees = [self._contradiction(new) for new in parts]
        if trees.count(None) != 1:
            return (known,)
        self.resolved.append(Resolved(label, tuple(zip(parts, trees, strict=True))))
        return self._all_left(parts[trees.index(None)])

    def _contradiction(self, new: tuple[Known, ...]) -> Tree | None:
        """A refutation of the beginning with these facts by linear reasoning, with at most one split."""
        if (tree := self.search.leaf(self.beginning + new, 1)) is not None:
            return tree
        for label, fact in new:
            if isinstance(fact, Junction):
                parts = [self.search.labelled(facts(part)) for part in fact.parts]
                trees = [self.search.leaf(self.beginning + new + part, 1) for part in parts]
                closed = [(part, tree) for part, tree in zip(parts, trees, strict=True) if tree is not None]
                if len(closed) == len(parts):
                    return split(label, closed)
        return None

    def _gaps(self, ground: Facts) -> Facts:
        """What integers satisfy and reals need not, for the author's terms and the comparisons at hand: it spares z3 its own integers."""
        rows = (whole(self.terms, p) for p in polynomials(ground))
        some = dict.fromkeys([*self.search.splits, *(p for p in rows if p.terms and self.terms.is_integral(p))])
        return tuple(gap(self.terms, p, at) for p in islice(some, MOST_GAPS) for at in range(-3, 3))

    def steps(self, have: Sequence[str]) -> list[Any]:
        """The kernel's steps. Each formula of `have` is shown first and then used."""
        cuts: list[Cut] = []
        known = self.beginning
        for text in have:
            with placed(f"have {text}"):
                cuts.append(self.cut(text, known))
            known += cuts[-1].new
        tree = self.wrapped(cuts, self.closed(known))
        for it in reversed(self.resolved):
            open_branches = [new for new, other in it.branches if other is None]
            if any(tree.used & labels_of(new) for new in open_branches):
                tree = split(it.label, [(new, other or tree) for new, other in it.branches])
        return steps(self.beginning, self.instances, tree)

    def cut(self, text: str, known: tuple[Known, ...]) -> Cut:
        shown = formula(text, self.terms, self.view.scope)
        denied = self.search.labelled(facts(negate(shown)))
        return Cut(written_formula(self.terms, shown), self.search.labelled(facts(shown)), denied, self.closed(known + denied))

    def wrapped(self, cuts: Sequence[Cut], tree: Tree) -> Tree:
        """The tree below those cuts that it uses."""
        for cut in reversed(cuts):
            new, denied = labels_of(cut.new), labels_of(cut.denied)
            if tree.used & new:
                used = (tree.used - new) | (cut.tree.used - denied)
                tree = Tree(used, step=("cut", cut.text), branches=((cut.new, tree), (cut.denied, cut.tree)))
        return tree

    def closed(self, known: tuple[Known, ...]) -> Tree:
        """A refutation of what is known, from as few instances as z3 can tell; linear reasoning first."""
        base = unlabelled(known) + self.whole
        added = list(map(unlabelled, self.useful))
        reason: Stuck | None = None
        for linear, integers in ((True, False), (True, True), (False, False), (False, True)):
            rounds = 2 if integers else 1
            if not linear and (tree := self._with_multiples(known, rounds)) is not None:
                return tree
            chosen = core(self.search.encodings[linear, integers], base, added)
            if chosen is None:
                continue
            try:
                degree = 1 if linear else self.search.degree
                return self._searched(known, chosen, degree)
            except Stuck as stuck:
                reason = stuck
        try:
            return self._searched(known, range(self.named), self.search.degree)
        except Stuck as stuck:
            raise self._explained(base + tuple(fact for part in added for fact in part), reason or stuck) from None

    def _searched(self, known: tuple[Known, ...], chosen: Sequence[int], degree: int) -> Tree:
        branch = known + tuple(fact for i in chosen for fact in self.useful[i])
        most, self.search.degree = self.search.degree, degree
        try:
            return self.search.refute(branch)
        finally:
            self.search.degree = most

    def _with_multiples(self, known: tuple[Known, ...], rounds: int) -> Tree | None:
        """Linear reasoning with a few equations multiplied by monomials, each shown by a cut of its own."""
        base = unlabelled(known) + self.whole
        added = list(map(unlabelled, self.useful))
        texts = derived(self.context, tuple(chain(base, *added)), rounds)
        extra: list[tuple[str, Formula]] = [(text, formula(text, self.terms, self.context.statement.scope)) for text in texts]
        added += [facts(f) for _, f in extra]
        for integers in (False, True):
            chosen = core(self.search.encodings[True, integers], base, added)
            if chosen is not None:
                break
        else:
            return None
        own = len(self.instances)
        try:
            cuts = []
            for i in chosen:
                if i >= own:
                    denied = self.search.labelled(facts(negate(extra[i - own][1])))
                    needed = core(self.search.encodings[False, False], base + tuple(f for _, f in denied), added[:own])
                    tree = self._searched(known + denied, needed or [], 2)
                    cuts.append(Cut(extra[i - own][0], self.search.labelled(added[i]), denied, tree))
            more = tuple(fact for cut in cuts for fact in cut.new)
            return self.wrapped(cuts, self._searched(known + more, [i for i in chosen if i < own], 1))
        except Stuck:
            return None

    def _explained(self, everything: Facts, stuck: Stuck) -> Stuck:
        """The same with values at which all that is known holds, products taken for what they are, if z3 finds such."""
        values = model(self.search.encodings[False, True], everything)
        if values is None:
            return stuck
        shown = [f"{written(self.terms, Polynomial(((monomial, Fraction(1)),)))} = {value}" for monomial, value in sorted(values.items())]
        return Stuck(stuck.where, f"the hints do not suffice: all that is known holds at\n    {', '.join(shown)}\n{stuck.reason}")


def _added(instances: Sequence[Instance]) -> Facts:
    return tuple(fact for instance in instances for fact in instance.added)


def _fits(view: View, hint: str) -> bool:
    """Whether a hint makes sense in the base of an induction, where there is neither the variable nor the hypothesis."""
    name, values = application(hint)
    return name != HYPOTHESIS and all(_means(view, value) for value in values or ())


def _means(view: View, text: str) -> bool:
    """Whether a term makes sense with the author's variables."""
    try:
        view.term(text)
    except BadInput:
        return False
    return True


def _says(view: View, text: str) -> bool:
    """Whether a formula does."""
    try:
        formula(text, view.context.vocabulary.terms, view.scope)
    except BadInput:
        return False
    return True
