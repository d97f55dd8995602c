(* "Thm 1 needs activation units to be sigmoidal ... What about ReLU?  Put two together": one hidden
   layer approximates every continuous function on [0,1]^d, for every bounded sigmoidal activation,
   and for ReLU, two units of which make a sigmoidal one. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Integrals Cube Compose
  UniversalCube UniversalContinuous OneHiddenLayer.

(* ---------- one hidden layer ---------- *)

(* A weighted sum of units. *)
Definition superposition (act : R -> R) (U : list (R * node)) (v : list R) : R :=
  fold_right (fun u s => fst u * act (pre_activation (snd u) v) + s) 0 U.

(* It is a network. *)
Lemma superposition_network act U c v : network_value Layered act
  (Network [map snd U] (map fst U, c)) v = superposition act U v + c.
Proof. unfold network_value, pre_activation at 1. cbn [hidden output run pass_on fst snd]. f_equal.
  unfold activations. rewrite map_map. induction U as [|u U IH]; simpl; [reflexivity|]. rewrite IH.
  reflexivity. Qed.

(* Sums. *)
Lemma superposition_app act U V v : superposition act (U ++ V) v =
  superposition act U v + superposition act V v.
Proof. induction U; simpl; [ring|]. rewrite IHU. ring. Qed.

(* Multiples. *)
Lemma superposition_scale act k U v : superposition act (map (fun u => (k * fst u, snd u)) U) v =
  k * superposition act U v.
Proof. induction U; simpl; [ring|]. rewrite IHU. ring. Qed.

(* One hidden layer approximates f on the cube. *)
Definition one_layer_limit (act : R -> R) (d : nat) (f : list R -> R) : Prop := forall eps,
  0 < eps -> exists N, depth N = 1%nat /\ forall v, in_cube d v ->
  Rabs (f v - network_value Layered act N v) <= eps.

(* The same for functions of one variable, and with sums in place of networks. *)
Definition interval_universal (act : R -> R) : Prop :=
  forall g, (forall x, continuous g x) -> forall eps, 0 < eps ->
  exists U c, forall x, 0 <= x <= 1 -> Rabs (g x - (superposition act U [x] + c)) <= eps.

(* ---------- from one variable to d ---------- *)

Section Lift.
Variables (act : R -> R) (d : nat).
Hypothesis act_universal : interval_universal act.

(* A function of one variable t = (w v + B) / (2 B). *)
Definition on_ridge (w : list R) (B : R) (u : R * node) : R * node :=
  (fst u, (map (Rmult (hd 0 (fst (snd u)) / (2 * B))) w, hd 0 (fst (snd u)) / 2 + snd (snd u))).

(* Its value. *)
Lemma on_ridge_value w B U v : 0 < B -> superposition act (map (on_ridge w B) U) v =
  superposition act U [(dot w v + B) / (2 * B)].
Proof. intros HB. induction U as [|[a [p b]] U IH]; [reflexivity|].
  cbn [map superposition fold_right]. unfold superposition in IH. rewrite IH.
  unfold on_ridge; cbn [fst snd]. unfold pre_activation; cbn [fst snd]. rewrite dot_scale.
  do 3 f_equal. destruct p as [|p q]; cbn [hd dot]; [field; lra|].
  destruct q; cbn [dot]; field; lra. Qed.

(* An exponential. *)
Lemma exponential_superposition a w eps : 0 < eps -> exists U c, forall v, in_cube d v ->
  Rabs (a * exp (dot w v) - (superposition act U v + c)) <= eps.
Proof. intros He. set (B := weight_sum w + 1). pose proof (weight_sum_pos w) as P.
  assert (HB : 0 < B) by (unfold B; lra). destruct (act_universal (fun x =>
    a * exp (- B + 2 * B * x))) with (eps := eps) as (U & c & H); [|assumption|].
  - intros x. apply (continuous_scal_r a (fun x => exp (- B + 2 * B * x))).
    apply (continuous_comp (fun x => - B + 2 * B * x) exp).
    + apply continuous_ext with (fun x => 2 * B * x + - B);
        [intro; real_equation; ring|apply continuous_line].
    + apply continuity_pt_filterlim, derivable_continuous_pt, derivable_pt_exp.
  - exists (map (on_ridge w B) U), c. intros v [_ Hv]. rewrite on_ridge_value by assumption.
    pose proof (dot_bounded w v Hv) as D. apply Rabs_le_between in D.
    set (x := (dot w v + B) / (2 * B)).
    assert (E : - B + 2 * B * x = dot w v) by (unfold x; field; lra). rewrite <- E. apply (H x).
    unfold B in *. nra. Qed.

(* A sum of exponentials. *)
Lemma exponentials_superposition T : forall eps, 0 < eps -> exists U c, forall v, in_cube d v ->
  Rabs (exponentials T v - (superposition act U v + c)) <= eps.
Proof. induction T as [|[a w] T IH]; intros eps He.
  - exists [], 0. intros v _. simpl. replace (0 - (0 + 0)) with 0 by ring. rewrite Rabs_R0. lra.
  - destruct (IH (eps / 2) ltac:(lra)) as (U & c & H).
    destruct (exponential_superposition a w (eps / 2) ltac:(lra)) as (V & c' & K).
    exists (U ++ V), (c + c'). intros v Hv. specialize (H v Hv). specialize (K v Hv).
    rewrite superposition_app. cbn [exponentials fold_right fst snd]. fold (exponentials T v).
    replace (_ - _) with (exponentials T v - (superposition act U v + c) +
      (a * exp (dot w v) - (superposition act V v + c'))) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. lra. Qed.

(* Every continuous function. *)
Theorem one_layer_universal f : continuous_on_cube d f -> one_layer_limit act d f.
Proof. intros Hf eps He. destruct (exponentials_dense d f Hf (eps / 2) ltac:(lra)) as [T HT].
  destruct (exponentials_superposition T (eps / 2) ltac:(lra)) as (U & c & H).
  exists (Network [map snd U] (map fst U, c)). split; [reflexivity|]. intros v Hv.
  rewrite superposition_network. specialize (HT v Hv). specialize (H v Hv).
  replace (_ - _) with (f v - exponentials T v + (exponentials T v - (superposition act U v + c)))
    by ring.
  eapply Rle_trans; [apply Rabs_triang|]. lra. Qed.

End Lift.

(* ---------- sigmoidal activations ---------- *)

(* The notes' "sigmoidal". *)
Definition sigmoidal (act : R -> R) : Prop := is_lim act m_infty 0 /\ is_lim act p_infty 1.

Definition bounded (act : R -> R) : Prop := exists M, forall x, Rabs (act x) <= M.

(* Far from 0 it is close to the step. *)
Lemma sigmoidal_far act e : sigmoidal act -> 0 < e -> exists B, 0 < B /\
  (forall x, x <= - B -> Rabs (act x) <= e) /\ (forall x, B <= x -> Rabs (act x - 1) <= e).
Proof. intros [A C] He. apply is_lim_spec in A. apply is_lim_spec in C.
  destruct (A (mkposreal e He)) as [a Ha]. destruct (C (mkposreal e He)) as [c Hc]. simpl in Ha, Hc.
  exists (Rabs a + Rabs c + 1). pose proof (Rabs_pos a). pose proof (Rabs_pos c).
  pose proof (Rle_abs c). pose proof (Rle_abs (- a)) as N. rewrite Rabs_Ropp in N. split; [lra|].
  split; intros x Hx; left.
  - replace (act x) with (act x - 0) by ring. apply Ha. lra.
  - apply Hc. lra. Qed.

(* A continuous sigmoidal activation is bounded; without continuity it need not be. *)
Lemma sigmoidal_continuous_bounded act : sigmoidal act -> (forall x, continuous act x) ->
  bounded act.
Proof. intros Hs Hc. destruct (sigmoidal_far act 1 Hs Rlt_0_1) as (B & HB & L & R').
  destruct (continuity_ab_maj (fun x => Rabs (act x)) (- B) B) as (m & Hm & _); [lra| |].
  { intros x _. apply continuity_pt_filterlim. apply (continuous_abs act Hc). }
  exists (Rabs (act m) + 2). intros x. pose proof (Rabs_pos (act m)).
  destruct (Rle_dec x (- B)) as [X|X]; [specialize (L x X); lra|].
  destruct (Rle_dec B x) as [Y|Y]; [|specialize (Hm x ltac:(lra)); lra]. specialize (R' x Y).
  pose proof (Rabs_triang (act x - 1) 1) as T. replace (act x - 1 + 1) with (act x) in T by ring.
  rewrite Rabs_R1 in T. lra. Qed.

Section Sigmoidal.
Variables (act : R -> R) (M : R).
Hypothesis act_sigmoidal : sigmoidal act.
Hypothesis act_bounded : forall x, Rabs (act x) <= M.

(* One unit for each of n cells, steep, with its step in the middle of the cell. *)
Definition step_unit (g : R -> R) (n : nat) (K : R) (i : nat) : R * node :=
  (g ((INR i + 1) / INR n) - g (INR i / INR n), ([K], - (K * ((INR i + / 2) / INR n)))).

Fixpoint step_units (g : R -> R) (n : nat) (K : R) (m : nat) : list (R * node) :=
  match m with O => [] | S m' => step_unit g n K m' :: step_units g n K m' end.

(* The first m of them follow g, up to the unit of the cell of x. *)
Lemma step_units_first g n K e x j : (0 < n)%nat -> 0 <= e -> (j < n)%nat ->
  INR j / INR n <= x <= (INR j + 1) / INR n ->
  (forall i, (i < n)%nat -> Rabs (g ((INR i + 1) / INR n) - g (INR i / INR n)) <= e) ->
  (forall t, / 2 / INR n <= t -> Rabs (act (K * t) - 1) <= / INR n) ->
  (forall t, t <= - (/ 2 / INR n) -> Rabs (act (K * t)) <= / INR n) ->
  forall m, (m <= n)%nat ->
  Rabs (superposition act (step_units g n K m) [x] - (g (INR (Nat.min m j) / INR n) - g 0)) <=
  e * / INR n * INR m + (if le_dec m j then 0 else e * M).
Proof. intros Hn He Hj Hx Hg Hup Hdown m. assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption).
  assert (Pi : 0 < / INR n) by (apply Rinv_0_lt_compat; assumption).
  induction m as [|m IH]; intro Hm.
  - cbn [step_units superposition fold_right Nat.min]. simpl (INR 0).
    replace (0 / INR n) with 0 by (field; lra). replace (0 - (g 0 - g 0)) with 0 by ring.
    rewrite Rabs_R0. destruct (le_dec 0 j); lra || lia.
  - specialize (IH ltac:(lia)). unfold superposition in *.
    cbn [step_units step_unit fold_right fst snd].
    set (S0 := fold_right _ 0 (step_units g n K m)) in *. unfold pre_activation; cbn [fst snd dot].
    set (t := x - (INR m + / 2) / INR n). set (D := g ((INR m + 1) / INR n) - g (INR m / INR n)).
    replace (K * x + 0 + - (K * ((INR m + / 2) / INR n))) with (K * t) by (unfold t; ring).
    specialize (Hg m ltac:(lia)). fold D in Hg. pose proof (Rabs_pos D). rewrite S_INR.
    destruct (lt_eq_lt_dec m j) as [[L|E]|L].
    + rewrite Nat.min_l in * by lia. destruct (le_dec m j), (le_dec (S m) j); try lia.
      rewrite S_INR. assert (T : / 2 / INR n <= t).
      { unfold t. assert (INR m + 1 <= INR j) by (rewrite <- S_INR; apply le_INR; lia).
        unfold Rdiv in *. nra. }
      specialize (Hup t T). replace (_ - _) with (S0 - (g (INR m / INR n) - g 0) +
        D * (act (K * t) - 1)) by (unfold D; ring).
      eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
      pose proof (Rabs_pos (act (K * t) - 1)).
      enough (Rabs D * Rabs (act (K * t) - 1) <= e * / INR n) by lra.
      apply Rmult_le_compat; assumption.
    + subst m. rewrite Nat.min_l in IH by lia. rewrite Nat.min_r by lia.
      destruct (le_dec j j), (le_dec (S j) j); try lia.
      replace (_ - _) with (S0 - (g (INR j / INR n) - g 0) + D * act (K * t)) by ring.
      eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
      assert (Rabs D * Rabs (act (K * t)) <= e * M) by (apply Rmult_le_compat; try assumption;
        [apply Rabs_pos|apply act_bounded]).
      enough (0 <= e * / INR n) by lra. apply Rmult_le_pos; lra.
    + rewrite !Nat.min_r in * by lia. destruct (le_dec m j), (le_dec (S m) j); try lia.
      assert (T : t <= - (/ 2 / INR n)).
      { unfold t. assert (INR j + 1 <= INR m) by (rewrite <- S_INR; apply le_INR; lia).
        unfold Rdiv in *. nra. }
      specialize (Hdown t T).
      replace (_ - _) with (S0 - (g (INR j / INR n) - g 0) + D * act (K * t)) by ring.
      eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
      pose proof (Rabs_pos (act (K * t))).
      enough (Rabs D * Rabs (act (K * t)) <= e * / INR n) by lra.
      apply Rmult_le_compat; assumption. Qed.

(* All of them. *)
Lemma step_units_close g n K e x j : (0 < n)%nat -> 0 <= e -> (j < n)%nat ->
  INR j / INR n <= x <= (INR j + 1) / INR n ->
  (forall i, (i < n)%nat -> Rabs (g ((INR i + 1) / INR n) - g (INR i / INR n)) <= e) ->
  (forall t, / 2 / INR n <= t -> Rabs (act (K * t) - 1) <= / INR n) ->
  (forall t, t <= - (/ 2 / INR n) -> Rabs (act (K * t)) <= / INR n) ->
  Rabs (superposition act (step_units g n K n) [x] - (g (INR j / INR n) - g 0)) <= e * (1 + M).
Proof. intros Hn He Hj Hx Hg Hup Hdown. assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption).
  pose proof (step_units_first g n K e x j Hn He Hj Hx Hg Hup Hdown n (Nat.le_refl n)) as Q.
  rewrite Nat.min_r in Q by lia. destruct (le_dec n j); [lia|].
  rewrite Rmult_assoc, Rinv_l in Q by lra. lra. Qed.

(* A continuous function is uniformly continuous on the interval. *)
Lemma uniform_on_interval g e : (forall x, continuous g x) -> 0 < e ->
  exists delta, 0 < delta /\ forall x y, 0 <= x <= 1 -> 0 <= y <= 1 -> Rabs (x - y) < delta ->
  Rabs (g x - g y) <= e.
Proof. intros Hg He. assert (C : continuous_on_cube 1 (fun v => g (hd 0 v))).
  { intros v [Hv _] h Hh. destruct v as [|x [|? ?]]; try discriminate. specialize (Hg x).
    destruct (proj1 (filterlim_locally g (g x)) Hg (mkposreal h Hh)) as [r Hr]. exists r.
    split; [apply cond_pos|]. intros w [Hw _] D. destruct w as [|y [|? ?]]; try discriminate.
    simpl in D |- *. rewrite Rplus_0_r in D. rewrite Rabs_minus_sym. apply Hr.
    change (Rabs (y - x) < r). rewrite Rabs_minus_sym. exact D. }
  destruct (uniformly_continuous 1 _ C e He) as (delta & Hd & U). exists delta.
  split; [exact Hd|]. intros x y Hx Hy D.
  apply (U [x] [y]); [split; [reflexivity|constructor; [assumption|constructor]]..|]. simpl.
  lra. Qed.

(* The ends of a cell are in the interval. *)
Lemma cell_ends n i : (i < n)%nat ->
  0 <= INR i / INR n <= 1 /\ 0 <= (INR i + 1) / INR n <= 1.
Proof. intros Hi. pose proof (pos_INR i).
  assert (INR i + 1 <= INR n) by (rewrite <- S_INR; apply le_INR; lia).
  enough (Q : forall a, 0 <= a <= INR n -> 0 <= a / INR n <= 1) by (split; apply Q; lra).
  intros a Ha. split; [apply Rdiv_le_0_compat; lra|].
  apply Rmult_le_reg_r with (INR n); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra.
  lra. Qed.

(* So a sigmoidal activation is universal on the interval. *)
Theorem sigmoidal_universal : interval_universal act.
Proof. intros g Hg eps He.
  assert (HM : 0 <= M) by (pose proof (act_bounded 0); pose proof (Rabs_pos (act 0)); lra).
  set (e := eps / (2 + M)). assert (e0 : 0 < e) by (apply Rdiv_lt_0_compat; lra).
  destruct (uniform_on_interval g e Hg e0) as (delta & Hd & G).
  destruct (least_power (2 / delta)) as (k & Hk & _). set (n := (2 ^ k)%nat).
  assert (Hn : (0 < n)%nat) by (apply Nat.neq_0_lt_0, Nat.pow_nonzero; lia).
  assert (En : INR n = 2 ^ k) by (unfold n; rewrite pow_INR; reflexivity).
  assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption). assert (Dn : / INR n < delta).
  { rewrite En. apply Rmult_lt_reg_l with (2 ^ k); [lra|]. rewrite Rinv_r by lra.
    assert (2 / delta * delta = 2) by (field; lra). nra. }
  assert (Pi : 0 < / INR n) by (apply Rinv_0_lt_compat; assumption).
  destruct (sigmoidal_far act (/ INR n) act_sigmoidal Pi) as (B & HB & Bl & Br).
  set (K := B * (2 * INR n)). exists (step_units g n K n), (g 0). intros x Hx.
  destruct (unit_cell n x Hn Hx) as (j & Hj & Xj').
  assert (Q : Rabs (superposition act (step_units g n K n) [x] - (g (INR j / INR n) - g 0)) <=
    e * (1 + M)).
  { apply step_units_close; try assumption; [lra| | |].
    - intros i Hi. destruct (cell_ends n i Hi). apply G; try assumption.
      replace ((INR i + 1) / INR n - INR i / INR n) with (/ INR n) by (field; lra).
      rewrite Rabs_right by lra. assumption.
    - intros t Ht. apply Br. unfold K.
      replace B with (B * (2 * INR n) * (/ 2 / INR n)) at 1 by (field; lra).
      apply Rmult_le_compat_l; [nra|assumption].
    - intros t Ht. apply Bl. unfold K.
      replace (- B) with (B * (2 * INR n) * - (/ 2 / INR n)) by (field; lra).
      apply Rmult_le_compat_l; [nra|assumption]. }
  assert (F : Rabs (g x - g (INR j / INR n)) <= e).
  { destruct (cell_ends n j Hj). apply G; try assumption. rewrite Rabs_right by lra.
    replace ((INR j + 1) / INR n) with (INR j / INR n + / INR n) in Xj' by (field; lra). lra. }
  replace (_ - _) with (g x - g (INR j / INR n) -
    (superposition act (step_units g n K n) [x] - (g (INR j / INR n) - g 0))) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp.
  assert (e * (2 + M) = eps) by (unfold e; field; lra). lra. Qed.

End Sigmoidal.

(* ---------- the theorem of the notes ---------- *)

(* Theorem 1 of the notes: bounded sigmoidal units, one hidden layer. *)
Theorem approximation_sigmoidal act d f : sigmoidal act -> bounded act -> continuous_on_cube d f ->
  one_layer_limit act d f.
Proof. intros Hs [M HM] Hf. apply one_layer_universal; [|assumption].
  apply (sigmoidal_universal act M); assumption. Qed.

(* Two ReLU units make the ramp, which is sigmoidal. *)
Definition ramp (x : R) : R := relu x - relu (x - 1).

(* The ramp is sigmoidal, and bounded. *)
Lemma ramp_sigmoidal : sigmoidal ramp /\ bounded ramp.
Proof. unfold ramp. split; [split|].
  - apply is_lim_spec. intros [e He]. exists 0. intros x Hx. simpl. rewrite !relu_neg by lra.
    replace (0 - 0 - 0) with 0 by ring. rewrite Rabs_R0. assumption.
  - apply is_lim_spec. intros [e He]. exists 1. intros x Hx. simpl. rewrite !relu_pos by lra.
    replace (x - (x - 1) - 1) with 0 by ring. rewrite Rabs_R0. assumption.
  - exists 1. intros x. apply Rabs_le. pose proof (clip_range x). lra. Qed.

(* The ReLU units of a ramp. *)
Definition ramp_units (u : R * node) : list (R * node) :=
  [u; (- fst u, (fst (snd u), snd (snd u) - 1))].

(* Two ReLU units for each ramp. *)
Lemma ramp_units_value U v : superposition relu (flat_map ramp_units U) v = superposition ramp U v.
Proof. induction U as [|[a [w b]] U IH]; [reflexivity|]. cbn [flat_map].
  rewrite superposition_app, IH. cbn [superposition ramp_units fold_right fst snd].
  fold (superposition ramp U v). unfold ramp at 2. unfold pre_activation; cbn [fst snd].
  replace (dot w v + (b - 1)) with (dot w v + b - 1) by ring. ring. Qed.

(* So ReLU is enough: the units need not be sigmoidal. *)
Theorem approximation_relu d f : continuous_on_cube d f -> one_layer_limit relu d f.
Proof. intros Hf. apply one_layer_universal; [|assumption]. intros g Hg eps He.
  destruct ramp_sigmoidal as [Hs [M HM]].
  destruct (sigmoidal_universal ramp M Hs HM g Hg eps He) as (U & c & H).
  exists (flat_map ramp_units U), c. intros x Hx. rewrite ramp_units_value. auto. Qed.

(* Something is needed all the same: with a linear activation one hidden layer misses x^2 by 1/8. *)
Theorem approximation_needs_bends N : depth N = 1%nat ->
  exists x, 0 <= x <= 1 /\ / 8 <= Rabs (x ^ 2 - network_value Layered (fun x => x) N [x]).
Proof. intros D. destruct N as [hs o]. unfold depth in D; cbn [hidden] in D.
  destruct hs as [|l [|? ?]]; try discriminate. assert (A : exists p q, forall x,
    network_value Layered (fun x => x) (Network [l] o) [x] = p * x + q).
  { destruct (pre_activation_single (mix (fst o) l)) as [p E].
    exists p, (snd (mix (fst o) l) + snd o). intros x. pose proof (mix_value (fst o) l [x]) as M.
    rewrite E in M. unfold network_value, pre_activation at 1. cbn [hidden output run pass_on].
    change (activations (fun x => x) l [x]) with (affine l [x]). rewrite <- M. ring. }
  destruct A as (p & q & A). destruct (Rle_dec (/ 8) (Rabs (0 ^ 2 - (p * 0 + q)))) as [E0|E0];
    [exists 0; split; [lra|rewrite A; exact E0]|].
  destruct (Rle_dec (/ 8) (Rabs (1 ^ 2 - (p * 1 + q)))) as [E1|E1];
    [exists 1; split; [lra|rewrite A; exact E1]|].
  exists (/ 2). split; [lra|]. rewrite A. apply Rnot_le_lt in E0, E1. apply Rabs_def2 in E0, E1.
  rewrite Rabs_left; simpl in *; lra. Qed.

(* Lipschitz functions are continuous on the cube. *)
Lemma lipschitz_continuous_on_cube C d f : 0 <= C -> lipschitz_on_cube C d f ->
  continuous_on_cube d f.
Proof. intros HC H v Hv eps He. exists (eps / (C + 1)).
  assert (P : 0 < eps / (C + 1)) by (apply Rdiv_lt_0_compat; lra). split; [exact P|]. intros w Hw D.
  eapply Rle_lt_trans; [apply H; assumption|]. pose proof (sum_distance_pos v w).
  assert (E : eps = eps / (C + 1) * (C + 1)) by (field; lra). nra. Qed.

(* The logistic function is sigmoidal, and bounded because it is continuous. *)
Lemma logistic_sigmoidal : sigmoidal (fun x => / (1 + exp (- x))).
Proof. assert (E : forall e x, 0 < e -> x < ln e -> exp (- x) > / e).
  { intros e x He Hx. apply exp_increasing in Hx. rewrite exp_ln in Hx by assumption.
    rewrite exp_Ropp. apply Rinv_lt_contravar; [|assumption].
    apply Rmult_lt_0_compat; [apply exp_pos|assumption]. }
  split; apply is_lim_spec; intros [e He].
  - exists (ln e). intros x Hx. simpl. specialize (E e x He Hx). pose proof (exp_pos (- x)).
    assert (0 < / e) by (apply Rinv_0_lt_compat; assumption).
    rewrite Rminus_0_r, Rabs_right by (left; apply Rinv_0_lt_compat; lra). rewrite <- (Rinv_inv e).
    apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra|lra].
  - exists (- ln e). intros x Hx. simpl.
    assert (K : exp (- x) < e) by (rewrite <- (exp_ln e He); apply exp_increasing; lra).
    pose proof (exp_pos (- x)).
    replace (/ (1 + exp (- x)) - 1) with (- (exp (- x) * / (1 + exp (- x)))) by (field; lra).
    rewrite Rabs_Ropp, Rabs_right by (left; apply Rmult_lt_0_compat;
      [lra|apply Rinv_0_lt_compat; lra]).
    apply Rmult_lt_reg_r with (1 + exp (- x)); [lra|]. rewrite Rmult_assoc, Rinv_l by lra. nra. Qed.

(* So one hidden layer of logistic units approximates every continuous function. *)
Corollary approximation_logistic d f : continuous_on_cube d f ->
  one_layer_limit (fun x => / (1 + exp (- x))) d f.
Proof. intros Hf. apply approximation_sigmoidal; [apply logistic_sigmoidal| |assumption].
  apply sigmoidal_continuous_bounded; [apply logistic_sigmoidal|]. intros x.
  apply continuity_pt_filterlim. apply derivable_continuous_pt.
  exists (exp (- x) / (1 + exp (- x)) ^ 2). apply is_derive_Reals.
  auto_derive; [pose proof (exp_pos (- x)); lra|]. pose proof (exp_pos (- x)). field. lra. Qed.
