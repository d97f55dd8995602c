"""What is measured: each function returns rows of plain values, times in seconds, counts by every tool beside them."""

import random
from fractions import Fraction
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

from engines import exactline, exactline_counts, naive_mpq, peers
from measure import peak_megabytes, side_by_side
from networks import Arrays, he, network, noisy_sawtooth, quarters, sawtooth, thirds

from verify.exact import Interval, PiecewiseLinear, composition, counts, distance, pieces
from verify.exact.layers import layers
from verify.exact.pieces import chain_counts
from verify.network.builders import sawtooth as deep_sawtooth
from verify.network.load import load

Row = dict[str, Any]
UNIT = Interval(Fraction(0), Fraction(1))
SHAPES = {"[32]*4": [32] * 4, "[64]*6": [64] * 6, "[128]*8": [128] * 8}
SLOW_PEER = "relucent"  # seconds for a few dozen regions: only asked on the smallest networks
OWN = Path(__file__).resolve().parent.parent / "tests" / "networks"


def certified_counts(runs: int) -> list[Row]:
    """Counts of He networks, float32 weights, the same for all tools, each network prepared for each tool beforehand."""
    rows, tools = [], [tool for tool in peers()[0] if tool.name != SLOW_PEER]
    for name, widths in SHAPES.items():
        arrays = he(widths, float32=True)
        net = network(arrays)
        ways: dict[str, Any] = {"depthproof": partial(chain_counts, layers(net), net, UNIT), "exactline": partial(exactline, arrays)}
        ways |= {tool.name: partial(tool.intervals, tool.prepared(arrays)) for tool in tools}
        seconds, processor = side_by_side(ways, runs), side_by_side(ways, runs, process_time)
        right = counts(net, UNIT)
        row: Row = {"network": name, "pieces": right.pieces, "activation_intervals": right.activation_intervals}
        row["intervals_by"] = {tool.name: tool.intervals(tool.prepared(arrays)) for tool in tools}
        row["seconds"] = seconds
        for key, times in (("ratios", seconds), ("processor_time_ratios", processor)):
            row[key] = {other: times["depthproof"] / times[other] for other in times if other != "depthproof"}
        rows.append(row)
    return rows


def full_functions(runs: int, quick: bool) -> list[Row]:
    """The full exact function of He networks against naive gmpy2.mpq; ours from the Network of Fractions, a fresh one for every run."""
    rows = []
    for name, widths in SHAPES.items():
        for weights in ("float64", "float32"):
            if quick and name == "[128]*8":
                continue
            arrays = he(widths, float32=weights == "float32")
            fresh = iter([network(arrays) for _ in range(runs + 1)])
            seconds = side_by_side({"depthproof": partial(_pieces_of_next, fresh), "naive_mpq": partial(naive_mpq, arrays)}, runs)
            function, places = pieces(network(arrays), UNIT), naive_mpq(arrays)[0]
            row: Row = {"network": name, "weights": weights, "pieces": function.pieces}
            row["breakpoints_agree"] = [Fraction(int(x.numerator), int(x.denominator)) for x in places] == list(function.breakpoints)
            row["seconds"], row["speed_up"] = seconds, seconds["naive_mpq"] / seconds["depthproof"]
            rows.append(row)
    return rows


def trained(folder: Path | None, runs: int) -> Row:
    """Pieces of lindex_deep.onnx, where the folder has it, and ∫|f − g| of two trained networks; networks freshly read for every run."""
    try:
        import onnx  # noqa: F401
    except ImportError as error:
        return {"skipped": str(error)}
    result: Row = {}
    if folder and (folder / "lindex_deep.onnx").exists():
        fresh = iter([load(folder / "lindex_deep.onnx") for _ in range(runs + 2)])
        seconds = side_by_side({"pieces": partial(_pieces_of_next, fresh)}, runs)["pieces"]
        result["lindex_deep.onnx"] = {"pieces": pieces(next(fresh), UNIT).pieces, "seconds": seconds}
    names = ["fit24x24_saw3.onnx", "fit64_saw4.onnx"]
    pairs = iter([[load(OWN / name) for name in names] for _ in range(runs + 2)])
    seconds = side_by_side({"distance": lambda: distance(*next(pairs), UNIT)}, runs)["distance"]
    f, g = next(pairs)
    bits = (distance(f, g, UNIT).value or Fraction(0)).denominator.bit_length()
    result["distance"] = {"networks": names, "pieces": [pieces(net, UNIT).pieces for net in (f, g)], "seconds": seconds, "bits": bits}
    return result


