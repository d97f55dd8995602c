"""Coq's record, held against today's sources: which theorems coqc accepted, as recorded with the files' hashes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..layout import Place
from ..theorem import COQ_AXIOMS
from .recheck_certificates import read_bytes
from .standing import Sources


@dataclass(frozen=True)
class Coq:
    """Coq's version, or why there is none, and the theorems of its record that fit today's sources."""

    version: str
    theorems: Mapping[str, Any] = field(default_factory=dict)

    def stands(self, name: str) -> bool:
        """Whether coqc accepted the theorem, from no axioms but the known ones."""
        it = self.theorems.get(name)
        return it is not None and set(it["assumptions"]) <= COQ_AXIOMS

    def uses(self, name: str) -> list[str]:
        """The theorems that its proof uses; none where it does not fit."""
        return list(self.theorems[name]["uses"]) if name in self.theorems else []


def read_coq(sources: Sources) -> Coq:
    """The theorems of a record that fits today's sources; otherwise why there is none, and no theorems.

    Left out are theorems that were derived from a claim or certificate which is another one today. What coqc accepted
    is that the claim holds: another certificate of the same claim, in a folder of its own, changes nothing.

    >>> read_coq(Sources(Path("nowhere"), Path("nowhere"))).version
    'not recorded'
    """
    folder = sources.proofs / "coq"
    try:
        value = json.loads((folder / "record.json").read_bytes())
        changed = sorted(name for name, digest in value["files"].items() if _sha256(folder / name) != digest)
        claims = value.get("claims", {})
        others = {name for name, digest in claims.items() if not _is_of_today(sources, name, digest)}
        theorems = {}
        for name, it in value["theorems"].items():
            if not others.intersection(it.get("claims", ())):
                theorems[str(name)] = _theorem(it)
        version = str(value["coq"])
    except OSError:
        return Coq("not recorded")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Coq("the record cannot be read")
    if changed:
        return Coq(f"the sources changed since they were recorded: {', '.join(changed)}")
    return Coq(version, theorems)


def certified_in_coq(name: str) -> str:
    """What the Coq theorem of a theorem's certificate is called.

    >>> certified_in_coq("sawtooth.map")
    'certified_sawtooth_map'
    """
    return f"certified_{name.replace('.', '_')}"


def _theorem(it: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "statement": str(it["statement"]),
        "assumptions": list(it["assumptions"]),
        "uses": list(it.get("uses", ())),
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(read_bytes(path)).hexdigest()


def _is_of_today(sources: Sources, name: str, digest: str) -> bool:
    """Whether the hash is that of the committed claim and certificate together, and the claim is the same here."""
    committed = Place(sources.proofs, name)
    claim = read_bytes(committed.claim)
    is_recorded = hashlib.sha256(claim + read_bytes(committed.certificate)).hexdigest() == digest
    return is_recorded and read_bytes(sources.place(name).claim) == claim
