(* Must not compile.  Units that are at 0 on the data: false, since one that is moved up from 0
   changes the loss.  The first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions GradientDescent.

Theorem true_statement (D : list sample) (P Q : list (R * node)) :
  (forall u s, In u P -> In s D -> pre_activation (snd u) (fst s) < 0) ->
  is_derive (fun t => shallow_loss D (moved_all t P Q)) 0 0.
Proof. intros H. exact (proj1 (descent_overparametrised D P Q H)). Qed.

Theorem false_statement (D : list sample) (P Q : list (R * node)) :
  (forall u s, In u P -> In s D -> pre_activation (snd u) (fst s) <= 0) ->
  is_derive (fun t => shallow_loss D (moved_all t P Q)) 0 0.
Proof. intros H. exact (proj1 (descent_overparametrised D P Q H)). Qed.
