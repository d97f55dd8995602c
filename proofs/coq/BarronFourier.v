(* "Recap", (2): functions given by a Fourier integral over R^d.  With C the integral of
   |w|_1 sqrt (a(w)^2 + b(w)^2), 2 n ReLU units have mean squared error C^2 / (4 n). *)
From Depthproof Require Import Definitions PiecewiseLinear Integrals Vectors Sums Cube.
From Depthproof Require Import UniversalCube Sigmoidal ContinuousWithin Maurey Ramps Barron.
From Depthproof Require Import BandIntegrals Fourier.

Section Waves.
Variables (d : nat) (a b : list R -> R).
Hypothesis a_continuous : continuous_on_space d a.
Hypothesis b_continuous : continuous_on_space d b.

(* ---------- one frequency ---------- *)

(* The waves of the frequency w at the point v. *)
Definition wave (w v : list R) : R := a w * cos (dot w v) + b w * sin (dot w v).

(* What the frequency w adds to the constant. *)
Definition weighted_amplitude (w : list R) : R := sqrt (a w ^ 2 + b w ^ 2) * weight_sum w.

(* A cosine and a sine are one cosine. *)
Lemma phase p q : exists t, forall x, p * cos x + q * sin x = sqrt (p ^ 2 + q ^ 2) * cos (x + t).
Proof. set (r := sqrt (p ^ 2 + q ^ 2)). pose proof (pow2_ge_0 p). pose proof (pow2_ge_0 q).
  assert (S : r * r = p ^ 2 + q ^ 2) by (apply sqrt_sqrt; lra).
  assert (P : 0 <= r) by apply sqrt_pos. destruct (Req_EM_T r 0) as [Z|NZ].
  - exists 0. intros x. rewrite Z in *. assert (p = 0) by nra. assert (q = 0) by nra. subst. ring.
  - set (s := p / r). assert (E : r * s = p) by (unfold s; field; exact NZ).
    assert (R2 : 0 < r * r) by (apply Rmult_lt_0_compat; lra).
    assert (Q1 : r * r * (1 - s ^ 2) = q ^ 2)
      by (replace (r * r * (1 - s ^ 2)) with (r * r - (r * s) ^ 2) by ring; rewrite S, E; ring).
    assert (S1 : 0 <= 1 - s ^ 2) by (apply Rmult_le_reg_l with (r * r); lra).
    assert (B : -1 <= s <= 1) by (split; nra).
    assert (Q : (r * sqrt (1 - s ^ 2)) ^ 2 = q ^ 2).
    { rewrite Rpow_mult_distr, <- (Rsqr_pow2 (sqrt _)), Rsqr_sqrt by exact S1.
      rewrite <- Q1. ring. }
    pose proof (sqrt_pos (1 - s ^ 2)) as Ps. set (z := sqrt (1 - s ^ 2)) in *.
    assert (V : sin (acos s) = z) by (rewrite sin_acos by exact B; unfold z; f_equal; unfold Rsqr;
      ring).
    assert (K : r * z = - q \/ r * z = q).
    { assert ((r * z - q) * (r * z + q) = 0) as M by nra. apply Rmult_integral in M. lra. }
    destruct K as [K|K]; [exists (acos s)|exists (- acos s)]; intros x; rewrite cos_plus;
      [|rewrite cos_neg, sin_neg]; rewrite cos_acos, V by exact B; rewrite <- E; nra. Qed.

(* So the waves of a frequency are a trigonometric sum of one term. *)
Lemma wave_limit w : length w = d -> trigonometric_limit d (weighted_amplitude w) (wave w).
Proof. intros L e He. destruct (phase (a w) (b w)) as (t & E).
  exists [(sqrt (a w ^ 2 + b w ^ 2), (w, t))]. split; [intros s [<-|[]]; exact L|]. split.
  - unfold spectral, rsum, weighted_amplitude. cbn [fold_right fst snd].
    rewrite Rabs_right by (apply Rle_ge, sqrt_pos). lra.
  - intros v _. unfold wave, fourier, superposition, pre_activation. cbn [fold_right fst snd].
    rewrite E, Rplus_0_r, Rminus_eq_0, Rabs_R0. lra. Qed.

(* They are no larger than the amplitude. *)
Lemma wave_bound w v : Rabs (wave w v) <= sqrt (a w ^ 2 + b w ^ 2).
Proof. unfold wave. destruct (phase (a w) (b w)) as (t & E). rewrite E, Rabs_mult.
  rewrite Rabs_right by (apply Rle_ge, sqrt_pos). pose proof (COS_bound (dot w v + t)) as B.
  rewrite <- Rmult_1_r. apply Rmult_le_compat_l; [apply sqrt_pos|apply Rabs_le; lra]. Qed.

(* ---------- continuity in the frequency ---------- *)

