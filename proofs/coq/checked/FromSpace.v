(* From two files to the integral of their distance over a box, with any number of inputs: what a run
   of the checker on simplices says of the real functions.  The files that --coq writes end in one of
   these theorems. *)
From Coq Require Import QArith Qreals Qabs Qround Qminmax Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear Vectors Integrals Cube SimplexVolume
  SimplexPivots SpaceIntegrals SpaceSimplices SpaceRun FromFile.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Reading ReadingSound Graph Polygon PolygonSound
  Quantities QuantitiesSound Cells CellsLinear CellsCover CellsFacts CellsSound FileNetwork.
From Checked Require Spanning.
Import Spanning(picks, picks_permutation, picks_map, share).
Import ListNotations.
Open Scope R_scope.

(* The function of a file: its first output. *)
Definition file_space (F : file) (v : list R) : R := nth 0 (file_values F v) 0.

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

(* Turned round, lists are as far apart. *)
Lemma distance_turned v : forall w, length v = length w ->
  sum_distance (rev v) (rev w) = sum_distance v w.
Proof.
  induction v as [|x v IH]; intros [|y w] L; try discriminate L; [reflexivity|].
  injection L as L. cbn [rev]. rewrite sum_distance_app by (rewrite !rev_length; exact L).
  rewrite IH by exact L. cbn. ring.
Qed.

(* ---------- the difference of two files ---------- *)

Section Difference.
Variables (F G : file) (n : nat) (outs : list (list poly)) (H : graph) (e : poly) (w : row).
Hypotheses (graph_is : graph_of n [F; G] = Some (outs, H))
  (difference_is : difference outs = Some e) (row_is : row_of (graph_size H) e = Some w).
Notation gap := (fun v => file_space F v - file_space G v).
Notation unit := (IZR (Zpos (under w))).

(* It is what the row says, *)
Lemma space_row v : length v = n ->
  gap v = (IZR (own w) + weigh (of_values w) (values H v)) / unit.
