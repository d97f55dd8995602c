(* "Recap", (1), in the slides' own form: a 3-layer network (two hidden layers) with N^d + 4 d N
   units approximates a Lipschitz function within C d / (2 N) at every point of the cube but those
   within tau of the walls of the N^d cells, tau as small as one likes.  (So it does in the mean; at
   every point it is UniversalCube.v that does, with more layers.) *)
From Depthproof Require Import Lists Definitions PiecewiseLinear Vectors Sums Integrals Cube Compose
  UniversalCube.

Section Cells.
Variables (N : nat) (tau : R).
Hypothesis N_positive : (0 < N)%nat.
Hypothesis tau_positive : 0 < tau.
Hypothesis tau_small : 2 * tau * INR N <= 1.

(* A trapezoid on [a, b]: 0 outside, 1 at distance tau from the ends. *)
Definition trap (a b x : R) : R := (relu (x - a) - relu (x - (a + tau)) - relu (x - (b - tau)) +
  relu (x - b)) / tau.

(* It is 1 off the ends. *)
Lemma trap_one a b x : a + tau <= x <= b - tau -> trap a b x = 1.
Proof. intros H. unfold trap. rewrite (relu_pos (x - a)), (relu_pos (x - (a + tau))),
    (relu_neg (x - (b - tau))), (relu_neg (x - b)) by lra.
  field. lra. Qed.

(* It is 0 outside. *)
Lemma trap_zero a b x : a + 2 * tau <= b -> x <= a \/ b <= x -> trap a b x = 0.
Proof. intros W [H|H]; unfold trap.
  - rewrite (relu_neg (x - a)), (relu_neg (x - (a + tau))), (relu_neg (x - (b - tau))),
      (relu_neg (x - b)) by lra.
    field. lra.
  - rewrite (relu_pos (x - a)), (relu_pos (x - (a + tau))), (relu_pos (x - (b - tau))),
      (relu_pos (x - b)) by lra.
    field. lra. Qed.

(* It is between 0 and 1. *)
Lemma trap_range a b x : a + 2 * tau <= b -> 0 <= trap a b x <= 1.
Proof. intros W. destruct (Rle_dec x a); [rewrite trap_zero by tauto; lra|].
  destruct (Rle_dec b x); [rewrite trap_zero by tauto; lra|].
  enough (Q : 0 <= trap a b x * tau <= tau) by (split; nra). unfold trap, Rdiv.
  rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  rewrite (relu_pos (x - a)), (relu_neg (x - b)) by lra.
  destruct (Rle_dec x (a + tau)); [rewrite (relu_neg (x - (a + tau)))
    by lra|rewrite (relu_pos (x - (a + tau))) by lra];
    (destruct (Rle_dec x (b - tau)); [rewrite (relu_neg (x - (b - tau)))
    by lra|rewrite (relu_pos (x - (b - tau))) by lra]); lra.
Qed.

(* That of cell i. *)
Definition trapezoid (i : nat) (x : R) : R := trap (INR i / INR N) ((INR i + 1) / INR N) x.

(* x lies in cell i, off its ends. *)
Definition well_inside (i : nat) (x : R) : Prop :=
  INR i / INR N + tau <= x <= (INR i + 1) / INR N - tau.

(* A cell is wide enough. *)
Lemma cell_width i : INR i / INR N + 2 * tau <= (INR i + 1) / INR N.
Proof. assert (P : 0 < INR N) by (apply lt_0_INR; assumption).
  replace ((INR i + 1) / INR N) with (INR i / INR N + / INR N) by (field; lra).
  apply Rplus_le_compat_l. apply Rmult_le_reg_r with (INR N); [assumption|]. rewrite Rinv_l by lra.
  exact tau_small. Qed.

(* The trapezoid of a cell is 1 well inside it, *)
Lemma trapezoid_one i x : well_inside i x -> trapezoid i x = 1. Proof. apply trap_one. Qed.

(* 0 outside, *)
Lemma trapezoid_zero i x : x <= INR i / INR N \/ (INR i + 1) / INR N <= x -> trapezoid i x = 0.
Proof. apply trap_zero, cell_width. Qed.

