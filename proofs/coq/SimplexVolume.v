(* The integral of a bump on a simplex, in any dimension: its barycentric coordinates become the
   variables one after the other (Gauss and Jordan), and the integral is divided by the pivots. *)
From Coq Require Import QArith Qreals Qabs.
From Depthproof Require Import Definitions Vectors Integrals Cube CubeMoved Dimension SimplexBump.
From Coq Require Import List Permutation.
Import ListNotations.
Open Scope R_scope.

(* ---------- rows: affine expressions ---------- *)

(* A constant, and coefficients. *)
Definition arow : Type := R * list R.
(* The value at a point. *)
Definition row_value (v : list R) (r : arow) : R := fst r + dot (snd r) v.
(* Coefficients less k times others. *)
Fixpoint less_times (k : R) (w u : list R) : list R :=
  match w, u with a :: w', b :: u' => (a - k * b) :: less_times k w' u' | _, _ => [] end.
(* A row when the pivot's value, as the last variable, takes the place of the first variable. *)
Definition reduced (p r : arow) : arow :=
  let k := hd 0 (snd r) / hd 0 (snd p) in
  (fst r - k * fst p, less_times k (tl (snd r)) (tl (snd p)) ++ [k]).

(* Linear combinations of coefficients are those of values. *)
Lemma dot_less k w : forall u v, length w = length u ->
  dot (less_times k w u) v = dot w v - k * dot u v.
Proof.
  induction w as [|a w IH]; intros [|b u] v L; try discriminate L; [cbn; ring|].
  injection L as L. destruct v as [|x v]; cbn [less_times dot]; [ring|].
  rewrite IH by exact L. ring.
Qed.

(* They have as many coefficients. *)
Lemma less_length k w : forall u, length w = length u -> length (less_times k w u) = length w.
Proof.
  induction w as [|a w IH]; intros [|b u] L; try discriminate L; [reflexivity|]. cbn in *. auto.
Qed.

(* A product with one number more. *)
Lemma dot_last w k v y : length w = length v -> dot (w ++ [k]) (v ++ [y]) = dot w v + k * y.
Proof. intros L. rewrite dot_blocks by exact L. cbn [dot]. ring. Qed.

(* A reduced row has the same value. *)
Lemma reduced_value d p r x v : length (snd p) = S d -> length (snd r) = S d -> length v = d ->
  hd 0 (snd p) <> 0 -> row_value (v ++ [row_value (x :: v) p]) (reduced p r) = row_value (x :: v) r.
Proof.
  destruct p as (c, [|a w]), r as (e, [|b u]); try discriminate. cbn [snd length hd tl reduced fst].
  intros L M V A. injection L as L. injection M as M. unfold row_value, reduced. cbv zeta.
  cbn [fst snd hd tl].
  rewrite dot_last by (rewrite less_length; congruence). rewrite dot_less by congruence.
  cbn [dot]. field. exact A.
Qed.

(* A row is affine in the first variable. *)
Lemma affine_value d p x r : length (snd p) = S d ->
  row_value (x :: r) p = hd 0 (snd p) * x + (fst p + dot (tl (snd p)) r).
Proof.
  destruct p as (c, [|a u]); [discriminate|]. intros _. unfold row_value.
  cbn [fst snd hd tl dot]. ring.
Qed.

(* The pivot itself becomes the new variable. *)
Lemma reduced_pivot d p v y : length (snd p) = S d -> length v = d -> hd 0 (snd p) <> 0 ->
  row_value (v ++ [y]) (reduced p p) = y.
Proof.
  intros L V A. set (x := (y - (fst p + dot (tl (snd p)) v)) / hd 0 (snd p)).
  assert (E : row_value (x :: v) p = y)
    by (rewrite (affine_value d) by exact L; unfold x; field; exact A).
  rewrite <- E at 1. rewrite (reduced_value d) by assumption. exact E.
Qed.

(* Values of rows are Lipschitz. *)
Lemma rows_distance rows v u : length v = length u ->
  sum_distance (map (row_value v) rows) (map (row_value u) rows) <=
  fold_right (fun r s => weight_sum (snd r) + s) 0 rows * sum_distance v u.
Proof.
  intros L. induction rows as [|r rows IH]; cbn [map sum_distance fold_right];
    [pose proof (sum_distance_pos v u); lra|].
  unfold row_value at 1 2. replace (fst r + dot (snd r) v - (fst r + dot (snd r) u))
    with (dot (snd r) v - dot (snd r) u) by ring.
  pose proof (dot_lipschitz (snd r) v u L). lra.
Qed.

Section Width.
Variable w : R.
Hypothesis Hw : 0 < w <= 1.

(* The bump of the rows' values. *)
Definition row_bump (rows : list arow) (v : list R) : R := bump w 1 (map (row_value v) rows).

(* It is Lipschitz, *)
Lemma row_bump_lipschitz rows : exists C, forall d, lipschitz C d (row_bump rows).
Proof using Hw.
  exists ((2 / w + 2) * fold_right (fun r s => weight_sum (snd r) + s) 0 rows).
  intros d v u Hv Hu. unfold row_bump.
  eapply Rle_trans; [apply (bump_lipschitz w Hw); [rewrite !map_length; reflexivity|lra|lra]|].
  rewrite Rminus_diag_eq, Rabs_R0, Rplus_0_l, Rmult_assoc by reflexivity.
  assert (0 < 2 / w) by (apply Rdiv_lt_0_compat; lra).
  apply Rmult_le_compat_l; [lra|]. apply rows_distance. congruence.
Qed.

(* and may be 0 outside of the cube. *)
Definition vanishes (d : nat) (rows : list arow) : Prop := forall v, length v = d ->
  row_bump rows v <> 0 -> Forall (fun x => 0 <= x <= 1) v.

(* One step, with a pivot p: its value becomes the last variable in place of the first. *)
Section Step.
Variables (d : nat) (p : arow) (rows : list arow).
Hypotheses (Hp : In p rows) (Hl : Forall (fun r => length (snd r) = S d) rows)
  (Ha : hd 0 (snd p) <> 0) (Hv : vanishes (S d) rows).
Notation pivot := (hd 0 (snd p)).
Notation rest_of r := (fst p + dot (tl (snd p)) r).
Notation after := (row_bump (map (reduced p) rows)).

(* The bump after the step, with the new variable first. *)
Definition turned (v : list R) : R := match v with y :: r => after (r ++ [y]) | [] => 0 end.

(* The pivot has the right length. *)
Lemma pivot_length : length (snd p) = S d.
Proof using Hp Hl. rewrite Forall_forall in Hl. apply Hl, Hp. Qed.

(* At the pivot's value it is the bump before the step. *)
Lemma turned_before x r : length r = d ->
  turned (pivot * x + rest_of r :: r) = row_bump rows (x :: r).
Proof using Hp Hl Ha.
  intros Hr. pose proof pivot_length as L. rewrite <- (affine_value d) by exact L.
  unfold turned, row_bump. rewrite map_map. f_equal. apply map_ext_in. intros q Hq.
  rewrite Forall_forall in Hl. apply (reduced_value d); auto.
Qed.

(* It is 0 unless the new variable is between 0 and 1. *)
Lemma turned_inside y r : length r = d -> turned (y :: r) <> 0 -> 0 <= y <= 1.
Proof using Hw Hp Hl Ha.
  intros Hr N. unfold turned, row_bump in N. apply (bump_somewhere w Hw) in N; [|lra].
  destruct N as (_ & N & _). rewrite Forall_forall in N. apply (N y). rewrite map_map.
  apply in_map_iff. exists p. split; [|exact Hp].
  apply (reduced_pivot d); [exact pivot_length|exact Hr|exact Ha].
Qed.

(* It is Lipschitz. *)
Lemma turned_lipschitz : exists C, lipschitz C (S d) turned.
Proof using Hw.
  destruct (row_bump_lipschitz (map (reduced p) rows)) as (C & Lip). exists C.
  intros [|x v] [|y u] Lv Lu; try discriminate. unfold turned. injection Lv as Lv.
  injection Lu as Lu. eapply Rle_trans; [apply (Lip (S d)); rewrite app_length; cbn; lia|].
  rewrite sum_distance_app by congruence. cbn. right. ring.
Qed.

(* The bump after the step is 0 outside of the cube too. *)
Lemma reduced_vanishes : vanishes (S d) (map (reduced p) rows).
Proof using Hw Hp Hl Ha Hv.
  intros v Lv N. destruct (exists_last (l := v) ltac:(intros ->; discriminate)) as (r & y & ->).
  rewrite app_length in Lv. cbn in Lv. assert (Hr : length r = d) by lia.
  change (turned (y :: r) <> 0) in N. pose proof (turned_inside y r Hr N) as Y.
  assert (G : row_bump rows ((y - rest_of r) / pivot :: r) <> 0).
  { rewrite <- turned_before by exact Hr.
    replace (pivot * ((y - rest_of r) / pivot) + rest_of r) with y by (field; exact Ha). exact N. }
  apply Hv in G; [|cbn; congruence]. inversion G; subst. apply Forall_app.
  split; [assumption|]. constructor; [exact Y|constructor].
Qed.

(* So the integral is divided by the pivot. *)
Theorem reduced_integral : vanishes (S d) (map (reduced p) rows) /\
  cube_integral (S d) (row_bump rows) =
    / Rabs (hd 0 (snd p)) * cube_integral (S d) (row_bump (map (reduced p) rows)).
Proof using Hw Hp Hl Ha Hv.
  split; [exact reduced_vanishes|]. destruct turned_lipschitz as (C & Lip).
  rewrite (cube_turned d C turned after Lip) by reflexivity.
  apply (cube_factor d C _ _ _ Lip). intros r Hr.
  rewrite (integral_ext _ (fun x => turned (pivot * x + rest_of r :: r))).
  - apply moved_integral with (g := fun y => turned (y :: r)).
    + intros y. apply (lipschitz_continuous C). intros y' z.
      apply (lipschitz_first_shift C d turned y' z Lip r Hr).
    + exact Ha.
    + intros y N. apply (turned_inside y r Hr N).
    + intros x N. rewrite turned_before in N by exact Hr. apply Hv in N; [|cbn; congruence].
      inversion N; subst. assumption.
  - lra.
  - intros x _. symmetry. apply turned_before, Hr.
Qed.
End Step.
End Width.
