"""Cell complexes: `python bench/cells.py [--json PATH] [--runs N]`. Counts and times beside
regioncam (float32, two inputs), affinitree and relucent; integrals, and the maximum of five numbers
on R^5.

Every figure is of this one run: medians over the runs, in turn with regioncam; the slower peers are
asked once."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import networks
import numpy as np
from cell_peers import asked, made
from measure import machine, peak_megabytes, side_by_side, write

from verify.exact.cells import Box, Complex, Space
from verify.exact.cells.extremes import area_between
from verify.network.builders import maximum, subtract
from verify.network.load import load
from verify.network.network import Network

MAX5 = Path(__file__).resolve().parent.parent / "tests" / "networks" / "max5_45.json"
# name, inputs, widths, weights k/8, regions on [−1, 1]^d as other tools and an exact sketch count
ROWS = (
    ("2d 16,16", 2, (16, 16), False, 398),
    ("2d 16,16 k/8", 2, (16, 16), True, 292),
    ("2d 32x3", 2, (32, 32, 32), False, 3780),
    ("2d 32x3 k/8", 2, (32, 32, 32), True, 2940),
    ("3d 8,8,8", 3, (8, 8, 8), False, 1905),
    ("3d 8,8,8 k/8", 3, (8, 8, 8), True, 703),
    ("4d 8,8 k/8", 4, (8, 8), True, 1075),
)
MOST_REGIONS = {"affinitree": 10_000, "relucent": 800}  # up to which a slower peer is asked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the result there")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    result = {
        "machine": machine(),
        "regions": [regions(*row, options.runs) for row in ROWS],
        "distances": list(distances()),
        "max5": max5(options.runs),
        "memory_megabytes": memory(),
    }
    for line in lines(result):
        print(line)
    if options.json:
        write(options.json, result)


def regions(
    name: str, inputs: int, widths: tuple[int, ...], simple: bool, known: int, runs: int
) -> dict[str, Any]:
    """One network: how many regions each finds, and how long each takes."""
    layers = made(inputs, widths, simple)
    network = networks.network(layers)
    domain = Box.cube(-1, 1, inputs)
    _ = network.lowered, domain.start
    ways: dict[str, Callable[[], Any]] = {"depthproof": lambda: Complex(network, domain).regions}
    peer = regioncam(layers) if inputs == 2 else None
    if peer is not None:
        ways["regioncam"] = peer
    found = {way: count() for way, count in ways.items()}
    seconds, processor = side_by_side(ways, runs), side_by_side(ways, runs, process_time)
    others = {
        peer: asked(peer, inputs, widths, simple)
        for peer, most in MOST_REGIONS.items()
        if known <= most
    }
    return {
        "network": name, "known": known, "found": found, "seconds": seconds, "processor": processor,
        "others": others,
    }  # fmt: skip


def regioncam(layers: networks.Arrays) -> Callable[[], int] | None:
    """The peer, where it is installed: a function that counts its faces of [−1, 1]²."""
    try:
        from regioncam import Regioncam
    except ImportError:
        return None
    single = [
        (np.ascontiguousarray(weight, np.float32), bias.astype(np.float32))
        for weight, bias in layers
    ]

    def faces() -> int:
        plane = Regioncam(size=1.0)
        for number, (weight, bias) in enumerate(single):
            plane.linear(weight, bias)
            if number < len(single) - 1:
                plane.relu()
        return plane.num_faces

    return faces


def distances() -> Iterator[dict[str, Any]]:
    """∫ |f − g| exactly, once each."""
    for name, inputs, widths in (("2d 16,16", 2, (16, 16)), ("3d 6,6", 3, (6, 6))):
        f, g = (networks.network(networks.he(widths, seed, True, inputs)) for seed in (1, 2))
        yield {"networks": name, **_timed(f, g, Box.cube(-1, 1, inputs))}


def _timed(f: Network, g: Network, domain: Box) -> dict[str, Any]:
    _ = f.lowered, g.lowered
    start, processor = perf_counter(), process_time()
    area = area_between(f, g, domain)
    seconds = {"seconds": perf_counter() - start, "processor": process_time() - processor}
    return {**seconds, "value": float(area)}


def max5(runs: int) -> dict[str, Any]:
    """Whether two hidden layers compute the maximum of five numbers on R^5, and how long it takes.
    """
    difference = subtract(load(MAX5), maximum(5))
    decided = Complex(difference, Space(5)).sup().value == 0
    ways = {"R^5": lambda: Complex(difference, Space(5)).sup()}
    return {"equal": decided, "seconds": side_by_side(ways, runs)["R^5"]}


def memory() -> float:
    """At 3,780 regions with exact numbers and the integral."""
    return peak_megabytes(
        "import networks\n"
        "from verify.exact.cells import Box, Complex\n"
        "it = networks.network(networks.he((32, 32, 32), float32=True, inputs=2))\n"
        "Complex(it, Box.cube(-1, 1, 2)).integral()"
    )


def lines(result: dict[str, Any]) -> Iterator[str]:
    """The result for reading, each figure beside what it should reach."""
    yield f"{result['machine']}"
    yield (
        "regions on [−1, 1]^d (ratios: time, processor time); to reach: right in every row, "
        "0.3 s at 3,780, 5x regioncam"
    )
    for row in result["regions"]:
        seconds = row["seconds"]
        times = ", ".join(f"{way} {1000 * time:.1f} ms" for way, time in seconds.items())
        ratios = [
            f"{clock['depthproof'] / clock['regioncam']:.1f}x"
            for clock in (seconds, row["processor"])
            if "regioncam" in clock
        ]
        ratio = "".join(f", {text}" for text in ratios)
        wrong = [f"{way} {n}" for way, n in row["found"].items() if n != row["known"]]
        said = f"WRONG: {', '.join(wrong)}" if wrong else "all right"
        yield f"  {row['network']}: {row['known']} regions, {said}; {times}{ratio}"
        for peer, answer in row["others"].items():
            yield f"    {peer}: {_told(answer, row['known'])}"
    yield "∫|f − g| exactly; to reach: 0.5 s, 2 s"
    for row in result["distances"]:
        times = f"{row['seconds']:.2f} s, {row['processor']:.2f} s of a processor"
        yield f"  {row['networks']}: {times}; {row['value']:.7f}"
    yield f"max of five numbers by two hidden layers, on R^5; to reach: 1 s\n  {result['max5']}"
    yield f"memory\n  {result['memory_megabytes']:.0f} MB"


def _told(answer: dict[str, Any], known: int) -> str:
    if "why" in answer:
        return f"no answer: {answer['why']}"
    verdict = "right" if answer["found"] == known else "WRONG"
    return f"{answer['found']}, {verdict}; {1000 * answer['processor']:.0f} ms of a processor"


if __name__ == "__main__":
    main()
