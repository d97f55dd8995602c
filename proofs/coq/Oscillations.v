(* "Deep function with many oscillations": the triangle map, its k-fold composition, their shape,
   and the deep
   and narrow network that computes them. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors.

(* ---------- the triangle map ---------- *)

Definition Delta (x : R) : R := 2 * relu x - 2 * relu (2 * x - 1).

(* The k-fold composition of Delta: the slides' Delta^k. *)
Fixpoint sawtooth (k : nat) (x : R) : R := match k with O => x | S k' => Delta (sawtooth k' x) end.

(* The rising half of the triangle. *)
Lemma Delta_up x : 0 <= x <= / 2 -> Delta x = 2 * x.
Proof. intros; unfold Delta; rewrite (relu_pos x), (relu_neg (2 * x - 1)) by lra; lra. Qed.

(* The falling half of the triangle, and what follows on the right of 1. *)
Lemma Delta_down x : / 2 <= x -> Delta x = 2 - 2 * x.
Proof. intros; unfold Delta; rewrite (relu_pos x), (relu_pos (2 * x - 1)) by lra; lra. Qed.

(* The slide's definition by cases, the range, and the symmetry. *)
Theorem sawtooth_map x : 0 <= x <= 1 ->
  Delta x = (if Rle_dec x (/ 2) then 2 * x else 2 - 2 * x) /\ 0 <= Delta x <= 1 /\
    Delta (1 - x) = Delta x.
Proof. intros H. destruct (Rle_dec x (/ 2)).
  - rewrite (Delta_up x), (Delta_down (1 - x)) by lra. lra.
  - rewrite (Delta_down x), (Delta_up (1 - x)) by lra. lra. Qed.

(* Outside [0,1] the cases do not hold. *)
Theorem sawtooth_map_domain : Delta (-1) = 0 /\ Delta (-1) <> 2 * (-1).
Proof. unfold Delta. rewrite !relu_neg by lra. lra. Qed.

(* Compositions stay in [0,1], where the triangle map is known. *)
Lemma sawtooth_range k x : 0 <= x <= 1 -> 0 <= sawtooth k x <= 1.
Proof. intros H. induction k; [exact H|]. apply (sawtooth_map (sawtooth k x)). exact IHk. Qed.

(* The slides compose on the inside, the definition on the outside. *)
Lemma sawtooth_inside k x : sawtooth k (Delta x) = sawtooth (S k) x.
Proof. induction k; [reflexivity|]. cbn [sawtooth] in *. rewrite IHk. reflexivity. Qed.

(* The sawtooth is continuous, so that its integrals exist. *)
Lemma sawtooth_continuous k x : continuous (sawtooth k) x.
Proof. induction k; [apply continuous_id|].
  apply (continuous_comp (sawtooth k) Delta); [exact IHk|].
  generalize (sawtooth k x). intro y. unfold Delta.
  apply (continuous_minus (fun y => 2 * relu y) (fun y => 2 * relu (2 * y - 1))).
  - apply (continuous_scal_r 2 relu), continuous_relu.
  - apply (continuous_scal_r 2 (fun y => relu (2 * y - 1))).
    apply (continuous_comp (fun y => 2 * y - 1) relu); [|apply continuous_relu].
    apply (continuous_line 2 (-1)). Qed.

(* ---------- the claim: Delta^k (x) = Delta (frac (2^(k-1) x)) ---------- *)

(* The floor of the standard library is the floor. *)
Lemma Int_part_bounds x : IZR (Int_part x) <= x < IZR (Int_part x) + 1. Proof.
  destruct (base_Int_part x); lra. Qed.

(* The induction step, after f = frac u, r = floor (2u) - 2 floor u: no floor is left. *)
Lemma identity_step f r : 0 <= f < 1 -> (r = 0 \/ r = 1)%Z -> IZR r <= 2 * f < IZR r + 1 ->
  Delta (Delta f) = Delta (2 * f - IZR r).
Proof. intros Hf [->| ->] H; simpl in *.
  - rewrite (Delta_up f) by lra. f_equal; lra.
  - rewrite (Delta_down f) by lra. destruct (Rle_dec (2 * f - 1) (/ 2)).
    + rewrite (Delta_down (2 - 2 * f)), (Delta_up (2 * f - 1)) by lra; lra.
    + rewrite (Delta_up (2 - 2 * f)), (Delta_down (2 * f - 1)) by lra; lra. Qed.

(* A triangle is squeezed into every interval of length 2^-(k-1). *)
Theorem sawtooth_identity k x : (1 <= k)%nat -> 0 <= x <= 1 ->
  sawtooth k x = Delta (frac_part (2 ^ (k - 1) * x)).
Proof. intros Hk Hx. destruct k as [|k]; [lia|]. clear Hk. replace (S k - 1)%nat with k by lia.
  unfold frac_part.
  induction k.
  - simpl. rewrite Rmult_1_l. pose proof (Int_part_bounds x).
    assert (Hp : (Int_part x = 0 \/ Int_part x = 1)%Z).
    { assert (Int_part x < 2)%Z by (apply lt_IZR; lra).
      assert (-1 < Int_part x)%Z by (apply lt_IZR; lra). lia. }
    destruct Hp as [E|E]; rewrite E in *; simpl.
    + f_equal; lra.
    + assert (x = 1) by lra; subst. rewrite Delta_down, Delta_up by lra; lra.
  - change (sawtooth (S (S k)) x) with (Delta (sawtooth (S k) x)). rewrite IHk.
    set (u := 2 ^ k * x). replace (2 ^ S k * x) with (2 * u) by (unfold u; simpl; ring).
    pose proof (Int_part_bounds u) as Hu. pose proof (Int_part_bounds (2 * u)) as H2.
    set (p := Int_part u) in *. set (q := Int_part (2 * u)) in *.
    replace (2 * u - IZR q) with (2 * (u - IZR p) - IZR (q - 2 * p))
      by (rewrite minus_IZR, mult_IZR; lra).
    apply identity_step; [lra| |rewrite minus_IZR, mult_IZR; lra].
    assert (q < 2 * p + 2)%Z by (apply lt_IZR; rewrite plus_IZR, mult_IZR; lra).
    assert (2 * p < q + 1)%Z by (apply lt_IZR; rewrite plus_IZR, mult_IZR; lra). lia. Qed.

(* Outside [0,1] the claim does not hold. *)
Theorem sawtooth_identity_domain : sawtooth 1 (- / 4) = 0 /\
  Delta (frac_part (2 ^ (1 - 1) * (- / 4))) = / 2.
Proof. split; [simpl; unfold Delta; rewrite !relu_neg by lra; lra|]. unfold frac_part.
  assert (E : Int_part (2 ^ (1 - 1) * (- / 4)) = (-1)%Z).
  { pose proof (Int_part_bounds (2 ^ (1 - 1) * (- / 4))) as H. set (z := Int_part _) in *.
    clearbody z. simpl in H.
    assert (z < 0)%Z by (apply lt_IZR; lra). assert (-2 < z)%Z by (apply lt_IZR; lra). lia. }
  rewrite E. simpl. rewrite Delta_down by lra. field. Qed.

(* ---------- the zigzag: the sawtooth stretched by 2^k, so that its cells are [i, i+1]
   ---------- *)

Definition zigzag (k : nat) (y : R) : R := sawtooth k (/ 2 ^ k * y).

(* Even cells rise, odd cells fall. *)
Definition slope_sign (i : nat) : R := if Nat.even i then 1 else -1.

(* Neighbouring cells have opposite slopes. *)
Lemma slope_sign_S i : slope_sign (S i) = - slope_sign i.
Proof. unfold slope_sign. rewrite Nat.even_succ, <- Nat.negb_even.
  destruct (Nat.even i); simpl; lra. Qed.

(* A slope sign is 1 or -1. *)
Lemma slope_sign_cases i : slope_sign i = 1 \/ slope_sign i = -1.
Proof. unfold slope_sign; destruct (Nat.even i); auto. Qed.

(* Two cells on, the slope is the same. *)
Lemma slope_sign_add_even i m : slope_sign (i + 2 * m) = slope_sign i.
Proof. induction m; [f_equal; lia|]. replace (i + 2 * S m)%nat with (S (S (i + 2 * m))) by lia.
  rewrite !slope_sign_S, IHm. ring. Qed.

(* Powers of 2 are positive. *)
Lemma pow2_pos k : 0 < 2 ^ k. Proof. apply pow_lt; lra. Qed.

(* The width of a cell is positive. *)
Lemma pow2_inv_pos k : 0 < / 2 ^ k. Proof. apply Rinv_0_lt_compat, pow2_pos. Qed.

(* There is at least one cell. *)
Lemma pow2_ge1 k : (1 <= 2 ^ k)%nat. Proof. induction k; simpl; lia. Qed.

(* The number of cells, as a natural and as a real number. *)
Lemma INR_pow2 k : INR (2 ^ k) = 2 ^ k. Proof. rewrite pow_INR; simpl; f_equal; ring. Qed.

(* On every cell the zigzag is one line through the middle of the cell. *)
Lemma zigzag_cell k : forall i y, (i < 2 ^ k)%nat -> INR i <= y <= INR i + 1 ->
  zigzag k y = / 2 + slope_sign i * (y - INR i - / 2).
Proof. unfold zigzag. induction k; intros i y Hi Hy.
  - simpl in Hi. assert (i = 0)%nat by lia; subst i. simpl. unfold slope_sign; simpl. lra.
  - assert (E : / 2 ^ S k * y = / 2 ^ k * (y / 2)) by (pose proof (pow2_pos k); simpl; field; lra).
    rewrite E. cbn [sawtooth]. rewrite Nat.pow_succ_r' in Hi.
    destruct (Nat.Even_or_Odd i) as [[j ->]|[j ->]].
    + rewrite mult_INR in *. change (INR 2) with 2 in *. rewrite (IHk j) by (lia || lra).
      rewrite (slope_sign_add_even 0 j : slope_sign (2 * j) = 1).
      destruct (slope_sign_cases j) as [-> | ->];
        [rewrite Delta_up by lra|rewrite Delta_down by lra]; lra.
    + rewrite Nat.add_1_r in *. rewrite S_INR, mult_INR in *. change (INR 2) with 2 in *.
      rewrite (IHk j) by (lia || lra).
      rewrite slope_sign_S, (slope_sign_add_even 0 j : slope_sign (2 * j) = 1).
      destruct (slope_sign_cases j) as [-> | ->];
        [rewrite Delta_down by lra|rewrite Delta_up by lra]; lra. Qed.

(* From the zigzag back to the sawtooth. *)
Lemma sawtooth_zigzag k x : sawtooth k x = zigzag k (2 ^ k * x).
Proof. unfold zigzag. f_equal. field. pose proof (pow2_pos k); lra. Qed.

(* The same on [0,1]: slope + 2^k or - 2^k on every cell. *)
Lemma sawtooth_cell k i x : (i < 2 ^ k)%nat -> INR i / 2 ^ k <= x <= (INR i + 1) / 2 ^ k ->
  sawtooth k x = / 2 + slope_sign i * (2 ^ k * x - INR i - / 2).
Proof. intros Hi [H1 H2]. pose proof (pow2_pos k) as Hk. rewrite sawtooth_zigzag.
  apply zigzag_cell; [assumption|].
  apply Rmult_le_compat_l with (r := 2 ^ k) in H1; [|lra].
  apply Rmult_le_compat_l with (r := 2 ^ k) in H2; [|lra].
  replace (2 ^ k * (INR i / 2 ^ k)) with (INR i) in H1 by (field; lra).
  replace (2 ^ k * ((INR i + 1) / 2 ^ k)) with (INR i + 1) in H2 by (field; lra). lra. Qed.

(* Every point lies in a cell. *)
Lemma cell_of M y : (1 <= M)%nat -> 0 <= y <= INR M -> exists i, (i < M)%nat /\
  INR i <= y <= INR i + 1.
Proof. induction M; intros HM Hy; [lia|]. rewrite S_INR in Hy. destruct (Rle_dec (INR M) y).
  - exists M; split; [lia|lra].
  - destruct M; [simpl in *; lra|]. destruct IHM as (i & Hi & H); [lia|lra|].
    exists i; split; [lia|assumption]. Qed.

(* ---------- exactly 2^k pieces ---------- *)

(* At most 2^k pieces: follow the cells, up to t / 2^k. *)
Lemma sawtooth_pieces k m t : (m < 2 ^ k)%nat -> INR m <= t <= INR m + 1 ->
  pieces (m + 1) 0 (t / 2 ^ k) (sawtooth k).
Proof. pose proof (pow2_inv_pos k) as Hk. unfold Rdiv. revert t.
  assert (A : forall i t, (i < 2 ^ k)%nat -> INR i <= t <= INR i + 1 ->
    pieces 1 (INR i * / 2 ^ k) (t * / 2 ^ k) (sawtooth k)).
  { intros i t Hi Ht. apply cells_one; [apply Rmult_le_compat_r; lra|].
    exists (slope_sign i * 2 ^ k), (/ 2 - slope_sign i * (INR i + / 2)). intros x Hx.
    rewrite (sawtooth_cell k i x Hi); [ring|]. unfold Rdiv.
    assert (t * / 2 ^ k <= (INR i + 1) * / 2 ^ k) by (apply Rmult_le_compat_r; lra). lra. }
  induction m; intros t Hm Ht.
  - rewrite <- (Rmult_0_l (/ 2 ^ k)). apply (A 0%nat); assumption.
  - replace (S m + 1)%nat with ((m + 1) + 1)%nat by lia. apply cells_cat with (INR (S m) * / 2 ^ k).
    + apply IHm; [lia|]. rewrite S_INR; lra.
    + apply A; assumption. Qed.

(* At least: around every inner multiple of 2^-k there is a kink. *)
Lemma sawtooth_kinks k n : (n < 2 ^ k)%nat ->
  cells (fun u v => ~ affine_inside (sawtooth k) u v) n (/ 2 / 2 ^ k) ((INR n + / 2) / 2 ^ k).
Proof. pose proof (pow2_inv_pos k) as Hk. unfold Rdiv.
  induction n; intros Hn; [simpl; rewrite Rplus_0_l; reflexivity|].
  rewrite <- Nat.add_1_r. apply cells_cat with ((INR n + / 2) * / 2 ^ k); [apply IHn; lia|].
  rewrite Nat.add_1_r, S_INR. apply cells_one; [apply Rmult_le_compat_r; lra|].
  pose proof (pow2_pos k). assert (Ek : 2 ^ k * / 2 ^ k = 1) by (field; lra).
  assert (V : forall s, (INR n <= s <= INR n + 1 \/ INR (S n) <= s <= INR (S n) + 1) ->
    sawtooth k (s * / 2 ^ k) = / 2 + slope_sign n * (/ 2 - Rabs (s - INR n - 1))).
  { intros s Hs. rewrite sawtooth_zigzag. replace (2 ^ k * (s * / 2 ^ k)) with s by (field; lra).
    destruct Hs as [Hs|Hs].
    - rewrite (zigzag_cell k n) by (lia || lra). rewrite Rabs_left1 by lra. field.
    - rewrite (zigzag_cell k (S n)) by (lia || lra). rewrite S_INR in *.
      rewrite slope_sign_S, Rabs_right by lra. field. }
  apply not_affine with ((INR n + 3/4) * / 2 ^ k) ((INR n + 5/4) * / 2 ^ k);
    try (split; apply Rmult_lt_compat_r; lra).
  replace (((INR n + 3/4) * / 2 ^ k + (INR n + 5/4) * / 2 ^ k) / 2) with ((INR n + 1) * / 2 ^ k)
    by (field; lra).
  rewrite !V by (rewrite ?S_INR; lra).
  rewrite (Rabs_left1 (INR n + 3/4 - INR n - 1)), (Rabs_right (INR n + 5/4 - INR n - 1)) by lra.
  replace (INR n + 1 - INR n - 1) with 0 by ring. rewrite Rabs_R0.
  destruct (slope_sign_cases n) as [-> | ->]; lra. Qed.

(* At the multiples of 2^-k the sawtooth is 0 and 1 in turn. *)
Lemma sawtooth_multiples k n : (n <= 2 ^ k)%nat ->
  sawtooth k (INR n / 2 ^ k) = if Nat.even n then 0 else 1.
Proof. intros Hn. pose proof (pow2_pos k). pose proof (pow2_ge1 k). rewrite sawtooth_zigzag.
  replace (2 ^ k * (INR n / 2 ^ k)) with (INR n) by (field; lra). destruct n as [|n].
  - rewrite (zigzag_cell k 0) by (lia || (simpl; lra)). unfold slope_sign; simpl. lra.
  - rewrite (zigzag_cell k n) by (lia || (rewrite S_INR; lra)).
    rewrite S_INR, Nat.even_succ, <- Nat.negb_even. unfold slope_sign.
    destruct (Nat.even n); simpl; lra. Qed.

(* Where the sawtooth is 1 and where it is 0. *)
Lemma sawtooth_extremes k x : (1 <= k)%nat -> 0 <= x <= 1 ->
  (sawtooth k x = 1 <-> exists j, (j < 2 ^ (k - 1))%nat /\ x = INR (2 * j + 1) / 2 ^ k) /\
  (sawtooth k x = 0 <-> exists j, (j <= 2 ^ (k - 1))%nat /\ x = INR (2 * j) / 2 ^ k).
Proof. intros Hk Hx. pose proof (pow2_pos k) as Hp.
  assert (E2 : (2 ^ k = 2 * 2 ^ (k - 1))%nat) by (destruct k; [lia|]; simpl;
    rewrite Nat.sub_0_r; lia).
  assert (V : forall j, Nat.even (2 * j) = true /\ Nat.even (2 * j + 1) = false).
  { intro j. rewrite Nat.add_1_r, Nat.even_succ, <- Nat.negb_even, Nat.even_mul. auto. }
  assert (Ex : forall r, 2 ^ k * x = r -> x = r / 2 ^ k) by (intros r <-; field; lra).
  assert (F : forall s, sawtooth k x = s -> s = 0 \/ s = 1 ->
    exists n, (n <= 2 ^ k)%nat /\ x = INR n / 2 ^ k /\ s = if Nat.even n then 0 else 1).
  { intros s Es Hs. destruct (cell_of (2 ^ k) (2 ^ k * x) (pow2_ge1 k)) as (i & Hi & Hc);
      [rewrite INR_pow2; nra|].
    rewrite sawtooth_zigzag, (zigzag_cell k i) in Es by assumption.
    assert (C : 2 ^ k * x = INR i \/ 2 ^ k * x = INR (S i)) 
      by (rewrite S_INR; destruct (slope_sign_cases i) as [D|D]; rewrite D in Es; destruct Hs; lra).
    destruct C as [C|C]; [exists i|exists (S i)]; apply Ex in C; (split; [lia|split; [exact C|]]);
    rewrite <- (sawtooth_multiples k) by lia; rewrite <- C, sawtooth_zigzag, (zigzag_cell k i)
      by assumption; auto. }
  split; split.
  - intros E. destruct (F 1 E) as (n & Hn & Hx' & B); [auto|].
    destruct (Nat.Even_or_Odd n) as [[j ->]|[j ->]].
    + rewrite (proj1 (V j)) in B. lra.
    + exists j. split; [lia|exact Hx'].
  - intros (j & Hj & ->). rewrite sawtooth_multiples, (proj2 (V j)) by lia. reflexivity.
  - intros E. destruct (F 0 E) as (n & Hn & Hx' & B); [auto|].
    destruct (Nat.Even_or_Odd n) as [[j ->]|[j ->]].
    + exists j. split; [lia|exact Hx'].
    + rewrite (proj2 (V j)) in B. lra.
  - intros (j & Hj & ->). rewrite sawtooth_multiples, (proj1 (V j)) by lia. reflexivity. Qed.

(* The picture on the slide: 2^k pieces, slopes 2^k and -2^k in turn, 2^(k-1) peaks of height 1. *)
Theorem sawtooth_shape k : (1 <= k)%nat ->
  pieces_exactly (2 ^ k) 0 1 (sawtooth k) /\
  (forall i x, (i < 2 ^ k)%nat -> INR i / 2 ^ k <= x <= (INR i + 1) / 2 ^ k ->
     sawtooth k x = (if Nat.even i then 2 ^ k * x - INR i else INR i + 1 - 2 ^ k * x)) /\
  (forall x, 0 <= x <= 1 ->
     (sawtooth k x = 1 <-> exists j, (j < 2 ^ (k - 1))%nat /\ x = INR (2 * j + 1) / 2 ^ k) /\
     (sawtooth k x = 0 <-> exists j, (j <= 2 ^ (k - 1))%nat /\ x = INR (2 * j) / 2 ^ k)).
Proof. intros Hk. pose proof (pow2_pos k) as Hp. pose proof (pow2_ge1 k) as H1.
  pose proof (pow2_inv_pos k) as Hi.
  split; [|split; [|intros; apply sawtooth_extremes; assumption]].
  - assert (E : INR (2 ^ k - 1) = 2 ^ k - 1) by (rewrite minus_INR, INR_pow2 by assumption;
      reflexivity). split.
    + pose proof (sawtooth_pieces k (2 ^ k - 1) (2 ^ k)) as H. unfold Rdiv in H.
      rewrite Rinv_r in H by lra.
      replace (2 ^ k - 1 + 1)%nat with (2 ^ k)%nat in H by lia. apply H; [lia|lra].
    + intros n H. destruct (pieces_positive n 0 1 (sawtooth k)) as [m ->]; [lra|assumption|].
      enough (2 ^ k - 1 <= m)%nat by lia.
      apply (cells_lower (affine_inside (sawtooth k)) (2 ^ k - 1) (affine_hereditary _) m 0
        (/ 2 / 2 ^ k) ((INR (2 ^ k - 1) + / 2) / 2 ^ k) 1);
          [unfold Rdiv; nra| |apply sawtooth_kinks; lia|assumption].
      rewrite E. apply Rmult_le_reg_r with (2 ^ k); [lra|]. unfold Rdiv.
      rewrite Rmult_assoc, Rinv_l by lra. lra.
  - intros i x H Hx. rewrite (sawtooth_cell k i x H Hx). unfold slope_sign.
    destruct (Nat.even i); field. Qed.

(* ---------- the network ---------- *)

(* Two units a layer: relu y and relu (2y - 1), where y is what the weights w read off the layer
   before. *)
Fixpoint sawtooth_layers (w : list R) (k : nat) : list layer :=
  match k with O => [] | S k' => [(w, 0); (map (Rmult 2) w, -1)] :: sawtooth_layers [2; -2] k' end.

Definition sawtooth_network (w : list R) (k : nat) : network :=
  Network (sawtooth_layers w k) (match k with O => w | S _ => [2; -2] end, 0).

(* It computes Delta^k of what w reads off the input. *)
Lemma sawtooth_network_value k : forall w v, network_value Layered relu (sawtooth_network w k) v
  = sawtooth k (dot w v).
Proof. induction k; intros w v; unfold network_value, sawtooth_network, pre_activation;
  cbn [hidden output]; [simpl; ring|].
  cbn [sawtooth_layers run pass_on activations map]. unfold pre_activation at 1 2; cbn [fst snd].
  rewrite dot_scale, !Rplus_0_r. set (y := dot w v).
  specialize (IHk [2; -2] [relu y; relu (2 * y + -1)]).
  unfold network_value, sawtooth_network, pre_activation in IHk; cbn [hidden output fst snd] in *.
  assert (E : dot [2; -2] [relu y; relu (2 * y + -1)] = Delta y)
    by (unfold Delta; replace (2 * y - 1) with (2 * y + -1) by ring; simpl; ring).
  rewrite E, sawtooth_inside, Rplus_0_r in IHk. rewrite <- IHk. destruct k; reflexivity. Qed.

(* The network has two units in each of k layers. *)
Lemma sawtooth_network_size w k : widths (hidden (sawtooth_network w k)) = repeat 2%nat k /\
  depth (sawtooth_network w k) = k /\ nodes (sawtooth_network w k) = (2 * k)%nat.
Proof. assert (W : widths (sawtooth_layers w k) = repeat 2%nat k).
  { revert w. induction k; intro w; [reflexivity|]. cbn. f_equal. apply IHk. }
  unfold nodes, depth, sawtooth_network; cbn [hidden]. split; [exact W|split].
  - transitivity (length (widths (sawtooth_layers w k)));
      [symmetry; apply map_length|rewrite W; apply repeat_length].
  - rewrite W. clear. induction k; [reflexivity|]. cbn [repeat list_sum fold_right] in *.
    unfold list_sum in IHk. lia. Qed.

(* Depth k, 2k nodes.  For the lecture's f, k = 2L^2 + 2: depth 2L^2 + 2, 4L^2 + 4 nodes. *)
Theorem sawtooth_size k : exists N, widths (hidden N) = repeat 2%nat k /\ depth N = k /\
  nodes N = (2 * k)%nat /\
  forall x, eval N x = sawtooth k x.
Proof. exists (sawtooth_network [1] k). destruct (sawtooth_network_size [1] k) as (A & B & C).
  split; [exact A|split; [exact B|split; [exact C|]]].
  intro x. unfold eval. rewrite sawtooth_network_value. f_equal. simpl. ring. Qed.
