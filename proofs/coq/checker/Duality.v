(* The distance of a function from a span, on [a,
  b]: a step function s with |s| <= 1 against which the
   span vanishes bounds it from below, since integral |f - g| >= integral s (f - g) = integral s f.
   *)
From Coq Require Import Classical_Prop.
From Depthproof Require Import Definitions PiecewiseLinear Integrals.
From Checked Require Import Syntax Meaning Curves.
Open Scope R_scope.

(* The integrals of h from x to the first point, from there to the next, and so on. *)
Fixpoint integrals (h : R -> R) (x : R) (ys js : list R) : Prop :=
  match ys, js with
  | [], [] => True
  | y :: ys', j :: js' => x <= y /\ is_RInt h x y j /\ integrals h y ys' js'
  | _, _ => False
  end.
Fixpoint weighted (ss js : list R) : R :=
  match ss, js with s :: ss', j :: js' => s * j + weighted ss' js' | _, _ => 0 end.
Fixpoint trapeziums (P : R * R) (vs : list (R * R)) : list R :=
  match vs with [] => [] | Q :: vs' => trapezium P Q :: trapeziums Q vs' end.

(* Trapeziums are the integrals over the segments. *)
Lemma integrals_follow f vs : forall P, follows f P vs ->
  integrals f (fst P) (map fst vs) (trapeziums P vs).
Proof.
  induction vs as [|Q vs IH]; intros P H; [exact Logic.I|]. destruct H as (L & H & F).
  cbn [map integrals trapeziums]. split; [lra|split; [apply chord_integral; assumption|auto]].
Qed.

Fixpoint less_multiple (c : R) (js ks : list R) : list R :=
  match js, ks with j :: js', k :: ks' => j - c * k :: less_multiple c js' ks' | _, _ => [] end.

(* Integrals are linear, *)
Lemma integrals_minus f g c ys : forall x js ks, integrals f x ys js -> integrals g x ys ks ->
  integrals (fun t => f t - c * g t) x ys (less_multiple c js ks).
Proof.
  induction ys as [|y ys IH]; intros x [|j js] [|k ks] H K; cbn [integrals] in *;
    try contradiction; [exact Logic.I|]. destruct H as (L & H1 & H2), K as (_ & K1 & K2).
  cbn [integrals less_multiple]. split; [exact L|split; [|apply IH; assumption]].
  apply (is_RInt_minus (V := R_NormedModule) f (fun t => c * g t)); [assumption|].
  apply (is_RInt_scal (V := R_NormedModule) g). assumption.
Qed.

(* and so are their weighted sums. *)
Lemma weighted_minus c ss : forall js ks, length js = length ks ->
  weighted ss (less_multiple c js ks) = weighted ss js - c * weighted ss ks.
Proof.
  induction ss as [|s ss IH]; intros [|j js] [|k ks] E; try discriminate E; cbn; try ring.
  injection E as E. rewrite IH by exact E. ring.
Qed.

(* There are as many integrals as points. *)
Lemma integrals_length h ys : forall x js, integrals h x ys js -> length js = length ys.
Proof.
  induction ys as [|y ys IH]; intros x [|j js] H; cbn [integrals] in H; try contradiction;
    [reflexivity|]. cbn. f_equal. destruct H as (_ & _ & H). apply (IH y). exact H.
Qed.

(* The last of a longer list. *)
Lemma last_from {A} (l : list A) : forall a b, last (a :: l) b = last l a.
Proof.
  induction l as [|c l IH]; intros a b; [reflexivity|].
  change (last (c :: l) b = last (c :: l) a). rewrite !IH. reflexivity.
Qed.

(* Points go from left to right. *)
Lemma integrals_end h ys : forall x js, integrals h x ys js -> x <= last ys x.
Proof.
  induction ys as [|y ys IH]; intros x [|j js] H; cbn [integrals] in H; try contradiction;
    [apply Rle_refl|]. destruct H as (L & _ & H). rewrite last_from. specialize (IH y js H). lra.
Qed.

(* Signs at most 1 do not gain more than the absolute value. *)
Lemma weighted_at_most h ys : forall x js ss v, integrals h x ys js ->
  List.Forall (fun s => Rabs s <= 1) ss ->
  is_RInt (fun t => Rabs (h t)) x (last ys x) v -> weighted ss js <= v.
