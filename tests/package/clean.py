"""`python tests/package/clean.py OUT [PYTHON…]`: builds sdist and wheel into OUT, and tries them as a
stranger does: in new environments, from another folder, with and without each extra.

Prints what was tried and how long it took; ends with 1 at the first thing that is not so.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NETWORK = ROOT / "tests" / "networks" / "fit24x24_saw3.onnx"
USER = ROOT / "tests" / "package" / "users_file.py"
NAMES = "import verify; [getattr(verify, name) for name in verify.__all__ if name != 'plot']; print(verify.__version__)"
INSTALL = ("install", "--quiet", "--no-compile", "--disable-pip-version-check")
CERTIFICATES = "import verify, pathlib; print(pathlib.Path(verify.__file__).parent / 'proofs' / 'sawtooth')"


class NotSo(Exception):
    """What was tried did not do what it should."""


@dataclass(frozen=True)
class Environment:
    """A new environment, and a folder that is not the repository's."""

    folder: Path

    def reports(self, *command: str) -> None:
        """A command on the theorems; 3 says that a record is older than its script."""
        done = self.run(*command, code=None)
        if "changed since it was recorded" in done:
            print("a record is older than its script: make regenerate", flush=True)
        elif done != self.run(*command):
            raise NotSo(f"{' '.join(command)}: two answers")

    def run(self, *command: str, code: int | None = 0) -> str:
        """What a command prints; a program is looked for in the environment."""
        program = str(self.folder / "venv" / "bin" / command[0])
        clean = {key: text for key, text in os.environ.items() if not key.startswith("PYTHON")}
        here = self.folder / "elsewhere"
        done = subprocess.run(
            [program, *command[1:]], cwd=here, env=clean, capture_output=True, text=True
        )
        if code is not None and done.returncode != code:
            shown = f"{done.stdout}{done.stderr}"
            raise NotSo(
                f"{' '.join(command)}: expected exit code {code}, found {done.returncode}\n{shown}"
            )
        return done.stdout + done.stderr

    def says(self, words: str, *command: str, code: int = 0) -> None:
        """The command prints these words."""
        if words not in (said := self.run(*command, code=code)):
            raise NotSo(f"{' '.join(command)}: expected {words!r}, found\n{said}")


def made(python: str, folder: Path, package: str) -> Environment:
    """A new environment with the package, and a network to read."""
    subprocess.run([python, "-m", "venv", str(folder / "venv")], check=True)
    (folder / "elsewhere").mkdir()
    shutil.copy(NETWORK, folder / "elsewhere" / "net.onnx")
    it = Environment(folder)
    it.run("pip", *INSTALL, package)
    return it


def plain(it: Environment) -> None:
    """Without extras."""
    it.run("python", "-c", NAMES)
    it.says("pieces                8", "depthproof", "pieces", "sawtooth:3")
    it.says("reading ONNX needs the package onnx", "depthproof", "pieces", "net.onnx", code=2)
    it.says("drawing needs the package matplotlib", "depthproof", "plot", "tent", code=2)
    it.says("writing PDF needs the package typst", "depthproof", "appendix", code=2)
    it.run("depthproof", "check", it.run("python", "-c", CERTIFICATES).strip())
    it.says("separation.sharp", "depthproof", "theorems")
    it.reports("depthproof", "appendix", "--only", "html", "--errata", "--out", "appendix")
    it.run("depthproof", "init", "paper", "mine")
    it.says("all stand", "depthproof", "paper-check", "mine/paper.tex")
    it.reports("depthproof", "bundle", "all.zip")


def onnx(it: Environment) -> None:
    it.says("pieces                51", "depthproof", "pieces", "net.onnx")


def report(it: Environment) -> None:
    it.run("depthproof", "plot", "sawtooth:3", "--out", "picture.svg")
    it.reports("depthproof", "appendix", "--errata", "--out", "appendix")
    for ending in ("html", "pdf", "tex"):
        if not (it.folder / "elsewhere" / "appendix" / f"errata.{ending}").is_file():
            raise NotSo(f"there is no errata.{ending}")
    typed(it)


def cross(it: Environment) -> None:
    it.run("python", "-c", "from verify.evidence.cross import version; assert version()")


def typed(it: Environment) -> None:
    """A user's file, with the types of the installed package."""
    it.run("pip", *INSTALL, "mypy")
    shutil.copy(USER, it.folder / "elsewhere" / "mine.py")
    it.says("no issues found in 1 source file", "mypy", "--strict", "mine.py")
    it.run("python", "mine.py")


Try = Callable[[Environment], None]
EXTRAS: dict[str, Try] = {"onnx": onnx, "report": report, "cross": cross}


def tried(python: str, package: Path, extras: Sequence[str], tries: Sequence[Try]) -> None:
    """One new environment: first without extras, then each of them, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        it = made(python, Path(folder), str(package))
        version = it.run("python", "-V").strip()
        for extra in ("", *extras):
            if extra:
                it.run("pip", *INSTALL, f"{package}[{extra}]")
            for one in (EXTRAS[extra],) if extra else tries:
                one(it)
            named = f"{package.suffix.lstrip('.')}{f'[{extra}]' if extra else ''}"
            print(f"{version}  {named}: {time.monotonic() - start:.0f} s", flush=True)
            start = time.monotonic()


def main() -> int:
    out = Path(sys.argv[1])
    named = sys.argv[2:] or ["python3.11", "python3.12", "python3.13"]
    pythons = [path for path in map(shutil.which, named) if path is not None]
    shutil.rmtree(out, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(out), str(ROOT)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (wheel,), (sdist,) = list(out.glob("*.whl")), list(out.glob("*.tar.gz"))
    for path in (wheel, sdist):
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    try:
        for python in pythons:
            tried(python, wheel, tuple(EXTRAS), [plain])
        tried(pythons[0], sdist, (), [plain])
    except (NotSo, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    missing = sorted(set(named) - {Path(path).name for path in pythons} - set(pythons))
    print("\n".join(f"{name}: is not here, and was not tried" for name in missing) or "all tried")
    return 0


if __name__ == "__main__":
    sys.exit(main())
