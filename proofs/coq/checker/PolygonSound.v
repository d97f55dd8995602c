(* Between points at which no unit has strictly opposite signs everything is affine: so the values
  at
   the points determine every affine expression in the networks' values. *)
From Coq Require Import Qreals Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear.
From Checked Require Import Syntax Polynomials Graph Polygon Curves.
Open Scope R_scope.

(* ---------- integers over a denominator ---------- *)

Definition over (d : Z) (vs : list Z) : list R := map (fun z => IZR z / IZR d) vs.

(* Leaving out zeros changes nothing. *)
Lemma plus_product_is total c v : plus_product total c v = (total + c * v)%Z.
Proof. unfold plus_product. destruct (Z.eqb_spec v 0) as [->|_]; [lia|reflexivity]. Qed.

(* Weighted sums of integers over a denominator; *)
Lemma weigh_over d w : (0 < d)%Z -> forall vs total,
  IZR (weigh_integers w vs total) / IZR d = IZR total / IZR d + weigh w (over d vs).
Proof.
  intros Hd. apply IZR_lt in Hd. induction w as [|gap c w IH]; intros vs total; [cbn; ring|].
  cbn [weigh weigh_integers]. unfold over. rewrite skipn_map.
  destruct (skipn gap vs) as [|v vs']; cbn [map]; [ring|].
  rewrite IH, plus_product_is, plus_IZR, mult_IZR. unfold over. field. lra.
Qed.

(* what goes into a unit; *)
Lemma pre_over d u vs : (0 < d)%Z ->
  pre u (over d vs) = IZR (weigh_integers (weights u) vs (bias u * d)) / IZR d.
Proof.
  intros Hd. rewrite weigh_over by exact Hd. apply IZR_lt in Hd. unfold pre. rewrite mult_IZR.
  field. lra.
Qed.

(* what comes out. *)
Lemma relu_over d z : (0 < d)%Z -> relu (IZR z / IZR d) = IZR (Z.max z 0) / IZR d.
Proof.
  intros Hd. apply IZR_lt in Hd. assert (P : 0 < / IZR d) by (apply Rinv_0_lt_compat; exact Hd).
  unfold Rdiv. destruct (Z.max_spec z 0) as [[L ->]|[L ->]].
  - apply IZR_lt in L. rewrite relu_neg by nra. ring.
  - apply IZR_le in L. apply relu_pos. nra.
Qed.

(* What is computed at a point is what the units do there. *)
Lemma run_over d us : (0 < d)%Z -> forall vs,
  run_units us (over d vs) = over d (run_integers d us vs).
Proof.
  intros Hd. induction us as [|u us IH]; intros vs; [reflexivity|]. cbn [run_units run_integers].
  rewrite <- IH, pre_over, relu_over by exact Hd. reflexivity.
Qed.

(* So the integers at a point are the values there. *)
Lemma values_at_correct G x : values G [Q2R x] = over (QDen x) (values_at G x).
Proof. unfold values, values_at. rewrite <- run_over by reflexivity. reflexivity. Qed.

(* ---------- two points at once ---------- *)

Fixpoint run_pairs (us : list unit_) (ps : list (R * R)) : list (R * R) :=
  match us with
  | [] => ps
  | u :: us' =>
    let a := pre u (map fst ps) in
    let b := pre u (map snd ps) in
    run_pairs us' ((relu a, relu b) :: (a, b) :: ps)
  end.
(* No pre-activation has strictly opposite signs. *)
Fixpoint level (ps : list (R * R)) : Prop :=
  match ps with _ :: z :: ps' => agree (fst z) (snd z) /\ level ps' | _ => True end.

(* The first of two inputs, *)
Lemma run_fst us : forall ps, map fst (run_pairs us ps) = run_units us (map fst ps).
Proof. induction us as [|u us IH]; intros ps; [reflexivity|]. cbn [run_pairs run_units]. apply IH.
  Qed.

(* and the second. *)
Lemma run_snd us : forall ps, map snd (run_pairs us ps) = run_units us (map snd ps).
Proof. induction us as [|u us IH]; intros ps; [reflexivity|]. cbn [run_pairs run_units]. apply IH.
  Qed.

(* Levels go down to the older values. *)
Lemma level_before us : forall ps, level (run_pairs us ps) -> level ps.
Proof.
  induction us as [|u us IH]; intros ps H; [exact H|]. cbn [run_pairs] in H. apply IH in H.
  apply H.
Qed.

(* A weighted sum of mixed values is the mix of the sums. *)
Lemma weigh_mix t w : forall ps, weigh w (map (mix t) ps) =
  mix t (weigh w (map fst ps), weigh w (map snd ps)).
Proof.
  unfold mix at 2; cbn [fst snd]. induction w as [|gap c w IH]; intros ps; [cbn; ring|].
  cbn [weigh]. rewrite !skipn_map. destruct (skipn gap ps) as [|p ps']; cbn [map]; [ring|].
  rewrite IH. unfold mix. ring.
Qed.

(* Where no sign changes, the values at a mix are the mix of the values. *)
Lemma run_mix t us : 0 <= t <= 1 -> forall ps, level (run_pairs us ps) ->
  run_units us (map (mix t) ps) = map (mix t) (run_pairs us ps).
Proof.
  intros Ht. induction us as [|u us IH]; intros ps H; [reflexivity|].
  cbn [run_units run_pairs] in *. rewrite <- IH by exact H. apply level_before in H.
  destruct H as [A _]. cbn [fst snd map] in *. f_equal.
  assert (E : pre u (map (mix t) ps) = mix t (pre u (map fst ps), pre u (map snd ps)))
    by (unfold pre; rewrite weigh_mix; unfold mix; cbn [fst snd]; ring).
  rewrite E, relu_mix by assumption. reflexivity.
Qed.

(* Signs of integers are signs of values. *)
Lemma signs_agree d e a b : (0 < d)%Z -> (0 < e)%Z -> opposite_signs a b = false ->
  agree (IZR a / IZR d) (IZR b / IZR e).
Proof.
  intros Hd He H. apply IZR_lt in Hd, He. unfold opposite_signs in H. unfold agree, Rdiv.
  assert (Pd : 0 < / IZR d) by (apply Rinv_0_lt_compat; exact Hd).
  assert (Pe : 0 < / IZR e) by (apply Rinv_0_lt_compat; exact He).
  destruct (Z.ltb_spec a 0) as [A|A], (Z.ltb_spec 0 b) as [B|B], (Z.ltb_spec 0 a) as [A'|A'],
    (Z.ltb_spec b 0) as [B'|B']; try discriminate H;
    repeat match goal with
    | L : (_ < _)%Z |- _ => apply IZR_lt in L | L : (_ <= _)%Z |- _ => apply IZR_le in L end;
    try (left; split; nra); right; split; nra.
Qed.

(* Two points that are straight are level. *)
Lemma straight_level d e : (0 < d)%Z -> (0 < e)%Z -> forall vs ws ps,
  map fst ps = over d vs -> map snd ps = over e ws -> straight vs ws = true -> level ps.
Proof.
  intros Hd He. fix IH 1.
  intros [|y [|z vs]] ws [|p [|q ps]] E F H; try exact I; try discriminate E.
  destruct ws as [|y' [|z' ws]]; try discriminate F. cbn [straight] in H. apply andb_prop in H.
  destruct H as [H1 H2]. cbn [over map] in E, F. injection E as _ E2 E3. injection F as _ F2 F3.
  cbn [level]. split; [|apply (IH vs ws ps E3 F3 H2)]. rewrite E2, F2.
  apply signs_agree; try assumption. destruct (opposite_signs z z'); [discriminate H1|reflexivity].
Qed.

(* ---------- an affine expression as a function of the input ---------- *)

Definition lined (G : graph) (p : poly) (t : R) : R := poly_value (valued (values G [t])) p.

(* A row is its polynomial. *)
Lemma row_of_correct V n p r vs : row_of n p = Some r -> length vs = n ->
  (forall v, (1 <= v <= n)%nat -> V (Inner v) = seen vs v) ->
  poly_value V p = (IZR (own r) + weigh (of_values r) vs) / IZR (Zpos (under r)).
Proof.
  intros H L HV. unfold row_of in H. destruct (gaps _ _) as [(b, w)|] eqn:E; [|discriminate H].
  injection H as <-. cbn [own of_values under]. rewrite <- L in E.
  rewrite <- (gaps_correct V _ vs b w E) by (rewrite L; exact HV).
  rewrite value_rev, scaled_value. set (d := common_denominator p).
  replace (Q2R (Z.pos d # 1)) with (IZR (Zpos d)) by (unfold Q2R; cbn [Qnum Qden]; field).
  field. apply Rgt_not_eq, (IZR_lt 0). reflexivity.
Qed.

Section OneInput.
Variables (G : graph) (p : poly) (r : row).
Hypothesis one_input : inputs G = 1%nat.
Hypothesis row_is : row_of (graph_size G) p = Some r.

(* The expression along the input. *)
Lemma lined_row t : lined G p t =
  (IZR (own r) + weigh (of_values r) (values G [t])) / IZR (Zpos (under r)).
Proof using one_input row_is.
  apply (row_of_correct _ (graph_size G)); [exact row_is| |reflexivity].
  unfold values, graph_size. rewrite run_length. cbn [rev app length]. lia.
Qed.

(* A vertex lies on the expression's graph. *)
Lemma vertex_correct x : Q2R (snd (vertex_at r (x, values_at G x))) = lined G p (Q2R x).
Proof using one_input row_is.
  rewrite lined_row, values_at_correct. cbn [vertex_at snd].
  pose proof (weigh_over (QDen x) (of_values r) eq_refl (values_at G x) (own r * QDen x)) as W.
  rewrite mult_IZR in W. unfold Q2R; cbn [Qnum Qden]. rewrite Pos2Z.inj_mul, mult_IZR.
  assert (Px : 0 < IZR (QDen x)) by (apply (IZR_lt 0); reflexivity).
  assert (Pu : 0 < IZR (Zpos (under r))) by (apply (IZR_lt 0); reflexivity).
  replace (weigh (of_values r) (over (QDen x) (values_at G x))) with
    (IZR (weigh_integers (of_values r) (values_at G x) (own r * QDen x)) / IZR (QDen x)
      - IZR (own r) * IZR (QDen x) / IZR (QDen x)) by lra.
  field. lra.
Qed.

(* Between two points. *)
Lemma lined_mix x y t : 0 <= t <= 1 -> straight (values_at G x) (values_at G y) = true ->
  lined G p (mix t (Q2R x, Q2R y)) = mix t (lined G p (Q2R x), lined G p (Q2R y)).
Proof using one_input row_is.
  intros Ht H. rewrite !lined_row. set (ps := run_pairs (units G) [(Q2R x, Q2R y)]).
  assert (F : map fst ps = values G [Q2R x]) by apply run_fst.
  assert (S : map snd ps = values G [Q2R y]) by apply run_snd.
  assert (L : level ps).
  { apply (straight_level (QDen x) (QDen y)) with (values_at G x) (values_at G y);
      try reflexivity; [rewrite F|rewrite S|exact H]; apply values_at_correct. }
  assert (E : values G [mix t (Q2R x, Q2R y)] = map (mix t) ps)
    by (exact (run_mix t (units G) Ht [(Q2R x, Q2R y)] L)).
  rewrite E, weigh_mix, F, S. unfold mix; cbn [fst snd]. field.
  apply Rgt_not_eq, (IZR_lt 0). reflexivity.
Qed.

(* Between two points the expression is the chord. *)
Lemma segment x y t : Q2R x < Q2R y -> straight (values_at G x) (values_at G y) = true ->
  Q2R x <= t <= Q2R y ->
  lined G p t = chord (Q2R x, lined G p (Q2R x)) (Q2R y, lined G p (Q2R y)) t.
Proof using one_input row_is.
  intros L H Ht. set (s := (t - Q2R x) / (Q2R y - Q2R x)). assert (Hs : 0 <= s <= 1).
  { unfold s, Rdiv. assert (0 < / (Q2R y - Q2R x)) by (apply Rinv_0_lt_compat; lra).
    split; [apply Rmult_le_pos; lra|].
    apply Rmult_le_reg_r with (Q2R y - Q2R x); [lra|]. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  assert (E : t = mix s (Q2R x, Q2R y)) by (unfold mix, s; cbn [fst snd]; field; lra).
  rewrite E at 1. rewrite lined_mix by assumption. unfold chord; cbn [fst snd]. fold s.
  unfold mix; cbn [fst snd]. ring.
Qed.

Definition real_vertex (v : vertex) : R * R := (Q2R (fst v), Q2R (snd v)).

(* The comparison of rationals. *)
Lemma less_correct x y : less x y = true -> Q2R x < Q2R y.
Proof using.
  clear. unfold less. intros H. apply Qlt_Rlt, Qnot_le_lt. intros L. apply Qle_bool_iff in L.
  rewrite L in H. discriminate H.
Qed.

(* All points: the expression follows the vertices. *)
Lemma connected_correct points : forall x,
  connected (map (fun x => (x, values_at G x)) (x :: points)) = true ->
  follows (lined G p) (real_vertex (vertex_at r (x, values_at G x)))
    (map real_vertex (map (vertex_at r) (map (fun x => (x, values_at G x)) points))).
Proof using one_input row_is.
  assert (V : forall x, real_vertex (vertex_at r (x, values_at G x)) = (Q2R x, lined G p (Q2R x)))
    by (intros x; unfold real_vertex; rewrite vertex_correct; reflexivity).
  induction points as [|y points IH]; intros x H.
  { cbn [map follows]. rewrite V. reflexivity. }
  cbn [map connected fst snd] in H. apply andb_prop in H. destruct H as [H H3].
  apply andb_prop in H. destruct H as [H1 H2]. specialize (IH y H3). apply less_correct in H1.
  cbn [map] in *. cbn [follows]. rewrite !V in *. cbn [fst].
  split; [exact H1|split; [|exact IH]]. intros t Ht. apply segment; assumption.
Qed.
End OneInput.

(* The vertices of an expression along a polygon: the function follows them. *)
Theorem along_correct G points l p vs : polygon_of G points = Some l -> along G l p = Some vs ->
  inputs G = 1%nat /\ map fst vs = points /\
  exists u v rest, vs = u :: v :: rest /\
  follows (lined G p) (real_vertex u) (map real_vertex (v :: rest)).
Proof.
  intros H A. unfold polygon_of, polygon_through in H.
  destruct (_ && _ && _)%bool eqn:C; [|discriminate H]. injection H as <-.
  apply andb_prop in C. destruct C as [C C3]. apply andb_prop in C. destruct C as [One C2].
  apply Nat.eqb_eq in One. rewrite map_length in C2.
  destruct points as [|x [|y points]]; try discriminate C2.
  unfold along in A. destruct (row_of (graph_size G) p) as [r|] eqn:R; [|discriminate A].
  apply (f_equal (fun found => match found with Some us => us | None => vs end)) in A.
  cbn [option_map] in A. subst vs. split; [exact One|].
  pose proof (connected_correct G p r One R (y :: points) x C3) as F.
  split; [rewrite !map_map; apply map_id|].
  eexists _, _, _. split; [reflexivity|]. exact F.
Qed.
