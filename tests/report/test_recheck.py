"""What stands today: stale, altered, missing and half-written files are said in a line, lower the grade, and hide nothing else."""

import hashlib
import json
from pathlib import Path

import pytest

from verify import checkers
from verify.kernel.errors import BadInput
from verify.report import recheck
from verify.report.recheck import Entry, Record, Sources
from verify.theorem import Grade

STANDING = Grade.KERNEL if checkers.proved() else Grade.CHECKED  # of a certificate that no record names


def entry(record: Record, name: str) -> Entry:
    return next(entry for entry in record.entries if entry.name == name)


def test_in_order(sources: Sources) -> None:
    record = recheck.read(sources)
    assert record.exit_code == 0 and record.complaints == ()
    assert entry(record, "sawtooth.map").label == STANDING.name
    assert entry(record, "slide.false").label == "REFUTED (INSTANCES)"
    found = entry(record, "rests.on.open")
    assert (found.own, found.support) == (Grade.SOLVER, Grade.OPEN)
    assert entry(record, "rests.on.kernel").support == STANDING


def changed(sources: Sources, what: str) -> None:
    certificate = sources.certificates / "network.pieces.certificate.json"
    claim = sources.certificates / "network.pieces.claim.json"
    network = next((sources.certificates / "networks").iterdir())
    if what == "claim":
        claim.write_bytes(claim.read_bytes().replace(b"pieces = 8", b"pieces = 9"))
    elif what == "network":
        network.write_bytes(network.read_bytes().replace(b'"2"', b'"3"'))
    elif what == "certificate":
        certificate.write_bytes(certificate.read_bytes().replace(b'"1/8"', b'"1/9"'))
    elif what == "spaces":
        certificate.write_bytes(certificate.read_bytes() + b" ")
    elif what == "half":
        certificate.write_bytes(certificate.read_bytes()[:40])
    else:
        {"no certificate": certificate, "no claim": claim, "no network": network}[what].unlink()


@pytest.mark.parametrize(
    ("what", "state", "code", "said"),
    [
        ("claim", "stale", 10, "is for another claim"),
        ("network", "stale", 10, "expected the network with SHA-256"),
        ("certificate", "altered", 10, "a unit changes sign"),
        ("spaces", "altered", 10, "not the file that the ledger names"),
        ("half", "malformed", 2, "certificate"),
        ("no certificate", "missing", 10, "there is no network.pieces.certificate.json"),
        ("no claim", "missing", 10, "there is no network.pieces.claim.json"),
        ("no network", "malformed", 2, "there is no file"),
    ],
)
def test_what_does_not_stand(sources: Sources, what: str, state: str, code: int, said: str) -> None:
    changed(sources, what)
    record = recheck.read(sources)
    assert record.exit_code == code
    ((_, line),) = record.complaints
    assert line.startswith("network.pieces: ") and said in line and "\n" not in line
    found = entry(record, "network.pieces")
    assert (found.state, found.own) == (state, Grade.OPEN)
    assert entry(record, "sawtooth.map").own == STANDING


def test_a_grade_needs_its_evidence(sources: Sources) -> None:
    value = json.loads(sources.ledger.read_text())
    for theorem in value["theorems"]:
        theorem["certificates"] = []
        theorem["evidence"].append({"grade": "COQ", "verdict": "HOLDS", "detail": "", "counterexample": {}, "theorem": "it"})
    sources.ledger.write_text(json.dumps(value))
    record = recheck.read(sources)
    assert {found.own for found in record.entries} == {Grade.OPEN, Grade.SOLVER, Grade.INSTANCES}
    assert record.coq == "not recorded"


