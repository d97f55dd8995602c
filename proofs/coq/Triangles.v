(* "Shallow g's can't approximate f", first part: the areas under the sawtooth and its half
   triangles. *)
From Depthproof Require Import Definitions PiecewiseLinear Oscillations Integrals.

(* The zigzag is continuous, like the sawtooth. *)
Lemma zigzag_continuous k y : continuous (zigzag k) y.
Proof. apply (continuous_comp (fun y => / 2 ^ k * y) (sawtooth k)); [|apply sawtooth_continuous].
  apply continuous_ext with (fun y => / 2 ^ k * y + 0);
    [intro; apply Rplus_0_r|apply continuous_line]. Qed.

(* ---------- the margin: how far the zigzag is from 0 and 1, that is, y from the integers
   ---------- *)

Definition margin (k : nat) (y : R) : R := / 2 - Rabs (zigzag k y - / 2).

Section Margin.
Variable k : nat.

(* The margin is continuous, so that its integrals exist. *)
Lemma margin_continuous y : continuous (margin k) y.
Proof. apply (continuous_difference (fun _ => / 2) (fun y => Rabs (zigzag k y - / 2)));
  [intro; apply continuous_const|].
  apply continuous_abs. apply continuous_difference;
    [apply zigzag_continuous|intro; apply continuous_const]. Qed.

(* The margin rises on the left half of a cell. *)
Lemma margin_left i y : (i < 2 ^ k)%nat -> INR i <= y <= INR i + / 2 ->
  margin k y = 1 * y + - INR i.
Proof. intros Hi Hy. unfold margin. rewrite (zigzag_cell k i) by (assumption || lra).
  destruct (slope_sign_cases i) as [-> | ->]; unfold Rabs; destruct Rcase_abs; lra. Qed.

(* The margin falls on the right half of a cell. *)
Lemma margin_right i y : (i < 2 ^ k)%nat -> INR i + / 2 <= y <= INR i + 1 ->
  margin k y = -1 * y + (INR i + 1).
Proof. intros Hi Hy. unfold margin. rewrite (zigzag_cell k i) by (assumption || lra).
  destruct (slope_sign_cases i) as [-> | ->]; unfold Rabs; destruct Rcase_abs; lra. Qed.

(* The area over an arm of length u, measured from an end of a cell. *)
Definition arm_area (u : R) : R := if Rle_dec u (/ 2) then u ^ 2 / 2 else / 4 - (1 - u) ^ 2 / 2.

(* An arm that starts at the left end of a cell. *)
Lemma margin_integral_left i u : (i < 2 ^ k)%nat -> 0 <= u <= 1 ->
  RInt (margin k) (INR i) (INR i + u) = arm_area u.
Proof. intros Hi Hu. unfold arm_area. destruct (Rle_dec u (/ 2)).
  - rewrite (integral_line (margin k) 1 (- INR i)); [real_equation; field|lra|].
    intros; apply margin_left; [assumption|lra].
  - rewrite (integral_cat (margin k) _ (INR i + / 2) _ margin_continuous).
    rewrite (integral_line (margin k) 1 (- INR i));
      [|lra|intros; apply margin_left; [assumption|lra]].
    rewrite (integral_line (margin k) (-1) (INR i + 1));
      [real_equation; field|lra|intros; apply margin_right; [assumption|lra]]. Qed.

(* An arm that ends at the right end of a cell. *)
Lemma margin_integral_right i u : (i < 2 ^ k)%nat -> 0 <= u <= 1 ->
  RInt (margin k) (INR i + 1 - u) (INR i + 1) = arm_area u.
Proof. intros Hi Hu. unfold arm_area. destruct (Rle_dec u (/ 2)).
  - rewrite (integral_line (margin k) (-1) (INR i + 1)); [real_equation; field|lra|].
    intros; apply margin_right; [assumption|lra].
  - rewrite (integral_cat (margin k) _ (INR i + / 2) _ margin_continuous).
    rewrite (integral_line (margin k) 1 (- INR i));
      [|lra|intros; apply margin_left; [assumption|lra]].
    rewrite (integral_line (margin k) (-1) (INR i + 1));
      [real_equation; field|lra|intros; apply margin_right; [assumption|lra]]. Qed.

(* A quarter for every whole cell. *)
Lemma margin_integral_cell i : (i < 2 ^ k)%nat -> RInt (margin k) (INR i) (INR i + 1) = / 4.
Proof. intros Hi. rewrite (margin_integral_left i 1 Hi) by lra. unfold arm_area.
  destruct Rle_dec; lra. Qed.

(* The margin is not negative. *)
Lemma margin_nonneg i y : (i < 2 ^ k)%nat -> INR i <= y <= INR i + 1 -> 0 <= margin k y.
Proof. intros Hi Hy. destruct (Rle_dec y (INR i + / 2));
  [rewrite (margin_left i)|rewrite (margin_right i)]; try assumption; lra. Qed.

