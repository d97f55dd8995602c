(* From a file to its bound: what a run of the checker at a network's points says of the real
   function.  The files that --coq writes (verify/evidence/coq_file.py) end
     in one of these theorems. *)
From Coq Require Import QArith Qreals Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear Oscillations SeparationSharp.
From Checked Require Import Syntax Polynomials Graph Polygon Curves PolygonSound Quantities
  QuantitiesSound.
From Checked Require Import FileNetwork.
Open Scope R_scope.

(* A numeral of a file as a real number. *)
Lemma whole_number n : Q2R (n # 1) = IZR n. Proof. unfold Q2R; cbn [Qnum Qden]. field. Qed.
Lemma quotient n d : Q2R (n # d) = IZR n / IZR (Zpos d). Proof. reflexivity. Qed.

(* The numbers that such a file writes: rationals, and counts. *)
Ltac number := first [apply whole_number|apply quotient|apply INR_IZR_INZ].

(* ---------- the runs ---------- *)

(* The vertices on [a, b] of an expression in the outputs of files. *)
Definition vertices (Fs : list file) (of : list (list poly) -> option poly) (a b : Q)
    (points : list Q) : option (vertex * list vertex) :=
  match graph_of 1 Fs with
  | None => None
  | Some (outs, G) =>
    match of outs, polygon_of G points with
    | Some e, Some l =>
      match along G l e with
      | Some (u :: vs) =>
        if Qeq_bool (fst u) a && Qeq_bool (fst (List.last vs u)) b then Some (u, vs) else None
      | _ => None end
    | _, _ => None end
  end.
Definition only (outs : list (list poly)) : option poly :=
  match outs with [e :: _] => Some e | _ => None end.
Definition difference (outs : list (list poly)) : option poly :=
  match outs with [d :: _; e :: _] => Some (subtract d e) | _ => None end.

(* The integral, times a scale, rounded down on every segment: no fractions are added. *)
Definition floor_area (scale : Z) (u v : vertex) : Z :=
  let area := triangles_area u v in (Qnum area * scale / QDen area)%Z.
Fixpoint floor_areas (scale : Z) (u : vertex) (vs : list vertex) : Z :=
  match vs with [] => 0%Z | v :: vs' => (floor_area scale u v + floor_areas scale v vs')%Z end.

Definition check_pieces (F : file) (a b : Q) (points : list Q) (p : nat) : bool :=
  match vertices [F] only a b points with
  | Some (u, vs) => Nat.eqb p (S (count_kinks u vs)) | None => false end.
Definition check_distance (F G : file) (a b : Q) (points : list Q) (q : Q) : bool :=
  match vertices [F; G] difference a b points with
  | Some (u, vs) => Qeq_bool (total_area triangles_area u vs) q | None => false end.
Definition check_between (F G : file) (a b : Q) (points : list Q) (scale : positive) (low high : Q)
    : bool :=
  match vertices [F; G] difference a b points with
  | Some (u, vs) =>
    let sum := floor_areas (Zpos scale) u vs in
    Qle_bool low (sum # scale) && Qle_bool (sum + Z.of_nat (length vs) # scale) high
  | None => false end.
Definition check_maximum (F G : file) (a b : Q) (points : list Q) (q : Q) : bool :=
  match vertices [F; G] difference a b points with
  | Some (u, vs) => Qeq_bool (greatest_absolute u vs) q | None => false end.

(* ---------- what they show ---------- *)

Section Vertices.
Variables (Fs : list file) (of : list (list poly) -> option poly) (f : R -> R) (a b : Q) (x y : R).
Variables (points : list Q) (u : vertex) (vs : list vertex).
Hypothesis means_f : forall outs G e t, graph_of 1 Fs = Some (outs, G) -> of outs = Some e ->
  lined G e t = f t.
Hypotheses (Ha : Q2R a = x) (Hb : Q2R b = y) (found : vertices Fs of a b points = Some (u, vs)).

(* The function follows them, and they go from x to y. *)
Lemma vertices_follow : exists v rest, vs = v :: rest /\
  follows f (real_vertex u) (map real_vertex vs) /\
  fst (real_vertex u) = x /\ fst (end_of (real_vertex u) (map real_vertex vs)) = y.
Proof.
  revert found. unfold vertices. destruct (graph_of 1 Fs) as [[outs G]|] eqn:B; [|discriminate].
  destruct (of outs) as [e|] eqn:E; [|discriminate].
  destruct (polygon_of G points) as [l|] eqn:P; [|discriminate].
  destruct (along G l e) as [[|w ws]|] eqn:A; try discriminate.
  destruct (along_correct G points l e _ P A) as (_ & _ & w' & v & rest & Ew & Fo).
  injection Ew as <- ->. destruct (_ && _)%bool eqn:T; [|discriminate]. intros S.
  injection S as <- <-.
  apply andb_prop in T. destruct T as [T1 T2]. apply Qeq_bool_eq, Qeq_eqR in T1, T2.
  assert (M : forall t, lined G e t = f t) by (intros t; apply (means_f outs);
  [reflexivity|exact E]).
  exists v, rest. split; [reflexivity|]. rewrite end_of_vertices. split; [|split].
  - revert Fo. generalize (map real_vertex (v :: rest)) (real_vertex w).
    induction l0 as [|q qs IH]; intros p; cbn [follows]; [rewrite M; auto|].
    intros (L & H & K). split; [exact L|]. split; [|apply IH; exact K].
    intros t Ht. rewrite <- M. apply H. exact Ht.
  - rewrite <- Ha, <- T1. reflexivity.
  - rewrite <- Hb, <- T2. reflexivity.
Qed.
End Vertices.

Lemma floor_correct scale u v : let t := Q2R (triangles_area u v) * IZR (Zpos scale) in
  IZR (floor_area (Zpos scale) u v) <= t < IZR (floor_area (Zpos scale) u v) + 1.
Proof.
  unfold floor_area. set (area := triangles_area u v). cbv zeta. unfold Q2R.
  set (n := (Qnum area * Zpos scale)%Z). set (d := QDen area).
  assert (Hd : 0 < IZR d) by (apply (IZR_lt 0); reflexivity).
  replace (IZR (Qnum area) * / IZR d * IZR (Z.pos scale)) with (IZR n / IZR d)
    by (unfold n; rewrite mult_IZR; field; lra).
  assert (D : (0 < d)%Z) by reflexivity. pose proof (Z.div_mod n d ltac:(lia)) as M.
  pose proof (Z.mod_pos_bound n d D) as B. apply (f_equal IZR) in M.
  rewrite plus_IZR, mult_IZR in M.
  destruct B as [B1 B2]. apply IZR_le in B1. apply IZR_lt in B2. rewrite M. unfold Rdiv.
  rewrite Rmult_plus_distr_r. replace (IZR d * IZR (n / d) * / IZR d) with (IZR (n / d))
  by (field; lra).
  assert (0 < / IZR d) by (apply Rinv_0_lt_compat; exact Hd).
  assert (0 <= IZR (n mod d) * / IZR d) by (apply Rmult_le_pos; lra).
  assert (IZR (n mod d) * / IZR d < IZR d * / IZR d) by (apply Rmult_lt_compat_r; lra).
  rewrite Rinv_r in * by lra. lra.
Qed.
Lemma floors_correct scale vs : forall u,
  let t := total two_triangles (real_vertex u) (map real_vertex vs) * IZR (Zpos scale) in
  IZR (floor_areas (Zpos scale) u vs) <= t <= IZR (floor_areas (Zpos scale) u vs) + INR (length vs).
Proof.
  induction vs as [|v vs IH]; intros u; cbv zeta.
  - cbn [map total floor_areas length INR]. lra.
  - specialize (IH v). pose proof (floor_correct scale u v) as A. cbv zeta in A, IH.
    rewrite triangles_area_correct in A. cbn [map total floor_areas length].
    rewrite S_INR, plus_IZR. lra.
Qed.

(* ---------- one function ---------- *)

Lemma only_means F f outs G e t : (forall t, file_function F t = f t) ->
  graph_of 1 [F] = Some (outs, G) -> only outs = Some e -> lined G e t = f t.
Proof.
  intros Hf B E. rewrite <- Hf.
  destruct (graph_of_correct 1 [F] outs G [t] B eq_refl) as (_ & _ & O).
  destruct outs as [|[|d out] [|]]; try discriminate E. injection E as ->.
  inversion O as [|? ? ? ? V _]; subst. unfold have in V. unfold file_function, lined.
  rewrite <- V. reflexivity.
Qed.

Theorem pieces_by_points f F a b x y points p : (forall t, file_function F t = f t) ->
  Q2R a = x -> Q2R b = y -> check_pieces F a b points p = true -> pieces_exactly p x y f.
Proof.
  intros Hf Ha Hb. unfold check_pieces.
  destruct (vertices [F] only a b points) as [[u vs]|] eqn:V; [|discriminate].
  intros H. apply Nat.eqb_eq in H. subst p.
  destruct (vertices_follow [F] only f a b x y points u vs
    (fun outs G e t => only_means F f outs G e t Hf)
    Ha Hb V) as (v & rest & -> & Fo & <- & <-).
  apply (pieces_correct f u v rest Fo).
Qed.

(* The pieces on [0, 1], and how far the function is from every sawtooth. *)
Theorem separation_by_points f F points p r : (forall t, file_function F t = f t) -> INR p = r ->
  check_pieces F 0 1 points p = true ->
  pieces_exactly p 0 1 f /\ forall k, apart (/ 4 * (1 - r / 2 ^ k)) (sawtooth k) f.
Proof.
  intros Hf <- H.
  apply (pieces_by_points f F 0 1 0 1 points p Hf (whole_number 0) (whole_number 1)) in H.
  split; [exact H|]. intros k. apply separation_sharp. apply H.
Qed.

(* ---------- two functions ---------- *)

Section TwoFunctions.
Variables (f g : R -> R) (F G : file) (a b : Q) (x y : R) (points : list Q).
Hypotheses (Hf : forall t, file_function F t = f t) (Hg : forall t, file_function G t = g t).
Hypotheses (Ha : Q2R a = x) (Hb : Q2R b = y).
Let gap (t : R) : R := f t - g t.

Lemma difference_means outs H e t : graph_of 1 [F; G] = Some (outs, H) ->
  difference outs = Some e ->
  lined H e t = gap t.
Proof.
  intros B E. unfold gap. rewrite <- Hf, <- Hg.
  destruct (graph_of_correct 1 [F; G] outs H [t] B eq_refl) as (_ & _ & O).
  destruct outs as [|[|d ds] [|[|c cs] [|]]]; try discriminate E. injection E as <-.
  inversion O as [|? ? ? ? V O']; subst. inversion O' as [|? ? ? ? W _]; subst.
  unfold have in V, W. unfold file_function, lined. rewrite <- V, <- W, subtract_value. reflexivity.
Qed.

(* The distance in the mean on [x, y], exactly. *)
Theorem distance_by_points q z : Q2R q = z -> check_distance F G a b points q = true ->
  ex_RInt (fun t => Rabs (f t - g t)) x y /\ RInt (fun t => Rabs (f t - g t)) x y = z.
Proof.
  intros <-. unfold check_distance.
  destruct (vertices [F; G] difference a b points) as [[u vs]|] eqn:V; [|discriminate].
  destruct (vertices_follow _ _ gap a b x y points u vs difference_means Ha Hb V)
    as (v & rest & _ & Fo & <- & <-).
  intros H. apply Qeq_bool_eq, Qeq_eqR in H. rewrite <- H.
  rewrite (total_area_correct _ _ triangles_area_correct).
  apply integral_abs_follows in Fo. split; [eexists; exact Fo|apply is_RInt_unique; exact Fo].
Qed.

(* The distance in the mean on [x, y], between two rationals. *)
Theorem distance_between_by_points scale p q low high : Q2R p = low -> Q2R q = high ->
  check_between F G a b points scale p q = true ->
  ex_RInt (fun t => Rabs (f t - g t)) x y /\ low <= RInt (fun t => Rabs (f t - g t)) x y <= high.
Proof.
  intros <- <-. unfold check_between.
  destruct (vertices [F; G] difference a b points) as [[u vs]|] eqn:V; [|discriminate].
  destruct (vertices_follow _ _ gap a b x y points u vs difference_means Ha Hb V)
    as (v & rest & _ & Fo & <- & <-).
  intros H. apply andb_prop in H. destruct H as [H1 H2]. apply Qle_R in H1, H2.
  apply integral_abs_follows in Fo. split; [eexists; exact Fo|].
  change (fun t => Rabs (f t - g t)) with (fun t => Rabs (gap t)).
  rewrite (is_RInt_unique _ _ _ _ Fo). pose proof (floors_correct scale vs u) as B. cbv zeta in B.
  assert (S : 0 < IZR (Zpos scale)) by (apply (IZR_lt 0); reflexivity).
  unfold Q2R at 2 in H1. unfold Q2R at 1 in H2. cbn [Qnum Qden] in H1, H2.
  rewrite plus_IZR, <- INR_IZR_INZ in H2. set (t := total _ _ _) in *.
  assert (E : t = t * IZR (Zpos scale) * / IZR (Zpos scale)) by (field; lra).
  assert (0 < / IZR (Zpos scale)) by (apply Rinv_0_lt_compat; exact S). rewrite E. split.
  - eapply Rle_trans; [exact H1|]. apply Rmult_le_compat_r; lra.
  - eapply Rle_trans; [|exact H2]. apply Rmult_le_compat_r; lra.
Qed.

(* The greatest distance on [x, y], exactly. *)
Theorem maximum_by_points q z : Q2R q = z -> check_maximum F G a b points q = true ->
  (forall t, x <= t <= y -> Rabs (f t - g t) <= z) /\
  exists t, x <= t <= y /\ Rabs (f t - g t) = z.
Proof.
  intros <-. unfold check_maximum.
  destruct (vertices [F; G] difference a b points) as [[u vs]|] eqn:V; [|discriminate].
  destruct (vertices_follow _ _ gap a b x y points u vs difference_means Ha Hb V)
    as (v & rest & _ & Fo & <- & <-).
  intros H. apply Qeq_bool_eq, Qeq_eqR in H. rewrite <- H.
  apply (greatest_absolute_correct gap u vs Fo).
Qed.
End TwoFunctions.

(* ---------- the sawtooth as a file ---------- *)

Definition q_sawtooth (k : nat) : qnetwork :=
  let layer w := [(w, 0); (map (Qmult 2) w, -1)]%Q in
  match k with
  | O => QNetwork [] ([1], 0)%Q
  | S k' => QNetwork (layer [1]%Q :: repeat (layer [2; -2]%Q) k') ([2; -2], 0)%Q
  end.
Definition sawtooth_file (k : nat) : file := file_of Layered (q_sawtooth k).

Lemma q_sawtooth_real k : real_network (q_sawtooth k) = sawtooth_network [1] k.
Proof.
  assert (N0 : Q2R 0 = 0) by (unfold Q2R; cbn; lra). assert (N1 : Q2R 1 = 1)
  by (unfold Q2R; cbn; lra).
  assert (N2 : Q2R 2 = 2) by (unfold Q2R; cbn; lra). assert (M1 : Q2R (-1) = -1)
  by (unfold Q2R; cbn; lra).
  assert (M2 : Q2R (-2) = -2) by (unfold Q2R; cbn; lra).
  destruct k as [|k]; unfold real_network, q_sawtooth, sawtooth_network, real_node;
    cbn [qhidden qoutput map fst snd sawtooth_layers]; [rewrite N0, N1; reflexivity|].
  f_equal; [|rewrite N0, N2, M2; reflexivity]. unfold real_node; cbn [map fst snd].
  rewrite !Q2R_mult, N0, N1, N2, M1. f_equal.
  induction k as [|k IH]; [reflexivity|]. cbn [repeat map sawtooth_layers]. rewrite IH.
  unfold real_node; cbn [map fst snd]. rewrite !Q2R_mult, N0, N2, M1, M2. reflexivity.
Qed.
Theorem sawtooth_file_function k t : file_function (sawtooth_file k) t = sawtooth k t.
Proof.
  unfold sawtooth_file. rewrite file_of_layered, q_sawtooth_real. unfold eval.
  rewrite sawtooth_network_value. f_equal. cbn. ring.
Qed.
