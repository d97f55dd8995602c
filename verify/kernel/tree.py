"""A tree of cuts of a box, and bounds of what networks are in its parts, in integers.

Values that are >= 0 stand in layers. In the first are the number 1 and, for each input, t from 0
to 1, the input being least + width * t; in each later one the ReLUs of that depth, and what is
still needed of the layer before. A ReLU is divided by a power of 2, so that what it is made of has
coefficients whose absolute values add up to at most 1.

Coefficients are integers: over 2^UNIT those of what a unit is made of, over 2^SUM those of a sum
that is to be bounded from below. Let v be the values of a layer.

    z of a unit         Low v <= z <= High v, where Low and High are its coefficients rounded down
                        and up, since all v >= 0
    Relu(z)             for l <= z <= u: 0 if u <= 0; z if l >= 0; otherwise >= 0, >= z, and
                        <= s z + t with s from 0 to 1 and t = max(-s l, u - s u), since that line
                        is above Relu at both ends, and Relu is convex
    a sum               with these lines is a sum over the layer before: Low v stands for a z with
                        a positive coefficient, High v for one with a negative one; then each
                        coefficient may be rounded down, since all v >= 0
    in the first layer  t lies between its ends

The coefficients of a layer are packed in one integer, SLOT bits for each. None outgrows them: the
absolute values of a sum's coefficients add up to at most 2^SUM in its layer, and in each layer
before to no more than in the last, but for the rounding.
"""

from struct import unpack
from typing import Any

from .errors import need
from .strict_json import listed
from .terms import Junction, minus

# SUM, UNIT, SLOPE: bits after the point. UNIT + SLOPE is half of SLOT. UP, which leads from what a
# unit is made of to a sum, is SUM + SLOT / 2 - UNIT.
SUM, UNIT, SLOPE, SLOT, UP = 60, 54, 10, 128, 70
ONE = 1 << SUM


