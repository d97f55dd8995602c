(* Must not compile.  2^k pieces allowed: false, since Delta^k itself has 2^k.
   The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Oscillations SeparationSup.

Theorem true_statement k p (g : R -> R) : (forall x : R, continuous g x) -> pieces p 0 1 g ->
  (p < 2 ^ k)%nat -> exists x, 0 <= x <= 1 /\ / 2 <= Rabs (sawtooth k x - g x).
Proof. exact (separation_sup_continuous k p g). Qed.

Theorem false_statement k p (g : R -> R) : (forall x : R, continuous g x) -> pieces p 0 1 g ->
  (p <= 2 ^ k)%nat -> exists x, 0 <= x <= 1 /\ / 2 <= Rabs (sawtooth k x - g x).
Proof. exact (separation_sup_continuous k p g). Qed.
