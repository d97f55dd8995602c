"""circuits.parity.constant_depth — constant depth needs exponentially many gates for parity."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="circuits.parity.constant_depth",
    statement="for n odd, l ≥ 1 and a circuit of NOT, AND and OR gates with any number of inputs "
    "whose output has depth k, where 4 ((2l)^k + 1)² ≤ n: if it computes the parity of n bits it "
    "has at least 2^l / 4 gates, and if it agrees with parity on at least 7/8 of all inputs it "
    "has at least 2^l / 7",
    source=f"{BENEFITS}: A brief history of depth separation",
    says="parity (Håstad '86) cannot be approximated by a small constant-depth circuit with OR "
    "and AND gates",
    evidence=[InCoq("circuits_parity_bound"), InCoq("circuits_parity_constant_depth")],
    note="By the method of Razborov and Smolensky: over the field with three elements each gate "
    "is a polynomial of degree 2l of its inputs but for a 2^−l-th part of the points, and a "
    "polynomial of degree d agrees with parity on few points. So 2^Ω(n^(1/2k)) gates; Håstad's "
    "exponent 1/(k − 1) is circuits.parity.hastad.",
)
