"""The benchmark: `python bench/run.py [--json PATH] [--networks DIR] [--runs N] [--quick]`. Every figure is of this one run."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import cases
from measure import machine, write


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the result there")
    parser.add_argument("--networks", type=Path, help="folder with lindex_deep.onnx")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="without the slowest rows")
    options = parser.parse_args()
    parts: dict[str, Callable[[], Any]] = {
        "counts": lambda: cases.certified_counts(4 * options.runs),
        "compositions": lambda: cases.compositions(options.runs),
        "memory_megabytes": cases.memory,
        "trained": lambda: cases.trained(options.networks, options.runs),
        "correctness": lambda: cases.correctness(options.quick),
        "functions": lambda: cases.full_functions(options.runs, options.quick),
    }
    result: dict[str, Any] = {"machine": machine(), "runs": options.runs}
    for name, part in parts.items():
        print(f"measuring {name}", file=sys.stderr)
        result[name] = part()
    for line in lines(result):
        print(line)
    if options.json:
        write(options.json, result)


def lines(result: dict[str, Any]) -> Iterator[str]:
    """The result for reading, each figure beside what it should reach."""
    yield f"{result['machine']}"
    yield "certified counts (ratios; in brackets by processor time); to reach: [32]*4 3x exactline, [64]*6 and [128]*8 5x regioncam"
    for row in result["counts"]:
        times = ", ".join(f"{name} {1000 * seconds:.2f} ms" for name, seconds in row["seconds"].items())
        processor = row["processor_time_ratios"]
        ratios = ", ".join(f"{ratio:.1f}x {name} ({processor[name]:.1f}x)" for name, ratio in row["ratios"].items())
        found = f"{row['pieces']} pieces, {row['activation_intervals']} intervals {row['intervals_by']}"
        yield f"  {row['network']}: {found}; {times}; {ratios}"
    yield "full exact functions; to reach: at least 60x naive gmpy2.mpq at [128]*8"
    for row in result["functions"]:
        agree = "breakpoints agree" if row["breakpoints_agree"] else "BREAKPOINTS DIFFER"
        times = ", ".join(f"{name} {seconds:.3f} s" for name, seconds in row["seconds"].items())
        yield f"  {row['network']} {row['weights']}: {row['pieces']} pieces, {agree}; {times}; {row['speed_up']:.0f}x"
    yield f"trained; to reach: lindex_deep 0.15 s, distance 0.05 s\n  {result['trained']}"
    yield f"compositions; to reach: 0.1 s for pieces at 10000 and for the integral at 1000\n  {result['compositions']}"
    yield f"memory at [128]*8; to reach: at most 300 MB\n  {result['memory_megabytes']:.0f} MB"
    yield "counts on networks that trouble floats"
    for row in result["correctness"]:
        yield f"  {row}"


if __name__ == "__main__":
    main()
