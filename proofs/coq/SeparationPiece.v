(* The heart of separation.sharp: against one affine piece, on any interval, the sawtooth loses at
   most a quarter
   of a cell.  Scaled by 2^k, so that the cells are [i, i+1]:
     the gain is the integral of margin - |zigzag - g|,
   and it is at most 1/4 for every affine g. *)
From Depthproof Require Import Definitions PiecewiseLinear Oscillations Integrals Triangles.

(* ---------- the arithmetic of one interval: left arm + whole cells + right arm ---------- *)

(* The most that an arm can gain, if the slopes differ by q. *)
Definition arm_gain (q : R) : R := Rmax 0 (2 - Rabs q) / 8.

(* An arm of length u: the area under the margin, less what a line of the wrong slope costs. *)
Lemma arm_inequality u q : 0 <= u <= 1 -> arm_area u - Rabs q * u ^ 2 / 4 <= arm_gain q.
Proof. intros Hu. unfold arm_area, arm_gain. pose proof (Rabs_pos q). set (r := Rabs q) in *.
  clearbody r.
  pose proof (Rle_0_sqr (1 - u)) as A. pose proof (Rle_0_sqr (u - / 2)) as B.
  pose proof (Rle_0_sqr u) as C. unfold Rsqr in *.
  unfold Rmax. destruct (Rle_dec 0 (2 - r)); destruct (Rle_dec u (/ 2)).
  - assert (u * u <= / 4) by nra.
    assert (0 <= (2 - r) * (/ 4 - u * u)) by (apply Rmult_le_pos; lra). nra.
  - assert (0 <= (2 - r) * ((1 - u) * (1 - u))) by (apply Rmult_le_pos; lra).
    assert (0 <= r * ((u - / 2) * (u - / 2))) by (apply Rmult_le_pos; lra). nra.
  - assert (0 <= (r - 2) * (u * u)) by (apply Rmult_le_pos; lra). nra.
  - assert (0 <= (r - 2) * (u * u)) by (apply Rmult_le_pos; lra). nra. Qed.

(* An even number of whole cells between the arms: the slopes under the arms are opposite. *)
Lemma even_inequality s m : s = 1 \/ s = -1 -> arm_gain (s - m) + arm_gain (- s - m) <= / 4.
Proof. intros [-> | ->]; unfold arm_gain, Rmax, Rabs; repeat destruct Rcase_abs;
  repeat destruct Rle_dec; lra. Qed.

(* An odd number: the slopes are equal, and one whole cell is left over. *)
Lemma odd_inequality s m : s = 1 \/ s = -1 ->
  arm_gain (s - m) + (/ 4 - Rabs (- s - m) / 4) + arm_gain (s - m) <= / 4.
Proof. intros [-> | ->]; unfold arm_gain, Rmax, Rabs; repeat destruct Rcase_abs;
  repeat destruct Rle_dec; lra. Qed.

(* ---------- the gain ---------- *)

Section Gain.
Variables (k : nat) (p q : R).

Definition loss (y : R) : R := Rabs (zigzag k y - (p * y + q)).

Definition gain (a b : R) : R := RInt (margin k) a b - RInt loss a b.

(* The difference of zigzag and line is continuous. *)
Lemma difference_continuous y : continuous (fun y => zigzag k y - (p * y + q)) y.
Proof. apply continuous_difference; intro; [apply zigzag_continuous|apply continuous_line]. Qed.

(* So the loss is continuous, and has an integral. *)
Lemma loss_continuous y : continuous loss y.
Proof. apply (continuous_abs (fun y => zigzag k y - (p * y + q))), difference_continuous. Qed.

(* Gains add up over neighbouring intervals. *)
Lemma gain_cat a b c : gain a c = gain a b + gain b c.
Proof. unfold gain. rewrite (integral_cat _ a b c (margin_continuous k)),
  (integral_cat _ a b c loss_continuous). ring. Qed.

(* A point gains nothing: where the induction over pairs of cells starts. *)
Lemma gain_point a : gain a a = 0. Proof. unfold gain. rewrite !integral_point. ring. Qed.

(* The loss is not negative, so that a gain is at most the area under the margin. *)
Lemma loss_nonneg a b : a <= b -> 0 <= RInt loss a b.
Proof. intros. apply integral_nonneg; [assumption|apply integrable, loss_continuous|intros;
  apply Rabs_pos]. Qed.

