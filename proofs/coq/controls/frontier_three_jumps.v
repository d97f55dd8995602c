(* Must not compile.  separation_frontier_three for functions that may jump.  It is false: 4x up to
   3/10, then 2/5, from 7/10 on 4 - 4x is at 1/10.  The first theorem is the true one, with the same
   proof; it compiles. *)
From Depthproof Require Import Definitions Oscillations FrontierExact.

Theorem true_statement (g : R -> R) :
  (forall x, 0 <= x <= 1 -> continuous g x) -> pieces 3 0 1 g -> apart (5 / 36) (sawtooth 2) g.
Proof. exact (proj1 separation_frontier_three g). Qed.

Theorem false_statement (g : R -> R) : pieces 3 0 1 g -> apart (5 / 36) (sawtooth 2) g.
Proof. exact (proj1 separation_frontier_three g). Qed.
