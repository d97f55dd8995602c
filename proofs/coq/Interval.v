(* "Recap", (1), on the interval: one hidden layer of n ReLU units interpolates at the n + 1
   multiples of 1/n; a function with slopes at most C is approximated within C / (2 n). *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Compose UniversalCube Sigmoidal.

Section Interpolate.
Variables (f : R -> R) (n : nat).
Hypothesis n_positive : (0 < n)%nat.

(* The rise of f over cell i. *)
Definition increment (i : nat) : R := f ((INR i + 1) / INR n) - f (INR i / INR n).

(* The unit at i/n bends by the change of the slope. *)
Definition bend_unit (i : nat) : R * node :=
  (INR n * (increment i - match i with O => 0 | S j => increment j end), ([1], - (INR i / INR n))).

Fixpoint bend_units (m : nat) : list (R * node) :=
  match m with O => [] | S m' => bend_unit m' :: bend_units m' end.

(* On each cell, the chord. *)
Lemma bend_units_value m : forall j x, (j < m)%nat -> INR j / INR n <= x ->
  (x <= (INR j + 1) / INR n \/ m = S j) ->
  superposition relu (bend_units m) [x] = f (INR j / INR n) - f 0 + INR n *
  increment j * (x - INR j / INR n).
Proof. assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption).
  assert (Pi : 0 < / INR n) by (apply Rinv_0_lt_compat; assumption).
  induction m as [|m IH]; intros j x Hj Hx H; [lia|]. cbn [bend_units superposition fold_right].
  fold (superposition relu (bend_units m) [x]). unfold bend_unit at 1 2; cbn [fst snd].
  unfold pre_activation; cbn [fst snd dot].
  replace (1 * x + 0 + - (INR m / INR n)) with (x - INR m / INR n) by ring.
  destruct (Nat.eq_dec j m) as [->|N].
  - rewrite relu_pos by lra. destruct m as [|m].
    + simpl (superposition relu (bend_units 0) [x]). simpl (INR 0).
      replace (0 / INR n) with 0 by (field; lra). ring.
    + assert (Hm : INR m / INR n <= x) by (rewrite S_INR in Hx; unfold Rdiv in *; nra).
      rewrite (IH m x) by (try lia; auto). assert (E : f (INR m / INR n) = f (INR (S m) / INR n) -
        increment m) by (unfold increment; rewrite S_INR; ring).
      rewrite E.
      assert (E' : INR m / INR n = INR (S m) / INR n - / INR n) by (rewrite S_INR; field; lra).
      rewrite E'. field. lra.
  - assert (K : INR j + 1 <= INR m) by (rewrite <- S_INR; apply le_INR; lia).
    assert (L : x <= (INR j + 1) / INR n) by (destruct H; [assumption|lia]).
    assert (x <= INR m / INR n) by (unfold Rdiv in *; nra). rewrite relu_neg by lra.
    rewrite (IH j x) by (try lia; auto). ring. Qed.

(* n units, error C / (2 n). *)
Theorem approximation_interval C : (forall x y, 0 <= x <= 1 -> 0 <= y <= 1 ->
  Rabs (f x - f y) <= C * Rabs (x - y)) -> exists N, depth N = 1%nat /\ nodes N = n /\
  forall x, 0 <= x <= 1 -> Rabs (f x - eval N x) <= C / (2 * INR n).
Proof. intros Hf. assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption).
  exists (Network [map snd (bend_units n)] (map fst (bend_units n), f 0)). split; [reflexivity|].
  split.
  - unfold nodes, widths; cbn [hidden map list_sum fold_right]. rewrite map_length, Nat.add_0_r.
    clear. induction n as [|m IH]; [reflexivity|]. simpl. rewrite IH. reflexivity.
  - intros x Hx. change (eval _ x) with (network_value Layered relu
      (Network [map snd (bend_units n)] (map fst (bend_units n), f 0)) [x]).
    rewrite superposition_network. destruct (unit_cell n x n_positive Hx) as (j & Hj & Xj').
    rewrite (bend_units_value n j x) by (lia || lra || (left; lra)). set (a := INR j / INR n) in *.
    set (b := (INR j + 1) / INR n) in *.
    assert (Jn : INR j + 1 <= INR n) by (rewrite <- S_INR; apply le_INR; lia).
    pose proof (pos_INR j). assert (Hab : b = a + / INR n) by (unfold a, b; field; lra).
    assert (Ha : 0 <= a <= 1 /\ 0 <= b <= 1).
    { unfold a, b. repeat split; try (apply Rdiv_le_0_compat; lra);
        apply Rmult_le_reg_r with (INR n); try assumption; unfold Rdiv;
        rewrite Rmult_assoc, Rinv_l by lra; lra. }
    destruct Ha as [Ha Hb]. set (th := INR n * (x - a)). assert (Ht : 0 <= th <= 1).
    { unfold th. assert (x - a <= / INR n) by lra.
      assert (INR n * / INR n = 1) by (apply Rinv_r; lra). split; [apply Rmult_le_pos; lra|]. nra. }
    replace (f x - (f a - f 0 + INR n * increment j * (x - a) + f 0))
      with ((1 - th) * (f x - f a) + th * (f x - f b)) by (unfold th, increment; fold a b; ring).
    pose proof (Hf x a Hx Ha) as A. pose proof (Hf x b Hx Hb) as B.
    rewrite (Rabs_right (x - a)) in A by lra. rewrite (Rabs_left1 (x - b)) in B by lra.
    assert (Xa : x - a = th * / INR n) by (unfold th; field; lra).
    assert (Xb : - (x - b) = (1 - th) * / INR n) by (rewrite Hab; unfold th; field; lra).
    rewrite Xa in A. rewrite Xb in B. assert (HC : 0 <= C).
    { pose proof (Hf 1 0 ltac:(lra) ltac:(lra)) as K. rewrite (Rabs_right (1 - 0)) in K by lra.
      pose proof (Rabs_pos (f 1 - f 0)). lra. }
    eapply Rle_trans; [apply Rabs_triang|].
    rewrite !Rabs_mult, (Rabs_right (1 - th)), (Rabs_right th) by lra.
    replace (C / (2 * INR n)) with (C * / INR n * / 2) by (field; lra). set (e := C * / INR n) in *.
    assert (He : 0 <= e) by (unfold e; apply Rmult_le_pos;
      [assumption|left; apply Rinv_0_lt_compat; assumption]).
    replace (C * (th * / INR n)) with (th * e) in A by (unfold e; ring).
    replace (C * ((1 - th) * / INR n)) with ((1 - th) * e) in B by (unfold e; ring).
    apply Rle_trans with (2 * (th * (1 - th)) * e); [nra|]. pose proof (Rle_0_sqr (th - / 2)) as Sq.
    unfold Rsqr in Sq. nra. Qed.

End Interpolate.

(* ---------- no better with n pieces ---------- *)

(* n tents of slope C and height C / (2 n): the distance from the nearest multiple of 1/n. *)
Fixpoint tents (C : R) (n m : nat) (x : R) : R :=
  match m with
  | O => 0
  | S m' => Rmax (tents C n m' x) (C * (/ 2 / INR n - Rabs (x - (INR m' + / 2) / INR n)))
  end.

Section Tents.
Variables (C : R) (n : nat).
Hypothesis C_positive : 0 < C.
Hypothesis n_positive : (0 < n)%nat.

(* Their slopes are at most C. *)
Lemma tents_slope m x y : Rabs (tents C n m x - tents C n m y) <= C * Rabs (x - y).
Proof. induction m as [|m IH]; [simpl; rewrite Rminus_eq_0, Rabs_R0; apply Rmult_le_pos;
    [lra|apply Rabs_pos]|].
  cbn [tents]. set (c := (INR m + / 2) / INR n). set (h := / 2 / INR n).
  pose proof (Rabs_triang_inv2 (x - c) (y - c)) as T.
  replace (x - c - (y - c)) with (x - y) in T by ring.
  assert (D : Rabs (C * (h - Rabs (x - c)) - C * (h - Rabs (y - c))) <= C * Rabs (x - y)).
  { replace (C * (h - Rabs (x - c)) - C * (h - Rabs (y - c)))
      with (C * - (Rabs (x - c) - Rabs (y - c))) by ring.
    rewrite Rabs_mult, Rabs_Ropp, (Rabs_right C) by lra. apply Rmult_le_compat_l; lra. }
  set (e := C * Rabs (x - y)) in *. apply Rabs_le_between in IH, D. apply Rabs_le. unfold Rmax.
  do 2 destruct Rle_dec; lra. Qed.

(* At a multiple of 1/n all tents are at or below 0. *)
Lemma tents_foot m i : (tents C n m (INR i / INR n) = 0).
Proof. assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption).
  induction m as [|m IH]; [reflexivity|]. cbn [tents]. rewrite IH. apply Rmax_left.
  enough (/ 2 / INR n <= Rabs (INR i / INR n - (INR m + / 2) / INR n)) by nra.
  replace (INR i / INR n - (INR m + / 2) / INR n) with ((INR i - INR m - / 2) * / INR n) by (field;
    lra).
  assert (Pi : 0 < / INR n) by (apply Rinv_0_lt_compat; assumption).
  rewrite Rabs_mult, (Rabs_right (/ INR n)) by lra. apply Rmult_le_compat_r; [lra|].
  destruct (le_lt_dec i m) as [L|L]; [apply le_INR in L; rewrite Rabs_left by lra; lra|].
  apply lt_le_S, le_INR in L. rewrite S_INR in L. rewrite Rabs_right by lra. lra. Qed.

(* In the middle of a tent its height is reached. *)
Lemma tents_top m i : (i < m)%nat -> C / (2 * INR n) <= tents C n m ((INR i + / 2) / INR n).
Proof. assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption).
  induction m as [|m IH]; intros H; [lia|]. cbn [tents]. destruct (Nat.eq_dec i m) as [->|N].
  - rewrite Rminus_eq_0, Rabs_R0. eapply Rle_trans; [|apply Rmax_r]. right. field. lra.
  - eapply Rle_trans; [apply IH; lia|apply Rmax_l]. Qed.

(* A line that is close to a tent is not closer than half its height. *)
Lemma tent_line g i e : (i < n)%nat -> e < C / (4 * INR n) ->
  (forall x, 0 <= x <= 1 -> Rabs (tents C n n x - g x) <= e) ->
  ~ affine_inside g (INR i / INR n) (INR (S i) / INR n).
Proof. intros Hi He H (p & q & A). assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption).
  assert (Pi : 0 < / INR n) by (apply Rinv_0_lt_compat; assumption). set (a := INR i / INR n) in *.
  assert (Hb : INR (S i) / INR n = a + / INR n) by (unfold a; rewrite S_INR; field; lra).
  rewrite Hb in A. assert (Hc : (INR i + / 2) / INR n = a + / INR n / 2) by (unfold a; field; lra).
  assert (Ha : 0 <= a /\ a + / INR n <= 1).
  { split; [unfold a; apply Rdiv_le_0_compat; [apply pos_INR|assumption]|]. rewrite <- Hb.
    apply lt_le_S, le_INR in Hi. apply Rmult_le_reg_r with (INR n); [assumption|]. unfold Rdiv.
    rewrite Rmult_assoc, Rinv_l by lra. lra. }
  pose proof (tents_top n i Hi) as T. rewrite Hc in T. pose proof (tents_foot n i) as F0.
  fold a in F0. pose proof (tents_foot n (S i)) as F1. rewrite Hb in F1.
  (* Two points near the feet. *)
  set (h := C / (4 * INR n)) in *. assert (Hh : C / (2 * INR n) = 2 * h) by (unfold h; field; lra).
  rewrite Hh in T. set (w := Rmin (/ INR n / 4) ((h - e) / (2 * C))).
  assert (w1 : w <= / INR n / 4) by apply Rmin_l.
  assert (w2 : w <= (h - e) / (2 * C)) by apply Rmin_r.
  assert (w0 : 0 < w) by (apply Rmin_glb_lt; [lra|apply Rdiv_lt_0_compat; lra]).
  assert (W : C * w <= (h - e) / 2).
  { apply Rmult_le_compat_l with (r := C) in w2; [|lra].
    replace (C * ((h - e) / (2 * C))) with ((h - e) / 2) in w2 by (field; lra). exact w2. }
  pose proof (tents_slope n (a + w) a) as S0. rewrite F0 in S0.
  replace (a + w - a) with w in S0 by ring. rewrite (Rabs_right w) in S0 by lra.
  pose proof (tents_slope n (a + / INR n - w) (a + / INR n)) as S1. rewrite F1 in S1.
  replace (a + / INR n - w - (a + / INR n)) with (- w) in S1 by ring.
  rewrite Rabs_Ropp, (Rabs_right w) in S1 by lra. pose proof (H (a + w) ltac:(lra)) as H0.
  pose proof (H (a + / INR n - w) ltac:(lra)) as H1.
  pose proof (H (a + / INR n / 2) ltac:(lra)) as H2. rewrite A in H0, H1, H2 by lra.
  apply Rabs_le_between in S0, S1, H0, H1, H2. lra. Qed.

(* n pieces, whatever the network: error at least C / (4 n) somewhere, up to any e below it.  So one
   hidden layer of n - 1 units does no better than half as well as the interpolation above, for
   Lipschitz functions: the slide's 1 / eps is right, up to this factor, for d = 1. *)
Theorem approximation_interval_lower g p e : (p <= n)%nat -> pieces p 0 1 g ->
  e < C / (4 * INR n) -> (forall x y, Rabs (tents C n n x - tents C n n y) <= C * Rabs (x - y)) /\
  ~ (forall x, 0 <= x <= 1 -> Rabs (tents C n n x - g x) <= e).
Proof. intros Hp HP He. split; [apply tents_slope|]. intros H.
  assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption).
  destruct (pieces_positive p 0 1 g ltac:(lra) HP) as [q ->].
  assert (Q : forall m, (m <= n)%nat -> cells (fun u v => ~ affine_inside g u v) m
    (INR (n - m) / INR n) 1).
  { induction m as [|m IH]; intros Hm; [simpl; rewrite Nat.sub_0_r; field; lra|].
    exists (INR (S (n - S m)) / INR n). specialize (IH ltac:(lia)).
    replace (S (n - S m)) with (n - m)%nat in * by lia. pose proof (cells_le _ _ _ _ IH).
    split; [|split; [|exact IH]].
    - split; [|assumption]. unfold Rdiv.
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; assumption|apply le_INR; lia].
    - replace (n - m)%nat with (S (n - S m)) by lia.
      apply (tent_line g (n - S m) e); [lia|assumption|exact H]. }
  specialize (Q n (Nat.le_refl n)). rewrite Nat.sub_diag in Q. simpl (INR 0) in Q.
  replace (0 / INR n) with 0 in Q by (field; lra). pose proof (cells_lower (affine_inside g) n
    (affine_hereditary g) q 0 0 1 1 (Rle_refl _) (Rle_refl _) Q HP).
  lia. Qed.

End Tents.
