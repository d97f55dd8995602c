(* "Recap", (2), for functions that are Fourier integrals: an integral over a band of frequencies is
   a uniform limit of Riemann sums, which are trigonometric sums, and their constants tend to the
   integral of |w|_1 times the amplitude. *)
From Depthproof Require Import Definitions PiecewiseLinear Integrals Vectors Sums Cube.
From Depthproof Require Import UniversalCube Sigmoidal Ramps Barron BandIntegrals.

(* ---------- what can be done with limits of trigonometric sums ---------- *)

(* The sum without terms. *)
Lemma limit_zero d : trigonometric_limit d 0 (fun _ => 0).
Proof. intros e He. exists []. split; [intros t []|]. split; [unfold spectral, rsum; simpl; lra|].
  intros v _. unfold fourier. simpl. rewrite Rminus_eq_0, Rabs_R0. lra. Qed.

(* Sums of limits. *)
Lemma limit_plus d C D f g : trigonometric_limit d C f -> trigonometric_limit d D g ->
  trigonometric_limit d (C + D) (fun v => f v + g v).
Proof. intros F G e He. destruct (F (e / 2) ltac:(lra)) as (T & LT & ST & ET).
  destruct (G (e / 2) ltac:(lra)) as (U & LU & SU & EU). exists (T ++ U). split.
  - intros t Ht. apply in_app_or in Ht. destruct Ht; auto.
  - split; [unfold spectral in *; rewrite rsum_app; lra|]. intros v Hv.
    unfold fourier in *. rewrite superposition_app.
    specialize (ET v Hv). specialize (EU v Hv). apply Rabs_le_between in ET, EU. apply Rabs_le. lra.
Qed.

(* Multiples. *)
Lemma limit_scale d C f h : 0 <= h -> trigonometric_limit d C f ->
  trigonometric_limit d (h * C) (fun v => h * f v).
