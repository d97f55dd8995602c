(* "Separating deep and shallow networks": the theorem of the slides, for its own f, and its strengthenings. *)
Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles Counting.
From Depthproof Require Import SeparationPiece SeparationSharp.
Import ListNotations.
Open Scope R_scope.

(* ---------- how many pieces 2^L nodes in L layers make ---------- *)

Lemma product_bound_pos ws : (1 <= product_bound ws)%nat.
Proof. induction ws; simpl; [lia|]. fold (product_bound ws). nia. Qed.

Lemma product_bound_cons w ws : product_bound (w :: ws) = ((w + 1) * product_bound ws)%nat.
Proof. reflexivity. Qed.

Lemma list_sum_cons w ws : list_sum (w :: ws) = (w + list_sum ws)%nat.
Proof. reflexivity. Qed.

(* Fewer than M nodes: at most M pieces for each layer. *)
Lemma product_bound_few M ws : (S (list_sum ws) <= M)%nat -> (product_bound ws <= M ^ length ws)%nat.
Proof.
  induction ws as [|w ws IH]; intros H; [simpl; lia|]. rewrite list_sum_cons in H. rewrite product_bound_cons.
  cbn [length Nat.pow]. apply Nat.mul_le_mono; [lia|apply IH; lia].
Qed.

(* M nodes: only M nodes in a single layer come above that, by one. *)
Lemma product_bound_sum M ws : (1 <= M)%nat -> (list_sum ws <= M)%nat -> (product_bound ws <= M ^ length ws + 1)%nat.
Proof.
  intros HM. induction ws as [|w ws IH]; intros H; [simpl; lia|]. rewrite list_sum_cons in H. rewrite product_bound_cons.
  cbn [length Nat.pow]. destruct (Nat.eq_dec w 0) as [->|Hw]; [specialize (IH ltac:(lia)); nia|].
  assert (B : (product_bound ws <= M ^ length ws)%nat) by (apply product_bound_few; lia).
  destruct (Nat.eq_dec w M) as [->|].
  - assert (C : (product_bound ws <= 1 ^ length ws)%nat) by (apply product_bound_few; lia).
    rewrite Nat.pow_1_l in C. pose proof (product_bound_pos ws).
    assert (1 <= M ^ length ws)%nat by (clear - HM; induction (length ws); simpl; nia). nia.
  - assert ((w + 1) * product_bound ws <= M * M ^ length ws)%nat by (apply Nat.mul_le_mono; lia). lia.
Qed.

(* With two layers or more not even that. *)
Lemma product_bound_sum2 M ws : (2 <= M)%nat -> (list_sum ws <= M)%nat -> (2 <= length ws)%nat ->
  (product_bound ws <= M ^ length ws)%nat.
Proof.
  intros HM Hs Hl. destruct ws as [|w ws]; [simpl in Hl; lia|]. rewrite list_sum_cons in Hs. cbn [length] in Hl.
  rewrite product_bound_cons. cbn [length Nat.pow].
  assert (P : (M <= M ^ length ws)%nat) by (rewrite <- (Nat.pow_1_r M) at 1; apply Nat.pow_le_mono_r; lia).
  destruct (Nat.eq_dec w 0) as [->|Hw].
  - pose proof (product_bound_sum M ws ltac:(lia) ltac:(lia)). nia.
  - destruct (Nat.eq_dec w M) as [->|].
    + assert (C : (product_bound ws <= 1 ^ length ws)%nat) by (apply product_bound_few; lia).
      rewrite Nat.pow_1_l in C. pose proof (product_bound_pos ws). nia.
    + apply Nat.mul_le_mono; [lia|]. apply product_bound_few; lia.
Qed.

Lemma pow2_square L : ((2 ^ L) ^ L = 2 ^ (L ^ 2))%nat.
Proof. rewrite <- Nat.pow_mul_r. f_equal. simpl. lia. Qed.

Lemma widths_length (N : network) : length (widths (hidden N)) = depth N.
Proof. apply map_length. Qed.

