(* Steps of the slides that are loose or wrong as printed, and what is true in their place.  (Two
   more, about the
   domain of the triangle map, are in Oscillations.v.) *)
From Depthproof Require Import Definitions PiecewiseLinear Oscillations Integrals Triangles Counting
  SeparationSharp SeparationLecture.

(* ---------- "Deep function with many oscillations" ---------- *)

(* Integers do not change the fractional part. *)
Lemma frac_part_integer y z : frac_part (y - IZR z) = frac_part y.
Proof. unfold frac_part. pose proof (Int_part_bounds y). pose proof (Int_part_bounds (y - IZR z)).
  assert (E : Int_part (y - IZR z) = (Int_part y - z)%Z).
  { assert (Int_part (y - IZR z) < Int_part y - z + 1)%Z by (apply lt_IZR; rewrite plus_IZR,
      minus_IZR; lra).
    assert (Int_part y - z < Int_part (y - IZR z) + 1)%Z by (apply lt_IZR; rewrite plus_IZR,
      minus_IZR; lra). lia. }
  rewrite E, minus_IZR. ring. Qed.

(* The induction step is printed with 2^k x - 2^k.  The algebra gives 2^k x - 2^(k-1), for k >= 1:
   another number, with
   the same fractional part.  And the case k = 1 is "by definition" only because Delta (1)
     = Delta (0). *)
Theorem sawtooth_slide_step k x : (1 <= k)%nat ->
  2 ^ (k - 1) * (2 * x - 1) = 2 ^ k * x - 2 ^ (k - 1) /\
    2 ^ k * x - 2 ^ (k - 1) <> 2 ^ k * x - 2 ^ k /\
  frac_part (2 ^ k * x - 2 ^ (k - 1)) = frac_part (2 ^ k * x) /\
    frac_part (2 ^ k * x - 2 ^ k) = frac_part (2 ^ k * x) /\
  Delta 1 = Delta 0.
Proof. intros Hk. destruct k as [|k]; [lia|]. replace (S k - 1)%nat with k by lia.
  pose proof (pow2_pos k) as P.
  assert (E : forall n, 2 ^ n = IZR (2 ^ Z.of_nat n)) by (intro n; apply (pow_IZR 2 n)).
  split; [simpl; ring|split; [simpl; lra|split; [|split]]].
  - rewrite (E k). apply frac_part_integer.
  - rewrite (E (S k)) at 2. apply frac_part_integer.
  - rewrite Delta_down, Delta_up by lra. ring. Qed.

(* ---------- "Separating deep and shallow networks" ---------- *)

(* The slide says that g = 0 has error 1.  It is 1/2. *)
Theorem separation_slide_zero k : is_RInt (fun x => Rabs (sawtooth k x - 0)) 0 1 (/ 2).
Proof. destruct (sawtooth_mass k) as [H _]. revert H. apply is_RInt_ext. intros x Hx.
  rewrite Rmin_left, Rmax_right in Hx by lra. pose proof (sawtooth_range k x).
  rewrite Rminus_0_r, Rabs_right; lra. Qed.

(* ---------- "Shallow g's can't approximate f" ---------- *)

(* The slide bounds |f - g| over a half triangle by 1/2, and calls the integral of that half of its
   area.  For g = 1/2 the
   bound fails at the foot, where f = g; it fails for the integrals, too:
     that of |f - g| is the area, and that of 1/2 is
   twice the area.  The full area is what is true (opposite_area), and what the last slide uses. *)
Theorem separation_slide_half k i : (1 <= i < 2 ^ k)%nat ->
  Rabs (sawtooth k (foot k i) - / 2) < / 2 /\
  is_RInt (fun x => Rabs (sawtooth k x - / 2)) (foot k i) (foot k (S i)) (/ 2 ^ (k + 2)) /\
  is_RInt (fun _ => / 2) (foot k i) (foot k (S i)) (2 * / 2 ^ (k + 2)) /\
    / 2 ^ (k + 2) < 2 * / 2 ^ (k + 2).
Proof. intros Hi. pose proof (pow2_pos k).
  split; [|split; [apply half_triangle_integral; exact Hi|split]].
  - destruct i as [|i]; [lia|]. rewrite sawtooth_zigzag.
    replace (2 ^ k * foot k (S i)) with (INR i + / 2)
      by (unfold foot; rewrite S_INR; field; lra).
    rewrite (zigzag_cell k i) by (lia || lra). replace (INR i + / 2 - INR i - / 2) with 0 by ring.
    rewrite Rmult_0_r, Rplus_0_r, Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - replace (2 * / 2 ^ (k + 2)) with ((foot k (S i) - foot k i) * / 2)
      by (unfold foot; rewrite S_INR, pow_add; simpl; field; lra).
      apply (is_RInt_const (V := R_CompleteNormedModule)).
  - pose proof (pow2_inv_pos (k + 2)). lra. Qed.

(* The slide counts the triangles "in an interval of g".  If that means a linear piece of g, the
   step fails: here
   two half triangles lie over one piece, and both are on the side of g. *)
Theorem separation_counting_piece x : foot 2 1 <= x <= foot 2 3 ->
  0 <= (sawtooth 2 x - / 2) * ((7 / 8 - x) - / 2).
