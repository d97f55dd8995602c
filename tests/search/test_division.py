"""A tree of cuts that several processes search: it is whole, whatever happens to them."""

import json
import os
import signal
import threading
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from fractions import Fraction
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from network.naive import value

from verify import Claim
from verify.cli import main
from verify.kernel.theory import beginning
from verify.network import relu_network
from verify.network.builders import random_network
from verify.search.networks import division, ways
from verify.search.networks.boxes import Counterexample, Search, Unsettled, is_bound
from verify.search.networks.division import Division
from verify.search.networks.setting import Setting
from verify.search.networks.tree import Forest
from verify.search.workers import Team

INPUTS = 6
HARD, EASY = Fraction(1, 4), Fraction(1)  # parts of a range, by which c is above it


@pytest.fixture(autouse=True)
def divided_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(division, "ALONE", 0.02)
    monkeypatch.setattr(division, "SLICE", 0.2)


class Case:
    """f <= c on [-1, 1]^6, c being above the greatest value at a corner by a part of their range: the search for its tree."""

    def __init__(self, part: Fraction, seconds: float = 120) -> None:
        self.network = random_network([40, 40], 1, inputs=INPUTS)
        values = [value(self.network, corner)[0] for corner in product((Fraction(-1), Fraction(1)), repeat=INPUTS)]
        self.bound = max(values) + part * (max(values) - min(values))
        statement = {"forall": {"box": [["-1", "1"]] * INPUTS, "holds": f"f <= {self.bound}"}}
        self.claim = Claim.from_short("hard", statement, {"f": self.network})
        setting = Setting(self.claim.vocabulary())
        said = setting.vocabulary.statement([], self.claim.goals[0]["holds"])
        self.search = Search(setting, *beginning(setting.vocabulary, said), seconds)
        start = self.search.start
        self.places = [place for place, fact in enumerate(start) if not is_bound(setting, fact)]
        found = ways._forest(self.search, [start[place] for place in self.places], {})
        assert isinstance(found, Forest)
        self.forest = found

    def divided(self, executor: Executor) -> Division:
        """Its tree is found and accepted by the kernel."""
        it = Division(self.forest, Team(executor, 2))
        nodes = it.cuts().nodes
        evidence = {"items": [{"goal": "claim", "proof": [["tree", self.places, nodes]]}]}
        self.claim.check(self.claim.certificate(evidence))
        return it


class Counted(Executor):
    """Another executor; `given`: how many tasks it got; `after`: what is done a moment after the second, while both are searched."""

    def __init__(self, of: Executor, after: Any = None) -> None:
        self.of, self.after, self.given = of, after, 0

    def submit(self, *task: Any, **more: Any) -> "Future[Any]":
        self.given += 1
        if self.given == 2 and self.after is not None:
            threading.Timer(0.2, self.after).start()
        return self.of.submit(*task, **more)

    def shutdown(self, *how: Any, **more: Any) -> None:
        self.of.shutdown(*how, **more)


def test_parts_are_shared_and_the_kernel_accepts_the_whole() -> None:
    with Counted(ThreadPoolExecutor(2)) as executor:
        it = Case(HARD).divided(executor)
        assert executor.given >= 4 and it.lost == 0


def children() -> list[int]:
    """The processes that this one has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, rest = stat.read_text().rpartition(")")
        except OSError:
            continue
        if int(rest.split()[1]) == os.getpid():
            found.append(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
def test_a_process_that_is_killed_half_way_costs_its_share_only() -> None:
    before, killed = set(children()), list[int]()

    def kill() -> None:
        end = time.monotonic() + 20
        while not killed and time.monotonic() < end:
            for child in set(children()) - before:
                os.kill(child, signal.SIGKILL)
                killed.append(child)
                return
            time.sleep(0.01)

    with Counted(ThreadPoolExecutor(2), kill) as executor:
        it = Case(HARD).divided(executor)
    assert killed and it.lost == 1 and executor.given >= 4


def test_a_pool_that_breaks() -> None:
    """A process pool takes no more tasks once one of its processes is killed: the rest is searched here."""
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        executor.submit(os.getpid).result()
        victim = next(iter(executor._processes))
        it = Case(HARD).divided(Counted(executor, lambda: os.kill(victim, signal.SIGKILL)))
    assert it.lost >= 1 and it.jobs == 0


def test_two_dask_workers_one_of_which_is_killed() -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster,
        distributed.Client(cluster) as client,
    ):
        (victim, _) = client.run(os.getpid).values()
        it = Case(HARD).divided(Counted(client.get_executor(), lambda: os.kill(victim, signal.SIGKILL)))
        assert it.jobs == 2 and victim not in client.run(os.getpid).values()


class Refusing(ThreadPoolExecutor):
    def submit(self, *task: Any, **more: Any) -> "Future[Any]":
        raise RuntimeError("cannot schedule new futures")


def test_without_any_worker_it_is_searched_here() -> None:
    with Refusing(1) as executor:
        assert Case(EASY).divided(executor).jobs == 0


class Losing(ThreadPoolExecutor):
    def submit(self, *task: Any, **more: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_exception(ConnectionError("gone"))
        return future


def test_workers_that_lose_everything_are_given_nothing_more() -> None:
    with Losing(1) as executor:
        it = Case(EASY).divided(executor)
    assert it.jobs == 0 and it.lost > it.most_lost


def test_a_point_that_a_worker_meets_is_tried_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case(Fraction(-1, 100))
    monkeypatch.setattr(case.forest, "advanced", lambda waiting, end: waiting)
    with ThreadPoolExecutor(2) as executor, pytest.raises(Counterexample) as met:
        Division(case.forest, Team(executor, 2)).cuts()
    assert value(case.network, list(met.value.point))[0] > case.bound


def test_time_is_over() -> None:
    with ThreadPoolExecutor(2) as executor, pytest.raises(Unsettled, match=r"time is over, with \d+ nodes found and \d+ parts open"):
        Division(Case(Fraction(1, 1000), 2).forest, Team(executor, 2)).cuts()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = Case(EASY)
    (tmp_path / "f.json").write_bytes(relu_network.written(case.network))
    statement = {"forall": {"box": [["-1", "1"]] * INPUTS, "holds": f"f <= {case.bound}"}}
    (tmp_path / "hard.json").write_text(json.dumps({"format": "claim/1", "networks": {"f": "f.json"}, "statement": statement}))
    command = ["claim", str(tmp_path / "hard.json"), "--certificate", str(tmp_path / "out"), "--jobs", "2"]
    assert main(command) == 0
    assert "HOLDS" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "out")]) == 0


def test_no_scheduler_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("distributed")
    statement = {"forall": {"box": [["0", "1"]], "holds": "f <= 1"}}
    (tmp_path / "easy.json").write_text(json.dumps({"format": "claim/1", "networks": {"f": "tent"}, "statement": statement}))
    assert main(["claim", str(tmp_path / "easy.json"), "--dask", "nowhere"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
