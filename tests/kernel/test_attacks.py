"""What once deceived the kernel, or cost too much: names that collide, lines that hide, memory that is kept (advisory in CHANGELOG)."""

import json
import tracemalloc
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from verify.kernel.check import check, report
from verify.kernel.declare import Vocabulary
from verify.kernel.errors import BadInput, OverBudget, Rejected
from verify.kernel.limits import MOST_BYTES, Budget
from verify.kernel.network import Graph

from .small import NETWORKS, gemm, network

pytestmark = pytest.mark.slow

IDENTITY = network([gemm("z", ["x"], [["1"]], ["0"])])
TWO_OUTPUTS = network([gemm("z", ["x"], [["1"], ["-1"]], ["0", "1"])])
TWO_INPUTS = network([gemm("z", ["x"], [["1", "1"]], ["0"])], size=2)


def goal(holds: str, *pairs: list[str]) -> dict[str, Any]:
    return {"goal": "g", "for": list(pairs), "holds": holds}


def proof(*steps: Any) -> dict[str, Any]:
    return {"goal": "g", "proof": list(steps)}


def lemma(name: str, holds: str, *steps: Any) -> dict[str, Any]:
    return {"lemma": "l", "for": [[name, "R"]], "holds": holds, "proof": list(steps)}


def lines(networks: dict[str, bytes], declare: list[Any], goals: list[Any], evidence: Any) -> tuple[str, ...]:
    """What the kernel prints of a claim and its certificate. Raises what the kernel raises."""
    hashes = {key: sha256(data).hexdigest() for key, data in networks.items()}
    found = {hashes[key]: data for key, data in networks.items()}
    statement = {"declare": declare, "goals": goals}
    claim = json.dumps({"format": "claim/1", "name": "attack", "networks": hashes, "statement": statement}).encode()
    pinned = {"format": "certificate/1", "claim": sha256(claim).hexdigest(), "evidence": evidence}
    return check(claim, json.dumps(pinned).encode(), found.__getitem__)


def test_a_value_is_no_variable() -> None:
    """The statement that was accepted from the first version on: 0 < 0."""
    same = lemma("value1", "value1 = x", ["cases", 0], ["leaf", [["1", [1]]]], ["leaf", [["1", [1]]]])
    use = proof(["use", "l", ["x + 1"]], ["leaf", [["1", [1]], ["1", []]]])
    with pytest.raises(BadInput, match='a new name, which does not belong to the networks, found "value1"'):
        lines({"f": IDENTITY}, [], [goal("0 < 0")], {"items": [same, use]})


@pytest.mark.parametrize("net", NETWORKS)
def test_no_name_that_a_stranger_may_give_is_an_atom_of_the_networks(net: str) -> None:
    graph = Graph(Budget())
    outputs = {"f": graph.read(NETWORKS[net])}
    vocabulary = Vocabulary(graph, outputs)
    for title in ("value", "x", "f"):
        for name in (title, *(f"{title}{number}" for number in range(graph.size + 2)), f"{title}00", f"{title}9999"):
            with pytest.raises(BadInput):
                vocabulary.statement([[name, "R"]], "true")
            with pytest.raises(BadInput):
                vocabulary.declare({"free": name, "arguments": [], "sort": "R"}, trusted=True)
            with pytest.raises(BadInput):
                vocabulary.declare({"assume": name, "for": [], "holds": "true"}, trusted=True)