(* Inside a cell the difference is one line. *)
Lemma loss_arm i a b : (i < 2 ^ k)%nat -> INR i <= a -> a <= b -> b <= INR i + 1 ->
  Rabs (slope_sign i - p) * (b - a) ^ 2 / 4 <= RInt loss a b.
Proof. intros Hi Ha Hab Hb. apply integral_abs_line with (/ 2 - slope_sign i * (INR i + / 2) - q);
  [assumption|].
  intros x Hx. unfold loss. rewrite (zigzag_cell k i) by (assumption || lra). f_equal; ring. Qed.

(* The gain of an arm that starts a cell. *)
Lemma gain_left_arm i u : (i < 2 ^ k)%nat -> 0 <= u <= 1 ->
  gain (INR i) (INR i + u) <= arm_gain (slope_sign i - p).
Proof. intros Hi Hu. unfold gain. rewrite margin_integral_left by assumption.
  pose proof (loss_arm i (INR i) (INR i + u) Hi ltac:(lra) ltac:(lra) ltac:(lra)) as A.
  replace (INR i + u - INR i) with u in A by ring.
  pose proof (arm_inequality u (slope_sign i - p) Hu). lra. Qed.

(* The gain of an arm that ends a cell. *)
Lemma gain_right_arm i u : (i < 2 ^ k)%nat -> 0 <= u <= 1 ->
  gain (INR i + 1 - u) (INR i + 1) <= arm_gain (slope_sign i - p).
Proof. intros Hi Hu. unfold gain. rewrite margin_integral_right by assumption.
  pose proof (loss_arm i (INR i + 1 - u) (INR i + 1) Hi ltac:(lra) ltac:(lra) ltac:(lra)) as A.
  replace (INR i + 1 - (INR i + 1 - u)) with u in A by ring.
  pose proof (arm_inequality u (slope_sign i - p) Hu). lra. Qed.

(* The gain of a whole cell. *)
Lemma gain_cell i : (i < 2 ^ k)%nat ->
  gain (INR i) (INR i + 1) <= / 4 - Rabs (slope_sign i - p) / 4.
Proof. intros Hi. unfold gain. rewrite margin_integral_cell by assumption.
  pose proof (loss_arm i (INR i) (INR i + 1) Hi ltac:(lra) ltac:(lra) ltac:(lra)) as A.
  replace (INR i + 1 - INR i) with 1 in A by ring. lra. Qed.

(* An interval inside one cell gains at most the area under the margin. *)
Lemma gain_inside i a b : (i < 2 ^ k)%nat -> INR i <= a -> a <= b -> b <= INR i + 1 ->
  gain a b <= / 4.
Proof. intros Hi Ha Hab Hb. unfold gain. pose proof (margin_integral_part k i a b Hi Ha Hab Hb).
  pose proof (loss_nonneg a b Hab). lra. Qed.

(* Two neighbouring cells gain nothing.  This is separation.duality: the signs -, +, +, - on the
   four half cells
   are orthogonal to every affine function. *)
