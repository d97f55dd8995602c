(* Must not compile.  separation_frontier_network for networks with at most 2^k pieces.  It is
   false: the sawtooth itself is such a network, and its distance is 0.  The first theorem is the
   true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Oscillations FrontierExact.

Theorem true_statement k N : (2 <= k)%nat -> (product_bound (widths (hidden N)) < 2 ^ k)%nat ->
  apart (5 / 9 / 2 ^ k) (sawtooth k) (eval N).
Proof. intros Hk HN. exact (separation_frontier_network k N Hk HN). Qed.

Theorem false_statement k N : (2 <= k)%nat -> (product_bound (widths (hidden N)) <= 2 ^ k)%nat ->
  apart (5 / 9 / 2 ^ k) (sawtooth k) (eval N).
Proof. intros Hk HN. exact (separation_frontier_network k N Hk HN). Qed.
