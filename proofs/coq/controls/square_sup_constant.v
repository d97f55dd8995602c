(* Must not compile.  1/7 in place of 1/8: false, since 1 / (8 p^2) is attained.
   The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions SmoothLower.

Theorem true_statement g p : pieces p 0 1 g ->
  exists x, 0 <= x <= 1 /\ / (8 * INR p ^ 2) <= Rabs (x ^ 2 - g x).
Proof. exact (smooth_square_sup g p). Qed.

Theorem false_statement g p : pieces p 0 1 g ->
  exists x, 0 <= x <= 1 /\ / (7 * INR p ^ 2) <= Rabs (x ^ 2 - g x).
Proof. exact (smooth_square_sup g p). Qed.