Lemma gain_pair i : (S i < 2 ^ k)%nat -> gain (INR i) (INR (S (S i))) <= 0.
Proof. intros Hi. assert (Hi' : (i < 2 ^ k)%nat) by lia. unfold gain. set (c := INR i).
  assert (E1 : INR (S i) = c + 1) by (unfold c; rewrite S_INR; ring).
  assert (E2 : INR (S (S i)) = c + 2) by (unfold c; rewrite !S_INR; ring).
  rewrite (integral_cat _ _ (INR (S i)) _ (margin_continuous k)).
  pose proof (margin_integral_cell k i Hi') as D1.
  pose proof (margin_integral_cell k (S i) Hi) as D2.
  rewrite <- S_INR in D1, D2. fold c in D1. rewrite D1, D2, E2.
  set (s := slope_sign i). assert (Hs : s = 1 \/ s = -1) by apply slope_sign_cases.
  set (d := fun y => zigzag k y - (p * y + q)).
  assert (U : forall x, c <= x <= c + 1 -> d x = (s - p) * x + (/ 2 - s * (c + / 2) - q)).
  { intros x Hx. unfold d. rewrite (zigzag_cell k i) by (assumption || (fold c; lra)). fold s c.
    ring. }
  assert (V : forall x, c + 1 <= x <= c + 2 -> d x = (- s - p) * x + (/ 2 + s * (c + 1 + / 2) - q)).
  { intros x Hx. unfold d. rewrite (zigzag_cell k (S i)) by (assumption || (rewrite E1; lra)).
    rewrite E1, slope_sign_S. fold s. ring. }
  assert (Hd : forall x, continuous d x) by apply difference_continuous.
  pose proof (signed_integral d (- s) _ _ c (c + / 2) ltac:(lra) Hd ltac:(lra) ltac:(intros;
    apply U; lra)) as Q1.
  pose proof (signed_integral d s _ _ (c + / 2) (c + 1) ltac:(lra) Hd ltac:(lra) ltac:(intros;
    apply U; lra)) as Q2.
  pose proof (signed_integral d s _ _ (c + 1) (c + 3 / 2) ltac:(lra) Hd ltac:(lra) ltac:(intros;
    apply V; lra)) as Q3.
  pose proof (signed_integral d (- s) _ _ (c + 3 / 2) (c + 2) ltac:(lra) Hd ltac:(lra) ltac:(intros;
    apply V; lra)) as Q4.
  change (fun x => Rabs (d x)) with loss in *.
  rewrite (integral_cat loss c (c + / 2) _ loss_continuous),
    (integral_cat loss (c + / 2) (c + 1) _ loss_continuous),
      (integral_cat loss (c + 1) (c + 3 / 2) _ loss_continuous).
  match type of Q1 with ?A <= _ => match type of Q2 with ?B <= _ =>
  match type of Q3 with ?C <= _ => match type of Q4 with ?E <= _ =>
    assert (T : A + B + C + E = s * s / 2) by field end end end end.
  assert (s * s = 1) by (destruct Hs as [-> | ->]; ring). lra. Qed.

(* Any even number of whole cells gains nothing. *)
Lemma gain_pairs i m : (i + 2 * m <= 2 ^ k)%nat -> gain (INR i) (INR (i + 2 * m)) <= 0.
Proof. induction m; intros H.
  - replace (i + 2 * 0)%nat with i by lia. rewrite gain_point. lra.
  - rewrite (gain_cat _ (INR (i + 2 * m))).
    replace (i + 2 * S m)%nat with (S (S (i + 2 * m))) in * by lia.
    pose proof (gain_pair (i + 2 * m) ltac:(lia)). pose proof (IHm ltac:(lia)). lra. Qed.

(* One affine piece gains at most a quarter of a cell, on whatever interval. *)
Theorem gain_piece a b : 0 <= a -> a <= b -> b <= INR (2 ^ k) -> gain a b <= / 4.
Proof. intros Ha Hab Hb. destruct (cell_of (2 ^ k) a (pow2_ge1 k) ltac:(lra)) as (i & Hi & Ia).
  destruct (cell_of (2 ^ k) b (pow2_ge1 k) ltac:(lra)) as (j & Hj & Jb).
  destruct (Nat.le_gt_cases j i) as [Hji|Hij].
  { apply (gain_inside i); try assumption; try lra.
    assert (INR j <= INR i) by (apply le_INR; assumption). lra. }
  assert (E : exists m, (j = S i + 2 * m)%nat \/ (j = S (S i) + 2 * m)%nat).
  { destruct (Nat.Even_or_Odd (j - S i)) as [[m Hm]|[m Hm]]; exists m; lia. }
  pose proof (gain_right_arm i (INR i + 1 - a) Hi ltac:(lra)) as R.
  pose proof (gain_left_arm j (b - INR j) Hj ltac:(lra)) as L.
  replace (INR i + 1 - (INR i + 1 - a)) with a in R by ring.
  replace (INR j + (b - INR j)) with b in L by ring.
  rewrite (gain_cat a (INR i + 1)), (gain_cat (INR i + 1) (INR j)). destruct E as [m [E|E]].
  - pose proof (gain_pairs (S i) m ltac:(lia)) as P. rewrite <- E, S_INR in P.
    assert (Hs : slope_sign j = - slope_sign i) by (rewrite E, slope_sign_add_even, slope_sign_S;
      reflexivity). rewrite Hs in L.
    pose proof (even_inequality (slope_sign i) p (slope_sign_cases i)). lra.
  - pose proof (gain_pairs (S (S i)) m ltac:(lia)) as P. rewrite <- E in P.
    assert (Hs : slope_sign j = slope_sign i) by (rewrite E, slope_sign_add_even, !slope_sign_S;
      ring). rewrite Hs in L.
    pose proof (gain_cell (S i) ltac:(lia)) as C. rewrite <- !S_INR in *. rewrite slope_sign_S in C.
    rewrite (gain_cat (INR (S i)) (INR (S (S i)))).
    pose proof (odd_inequality (slope_sign i) p (slope_sign_cases i)). lra. Qed.
End Gain.