Proof using graph_is difference_is row_is.
  intros L. destruct (graph_of_correct n [F; G] outs H v graph_is L) as (I2 & _ & O).
  rewrite <- (row_of_correct (valued (values H v)) (graph_size H) e w (values H v) row_is).
  - revert difference_is. destruct outs as [|[|p ps] [|[|q qs] [|]]]; intros E; try discriminate E.
    injection E as <-. inversion O as [|? ? ? ? V O']; subst. inversion O' as [|? ? ? ? W _]; subst.
    unfold have in V, W. unfold file_space. rewrite <- V, <- W, subtract_value. reflexivity.
  - unfold values, graph_size. rewrite run_length, rev_length, I2, L. reflexivity.
  - reflexivity.
Qed.

(* and Lipschitz. *)
Lemma space_lipschitz : exists C, lipschitz C n (fun v => Rabs (gap v)).
Proof using graph_is difference_is row_is.
  destruct (weigh_lipschitz (of_values w)) as (W & W0 & HW).
  destruct (run_lipschitz (units H)) as (K & K0 & HK).
  assert (U : 0 < / unit) by (apply Rinv_0_lt_compat, (IZR_lt 0); reflexivity).
  exists (/ unit * (W * K)). intros u u' Hu Hu'. eapply Rle_trans; [apply Rabs_triang_inv2|].
  rewrite !space_row by assumption. set (v := values H u). set (v' := values H u').
  replace ((IZR (own w) + weigh (of_values w) v) / unit
    - (IZR (own w) + weigh (of_values w) v') / unit)
    with (/ unit * (weigh (of_values w) v - weigh (of_values w) v')) by (unfold Rdiv; ring).
  rewrite Rabs_mult, (Rabs_pos_eq (/ unit)) by lra. rewrite Rmult_assoc.
  apply Rmult_le_compat_l; [lra|]. rewrite Rmult_assoc.
  eapply Rle_trans; [apply HW; unfold v, v', values; rewrite !run_length, !rev_length; congruence|].
  apply Rmult_le_compat_l; [exact W0|]. unfold v, v', values.
  eapply Rle_trans; [apply HK; rewrite !rev_length; congruence|].
  apply Rmult_le_compat_l; [exact K0|]. rewrite distance_turned by congruence. lra.
Qed.
End Difference.

(* ---------- places ---------- *)

Definition real_sides (sides : qsides) : list (R * R) :=
  map (fun s => (Q2R (fst s), Q2R (snd s))) sides.
(* From the box to the middle of the cube: the inverse of put. *)
Fixpoint taken (sides : list (R * R)) (v : list R) : list R :=
  match sides, v with
  | (a, b) :: rest, x :: v' => ((x - a) / (b - a) + / 2) / 2 :: taken rest v'
  | _, _ => []
  end.

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

Definition place_of (c : corner) : list R :=
  taken rs (map (fun x => IZR x / IZR (weight c)) (rev (tl (vector_at c)))).
Variable value : corner -> Q.
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
Lemma sum_mixed (f : corner -> R) (g : corner4 -> R) s l :
  (forall c, In c l -> g (real_corner c) = s c * f c) ->
  corner_sum g (map real_corner l) = mixed corner l s f.
Proof using.
  clear. intros E. rewrite sum_map. unfold mixed, Spanning.total.
  induction l as [|c l IH]; [reflexivity|]. cbn [fold_right].
  rewrite (E c (or_introl eq_refl)), IH by (intros; apply E; right; assumption). reflexivity.
Qed.

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
  unfold Q2R in H1 at 2, H2 at 1. cbn [Qnum Qden] in H1, H2. fold (IZR x / IZR (Zpos unit)) in H1, H2.
  set (y := IZR x / IZR (Zpos unit)) in *. assert (0 <= (y - Q2R a) / (Q2R b - Q2R a) <= 1).
  { split; [apply Rdiv_le_0_compat; lra|apply Rle_div_l; lra]. }
  lra.
Qed.

(* The simplex with coordinates, places and values is one for SpaceSimplices.v. *)
Lemma corner_barycentric : barycentric n (map real_corner L).
Proof using Gn Ord HL Fits.
  destruct (good_parts G ts t L HL) as (Len & _). rewrite Gn in Len.
  assert (Co : forall u c, length u = n -> In c L -> share_at u (real_corner c) =
    share (1 :: rev (put rs u)) (real c) * IZR (weight c)).
  { intros u c Hu Hc. apply (coordinate_value c u Hc Hu). }
  assert (Ln : length rs = n) by (unfold real_sides; apply map_length).
  split; [rewrite map_length; exact Len|split; [|split]].
  - apply List.Forall_map, Forall_forall. intros c Hc.
    apply (coordinate_value c (repeat 0 n) Hc). apply repeat_length.
  - intros p i Hp Hi. apply in_map_iff in Hp. destruct Hp as (c & <- & Hc).
    destruct (corner_parts c Hc) as (W & _ & _ & _ & In_). cbn [real_corner fst snd]. unfold place_of.
    destruct (inside_places sides _ _ Ord In_) as [_ Pl]. specialize (Pl i Hi).
    rewrite Z2Pos.id in Pl by exact W. exact Pl.
  - intros u Hu. set (y := 1 :: rev (put rs u)).
    assert (Lp : length (put rs u) = n) by (rewrite put_length; congruence).
    pose proof (simplex_spans G ts t L y HL) as Sp. rewrite Gn in Sp.
    specialize (Sp ltac:(unfold y; cbn [length]; rewrite rev_length, Lp; apply le_n)).
    assert (One : corner_sum (share_at u) (map real_corner L) = 1).
    { rewrite (sum_mixed (fun c => IZR (weight c)) _ (fun c => share y (real c)))
        by (intros c Hc; apply Co; assumption).
      transitivity (nth 0 y 0); [|reflexivity]. rewrite (Sp 0%nat).
      apply mixed_equal. intros c _. unfold weight. destruct (vector_at c); reflexivity. }
    split; [exact One|]. intros i Hi.
    pose proof (put_nth rs i u ltac:(lia) ltac:(lia)) as Pu.
    destruct (nth i rs (0, 0)) as (a, b) eqn:Eab.
    assert (Hab : a < b).
    { unfold ordered_sides in Ord. rewrite Forall_forall in Ord.
      specialize (Ord (nth i rs (0, 0)) ltac:(apply nth_In; lia)). rewrite Eab in Ord. exact Ord. }
    assert (Place : forall c, In c L -> nth i (fst (snd (real_corner c))) 0 =
      ((IZR (nth (n - i) (vector_at c) 0%Z) / IZR (weight c) - a) / (b - a) + / 2) / 2).
    { intros c Hc. destruct (corner_parts c Hc) as (W & V & _). cbn [real_corner fst snd].
      unfold place_of. pose proof (taken_nth rs i (map (fun x => IZR x / IZR (weight c))
        (rev (tl (vector_at c)))) ltac:(lia)) as T. rewrite Eab in T.
      destruct (vector_at c) as [|w0 vec] eqn:Ev; [discriminate V|]. cbn [tl length] in *.
      rewrite T by (rewrite map_length, rev_length; lia).
      rewrite (nth_indep _ 0 (IZR 0 / IZR (weight c))) by (rewrite map_length, rev_length; lia).
      rewrite (map_nth (fun x => IZR x / IZR (weight c)) _ 0%Z i), rev_nth by lia.
      replace (n - i)%nat with (S (length vec - S i)) by lia. reflexivity. }
    assert (X : mixed corner L (fun c => share y (real c))
      (fun c => IZR (nth (n - i) (vector_at c) 0%Z)) = nth i (put rs u) 0).
    { rewrite <- (Sp (n - i)%nat). unfold y. replace (n - i)%nat with (S (n - S i)) by lia.
      cbn [nth]. rewrite rev_nth by lia. f_equal. lia. }
    rewrite (sum_mixed (fun c => IZR (weight c) * nth i (fst (snd (real_corner c))) 0)
      (fun p => share_at u p * nth i (fst (snd p)) 0) (fun c => share y (real c)))
      by (intros c Hc; rewrite Co by assumption; unfold y; apply Rmult_assoc).
    rewrite (mixed_equal corner L _ _ (fun c => / (2 * (b - a)) * IZR (nth (n - i) (vector_at c) 0%Z)
      + (/ 4 - a / (2 * (b - a))) * IZR (weight c))).
    + rewrite mixed_linear, X, Pu.
      assert (W1 : mixed corner L (fun c => share y (real c))
        (fun c => (/ 4 - a / (2 * (b - a))) * IZR (weight c)) = / 4 - a / (2 * (b - a))).
      { rewrite mixed_times.
        rewrite <- (sum_mixed (fun c => IZR (weight c)) (share_at u) (fun c => share y (real c)))
          by (intros c Hc; apply Co; assumption). rewrite One. ring. }
      rewrite W1. field. lra.
    + intros c Hc. rewrite Place by exact Hc. destruct (corner_parts c Hc) as (W & _).
      assert (0 < IZR (weight c)) by (apply (IZR_lt 0), W). field. lra.
Qed.
End Corners.

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
  - intros f. constructor; [|apply I1]. unfold pivot_of. cbn [fst snd]. rewrite Same, Pv. discriminate.
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
  weighed_sum n (pieces_of (fun c => snd (snd c)) (map the_corner L)) = Q2R (piece_sum share_of ps) /\
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
  assert (App : forall a b, weighed_sum n (a ++ b) = weighed_sum n a + weighed_sum n b).
  { induction a as [|p a IH]; intros b; unfold weighed_sum in *; cbn [app fold_right];
      [ring|rewrite IH; ring]. }
  induction cells as [|L cells IH]; intros [|ps Ls] A; try discriminate A; cbv zeta.
  { split; [constructor|split; [intros f; constructor|split; [reflexivity|split; [reflexivity|]]]].
    intros M _. constructor. }
  injection A as A1 A2. destruct (IH Ls A2) as (I1 & I2 & I3 & I4 & I5).
  destruct (pieces_correct L ps A1) as (P1 & P2 & P3 & P4 & P5 & P6).
  cbn [map flat_map fold_right]. split; [constructor; [split; assumption|exact I1]|].
  split; [intros f; apply Forall_app; split; [apply P3|apply I2]|].
  rewrite !App, P4, P5, I3, I4. split; [reflexivity|split; [reflexivity|]].
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
    + rewrite <- Rabs_Ropp, Rabs_pos_eq by (rewrite <- mixed_opposite; apply mixed_at_least; assumption).
      rewrite <- mixed_opposite. apply mixed_equal. intros c Hc. rewrite Forall_forall in O.
      rewrite <- Rabs_Ropp, Rabs_pos_eq; [reflexivity|apply O, Hc].
  - intros c Hc. rewrite Forall_forall in W. specialize (W c Hc). unfold corner_value, Q2R.
    cbn [Qnum Qden]. rewrite abs_IZR, Pos2Z.inj_mul, mult_IZR, Z2Pos.id by exact W.
    apply (IZR_lt 0) in W. field. split; lra.
Qed.
End Pieces.

(* All simplices of a cover are good. *)
Lemma facets_good n ts t simplices : forall us out l,
  facets_of n us ts t simplices out = Some l -> forall numbers L, In numbers simplices ->
  simplex_of us t numbers = Some L -> simplex_fits n ts L = true.
Proof.
  induction simplices as [|m simplices IH]; intros us out l H numbers L Hm E; [destruct Hm|].
  cbn [facets_of] in H. destruct (simplex_of us t m) as [T|] eqn:Et; [|discriminate H].
  destruct (simplex_fits n ts T) eqn:Ft; [|discriminate H].
  destruct Hm as [<-|Hm]; [rewrite Et in E; injection E as <-; exact Ft|].
  exact (IH us _ l H numbers L Hm E).
Qed.

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
Lemma scale_real sides :
  Q2R (qscale sides) = size (real_sides sides) / INR (fact (S (length sides))).
Proof.
  unfold qscale. rewrite Q2R_reduced, Q2R_mult, size_real. unfold Rdiv. f_equal.
  unfold Q2R. cbn [Qnum Qden]. rewrite Rmult_1_l. f_equal.
  pose proof (lt_O_fact (S (length sides))). rewrite INR_IZR_INZ. f_equal.
  rewrite <- positive_nat_Z, Nat2Pos.id; [reflexivity|lia].
Qed.

(* ---------- walls ---------- *)

Lemma dot_longer a u : forall v, (length a <= length v)%nat -> dot a (v ++ u) = dot a v.
Proof.
  induction a as [|x a IH]; intros [|y v] L; cbn [app dot length] in *; try reflexivity;
    [destruct u; lia || reflexivity|]. rewrite IH by lia. reflexivity.
Qed.
Lemma zeros_before z x l y : length l = z ->
  dot (map IZR (repeat 0%Z z ++ [x])) (l ++ [y]) = IZR x * y.
Proof.
  revert l. induction z as [|z IH]; intros [|b l] L; try discriminate L; cbn; [ring|].
  rewrite IH by (cbn in L; congruence). ring.
Qed.
Lemma side_walls_short sides a : In a (side_walls sides) -> (length a <= S (length sides))%nat.
Proof.
  induction sides as [|(p, q) rest IH]; cbn [side_walls length]; [intros []|].
  intros [<-|[<-|H]]; cbn; rewrite ?app_length, ?repeat_length; cbn; try lia.
  specialize (IH H). lia.
Qed.

(* The walls are those of the box. *)
Lemma walls_correct sides : forall v, length v = length sides ->
  (forall i, (i < length sides)%nat -> let (a, b) := nth i (real_sides sides) (0, 0) in
    a <= nth i v 0 <= b) ->
  Forall (fun l => 0 <= dot (reals l) (1 :: rev v)) (box_walls sides).
Proof.
  intros v L H. unfold box_walls. constructor; [cbn; destruct (rev v); lra|].
  revert v L H. induction sides as [|(a, b) rest IH]; intros [|x v] L H; try discriminate L;
    cbn [side_walls]; [constructor|].
  assert (D : forall q : Q, 0 < IZR (QDen q)) by (intros q; apply (IZR_lt 0); reflexivity).
  assert (Hx := H 0%nat ltac:(cbn; lia)). cbn [real_sides map nth fst snd] in Hx.
  injection L as L. cbn [rev].
  assert (P : forall k q, dot (reals (k :: repeat 0%Z (length rest) ++ [q])) (1 :: rev v ++ [x]) =
    IZR k + IZR q * x).
  { intros k q. change (IZR k * 1 + dot (reals (repeat 0%Z (length rest) ++ [q])) (rev v ++ [x]) =
      IZR k + IZR q * x). rewrite zeros_before by (rewrite rev_length; exact L). ring. }
  unfold Q2R in Hx. destruct Hx as [X1 X2].
  apply Rmult_le_compat_r with (r := IZR (QDen a)) in X1; [|left; apply D].
  apply Rmult_le_compat_r with (r := IZR (QDen b)) in X2; [|left; apply D].
  rewrite Rmult_assoc, Rinv_l, Rmult_1_r in X1, X2 by (apply Rgt_not_eq, D).
  constructor; [rewrite P, opp_IZR; lra|]. constructor; [rewrite P, opp_IZR; lra|].
  apply Forall_forall. intros l Hl. pose proof (side_walls_short rest l Hl) as Sh.
  change (1 :: rev v ++ [x]) with ((1 :: rev v) ++ [x]).
  rewrite dot_longer by (rewrite map_length; cbn [length]; rewrite rev_length; lia).
  assert (W := IH v L (fun i Hi => H (S i) ltac:(cbn; lia))).
  rewrite Forall_forall in W. exact (W l Hl).
Qed.

(* ---------- what the run shows ---------- *)

(* Some rational is the largest value. *)
Lemma largest Ls : exists M, forallb (forallb (fun p : qpiece => Qle_bool (fst p) M)) Ls = true.
Proof.
  assert (Le : forall u v, (u <= v)%Q -> Qle_bool u v = true) by (intros; apply Qle_bool_iff; auto).
  assert (Up : forall M N l, (M <= N)%Q -> forallb (fun p : qpiece => Qle_bool (fst p) M) l = true ->
    forallb (fun p : qpiece => Qle_bool (fst p) N) l = true).
  { intros M N l L H. rewrite forallb_forall in *. intros p Hp. specialize (H p Hp).
    apply Le. apply Qle_bool_imp_le in H. eapply Qle_trans; eassumption. }
  assert (One : forall l, exists M, forallb (fun p : qpiece => Qle_bool (fst p) M) l = true).
  { induction l as [|p l (M & IH)]; [exists 0%Q; reflexivity|]. exists (Qmax (fst p) M).
    cbn [forallb]. rewrite Le by apply Q.le_max_l. apply (Up M); [apply Q.le_max_r|exact IH]. }
  induction Ls as [|l Ls (M & IH)]; [exists 0%Q; reflexivity|]. destruct (One l) as (N & HN).
  exists (Qmax N M). cbn [forallb]. rewrite (Up N _ l (Q.le_max_l N M) HN). cbn [andb].
  rewrite forallb_forall in *. intros m Hm. apply (Up M); [apply Q.le_max_r|apply IH, Hm].
Qed.

Section Shown.
Variables (f g : list R -> R) (F G : file) (sides : qsides) (rs : list (R * R)).
Hypotheses (Hf : forall v, file_space F v = f v) (Hg : forall v, file_space G v = g v).
Hypothesis Hr : real_sides sides = rs.
Variables (points : list corner_point) (simplices : list (list Z)).
Notation n := (length sides).
Notation apart_at := (fun v => Rabs (f v - g v)).

(* The integral exists, and is at most what the simplices say, and less only by what their volumes are
   too many. *)
Lemma space_around Ls M : all_pieces F G sides points simplices = Some Ls ->
  forallb (forallb (fun p => Qle_bool (fst p) M)) Ls = true ->
  let share := Q2R (qscale sides) * fold_right (fun l s => Q2R (piece_sum share_of l) + s) 0 Ls in
  let volume := Q2R (qscale sides) * fold_right (fun l s => Q2R (piece_sum snd l) + s) 0 Ls in
  box_integrable rs apart_at /\
  share - Q2R M * (volume - size rs) <= box_integral rs apart_at <= share.
Proof using Hf Hg Hr.
  intros A B. cbv zeta. revert A. unfold all_pieces.
  destruct (graph_of n [F; G]) as [[outs H]|] eqn:Gr; [|discriminate].
  destruct (difference outs) as [e|] eqn:E; [|discriminate].
  destruct (row_of (graph_size H) e) as [w|] eqn:R; [|discriminate].
  destruct (place_all H (box_walls sides) points 1 Empty) as [t|] eqn:P; [|discriminate].
  destruct (_ && _)%bool eqn:K; [|discriminate]. apply andb_prop in K. destruct K as [K Cov].
  apply andb_prop in K. destruct K as [N0 Ord]. apply negb_true_iff, Nat.eqb_neq in N0.
  destruct (all_of (map (simplex_of _ t) simplices)) as [cells|] eqn:Cs; [|discriminate].
  intros Ps. apply all_of_correct in Cs, Ps. apply ordered_real in Ord. rewrite Hr in Ord.
  assert (Gn : inputs H = n).
  { destruct (graph_of_correct n [F; G] outs H (repeat 0 n) Gr (repeat_length 0 n)) as (I2 & _).
    exact I2. }
  destruct (space_lipschitz F G n outs H e w Gr E R) as (C & Lip).
  assert (Lf : lipschitz C n apart_at)
    by (intros v u Hv Hu; specialize (Lip v u Hv Hu); cbv beta in Lip; rewrite !Hf, !Hg in Lip;
        exact Lip).
  assert (Ln : length rs = n) by (rewrite <- Hr; unfold real_sides; apply map_length).
  split; [rewrite <- Ln in Lf; apply (box_lipschitz rs Ord C _ Lf)|].
  pose proof (place_all_correct H (box_walls sides) points 1%positive Empty t I P) as Good.
  destruct (all_correct sides w cells Ls Ps) as (Fits & HP & Shares & Volumes & Bounds).
  set (the_corner := real_corner sides (corner_value w)) in *.
  set (Ts := map (map the_corner) cells) in *.
  assert (Cells : forall L, In L cells -> good_simplex H falsehood t L).
  { intros L HL. assert (J : In (Some L) (map Some cells)) by (apply in_map, HL).
    rewrite <- Cs in J. apply in_map_iff in J. destruct J as (m & Em & Hm).
    split; [exact (simplex_numbered t _ m L Em)|]. unfold cells_cover in Cov.
    destruct (facets_of _ _ _ _ _ _) as [l|] eqn:Fa; [|discriminate Cov].
    rewrite Gn. exact (facets_good _ _ _ _ _ _ _ Fa m L Hm Em). }
  rewrite Forall_forall in Fits.
  assert (HT : Forall (barycentric n) Ts).
  { apply List.Forall_map, Forall_forall. intros L HL.
    apply (corner_barycentric sides H falsehood t L Gn); [rewrite Hr; exact Ord|apply Cells, HL|
      apply Fits, HL]. }
  assert (Ed : exists d, n = S d) by (exists (pred n); lia). destruct Ed as (d & Ed).
  rewrite !scale_real, Hr. rewrite <- Shares, <- Volumes.
  pose proof (box_between d rs (fun v => Rabs (f v - g v)) C Ts Ord) as All.
  unfold total_weighed in All. rewrite <- Ed in All. apply All; [exact Ln|exact Lf|exact HT|exact HP| |].
  - specialize (Bounds M B). apply List.Forall_map, Forall_forall. intros L HL.
    rewrite Forall_forall in Bounds. specialize (Bounds L HL). apply List.Forall_map.
    eapply Forall_impl; [|exact Bounds]. intros c Hc. cbn. split; [apply value_positive|exact Hc].
  - intros u Hu Fu. set (v := put rs u).
    assert (Lv : length v = n) by (unfold v; rewrite put_length; congruence).
    destruct (simplex_around H (box_walls sides) falsehood t simplices v Good) as
      (m & L & Hm & Em & _ & Sh & _ & Lin).
    { rewrite Gn. exact Cov. }
    { rewrite Gn. exact Lv. }
    { apply walls_correct; [exact Lv|]. intros i Hi. rewrite Hr.
      pose proof (put_nth rs i u ltac:(lia) ltac:(lia)) as Pu. fold v in Pu.
      assert (Oi : fst (nth i rs (0, 0)) < snd (nth i rs (0, 0))).
      { unfold ordered_sides in Ord. rewrite Forall_forall in Ord. apply Ord, nth_In. lia. }
      destruct (nth i rs (0, 0)) as (a, b). cbn [fst snd] in Oi. rewrite Pu.
      rewrite Forall_forall in Fu. specialize (Fu (nth i u 0) ltac:(apply nth_In; lia)). nra. }
    rewrite Gn in Em. assert (HL : In L cells).
    { assert (J : In (Some L) (map Some cells)) by (rewrite <- Cs, <- Em; apply in_map, Hm).
      apply in_map_iff in J. destruct J as (L' & E' & J). injection E' as ->. exact J. }
    exists (map the_corner L). split; [apply in_map, HL|].
    destruct (Fits L HL) as [Fi Os].
    assert (Co : forall c, In c L -> share_at u (the_corner c) =
      share (1 :: rev v) (real c) * IZR (weight c) /\ (0 < weight c)%Z).
    { intros c Hc. split.
      - destruct (coordinate_value sides H falsehood t L Gn (Cells L HL) Fi c u Hc) as [_ Cv];
          [congruence|]. rewrite Hr in Cv. exact Cv.
      - apply (corner_parts sides H falsehood t L Gn (Cells L HL) Fi c Hc). }
    split.
    + apply List.Forall_map, Forall_forall. intros c Hc. destruct (Co c Hc) as [-> W].
      rewrite Forall_forall in Sh. apply Rmult_le_pos; [apply Sh, Hc|apply IZR_le; lia].
    + rewrite <- Hf, <- Hg. rewrite (space_row F G n outs H e w Gr E R v Lv), Lin.
      rewrite (one_signed_sum w L _ Os Sh).
      * symmetry. apply (sum_mixed sides (corner_value w)). intros c Hc. destruct (Co c Hc) as [Cv _].
        unfold the_corner in Cv. rewrite Cv. apply Rmult_assoc.
      * apply Forall_forall. intros c Hc. apply (Co c Hc).
Qed.

(* The integral, exactly. *)
Theorem integral_by_simplices q z : Q2R q = z -> check_space F G sides points simplices q = true ->
  box_integrable rs apart_at /\ box_integral rs apart_at = z.
Proof using Hf Hg Hr.
  intros <-. unfold check_space.
  destruct (all_pieces F G sides points simplices) as [Ls|] eqn:A; [|discriminate].
  intros H. apply andb_prop in H. destruct H as [V S]. apply Qeq_bool_eq, Qeq_eqR in V, S.
  rewrite Q2R_mult, sum_all_real in V, S. rewrite size_real, Hr in V.
  destruct (largest Ls) as (M & B). destruct (space_around Ls M A B) as [E I].
  split; [exact E|]. rewrite V, S in I. lra.
Qed.

(* The integral, between two rationals. *)
Theorem integral_between_by_simplices M parts p q low high : Q2R p = low -> Q2R q = high ->
  check_space_between F G sides points simplices M parts p q = true ->
  box_integrable rs apart_at /\ low <= box_integral rs apart_at <= high.
Proof using Hf Hg Hr.
  intros <- <-. unfold check_space_between.
  destruct (all_pieces F G sides points simplices) as [Ls|] eqn:A; [|discriminate].
  intros H. apply andb_prop in H. destruct H as [H High]. apply andb_prop in H.
  destruct H as [H Low]. apply andb_prop in H. destruct H as [B Pos].
  destruct (space_around Ls M A B) as [E I]. split; [exact E|].
  apply Qle_R in High, Low, Pos. rewrite real_zero in Pos.
  rewrite Q2R_minus, !Q2R_mult, Q2R_minus, Q2R_mult, size_real, Hr in Low.
  rewrite Q2R_mult in High.
  assert (Sc : 0 <= Q2R (qscale sides)).
  { rewrite scale_real, Hr. apply Rdiv_le_0_compat; [|apply (lt_INR 0), lt_O_fact].
    left. apply size_positive. revert A. unfold all_pieces.
    destruct (graph_of n [F; G]) as [[outs K]|]; [|discriminate].
    destruct (difference outs); [|discriminate].
    destruct (row_of _ _); [|discriminate].
    destruct (place_all K (box_walls sides) points 1 Empty); [|discriminate].
    destruct (qordered sides) eqn:O; [intros _; rewrite <- Hr; apply ordered_real, O|].
    rewrite andb_false_r. discriminate. }
  pose proof (floor_all_real snd parts Ls) as V. pose proof (floor_all_real share_of parts Ls) as S.
  cbv zeta in V, S. rewrite INR_IZR_INZ, <- plus_IZR in V, S. set (k := Z.of_nat (length Ls)) in *.
  assert (U : 0 < IZR (Zpos parts)) by (apply (IZR_lt 0); reflexivity).
  assert (Below : forall z r, IZR z <= r * IZR (Zpos parts) -> Q2R (z # parts) <= r).
  { intros z r K. unfold Q2R. cbn [Qnum Qden]. apply Rmult_le_reg_r with (IZR (Zpos parts));
      [exact U|]. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. exact K. }
  assert (Above : forall z r, r * IZR (Zpos parts) <= IZR z -> r <= Q2R (z # parts)).
  { intros z r K. unfold Q2R. cbn [Qnum Qden]. apply Rmult_le_reg_r with (IZR (Zpos parts));
      [exact U|]. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. exact K. }
  destruct V as [_ V], S as [S1 S2]. apply Above in V, S2. apply Below in S1.
  set (volume := fold_right _ 0 Ls) in V. set (share := fold_right _ 0 Ls) in S1, S2.
  fold volume share in I. apply (Rmult_le_compat_l _ _ _ Sc) in V, S1, S2.
  assert (Q2R M * (Q2R (qscale sides) * volume) <=
    Q2R M * (Q2R (qscale sides) * Q2R (floor_all snd parts Ls + k # parts)))
    by (apply Rmult_le_compat_l; assumption).
  lra.
Qed.
End Shown.

(* The file of a layered network computes what the network computes. *)
Lemma file_of_space N v :
  file_space (file_of Layered N) v = network_value Layered relu (real_network N) v.
Proof. unfold file_space. rewrite file_of_values. reflexivity. Qed.

(* The sides of a box, as such a file writes them. *)
Ltac sides := unfold real_sides; cbn [map fst snd]; repeat f_equal; number.
