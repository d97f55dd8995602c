(* Must not compile.  With inputs that span in place of independent ones: false, since with the
   input 1
   and the targets 0 and 1 the loss is never below 1/4.
   The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Vectors GradientDescent DescentRate.

Theorem true_statement d D eta mu T w : sized d D -> 0 < eta ->
  eta * energy D <= 1 -> length w = d ->
  (forall c, length c = length D ->
    mu * dot c c <= dot (combination d D c) (combination d D c)) ->
  loss D (descent d D eta T w) <= (1 - eta * mu) ^ T * loss D w.
Proof. intros A B C E F. exact (descent_rate_independent d D eta mu A B C T w E F). Qed.

Theorem false_statement d D eta mu T w : sized d D -> 0 < eta ->
  eta * energy D <= 1 -> length w = d ->
  (forall u, length u = d -> mu * dot u u <= curvature D u) ->
  loss D (descent d D eta T w) <= (1 - eta * mu) ^ T * loss D w.
Proof. intros A B C E F. exact (descent_rate_independent d D eta mu A B C T w E F). Qed.
