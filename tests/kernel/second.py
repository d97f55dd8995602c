"""The Python kernel and the proved checker, asked about the same files: honest and damaged ones.

    make checker; python -m tests.kernel.second 1000000      (make nightly)

No file may be accepted by one of them and not by the other, and what is accepted must be said in
the same bytes. Classes of refusal (rejected, malformed, over budget) are compared too, and counted.
The proved checker reads folders of files, so that its start costs nothing. If it ends early, the
files that it has not spoken of are given to it one by one.
"""

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from verify.checkers import UNPROVED
from verify.claim import Claim
from verify.exact.cells import Box, Complex
from verify.kernel.check import WORDS, check
from verify.kernel.errors import DepthproofError
from verify.kernel.numerals import numeral
from verify.kernel.theory import beginning
from verify.network.builders import dense, random_network
from verify.search.networks import cover
from verify.search.networks.setting import Setting

from . import generator, mutation, short
from .generated import kernels
from .small import NETWORKS, files

BINARY = mutation.ROOT / "build" / "checker" / "depthcheck"
COMMITTED = sorted((mutation.ROOT / "proofs").glob("*/*.claim.json"))
BATCH = 500
SECONDS = 600  # of one batch
FAULT = {4: "OWN FAULT"}


class Case(NamedTuple):
    """What is asked: a claim, a certificate, the networks by their hashes."""

    claim: bytes
    certificate: bytes
    networks: dict[str, bytes]


class Answer(NamedTuple):
    """The exit code and, where the claim holds, the lines."""

    code: int
    lines: tuple[str, ...]


# ---------- what is asked ----------


def repinned(case: Case, claim: Any) -> Case:
    """The case with another claim, and a certificate that is for it."""
    text = json.dumps(claim, separators=(",", ":")).encode()
    certificate = json.loads(case.certificate) | {"claim": hashlib.sha256(text).hexdigest()}
    return Case(text, json.dumps(certificate, separators=(",", ":")).encode(), case.networks)


def of_network(statement: Any, evidence: Any, networks: dict[str, str]) -> Case:
    """A statement, short or whole, about networks of the table."""
    whole = {"statement": statement, "evidence": evidence, "networks": networks}
    claim, certificate, _ = short.forged(whole)
    digests = json.loads(claim)["networks"].values()
    contents = (NETWORKS[name] for name in networks.values())
    return Case(claim, certificate, dict(zip(digests, contents, strict=True)))


@cache
def corpus() -> list[Case]:
    """Honest and forged cases, as they are."""
    found = []
    for kind, case in [*mutation.forgeries(), *mutation.committed()]:
        if kind == "given":
            found.append(of_network(case["statement"], case["evidence"], case["networks"]))
        else:
            found.append(Case(*files(case["statement"], case["evidence"], {})))
    source = random.Random(0)
    for text, sides, greatest, evidence in mutation.boxes(40, source):
        statement = {"forall": {"box": sides, "holds": f"{text} <= {greatest}"}}
        found.append(of_network(statement, evidence, {"f": "larger"}))
    found += covers()
    found += filter(is_small, map(read, COMMITTED))
    return [case for case in found if not uses_unproved(case)]


def covers() -> Iterator[Case]:
    """Bounds of small networks by cell complexes: on boxes, on a triangle, and on all of the plane."""
    boxes = [" and ".join(f"-1 <= {x} <= 1" for x in names) for names in (["x"], ["x1", "x2"], ["x1", "x2", "x3"])]
    networks = [random_network([4, 3], seed, inputs=size) for seed in range(4) for size in (1, 2, 3)]
    asked = [(network, f"{boxes[place % 3]} implies f <= {{}}") for place, network in enumerate(networks)]
    asked.append((random_network([5, 3], 8, inputs=2), "x1 >= 0 and x2 >= 0 and 2*x1 + x2 <= 1 implies f <= {}"))
    asked.append((dense([([[1, -1], [2, 1]], [0, Fraction(1, 2)]), ([[-1, -1]], [3])]), "f <= {}"))
    for network, text in asked:
        greatest = Complex(network, Box.cube(-1, 1, network.input_size)).maximum.value if "implies" in text else Fraction(3)
        goal = {"goal": "bound", "for": [], "holds": text.format(numeral(greatest))}
        claim = Claim("it", {"f": network}, [], [goal])
        setting = Setting(claim.vocabulary())
        _, start = beginning(setting.vocabulary, setting.vocabulary.statement([], goal["holds"]))
        proof = [{"goal": "bound", "proof": cover.steps(setting, start)}]
        yield Case(claim.canonical, claim.certificate({"items": proof}), {network.sha256: network.canonical})