Proof. intros Hx. assert (E4 : 2 ^ 2 = 4) by ring. unfold foot in Hx. rewrite sawtooth_zigzag.
  rewrite E4 in *.
  simpl INR in Hx. assert (E2 : INR 2 = 2) by reflexivity.
  destruct (Rle_dec x (1 / 4)); [rewrite (zigzag_cell 2 0)|destruct (Rle_dec x (1 / 2));
    [rewrite (zigzag_cell 2 1)|rewrite (zigzag_cell 2 2)]]; unfold slope_sign;
    rewrite ?E2; change (INR 0) with 0; change (INR 1) with 1; simpl Nat.even; cbv iota;
      try (simpl; lia); try lra.
  - nra.
  - pose proof (Rle_0_sqr (3 / 8 - x)) as S. unfold Rsqr in S. lra.
  - pose proof (Rmult_le_pos (5 / 8 - x) (x - 3 / 8)). nra. Qed.

(* The last line of the proof: the total is at least 1/32. *)
Theorem separation_slide_arith L : (1 <= L)%nat ->
  / 32 <= (2 ^ (2 * L ^ 2) - 1) / 2 ^ (2 * L ^ 2 + 4).
Proof. intros HL. assert (HX : 2 <= 2 ^ (2 * L ^ 2)).
  { rewrite <- (pow_1 2) at 1. apply Rle_pow; [lra|]. pose proof (Nat.pow_le_mono_l 1 L 2 HL).
    rewrite Nat.pow_1_l in H. lia. }
  rewrite pow_add. set (X := 2 ^ (2 * L ^ 2)) in *. replace (2 ^ 4) with 16 by ring.
  apply Rmult_le_reg_r with (32 * X); [lra|]. field_simplify; lra. Qed.

(* n nodes in L layers make at most (2n)^L pieces, and (2n)^L <= 2^(2L^2) for n <= 2^L. *)
Theorem separation_slide_ng L ws : length ws = L -> List.Forall (fun m => (1 <= m)%nat) ws ->
  (list_sum ws <= 2 ^ L)%nat ->
  (lecture_bound ws <= (2 * list_sum ws) ^ L)%nat /\ ((2 * list_sum ws) ^ L <= 2 ^ (2 * L ^ 2))%nat.
Proof. intros HL Hw Hn. split.
  - subst L. destruct ws as [|m ms]; [simpl; lia|]. cbn [lecture_bound length Nat.pow].
    set (n := list_sum (m :: ms)).
    assert (P : (fold_right Nat.mul 1 ms <= n ^ length ms)%nat).
    { assert (Hms : (list_sum ms <= n)%nat) by (unfold n; rewrite list_sum_cons; lia). clearbody n.
      clear Hw Hn.
      induction ms as [|w ms IH]; [simpl; lia|]. cbn [fold_right length Nat.pow].
      rewrite list_sum_cons in Hms.
      apply Nat.mul_le_mono; [lia|apply IH; lia]. }
    rewrite Nat.pow_mul_l. assert (m + 1 <= 2 * n)%nat by (inversion Hw; subst; unfold n;
      rewrite list_sum_cons; lia).
    rewrite Nat.mul_assoc, (Nat.mul_comm (2 ^ length ms)), <- Nat.mul_assoc.
    apply Nat.mul_le_mono; [assumption|]. apply Nat.mul_le_mono_l, P.
  - eapply Nat.le_trans; [apply Nat.pow_le_mono_l with (b := (2 ^ (L + 1))%nat);
      rewrite Nat.add_1_r, Nat.pow_succ_r'; lia|].
    rewrite <- Nat.pow_mul_r. apply Nat.pow_le_mono_r; [lia|]. simpl. nia. Qed.

(* ---------- the least error ---------- *)

(* Follow the sawtooth up to a stop, and stay at 1/2: as a network, by min (x, c) = relu x - relu (x
   - c). *)
Lemma follower_network k m : exists N, forall x, 0 <= x <= 1 -> eval N x = follower k m x.
Proof. set (c := (INR m + / 2) / 2 ^ k). assert (Hc : 0 <= c).
  { pose proof (pos_INR m). pose proof (pow2_inv_pos k). apply Rmult_le_pos; lra. }
  exists (Network ([([1], 0); ([1], - c)] :: sawtooth_layers [1; -1] k)
    (output (sawtooth_network [1; -1] k))).
  intros x Hx. unfold eval, network_value; cbn [hidden output run pass_on].
  transitivity (network_value Layered relu (sawtooth_network [1; -1] k)
    (activations relu [([1], 0); ([1], - c)] [x])); [reflexivity|].
  rewrite sawtooth_network_value. unfold follower. fold c. f_equal.
  unfold activations, pre_activation; cbn [map dot fst snd].
  rewrite relu_pos by lra. unfold Rmin.
  destruct Rle_dec; [rewrite relu_neg by lra|rewrite relu_pos by lra]; ring. Qed.

(* The least error with p pieces lies between these two: the gap is (3/8) 2^-k. *)
Theorem separation_frontier k p : (2 <= p < 2 ^ k)%nat ->
  (forall g, pieces p 0 1 g -> apart (/ 4 * (1 - INR p / 2 ^ k)) (sawtooth k) g) /\
  (exists N, pieces p 0 1 (eval N) /\
    distance (sawtooth k) (eval N) = / 4 * (1 - (INR p - 3 / 2) / 2 ^ k)).
Proof. intros Hp. split; [intros g; apply separation_sharp|].
  destruct (follower_network k (p - 2)) as [N E]. exists N.
  pose proof (follower_pieces k (p - 2) ltac:(lia)) as P.
  replace (p - 2 + 2)%nat with p in P by lia. split.
  - revert P. apply pieces_ext. intros x Hx. symmetry. apply E. lra.
  - transitivity (distance (sawtooth k) (follower k (p - 2))).
    + apply integral_ext; [lra|]. intros x Hx. rewrite E by lra. reflexivity.
    + rewrite follower_distance, minus_INR by lia. change (INR 2) with 2. real_equation. field.
      pose proof (pow2_pos k); lra. Qed.
