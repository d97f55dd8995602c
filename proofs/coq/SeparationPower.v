(* "Shallow g's can't approximate f", beyond the distance in the mean: the mean of the q-th power of
   |Delta^k - g|, and its greatest value. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Folding.

Section Tents.
Variable k : nat.

(* Delta^(k+1) on tent i, at distance t from its top: half its width is 2^-(k+1). *)
Lemma tent_value i t : (i < 2 ^ k)%nat -> 0 <= t <= / 2 ^ S k ->
  let m := (INR (2 * i) + 1) / 2 ^ S k in
  sawtooth (S k) (m + t) = 1 - 2 ^ S k * t /\ sawtooth (S k) (m - t) = 1 - 2 ^ S k * t.
Proof. intros Hi Ht m. pose proof (pow2_pos (S k)) as P.
  assert (Hm : 2 ^ S k * m = INR (2 * i) + 1) by (unfold m; field; lra).
  assert (T : 0 <= 2 ^ S k * t <= 1).
  { split; [apply Rmult_le_pos; lra|]. rewrite <- (Rinv_r (2 ^ S k)) by lra.
    apply Rmult_le_compat_l; lra. }
  assert (B : (2 * i + 1 < 2 ^ S k)%nat) by (rewrite Nat.pow_succ_r'; lia).
  assert (S0 : slope_sign (2 * i) = 1) by exact (slope_sign_add_even 0 i).
  assert (K : forall x z, z <= 2 ^ S k * x -> z / 2 ^ S k <= x).
  { intros x z H. apply Rmult_le_reg_l with (2 ^ S k); [exact P|].
    replace (2 ^ S k * (z / 2 ^ S k)) with z by (field; lra). exact H. }
  assert (K' : forall x z, 2 ^ S k * x <= z -> x <= z / 2 ^ S k).
  { intros x z H. apply Rmult_le_reg_l with (2 ^ S k); [exact P|].
    replace (2 ^ S k * (z / 2 ^ S k)) with z by (field; lra). exact H. }
  assert (E1 : 2 ^ S k * (m + t) = INR (2 * i) + 1 + 2 ^ S k * t) by (rewrite <- Hm; ring).
  assert (E2 : 2 ^ S k * (m - t) = INR (2 * i) + 1 - 2 ^ S k * t) by (rewrite <- Hm; ring).
  split.
  - rewrite (sawtooth_cell (S k) (S (2 * i)));
      [|lia|split; [apply K|apply K']; rewrite S_INR; lra].
    rewrite slope_sign_S, S0, S_INR, E1. lra.
  - rewrite (sawtooth_cell (S k) (2 * i)); [|lia|split; [apply K|apply K']; lra].
    rewrite S0, E2. lra. Qed.

(* The ends of tent i. *)
Lemma tent_ends i : INR i / 2 ^ k = (INR (2 * i) + 1) / 2 ^ S k - / 2 ^ S k /\
  INR (S i) / 2 ^ k = (INR (2 * i) + 1) / 2 ^ S k + / 2 ^ S k.
Proof. pose proof (pow2_pos k). rewrite S_INR, mult_INR. change (INR 2) with 2. cbn [pow].
  split; field; lra. Qed.

(* What a tent without a breakpoint costs. *)
Definition tent_cost (q : nat) : R := / 2 ^ k * ((/ 2) ^ q / (INR q + 1)).

(* Costs are not negative. *)
Lemma tent_cost_nonneg q : 0 <= tent_cost q.
Proof. pose proof (pow2_inv_pos k). pose proof (pos_INR q). apply Rmult_le_pos; [lra|].
  apply Rdiv_le_0_compat; [apply pow_le; lra|lra]. Qed.

(* The error of a line, to the power q, is continuous. *)
Lemma line_loss_continuous q p d x :
  continuous (fun x => Rabs (sawtooth (S k) x - (p * x + d)) ^ q) x.
Proof. apply (continuous_abs_power (fun x => sawtooth (S k) x - (p * x + d))).
  apply continuous_difference; intro; [apply sawtooth_continuous|apply continuous_line]. Qed.

(* One line over tent i. *)
Lemma tent_line q p d i : (i < 2 ^ k)%nat -> tent_cost q <=
  RInt (fun x => Rabs (sawtooth (S k) x - (p * x + d)) ^ q) (INR i / 2 ^ k) (INR (S i) / 2 ^ k).
Proof. intros Hi. destruct (tent_ends i) as [-> ->]. set (m := (INR (2 * i) + 1) / 2 ^ S k).
  pose proof (pow2_inv_pos (S k)) as R0. pose proof (pow2_pos (S k)) as P.
  set (r := / 2 ^ S k) in *.
  set (e := fun x => sawtooth (S k) x - (p * x + d)).
  pose proof (folded_power e m r (2 * 2 ^ S k) q) as F. unfold e in F.
  cbv beta in F. eapply Rle_trans; [right|apply F].
  - pose proof (pos_INR q). pose proof (pow2_pos k). unfold tent_cost, r.
    replace (2 * 2 ^ S k * / 2 ^ S k / 4) with (/ 2) by (field; lra). cbn [pow]. field. lra.
  - apply continuous_difference; intro; [apply sawtooth_continuous|apply continuous_line].
  - lra.
  - lra.
  - intros t Ht. destruct (tent_value i t Hi ltac:(fold r; lra)) as [A B].
    destruct (tent_value i (r - t) Hi ltac:(fold r; lra)) as [C D]. fold m in A, B, C, D.
    rewrite A, B, C, D.
    assert (E : 2 ^ S k * r = 1) by (unfold r; field; lra).
    rewrite Rabs_left1; [|nra]. right. ring. Qed.

(* The constant 1/2 over tent i: no line does better. *)
Lemma tent_half q i : (i < 2 ^ k)%nat -> RInt (fun x => Rabs (sawtooth (S k) x - / 2) ^ q)
  (INR i / 2 ^ k) (INR (S i) / 2 ^ k) = tent_cost q.
Proof. intros Hi. destruct (tent_ends i) as [-> ->]. set (m := (INR (2 * i) + 1) / 2 ^ S k).
  pose proof (pow2_inv_pos (S k)) as R0. pose proof (pow2_pos (S k)) as P. pose proof (pos_INR q).
  set (r := / 2 ^ S k) in *. assert (E : 2 ^ S k * r = 1) by (unfold r; field; lra).
  rewrite integral_folded.
  2: { apply (continuous_abs_power (fun x => sawtooth (S k) x - / 2)).
    apply continuous_difference; intro; [apply sawtooth_continuous|apply continuous_const]. }
  rewrite (integral_ext _ (fun t => 4 * (2 ^ S k / 2) ^ q * (r - 2 * t) ^ q)); [|lra|].
  - apply is_RInt_unique. pose proof (integral_falling r q ltac:(lra)) as F.
    apply (is_RInt_scal (V := R_NormedModule) _ 0 (r / 2) (4 * (2 ^ S k / 2) ^ q)) in F.
    replace (tent_cost q) with (4 * (2 ^ S k / 2) ^ q * (r ^ S q / (2 * (INR q + 1)))); [exact F|].
    unfold tent_cost. replace (r ^ S q) with (r * r ^ q) by reflexivity. pose proof (pow2_pos k).
    replace ((/ 2) ^ q) with ((2 ^ S k / 2) ^ q * r ^ q).
    2: { rewrite <- Rpow_mult_distr. f_equal. unfold r. field. lra. }
    replace (/ 2 ^ k) with (2 * r) by (unfold r; cbn [pow]; field; lra). field. lra.
  - intros t Ht. destruct (tent_value i t Hi ltac:(fold r; lra)) as [A B].
    destruct (tent_value i (r - t) Hi ltac:(fold r; lra)) as [C D]. fold m in A, B, C, D.
    unfold folded. rewrite A, B, C, D. rewrite (Rabs_right (1 - 2 ^ S k * t - / 2)) by nra.
    rewrite (Rabs_left1 (1 - 2 ^ S k * (r - t) - / 2)) by nra.
    replace (- (1 - 2 ^ S k * (r - t) - / 2)) with (2 ^ S k / 2 * (r - 2 * t)) by lra.
    replace (1 - 2 ^ S k * t - / 2) with (2 ^ S k / 2 * (r - 2 * t)) by lra.
    rewrite Rpow_mult_distr. real_equation. ring. Qed.

(* One line over tents i to j - 1, wherever the line begins and ends. *)
Lemma tents_line q p d a b i j :
  a <= INR i / 2 ^ k -> INR j / 2 ^ k <= b -> (i <= j <= 2 ^ k)%nat ->
  INR (j - i) * tent_cost q <= RInt (fun x => Rabs (sawtooth (S k) x - (p * x + d)) ^ q) a b.
Proof. intros Ha Hb Hij. set (G := fun x => Rabs (sawtooth (S k) x - (p * x + d)) ^ q).
  assert (C : forall x, continuous G x) by (intro; apply line_loss_continuous).
  assert (N : forall u v, u <= v -> 0 <= RInt G u v).
  { intros u v H. apply integral_nonneg; [exact H|apply integrable, C|].
    intros x _. apply pow_le, Rabs_pos. }
  assert (L : forall m, (i + m <= 2 ^ k)%nat ->
    INR m * tent_cost q <= RInt G (INR i / 2 ^ k) (INR (i + m) / 2 ^ k)).
  { induction m as [|m IH]; intros Hm.
    - rewrite Nat.add_0_r, integral_point. simpl. lra.
    - rewrite (integral_cat G _ (INR (i + m) / 2 ^ k) _ C), S_INR. specialize (IH ltac:(lia)).
      pose proof (tent_line q p d (i + m) ltac:(lia)) as T. fold G in T.
      rewrite <- plus_n_Sm. lra. }
  specialize (L (j - i)%nat ltac:(lia)). replace (i + (j - i))%nat with j in L by lia.
  assert (K : INR i / 2 ^ k <= INR j / 2 ^ k).
  { unfold Rdiv. apply Rmult_le_compat_r; [left; apply pow2_inv_pos|apply le_INR; lia]. }
  rewrite (integral_cat G a (INR i / 2 ^ k) b C), (integral_cat G _ (INR j / 2 ^ k) b C).
  pose proof (N _ _ Ha). pose proof (N _ _ Hb). lra. Qed.

(* The mean of the power exists for every function with p pieces. *)
Lemma power_integrable q g p : forall a b, pieces p a b g ->
  ex_RInt (fun x => Rabs (sawtooth (S k) x - g x) ^ q) a b.
Proof. induction p; intros a b H; [change (a = b) in H; subst; apply ex_RInt_point|].
  destruct H as (c & Hc & (m & d & E) & H2). apply ex_RInt_Chasles with c; [|apply IHp, H2].
  apply (integrable_ext (fun x => Rabs (sawtooth (S k) x - (m * x + d)) ^ q)); [lra| |].
  - intros x Hx. rewrite E by assumption. reflexivity.
  - apply integrable. intro. apply line_loss_continuous. Qed.

(* It is not negative. *)
Lemma power_nonneg q g p a b : pieces p a b g ->
  0 <= RInt (fun x => Rabs (sawtooth (S k) x - g x) ^ q) a b.
Proof. intros H. apply integral_nonneg;
    [apply (cells_le _ _ _ _ H)|apply (power_integrable q g p), H|].
  intros x _. apply pow_le, Rabs_pos. Qed.

(* Every point lies in a tent. *)
Lemma tent_of c : 0 <= c <= 1 -> exists m, INR m / 2 ^ k <= c <= INR (S m) / 2 ^ k.
Proof. intros Hc. pose proof (pow2_pos k) as P.
  destruct (cell_of (2 ^ k) (2 ^ k * c) (pow2_ge1 k)) as (m & _ & C1 & C2).
  { rewrite INR_pow2. nra. }
  exists m. rewrite S_INR. split; apply Rmult_le_reg_l with (2 ^ k); try exact P.
  - replace (2 ^ k * (INR m / 2 ^ k)) with (INR m) by (field; lra). exact C1.
  - replace (2 ^ k * ((INR m + 1) / 2 ^ k)) with (INR m + 1) by (field; lra). exact C2. Qed.

(* One piece of a function. *)
Lemma tents_affine q g a c p d : (forall x, a < x < c -> g x = p * x + d) -> forall i j,
  a <= INR i / 2 ^ k -> INR j / 2 ^ k <= c -> (i <= j <= 2 ^ k)%nat ->
  INR (j - i) * tent_cost q <= RInt (fun x => Rabs (sawtooth (S k) x - g x) ^ q) a c.
Proof. intros E i j Hi Hj Hij. pose proof (tents_line q p d a c i j Hi Hj Hij) as L.
  assert (K : INR i / 2 ^ k <= INR j / 2 ^ k).
  { unfold Rdiv. apply Rmult_le_compat_r; [left; apply pow2_inv_pos|apply le_INR; lia]. }
  rewrite (integral_ext _ (fun x => Rabs (sawtooth (S k) x - g x) ^ q) a c) in L; [exact L|lra|].
  intros x Hx. rewrite E by assumption. reflexivity. Qed.

(* All pieces: each breakpoint spoils one tent at most. *)
Lemma tents_pieces q g n : forall a b i j, 0 <= a -> b <= 1 -> pieces (S n) a b g ->
  a <= INR i / 2 ^ k -> INR j / 2 ^ k <= b -> (i <= j <= 2 ^ k)%nat ->
  (INR (j - i) - INR n) * tent_cost q <= RInt (fun x => Rabs (sawtooth (S k) x - g x) ^ q) a b.
Proof. pose proof (tent_cost_nonneg q) as K. set (kappa := tent_cost q) in *.
  set (G := fun x => Rabs (sawtooth (S k) x - g x) ^ q).
  induction n; intros a b i j Ha Hb H Hi Hj Hij; pose proof H as (c & Hc & (p & d & E) & H2).
  - simpl in H2. subst c. simpl (INR 0). rewrite Rminus_0_r.
    apply (tents_affine q g a b p d); assumption.
  - change (pieces (S n) c b g) in H2. pose proof (cells_le _ _ _ _ H2) as Hcb.
    assert (M : forall u v : nat, (u <= v)%nat -> INR u / 2 ^ k <= INR v / 2 ^ k).
    { intros u v Huv. unfold Rdiv. apply Rmult_le_compat_r; [left; apply pow2_inv_pos|].
      apply le_INR, Huv. }
    pose proof (power_nonneg q g _ _ _ H2) as N2. fold G in N2.
    assert (H1 : pieces 1 a c g) by (apply cells_one; [lra|exists p, d; exact E]).
    pose proof (power_nonneg q g _ _ _ H1) as N1. fold G in N1.
    rewrite <- (RInt_Chasles G a c b) by (eapply power_integrable; eassumption).
    change (plus (RInt G a c) (RInt G c b)) with (RInt G a c + RInt G c b).
    destruct (tent_of c ltac:(lra)) as (m & C1 & C2). pose proof (pos_INR n).
    rewrite S_INR. destruct (le_lt_dec i m) as [Im|Im]; [destruct (le_lt_dec j m) as [Jm|Jm]|].
    + pose proof (tents_affine q g a c p d E i j Hi (Rle_trans _ _ _ (M j m Jm) C1) Hij) as L.
      fold G kappa in L. nra.
    + pose proof (tents_affine q g a c p d E i m Hi C1 ltac:(lia)) as L.
      pose proof (IHn c b (S m) j ltac:(lra) Hb H2 C2 Hj ltac:(lia)) as R. fold G kappa in L, R.
      rewrite !minus_INR, S_INR in * by lia. nra.
    + pose proof (IHn c b i j ltac:(lra) Hb H2 (Rle_trans _ _ _ C2 (M (S m) i Im)) Hj Hij) as R.
      fold G in R. nra. Qed.
End Tents.

(* n breakpoints, for every power: the value at n = 0 is the best, and 1/2 attains it. *)
Theorem separation_power k q n g : (1 <= k)%nat -> pieces (n + 1) 0 1 g ->
  apart_power q ((/ 2) ^ q / (INR q + 1) * (1 - INR n / 2 ^ (k - 1))) (sawtooth k) g.
Proof. intros Hk H. destruct k as [|k]; [lia|]. replace (S k - 1)%nat with k by lia.
  rewrite Nat.add_1_r in H. split; [apply (power_integrable k q g _ _ _ H)|].
  pose proof (pow2_pos k) as P. pose proof (pos_INR q).
  pose proof (tents_pieces k q g n 0 1 0 (2 ^ k) ltac:(lra) ltac:(lra) H) as T.
  rewrite Nat.sub_0_r, INR_pow2 in T. eapply Rle_trans; [right|apply T].
  - unfold tent_cost. field. lra.
  - simpl. right. field. lra.
  - right. field. lra.
  - lia. Qed.

(* The constant 1/2, with one piece and no breakpoint, attains it. *)
Theorem separation_power_attained k q : (1 <= k)%nat ->
  RInt (fun x => Rabs (sawtooth k x - / 2) ^ q) 0 1 = (/ 2) ^ q / (INR q + 1).
Proof. intros Hk. destruct k as [|k]; [lia|]. pose proof (pow2_pos k) as P. pose proof (pos_INR q).
  set (G := fun x => Rabs (sawtooth (S k) x - / 2) ^ q). assert (C : forall x, continuous G x).
  { apply (continuous_abs_power (fun x => sawtooth (S k) x - / 2)).
    apply continuous_difference; intro; [apply sawtooth_continuous|apply continuous_const]. }
  assert (A : forall m, (m <= 2 ^ k)%nat -> RInt G 0 (INR m / 2 ^ k) = INR m * tent_cost k q).
  { induction m as [|m IH]; intros Hm.
    - simpl (INR 0). replace (0 / 2 ^ k) with 0 by (field; lra). rewrite integral_point.
      real_equation. ring.
    - rewrite (integral_cat G 0 (INR m / 2 ^ k) _ C), IH by lia. unfold G.
      rewrite (tent_half k q m) by lia. rewrite S_INR. real_equation. ring. }
  specialize (A (2 ^ k)%nat (Nat.le_refl _)). rewrite INR_pow2 in A.
  replace (2 ^ k / 2 ^ k) with 1 in A by (field; lra). rewrite A. unfold tent_cost.
  real_equation. field. lra. Qed.

(* Networks. *)
Theorem separation_power_network k q N : (1 <= k)%nat ->
  apart_power q ((/ 2) ^ q / (INR q + 1) *
    (1 - (INR (product_bound (widths (hidden N))) - 1) / 2 ^ (k - 1))) (sawtooth k) (eval N).
Proof. intros Hk. pose proof (pieces_product N 0 1 ltac:(lra)) as H.
  destruct (pieces_positive _ 0 1 _ ltac:(lra) H) as [n E]. rewrite E in *.
  rewrite S_INR. replace (INR n + 1 - 1) with (INR n) by ring.
  apply separation_power; [exact Hk|]. rewrite Nat.add_1_r. exact H. Qed.
