"""What an accepted claim says, read from its printed lines alone, as a person reads them. Nothing
here is the kernel's.

A text becomes a Python expression: names are looked up in `e`, functions are called, division is
exact. What a careful reader would
stumble over is `Unclear`: names that nothing introduces or that two things do, hidden spaces, terms
where formulas belong.
"""

import re
from collections.abc import Iterator
from types import CodeType
from typing import Any, NamedTuple

_TOKEN = re.compile(r" *(?:(\d+)|([A-Za-z]\w*)|(<=|>=|!=|[-+*/^()<>=,]))", re.ASCII)
_NETWORK = re.compile(
    r"  for any (.+) in R(?:\^(\d+))?: (.+) = what the network with SHA-256 ([0-9a-f]{64}) gives",
    re.ASCII,
)
_GOAL = re.compile(r"  (assume|proved) ([A-Za-z][\w.]*): (?:for all ([^:]*): )?(.*)", re.ASCII)
_FREE = re.compile(
    r"  for any (?:constant (\w+)|function (\w+)\(([RZ](?:, [RZ])*)\)) in ([RZ])", re.ASCII
)
_DEFINE = re.compile(
    r"  define (?:for all ([^:]*): )?(\w+)(?:\(([\w, ]*)\))? = (.*?)(   \(an integer\))?", re.ASCII
)
_MEASURE = re.compile(
    r"  define (\w+) = the "
    r"(?:(number of maximal intervals with affine )(.*)|(integral of )([^|]*)"
    r"|(integral of \|)(.*)\||(maximum of \|)(.*)\|"
    r"|distance in L1 from the span of (?P<span>.*) to (?P<of>.*)) on \[(\S+), (\S+)\]",
    re.ASCII,
)
_SORT = re.compile(r"R|Z|Z from (-?\d+)", re.ASCII)
KINDS = {
    "number of maximal intervals with affine ": "pieces",
    "integral of ": "integral",
    "integral of |": "integral_abs",
    "maximum of |": "sup_abs",
}
SHOWN = "  The assumptions were shown to hold for some choice of the free symbols."
MEANINGS = {
    "floor": "  floor(x) is the integer with floor(x) <= x < floor(x) + 1",
    "div": "  div(a, b) is a / b, and 0 for b = 0",
}
RESERVED = {"implies", "or", "and", "not", "true", "false", "if", "else", "in", "for", "all"}


class Unclear(Exception):
    """A reader cannot say what this means, or would take it for something else."""


class Text(NamedTuple):
    """A term or formula: as it was printed, as code, with the names and the numbers in it."""

    shown: str
    code: CodeType
    names: frozenset[str]
    called: frozenset[str]
    numbers: tuple[int, ...]


class Bound(NamedTuple):
    """A variable and what it ranges over: sort R or Z, perhaps from some number on."""

    name: str
    sort: str
    least: int | None


class Definition(NamedTuple):
    """name(variables) is the value of the first guard that holds; the last guard is true."""

    name: str
    bound: tuple[Bound, ...]
    cases: tuple[tuple[Text, Text], ...]
    integral: bool


class Measure(NamedTuple):
    """A number that networks have on an interval."""

    name: str
    kind: str
    of: Text
    span: tuple[Text, ...]
    ends: tuple[str, str]


class Said(NamedTuple):
    """For all values of the variables, the formula."""

    name: str
    bound: tuple[Bound, ...]
    text: Text


class Claim(NamedTuple):
    """All that the lines say. A network is (names of its outputs, hash); a free symbol has the
    sorts of its arguments, then its own.

    `before` has the number of symbols declared before each assumption.
    """

    networks: list[tuple[list[str], str]]
    inputs: list[str]
    declared: list[Definition | Measure | tuple[str, list[str]]]
    assumed: list[Said]
    proved: list[Said]
    shown: bool
    before: list[int]


def text(shown: str, kind: str) -> Text:
    """A term or formula that stands in a line."""
    reading = _Reading(shown)
    source, found = reading.implication()
    if reading.tokens[reading.at] != "" or found != kind:
        raise Unclear(f"not a {kind}: {shown[:200]}")
    code = compile(source, "<claim>", "eval")
    return Text(
        shown, code, frozenset(reading.names), frozenset(reading.called), tuple(reading.numbers)
    )


