(* "In fact, depth 2 suffices (= 1 hidden layer)": Cybenko and Hornik's theorem on [0,1]^d, for
   every bounded sigmoidal activation, continuous or not, and "What about ReLU?  Put two together".
   Sums of exponentials are closed under products, so they approximate absolute values and maxima,
   hence all continuous functions; and each exponential is a function of one variable. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Integrals Cube Compose
  UniversalCube UniversalContinuous.

(* ---------- sums of exponentials ---------- *)

Definition exponentials (T : list (R * list R)) (v : list R) : R :=
  fold_right (fun t s => fst t * exp (dot (snd t) v) + s) 0 T.

(* Uniform limits of them on the cube. *)
Definition exp_limit (d : nat) (f : list R -> R) : Prop :=
  forall eps, 0 < eps -> exists T, forall v, in_cube d v -> Rabs (f v - exponentials T v) <= eps.

(* Sums. *)
Lemma exponentials_app S T v : exponentials (S ++ T) v = exponentials S v + exponentials T v.
Proof. induction S; simpl; [ring|]. rewrite IHS. ring. Qed.

(* A term times a sum. *)
Definition times (t : R * list R) (S : list (R * list R)) : list (R * list R) :=
  map (fun s => (fst t * fst s, vector_sum (snd t) (snd s))) S.

(* Its value. *)
Lemma times_value t S v : exponentials (times t S) v =
  fst t * exp (dot (snd t) v) * exponentials S v.
Proof. induction S as [|s S IH]; simpl; [ring|]. rewrite IH, dot_sum, exp_plus. ring. Qed.

(* Products. *)
Lemma exponentials_mult S T v : exponentials (flat_map (fun t => times t S) T) v =
  exponentials T v * exponentials S v.
Proof. induction T; simpl; [ring|]. rewrite exponentials_app, times_value, IHT. ring. Qed.



(* On the cube, a product of weights and numbers is bounded. *)
Lemma dot_bounded w : forall v, List.Forall (fun x => 0 <= x <= 1) v ->
  Rabs (dot w v) <= weight_sum w.
Proof. induction w as [|a w IH]; intros v Hv; [simpl; rewrite Rabs_R0; lra|].
  destruct Hv as [|x v Hx Hv]; simpl.
  - rewrite Rabs_R0. pose proof (Rabs_pos a). pose proof (weight_sum_pos w). lra.
  - eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult, (Rabs_right x) by lra.
    specialize (IH v Hv). pose proof (Rabs_pos a). nra. Qed.

(* So are sums of exponentials. *)
Lemma exponentials_bounded d T : exists M, forall v, in_cube d v -> Rabs (exponentials T v) <= M.
Proof. induction T as [|[a w] T (M & IH)]; [exists 0; intros; simpl; rewrite Rabs_R0; lra|].
  exists (Rabs a * exp (weight_sum w) + M). intros v Hv. simpl.
  eapply Rle_trans; [apply Rabs_triang|]. specialize (IH v Hv).
  rewrite Rabs_mult, (Rabs_right (exp _)) by (left; apply exp_pos).
  assert (exp (dot w v) <= exp (weight_sum w)).
  { pose proof (dot_bounded w v (proj2 Hv)) as B. apply Rabs_le_between in B.
    destruct (Rle_lt_or_eq_dec _ _ (proj2 B)) as [L|E];
      [left; apply exp_increasing, L|rewrite E; right; reflexivity]. }
  pose proof (Rabs_pos a). nra. Qed.

Section Limits.
Variable d : nat.

(* The same function on the cube. *)
Lemma limit_ext f g : (forall v, in_cube d v -> g v = f v) -> exp_limit d f -> exp_limit d g.
Proof. intros E H eps He. destruct (H eps He) as [T HT]. exists T. intros v Hv.
  rewrite E by assumption. auto. Qed.

(* Limits of limits. *)
Lemma limit_limit f : (forall eps, 0 < eps -> exists g, exp_limit d g /\ forall v, in_cube d v ->
  Rabs (f v - g v) <= eps) -> exp_limit d f.
Proof. intros H eps He. destruct (H (eps / 2) ltac:(lra)) as (g & Hg & E).
  destruct (Hg (eps / 2) ltac:(lra)) as [T HT]. exists T. intros v Hv. specialize (E v Hv).
  specialize (HT v Hv).
  replace (f v - exponentials T v) with (f v - g v + (g v - exponentials T v)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. lra. Qed.

(* Limits are bounded. *)
Lemma limit_bounded f : exp_limit d f -> exists M, 1 <= M /\ forall v, in_cube d v ->
  Rabs (f v) <= M.
Proof. intros H. destruct (H 1 Rlt_0_1) as [T HT]. destruct (exponentials_bounded d T) as [M HM].
  exists (Rmax M 0 + 1). pose proof (Rmax_l M 0). pose proof (Rmax_r M 0). split; [lra|].
  intros v Hv. specialize (HT v Hv). specialize (HM v Hv).
  pose proof (Rabs_triang (f v - exponentials T v) (exponentials T v)) as A.
  replace (f v - exponentials T v + exponentials T v) with (f v) in A by ring. lra. Qed.

(* Exponentials themselves. *)
Lemma limit_exp a w : exp_limit d (fun v => a * exp (dot w v)).
Proof. intros eps He. exists [(a, w)]. intros v _. simpl. replace (_ - _) with 0 by ring.
  rewrite Rabs_R0. lra. Qed.

(* Constants. *)
Lemma limit_const c : exp_limit d (fun _ => c).
Proof. apply limit_ext with (fun v => c * exp (dot [] v)); [|apply limit_exp]. intros. simpl.
  rewrite exp_0. ring. Qed.

(* Sums. *)
Lemma limit_plus f g : exp_limit d f -> exp_limit d g -> exp_limit d (fun v => f v + g v).
Proof. intros Hf Hg eps He. destruct (Hf (eps / 2) ltac:(lra)) as [S HS].
  destruct (Hg (eps / 2) ltac:(lra)) as [T HT]. exists (S ++ T). intros v Hv.
  rewrite exponentials_app. specialize (HS v Hv). specialize (HT v Hv).
  replace (_ - _) with (f v - exponentials S v + (g v - exponentials T v)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. lra. Qed.

(* Products. *)
Lemma limit_mult f g : exp_limit d f -> exp_limit d g -> exp_limit d (fun v => f v * g v).
Proof. intros Hf Hg. destruct (limit_bounded f Hf) as (M & HM & BM).
  destruct (limit_bounded g Hg) as (K & HK & BK). intros eps He.
  set (e := Rmin 1 (eps / (M + K + 1))).
  assert (P : 0 < eps / (M + K + 1)) by (apply Rdiv_lt_0_compat; lra).
  assert (e1 : e <= 1) by apply Rmin_l. assert (e2 : e <= eps / (M + K + 1)) by apply Rmin_r.
  assert (e0 : 0 < e) by (apply Rmin_glb_lt; lra). destruct (Hf e e0) as [S HS].
  destruct (Hg e e0) as [T HT]. exists (flat_map (fun t => times t T) S). intros v Hv.
  rewrite exponentials_mult. specialize (HS v Hv). specialize (HT v Hv). specialize (BM v Hv).
  specialize (BK v Hv). set (p := exponentials S v) in *. set (q := exponentials T v) in *.
  replace (f v * g v - p * q) with ((f v - p) * g v + (f v - (f v - p)) * (g v - q)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult.
  assert (Rabs (f v - (f v - p)) <= M + 1).
  { replace (f v - (f v - p)) with (f v + - (f v - p)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp. lra. }
  assert (E : eps = eps / (M + K + 1) * (M + K + 1)) by (field; lra).
  pose proof (Rabs_pos (f v - p)). pose proof (Rabs_pos (g v)). pose proof (Rabs_pos (g v - q)).
  pose proof (Rabs_pos (f v - (f v - p))).
  assert (Rabs (f v - p) * Rabs (g v) <= e * K) by (apply Rmult_le_compat; lra).
  assert (Rabs (f v - (f v - p)) * Rabs (g v - q) <= (M + 1) * e) by (apply Rmult_le_compat; lra).
  nra. Qed.

(* Multiples. *)
Lemma limit_scale c f : exp_limit d f -> exp_limit d (fun v => c * f v).
Proof. intros H. apply (limit_mult (fun _ => c) f); [apply limit_const|assumption]. Qed.

(* Differences. *)
Lemma limit_minus f g : exp_limit d f -> exp_limit d g -> exp_limit d (fun v => f v - g v).
Proof. intros Hf Hg. apply limit_ext with (fun v => f v + -1 * g v); [intros; ring|].
  apply limit_plus; [assumption|apply limit_scale; assumption]. Qed.

(* ---------- absolute values and maxima ---------- *)

(* Polynomials in t that grow to |t|. *)
Fixpoint towards_abs (n : nat) (t : R) : R :=
  match n with
  | O => 0
  | S n' => towards_abs n' t + (t * t - towards_abs n' t * towards_abs n' t) / 2
  end.

(* The error after n steps. *)
Lemma towards_abs_error n t : Rabs t <= 1 -> 0 <= towards_abs n t <= Rabs t /\
  Rabs t - towards_abs n t <= 2 / (INR n + 2).
Proof. intros H. pose proof (Rabs_pos t) as P.
  replace (t * t) with (Rabs t * Rabs t) by (rewrite <- Rabs_mult; apply Rabs_right; nra).
  induction n as [|n [A B]]; [simpl; split; lra|]. cbn [towards_abs]. rewrite S_INR.
  pose proof (pos_INR n) as Pn.
  replace (t * t) with (Rabs t * Rabs t) by (rewrite <- Rabs_mult; apply Rabs_right; nra).
  set (u := Rabs t) in *. set (p := towards_abs n t) in *. set (e := u - p).
  set (b := 2 / (INR n + 2)) in *. assert (Hb : b <= 1) by (unfold b;
    apply Rmult_le_reg_r with (INR n + 2); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra;
    lra).
  replace (u * u - p * p) with (e * (u + p)) by (unfold e; ring).
  replace p with (u - e) by (unfold e; ring). assert (He : 0 <= e <= b) by (unfold e; lra).
  assert (e <= u) by (unfold e; lra). split; [nra|]. apply Rle_trans with (e - e * e / 2); [nra|].
  apply Rle_trans with (b - b * b / 2); [nra|]. unfold b.
  apply Rmult_le_reg_r with ((INR n + 2) * (INR n + 2) * (INR n + 1 + 2)); [nra|].
  replace ((2 / (INR n + 2) - 2 / (INR n + 2) * (2 / (INR n + 2)) / 2) *
    ((INR n + 2) * (INR n + 2) * (INR n + 1 + 2))) with (2 * (INR n + 1) * (INR n + 3)) by (field;
    lra).
  replace (2 / (INR n + 1 + 2) * ((INR n + 2) * (INR n + 2) * (INR n + 1 + 2)))
    with (2 * (INR n + 2) * (INR n + 2)) by (field; lra).
  nra. Qed.

(* Absolute values. *)
Lemma limit_abs f : exp_limit d f -> exp_limit d (fun v => Rabs (f v)).
Proof. intros H. destruct (limit_bounded f H) as (M & HM & B).
  assert (Hg : exp_limit d (fun v => / M * f v)) by (apply limit_scale; assumption).
  assert (L : forall v, in_cube d v -> Rabs (/ M * f v) <= 1).
  { intros v Hv. assert (0 < / M) by (apply Rinv_0_lt_compat; lra).
    rewrite Rabs_mult, (Rabs_right (/ M)) by lra. specialize (B v Hv).
    assert (/ M * M = 1) by (apply Rinv_l; lra). nra. }
  assert (P : forall n, exp_limit d (fun v => towards_abs n (/ M * f v))).
  { induction n; [exact (limit_const 0)|]. cbn [towards_abs]. apply limit_plus; [assumption|].
    apply limit_ext with (fun v => / 2 * (/ M * f v * (/ M * f v) - towards_abs n (/ M * f v) *
      towards_abs n (/ M * f v))); [intros; field; lra|].
    apply limit_scale, limit_minus; apply limit_mult; assumption. }
  apply limit_ext with (fun v => M * Rabs (/ M * f v)).
  { intros v _. rewrite Rabs_mult, (Rabs_right (/ M)) by (left; apply Rinv_0_lt_compat; lra). field.
    lra. }
  apply limit_scale. apply limit_limit. intros eps He.
  destruct (least_power (2 / eps)) as (k & Hk & _).
  exists (fun v => towards_abs (2 ^ k) (/ M * f v)). split; [apply P|]. intros v Hv.
  destruct (towards_abs_error (2 ^ k) _ (L v Hv)) as [[A1 A2] A3]. rewrite Rabs_right by lra.
  eapply Rle_trans; [exact A3|]. rewrite pow_INR. change (INR 2) with 2.
  assert (0 < 2 ^ k) by (apply pow_lt; lra). apply Rmult_le_reg_r with (2 ^ k + 2); [lra|].
  unfold Rdiv at 1. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  assert (2 / eps * eps = 2) by (field; lra). nra. Qed.

(* The larger of two. *)
Lemma limit_max f g : exp_limit d f -> exp_limit d g -> exp_limit d (fun v => Rmax (f v) (g v)).
Proof. intros Hf Hg. apply limit_ext with (fun v => / 2 * (f v + g v + Rabs (f v - g v))).
  { intros v _. unfold Rmax, Rabs. destruct Rle_dec, Rcase_abs; lra. }
  apply limit_scale, limit_plus; [apply limit_plus; assumption|apply limit_abs, limit_minus;
    assumption].
Qed.

(* The largest of a list. *)
Lemma limit_maximum {A} (F : A -> list R -> R) a l : (forall x, exp_limit d (F x)) ->
  exists g, exp_limit d g /\ forall v, In (g v) (map (fun x => F x v) (a :: l)) /\
  forall x, In x (a :: l) -> F x v <= g v.
Proof. intros H. revert a. induction l as [|b l IH]; intros a.
  - exists (F a). split; [apply H|]. intros v. split; [left; reflexivity|]. intros x [<-|[]]. lra.
  - destruct (IH b) as (g & Hg & G). exists (fun v => Rmax (F a v) (g v)).
    split; [apply limit_max; auto|]. intros v. destruct (G v) as [G1 G2].
    split; [unfold Rmax; destruct Rle_dec; [right; exact G1|left; reflexivity]|].
    pose proof (Rmax_l (F a v) (g v)). pose proof (Rmax_r (F a v) (g v)).
    intros x [<-|Hx]; [assumption|]. specialize (G2 x Hx). lra. Qed.

(* ---------- coordinates and cones ---------- *)

(* exp u is 1 + u, up to u^2. *)
Lemma exp_first u : 0 <= u <= / 2 -> 0 <= exp u - 1 - u <= 2 * u * u.
Proof. intros H. pose proof (exp_ineq1_le u) as A. pose proof (exp_ineq1_le (- u)) as B.
  split; [lra|].
  assert (E : exp u * exp (- u) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  pose proof (exp_pos u). assert (exp u * (1 - u) <= 1) by nra. assert (exp u <= 2) by nra.
  nra. Qed.

(* Coordinates are limits of (exp (h x) - 1) / h. *)
Lemma limit_coordinate j : exp_limit d (fun v => nth j v 0).
Proof. apply limit_limit. intros eps He. set (h := Rmin (/ 2) (eps / 2)).
  assert (h1 : h <= / 2) by apply Rmin_l. assert (h2 : h <= eps / 2) by apply Rmin_r.
  assert (h0 : 0 < h) by (apply Rmin_glb_lt; lra).
  exists (fun v => / h * exp (dot (repeat 0 j ++ [h]) v) - / h). split.
  { apply limit_minus; [apply limit_exp|apply limit_const]. }
  intros v [_ Hv]. rewrite dot_coordinate. assert (Hx : 0 <= nth j v 0 <= 1).
  { clear - Hv. revert j. induction Hv; intros [|j]; simpl; try lra. apply IHHv. }
  set (x := nth j v 0) in *. destruct (exp_first (h * x) ltac:(nra)) as [A B].
  replace (x - (/ h * exp (h * x) - / h)) with (- (/ h * (exp (h * x) - 1 - h * x))) by (field;
    lra).
  rewrite Rabs_Ropp, Rabs_mult, (Rabs_right (/ h)), Rabs_right
    by (try (left; apply Rinv_0_lt_compat; lra); lra).
  apply Rmult_le_reg_l with h; [assumption|]. rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
  assert (0 <= h * x <= h) by nra.
  assert (h * x * (h * x) <= h * h) by (apply Rmult_le_compat; lra).
  assert (h * h <= h * (eps / 2)) by (apply Rmult_le_compat_l; lra). nra. Qed.

(* The distance from a point. *)
Lemma limit_distance z : forall j, (j + length z = d)%nat ->
  exp_limit d (fun v => sum_distance (skipn j v) z).
Proof. induction z as [|c z IH]; intros j H.
  - apply limit_ext with (fun _ => 0); [|apply limit_const]. intros v _.
    destruct (skipn j v); reflexivity.
  - apply limit_ext with (fun v => Rabs (nth j v 0 - c) + sum_distance (skipn (S j) v) z).
    + intros v [Hv _]. assert (L : (j < length v)%nat) by (simpl in H; lia). clear - L. revert j L.
      induction v as [|x v IHv]; intros [|j] L; simpl in L; try lia; [reflexivity|].
      cbn [skipn nth]. apply IHv. lia.
    + apply limit_plus; [apply limit_abs, limit_minus;
        [apply limit_coordinate|apply limit_const]|apply IH; simpl in H; lia].
Qed.

(* Sums of exponentials approximate every continuous function on the cube. *)
Theorem exponentials_dense f : continuous_on_cube d f -> exp_limit d f.
Proof. intros Hf. apply limit_limit. intros eps He.
  destruct (continuous_almost_lipschitz d f Hf (eps / 2) ltac:(lra)) as (C & HC & A).
  destruct (least_power (C * INR d / eps)) as (k & K & _). set (cs := midpoints k).
  set (r := C * INR d / 2 ^ (k + 1)). set (z0 := repeat 0%nat d). assert (I0 : In z0 (grid cs d)).
  { apply grid_spec. split; [apply repeat_length|]. apply Forall_forall. intros i Hi.
    apply repeat_spec in Hi. subst i. unfold cs, midpoints. rewrite map_length, seq_length.
    apply Nat.neq_0_lt_0, Nat.pow_nonzero. lia. }
  destruct (grid cs d) as [|z l] eqn:E; [destruct I0|]. assert (L : forall z,
    exp_limit d (fun v => f (point cs z) - C *
    sum_distance v (firstn d (point cs z ++ repeat 0 d)))).
  { intros y. apply limit_minus; [apply limit_const|]. apply limit_scale.
    apply (limit_distance (firstn d (point cs y ++ repeat 0 d)) 0).
    rewrite firstn_length, app_length, repeat_length. lia. }
  assert (F : forall y, In y (z :: l) -> firstn d (point cs y ++ repeat 0 d) = point cs y).
  { intros y Hy. rewrite <- E in Hy. pose proof (proj1 (grid_in_cube k d y Hy)) as Hl.
    fold cs in Hl. rewrite <- Hl at 1. rewrite firstn_app, Nat.sub_diag, firstn_all. simpl.
    apply app_nil_r. }
  destruct (limit_maximum _ z l L) as (g & Hg & G). exists (fun v => g v + r).
  split; [apply limit_plus; [assumption|apply limit_const]|]. intros v Hv.
  destruct (G v) as [G1 G2]. eapply Rle_trans.
  - apply (cones_close (eps / 2) C d k f v (g v) HC A Hv); fold cs; rewrite E.
    + rewrite (map_ext_in _ (fun x => f (point cs x) - C *
        sum_distance v (firstn d (point cs x ++ repeat 0 d)))); [exact G1|].
      intros y Hy. rewrite F by assumption. reflexivity.
    + intros y Hy. specialize (G2 y Hy). rewrite F in G2 by assumption. exact G2.
  - assert (0 < 2 ^ k) by (apply pow_lt; lra). rewrite pow_add, pow_1.
    apply Rmult_le_reg_r with (2 * 2 ^ k); [lra|]. replace ((eps / 2 + C * INR d / (2 ^ k * 2)) *
      (2 * 2 ^ k)) with (eps * 2 ^ k + C * INR d) by (field; lra).
    assert (C * INR d = C * INR d / eps * eps) by (field; lra). nra. Qed.

End Limits.
