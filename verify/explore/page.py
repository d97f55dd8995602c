"""The explorer as one file: the template with theorems, script, style and data put in.

In the template `{{theorems NAME …}}` is a list of theorems with their grades as they stand,
`{{figure}}` the frame that the script fills, and `{{style}}`, `{{script}}`, `{{data}}`,
`{{policy}}` what they say.
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from ..kernel.errors import BadInput, OverBudget
from ..report.escape import html
from ..report.gloss import parts
from ..report.page_style import STYLE
from ..report.recheck import Entry
from .content import Networks, cited, data, named
from .script import script

MOST_BYTES = 1_500_000
FOLDER = Path(__file__).parent
FIGURE = (
    '<figure><div class="controls"></div><div class="picture"></div>'
    '<figcaption class="words" role="status" aria-live="polite"></figcaption>'
    '<dl class="facts"></dl></figure>'
)
_MARK = re.compile(r"\{\{([a-z]+)([^{}]*)\}\}")


def names() -> list[str]:
    """The theorems that the page names, first those listed below its pictures."""
    found = list[str]()
    for match in _MARK.finditer(_file("template.html")):
        found += match[2].split()
    return list(dict.fromkeys([*found, *named()]))


def page(entries: Mapping[str, Entry], networks: Networks) -> str:
    """The page's text, with theorems as they stand; the same data give the same bytes.

    Raises `BadInput` where a theorem is missing that the page shows, `OverBudget` where the page would be too large.
    """
    missing = [name for name in names() if name not in entries]
    if missing:
        raise BadInput("", f"expected a theorem {missing[0]}, found none of that name")
    code = script()
    digest = b64encode(sha256(code.encode()).digest()).decode()
    policy = f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'"
    texts = {
        "figure": FIGURE,
        "style": STYLE + _file("style.css"),
        "script": code,
        "data": json.dumps(data(entries, networks), separators=(",", ":")).replace("<", "\\u003c"),
        "policy": f"{policy}; base-uri 'none'; form-action 'none'",
    }

    def filled(match: re.Match[str]) -> str:
        if match[1] == "theorems":
            return _theorems(entries, match[2].split())
        return texts[match[1]]

    text = _MARK.sub(filled, _file("template.html"))
    size = len(text.encode())
    if size > MOST_BYTES:
        reason = f"a page of {size:,} bytes; at most {MOST_BYTES:,}: fewer or smaller networks"
        raise OverBudget("", reason)
    return text


def _theorems(entries: Mapping[str, Entry], listed: list[str]) -> str:
    items = "".join(f"<li>{_theorem(entries[name])}</li>" for name in listed)
    return f'<aside class="theorems"><h3>What is proved</h3><ul>{items}</ul></aside>'


def _theorem(entry: Entry) -> str:
    found = cited(entry)
    badges = "".join(
        f'<span class="badge {html(kind)}">{html(text)}</span>' for kind, text in found["badges"]
    )
    name = html(entry.name).replace(".", ".<wbr>")
    link = f'<a href="{html(found["link"])}"><code>{name}</code></a>'
    return f"{link} {badges} {_prose(entry.facts['statement'])}"


def _prose(text: str) -> str:
    """An author's words, with what is raised and lowered."""
    found = ""
    for kind, words in parts(text, frozenset()):
        if kind == "up":
            found += f"<sup>{html(words)}</sup>"
        elif kind == "down":
            found += f"<sub>{html(words)}</sub>"
        else:
            found += html(words)
    return found


def _file(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
