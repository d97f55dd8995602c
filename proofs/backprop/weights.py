"""backprop.weights — what a unit receives gives the derivative by each of its weights."""

from verify.theorem import NOTES, InCoq, Theorem

THEOREM = Theorem(
    name="backprop.weights",
    statement="for every directed acyclic graph and activations that are differentiable where "
    "they are used, the derivative of the output by the weight of the edge from node j to unit i "
    "is what i received, times σ_i′ at its pre-activation, times the value of j",
    source=f"{NOTES}: Backprop",
    says="computing ∂f/∂u for all u suffices",
    evidence=[InCoq("backprop_weights")],
    note="By backprop.lemma and the chain rule once more.",
)
