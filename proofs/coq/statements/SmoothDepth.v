(* Smooth functions: the lower bounds attained, and deep networks against shallow ones, as Coq
   prints it. *)
From Depthproof Require Import Definitions Smooth Folding SmoothLower SmoothSeparation SmoothSquare.
Set Printing Width 110.

Check smooth_square_mean_attained. Print Assumptions smooth_square_mean_attained.
Check smooth_square_sup_attained. Print Assumptions smooth_square_sup_attained.
Check smooth_square_network. Print Assumptions smooth_square_network.
Check smooth_separation. Print Assumptions smooth_separation.
Check smooth_separation_eps. Print Assumptions smooth_separation_eps.
Check smooth_square_two. Print Assumptions smooth_square_two.
Check smooth_square_two_attained. Print Assumptions smooth_square_two_attained.
