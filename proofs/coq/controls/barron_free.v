(* Must not compile.  Without the term C^2 / (4 n): false, since two units do not follow cos (100
   x).  The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions UniversalCube Maurey Ramps Barron.

Theorem true_statement d E T n eps : expectation d E ->
  (forall t, In t T -> length (fst (snd t)) = d) -> (0 < n)%nat -> 0 < eps ->
  exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  E (fun v => (fourier T v - network_value Layered relu N v) ^ 2) <=
  spectral T ^ 2 / (4 * INR n) + eps.
Proof. exact (approximation_barron d E T n eps). Qed.

Theorem false_statement d E T n eps : expectation d E ->
  (forall t, In t T -> length (fst (snd t)) = d) -> (0 < n)%nat -> 0 < eps ->
  exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  E (fun v => (fourier T v - network_value Layered relu N v) ^ 2) <= eps.
Proof. exact (approximation_barron d E T n eps). Qed.