(* Near frequencies have near phases on the cube, *)
Lemma dot_near w : forall u v, length w = length v -> length u = length v ->
  List.Forall (fun x => 0 <= x <= 1) v -> Rabs (dot w v - dot u v) <= sum_distance w u.
Proof. induction w as [|p w IH]; intros [|q u] [|x v] L M H; try discriminate;
    [simpl; rewrite Rminus_eq_0, Rabs_R0; lra|].
  inversion H; subst. cbn [dot sum_distance].
  specialize (IH u v ltac:(simpl in L; congruence) ltac:(simpl in M; congruence) H3).
  replace (_ - _) with ((p - q) * x + (dot w v - dot u v)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult, (Rabs_right x) by lra.
  pose proof (Rabs_pos (p - q)). nra. Qed.

(* and near sums of weights. *)
Lemma weight_sum_near w : forall u, length w = length u ->
  Rabs (weight_sum w - weight_sum u) <= sum_distance w u.
Proof. induction w as [|p w IH]; intros [|q u] L; try discriminate;
    [simpl; rewrite Rminus_eq_0, Rabs_R0; lra|].
  cbn [weight_sum sum_distance]. specialize (IH u ltac:(simpl in L; congruence)).
  pose proof (Rabs_triang_inv p q). pose proof (Rabs_triang_inv q p) as T.
  rewrite (Rabs_minus_sym q p) in T. apply Rabs_le_between in IH. apply Rabs_le. lra. Qed.

(* The waves at a point of the cube. *)
Lemma wave_continuous v : in_cube d v -> continuous_on_space d (fun w => wave w v).
Proof. intros [Lv Hv]. assert (D : continuous_on_space d (fun w => dot w v)).
  { apply (on_slow _ 1). intros. rewrite Rmult_1_l.
    apply dot_near; [congruence|congruence|exact Hv]. }
  apply on_plus; apply on_mult; try assumption; apply (on_comp _ (fun w => dot w v));
    try exact D; [apply continuous_cos|apply continuous_sin]. Qed.

(* The amplitude. *)
Lemma amplitude_continuous : continuous_on_space d (fun w => sqrt (a w ^ 2 + b w ^ 2)).
Proof. apply (on_comp _ (fun w => a w ^ 2 + b w ^ 2)); [|intros; apply continuous_sqrt].
  apply on_plus; apply on_square; assumption. Qed.

(* What is added to the constant. *)
Lemma weighted_continuous : continuous_on_space d weighted_amplitude.
Proof. apply on_mult; [apply amplitude_continuous|]. apply (on_slow _ 1). intros.
  rewrite Rmult_1_l. apply weight_sum_near. congruence. Qed.

(* The slopes of the sine are at most 1. *)
Lemma sin_lipschitz x y : Rabs (sin x - sin y) <= Rabs (x - y).
Proof. rewrite <- !cos_shift. eapply Rle_trans; [apply cos_lipschitz|].
  replace (PI / 2 - x - (PI / 2 - y)) with (- (x - y)) by ring. rewrite Rabs_Ropp. lra. Qed.

(* A product, each of whose factors moves a little. *)
Lemma product_near p q s t M e : Rabs q <= M -> Rabs s <= 1 -> Rabs (p - q) <= e ->
  Rabs (p * s - q * t) <= e + M * Rabs (s - t).
Proof. intros Hq Hs Hp. replace (_ - _) with ((p - q) * s + q * (s - t)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult.
  pose proof (Rabs_pos (p - q)). pose proof (Rabs_pos s). pose proof (Rabs_pos (s - t)). nra. Qed.

(* On a band the waves move little with the frequency, at all points of the cube together. *)
Lemma wave_together Om e : 0 < Om -> 0 < e -> exists r, 0 < r /\ forall w u, in_band Om d w ->
  in_band Om d u -> sum_distance w u < r -> forall v, in_cube d v ->
  Rabs (wave w v - wave u v) <= e.
Proof. intros P He. destruct (band_bounded Om d a P a_continuous) as (A & PA & HA).
  destruct (band_bounded Om d b P b_continuous) as (B & PB & HB).
  destruct (band_uniform Om d a (e / 4) P a_continuous ltac:(lra)) as (r & Pr & Hr).
  destruct (band_uniform Om d b (e / 4) P b_continuous ltac:(lra)) as (s & Ps & Hs).
  set (q := e / 4 / (A + B + 1)). assert (Pq : 0 < q) by (apply Rdiv_lt_0_compat; lra).
  assert (Eq : q * (A + B + 1) = e / 4) by (unfold q; field; lra).
  exists (Rmin q (Rmin r s)). split; [repeat apply Rmin_glb_lt; assumption|].
  intros w u Bw Bu D v [Lv Hv]. pose proof (Rmin_l q (Rmin r s)). pose proof (Rmin_r q (Rmin r s)).
  pose proof (Rmin_l r s). pose proof (Rmin_r r s).
  pose proof (dot_near w u v ltac:(destruct Bw; congruence) ltac:(destruct Bu; congruence) Hv) as N.
  pose proof (cos_lipschitz (dot w v) (dot u v)) as Lc.
  pose proof (sin_lipschitz (dot w v) (dot u v)) as Ls.
  pose proof (COS_bound (dot w v)) as Cb. pose proof (SIN_bound (dot w v)) as Sb.
  pose proof (product_near (a w) (a u) (cos (dot w v)) (cos (dot u v)) A (e / 4) (HA u Bu)
    ltac:(apply Rabs_le; lra) (Hr w u Bw Bu ltac:(lra))) as X.
  pose proof (product_near (b w) (b u) (sin (dot w v)) (sin (dot u v)) B (e / 4) (HB u Bu)
    ltac:(apply Rabs_le; lra) (Hs w u Bw Bu ltac:(lra))) as Y.
  unfold wave. replace (_ - _) with (a w * cos (dot w v) - a u * cos (dot u v) +
    (b w * sin (dot w v) - b u * sin (dot u v))) by ring.
  eapply Rle_trans; [apply Rabs_triang|].
  assert (A * Rabs (cos (dot w v) - cos (dot u v)) <= A * q) by (apply Rmult_le_compat_l; lra).
  assert (B * Rabs (sin (dot w v) - sin (dot u v)) <= B * q) by (apply Rmult_le_compat_l; lra).
  nra. Qed.

(* ---------- a band of frequencies ---------- *)

(* The waves of a band, added up: a limit of trigonometric sums. *)
Theorem band_limit Om : 0 < Om -> trigonometric_limit d (band_integral Om d weighted_amplitude)
  (fun v => band_integral Om d (fun w => wave w v)).
Proof. intros P. apply (limit_band d Om d P wave weighted_amplitude weighted_continuous).
  - apply wave_continuous.
  - intros w [L _]. apply wave_limit, L.
  - intros e He. apply wave_together; assumption. Qed.

(* ---------- all frequencies ---------- *)

(* Outside a band the weights are large. *)
Lemma weight_sum_outside Om w : ~ List.Forall (fun x => - Om <= x <= Om) w -> Om <= weight_sum w.
Proof. induction w as [|x w IH]; intros N; [destruct N; constructor|]. cbn [weight_sum].
  pose proof (weight_sum_pos w). pose proof (Rle_abs x). pose proof (Rle_abs (- x)) as M.
  rewrite Rabs_Ropp in M. destruct (Rle_dec (- Om) x); [|lra]. destruct (Rle_dec x Om); [|lra].
  pose proof (Rabs_pos x). enough (Om <= weight_sum w) by lra. apply IH. intros F. apply N.
  constructor; [lra|exact F]. Qed.

(* What a band lacks of a larger one is less than the constant lacks. *)
Lemma band_rest Om Om' v : 1 <= Om <= Om' -> in_cube d v ->
  Rabs (band_integral Om' d (fun w => wave w v) - band_integral Om d (fun w => wave w v)) <=
  band_integral Om' d weighted_amplitude - band_integral Om d weighted_amplitude.
Proof. intros P Hv. pose proof weighted_continuous as CA. pose proof (wave_continuous v Hv) as CW.
  assert (O : forall w, length w = d -> in_band Om d w \/ Rabs (wave w v) <= weighted_amplitude w).
  { intros w L. destruct (Forall_dec (fun x => - Om <= x <= Om)
      ltac:(intros x; destruct (Rle_dec (- Om) x), (Rle_dec x Om); (left; lra) || (right; lra)) w)
      as [F|F]; [left; split; assumption|right]. pose proof (weight_sum_outside Om w F).
    eapply Rle_trans; [apply wave_bound|]. unfold weighted_amplitude.
    pose proof (sqrt_pos (a w ^ 2 + b w ^ 2)). nra. }
  assert (Q : forall c, c = 1 \/ c = -1 ->
    band_integral Om d weighted_amplitude + c * band_integral Om d (fun w => wave w v) <=
    band_integral Om' d weighted_amplitude + c * band_integral Om' d (fun w => wave w v)).
  { intros c Hc. rewrite <- !band_combine by (assumption || lra).
    apply band_grows; [lra|apply space_combine; assumption|]. intros w L.
    destruct (O w L) as [B|B]; [left; exact B|right]. apply Rabs_le_between in B.
    destruct Hc; subst c; lra. }
  pose proof (Q 1 ltac:(lra)). pose proof (Q (-1) ltac:(lra)). apply Rabs_le. lra. Qed.

(* A bounded function comes within e of its least upper bound. *)
Lemma bounded_rest (m : R -> R) C e : (forall x, 1 <= x -> m x <= C) -> 0 < e ->
  exists x, 1 <= x /\ forall y, 1 <= y -> m y - m x <= e.
Proof. intros B He. destruct (completeness (fun z => exists x, 1 <= x /\ z = m x)) as (s & U & L).
  - exists C. intros z (x & Hx & ->). apply B, Hx.
  - exists (m 1), 1. split; [lra|reflexivity].
  - destruct (Classical_Prop.classic (exists x, 1 <= x /\ s - e < m x)) as [(x & Hx & Hm)|N].
    + exists x. split; [exact Hx|]. intros y Hy.
      pose proof (U (m y) (ex_intro _ y (conj Hy eq_refl))). lra.
    + exfalso. enough (s <= s - e) by lra. apply L. intros z (x & Hx & ->).
      apply Rnot_lt_le. intros F. apply N. exists x. split; assumption. Qed.

(* The integrals of |w|_1 times the amplitude over bands are at most C. *)
Variable C : R.
Hypothesis C_bound : forall Om, 0 < Om -> band_integral Om d weighted_amplitude <= C.

(* Then the waves of all frequencies can be added up at each point of the cube: the limit exists. *)
Theorem waves_converge v : in_cube d v ->
  exists y : R, is_lim (fun Om => band_integral Om d (fun w => wave w v)) p_infty y.
Proof. intros Hv. set (m := fun Om : R => band_integral Om d (fun w => wave w v)).
  apply (proj1 (filterlim_locally_cauchy (U := R_CompleteSpace) (F := Rbar_locally' p_infty) m)).
  intros eps.
  destruct (bounded_rest (fun Om => band_integral Om d weighted_amplitude) C (eps / 3)) as
    (Om & P & H); [intros; apply C_bound; lra|pose proof (cond_pos eps); lra|].
  exists (fun x => Om < x). split; [exists Om; trivial|]. intros x y Hx Hy.
  pose proof (band_rest Om x v ltac:(lra) Hv) as X.
  pose proof (band_rest Om y v ltac:(lra) Hv) as Y.
  pose proof (H x ltac:(lra)). pose proof (H y ltac:(lra)). pose proof (cond_pos eps).
  change (Rabs (m y - m x) < eps). fold (m x) in X. fold (m y) in Y.
  apply Rabs_le_between in X, Y. apply Rabs_def1; lra. Qed.

(* And f, that limit, is a limit of trigonometric sums. *)
Theorem waves_limit (f : list R -> R) : (forall v, in_cube d v ->
  is_lim (fun Om => band_integral Om d (fun w => wave w v)) p_infty (f v)) ->
  trigonometric_limit d C f.
Proof. intros F. apply limit_closed. intros e He.
  destruct (bounded_rest (fun Om => band_integral Om d weighted_amplitude) C e) as
    (Om & P & H); [intros; apply C_bound; lra|exact He|].
  exists (fun v => band_integral Om d (fun w => wave w v)). split.
  - apply limit_larger with (band_integral Om d weighted_amplitude); [|apply band_limit; lra].
    pose proof (C_bound Om ltac:(lra)). lra.
  - intros v Hv. apply le_epsilon. intros z Pz.
    pose proof (proj2 (is_lim_spec _ p_infty (Finite (f v))) (F v Hv)) as W.
    destruct (W (mkposreal z Pz)) as (M & HM). simpl in HM.
    specialize (HM (Rmax Om M + 1) ltac:(pose proof (Rmax_r Om M); lra)).
    pose proof (Rmax_l Om M).
    pose proof (band_rest Om (Rmax Om M + 1) v ltac:(lra) Hv) as X.
    pose proof (H (Rmax Om M + 1) ltac:(lra)).
    apply Rabs_le_between in X. apply Rabs_def2 in HM. apply Rabs_le. lra. Qed.

End Waves.

(* Barron's theorem for functions given by a Fourier integral: mean squared error C^2 / (4 n). *)
Theorem approximation_barron_fourier d E a b C (f : list R -> R) n eps : expectation d E ->
  continuous_on_space d a -> continuous_on_space d b ->
  (forall Om, 0 < Om -> band_integral Om d (weighted_amplitude a b) <= C) ->
  (forall v, in_cube d v ->
    is_lim (fun Om => band_integral Om d (fun w => wave a b w v)) p_infty (f v)) ->
  (0 < n)%nat -> 0 < eps -> exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  E (fun v => (f v - network_value Layered relu N v) ^ 2) <= C ^ 2 / (4 * INR n) + eps.
Proof. intros HE Ca Cb B F. apply (approximation_barron_limit d E C f n eps HE).
  exact (waves_limit d a b Ca Cb C B f F). Qed.