class _Reading:
    """Recursive descent, one method a level. Each gives a Python expression and its kind."""

    def __init__(self, shown: str) -> None:
        if "  " in shown or shown != shown.strip(" "):
            raise Unclear(f"spaces hide what is said: {shown[:200]}")
        self.tokens, at = list[str](), 0
        while at < len(shown):
            if not (match := _TOKEN.match(shown, at)):
                raise Unclear(f"no text of the language: {shown[:200]}")
            self.tokens.append(match[1] or match[2] or match[3])
            at = match.end()
        self.tokens.append("")
        self.at, self.shown = 0, shown
        self.names, self.called, self.numbers = set[str](), set[str](), list[int]()

    def taken(self, *marks: str) -> str:
        token = self.tokens[self.at]
        if token in marks and token:
            self.at += 1
            return token
        return ""

    def both(self, kind: str, *parts: tuple[str, str]) -> None:
        if any(found != kind for _, found in parts):
            raise Unclear(f"a {kind} should stand here: {self.shown[:200]}")

    def implication(self) -> tuple[str, str]:
        left = self.disjunction()
        if not self.taken("implies"):
            return left
        right = self.implication()
        self.both("formula", left, right)
        return f"((not {left[0]}) or {right[0]})", "formula"

    def disjunction(self) -> tuple[str, str]:
        left = self.conjunction()
        while self.taken("or"):
            right = self.conjunction()
            self.both("formula", left, right)
            left = f"({left[0]} or {right[0]})", "formula"
        return left

    def conjunction(self) -> tuple[str, str]:
        left = self.negation()
        while self.taken("and"):
            right = self.negation()
            self.both("formula", left, right)
            left = f"({left[0]} and {right[0]})", "formula"
        return left

    def negation(self) -> tuple[str, str]:
        if not self.taken("not"):
            return self.comparison()
        inside = self.negation()
        self.both("formula", inside)
        return f"(not {inside[0]})", "formula"

    def comparison(self) -> tuple[str, str]:
        parts, signs = [self.sum()], list[str]()
        while sign := self.taken("<=", "<", ">=", ">", "=", "!="):
            signs.append("==" if sign == "=" else sign)
            parts.append(self.sum())
        if not signs:
            return parts[0]
        self.both("term", *parts)
        terms = [source for source, _ in parts]
        return (
            f"({terms[0]}{''.join(f' {s} {t}' for s, t in zip(signs, terms[1:], strict=True))})",
            "formula",
        )

    def sum(self) -> tuple[str, str]:
        left = self.product()
        while sign := self.taken("+", "-"):
            right = self.product()
            self.both("term", left, right)
            left = f"({left[0]} {sign} {right[0]})", "term"
        return left

    def product(self) -> tuple[str, str]:
        left = self.negative()
        while sign := self.taken("*", "/"):
            right = self.negative()
            self.both("term", left, right)
            left = (
                f"over({left[0]}, {right[0]})" if sign == "/" else f"({left[0]} * {right[0]})",
                "term",
            )
        return left

    def negative(self) -> tuple[str, str]:
        if not self.taken("-"):
            return self.power()
        inside = self.power() if self.tokens[self.at] != "-" else self.negative()
        self.both("term", inside)
        return f"(-{inside[0]})", "term"

    def power(self) -> tuple[str, str]:
        base = self.operand()
        if not self.taken("^"):
            return base
        exponent = self.negative() if self.tokens[self.at] == "-" else self.power()
        self.both("term", base, exponent)
        return f"power({base[0]}, {exponent[0]})", "term"

    def operand(self) -> tuple[str, str]:
        token = self.tokens[self.at]
        self.at += 1
        if token.isdigit():
            if token != "0" and token[0] == "0":
                raise Unclear(f"a number that begins with 0: {self.shown[:200]}")
            self.numbers.append(int(token))
            return token, "term"
        if token in ("true", "false"):
            return token.capitalize(), "formula"
        if token == "(":
            inside = self.implication()
            if not self.taken(")"):
                raise Unclear(f"a bracket that does not close: {self.shown[:200]}")
            return f"({inside[0]})", inside[1]
        if not token[:1].isalpha() or token in RESERVED:
            raise Unclear(f"{token!r} stands where a term should: {self.shown[:200]}")
        if not self.taken("("):
            self.names.add(token)
            return f'e["{token}"]', "term"
        arguments = [self.implication()]
        while self.taken(","):
            arguments.append(self.implication())
        if not self.taken(")"):
            raise Unclear(f"a bracket that does not close: {self.shown[:200]}")
        self.both("term", *arguments)
        self.called.add(token)
        return f'e["{token}"]({", ".join(source for source, _ in arguments)})', "term"


def bounds(shown: str | None) -> tuple[Bound, ...]:
    """`y in R, k in Z from 0`."""
    found = list[Bound]()
    for part in shown.split(", ") if shown is not None else ():
        name, mark, sort = part.partition(" in ")
        match = _SORT.fullmatch(sort)
        if not (mark and match and re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII)):
            raise Unclear(f"no variable and its sort: {part[:200]}")
        found.append(Bound(name, sort[0], int(match[1]) if match[1] else None))
    return tuple(found)


