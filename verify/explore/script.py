"""The page's script: the modules under js/, joined in the order of their imports.

Each file is a plain module of JavaScript, and can be read and run by itself. In the page each
becomes a function that is called once and returns what the file exports, so that names inside one
file are no names in another.
"""

import re
from pathlib import Path

from ..kernel.errors import BadInput, displayed

FOLDER = Path(__file__).parent / "js"
ENTRY = "main.js"
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|let|class) (\w+))", re.MULTILINE)


def script(folder: Path = FOLDER) -> str:
    """The text of one strict script. Raises `BadInput` where a file is missing, or imports itself.

    >>> script().splitlines()[1]
    '"use strict";'
    """
    parts = [_called(folder, path) for path in _order(folder)]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


def _order(folder: Path) -> list[Path]:
    """The files, each after those that it imports."""
    found: list[Path] = []
    _visit(folder, (folder / ENTRY).resolve(), found, ())
    return found


def _visit(folder: Path, path: Path, found: list[Path], above: tuple[Path, ...]) -> None:
    """Adds a file after those that it imports. `above`: those that wait for it."""
    if path in found:
        return
    if path in above:
        raise BadInput(displayed(str(path)), "expected no file that imports itself, found one")
    for match in _IMPORT.finditer(_text(path)):
        _visit(folder, (path.parent / match[2]).resolve(), found, (*above, path))
    found.append(path)


def _called(folder: Path, path: Path) -> str:
    """A file as a function that is called once; its imports are names of what other files returned."""
    text = _text(path)
    names = [match[1] for match in _EXPORT.finditer(text)]
    taken = _IMPORT.sub(lambda match: _taken(folder, path, match), text)
    body = _EXPORT.sub("", taken)
    returned = f"return {{ {', '.join(names)} }};\n" if names else ""
    return f"const {_name(folder, path)} = (() => {{\n{body}{returned}}})();"


def _taken(folder: Path, path: Path, match: re.Match[str]) -> str:
    """An import, as names of what the other file's function returned."""
    source = _name(folder, (path.parent / match[2]).resolve())
    return f"const {match[1]} = {source};\n"


def _name(folder: Path, path: Path) -> str:
    """The name of a file's module in the script: panels/fold.js is module_panels_fold."""
    parts = path.relative_to(folder.resolve()).with_suffix("").parts
    return "_".join(("module", *parts))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadInput(displayed(str(path)), f"cannot be read: {reason}") from None
