(* Definitions by cases and by recursion only name what exists: in every world there is such a
   function.  It depends on nothing but the meaning of the words of the definition. *)
From Coq Require Import Reals Lra Lia Arith.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound Rules RulesSound Theory.
Open Scope R_scope.

(* ---------- the function ---------- *)

Definition compares_dec s x y : {compares s x y} + {~ compares s x y}.
Proof.
  destruct s; cbn; [apply Rle_dec|apply Rlt_dec|apply Req_EM_T| |apply Rge_dec|apply Rgt_dec].
  destruct (Req_EM_T x y); [right; tauto|left; assumption].
Defined.
Fixpoint chained_dec rest : forall x, {chained x rest} + {~ chained x rest}.
Proof.
  destruct rest as [|(s, y) rest]; intros x; cbn [chained]; [left; exact I|].
  destruct (compares_dec s x y); [|right; tauto].
  destruct (chained_dec rest y); [left; tauto|right; tauto].
Defined.
Fixpoint holds_dec W rho e : {holds W rho e} + {~ holds W rho e}.
Proof.
  destruct e as [n|v|f l|a|a|o a b|a rest| | |a|o a b]; cbn [holds]; try (right; tauto);
    try (left; exact I).
  - apply holds_dec.
  - apply chained_dec.
  - destruct (holds_dec W rho a); [right; tauto|left; assumption].
  - destruct o, (holds_dec W rho a), (holds_dec W rho b); cbn [connects]; (left; tauto) || (right;
    tauto).
Defined.

(* The value of the first case whose guard holds, or else the last one. *)
Fixpoint first_case (W : world) (rho : list (string * R)) (cs : list (expr * expr))
  (last : expr) : R :=
  match cs with
  | [] => value W rho last
  | (g, e) :: cs' => if holds_dec W rho g then value W rho e else first_case W rho cs' last
  end.

(* The first case is what is chosen. *)
Lemma first_case_chosen W rho last cs : chosen W rho cs last (first_case W rho cs last).
Proof.
  induction cs as [|(g, e) cs IH]; cbn [chosen first_case]; [reflexivity|].
  destruct (holds_dec W rho g); [left|right]; auto.
Qed.

(* If all values are integers, so is the first case. *)
Lemma first_case_whole W rho last cs :
  Forall (fun e => whole (value W rho e)) (map snd cs ++ [last]) ->
  whole (first_case W rho cs last).
Proof.
  induction cs as [|(g, e) cs IH]; cbn [map app first_case snd]; intros H; inversion H; subst; auto.
  destruct (holds_dec W rho g); auto.
Qed.

(* The world where f means F. *)
Definition with_symbol (W : world) (f : string) (F : list R -> R) : world :=
  World (fun g rs => if String.eqb g f then F rs else call W g rs) (inner W).

(* By recursion on k - n: level 0 is at n, where the symbol is 0 before. *)
Fixpoint level (W : world) (d : definition) (k : nat) (rs : list R) : R :=
  if Nat.eqb (length rs) (length (parameters d)) then
    first_case
      (with_symbol W (defined d) (match k with O => fun _ => 0 | S k' => level W d k' end))
      (bound_to (parameters d) rs) (cases d) (otherwise d)
  else 0.
Definition made (W : world) (d : definition) (rs : list R) : R :=
  match start_of d with
  | None => level W d 0 rs
  | Some n =>
    let z := Int_part (nth 0 rs 0) in
    if Z_lt_dec z n then 0 else level W d (Z.to_nat (z - n)) rs
  end.

(* ---------- vocabularies ---------- *)

(* What is known with one more symbol. *)
Lemma known_add L f wanted z g :
  known_name (add_symbol L f wanted z) g = (String.eqb g f || known_name L g)%bool.
Proof.
  unfold known_name, add_symbol; cbn [symbols constants lookup].
  destruct (String.eqb g f); [|reflexivity]. destruct (lookup g (constants L)); reflexivity.
Qed.

