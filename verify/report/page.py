"""The page: a document as one HTML file without network or outside file; light and dark, for paper, keyboard and screen reader.

Without script, unless it is given what it needs to check its certificates again (`browser.again`).
"""

from . import browser
from . import document as d
from .escape import anchor, html
from .gloss import parts
from .notation import MathML, Setter
from .page_style import STYLE

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(document: d.Document, again: browser.Again | None = None) -> str:
    """The file's text; the same document gives the same bytes."""
    write = _Writer(document.names)
    parts = [write.block(block) for block in document.blocks]
    policy, end = POLICY, ""
    if again is not None:
        parts.insert(_opening(document), browser.section(again))
        policy, end = POLICY + browser.policy(again), browser.embedded(again)
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{html(document.title)}</title><style>{STYLE}</style></head>\n"
        f'<body><a class="skip" href="#content">To the content</a>{_contents(document, again is not None)}'
        f'<main id="content" tabindex="-1">\n{body}\n</main>\n{end}</body></html>\n'
    )


def _opening(document: d.Document) -> int:
    """How many blocks come before the first section."""
    sections = [n for n, it in enumerate(document.blocks) if isinstance(it, d.Heading) and it.level > 1]
    return min(sections, default=len(document.blocks))


def _contents(document: d.Document, rechecks: bool) -> str:
    links = "".join(
        f'<li><a href="#{block.anchor}">{"".join(html(part.text) for part in block.content if isinstance(part, d.Text))}</a></li>'
        for block in document.blocks
        if isinstance(block, d.Heading) and block.level == 2 and block.anchor
    )
    first = '<li><a href="#recheck">Check it here</a></li>' if rechecks else ""
    return f'<nav aria-label="Contents"><ul>{first}{links}</ul></nav>'


class _Writer:
    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    def line(self, line: d.Line, usual: frozenset[str] = frozenset()) -> str:
        return "".join(self.inline(part, usual) for part in line)

    def inline(self, part: d.Inline, usual: frozenset[str]) -> str:
        if isinstance(part, d.Formula):
            return Setter(MathML(), usual | part.usual).whole(part.node)
        if isinstance(part, d.Prose):
            return self.prose(part.text)
        if isinstance(part, d.Reference):
            return self.reference(part.name)
        if isinstance(part, d.Badge):
            return f'<span class="badge {html(part.kind)}">{html(part.text)}</span>'
        text = html(part.text)
        return {"code": f"<code>{text}</code>", "strong": f"<strong>{text}</strong>", "quiet": f'<span class="quiet">{text}</span>'}.get(
            part.style, text
        )

    def reference(self, name: str) -> str:
        shown = f"<code>{html(name).replace('.', '.<wbr>')}</code>"
        return f'<a href="#{anchor(name)}">{shown}</a>' if name in self.names else shown

    def prose(self, text: str) -> str:
        marks = {"up": "sup", "down": "sub"}
        found = []
        for kind, words in parts(text, self.names):
            found.append(
                self.reference(words)
                if kind == "name"
                else html(words)
                if kind == "plain"
                else f"<{marks[kind]}>{html(words)}</{marks[kind]}>"
            )
        return "".join(found)

    def block(self, block: d.Block) -> str:
        if isinstance(block, d.Heading):
            name = f' id="{block.anchor}"' if block.anchor else ""
            return f"<h{block.level}{name}>{self.line(block.content)}</h{block.level}>"
        if isinstance(block, d.Paragraph):
            return f"<p>{self.line(block.content)}</p>"
        if isinstance(block, d.Facts):
            return f"<dl>{''.join(f'<dt>{html(label)}</dt><dd>{self.line(line)}</dd>' for label, line in block.rows)}</dl>"
        if isinstance(block, d.Table):
            return self.table(block)
        if isinstance(block, d.Statement):
            lines = "".join(f"<li>{self.line(line, block.usual)}</li>" for line in block.lines)
            named = f'tabindex="0" role="group" aria-label="{html(block.title)}"'
            return f'<figure class="statement" {named}><figcaption>{html(block.title)}</figcaption><ul>{lines}</ul></figure>'
        if isinstance(block, d.Printed):
            return (
                f'<div class="printed" data-certificate="{html(block.certificate)}"><details><summary>As the checkers print it</summary>'
                f'<pre tabindex="0">{chr(10).join(map(html, block.text.split(chr(10))))}</pre></details></div>'
            )
        if isinstance(block, d.Listing):
            return (
                f'<figure class="statement"><figcaption>{html(block.title)}</figcaption>'
                f'<pre tabindex="0">{chr(10).join(map(html, block.text.split(chr(10))))}</pre></figure>'
            )
        wide = " wide" if 'class="graph"' in block.inline else ""
        spoken = f'<div role="img" aria-label="{html(block.words)}">{block.inline}</div>' if not wide else block.inline
        return f'<figure class="drawing{wide}">{spoken}<figcaption>{self.line(block.caption)}</figcaption></figure>'

    def table(self, table: d.Table) -> str:
        kinds = [' class="number"' if column in table.numbers else "" for column in range(len(table.head))]
        head = "".join(f'<th scope="col"{kind}>{self.prose(name)}</th>' for kind, name in zip(kinds, table.head, strict=True))
        widths = "".join(f'<col style="width:{100 * share // sum(table.shares)}%">' for share in table.shares)
        rows = "".join(
            "<tr>" + "".join(f"<td{kind}>{self.line(cell)}</td>" for kind, cell in zip(kinds, row, strict=True)) + "</tr>"
            for row in table.rows
        )
        caption = f"<caption>{self.line(table.caption)}</caption>" if table.caption else ""
        inside = f"{caption}<colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        return f'<div class="scroll" tabindex="0" role="group" aria-label="table"><table>{inside}</table></div>'
