"""What names mean for one input and one choice of the free symbols; nothing of the kernel."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from .reading import Definition, Measure, Text, Unclear
from .reals import Number, Undecided

FRACTIONS = [Fraction(1, 2), Fraction(-1, 2), Fraction(1, 3), Fraction(3, 2), Fraction(7, 5)]
GRID: list[Number] = [0, 1, -1, 2, -2, 3, 5, -7, *FRACTIONS, Fraction(-5, 2), 100, -100]
ARBITRARY: list[Number] = [
    0,
    1,
    -1,
    2,
    -3,
    4,
    17,
    -40,
    Fraction(1, 2),
    Fraction(-2, 3),
    Fraction(9, 4),
]
FAR = 60  # a recursion is not followed further from its start


def over(a: Number, b: Number) -> Number:
    if b == 0:
        raise Unclear("a division by 0")
    return Fraction(a) / b


def power(a: Number, b: Number) -> Number:
    if b != int(b) or not 1 <= b <= 40:
        raise Unclear(f"to the power {b}")
    return a ** int(b)


BUILT_IN = {"over": over, "power": power}


class World(dict[str, Any]):
    """What every name means for one input and one choice of the free symbols; found when it is
    looked up.
    """

    def __init__(
        self, given: Mapping[str, Any], items: Mapping[str, Any], judge: Any, salt: str
    ) -> None:
        super().__init__(given)
        self.items_, self.judge, self.salt = items, judge, salt
        self["floor"], self["div"] = floor, lambda a, b: Fraction(a) / b if b else 0

    def __missing__(self, name: str) -> Any:
        item = self.items_.get(name)
        if item is None:
            raise Unclear(f"nothing says what {name} is")
        if isinstance(item, Measure):
            found = self.judge.measure(item)
            self[name] = self.arbitrary(name, (), "R") if found is None else found
        elif isinstance(item, Definition):
            function = self._function(item)
            self[name] = function if item.bound else function()
        else:
            sorts = item[1]
            self[name] = (
                self._free(name, sorts) if len(sorts) > 1 else self.arbitrary(name, (), sorts[0])
            )
        return self[name]

    def value(self, text: Text, variables: Mapping[str, Any] | None = None) -> Any:
        local = _Local(self)
        local.update(variables or {})
        try:
            return eval(text.code, BUILT_IN, {"e": local if variables else self})
        except TypeError as error:  # a function without its arguments, or with others
            raise Unclear(str(error)) from None

    def arbitrary(self, name: str, arguments: tuple[Number, ...], sort: str) -> Number:
        """A number that nobody can foresee, but always the same."""
        mark = zlib.crc32(f"{self.salt} {name} {arguments}".encode())
        found = ARBITRARY[mark % len(ARBITRARY)]
        return found if sort == "R" else floor(found)

    def _free(self, name: str, sorts: list[str]) -> Callable[..., Number]:
        def function(*arguments: Number) -> Number:
            checked(name, arguments, sorts[:-1])
            return self.arbitrary(name, tuple(map(Fraction, arguments)), sorts[-1])

        return function

    def _function(self, item: Definition) -> Callable[..., Number]:
        known, sorts, open_ = dict[Any, Number](), [each.sort for each in item.bound], list[Any]()

        def function(*arguments: Number) -> Number:
            checked(item.name, arguments, sorts)
            if arguments in known:
                return known[arguments]
            if open_ and not (arguments and arguments[0] < open_[-1][0]):
                raise Unclear(f"{item.name} is defined by itself")
            for each, argument in zip(item.bound, arguments, strict=True):
                if each.least is not None and argument < each.least:
                    return self.arbitrary(
                        item.name, tuple(map(Fraction, arguments)), "Z" if item.integral else "R"
                    )
                if each.least is not None and argument > each.least + FAR:
                    raise Undecided
            open_.append(arguments)
            names = dict(zip([each.name for each in item.bound], arguments, strict=True))
            try:
                value = next(one for guard, one in item.cases if self.value(guard, names))
                known[arguments] = found = self.value(value, names)
            finally:
                open_.pop()
            if item.integral and found != floor(found):
                raise Unclear(f"{item.name} is said to be an integer and is {found}")
            return found

        return function


class _Local(dict[str, Any]):
    """Variables in front of a world."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world

    def __missing__(self, name: str) -> Any:
        return self.world[name]


def checked(name: str, arguments: Sequence[Number], sorts: Sequence[str]) -> None:
    if len(arguments) != len(sorts):
        raise Unclear(f"{name} of {len(arguments)} arguments")
    if any(
        sort == "Z" and argument != floor(argument)
        for sort, argument in zip(sorts, arguments, strict=True)
    ):
        raise Unclear(f"{name} at {arguments}, which are no integers")
