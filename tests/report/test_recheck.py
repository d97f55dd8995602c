"""What stands today: stale, altered, missing and half-written files are said in a line, lower the grade, and hide nothing else; and
what is shown is what the kernel and the script say, whatever a record says."""

import json
import random
from collections.abc import Callable
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from verify import checkers
from verify.kernel.errors import BadInput, Rejected
from verify.layout import Place
from verify.report import recheck
from verify.report.recheck import Entry, Record, Sources
from verify.theorem import Grade

from .conftest import changed, theorem

STANDING = Grade.KERNEL if checkers.proved() else Grade.CHECKED  # of a certificate that no record names
REFUSED = Rejected.exit_code


def entry(record: Record, name: str) -> Entry:
    return next(entry for entry in record.entries if entry.name == name)


def one_line(record: Record, name: str) -> str:
    """The only complaint, which is of this theorem."""
    ((_, line),) = record.complaints
    assert line.startswith(f"{name}: ") and "\n" not in line
    return line


def test_in_order(sources: Sources) -> None:
    record = recheck.read(sources)
    assert record.exit_code == 0 and record.complaints == ()
    assert entry(record, "sawtooth.map").label == STANDING.name
    assert entry(record, "slide.false").label == "REFUTED (INSTANCES)"
    found = entry(record, "rests.on.open")
    assert (found.own, found.support) == (Grade.SOLVER, Grade.OPEN)
    assert entry(record, "rests.on.kernel").support == max(STANDING, Grade.SOLVER)


def damage(sources: Sources, what: str) -> None:
    place = sources.place("network.pieces")
    certificate, claim, network = place.certificate, place.claim, next((place.section / "networks").iterdir())
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
        ("claim", "stale", REFUSED, "is for another claim"),
        ("network", "stale", REFUSED, "expected the network with SHA-256"),
        ("certificate", "altered", REFUSED, "a unit changes sign"),
        ("spaces", "altered", REFUSED, "not the file that the record names"),
        ("half", "malformed", 2, "certificate"),
        ("no certificate", "missing", REFUSED, "there is no pieces.certificate.json"),
        ("no claim", "missing", REFUSED, "there is no pieces.claim.json"),
        ("no network", "malformed", 2, "there is no file"),
    ],
)
def test_what_does_not_stand(sources: Sources, what: str, state: str, code: int, said: str) -> None:
    damage(sources, what)
    record = recheck.read(sources)
    assert record.exit_code == code and said in one_line(record, "network.pieces")
    found = entry(record, "network.pieces")
    assert (found.state, found.own) == (state, Grade.OPEN)
    assert entry(record, "sawtooth.map").own == STANDING


# ---------- a record's word counts for nothing that can be checked ----------


def certificates_of_each_other(sources: Sources) -> None:
    """The files and the hashes of two theorems are exchanged, whole."""
    one, other = sources.place("sawtooth.map"), sources.place("sawtooth.identity")
    for first, second in ((one.claim, other.claim), (one.certificate, other.certificate)):
        data = first.read_bytes(), second.read_bytes()
        first.write_bytes(data[1])
        second.write_bytes(data[0])
    for place in (one, other):
        files = {"claim": place.claim, "certificate": place.certificate}
        changed(place, **{key: sha256(path.read_bytes()).hexdigest() for key, path in files.items()})


def test_a_certificate_counts_for_its_own_theorem_only(sources: Sources) -> None:
    certificates_of_each_other(sources)
    record = recheck.read(sources)
    assert [code for code, _ in record.complaints] == [REFUSED] * 2
    for name, other in (("sawtooth.map", "sawtooth.identity"), ("sawtooth.identity", "sawtooth.map")):
        assert entry(record, name).own == Grade.OPEN
        assert any(line.startswith(f"{name}: ") and f'the certificate of "{other}"' in line for _, line in record.complaints)


def test_a_claim_that_refutes_says_so_by_its_name(sources: Sources) -> None:
    """The same certificate under the name of a refutation: it refutes, whatever script and record hope for."""
    place = sources.place("sawtooth.map")
    claim = place.claim.read_bytes().replace(b'"name":"sawtooth.map"', b'"name":"not sawtooth.map"')
    certificate = json.loads(place.certificate.read_bytes()) | {"claim": sha256(claim).hexdigest()}
    place.claim.write_bytes(claim)
    place.certificate.write_text(json.dumps(certificate))
    changed(place, claim=sha256(claim).hexdigest(), certificate=sha256(place.certificate.read_bytes()).hexdigest())
    record = recheck.read(sources)
    found = entry(record, "sawtooth.map")
    assert found.label == f"REFUTED ({STANDING.name})" and found.state == "unexpected"
    assert "expected HOLDS, found REFUTED" in one_line(record, "sawtooth.map")


