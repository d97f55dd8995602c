(* Must not compile.  1/7 in place of 1/8: false for x - 1/8.  The first theorem is the true one,
   with the same proof; it compiles. *)
From Depthproof Require Import Definitions Sigmoidal.

Theorem true_statement N : depth N = 1%nat ->
  exists x, 0 <= x <= 1 /\ / 8 <= Rabs (x ^ 2 - network_value Layered (fun x => x) N [x]).
Proof. exact (approximation_needs_bends N). Qed.

Theorem false_statement N : depth N = 1%nat ->
  exists x, 0 <= x <= 1 /\ / 7 <= Rabs (x ^ 2 - network_value Layered (fun x => x) N [x]).
Proof. exact (approximation_needs_bends N). Qed.
