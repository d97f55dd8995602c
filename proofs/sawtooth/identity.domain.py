"""sawtooth.identity.domain — false: Δ^k(x) = Δ(frac(2^(k−1) x)) for all real x."""

from fractions import Fraction

from verify.author.cases import unequal
from verify.author.theory import Theory
from verify.exact import evaluate
from verify.network.builders import sawtooth, tent
from verify.theorem import BENEFITS, Certified, InCoq, Instances, Outcome, Theorem

K, X = 1, Fraction(-1, 4)


def theory() -> Theory:
    """At k = 1, x = −¼ the left side is 0; frac(−¼) = ¾, so the right side is ½."""
    t = Theory("sawtooth.identity.domain", source=THEOREM.source)
    t.library("D", "frac", "pow2")
    flat = t.lemma("tent(-1/4) = 0")
    left = t.lemma("D(1, -1/4) = 0", use=["D(1, -1/4)", "D(0, -1/4)", flat])
    part = t.lemma("floor(-1/4) = -1 and tent(3/4) = 1/2", split=["floor(-1/4)"])
    right = t.lemma("tent(frac(pow2(0)*(-1/4))) = 1/2", use=[part, "pow2(0)", "frac(pow2(0)*(-1/4))"])
    t.theorem("D(1, -1/4) != tent(frac(pow2(1 - 1)*(-1/4)))", use=[left, right])
    return t


def counterexample() -> Outcome:
    u = 2 ** (K - 1) * X
    claimed = evaluate(tent(), [u - u.__floor__()])[0]
    return unequal("Δ^k(x) against Δ(frac(2^(k−1) x))", found=evaluate(sawtooth(K), [X])[0], claimed=claimed, k=K, x=X)


THEOREM = Theorem(
    name="sawtooth.identity.domain",
    statement="Δ^k(x) = Δ(frac(2^(k−1) x)) for all k ≥ 1 and all real x",
    source=f"{BENEFITS}: Deep function with many oscillations",
    says="the identity, with no domain",
    true=False,
    evidence=[Certified(theory, refutes=True), InCoq("sawtooth_identity_domain", refutes=True), Instances(counterexample)],
    note="Outside [0, 1] the left side is 0 or negative, the right side periodic. On [0, 1] it holds: sawtooth.identity.",
)
