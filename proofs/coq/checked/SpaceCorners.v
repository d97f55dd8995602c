(* The corners of the checker's simplices: with their coordinates, places in the middle of the cube
   and values they are simplices as SpaceSimplices.v has them. *)
From Coq Require Import QArith Qreals Qabs Qround Qminmax Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear Vectors Integrals Cube SimplexVolume
  SimplexPivots SpaceIntegrals SpaceSimplices SpaceRun SpaceNetworks.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Reading ReadingSound Graph Polygon PolygonSound
  Quantities QuantitiesSound Cells CellsLinear CellsCover CellsFacts CellsSound FileNetwork.
From Checked Require Spanning.
Import Spanning(picks, picks_permutation, picks_map, share).
Import ListNotations.
Open Scope R_scope.

(* ---------- places ---------- *)

(* The sides over the real numbers. *)
Definition real_sides (sides : qsides) : list (R * R) :=
  map (fun s => (Q2R (fst s), Q2R (snd s))) sides.
(* From the box to the middle of the cube: the inverse of put. *)
Fixpoint taken (sides : list (R * R)) (v : list R) : list R :=
  match sides, v with
  | (a, b) :: rest, x :: v' => ((x - a) / (b - a) + / 2) / 2 :: taken rest v'
  | _, _ => []
  end.

(* Places have as many coordinates as the box has sides. *)
Lemma put_length sides : forall u, length u = length sides -> length (put sides u) = length sides.
Proof.
  induction sides as [|(a, b) rest IH]; intros [|x u] L; try discriminate L; [reflexivity|].
  cbn in *. rewrite IH; congruence.
Qed.

(* What they are, coordinate by coordinate. *)
Lemma put_nth sides : forall i u, (i < length sides)%nat -> length u = length sides ->
  let (a, b) := nth i sides (0, 0) in
  nth i (put sides u) 0 = a + (b - a) * (2 * nth i u 0 - / 2).
Proof.
  induction sides as [|(a, b) rest IH]; intros [|i] [|x u] Hi L; try (cbn in Hi; lia);
    try discriminate L; cbn [nth put]; [reflexivity|]. apply IH; cbn in *; lia.
Qed.

(* And of the inverse. *)
Lemma taken_nth sides : forall i v, (i < length sides)%nat -> length v = length sides ->
  let (a, b) := nth i sides (0, 0) in
  nth i (taken sides v) 0 = ((nth i v 0 - a) / (b - a) + / 2) / 2.
Proof.
  induction sides as [|(a, b) rest IH]; intros [|i] [|x u] Hi L; try (cbn in Hi; lia);
    try discriminate L; cbn [nth taken]; [reflexivity|]. apply IH; cbn in *; lia.
Qed.

(* Sides that are checked to be ordered are. *)
Lemma ordered_real sides : qordered sides = true -> ordered_sides (real_sides sides).
Proof.
  intros H. apply List.Forall_map, Forall_forall. intros (a, b) Hs. unfold qordered in H.
  rewrite forallb_forall in H. specialize (H _ Hs). cbn [fst snd] in *. apply andb_prop in H.
  destruct H as [H1 H2]. apply Qle_R in H1. apply negb_true_iff, Qeq_bool_neq in H2.
  destruct (Req_dec (Q2R a) (Q2R b)) as [E|E]; [apply eqR_Qeq in E; contradiction|lra].
Qed.

(* An affine expression in the inputs, in the place on the cube. *)
Lemma moved_correct sides : forall l u, length l = length sides -> length u = length sides ->
  let (k, m) := moved_coefficients sides l in length m = length sides /\
  Q2R k + dot (map Q2R m) u = dot (map Q2R l) (put (real_sides sides) u).
