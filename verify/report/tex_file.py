"""The document as LaTeX for inclusion in a paper: a fragment without preamble, for pdflatex and later engines."""

from . import document as d
from .escape import anchor, tex
from .gloss import parts
from .notation import Setter, TeX

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


def source(document: d.Document) -> str:
    """The fragment. A heading of level 1 becomes a \\section, so that the paper's own class decides how it looks."""
    write = Writer(document.names, {block.anchor for block in document.blocks if isinstance(block, d.Heading) and block.anchor})
    head = f"{_HEAD}{LABELS}{SETTING}\n"
    return head + "\n".join(write.block(block) for block in document.blocks) + "\n\\endgroup\n"


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
            marks = {"plain": "{}", "up": r"\textsuperscript{{{}}}", "down": r"\textsubscript{{{}}}"}
            return "".join(
                self.reference(text) if kind == "name" else marks[kind].format(tex(text)) for kind, text in parts(part.text, self.names)
            )
        if isinstance(part, d.Reference):
            return self.reference(part.name)
        if isinstance(part, d.Badge):
            return rf"\textsc{{{tex(part.text.lower())}}} "
        style = {"code": r"\texttt{{{}}}", "strong": r"\textbf{{{}}}"}.get(part.style, "{}")
        return style.format(breakable(part.text) if part.style == "code" else tex(part.text))

    def reference(self, name: str) -> str:
        shown = rf"\texttt{{{breakable(name)}}}"
        return rf"\depthprooflink{{{anchor(name)}}}{{{shown}}}" if anchor(name) in self.anchors else shown

    def block(self, block: d.Block) -> str:
        if isinstance(block, d.Heading):
            level = {1: "section", 2: "subsection"}.get(block.level, "paragraph")
            words = self.line(block.content)
            label = rf"\depthprooflabel{{{block.anchor}}}{{{words}}}" if block.anchor else ""
            return f"\n\\{level}*{{{words}}}{label}"
        if isinstance(block, d.Paragraph):
            return self.line(block.content) + "\n"
        if isinstance(block, d.Facts):
            items = "".join(rf"\item[\textnormal{{\small {tex(label)}}}] {self.line(line)}" + "\n" for label, line in block.rows)
            return "\\begin{description}\\setlength{\\itemsep}{0pt}\n" + items + "\\end{description}"
        if isinstance(block, d.Table):
            return self.table(block)
        if isinstance(block, d.Statement):
            lines = "\\\\\n".join(self.line(line, block.usual) for line in block.lines)
            return f"\\begin{{quote}}\\raggedright\\textit{{{tex(block.title)}}}\\\\\n{lines}\n\\end{{quote}}"
        if isinstance(block, d.Printed):
            return ""
        if isinstance(block, d.Listing):
            lines = "\\\\\n".join(_indented(line) for line in block.text.split("\n"))
            return f"\\begin{{quote}}\\raggedright\\textit{{{tex(block.title)}}}\\\\\n{{\\small\\ttfamily {lines}}}\n\\end{{quote}}"
        caption = self.line(block.caption)
        picture = rf"\includegraphics[width=\linewidth,height=.8\textheight,keepaspectratio]{{figures/{block.name}.pdf}}"
        return rf"\begin{{figure}}[htbp]\centering{picture}\caption{{{caption}}}\end{{figure}}"

    def table(self, table: d.Table) -> str:
        shares = list(table.shares or [1] * len(table.head))
        room = 1 - 0.028 * len(shares)
        columns = "".join(rf">{{\raggedright\arraybackslash}}p{{{room * share / sum(shares):.3f}\linewidth}}" for share in shares)
        head = " & ".join(rf"\textbf{{{self.line([d.Prose(name)])}}}" for name in table.head) + r" \\ \hline\endhead"
        rows = "\n".join(" & ".join(self.line(cell) for cell in row) + r" \\" for row in table.rows)
        caption = self.line(table.caption) + "\n" if table.caption else ""
        return f"{caption}{{\\small\\begin{{longtable}}{{{columns}}}\n{head}\n{rows}\n\\end{{longtable}}}}"


def breakable(text: str) -> str:
    """Code in which a line may end after a dot and in a long hash."""
    pieces = [text[i : i + 16] for i in range(0, len(text), 16)] if len(text) >= 40 and " " not in text else text.split(".")
    joined = r"\allowbreak{}" if len(text) >= 40 and " " not in text else r".\allowbreak{}"
    return joined.join(map(tex, pieces))


def _indented(line: str) -> str:
    body = line.lstrip(" ")
    return rf"\hspace*{{{len(line) - len(body)}ex}}{tex(body)}" if body else r"\mbox{}"
