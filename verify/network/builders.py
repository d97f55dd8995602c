"""Builders: networks from matrices, from other networks, and the lecture's own."""

import random
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

from ..kernel.errors import BadInput, displayed
from .matrix import Matrix
from .network import Input, Network
from .operations import Node, Rows, Vector

Exact = Fraction | int
Layer = tuple[Sequence[Sequence[Exact]], Sequence[Exact]]  # weight (out, in) and bias (out)

ONE = Fraction(1)


def exact(value: object) -> Fraction:
    """The rational that an int, Fraction or float is; floats are taken as the binary fractions they
    are."""
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        raise BadInput("", f"expected an int, Fraction or float, found {type(value).__name__}")
    if isinstance(value, float) and value - value != 0:
        raise BadInput("", f"expected a finite number, found {value}")
    return Fraction(value)


def matrix(rows: Iterable[Iterable[object]]) -> Rows:
    return tuple(vector(entries) for entries in rows)


def vector(entries: Iterable[object]) -> Vector:
    return tuple(exact(entry) for entry in entries)


def gemm(
    name: str, inputs: Sequence[str], weight: Iterable[Iterable[object]], bias: Iterable[object]
) -> Node:
    return Node(name, "Gemm", tuple(inputs), {"weight": matrix(weight), "bias": vector(bias)})


def affine(weight: Sequence[Sequence[Exact]], bias: Sequence[Exact]) -> Network:
    """x ↦ weight x + bias; weight is (out, in)."""
    return dense([(weight, bias)])


def dense(layers: Sequence[Layer]) -> Network:
    """Affine maps with Relu between them (none after the last). No layers is an error; one layer is
    an affine map."""
    if not layers:
        raise BadInput("", "expected at least one layer, found none")
    nodes, source = [], "x"
    for index, (weight, bias) in enumerate(layers):
        nodes.append(gemm(f"z{index + 1}", [source], weight, bias))
        if index + 1 < len(layers):
            source = f"a{index + 1}"
            nodes.append(Node(source, "Relu", (f"z{index + 1}",)))
    first = nodes[0].matrix("weight")
    if not len(first):
        raise BadInput("/nodes/0/weight", "expected a list that is not empty, found a list of 0")
    return Network((Input("x", first.width),), tuple(nodes), nodes[-1].name)


def skip(layers: Sequence[Layer]) -> Network:
    """Like `dense`, but every affine map reads the input and all earlier layers' values,
    concatenated in that order (DenseNet)."""
    if not layers or not layers[0][0]:
        raise BadInput("", "expected at least one layer with at least one row, found none")
    nodes: list[Node] = []
    sources = ["x"]
    for index, (weight, bias) in enumerate(layers):
        nodes.append(gemm(f"z{index + 1}", sources, weight, bias))
        if index + 1 < len(layers):
            nodes.append(Node(f"a{index + 1}", "Relu", (f"z{index + 1}",)))
            sources.append(f"a{index + 1}")
    return Network((Input("x", len(nodes[0].matrix("weight")[0])),), tuple(nodes), nodes[-1].name)


def identity(size: int = 1) -> Network:
    return affine(Matrix.diagonal((ONE,) * size).dense, [0] * size)


def constant(value: Exact, input_size: int = 1) -> Network:
    return affine([[0] * input_size], [value])


def tent() -> Network:
    """Δ(x) = 2σ(x) − 2σ(2x − 1). Source: Benefits of depth, "Deep function with many
    oscillations"."""
    return dense([([[1], [2]], [0, -1]), ([[2, -2]], [0])])