@pytest.mark.parametrize("keys", [("x",), ("value",), ("x1",), ("f", "f1"), ("f1", "f"), ("f12", "f1"), ("value7",), ("IH",), ("floor",)])
def test_a_network_has_a_name_of_its_own(keys: tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        lines(dict.fromkeys(keys, TWO_INPUTS), [], [goal("0 <= 0")], {"items": [proof(["leaf", [["1", [0]]]])]})


def test_without_networks_their_names_are_free() -> None:
    said = lines({}, [], [goal("x = value1 implies x <= value1", ["x", "R"], ["value1", "R"])],
                 {"items": [proof(["leaf", [["1", [0]], ["1", [1]]]])]})
    assert said[-1] == "  proved g: for all x in R, value1 in R: x = value1 implies x <= value1"


def test_the_header_names_each_input_and_output() -> None:
    evidence = {"items": [proof(["leaf", [["1", [0]]]])]}
    assert lines({"f": TWO_OUTPUTS}, [], [goal("0 <= 0")], evidence)[1].startswith("  for any x in R: f1, f2 = what the network")
    assert lines({"f": TWO_INPUTS}, [], [goal("0 <= 0")], evidence)[1].startswith("  for any x1, x2 in R: f = what the network")
    wide = network([gemm("z", ["x"], [["1"] * 9], ["0"])], size=9)
    assert lines({"f": wide}, [], [goal("0 <= 0")], evidence)[1].startswith("  for any x1, ..., x9 in R: f = what")


@pytest.mark.parametrize("value", ["x", "f", "value1", "h", "later(0)", "x - x", "0*f"])
def test_a_choice_of_the_witness_does_not_depend_on_the_input(value: str) -> None:
    """For a constant c with f <= c: for no c is it so for all x."""
    declare = [{"define": "h", "for": [], "sort": "R", "cases": [["f <= 0", "0"]], "otherwise": "1"},
               {"free": "c", "arguments": [], "sort": "R"}, {"assume": "up", "for": [], "holds": "f - f <= c - c"}]
    later = {"define": "later", "for": [["y", "R"]], "sort": "R", "cases": [], "otherwise": "floor(y + floor(x))"}
    choice = {"define": "c", "for": [], "sort": "R", "cases": [], "otherwise": value}
    witness = {"declare": [declare[0], later, choice], "items": [{"goal": "up", "proof": [["leaf", [["1", [0]]]]]}]}
    evidence = {"items": [proof(["leaf", [["1", [0]]]])], "witness": witness}
    with pytest.raises(Rejected, match="the choice of c depends on the networks' input"):
        lines({"f": IDENTITY}, declare, [goal("c <= c")], evidence)
    choice["otherwise"] = "div(3, 4)"
    assert lines({"f": IDENTITY}, declare, [goal("c <= c")], evidence)[-1].startswith("  The assumptions were shown to hold")


@pytest.mark.parametrize("pair", [["IH", "R"], ["y", "Z from -0"], ["y", "Z from 01"], ["y", "Z from  1"]])
def test_a_variable_is_none_of_our_words_and_has_a_sort_written_in_one_way(pair: list[str]) -> None:
    with pytest.raises(BadInput):
        lines({}, [], [goal("0 <= 0", pair)], {"items": [proof(["leaf", [["1", [0]]]])]})


def test_a_wide_junction_is_charged_for_each_copy() -> None:
    text = " or ".join(["true"] * 24_999)
    wide = {"lemma": "l", "for": [], "holds": text, "proof": []}
    with pytest.raises(OverBudget):
        lines({}, [], [goal("0 < 0")], {"items": [wide]})


@pytest.mark.parametrize("text", ["0 < 0 implies" + " " * 500 + "0 <= 0", "0  <= 0", " 0 <= 0", "0 <= 0 ", "0 <= 0\t"])
def test_nothing_is_pushed_off_the_line(text: str) -> None:
    with pytest.raises(BadInput):
        lines({}, [], [goal(text)], {"items": [proof(["leaf", [["1", [0]]]])]})


def opened(steps: int) -> Any:
    return {"items": [proof(["cut", " or ".join(["true"] * 2000)], *[["cases", 1]] * steps)]}


def long_facts(steps: int) -> Any:
    return {"items": [proof(*[["cut", f"({'9' * 5_900})^20*y < 0"]] * steps)]}


@pytest.mark.parametrize(("pairs", "evidence"), [
    ([], lambda: opened(3_000)),
    ([["y", "R"]], lambda: long_facts(5_000)),
    ([["y", "R"]], lambda: {"items": [proof(["cut", f"{'+'.join(['y'] * 40_000)} < 0"]) for _ in range(500)]}),
    ([["y", "R"]], lambda: {"items": [{"lemma": f"l{i}", "for": [[f"v{j}", "R"] for j in range(2_000)], "holds": "0 < 0", "proof": []}
                                      for i in range(500)]}),
])
def test_what_is_kept_is_charged(pairs: list[list[str]], evidence: Callable[[], Any]) -> None:
    with pytest.raises((OverBudget, Rejected)):
        lines({}, [], [goal("0 < 0", *pairs)], evidence())


def test_the_head_of_a_definition_is_charged_for_each_case() -> None:
    """Not the texts of the cases are long here, but what each of them is put beside."""
    pairs = [[f"{'v' * 35}{i}", "R"] for i in range(5_000)]
    wide = {"define": "F", "for": pairs, "sort": "R", "cases": [["true", "0"]] * 1_000, "otherwise": "0"}
    with pytest.raises(OverBudget, match="operations"):
        lines({}, [], [goal("0 <= 0")], {"items": [wide]})


def test_a_long_name_of_a_network_is_not_written_for_each_output() -> None:
    many = network([gemm("z", ["x"], [["1"]] * 1_000, ["0"] * 1_000)])
    tracemalloc.start()
    with pytest.raises(BadInput, match="a name"):
        lines({"f" * 200_000: many}, [], [goal("0 <= 0")], {"items": []})
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_claim_that_is_too_long_is_not_taken_for_another(tmp_path: Path) -> None:
    """Of its first bytes alone the hash would be another one."""
    (tmp_path / "a.claim.json").write_bytes(b" " * (MOST_BYTES + 1))
    certificate = {"format": "certificate/1", "claim": "0" * 64, "evidence": {}}
    (tmp_path / "a.certificate.json").write_text(json.dumps(certificate))
    said: list[str] = []
    assert report([str(tmp_path)], said.append) == 3
    assert said[0].startswith("OVER BUDGET")


def test_a_measure_is_not_among_what_is_measured() -> None:
    declared = {"measure": "n", "is": "integral", "of": "n - n", "on": ["0", "1"]}
    with pytest.raises(BadInput, match="expected a declared name, found n"):
        lines({"f": IDENTITY}, [declared], [goal("0 <= 0")], {"items": [proof(["leaf", [["1", [0]]]])]})


def test_names_are_compared_with_many_networks_at_once() -> None:
    """So that networks times variables cost nothing."""
    graph = Graph(Budget())
    networks = {f"f{i}q": graph.read(IDENTITY) for i in range(2_000)}
    vocabulary = Vocabulary(graph, networks)
    start = process_time()
    vocabulary.statement([[f"v{i}", "R"] for i in range(10_000)], "true")
    assert process_time() - start < 2


def test_a_file_without_size_is_not_read(tmp_path: Path) -> None:
    """A link to a device, as it may come out of an archive, would never end."""
    (tmp_path / "a.claim.json").symlink_to("/proc/self/mountinfo")
    (tmp_path / "a.certificate.json").write_text("{}")
    said: list[str] = []
    assert report([str(tmp_path)], said.append) == 2
    assert said[0].startswith("MALFORMED") and "expected a file with something in it, found none" in said[0]
