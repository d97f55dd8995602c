"""What strangers write, and what is said of it: errors, limits and the budget, exact numerals, JSON read strictly.

Every message is a line: where, what was expected, what was found. A check of the kernel is a line with `want`, `need` or `raise`.
A numeral is `0|-?[1-9][0-9]*` or that and `/[1-9][0-9]*`, in ASCII, reduced: every rational has exactly one. JSON is stricter than usual:
UTF-8 only, no repeated key, no fraction or exponent (exact numbers are strings), no NaN, integers of at most 18 digits.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

# The limits to what a stranger may ask for; beyond them nothing is decided. (Names and integers are bounded by their grammar.)
MOST_BYTES = 8_000_000  # of a file
MOST_NESTING = 60  # lists and objects inside each other
MOST_DIGITS = 20_000  # of a rational in a file
MOST_CHARACTERS = 200_000  # of a text, that is, of a term or formula
MOST_DEPTH = 40  # brackets and operators inside each other in a text
MOST_BITS = 200_000  # of a coefficient in a term
MOST_DEGREE = 40  # of a term
MOST_WORK = 100_000_000  # of one check; a unit is about a tenth of a microsecond
MOST_KEPT = 200_000_000  # bytes kept at one time: trees of JSON, networks, atoms, texts, facts of open branches (by estimate)
MOST_SCRATCH = 120_000_000  # bytes made by one declaration, goal, step or row of weights, whether kept or not (by estimate)

_NUMERAL = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?", re.ASCII)
# Strings, brackets, and what is refused: numbers that are not exact, and a comma too many, of which Python's versions say different
# things. A string that does not end is taken as one too, so that no letter is looked at twice.
_MARK = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]|'
                   r'(?P<refused>-?[0-9]++(?:\.[0-9]|[eE][-+]?[0-9])|-?[0-9]{19}|-?Infinity|NaN|,[ \t\n\r]*+[\]}])|-?[0-9]++', re.DOTALL)
_BYTES = {"[": 90, "{": 240, "]": 0, "}": 0}  # what Python keeps for each; for a string or number 80, and what it holds
_REFUSED = 'exact numbers have at most 18 digits or are strings such as "-3/4"; no comma ends a list'


class DepthproofError(Exception):
    """Anything this project refuses, with the exit code that the command line gives it."""

    exit_code = 4

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where, self.reason = where, reason

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}" if self.where else self.reason


class BadInput(DepthproofError):
    """The input is not of the stated form."""

    exit_code = 2


class Rejected(DepthproofError):
    """A certificate does not show what its claim says."""

    exit_code = 1


class OverBudget(DepthproofError):
    """The input is well formed, but costs more than is allowed here. Nothing was decided."""

    exit_code = 3


@contextmanager
def placed(place: str) -> Iterator[None]:
    """Errors raised inside are said of this place (a file, a network in a file); an empty place adds nothing."""
    try:
        yield
    except DepthproofError as error:
        raise type(error)(": ".join(filter(None, (place, error.where))), error.reason) from None


def expected(where: str, what: str, found: object) -> BadInput:
    """The usual complaint: `where: expected what, found found`, on one printable line of bounded length."""
    return BadInput(where, f"expected {what}, found {displayed(found)}")


def displayed(value: object) -> str:
    """A foreign value, safe to print on one line: escaped to ASCII, cut at 80 characters."""
    if type(value) is dict or type(value) is list:
        return f"an object with {len(value)} keys" if type(value) is dict else f"a list of {len(value)}"
    text = json.dumps(value[:200]) if type(value) is str else json.dumps(value, default=str)
    return text if len(text) <= 80 else text[:77] + "..."


def want(condition: Any, what: str, found: object, where: str = "") -> Any:
    """What is read, which must have this form; `BadInput` otherwise. A check of the kernel is a line with `want`, `need` or `raise`."""
    return need(condition, "" if condition else f"expected {what}, found {displayed(found)}", BadInput, where)


def need(condition: Any, reason: str, error: type[DepthproofError] = Rejected, where: str = "") -> Any:
    """What is shown, which must be so; `Rejected`, or the error named, otherwise."""
    if not condition:
        raise error(where, reason)
    return condition


class Budget:
    """What one check may cost, in elementary operations weighed by the length of their numbers: no clock, so the same everywhere.
    What can be large is charged before the work."""

    def __init__(self, work: int = MOST_WORK, kept: int = MOST_KEPT, scratch: int = MOST_SCRATCH) -> None:
        self.left, self.kept, self.scratch = work, kept, scratch
        self._scratch = scratch

    def spend(self, operations: int, bits: int = 0, more_bits: int = 0) -> None:
        """Charges arithmetic operations on numbers of `bits` and `more_bits` bits. Raises `OverBudget`."""
        self.left -= operations + (operations * bits * more_bits >> 16)
        need(self.left >= 0, f"more than {MOST_WORK} operations", OverBudget)

    def begin(self) -> None:
        """A declaration, goal, step or row begins: what the one before made and did not keep is gone."""
        self.scratch = self._scratch

    def make(self, size: int) -> None:
        """Charges so many bytes, made here and perhaps not kept. Raises `OverBudget`."""
        self.scratch -= size
        need(self.scratch >= 0, f"more than {MOST_SCRATCH} bytes at a time", OverBudget)

    def keep(self, size: int) -> None:
        """Charges so many bytes, kept until they are charged back. Raises `OverBudget`."""
        self.kept -= size
        need(self.kept >= 0, f"more than {MOST_KEPT} bytes to keep", OverBudget)

    def common(self, denominators: Iterable[int]) -> int:
        """The least common multiple. Not from a set: a stranger can choose integers of one hash, and a set of them takes forever."""
        under = 1
        for denominator in denominators:
            self.spend(10, under.bit_length(), 64 + denominator.bit_length())
            under = lcm(under, denominator)
        return under

    def rational(self, text: object, where: str = "") -> Fraction:
        """The rational that `text` writes. Raises `BadInput` unless it is the reduced numeral, `OverBudget` if it is too long."""
        match = want(type(text) is str and _NUMERAL.fullmatch(text), 'a rational such as "-3/4"', text, where)
        need(len(match[0]) <= MOST_DIGITS, f"a number of more than {MOST_DIGITS} digits", OverBudget, where)
        self.spend(60, 4 * len(match[0]), 4 * len(match[0]))
        self.make(100 + len(match[0]))
        value = Fraction(*(int(Decimal(part)) for part in match.groups("1")))  # Decimal: exact, and without Python's limit on digits
        want(numeral(value) == text, f"the reduced numeral {displayed(numeral(value))}", text, where)
        return value


def numeral(value: Fraction | int) -> str:
    """The numeral of a rational, of any length."""
    over, under = (format(Decimal(n), "f") for n in value.as_integer_ratio())
    return over if under == "1" else f"{over}/{under}"


def tree(data: bytes, where: str = "", budget: Budget | None = None) -> Any:
    """The tree of dict, list, str, int, bool and None that `data` writes, kept on the budget. Raises `BadInput` with line and column,
    `OverBudget`."""
    need(len(data) <= MOST_BYTES, f"{len(data)} bytes; at most {MOST_BYTES} are read", OverBudget, where)
    budget, deep = budget or Budget(), 0
    budget.spend(6 * len(data))
    budget.keep(6 * len(data))
    try:
        text = data.decode("utf-8")
        for mark in _MARK.finditer(text):
            budget.kept -= _BYTES.get(mark[0], 80 + 2 * len(mark[0]))
            need(budget.kept >= 0, f"more than {MOST_KEPT} bytes to keep", OverBudget, where)
            deep += (mark[0] in "[{") - (mark[0] in "]}")
            need(deep <= MOST_NESTING, f"more than {MOST_NESTING} lists and objects inside each other", OverBudget, where)
            if mark["refused"]:
                raise json.JSONDecodeError(_REFUSED, text, mark.start())
        return json.loads(text, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise expected(where, "UTF-8", f"{data[error.start]:#x} at byte {error.start}") from None
    except json.JSONDecodeError as error:
        found = [*re.findall(r"[\w.+-]+|.", text[error.pos:error.pos + 40]), "the end"][0]
        raise expected(f"{where}: " * bool(where) + f"line {error.lineno} column {error.colno}", f"JSON ({error.msg})", found) from None


def _object(pairs: list[tuple[str, Any]]) -> Any:
    if len(whole := dict(pairs)) < len(pairs):
        raise expected("", "each key once", Counter(key for key, _ in pairs).most_common(1)[0][0])
    return whole


def fields(item: Any, *names: str) -> list[Any]:
    """The values under exactly these keys of an object."""
    want(type(item) is dict and set(item) == set(names), f"an object with the keys {', '.join(names)}",
         ", ".join(item) if type(item) is dict and item else item)
    return [item[name] for name in names]


def listed(value: Any, length: int | None = None, where: str = "") -> list[Any]:
    """The value, which must be a list, of this length if one is given."""
    want(type(value) is list and length in (None, len(value)), "a list" if length is None else f"a list of {length}", value, where)
    return list(value)
