(* The rules "range" and "measure" are sound. *)
From Coq Require Import Qabs Qreals Lra Lia FunctionalExtensionality.
From Depthproof Require Import Definitions PiecewiseLinear.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound Rules RulesSound Graph
  Polygon Blocks BlocksSound Quantities Between Curves PolygonSound QuantitiesSound Duality.
Open Scope R_scope.

(* ---------- measures of affine expressions ---------- *)

Definition has_measure (G : graph) (m : reading) (r : R) : Prop :=
  measures (quantity_ m) (lined G (of_poly m)) (map (lined G) (span m)) (Q2R (from m)) (Q2R
  (to m)) r.

(* The polynomial that remains is the function that remains. *)
Lemma remaining_correct G span : forall p cs, length cs = length span ->
  lined G (remaining p span cs) = remainder (lined G p) (map (lined G) span) (map Q2R cs).
Proof.
  unfold remaining. induction span as [|g span IH]; intros p [|c cs] E; try discriminate E;
    [reflexivity|]. injection E as E. cbn [combine fold_left map remainder fst snd].
  rewrite (IH _ cs E). f_equal. apply functional_extensionality. intros t. unfold lined.
  rewrite subtract_value, scaled_value. reflexivity.
Qed.

(* The signed sum of areas is the signed sum of integrals. *)
Lemma signed_area_correct vs : forall u signs,
  Q2R (signed_area u vs signs) =
  weighted (map Q2R signs) (trapeziums u° (map real_vertex vs)).
Proof.
  induction vs as [|v vs IH]; intros u [|s signs]; cbn [signed_area map trapeziums weighted];
    try apply Q2R_0.
  rewrite Q2R_red, Q2R_plus, Q2R_mult, Q2R_red, trapezium_area_correct, IH. reflexivity.
Qed.

(* Along one polygon all expressions have their vertices at its points. *)
Lemma along_points G points l p vs : polygon_of G points = Some l -> along G l p = Some vs ->
  exists u rest, vs = u :: rest /\ follows (lined G p) u° (map real_vertex rest) /\
  fst u° = Q2R (hd 0%Q points) /\ map fst (map real_vertex rest) = map Q2R (tl points) /\
  fst (end_of u° (map real_vertex rest)) = Q2R (last points 0%Q) /\ rest <> [].
Proof.
  intros H A. destruct (along_correct G points l p vs H A) as (_ & P & u & v & rest & -> & F).
  exists u, (v :: rest). subst points.
  split; [reflexivity|split; [exact F|split; [reflexivity|split; [|split; [|discriminate]]]]].
  - cbn [map tl]. rewrite !map_map. reflexivity.
  - rewrite (end_of_vertices (v :: rest) u). unfold real_vertex; cbn [fst].
    rewrite <- (last_map (A := vertex) fst (v :: rest) u). cbn [map]. rewrite !last_cons.
    reflexivity.
Qed.

(* The measure exists, and lies between the numbers. *)
Lemma measure_between_correct G m points l signs cs lo hi :
  polygon_of G points = Some l -> Q2R (hd 0%Q points) = Q2R (from m) ->
  Q2R (last points 0%Q) = Q2R (to m) -> length cs = length (span m) ->
  measure_between G m l signs cs = Some (lo, hi) ->
  exists r, has_measure G m r /\ Q2R lo <= r <= Q2R hi.