(* and between 0 and 1. *)
Lemma trapezoid_range i x : 0 <= trapezoid i x <= 1. Proof. apply trap_range, cell_width. Qed.

(* ---------- the network ---------- *)

(* Four units for each cell of one coordinate. *)
Definition wall_units : list node := flat_map (fun i => [([1], - (INR i / INR N));
  ([1], - (INR i / INR N + tau)); ([1], - ((INR i + 1) / INR N - tau));
  ([1], - ((INR i + 1) / INR N))]) (seq 0 N).

(* Their values. *)
Definition wall_values (x : R) : list R :=
  flat_map (fun i => [relu (x - INR i / INR N); relu (x - (INR i / INR N + tau));
  relu (x - ((INR i + 1) / INR N - tau)); relu (x - (INR i + 1) / INR N)]) (seq 0 N).

(* Those of all coordinates. *)
Fixpoint cell_layer (d : nat) : layer :=
  match d with O => [] | S d' => wall_units ++ map (second_block 1) (cell_layer d') end.

(* 4 N d units. *)
Lemma cell_layer_length d : length (cell_layer d) = (4 * N * d)%nat.
Proof. assert (E : length wall_units = (4 * N)%nat).
  { unfold wall_units. rewrite <- (seq_length N 0) at 2. clear.
    induction (seq 0 N) as [|i l IH]; [reflexivity|]. cbn [flat_map app length]. rewrite IH. lia. }
  clear N_positive tau_positive tau_small. induction d as [|d IH]; [simpl; lia|]. cbn [cell_layer].
  rewrite app_length, map_length, E, IH. lia. Qed.

(* The values of one coordinate, and of the others. *)
Lemma cell_layer_value d x v : map relu (affine (cell_layer (S d)) (x :: v)) =
  wall_values x ++ map relu (affine (cell_layer d) v).
Proof. cbn [cell_layer]. unfold affine at 1. rewrite !map_app.
  fold (affine (map (second_block 1) (cell_layer d)) (x :: v)).
  pose proof (affine_second (cell_layer d) [x] v) as E. cbn [length app] in E. rewrite E. f_equal.
  unfold wall_units, wall_values. induction (seq 0 N) as [|i l IH]; [reflexivity|].
  cbn [flat_map app map]. rewrite IH. unfold pre_activation; cbn [fst snd dot].
  assert (Q : forall c, 1 * x + 0 + - c = x - c) by (intros; ring). rewrite !Q. reflexivity. Qed.

(* The weights of one trapezoid. *)
Fixpoint trapezoid_weights (k i : nat) : list R :=
  match k with
  | O => []
  | S k' => match i with O => / tau :: - / tau :: - / tau :: / tau :: repeat 0 (4 * k')
    | S i' => 0 :: 0 :: 0 :: 0 :: trapezoid_weights k' i' end
  end.

(* One weight for each wall unit. *)
Lemma trapezoid_weights_length k : forall i, length (trapezoid_weights k i) = (4 * k)%nat.
Proof. induction k as [|k IH]; intros [|i]; cbn [trapezoid_weights length]; try reflexivity;
    [rewrite repeat_length; lia|rewrite IH; lia].
Qed.

(* They make the trapezoid. *)
Lemma trapezoid_weights_value i x : (i < N)%nat -> dot (trapezoid_weights N i) (wall_values x) =
  trapezoid i x.
Proof. unfold wall_values. set (F := fun i => [relu (x - INR i / INR N);
    relu (x - (INR i / INR N + tau)); relu (x - ((INR i + 1) / INR N - tau));
    relu (x - (INR i + 1) / INR N)]).
  enough (Q : forall k s i, (i < k)%nat -> dot (trapezoid_weights k i) (flat_map F (seq s k)) =
    trapezoid (s + i) x) by (intros Hi; apply (Q N 0%nat i Hi)).
  induction k as [|k IH]; clear i; intros s [|i] H; try lia; cbn [trapezoid_weights seq flat_map];
    unfold F at 1; cbn [app dot].
  - rewrite dot_zeros, Nat.add_0_r. unfold trapezoid, trap, Rdiv. ring.
  - rewrite (IH (S s) i) by lia. replace (S s + i)%nat with (s + S i)%nat by lia. ring. Qed.

