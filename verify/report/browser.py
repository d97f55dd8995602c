"""The proved checker in the reader's browser: what a page embeds to re-check its own certificates, offline, from disk.

`depthcheck.js`, beside this file, is generated: `make checker` builds the proved checker as
JavaScript and puts it here, so that a machine without Coq and OCaml has it too. Its first line
names the SHA-256 of the sources that it was built from (`checkers.sources`). Where the sources are
others today, it is stale, and no page embeds it.
"""

import json
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from .. import checkers
from ..files import write_bytes
from ..kernel.errors import BadInput, displayed
from .escape import html
from .recheck import Certificate, Record, Sources

PROGRAM = Path(__file__).with_name("depthcheck.js")
BUTTON = Path(__file__).with_name("browser.js")
RECHECK = "coq/checker/ml/browser/recheck.js"
FIRST = (
    "// depthcheck, proved in Coq, as JavaScript; made by `make checker` from sources with SHA-256 "
)


@dataclass(frozen=True)
class Item:
    """One certificate as a page embeds it, with the hashes of its networks."""

    name: str
    claim: str
    certificate: str
    networks: tuple[str, ...]


@dataclass(frozen=True)
class Again:
    """What a page needs to check its certificates again.

    It is the proved checker's text, the scripts, the certificates with their networks, and by whom they were accepted
    when the page was made.
    """

    program: str
    scripts: str
    items: tuple[Item, ...]
    networks: dict[str, str]
    accepted: str


def again(record: Record, sources: Sources, proofs: Path) -> Again:
    """Everything that stands in this record. `proofs`: the folder with the sources of the checker.

    Raises `BadInput` where depthcheck.js is stale, or a file changed since it was checked.
    """
    program = current(proofs)
    found = list({it.name: it for it in record.certificates if it.state == "holds"}.values())
    items, networks = list[Item](), dict[str, str]()
    for certificate in found:
        digests = tuple(sorted(set(json.loads(certificate.claim)["networks"].values())))
        place = sources.place(certificate.name)
        text = read(place.certificate, certificate.sha256).decode()
        items.append(Item(certificate.name, certificate.claim.decode(), text, digests))
        for digest in digests:
            networks[digest] = read(place.network(digest), digest).decode()
    scripts = _source(proofs / RECHECK) + _source(BUTTON)
    return Again(program, scripts, tuple(items), networks, _accepted(found))


def current(proofs: Path) -> str:
    """The text of depthcheck.js. Raises `BadInput` where it was not built from today's sources."""
    text = _source(PROGRAM)
    if built_from(text) != checkers.sources(proofs):
        wrong = "was built from other sources than today's, so no page has it: make checker"
        raise BadInput(displayed(str(PROGRAM)), wrong)
    return text


def built_from(text: str) -> str:
    """The hash of the sources that its first line names; "" where it names none.

    >>> built_from(FIRST + "1a2b\\n(function() {})")
    '1a2b'
    """
    line = text.partition("\n")[0]
    return line.removeprefix(FIRST) if line.startswith(FIRST) else ""


def _accepted(found: Sequence[Certificate]) -> str:
    """By whom the certificates were accepted when the page was made."""
    second = Counter(certificate.second for certificate in found)
    said = f"When this page was made, the Python kernel accepted the {len(found)} certificates in it"
    if not second["now"] and not second["as recorded"]:
        return f"{said}; depthcheck was not asked."
    if second["now"]:
        said += f", and the program depthcheck {second['now']} of them"
    if second["as recorded"]:
        said += f"; depthcheck is recorded to have accepted {second['as recorded']}"
    return f"{said}."


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        wrong = f"cannot be read, so no page has it: {_reason(error)}"
        raise BadInput(displayed(str(path)), wrong) from None


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def read(path: Path, digest: str) -> bytes:
    """A file that the kernel accepted. Raises `BadInput` where it has another hash now."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(displayed(str(path)), f"cannot be read: {_reason(error)}") from None
    if sha256(data).hexdigest() != digest:
        raise BadInput(displayed(str(path)), "changed since it was checked: run this again")
    return data


def policy(it: Again) -> str:
    """What the page's policy allows more: this script, by its hash, and its worker."""
    digest = b64encode(sha256(it.scripts.encode()).digest()).decode()
    return f"; script-src 'sha256-{digest}'; worker-src blob:"


def section(it: Again) -> str:
    """The section with the button; without JavaScript it says so."""
    count = len(it.items)
    how = (
        "The button checks them all again, here, by depthcheck: a checker that is proved sound in "
        "Coq, extracted to OCaml, and compiled to JavaScript by js_of_ocaml. It runs in this "
        "browser, without any request, on the claims, certificates and ReLU networks that this "
        "page holds. What it prints of a claim is compared with what the Python kernel printed, "
        "which is folded under each statement. Not proved are the extraction, js_of_ocaml, the "
        "reading of text, and the browser."
    )
    return (
        '<section id="recheck" aria-labelledby="recheck-title">'
        '<h2 id="recheck-title">Check it here</h2>'
        f"<p>{html(it.accepted)} {html(how)}</p>"
        f'<p class="run"><button type="button" hidden>'
        f"Re-check all {count} certificates in this page</button>"
        f'<progress hidden max="{count}" value="0" aria-label="certificates re-checked"></progress>'
        '<span class="line"></span></p><p class="said" role="status" aria-live="polite"></p>'
        "<noscript><p>Re-checking here wants JavaScript.</p></noscript></section>"
    )


def embedded(it: Again) -> str:
    """The data and the scripts, for the end of the page."""
    items = [vars(item) for item in it.items]
    value = {"items": items, "networks": it.networks}
    return (
        f'<script type="application/json" id="embedded-certificates">{_json(value)}</script>\n'
        f'<script type="application/json" id="embedded-checker">{_json(it.program)}</script>\n'
        f"<script>{it.scripts}</script>\n"
    )


def _json(value: object) -> str:
    """JSON in which nothing can end the element that it is in."""
    return json.dumps(value, ensure_ascii=True).replace("<", "\\u003c")


def put(built: Path, proofs: Path) -> str:
    """Puts the built checker in its place, under its sources' hash; a line of what was done."""
    text = f"{FIRST}{checkers.sources(proofs)}\n{_source(built)}"
    before = PROGRAM.read_text(encoding="utf-8") if PROGRAM.is_file() else ""
    if text == before:
        return f"{PROGRAM.name} in the package is as built"
    write_bytes(PROGRAM, text.encode())
    same = text.partition("\n")[2] == before.partition("\n")[2]
    what = "another program"
    if same:
        what = "the same program from other sources"
    return f"verify/report/{PROGRAM.name} is written anew, {what}: commit it"


def main() -> int:
    """`python -m verify.report.browser BUILT PROOFS`: puts the built checker in its place."""
    try:
        print(put(Path(sys.argv[1]), Path(sys.argv[2])))
    except BadInput as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
