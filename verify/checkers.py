"""The two checkers, as programs: the Python kernel, and `depthcheck`, which is proved in Coq.

A certificate is graded KERNEL if both accept it, CHECKED if `depthcheck` was not asked, or it cost that one too much.
Where it is not built (`make checker`), what it accepted before is read from the theorem's record: the hashes of
certificate and claim, and of the sources that `depthcheck` was built from. A record, or a program, for other sources
counts for nothing; a program of that name elsewhere on the machine is never asked.
"""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from . import record as records
from .files import write_bytes
from .kernel.check import CERTIFICATE, CLAIM, check
from .kernel.check import report as kernel_report
from .kernel.errors import DepthproofError, Rejected
from .layout import NOT, Place, is_name, places
from .theorem import Grade

UNPROVED: tuple[str, ...] = ()  # rules that depthcheck does not know: what uses them is CHECKED
PACKAGE = Path(__file__).resolve().parent
KERNEL = PACKAGE / "kernel" / "__main__.py"
PYTHON = (sys.executable, "-I", "-S", str(KERNEL))
SECONDS = 120
SOURCES = ("*.v", "_CoqProject", "Makefile", "ml/**/*.v", "ml/**/*.ml", "ml/**/*.mli", "ml/**/*.js")
BASE = ("Definitions.v", "PiecewiseLinear.v", "Integrals.v")  # what the checker's theorem speaks of, beside it
BUILT = PACKAGE.parent / "build" / "checker"
HERE = PACKAGE.parent / "proofs"


class Disagreement(DepthproofError):
    """One checker accepts what the other does not: one of them is wrong, and nothing is decided."""

    exit_code = 4


def proved() -> tuple[str, ...] | None:
    """The command of `depthcheck`, if it is built in this checkout, from the sources as they are; None otherwise."""
    program = BUILT / "depthcheck"
    try:
        made_from = (BUILT / "sources").read_text().strip()
    except OSError:
        return None
    if not made_from or not program.is_file():
        return None
    return (str(program),) if made_from == sources(HERE) else None


def says(command: Sequence[str], claims: Sequence[Path]) -> list[tuple[str, ...]]:
    """What a checker, in a process of its own, says of each claim: its lines, the verdict first.

    Where it does not answer for all at once, it is asked for each.

    >>> (said,) = says(PYTHON, [Path("proofs/sawtooth/map.claim.json")])
    >>> said[0]
    'HOLDS "sawtooth.map"'
    """
    if not claims:
        return []
    found = _blocks(_printed(command, list(map(str, claims))))
    if len(found) == len(claims):
        return found
    if len(claims) == 1:
        return [("OVER BUDGET the checker did not answer",)]
    each = list[tuple[str, ...]]()
    for claim in claims:
        each += says(command, [claim])
    return each


def _blocks(lines: Sequence[str]) -> list[tuple[str, ...]]:
    """The lines of each claim together: a verdict, and what is indented below it."""
    found: list[list[str]] = []
    for line in lines:
        if line.startswith("  ") and found:
            found[-1].append(line)
        else:
            found.append([line])
    return [tuple(block) for block in found]


def _printed(command: Sequence[str], paths: Sequence[str]) -> list[str]:
    """The lines that a checker prints of these paths; none if it is not run to its end."""
    whole = [*command, *paths]
    try:
        done = subprocess.run(whole, capture_output=True, text=True, timeout=SECONDS, check=False)
        return done.stdout.splitlines()
    except (subprocess.TimeoutExpired, ValueError, OSError):
        return []


def grade(stem: str, files: Mapping[str, bytes], proofs: Path | None = None) -> tuple[Grade, tuple[str, ...]]:
    """The grade of the certificate STEM.certificate.json among these files, and what the Python kernel prints.

    Raises what the kernel raises, and `Disagreement`.
    """
    claim, certificate = files[stem + CLAIM], files[stem + CERTIFICATE]
    lines = check(claim, certificate, lambda digest: files[f"networks/{digest}.json"])
    return seconded(stem, files, lines, proofs), lines


def seconded(stem: str, files: Mapping[str, bytes], lines: Sequence[str], proofs: Path | None = None) -> Grade:
    """The grade of what the Python kernel accepted with these lines: KERNEL if `depthcheck` says the same.

    It is asked if it is built; otherwise what the record says counts. Raises `Disagreement` where it says something
    else.
    """
    command = proved()
    if command is None:
        return Grade.KERNEL if _is_recorded(stem, files, proofs) else Grade.CHECKED
    said = _asked(command, stem, files)
    if differs(lines, said):
        raise Disagreement(stem, f"the checkers disagree: the Python kernel says {lines[0]}, depthcheck {said[0]}")
    return Grade.KERNEL if said == tuple(lines) else Grade.CHECKED


def _is_recorded(stem: str, files: Mapping[str, bytes], proofs: Path | None) -> bool:
    """Whether the record of the theorem that a claim is called by says that `depthcheck` accepted the certificate."""
    name = stem.removeprefix(NOT)
    if proofs is None or not is_name(name):
        return False
    return records.accepted(Place(proofs, name), files[stem + CLAIM], files[stem + CERTIFICATE], sources(proofs))


