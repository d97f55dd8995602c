"""Many claims, decided side by side by any executor. What is finished is written at once, and
found again by the next run."""

import json
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..claim import Claim
from ..files import file_name, read_bytes, write_files
from ..kernel.check import CERTIFICATE, CLAIM
from ..kernel.errors import DepthproofError
from ..kernel.limits import MOST_BYTES
from ..kernel.numerals import numeral
from ..rational import rational
from .proving import Proved, Undecided, prove

PART = ".part.json"
PROVED, REFUTED, UNDECIDED = "PROVED", "REFUTED", "UNDECIDED"
LOST = "the process was ended by "  # as `limits` says of a worker that was killed


@dataclass(frozen=True)
class Part:
    """What is known of one claim of a sweep.

    `limit`: the seconds that the search was given; `seconds`: those that it took. `size`: the
    certificate's bytes. `goal` and `point`: what is refuted, and where. `is_old`: an earlier run
    found it; its certificate was checked again now.
    """

    name: str
    claim: str  # its hash
    verdict: str
    limit: float
    seconds: float
    size: int = 0
    reason: str = ""
    goal: str = ""
    point: Mapping[str, Fraction] = field(default_factory=dict)
    is_old: bool = False

    @property
    def data(self) -> bytes:
        """The part as its file holds it."""
        point = {key: numeral(value) for key, value in self.point.items()}
        whole = {"format": "part/1", **vars(self), "point": point}
        del whole["is_old"]
        return json.dumps(whole, indent=1).encode("ascii") + b"\n"


Files = Mapping[str, bytes]


def sweep(
    claims: Mapping[str, Claim], folder: Path, seconds: float, executor: Executor, retry: bool = False
) -> Iterator[Part]:
    """Each claim's part, as they come; its files are in the folder before it is told.

    A claim's name may have folders before it. What an earlier run decided is taken from the folder,
    its certificate checked again; what it left undecided within as many seconds is tried again only
    where `retry` says so. A worker that is lost costs the claim that it had: it is told as
    undecided, with the reason, and the next run tries it again.
    """
    waiting = {}
    for name, claim in claims.items():
        old = known(folder, name, claim)
        if old is not None and (old.verdict != UNDECIDED or (old.limit >= seconds and not retry)):
            yield old
        else:
            waiting[executor.submit(decide, name, claim, seconds)] = name
    for future in as_completed(waiting):
        name = waiting[future]
        try:
            part, files = future.result()
        except Exception as error:  # the executor's, of any kind: no worker is left, or a connection is lost
            reason = f"the worker was lost: {type(error).__name__}: {error}"
            yield Part(name, claims[name].sha256, UNDECIDED, seconds, 0.0, reason=reason)
            continue
        place = _place(folder, name)
        write_files(place.parent, {**files, f"{place.name}{PART}": part.data})
        yield part


def decide(name: str, claim: Claim, seconds: float) -> tuple[Part, Files]:
    """Decides one claim, in this process and one below it. A search that somebody killed is tried
    once more."""
    start = time.monotonic()
    it = prove(claim, seconds)
    if isinstance(it, Undecided) and it.reason.startswith(LOST):
        it = prove(claim, seconds)
    part = Part(name, claim.sha256, UNDECIDED, seconds, round(time.monotonic() - start, 3))
    if isinstance(it, Undecided):
        return replace(part, reason=it.reason), {}
    files = it.claim.files(it.certificate, _place(Path(), name).name)
    part = replace(part, size=len(it.certificate))
    if isinstance(it, Proved):
        return replace(part, verdict=PROVED), files
    return replace(part, verdict=REFUTED, goal=it.goal, point=it.point), files


def known(folder: Path, name: str, claim: Claim) -> Part | None:
    """What an earlier run decided of this very claim; None where it decided nothing, or where its
    files do not show it.

    Nothing is believed: the kernel checks the certificate again, of the claim, or of its refutation
    at the point that is told."""
    place = _place(folder, name)
    try:
        part = _read(place.with_name(place.name + PART), name)
        if part.claim != claim.sha256:
            return None
        if part.verdict == UNDECIDED:
            return part
        shown = claim if part.verdict == PROVED else claim.refutation(part.goal, part.point)
        certificate = read_bytes(place.with_name(place.name + CERTIFICATE), MOST_BYTES)
        if read_bytes(place.with_name(place.name + CLAIM), MOST_BYTES) != shown.canonical:
            return None
        shown.check(certificate)
        return replace(part, size=len(certificate))
    except (DepthproofError, OSError, ValueError, KeyError, TypeError):
        return None


def _read(path: Path, name: str) -> Part:
    whole: dict[str, Any] = json.loads(read_bytes(path, MOST_BYTES))
    is_known = whole["verdict"] in (PROVED, REFUTED, UNDECIDED)
    if whole["format"] != "part/1" or whole["name"] != name or not is_known:
        raise ValueError(path)
    point = {str(key): rational(value) for key, value in whole["point"].items()}
    numbers = {key: float(whole[key]) for key in ("limit", "seconds")}
    texts = {key: str(whole[key]) for key in ("claim", "verdict", "reason", "goal")}
    return Part(name=name, point=point, is_old=True, **numbers, **texts)  # type: ignore[arg-type]


def _place(folder: Path, name: str) -> Path:
    """Where a part's files begin. Names are a stranger's: each becomes the name of a file."""
    *above, last = [file_name(part) for part in name.split("/")]
    return Path(folder, *above, last)
