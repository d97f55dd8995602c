(* "Separating deep and shallow networks": the theorem of the slides, for its own f, and its
   strengthenings. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals
  Triangles Counting.
From Depthproof Require Import SeparationPiece SeparationSharp.

(* ---------- how many pieces 2^L nodes in L layers make ---------- *)

(* The product, one layer at a time. *)
Lemma product_bound_cons w ws : product_bound (w :: ws) = ((w + 1) * product_bound ws)%nat. Proof.
  reflexivity. Qed.

(* The sum of the widths, one layer at a time. *)
Lemma list_sum_cons w ws : list_sum (w :: ws) = (w + list_sum ws)%nat. Proof. reflexivity. Qed.

(* Fewer than M nodes: at most M pieces for each layer. *)
Lemma product_bound_few M ws : (S (list_sum ws) <= M)%nat ->
  (product_bound ws <= M ^ length ws)%nat.
Proof. induction ws as [|w ws IH]; intros H; [simpl; lia|]. rewrite list_sum_cons in H.
  rewrite product_bound_cons.
  cbn [length Nat.pow]. apply Nat.mul_le_mono; [lia|apply IH; lia]. Qed.

(* M nodes: no more than that, unless all are in one layer, and then M + 1. *)
Lemma product_bound_sum M ws : (list_sum ws <= M)%nat ->
  (product_bound ws <= M + 1 \/ product_bound ws <= M ^ length ws)%nat.
Proof. induction ws as [|w ws IH]; intros H; [right; apply le_n|]. rewrite list_sum_cons in H.
  rewrite product_bound_cons.
  cbn [length Nat.pow]. destruct (Nat.eq_dec w 0) as [->|Hw].
  - destruct IH as [A|A]; [lia|left; lia|]. destruct M; [left|right]; [|nia].
    pose proof (product_bound_few 1 ws). rewrite Nat.pow_1_l in *. lia.
  - assert (B : (product_bound ws <= M ^ length ws)%nat) by (apply product_bound_few; lia).
    destruct (Nat.eq_dec w M) as [->|]; [left|right; apply Nat.mul_le_mono; lia].
    pose proof (product_bound_few 1 ws ltac:(lia)) as C. rewrite Nat.pow_1_l in C. nia. Qed.

(* The exponent of the count: L layers of 2^L nodes each. *)
Lemma pow2_square L : ((2 ^ L) ^ L = 2 ^ (L ^ 2))%nat. Proof. rewrite <- Nat.pow_mul_r. f_equal.
  simpl. lia. Qed.

(* A network has as many widths as layers. *)
Lemma widths_length (N : network) : length (widths (hidden N)) = depth N. Proof.
  apply map_length. Qed.

(* Depth at most L and at most 2^L nodes: at most 2^(L^2) + 1 pieces, and for L >= 2 at most
   2^(L^2). *)
Lemma shallow_pieces L N : (depth N <= L)%nat -> (nodes N <= 2 ^ L)%nat ->
  (product_bound (widths (hidden N)) <= 2 ^ (L ^ 2) + 1)%nat /\
  ((2 <= L)%nat -> (product_bound (widths (hidden N)) <= 2 ^ (L ^ 2))%nat).
Proof. intros Hd Hn. pose proof (pow2_ge1 L) as HM.
  destruct (product_bound_sum (2 ^ L) (widths (hidden N)) Hn) as [A|A].
  - assert (L1 : (2 ^ L <= 2 ^ (L ^ 2))%nat) by (apply Nat.pow_le_mono_r; [lia|]; simpl; nia).
    split; [lia|]. intros HL.
    assert (L2 : (2 ^ L * 2 <= 2 ^ (L ^ 2))%nat); [|lia].
    rewrite <- (Nat.pow_1_r 2) at 2. rewrite <- Nat.pow_add_r. apply Nat.pow_le_mono_r; [lia|].
    simpl. nia.
  - rewrite widths_length in A. assert (B : ((2 ^ L) ^ depth N <= 2 ^ (L ^ 2))%nat).
    { rewrite <- pow2_square. apply Nat.pow_le_mono_r; lia. } split; lia. Qed.

(* ---------- the theorem of the slides ---------- *)

(* For every L there is f with depth 2L^2 + 2 and 4L^2 + 4 nodes such that every g of depth at most
   L with at most
   2^L nodes is 1/32 away.  The proof is the slides':
     half triangles on opposite sides of the line 1/2. *)
Theorem separation_lecture L : (1 <= L)%nat ->
  let f := sawtooth (2 * L ^ 2 + 2) in
  (forall x, 0 <= x <= 1 -> 0 <= f x <= 1) /\
  (exists N, depth N = (2 * L ^ 2 + 2)%nat /\ nodes N = (4 * L ^ 2 + 4)%nat /\
    forall x, eval N x = f x) /\
  (forall g, (depth g <= L)%nat -> (nodes g <= 2 ^ L)%nat -> apart (/ 32) f (eval g)).
Proof. intros HL f. split; [apply sawtooth_range|split].
  - destruct (sawtooth_size (2 * L ^ 2 + 2)) as (N & _ & D & S & E). exists N.
    split; [exact D|split; [rewrite S; lia|exact E]].
  - intros g Hd Hn. split; [apply separation_sharp_network|].
    eapply Rle_trans; [|apply (proj2 (separation_counting_network (2 * L ^ 2 + 2) g))].
    destruct (shallow_pieces L g Hd Hn) as [B _]. apply le_INR in B.
    rewrite plus_INR, INR_pow2 in B. change (INR 1) with 1 in B.
    rewrite minus_INR, INR_pow2 by apply pow2_ge1. change (INR 1) with 1.
    assert (HX : 2 <= 2 ^ (L ^ 2)).
    { rewrite <- (pow_1 2) at 1. apply Rle_pow; [lra|]. pose proof (Nat.pow_le_mono_l 1 L 2 HL).
      rewrite Nat.pow_1_l in H. lia. }
    set (p := INR (product_bound (widths (hidden g)))) in *.
    replace (2 ^ (2 * L ^ 2 + 2 + 2)) with (16 * (2 ^ (L ^ 2)) ^ 2)
      by (rewrite <- pow_mult, !pow_add, Nat.mul_comm; simpl; ring).
    replace (2 ^ (2 * L ^ 2 + 2)) with (4 * (2 ^ (L ^ 2)) ^ 2)
      by (rewrite <- pow_mult, pow_add, Nat.mul_comm; simpl; ring).
    set (X := 2 ^ (L ^ 2)) in *. apply Rmult_le_reg_r with (32 * (16 * X ^ 2)); [nra|].
    replace (/ 32 * (32 * (16 * X ^ 2))) with (16 * X ^ 2) by field.
    replace ((4 * X ^ 2 - 1 - 2 * p) / 2 * / (16 * X ^ 2) * (32 * (16 * X ^ 2)))
      with (16 * (4 * X ^ 2 - 1 - 2 * p)) by (field; nra).
    nra. Qed.

(* ---------- about half the depth, five times the constant and more ---------- *)

(* From a count of pieces to the bound. *)
Lemma separation_of_pieces A j p g : pieces p 0 1 g -> (p <= 2 ^ A)%nat ->
  apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (A + j)) g.
