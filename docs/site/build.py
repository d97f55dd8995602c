"""Makes the site: python docs/site/build.py OUT. Pages from docs/, what is generated, then Sphinx.

The result needs no server and asks for nothing from outside: it can be opened from disk, or given
to any static host.
"""

import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import verify
from verify.cli.progress import steps

sys.path.insert(0, str(Path(__file__).parent))
import check
import gallery

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)#\s]+)(#[^)\s]*)?\)")
ORDER = {
    "Learn": ["tutorial", "notebooks/your-network", "notebooks/the-lecture", "notebooks/a-theorem", "explorer", "gallery"],
    "Use": [
        "claims", "formats", "complexes", "constructions", "sweeps", "proof-scripts", "paper", "package", "api", "reference", "comparison",
    ],
    "Trust": ["architecture", "kernel", "coq", "reliability"],
    "Read": ["changes"],
}
EXTRA = {
    "appendix.html": "The appendix: every theorem with its evidence",
    "errata.html": "The errata: what the slides get wrong, in their order",
    "explore.html": "The explorer: the slides, alive",
}


def main(out: Path) -> None:
    source = out.parent / f"{out.name}-source"
    with steps("site", 5) as done:
        pages = copied(source)
        done("pages")
        (source / "gallery.md").write_text(gallery.page(source, ROOT))
        done("gallery")
        (source / "reference.md").write_text(reference())
        done("reference")
        (source / "index.md").write_text(index(pages, reports(source), source))
        done("appendix and explorer")
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-j", "2", "-b", "html"]
        subprocess.run([*command, str(source), str(out)], check=True, cwd=ROOT)
        done("html")
    faults = check.faults(out)
    if faults:
        sys.exit("\n".join(faults))
    print(f"{out}/index.html: {len(list(out.rglob('*.html')))} pages, every link followed, nothing asked for from outside")


def copied(source: Path) -> set[Path]:
    """Puts what docs/ has into a new folder of sources; the pages, by their paths in docs/."""
    shutil.rmtree(source, ignore_errors=True)
    (source / "_extra").mkdir(parents=True)
    pages = {path.relative_to(DOCS) for path in DOCS.rglob("*.md")}
    for page in sorted(pages):
        (source / page).parent.mkdir(parents=True, exist_ok=True)
        (source / page).write_text(linked(DOCS / page, pages))
    for folder in ("pictures", "notebooks", "schemas"):
        shutil.copytree(DOCS / folder, source / folder, dirs_exist_ok=True)
    shutil.copy(DOCS / "site" / "conf.py", source)
    (source / "changes.md").write_text(linked(ROOT / "CHANGELOG.md", pages))
    return pages


def linked(page: Path, pages: set[Path]) -> str:
    """A page whose links lead to other pages of the site; a link to any other file of the repository
    is its name only."""

    def target(match: re.Match[str]) -> str:
        picture, text, path, anchor = match.groups()
        if path.startswith("https://"):
            return match[0]
        file = (page.parent / path).resolve()
        inside = file.relative_to(DOCS) if file.is_relative_to(DOCS) else None
        if inside in pages or (inside is not None and inside.parts[0] == "pictures"):
            here = page.parent if page.is_relative_to(DOCS) else DOCS
            return f"{picture}[{text}]({_from(here, inside)}{anchor or ''})"
        return text if text.startswith("`") else f"{text} (`{file.relative_to(ROOT)}`)"

    return LINK.sub(target, page.read_text())


def _from(here: Path, inside: Path) -> str:
    """The way from a page's folder to another page."""
    up = "../" * len(here.relative_to(DOCS).parts)
    return f"{up}{inside}"


def reference() -> str:
    """Every public name with its docstring."""
    parts = ["# Reference\n\nEvery name of `verify`, from its docstring.\n"]
    for name, place in verify._PLACES.items():
        module = f"verify.{place}"
        found = getattr(importlib.import_module(module), name)
        kind = "autoclass" if isinstance(found, type) else "autofunction"
        members = "   :members:\n" if kind == "autoclass" else ""
        parts.append(f"## {name}\n\n```{{eval-rst}}\n.. {kind}:: {module}.{name}\n{members}```\n")
    return "\n".join(parts)


def reports(source: Path) -> list[str]:
    """The appendix, its errata alone, and the explorer; the files made."""
    extra = source / "_extra"
    run = [sys.executable, "-m", "verify"]
    subprocess.run([*run, "appendix", "--only", "html", "--out", str(extra)], check=True, cwd=ROOT)
    errata = source / "_errata"
    subprocess.run([*run, "appendix", "--errata", "--only", "html", "--out", str(errata)], check=True, cwd=ROOT)
    shutil.copy(errata / "errata.html", extra / "errata.html")
    shutil.rmtree(errata)
    subprocess.run([*run, "explore", "--out", str(extra / "explore.html")], check=True, cwd=ROOT)
    return sorted(path.name for path in extra.iterdir() if path.name in EXTRA)


def index(pages: set[Path], made: list[str], source: Path) -> str:
    """The first page: what the README says, and where everything is."""
    text = linked(ROOT / "README.md", pages)
    trees = []
    for caption, names in ORDER.items():
        there = [name for name in names if any((source / f"{name}{end}").is_file() for end in (".md", ".ipynb"))]
        listed = "\n".join(there)
        trees.append(f"```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{listed}\n```\n")
    pages_made = "\n".join(f"- <a href=\"{name}\">{EXTRA[name]}</a>" for name in made)
    return f"{text}\n\n## Pages made at the build\n\n{pages_made}\n\n" + "\n".join(trees)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
