"""Five meanings of a network agree: exact evaluation, sympy, z3 and the affine pieces exactly, float64 within a derived bound.

500 random networks × 10 points each: the ends of the interval, kinks of the function and of its units, and random rationals.
The sympy form is evaluated by sympy's own arithmetic, the z3 form by z3's own simplifier and, for some, by its solver.
"""

import math
import random
from collections.abc import Callable
from fractions import Fraction

import numpy
import pytest
import sympy
import z3

from verify.compile.sympy_form import max_form, piecewise, symbols
from verify.compile.z3_form import Names, encode, number, point
from verify.exact import Interval, activation_intervals, evaluate, pieces
from verify.network.builders import gemm, random_network
from verify.network.network import Input, Network
from verify.network.operations import Node

NETWORKS, POINTS, BATCHES = 500, 10, 20
UNIT = 2.0**-53


def small(chosen: random.Random) -> Fraction:
    q = chosen.randint(1, 8)
    return Fraction(chosen.randint(-2 * q, 2 * q), q)


def mixed_network(chosen: random.Random) -> Network:
    """A network of up to 5 rounds: an affine map of the last value, then an operation drawn from all; some values are added or
    joined."""
    nodes: list[Node] = []
    last, size, earlier = "x", 1, []

    def emit(op: str, inputs: list[str], new: int, **parameters: object) -> None:
        nonlocal last, size
        nodes.append(Node(f"n{len(nodes)}", op, tuple(inputs), parameters))  # type: ignore[arg-type]
        last, size = nodes[-1].name, new
        earlier.append((last, size))

    def affine(source: str, columns: int, width: int) -> str:
        weight = [[small(chosen) for _ in range(columns)] for _ in range(width)]
        nodes.append(gemm(f"n{len(nodes)}", [source], weight, [small(chosen) for _ in range(width)]))
        earlier.append((nodes[-1].name, width))
        return nodes[-1].name

    for _ in range(chosen.randint(1, 5)):
        width = chosen.randint(1, 5)
        last, size = affine(last, size, width), width
        op = chosen.choice(["Relu", "Abs", "LeakyRelu", "Max", "Min", "Clip", "Concat", "Add", "Sub", "Neg", "Mul"])
        if op in ("Max", "Min", "Add", "Sub"):
            branches = [affine(*chosen.choice(earlier), size) for _ in range(1 if op == "Sub" else chosen.randint(0, 2))]
            emit(op, [last, *branches], size)
        elif op == "Concat":
            other, more = chosen.choice(earlier)
            emit(op, [last, other], size + more)
        elif op == "LeakyRelu":
            emit(op, [last], size, alpha=small(chosen))
        elif op == "Clip":
            least, most = sorted((small(chosen), small(chosen)))
            emit(op, [last], size, min=least, max=most)
        elif op == "Mul":
            emit(op, [last], size, factor=tuple(small(chosen) for _ in range(size)))
        else:
            emit(op, [last], size)
        if chosen.random() < 0.6:
            emit("Relu", [last], size)
    nodes.append(gemm("y", [last], [[small(chosen) for _ in range(size)]], [small(chosen)]))
    return Network((Input("x", 1),), tuple(nodes), "y")


def network_numbered(seed: int) -> Network:
    chosen = random.Random(f"agreement {seed}")
    if seed % 3 == 2:
        return mixed_network(chosen)
    widths = [chosen.randint(1, 8) for _ in range(chosen.randint(1, 5))]
    return random_network(widths, seed, skips=seed % 3 == 1)


def chosen_points(network: Network, interval: Interval, chosen: random.Random) -> list[Fraction]:
    kinks = list(pieces(network, interval).interior)
    units = list(activation_intervals(network, interval).endpoints)
    near = chosen.sample(kinks, min(3, len(kinks))) + chosen.sample(units, min(2, len(units)))
    inside = [interval.low + (interval.high - interval.low) * Fraction(chosen.randint(0, 840), 840) for _ in range(POINTS)]
    return [interval.low, interval.high, *near, *inside][:POINTS]


FOLDS: dict[type, Callable[..., sympy.Basic]] = {sympy.Add: sum, sympy.Mul: math.prod, sympy.Max: max, sympy.Min: min}


