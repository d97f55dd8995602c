(* "Recap", (2): functions with decaying Fourier coefficients.  n pairs of ReLU units, in one hidden
   layer, have mean squared error C^2 / (4 n), for every dimension and every measure: so about
   1 / eps units for *squared* error eps, not for error eps. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Sums Cube Compose UniversalCube.
From Depthproof Require Import Sigmoidal ContinuousWithin Maurey Ramps.

(* ---------- few ramps from many ---------- *)

Section Atoms.
Variables (U : list (R * node)) (C : R).
Hypothesis C_positive : 0 < C.
Hypothesis U_small : variation U <= C.

(* The sign of a weight. *)
Definition sgn (a : R) : R := if Rlt_dec a 0 then -1 else 1.

(* It makes the weight of its absolute value. *)
Lemma sgn_abs a : sgn a * Rabs a = a /\ (sgn a = 1 \/ sgn a = -1).
Proof. unfold sgn, Rabs. destruct Rlt_dec, Rcase_abs; split; auto; lra. Qed.

(* The atoms: C or - C times a ramp less 1/2, and 0; and how much each of them counts. *)
Definition atom (o : option (R * node)) (v : list R) : R :=
  match o with
  | Some u => sgn (fst u) * C * (ramp (pre_activation (snd u) v) - / 2)
  | None => 0
  end.

Definition chance (o : option (R * node)) : R :=
  match o with Some u => Rabs (fst u) / C | None => 1 - variation U / C end.

Definition atoms : list (option (R * node)) := None :: map Some U.

(* A sum over the ramps. *)
Lemma rsum_some (h : option (R * node) -> R) :
  rsum h (map Some U) = rsum (fun u => h (Some u)) U.
Proof. unfold rsum. clear. induction U; simpl; congruence. Qed.

(* The atoms are small. *)
Lemma atom_bound o v : Rabs (atom o v) <= C / 2.
Proof. destruct o as [u|]; unfold atom; [|rewrite Rabs_R0; lra].
  rewrite !Rabs_mult, (Rabs_right C) by lra. pose proof (clip_range (pre_activation (snd u) v)).
  assert (Rabs (ramp (pre_activation (snd u) v) - / 2) <= / 2)
    by (unfold ramp; apply Rabs_le; lra).
  replace (Rabs (sgn (fst u))) with 1
    by (destruct (proj2 (sgn_abs (fst u))) as [-> | ->]; unfold Rabs; destruct Rcase_abs; lra).
  nra. Qed.

(* The atoms are continuous. *)
Lemma atom_continuous d o : continuous_within (in_cube d) (atom o).
Proof. destruct o as [u|]; [|apply on_const]. apply on_scale, on_minus; [|apply on_const].
  pose proof (superposition_continuous d ramp [(1, snd u)] ramp_continuous) as Q.
  intros v Hv eps He. destruct (Q v Hv eps He) as (r & Pr & Hr). exists r. split; [exact Pr|].
  intros w Hw D. specialize (Hr w Hw D). unfold superposition in Hr.
  cbn [fold_right fst snd] in Hr. rewrite !Rmult_1_l, !Rplus_0_r in Hr. exact Hr. Qed.

(* What they count adds up to 1, and is not negative. *)
Lemma chance_positive o : 0 <= chance o.
Proof. destruct o as [u|]; unfold chance; [apply Rdiv_le_0_compat; [apply Rabs_pos|lra]|].
  assert (variation U / C <= 1); [|lra]. apply Rmult_le_reg_r with C; [assumption|].
  unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. Qed.

(* All chances. *)
Lemma chance_one : rsum chance atoms = 1.
Proof. unfold atoms, rsum. cbn [fold_right]. fold (rsum chance (map Some U)). rewrite rsum_some.
  unfold chance. rewrite (rsum_ext _ (fun u => / C * Rabs (fst u))) by (intros; unfold Rdiv; ring).
  rewrite rsum_scale. fold (variation U). field. lra. Qed.

(* The ramps, less a constant, are the average of the atoms. *)
Lemma atoms_average v :
  superposition ramp U v - / 2 * rsum fst U = rsum (fun o => chance o * atom o v) atoms.
Proof. unfold atoms, rsum. cbn [fold_right].
  fold (rsum (fun o => chance o * atom o v) (map Some U)). rewrite rsum_some.
  unfold chance, atom at 1. rewrite Rmult_0_r, Rplus_0_l. unfold superposition, rsum.
  clear U_small. induction U as [|u V IH]; cbn [fold_right]; [ring|]. rewrite <- IH.
  pose proof (proj1 (sgn_abs (fst u))) as S1. unfold atom.
  replace (Rabs (fst u) / C * (sgn (fst u) * C * (ramp (pre_activation (snd u) v) - / 2)))
    with ((sgn (fst u) * Rabs (fst u)) * (ramp (pre_activation (snd u) v) - / 2))
    by (field; lra).
  rewrite S1. ring. Qed.

(* So is their mean, up to C; and n of them make n ramps. *)
Lemma atoms_ramps n ch : (0 < n)%nat -> length ch = n -> exists W b, length W = n /\
  forall v, superposition ramp W v + b = / 2 * rsum fst U + / INR n * rsum (fun o => atom o v) ch.
Proof. intros Hn L. assert (Pn : 0 < INR n) by (apply lt_0_INR; exact Hn).
  set (unit_of := fun o : option (R * node) =>
    match o with Some u => (sgn (fst u) * C / INR n, snd u) | None => (0, ([], 0)) end).
  set (offset := fun o : option (R * node) =>
    match o with Some u => sgn (fst u) * C / INR n / 2 | None => 0 end).
  exists (map unit_of ch), (/ 2 * rsum fst U - rsum offset ch).
  split; [rewrite map_length; exact L|]. intros v.
  enough (W : superposition ramp (map unit_of ch) v - rsum offset ch =
    / INR n * rsum (fun o => atom o v) ch) by lra.
  unfold superposition, rsum. clear L.
  induction ch as [|o ch IH]; cbn [map fold_right]; [ring|]. rewrite Rmult_plus_distr_l, <- IH.
  destruct o as [u|]; unfold unit_of, offset, atom; cbn [fst snd]; [field; lra|ring]. Qed.

End Atoms.

(* Ramps without weight. *)
Lemma no_ramps U v : variation U <= 0 -> superposition ramp U v = 0.
Proof. unfold variation, rsum, superposition. induction U as [|u U IH]; [reflexivity|].
  cbn [fold_right]. intros V.
  assert (P : forall W : list (R * node), 0 <= fold_right (fun x s => Rabs (fst x) + s) 0 W)
    by (clear; induction W; simpl; [lra|]; pose proof (Rabs_pos (fst a)); lra).
  pose proof (P U). pose proof (Rabs_pos (fst u)). rewrite IH by lra.
  replace (fst u) with 0; [ring|]. symmetry. destruct (Req_EM_T (fst u) 0) as [F|F]; [exact F|].
  pose proof (Rabs_pos_lt _ F). lra. Qed.

(* Where the ramps have no weight, n of weight 0 are as good. *)
Lemma few_ramps_none d E U C n : expectation d E -> variation U <= C -> C <= 0 -> (0 < n)%nat ->
  exists W b, length W = n /\
  let y v := superposition ramp U v - (superposition ramp W v + b) in
  (forall v, Rabs (y v) <= C) /\ E (fun v => y v ^ 2) <= C ^ 2 / (4 * INR n).
Proof. intros H1 V Z Hn. assert (Pn : 0 < INR n) by (apply lt_0_INR; exact Hn).
  exists (repeat (0, ([], 0) : node) n), 0. split; [apply repeat_length|]. cbv zeta.
  assert (R0 : forall v, superposition ramp (repeat (0, ([], 0) : node) n) v = 0).
  { intros v. clear. induction n; [reflexivity|]. cbn [repeat superposition fold_right fst].
    fold (superposition ramp (repeat (0, ([], 0) : node) n) v). rewrite IHn. ring. }
  assert (C0 : C = 0).
  { assert (0 <= variation U); [|lra]. unfold variation, rsum. clear.
    induction U; simpl; [lra|]. pose proof (Rabs_pos (fst a)). lra. }
  assert (Y : forall v, superposition ramp U v -
    (superposition ramp (repeat (0, ([], 0) : node) n) v + 0) = 0)
    by (intros v; rewrite no_ramps, R0 by lra; ring).
  split; [intros v; rewrite Y, Rabs_R0; lra|].
  rewrite (mean_ext E _ (fun _ => 0)) by (intros; rewrite Y; simpl; ring).
  rewrite (mean_const d E H1). apply Rdiv_le_0_compat; [apply pow2_ge_0|lra]. Qed.

(* n ramps for any number of them: C^2 / (4 n) in the mean square, and C everywhere. *)
Lemma few_ramps d E U C n : expectation d E -> variation U <= C -> (0 < n)%nat ->
  exists W b, length W = n /\
  let y v := superposition ramp U v - (superposition ramp W v + b) in
  (forall v, Rabs (y v) <= C) /\ E (fun v => y v ^ 2) <= C ^ 2 / (4 * INR n).
Proof. intros HE V Hn. assert (Pn : 0 < INR n) by (apply lt_0_INR; exact Hn).
  destruct (Rle_dec C 0) as [Z|NZ]; [apply (few_ramps_none d E); assumption|].
  assert (Cp : 0 < C) by lra. set (F := fun v => superposition ramp U v - / 2 * rsum fst U).
  destruct (maurey d E HE (chance U C) (atom C) (atoms U) F (C ^ 2 / 4) n) as
    (ch & Lch & _ & Ech).
  { intros o _. apply chance_positive; assumption. }
  { apply chance_one; assumption. } { intros o _. apply atom_continuous. }
  { intros v. apply atoms_average; assumption. }
  { intros o _.
    apply Rle_trans with (E (fun _ => C ^ 2 / 4)); [|rewrite (mean_const d E HE); lra].
    apply (mean_le d E HE); [apply on_square, atom_continuous|apply on_const|].
    intros v _. pose proof (atom_bound C Cp o v) as G.
    apply Rabs_le_between in G. nra. }
  destruct (atoms_ramps U C n ch Hn Lch) as (W & b & LW & Q). exists W, b. split; [exact LW|].
  cbv zeta. split.
  + intros v. rewrite Q.
    replace (_ - _) with (F v - / INR n * rsum (fun o => atom C o v) ch) by (unfold F; ring).
    assert (B1 : Rabs (F v) <= C / 2).
    { unfold F. rewrite (atoms_average U C Cp).
      eapply Rle_trans; [apply rsum_abs with (h := fun o => C / 2 * chance U C o)|];
        [|rewrite rsum_scale, chance_one by assumption; lra].
      intros o _. pose proof (chance_positive U C Cp V o).
      rewrite Rabs_mult, (Rabs_right (chance U C o)), Rmult_comm by lra.
      apply Rmult_le_compat_r; [assumption|apply atom_bound; assumption]. }
    assert (B2 : Rabs (/ INR n * rsum (fun o => atom C o v) ch) <= C / 2).
    { rewrite Rabs_mult, (Rabs_right (/ INR n)) by (left; apply Rinv_0_lt_compat; assumption).
      apply Rmult_le_reg_l with (INR n); [assumption|].
      rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
      eapply Rle_trans; [apply rsum_abs with (h := fun _ => C / 2); intros; apply atom_bound;
        assumption|rewrite rsum_const, Lch; lra]. }
    apply Rabs_le_between in B1, B2. apply Rabs_le. lra.
  + apply Rmult_le_reg_l with (INR n * INR n); [nra|]. rewrite <- (mean_scale d E HE).
    rewrite (mean_ext E _ (fun v => rsum (fun o => atom C o v - F v) ch ^ 2)).
    * eapply Rle_trans; [exact Ech|]. right. field. lra.
    * intros v. rewrite Q.
      rewrite (rsum_ext (fun o => atom C o v - F v) (fun o => atom C o v + -1 * F v))
        by (intros; ring).
      rewrite rsum_plus, rsum_const, Lch. unfold F. field. lra.
    * apply on_square, on_minus; [apply superposition_continuous, ramp_continuous|].
      apply ramps_continuous. Qed.

(* ---------- the theorem ---------- *)

(* The error t of the ramps, added to the error y of the choice of few of them. *)
Lemma add_error C eps t y : 0 <= C -> 0 < eps -> Rabs t <= Rmin 1 (eps / (2 * C + 1)) ->
  Rabs y <= C -> (t + y) ^ 2 <= y ^ 2 + eps.
Proof. intros HC He Ht Hy. set (del := Rmin 1 (eps / (2 * C + 1))) in *.
  assert (d1 : del <= 1) by apply Rmin_l. assert (d2 : del <= eps / (2 * C + 1)) by apply Rmin_r.
  assert (eps / (2 * C + 1) * (2 * C + 1) = eps) by (field; lra).
  assert (del * (2 * C + 1) <= eps) by nra. apply Rabs_le_between in Ht, Hy.
  assert (t * (2 * y + t) <= del * (2 * C + 1)); [|lra].
  apply Rle_trans with (Rabs (t * (2 * y + t))); [apply Rle_abs|]. rewrite Rabs_mult.
  apply Rmult_le_compat; try apply Rabs_pos; apply Rabs_le; lra. Qed.

(* n ramps are a network of 2 n ReLU units. *)
Lemma ramps_network W b : exists N, depth N = 1%nat /\ nodes N = (2 * length W)%nat /\
  forall v, network_value Layered relu N v = superposition ramp W v + b.
Proof. exists (Network [map snd (flat_map ramp_units W)] (map fst (flat_map ramp_units W), b)).
  split; [reflexivity|]. split.
  - unfold nodes, widths; cbn [hidden map list_sum fold_right]. rewrite map_length. clear.
    induction W; simpl in *; lia.
  - intros v. rewrite superposition_network, ramp_units_value. reflexivity. Qed.

(* On the cube f is as near as one likes to trigonometric sums whose constants are as near to C as
   one likes, or less. *)
Definition trigonometric_limit (d : nat) (C : R) (f : list R -> R) : Prop := forall e, 0 < e ->
  exists T, (forall t, In t T -> length (fst (snd t)) = d) /\ spectral T <= C + e /\
  forall v, in_cube d v -> Rabs (f v - fourier T v) <= e.

(* The constant of a sum is not negative. *)
Lemma spectral_positive T : 0 <= spectral T.
Proof. unfold spectral, rsum. induction T as [|t T IH]; cbn [fold_right]; [lra|].
  apply Rplus_le_le_0_compat; [|exact IH].
  apply Rmult_le_pos; [apply Rabs_pos|apply weight_sum_pos]. Qed.

(* Nor is that of a limit. *)
Lemma limit_positive d C f : trigonometric_limit d C f -> 0 <= C.
Proof. intros F. apply le_epsilon. intros e He. destruct (F e He) as (T & _ & S & _).
  pose proof (spectral_positive T). lra. Qed.

(* A limit is continuous on the cube. *)
Lemma limit_continuous d C f : trigonometric_limit d C f -> continuous_within (in_cube d) f.
Proof. intros F. apply on_limit. intros e He. destruct (F e He) as (T & _ & _ & A).
  exists (fourier T). split; [apply fourier_continuous|exact A]. Qed.

(* n pairs of ReLU units for such a limit: mean squared error C^2 / (4 n), and as little more as one
   likes, whatever the dimension and the measure. *)
Theorem approximation_barron_limit d E C f n eps : expectation d E -> trigonometric_limit d C f ->
  (0 < n)%nat -> 0 < eps -> exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  E (fun v => (f v - network_value Layered relu N v) ^ 2) <= C ^ 2 / (4 * INR n) + eps.
Proof. intros HE F Hn He. pose proof (limit_positive d C f F) as HC.
  set (e := eps / 2 / (2 * (C + 1) + 1)). set (del := Rmin 1 e / 2).
  assert (Pe : 0 < e) by (apply Rdiv_lt_0_compat; lra).
  assert (Ee : e * (2 * (C + 1) + 1) = eps / 2) by (unfold e; field; lra).
  assert (Pd : 0 < del) by (assert (0 < Rmin 1 e) by (apply Rmin_glb_lt; lra); unfold del; lra).
  assert (d1 : 2 * del <= 1) by (pose proof (Rmin_l 1 e); unfold del; lra).
  assert (d2 : 2 * del <= e) by (pose proof (Rmin_r 1 e); unfold del; lra).
  destruct (F del Pd) as (T & H & S & A). destruct (fourier_ramps d T H del Pd) as (U & c & V & B).
  destruct (few_ramps d E U (C + del) n HE ltac:(lra) Hn) as (W & b & LW & Y & M).
  destruct (ramps_network W (c + b)) as (N & D & Z & Val). exists N. split; [exact D|].
  split; [rewrite Z, LW; reflexivity|].
  set (y := fun v => superposition ramp U v - (superposition ramp W v + b)) in *.
  assert (Cy2 : continuous_within (in_cube d) (fun v => y v ^ 2)).
  { apply on_square, on_minus; [|apply ramps_continuous].
    apply superposition_continuous, ramp_continuous. }
  rewrite (mean_ext E _ (fun v => (f v - (superposition ramp W v + (c + b))) ^ 2))
    by (intros v; rewrite Val; reflexivity).
  apply Rle_trans with (E (fun v => y v ^ 2 + eps / 2)).
  - apply (mean_le d E HE); [|apply on_plus; [exact Cy2|apply on_const]|].
    { apply on_square, on_minus; [apply (limit_continuous d C f F)|apply ramps_continuous]. }
    intros v Hv. set (t := f v - (superposition ramp U v + c)).
    replace (_ - _) with (t + y v) by (unfold t, y; ring).
    apply (add_error (C + 1)); [lra|lra| |apply Rle_trans with (C + del); [apply Y|lra]].
    pose proof (A v Hv) as At. pose proof (B v Hv) as Et.
    apply Rabs_le_between in At, Et. fold e. apply Rle_trans with (2 * del);
      [apply Rabs_le; unfold t; lra|apply Rmin_glb; lra].
  - rewrite (mean_plus d E HE), (mean_const d E HE) by (exact Cy2 || apply on_const).
    assert (Pn : 1 <= INR n) by (apply (le_INR 1); lia).
    assert ((C + del) ^ 2 / (4 * INR n) <= C ^ 2 / (4 * INR n) + eps / 2);
      [|eapply Rle_trans; [apply Rplus_le_compat_r, M|lra]].
    apply Rmult_le_reg_r with (4 * INR n); [lra|]. rewrite Rmult_plus_distr_r.
    unfold Rdiv at 1 2. rewrite !Rmult_assoc, Rinv_l by lra. nra. Qed.

(* n pairs of ReLU units, C = sum |a_k| |w_k|_1, for one such sum. *)
Theorem approximation_barron d E T n eps : expectation d E ->
  (forall t, In t T -> length (fst (snd t)) = d) -> (0 < n)%nat -> 0 < eps ->
  exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  E (fun v => (fourier T v - network_value Layered relu N v) ^ 2) <=
  spectral T ^ 2 / (4 * INR n) + eps.
Proof. intros HE HT. apply (approximation_barron_limit d E _ _ n eps HE). intros e He. exists T.
  split; [exact HT|]. split; [lra|]. intros v _. rewrite Rminus_eq_0, Rabs_R0. lra. Qed.
