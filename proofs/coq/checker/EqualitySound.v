(* What is found to be equal is equal. *)
From Coq Require Import Lia.
From Checked Require Import Syntax Polynomials ReadingSound Equality.

(* Lists of things that are found to be equal. *)
Lemma list_eqb_equal {A} (eqb : A -> A -> bool) l :
  Forall (fun a => forall b, eqb a b = true -> a = b) l ->
  forall m, list_eqb eqb l m = true -> l = m.
Proof.
  induction 1 as [|a l Ha _ IH]; intros [|b m]; cbn; try discriminate; [reflexivity|].
  intros H. apply andb_prop in H. destruct H. f_equal; auto.
Qed.

(* The same where all things are so. *)
Lemma lists_equal {A} (eqb : A -> A -> bool) : (forall a b, eqb a b = true -> a = b) ->
  forall l m, list_eqb eqb l m = true -> l = m.
Proof. intros H l. apply list_eqb_equal, Forall_forall. intros a _. apply H. Qed.

(* Expressions that are found to be equal are equal; *)
Lemma expr_eqb_equal a : forall b, expr_eqb a b = true -> a = b.
Proof.
  induction a as [n|v|f l IH|a IHa|a IHa|o a a' IHa IHa'|a rest IHa IHr| | |a IHa|o a a' IHa IHa']
    using expr_induction;
    intros [m|w|g k|b|b|p b b'|b rest'| | |b|p b b']; cbn [expr_eqb]; try discriminate; intros H.
  - apply Z.eqb_eq in H. congruence.
  - apply Nat.eqb_eq in H. congruence.
  - apply andb_prop in H. destruct H as [H1 H2]. apply String.eqb_eq in H1.
    apply (list_eqb_equal expr_eqb l IH) in H2. congruence.
  - f_equal. auto.
  - f_equal. auto.
  - apply andb_prop in H. destruct H as [H H3]. apply andb_prop in H. destruct H as [H1 H2].
    f_equal; auto. destruct o, p; discriminate H1 || reflexivity.
  - apply andb_prop in H. destruct H as [H1 H2]. f_equal; auto. revert H2. apply list_eqb_equal.
    eapply Forall_impl; [|exact IHr]. intros (s, x) Hx (s', y) E. cbn [fst snd] in *.
    apply andb_prop in E. destruct E as [E1 E2]. f_equal; auto.
    destruct s, s'; discriminate E1 || reflexivity.
  - reflexivity.
  - reflexivity.
  - f_equal. auto.
  - apply andb_prop in H. destruct H as [H H3]. apply andb_prop in H. destruct H as [H1 H2].
    f_equal; auto. destruct o, p; discriminate H1 || reflexivity.
Qed.

Ltac split_conditions := repeat match goal with
  | H : (_ && _)%bool = true |- _ => apply andb_prop in H; destruct H
  | H : String.eqb _ _ = true |- _ => apply String.eqb_eq in H
  | H : Bool.eqb _ _ = true |- _ => apply Bool.eqb_prop in H
  | H : Z.eqb _ _ = true |- _ => apply Z.eqb_eq in H
  | H : Pos.eqb _ _ = true |- _ => apply Pos.eqb_eq in H
  | H : expr_eqb _ _ = true |- _ => apply expr_eqb_equal in H
  end.

(* so are variables, *)
Lemma variable_eqb_equal v w : variable_eqb v w = true -> v = w.
Proof.
  destruct v as (n, s), w as (m, t). unfold variable_eqb; cbn [fst snd]. intros H. split_conditions.
  f_equal; [assumption|]. destruct s, t; try discriminate; cbn in *; split_conditions; congruence.
Qed.

(* definitions, *)
Lemma definition_eqb_equal d e : definition_eqb d e = true -> d = e.
Proof.
  destruct d as [f vs z cs o], e as [g ws y ds p].
  unfold definition_eqb; cbn [defined parameters integral cases otherwise]. intros H.
  split_conditions. apply (lists_equal variable_eqb variable_eqb_equal) in H3.
  apply lists_equal in H0; [congruence|]. intros (a, b) (a', b') E. cbn [fst snd] in E.
  split_conditions. congruence.
Qed.

(* rationals, *)
Lemma rational_eqb_equal p q : rational_eqb p q = true -> p = q.
Proof.
  destruct p as [a b], q as [a' b']. unfold rational_eqb. cbn. intros H. split_conditions.
  congruence.
Qed.

(* measures, *)
Lemma measure_eqb_equal m n : measure_eqb m n = true -> m = n.
Proof.
  destruct m as [f q e a b], n as [g r e' a' b'].
  unfold measure_eqb; cbn [measured what of low high]. intros H. split_conditions.
  apply rational_eqb_equal in H0, H1. f_equal; try assumption.
  destruct q, r; try discriminate; try reflexivity. cbn in *. f_equal.
  apply (lists_equal expr_eqb expr_eqb_equal). assumption.
Qed.

(* and declarations. *)
Lemma declaration_eqb_equal d e : declaration_eqb d e = true -> d = e.
Proof.
  destruct d, e; cbn [declaration_eqb]; try discriminate; intros H; f_equal;
    [apply definition_eqb_equal|apply measure_eqb_equal]; exact H.
Qed.
