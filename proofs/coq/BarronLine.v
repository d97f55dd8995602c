(* "Recap", (2), in one dimension: improper Riemann integrals over the line of frequencies, and a
   function that has one, 2 / (1 + x^2). *)
From Depthproof Require Import Definitions PiecewiseLinear Integrals Vectors Sums Cube.
From Depthproof Require Import UniversalCube ContinuousWithin Maurey CubeMeasure.
From Depthproof Require Import BandIntegrals BarronFourier.

(* A function of one variable, as a function of lists. *)
Definition of_first (a : R -> R) (w : list R) : R := a (hd 0 w).

(* It is continuous where the function is. *)
Lemma first_continuous a : (forall x, continuous a x) -> continuous_on_space 1 (of_first a).
Proof. intros H. apply (on_comp _ (hd 0) a); [|exact H]. apply (on_slow _ 1).
  intros [|x [|x' w]] [|y [|y' u]] L M; try discriminate. simpl. lra. Qed.

(* The integral over the band is the integral over the interval. *)
Lemma band_line Om a b : band_integral Om 1 (weighted_amplitude (of_first a) (of_first b)) =
  RInt (fun w => sqrt (a w ^ 2 + b w ^ 2) * Rabs w) (- Om) Om.
Proof. apply RInt_ext. intros w _. unfold weighted_amplitude, of_first. cbn [hd weight_sum].
  rewrite Rplus_0_r. reflexivity. Qed.

(* So it is for the waves. *)
Lemma wave_line Om a b x : band_integral Om 1 (fun w => wave (of_first a) (of_first b) w [x]) =
  RInt (fun w => a w * cos (w * x) + b w * sin (w * x)) (- Om) Om.
Proof. apply RInt_ext. intros w _. unfold wave, of_first. cbn [hd dot]. rewrite Rplus_0_r.
  reflexivity. Qed.

(* The integral over the line is the limit of those over intervals about 0. *)
Lemma gen_symmetric (g : R -> R) (l : R) :
  is_RInt_gen g (Rbar_locally m_infty) (Rbar_locally p_infty) l ->
  is_lim (fun Om => RInt g (- Om) Om) p_infty l.
Proof. intros H P HP. destruct (H P HP) as [Q S (m & Hm) (M & HM) K].
  exists (Rmax (- m) M). intros Om L. pose proof (Rmax_l (- m) M). pose proof (Rmax_r (- m) M).
  destruct (K (- Om) Om ltac:(apply Hm; lra) ltac:(apply HM; lra)) as (y & I & Py).
  unfold filtermap. rewrite (is_RInt_unique g (- Om) Om y I). exact Py. Qed.

(* What grows is at most its limit. *)
Lemma grows_below (m : R -> R) (l x : R) : (forall y, x <= y -> m x <= m y) ->
  is_lim m p_infty l -> m x <= l.
Proof. intros G H. apply le_epsilon. intros e He.
  destruct (proj2 (is_lim_spec m p_infty l) H (mkposreal e He)) as (M & HM). simpl in HM.
  pose proof (Rmax_l x M). pose proof (Rmax_r x M). specialize (HM (Rmax x M + 1) ltac:(lra)).
  specialize (G (Rmax x M + 1) ltac:(lra)). apply Rabs_def2 in HM. lra. Qed.

(* f (x) is the integral of a (w) cos (w x) + b (w) sin (w x) over all w, and C that of |w| times
   the amplitude: mean squared error C^2 / (4 n). *)
Theorem approximation_barron_line E (a b : R -> R) (C : R) (f : R -> R) n eps :
  expectation 1 E ->
  (forall w, continuous a w) -> (forall w, continuous b w) ->
  is_RInt_gen (fun w => sqrt (a w ^ 2 + b w ^ 2) * Rabs w) (Rbar_locally m_infty)
    (Rbar_locally p_infty) C ->
  (forall x, 0 <= x <= 1 -> is_RInt_gen (fun w => a w * cos (w * x) + b w * sin (w * x))
    (Rbar_locally m_infty) (Rbar_locally p_infty) (f x)) ->
  (0 < n)%nat -> 0 < eps -> exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  E (fun v => (f (hd 0 v) - network_value Layered relu N v) ^ 2) <=
  C ^ 2 / (4 * INR n) + eps.
