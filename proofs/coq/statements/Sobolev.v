(* Smooth functions in d dimensions: as Coq prints it. *)
From Depthproof Require Import Definitions Compose Multiplication Polynomials Interpolation.
From Depthproof Require Import Yarotsky YarotskyTheorem.
Set Printing Width 110.

Check smooth_product. Print Assumptions smooth_product.
Check smooth_polynomial. Print Assumptions smooth_polynomial.
Check smooth_sobolev. Print Assumptions smooth_sobolev.
Check smooth_sobolev_eps. Print Assumptions smooth_sobolev_eps.
Check smooth_sobolev_explicit. Print Assumptions smooth_sobolev_explicit.
Check smooth_sobolev_eps_explicit. Print Assumptions smooth_sobolev_eps_explicit.
Check smooth_slide_sobolev_nodes. Print Assumptions smooth_slide_sobolev_nodes.
