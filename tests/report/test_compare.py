"""Two runs side by side: what is worse, better, new and gone, and the exit code that says so."""

import json
import shutil
from pathlib import Path

import pytest

from verify.cli import main
from verify.layout import Place
from verify.report.compare import Standing
from verify.report.compare import compare as compared
from verify.report.recheck import Sources


def state(file: Path, holds: str) -> Path:
    """A claim about the tent."""
    statement = {"forall": {"box": [["0", "1"]], "holds": holds}}
    claim = {"format": "claim/1", "networks": {"f": "tent"}, "statement": statement}
    file.write_text(json.dumps(claim))
    return file


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two claims, one that holds and one that does not."""
    folder = tmp_path_factory.mktemp("certified")
    for name, holds in (("below", "f <= 1"), ("under", "f < 1")):
        file = state(folder / f"{name}.json", holds)
        main(["claim", str(file), "--certificate", str(folder / "run")])
    return folder / "run"


@pytest.fixture
def runs(certified: Path, tmp_path: Path) -> tuple[Path, Path]:
    for name in ("old", "new"):
        shutil.copytree(certified, tmp_path / name)
    return tmp_path / "old", tmp_path / "new"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["compare", *map(str, arguments)])
    seen = capsys.readouterr()
    return code, seen.out + seen.err


def test_the_same(runs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *runs) == (0, "2 claims: 2 as before, 0 better, 0 worse, 0 new, 0 gone\n")
    code, out = run(capsys, *runs, "--json")
    rows = {row["name"]: row for row in json.loads(out)["changes"]}
    assert (
        code == 0
        and rows["under"]["new"]["verdict"] == "REFUTED"
        and rows["below"]["old"]["verdict"] == "HOLDS"
    )
    assert all(
        row["same_claim"] and row["old"]["seconds"] > 0 and not row["worse"]
        for row in rows.values()
    )


def test_worse_better_new_and_gone(
    runs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = runs
    spoiled = new / "below.certificate.json"
    kept = spoiled.read_bytes()
    spoiled.write_bytes((new / "under.certificate.json").read_bytes())
    code, out = run(capsys, old, new)
    assert (
        code == 10
        and "worse: below: verdict HOLDS -> STALE" in out
        and "1 as before, 0 better, 1 worse" in out
    )
    assert run(capsys, new, old)[0] == 0 and "1 better" in run(capsys, new, old)[1]
    spoiled.write_bytes(kept)
    for file in new.glob("under.*"):
        file.rename(new / file.name.replace("under", "other"))
    code, out = run(capsys, old, new)
    assert code == 10 and "worse: under: it is gone" in out and "1 new, 1 gone" in out


def test_another_claim_of_the_same_name(
    runs: tuple[Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    old, new = runs
    file = state(tmp_path / "below.json", "f <= 2")
    main(["claim", str(file), "--certificate", str(new)])
    code, out = run(capsys, old, new)
    assert code == 0 and "HOLDS (another claim)" in out and "1 as before" in out


@pytest.mark.parametrize(
    ("old", "new", "limits", "worse"),
    [
        (Standing("HOLDS", "COQ"), Standing("HOLDS", "KERNEL"), {}, ()),
        (Standing("HOLDS", "KERNEL"), Standing("HOLDS", "CHECKED"), {}, ("grade KERNEL -> CHECKED",)),
        (
            Standing("REFUTED", "COQ"), Standing("UNDECIDED", "OPEN"), {},
            ("verdict REFUTED -> UNDECIDED", "grade COQ -> OPEN"),
        ),
        (Standing("HOLDS", "COQ", size=100), Standing("HOLDS", "COQ", size=110), {"size": 10}, ()),
        (
            Standing("HOLDS", "COQ", size=100), Standing("HOLDS", "COQ", size=111), {"size": 10},
            ("size grew by 11 %, at most 10 % may be",),
        ),
        (
            Standing("HOLDS", "COQ", time=1.0), Standing("HOLDS", "COQ", time=2.0), {"time": 50},
            ("time grew by 100 %, at most 50 % may be",),
        ),
        (Standing("HOLDS", "COQ", size=0), Standing("HOLDS", "COQ", size=9), {"size": 0}, ()),
        (Standing("HOLDS", "COQ"), Standing("HOLDS", "COQ", size=9, time=1.0), {"size": 0, "time": 0}, ()),
    ],
)  # fmt: skip
def test_what_is_worse(old: Standing, new: Standing, limits: dict[str, int], worse: tuple[str, ...]) -> None:
    (change,) = compared({"a": old}, {"a": new}, limits)
    assert change.worse == worse


def test_ledgers_and_bundles(
    sources: Sources, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out = run(capsys, sources.proofs, sources.proofs)
    assert (code, out) == (0, "9 claims: 9 as before, 0 better, 0 worse, 0 new, 0 gone\n")
    bundle = tmp_path / "a.zip"
    assert main(["bundle", str(bundle), "--proofs", str(sources.proofs)]) == 0
    code, out = run(capsys, bundle, bundle, "--fail", "size:0%")
    assert code == 0 and "0 better, 0 worse, 0 new, 0 gone" in out
    code, out = run(capsys, sources.proofs, bundle)
    assert code == 0 and "0 worse, 0 new, 0 gone" in out
    Place(sources.theorems, "sawtooth.map").certificate.write_bytes(b"{")
    code, out = run(capsys, bundle, sources.proofs)
    assert code == 10 and "worse: sawtooth.map: verdict HOLDS -> MALFORMED" in out


@pytest.mark.parametrize("made", ["folder", "text", "zip"])
def test_what_is_no_run(made: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "run"
    if made == "folder":
        path.mkdir()
    else:
        path.write_text("PK\3\4" if made == "zip" else "hello")
    code, out = run(capsys, path, path)
    assert code == 2 and "expected" in out and out.count("\n") == 1
    assert run(capsys, path, path, "--fail", "size:x%")[0] == 2
