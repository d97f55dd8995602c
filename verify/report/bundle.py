"""The bundle: one zip file with claims, certificates, networks and the kernel, which checks itself on a bare Python.

check.py inside needs Python's standard library alone. The manifest has the SHA-256 of every
other file; statement.json says the same in the form of an in-toto statement; ro-crate-metadata.json describes the
files. The same files give the same bytes.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..checkers import KERNEL
from ..derived import DERIVED, given
from ..files import read_bytes
from ..kernel.check import CERTIFICATE, CLAIM
from ..kernel.errors import BadInput, displayed, placed
from ..layout import Place
from .appendix import certificates
from .browser import Again, read
from .escape import plain
from .page import page
from .recheck import Entry, Record, Sources
from .unbundle import MANIFEST, STATEMENT

CRATE = "ro-crate-metadata.json"
_DAY = (1980, 1, 1, 0, 0, 0)
_FORMATS = {  # of files by their endings
    ".json": "application/json",
    ".py": "text/x-python",
    ".txt": "text/plain",
    ".cff": "application/yaml",
    ".html": "text/html",
    ".js": "text/javascript",
}
README = """depthproof bundle: {claims} claims about ReLU networks, their certificates, and the checker.
To check everything again, with Python 3.11 or newer and nothing else: python3 -I -S check.py
It compares every file with manifest.json and re-checks every claim; exit code 0 means that all hold,
10 that something is refused or was altered; any other: nothing was decided.
claims/ has NAME.claim.json, NAME.certificate.json, networks/; kernel/ is the checker; theorems.json says \
which theorem each serves.
Statements are about exact real arithmetic on the given rationals, not float32; reading foreign formats is \
outside the certificates.
"""
BROWSER = (
    "By depthcheck, the checker that is proved in Coq: open recheck.html in a browser, from disk; "
    "depthcheck.js is in it.\n"
)
CHECK = '''"""Checks this bundle again: every file against the manifest, every claim by the kernel. \
Run as: python3 -I -S check.py"""

import hashlib
import json
import os
import runpy
import sys

if sys.version_info < (3, 11):
    sys.exit("expected Python 3.11 or newer")
HERE = os.path.dirname(os.path.abspath(__file__))


def differences():
    """What is not as the manifest says."""
    with open(os.path.join(HERE, "manifest.json"), encoding="utf-8") as file:
        listed = json.load(file)["files"]
    found = []
    for folder, folders, names in os.walk(HERE):
        folders[:] = [name for name in folders if name != "__pycache__"]
        found += [os.path.relpath(os.path.join(folder, name), HERE).replace(os.sep, "/") for name in names]
    unlisted = {"manifest.json", "statement.json"}
    for name in sorted(set(found) - set(listed) - unlisted):
        yield name + " is not in the manifest"
    for name in sorted(listed):
        try:
            with open(os.path.join(HERE, *name.split("/")), "rb") as file:
                if hashlib.sha256(file.read()).hexdigest() != listed[name]:
                    yield name + " is not the file of the manifest"
        except OSError:
            yield name + " is missing"


def main():
    sys.dont_write_bytecode = True
    if sys.stdout is None:  # where it is closed, print would say nothing
        raise OSError
    wrong = list(differences())
    for line in wrong:
        print("ALTERED", ascii(line)[1:-1], flush=True)
    sys.argv = [os.path.join(HERE, "kernel", "__main__.py"), os.path.join(HERE, "claims")]
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as end:
        code = end.code or (10 if wrong else 0)
        said = {0: "holds", 2: "bad input", 3: "undecided", 10: "rejected"}
        if code in said:
            print("verdict:", said[code], flush=True)
        sys.exit(code)


try:
    main()
except (OSError, MemoryError, KeyboardInterrupt):  # an accident decides nothing
    os._exit(3)
'''


def bundle(record: Record, sources: Sources, citation: Path | None, again: Again | None = None) -> bytes:
    """The zip file's bytes, of everything that stands today. Raises `BadInput` where nothing stands.

    `again`: what a page needs that checks it in a browser; without it there is no such page.
    """
    files = contents(record, sources, citation, again)
    listed = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    files[MANIFEST] = _json({"format": "bundle/1", "algorithm": "sha256", "files": listed})
    files[STATEMENT] = _json(_in_toto(record, listed))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3  # Unix, whatever the machine is
            archive.writestr(info, data)
    return out.getvalue()


def contents(record: Record, sources: Sources, citation: Path | None, again: Again | None = None) -> dict[str, bytes]:
    """The files by name, but for the manifest and the statement."""
    standing = [it for it in record.certificates if it.state == "holds"]
    if not standing:
        wanted = "expected certificates that the kernel accepts, found none"
        raise BadInput(displayed(str(sources.theorems))[1:-1], wanted)
    files = {"README.txt": README.format(claims=len(standing)).encode(), "check.py": CHECK.encode()}
    for certificate in standing:
        place = sources.place(certificate.name)
        files[f"claims/{certificate.name}{CLAIM}"] = certificate.claim
        files[f"claims/{certificate.name}{CERTIFICATE}"] = read(place.certificate, certificate.sha256)
        for digest in json.loads(certificate.claim)["networks"].values():
            files[f"claims/networks/{digest}.json"] = read(place.network(digest), digest)
        files |= _derived(place, certificate.name)
    files |= {f"kernel/{path.name}": _read(path) for path in sorted(KERNEL.parent.glob("*.py"))}
    theorems = [_theorem(entry) for entry in record.entries]
    files["theorems.json"] = _json({"theorems": theorems, "versions": dict(record.versions)})
    if again is not None:
        files["recheck.html"] = page(certificates(record), again).encode()
        files["depthcheck.js"] = again.program.encode()
        files["README.txt"] += BROWSER.encode()
    if citation is not None and citation.is_file():
        files["CITATION.cff"] = _read(citation)
    files[CRATE] = _json(_crate(sorted(files), record, _released(files.get("CITATION.cff", b""))))
    return files


def _derived(place: Place, name: str) -> dict[str, bytes]:
    """What says how a claim's networks were made, with the networks that they were made from."""
    path = place.claim.with_name(f"{place.stem}{DERIVED}")
    if not path.is_file():
        return {}
    said = _read(path)
    files = {f"claims/{name}{DERIVED}": said}
    for digest in given(said):
        files[f"claims/networks/{digest}.json"] = read(place.network(digest), digest)
    return files


