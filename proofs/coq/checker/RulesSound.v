(* The rules that need no networks are sound: where the facts of a branch hold, one of the branches
   that a rule leaves has true facts. *)
From Coq Require Import Qreals Reals Lra Lia Arith Classical_Prop.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound Rules.
Open Scope R_scope.

(* The statement at these values of its variables. *)
Definition claims_at (W : world) (s : statement) (rs : list R) : Prop :=
  in_sorts (variables s) rs -> holds W (bound_to (variables s) rs) (body s).
(* Integers where they have to be; perhaps below the n of "Z from n". *)
Definition roughly (vs : list variable) (rs : list R) : Prop :=
  Forall2 (fun v r => is_integer v = true -> whole r) vs rs.

(* What is in its sorts is an integer where it has to be. *)
Lemma in_sorts_roughly vs rs : in_sorts vs rs -> roughly vs rs.
Proof.
  unfold in_sorts, roughly. intros H. remember (map snd vs) as ss eqn:E. revert vs E.
  induction H as [|s r ss rs Hs _ IH]; intros [|(n, s') vs] E; try discriminate E; constructor.
  - injection E as -> E. intros I. unfold is_integer in I; cbn [snd] in I.
    destruct s'; [discriminate I|exact Hs|apply Hs].
  - apply IH. injection E as _ E. exact E.
Qed.

(* What is there is one thing. *)
Lemma some_equal {A} (a b : A) : Some a = Some b -> a = b.
Proof. congruence. Qed.

(* There are as many values as variables. *)
Lemma roughly_length vs rs : roughly vs rs -> length rs = length vs.
Proof. induction 1; cbn [length]; congruence. Qed.

(* Each is an integer where it has to be. *)
Lemma roughly_nth vs rs : roughly vs rs ->
  forall i, nth i (map is_integer vs) false = true -> whole (nth i rs 0).
Proof. induction 1 as [|v r vs rs Hv _ IH]; intros [|i]; cbn; try discriminate; auto. Qed.

Section Soundness.
Variables (W : world) (c : context) (letters : list R).
Notation L := (language c).
Notation V := (atom_value W letters).
Notation "« p »" := (poly_value V p).
Notation true_ := (formula_holds V).
Hypothesis constants_are : constants_known W L.
Hypothesis sorts_are : sorts_hold W L.
Hypothesis letters_fit : roughly (variables (shown c)) letters.

(* The same for the letters of the proof: *)
Lemma letters_length : length letters = length (variables (shown c)).
Proof using letters_fit. apply roughly_length. exact letters_fit. Qed.

(* their number, their sorts, *)
Lemma letters_whole i : nth i (places c) false = true -> whole (nth i letters 0).
Proof using letters_fit.
  apply roughly_nth. exact letters_fit.
Qed.

(* and their values. *)
Lemma letters_value : map (poly_value V) (letters_of (shown c)) = letters.
Proof using letters_fit.
  unfold letters_of. rewrite map_map. rewrite <- letters_length.
  apply nth_ext with 0 0; [rewrite map_length, seq_length; reflexivity|].
  intros i Hi. rewrite map_length, seq_length in Hi.
  rewrite (nth_indep _ 0 («single (Letter 0)»)) by (rewrite map_length, seq_length; exact Hi).
  rewrite (map_nth (fun i => «single (Letter i)») (seq 0 (length letters)) 0%nat i).
  rewrite seq_nth, single_value by exact Hi. reflexivity.
Qed.

(* ---------- statements at terms ---------- *)

(* Terms that fit are integers where they have to be. *)
Lemma fits_whole ws : forall ps, fits L (places c) ws ps = true ->
  Forall2 (fun w r => w = true -> whole r) ws (map (poly_value V) ps).
Proof using sorts_are letters_fit.
  induction ws as [|w ws IH]; intros [|p ps] H; try discriminate H; constructor;
    apply andb_prop in H; destruct H as [H1 H2]; [|apply IH; exact H2].
  intros ->. apply (visible_whole W letters L (places c) sorts_are letters_whole). exact H1.
Qed.

(* The same for the variables of a statement. *)
Lemma fits_roughly vs ps : fits L (places c) (map is_integer vs) ps = true ->
  roughly vs (map (poly_value V) ps).
Proof using sorts_are letters_fit.
  intros H. apply fits_whole in H. remember (map is_integer vs) as ws eqn:E. revert vs E.
  induction H as [|w r ws rs Hw _ IH]; intros [|v vs] E; try discriminate E; constructor.
  - injection E as -> E. exact Hw.
  - apply IH. injection E as _ E. exact E.
Qed.

(* The premises "v >= n" are what is missing. *)
Lemma premises_hold f vs : forall ps, roughly vs (map (poly_value V) ps) ->
  (true_ (premises vs ps f) <-> (in_sorts vs (map (poly_value V) ps) -> true_ f)).
Proof using.
  unfold roughly, in_sorts.
  induction vs as [|(n, s) vs IH]; intros [|p ps] H; inversion H as [|? ? ? ? H1 H2]; subst.
  { cbn. split; [auto|]. intros K. apply K. constructor. }
  specialize (IH ps H2). unfold is_integer in H1; cbn [snd map] in *.
  destruct s; cbn [premises map].
  - rewrite IH.
    split; intros K I; apply K; [inversion I; assumption|constructor; [exact Logic.I|exact I]].
  - rewrite IH. split; intros K I; apply K; [inversion I; assumption|].
    constructor; [apply H1; reflexivity|exact I].
  - rewrite junction_holds, negate_holds, compared_holds, constant_value, Q2R_Z, IH.
    cbn [compares]. split.
    + intros [K|K] I; inversion I as [|? ? ? ? I1 I2]; subst; [destruct I1; lra|auto].
    + intros K. destruct (Rge_dec «p» (IZR n0)) as [G|G]; [right|left; exact G].
      intros I. apply K. constructor; [|exact I]. split; [apply H1; reflexivity|lra].
Qed.

(* An instance holds exactly where the statement claims so at these values. *)
Lemma instance_holds s ps f : instance L (places c) s ps = Some f ->
  roughly (variables s) (map (poly_value V) ps) /\
  (true_ f <-> claims_at W s (map (poly_value V) ps)).
Proof using constants_are sorts_are letters_fit.
  unfold instance. destruct (fits _ _ _ ps) eqn:F; [|discriminate].
  destruct (formula_of _ _ _ (body s)) as [g|] eqn:E; [|discriminate]. cbn. intros H.
  injection H as <-.
  apply fits_roughly in F. split; [exact F|]. rewrite premises_hold by exact F.
  apply (formula_of_correct W letters) in E; [|exact constants_are]. unfold meant in E.
  rewrite combine_map in E. unfold claims_at, bound_to. rewrite E. tauto.
Qed.

(* What is read in the scope of the proof. *)
Lemma scope_value : meant W letters (scope c) = bound_to (variables (shown c)) letters.
Proof using letters_fit.
  unfold meant, scope, bound_to. rewrite combine_map, letters_value. reflexivity.
Qed.

(* ---------- the rules ---------- *)

Variable b : branch.
Hypothesis facts_are : Forall true_ (newest_first b).
Hypothesis known_are : Forall (fun ns => true_in W (snd ns)) (known c).
Hypothesis smaller_are : forall k, induction_on c = Some k -> forall rs,
  roughly (variables (shown c)) rs -> nth k rs 0 < nth k letters 0 -> claims_at W (shown c) rs.

Definition remains (news : list (list formula)) : Prop :=
  exists new, In new news /\ Forall true_ new.

(* A rule that adds a true formula. *)
Lemma remains_one f : true_ f -> remains [facts f].
Proof. intros H. exists (facts f). split; [left; reflexivity|apply facts_hold; exact H]. Qed.

(* Facts hold. *)
Lemma fact_holds i f : fact b i = Some f -> true_ f.
Proof using facts_are.
  unfold fact. destruct (Nat.ltb i (length_ b)); [|discriminate]. intros E.
  apply (proj1 (Forall_forall _ _) facts_are). eapply nth_error_In. exact E.
Qed.

(* What is found is there. *)
Lemma lookup_in {A} name (l : list (string * A)) a : lookup name l = Some a -> In (name, a) l.
Proof using.
  induction l as [|(n, x) l IH]; [discriminate|]. cbn. destruct (String.eqb_spec name n) as [->|_].
  - intros H. injection H as ->. left. reflexivity.
  - intros H. right. auto.
Qed.

(* A known statement at these terms; by induction, the statement itself where the variable is less.
  *)
Theorem use_sound name es news : use c name es = Some news -> remains news.
Proof using constants_are sorts_are letters_fit known_are smaller_are.
  unfold use. destruct (read_terms c es) as [ps|]; [|discriminate].
  destruct (if String.eqb name hypothesis then induction_on c else None) as [k|] eqn:Ik.
  - destruct (String.eqb name hypothesis); [|discriminate Ik].
    destruct (nth_error (letters_of (shown c)) k) as [here|] eqn:Hh; [|discriminate].
    destruct (nth_error ps k) as [there|] eqn:Ht; [|discriminate].
    destruct (instance _ _ _ ps) as [f|] eqn:E; [|discriminate]. intros H. injection H as <-.
    apply (remains_one (Junction false [compared LessEqual here there; f])).
    destruct (instance_holds _ _ _ E) as [Ro Ho]. cbn [formula_holds fold_right].
    rewrite compared_holds. cbn [compares].
    destruct (Rle_dec «here» «there») as [N|N]; [left; exact N|right; left]. apply Ho.
    apply (smaller_are k Ik _ Ro).
    assert (X : nth k letters 0 = «here»).
    { apply nth_error_nth. rewrite <- letters_value at 1. apply map_nth_error. exact Hh. }
    assert (Y : nth k (map (poly_value V) ps) 0 = «there»)
      by (apply nth_error_nth, map_nth_error; exact Ht).
    rewrite X, Y. lra.
  - destruct (lookup name (known c)) as [s|] eqn:K; [|discriminate].
    destruct (instance _ _ s ps) as [f|] eqn:E; [|discriminate]. cbn. intros H. injection H as <-.
    apply remains_one. apply (instance_holds _ _ _ E). intros I.
    apply lookup_in in K. exact (proj1 (Forall_forall _ _) known_are _ K _ I).
Qed.

(* Some pair differs, or all values are the same. *)
Lemma differing_holds ps : forall qs, length ps = length qs ->
  Exists true_ (differing ps qs) \/ map (poly_value V) ps = map (poly_value V) qs.
Proof using.
  induction ps as [|p ps IH]; intros [|q qs] E; try discriminate E; [right; reflexivity|].
  injection E as E. cbn [differing map]. destruct (same p q) eqn:S.
  - apply same_equal in S. subst q. destruct (IH qs E) as [H|H]; [left; exact H|right; congruence].
  - destruct (Req_dec «p» «q») as [Eq|Ne].
    + destruct (IH qs E) as [H|H]; [left; right; exact H|right; congruence].
    + left; left. rewrite negate_holds, compared_holds. exact Ne.
Qed.

(* Equal arguments give equal values. *)
Theorem congruence_sound f es es' news : congruence_rule c f es es' = Some news -> remains news.
Proof using.
  unfold congruence_rule. destruct (read_terms c es) as [ps|]; [|discriminate].
  destruct (read_terms c es') as [qs|]; [|discriminate]. unfold apply.
  destruct (lookup f (symbols L)) as [(ws, z)|]; [|discriminate].
  destruct (fits L (places c) ws ps) eqn:F; [|discriminate].
  destruct (fits L (places c) ws qs) eqn:F'; [|discriminate].
  intros H. apply some_equal in H. subst news.
  assert (E : length ps = length qs).
  { clear - F F'. revert ps qs F F'. induction ws as [|w ws IH]; intros [|p ps] [|q qs] F F';
      try discriminate F; try discriminate F'; [reflexivity|]. cbn in *. f_equal.
    apply andb_prop in F, F'. apply IH; [apply F|apply F']. }
  apply remains_one. apply some_holds, Exists_app.
  destruct (differing_holds ps qs E) as [H|H]; [left; exact H|right; left].
  rewrite compared_holds, !single_value, !applied_value, H. reflexivity.
Qed.

(* One of the parts of a disjunction holds. *)
Theorem cases_sound i news : cases_rule b i = Some news -> remains news.
Proof using facts_are.
  unfold cases_rule. destruct (fact b i) as [[r p|[|] parts]|] eqn:E; try discriminate.
  intros H. injection H as <-. apply fact_holds in E. apply some_holds, Exists_exists in E.
  destruct E as (f & Hf & Tf). exists (facts f).
  split; [apply in_map; exact Hf|apply facts_hold; exact Tf].
Qed.

(* A formula holds or does not. *)
Theorem cut_sound e news : cut c e = Some news -> remains news.
Proof using.
  unfold cut. destruct (formula_of _ _ _ e) as [f|]; [|discriminate]. cbn. intros H.
  injection H as <-.
  destruct (classic (true_ f)) as [T|T].
  - exists (facts f). split; [left; reflexivity|apply facts_hold; exact T].
  - exists (facts (negate f)). split; [right; left; reflexivity|].
    apply facts_hold, negate_holds. exact T.
Qed.

(* ---------- leaf ---------- *)

(* The rows of a product are facts. *)
Lemma rows_hold is : forall l, rows b is = Some l ->
  Forall (fun row => fst row <> NE /\ related (fst row) «snd row») l.
Proof using facts_are.
  induction is as [|i is IH]; intros l; cbn [rows]; [intros H; injection H as <-; constructor|].
  destruct (fact b i) as [[r p|? ?]|] eqn:E; [|discriminate|discriminate].
  pose proof (fact_holds i _ E) as T. cbn [formula_holds] in T.
  destruct r; try discriminate; (destruct (rows b is) as [l'|]; [|discriminate]);
    intros H; injection H as <-; (constructor; [split; [discriminate|exact T]|apply IH;
    reflexivity]).
Qed.

(* The product is the weight times -p for each row. *)
Lemma product_value l : forall w p, product w l = Some p ->
  «p» = «w» * fold_right (fun row r => - «snd row» * r) 1 l.
Proof using.
  induction l as [|(r, q) l IH]; intros w p; cbn [product fold_right snd].
  - intros H. injection H as <-. ring.
  - unfold times. destruct (Nat.leb _ _); [|discriminate]. intros H.
    rewrite (IH _ _ H), multiply_value, opposite_value. ring.
Qed.

(* Its sign, by its rows. *)
Lemma product_sign l : Forall (fun row => fst row <> NE /\ related (fst row) «snd row») l ->
  0 <= fold_right (fun row r => - «snd row» * r) 1 l /\
  (forallb is_strict l = true -> 0 < fold_right (fun row r => - «snd row» * r) 1 l) /\
  (existsb is_equation l = true -> fold_right (fun row r => - «snd row» * r) 1 l = 0).
Proof using.
  induction 1 as [|(r, p) l [Hr Hp] _ IH]; cbn [fold_right snd forallb existsb].
  - split; [lra|split; [lra|discriminate]].
  - destruct IH as (I1 & I2 & I3). set (X := fold_right _ 1 l) in *. clearbody X.
    unfold is_strict, is_equation; cbn [fst snd] in *.
    destruct r; cbn [related andb orb] in *; [| | |congruence].
    + split; [apply Rmult_le_pos; lra|split; [discriminate|]].
      intros H. rewrite (I3 H). ring.
    + split; [apply Rmult_le_pos; lra|split; intros H].
      * apply Rmult_lt_0_compat; [lra|exact (I2 H)].
      * rewrite (I3 H). ring.
    + rewrite Hp. split; [lra|split; [discriminate|intros _; ring]].
Qed.

(* A summand is at least 0, and positive if it is said to be. *)
Lemma summand_sound weight is p strict : summand c b weight is = Some (p, strict) ->
  0 <= «p» /\ (strict = true -> 0 < «p»).
Proof using facts_are.
  unfold summand. destruct (term_of _ _ _ weight) as [w|]; [|discriminate].
  destruct (rows b is) as [l|] eqn:R; [|discriminate]. apply rows_hold, product_sign in R.
  destruct R as (R1 & R2 & R3). destruct (_ || _)%bool eqn:O; [|discriminate].
  destruct (product w l) as [q|] eqn:P; [|discriminate]. cbn. intros H. injection H as <- <-.
  apply product_value in P. rewrite P. destruct (existsb is_equation l); cbn [orb negb andb] in *.
  - rewrite R3 by reflexivity. split; [lra|discriminate].
  - unfold positive_number in O. destruct (number w) as [q0|] eqn:N; [|discriminate O].
    rewrite (number_value V w q0 N). apply Z.ltb_lt, IZR_lt in O.
    assert (Pq : 0 < Q2R q0).
    { unfold Q2R. apply Rmult_lt_0_compat; [exact O|].
      apply Rinv_0_lt_compat, (IZR_lt 0). reflexivity. }
    split; [apply Rmult_le_pos; lra|]. intros S. apply Rmult_lt_0_compat; [exact Pq|auto].
Qed.

(* So is the sum. *)
Lemma sum_up_sound entries : forall total positive total' positive',
  sum_up c b entries total positive = Some (total', positive') ->
  0 <= «total» -> (positive = true -> 0 < «total») ->
  0 <= «total'» /\ (positive' = true -> 0 < «total'»).
Proof using facts_are.
  induction entries as [|(w, is) entries IH]; intros t p t' p'; cbn [sum_up].
  - intros H. injection H as <- <-. auto.
  - destruct (summand c b w is) as [(q, s)|] eqn:S; [|discriminate].
    apply summand_sound in S. destruct S as [S1 S2]. intros H T1 T2.
    apply (IH _ _ _ _ H); rewrite add_value; [lra|]. intros O. apply orb_prop in O.
    destruct O as [O|O]; [specialize (T2 O)|specialize (S2 O)]; lra.
Qed.

(* A sum of products, each >= 0 by the facts, is no negative number, and not 0 if one is positive.
  *)
Theorem leaf_sound entries news : leaf c b entries = Some news -> False.
Proof using facts_are.
  unfold leaf. destruct (sum_up c b entries [] false) as [(t, p)|] eqn:S; [|discriminate].
  apply sum_up_sound in S; [|cbn; lra|discriminate]. destruct S as [S1 S2].
  destruct (number t) as [q|] eqn:N; [|discriminate]. rewrite (number_value V t q N) in *.
  assert (P : 0 < / IZR (QDen q)) by (apply Rinv_0_lt_compat, (IZR_lt 0); reflexivity).
  unfold Q2R in *. destruct (Z.ltb_spec (Qnum q) 0) as [Neg|_]; cbn [orb].
  - apply IZR_lt in Neg. intros _. nra.
  - destruct (Z.eqb_spec (Qnum q) 0) as [Z|_]; cbn [andb]; [|discriminate].
    destruct p; [|discriminate]. specialize (S2 eq_refl). rewrite Z in S2. intros _. lra.
Qed.
End Soundness.
