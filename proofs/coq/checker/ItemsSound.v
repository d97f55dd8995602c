(* Items are sound: definitions in a certificate leave no trace, goals are true where the claim's
   declarations hold.  And a list of declarations makes a world in which all of them hold. *)
From Coq Require Import Reals Lra Lia Arith.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound Rules RulesSound Graph
  Between BetweenSound Theory Check Existence TheorySound DeclareSound.
Open Scope R_scope.

Definition all_true (W : world) (goals : list (string * statement)) : Prop :=
  Forall (fun g => true_in W (snd g)) goals.
Definition all_about (L : vocabulary) (goals : list (string * statement)) : Prop :=
  Forall (fun g => about L (snd g)) goals.

(* ---------- items ---------- *)

(* A list of goals is one goal and the rest. *)
Lemma lookup_without name goals s : lookup name goals = Some s -> forall P : statement -> Prop,
  Forall (fun g => P (snd g)) goals <->
  P s /\ Forall (fun g => P (snd g)) (without name goals).
Proof.
  induction goals as [|(n, s') goals IH]; intros H P; [discriminate H|].
  cbn [lookup without fst] in *. destruct (String.eqb name n).
  - injection H as ->. rewrite Forall_cons_iff. cbn [snd]. tauto.
  - rewrite !Forall_cons_iff. cbn [snd]. rewrite (IH H P). tauto.
Qed.

(* Goals that the items prove are true. *)
Theorem do_items_sound xs is : forall W t waiting t', good W xs t ->
  all_about (words t) waiting -> do_items (t, waiting) is = Some (t', []) -> all_true W waiting.
Proof.
  induction is as [|i is IH]; intros W t waiting t' G A H; cbn [do_items] in H.
  { injection H as _ ->. constructor. }
  destruct (do_item (t, waiting) i) as [[t1 waiting1]|] eqn:D; [|discriminate H].
  destruct i as [d|name ind steps|name s ind steps]; cbn [do_item] in D.
  - destruct (declare false t d) as [t2|] eqn:E; [|discriminate D]. cbn in D. injection D as -> <-.
    assert (Na : is_assumption d = false) by (destruct d; try reflexivity; discriminate E).
    destruct (grown_exists false t d t1 W E Na) as [W' Gr].
    destruct (grown_agrees false t d t1 W W' E Gr) as [Ag _].
    assert (A1 : all_about (words t1) waiting).
    { eapply Forall_impl; [|exact A]. intros g B V V' K. apply B.
      eapply declare_agree; [exact E|exact K]. }
    pose proof (IH W' t1 waiting t' (grown_good false W xs t d t1 W' G E Gr) A1 H) as T.
    apply Forall_forall. intros g Hg.
    apply (proj1 (Forall_forall _ _) A g Hg W' W); [apply agree_sym; exact Ag|].
    exact (proj1 (Forall_forall _ _) T g Hg).
  - destruct (lookup name waiting) as [s|] eqn:L; [|discriminate D].
    destruct (proves t s ind steps) eqn:P; [|discriminate D]. injection D as <- <-.
    apply (proves_sound W xs t G) in P.
    apply (lookup_without name waiting s L (about (words t))) in A. destruct A as [As A].
    apply (lookup_without name waiting s L (true_in W)). split; [exact P|].
    apply (IH W (with_proved t name s) _ t'); [apply good_proved_fact; assumption|exact A|exact H].
  - destruct (fresh t name && statement_fits t s && proves t s ind steps)%bool eqn:C;
    [|discriminate D].
    injection D as <- <-. apply andb_prop in C. destruct C as [C P]. apply andb_prop in C.
    destruct C as [_ C]. apply andb_prop in C. destruct C as [_ C].
    apply (proves_sound W xs t G) in P.
    apply (IH W (with_fact t (words t) name s) waiting t'); [|exact A|exact H].
    apply good_fact; [exact G|apply readable_about; exact C|exact P].
Qed.

(* Goals that are announced can be read. *)
Lemma announce_sound W xs goals : forall t t', good W xs t -> announce t goals = Some t' ->
  good W xs t' /\ words t' = words t /\ all_about (words t) goals.
Proof.
  induction goals as [|(name, s) goals IH]; intros t t' G H; cbn [announce] in H.
  { injection H as <-. split; [exact G|split; [reflexivity|constructor]]. }
  destruct (fresh t name && statement_fits t s)%bool eqn:C; [|discriminate H].
  apply andb_prop in C. destruct C as [_ C]. apply andb_prop in C. destruct C as [_ C].
  destruct (IH (with_name t name) t' (good_name W xs t name G) H) as (G' & E & A).
  split; [exact G'|split; [exact E|]]. constructor; [apply readable_about; exact C|exact A].
Qed.

(* ---------- declarations, one after the other ---------- *)

(* Each holds in the world, said in the theory in which it is declared. *)
Fixpoint hold_all (trusted : bool) (W : world) (t : theory) (ds : list declaration) : Prop :=
  match ds with
  | [] => True
  | d :: ds' => holds_in W t d /\
    forall t', declare trusted t d = Some t' -> hold_all trusted W t' ds'
  end.

(* Where all declarations hold, the world is good for all of them. *)
Lemma hold_all_good trusted W xs ds : forall t t', good W xs t -> hold_all trusted W t ds ->
  declare_all trusted t ds = Some t' -> good W xs t'.
Proof.
  induction ds as [|d ds IH]; intros t t' G H D; cbn [declare_all hold_all] in *.
  { injection D as <-. exact G. }
  destruct (declare trusted t d) as [t1|] eqn:E; [|discriminate D]. destruct H as [H1 H2].
  apply (IH t1 t'); [apply (declare_good trusted W xs t d t1); assumption|auto|exact D].
Qed.

(* The world that the declarations make of W. *)
Fixpoint grown_all (trusted : bool) (t : theory) (ds : list declaration) (W W' : world) : Prop :=
  match ds with
  | [] => W' = W
  | d :: ds' => exists W1 t1, grown t d W W1 /\ declare trusted t d = Some t1 /\
    grown_all trusted t1 ds' W1 W'
  end.

(* There is a world that the declarations make, *)
Lemma grown_all_exists trusted ds : forall t t' W, declare_all trusted t ds = Some t' ->
  forallb (fun d => negb (is_assumption d)) ds = true -> exists W', grown_all trusted t ds W W'.
Proof.
  induction ds as [|d ds IH]; intros t t' W D N; cbn [declare_all forallb grown_all] in *.
  { exists W. reflexivity. }
  destruct (declare trusted t d) as [t1|] eqn:E; [|discriminate D]. apply andb_prop in N.
  destruct N as [N1 N2]. apply negb_true_iff in N1.
  destruct (grown_exists trusted t d t1 W E N1) as [W1 G1].
  destruct (IH t1 t' W1 D N2) as [W' G']. exists W', W1, t1. auto.
Qed.

(* it agrees with the one before, *)
Lemma grown_all_agrees trusted ds : forall t t' W W', declare_all trusted t ds = Some t' ->
  grown_all trusted t ds W W' -> agree (words t) W W' /\ forall v, inner W v = inner W' v.
Proof.
  induction ds as [|d ds IH]; intros t t' W W' D G; cbn [declare_all grown_all] in *.
  { subst W'. split; [split; reflexivity|reflexivity]. }
  destruct G as (W1 & t1 & G1 & E & G2). rewrite E in D.
  destruct (grown_agrees trusted t d t1 W W1 E G1) as [A I].
  destruct (IH t1 t' W1 W' D G2) as [A' I'].
  split; [|intros v; rewrite I; apply I'].
  eapply agree_trans; [exact A|]. eapply declare_agree; eassumption.
Qed.

(* What held when it was declared still holds. *)
Lemma holds_in_later trusted t d t' W W' : declare trusted t d = Some t' -> agree (words t') W W' ->
  holds_in W t d -> holds_in W' t d.
Proof.
  intros D A H. destruct (declare_words trusted t d t' D) as (_ & _ & S).
  assert (K : forall f, symbol_of d = Some f -> known_name (words t') f = true).
  { intros f E. rewrite E in S. destruct S as (_ & wanted & z & ->).
    rewrite known_add, String.eqb_refl. reflexivity. }
  destruct d as [d|m|f wanted z|name s]; cbn [holds_in symbol_of declare] in *.
  - destruct H as [R Df]. split; [eapply respects_agrees; eauto|]. intros rs Hs.
    destruct (define_parts t d t' D) as (_ & Fi & _ & _ & ->).
    specialize (Df rs Hs). cbn [words with_fact] in A.
    rewrite <- (proj1 A) by (rewrite known_add, String.eqb_refl; reflexivity).
    pose proof (roughly_length _ _ (in_sorts_roughly _ _ Hs)) as Len.
    pose proof (names_are d rs Len) as Nm.
    assert (Gd : forall c, In c (cases d) -> (holds W (bound_to (parameters d) rs) (fst c) <->
      holds W' (bound_to (parameters d) rs) (fst c))).
    { intros c Hc. destruct (proj1 (Forall_forall _ _) (guards_read _ d Fi) c Hc) as [g Hg].
      eapply holds_agrees; [eapply agree_less; exact A|exact Nm|exact Hg]. }
    assert (Va : forall e, In e (map snd (cases d) ++ [otherwise d]) ->
      value W (bound_to (parameters d) rs) e = value W' (bound_to (parameters d) rs) e).
    { intros e He.
    destruct (proj1 (Forall_forall _ _) (values_read _ d Fi) e He) as (_ & p & Hp & _).
      eapply value_agrees; [exact A|exact Nm|exact Hp]. }
    clear - Df Gd Va. generalize dependent (call W (defined d) rs). intros r.
    induction (cases d) as [|(g, e) cs IH]; cbn [chosen map app snd] in *.
    + intros ->. apply Va. left. reflexivity.
    + pose proof (Gd _ (or_introl eq_refl)) as G0. cbn [fst] in G0.
      rewrite <- (Va e (or_introl eq_refl)).
      intros [[H1 H2]|[H1 H2]]; [left; tauto|right]. split; [tauto|].
      apply IH; [intros c Hc; apply Gd; right; exact Hc|intros u Hu; apply Va; right;
      exact Hu|exact H2].
  - intros rd r E Hr. rewrite <- (proj1 A) by auto. exact (H rd r E Hr).
  - eapply respects_agrees; eauto.
  - rewrite S in A. destruct (_ && _ && _)%bool eqn:C; [|discriminate D].
    apply andb_prop in C. destruct C as [_ C]. apply andb_prop in C. destruct C as [_ C].
    exact (readable_about _ _ C W W' A H).
Qed.

(* A declaration holds in W, said in some theory with these constants and this graph. *)
Definition settled (trusted : bool) (cs : list (string * poly)) (G : graph) (W : world)
    (d : declaration) : Prop :=
  exists t t', constants (words t) = cs /\ given_graph t = G /\
  declare trusted t d = Some t' /\ holds_in W t d.

(* is good, and all declarations hold in it. *)
Theorem grown_all_good trusted xs ds : forall t t' W W', good W xs t ->
  declare_all trusted t ds = Some t' -> grown_all trusted t ds W W' ->
  good W' xs t' /\ Forall (settled trusted (constants (words t)) (given_graph t) W') ds.
Proof.
  induction ds as [|d ds IH]; intros t t' W W' G D H; cbn [declare_all grown_all] in *.
  { injection D as <-. subst W'. split; [exact G|constructor]. }
  destruct H as (W1 & t1 & G1 & E & G2). rewrite E in D.
  pose proof (grown_good trusted W xs t d t1 W1 G E G1) as Gd1.
  destruct (IH t1 t' W1 W' Gd1 D G2) as [Gd' F].
  destruct (declare_words trusted t d t1 E) as (Eg & Ec & _). rewrite Eg, Ec in F.
  split; [exact Gd'|]. constructor; [|exact F]. exists t, t1.
  split; [reflexivity|split; [reflexivity|split; [exact E|]]].
  apply (holds_in_later trusted t d t1 W1 W'); [exact E| |].
  - eapply grown_all_agrees; eassumption.
  - eapply grown_holds; eassumption.
Qed.

(* Free symbols that nothing is assumed of are 0. *)
Lemma grown_all_free trusted ds : forall t t' W W', declare_all trusted t ds = Some t' ->
  grown_all trusted t ds W W' -> forall f wanted z, In (Free f wanted z) ds ->
  forall rs, call W' f rs = 0.
Proof.
  induction ds as [|d ds IH]; intros t t' W W' D G f wanted z Hin rs; [destruct Hin|].
  cbn [declare_all grown_all] in *. destruct G as (W1 & t1 & G1 & E & G2). rewrite E in D.
  destruct Hin as [->|Hin]; [|eapply IH; eassumption].
  destruct (grown_all_agrees trusted ds t1 t' W1 W' D G2) as [A _].
  destruct (declare_words trusted t _ t1 E) as (_ & _ & _ & w & z' & Ew).
  rewrite <- (proj1 A) by (rewrite Ew, known_add; cbn; rewrite String.eqb_refl; reflexivity).
  cbn [grown] in G1. subst W1. cbn [call with_symbol]. rewrite String.eqb_refl. reflexivity.
Qed.

(* What does not depend on the input is the same in the worlds of all inputs. *)
Theorem independent_agrees ds : forall t t' L W1 W1' W2 W2',
  declare_all false t ds = Some t' ->
  grown_all false t ds W1 W1' -> grown_all false t ds W2 W2' ->
  agree L W1 W2 -> (forall g, known_name L g = true -> known_name (words t) g = true) ->
  agree (independent L ds) W1' W2'.
Proof.
  induction ds as [|d ds IH]; intros t t' L W1 W1' W2 W2' D H1 H2 A K;
  cbn [declare_all grown_all] in *.
  { subst. exact A. }
  destruct H1 as (V1 & t1 & G1 & E & H1). destruct H2 as (V2 & t2 & G2 & E2 & H2).
  rewrite E in E2. injection E2 as <-. rewrite E in D.
  destruct (grown_agrees false t d t1 W1 V1 E G1) as [A1 _].
  destruct (grown_agrees false t d t1 W2 V2 E G2) as [A2 _].
  destruct (declare_words false t d t1 E) as (_ & _ & S).
  assert (K1 : forall g, known_name L g = true -> known_name (words t1) g = true).
  { intros g Hg. destruct (symbol_of d); [|rewrite S; auto]. destruct S as (_ & w & z & ->).
    rewrite known_add, (K g Hg). apply orb_true_r. }
  assert (AL : agree L V1 V2).
  { split.
    - intros g Hg rs. rewrite <- (proj1 A1), <- (proj1 A2) by auto. apply A. exact Hg.
    - intros v Hv. destruct (grown_agrees false t d t1 W1 V1 E G1) as [_ I1].
      destruct (grown_agrees false t d t1 W2 V2 E G2) as [_ I2]. rewrite <- I1, <- I2. apply A.
      exact Hv. }
  assert (Add : forall f wanted z, symbol_of d = Some f ->
    forall g, known_name (add_symbol L f wanted z) g = true -> known_name (words t1) g = true).
  { intros f wanted z Ef g Hg. rewrite Ef in S. destruct S as (_ & w & z' & Ew).
    rewrite Ew, known_add. rewrite known_add in Hg.
    destruct (String.eqb g f); [reflexivity|apply K, Hg]. }
  destruct d as [d|m|f wanted z|name s]; cbn [independent grown symbol_of declare] in *.
  - apply (IH t1 t' _ V1 W1' V2 W2' D H1 H2).
    + destruct (definition_fits L d) eqn:Fi; [|exact AL]. subst V1 V2.
      apply agree_both; [exact A|]. apply (made_agrees L d Fi). exact A.
    + destruct (definition_fits L d); [apply Add; reflexivity|exact K1].
  - apply (IH t1 t' _ V1 W1' V2 W2' D H1 H2); [|apply Add; reflexivity].
    destruct G1 as (rd & r & R1 & M1 & ->), G2 as (rd2 & r2 & R2 & M2 & ->).
    rewrite R1 in R2. injection R2 as <-.
    rewrite (amount_unique _ _ _ _ M1 M2). apply agree_both; [exact A|reflexivity].
  - discriminate E.
  - discriminate E.
Qed.
