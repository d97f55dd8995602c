(* Must not compile.  The product of the widths instead of the widths plus one: false, since one
   unit has two patterns on the line.  The first theorem is the true one, with the same proof; it
   compiles. *)
From Depthproof Require Import Definitions Regions RegionsDeep.

Theorem true_statement ls : regions_at_most (product_bound (widths ls)) 1 ls.
Proof. exact (regions_line ls). Qed.

Theorem false_statement ls :
  regions_at_most (fold_right Nat.mul 1%nat (widths ls)) 1 ls.
Proof. exact (regions_line ls). Qed.
