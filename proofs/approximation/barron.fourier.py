"""approximation.barron.fourier — Barron's theorem for f given by a Fourier integral over R^d."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="approximation.barron.fourier",
    statement="for f on [0,1]^d with f(x) = ∫ a(w) cos(w·x) + b(w) sin(w·x) dw over R^d, a and b "
    "continuous, C = ∫ |w|₁ √(a(w)² + b(w)²) dw finite, every probability measure on the "
    "cube, every n ≥ 1 and ε > 0, some network with one hidden layer of 2n ReLU units has mean "
    "squared error at most C² / (4n) + ε",
    source=f"{BENEFITS}: Recap",
    says="circumvent curse of dimensionality for functions f: R^d → R with appropriately decaying "
    "Fourier coefficients",
    evidence=[InCoq("approximation_barron_fourier"), InCoq("approximation_barron_line")],
    note="The integrals are limits of iterated Riemann integrals over [−Ω, Ω]^d as Ω grows; that "
    "of f exists where C is finite. In one dimension they are improper integrals over the line, "
    "and 2 / (1 + x²) is an example, with C = 2. The integral is a uniform limit of Riemann sums, "
    "which are the finite sums of approximation.barron. Not treated: amplitudes that are not "
    "continuous, and Fourier transforms that are measures with neither a density nor finite "
    "support; that n units are needed is not said.",
)
