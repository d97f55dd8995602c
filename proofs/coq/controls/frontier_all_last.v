(* Must not compile.  separation_frontier_all for all p < 2^k and with 5/8 in place of 27/50.  It is
   false: functions that jump with 3 pieces come as near as 1/10 to the sawtooth with 4, and this
   asks for 13/128.  The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Oscillations FrontierAll.

Theorem true_statement k p (g : R -> R) : (1 <= p)%nat -> (p + 2 <= 2 ^ k)%nat ->
  pieces p 0 1 g -> apart (/ 4 * (1 - (INR p - 27 / 50) / 2 ^ k)) (sawtooth k) g.
Proof. intros H1 H2. exact (proj1 (separation_frontier_all k p H1 H2) g). Qed.

Theorem false_statement k p (g : R -> R) : (1 <= p)%nat -> (p + 1 <= 2 ^ k)%nat ->
  pieces p 0 1 g -> apart (/ 4 * (1 - (INR p - 5 / 8) / 2 ^ k)) (sawtooth k) g.
Proof. intros H1 H2. exact (proj1 (separation_frontier_all k p H1 H2) g). Qed.
