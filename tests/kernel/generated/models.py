"""The judge: an accepted claim, read from its printed lines, is false if some model and some
numbers say so.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any

from .reading import RESERVED, Bound, Claim, Definition, Measure, Said, Text, Unclear, claim, parsed
from .reals import Networks, Number, Undecided, measured
from .worlds import GRID, World

Model = Mapping[str, Any]  # what free symbols stand for: numbers and functions
WORLDS, SAMPLES = 12, 14


class Judge:
    """One accepted claim.

    `models` are choices of its free symbols for which its assumptions are true of all numbers.
    """

    def __init__(
        self, lines: tuple[str, ...], network: Callable[[str], bytes], source: random.Random
    ) -> None:
        self.claim, self.source = claim(lines), source
        named = [(names, network(digest)) for names, digest in self.claim.networks]
        inputs = self.claim.inputs
        if "..." in inputs:
            inputs = [f"x{i + 1}" for i in range(int(inputs[-1].removeprefix("x")))]
        self.networks = Networks(named, inputs)
        self.items: dict[str, Any] = {}
        for item in self.claim.declared:
            self.items[item[0]] = item
        introduce(self.claim, self.networks)
        self.numbers = self._numbers()
        self._measures = dict[str, Number | None]()

    def _numbers(self) -> list[Number]:
        """Numbers that stand in the texts, as they stand and as quotients of neighbours, with
        either sign.
        """
        found = dict[Number, None]()
        for text in _texts(self.claim):
            few = [n for n in text.numbers if n < 10**6][:12]
            quotients = [Fraction(a, b) for a, b in pairwise(few) if b]
            numbers: list[Number] = [*few, *quotients]
            found.update(dict.fromkeys(sign * n for n in numbers for sign in (1, -1)))
        return list(found)[:40] or [0]

    def number(self) -> Number:
        """A number of the texts, or between two or beside one, or any."""
        source, way = self.source, self.source.random()
        if way < 0.5:
            return source.choice(self.numbers)
        if way < 0.7:
            return Fraction(source.choice(self.numbers) + source.choice(self.numbers)) / 2
        if way < 0.8:
            return source.choice(self.numbers) + source.choice([1, -1])
        return source.choice(GRID)

    def verdict(self, models: Sequence[Model], witness: Any = None) -> str | None:
        """Why the claim is false or unclear; None if nothing says so."""
        for salt, point in enumerate(self.points()):
            world = self.world(point, salt, models)
            self.defined(world)
            if not all(self.holds(world, said, 6) is None for said in self.claim.assumed):
                continue
            for said in self.claim.proved:
                if (found := self.holds(world, said, SAMPLES)) is not None:
                    return f"FALSE: {said.text.shown} for {found}, x = {point}"
        if self.claim.assumed:
            if not self.claim.shown:
                return "UNCLEAR: assumptions of which nobody says that they can hold"
            if not self.satisfiable(models, witness):
                return "FALSE: no choice of the free symbols satisfies the assumptions"
        return None

    def defined(self, world: World) -> None:
        """Every definition gives a number of its sort; `Unclear` otherwise."""
        for item in self.claim.declared:
            if isinstance(item, Definition):
                values = [sampled(each, self.number(), self.source) for each in item.bound]
                try:
                    meaning = world[item.name]
                    if item.bound:
                        meaning(*values)
                except Undecided:
                    continue

    def points(self) -> list[list[Number]]:
        """Inputs: those where a network with one input bends, numbers of the texts, and any."""
        inputs = self.networks.inputs
        found = [[self.number() for _ in inputs] for _ in range(WORLDS * max(1, len(inputs)))]
        if len(inputs) == 1:
            found += [[x] for x in self.networks.kinks(-6, 6)]
        return found

    def world(self, point: list[Number], salt: int, models: Sequence[Model]) -> World:
        given = self.networks.named(point)
        if models:
            given |= models[salt % len(models)]
        return World(given, self.items, self, str(salt))

    def holds(self, world: World, said: Said, count: int) -> Any:
        """Values of the variables for which the statement is false in this world; None if none are
        found.
        """
        for values in self.assignments(world, said, count if said.bound else 1):
            try:
                if not world.value(said.text, values):
                    return values
            except Undecided:
                continue
        return None

    def assignments(self, world: World, said: Said, count: int) -> Iterator[dict[str, Number]]:
        source = self.source
        known = map(world.get, sorted(said.text.names))
        around = [value for value in known if isinstance(value, int | Fraction)]
        for _ in range(count):
            values = dict[str, Number]()
            for each in said.bound:
                near = [*around, *values.values()]
                number = source.choice(near) if near and source.random() < 0.3 else self.number()
                values[each.name] = sampled(each, number, source)
            yield values

    def measure(self, item: Measure) -> Number | None:
        if item.name not in self._measures:
            low, high = map(Fraction, item.ends)
            found = None
            if low < high and len(self.networks.inputs) == 1:
                found = self._measure(item, self.networks.kinks(low, high))
            self._measures[item.name] = found
        return self._measures[item.name]

    def _measure(self, item: Measure, points: list[Number]) -> Number | None:
        def along(text: Text) -> Callable[[Number], Number]:
            return lambda x: World(self.networks.named([x]), self.items, self, "").value(text)

        return measured(item.kind, along(item.of), [along(text) for text in item.span], points)

    def satisfiable(self, models: Sequence[Model], witness: Any) -> bool:
        """Whether some choice of the free symbols, the same for all inputs, satisfies the
        assumptions.
        """
        frees = [
            item
            for item in self.claim.declared
            if isinstance(item, tuple) and not hasattr(item, "name")
        ]
        points = [
            *self.points()[:10],
            *([sign * Fraction(10**4)] * len(self.networks.inputs) for sign in (1, -1)),
        ]
        for model in models:
            worlds = [
                World({**self.networks.named(p), **model}, self.items, self, "m") for p in points
            ]
            if self._satisfied(worlds):
                return True
        if not isinstance(witness, dict):
            return False
        definitions = [
            parsed(item) for item in (*witness["declare"], *witness["items"]) if "define" in item
        ]
        items = {
            **{item.name: item for item in definitions},
            **{name: item for name, item in self.items.items() if hasattr(item, "name")},
        }
        worlds = [World(self.networks.named(p), items, self, "w") for p in points]
        same = all(
            len({self._table(world, name, sorts) for world in worlds}) == 1 for name, sorts in frees
        )
        return same and self._satisfied(worlds)

    def _satisfied(self, worlds: list[World]) -> bool:
        return all(
            self.holds(world, said, 10) is None for world in worlds for said in self.claim.assumed
        )

    def _table(self, world: World, name: str, sorts: list[str]) -> Any:
        """The free symbol's value, or its values on a grid; they must be of its sort."""
        source = random.Random(1)
        points = [
            [source.choice(GRID) if s == "R" else source.randint(-3, 4) for s in sorts[:-1]]
            for _ in range(8)
        ]
        values = []
        for point in points:
            try:
                values.append(world[name](*point) if len(sorts) > 1 else world[name])
            except Undecided:
                continue
        if any(sorts[-1] == "Z" and value != floor(value) for value in values):
            raise Unclear(f"{name} is said to be an integer")
        return tuple(values)


