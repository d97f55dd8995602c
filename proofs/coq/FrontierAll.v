(* The frontier for all k: a quarter for every missing piece, and 27/200 more, is missed, whatever
   jumps; and some continuous function comes within a quarter of that. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles.
From Depthproof Require Import PiecesProduct SeparationPiece SeparationSharp Frontier FrontierTents.
From Depthproof Require Import FrontierLast FrontierExact FrontierLeaving FrontierCells.
From Depthproof Require Import FrontierPotential FrontierNear FrontierFar.

(* What is missed at least: p pieces, 2^k cells. *)
Definition frontier_low (k p : nat) : R := / 4 * (1 - (INR p - 27 / 50) / 2 ^ k).

(* The table at whole numbers. *)
Lemma potential_missing n : (2 <= n)%Z ->
  (10404 + 4096 * (n - 2) <= potential table (64 * n))%Z.
Proof.
  intros H. unfold potential.
  destruct (Z.leb_spec (64 * n) 0), (Z.leb_spec (64 * n) 80); try lia.
  replace (64 * n - 81)%Z with (47 + (n - 2) * 64)%Z by ring.
  rewrite Z.mod_add, Z.div_add by lia. change (47 mod 64)%Z with 47%Z.
  change (47 / 64)%Z with 0%Z. rewrite Z.add_0_l. apply Z.add_le_mono_r, Z.leb_le.
  vm_compute. reflexivity.
Qed.

(* The lower end. *)
Lemma frontier_missed k p g : (p + 2 <= 2 ^ k)%nat -> pieces p 0 1 g ->
  apart (frontier_low k p) (sawtooth k) g.
Proof.
  intros Hp H. pose proof (pow2_inv_pos k) as V. pose proof (pow2_pos k) as P.
  destruct (potential_apart cells cuts table table_checks k p g H) as [A B]. split; [exact A|].
  eapply Rle_trans; [|exact B]. set (n := (2 ^ Z.of_nat k - Z.of_nat p)%Z).
  assert (Hn : (2 <= n)%Z).
  { unfold n. apply Nat2Z.inj_le in Hp. rewrite Nat2Z.inj_pow in Hp. lia. }
  pose proof (IZR_le _ _ (potential_missing n Hn)) as Q. fold n.
  rewrite plus_IZR, mult_IZR, minus_IZR in Q. unfold n in Q at 1.
  rewrite minus_IZR, <- pow_IZR, <- INR_IZR_INZ in Q. unfold frontier_low, Rdiv in *.
  apply Rmult_le_reg_r with (2 ^ k); [exact P|].
  rewrite !Rmult_assoc, Rinv_l by lra.
  replace ((1 - (INR p - 27 * / 50) * / 2 ^ k) * 2 ^ k) with (2 ^ k - (INR p - 27 * / 50))
    by (field; lra). lra.
Qed.

(* One piece: the constant 1/2. *)
Lemma half_attained k : exists g : R -> R, (forall x : R, continuous g x) /\ pieces 1 0 1 g /\
  distance (sawtooth k) g <= / 4.
Proof.
  exists (fun x => 0 * x + / 2). split; [intro; apply continuous_line|split].
  - apply pieces_line. lra.
  - apply Req_le, is_RInt_unique. destruct (sawtooth_mass k) as [_ H]. revert H. apply is_RInt_ext.
    intros x _. rewrite Rmult_0_l, Rplus_0_l. reflexivity.
Qed.

(* The upper end. *)
Lemma frontier_attained k p : (1 <= p)%nat -> (p + 2 <= 2 ^ k)%nat ->
  exists g : R -> R, (forall x : R, continuous g x) /\ pieces p 0 1 g /\
    distance (sawtooth k) g <= 5 / 4 * frontier_low k p.
Proof.
  intros H1 H2. pose proof (pow2_pos k) as P. pose proof (pow2_inv_pos k) as V.
  assert (N : INR p + 2 <= 2 ^ k).
  { rewrite <- INR_pow2. apply le_INR in H2. rewrite plus_INR in H2. exact H2. }
  assert (T : forall c, c <= 5 / 16 * (2 ^ k - INR p + 27 / 50) ->
    c / 2 ^ k <= 5 / 4 * frontier_low k p).
  { intros c Hc. unfold frontier_low. replace (5 / 4 * (/ 4 * (1 - (INR p - 27 / 50) / 2 ^ k)))
      with (5 / 16 * (2 ^ k - INR p + 27 / 50) / 2 ^ k) by (field; lra).
    apply Rmult_le_compat_r; [|exact Hc]. lra. }
  assert (W : forall c, c <= 5 / 16 * (2 ^ k - INR p + 27 / 50) -> (exists g : R -> R,
    (forall x : R, continuous g x) /\ pieces p 0 1 g /\ distance (sawtooth k) g <= c / 2 ^ k) ->
    exists g : R -> R, (forall x : R, continuous g x) /\ pieces p 0 1 g /\
      distance (sawtooth k) g <= 5 / 4 * frontier_low k p).
  { intros c Hc (g & G1 & G2 & G3). exists g. split; [exact G1|split; [exact G2|]].
    eapply Rle_trans; [exact G3|apply T, Hc]. }
  assert (K : (2 <= k)%nat).
  { destruct k as [|[|k]]; [simpl in H2; lia|simpl in H2; lia|lia]. }
  destruct (Nat.eq_dec p 1) as [-> |H3].
  { apply (W (2 ^ k / 4)); [change (INR 1) with 1 in *; lra|].
    destruct (half_attained k) as (g & G1 & G2 & G3). exists g.
    split; [exact G1|split; [exact G2|]].
    replace (2 ^ k / 4 / 2 ^ k) with (/ 4) by (field; lra). exact G3. }
  destruct (Nat.le_gt_cases (p + 4) (2 ^ k)) as [L|L].
  - apply (W (/ 4 * (2 ^ k - INR p + 3 / 2))).
    { apply le_INR in L. rewrite plus_INR, INR_pow2 in L.
      replace (INR 4) with 4 in L by (simpl; ring). lra. }
    destruct (separation_sharp_tight k p ltac:(lia)) as (g & G1 & G2 & _ & G3).
    exists g. split; [exact G1|split; [exact G2|]]. rewrite G3. apply Req_le. field. lra.
  - assert (D : (2 ^ k = p + 2 \/ 2 ^ k = p + 3)%nat) by lia. destruct D as [D|D].
    + assert (E : 2 ^ k = INR p + 2) by (rewrite <- INR_pow2, D, plus_INR; reflexivity).
      apply (W (793 / 1000)); [lra|]. pose proof (two_missing k K) as M.
      replace p with (p - 2 + 2)%nat by lia.
      refine (leaving_attained k (p - 2) 4 _ _ (2 ^ k - 13 / 4) (- / 8) _ _ _ M _);
        [lia|lia|rewrite minus_INR by lia; change (INR 2) with 2; lra|lra].
    + assert (E : 2 ^ k = INR p + 3) by (rewrite <- INR_pow2, D, plus_INR; simpl; ring).
      assert (K3 : (3 <= k)%nat).
      { destruct k as [|[|[|k]]]; [lia|lia|simpl in D; lia|lia]. }
      apply (W (11 / 10)); [lra|]. pose proof (three_missing k K3) as M.
      replace p with (p - 2 + 2)%nat by lia.
      refine (leaving_attained k (p - 2) 5 _ _ (2 ^ k - 13 / 3) (/ 15) _ _ _ M _);
        [lia|lia|rewrite minus_INR by lia; change (INR 2) with 2; lra|lra].
Qed.

(* The frontier, for every k and every p up to 2^k - 2: both ends, a quarter apart. *)
Theorem separation_frontier_all k p : (1 <= p)%nat -> (p + 2 <= 2 ^ k)%nat ->
  (forall g, pieces p 0 1 g ->
    apart (/ 4 * (1 - (INR p - 27 / 50) / 2 ^ k)) (sawtooth k) g) /\
  (exists g : R -> R, (forall x : R, continuous g x) /\ pieces p 0 1 g /\
    distance (sawtooth k) g <= 5 / 4 * (/ 4 * (1 - (INR p - 27 / 50) / 2 ^ k))).
Proof.
  intros H1 H2. split; [intros g; apply frontier_missed, H2|apply frontier_attained; assumption].
Qed.

(* So every network with at least two pieces too few misses the sawtooth by that. *)
Theorem separation_frontier_all_network k N :
  (product_bound (widths (hidden N)) + 2 <= 2 ^ k)%nat ->
  apart (/ 4 * (1 - (INR (product_bound (widths (hidden N))) - 27 / 50) / 2 ^ k)) (sawtooth k)
    (eval N).
Proof. intros H. apply frontier_missed; [exact H|]. apply pieces_product. lra. Qed.