def test_coq_is_shown_only_with_a_record_of_these_sources(sources: Sources) -> None:
    from verify.report.ledger import sha256

    coq = sources.proofs / "coq"
    coq.mkdir()
    (coq / "A.v").write_text("Lemma it : True.")
    recorded = {"coq": "8.18", "files": {"A.v": sha256(coq / "A.v")}, "theorems": {"it": {"statement": "True", "assumptions": []}}}
    (coq / "record.json").write_text(json.dumps(recorded))
    value = json.loads(sources.ledger.read_text())
    value["theorems"][6]["evidence"] = [{"grade": "COQ", "verdict": "HOLDS", "detail": "", "counterexample": {}, "theorem": "it"}]
    sources.ledger.write_text(json.dumps(value))
    found = entry(recheck.read(sources), "open.question")
    assert found.own == Grade.COQ and found.coq[0]["statement"] == "True"
    (coq / "A.v").write_text("Lemma it : False.")
    record = recheck.read(sources)
    assert entry(record, "open.question").own == Grade.OPEN and record.coq.startswith("the sources changed")


def test_coq_from_a_certificate_needs_this_certificate(sources: Sources) -> None:
    coq, certificates = sources.proofs / "coq", sources.proofs / "certificates"
    coq.mkdir()
    certificates.mkdir(exist_ok=True)
    (certificates / "c.claim.json").write_text("claim")
    (certificates / "c.certificate.json").write_text("certificate")
    it = {"statement": "True", "assumptions": []}
    theorems = {"it": it | {"claims": ["c"]}, "other": it | {"claims": []}}
    recorded = {"coq": "8.16", "files": {}, "claims": {"c": hashlib.sha256(b"claimcertificate").hexdigest()}, "theorems": theorems}
    (coq / "record.json").write_text(json.dumps(recorded))
    value = json.loads(sources.ledger.read_text())
    for theorem, name in zip(value["theorems"][6:8], theorems, strict=True):
        theorem["evidence"] = [{"grade": "COQ", "verdict": "HOLDS", "detail": "", "counterexample": {}, "theorem": name}]
        theorem["certificates"] = []
    names = [theorem["name"] for theorem in value["theorems"][6:8]]
    sources.ledger.write_text(json.dumps(value))
    record = recheck.read(sources)
    assert [entry(record, name).own for name in names] == [Grade.COQ, Grade.COQ]
    (certificates / "c.certificate.json").write_text("another")
    record = recheck.read(sources)
    assert [entry(record, name).own for name in names] == [Grade.OPEN, Grade.COQ]


def test_a_changed_script_is_stale(sources: Sources) -> None:
    script = sources.proofs / "sawtooth_map.py"
    script.write_text("THEOREM = 1")
    value = json.loads(sources.ledger.read_text())
    value["theorems"][0]["script"] = {"path": "sawtooth_map.py", "sha256": "0" * 64}
    sources.ledger.write_text(json.dumps(value))
    record = recheck.read(sources)
    assert entry(record, "sawtooth.map").state == "stale" and record.exit_code == 3


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b'{"format": "ledger/2"}', b'{"format": "ledger/1", "theorems": [{}]}',
                                  b"[" * 100_000])  # fmt: skip
def test_no_ledger(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "ledger.json"
    with pytest.raises(BadInput, match="cannot be read"):
        recheck.read(Sources(path, tmp_path, tmp_path))
    path.write_bytes(data)
    with pytest.raises(BadInput) as error:
        recheck.read(Sources(path, tmp_path, tmp_path))
    assert "\n" not in str(error.value)


def test_certificates_outside_the_folder_are_not_read(sources: Sources) -> None:
    value = json.loads(sources.ledger.read_text())
    value["theorems"][0]["certificates"] = [{"path": "../../x.certificate.json", "bytes": 1, "sha256": "0" * 64}]
    sources.ledger.write_text(json.dumps(value))
    assert entry(recheck.read(sources), "sawtooth.map").own == Grade.OPEN


def test_axioms_of_coq_are_the_known_ones(sources: Sources) -> None:
    from verify.evidence.coq import KNOWN_ASSUMPTIONS

    assert recheck.COQ_AXIOMS == KNOWN_ASSUMPTIONS
