"""circuits.parity.tree — 4 (n − 1) gates at depth 3 log₂ n compute parity."""

from itertools import product

from verify.author.cases import on_every
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def xor(a: tuple[bool, int], b: tuple[bool, int]) -> tuple[bool, int]:
    """(a or b) and not (a and b): a value, and the depth at which it is there."""
    start = max(a[1], b[1])
    either, both = (a[0] or b[0], start + 1), (a[0] and b[0], start + 1)
    neither = (not both[0], both[1] + 1)
    return either[0] and neither[0], max(either[1], neither[1]) + 1


def computed(k: int) -> bool:
    for bits in product((False, True), repeat=2**k):
        wires, gates = [(bit, 0) for bit in bits], 0
        while len(wires) > 1:
            gates += 4 * (len(wires) // 2)
            wires = [xor(wires[i], wires[i + 1]) for i in range(0, len(wires), 2)]
        if (wires[0], gates) != ((sum(bits) % 2 == 1, 3 * k), 4 * (2**k - 1)):
            return False
    return True


def instances() -> Outcome:
    return on_every("at all strings of 2^k bits, k = 0..3", ((k,) for k in range(4)), computed)


THEOREM = Theorem(
    name="circuits.parity.tree",
    statement="for n = 2^k bits a circuit of 4 (n − 1) gates AND, OR with two inputs and NOT, of "
    "depth 3k, computes the parity",
    source=f"{BENEFITS}: A brief history of depth separation",
    evidence=[InCoq("circuits_parity_tree"), Instances(instances)],
    note="A tree of exclusive ors, each of them four gates: (a or b) and not (a and b). So a deep "
    "circuit is small where depth 2 needs 2^(n−1): circuits.parity.dnf.",
)
