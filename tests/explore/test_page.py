"""The page as a page: alone, small, quiet, for eyes, ears, hands, paper and the dark.

Set DEPTHPROOF_SCREENSHOTS to a folder to keep pictures of both themes and of a phone.
"""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.report.test_browser import Browser
from verify.cli import main
from verify.explore.page import MOST_BYTES
from verify.report import recheck
from verify.report.escape import anchor
from verify.theorem import scripts

from .conftest import ROOT, Page

PANELS = ["fold", "identity", "triangles", "closest", "sizes", "relu", "square", "own", "complex"]
PROOFS = ROOT / "proofs"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1180, 390])
def test_alone_quiet_and_in_its_theme(browser: Browser, file: Path, theme: str, width: int) -> None:
    scheme = [{"name": "prefers-color-scheme", "value": theme}]
    browser.cdp("Emulation.setEmulatedMedia", features=scheme)
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.cdp("Emulation.setDeviceMetricsOverride", **size)
    page = Page(browser, file)
    page.wait("[...document.querySelectorAll('.words')].every(it => it.textContent)")
    browser.screenshot(f"explorer-{theme}-{width}.png")
    messages = [json.loads(entry["message"])["message"] for entry in browser.log("performance")]
    sent = [
        it["params"]["request"]["url"]
        for it in messages
        if it["method"] == "Network.requestWillBeSent"
    ]
    assert sent == [file.as_uri()]
    assert browser.log("browser") == []
    assert page.run("return document.documentElement.scrollWidth - innerWidth") <= 0
    paper, ink = page.run(
        "const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]"
    )
    light = [sum(map(int, colour[4:-1].split(","))) for colour in (paper, ink)]
    assert (light[0] > light[1]) == (theme == "light")
    browser.cdp("Emulation.clearDeviceMetricsOverride")
    browser.cdp("Emulation.setEmulatedMedia", features=[])


