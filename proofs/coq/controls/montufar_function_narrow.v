(* Must not compile.  Without the hypothesis d < m: false for d = m = 1, where a network of widths
   3 and 1 takes at most 5 affine maps, not 6 (regions_montufar_narrow).  The first theorem is the
   true one, with the same proof; it compiles. *)
From Depthproof Require Import Binomials Definitions Zigzags PiecesMontufar.

Theorem true_statement d m ms : (d < m)%nat ->
  exists N, widths (hidden N) = ms ++ [m] /\ function_regions_at_least
    (fold_right (fun w a => (w / d) ^ d * a) (zaslavsky m d) ms)%nat d
    (network_value Layered relu N).
Proof. exact (regions_montufar_function d m ms). Qed.

Theorem false_statement d m ms :
  exists N, widths (hidden N) = ms ++ [m] /\ function_regions_at_least
    (fold_right (fun w a => (w / d) ^ d * a) (zaslavsky m d) ms)%nat d
    (network_value Layered relu N).
Proof. exact (regions_montufar_function d m ms). Qed.
