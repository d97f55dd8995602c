(* Facts that contradict each other on a simplex, as the signs of their rows at its vectors show. *)
From Coq Require Import Lra Lia Classical_Prop.
From Depthproof Require Import Definitions.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Reading ReadingSound Polygon Spanning Cells
  CellsLinear.
Open Scope R_scope.

Section Contradiction.
Variables (V : atom -> R) (n : nat) (L : list corner) (c : corner -> R).
Hypothesis c_positive : Forall (fun p => 0 <= c p) L.
Notation sum_of F w := (mixed corner F c (fun p => IZR (row_at w p))).
Hypothesis weights_one : mixed corner L c (fun p => IZR (weight p)) = 1.
(* Polynomials have the signs of their rows. *)
Hypothesis rows_are : forall p w r, row_of n p = Some w ->
  related r (poly_value V p) <-> related r (sum_of L w).

(* Summands that are 0 are left out. *)
Lemma mixed_filter (f : corner -> bool) (g : corner -> R) l :
  (forall p, In p l -> f p = false -> c p * g p = 0) ->
  mixed corner l c g = mixed corner (filter f l) c g.
Proof using.
  clear. unfold mixed. induction l as [|p l IH]; intros H; [reflexivity|].
  cbn [filter total fold_right]. specialize (IH ltac:(intros q Hq; apply H; right; exact Hq)).
  specialize (H p ltac:(left; reflexivity)). unfold total in *.
  destruct (f p); cbn [fold_right]; rewrite IH; [reflexivity|]. rewrite H by reflexivity. ring.
Qed.

(* Rows of one sign. *)
Lemma none_below_correct w l : none_below w l = true -> Forall (fun p => 0 <= IZR (row_at w p)) l.
Proof using.
  unfold none_below. rewrite forallb_forall, Forall_forall. intros H p Hp. apply IZR_le, Z.leb_le.
  apply H, Hp.
Qed.

(* Or the other one. *)
Lemma none_above_correct w l : none_above w l = true -> Forall (fun p => 0 <= - IZR (row_at w p)) l.
Proof using.
  unfold none_above. rewrite forallb_forall, Forall_forall. intros H p Hp. specialize (H p Hp).
  apply Z.leb_le, IZR_le in H. lra.
Qed.

(* Sums of summands of one sign. *)
Lemma mixed_at_least l g : Forall (fun p => 0 <= c p) l -> Forall (fun p => 0 <= g p) l ->
  0 <= mixed corner l c g.
Proof using.
  intros C G. apply total_positive, Forall_forall. intros p Hp. rewrite Forall_forall in C, G.
  apply Rmult_le_pos; auto.
Qed.

(* A sum that is 0 has no summand but 0. *)
Lemma mixed_nothing l g : Forall (fun p => 0 <= c p) l -> Forall (fun p => 0 <= g p) l ->
  mixed corner l c g <= 0 -> forall p, In p l -> c p * g p = 0.
Proof using.
  intros C G H p Hp. destruct (Req_dec (c p * g p) 0) as [E|E]; [exact E|exfalso].
  assert (P : Forall (fun q => 0 <= c q * g q) l).
  { apply Forall_forall. intros q Hq. rewrite Forall_forall in C, G. apply Rmult_le_pos; auto. }
  assert (0 < mixed corner l c g); [|lra]. apply total_strict with p; [exact P|exact Hp|].
  rewrite Forall_forall in P. specialize (P p Hp). lra.
Qed.

(* The opposite sum. *)
Lemma mixed_opposite l g : mixed corner l c (fun p => - g p) = - mixed corner l c g.
Proof using.
  rewrite <- (Rplus_0_r (- _)), <- (mixed_zero corner l c).
  replace (- mixed corner l c g) with (-1 * mixed corner l c g) by ring.
  rewrite <- mixed_linear. apply mixed_equal. intros. ring.
Qed.

Variable fs : list formula.
Hypothesis facts_hold : Forall (formula_holds V) fs.
Variable ts : list test.
Hypothesis tests_are : map (test_of n) fs = map Some ts.

(* A test comes from a fact. *)
Lemma test_from t : In t ts -> exists f, formula_holds V f /\ test_of n f = Some t.
Proof using facts_hold tests_are.
  intros H. assert (I : In (Some t) (map (test_of n) fs)) by (rewrite tests_are; apply in_map, H).
  apply in_map_iff in I. destruct I as (f & E & Hf). rewrite Forall_forall in facts_hold. eauto.
