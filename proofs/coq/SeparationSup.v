(* "Shallow g's can't approximate f", at a point: how near a function with fewer than 2^k pieces
   comes to Delta^k everywhere.  A continuous one no nearer than 1/2, one that jumps no nearer
   than 1/4; and 1/2 is false for those that jump, as it is for the mean of high powers. *)
From Coq Require Import Classical.
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Folding.
From Depthproof Require Import SeparationPower.

(* The vertices of the sawtooth. *)
Lemma sawtooth_vertex k j : (j <= 2 ^ k)%nat ->
  sawtooth k (INR j / 2 ^ k) = (1 - slope_sign j) / 2.
Proof. intros Hj. pose proof (pow2_pos k) as P. pose proof (pow2_inv_pos k).
  assert (E : 2 ^ k * (INR j / 2 ^ k) = INR j) by (field; lra).
  destruct (Nat.eq_dec j (2 ^ k)) as [J|J].
  - destruct j as [|i]; [pose proof (pow2_ge1 k); lia|]. rewrite (sawtooth_cell k i) by (lia ||
      (rewrite S_INR; split; unfold Rdiv; apply Rmult_le_compat_r; lra)).
    rewrite E, S_INR, slope_sign_S. field.
  - rewrite (sawtooth_cell k j) by (lia || (split; unfold Rdiv; apply Rmult_le_compat_r; lra)).
    rewrite E. field. Qed.

(* Around an inner vertex, at distance s: both sides change by 2^k s. *)
Lemma sawtooth_around k j s : (S j < 2 ^ k)%nat -> 0 <= s <= / 2 ^ k ->
  let c := INR (S j) / 2 ^ k in
  sawtooth k (c + s) + sawtooth k (c - s) - 2 * sawtooth k c = 2 * slope_sign (S j) * (2 ^ k * s).