def test_small_and_without_addresses(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.encode()) <= MOST_BYTES == 1_500_000
    outside = set(re.findall(r"https?://[^\s\"'<>`]+", text))
    assert outside == {"http://www.w3.org/2000/svg"}  # the name of SVG, which is never asked for
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|import)\s*\(", text)


def test_the_policy_lets_nothing_out(page: Page) -> None:
    policy = page.run("return document.querySelector('meta[http-equiv]').content")
    assert (
        policy.startswith("default-src 'none'; script-src 'sha256-") and "unsafe-eval" not in policy
    )
    refused = page.run(
        "const events = [];"
        "addEventListener('securitypolicyviolation', it => events.push(it.effectiveDirective));"
        "const image = new Image(); image.src = 'https://example.org/x.png';"
        "window.violations = events; return 0"
    )
    assert refused == 0
    page.wait("window.violations.length > 0")
    assert page.run("return window.violations[0]") == "img-src"
    page.browser.log("browser")  # the refusal itself is said on the console


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        if tag == "a":
            self.found.append(dict(attrs)["href"])


def test_links_lead_to_the_appendix_s_anchors(file: Path, page: Page) -> None:
    known = {anchor(theorem.name) for theorem in scripts(PROOFS)}
    links = _Links()
    links.feed(file.read_text(encoding="utf-8"))
    into = [link for link in links.found if link.startswith("appendix.html#")]
    assert len(into) >= 30 and {link.partition("#")[2] for link in into} <= known
    assert {link for link in links.found if not link.startswith("#")} == {*into, "appendix.html"}
    here = [link[1:] for link in links.found if link.startswith("#")]
    assert page.run("return given[0].every(it => document.getElementById(it))", here)


def test_every_panel_names_theorems_with_the_grades_of_today(
    page: Page, record: recheck.Record
) -> None:
    labels = {entry.name: entry for entry in record.entries}
    for panel in PANELS:
        shown = page.run(
            "return [...document.querySelectorAll(`#${given[0]} .theorems li`)].map(it => ["
            " it.querySelector('a').textContent,"
            " [...it.querySelectorAll('.badge')].map(badge => badge.textContent)])",
            panel,
        )
        assert shown
        for name, badges in shown:
            entry = labels[name]
            refuted = ["REFUTED"] if entry.refuted else []
            assert badges == [*refuted, entry.support.name, *([entry.state] if entry.state else [])]


def test_screen_reader(page: Page) -> None:
    nodes = page.browser.cdp("Accessibility.getFullAXTree")["nodes"]
    named = [
        (node["role"]["value"], node.get("name", {}).get("value", ""), node.get("ignored"))
        for node in nodes
        if "role" in node
    ]
    heard = [(role, name) for role, name, ignored in named if not ignored]
    wanted = {
        "main",
        "navigation",
        "slider",
        "button",
        "combobox",
        "textbox",
        "heading",
        "link",
        "region",
    }
    assert wanted <= {role for role, _ in heard}
    spoken = {"slider", "button", "combobox", "textbox", "link", "heading", "application", "region"}
    assert all(name for role, name in heard if role in spoken)
    sliders = page.run(
        "return [...document.querySelectorAll('[type=range], .handle')]"
        ".map(it => it.getAttribute('aria-valuetext'))"
    )
    assert len(sliders) > 20 and all(sliders)
    for panel in PANELS:
        live, pictures = page.run(
            "const panel = document.getElementById(given[0]);"
            "const charts = [...panel.querySelectorAll('svg.chart')];"
            "return [panel.querySelector('.words').getAttribute('aria-live'),"
            " charts.map(it => it.getAttribute('aria-label'))]",
            panel,
        )
        assert live == "polite" and pictures and all(pictures)


def test_words_follow_what_is_done(page: Page) -> None:
    page.slide("relu-pieces-p-of-h", 2)
    page.slide("relu-h-moved-by", 0)
    page.wait("document.querySelector('#relu .words').textContent.startsWith('h has 2 pieces')")
    assert page.run("return document.querySelector('#relu .words').textContent").endswith(
        "σ∘h has 4."
    )


@pytest.mark.parametrize(
    "panel", ["fold", "identity", "triangles", "closest", "sizes", "relu", "square"]
)
def test_sliders_by_keyboard(page: Page, panel: str) -> None:
    page.run("document.querySelector(`#${given[0]} [type=range]`).focus()", panel)
    value = f"return Number(document.querySelector('#{panel} [type=range]').value)"
    page.key("Home")
    least, facts = page.run(value), page.facts(panel)
    page.key("ArrowRight")
    assert page.run(value) == least + 1
    assert page.facts(panel) != facts
    page.key("ArrowLeft")
    assert page.run(value) == least and page.facts(panel) == facts


def test_everything_is_reached_by_the_tabulator(page: Page) -> None:
    reached = page.run(
        "return [...document.querySelectorAll(given[0])]"
        ".filter(it => { it.focus(); return document.activeElement !== it })"
        ".map(it => it.outerHTML.slice(0, 80))",
        "a[href], button:not(:disabled), input, select, summary, [tabindex='0']",
    )
    assert reached == []


def test_motion_is_not_forced_on_anybody(page: Page) -> None:
    page.browser.cdp(
        "Emulation.setEmulatedMedia",
        features=[{"name": "prefers-reduced-motion", "value": "reduce"}],
    )
    page.slide("fold-folds-k", 4)
    page.press("fold", "Fold once more")
    assert page.run("return document.getElementById('fold-folds-k').value") == "5"
    page.browser.cdp("Emulation.setEmulatedMedia", features=[])
    page.press("fold", "Fold once more")
    assert page.run("return document.getElementById('fold-folds-k').value") == "5"
    page.wait("document.getElementById('fold-folds-k').value === '6'")


def test_the_step_is_animated(page: Page) -> None:
    page.press("identity", "Show the step")
    page.wait("document.getElementById('identity-the-step').value < 250")
    page.wait("document.getElementById('identity-the-step').value === '300'")


def test_paper(page: Page) -> None:
    page.browser.cdp("Emulation.setEmulatedMedia", media="print")
    hidden = page.run(
        "return [...document.querySelectorAll('.controls, nav')]"
        ".every(it => getComputedStyle(it).display === 'none')"
    )
    page.browser.cdp("Emulation.setEmulatedMedia", media="")
    assert hidden
    printed = page.browser.cdp("Page.printToPDF")["data"]
    assert len(printed) > 20_000


@pytest.mark.parametrize("net", ["tent", "max:2"])
def test_panels_without_a_network_say_so(
    browser: Browser, record: recheck.Record, tmp_path: Path, net: str
) -> None:
    path = tmp_path / "explorer.html"
    assert main(["explore", net, "--out", str(path)]) == record.exit_code
    page = Page(browser, path)
    empty, full = ("complex", "own") if net == "tent" else ("own", "complex")
    assert page.facts(empty) == {} and page.facts(full)
    page.wait(f"document.querySelector('#{empty} .words').textContent.startsWith('There is no')")
    page.run(
        "for (const it of document.querySelectorAll('#own input, #own select'))"
        " it.dispatchEvent(new Event('change'))"
    )
    assert browser.log("browser") == []
