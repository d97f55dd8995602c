"""Random networks and declarations, taken into a live vocabulary of the kernel under test one at a
time.

What the kernel refuses is forgotten, mostly, so that something remains; what it should have refused
and did not, stays.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from tests.kernel.mutation import damaged

from . import names
from .assumptions import FAMILIES, Assumption
from .kernels import Kernel
from .networks import dumps, network
from .reals import Networks

NUMBERS = ["0", "1", "1", "2", "3", "-1", "-2", "1/2", "-1/2", "1/3", "3/2", "5"]
MOST_WORK = 6_000_000
BROKEN = [
    "0) or (0 = 0",
    "0 = 0) or (0 = 1",
    "true",
    "1)",
    "(1",
    "0 < 1",
    "1 / 0",
    "x y",
    "2^0",
    "1/(1 - 1)",
    "1 < 2 < true",
    "not 1",
]


class Recursion(NamedTuple):
    """Where a recursion calls itself, and a relation that its values have to another term, if there
    is luck.
    """

    arguments: list[str]
    relation: str
    base: str


class Live:
    """A theory that grows, in the kernel under test, with all that the claim and its witness will
    say.
    """

    def __init__(self, kernel: Kernel, source: random.Random) -> None:
        self.kernel, self.source = kernel, source
        self.networks, self.size = dict[str, bytes](), source.choice([1, 1, 1, 2])
        self.declarations, self.items = list[Any](), list[Any]()
        self.assumptions, self.recursions = list[Assumption](), dict[str, Recursion]()
        self.strange = False
        self._kinks: list[Fraction] | None = None
        self.vocabulary: Any = None
        self._networks()
        self.vocabulary = self.vocabulary or self.vocabulary_of({})

    def attempt(self, action: Callable[..., Any], *arguments: Any) -> Any:
        """What the kernel gives; None where it refuses."""
        try:
            return action(*arguments)
        except self.kernel.DepthproofError:
            return None

    def _networks(self) -> None:
        source = self.source
        for _ in range(source.choice([0, 1, 1, 1, 2])):
            size = self.size if source.random() < 0.98 else 3 - self.size
            tree = network(source, size)
            if source.random() < 0.04:
                tree, self.strange = damaged(tree, source), True
            more = {**self.networks, names.key(source): dumps(tree)}
            if (vocabulary := self.attempt(self.vocabulary_of, more)) is not None:
                self.networks, self.vocabulary = more, vocabulary

    def vocabulary_of(self, networks: Mapping[str, bytes]) -> Any:
        """A new vocabulary with these networks."""
        graph = self.kernel.Graph(self.kernel.Budget(MOST_WORK))
        outputs = {key: graph.read(data) for key, data in networks.items()}
        return self.kernel.Vocabulary(graph, outputs)

    def state(self) -> list[dict[str, Any]]:
        """What the vocabulary knows by name."""
        return [dict(each) for each in self._tables()]

    def restore(self, state: list[dict[str, Any]]) -> None:
        """The vocabulary as it was: a refused declaration leaves nothing behind."""
        for table, old in zip(self._tables(), state, strict=True):
            table.clear()
            table.update(old)

    def _tables(self) -> list[dict[str, Any]]:
        vocabulary = self.vocabulary
        return [vocabulary.terms.symbols, vocabulary.facts, vocabulary.measures]

    @property
    def symbols(self) -> dict[str, tuple[Sequence[str], str]]:
        return dict(self.vocabulary.terms.symbols)

    def constants(self, sort: str = "R") -> list[str]:
        """What stands for one number: outputs, inputs and other values of the networks, symbols
        without arguments.
        """
        found = [
            *self.values(),
            *(
                name
                for name, (sorts, own) in self.symbols.items()
                if not sorts and sort in ("R", own)
            ),
        ]
        return (
            list(dict.fromkeys(found))
            if sort == "R"
            else [name for name in found if self.symbols.get(name, ((), "R"))[1] == "Z"]
        )

    def values(self) -> list[str]:
        """The names of the networks' values."""
        return [name for name in self.vocabulary.terms.constants if name not in ("true", "false")]

    def declared(self, item: Any, trusted: bool) -> bool:
        """Whether the kernel takes the declaration, which is then part of the claim or of the
        evidence.
        """
        before = self.state()
        if self.attempt(self.vocabulary.declare, item, trusted) is None:
            self.restore(before)
            return False
        (self.declarations if trusted else self.items).append(item)
        return True

    def grow(self) -> None:
        """Some declarations of the claim."""
        for _ in range(self.source.choice([0, 1, 1, 2, 3])):
            way = self.source.random()
            if way < 0.4:
                self.declared(self.definition(), True)
            elif way < 0.5:
                sorts = [self.source.choice("RZ") for _ in range(self.source.choice([0, 0, 1, 2]))]
                self.declared({"free": self.name(), "arguments": sorts, "sort": self.sort()}, True)
            elif way < 0.75 and len(self.assumptions) < 2:
                self._assume()
            elif self.networks:
                self.declared(self.measure(), True)

    def _assume(self) -> None:
        assumption = self.source.choice(FAMILIES)(self)
        if assumption is None:
            return
        before, state = list(self.declarations), self.state()
        if all(self.declared(item, True) for item in assumption.declare):
            self.assumptions.append(assumption)
        else:
            self.declarations = before
            self.restore(state)

    def sort(self) -> str:
        """R or Z, or seldom what is no sort of a value."""
        return (
            self.source.choice("RRZ")
            if self.source.random() < 0.97
            else self.source.choice(["N", "Z from 0", "", "r"])
        )

    def name(self) -> str:
        """A name that may collide with those of the networks, symbols and facts here."""
        facts = self.vocabulary.facts
        variables: list[str] = [v for fact in facts.values() for v in getattr(fact, "sorts", ())]
        if self.source.random() < 0.1:
            return self.source.choice(variables)
        around = [*self.networks, *self.values()[:6], *self.symbols, *facts]
        return names.name(self.source, around[:40])

    def variables(self, count: int) -> list[list[str]]:
        """Pairs of variables and sorts that the kernel takes, mostly."""
        pairs = list[list[str]]()
        for _ in range(count * 3):
            sort = self.source.choice(["R", "R", "R", "Z", "Z from 0", "Z from 1", "Z from -2"])
            more = [*pairs, [self.name(), sort]]
            if self.attempt(self.vocabulary.statement, more, "true") is not None:
                pairs = more
            if len(pairs) == count:
                break
        return pairs

    def number(self, sort: str = "R") -> str:
        text = self.source.choice(NUMBERS)
        return text if sort == "R" or "/" not in text else "1"

    def term(self, scope: Mapping[str, str], sort: str = "R", depth: int = 2) -> str:
        """A term of this sort over the variables in scope (with their sorts) and the symbols here;
        seldom of another sort.
        """
        source = self.source
        if source.random() < 0.02:
            sort = "R"
        way = source.random()
        if depth <= 0 or way < 0.45:
            here = [name for name, own in scope.items() if sort == "R" or own.startswith("Z")]
            here += self.constants(sort)
            mine = list(scope) if source.random() < 0.6 else []
            here = [name for name in mine if name in here] or here
            return source.choice(here) if here and source.random() < 0.75 else self.number(sort)
        if way < 0.65:
            left, sign = self.term(scope, sort, depth - 1), source.choice("+-")
            return f"{left} {sign} {self.inner(scope, sort, depth)}"
        if way < 0.75:
            return f"{self.number(sort)}*{self.inner(scope, sort, depth)}"
        if way < 0.8:
            return f"{self.inner(scope, sort, depth)}*{self.inner(scope, sort, depth)}"
        if way < 0.84:
            return f"-{self.inner(scope, sort, depth)}"
        if way < 0.87 and sort == "R":
            return f"{self.inner(scope, sort, depth)}{source.choice(['^2', '/2', '^3'])}"
        return self.application(scope, sort, depth)

    def inner(self, scope: Mapping[str, str], sort: str, depth: int) -> str:
        text = self.term(scope, sort, depth - 1)
        return text if text.isalnum() else f"({text})"

    def application(self, scope: Mapping[str, str], sort: str, depth: int) -> str:
        here = [
            (name, sorts)
            for name, (sorts, own) in self.symbols.items()
            if sorts and (sort == "R" or own == "Z")
        ]
        own = [each for each in here if each[0] not in ("floor", "div")]
        if own and self.source.random() < 0.7:
            here = own
        if not here:
            return self.number(sort)
        name, sorts = self.source.choice(here)
        way = self.source.random()
        if way < 0.04:
            sorts = [*sorts, "R"] if way < 0.01 else ["R"] * len(sorts)
        return f"{name}({', '.join(self.term(scope, each, depth - 1) for each in sorts)})"

    def comparison(self, scope: Mapping[str, str], depth: int = 1) -> str:
        sign = self.source.choice(["<=", "<=", "<", "=", ">=", ">", "!="])
        return f"{self.term(scope, 'R', depth)} {sign} {self.term(scope, 'R', depth)}"

    def formula(self, scope: Mapping[str, str]) -> str:
        text = self.comparison(scope)
        for _ in range(self.source.choice([0, 0, 1, 1, 2])):
            text = f"{text} {self.source.choice(['and', 'or', 'implies'])} {self.comparison(scope)}"
        return text

    def definition(self) -> Any:
        """A definition: a constant, a function by cases, or one by recursion; now and then of
        something that does not exist.
        """
        source, name = self.source, self.name()
        way = source.random()
        if way < 0.5:
            return self.recursion(name)
        pairs = self.variables(source.choice([0, 0, 1, 1, 2]))
        scope = dict(pairs)
        sort = source.choice(["R", "R", "Z"])
        count = source.choice([0, 1, 1, 2])
        cases = [[self.comparison(scope), self.term(scope, sort, 1)] for _ in range(count)]
        item = {
            "define": name,
            "for": pairs,
            "sort": sort,
            "cases": cases,
            "otherwise": self.term(scope, sort, 2),
        }
        if source.random() < 0.06:
            item[source.choice(["otherwise", "sort"])] = source.choice(
                [*BROKEN, "Z", "R", self.sort(), f"{name} + 1", f"floor({name})"]
            )
        if source.random() < 0.05:
            item["sort"] = "Z"
        if source.random() < 0.04 and cases:
            cases[0][source.randrange(2)] = source.choice(BROKEN)
        return item

    def recursion(self, name: str) -> Any:
        source = self.source
        least = source.choice([0, 0, 0, 1, -1])
        k = source.choice(["k", "n", "i", self.name()])
        pairs = [[k, f"Z from {least}"], *self.variables(source.choice([0, 0, 1]))]
        if source.random() < 0.04:
            pairs.reverse()
        scope, sort = dict(pairs), source.choice(["R", "Z"])
        step = (
            f"{k} - 1"
            if source.random() < 0.9
            else source.choice([k, f"{k} + 1", f"{k} - 2", f"1 - {k}", str(least)])
        )
        arguments = [step if each == k else self.term(scope, own[0], 1) for each, own in pairs]
        own, number = f"{name}({', '.join(arguments)})", self.number(sort)
        value, relation = source.choice(
            [
                (f"{own} + {number}", "<=" if number[0] == "-" else ">="),
                (own, "="),
                (f"2*{own}", ""),
                (f"-{own}", ""),
                (f"1 - {own}", ""),
                (f"{own}/2", ""),
                (f"floor({own}) + 1", ">="),
                (f"{own} + {self.term(scope, sort, 1)}", ""),
            ]
        )
        base = self.number(sort) if source.random() < 0.7 else self.term(scope, sort, 1)
        if not relation and source.random() < 0.6:
            base = "0"
        self.recursions[name] = Recursion(arguments, relation or "=", base if relation else "0")
        cases = [[f"{k} = {least}", base]] if source.random() < 0.9 else []
        return {"define": name, "for": pairs, "sort": sort, "cases": cases, "otherwise": value}

    def measure(self) -> Any:
        """A measure of the networks on an interval; its expression need not be affine."""
        source = self.source
        kind = source.choice(["pieces", "integral", "integral_abs", "sup_abs", "distance"])
        low, high = sorted(source.sample([Fraction(n, 2) for n in range(-4, 6)], 2))
        if source.random() < 0.05:
            low, high = source.choice([(high, low), (low, low)])
        item = {"measure": self.name(), "is": kind, "of": self.value(), "on": [str(low), str(high)]}
        if kind == "distance":
            item["span"] = source.choice([[], ["1"], ["1"], ["2"], ["1", "3"], [self.value()]])
        return item

    def value(self) -> str:
        """An expression in networks' values, mostly an affine one."""
        source, here = self.source, self.values()
        if not here or source.random() < 0.06:
            return self.term({}, "R", 2)
        outputs = [name for name in here if not name.startswith(("x", "value"))] or here
        text = source.choice(outputs if source.random() < 0.5 else here)
        for _ in range(source.choice([0, 0, 1, 2])):
            sign, factor = source.choice("+-"), source.choice(["", "", "2*", "1/2*"])
            text += f" {sign} {factor}{source.choice([*here, '1', '1/2'])}"
        return text

    def kinks(self) -> list[Fraction]:
        """Points from -3 to 3 between which the networks are affine, by the judge's arithmetic;
        none for several inputs.
        """
        if not self.networks or self.size != 1:
            return []
        if self._kinks is None:
            try:
                named = [([key], data) for key, data in self.networks.items()]
                self._kinks = [Fraction(x) for x in Networks(named, ["x"]).kinks(-3, 3)]
            except (
                Exception
            ):  # a damaged network that the kernel took: its claims are judged, not helped
                self._kinks = [Fraction(-3), Fraction(3)]
        return self._kinks

    def points(self, low: Fraction, high: Fraction) -> list[str]:
        """Points from `low` to `high` with the kinks between, seldom without one of them."""
        found = sorted({low, high, *(x for x in self.kinks() if low < x < high)})
        if self.source.random() < 0.2:
            found.pop(self.source.randrange(len(found)))
        if self.source.random() < 0.2 and len(found) > 2:
            found.pop(self.source.randrange(1, len(found) - 1))
        if self.source.random() < 0.1:
            found.insert(self.source.randrange(len(found) + 1), Fraction(1, 2))
        if self.source.random() < 0.05:  # there, back, and there again
            found = [*found, *found[-2::-1], *found[1:]]
        return [str(x) for x in found]
