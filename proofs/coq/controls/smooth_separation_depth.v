(* Must not compile.  2^m in place of 2^(m-2): false, since at L = 1 the 2^m - 1 units of a shallow
   network make 2^m pieces, and 1 / (16 p^2) is attained up to one unit.
   The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions SmoothLower SmoothSeparation.

Theorem true_statement L m : (2 <= m)%nat -> forall g, (depth g <= L)%nat ->
  ((nodes g + 1) ^ L <= 2 ^ (m - 2))%nat -> apart (/ 4 ^ m) (fun x => x ^ 2) (eval g).
Proof. intros H g D N. exact (proj1 (proj2 (smooth_separation L m H) g D N)). Qed.

Theorem false_statement L m : (2 <= m)%nat -> forall g, (depth g <= L)%nat ->
  ((nodes g + 1) ^ L <= 2 ^ m)%nat -> apart (/ 4 ^ m) (fun x => x ^ 2) (eval g).
Proof. intros H g D N. exact (proj1 (proj2 (smooth_separation L m H) g D N)). Qed.
