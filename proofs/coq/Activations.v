(* "Parting thoughts": lots of other activation functions.  Only the number t of linear pieces
   matters. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations SeparationSharp
  SeparationLecture Dimension.

(* ---------- the count against that of ReLU ---------- *)

(* t pieces with t - 1 <= 2^c cost at most c more compositions for each layer. *)
Lemma activation_bound_le t c ws : (t - 1 <= 2 ^ c)%nat ->
  (activation_bound t ws <= 2 ^ (c * length ws) * product_bound ws)%nat.
Proof. intros Ht. pose proof (pow2_ge1 c) as H1. rewrite Nat.pow_mul_r. set (T := (2 ^ c)%nat) in *.
  induction ws as [|w ws IH]; [exact (le_n 1)|]. rewrite product_bound_cons.
  change (activation_bound t (w :: ws)) with (((t - 1) * w + 1) * activation_bound t ws)%nat.
  cbn [length Nat.pow].
  replace (T * T ^ length ws * ((w + 1) * product_bound ws))%nat
    with ((T * (w + 1)) * (T ^ length ws * product_bound ws))%nat by ring.
  apply Nat.mul_le_mono; [|exact IH]. pose proof (Nat.mul_le_mono_r (t - 1) T w Ht). lia. Qed.

(* Depth at most L, at most 2^L nodes. *)
Lemma shallow_activation_pieces t c L N : (t - 1 <= 2 ^ c)%nat -> (depth N <= L)%nat ->
  (nodes N <= 2 ^ L)%nat ->
  (activation_bound t (widths (hidden N)) <= 2 ^ (L ^ 2 + L * c + 1))%nat /\
  ((2 <= L)%nat -> (activation_bound t (widths (hidden N)) <= 2 ^ (L ^ 2 + L * c))%nat).
Proof. intros Ht Hd Hn. pose proof (activation_bound_le t c (widths (hidden N)) Ht) as B.
  rewrite widths_length in B.
  assert (P : (2 ^ (c * depth N) <= 2 ^ (L * c))%nat).
  { apply Nat.pow_le_mono_r; [lia|]. rewrite Nat.mul_comm. apply Nat.mul_le_mono_r. exact Hd. }
  split; [|intros H2]; (eapply Nat.le_trans; [exact B|]).
  - replace (L ^ 2 + L * c + 1)%nat with (L * c + (L ^ 2 + 1))%nat by lia. rewrite Nat.pow_add_r.
    apply Nat.mul_le_mono; [exact P|].
    eapply Nat.le_trans; [exact (proj1 (shallow_pieces L N Hd Hn))|].
    rewrite Nat.pow_add_r. pose proof (pow2_ge1 (L ^ 2)). simpl (2 ^ 1)%nat. lia.
  - rewrite Nat.add_comm, Nat.pow_add_r. apply Nat.mul_le_mono; [exact P|].
    exact (proj2 (shallow_pieces L N Hd Hn) H2). Qed.

(* ---------- the separation ---------- *)

Section Separation.
Variables (arch : architecture) (act : R -> R) (t : nat).
Hypothesis act_pieces : forall u v, u <= v -> pieces t u v act.
Hypothesis t_two : (2 <= t)%nat.

(* The number of more compositions for each layer: the logarithm of t - 1, rounded up. *)
Lemma log_bound : (t - 1 <= 2 ^ Nat.log2_up (t - 1))%nat. Proof.
  apply Nat.log2_log2_up_spec. lia. Qed.

(* The sharp bound for every network with this activation. *)
Theorem separation_activation_sharp k N :
  apart (/ 4 * (1 - INR (activation_bound t (widths (hidden N))) / 2 ^ k)) (sawtooth k)
    (fun x => network_value arch act N [x]).
Proof. apply separation_sharp, pieces_activation; [exact act_pieces|lra]. Qed.

(* L >= 2: k = L^2 + L log2 (t - 1) + j compositions, the logarithm rounded up; every L: one
   more. *)
Theorem separation_activation L j N : (depth N <= L)%nat -> (nodes N <= 2 ^ L)%nat ->
  ((2 <= L)%nat -> apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + L * Nat.log2_up (t - 1) + j))
    (fun x => network_value arch act N [x])) /\
  apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + L * Nat.log2_up (t - 1) + 1 + j))
    (fun x => network_value arch act N [x]).
Proof. intros Hd Hn. pose proof (pieces_activation arch act t act_pieces N 0 1 ltac:(lra)) as H.
  destruct (shallow_activation_pieces t _ L N log_bound Hd Hn) as [B1 B2].
  split; [intros H2|]; (eapply separation_of_pieces; [exact H|auto]). Qed.

(* And in d dimensions, for activations that are Lipschitz. *)
Theorem separation_activation_dimension K d m L j N : 0 <= K ->
  (forall a b, Rabs (act a - act b) <= K * Rabs (a - b)) ->
  (m < d)%nat -> (2 <= L)%nat -> (depth N <= L)%nat -> (nodes N <= 2 ^ L)%nat ->
  cube_apart (/ 4 * (1 - / 2 ^ j)) d (fun v => sawtooth (L ^ 2 + L * Nat.log2_up (t - 1) + j)
    (nth m v 0)) (network_value arch act N).
