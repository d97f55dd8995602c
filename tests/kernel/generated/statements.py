"""Statements with something to prove them by: what a rule adds, taken at its word, and small
theorems of every kind, true or nearly so.
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import islice
from typing import Any, NamedTuple

from . import names
from .proofs import Prover
from .reals import Networks
from .vocabularies import Live

FALSE = ["0 < 0", "0 < 0", "1 <= 0", "false", "0 = 1"]


class Candidate(NamedTuple):
    """For all variables, the text; steps to begin a proof with; perhaps the variable of an
    induction.
    """

    pairs: list[list[str]]
    text: str
    moves: list[Any]
    induction: Any = None


def shown(live: Live, context: Any, p: Any) -> str:
    """A polynomial of the kernel under test as a text."""
    known = dict[Any, str]()
    for scope in (live.vocabulary.terms.constants, context.statement.scope):
        for name, value in scope.items():
            terms: Any = getattr(value, "terms", ())
            if len(terms) == 1 and len(terms[0][0]) == 1 and terms[0][1] == 1:
                known[terms[0][0][0]] = name
    summands = []
    for monomial, c in p.terms:
        factors = [str(c)] if c != 1 or not monomial else []
        for number in monomial:
            if number not in known:
                atom = live.vocabulary.terms.atoms[number]
                arguments = [shown(live, context, each) for each in atom.arguments or ()]
                known[number] = f"{atom.name}({', '.join(arguments)})" if arguments else atom.name
            factors.append(known[number])
        summands.append("*".join(factors))
    return " + ".join(summands) or "0"


def said(live: Live, context: Any, fact: Any) -> str:
    """A fact as a text."""
    if hasattr(fact, "parts"):
        parts = [f"({said(live, context, part)})" for part in fact.parts]
        return f" {fact.connective} ".join(parts) or {"and": "true", "or": "false"}[fact.connective]
    positive = [(m, c) for m, c in fact.polynomial.terms if c > 0]
    negative = [(m, -c) for m, c in fact.polynomial.terms if c < 0]
    kind = type(fact.polynomial)
    left, right = (shown(live, context, kind(tuple(terms))) for terms in (positive, negative))
    return f"{left} {fact.relation} {right}"


def taken_at_its_word(prover: Prover) -> Candidate | None:
    """What one or two rules add, where some premises hold: the last rule's branches as a
    disjunction.
    """
    live, source = prover.live, prover.source
    pairs = live.variables(source.choice([0, 1, 1, 2]))
    scope, premises = dict(pairs), list[str]()
    if live.networks and source.random() < 0.3:
        for name in [name for name in live.values() if name in ("x", "x1", "x2")]:
            low = source.randint(-2, 1)
            premises.append(f"{low} <= {name} <= {low + source.randint(1, 2)}")
    elif source.random() < 0.2:
        premises.append(live.comparison(scope))
    before = " and ".join(premises)
    branch = prover.begin(pairs, f"not ({before})" if before else "false")
    if branch is None:
        return None
    moves, wild, added = list[Any](), prover.wild(scope), list[Any]()
    for _ in range(source.choice([1, 1, 1, 2])):
        for move in islice(wild, 5):
            taken = prover.step(branch, move)
            if taken is not None:
                moves.append(move)
                added = taken
                break
        if len(added) == 1:
            branch = [*branch, *added[0]]
    if not moves:
        return None
    some = [list(facts) if len(facts) < 4 else source.sample(list(facts), 1) for facts in added]
    texts = [
        " and ".join(f"({said(live, prover.context, fact)})" for fact in facts) or "true"
        for facts in some
    ]
    text = " or ".join(texts) or "false"
    return Candidate(pairs, f"{before} implies {text}" if before else text, moves)


def of_an_output(prover: Prover) -> Candidate | None:
    """A bound of an affine expression in outputs on an interval or a box: its greatest value at the
    corners, or less.
    """
    live, source = prover.live, prover.source
    inputs = ["x"] if live.size == 1 else ["x1", "x2"]
    if not live.networks:
        return None
    low, high = sorted(source.sample([Fraction(n, 2) for n in range(-3, 4)], 2))
    box, text = " and ".join(f"{low} <= {x} <= {high}" for x in inputs), live.value()
    bound = source.choice(["0", "1", "2", "3", "1/2", "4", "9", "20"])
    moves: list[Any] = [["units"]]
    if live.size == 1 and source.random() < 0.7:
        points = live.points(low, high)
        moves = [["range", text, points]]
        if prover.begin([], "false") is not None:
            added = prover.step([], moves[0])
            if added:
                bound = greatest(added[0][0], bound)
    return Candidate([], f"{box} implies {text} {source.choice(['<=', '<=', '<'])} {bound}", moves)


def greatest(fact: Any, otherwise: str) -> str:
    """The upper bound in what `range` adds, p - bound <= 0, if it is there."""
    try:
        upper = fact.parts[1].parts[1].polynomial.terms
        return str(-upper[0][1]) if upper[0][0] == () else "0"
    except (AttributeError, IndexError):
        return otherwise


def of_a_definition(prover: Prover) -> Candidate | None:
    """A value of a definition where a guard holds, as it is defined or not."""
    live, source = prover.live, prover.source
    here = [
        item for item in (*live.declarations, *live.items) if "define" in item and item["cases"]
    ]
    if not here:
        return None
    item = source.choice(here)
    guard, value = source.choice(item["cases"])
    own = [name for name, _ in item["for"]]
    applied = f"{item['define']}({', '.join(own)})" if own else item["define"]
    relation = source.choice(["=", "=", "<=", "!=", "<"])
    return Candidate(
        item["for"], f"{guard} implies {applied} {relation} {value}", [["use", item["define"], own]]
    )


def by_induction(prover: Prover) -> Candidate | None:
    """A bound or value of a recursion, by induction; or by an induction that there is not."""
    live, source = prover.live, prover.source
    here = [
        item
        for item in (*live.declarations, *live.items)
        if "define" in item and item["for"] and len(item["for"]) < 3
    ]
    if not here:
        return None
    item = source.choice([item for item in here if item["define"] in live.recursions] or here)
    pairs = [list(pair) for pair in item["for"]]
    own = [name for name, _ in pairs]
    if source.random() < 0.25:
        pairs[0][1] = source.choice(["Z", "R", "Z from 0", "Z from -1"])
    k, applied = own[0], f"{item['define']}({', '.join(own)})"
    inner, relation, base = live.recursions.get(item["define"], (own, ">=", "0"))
    if source.random() < 0.25:
        inner = [source.choice([f"{k} - 1", f"{k} - 1", k, f"{k} + 1", f"{k} - 2"]), *own[1:]]
    text = f"{applied} {relation} {base}"
    if source.random() < 0.5:
        text = source.choice(
            [
                f"{applied} >= {k}",
                f"{applied} = {k}",
                f"{applied} > 0",
                f"{k} <= 3",
                f"{k} >= 0",
                f"{k} >= 0",
                live.comparison(dict(pairs)),
            ]
        )
    least = item["for"][0][1].removeprefix("Z from ")
    moves = [["use", item["define"], own], ["use", "IH", inner]]
    if source.random() < 0.85 and least not in ("R", "Z"):
        moves.append(["use", "integers", [f"{k} - ({least})"]])
    return Candidate(pairs, text, moves, source.choice(own) if source.random() < 0.15 else k)


def of_small_integers(prover: Prover) -> Candidate | None:
    """No integer is strictly between two neighbours; the floor of something; and the same of reals,
    where it is false.
    """
    live, source = prover.live, prover.source
    pairs = live.variables(1)
    if not pairs:
        return None
    v, n = pairs[0][0], source.randint(-2, 3)
    if source.random() < 0.4:
        text = source.choice(
            [
                f"floor({v}) <= {v}",
                f"{v} < floor({v}) + 1",
                f"floor({v}) < {v}",
                f"floor({v}) = {v}",
            ]
        )
        return Candidate(pairs, text, [["use", "floor", [v]]])
    text = source.choice(
        [
            f"{v} <= {n} or {v} >= {n + 1}",
            f"2*{v} != {2 * n + 1}",
            f"{v} != {n}",
            f"{v} < {n} or {v} > {n}",
            f"{v} <= {n} or {v} > {n + 1}",
        ]
    )
    return Candidate(
        pairs, text, [["use", "integers", [f"{v} - {n}" if n >= 0 else f"{v} + {-n}"]]]
    )


def of_products(prover: Prover) -> Candidate | None:
    """Squares, products of signs, quotients."""
    live, source = prover.live, prover.source
    pairs = live.variables(2)
    if len(pairs) < 2:
        return None
    (a, _), (b, _) = pairs
    text, moves = source.choice(
        [
            (f"2*{a}*{b} <= {a}^2 + {b}^2", [["use", "squares", [f"{a} - {b}"]]]),
            (f"0 < {a}^2 + 1", [["use", "squares", [a]]]),
            (f"0 < {a}^2", [["use", "squares", [a]]]),
            (f"{a} >= 0 and {b} >= 0 implies {a}*{b} >= 0", []),
            (f"{a} >= 0 and {b} > 0 implies {a}*{b} > 0", []),
            (f"{a} > 0 and {b} > 0 implies {a}*{b} > 0", []),
            (f"{b} != 0 implies {b}*div({a}, {b}) = {a}", [["use", "div", [a, b]]]),
            (f"{b}*div({a}, {b}) = {a}", [["use", "div", [a, b]]]),
            (f"div({a}, 2) = {a}/2", [["use", "div", [a, "2"]]]),
            ("div(1, 0) = 0", [["use", "div", ["1", "0"]]]),
        ]
    )
    return Candidate(pairs, text, moves)


def of_equals(prover: Prover) -> Candidate | None:
    """Equal arguments give equal values; unequal ones need not."""
    live, source = prover.live, prover.source
    here = [(name, sorts) for name, (sorts, _) in live.symbols.items() if len(sorts) == 1]
    pairs = live.variables(2)
    if not here or len(pairs) < 2:
        return None
    name, sorts = source.choice(here)
    if sorts[0] == "Z":
        pairs = [[v, "Z"] for v, _ in pairs]
    (a, _), (b, _) = pairs
    premise = source.choice(
        [f"{a} = {b} implies ", f"{a} = {b} implies ", f"{a} <= {b} implies ", ""]
    )
    move = ["congruence", name, [a], [b if source.random() < 0.8 else f"{a} + 0"]]
    return Candidate(pairs, f"{premise}{name}({a}) = {name}({b})", [move])


def of_an_assumption(prover: Prover) -> Candidate | None:
    """An assumption or what was proved before, at terms of its own or others."""
    live = prover.live
    facts = [
        name
        for name, fact in live.vocabulary.facts.items()
        if name not in ("integers", "squares", "floor", "div")
    ]
    if not facts:
        return None
    name = prover.source.choice(facts)
    statement = live.vocabulary.facts[name]
    if not hasattr(statement, "sorts"):
        return None
    pairs = [[v, sort] for v, sort in statement.sorts.items()]
    text = statement.text
    for v, sort in pairs:
        text = text.removeprefix(f"{v} >= {sort[7:]} implies ")
    if pairs and prover.source.random() < 0.2:
        pairs[0][1] = prover.source.choice(["R", "Z", "Z from 0"])
    return Candidate(pairs, text, [["use", name, [v for v, _ in pairs]]])


def of_nothing(prover: Prover) -> Candidate | None:
    """A contradiction, from whatever the kernel takes."""
    wild = prover.wild({})
    text = prover.source.choice(FALSE)
    count = prover.source.choice([0, 1, 2, 3])
    return Candidate([], text, list(islice(wild, count)))


def of_anything(prover: Prover) -> Candidate | None:
    """A random formula, with random steps; a cut by itself among them."""
    live, source = prover.live, prover.source
    pairs = live.variables(source.choice([0, 1, 2]))
    text = live.formula(dict(pairs))
    moves = list(islice(prover.wild(dict(pairs)), source.choice([0, 1, 2])))
    if source.random() < 0.2:
        moves.append(["cut", text])
    return Candidate(pairs, text, moves)


def of_a_variable(prover: Prover) -> Candidate | None:
    """A variable with a name like those of the kernel is a number or a constant: never so, unless
    two things have one name.
    """
    live, source = prover.live, prover.source
    like = [
        *names.HEADER[:5],
        *names.HEADER,
        *live.networks,
        *(f"{key}{i}" for key in live.networks for i in (0, 1, 2, 3)),
    ]
    v = source.choice(like) if source.random() < 0.8 else live.name()
    constants = live.constants()
    if live.attempt(live.vocabulary.statement, [[v, "R"]], "true") is None or not constants:
        return None
    inputs = ["x"] if live.size == 1 else ["x1", "x2"]
    if live.networks and source.random() < 0.4:  # what the kernel calls them inside
        place = source.randrange(len(inputs))
        return Candidate([[f"value{place + 1}", "R"]], f"value{place + 1} = {inputs[place]}", [])
    if source.random() < 0.5 or live.size != 1:
        return Candidate([[v, "R"]], f"{v} = {source.choice(constants)}", [])
    low = Fraction(source.randint(-2, 1))
    moves = [["range", v, live.points(low, low + 1)]]
    if (
        "x" not in constants
        or prover.begin([[v, "R"]], "false") is None
        or (added := prover.step([], moves[0])) is None
    ):
        return Candidate([[v, "R"]], f"{v} = {live.number()}", moves)
    return Candidate(
        [[v, "R"]], f"{low} <= x <= {low + 1} implies {v} <= {greatest(added[0][0], '1')}", moves
    )


def of_a_measure(prover: Prover) -> Candidate | None:
    """What the rule says of a measure, by points that are right or not quite."""
    live, source = prover.live, prover.source
    if not live.vocabulary.measures or prover.begin([], "false") is None:
        return None
    for _ in range(4):
        move = prover.measure()
        if (added := prover.step([], move)) is not None:
            fact = source.choice(added[0])
            text = said(live, prover.context, fact)
            if source.random() < 0.2:
                text = text.replace("<=", source.choice(["<", "=", ">="]))
            return Candidate([], text, [move])
    return None


def of_a_bend(prover: Prover) -> Candidate | None:
    """That an output is affine between two points, although it bends between them."""
    live, source = prover.live, prover.source
    inner = [] if live.strange else [x for x in live.kinks() if -3 < x < 3]
    if not inner:
        return None
    kink, name = source.choice(inner), source.choice(list(live.networks))
    ends = [kink - Fraction(1, source.choice([1, 2, 8])), kink + Fraction(1, source.choice([1, 8]))]
    networks = Networks([([name], live.networks[name])], ["x"])
    start, bend, end = (networks.named([x]).get(name) for x in (ends[0], kink, ends[1]))
    if start is None:  # of several outputs
        return None
    slope = Fraction(end - start) / (ends[1] - ends[0])
    if bend == start + slope * (kink - ends[0]):
        return None
    text = f"{name} - ({slope})*x"
    moves = [["range", text, [str(x) for x in ends]]]
    said = f"{ends[0]} <= x <= {ends[1]} implies {text} = {start - slope * ends[0]}"
    return Candidate([], said, moves)


def of_a_misuse(prover: Prover) -> Candidate | None:
    """Something true of everything, said of a symbol at too many terms, at too few, or at a term
    that is no integer; or a fact used at such terms.
    """
    live, source = prover.live, prover.source
    here = [(name, list(sorts)) for name, (sorts, _) in live.symbols.items()]
    name, sorts = source.choice(here)
    arguments = [live.number(sort) for sort in sorts]
    way = source.randrange(3)
    if way == 0:
        arguments.append("0")
    elif way == 1 and arguments:
        arguments.pop()
    elif "Z" in sorts:
        arguments[sorts.index("Z")] = source.choice(["1/2", "1/3", "div(1, 2)"])
    applied = f"{name}({', '.join(arguments)})" if arguments else name
    return Candidate([], f"{applied} <= {applied}", [])


KINDS: list[tuple[int, Callable[[Prover], Candidate | None]]] = [
    (7, taken_at_its_word),
    (3, of_an_output),
    (2, of_a_definition),
    (6, by_induction),
    (1, of_small_integers),
    (1, of_products),
    (1, of_equals),
    (2, of_an_assumption),
    (3, of_nothing),
    (2, of_anything),
    (3, of_a_variable),
    (3, of_a_measure),
    (2, of_a_bend),
    (1, of_a_misuse),
]


def candidate(prover: Prover) -> Candidate | None:
    """A statement of some kind of which there is one here."""
    kinds = [kind for weight, kind in KINDS for _ in range(weight)]
    for _ in range(5):
        if (found := prover.source.choice(kinds)(prover)) is not None:
            return found
    return None
