"""backprop.lemma.network — one given network: around a point it is affine, with what the inputs received as its partial derivatives."""

from fractions import Fraction

from verify.claim import Claim
from verify.exact.gradient import gradient, region
from verify.kernel.numerals import numeral
from verify.network.builders import random_network
from verify.network.network import Network
from verify.theorem import NOTES, Certified, Theorem

POINT = (Fraction(1, 3), Fraction(-2, 5), Fraction(3, 4))


def network() -> Network:
    """3 inputs, hidden layers of 6, 5 and 4 units, every layer reading the input and all layers before it."""
    return random_network((6, 5, 4), 2, skips=True, inputs=3)


def claim() -> Claim:
    """On a box around the point f is its value there plus received sums times steps. The box is found forwards, the sums backwards."""
    f, radius = network(), region(network(), POINT).radius
    found = gradient(f, POINT)
    constant = found.value - sum((g * x for g, x in zip(found.gradient, POINT, strict=True)), Fraction(0))
    slopes = " + ".join(f"({numeral(g)})*x{i}" for i, g in enumerate(found.gradient, 1))
    box = [[numeral(x - radius), numeral(x + radius)] for x in POINT]
    body = {"box": box, "holds": f"f = {numeral(constant)} + {slopes}"}
    return Claim.from_short("backprop.lemma.network", {"forall": body}, {"f": f})


THEOREM = Theorem(
    name="backprop.lemma.network",
    statement="for a given network with 3 inputs, 15 units and skip connections: on a box around (1/3, −2/5, 3/4) it equals its value "
    "there plus Σ received(i) (x_i − p_i), so the sums that the inputs received by backpropagation are its partial "
    "derivatives there",
    source=f"{NOTES}: Backprop",
    evidence=[Certified(claim)],
    note="The kernel checks it on the whole box, from the network alone. The same for any network and point away from kinks: "
    "verify.exact.gradient.gradient and region; backprop.lemma goes through many.",
)
