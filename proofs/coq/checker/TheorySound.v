(* Proofs are sound: in every world in which what is known is true, what is proved is true. *)
From Coq Require Import Reals Lra Lia Arith Classical_Prop.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound Rules RulesSound Graph
  Units UnitsSound Between BetweenSound Cells CellsSound Tree TreeSound
  Theory Check Existence.
Open Scope R_scope.

(* ---------- what is known ---------- *)

(* A statement that says the same in worlds which the vocabulary cannot tell apart. *)
Definition about (L : vocabulary) (s : statement) : Prop :=
  forall W W', agree L W W' -> true_in W s -> true_in W' s.

Definition inner_value (W : world) (a : atom) : R := match a with Inner v => inner W v | _ => 0 end.
Definition constants_fixed (W : world) (L : vocabulary) : Prop :=
  forall f p, lookup f (constants L) = Some p ->
  only_values p = true /\ call W f [] = poly_value (inner_value W) p.

(* The networks' values at xs; the symbols' sorts; the truth of what is known. *)
Record good (W : world) (xs : list R) (t : theory) : Prop := Good {
  good_standard : standard W;
  good_floor : known_name (words t) "floor" = true;
  good_div : known_name (words t) "div" = true;
  good_inputs : length xs = inputs (given_graph t);
  good_graph : consistent (inputs (given_graph t)) (units (given_graph t));
  good_values : forall v, inner W v = seen (values (given_graph t) xs) v;
  good_constants : constants_fixed W (words t);
  good_sorts : sorts_hold W (words t);
  good_proved : Forall (fun ns => about (words t) (snd ns) /\ true_in W (snd ns)) (proved t);
  good_readings : Forall (fun nm => known_name (words t) (fst nm) = true /\
    forall r, has_measure (given_graph t) (snd nm) r -> call W (fst nm) [] = r) (readings t) }.

(* A polynomial in values depends on them only. *)
Lemma only_values_eval V V' p : only_values p = true -> (forall v, V (Inner v) = V' (Inner v)) ->
  poly_value V p = poly_value V' p.
Proof.
  intros H E. apply poly_value_ext, Forall_forall. intros m Hm. unfold only_values in H.
  rewrite forallb_forall in H. specialize (H m Hm). rewrite forallb_forall in H.
  apply Forall_forall. intros a Ha. specialize (H a Ha). destruct a; try discriminate H. apply E.
Qed.

(* Constants that are fixed are known. *)
Lemma constants_fixed_known W L : constants_fixed W L -> constants_known W L.
Proof.
  intros H f p letters K. destruct (H f p K) as [O E]. rewrite E.
  apply only_values_eval; [exact O|reflexivity].
Qed.

