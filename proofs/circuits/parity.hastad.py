"""circuits.parity.hastad — 2^Ω(n^(1/(k−1))) gates at depth k (Håstad), from the literature."""

from verify.theorem import BENEFITS, Cited, Theorem

THEOREM = Theorem(
    name="circuits.parity.hastad",
    statement="for every k ≥ 2 there is c > 0 such that every circuit of depth k of NOT, AND and "
    "OR gates with any number of inputs that computes the parity of n bits has at least 2^(c "
    "n^(1/(k−1))) gates, for all large n",
    source=f"{BENEFITS}: A brief history of depth separation",
    says="seminal result by Håstad ('86)",
    evidence=[Cited("Håstad, Almost optimal lower bounds for small depth circuits, STOC 1986")],
    note="The switching lemma, which this needs, is not in the Coq development. What is proved "
    "there is the exponent 1/(2k): circuits.parity.constant_depth; k = 2 exactly: "
    "circuits.parity.dnf.",
)
