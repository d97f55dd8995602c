(* Must not compile.  Without the walls' share: false, since for f = 1, C = 0, the network is 0
   at the
   corners of the cells.  The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Sums Cube UniversalCube ThreeLayers ThreeLayersMean.

Theorem true_statement N tau C F d f v : (0 < N)%nat -> 0 < tau -> 2 * tau * INR N <= 1 ->
  Cube.lipschitz C d f -> 0 <= C -> (forall v, in_cube d v -> Rabs (f v) <= F) -> in_cube d v ->
  Rabs (f v - network_value Layered relu (cells_network N tau f d) v) <=
  C * INR d / (2 * INR N) + F * rsum (wall N tau) v.
Proof. intros A B D Hf HC HF Hv. exact (cells_error N tau A B D C F d f v Hf HC HF Hv). Qed.

Theorem false_statement N tau C F d f v : (0 < N)%nat -> 0 < tau -> 2 * tau * INR N <= 1 ->
  Cube.lipschitz C d f -> 0 <= C -> (forall v, in_cube d v -> Rabs (f v) <= F) -> in_cube d v ->
  Rabs (f v - network_value Layered relu (cells_network N tau f d) v) <= C * INR d / (2 * INR N).
Proof. intros A B D Hf HC HF Hv. exact (cells_error N tau A B D C F d f v Hf HC HF Hv). Qed.
