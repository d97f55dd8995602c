(* Two pieces against four: e(2, 2) is at least 0.197. On [0, 4] the first piece ends at t, at most
   2 by reflection; by the place of t other signs show it, with the error at t on both sides. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles.
From Depthproof Require Import SeparationPiece SeparationSharp Frontier Boxes FrontierTents.
From Depthproof Require Import FrontierLast FrontierExact.

Section Second.
Variables p q : R.

(* What a line misses inside one cell, at least, for a sign. *)
Lemma loss_signed i c s a b : (i < 4)%nat -> INR i = c -> -1 <= s <= 1 -> c <= a -> a <= b ->
  b <= c + 1 ->
  s * (b - a) * ((slope_sign i - p) * (a + b) / 2 + (/ 2 - slope_sign i * (c + / 2) - q)) <=
    RInt (loss 2 p q) a b.
Proof.
  intros Hi <- Hs Ha Hab Hb.
  pose proof (signed_integral (fun y => zigzag 2 y - (p * y + q)) s (slope_sign i - p)
    (/ 2 - slope_sign i * (INR i + / 2) - q) a b Hab (difference_continuous 2 p q) Hs) as H.
  eapply Rle_trans; [|apply H]; [apply Req_le; field|].
  intros x Hx. rewrite (zigzag_cell 2 i) by (simpl; lia || lra). ring.
Qed.

(* The loss adds up. *)
Lemma loss_cat a b c : RInt (loss 2 p q) a c = RInt (loss 2 p q) a b + RInt (loss 2 p q) b c.
Proof. apply (integral_cat (loss 2 p q)), loss_continuous. Qed.

(* A line that rises as fast as the zigzag misses much of the last two cells. *)
Lemma steep t : 0 <= t <= 2 -> 1 <= p -> 1 <= RInt (loss 2 p q) t 4.
Proof.
  intros Ht Hp. rewrite (loss_cat t 2), (loss_cat 2 3). pose proof (loss_nonneg 2 p q t 2).
  pose proof (loss_signed 2 2 1 2 3 ltac:(lia) ltac:(simpl; lra)) as A.
  pose proof (loss_signed 3 3 (-1) 3 4 ltac:(lia) ltac:(simpl; lra)) as B.
  unfold slope_sign in A, B. simpl Nat.even in A, B. cbv iota in A, B. lra.
Qed.

(* From before the first kink: the signs +, -, +, -. *)
Lemma second_early t : 4 / 5 <= t <= 1 -> p <= 1 ->
  791 / 1000 - (t - 4 / 5) * Rabs (zigzag 2 t - (p * t + q)) <= RInt (loss 2 p q) t 4.
Proof.
  intros Ht Hp. set (v := 27031 / 10700). set (w := 1924 / 535).
  rewrite (loss_cat t 1), (loss_cat 1 (133 / 100)), (loss_cat (133 / 100) 2), (loss_cat 2 v),
    (loss_cat v 3), (loss_cat 3 w).
  pose proof (loss_signed 0 0 1 t 1 ltac:(lia) ltac:(simpl; lra)) as A.
  pose proof (loss_signed 1 1 1 1 (133 / 100) ltac:(lia) ltac:(simpl; lra)) as B.
  pose proof (loss_signed 1 1 (-1) (133 / 100) 2 ltac:(lia) ltac:(simpl; lra)) as C.
  pose proof (loss_signed 2 2 (-1) 2 v ltac:(lia) ltac:(simpl; lra)) as D.
  pose proof (loss_signed 2 2 1 v 3 ltac:(lia) ltac:(simpl; lra)) as E.
  pose proof (loss_signed 3 3 1 3 w ltac:(lia) ltac:(simpl; lra)) as F.
  pose proof (loss_signed 3 3 (-1) w 4 ltac:(lia) ltac:(simpl; lra)) as G.
  rewrite (zigzag_cell 2 0) by (simpl; lia || lra). unfold slope_sign in *. simpl Nat.even in *.
  cbv iota in *. change (INR 0) with 0. set (e := / 2 + 1 * (t - 0 - / 2) - (p * t + q)).
  assert (X : (t - 4 / 5) * e <= (t - 4 / 5) * Rabs e)
    by (apply Rmult_le_compat_l; [lra|apply Rle_abs]).
  assert (Y : 0 <= (1 - p) * (t - 4 / 5) ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]).
  unfold e in *. unfold v, w in *. nra.