(* One value for each wall unit. *)
Lemma wall_values_length x : length (wall_values x) = (4 * N)%nat.
Proof. unfold wall_values. rewrite <- (seq_length N 0) at 2. clear.
  induction (seq 0 N) as [|i l IH]; [reflexivity|]. cbn [flat_map app length]. rewrite IH. lia. Qed.

(* The weights of the sum of the trapezoids of a cell. *)
Fixpoint cell_weights (z : list nat) : list R :=
  match z with [] => [] | i :: z' => trapezoid_weights N i ++ cell_weights z' end.

(* The unit of cell z is 1 well inside it, and 0 outside. *)
Definition cell_unit (z : list nat) : node := (cell_weights z, 1 - INR (length z)).

(* They make the sum of the trapezoids. *)
Lemma cell_weights_value z : forall v, length z = length v ->
  List.Forall (fun i => (i < N)%nat) z -> dot (cell_weights z)
  (map relu (affine (cell_layer (length v)) v)) =
  rsum (fun p => trapezoid (fst p) (snd p)) (combine z v).
Proof. intros v L H. revert v L.
  induction H as [|i z Hi H IH]; intros [|x v] L; try discriminate; [reflexivity|]. cbn [length].
  rewrite cell_layer_value. cbn [cell_weights combine].
  rewrite dot_blocks by (rewrite trapezoid_weights_length, wall_values_length; reflexivity).
  rewrite trapezoid_weights_value by assumption. rewrite IH by (simpl in L; congruence).
  reflexivity. Qed.

(* The value of that unit. *)
Definition indicator (z : list nat) (v : list R) : R :=
  relu (rsum (fun p => trapezoid (fst p) (snd p)) (combine z v) + (1 - INR (length z))).

(* In the cell the trapezoids add up to the dimension. *)
Lemma indicator_inside z : forall v, Forall2 well_inside z v -> indicator z v = 1.
Proof. intros v H. unfold indicator.
  replace (rsum _ _) with (INR (length z)); [rewrite relu_pos; lra|].
  induction H as [|i x z v Hx H IH]; [reflexivity|]. cbn [combine length]. rewrite S_INR.
  unfold rsum in *. cbn [fold_right fst snd]. rewrite <- IH, (trapezoid_one i x Hx). ring. Qed.

(* At most the dimension. *)
Lemma trapezoids_le z : forall v, length z = length v ->
  rsum (fun p => trapezoid (fst p) (snd p)) (combine z v) <= INR (length z).
Proof. induction z as [|i z IH]; intros [|x v] L; try discriminate; [unfold rsum; simpl; lra|].
  cbn [combine length]. rewrite S_INR. unfold rsum in *. cbn [fold_right fst snd].
  pose proof (trapezoid_range i x). specialize (IH v ltac:(simpl in L; congruence)). lra. Qed.

(* Outside the cell it is 0. *)
Lemma indicator_outside z z' : forall v, length z' = length v -> Forall2 well_inside z v ->
  z' <> z -> indicator z' v = 0.
