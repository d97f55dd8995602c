(* Declarations are sound: a world in which a declaration holds stays good; and every world can be
   changed, at the new symbol only, so that a definition or a measure holds. *)
From Coq Require Import Reals Lra Lia Arith Classical_Prop.
From Depthproof Require Import Definitions.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound Rules RulesSound Graph
  Between BetweenSound Theory Check Existence TheorySound.
Open Scope R_scope.

(* ---------- worlds that agree ---------- *)

(* floor and div are standard in worlds that agree. *)
Lemma standard_agrees L W W' : known_name L "floor" = true -> known_name L "div" = true ->
  agree L W W' -> standard W -> standard W'.
Proof.
  intros F D [A _] (S1 & S2 & S3). split; [|split]; intros; rewrite <- A by assumption; auto.
Qed.

(* Sorts hold in worlds that agree. *)
Lemma respects_agrees L W W' f wanted z : known_name L f = true -> agree L W W' ->
  respects W f wanted z -> respects W' f wanted z.
Proof. intros K [A _] H Z rs Hr. rewrite <- A by exact K. exact (H Z rs Hr). Qed.

(* What is good in one world is so in one that the vocabulary cannot tell apart. *)
Lemma good_agrees W W' xs t : good W xs t -> agree (words t) W W' ->
  (forall v, inner W v = inner W' v) -> good W' xs t.
Proof.
  intros [Hs Hf Hd Hi Hg Hv Hc Hso Hp Hr] A I. pose proof (proj1 A) as A1.
  constructor; try assumption.
  - eapply standard_agrees; eassumption.
  - intros v. rewrite <- I. apply Hv.
  - intros f p K. destruct (Hc f p K) as [O E]. split; [exact O|].
    assert (Kf : known_name (words t) f = true)
      by (unfold known_name; rewrite K; destruct (lookup f (symbols (words t))); reflexivity).
    rewrite <- A1, E by exact Kf. apply only_values_eval; [exact O|]. intros v. apply I.
  - intros f wanted z K. apply (respects_agrees (words t) W); [|exact A|apply (Hso f wanted z K)].
    unfold known_name. rewrite K. destruct (lookup f (constants (words t))); reflexivity.
  - eapply Forall_impl; [|exact Hp]. intros ns [B T]. split; [exact B|exact (B W W' A T)].
  - eapply Forall_impl; [|exact Hr]. intros nm [K M]. split; [exact K|].
    intros r H. rewrite <- A1 by exact K. exact (M r H).
Qed.

(* ---------- more symbols, facts, measures ---------- *)

(* A symbol of which nothing but its sort is known. *)
Lemma good_symbol W xs t f wanted z : good W xs t -> respects W f wanted z ->
  good W xs (with_words t (add_symbol (words t) f wanted z) (readings t)).
Proof.
  intros [Hs Hf Hd Hi Hg Hv Hc Hso Hp Hr] R. constructor; cbn [words given_graph with_words]; auto.
  - rewrite known_add, Hf. apply orb_true_r.
  - rewrite known_add, Hd. apply orb_true_r.
  - intros g wanted' z'. cbn [add_symbol symbols lookup]. destruct (String.eqb_spec g f) as [->|_];
      [intros E; injection E as <- <-; exact R|apply Hso].
  - eapply Forall_impl; [|exact Hp]. intros ns [B T]. split; [apply about_more; exact B|exact T].
  - eapply Forall_impl; [|exact Hr]. intros nm [K M]. split; [|exact M].
    rewrite known_add, K. apply orb_true_r.
Qed.

(* One more fact. *)
Lemma good_fact W xs t name s : good W xs t -> about (words t) s -> true_in W s ->
  good W xs (with_fact t (words t) name s).
Proof.
  intros [Hs Hf Hd Hi Hg Hv Hc Hso Hp Hr] B T. constructor; auto.
  constructor; [split; assumption|exact Hp].
Qed.

(* The same for a goal, whose name was taken before. *)
Lemma good_proved_fact W xs t name s : good W xs t -> about (words t) s -> true_in W s ->
  good W xs (with_proved t name s).
Proof.
  intros [Hs Hf Hd Hi Hg Hv Hc Hso Hp Hr] B T. constructor; auto.
  constructor; [split; assumption|exact Hp].
Qed.

(* A name that is taken changes nothing. *)
Lemma good_name W xs t name : good W xs t -> good W xs (with_name t name).
Proof. intros [Hs Hf Hd Hi Hg Hv Hc Hso Hp Hr]. constructor; auto. Qed.

(* One more measure. *)
Lemma good_reading W xs t name rd : good W xs t -> known_name (words t) name = true ->
  (forall r, has_measure (given_graph t) rd r -> call W name [] = r) ->
  good W xs (with_words t (words t) ((name, rd) :: readings t)).
Proof.
  intros [Hs Hf Hd Hi Hg Hv Hc Hso Hp Hr] K M. constructor; auto.
  constructor; [split; assumption|exact Hr].
Qed.

(* ---------- the fact of a definition ---------- *)

(* Distinct names have no duplicates. *)
Lemma distinct_spec l : distinct l = true -> NoDup l.
Proof.
  induction l as [|a l IH]; intros H; constructor; cbn [distinct] in H; apply andb_prop in H;
    destruct H as [H1 H2]; [|apply IH; exact H2].
  intros Hin. apply negb_true_iff in H1. rewrite <- not_true_iff_false in H1. apply H1.
  apply existsb_exists. exists a. split; [exact Hin|apply String.eqb_refl].
Qed.

(* Distinct variables have the values that they are bound to. *)
Lemma bound_values ns : forall rs : list R, NoDup ns -> length rs = length ns ->
  map (fun n => lookup n (combine ns rs)) ns = map Some rs.
Proof.
  induction ns as [|n ns IH]; intros [|r rs] N E; try discriminate E; [reflexivity|].
  inversion N as [|? ? Nin N']; subst. injection E as E. cbn [map combine lookup].
  rewrite String.eqb_refl. f_equal. rewrite <- (IH rs N' E). apply map_ext_in. intros m Hm.
  destruct (String.eqb_spec m n) as [->|_]; [contradiction|reflexivity].
Qed.

(* The value of the first case makes the disjunction of the cases true. *)
Lemma options_hold W rho head last cs : forall earlier, holds W rho earlier ->
  chosen W rho cs last (value W rho head) -> holds W rho (options head earlier cs last).
Proof.
  induction cs as [|(g, e) cs IH]; intros earlier He C; cbn [options chosen] in *.
  - split; [exact He|]. cbn. auto.
  - destruct C as [[G E]|[G C]]; cbn [holds connects].
    + left. split; [split; assumption|]. cbn. auto.
    + right. apply IH; [|exact C]. split; [exact He|exact G].
Qed.

(* Where a definition defines, its fact is true. *)
Lemma fact_true W d : distinct (map fst (parameters d)) = true -> defines W d ->
  true_in W (fact_of d).
Proof.
  intros N D rs Hs. unfold fact_of in *; cbn [variables body] in *. specialize (D rs Hs).
  apply options_hold; [exact I|].
  pose proof (roughly_length _ _ (in_sorts_roughly _ _ Hs)) as Len.
  set (rho := bound_to (parameters d) rs) in *.
  assert (M : map (value W rho) (map (fun v => Call (fst v) []) (parameters d)) = rs).
  { rewrite map_map. pose proof (bound_values (map fst (parameters d)) rs (distinct_spec _ N)) as B.
    rewrite map_length in B. specialize (B Len). rewrite map_map in B.
    fold (bound_to (parameters d) rs) in B. fold rho in B. clearbody rho.
    revert rs B Len Hs D. induction (parameters d) as [|v vs IH]; intros [|r rs] B Len Hs D;
      try discriminate Len; [reflexivity|]. cbn [map] in *. injection B as B1 B2.
      injection Len as Len.
    cbn [value]. rewrite B1. f_equal. clear D Hs IH N. revert rs B2 Len.
    induction vs as [|w vs IH]; intros [|q rs] B Len; try discriminate Len; [reflexivity|].
    cbn [map] in *. injection B as B2 B3. injection Len as Len. rewrite B2. f_equal. auto. }
  cbn [value]. rewrite M. destruct (parameters d) as [|v vs]; [|exact D].
  cbn [map]. unfold rho, bound_to; cbn [map combine lookup]. exact D.
Qed.

(* ---------- declarations that hold ---------- *)

Definition holds_in (W : world) (t : theory) (d : declaration) : Prop :=
  match d with
  | Definition_ d =>
    respects W (defined d) (map is_integer (parameters d)) (integral d) /\ defines W d
  | Measure_ m => forall rd r, read_measure t m = Some rd -> has_measure (given_graph t) rd r ->
    call W (measured m) [] = r
  | Free f wanted z => respects W f wanted z
  | Assume _ s => true_in W s
  end.

(* What `define` checks. *)
Lemma define_parts t d t' : define t d = Some t' ->
  fresh t (defined d) = true /\ definition_fits (words t) d = true /\
  let L := add_symbol (words t) (defined d) (map is_integer (parameters d)) (integral d) in
  variables_fit (with_words t L (readings t)) (parameters d) = true /\
  readable L (fact_of d) = true /\ t' = with_fact t L (defined d) (fact_of d).
Proof.
  unfold define. destruct (_ && _ && _)%bool eqn:C; [|discriminate]. intros H. injection H as <-.
  apply andb_prop in C. destruct C as [C C3]. apply andb_prop in C. destruct C as [C1 C2].
  unfold statement_fits in C3. apply andb_prop in C3. destruct C3 as [C3 C4]. auto.
Qed.

(* Variables that fit are distinct. *)
Lemma variables_distinct t vs : variables_fit t vs = true -> distinct (map fst vs) = true.
Proof. intros H. apply andb_prop in H. apply H. Qed.

(* A world in which a declaration holds stays good. *)
Theorem declare_good trusted W xs t d t' : good W xs t -> holds_in W t d ->
  declare trusted t d = Some t' -> good W xs t'.
Proof.
  intros G H D. destruct d as [d|m|f wanted z|name s]; cbn [declare holds_in] in *.
  - destruct (define_parts t d t' D) as (_ & _ & Vf & Rd & ->). destruct H as [R Df].
    apply (good_fact W xs (with_words t _ (readings t)));
      [apply good_symbol; assumption|apply readable_about; exact Rd|].
    apply fact_true; [eapply variables_distinct; exact Vf|exact Df].
  - unfold measure_declared in D. destruct (read_measure t m) as [rd|]; [|discriminate D].
    destruct (fresh t (measured m)); [|discriminate D]. injection D as <-.
    apply (good_reading W xs (with_words t (add_symbol (words t) (measured m) [] false)
    (readings t))).
    + apply good_symbol; [exact G|]. intros Z. discriminate Z.
    + cbn [words with_words]. rewrite known_add, String.eqb_refl. reflexivity.
    + intros r Hr. apply (H rd r eq_refl Hr).
  - destruct (trusted && fresh t f)%bool; [|discriminate D]. injection D as <-.
    apply good_symbol; assumption.
  - destruct (trusted && fresh t name && statement_fits t s)%bool eqn:C; [|discriminate D].
    injection D as <-. apply andb_prop in C. destruct C as [_ C]. apply andb_prop in C.
    apply good_fact; [exact G|apply readable_about; apply C|exact H].
Qed.

(* ---------- worlds in which they hold ---------- *)

(* The measure, or 0 where there is none. *)
Definition amount (G : graph) (rd : reading) (r : R) : Prop :=
  has_measure G rd r \/ ((forall r', ~ has_measure G rd r') /\ r = 0).

(* A measure is one number. *)
Lemma measures_unique q f span a b r r' : measures q f span a b r -> measures q f span a b r' ->
  r = r'.
Proof.
  destruct q; cbn [measures].
  - intros (n & [P1 P2] & ->) (n' & [Q1 Q2] & ->). f_equal. specialize (P2 n' Q1).
    specialize (Q2 n P1). lia.
  - intros H H'. rewrite <- (is_RInt_unique _ _ _ _ H). apply is_RInt_unique. exact H'.
  - intros H H'. rewrite <- (is_RInt_unique _ _ _ _ H). apply is_RInt_unique. exact H'.
  - intros (U & t & Ht & E) (U' & t' & Ht' & E'). specialize (U t' Ht'). specialize (U' t Ht). lra.
  - assert (O : forall s s', (forall cs v, distance_to f span a b cs v -> s' <= v) ->
      (forall e, 0 < e -> exists cs v, distance_to f span a b cs v /\ v < s + e) -> s' <= s).
    { intros s s' H H'. destruct (Rle_dec s' s) as [L|L]; [exact L|exfalso].
      destruct (H' (s' - s) ltac:(lra)) as (cs & v & D & V). specialize (H cs v D). lra. }
    intros [A B] [A' B']. apply Rle_antisym; apply O; assumption.
Qed.

(* The measure, or 0, exists, *)
Lemma amount_exists G rd : exists r, amount G rd r.
Proof.
  destruct (classic (exists r, has_measure G rd r)) as [[r H]|H]; [exists r; left; exact H|].
  exists 0. right. split; [|reflexivity]. intros r K. apply H. exists r. exact K.
Qed.

(* and is one number. *)
Lemma amount_unique G rd r r' : amount G rd r -> amount G rd r' -> r = r'.
Proof.
  intros [H|[N ->]] [H'|[N' ->]]; [eapply measures_unique; eassumption|exfalso; exact (N' r H)|
    exfalso; exact (N r' H')|reflexivity].
Qed.

Definition grown (t : theory) (d : declaration) (W W' : world) : Prop :=
  match d with
  | Definition_ d => W' = with_symbol W (defined d) (made W d)
  | Measure_ m => exists rd r, read_measure t m = Some rd /\ amount (given_graph t) rd r /\
    W' = with_symbol W (measured m) (fun _ => r)
  | Free f _ _ => W' = with_symbol W f (fun _ => 0)
  | Assume _ _ => False
  end.
Definition is_assumption (d : declaration) : bool
  := match d with Assume _ _ => true | _ => false end.

(* Every declaration but an assumption makes a world. *)
Lemma grown_exists trusted t d t' W : declare trusted t d = Some t' -> is_assumption d = false ->
  exists W', grown t d W W'.
Proof.
  destruct d as [d|m|f wanted z|name s]; cbn [declare grown is_assumption]; intros H A;
    [eexists; reflexivity| |eexists; reflexivity|discriminate A].
  unfold measure_declared in H. destruct (read_measure t m) as [rd|]; [|discriminate H].
  destruct (amount_exists (given_graph t) rd) as [r Hr].
  eexists. exists rd, r. split; [reflexivity|split; [exact Hr|reflexivity]].
Qed.

Definition symbol_of (d : declaration) : option string :=
  match d with
  | Definition_ d => Some (defined d) | Measure_ m => Some (measured m)
  | Free f _ _ => Some f | Assume _ _ => None end.

(* A fresh name is not known. *)
Lemma fresh_unknown t f : fresh t f = true -> known_name (words t) f = false.
Proof.
  unfold fresh, new_symbol. intros H. apply andb_prop in H. destruct H as [H _].
  apply negb_true_iff, orb_false_iff in H. apply H.
Qed.
(* What a declaration does to the theory. *)
Lemma declare_words trusted t d t' : declare trusted t d = Some t' ->
  given_graph t' = given_graph t /\ constants (words t') = constants (words t) /\
  match symbol_of d with
  | None => words t' = words t
  | Some f => known_name (words t) f = false /\
    exists wanted z, words t' = add_symbol (words t) f wanted z
  end.
Proof.
  destruct d as [d|m|f wanted z|name s]; cbn [declare symbol_of]; intros H.
  - destruct (define_parts t d t' H) as (F & _ & _ & _ & ->). cbn.
    repeat split; [apply fresh_unknown; exact F|]. eexists _, _. reflexivity.
  - unfold measure_declared in H. destruct (read_measure t m); [|discriminate H].
    destruct (fresh t (measured m)) eqn:F; [|discriminate H]. injection H as <-. cbn.
    repeat split; [apply fresh_unknown; exact F|]. eexists _, _. reflexivity.
  - destruct (trusted && fresh t f)%bool eqn:F; [|discriminate H]. injection H as <-. cbn.
    apply andb_prop in F. repeat split; [apply fresh_unknown; apply F|]. eexists _, _. reflexivity.
  - destruct (_ && _)%bool; [|discriminate H]. injection H as <-. cbn. auto.
Qed.

(* Worlds that agree on more agree on less. *)
Lemma declare_agree trusted t d t' W W' : declare trusted t d = Some t' ->
  agree (words t') W W' -> agree (words t) W W'.
Proof.
  intros H A. destruct (declare_words trusted t d t' H) as (_ & _ & S).
  destruct (symbol_of d); [destruct S as (_ & wanted & z & E); rewrite E in A; eapply agree_less;
  exact A|].
  rewrite S in A. exact A.
Qed.

(* The new world differs at the new symbol only. *)
Lemma grown_agrees trusted t d t' W W' : declare trusted t d = Some t' -> grown t d W W' ->
  agree (words t) W W' /\ forall v, inner W v = inner W' v.
Proof.
  intros H G. destruct (declare_words trusted t d t' H) as (_ & _ & S).
  destruct d as [d|m|f wanted z|name s]; cbn [grown symbol_of] in *; try contradiction;
    destruct S as (K & _).
  - subst W'. split; [apply agree_with; exact K|reflexivity].
  - destruct G as (rd & r & _ & _ & ->). split; [apply agree_with; exact K|reflexivity].
  - subst W'. split; [apply agree_with; exact K|reflexivity].
Qed.

(* A new symbol changes no constant. *)
Lemma with_symbol_constants W L f F : constants_fixed W L -> known_name L f = false ->
  constants_known (with_symbol W f F) L.
Proof.
  intros H K. apply constants_fixed_known. intros g p E. destruct (H g p E) as [O V].
  split; [exact O|]. cbn [call with_symbol]. destruct (String.eqb_spec g f) as [->|_].
  - exfalso. unfold known_name in K. rewrite E in K.
    destruct (lookup f (symbols L)); discriminate K.
  - rewrite V. apply only_values_eval; [exact O|reflexivity].
Qed.

(* A known name is no variable. *)
Lemma not_a_variable t vs f (l : list poly) : variables_fit t vs = true ->
  known_name (words t) f = true -> lookup f (combine (map fst vs) l) = None.
Proof.
  intros H K. apply andb_prop in H. destruct H as [_ H]. rewrite forallb_forall in H. revert l.
  induction vs as [|v vs IH]; intros [|p l]; try reflexivity. cbn [map combine lookup].
  destruct (String.eqb_spec f (fst v)) as [->|_].
  - specialize (H v (or_introl eq_refl)). apply negb_true_iff, orb_false_iff in H.
    destruct H as [_ H]. congruence.
  - apply IH. intros w Hw. apply H. right. exact Hw.
Qed.

(* In the new world the declaration holds, *)
Theorem grown_holds trusted W xs t d t' W' : good W xs t -> declare trusted t d = Some t' ->
  grown t d W W' -> holds_in W' t d.
Proof.
  intros G D H.
  destruct d as [d|m|f wanted z|name s]; cbn [grown holds_in declare] in *; try contradiction.
  - subst W'. destruct (define_parts t d t' D) as (Fr & Fi & Vf & _ & _).
    apply fresh_unknown in Fr. pose proof (good_constants _ _ _ G) as Hc.
    assert (Nv : lookup (defined d) (combine (map fst (parameters d))
      (letters_of (Statement (parameters d) Truth))) = None).
    { eapply not_a_variable; [exact Vf|]. cbn [words with_words].
      rewrite known_add, String.eqb_refl. reflexivity. }
    assert (K : forall F, constants_known (with_symbol W (defined d) F) (words t))
      by (intros F; apply with_symbol_constants; assumption).
    split.
    + apply (made_respects (words t)); try assumption. apply (good_sorts _ _ _ G).
    + apply (made_defines (words t)); assumption.
  - destruct H as (rd & r & E & A & ->). intros rd' r' E' H'. rewrite E in E'. injection E' as <-.
    cbn [call with_symbol]. rewrite String.eqb_refl.
    apply (amount_unique (given_graph t) rd); [exact A|left; exact H'].
  - subst W'. intros Z rs _. cbn [call with_symbol]. rewrite String.eqb_refl. apply (whole_IZR 0).
Qed.

(* and it is good. *)
Theorem grown_good trusted W xs t d t' W' : good W xs t -> declare trusted t d = Some t' ->
  grown t d W W' -> good W' xs t'.
Proof.
  intros G D H. destruct (grown_agrees trusted t d t' W W' D H) as [A I].
  apply (declare_good trusted W' xs t d t'); [apply (good_agrees W); assumption| |exact D].
  apply (grown_holds trusted W xs t d t'); assumption.
Qed.
