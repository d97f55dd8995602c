(* Separation in the mean of powers and at a point, as Coq prints it. *)
From Depthproof Require Import Definitions Oscillations Folding SeparationPower SeparationSup.
Set Printing Width 110.

Check separation_power. Print Assumptions separation_power.
Check separation_power_attained. Print Assumptions separation_power_attained.
Check separation_power_network. Print Assumptions separation_power_network.
Check separation_power_false. Print Assumptions separation_power_false.
Check separation_sup_continuous. Print Assumptions separation_sup_continuous.
Check separation_sup_network. Print Assumptions separation_sup_network.
Check separation_sup. Print Assumptions separation_sup.
Check separation_sup_jumps. Print Assumptions separation_sup_jumps.
