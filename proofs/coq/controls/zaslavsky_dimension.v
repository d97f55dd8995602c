(* Must not compile.  The bound of one dimension less: false, since two lines cut the plane into
   four regions, not three.  The first theorem is the true one, with the same proof; it compiles.
   *)
From Depthproof Require Import Binomials Definitions Regions RegionsDeep.

Theorem true_statement d ls :
  regions_at_most (fold_right (fun m a => zaslavsky m d * a) 1 (widths ls))%nat d ls.
Proof. exact (regions_product d ls). Qed.

Theorem false_statement d ls :
  regions_at_most (fold_right (fun m a => zaslavsky m (d - 1) * a) 1 (widths ls))%nat d ls.
Proof. exact (regions_product d ls). Qed.
