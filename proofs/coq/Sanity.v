(* The hypotheses of the main theorems can be met: so that they are not vacuous. *)
From Depthproof Require Import Definitions PiecewiseLinear UniversalCube UniversalContinuous.
From Depthproof Require Import Sigmoidal Interpolation Yarotsky.

(* A constant is smooth on the cube, for every r and d. *)
Lemma constant_smooth r d : (0 < r)%nat -> smooth_on_cube r d (fun _ => / 2).
Proof. intros Hr. split; [intros v _; rewrite Rabs_right; lra|]. intros u w _ _ _. split.
  - intros t k _ _. apply ex_derive_n_const.
  - intros t _. destruct r; [lia|]. rewrite Derive_n_const, Rabs_R0. lra. Qed.

(* So is the first coordinate. *)
Lemma coordinate_smooth d : smooth_on_cube 1 (S d) (fun v => nth 0 v 0).
Proof. split.
  - intros v [L H]. destruct v as [|x v]; [discriminate|]. inversion H; subst. simpl.
    rewrite Rabs_right; lra.
  - intros u w _ _ _. destruct u as [|x u]; simpl; split.
    + intros t k _ Hk. destruct k as [|[|k]]; [exact I|apply ex_derive_id|lia].
    + intros t _. simpl. rewrite Derive_id, Rabs_R1. lra.
    + intros t k _ _. apply ex_derive_n_const.
    + intros t _. simpl. rewrite Derive_const, Rabs_R0. lra. Qed.

(* The coordinates are Lipschitz, so continuous on the cube. *)
Lemma coordinate_continuous d : continuous_on_cube (S d) (fun v => nth 0 v 0).
Proof. apply (lipschitz_continuous_on_cube 1); [lra|].
  intros [|x v] [|y w] [Lv _] [Lw _]; try discriminate. simpl.
  pose proof (Cube.sum_distance_pos v w). lra. Qed.
