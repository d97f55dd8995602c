"""The appendix as its reader wants it: by name or by slide, the errata alone, with timings; its
certificates named; anchors and labels that last."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from verify.cli import main
from verify.layout import SCRIPT, Place, places
from verify.report import recheck, tex_file
from verify.report.appendix import by_slide, document, errata
from verify.report.escape import anchor
from verify.report.page import page
from verify.report.recheck import Sources

from .conftest import COMMITTED, ROOT

TIMINGS = {
    "machine": {
        "processor": "A processor",
        "cores": 2,
        "python": "3.11.7",
        "load": 0.5,
        "versions": {},
    },
    "counts": [{"network": "He [32]*4", "pieces": 65, "seconds": {"depthproof": 0.0008}}],
    "functions": [
        {"network": "[32]*4", "weights": "float64", "pieces": 65, "seconds": {"ours": 0.013}}
    ],
}


def ids(text: str) -> list[str]:
    return re.findall(r' id="(t-[^"]*)"', text)


def test_every_published_anchor_is_kept() -> None:
    """A theorem may come; one that was published keeps its name, and so its address."""
    published = (Path(__file__).parent / "anchors.txt").read_text().split()
    today = {anchor(place.name) for place in places(ROOT / "proofs", SCRIPT)}
    assert len(published) == len(set(published)) > 100
    assert set(published) <= today, sorted(set(published) - today)


@pytest.mark.parametrize(
    ("name", "found"),
    [("sawtooth.map", "t-sawtooth.map"), ("a_b", "t-a_b"), ("a b", "t-a:20:b"), ("é", "t-:e9:")],
)
def test_an_anchor_is_made_of_the_name_alone(name: str, found: str) -> None:
    assert anchor(name) == found


def test_each_theorem_has_one_anchor_and_one_label(sources: Sources) -> None:
    record = recheck.read(sources)
    wanted = sorted(anchor(entry.name) for entry in record.entries)
    for it in (record, by_slide(record)):
        assert sorted(ids(page(document(it)))) == wanted
        labels = re.findall(r"\\depthprooflabel\{(t-[^}]*)\}", tex_file.source(document(it)))
        assert sorted(labels) == wanted


def test_by_slide(sources: Sources) -> None:
    record = recheck.read(sources)
    names = [entry.name for entry in record.entries]
    order = ("separation.gap.core", "sawtooth.map", "open.question")
    lectured = replace(record, in_order=order)
    found = [entry.name for entry in by_slide(lectured).entries]
    assert found[:3] == list(order) and sorted(found) == sorted(names)
    assert found[3:] == [name for name in names if name not in order]
    shown = ids(page(document(by_slide(lectured))))
    assert shown[:3] == [anchor(name) for name in order]


def test_the_committed_theorems_by_slide() -> None:
    """The first of the lecture come first: the slides' own list says so."""
    from verify import slides

    names = [place.name for place in places(ROOT / "proofs", SCRIPT)]
    order = slides.order(names, ROOT / "proofs")
    first = next(line.rows[0] for line in slides.lines(ROOT / "proofs") if line.rows)
    assert order[0] == first and order != sorted(names) == names


def test_errata_alone(sources: Sources, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = recheck.read(sources)
    text = page(errata(record))
    assert ids(text) == ["t-slide.false"]
    assert "x = -1/4, found = 0" in text and "it is 1" in text
    assert "rests.on.kernel" not in text and 'class="graph"' not in text
    out = tmp_path / "out"
    arguments = ["appendix", "--errata", "--proofs", str(sources.proofs), "--out", str(out)]
    assert main(arguments) == 0
    names = sorted(path.name for path in out.iterdir())
    assert names == ["errata.html", "errata.pdf", "errata.tex"]
    kept = {path: path.read_bytes() for path in out.iterdir()}
    assert main(arguments) == 0 and {path: path.read_bytes() for path in out.iterdir()} == kept


def test_certificates_are_named(sources: Sources) -> None:
    record = recheck.read(sources)
    text = page(document(record))
    table = text[text.index('id="certificates"') : text.index('id="versions"')]
    rows = re.findall(r"<tr><td><code>([^<]*)</code></td><td>(.*?)</td>", table)
    used = {name: re.findall(r'href="#([^"]*)"', links) for name, links in rows}
    assert sorted(used) == sorted([*COMMITTED, "network.pieces"])
    assert used["sawtooth.map"] == ["t-sawtooth.map"]
    for entry in record.entries:
        for it in entry.certificates:
            assert it.sha256 in table
    Place(sources.theorems, "sawtooth.map").certificate.unlink()
    broken = page(document(recheck.read(sources)))
    assert "<code>missing</code>" in broken


def test_timings(sources: Sources, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bench.json"
    file.write_text(json.dumps(TIMINGS))
    out = tmp_path / "out"
    arguments = ["appendix", "--only", "html", "--proofs", str(sources.proofs), "--out", str(out)]
    assert main([*arguments, "--bench", str(file)]) == 0
    text = (out / "appendix.html").read_text()
    assert "A processor, 2 cores, Python 3.11.7" in text
    assert "depthproof 0.80 ms" in text and "[32]*4 float64" in text
    assert main(arguments) == 0 and "A processor" not in (out / "appendix.html").read_text()
    file.write_text("{}")
    capsys.readouterr()
    assert main([*arguments, "--bench", str(file)]) == 2
    assert "expected timings that bench/run.py --json wrote" in capsys.readouterr().err
