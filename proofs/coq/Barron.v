(* "Recap", (2): functions with decaying Fourier coefficients.  n pairs of ReLU units, in one hidden
   layer, have mean squared error C^2 / (4 n), for every dimension and every measure: so about
   1 / eps units for *squared* error eps, not for error eps. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Sums Compose UniversalCube.
From Depthproof Require Import Sigmoidal Maurey.

(* ---------- cosines are averages of ramps ---------- *)

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
Lemma few_ramps_none mu U C n : rsum fst mu = 1 -> variation U <= C -> C <= 0 -> (0 < n)%nat ->
  exists W b, length W = n /\
  let y v := superposition ramp U v - (superposition ramp W v + b) in
  (forall v, Rabs (y v) <= C) /\ mean mu (fun v => y v ^ 2) <= C ^ 2 / (4 * INR n).
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
  rewrite (mean_ext mu _ (fun _ => 0)) by (intros; rewrite Y; simpl; ring).
  rewrite mean_const by assumption. apply Rdiv_le_0_compat; [apply pow2_ge_0|lra]. Qed.

(* n ramps for any number of them: C^2 / (4 n) in the mean square, and C everywhere. *)
Lemma few_ramps mu U C n : List.Forall (fun s => 0 <= fst s) mu -> rsum fst mu = 1 ->
  variation U <= C -> (0 < n)%nat -> exists W b, length W = n /\
  let y v := superposition ramp U v - (superposition ramp W v + b) in
  (forall v, Rabs (y v) <= C) /\ mean mu (fun v => y v ^ 2) <= C ^ 2 / (4 * INR n).
Proof. intros Hmu H1 V Hn. assert (Pn : 0 < INR n) by (apply lt_0_INR; exact Hn).
  destruct (Rle_dec C 0) as [Z|NZ]; [apply few_ramps_none; assumption|].
  assert (Cp : 0 < C) by lra. set (F := fun v => superposition ramp U v - / 2 * rsum fst U).
  destruct (maurey mu Hmu H1 (chance U C) (atom C) (atoms U) F (C ^ 2 / 4) n) as
    (ch & Lch & _ & Ech).
  { intros o _. apply chance_positive; assumption. }
  { apply chance_one; assumption. }
  { intros v. apply atoms_average; assumption. }
  { intros o _.
    apply Rle_trans with (mean mu (fun _ => C ^ 2 / 4)); [|rewrite mean_const by assumption; lra].
    apply mean_le; [assumption|]. intros s _. pose proof (atom_bound C Cp o (snd s)) as G.
    apply Rabs_le_between in G. nra. }
  destruct (atoms_ramps U C n ch Hn Lch) as (W & b & LW & E). exists W, b. split; [exact LW|].
  cbv zeta. split.
  + intros v. rewrite E.
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
  + apply Rmult_le_reg_l with (INR n * INR n); [nra|]. rewrite <- mean_scale.
    rewrite (mean_ext mu _ (fun v => rsum (fun o => atom C o v - F v) ch ^ 2)).
    * eapply Rle_trans; [exact Ech|]. right. field. lra.
    * intros v. rewrite E.
      rewrite (rsum_ext (fun o => atom C o v - F v) (fun o => atom C o v + -1 * F v))
        by (intros; ring).
      rewrite rsum_plus, rsum_const, Lch. unfold F. field. lra. Qed.

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

(* n pairs of ReLU units for such a limit: mean squared error C^2 / (4 n), and as little more as one
   likes, whatever the dimension. *)
Theorem approximation_barron_limit d C f mu n eps : trigonometric_limit d C f ->
  List.Forall (fun s => 0 <= fst s) mu -> rsum fst mu = 1 ->
  (forall s, In s mu -> in_cube d (snd s)) -> (0 < n)%nat -> 0 < eps ->
  exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  mean mu (fun v => (f v - network_value Layered relu N v) ^ 2) <= C ^ 2 / (4 * INR n) + eps.
Proof. intros F Hmu H1 Hcube Hn He. pose proof (limit_positive d C f F) as HC.
  set (e := eps / 2 / (2 * (C + 1) + 1)). set (del := Rmin 1 e / 2).
  assert (Pe : 0 < e) by (apply Rdiv_lt_0_compat; lra).
  assert (Ee : e * (2 * (C + 1) + 1) = eps / 2) by (unfold e; field; lra).
  assert (Pd : 0 < del) by (assert (0 < Rmin 1 e) by (apply Rmin_glb_lt; lra); unfold del; lra).
  assert (d1 : 2 * del <= 1) by (pose proof (Rmin_l 1 e); unfold del; lra).
  assert (d2 : 2 * del <= e) by (pose proof (Rmin_r 1 e); unfold del; lra).
  destruct (F del Pd) as (T & H & S & A). destruct (fourier_ramps d T H del Pd) as (U & c & V & E).
  destruct (few_ramps mu U (C + del) n Hmu H1 ltac:(lra) Hn) as (W & b & LW & Y & M).
  destruct (ramps_network W (c + b)) as (N & D & Z & Val). exists N. split; [exact D|].
  split; [rewrite Z, LW; reflexivity|].
  set (y := fun v => superposition ramp U v - (superposition ramp W v + b)) in *.
  apply Rle_trans with (mean mu (fun v => y v ^ 2 + eps / 2)).
  - apply mean_le; [assumption|]. intros s Hs. rewrite Val.
    set (t := f (snd s) - (superposition ramp U (snd s) + c)).
    replace (_ - _) with (t + y (snd s)) by (unfold t, y; ring).
    apply (add_error (C + 1)); [lra|lra| |apply Rle_trans with (C + del); [apply Y|lra]].
    pose proof (A _ (Hcube s Hs)) as At. pose proof (E _ (Hcube s Hs)) as Et.
    apply Rabs_le_between in At, Et. fold e. apply Rle_trans with (2 * del);
      [apply Rabs_le; unfold t; lra|apply Rmin_glb; lra].
  - rewrite mean_plus, mean_const by assumption.
    assert (Pn : 1 <= INR n) by (apply (le_INR 1); lia).
    assert ((C + del) ^ 2 / (4 * INR n) <= C ^ 2 / (4 * INR n) + eps / 2);
      [|eapply Rle_trans; [apply Rplus_le_compat_r, M|lra]].
    apply Rmult_le_reg_r with (4 * INR n); [lra|]. rewrite Rmult_plus_distr_r.
    unfold Rdiv at 1 2. rewrite !Rmult_assoc, Rinv_l by lra. nra. Qed.

(* n pairs of ReLU units, C = sum |a_k| |w_k|_1, for one such sum. *)
Theorem approximation_barron d T mu n eps :
  (forall t, In t T -> length (fst (snd t)) = d) ->
  List.Forall (fun s => 0 <= fst s) mu -> rsum fst mu = 1 ->
  (forall s, In s mu -> in_cube d (snd s)) -> (0 < n)%nat -> 0 < eps ->
  exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  mean mu (fun v => (fourier T v - network_value Layered relu N v) ^ 2) <=
  spectral T ^ 2 / (4 * INR n) + eps.
Proof. intros HT. apply (approximation_barron_limit d). intros e He. exists T. split; [exact HT|].
  split; [lra|]. intros v _. rewrite Rminus_eq_0, Rabs_R0. lra. Qed.
