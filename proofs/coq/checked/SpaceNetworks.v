(* Files as functions of several inputs: networks are Lipschitz, and so is the difference of two
   files, which is what a row of the checker says. *)
From Coq Require Import QArith Qreals Qabs Qround Qminmax Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear Vectors Integrals Cube FromFile.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Reading ReadingSound Graph Polygon PolygonSound
  Quantities QuantitiesSound Cells CellsLinear CellsCover CellsFacts CellsSound FileNetwork.
Import ListNotations.
Open Scope R_scope.

(* The function of a file: its first output. *)
Definition file_space (F : file) (v : list R) : R := nth 0 (file_values F v) 0.

(* ---------- networks are Lipschitz ---------- *)

(* Without the first numbers lists are no farther apart. *)
Lemma skipn_distance k : forall v w, sum_distance (skipn k v) (skipn k w) <= sum_distance v w.
Proof.
  induction k as [|k IH]; intros [|x v] [|y w]; cbn [skipn sum_distance]; try lra.
  - destruct (skipn k v); cbn [sum_distance]; lra.
  - pose proof (Rabs_pos (x - y)). specialize (IH v w). lra.
Qed.

(* Weighted sums are Lipschitz, *)
Lemma weigh_lipschitz s : exists K, 0 <= K /\ forall v w, length v = length w ->
  Rabs (weigh s v - weigh s w) <= K * sum_distance v w.
Proof.
  induction s as [|gap k s (K & K0 & IH)].
  { exists 0. split; [lra|]. intros v w _. cbn. rewrite Rminus_0_r, Rabs_R0. lra. }
  exists (Rabs (IZR k) + K). pose proof (Rabs_pos (IZR k)). split; [lra|]. intros v w L.
  cbn [weigh]. pose proof (skipn_distance gap v w) as D.
  assert (L' : length (skipn gap v) = length (skipn gap w)) by (rewrite !skipn_length, L; trivial).
  destruct (skipn gap v) as [|x v'], (skipn gap w) as [|y w']; try discriminate L'.
  { rewrite Rminus_0_r, Rabs_R0. pose proof (sum_distance_pos v w).
    apply Rmult_le_pos; lra. }
  injection L' as L'. specialize (IH v' w' L'). cbn [sum_distance] in D.
  replace (IZR k * x + weigh s v' - (IZR k * y + weigh s w'))
    with (IZR k * (x - y) + (weigh s v' - weigh s w')) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
  pose proof (Rabs_pos (x - y)). pose proof (sum_distance_pos v' w'). nra.
Qed.

(* and so are all values of networks. *)
Lemma run_lipschitz us : exists K, 0 <= K /\ forall v w, length v = length w ->
  sum_distance (run_units us v) (run_units us w) <= K * sum_distance v w.
Proof.
  induction us as [|u us (K & K0 & IH)]; [exists 1; split; [lra|]; intros; cbn; lra|].
  destruct (weigh_lipschitz (weights u)) as (W & W0 & HW).
  exists (K * (2 * W + 1)). split; [nra|]. intros v w L. cbn [run_units].
  eapply Rle_trans; [apply IH; cbn [length]; congruence|]. rewrite Rmult_assoc.
  apply Rmult_le_compat_l; [exact K0|]. cbn [sum_distance].
  assert (Z : Rabs (pre u v - pre u w) <= W * sum_distance v w).
  { unfold pre. replace (IZR (bias u) + weigh (weights u) v - (IZR (bias u) + weigh (weights u) w))
      with (weigh (weights u) v - weigh (weights u) w) by ring. apply HW, L. }
  pose proof (relu_lipschitz (pre u v) (pre u w)). lra.
Qed.

(* Turned round, lists are as far apart. *)
Lemma distance_turned v : forall w, length v = length w ->
  sum_distance (rev v) (rev w) = sum_distance v w.
Proof.
  induction v as [|x v IH]; intros [|y w] L; try discriminate L; [reflexivity|].
  injection L as L. cbn [rev]. rewrite sum_distance_app by (rewrite !rev_length; exact L).
  rewrite IH by exact L. cbn. ring.
Qed.

(* ---------- the difference of two files ---------- *)

Section Difference.
Variables (F G : file) (n : nat) (outs : list (list poly)) (H : graph) (e : poly) (w : row).
Hypotheses (graph_is : graph_of n [F; G] = Some (outs, H))
  (difference_is : difference outs = Some e) (row_is : row_of (graph_size H) e = Some w).
Notation gap := (fun v => file_space F v - file_space G v).
Notation unit := (IZR (Zpos (under w))).

(* It is what the row says, *)
Lemma space_row v : length v = n ->
  gap v = (IZR (own w) + weigh (of_values w) (values H v)) / unit.
Proof using graph_is difference_is row_is.
  intros L. destruct (graph_of_correct n [F; G] outs H v graph_is L) as (I2 & _ & O).
  rewrite <- (row_of_correct (valued (values H v)) (graph_size H) e w (values H v) row_is).
  - revert difference_is. destruct outs as [|[|p ps] [|[|q qs] [|]]]; intros E; try discriminate E.
    injection E as <-. inversion O as [|? ? ? ? V O']; subst. inversion O' as [|? ? ? ? W _]; subst.
    unfold have in V, W. unfold file_space. rewrite <- V, <- W, subtract_value. reflexivity.
  - unfold values, graph_size. rewrite run_length, rev_length, I2, L. reflexivity.
  - reflexivity.
Qed.

(* and Lipschitz. *)
Lemma space_lipschitz : exists C, lipschitz C n (fun v => Rabs (gap v)).
Proof using graph_is difference_is row_is.
  destruct (weigh_lipschitz (of_values w)) as (W & W0 & HW).
  destruct (run_lipschitz (units H)) as (K & K0 & HK).
  assert (U : 0 < / unit) by (apply Rinv_0_lt_compat, (IZR_lt 0); reflexivity).
  exists (/ unit * (W * K)). intros u u' Hu Hu'. eapply Rle_trans; [apply Rabs_triang_inv2|].
  rewrite !space_row by assumption. set (v := values H u). set (v' := values H u').
  replace ((IZR (own w) + weigh (of_values w) v) / unit
    - (IZR (own w) + weigh (of_values w) v') / unit)
    with (/ unit * (weigh (of_values w) v - weigh (of_values w) v')) by (unfold Rdiv; ring).
  rewrite Rabs_mult, (Rabs_pos_eq (/ unit)) by lra. rewrite Rmult_assoc.
  apply Rmult_le_compat_l; [lra|]. rewrite Rmult_assoc.
  eapply Rle_trans; [apply HW; unfold v, v', values; rewrite !run_length, !rev_length; congruence|].
  apply Rmult_le_compat_l; [exact W0|]. unfold v, v', values.
  eapply Rle_trans; [apply HK; rewrite !rev_length; congruence|].
  apply Rmult_le_compat_l; [exact K0|]. rewrite distance_turned by congruence. lra.
Qed.
End Difference.
