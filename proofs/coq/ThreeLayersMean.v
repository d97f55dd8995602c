(* "Recap", (1): the 3-layer network in the mean.  Over the whole cube its error is at most
   C d / (2 N) and what the thin walls between the cells take, 2 F d N tau for |f| at most F. *)
From Coq Require Import FunctionalExtensionality.
From Depthproof Require Import Definitions PiecewiseLinear Vectors Sums Integrals Cube Compose.
From Depthproof Require Import UniversalCube ThreeLayers Dimension.

(* ---------- iterated integrals over the cube ---------- *)

(* Smaller on the cube, a smaller integral. *)
Lemma cube_monotone d : forall G H, cube_integrable d G -> cube_integrable d H ->
  (forall v, in_cube d v -> G v <= H v) -> cube_integral d G <= cube_integral d H.
Proof. induction d as [|d IH]; intros G H IG IH' L.
  - apply L. split; [reflexivity|constructor].
  - destruct IG as [G1 G2], IH' as [H1 H2]. cbn [cube_integral].
    apply RInt_le; [lra|exact G2|exact H2|]. intros y Hy. apply IH; auto. intros v [Lv Bv].
    apply L. split; [rewrite app_length; simpl; lia|]. apply List.Forall_app. split; [exact Bv|].
    constructor; [lra|constructor]. Qed.

(* The integral of a sum over the coordinates. *)
Lemma cube_coordinates (w : R -> R) F d : (forall x, continuous w x) -> forall e,
  cube_integrable d (fun v => e + F * rsum w v) /\
  cube_integral d (fun v => e + F * rsum w v) = e + F * (INR d * RInt w 0 1).
Proof. intros Hw. induction d as [|d IH]; intros e.
  - split; [exact I|]. unfold rsum. simpl. ring.
  - assert (E : forall y, (fun v => e + F * rsum w (v ++ [y])) =
      (fun v => (e + F * w y) + F * rsum w v)).
    { intros y. apply functional_extensionality. intros v. rewrite rsum_app. unfold rsum at 2.
      simpl. ring. }
    assert (J : forall y, cube_integral d (fun v => e + F * rsum w (v ++ [y])) =
      F * w y + (e + F * (INR d * RInt w 0 1))).
    { intros y. rewrite E, (proj2 (IH _)). ring. }
    assert (C : is_RInt (fun y => F * w y + (e + F * (INR d * RInt w 0 1))) 0 1
      (e + F * (INR (S d) * RInt w 0 1))).
    { rewrite S_INR. replace (e + F * ((INR d + 1) * RInt w 0 1)) with
        (F * RInt w 0 1 + (1 - 0) * (e + F * (INR d * RInt w 0 1))) by ring.
      apply (is_RInt_plus (V := R_NormedModule) (fun y => F * w y)).
      - apply (is_RInt_scal (V := R_NormedModule) w 0 1 F).
        apply (RInt_correct (V := R_CompleteNormedModule)), integrable, Hw.
      - apply (is_RInt_const (V := R_NormedModule)). }
    apply (is_RInt_ext _ (fun y => cube_integral d (fun v => e + F * rsum w (v ++ [y])))) in C.
    2: { intros y _. symmetry. apply J. }
    split.
    + split; [intros y; rewrite E; apply IH|]. eexists. exact C.
    + apply is_RInt_unique. exact C. Qed.

Section Mean.
Variables (N : nat) (tau : R).
Hypothesis N_positive : (0 < N)%nat.
Hypothesis tau_positive : 0 < tau.
Hypothesis tau_small : 2 * tau * INR N <= 1.

(* ---------- one coordinate ---------- *)

(* x lies in cell i, its ends included. *)
Definition in_cell (i : nat) (x : R) : Prop := INR i / INR N <= x <= (INR i + 1) / INR N.

(* In a cell the trapezoids of all others are 0. *)
Lemma other_cell i j x : in_cell i x -> j <> i -> trapezoid N tau j x = 0.
Proof. intros [H1 H2] Nj. apply trapezoid_zero; try assumption.
  assert (P : 0 < INR N) by (apply lt_0_INR; assumption).
  assert (Pi : 0 < / INR N) by (apply Rinv_0_lt_compat; assumption).
  destruct (Nat.lt_total j i) as [M|[M|M]]; [right|congruence|left]; apply lt_le_S, le_INR in M;
    rewrite S_INR in M; unfold Rdiv in *; nra. Qed.