Proof.
  induction sides as [|(a, b) rest IH]; intros [|x l] [|y u] L U; try discriminate L;
    try discriminate U; cbn [moved_coefficients].
  { split; [reflexivity|]. cbn. unfold Q2R. cbn. lra. }
  specialize (IH l u ltac:(cbn in L; congruence) ltac:(cbn in U; congruence)).
  destruct (moved_coefficients rest l) as (k, m). destruct IH as [M E].
  split; [cbn; congruence|]. cbn [map real_sides put dot fst snd]. fold (real_sides rest).
  rewrite <- E, !Q2R_reduced, Q2R_plus, !Q2R_mult, !Q2R_minus, Q2R_mult, Q2R_minus.
  replace (Q2R (1 # 2)) with (/ 2) by (unfold Q2R; cbn; lra).
  replace (Q2R 2) with 2 by (unfold Q2R; cbn; lra). ring.
Qed.

(* Products of lists that are both turned round. *)
Lemma dot_turned a : forall b, length a = length b -> dot (rev a) (rev b) = dot a b.
Proof.
  induction a as [|x a IH]; intros [|y b] L; try discriminate L; [reflexivity|].
  injection L as L. cbn [rev dot]. rewrite dot_last by (rewrite !rev_length; exact L).
  rewrite IH by exact L. ring.
Qed.

(* ---------- corners ---------- *)

Section Corners.
Variables (sides : qsides) (G : graph) (ts : list test) (t : tree) (L : list corner).
Notation n := (length sides).
Notation rs := (real_sides sides).
Hypotheses (Gn : inputs G = n) (Ord : ordered_sides rs).
Hypotheses (HL : good_simplex G ts t L) (Fits : forallb (corner_fits sides) L = true).

(* The place of a corner in the middle of the cube. *)
Definition place_of (c : corner) : list R :=
  taken rs (map (fun x => IZR x / IZR (weight c)) (rev (tl (vector_at c)))).
Variable value : corner -> Q.
(* With its coordinate and its value. *)
Definition real_corner (c : corner) : corner4 := (coordinate sides c, (place_of c, Q2R (value c))).

(* What is checked of a corner. *)
Lemma corner_parts c : In c L -> (0 < weight c)%Z /\ length (vector_at c) = S n /\
  length (functional c) = S n /\ (0 < product_of (functional c) (vector_at c))%Z /\
  inside sides (Z.to_pos (weight c)) (rev (tl (vector_at c))) = true.
Proof using Gn HL Fits.
  intros Hc. destruct (good_parts G ts t L HL) as (_ & Len & _ & D & _).
  rewrite forallb_forall in Fits. specialize (Fits c Hc). unfold corner_fits in Fits.
  apply andb_prop in Fits. destruct Fits as [F1 F2]. apply andb_prop in F1. destruct F1 as [F1 F3].
  apply Z.ltb_lt in F1. apply Nat.eqb_eq in F2. rewrite Forall_forall in Len.
  specialize (Len c Hc). rewrite Gn in Len. repeat split; try assumption.
  clear - D Hc. induction L as [|e l IH]; [destruct Hc|]. cbn [dual_integers] in D.
  apply andb_prop in D. destruct D as [D1 D3]. apply andb_prop in D1. destruct D1 as [D1 _].
  destruct Hc as [->|Hc]; [apply Z.ltb_lt, D1|apply IH; assumption].
Qed.

(* Its coordinate is its share, times its weight. *)
Lemma coordinate_value c u : In c L -> length u = n ->
  length (snd (coordinate sides c)) = n /\
  row_value u (real_row (coordinate sides c)) =
    share (1 :: rev (put rs u)) (real c) * IZR (weight c).
Proof using Gn HL Fits.
  intros Hc Hu. destruct (corner_parts c Hc) as (W & V & Fu & D & _).
  unfold coordinate. set (over := product_of (functional c) (vector_at c)) in *.
  set (times := scaled_to c).
  assert (T : forall z, Q2R (times z) = IZR z * (IZR (weight c) / IZR over)).
  { intros z. unfold times, scaled_to. fold over. rewrite Q2R_reduced. unfold Q2R.
    cbn [Qnum Qden]. rewrite mult_IZR, Z2Pos.id by exact D. unfold Rdiv. ring. }
  assert (Ov : over = product_of (functional c) (vector_at c)) by reflexivity.
  clearbody times over. assert (Po : IZR over <> 0) by (apply Rgt_not_eq, (IZR_lt 0), D).
  destruct (functional c) as [|g0 g] eqn:Eg; [discriminate Fu|]. cbn [tl hd length] in *.
  pose proof (moved_correct sides (map times (rev g)) u
    ltac:(rewrite map_length, rev_length; congruence) Hu) as M.
  destruct (moved_coefficients sides _) as (k, l). destruct M as [M1 M2].
  cbn [snd]. split; [exact M1|]. unfold row_value, real_row. cbn [fst snd].
  rewrite Q2R_reduced, Q2R_plus, T.
  assert (Dt : forall z v, dot (map Q2R (map times z)) v =
    dot (map IZR z) v * (IZR (weight c) / IZR over)).
  { induction z as [|y z IH]; intros [|x v]; cbn [map dot]; try ring. rewrite IH, T. ring. }
  rewrite Rplus_assoc, M2, Dt, map_rev.
  assert (Lp : length (put rs u) = n).
  { rewrite put_length; unfold real_sides; rewrite map_length; [reflexivity|exact Hu]. }
  unfold share. unfold real at 1 2. cbn [fst snd]. rewrite Eg. cbn [map].
  change (dot (IZR g0 :: map IZR g) (1 :: rev (put rs u)))
    with (IZR g0 * 1 + dot (map IZR g) (rev (put rs u))).
  rewrite <- (rev_involutive (map IZR g)) at 2. rewrite dot_turned
    by (rewrite rev_length, map_length; congruence).
  change (IZR g0 :: map IZR g) with (map IZR (g0 :: g)).
  unfold real. cbn [fst snd]. rewrite product_real, <- Ov. field. exact Po.
Qed.

(* Sums over what is mapped. *)
Lemma sum_map (f : corner4 -> R) (g : corner -> corner4) l :
  corner_sum f (map g l) = fold_right (fun c s => f (g c) + s) 0 l.
Proof using.
  clear. unfold corner_sum. induction l as [|c l IH]; [reflexivity|]. cbn [map fold_right].
  rewrite IH. reflexivity.
Qed.

(* Sums over corners are mixtures with their shares. *)
Lemma sum_mixed (f : corner -> R) (g : corner4 -> R) s l :
  (forall c, In c l -> g (real_corner c) = s c * f c) ->
  corner_sum g (map real_corner l) = mixed corner l s f.
Proof using.
  clear. intros E. rewrite sum_map. unfold mixed, Spanning.total.
  induction l as [|c l IH]; [reflexivity|]. cbn [fold_right].
  rewrite (E c (or_introl eq_refl)), IH by (intros; apply E; right; assumption). reflexivity.
Qed.

(* A constant factor. *)
Lemma mixed_times (l : list corner) s k f : mixed corner l s (fun c => k * f c) =
  k * mixed corner l s f.
Proof using.
  clear. pose proof (mixed_linear corner l s k f (fun _ => 0)) as M. rewrite mixed_zero in M.
  rewrite Rplus_0_r in M. rewrite <- M. apply mixed_equal. intros c _. ring.
Qed.

(* A place in the box is one in the middle of the cube. *)
Lemma inside_places S xs unit : ordered_sides (real_sides S) -> inside S unit xs = true ->
  length xs = length S /\ forall i, (i < length S)%nat ->
  / 4 <= nth i (taken (real_sides S) (map (fun x => IZR x / IZR (Zpos unit)) xs)) 0 <= 3 / 4.
Proof using.
  clear. revert xs. induction S as [|(a, b) rest IH]; intros [|x xs] O H; try discriminate H.
  { split; [reflexivity|]. intros i Hi. cbn in Hi. lia. }
  cbn [inside] in H. apply andb_prop in H. destruct H as [H H3]. apply andb_prop in H.
  destruct H as [H1 H2]. apply Qle_R in H1, H2. inversion O as [|? ? Oab O']; subst.
  cbn [fst snd] in Oab. destruct (IH xs O' H3) as [IL IN]. split; [cbn; congruence|].
  intros [|i] Hi; cbn [map real_sides taken nth fst snd]; [|apply IN; cbn in Hi; lia].
  unfold Q2R in H1 at 2, H2 at 1. cbn [Qnum Qden] in H1, H2.
  fold (IZR x / IZR (Zpos unit)) in H1, H2.
  set (y := IZR x / IZR (Zpos unit)) in *. assert (0 <= (y - Q2R a) / (Q2R b - Q2R a) <= 1).
  { split; [apply Rdiv_le_0_compat; lra|apply Rle_div_l; lra]. }
  lra.
Qed.

(* The coordinates at a point are the shares of its place, times the weights. *)
Lemma share_of_place u c : length u = n -> In c L -> share_at u (real_corner c) =
  share (1 :: rev (put rs u)) (real c) * IZR (weight c).
Proof using Gn HL Fits. intros Hu Hc. apply (coordinate_value c u Hc Hu). Qed.

(* The place of a corner is its vector's, over the weight. *)
Lemma place_value c i a b : In c L -> (i < n)%nat -> nth i rs (0, 0) = (a, b) ->
  nth i (fst (snd (real_corner c))) 0 =
    ((IZR (nth (n - i) (vector_at c) 0%Z) / IZR (weight c) - a) / (b - a) + / 2) / 2.
Proof using Gn HL Fits.
  intros Hc Hi E. assert (Ln : length rs = n) by (unfold real_sides; apply map_length).
  destruct (corner_parts c Hc) as (W & V & _). cbn [real_corner fst snd].
  unfold place_of. pose proof (taken_nth rs i (map (fun x => IZR x / IZR (weight c))
    (rev (tl (vector_at c)))) ltac:(lia)) as T. rewrite E in T.
  destruct (vector_at c) as [|w0 vec] eqn:Ev; [discriminate V|]. cbn [tl length] in *.
  rewrite T by (rewrite map_length, rev_length; lia).
  rewrite (nth_indep _ 0 (IZR 0 / IZR (weight c))) by (rewrite map_length, rev_length; lia).
  rewrite (map_nth (fun x => IZR x / IZR (weight c)) _ 0%Z i), rev_nth by lia.
  replace (n - i)%nat with (S (length vec - S i)) by lia. reflexivity.
Qed.

(* A point of the cube, and its place. *)
Section Point.
Variable u : list R.
Hypothesis Hu : length u = n.
Notation shares := (fun c => share (1 :: rev (put rs u)) (real c)).

(* The place is a sum of the corners' vectors. *)
Lemma place_spanned i : nth i (1 :: rev (put rs u)) 0 =
  mixed corner L shares (fun c => IZR (nth i (vector_at c) 0%Z)).
Proof using Gn HL Hu.
  assert (Ln : length rs = n) by (unfold real_sides; apply map_length).
  apply (simplex_spans G ts t L _ HL). cbn [length]. rewrite rev_length, put_length by congruence.
  rewrite Gn, Ln. apply le_n.
Qed.

(* The coordinates add up to 1, *)
Lemma coordinates_one : corner_sum (share_at u) (map real_corner L) = 1.
Proof using Gn HL Fits Hu.
  rewrite (sum_mixed (fun c => IZR (weight c)) _ shares)
    by (intros c Hc; apply share_of_place; assumption).
  transitivity (nth 0 (1 :: rev (put rs u)) 0); [|reflexivity]. rewrite (place_spanned 0).
  apply mixed_equal. intros c _. unfold weight. destruct (vector_at c); reflexivity.
Qed.

(* and the point is between the corners' places, by these. *)
Lemma coordinates_place i : (i < n)%nat -> nth i u 0 =
  corner_sum (fun c => share_at u c * nth i (fst (snd c)) 0) (map real_corner L).
Proof using Gn Ord HL Fits Hu.
  intros Hi. assert (Ln : length rs = n) by (unfold real_sides; apply map_length).
  pose proof (put_nth rs i u ltac:(lia) ltac:(lia)) as Pu.
  destruct (nth i rs (0, 0)) as (a, b) eqn:Eab.
  assert (Hab : a < b).
  { unfold ordered_sides in Ord. rewrite Forall_forall in Ord.
    specialize (Ord (nth i rs (0, 0)) ltac:(apply nth_In; lia)). rewrite Eab in Ord. exact Ord. }
  assert (X : mixed corner L shares (fun c => IZR (nth (n - i) (vector_at c) 0%Z)) =
    nth i (put rs u) 0).
  { rewrite <- (place_spanned (n - i)). replace (n - i)%nat with (S (n - S i)) by lia. cbn [nth].
    rewrite rev_nth, put_length, Ln by (rewrite ?put_length; lia). f_equal. lia. }
  assert (One := coordinates_one).
  rewrite (sum_mixed (fun c => IZR (weight c)) (share_at u) shares) in One
    by (intros c Hc; apply share_of_place; assumption).
  rewrite (sum_mixed (fun c => IZR (weight c) * nth i (fst (snd (real_corner c))) 0) _ shares)
    by (intros c Hc; rewrite share_of_place by assumption; apply Rmult_assoc).
  rewrite (mixed_equal corner L _ _
    (fun c => / (2 * (b - a)) * IZR (nth (n - i) (vector_at c) 0%Z)
      + (/ 4 - a / (2 * (b - a))) * IZR (weight c))).
  - rewrite mixed_linear, mixed_times, X, Pu, One. field. lra.
  - intros c Hc. rewrite (place_value c i a b Hc Hi Eab). destruct (corner_parts c Hc) as (W & _).
    assert (0 < IZR (weight c)) by (apply (IZR_lt 0), W). field. lra.
Qed.
End Point.

(* The simplex with coordinates, places and values is one for SpaceSimplices.v. *)
Lemma corner_barycentric : barycentric n (map real_corner L).
Proof using Gn Ord HL Fits.
  destruct (good_parts G ts t L HL) as (Len & _). rewrite Gn in Len.
  split; [rewrite map_length; exact Len|split; [|split]].
  - apply List.Forall_map, Forall_forall. intros c Hc.
    apply (coordinate_value c (repeat 0 n) Hc). apply repeat_length.
  - intros p i Hp Hi. apply in_map_iff in Hp. destruct Hp as (c & <- & Hc).
    destruct (corner_parts c Hc) as (W & _ & _ & _ & In_). cbn [real_corner fst snd].
    unfold place_of. destruct (inside_places sides _ _ Ord In_) as [_ Pl]. specialize (Pl i Hi).
    rewrite Z2Pos.id in Pl by exact W. exact Pl.
  - intros u Hu. split; [exact (coordinates_one u Hu)|exact (coordinates_place u Hu)].
Qed.
End Corners.