Qed.

(* From between the first kink and 34/25: the same signs, other places. *)
Lemma second_middle t : 1 <= t <= 34 / 25 -> p <= 1 ->
  789 / 1000 - (t - 7 / 8) * (zigzag 2 t - (p * t + q)) - (t - 1) / 4 - (t - 1) ^ 2 <=
    RInt (loss 2 p q) t 4.
Proof.
  intros Ht Hp. set (v := 122481 / 48800). set (w := 6983 / 1952).
  rewrite (loss_cat t (137 / 100)), (loss_cat (137 / 100) 2), (loss_cat 2 v),
    (loss_cat v 3), (loss_cat 3 w).
  pose proof (loss_signed 1 1 1 t (137 / 100) ltac:(lia) ltac:(simpl; lra)) as B.
  pose proof (loss_signed 1 1 (-1) (137 / 100) 2 ltac:(lia) ltac:(simpl; lra)) as C.
  pose proof (loss_signed 2 2 (-1) 2 v ltac:(lia) ltac:(simpl; lra)) as D.
  pose proof (loss_signed 2 2 1 v 3 ltac:(lia) ltac:(simpl; lra)) as E.
  pose proof (loss_signed 3 3 1 3 w ltac:(lia) ltac:(simpl; lra)) as F.
  pose proof (loss_signed 3 3 (-1) w 4 ltac:(lia) ltac:(simpl; lra)) as G.
  rewrite (zigzag_cell 2 1) by (simpl; lia || lra). unfold slope_sign in *. simpl Nat.even in *.
  cbv iota in *. change (INR 1) with 1.
  assert (Y : 0 <= (1 - p) * (t - 1)) by (apply Rmult_le_pos; lra).
  assert (Z : 0 <= (1 - p) * (t - 1) ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]).
  unfold v, w in *. nra.
Qed.

(* From later: the sign -7/8 up to 2; from there the last two cells, with or without the value at
   2. *)
Lemma second_late t : 34 / 25 <= t <= 2 ->
  1 / 2 + 5 / 32 * (2 - t) - 7 / 16 * (2 - t) * (zigzag 2 t - (p * t + q)) <=
    RInt (loss 2 p q) t 4.
Proof.
  intros Ht. set (v := 2 + 1751 / 5700). set (w := 3 + 1751 / 5700 + 7 / 50).
  rewrite (loss_cat t 2).
  pose proof (loss_signed 1 1 (- (7 / 8)) t 2 ltac:(lia) ltac:(simpl; lra)) as A.
  set (I := RInt (loss 2 p q) 2 4). assert (B : 1 / 2 <= I).
  { unfold I. rewrite (loss_cat 2 (5 / 2)), (loss_cat (5 / 2) 3), (loss_cat 3 (7 / 2)).
    pose proof (loss_signed 2 2 (-1) 2 (5 / 2) ltac:(lia) ltac:(simpl; lra)) as C.
    pose proof (loss_signed 2 2 1 (5 / 2) 3 ltac:(lia) ltac:(simpl; lra)) as D.
    pose proof (loss_signed 3 3 1 3 (7 / 2) ltac:(lia) ltac:(simpl; lra)) as E.
    pose proof (loss_signed 3 3 (-1) (7 / 2) 4 ltac:(lia) ltac:(simpl; lra)) as F.
    unfold slope_sign in *. simpl Nat.even in *. cbv iota in *. lra. }
  assert (C : 3 / 5 + 7 / 25 * (- (p * 2 + q)) <= I).
  { unfold I. rewrite (loss_cat 2 v), (loss_cat v 3), (loss_cat 3 w).
    pose proof (loss_signed 2 2 (-1) 2 v ltac:(lia) ltac:(simpl; lra)) as C.
    pose proof (loss_signed 2 2 1 v 3 ltac:(lia) ltac:(simpl; lra)) as D.
    pose proof (loss_signed 3 3 1 3 w ltac:(lia) ltac:(simpl; lra)) as E.
    pose proof (loss_signed 3 3 (-1) w 4 ltac:(lia) ltac:(simpl; lra)) as F.
    unfold slope_sign in *. simpl Nat.even in *. cbv iota in *. unfold v, w in *. lra. }
  rewrite (zigzag_cell 2 1) by (simpl; lia || lra). unfold slope_sign in *. simpl Nat.even in *.
  cbv iota in *. change (INR 1) with 1. set (l := 25 / 16 * (2 - t)).
  assert (L : 0 <= l <= 1) by (unfold l; lra).
  assert (M : l * (3 / 5 + 7 / 25 * (- (p * 2 + q))) + (1 - l) * (1 / 2) <= I).
  { assert (l * (3 / 5 + 7 / 25 * (- (p * 2 + q))) <= l * I) by (apply Rmult_le_compat_l; lra).
    assert ((1 - l) * (1 / 2) <= (1 - l) * I) by (apply Rmult_le_compat_l; lra). lra. }
  unfold l in M. nra.