def sawtooth(k: int) -> Network:
    """Δ^k, the k-fold composition of the tent: depth k, 2k units; k = 0 is the identity. Source: as
    `tent`.

    >>> sawtooth(3)
    <Network 1-2-2-2-1, 6 units, depth 3>
    """
    if type(k) is not int or k < 0:
        raise BadInput("", f"expected a number of compositions of at least 0, found {k}")
    if k == 0:
        return identity()
    up, _, down = tent().nodes
    nodes, source = [], "x"
    for i in range(1, k + 1):
        nodes.append(Node(f"z{i}", "Gemm", (source,), up.parameters))
        nodes.append(Node(f"a{i}", "Relu", (f"z{i}",)))
        nodes.append(Node(f"y{i}", "Gemm", (f"a{i}",), down.parameters))
        source = f"y{i}"
    return Network((Input("x", 1),), tuple(nodes), source)


def square(m: int) -> Network:
    """f_m(x) = x − Σ_{s=1..m} Δ^s(x)/4^s, within 4^−(m+1) of x² on [0, 1].
    Source: Yarotsky 2016 (Benefits of depth, "Parting thoughts")."""
    if type(m) is not int or m < 0:
        raise BadInput("", f"expected a number of terms of at least 0, found {m}")
    deep = sawtooth(m)
    if m == 0:
        return deep
    sources = ["x", *(f"y{s}" for s in range(1, m + 1))]
    last = gemm("f", sources, [[1, *(Fraction(-1, 4**s) for s in range(1, m + 1))]], [0])
    return Network(deep.inputs, (*deep.nodes, last), "f")


def interpolating(points: Sequence[Exact], values: Sequence[Exact]) -> Network:
    """The continuous function through (points[i], values[i]), affine in between, constant before
    the first point.

    One hidden layer, a unit for each of the p pieces: f(x) = v₀ + s₁ σ(x − x₀) + Σ (s_(i+1) − s_i)
    σ(x − x_i), s_i the slope of piece i.
    """
    if len(points) < 2 or len(points) != len(values):
        found = f"{len(points)} and {len(values)}"
        raise BadInput("", f"expected at least 2 points and as many values, found {found}")
    if any(a >= b for a, b in pairwise(points)):
        raise BadInput("", "expected points in increasing order, found others")
    x, y = vector(points), vector(values)
    slopes = [
        Fraction(0),
        *((v - u) / (b - a) for (a, u), (b, v) in pairwise(zip(x, y, strict=True))),
    ]
    kinks = [after - before for before, after in pairwise(slopes)]
    return dense([([[1]] * len(kinks), [-a for a in x[:-1]]), ([kinks], [y[0]])])


def zigzag(widths: Sequence[int]) -> Network:
    """A network with ∏ (m_i + 1) pieces, the most that these hidden widths allow, each at least 3.
    All of its breakpoints are in (0, 1).

    Every layer is a zigzag with m units whose m + 1 pieces each run over all of [0, 1]. Its slopes
    are a, −b, c, −c, c, …; the third unit is active on the left, the others on the right. Then a =
    2c, and the lengths 1/a + 1/b + (m − 1)/c = 1; we take c = 2m. Source: Serra, Tjandraatmadja and
    Ramalingam 2018, in one dimension.
    """
    if not widths or any(type(m) is not int or m < 3 for m in widths):
        raise BadInput("", f"expected widths of at least 3, found {list(widths)}")
    layers: list[Layer] = []
    # the zigzag so far as an affine map of the layer before: weights, bias
    value: tuple[Sequence[Exact], Exact] = ([1], 0)
    for m in widths:
        c = 2 * m
        slopes = [Fraction(2 * c), -Fraction(2 * c, c + 1)]
        slopes += [Fraction(c * (-1) ** i) for i in range(m - 1)]
        kinks = list(accumulate(1 / abs(s) for s in slopes[:-1]))
        row, constant = value
        weight, bias = [list(row) for _ in kinks], [constant - x for x in kinks]
        weight[2], bias[2] = [-w for w in row], -bias[2]  # the unit that is active on the left
        layers.append((weight, bias))
        value = [after - before for before, after in pairwise(slopes)], slopes[0] * kinks[2]
    return dense([*layers, ([value[0]], [value[1]])])


