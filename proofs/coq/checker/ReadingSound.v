(* Reading is right: the polynomials and formulas that are read mean what the expressions mean. *)
From Coq Require Import Qreals Reals Lra Lia Arith Classical_Prop.
From Checked Require Import Syntax Polynomials Meaning Reading.
Open Scope R_scope.

(* ---------- lists ---------- *)

(* Looking up in a list of values; *)
Lemma lookup_map {A B} (h : A -> B) f l :
  lookup f (map (fun p => (fst p, h (snd p))) l) = option_map h (lookup f l).
Proof.
  induction l as [|(n, a) l IH]; [reflexivity|]. cbn.
  destruct (String.eqb f n); [reflexivity|exact IH].
Qed.

(* values of a list of names; *)
Lemma combine_map {A B} (h : A -> B) (names : list string) l :
  map (fun p => (fst p, h (snd p))) (combine names l) = combine names (map h l).
Proof. revert l. induction names as [|n ns IH]; intros [|a l]; cbn; congruence. Qed.

(* all of a list that are there. *)
Lemma all_of_correct {A} (l : list (option A)) out : all_of l = Some out -> l = map Some out.
Proof.
  revert out. induction l as [|[a|] l IH]; intros out; cbn; try discriminate.
  - intros H. injection H as <-. reflexivity.
  - destruct (all_of l); cbn; [|discriminate]. intros H. injection H as <-. cbn. f_equal. auto.
Qed.

(* Induction on expressions: the arguments of a call are smaller. *)
Section Induction.
Variable P : expr -> Prop.
Hypothesis numeral : forall n, P (Numeral n).
Hypothesis value_ : forall v, P (Value v).
Hypothesis call_ : forall f l, Forall P l -> P (Call f l).
Hypothesis brackets : forall a, P a -> P (Brackets a).
Hypothesis opposite_ : forall a, P a -> P (Opposite a).
Hypothesis arithmetic_ : forall o a b, P a -> P b -> P (Arithmetic o a b).
Hypothesis chain : forall a rest, P a -> Forall (fun sb => P (snd sb)) rest -> P (Chain a rest).
Hypothesis truth : P Truth.
Hypothesis falsity : P Falsity.
Hypothesis negation : forall a, P a -> P (Negation a).
Hypothesis connected : forall o a b, P a -> P b -> P (Connected o a b).
Fixpoint expr_induction (e : expr) : P e :=
  let of_list := fix go (l : list expr) : Forall P l :=
    match l with [] => Forall_nil P | a :: l' => Forall_cons a (expr_induction a) (go l') end in
  let of_rest := fix go (l : list (sign * expr)) : Forall (fun sb => P (snd sb)) l :=
    match l with
    | [] => Forall_nil _
    | sb :: l' => Forall_cons sb
        (let '(_, b) as sb := sb return P (snd sb) in expr_induction b) (go l') end in
  match e with
  | Numeral n => numeral n
  | Value v => value_ v
  | Call f l => call_ f l (of_list l)
  | Brackets a => brackets a (expr_induction a)
  | Opposite a => opposite_ a (expr_induction a)
  | Arithmetic o a b => arithmetic_ o a b (expr_induction a) (expr_induction b)
  | Chain a rest => chain a rest (expr_induction a) (of_rest rest)
  | Truth => truth
  | Falsity => falsity
  | Negation a => negation a (expr_induction a)
  | Connected o a b => connected o a b (expr_induction a) (expr_induction b)
  end.
End Induction.

(* ---------- terms ---------- *)

(* The constants of the vocabulary are what their names mean. *)
Definition constants_known (W : world) (L : vocabulary) : Prop :=
  forall f p letters, lookup f (constants L) = Some p ->
  call W f [] = poly_value (atom_value W letters) p.

