(* Must not compile.  The maps need not differ: false, since 0, counted twice, is one map.  The
   first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Vectors AffineMaps.
From Coq Require Import Reals List.

Theorem true_statement d domain f ms ns : NoDup ms ->
  Forall (fun m => length (fst m) = d /\ taken domain f m) ms ->
  Forall (fun n => length (fst n) = d) ns ->
  (forall x, domain x -> exists n, In n ns /\ f x = map_value n x) ->
  (length ms <= length ns)%nat.
Proof. exact (affine_maps_counted d domain f ms ns). Qed.

Theorem false_statement d domain f ms ns :
  Forall (fun m => length (fst m) = d /\ taken domain f m) ms ->
  Forall (fun n => length (fst n) = d) ns ->
  (forall x, domain x -> exists n, In n ns /\ f x = map_value n x) ->
  (length ms <= length ns)%nat.
Proof. exact (affine_maps_counted d domain f ms ns). Qed.