def compositions(runs: int) -> Row:
    """Sawtooths: pieces, and ∫|Δ^k − g| for g with 20 pieces, as k grows."""
    chosen = random.Random(1)
    points = tuple(Fraction(i, 20) for i in range(21))
    g = PiecewiseLinear(points, tuple(Fraction(chosen.randint(-10, 30), 20) for _ in points))
    counted, integrated = {}, {}
    for k in (1250, 2500, 5000, 10000):
        counted[k] = side_by_side({"pieces": partial(counts, deep_sawtooth(k), UNIT)}, runs)["pieces"]
    for k in (500, 1000, 2000, 4000):
        integrated[k] = side_by_side({"l1": partial(distance, deep_sawtooth(k), g, UNIT)}, runs)["l1"]
    deep = composition(deep_sawtooth(1000), UNIT)
    right = counts(deep_sawtooth(10000), UNIT).pieces == 2**10000 and deep is not None and deep.l1(Fraction(1, 2)) == Fraction(1, 4)
    return {"pieces": counted, "l1_of_20_pieces": integrated, "right": right}


def correctness(quick: bool) -> list[Row]:
    """Counts by every tool on networks that trouble floats; `wrong`: tools whose activation intervals are not the exact ones."""
    tools, missing = peers()
    cases: dict[str, Arrays] = {f"sawtooth {k}": sawtooth(k) for k in (10, 16)}
    rational = {f"thirds [16]*3 seed {seed}": thirds([16] * 3, seed) for seed in range(6)}
    cases |= {f"noisy sawtooth {k}": noisy_sawtooth(k) for k in (10, 16)}
    cases |= {f"quarters [8, 8] seed {seed}": quarters([8, 8], seed) for seed in range(6)}
    cases |= {f"quarters [16]*3 seed {seed}": quarters([16] * 3, seed) for seed in range(6)}
    cases |= {f"quarters [32]*3 seed {seed}": quarters([32] * 3, seed) for seed in range(6)}
    rows: list[Row] = [{"missing": missing}] if missing else []
    rational |= {name: (arrays, network(arrays)) for name, arrays in cases.items()}
    for name, (arrays, net) in rational.items():
        right = counts(net, UNIT)
        float_pieces, float_intervals = exactline_counts(arrays)
        intervals: Row = {"exactline": float_intervals}
        for tool in tools:
            if tool.name != SLOW_PEER or (right.activation_intervals < 20 and not quick):
                intervals[tool.name] = _attempted(tool, arrays)
        row: Row = {"network": name, "pieces": right.pieces, "activation_intervals": right.activation_intervals}
        row["wrong"] = sorted(tool for tool, found in intervals.items() if isinstance(found, int) and found != right.activation_intervals)
        row["refused"] = sorted(tool for tool, found in intervals.items() if isinstance(found, str))
        rows.append(row | {"intervals_by": intervals, "pieces_by": {"exactline": float_pieces}})
    return rows


def memory() -> float:
    """Peak megabytes of a fresh process that finds the full exact function and the counts at [128]*8."""
    return peak_megabytes(
        "from networks import *\nfrom verify.exact import *\nnet = network(he([128] * 8))\n"
        "print(pieces(net, Interval(0, 1)).pieces, counts(net, Interval(0, 1)))"
    )


def _pieces_of_next(fresh: Any) -> PiecewiseLinear:
    return pieces(next(fresh), UNIT)


def _attempted(tool: Any, arrays: Arrays) -> int | str:
    try:
        return int(tool.intervals(tool.prepared(arrays)))
    except Exception as error:  # a peer's failure is a result here
        return f"{type(error).__name__}: {str(error)[:80]}"