(* Worlds that agree on more agree on less. *)
Lemma agree_less L f wanted z W W' : agree (add_symbol L f wanted z) W W' -> agree L W W'.
Proof.
  intros [A B]. split; [|exact B]. intros g K. apply A. rewrite known_add, K. apply orb_true_r.
Qed.

(* Agreement is symmetric *)
Lemma agree_sym L W W' : agree L W W' -> agree L W' W.
Proof. intros [A B]. split; intros; symmetry; auto. Qed.

(* and transitive. *)
Lemma agree_trans L W W' W'' : agree L W W' -> agree L W' W'' -> agree L W W''.
Proof.
  intros [A B] [A' B'].
  split; intros; [rewrite A by assumption; auto|rewrite B by assumption; auto].
Qed.

(* A new symbol does not matter to what is known. *)
Lemma agree_with L W f F : known_name L f = false -> agree L W (with_symbol W f F).
Proof.
  intros H. split; [|reflexivity]. intros g K rs. cbn [call with_symbol].
  destruct (String.eqb_spec g f) as [->|_]; [congruence|reflexivity].
Qed.

(* The same new symbol in worlds that agree. *)
Lemma agree_both L f wanted z W W' F F' : agree L W W' -> (forall rs, F rs = F' rs) ->
  agree (add_symbol L f wanted z) (with_symbol W f F) (with_symbol W' f F').
Proof.
  intros [A B] E. split; [|exact B]. intros g K rs. rewrite known_add in K. cbn [call with_symbol].
  destruct (String.eqb g f); [apply E|apply A; exact K].
Qed.

(* Names in scope and values bound to them belong together. *)
Lemma same_names vs (ps : list poly) (rs : list R) : length ps = length rs ->
  map fst (combine (map fst vs) ps) = map fst (bound_to vs rs).
Proof.
  unfold bound_to. generalize (map fst vs). clear vs. intros ns. revert ps rs.
  induction ns as [|n ns IH]; intros [|p ps] [|r rs] E; try discriminate E; [reflexivity..|].
  cbn in *. f_equal. apply IH. lia.
Qed.

(* The same for the letters of the proof: *)
Lemma letters_length s : length (letters_of s) = length (variables s).
Proof. unfold letters_of. rewrite map_length, seq_length. reflexivity. Qed.

(* ---------- what a definition that fits is like ---------- *)

Section Definition_.
Variables (L : vocabulary) (d : definition).
Hypothesis fits_ : definition_fits L d = true.
Notation f := (defined d).
Notation vs := (parameters d).
Notation ps := (map is_integer vs).
Notation sc := (combine (map fst vs) (letters_of (Statement vs Truth))).
Notation L' := (add_symbol L f ps (integral d)).
Notation before := (option_map (fun _ => subtract (single (Letter 0)) (constant 1)) (start_of d)).

(* Guards are read without the symbol itself, *)
Lemma guards_read : Forall (fun c => exists g, formula_of L ps sc (fst c) = Some g) (cases d).
Proof using fits_.
  unfold definition_fits in fits_. apply andb_prop in fits_. destruct fits_ as [H _].
  rewrite forallb_forall in H. apply Forall_forall. intros c Hc. specialize (H c Hc).
  destruct (formula_of L ps sc (fst c)) as [g|]; [exists g; reflexivity|discriminate H].
Qed.

