"""Names of files from any text, and files written whole or not at all."""

import errno
import os
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.files import WAITING, below, file_name, file_names, read_bytes, write_bytes, write_files
from verify.kernel.errors import BadInput, OverBudget

FOREIGN = ["", ".", "..", "../a", "/a", "a/b", "a\\b", "C:a", "a\0b", "\ud800", "é", "CON", "nul.txt", "a.", " a", "a b", "-a", ".a",
           "x" * 300, "a\n", "\u202e", "~", "a*", "A" * 121, "..."]  # fmt: skip


@pytest.mark.parametrize("text", FOREIGN)
def test_a_foreign_name_is_a_file_in_its_folder(tmp_path: Path, text: str) -> None:
    name = file_name(text)
    assert re.fullmatch(r"[a-z0-9-]{1,93}", name)
    (tmp_path / f"{name}.certificate.json").write_bytes(b"")
    assert [path.name for path in tmp_path.iterdir()] == [f"{name}.certificate.json"]


@given(st.lists(st.text(), max_size=8))
def test_no_two_names_are_one(texts: list[str]) -> None:
    names = file_names([*texts, "a", "A", "../a", "..-a"])
    assert len({name.casefold() for name in names.values()}) == len(names)


@pytest.mark.parametrize("text", ["a", "sawtooth.map", "below_one", "A-1", "9"])
def test_a_plain_name_stays(text: str) -> None:
    assert file_name(text) == text


def test_what_leads_out_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "out.json").write_text("{}")
    (inside / "link.json").symlink_to(tmp_path / "out.json")
    for name in ("../out.json", str(tmp_path / "out.json"), "link.json", "a/../../out.json", "a\0"):
        with pytest.raises(BadInput):
            below(inside, name)
    assert below(inside, "a/../b.json") == inside / "a/../b.json"


