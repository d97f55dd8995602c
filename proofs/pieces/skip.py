"""pieces.skip — the product bound holds for DAGs with skip connections, units grouped by depth."""

from verify.author.cases import WIDE, all_of, on_every, product_bound, samples, shapes
from verify.exact import pieces
from verify.network.builders import random_network, residual
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

bound = product_bound


def instances() -> Outcome:
    return all_of(
        on_every(
            f"random networks, every layer reading all before and the input, all widths from 1 to 4, L = 1..3, 3 each, on {WIDE}",
            samples(shapes(3, 4), seeds=3, skips=True),
            lambda widths, _, f: pieces(f, WIDE).pieces <= bound(widths),
        ),
        on_every(
            f"x + random network, all widths from 1 to 4, L = 1..3, on {WIDE}",
            ((widths, residual(random_network(widths, 0))) for widths in shapes(3, 4)),
            lambda widths, f: pieces(f, WIDE).pieces <= bound(f.widths) <= bound(widths),
        ),
    )


THEOREM = Theorem(
    name="pieces.skip",
    statement="a network with skip connections, m_i units at depth i, input to output included, has at most ∏ (m_i + 1) "
    "pieces",
    source=f"{BENEFITS}: Parting thoughts",
    says="names ResNet and DenseNet, bounds no pieces for them",
    evidence=[InCoq("pieces_skip"), Instances(instances)],
    note="The argument of pieces.product never uses that a unit reads only the layer before it. Attained at (1, 1): "
    "pieces.skip.attained.",
)
