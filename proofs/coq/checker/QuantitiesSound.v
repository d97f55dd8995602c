(* The numbers that are computed from vertices are what they are said to be. *)
From Coq Require Import Qabs Qreals Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear.
From Checked Require Import Syntax Polynomials Polygon Curves PolygonSound Quantities.
Open Scope R_scope.
Notation "v °" := (real_vertex v) (at level 1, format "v °").

(* Comparisons of rationals as real numbers. *)
Lemma Qle_R p q : Qle_bool p q = true -> Q2R p <= Q2R q.
Proof. intros H. apply Qle_Rle, Qle_bool_iff. exact H. Qed.
Lemma Qlt_R p q : Qle_bool p q = false -> Q2R q < Q2R p.
Proof.
  intros H. apply Qlt_Rlt, Qnot_le_lt. intros L. apply Qle_bool_iff in L. congruence.
Qed.

(* Absolute values of rationals. *)
Lemma Q2R_abs q : Q2R (Qabs q) = Rabs (Q2R q).
Proof.
  apply Qabs_case; intros H; apply Qle_Rle in H; rewrite Q2R_0 in H.
  - symmetry. apply Rabs_right. lra.
  - rewrite Q2R_opp. symmetry. apply Rabs_left1. exact H.
Qed.

(* Two rationals that occur below. *)
Lemma Q2R_half : Q2R (1 # 2) = / 2. Proof. unfold Q2R; cbn. lra. Qed.
Lemma Q2R_2 : Q2R 2 = 2. Proof. unfold Q2R; cbn. lra. Qed.

(* The last of the vertices. *)
Lemma last_cons {A} (l : list A) : forall a b, last (a :: l) b = last l a.
Proof.
  induction l as [|c l IH]; intros a b; [reflexivity|].
  change (last (c :: l) b = last (c :: l) a). rewrite !IH. reflexivity.
Qed.

(* The last of a list of values. *)
Lemma last_map {A B} (f : A -> B) l : forall a, last (map f l) (f a) = f (last l a).
Proof.
  induction l as [|b l IH]; intros a; [reflexivity|]. cbn [map]. rewrite !last_cons. apply IH.
Qed.

(* The last of the vertices. *)
Lemma end_of_vertices vs : forall u, end_of u° (map real_vertex vs) = (last vs u)°.
Proof.
  induction vs as [|v vs IH]; intros u; [reflexivity|]. cbn [map].
  rewrite end_cons, IH, last_cons. reflexivity.
Qed.

(* ---------- pieces ---------- *)

(* Bends of rational vertices are bends. *)
Lemma bent_correct u v w : if bent u v w then bend u° v° w° <> 0 else bend u° v° w° = 0.
Proof.
  unfold bend, bent, real_vertex; cbn [fst snd]. destruct (Qeq_bool _ _) eqn:E; cbn [negb].
  - apply Qeq_bool_eq, Qeq_eqR in E. rewrite !Q2R_mult, !Q2R_minus in E. lra.
  - apply Qeq_bool_neq in E. intros Z. apply E, eqR_Qeq. rewrite !Q2R_mult, !Q2R_minus. lra.
Qed.

(* So kinks are counted. *)
Lemma count_kinks_correct vs : forall u, kinks u° (map real_vertex vs) (count_kinks u vs).
Proof.
  induction vs as [|v vs IH]; intros u; [reflexivity|]. destruct vs as [|w vs]; [reflexivity|].
  specialize (IH v). pose proof (bent_correct u v w) as B.
  change (count_kinks u (v :: w :: vs)) with
    ((if bent u v w then 1 else 0) + count_kinks v (w :: vs))%nat.
  cbn [map kinks] in *. destruct (bent u v w); [left|right]; (split; [exact B|]).
  - exists (count_kinks v (w :: vs)). split; [reflexivity|exact IH].
  - exact IH.
Qed.

(* One piece more than kinks. *)
Theorem pieces_correct f u v rest : follows f u° (map real_vertex (v :: rest)) ->
  pieces_exactly (S (count_kinks u (v :: rest))) (fst u°)
    (fst (end_of u° (map real_vertex (v :: rest)))) f.
Proof. intros F. apply kinks_pieces; [exact F|]. apply (count_kinks_correct (v :: rest)). Qed.

(* ---------- integrals ---------- *)

(* Areas of segments, *)
Lemma trapezium_area_correct u v : Q2R (trapezium_area u v) = trapezium u° v°.
Proof.
  unfold trapezium_area, trapezium, real_vertex; cbn [fst snd].
  rewrite !Q2R_mult, Q2R_minus, Q2R_plus, Q2R_half. field.
Qed.

(* with both signs, *)
Lemma triangles_area_correct u v : Q2R (triangles_area u v) = two_triangles u° v°.
Proof.
  unfold triangles_area, two_triangles, real_vertex; cbn [fst snd].
  destruct (Qle_bool 0 (snd u * snd v)) eqn:E.
  - apply Qle_R in E. rewrite Q2R_0, Q2R_mult in E. destruct (Rle_dec 0 _); [|contradiction].
    rewrite !Q2R_mult, Q2R_minus, Q2R_plus, Q2R_half, !Q2R_abs. field.
  - apply Qlt_R in E. rewrite Q2R_0, Q2R_mult in E. destruct (Rle_dec 0 _); [lra|].
    assert (A : 0 < Rabs (Q2R (snd u))) by (apply Rabs_pos_lt; intro Z; rewrite Z in E; lra).
    pose proof (Rabs_pos (Q2R (snd v))).
    rewrite Q2R_div, !Q2R_mult, Q2R_minus, !Q2R_plus, !Q2R_mult, Q2R_2, !Q2R_abs; [reflexivity|].
    intros Z. apply Qeq_eqR in Z. rewrite Q2R_mult, Q2R_plus, Q2R_2, Q2R_0, !Q2R_abs in Z. lra.
Qed.

(* and their sums. *)
Lemma total_area_correct area real_area :
  (forall u v, Q2R (area u v) = real_area u° v°) ->
  forall vs u, Q2R (total_area area u vs) = total real_area u° (map real_vertex vs).
Proof.
  intros A. induction vs as [|v vs IH]; intros u; cbn [total_area map total]; [apply Q2R_0|].
  rewrite Q2R_red, Q2R_plus, Q2R_red, A, IH. reflexivity.
Qed.

(* ---------- extrema ---------- *)

(* The least is at most each of them, *)
Lemma least_correct y ys : forall a, In a (y :: ys) -> Q2R (least y ys) <= Q2R a.
Proof.
  induction ys as [|b ys IH]; intros a; cbn [least fold_right]; [intros [<-|[]]; lra|].
  fold (least y ys). intros H.
  assert (M : Q2R (if Qle_bool b (least y ys) then b else least y ys) <= Q2R b /\
    Q2R (if Qle_bool b (least y ys) then b else least y ys) <= Q2R (least y ys))
    by (destruct (Qle_bool b (least y ys)) eqn:E; [apply Qle_R in E|apply Qlt_R in E]; lra).
  destruct H as [<-|[<-|H]]; [specialize (IH y (or_introl eq_refl))| |
    specialize (IH a (or_intror H))]; lra.
Qed.

(* the greatest at least each of them, *)
Lemma greatest_correct y ys : forall a, In a (y :: ys) -> Q2R a <= Q2R (greatest y ys).
Proof.
  induction ys as [|b ys IH]; intros a; cbn [greatest fold_right]; [intros [<-|[]]; lra|].
  fold (greatest y ys). intros H.
  assert (M : Q2R b <= Q2R (if Qle_bool b (greatest y ys) then greatest y ys else b) /\
    Q2R (greatest y ys) <= Q2R (if Qle_bool b (greatest y ys) then greatest y ys else b))
    by (destruct (Qle_bool b (greatest y ys)) eqn:E; [apply Qle_R in E|apply Qlt_R in E]; lra).
  destruct H as [<-|[<-|H]]; [specialize (IH y (or_introl eq_refl))| |
    specialize (IH a (or_intror H))]; lra.
Qed.

(* and one of them. *)
Lemma greatest_in y ys : In (greatest y ys) (y :: ys).
Proof.
  induction ys as [|b ys IH]; [left; reflexivity|]. cbn [greatest fold_right].
  fold (greatest y ys). destruct (Qle_bool b (greatest y ys)); [|right; left; reflexivity].
  destruct IH; [left; assumption|right; right; assumption].
Qed.

(* Between the points the values are between those at the points. *)
Theorem range_correct f u vs : follows f u° (map real_vertex vs) ->
  forall x, fst u° <= x <= fst (end_of u° (map real_vertex vs)) ->
  Q2R (least (snd u) (map snd vs)) <= f x <= Q2R (greatest (snd u) (map snd vs)).
Proof.
  intros F x Hx. apply (range_follows f _ _ _ _ F); [|exact Hx].
  change (List.Forall (fun v => Q2R (least (snd u) (map snd vs)) <= snd v <=
    Q2R (greatest (snd u) (map snd vs))) (map real_vertex (u :: vs))).
  apply List.Forall_map, List.Forall_forall. intros v Hv. cbn [real_vertex snd].
  pose proof (in_map snd (u :: vs) v Hv) as M.
  split; [apply least_correct|apply greatest_correct]; exact M.
Qed.

(* The maximum of |f| is the greatest absolute value at the points. *)
Theorem greatest_absolute_correct f u vs : follows f u° (map real_vertex vs) ->
  let b := fst (end_of u° (map real_vertex vs)) in
  (forall x, fst u° <= x <= b -> Rabs (f x) <= Q2R (greatest_absolute u vs)) /\
  exists x, fst u° <= x <= b /\ Rabs (f x) = Q2R (greatest_absolute u vs).
Proof.
  intros F b. set (M := greatest_absolute u vs).
  assert (B : forall v, In v (u :: vs) -> Rabs (Q2R (snd v)) <= Q2R M).
  { intros v Hv. rewrite <- Q2R_abs. apply greatest_correct.
    exact (in_map (fun v => Qabs (snd v)) (u :: vs) v Hv). }
  split.
  - intros x Hx. apply Rabs_le. apply (range_follows f (- Q2R M) (Q2R M) _ _ F); [|exact Hx].
    change (List.Forall (fun v => - Q2R M <= snd v <= Q2R M) (map real_vertex (u :: vs))).
    apply List.Forall_map, List.Forall_forall. intros v Hv. specialize (B v Hv).
    cbn [real_vertex snd]. unfold Rabs in B. destruct (Rcase_abs (Q2R (snd v))); lra.
  - assert (I : In M (map (fun v => Qabs (snd v)) (u :: vs))) by apply greatest_in.
    apply in_map_iff in I. destruct I as (v & E & Hv).
    destruct (follows_at f _ u° v° F (in_map real_vertex (u :: vs) v Hv)) as [A1 A2].
    exists (fst v°). split; [exact A1|]. rewrite A2, <- E, Q2R_abs. reflexivity.
Qed.
