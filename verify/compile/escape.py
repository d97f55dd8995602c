"""Display names, made safe for the place where they are shown. Inside, every name is generated; these are only for reading."""

_TEX = {
    "\\": r"{\backslash}", "{": r"\{", "}": r"\}", "_": r"\_", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "^": r"{\wedge}",
    "~": r"{\sim}", " ": r"\ ", "|": r"{\vert}", "'": r"{\prime}",
}  # fmt: skip
LONGEST = 80


def visible(name: str) -> str:
    """The name with every character that does not print (controls, surrogates, direction marks) as U+…, cut at 80 characters."""
    shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in name[: LONGEST + 1])
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def latex_name(name: str) -> str:
    """The name for LaTeX's math mode, in ASCII: a single letter as it is, anything else upright and escaped."""
    if len(name) == 1 and name.isascii() and name.isalpha():
        return name
    body = "".join(_TEX.get(c, c) if c.isascii() and c.isprintable() else f"U+{ord(c):04X}" for c in name[:LONGEST])
    return rf"\mathrm{{{body}}}"


def comment(text: str) -> str:
    """Text for a line comment: printable ASCII only, everything else as \\x, \\u escapes, so that no line can end in it."""
    shown = ascii(text[: LONGEST + 1])[1:-1]
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 3] + "..."
