(* Sums of real numbers over a list. *)
From Depthproof Require Import Definitions.

(* The sum of g over a list. *)
Definition rsum {A} (g : A -> R) (l : list A) : R := fold_right (fun x s => g x + s) 0 l.

(* Equal terms, equal sums. *)
Lemma rsum_ext {A} (g h : A -> R) l : (forall x, In x l -> g x = h x) -> rsum g l = rsum h l.
Proof. unfold rsum. induction l as [|x l IH]; intros H; [reflexivity|]. cbn [fold_right].
  rewrite (H x (or_introl eq_refl)), IH; [reflexivity|]. intros; apply H; right; assumption. Qed.

(* Two sums, term by term. *)
Lemma rsum_plus {A} (g h : A -> R) l : rsum (fun x => g x + h x) l = rsum g l + rsum h l.
Proof. unfold rsum. induction l as [|x l IH]; cbn [fold_right]; [ring|]. rewrite IH. ring. Qed.

(* A common factor. *)
Lemma rsum_scale {A} c (g : A -> R) l : rsum (fun x => c * g x) l = c * rsum g l.
Proof. unfold rsum. induction l as [|x l IH]; cbn [fold_right]; [ring|]. rewrite IH. ring. Qed.

(* Bounds of the terms bound the sum. *)
Lemma rsum_abs {A} (g h : A -> R) l : (forall x, In x l -> Rabs (g x) <= h x) ->
  Rabs (rsum g l) <= rsum h l.
Proof. unfold rsum. induction l as [|x l IH]; intros H; cbn [fold_right]; [rewrite Rabs_R0; lra|].
  eapply Rle_trans; [apply Rabs_triang|].
  apply Rplus_le_compat; [apply H; left; reflexivity|apply IH; intros; apply H; right; assumption].
Qed.

(* Equal terms. *)
Lemma rsum_const {A} c (l : list A) : rsum (fun _ => c) l = INR (length l) * c.
Proof. unfold rsum. induction l as [|x l IH]; [simpl; ring|]. cbn [fold_right]. rewrite IH.
  cbn [length]. rewrite S_INR. ring. Qed.

(* Larger terms, a larger sum. *)
Lemma rsum_le {A} (g h : A -> R) l : (forall x, In x l -> g x <= h x) -> rsum g l <= rsum h l.
Proof. unfold rsum. induction l as [|x l IH]; intros H; cbn [fold_right]; [lra|].
  apply Rplus_le_compat; [apply H; left; reflexivity|apply IH; intros; apply H; right; assumption].
Qed.

(* Over two lists. *)
Lemma rsum_app {A} (g : A -> R) l m : rsum g (l ++ m) = rsum g l + rsum g m.
Proof. unfold rsum. induction l as [|x l IH]; cbn [app fold_right]; [ring|]. rewrite IH. ring. Qed.
