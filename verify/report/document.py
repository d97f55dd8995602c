"""A document as a tree of few kinds of parts; HTML, Typst and TeX are three ways to write each kind down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .formula import Node
from .picture import Picture


@dataclass(frozen=True)
class Text:
    """Words as they are, in this style: plain, code, strong or quiet."""

    text: str
    style: str = "plain"


@dataclass(frozen=True)
class Prose:
    """An author's words with mathematics in Unicode.

    In x^(k−1) and m_i the exponent is raised and the index lowered; names of theorems become links. Where the words
    were broken into lines they run on.
    """

    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", _run_on(self.text))


@dataclass(frozen=True)
class Formula:
    """Mathematics that was read from a claim.

    `usual`: those of its symbols that are declared as usual, and so shown as usual.
    """

    node: Node
    usual: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reference:
    """A link to a theorem of this document, by its name."""

    name: str


@dataclass(frozen=True)
class Badge:
    """A grade or a state, such as KERNEL or stale."""

    kind: str
    text: str


Inline = Text | Prose | Formula | Reference | Badge
Line = Sequence[Inline]


@dataclass(frozen=True)
class Heading:
    """The title of a section; of level 1, that of the document. `anchor`: what links name."""

    level: int
    content: Line
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Lines of words."""

    content: Line


@dataclass(frozen=True)
class Facts:
    """Labels with what is said of each."""

    rows: Sequence[tuple[str, Line]]


@dataclass(frozen=True)
class Table:
    """Rows of cells under a head.

    `numbers`: the columns that hold numbers, which are set to the right. `shares`: the widths of the columns, relative.
    """

    caption: Line
    head: Sequence[str]
    rows: Sequence[Sequence[Line]]
    numbers: frozenset[int] = frozenset()
    shares: Sequence[int] = ()


@dataclass(frozen=True)
class Display:
    """Lines of mathematics that a checker read, under a title that says which."""

    title: str
    lines: Sequence[Line]
    usual: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Listing:
    """Text as a program printed it."""

    title: str
    text: str


@dataclass(frozen=True)
class Printed:
    """What the checkers print of this certificate.

    Only a page shows it, folded: there it can be compared with what is printed when the certificate is checked again.
    """

    certificate: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A picture by its name among the document's files, with a caption.

    `inline` is its SVG for a page; `words` say what it shows, for those who do not see it.
    """

    name: str
    caption: Line
    inline: str
    words: str


Block = Heading | Paragraph | Facts | Table | Display | Listing | Printed | Figure


@dataclass(frozen=True)
class Document:
    """Blocks under a title. `names`: the theorems that it has sections for; `images`: by the figures' names."""

    title: str
    blocks: Sequence[Block]
    names: frozenset[str] = frozenset()
    images: Mapping[str, Picture] = field(default_factory=dict)


def text(words: str) -> Line:
    """A line of plain words.

    >>> text("for all x")
    (Text(text='for all x', style='plain'),)
    """
    return (Text(_run_on(words)),)


def _run_on(words: str) -> str:
    """The words on one line."""
    return " ".join(words.splitlines()) if "\n" in words else words


def anchors(document: Document) -> set[str]:
    """What links inside a document may name.

    >>> anchors(Document("A title", [Heading(2, text("Summary"), "summary")]))
    {'summary'}
    """
    return {block.anchor for block in document.blocks if isinstance(block, Heading) and block.anchor}
