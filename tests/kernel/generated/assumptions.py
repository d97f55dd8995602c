"""Assumptions about free symbols: each with models for which it is true of all numbers, and a
witness; some have none.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from .worlds import ARBITRARY

Make = Callable[[Any], "Assumption | None"]


class Assumption(NamedTuple):
    """Declarations of a claim; models of their free symbols; definitions and other items of a
    witness, with a start for its proof.
    """

    declare: list[Any]
    models: list[dict[str, Any]]
    witness: list[Any]
    moves: list[Any]


def free(name: str, sorts: str, sort: str) -> Any:
    return {"free": name, "arguments": list(sorts), "sort": sort}


def assume(name: str, pairs: list[Any], text: str) -> Any:
    return {"assume": name, "for": pairs, "holds": text}


def define(name: str, pairs: list[Any], value: str, sort: str = "R") -> Any:
    return {"define": name, "for": pairs, "sort": sort, "cases": [], "otherwise": value}


def scattered(y: Any) -> Any:
    """A function of no form."""
    return ARBITRARY[(Fraction(y).numerator * 7 + Fraction(y).denominator * 3) % len(ARBITRARY)]


def at_least(live: Any) -> Assumption:
    """A constant c >= a."""
    c, sort = live.name(), live.source.choice("RZ")
    a = live.source.randint(-2, 3)
    declare = [free(c, "", sort), assume(live.name(), [], f"{c} >= {a}")]
    models = [{c: a}, {c: a + 1}, {c: a + 6}]
    return Assumption(declare, models, [define(c, [], str(a), sort)], [["use", c, []]])


def ordered(live: Any) -> Assumption:
    """Constants c < d."""
    c, d = live.name(), live.name()
    declare = [free(c, "", "R"), free(d, "", "R"), assume(live.name(), [], f"{c} < {d}")]
    models: list[dict[str, Any]] = [
        {c: 0, d: 1},
        {c: -3, d: 5},
        {c: Fraction(1, 3), d: Fraction(1, 2)},
    ]
    return Assumption(
        declare, models, [define(c, [], "0"), define(d, [], "1")], [["use", c, []], ["use", d, []]]
    )


def bounded(live: Any) -> Assumption:
    """m(y) >= a for all real y."""
    m, y, a = live.name(), live.name(), live.source.randint(-2, 2)
    declare = [free(m, "R", "R"), assume(live.name(), [[y, "R"]], f"{m}({y}) >= {a}")]
    models = [{m: lambda y: a + abs(scattered(y))}, {m: lambda y: a}, {m: lambda y: a + y * y}]
    return Assumption(declare, models, [define(m, [[y, "R"]], str(a))], [["use", m, [y]]])


def widths(live: Any) -> Assumption:
    """m(i) >= 1 for integers from n on; nothing is known of the others."""
    m, i, n = live.name(), live.name(), live.source.randint(-1, 2)
    declare = [free(m, "Z", "Z"), assume(live.name(), [[i, f"Z from {n}"]], f"{m}({i}) >= 1")]
    models = [
        {m: lambda i: 1 + i % 3 if i >= n else -i * i - 5},
        {m: lambda i: 1 if i >= n else 0},
        {m: lambda i: i * i + 1 if i >= n else i},
    ]
    return Assumption(declare, models, [define(m, [[i, "Z"]], "1", "Z")], [["use", m, [i]]])


def rising(live: Any) -> Assumption:
    """m(k + 1) >= m(k) + 1 from n on."""
    m, k, n = live.name(), live.name(), live.source.randint(-1, 1)
    declare = [
        free(m, "Z", "R"),
        assume(live.name(), [[k, f"Z from {n}"]], f"{m}({k} + 1) >= {m}({k}) + 1"),
    ]
    models = [
        {m: lambda k: k},
        {m: lambda k: 2 * k - Fraction(1, 3) if k >= n else 9},
        {m: lambda k: k**3},
    ]
    return Assumption(
        declare, models, [define(m, [[k, "Z"]], k)], [["use", m, [f"{k} + 1"]], ["use", m, [k]]]
    )


def monotone(live: Any) -> Assumption:
    """y <= z implies m(y) <= m(z)."""
    m, y, z = live.name(), live.name(), live.name()
    declare = [
        free(m, "R", "R"),
        assume(live.name(), [[y, "R"], [z, "R"]], f"{y} <= {z} implies {m}({y}) <= {m}({z})"),
    ]
    models = [{m: lambda y: y}, {m: lambda y: Fraction(y) // 1}, {m: lambda y: max(y, 0) * 2 + 1}]
    return Assumption(
        declare, models, [define(m, [[y, "R"]], y)], [["use", m, [y]], ["use", m, [z]]]
    )


def even(live: Any) -> Assumption:
    """m(-y) = m(y)."""
    m, y = live.name(), live.name()
    declare = [free(m, "R", "R"), assume(live.name(), [[y, "R"]], f"{m}(-{y}) = {m}({y})")]
    some: list[Any] = [abs, lambda y: y * y - 1, lambda y: scattered(abs(y))]
    models = [{m: each} for each in some]
    return Assumption(
        declare, models, [define(m, [[y, "R"]], f"{y}^2")], [["use", m, [f"-{y}"]], ["use", m, [y]]]
    )


def above(live: Any) -> Assumption | None:
    """A constant above an output, on an interval where that has a bound; or everywhere, where the
    witness may be the output itself.
    """
    outputs = live.values()
    if not live.networks or live.size != 1:
        return None
    c, f = live.name(), live.source.choice(outputs)
    everywhere = live.source.random() < 0.5
    text = f"{f} <= {c}" if everywhere else f"0 <= x <= 1 implies {f} <= {c}"
    declare = [free(c, "", "R"), assume(live.name(), [], text)]
    value = live.source.choice([f, f"{f} + 1", "x + 3", "60"]) if everywhere else "60"
    if everywhere or live.strange:
        models: list[dict[str, Any]] = [{}]
    else:
        models = [{c: 60}, {c: 1000}, {c: Fraction(121, 2)}]
    moves = [["use", c, []], ["range", f, live.points(Fraction(0), Fraction(1))]]
    return Assumption(declare, models, [define(c, [], value)], moves)


def impossible(live: Any) -> Assumption:
    """What nothing satisfies, with witnesses that try to."""
    source, c, name = live.source, live.name(), live.name()
    way = source.choice([0, 0, 1, 1, 2, 3, 4, 5])
    if way == 0:
        return Assumption(
            [free(c, "", "Z"), assume(name, [], f"2*{c} = 1")],
            [{}],
            [define(c, [], "1/2")],
            [["use", c, []]],
        )
    if way == 1:
        declare = [define(c, [], "1"), assume(name, [], f"{c} = 5")]
        return Assumption(declare, [{}], [define(c, [], "5")], [["use", c, []]])
    text = source.choice([f"{c} < {c}", "0 < 0", f"{c} > 0 and {c} < 0", "false", f"0*{c} = 1"])
    declare = [free(c, "", "R"), assume(name, [], text)]
    witness = [define(c, [], "0"), {"assume": f"{name}_", "for": [], "holds": text}]
    if way < 4:
        return Assumption(declare, [{}], witness, [["use", f"{name}_", []]])
    return Assumption(declare, [{}], [declare[0], witness[0]][way - 4 :], [["use", name, []]])


USUAL: list[Make] = [at_least, ordered, bounded, widths, rising, monotone, even]
FAMILIES: list[Make] = [*USUAL, above, above, above, above, impossible, impossible, impossible]