def by_sympy(expression: sympy.Expr, x: Fraction) -> Fraction:
    """sympy's own Rationals, from the leaves up, each shared subexpression once; of a Piecewise, the first case whose condition
    is true."""
    known: dict[sympy.Basic, sympy.Basic] = {symbols(1)[0]: sympy.Rational(x.numerator, x.denominator)}

    def value(part: sympy.Basic) -> sympy.Basic:
        if part not in known:
            parts = [value(argument) for argument in part.args]
            if part.func in FOLDS:
                known[part] = FOLDS[part.func](parts)
            else:
                known[part] = part.func(*parts) if parts else part
        return known[part]

    if isinstance(expression, sympy.Piecewise):
        expression = next(branch for branch, condition in expression.args if value(condition) == sympy.true)
    result = value(expression)
    assert isinstance(result, sympy.Rational)
    return Fraction(int(result.p), int(result.q))


class InZ3:
    """A network's z3 encoding, and the same as one term in its input, all definitions replaced in it."""

    def __init__(self, network: Network) -> None:
        names = Names()
        self.x = names.real()
        self.encoding = encode(network, [self.x], names)
        (self.term,) = self.encoding.outputs
        for variable, definition in reversed(self.encoding.definitions):
            self.term = z3.substitute(self.term, (variable, definition))

    def by_simplifier(self, at: Fraction) -> Fraction:
        value = z3.simplify(z3.substitute(self.term, (self.x, number(at))))
        return Fraction(value.numerator_as_long(), value.denominator_as_long())

    def by_solver(self, at: Fraction) -> Fraction:
        solver = z3.Solver()
        solver.add(self.x == number(at), *self.encoding.constraints)
        assert solver.check() == z3.sat
        found, output = point(solver.model(), [self.x, *self.encoding.outputs])
        assert found == at
        return output


Rounded = tuple[numpy.ndarray, numpy.ndarray]  # float64 values and bounds on their errors


def rounded(values: object) -> Rounded:
    """Rationals as float64, each within UNIT of itself relatively."""
    found = numpy.array(values, dtype=float)
    return found, UNIT * numpy.abs(found)


def float_gemm(node: Node, value: Rounded) -> Rounded:
    weight, bias = numpy.array(node.matrix("weight"), dtype=float), numpy.array(node.vector("bias"), dtype=float)
    size = numpy.abs(weight) @ numpy.abs(value[0]) + numpy.abs(bias)
    return weight @ value[0] + bias, numpy.abs(weight) @ value[1] + (weight.shape[1] + 3) * UNIT * size


def float_sum(*values: Rounded) -> Rounded:
    size = sum(numpy.abs(v) for v, _ in values)
    return sum(v for v, _ in values), sum(e for _, e in values) + len(values) * UNIT * size


def float_scaled(factor: object, value: Rounded) -> Rounded:
    c = numpy.array(factor, dtype=float)
    return c * value[0], numpy.abs(c) * value[1] + 3 * UNIT * numpy.abs(c * value[0])


def float_extreme(which: Callable[..., numpy.ndarray], *values: Rounded) -> Rounded:
    return which.reduce([v for v, _ in values]), numpy.maximum.reduce([e for _, e in values])  # type: ignore[attr-defined]


def float_clip(node: Node, value: Rounded) -> Rounded:
    least, most = (rounded([node.rational(name)] * len(value[0])) for name in ("min", "max"))
    return float_extreme(numpy.minimum, most, float_extreme(numpy.maximum, least, value))


def float_leaky(node: Node, value: Rounded) -> Rounded:
    scaled = float_scaled(node.rational("alpha"), value)
    return numpy.where(value[0] > 0, value[0], scaled[0]), numpy.maximum(value[1], scaled[1]) + 2 * UNIT * numpy.abs(value[0])


