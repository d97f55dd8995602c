"""circuits.parity.cnf — an AND of ORs for the parity of n bits has at least 2^(n−1) ORs."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="circuits.parity.cnf",
    statement="every AND of ORs of literals, with any number of inputs to a gate, that computes "
    "the parity of n ≥ 1 bits has at least 2^(n−1) ORs",
    source=f"{BENEFITS}: A brief history of depth separation",
    says="parity cannot be approximated by a small constant-depth circuit with OR and AND gates",
    evidence=[InCoq("circuits_parity_cnf")],
    note="circuits.parity.dnf, by De Morgan.",
)
