(* Must not compile.  No error: false, since a network is piecewise linear and (x - 1/2)^2, say,
   is not.  The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions UniversalCube.

Theorem true_statement C d k f : 0 <= C -> lipschitz_on_cube C d f ->
  exists N, depth N = (1 + k * d)%nat /\
  nodes N = (2 * d * 2 ^ k + 3 * (2 ^ (k * d) - 1))%nat /\
  forall v, in_cube d v -> Rabs (f v - network_value Layered relu N v) <= C * INR d / 2 ^ (k + 1).
Proof. exact (approximation_cube C d k f). Qed.

Theorem false_statement C d k f : 0 <= C -> lipschitz_on_cube C d f ->
  exists N, depth N = (1 + k * d)%nat /\
  nodes N = (2 * d * 2 ^ k + 3 * (2 ^ (k * d) - 1))%nat /\
  forall v, in_cube d v -> Rabs (f v - network_value Layered relu N v) <= 0 * C * INR d.
Proof. exact (approximation_cube C d k f). Qed.