def maximum(size: int) -> Network:
    """max(x1, …, xn) by a tree of maxima of pairs: depth ⌈log₂ n⌉, a unit for each pair, n − 1 in
    all. Source: Arora, Basu, Mianjy and Mukherjee 2018, for the depth."""
    if type(size) is not int or size < 1:
        raise BadInput("", f"expected a number of inputs of at least 1, found {size}")
    nodes: list[Node] = [gemm("m0", ["x"], Matrix.diagonal((ONE,) * size).dense, [0] * size)]
    width, level = size, 0
    while width > 1:
        half = width // 2
        below, level = f"m{level}", level + 1
        first, second, rest = range(half), range(half, 2 * half), range(2 * half, width)
        for name, chosen in (("first", first), ("second", second), ("rest", rest)):
            if chosen:
                nodes.append(_selecting(f"{name}{level}", below, chosen, width))
        nodes.append(Node(f"larger{level}", "Max", (f"first{level}", f"second{level}")))
        kept = (f"larger{level}", f"rest{level}") if rest else (f"larger{level}",)
        nodes.append(Node(f"m{level}", "Concat", kept))
        width -= half
    return Network((Input("x", size),), tuple(nodes), nodes[-1].name)


def _selecting(name: str, source: str, chosen: range, width: int) -> Node:
    """The entries of a value that are chosen."""
    bias = (Fraction(0),) * len(chosen)
    return Node(name, "Gemm", (source,), {"weight": Matrix.selection(chosen, width), "bias": bias})


def arrangement(inputs: int, units: int) -> Network:
    """One layer of `units` units on R^d whose hyperplanes are in general position: Σ_{j ≤ d} C(m,
    j) activation regions, the most there are, each of which meets the middle half of [0, 1]^d. The
    output is the units' sum.

    With x = 2^(d + 2) (u − ½), hyperplane i is Σ_j tʲ x_j = t^d, j < d, for distinct t in (0, 1): d
    of them meet in one point (Vandermonde), whose coordinates are, up to sign, the elementary
    symmetric polynomials of their t, at most 2^d in size; d + 1 in none. If there are fewer units
    than inputs, they are the first coordinates. Source: Zaslavsky 1975, for the number.
    """
    if type(inputs) is not int or type(units) is not int or inputs < 1 or units < 1:
        found = f"found {inputs} and {units}"
        raise BadInput("", f"expected numbers of inputs and units of at least 1, {found}")
    layer = _general(inputs, units)
    return dense([layer, ([[1] * units], [0])])


def _general(inputs: int, units: int) -> Layer:
    scale, half = 2 ** (inputs + 2), Fraction(1, 2)
    if units < inputs:
        return Matrix.selection(range(units), inputs).dense, [-half] * units
    weight, bias = [], []
    for i in range(1, units + 1):
        t = Fraction(i, units + 1)
        weight.append([scale * t**j for j in range(inputs)])
        bias.append(-(t**inputs) - half * sum(weight[-1], Fraction(0)))
    return weight, bias


