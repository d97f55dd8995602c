"""The document for Typst, and as PDF: all foreign text is in strings of the source, never in its markup."""

import re
from collections.abc import Mapping
from typing import Any

from .. import extras
from . import document as d
from .escape import anchor, printable
from .gloss import parts
from .notation import Setter, Typst

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
#let tones = (KERNEL: rgb("#15703a"), COQ: rgb("#1b5e9c"), CHECKED: rgb("#0f766e"), SOLVER: rgb("#7e22ce"), INSTANCES: rgb("#9a5b00"),
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
#let listing(title, words) = block(fill: luma(245), radius: 3pt, inset: 7pt, width: 100%, stack(spacing: 6pt, label-of(title), raw(words)))
"""


def source(document: d.Document) -> str:
    """The Typst source. Figures are files figures/NAME.svg."""
    write = _Writer(document.names, {block.anchor for block in document.blocks if isinstance(block, d.Heading) and block.anchor})
    return _HEAD.format(title=_string(document.title)).lstrip() + "\n".join(write.block(block) for block in document.blocks) + "\n"


def pdf(document: d.Document, figures: Mapping[str, bytes]) -> bytes:
    """The PDF: the same document and figures give the same bytes, whatever fonts the machine has. Raises `BadInput` if typst is missing."""
    extras.need("typst", "report", "writing PDF")
    import typst

    files: dict[str, Any] = {"main": source(document).encode(), **{f"figures/{name}.svg": data for name, data in figures.items()}}
    compiled: Any = typst.compile  # its types do not say that it takes files by name
    return bytes(compiled(files, format="pdf", ignore_system_fonts=True, timestamp=0))


def _string(text: str) -> str:
    """A string of Typst's code, in which nothing is markup; what the fonts cannot show is shown as its number."""
    return '"' + printable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Writer:
    def __init__(self, names: frozenset[str], anchors: set[str]) -> None:
        self.names, self.anchors = names, anchors

    def line(self, line: d.Line, usual: frozenset[str] = frozenset()) -> str:
        return "[" + "".join(self.inline(part, usual) for part in line) + "]"

    def inline(self, part: d.Inline, usual: frozenset[str]) -> str:
        if isinstance(part, d.Formula):
            return Setter(Typst(), usual | part.usual).whole(part.node)
        if isinstance(part, d.Prose):
            marks = {"plain": "#{}", "up": "#super({})", "down": "#sub({})"}
            return "".join(
                self.reference(text) if kind == "name" else marks[kind].format(_string(text)) for kind, text in parts(part.text, self.names)
            )
        if isinstance(part, d.Reference):
            return self.reference(part.name)
        if isinstance(part, d.Badge):
            return f"#badge({_string(part.kind)}, {_string(part.text)})"
        style = {"code": "#raw({})", "strong": "#strong({})", "quiet": "#text(fill: luma(90), {})"}.get(part.style, "#{}")
        if part.style == "code" and re.fullmatch("[0-9a-f]{64}", part.text):
            return f"#raw({_string(part.text[:32])}) #raw({_string(part.text[32:])})"
        return style.format(_string(part.text))

    def reference(self, name: str) -> str:
        broken = _string(name).replace(".", ".\u200b")
        shown = f"raw({broken})"
        return f"#link(label({_string(anchor(name))}), {shown})" if anchor(name) in self.anchors else f"#{shown}"

    def block(self, block: d.Block) -> str:
        if isinstance(block, d.Heading):
            name = f"#label({_string(block.anchor)})" if block.anchor else ""
            return f"#heading(level: {block.level}, {self.line(block.content)}){name and ' ' + name}"
        if isinstance(block, d.Paragraph):
            return f"#par({self.line(block.content)})"
        if isinstance(block, d.Facts):
            return "#facts(" + ", ".join(f"label-of({_string(label)}), {self.line(line)}" for label, line in block.rows) + ")"
        if isinstance(block, d.Table):
            return self.table(block)
        if isinstance(block, d.Statement):
            return f"#statement({_string(block.title)}, {', '.join(self.line(line, block.usual) for line in block.lines)})"
        if isinstance(block, d.Printed):
            return ""
        if isinstance(block, d.Listing):
            lines = "\\n".join(_string(line)[1:-1] for line in block.text.split("\n"))
            return f'#listing({_string(block.title)}, "{lines}")'
        size = 'height: 20cm, fit: "contain"' if block.name == "graph" else "width: 100%"
        return f"#figure(image({_string(f'figures/{block.name}.svg')}, {size}), caption: {self.line(block.caption)}, supplement: none)"

    def table(self, table: d.Table) -> str:
        columns = ", ".join(f"{share}fr" for share in table.shares or [1] * len(table.head))
        sides = ", ".join("right" if column in table.numbers else "left" for column in range(len(table.head)))
        head = "table.header(" + ", ".join(f"strong({self.line([d.Prose(name)])})" for name in table.head) + ")"
        cells = ", ".join(self.line(cell) for row in table.rows for cell in row)
        caption = f"#par(text(size: 9pt, fill: luma(70), {self.line(table.caption)}))\n" if table.caption else ""
        return f"{caption}#text(size: 8.6pt, table(columns: ({columns},), align: ({sides},), {head}, {cells}))"
