(* Must not compile.  The first part of separation_frontier_continuous with 199/1000 in place of
   197/1000.  It is false: the second part has a continuous function with two pieces at 991/5000 or
   less.  The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Oscillations FrontierTwo.

Theorem true_statement (g : R -> R) :
  (forall x, 0 <= x <= 1 -> continuous g x) -> pieces 2 0 1 g -> apart (197 / 1000) (sawtooth 2) g.
Proof. exact (proj1 (proj1 separation_frontier_continuous) g). Qed.

Theorem false_statement (g : R -> R) :
  (forall x, 0 <= x <= 1 -> continuous g x) -> pieces 2 0 1 g -> apart (199 / 1000) (sawtooth 2) g.
Proof. exact (proj1 (proj1 separation_frontier_continuous) g). Qed.
