(* Must not compile.  1/15 in place of 1/16: false, since 1 / (16 p^2) is attained.
   The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions SmoothLower.

Theorem true_statement g p : pieces p 0 1 g -> apart (/ (16 * INR p ^ 2)) (fun x => x ^ 2) g.
Proof. exact (smooth_square_mean g p). Qed.

Theorem false_statement g p : pieces p 0 1 g -> apart (/ (15 * INR p ^ 2)) (fun x => x ^ 2) g.
Proof. exact (smooth_square_mean g p). Qed.
