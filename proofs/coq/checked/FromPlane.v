(* From two files with two inputs to the integral of their distance over a rectangle: what a run of
   the checker on simplices says of the real functions.  The files that --coq writes end in one of
   these theorems. *)
From Coq Require Import QArith Qreals Qround Qminmax Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear Vectors Integrals Cube.
From Depthproof Require Import PlaneTriangle PlaneIntegrals.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Reading ReadingSound Graph Polygon PolygonSound
  Quantities QuantitiesSound Cells CellsLinear CellsCover
  CellsFacts CellsSound FileNetwork.
From Checked Require Spanning.
From Depthproof Require Import FromFile PlaneTriangles.
Import ListNotations.
Open Scope R_scope.

(* The function of a file with two inputs: its first output. *)
Definition file_plane (F : file) (x y : R) : R := nth 0 (file_values F [x; y]) 0.

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

(* ---------- the difference of two files ---------- *)

Section Difference.
Variables (F G : file) (outs : list (list poly)) (H : graph) (e : poly) (w : row).
Hypotheses (graph_is : graph_of 2 [F; G] = Some (outs, H))
  (difference_is : difference outs = Some e) (row_is : row_of (graph_size H) e = Some w).
Notation gap := (fun x y => file_plane F x y - file_plane G x y).
Notation unit := (IZR (Zpos (under w))).

(* It is what the row says, *)
Lemma plane_row x y : gap x y =
  (IZR (own w) + weigh (of_values w) (values H [x; y])) / unit.
