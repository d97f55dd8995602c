"""An oracle for cell complexes that shares no code with them: rational half-spaces, vertices by
solving all square systems, one activation pattern after another.

`python -m tests.exact.cells_oracle 1000` compares that many random networks in two to four
dimensions, in every count and integral.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction as F
from itertools import combinations
from math import factorial

Half = tuple[tuple[F, ...], F]  # a · x + b >= 0
Layers = list[tuple[list[list[F]], list[F]]]  # weight (out, in), bias


def height(half: Half, x: Sequence[F]) -> F:
    return sum((a * c for a, c in zip(half[0], x, strict=True)), half[1])


def solved(rows: Sequence[Half], d: int) -> tuple[F, ...] | None:
    """The point where d affine functions vanish, if there is exactly one."""
    table = [[*a, -b] for a, b in rows]
    for column in range(d):
        pivot = next((r for r in range(column, d) if table[r][column]), None)
        if pivot is None:
            return None
        table[column], table[pivot] = table[pivot], table[column]
        lead = table[column][column]
        table[column] = [v / lead for v in table[column]]
        for r in range(d):
            if r != column and table[r][column]:
                factor = table[r][column]
                table[r] = [v - factor * w for v, w in zip(table[r], table[column], strict=True)]
    return tuple(row[d] for row in table)


def rank(points: Sequence[Sequence[F]]) -> int:
    """The dimension of the affine hull; −1 for no points."""
    rows = [[a - b for a, b in zip(point, points[0], strict=True)] for point in points[1:]]
    found = 0
    for column in range(len(points[0]) if points else 0):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [
            [v - row[column] / pivot[column] * w for v, w in zip(row, pivot, strict=True)]
            for row in rows
            if row is not pivot
        ]
        found += 1
    return found if points else -1


class Polytope:
    """`halves` and all vertices, found by brute force."""

    def __init__(self, halves: Sequence[Half], vertices: set[tuple[F, ...]]) -> None:
        self.halves, self.vertices = list(halves), vertices

    @classmethod
    def box(cls, d: int, low: F, high: F) -> "Polytope":
        unit = [tuple(F(int(i == j)) for j in range(d)) for i in range(d)]
        halves = [(e, -low) for e in unit] + [(tuple(-c for c in e), high) for e in unit]
        return cls(halves, cls._all(halves, d))

    @staticmethod
    def _all(halves: Sequence[Half], d: int) -> set[tuple[F, ...]]:
        points = (solved(chosen, d) for chosen in combinations(halves, d))
        return {x for x in points if x is not None and all(height(half, x) >= 0 for half in halves)}

    def with_half(self, half: Half) -> "Polytope":
        """Cut. New vertices lie on the new hyperplane and on d − 1 of the old ones."""
        d = len(half[0])
        kept = {x for x in self.vertices if height(half, x) >= 0}
        new = (solved((half, *chosen), d) for chosen in combinations(self.halves, d - 1))
        found = {
            x for x in new if x is not None and all(height(old, x) >= 0 for old in self.halves)
        }
        vertices = kept | found
        # only half-spaces that are tight somewhere can be needed to find further vertices
        halves = [h for h in (*self.halves, half) if any(height(h, x) == 0 for x in vertices)]
        return Polytope(halves, vertices)

    def facet_sets(self) -> list[frozenset[tuple[F, ...]]]:
        tight = {
            frozenset(x for x in self.vertices if height(half, x) == 0) for half in self.halves
        }
        whole = rank(sorted(self.vertices))
        return [face for face in tight if face and rank(sorted(face)) == whole - 1]


def fan(
    vertices: frozenset[tuple[F, ...]], faces: list[frozenset[tuple[F, ...]]]
) -> Iterator[list[tuple[F, ...]]]:
    """Simplices that fill a polytope, from the greatest vertex over the facets without it."""
    size = rank(sorted(vertices))
    if size == 0:
        yield [next(iter(vertices))]
        return
    top = max(vertices)
    lower = {face & vertices for face in faces}
    facets = {
        face for face in lower if face and face != vertices and rank(sorted(face)) == size - 1
    }
    for facet in facets:
        if top not in facet:
            for simplex in fan(facet, faces):
                yield [top, *simplex]


def determinant(rows: list[list[F]]) -> F:
    rows, result = [list(row) for row in rows], F(1)
    for column in range(len(rows)):
        pivot = next((r for r in range(column, len(rows)) if rows[r][column]), None)
        if pivot is None:
            return F(0)
        if pivot != column:
            rows[column], rows[pivot], result = rows[pivot], rows[column], -result
        result *= rows[column][column]
        for r in range(column + 1, len(rows)):
            factor = rows[r][column] / rows[column][column]
            rows[r] = [v - factor * w for v, w in zip(rows[r], rows[column], strict=True)]
    return result


def integral(polytope: Polytope, affine: Half) -> F:
    faces, total = polytope.facet_sets(), F(0)
    for simplex in fan(frozenset(polytope.vertices), faces):
        size = abs(
            determinant([[a - b for a, b in zip(x, simplex[0], strict=True)] for x in simplex[1:]])
        )
        total += (
            size
            / factorial(len(simplex) - 1)
            * sum(height(affine, x) for x in simplex)
            / len(simplex)
        )
    return total


def affine_layer(layer: tuple[list[list[F]], list[F]], inputs: list[Half], d: int) -> list[Half]:
    weight, bias = layer
    result = []
    for row, b in zip(weight, bias, strict=True):
        coefficients = tuple(
            sum((w * h[0][i] for w, h in zip(row, inputs, strict=True)), F(0)) for i in range(d)
        )
        result.append((coefficients, sum((w * h[1] for w, h in zip(row, inputs, strict=True)), b)))
    return result


ZERO_AT = {d: ((F(0),) * d, F(0)) for d in range(1, 6)}


def regions(
    layers: Layers, domain: Polytope, d: int
) -> list[tuple[tuple[bool, ...], Polytope, Half]]:
    """Activation patterns of full dimension, with their polytopes and the output's affine map,
    pattern by pattern."""
    unit = [(tuple(F(int(i == j)) for j in range(d)), F(0)) for i in range(d)]
    found = []

    def units(
        pattern: tuple[bool, ...], at: Polytope, number: int, planes: list[Half], values: list[Half]
    ) -> None:
        if len(values) == len(planes):
            if number == len(layers) - 2:
                found.append((pattern, at, affine_layer(layers[-1], values, d)[0]))
            else:
                units(pattern, at, number + 1, affine_layer(layers[number + 1], values, d), [])
            return
        plane = planes[len(values)]
        for on, half in ((True, plane), (False, (tuple(-a for a in plane[0]), -plane[1]))):
            heights = [height(half, x) for x in at.vertices]
            if (
                (on
                and not any(h > 0 for h in heights))
                or (not on
                and not any(h > 0 for h in heights)
                and any(heights))
            ):
                continue
            part = at if all(h >= 0 for h in heights) else at.with_half(half)
            if rank(sorted(part.vertices)) == d:
                units((*pattern, on), part, number, planes, [*values, plane if on else ZERO_AT[d]])

    units((), domain, 0, affine_layer(layers[0], unit, d), [])
    return found


def patterns(layers: Layers, domain: Polytope, d: int) -> int:
    """All patterns at points, a unit being on where it is > 0: polytopes of every dimension, judged
    at the mean of their vertices."""
    unit = [(tuple(F(int(i == j)) for j in range(d)), F(0)) for i in range(d)]

    def mean(at: Polytope) -> tuple[F, ...]:
        return tuple(
            sum(column, F(0)) / len(at.vertices) for column in zip(*at.vertices, strict=True)
        )

    def units(
        at: Polytope, strict: list[Half], number: int, planes: list[Half], values: list[Half]
    ) -> int:
        if len(values) == len(planes):
            return (
                1
                if number == len(layers) - 2
                else units(at, strict, number + 1, affine_layer(layers[number + 1], values, d), [])
            )
        plane, count = planes[len(values)], 0
        for on, half in ((True, plane), (False, (tuple(-a for a in plane[0]), -plane[1]))):
            part = at if all(height(half, x) >= 0 for x in at.vertices) else at.with_half(half)
            demands = [*strict, plane] if on else strict
            if part.vertices and all(height(demand, mean(part)) > 0 for demand in demands):
                count += units(
                    part, demands, number, planes, [*values, plane if on else ZERO_AT[d]]
                )
        return count

    return units(domain, [], 0, affine_layer(layers[0], unit, d), [])


def components(count: int, joined: Iterator[tuple[int, int]]) -> list[int]:
    label = list(range(count))
    for one, other in joined:
        if label[one] != label[other]:
            label = [label[one] if entry == label[other] else entry for entry in label]
    return label


def open_connected(found: list[tuple[tuple[bool, ...], Polytope, Half]], d: int) -> int:
    def joined() -> Iterator[tuple[int, int]]:
        for (i, (_, p, f)), (j, (_, q, g)) in combinations(enumerate(found), 2):
            if f == g:
                shared = p.vertices & q.vertices
                if len(shared) >= d and rank(sorted(shared)) == d - 1:
                    yield i, j

    return len(set(components(len(found), joined())))


def closed_connected(found: list[tuple[tuple[bool, ...], Polytope, Half]], d: int) -> int:
    """For each map, the parts of all polytopes where f equals it, by their vertices, joined where
    they meet in a point."""
    total = 0
    for affine in {f for _, _, f in found}:
        if sum(f == affine for _, _, f in found) == 1:
            total += 1
            continue
        parts: list[tuple[Polytope, bool]] = []
        for _, p, f in found:
            gap = (tuple(a - b for a, b in zip(f[0], affine[0], strict=True)), f[1] - affine[1])
            back = (tuple(-a for a in gap[0]), -gap[1])
            part = p if f == affine else p.with_half(gap).with_half(back)
            if part.vertices:
                parts.append((part, f == affine))

        def joined(parts: list[tuple[Polytope, bool]] = parts) -> Iterator[tuple[int, int]]:
            for (i, (p, _)), (j, (q, _)) in combinations(enumerate(parts), 2):
                if p.vertices & q.vertices:
                    yield i, j

        label = components(len(parts), joined())
        total += len({label[i] for i, (_, whole) in enumerate(parts) if whole})
    return total


def random_layers(chosen: random.Random, d: int, widths: Sequence[int]) -> Layers:
    """Small rationals, with dead and duplicate units, kinks that cancel, hyperplanes through
    corners of [−1, 1]^d."""

    def entry() -> F:
        return F(chosen.randint(-3, 3), chosen.choice((1, 1, 1, 2, 3)))

    layers, before = [], d
    for number, width in enumerate([*widths, 1]):
        weight = [[entry() for _ in range(before)] for _ in range(width)]
        bias = [entry() for _ in range(width)]
        if number < len(widths):
            for row in range(width):
                kind = chosen.random()
                if kind < 0.08:
                    weight[row], bias[row] = [F(0)] * before, F(chosen.randint(-1, 1))
                elif kind < 0.16 and row:
                    factor = chosen.choice((F(1), F(2), F(-1), F(-1, 2)))
                    weight[row], bias[row] = (
                        [factor * w for w in weight[row - 1]],
                        factor * bias[row - 1],
                    )
                elif kind < 0.36 and number == 0:
                    bias[row] = -sum((w * chosen.choice((-1, 1)) for w in weight[row]), F(0))
                elif kind < 0.45:
                    bias[row] = F(0)
        elif chosen.random() < 0.3 and before > 1:
            weight[0][1] = -weight[0][0]
        layers.append((weight, bias))
        before = width
    return layers


def shape(chosen: random.Random) -> tuple[int, list[int]]:
    d = chosen.choice((2, 2, 2, 2, 2, 3, 3, 3, 4))
    most = {2: 5, 3: 4, 4: 3}[d]
    return d, [chosen.randint(1, most) for _ in range(chosen.choice((1, 2, 2, 3)))]


def expected(layers: Layers, d: int) -> dict[str, object]:
    domain = Polytope.box(d, F(-1), F(1))
    found = regions(layers, domain, d)
    result: dict[str, object] = {
        "regions": len(found),
        "affine": len({f for _, _, f in found}),
        "open": open_connected(found, d),
        "integral": sum((integral(p, f) for _, p, f in found), F(0)),
        "volume": sum((integral(p, (f[0][:0] + (F(0),) * d, F(1))) for _, p, f in found), F(0)),
        "maximum": max(height(f, x) for _, p, f in found for x in p.vertices),
        "minimum": min(height(f, x) for _, p, f in found for x in p.vertices),
        "l1": F(0),
    }
    for _, p, f in found:
        for half in (f, (tuple(-a for a in f[0]), -f[1])):
            part = p.with_half(half)
            if rank(sorted(part.vertices)) == d:
                result["l1"] += integral(part, half)  # type: ignore[operator]
    if d < 4:
        result["patterns"] = patterns(layers, domain, d)
        result["closed"] = closed_connected(found, d)
    return result


def actual(layers: Layers, d: int) -> dict[str, object]:
    from verify.exact.cells import Box, Complex
    from verify.network.builders import dense

    found = Complex(dense(layers), Box.cube(-1, 1, d))
    result = {
        notion: found.count(notion)
        for notion in ("patterns", "regions", "open", "closed", "affine")
    }
    values = {"integral": found.integral(), "volume": found.volume, "l1": found.l1()}
    return {**result, **values, "maximum": found.maximum.value, "minimum": found.minimum.value}


def differences(seed: int) -> list[str]:
    """What the two say differently of the random network of this seed."""
    chosen = random.Random(seed)
    d, widths = shape(chosen)
    layers = random_layers(chosen, d, widths)
    wanted, found = expected(layers, d), actual(layers, d)
    return [
        f"seed {seed}, {d}-{widths}: {name} {value}, found {found[name]}"
        for name, value in wanted.items()
        if value != found[name]
    ]


if __name__ == "__main__":
    wrong, first, last = [], int(sys.argv[2]) if len(sys.argv) > 2 else 0, int(sys.argv[1])
    for seed in range(first, last):
        wrong += differences(seed)
        if wrong:
            print("\n".join(wrong), flush=True)
            wrong = []
        if seed % 50 == 49:
            print(f"{seed + 1} networks compared", flush=True)
