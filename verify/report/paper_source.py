r"""A paper's sources read for what they cite: every `\depthproof{NAME}` and `\begin{certified}{NAME}`, with its place.

Comments and verbatim text are passed over, \input and \include are followed below the paper's
folder. This is no TeX: a name must be written out, not made by a macro.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..files import read_bytes
from ..kernel.errors import BadInput, displayed, placed

MOST_BYTES = 8_000_000
MOST_FILES = 1_000
GONE = "\0"  # where a comment or verbatim text was: keeps every other letter in its place
_VERBATIM = "verbatim|Verbatim|lstlisting|minted|comment|alltt|filecontents"
_PASSED_OVER = re.compile(
    r"(?P<comment>%[^\n]*(?:\n[ \t]*)?)"
    rf"|\\begin\s*\{{(?P<environment>(?:{_VERBATIM})\*?)\}}"
    r"|\\(?:verb\*?|lstinline|mintinline)(?![A-Za-z@])"
    r"|\\end\s*\{document\}"
    r"|\\(?:[A-Za-z@]+|.|\n)",
    re.DOTALL,
)
_INLINE = re.compile(r"\\(?:verb\*?|lstinline|mintinline)")
_BEFORE_DELIMITER = {
    r"\lstinline": re.compile(r"(\[[^]\n]*\])?"),
    r"\mintinline": re.compile(r"(\[[^]\n]*\])?(\{[^{}\n]*\})?"),
}
_SPACE = rf"[\s{GONE}]*"
_CITES = re.compile(
    rf"\\(?:depthproof(?![A-Za-z@])\*?|begin{_SPACE}\{{certified\}}){_SPACE}"
    rf"(?:\[(?P<grade>[^\]]*)\])?{_SPACE}(?P<name>\{{[^{{}}]*\}})?"
)
_INCLUDES = re.compile(
    rf"\\(?:input|include|subfile)(?![A-Za-z@]){_SPACE}"
    rf"(?:\{{(?P<braced>[^{{}}]*)\}}|(?P<bare>[^\s{{}}\\{GONE}]+))"
)


@dataclass(frozen=True)
class Citation:
    """A name that the paper cites, and the grade that it asserts ("" for none). Line and column are from 1."""

    name: str
    grade: str
    file: Path
    line: int
    column: int

    @property
    def place(self) -> str:
        return _placed(self.file, self.line, self.column)


@dataclass(frozen=True)
class Paper:
    """What a paper cites, file by file; the files that were read; notes on those that were not."""

    citations: tuple[Citation, ...]
    files: tuple[Path, ...]
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class _Source:
    """A file, as it is and as TeX sees it: two texts of the same length."""

    file: Path
    text: str
    seen: str

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of a letter, from 1."""
        return self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)


def read(path: Path) -> Paper:
    """The paper at a path with all that it includes. Raises `BadInput` where it cannot be read."""
    citations, notes, done = list[Citation](), list[str](), list[Path]()
    waiting = [path]
    while waiting:
        file = waiting.pop(0)
        if file in done:
            continue
        done.append(file)
        if len(done) > MOST_FILES:
            raise BadInput(_shown(path), f"more than {MOST_FILES} files are included")
        text = _text(file)
        source = _Source(file, text, visible(text))
        citations += _citations(source)
        included, lines = _included(path.parent, source)
        waiting = included + waiting
        notes += lines
    return Paper(tuple(citations), tuple(done), tuple(notes))


def _citations(source: _Source) -> Iterator[Citation]:
    for match in _CITES.finditer(source.seen):
        name = (match["name"] or "")[1:-1]
        grade = _plain(match["grade"] or "").upper()
        yield Citation(_plain(name), grade, source.file, *source.place(match.start()))


def _included(folder: Path, source: _Source) -> tuple[list[Path], list[str]]:
    """The files that a file includes, and a note on each that is not read.

    TeX looks for files in more places than the paper's folder.
    """
    found, notes = list[Path](), list[str]()
    for match in _INCLUDES.finditer(source.seen):
        name = _plain(match["braced"] or match["bare"] or "")
        if _is_below(folder, folder / f"{name}.tex"):
            found.append(folder / f"{name}.tex")
        elif _is_below(folder, folder / name):
            found.append(folder / name)
        else:
            place = _placed(source.file, *source.place(match.start()))
            notes.append(f"{place}: no file {displayed(name)} below the paper's folder; not read")
    return found, notes


def _is_below(folder: Path, path: Path) -> bool:
    """Whether there is such a file, and in the folder or one below it."""
    try:
        return path.is_file() and path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def visible(text: str) -> str:
    r"""The text as long as it was, with what TeX does not set replaced by `GONE`.

    These are comments, verbatim text, and what follows \end{document}.

    >>> visible("a % b").replace(GONE, ".")
    'a ...'
    """
    found = list(text)
    match = _PASSED_OVER.search(text)
    while match is not None:
        end = match.end()
        if not _is_set(match):
            start, end = match.start(), _gone_until(text, match)
            found[start:end] = GONE * (end - start)
        match = _PASSED_OVER.search(text, end)
    return "".join(found)


def _is_set(match: re.Match[str]) -> bool:
    r"""Whether it is a command that TeX follows; what is passed over is none, nor is a line's end \\."""
    if match["comment"] is not None or match["environment"] is not None:
        return False
    words = match[0]
    return words != r"\\" and not words.endswith("{document}") and _INLINE.fullmatch(words) is None


def _gone_until(text: str, match: re.Match[str]) -> int:
    """Where that ends which is not set and begins here."""
    words = match[0]
    if match["environment"] is not None:
        end = text.find(rf"\end{{{match['environment']}}}", match.end())
        return len(text) if end < 0 else end
    if words.endswith("{document}"):
        return len(text)
    if _INLINE.fullmatch(words):
        return _inline_end(text, match.end(), words)
    return match.end()


def _inline_end(text: str, at: int, command: str) -> int:
    r"""Where \verb|…| ends that begins with a command before this place: at its delimiter, on the same line.

    Before the delimiter \lstinline and \mintinline may have options, and the latter has a language.
    """
    before = _BEFORE_DELIMITER.get(command)
    if before is not None:
        at = before.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing too
    delimiter = text[at : at + 1]
    if not delimiter.strip():
        return at
    closing = "}" if delimiter == "{" else delimiter
    end_of_line = text.find("\n", at)
    if end_of_line < 0:
        end_of_line = len(text)
    end = text.find(closing, at + 1, end_of_line)
    return at if end < 0 else end + 1


def _text(file: Path) -> str:
    with placed(_shown(file)):
        data = read_bytes(file, MOST_BYTES)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace(GONE, " ")


def _plain(text: str) -> str:
    """The argument as TeX takes it: without comments, runs of space as one."""
    return " ".join(text.replace(GONE, "").split())


def _shown(file: Path) -> str:
    text = str(file)
    return text if text.isprintable() else displayed(text)[1:-1]


def _placed(file: Path, line: int, column: int) -> str:
    return f"{_shown(file)}:{line}:{column}"
