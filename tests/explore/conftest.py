"""The page in a browser, made once by the command, with networks of every kind in it."""

import json
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.report.test_browser import Browser
from tests.report.test_browser import browser as browser  # the fixture
from verify.cli import main
from verify.explore.page import names
from verify.report import recheck

ROOT = Path(__file__).parents[2]
NETWORKS = ("tests/networks/fit24x24_saw3.onnx", "sawtooth:5", "random:8-8-8:26", "folding:2:4-4")


@pytest.fixture(scope="session")
def record() -> recheck.Record:
    """The theorems that the page names, as they stand today."""
    return recheck.read(recheck.Sources(ROOT / "proofs", ROOT / "proofs"), names())


@pytest.fixture(scope="session")
def file(record: recheck.Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page."""
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    nets = [str(ROOT / name) if name.endswith(".onnx") else name for name in NETWORKS]
    assert main(["explore", *nets, "--out", str(path)]) == record.exit_code
    return path


class Page:
    """The page as it is open. Numbers come as numerals, and are compared as Fractions."""

    def __init__(self, browser: Browser, file: Path) -> None:
        self.browser, self.file = browser, file
        browser.log("performance"), browser.log("browser")
        browser.call("/url", {"url": file.as_uri()})
        self.wait("document.documentElement.dataset.ready === 'all'")
        # A page that still scrolls moves under the pointer: here it jumps.
        self.run("document.documentElement.style.scrollBehavior = 'auto'")

    def run(self, script: str, *given: Any) -> Any:
        """What the script returns; `given` is its value `given`."""
        return self.browser.run(f"const given = {json.dumps(given)}; {script}")

    def wait(self, condition: str) -> None:
        for _ in range(1200):
            if self.run(f"return {condition}"):
                return
            time.sleep(0.05)  # until the page has done it
        raise AssertionError(f"not in a minute: {condition}")

    def slide(self, name: str, value: int) -> None:
        """Moves a slider as a pointer does."""
        self.run(
            "const it = document.getElementById(given[0]); it.value = given[1];"
            "it.dispatchEvent(new Event('input'))",
            name,
            value,
        )

    def press(self, panel: str, text: str) -> None:
        self.run(
            "[...document.querySelectorAll(`#${given[0]} button`)]"
            ".find(it => it.textContent === given[1]).click()",
            panel,
            text,
        )

    def key(self, key: str, modifiers: int = 0) -> None:
        """A key of the keyboard, where the focus is."""
        codes = {"ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
        codes |= {"Delete": 46, "Home": 36, "End": 35}
        typed = {"key": key, "windowsVirtualKeyCode": codes.get(key, 0), "modifiers": modifiers}
        typed |= {} if key in codes else {"text": key}
        for kind in ("keyDown", "keyUp"):
            self.browser.cdp("Input.dispatchKeyEvent", type=kind, **typed)

    def facts(self, panel: str) -> dict[str, str]:
        """What stands beside each label of a panel, for a reader."""
        return dict(
            self.run(
                "return [...document.querySelectorAll(`#${given[0]} dd`)]"
                ".filter(it => !it.hidden).map(it => [it.dataset.fact, it.textContent])",
                panel,
            )
        )

    def exact(self, panel: str) -> dict[str, Fraction]:
        """The exact numbers of a panel."""
        found = self.run(
            "return [...document.querySelectorAll(`#${given[0]} dd[data-exact]`)]"
            ".filter(it => !it.hidden).map(it => [it.dataset.fact, it.dataset.exact])",
            panel,
        )
        return {label: Fraction(value) for label, value in found}


@pytest.fixture(scope="module")
def page(browser: Browser, file: Path) -> Iterator[Page]:
    """The page, open; nothing may have appeared on its console by the end."""
    opened = Page(browser, file)
    yield opened
    assert browser.log("browser") == []
