(* Smooth functions from below: what few linear pieces cannot do, as Coq prints it. *)
From Depthproof Require Import Definitions Smooth Folding SmoothLower SmoothSeparation.
Set Printing Width 110.

Check strongly_convex_derivative. Print Assumptions strongly_convex_derivative.
Check smooth_convex_power. Print Assumptions smooth_convex_power.
Check smooth_convex_mean. Print Assumptions smooth_convex_mean.
Check smooth_convex_sup. Print Assumptions smooth_convex_sup.
Check smooth_square_power. Print Assumptions smooth_square_power.
Check smooth_square_mean. Print Assumptions smooth_square_mean.
Check smooth_square_sup. Print Assumptions smooth_square_sup.
