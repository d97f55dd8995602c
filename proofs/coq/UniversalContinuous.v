(* "Thm 1. Neural networks can approximate any continuous function": on [0,1]^d, by deep ReLU
   networks.  A continuous function on the cube is uniformly continuous and bounded, so it misses a
   Lipschitz function by little. *)
From Depthproof Require Import Definitions PiecewiseLinear Integrals Cube Compose UniversalCube.

(* Continuous at each point of the cube. *)
Definition continuous_on_cube (d : nat) (f : list R -> R) : Prop := forall v, in_cube d v ->
  forall eps, 0 < eps -> exists delta, 0 < delta /\ forall w, in_cube d w ->
  sum_distance v w < delta -> Rabs (f v - f w) < eps.

(* ---------- points as lists and as tuples, for the compactness of Coquelicot ---------- *)

Fixpoint tuple (d : nat) (v : list R) : Tn d R :=
  match d with O => tt | S d' => (hd 0 v, tuple d' (tl v)) end.

Fixpoint listing (d : nat) : Tn d R -> list R :=
  match d with O => fun _ => [] | S d' => fun t => fst t :: listing d' (snd t) end.

(* There and back. *)
Lemma listing_tuple v : listing (length v) (tuple (length v) v) = v.
Proof. induction v; simpl; [reflexivity|]. rewrite IHv. reflexivity. Qed.

(* The cube as a box of tuples. *)
Definition corner (d : nat) (c : R) : Tn d R := tuple d (repeat c d).

(* Its points are those of the cube. *)
Lemma box_in_cube d : forall t, bounded_n d (corner d 0) (corner d 1) t -> in_cube d (listing d t).
Proof. induction d as [|d IH]; intros t H; [split; [reflexivity|constructor]|]. destruct t as [x t].
  cbn in H. destruct H as [Hx H]. destruct (IH t H) as [A B]. split; [cbn; congruence|].
  constructor; assumption. Qed.

(* And conversely. *)
Lemma cube_in_box d v : in_cube d v -> bounded_n d (corner d 0) (corner d 1) (tuple d v).
Proof. intros [<- H]. induction H; cbn; [exact I|]. split; assumption. Qed.

(* Close tuples are close points. *)
Lemma close_distance d v e t : length v = d -> close_n d e (tuple d v) t ->
  sum_distance v (listing d t) <= INR d * e.
Proof. intros <-. revert t. induction v as [|x v IH]; intros t H; [simpl; lra|].
  destruct t as [y t]. cbn in H. destruct H as [Hx H]. specialize (IH t H).
  cbn [sum_distance length listing fst snd]. rewrite S_INR. lra. Qed.

(* The triangle inequality. *)
Lemma sum_distance_triangle u : forall v w, length u = length v -> length v = length w ->
  sum_distance u w <= sum_distance u v + sum_distance v w.
Proof. induction u as [|a u IH]; intros [|b v] [|c w] H K; try discriminate; [simpl; lra|].
  simpl in *. pose proof (IH v w ltac:(congruence) ltac:(congruence)).
  pose proof (Rabs_triang (a - b) (b - c)). replace (a - b + (b - c)) with (a - c) in * by ring.
  lra. Qed.

(* ---------- uniform continuity ---------- *)

Section Uniform.
Variables (d : nat) (f : list R -> R).
Hypothesis f_continuous : continuous_on_cube d f.

(* A radius that works at v: the largest that is at most 1, so that nothing has to be chosen. *)
Definition works (eps : R) (v : list R) (r : R) : Prop :=
  0 <= r <= 1 /\ forall w, in_cube d w -> sum_distance v w < r -> Rabs (f v - f w) < eps.

Definition radius (eps : R) (v : list R) : R := real (Lub_Rbar (works eps v)).

(* It is positive, and it works. *)
Lemma radius_works eps v : 0 < eps -> in_cube d v -> 0 < radius eps v /\
  forall w, in_cube d w -> sum_distance v w < radius eps v -> Rabs (f v - f w) < eps.
