(* Must not compile.  One line more for each coordinate: false, since for d = 1 and widths 3 and 2
   it says 15 affine maps, and there are at most (3 + 1) (2 + 1).  The first theorem is the true
   one, with the same proof; it compiles. *)
From Depthproof Require Import Binomials Definitions Zigzags PiecesSerra.
From Coq Require Import List.

Theorem true_statement d m ms : (d < m)%nat -> Forall (fun w => 3 * d <= w)%nat ms ->
  exists N, widths (hidden N) = ms ++ [m] /\ function_regions_at_least
    (fold_right (fun w a => (w / d + 1) ^ d * a) (zaslavsky m d) ms)%nat d
    (network_value Layered relu N).
Proof. exact (regions_serra_attained d m ms). Qed.

Theorem false_statement d m ms : (d < m)%nat -> Forall (fun w => 3 * d <= w)%nat ms ->
  exists N, widths (hidden N) = ms ++ [m] /\ function_regions_at_least
    (fold_right (fun w a => (w / d + 2) ^ d * a) (zaslavsky m d) ms)%nat d
    (network_value Layered relu N).
Proof. exact (regions_serra_attained d m ms). Qed.
