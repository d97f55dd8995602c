(* From two files to the integral of their distance over a box, with any number of inputs: what a
   run of the checker on simplices says of the real functions.  The files that --coq writes end in
   one of these theorems. *)
From Coq Require Import QArith Qreals Qabs Qround Qminmax Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear Vectors Integrals Cube SimplexVolume
  SimplexPivots SpaceIntegrals SpaceSimplices SpaceCover SpaceRun FromFile.
From Depthproof Require Export SpaceNetworks.
From Depthproof Require Import SpaceCorners SpacePieces.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Reading ReadingSound Graph Polygon PolygonSound
  Quantities QuantitiesSound Cells CellsLinear CellsCover CellsFacts CellsSound FileNetwork.
From Checked Require Spanning.
Import Spanning(picks, picks_permutation, picks_map, share).
Import ListNotations.
Open Scope R_scope.

(* ---------- walls ---------- *)

(* The product with what ends a wall. *)
Lemma zeros_before z x l y : length l = z ->
  dot (map IZR (repeat 0%Z z ++ [x])) (l ++ [y]) = IZR x * y.
Proof.
  revert l. induction z as [|z IH]; intros [|b l] L; try discriminate L; cbn; [ring|].
  rewrite IH by (cbn in L; congruence). ring.
Qed.