Proof. intros He Hv. destruct (f_continuous v Hv eps He) as (r & Hr & Wr). unfold radius.
  pose proof (Lub_Rbar_correct (works eps v)) as [U L]. assert (W : works eps v (Rmin r 1)).
  { split; [split; [apply Rmin_glb; lra|apply Rmin_r]|]. intros w Hw D. apply Wr; [assumption|].
    pose proof (Rmin_l r 1). lra. }
  assert (P : 0 < Rmin r 1) by (apply Rmin_glb_lt; lra). pose proof (U _ W) as A.
  assert (B : Rbar_le (Lub_Rbar (works eps v)) 1) by (apply L; intros s [Hs _]; simpl; lra).
  destruct (Lub_Rbar (works eps v)) as [s| |] eqn:E; try (exfalso; assumption). simpl in A, B |- *.
  split; [lra|]. intros w Hw D. apply Rnot_le_lt. intro F.
  assert (C : Rbar_le s (sum_distance v w)); [|simpl in C; lra]. apply L. intros s' [_ Hs']. simpl.
  apply Rnot_lt_le. intro G. specialize (Hs' w Hw G). lra. Qed.

(* The same, for tuples, as compactness asks for it. *)
Definition tuple_radius (eps : R) (t : Tn d R) : posreal :=
  match Rlt_dec 0 (radius eps (listing d t) / (2 * (INR d + 1))) with
  | left H => mkposreal _ H
  | right _ => mkposreal 1 Rlt_0_1
  end.

(* f is uniformly continuous. *)
Theorem uniformly_continuous eps : 0 < eps -> exists delta, 0 < delta /\
  forall v w, in_cube d v -> in_cube d w -> sum_distance v w < delta -> Rabs (f v - f w) <= eps.
Proof. intros He.
  destruct (compactness_value d (corner d 0) (corner d 1) (tuple_radius (eps / 2))) as [delta H].
  exists (pos delta). split; [apply cond_pos|]. intros v w Hv Hw D.
  destruct (Rle_dec (Rabs (f v - f w)) eps) as [L|L]; [assumption|exfalso].
  refine (H (tuple d v) (cube_in_box d v Hv) _). clear H. intros (t & Ht & Ct & Dt). apply L.
  clear L. pose proof (box_in_cube d t Ht) as Hc.
  destruct (radius_works (eps / 2) _ ltac:(lra) Hc) as [P W]. pose proof (pos_INR d) as Pd.
  unfold tuple_radius in Ct, Dt. set (r := radius (eps / 2) (listing d t)) in *.
  assert (Q : 0 < r / (2 * (INR d + 1))) by (apply Rdiv_lt_0_compat; lra).
  destruct (Rlt_dec 0 (r / (2 * (INR d + 1)))) as [q|]; [|contradiction]. simpl in Ct, Dt.
  set (s := r / (2 * (INR d + 1))) in *.
  assert (S : r = 2 * (INR d + 1) * s) by (unfold s; field; lra).
  pose proof (close_distance d v s t (proj1 Hv) Ct) as E.
  pose proof (W v Hv ltac:(rewrite sum_distance_sym; nra)) as A.
  assert (B : sum_distance (listing d t) w < r).
  { pose proof (sum_distance_triangle (listing d t) v w) as T.
    pose proof (proj1 Hc); pose proof (proj1 Hv); pose proof (proj1 Hw).
    rewrite (sum_distance_sym (listing d t) v) in T.
    specialize (T ltac:(congruence) ltac:(congruence)). nra. }
  pose proof (W w Hw B) as A'. apply Rabs_def2 in A, A'. apply Rabs_le. lra. Qed.

(* f is bounded. *)
Theorem continuous_bounded : exists M, 0 <= M /\ forall v, in_cube d v -> Rabs (f v) <= M.
Proof. destruct (uniformly_continuous 1 Rlt_0_1) as (delta & Hd & U).
  destruct (least_power (INR d / delta)) as (k & K & _).
  assert (F : forall l, exists M, 0 <= M /\ forall z, In z l ->
    Rabs (f (point (midpoints k) z)) <= M).
  { induction l as [|z l (M & HM & IH)]; [exists 0; split; [lra|intros z []]|].
    exists (Rmax M (Rabs (f (point (midpoints k) z)))).
    pose proof (Rmax_l M (Rabs (f (point (midpoints k) z)))).
    pose proof (Rmax_r M (Rabs (f (point (midpoints k) z)))). split; [lra|].
    intros z' [<-|Hz]; [lra|]. specialize (IH z' Hz). lra. }
  destruct (F (grid (midpoints k) d)) as (M & HM & HF). exists (M + 1). split; [lra|]. intros v Hv.
  destruct (grid_near k d v Hv) as (z & Hz & Cz & Dz). specialize (HF z Hz).
  assert (D : sum_distance v (point (midpoints k) z) < delta).
  { assert (0 < 2 ^ k) by (apply pow_lt; lra). eapply Rle_lt_trans; [exact Dz|].
    rewrite pow_add, pow_1. apply Rmult_lt_reg_r with (2 ^ k * 2); [lra|]. unfold Rdiv at 1.
    rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    assert (INR d = INR d / delta * delta) by (field; lra). nra. }
  specialize (U v _ Hv Cz D).
  pose proof (Rabs_triang (f v - f (point (midpoints k) z)) (f (point (midpoints k) z))) as T.
  replace (f v - f (point (midpoints k) z) + f (point (midpoints k) z)) with (f v) in T by ring.
  lra. Qed.

