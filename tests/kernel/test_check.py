"""The checker as people use it: files, folders, exit codes, what is printed, and hostile input of every kind."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from verify.kernel.check import check, report
from verify.kernel.errors import BadInput, DepthproofError, OverBudget, Rejected

from . import short
from .short import whole
from .small import NETWORKS, PIECES, POINTS, dumps, files, gemm, network, pieces, relu, written

pytestmark = pytest.mark.slow

KERNEL = Path(__file__).parent.parent.parent / "verify" / "kernel"


def said(*paths: Path) -> tuple[int, list[str]]:
    lines: list[str] = []
    return report([str(path) for path in paths], lines.append), lines


def test_the_verdict_says_what_was_shown_and_of_what(tmp_path: Path) -> None:
    code, lines = said(written(tmp_path))
    digest = hashlib.sha256(NETWORKS["tent"]).hexdigest()
    assert code == 0
    assert lines == [
        'HOLDS "test"',
        f"  for any x in R: f = what the network with SHA-256 {digest} gives",
        "  define n = the number of maximal intervals with affine f on [0, 1]",
        "  proved claim: n = 2",
    ]


def test_claims_certificates_and_folders_are_paths(tmp_path: Path) -> None:
    folder = written(written(tmp_path, "b"), "a")
    both = said(folder)
    assert both[0] == 0 and [line for line in both[1] if line.startswith("HOLDS")] == ['HOLDS "test"'] * 2
    assert said(folder / "b.claim.json") == said(folder / "b.certificate.json") == said(folder / "b") == (0, both[1][:4])
    below = written(tmp_path / "below")
    assert said(folder / "b.claim.json", below)[0] == 0
    code, lines = said(folder)  # what is below is not looked into, which is said
    assert code == 2 and lines[-1] == f"MALFORMED {below}/: nothing in this folder was checked"


def test_a_counterexample_that_was_checked_exits_with_0(tmp_path: Path) -> None:
    says = "n = 2 and not (n = 3)"
    statement = PIECES | {"goals": [{"goal": "claim.refuted", "for": [], "holds": says}]}
    proof = [["measure", "n", ["0", "1/2", "1"], [], []], ["cases", 0], ["cases", 3]]
    proof += [short.leaf({4: 1, 1: 1}), short.leaf({4: 1, 2: 1}), short.leaf({3: -1, 2: 1})]
    code, lines = said(written(tmp_path, statement=statement, evidence={"items": [{"goal": "claim.refuted", "proof": proof}]}))
    assert (code, lines[-1]) == (0, f"  proved claim.refuted: {says}"), lines
    assert said(written(tmp_path / "3", statement=pieces(3)[0]))[0] == 10


def test_exit_codes(tmp_path: Path) -> None:
    rejected = written(tmp_path / "1", evidence=pieces(2, ["0", "1"])[1])
    malformed = written(tmp_path / "2", evidence=pieces(2, ["0", "1/2", 1])[1])
    costly = written(tmp_path / "3", evidence=pieces(2, ["0", "1" * 99_000 + "/1" + "0" * 99_000, "1"])[1])
    holds = written(tmp_path / "4")
    assert [said(path)[0] for path in (rejected, malformed, costly, holds)] == [10, 2, 3, 0]
    assert said(costly, malformed, rejected, holds)[0] == 10
    assert said(costly, malformed, holds)[0] == 3
    assert [said(path)[1][0].split(f" {tmp_path}")[0] for path in (rejected, malformed, costly)] == ["REJECTED", "MALFORMED", "OVER BUDGET"]
    for path in (rejected, malformed, costly):
        assert len(said(path)[1]) == 1


def test_what_is_not_there(tmp_path: Path) -> None:
    assert said(tmp_path / "nothing")[0] == 2
    (tmp_path / "empty").mkdir()
    assert said(tmp_path / "empty")[0] == 2
    folder = written(tmp_path / "a")
    (folder / "tent.certificate.json").unlink()
    assert said(folder)[0] == 10 and "there is no file" in said(folder)[1][0]
    folder = written(tmp_path / "b")
    (folder / "tent.claim.json").unlink()
    assert said(folder)[0] == 2
    folder = written(tmp_path / "c")
    shutil.rmtree(folder / "networks")
    assert said(folder)[0] == 2 and "there is no file" in said(folder)[1][0]
    (folder / "tent.claim.json").unlink()
    (folder / "tent.claim.json").mkdir()
    assert said(folder)[0] == 2


def test_every_changed_byte_of_claim_or_network_is_rejected() -> None:
    claim, certificate, data = files(PIECES, POINTS, {"f": "tent"})
    ((digest, content),) = data.items()
    assert check(claim, certificate, data.__getitem__)
    for position in range(len(claim)):
        changed = claim[:position] + bytes([claim[position] ^ 1]) + claim[position + 1 :]
        with pytest.raises(Rejected, match="for another claim"):
            check(changed, certificate, data.__getitem__)
    for position in range(len(content)):
        changed = content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]
        with pytest.raises(Rejected, match="expected the network with SHA-256"):
            check(claim, certificate, {digest: changed}.__getitem__)
    for more in (b" ", b"\n"):
        with pytest.raises(Rejected):
            check(claim + more, certificate, data.__getitem__)
        with pytest.raises(Rejected):
            check(claim, certificate, {digest: content + more}.__getitem__)


def test_every_changed_byte_of_a_certificate_ends_well() -> None:
    claim, certificate, data = files(PIECES, POINTS, {"f": "tent"})
    for position in range(len(certificate)):
        for bit in (1, 2, 16):
            changed = certificate[:position] + bytes([certificate[position] ^ bit]) + certificate[position + 1 :]
            try:
                assert check(claim, changed, data.__getitem__)
            except DepthproofError as error:
                assert error.exit_code in (2, 3, 10)
                assert "\n" not in str(error) and str(error).isascii()


def given_networks(content: bytes) -> tuple[bytes, bytes, dict[str, bytes]]:
    digest = hashlib.sha256(content).hexdigest()
    claim = dumps({"format": "claim/1", "name": "test", "networks": {"f": digest}, "statement": PIECES})
    return claim, dumps({"format": "certificate/1", "claim": hashlib.sha256(claim).hexdigest(), "evidence": POINTS}), {digest: content}


Z = gemm("z", ["x"], [["2"]], ["-1"])
GOOD = json.loads(network([Z, relu("a", "z"), gemm("y", ["a"], [["1"]], ["0"])]))


def edited(**changes: Any) -> bytes:
    return dumps(GOOD | changes)


BAD_NETWORKS = [
    b"",
    b"[]",
    b"{}",
    b"\xff",
    dumps([1]),
    edited(format="relu-network/2"),
    edited(extra=1),
    edited(output="q"),
    edited(output=["a"]),
    edited(output=None),
    edited(inputs=[]),
    edited(inputs=[{"name": "x", "size": 1}] * 2),
    edited(inputs=[{"name": "u", "size": 1}]),
    edited(inputs=[{"name": "x", "size": 0}]),
    edited(inputs=[{"name": "x", "size": True}]),
    edited(inputs=[{"name": "x", "size": "1"}]),
    edited(inputs=[{"name": "x", "size": 10**9}]),
    edited(nodes={}),
    edited(nodes=[Z, Z]),
    edited(nodes=[Z | {"name": "x"}]),
    edited(nodes=[Z | {"name": 1}]),
    edited(nodes=[Z | {"name": ["z"]}]),
    edited(nodes=[7]),
    edited(nodes=[relu("a", "z"), Z]),
    edited(nodes=[relu("a", "a")]),
    edited(nodes=[Z, relu("a", "z") | {"inputs": ["z", "z"]}]),
    edited(nodes=[Z, relu("a", "z") | {"inputs": []}]),
    edited(nodes=[Z, relu("a", "z") | {"alpha": "1"}]),
    edited(nodes=[Z | {"op": "Abs"}]),
    edited(nodes=[Z | {"op": ["Gemm"]}]),
    edited(nodes=[Z | {"op": "gemm"}]),
    edited(nodes=[Z | {"inputs": []}]),
    edited(nodes=[Z | {"inputs": ["x", "x"]}]),
    edited(nodes=[Z | {"weight": []}]),
    edited(nodes=[Z | {"weight": [[]]}]),
    edited(nodes=[Z | {"weight": [["1", "1"]]}]),
    edited(nodes=[Z | {"weight": [["1"], ["1"]]}]),
    edited(nodes=[Z | {"weight": [[1]]}]),
    edited(nodes=[Z | {"weight": [["1.5"]]}]),
    edited(nodes=[Z | {"weight": [["2/4"]]}]),
    edited(nodes=[Z | {"weight": [["-0"]]}]),
    edited(nodes=[Z | {"weight": [["1/0"]]}]),
    edited(nodes=[Z | {"weight": [["inf"]]}]),
    edited(nodes=[Z | {"weight": [["\u0661"]]}]),
    edited(nodes=[Z | {"weight": [["1"], None]}]),
    edited(nodes=[Z | {"bias": ["1", "1"]}]),
    edited(nodes=[Z | {"bias": "1"}]),
    edited(nodes=[{"name": "z", "op": "Gemm", "inputs": ["x"], "weight": [["1"]]}]),
]


@pytest.mark.parametrize("content", BAD_NETWORKS)
def test_a_network_that_is_not_canonical_is_refused(content: bytes) -> None:
    claim, certificate, data = given_networks(content)
    with pytest.raises((BadInput, OverBudget), match='network "f": '):
        check(claim, certificate, data.__getitem__)


def test_the_network_that_these_were_made_from_is_accepted() -> None:
    claim, certificate, data = given_networks(edited())
    assert check(claim, certificate, data.__getitem__)


TENT = hashlib.sha256(NETWORKS["tent"]).hexdigest()
GOOD_CLAIM = {"format": "claim/1", "name": "test", "networks": {"f": TENT}, "statement": PIECES}
BAD_CLAIMS = [
    {},
    [],
    {"format": "claim/2"},
    {"name": 7},
    {"name": None},
    {"note": "by the way"},
    {"networks": []},
    {"networks": {"f": "0" * 63}},
    {"networks": {"f": "A" * 64}},
    {"networks": {"f": "../../../etc/passwd"}},
    {"networks": {"f": 7}},
    {"networks": {"1f": TENT}},
    {"networks": {"f-g": TENT}},
    {"networks": {"": TENT}},
    {"networks": {"\u202ef": TENT}},
    {"networks": {"x": TENT}},
    {"statement": None},
    {"statement": {"theory": {"declare": [], "goals": []}}},
    {"statement": {"pieces": {"of": "f", "on": ["0", "1"], "is": "=", "count": 2}}},
    {"statement": {"declare": []}},
]


@pytest.mark.parametrize("change", BAD_CLAIMS)
def test_a_claim_that_is_none_is_refused(change: Any) -> None:
    whole = GOOD_CLAIM | change if change else change
    claim = dumps(whole)
    certificate = dumps({"format": "certificate/1", "claim": hashlib.sha256(claim).hexdigest(), "evidence": POINTS})
    with pytest.raises(BadInput):
        check(claim, certificate, lambda digest: NETWORKS["tent"])


@pytest.mark.parametrize(
    "change", [{"format": "certificate/2"}, {"claim": None}, {"claim": ["a"]}, {"evidence": None}, {"statement": PIECES}]
)
def test_a_certificate_that_is_none_is_refused(change: Any) -> None:
    claim = dumps(GOOD_CLAIM)
    good = {"format": "certificate/1", "claim": hashlib.sha256(claim).hexdigest(), "evidence": POINTS}
    assert check(claim, dumps(good), lambda digest: NETWORKS["tent"])
    with pytest.raises((BadInput, Rejected)):
        check(claim, dumps(good | change), lambda digest: NETWORKS["tent"])


def test_hostile_names_come_out_escaped(tmp_path: Path) -> None:
    name = 'x"\n\x1b[2J\u202e\x07HOLDS "lies"'
    folder = written(tmp_path / "a\x1b[31m\u202eb")
    claim = dumps(GOOD_CLAIM | {"name": name})
    (folder / "tent.claim.json").write_bytes(claim)
    (folder / "tent.certificate.json").write_bytes(
        dumps({"format": "certificate/1", "claim": hashlib.sha256(claim).hexdigest(), "evidence": POINTS})
    )
    code, lines = said(folder, folder / "none\n")
    assert code == 2
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert len(lines) == 5


def everywhere(holds: str) -> dict[str, Any]:
    return whole({"forall": {"box": [["0", "1"]], "holds": holds}})


BOMBS: dict[str, tuple[bytes, Any, Any]] = {
    "long numerals": (network([gemm("z", ["x"], [["7" * 49_000 + "/1" + "0" * 48_999 + "1"]] * 100, ["0"] * 100)]), PIECES, POINTS),
    "growing numbers": (
        network([gemm(f"z{i}", [f"z{i - 1}" if i else "x"], [["1" + "0" * 9_999 + "1"]], ["1"]) for i in range(400)]),
        PIECES,
        POINTS,
    ),
    "wide and long": (
        network(
            [gemm("z", ["x"], [["1"]] * 20_000, ["0"] * 20_000), relu("a0", "z"), *(relu(f"a{i}", f"a{i - 1}") for i in range(1, 2_000))]
        ),
        PIECES,
        POINTS,
    ),
    "cases on wide disjunctions": (
        NETWORKS["tent"],
        everywhere("not (" + " and ".join(["(f <= 1 or x <= 2)"] * 500) + ")"),
        short.items(["cut", " or ".join(["f <= 1"] * 1_500)], *[["cases", 502]] * 30_000),
    ),
    "brackets": (NETWORKS["tent"], everywhere("(" * 5_000 + "f" + ")" * 5_000 + "<= 1"), POINTS),
    "negations": (NETWORKS["tent"], everywhere("not " * 4_000 + "f <= 1"), POINTS),
    "long text": (NETWORKS["tent"], everywhere("+".join(["f"] * 150_000) + "<= 1"), POINTS),
    "long points": (NETWORKS["tent"], PIECES, pieces(2, ["0", *["1/1" + "0" * 90_000 + "1"] * 20, "1"])[1]),
    "units again and again": (
        network([gemm("z", ["x"], [["1"]] * 500, ["-1/2"] * 500), relu("a", "z"), gemm("y", ["a"], [["1"] * 500], ["0"])]),
        everywhere("f <= 1"),
        short.items(*[["units"]] * 20_000),
    ),
    "many inputs": (network([gemm("z", ["x"], [["1"]], ["0"])], 10**17), PIECES, POINTS),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_over_budget(name: str) -> None:
    content, statement, evidence = BOMBS[name]
    digest = hashlib.sha256(content).hexdigest()
    claim = dumps(GOOD_CLAIM | {"networks": {"f": digest}, "statement": statement})
    certificate = dumps({"format": "certificate/1", "claim": hashlib.sha256(claim).hexdigest(), "evidence": evidence})
    with pytest.raises(OverBudget):
        check(claim, certificate, {digest: content}.__getitem__)


def test_many_open_branches_share_their_facts() -> None:
    """20,000 cuts, each in the first of the branches before: a list of facts, not 20,000 lists."""
    steps = [["cut", f"y <= 1/{2 + i}"] for i in range(20_000)]
    goal = {"goal": "g", "for": [["y", "R"]], "holds": "0 < 0"}
    with pytest.raises(Rejected, match="20001 branches are open"):
        short.checked({"declare": [], "goals": [goal]}, {"items": [{"goal": "g", "proof": steps}]})


def test_nesting_is_over_budget_before_it_is_parsed(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "tent.certificate.json").write_bytes(b'{"evidence":' + b"[" * 100_000)
    assert said(folder)[0] == 3


@pytest.mark.parametrize("flags", [["-I", "-S"], ["-I", "-S", "-O"], ["-I", "-S", "-OO"], ["-S", "-B"]])
def test_the_kernel_runs_alone_from_a_copy_of_any_name(tmp_path: Path, flags: list[str]) -> None:
    copy = tmp_path / "some-other name"
    shutil.copytree(KERNEL, copy, ignore=shutil.ignore_patterns("__pycache__"))
    folder = written(tmp_path / "claims")
    false = written(tmp_path / "false", evidence=pieces(2, ["0", "1"])[1])
    runs = [
        subprocess.run([sys.executable, *flags, str(copy / "__main__.py"), str(path)], capture_output=True, text=True)
        for path in (folder, false)
    ]
    assert [run.returncode for run in runs] == [0, 10]
    assert runs[0].stdout.splitlines() == said(folder)[1]
    assert runs[1].stdout.splitlines() == said(false)[1]
    assert not runs[0].stderr and not runs[1].stderr


def test_the_hash_seed_changes_nothing(tmp_path: Path) -> None:
    difference = pieces(4, ["0", "1/4", "1/2", "3/4", "1"], "f - g")
    folder = written(written(tmp_path / "a"), "b", *difference, f="tent", g="sawtooth2")
    outputs = {
        subprocess.run(
            [sys.executable, "-S", str(KERNEL / "__main__.py"), str(folder)], capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(outputs) == 1 and b"HOLDS" in outputs.pop()


def test_without_a_path_the_folder_where_you_are_is_checked(tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-S", str(KERNEL / "__main__.py")]
    empty = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert (empty.returncode, empty.stdout) == (2, "MALFORMED ./: nothing in this folder was checked\n")
    run = subprocess.run(command, capture_output=True, text=True, cwd=written(tmp_path))
    assert run.returncode == 0 and run.stdout.startswith('HOLDS "test"')


def test_the_kernel_has_no_assert_and_no_float() -> None:
    import ast

    for path in KERNEL.glob("*.py"):
        tree = ast.parse(path.read_text())
        assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)], path
        assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)], path
        assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "float"], path
