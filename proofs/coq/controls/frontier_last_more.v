(* Must not compile.  separation_frontier_last with 9/16 in place of 5/9.  It is false: the second
   half of the theorem has a continuous function with 2^k - 1 pieces at 5/9 2^-k.  The first theorem
   is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Oscillations FrontierExact.

Theorem true_statement k (g : R -> R) : (2 <= k)%nat ->
  (forall x, 0 <= x <= 1 -> continuous g x) -> pieces (2 ^ k - 1) 0 1 g ->
  apart (5 / 9 / 2 ^ k) (sawtooth k) g.
Proof. intros Hk. exact (proj1 (separation_frontier_last k Hk) g). Qed.

Theorem false_statement k (g : R -> R) : (2 <= k)%nat ->
  (forall x, 0 <= x <= 1 -> continuous g x) -> pieces (2 ^ k - 1) 0 1 g ->
  apart (9 / 16 / 2 ^ k) (sawtooth k) g.
Proof. intros Hk. exact (proj1 (separation_frontier_last k Hk) g). Qed.
