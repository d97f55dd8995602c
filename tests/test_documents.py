"""Every code block of the README and of docs/ is run: console blocks line by line against what they show, Python blocks as they stand."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETUP = ("make ", "git clone", "pip install", "cd ")  # what makes this test run at all


def blocks(language: str) -> Iterator[tuple[str, str]]:
    for document in DOCUMENTS:
        for number, match in enumerate(BLOCK.finditer(document.read_text())):
            if match[1] == language:
                yield f"{document.name}-{number}", match[2]


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each `$ command` with the output shown under it; a line … stands for any lines."""
    for part in re.split(r"(?m)^\$ ", block)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def matches(shown: str, printed: str) -> bool:
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line) + r"\n" for line in shown.splitlines())
    return re.fullmatch(pattern, printed) is not None


CONSOLE = [(name.rpartition("-")[0], command, shown) for name, block in blocks("console") for command, shown in commands(block)]


@pytest.mark.parametrize("document", dict.fromkeys(name for name, _, _ in CONSOLE))
def test_console(document: str) -> None:
    """The commands of a document one after the other, as its reader runs them; not those that set up what runs this test."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "COLUMNS": "120"}
    for command, shown in [(command, shown) for name, command, shown in CONSOLE if name == document and not command.startswith(SETUP)]:
        done = subprocess.run(command, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
        said = re.sub(r"(?m)^.*: \d+\.\d s\n", "", done.stderr)  # what takes over a second says how long it took
        assert matches(shown, done.stdout + said), f"$ {command}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("code", [pytest.param(b, id=name) for name, b in blocks("python")])
def test_python(code: str, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_links_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text()):
            assert target.startswith("https://") or (document.parent / target).exists(), f"{document.name}: {target}"