Proof. intros HK HL Hm H2 Hd Hn. apply dimension_lift with K t; try assumption. intros g Hg.
  eapply separation_of_pieces; [exact Hg|].
  apply (shallow_activation_pieces t _ L N log_bound Hd Hn). exact H2. Qed.
End Separation.

(* ---------- leaky ReLU, absolute value, hard tanh ---------- *)

Definition leaky_relu (s x : R) : R := relu x - s * relu (- x).
Definition hard_tanh (x : R) : R := relu (x + 1) - relu (x - 1) - 1.

(* Sums of hinges: the pieces of ReLU after an affine map, and pieces_sum. *)
Lemma hinge_pieces c p q a b : a <= b -> pieces 2 a b (fun x => c * relu (p * x + q)).
Proof. intros H. apply cells_weaken with (affine_inside (fun x => relu (p * x + q)));
  [intros u v _ _ _; apply affine_scale|].
  apply (activation_of_affine relu 2 (fun x => p * x + q));
    [exact relu_pieces|exact H|apply affine_line]. Qed.

(* Two hinges at the same point make two pieces only: leaky ReLU is affine on both sides of 0. *)
Lemma leaky_relu_pieces s a b : a <= b -> pieces 2 a b (leaky_relu s).
Proof. intros H. apply cells_weaken with (affine_inside relu); [|apply relu_pieces; exact H].
  intros u v _ _ _ (p & q & E). exists (p - s * (p - 1)), (q - s * q). intros x Hx.
  unfold leaky_relu.
  assert (F : relu (- x) = relu x - x).
  { destruct (Rle_dec 0 x); [rewrite (relu_neg (- x)), (relu_pos x) by lra;
      lra|rewrite (relu_pos (- x)), (relu_neg x) by lra; lra]. }
  rewrite F, E by assumption. ring. Qed.

(* The absolute value is leaky ReLU with slope -1. *)
Lemma abs_pieces a b : a <= b -> pieces 2 a b Rabs.
Proof. intros H. apply pieces_ext with (leaky_relu (-1)); [|apply leaky_relu_pieces; exact H].
  intros x _. unfold leaky_relu. destruct (Rle_dec 0 x).
  - rewrite relu_pos, relu_neg, Rabs_right by lra. ring.
  - rewrite relu_neg, relu_pos, Rabs_left by lra. ring. Qed.

(* Hard tanh is two hinges and a constant: 3 pieces. *)
Lemma hard_tanh_pieces a b : a <= b -> pieces 3 a b hard_tanh.
Proof. intros H. apply pieces_ext
  with (fun x => 1 * relu (1 * x + 1) + (-1 * relu (1 * x + -1) + -1)).
  { intros x _. unfold hard_tanh. replace (1 * x + -1) with (x - 1) by ring. rewrite !Rmult_1_l.
    ring. }
  apply (pieces_sum 2 2); [apply hinge_pieces; exact H|].
  apply (pieces_sum 2 1 a b (fun x => -1 * relu (1 * x + -1)) (fun _ => -1));
    [apply hinge_pieces; exact H|].
  apply cells_one; [exact H|apply affine_constant]. Qed.

(* Leaky ReLU and the absolute value cost nothing more than ReLU. *)
Theorem separation_leaky_relu arch s L j N : (2 <= L)%nat -> (depth N <= L)%nat ->
  (nodes N <= 2 ^ L)%nat ->
  apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + j))
    (fun x => network_value arch (leaky_relu s) N [x]).
Proof. intros HL Hd Hn. pose proof (separation_activation arch _ 2 (leaky_relu_pieces s) (le_n 2)
  L j N Hd Hn) as [H _].
  specialize (H HL). rewrite Nat.mul_0_r, Nat.add_0_r in H. exact H. Qed.

(* The absolute value costs nothing more than ReLU either. *)
Theorem separation_abs arch L j N : (2 <= L)%nat -> (depth N <= L)%nat -> (nodes N <= 2 ^ L)%nat ->
  apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + j)) (fun x => network_value arch Rabs N [x]).
Proof. intros HL Hd Hn. pose proof (separation_activation arch _ 2 abs_pieces (le_n 2)
  L j N Hd Hn) as [H _].
  specialize (H HL). rewrite Nat.mul_0_r, Nat.add_0_r in H. exact H. Qed.

(* Hard tanh costs one more composition for each layer. *)
Theorem separation_hard_tanh arch L j N : (2 <= L)%nat -> (depth N <= L)%nat ->
  (nodes N <= 2 ^ L)%nat ->
  apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + L + j))
    (fun x => network_value arch hard_tanh N [x]).
Proof. intros HL Hd Hn. pose proof (separation_activation arch _ 3 hard_tanh_pieces ltac:(lia)
  L j N Hd Hn) as [H _].
  specialize (H HL). rewrite Nat.mul_1_r in H. exact H. Qed.