def test_statements_that_are_exchanged(sources: Sources) -> None:
    one, other = (json.loads(sources.place(name).record.read_bytes()) for name in ("sawtooth.map", "slide.false"))
    changed(sources.place("sawtooth.map"), statement=other["statement"])
    changed(sources.place("slide.false"), statement=one["statement"])
    record = recheck.read(sources)
    assert [entry(record, name).label for name in ("sawtooth.map", "slide.false")] == ["OPEN"] * 2
    assert len(record.complaints) == 2 and all("the script states something else" in line for _, line in record.complaints)


def test_a_verdict_that_was_turned_round(sources: Sources) -> None:
    """REFUTED made HOLDS: refused, whether or not a certificate says otherwise."""
    place = sources.place("slide.false")
    evidence = json.loads(place.record.read_bytes())["evidence"]
    changed(place, evidence=[evidence[0] | {"verdict": "HOLDS"}])
    record = recheck.read(sources)
    assert entry(record, "slide.false").state == "unexpected" and record.exit_code == 3
    assert "expected REFUTED, found HOLDS" in one_line(record, "slide.false")


@pytest.mark.parametrize(
    "seen",
    [
        [{"grade": "KERNEL", "verdict": "HOLDS", "detail": "", "counterexample": {}}],
        [{"grade": "COQ", "verdict": "HOLDS", "detail": "", "counterexample": {}}],
        [{"grade": "SOLVER", "verdict": "REFUTED", "detail": "", "counterexample": {}}],
        [],
    ],
    ids=str,
)
def test_evidence_that_the_script_does_not_list(sources: Sources, seen: list[dict[str, Any]]) -> None:
    changed(sources.place("slide.false"), evidence=seen)
    record = recheck.read(sources)
    one_line(record, "slide.false")
    assert entry(record, "slide.false").label == "OPEN" and entry(record, "slide.false").state in ("altered", "malformed")


@pytest.mark.parametrize("dropped", [("claim",), ("certificate",), ("claim", "certificate")])
def test_hashes_that_were_dropped(sources: Sources, dropped: tuple[str, ...]) -> None:
    changed(sources.place("sawtooth.map"), **dict.fromkeys(dropped, ""))
    record = recheck.read(sources)
    one_line(record, "sawtooth.map")
    assert entry(record, "sawtooth.map").label == "OPEN"
    value = json.loads(sources.place("sawtooth.map").record.read_bytes())
    for key in dropped:
        del value[key]
    sources.place("sawtooth.map").record.write_text(json.dumps(value))
    record = recheck.read(sources)
    assert record.exit_code == 2 and "expected an object with the keys" in one_line(record, "sawtooth.map")


# ---------- prose and all the rest of a script ----------


def rewritten(sources: Sources, name: str, old: str, new: str) -> None:
    path = sources.script(name)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "key", "shown"),
    [
        ("note='It is", "note='Now it is", "note", "Now it is ½; see sawtooth.map."),
        ("says='it is 1'", "says='it is one'", "says", "it is one"),
        ("a heading", "another heading", "source", "Benefits of depth: another heading"),
        ('"""slide.false — a test."""', '"""slide.false — tested."""', "says", "it is 1"),
        ("THEOREM = ", "# a comment\nTHEOREM = ", "says", "it is 1"),
    ],
)
def test_prose_makes_nothing_stale_and_is_shown_as_it_is_now(sources: Sources, old: str, new: str, key: str, shown: str) -> None:
    rewritten(sources, "slide.false", old, new)
    record = recheck.read(sources)
    assert record.exit_code == 0 and entry(record, "slide.false").facts[key] == shown


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("check = None", "check = print", "not only its prose"),
        ("Instances(check)", "Instances(decide)", "not only its prose"),
        ("true=False", "true=True", "not only its prose"),
        ("rests_on=[]", "rests_on=['sawtooth.map']", "not only its prose"),
        ("by slide.false'", "by slide.true'", "states something else"),
        ("THEOREM = Theorem(", "THEOREM = Theorem(*", "expected a proof script"),
        ("note='It is", "note=str('It is'", "expected a proof script"),
        ("note='It is ½; see sawtooth.map.'", "note=str(1)", "note: expected a text that is written out"),
        ("evidence=[", "evidence=2*[", "evidence: expected a list that is written out"),
        ("Instances(check)", "Other(check)", "evidence: expected a list of Certified"),
        ("rests_on=[]", "rests_on=[1]", "names of theorems"),
        ("name='slide.false'", "name='slide.true'", "expected the theorem slide.false"),
    ],
)
def test_what_a_script_says_otherwise_is_stale(sources: Sources, old: str, new: str, said: str) -> None:
    rewritten(sources, "slide.false", old, new)
    record = recheck.read(sources)
    assert record.exit_code in (2, 3) and said in one_line(record, "slide.false")
    assert entry(record, "slide.false").label == "OPEN"


