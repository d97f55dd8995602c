(* Must not compile.  The opposite corner: false, since it is the minimiser.  The first theorem
   is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Maximisation.

Theorem true_statement n box v :
  List.Forall (fun b => fst b <= snd b) box -> in_box box v ->
  pre_activation n v <= pre_activation n (best_corner (fst n) box).
Proof. intros A B. exact (proj1 (proj2 (activation_maximisation n box v A B))). Qed.

Theorem false_statement n box v :
  List.Forall (fun b => fst b <= snd b) box -> in_box box v ->
  pre_activation n v <= pre_activation n (best_corner (map Ropp (fst n)) box).
Proof. intros A B. exact (proj1 (proj2 (activation_maximisation n box v A B))). Qed.