class Box:
    """The units on which the facts depend, in the box that the branch gives the inputs.

    `layers` hold for each value its Low and its High, packed, and the range that z, or t, has from
    the beginning, over 2^SUM. The `ranges` of a part of the box are such ranges by layers.
    """

    def __init__(self, graph: Any, branch: Any, facts: Any) -> None:
        self.graph, self.budget = graph, graph.budget
        self.lows, self.highs = graph.between(*graph.bounds(branch))
        self.units = {unit.z + 1: unit for unit in graph.units}
        self.layers: Any = []
        self.exponents: Any = {}  # of the powers of 2 by which ReLUs are divided
        self.last: Any = {}  # the places of the values in the last layer so far
        self.places: Any = {}  # the layer and the place where each value stands first
        depth = dict.fromkeys(range(1 + graph.inputs), 0)
        for v, unit in self.units.items():
            graph.budget.spend(50 + 5 * len(unit.sources))
            depth[v] = 1 + max(map(depth.__getitem__, unit.sources), default=0)
        needed = {0}
        for fact in facts:
            self._mentioned(fact, needed)
        need(needed <= depth.keys(), "expected facts about inputs and outputs of ReLUs")
        placed = [sorted(needed)]
        for k in range(max(map(depth.__getitem__, needed)), 0, -1):
            needed = {0}
            for v in placed[0]:
                needed.update(self.units[v].sources if depth[v] == k else [v])
            graph.budget.spend(40 * len(needed))
            placed.insert(0, sorted(needed))
        for k, values in enumerate(placed):
            self.layers.append([self._made(v) for v in values])
            self.last = {v: place for place, v in enumerate(values)}
            for v, place in self.last.items():
                self.places.setdefault(v, (k, place))

    def _mentioned(self, fact: Any, values: Any) -> None:
        if isinstance(fact, Junction):
            for part in fact.parts:
                self._mentioned(part, values)
        else:
            values.update(dict(self.graph.affine(fact.polynomial)))

    def _made(self, v: int) -> Any:
        """The value, of what is in the last layer so far. What is there already stays as it is."""
        if v in self.last:
            same = 1 << UNIT + SLOT * self.last[v]
            return same, same, (0, ONE)
        if v not in self.units:
            return 0, 0, (0 if v else ONE, ONE)
        z, sources, weights, *_ = self.units[v]
        low, high, self.exponents[v] = self.row(zip(sources, weights))
        under = self.lows[0] << self.exponents[v]
        return low, high, (self.lows[z] * ONE // under, -(-self.highs[z] * ONE // under))

    def row(self, numbers: Any) -> Any:
        """Low and High of a sum of integers times values, packed, and the exponent of the power of
        2 by which it is divided."""
        row, under = [0] * len(self.last), self.lows[0]
        for v, c in numbers:
            place = self.last[v]
            if v in self.exponents:
                row[place] += c * under << self.exponents[v]
            else:
                row[0] += c * self.lows[v]
                row[place] += c * (self.highs[v] - self.lows[v])
        bits = sum(map(abs, row)).bit_length()
        self.budget.spend(len(row) * (40 + len(row)), bits, bits)
        exponent = max(bits - under.bit_length() + 1, 0)
        under <<= exponent
        return (
            sum((c << UNIT) // under << SLOT * place for place, c in enumerate(row)),
            sum(-((-c << UNIT) // under) << SLOT * place for place, c in enumerate(row)),
            exponent,
        )

    def fresh(self, ranges: Any) -> Any:
        """Ranges computed anew where a unit has both signs, each layer's from those of the layers
        before."""
        new: Any = []
        live: Any = []
        for layer, known in zip(self.layers, ranges):
            narrow = []
            for (below, above, _), (low, high) in zip(layer, known):
                if low < 0 < high:
                    low = max(low, self.least(new, live, below << UP))
                    high = min(high, -self.least(new, live, -above << UP))
                narrow.append((low, high))
            new.append(narrow)
            live.append(self.live(layer, narrow))
        return new

    def live(self, layer: Any, ranges: Any) -> Any:
        """For each value that is not 0 everywhere its place, what stands for it where its
        coefficient is positive, what where it is negative, and t, over 2^(SUM + SLOPE)."""
        live = []
        for place, ((above, below, _), (low, high)) in enumerate(zip(layer, ranges)):
            if high > 0:
                slope, t = 1 << SLOPE, 0
                if low < 0:
                    slope = (high << SLOPE) // (high - low)
                    t = max(-slope * low, ((1 << SLOPE) - slope) * high)
                if high <= -4 * low:
                    above = 0
                live.append((place, above << SLOPE, below * slope, t))
        self.budget.spend(20 * (len(layer) + len(live)))
        return live

    def least(self, ranges: Any, live: Any, total: int) -> int:
        """What a sum over the last of these layers is at least, over 2^SUM. Its coefficients, over
        2^(SUM + SLOT / 2), are packed in `total`."""
        bound = 0
        for k in range(len(live) - 1, 0, -1):
            words = unpacked(total, len(ranges[k]))
            self.budget.spend(35 + len(words) // 2 + len(live[k]) * (5 + len(ranges[k - 1])) // 8)
            total = extra = 0
            for place, above, below, t in live[k]:
                c = words[place]
                if c > 0:
                    total += c * above
                else:
                    total += c * below
                    extra += c * t
            bound += extra >> SUM + SLOPE
        extra = 0
        self.budget.spend(15 + 3 * len(ranges[0]))
        for c, (low, high) in zip(unpacked(total, len(ranges[0])), ranges[0]):
            extra += c * low if c > 0 else c * high
        return bound + (extra >> SUM)

    def halves(self, ranges: Any, v: int) -> Any:
        """The upper and the lower part: an input is cut in the middle, a unit's z at 0."""
        k, place = need(self.places.get(v), f"value {v} cannot be cut here")
        self.budget.spend(100 + 4 * len(ranges) + 4 * len(ranges[k]))
        low, high = ranges[k][place]
        at = min(max(low, 0), high) if k else (low + high) >> 1
        for side in ((at, high), (low, at)):
            part, layer = list(ranges), list(ranges[k])
            part[k], layer[place] = layer, side
            yield part

    def false(self, ranges: Any, live: Any, fact: Any) -> bool:
        """Whether the fact is seen to be false everywhere in the part: a positive multiple of p is
        bounded."""
        if isinstance(fact, Junction):
            parts = (self.false(ranges, live, part) for part in fact.parts)
            return any(parts) if fact.connective == "and" else all(parts)
        p = fact.polynomial
        for q in {"=": (p, minus(p)), "!=": ()}.get(fact.relation, (p,)):
            numbers = self.graph.affine(q)
            under = self.budget.common(c.denominator for _, c in numbers)
            row = self.row((v, int(c * under)) for v, c in numbers)
            bound = self.least(ranges, live, row[0] << UP)
            if bound > 0 or (bound == 0 and fact.relation == "<"):
                return True
        return False


def unpacked(total: int, size: int) -> Any:
    """What is packed, over 2^(SLOT / 2), rounded down. With the bias no slot is negative."""
    bias = int.from_bytes((bytes(15) + b"\x80") * size, "little")
    return unpack("<" + "8xq" * size, (total + bias ^ bias).to_bytes(16 * size, "little"))


def close(graph: Any, branch: Any, facts: Any, nodes: Any) -> None:
    """Checks that in each part of a box, which the branch gives the inputs, one of the facts is
    false. The nodes are integers; after a cut come those of its lower part, then those of its
    upper part.

    n > 0: value n is cut, an input in the middle, a Relu(z) where z = 0. 0: the ranges of the
    units are computed anew. n < 0: the first fact is false here, or with -2, -3, ... another.
    """
    box = Box(graph, branch, facts)
    parts = [box.fresh([[made[2] for made in layer] for layer in box.layers])]
    for place, node in enumerate(listed(nodes)):
        graph.budget.spend(50)
        need(parts and type(node) is int and node >= -len(facts), f"no node {place} fits here")
        part = parts.pop()
        if node > 0:
            parts += box.halves(part, node)
        elif node == 0:
            parts.append(box.fresh(part))
        else:
            false = box.false(part, list(map(box.live, box.layers, part)), facts[-1 - node])
            need(false, f"the fact may hold in the part of node {place}")
    need(not parts, f"{len(parts)} parts are open after the last node")
