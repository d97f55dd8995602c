"""A function that a person writes, such as max(x1, x2)/2 or x^2*(1 - x): its exact values, a
Lipschitz constant that is derived from it, and what it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product

from ..exact import Interval
from ..exact.cells.polynomial import multiplied
from ..expression import Tree, constant, linear, read, replaced, written
from ..kernel.errors import BadInput, displayed, placed
from ..network.builders import gemm
from ..network.network import Input, Network
from ..network.operations import Node
from .enclosure import enclosed

Point = Sequence[Fraction]
Terms = dict[tuple[int, ...], Fraction]
MOST_INPUTS, MOST_POWER, MOST_PARTS = 20, 100, 256
FUNCTIONS = {"abs": 1, "relu": 1, "max": 2, "min": 2}  # the least number of arguments
WANTED = "a term in x, or x1, x2, …, with + - * / ^, abs, relu, max and min"


@dataclass(frozen=True)
class Target:
    """F as a tree over the inputs `names`."""

    tree: Tree
    names: tuple[str, ...]

    @classmethod
    def of(cls, text: str, inputs: int | None = None) -> "Target":
        """The function that the text writes; of so many inputs, or of as many as it names. Raises
        `BadInput`.

        >>> Target.of("max(x1, x2)/2").value([Fraction(1), Fraction(3)])
        Fraction(3, 2)
        """
        with placed("F"):
            tree = read(text)
            if tree.is_formula:
                raise BadInput("", f"expected {WANTED}, found a formula")
            used = {part.text for part in tree.nodes() if part.kind == "name"}
            size = inputs or max((_number(name) for name in used), default=1)
            names = tuple(f"x{i + 1}" for i in range(size)) if size > 1 else ("x",)
            if size == 1 and used == {"x1"}:
                names = ("x1",)
            for name in sorted(used - set(names)):
                wanted = f"{WANTED}, of {', '.join(names)}"
                raise BadInput("", f"expected {wanted}; found {displayed(name)}")
            for part in tree.nodes():
                _want_known(part)
        return cls(tree, names)

    def value(self, point: Point) -> Fraction:
        """F(point). Exact. Raises `BadInput` where it divides by 0."""
        return _value(self.tree, dict(zip(self.names, point, strict=True)))

    @property
    def is_product(self) -> bool:
        """Whether it is x1*x2."""
        return {key: c for key, c in (self.terms or {}).items() if c} == {(1, 1): Fraction(1)}

    @property
    def has_quotients(self) -> bool:
        """Whether it divides by what is no constant."""
        divisors = (part.parts[1] for part in self.tree.nodes() if part.kind == "/")
        return any(constant(divisor) is None for divisor in divisors)

    @property
    def power(self) -> int:
        """The greatest exponent that is written in it, 1 where there is none."""
        return max((_power(part) or 0 for part in self.tree.nodes() if part.kind == "^"), default=1)

    @property
    def text(self) -> str:
        """F in the kernel's notation, beyond abs, max and min; which has no powers 0."""
        names = {"x1": "x"} if len(self.names) == 1 else {}

        def by(part: Tree) -> Tree | None:
            if part.kind == "name" and part.text in names:
                return Tree("name", text=names[part.text])
            if part.kind == "^" and _power(part) == 0:
                return Tree("number", number=Fraction(1))
            if part.kind == "apply":
                return _without_relu(part, by)
            return None

        return written(replaced(self.tree, by))

    def slope(self, sides: Sequence[Interval]) -> Fraction:
        """A Lipschitz constant in the l1 norm of F on a box that is taken as the unit cube: a bound
        of all partial derivatives, times the sides' lengths, by interval arithmetic on the parts of
        the box. Raises `BadInput` where it may divide by 0."""
        per_side = 1
        while (2 * per_side) ** len(sides) <= MOST_PARTS:
            per_side *= 2
        cuts = [_cut(side, per_side) for side in sides]
        widths = [Fraction(side.high - side.low) for side in sides]
        most = Fraction(0)
        for box in product(*cuts):
            slopes = enclosed(self.tree, dict(zip(self.names, box, strict=True))).slopes
            most = max(most, *(width * slope for width, slope in zip(widths, slopes, strict=True)))
        return most

    @cached_property
    def terms(self) -> Terms | None:
        """F as a polynomial, coefficients by exponents; None if it is written as something else."""
        return _terms(self.tree, self.names)

    @cached_property
    def network(self) -> Network | None:
        """F as a network, if it is written as a piecewise linear function."""
        return _Compiled(self.names).network(self.tree)


def _number(name: str) -> int:
    digits = name[1:]
    if name == "x":
        return 1
    if not (name.startswith("x") and digits.isdigit() and str(int(digits)) == digits):
        raise BadInput("", f"expected {WANTED}, found {displayed(name)}")
    if not 1 <= int(digits) <= MOST_INPUTS:
        raise BadInput("", f"expected inputs from x1 to x{MOST_INPUTS}, found {displayed(name)}")
    return int(digits)


def _want_known(part: Tree) -> None:
    """Refuses functions that are not known, and powers that are not whole."""
    if part.kind == "apply":
        least = FUNCTIONS.get(part.text)
        if least is None or len(part.parts) < least or (least == 1 and len(part.parts) > 1):
            raise BadInput("", f"expected {WANTED}, found {displayed(written(part))}")
    if part.kind == "^" and _power(part) is None:
        found = displayed(written(part.parts[1]))
        raise BadInput("", f"expected a power from 0 to {MOST_POWER}, found {found}")


