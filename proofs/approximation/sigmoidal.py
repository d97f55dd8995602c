"""approximation.sigmoidal — one hidden layer of bounded sigmoidal units approximates f."""

from verify.theorem import NOTES, InCoq, Theorem

THEOREM = Theorem(
    name="approximation.sigmoidal",
    statement="for every activation σ that is bounded, with limits 0 at −∞ and 1 at ∞, continuous "
    "or not, every f continuous on [0,1]^d and every ε > 0, some network with one hidden layer of "
    "units σ is within ε of f on the cube",
    source=f"{NOTES}: Thm 1",
    says="depth 2 suffices (= 1 hidden layer); σ(x) → 0 for x → −∞, σ(x) → 1 for x → ∞",
    evidence=[InCoq("approximation_sigmoidal")],
    note="Sums of exponentials exp(w·x) are closed under products, so they approximate absolute "
    "values, maxima, and all continuous functions; each exponential is a function of one "
    "variable, which steep steps follow. That σ is bounded is used and does not follow from its "
    "limits; for continuous σ it does (approximation.logistic).",
)
