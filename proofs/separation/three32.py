"""separation.three32 — a trained network with 29 pieces on [0, 1], its weights in Coq, and its distance from every Δ^k."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="separation.three32",
    statement="the trained network g in tests/networks/three32_saw5.onnx, of widths 32-32-32, has exactly 29 affine pieces on "
    "[0, 1]; so ∫₀¹ |Δ^k − g| ≥ ¼ (1 − 29/2^k) for every k",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_three32")],
    note="From the exact weights, by the proved checker run inside Coq: depthproof separate NET --k K --coq FILE.v writes such a "
    "file for any network. By its widths g could have 35,937 pieces, which would say nothing for k ≤ 15.",
)