def test_a_script_without_a_record_and_a_record_without_a_script(sources: Sources) -> None:
    sources.place("slide.false").record.unlink()
    sources.place("open.question").script.unlink()
    record = recheck.read(sources)
    lines = [line for _, line in record.complaints]
    assert [line.partition(": ")[0] for line in lines] == ["open.question", "slide.false"] and record.exit_code in (2, 3)
    assert "it was not recorded: depthproof prove --record slide.false" in lines[1]
    assert entry(record, "slide.false").label == entry(record, "rests.on.open").label == "OPEN"


def test_no_records(tmp_path: Path, sources: Sources) -> None:
    with pytest.raises(BadInput, match=r"expected records NAME\.record\.json"):
        recheck.read(Sources(tmp_path / "none", sources.proofs))
    for place in sources.theorems.glob("*/*.record.json"):
        place.unlink()
    with pytest.raises(BadInput, match=r"expected records NAME\.record\.json"):
        recheck.read(sources)


# ---------- Coq ----------


def coq_record(folder: Path, **more: Any) -> None:
    (folder / "coq").mkdir()
    (folder / "coq" / "A.v").write_text("Lemma it : True.")
    it = {"statement": "True", "assumptions": [], "uses": []}
    digest = sha256((folder / "coq" / "A.v").read_bytes()).hexdigest()
    value = {"coq": "8.18", "files": {"A.v": digest}, "claims": {}, "theorems": {"it": it, "other": it}} | more
    (folder / "coq" / "record.json").write_text(json.dumps(value))


def test_coq_is_shown_only_with_a_record_of_these_sources(sources: Sources) -> None:
    theorem(sources.proofs, "open.question", coq=["it"])
    record = recheck.read(sources)
    assert (entry(record, "open.question").own, record.coq) == (Grade.OPEN, "not recorded")
    coq_record(sources.proofs)
    found = entry(recheck.read(sources), "open.question")
    assert found.own == Grade.COQ and found.coq[0]["statement"] == "True"
    (sources.proofs / "coq" / "A.v").write_text("Lemma it : False.")
    record = recheck.read(sources)
    assert entry(record, "open.question").own == Grade.OPEN and record.coq.startswith("the sources changed")


def test_coq_from_a_certificate_needs_this_certificate(sources: Sources) -> None:
    place = sources.place("sawtooth.map")
    digest = sha256(place.claim.read_bytes() + place.certificate.read_bytes()).hexdigest()
    it = {"statement": "True", "assumptions": [], "uses": []}
    theorems = {"it": it | {"claims": ["sawtooth.map"]}, "other": it | {"claims": []}}
    coq_record(sources.proofs, claims={"sawtooth.map": digest}, theorems=theorems)
    theorem(sources.proofs, "open.one", coq=["it"])
    theorem(sources.proofs, "open.other", coq=["other"])
    names = ("open.one", "open.other")
    record = recheck.read(sources)
    assert [entry(record, name).own for name in names] == [Grade.COQ, Grade.COQ]
    place.certificate.write_bytes(place.certificate.read_bytes() + b" ")
    record = recheck.read(sources)
    assert [entry(record, name).own for name in names] == [Grade.OPEN, Grade.COQ]


def test_an_assumption_beyond_the_known_ones_counts_for_nothing(sources: Sources) -> None:
    it = {"statement": "True", "assumptions": ["Cheating.axiom"], "uses": []}
    coq_record(sources.proofs, theorems={"it": it})
    theorem(sources.proofs, "open.question", coq=["it"])
    assert entry(recheck.read(sources), "open.question").own == Grade.OPEN



