(* Must not compile.  Patterns that need not occur: false, since a unit that is 0 everywhere is
   inactive, and does not contradict "active".  The first theorem is the true one, with the same
   proof; it compiles. *)
From Depthproof Require Import Definitions RegionsDeep ActivationPatterns.
From Coq Require Import List.

Theorem true_statement d (domain : list R -> Prop) arch ls ps :
  (forall p, In p ps -> occurs d domain arch ls p) ->
  (forall x, domain x -> exists p, In p ps /\ agrees arch p ls x) ->
  forall p, occurs d domain arch ls p <-> In p ps.
Proof. exact (activation_patterns_counted d domain arch ls ps). Qed.

Theorem false_statement d (domain : list R -> Prop) arch ls ps :
  (forall x, domain x -> exists p, In p ps /\ agrees arch p ls x) ->
  forall p, occurs d domain arch ls p <-> In p ps.
Proof. exact (activation_patterns_counted d domain arch ls ps). Qed.
