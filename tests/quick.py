"""The tests worth running at once: the kernel's short ones, and those of the rooms that differ from the last commit.

python -m tests.quick prints their paths, for pytest -m "not slow".
"""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
ALWAYS = ("tests/kernel", "tests/test_floors.py")
RECORDS = Path("tests/proofs/test_records.py")  # a script and what it imports are often changed together


def changed() -> list[Path]:
    """The files that differ from the last commit, new ones included."""
    lines = subprocess.run(["git", "status", "--porcelain", "-uall"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [Path(line[3:].rpartition(" -> ")[2]) for line in lines.stdout.splitlines()]


def tests_of(path: Path) -> list[Path]:
    """The tests of a file: of its room, or the file itself if it is a test."""
    room = path.parts[1] if len(path.parts) > 1 else ""
    if path.parts[0] == "tests" and path.name.startswith("test_"):
        return [path]
    folder = Path("tests") / {"proofs": "proofs"}.get(path.parts[0], room)
    known = path.parts[0] in ("verify", "tests", "proofs") and (ROOT / folder).is_dir()
    found = [folder] if known else []
    if path.parts[:2] == ("verify", "author"):
        found.append(RECORDS)
    return found


def main() -> None:
    found = {str(there) for path in changed() for there in tests_of(path)}
    print(*sorted(found | set(ALWAYS)))


if __name__ == "__main__":
    main()
