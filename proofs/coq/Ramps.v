(* "Recap", (2): cosines are superpositions of ramps whose weights add up to no more than the
   cosine's slope on the cube. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Sums Cube Compose UniversalCube.
From Depthproof Require Import Sigmoidal ContinuousWithin.
From Depthproof Require Dimension.

(* The sum of the weights of a superposition. *)
Definition variation (U : list (R * node)) : R := rsum (fun u => Rabs (fst u)) U.

(* Ramps that rise about 0 instead of from 0 on. *)
Definition shifted (U : list (R * node)) : list (R * node) :=
  map (fun u => (fst u, (fst (snd u), snd (snd u) + / 2))) U.

(* Their value. *)
Lemma shifted_value U v :
  superposition ramp (shifted U) v = superposition (fun x => ramp (x + / 2)) U v.
Proof. unfold shifted. induction U as [|[a [w b]] U IH]; [reflexivity|].
  cbn [map superposition fold_right fst snd]. unfold superposition in IH. rewrite IH.
  unfold pre_activation; cbn [fst snd]. rewrite Rplus_assoc. reflexivity. Qed.

(* Units of small steps have small weights. *)
Lemma shifted_variation g n K e m :
  (forall i, Rabs (g ((INR i + 1) / INR n) - g (INR i / INR n)) <= e) ->
  variation (shifted (step_units g n K m)) <= INR m * e.
Proof. intros D. induction m as [|m IH]; [unfold variation, rsum; simpl; lra|].
  unfold variation, rsum, shifted in *. cbn [step_units map fold_right fst step_unit].
  rewrite S_INR. specialize (D m). lra. Qed.

(* With slope n a ramp runs over one cell: it is the step outside its cell. *)
Lemma ramp_step n t : 0 < INR n ->
  (/ 2 / INR n <= t -> ramp (INR n * t + / 2) = 1) /\
  (t <= - (/ 2 / INR n) -> ramp (INR n * t + / 2) = 0).
Proof. intros P. unfold ramp. split; intros Ht; apply (Rmult_le_compat_l (INR n)) in Ht; try lra.
  - replace (INR n * (/ 2 / INR n)) with (/ 2) in Ht by (field; lra).
    rewrite !relu_pos by lra. ring.
  - replace (INR n * - (/ 2 / INR n)) with (- / 2) in Ht by (field; lra).
    rewrite !relu_neg by lra. ring. Qed.

(* A function with slopes at most L on the interval: ramps of total weight L, and near. *)
Lemma lipschitz_ramps g L eps : 0 <= L -> 0 < eps ->
  (forall x y, Rabs (g x - g y) <= L * Rabs (x - y)) -> exists U c, variation U <= L /\
  forall x, 0 <= x <= 1 -> Rabs (g x - (superposition ramp U [x] + c)) <= eps.
Proof. intros HL He Hg.
  destruct (nfloor_ex (3 * L / eps)) as (n0 & _ & Hn0); [apply Rdiv_le_0_compat; lra|].
  set (n := S n0). assert (Pn : 0 < INR n) by (apply lt_0_INR; unfold n; lia).
  assert (En : INR n = INR n0 + 1) by (unfold n; rewrite S_INR; reflexivity).
  assert (Pi : 0 < / INR n) by (apply Rinv_0_lt_compat; assumption).
  assert (Le : L * / INR n * 3 <= eps).
  { apply Rmult_le_reg_r with (INR n); [assumption|].
    replace (L * / INR n * 3 * INR n) with (3 * L) by (field; lra).
    assert (3 * L = 3 * L / eps * eps) by (field; lra). nra. }
  assert (D : forall i, Rabs (g ((INR i + 1) / INR n) - g (INR i / INR n)) <= L * / INR n).
  { intros i. eapply Rle_trans; [apply Hg|].
    replace ((INR i + 1) / INR n - INR i / INR n) with (/ INR n) by (field; lra).
    rewrite Rabs_right by lra. lra. }
  exists (shifted (step_units g n (INR n) n)), (g 0). split.
  - eapply Rle_trans; [apply shifted_variation, D|]. right. field. lra.
  - intros x Hx. rewrite shifted_value.
    destruct (unit_cell n x) as (j & Hj & Xj); [unfold n; lia|exact Hx|].
    assert (Q : Rabs (superposition (fun x => ramp (x + / 2)) (step_units g n (INR n) n) [x] -
      (g (INR j / INR n) - g 0)) <= L * / INR n * (1 + 1)).
    { apply step_units_close; try assumption.
      - intros y. pose proof (clip_range (y + / 2)). unfold ramp. rewrite Rabs_right; lra.
      - unfold n; lia.
      - apply Rmult_le_pos; lra.
      - intros; apply D.
      - intros t Ht. rewrite (proj1 (ramp_step n t Pn)) by exact Ht.
        rewrite Rminus_eq_0, Rabs_R0. lra.
      - intros t Ht. rewrite (proj2 (ramp_step n t Pn)) by exact Ht. rewrite Rabs_R0. lra. }
    assert (F : Rabs (g x - g (INR j / INR n)) <= L * / INR n).
    { eapply Rle_trans; [apply Hg|]. apply Rmult_le_compat_l; [assumption|].
      rewrite Rabs_right by lra.
      replace ((INR j + 1) / INR n) with (INR j / INR n + / INR n) in Xj by (field; lra). lra. }
    replace (_ - _) with (g x - g (INR j / INR n) -
      (superposition (fun x => ramp (x + / 2)) (step_units g n (INR n) n) [x] -
      (g (INR j / INR n) - g 0))) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp. lra. Qed.

(* The least value of w x on the cube. *)
Definition lowest (w : list R) : R := fold_right (fun a s => Rmin a 0 + s) 0 w.

(* On the cube w x is between this and the sum of the weights more. *)
Lemma lowest_bounds w : forall v, length w = length v -> List.Forall (fun x => 0 <= x <= 1) v ->
  lowest w <= dot w v <= lowest w + weight_sum w.
Proof. induction w as [|a w IH]; intros [|x v] L Hv; try discriminate; [simpl; lra|].
  inversion Hv; subst. specialize (IH v ltac:(simpl in L; congruence) H2).
  cbn [lowest weight_sum fold_right dot]. fold (lowest w). unfold Rmin, Rabs.
  destruct Rle_dec, Rcase_abs; nra. Qed.

(* A trigonometric sum, and the sum of |a_k| |w_k|_1 over its terms a_k cos (w_k x + b_k). *)
Definition fourier (T : list (R * node)) (v : list R) : R := superposition cos T v.

Definition spectral (T : list (R * node)) : R :=
  rsum (fun t => Rabs (fst t) * weight_sum (fst (snd t))) T.

(* The slopes of the cosine are at most 1. *)
Lemma cos_lipschitz x y : Rabs (cos x - cos y) <= Rabs (x - y).
Proof. destruct (MVT_gen cos y x (fun t => - sin t)) as (c & _ & E).
  - intros t _. auto_derive; [exact I|ring].
  - intros t _. apply continuity_cos.
  - rewrite E, Rabs_mult, Rabs_Ropp. pose proof (SIN_bound c) as B.
    assert (Rabs (sin c) <= 1) by (apply Rabs_le; lra). pose proof (Rabs_pos (x - y)). nra. Qed.

(* One cosine, on a ridge. *)
Lemma cosine_ramps d a w b eps : length w = d -> 0 < eps ->
  exists U c, variation U <= Rabs a * weight_sum w /\ forall v, in_cube d v ->
  Rabs (a * cos (dot w v + b) - (superposition ramp U v + c)) <= eps.
Proof. intros Lw He. pose proof (weight_sum_pos w) as Sp.
  destruct (Req_EM_T (weight_sum w) 0) as [Z|NZ].
  - exists [], (a * cos (lowest w + b)). split; [unfold variation, rsum; simpl; rewrite Z; lra|].
    intros v [Lv Hv]. pose proof (lowest_bounds w v ltac:(congruence) Hv) as B.
    replace (dot w v) with (lowest w) by lra. simpl. replace (_ - _) with 0 by ring.
    rewrite Rabs_R0. lra.
  - set (S0 := weight_sum w) in *. destruct (lipschitz_ramps (fun x =>
      a * cos (lowest w + b + S0 * x)) (Rabs a * S0) eps) as (U & c & V & E);
      [apply Rmult_le_pos; [apply Rabs_pos|lra]|assumption| |].
    { intros x y. rewrite <- Rmult_minus_distr_l, Rabs_mult, Rmult_assoc.
      apply Rmult_le_compat_l; [apply Rabs_pos|]. eapply Rle_trans; [apply cos_lipschitz|].
      replace (lowest w + b + S0 * x - (lowest w + b + S0 * y)) with (S0 * (x - y)) by ring.
      rewrite Rabs_mult, (Rabs_right S0) by lra. lra. }
    set (ridge := fun u : R * node => (fst u,
      (map (Rmult (hd 0 (fst (snd u)) / S0)) w, snd (snd u) - hd 0 (fst (snd u)) * lowest w / S0))).
    exists (map ridge U), c. split; [unfold variation, rsum in *; clear - V; eapply Rle_trans;
      [|exact V]; right; clear V; induction U; simpl; [reflexivity|]; rewrite IHU; reflexivity|].
    intros v [Lv Hv]. pose proof (lowest_bounds w v ltac:(congruence) Hv) as B. fold S0 in B.
    set (x := (dot w v - lowest w) / S0). assert (Hx : 0 <= x <= 1).
    { unfold x. split; [apply Rdiv_le_0_compat; lra|]. apply Rmult_le_reg_r with S0; [lra|].
      unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
    specialize (E x Hx).
    replace (lowest w + b + S0 * x) with (dot w v + b) in E by (unfold x; field; lra).
    replace (superposition ramp (map ridge U) v) with (superposition ramp U [x]); [exact E|].
    clear - NZ. unfold superposition. induction U as [|[e [p q]] U IH]; [reflexivity|].
    cbn [map fold_right ridge fst snd]. rewrite <- IH. do 3 f_equal.
    unfold pre_activation; cbn [fst snd]. rewrite dot_scale. unfold x.
    destruct p as [|p0 [|p1 p]]; cbn [hd dot]; field; exact NZ. Qed.

(* The whole sum. *)
Lemma fourier_ramps d T : (forall t, In t T -> length (fst (snd t)) = d) -> forall eps, 0 < eps ->
  exists U c, variation U <= spectral T /\ forall v, in_cube d v ->
  Rabs (fourier T v - (superposition ramp U v + c)) <= eps.
Proof. induction T as [|[a [w b]] T IH]; intros L eps He.
  - exists [], 0. split; [unfold variation, spectral, rsum; simpl; lra|]. intros v _.
    unfold fourier. simpl. replace (0 - (0 + 0)) with 0 by ring. rewrite Rabs_R0. lra.
  - destruct (IH ltac:(intros; apply L; right; assumption) (eps / 2) ltac:(lra)) as (U & c & V & E).
    destruct (cosine_ramps d a w b (eps / 2) (L _ (or_introl eq_refl)) ltac:(lra)) as (U' & c' &
      V' & E').
    exists (U' ++ U), (c' + c). split.
    + assert (Q : variation (U' ++ U) = variation U' + variation U).
      { unfold variation, rsum. clear. induction U' as [|u U' IH]; cbn [app fold_right]; [ring|].
        rewrite IH. ring. }
      rewrite Q. change (variation U' + variation U <= Rabs a * weight_sum w + spectral T). lra.
    + intros v Hv. specialize (E v Hv). specialize (E' v Hv). rewrite superposition_app.
      unfold fourier in *. cbn [superposition fold_right fst snd]. fold (superposition cos T v).
      unfold pre_activation at 1; cbn [fst snd]. replace (_ - _) with (a * cos (dot w v + b) -
        (superposition ramp U' v + c') + (superposition cos T v - (superposition ramp U v + c)))
        by ring.
      eapply Rle_trans; [apply Rabs_triang|]. lra. Qed.

(* ---------- continuity ---------- *)

(* Superpositions of continuous units are continuous on the cube, *)
Lemma superposition_continuous d act U : (forall x, continuous act x) ->
  continuous_within (in_cube d) (superposition act U).
Proof. intros C. induction U as [|[a [w b]] U IH]; [apply on_const|].
  apply (on_plus (in_cube d) (fun v => a * act (dot w v + b)) (superposition act U)); [|exact IH].
  apply on_scale, (on_comp (in_cube d) (fun v => dot w v + b)); [|exact C].
  apply on_plus; [|apply on_const]. apply (on_slow (in_cube d) (weight_sum w)).
  intros v u [L _] [M _]. apply Dimension.dot_lipschitz. congruence. Qed.

(* ramps are continuous, *)
Lemma ramp_continuous x : continuous ramp x.
Proof. apply (continuous_minus (V := R_NormedModule) relu (fun x => relu (x - 1)));
    [apply continuous_relu|].
  apply (continuous_comp (fun x => x - 1) relu); [|apply continuous_relu].
  apply (continuous_ext (fun x => 1 * x + -1)); [intros; simpl; ring|apply continuous_line]. Qed.

(* so are superpositions of them, with a constant, *)
Lemma ramps_continuous d U c :
  continuous_within (in_cube d) (fun v => superposition ramp U v + c).
Proof. apply on_plus; [apply superposition_continuous, ramp_continuous|apply on_const]. Qed.

(* and so are trigonometric sums. *)
Lemma fourier_continuous d T : continuous_within (in_cube d) (fourier T).
Proof. apply superposition_continuous, continuous_cos. Qed.
