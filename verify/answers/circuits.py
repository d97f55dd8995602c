"""The circuits of the lecture, gate by gate, with the sizes that their theorems count: parity as a
tree, as an OR of ANDs and as an AND of ORs; a sum-product network, and the sum of products that it
is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ..kernel.errors import BadInput, OverBudget, displayed

MOST_TREE, MOST_STRINGS, MOST_DEEP, MOST_SHALLOW = 12, 16, 6, 3
MOST_CHECKED = 12  # inputs of a circuit that is run at all of them


@dataclass(frozen=True)
class Gate:
    """One gate: AND, OR, NOT on truth values, SUM (with a weight for each input) or PRODUCT on
    numbers. `reads`: the wires that it reads, by number."""

    op: str
    reads: tuple[int, ...]
    weights: tuple[int, ...] = ()


@dataclass(frozen=True)
class Circuit:
    """Gates on wires: the inputs come first, then their negations if there are `literals`, then
    what each gate gives. The last wire is the output.

    `theorem`: what says that there is such a circuit; `gates_by`, `depth_by`: how it counts them;
    `bound`: what is said of shallow ones, and by which theorem.
    """

    inputs: int
    gates: tuple[Gate, ...]
    theorem: str
    gates_by: str
    depth_by: str
    bound: str
    literals: bool = False

    @property
    def depth(self) -> int:
        """The gates on the longest way from an input; a literal is an input."""
        wires = 2 * self.inputs if self.literals else self.inputs
        ready = [0] * wires
        for gate in self.gates:
            ready.append(1 + max((ready[wire] for wire in gate.reads), default=0))
        return ready[-1]

    @property
    def is_boolean(self) -> bool:
        """Whether it is about truth values."""
        return self.theorem.startswith("circuits.parity")

    def value(self, point: Sequence[Fraction]) -> Fraction:
        """What it gives at a point; of a Boolean circuit at 0s and 1s. Raises `BadInput`.

        >>> made("parity-tree:1").value([Fraction(1), Fraction(0)])
        Fraction(1, 1)
        """
        if len(point) != self.inputs:
            raise BadInput("", f"expected {self.inputs} numbers, found {len(point)}")
        wires = list(point)
        if self.is_boolean:
            if not set(point) <= {0, 1}:
                raise BadInput("", "expected 0 or 1 for each input, found another number")
            words = self.run([int(x) for x in point], 1)
            return Fraction(words[-1])
        for gate in self.gates:
            wires.append(_ARITHMETIC[gate.op]([wires[wire] for wire in gate.reads], gate.weights))
        return wires[-1]

    def run(self, words: Sequence[int], ones: int) -> list[int]:
        """All wires of a Boolean circuit, at as many points at once as `ones` has bits."""
        wires = list(words)
        if self.literals:
            wires += [ones ^ word for word in words]
        for gate in self.gates:
            wires.append(_BOOLEAN[gate.op]([wires[wire] for wire in gate.reads], ones))
        return wires

    def terms(self) -> dict[frozenset[int], int]:
        """The polynomial that a sum-product network without powers computes: coefficients of sets
        of inputs."""
        wires: list[dict[frozenset[int], int]] = [{frozenset({i}): 1} for i in range(self.inputs)]
        for gate in self.gates:
            parts = [wires[wire] for wire in gate.reads]
            if gate.op == "SUM":
                wires.append(_sum(parts, gate.weights or (1,) * len(parts)))
            else:
                wires.append(_product(parts))
        return wires[-1]


def made(name: str) -> Circuit:
    """The circuit of that name: parity-tree:K, parity-dnf:N, parity-cnf:N, sum-product:I or
    products:I. Raises `BadInput`, `OverBudget`.

    >>> circuit = made("parity-tree:3")
    >>> circuit.inputs, len(circuit.gates), circuit.depth
    (8, 28, 9)
    """
    kind, _, text = name.partition(":")
    if kind not in CIRCUITS or not (text.isascii() and text.isdigit()):
        raise BadInput("", f"expected a circuit, one of {FORMS}; found {displayed(name)}")
    build, least, most = CIRCUITS[kind]
    if len(text) > 4 or int(text) > most:
        raise OverBudget("", f"{displayed(name)[1:-1]}; at most {kind}:{most} is made")
    if int(text) < least:
        raise BadInput("", f"expected a number of at least {least} for {kind}, found {text}")
    return build(int(text))


def parity_tree(k: int) -> Circuit:
    """Exclusive ors of pairs, each (a or b) and not (a and b): n = 2^k inputs."""
    gates: list[Gate] = []
    here, n = list(range(2**k)), 2**k
    while len(here) > 1:
        there = []
        for i, j in zip(here[::2], here[1::2], strict=True):
            w = n + len(gates)
            gates += [Gate("OR", (i, j)), Gate("AND", (i, j)), Gate("NOT", (w + 1,))]
            gates.append(Gate("AND", (w, w + 2)))
            there.append(w + 3)
        here = there
    bound = f"at depth 2: 2^{n - 1} ANDs or ORs below at least, by circuits.parity.dnf and .cnf"
    return Circuit(n, tuple(gates), "circuits.parity.tree", "4 (n − 1), n = 2^k", "3k", bound)


def parity_dnf(n: int) -> Circuit:
    """An OR of ANDs: one AND for each odd string, true there only."""
    return _depth_two(n, ("AND", "OR"), odd=True, theorem="circuits.parity.attained")


def parity_cnf(n: int) -> Circuit:
    """An AND of ORs: one OR for each even string, false there only."""
    return _depth_two(n, ("OR", "AND"), odd=False, theorem="circuits.parity.cnf")


def _depth_two(n: int, ops: tuple[str, str], odd: bool, theorem: str) -> Circuit:
    below, above = ops
    gates = []
    for bits in product((0, 1), repeat=n):
        if (sum(bits) % 2 == 1) == odd:
            wanted = bits if odd else [1 - bit for bit in bits]
            reads = []
            for i, bit in enumerate(wanted):
                literal = i if bit else n + i
                reads.append(literal)
            gates.append(Gate(below, tuple(reads)))
    first = 2 * n
    gates.append(Gate(above, tuple(range(first, first + len(gates)))))
    name = "circuits.parity.dnf" if odd else "circuits.parity.cnf"
    bound = f"{2 ** (n - 1)} {below}s at least, by {name}: attained"
    return Circuit(
        n, tuple(gates), theorem, f"2^(n − 1) {below}s and one {above}", "2", bound, True
    )


def sum_product(i: int) -> Circuit:
    """Delalleau and Bengio's family: sums of two products of two, in alternation, n = 4^i
    inputs."""
    gates: list[Gate] = []
    here, n = list(range(4**i)), 4**i
    while len(here) > 1:
        there = []
        for start in range(0, len(here), 4):
            a, b, c, d = here[start : start + 4]
            w = n + len(gates)
            gates += [Gate("PRODUCT", (a, b)), Gate("PRODUCT", (c, d))]
            gates.append(Gate("SUM", (w, w + 1), (1, 1)))
            there.append(w + 2)
        here = there
    bound = f"as a sum of products: 2^{2**i - 1} products at least, by circuits.sum_product"
    return Circuit(n, tuple(gates), "circuits.sum_product", "n − 1, n = 4^i", "2i", bound)


def products(i: int) -> Circuit:
    """The same function as a sum of its products."""
    deep = sum_product(i)
    terms = sorted(map(sorted, deep.terms()))
    gates = [Gate("PRODUCT", tuple(term)) for term in terms]
    sums = tuple(range(deep.inputs, deep.inputs + len(gates)))
    gates.append(Gate("SUM", sums, (1,) * len(gates)))
    counted, bound = (
        f"2^(2^i − 1) products, i = {i}, and one sum",
        f"{len(terms)} products at least",
    )
    said = f"{bound}, by circuits.sum_product: attained"
    return Circuit(deep.inputs, tuple(gates), "circuits.sum_product", counted, "2", said)


def agreement(circuit: Circuit) -> str:
    """What was compared of the circuit, at all points of its function; "" where it has too many
    inputs. Raises `AssertionError` where it is another function.

    >>> agreement(made("parity-dnf:3"))
    'with parity at all 8 inputs'
    """
    n = circuit.inputs
    if not circuit.is_boolean:
        if n > 4**MOST_SHALLOW:
            return ""
        products_of = _recursion(range(n))
        if circuit.terms() != dict.fromkeys(products_of, 1):
            raise AssertionError("the circuit is not the sum of these products")
        return f"with the sum of its {len(products_of)} products, as a polynomial"
    if n > MOST_CHECKED:
        return ""
    points, ones = range(2**n), 2 ** (2**n) - 1
    words = []
    for i in range(n):
        words.append(sum(1 << p for p in points if p >> i & 1))
    parity = sum(1 << p for p in points if p.bit_count() % 2)
    if circuit.run(words, ones)[-1] != parity:
        raise AssertionError("the circuit is not the parity")
    return f"with parity at all {2**n} inputs"


def _recursion(inputs: Sequence[int]) -> list[frozenset[int]]:
    """The products of the family, from its definition."""
    if len(inputs) == 1:
        return [frozenset(inputs)]
    quarter = len(inputs) // 4
    parts = [
        _recursion(inputs[start : start + quarter]) for start in range(0, len(inputs), quarter)
    ]
    a, b, c, d = parts
    return [x | y for x in a for y in b] + [x | y for x in c for y in d]


def _sum(
    parts: Sequence[Mapping[frozenset[int], int]], weights: Sequence[int]
) -> dict[frozenset[int], int]:
    found: dict[frozenset[int], int] = {}
    for part, weight in zip(parts, weights, strict=True):
        for key, c in part.items():
            found[key] = found.get(key, 0) + weight * c
    return found


def _product(parts: Sequence[Mapping[frozenset[int], int]]) -> dict[frozenset[int], int]:
    """The product of polynomials in different inputs."""
    found = {frozenset[int](): 1}
    for part in parts:
        found = {key | more: c * d for key, c in found.items() for more, d in part.items()}
    return found


def _all(words: Sequence[int], ones: int) -> int:
    for word in words:
        ones &= word
    return ones


def _any(words: Sequence[int], ones: int) -> int:
    found = 0
    for word in words:
        found |= word
    return found


def _multiplied(values: Sequence[Fraction], weights: Sequence[int]) -> Fraction:
    found = Fraction(1)
    for value in values:
        found *= value
    return found


def _added(values: Sequence[Fraction], weights: Sequence[int]) -> Fraction:
    return sum((w * x for w, x in zip(weights, values, strict=True)), Fraction(0))


_BOOLEAN: Mapping[str, Callable[[Sequence[int], int], int]] = {
    "AND": _all,
    "OR": _any,
    "NOT": lambda words, ones: ones ^ words[0],
}
_ARITHMETIC: Mapping[str, Callable[[Sequence[Fraction], Sequence[int]], Fraction]] = {
    "SUM": _added,
    "PRODUCT": _multiplied,
}
CIRCUITS: Mapping[str, tuple[Callable[[int], Circuit], int, int]] = {
    "parity-tree": (parity_tree, 0, MOST_TREE),
    "parity-dnf": (parity_dnf, 1, MOST_STRINGS),
    "parity-cnf": (parity_cnf, 1, MOST_STRINGS),
    "sum-product": (sum_product, 0, MOST_DEEP),
    "products": (products, 0, MOST_SHALLOW),
}
FORMS = "parity-tree:K, parity-dnf:N, parity-cnf:N, sum-product:I, products:I"
