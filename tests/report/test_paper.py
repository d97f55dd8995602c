"""A paper that cites: what is read of its TeX, what is re-checked, what is told and where, what is
written for the style file."""

import json
import re
import shutil
from pathlib import Path

import pytest

from verify.cli import main
from verify.kernel.errors import BadInput
from verify.layout import Place
from verify.report import paper_source
from verify.report.paper_source import GONE, visible
from verify.report.recheck import Sources

from .conftest import theorem


def cited(tmp_path: Path, text: str) -> list[tuple[str, str, int, int]]:
    path = tmp_path / "paper.tex"
    path.write_text(text)
    return [(it.name, it.grade, it.line, it.column) for it in paper_source.read(path).citations]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"\depthproof{a.b}", [("a.b", "", 1, 1)]),
        ("x\n  \\depthproof*{a.b}", [("a.b", "", 2, 3)]),
        (r"\depthproof [kernel] {a.b}", [("a.b", "KERNEL", 1, 1)]),
        (r"\begin{certified}{a}\end{certified}", [("a", "", 1, 1)]),
        (r"\begin {certified}[COQ]{a}", [("a", "COQ", 1, 1)]),
        ("% \\depthproof{a}\n\\depthproof{b}", [("b", "", 2, 1)]),
        (r"50\% \depthproof{a}", [("a", "", 1, 6)]),
        (r"\\% \depthproof{a}", []),
        (r"\\\% \depthproof{a}", [("a", "", 1, 6)]),
        (r"\\depthproof{a}", []),
        ("\\depthproof{saw%\n   tooth.map}", [("sawtooth.map", "", 1, 1)]),
        ("\\depthproof% why\n  [COQ]%\n{a}", [("a", "COQ", 1, 1)]),
        (r"\verb|\depthproof{a}| \depthproof{b}", [("b", "", 1, 23)]),
        (r"\verb*+\depthproof{a}+\depthproof{b}", [("b", "", 1, 23)]),
        (r"\verb|50%| \depthproof{b}", [("b", "", 1, 12)]),
        (r"\lstinline{\depthproof}. \depthproof{b}.", [("b", "", 1, 26)]),
        (r"\lstinline[language=TeX]!\depthproof{a}! \depthproof{b}", [("b", "", 1, 42)]),
        (r"\mintinline{tex}{\depthproof} \depthproof{b}", [("b", "", 1, 31)]),
        (
            "\\begin{verbatim}\n\\depthproof{a} % \n\\end{verbatim}\\depthproof{b}",
            [("b", "", 3, 15)],
        ),
        (r"\begin{lstlisting}\depthproof{a}\end{lstlisting}", []),
        (r"\begin{comment}\depthproof{a}\end{comment}", []),
        (r"% \begin{verbatim}" + "\n" + r"\depthproof{a}", [("a", "", 2, 1)]),
        (r"\end{document} \depthproof{a}", []),
        ("% \\end{document}\n\\depthproof{a}", [("a", "", 2, 1)]),
        (r"\depthproofs{a} \depthproofappendix{b} \begin{certifiedx}{c}", []),
        (r"\depthproof{#1}", [("#1", "", 1, 1)]),
        (r"\depthproof", [("", "", 1, 1)]),
        ("é \\depthproof{a}\r\n\\depthproof{b}", [("a", "", 1, 3), ("b", "", 2, 1)]),
    ],
)
def test_what_is_cited(tmp_path: Path, text: str, found: list[tuple[str, str, int, int]]) -> None:
    assert cited(tmp_path, text) == found


@pytest.mark.parametrize(
    "text", ["", "\\", "%", "a%", "\\verb", "\\verb|x", "\\begin{verbatim}", "\\%"]
)
def test_what_is_hidden_keeps_its_place(text: str) -> None:
    seen = visible(text)
    assert len(seen) == len(text)
    assert all(letter == GONE or letter == text[at] for at, letter in enumerate(seen))


