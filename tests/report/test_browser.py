"""The appendix in a real browser, from disk: nothing on its console, no request leaves the page, links lead, every formula has a size.

Set DEPTHPROOF_SCREENSHOTS to a folder to keep pictures of both themes, to be looked at.
"""

import json
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from verify.report import recheck
from verify.report.appendix import Extras, document
from verify.report.page import page

NETWORKS = Path(__file__).parents[1] / "networks"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--window-size=1180,900",
]  # fmt: skip


class Browser:
    """A session of chromedriver, by its HTTP interface."""

    def __init__(self, port: int, profile: Path) -> None:
        self.base = f"http://127.0.0.1:{port}"
        options = {"args": [*FLAGS, f"--user-data-dir={profile}"], "binary": shutil.which("chromium")}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        self.base += f"/session/{self.call('/session', {'capabilities': {'alwaysMatch': wanted}})['sessionId']}"

    def call(self, path: str, value: Any = None, method: str = "") -> Any:
        data = json.dumps({} if value is None else value).encode() if method != "GET" and method != "DELETE" else None
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method or "POST")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def run(self, script: str) -> Any:
        return self.call("/execute/sync", {"script": script, "args": []})

    def cdp(self, command: str, **parameters: Any) -> Any:
        return self.call("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def log(self, kind: str) -> list[dict[str, Any]]:
        return self.call("/se/log", {"type": kind})

    def screenshot(self, name: str) -> None:
        folder = os.environ.get("DEPTHPROOF_SCREENSHOTS")
        if folder:
            import base64

            size = self.run("return [document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
            clip = {"x": 0, "y": 0, "width": size[0], "height": min(size[1], 16000), "scale": 1}
            taken = self.cdp("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
            (Path(folder) / name).write_bytes(base64.b64decode(taken["data"]))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if not shutil.which("chromium") or not shutil.which("chromedriver"):
        pytest.skip("wants a browser: apt-get install --no-install-recommends chromium chromium-driver")
    port = 20_000 + os.getpid() % 20_000
    driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    session: Browser | None = None
    try:
        for _ in range(100):
            try:
                session = Browser(port, tmp_path_factory.mktemp("profile"))
                break
            except OSError:
                time.sleep(0.1)  # until the driver listens
        if session is None:
            pytest.skip("the browser's driver does not answer")
        yield session
    finally:
        if session is not None:
            session.call("", method="DELETE")
        driver.terminate()
        driver.wait(10)


@pytest.fixture(scope="module")
def file(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page; of a folder of theorems named in DEPTHPROOF_THEOREMS, if one is."""
    folder = Path(os.environ.get("DEPTHPROOF_THEOREMS", whole))
    sources = recheck.Sources(folder, folder)
    frontier = Path(__file__).parents[2] / "verify" / "answers" / "frontier.json"
    path = tmp_path_factory.mktemp("page") / "appendix.html"
    path.write_text(page(document(recheck.read(sources), Extras(NETWORKS, frontier))), encoding="utf-8")
    return path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_in_a_browser(browser: Browser, file: Path, theme: str) -> None:
    browser.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
    browser.log("performance"), browser.log("browser")
    browser.call("/url", {"url": file.as_uri()})
    browser.screenshot(f"{theme}.png")

    assert browser.log("browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in browser.log("performance")]
    asked = [message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"]
    assert asked and all(url == file.as_uri() or url.startswith("data:") for url in asked)

    sizes = browser.run(
        "return [...document.querySelectorAll('math')].map(m => [m.getBoundingClientRect().width, m.getBoundingClientRect().height])"
    )
    assert len(sizes) > 20 and all(width > 3 and height > 3 for width, height in sizes)
    drawn = browser.run(
        "return [...document.querySelectorAll('math mfrac, math msup, math msubsup')].every(e => e.getBoundingClientRect().height > 8)"
    )
    assert drawn
    wide = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0

    paper, ink = browser.run("const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]")
    light = [sum(map(int, colour[4:-1].split(","))) for colour in (paper, ink)]
    assert (light[0] > light[1]) == (theme == "light")


def test_links_of_the_graph_lead_to_statements(browser: Browser, file: Path) -> None:
    browser.call("/url", {"url": file.as_uri()})
    links = browser.run("return [...document.querySelectorAll('svg.graph a')].map(a => a.getAttribute('href'))")
    assert len(links) >= 9 and len(set(links)) == len(links)
    for link in (links[0], links[-1]):
        browser.run(
            f"const a = document.querySelector('svg.graph a[href=\"{link}\"]');"
            "a.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"
        )
        assert browser.run("return location.hash") == link
        top, tag = browser.run("const e = document.querySelector(':target'); return [e.getBoundingClientRect().top, e.tagName]")
        assert tag == "H3" and -5 < top < 900
    missing = browser.run(
        "const links = [...document.querySelectorAll('a[href^=\"#\"]')];"
        "return links.map(a => a.getAttribute('href').slice(1)).filter(h => !document.getElementById(h))"
    )
    assert missing == []


def test_keyboard_and_screen_reader(browser: Browser, file: Path) -> None:
    browser.call("/url", {"url": file.as_uri()})
    first = browser.run("return document.querySelector('a').textContent")
    assert first == "To the content"
    nodes = browser.cdp("Accessibility.getFullAXTree")["nodes"]
    named = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node.get("ignored") and "role" in node]
    assert [name for role, name in named if role == "link" and "own evidence" in name]
    assert all(name for role, name in named if role in ("link", "image", "heading"))
    assert {"main", "navigation", "table", "heading", "link"} <= {role for role, _ in named}
    reached = browser.run(
        "return [...document.querySelectorAll('svg.graph a')].every(a => { a.focus(); return document.activeElement === a })"
    )
    assert reached


def test_printing(browser: Browser, file: Path) -> None:
    browser.call("/url", {"url": file.as_uri()})
    browser.cdp("Emulation.setEmulatedMedia", media="print")
    shown = browser.run("return getComputedStyle(document.querySelector('nav')).display")
    browser.cdp("Emulation.setEmulatedMedia", media="")
    assert shown == "none"
