(* The integral of a bump on a simplex, in any dimension: its barycentric coordinates become the
   variables one after the other (Gauss and Jordan), and the integral is divided by the pivots. *)
From Coq Require Import QArith Qreals Qabs.
From Depthproof Require Import Definitions Vectors Integrals Cube CubeMoved Dimension SimplexBump.
From Coq Require Import List Permutation.
Import ListNotations.
Open Scope R_scope.

(* ---------- rows: affine expressions ---------- *)

Definition arow : Type := R * list R.
Definition row_value (v : list R) (r : arow) : R := fst r + dot (snd r) v.
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
  injection L as L. destruct v as [|x v]; cbn [less_times dot]; [ring|]. rewrite IH by exact L. ring.
Qed.

(* They have as many coefficients. *)
Lemma less_length k w : forall u, length w = length u -> length (less_times k w u) = length w.
Proof.
  induction w as [|a w IH]; intros [|b u] L; try discriminate L; [reflexivity|]. cbn in *. auto.
Qed.

(* A product with one number more. *)
Lemma dot_last w k v y : length w = length v -> dot (w ++ [k]) (v ++ [y]) = dot w v + k * y.
Proof.
  revert v. induction w as [|a w IH]; intros [|x v] L; try discriminate L; cbn [app dot]; [ring|].
  rewrite IH by (cbn in L; congruence). ring.
Qed.

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

(* The pivot itself becomes the new variable. *)
Lemma reduced_pivot d p v y : length (snd p) = S d -> length v = d -> hd 0 (snd p) <> 0 ->
  row_value (v ++ [y]) (reduced p p) = y.
Proof.
  intros L V A. set (x := (y - (fst p + dot (tl (snd p)) v)) / hd 0 (snd p)).
  assert (E : row_value (x :: v) p = y).
  { unfold row_value, x. destruct p as (c, [|a w]); [discriminate|]. cbn [fst snd hd tl dot] in *.
    field. exact A. }
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

Lemma row_bump_lipschitz rows : exists C, forall d, lipschitz C d (row_bump rows).
Proof using Hw.
  exists ((2 / w + 2) * fold_right (fun r s => weight_sum (snd r) + s) 0 rows).
  intros d v u Hv Hu. unfold row_bump.
  eapply Rle_trans; [apply (bump_lipschitz w Hw); [rewrite !map_length; reflexivity|lra|lra]|].
  rewrite Rminus_diag_eq, Rabs_R0, Rplus_0_l, Rmult_assoc by reflexivity.
  assert (0 < 2 / w) by (apply Rdiv_lt_0_compat; lra).
  apply Rmult_le_compat_l; [lra|]. apply rows_distance. congruence.
Qed.

(* It is 0 outside of the cube. *)
Definition vanishes (d : nat) (rows : list arow) : Prop := forall v, length v = d ->
  row_bump rows v <> 0 -> Forall (fun x => 0 <= x <= 1) v.

(* One step. *)
Theorem reduced_integral d p rows : In p rows -> Forall (fun r => length (snd r) = S d) rows ->
  hd 0 (snd p) <> 0 -> vanishes (S d) rows ->
  vanishes (S d) (map (reduced p) rows) /\
  cube_integral (S d) (row_bump rows) =
    / Rabs (hd 0 (snd p)) * cube_integral (S d) (row_bump (map (reduced p) rows)).
Proof using Hw.
  intros Hp F A V. rewrite Forall_forall in F. pose proof (F p Hp) as Lp.
  set (H' := row_bump (map (reduced p) rows)).
  set (H := fun v => match v with y :: r => H' (r ++ [y]) | [] => 0 end).
  set (a := hd 0 (snd p)) in *.
  assert (Same : forall x r, length r = d -> H (row_value (x :: r) p :: r) = row_bump rows (x :: r)).
  { intros x r Hr. unfold H, H', row_bump. rewrite map_map. f_equal. apply map_ext_in.
    intros q Hq. apply (reduced_value d); auto. }
  assert (Inside : forall y r, length r = d -> H' (r ++ [y]) <> 0 -> 0 <= y <= 1).
  { intros y r Hr N. apply (bump_somewhere w Hw) in N; [|lra]. destruct N as (_ & N & _).
    rewrite Forall_forall in N. apply (N y). rewrite map_map. apply in_map_iff. exists p.
    split; [apply (reduced_pivot d); assumption|exact Hp]. }
  assert (Back : forall y r, exists x, row_value (x :: r) p = y).
  { intros y r. exists ((y - (fst p + dot (tl (snd p)) r)) / a). unfold row_value, a in *.
    destruct p as (c, [|b u]); [discriminate|]. cbn [fst snd hd tl dot] in *. field. exact A. }
  destruct (row_bump_lipschitz (map (reduced p) rows)) as (C & Lip). fold H' in Lip.
  assert (LipH : lipschitz C (S d) H).
  { intros [|x v] [|y u] Hv Hu; try discriminate. unfold H. injection Hv as Hv. injection Hu as Hu.
    eapply Rle_trans; [apply (Lip (S d)); rewrite app_length; cbn; lia|].
    rewrite sum_distance_app by congruence. cbn. right. ring. }
  split.
  - intros v Hv N. destruct (exists_last (l := v) ltac:(intros ->; discriminate)) as (r & y & ->).
    rewrite app_length in Hv. cbn in Hv. assert (Hr : length r = d) by lia.
    destruct (Back y r) as (x & Ex). fold H' in N. pose proof (Inside y r Hr N) as Y.
    assert (G : row_bump rows (x :: r) <> 0) by (rewrite <- Same, Ex by exact Hr; exact N).
    apply V in G; [|cbn; congruence]. inversion G; subst. apply Forall_app. split; [assumption|].
    constructor; [exact Y|constructor].
  - rewrite (cube_turned d C H H' LipH) by reflexivity.
    apply (cube_factor d C _ _ _ LipH). intros r Hr.
    rewrite (integral_ext _ (fun x => H ((a * x + (fst p + dot (tl (snd p)) r)) :: r))).
    + apply moved_integral with (g := fun y => H (y :: r)).
      * intros y. apply (lipschitz_continuous C). intros y' z.
        apply (lipschitz_first_shift C d H y' z LipH r Hr).
      * exact A.
      * intros y N. apply (Inside y r Hr N).
      * intros x N. replace (a * x + (fst p + dot (tl (snd p)) r)) with (row_value (x :: r) p) in N.
        -- rewrite Same in N by exact Hr. apply V in N; [|cbn; congruence].
           inversion N; subst. assumption.
        -- unfold row_value, a. destruct p as (c, [|b u]); [discriminate|]. cbn. ring.
    + lra.
    + intros x _. rewrite <- Same by exact Hr. f_equal. f_equal. unfold row_value, a.
      destruct p as (c, [|b u]); [discriminate|]. cbn. ring.
Qed.
End Width.
