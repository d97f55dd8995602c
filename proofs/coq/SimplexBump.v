(* A Lipschitz function that is at least one barycentric coordinate on the standard simplex, and has
   hardly more integral: (1 - sum of y)+, with a steep ramp where a coordinate becomes negative.  In
   coordinates from 0 to 1: y stands for 2 y - 1. *)
From Depthproof Require Import Definitions Vectors Integrals Cube CubeMoved.
From Coq Require Import List Permutation.

Section Bump.
Variable w : R.  (* the width of the ramp *)
Hypothesis Hw : 0 < w <= 1.

(* From 0 at - w to 1 at 0. *)
Definition ramp (t : R) : R := Rmax 0 (Rmin 1 (1 + t / w)).
(* The positive part. *)
Definition above (t : R) : R := Rmax 0 t.
(* What is left of c after the coordinates. *)
Fixpoint bump (c : R) (ys : list R) : R :=
  match ys with
  | [] => above c
  | y :: ys' => ramp (2 * y - 1) * bump (c - above (2 * y - 1)) ys'
  end.

(* The ramp is between 0 and 1, *)
Lemma ramp_range t : 0 <= ramp t <= 1.
Proof using. unfold ramp, Rmax, Rmin. repeat destruct Rle_dec; lra. Qed.

(* 1 from 0 on, *)
Lemma ramp_one t : 0 <= t -> ramp t = 1.
Proof using Hw.
  intros T. unfold ramp. assert (0 <= t / w) by (apply Rdiv_le_0_compat; lra).
  rewrite Rmin_left, Rmax_right by lra. reflexivity.
Qed.

(* 0 up to - w, *)
Lemma ramp_zero t : t <= - w -> ramp t = 0.
Proof using Hw.
  intros T. unfold ramp. assert (t / w <= -1) by (apply Rle_div_l; lra).
  rewrite Rmin_right, Rmax_left by lra. reflexivity.
Qed.

(* and Lipschitz. *)
Lemma ramp_lipschitz s t : Rabs (ramp s - ramp t) <= / w * Rabs (s - t).
Proof using Hw.
  assert (E : s / w - t / w = / w * (s - t)) by (field; lra).
  assert (W : 0 < / w) by (apply Rinv_0_lt_compat; lra).
  rewrite <- (Rabs_pos_eq (/ w)), <- Rabs_mult, <- E by lra. unfold ramp, Rmax, Rmin.
  repeat destruct Rle_dec; unfold Rabs; repeat destruct Rcase_abs; lra.
Qed.

(* Positive parts are not negative. *)
Lemma above_range t : 0 <= above t.
Proof using. apply Rmax_l. Qed.

(* A number that is not positive has none; *)
Lemma above_none t : t <= 0 -> above t = 0.
Proof using. intros T. apply Rmax_left, T. Qed.

(* one that is not negative is its own. *)
Lemma above_all t : 0 <= t -> above t = t.
Proof using. intros T. apply Rmax_right, T. Qed.

(* What is left is not negative, and at most c. *)
Lemma bump_range ys : forall c, 0 <= bump c ys <= above c.
Proof using.
  induction ys as [|y ys IH]; intros c; cbn [bump]; [pose proof (above_range c); lra|].
  pose proof (ramp_range (2 * y - 1)) as R. pose proof (IH (c - above (2 * y - 1))) as B.
  assert (A : above (c - above (2 * y - 1)) <= above c).
  { pose proof (above_range (2 * y - 1)).
    set (a := above (2 * y - 1)) in *. clearbody a. unfold above, Rmax.
    repeat destruct Rle_dec; lra. }
  split; [apply Rmult_le_pos; lra|]. nra.
Qed.

(* Where it is not 0, all coordinates are between 0 and 1, none below - w, and their positive parts
   add up to less than c. *)
Lemma bump_somewhere ys : forall c, c <= 1 -> bump c ys <> 0 ->
  0 < c /\ Forall (fun y => 0 <= y <= 1 /\ - w <= 2 * y - 1) ys /\
  fold_right (fun y s => above (2 * y - 1) + s) 0 ys < c.