(* Depth at most L and at most 2^L nodes: at most 2^(L^2) + 1 pieces. *)
Lemma shallow_pieces L N : (depth N <= L)%nat -> (nodes N <= 2 ^ L)%nat ->
  (product_bound (widths (hidden N)) <= 2 ^ (L ^ 2) + 1)%nat.
Proof.
  intros Hd Hn. pose proof (pow2_ge1 L) as HM.
  pose proof (product_bound_sum (2 ^ L) (widths (hidden N)) HM Hn) as B. rewrite widths_length in B.
  eapply Nat.le_trans; [exact B|]. rewrite <- pow2_square. apply Nat.add_le_mono_r, Nat.pow_le_mono_r; lia.
Qed.

(* For L >= 2, at most 2^(L^2). *)
Lemma shallow_pieces2 L N : (2 <= L)%nat -> (depth N <= L)%nat -> (nodes N <= 2 ^ L)%nat ->
  (product_bound (widths (hidden N)) <= 2 ^ (L ^ 2))%nat.
Proof.
  intros HL Hd Hn. assert (HM : (4 <= 2 ^ L)%nat) by (change 4%nat with (2 ^ 2)%nat; apply Nat.pow_le_mono_r; lia).
  rewrite <- pow2_square. rewrite <- widths_length in Hd. unfold nodes in Hn.
  set (M := (2 ^ L)%nat) in *. set (ws := widths (hidden N)) in *.
  destruct (Nat.le_gt_cases 2 (length ws)) as [H2|H2].
  - eapply Nat.le_trans; [apply (product_bound_sum2 M ws); lia|]. apply Nat.pow_le_mono_r; lia.
  - assert (B : (product_bound ws <= M ^ length ws + 1)%nat) by (apply product_bound_sum; lia).
    assert (M ^ length ws <= M ^ 1)%nat by (apply Nat.pow_le_mono_r; lia). rewrite Nat.pow_1_r in *.
    assert (M ^ 2 <= M ^ L)%nat by (apply Nat.pow_le_mono_r; lia). simpl in *. nia.
Qed.

(* ---------- the theorem of the slides ---------- *)

(* For every L there is f with depth 2L^2 + 2 and 4L^2 + 4 nodes such that every g of depth at most L with at most
   2^L nodes is 1/32 away.  The proof is the slides': half triangles on opposite sides of the line 1/2. *)
Theorem separation_lecture L : (1 <= L)%nat ->
  let f := sawtooth (2 * L ^ 2 + 2) in
  (exists N, depth N = (2 * L ^ 2 + 2)%nat /\ nodes N = (4 * L ^ 2 + 4)%nat /\ forall x, eval N x = f x) /\
  (forall g, (depth g <= L)%nat -> (nodes g <= 2 ^ L)%nat -> apart (/ 32) f (eval g)).
Proof.
  intros HL f. split.
  - destruct (sawtooth_size (2 * L ^ 2 + 2)) as (N & _ & D & S & E). exists N.
    split; [exact D|split; [rewrite S; lia|exact E]].
  - intros g Hd Hn. split; [apply separation_sharp_network|].
    eapply Rle_trans; [|apply (separation_counting_network (2 * L ^ 2 + 2) g)].
    pose proof (shallow_pieces L g Hd Hn) as B. apply le_INR in B. rewrite plus_INR, INR_pow2 in B. change (INR 1) with 1 in B.
    rewrite minus_INR, INR_pow2 by apply pow2_ge1. change (INR 1) with 1.
    assert (HX : 2 <= 2 ^ (L ^ 2)).
    { rewrite <- (pow_1 2) at 1. apply Rle_pow; [lra|]. pose proof (Nat.pow_le_mono_l 1 L 2 HL). rewrite Nat.pow_1_l in H. lia. }
    set (p := INR (product_bound (widths (hidden g)))) in *.
    replace (2 ^ (2 * L ^ 2 + 2 + 2)) with (16 * (2 ^ (L ^ 2)) ^ 2) by (rewrite <- pow_mult, !pow_add, Nat.mul_comm; simpl; ring).
    replace (2 ^ (2 * L ^ 2 + 2)) with (4 * (2 ^ (L ^ 2)) ^ 2) by (rewrite <- pow_mult, pow_add, Nat.mul_comm; simpl; ring).
    set (X := 2 ^ (L ^ 2)) in *. apply Rmult_le_reg_r with (32 * (16 * X ^ 2)); [nra|].
    replace (/ 32 * (32 * (16 * X ^ 2))) with (16 * X ^ 2) by field.
    replace ((4 * X ^ 2 - 1 - 2 * p) / 2 * / (16 * X ^ 2) * (32 * (16 * X ^ 2))) with (16 * (4 * X ^ 2 - 1 - 2 * p)) by (field; nra).
    nra.
Qed.

(* ---------- about half the depth, five times the constant and more ---------- *)

(* From a count of pieces to the bound. *)
Lemma separation_of_pieces A j p g : pieces p 0 1 g -> (p <= 2 ^ A)%nat -> apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (A + j)) g.
Proof.
  intros H B. destruct (separation_sharp (A + j) p g H) as [I D]. split; [exact I|]. eapply Rle_trans; [|exact D].
  apply le_INR in B. rewrite INR_pow2 in B. rewrite pow_add. pose proof (pow2_pos A). pose proof (pow2_pos j).
  apply Rmult_le_compat_l; [lra|]. apply Rplus_le_compat_l, Ropp_le_contravar.
  apply Rmult_le_reg_r with (2 ^ A * 2 ^ j); [nra|]. field_simplify; lra.
