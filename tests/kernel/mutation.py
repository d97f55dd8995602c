"""Certificates damaged at random. What is accepted is judged by something that is not the kernel.

    python -m tests.kernel.mutation 1000000      (make nightly)

Four kinds of damage: evidence for a claim that is false (no damage may make it accepted), evidence of a committed certificate (its
claim is untouched, so it may be accepted), claims about sawtooths together with their evidence (judged by an exact evaluation that
knows the sawtooth as a formula), and proofs about max(x1, x2) on boxes (judged by its vertices). Nothing but the kernel's own errors
may be raised.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from functools import partial
from itertools import pairwise
from operator import eq, ge, gt, le, lt
from pathlib import Path
from typing import Any

from verify.claim import Claim
from verify.kernel.check import check
from verify.kernel.errors import DepthproofError
from verify.kernel.theory import beginning
from verify.network.relu_network import read
from verify.search.networks.boxes import Search
from verify.search.networks.setting import Setting
from verify.search.proving import certified

from . import short
from .small import NETWORKS

ROOT = Path(__file__).parents[2]
BATCH = 25_000
SMALL = 3_000  # bytes; larger certificates take too long to be damaged often
JUNK = ["0", "1", "-1", "1/2", "1/3", "2", "1000000", "-1/1000000", "x", "k + 1", "IH", "", 0, 1, 2, 3, -1, 10**9, True, None, [], {}]
RELATIONS = {"<=": le, "<": lt, "=": eq, ">=": ge, ">": gt}
MEASURES = ("pieces", "integral", "integral_abs", "sup_abs")


def swapped(values: list[Any], one: int, other: int) -> list[Any]:
    """The list with two of its entries exchanged."""
    changed = list(values)
    changed[one], changed[other] = values[other], values[one]
    return changed


def damaged(value: Any, source: random.Random) -> Any:
    """The value with one change somewhere: something left out, repeated, exchanged or replaced."""
    if isinstance(value, dict) and value:
        key = source.choice(sorted(value))
        if source.random() < 0.03:
            return {name: part for name, part in value.items() if name != key}
        return {name: damaged(part, source) if name == key else part for name, part in value.items()}
    if isinstance(value, list) and value:
        index, other, way = source.randrange(len(value)), source.randrange(len(value)), source.randrange(8)
        if way == 0:
            return value[:index] + value[index + 1 :]
        if way == 1:
            return value[: index + 1] + value[index:]
        if way == 2:
            return swapped(value, index, other)
        return [damaged(part, source) if i == index else part for i, part in enumerate(value)]
    return source.choice(JUNK)


def tooth(x: Fraction, k: int) -> Fraction:
    """The sawtooth of k folds, as the text books write it; to the left and right of [0, 1] as the networks continue it."""
    for _ in range(k):
        x = 2 * max(x, Fraction(0)) - 2 * max(2 * x - 1, Fraction(0))
    return x


def measured(kind: str, k: int, a: Fraction, b: Fraction, c: Fraction) -> Fraction:
    """The measure of tooth(k) - c on [a, b], by its corners at multiples of 1/2^k and the places where it is 0."""
    corners = sorted({a, b, *(p for p in (Fraction(i, 2**k) for i in range(2**k + 1)) if a < p < b)})
    values = [tooth(x, k) - c for x in corners]
    if kind == "pieces":
        slopes = [(w - v) / (y - x) for (x, y), (v, w) in zip(pairwise(corners), pairwise(values))]
        return Fraction(1 + sum(s != t for s, t in pairwise(slopes)))
    if kind == "sup_abs":
        return max(map(abs, values))
    total = Fraction(0)
    for (x, y), (v, w) in zip(pairwise(corners), pairwise(values)):
        if kind == "integral_abs" and v * w < 0:
            root = x - v * (y - x) / (w - v)
            total += (root - x) * abs(v) / 2 + (y - root) * abs(w) / 2
        else:
            total += (y - x) * (abs(v + w) if kind == "integral_abs" else v + w) / 2
    return total


def sawtooth(source: random.Random) -> str:
    """A claim about a sawtooth that is true or not, with evidence that suffices or not. What happened, or `AssertionError`."""
    k, kind, relation = source.randint(1, 3), source.choice(MEASURES), source.choice(sorted(RELATIONS))
    ends = sorted(source.sample([Fraction(i, d) for d in (1, 2, 3, 5, 8) for i in range(-d, 2 * d + 1)], 2))
    c = source.choice([Fraction(0), Fraction(1, 2), Fraction(1, 3), Fraction(-2), Fraction(1, 10**30)])
    if ends[0] == ends[1]:
        return "the same end twice"
    truth = measured(kind, k, *ends, c)
    bound = truth + source.choice([0, 0, 1, -1]) * (1 if kind == "pieces" else source.choice([Fraction(1, 10**30), Fraction(1, 7)]))
    body: dict[str, Any] = {"of": f"f - {c}" if c >= 0 else f"f + {-c}", "on": [str(end) for end in ends], "is": relation}
    body |= {"count": int(bound)} if kind == "pieces" else {"bound": str(bound)}
    points = sorted({*ends, *(Fraction(i, 2**k) for i in range(2**k + 1) if ends[0] < Fraction(i, 2**k) < ends[1])})
    evidence: Any = short.measured(kind, relation, [str(point) for point in points])
    for _ in range(source.choice([0, 1, 1, 2])):
        evidence = damaged(evidence, source)
    return judged({kind: body}, evidence, "tent" if k == 1 else f"sawtooth{k}", RELATIONS[relation](truth, bound))


def judged(statement: Any, evidence: Any, network: str, true: bool) -> str:
    """What the kernel says of a claim about the network, which must be true if it is accepted; else `AssertionError`."""
    try:
        check(*short.forged({"statement": statement, "evidence": evidence, "networks": {"f": network}}))
    except DepthproofError as error:
        return type(error).__name__
    if not true:
        raise AssertionError(f"{statement} is false, and yet accepted by {json.dumps(evidence)}")
    return "accepted and true"


Box = tuple[str, list[list[str]], Fraction, Any]  # an expression, a box, its maximum there, the evidence for that


def boxes(count: int, source: random.Random) -> list[Box]:
    """Expressions in x1, x2 and f = max(x1, x2) on boxes, each with an honest proof of its exact maximum: by cuts, or by a cover."""
    found = []
    while len(found) < count:
        (a, b), (c, d) = (sorted(source.sample([Fraction(i, 4) for i in range(-4, 5)], 2)) for _ in range(2))
        u, v, w = (source.choice([-2, -1, Fraction(1, 2), 1, 2]) for _ in range(3))
        corners = [(x, y) for x in (a, b) for y in (c, d)] + [(t, t) for t in (a, b, c, d) if max(a, c) <= t <= min(b, d)]
        greatest = Fraction(max(u * max(x, y) + v * x + w * y for x, y in corners))  # affine on both sides of the diagonal
        text, box = f"({u})*f + ({v})*x1 + ({w})*x2", [[str(a), str(b)], [str(c), str(d)]]
        statement = {"forall": {"box": box, "holds": f"{text} <= {greatest}"}}
        claim = Claim.from_short("greatest", short.whole(statement, 2), {"f": read(NETWORKS["larger"])})
        evidence = json.loads(certified(claim).certificate)["evidence"] if len(found) % 2 else by_cuts(claim)
        found.append((text, box, greatest, evidence))
    return found


def by_cuts(claim: Claim) -> Any:
    """The evidence that a search on boxes finds, without cell complexes."""
    setting = Setting(claim.vocabulary())
    known = setting.vocabulary
    start = beginning(known, known.statement([], claim.goals[0]["holds"]))
    return {"items": [{"goal": claim.goals[0]["goal"], "proof": Search(setting, *start, seconds=10).steps()}]}


def box(source: random.Random, pool: list[Box]) -> str:
    """A claim about a maximum on a box that is true or false, by a damaged proof. What happened, or `AssertionError`."""
    text, sides, greatest, evidence = source.choice(pool)
    relation = source.choice(["<=", "<"])
    bound = greatest + source.choice([0, 0, 1, -1]) * source.choice([Fraction(1, 10**30), Fraction(1, 7)])
    for _ in range(source.choice([0, 1, 1, 2])):
        evidence = damaged(evidence, source)
    statement = {"forall": {"box": sides, "holds": f"{text} {relation} {bound}"}}
    return judged(statement, evidence, "larger", RELATIONS[relation](greatest, bound))


def forgeries() -> list[tuple[str, Any]]:
    given = [("given", forgery) for forgery in json.loads((ROOT / "tests/forged/given.json").read_text())]
    schematic = [("schematic", forgery) for forgery in json.loads((ROOT / "tests/forged/schematic.json").read_text())]
    return [(kind, forgery) for kind, forgery in given + schematic if kind == "given" or not says_nothing(forgery["statement"])]


def says_nothing(statement: Any) -> bool:
    """Whether all goals are 0 <= 0: a few forgeries are bad proofs of something true."""
    goals = statement.get("goals") if isinstance(statement, dict) else None
    return isinstance(goals, list) and all(isinstance(goal, dict) and goal.get("holds") == "0 <= 0" for goal in goals)


def committed() -> list[tuple[str, Any]]:
    found = []
    for path in sorted((ROOT / "proofs").glob("*/*.claim.json")):
        certificate = path.with_name(path.name.replace(".claim.", ".certificate."))
        claim = json.loads(path.read_text())
        if not claim["networks"] and certificate.stat().st_size < SMALL:
            case = {"statement": claim["statement"], "evidence": json.loads(certificate.read_text())["evidence"]}
            found.append(("committed", case))
    return found


def outcomes(count: int, seed: int) -> Iterator[str]:
    """What happened to so many damaged certificates. `AssertionError` where a false statement was accepted."""
    source, false, true = random.Random(seed), forgeries(), committed()
    pool = boxes(20, source)
    for turn in range(count):
        if turn % 4 == 0:
            yield "sawtooth: " + sawtooth(source) if turn % 8 else "box: " + box(source, pool)
            continue
        kind, case = source.choice(true if turn % 8 == 7 else false)
        evidence = case["evidence"]
        for _ in range(source.randint(1, 3)):
            evidence = damaged(evidence, source)
        try:
            if kind == "given":
                accepted = bool(check(*short.forged(case | {"evidence": evidence})))
            else:
                accepted = bool(short.checked(case["statement"], evidence))
        except DepthproofError as error:
            yield f"{kind}: {type(error).__name__}"
            continue
        if accepted and kind != "committed":
            raise AssertionError(f"{case['name']} is false, and was accepted with {json.dumps(evidence)}")
        yield f"{kind}: accepted, the claim is untouched"


def counted(wanted: int, seed: int) -> Counter[str]:
    return Counter(outcomes(min(BATCH, wanted - BATCH * seed), seed))


if __name__ == "__main__":
    wanted, seen = int(sys.argv[1]), Counter[str]()
    with ProcessPoolExecutor() as pool:
        for batch in pool.map(partial(counted, wanted), range((wanted + BATCH - 1) // BATCH)):
            seen.update(batch)
            print(f"{sum(seen.values())} damaged certificates, none accepted that is false", file=sys.stderr)
    for outcome, number in sorted(seen.items()):
        print(f"{number:9} {outcome}")
