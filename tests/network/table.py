"""What is read and decided right, counted: the project's own idioms of exporters, and a folder of other people's files.

    python -m tests.network.table [FOLDER]

Prints a table: kind, cases tried, right, refused by name, wrong. FOLDER holds VALUES.tsv (a file, a point in 64ths, the values of
onnxruntime there) and vnnlib_expected.json (the verdict of each property on n2.json), each where it is there.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path

from tests.network.test_onnx_idioms import IDIOMS, PICTURES, VALUES, agrees, error_bound
from verify.exact import evaluate
from verify.kernel.errors import DepthproofError
from verify.network.load import load
from verify.search import Proved, Refuted, prove
from verify.search.vnnlib.property_file import claimed

OUTCOMES = ("right", "refused by name", "wrong")
Case = tuple[str, Callable[[], str]]  # a name, and what ends with one of these


def idioms(names: Iterable[str]) -> Iterator[Case]:
    """Models of one or a few operators, against onnxruntime."""
    for name in names:
        yield name, lambda name=name: "right" if agrees(IDIOMS[name]) else "wrong"


def files(folder: Path) -> Iterator[Case]:
    """Files with values that onnxruntime gave at a point."""
    for line in (folder / "VALUES.tsv").read_text().splitlines()[1:]:
        name, point, values = line.split("\t")[:3]
        if name.endswith(".onnx") and "=" in values:
            yield name, lambda name=name, point=point, values=values: _file(folder / name, point, values)


def _file(path: Path, point: str, values: str) -> str:
    given = [Fraction(int(entry), 64) for entry in point.split(",")]
    wanted = [Fraction(value) for value in json.loads(values.partition("=")[2], parse_float=Fraction)]
    network = load(path)
    found, bounds = list(evaluate(network, given)), error_bound(network, given)
    is_near = len(found) == len(wanted)
    return "right" if is_near and all(abs(a - b) <= c for a, b, c in zip(found, wanted, bounds, strict=True)) else "wrong"


def properties(folder: Path) -> Iterator[Case]:
    """VNN-LIB files with the verdicts that they must have."""
    expected = json.loads((folder / "vnnlib_expected.json").read_text())
    for name, verdict in expected.items():
        path = folder / f"{name}.vnnlib"
        if path.is_file():
            yield name, lambda path=path, verdict=verdict: _property(path, verdict)


def _property(path: Path, verdict: str) -> str:
    try:
        found = prove(claimed(path, load(path.parent / "n2.json")), 30)
    except DepthproofError:
        return "refused by name" if "refusal" in verdict else "wrong"
    kinds = {Proved: "HOLDS", Refuted: "REFUTED"}
    return "right" if verdict.startswith(kinds.get(type(found), "?")) else "wrong"


def counted(cases: Iterable[Case]) -> Counter[str]:
    """How many end how; those that are not right are named on standard error."""
    counts = Counter[str]()
    for name, case in cases:
        try:
            found = case()
        except DepthproofError as error:
            found = "refused by name"
            print(f"{name}: {error}", file=sys.stderr)
        except AssertionError:
            found = "wrong"
        if found == "wrong":
            print(f"{name}: WRONG", file=sys.stderr)
        counts[found] += 1
    return counts


def main() -> int:
    kinds = {"idioms: convolutions, pools, pictures": idioms(PICTURES), "idioms: other operators": idioms(VALUES)}
    for folder in map(Path, sys.argv[1:]):
        kinds |= {"ONNX files of others": files(folder), "VNN-LIB files": properties(folder)}
    print(f"| kind | tried | {' | '.join(OUTCOMES)} |\n|---|---|---|---|---|")
    wrong = 0
    for kind, cases in kinds.items():
        counts = counted(cases)
        wrong += counts["wrong"]
        print(f"| {kind} | {counts.total()} | {' | '.join(str(counts[outcome]) for outcome in OUTCOMES)} |", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