Proof using Hw.
  induction ys as [|y ys IH]; intros c C N; cbn [bump fold_right] in *.
  - unfold above, Rmax in N. destruct (Rle_dec 0 c); [|lra].
    assert (0 < c) by (destruct (Req_dec c 0); [contradiction|lra]).
    split; [lra|split; [constructor|lra]].
  - assert (R : ramp (2 * y - 1) <> 0) by (intros Z; apply N; rewrite Z; ring).
    assert (B : bump (c - above (2 * y - 1)) ys <> 0) by (intros Z; apply N; rewrite Z; ring).
    assert (L : - w <= 2 * y - 1).
    { destruct (Rle_dec (- w) (2 * y - 1)) as [L|L]; [exact L|]. exfalso. apply R, ramp_zero. lra. }
    pose proof (above_range (2 * y - 1)) as A.
    destruct (IH (c - above (2 * y - 1)) ltac:(lra) B) as (P & F & S).
    assert (U : 2 * y - 1 <= above (2 * y - 1)) by apply Rmax_r.
    split; [lra|split; [constructor; [repeat split; lra|exact F]|lra]].
Qed.

(* The order of the coordinates does not matter. *)
Lemma bump_permuted ys zs : Permutation ys zs -> forall c, bump c ys = bump c zs.
Proof using.
  induction 1 as [|y ys zs _ IH|y z ys|ys zs us _ IH1 _ IH2]; intros c; cbn [bump].
  - reflexivity.
  - rewrite IH. reflexivity.
  - replace (c - above (2 * z - 1) - above (2 * y - 1))
      with (c - above (2 * y - 1) - above (2 * z - 1)) by ring. ring.
  - rewrite IH1. apply IH2.
Qed.

(* It is Lipschitz. *)
Lemma bump_lipschitz ys : forall zs c e, length ys = length zs -> c <= 1 -> e <= 1 ->
  Rabs (bump c ys - bump e zs) <= Rabs (c - e) + (2 / w + 2) * sum_distance ys zs.