Proof.
  intros P A B Lc H. unfold measure_between in H.
  destruct (along G l (remaining _ _ cs)) as [ws|] eqn:Aw; [|discriminate H].
  destruct (along G l (of_poly m)) as [ws'|] eqn:Aw'; [|destruct ws; discriminate H].
  destruct (along_points G points l _ _ P Aw) as (u & vs & -> & F & U1 & U2 & U3 & _).
  destruct (along_points G points l _ _ P Aw') as (u' & vs' & -> & F' & U1' & U2' & U3' & Ne).
  rewrite A in U1, U1'. rewrite B in U3, U3'. unfold has_measure.
  destruct (quantity_ m) as [| | | |es]; try (destruct signs; [|discriminate H];
  injection H as <- <-;
    match goal with |- context [Q2R ?q] => exists (Q2R q); split; [|lra] end).
  - destruct vs' as [|v' vs']; [congruence|]. cbn [measures].
    exists (S (count_kinks u' (v' :: vs'))).
    rewrite <- U1', <- U3'. split; [apply (pieces_correct _ u' v' vs' F')|].
    rewrite Q2R_Z, INR_IZR_INZ. reflexivity.
  - cbn [measures]. rewrite <- U1', <- U3', (total_area_correct _ trapezium trapezium_area_correct).
    apply integral_follows. exact F'.
  - cbn [measures]. rewrite <- U1', <- U3'.
    rewrite (total_area_correct _ two_triangles triangles_area_correct).
    apply integral_abs_follows. exact F'.
  - cbn [measures]. rewrite <- U1', <- U3'. apply greatest_absolute_correct. exact F'.
  - destruct (_ && _ && _)%bool eqn:C; [|discriminate H]. injection H as <- <-.
    apply andb_prop in C. destruct C as [C C3]. apply andb_prop in C. destruct C as [_ C2].
    rewrite forallb_forall in C2, C3.
    apply (infimum_exists _ _ _ _ _ (map Q2R cs)).
    + split; [rewrite !map_length; exact Lc|]. rewrite <- remaining_correct by exact Lc.
      rewrite <- U1, <- U3, (total_area_correct _ two_triangles triangles_area_correct).
      apply integral_abs_follows. exact F.
    + intros ds v D. rewrite signed_area_correct. rewrite <- U1', <- U3' in D.
      apply integrals_follow in F' as T.
      assert (E : fst (end_of u'° (map real_vertex vs')) =
        last (map fst (map real_vertex vs')) (fst u'°)).
      { unfold end_of. symmetry. apply last_map. }
      rewrite E in D. revert ds v D. apply (distance_at_least _ _ _ _ _ _ T).
      * apply List.Forall_map, List.Forall_forall. intros g Hg. specialize (C3 g Hg).
        cbv beta in C3.
        destruct (along G l g) as [ws|] eqn:Ag; [|discriminate C3].
        destruct (along_points G points l g ws P Ag) as (w & zs & -> & Fg & W1 & W2 & _ & _).
        exists (trapeziums w° (map real_vertex zs)). split.
        { rewrite U1', <- A, <- W1, U2', <- W2. apply integrals_follow. exact Fg. }
        rewrite <- signed_area_correct. apply Qeq_bool_eq, Qeq_eqR in C3. rewrite C3. apply Q2R_0.
      * apply List.Forall_map, List.Forall_forall. intros s Hs. specialize (C2 s Hs).
        apply Qle_R in C2. rewrite Q2R_abs, Q2R_1 in C2. exact C2.
Qed.

(* ---------- the rules ---------- *)

Section Sound.
Variables (W : world) (c : context) (letters : list R) (G : graph) (xs : list R).
Notation V := (atom_value W letters).
Notation "« p »" := (poly_value V p).
Hypothesis values_are : forall v, inner W v = seen (values G xs) v.
Hypothesis inputs_are : length xs = inputs G.

(* An expression that has vertices along a polygon is an affine one in the networks' values. *)
Lemma along_value points l p vs : polygon_of G points = Some l -> along G l p = Some vs ->
  « p » = lined G p (nth 0 xs 0) /\ V (Inner 1) = nth 0 xs 0.
Proof using values_are inputs_are.
  intros P A. destruct (along_correct G points l p vs P A) as (One & _).
  assert (X : xs = [nth 0 xs 0]).
  { rewrite One in inputs_are. destruct xs as [|x [|]]; try discriminate inputs_are. reflexivity. }
  unfold along in A. destruct (row_of (graph_size G) p) as [r|] eqn:R; [|discriminate A]. split.
  - rewrite (lined_row G p r One R).
    apply (row_of_correct _ (graph_size G)); [exact R| |].
    + unfold values, graph_size. rewrite run_length. cbn [rev app length]. lia.
    + intros v _. cbn [atom_value]. rewrite <- X. apply values_are.
  - cbn [atom_value]. rewrite values_are, X. unfold values. rewrite seen_run by (cbn; lia).
    reflexivity.
Qed.

(* Below the points, or within the range at them, or above. *)
Theorem range_sound e points news : range G c e points = Some news -> remains W letters news.
Proof using values_are inputs_are.
  unfold range. destruct (term_of _ _ _ e) as [p|]; [|discriminate].
  destruct (polygon_by_blocks G points) as [l|] eqn:P; [|discriminate].
  apply polygon_by_blocks_same in P.
  destruct (along G l p) as [ws|] eqn:A; [|discriminate].
  destruct (along_value points l p ws P A) as [Ep E1].
  destruct (along_points G points l p ws P A) as (u & vs & -> & F & U1 & U2 & U3 & _).
  intros H. apply some_equal in H. subst news. eexists. split; [left; reflexivity|].
  constructor; [|constructor]. unfold below_or_within. cbn [formula_holds fold_right].
  rewrite !compared_holds, !constant_value, single_value, E1, Ep. cbn [compares].
  rewrite end_of_vertices in U3. unfold real_vertex in U1, U3; cbn [fst] in U1, U3.
  set (x := nth 0 xs 0) in *. pose proof (range_correct _ u vs F x) as B.
  rewrite end_of_vertices in B. unfold real_vertex in B; cbn [fst] in B.
  destruct (Rlt_dec x (Q2R (fst u))) as [C|C]; [left; exact C|right].
  destruct (Rlt_dec (Q2R (fst (last vs u))) x) as [D|D]; [right; left; exact D|left].
  specialize (B ltac:(lra)). tauto.
Qed.

(* Bounds of what a measure names. *)
Theorem measure_sound ms name points signs cs news :
  (forall m r, In (name, m) ms -> has_measure G m r -> call W name [] = r) ->
  measure_rule G ms name points signs cs = Some news -> remains W letters news.
Proof using.
  intros M. unfold measure_rule. destruct (lookup name ms) as [m|] eqn:K; [|discriminate].
  destruct (polygon_by_blocks G points) as [l|] eqn:P; [|discriminate].
  apply polygon_by_blocks_same in P.
  destruct points as [|x points]; [discriminate|].
  destruct (_ && _ && _)%bool eqn:C; [|discriminate].
  destruct (measure_between G m l signs cs) as [(lo, hi)|] eqn:B; [|discriminate].
  apply andb_prop in C. destruct C as [C C3]. apply andb_prop in C. destruct C as [C1 C2].
  apply Nat.eqb_eq in C3. apply Qeq_bool_eq, Qeq_eqR in C1, C2.
  assert (C2' : Q2R (last (x :: points) 0%Q) = Q2R (to m))
    by (rewrite <- C2, !last_cons; reflexivity).
  destruct (measure_between_correct G m (x :: points) l signs cs lo hi P C1 C2' C3 B)
    as (r & Hr & Br).
  specialize (M m r (lookup_in _ _ _ K) Hr).
  intros H. apply some_equal in H. subst news. eexists. split; [left; reflexivity|].
  constructor; [|constructor; [|constructor]]; rewrite compared_holds, constant_value, single_value;
    rewrite applied_value; cbn [map compares]; rewrite M; lra.
Qed.
End Sound.