(* values with it. *)
Lemma values_read : Forall (fun e => falls L' ps sc f before e = true /\
  exists p, term_of L' ps sc e = Some p /\ (integral d = true -> visible L' ps p = true))
  (map snd (cases d) ++ [otherwise d]).
Proof using fits_.
  unfold definition_fits in fits_. apply andb_prop in fits_. destruct fits_ as [_ H].
  rewrite forallb_forall in H. apply Forall_forall. intros e He. specialize (H e He).
  cbv zeta in H. apply andb_prop in H. destruct H as [H1 H2]. split; [exact H1|].
  destruct (term_of L' ps sc e) as [p|]; [|discriminate H2]. exists p. split; [reflexivity|].
  intros E. apply orb_prop in H2.
  destruct H2 as [H2|H2]; [rewrite E in H2; discriminate H2|exact H2].
Qed.

(* First cases are the same where the guards and the values are. *)
Lemma first_case_same W W' rho : (forall c, In c (cases d) -> (holds W rho (fst c) <->
  holds W' rho (fst c))) ->
  (forall e, In e (map snd (cases d) ++ [otherwise d]) -> value W rho e = value W' rho e) ->
  first_case W rho (cases d) (otherwise d) = first_case W' rho (cases d) (otherwise d).
Proof using.
  clear fits_. induction (cases d) as [|(g, e) cs IH]; intros G E; cbn [first_case map app] in *.
  { apply E. left. reflexivity. }
  pose proof (G _ (or_introl eq_refl)) as G0. cbn [fst snd] in *.
  destruct (holds_dec W rho g), (holds_dec W' rho g); try tauto; [apply E; left; reflexivity|].
  apply IH; intros; [apply G|apply E]; right; assumption.
Qed.

Section Rows.
Variable rs : list R.
Hypothesis length_is : length rs = length vs.

(* The scope has the names of the variables. *)
Lemma names_are : map fst sc = map fst (bound_to vs rs).
Proof using length_is. apply same_names. rewrite letters_length. symmetry. exact length_is. Qed.

(* Two worlds that the vocabulary cannot tell apart have the same first case. *)
Lemma first_case_agrees W W' : agree L' W W' ->
  first_case W (bound_to vs rs) (cases d) (otherwise d) =
  first_case W' (bound_to vs rs) (cases d) (otherwise d).
Proof using fits_ length_is.
  intros A. apply first_case_same.
  - intros c Hc. destruct (proj1 (Forall_forall _ _) guards_read c Hc) as [g Hg].
    apply (holds_agrees L ps W W' (agree_less _ _ _ _ _ _ A) sc _ names_are _ g Hg).
  - intros e He. destruct (proj1 (Forall_forall _ _) values_read e He) as (_ & p & Hp & _).
    apply (value_agrees L' ps W W' A sc _ names_are _ p Hp).
Qed.
End Rows.

(* Each level depends on nothing but what is known, *)
Lemma level_agrees W W' : agree L W W' -> forall k rs, level W d k rs = level W' d k rs.
Proof using fits_.
  intros A. induction k as [|k IH]; intros rs; cbn [level];
    (destruct (Nat.eqb_spec (length rs) (length vs)) as [E|_]; [|reflexivity]);
    apply first_case_agrees; [exact E| |exact E|]; apply agree_both; auto.
Qed.

(* and so does the function. *)
Lemma made_agrees W W' : agree L W W' -> forall rs, made W d rs = made W' d rs.
Proof using fits_.
  intros A rs. unfold made. destruct (start_of d) as [n|]; [|apply level_agrees; exact A].
  cbv zeta. destruct (Z_lt_dec _ n); [reflexivity|apply level_agrees; exact A].
Qed.

(* ---------- in one world ---------- *)

Variable W : world.
Hypothesis new_name : known_name L f = false.
Hypothesis no_variable : lookup f sc = None.
Hypothesis constants_are : forall F, constants_known (with_symbol W f F) L.
Hypothesis sorts_are : sorts_hold W L.

(* Letters mean the values of the variables. *)
Lemma scope_means F rs : length rs = length vs ->
  meant (with_symbol W f F) rs sc = bound_to vs rs.
Proof using.
  intros E. unfold meant, bound_to. rewrite combine_map. f_equal. unfold letters_of.
  rewrite map_map. cbn [variables]. rewrite <- E. clear.
  apply nth_ext with 0 0; [rewrite map_length, seq_length; reflexivity|]. intros i Hi.
  rewrite map_length, seq_length in Hi.
  set (V := atom_value _ rs). rewrite (nth_indep _ 0 (poly_value V (single (Letter 0))))
    by (rewrite map_length, seq_length; exact Hi).
  rewrite (map_nth (fun i => poly_value V (single (Letter i))) (seq 0 (length rs)) 0%nat i).
  rewrite seq_nth, single_value by exact Hi. reflexivity.
Qed.

(* Values that mention f at the integer before only. *)
Lemma falls_same F F' rs e : length rs = length vs ->
  (start_of d <> None -> forall rest, F (nth 0 rs 0 - 1 :: rest) = F' (nth 0 rs 0 - 1 :: rest)) ->
  falls L' ps sc f before e = true ->
  value (with_symbol W f F) (bound_to vs rs) e = value (with_symbol W f F') (bound_to vs rs) e.
Proof using constants_are no_variable.
  intros E Same.
  induction e as [n|v|g l IH|a IHa|a IHa|o a b IHa IHb|a rest _ _| | |a _|o a b _ _]
    using expr_induction; cbn [falls value]; intros H; try reflexivity; auto.
  - apply andb_prop in H. destruct H as [H1 H2]. rewrite forallb_forall in H1.
    assert (M : map (value (with_symbol W f F) (bound_to vs rs)) l =
                map (value (with_symbol W f F') (bound_to vs rs)) l).
    { apply map_ext_in. intros a Ha. apply (proj1 (Forall_forall _ _) IH a Ha). auto. }
    enough (C : call (with_symbol W f F) g (map (value (with_symbol W f F) (bound_to vs rs)) l) =
                call (with_symbol W f F') g (map (value (with_symbol W f F') (bound_to vs rs)) l))
      by (rewrite C; reflexivity).
    rewrite <- M. cbn [call with_symbol]. destruct (String.eqb_spec g f) as [->|_]; [|reflexivity].
    cbn [negb orb] in H2. destruct (start_of d) as [n|]; [|discriminate H2]. cbn [option_map] in H2.
    destruct l as [|a l]; [discriminate H2|].
    destruct (term_of L' ps sc a) as [q|] eqn:T; [|discriminate H2].
    apply same_equal in H2. subst q. cbn [map].
    assert (K : constants_known (with_symbol W f F) L') by exact (constants_are F).
    apply (term_of_correct _ rs L' ps K) in T. rewrite (scope_means F rs E) in T. rewrite T.
    rewrite subtract_value, single_value, constant_value, Q2R_1. cbn [atom_value].
    apply Same. discriminate.
  - f_equal. auto.
  - apply andb_prop in H. destruct H. f_equal; auto.
Qed.

(* So the first case depends on the symbol at the integer before only. *)
Lemma first_case_falls F F' rs : length rs = length vs ->
  (start_of d <> None -> forall rest, F (nth 0 rs 0 - 1 :: rest) = F' (nth 0 rs 0 - 1 :: rest)) ->
  first_case (with_symbol W f F) (bound_to vs rs) (cases d) (otherwise d) =
  first_case (with_symbol W f F') (bound_to vs rs) (cases d) (otherwise d).
Proof using fits_ constants_are no_variable new_name.
  intros E Same. apply first_case_same.
  - intros c Hc. destruct (proj1 (Forall_forall _ _) guards_read c Hc) as [g Hg].
    assert (A : agree L (with_symbol W f F) (with_symbol W f F'))
      by (eapply agree_trans; [apply agree_sym|]; apply agree_with; exact new_name).
    apply (holds_agrees L ps _ _ A sc _ (names_are rs E) _ g Hg).
  - intros e He. destruct (proj1 (Forall_forall _ _) values_read e He) as (Fa & _).
    apply falls_same; assumption.
Qed.

(* The function satisfies its definition. *)
Lemma made_value rs : in_sorts vs rs ->
  made W d rs = first_case (with_symbol W f (made W d)) (bound_to vs rs) (cases d) (otherwise d).
Proof using fits_ constants_are no_variable new_name.
  intros Hs. pose proof (roughly_length _ _ (in_sorts_roughly _ _ Hs)) as Len.
  unfold made at 1. destruct (start_of d) as [n|] eqn:S.
  - assert (B : exists z, nth 0 rs 0 = IZR z /\ IZR n <= IZR z).
    { unfold start_of in S. unfold in_sorts in Hs.
    destruct vs as [|(v, [| |m]) vs']; try discriminate S.
      injection S as ->. inversion Hs as [|? x ? ? H ?]; subst. destruct H as [[z ->] H].
      exists z. auto. }
    destruct B as (z & Ez & Hz). apply le_IZR in Hz. rewrite Ez, Int_part_IZR. cbv zeta.
    destruct (Z_lt_dec z n) as [|_]; [lia|]. remember (Z.to_nat (z - n)) as k eqn:Ek.
    destruct k as [|k]; cbn [level]; rewrite Len, Nat.eqb_refl; apply first_case_falls;
      try exact Len; intros _ rest; rewrite Ez; unfold made; rewrite S; cbn [nth];
      replace (IZR z - 1) with (IZR (z - 1)) by (rewrite minus_IZR; reflexivity);
      rewrite Int_part_IZR; cbv zeta; destruct (Z_lt_dec (z - 1) n); try lia; [reflexivity|].
    replace (Z.to_nat (z - 1 - n)) with k by lia. reflexivity.
  - cbn [level]. rewrite Len, Nat.eqb_refl. apply first_case_falls; [exact Len|].
    intros N. congruence.
Qed.

(* The function satisfies its definition, in the world where the symbol means it. *)
Theorem made_defines : defines (with_symbol W f (made W d)) d.
Proof using fits_ constants_are no_variable new_name.
  intros rs Hs. cbn [call with_symbol]. rewrite String.eqb_refl, (made_value rs Hs).
  apply first_case_chosen.
Qed.

(* It takes integers to integers, if the definition says so. *)
Lemma sorts_with F : respects (with_symbol W f F) f ps (integral d) ->
  sorts_hold (with_symbol W f F) L'.
Proof using sorts_are new_name.
  intros H g wanted z. cbn [add_symbol symbols lookup].
  destruct (String.eqb_spec g f) as [->|Ne]; [intros E; injection E as <- <-; exact H|].
  intros E Z rs Hr. cbn [call with_symbol]. destruct (String.eqb_spec g f); [contradiction|].
  exact (sorts_are g wanted z E Z rs Hr).
Qed.

(* Each level takes integers to integers, *)
Lemma level_whole k rs : integral d = true -> Forall2 (fun z r => z = true -> whole r) ps rs ->
  whole (level W d k rs).
Proof using fits_ constants_are sorts_are new_name.
  intros Z. revert rs. induction k as [|k IH]; intros rs Hr; cbn [level].
  all: destruct (Nat.eqb_spec (length rs) (length vs)) as [E|_]; [|apply (whole_IZR 0)].
  all: match goal with |- whole (first_case (with_symbol W f ?F) _ _ _) => set (G := F) end.
  all: assert (S : sorts_hold (with_symbol W f G) L') by (apply sorts_with; intros _ rs' Hr';
    cbn [call with_symbol]; rewrite String.eqb_refl; subst G;
    (exact (whole_IZR 0) || exact (IH rs' Hr'))).
  all: apply first_case_whole, Forall_forall; intros e He.
  all: destruct (proj1 (Forall_forall _ _) values_read e He) as (_ & p & Hp & Hv).
  all: rewrite <- (scope_means G rs E), (term_of_correct _ rs L' ps (constants_are G) sc e p Hp).
  all: apply (visible_whole _ rs L' ps S); [|exact (Hv Z)].
  all: clear - Hr; induction Hr as [|z r zs rs Hz _ IHr]; intros [|i]; cbn; try discriminate; auto.
Qed.

(* and so does the function. *)
Theorem made_respects : respects (with_symbol W f (made W d)) f ps (integral d).
Proof using fits_ constants_are sorts_are new_name.
  intros Z rs Hr. cbn [call with_symbol]. rewrite String.eqb_refl. unfold made.
  destruct (start_of d) as [n|]; [|apply level_whole; assumption].
  cbv zeta. destruct (Z_lt_dec _ n); [apply (whole_IZR 0)|apply level_whole; assumption].
Qed.
End Definition_.
