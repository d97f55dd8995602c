"""The command: what it writes, what it refuses, and how the page's script is put together."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from verify.cli import main
from verify.cli import theorems as theorem_commands
from verify.explore import page as pages
from verify.explore.content import Networks, frontier
from verify.explore.script import FOLDER, script
from verify.kernel.errors import BadInput
from verify.network.builders import random_network
from verify.network.relu_network import written
from verify.report.recheck import Record

from .conftest import ROOT


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["explore", *arguments])
    seen = capsys.readouterr()
    assert "Traceback" not in seen.err
    return code, seen.out, seen.err


def test_the_same_page_for_the_same_networks(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, record: Record
) -> None:
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    code, out, _ = run(capsys, "tent", "--out", str(first))
    assert code == record.exit_code and out == f"{first}: {first.stat().st_size:,} bytes\n"
    second.write_text("something else")
    found, _, err = run(capsys, "tent", "--out", str(second))
    assert found == code and f"{second} is replaced: it held something else" in err
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["max:3"], 2, "max:3: expected one or two inputs to explore, found 3"),
        (["no-such.onnx"], 2, "no-such.onnx: cannot be read"),
        (["max:2", "--on", "R"], 2, "max:2: expected --on A,B, a box to draw, found R^2"),
        (["tent", "--on", "R"], 2, "expected --on A,B once, for one input"),
        (["tent", "--on", "1,0"], 2, "expected a lower end and then a higher one"),
        (["max:2", "--on", "0,1", "--on", "0,1", "--on", "0,1"], 2, "once for each of 2 inputs"),
        (["sawtooth:20"], 3, "sawtooth:20: 1048576 activation intervals; at most 5000"),
        (["arrangement:2:150"], 3, "cells; at most 5000 are put into the page"),
        (["random:500-500:1"], 3, "at most 1,500,000"),
        (["tent", "--out", "/dev/null/x.html"], 2, "cannot be written"),
    ],
)
def test_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], code: int, words: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    found, out, err = run(capsys, *arguments)
    lines = [line for line in err.splitlines() if not re.search(r": \d+\.\d s$", line)]
    assert (found, out, len(lines)) == (code, "", 1) and words in lines[0]
    assert list(tmp_path.iterdir()) == []


def test_more_outputs_and_inputs_are_chosen(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, record: Record
) -> None:
    path, out = tmp_path / "three.json", str(tmp_path / "e.html")
    path.write_bytes(written(random_network([4], 1, inputs=3)))
    assert run(capsys, str(path), "--out", out)[0] == 2
    code, _, _ = run(capsys, str(path), "--from", "0,0,0", "--to", "1,1,-1", "--out", out)
    assert code == record.exit_code
    two = tmp_path / "two.json"
    two.write_text(two_outputs())
    code, _, err = run(capsys, str(two), "--out", out)
    assert code == 2 and "--component I" in err
    assert run(capsys, str(two), "--component", "1", "--out", out)[0] == record.exit_code


def two_outputs() -> str:
    gemm = {
        "name": "y",
        "op": "Gemm",
        "inputs": ["x"],
        "weight": [["1"], ["2"]],
        "bias": ["0", "0"],
    }
    inputs = [{"name": "x", "size": 1}]
    return json.dumps(
        {"format": "relu-network/1", "inputs": inputs, "nodes": [gemm], "output": "y"}
    )


def test_a_stale_theorem_is_shown_as_such(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proofs = tmp_path / "proofs"
    shutil.copytree(ROOT / "proofs", proofs)
    certificate = proofs / "sawtooth" / "map.certificate.json"
    certificate.write_bytes(certificate.read_bytes().replace(b"evidence", b"evidenze"))
    monkeypatch.setattr(theorem_commands, "proofs_folder", lambda: proofs)
    monkeypatch.setattr("verify.cli.reports.proofs_folder", lambda: proofs)
    code, _, err = run(capsys, "tent", "--out", str(tmp_path / "e.html"))
    assert code != 0 and "sawtooth.map" in err
    text = (tmp_path / "e.html").read_text()
    item = re.search(r"<li><a [^>]*><code>sawtooth\.<wbr>map</code></a>(.*?)</li>", text)
    assert item and 'class="badge KERNEL"' not in item[1] and 'class="badge broken"' in item[1]


def test_a_theorem_that_is_missing_is_named() -> None:
    with pytest.raises(BadInput, match=r"a theorem sawtooth\.map"):
        pages.page({}, Networks())


def test_data_ends_no_element(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, record: Record
) -> None:
    path = tmp_path / "<script>.json"
    path.write_bytes(written(random_network([3], 1)))
    assert run(capsys, str(path), "--out", str(tmp_path / "e.html"))[0] == record.exit_code
    text = (tmp_path / "e.html").read_text()
    assert text.count("<script") == 2 and "\\u003cscript>.json" in text


def test_the_frontier_s_rows_are_all_there() -> None:
    rows = list(frontier())
    assert len(rows) == sum(2**k for k in range(1, 7))


def test_the_script_is_its_files_each_once() -> None:
    text = script()
    files = list(FOLDER.rglob("*.js"))
    assert text.count(" = (() => {\n") >= len(files)
    for path in files:
        name = "_".join(("module", *path.relative_to(FOLDER).with_suffix("").parts))
        assert text.count(f"const {name} = (() => {{\n") == 1, f"{path} is not imported"
    assert not re.search(r"^(import|export) ", text, re.MULTILINE)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.js")), ids=lambda path: path.stem)
def test_files_can_be_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("// ") and text.count("\n") <= 400
    assert max(map(len, text.splitlines())) <= 100
    if shutil.which("node"):
        assert subprocess.run(["node", "--check", str(path)], capture_output=True).returncode == 0


def test_a_file_that_imports_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text('import { a } from "./other.js";\n')
    (tmp_path / "other.js").write_text('import { b } from "./main.js";\nexport const a = 1;\n')
    with pytest.raises(BadInput, match="imports itself"):
        script(tmp_path)
    (tmp_path / "other.js").unlink()
    with pytest.raises(BadInput, match="cannot be read"):
        script(tmp_path)