Qed.

(* A comparison. *)
Lemma compared_from r w : In (Compared r w) ts -> related r (sum_of L w).
Proof using facts_hold tests_are rows_are.
  intros H. destruct (test_from _ H) as ([r' p|all parts] & Hf & E); cbn [test_of] in E.
  - destruct (row_of n p) as [w'|] eqn:W; [|discriminate E]. injection E as -> ->.
    apply (rows_are p w r W). exact Hf.
  - destruct (all_of _); discriminate E.
Qed.

(* Vectors that are cleared have no weight. *)
Lemma cleared_no_weight p w : In p L -> In w (flat_map (clears L) ts) ->
  row_at w p <> 0%Z -> c p = 0.
Proof using c_positive facts_hold tests_are rows_are.
  intros Hp Hw N. apply in_flat_map in Hw. destruct Hw as (t & Ht & Hw).
  assert (Z : c p * IZR (row_at w p) = 0).
  { destruct t as [r w'|]; [|destruct Hw]. pose proof (compared_from r w' Ht) as H.
    assert (Up : none_below w' L = true -> sum_of L w' <= 0 -> c p * IZR (row_at w' p) = 0).
    { intros B Z. apply (mixed_nothing L _ c_positive (none_below_correct _ _ B) Z p Hp). }
    destruct r; cbn [clears] in Hw; try destruct Hw; cbn [related] in H.
    - destruct (none_below w' L) eqn:B; [|destruct Hw]. destruct Hw as [<-|[]]. auto.
    - destruct (none_below w' L) eqn:B; cbn [orb] in Hw.
      + destruct Hw as [<-|[]]. apply Up; [reflexivity|lra].
      + destruct (none_above w' L) eqn:B'; [|destruct Hw]. destruct Hw as [<-|[]].
        pose proof (mixed_nothing L _ c_positive (none_above_correct _ _ B')) as K.
        rewrite mixed_opposite in K. specialize (K ltac:(lra) p Hp). lra. }
  apply Rmult_integral in Z. destruct Z as [Z|Z]; [exact Z|]. apply eq_IZR in Z. contradiction.
Qed.

Notation counted := (face ts L).

(* So they may be left out. *)
Lemma mixed_face g : mixed corner L c g = mixed corner counted c g.
Proof using c_positive facts_hold tests_are rows_are.
  apply mixed_filter. intros p Hp E. assert (Z : c p = 0); [|rewrite Z; ring].
  assert (X : existsb (fun w => negb (Z.eqb (row_at w p) 0)) (flat_map (clears L) ts) = true).
  { clear - E. induction (flat_map (clears L) ts) as [|w l IH]; [discriminate E|].
    cbn [forallb existsb] in *. destruct (Z.eqb (row_at w p) 0); [apply IH, E|reflexivity]. }
  apply existsb_exists in X. destruct X as (w & Hw & N). apply (cleared_no_weight p w Hp Hw).
  destruct (Z.eqb_spec (row_at w p) 0); [discriminate N|assumption].
Qed.

(* The weights of what counts. *)
Lemma counted_positive : Forall (fun p => 0 <= c p) counted.
Proof using c_positive.
  apply Forall_forall. intros p Hp. apply filter_In in Hp. rewrite Forall_forall in c_positive.
  apply c_positive, Hp.
Qed.

(* Some point counts. *)
Lemma some_point : exists p, In p (points_of counted) /\ 0 < c p.
Proof using c_positive facts_hold tests_are rows_are weights_one.
  apply NNPP. intros N. rewrite mixed_face in weights_one.
  assert (H : 0 <= mixed corner counted c (fun p => - IZR (weight p))).
  { apply total_positive, Forall_forall. intros p Hp. pose proof counted_positive as P.
    rewrite Forall_forall in P. specialize (P p Hp).
    destruct (Z.ltb_spec 0 (weight p)) as [W|W].
    - replace (c p) with 0; [lra|]. apply NNPP. intros Q. apply N. exists p.
      split; [apply filter_In; split; [exact Hp|apply Z.ltb_lt; exact W]|lra].
    - apply IZR_le in W. apply Rmult_le_pos; [exact P|lra]. }
  rewrite mixed_opposite in H. lra.
Qed.

(* A sum is positive if its summands are, at the points. *)
Lemma face_strict g : Forall (fun p => 0 <= g p) counted ->
  (forall p, In p (points_of counted) -> 0 < g p) -> 0 < mixed corner L c g.
Proof using c_positive facts_hold tests_are rows_are weights_one.
  intros G P. rewrite mixed_face. destruct some_point as (p & Hp & Cp).
  apply total_strict with p.
  - pose proof counted_positive as C. rewrite Forall_forall in *. intros q Hq.
    apply Rmult_le_pos; auto.
  - apply filter_In in Hp. apply Hp.
  - apply Rmult_lt_0_compat; auto.
Qed.

(* What fails by its values at the vectors is false. *)
Lemma fails_correct f : forall t, test_of n f = Some t -> fails counted t = true ->
  ~ formula_holds V f.
Proof using c_positive facts_hold tests_are rows_are weights_one.
  induction f as [r p|all parts IH] using formula_induction; intros t E H; cbn [test_of] in E.
  - destruct (row_of n p) as [w|] eqn:W; [|discriminate E]. injection E as <-.
    cbn [formula_holds]. rewrite (rows_are p w r W).
    assert (B : none_below w counted = true -> 0 <= sum_of L w).
    { intros B. rewrite mixed_face. apply mixed_at_least; [exact counted_positive|].
      apply none_below_correct, B. }
    assert (A : none_above w counted = true -> sum_of L w <= 0).
    { intros A. apply Ropp_le_cancel. rewrite Ropp_0, <- mixed_opposite, mixed_face.
      apply mixed_at_least; [exact counted_positive|apply none_above_correct, A]. }
    assert (Bs : none_below w counted = true ->
      forallb (fun p => Z.ltb 0 (row_at w p)) (points_of counted) = true -> 0 < sum_of L w).
    { intros B1 B2. apply face_strict; [apply none_below_correct, B1|]. intros q Hq.
      rewrite forallb_forall in B2. apply IZR_lt, Z.ltb_lt, B2, Hq. }
    assert (As : none_above w counted = true ->
      forallb (fun p => Z.ltb (row_at w p) 0) (points_of counted) = true -> sum_of L w < 0).
    { intros A1 A2. apply Ropp_lt_cancel. rewrite Ropp_0, <- mixed_opposite.
      apply face_strict; [apply none_above_correct, A1|]. intros q Hq.
      rewrite forallb_forall in A2. specialize (A2 q Hq). apply Z.ltb_lt, IZR_lt in A2. lra. }
    destruct r; cbn [fails] in H; cbn [related].
    + apply andb_prop in H. destruct H as [H1 H2]. specialize (Bs H1 H2). lra.
    + specialize (B H). lra.
    + apply orb_prop in H. destruct H as [H|H]; apply andb_prop in H; destruct H as [H1 H2];
        [specialize (Bs H1 H2)|specialize (As H1 H2)]; lra.
    + apply andb_prop in H. destruct H as [H1 H2]. specialize (B H1). specialize (A H2). lra.
  - destruct (all_of _) as [us|] eqn:U; [|discriminate E]. injection E as <-.
    apply all_of_correct in U. destruct all; cbn [fails] in H.
    + rewrite all_hold. apply existsb_exists in H. destruct H as (u & Hu & F).
      assert (I : In (Some u) (map (test_of n) parts)) by (rewrite U; apply in_map, Hu).
      apply in_map_iff in I. destruct I as (g & Eg & Hg). rewrite Forall_forall in *.
      intros K. exact (IH g Hg u Eg F (K g Hg)).
    + rewrite some_holds. rewrite Exists_exists. intros (g & Hg & K).
      assert (I : In (test_of n g) (map Some us)) by (rewrite <- U; apply in_map, Hg).
      apply in_map_iff in I. destruct I as (u & Eu & Hu). rewrite Forall_forall in IH.
      rewrite forallb_forall in H. exact (IH g Hg u (eq_sym Eu) (H u Hu) K).
Qed.

(* The facts do not hold together. *)
Theorem contradict_correct : contradict ts L = true -> False.
Proof using c_positive facts_hold tests_are rows_are weights_one.
  unfold contradict. intros H. destruct some_point as (p & Hp & _).
  destruct (points_of counted) as [|q l]; [destruct Hp|].
  apply existsb_exists in H. destruct H as (t & Ht & F).
  destruct (test_from t Ht) as (f & Hf & E). exact (fails_correct f t E F Hf).
Qed.
End Contradiction.