def claim(lines: tuple[str, ...]) -> Claim:
    """What the lines of a claim that holds say."""
    if not lines or not lines[0].startswith("HOLDS "):
        raise Unclear("the first line does not say what holds")
    whole = Claim([], [], [], [], [], SHOWN in lines, [])
    if any(not (line.isascii() and line.isprintable()) for line in lines):
        raise Unclear("a line that cannot be printed")
    for line in lines[1:]:
        if line != SHOWN and line not in MEANINGS.values():
            _line(whole, line)
    if not whole.proved:
        raise Unclear("nothing is said to be proved")
    used = {name for part in _texts(whole) for name in part.called}
    for name, meaning in MEANINGS.items():
        if name in used and meaning not in lines:
            raise Unclear(f"nobody says what {name} means")
    return whole


def _line(whole: Claim, line: str) -> None:
    if match := _NETWORK.fullmatch(line):
        titles, power, outputs, digest = match.groups()
        inputs = [f"x{i + 1}" for i in range(int(power))] if power else titles.split(", ")
        if whole.networks and inputs != whole.inputs:
            raise Unclear("the networks have different inputs")
        whole.inputs[:] = inputs
        whole.networks.append((outputs.split(", "), digest))
    elif match := _FREE.fullmatch(line):
        constant, function, sorts, sort = match.groups()
        whole.declared.append((constant or function, [*(sorts.split(", ") if sorts else []), sort]))
    elif match := _GOAL.fullmatch(line):
        kind, name, pairs, shown = match.groups()
        said = Said(name, bounds(pairs), text(shown, "formula"))
        (whole.assumed if kind == "assume" else whole.proved).append(said)
        if kind == "assume":
            whole.before.append(len(whole.declared))
    elif match := _MEASURE.fullmatch(line):
        whole.declared.append(_measure(match))
    elif match := _DEFINE.fullmatch(line):
        whole.declared.append(_definition(*match.groups()))
    else:
        raise Unclear(f"a line of no known form: {line[:200]}")


def _measure(match: re.Match[str]) -> Measure:
    name, *parts, low, high = (*match.groups()[:9], match[12], match[13])
    if match["of"] is not None:
        basis = _split(match["span"]) if match["span"] else []
        return Measure(
            name,
            "distance",
            text(match["of"], "term"),
            tuple(text(part, "term") for part in basis),
            (low, high),
        )
    found = next(i for i in range(0, 8, 2) if parts[i] is not None)
    return Measure(name, KINDS[parts[found]], text(parts[found + 1], "term"), (), (low, high))


def _split(shown: str) -> list[str]:
    """The parts between commas that stand in no brackets."""
    found, depth = [""], 0
    for letter in shown:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return [found[0], *(part.removeprefix(" ") for part in found[1:])]


def _definition(
    pairs: str | None, name: str, applied: str | None, value: str, integral: str | None
) -> Definition:
    variables = bounds(pairs)
    if (applied.split(", ") if applied is not None else []) != [each.name for each in variables]:
        raise Unclear(f"{name} is not defined at its variables")
    cases, parts = list[tuple[Text, Text]](), value.split(", else ")
    for part in parts[:-1]:
        one, mark, guard = part.partition(" if ")
        if not mark:
            raise Unclear(f"a case without a guard: {part[:200]}")
        cases.append((text(guard, "formula"), text(one, "term")))
    cases.append((text("true", "formula"), text(parts[-1], "term")))
    return Definition(name, variables, tuple(cases), integral is not None)


def _texts(whole: Claim) -> Iterator[Text]:
    for item in whole.declared:
        if isinstance(item, Definition):
            for guard, value in item.cases:
                yield from (guard, value)
        elif isinstance(item, Measure):
            yield from (item.of, *item.span)
    for said in (*whole.assumed, *whole.proved):
        yield said.text


def parsed(declaration: Any) -> Definition:
    """A definition of a witness, from the certificate: as its line would say it."""
    pairs = ", ".join(f"{name} in {sort}" for name, sort in declaration["for"]) or None
    applied = ", ".join(name for name, _ in declaration["for"]) or None
    value = (
        "".join(f"{value} if {guard}, else " for guard, value in declaration["cases"])
        + declaration["otherwise"]
    )
    return _definition(
        pairs,
        declaration["define"],
        applied,
        value,
        "integer" if declaration["sort"] == "Z" else None,
    )