Qed.
End Second.

(* A line with the value e at its end. *)
Lemma line_to p q u v : u <= v ->
  2 / 5 * (v - u) * Rabs (p * v + q) <= RInt (fun x => Rabs (p * x + q)) u v.
Proof.
  intros Huv. set (d := fun x => p * x + q).
  assert (Hd : forall x, continuous d x) by (intro; apply continuous_line).
  assert (E : exists s, (s = 1 \/ s = -1) /\ Rabs (p * v + q) = s * (p * v + q)).
  { unfold Rabs; destruct Rcase_abs; [exists (-1)|exists 1]; split; lra. }
  destruct E as (s & Hs & ->). set (c := u + 2 / 7 * (v - u)).
  change (fun x => Rabs (p * x + q)) with (fun x => Rabs (d x)).
  rewrite (integral_cat (fun x => Rabs (d x)) u c v (continuous_abs d Hd)).
  assert (Hc : u <= c <= v) by (unfold c; lra).
  pose proof (signed_integral d (- s) p q u c (proj1 Hc) Hd ltac:(lra) ltac:(reflexivity)) as A.
  pose proof (signed_integral d (24 / 25 * s) p q c v (proj2 Hc) Hd ltac:(lra)
    ltac:(reflexivity)) as B.
  match type of A with ?A <= _ => match type of B with ?B <= _ =>
    assert (T : A + B = 2 / 5 * (v - u) * (s * (p * v + q))) by (unfold c; field) end end.
  lra.
Qed.

(* The first piece, up to t in the first cell. *)
Lemma first_early h t : 0 <= t <= 1 -> affine_on h 0 t ->
  2 / 5 * t * Rabs (zigzag 2 t - h t) <= RInt (miss 2 h) 0 t.
Proof.
  intros Ht (p & q & H). pose proof (line_to (1 - p) (- q) 0 t ltac:(lra)) as L.
  assert (E : forall x, 0 <= x <= t -> zigzag 2 x - h x = (1 - p) * x + - q).
  { intros x Hx. rewrite H, (zigzag_cell 2 0) by (simpl; lia || lra). unfold slope_sign. simpl.
    field. }
  rewrite E by lra. rewrite (integral_ext (miss 2 h) (fun x => Rabs ((1 - p) * x + - q))).
  - rewrite Rminus_0_r in L. exact L.
  - lra.
  - intros x Hx. unfold miss. rewrite E by lra. reflexivity.
Qed.

(* Up to t = 1 + b: the value at t is kept, or nothing. *)
Lemma first_late h b : 0 <= b <= 1 -> affine_on h 0 (1 + b) ->
  4 / 5 * (1 + b) * b - 24 / 25 * b ^ 2 + 2 / 5 * (1 + b) * (zigzag 2 (1 + b) - h (1 + b)) <=
    RInt (miss 2 h) 0 (1 + b) /\
  (1 / 3 <= b -> b - (1 + b) ^ 2 / 8 <= RInt (miss 2 h) 0 (1 + b)) /\
  0 <= RInt (miss 2 h) 0 (1 + b).
Proof.
  intros Hb H. pose proof (kink_window 2 0 h 1 b ltac:(simpl; lia) ltac:(lra) Hb) as W.
  change (INR 1) with 1 in W. replace (1 - 1) with 0 in W by ring.
  destruct (W H) as (D & m & E & _ & V). unfold slope_sign in V. simpl in V.
  rewrite Rmult_1_l in V. unfold miss. rewrite E, <- V.
  split; [apply tent_end; lra|split].
  - intros L. pose proof (tent_quarters D m 1 b). lra.
  - apply tent_loss_nonneg; lra.
Qed.