Proof. intros H B. destruct (separation_sharp (A + j) p g H) as [I D]. split; [exact I|].
  eapply Rle_trans; [|exact D].
  apply le_INR in B. rewrite INR_pow2 in B. rewrite pow_add. pose proof (pow2_pos A).
  pose proof (pow2_pos j).
  apply Rmult_le_compat_l; [lra|]. apply Rplus_le_compat_l, Ropp_le_contravar.
  apply Rmult_le_reg_r with (2 ^ A * 2 ^ j); [nra|]. field_simplify; lra. Qed.

(* One layer of at most 2 nodes has at most 3 pieces: 5/32 at k = 3.  From L = 2 on, the sharp bound
   gives 3/16. *)
Lemma separation_of_count L N g : (1 <= L)%nat -> (depth N <= L)%nat -> (nodes N <= 2 ^ L)%nat ->
  pieces (product_bound (widths (hidden N))) 0 1 g ->
  apart (5 / 32) (sawtooth (L ^ 2 + 2)) g /\
  ((2 <= L)%nat -> forall j, apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + j)) g).
Proof. intros HL Hd Hn H. assert (S : (2 <= L)%nat ->
  forall j, apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + j)) g).
  { intros H2 j. eapply separation_of_pieces; [exact H|].
    apply (shallow_pieces L N Hd Hn); exact H2. }
  split; [|exact S]. destruct (Nat.eq_dec L 1) as [->|HL'].
  - destruct (separation_sharp (1 ^ 2 + 2) _ _ H) as [I D]. split; [exact I|].
    eapply Rle_trans; [|exact D].
    destruct (shallow_pieces 1 N Hd Hn) as [B _]. apply le_INR in B. simpl in *. lra.
  - destruct (S ltac:(lia) 2%nat) as [I D]. split; [exact I|]. simpl in *. lra. Qed.

(* For layered networks: 5/32 at k = L^2 + 2, and 1/4 (1 - 2^-j) at k = L^2 + j for L >= 2. *)
Theorem separation_strong L g : (1 <= L)%nat -> (depth g <= L)%nat -> (nodes g <= 2 ^ L)%nat ->
  apart (5 / 32) (sawtooth (L ^ 2 + 2)) (eval g) /\
  ((2 <= L)%nat -> forall j, apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + j)) (eval g)).
Proof. intros HL Hd Hn. apply (separation_of_count L g); try assumption.
  apply pieces_product; lra. Qed.

(* The same against networks with skip connections (ResNet, DenseNet). *)
Theorem separation_strong_skip L g : (1 <= L)%nat -> (depth g <= L)%nat -> (nodes g <= 2 ^ L)%nat ->
  apart (5 / 32) (sawtooth (L ^ 2 + 2)) (eval_skip g) /\
  ((2 <= L)%nat -> forall j, apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + j)) (eval_skip g)).
Proof. intros HL Hd Hn. apply (separation_of_count L g); try assumption.
  apply pieces_skip; lra. Qed.