def sampled(each: Bound, number: Number, source: random.Random) -> Number:
    """A number of this sort, near the given one."""
    if each.sort == "R":
        return number
    if each.least is None:
        return floor(number) if source.random() < 0.5 else source.randint(-3, 4)
    return (
        max(each.least, min(floor(number), each.least + 12))
        if source.random() < 0.3
        else each.least + source.randint(0, 5)
    )


def introduce(said: Claim, networks: Networks) -> None:
    """Nothing is introduced twice, and nothing is spoken of that is not introduced."""
    single = (
        [said.inputs[0].removesuffix("1")]
        if len(said.inputs) > 1 and "..." not in said.inputs
        else []
    )
    introduced = [
        "floor",
        "div",
        *networks.inputs,
        *networks.introduced,
        *(item[0] for item in said.declared),
    ]
    _once(introduced)
    known = {*introduced, *single, *networks.values, *networks.outputs}
    declared = {item[0] for item in said.declared}
    if wrong := declared & {*networks.values, *networks.outputs, *single, *networks.inputs}:
        raise Unclear(f"the networks and a declaration introduce {sorted(wrong)[0]}")
    _once([each.name for each in said.proved])
    if wrong := {*networks.introduced, *networks.inputs} & {*networks.values}:
        raise Unclear(f"{sorted(wrong)[0]} is a value of the networks and something else")
    given = known - declared
    order = [item[0] for item in said.declared]
    scopes = [(len(order), each.bound, [each.text]) for each in said.proved]
    scopes += [
        (at, each.bound, [each.text]) for at, each in zip(said.before, said.assumed, strict=True)
    ]
    for at, item in enumerate(said.declared):
        if isinstance(item, Definition):
            scopes.append((at + 1, item.bound, [text for one in item.cases for text in one]))
        elif isinstance(item, Measure):
            scopes.append((at, (), [item.of, *item.span]))
    for at, bound, texts in scopes:
        _scope([each.name for each in bound], texts, given | {*order[:at]})


def _scope(names: list[str], texts: list[Text], known: set[str]) -> None:
    """Variables are new where they are introduced, and every name in the texts is known."""
    _once(names)
    if wrong := {*names} & known:
        raise Unclear(f"{sorted(wrong)[0]} is introduced before it is a variable")
    for text in texts:
        if strange := (text.names | text.called) - known - {*names}:
            raise Unclear(f"nothing introduces {sorted(strange)[0]}")


def _once(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1 or name in RESERVED:
            raise Unclear(f"{name} is introduced twice, or is a word of the language")


def _texts(said: Claim) -> Iterator[Text]:
    for each in (*said.assumed, *said.proved):
        yield each.text
    for item in said.declared:
        if isinstance(item, Definition):
            for guard, value in item.cases:
                yield from (guard, value)


def judged(
    lines: tuple[str, ...],
    network: Callable[[str], bytes],
    models: Sequence[Model],
    witness: Any,
    source: random.Random,
) -> str | None:
    """What is wrong with an accepted claim: it is false, or what it says is unclear; None if
    nothing is.
    """
    try:
        return Judge(lines, network, source).verdict(models, witness)
    except Unclear as error:
        return f"UNCLEAR: {error}"
    except RecursionError:
        return "UNCLEAR: a definition has no end"