def test_files_below_the_folder_are_followed_and_others_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    (folder / "parts").mkdir(parents=True)
    (tmp_path / "outside.tex").write_text(r"\depthproof{outside}")
    (folder / "parts" / "one.tex").write_text("\n\\depthproof{one}\\input{parts/two}")
    (folder / "parts" / "two.tex").write_text(r"\depthproof{two}\include{main}\input{parts/one}")
    (folder / "bare.tex").write_text(r"\depthproof{bare}")
    text = "\\input{parts/one}\\input bare \\input{../outside} \\include{none}%\\input{no}\n\\includegraphics{x}"
    (folder / "main.tex").write_text(text)
    read = paper_source.read(folder / "main.tex")
    assert {it.name for it in read.citations} == {"one", "two", "bare"}
    assert {it.place for it in read.citations if it.name == "one"} == {
        f"{folder}/parts/one.tex:2:1"
    }
    assert len(read.files) == 4
    assert read.notes == (
        f'{folder}/main.tex:1:30: no file "../outside" below the paper\'s folder; not read',
        f'{folder}/main.tex:1:49: no file "none" below the paper\'s folder; not read',
    )


def test_a_paper_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        paper_source.read(tmp_path / "none.tex")
    (tmp_path / "latin.tex").write_bytes("é \\depthproof{a}".encode("latin-1"))
    assert paper_source.read(tmp_path / "latin.tex").citations[0].column == 3


