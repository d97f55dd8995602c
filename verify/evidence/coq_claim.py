"""A claim and its certificate as Coq terms (proofs/coq/checker/Syntax.v), so that the proved checker runs in coqc.

Nothing here is trusted to be right about a claim: the theorem is about the tree that is written, and the tree keeps
its text's tokens.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..kernel.check import CLAIM
from ..kernel.errors import BadInput, displayed
from ..kernel.limits import Budget
from ..kernel.strict_json import tree
from ..layout import Place, places
from ..rational import rational
from ..search.networks.walk import read

LEVEL = {
    "implies": 1,
    "or": 2,
    "and": 3,
    **dict.fromkeys(("<=", "<", "=", "!=", ">=", ">"), 4),
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "^": 7,
}
COMPARISON = 4
TO_THE_RIGHT = ("implies", "^")
SIGNS = {
    "<=": "LessEqual",
    "<": "Less",
    "=": "Equal",
    "!=": "Unequal",
    ">=": "GreaterEqual",
    ">": "Greater",
}
OPERATORS = {
    "and": "Connected Conjunction",
    "or": "Connected Disjunction",
    "implies": "Connected Implication",
    "+": "Arithmetic Plus",
    "-": "Arithmetic Minus",
    "*": "Arithmetic Times",
    "/": "Arithmetic Over",
    "^": "Arithmetic Power",
}
QUANTITIES = {
    "pieces": "Pieces",
    "integral": "Integral",
    "integral_abs": "IntegralAbs",
    "sup_abs": "SupAbs",
}
CHECKER, LINE = "Checked", 97
_TOKEN = re.compile(r"([0-9]+|[A-Za-z][A-Za-z0-9_]*|[<>!]=|[-+*/^<>=(),])", re.ASCII)
_VALUE = re.compile(r"value([1-9][0-9]{0,8})", re.ASCII)


def certified(proofs: Path) -> list[Place]:
    """The theorems that have a claim with a certificate."""
    return [place for place in places(proofs, CLAIM) if place.certificate.is_file()]


def pair(place: Place) -> tuple[bytes, bytes]:
    """The bytes of a claim and of its certificate."""
    return place.claim.read_bytes(), place.certificate.read_bytes()


def identifier(name: str) -> str:
    """What a claim is called in Coq.

    >>> identifier("sawtooth.map")
    'sawtooth_map'
    """
    return re.sub("[^A-Za-z0-9_]", "_", name)


def file(certified: Sequence[Place]) -> str:
    """The Coq file with a theorem for each of these claims.

    It says what the claim means, and is proved by running the checker on its certificate.
    """
    names = [f"certified_{identifier(place.name)}" for place in certified]
    parts = [
        "(* Certificates, checked inside Coq. Written by verify/evidence/coq_claim.py. *)",
        f"From {CHECKER} Require Import Syntax Meaning Check CheckSound.",
        *map(_theorem, certified),
        f"Definition all_certified := ({', '.join(names)}).",
    ]
    parts += [f"Check {name}." for name in [*names, "all_certified"]]
    return "\n".join([*parts, "Print Assumptions all_certified.", ""])


def _theorem(place: Place) -> str:
    claim, certificate = pair(place)
    claimed, certified = coq_terms(claim, certificate, lambda digest: place.network(digest).read_bytes())
    name = identifier(place.name)
    return f"""
(* {name}: the claim with SHA-256
   {sha256(claim).hexdigest()}. *)
Definition {name}_claim : claim :=
  {folded(claimed)}.
Definition {name}_certificate : certificate :=
  {folded(certified)}.
