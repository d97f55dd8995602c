"""Which checks of the kernel the generator misses when they are taken out, one at a time.

    python -m tests.kernel.removals 3000 200

It ends with 1 if a check is missed that NOT_FOUND does not explain.

A case in which a check never refuses is the same without it. So the cases are made once, with a
kernel that tells which of its checks refuse; then, without a check, only the cases in which it did.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from .generated.kernels import Removal, removals, watched, without
from .generator import Found, outcome

# The checks that it misses, each by a part of its text, and why. Whoever adds a check finds it
# caught by the generator, or writes a sentence here.
NOT_FOUND = {
    "nothing in this folder was checked": "files: the generator hands bytes to `check`",
    "bytes in {path}": "only a limit; and files",
    "is for another claim": "truth does not need it: the proof must fit the claim anyway",
    "a name and networks by name": "only wording: other trees raise an error of Python's",
    "need(os.path.isfile(path)": "files",
    "expected a file with something in it": "files",
    'raise missing("", f"there is no file {path}")': "files",
    "cannot be read: ": "files",
    "expected the network with SHA-256": "the generator's networks have their own hashes",
    "kind in MEASURES": "only wording: the table has no other kind",
    'need(self.graph.inputs == 1, "': "implied by the same check where points are read",
    "out of memory": "only a limit",
    "more than {MOST_CHARACTERS} characters": "only a limit",
    "need(depth <= MOST_DEPTH": "only a limit",
    "the reduced numeral": "form: the generator writes numerals as Fraction does",
    "self.of(kind, left, token)": "no such texts are made",
    '"an operator or )"': "only form: a missing bracket at the end changes no meaning",
    '"an operator, a comma or )"': "only form, as before",
    'self.of("term", self.expression(_LEVEL["^"], depth + 1), token)': "no such texts are made",
    'self.of("term", self.expression(0, depth + 1), token)': "no such texts are made",
    "more than {MOST_WORK} operations": "only a limit",
    "expected at least one row and one column": "no empty Gemm is made",
    '"a Gemm or Relu"': "the generator's networks have no other nodes",
    "a number of more than {MOST_DIGITS} digits": "only a limit",
    'need(graph.inputs == 1, "': "refused later too: the second input has no value",
    "expected a symbol and as many terms twice": "implied by the number of a symbol's arguments",
    "expected numbers from -1 to 1": "too rare: refused in 2 of 3,000 cases",
    "more than {MOST_BYTES} bytes\"": "only a limit",
    '"UTF-8"': "only form: the generator writes JSON as Python does",
    "expected(place, f\"JSON": "only form",
    "json.JSONDecodeError(_REFUSED": "only form: numbers that are not exact are none of ours",
    "each key once": "only form: Python's dict writes no key twice",
    "need(deep <= MOST_NESTING": "only a limit",
    "a polynomial of degree more than": "only a limit",
    "a number of more than {MOST_BITS} bits": "only a limit",
}


def explained(check: Removal) -> list[str]:
    """The parts in NOT_FOUND that stand in the check."""
    return [part for part in NOT_FOUND if part in check.text]


class Line(NamedTuple):
    """A check; in how many cases it refuses; how many of them it took to find that it is gone."""

    check: Removal
    refuses: int
    tried: int
    says: str


def refusals(first: int, count: int, out: Path) -> dict[tuple[str, int], list[int]]:
    """The cases in which a check refuses, by its module and number."""
    kernel, fired = watched()
    found = defaultdict[tuple[str, int], list[int]](list)
    for number in range(first, first + count):
        fired.clear()
        outcome(number, kernel, out)
        for check in fired:
            found[check].append(number)
    return found


def missed(check: Removal, cases: dict[tuple[str, int], list[int]], most: int, out: Path) -> Line:
    """What happens without a check, in at most so many of the cases in which it refuses."""
    numbers = cases.get((check.module, check.number), [])
    kernel = without(check)
    for tried, number in enumerate(numbers[:most], 1):
        try:
            outcome(number, kernel, out)
        except Found as error:
            return Line(check, len(numbers), tried, str(error).splitlines()[0])
    return Line(check, len(numbers), min(most, len(numbers)), "")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("most", type=int)
    parser.add_argument("--from", dest="first", type=int, default=0)
    given = parser.parse_args()
    unexplained = 0
    with tempfile.TemporaryDirectory() as folder:
        cases = refusals(given.first, given.count, Path(folder))
        for check in removals():
            line = missed(check, cases, given.most, Path(folder))
            module, at, _, text = line.check
            why = [NOT_FOUND[part] for part in explained(line.check)]
            said = line.says or "; ".join(["not found", *why])
            if not line.says and not why:
                unexplained += 1
            print(f"{module}:{at}\t{line.refuses}\t{line.tried}\t{said}\t{text[:100]}", flush=True)
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
