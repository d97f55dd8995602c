"""Foreign text made harmless, for each place where it is written: HTML, TeX, Typst.

Nothing is dropped: what cannot be shown is shown as its number.
"""

import unicodedata
from html import escape as _html

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "^": r"\textasciicircum{}",
    "_": r"\_", "~": r"\textasciitilde{}", "%": r"\%", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "'": r"\textquotesingle{}", "`": r"\textasciigrave{}", "-": "-{}",
    "–": "--", "—": "---", "…": r"\dots{}", "⋯": r"\ensuremath{\cdots}",
    "’": "'{}", "‘": "`{}", "“": "``{}", "”": "''{}", "[": "{[}", "]": "{]}", "!": "!{}",
    "?": "?{}", ",": ",{}",
}  # fmt: skip
_TEX_MATHS = {
    "⅓": r"\tfrac13", "⅔": r"\tfrac23", "⅛": r"\tfrac18", "⅜": r"\tfrac38", "⅝": r"\tfrac58", "⅞": r"\tfrac78",
    "⅙": r"\tfrac16", "∂": r"\partial", "∇": r"\nabla", "⇔": r"\Leftrightarrow", "↔": r"\leftrightarrow",
    "←": r"\leftarrow", "Π": r"\Pi", "γ": r"\gamma", "η": r"\eta", "κ": r"\kappa", "ω": r"\omega", "ψ": r"\psi",
    "Ω": r"\Omega", "⊤": r"\top", "⊥": r"\perp", "Δ": r"\Delta", "ℝ": r"\mathbb{R}", "ℤ": r"\mathbb{Z}",
    "ℕ": r"\mathbb{N}", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "∈": r"\in", "∉": r"\notin", "∫": r"\int",
    "∑": r"\sum", "Σ": r"\Sigma", "∏": r"\prod", "σ": r"\sigma", "∘": r"\circ", "·": r"\cdot", "×": r"\times",
    "−": "-", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "∞": r"\infty", "→": r"\to",
    "⇒": r"\Rightarrow", "∀": r"\forall", "∃": r"\exists", "¬": r"\neg", "∧": r"\wedge", "∨": r"\vee",
    "½": r"\tfrac12", "¼": r"\tfrac14", "¾": r"\tfrac34", "√": r"\surd", "ε": r"\varepsilon", "δ": r"\delta",
    "α": r"\alpha", "β": r"\beta", "λ": r"\lambda", "π": r"\pi", "μ": r"\mu", "φ": r"\varphi", "τ": r"\tau",
    "ρ": r"\rho", "θ": r"\theta", "≈": r"\approx", "‖": r"\|", "±": r"\pm", "∪": r"\cup", "∩": r"\cap",
    "⊂": r"\subset", "⊆": r"\subseteq", "∖": r"\setminus", "∅": r"\emptyset", "≡": r"\equiv", "∣": r"\mid",
    "∼": r"\sim", "↦": r"\mapsto", "′": "'", "°": r"^\circ", "⁻": "^{-}", "⟨": r"\langle", "⟩": r"\rangle",
}  # fmt: skip
_RAISED, _LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
_LATIN = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿ"
_ACCENTS = {"\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u030a": "r ", "\u0327": "c "}
_PDF_FONT = {*"‘’“”–—…′″§©«»¹²³¡¿⋯ₖᵢⱼₙ𝟙", *_LATIN, *_TEX_MATHS, *_RAISED, *_LOWERED}


def plain(text: str) -> str:
    """Text that a reader can trust.

    Control, format, direction and private characters, lone surrogates and spaces other than the usual one are
    shown as their numbers.

    >>> plain("a b\\u202e")
    'a b\\\\u{202e}'
    """
    return "".join(map(_plain_letter, text))


def _plain_letter(c: str) -> str:
    is_control_or_space = unicodedata.category(c)[0] in "CZ"
    if is_control_or_space and c != " ":
        return _numbered(c)
    return c


def _numbered(c: str) -> str:
    return f"\\u{{{ord(c):04x}}}"


def html(text: str) -> str:
    """Text as HTML, also inside quoted attributes.

    >>> html("a < b")
    'a &lt; b'
    """
    return _html(plain(text), quote=True)


def printable(text: str) -> str:
    """Text with only those letters that the fonts inside the PDF have; every other one as its number.

    >>> printable("Δ 木")
    'Δ \\\\u{6728}'
    """
    return "".join(map(_printable_letter, plain(text)))


def _printable_letter(c: str) -> str:
    if " " <= c <= "~" or c in _PDF_FONT:
        return c
    return _numbered(c)


def tex(text: str) -> str:
    r"""Text as LaTeX, for pdflatex and later engines.

    >>> print(tex("50 % of é"))
    50 \% of \'{e}
    """
    return "".join(map(_tex_letter, plain(text)))


def _tex_letter(c: str) -> str:
    if c in _TEX:
        return _TEX[c]
    if c in _TEX_MATHS:
        return rf"\ensuremath{{{_TEX_MATHS[c]}}}"
    if c in _RAISED:
        return rf"\ensuremath{{^{{{_RAISED.index(c)}}}}}"
    if c in _LOWERED:
        return rf"\ensuremath{{_{{{_LOWERED.index(c)}}}}}"
    if c.isascii():
        return c
    parts = unicodedata.normalize("NFD", c)  # a letter and its accent
    if c in _LATIN and len(parts) == 2 and parts[1] in _ACCENTS:
        return rf"\{_ACCENTS[parts[1]]}{{{parts[0]}}}"
    return rf"\texttt{{U+{ord(c):04X}}}"


def anchor(name: str) -> str:
    """The name as a fragment of an address and as a label of TeX, which lasts between versions; one to one.

    What is not a letter, a digit, a dot, a hyphen or an underscore is written as :number:, in base 16.

    >>> anchor("sawtooth.map"), anchor("a b")
    ('t-sawtooth.map', 't-a:20:b')
    """
    return "t-" + "".join(map(_anchor_letter, name))


def _anchor_letter(c: str) -> str:
    if c.isascii() and (c.isalnum() or c in "._-"):
        return c
    return f":{ord(c):x}:"