(* The two sides of t = 1 + b together: the value d at t, weighed alike on both, drops out. *)
Lemma sum_middle b d I1 I2 : 0 <= b <= 9 / 25 -> 0 <= I1 ->
  4 / 5 * (1 + b) * b - 24 / 25 * b ^ 2 + 2 / 5 * (1 + b) * d <= I1 ->
  789 / 1000 - (1 + b - 7 / 8) * d - (1 + b - 1) / 4 - (1 + b - 1) ^ 2 <= I2 ->
  197 / 250 <= I1 + I2.
Proof.
  intros Hb N F S. assert (K : 2 / 5 * (1 + b) * (197 / 250) <= 2 / 5 * (1 + b) * (I1 + I2)).
  2: { apply Rmult_le_reg_l in K; lra. }
  assert (A : (1 / 8 + b) * (4 / 5 * (1 + b) * b - 24 / 25 * b ^ 2 + 2 / 5 * (1 + b) * d) <=
    (1 / 8 + b) * I1) by (apply Rmult_le_compat_l; lra).
  assert (B : (1 / 8 + b) * I1 <= 2 / 5 * (1 + b) * I1) by (apply Rmult_le_compat_r; lra).
  assert (C : 2 / 5 * (1 + b) * (789 / 1000 - (1 + b - 7 / 8) * d - (1 + b - 1) / 4
    - (1 + b - 1) ^ 2) <= 2 / 5 * (1 + b) * I2) by (apply Rmult_le_compat_l; lra).
  assert (0 <= b ^ 2 * (7 / 25 - 14 / 25 * b)) by (apply Rmult_le_pos; [apply pow2_ge_0|lra]).
  nra.
Qed.

(* The same further on. *)
Lemma sum_late b d I1 I2 : 9 / 25 <= b <= 1 ->
  4 / 5 * (1 + b) * b - 24 / 25 * b ^ 2 + 2 / 5 * (1 + b) * d <= I1 ->
  b - (1 + b) ^ 2 / 8 <= I1 ->
  1 / 2 + 5 / 32 * (2 - (1 + b)) - 7 / 16 * (2 - (1 + b)) * d <= I2 -> 197 / 250 <= I1 + I2.
Proof.
  intros Hb F1 F2 S. assert (K : (1 + b) * (197 / 250) <= (1 + b) * (I1 + I2)).
  2: { apply Rmult_le_reg_l in K; lra. }
  assert (A : 35 / 32 * (1 - b) * (4 / 5 * (1 + b) * b - 24 / 25 * b ^ 2 + 2 / 5 * (1 + b) * d) <=
    35 / 32 * (1 - b) * I1) by (apply Rmult_le_compat_l; lra).
  assert (B : (1 + b - 35 / 32 * (1 - b)) * (b - (1 + b) ^ 2 / 8) <=
    (1 + b - 35 / 32 * (1 - b)) * I1) by (apply Rmult_le_compat_l; lra).
  assert (C : (1 + b) * (1 / 2 + 5 / 32 * (2 - (1 + b)) - 7 / 16 * (2 - (1 + b)) * d) <=
    (1 + b) * I2) by (apply Rmult_le_compat_l; lra).
  assert (Q : 0 <= (b - 9 / 25) * (1 - b)) by (apply Rmult_le_pos; lra).
  assert (0 <= (b - 9 / 25) * ((b - 9 / 25) * (1 - b))) by (apply Rmult_le_pos; lra). nra.
Qed.

(* Together: wherever the first piece ends in the first half. *)
Lemma two_missed h t : 0 <= t <= 2 -> affine_on h 0 t -> affine_on h t 4 ->
  197 / 250 <= RInt (miss 2 h) 0 t + RInt (miss 2 h) t 4.
