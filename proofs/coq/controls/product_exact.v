(* Must not compile.  An exact product: false, since a network is piecewise linear and u v is
   not.  The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Compose Multiplication.

Theorem true_statement m B : 0 < B -> exists p,
  computes 2 (S m) (6 + 9 * m) 1 (fun v => [p (hd 0 v) (hd 0 (tl v))]) /\
  forall u v, Rabs u <= B -> Rabs v <= B -> Rabs (p u v - u * v) <= B * B * / 4 ^ m.
Proof. exact (smooth_product m B). Qed.

Theorem false_statement m B : 0 < B -> exists p,
  computes 2 (S m) (6 + 9 * m) 1 (fun v => [p (hd 0 v) (hd 0 (tl v))]) /\
  forall u v, Rabs u <= B -> Rabs v <= B -> Rabs (p u v - u * v) <= 0.
Proof. exact (smooth_product m B). Qed.
