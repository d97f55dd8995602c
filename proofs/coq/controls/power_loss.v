(* Must not compile.  n / 2^k in place of n / 2^(k-1): false at q = 10, k = 2, n = 2, where
   separation_power_false refutes even less.  The first theorem is the true one, with the same
   proof; it compiles. *)
From Depthproof Require Import Definitions Oscillations Folding SeparationPower.

Theorem true_statement k q n g : (1 <= k)%nat -> pieces (n + 1) 0 1 g ->
  apart_power q ((/ 2) ^ q / (INR q + 1) * (1 - INR n / 2 ^ (k - 1))) (sawtooth k) g.
Proof. exact (separation_power k q n g). Qed.

Theorem false_statement k q n g : (1 <= k)%nat -> pieces (n + 1) 0 1 g ->
  apart_power q ((/ 2) ^ q / (INR q + 1) * (1 - INR n / 2 ^ k)) (sawtooth k) g.
Proof. exact (separation_power k q n g). Qed.
