(* Must not compile.  The rate without a bound on the step: false, by descent_diverges.  The
   first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions GradientDescent.

Theorem true_statement d D (HD : sized d D) eta T w v :
  0 < eta -> eta * energy D <= 1 -> length w = d -> length v = d -> (0 < T)%nat ->
  loss D (descent d D eta T w) <= loss D v + distance2 w v / (2 * eta * INR T).
Proof. intros A B. exact (descent_linear d D HD eta A B T w v). Qed.

Theorem false_statement d D (HD : sized d D) eta T w v :
  0 < eta -> 0 < eta -> length w = d -> length v = d -> (0 < T)%nat ->
  loss D (descent d D eta T w) <= loss D v + distance2 w v / (2 * eta * INR T).
Proof. intros A B. exact (descent_linear d D HD eta A B T w v). Qed.