Proof.
  induction ys as [|y ys IH]; intros x [|j js] ss v H S A; cbn [integrals] in H; try contradiction.
  - cbn in A. apply (is_RInt_unique (V := R_CompleteNormedModule)) in A.
    rewrite RInt_point in A. destruct ss; cbn; unfold zero in A; cbn in A; lra.
  - destruct H as (H0 & H1 & H2). rewrite last_from in A.
    pose proof (integrals_end h ys y js H2) as Ly.
    assert (X : ex_RInt (fun t => Rabs (h t)) x (last ys y)) by (exists v; exact A).
    assert (X1 : ex_RInt (fun t => Rabs (h t)) x y)
      by (apply (ex_RInt_Chasles_1 (V := R_CompleteNormedModule) _ _ _ (last ys y)); [lra|exact X]).
    assert (X2 : ex_RInt (fun t => Rabs (h t)) y (last ys y))
      by (apply (ex_RInt_Chasles_2 (V := R_CompleteNormedModule) _ x); [lra|exact X]).
    destruct X1 as [v1 X1], X2 as [v2 X2].
    assert (V : v = v1 + v2).
    { rewrite <- (is_RInt_unique _ _ _ _ A). apply is_RInt_unique.
      apply (is_RInt_Chasles (V := R_NormedModule) _ _ y); assumption. }
    assert (B : Rabs j <= v1).
    { apply (norm_RInt_le (V := R_NormedModule) h (fun t => Rabs (h t)) x y); try assumption.
      intros t _. apply Rle_refl. }
    destruct ss as [|s ss]; cbn [weighted].
    + enough (0 <= v2) by (pose proof (Rabs_pos j); lra).
      apply (is_RInt_ge_0 (fun t => Rabs (h t)) y (last ys y)); try assumption.
      intros; apply Rabs_pos.
    + apply Forall_cons_iff in S. destruct S as [S1 S2]. specialize (IH y js ss v2 H2 S2 X2).
      rewrite V. enough (s * j <= v1) by lra. apply Rle_trans with (Rabs (s * j)); [apply Rle_abs|].
      rewrite Rabs_mult. pose proof (Rabs_pos j). nra.
Qed.

(* The lower bound, for every combination. *)
Lemma distance_at_least x ys ss span : forall f js, integrals f x ys js ->
  List.Forall (fun g => exists ks, integrals g x ys ks /\ weighted ss ks = 0) span ->
  List.Forall (fun s => Rabs s <= 1) ss ->
  forall cs v, distance_to f span x (last ys x) cs v -> weighted ss js <= v.
Proof.
  induction span as [|g span IH]; intros f js F G S [|c cs] v [E A]; try discriminate E.
  - apply (weighted_at_most f ys x js ss v F S A).
  - apply Forall_cons_iff in G. destruct G as [(ks & G1 & G2) G].
    pose proof (integrals_minus f g c ys x js ks F G1) as D.
    assert (W : weighted ss (less_multiple c js ks) = weighted ss js).
    { rewrite weighted_minus, G2 by
        (rewrite (integrals_length _ _ _ _ F), (integrals_length _ _ _ _ G1); reflexivity). ring. }
    rewrite <- W. apply (IH _ _ D G S cs v). split; [injection E; auto|exact A].
Qed.

(* Where some combination has an integral and all are at least m, the infimum exists. *)
Lemma infimum_exists f span a b m cs0 v0 e : distance_to f span a b cs0 v0 ->
  (forall cs v, distance_to f span a b cs v -> m <= v) ->
  exists r, measures (Distance e) f span a b r /\ m <= r <= v0.
Proof.
  intros H0 Lo. set (E := fun y => exists cs v, distance_to f span a b cs v /\ y = - v).
  destruct (completeness E) as [s [Up Least]].
  { exists (- m). intros y (cs & v & H & ->). specialize (Lo cs v H). lra. }
  { exists (- v0), cs0, v0. split; [exact H0|reflexivity]. }
  exists (- s). cbn [measures]. split; [split|].
  - intros cs v H. assert (- v <= s) by (apply Up; exists cs, v; split; [exact H|reflexivity]). lra.
  - intros e0 He. apply NNPP. intros N. assert (s <= s - e0); [|lra]. apply Least.
    intros y (cs & v & H & ->). destruct (Rlt_dec v (- s + e0)) as [L|L]; [|lra].
    exfalso. apply N. exists cs, v. auto.
  - split.
    + assert (s <= - m); [|lra]. apply Least. intros y (cs & v & H & ->). specialize (Lo cs v H).
      lra.
    + assert (- v0 <= s); [|lra]. apply Up. exists cs0, v0. auto.
Qed.
