(* Gradient descent at a linear rate, and the least loss attained, as Coq prints it. *)
From Depthproof Require Import Definitions Vectors GradientDescent DescentRate.
Set Printing Width 110.

Check descent_attained. Print Assumptions descent_attained.
Check descent_rate. Print Assumptions descent_rate.
Check descent_rate_spanning. Print Assumptions descent_rate_spanning.
Check descent_rate_independent. Print Assumptions descent_rate_independent.
Check descent_rate_one. Print Assumptions descent_rate_one.
Check descent_rate_all. Print Assumptions descent_rate_all.
