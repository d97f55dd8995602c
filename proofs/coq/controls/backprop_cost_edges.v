(* Must not compile.  Without the units' own multiplications: false for a unit without edges.
   The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Backprop.

Theorem true_statement G k slope B :
  snd (sweep_counted G k slope (B, 0%nat)) = (2 * edge_count G + length G)%nat.
Proof. exact (proj2 (backprop_cost G k B slope B)). Qed.

Theorem false_statement G k slope B :
  snd (sweep_counted G k slope (B, 0%nat)) = (2 * edge_count G)%nat.
Proof. exact (proj2 (backprop_cost G k B slope B)). Qed.
