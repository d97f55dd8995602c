"""An untrusted prover. It sees a branch as the kernel under test does, tries steps by that kernel's
own rules, and keeps what they take.

So where a check is missing, it finds what follows. Besides honest steps it tries dishonest ones,
which a sound kernel refuses.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from .farkas import Row, multipliers, row
from .vocabularies import NUMBERS, Live

MOST_STEPS, MOST_DEPTH, MOST_LEAVES = 60, 4, 12
MORE_DEPTH, MORE_LEAVES = 7, 40  # for an induction


class Attempt(NamedTuple):
    """A proof or the beginning of one."""

    closed: bool
    steps: list[Any]


class Prover:
    """Proofs in one live theory."""

    def __init__(self, live: Live) -> None:
        self.live, self.source = live, live.source
        self.steps, self.leaves, self.depth = list[Any](), 0, 0
        self.context: Any = None

    def begin(self, pairs: Any, text: str, induction: Any = None) -> Any:
        """The facts that a proof of the statement has to refute; None if the kernel refuses it."""
        vocabulary = self.live.vocabulary
        statement = self.live.attempt(vocabulary.statement, pairs, text)
        if statement is None:
            return None
        begun = self.live.attempt(self.live.kernel.beginning, vocabulary, statement, induction)
        if begun is None:
            return None
        self.context, facts = begun
        self.steps, self.leaves = [], MOST_LEAVES if induction is None else MORE_LEAVES
        self.depth = MOST_DEPTH if induction is None else MORE_DEPTH
        return list(facts)

    def step(self, branch: list[Any], step: list[Any]) -> Any:
        """The branches that the kernel's rule makes, each as facts to be added; None where it
        refuses.
        """
        name, *arguments = step
        found = self.live.attempt(self.live.kernel.rule(name), self.context, branch, *arguments)
        if found is not None:
            self.steps.append(step)
        return found

    def prove(
        self, pairs: Any, text: str, moves: Sequence[Any], induction: Any = None
    ) -> Attempt | None:
        """A proof that begins with those of the moves that the kernel takes; None if there is no
        such statement.
        """
        branch = self.begin(pairs, text, induction)
        if branch is None:
            return None
        closed = self.moved(branch, list(moves))
        return Attempt(closed, self.steps)

    def moved(self, branch: list[Any], moves: list[Any]) -> bool:
        """Whether the branch closes after the moves."""
        while moves:
            move = moves.pop(0)
            added = self.step(branch, move)
            if added is None:
                continue
            if len(added) != 1:
                return all(self.moved([*branch, *facts], list(moves)) for facts in added)
            branch = [*branch, *added[0]]
        return self.close(branch, frozenset(), 0)

    def close(self, branch: list[Any], split: frozenset[int], depth: int) -> bool:
        """Whether leaves and cases close the branch."""
        self.leaves -= 1
        if self.leaves < 0 or len(self.steps) > MOST_STEPS:
            return False
        rows, entries = self.rows(branch)
        if self.leaf(branch, entries, multipliers(rows)) or self.cheated(branch, rows, entries):
            return True
        open_ = [i for i, fact in enumerate(branch) if hasattr(fact, "parts") and i not in split]
        if not open_ or depth >= self.depth:
            return False
        index = (
            min(open_, key=lambda i: len(branch[i].parts))
            if self.source.random() < 0.8
            else self.source.choice(open_)
        )
        added = self.step(branch, ["cases", index])
        if added is None:
            return False
        return all(self.close([*branch, *facts], split | {index}, depth + 1) for facts in added)

    def rows(self, branch: list[Any]) -> tuple[list[Row], list[tuple[int, ...]]]:
        """What may stand in a leaf: facts, and where something is not affine, products of two."""
        single = [
            i
            for i, fact in enumerate(branch)
            if hasattr(fact, "polynomial") and fact.relation != "!="
        ]
        rows = [row(branch[i].relation, branch[i].polynomial.terms) for i in single]
        entries: list[tuple[int, ...]] = [(i,) for i in single]
        crooked = any(len(m) > 1 for each in rows for m in each.sum)
        if crooked and len(single) <= 7 and len({m for each in rows for m in each.sum}) < 25:
            for one, i in enumerate(single):
                for other in range(one, len(single)):
                    rows.append(product(rows[one], rows[other]))
                    entries.append((i, single[other]))
        return rows, entries

    def leaf(
        self, branch: list[Any], entries: list[tuple[int, ...]], weights: dict[int, Fraction] | None
    ) -> bool:
        if weights is None:
            return False
        step = ["leaf", [[str(weight), list(entries[i])] for i, weight in weights.items()]]
        return bool(self.step(branch, step) == [])

    def cheated(self, branch: list[Any], rows: list[Row], entries: list[tuple[int, ...]]) -> bool:
        """Whether one of some leaves closes the branch that must not."""
        source = self.source
        if source.random() > 0.3:
            return False
        tries = list[Any]()
        for _ in range(3):
            index = source.randrange(len(branch) + 2) - 1
            other = source.choice([i for entry in entries for i in entry] or [0])
            tries.append(
                source.choice(
                    [
                        [],
                        [["0", []]],
                        [["0", [other]]],
                        [["1", [other]]],
                        [["-1", [other]]],
                        [["-1", []]],
                        [["1", [index]]],
                        [["1", [other]], ["-1", [other]]],
                        [["1", [other, index]]],
                        [[source.choice(["x", "y - y", "2*z - z"]), [other]]],
                    ]
                )
            )
        if any(self.step(branch, ["leaf", entry]) == [] for entry in tries):
            return True
        if source.random() < 0.4 and len(rows) < 16:
            loose = [Row(source.choice(["=", "<"]), each.sum, each.scale) for each in rows]
            return self.leaf(branch, entries, multipliers(loose))
        return bool(self.step(branch, ["cases", source.choice([0, len(branch), -1])]) == [])

    def wild(self, scope: dict[str, str]) -> Iterator[list[Any]]:
        """Steps of every kind at random, in the language of the live theory; many of them are
        refused.
        """
        live, source = self.live, self.source
        while True:
            way = source.random()
            if way < 0.4:
                yield self.use(scope)
            elif way < 0.52:
                name, one, other = self.pair(scope)
                yield ["congruence", name, one, other]
            elif way < 0.58:
                yield ["cut", live.formula(scope)]
            elif way < 0.64 and live.networks:
                yield ["units"]
            elif way < 0.85 and live.networks:
                ends = sorted(source.sample([Fraction(n, 2) for n in range(-4, 6)], 2))
                text = (
                    source.choice([*scope, live.value()])
                    if scope and source.random() < 0.35
                    else live.value()
                )
                yield ["range", text, live.points(*ends)]
            elif live.vocabulary.measures:
                yield self.measure()

    def use(self, scope: dict[str, str]) -> list[Any]:
        """A known statement at random terms, which are seldom of its sorts or their number."""
        live, source, facts = self.live, self.source, self.live.vocabulary.facts
        own = [name for name in facts if name not in ("integers", "squares", "floor", "div")]
        constants = {name for name, (sorts, _) in live.symbols.items() if not sorts}
        both = [name for name in facts if {*getattr(facts[name], "sorts", ())} & constants]
        name = source.choice(own) if own and source.random() < 0.7 else source.choice([*facts])
        if both and source.random() < 0.25:  # a variable of the statement is now a constant too
            name = source.choice(both)
        if source.random() < 0.04:
            name = source.choice([*live.symbols, "IH", "nothing", *scope])
        sorts = [*getattr(facts.get(name), "sorts", {}).values()]
        if source.random() < (0.6 if name in both else 0.03):
            sorts = source.choice([sorts[:-1], [*sorts, "R"]])
        return ["use", name, [self.argument(scope, sort) for sort in sorts]]

    def argument(self, scope: dict[str, str], sort: str) -> str:
        """A term for a variable of this sort, or seldom of another."""
        source, way = self.source, self.source.random()
        if sort.startswith("Z from") and way < 0.4:
            return str(int(sort[7:]) + source.choice([0, 1, 1, 2, -1]))
        same = [v for v, own in scope.items() if own == sort]
        if same and way < 0.65:
            return source.choice(same)
        if way > 0.96:
            other = self.live.application(scope, "R", 1)
            return source.choice(["1/2", *NUMBERS, *scope, other])
        return self.live.term(scope, sort[0], 1)

    def pair(self, scope: dict[str, str]) -> tuple[str, list[str], list[str]]:
        """A symbol and two lists of arguments."""
        live, source = self.live, self.source
        symbols = {name: sorts for name, (sorts, _) in live.symbols.items() if sorts}
        name = source.choice([*symbols])
        one, other = ([live.term(scope, sort, 1) for sort in symbols[name]] for _ in range(2))
        if source.random() < 0.2:
            other = [f"{text} + 0" for text in one]
        if source.random() < 0.05:
            other = source.choice([other[:-1], [*other, "1"]])
        return name, one, other

    def measure(self) -> list[Any]:
        """Bounds of a measure, by the right points, or not quite."""
        live, source = self.live, self.source
        name = source.choice([*live.vocabulary.measures])
        kind, _, span, ends = live.vocabulary.measures[name]
        if source.random() < 0.04:
            name = source.choice([*live.symbols])
        low, high = ends if ends[0] < ends[1] else reversed(ends)
        if source.random() < 0.2:
            low, high = source.choice([(low, high + 1), (low, (low + high) / 2), (low - 1, high)])
        points = live.points(low, high)
        signs, size = list[str](), len(points) - 1
        if kind == "distance" or source.random() < 0.03:
            signs = source.choice(
                [
                    ["0"] * size,
                    [source.choice(["1", "-1"]) for _ in range(size)],
                    [source.choice(["1", "-1", "1/2", "0", "2", "-3"]) for _ in range(size)],
                ]
            )
            if size == 2 and source.random() < 0.5:
                widths = [Fraction(q) - Fraction(p) for p, q in pairwise(points)]
                scale = max(widths) if source.random() < 0.8 else Fraction(1, 3)
                if all(widths):
                    signs = [str(min(widths) and widths[1] / scale), str(-widths[0] / scale)]
        coefficients = [source.choice(NUMBERS) for _ in span]
        return ["measure", name, points, signs, coefficients]


def product(p: Row, q: Row) -> Row:
    """p <= 0 and q <= 0 give -p q <= 0."""
    total = dict[Any, int]()
    for m, a in p.sum.items():
        for n, b in q.sum.items():
            monomial = tuple(sorted(m + n))
            total[monomial] = total.get(monomial, 0) - a * b
    relation = "=" if "=" in (p.relation, q.relation) else "<="
    if p.relation == q.relation == "<":
        relation = "<"
    return Row(relation, {m: c for m, c in total.items() if c}, p.scale * q.scale)