def test_what_the_coq_proof_uses_is_rested_on(sources: Sources) -> None:
    it = {"statement": "True", "assumptions": [], "uses": []}
    coq_record(sources.proofs, theorems={"it": it, "other": it | {"uses": ["it"]}})
    theorem(sources.proofs, "open.one", coq=["it"])
    theorem(sources.proofs, "open.other", coq=["other"])
    assert entry(recheck.read(sources), "open.other").facts["rests_on"] == ["open.one"]


# ---------- damaged records ----------

WORDS = ["", "HOLDS", "REFUTED", "KERNEL", "COQ", "\ud800", "\x00", "a.b", "0" * 64, "x" * 3000]
ODD: list[Any] = [None, True, 0, -1, 10**17, *WORDS, [], {}, [[]], {"a": 1}]


def nodes(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values in a tree."""
    found = [path]
    keys: list[Any] = []
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = list(range(len(value)))
    for key in keys:
        found += nodes(value[key], (*path, key))
    return found


def structural(value: Any, at: random.Random) -> bytes:
    """A record with one value replaced, dropped, doubled or added."""
    whole = deepcopy(value)
    *path, key = at.choice([path for path in nodes(whole) if path])
    inside = whole
    for step in path:
        inside = inside[step]
    how = at.randrange(4)
    if how == 0:
        del inside[key]
    elif how == 1 and isinstance(inside, list):
        inside.insert(key, deepcopy(inside[key]))
    elif how == 2 and isinstance(inside, dict):
        inside[str(at.choice(ODD))[:9]] = at.choice(ODD)
    else:
        inside[key] = deepcopy(at.choice(ODD))
    return json.dumps(whole).encode()


def textual(data: bytes, at: random.Random) -> bytes:
    """A record with some bytes changed, cut out or put in."""
    place = at.randrange(len(data))
    before, after = data[:place], data[place + 1 :]
    other = bytes([at.randrange(256)]) * at.choice([1, 1, 40])
    return at.choice([before, before + after, before + other + after, before + b"[" * 99 + after])


def many(folder: Path, number: int, make: Callable[[random.Random, bytes], bytes]) -> None:
    """So many damaged records: each is refused in one line with its exit code, or changes nothing of what is shown."""
    point = {"x": "-1/4", "found": "0"}
    place = theorem(folder, "slide.false", "SOLVER", "INSTANCES", point=point, true=False, says="it is 1")
    sources, good, refused = Sources(folder, folder), place.record.read_bytes(), 0
    before = entry(recheck.read(sources), place.name)
    for seed in range(number):
        data = make(random.Random(seed), good)
        place.record.write_bytes(data)
        record = recheck.read(sources)
        now = entry(record, place.name)
        if record.complaints:
            refused += 1
            line = one_line(record, place.name)
            assert record.exit_code in (2, 3, REFUSED) and len(line) < 500 and line.isprintable(), data
            assert now.own == Grade.OPEN or now.state == "unexpected", data
        else:
            assert (now.label, now.facts["statement"]) == (before.label, before.facts["statement"]), data
    assert refused > number // 2


def test_damaged_trees(tmp_path: Path) -> None:
    many(tmp_path, 1100, lambda at, good: structural(json.loads(good), at))


def test_damaged_texts(tmp_path: Path) -> None:
    many(tmp_path, 1100, lambda at, good: textual(good, at))


NONE = [b"", b"{", b"[]", b"null", b"1e400", b"\xff", b'{"format": "record/2"}', b"[" * 100_000, b" " * 1_100_000]


@pytest.mark.parametrize("data", NONE, ids=range(len(NONE)))
def test_no_record(sources: Sources, data: bytes) -> None:
    sources.place("slide.false").record.write_bytes(data)
    record = recheck.read(sources)
    assert record.exit_code in (2, 3)
    one_line(record, "slide.false")


def test_what_is_no_file_is_not_waited_for(sources: Sources) -> None:
    import os

    path = sources.place("slide.false").record
    path.unlink()
    os.mkfifo(path)
    record = recheck.read(sources)
    assert record.exit_code == 2 and "expected a file" in one_line(record, "slide.false")


def test_a_place_is_below_its_folder() -> None:
    from verify.layout import is_name

    outside = ["a", "a.b/c", "../a.b", "a..b", ".a.b", "a.b.", "a.b\n", "", "not a.b"]
    for name in (*outside, "A.b", "a.B", "a._b", "coq.a", "networks.a", "a." + "b" * 100):
        assert not is_name(name), name
    place = Place(Path("proofs"), "separation.gap.core")
    assert is_name(place.name) and place.script == Path("proofs/separation/gap.core.py")
