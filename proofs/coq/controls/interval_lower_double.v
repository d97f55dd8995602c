(* Must not compile.  Twice the lower bound: false, since the constant C / (4 n) is that near.
   The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Interval.

Theorem true_statement C n (A : 0 < C) (B : (0 < n)%nat) g p e : (p <= n)%nat -> pieces p 0 1 g ->
  e < C / (4 * INR n) ->
  ~ (forall x, 0 <= x <= 1 -> Rabs (tents C n n x - g x) <= e).
Proof. intros Hp HP He. exact (proj2 (approximation_interval_lower C n A B g p e Hp HP He)). Qed.

Theorem false_statement C n (A : 0 < C) (B : (0 < n)%nat) g p e : (p <= n)%nat -> pieces p 0 1 g ->
  e < C / (2 * INR n) ->
  ~ (forall x, 0 <= x <= 1 -> Rabs (tents C n n x - g x) <= e).
Proof. intros Hp HP He. exact (proj2 (approximation_interval_lower C n A B g p e Hp HP He)). Qed.
