"""The appendix: whole, self-contained, the same bytes twice; replaced only by a whole one; hostile names through every output."""

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from verify.cli import main
from verify.files import file_name
from verify.kernel.errors import Rejected
from verify.report import recheck, tex_file, typst_file
from verify.report.appendix import Extras, document
from verify.report.escape import anchor, plain
from verify.report.files import made
from verify.report.graph_layout import HIGH, WIDE
from verify.report.page import page
from verify.report.recheck import Sources

from .conftest import ROOT, entries

NETWORKS = Path(__file__).parents[1] / "networks"
TRICKS = [
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "javascript:alert(1)",
    "<!--",
    "-->",
    "]]>",
    "<svg/onload=alert(1)>",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&amp;",
    "<style>*{}</style>",
    "</style>",
    "<base href=//x>",
    r"\input{/etc/passwd}",
    r"\write18{touch x}",
    r"\immediate\write18{id}",
    "$x$",
    "$$",
    "%comment",
    "\\",
    "\\\\",
    "{",
    "}",
    "{}",
    "}{",
    "#1",
    "_",
    "^",
    "~",
    "&",
    "a_b^c",
    r"\end{document}",
    r"\begin{verbatim}",
    "``''",
    "--",
    "---",
    "!`",
    "?`",
    '"q"',
    r"\x",
    r"\def\x{\x}\x",
    "^^41",
    "^^M",
    "\\csname x",
    '#eval("1")',
    '#read("/etc/passwd")',
    '#import "x"',
    "*bold*",
    "_emph_",
    "`raw`",
    "= Heading",
    "- item",
    "+ item",
    "/ term: x",
    "<label>",
    "@ref",
    "$ x $",
    "#",
    "//comment",
    "/* */",
    "\\u{41}",
    "[x]",
    "]",
    "[",
    "#[",
    "#{",
    "}]",
    '"#panic()"',
    "https://example.org",
    "$(touch x)",
    "`touch x`",
    "; touch x",
    "| touch x",
    "&& touch x",
    "> x",
    "< x",
    "*",
    "?",
    "-rf",
    "--help",
    "../../x",
    "/etc/passwd",
    "C:\\x",
    "a/b",
    "a\\b",
    ".",
    "..",
    "con",
    "nul",
    "a" * 300,
    "\u202eabc",
    "\u2066abc\u2069",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u00ad",
    "\u0301",
    "e\u0301\u0301\u0301",
    "\u00e9",
    "漢字",
    "ﷺ",
    "😀",
    "👩‍👩‍👧",
    "\ud800",
    "\udfff",
    "\x00",
    "\x07",
    "\x1b[31mred",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\n",
    "\r\n",
    "\t",
    " ",
    "  ",
    "\u00a0",
    "\ue000",
    "\U0010ffff",
    "İ",
    "ß",
    "Δ^k",
    "x^(y)",
    "sawtooth.map",
    "a.b",
    "a.B<i>",
    "Ⅷ",
    "١",
    "ａ",
    "а",
]


def test_two_builds_have_the_same_bytes(sources: Sources) -> None:
    extras = Extras(networks=NETWORKS)
    first, second = (made(recheck.read(sources), extras, ("html", "pdf", "tex")) for _ in range(2))
    assert first == second
    assert {"appendix.html", "appendix.pdf", "appendix.tex", "figures/graph.pdf", "figures/half-triangles.pdf"} <= set(first)
    assert first["appendix.pdf"].startswith(b"%PDF-") and len(first["appendix.html"]) < 3_000_000
    assert not re.search(rb"CreationDate|ModDate", first["appendix.pdf"])


class Outline(HTMLParser):
    """What a browser would follow or run."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "link", "wbr", "col", "img", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_page_is_whole_and_leads_only_into_itself(sources: Sources) -> None:
    found = Outline(page(document(recheck.read(sources), Extras(networks=NETWORKS))))
    assert not found.open
    assert not {"script", "iframe", "object", "embed", "img", "form"} & set(found.tags)
    names = [value for name, value in found.attributes if name == "id"]
    assert len(names) == len(set(names))
    links = [value for name, value in found.attributes if name in ("href", "src", "xlink:href", "action")]
    assert {link for link in links if link != "data:,"} <= {f"#{name}" for name in names}
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert "math" in found.tags and found.tags.count("h1") == 1


def test_what_the_reader_must_be_told(sources: Sources) -> None:
    said = "".join(Outline(page(document(recheck.read(sources)))).said)
    told = ("not about their execution in float32", "rests on something open", "x = -1/4, found = 0", "it is 1", "Benefits of depth")
    for words in (*told, "SHA-256", "ms when recorded", "as coqc prints", "Errata"):
        assert words in said


def hostile() -> recheck.Record:
    """Every text that is printed, and the theorems' names, which the readers would refuse."""
    tricks = list(dict.fromkeys(TRICKS))
    theorems = []
    for number, trick in enumerate(tricks):
        said = dict.fromkeys(("name", "says", "note", "source", "statement"), trick)
        theorems.append({**said, "counterexample": {trick: trick}, "true": number % 2 == 0})
    theorems[0]["rests_on"] = tricks[1:9]
    return entries(*theorems)