def folding(inputs: int, widths: Sequence[int]) -> Network:
    """A network with ∏_{l < L} ⌊m_l / d⌋^d · Σ_{j ≤ d} C(m_L, j) activation regions on [0, 1]^d.
    Hidden widths m_l ≥ d, but the last.

    Each layer but the last folds every coordinate p = ⌊m / d⌋ times onto [0, 1]: p σ(x) +
    Σ_{0 < i < p} (−1)^i 2p σ(x − i / p); units left over are 0. The last is an `arrangement`.
    Source: Montúfar, Pascanu, Cho and Bengio 2014.
    """
    least = [inputs] * (len(widths) - 1) + [1]
    if not widths or any(type(m) is not int or m < n for m, n in zip(widths, least, strict=True)):
        wanted = f"expected widths of at least {inputs}, and a last one of at least 1"
        raise BadInput("", f"{wanted}, found {list(widths)}")
    layers: list[Layer] = []
    value: list[Sequence[Exact]] = list(Matrix.diagonal((ONE,) * inputs))  # rows, for coordinates
    for m in widths[:-1]:
        folds = m // inputs
        weight: list[Sequence[Exact]] = []
        bias: list[Exact] = []
        for row in value:
            weight += [row] * folds
            bias += [-Fraction(i, folds) for i in range(folds)]
        spare = m - folds * inputs
        layers.append((weight + [[0] * len(value[0])] * spare, bias + [0] * spare))
        slopes: list[Exact] = [folds, *((-1) ** i * 2 * folds for i in range(1, folds))]
        starts = [k * folds for k in range(inputs)]
        value = [[0] * start + slopes + [0] * (m - start - folds) for start in starts]
    planes, offsets = _general(inputs, widths[-1])
    columns = list(zip(*value, strict=True))
    last = [[_dot(plane, column) for column in columns] for plane in planes]
    return dense([*layers, (last, offsets), ([[1] * widths[-1]], [0])])


def _dot(one: Iterable[Exact], other: Iterable[Exact]) -> Exact:
    return sum(a * b for a, b in zip(one, other, strict=True))


def inside(network: Network, name: str) -> Network:
    """x ↦ what the node `name` of the network gives."""
    if name not in network.sizes:
        shown = ", ".join(displayed(node.name)[1:-1] for node in network.nodes[:12])
        wanted = f"the name of a node, such as {shown}"
        raise BadInput("", f"expected {wanted}, found {displayed(name)}")
    return Network(network.inputs, network.nodes, name, network.notes).pruned


def part(network: Network, name: str, entry: int = 0) -> Network:
    """x ↦ what the node `name` of the network gives in that entry (from 0)."""
    return component(inside(network, name), entry)


def fixed(network: Network, values: Mapping[int, Exact]) -> Network:
    """The network with some inputs (numbered from 0) held at values: a function of the others, in
    their order."""
    for index in values:
        if not 0 <= index < network.input_size:
            most = network.input_size
            raise BadInput("", f"expected an input from 1 to {most}, found {index + 1}")
    free = [index for index in range(network.input_size) if index not in values]
    if not free:
        raise BadInput("", "expected an input that is not fixed, found none")
    weight = list(zip(*Matrix.selection(free, network.input_size), strict=True))
    held = [exact(values.get(index, 0)) for index in range(network.input_size)]
    return compose(network, affine(weight, held))


def random_network(
    widths: Sequence[int], seed: int, skips: bool = False, inputs: int = 1, denominator: int = 8
) -> Network:
    """A network with hidden layers of these widths and one output; weights p/q with |p| ≤ 2q, q ≤
    denominator, some zero. The same seed gives the same network on every machine."""
    if any(type(w) is not int or w < 1 for w in widths):
        raise BadInput("", f"expected widths of at least 1, found {list(widths)}")
    chosen = random.Random(f"depthproof {seed}")

    def weight() -> Fraction:
        q = chosen.randint(1, denominator)
        return Fraction(chosen.randint(-2 * q, 2 * q), q)

    sizes = [inputs, *widths, 1]
    layers = []
    for i, (before, after) in enumerate(pairwise(sizes)):
        columns = sum(sizes[: i + 1]) if skips else before
        rows = [[weight() for _ in range(columns)] for _ in range(after)]
        layers.append((rows, [weight() for _ in range(after)]))
    return skip(layers) if skips else dense(layers)


def compose(outer: Network, inner: Network) -> Network:
    """x ↦ outer(inner(x)). The inner network's output feeds the outer's inputs, in order."""
    if outer.input_size != inner.output_size:
        wanted = f"an inner network with {outer.input_size} outputs"
        raise BadInput("", f"expected {wanted}, found {inner.output_size}")
    inside, outside = _renamed(inner, "i."), _renamed(outer, "o.")
    nodes, start = list(inside.nodes), 0
    for item in outside.inputs:
        chosen = range(start, start + item.size)
        nodes.append(_selecting(item.name, inside.output, chosen, inner.output_size))
        start += item.size
    return Network(inside.inputs, (*nodes, *outside.nodes), outside.output)


