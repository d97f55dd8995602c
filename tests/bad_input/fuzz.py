"""Damaged files of every format that is read: each is read, or refused in one line.

    python -m tests.bad_input.fuzz onnx 1000000      (make nightly: a million of each format)

A refusal ends with exit code 2 or 3, within ten seconds of the processor and one gigabyte. Anything else is printed
with the mutant's number, which makes it again.
"""

import argparse
import json
import random
import re
import resource
import struct
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from verify.kernel.errors import DepthproofError

SECONDS, MEMORY = 10.0, 2**30
WORDS = ["0", "1", "-1", "1/2", "1e999", ".5", "1.", "+1", "-", "(", ")", "((((", "x", "", "nan", "inf",
         "9" * 50, "é", "\x00", "\n", ",", "[", "]", '"', ":", "//", "{}", "null", "true"]  # fmt: skip
VNNLIB = ["assert", "declare-const", "X_0", "Y_0", "X_99999999", "and", "or", "not", "let", "=>", "<=", ">=", "<", "=",
          "+", "*", "/", "Real", "Int", "define-fun", "(- 1)", "(/ 1 0)", "(* X_0 X_0)", "(and)", "(or)"]  # fmt: skip
SEEDS = Path(__file__).parent / "seeds"  # a folder for each format; every file in it can be read
PROPERTY = """; a property
(declare-const X_0 Real)
(declare-const X_1 Real)
(declare-const Y_0 Real)
(declare-const Y_1 Real)
(assert (and (>= X_0 -1.0) (<= X_0 1)))
(assert (>= X_1 0.5)) (assert (<= X_1 (+ 1 (* 2 0.25))))
(assert (or (and (<= Y_0 Y_1) (not (< Y_1 1e-3))) (>= (- Y_0 Y_1) 2)))
"""
CLAIM = json.dumps({
    "format": "claim/1",
    "networks": {"f": "tent"},
    "statement": {"forall": {"box": [["0", "1"]], "holds": "f <= 1 and (x < 1/2 implies f >= x)"}},
})  # fmt: skip
NUMBER = re.compile(r"-?[0-9]+(/[0-9]+)?")
NUMBERS = ["0", "1", "-1", "1/3", "-7/2", "123456789/1000000007", str(2**70), f"-1/{2**60}"]  # as they may be written
TOKEN = re.compile(r"[A-Za-z_0-9.+/-]+|\s+|.", re.DOTALL)


def text(whole: str, chosen: random.Random, words: list[str]) -> bytes:
    """A text with a few words replaced, repeated, exchanged or left out."""
    parts = TOKEN.findall(whole)
    for _ in range(chosen.randint(1, 3)):
        place, change = chosen.randrange(len(parts)), chosen.randrange(5)
        if change == 0:
            parts[place] = chosen.choice(words)
        elif change == 1:
            parts.insert(place, chosen.choice(words))
        elif change == 2:
            del parts[place : place + chosen.randint(1, 4)]
        elif change == 3:
            end = place + chosen.randint(1, 12)
            parts[place:place] = parts[place:end] * chosen.choice([1, 1, 2, 50])
        else:
            other = chosen.randrange(len(parts))
            parts[place], parts[other] = parts[other], parts[place]
        parts = parts or [""]
    return "".join(parts).encode("utf-8", "surrogatepass")


def tree(whole: Any, chosen: random.Random) -> Any:
    """A value with one change somewhere inside."""
    junk = [0, -1, 10**9, 2**63, True, None, "", "1/3", "01", "-0", "x", [], {}, [[]], "9" * 30]
    if isinstance(whole, dict) and whole and chosen.random() < 0.9:
        key = chosen.choice(list(whole))
        if chosen.random() < 0.1:
            return {other: value for other, value in whole.items() if other != key}
        return whole | {key: tree(whole[key], chosen)}
    if isinstance(whole, list) and whole and chosen.random() < 0.9:
        place = chosen.randrange(len(whole))
        if chosen.random() < 0.2:
            return whole[:place] + whole[place + 1 :] * chosen.choice([1, 2])
        return [*whole[:place], tree(whole[place], chosen), *whole[place + 1 :]]
    if isinstance(whole, str) and NUMBER.fullmatch(whole) and chosen.random() < 0.6:
        return chosen.choice(NUMBERS)
    return chosen.choice(junk)


def as_json(good: str, chosen: random.Random) -> bytes:
    if chosen.random() < 0.4:
        return text(good, chosen, WORDS)
    value = json.loads(good)
    for _ in range(chosen.choice([1, 1, 2, 3])):
        value = tree(value, chosen)
    return json.dumps(value).encode()


