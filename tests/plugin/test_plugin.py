"""The pytest plugin as a user meets it: proofs, the cache, -n 2, reports, failures, and nothing at all where it is not used."""

import html
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import numpy  # noqa: F401  (once, here: sessions inside this process forget their imports, and numpy refuses to be loaded twice)
import pytest

from verify import checkers

pytest_plugins = ["pytester"]
EXAMPLE = Path(__file__).parent / "example"
GRADE = "KERNEL" if checkers.proved() else "CHECKED"  # whether the second checker is here to be asked


@pytest.fixture
def repository(pytester: pytest.Pytester) -> pytest.Pytester:
    for path in EXAMPLE.iterdir():
        if path.is_file():
            (pytester.path / path.name).write_bytes(path.read_bytes())
    return pytester


def test_example_is_certified_and_then_rechecked(repository: pytest.Pytester) -> None:
    first = repository.runpytest_inprocess("-q")
    first.assert_outcomes(passed=4)
    first.stdout.fnmatch_lines(["*= depthproof =*", f"4 claims: 3 {GRADE}, 1 REFUTED ({GRADE})"])
    again = repository.runpytest_inprocess("-v", "--depthproof-report=seen.json")
    again.stdout.fnmatch_lines(["4 claims: *; 4 from the cache, re-checked by the kernel", f"  {GRADE} *HOLDS*", "report: seen.json"])
    rows = json.loads((repository.path / "seen.json").read_text())["claims"]
    assert [row["cached"] for row in rows] == [True] * 4
    assert {row["name"]: row["verdict"] for row in rows}["test_is_not_monotone"] == "REFUTED"


def test_all_claims_are_counted_in_two_processes(repository: pytest.Pytester) -> None:
    many = "".join(f"def test_{i}(depthproof):\n    depthproof.pieces('sawtooth:{i}', exactly={2**i})\n" for i in range(1, 7))
    (repository.path / "test_many.py").write_text(many)
    done = repository.runpytest_subprocess("-n", "2", "--depthproof-report=seen.html", "test_many.py")
    done.assert_outcomes(passed=6)
    done.stdout.fnmatch_lines([f"6 claims: 6 {GRADE}"])
    page = (repository.path / "seen.html").read_text()
    assert page.count("<tr>") == 7 and "<script" not in page
    words = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert all(f"pieces = {2**i}" in words for i in range(1, 7))  # what was proved


def test_cache_is_not_trusted(repository: pytest.Pytester) -> None:
    repository.runpytest_inprocess("-q")
    kept = list((repository.path / ".pytest_cache").rglob("depthproof/*.json"))
    assert len(kept) == 4
    others = [path.read_bytes() for path in kept]
    for path, data in zip(kept, others[1:] + others[:1], strict=True):
        path.write_bytes(data)
    kept[0].write_bytes(b"{")
    kept[1].write_bytes(b"[" * 100_000)
    kept[2].unlink()
    os.mkfifo(kept[2])
    done = repository.runpytest_inprocess("-q")
    done.assert_outcomes(passed=4)
    done.stdout.fnmatch_lines([f"4 claims: 3 {GRADE}, 1 REFUTED ({GRADE})"])


def test_failure_tells_the_counterexample(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import pytest

        def test_false(depthproof):
            depthproof.holds("f < 1", f="sawtooth:3")

        def test_wrongly_refuted(depthproof):
            depthproof.refute({"forall": {"box": [["0", "1"]], "holds": "f <= 1"}}, f="tent")

        def test_malformed(depthproof):
            depthproof.holds("f <=", f="tent")

        def test_missing(depthproof, tmp_path):
            depthproof.check(tmp_path / "nothing.claim.json")
    """)
    done = pytester.runpytest_inprocess("-q")
    done.assert_outcomes(failed=4)
    done.stdout.fnmatch_lines([
        "*ClaimFailed: REFUTED test_false: x = 1/8, f = 1",
        "E *claim.refuted: x = 1/8 implies not (0 <= x <= 1 implies f < 1)", "E *x = 1/8", "E *f = 1",
        "*ClaimFailed: expected a counterexample", "*holds: *column 5: expected a term or formula, found the end",
        "*there is no file *nothing.claim.json*", f"4 claims: 1 {GRADE}, 1 MALFORMED, *; 4 NOT as asserted",
    ])  # fmt: skip


def test_networks_at_points(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        def test_steep(depthproof):
            depthproof.holds("abs(f(x) - f(y)) <= 2*abs(x - y)", [(0, 1), ("0", "0.5")], variables=("x", "y"), f="tent")
            depthproof.holds("f >= x1 and f >= x2", "R", f="max:2")

        def test_false(depthproof):
            depthproof.holds("f(x) <= f(y)", [("0.5", "0.5"), ("0.75", "0.75")], variables=("x", "y"), f="tent")
    """)
    done = pytester.runpytest_inprocess("-q")
    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(["*ClaimFailed: REFUTED test_false: x = 1/2, y = 3/4, f(x) = 1, f(y) = 1/2", "E *where x1 is x, x2 is y, *"])