Proof. intros HE Ca Cb HC Hf. apply first_continuous in Ca, Cb.
  apply (approximation_barron_fourier 1 E (of_first a) (of_first b) C (fun v => f (hd 0 v)));
    [exact HE|exact Ca|exact Cb| |].
  - intros Om P. apply (grows_below (fun Om => band_integral Om 1 _)).
    + intros Om' L. apply band_grows; [lra|apply weighted_continuous; assumption|].
      intros w _. right. unfold weighted_amplitude. apply Rmult_le_pos; [apply sqrt_pos|].
      apply weight_sum_pos.
    + apply (is_lim_ext (fun Om => RInt (fun w => sqrt (a w ^ 2 + b w ^ 2) * Rabs w) (- Om) Om));
        [intros; symmetry; apply band_line|apply gen_symmetric, HC].
  - intros [|x [|x' v]] [L H]; try discriminate. inversion H; subst. cbn [hd].
    apply (is_lim_ext (fun Om => RInt (fun w => a w * cos (w * x) + b w * sin (w * x)) (- Om) Om));
      [intros; symmetry; apply wave_line|apply gen_symmetric, Hf; assumption]. Qed.

(* ---------- the hypotheses can be met ---------- *)

(* The integral of an even function is twice that over the right half. *)
Lemma even_integral (g G : R -> R) Om : 0 <= Om -> (forall x, continuous g x) ->
  (forall x, g (- x) = g x) -> (forall x, 0 <= x -> is_derive G x (g x)) ->
  RInt g (- Om) Om = 2 * (G Om - G 0).
Proof. intros P C E D.
  assert (H : RInt g 0 Om = G Om - G 0).
  { apply (is_RInt_unique g). apply (is_RInt_derive (V := R_CompleteNormedModule) G g);
      intros x Hx; rewrite Rmin_left in Hx by exact P; [apply D; lra|apply C]. }
  assert (H' : RInt g (- Om) 0 = RInt g 0 Om).
  { replace (- Om) with (-1 * Om) by ring. replace 0 with (-1 * 0) at 1 by ring.
    rewrite (integral_scale g (-1) Om 0 C).
    replace (RInt (fun y => g (-1 * y)) Om 0) with (RInt g Om 0).
    - rewrite <- (opp_RInt_swap g 0 Om) by (apply integrable, C). unfold opp; simpl.
      real_equation. ring.
    - apply RInt_ext. intros x _. rewrite <- E. f_equal. ring. }
  rewrite (integral_cat g (- Om) 0 Om C), H', H. real_equation. ring. Qed.

(* The amplitudes e^-|w| are continuous. *)
Lemma laplace_continuous x : continuous (fun w => exp (- Rabs w)) x.
Proof. apply (continuous_comp (fun w => - Rabs w) exp); [|apply continuous_exp].
  exact (continuous_opp (V := R_NormedModule) Rabs x (continuous_Rabs x)). Qed.

(* The integral of |w| e^-|w| is at most 2. *)
Lemma laplace_constant Om : 0 < Om ->
  RInt (fun w => sqrt (exp (- Rabs w) ^ 2 + 0 ^ 2) * Rabs w) (- Om) Om <= 2.
Proof. intros P. rewrite (RInt_ext _ (fun w => exp (- Rabs w) * Rabs w)).
  2: { intros w _. replace (exp (- Rabs w) ^ 2 + 0 ^ 2) with (exp (- Rabs w) ^ 2) by ring.
    rewrite <- Rsqr_pow2, sqrt_Rsqr by (left; apply exp_pos). reflexivity. }
  rewrite (even_integral _ (fun w => - (w + 1) * exp (- w))); [|lra| | |].
  - rewrite Ropp_0, exp_0. pose proof (exp_pos (- Om)). nra.
  - intros x. apply (continuous_mult (K := R_AbsRing) (fun w => exp (- Rabs w)) Rabs);
      [apply laplace_continuous|apply continuous_Rabs].
  - intros x. rewrite Rabs_Ropp. reflexivity.
  - intros x Hx. rewrite Rabs_right by lra. auto_derive; [exact I|ring]. Qed.

(* The integral of e^-|w| cos (w x) over an interval. *)
Lemma laplace_wave x Om : 0 < Om ->
  RInt (fun w => exp (- Rabs w) * cos (w * x) + 0 * sin (w * x)) (- Om) Om =
  2 / (1 + x ^ 2) + 2 * (exp (- Om) * (x * sin (Om * x) - cos (Om * x)) / (1 + x ^ 2)).
Proof. intros P. assert (S : 0 < 1 + x ^ 2) by (pose proof (pow2_ge_0 x); lra).
  rewrite (RInt_ext _ (fun w => exp (- Rabs w) * cos (w * x))) by (intros; simpl; real_equation;
    ring).
  rewrite (even_integral _ (fun w => exp (- w) * (x * sin (w * x) - cos (w * x)) / (1 + x ^ 2)));
    [|lra| | |].
  - rewrite Ropp_0, exp_0, Rmult_0_l, sin_0, cos_0. real_equation. field. lra.
  - intros w. apply (continuous_mult (K := R_AbsRing) (fun w => exp (- Rabs w)));
      [apply laplace_continuous|]. apply continuous_cos_comp.
    apply (continuous_scal_l (K := R_AbsRing) (V := R_NormedModule) (fun w => w) x), continuous_id.
  - intros w. rewrite Rabs_Ropp. replace (- w * x) with (- (w * x)) by ring. rewrite cos_neg.
    reflexivity.
  - intros w Hw. rewrite Rabs_right by lra. auto_derive; [lra|field; lra]. Qed.

(* It tends to 2 / (1 + x^2). *)
Lemma laplace_limit x : 0 <= x <= 1 ->
  is_lim (fun Om => RInt (fun w => exp (- Rabs w) * cos (w * x) + 0 * sin (w * x)) (- Om) Om)
  p_infty (2 / (1 + x ^ 2)).
Proof. intros Hx. apply (is_lim_spec _ p_infty (Finite _)). intros eps. pose proof (cond_pos eps).
  assert (Q : 0 < 4 / eps) by (apply Rdiv_lt_0_compat; lra).
  exists (4 / eps). intros Om L. rewrite laplace_wave by lra.
  set (z := x * sin (Om * x) - cos (Om * x)). pose proof (pow2_ge_0 x) as S.
  pose proof (SIN_bound (Om * x)). pose proof (COS_bound (Om * x)).
  assert (Z : Rabs z <= 2) by (apply Rabs_le; unfold z; nra).
  replace (_ - _) with (2 * exp (- Om) * z * / (1 + x ^ 2)) by (field; lra).
  assert (E : exp (- Om) * Om <= 1).
  { rewrite exp_Ropp. pose proof (exp_ineq1 Om ltac:(lra)).
    apply Rmult_le_reg_l with (exp Om); [apply exp_pos|]. rewrite <- Rmult_assoc, Rinv_r by lra.
    lra. }
  assert (Y : exp (- Om) * 4 < eps).
  { apply Rmult_lt_reg_r with Om; [lra|]. assert (4 / eps * eps = 4) by (field; lra). nra. }
  assert (I1 : 0 < / (1 + x ^ 2) <= 1).
  { split; [apply Rinv_0_lt_compat; lra|]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
  pose proof (exp_pos (- Om)). rewrite !Rabs_mult, (Rabs_right 2), (Rabs_right (exp _)),
    (Rabs_right (/ _)) by lra.
  apply Rle_lt_trans with (2 * exp (- Om) * 2 * 1); [|lra].
  apply Rmult_le_compat; [|lra| |lra]; [pose proof (Rabs_pos z); nra|].
  apply Rmult_le_compat_l; [lra|exact Z]. Qed.

(* 2 / (1 + x^2) is such a function, with C = 2: the squared error is 1 / n, over [0,1]. *)
Theorem barron_line_met n eps : (0 < n)%nat -> 0 < eps ->
  exists N, depth N = 1%nat /\ nodes N = (2 * n)%nat /\
  RInt (fun x => (2 / (1 + x ^ 2) - eval N x) ^ 2) 0 1 <= / INR n + eps.
Proof. intros Hn He. replace (/ INR n) with (2 ^ 2 / (4 * INR n))
    by (field; apply not_0_INR; lia).
  apply (approximation_barron_fourier 1 _ (of_first (fun w => exp (- Rabs w)))
    (of_first (fun _ => 0)) 2 (fun v => 2 / (1 + hd 0 v ^ 2)) n eps (cube_expectation 1));
    try assumption.
  - apply first_continuous, laplace_continuous.
  - apply on_const.
  - intros Om P. rewrite band_line. apply laplace_constant, P.
  - intros [|x [|x' v]] [L H]; try discriminate. inversion H; subst. cbn [hd].
    apply (is_lim_ext (fun Om =>
      RInt (fun w => exp (- Rabs w) * cos (w * x) + 0 * sin (w * x)) (- Om) Om));
      [intros; symmetry; apply (wave_line _ _ (fun _ => 0))|apply laplace_limit; assumption]. Qed.