(* A side's walls are no longer than vectors. *)
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
  rewrite dot_prefix by (rewrite map_length; cbn [length]; rewrite rev_length; lia).
  assert (W := IH v L (fun i Hi => H (S i) ltac:(cbn; lia))).
  rewrite Forall_forall in W. exact (W l Hl).
Qed.

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

(* ---------- what the run shows ---------- *)

(* All that the run has checked. *)
Lemma run_parts F G sides points simplices Ls :
  all_pieces F G sides points simplices = Some Ls ->
  let n := length sides in let walls := box_walls sides in exists outs H e w t cells,
  (graph_of n [F; G] = Some (outs, H) /\ difference outs = Some e /\
    row_of (graph_size H) e = Some w) /\
  (place_all H walls points 1 Empty = Some t /\
    cells_cover (S n) walls falsehood t simplices = true /\
    map (simplex_of (unit_vectors (S n)) t) simplices = map Some cells) /\
  map (pieces_at sides w) cells = map Some Ls /\ n <> 0%nat /\ ordered_sides (real_sides sides).
Proof.
  unfold all_pieces. intros A. cbv zeta.
  destruct (graph_of (length sides) [F; G]) as [[outs H]|] eqn:Gr; [|discriminate A].
  destruct (difference outs) as [e|] eqn:E; [|discriminate A].
  destruct (row_of (graph_size H) e) as [w|] eqn:R; [|discriminate A].
  destruct (place_all H (box_walls sides) points 1 Empty) as [t|] eqn:P; [|discriminate A].
  destruct (_ && _)%bool eqn:K; [|discriminate A]. apply andb_prop in K. destruct K as [K Cov].
  apply andb_prop in K. destruct K as [N0 Ord]. apply negb_true_iff, Nat.eqb_neq in N0.
  destruct (all_of (map (simplex_of _ t) simplices)) as [cells|] eqn:Cs; [|discriminate A].
  apply all_of_correct in Cs, A. apply ordered_real in Ord.
  exists outs, H, e, w, t, cells. repeat split; assumption || reflexivity.
Qed.

Section Run.
Variables (F G : file) (sides : qsides) (points : list corner_point) (simplices : list (list Z)).
Variables (outs : list (list poly)) (H : graph) (e : poly) (w : row) (t : tree)
  (cells : list (list corner)) (Ls : list (list qpiece)).
Notation n := (length sides).
Notation rs := (real_sides sides).
Notation walls := (box_walls sides).
Hypotheses (graph_is : graph_of n [F; G] = Some (outs, H))
  (difference_is : difference outs = Some e) (row_is : row_of (graph_size H) e = Some w)
  (tree_is : place_all H walls points 1 Empty = Some t)
  (cover_is : cells_cover (S n) walls falsehood t simplices = true)
  (cells_are : map (simplex_of (unit_vectors (S n)) t) simplices = map Some cells)
  (pieces_are : map (pieces_at sides w) cells = map Some Ls) (Ord : ordered_sides rs).
Notation the_corner := (real_corner sides (corner_value w)).

(* The files have as many inputs as the box has sides. *)
Lemma run_inputs : inputs H = n.
Proof using graph_is.
  destruct (graph_of_correct n [F; G] outs H (repeat 0 n) graph_is (repeat_length 0 n)) as (E & _).
  exact E.
Qed.

(* What is summed are the simplices of the list. *)
Lemma cells_listed L : In L cells <->
  exists m, In m simplices /\ simplex_of (unit_vectors (S n)) t m = Some L.
Proof using cells_are.
  transitivity (In (Some L) (map Some cells)).
  - split; [apply in_map|]. intros J. apply in_map_iff in J. destruct J as (L' & E & J).
    injection E as ->. exact J.
  - rewrite <- cells_are, in_map_iff. split; intros (m & A & B); exists m; split; assumption.
Qed.

(* Each is a simplex, *)
Lemma cells_good L : In L cells -> good_simplex H falsehood t L.
Proof using graph_is cover_is cells_are.
  intros HL. apply cells_listed in HL. destruct HL as (m & Hm & Em).
  split; [exact (simplex_numbered t _ m L Em)|]. unfold cells_cover in cover_is.
  destruct (facets_of _ _ _ _ _ _) as [l|] eqn:Fa; [|discriminate cover_is].
  rewrite run_inputs. exact (facets_good _ _ _ _ _ _ _ Fa m L Hm Em).
Qed.

(* in the box, and the difference has one sign there; *)
Lemma cells_fit L : In L cells -> forallb (corner_fits sides) L = true /\ one_signed w L = true.
Proof using pieces_are.
  destruct (all_correct sides w cells Ls pieces_are) as (Fits & _).
  rewrite Forall_forall in Fits. exact (Fits L).
Qed.

(* so with coordinates it is one for SpaceCover.v. *)
Lemma cells_barycentric : Forall (barycentric n) (map (map the_corner) cells).
Proof using graph_is cover_is cells_are pieces_are Ord.
  apply List.Forall_map, Forall_forall. intros L HL.
  apply (corner_barycentric sides H falsehood t L run_inputs Ord); [apply cells_good, HL|].
  apply cells_fit, HL.
Qed.

(* What is put into the box is within the walls. *)
Lemma put_inside u : length u = n -> Forall (fun x => / 4 <= x <= 3 / 4) u ->
  Forall (fun l => 0 <= dot (reals l) (1 :: rev (put rs u))) walls.
Proof using Ord.
  intros Hu Fu. assert (Ln : length rs = n) by (unfold real_sides; apply map_length).
  apply walls_correct; [rewrite put_length; congruence|]. intros i Hi.
  pose proof (put_nth rs i u ltac:(lia) ltac:(lia)) as Pu.
  assert (Oi : fst (nth i rs (0, 0)) < snd (nth i rs (0, 0))).
  { unfold ordered_sides in Ord. rewrite Forall_forall in Ord. apply Ord, nth_In. lia. }
  destruct (nth i rs (0, 0)) as (a, b). cbn [fst snd] in Oi. rewrite Pu.
  rewrite Forall_forall in Fu. specialize (Fu (nth i u 0) ltac:(apply nth_In; lia)). nra.
Qed.

(* There the distance is between the corners' values, in one of the simplices. *)
Lemma between_corners u : length u = n -> Forall (fun x => / 4 <= x <= 3 / 4) u ->
  exists T, In T (map (map the_corner) cells) /\ Forall (fun c => 0 <= share_at u c) T /\
  Rabs (file_space F (put rs u) - file_space G (put rs u)) =
    corner_sum (fun c => share_at u c * snd (snd c)) T.
Proof using graph_is difference_is row_is tree_is cover_is cells_are pieces_are Ord.
  intros Hu Fu. set (v := put rs u).
  assert (Ln : length rs = n) by (unfold real_sides; apply map_length).
  assert (Lv : length v = n) by (unfold v; rewrite put_length; congruence).
  pose proof (place_all_correct H walls points 1%positive Empty t I tree_is) as Good.
  destruct (simplex_around H walls falsehood t simplices v Good) as
    (m & L & Hm & Em & _ & Sh & _ & Lin); [rewrite run_inputs; exact cover_is|
    rewrite run_inputs; exact Lv|exact (put_inside u Hu Fu)|].
  rewrite run_inputs in Em.
  assert (HL : In L cells) by (apply cells_listed; exists m; split; assumption).
  destruct (cells_fit L HL) as [Fits Signed]. exists (map the_corner L).
  split; [apply in_map, HL|].
  assert (Co : forall c, In c L -> share_at u (the_corner c) =
    share (1 :: rev v) (real c) * IZR (weight c) /\ (0 < weight c)%Z).
  { intros c Hc. split.
    - apply (share_of_place sides H falsehood t L run_inputs (cells_good L HL) Fits); assumption.
    - apply (corner_parts sides H falsehood t L run_inputs (cells_good L HL) Fits c Hc). }
  split.
  - apply List.Forall_map, Forall_forall. intros c Hc. destruct (Co c Hc) as [-> W].
    rewrite Forall_forall in Sh. apply Rmult_le_pos; [apply Sh, Hc|apply IZR_le; lia].
  - rewrite (space_row F G n outs H e w graph_is difference_is row_is v Lv), Lin.
    rewrite (one_signed_sum w L _ Signed Sh) by (apply Forall_forall; intros c Hc; apply (Co c Hc)).
    symmetry. apply (sum_mixed sides (corner_value w)). intros c Hc. destruct (Co c Hc) as [Cv _].
    cbv beta. rewrite Cv. apply Rmult_assoc.
Qed.
End Run.

(* Some rational is the largest value. *)
Lemma largest Ls : exists M, forallb (forallb (fun p : qpiece => Qle_bool (fst p) M)) Ls = true.
Proof.
  assert (Le : forall u v, (u <= v)%Q -> Qle_bool u v = true) by (intros; apply Qle_bool_iff; auto).
  assert (Up : forall M N l, (M <= N)%Q ->
    forallb (fun p : qpiece => Qle_bool (fst p) M) l = true ->
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

(* The integral exists, and is at most what the simplices say, and less only by what their volumes
   are too many. *)
Lemma space_around Ls M : all_pieces F G sides points simplices = Some Ls ->
  forallb (forallb (fun p => Qle_bool (fst p) M)) Ls = true ->
  let share := Q2R (qscale sides) * fold_right (fun l s => Q2R (piece_sum share_of l) + s) 0 Ls in
  let volume := Q2R (qscale sides) * fold_right (fun l s => Q2R (piece_sum snd l) + s) 0 Ls in
  box_integrable rs apart_at /\
  share - Q2R M * (volume - size rs) <= box_integral rs apart_at <= share.
Proof using Hf Hg Hr.
  intros A B. cbv zeta. destruct (run_parts _ _ _ _ _ _ A) as
    (outs & H & e & w & t & cells & (Gr & E & R) & (P & Cov & Cs) & Ps & N0 & Ord).
  destruct (space_lipschitz F G n outs H e w Gr E R) as (C & Lip).
  assert (Lf : lipschitz C n apart_at)
    by (intros v u Hv Hu; specialize (Lip v u Hv Hu); cbv beta in Lip; rewrite !Hf, !Hg in Lip;
        exact Lip).
  rewrite <- Hr. assert (Ln : length (real_sides sides) = n) by apply map_length.
  split; [rewrite <- Ln in Lf; apply (box_lipschitz _ Ord C _ Lf)|].
  destruct (all_correct sides w cells Ls Ps) as (_ & HP & Shares & Volumes & Bounds).
  pose proof (cells_barycentric F G sides simplices outs H w t cells Ls Gr Cov Cs Ps Ord) as HT.
  assert (Ed : exists d, n = S d) by (exists (pred n); lia). destruct Ed as (d & Ed).
  rewrite !scale_real, <- Shares, <- Volumes.
  pose proof (box_between d (real_sides sides) apart_at C
    (map (map (real_corner sides (corner_value w))) cells) Ord) as All.
  unfold total_weighed in All. rewrite <- Ed in All.
  apply (All Ln Lf HT HP).
  - specialize (Bounds M B). apply List.Forall_map. eapply Forall_impl; [|exact Bounds].
    intros L HL. apply List.Forall_map. eapply Forall_impl; [|exact HL].
    intros c Hc. split; [apply value_positive|exact Hc].
  - intros u Hu Fu. cbv beta. rewrite <- Hf, <- Hg.
    exact (between_corners F G sides points simplices outs H e w t cells Ls
      Gr E R P Cov Cs Ps Ord u Hu Fu).
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
    left. apply size_positive. rewrite <- Hr.
    destruct (run_parts _ _ _ _ _ _ A) as (? & ? & ? & ? & ? & ? & _ & _ & _ & _ & Ord).
    exact Ord. }
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
