(* The rule "tree" is sound: ranges hold at the values of the networks (TreeParts.v, TreeBox.v), in
   one of the parts; so one of the facts would be false there. *)
From Coq Require Import Qreals Reals Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound Rules RulesSound Graph
  Units UnitsSound Polygon PolygonSound TreeBounds TreeLines TreeParts TreeBox Tree.
Open Scope R_scope.

Section Sound.
Variables (W : world) (letters : list R) (G : graph) (xs : list R) (b : branch).
Notation V := (atom_value W letters).
Notation F := (values G xs).
Hypothesis values_are : forall v, inner W v = seen F v.
Hypothesis inputs_are : length xs = inputs G.
Hypothesis facts_are : Forall (formula_holds V) (newest_first b).

(* ---------- the values ---------- *)

(* The inputs. *)
Lemma input_nodes_correct under l : forall v done,
  (forall j, (j < length l)%nat -> within under (nth j l (0, 0)%Z) (seen F (v + j))) ->
  Forall (node_holds F under) done -> Forall (node_holds F under) (input_nodes v l done).
Proof using.
  clear.
  induction l as [|i l IH]; intros v done H D; [exact D|]. cbn [input_nodes]. apply IH.
  - intros j Hj. replace (S v + j)%nat with (v + S j)%nat by lia. apply (H (S j)). cbn; lia.
  - constructor; [|exact D]. unfold node_holds; cbn [depth Nat.eqb between own_number].
    replace v with (v + 0)%nat by lia. apply (H 0%nat). cbn; lia.
Qed.

(* The ReLUs. *)
Lemma nodes_of_correct under us : (0 < under)%Z -> forall known ds done vs,
  Forall2 (within under) known vs -> run_units us vs = F ->
  Forall (node_holds F under) done ->
  Forall (node_holds F under) (nodes_of under (all_bounds b) us (length vs) known ds done).
Proof using values_are inputs_are facts_are.
  intros P. induction us as [|u us IH]; intros known ds done vs K E D; [exact D|].
  cbn [nodes_of run_units] in *. set (z := pre u vs) in *. set (n := length vs) in *.
  assert (Sz : seen F (S n) = z).
  { rewrite <- E, seen_run by (cbn; lia). rewrite seen_cons by (cbn; lia). apply seen_newest. }
  assert (Sy : seen F (S (S n)) = relu z)
    by (rewrite <- E, seen_run by (cbn; lia); apply (seen_newest _ (z :: vs))).
  set (i := clip _ _ _ _).
  assert (Wi : within under i z).
  { unfold i. rewrite <- Sz. apply (clip_within W letters G xs b values_are facts_are);
      [exact P|]. rewrite Sz. unfold z, pre.
    apply weigh_between_correct; [exact K|]. unfold within; cbn [fst snd]. rewrite mult_IZR. lra. }
  apply (IH _ _ _ (relu z :: z :: vs)); [|exact E|].
  - constructor; [apply relu_within; assumption|]. constructor; assumption.
  - constructor; [|exact D]. unfold node_holds; cbn [depth Nat.eqb between own_number plus terms].
    unfold n at 1 3. rewrite (terms_of_correct (seen F)).
    + split; [exact Wi|exact Sy].
    + intros v Hv. rewrite <- E, seen_run by (cbn; lia). rewrite !seen_cons by (cbn; lia).
      reflexivity.
Qed.

(* ---------- facts ---------- *)

Section Facts.
Variables (under : Z) (last : list scaled_value) (rs : list R).
Variables (stack : list lined) (base : list range).
Hypothesis last_holds : Forall2 (scaled_holds F under) last rs.
Hypothesis stack_is : stack_holds stack base rs.
Notation n := (graph_size G).

(* The sums that a claim looks at have the signs of p and -p. *)
Lemma sums_correct p w low high over : row_of n p = Some w ->
  made_of under last (own w) (terms_of (of_values w) n) = Some (low, high, over) ->
  (forall x, least_sum stack base (map begun low) 0 = Some x ->
    ((0 <= x)%Z -> 0 <= poly_value V p) /\ ((0 < x)%Z -> 0 < poly_value V p)) /\
  (forall x, least_sum stack base (map begun_opposite high) 0 = Some x ->
    (0 < x)%Z -> poly_value V p < 0).
