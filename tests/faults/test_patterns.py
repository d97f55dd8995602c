"""Every regular expression of the package takes a time that is linear in the text: each is tried, in
the way in which it is used, on texts of which one part is repeated."""

import ast
import re
from importlib import import_module
from itertools import permutations, product
from pathlib import Path
from time import process_time

import pytest

from verify.kernel.errors import BadInput
from verify.kernel.limits import Budget
from verify.kernel.strict_json import tree

ROOT = Path(__file__).parents[2] / "verify"
WAYS = ("match", "fullmatch", "search", "findall", "finditer", "split", "sub")
OWN = {"evidence/coq_run.py", "evidence/coq_file.py"}  # read what coqc prints of our own sources
PARTS = [" ", "a", "A", "1", "0", ".", "(", ")", chr(34), "|", ";", "\n", "\\", "/", "_", "-", "^", "^(", "()", "a.", "a ", "1 ", "a(",
         "<=", "and ", " and", "\t", "e1", "f1", "x1 ", "{", "[", ",", "[1", "value ", "\u00e9"]  # fmt: skip
SMALL, LARGE = 1_000, 8_000


def patterns() -> list[tuple[str, re.Pattern[str], tuple[str, ...]]]:
    """Where it is, what it is, the ways in which it is used; of all of the package."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text()
        if "import re\n" not in text:
            assert "re.compile(" not in text, name
            continue
        for node in ast.walk(ast.parse(text)):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and name not in OWN):
                continue
            way = ast.unparse(node.func).removeprefix("re.")
            if way in WAYS and isinstance(node.args[0], ast.Constant) and type(node.args[0].value) is str:
                flags = eval(ast.unparse(node.args[-1])) if "re." in ast.unparse(node.args[-1]) else 0
                found.append((f"{name}:{node.lineno}", re.compile(node.args[0].value, flags), (way,)))
        module = import_module("verify." + name.removesuffix(".py").replace("/", ".")) if "re.compile(" in text else None
        for key, value in vars(module).items() if module else ():
            if isinstance(value, re.Pattern) and type(value.pattern) is str and f"{key} = re.compile" in text:
                used = tuple(way for way in WAYS if f"{key}.{way}(" in text) or ("search",)
                found.append((f"{name}:{key}", value, used))
    return found


def texts(size: int) -> dict[tuple[str, str, str], str]:
    pairs = [*PARTS, *(one + other for one, other in permutations(PARTS[:6], 2))]
    around = product(("", "a", "a("), pairs, ("", "!"))
    return {(start, part, end): start + part * (size // len(part)) + end for start, part, end in around}


def taken(pattern: re.Pattern[str], way: str, text: str) -> float:
    start = process_time()
    if way == "sub":
        pattern.sub("", text)
    elif way == "finditer":
        for found in pattern.finditer(text):
            if found.lastgroup == "refused":  # the strict reader reads no further
                break
    else:
        getattr(pattern, way)(text)
    return process_time() - start


FOUND = patterns()
TEXTS, LARGER = texts(SMALL), texts(LARGE)


def test_they_are_found() -> None:
    assert len(FOUND) > 25 and any(name == "kernel/formulas.py:_TOKEN" for name, _, _ in FOUND)


@pytest.mark.parametrize(("name", "pattern", "ways"), FOUND, ids=[name for name, _, _ in FOUND])
def test_time_is_linear(name: str, pattern: re.Pattern[str], ways: tuple[str, ...]) -> None:
    for way in ways:
        for key, text in TEXTS.items():
            if taken(pattern, way, text) > 0.000_1:  # 8 times this is too little to tell
                assert any(is_linear(pattern, way, text, LARGER[key]) for _ in range(5)), (way, key)


def is_linear(pattern: re.Pattern[str], way: str, text: str, larger: str) -> bool:
    """Whether 8 times the text takes 8 times the time rather than 64 times: noise says no, but not again and again."""
    large = taken(pattern, way, larger)
    return large < 0.005 or large < 24 * taken(pattern, way, text)


@pytest.mark.parametrize(("bad", "way"), [(r" *(a) *(?:\((.*)\))? *", "fullmatch"), (r"\s*(a|1)", "finditer")])
def test_what_is_not_linear_is_seen(bad: str, way: str) -> None:
    with pytest.raises(AssertionError):
        test_time_is_linear("bad", re.compile(bad), (way,))


def test_the_strict_reader_ends_where_it_refuses() -> None:
    """A search that went on would look at each digit once for every nineteen before it."""
    start = process_time()
    with pytest.raises(BadInput, match="at most 18 digits"):
        tree(b"1" * 8_000_000, Budget())
    assert process_time() - start < 2