def test_hostile_names_in_the_page() -> None:
    assert len(set(TRICKS)) >= 100
    record = hostile()
    found = Outline(page(document(record)))
    assert not found.open and not {"script", "img", "iframe", "base", "b", "i"} & set(found.tags) and found.tags.count("style") == 1
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    said = "".join(found.said)
    for trick in TRICKS:
        assert plain(trick) in said
    assert len({anchor(trick) for trick in TRICKS}) == len(set(TRICKS))
    page(document(record)).encode()  # no lone surrogate is left


def test_hostile_names_in_typst_and_pdf() -> None:
    record = hostile()
    data = made(record, Extras(), ("pdf",))["appendix.pdf"]
    assert data.startswith(b"%PDF-")
    source = typst_file.source(document(record))
    strings = re.sub(r'"(?:[^"\\]|\\.)*"', '""', source.split("#let listing", 1)[1])
    for word in ("eval", "read(", "import", "panic", "passwd"):
        assert word not in strings


def test_hostile_names_in_tex() -> None:
    source = tex_file.source(document(hostile()))
    assert source.isascii()
    body = re.sub(r"\\[\\{}$&#%_^~]", "", source.split("\\begingroup\\sloppy", 1)[1])
    assert body.count("{") == body.count("}")
    for word in (r"\input", r"\write", r"\immediate", r"\def", r"\csname", r"\end{document}", "^^"):
        assert word not in body
    assert not re.search(r"(?<!\\)[$#~%]", body)


def test_hostile_file_names() -> None:
    for trick in TRICKS:
        name = file_name(trick)
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name) and len(name) <= 200 and ".." not in name.strip("abc/.")


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_command(sources: Sources, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert run("appendix", "--proofs", sources.proofs, "--out", out, "--only", "html", "--networks", tmp_path) == 0
    assert (out / "appendix.html").is_file() and not (out / "appendix.pdf").exists()
    assert not list(out.glob(".new*"))
    kept = (out / "appendix.html").read_bytes()
    sources.place("sawtooth.map").certificate.unlink()
    assert run("appendix", "--proofs", sources.proofs, "--out", out, "--only", "html") == Rejected.exit_code
    assert "sawtooth.map: there is no map.certificate.json" in capsys.readouterr().err
    assert b"missing" in (out / "appendix.html").read_bytes() != kept


def test_an_old_appendix_stays_where_no_new_one_can_be_made(sources: Sources, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert run("appendix", "--proofs", sources.proofs, "--out", out, "--only", "html") == 0
    kept = (out / "appendix.html").read_bytes()
    for path in sources.theorems.glob("*/*.record.json"):
        path.unlink()
    assert run("appendix", "--proofs", sources.proofs, "--out", out) == 2
    assert "expected records NAME.record.json" in capsys.readouterr().err and (out / "appendix.html").read_bytes() == kept


def test_a_folder_that_cannot_be_written(sources: Sources, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert run("appendix", "--proofs", sources.proofs, "--out", tmp_path / "file" / "x", "--only", "html") == 2
    error = capsys.readouterr().err
    assert "cannot be written" in error and error.count("\n") == 1


def test_report_does_not_prove(sources: Sources) -> None:
    code = (
        "import sys; from verify.cli import main; main(sys.argv[1:]); "
        "found = {'z3', 'cvc5', 'verify.search', 'verify.evidence'} & set(sys.modules); sys.exit(str(found) if found else 0)"
    )
    import sys

    command = [
        sys.executable,
        "-c",
        code,
        "appendix",
        "--proofs",
        str(sources.proofs),
        "--out",
        str(sources.proofs / "out"),
        "--only",
        "html",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def inside(box, x, y):
    left, top = box.place
    return left < x < left + WIDE and top < y < top + HIGH


def test_graph_routes_pass_no_box_and_lanes_are_no_theorems() -> None:
    from verify.report import graph

    names = ["\0", "0 x", "x", "1 x", "y"]
    theorems = [{"name": name, "rests_on": names[:number]} for number, name in enumerate(names)]
    plan = graph.plan(entries(*theorems).entries)
    assert [box.name for box in plan.boxes] == names and len(plan.routes) == 10
    for route in plan.routes:
        for x, y in route[1:-1]:
            assert not any(inside(box, x, y) for box in plan.boxes)
            assert 0 < x < plan.width and 0 < y < plan.height