Proof using Hw.
  assert (W : 0 < / w) by (apply Rinv_0_lt_compat; lra).
  induction ys as [|y ys IH]; intros [|z zs] c e L C E; try discriminate L; cbn [bump sum_distance].
  - rewrite Rmult_0_r, Rplus_0_r. unfold above, Rmax. repeat destruct Rle_dec;
      unfold Rabs; repeat destruct Rcase_abs; lra.
  - injection L as L. set (r := ramp (2 * y - 1)). set (s := ramp (2 * z - 1)).
    set (b := bump (c - above (2 * y - 1)) ys). set (d := bump (e - above (2 * z - 1)) zs).
    pose proof (above_range (2 * y - 1)) as Ay. pose proof (above_range (2 * z - 1)) as Az.
    specialize (IH zs (c - above (2 * y - 1)) (e - above (2 * z - 1)) L ltac:(lra) ltac:(lra)).
    fold b d in IH. pose proof (ramp_lipschitz (2 * y - 1) (2 * z - 1)) as Rp. fold r s in Rp.
    replace (2 * y - 1 - (2 * z - 1)) with (2 * (y - z)) in Rp by ring.
    rewrite Rabs_mult, (Rabs_pos_eq 2) in Rp by lra.
    assert (D : Rabs (c - above (2 * y - 1) - (e - above (2 * z - 1))) <=
      Rabs (c - e) + 2 * Rabs (y - z)).
    { replace (c - above (2 * y - 1) - (e - above (2 * z - 1)))
        with ((c - e) - (above (2 * y - 1) - above (2 * z - 1))) by ring.
      eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp. apply Rplus_le_compat_l.
      replace (2 * Rabs (y - z)) with (Rabs (2 * y - 1 - (2 * z - 1)))
        by (replace (2 * y - 1 - (2 * z - 1)) with (2 * (y - z)) by ring;
            rewrite Rabs_mult, Rabs_pos_eq by lra; reflexivity).
      unfold above, Rmax. repeat destruct Rle_dec; unfold Rabs; repeat destruct Rcase_abs; lra. }
    replace (r * b - s * d) with ((r - s) * b + s * (b - d)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult.
    assert (B : Rabs b <= 1).
    { pose proof (bump_range ys (c - above (2 * y - 1))) as B. fold b in B.
      rewrite Rabs_pos_eq by lra. assert (above (c - above (2 * y - 1)) <= 1)
        by (unfold above at 1; apply Rmax_lub; lra). lra. }
    assert (S : Rabs s <= 1).
    { pose proof (ramp_range (2 * z - 1)) as T. fold s in T. rewrite Rabs_pos_eq; lra. }
    pose proof (Rabs_pos (r - s)). pose proof (Rabs_pos (b - d)). pose proof (Rabs_pos (y - z)).
    pose proof (Rabs_pos s). pose proof (Rabs_pos b).
    assert (Rabs (r - s) * Rabs b <= / w * (2 * Rabs (y - z)) * 1)
      by (apply Rmult_le_compat; lra).
    assert (Rabs s * Rabs (b - d) <= 1 * Rabs (b - d)) by (apply Rmult_le_compat_r; lra).
    unfold Rdiv in *. lra.
Qed.

(* ---------- its integral ---------- *)

(* As a function on the cube it is Lipschitz. *)
Lemma bump_cube_lipschitz d c : c <= 1 -> lipschitz (2 / w + 2) d (bump c).
Proof using Hw.
  intros C v u Hv Hu. eapply Rle_trans; [apply bump_lipschitz; [congruence|exact C|exact C]|].
  rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
Qed.

(* The greatest that the integral may be. *)
Definition most (d : nat) (c : R) : R :=
  (/ 2) ^ d * (above c ^ S d / INR (fact (S d)) + w * 3 ^ d).

(* A constant factor. *)
Lemma cube_scaled d k C G : lipschitz C d G ->
  cube_integral d (fun v => k * G v) = k * cube_integral d G.
Proof using.
  destruct d as [|d]; intros L; [reflexivity|].
  apply (cube_factor d C); [exact L|]. intros r Hr. apply (RInt_scal (V := R_CompleteNormedModule)).
  apply integrable. intros x. apply (lipschitz_continuous C (fun x => G (x :: r))). intros y z.
  apply (lipschitz_first_shift C d G y z L r Hr).
Qed.

(* At most what is known. *)
Lemma integral_below (f g : R -> R) a b v : a <= b -> (forall x, continuous f x) ->
  (forall x, a < x < b -> f x <= g x) -> is_RInt g a b v -> RInt f a b <= v.
Proof using.
  intros L C H G. apply (is_RInt_le f g a b); [exact L| |exact G|exact H].
  apply (RInt_correct (V := R_CompleteNormedModule)), integrable, C.
Qed.

(* A power, integrated. *)
Lemma power_integral n c k K : is_RInt (fun y => K + k * ((c - (2 * y - 1)) ^ n / INR (fact n)))
  (/ 2) ((1 + c) / 2) (K * c / 2 + k * (c ^ S n / INR (fact (S n)) / 2)).
Proof using.
  assert (F : INR (fact n) <> 0) by apply INR_fact_neq_0.
  assert (N : INR (S n) <> 0) by (apply not_0_INR; lia).
  set (P := fun y => K * y - k * ((c - (2 * y - 1)) ^ S n / (INR (S n) * INR (fact n) * 2))).
  replace (K * c / 2 + k * (c ^ S n / INR (fact (S n)) / 2))
    with (minus (P ((1 + c) / 2)) (P (/ 2))).
  - apply (is_RInt_derive P).
    + intros y _. unfold P. auto_derive; [exact I|]. cbn [Nat.pred].
      change (match n with O => 1 | S _ => INR n + 1 end) with (INR (S n)).
      replace (c + - (2 * y + - (1))) with (c - (2 * y - 1)) by ring. field. split; assumption.
    + intros y _.
      apply (ex_derive_continuous (fun y => K + k * ((c - (2 * y - 1)) ^ n / INR (fact n)))).
      auto_derive. exact I.
  - unfold P, minus, plus, opp; cbn [NormedModule.sort]. cbn -[pow fact INR].
    replace (c - (2 * ((1 + c) / 2) - 1)) with 0 by field.
    replace (c - (2 * / 2 - 1)) with c by field.
    rewrite pow_i by lia. change (fact (S n)) with (S n * fact n)%nat. rewrite mult_INR.
    field. split; assumption.
Qed.

(* A function that is 0, then at most M for a while, then at most a power, then at most K. *)
Lemma staged (f : R -> R) n c M K k : 0 < c <= 1 -> (forall x, continuous f x) ->
  (forall y, 0 < y < (1 - w) / 2 -> f y <= 0) ->
  (forall y, (1 - w) / 2 < y < / 2 -> f y <= M) ->
  (forall y, / 2 < y < (1 + c) / 2 -> f y <= K + k * ((c - (2 * y - 1)) ^ n / INR (fact n))) ->
  (forall y, (1 + c) / 2 < y < 1 -> f y <= K) ->
  RInt f 0 1 <= w / 2 * M + K / 2 + k * (c ^ S n / INR (fact (S n)) / 2).
Proof using Hw.
  intros C F H1 H2 H3 H4. rewrite (integral_cat f 0 (/ 2) 1),
    (integral_cat f 0 ((1 - w) / 2) (/ 2)),
    (integral_cat f (/ 2) ((1 + c) / 2) 1) by exact F.
  assert (I1 : RInt f 0 ((1 - w) / 2) <= 0).
  { apply (integral_below f (fun _ => 0)); [lra|exact F|exact H1|].
    pose proof (is_RInt_const (V := R_NormedModule) 0 ((1 - w) / 2) 0) as E.
    change (scal ?a (0 : R)) with (a * 0) in E. rewrite Rmult_0_r in E. exact E. }
  assert (I2 : RInt f ((1 - w) / 2) (/ 2) <= w / 2 * M).
  { apply (integral_below f (fun _ => M)); [lra|exact F|exact H2|].
    replace (w / 2 * M) with (scal (/ 2 - (1 - w) / 2) M)
      by (unfold scal; cbn; unfold mult; cbn; field).
    apply (is_RInt_const (V := R_NormedModule)). }
  assert (H : / 2 <= (1 + c) / 2) by lra.
  pose proof (integral_below f _ _ _ _ H F H3 (power_integral n c k K)) as I3.
  assert (I4 : RInt f ((1 + c) / 2) 1 <= (1 - c) / 2 * K).
  { apply (integral_below f (fun _ => K)); [lra|exact F|exact H4|].
    replace ((1 - c) / 2 * K) with (scal (1 - (1 + c) / 2) K)
      by (unfold scal; cbn; unfold mult; cbn; field).
    apply (is_RInt_const (V := R_NormedModule)). }
  lra.
Qed.

(* The most is not negative. *)
Lemma most_positive n c : 0 <= most n c.
Proof using Hw.
  assert (P3 : 1 <= 3 ^ n) by (apply pow_R1_Rle; lra).
  assert (P2 : 0 < (/ 2) ^ n) by (apply pow_lt; lra).
  assert (Pos : 0 <= above c ^ S n / INR (fact (S n))).
  { apply Rdiv_le_0_compat; [apply pow_le, above_range|apply lt_0_INR, lt_O_fact]. }
  unfold most. apply Rmult_le_pos; [lra|]. nra.
Qed.

(* Where nothing is left the integral is 0. *)
Lemma bump_nothing d c : c <= 0 -> cube_integral (S d) (bump c) = 0.
Proof using Hw.
  intros Z. rewrite (cube_ext (S d) (bump c) (fun v => 0 * bump c v)).
  - rewrite (cube_scaled (S d) 0 (2 / w + 2)) by (apply bump_cube_lipschitz; lra). ring.
  - intros v _. pose proof (bump_range v c) as B. rewrite above_none in B by exact Z. lra.
Qed.

(* The most in one dimension more is what the stages of the first variable add up to. *)
Lemma stages_most d c : 0 < c ->
  w / 2 * ((/ 2) ^ d * (1 + w * 3 ^ d)) + (/ 2) ^ d * (w * 3 ^ d) / 2
    + (/ 2) ^ d * (c ^ S (S d) / INR (fact (S (S d))) / 2) <= most (S d) c.
Proof using Hw.
  intros C. assert (P3 : 1 <= 3 ^ d) by (apply pow_R1_Rle; lra).
  assert (P2 : 0 < (/ 2) ^ d) by (apply pow_lt; lra).
  unfold most. rewrite above_all by lra. change ((/ 2) ^ S d) with (/ 2 * (/ 2) ^ d).
  change (3 ^ S d) with (3 * 3 ^ d). set (q := c ^ S (S d) / INR (fact (S (S d)))).
  set (k := (/ 2) ^ d) in *. set (t := 3 ^ d) in *.
  assert (w * (w * t) <= 1 * (w * t)) by (apply Rmult_le_compat_r; nra).
  assert (w * 1 <= w * t) by (apply Rmult_le_compat_l; lra).
  assert (k * (w + w * (w * t)) <= k * (2 * (w * t))) by (apply Rmult_le_compat_l; lra).
  lra.
Qed.

(* From d dimensions to one more: the integral over the others, at each first variable. *)
Section Step.
Variables (d : nat) (c : R).
Hypotheses (Hc : 0 < c <= 1)
  (below : forall e, e <= 1 -> cube_integral d (bump e) <= most d e).
Definition others (x : R) : R := cube_integral d (fun v => bump c (x :: v)).

(* It is that of a bump with less left, times the ramp, *)
Lemma others_value x :
  others x = ramp (2 * x - 1) * cube_integral d (bump (c - above (2 * x - 1))).
Proof using Hw Hc.
  unfold others. cbn [bump]. pose proof (above_range (2 * x - 1)).
  apply (cube_scaled d _ (2 / w + 2)), bump_cube_lipschitz. lra.
Qed.

(* so at most what is known. *)
Lemma others_below x : others x <= most d (c - above (2 * x - 1)).
Proof using Hw Hc below.
  rewrite others_value. pose proof (above_range (2 * x - 1)). pose proof (ramp_range (2 * x - 1)).
  pose proof (below (c - above (2 * x - 1)) ltac:(lra)).
  pose proof (most_positive d (c - above (2 * x - 1))).
  apply Rle_trans with (ramp (2 * x - 1) * most d (c - above (2 * x - 1)));
    [apply Rmult_le_compat_l; lra|]. nra.
Qed.

(* Its stages: the ramp, the power, and nothing left. *)
Lemma step_integral : cube_integral (S d) (bump c) <= most (S d) c.
Proof using Hw Hc below.
  pose proof (bump_cube_lipschitz (S d) c ltac:(lra)) as Lip.
  assert (P2 : 0 < (/ 2) ^ d) by (apply pow_lt; lra).
  rewrite (cube_outermost d _ _ Lip). eapply Rle_trans; [|apply stages_most, Hc].
  apply (staged others (S d)); [exact Hc|exact (cube_first_continuous d _ _ Lip)| | | |].
  - intros y Hy. rewrite others_value, ramp_zero by lra. lra.
  - intros y Hy. pose proof (others_below y) as Up. rewrite above_none, Rminus_0_r in Up by lra.
    eapply Rle_trans; [exact Up|]. unfold most. apply Rmult_le_compat_l; [lra|].
    apply Rplus_le_compat_r. rewrite above_all by lra.
    assert (Fa : 1 <= INR (fact (S d))) by (apply (le_INR 1), lt_O_fact).
    apply Rle_div_l; [lra|]. assert (c ^ S d <= 1 ^ S d) by (apply pow_incr; lra).
    rewrite pow1 in *. lra.
  - intros y Hy. pose proof (others_below y) as Up. rewrite (above_all (2 * y - 1)) in Up by lra.
    unfold most in Up. rewrite above_all in Up by lra. lra.
  - intros y Hy. pose proof (others_below y) as Up. rewrite (above_all (2 * y - 1)) in Up by lra.
    unfold most in Up. rewrite above_none, pow_i in Up by (lia || lra).
    unfold Rdiv in Up. rewrite Rmult_0_l in Up. lra.
Qed.
End Step.

(* The integral is at most that. *)
Lemma bump_integral d : forall c, c <= 1 -> cube_integral d (bump c) <= most d c.
Proof using Hw.
  induction d as [|d IH]; intros c C.
  - unfold most. cbn [cube_integral bump pow fact]. pose proof (above_range c).
    replace (above c * 1 / INR (1 * 1)) with (above c) by (cbn; field). lra.
  - destruct (Rle_dec c 0) as [Z|Z]; [|apply step_integral; [lra|exact IH]].
    rewrite bump_nothing by exact Z. apply most_positive.
Qed.
End Bump.