Proof using values_are inputs_are last_holds stack_is.
  intros Ew M.
  assert (L : length F = n)
    by (unfold values, graph_size; rewrite run_length, rev_length, inputs_are; lia).
  rewrite (row_of_correct V n p w F Ew L) by (intros v _; apply values_are).
  rewrite <- L in M. pose proof (made_of_correct F under last rs _ _ _ _ _ last_holds M) as B.
  cbv zeta in B. rewrite (terms_of_correct (seen F)) in B by reflexivity.
  destruct B as (k & K & _ & _ & _ & _ & _ & _ & A1 & A2).
  set (s := IZR (own w) + weigh (of_values w) F) in *.
  assert (U : 0 < / IZR (Zpos (Polygon.under w)))
    by (apply Rinv_0_lt_compat, (IZR_lt 0); reflexivity).
  assert (One : 0 < IZR unit_one) by (apply (IZR_lt 0); reflexivity).
  assert (T : s = s / k * k) by (field; lra). unfold Rdiv at 1 2 3. set (q := s / k) in *.
  split.
  - intros x E. apply (least_sum_correct _ _ rs _ _ _ stack_is) in E. unfold begun in E.
    rewrite along_times in E. split; intros X; [apply IZR_le in X|apply IZR_lt in X].
    + assert (0 <= q) by nra. apply Rmult_le_pos; [nra|lra].
    + assert (0 < q) by nra. apply Rmult_lt_0_compat; [nra|lra].
  - intros x E X. apply (least_sum_correct _ _ rs _ _ _ stack_is) in E.
    assert (Eq : map begun_opposite high = map (fun d => d * -64)%Z high)
      by (apply map_ext; intros d; unfold begun_opposite; ring).
    rewrite Eq, along_times in E. apply IZR_lt in X. assert (q < 0) by nra.
    assert (s < 0) by nra. nra.
Qed.

(* What is seen to be false is false. *)
Lemma is_false_correct f : forall c, claim_of under last n f = Some c ->
  is_false stack base c = true -> ~ formula_holds V f.
Proof using values_are inputs_are last_holds stack_is.
  induction f as [r p|all parts IH] using formula_induction; intros c E H; cbn [claim_of] in E.
  - destruct (row_of n p) as [w|] eqn:Ew; [|discriminate E].
    destruct (made_of _ _ _ _) as [((low, high), over)|] eqn:M; [|discriminate E].
    injection E as <-. destruct (sums_correct p w low high over Ew M) as [D U].
    cbn [formula_holds]. destruct r; cbn [is_false existsb related] in *;
      try discriminate H; repeat rewrite orb_false_r in H;
      try apply orb_prop in H;
      repeat match goal with H : _ \/ _ |- _ => destruct H as [H|H] end;
      match type of H with context [least_sum stack base ?ws 0] =>
        destruct (least_sum stack base ws 0) as [x|] eqn:L; [|discriminate H] end;
      first [apply Z.ltb_lt in H|apply Z.leb_le in H];
      first [destruct (D x eq_refl) as [D1 D2]|pose proof (U x eq_refl) as D2];
      try (specialize (D1 H)); try (specialize (D2 H)); intros Q; lra.
  - destruct (all_of _) as [us|] eqn:Us; [|discriminate E]. injection E as <-.
    apply all_of_correct in Us. destruct all; cbn [is_false] in H.
    + rewrite all_hold. apply existsb_exists in H. destruct H as (u & Hu & Fu).
      assert (I : In (Some u) (map (claim_of under last n) parts))
        by (rewrite Us; apply in_map, Hu).
      apply in_map_iff in I. destruct I as (g & Eg & Hg). rewrite Forall_forall in *.
      intros K. exact (IH g Hg u Eg Fu (K g Hg)).
    + rewrite some_holds. rewrite Exists_exists. intros (g & Hg & K).
      assert (I : In (claim_of under last n g) (map Some us)) by (rewrite <- Us; apply in_map, Hg).
      apply in_map_iff in I. destruct I as (u & Eu & Hu). rewrite Forall_forall in IH.
      rewrite forallb_forall in H. exact (IH g Hg u (eq_sym Eu) (H u Hu) K).
Qed.
End Facts.

(* ---------- the rule ---------- *)

(* The values that there are. *)
Lemma all_nodes_correct l : input_bounds (all_bounds b) 1 (inputs G) = Some l ->
  let under := common_under l in
  let start := map (fun q => (floor_over under (fst q), ceiling_over under (snd q))) l in
  forall ds, Forall (node_holds F under)
    (nodes_of under (all_bounds b) (units G) (inputs G) (rev start) ds (input_nodes 1 start [])).
