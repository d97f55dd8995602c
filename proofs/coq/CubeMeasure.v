(* The iterated integral over the cube is a probability measure on it: of functions that are
   continuous on the cube it is what Maurey.v asks for. *)
From Depthproof Require Import Definitions Integrals Cube UniversalCube UniversalContinuous.
From Depthproof Require Import ContinuousWithin Maurey.

(* What is continuous on [0,1] has an integral there. *)
Lemma on_interval_integrable h : continuous_within (in_cube 1) h -> ex_RInt (fun x => h [x]) 0 1.
Proof. intros C. set (clip := fun x => Rmax 0 (Rmin x 1)).
  assert (K : forall x y, 0 <= clip x <= 1 /\ Rabs (clip x - clip y) <= Rabs (x - y)).
  { intros x y. unfold clip, Rmax, Rmin, Rabs.
    repeat destruct Rle_dec; repeat destruct Rcase_abs; lra. }
  assert (B : forall y, in_cube 1 [clip y]).
  { intros y. split; [reflexivity|]. constructor; [apply (K y y)|constructor]. }
  apply (integrable_ext (fun x => h [clip x])); [lra| |].
  - intros x Hx. unfold clip. rewrite Rmin_left, Rmax_right by lra. reflexivity.
  - apply integrable. intros x. apply filterlim_locally. intros eps.
    destruct (C _ (B x) eps (cond_pos eps)) as (r & Pr & Hr). exists (mkposreal r Pr). intros y Hy.
    change (Rabs (y - x) < r) in Hy. change (Rabs (h [clip y] - h [clip x]) < eps).
    rewrite Rabs_minus_sym. apply Hr; [apply B|]. cbn [sum_distance]. rewrite Rplus_0_r.
    rewrite Rabs_minus_sym. pose proof (proj2 (K y x)). lra. Qed.

(* A point of the cube, and one coordinate more. *)
Lemma cube_last d v y : in_cube d v -> in_cube 1 y -> in_cube (S d) (v ++ y).
Proof. intros [L H] [M K]. split; [rewrite app_length; lia|]. apply Forall_app. split; assumption.
Qed.

(* The last coordinates fixed. *)
Lemma cube_slice d g y : in_cube 1 y -> continuous_within (in_cube (S d)) g ->
  continuous_within (in_cube d) (fun v => g (v ++ y)).
Proof. intros Hy C v Hv eps He. destruct (C _ (cube_last d v y Hv Hy) eps He) as (r & Pr & Hr).
  exists r. split; [exact Pr|]. intros u Hu D. apply Hr; [apply cube_last; assumption|].
  rewrite sum_distance_app by (destruct Hv, Hu; congruence). rewrite sum_distance_refl. lra. Qed.

(* The inner mean is continuous in them. *)
Lemma inner_mean_continuous d E g : expectation d E -> continuous_within (in_cube (S d)) g ->
  continuous_within (in_cube 1) (fun y => E (fun v => g (v ++ y))).
Proof. intros HE C y Hy eps He.
  destruct (uniformly_continuous (S d) g C (eps / 2) ltac:(lra)) as (r & Pr & Hr). exists r.
  split; [exact Pr|]. intros z Hz D. apply Rle_lt_trans with (eps / 2); [|lra].
  apply (mean_close d E HE); try (apply cube_slice; assumption).
  intros v Hv. apply Hr; try (apply cube_last; assumption).
  rewrite sum_distance_app by reflexivity. rewrite sum_distance_refl. lra. Qed.

(* A point of the interval. *)
Lemma interval_point x : 0 < x < 1 -> in_cube 1 [x].
Proof. intros H. split; [reflexivity|]. repeat constructor; lra. Qed.

(* The integral over the cube. *)
Theorem cube_expectation d : expectation d (cube_integral d).
Proof. induction d as [|d IH].
  - repeat split. intros g h _ _ L. apply L. split; [reflexivity|constructor].
  - assert (I0 : forall g, continuous_within (in_cube (S d)) g ->
      ex_RInt (fun y => cube_integral d (fun v => g (v ++ [y]))) 0 1).
    { intros g C. apply (on_interval_integrable (fun y => cube_integral d (fun v => g (v ++ y)))).
      apply (inner_mean_continuous d); assumption. }
    repeat split.
    + intros g h Cg Ch. cbn [cube_integral].
      rewrite (integral_ext _ (fun y => plus (cube_integral d (fun v => g (v ++ [y])))
        (cube_integral d (fun v => h (v ++ [y]))))); [|lra|].
      * exact (RInt_plus (V := R_CompleteNormedModule) _ _ _ _ (I0 g Cg) (I0 h Ch)).
      * intros y Hy. apply interval_point in Hy. apply (mean_plus d _ IH); apply cube_slice;
          assumption.
    + intros c g Cg. cbn [cube_integral].
      rewrite (integral_ext _ (fun y => scal c (cube_integral d (fun v => g (v ++ [y]))))); [|lra|].
      * exact (RInt_scal (V := R_CompleteNormedModule) _ _ _ c (I0 g Cg)).
      * intros y Hy. apply interval_point in Hy.
        apply (mean_scale d _ IH c (fun v => g (v ++ [y]))), cube_slice; assumption.
    + intros g h Cg Ch L. cbn [cube_integral].
      apply RInt_le; [lra|apply I0, Cg|apply I0, Ch|]. intros y Hy. apply interval_point in Hy.
      apply (mean_le d _ IH); try (apply cube_slice; assumption). intros v Hv.
      apply L, cube_last; assumption.
    + cbn [cube_integral]. rewrite (integral_ext _ (fun _ => 1)); [|lra|].
      * rewrite integral_constant. real_equation. ring.
      * intros y _. exact (mean_const d _ IH 1). Qed.
