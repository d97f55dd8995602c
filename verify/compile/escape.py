"""Display names, made safe for the place where they are shown. Inside, every name is generated;
these are only for reading."""

_TEX = {
    "{": r"\{", "}": r"\}", "_": r"\_", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", " ": r"\ ",
    "\\": r"{\backslash}", "^": r"{\wedge}", "~": r"{\sim}", "|": r"{\vert}", "'": r"{\prime}",
}  # fmt: skip
LONGEST = 80


def visible(name: str) -> str:
    """The name with every character that does not print as U+…, cut at 80 characters: controls,
    surrogates, direction marks.

    >>> visible("f\\n")
    'fU+000A'
    """
    shown = "".join(map(_visible, name[: LONGEST + 1]))
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def _visible(c: str) -> str:
    return c if c.isprintable() else _code(c)


def latex_name(name: str) -> str:
    """The name for LaTeX's math mode, in ASCII: a single letter as it is, anything else upright and
    escaped.

    >>> latex_name("f_1")
    '\\\\mathrm{f\\\\_1}'
    """
    if len(name) == 1 and name.isascii() and name.isalpha():
        return name
    body = "".join(map(_in_tex, name[:LONGEST]))
    return rf"\mathrm{{{body}}}"


def _in_tex(character: str) -> str:
    if character.isascii() and character.isprintable():
        return _TEX.get(character, character)
    return _code(character)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def comment(text: str) -> str:
    """Text for a line comment: printable ASCII only, everything else as \\x, \\u escapes, so that
    no line can end in it."""
    shown = ascii(text[: LONGEST + 1])[1:-1]
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 3] + "..."
