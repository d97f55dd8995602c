(* The bounds of Pieces.v are attained: examples, each with a kink for every piece but the first. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Triangles.

(* Evaluates absolute values and ReLUs of numbers, the innermost first. *)
Ltac evaluate :=
  repeat match goal with
  | |- context [Rabs ?x] => first [rewrite (Rabs_right x) by lra | rewrite (Rabs_left1 x) by lra]
  | |- context [relu ?x] => lazymatch x with context [relu _] => fail | _ =>
      first [rewrite (relu_pos x) by lra | rewrite (relu_neg x) by lra] end
  end; lra.

(* Kinks side by side force pieces. *)
Lemma kinks_pieces n p a c d b f : a < b -> a <= c -> d <= b ->
  cells (fun u v => ~ affine_inside f u v) n c d ->
  pieces p a b f -> (n + 1 <= p)%nat.
Proof. intros Hab Hc Hd K H. destruct (pieces_positive p a b f Hab H) as [m ->].
  pose proof (cells_lower _ n (affine_hereditary f) m a c d b Hc Hd K H). lia. Qed.

(* ---------- pieces.one_layer and pieces.sum: hinges at 1, 2, ..., n ---------- *)

Fixpoint hinge_sum (n : nat) (x : R) : R :=
  match n with O => 0 | S m => hinge_sum m x + relu (x - INR (S m)) end.

(* The first a hinges, and the next b. *)
Lemma hinge_sum_add a b x : hinge_sum (a + b) x = hinge_sum a x + hinge_sum b (x - INR a).
Proof. induction b; [rewrite Nat.add_0_r; simpl; ring|]. rewrite Nat.add_succ_r. cbn [hinge_sum].
  rewrite IHb, !S_INR, plus_INR.
  replace (x - INR a - (INR b + 1)) with (x - (INR a + INR b + 1)) by ring. ring. Qed.

(* n hinges make at most n + 1 pieces, wherever they are. *)
Lemma hinge_sum_pieces n c a b : a <= b -> pieces (n + 1) a b (fun x => hinge_sum n (x - c)).
Proof. intros Hab. induction n; [apply cells_one; [assumption|apply (affine_constant 0)]|].
  replace (S n + 1)%nat with (n + 1 + 2 - 1)%nat by lia.
  apply (pieces_sum (n + 1) 2 a b (fun x => hinge_sum n (x - c))
    (fun x => relu (x - c - INR (S n)))); [exact IHn|].
  apply activation_of_affine; [exact relu_pieces|assumption|]. exists 1, (- c - INR (S n)).
  intros; ring. Qed.

(* Sums of hinges are continuous. *)
Lemma hinge_sum_continuous n x : continuous (hinge_sum n) x.
Proof. induction n; [apply continuous_const|].
  apply (continuous_plus (hinge_sum n) (fun x => relu (x - INR (S n)))); [exact IHn|].
  apply (continuous_comp (fun x => x - INR (S n)) relu); [|apply continuous_relu].
  apply (continuous_minus (fun x => x) (fun _ => INR (S n)));
    [apply continuous_id|apply continuous_const]. Qed.

(* It bends at 1, ..., n, and is a line around later points. *)
Lemma hinge_sum_bends n i : (1 <= i)%nat ->
  let d := hinge_sum n (INR i + / 4) + hinge_sum n (INR i - / 4) - 2 * hinge_sum n (INR i) in
  ((i <= n)%nat -> d = / 4) /\ ((n < i)%nat -> d = 0).
Proof. intros Hi. induction n; [split; [lia|intros; simpl; ring]|]. destruct IHn as [A B].
  cbn [hinge_sum] in *.
  split; intros Hn.
  - destruct (Nat.eq_dec i (S n)) as [->|Hne].
    + specialize (B ltac:(lia)). rewrite (relu_pos (_ + / 4 - _)), !(relu_neg (_ - _)) by lra. lra.
    + specialize (A ltac:(lia)). assert (INR i <= INR n) by (apply le_INR; lia).
      rewrite S_INR, !relu_neg by lra. lra.
  - specialize (B ltac:(lia)). assert (INR (S n) + 1 <= INR i) by (rewrite <- S_INR;
      apply le_INR; lia).
    rewrite !relu_pos by lra. lra. Qed.

(* A kink around each of 1, ..., m. *)
Lemma hinge_sum_kinks n m : (m <= n)%nat ->
  cells (fun u v => ~ affine_inside (hinge_sum n) u v) m (/ 2) (INR m + / 2).
Proof. induction m; intros Hm; [simpl; lra|]. replace (S m) with (m + 1)%nat at 1 by lia.
  apply cells_cat with (INR m + / 2); [apply IHm; lia|]. rewrite S_INR. apply cells_one; [lra|].
  apply not_affine with (INR m + 1 + / 4) (INR m + 1 - / 4); try lra. rewrite <- S_INR.
  replace ((INR (S m) + / 4 + (INR (S m) - / 4)) / 2) with (INR (S m)) by field.
  pose proof (proj1 (hinge_sum_bends n (S m) ltac:(lia)) Hm). lra. Qed.

(* So n hinges need n + 1 pieces. *)
Lemma hinge_sum_needs n p : pieces p 0 (INR n + 1) (hinge_sum n) -> (n + 1 <= p)%nat.
Proof. pose proof (pos_INR n). apply kinks_pieces with (/ 2) (INR n + / 2); try lra.
  apply hinge_sum_kinks. lia. Qed.

Fixpoint hinge_units (n : nat) : layer := match n with O => [] | S m => ([1], - INR (S m)) ::
  hinge_units m end.

(* m units in one layer do make m + 1 pieces. *)
Theorem pieces_one_layer_attained m : exists l o, length l = m /\
  pieces_exactly (m + 1) 0 (INR m + 1) (eval (Network [l] o)).
Proof. exists (hinge_units m), (repeat 1 m, 0).
  assert (E : forall x, eval (Network [hinge_units m] (repeat 1 m, 0)) x = hinge_sum m x).
  { intro x. unfold eval, network_value, pre_activation; cbn [hidden output run pass_on fst snd].
    rewrite Rplus_0_r.
    unfold activations. induction m; [reflexivity|]. cbn [hinge_units repeat map dot hinge_sum].
    rewrite IHm.
    unfold pre_activation; cbn [fst snd dot].
    replace (1 * x + 0 + - INR (S m)) with (x - INR (S m)) by ring. ring. }
  assert (L : length (hinge_units m) = m) by (clear; induction m; simpl; congruence).
  split; [exact L|split].
  - pose proof (pieces_one_layer (hinge_units m) (repeat 1 m, 0) 0 (INR m + 1)) as H.
    rewrite L in H.
    apply H. pose proof (pos_INR m). lra.
  - intros n H. apply hinge_sum_needs. revert H. apply pieces_ext. intros; apply E. Qed.

(* A sum can have a + b - 1 pieces. *)
Theorem pieces_sum_attained p q : (1 <= p)%nat -> (1 <= q)%nat -> exists f g : R -> R,
  (forall x : R, continuous f x) /\ (forall x : R, continuous g x) /\
  (forall a b, a <= b -> pieces p a b f /\ pieces q a b g) /\
  pieces_exactly (p + q - 1) 0 (INR (p + q - 1)) (fun x => f x + g x).
Proof. intros Hp Hq. set (f := fun x => hinge_sum (p - 1) (x - 0)).
  set (g := fun x => hinge_sum (q - 1) (x - INR (p - 1))).
  assert (P : forall a b, a <= b -> pieces p a b f /\ pieces q a b g).
  { intros a b H. pose proof (hinge_sum_pieces (p - 1) 0 a b H) as A.
    pose proof (hinge_sum_pieces (q - 1) (INR (p - 1)) a b H) as B.
    replace (p - 1 + 1)%nat with p in A by lia. replace (q - 1 + 1)%nat with q in B by lia.
    split; assumption. }
  assert (S : forall n c x, continuous (fun x => hinge_sum n (x - c)) x).
  { intros n c x. apply (continuous_comp (fun x => x - c) (hinge_sum n));
      [|apply hinge_sum_continuous].
    apply (continuous_minus (fun x => x) (fun _ => c));
      [apply continuous_id|apply continuous_const]. }
  exists f, g. split; [apply S|split; [apply S|split; [exact P|split]]].
  - apply pieces_sum; apply P, pos_INR.
  - intros n H. assert (E : INR (p + q - 1) = INR (p - 1 + (q - 1)) + 1)
      by (rewrite <- S_INR; f_equal; lia).
    enough (p - 1 + (q - 1) + 1 <= n)%nat by lia. apply hinge_sum_needs. rewrite <- E. revert H.
    apply pieces_ext.
    intros x _. rewrite hinge_sum_add. unfold f, g. rewrite Rminus_0_r. reflexivity. Qed.

(* ---------- pieces.relu: a zigzag around zero ---------- *)

(* The zigzag has a piece for each cell. *)
Lemma zigzag_pieces k m : (m <= 2 ^ k)%nat -> pieces m 0 (INR m) (fun x => zigzag k x - / 2).
Proof. induction m; intros Hm; [reflexivity|]. replace (S m) with (m + 1)%nat at 1 by lia.
  apply cells_cat with (INR m); [apply IHm; lia|]. rewrite S_INR. apply cells_one; [lra|].
  exists (slope_sign m), (- slope_sign m * (INR m + / 2)). intros x Hx.
  rewrite (zigzag_cell k m) by (lia || lra). ring. Qed.

(* Over two cells, a rising and a falling one, ReLU leaves three kinks: at 1/2, 1 and 3/2. *)
Lemma relu_zigzag k j x : (2 * j + 1 < 2 ^ k)%nat -> 2 * INR j <= x <= 2 * INR j + 2 ->
  relu (zigzag k x - / 2) = relu (/ 2 - Rabs (x - 2 * INR j - 1)).
Proof. intros Hj Hx. assert (E : INR (2 * j) = 2 * INR j) by (rewrite mult_INR; simpl; ring).
  destruct (Rle_dec x (2 * INR j + 1)).
  - rewrite (zigzag_cell k (2 * j)) by (lia || (rewrite E; lra)).
    rewrite (slope_sign_add_even 0 j : slope_sign (2 * j) = 1), E, Rabs_left1 by lra. f_equal. lra.
  - rewrite (zigzag_cell k (S (2 * j))) by (lia || (rewrite S_INR, E; lra)).
    rewrite slope_sign_S, (slope_sign_add_even 0 j : slope_sign (2 * j) = 1), S_INR, E,
      Rabs_right by lra. f_equal. lra. Qed.

(* These three kinks, each in an interval of its own. *)
Lemma relu_zigzag_kinks k j : (2 * j + 1 < 2 ^ k)%nat ->
  ~ affine_inside (fun x => relu (zigzag k x - / 2)) (2 * INR j) (2 * INR j + 3 / 4) /\
  ~ affine_inside (fun x => relu (zigzag k x - / 2)) (2 * INR j + 3 / 4) (2 * INR j + 5 / 4) /\
  ~ affine_inside (fun x => relu (zigzag k x - / 2)) (2 * INR j + 5 / 4) (2 * INR j + 2).
Proof. intros Hj. set (t := 2 * INR j).
  assert (V : forall s, 0 <= s <= 2 -> relu (zigzag k (t + s) - / 2) = relu (/ 2 - Rabs (s - 1))).
  { intros s Hs. rewrite (relu_zigzag k j) by (assumption || (fold t; lra)). fold t. do 3 f_equal.
    ring. }
  assert (W : forall a b u v, 0 <= a -> b <= 2 -> a < u < b -> a < v < b ->
    relu (/ 2 - Rabs (u - 1)) + relu (/ 2 - Rabs (v - 1)) <> 2 * relu (/ 2 - Rabs ((u + v) / 2 - 1))
      ->
    ~ affine_inside (fun x => relu (zigzag k x - / 2)) (t + a) (t + b)).
  { intros a b u v Ha Hb Hu Hv H. apply not_affine with (t + u) (t + v); try lra.
    replace ((t + u + (t + v)) / 2) with (t + (u + v) / 2) by field. rewrite !V by lra. exact H. }
  split; [rewrite <- (Rplus_0_r t) at 1; apply W with (3 / 8) (5 / 8); try lra|
    split; [apply W with (7 / 8) (9 / 8); try lra|apply W with (11 / 8) (13 / 8); try lra]];
  evaluate. Qed.

(* Three kinks for every two cells. *)
Lemma relu_zigzag_all k q : (2 * q <= 2 ^ k)%nat ->
  cells (fun u v => ~ affine_inside (fun x => relu (zigzag k x - / 2)) u v) (3 * q) 0 (2 * INR q).
Proof. induction q; intros Hq; [simpl; ring|]. replace (3 * S q)%nat with (3 * q + 3)%nat by lia.
  destruct (relu_zigzag_kinks k q ltac:(lia)) as (A & B & C).
  apply cells_cat with (2 * INR q); [apply IHq; lia|]. rewrite S_INR.
  exists (2 * INR q + 3 / 4). split; [lra|split; [exact A|]]. exists (2 * INR q + 5 / 4).
  split; [lra|split; [exact B|]].
  apply cells_one; [lra|]. replace (2 * (INR q + 1)) with (2 * INR q + 2) by ring. exact C. Qed.

(* The sharp bound for ReLU is attained for every p. *)
Theorem pieces_relu_attained p : (1 <= p)%nat -> exists h : R ->
  R, (forall x : R, continuous h x) /\ pieces p 0 (INR p) h /\
  pieces_exactly (3 * p / 2 + 1) 0 (INR p) (fun x => relu (h x)).
Proof. intros Hp. assert (Hk : (p < 2 ^ p)%nat) by (apply Nat.pow_gt_lin_r; lia).
  assert (Hc : forall x, continuous (fun x => zigzag p x - / 2) x).
  { intro x. apply (continuous_minus (zigzag p) (fun _ => / 2));
      [apply zigzag_continuous|apply continuous_const]. }
  pose proof (zigzag_pieces p p ltac:(lia)) as H. exists (fun x => zigzag p x - / 2).
  split; [exact Hc|split; [exact H|split]].
  - apply pieces_relu; assumption.
  - intros n Hn. assert (Hp0 : 0 < INR p) by (apply lt_0_INR; lia).
    pose proof (Nat.div_mod_eq p 2) as E. pose proof (Nat.mod_upper_bound p 2 ltac:(lia)) as Hr.
    set (q := (p / 2)%nat) in *. assert (E3 : (3 * p / 2 = p + q)%nat).
    { replace (3 * p)%nat with (p + p * 2)%nat by lia. rewrite Nat.div_add by lia. fold q. lia. }
    rewrite E3. pose proof (relu_zigzag_all p q ltac:(lia)) as K.
    destruct (p mod 2) as [|[|r]]; [| |lia].
    + replace (p + q)%nat with (3 * q)%nat by lia.
      eapply kinks_pieces; [exact Hp0| | |exact K|exact Hn]; [lra|].
      replace p with (2 * q)%nat by lia. rewrite mult_INR. simpl. lra.
    + replace (p + q)%nat with (3 * q + 1)%nat by lia.
      eapply kinks_pieces with (c := 0) (d := 2 * INR q + 3 / 4); [exact Hp0|lra| | |exact Hn].
      * replace p with (2 * q + 1)%nat by lia. rewrite plus_INR, mult_INR. simpl. lra.
      * apply cells_cat with (2 * INR q); [exact K|]. apply cells_one; [lra|].
        apply relu_zigzag_kinks. lia. Qed.

(* ---------- pieces.product.small: widths (1, 1) ---------- *)

(* The first unit has a flat piece, and flat it stays. *)
Lemma two_units_pieces p q r s a b : a <= b ->
  pieces 3 a b (fun x => relu (r * relu (p * x + q) + s)).
Proof. intros Hab. set (h := fun x => p * x + q).
  assert (Hh : forall u v, affine_on h u v) by (intros; exists p, q; reflexivity).
  assert (Z : forall u v, u <= v -> zero_on (fun x => relu (h x)) u v ->
    pieces 1 u v (fun x => relu (r * relu (h x) + s))).
  { intros u v Huv Hz. apply cells_one; [assumption|]. exists 0, (relu s). intros x Hx.
    rewrite Hz by lra.
    rewrite Rmult_0_r, Rplus_0_l. ring. }
  assert (A : forall u v, u <= v -> affine_inside (fun x => relu (h x)) u v ->
    pieces 2 u v (fun x => relu (r * relu (h x) + s))).
  { intros u v Huv Hf. apply (activation_of_affine relu 2 (fun x => r * relu (h x) + s));
      [exact relu_pieces|assumption|].
    apply (affine_sum (fun x => r * relu (h x)) (fun _ => s));
      [apply affine_scale; exact Hf|apply affine_constant]. }
  destruct (Rle_dec (h a) 0) as [Ha|Ha]; destruct (Rle_dec (h b) 0) as [Hb|Hb].
  - apply pieces_more with 1%nat; [lia|]. apply Z; [assumption|apply relu_negative_piece; auto].
  - destruct (relu_rising_piece h a b Hab (Hh a b) Ha ltac:(lra)) as (c & Hc & H1 & H2).
    apply (cells_cat _ 1 2 a c); [apply Z|apply A]; assumption || lra.
  - destruct (relu_falling_piece h a b Hab (Hh a b) ltac:(lra) Hb) as (c & Hc & H1 & H2).
    apply (cells_cat _ 2 1 a c); [apply A|apply Z]; assumption || lra.
  - apply pieces_more with 2%nat; [lia|]. apply A; [assumption|].
    apply relu_positive_piece; lra || auto. Qed.

(* Hence 3 pieces at most for every network of widths (1, 1). *)
Lemma small_layered n1 n2 o a b : a <= b -> pieces 3 a b (eval (Network [[n1]; [n2]] o)).
Proof. intros Hab. destruct (pre_activation_single n1) as [p1 E1].
  destruct (pre_activation_single n2) as [p2 E2].
  destruct (pre_activation_single o) as [p3 E3].
  apply pieces_ext with (fun x => p3 * relu (p2 * relu (p1 * x + snd n1) + snd n2) + snd o).
  { intros x _. unfold eval, network_value; cbn [hidden output run pass_on activations map].
    rewrite E3, E2, E1. reflexivity. }
  apply cells_weaken with (affine_inside (fun x => relu (p2 * relu (p1 * x + snd n1) + snd n2)));
    [|apply two_units_pieces; exact Hab].
  intros u v _ _ _ H. apply (affine_sum (fun x => p3 * relu (p2 * relu (p1 * x + snd n1) + snd n2))
    (fun _ => snd o));
  [apply affine_scale; exact H|apply affine_constant]. Qed.

(* relu (1 - relu (x - 1/4)): kinks at 1/4 and 5/4. *)
Definition small_network : network := Network [[([1], - / 4)]; [([-1], 1)]] ([1], 0).

(* With skips, relu (x - 2) + relu (2 relu (x - 2) - x + 1): kinks at 1, 2 and 3. *)
Definition small_skip_network : network := Network [[([1], -2)]; [([-1; 2], 1)]] ([0; 1; 1], 0).

(* The example has 3 pieces on [0, 2]. *)
Lemma small_attained : pieces_exactly 3 0 2 (eval small_network).
Proof. split; [apply small_layered; lra|]. intros n H.
  set (f := fun x => relu (1 - relu (x - / 4))).
  assert (E : forall x, eval small_network x = f x).
  { intro x. unfold eval, network_value, small_network, f; simpl. unfold pre_activation; simpl.
    replace (1 * x + 0 + - / 4) with (x - / 4) by ring.
    replace (-1 * relu (x - / 4) + 0 + 1) with (1 - relu (x - / 4)) by ring. ring. }
  apply (pieces_ext n 0 2 _ f (fun x _ => E x)) in H.
  apply (kinks_pieces 2 n 0 0 2 2 f); try lra; [|exact H].
  exists 1. split; [lra|split; [|apply cells_one; [lra|]]].
  - apply not_affine with (1 / 8) (3 / 8); try lra. unfold f. evaluate.
  - apply not_affine with (9 / 8) (11 / 8); try lra. unfold f. evaluate. Qed.

(* The product bound is attained at widths (1, 1) with skip connections. *)
Theorem pieces_skip_attained : pieces_exactly 4 0 4 (eval_skip small_skip_network).
Proof. split; [apply (pieces_skip small_skip_network); lra|]. intros n H.
  set (f := fun x => relu (x - 2) + relu (2 * relu (x - 2) - x + 1)).
  assert (E : forall x, eval_skip small_skip_network x = f x).
  { intro x. unfold eval_skip, network_value, f; simpl. unfold pre_activation; simpl.
    replace (1 * x + 0 + -2) with (x - 2) by ring.
    replace (-1 * x + (2 * relu (x - 2) + 0) + 1) with (2 * relu (x - 2) - x + 1) by ring. ring. }
  apply (pieces_ext n 0 4 _ f (fun x _ => E x)) in H.
  apply (kinks_pieces 3 n 0 0 4 4 f); try lra; [|exact H].
  exists (3 / 2). split; [lra|split;
    [|exists (5 / 2); split; [lra|split; [|apply cells_one; [lra|]]]]].
  - apply not_affine with (3 / 4) (5 / 4); try lra. unfold f. evaluate.
  - apply not_affine with (7 / 4) (9 / 4); try lra. unfold f. evaluate.
  - apply not_affine with (11 / 4) (13 / 4); try lra. unfold f. evaluate. Qed.

(* Widths (1, 1): layered networks have at most 3 pieces, and 3 are reached; with skip connections 4
   are. *)
Theorem pieces_product_small :
  (forall N a b, widths (hidden N) = [1; 1]%nat -> a <= b -> pieces 3 a b (eval N)) /\
  (exists N, widths (hidden N) = [1; 1]%nat /\ pieces_exactly 3 0 2 (eval N)) /\
  (exists N, widths (hidden N) = [1; 1]%nat /\ pieces_exactly 4 0 4 (eval_skip N)).
Proof. split; [|split; [exists small_network; split; [reflexivity|exact small_attained]|
    exists small_skip_network; split; [reflexivity|exact pieces_skip_attained]]].
  intros [[|[|n1 [|? ?]] [|[|n2 [|? ?]] [|? ?]]] o] a b W; try discriminate W.
  apply small_layered. Qed.
