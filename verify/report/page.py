"""The page: a document as one HTML file that asks for nothing from outside.

It is light or dark, and made for paper, keyboard and screen reader too. It has no script, unless it is given what it
needs to check its certificates again (`browser.again`).
"""

from . import browser
from . import document as d
from .escape import anchor, html
from .gloss import woven
from .notation import Setter
from .page_style import STYLE
from .shapes import MathML

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_MARKS = {  # around text of a style, and around what an author's prose raises and lowers
    "code": ("<code>", "</code>"),
    "strong": ("<strong>", "</strong>"),
    "quiet": ('<span class="quiet">', "</span>"),
    "up": ("<sup>", "</sup>"),
    "down": ("<sub>", "</sub>"),
}


def page(document: d.Document, again: browser.Again | None = None) -> str:
    """The file's text; the same document gives the same bytes.

    >>> page(d.Document("A title", []))[:15]
    '<!doctype html>'
    """
    write = _Writer(document.names)
    blocks = [write.block(block) for block in document.blocks]
    policy, links, end = POLICY, _links(document), ""
    if again is not None:
        blocks.insert(_opening(document), browser.section(again))
        policy += browser.policy(again)
        links = ['<li><a href="#recheck">Check it here</a></li>', *links]
        end = browser.embedded(again)
    body = "\n".join(blocks)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{html(document.title)}</title><style>{STYLE}</style></head>\n"
        f'<body><a class="skip" href="#content">To the content</a>'
        f'<nav aria-label="Contents"><ul>{"".join(links)}</ul></nav>'
        f'<main id="content" tabindex="-1">\n{body}\n</main>\n{end}</body></html>\n'
    )


def _opening(document: d.Document) -> int:
    """How many blocks come before the first section."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, d.Heading) and block.level > 1:
            return number
    return len(document.blocks)


def _links(document: d.Document) -> list[str]:
    """Items of the contents, one for each section."""
    found = []
    for block in document.blocks:
        if isinstance(block, d.Heading) and block.level == 2 and block.anchor:
            words = "".join(html(part.text) for part in block.content if isinstance(part, d.Text))
            found.append(f'<li><a href="#{block.anchor}">{words}</a></li>')
    return found


def _lines(text: str) -> str:
    """Text of several lines as HTML."""
    return "\n".join(html(line) for line in text.split("\n"))


class _Writer:
    """Writes parts of a document as HTML. `names`: the theorems that have a place to link to."""

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
        return _marked(part.style, part.text)

    def reference(self, name: str) -> str:
        code = html(name).replace(".", ".<wbr>")
        if name in self.names:
            return f'<a href="#{anchor(name)}"><code>{code}</code></a>'
        return f"<code>{code}</code>"

    def prose(self, text: str) -> str:
        return woven(text, self.names, self.reference, _marked)

    def block(self, block: d.Block) -> str:
        if isinstance(block, d.Heading):
            name = f' id="{block.anchor}"' if block.anchor else ""
            return f"<h{block.level}{name}>{self.line(block.content)}</h{block.level}>"
        if isinstance(block, d.Paragraph):
            return f"<p>{self.line(block.content)}</p>"
        if isinstance(block, d.Facts):
            rows = [f"<dt>{html(label)}</dt><dd>{self.line(line)}</dd>" for label, line in block.rows]
            return f"<dl>{''.join(rows)}</dl>"
        if isinstance(block, d.Table):
            return self.table(block)
        if isinstance(block, d.Display):
            return self.display(block)
        if isinstance(block, d.Printed):
            return (
                f'<div class="printed" data-certificate="{html(block.certificate)}">'
                "<details><summary>As the checkers print it</summary>"
                f'<pre tabindex="0">{_lines(block.text)}</pre></details></div>'
            )
        if isinstance(block, d.Listing):
            return (
                f'<figure class="statement"><figcaption>{html(block.title)}</figcaption>'
                f'<pre tabindex="0">{_lines(block.text)}</pre></figure>'
            )
        return self.figure(block)

    def display(self, block: d.Display) -> str:
        lines = "".join(f"<li>{self.line(line, block.usual)}</li>" for line in block.lines)
        title = html(block.title)
        return (
            f'<figure class="statement" tabindex="0" role="group" aria-label="{title}">'
            f"<figcaption>{title}</figcaption><ul>{lines}</ul></figure>"
        )

    def figure(self, block: d.Figure) -> str:
        caption = f"<figcaption>{self.line(block.caption)}</figcaption>"
        if 'class="graph"' in block.inline:  # which says itself what it shows
            return f'<figure class="drawing wide">{block.inline}{caption}</figure>'
        spoken = f'<div role="img" aria-label="{html(block.words)}">{block.inline}</div>'
        return f'<figure class="drawing">{spoken}{caption}</figure>'

    def table(self, table: d.Table) -> str:
        names = "".join(self.cell("th", column, self.prose(name), table) for column, name in enumerate(table.head))
        rows = ""
        for row in table.rows:
            cells = [self.cell("td", column, self.line(cell), table) for column, cell in enumerate(row)]
            rows += f"<tr>{''.join(cells)}</tr>"
        widths = "".join(f'<col style="width:{100 * share // sum(table.shares)}%">' for share in table.shares)
        caption = f"<caption>{self.line(table.caption)}</caption>" if table.caption else ""
        inside = f"{caption}<colgroup>{widths}</colgroup><thead><tr>{names}</tr></thead><tbody>{rows}</tbody>"
        return f'<div class="scroll" tabindex="0" role="group" aria-label="table"><table>{inside}</table></div>'

    def cell(self, tag: str, column: int, content: str, table: d.Table) -> str:
        """A cell of the head ("th") or of a row ("td")."""
        scope = ' scope="col"' if tag == "th" else ""
        kind = ' class="number"' if column in table.numbers else ""
        return f"<{tag}{scope}{kind}>{content}</{tag}>"


def _marked(style: str, text: str) -> str:
    before, after = _MARKS.get(style, ("", ""))
    return f"{before}{html(text)}{after}"