def _power(part: Tree) -> int | None:
    """The exponent of a power."""
    exponent = constant(part.parts[1])
    if exponent is None or exponent.denominator != 1 or not 0 <= exponent <= MOST_POWER:
        return None
    return int(exponent)


def _without_relu(part: Tree, by: Callable[[Tree], Tree | None]) -> Tree:
    parts = tuple(replaced(one, by) for one in part.parts)
    if part.text == "relu":
        return Tree("apply", (*parts, Tree("number")), "max")
    return Tree("apply", parts, part.text)


def _cut(side: Interval, count: int) -> list[Interval]:
    width = Fraction(side.high - side.low, count)
    return [Interval(side.low + i * width, side.low + (i + 1) * width) for i in range(count)]


def _value(tree: Tree, at: Mapping[str, Fraction]) -> Fraction:
    if tree.kind == "number":
        return tree.number
    if tree.kind == "name":
        return at[tree.text]
    if tree.kind == "^":
        return _value(tree.parts[0], at) ** (_power(tree) or 0)
    values = [_value(part, at) for part in tree.parts]
    if tree.kind == "apply":
        return _applied(tree.text, values)
    if tree.kind == "/" and values[1] == 0:
        found = displayed(written(tree.parts[1]))
        raise BadInput("F", f"expected a divisor that is not 0, found {found}")
    return _ARITHMETIC[tree.kind](values)


def _applied(name: str, values: Sequence[Fraction]) -> Fraction:
    if name == "abs":
        return abs(values[0])
    if name == "relu":
        return max(values[0], Fraction(0))
    return max(values) if name == "max" else min(values)


_ARITHMETIC: Mapping[str, Callable[[list[Fraction]], Fraction]] = {
    "-": lambda values: -values[0],
    "+": lambda values: sum(values, Fraction(0)),
    "*": lambda values: values[0] * values[1],
    "/": lambda values: values[0] / values[1],
}


def _terms(tree: Tree, names: tuple[str, ...]) -> Terms | None:
    """A polynomial's coefficients."""
    zero = (0,) * len(names)
    if tree.kind == "number":
        return {zero: tree.number}
    if tree.kind == "name":
        index = names.index(tree.text)
        return {(*zero[:index], 1, *zero[index + 1 :]): Fraction(1)}
    parts = [_terms(part, names) for part in tree.parts]
    known = [part for part in parts if part is not None]
    if tree.kind == "apply" or len(known) != len(parts):
        return None
    if tree.kind == "+":
        return _added(known)
    if tree.kind == "-":
        return {key: -c for key, c in known[0].items()}
    if tree.kind == "^":
        found: Terms = {zero: Fraction(1)}
        for _ in range(_power(tree) or 0):
            found = multiplied(found, known[0])
        return found
    if tree.kind == "/":
        divisor = constant(tree.parts[1])
        return None if not divisor else {key: c / divisor for key, c in known[0].items()}
    return multiplied(*known)


def _added(parts: Sequence[Terms]) -> Terms:
    found: Terms = {}
    for part in parts:
        for key, c in part.items():
            found[key] = found.get(key, Fraction(0)) + c
    return found


class _Compiled:
    """A piecewise linear function as a network, node by node."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names, self.nodes = names, list[Node]()

    def network(self, tree: Tree) -> Network | None:
        output = self.node(tree)
        if output is None:
            return None
        return Network((Input("x", len(self.names)),), tuple(self.nodes), output)

    def node(self, tree: Tree) -> str | None:
        """The node of a term; None if it is not piecewise linear."""
        form = linear(tree, self.names)
        if form is not None:
            weights, bias = [form[one] for one in self.names], form[""]
            return self.emit(lambda name: gemm(name, ["x"], [weights], [bias]))
        if tree.kind in ("*", "/"):
            return self.scaled(tree)
        word = tree.text if tree.kind == "apply" else tree.kind
        operation = _OPERATIONS.get(word)
        inputs = [self.node(part) for part in tree.parts]
        known = tuple(one for one in inputs if one is not None)
        if operation is None or len(known) != len(inputs):
            return None
        return self.emit(lambda name: Node(name, operation, known))

    def scaled(self, tree: Tree) -> str | None:
        factors = [constant(part) for part in tree.parts]
        if tree.kind == "/":
            divisor, inner = factors[1], tree.parts[0]
            factor = 1 / divisor if divisor else None
        elif factors[0] is not None:
            factor, inner = factors[0], tree.parts[1]
        else:
            factor, inner = factors[1], tree.parts[0]
        source = None if factor is None else self.node(inner)
        if source is None:
            return None
        scale = {"factor": (factor or Fraction(0),)}
        return self.emit(lambda name: Node(name, "Mul", (source,), scale))

    def emit(self, make: Callable[[str], Node]) -> str:
        node = make(f"t{len(self.nodes)}")
        self.nodes.append(node)
        return node.name


_OPERATIONS: Mapping[str, str] = {
    "+": "Add", "-": "Neg", "abs": "Abs", "relu": "Relu", "max": "Max", "min": "Min",
}  # fmt: skip