Theorem certified_{name} : meaning {name}_claim.
Proof. apply (check_sound _ {name}_certificate). vm_cast_no_check (eq_refl true). Qed."""


def folded(text: str) -> str:
    """The same tokens in lines of at most about a hundred characters; what stands in quotes stays together.

    >>> folded('Goal   "a  b"')
    'Goal "a  b"'
    """
    lines = [""]
    for token in re.findall(r'(?:"(?:[^"]|"")*+"|[^"\s])++', text):
        if lines[-1] and len(lines[-1]) + len(token) > LINE:
            lines.append("")
        lines[-1] += f" {token}"
    return "\n  ".join(line.strip() for line in lines)


def coq_terms(claim: bytes, certificate: bytes, network: Callable[[str], bytes]) -> tuple[str, str]:
    """The claim and the certificate; `network` finds the bytes of a hash.

    Raises `BadInput` where they are not of the form.
    """
    whole, shown = tree(claim, Budget()), tree(certificate, Budget())
    try:
        networks = {key: tree(network(digest), Budget()) for key, digest in whole["networks"].items()}
        writer = _Writer(bool(networks))
        return writer.claim(networks, whole["statement"]), writer.certificate(shown["evidence"])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        wanted = "expected a claim and its certificate, found something else"
        raise BadInput("", f"{wanted}: {displayed(str(error))}") from None


class _Writer:
    """Writes trees. With networks, the words value1, value2, … mean their values."""

    def __init__(self, with_networks: bool) -> None:
        self.with_networks = with_networks

    def claim(self, networks: Mapping[str, Any], statement: Mapping[str, Any]) -> str:
        named = _list(_pair(_string(key), _network(it)) for key, it in networks.items())
        declared = _list(map(self.declaration, statement["declare"]))
        goals = _list(_pair(_string(it["goal"]), self.statement(it)) for it in statement["goals"])
        return f"Claim {named}\n  {declared}\n  {goals}"

    def certificate(self, evidence: Mapping[str, Any]) -> str:
        witness = "None"
        if "witness" in evidence:
            declared = _list(map(self.declaration, evidence["witness"]["declare"]))
            witness = f"(Some ({declared},\n  {self.items(evidence['witness']['items'])}))"
        return f"Certificate {self.items(evidence['items'])}\n  {witness}"

    def declaration(self, item: Mapping[str, Any]) -> str:
        if "define" in item:
            return f"Definition_ ({self.definition(item)})"
        if "measure" in item:
            ends = " ".join(map(_rational, item["on"]))
            quantity, of = self.quantity(item), self.expression(item["of"])
            return f"Measure_ (Measure {_string(item['measure'])} {quantity} {of} {ends})"
        if "free" in item:
            sorts = _list(map(_is_integer, item["arguments"]))
            return f"Free {_string(item['free'])} {sorts} {_is_integer(item['sort'])}"
        return f"Assume {_string(item['assume'])} {self.statement(item)}"

    def definition(self, item: Mapping[str, Any]) -> str:
        name, variables, integral = _string(item["define"]), _variables(item["for"]), _is_integer(item["sort"])
        cases = _list(_pair(self.expression(guard), self.expression(value)) for guard, value in item["cases"])
        return f"Define {name} {variables} {integral} {cases} {self.expression(item['otherwise'])}"

    def quantity(self, item: Mapping[str, Any]) -> str:
        if item["is"] == "distance":
            return f"(Distance {_list(map(self.expression, item['span']))})"
        return QUANTITIES[item["is"]]

    def statement(self, item: Mapping[str, Any]) -> str:
        return f"(Statement {_variables(item['for'])} {self.expression(item['holds'])})"

    def items(self, items: Iterable[Mapping[str, Any]]) -> str:
        return "[" + ";\n   ".join(map(self.item, items)) + "]"

    def item(self, item: Mapping[str, Any]) -> str:
        if "goal" not in item and "lemma" not in item:
            return f"Declare ({self.declaration(item)})"
        induction = "None"
        if "induction" in item:
            induction = f"(Some {_string(item['induction'])})"
        proof = "[" + ";\n    ".join(map(self.step, item["proof"])) + "]"
        if "goal" in item:
            return f"Goal {_string(item['goal'])} {induction}\n   {proof}"
        return f"Lemma_ {_string(item['lemma'])} {self.statement(item)} {induction}\n   {proof}"

    def step(self, step: Sequence[Any]) -> str:
        match step:
            case ["use", name, terms]:
                return f"Use {_string(name)} {self.expressions(terms)}"
            case ["congruence", name, left, right]:
                return f"Congruence {_string(name)} {self.expressions(left)} {self.expressions(right)}"
            case ["cases", int(index)]:
                return f"Cases {index}"
            case ["cut", formula]:
                return f"Cut {self.expression(formula)}"
            case ["leaf", entries]:
                return "Leaf " + _list(_pair(self.expression(weight), _numbers(facts)) for weight, facts in entries)
            case ["units"]:
                return "Units"
            case ["range", term, points]:
                return f"Range {self.expression(term)} {_rationals(points)}"
            case ["measure", name, points, signs, coefficients]:
                lists = " ".join(map(_rationals, (points, signs, coefficients)))
                return f"MeasureStep {_string(name)} {lists}"
            case ["cells", facts, points, walk]:
                found, simplices = read(points, walk)
                numbers = _list(map(_integers, simplices))
                return f"Cells {_numbers(facts)} {_list(map(_point, found))} {numbers}"
            case ["tree", facts, nodes]:
                return f"Tree {_numbers(facts)} {_integers(nodes)}"
        raise BadInput("", f"expected a step, found {displayed(step)}")

    def expressions(self, texts: Iterable[str]) -> str:
        return _list(map(self.expression, texts))

    def expression(self, text: str) -> str:
        return _Reading(text, self.with_networks).whole()


class _Reading:
    """Reads one text into Coq's `expr`, by the precedence of the kernel's language."""

    def __init__(self, text: str, with_networks: bool) -> None:
        self.text, self.with_networks, self.next = text, with_networks, 0
        self.tokens = [match[1] for match in _TOKEN.finditer(text)] + [""]
        if "".join(self.tokens) != text.replace(" ", ""):
            raise BadInput("", f"expected a term or formula, found {displayed(text)}")

    def taken(self) -> str:
        """The next word, which is read."""
        self.next += 1
        return self.tokens[self.next - 1]

    def level(self) -> int:
        """The level of the next word; -1 if it is no operator."""
        return LEVEL.get(self.tokens[self.next], -1)

    def whole(self) -> str:
        found = self.expression(0)
        self.must("")
        return found

    def must(self, token: str) -> None:
        """Reads this word. Raises `BadInput` where there is another."""
        if self.taken() != token:
            place = f"after {self.next - 1} words of {displayed(self.text)}"
            raise BadInput("", f"expected {token or 'the end'} {place}")

    def expression(self, least: int) -> str:
        """Reads on as long as operators are of this level or a higher one."""
        left = self.operand()
        while self.level() >= least:
            if self.level() == COMPARISON:
                left = f"(Chain {left} {_list(self.comparisons())})"
            else:
                sign = self.taken()
                right = self.expression(_level_to_the_right(sign))
                left = f"({OPERATORS[sign]} {left} {right})"
        return left

    def comparisons(self) -> Iterable[str]:
        """Reads the relations of a chain, each with what is to the right of it."""
        while self.level() == COMPARISON:
            sign = SIGNS[self.taken()]
            yield _pair(sign, self.expression(COMPARISON + 1))

    def operand(self) -> str:
        """Reads a number, a name, an application, what is in brackets, or one of these after `not` or a minus."""
        word = self.taken()
        if word == "true":
            return "Truth"
        if word == "false":
            return "Falsity"
        if word == "not":
            return f"(Negation {self.expression(COMPARISON)})"
        if word == "-":
            return f"(Opposite {self.expression(LEVEL['^'])})"
        if word == "(":
            inside = self.expression(0)
            self.must(")")
            return f"(Brackets {inside})"
        if word.isdigit():
            return f"(Numeral {word})"
        if not word[:1].isalpha():
            raise BadInput("", f"expected a term or formula at word {self.next} of {displayed(self.text)}")
        value = _VALUE.fullmatch(word)
        if value and self.with_networks:
            return f"(Value {value[1]})"
        return f"(Call {_string(word)} {_list(self.arguments())})"

    def arguments(self) -> Iterable[str]:
        """Reads what is in brackets after a name; nothing where there are none."""
        if self.tokens[self.next] != "(":
            return
        self.next += 1
        yield self.expression(0)
        while self.tokens[self.next] == ",":
            self.next += 1
            yield self.expression(0)
        self.must(")")


def _level_to_the_right(sign: str) -> int:
    """The least level of what is read to the right of an operator: its own if it groups to the right, else the next."""
    if sign in TO_THE_RIGHT:
        return LEVEL[sign]
    return LEVEL[sign] + 1


def _network(whole: Mapping[str, Any]) -> str:
    (x,) = whole["inputs"]
    nodes = _list(_pair(_string(it["name"]), _operation(it)) for it in whole["nodes"])
    return f"(Given {int(x['size'])} {nodes} {_string(whole['output'])})"


def _operation(node: Mapping[str, Any]) -> str:
    if node["op"] == "Gemm":
        sources, weight = _list(map(_string, node["inputs"])), _list(map(_rationals, node["weight"]))
        return f"GemmNode {sources} {weight} {_rationals(node['bias'])}"
    (source,) = node["inputs"]
    return f"ReluNode {_string(source)}"


def _variables(pairs: Iterable[Sequence[str]]) -> str:
    return _list(_pair(_string(name), _sort(sort)) for name, sort in pairs)


def _sort(text: str) -> str:
    if text.startswith("Z from "):
        return f"From ({int(text.removeprefix('Z from '))})"
    return {"R": "Real", "Z": "Integer"}[text]


def _rational(text: str) -> str:
    value: Fraction = rational(text)
    return f"({value.numerator} # {value.denominator})"


def _rationals(texts: Iterable[str]) -> str:
    return _list(map(_rational, texts))


def _point(point: Sequence[Any]) -> str:
    match point:
        case [int(first), int(second), int(unit)]:
            return f"Crossing {first} {second} {unit}"
    return f"Coordinates {_rationals(point)}"


def _integers(numbers: Iterable[int]) -> str:
    return _list(str(int(number)) for number in numbers) + "%Z"


def _numbers(numbers: Iterable[int]) -> str:
    return _list(str(int(number)) for number in numbers) + "%nat"


def _string(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _is_integer(sort: str) -> str:
    """Whether a sort is Z, in Coq's words."""
    return "true" if sort == "Z" else "false"


def _pair(left: str, right: str) -> str:
    return f"({left}, {right})"


def _list(parts: Iterable[str]) -> str:
    return f"[{'; '.join(parts)}]"