Proof using graph_is difference_is row_is.
  destruct (graph_of_correct 2 [F; G] outs H [x; y] graph_is eq_refl) as (I2 & _ & O).
  rewrite <- (row_of_correct (valued (values H [x; y])) (graph_size H) e w (values H [x; y])
    row_is).
  - revert difference_is. destruct outs as [|[|p ps] [|[|q qs] [|]]]; intros E; try discriminate E.
    injection E as <-. inversion O as [|? ? ? ? V O']; subst. inversion O' as [|? ? ? ? W _]; subst.
    unfold have in V, W. unfold file_plane. rewrite <- V, <- W, subtract_value. reflexivity.
  - unfold values, graph_size. rewrite run_length, I2. reflexivity.
  - reflexivity.
Qed.

(* and Lipschitz. *)
Lemma plane_lipschitz : exists C, lipschitz2 C (fun x y => Rabs (gap x y)).
Proof using graph_is difference_is row_is.
  destruct (weigh_lipschitz (of_values w)) as (W & W0 & HW).
  destruct (run_lipschitz (units H)) as (K & K0 & HK).
  assert (U : 0 < / unit) by (apply Rinv_0_lt_compat, (IZR_lt 0); reflexivity).
  exists (/ unit * (W * K)). intros x y x' y'. eapply Rle_trans; [apply Rabs_triang_inv2|].
  rewrite !plane_row. set (v := values H [x; y]). set (v' := values H [x'; y']).
  replace ((IZR (own w) + weigh (of_values w) v) / unit
    - (IZR (own w) + weigh (of_values w) v') / unit)
    with (/ unit * (weigh (of_values w) v - weigh (of_values w) v')) by (unfold Rdiv; ring).
  rewrite Rabs_mult, (Rabs_pos_eq (/ unit)) by lra. rewrite Rmult_assoc.
  apply Rmult_le_compat_l; [lra|]. rewrite Rmult_assoc.
  eapply Rle_trans; [apply HW; unfold v, v', values; rewrite !run_length; reflexivity|].
  apply Rmult_le_compat_l; [exact W0|]. unfold v, v', values.
  eapply Rle_trans; [apply HK; reflexivity|]. apply Rmult_le_compat_l; [exact K0|].
  cbn. lra.
Qed.

(* ---------- a simplex is a triangle ---------- *)

(* Quotients. *)
Lemma over z n : (0 < n)%Z -> Q2R (z # Z.to_pos n) = IZR z / IZR n.
Proof using. intros N. unfold Q2R. cbn [Qnum Qden]. rewrite Z2Pos.id by exact N. reflexivity. Qed.
(* The same over a product. *)
Lemma over_both z u n : (0 < n)%Z -> Q2R (z # (u * Z.to_pos n)) = IZR z / (IZR (Zpos u) * IZR n).
Proof using.
  intros N. unfold Q2R. cbn [Qnum Qden]. rewrite Pos2Z.inj_mul, mult_IZR, Z2Pos.id by exact N.
  reflexivity.
Qed.

(* Values are absolute values. *)
Lemma triangle_nonnegative L T : triangle_of w L = Some T -> nonnegative (real_triangle T).
Proof using.
  intros E. destruct L as [|p [|q [|r [|]]]]; try discriminate E. cbn [triangle_of] in E.
  destruct (_ && _)%bool; [|discriminate E]. injection E as <-.
  assert (A : forall z (n : positive), 0 <= Q2R (Z.abs z # n)).
  { intros z n. unfold Q2R. cbn [Qnum Qden]. apply Rmult_le_pos; [apply IZR_le, Z.abs_nonneg|].
    left. apply Rinv_0_lt_compat, (IZR_lt 0). reflexivity. }
  repeat split; apply A.
Qed.

(* What is between the vectors of a simplex, is between the corners of its triangle. *)
Lemma triangle_spans L T c x y : triangle_of w L = Some T -> Forall (fun p => 0 <= c p) L ->
  (forall i, nth i [1; y; x] 0 = mixed corner L c (fun p => IZR (nth i (vector_at p) 0%Z))) ->
  IZR (own w) + weigh (of_values w) (values H [x; y]) =
    mixed corner L c (fun p => IZR (row_at w p)) ->
  spans (real_triangle T) x y (Rabs (gap x y)).
Proof using graph_is difference_is row_is.
  intros E Pos V W. destruct L as [|p [|q [|r [|]]]]; try discriminate E. cbn [triangle_of] in E.
  destruct (_ && _)%bool eqn:B; [|discriminate E]. injection E as <-.
  apply andb_prop in B. destruct B as [B Sg]. cbn [forallb] in B.
  repeat (apply andb_prop in B; destruct B as [? B]). clear B.
  repeat match goal with K : Z.ltb 0 _ = true |- _ => apply Z.ltb_lt in K end.
  inversion Pos as [|? ? Cp Pos']; subst. inversion Pos' as [|? ? Cq Pos'']; subst.
  inversion Pos'' as [|? ? Cr _]; subst. clear Pos Pos' Pos''.
  assert (Wp : 0 < IZR (weight p)) by (apply (IZR_lt 0); assumption).
  assert (Wq : 0 < IZR (weight q)) by (apply (IZR_lt 0); assumption).
  assert (Wr : 0 < IZR (weight r)) by (apply (IZR_lt 0); assumption).
  assert (U : 0 < unit) by (apply (IZR_lt 0); reflexivity).
  assert (N0 : forall z : corner, nth 0 (vector_at z) 0%Z = weight z)
    by (intros z; unfold weight; destruct (vector_at z); reflexivity).
  pose proof (V 0%nat) as V0. pose proof (V 1%nat) as V1. pose proof (V 2%nat) as V2. clear V.
  unfold mixed, Spanning.total in V0, V1, V2, W. cbn [fold_right nth] in V0, V1, V2, W.
  rewrite !N0 in V0.
  exists (c p * IZR (weight p)), (c q * IZR (weight q)), (c r * IZR (weight r)).
  repeat split; try (apply Rmult_le_pos; lra).
  - lra.
  - cbn [real_corner xof fst]. unfold corner_of, real_corner, xof; cbn [fst snd].
    rewrite !over by assumption. rewrite V2. field. lra.
  - unfold corner_of, real_corner, yof; cbn [fst snd]. rewrite !over by assumption.
    rewrite V1. field. lra.
  - unfold corner_of, real_corner; cbn [fst snd]. rewrite !over_both by assumption.
    rewrite plane_row, W, !abs_IZR. apply orb_prop in Sg. unfold Rdiv at 1.
    rewrite Rabs_mult, (Rabs_pos_eq (/ unit)) by (left; apply Rinv_0_lt_compat; exact U).
    destruct Sg as [S|S]; [apply none_below_correct in S|apply none_above_correct in S];
      inversion S as [|? ? Sp S']; subst; inversion S' as [|? ? Sq S'']; subst;
      inversion S'' as [|? ? Sr _]; subst.
    + rewrite !Rabs_pos_eq by (try assumption; repeat apply Rplus_le_le_0_compat; nra).
      field. lra.
    + rewrite !Rabs_left1 by nra. field. lra.
Qed.
End Difference.

(* ---------- what the run shows ---------- *)

Section Shown.
Variables (F G : file) (a b c d : Q) (points : list corner_point) (simplices : list (list Z)).
Variable Ts : list qtriangle.
Hypothesis found : triangles F G a b c d points simplices = Some Ts.
Notation gap := (fun x y => file_plane F x y - file_plane G x y).
Notation real_Ts := (map real_triangle Ts).

(* The triangles cover the rectangle, are within it, and have the values at their corners. *)
Lemma triangles_correct : Q2R a <= Q2R b /\ Q2R c <= Q2R d /\
  Forall (proper (Q2R a) (Q2R b) (Q2R c) (Q2R d)) real_Ts /\
  Forall nonnegative real_Ts /\ (exists C, lipschitz2 C (fun x y => Rabs (gap x y))) /\
  forall x y, Q2R a <= x <= Q2R b -> Q2R c <= y <= Q2R d ->
  exists T, In T real_Ts /\ spans T x y (Rabs (gap x y)).
Proof using found.
  revert found. unfold triangles.
  destruct (graph_of 2 [F; G]) as [[outs H]|] eqn:B; [|discriminate].
  destruct (difference outs) as [e|] eqn:E; [|discriminate].
  destruct (row_of (graph_size H) e) as [w|] eqn:R; [|discriminate].
  set (walls := rectangle_walls a b c d).
  destruct (place_all H walls points 1 Empty) as [t|] eqn:P; [|discriminate].
  destruct (_ && _)%bool eqn:K; [|discriminate]. apply andb_prop in K. destruct K as [K Cov].
  apply andb_prop in K. destruct K as [Kab Kcd]. apply Qle_bool_imp_le, Qle_Rle in Kab, Kcd.
  destruct (all_of (map (simplex_of _ t) simplices)) as [cells|] eqn:Cs; [|discriminate].
  destruct (all_of (map (triangle_of w) cells)) as [Us|] eqn:Tr; [|discriminate].
  destruct (forallb _ Us) eqn:Pr; [|discriminate]. intros X. injection X as ->.
  apply all_of_correct in Cs, Tr.
  split; [exact Kab|split; [exact Kcd|split; [|split; [|split]]]].
  - apply List.Forall_map, Forall_forall. intros T HT. rewrite forallb_forall in Pr.
    specialize (Pr T HT). apply proper_correct. exact Pr.
  - apply List.Forall_map, Forall_forall. intros T HT.
    assert (HT' : In (Some T) (map (triangle_of w) cells)) by (rewrite Tr; apply in_map; exact HT).
    apply in_map_iff in HT'. destruct HT' as (L & E' & _).
    exact (triangle_nonnegative w L T E').
  - exact (plane_lipschitz F G outs H e w B E R).
  - intros x y Hx Hy.
    destruct (graph_of_correct 2 [F; G] outs H [x; y] B eq_refl) as (I2 & _ & _).
    destruct (simplex_around H walls falsehood t simplices [x; y]) as
      (m & L & r & Hm & Em & _ & Rp & V & W).
    { exact (place_all_correct H walls points 1%positive Empty t I P). }
    { rewrite I2. exact Cov. }
    { rewrite I2. reflexivity. }
    { apply walls_correct; assumption. }
    rewrite I2 in Em.
    assert (HL : In (Some L) (map Some cells)).
    { rewrite <- Cs. apply in_map_iff. exists m. split; [exact Em|exact Hm]. }
    apply in_map_iff in HL. destruct HL as (L' & EL & HL). injection EL as ->.
    assert (HT : In (triangle_of w L) (map Some Ts)) by (rewrite <- Tr; apply in_map; exact HL).
    apply in_map_iff in HT. destruct HT as (T & ET & HT).
    exists (real_triangle T). split; [apply in_map; exact HT|].
    apply (triangle_spans F G outs H e w B E R L T r);
      [symmetry; exact ET|exact Rp|exact V|apply W].
Qed.
End Shown.

Section TwoFunctions.
Variables (f g : R -> R -> R) (F G : file) (a b c d : Q) (x0 x1 y0 y1 : R).
Hypotheses (Hf : forall x y, file_plane F x y = f x y) (Hg : forall x y, file_plane G x y = g x y).
Hypotheses (Ha : Q2R a = x0) (Hb : Q2R b = x1) (Hc : Q2R c = y0) (Hd : Q2R d = y1).
Variables (points : list corner_point) (simplices : list (list Z)).
Notation inner := (fun x => RInt (fun y => Rabs (f x y - g x y)) y0 y1).

(* The integral exists, one variable after the other. *)
Definition volume_exists : Prop :=
  (forall x, ex_RInt (fun y => Rabs (f x y - g x y)) y0 y1) /\ ex_RInt inner x0 x1.

(* It exists, and is at most what the triangles say, and less only by what their areas are too
   many. *)
Lemma volume_around Ts M : triangles F G a b c d points simplices = Some Ts ->
  forallb (at_most M) Ts = true -> let real_Ts := map real_triangle Ts in
  volume_exists /\ total_of share_of real_Ts
    - Q2R M * (total_of triangle_area real_Ts - (x1 - x0) * (y1 - y0)) <= RInt inner x0 x1
    <= total_of share_of real_Ts.
Proof using Hf Hg Ha Hb Hc Hd.
  intros T B. cbv zeta.
  destruct (triangles_correct F G a b c d points simplices Ts T)
    as (Lab & Lcd & P & N & (C & Lip) & K).
  rewrite Ha, Hb, Hc, Hd in *.
  assert (Lip' : lipschitz2 C (fun x y => Rabs (f x y - g x y)))
    by (intros x y x' y'; specialize (Lip x y x' y'); cbv beta in Lip; rewrite !Hf, !Hg in Lip;
      exact Lip).
  split; [apply (lipschitz_exists x0 x1 y0 y1 C (fun x y => Rabs (f x y - g x y))), Lip'|].
  apply (rectangle_between x0 x1 y0 y1 Lab Lcd (fun x y => Rabs (f x y - g x y)));
    [apply (rectangle_lipschitz x0 x1 y0 y1 C), Lip'|exact P|exact N|
     apply triangles_below; exact B|].
  intros x y Hx Hy. destruct (K x y Hx Hy) as (t & T1 & T2). exists t. split; [exact T1|].
  rewrite Hf, Hg in T2. exact T2.
Qed.

(* The integral, exactly. *)
Theorem volume_by_simplices q z : Q2R q = z ->
  check_volume F G a b c d points simplices q = true -> volume_exists /\ RInt inner x0 x1 = z.
Proof using Hf Hg Ha Hb Hc Hd.
  intros <-. unfold check_volume.
  destruct (triangles F G a b c d points simplices) as [Ts|] eqn:T; [|discriminate].
  intros H. apply andb_prop in H. destruct H as [A S].
  apply Qeq_bool_eq, Qeq_eqR in A, S.
  rewrite (sum_real _ _ _ area_real) in A. rewrite (sum_real _ _ _ share_real) in S.
  rewrite Q2R_mult, !Q2R_minus, Ha, Hb, Hc, Hd in A. destruct (largest Ts) as (M & B).
  destruct (volume_around Ts M T B) as [E I]. split; [exact E|]. rewrite A, S in I. lra.
Qed.

(* The integral, between two rationals. *)
Theorem volume_between_by_simplices M scale p q low high : Q2R p = low -> Q2R q = high ->
  check_volume_between F G a b c d points simplices M scale p q = true ->
  volume_exists /\ low <= RInt inner x0 x1 <= high.
Proof using Hf Hg Ha Hb Hc Hd.
  intros <- <-. unfold check_volume_between.
  destruct (triangles F G a b c d points simplices) as [Ts|] eqn:T; [|discriminate].
  intros H. apply andb_prop in H. destruct H as [H High]. apply andb_prop in H.
  destruct H as [H Low]. apply andb_prop in H. destruct H as [H Pos].
  destruct (volume_around Ts M T H) as [E I]. split; [exact E|].
  apply Qle_R in High, Low, Pos. replace (Q2R 0) with 0 in Pos by (unfold Q2R; cbn; lra).
  rewrite Q2R_minus, Q2R_mult, Q2R_minus, Q2R_mult, !Q2R_minus, Ha, Hb, Hc, Hd in Low.
  pose proof (floors_real _ _ scale Ts area_real) as A.
  pose proof (floors_real _ _ scale Ts share_real) as S. cbv zeta in A, S.
  rewrite INR_IZR_INZ, <- plus_IZR in A, S. set (n := Z.of_nat (length Ts)) in *.
  assert (U : 0 < IZR (Zpos scale)) by (apply (IZR_lt 0); reflexivity).
  assert (Below : forall k r, IZR k <= r * IZR (Zpos scale) -> Q2R (k # scale) <= r).
  { intros k r K. unfold Q2R. cbn [Qnum Qden]. apply Rmult_le_reg_r with (IZR (Zpos scale));
      [exact U|]. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. exact K. }
  assert (Above : forall k r, r * IZR (Zpos scale) <= IZR k -> r <= Q2R (k # scale)).
  { intros k r K. unfold Q2R. cbn [Qnum Qden]. apply Rmult_le_reg_r with (IZR (Zpos scale));
      [exact U|]. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. exact K. }
  destruct A as [_ A], S as [S1 S2]. apply Above in A, S2. apply Below in S1.
  set (area := total_of triangle_area _) in *. set (share := total_of share_of _) in *. nra.
Qed.
End TwoFunctions.

(* The file of a layered network computes what the network computes. *)
Lemma file_of_plane N x y :
  file_plane (file_of Layered N) x y = network_value Layered relu (real_network N) [x; y].
Proof. unfold file_plane. rewrite file_of_values. reflexivity. Qed.