Proof.
  intros Ht H1 H2. pose proof H2 as (p & q & H).
  assert (E : RInt (miss 2 h) t 4 = RInt (loss 2 p q) t 4).
  { apply integral_ext; [lra|]. intros x Hx. unfold miss, loss. rewrite H by lra. reflexivity. }
  rewrite E. assert (N : 0 <= RInt (miss 2 h) 0 t).
  { apply integral_nonneg; [lra| |intros; apply Rabs_pos]. apply (miss_exists 2 h 1).
    exists t. repeat split; [lra|lra|exact H1]. }
  destruct (Rle_dec 1 p) as [P|P]; [pose proof (steep p q t Ht P); lra|].
  destruct (Rle_dec t (4 / 5)) as [T|T].
  { pose proof (second_early p q (4 / 5) ltac:(lra) ltac:(lra)) as S.
    rewrite (loss_cat p q t (4 / 5)). pose proof (loss_nonneg 2 p q t (4 / 5) T).
    replace (4 / 5 - 4 / 5) with 0 in S by ring. lra. }
  destruct (Rle_dec t 1) as [T1|T1].
  { pose proof (second_early p q t ltac:(lra) ltac:(lra)) as S. rewrite <- (H t) in S by lra.
    pose proof (first_early h t ltac:(lra) H1) as F.
    pose proof (Rabs_pos (zigzag 2 t - h t)). nra. }
  set (b := t - 1). replace t with (1 + b) in * by (unfold b; ring).
  destruct (first_late h b ltac:(lra) H1) as (F1 & F2 & _).
  set (I1 := RInt (miss 2 h) 0 (1 + b)) in *. set (d := zigzag 2 (1 + b) - h (1 + b)) in *.
  destruct (Rle_dec b (9 / 25)) as [T2|T2].
  - pose proof (second_middle p q (1 + b) ltac:(lra) ltac:(lra)) as S.
    rewrite <- (H (1 + b)) in S by lra. apply (sum_middle b d); assumption || lra.
  - pose proof (second_late p q (1 + b) ltac:(lra)) as S. rewrite <- (H (1 + b)) in S by lra.
    apply (sum_late b d); [lra|exact F1|apply F2; lra|exact S].
Qed.