Proof. intros P F e He. assert (P' : 0 < / (h + 1)) by (apply Rinv_0_lt_compat; lra).
  destruct (F (e * / (h + 1)) ltac:(apply Rmult_lt_0_compat; lra)) as (T & LT & ST & ET).
  assert (S : h * (e * / (h + 1)) <= e).
  { apply Rmult_le_reg_r with (h + 1); [lra|].
    replace (h * (e * / (h + 1)) * (h + 1)) with (h * e) by (field; lra). nra. }
  exists (map (fun t => (h * fst t, snd t)) T). split; [|split].
  - intros t Ht. apply in_map_iff in Ht. destruct Ht as (u & <- & Hu). exact (LT u Hu).
  - apply Rle_trans with (h * spectral T); [right|nra]. clear - P. unfold spectral, rsum.
    induction T as [|t T IH]; cbn [map fold_right]; [ring|]. rewrite IH. cbn [fst snd].
    rewrite Rabs_mult, (Rabs_right h) by lra. ring.
  - intros v Hv. replace (fourier _ v) with (h * fourier T v).
    + rewrite <- Rmult_minus_distr_l, Rabs_mult, (Rabs_right h) by lra.
      specialize (ET v Hv). nra.
    + clear. unfold fourier, superposition. induction T as [|t T IH]; cbn [map fold_right]; [ring|].
      rewrite <- IH. cbn [fst snd]. rewrite Rmult_plus_distr_l, Rmult_assoc. reflexivity. Qed.

(* Uniform limits of limits. *)
Lemma limit_closed d C f : (forall e, 0 < e -> exists g, trigonometric_limit d (C + e) g /\
  forall v, in_cube d v -> Rabs (f v - g v) <= e) -> trigonometric_limit d C f.
Proof. intros H e He. destruct (H (e / 2) ltac:(lra)) as (g & G & E).
  destruct (G (e / 2) ltac:(lra)) as (T & LT & ST & ET). exists T. split; [exact LT|].
  split; [lra|]. intros v Hv. specialize (E v Hv). specialize (ET v Hv).
  apply Rabs_le_between in E, ET. apply Rabs_le. lra. Qed.

(* A larger constant. *)
Lemma limit_larger d C D f : C <= D -> trigonometric_limit d C f -> trigonometric_limit d D f.
Proof. intros L F e He. destruct (F e He) as (T & LT & ST & ET). exists T. split; [exact LT|].
  split; [lra|exact ET]. Qed.

(* ---------- Riemann sums ---------- *)

(* The sum over n cells of width h from a on, with the values at their left ends. *)
Fixpoint riemann (g : R -> R) (a h : R) (n : nat) : R :=
  match n with O => 0 | S n' => riemann g a h n' + h * g (a + INR n' * h) end.

(* What varies by at most e on each cell is missed by at most e times the width. *)
Lemma riemann_close g a h e n : 0 <= h -> (forall x, continuous g x) ->
  (forall i x, (i < n)%nat -> a + INR i * h <= x <= a + INR i * h + h ->
  Rabs (g x - g (a + INR i * h)) <= e) ->
  Rabs (RInt g a (a + INR n * h) - riemann g a h n) <= INR n * (h * e).
Proof. intros P C. induction n as [|n IH]; intros H.
  - cbn [riemann INR]. rewrite !Rmult_0_l, Rplus_0_r, integral_point, Rminus_eq_0, Rabs_R0. lra.
  - specialize (IH ltac:(intros; apply H; [lia|assumption])). cbn [riemann]. rewrite S_INR.
    set (c := a + INR n * h) in *. replace (a + (INR n + 1) * h) with (c + h) by (unfold c; ring).
    rewrite (integral_cat g a c (c + h) C).
    assert (E : Rabs (RInt g c (c + h) - h * g c) <= h * e).
    { pose proof (integrable g c (c + h) C) as Ig.
      pose proof (ex_RInt_const (V := R_NormedModule) c (c + h) (g c)) as Ic.
      replace (h * g c) with (RInt (fun _ => g c) c (c + h))
        by (rewrite integral_constant; real_equation; ring).
      rewrite <- (integral_minus g (fun _ => g c) _ _ Ig Ic).
      replace (h * e) with ((c + h - c) * e) by ring. apply abs_RInt_le_const; [lra| |].
      - apply (ex_RInt_minus (V := R_NormedModule)); assumption.
      - intros x Hx. apply H; [lia|exact Hx]. }
    apply Rabs_le_between in IH, E. apply Rabs_le. lra. Qed.

(* Sums of limits over cells. *)
Lemma riemann_limit d (c : R -> R) (F : R -> list R -> R) a h n : 0 <= h ->
  (forall i, (i < n)%nat -> trigonometric_limit d (c (a + INR i * h)) (F (a + INR i * h))) ->
  trigonometric_limit d (riemann c a h n) (fun v => riemann (fun y => F y v) a h n).
Proof. intros P. induction n as [|n IH]; intros H; [apply limit_zero|]. cbn [riemann].
  apply limit_plus; [apply IH; intros; apply H; lia|apply limit_scale; [exact P|apply H; lia]]. Qed.

(* F is uniformly continuous on [-Om, Om], for all v of the cube together. *)
Definition together_continuous (Om : R) (P : list R -> Prop) (F : R -> list R -> R) : Prop :=
  forall e, 0 < e -> exists r, 0 < r /\ forall y z, - Om <= y <= Om -> - Om <= z <= Om ->
  Rabs (y - z) < r -> forall v, P v -> Rabs (F y v - F z v) <= e.

(* Cells as narrow as one likes. *)
Lemma narrow_cells Om r : 0 < Om -> 0 < r -> exists n h, 0 < h < r /\ INR n * h = 2 * Om.
Proof. intros P Pr. destruct (nfloor_ex (2 * Om / r)) as (n & _ & Hn);
    [apply Rdiv_le_0_compat; lra|].
  assert (Pn : 0 < INR (S n)) by (apply lt_0_INR; lia). exists (S n), (2 * Om / INR (S n)).
  split; [split; [apply Rdiv_lt_0_compat; lra|]|field; lra].
  apply Rmult_lt_reg_r with (INR (S n)); [exact Pn|]. rewrite S_INR in *.
  replace (2 * Om / (INR n + 1) * (INR n + 1)) with (2 * Om / r * r) by (field; lra). nra. Qed.

(* An integral of limits is a limit, and its constant is the integral of the constants. *)
Lemma limit_integral d Om (F : R -> list R -> R) (c : R -> R) : 0 < Om ->
  (forall v, in_cube d v -> forall y, continuous (fun y : R => F y v) y) ->
  (forall y, continuous c y) ->
  (forall y, - Om <= y <= Om -> trigonometric_limit d (c y) (F y)) ->
  together_continuous Om (in_cube d) F ->
  together_continuous Om (fun _ => True) (fun y _ => c y) ->
  trigonometric_limit d (RInt c (- Om) Om) (fun v => RInt (fun y => F y v) (- Om) Om).
Proof. intros P CF Cc L UF Uc. apply limit_closed. intros e He. set (e1 := e / (2 * Om)).
  assert (Pe : 0 < e1) by (apply Rdiv_lt_0_compat; lra).
  destruct (UF e1 Pe) as (r & Pr & Hr). destruct (Uc e1 Pe) as (s & Ps & Hs).
  destruct (narrow_cells Om (Rmin r s) P ltac:(apply Rmin_glb_lt; assumption)) as
    (n & h & Ph & Eh).
  pose proof (Rmin_l r s) as Ml. pose proof (Rmin_r r s) as Mr.
  assert (Ee : INR n * (h * e1) = e)
    by (rewrite <- Rmult_assoc, Eh; unfold e1; field; lra).
  assert (En : - Om + INR n * h = Om) by lra.
  assert (In : forall i, (i < n)%nat -> - Om <= - Om + INR i * h /\ - Om + INR i * h + h <= Om).
  { intros i Hi. pose proof (pos_INR i). apply lt_le_S, le_INR in Hi. rewrite S_INR in Hi.
    split; nra. }
  exists (fun v => riemann (fun y => F y v) (- Om) h n). split.
  - apply limit_larger with (riemann c (- Om) h n).
    + pose proof (riemann_close c (- Om) h e1 n ltac:(lra) Cc) as B. rewrite Ee, En in B.
      apply Rabs_le_between' in B; [lra|]. intros i x Hi Hx. specialize (In i Hi).
      apply (Hs x (- Om + INR i * h)); [lra|lra|apply Rabs_def1; lra|exact []|exact I].
    + apply riemann_limit; [lra|]. intros i Hi. apply L. specialize (In i Hi). lra.
  - intros v Hv. rewrite <- Ee. rewrite <- En at 2.
    apply (riemann_close (fun y => F y v)); [lra|apply CF, Hv|]. intros i x Hi Hx.
    specialize (In i Hi). apply Hr; [lra|lra|apply Rabs_def1; lra|exact Hv]. Qed.

(* ---------- bands of frequencies ---------- *)

(* The inner integrals of functions that are uniformly continuous together are that, too. *)
Lemma inner_together Om k (P : list R -> Prop) (G : list R -> list R -> R) : 0 < Om ->
  (forall v, P v -> continuous_on_space (S k) (fun w => G w v)) ->
  (forall e, 0 < e -> exists r, 0 < r /\ forall w u, in_band Om (S k) w -> in_band Om (S k) u ->
    sum_distance w u < r -> forall v, P v -> Rabs (G w v - G u v) <= e) ->
  together_continuous Om P (fun y v => band_integral Om k (fun w => G (y :: w) v)).
Proof. intros PO C U e He. assert (K : 0 < (2 * Om) ^ k) by (apply pow_lt; lra).
  destruct (U (e / (2 * Om) ^ k) ltac:(apply Rdiv_lt_0_compat; assumption)) as (r & Pr & Hr).
  exists r. split; [exact Pr|]. intros y z Hy Hz D v Hv.
  replace e with ((2 * Om) ^ k * (e / (2 * Om) ^ k)) by (field; lra).
  apply band_close; [exact PO|apply (space_slice k (fun w => G w v)), C, Hv|
    apply (space_slice k (fun w => G w v)), C, Hv|].
  intros w Bw. apply Hr; [apply band_cons; assumption|apply band_cons; assumption| |exact Hv].
  cbn [sum_distance]. rewrite sum_distance_refl. lra. Qed.

(* An integral of limits over a band is a limit, and its constant is the integral of theirs. *)
Lemma limit_band d Om k : 0 < Om -> forall (G : list R -> list R -> R) (c : list R -> R),
  continuous_on_space k c -> (forall v, in_cube d v -> continuous_on_space k (fun w => G w v)) ->
  (forall w, in_band Om k w -> trigonometric_limit d (c w) (G w)) ->
  (forall e, 0 < e -> exists r, 0 < r /\ forall w u, in_band Om k w -> in_band Om k u ->
    sum_distance w u < r -> forall v, in_cube d v -> Rabs (G w v - G u v) <= e) ->
  trigonometric_limit d (band_integral Om k c) (fun v => band_integral Om k (fun w => G w v)).
Proof. intros P. induction k as [|k IH]; intros G c Cc CG L U.
  - cbn [band_integral]. apply L. split; [reflexivity|constructor].
  - cbn [band_integral].
    apply (limit_integral d Om (fun y v => band_integral Om k (fun w => G (y :: w) v))
      (fun y => band_integral Om k (fun w => c (y :: w))) P).
    + intros v Hv. apply (band_inner Om k (fun w => G w v) P), CG, Hv.
    + apply band_inner; assumption.
    + intros y Hy. apply (IH (fun w => G (y :: w)) (fun w => c (y :: w))).
      * apply space_slice, Cc.
      * intros v Hv. apply (space_slice k (fun w => G w v)), CG, Hv.
      * intros w Bw. apply L, band_cons; assumption.
      * intros e He. destruct (U e He) as (r & Pr & Hr). exists r. split; [exact Pr|].
        intros w u Bw Bu D. apply Hr; [apply band_cons; assumption|apply band_cons; assumption|].
        cbn [sum_distance]. rewrite Rminus_eq_0, Rabs_R0. lra.
    + apply inner_together; assumption.
    + apply (inner_together Om k (fun _ => True) (fun w _ => c w)); [exact P|intros; exact Cc|].
      intros e He. destruct (band_uniform Om (S k) c e P Cc He) as (r & Pr & Hr). exists r.
      split; [exact Pr|]. intros w u Bw Bu D _ _. apply Hr; assumption. Qed.
