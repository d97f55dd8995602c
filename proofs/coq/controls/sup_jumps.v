(* Must not compile.  1/2 without continuity: false, separation_sup_jumps.
   The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Oscillations SeparationSup.

Theorem true_statement k p g : pieces p 0 1 g -> (p < 2 ^ k)%nat ->
  exists x, 0 <= x <= 1 /\ / 4 <= Rabs (sawtooth k x - g x).
Proof. exact (separation_sup k p g). Qed.

Theorem false_statement k p g : pieces p 0 1 g -> (p < 2 ^ k)%nat ->
  exists x, 0 <= x <= 1 /\ / 2 <= Rabs (sawtooth k x - g x).
Proof. exact (separation_sup k p g). Qed.
