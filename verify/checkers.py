"""The two checkers, as programs: the Python kernel, and `depthcheck`, which is proved in Coq.

A certificate is graded KERNEL if both accept it, CHECKED if only the Python kernel was asked. Where `depthcheck` is not built
(`make checker`), what it accepted before is read from a record, `accepted.json` beside the proofs: the hashes of certificate and
claim, and of the sources that `depthcheck` was built from. A record for other sources counts for nothing.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .kernel.check import CERTIFICATE, CLAIM, check
from .kernel.check import report as kernel_report
from .kernel.errors import DepthproofError, Rejected
from .theorem import Grade

PACKAGE = Path(__file__).resolve().parent
KERNEL = PACKAGE / "kernel" / "__main__.py"
PYTHON = (sys.executable, "-I", "-S", str(KERNEL))
SECONDS = 120
FORMAT = "accepted/1"
RECORD = "accepted.json"
SOURCES = ("*.v", "ml/**/*.v", "ml/**/*.ml", "ml/**/*.mli", "ml/**/*.js")


class Disagreement(DepthproofError):
    """One checker accepts what the other does not: one of them is wrong, and nothing is decided."""

    exit_code = 4


def proved() -> tuple[str, ...] | None:
    """The command of `depthcheck`: built in this checkout, or on the path; None where there is none."""
    built = PACKAGE.parent / "build" / "checker" / "depthcheck"
    found = str(built) if built.is_file() else shutil.which("depthcheck")
    return (found,) if found else None


def says(command: Sequence[str], claims: Sequence[Path]) -> list[tuple[str, ...]]:
    """What a checker, in a process of its own, says of each claim: its lines, the verdict first."""
    if not claims:
        return []
    blocks: list[list[str]] = []
    for line in _printed(command, list(map(str, claims))):
        if line.startswith("  ") and blocks:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    if len(blocks) != len(claims):
        return [("OVER BUDGET the checker did not answer for every claim",)] * len(claims)
    return [tuple(block) for block in blocks]


def _printed(command: Sequence[str], paths: Sequence[str]) -> list[str]:
    """The lines that a checker prints of these paths."""
    try:
        run = subprocess.run([*command, *paths], capture_output=True, text=True, timeout=SECONDS, check=False)
    except (subprocess.TimeoutExpired, ValueError, OSError) as error:
        return [f"OVER BUDGET the checker was not run to its end: {type(error).__name__}"]
    return run.stdout.splitlines()


def grade(stem: str, files: Mapping[str, bytes], proofs: Path | None = None) -> tuple[Grade, tuple[str, ...]]:
    """The grade of the certificate STEM.certificate.json among these files, and what the Python kernel prints of the claim.

    Raises what the kernel raises, and `Disagreement`."""
    claim, certificate = files[stem + CLAIM], files[stem + CERTIFICATE]
    lines = check(claim, certificate, lambda digest: files[f"networks/{digest}.json"])
    return seconded(stem, files, lines, proofs), lines


def seconded(stem: str, files: Mapping[str, bytes], lines: Sequence[str], proofs: Path | None = None) -> Grade:
    """The grade of what the Python kernel accepted with these lines: KERNEL if `depthcheck` says the same, now or as recorded.

    Raises `Disagreement` where `depthcheck` says something else."""
    command = proved()
    if command is None:
        claim, certificate = _sha256(files[stem + CLAIM]), _sha256(files[stem + CERTIFICATE])
        recorded = accepted(proofs) if proofs is not None else {}
        return Grade.KERNEL if recorded.get(certificate) == claim else Grade.CHECKED
    (said,) = _asked(command, stem, files)
    if said != tuple(lines):
        raise Disagreement(stem, f"the checkers disagree: the Python kernel says {lines[0]}, depthcheck {said[0]}")
    return Grade.KERNEL


def words(grade: Grade) -> str:
    """By whom a certificate of this grade was accepted."""
    if grade == Grade.KERNEL:
        return "accepted by the Python kernel and by depthcheck, which is proved in Coq"
    return "accepted by the Python kernel; depthcheck, which is proved in Coq, is not built here (make checker)"


def _asked(command: Sequence[str], stem: str, files: Mapping[str, bytes]) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "networks").mkdir()
        for name, data in files.items():
            if name.startswith("networks/"):
                (place / name).write_bytes(data)
        (place / f"claim{CLAIM}").write_bytes(files[stem + CLAIM])
        (place / f"claim{CERTIFICATE}").write_bytes(files[stem + CERTIFICATE])
        return says(command, [place / f"claim{CLAIM}"])


def report(paths: Sequence[str], say: Callable[[str], None]) -> int:
    """Says what the Python kernel says of the claims at the paths, and whether `depthcheck` says the same. The kernel's exit code; 4 where
    one of them accepts what the other does not."""
    lines = list[str]()

    def heard(line: str) -> None:
        lines.append(line)
        say(line)

    code = kernel_report(list(paths), heard)
    command, verdicts = proved(), _verdicts(lines)
    say(f"Python kernel: {_counted(verdicts)}")
    if command is None:
        say("depthcheck: not built here (make checker); it is the second checker, proved in Coq")
        return code
    second = _printed(command, paths)
    say(f"depthcheck, proved in Coq: {_counted(_verdicts(second))}")
    if [line for line in lines if _holds(line)] == [line for line in second if _holds(line)]:
        return code
    say("the checkers disagree: one of them is wrong; please report it with these files")
    return Disagreement.exit_code


def _holds(line: str) -> bool:
    return line.startswith(("HOLDS ", "  "))


def _verdicts(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if not line.startswith("  ")]


def _counted(verdicts: Sequence[str]) -> str:
    accepted = sum(map(_holds, verdicts))
    return f"{accepted} of {len(verdicts)} accepted"


def accepted(proofs: Path) -> Mapping[str, str]:
    """What `depthcheck` is recorded to have accepted: the claim's hash by the certificate's. Nothing, where its sources changed."""
    try:
        value: dict[str, Any] = json.loads((proofs / RECORD).read_bytes())
        if value["format"] != FORMAT or value["sources"] != sources(proofs):
            return {}
        return {str(key): str(text) for key, text in value["certificates"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def sources(proofs: Path) -> str:
    """The hash of all that `depthcheck` is built from."""
    folder, whole = proofs / "coq" / "checker", hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in folder.glob(pattern)}):
        whole.update(f"{path.relative_to(folder).as_posix()} {_sha256(path.read_bytes())}\n".encode())
    return whole.hexdigest()


def record(proofs: Path) -> int:
    """Asks `depthcheck` about all committed certificates and writes down what it accepts; how many. Raises `Rejected` where it is not
    built, or does not say of one of them what the Python kernel says."""
    command = proved()
    if command is None:
        raise Rejected("depthcheck", "is not built: make checker")
    claims = sorted((proofs / "certificates").glob(f"*{CLAIM}"))
    found = {}
    for claim, first, second in zip(claims, says(PYTHON, claims), says(command, claims), strict=True):
        if first != second or not first[0].startswith("HOLDS "):
            raise Rejected(claim.name, f"the Python kernel says {first[0]}, depthcheck {second[0]}")
        certificate = claim.with_name(claim.name.removesuffix(CLAIM) + CERTIFICATE)
        found[_sha256(certificate.read_bytes())] = _sha256(claim.read_bytes())
    value = {"format": FORMAT, "sources": sources(proofs), "certificates": found}
    (proofs / RECORD).write_text(json.dumps(value, indent=1) + "\n")
    return len(found)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> int:
    """`python -m verify.checkers PROOFS`: records what `depthcheck` accepts."""
    try:
        print(f"{record(Path(sys.argv[1]))} certificates accepted by both checkers")
    except DepthproofError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
