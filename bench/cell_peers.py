"""Other tools that count the activation regions of a network on [−1, 1]^d, each asked in a process of its own.

    python bench/cell_peers.py NAME INPUTS WIDTHS eighths|he      (as cells.py does)

The last line printed is a JSON object with what it found and how long that took."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import networks
import numpy as np
from networks import Arrays

SECONDS = 120  # for each question


def affinitree(layers: Arrays) -> Callable[[], int]:
    """A decision tree of affine functions; infeasible paths are cut by linear programming, in float64."""
    from affinitree import AffFunc, AffTree, Architecture, Polytope, builder

    inputs = len(layers[0][0])
    network = Architecture(inputs)
    for number, (weight, bias) in enumerate(layers):
        network.linear(AffFunc.from_mats(np.ascontiguousarray(weight.T, float), bias.astype(float)))
        if number < len(layers) - 1:
            network.relu()

    def regions() -> int:
        box = AffTree.from_poly(Polytope.hyperrectangle(inputs, [(-1.0, 1.0)] * inputs), AffFunc.identity(inputs), None)
        return int(builder.from_layers(network, box).num_terminals())

    return regions


def relucent(layers: Arrays) -> Callable[[], int]:
    """A search over cells, each by linear programming."""
    from relucent import Complex
    from relucent.model.model import LinearLayer, ReLULayer, ReLUNetwork

    parts: list[object] = []
    for number, (weight, bias) in enumerate(layers):
        parts.append(LinearLayer(weight.T, bias))
        if number < len(layers) - 1:
            parts.append(ReLULayer())

    def regions() -> int:
        found = Complex(ReLUNetwork(parts))
        start = np.linspace(0.0131, 0.0172, len(layers[0][0]))[None, :]
        found.bfs(start=start, cube_radius=1.0, cube_mode="intersect", nworkers=1, verbose=0, verify=False)
        return len(found)

    return regions


PEERS = {"affinitree": affinitree, "relucent": relucent}


def asked(name: str, inputs: int, widths: tuple[int, ...], simple: bool) -> dict[str, Any]:
    """What the peer finds, and its seconds; or why there is no answer."""
    kind = "eighths" if simple else "he"
    command = [sys.executable, __file__, name, str(inputs), "-".join(map(str, widths)), kind]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return {"why": f"no answer in {SECONDS} s"}
    if done.returncode:
        return {"why": done.stderr.strip().rpartition("\n")[2]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def made(inputs: int, widths: tuple[int, ...], simple: bool) -> Arrays:
    """The layers of the network, as all tools get them."""
    return networks.eighths(widths, inputs=inputs) if simple else networks.he(widths, 0, True, inputs)


def main() -> None:
    name, inputs, widths, kind = sys.argv[1:]
    count = PEERS[name](made(int(inputs), tuple(map(int, widths.split("-"))), kind == "eighths"))
    begun, processor = perf_counter(), process_time()
    found = count()
    seconds = {"seconds": perf_counter() - begun, "processor": process_time() - processor}
    print("\n" + json.dumps({"found": found, **seconds}))


if __name__ == "__main__":
    main()
