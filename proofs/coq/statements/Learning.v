(* Back-propagation, gradient descent and activation maximisation: as Coq prints it. *)
From Depthproof Require Import Definitions Backprop GradientDescent Maximisation.
Set Printing Width 110.

Check backprop_lemma. Print Assumptions backprop_lemma.
Check backprop_weights. Print Assumptions backprop_weights.
Check backprop_cost. Print Assumptions backprop_cost.
Check backprop_kink. Print Assumptions backprop_kink.
Check descent_linear. Print Assumptions descent_linear.
Check descent_optimal. Print Assumptions descent_optimal.
Check descent_diverges. Print Assumptions descent_diverges.
Check descent_overparametrised. Print Assumptions descent_overparametrised.
Check descent_interpolates. Print Assumptions descent_interpolates.
Check activation_maximisation. Print Assumptions activation_maximisation.
Check activation_maximisation_stuck. Print Assumptions activation_maximisation_stuck.