class Folder:
    """A paper beside its claims and certificates."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def claim(self, name: str, holds: str, network: str = "sawtooth:3") -> None:
        (self.path / "claims").mkdir(exist_ok=True)
        statement = {"forall": {"box": [["0", "1"]], "holds": holds}}
        claim = {"format": "claim/1", "networks": {"f": network}, "statement": statement}
        (self.path / "claims" / f"{name}.json").write_text(json.dumps(claim))

    def certify(self, name: str) -> int:
        file = str(self.path / "claims" / f"{name}.json")
        return main(["claim", file, "--certificate", str(self.path / "certified")])

    def check(self, text: str, *more: str) -> int:
        (self.path / "paper.tex").write_text(text)
        return main(["paper-check", str(self.path / "paper.tex"), *more])

    def written(self) -> str:
        return (self.path / "depthproof-cited.tex").read_text()


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    it = Folder(tmp_path_factory.mktemp("paper"))
    it.claim("below", "f <= 1")
    it.claim("under", "f < 1")
    assert it.certify("below") == 0 and it.certify("under") == 10
    return it


@pytest.fixture
def folder(certified: Folder, tmp_path: Path) -> Folder:
    shutil.copytree(certified.path, tmp_path, dirs_exist_ok=True)
    return Folder(tmp_path)


def test_what_stands_is_written(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    text = "\\depthproof[CHECKED]{below}\n\\begin{certified}[REFUTED]{under}\\end{certified}\n\\depthproof{sawtooth.map}"
    assert folder.check(text) == 0
    said = capsys.readouterr()
    assert "3 citations of 3 names in 1 file: all stand" in said.out and said.err == ""
    written = folder.written()
    assert written.isascii() and written.count(r"\depthproofchecked{") == 3
    for label in (
        r"\depthprooflabel{t-below}",
        r"\depthprooflabel{t-under}",
        r"\depthprooflabel{t-sawtooth.map}",
    ):
        assert label in written
    assert folder.check(text) == 0 and folder.written() == written
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (r"\depthproof{belw}", 2, "no theorem or claim is named belw; did you mean below?"),
        (
            r"\depthproof{sawtooth.identty}",
            2,
            "no theorem or claim is named sawtooth.identty; did you mean sawtooth.identity?",
        ),
        (r"\depthproof{#1}", 2, 'expected a name, written out, found "#1"'),
        (r"\depthproof", 2, 'expected a name, written out, found ""'),
        (
            r"\depthproof[GOOD]{below}",
            2,
            "expected a grade, one of KERNEL, COQ, CHECKED, SOLVER, INSTANCES, ",
        ),
        (
            r"\depthproof{under}",
            10,
            "under is refuted (CHECKED): proved claim.refuted: x = 1/8 implies not",
        ),
        (r"\depthproof[KERNEL]{under}", 10, "under is refuted"),
        (
            r"\depthproof[REFUTED]{below}",
            10,
            "the paper says that below is refuted, but it holds (CHECKED)",
        ),
        (
            r"\depthproof[KERNEL]{below}",
            10,
            "the paper says that below is KERNEL, but it is CHECKED",
        ),
    ],
)
def test_what_does_not_stand_is_told_by_place(
    folder: Folder,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    code: int,
    words: str,
) -> None:
    monkeypatch.setattr("verify.checkers.proved", lambda: None)
    assert folder.check(f"one\n  {text} and \\depthproof{{sawtooth.map}}") == code
    out = capsys.readouterr().out
    assert out.startswith(f"{folder.path}/paper.tex:2:3: {words}")
    assert "1 not as the paper says" in out
    assert folder.written().count(r"\depthproofchecked{") == 1  # what stands, and nothing else


def test_a_claim_that_changed_is_stale(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    text = r"\depthproof{below}\depthproof[REFUTED]{under}"
    assert folder.check(text) == 0
    folder.claim("below", "f <= 2")
    assert folder.check(text) == 10 and "below is stale" in capsys.readouterr().out
    folder.claim("below", "f <= 1", network="sawtooth:4")  # the network is another one
    assert folder.check(text) == 10 and "below is stale" in capsys.readouterr().out
    folder.claim("below", "f <= 1")
    folder.claim("under", "f < 1", network="sawtooth:2")
    assert folder.check(text) == 10 and "under is stale" in capsys.readouterr().out
    folder.claim("under", "f < 1")
    assert folder.check(text) == 0


def test_certificates_that_are_not_what_they_were(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    text = r"\depthproof{below}"
    shutil.rmtree(folder.path / "claims")
    certified = folder.path / "certified"
    kept = (certified / "below.certificate.json").read_bytes()
    (certified / "below.certificate.json").write_bytes(
        (certified / "under.certificate.json").read_bytes()
    )
    assert (
        folder.check(text) == 10
        and "below is stale: certificate: is for another claim" in capsys.readouterr().out
    )
    (certified / "below.certificate.json").unlink()
    assert folder.check(text) == 10 and "below is missing" in capsys.readouterr().out
    (certified / "below.certificate.json").write_bytes(kept.replace(b'"leaf"', b'"loaf"'))
    assert folder.check(text) in (2, 10) and ":1:1: below is " in capsys.readouterr().out
    (certified / "below.certificate.json").write_bytes(b"{")
    assert folder.check(text) == 2 and "below is malformed" in capsys.readouterr().out
    assert r"\depthproofchecked" not in folder.written()


def test_theorems_of_a_ledger(
    sources: Sources, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "paper.tex"

    def check(text: str) -> tuple[int, str]:
        paper.write_text(text)
        code = main(
            [
                "paper-check",
                str(paper),
                "--from",
                str(sources.proofs),
                "--proofs",
                str(sources.proofs),
            ]
        )
        return code, capsys.readouterr().out

    assert check(r"\depthproof{sawtooth.map}\depthproof[REFUTED]{slide.false}")[0] == 0
    assert (
        "slide.false is refuted (INSTANCES): x = -1/4, found = 0"
        in check(r"\depthproof{slide.false}")[1]
    )
    assert "open.question is open" in check(r"\depthproof{open.question}")[1]
    assert check(r"\depthproof[OPEN]{open.question}")[0] == 0
    assert (
        "rests.on.open is open: nothing that stands shows it"
        in check(r"\depthproof{rests.on.open}")[1]
    )
    Place(sources.theorems, "sawtooth.map").certificate.unlink()
    code, out = check(r"\depthproof{sawtooth.map}")
    assert (
        code == 10
        and "sawtooth.map is missing: there is no map.certificate.json"
        in out
    )


def test_foreign_words_are_harmless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from .test_appendix import TRICKS

    proofs = tmp_path / "proofs"
    # No script can hold half of a pair of letters, or a null character.
    tricks = [trick for trick in TRICKS if "\0" not in trick and not re.search("[\ud800-\udfff]", trick)]
    names = [f"tricks.t{number}" for number in range(len(tricks))]
    for name, trick in zip(names, tricks, strict=True):
        theorem(proofs, name, "CITED", statement=trick, note=trick)
    paper = tmp_path / "paper.tex"
    paper.write_text("".join(f"\\depthproof{{{name}}}" for name in names))
    assert main(["paper-check", str(paper), "--from", str(proofs), "--proofs", str(proofs)]) == 0
    written = (tmp_path / "depthproof-cited.tex").read_text()
    assert written.isascii()
    for word in (
        r"\input{",
        r"\write",
        r"\immediate",
        r"\def\x",
        r"\csname",
        r"\end{document}",
        "^^",
    ):
        assert word not in written


def test_as_json(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.check(r"\depthproof[COQ]{nothing.like.it.at.all}", "--json") == 2
    (row,) = json.loads(capsys.readouterr().out)["citations"]
    assert (row["line"], row["column"], row["asserted"], row["grade"]) == (1, 1, "COQ", None)
    assert "no theorem or claim" in row["problem"]
    assert folder.check("no citation", "--json") == 0
