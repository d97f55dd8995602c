(* Must not compile.  Equal values in place of equal patterns: false, since relu (min (x, y)) is
   0 at (-1, 3) and (3, -1) and 1 half way.  The first theorem is the true one, with the same
   proof; it compiles. *)
From Depthproof Require Import Definitions Regions RegionsDeep Polyhedra.

Theorem true_statement N u v s :
  length u = length v -> 0 <= s <= 1 ->
  activation_patterns (hidden N) u = activation_patterns (hidden N) v ->
  activation_patterns (hidden N) (between s u v) = activation_patterns (hidden N) u.
Proof. exact (regions_convex (hidden N) s u v). Qed.

Theorem false_statement N u v s :
  length u = length v -> 0 <= s <= 1 ->
  network_value Layered relu N u = network_value Layered relu N v ->
  network_value Layered relu N (between s u v) = network_value Layered relu N u.
Proof. exact (regions_convex (hidden N) s u v). Qed.