Qed.

(* One layer of at most 2 nodes has at most 3 pieces: 5/32 at k = 3.  From L = 2 on, the sharp bound gives 3/16. *)
Lemma separation_of_count L N g : (1 <= L)%nat -> (depth N <= L)%nat -> (nodes N <= 2 ^ L)%nat ->
  pieces (product_bound (widths (hidden N))) 0 1 g ->
  apart (5 / 32) (sawtooth (L ^ 2 + 2)) g /\
  ((2 <= L)%nat -> forall j, apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + j)) g).
Proof.
  intros HL Hd Hn H. assert (S : (2 <= L)%nat -> forall j, apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + j)) g).
  { intros H2 j. eapply separation_of_pieces; [exact H|]. apply shallow_pieces2; assumption. }
  split; [|exact S]. destruct (Nat.eq_dec L 1) as [->|HL'].
  - destruct (separation_sharp (1 ^ 2 + 2) _ _ H) as [I D]. split; [exact I|]. eapply Rle_trans; [|exact D].
    pose proof (shallow_pieces 1 N Hd Hn) as B. apply le_INR in B. simpl in *. lra.
  - destruct (S ltac:(lia) 2%nat) as [I D]. split; [exact I|]. simpl in *. lra.
Qed.

Theorem separation_strong L g : (1 <= L)%nat -> (depth g <= L)%nat -> (nodes g <= 2 ^ L)%nat ->
  apart (5 / 32) (sawtooth (L ^ 2 + 2)) (eval g) /\
  ((2 <= L)%nat -> forall j, apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + j)) (eval g)).
Proof. intros HL Hd Hn. apply (separation_of_count L g); try assumption. apply pieces_product; lra. Qed.

(* The same against networks with skip connections (ResNet, DenseNet). *)
Theorem separation_strong_skip L g : (1 <= L)%nat -> (depth g <= L)%nat -> (nodes g <= 2 ^ L)%nat ->
  apart (5 / 32) (sawtooth (L ^ 2 + 2)) (eval_skip g) /\
  ((2 <= L)%nat -> forall j, apart (/ 4 * (1 - / 2 ^ j)) (sawtooth (L ^ 2 + j)) (eval_skip g)).
Proof. intros HL Hd Hn. apply (separation_of_count L g); try assumption. apply pieces_skip; lra. Qed.
