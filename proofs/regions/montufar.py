"""regions.montufar — some network has ∏ ⌊m_i/d⌋^d · Σ_{j ≤ d} C(m, j) patterns."""

from fractions import Fraction

from verify.author.cases import UNIT, on_every
from verify.exact import pieces
from verify.network.builders import dense
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def folded(p: int) -> bool:
    """The fold of one coordinate, + 1, − 2, + 2, …, is p pieces between 0 and 1."""
    signs = [1, *(2 if j % 2 == 0 else -2 for j in range(1, p))]
    fold = pieces(dense([([[p]] * p, [-j for j in range(p)]), ([signs], [0])]), UNIT)
    ends = tuple(Fraction(i, p) for i in range(p + 1))
    return fold.breakpoints == ends and fold.values == tuple(i % 2 for i in range(p + 1))


def instances() -> Outcome:
    return on_every("the fold of the proof, d = 1, p = 1..40", ((p,) for p in range(1, 41)), folded)


THEOREM = Theorem(
    name="regions.montufar",
    statement="for all d and hidden widths m_1, …, m_L, m some layered ReLU network has ∏ ⌊m_i / "
    "d⌋^d · Σ_{j ≤ d} C(m, j) activation patterns at points inside (0,1)^d",
    source=f"{BENEFITS}: Modern iterations of depth separation",
    says="number of linear regions [Montufar, Pascanu, Cho, Bengio '14]",
    evidence=[InCoq("regions_montufar"), Instances(instances)],
    note="⌊m/d⌋ units fold one coordinate as many times; the last layer is that of "
    "regions.zaslavsky.attained, inside the cube. Patterns; for affine maps and pieces of the "
    "function there is regions.montufar.function.",
)