(* So it misses some Lipschitz constant by as little as one likes. *)
Theorem continuous_almost_lipschitz eps : 0 < eps -> exists C, 0 <= C /\ almost_lipschitz eps C d f.
Proof. intros He. destruct (uniformly_continuous eps He) as (delta & Hd & U).
  destruct continuous_bounded as (M & HM & B). exists (2 * M / delta).
  assert (HC : 0 <= 2 * M / delta) by (apply Rdiv_le_0_compat; lra). split; [assumption|].
  intros v w Hv Hw. pose proof (sum_distance_pos v w) as P.
  destruct (Rlt_dec (sum_distance v w) delta) as [L|L].
  - specialize (U v w Hv Hw L). pose proof (Rle_abs (f v - f w)). nra.
  - pose proof (B v Hv) as Bv. pose proof (B w Hw) as Bw. apply Rabs_le_between in Bv, Bw.
    assert (2 * M <= 2 * M / delta * sum_distance v w); [|lra].
    replace (2 * M) with (2 * M / delta * delta) at 1 by (field; lra).
    apply Rmult_le_compat_l; lra. Qed.

(* Every continuous function on the cube is approximated by a ReLU network, of any precision. *)
Theorem approximation_continuous eps : 0 < eps ->
  exists N, forall v, in_cube d v -> Rabs (f v - network_value Layered relu N v) <= eps.
Proof. intros He. destruct (continuous_almost_lipschitz (eps / 2) ltac:(lra)) as (C & HC & A).
  destruct (least_power (C * INR d / eps)) as (k & K & _).
  destruct (approximation_cones (eps / 2) C d k f HC A) as (N & _ & _ & E). exists N. intros v Hv.
  eapply Rle_trans; [apply E, Hv|]. assert (0 < 2 ^ k) by (apply pow_lt; lra).
  rewrite pow_add, pow_1. apply Rmult_le_reg_r with (2 * 2 ^ k); [lra|].
  replace ((eps / 2 + C * INR d / (2 ^ k * 2)) * (2 * 2 ^ k)) with (eps * 2 ^ k + C * INR d)
    by (field; lra).
  assert (C * INR d = C * INR d / eps * eps) by (field; lra). nra. Qed.

End Uniform.
