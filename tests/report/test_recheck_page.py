"""The page checks its own certificates again, by the proved checker, in a real browser, from disk;
what is damaged is red."""

import json
import re
import time
import zipfile
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from verify import checkers
from verify.cli import main
from verify.kernel.errors import BadInput
from verify.report import browser as embedding
from verify.report import recheck
from verify.report.appendix import document
from verify.report.page import page
from verify.report.recheck import Sources

from .conftest import COMMITTED, ROOT
from .test_browser import Browser
from .test_browser import browser as browser  # the fixture

NAMES = (*COMMITTED, "network.pieces")
BUILT = ROOT / "build" / "checker" / "depthcheck.js"
EMBEDDED = '(<script type="application/json" id="embedded-checker">)(.*?)(</script>)'
TICKS = (
    "window.ticks = []; window.before = performance.now();"
    "setInterval(() => {"
    " const now = performance.now(); ticks.push(now - before); before = now }, 10);"
)


@pytest.fixture(scope="module")
def file(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page with its button."""
    where = Sources(whole, whole)
    record = recheck.read(where)
    path = tmp_path_factory.mktemp("again") / "appendix.html"
    again = embedding.again(record, where, ROOT / "proofs")
    path.write_text(page(document(record), again), encoding="utf-8")
    return path


def opened(browser: Browser, path: Path) -> None:
    browser.log("performance"), browser.log("browser")
    browser.call("/url", {"url": path.as_uri()})


def pressed(browser: Browser) -> str:
    """Presses the button; what the page says in the end."""
    browser.run("document.querySelector('#recheck button').click()")
    for _ in range(1200):
        if browser.run(
            "return !document.querySelector('#recheck button').hasAttribute('aria-disabled')"
        ):
            return str(browser.run("return document.querySelector('#recheck .said').textContent"))
        time.sleep(0.05)
    raise AssertionError("the page did not come to an end")


def marks(browser: Browser) -> dict[str, list[list[str]]]:
    """By certificate, the classes and the text of the marks that it has."""
    found: list[list[str]] = browser.run(
        "return [...document.querySelectorAll('.mark')]"
        ".map(m => [m.parentNode.dataset.certificate, m.className, m.textContent])"
    )
    return {
        name: [mark[1:] for mark in found if mark[0] == name]
        for name in {mark[0] for mark in found}
    }


def outside(browser: Browser, path: Path) -> list[str]:
    """What the page asked for besides itself and its own worker."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.log("performance")]
    asked = [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]
    assert path.as_uri() in asked
    return [url for url in asked if url != path.as_uri() and not url.startswith(("data:", "blob:"))]


def damaged(path: Path, to: Path, name: str, change: Any) -> Path:
    """The page with one embedded item changed."""
    text = path.read_text(encoding="utf-8")
    opening = '<script type="application/json" id="embedded-certificates">'
    start = text.index(opening) + len(opening)
    end = text.index("</script>", start)
    data = json.loads(text[start:end])
    (item,) = [item for item in data["items"] if item["name"] == name]
    change(item, data["networks"])
    to.write_text(
        text[:start] + json.dumps(data).replace("<", "\\u003c") + text[end:], encoding="utf-8"
    )
    return to


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_certificates_hold_in_the_browser(browser: Browser, file: Path, theme: str) -> None:
    browser.cdp(
        "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}]
    )
    opened(browser, file)
    assert (
        browser.run("return document.querySelector('#recheck button').textContent")
        == "Re-check all 5 certificates in this page"
    )
    for _ in range(2):  # a second time, too
        said = pressed(browser)
        assert (
            said.startswith("✓ All 5 certificates hold")
            and "is the text shown in this page" in said
        )
        found = marks(browser)
        assert set(found) == set(NAMES) and len(found["sawtooth.map"]) == 1
        for name, of in found.items():
            for kind, text in of:
                assert (
                    kind == "mark good"
                    and text.startswith("✓ holds")
                    and text.endswith(f'HOLDS "{name}"')
                )
    browser.screenshot(f"again-{theme}.png")
    assert browser.log("browser") == [] and outside(browser, file) == []
    assert browser.run("return document.querySelector('#recheck progress').value") == 5
    assert (
        browser.run(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        <= 0
    )


def test_the_page_stays_responsive(browser: Browser, file: Path, tmp_path: Path) -> None:
    slow = (
        "globalThis.depthcheck = () => { for (const t = Date.now(); Date.now() < t + 1000;);"
        " return {code: 10, lines: ['REJECTED slowly']} }"
    )
    page_of = tmp_path / "slow.html"
    text = file.read_text(encoding="utf-8")
    page_of.write_text(
        re.sub(
            EMBEDDED,
            lambda found: found[1] + json.dumps(slow).replace("<", "\\u003c") + found[3],
            text,
        ),
        encoding="utf-8",
    )
    opened(browser, page_of)
    browser.run(TICKS)
    assert pressed(browser).startswith("✗ 0 of 5")
    gaps = browser.run("return ticks")
    assert (
        len(gaps) > 20 and max(gaps) < 900
    )  # in the page itself, each check would be a gap of 1000
    assert browser.run("return typeof depthcheck") == "undefined"


def test_keyboard_and_what_is_spoken(browser: Browser, file: Path) -> None:
    opened(browser, file)
    browser.run("document.querySelector('#recheck button').focus()")
    for kind in ("keyDown", "keyUp"):
        browser.cdp(
            "Input.dispatchKeyEvent",
            type=kind,
            key="Enter",
            code="Enter",
            text="\r",
            windowsVirtualKeyCode=13,
        )
    for _ in range(200):
        if browser.run("return document.querySelectorAll('.mark').length") == 6:
            break
        time.sleep(0.05)
    assert browser.run(
        "return document.activeElement === document.querySelector('#recheck button')"
    )
    nodes = browser.cdp("Accessibility.getFullAXTree")["nodes"]
    named = {
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored") and "role" in node
    }
    assert ("button", "Re-check all 5 certificates in this page") in named
    assert ("progressbar", "certificates re-checked") in named or (
        "ProgressIndicator",
        "certificates re-checked",
    ) in named
    assert {"status", "region"} <= {role for role, _ in named}


def cut(item: Any, _: Any) -> None:
    item["certificate"] = item["certificate"][:-2]


def other_claim(item: Any, _: Any) -> None:
    item["claim"] = item["claim"].replace("2*x", "3*x")


def other_network(_: Any, networks: Any) -> None:
    for digest in networks:
        networks[digest] = networks[digest].replace("1", "2", 1)


def no_network(_: Any, networks: Any) -> None:
    networks.clear()


def renamed(item: Any, _: Any) -> None:
    item["claim"], item["certificate"] = "{}", "{}"


@pytest.mark.parametrize(
    ("name", "change"),
    [("sawtooth.map", cut), ("sawtooth.map", other_claim), ("network.pieces", other_network),
     ("network.pieces", no_network), ("separation.duality", renamed)],
)  # fmt: skip
def test_what_is_damaged_is_red(
    browser: Browser, file: Path, tmp_path: Path, name: str, change: Any
) -> None:
    path = damaged(file, tmp_path / "damaged #1.html", name, change)
    opened(browser, path)
    said = pressed(browser)
    assert said.startswith("✗ 4 of 5 certificates hold") and f"These do not: {name}." in said
    found = marks(browser)
    for other, of in found.items():
        for kind, text in of:
            assert (kind == "mark bad") == (other == name) == text.startswith("✗ does not hold"), (
                text
            )
    assert re.search("(REJECTED|MALFORMED) ", found[name][0][1])
    colours = browser.run(
        "return ['good', 'bad'].map("
        "k => getComputedStyle(document.querySelector('.mark.' + k)).borderLeftColor)"
    )
    assert colours[0] != colours[1]
    browser.run("document.querySelector('#recheck .said a').click()")
    assert browser.run("return document.querySelector(':target').dataset.certificate") == name
    browser.screenshot(f"damaged-{change.__name__}.png")
    assert browser.log("browser") == [] and outside(browser, path) == []


def test_another_text_in_the_page_is_told(browser: Browser, file: Path, tmp_path: Path) -> None:
    text = file.read_text(encoding="utf-8")
    shown = "  proved sawtooth.map.left: for all x in R: 0 &lt;= x &lt;= 1/2 implies tent(x) = 2*x"
    assert text.count(shown) == 1
    changed = tmp_path / "changed.html"
    changed.write_text(text.replace(shown, shown.replace("= 2*x", "= 3*x"), 1), encoding="utf-8")
    opened(browser, changed)
    said = pressed(browser)
    assert (
        said.startswith("✗ 5 of 5 certificates hold")
        and "another text than this page shows of: sawtooth.map." in said
    )
    kinds = sorted(kind for kind, _ in marks(browser)["sawtooth.map"])
    assert kinds == ["mark bad"]


def test_a_checker_that_does_not_run_is_told(browser: Browser, file: Path, tmp_path: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for number, program in enumerate(('"this is no program"', "no JSON")):
        broken = tmp_path / f"broken{number}.html"
        broken.write_text(re.sub(EMBEDDED, rf"\g<1>{program}\g<3>", text), encoding="utf-8")
        opened(browser, broken)
        said = pressed(browser)
        assert said.startswith(("✗ 0 of 5 certificates hold", "✗ Not checked")) and "✓" not in said


def test_the_bundle_checks_itself_in_a_browser(
    browser: Browser, whole: Path, tmp_path: Path
) -> None:
    assert main(["bundle", str(tmp_path / "b.zip"), "--proofs", str(whole)]) == 0
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extractall(tmp_path / "b")
    program = (tmp_path / "b" / "depthcheck.js").read_text()
    assert program == embedding.PROGRAM.read_text()
    text = (tmp_path / "b" / "recheck.html").read_text()
    assert json.loads(re.findall(EMBEDDED, text)[0][1]) == program
    opened(browser, tmp_path / "b" / "recheck.html")
    assert pressed(browser).startswith("✓ All 5 certificates hold")
    browser.screenshot("bundle.png")
    assert browser.log("browser") == [] and outside(browser, tmp_path / "b" / "recheck.html") == []


def test_only_its_own_script_may_run(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    policy = re.findall('Content-Security-Policy" content="([^"]*)"', text)
    scripts = re.findall("<script>(.*?)</script>", text, re.DOTALL)
    assert len(policy) == len(scripts) == 1 and text.count("<script") == 3
    digest = b64encode(sha256(scripts[0].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'; worker-src blob:" in policy[0] and policy[0].startswith(
        "default-src 'none';"
    )


def test_the_committed_checker_is_of_todays_sources() -> None:
    text = embedding.current(ROOT / "proofs")
    assert embedding.built_from(text) == checkers.sources(ROOT / "proofs")


def test_the_committed_checker_is_the_built_one() -> None:
    if not BUILT.is_file():
        pytest.skip("wants the checker: make checker")
    line, _, program = embedding.PROGRAM.read_text().partition("\n")
    assert line.startswith(embedding.FIRST) and program == BUILT.read_text(), "make checker"


def test_a_stale_checker_is_not_embedded(
    sources: Sources,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stale = tmp_path / "depthcheck.js"
    stale.write_text(embedding.FIRST + "0" * 64 + "\nprogram")
    monkeypatch.setattr(embedding, "PROGRAM", stale)
    out = tmp_path / "out"
    assert (
        main(["appendix", "--proofs", str(sources.proofs), "--out", str(out), "--only", "html"])
        == 0
    )
    error = capsys.readouterr().err
    assert (
        error.count("\n") == 1
        and "no button" in error
        and "other sources" in error
        and "make checker" in error
    )
    assert (
        "<script" not in (out / "appendix.html").read_text()
        and "Check it here" not in (out / "appendix.html").read_text()
    )
    assert main(["bundle", str(tmp_path / "b.zip"), "--proofs", str(sources.proofs)]) == 0
    assert capsys.readouterr().err.count("\n") == 1
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert not {"recheck.html", "depthcheck.js"} & set(archive.namelist())
    stale.unlink()
    assert (
        main(["appendix", "--proofs", str(sources.proofs), "--out", str(out), "--only", "html"])
        == 0
    )
    assert "cannot be read" in capsys.readouterr().err


def test_putting_the_built_checker_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "PROGRAM", tmp_path / "depthcheck.js")
    built = tmp_path / "built.js"
    built.write_text("program")
    assert "another program" in embedding.put(built, ROOT / "proofs")
    assert "as built" in embedding.put(built, ROOT / "proofs")
    assert embedding.current(ROOT / "proofs").endswith("\nprogram")
    assert "other sources" in embedding.put(built, tmp_path)
    with pytest.raises(BadInput, match="other sources than today"):
        embedding.current(ROOT / "proofs")


def test_a_file_that_changed_since_it_was_checked(sources: Sources) -> None:
    record = recheck.read(sources)
    path = sources.place("sawtooth.map").certificate
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(BadInput, match="changed since it was checked"):
        embedding.again(record, sources, ROOT / "proofs")


def test_who_accepted_is_in_every_format(sources: Sources) -> None:
    from dataclasses import replace

    from verify.report import tex_file, typst_file

    record = recheck.read(sources)
    words = {"now": "both now", "as recorded": "as recorded", "": "was not asked"}
    for second, said in words.items():
        entries = [
            replace(it, certificates=tuple(replace(c, second=second) for c in it.certificates))
            for it in record.entries
        ]
        whole = document(replace(record, entries=tuple(entries)))
        for text in (page(whole), tex_file.source(whole), typst_file.source(whole)):
            found = re.findall(
                "accepted by the Python kernel[^S]*SHA",
                text.replace("-{}", "-").replace(",{}", ","),
            )
            assert len(found) == 5 and all(said in line for line in found)