(* Inside one cell the area is at most a quarter. *)
Lemma margin_integral_part i a b : (i < 2 ^ k)%nat -> INR i <= a -> a <= b -> b <= INR i + 1 ->
  RInt (margin k) a b <= / 4.
Proof. intros Hi Ha Hab Hb. rewrite <- (margin_integral_cell i Hi).
  rewrite (integral_cat _ (INR i) a (INR i + 1) margin_continuous),
    (integral_cat _ a b (INR i + 1) margin_continuous).
  assert (P : forall u v, INR i <= u -> u <= v -> v <= INR i + 1 -> 0 <= RInt (margin k) u v).
  { intros. apply integral_nonneg; [assumption|apply integrable, margin_continuous|].
    intros; apply (margin_nonneg i); [assumption|lra]. }
  pose proof (P (INR i) a). pose proof (P b (INR i + 1)). lra. Qed.

(* M cells from 0 on: M quarters. *)
Lemma margin_integral_cells M : (M <= 2 ^ k)%nat -> RInt (margin k) 0 (INR M) = INR M / 4.
Proof. induction M; intros HM; [simpl; rewrite integral_point; lra|].
  rewrite S_INR, (integral_cat _ 0 (INR M) _ margin_continuous), IHM, margin_integral_cell
    by lia. lra. Qed.
End Margin.

(* ---------- sawtooth.mass ---------- *)

(* The distance from 1/2 is continuous, so it has an integral. *)
Lemma distance_half_continuous k x : continuous (fun x => Rabs (sawtooth k x - / 2)) x.
Proof. apply continuous_abs, continuous_difference;
  [apply sawtooth_continuous|intro; apply continuous_const]. Qed.

(* Distance from 1/2 and margin share the height 1/2. *)
Lemma distance_half k a b :
  RInt (fun x => Rabs (sawtooth k x - / 2)) (/ 2 ^ k * a) (/ 2 ^ k * b)
    = / 2 ^ k * ((b - a) * / 2 - RInt (margin k) a b).
Proof. rewrite integral_scale by apply distance_half_continuous. f_equal.
  rewrite <- integral_constant.
  rewrite <- integral_minus by (apply integrable; intro;
    apply continuous_const || apply margin_continuous).
  apply RInt_ext. intros x _. unfold margin, zigzag. real_equation. ring. Qed.

(* [0, 1] is 2^k cells, scaled by 2^-k. *)
Lemma unit_interval k (f : R -> R) : RInt f 0 1 = RInt f (/ 2 ^ k * 0) (/ 2 ^ k * 2 ^ k).
Proof. pose proof (pow2_pos k). f_equal; field; lra. Qed.

(* The sawtooth has mean 1/2, and its mean distance from 1/2 is 1/4. *)
Theorem sawtooth_mass k : is_RInt (sawtooth k) 0 1 (/ 2) /\
  is_RInt (fun x => Rabs (sawtooth k x - / 2)) 0 1 (/ 4).
Proof. pose proof (pow2_pos k) as Hk. split.
  - replace (/ 2) with (RInt (sawtooth k) 0 1).
    { apply (RInt_correct (V := R_CompleteNormedModule)), integrable, sawtooth_continuous. }
    rewrite (unit_interval k), integral_scale by apply sawtooth_continuous.
    change (fun y => sawtooth k (/ 2 ^ k * y)) with (zigzag k).
    assert (A : forall M, (M <= 2 ^ k)%nat -> RInt (zigzag k) 0 (INR M) = INR M / 2).
    { induction M; intros HM; [simpl; rewrite integral_point; lra|].
      rewrite S_INR, (integral_cat (zigzag k) 0 (INR M) _ (zigzag_continuous k)), IHM by lia.
      rewrite (integral_line (zigzag k) (slope_sign M) (/ 2 - slope_sign M * (INR M + / 2)));
        [real_equation; field|lra|].
      intros x Hx. rewrite (zigzag_cell k M) by (lia || lra). ring. }
    specialize (A (2 ^ k)%nat (le_n _)). rewrite INR_pow2 in A. rewrite A. real_equation.
    field. lra.
  - replace (/ 4) with (RInt (fun x => Rabs (sawtooth k x - / 2)) 0 1).
    { apply (RInt_correct (V := R_CompleteNormedModule)), integrable, distance_half_continuous. }
    rewrite (unit_interval k), distance_half. rewrite <- (INR_pow2 k) at 2 3.
    rewrite margin_integral_cells by lia. rewrite INR_pow2. real_equation. field. lra. Qed.

(* No constant above 1/4 can stand in a separation: a network without units is as near as that. *)
Theorem separation_optimal k : exists N, nodes N = 0%nat /\ (forall x, eval N x = / 2) /\
  ex_RInt (fun x => Rabs (sawtooth k x - eval N x)) 0 1 /\ distance (sawtooth k) (eval N) = / 4.
