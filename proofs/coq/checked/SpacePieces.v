(* The pieces that the checker's run sums are those of the simplices, and its sums, exact and
   rounded down, are theirs. *)
From Coq Require Import QArith Qreals Qabs Qround Qminmax Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear Vectors Integrals Cube SimplexVolume
  SimplexPivots SpaceIntegrals SpaceSimplices SpaceCover SpaceRun SpaceCorners.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Reading ReadingSound Graph Polygon PolygonSound
  Quantities QuantitiesSound Cells CellsLinear CellsCover CellsFacts CellsSound FileNetwork.
From Checked Require Spanning.
Import Spanning(picks, picks_permutation, picks_map, share).
Import ListNotations.
Open Scope R_scope.

(* ---------- pieces ---------- *)

Section Pieces.
Variables (sides : qsides) (w : row).
Notation n := (length sides).
Notation the_corner := (real_corner sides (corner_value w)).

(* The run's pieces are those of the simplex, one after the other. *)
Lemma listed_pieces l : forall ps,
  map (fun cr => option_map (fun v => (corner_value w (fst cr), Qinv v))
    (pivots n (map half (map (coordinate sides) (snd cr))))) l = map Some ps ->
  let T := map (fun cr => (the_corner (fst cr), map the_corner (snd cr))) l in
  let P := fun f : corner4 -> R => map (fun cr => (f (fst cr), map fst (snd cr))) T in
  (forall f, Forall (fun p => pivot_of n p <> None) (P f)) /\
  weighed_sum n (P (fun c => snd (snd c))) = Q2R (piece_sum share_of ps) /\
  weighed_sum n (P (fun _ => 1)) = Q2R (piece_sum snd ps) /\
  forall M, forallb (fun p => Qle_bool (fst p) M) ps = true ->
    Forall (fun cr => Q2R (corner_value w (fst cr)) <= Q2R M) l.
Proof using.
  induction l as [|(c, rest) l IH]; intros [|p ps] A; try discriminate A; cbv zeta.
  { split; [intros f; constructor|].
    split; [exact (eq_sym real_zero)|split; [exact (eq_sym real_zero)|intros; constructor]]. }
  cbn [map fst snd] in A. injection A as A1 A2. destruct (IH ps A2) as (I1 & I2 & I3 & I4).
  destruct (pivots n _) as [v|] eqn:Pv; [|discriminate A1]. cbn [option_map] in A1.
  injection A1 as <-. pose proof (pivots_positive _ _ _ Pv) as V.
  assert (Same : map fst (map the_corner rest) = map (coordinate sides) rest)
    by (rewrite map_map; apply map_ext; reflexivity).
  assert (Inv : Q2R (/ v) = / Q2R v).
  { apply Q2R_inv. intros Z. apply Qeq_eqR in Z. rewrite real_zero in Z. lra. }
  split; [|split; [|split]].
  - intros f. constructor; [|apply I1]. unfold pivot_of. cbn [fst snd]. rewrite Same, Pv.
    discriminate.
  - cbn [map fst snd weighed_sum fold_right piece_sum]. unfold weighed_sum, piece_sum in I2.
    rewrite I2, Q2R_reduced, Q2R_plus. f_equal. unfold weighed, pivot_of, share_of. cbn [fst snd].
    rewrite Same, Pv, Q2R_mult, Inv. reflexivity.
  - cbn [map fst snd weighed_sum fold_right piece_sum]. unfold weighed_sum, piece_sum in I3.
    rewrite I3, Q2R_reduced, Q2R_plus. f_equal. unfold weighed, pivot_of. cbn [fst snd].
    rewrite Same, Pv, Inv. unfold Rdiv. ring.
  - intros M H. cbn [forallb fst] in H. apply andb_prop in H. destruct H as [H1 H2].
    constructor; [apply Qle_R, H1|apply I4, H2].
Qed.

(* All that is checked of a simplex. *)
Lemma pieces_correct L ps : pieces_at sides w L = Some ps ->
  forallb (corner_fits sides) L = true /\ one_signed w L = true /\
  (forall f, Forall (fun p => pivot_of n p <> None) (pieces_of f (map the_corner L))) /\
  weighed_sum n (pieces_of (fun c => snd (snd c)) (map the_corner L)) =
    Q2R (piece_sum share_of ps) /\
  weighed_sum n (pieces_of (fun _ => 1) (map the_corner L)) = Q2R (piece_sum snd ps) /\
  forall M, forallb (fun p => Qle_bool (fst p) M) ps = true ->
    Forall (fun c => Q2R (corner_value w c) <= Q2R M) L.
Proof using.
  unfold pieces_at. destruct (_ && _)%bool eqn:B; [|discriminate]. apply andb_prop in B.
  destruct B as [B1 B2]. intros A. split; [exact B1|split; [exact B2|]].
  apply all_of_correct in A. rewrite picks_map, map_map in A. cbn [fst snd] in A.
  destruct (listed_pieces (picks L) ps) as (I1 & I2 & I3 & I4).
  { etransitivity; [|exact A]. apply map_ext. intros (c, rest). cbn [fst snd].
    rewrite !map_map. reflexivity. }
  unfold pieces_of. rewrite picks_map. split; [exact I1|split; [exact I2|split; [exact I3|]]].
  intros M H. specialize (I4 M H).
  assert (Fst : map fst (picks L) = L).
  { clear. induction L as [|c l IH]; [reflexivity|]. cbn [picks map fst]. rewrite map_map.
    cbn [fst]. f_equal. exact IH. }
  rewrite <- Fst. apply List.Forall_map. exact I4.
Qed.

(* The same of all simplices. *)
Lemma all_correct cells : forall Ls, map (pieces_at sides w) cells = map Some Ls ->
  let Ts := map (map the_corner) cells in
  Forall (fun L => forallb (corner_fits sides) L = true /\ one_signed w L = true) cells /\
  (forall f, Forall (fun p => pivot_of n p <> None) (flat_map (pieces_of f) Ts)) /\
  weighed_sum n (flat_map (pieces_of (fun c => snd (snd c))) Ts) =
    fold_right (fun l s => Q2R (piece_sum share_of l) + s) 0 Ls /\
  weighed_sum n (flat_map (pieces_of (fun _ => 1)) Ts) =
    fold_right (fun l s => Q2R (piece_sum snd l) + s) 0 Ls /\
  forall M, forallb (forallb (fun p => Qle_bool (fst p) M)) Ls = true ->
    Forall (Forall (fun c => Q2R (corner_value w c) <= Q2R M)) cells.
Proof using.
  induction cells as [|L cells IH]; intros [|ps Ls] A; try discriminate A; cbv zeta.
  { split; [constructor|split; [intros f; constructor|split; [reflexivity|split; [reflexivity|]]]].
    intros M _. constructor. }
  injection A as A1 A2. destruct (IH Ls A2) as (I1 & I2 & I3 & I4 & I5).
  destruct (pieces_correct L ps A1) as (P1 & P2 & P3 & P4 & P5 & P6).
  cbn [map flat_map fold_right]. split; [constructor; [split; assumption|exact I1]|].
  split; [intros f; apply Forall_app; split; [apply P3|apply I2]|].
  rewrite !weighed_app, P4, P5, I3, I4. split; [reflexivity|split; [reflexivity|]].
  intros M H. cbn [forallb] in H. apply andb_prop in H. destruct H as [H1 H2].
  constructor; [apply P6, H1|apply I5, H2].
Qed.

(* Absolute values are not negative. *)
Lemma value_positive c : 0 <= Q2R (corner_value w c).
Proof using.
  unfold corner_value, Q2R. cbn [Qnum Qden]. apply Rmult_le_pos; [apply IZR_le, Z.abs_nonneg|].
  left. apply Rinv_0_lt_compat, (IZR_lt 0). reflexivity.
Qed.

(* Where the row has one sign, absolute values are between the corners' as values are. *)
Lemma one_signed_sum L s : one_signed w L = true -> Forall (fun c => 0 <= s c) L ->
  Forall (fun c => (0 < weight c)%Z) L ->
  Rabs (mixed corner L s (fun c => IZR (row_at w c)) / IZR (Zpos (under w))) =
  mixed corner L s (fun c => IZR (weight c) * Q2R (corner_value w c)).
Proof using.
  intros O S W. assert (U : 0 < IZR (Zpos (under w))) by (apply (IZR_lt 0); reflexivity).
  rewrite (mixed_equal corner L s (fun c => IZR (weight c) * Q2R (corner_value w c))
    (fun c => / IZR (Zpos (under w)) * Rabs (IZR (row_at w c)))).
  - rewrite mixed_times. unfold Rdiv. rewrite Rabs_mult, (Rabs_pos_eq (/ _))
      by (left; apply Rinv_0_lt_compat; exact U).
    rewrite Rmult_comm. f_equal. apply orb_prop in O.
    destruct O as [O|O]; [apply none_below_correct in O|apply none_above_correct in O].
    + rewrite Rabs_pos_eq by (apply mixed_at_least; assumption). apply mixed_equal.
      intros c Hc. rewrite Forall_forall in O. rewrite Rabs_pos_eq; [reflexivity|apply O, Hc].
    + rewrite <- Rabs_Ropp, Rabs_pos_eq
        by (rewrite <- mixed_opposite; apply mixed_at_least; assumption).
      rewrite <- mixed_opposite. apply mixed_equal. intros c Hc. rewrite Forall_forall in O.
      rewrite <- Rabs_Ropp, Rabs_pos_eq; [reflexivity|apply O, Hc].
  - intros c Hc. rewrite Forall_forall in W. specialize (W c Hc). unfold corner_value, Q2R.
    cbn [Qnum Qden]. rewrite abs_IZR, Pos2Z.inj_mul, mult_IZR, Z2Pos.id by exact W.
    apply (IZR_lt 0) in W. field. split; lra.
Qed.
End Pieces.

(* ---------- sums ---------- *)

(* Exactly, *)
Lemma sum_all_real (g : qpiece -> Q) Ls :
  Q2R (sum_all g Ls) = fold_right (fun l s => Q2R (piece_sum g l) + s) 0 Ls.
Proof.
  induction Ls as [|l Ls IH]; cbn [sum_all fold_right]; [apply real_zero|].
  fold (sum_all g Ls). rewrite Q2R_reduced, Q2R_plus, IH. reflexivity.
Qed.

(* and rounded down. *)
Lemma floor_all_real (g : qpiece -> Q) parts Ls :
  let s := fold_right (fun l s => Q2R (piece_sum g l) + s) 0 Ls * IZR (Zpos parts) in
  IZR (floor_all g parts Ls) <= s <= IZR (floor_all g parts Ls) + INR (length Ls).
Proof.
  induction Ls as [|l Ls IH]; cbv zeta in *; [cbn; lra|].
  cbn [floor_all fold_right length]. fold (floor_all g parts Ls).
  set (z := (piece_sum g l * inject_Z (Z.pos parts))%Q).
  assert (Z : Q2R z = Q2R (piece_sum g l) * IZR (Zpos parts)).
  { unfold z. rewrite Q2R_mult. f_equal. unfold Q2R, inject_Z. cbn [Qnum Qden]. field. }
  pose proof (Qle_Rle _ _ (Qfloor_le z)) as L. pose proof (Qlt_Rlt _ _ (Qlt_floor z)) as U.
  assert (W : forall n, Q2R (inject_Z n) = IZR n)
    by (intros n; unfold Q2R, inject_Z; cbn [Qnum Qden]; field).
  rewrite W in L, U. rewrite !plus_IZR in *. rewrite S_INR. lra.
Qed.

(* Sizes. *)
Lemma size_real sides : Q2R (qsize sides) = size (real_sides sides).
Proof.
  induction sides as [|(a, b) rest IH]; cbn [qsize fold_right real_sides map size fst snd].
  - unfold Q2R. cbn. lra.
  - fold (qsize rest) (real_sides rest). rewrite Q2R_reduced, Q2R_mult, Q2R_minus, IH. reflexivity.
Qed.

(* The scale: the size over a factorial. *)
Lemma scale_real sides :
  Q2R (qscale sides) = size (real_sides sides) / INR (fact (S (length sides))).
Proof.
  unfold qscale. rewrite Q2R_reduced, Q2R_mult, size_real. unfold Rdiv. f_equal.
  unfold Q2R. cbn [Qnum Qden]. rewrite Rmult_1_l. f_equal.
  pose proof (lt_O_fact (S (length sides))). rewrite INR_IZR_INZ. f_equal.
  rewrite <- positive_nat_Z, Nat2Pos.id; [reflexivity|lia].
Qed.