(* A statement that can be read is about the vocabulary. *)
Lemma readable_about L s : readable L s = true -> about L s.
Proof.
  intros H W W' A T rs Hs. unfold readable in H.
  destruct (formula_of _ _ _ (body s)) as [g|] eqn:E; [|discriminate H].
  apply (holds_agrees L (map is_integer (variables s)) W W' A _ (bound_to (variables s) rs)) in E.
  - apply E, T. exact Hs.
  - apply same_names. rewrite letters_length. symmetry.
    apply roughly_length, in_sorts_roughly. exact Hs.
Qed.

(* A larger vocabulary tells more worlds apart. *)
Lemma about_more L s f wanted z : about L s -> about (add_symbol L f wanted z) s.
Proof. intros H W W' A. apply H. eapply agree_less. exact A. Qed.

(* ---------- proofs ---------- *)

Section Proofs.
Variables (W : world) (xs : list R) (t : theory).
Hypothesis good_ : good W xs t.

Section Steps.
Variables (c : context) (letters : list R).
Hypothesis language_is : language c = words t.
Hypothesis known_is : known c = proved t.
Hypothesis letters_fit : roughly (variables (shown c)) letters.
Hypothesis smaller_are : forall k, induction_on c = Some k -> forall rs,
  roughly (variables (shown c)) rs -> nth k rs 0 < nth k letters 0 -> claims_at W (shown c) rs.

(* Every rule is sound. *)
Theorem rule_sound b s news : Forall (formula_holds (atom_value W letters)) (newest_first b) ->
  apply_rule t c b s = Some news -> remains W letters news.
Proof using good_ language_is known_is letters_fit smaller_are.
  intros F. destruct good_ as [_ _ _ Hi Hg Hv Hc Hs Hp Hr].
  apply constants_fixed_known in Hc. rewrite <- language_is in Hc, Hs.
  destruct s as [name es|f es es'|i|e|entries| |e points|name points signs cs
    |is points simplices|is nodes]; cbn [apply_rule].
  - apply use_sound; try assumption. rewrite known_is. eapply Forall_impl; [|exact Hp].
    intros ns H. apply H.
  - apply congruence_sound.
  - apply cases_sound. exact F.
  - apply cut_sound.
  - intros H. exfalso. revert H. apply (leaf_sound W c letters b F).
  - apply (units_sound W letters (given_graph t) xs b); assumption.
  - apply (range_sound W c letters (given_graph t) xs); assumption.
  - apply measure_sound. intros m r Hin. rewrite Forall_forall in Hr.
    exact (proj2 (Hr _ Hin) r).
  - apply (cells_sound W letters (given_graph t) xs b Hv Hi F).
  - apply (tree_sound W letters (given_graph t) xs b Hv Hi F).
Qed.

(* Steps that close all branches refute each of them. *)
Theorem refute_sound steps : forall open, refute t c steps open = true -> forall b, In b open ->
  ~ Forall (formula_holds (atom_value W letters)) (newest_first b).
Proof using good_ language_is known_is letters_fit smaller_are.
  induction steps as [|s steps IH]; intros [|b0 open] H b Hin Hb; cbn [refute] in H;
    try discriminate H; [destruct Hin..|].
  destruct (apply_rule t c b0 s) as [news|] eqn:E; [|discriminate H].
  destruct Hin as [->|Hin].
  - destruct (rule_sound b s news Hb E) as (new & N1 & N2).
    apply (IH _ H (extend b new)).
    + apply in_or_app. left. apply (in_map (extend b)). exact N1.
    + unfold extend; cbn [newest_first]. rewrite rev_append_rev. apply Forall_app.
      split; [apply Forall_rev; exact N2|exact Hb].
  - apply (IH _ H b); [apply in_or_app; right; exact Hin|exact Hb].
Qed.
End Steps.

(* The variable of an induction has sort "Z from n". *)
Lemma place_of_from v vs : forall i k, place_of v i vs = Some k ->
  exists j name n, k = (i + j)%nat /\ nth_error vs j = Some (name, From n).
Proof using.
  clear. induction vs as [|(name, s) vs IH]; intros i k H; cbn [place_of] in H; [discriminate H|].
  destruct (String.eqb v name).
  - destruct s as [| |n]; try discriminate H. injection H as <-. exists 0%nat, name, n.
    split; [lia|reflexivity].
  - destruct (IH (S i) k H) as (j & name' & n & -> & E). exists (S j), name', n.
    split; [lia|exact E].
Qed.

(* Its value is an integer from n on. *)
Lemma sorts_nth vs rs k name n : in_sorts vs rs -> nth_error vs k = Some (name, From n) ->
  whole (nth k rs 0) /\ IZR n <= nth k rs 0.
Proof using.
  clear. unfold in_sorts. revert rs k.
  induction vs as [|v vs IH]; intros rs [|k] H E; try discriminate E;
    inversion H as [|? r ? rs' H1 H2]; subst; cbn [nth_error nth] in *.
  - injection E as ->. exact H1.
  - apply IH; assumption.
Qed.

(* What is proved is true: by induction, from the smaller ones. *)
Theorem proves_sound s induction steps : proves t s induction steps = true -> true_in W s.
Proof using good_.
  intros H. unfold proves, beginning in H.
  destruct (match induction with None => _ | Some _ => _ end) as [k|] eqn:Ek; [|discriminate H].
  set (c := Context (words t) (proved t) s k) in *.
  destruct (instance _ _ s _) as [f|] eqn:E; [|discriminate H]. cbn [option_map] in H.
  pose proof (constants_fixed_known _ _ (good_constants _ _ _ good_)) as Hc.
  pose proof (good_sorts _ _ _ good_) as Hs.
  assert (Step : forall rs, roughly (variables s) rs -> (forall k', k = Some k' -> forall rs',
    roughly (variables s) rs' -> nth k' rs' 0 < nth k' rs 0 -> claims_at W s rs') ->
    claims_at W s rs).
  { intros rs Hrs Smaller. apply NNPP. intros Not.
    destruct (instance_holds W c rs Hc Hs Hrs s _ f E) as [_ Hf].
    assert (Lv : map (poly_value (atom_value W rs)) (letters_of s) = rs)
      by exact (letters_value W c rs Hrs). rewrite Lv in Hf.
    apply (refute_sound c rs eq_refl eq_refl Hrs Smaller steps _ H _ (or_introl eq_refl)).
    unfold extend; cbn [newest_first]. rewrite rev_append_rev, app_nil_r.
    apply Forall_rev, facts_hold.
    apply negate_holds. tauto. }
  assert (All : forall rs, in_sorts (variables s) rs -> claims_at W s rs).
  { destruct k as [k|]; [|intros rs Hrs; apply Step; [apply in_sorts_roughly;
  exact Hrs|discriminate]].
    destruct induction as [v|]; [|discriminate Ek].
    destruct (place_of v 0 (variables s)) as [k'|] eqn:P; [|discriminate Ek]. cbn in Ek.
    injection Ek as ->. destruct (place_of_from v _ _ _ P) as (j & name & n & Ej & En).
    cbn in Ej. subst j.
    assert (Ind : forall m rs, roughly (variables s) rs -> nth k rs 0 < IZR (n + Z.of_nat m) ->
      claims_at W s rs).
    { induction m as [|m IH]; intros rs Hrs L.
      - intros I. destruct (sorts_nth _ _ _ _ _ I En) as [_ Ge]. rewrite Z.add_0_r in L. lra.
      - apply Step; [exact Hrs|]. intros k' E' rs' Hrs' L'. injection E' as <-.
        apply IH; [exact Hrs'|].
        assert (Wh : forall qs, roughly (variables s) qs -> whole (nth k qs 0)).
        { intros qs Hq. apply (roughly_nth _ _ Hq k).
          apply (map_nth_error is_integer) in En. apply nth_error_nth with (d := false) in En.
          exact En. }
        destruct (Wh rs Hrs) as [z Ez], (Wh rs' Hrs') as [z' Ez']. rewrite Ez, Ez' in *.
        apply lt_IZR in L, L'. apply IZR_lt. lia. }
    intros rs Hrs. destruct (sorts_nth _ _ _ _ _ Hrs En) as [[z Ez] _].
    apply (Ind (Z.to_nat (z - n + 1)) rs); [apply in_sorts_roughly; exact Hrs|].
    rewrite Ez. apply IZR_lt. lia. }
  intros rs Hrs. exact (All rs Hrs Hrs).
Qed.
End Proofs.
