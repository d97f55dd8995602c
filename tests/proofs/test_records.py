"""Every committed record is of the script, the claim and the certificate beside it, as they are now.

`depthproof appendix` and the site say so too, after a minute; this is seconds after the edit, in `make quick`.
"""

from pathlib import Path

import pytest

from verify.layout import RECORD, SCRIPT, Place, places
from verify.report import recheck
from verify.report.recheck import Sources

PROOFS = Path(__file__).parents[2] / "proofs"
AGAIN = "depthproof prove --record sawtooth.map"
NAMES = sorted({place.name for ending in (SCRIPT, RECORD) for place in places(PROOFS, ending)})


def complaint(folder: Path, name: str) -> str:
    """What the record of a theorem says otherwise than the files beside it; "" if nothing."""
    place = Place(folder, name)
    read = recheck._read(Sources(folder, folder), place)
    if read.broken is not None:
        return f"{name}: {read.broken.reason}"
    assert read.record is not None
    files = [path for path in (place.claim, place.certificate) if path.exists()]
    if not read.record.claim:
        return f"{name}: its record names no certificate, and there is {files[0].name}" if files else ""
    if len(files) < 2:
        return f"{name}: its record names a claim and a certificate, and one of them is missing"
    is_named = read.record.names(*(path.read_bytes() for path in files))
    return "" if is_named else f"{name}: claim or certificate changed since it was recorded: depthproof prove --record {name}"


def test_there_are_records() -> None:
    assert len(NAMES) > 100


@pytest.mark.parametrize("name", NAMES)
def test_a_record_is_of_the_files_beside_it(name: str) -> None:
    assert complaint(PROOFS, name) == ""


@pytest.mark.parametrize(
    ("ending", "old", "new", "said"),
    [
        (".py", "1/2 < x", "1/3 < x", f"the script changed since it was recorded, and not only its prose: {AGAIN}"),
        (".claim.json", '"f', '"g', f"claim or certificate changed since it was recorded: {AGAIN}"),
        (".certificate.json", "1", "2", f"claim or certificate changed since it was recorded: {AGAIN}"),
        (".certificate.json", "", None, "its record names a claim and a certificate, and one of them is missing"),
        (".record.json", "", None, f"it was not recorded: {AGAIN}"),
        (".py", '"""sawtooth.map', '"""sawtooth.map, in other prose', ""),
    ],
)
def test_a_change_is_noticed(tmp_path: Path, ending: str, old: str, new: str | None, said: str) -> None:
    here, there = Place(PROOFS, "sawtooth.map"), Place(tmp_path, "sawtooth.map")
    there.section.mkdir()
    for path in here.section.glob("map.*"):
        (there.section / path.name).write_bytes(path.read_bytes())
    changed = there.section / f"map{ending}"
    text = changed.read_text()
    if new is None:
        changed.unlink()
    else:
        assert old in text
        changed.write_text(text.replace(old, new))
    found = complaint(tmp_path, "sawtooth.map")
    assert found == (f"sawtooth.map: {said}" if said else "")
