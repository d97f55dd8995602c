"""expressivity.max5 — two hidden layers compute the maximum of five numbers, on all of R^5."""

from pathlib import Path

from verify.claim import Claim
from verify.network.load import load
from verify.network.network import Network
from verify.theorem import Certified, Instances, Outcome, Theorem, holds, refuted

SHA256 = "1a24a2d1460a2137601b22743ff1b3b04203674936236afe435cac3508352732"
NUMBERS = [f"x{i}" for i in range(1, 6)]


def network() -> Network:
    """Hidden layers of 27 and 45 units; the second reads the input as well."""
    return load(Path(__file__).parent / "networks" / f"{SHA256}.json")


def claim() -> Claim:
    """At least each of the numbers, and equal to one of them; for all real x1, …, x5."""
    above = " and ".join(f"f >= {x}" for x in NUMBERS)
    equal = " or ".join(f"f = {x}" for x in NUMBERS)
    goal = {"goal": "expressivity.max5", "for": [], "holds": f"{above} and ({equal})"}
    return Claim("expressivity.max5", {"f": network()}, [], [goal])


def layers() -> Outcome:
    """The network is as deep and as wide as the statement says."""
    found = network().widths
    if found == (27, 45):
        return holds("the network has units at two depths: 27 and 45")
    return refuted(f"the network has units {found}")


THEOREM = Theorem(
    name="expressivity.max5",
    statement="a ReLU network with two hidden layers, of 27 and 45 units, equals max(x1, x2, x3, x4, x5) for all real x1, …, x5",
    source="Bakaev, Brunck, Hertrich, Stade and Yehudayoff, Better neural network expressivity (2025), arXiv 2505.14338",
    evidence=[Certified(claim), Instances(layers)],
    note="Not in the lectures: what deep networks can do, continued. The tree of maxima needs three layers. That two do not suffice was "
    "conjectured in 2021 and refuted in the paper; these weights are ours, found by a linear programme, with a skip connection. The "
    "certificate covers R^5 by 408 simplicial cones, on each of which every unit keeps its sign. f(x + t (1, …, 1)) = f(x) + t would "
    "allow one dimension less, but what is checked is R^5 itself.",
)
