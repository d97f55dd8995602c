(* Must not compile.  Without the factor |w|_1 in C: false.  In one dimension let a have mass 1/2
   close about w = 1000: f is about cos (1000 x) / 2, of mean square 1/8, C is 1/2, and two ReLU
   units would come within C^2 / 4 = 1/16.  The first theorem is the true one, with the same proof;
   it compiles. *)
From Depthproof Require Import Definitions Vectors UniversalCube Maurey BandIntegrals.
From Depthproof Require Import BarronFourier.

Theorem true_statement d E a b C (f : list R -> R) n eps : expectation d E ->
  continuous_on_space d a -> continuous_on_space d b ->
  (forall Om, 0 < Om ->
    band_integral Om d (fun w => sqrt (a w ^ 2 + b w ^ 2) * weight_sum w) <= C) ->
  (forall v, in_cube d v ->
    is_lim (fun Om => band_integral Om d (fun w => wave a b w v)) p_infty (f v)) ->
  (0 < n)%nat -> 0 < eps -> exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  E (fun v => (f v - network_value Layered relu N v) ^ 2) <= C ^ 2 / (4 * INR n) + eps.
Proof. exact (approximation_barron_fourier d E a b C f n eps). Qed.

Theorem false_statement d E a b C (f : list R -> R) n eps : expectation d E ->
  continuous_on_space d a -> continuous_on_space d b ->
  (forall Om, 0 < Om ->
    band_integral Om d (fun w => sqrt (a w ^ 2 + b w ^ 2)) <= C) ->
  (forall v, in_cube d v ->
    is_lim (fun Om => band_integral Om d (fun w => wave a b w v)) p_infty (f v)) ->
  (0 < n)%nat -> 0 < eps -> exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  E (fun v => (f v - network_value Layered relu N v) ^ 2) <= C ^ 2 / (4 * INR n) + eps.
Proof. exact (approximation_barron_fourier d E a b C f n eps). Qed.