def uses_unproved(case: Case) -> bool:
    """Whether a certificate uses a rule that the proved checker does not know yet."""
    return any(f'["{rule}",['.encode() in case.certificate for rule in UNPROVED)


def read(path: Path) -> Case:
    """The case of a claim's file."""
    claim, folder = path.read_bytes(), path.parent / "networks"
    certificate = path.with_name(path.name.replace(".claim.", ".certificate.")).read_bytes()
    digests = json.loads(claim)["networks"].values()
    networks = {digest: (folder / f"{digest}.json").read_bytes() for digest in digests}
    return Case(claim, certificate, networks)


def is_small(case: Case) -> bool:
    sizes = [len(case.certificate), sum(map(len, case.networks.values()))]
    return max(sizes) < mutation.SMALL


def damaged_evidence(case: Case, source: random.Random) -> Case:
    certificate = json.loads(case.certificate)
    certificate["evidence"] = mutation.damaged(certificate["evidence"], source)
    return case._replace(certificate=json.dumps(certificate).encode())


def damaged_statement(case: Case, source: random.Random) -> Case:
    claim = json.loads(case.claim)
    return repinned(case, claim | {"statement": mutation.damaged(claim["statement"], source)})


def damaged_bytes(case: Case, source: random.Random) -> Case:
    """One byte of the certificate is another."""
    position = source.randrange(len(case.certificate))
    byte = source.choice([source.randrange(256), *b' "\\,:[]{}-0123456789/x'])
    before, after = case.certificate[:position], case.certificate[position + 1 :]
    return case._replace(certificate=before + bytes([byte]) + after)


TOKENS = [*"()-+*/^=02xf, ", "implies", "or", "and", "not", "true", "<=", "!="]


def reworded(value: Any, source: random.Random) -> Any:
    """The tree with a change inside one of its texts."""
    if isinstance(value, dict) and value:
        key = source.choice(sorted(value))
        return value | {key: reworded(value[key], source)}
    if isinstance(value, list) and value:
        index = source.randrange(len(value))
        return [reworded(part, source) if i == index else part for i, part in enumerate(value)]
    if not isinstance(value, str):
        return value
    start, length = source.randrange(len(value) + 1), source.choice([0, 1, 2])
    return value[:start] + source.choice(TOKENS) + value[start + length :]


def damaged_texts(case: Case, source: random.Random) -> Case:
    if source.random() < 0.5:
        certificate = json.loads(case.certificate)
        certificate["evidence"] = reworded(certificate["evidence"], source)
        return case._replace(certificate=json.dumps(certificate).encode())
    claim = json.loads(case.claim)
    return repinned(case, claim | {"statement": reworded(claim["statement"], source)})


Damage = Callable[[Case, random.Random], Case]
DAMAGE: list[Damage] = [
    damaged_evidence, damaged_evidence, damaged_statement, damaged_texts, damaged_bytes
]  # fmt: skip


def of_sawtooth(source: random.Random) -> Case:
    """A measure of a sawtooth, with honest evidence: the right value, or another one."""
    k, kind = source.randint(1, 3), source.choice(mutation.MEASURES)
    relation = source.choice(sorted(mutation.RELATIONS))
    truth = mutation.measured(kind, k, Fraction(0), Fraction(1), Fraction(0))
    bound = "count" if kind == "pieces" else "bound"
    body = {"of": "f", "on": ["0", "1"], "is": relation}
    body[bound] = str(truth + source.choice([0, 0, 0, 1, -1]))
    points = [str(Fraction(i, 2**k)) for i in range(2**k + 1)]
    evidence = short.measured(kind, relation, points)
    return of_network({kind: body}, evidence, {"f": "tent" if k == 1 else f"sawtooth{k}"})


def of_generator(source: random.Random) -> Case:
    """A random claim about a random vocabulary, with random proofs."""
    while True:
        try:
            made, _ = generator.case(source.randrange(10**9), kernels.own())
        except DepthproofError:  # the kernel refused already what the generator began with
            continue
        return Case(made.claim, made.certificate, made.networks)


def cases(count: int, seed: int) -> Iterator[Case]:
    """So many cases: honest ones, and ones damaged once, twice or three times. One of the generator
    is used about four times, since to make one takes as long as to check ten.
    """
    source, pool, made = random.Random(seed), corpus(), list[Case]()
    for turn in range(count):
        if turn % 40 == 0:
            made.append(of_generator(source))
        case = source.choice(pool)
        if turn % 10 == 0:
            case = source.choice(made[-10:])
        if turn % 10 == 5:
            case = of_sawtooth(source)
        yield damaged_often(case, source.choice([0, 1, 1, 1, 2, 3]), source)