(* What the trapezoids lack of 1: 1 on the walls, 0 off them. *)
Definition wall (x : R) : R := 1 - rsum (fun i => trapezoid N tau i x) (seq 0 N).

(* In a cell only its own trapezoid counts. *)
Lemma wall_cell i x : (i < N)%nat -> in_cell i x -> wall x = 1 - trapezoid N tau i x.
Proof. intros Hi Hx. unfold wall. f_equal. assert (Z : forall l, NoDup l ->
    rsum (fun j => trapezoid N tau j x) l =
    if in_dec Nat.eq_dec i l then trapezoid N tau i x else 0).
  { induction 1 as [|j l Nj Hl IH]; [reflexivity|]. unfold rsum in *. cbn [fold_right]. rewrite IH.
    destruct (Nat.eq_dec j i) as [->|D].
    - destruct (in_dec Nat.eq_dec i l) as [K|K]; [contradiction|].
      destruct (in_dec Nat.eq_dec i (i :: l)) as [_|K']; [ring|].
      exfalso. apply K'. left. reflexivity.
    - rewrite (other_cell i j x Hx D). destruct (in_dec Nat.eq_dec i l) as [K|K],
        (in_dec Nat.eq_dec i (j :: l)) as [K'|K']; try ring.
      + exfalso. apply K'. right. assumption.
      + exfalso. destruct K'; [congruence|contradiction]. }
  rewrite Z by apply seq_NoDup. destruct (in_dec Nat.eq_dec i (seq 0 N)) as [_|K]; [reflexivity|].
  exfalso. apply K, in_seq. lia. Qed.

(* Trapezoids are continuous. *)
Lemma trapezoid_continuous i x : continuous (trapezoid N tau i) x.
Proof. assert (K : forall c, continuous (fun x => relu (x - c)) x).
  { intros c. apply (continuous_comp (fun x => x - c) relu); [|apply continuous_relu].
    apply continuous_ext with (fun x => 1 * x + - c); [intro; real_equation; ring|].
    apply continuous_line. }
  unfold trapezoid, trap. set (a := INR i / INR N). set (b := (INR i + 1) / INR N).
  apply (continuous_scal_l (fun x => relu (x - a) - relu (x - (a + tau)) - relu (x - (b - tau)) +
    relu (x - b)) (/ tau)).
  apply (continuous_plus (fun x => relu (x - a) - relu (x - (a + tau)) - relu (x - (b - tau)))
    (fun x => relu (x - b))); [|apply K].
  apply (continuous_minus (fun x => relu (x - a) - relu (x - (a + tau)))
    (fun x => relu (x - (b - tau)))); [|apply K].
  apply (continuous_minus (fun x => relu (x - a)) (fun x => relu (x - (a + tau)))); apply K. Qed.

(* Each has an integral of at least 1/N - 2 tau. *)
Lemma trapezoid_integral i : (i < N)%nat -> / INR N - 2 * tau <= RInt (trapezoid N tau i) 0 1.
Proof. intros Hi. assert (P : 0 < INR N) by (apply lt_0_INR; assumption).
  pose proof (cell_width N tau N_positive tau_small i) as W. set (a := INR i / INR N) in *.
  set (b := (INR i + 1) / INR N) in *. assert (Ha : 0 <= a) by (apply Rdiv_le_0_compat;
    [apply pos_INR|assumption]).
  assert (Hb : b <= 1).
  { apply lt_le_S, le_INR in Hi. rewrite S_INR in Hi. apply Rmult_le_reg_r with (INR N);
      [assumption|]. unfold b, Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  assert (E : b - a = / INR N) by (unfold a, b; field; lra).
  assert (C : forall x, continuous (trapezoid N tau i) x) by apply trapezoid_continuous.
  assert (Pos : forall u v, u <= v -> 0 <= RInt (trapezoid N tau i) u v).
  { intros u v H. apply integral_nonneg; [exact H|apply integrable, C|].
    intros x _. apply trapezoid_range; assumption. }
  rewrite (integral_cat _ 0 (a + tau) 1 C), (integral_cat _ (a + tau) (b - tau) 1 C).
  rewrite (integral_ext _ (fun _ => 1) (a + tau) (b - tau)), integral_constant.
  - pose proof (Pos 0 (a + tau) ltac:(lra)). pose proof (Pos (b - tau) 1 ltac:(lra)). lra.
  - lra.
  - intros x Hx. apply trapezoid_one; [assumption|]. unfold well_inside. fold a b. lra. Qed.

(* So the walls have at most 2 N tau. *)
Lemma wall_integral : (forall x, continuous wall x) /\ RInt wall 0 1 <= 2 * INR N * tau.
Proof. assert (P : 0 < INR N) by (apply lt_0_INR; assumption).
  assert (A : forall l, (forall x, continuous (fun x => rsum (fun i => trapezoid N tau i x) l) x) /\
    ((forall i, In i l -> (i < N)%nat) -> INR (length l) * (/ INR N - 2 * tau) <=
    RInt (fun x => rsum (fun i => trapezoid N tau i x) l) 0 1)).
  { induction l as [|i l [IC IH]]; unfold rsum in *; cbn [fold_right length].
    - split; [intro; apply continuous_const|]. intros _. rewrite integral_constant. simpl. lra.
    - assert (C : forall x, continuous (trapezoid N tau i) x) by apply trapezoid_continuous. split.
      + intro x. apply (continuous_plus (trapezoid N tau i)); [apply C|apply IC].
      + intros H. rewrite (RInt_plus (V := R_CompleteNormedModule) (trapezoid N tau i))
          by (apply integrable; assumption). rewrite S_INR.
        pose proof (trapezoid_integral i (H i (or_introl eq_refl))) as T.
        specialize (IH (fun j Hj => H j (or_intror Hj))). unfold plus; simpl. lra. }
  destruct (A (seq 0 N)) as [C B]. assert (W : forall x, continuous wall x).
  { apply (continuous_difference (fun _ => 1)); [intro; apply continuous_const|exact C]. }
  split; [exact W|]. unfold wall. rewrite (integral_minus (fun _ => 1));
    [|apply integrable; intro; apply continuous_const|apply integrable; exact C].
  rewrite integral_constant. rewrite seq_length in B.
  specialize (B ltac:(intros i Hi; apply in_seq in Hi; lia)).
  replace (INR N * (/ INR N - 2 * tau)) with (1 - 2 * INR N * tau) in B by (field; lra). lra. Qed.

(* ---------- the cube ---------- *)

(* Each point of the cube lies in a cell. *)
Lemma cell_of_point v : forall d, in_cube d v -> exists z, length z = d /\
  List.Forall (fun i => (i < N)%nat) z /\ Forall2 in_cell z v.
Proof. induction v as [|x v IH]; intros d [L B].
  - exists []. repeat split; [exact L|constructor|constructor].
  - destruct d as [|d]; [discriminate|]. inversion B as [|? ? Bx Bv]; subst.
    destruct (IH d) as (z & Lz & Bz & Z); [split; [simpl in L; congruence|exact Bv]|].
    destruct (unit_cell N x N_positive Bx) as (i & Hi & Hx). exists (i :: z).
    repeat split; [simpl; congruence|constructor; assumption|constructor; assumption]. Qed.

(* The walls' share of a point: what its own unit lacks of 1. *)
Lemma indicator_wall z : forall v, List.Forall (fun i => (i < N)%nat) z -> Forall2 in_cell z v ->
  1 - rsum wall v <= indicator N tau z v <= 1.
Proof. intros v B H. unfold indicator.
  assert (E : rsum (fun p => trapezoid N tau (fst p) (snd p)) (combine z v) =
    INR (length z) - rsum wall v).
  { induction H as [|i x z v Hx H IH]; [unfold rsum; simpl; ring|]. inversion B; subst.
    unfold rsum in *. cbn [combine fold_right length fst snd]. rewrite IH by assumption.
    rewrite (wall_cell i x) by assumption. rewrite S_INR. ring. }
  assert (L : length z = length v) by (clear - H; induction H; simpl; congruence).
  pose proof (trapezoids_le N tau N_positive tau_positive tau_small z v L) as T. rewrite E in T.
  rewrite E. unfold relu. split; [eapply Rle_trans; [|apply Rmax_l]; lra|apply Rmax_lub; lra]. Qed.

(* The units of all other cells are 0. *)
Lemma indicator_other z z' : forall v, length z' = length v -> Forall2 in_cell z v ->
  z' <> z -> indicator N tau z' v = 0.
Proof. intros v L H N'. unfold indicator. apply relu_neg. enough (Q : rsum
    (fun p => trapezoid N tau (fst p) (snd p)) (combine z' v) <= INR (length z') - 1) by lra.
  revert z' L N'.
  induction H as [|i x z v Hx H IH]; intros [|j z'] L N'; try discriminate; [congruence|].
  cbn [combine length]. rewrite S_INR. unfold rsum. cbn [fold_right fst snd].
  fold (rsum (fun p => trapezoid N tau (fst p) (snd p)) (combine z' v)). simpl in L.
  injection L as L. destruct (Nat.eq_dec j i) as [->|Nj].
  - pose proof (trapezoid_range N tau N_positive tau_positive tau_small i x).
    specialize (IH z' L ltac:(congruence)). lra.
  - pose proof (trapezoids_le N tau N_positive tau_positive tau_small z' v L).
    rewrite (other_cell i j x Hx Nj). lra. Qed.

(* So one term of the network's sum is left. *)
Lemma one_term (h : list nat -> R) z v l : Forall2 in_cell z v -> NoDup l -> In z l ->
  (forall y, In y l -> length y = length v) ->
  rsum (fun y => h y * indicator N tau y v) l = h z * indicator N tau z v.
Proof. intros Hv Hl Hz Hy. enough (Q : rsum (fun y => h y * indicator N tau y v) l =
    if in_dec (list_eq_dec Nat.eq_dec) z l then h z * indicator N tau z v else 0)
    by (rewrite Q; destruct in_dec; [reflexivity|contradiction]).
  clear Hz. induction Hl as [|y l Ny Hl IH]; [reflexivity|]. unfold rsum. cbn [fold_right].
  fold (rsum (fun y => h y * indicator N tau y v) l).
  rewrite IH by (intros; apply Hy; right; assumption).
  destruct (list_eq_dec Nat.eq_dec y z) as [->|Nz].
  - destruct (in_dec _ z l) as [K|K]; [contradiction|].
    destruct (in_dec _ z (z :: l)) as [_|K']; [ring|exfalso; apply K'; left; reflexivity].
  - rewrite (indicator_other z y) by (try assumption; apply Hy; left; reflexivity).
    destruct (in_dec _ z l) as [K|K], (in_dec _ z (y :: l)) as [K'|K']; try ring.
    + exfalso. apply K'. right. assumption.
    + exfalso. destruct K'; [congruence|contradiction]. Qed.

(* The middle of a cell is in the cube, *)
Lemma middle_in_cube z : List.Forall (fun i => (i < N)%nat) z ->
  in_cube (length z) (middle_of N z).
Proof. intros B. apply (cell_in_cube N tau N_positive tau_positive z); [exact B|]. clear B.
  assert (P : 0 < INR N) by (apply lt_0_INR; assumption).
  induction z as [|i z IH]; constructor; [|exact IH]. unfold well_inside.
  pose proof (cell_width N tau N_positive tau_small i) as W.
  replace ((INR i + / 2) / INR N) with ((INR i / INR N + (INR i + 1) / INR N) / 2)
    by (field; lra). lra. Qed.

(* and near its points. *)
Lemma middle_close z v : Forall2 in_cell z v ->
  sum_distance v (middle_of N z) <= INR (length z) / (2 * INR N).
Proof. assert (P : 0 < INR N) by (apply lt_0_INR; assumption).
  induction 1 as [|i x z v Hx H IH]; [simpl; lra|]. cbn [middle_of map sum_distance length].
  fold (middle_of N z). rewrite S_INR.
  assert (A : Rabs (x - (INR i + / 2) / INR N) <= / (2 * INR N)).
  { unfold in_cell in Hx.
    replace ((INR i + / 2) / INR N) with (INR i / INR N + / (2 * INR N)) by (field; lra).
    replace ((INR i + 1) / INR N) with (INR i / INR N + 2 * / (2 * INR N)) in Hx by (field; lra).
    apply Rabs_le. lra. }
  replace ((INR (length z) + 1) / (2 * INR N)) with (/ (2 * INR N) + INR (length z) / (2 * INR N))
    by (field; lra). lra. Qed.

(* The slides' network: a unit for each cell, weighted by f at its middle. *)
Definition cells_network (f : list R -> R) (d : nat) : network :=
  Network [cell_layer N tau d; map (cell_unit N tau) (grid (repeat 0 N) d)]
    (map (fun z => f (middle_of N z)) (grid (repeat 0 N) d), 0).

(* The lists of the grid are the cells. *)
Lemma grid_cells d z : In z (grid (repeat 0 N) d) <->
  length z = d /\ List.Forall (fun i => (i < N)%nat) z.
Proof. rewrite grid_spec, repeat_length. reflexivity. Qed.

(* Its error at a point of the cube: that of the cell, and the walls' share. *)
Lemma cells_error C F d f v : lipschitz C d f -> 0 <= C ->
  (forall v, in_cube d v -> Rabs (f v) <= F) -> in_cube d v ->
  Rabs (f v - network_value Layered relu (cells_network f d) v) <=
  C * INR d / (2 * INR N) + F * rsum wall v.
Proof. intros Hf HC HF Hv. destruct (cell_of_point v d Hv) as (z & Lz & Bz & Z).
  destruct (indicator_wall z v Bz Z) as [J1 J2]. pose proof (middle_close z v Z) as M.
  unfold cells_network.
  rewrite cells_value by (try assumption; try apply Hv; intros y Hy; apply grid_cells, Hy).
  rewrite (one_term (fun z => f (middle_of N z)) z v _ Z);
    [|apply grid_nodup|apply grid_cells; split; assumption|].
  2: { intros y Hy. rewrite (proj1 Hv). apply grid_cells, Hy. }
  pose proof (middle_in_cube z Bz) as Cm. rewrite Lz in Cm, M.
  specialize (HF _ Cm). specialize (Hf v (middle_of N z) (proj1 Hv) (proj1 Cm)).
  set (th := indicator N tau z v) in *. set (y := f (middle_of N z)) in *.
  replace (f v - y * th) with ((f v - y) + (1 - th) * y) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult, (Rabs_right (1 - th)) by lra.
  assert (C * sum_distance v (middle_of N z) <= C * INR d / (2 * INR N)).
  { replace (C * INR d / (2 * INR N)) with (C * (INR d / (2 * INR N))) by (unfold Rdiv; ring).
    apply Rmult_le_compat_l; assumption. }
  assert ((1 - th) * Rabs y <= rsum wall v * F).
  { apply Rmult_le_compat; try lra; apply Rabs_pos. }
  lra. Qed.

(* In the mean over the whole cube. *)
Theorem approximation_three_layers_mean C F d f : lipschitz C d f -> 0 <= C ->
  (forall v, in_cube d v -> Rabs (f v) <= F) ->
  exists net, depth net = 2%nat /\ nodes net = (4 * N * d + N ^ d)%nat /\
  cube_integrable d (fun v => Rabs (f v - network_value Layered relu net v)) /\
  cube_integral d (fun v => Rabs (f v - network_value Layered relu net v)) <=
  C * INR d / (2 * INR N) + 2 * F * INR d * INR N * tau.
Proof. intros Hf HC HF. set (net := cells_network f d). exists net.
  split; [reflexivity|]. split.
  { unfold nodes, widths, net, cells_network. cbn [hidden map list_sum fold_right].
    rewrite cell_layer_length, map_length, grid_length, repeat_length. lia. }
  destruct (network_lipschitz Layered relu 1 ltac:(lra) relu_lipschitz net) as (K & HK & LK).
  assert (L : lipschitz (C + K) d (fun v => Rabs (f v - network_value Layered relu net v))).
  { intros v w Hv Hw. eapply Rle_trans; [apply Rabs_triang_inv2|]. specialize (Hf v w Hv Hw).
    specialize (LK v w ltac:(congruence)). apply Rabs_le_between in Hf, LK. apply Rabs_le. lra. }
  destruct (cube_lipschitz d _ _ L) as [I _]. split; [exact I|].
  destruct wall_integral as [W1 W2]. set (e := C * INR d / (2 * INR N)).
  destruct (cube_coordinates wall F d W1 e) as [I' E].
  eapply Rle_trans; [apply (cube_monotone d _ _ I I')|].
  { intros v Hv. apply cells_error; assumption. }
  rewrite E. assert (HF0 : 0 <= F \/ d = 0%nat).
  { destruct d; [right; reflexivity|left]. eapply Rle_trans; [apply Rabs_pos|].
    apply (HF (repeat 0 (S d))). split; [apply repeat_length|].
    apply List.Forall_forall. intros x Hx. apply repeat_spec in Hx. subst. lra. }
  destruct HF0 as [HF0| ->]; [|simpl; lra].
  assert (F * (INR d * RInt wall 0 1) <= F * (INR d * (2 * INR N * tau))).
  { apply Rmult_le_compat_l; [exact HF0|]. apply Rmult_le_compat_l; [apply pos_INR|exact W2]. }
  lra. Qed.
End Mean.
