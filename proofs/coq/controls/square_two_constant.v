(* Must not compile.  1/179 in place of 1/180: false, since 1 / (180 p^4) is attained.
   The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Folding SmoothSquare.

Theorem true_statement g p : pieces p 0 1 g ->
  apart_power 2 (/ (180 * INR p ^ 4)) (fun x => x ^ 2) g.
Proof. exact (smooth_square_two g p). Qed.

Theorem false_statement g p : pieces p 0 1 g ->
  apart_power 2 (/ (179 * INR p ^ 4)) (fun x => x ^ 2) g.
Proof. exact (smooth_square_two g p). Qed.