def damaged_often(case: Case, times: int, source: random.Random) -> Case:
    for _ in range(times):
        try:
            case = source.choice(DAMAGE)(case, source)
        except (ValueError, AttributeError, TypeError, KeyError):  # no JSON any more, or no object
            break
    return case


# ---------- what is answered ----------


def first(case: Case) -> Answer:
    """What the Python kernel says."""
    try:
        return Answer(0, check(case.claim, case.certificate, case.networks.__getitem__))
    except DepthproofError as error:
        return Answer(error.exit_code, ())


def write(folder: str, cases: list[Case]) -> list[str]:
    """Writes the files of the cases into the folder; their paths without endings."""
    os.makedirs(f"{folder}/networks", exist_ok=True)
    stems = [f"{folder}/{number:06}" for number in range(len(cases))]
    for stem, case in zip(stems, cases, strict=True):
        put(f"{stem}.claim.json", case.claim)
        put(f"{stem}.certificate.json", case.certificate)
    networks = {digest: data for case in cases for digest, data in case.networks.items()}
    for digest, data in networks.items():
        put(f"{folder}/networks/{digest}.json", data)
    return stems


def put(path: str, data: bytes) -> None:
    with open(path, "wb", buffering=0) as file:
        file.write(data)


def answers(printed: str) -> list[Answer]:
    """The answers in what was printed: a line that is not indented begins one."""
    codes = {word: code for code, word in (WORDS | FAULT).items()} | {"HOLDS": 0}
    found: list[list[str]] = []
    for line in printed.splitlines():
        if line.startswith("  "):
            found[-1].append(line)
        else:
            found.append([line])
    said = []
    for lines in found:
        code = next(code for word, code in codes.items() if lines[0].startswith(f"{word} "))
        said.append(Answer(code, () if code else tuple(lines)))
    return said


def second(many: list[Case], binary: Path = BINARY) -> list[Answer]:
    """What the proved checker says of each. An end without an answer is a fault of it."""
    with TemporaryDirectory() as name:
        stems = write(name, many)
        said = answers(output(binary, name))
        for stem in stems[len(said) :]:
            alone = answers(output(binary, stem))
            said += alone if len(alone) == 1 else [Answer(4, ())]
    return said


def output(binary: Path, path: str) -> str:
    asked = subprocess.run([binary, path], capture_output=True, text=True, timeout=SECONDS)
    return asked.stdout


@dataclass
class Comparison:
    """How often the two agreed, and the cases where they did not."""

    agreed: Counter[str] = field(default_factory=Counter)
    classes: list[tuple[str, Case]] = field(default_factory=list)
    accepting: list[tuple[str, Case]] = field(default_factory=list)

    def add(self, other: "Comparison") -> None:
        self.agreed.update(other.agreed)
        self.classes += other.classes
        self.accepting += other.accepting


NAMES = WORDS | FAULT | {0: "HOLDS"}


def compared(many: list[Case], binary: Path = BINARY) -> Comparison:
    found = Comparison()
    for case, proved in zip(many, second(many, binary), strict=True):
        python = first(case)
        if python == proved:
            found.agreed[NAMES[python.code]] += 1
            continue
        what = f"Python {NAMES[python.code]}, proved {NAMES[proved.code]}"
        is_serious = 0 in (python.code, proved.code) or proved.code == 4
        (found.accepting if is_serious else found.classes).append((what, case))
    return found


def batch(wanted: int, seed: int) -> Comparison:
    return compared(list(cases(min(BATCH, wanted - BATCH * seed), seed)))


def report(whole: Comparison, kept: Path) -> int:
    """Prints what was found and keeps the cases of disagreement. The exit code."""
    for name, number in sorted(whole.agreed.items()):
        print(f"{number:9} agreed: {name}")
    for serious, pairs in ((False, whole.classes), (True, whole.accepting)):
        for what, number in sorted(Counter(what for what, _ in pairs).items()):
            print(f"{number:9} {'DISAGREED' if serious else 'another class'}: {what}")
    write(str(kept), [case for _, case in [*whole.accepting, *whole.classes][:1_000]])
    accepting, classes = len(whole.accepting), len(whole.classes)
    print(f"{accepting} disagreements on accepting, {classes} on the class of refusal")
    return 1 if whole.accepting else 0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    wanted, whole = given.count, Comparison()
    with ProcessPoolExecutor(given.jobs) as pool:
        for part in pool.map(partial(batch, wanted), range((wanted + BATCH - 1) // BATCH)):
            whole.add(part)
            files = sum(whole.agreed.values()) + len(whole.classes) + len(whole.accepting)
            print(f"{files} files, {len(whole.accepting)} disagreements", file=sys.stderr)
    return report(whole, mutation.ROOT / "build" / "disagreements")


if __name__ == "__main__":
    sys.exit(main())
