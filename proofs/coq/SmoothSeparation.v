(* "There can be benefits of depth to approximating smooth functions": the bounds of SmoothLower.v
   are attained by networks with one hidden layer, and separate deep networks from shallow ones. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Smooth.
From Depthproof Require Import SeparationLecture Sigmoidal UniversalCube Interval.
From Depthproof Require Import Folding SmoothLower.

(* ---------- attained ---------- *)

Section Chords.
Variable n : nat.
Hypothesis n_positive : (0 < n)%nat.

(* The chords of the square over n cells of equal length, lowered by k. *)
Definition chords (k : R) : network :=
  Network [map snd (bend_units (fun x => x ^ 2) n n)]
    (map fst (bend_units (fun x => x ^ 2) n n), - k).

(* One hidden layer of n units. *)
Lemma chords_size k : depth (chords k) = 1%nat /\ nodes (chords k) = n.
Proof. split; [reflexivity|]. unfold nodes, widths, chords; cbn [hidden map list_sum fold_right].
  rewrite map_length, Nat.add_0_r. generalize n at 2 3. induction n0; [reflexivity|].
  cbn [bend_units length]. f_equal. exact IHn0. Qed.

(* The middle of cell j and half its length. *)
Lemma chords_error k j x : (j < n)%nat -> INR j / INR n <= x <= (INR j + 1) / INR n ->
  x ^ 2 - eval (chords k) x = (x - (INR j + / 2) / INR n) ^ 2 - (/ 2 / INR n) ^ 2 + k.
Proof. intros Hj Hx. assert (P : 0 < INR n) by (apply lt_0_INR; assumption).
  change (eval (chords k) x) with (network_value Layered relu (chords k) [x]). unfold chords.
  rewrite superposition_network.
  rewrite (bend_units_value (fun x => x ^ 2) n n_positive n j x)
    by (lia || lra || (left; lra)).
  unfold increment. field. lra. Qed.

(* The ends of a cell. *)
Lemma chords_cell j :
  INR j / INR n = (INR j + / 2) / INR n - / 2 / INR n /\
  INR (S j) / INR n = (INR j + / 2) / INR n + / 2 / INR n.
Proof. assert (P : 0 < INR n) by (apply lt_0_INR; assumption). rewrite S_INR.
  split; field; lra. Qed.

(* n pieces, since the first unit bends at 0. *)
Lemma chords_pieces k : pieces n 0 1 (eval (chords k)).
Proof. assert (P : 0 < INR n) by (apply lt_0_INR; assumption).
  assert (A : forall m, (m <= n)%nat ->
    cells (affine_inside (eval (chords k))) m 0 (INR m / INR n)).
  { induction m as [|m IH]; intros Hm; [simpl; field; lra|]. rewrite <- Nat.add_1_r.
    apply cells_cat with (INR m / INR n); [apply IH; lia|]. rewrite Nat.add_1_r.
    destruct (chords_cell m) as [E0 E1]. set (z := (INR m + / 2) / INR n) in *.
    assert (0 < / 2 / INR n) by (apply Rdiv_lt_0_compat; lra). apply cells_one; [lra|].
    exists (2 * z), (- z ^ 2 + (/ 2 / INR n) ^ 2 - k). intros x Hx.
    pose proof (chords_error k m x ltac:(lia)) as E. rewrite S_INR in Hx. fold z in E.
    specialize (E ltac:(lra)). lra. }
  specialize (A n (Nat.le_refl n)). replace (INR n / INR n) with 1 in A by (field; lra).
  exact A. Qed.

(* Lowered by 3/4 of the greatest gap: the integral over one cell. *)
Lemma chords_cell_integral j : (j < n)%nat -> let r := / 2 / INR n in
  RInt (fun x => Rabs (x ^ 2 - eval (chords (3 / 4 * r ^ 2)) x))
    (INR j / INR n) (INR (S j) / INR n) = r ^ 3 / 2.
Proof. intros Hj r. destruct (chords_cell j) as [E0 E1]. fold r in E0, E1.
  assert (P : 0 < INR n) by (apply lt_0_INR; assumption). set (z := (INR j + / 2) / INR n) in *.
  assert (R0 : 0 < r) by (apply Rdiv_lt_0_compat; lra).
  set (G := fun x => Rabs ((x - z) ^ 2 - r ^ 2 / 4)).
  assert (HG : forall x, continuous G x).
  { apply (continuous_abs (fun x => (x - z) ^ 2 - r ^ 2 / 4)), continuous_difference;
      [|intro; apply continuous_const]. apply (continuous_power (fun x => x - z)).
    apply continuous_difference; intro; [apply continuous_id|apply continuous_const]. }
  rewrite (integral_ext _ G).
  2: rewrite E0, E1; lra.
  2: { intros x Hx. rewrite (chords_error _ j) by (assumption || (rewrite S_INR in Hx; lra)).
    unfold G. fold z r. f_equal. field. }
  rewrite E0, E1, integral_folded by exact HG.
  rewrite (integral_ext _ (fun t => scal (2 * r) ((r - 2 * t) ^ 1))); [|lra|].
  - apply is_RInt_unique. pose proof (integral_falling r 1 ltac:(lra)) as F.
    apply (is_RInt_scal (V := R_NormedModule) _ 0 (r / 2) (2 * r)) in F.
    replace (r ^ 3 / 2) with (scal (2 * r) (r ^ 2 / (2 * (INR 1 + 1)))); [exact F|].
    unfold scal; simpl; unfold mult; simpl. field.
  - intros t Ht. unfold folded, G, scal; simpl; unfold mult; simpl.
    rewrite (Rabs_left1 ((z + t - z) * _ - _)), (Rabs_left1 ((z - t - z) * _ - _)) by nra.
    rewrite (Rabs_right ((z + (r - t) - z) * _ - _)) by nra.
    rewrite (Rabs_right ((z - (r - t) - z) * _ - _)) by nra.
    field. Qed.

(* The bound in the mean is attained. *)
Theorem smooth_square_mean_attained : exists N, depth N = 1%nat /\ nodes N = n /\
  pieces n 0 1 (eval N) /\ distance (fun x => x ^ 2) (eval N) = / (16 * INR n ^ 2).
Proof. set (r := / 2 / INR n). exists (chords (3 / 4 * r ^ 2)).
  assert (P : 0 < INR n) by (apply lt_0_INR; assumption).
  destruct (chords_size (3 / 4 * r ^ 2)) as [D S].
  split; [exact D|split; [exact S|split; [apply chords_pieces|]]]. unfold distance.
  set (G := fun x => Rabs (x ^ 2 - eval (chords (3 / 4 * r ^ 2)) x)).
  assert (HG : forall x, continuous G x).
  { apply (continuous_abs (fun x => x ^ 2 - eval (chords (3 / 4 * r ^ 2)) x)).
    apply continuous_difference; [|intro; apply eval_continuous].
    apply (continuous_power (fun x => x)). intro; apply continuous_id. }
  assert (A : forall m, (m <= n)%nat -> RInt G 0 (INR m / INR n) = INR m * (r ^ 3 / 2)).
  { induction m as [|m IH]; intros Hm.
    - simpl (INR 0). replace (0 / INR n) with 0 by (field; lra). rewrite integral_point.
      real_equation. ring.
    - rewrite (integral_cat G 0 (INR m / INR n) _ HG), IH by lia.
      unfold G, r. rewrite (chords_cell_integral m) by lia. rewrite S_INR.
      real_equation. ring. }
  specialize (A n (Nat.le_refl n)). replace (INR n / INR n) with 1 in A by (field; lra).
  rewrite A. unfold r. real_equation. field. lra. Qed.

(* The bound at a point is attained: lowered by half of the greatest gap. *)
Theorem smooth_square_sup_attained : exists N, depth N = 1%nat /\ nodes N = n /\
  pieces n 0 1 (eval N) /\
  forall x, 0 <= x <= 1 -> Rabs (x ^ 2 - eval N x) <= / (8 * INR n ^ 2).
Proof. set (r := / 2 / INR n). exists (chords (r ^ 2 / 2)).
  assert (P : 0 < INR n) by (apply lt_0_INR; assumption).
  destruct (chords_size (r ^ 2 / 2)) as [D S].
  split; [exact D|split; [exact S|split; [apply chords_pieces|]]]. intros x Hx.
  destruct (unit_cell n x n_positive Hx) as (j & Hj & H).
  rewrite (chords_error _ j) by (lia || lra).
  destruct (chords_cell j) as [E0 E1]. rewrite S_INR in E1. fold r in E0, E1 |- *.
  set (z := (INR j + / 2) / INR n) in *.
  replace (/ (8 * INR n ^ 2)) with (r ^ 2 / 2) by (unfold r; field; lra).
  apply Rabs_le.
  assert (0 <= (z + r - x) * (x - (z - r))) by (apply Rmult_le_pos; lra).
  assert (0 <= (x - z) ^ 2 <= r ^ 2) by (split; [apply pow2_ge_0|nra]). lra. Qed.

End Chords.

(* ---------- networks ---------- *)

(* At most (n + 1)^L pieces with n units in L layers or fewer. *)
Lemma product_bound_nodes N L : (depth N <= L)%nat ->
  (product_bound (widths (hidden N)) <= (nodes N + 1) ^ L)%nat.
Proof. intros H. unfold nodes. set (ws := widths (hidden N)).
  pose proof (product_bound_few (list_sum ws + 1) ws ltac:(lia)) as P. unfold ws in *.
  rewrite widths_length in P. eapply Nat.le_trans; [exact P|]. apply Nat.pow_le_mono_r; lia. Qed.

(* No more than X pieces: the distance of the square. *)
Lemma square_apart g p X : pieces p 0 1 g -> INR p <= X ->
  apart (/ (16 * X ^ 2)) (fun x => x ^ 2) g.
Proof. intros H L. pose proof (smooth_square_mean g p H) as [A B].
  destruct (pieces_positive p 0 1 g ltac:(lra) H) as [n ->].
  assert (P : 0 < INR (S n)) by (apply lt_0_INR; lia). split; [exact A|].
  eapply Rle_trans; [|exact B]. apply Rinv_le_contravar; [nra|].
  apply Rmult_le_compat_l; [lra|]. apply pow_incr. lra. Qed.

(* Every network, with or without skip connections, with units of any widths m_i. *)
Theorem smooth_square_network N : let p := INR (product_bound (widths (hidden N))) in
  apart (/ (16 * p ^ 2)) (fun x => x ^ 2) (eval N) /\
  apart (/ (16 * p ^ 2)) (fun x => x ^ 2) (eval_skip N).
Proof. split; apply smooth_square_mean; [apply pieces_product|apply pieces_skip]; lra. Qed.

(* Deep against shallow, for the square: 3 m units in m layers come within 4^-(m+1) everywhere;
   n units in at most L layers, with (n + 1)^L at most 2^(m-2), stay 4^-m away in the mean. *)
Theorem smooth_separation L m : (2 <= m)%nat ->
  (exists N, depth N = m /\ nodes N = (3 * m)%nat /\
    forall x, 0 <= x <= 1 -> Rabs (x ^ 2 - eval N x) <= / 4 ^ (m + 1)) /\
  (forall g, (depth g <= L)%nat -> ((nodes g + 1) ^ L <= 2 ^ (m - 2))%nat ->
    apart (/ 4 ^ m) (fun x => x ^ 2) (eval g) /\ apart (/ 4 ^ m) (fun x => x ^ 2) (eval_skip g)).
Proof. intros Hm. split.
  - destruct (smooth_square_net m) as (N & W & D & E). exists N. split; [exact D|split].
    + unfold nodes. rewrite W. clear. induction m as [|m IH]; [reflexivity|].
      cbn [repeat list_sum fold_right] in *. unfold list_sum in IH. lia.
    + intros x Hx. destruct (E x Hx) as [_ B]. rewrite Rabs_minus_sym, Rabs_right by lra. lra.
  - intros g Hd Hn. pose proof (product_bound_nodes g L Hd) as P.
    assert (Q : INR (product_bound (widths (hidden g))) <= 2 ^ (m - 2)).
    { rewrite <- INR_pow2. apply le_INR. lia. }
    assert (E : / 4 ^ m = / (16 * (2 ^ (m - 2)) ^ 2)).
    { f_equal. rewrite <- pow_mult, Nat.mul_comm, pow_mult.
      replace m with (2 + (m - 2))%nat at 1 by lia.
      rewrite pow_add. replace (2 ^ 2) with 4 by ring. ring. }
    rewrite E.
    split; (eapply square_apart; [|exact Q]); [apply pieces_product|apply pieces_skip]; lra. Qed.

(* Between which powers of 4 a number lies. *)
Lemma power_of_4 X : 1 <= X -> exists m, 4 ^ m <= X < 4 ^ (m + 1).
Proof. intros HX. assert (A : forall M, X < 4 ^ M -> exists m, 4 ^ m <= X < 4 ^ (m + 1)).
  { induction M as [|M IH]; intros H; [simpl in H; lra|]. destruct (Rlt_dec X (4 ^ M)); [auto|].
    exists M. rewrite Nat.add_1_r. split; lra. }
  destruct (Pow_x_infinity 4 ltac:(rewrite Rabs_right; lra) (X + 1)) as [M H].
  apply (A M). specialize (H M (Nat.le_refl M)). rewrite Rabs_right in H; [lra|].
  apply Rle_ge, pow_le. lra. Qed.

(* The same in terms of the error: depth ln (1/eps) / ln 4 suffices, with three units a layer; and n
   units in L layers need (n + 1)^L >= 1 / (4 sqrt eps). *)
Theorem smooth_separation_eps eps : 0 < eps <= 1 ->
  (exists N, INR (depth N) <= ln (/ eps) / ln 4 /\ nodes N = (3 * depth N)%nat /\
    forall x, 0 <= x <= 1 -> Rabs (x ^ 2 - eval N x) <= eps) /\
  (forall g, distance (fun x => x ^ 2) (eval g) <= eps \/
      distance (fun x => x ^ 2) (eval_skip g) <= eps ->
    1 <= 16 * eps * ((INR (nodes g) + 1) ^ depth g) ^ 2).
Proof. intros He. split.
  - assert (X : 1 <= / eps) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
    destruct (power_of_4 _ X) as (m & H1 & H2).
    destruct (smooth_square_net m) as (N & W & D & E). exists N. split; [|split].
    + assert (P : 0 < 4 ^ m) by (apply pow_lt; lra). assert (L4 : 0 < ln 4).
      { rewrite <- ln_1. apply ln_increasing; lra. }
      rewrite D. apply Rmult_le_reg_r with (ln 4); [exact L4|]. unfold Rdiv.
      rewrite Rmult_assoc, Rinv_l, Rmult_1_r, <- ln_pow by lra. destruct H1 as [H1| ->]; [|lra].
      left. apply ln_increasing; assumption.
    + rewrite D. unfold nodes. rewrite W. clear. induction m as [|m IH]; [reflexivity|].
      cbn [repeat list_sum fold_right] in *. unfold list_sum in IH. lia.
    + intros x Hx. destruct (E x Hx) as [_ B]. rewrite Rabs_minus_sym, Rabs_right by lra.
      eapply Rle_trans; [exact (proj2 B)|]. rewrite <- (Rinv_inv eps).
      apply Rinv_le_contravar; [apply Rinv_0_lt_compat; lra|lra].
  - intros g H. set (X := (INR (nodes g) + 1) ^ depth g).
    assert (P : INR (product_bound (widths (hidden g))) <= X).
    { unfold X. change 1 with (INR 1). rewrite <- plus_INR, <- pow_INR. apply le_INR.
      apply product_bound_nodes. lia. }
    assert (D : / (16 * X ^ 2) <= eps).
    { destruct H as [H|H]; (eapply Rle_trans; [|exact H]);
        (eapply square_apart; [|exact P]); [apply pieces_product|apply pieces_skip]; lra. }
    assert (X1 : 0 < X) by (apply pow_lt; pose proof (pos_INR (nodes g)); lra).
    apply Rmult_le_compat_r with (r := 16 * X ^ 2) in D; [|nra].
    rewrite Rinv_l in D by nra. lra. Qed.
