"""The slides: every line of the two lectures that states something, in order, with the theorems that say whether it is so.

`proofs/slides.txt` lists them by indentation: a lecture, its headings, under each the lines by their first words, and under a line
the names of theorems, or in parentheses why it states nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .kernel.errors import BadInput, displayed

NAME = "slides.txt"
LEVELS = {0: "a lecture", 2: "a heading", 4: "a line", 6: "names of theorems, or (why there are none)"}


@dataclass(frozen=True)
class Line:
    """A line of a lecture. `rows`: the theorems about it; if there are none, `silent` says why it states nothing."""

    lecture: str
    heading: str
    words: str
    rows: tuple[str, ...]
    silent: str


def lines(folder: Path) -> list[Line]:
    """The lines that the folder of proof scripts lists, in the order of the lectures. None, where it has no list."""
    path = folder / NAME
    if not path.exists():
        return []
    place = {0: "", 2: "", 4: ""}
    under: dict[tuple[str, str, str], str] = {}
    last = -2
    for number, text in enumerate(path.read_text().splitlines(), 1):
        if not text.strip():
            continue
        depth = len(text) - len(text.lstrip())
        if depth not in LEVELS or depth > last + 2:
            raise BadInput(f"{displayed(str(path))}:{number}", f"expected {LEVELS[min(last + 2, 6)]}, found {displayed(text)}")
        last = depth
        if depth < 6:
            place[depth] = text.strip()
        key = place[0], place[2], place[4]
        if depth == 4:
            under[key] = ""
        elif depth == 6:
            under[key] = f"{under[key]} {text.strip()}".strip()
    for (lecture, heading, words), said in under.items():
        if not said:
            raise BadInput(displayed(str(path)), f"{lecture}, {heading}, {displayed(words)}: expected names of theorems below it")
    return [_line(*key, said) for key, said in under.items()]


def _line(lecture: str, heading: str, words: str, said: str) -> Line:
    if said.startswith("("):
        return Line(lecture, heading, words, (), said.strip("()"))
    return Line(lecture, heading, words, tuple(said.split()), "")


def order(names: Iterable[str], folder: Path) -> list[str]:
    """The names in the order in which the lectures come to them; those that no line has, last, by name."""
    first: dict[str, int] = {}
    for place, line in enumerate(lines(folder)):
        for name in line.rows:
            first.setdefault(name, place)
    return sorted(names, key=lambda name: (first.get(name, len(first) + 1), name))
