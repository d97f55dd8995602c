"""A sweep: each part is right, written when it is decided, and found again only where its files show it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from verify import Claim, load
from verify.cli import main
from verify.network import relu_network
from verify.search import sweep as sweeping
from verify.search.sweep import PROVED, REFUTED, UNDECIDED, Part, sweep

ROOT = Path(__file__).parents[2]


def claim(name: str, holds: str, network: str = "sawtooth:3") -> Claim:
    return Claim.from_short(name, {"forall": {"box": [["0", "1"]], "holds": holds}}, {"f": load(network)})


CLAIMS = {"low": claim("low", "f <= 1"), "deep/high": claim("high", "f < 1"), "zero": claim("zero", "f >= 0")}
VERDICTS = {"low": PROVED, "deep/high": REFUTED, "zero": PROVED}


def swept(folder: Path, claims: dict[str, Claim] = CLAIMS, **more: Any) -> dict[str, Part]:
    with ThreadPoolExecutor(2) as executor:
        return {part.name: part for part in sweep(claims, folder, 30, executor, **more)}


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sweep")
    assert {name: part.verdict for name, part in swept(folder).items()} == VERDICTS
    return folder


@pytest.fixture
def done(decided: Path, tmp_path: Path) -> Path:
    shutil.copytree(decided, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_what_is_finished_is_not_searched_again(done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "prove", None)
    again = swept(done)
    assert {name: part.verdict for name, part in again.items()} == VERDICTS and all(part.is_old for part in again.values())
    assert again["deep/high"].point == {"x": again["deep/high"].point["x"]}
    assert main(["check", str(done)]) == 0


def damaged(path: Path, data: bytes) -> None:
    assert path.exists() and path.read_bytes() != data
    path.write_bytes(data)


@pytest.mark.parametrize("ending", [".claim.json", ".certificate.json", ".part.json"])
@pytest.mark.parametrize("name", ["low", "deep/high"])
def test_what_is_damaged_is_decided_again(done: Path, name: str, ending: str) -> None:
    other = done / f"zero{ending}"
    damaged(done / f"{name}{ending}", other.read_bytes())
    again = swept(done)
    assert {name: part.verdict for name, part in again.items()} == VERDICTS
    assert [part.name for part in again.values() if not part.is_old] == [name]


def test_a_word_is_not_believed(done: Path) -> None:
    """A part that says PROVED of what is false."""
    path = done / "deep/high.part.json"
    whole = json.loads(path.read_bytes())
    path.write_text(json.dumps(whole | {"verdict": PROVED}))
    again = swept(done)["deep/high"]
    assert (again.verdict, again.is_old) == (REFUTED, False)


def test_another_claim_of_that_name_is_decided(done: Path) -> None:
    again = swept(done, {"low": claim("low", "f <= 1/2")})["low"]
    assert (again.verdict, again.is_old) == (REFUTED, False)


def test_what_was_undecided_is_tried_again_where_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sweeping.prove
    monkeypatch.setattr(sweeping, "prove", lambda *given: sweeping.Undecided("time is over"))
    assert swept(tmp_path, {"low": CLAIMS["low"]})["low"].verdict == UNDECIDED
    monkeypatch.setattr(sweeping, "prove", whole)
    assert swept(tmp_path, {"low": CLAIMS["low"]})["low"].is_old
    assert swept(tmp_path, {"low": CLAIMS["low"]}, retry=True)["low"].verdict == PROVED


def test_a_search_that_is_killed_is_tried_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, calls = sweeping.prove, list[int]()

    def killed(*given: Any) -> Any:
        calls.append(1)
        return whole(*given) if len(calls) > 1 else sweeping.Undecided("the process was ended by SIGKILL")

    monkeypatch.setattr(sweeping, "prove", killed)
    assert swept(tmp_path, {"low": CLAIMS["low"]})["low"].verdict == PROVED and len(calls) == 2


class Lost(ThreadPoolExecutor):
    """An executor whose second task is lost."""

    count = 0

    def submit(self, *task: Any, **more: Any) -> "Future[Any]":
        self.count += 1
        if self.count != 2:
            return super().submit(*task, **more)
        future: Future[Any] = Future()
        future.set_exception(BrokenProcessPool("gone"))
        return future


def test_a_lost_worker_costs_its_claim_only(tmp_path: Path) -> None:
    with Lost(2) as executor:
        parts = {part.name: part for part in sweep(CLAIMS, tmp_path, 30, executor)}
    assert {name: part.verdict for name, part in parts.items()} == VERDICTS | {"deep/high": UNDECIDED}
    assert "gone" in parts["deep/high"].reason and not (tmp_path / "deep/high.part.json").exists()
    assert [part.name for part in swept(tmp_path).values() if not part.is_old] == ["deep/high"]


def test_two_dask_workers_one_of_which_is_killed(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    claims = {f"c{i}": claim(f"c{i}", f"f <= {1 + i}", "sawtooth:4") for i in range(8)}
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster,
        distributed.Client(cluster) as client,
    ):
        (victim, other) = client.run(os.getpid).values()
        parts = dict[str, Part]()
        for part in sweep(claims, tmp_path, 60, client.get_executor()):
            if not parts:  # one is decided, others are under way
                os.kill(victim, signal.SIGKILL)
            parts[part.name] = part
        assert victim not in client.run(os.getpid).values() and other != victim
    assert {part.verdict for part in parts.values()} == {PROVED} and len(parts) == 8
    assert main(["check", str(tmp_path)]) == 0


def written(folder: Path) -> Path:
    claims = folder / "claims"
    claims.mkdir()
    for name, holds in (("low", "f <= 1"), ("high", "f < 1")):
        statement = {"forall": {"box": [["0", "1"]], "holds": holds}}
        whole = {"format": "claim/1", "networks": {"f": "sawtooth:3"}, "statement": statement}
        (claims / f"{name}.json").write_text(json.dumps(whole))
    (claims / "rule.vnnlib").write_text(
        "(declare-const X_0 Real)(declare-const Y_0 Real)(assert (>= X_0 0))(assert (<= X_0 1))(assert (>= Y_0 2))"
    )
    (claims / "other.json").write_bytes(relu_network.written(load("tent")))
    return claims


def test_the_command_ends_in_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["sweep", str(written(tmp_path)), "--network", "tent", "--network", "sawtooth:2", "--certificates", str(tmp_path / "out")]
    assert main([*command, "--jobs", "2"]) == 10
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[1:-1]] == [
        ["high", "REFUTED"], ["low", "PROVED"], ["sawtooth:2/rule", "PROVED"], ["tent/rule", "PROVED"],
    ]  # fmt: skip
    assert lines[-1] == "4 claims: 3 proved, 1 refuted"
    assert main([*command, "--json"]) == 10
    parts = json.loads(capsys.readouterr().out)["parts"]
    assert all(part["earlier"] for part in parts) and parts[0]["counterexample"] == {"x": "1/8"}


def test_what_is_malformed_is_said_and_the_rest_decided(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claims = written(tmp_path)
    (claims / "high.json").write_text('{"format": "claim/1", "statement": 5}')
    assert main(["sweep", str(claims), "--network", "tent", "--certificates", str(tmp_path / "out")]) == 2
    said = capsys.readouterr()
    assert "high.json: " in said.err and said.err.count("\n") == 1 and "3 claims: 2 proved, 1 malformed" in said.out


def test_a_network_that_cannot_be_read_is_said_and_the_others_are_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claims, nets = written(tmp_path), tmp_path / "nets"
    nets.mkdir()
    (nets / "bad.json").write_text("{")
    (nets / "good.json").write_bytes(relu_network.written(load("tent")))
    out = str(tmp_path / "out")
    assert main(["sweep", str(claims / "rule.vnnlib"), "--network", str(nets), "--certificates", out]) == 2
    said = capsys.readouterr()
    assert "bad.json: " in said.err and "2 claims: 1 proved, 1 malformed" in said.out and "good/rule" in said.out


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "clam/1"}', '{"format": "claim/2", "statement": {}}'])
def test_a_broken_claim_of_a_folder_is_not_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (tmp_path / "broken.json").write_text(text)
    assert main(["sweep", str(tmp_path), "--certificates", str(tmp_path / "out")]) == 2
    said = capsys.readouterr()
    assert "broken.json: " in said.err and said.err.count("broken.json") == 1 and "1 malformed" in said.out


def test_a_folder_without_claims(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", str(tmp_path), "--certificates", str(tmp_path / "out")]) == 2
    assert "found none" in capsys.readouterr().err


def test_a_property_needs_a_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", str(written(tmp_path)), "--certificates", str(tmp_path / "out")]) == 2
    assert "expected --network NET" in capsys.readouterr().err


def test_no_scheduler_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("distributed")
    claims = written(tmp_path)
    assert main(["sweep", str(claims / "low.json"), "--certificates", str(tmp_path / "out"), "--dask", "nowhere"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def finished(folder: Path) -> int:
    """How many parts can be read; what is being written may have a name before."""
    return len([path for path in folder.glob("*.part.json") if path.is_file()])


def test_ctrl_c_keeps_what_is_finished(tmp_path: Path) -> None:
    claims, out = tmp_path / "claims", tmp_path / "out"
    claims.mkdir()
    for i in range(40):
        statement = {"forall": {"box": [["0", "1"]], "holds": f"f <= {1 + i}"}}
        (claims / f"c{i}.json").write_text(json.dumps({"format": "claim/1", "networks": {"f": "sawtooth:4"}, "statement": statement}))
    command = [sys.executable, "-m", "verify", "sweep", str(claims), "--certificates", str(out), "--jobs", "1"]
    code = "import signal, runpy; signal.signal(signal.SIGINT, signal.default_int_handler); runpy.run_module('verify', run_name='__main__')"
    command[1:3] = ["-c", code]  # what runs the tests may ignore the signal, and its children with it
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as child:
        while child.poll() is None and finished(out) < 2:
            time.sleep(0.05)  # until two are finished
        child.send_signal(signal.SIGINT)
        start = time.monotonic()
        said, _ = child.communicate(timeout=30)
        assert time.monotonic() - start < 20
    assert child.returncode == 3 and "not begun or not finished" in said
    (told,) = re.findall(r"(\d+) proved", said)
    assert 1 < finished(out) < 40 and int(told) in (finished(out) - 1, finished(out))  # one may just have been written