Proof using values_are inputs_are facts_are.
  intros L under start ds. pose proof (common_under_positive l) as P. fold under in P.
  apply (input_bounds_correct W letters G xs b values_are inputs_are facts_are) in L.
  destruct L as [L1 L2].
  assert (Ls : length start = length xs) by (unfold start; rewrite map_length; lia).
  assert (B : forall j, (j < length start)%nat ->
    within under (nth j start (0, 0)%Z) (seen F (1 + j))).
  { intros j Hj. unfold start. set (f := fun q : Q * Q => _).
    rewrite (nth_indep _ (0, 0)%Z (f (0, 0)%Q)) by (unfold start in Hj; exact Hj).
    rewrite map_nth. specialize (L2 j ltac:(lia)). unfold f, within; cbn [fst snd].
    pose proof (floor_over_below under (fst (nth j l (0, 0)%Q)) P).
    pose proof (ceiling_over_above under (snd (nth j l (0, 0)%Q)) P).
    apply IZR_lt in P. nra. }
  assert (Len : length (rev xs) = inputs G) by (rewrite rev_length; exact inputs_are).
  rewrite <- Len. apply nodes_of_correct; [exact P| |reflexivity|].
  - apply Forall2_rev. clearbody start.
    assert (N : forall j, (j < length xs)%nat -> within under (nth j start (0, 0)%Z) (nth j xs 0)).
    { intros j Hj. specialize (B j ltac:(lia)). unfold values in B.
      rewrite seen_run, seen_input in B by (rewrite ?rev_length; lia).
      replace (1 + j - 1)%nat with j in B by lia. exact B. }
    clear - N Ls. revert xs N Ls. induction start as [|i m IH]; intros [|y ys] N Ls;
      try discriminate Ls; constructor.
    + apply (N 0%nat). cbn; lia.
    + apply IH; [|cbn in Ls; lia]. intros j Hj. apply (N (S j)). cbn; lia.
  - apply input_nodes_correct; [exact B|constructor].
Qed.

(* The facts hold nowhere. *)
Theorem tree_sound is nodes news :
  tree_rule G b is nodes = Some news -> remains W letters news.
Proof using values_are inputs_are facts_are.
  intros H. exfalso. unfold tree_rule in H.
  destruct (all_of (map (fact b) is)) as [fs|] eqn:Fs; [|discriminate H].
  apply all_of_correct in Fs.
  destruct (input_bounds _ 1 (inputs G)) as [l|] eqn:L; [|discriminate H].
  destruct (box_of _ _ l fs) as [(x, start)|] eqn:B; [|discriminate H].
  destruct (closes x nodes _) eqn:C; [|discriminate H]. clear H.
  assert (Fh : Forall (formula_holds V) fs).
  { apply Forall_forall. intros f Hf. assert (J : In (Some f) (map (fact b) is))
      by (rewrite Fs; apply in_map, Hf). apply in_map_iff in J. destruct J as (i & Ei & _).
    exact (fact_holds W letters b facts_are i f Ei). }
  unfold box_of in B. pose proof (all_nodes_correct l L) as N. cbv zeta in N, B.
  set (under := common_under l) in *. set (begin_ := map _ l) in *.
  specialize (N (map (fun _ => 0%nat) begin_)). set (all := nodes_of _ _ _ _ _ _ _) in *.
  set (top := chosen_of all _) in B.
  pose proof (layers_before_correct F under all
    (fold_left (fun d x => Nat.max (depth x) d) top 0%nat) N top []
    (chosen_of_correct F under all N _) (Forall_nil _)) as K.
  destruct (layers_before _ _ _ _) as [|l0 ls]; [discriminate B|].
  inversion K as [|? ? K0 Ks]; subst.
  destruct (all_of (map first_value l0)) as [last|] eqn:A0; [|discriminate B].
  apply all_of_correct in A0.
  destruct (first_values_correct F under l0 last K0 A0) as (ts & T1 & T2).
  destruct (build_layers under last ls) as [((layers_, ranges), end_)|] eqn:A1; [|discriminate B].
  destruct (build_layers_correct F under ls Ks last ts _ _ _ T2 A1) as (zss & Z1 & Z2 & Z3).
  destruct (all_of (map (claim_of _ _ _) fs)) as [cs|] eqn:A2; [|discriminate B].
  apply all_of_correct in A2. injection B as <- <-.
  pose proof (scaled_positive F under last ts T2) as Pos.
  set (x := Box _ layers_ cs) in *.
  assert (S : has_input x ts zss (map (fun _ => (0%Z, sum_one)) last, ranges))
    by (split; [exact T1|exact Z2]).
  apply (closes_correct x ts zss Z1 Pos) with (2 := Exists_cons_hd _ _ _
    (anew_correct x ts zss Z1 Pos _ S)) (3 := C).
  intros i p [P1 P2] R. unfold refuted in R.
  destruct (nth_error (claims x) i) as [c|] eqn:Ec; [|discriminate R]. apply nth_error_In in Ec.
  assert (J : In (Some c) (map (claim_of under end_ (graph_size G)) fs))
    by (rewrite A2; apply in_map, Ec).
  apply in_map_iff in J. destruct J as (f & Ef & Hf).
  rewrite Forall_forall in Fh. apply (is_false_correct under end_ (final ts zss)
    (stacked (layers x) (snd p) []) (fst p) Z3) with (2 := Ef) (3 := R); [|apply Fh, Hf].
  apply (stacked_correct _ _ ts zss (snd p)); [exact Z1|exact P2|]. split; assumption.
Qed.
End Sound.