Proof. exists (Network [] ([], / 2)). assert (E : forall x, eval (Network [] ([], / 2)) x = / 2).
  { intro x. unfold eval, network_value, pre_activation. simpl. ring. }
  split; [reflexivity|split; [exact E|]]. destruct (sawtooth_mass k) as [_ H].
  assert (H' : is_RInt (fun x => Rabs (sawtooth k x - eval (Network [] ([], / 2)) x)) 0 1 (/ 4)).
  { revert H. apply is_RInt_ext. intros x _. rewrite E. reflexivity. }
  split; [exists (/ 4); exact H'|apply is_RInt_unique; exact H']. Qed.

(* ---------- half triangles ---------- *)

(* The sawtooth crosses 1/2 at the feet (i - 1/2) / 2^k.  Between foot i and foot i + 1 lies the
   half triangle
   number i, for i = 1 .. 2^k - 1: above 1/2 for odd i, below for even i. *)
Definition foot (k i : nat) : R := (INR i - / 2) / 2 ^ k.

(* Feet go from left to right. *)
Lemma foot_le k i j : (i <= j)%nat -> foot k i <= foot k j.
Proof. intros H. apply le_INR in H. pose proof (pow2_inv_pos k). apply Rmult_le_compat_r; lra. Qed.

(* The first foot is not left of 0. *)
Lemma foot_first k : 0 <= foot k 1. Proof. pose proof (pow2_inv_pos k). unfold foot, Rdiv.
  simpl. nra. Qed.

(* The last foot is not right of 1. *)
Lemma foot_last k i : (i < 2 ^ k)%nat -> foot k (S i) <= 1.
Proof. intros H. pose proof (pow2_pos k). pose proof (pow2_inv_pos k). apply le_INR in H.
  rewrite INR_pow2 in H.
  unfold foot. apply Rmult_le_reg_r with (2 ^ k); [lra|]. unfold Rdiv.
  rewrite Rmult_assoc, Rinv_l by lra. lra. Qed.

(* Even half triangles point down, odd ones up. *)
Lemma half_triangle_side k i x : (1 <= i < 2 ^ k)%nat -> foot k i <= x <= foot k (S i) ->
  slope_sign i * (sawtooth k x - / 2) <= 0.
Proof. intros Hi [H1 H2]. pose proof (pow2_pos k) as Hk. rewrite sawtooth_zigzag.
  set (y := 2 ^ k * x).
  apply Rmult_le_compat_l with (r := 2 ^ k) in H1; [|lra].
  apply Rmult_le_compat_l with (r := 2 ^ k) in H2; [|lra].
  unfold foot in *. fold y in H1, H2.
  replace (2 ^ k * ((INR i - / 2) / 2 ^ k)) with (INR i - / 2) in H1 by (field; lra).
  replace (2 ^ k * ((INR (S i) - / 2) / 2 ^ k)) with (INR (S i) - / 2) in H2 by (field; lra).
  rewrite S_INR in H2. destruct i as [|i]; [lia|]. rewrite slope_sign_S. rewrite S_INR in *.
  destruct (Rle_dec y (INR i + 1)).
  - rewrite (zigzag_cell k i) by (lia || lra). destruct (slope_sign_cases i) as [-> | ->]; lra.
  - rewrite (zigzag_cell k (S i)) by (lia || (rewrite S_INR; lra)). rewrite slope_sign_S, S_INR.
    destruct (slope_sign_cases i) as [-> | ->]; lra. Qed.

(* The area of a half triangle: base 2^-k, height 1/2. *)
Lemma half_triangle_area k i : (1 <= i < 2 ^ k)%nat ->
  RInt (fun x => Rabs (sawtooth k x - / 2)) (foot k i) (foot k (S i)) = / 2 ^ (k + 2).
Proof. intros Hi. destruct i as [|i]; [lia|]. pose proof (pow2_pos k).
  unfold foot, Rdiv. rewrite !(Rmult_comm _ (/ 2 ^ k)), !S_INR, distance_half.
  rewrite (integral_cat _ _ (INR i + 1) _ (margin_continuous k)).
  rewrite (integral_line (margin k) (-1) (INR i + 1) (INR i + 1 - / 2)); [|lra|].
  - rewrite (integral_line (margin k) 1 (- INR (S i)) (INR i + 1)); [|lra|].
    + rewrite S_INR, pow_add. simpl. real_equation. field. lra.
    + intros x Hx. apply margin_left; [lia|rewrite S_INR; lra].
  - intros x Hx. apply margin_right; [lia|lra]. Qed.

(* The same with the existence of the integral. *)
Lemma half_triangle_integral k i : (1 <= i < 2 ^ k)%nat ->
  is_RInt (fun x => Rabs (sawtooth k x - / 2)) (foot k i) (foot k (S i)) (/ 2 ^ (k + 2)).
Proof. intros Hi. rewrite <- (half_triangle_area k i Hi).
  apply (RInt_correct (V := R_CompleteNormedModule)), integrable, distance_half_continuous. Qed.
