(* Must not compile.  One pattern more: false for one layer, by Zaslavsky's bound.  The first
   theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Binomials Definitions.
From Depthproof Require Import Regions RegionsDeep RegionsAttained RegionsFolded.

Theorem true_statement d m ms :
  exists ls, widths ls = ms ++ [m] /\
  regions_at_least (fold_right (fun w a => (w / d) ^ d * a) (zaslavsky m d) ms)%nat d inside ls.
Proof. exact (regions_montufar d m ms). Qed.

Theorem false_statement d m ms :
  exists ls, widths ls = ms ++ [m] /\
  regions_at_least (fold_right (fun w a => (w / d) ^ d * a) (zaslavsky m d + 1) ms)%nat d
    inside ls.
Proof. exact (regions_montufar d m ms). Qed.
