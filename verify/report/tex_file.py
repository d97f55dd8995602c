"""The document as LaTeX for inclusion in a paper: a fragment without preamble, for pdflatex and later engines."""

from collections.abc import Sequence

from . import document as d
from .escape import anchor, tex
from .gloss import woven
from .notation import Setter
from .shapes import TeX

LABELS = r"""\makeatletter
\providecommand{\depthprooflabel}[2]{\@ifundefined{phantomsection}{}{\phantomsection}%
  \begingroup\def\@currentlabel{#2}\def\@currentlabelname{#2}\label{#1}\endgroup}
\providecommand{\depthprooflink}[2]{\@ifundefined{hyperref}{#2}{\@ifundefined{r@#1}{#2}{\hyperref[#1]{#2}}}}
\makeatother
"""
SETTING = r"\begingroup\sloppy\setlength{\parindent}{0pt}\setlength{\parskip}{.4em plus .2em}"
_HEAD = r"""% Include in a paper with \input{appendix}; the preamble needs
%   \usepackage[T1]{fontenc} \usepackage{amsmath,amssymb,graphicx,longtable,array,textcomp,hyperref}
% Figures are in figures/, as PDF. Written by depthproof appendix; the same files give the same bytes.
% Every theorem has a label, t-NAME: \ref{t-sawtooth.identity} prints its name, \pageref its page.
"""
_LEVELS = {1: "section", 2: "subsection", 3: "paragraph"}
_MARKS = {  # text of a style, and what an author's prose raises and lowers
    "strong": r"\textbf{{{}}}",
    "up": r"\textsuperscript{{{}}}",
    "down": r"\textsubscript{{{}}}",
}


def source(document: d.Document) -> str:
    r"""The fragment. A heading of level 1 becomes a \section, so that the paper's own class decides how it looks.

    >>> source(d.Document("A title", [d.Paragraph(d.text("50 %"))])).splitlines()[-3:]
    ['50 \\%', '', '\\endgroup']
    """
    write = Writer(document.names, d.anchors(document))
    blocks = "\n".join(write.block(block) for block in document.blocks)
    return f"{_HEAD}{LABELS}{SETTING}\n{blocks}\n\\endgroup\n"


class Writer:
    """Writes parts of a document as TeX; `anchors`: the labels that the paper will have."""

    def __init__(self, names: frozenset[str], anchors: set[str]) -> None:
        self.names, self.anchors = names, anchors

    def line(self, line: d.Line, usual: frozenset[str] = frozenset()) -> str:
        return "".join(self.inline(part, usual) for part in line)

    def inline(self, part: d.Inline, usual: frozenset[str]) -> str:
        if isinstance(part, d.Formula):
            return Setter(TeX(), usual | part.usual).whole(part.node)
        if isinstance(part, d.Prose):
            return self.prose(part.text)
        if isinstance(part, d.Reference):
            return self.reference(part.name)
        if isinstance(part, d.Badge):
            return rf"\textsc{{{tex(part.text.lower())}}} "
        if part.style == "code":
            return rf"\texttt{{{breakable(part.text)}}}"
        return _marked(part.style, part.text)

    def prose(self, text: str) -> str:
        return woven(text, self.names, self.reference, _marked)

    def reference(self, name: str) -> str:
        code = rf"\texttt{{{breakable(name)}}}"
        label = anchor(name)
        return rf"\depthprooflink{{{label}}}{{{code}}}" if label in self.anchors else code

    def block(self, block: d.Block) -> str:
        if isinstance(block, d.Heading):
            words = self.line(block.content)
            label = rf"\depthprooflabel{{{block.anchor}}}{{{words}}}" if block.anchor else ""
            return f"\n\\{_LEVELS[block.level]}*{{{words}}}{label}"
        if isinstance(block, d.Paragraph):
            return self.line(block.content) + "\n"
        if isinstance(block, d.Facts):
            items = [rf"\item[\textnormal{{\small {tex(label)}}}] {self.line(line)}" for label, line in block.rows]
            lines = [r"\begin{description}\setlength{\itemsep}{0pt}", *items, r"\end{description}"]
            return "\n".join(lines)
        if isinstance(block, d.Table):
            return self.table(block)
        if isinstance(block, d.Display):
            return _quoted(block.title, _broken([self.line(line, block.usual) for line in block.lines]))
        if isinstance(block, d.Printed):
            return ""
        if isinstance(block, d.Listing):
            lines = [_indented(line) for line in block.text.split("\n")]
            return _quoted(block.title, rf"{{\small\ttfamily {_broken(lines)}}}")
        file = f"figures/{block.name}.pdf"
        picture = rf"\includegraphics[width=\linewidth,height=.8\textheight,keepaspectratio]{{{file}}}"
        return rf"\begin{{figure}}[htbp]\centering{picture}\caption{{{self.line(block.caption)}}}\end{{figure}}"

    def table(self, table: d.Table) -> str:
        columns = "".join(rf">{{\raggedright\arraybackslash}}p{{{width:.3f}\linewidth}}" for width in _widths(table))
        names = [rf"\textbf{{{self.line([d.Prose(name)])}}}" for name in table.head]
        rows = [" & ".join(map(self.line, row)) + r" \\" for row in table.rows]
        lines = [rf"{{\small\begin{{longtable}}{{{columns}}}", " & ".join(names) + r" \\ \hline\endhead", *rows]
        if table.caption:
            lines.insert(0, self.line(table.caption))
        return "\n".join([*lines, r"\end{longtable}}"])


def _widths(table: d.Table) -> list[float]:
    """The widths of a table's columns, as parts of a line's."""
    shares = table.shares or [1] * len(table.head)
    room = 1 - 0.028 * len(shares)  # without the space between columns
    return [room * share / sum(shares) for share in shares]


def _quoted(title: str, body: str) -> str:
    r"""A body under its title, set as a quotation."""
    return f"\\begin{{quote}}\\raggedright\\textit{{{tex(title)}}}\\\\\n{body}\n\\end{{quote}}"


def _broken(lines: Sequence[str]) -> str:
    return "\\\\\n".join(lines)


def breakable(text: str) -> str:
    r"""Code in which a line may end after a dot and in a long hash.

    >>> print(breakable("sawtooth.map"))
    sawtooth.\allowbreak{}map
    """
    is_long_word = len(text) >= 40 and " " not in text
    if is_long_word:
        pieces = [text[i : i + 16] for i in range(0, len(text), 16)]
        return r"\allowbreak{}".join(map(tex, pieces))
    return r".\allowbreak{}".join(map(tex, text.split(".")))


def _indented(line: str) -> str:
    """A line of a listing; its spaces before the first letter are kept."""
    body = line.lstrip(" ")
    return rf"\hspace*{{{len(line) - len(body)}ex}}{tex(body)}" if body else r"\mbox{}"


def _marked(style: str, text: str) -> str:
    return _MARKS.get(style, "{}").format(tex(text))
