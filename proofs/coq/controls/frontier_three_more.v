(* Must not compile.  separation_frontier_three with 5/36 + 1/1000000.  It is false: its second half
   has a continuous function with three pieces at 5/36.  The first theorem is the true one, with the
   same proof; it compiles. *)
From Depthproof Require Import Definitions Oscillations FrontierExact.

Theorem true_statement (g : R -> R) :
  (forall x, 0 <= x <= 1 -> continuous g x) -> pieces 3 0 1 g -> apart (5 / 36) (sawtooth 2) g.
Proof. exact (proj1 separation_frontier_three g). Qed.

Theorem false_statement (g : R -> R) :
  (forall x, 0 <= x <= 1 -> continuous g x) -> pieces 3 0 1 g ->
  apart (5 / 36 + 1 / 1000000) (sawtooth 2) g.
Proof. exact (proj1 separation_frontier_three g). Qed.
