"""The explorer in headless Chromium: its size, when it is first seen, and frames a second while it
is played with at k up to 12.

`python -m bench.explorer`, from the repository, in the environment of the tests. With
`--picture docs/pictures/explorer.png` it draws the documents' picture instead.
"""

import argparse
import base64
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.report.test_browser import Browser
from verify.cli import main as depthproof

FRAMES = 240
LOADS = 5
PLAY = """
const [kind, frames, done] = arguments;
const slide = (id, value) => {
  const it = document.getElementById(id);
  it.value = value;
  it.dispatchEvent(new Event("input"));
};
const key = (it, i) => it.dispatchEvent(new KeyboardEvent("keydown", {
  key: ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"][i % 4], shiftKey: true, bubbles: true,
}));
const [name, act] = {
  "k from 0 to 12": ["fold", (i) => slide("fold-folds-k", i % 13)],
  "the fold from k = 11 to 12": ["fold", (i) => slide("fold-the-next-fold", i % 100)],
  "the induction step at k = 10": ["identity", (i) => slide("identity-the-step", (3 * i) % 300)],
  "g dragged at k = 12": ["closest", (i) => key(document.querySelectorAll("#closest .handle")[1], i)],
  "the plane moved": ["complex", (i) => key(document.querySelector("#complex svg"), i)],
}[kind];
slide("fold-folds-k", 11);
slide("identity-k", 10);
slide("closest-k", 12);
document.getElementById(name).scrollIntoView({ behavior: "instant" });
const gaps = [];
const work = [];
let last = null;
const frame = (now) => {
  if (last !== null) gaps.push(now - last);
  last = now;
  const begun = performance.now();
  act(gaps.length);
  work.push(performance.now() - begun);
  if (gaps.length < frames) requestAnimationFrame(frame);
  else done([gaps, work]);
};
setTimeout(() => requestAnimationFrame(frame), 300);
"""
KINDS = (
    "k from 0 to 12", "the fold from k = 11 to 12", "the induction step at k = 10",
    "g dragged at k = 12", "the plane moved",
)  # fmt: skip


def measured(browser: Browser, page: Path) -> None:
    print(f"size         {page.stat().st_size:,} bytes")
    paints = []
    for _ in range(LOADS):
        browser.call("/url", {"url": page.as_uri()})
        until(browser, "document.documentElement.dataset.ready === 'all'")
        until(browser, "performance.getEntriesByType('paint').length > 1")
        paints += browser.run(
            "return performance.getEntriesByName('first-contentful-paint').map(it => it.startTime)"
        )
    print(f"first view   {median(paints):.0f} ms, median of {LOADS} loads ({paints})")
    until(browser, "document.documentElement.dataset.ready === 'all'")
    browser.call("/timeouts", {"script": 120_000})
    for kind in KINDS:
        gaps, work = browser.call("/execute/async", {"script": PLAY, "args": [kind, FRAMES]})
        rate = 1000 * len(gaps) / sum(gaps)
        print(f"{kind:30} {rate:5.1f} frames a second, {_ends(gaps)} apart, script {_ends(work)}")


def until(browser: Browser, condition: str) -> None:
    while not browser.run(f"return {condition}"):
        time.sleep(0.05)


def _ends(times: list[float]) -> str:
    """The median and the 95th percentile."""
    return f"{median(times):.1f} ms (95 %: {sorted(times)[len(times) * 95 // 100]:.1f})"


def pictured(browser: Browser, page: Path, out: Path) -> None:
    """One panel, as it is seen: g has four pieces, and is as close to Δ³ as is known."""
    size = {"width": 820, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.cdp("Emulation.setDeviceMetricsOverride", **size)
    browser.call("/url", {"url": page.as_uri()})
    until(browser, "document.documentElement.dataset.ready === 'all'")
    browser.run(
        "document.querySelectorAll('#closest button')[0].click();"
        "const it = document.querySelectorAll('#closest .handle')[3];"
        "it.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowUp'}));"
        "const k = document.getElementById('closest-k'); k.value = 3;"
        "k.dispatchEvent(new Event('input'));"
        "document.querySelectorAll('#closest button')[2].click();"
        "document.activeElement.blur()"
    )
    until(browser, "document.querySelector('#closest .words').textContent.includes('4 pieces')")
    box = browser.run(
        "const it = document.querySelector('#closest figure').getBoundingClientRect();"
        "return [it.left + scrollX - 16, it.top + scrollY - 10, it.width + 32, it.height + 20]"
    )
    clip = dict(zip(("x", "y", "width", "height"), box, strict=True)) | {"scale": 1}
    taken = browser.cdp("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
    out.write_bytes(base64.b64decode(taken["data"]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--picture", type=Path, metavar="PNG")
    picture = parser.parse_args().picture
    if not shutil.which("chromium") or not shutil.which("chromedriver"):
        print("wants a browser: apt-get install chromium chromium-driver", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "explorer.html"
        depthproof(["explore", "--out", str(page)])
        driver: Any = subprocess.Popen(["chromedriver", "--port=28731"], stdout=subprocess.DEVNULL)
        browser = None
        try:
            while browser is None:
                try:
                    browser = Browser(28731, Path(folder) / "profile")
                except OSError:
                    time.sleep(0.1)  # until the driver listens
            measured(browser, page) if picture is None else pictured(browser, page, picture)
        finally:
            if browser is not None:
                browser.call("", method="DELETE")
            driver.terminate()
            driver.wait(10)
    return 0


if __name__ == "__main__":
    sys.exit(main())