def test_summary_and_junit_carry_the_counterexample(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")  # pytest cuts its short summary there
    monkeypatch.delenv("CI", raising=False)
    pytester.makepyfile("""
        def test_false(depthproof):
            depthproof.holds("f < 1", f="sawtooth:3")
    """)
    done = pytester.runpytest_inprocess("-q", "--junitxml=seen.xml")
    said = "REFUTED test_false: x = 1/8, f = 1"
    done.stdout.fnmatch_lines([f"  *::test_false: {said}", f"FAILED *::test_false - {said}"])
    (case,) = ElementTree.parse(pytester.path / "seen.xml").iter("testcase")
    failure = case.find("failure")
    assert failure is not None and "x = 1/8, f = 1" in failure.attrib["message"]


@pytest.mark.parametrize(
    ("mark", "says"),
    [
        ("second=5", "expected seconds=N, found second=; did you mean seconds?"),
        ("5", "expected seconds=N by name, found 5"),
        ("seconds=0", "expected a positive number of seconds, found 0"),
        ("seconds='5'", "expected a positive number of seconds, found '5'"),
        ("seconds=True", "expected a positive number of seconds, found True"),
        ("memory=1", "expected seconds=N, found memory="),
    ],
)
def test_a_misspelt_marker_fails(pytester: pytest.Pytester, mark: str, says: str) -> None:
    pytester.makepyfile(f"""
        import pytest

        @pytest.mark.depthproof({mark})
        def test_it(depthproof):
            depthproof.holds("f <= 1", f="tent")

        @pytest.mark.depthproof(seconds=20)
        def test_right(depthproof):
            depthproof.holds("f <= 1", f="tent")
    """)
    done = pytester.runpytest_inprocess("-q")
    done.assert_outcomes(errors=1, passed=1)
    done.stdout.fnmatch_lines([f"*@pytest.mark.depthproof: {says}"])


def test_networks_and_torch_modules_are_taken(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import pytest
        from verify import sawtooth

        def test_network(depthproof):
            depthproof.holds("f <= 1", f=sawtooth(2))
            depthproof.pieces(sawtooth(2), exactly=4)

        def test_torch(depthproof):
            torch = pytest.importorskip("torch")
            module = torch.nn.Sequential(torch.nn.Linear(1, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1))
            depthproof.holds("f <= 1000", f=module)

        def test_other(depthproof):
            with pytest.raises(AssertionError, match="f: expected a Network, .*, found a float"):
                depthproof.holds("f <= 1", f=0.5)
    """)
    done = pytester.runpytest_inprocess("-q")
    outcomes = done.parseoutcomes()
    assert outcomes["passed"] + outcomes.get("skipped", 0) == 3 and "failed" not in outcomes


def test_certificates_of_a_folder(pytester: pytest.Pytester) -> None:
    folder = Path(__file__).parents[2] / "proofs" / "sawtooth"
    name = "map"
    for path in folder.glob(f"{name}.c*"):
        (pytester.path / path.name).write_bytes(path.read_bytes())
    pytester.makepyfile(f"def test_it(depthproof):\n    depthproof.check('{name}.claim.json')\n")
    done = pytester.runpytest_inprocess("-q")
    done.assert_outcomes(passed=1)
    done.stdout.fnmatch_lines(["1 claim: 1 CHECKED"])


def test_report_needs_a_known_ending_and_says_what_cannot_be_written(repository: pytest.Pytester) -> None:
    assert "expected a name ending in .json or .html" in repository.runpytest_subprocess("--depthproof-report=x.pdf").stderr.str()
    (repository.path / "file").write_text("")
    done = repository.runpytest_inprocess("-q", "--depthproof-report=file/x.json", "-k", "pieces")
    done.assert_outcomes(passed=1, deselected=3)
    done.stdout.fnmatch_lines(["depthproof: *file/x.json*: cannot be written: *"])


def test_unused_it_is_silent_and_imports_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import sys

        def test_unrelated():
            ours = {name for name in sys.modules if name.split(".")[0] == "verify"}
            assert ours == {"verify", "verify.pytest_plugin"}
    """)
    done = pytester.runpytest_subprocess("-q", "--strict-markers", "-p", "no:hypothesispytest")
    done.assert_outcomes(passed=1)
    assert "depthproof" not in done.stdout.str()


def test_no_script_has_the_name_of_a_standard_module() -> None:
    """pytest takes each file that a package with a plugin installs for a module that the plugin imports, and warns of one that is."""
    scripts = (Path(__file__).parents[2] / "proofs").glob("*/*.py")
    assert {path.stem.split(".")[0] for path in scripts}.isdisjoint(sys.stdlib_module_names)


def test_loading_takes_less_than_30_ms() -> None:
    """Beyond pytest itself: the module's own import, in a process that has pytest, the least of several."""
    code = "import pytest, time; start = time.perf_counter(); import verify.pytest_plugin; print(time.perf_counter() - start)"
    command = [sys.executable, "-c", code]
    root = Path(__file__).parents[2]
    took = [float(subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout) for _ in range(5)]
    assert min(took) < 0.030, statistics.median(took)


def test_without_a_cache(repository: pytest.Pytester) -> None:
    start = time.monotonic()
    repository.runpytest_inprocess("-q", "-p", "no:cacheprovider", "-k", "pieces").assert_outcomes(passed=1, deselected=3)
    assert time.monotonic() > start and not (repository.path / ".pytest_cache").exists()
