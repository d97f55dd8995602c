"""smooth.polynomial — a polynomial of degree below n within n B² / 4^m, in n (m + 1) layers."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="smooth.polynomial",
    statement="for coefficients c_0, …, c_(n−1), B = 1 + Σ |c_i| and m with n B² / 4^m ≤ 1, a "
    "ReLU network of depth n (m + 1) with n (8 + 11m) nodes is within n B² / 4^m of Σ c_i x^i for "
    "|x| ≤ 1",
    source=f"{BENEFITS}: Parting thoughts",
    evidence=[InCoq("smooth_polynomial")],
    note="Horner's rule, each product by smooth.product while x is carried on: with the square of "
    "smooth.square.",
)
