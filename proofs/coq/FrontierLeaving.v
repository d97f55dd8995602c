(* With two or three pieces too few: follow the zigzag, leave it inside a cell, run straight to the
   end.  How far that is, cell by cell. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles.
From Depthproof Require Import SeparationPiece SeparationSharp Frontier FrontierTents.
From Depthproof Require Import FrontierLast FrontierExact.

(* Two triangles: what lies between 0 and a line that starts at u and ends at - v. *)
Lemma two_triangles (d : R -> R) c u v : 0 <= u -> 0 <= v -> 0 < u + v ->
  (forall x, continuous d x) -> (forall x, c <= x <= c + 1 -> d x = u - (u + v) * (x - c)) ->
  RInt (fun x => Rabs (d x)) c (c + 1) = (u ^ 2 + v ^ 2) / (2 * (u + v)).
Proof.
  intros Hu Hv Huv Hd H. set (z := u / (u + v)).
  assert (E : (u + v) * z = u) by (unfold z; field; lra).
  assert (Z0 : 0 <= z) by (apply Rmult_le_reg_l with (u + v); lra).
  assert (Z1 : z <= 1) by (apply Rmult_le_reg_l with (u + v); lra).
  rewrite (integral_cat _ c (c + z) _ (continuous_abs d Hd)).
  rewrite (integral_line _ (- (u + v)) (u + (u + v) * c) c (c + z)).
  2: lra.
  2: { intros x Hx. rewrite H by lra. rewrite Rabs_right by nra. ring. }
  rewrite (integral_line _ (u + v) (- (u + (u + v) * c)) (c + z) (c + 1)).
  2: lra.
  2: { intros x Hx. rewrite H by lra. rewrite Rabs_left1 by nra. ring. }
  unfold z. real_equation. field. lra.
Qed.

Section Leaving.
Variables (k m : nat) (t s : R).
Hypothesis m_cell : (m < 2 ^ k)%nat.
Hypothesis t_cell : INR m <= t <= INR m + 1.
Hypothesis s_flat : -1 < s < 1.

(* Nothing is missed before t. *)
Lemma before_leaving : RInt (miss k (leaves k t s)) 0 t = 0.
Proof.
  pose proof (pos_INR m). rewrite (integral_line _ 0 0 0 t); [real_equation; field|lra|].
  intros x Hx. unfold miss, leaves. rewrite Rmin_left, Rmax_right by lra.
  replace (_ - _) with 0 by field. rewrite Rabs_R0. ring.
Qed.

(* A triangle up to the end of the cell. *)
Lemma leaving_cell : RInt (miss k (leaves k t s)) t (INR m + 1) =
  (1 - slope_sign m * s) * (INR m + 1 - t) ^ 2 / 2.
Proof.
  set (w := 1 - slope_sign m * s). assert (W : 0 <= w).
  { unfold w. destruct (slope_sign_cases m) as [-> | ->]; lra. }
  rewrite (integral_line _ w (- w * t)); [real_equation; field|lra|].
  intros x Hx. unfold miss, leaves. rewrite Rmin_right, Rmax_left by lra.
  rewrite !(zigzag_cell k m) by (exact m_cell || lra). unfold w.
  replace (_ - _) with (slope_sign m * ((1 - slope_sign m * s) * (x - t))).
  2: { destruct (slope_sign_cases m) as [-> | ->]; ring. }
  fold w. rewrite Rabs_mult, (Rabs_right (w * (x - t))) by (apply Rle_ge, Rmult_le_pos; lra).
  replace (Rabs (slope_sign m)) with 1; [ring|].
  destruct (slope_sign_cases m) as [-> | ->]; unfold Rabs; destruct Rcase_abs; lra.
Qed.

(* Two triangles in each later cell, where the line is v above its lower end at the start, and v + s
   at the end. *)
Lemma later_cell j v : (m < j < 2 ^ k)%nat -> v = zigzag k t + s * (INR j - t) ->
  0 <= v <= 1 -> 0 <= v + s <= 1 ->
  RInt (miss k (leaves k t s)) (INR j) (INR j + 1) =
    if Nat.even j then (v ^ 2 + (1 - v - s) ^ 2) / (2 * (1 - s))
    else ((1 - v) ^ 2 + (v + s) ^ 2) / (2 * (1 + s)).
Proof.
  intros Hj Ev Hv Hs. assert (Hjt : t <= INR j).
  { assert (INR (m + 1) <= INR j) by (apply le_INR; lia). rewrite plus_INR in *. simpl in *. lra. }
  set (d := fun x => zigzag k x - leaves k t s x).
  assert (C : forall x, continuous d x)
    by (apply continuous_difference; intro; [apply zigzag_continuous|apply leaves_continuous]).
  assert (D : forall x, INR j <= x <= INR j + 1 ->
    d x = / 2 + slope_sign j * (x - INR j - / 2) - (v + s * (x - INR j))).
  { intros x Hx. unfold d, leaves. rewrite Rmin_right, Rmax_left, (zigzag_cell k j) by (lia || lra).
    rewrite Ev. ring. }
  change (miss k (leaves k t s)) with (fun x => Rabs (d x)). unfold slope_sign in D.
  destruct (Nat.even j).
  - rewrite (integral_ext _ (fun x => Rabs (- d x))) by (lra || (intros; apply eq_sym, Rabs_Ropp)).
    rewrite (two_triangles (fun x => - d x) (INR j) v (1 - v - s)); [f_equal; ring|lra|lra|lra| |].
    + intros x. apply (continuous_opp (V := R_NormedModule)), C.
    + intros x Hx. rewrite D by exact Hx. ring_simplify. field.
  - rewrite (two_triangles d (INR j) (1 - v) (v + s)); [f_equal; ring|lra|lra|lra|exact C|].
    intros x Hx. rewrite D by exact Hx. field.
Qed.
End Leaving.

(* The cells after the one that is left. *)
Lemma even_before_end k i r : (1 <= k)%nat -> (2 ^ k = i + r)%nat -> Nat.even i = Nat.even r.
Proof.
  intros Hk H. assert (E : Nat.even (i + r) = true).
  { rewrite <- H. destruct k; [lia|]. rewrite Nat.pow_succ_r', Nat.even_mul. reflexivity. }
  rewrite Nat.even_add in E. destruct (Nat.even i), (Nat.even r); easy.
Qed.

(* Two pieces too few: leave three quarters into the fourth cell from the end. *)
Lemma two_missing k : (2 <= k)%nat ->
  RInt (miss k (leaves k (2 ^ k - 13 / 4) (- / 8))) 0 (2 ^ k) = 12785 / 16128.
Proof.
  intros Hk. assert (Hn : (4 <= 2 ^ k)%nat) by (apply (Nat.pow_le_mono_r 2 2 k); lia).
  set (i := (2 ^ k - 4)%nat). assert (Ei : (2 ^ k = i + 4)%nat) by (unfold i; lia).
  pose proof (even_before_end k i 4 ltac:(lia) Ei) as P. simpl in P. pose proof (pos_INR i).
  assert (En : 2 ^ k = INR i + 4) by (rewrite <- INR_pow2, Ei, plus_INR; simpl; ring).
  set (t := 2 ^ k - 13 / 4). pose proof (leaves_miss_continuous k t (- / 8)) as C.
  assert (Ht : INR i <= t <= INR i + 1) by (unfold t; lra).
  assert (Z : zigzag k t = 3 / 4).
  { rewrite (zigzag_cell k i) by (lia || lra). unfold slope_sign. rewrite P. unfold t. lra. }
  pose proof (fun j v => later_cell k i t (- / 8) ltac:(lia) Ht ltac:(lra) (i + j)%nat v) as L.
  rewrite Z in L. replace (2 ^ k) with (INR i + 3 + 1) at 1 by lra.
  pose proof (L 1%nat (23 / 32)) as L1. pose proof (L 2%nat (19 / 32)) as L2.
  pose proof (L 3%nat (15 / 32)) as L3. rewrite Nat.even_add, P in L1, L2, L3.
  rewrite !plus_INR in L1, L2, L3. change (INR 1) with 1 in L1. change (INR 2) with 2 in L2.
  replace (INR 3) with 3 in L3 by (simpl; ring). simpl in L1, L2, L3. unfold t in L1, L2, L3.
  specialize (L1 ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra)).
  specialize (L2 ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra)).
  specialize (L3 ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra)). fold t in L1, L2, L3.
  replace (INR i + 1 + 1) with (INR i + 2) in * by ring.
  replace (INR i + 2 + 1) with (INR i + 3) in * by ring.
  rewrite (integral_cat _ 0 t _ C), (integral_cat _ t (INR i + 1) _ C),
    (integral_cat _ (INR i + 1) (INR i + 2) _ C), (integral_cat _ (INR i + 2) (INR i + 3) _ C).
  rewrite (before_leaving k i t _ Ht), (leaving_cell k i t) by (lia || lra).
  unfold slope_sign. rewrite P, L1, L2, L3. unfold t. rewrite En. real_equation. field.
