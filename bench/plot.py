"""The benchmark as a picture: `python bench/plot.py build/bench.json docs/pictures/bench.svg`. Bars are medians of one run."""

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
matplotlib.rcParams.update({"svg.hashsalt": "depthproof", "font.family": "DejaVu Sans"})
from matplotlib.figure import Figure  # noqa: E402 - after the choice of backend and fonts

COLOURS = {"depthproof": "#1b5e9c", "exactline": "#a8a29e", "regioncam": "#d6d3d1", "naive_mpq": "#c2410c"}
NAMES = {
    "depthproof": "depthproof (certified, exact)",
    "exactline": "ExactLine (numpy, float64)",
    "regioncam": "regioncam (Rust, float32)",
    "naive_mpq": "naive gmpy2.mpq (exact)",
}


def bars(axes: "matplotlib.axes.Axes", rows: list[dict], title: str) -> None:
    tools = list(dict.fromkeys(tool for row in rows for tool in row["seconds"]))
    for number, tool in enumerate(tools):
        places = [i + (number - (len(tools) - 1) / 2) * 0.8 / len(tools) for i in range(len(rows))]
        heights = [1000 * row["seconds"].get(tool, float("nan")) for row in rows]
        axes.bar(places, heights, 0.78 / len(tools), color=COLOURS[tool], label=NAMES[tool])
    axes.set_yscale("log")
    axes.set_xticks(range(len(rows)), [row["network"] for row in rows])
    axes.set_ylabel("milliseconds")
    axes.set_title(title, fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)


def main() -> None:
    result = json.loads(Path(sys.argv[1]).read_text())
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    bars(left, result["counts"], "certified count of pieces")
    functions = [row | {"network": f"{row['network']}\n{row['weights']}"} for row in result["functions"]]
    bars(right, functions, "the full exact function")
    figure.savefig(sys.argv[2], metadata={"Date": None})


if __name__ == "__main__":
    main()