Proof. intros v L H N'. unfold indicator. apply relu_neg.
  enough (Q : rsum (fun p => trapezoid (fst p) (snd p)) (combine z' v) <= INR (length z') - 1)
    by lra.
  revert z' L N'.
  induction H as [|i x z v Hx H IH]; intros [|j z'] L N'; try discriminate; [congruence|].
  cbn [combine length]. rewrite S_INR. unfold rsum. cbn [fold_right fst snd].
  fold (rsum (fun p => trapezoid (fst p) (snd p)) (combine z' v)). simpl in L. injection L as L.
  destruct (Nat.eq_dec j i) as [->|Nj].
  - pose proof (trapezoid_range i x). specialize (IH z' L ltac:(congruence)). lra.
  - pose proof (trapezoids_le z' v L). rewrite trapezoid_zero; [lra|]. unfold well_inside in Hx.
    assert (P : 0 < INR N) by (apply lt_0_INR; assumption).
    assert (Pi : 0 < / INR N) by (apply Rinv_0_lt_compat; assumption).
    destruct (Nat.lt_total j i) as [M|[M|M]]; [right|congruence|left]; apply lt_le_S, le_INR in M;
      rewrite S_INR in M; unfold Rdiv in *; nra.
Qed.

(* The middle of a cell. *)
Definition middle_of (z : list nat) : list R := map (fun i => (INR i + / 2) / INR N) z.

(* It is near the points of the cell. *)
Lemma middle_near z v : Forall2 well_inside z v ->
  sum_distance v (middle_of z) <= INR (length z) / (2 * INR N).
Proof. assert (P : 0 < INR N) by (apply lt_0_INR; assumption).
  induction 1 as [|i x z v Hx H IH]; [simpl; lra|]. cbn [middle_of map sum_distance length].
  fold (middle_of z). rewrite S_INR. assert (A : Rabs (x - (INR i + / 2) / INR N) <= / (2 * INR N)).
  { unfold well_inside in Hx.
    replace ((INR i + / 2) / INR N) with (INR i / INR N + / (2 * INR N)) by (field; lra).
    replace ((INR i + 1) / INR N) with (INR i / INR N + 2 * / (2 * INR N)) in Hx by (field; lra).
    apply Rabs_le. lra. }
  replace ((INR (length z) + 1) / (2 * INR N)) with (/ (2 * INR N) + INR (length z) / (2 * INR N))
    by (field; lra).
  lra. Qed.

(* The value of the network: a sum over cells, each with the value of f at its middle. *)
Lemma cells_value f d v zs : length v = d ->
  (forall z, In z zs -> length z = d /\ List.Forall (fun i => (i < N)%nat) z) ->
  network_value Layered relu
    (Network [cell_layer d; map cell_unit zs] (map (fun z => f (middle_of z)) zs, 0)) v =
  rsum (fun z => f (middle_of z) * indicator z v) zs.
Proof. intros <- Hz. unfold network_value, pre_activation at 1.
  cbn [hidden output run pass_on fst snd]. rewrite Rplus_0_r. unfold activations at 1.
  rewrite map_map.
  assert (Act : activations relu (cell_layer (length v)) v =
    map relu (affine (cell_layer (length v)) v))
    by (unfold activations, affine; rewrite map_map; reflexivity).
  rewrite Act. induction zs as [|y l IH]; [reflexivity|]. cbn [map dot].
  rewrite IH by (intros; apply Hz; right; assumption). unfold rsum. cbn [fold_right].
  do 2 f_equal. destruct (Hz y (or_introl eq_refl)) as [Ly By].
  unfold indicator, pre_activation, cell_unit. cbn [fst snd].
  rewrite cell_weights_value by (assumption || congruence). reflexivity. Qed.

(* Well inside a cell only its own term is left. *)
Lemma one_cell (h : list nat -> R) z v l : Forall2 well_inside z v -> NoDup l -> In z l ->
  (forall y, In y l -> length y = length v) -> rsum (fun y => h y * indicator y v) l = h z.
Proof. intros Hv Hl Hz Hy.
  enough (Q : rsum (fun y => h y * indicator y v) l =
    if in_dec (list_eq_dec Nat.eq_dec) z l then h z else 0)
    by (rewrite Q; destruct in_dec; [reflexivity|contradiction]).
  clear Hz. induction Hl as [|y l Ny Hl IH]; [reflexivity|]. unfold rsum. cbn [fold_right].
  fold (rsum (fun y => h y * indicator y v) l).
  rewrite IH by (intros; apply Hy; right; assumption).
  destruct (list_eq_dec Nat.eq_dec y z) as [->|Nz].
  - rewrite indicator_inside by assumption. destruct (in_dec _ z l) as [K|K]; [contradiction|].
    destruct (in_dec _ z (z :: l)) as [_|K']; [ring|exfalso; apply K'; left; reflexivity].
  - rewrite (indicator_outside z y) by (try assumption; apply Hy; left; reflexivity).
    destruct (in_dec _ z l) as [K|K], (in_dec _ z (y :: l)) as [K'|K']; try ring.
    + exfalso. apply K'. right. assumption.
    + exfalso. destruct K'; [congruence|contradiction]. Qed.

(* A point well inside a cell, and the middle of the cell, are in the unit interval. *)
Lemma cell_in_interval i x : (i < N)%nat -> well_inside i x ->
  0 <= x <= 1 /\ 0 <= (INR i + / 2) / INR N <= 1.
Proof. intros Hi Hx. assert (P : 0 < INR N) by (apply lt_0_INR; assumption).
  unfold well_inside in Hx. pose proof (pos_INR i). apply lt_le_S, le_INR in Hi.
  rewrite S_INR in Hi.
  assert (A : 0 <= INR i / INR N) by (apply Rdiv_le_0_compat; assumption).
  assert (B : (INR i + 1) / INR N <= 1).
  { apply Rmult_le_reg_r with (INR N); [assumption|]. unfold Rdiv.
    rewrite Rmult_assoc, Rinv_l by lra. lra. }
  split; [lra|]. split; [apply Rdiv_le_0_compat; lra|].
  apply Rle_trans with ((INR i + 1) / INR N); [|exact B]. unfold Rdiv.
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; assumption|lra]. Qed.

(* So both are in the cube. *)
Lemma cell_in_cube z v : List.Forall (fun i => (i < N)%nat) z -> Forall2 well_inside z v ->
  in_cube (length z) v /\ in_cube (length z) (middle_of z).
Proof. intros Bz Hv. unfold in_cube, middle_of. rewrite map_length.
  assert (L : length v = length z) by (clear - Hv; induction Hv; simpl; congruence).
  split; (split; [congruence|]); clear L; induction Hv as [|i x z v Hx Hv IH]; try constructor;
    inversion Bz; subst; try (apply IH; assumption); apply (cell_in_interval i x); assumption.
Qed.

(* Two hidden layers, 4 N d and N^d units. *)
Theorem approximation_three_layers C d f :
  (forall v w, in_cube d v -> in_cube d w -> Rabs (f v - f w) <= C * sum_distance v w) ->
  0 <= C ->
  exists net, depth net = 2%nat /\ nodes net = (4 * N * d + N ^ d)%nat /\
  forall z v, length z = d -> List.Forall (fun i => (i < N)%nat) z -> Forall2 well_inside z v ->
    Rabs (f v - network_value Layered relu net v) <= C * INR d / (2 * INR N).
Proof. intros Hf HC. set (zs := grid (repeat 0 N) d).
  assert (Hz : forall z, In z zs <-> length z = d /\ List.Forall (fun i => (i < N)%nat) z)
    by (intros z; unfold zs; rewrite grid_spec, repeat_length; reflexivity).
  exists (Network [cell_layer d; map cell_unit zs] (map (fun z => f (middle_of z)) zs, 0)).
  split; [reflexivity|]. split.
  - unfold nodes, widths. cbn [hidden map list_sum fold_right].
    rewrite cell_layer_length, map_length. unfold zs. rewrite grid_length, repeat_length. lia.
  - intros z v <- Bz Hv. assert (P : 0 < INR N) by (apply lt_0_INR; assumption).
    destruct (cell_in_cube z v Bz Hv) as [Cv Cm]. pose proof (proj1 Cv) as Lv.
    rewrite cells_value by (try exact Lv; intros y Hy; apply Hz, Hy).
    rewrite (one_cell (fun z => f (middle_of z)) z v);
      [|exact Hv|apply grid_nodup|apply Hz; split; [reflexivity|exact Bz]|].
    + eapply Rle_trans; [apply Hf; assumption|]. pose proof (middle_near z v Hv) as M.
      replace (C * INR (length z) / (2 * INR N)) with (C * (INR (length z) / (2 * INR N)))
        by (field; lra).
      apply Rmult_le_compat_l; assumption.
    + intros y Hy. rewrite Lv. apply Hz, Hy. Qed.

End Cells.
