"""One proof: z3 picks the instances that matter, then the search finds splits and multipliers among
them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
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
from .search import Search, Stuck, Tree, gap, split, steps, whole
from .solver import core, model

MOST_GAPS = 40

Labelled = tuple[Instance, tuple[Known, ...]]


def proof_of(
    vocabulary: Vocabulary, statement: Statement, induction: str, hints: Hints
) -> dict[str, Any]:
    """{"proof": steps}, with "induction" if it is one. Raises `Stuck`.

    A proof by induction on k begins with two cases: k is its least value, which is the base, or
    more, which is the step.
    """
    context, start = beginning(vocabulary, statement, induction or None)
    if context.induction is None:
        view = View(context, context.statement.scope)
        return {"proof": Attempt(view, start, hints.use, hints).steps(hints.have)}
    k, smallest = context.statement.scope[induction], least(statement.sorts[induction]) or 0
    above = vocabulary.terms.add(k, constant(-smallest))
    split = ["use", "integers", [written(vocabulary.terms, above)]]
    (either,) = RULES["use"].apply(context, (), *split[1:])
    lowest, more = RULES["cases"].apply(context, either, 0)
    rest = {name: p for name, p in context.statement.scope.items() if name != induction}
    base = View(context, rest, base=True)
    uses = [*(hint for hint in hints.use if _fits(base, hint)), *hints.base]
    with placed("base"):
        have = [text for text in hints.have if _says(base, text)]
        first = Attempt(base, start + either + lowest, uses, hints).steps(have)
    step = View(context, rest | {induction: vocabulary.terms.add(k, constant(-1))})
    with placed("step"):
        others = Attempt(step, start + either + more, hints.use, hints).steps(hints.have)
    return {"induction": induction, "proof": [split, ["cases", len(start)], *first, *others]}


@dataclass(frozen=True)
class Cut:
    """A formula shown on the way: its text, what holds with it, and the refutation of its
    negation."""

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
    """One branch to refute, with everything that may be used: hints first, then what the terms at
    hand suggest."""

    def __init__(self, view: View, beginning: Facts, uses: Sequence[str], hints: Hints) -> None:
        self.view, self.context, self.terms = view, view.context, view.context.vocabulary.terms
        context, terms = view.context, self.terms
        squares = [view.term(text) for text in hints.squares if _means(view, text)]
        splits = [view.term(text) for text in hints.split if _means(view, text)]
        texts = [(written(terms, square), square) for square in squares]
        self.search = Search(context, hints.degree, texts, splits)
        self.beginning = self.search.labelled(beginning)
        ground = beginning
        for text in hints.have:
            if _says(view, text):
                ground += facts(formula(text, terms, view.scope))
        named = list(hinted(view, uses, beginning))
        self.named = len(named)
        ground += _added(named)
        equal = congruences(context, ground)
        unfolded = suggested(view, ground)
        ground += _added(unfolded)
        equal += [new for new in congruences(context, ground) if new not in equal]
        self.whole = self._gaps(ground)
        self.instances: list[Labelled] = []
        for new in (*named, *equal, *unfolded):
            self.instances.append((new, self.search.labelled(new.added)))
        self.resolved: list[Resolved] = []
        self.useful = [self._all_left(new) for _, new in self.instances]

    def _all_left(self, new: Sequence[Known]) -> tuple[Known, ...]:
        return tuple(left for known in new for left in self._left(known))

    def _left(self, known: Known) -> tuple[Known, ...]:
        """The fact, or if the beginning leaves only one part of it, that part's facts."""
        label, fact = known
        if not isinstance(fact, Junction):
            return (known,)
        branches = [self.search.labelled(facts(part)) for part in fact.parts]
        trees = [self._contradiction(new) for new in branches]
        if trees.count(None) != 1:
            return (known,)
        self.resolved.append(Resolved(label, tuple(zip(branches, trees, strict=True))))
        return self._all_left(branches[trees.index(None)])

    def _contradiction(self, new: tuple[Known, ...]) -> Tree | None:
        """A refutation of the beginning with these facts by linear reasoning, with at most one
        split."""
        tree = self.search.leaf(self.beginning + new, 1)
        if tree is not None:
            return tree
        for label, fact in new:
            if not isinstance(fact, Junction):
                continue
            closed = []
            for part in fact.parts:
                own = self.search.labelled(facts(part))
                tree = self.search.leaf(self.beginning + new + own, 1)
                if tree is not None:
                    closed.append((own, tree))
            if len(closed) == len(fact.parts):
                return split(label, closed)
        return None

    def _gaps(self, ground: Facts) -> Facts:
        """What integers satisfy and reals need not, for the author's terms and the comparisons at
        hand: it spares z3 its own integers."""
        terms = dict.fromkeys(self.search.splits)
        for p in polynomials(ground):
            row = whole(self.terms, p)
            if row.terms and self.terms.is_integral(row):
                terms[row] = None
        few = islice(terms, MOST_GAPS)
        return tuple(gap(self.terms, p, at) for p in few for at in range(-3, 3))

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
            (left,) = [new for new, refutation in it.branches if refutation is None]
            if tree.used & _labels(left):
                tree = split(it.label, [(new, other or tree) for new, other in it.branches])
        return steps(self.beginning, self.instances, tree)

    def cut(self, text: str, known: tuple[Known, ...]) -> Cut:
        """The cut that shows the author's formula. Raises `Stuck`."""
        shown = formula(text, self.terms, self.view.scope)
        denied = self.search.labelled(facts(negate(shown)))
        new = self.search.labelled(facts(shown))
        return Cut(written_formula(self.terms, shown), new, denied, self.closed(known + denied))

    def wrapped(self, cuts: Sequence[Cut], tree: Tree) -> Tree:
        """The tree below those cuts that it uses."""
        for cut in reversed(cuts):
            new = _labels(cut.new)
            if tree.used & new:
                used = (tree.used - new) | (cut.tree.used - _labels(cut.denied))
                branches = (cut.new, tree), (cut.denied, cut.tree)
                tree = Tree(used, step=("cut", cut.text), branches=branches)
        return tree

    def closed(self, known: tuple[Known, ...]) -> Tree:
        """A refutation of what is known, from as few instances as z3 can tell; linear reasoning
        first. Raises `Stuck`."""
        base = _unlabelled(known) + self.whole
        added = [_unlabelled(new) for new in self.useful]
        reason: Stuck | None = None
        for linear, integers in ((True, False), (True, True), (False, False), (False, True)):
            if not linear:
                tree = self._with_multiples(known, rounds=2 if integers else 1)
                if tree is not None:
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
            everything = base + tuple(fact for new in added for fact in new)
            raise self._explained(everything, reason or stuck) from None

    def _searched(self, known: tuple[Known, ...], chosen: Sequence[int], degree: int) -> Tree:
        """A refutation of what is known with the chosen instances. Raises `Stuck`."""
        branch = known
        for i in chosen:
            branch += self.useful[i]
        most, self.search.degree = self.search.degree, degree
        try:
            return self.search.refute(branch)
        finally:
            self.search.degree = most

    def _with_multiples(self, known: tuple[Known, ...], rounds: int) -> Tree | None:
        """Linear reasoning with a few equations multiplied by monomials, each shown by a cut of its
        own; None if that does not do."""
        base = _unlabelled(known) + self.whole
        own = [_unlabelled(new) for new in self.useful]
        everything = base + tuple(fact for new in own for fact in new)
        texts = derived(self.context, everything, rounds)
        extra = [formula(text, self.terms, self.context.statement.scope) for text in texts]
        added = own + [facts(equation) for equation in extra]
        chosen = core(self.search.encodings[True, False], base, added)
        if chosen is None:
            chosen = core(self.search.encodings[True, True], base, added)
        if chosen is None:
            return None
        try:
            cuts = []
            for i in chosen:
                if i >= len(own):
                    number = i - len(own)
                    cuts.append(self._cut_of_multiple(known, texts[number], extra[number]))
            branch = known
            for cut in cuts:
                branch += cut.new
            tree = self._searched(branch, [i for i in chosen if i < len(own)], 1)
            return self.wrapped(cuts, tree)
        except Stuck:
            return None

    def _cut_of_multiple(self, known: tuple[Known, ...], text: str, equation: Formula) -> Cut:
        """The cut that shows a multiple of an equation, by products of two facts. Raises
        `Stuck`."""
        denied = self.search.labelled(facts(negate(equation)))
        base = _unlabelled(known) + self.whole + _unlabelled(denied)
        own = [_unlabelled(new) for new in self.useful]
        needed = core(self.search.encodings[False, False], base, own) or []
        tree = self._searched(known + denied, needed, 2)
        return Cut(text, self.search.labelled(facts(equation)), denied, tree)

    def _explained(self, everything: Facts, stuck: Stuck) -> Stuck:
        """The same with values at which all that is known holds, products taken for what they are,
        if z3 finds such."""
        values = model(self.search.encodings[False, True], everything)
        if values is None:
            return stuck
        equations = []
        for monomial, value in sorted(values.items()):
            name = written(self.terms, Polynomial(((monomial, Fraction(1)),)))
            equations.append(f"{name} = {value}")
        point = ", ".join(equations)
        lacking = "the hints do not suffice: all that is known holds at"
        return Stuck(stuck.where, f"{lacking}\n    {point}\n{stuck.reason}")


def _labels(known: Sequence[Known]) -> frozenset[int]:
    return frozenset(label for label, _ in known)


def _unlabelled(known: Sequence[Known]) -> Facts:
    return tuple(fact for _, fact in known)


def _added(instances: Sequence[Instance]) -> Facts:
    return tuple(fact for instance in instances for fact in instance.added)


def _fits(view: View, hint: str) -> bool:
    """Whether a hint makes sense in the base of an induction, where there is neither the variable
    nor the hypothesis."""
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