(* A vocabulary cannot tell two worlds apart. *)
Definition agree (L : vocabulary) (W W' : world) : Prop :=
  (forall f, known_name L f = true -> forall rs, call W f rs = call W' f rs) /\
  (forall v, (1 <= v <= count L)%nat -> inner W v = inner W' v).

(* The whole part of an integer. *)
Lemma Int_part_IZR z : Int_part (IZR z) = z.
Proof.
  destruct (base_Int_part (IZR z)) as [A B]. apply le_IZR in A.
  assert (C : IZR z < IZR (Int_part (IZR z) + 1)) by (rewrite plus_IZR; lra).
  apply lt_IZR in C. lia.
Qed.

Section Terms.
Variables (W : world) (letters : list R) (L : vocabulary) (places : list bool).
Hypothesis constants_are : constants_known W L.
Notation V := (atom_value W letters).
Notation "« p »" := (poly_value V p).
Definition meant (scope : list (string * poly)) : list (string * R) :=
  map (fun p => (fst p, « snd p »)) scope.

(* Arithmetic on polynomials is arithmetic on values. *)
Lemma combined_value o p q r :
  combined o p q = Some r -> «r» = arithmetic_value o «p» «q».
Proof.
  destruct o; cbn [combined arithmetic_value].
  - intros H. injection H as <-. apply add_value.
  - intros H. injection H as <-. apply subtract_value.
  - unfold times. destruct (Nat.leb _ _); [|discriminate]. intros H. injection H as <-.
    apply multiply_value.
  - destruct (number q) as [c|] eqn:N; [|discriminate].
    destruct (Qeq_bool c 0) eqn:Z; [discriminate|].
    intros H. injection H as <-. apply Q2R_nonzero in Z.
    rewrite scaled_value, (number_value V q c N).
    rewrite Q2R_inv by (intros E; apply Z; rewrite (Qeq_eqR _ _ E); apply Q2R_0). field. exact Z.
  - destruct (number q) as [c|] eqn:N; [|discriminate]. unfold to_the.
    destruct (_ && _ && _)%bool eqn:C; [|discriminate]. cbv zeta.
    destruct (Nat.leb _ _); [|discriminate]. intros H. injection H as <-.
    rewrite power_value, (number_value V q c N). apply andb_prop in C. destruct C as [C _].
    apply andb_prop in C. destruct C as [C _]. apply Pos.eqb_eq in C. unfold Q2R. rewrite C.
    replace (IZR (Qnum c) * / 1) with (IZR (Qnum c)) by field. rewrite Int_part_IZR. reflexivity.
Qed.

(* A term that is read has the value of its expression. *)
Theorem term_of_correct scope e : forall p,
  term_of L places scope e = Some p -> value W (meant scope) e = « p ».
Proof.
  induction e as [n|v|f l IH|a IHa|a IHa|o a b IHa IHb|a rest _ _| | |a _|o a b _ _]
    using expr_induction; intros p; cbn [term_of value]; try discriminate.
  - intros H. injection H as <-. rewrite constant_value. symmetry. apply Q2R_Z.
  - destruct (_ && _)%bool; [|discriminate]. intros H. injection H as <-. symmetry.
    apply single_value.
  - unfold meant at 1. rewrite lookup_map.
    destruct l as [|e l].
    + destruct (lookup f scope) as [q|]; cbn [option_map].
      { intros H. injection H as <-. reflexivity. }
      destruct (lookup f (constants L)) as [q|] eqn:C.
      { intros H. injection H as <-. apply constants_are. exact C. }
      cbn [map all_of]. unfold apply.
      destruct (lookup f (symbols L)) as [(ws, z)|]; [|discriminate].
      destruct (fits _ _ ws []); [|discriminate]. intros H. injection H as <-.
      rewrite single_value. reflexivity.
    + destruct (lookup f scope) as [q|]; cbn [option_map]; [discriminate|].
      destruct (lookup f (constants L)); [discriminate|].
      destruct (all_of _) as [ps|] eqn:A; [|discriminate]. apply all_of_correct in A.
      unfold apply. destruct (lookup f (symbols L)) as [(ws, z)|]; [|discriminate].
      destruct (fits _ _ ws ps); [|discriminate]. intros H. injection H as <-.
      rewrite single_value, applied_value. f_equal. clear ws z.
      revert ps A. generalize dependent (e :: l). clear e l. intros l IH.
      induction IH as [|e l He _ IHl]; intros [|p ps] A; try discriminate A; [reflexivity|].
      cbn [map] in *. injection A as A1 A2. f_equal; [apply He; exact A1|apply IHl; exact A2].
  - apply IHa.
  - destruct (term_of _ _ scope a) as [q|]; [|discriminate]. cbn. intros H. injection H as <-.
    rewrite opposite_value. f_equal. apply IHa. reflexivity.
  - destruct (term_of _ _ scope a) as [q|]; [|discriminate].
    destruct (term_of _ _ scope b) as [r|]; [|discriminate]. intros H.
    rewrite (IHa q eq_refl), (IHb r eq_refl). symmetry. apply combined_value. exact H.
Qed.

(* The same for lists of terms. *)
Lemma terms_of_correct scope es ps : terms_of L places scope es = Some ps ->
  map (value W (meant scope)) es = map (poly_value V) ps.
Proof.
  intros H. apply all_of_correct in H. revert ps H.
  induction es as [|e es IH]; intros [|p ps] H; try discriminate H; [reflexivity|].
  cbn [map] in *. injection H as H1 H2. f_equal; [apply term_of_correct; exact H1|auto].
Qed.

(* A chain holds where all its links do. *)
Lemma chain_of_correct scope rest : forall p fs,
  chain_of p (map (fun sb => (fst sb, term_of L places scope (snd sb))) rest) = Some fs ->
  (Forall (formula_holds V) fs <->
   chained «p» (map (fun sb => (fst sb, value W (meant scope) (snd sb))) rest)).
Proof.
  induction rest as [|(s, e) rest IH]; intros p fs; cbn [map chain_of chained fst snd].
  - intros H. injection H as <-. split; constructor.
  - destruct (term_of _ _ scope e) as [q|] eqn:E; [|discriminate].
    destruct (chain_of q _) as [gs|] eqn:C; [|discriminate]. cbn. intros H. injection H as <-.
    rewrite Forall_cons_iff, compared_holds, (IH q gs C), (term_of_correct scope e q E). tauto.
Qed.

(* A formula that is read holds where its expression holds. *)
Theorem formula_of_correct scope e : forall f,
  formula_of L places scope e = Some f -> (formula_holds V f <-> holds W (meant scope) e).
Proof.
  induction e as [n|v|f l _|a IHa|a _|o a b _ _|a rest _ _| | |a IHa|o a b IHa IHb]
    using expr_induction; intros g; cbn [formula_of holds]; try discriminate.
  - apply IHa.
  - destruct (term_of _ _ scope a) as [p|] eqn:A; [|discriminate].
    destruct (chain_of p _) as [fs|] eqn:C; [|discriminate].
    apply chain_of_correct in C. rewrite (term_of_correct scope a p A), <- C.
    destruct fs as [|h [|h' fs]]; [discriminate| |]; intros H; injection H as <-.
    + rewrite Forall_cons_iff. split; [auto|tauto].
    + apply all_hold.
  - intros H. injection H as <-. cbn. tauto.
  - intros H. injection H as <-. cbn. tauto.
  - destruct (formula_of _ _ scope a) as [h|]; [|discriminate]. cbn. intros H. injection H as <-.
    rewrite negate_holds, (IHa h eq_refl). tauto.
  - destruct (formula_of _ _ scope a) as [h|]; [|discriminate].
    destruct (formula_of _ _ scope b) as [k|]; [|discriminate]. intros H. injection H as <-.
    specialize (IHa h eq_refl). specialize (IHb k eq_refl).
    destruct o; rewrite junction_holds; cbn [connects]; rewrite ?negate_holds; tauto.
Qed.
End Terms.

(* ---------- what is read depends on nothing but the vocabulary ---------- *)

(* Whether a name is found depends on the names only. *)
Lemma lookup_names {A B} f (l : list (string * A)) : forall m : list (string * B),
  map fst l = map fst m -> (lookup f l = None <-> lookup f m = None).
Proof.
  induction l as [|(n, a) l IH]; intros [|(n', b) m] E; try discriminate E; [tauto|].
  cbn in *. injection E as -> E.
  destruct (String.eqb f n'); [split; discriminate|apply IH; exact E].
Qed.

Section Agreement.
Variables (L : vocabulary) (places : list bool) (W W' : world).
Hypothesis same_worlds : agree L W W'.
Variables (scope : list (string * poly)) (rho : list (string * R)).
Hypothesis same_names : map fst scope = map fst rho.

(* Terms that are read have the same value in worlds that agree, *)
Lemma value_agrees e : forall p,
  term_of L places scope e = Some p -> value W rho e = value W' rho e.
Proof using same_worlds same_names.
  induction e as [n|v|f l IH|a IHa|a IHa|o a b IHa IHb|a rest _ _| | |a _|o a b _ _]
    using expr_induction; intros p; cbn [term_of value]; try discriminate; auto.
  - destruct (_ && _)%bool eqn:C; [|discriminate]. intros _. apply andb_prop in C.
    destruct C as [C1 C2]. apply Nat.leb_le in C1, C2. apply same_worlds. auto.
  - pose proof (lookup_names f scope rho same_names) as N.
    assert (K : forall ps q, (match lookup f (constants L) with
        | Some c => Some c | None => apply L places f ps end) = Some q -> known_name L f = true).
    { intros ps q. unfold known_name, apply. destruct (lookup f (symbols L)); [reflexivity|].
      destruct (lookup f (constants L)); [reflexivity|discriminate]. }
    destruct l as [|e l].
    + destruct (lookup f rho); [reflexivity|]. destruct (lookup f scope) as [q|]; [exfalso|].
      { destruct N as [_ N]. discriminate (N eq_refl). }
      intros H. cbn [map]. apply same_worlds. apply (K [] p). exact H.
    + destruct (lookup f scope); [discriminate|]. destruct (lookup f rho);
        [destruct N as [N _]; discriminate (N eq_refl)|].
      destruct (lookup f (constants L)) eqn:C; [discriminate|].
      destruct (all_of _) as [ps|] eqn:A; [|discriminate]. intros H. apply all_of_correct in A.
      replace (map (value W rho) (e :: l)) with (map (value W' rho) (e :: l)).
      { apply same_worlds. apply (K ps p). exact H. }
      clear - IH A. revert ps A. generalize dependent (e :: l). clear e l. intros l IH.
      induction IH as [|e l He _ IHl]; intros [|p ps] A; try discriminate A; [reflexivity|].
      cbn [map] in *. injection A as A1 A2.
      f_equal; [symmetry; apply (He p A1)|apply (IHl ps A2)].
  - apply IHa.
  - destruct (term_of _ _ scope a) as [q|]; [|discriminate]. intros _.
    rewrite (IHa q eq_refl). reflexivity.
  - destruct (term_of _ _ scope a) as [q|]; [|discriminate].
    destruct (term_of _ _ scope b) as [r|]; [|discriminate]. intros _.
    rewrite (IHa q eq_refl), (IHb r eq_refl). reflexivity.
Qed.

(* and formulas hold in both or in neither. *)
Lemma holds_agrees e : forall f,
  formula_of L places scope e = Some f -> (holds W rho e <-> holds W' rho e).
Proof using same_worlds same_names.
  induction e as [n|v|f l _|a IHa|a _|o a b _ _|a rest _ _| | |a IHa|o a b IHa IHb]
    using expr_induction; intros g; cbn [formula_of holds]; try discriminate; try tauto.
  - apply IHa.
  - destruct (term_of _ _ scope a) as [p|] eqn:A; [|discriminate].
    destruct (chain_of p _) as [fs|] eqn:C; [|discriminate]. intros _.
    rewrite (value_agrees a p A). clear A g.
    enough (E : map (fun sb => (fst sb, value W rho (snd sb))) rest =
                map (fun sb => (fst sb, value W' rho (snd sb))) rest) by (rewrite E; tauto).
    revert p fs C. induction rest as [|(s, b) rest IH]; intros p fs C; [reflexivity|].
    cbn [map chain_of fst snd] in *.
    destruct (term_of _ _ scope b) as [q|] eqn:B; [|discriminate C].
    destruct (chain_of q _) as [gs|] eqn:D; [|discriminate C].
    rewrite (value_agrees b q B), (IH q gs D). reflexivity.
  - destruct (formula_of _ _ scope a) as [h|]; [|discriminate]. intros _.
    specialize (IHa h eq_refl). tauto.
  - destruct (formula_of _ _ scope a) as [h|]; [|discriminate].
    destruct (formula_of _ _ scope b) as [k|]; [|discriminate]. intros _.
    specialize (IHa h eq_refl). specialize (IHb k eq_refl). destruct o; cbn [connects]; tauto.
Qed.
End Agreement.

(* ---------- what is visibly an integer is one ---------- *)

(* Integers, sums and products of them are integers. *)
Lemma whole_IZR z : whole (IZR z). Proof. exists z. reflexivity. Qed.
Lemma whole_plus x y : whole x -> whole y -> whole (x + y).
Proof. intros [a ->] [b ->]. rewrite <- plus_IZR. apply whole_IZR. Qed.
Lemma whole_times x y : whole x -> whole y -> whole (x * y).
Proof. intros [a ->] [b ->]. rewrite <- mult_IZR. apply whole_IZR. Qed.

(* All symbols take integers to integers, as their sorts say. *)
Definition sorts_hold (W : world) (L : vocabulary) : Prop :=
  forall f wanted z, lookup f (symbols L) = Some (wanted, z) -> respects W f wanted z.

Section Integers.
Variables (W : world) (letters : list R) (L : vocabulary) (places : list bool).
Hypothesis sorts_are : sorts_hold W L.
Hypothesis letters_are : forall i, nth i places false = true -> whole (nth i letters 0).

(* So are polynomials in integers with integer coefficients. *)
Lemma poly_whole V p :
  Forall (fun t => Pos.eqb (Qden (snd t)) 1 = true /\ Forall (fun a => whole (V a)) (fst t)) p ->
  whole (poly_value V p).
Proof.
  induction 1 as [|(m, c) p [Hc Hm] _ IH]; [apply (whole_IZR 0)|]. rewrite value_cons.
  cbn [fst snd] in *.
  apply whole_plus; [|exact IH]. apply whole_times.
  - apply Pos.eqb_eq in Hc. unfold Q2R. rewrite Hc.
    replace (IZR (Qnum c) * / 1) with (IZR (Qnum c)) by field. apply whole_IZR.
  - induction Hm as [|a m Ha _ IHm]; [apply (whole_IZR 1)|]. rewrite monomial_cons.
    apply whole_times; assumption.
Qed.

(* By their sorts, visible atoms are integers, *)
Lemma visible_atom_whole a : visible_atom L places a = true -> whole (atom_value W letters a).
Proof.
  induction a as [i|v|f l IH] using atom_induction; intros H; [apply letters_are;
  exact H|discriminate|].
  rewrite applied_value. cbn [visible_atom] in H.
  destruct (lookup f (symbols L)) as [(ws, [|])|] eqn:S; try discriminate H.
  apply (sorts_are f ws true S eq_refl). clear S. revert ws H.
  induction IH as [|p l Hp _ IHl]; intros [|w ws] H; try discriminate H; constructor;
    apply andb_prop in H; destruct H as [H1 H2]; [|apply IHl; exact H2].
  intros ->. cbn [negb orb] in H1. apply poly_whole. rewrite forallb_forall in H1.
  apply Forall_forall. intros (m, c) Hin. specialize (H1 _ Hin). cbn [fst snd] in *.
  apply andb_prop in H1. destruct H1 as [Hc Hm]. split; [exact Hc|].
  pose proof (proj1 (Forall_forall _ _) Hp _ Hin) as Ha. cbn [fst] in Ha.
  rewrite forallb_forall in Hm. rewrite Forall_forall in *. intros a Hia. apply Ha; auto.
Qed.

(* hence visible polynomials. *)
Lemma visible_whole p : visible L places p = true -> whole (poly_value (atom_value W letters) p).
Proof.
  intros H. apply poly_whole. unfold visible in H. rewrite forallb_forall in H.
  apply Forall_forall. intros t Ht. specialize (H t Ht). apply andb_prop in H.
  destruct H as [Hc Hm].
  split; [exact Hc|]. rewrite forallb_forall in Hm. apply Forall_forall. intros a Ha.
  apply visible_atom_whole. auto.
Qed.
End Integers.