def add(*networks: Network) -> Network:
    """x ↦ Σ networks(x), on a shared input."""
    nodes, outputs, inputs = _side_by_side(networks)
    return Network(inputs, (*nodes, Node("sum", "Add", outputs)), "sum")


def subtract(first: Network, second: Network) -> Network:
    """x ↦ first(x) − second(x), on a shared input."""
    nodes, outputs, inputs = _side_by_side([first, second])
    return Network(inputs, (*nodes, Node("difference", "Sub", outputs)), "difference")


def scale(network: Network, factor: Exact) -> Network:
    """x ↦ factor · network(x)."""
    inside = _renamed(network, "i.")
    last = Node(
        "scaled", "Mul", (inside.output,), {"factor": (exact(factor),) * network.output_size}
    )
    return Network(inside.inputs, (*inside.nodes, last), "scaled")


def concatenate(*networks: Network) -> Network:
    """x ↦ (networks(x), …), on a shared input."""
    nodes, outputs, inputs = _side_by_side(networks)
    return Network(inputs, (*nodes, Node("all", "Concat", outputs)), "all")


def residual(network: Network) -> Network:
    """x ↦ x + network(x)."""
    return add(identity(network.input_size), network)


def component(network: Network, index: int) -> Network:
    """x ↦ the entry `index` (from 0) of network(x)."""
    if not 0 <= index < network.output_size:
        raise BadInput(
            "", f"expected a component from 0 to {network.output_size - 1}, found {index}"
        )
    chosen = Matrix.selection([index], network.output_size)
    return compose(affine(chosen.dense, [0]), network)


def on_line(network: Network, start: Sequence[Exact], end: Sequence[Exact]) -> Network:
    """t ↦ network(start + t (end − start)): the exact restriction to a line, a network with one
    input."""
    for name, point in (("start", start), ("end", end)):
        if len(point) != network.input_size:
            wanted = f"a {name} point with {network.input_size} coordinates"
            raise BadInput("", f"expected {wanted}, found {len(point)}")
    line = [[exact(b) - exact(a)] for a, b in zip(start, end, strict=True)]
    return compose(network, dense([(line, vector(start))]))


def _renamed(network: Network, prefix: str) -> Network:
    """The same network with a prefix before every name."""
    inputs = tuple(Input(prefix + item.name, item.size) for item in network.inputs)
    nodes = []
    for node in network.nodes:
        sources = tuple(prefix + name for name in node.inputs)
        nodes.append(Node(prefix + node.name, node.op, sources, node.parameters))
    return Network(inputs, tuple(nodes), prefix + network.output)


def _side_by_side(
    networks: Sequence[Network],
) -> tuple[list[Node], tuple[str, ...], tuple[Input, ...]]:
    """The nodes of several networks on one shared input, and the names of their outputs."""
    if not networks:
        raise BadInput("", "expected at least one network, found none")
    size = networks[0].input_size
    nodes: list[Node] = []
    outputs = []
    for index, network in enumerate(networks):
        if network.input_size != size:
            found = f"{size} and {network.input_size}"
            raise BadInput("", f"expected networks with the same number of inputs, found {found}")
        joined = compose(network, identity(size)) if len(network.inputs) > 1 else network
        renamed = _renamed(joined, f"{index}.")
        shared = {renamed.inputs[0].name: "x"}
        for node in renamed.nodes:
            sources = tuple(shared.get(name, name) for name in node.inputs)
            nodes.append(Node(node.name, node.op, sources, node.parameters))
        outputs.append(shared.get(renamed.output, renamed.output))
    return nodes, tuple(outputs), (Input("x", size),)
