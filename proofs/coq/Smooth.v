(* "Parting thoughts": depth helps for smooth functions (Yarotsky).  The square, from sums of
   sawtooths. *)
From Depthproof Require Import Definitions PiecewiseLinear Oscillations.

(* x minus the sum of Delta^s (x) / 4^s for s = 1 .. m: the interpolation of x^2 at the multiples of
   2^-m. *)
Fixpoint square_sum (m : nat) (x : R) : R :=
  match m with O => x | S m' => square_sum m' x - sawtooth (S m') x / 4 ^ S m' end.

(* With q (x) = x (1 - x): q (y) = Delta (y) / 4 + q (Delta (y)) / 4. *)
Lemma square_step y : 0 <= y <= 1 -> y - y ^ 2 = Delta y / 4 + (Delta y - Delta y ^ 2) / 4.
Proof. intros H. destruct (Rle_dec y (/ 2)); [rewrite Delta_up by lra|rewrite Delta_down by lra];
  field. Qed.

(* The error is q of the sawtooth. *)
Lemma square_error m x : 0 <= x <= 1 ->
  square_sum m x - x ^ 2 = (sawtooth m x - sawtooth m x ^ 2) / 4 ^ m.
Proof. intros H. induction m; [simpl; field|]. cbn [square_sum].
  replace (square_sum m x - sawtooth (S m) x / 4 ^ S m - x ^ 2)
    with ((square_sum m x - x ^ 2) - sawtooth (S m) x / 4 ^ S m) by ring.
  rewrite IHm, (square_step (sawtooth m x)) by (apply sawtooth_range; assumption).
  cbn [sawtooth]. set (y := Delta (sawtooth m x)).
  assert (0 < 4 ^ m) by (apply pow_lt; lra). replace (4 ^ S m) with (4 * 4 ^ m) by (simpl; ring).
  field. lra. Qed.

(* The error is between 0 and 4^-(m+1). *)
Theorem smooth_square m x : 0 <= x <= 1 -> 0 <= square_sum m x - x ^ 2 <= / 4 ^ (m + 1).
Proof. intros H. rewrite square_error by assumption. pose proof (sawtooth_range m x H) as Hy.
  set (y := sawtooth m x) in *.
  assert (Hp : 0 < 4 ^ m) by (apply pow_lt; lra).
  assert (Hi : 0 < / 4 ^ m) by (apply Rinv_0_lt_compat; lra).
  replace (/ 4 ^ (m + 1)) with (/ 4 * / 4 ^ m) by (rewrite pow_add; simpl; field; lra).
  unfold Rdiv. split; [apply Rmult_le_pos; [nra|lra]|]. apply Rmult_le_compat_r; [lra|].
  pose proof (Rle_0_sqr (y - / 2)) as Q. unfold Rsqr in Q. nra. Qed.

(* The error bound is attained half way between 0 and the first interpolation point. *)
Theorem smooth_square_attained m : square_sum m (/ 2 ^ (m + 1)) - (/ 2 ^ (m + 1)) ^ 2
  = / 4 ^ (m + 1).
Proof. pose proof (pow2_pos m) as Hk. pose proof (pow2_inv_pos m) as Hi.
  assert (Hp : 0 < 4 ^ m) by (apply pow_lt; lra).
  assert (E : / 2 ^ (m + 1) = / 2 * / 2 ^ m) by (rewrite pow_add; simpl; field; lra).
  assert (Hi1 : / 2 ^ m <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar;
    [lra|apply pow_R1_Rle; lra]).
  rewrite square_error by (rewrite E; lra). assert (I : sawtooth m (/ 2 ^ (m + 1)) = / 2).
  { rewrite E, (sawtooth_cell m 0); [unfold slope_sign; simpl; field; lra|pose proof (pow2_ge1 m);
      lia|simpl; unfold Rdiv; lra]. }
  rewrite I, pow_add. simpl. field. lra. Qed.

(* ---------- a layered network ---------- *)

(* Three units a layer: the two of the sawtooth, and one that carries the sum (it is not negative on
   [0,1], so ReLU
   lets it pass).  After layer s + 1 they hold relu y, relu (2y - 1) and relu t for y
     = Delta^s (x) and t the sum. *)
Definition square_signals (s : nat) (x : R) : list R :=
  [relu (sawtooth s x); relu (2 * sawtooth s x - 1); relu (square_sum s x)].

Definition square_first : layer := [([1], 0); ([2], -1); ([1], 0)].

(* Reads y = 2 v1 - 2 v2 = Delta^s (x), and t = v3 - y / 4^s. *)
Definition square_sum_weights (s : nat) : list R := [- 2 / 4 ^ s; 2 / 4 ^ s; 1].

Definition square_layer (s : nat) : layer :=
  [([2; -2; 0], 0); ([4; -4; 0], -1); (square_sum_weights s, 0)].

Definition square_network (m : nat) : network :=
  match m with
  | O => Network [] ([1], 0)
  | S m' => Network (square_first :: map square_layer (seq 1 m')) (square_sum_weights m, 0)
  end.

