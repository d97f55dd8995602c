(* Must not compile.  A quarter of the error: false for many units, by
   approximation_interval_lower.  The first theorem is the true one, with the same proof; it
   compiles. *)
From Depthproof Require Import Definitions Interval.

Theorem true_statement f n (H : (0 < n)%nat) C :
  (forall x y, 0 <= x <= 1 -> 0 <= y <= 1 -> Rabs (f x - f y) <= C * Rabs (x - y)) ->
  exists N, depth N = 1%nat /\ nodes N = n /\
  forall x, 0 <= x <= 1 -> Rabs (f x - eval N x) <= C / (2 * INR n).
Proof. exact (approximation_interval f n H C). Qed.

Theorem false_statement f n (H : (0 < n)%nat) C :
  (forall x y, 0 <= x <= 1 -> 0 <= y <= 1 -> Rabs (f x - f y) <= C * Rabs (x - y)) ->
  exists N, depth N = 1%nat /\ nodes N = n /\
  forall x, 0 <= x <= 1 -> Rabs (f x - eval N x) <= C / (8 * INR n).
Proof. exact (approximation_interval f n H C). Qed.