def float_node(node: Node, inputs: list[Rounded]) -> Rounded:
    value = inputs[0]
    match node.op:
        case "Gemm":
            return float_gemm(node, (numpy.concatenate([v for v, _ in inputs]), numpy.concatenate([e for _, e in inputs])))
        case "Concat":
            return numpy.concatenate([v for v, _ in inputs]), numpy.concatenate([e for _, e in inputs])
        case "Relu":
            return numpy.maximum(value[0], 0.0), value[1]
        case "Abs":
            return numpy.abs(value[0]), value[1]
        case "Neg":
            return -value[0], value[1]
        case "Add":
            return float_sum(*inputs)
        case "Sub":
            return float_sum(inputs[0], (-inputs[1][0], inputs[1][1]))
        case "Mul":
            return float_scaled(node.vector("factor"), value)
        case "Max":
            return float_extreme(numpy.maximum, *inputs)
        case "Min":
            return float_extreme(numpy.minimum, *inputs)
        case "Clip":
            return float_clip(node, value)
        case "LeakyRelu":
            return float_leaky(node, value)
    raise AssertionError(node.op)


def by_float(network: Network, at: Fraction) -> tuple[float, float]:
    """The float64 value and a bound on its error, carried along (running error analysis; u = UNIT, γ_n = nu/(1 − nu)).

    Suppose every float v' is within e of the exact v, and every rational constant w is rounded to w' with |w' − w| ≤ u|w'|·(1 +
    2u). *Gemm*, n inputs: the float result is, in any order of summation (or fused), Σ w'v'(1 + δ) + b'(1 + δ) with |δ| ≤
    γ_{n+1}, since a product passes one multiplication and at most n additions. So it is off the exact row by at most Σ|w|e +
    u(1 + 2u)S + γ_{n+1}S, with S = Σ|w'||v'| + |b'|, and γ_{n+1} + u(1 + 2u) ≤ (n + 3)u for n ≤ 10^6. *Sum* of k values: Σe +
    γ_{k−1}Σ|v'| ≤ Σe + ku Σ|v'|. *Product* with a constant c: |c|e + (2u + O(u²))|c'v'| ≤ |c|e + 3u|c'v'|. Relu, Abs, Max, Min,
    Clip are exact on floats and do not increase the largest error (1-Lipschitz for the maximum norm). *Leaky*: if v and v' have
    one sign, its branch's bound; else |v'| ≤ e and both branches are at most max(1, |α|)·(|v' − v|) apart, which the larger of
    the two branches' bounds covers, as |v'| + |v| = |v' − v|. The bounds are themselves float sums of at most 200 nonnegative
    terms, |w| against |w'| included: off by a factor of at most 1 + 2^−40, so the factor 1 + 2^−10 after every node covers
    that; 2^−1000 covers underflow.
    """
    values = {"x": rounded([at])}
    for node in network.nodes:
        value, error = float_node(node, [values[name] for name in node.inputs])
        values[node.name] = value, error * (1 + 2.0**-10) + 2.0**-1000
    value, error = values[network.output]
    return float(value[0]), float(error[0])


def disagreements(seed: int) -> list[str]:
    """What differs from exact evaluation, in words; empty if all agree."""
    network, chosen = network_numbered(seed), random.Random(f"points {seed}")
    low = small(chosen)
    interval = Interval(low, low + 1 + abs(small(chosen)))
    points = chosen_points(network, interval, chosen)
    (expression,) = max_form(network)
    in_z3 = InZ3(network)
    function = pieces(network, interval)
    cases = piecewise(function)
    found = []
    for at in points:
        (exact,) = evaluate(network, (at,))
        others = {"Max form": by_sympy(expression, at), "z3": in_z3.by_simplifier(at)}
        others |= {"pieces": function(at), "Piecewise": by_sympy(cases, at)}
        if seed % 5 == 0 and at in points[2:4]:
            others["z3's solver"] = in_z3.by_solver(at)
        found += [f"network {seed} at {at}: {name} {value}, exact {exact}" for name, value in others.items() if value != exact]
        value, error = by_float(network, at)
        if abs(Fraction(value) - exact) > Fraction(error):
            found.append(f"network {seed} at {at}: float64 {value} ± {error}, exact {exact}")
    return found if len(points) == POINTS else [*found, f"network {seed}: {len(points)} points"]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_all_meanings_agree(batch: int) -> None:
    assert [line for seed in range(batch, NETWORKS, BATCHES) for line in disagreements(seed)] == []


def test_every_operation_takes_part() -> None:
    used = {node.op for seed in range(2, NETWORKS, 3) for node in network_numbered(seed).pruned.nodes}
    assert used == {"Gemm", "Relu", "Add", "Sub", "Neg", "Mul", "Concat", "Abs", "LeakyRelu", "Max", "Min", "Clip"}