(* On [0,1] the carried sum is at least x^2. *)
Lemma square_sum_nonneg s x : 0 <= x <= 1 -> 0 <= square_sum s x.
Proof. intros H. pose proof (smooth_square s x H). pose proof (Rle_0_sqr x) as Q. unfold Rsqr in Q.
  simpl in *. lra. Qed.

(* The weights read the next sum off the signals. *)
Lemma square_weights_read s x : 0 <= x <= 1 ->
  dot (square_sum_weights (S s)) (square_signals s x) = square_sum (S s) x.
Proof. intros H. unfold square_sum_weights, square_signals. cbn [dot square_sum sawtooth].
  rewrite (relu_pos (square_sum s x)) by (apply square_sum_nonneg; exact H). unfold Delta.
  assert (0 < 4 ^ S s) by (apply pow_lt; lra). field. lra. Qed.

(* A layer takes the signals one step further. *)
Lemma square_layer_value s x : 0 <= x <= 1 ->
  activations relu (square_layer (S s)) (square_signals s x) = square_signals (S s) x.
Proof. intros H. unfold square_layer, activations, pre_activation. cbn [map fst snd].
  rewrite square_weights_read by exact H.
  unfold square_signals. cbn [dot sawtooth]. unfold Delta. repeat (f_equal; try ring). Qed.

(* So m layers take them m steps further. *)
Lemma square_run x m : 0 <= x <= 1 -> forall s,
  run Layered relu (map square_layer (seq (S s) m)) (square_signals s x) = square_signals (s + m) x.
Proof. intros H. induction m; intros s; [cbn; f_equal; lia|]. cbn [seq map run pass_on].
  rewrite square_layer_value by exact H. rewrite IHm. f_equal; lia. Qed.

(* Depth m, 3m units: x^2 on [0,1] up to 4^-(m+1). *)
Theorem smooth_square_net m : exists N, widths (hidden N) = repeat 3%nat m /\ depth N = m /\
  forall x, 0 <= x <= 1 -> eval N x = square_sum m x /\ 0 <= eval N x - x ^ 2 <= / 4 ^ (m + 1).
Proof. exists (square_network m). split; [|split].
  - destruct m as [|m]; [reflexivity|].
    unfold widths; cbn [hidden square_network map repeat]. f_equal.
    rewrite map_map. assert (A : forall n s, map (fun i => length (square_layer i)) (seq s n)
      = repeat 3%nat n); [|apply A].
    induction n; intro s; [reflexivity|]. cbn. f_equal. apply IHn.
  - destruct m as [|m]; [reflexivity|]. unfold depth; cbn [hidden square_network length].
    rewrite map_length, seq_length. reflexivity.
  - intros x H. enough (E : eval (square_network m) x = square_sum m x) by (rewrite E; split;
      [reflexivity|apply smooth_square; exact H]).
    destruct m as [|m]; [unfold eval, network_value, pre_activation; simpl; ring|].
    unfold eval, network_value; cbn [square_network hidden output run pass_on].
    assert (E : activations relu square_first [x] = square_signals 0 x).
    { unfold square_first, square_signals, activations, pre_activation; simpl.
      repeat (f_equal; try ring). }
    rewrite E, square_run by exact H. unfold pre_activation; cbn [fst snd Nat.add].
    rewrite square_weights_read by exact H. apply Rplus_0_r. Qed.
