(* The sharp separation of a piecewise linear function from the sawtooth, and how sharp it is. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles
  SeparationPiece.

(* The margin of the sawtooth itself, at its own scale: its integral over [0,1] is 1/4. *)
Definition sawtooth_margin (k : nat) (x : R) : R := / 2 - Rabs (sawtooth k x - / 2).

(* This margin is continuous. *)
Lemma sawtooth_margin_continuous k x : continuous (sawtooth_margin k) x.
Proof. apply continuous_difference; intro; [apply continuous_const|apply distance_half_continuous].
  Qed.

(* Its integral is that of the margin of the zigzag, scaled. *)
Lemma sawtooth_margin_integral k a b : RInt (sawtooth_margin k) (/ 2 ^ k * a) (/ 2 ^ k * b)
  = / 2 ^ k * RInt (margin k) a b.
Proof. apply (integral_scale (sawtooth_margin k)). intro; apply sawtooth_margin_continuous. Qed.

(* A quarter of 2^k cells of length 2^-k. *)
Lemma sawtooth_margin_total k : RInt (sawtooth_margin k) 0 1 = / 4.
Proof. pose proof (pow2_pos k). rewrite (unit_interval k), sawtooth_margin_integral.
  rewrite <- (INR_pow2 k) at 2.
  rewrite margin_integral_cells by lia. rewrite INR_pow2. real_equation. field. lra. Qed.

(* The loss at the scale of the sawtooth. *)
Lemma sawtooth_loss_integral k p q a b :
  RInt (fun x => Rabs (sawtooth k x - (p * x + q))) (/ 2 ^ k * a) (/ 2 ^ k * b) =
  / 2 ^ k * RInt (loss k (p * / 2 ^ k) q) a b.
Proof. rewrite (integral_scale (fun x => Rabs (sawtooth k x - (p * x + q)))).
  2: { apply continuous_abs, continuous_difference; intro;
    [apply sawtooth_continuous|apply continuous_line]. }
  f_equal. apply RInt_ext. intros x _. unfold loss, zigzag. f_equal. real_equation. ring. Qed.

(* gain_piece, at the scale of the sawtooth. *)
Lemma piece_line k a b p q : 0 <= a -> a <= b -> b <= 1 ->
  RInt (sawtooth_margin k) a b - RInt (fun x => Rabs (sawtooth k x - (p * x + q))) a b
    <= / 4 / 2 ^ k.
Proof. intros Ha Hab Hb. pose proof (pow2_pos k) as Hk. pose proof (pow2_inv_pos k) as Hh.
  assert (Ea : a = / 2 ^ k * (2 ^ k * a)) by (field; lra).
  assert (Eb : b = / 2 ^ k * (2 ^ k * b)) by (field; lra).
  rewrite Ea, Eb, sawtooth_margin_integral, sawtooth_loss_integral.
  pose proof (gain_piece k (p * / 2 ^ k) q (2 ^ k * a) (2 ^ k * b)) as P. rewrite INR_pow2 in P.
  specialize (P ltac:(nra) ltac:(nra) ltac:(nra)). unfold gain in P.
  unfold Rdiv. rewrite <- Rmult_minus_distr_l, (Rmult_comm (/ 4)).
  apply Rmult_le_compat_l; lra. Qed.

(* All pieces together.  g need not be continuous: the integral does not see the ends of the
   pieces. *)
Lemma all_pieces k g p : forall a b, 0 <= a -> b <= 1 -> pieces p a b g ->
  ex_RInt (fun x => Rabs (sawtooth k x - g x)) a b /\
  RInt (sawtooth_margin k) a b - RInt (fun x => Rabs (sawtooth k x - g x)) a b
    <= INR p * (/ 4 / 2 ^ k).
Proof. induction p; intros a b Ha Hb H.
  - change (a = b) in H. subst b. split; [apply ex_RInt_point|]. rewrite !integral_point.
    simpl. lra.
  - destruct H as (c & Hc & (m & r & E) & H2). pose proof (cells_le _ _ _ _ H2).
    destruct (IHp c b ltac:(lra) Hb H2) as [A' B'].
    assert (E' : forall x, a < x < c ->
      Rabs (sawtooth k x - (m * x + r)) = Rabs (sawtooth k x - g x)).
    { intros x Hx. rewrite E by assumption. reflexivity. }
    pose proof (piece_line k a c m r Ha ltac:(lra) ltac:(lra)) as B.
    rewrite (integral_ext _ _ a c ltac:(lra) E') in B.
    assert (A : ex_RInt (fun x => Rabs (sawtooth k x - g x)) a c).
    { apply (integrable_ext _ _ a c ltac:(lra) E').
      apply integrable, continuous_abs, continuous_difference;
      intro; [apply sawtooth_continuous|apply continuous_line]. }
    split; [apply ex_RInt_Chasles with c; assumption|].
    rewrite <- (RInt_Chasles (fun x => Rabs (sawtooth k x - g x)) a c b) by assumption.
    rewrite (integral_cat _ a c b (fun x => sawtooth_margin_continuous k x)), S_INR.
    unfold plus; simpl. lra. Qed.

(* The headline: every g with p affine pieces on [0,1], continuous or not. *)
Theorem separation_sharp k p g : pieces p 0 1 g -> apart (/ 4 * (1 - INR p / 2 ^ k)) (sawtooth k) g.
Proof. intros H. destruct (all_pieces k g p 0 1 ltac:(lra) ltac:(lra) H) as [A B].
  split; [exact A|].
  rewrite sawtooth_margin_total in B. unfold distance, Rdiv in *. lra. Qed.

(* Hence every network, with or without skip connections. *)
Theorem separation_sharp_network k N :
  apart (/ 4 * (1 - INR (product_bound (widths (hidden N))) / 2 ^ k)) (sawtooth k) (eval N).
Proof. apply separation_sharp, pieces_product. lra. Qed.

(* With skip connections the count is the same. *)
Theorem separation_sharp_skip k N :
  apart (/ 4 * (1 - INR (product_bound (widths (hidden N))) / 2 ^ k)) (sawtooth k) (eval_skip N).
Proof. apply separation_sharp, pieces_skip. lra. Qed.

(* ---------- the earlier bounds ---------- *)

(* One affine function misses every tent by a quarter. *)
Lemma separation_one_piece k g : (1 <= k)%nat -> pieces 1 0 1 g -> apart (/ 4) (sawtooth k) g.
Proof. intros Hk H. split; [apply (separation_sharp k 1 g H)|].
  destruct H as (c & _ & (p & q & E) & Ec). simpl in Ec; subst c.
  pose proof (pow2_pos k) as Hp. unfold distance.
  rewrite (integral_ext _ (fun x => Rabs (sawtooth k x - (p * x + q)))) by (try lra; intros;
    rewrite E by assumption; reflexivity).
  rewrite (unit_interval k), sawtooth_loss_integral.
  pose proof (gain_pairs k (p * / 2 ^ k) q 0 (2 ^ (k - 1))) as G. unfold gain in G.
  assert (E2 : (0 + 2 * 2 ^ (k - 1) = 2 ^ k)%nat) by (destruct k; [lia|]; simpl;
    rewrite Nat.sub_0_r; lia).
  rewrite E2, margin_integral_cells, INR_pow2 in G by lia. specialize (G ltac:(lia)).
  change (INR 0) with 0 in G.
  apply Rmult_le_reg_l with (2 ^ k); [lra|].
  rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra. lra. Qed.

(* The certificate on the slide's single triangle: no affine function comes nearer than 1/4. *)
Theorem separation_duality a b : apart (/ 4) Delta (fun x => a * x + b).
Proof. apply (separation_one_piece 1); [lia|]. apply pieces_line. lra. Qed.

(* It is attained, by the constant 1/2. *)
Theorem separation_duality_tight : distance Delta (fun x => 0 * x + / 2) = / 4.
Proof. destruct (sawtooth_mass 1) as [_ H]. apply is_RInt_unique. revert H. apply is_RInt_ext.
  intros x _. simpl. rewrite Rmult_0_l, Rplus_0_l. reflexivity. Qed.

(* Every tent without a breakpoint costs a quarter of its width: n breakpoints, n + 1 pieces. *)
Theorem separation_gap k n g : (1 <= k)%nat -> pieces (n + 1) 0 1 g ->
  apart (/ 4 * (1 - INR n / 2 ^ (k - 1))) (sawtooth k) g.
Proof. intros Hk H. destruct n as [|n].
  - destruct (separation_one_piece k g Hk H) as [A B]. split; [exact A|]. simpl. unfold Rdiv. lra.
  - destruct (separation_sharp k _ g H) as [A B]. split; [exact A|]. eapply Rle_trans; [|exact B].
    destruct k as [|k]; [lia|]. replace (S k - 1)%nat with k by lia. pose proof (pow2_inv_pos k).
    rewrite plus_INR, S_INR. change (INR 1) with 1. pose proof (pos_INR n). unfold Rdiv.
    replace (/ 2 ^ S k) with (/ 2 * / 2 ^ k) by (pose proof (pow2_pos k); simpl; field; lra). nra.
    Qed.

(* ---------- how sharp ---------- *)

(* Follow the sawtooth for m whole pieces and half of the next, then stay at 1/2. *)
Definition follower (k m : nat) (x : R) : R := sawtooth k (Rmin x ((INR m + / 2) / 2 ^ k)).

(* The follower is continuous. *)
Lemma follower_continuous k m x : continuous (follower k m) x.
Proof. set (c := (INR m + / 2) / 2 ^ k). apply (continuous_comp (fun x => Rmin x c) (sawtooth k));
  [|apply sawtooth_continuous].
  apply continuous_ext with (fun x => / 2 * ((1 * x + c) - Rabs (1 * x + - c))).
  { intro y. unfold Rmin, Rabs. destruct Rle_dec, Rcase_abs; lra. }
  apply (continuous_scal_r (/ 2) (fun x => (1 * x + c) - Rabs (1 * x + - c))).
  apply continuous_difference; [intro; apply continuous_line|]. apply continuous_abs.
  intro; apply continuous_line. Qed.

(* The point where it stops: the sawtooth is 1/2 there. *)
Lemma stop_point k m : (m < 2 ^ k)%nat -> 0 <= (INR m + / 2) / 2 ^ k <= 1 /\
  sawtooth k ((INR m + / 2) / 2 ^ k) = / 2.
Proof. intros Hm. pose proof (pow2_pos k). pose proof (pow2_inv_pos k). pose proof (pos_INR m).
  assert (Hm' : INR m + 1 <= 2 ^ k) by (rewrite <- S_INR, <- INR_pow2; apply le_INR; lia). split.
  - split; [apply Rmult_le_pos; lra|]. apply Rmult_le_reg_r with (2 ^ k); [lra|]. unfold Rdiv.
    rewrite Rmult_assoc, Rinv_l by lra. lra.
  - rewrite (sawtooth_cell k m) by (lia || (unfold Rdiv; split; apply Rmult_le_compat_r; lra)).
    field. lra. Qed.

(* It has m whole pieces, half a piece and a flat one. *)
Lemma follower_pieces k m : (m < 2 ^ k)%nat -> pieces (m + 2) 0 1 (follower k m).
Proof. intros Hm. destruct (stop_point k m Hm) as [Hc Ec]. set (c := (INR m + / 2) / 2 ^ k) in *.
  replace (m + 2)%nat with ((m + 1) + 1)%nat by lia. apply cells_cat with c.
  - apply pieces_ext with (sawtooth k);
      [intros x Hx; unfold follower; rewrite Rmin_left by (fold c; lra); reflexivity|].
    apply sawtooth_pieces; [assumption|lra].
  - apply cells_one; [lra|]. exists 0, (/ 2). intros x Hx. unfold follower.
    rewrite Rmin_right by (fold c; lra). fold c. lra. Qed.

(* What it leaves: the margin of the sawtooth up to the stop is all that it gains. *)
Lemma follower_distance k m : (m < 2 ^ k)%nat ->
  distance (sawtooth k) (follower k m) = / 4 * (1 - (INR m + / 2) / 2 ^ k).
Proof. intros Hm. destruct (stop_point k m Hm) as [Hc Ec]. set (c := (INR m + / 2) / 2 ^ k) in *.
  pose proof (pow2_pos k) as Hk.
  unfold distance. rewrite (integral_cat _ 0 c 1)
    by (apply continuous_abs, continuous_difference; intro;
      [apply sawtooth_continuous|apply follower_continuous]).
  rewrite (integral_line _ 0 0 0 c) by
    (lra || (intros x Hx; unfold follower; rewrite Rmin_left, Rminus_diag_eq,
      Rabs_R0 by (reflexivity || (fold c; lra)); ring)).
  rewrite (integral_ext _ (fun x => / 2 - sawtooth_margin k x) c 1).
  2: lra.
  2: { intros x Hx. unfold follower, sawtooth_margin. rewrite Rmin_right by (fold c; lra). fold c.
  rewrite Ec. real_equation. ring. }
  rewrite (integral_minus (fun _ => / 2)) by (apply integrable; intro;
    apply continuous_const || apply sawtooth_margin_continuous).
  rewrite integral_constant. pose proof (sawtooth_margin_total k) as T.
  rewrite (integral_cat _ 0 c 1 (sawtooth_margin_continuous k)) in T.
  assert (I : RInt (sawtooth_margin k) 0 c = / 2 ^ k * (INR m / 4 + / 8)).
  { replace c with (/ 2 ^ k * (INR m + / 2)) by (unfold c; field; lra).
    replace 0 with (/ 2 ^ k * 0) by ring.
    rewrite sawtooth_margin_integral. f_equal.
    rewrite (integral_cat _ 0 (INR m) _ (margin_continuous k)).
    rewrite margin_integral_cells, (margin_integral_left k m (/ 2) Hm) by (lia || lra).
    unfold arm_area. destruct Rle_dec; lra. }
  rewrite I in T. unfold c, Rdiv in *. real_equation. lra. Qed.

(* For 2 <= p < 2^k the bound of separation_sharp is attained up to (3/8) 2^-k; at p = 2^k it is
   attained. *)
Theorem separation_sharp_tight k p : (2 <= p < 2 ^ k)%nat -> exists g : R ->
  R, (forall x : R, continuous g x) /\ pieces p 0 1 g /\
  ex_RInt (fun x => Rabs (sawtooth k x - g x)) 0 1 /\
    distance (sawtooth k) g = / 4 * (1 - (INR p - 3 / 2) / 2 ^ k).
Proof. intros Hp. exists (follower k (p - 2)).
  pose proof (follower_pieces k (p - 2) ltac:(lia)) as H.
  replace (p - 2 + 2)%nat with p in H by lia.
  split; [apply follower_continuous|split; [exact H|split; [apply (separation_sharp k p _ H)|]]].
  rewrite follower_distance, minus_INR by lia. change (INR 2) with 2. real_equation. field.
  pose proof (pow2_pos k); lra. Qed.