def differs(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether one checker accepts what the other refuses, or says something else of it.

    What costs one of them too much it does not decide, nor depthcheck, the second, what uses a rule of UNPROVED.

    >>> differs(["HOLDS a"], ["REJECTED a"]), differs(["HOLDS a"], ["OVER BUDGET a"])
    (True, False)
    """
    if _is_over_budget(first) or _is_over_budget(second) or uses_unproved(second):
        return False
    is_accepted = _holds(first) or _holds(second)
    return is_accepted and tuple(first) != tuple(second)


def uses_unproved(said: Sequence[str]) -> bool:
    """Whether depthcheck refuses a certificate because of a rule that it does not know."""
    return any(said[0].endswith(f'expected one of the rules with its arguments, found "{rule}"') for rule in UNPROVED)


def accepting(grade: Grade) -> str:
    """Who accepted a certificate of this grade: depthcheck where it is built, otherwise as recorded."""
    if grade != Grade.KERNEL:
        return "the Python kernel alone"
    if proved() is None:
        return "the Python kernel, and as recorded the proved checker,"
    return "the Python kernel and the proved checker"


def words(grade: Grade) -> str:
    """By whom a certificate of this grade was accepted, and if not by both, why."""
    if grade == Grade.KERNEL:
        return "accepted by the Python kernel and by depthcheck, which is proved in Coq"
    why = "is not built here (make checker)" if proved() is None else "did not decide within its limits"
    if UNPROVED:
        why += f", or does not know a rule ({', '.join(UNPROVED)})"
    return f"accepted by the Python kernel; depthcheck, which is proved in Coq, {why}"


def _asked(command: Sequence[str], stem: str, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """What a checker says of the claim STEM.claim.json among these files."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "networks").mkdir()
        for name, data in files.items():
            if name.startswith("networks/"):
                (place / name).write_bytes(data)
        (place / f"claim{CLAIM}").write_bytes(files[stem + CLAIM])
        (place / f"claim{CERTIFICATE}").write_bytes(files[stem + CERTIFICATE])
        (said,) = says(command, [place / f"claim{CLAIM}"])
        return said


def report(paths: Sequence[str], say: Callable[[str], None]) -> int:
    """Says what the Python kernel says of the claims at the paths, and whether `depthcheck` says the same.

    Gives the kernel's exit code; 4 where one of them accepts what the other refuses.
    """
    lines = list[str]()

    def heard(line: str) -> None:
        lines.append(line)
        say(line)

    code = kernel_report(list(paths), heard)
    first, command = _blocks(lines), proved()
    say(f"Python kernel: {_counted(first)}")
    if command is None:
        say("depthcheck: not built here (make checker); it is the second checker, proved in Coq")
        return code
    second = _blocks(_printed(command, paths))
    say(f"depthcheck, proved in Coq: {_counted(second)}")
    if len(first) != len(second):
        say(
            "depthcheck did not answer for every claim; "
            "what it did not answer for is accepted by the Python kernel alone"
        )
        return code
    unknown = sum(map(uses_unproved, second))
    if unknown:
        rules = ", ".join(UNPROVED)
        say(
            f"depthcheck does not know a rule that {unknown} of them use ({rules}): "
            "these are decided by the Python kernel alone"
        )
    for one, other in zip(first, second, strict=True):
        if differs(one, other):
            wrong = "the checkers disagree, and one of them is wrong; please report it with these files"
            say(f"{wrong}: {one[0]}; depthcheck: {other[0]}")
            code = Disagreement.exit_code
    return code


def _holds(block: Sequence[str]) -> bool:
    return block[0].startswith("HOLDS ")


def _is_over_budget(block: Sequence[str]) -> bool:
    return block[0].startswith("OVER BUDGET")


def _counted(blocks: Sequence[Sequence[str]]) -> str:
    return f"{sum(map(_holds, blocks))} of {len(blocks)} accepted"


def sources(proofs: Path) -> str:
    """The hash of all that `depthcheck` is built from; "" where its theorem is not among it."""
    folder, whole = proofs / "coq" / "checker", hashlib.sha256()
    if not (folder / "CheckSound.v").is_file():
        return ""
    paths = {folder.parent / name for name in BASE}
    for pattern in SOURCES:
        paths.update(folder.glob(pattern))
    for path in sorted(path for path in paths if path.is_file()):
        name, digest = path.relative_to(folder.parent).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{name} {digest}\n".encode())
    return whole.hexdigest()


def record(proofs: Path) -> int:
    """Asks `depthcheck` about all committed certificates and writes into their records that it accepts them.

    Gives how many there are. Raises `Rejected` where it is not built, or does not say of one of them what the Python
    kernel says, but for those that use a rule of UNPROVED.
    """
    command = proved()
    if command is None:
        raise Rejected("depthcheck", "is not built: make checker")
    certified, now = places(proofs, CLAIM), sources(proofs)
    claims, recorded = [place.claim for place in certified], 0
    for place, first, second in zip(certified, says(PYTHON, claims), says(command, claims), strict=True):
        if _holds(first) and uses_unproved(second):
            continue
        recorded += 1
        if first != second or not first[0].startswith("HOLDS "):
            raise Rejected(place.name, f"the Python kernel says {first[0]}, depthcheck {second[0]}")
        before = records.read(place.record, place.name)
        after = replace(before, depthcheck=now)
        if not after.accepts(place.claim.read_bytes(), place.certificate.read_bytes(), now):
            raise Rejected(place.name, f"the record names other files: depthproof prove --record {place.name}")
        if after != before:
            write_bytes(place.record, after.data)
    return recorded


def main() -> int:
    """`python -m verify.checkers PROOFS`: records what `depthcheck` accepts.

    With --sources: prints the hash of its sources.
    """
    if sys.argv[2:] == ["--sources"]:
        print(sources(Path(sys.argv[1])))
        return 0
    try:
        print(f"{record(Path(sys.argv[1]))} certificates accepted by both checkers")
    except DepthproofError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
