(* What rests on the proved checker: a theorem from a certificate, and a network's bound. *)
From Depthproof Require Import Definitions Oscillations SharpFromCore separation_three32.
Set Printing Width 110.

Check separation_sharp_from_core. Print Assumptions separation_sharp_from_core.
Check separation_three32. Print Assumptions separation_three32.
