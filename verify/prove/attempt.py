"""One proof: z3 picks the instances that matter, then the search finds splits and multipliers among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..kernel.declare import HYPOTHESIS, Statement, Vocabulary
from ..kernel.errors import BadInput, placed
from ..kernel.proof import Context, Facts, beginnings
from ..kernel.syntax import formula
from ..kernel.terms import Formula, Polynomial, facts, negate
from .instances import Instance, congruences, derived, hinted, polynomials, suggested
from .multipliers import Known
from .notation import application, written
from .search import Search, Stuck, Tree, gap, steps, whole
from .solver import core, model

if TYPE_CHECKING:
    from .theory import Hints

MOST_GAPS = 40

Labelled = tuple[Instance, tuple[Known, ...]]


def proof_of(vocabulary: Vocabulary, statement: Statement, induction: str, hints: "Hints") -> dict[str, Any]:
    """{"proof": steps}, or for an induction {"induction": k, "base": steps, "step": steps}. Raises `Stuck`."""
    found: dict[str, Any] = {"induction": induction} if induction else {}
    for part, context, beginning in beginnings(vocabulary, statement, induction or None):
        with placed(part if induction else ""):
            uses = [hint for hint in hints.use if part != "base" or _fits(context, hint)] + list(hints.base if part == "base" else ())
            have = [text for text in hints.have if part != "base" or _says(context, text)]
            found[part] = Attempt(context, beginning, uses, hints).steps(have)
    return found


@dataclass(frozen=True)
class Cut:
    """A formula shown on the way: its text, what holds with it, and the refutation of its negation."""

    text: str
    new: tuple[Known, ...]
    denied: tuple[Known, ...]
    tree: Tree


class Attempt:
    """One branch to refute, with everything that may be used: hints first, then what the terms at hand suggest."""

    def __init__(self, context: Context, beginning: Facts, uses: Sequence[str], hints: "Hints") -> None:
        self.context, self.terms = context, context.vocabulary.terms
        squares = [(text, context.term(text)) for text in hints.squares if _means(context, text)]
        splits = [context.term(text) for text in hints.split if _means(context, text)]
        self.search = Search(context, hints.degree, squares, splits)
        self.beginning = self.search.labelled(beginning)
        formulas = [formula(text, self.terms, context.scope) for text in hints.have if _says(context, text)]
        named = list(hinted(context, uses, beginning))
        self.named = len(named)
        ground = beginning + tuple(fact for f in formulas for fact in facts(f)) + _added(named)
        equal = congruences(context, ground)
        unfolded = suggested(context, ground)
        equal += [i for i in congruences(context, ground + _added(unfolded)) if i not in equal]
        self.whole = self._gaps(ground + _added(unfolded))
        self.instances: list[Labelled] = [(i, self.search.labelled(i.added)) for i in [*named, *equal, *unfolded]]

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
        return steps(self.beginning, self.instances, self.wrapped(cuts, self.closed(known)))

    def cut(self, text: str, known: tuple[Known, ...]) -> Cut:
        shown = formula(text, self.terms, self.context.scope)
        denied = self.search.labelled(facts(negate(shown)))
        return Cut(text, self.search.labelled(facts(shown)), denied, self.closed(known + denied))

    def wrapped(self, cuts: Sequence[Cut], tree: Tree) -> Tree:
        """The tree below those cuts that it uses."""
        for cut in reversed(cuts):
            new, denied = (frozenset(label for label, _ in side) for side in (cut.new, cut.denied))
            if tree.used & new:
                used = (tree.used - new) | (cut.tree.used - denied)
                tree = Tree(used, step=("cut", cut.text), branches=((cut.new, tree), (cut.denied, cut.tree)))
        return tree

    def closed(self, known: tuple[Known, ...]) -> Tree:
        """A refutation of what is known, from as few instances as z3 can tell; linear reasoning first."""
        base = tuple(fact for _, fact in known) + self.whole
        added = [instance.added for instance, _ in self.instances]
        reason: Stuck | None = None
        for linear, integers in ((True, False), (True, True), (False, False), (False, True)):
            if not linear and (tree := self._with_multiples(known)) is not None:
                return tree
            chosen = core(self.search.encodings[linear, integers], base, added)
            if chosen is None:
                continue
            try:
                return self._searched(known, chosen, 1 if linear else self.search.degree)
            except Stuck as stuck:
                reason = stuck
        try:
            return self._searched(known, range(self.named), self.search.degree)
        except Stuck as stuck:
            raise self._explained(base + tuple(fact for part in added for fact in part), reason or stuck) from None

    def _searched(self, known: tuple[Known, ...], chosen: Sequence[int], degree: int) -> Tree:
        branch = known + tuple(fact for i in chosen for fact in self.instances[i][1])
        most, self.search.degree = self.search.degree, degree
        try:
            return self.search.refute(branch)
        finally:
            self.search.degree = most

    def _with_multiples(self, known: tuple[Known, ...]) -> Tree | None:
        """Linear reasoning with a few equations multiplied by monomials, each shown by a cut of its own."""
        base = tuple(fact for _, fact in known) + self.whole
        texts = derived(self.context, base + _added([instance for instance, _ in self.instances]))
        extra: list[tuple[str, Formula]] = [(text, formula(text, self.terms, self.context.scope)) for text in texts]
        added = [instance.added for instance, _ in self.instances] + [facts(f) for _, f in extra]
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


def _fits(context: Context, hint: str) -> bool:
    """Whether a hint makes sense in the base of an induction, where there is neither the variable nor the hypothesis."""
    name, values = application(hint)
    return name != HYPOTHESIS and all(_means(context, value) for value in values or ())


def _means(context: Context, text: str) -> bool:
    """Whether a term makes sense with the variables in scope."""
    try:
        context.term(text)
    except BadInput:
        return False
    return True


def _says(context: Context, text: str) -> bool:
    """Whether a formula does."""
    try:
        formula(text, context.vocabulary.terms, context.scope)
    except BadInput:
        return False
    return True
