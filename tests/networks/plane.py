"""Makes plane_teeth3.json, Δ³ of the first of two inputs, and plane_imitation.json, which imitates it with six units:

    python tests/networks/plane.py

The imitation is the nearest function with five pieces that we know (separation.frontier), plus 1/16 max(x1 − x2, 0).
"""

from fractions import Fraction
from pathlib import Path

from verify import sawtooth
from verify.answers.frontier import table
from verify.network.builders import add, affine, compose, dense
from verify.network.network import Network
from verify.network.relu_network import written

FIRST = affine([[1, 0]], [0])


def networks() -> dict[str, Network]:
    row = table().row(3, 5)
    side = dense([([[1, -1]], [0]), ([[Fraction(1, 16)]], [0])])
    return {"teeth3": compose(sawtooth(3), FIRST), "imitation": add(compose(row.network, FIRST), side)}


if __name__ == "__main__":
    for name, network in networks().items():
        Path(__file__).with_name(f"plane_{name}.json").write_bytes(written(network))
