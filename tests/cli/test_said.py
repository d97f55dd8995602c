"""What the command line says before anyone asks: assumptions of a format, rounding, files that are replaced; on any terminal."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from verify.cli import main
from verify.network.load import load

REPOSITORY = Path(__file__).parents[2]


def safetensors(path, places=(0, 2)):
    """One unit a layer, all weights 1."""
    import struct

    header, numbers = {}, b""
    for place in places:
        for name, shape in (("weight", [1, 1]), ("bias", [1])):
            header[f"{place}.{name}"] = {"dtype": "F32", "shape": shape, "data_offsets": [len(numbers), len(numbers) + 4]}
            numbers += struct.pack("<f", 1.0)
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + numbers)
    return path


@pytest.mark.parametrize("command", [["show"], ["eval", "--", "1"], ["pieces"]])
def test_a_state_dict_says_what_is_assumed(tmp_path, capsys, command):
    file = safetensors(tmp_path / "m.safetensors")
    arguments = [command[0], str(file), *[part for part in command[1:] if part != "--"]]
    assert main(arguments) == 0
    shown = capsys.readouterr()
    wanted = "a state_dict holds no activations: assumed is ReLU at 1, nothing else that changes values,"
    assert wanted in (shown.out if command[0] == "show" else shown.err)


def test_the_places_of_a_state_dict_are_named(tmp_path):
    (note,) = load(safetensors(tmp_path / "m.safetensors", (1, 3, 6))).notes
    assert "ReLU at 2, one at 4 to 5," in note
    assert note.endswith("nothing before layer 1 or after layer 6")
    (note,) = load(safetensors(tmp_path / "m.safetensors", (0,))).notes
    assert "no ReLU" in note


def test_nnet_says_what_is_assumed(tmp_path, capsys):
    file = tmp_path / "m.nnet"
    file.write_text("1,1,1,1,\n1,1,\n0,\n0,\n0,\n0,0,\n1,1,\n2,\n1,\n")
    assert main(["eval", str(file), "1"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("value    3")
    assert shown.err.count("\n") == 1
    assert "assumed is ReLU after every layer but the last" in shown.err


def claim(folder, stem, holds, **more):
    body = {"format": "claim/1", "networks": {"f": "tent"}, "statement": {"forall": {"box": [["0", "1"]], "holds": holds}}}
    file = folder / f"{stem}.json"
    file.write_text(json.dumps(body | more))
    return str(file)


def told(capsys):
    """What was said on standard error, but for how long things took, which a loaded machine says."""
    return [line for line in capsys.readouterr().err.splitlines() if not re.fullmatch(r".*: \d+\.\d s", line)]


def test_certificates_of_one_folder_are_kept_apart(tmp_path, capsys):
    out = tmp_path / "out"
    for name in ("eps_0.5", "eps_0.6"):
        assert main(["claim", claim(tmp_path, name, "f <= 1"), "--certificate", str(out)]) == 0
    assert told(capsys) == []
    found = sorted(path.name for path in out.glob("*.json"))
    assert found == [f"eps_0.{i}.{kind}.json" for i in (5, 6) for kind in ("certificate", "claim")]


def test_what_is_replaced_is_said(tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["claim", claim(tmp_path, "c", "f <= 1"), "--certificate", str(out)]) == 0
    assert main(["claim", claim(tmp_path, "c", "f <= 1"), "--certificate", str(out)]) == 0
    assert told(capsys) == []
    assert main(["claim", claim(tmp_path, "c", "f <= 2"), "--certificate", str(out)]) == 0
    lines = told(capsys)
    assert lines == [f"depthproof: {out}/c.{kind}.json is replaced: it held something else" for kind in ("claim", "certificate")]


@pytest.mark.parametrize("name", ["../c", "/tmp/c", "a\\b", "a\0b"])
def test_a_claim_s_files_stay_in_the_folder(tmp_path, capsys, name):
    """Under a name that a file can have; the claim keeps its own, and the checker accepts it."""
    out = tmp_path / "box" / "out"
    file = claim(tmp_path, "c", "f <= 1", name=name)
    assert main(["claim", file, "--certificate", str(out)]) == 0
    assert "no file is called" in capsys.readouterr().err
    assert {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")} == {"box", Path(file).name}
    (written,) = out.glob("*.claim.json")
    assert json.loads(written.read_bytes())["name"] == name
    assert sorted(path.name for path in out.iterdir()) == sorted(
        ["networks", written.name, written.name.replace(".claim.", ".certificate.")]
    )
    assert main(["check", str(out)]) == 0 and capsys.readouterr().out.startswith("HOLDS")


def test_pieces_keep_the_dots_of_a_name(tmp_path, capsys):
    for name in ("a_0.5", "a_0.6.json", "a_0.7.claim.json"):
        assert main(["pieces", "tent", "--certificate", str(tmp_path / name)]) == 0
    assert sorted(path.name for path in tmp_path.glob("*.claim.json")) == [f"a_0.{i}.claim.json" for i in (5, 6, 7)]
    assert main(["pieces", "sawtooth:2", "--certificate", str(tmp_path / "a_0.5")]) == 0
    assert "a_0.5.claim.json is replaced" in capsys.readouterr().err


def test_a_network_that_is_not_there_is_an_error(tmp_path, capsys):
    rule = tmp_path / "rule.vnnlib"
    rule.write_text("(declare-const X_0 Real)(declare-const Y_0 Real)(assert (>= X_0 0))(assert (<= X_0 1))(assert (>= Y_0 2))")
    assert main(["claim", str(rule), "--network", str(tmp_path / "none.onnx")]) == 2
    assert "none.onnx: cannot be read" in capsys.readouterr().err


def test_a_claim_says_itself_what_it_is_about(tmp_path, capsys):
    assert main(["claim", claim(tmp_path, "c", "f <= 1"), "--network", "sawtooth:2"]) == 2
    assert "expected --network with a VNN-LIB property only" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["eval", "tent", "1/3"], ["--help"], ["claim", "tests/claims/below_one.json"], ["eval", "é"]])
def test_a_terminal_that_knows_ascii_only(arguments):
    more = {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "verify", *arguments]
    ran = subprocess.run(command, env=os.environ | more, cwd=REPOSITORY, capture_output=True, check=False)
    assert ran.returncode in (0, 2, 10)
    assert (ran.stdout + ran.stderr).isascii() or arguments == ["--help"]  # which click writes itself
    assert b"fault" not in ran.stderr


def test_check_looks_below_and_says_where_it_does_not(tmp_path, capsys):
    proofs = REPOSITORY / "proofs" / "sawtooth"
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    for ending in (".claim.json", ".certificate.json"):
        (deep / f"map{ending}").write_bytes((proofs / f"map{ending}").read_bytes())
    assert main(["check", str(tmp_path)]) == 0
    assert "Python kernel: 1 of 1 accepted" in capsys.readouterr().out
    (tmp_path / "linked").symlink_to(proofs.parent)
    assert main(["check", str(tmp_path)]) == 2
    assert "linked/sawtooth/: nothing in this folder was checked" in capsys.readouterr().out
    (deep / "map.claim.json").unlink()
    assert main(["check", str(tmp_path / "a")]) == 2