def _theorem(entry: Entry) -> Mapping[str, Any]:
    """A theorem's words, and how it stands."""
    words = {key: entry.facts[key] for key in ("name", "statement", "says", "source", "note", "rests_on")}
    certificates = [it.name for it in entry.certificates if it.state == "holds"]
    return words | {"grade": entry.label, "state": entry.state or "in order", "certificates": certificates}


def _read(path: Path) -> bytes:
    with placed(displayed(str(path))):
        return read_bytes(path)


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=True, sort_keys=True).encode() + b"\n"


def _in_toto(record: Record, listed: Mapping[str, str]) -> Mapping[str, Any]:
    """An in-toto statement (v1), unsigned: which files, and that the kernel re-checked their claims."""
    passed = {plain(it.name) for it in record.certificates if it.state == "holds"}
    failed = {plain(it.name) for it in record.certificates if it.state != "holds"}
    result = "WARNED" if record.complaints else "PASSED"
    kernel = _hashed("kernel/__main__.py", hashlib.sha256(_read(KERNEL)).hexdigest())
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [_hashed(name, digest) for name, digest in listed.items()],
        "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
        "predicate": {
            "result": result,
            "configuration": [kernel],
            "passedTests": sorted(passed),
            "failedTests": sorted(failed),
        },
    }


def _hashed(name: str, digest: str) -> Mapping[str, Any]:
    return {"name": name, "digest": {"sha256": digest}}


def _released(citation: bytes) -> str:
    """The date that the citation file gives; that of the zip's entries if it gives none."""
    found = re.search(rb'(?m)^date-released: *"?([0-9-]{10})', citation)
    return found[1].decode() if found else "1980-01-01"


def _crate(names: list[str], record: Record, released: str) -> Mapping[str, Any]:
    """RO-Crate 1.1 metadata."""
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": "Certified statements about ReLU networks",
        "description": f"{len(record.entries)} statements with claims, certificates "
        "and the checker that re-validates them.",
        "license": {"@id": "https://spdx.org/licenses/MIT"},
        "datePublished": released,
        "hasPart": [{"@id": name} for name in names],
        "mainEntity": {"@id": "check.py"},
    }
    about = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    files = [{"@id": name, "@type": "File", "encodingFormat": _FORMATS[Path(name).suffix]} for name in names]
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [about, root, *files]}
