"""backprop.lemma.sums — for ALL acyclic graphs: what the inputs receive, times a direction, is the derivative in that direction."""

from verify.author.theory import Theory, definition
from verify.theorem import NOTES, Certified, Theorem

SOURCE = f"{NOTES}: Backprop"


def theory() -> Theory:
    t = Theory("backprop.lemma.sums", SOURCE)
    t.free("inputs", sort="Z")
    t.free("c(k, i)", k="Z", i="Z")
    t.free("d(i)", i="Z")
    t.recursion("sent(m, k)", start="0", step="sent(m, k) + c(k, m)*d(m)", k="Z")
    t.assume("some", "inputs >= 1")
    t.assume("forward", "k >= inputs implies d(k) = sent(k, k)", k="Z from 1")
    t.define("one(i, n) = 1 if i = n else 0", i="Z", n="Z")
    t.recursion("received(j, i, n)", start="one(i, n)", step="received(j, i, n) + received(j, n - j, n)*c(n - j, i)", i="Z", n="Z")
    t.recursion("total(m, j, n)", start="0", step="total(m, j, n) + received(j, m, n)*d(m)", j="Z", n="Z")
    sizes = {"j": "Z from 0", "n": "Z from 0"}
    step = t.lemma(
        "total(m, j + 1, n) = total(m, j, n) + received(j, n - j, n)*sent(m, n - j)", name="step", m="Z from 0", induction="m", **sizes,
        use=["IH(j, n)", "total(m + 1, j + 1, n)", "total(m + 1, j, n)", "sent(m + 1, n - j)", "received(j + 1, m, n)"],
        base=["total(0, j + 1, n)", "total(0, j, n)", "sent(0, n - j)"],
    )
    empty = t.lemma(
        "m <= n implies total(m, 0, n) = 0", name="empty", m="Z from 0", n="Z from 0", induction="m",
        use=["IH(n)", "total(m + 1, 0, n)", "received(0, m, n)", "one(m, n)"], base=["total(0, 0, n)"],
    )
    after = t.lemma(
        "j + inputs <= n + 1 implies total(n + 1 - j, j, n) = d(n)", name="after", induction="j", **sizes,
        use=["IH(n)", step("n - j", "j", "n"), "total(n - j + 1, j, n)", "forward(n - j)", "some"],
        base=[empty("n", "n"), "total(n + 1, 0, n)", "received(0, n, n)", "one(n, n)"],
    )
    t.theorem("n >= inputs implies total(inputs, n + 1 - inputs, n) = d(n)", n="Z from 0", use=[after("n + 1 - inputs", "n"), "some"])
    w = t.witness(
        inputs=definition("inputs = 1", "Z"), c=definition("c(k, i) = 0", k="Z", i="Z"), d=definition("d(i) = 0", i="Z"),
    )
    w.theorem("inputs >= 1", name="some", use=["inputs"])
    zero = w.lemma(
        "sent(m, k) = 0", name="nothing", m="Z from 0", k="Z", induction="m",
        use=["IH(k)", "sent(m + 1, k)", "c(k, m)"], base=["sent(0, k)"],
    )
    w.theorem("k >= inputs implies d(k) = sent(k, k)", name="forward", k="Z from 1", use=[zero("k", "k"), "d(k)"])
    return t


THEOREM = Theorem(
    name="backprop.lemma.sums",
    statement="for all graphs of nodes 0 … n, the first s of them inputs, and all edge weights c(k, i) from i to k > i: if d(k) = "
    "Σ_(i<k) c(k, i) d(i) for k ≥ s (the derivative in the direction d), and node n receives 1 and each node k, from n down "
    "to s, sends received(k) · c(k, i) to every i < k, then Σ_(i<s) received(i) d(i) = d(n)",
    source=SOURCE,
    evidence=[Certified(theory)],
    note="The arithmetic of backprop.lemma, for all sizes, weights and directions. Where no pre-activation is 0, c(k, i) is w(k, "
    "i) where unit k is active, and 0 where it is not; that the derivative of a network is then this d is the chain rule, "
    "and not in the kernel.",
)
