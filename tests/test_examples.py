"""The examples in docstrings give what they say."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def modules():
    for path in sorted((ROOT / "verify").rglob("*.py")):
        if ">>>" in path.read_text(encoding="utf-8"):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("name", list(modules()))
def test_examples_give_what_they_say(name, tmp_path, monkeypatch):
    if name == "verify.report.plotting":
        monkeypatch.chdir(tmp_path)  # where it writes its picture
    done = doctest.testmod(import_module(name))
    assert done.attempted and not done.failed