Qed.

(* Three pieces too few: leave two thirds into the fifth cell from the end. *)
Lemma three_missing k : (3 <= k)%nat ->
  RInt (miss k (leaves k (2 ^ k - 13 / 3) (/ 15))) 0 (2 ^ k) = 4091 / 3780.
Proof.
  intros Hk. assert (Hn : (8 <= 2 ^ k)%nat) by (apply (Nat.pow_le_mono_r 2 3 k); lia).
  set (i := (2 ^ k - 5)%nat). assert (Ei : (2 ^ k = i + 5)%nat) by (unfold i; lia).
  pose proof (even_before_end k i 5 ltac:(lia) Ei) as P. simpl in P. pose proof (pos_INR i).
  assert (En : 2 ^ k = INR i + 5) by (rewrite <- INR_pow2, Ei, plus_INR; simpl; ring).
  set (t := 2 ^ k - 13 / 3). pose proof (leaves_miss_continuous k t (/ 15)) as C.
  assert (Ht : INR i <= t <= INR i + 1) by (unfold t; lra).
  assert (Z : zigzag k t = 1 / 3).
  { rewrite (zigzag_cell k i) by (lia || lra). unfold slope_sign. rewrite P. unfold t. lra. }
  pose proof (fun j v => later_cell k i t (/ 15) ltac:(lia) Ht ltac:(lra) (i + j)%nat v) as L.
  rewrite Z in L. replace (2 ^ k) with (INR i + 4 + 1) at 1 by lra.
  pose proof (L 1%nat (16 / 45)) as L1. pose proof (L 2%nat (19 / 45)) as L2.
  pose proof (L 3%nat (22 / 45)) as L3. pose proof (L 4%nat (25 / 45)) as L4.
  rewrite Nat.even_add, P in L1, L2, L3, L4. rewrite !plus_INR in L1, L2, L3, L4.
  change (INR 1) with 1 in L1. change (INR 2) with 2 in L2.
  replace (INR 3) with 3 in L3 by (simpl; ring). replace (INR 4) with 4 in L4 by (simpl; ring).
  simpl in L1, L2, L3, L4. unfold t in L1, L2, L3, L4.
  specialize (L1 ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra)).
  specialize (L2 ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra)).
  specialize (L3 ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra)).
  specialize (L4 ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra)). fold t in L1, L2, L3, L4.
  replace (INR i + 1 + 1) with (INR i + 2) in * by ring.
  replace (INR i + 2 + 1) with (INR i + 3) in * by ring.
  replace (INR i + 3 + 1) with (INR i + 4) in * by ring.
  rewrite (integral_cat _ 0 t _ C), (integral_cat _ t (INR i + 1) _ C),
    (integral_cat _ (INR i + 1) (INR i + 2) _ C), (integral_cat _ (INR i + 2) (INR i + 3) _ C),
    (integral_cat _ (INR i + 3) (INR i + 4) _ C).
  rewrite (before_leaving k i t _ Ht), (leaving_cell k i t) by (lia || lra).
  unfold slope_sign. rewrite P, L1, L2, L3, L4. unfold t. rewrite En. real_equation. field.
Qed.

(* The upper ends: a continuous function with p pieces, p = 2^k - 2 or 2^k - 3. *)
Lemma leaving_attained k i r c v t s : (2 ^ k = i + r)%nat -> (0 < r)%nat ->
  INR i <= t <= INR i + 1 -> RInt (miss k (leaves k t s)) 0 (2 ^ k) = v -> v <= c ->
  exists g : R -> R, (forall x : R, continuous g x) /\ pieces (i + 2) 0 1 g /\
    distance (sawtooth k) g <= c / 2 ^ k.
Proof.
  intros Hi Hr Ht E Hv. exists (fun x => leaves k t s (2 ^ k * x)). split; [|split].
  - intros x. apply (continuous_comp (fun x => 2 ^ k * x)); [|apply leaves_continuous].
    apply continuous_ext with (fun x => 2 ^ k * x + 0); [intro; apply Rplus_0_r|].
    apply continuous_line.
  - apply leaves_pieces; [lia|exact Ht].
  - rewrite leaves_distance, E. apply Rmult_le_compat_r; [|exact Hv].
    pose proof (pow2_inv_pos k). lra.
Qed.