def test_size_and_kind_are_looked_at_before_reading(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(3 * 2**30)
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(BadInput, match="expected a file"):
            read_bytes(path)
    with pytest.raises(OverBudget, match="3221225472 bytes"):
        read_bytes(tmp_path / "large")
    with pytest.raises(BadInput, match="no such file"):
        read_bytes(tmp_path / "none")


def test_a_set_replaces_a_set(tmp_path: Path) -> None:
    write_files(tmp_path / "a" / "b", {"networks/n": b"1", "c": b"2"})
    write_files(tmp_path / "a" / "b", {"c": b"3", "k": b"4"})
    inside = [path for path in (tmp_path / "a" / "b").rglob("*") if path.is_file() and not path.is_symlink()]
    assert {path.name: path.read_bytes() for path in inside} == {"n": b"1", "c": b"3", "k": b"4"}


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "k").mkdir()
    (tmp_path / "c").write_bytes(b"old")
    with pytest.raises(BadInput, match="k: cannot be written: something else is there"):
        write_files(tmp_path, {"new/n": b"1", "c": b"2", "k": b"4"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c", "k"] and (tmp_path / "c").read_bytes() == b"old"


def test_links_to_files_and_folders_are_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real" / "far").mkdir(parents=True)
    (tmp_path / "own").write_bytes(b"own")
    (tmp_path / "real" / "networks").symlink_to(tmp_path / "real" / "far")
    (tmp_path / "real" / "c.claim.json").symlink_to("../own")
    (tmp_path / "link").symlink_to("real")
    monkeypatch.chdir(tmp_path)
    write_files(Path("link"), {"networks/n": b"1", "c.claim.json": b"2", "k": b"3"})
    assert (tmp_path / "real" / "far" / "n").read_bytes() == b"1" and (tmp_path / "own").read_bytes() == b"own"
    assert [(tmp_path / "real" / name).read_bytes() for name in ("c.claim.json", "k")] == [b"2", b"3"]
    assert not (tmp_path / "real" / "c.claim.json").is_symlink() and len(list((tmp_path / "real" / "far").iterdir())) == 1


def test_where_there_are_no_links_files_are_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    (tmp_path / "c").write_bytes(b"old")
    monkeypatch.setattr(os, "symlink", none)
    monkeypatch.setattr(os, "link", none)
    write_files(tmp_path, {"c": b"1", "k": b"2"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"c": b"1", "k": b"2"}


def test_networks_that_are_elsewhere_or_no_folder(tmp_path: Path) -> None:
    """What waits is then beside the claim, not where another folder's writer could take it for its own."""
    (tmp_path / "far").mkdir()
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
    (tmp_path / "one" / "networks").symlink_to(tmp_path / "far")
    (tmp_path / "two" / "networks").write_bytes(b"a file")
    (tmp_path / "three" / "networks").symlink_to("nowhere")
    with patch("verify.files._end"):  # as if killed before the end
        for name in ("one", "two", "three"):
            write_files(tmp_path / name, {"c.claim.json": b"1", "c.certificate.json": b"2"})
            assert (tmp_path / name / "c.claim.json").read_bytes() == b"1"
            assert len(list((tmp_path / name).glob(f"{WAITING}*"))) == 1
    assert not list((tmp_path / "far").iterdir())


def test_whoever_writes_next_settles_the_folder_above(tmp_path: Path) -> None:
    with patch("verify.files._end"):
        write_files(tmp_path, {"c.claim.json": b"1", "c.certificate.json": b"2"})
    (tmp_path / "other").symlink_to("networks")
    write_files(tmp_path / "other", {"own": b"3"})
    assert not (tmp_path / "c.claim.json").is_symlink() and (tmp_path / "c.claim.json").read_bytes() == b"1"
    assert [path.name for path in (tmp_path / "networks").iterdir()] == ["own"]


def test_a_stranger_s_waiting_folder_brings_nothing_from_outside(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_bytes(b"secret")
    waiting = tmp_path / "out" / f"{WAITING}evil"
    (waiting / "new").mkdir(parents=True)
    (waiting / "new" / "key").write_bytes(b"")
    (waiting / "now").symlink_to(tmp_path / "secret")
    (tmp_path / "out" / "key").symlink_to(f"{WAITING}evil/now/key")
    write_files(tmp_path / "out", {"a": b"1"})
    assert not (tmp_path / "out" / "key").exists()
    assert (tmp_path / "secret" / "key").read_bytes() == b"secret"


def test_what_cannot_be_settled_is_read_and_settled_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "c").write_bytes(b"old")
    with monkeypatch.context() as broken:
        broken.setattr("verify.files._settle", lambda *_: os.rmdir("/"))
        write_files(tmp_path, {"c": b"1", "k": b"2"})
    assert (tmp_path / "c").is_symlink()
    assert [(tmp_path / name).read_bytes() for name in ("c", "k")] == [b"1", b"2"]
    write_files(tmp_path, {"c": b"1", "k": b"2"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c", "k"] and not (tmp_path / "c").is_symlink()


def test_a_device_is_never_replaced() -> None:
    with pytest.raises(BadInput, match="something else is there"):
        write_bytes(Path("/dev/null"), b"x")
    assert not Path("/dev/null").is_file()


def test_what_a_killed_writer_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / f"{WAITING}abc").mkdir()
    (tmp_path / f"{WAITING}abc" / "0").write_bytes(b"half")
    (tmp_path / f"{WAITING}file").write_bytes(b"a user's own")
    (tmp_path / "kept").mkdir()
    (tmp_path / f"{WAITING}link").symlink_to(tmp_path / "kept")
    write_bytes(tmp_path / "new", b"1")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{WAITING}file", f"{WAITING}link", "kept", "new"]


@pytest.mark.parametrize("count", [2, 8])
def test_writers_at_once_leave_one_whole_set(tmp_path: Path, count: int) -> None:
    code = """
import sys
from pathlib import Path
from verify.files import write_files
for _ in range(20):
    write_files(Path(sys.argv[1]), {name: sys.argv[2].encode() for name in ("a", "b", "c")})
"""
    writers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(number)]) for number in range(count)]
    assert [writer.wait() for writer in writers] == [0] * count
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1