Proof. intros Hj Hs c. pose proof (pow2_pos k) as P. pose proof (pow2_inv_pos k).
  assert (E : 2 ^ k * c = INR (S j)) by (unfold c; field; lra).
  assert (E1 : 2 ^ k * (c + s) = INR (S j) + 2 ^ k * s) by (rewrite <- E; ring).
  assert (E2 : 2 ^ k * (c - s) = INR (S j) - 2 ^ k * s) by (rewrite <- E; ring).
  assert (D : INR j / 2 ^ k = c - / 2 ^ k /\ (INR j + 1) / 2 ^ k = c).
  { unfold c. rewrite S_INR. split; field; lra. }
  assert (D' : (INR (S j) + 1) / 2 ^ k = c + / 2 ^ k) by (unfold c; field; lra).
  unfold c at 3. rewrite sawtooth_vertex by lia.
  rewrite (sawtooth_cell k (S j) (c + s)) by (lia || (rewrite D'; fold c; lra)).
  rewrite (sawtooth_cell k j (c - s)) by (lia || (destruct D as [-> ->]; lra)).
  rewrite E1, E2, slope_sign_S, S_INR. field. Qed.

Section Near.
Variables (k : nat) (g : R -> R).

(* ---------- continuous functions ---------- *)

Hypothesis g_continuous : forall x : R, continuous g x.

(* A function that is nearer than 1/2 is on the sawtooth's side of 1/2 at every vertex. *)
Hypothesis g_near : forall x, 0 <= x <= 1 -> Rabs (sawtooth k x - g x) < / 2.

(* Which side that is. *)
Lemma near_side j : (j <= 2 ^ k)%nat -> 0 < (/ 2 - g (INR j / 2 ^ k)) * slope_sign j.
Proof. intros Hj. pose proof (pow2_pos k) as P. assert (H : 0 <= INR j / 2 ^ k <= 1).
  { split; [apply Rdiv_le_0_compat; [apply pos_INR|lra]|].
    apply Rmult_le_reg_r with (2 ^ k); [lra|]. unfold Rdiv.
    rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l, <- INR_pow2 by lra.
    apply le_INR, Hj. }
  pose proof (g_near _ H) as N. rewrite sawtooth_vertex in N by exact Hj. apply Rabs_def2 in N.
  destruct (slope_sign_cases j) as [E|E]; rewrite E in *; lra. Qed.

(* So it is 1/2 within every cell. *)
Lemma near_crossing j : (j < 2 ^ k)%nat ->
  exists z, INR j / 2 ^ k < z < INR (S j) / 2 ^ k /\ g z = / 2.
Proof. intros Hj. pose proof (pow2_inv_pos k) as P. set (a := INR j / 2 ^ k).
  set (b := INR (S j) / 2 ^ k). assert (Hab : a < b).
  { unfold a, b. rewrite S_INR. unfold Rdiv. nra. }
  pose proof (near_side j ltac:(lia)) as A. pose proof (near_side (S j) ltac:(lia)) as B.
  fold a in A. fold b in B. rewrite slope_sign_S in B.
  destruct (IVT_cor (fun x => g x - / 2) a b) as (z & Hz & E).
  - intro x. apply continuity_pt_filterlim. apply (continuous_difference g (fun _ => / 2));
      [exact g_continuous|intro; apply continuous_const].
  - lra.
  - destruct (slope_sign_cases j) as [S|S]; rewrite S in *; nra.
  - exists z. assert (g z = / 2) by lra. split; [|assumption].
    split; apply Rnot_le_lt; intro L.
    + replace z with a in * by lra. nra.
    + replace z with b in * by lra. nra. Qed.

(* Between two crossings there is a vertex, where g is not 1/2: it is not affine there. *)
Lemma near_bends j y z : (S j <= 2 ^ k)%nat -> y < INR (S j) / 2 ^ k < z -> g y = / 2 ->
  g z = / 2 -> ~ affine_inside g y z.
Proof. intros Hj Hc Y Z A. apply affine_inside_on in A; [|lra|exact g_continuous].
  destruct A as (p & q & A). set (c := INR (S j) / 2 ^ k) in *.
  pose proof (near_side (S j) Hj) as N. fold c in N. rewrite (A c) in N by lra.
  rewrite A in Y, Z by lra. assert (p = 0) by nra. subst p.
  replace (0 * c + q) with (/ 2) in N by lra. rewrite Rminus_eq_0, Rmult_0_l in N. lra. Qed.

(* As many bends as inner vertices. *)
Lemma near_chain m : forall j y, (S (j + m) = 2 ^ k)%nat ->
  INR j / 2 ^ k < y < INR (S j) / 2 ^ k -> g y = / 2 ->
  exists d, d <= 1 /\ cells (fun u v => ~ affine_inside g u v) m y d.
Proof. pose proof (pow2_pos k) as P. induction m as [|m IH]; intros j y Hj Hy Y.
  - exists y. split; [|reflexivity]. replace (S j) with (2 ^ k)%nat in Hy by lia.
    rewrite INR_pow2 in Hy. unfold Rdiv in Hy. rewrite Rinv_r in Hy by lra. lra.
  - destruct (near_crossing (S j) ltac:(lia)) as (z & Hz & Z).
    destruct (IH (S j) z ltac:(lia) Hz Z) as (d & Hd & C). exists d. split; [exact Hd|].
    pose proof (cells_le _ _ _ _ C). exists z. split; [lra|]. split; [|exact C].
    apply (near_bends j); [lia|lra|exact Y|exact Z]. Qed.

(* So there are at least 2^k pieces. *)
Lemma near_pieces p : pieces p 0 1 g -> (2 ^ k <= p)%nat.
Proof. intros H. destruct (pieces_positive p 0 1 g ltac:(lra) H) as [n ->].
  pose proof (pow2_ge1 k) as K. destruct (near_crossing 0 ltac:(lia)) as (y & Hy & Y).
  destruct (near_chain (2 ^ k - 1) 0 y ltac:(lia) Hy Y) as (d & Hd & C).
  simpl (INR 0) in Hy. unfold Rdiv at 1 in Hy. rewrite Rmult_0_l in Hy.
  pose proof (cells_lower _ (2 ^ k - 1) (affine_hereditary g) n 0 y d 1 ltac:(lra) Hd C H).
  lia. Qed.
End Near.

(* Fewer than 2^k pieces, continuous: 1/2 away somewhere.  The constant 1/2 is no farther. *)
Theorem separation_sup_continuous k p (g : R -> R) : (forall x : R, continuous g x) ->
  pieces p 0 1 g -> (p < 2 ^ k)%nat ->
  exists x, 0 <= x <= 1 /\ / 2 <= Rabs (sawtooth k x - g x).
Proof. intros C H L. apply NNPP. intro N. pose proof (near_pieces k g C) as B.
  enough (2 ^ k <= p)%nat by lia. apply B; [|exact H]. intros x Hx. apply Rnot_le_lt. intro.
  apply N. exists x. split; assumption. Qed.

(* Networks. *)
Theorem separation_sup_network k N : (product_bound (widths (hidden N)) < 2 ^ k)%nat ->
  exists x, 0 <= x <= 1 /\ / 2 <= Rabs (sawtooth k x - eval N x).
Proof. intros L. apply separation_sup_continuous with (3 := L); [apply eval_continuous|].
  apply pieces_product. lra. Qed.

(* ---------- functions that jump ---------- *)

(* Half a cell on both sides of a vertex: a function that is nearer than 1/4 is not affine there. *)
Lemma quarter_bends k g j : (S j < 2 ^ k)%nat ->
  (forall x, 0 <= x <= 1 -> Rabs (sawtooth k x - g x) < / 4) ->
  ~ affine_inside g ((INR j + / 2) / 2 ^ k) ((INR (S j) + / 2) / 2 ^ k).
Proof. intros Hj N (p & q & A). pose proof (pow2_pos k) as P. pose proof (pow2_inv_pos k) as P'.
  set (h := / 2 ^ k) in *. set (c := INR (S j) / 2 ^ k).
  assert (Ea : (INR j + / 2) / 2 ^ k = c - h / 2) by (unfold c, h; rewrite S_INR; field; lra).
  assert (Eb : (INR (S j) + / 2) / 2 ^ k = c + h / 2) by (unfold c, h; field; lra).
  rewrite Ea, Eb in A. assert (C : h <= c /\ c + h <= 1).
  { split.
    - unfold c, Rdiv. fold h. rewrite S_INR. pose proof (pos_INR j).
      assert (0 <= INR j * h) by (apply Rmult_le_pos; lra). lra.
    - replace 1 with (2 ^ k * h) by (unfold h; field; lra). unfold c, Rdiv. fold h.
      apply lt_le_S, le_INR in Hj. rewrite INR_pow2, S_INR in Hj. nra. }
  pose proof (N c ltac:(lra)) as N0. set (e := Rabs (sawtooth k c - g c)) in *.
  pose proof (Rabs_pos (sawtooth k c - g c)) as E0. fold e in E0.
  set (s := h * (/ 4 + e)). assert (Hs : 0 < s < h / 2) by (unfold s; nra).
  pose proof (sawtooth_around k j s Hj ltac:(fold h; lra)) as D. cbv zeta in D. fold c in D.
  replace (2 ^ k * s) with (/ 4 + e) in D by (unfold s, h; field; lra).
  pose proof (N (c + s) ltac:(lra)) as N1. pose proof (N (c - s) ltac:(lra)) as N2.
  assert (M : e = Rabs (sawtooth k c - (p * c + q))) by (unfold e; rewrite A by lra; reflexivity).
  rewrite A in N1, N2 by lra. apply Rabs_def2 in N1, N2.
  assert (B : - e <= sawtooth k c - (p * c + q) <= e) by (apply Rabs_le_between; lra).
  destruct (slope_sign_cases (S j)) as [S|S]; rewrite S in D; lra. Qed.

(* Fewer than 2^k pieces, with jumps or not: 1/4 away somewhere. *)
Theorem separation_sup k p g : pieces p 0 1 g -> (p < 2 ^ k)%nat ->
  exists x, 0 <= x <= 1 /\ / 4 <= Rabs (sawtooth k x - g x).
Proof. intros H L. apply NNPP. intro X.
  assert (N : forall x, 0 <= x <= 1 -> Rabs (sawtooth k x - g x) < / 4).
  { intros x Hx. apply Rnot_le_lt. intro. apply X. exists x. split; assumption. }
  destruct (pieces_positive p 0 1 g ltac:(lra) H) as [n ->]. pose proof (pow2_pos k) as P.
  pose proof (pow2_inv_pos k) as P'.
  assert (C : forall m, (m < 2 ^ k)%nat -> cells (fun u v => ~ affine_inside g u v) m
    ((INR 0 + / 2) / 2 ^ k) ((INR m + / 2) / 2 ^ k)).
  { induction m as [|m IH]; intros Hm; [reflexivity|]. rewrite <- (Nat.add_1_r m) at 1.
    apply cells_cat with ((INR m + / 2) / 2 ^ k); [apply IH; lia|].
    apply cells_one; [|apply quarter_bends; assumption].
    unfold Rdiv. apply Rmult_le_compat_r; [lra|]. rewrite S_INR. lra. }
  specialize (C (2 ^ k - 1)%nat ltac:(pose proof (pow2_ge1 k); lia)).
  enough (2 ^ k - 1 <= n)%nat by lia.
  apply (cells_lower _ _ (affine_hereditary g) n 0 _ _ 1) in C; [exact C| | |exact H].
  - simpl. apply Rdiv_le_0_compat; lra.
  - rewrite minus_INR, INR_pow2 by apply pow2_ge1. change (INR 1) with 1.
    apply Rmult_le_reg_r with (2 ^ k); [exact P|]. unfold Rdiv.
    rewrite Rmult_assoc, Rinv_l by lra. lra. Qed.

(* ---------- what is false ---------- *)

(* Three pieces, of length 1/3 each. *)
Definition jumping (x : R) : R :=
  if Rlt_dec x (/ 3) then 2 * x + / 4
  else if Rlt_dec x (2 / 3) then 0 * x + / 3 else -2 * x + 9 / 4.

(* Delta^2 on its four cells. *)
Lemma sawtooth_2 x : (0 <= x <= / 4 -> sawtooth 2 x = 4 * x) /\
  (/ 4 <= x <= / 2 -> sawtooth 2 x = 2 - 4 * x) /\
  (/ 2 <= x <= 3 / 4 -> sawtooth 2 x = 4 * x - 2) /\
  (3 / 4 <= x <= 1 -> sawtooth 2 x = 4 - 4 * x).
Proof. cbn [sawtooth]. repeat split; intros H.
  - rewrite (Delta_up x), Delta_up; lra.
  - rewrite (Delta_up x), Delta_down; lra.
  - rewrite (Delta_down x), Delta_down; lra.
  - rewrite (Delta_down x), Delta_up; lra. Qed.

(* It is within 1/3 of Delta^2 everywhere: with jumps, 1/2 is false for fewer than 2^k pieces. *)
Theorem separation_sup_jumps : pieces 3 0 1 jumping /\
  forall x, 0 <= x <= 1 -> Rabs (sawtooth 2 x - jumping x) <= / 3.
Proof. split.
  - exists (/ 3). split; [lra|]. split.
    { exists 2, (/ 4). intros x Hx. unfold jumping. destruct Rlt_dec; lra. }
    exists (2 / 3). split; [lra|]. split.
    { exists 0, (/ 3). intros x Hx. unfold jumping. do 2 (destruct Rlt_dec; try lra). }
    apply cells_one; [lra|]. exists (-2), (9 / 4). intros x Hx. unfold jumping.
    do 2 (destruct Rlt_dec; try lra).
  - intros x Hx. destruct (sawtooth_2 x) as (S1 & S2 & S3 & S4). apply Rabs_le. unfold jumping.
    destruct (Rle_dec x (/ 4)); [rewrite S1 by lra; do 2 (destruct Rlt_dec; try lra)|].
    destruct (Rle_dec x (/ 2)); [rewrite S2 by lra; do 2 (destruct Rlt_dec; try lra)|].
    destruct (Rle_dec x (3 / 4)); [rewrite S3 by lra; do 2 (destruct Rlt_dec; try lra)|].
    rewrite S4 by lra; do 2 (destruct Rlt_dec; try lra). Qed.

(* So the constant of the mean, with p / 2^k lost to p pieces, is false for high powers: q = 10. *)
Theorem separation_power_false : exists g, pieces 3 0 1 g /\
  ~ apart_power 10 ((/ 2) ^ 10 / (INR 10 + 1) * (1 - INR 3 / 2 ^ 2)) (sawtooth 2) g.
Proof. exists jumping. destruct separation_sup_jumps as [H N]. split; [exact H|]. intros [I B].
  assert (L : RInt (fun x => Rabs (sawtooth 2 x - jumping x) ^ 10) 0 1 <= (/ 3) ^ 10).
  { rewrite <- (Rmult_1_l ((/ 3) ^ 10)). replace 1 with (1 - 0) at 2 by ring.
    rewrite <- (integral_constant ((/ 3) ^ 10) 0 1).
    apply RInt_le; [lra|exact I|apply integrable; intro; apply continuous_const|].
    intros x Hx. apply pow_incr. split; [apply Rabs_pos|apply N; lra]. }
  simpl in B, L. lra. Qed.