def seeds(name: str) -> list[bytes]:
    """The good files of a format, from which mutants are made."""
    return [path.read_bytes() for path in sorted((SEEDS / name).iterdir())]


def safetensors(good: bytes, chosen: random.Random) -> bytes:
    """Its header or its numbers damaged."""
    (size,) = struct.unpack_from("<Q", good)
    data, numbers = as_json(good[8 : 8 + size].decode(), chosen), good[8 + size :]
    length = chosen.choice([len(data)] * 8 + [0, 2**63, len(data) + 1, len(data) - 1])
    cut = chosen.choice([len(numbers)] * 8 + [0, 5])
    return struct.pack("<Q", max(length, 0)) + data + numbers[:cut]


def _formats() -> dict[str, tuple[Callable[[random.Random], bytes], Callable[[bytes], Any]]]:
    """By format: what makes a mutant, and what reads it."""
    from verify.network import nnet_file, relu_network, torch_modules
    from verify.network.onnx import model
    from verify.search.vnnlib import property_file

    def onnx(chosen: random.Random) -> bytes:
        from tests.network.test_onnx_mutants import changed

        data = bytearray(changed(chosen.random())[0].SerializeToString())
        for _ in range(chosen.choice([0, 0, 0, 1, 3])):
            data[chosen.randrange(len(data))] = chosen.randrange(256)
        return bytes(data)

    json_files, nnet_files, torch_files = seeds("json"), seeds("nnet"), seeds("safetensors")
    return {
        "json": (lambda chosen: as_json(chosen.choice(json_files).decode(), chosen), relu_network.read),
        "onnx": (onnx, model.read),
        "nnet": (lambda chosen: text(chosen.choice(nnet_files).decode(), chosen, WORDS), nnet_file.read),
        "safetensors": (lambda chosen: safetensors(chosen.choice(torch_files), chosen), torch_modules.read),
        "vnnlib": (lambda chosen: text(PROPERTY, chosen, WORDS + VNNLIB), lambda data: property_file.read(data, 2, 2)),
        "claim": (lambda chosen: as_json(CLAIM, chosen), _claim),
    }  # fmt: skip


def _claim(data: bytes) -> None:
    """Reads a claim up to what its search would begin with."""
    from verify.claim import Claim
    from verify.kernel.limits import Budget
    from verify.kernel.strict_json import tree as parsed
    from verify.network.load import load

    whole = parsed(data, Budget())
    if type(whole) is dict and type(whole.get("statement")) is dict:
        Claim.from_short("claim", whole["statement"], {"f": load("tent")})


def outcome(make: Callable[[random.Random], bytes], read: Callable[[bytes], Any], number: int) -> str:
    """read, refused with 2 or 3; or what is wrong."""
    data = make(random.Random(number))
    start = time.process_time()
    try:
        read(data)
        found = "read"
    except DepthproofError as error:
        found = f"refused with {error.exit_code}"
        if error.exit_code not in (2, 3) or not str(error).isprintable():
            found = f"FAULT {found}: {str(error)!a}"
    except Exception as error:
        found = f"FAULT {type(error).__name__}: {str(error)[:200]!a}"
    seconds = time.process_time() - start
    return found if seconds <= SECONDS else f"FAULT {seconds:.0f} s, then {found}"


def main() -> int:
    formats = _formats()
    parser = argparse.ArgumentParser()
    parser.add_argument("format", choices=[*formats, "all"])
    parser.add_argument("count", type=int)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    given = parser.parse_args()
    faults = 0
    for name, (make, read) in formats.items():
        if given.format not in (name, "all"):
            continue
        make(random.Random(0))  # imports what it needs before memory is limited
        size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, resource.RLIM_INFINITY))
        counts, start = Counter[str](), time.monotonic()
        for number in range(given.first, given.first + given.count):
            found = outcome(make, read, number)
            if found.startswith("FAULT"):
                print(f"{name} {number}: {found}", flush=True)
            counts[found.split(":")[0].split(",")[0]] += 1
            if (number + 1) % 50_000 == 0:
                print(f"{name} {number + 1}: {dict(counts)}", flush=True)
            if time.monotonic() - start > given.seconds:
                break
        took = time.monotonic() - start
        print(f"{name}: {counts.total()} mutants in {took:.0f} s: {dict(sorted(counts.items()))}")
        faults += sum(count for kind, count in counts.items() if kind.startswith("FAULT"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
