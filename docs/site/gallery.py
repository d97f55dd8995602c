"""The gallery: each picture beside the command that made it."""

import shlex
import subprocess
import sys
from pathlib import Path

SLICE = "plot tests/networks/max5_45.json --on -1,1 --fix 3=0 --fix 4=1/4 --fix 5=-1/2 --level 1/2"
PICTURES = [
    ("A trained network and the sawtooth that it was trained on", "plot tests/networks/fit64_saw4.onnx sawtooth:4"),
    ("Δ³, and its half triangles above and below ½", "plot sawtooth:3 --half-triangles"),
    ("Five terms of x − Σ Δ^s/4^s beside x²'s first term", "plot square:5 square:1"),
    ("Activation patterns of a trained network", "plot tests/networks/deep8x6_saw5.onnx --patterns"),
    ("The same around its narrowest piece", "plot tests/networks/deep8x6_saw5.onnx --narrowest"),
    ("A network that folds the square: one colour for one affine map", "plot folding:2:4-4"),
    ("Eight lines in general position: as many regions as there can be", "plot arrangement:2:8 --on -2,2 --patterns"),
    ("A slice of the maximum of five numbers, computed by two hidden layers", SLICE),
]


def page(folder: Path, root: Path) -> str:
    """The page in Markdown; its pictures are written into the folder."""
    parts = ["# Gallery\n\nEach picture is made at the build by the command under it, from exact breakpoints; nothing is sampled.\n"]
    for number, (caption, command) in enumerate(PICTURES, 1):
        name = f"gallery-{number}.svg"
        words = [sys.executable, "-m", "verify", *shlex.split(command), "--out", str(folder / name)]
        subprocess.run(words, cwd=root, check=True, capture_output=True)
        parts.append(f"## {caption}\n\n![{caption}]({name})\n\n```console\n$ depthproof {command}\n```\n")
    return "\n".join(parts)
