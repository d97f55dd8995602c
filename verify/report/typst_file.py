"""The document for Typst, and as PDF: all foreign text is in strings of the source, never in its markup."""

import re
from collections.abc import Mapping
from typing import Any

from .. import extras
from . import document as d
from .escape import anchor, printable
from .gloss import woven
from .notation import Setter
from .shapes import Typst

_HEAD = """
#set document(title: {title}, date: none)
#set page(paper: "a4", margin: (x: 2.2cm, y: 2.3cm), numbering: "1")
#set text(font: "Libertinus Serif", size: 10pt, lang: "en", hyphenate: true)
#set par(justify: false, leading: 0.58em)
#set table(stroke: (_, y) => (bottom: 0.4pt + luma(200)), inset: (x: 3pt, y: 3.4pt))
#show raw: set text(font: "DejaVu Sans Mono", size: 7.6pt)
#show link: set text(fill: rgb("#174f86"))
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 2): it => block(above: 2em, below: 0.9em, sticky: true, text(size: 13pt, it.body))
#show heading.where(level: 3): it => block(above: 1.6em, below: 0.7em, sticky: true, it.body)
#let tones = (KERNEL: rgb("#15703a"), COQ: rgb("#1b5e9c"), CHECKED: rgb("#0f766e"), SOLVER: rgb("#7e22ce"), \
INSTANCES: rgb("#9a5b00"),
  REFUTED: rgb("#b42318"), broken: rgb("#b42318"))
#let badge(kind, words) = {{
  let tone = tones.at(kind, default: luma(90))
  box(stroke: 0.7pt + tone, radius: 5pt, inset: (x: 3.4pt), outset: (y: 2.2pt),
    text(size: 6.8pt, weight: "bold", fill: tone, words)) + h(3pt)
}}
#let facts(..rows) = table(columns: (2.5cm, 1fr), stroke: none, inset: (x: 0pt, y: 2pt), column-gutter: 6pt, ..rows)
#let label-of(words) = text(size: 8.4pt, fill: luma(90), words)
#let statement(title, ..lines) = block(fill: luma(245), radius: 3pt, inset: 7pt, width: 100%, stack(
  spacing: 6pt, label-of(title), ..lines.pos().map(line => par(hanging-indent: 12pt, line))))
#let listing(title, words) = block(fill: luma(245), radius: 3pt, inset: 7pt, width: 100%, \
stack(spacing: 6pt, label-of(title), raw(words)))
"""
NEWLINE = "\\n"  # in a string of Typst's code
_MARKS = {  # text of a style, and what an author's prose raises and lowers
    "code": "#raw({})",
    "strong": "#strong({})",
    "quiet": "#text(fill: luma(90), {})",
    "up": "#super({})",
    "down": "#sub({})",
}


def source(document: d.Document) -> str:
    """The Typst source. Figures are files figures/NAME.svg.

    >>> source(d.Document("A title", [d.Paragraph(d.text("a * b"))])).splitlines()[-1]
    '#par([#"a * b"])'
    """
    write = _Writer(document.names, d.anchors(document))
    blocks = "\n".join(write.block(block) for block in document.blocks)
    return _HEAD.format(title=_string(document.title)).lstrip() + blocks + "\n"


def pdf(document: d.Document, figures: Mapping[str, bytes]) -> bytes:
    """The PDF. The same document and figures give the same bytes, whatever fonts the machine has.

    Raises `BadInput` if typst is missing.
    """
    extras.need("typst", "report", "writing PDF")
    import typst

    files: dict[str, Any] = {"main": source(document).encode()}
    files |= {f"figures/{name}.svg": data for name, data in figures.items()}
    compiled: Any = typst.compile  # its types do not say that it takes files by name
    return bytes(compiled(files, format="pdf", ignore_system_fonts=True, timestamp=0))


def _string(text: str) -> str:
    """A string of Typst's code, in which nothing is markup; what the fonts cannot show is shown as its number."""
    return '"' + printable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Writer:
    """Writes parts of a document as Typst; `anchors`: the labels that it has."""

    def __init__(self, names: frozenset[str], anchors: set[str]) -> None:
        self.names, self.anchors = names, anchors

    def line(self, line: d.Line, usual: frozenset[str] = frozenset()) -> str:
        return "[" + "".join(self.inline(part, usual) for part in line) + "]"

    def inline(self, part: d.Inline, usual: frozenset[str]) -> str:
        if isinstance(part, d.Formula):
            return Setter(Typst(), usual | part.usual).whole(part.node)
        if isinstance(part, d.Prose):
            return self.prose(part.text)
        if isinstance(part, d.Reference):
            return self.reference(part.name)
        if isinstance(part, d.Badge):
            return f"#badge({_string(part.kind)}, {_string(part.text)})"
        if part.style == "code" and re.fullmatch("[0-9a-f]{64}", part.text):
            return f"#raw({_string(part.text[:32])}) #raw({_string(part.text[32:])})"
        return _marked(part.style, part.text)

    def prose(self, text: str) -> str:
        return woven(text, self.names, self.reference, _marked)

    def reference(self, name: str) -> str:
        broken = _string(name).replace(".", ".\u200b")
        label = anchor(name)
        if label not in self.anchors:
            return f"#raw({broken})"
        return f"#link(label({_string(label)}), raw({broken}))"

    def block(self, block: d.Block) -> str:
        if isinstance(block, d.Heading):
            name = f" #label({_string(block.anchor)})" if block.anchor else ""
            return f"#heading(level: {block.level}, {self.line(block.content)}){name}"
        if isinstance(block, d.Paragraph):
            return f"#par({self.line(block.content)})"
        if isinstance(block, d.Facts):
            rows = [f"label-of({_string(label)}), {self.line(line)}" for label, line in block.rows]
            return f"#facts({', '.join(rows)})"
        if isinstance(block, d.Table):
            return self.table(block)
        if isinstance(block, d.Display):
            lines = [self.line(line, block.usual) for line in block.lines]
            return f"#statement({_string(block.title)}, {', '.join(lines)})"
        if isinstance(block, d.Printed):
            return ""
        if isinstance(block, d.Listing):
            inner = [_string(line)[1:-1] for line in block.text.split("\n")]  # without the quotes
            return f'#listing({_string(block.title)}, "{NEWLINE.join(inner)}")'
        size = 'height: 20cm, fit: "contain"' if block.name == "graph" else "width: 100%"
        picture = f"image({_string(f'figures/{block.name}.svg')}, {size})"
        return f"#figure({picture}, caption: {self.line(block.caption)}, supplement: none)"

    def table(self, table: d.Table) -> str:
        columns = ", ".join(f"{share}fr" for share in table.shares or [1] * len(table.head))
        sides = ["left"] * len(table.head)
        for column in table.numbers:
            sides[column] = "right"
        names = ", ".join(f"strong({self.line([d.Prose(name)])})" for name in table.head)
        cells = []
        for row in table.rows:
            cells += [self.line(cell) for cell in row]
        placed = f"columns: ({columns},), align: ({', '.join(sides)},), table.header({names})"
        body = f"#text(size: 8.6pt, table({placed}, {', '.join(cells)}))"
        if not table.caption:
            return body
        return f"#par(text(size: 9pt, fill: luma(70), {self.line(table.caption)}))\n{body}"


def _marked(style: str, text: str) -> str:
    return _MARKS.get(style, "#{}").format(_string(text))