(* The first piece ends in the first half, or the last in the second. *)
Lemma two_pieces_missed h : joined_pieces 2 0 4 h -> 197 / 250 <= RInt (miss 2 h) 0 4.
Proof.
  assert (E4 : 2 ^ 2 = 4) by ring.
  assert (A : forall f t, 0 <= t <= 2 -> affine_on f 0 t -> affine_on f t 4 ->
    197 / 250 <= RInt (miss 2 f) 0 4).
  { intros f t Ht H1 H2. rewrite <- (RInt_Chasles (V := R_CompleteNormedModule) (miss 2 f) 0 t 4).
    - apply two_missed; assumption.
    - apply (miss_exists 2 f 1). exists t. repeat split; [lra|lra|exact H1].
    - apply (miss_exists 2 f 1). exists 4. repeat split; [lra|lra|exact H2]. }
  intros H. pose proof (miss_exists 2 h 2 0 4 H) as X.
  pose proof H as (t & Ht & H1 & u & Hu & H2 & U). change (u = 4) in U. subst u.
  destruct (Rle_dec t 2) as [T|T]; [apply (A h t); lra || assumption|].
  pose proof (miss_mirror 2 h ltac:(lia)) as M. rewrite E4 in M. rewrite <- M by exact X.
  destruct (joined_mirror 2 h 4 H) as (t' & Ht' & H1' & u' & Hu' & H2' & U').
  change (u' = 4) in U'. subst u'. destruct (Rle_dec t' 2) as [T'|T'].
  - apply (A _ t'); lra || assumption.
  - apply (A _ (4 - t)); [lra| |].
    + destruct H2 as (p & q & E). exists (- p), (p * 4 + q). intros x Hx. rewrite E by lra. ring.
    + destruct H1 as (p & q & E). exists (- p), (p * 4 + q). intros x Hx. rewrite E by lra. ring.
Qed.

(* Leaving at 3/4 with slope -1/8: four triangles. *)
Lemma two_attained : RInt (miss 2 (leaves 2 (3 / 4) (- / 8))) 0 4 <= 4 * (991 / 5000).
Proof.
  pose proof (leaves_miss_continuous 2 (3 / 4) (- / 8)) as C.
  pose proof (fun x => zigzag_three 2 0 x ltac:(simpl; lia)) as Z.
  pose proof (fun x => zigzag_three 2 1 x ltac:(simpl; lia)) as Y.
  unfold slope_sign in Z, Y. simpl Nat.even in Z, Y. cbv iota in Z, Y.
  change (INR 0) with 0 in Z. change (INR 1) with 1 in Y.
  assert (L : forall x, 3 / 4 <= x -> leaves 2 (3 / 4) (- / 8) x = 27 / 32 - x / 8).
  { intros x Hx. unfold leaves. rewrite Rmin_right, Rmax_left, (proj1 (Z _)) by lra. field. }
  rewrite (integral_cat _ 0 (3 / 4) _ C), (integral_cat _ (3 / 4) 1 _ C),
    (integral_cat _ 1 (37 / 28) _ C), (integral_cat _ (37 / 28) 2 _ C),
    (integral_cat _ 2 (91 / 36) _ C), (integral_cat _ (91 / 36) 3 _ C),
    (integral_cat _ 3 (101 / 28) _ C).
  rewrite (integral_line _ 0 0 0 (3 / 4)).
  2: lra.
  2: { intros x Hx. unfold miss, leaves. rewrite Rmin_left, Rmax_right by lra.
    replace (_ - _) with 0 by field. rewrite Rabs_R0. ring. }
  rewrite (integral_line _ (9 / 8) (- (27 / 32)) (3 / 4) 1).
  2: lra.
  2: { intros x Hx. unfold miss. rewrite L, (proj1 (Z x)), Rabs_right by lra. field. }
  rewrite (integral_line _ (- (7 / 8)) (37 / 32) 1 (37 / 28)).
  2: lra.
  2: { intros x Hx. unfold miss. rewrite L, (proj1 (Y x)), Rabs_right by lra. field. }
  rewrite (integral_line _ (7 / 8) (- (37 / 32)) (37 / 28) 2).
  2: lra.
  2: { intros x Hx. unfold miss. rewrite L, (proj1 (Y x)), Rabs_left1 by lra. field. }
  rewrite (integral_line _ (- (9 / 8)) (91 / 32) 2 (91 / 36)).
  2: lra.
  2: { intros x Hx. unfold miss. rewrite L, (proj1 (proj2 (Y x))), Rabs_left1 by lra. field. }
  rewrite (integral_line _ (9 / 8) (- (91 / 32)) (91 / 36) 3).
  2: lra.
  2: { intros x Hx. unfold miss. rewrite L, (proj1 (proj2 (Y x))), Rabs_right by lra. field. }
  rewrite (integral_line _ (- (7 / 8)) (101 / 32) 3 (101 / 28)).
  2: lra.
  2: { intros x Hx. unfold miss. rewrite L, (proj2 (proj2 (Y x))), Rabs_right by lra. field. }
  rewrite (integral_line _ (7 / 8) (- (101 / 32)) (101 / 28) 4).
  2: lra.
  2: { intros x Hx. unfold miss. rewrite L, (proj2 (proj2 (Y x))), Rabs_left1 by lra. field. }
  lra.
Qed.

(* For k = 2 the frontier is known to one percent: e(2, 3) = 5/36, and e(2, 2) is between 0.197 and
   0.1982. *)
Theorem separation_frontier_continuous :
  ((forall g : R -> R, (forall x, 0 <= x <= 1 -> continuous g x) -> pieces 2 0 1 g ->
     apart (197 / 1000) (sawtooth 2) g) /\
   (exists g : R -> R, (forall x : R, continuous g x) /\ pieces 2 0 1 g /\
     distance (sawtooth 2) g <= 991 / 5000)) /\
  ((forall g : R -> R, (forall x, 0 <= x <= 1 -> continuous g x) -> pieces 3 0 1 g ->
     apart (5 / 36) (sawtooth 2) g) /\
   (exists g : R -> R, (forall x : R, continuous g x) /\ pieces 3 0 1 g /\
     distance (sawtooth 2) g = 5 / 36)).
Proof.
  assert (E4 : 2 ^ 2 = 4) by ring. split; [|exact separation_frontier_three]. split.
  - replace (197 / 1000) with (197 / 250 / 2 ^ 2) by field. apply sawtooth_missed.
    rewrite E4. exact two_pieces_missed.
  - exists (fun x => leaves 2 (3 / 4) (- / 8) (2 ^ 2 * x)). split; [|split].
    + intros x. apply (continuous_comp (fun x => 2 ^ 2 * x)); [|apply leaves_continuous].
      apply continuous_ext with (fun x => 2 ^ 2 * x + 0); [intro; apply Rplus_0_r|].
      apply continuous_line.
    + apply (leaves_pieces 2 (3 / 4) (- / 8) 0); [simpl; lia|simpl; lra].
    + rewrite leaves_distance, E4. pose proof two_attained. lra.
Qed.
