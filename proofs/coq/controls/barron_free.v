(* Must not compile.  Without the term C^2 / (4 n): false, since two units do not follow cos (100
   x).  The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Sums UniversalCube Maurey Barron.

Theorem true_statement d T mu n eps :
  (forall t, In t T -> length (fst (snd t)) = d) -> List.Forall (fun s => 0 <= fst s) mu ->
  rsum fst mu = 1 -> (forall s, In s mu -> in_cube d (snd s)) -> (0 < n)%nat -> 0 < eps ->
  exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  mean mu (fun v => (fourier T v - network_value Layered relu N v) ^ 2) <=
  spectral T ^ 2 / (4 * INR n) + eps.
Proof. exact (approximation_barron d T mu n eps). Qed.

Theorem false_statement d T mu n eps :
  (forall t, In t T -> length (fst (snd t)) = d) -> List.Forall (fun s => 0 <= fst s) mu ->
  rsum fst mu = 1 -> (forall s, In s mu -> in_cube d (snd s)) -> (0 < n)%nat -> 0 < eps ->
  exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  mean mu (fun v => (fourier T v - network_value Layered relu N v) ^ 2) <= eps.
Proof. exact (approximation_barron d T mu n eps). Qed.
