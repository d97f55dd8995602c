(* The theorem: a claim that is accepted has its meaning. *)
From Coq Require Import Qreals Reals Lra Lia Arith FunctionalExtensionality.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound Rules RulesSound Graph
  Polygon PolygonSound Between BetweenSound Theory Equality EqualitySound Check Existence
  TheorySound
  DeclareSound ItemsSound.
From Checked Require FileNetwork.
Open Scope R_scope.

(* ---------- the networks' names ---------- *)

(* What stands behind the numbered names does not matter to the names. *)
Lemma numbered_map {A B} (h : A -> B) title l : forall n,
  numbered title n (map h l) = map (fun p => (fst p, h (snd p))) (numbered title n l).
Proof. induction l as [|a l IH]; intros n; [reflexivity|]. cbn. rewrite IH. reflexivity. Qed.

(* The same for a single name. *)
Lemma titled_map {A B} (h : A -> B) title l :
  titled title (map h l) = map (fun p => (fst p, h (snd p))) (titled title l).
Proof. destruct l as [|a [|b l]]; [reflexivity|reflexivity|].
  apply (numbered_map h title (a :: b :: l)). Qed.

(* The same for all names of the networks. *)
Lemma names_of_map {A B} (h : A -> B) c input outputs :
  names_of c (map h input) (map (map h) outputs) =
  map (fun p => (fst p, h (snd p))) (names_of c input outputs).
Proof.
  unfold names_of. rewrite map_app, titled_map. f_equal. generalize (map fst (networks c)).
  intros ks. revert outputs. induction ks as [|k ks IH]; intros [|o outputs]; try reflexivity.
  cbn [map combine concat fst snd]. rewrite map_app, titled_map, IH. reflexivity.
Qed.

Section Claim.
Variables (c : claim) (t0 : theory).
Hypothesis started : start c = Some t0.
Notation G := (given_graph t0).
Notation cs := (constants (words t0)).

(* What `start` returns and has checked. *)
Lemma start_parts : exists outputs, graph_of (input_size c) (files c) = Some (outputs, G) /\
  cs = names_of c (input_polys (input_size c)) outputs /\
  words t0 = Vocabulary standard_symbols cs (graph_size G) /\ proved t0 = built_in /\
  readings t0 = [] /\ built_in_fits cs (graph_size G) = true.
Proof using started.
  unfold start in started. destruct (graph_of _ _) as [(outputs, G0)|]; [|discriminate started].
  destruct (_ && _)%bool eqn:C; [|discriminate started]. injection started as <-.
  apply andb_prop in C. destruct C as [_ C]. exists outputs. cbn. repeat split. exact C.
Qed.

(* The graph has the claim's inputs, and its units are their polynomials. *)
Lemma inputs_of : inputs G = input_size c /\ consistent (inputs G) (units G).
Proof using started.
  destruct start_parts as (outputs & E & _).
  destruct (graph_of_correct _ _ outputs G (repeat 0 (input_size c)) E (repeat_length _ _)) as
  (I & C & _).
  rewrite I. auto.
Qed.

(* What the networks' names stand for at an input. *)
Section AtInput.
Variables (I : interpretation) (xs : list R).
Hypothesis length_is : length xs = input_size c.
Notation W := (at_input c I xs).

(* The values inside are those of the graph. *)
Lemma inner_is v : inner W v = seen (values G xs) v.
Proof using started.
  destruct start_parts as (outputs & E & _). cbn [inner at_input]. unfold inner_values. rewrite E.
  reflexivity.
Qed.

(* What a network's name stands for is the value of its polynomial. *)
Lemma given_lookup f :
  lookup f (given_names c xs) = option_map (poly_value (valued (values G xs))) (lookup f cs).
Proof using started length_is.
  destruct start_parts as (outputs & E & -> & _).
  destruct (graph_of_correct _ _ outputs G xs E length_is) as (_ & _ & O).
  rewrite <- lookup_map. f_equal. rewrite <- names_of_map. unfold given_names. f_equal.
  - symmetry. rewrite <- length_is. apply input_polys_correct. intros v Hv. unfold values.
    rewrite seen_run by (rewrite rev_length; lia). apply seen_input. exact Hv.
  - clear - O. revert O. generalize (map (fun F => FileNetwork.file_values F xs) (files c)).
    intros l O. induction O as [|ps rs outs l H _ IH]; [reflexivity|]. cbn [map]. rewrite <- IH.
    f_equal. symmetry. exact H.
Qed.

(* So the constants are what their names mean. *)
Lemma fixed_at L : constants L = cs -> constants_fixed W L.
Proof using started length_is.
  intros E f p K. rewrite E in K. destruct start_parts as (_ & _ & _ & _ & _ & _ & B).
  assert (O : only_values p = true).
  { unfold built_in_fits in B. apply andb_prop in B. destruct B as [B _]. apply andb_prop in B.
    destruct B as [B _]. rewrite forallb_forall in B. apply lookup_in in K. exact (B _ K). }
  split; [exact O|]. cbn [call at_input]. rewrite given_lookup, K. cbn [option_map].
  apply only_values_eval; [exact O|]. intros v. cbn [valued inner_value]. symmetry. apply inner_is.
Qed.

(* The built-in facts are true. *)
Lemma built_in_true : standard W -> Forall (fun ns => true_in W (snd ns)) built_in.
Proof using length_is.
  intros (S1 & S2 & S3). unfold built_in. cbv zeta.
  repeat (apply Forall_cons || apply Forall_nil); cbn [snd]; intros rs H; unfold in_sorts in H;
    cbn [variables map snd] in H.
  - inversion H as [|? x ? l Hx Hl]; subst. inversion Hl; subst. destruct Hx as [z ->].
    change ((IZR z <= 0 /\ True) \/ (IZR z >= 1 /\ True)).
    destruct (Z_le_gt_dec z 0) as [L|L]; [left; apply IZR_le in L; split; [lra|exact Logic.I]|].
    right. assert (L' : (1 <= z)%Z) by lia. apply IZR_le in L'. split; [lra|exact Logic.I].
  - inversion H as [|? x ? l _ Hl]; subst. inversion Hl; subst.
    change (x ^ Z.to_nat (Int_part 2) >= 0 /\ True). rewrite (Int_part_IZR 2).
    change (x * (x * 1) >= 0 /\ True). split; [nra|exact Logic.I].
  - inversion H as [|? x ? l _ Hl]; subst. inversion Hl; subst.
    change (call W "floor" [x] <= x /\ x < call W "floor" [x] + 1 /\ True). rewrite S1.
    destruct (base_Int_part x). repeat split; lra.
  - inversion H as [|? a ? l _ Hl]; subst. inversion Hl as [|? b ? l' _ Hl']; subst.
    inversion Hl'; subst.
    change (((b = 0 /\ True) /\ call W "div" [a; b] = 0 /\ True) \/
            ((b <> 0 /\ True) /\ b * call W "div" [a; b] = a /\ True)).
    destruct (Req_EM_T b 0) as [->|Z]; [left; rewrite S3; auto|right].
    rewrite (S2 a b Z). repeat split; [exact Z|]. field. exact Z.
Qed.

(* At every input the theory of the start is good. *)
Theorem start_good : standard W -> good W xs t0.
Proof using started length_is.
  intros S. destruct start_parts as (outputs & E & Ec & Ew & Ep & Er & B).
  destruct inputs_of as [I1 I2].
  constructor.
  - exact S.
  - rewrite Ew. reflexivity.
  - rewrite Ew. reflexivity.
  - rewrite I1. exact length_is.
  - exact I2.
  - exact inner_is.
  - apply fixed_at. reflexivity.
  - rewrite Ew. intros f wanted z. cbn [symbols standard_symbols lookup].
    destruct (String.eqb_spec f "floor") as [->|_].
    { intros H. injection H as <- <-. intros _ rs Hr. inversion Hr as [|? x ? l _ Hl]; subst.
      inversion Hl; subst. rewrite (proj1 S). apply whole_IZR. }
    destruct (String.eqb f "div"); [|discriminate]. intros H. injection H as <- <-.
    intros Z. discriminate Z.
  - rewrite Ep. pose proof (built_in_true S) as T. unfold built_in_fits in B. apply andb_prop in B.
    destruct B as [_ B]. rewrite forallb_forall in B. rewrite Forall_forall in T.
    apply Forall_forall. intros ns Hns. split; [|exact (T ns Hns)]. apply readable_about.
    rewrite Ew.
    exact (B ns Hns).
  - rewrite Er. constructor.
Qed.
End AtInput.

(* ---------- measures ---------- *)

(* A measure that was read is the measure of the expressions as functions of the input. *)
Lemma reading_curve t m rd I : constants (words t) = cs -> given_graph t = G ->
  read_measure t m = Some rd ->
  forall r, has_measure G rd r <->
    measures (what m) (curve c I (of m)) (map (curve c I) (spanning (what m)))
      (Q2R (low m)) (Q2R (high m)) r.
Proof using started.
  intros Ec Eg H. unfold read_measure in H.
  destruct (term_of _ _ _ (of m)) as [p|] eqn:Tp; [|discriminate H].
  destruct (terms_of _ _ _ (spanning (what m))) as [gs|] eqn:Tg; [|discriminate H].
  destruct (_ && _)%bool eqn:C; [|discriminate H]. injection H as <-.
  apply andb_prop in C. destruct C as [C1 C2]. apply Nat.eqb_eq in C1.
  rewrite forallb_forall in C2. rewrite Eg in *.
  assert (One : forall x : R, length [x] = input_size c)
    by (intros x; rewrite <- (proj1 inputs_of), C1; reflexivity).
  assert (Cu : forall e q, term_of (words t) [] [] e = Some q -> affine G q = true ->
    curve c I e = lined G q).
  { intros e q T A. apply functional_extensionality. intros x. unfold curve.
    pose proof (constants_fixed_known _ _ (fixed_at I [x] (One x) (words t) Ec)) as K.
    apply (term_of_correct _ [] (words t) [] K) in T. cbn [meant map] in T. rewrite T.
    unfold affine in A. destruct (row_of (graph_size G) q) as [r|] eqn:Rw; [|discriminate A].
    rewrite (lined_row G q r C1 Rw). apply (row_of_correct _ (graph_size G)); [exact Rw| |].
    - unfold values, graph_size. rewrite run_length, C1. reflexivity.
    - intros v _. cbn [atom_value]. apply inner_is. }
  assert (Many : forall es qs, map (term_of (words t) [] []) es = map Some qs ->
    (forall q, In q qs -> affine G q = true) -> map (curve c I) es = map (lined G) qs).
  { induction es as [|e es IH]; intros [|q qs] T A; try discriminate T; [reflexivity|].
    cbn [map] in *. injection T as T1 T2. f_equal.
    - apply Cu; [exact T1|]. apply A. left. reflexivity.
    - apply IH; [exact T2|]. intros q' Hq. apply A. right. exact Hq. }
  intros r. unfold has_measure; cbn [quantity_ of_poly span from to].
  rewrite (Cu _ _ Tp) by (apply C2; left; reflexivity).
  rewrite (Many (spanning (what m)) gs); [tauto| |].
  - apply all_of_correct. exact Tg.
  - intros q Hq. apply C2. right. exact Hq.
Qed.

(* ---------- declarations, as Meaning.v says them ---------- *)

(* What Meaning.v says of a declaration, said in a theory. *)
Lemma declared_holds I xs t d : constants (words t) = cs -> given_graph t = G ->
  declared c I xs d -> holds_in (at_input c I xs) t d.
Proof using started.
  intros Ec Eg. destruct d as [d|m|f wanted z|name s]; cbn [declared holds_in]; auto.
  intros H rd r E M. apply H. rewrite Eg in M. apply (reading_curve t m rd I Ec Eg E). exact M.
Qed.

(* And back. *)
Lemma settled_declared trusted I xs d : settled trusted cs G (at_input c I xs) d ->
  declared c I xs d.
Proof using started.
  intros (t & t' & Ec & Eg & D & H).
  destruct d as [d|m|f wanted z|name s]; cbn [declared holds_in declare] in *; auto.
  intros r M. unfold measure_declared in D.
  destruct (read_measure t m) as [rd|] eqn:E; [|discriminate D].
  apply (H rd r eq_refl). rewrite Eg. apply (reading_curve t m rd I Ec Eg E). exact M.
Qed.

(* The same for all declarations, one after the other. *)
Lemma declared_hold_all trusted I xs ds : forall t, constants (words t) = cs -> given_graph t = G ->
  Forall (declared c I xs) ds -> hold_all trusted (at_input c I xs) t ds.
Proof using started.
  induction ds as [|d ds IH]; intros t Ec Eg H; [exact Logic.I|]. inversion H; subst.
  split; [apply declared_holds; assumption|]. intros t' D.
  destruct (declare_words trusted t d t' D) as (Eg' & Ec' & _). apply IH; congruence || assumption.
Qed.

(* ---------- what is shown holds ---------- *)

(* In a good world of the declarations, what is shown is true. *)
Lemma shows_sound trusted ds goals is W xs t1 : shows trusted t0 ds goals is = true ->
  declare_all trusted t0 ds = Some t1 -> good W xs t1 -> all_true W goals.
Proof using.
  unfold shows. intros H D G1. rewrite D in H.
  destruct (announce t1 goals) as [t2|] eqn:A; [|discriminate H]. apply andb_prop in H.
  destruct H as [_ H]. destruct (do_items (t2, goals) is) as [[t3 [|]]|] eqn:E; try discriminate H.
  destruct (announce_sound W xs goals t1 t2 G1 A) as (G2 & Ew & Ab).
  apply (do_items_sound xs is W t2 goals t3 G2); [rewrite Ew; exact Ab|exact E].
Qed.

(* What is shown has declarations that fit. *)
Lemma shows_declares trusted ds goals is : shows trusted t0 ds goals is = true ->
  exists t1, declare_all trusted t0 ds = Some t1.
Proof using.
  unfold shows.
  destruct (declare_all trusted t0 ds) as [t1|]; [exists t1; reflexivity|discriminate].
Qed.

(* The first half of the meaning. *)
Theorem goals_hold goals is : shows true t0 (declarations c) goals is = true ->
  forall xs I, length xs = input_size c -> satisfies c I xs ->
  all_true (at_input c I xs) goals.
Proof using started.
  intros H xs I Len [S D]. destruct (shows_declares _ _ _ _ H) as [t1 E].
  apply (shows_sound true (declarations c) goals is _ xs t1 H E).
  apply (hold_all_good true _ xs (declarations c) t0 t1); [apply start_good; assumption| |exact E].
  apply declared_hold_all; [reflexivity|reflexivity|exact D].
Qed.

(* ---------- models ---------- *)

Definition basic : interpretation := fun f rs =>
  match rs with
  | [x] => if String.eqb f "floor" then IZR (Int_part x) else 0
  | [a; b] => if String.eqb f "div" then (if Req_EM_T b 0 then 0 else a / b) else 0
  | _ => 0
  end.
Notation W0 := (at_input c basic).

(* The basic world has the standard floor and div. *)
Lemma basic_standard xs : standard (W0 xs).
Proof using.
  split; [|split]; cbn; [reflexivity| |].
  - intros a b Z. destruct (Req_EM_T b 0); [contradiction|reflexivity].
  - intros a. destruct (Req_EM_T 0 0); [reflexivity|congruence].
Qed.

(* So it is good. *)
Lemma basic_good xs : length xs = input_size c -> good (W0 xs) xs t0.
Proof using started. intros Len. apply start_good; [exact Len|apply basic_standard]. Qed.

(* A world that grew from the basic one is a world at this input. *)
Lemma grown_world W xs : length xs = input_size c -> agree (words t0) (W0 xs) W ->
  (forall v, inner (W0 xs) v = inner W v) -> at_input c (call W) xs = W.
Proof using started.
  intros Len [A _] I. destruct W as [F V]. cbn [call inner] in *. unfold at_input. f_equal.
  - apply functional_extensionality. intros f. apply functional_extensionality. intros rs.
    destruct rs as [|r rs]; [|reflexivity].
    destruct (lookup f (given_names c xs)) as [r|] eqn:E; [|reflexivity].
    rewrite <- A.
    + cbn [call at_input]. rewrite E. reflexivity.
    + rewrite (given_lookup xs Len) in E. unfold known_name.
      destruct (lookup f cs); [|discriminate E].
      destruct (lookup f (symbols (words t0))); reflexivity.
  - apply functional_extensionality. exact I.
Qed.

(* Without assumptions: the free symbols may be 0. *)
Theorem model_without goals is : shows true t0 (declarations c) goals is = true ->
  assumptions (declarations c) = [] ->
  exists choice : interpretation, forall xs, length xs = input_size c ->
    exists I, satisfies c I xs /\
    forall f wanted z, In (Free f wanted z) (declarations c) -> forall rs, I f rs = choice f rs.
Proof using started.
  intros H N. destruct (shows_declares _ _ _ _ H) as [t1 E].
  assert (Na : forallb (fun d => negb (is_assumption d)) (declarations c) = true).
  { clear - N. unfold assumptions in N. induction (declarations c) as [|d ds IH]; [reflexivity|].
    cbn [forallb flat_map] in *. destruct d; try discriminate N; apply IH; exact N. }
  exists (fun _ _ => 0). intros xs Len.
  destruct (grown_all_exists true _ t0 t1 (W0 xs) E Na) as [W Gr].
  destruct (grown_all_agrees true _ t0 t1 _ W E Gr) as [A Iv].
  destruct (grown_all_good true xs _ t0 t1 _ W (basic_good xs Len) E Gr) as [Gd F].
  exists (call W). pose proof (grown_world W xs Len A Iv) as Ew. split; [split|].
  - rewrite Ew. apply (good_standard _ _ _ Gd).
  - eapply Forall_impl; [|exact F]. intros d Hd. apply (settled_declared true). rewrite Ew.
    exact Hd.
  - intros f wanted z Hin rs. eapply grown_all_free; eassumption.
Qed.

(* What is found within a list stands in it. *)
Lemma within_in wanted : forall ds, within wanted ds = true -> forall d, In d wanted -> In d ds.
Proof using.
  clear. induction wanted as [|w wanted IH]; intros ds H d Hin; [destruct Hin|].
  revert wanted IH H d Hin.
  induction ds as [|d' ds IHd]; intros wanted IH H d Hin; [discriminate H|].
  cbn [within] in H. destruct (declaration_eqb w d') eqn:E.
  - apply declaration_eqb_equal in E. subst d'. destruct Hin as [->|Hin]; [left; reflexivity|].
    right. apply (IH ds H d Hin).
  - right. apply (IHd wanted); assumption.
Qed.

(* Without networks' names, the basic worlds of two inputs are the same. *)
Lemma basic_independent xs ys : length xs = input_size c -> length ys = input_size c ->
  agree (Vocabulary standard_symbols [] 0) (W0 xs) (W0 ys).
Proof using started.
  intros Lx Ly. split; [|intros v Hv; cbn in Hv; lia]. intros g Hg rs. cbn [call at_input].
  destruct rs; [|reflexivity]. rewrite (given_lookup xs Lx), (given_lookup ys Ly).
  replace (lookup g cs) with (@None poly); [reflexivity|].
  destruct start_parts as (_ & _ & _ & _ & _ & _ & B). unfold built_in_fits in B.
  apply andb_prop in B. destruct B as [B _]. apply andb_prop in B. destruct B as [_ B].
  rewrite forallb_forall in B. unfold known_name in Hg. cbn [symbols constants] in Hg.
  destruct (lookup g standard_symbols) as [p|] eqn:K; [|discriminate Hg]. apply lookup_in in K.
  specialize (B _ K). cbn [fst] in B. destruct (lookup g cs); [discriminate B|reflexivity].
Qed.

(* With assumptions: by the witness, whose choice does not depend on the input. *)
Theorem model_with w : witnessed t0 (declarations c) w = true ->
  exists choice : interpretation, forall xs, length xs = input_size c ->
    exists I, satisfies c I xs /\
    forall f wanted z, In (Free f wanted z) (declarations c) -> forall rs, I f rs = choice f rs.
Proof using started.
  destruct w as (chosen, is). unfold witnessed. intros H. apply andb_prop in H.
  destruct H as [H H3].
  apply andb_prop in H. destruct H as [H1 H2]. destruct (shows_declares _ _ _ _ H2) as [t1 E].
  rewrite E in H3. rewrite forallb_forall in H3. set (L := independent _ chosen) in *.
  assert (Na : forallb (fun d => negb (is_assumption d)) chosen = true).
  { clear - E. revert E. generalize t0. induction chosen as [|d ds IH]; intros t E; [reflexivity|].
    cbn [declare_all forallb] in *. destruct (declare false t d) as [t2|] eqn:D; [|discriminate E].
    rewrite (IH t2 E), andb_true_r. destruct d; try reflexivity. discriminate D. }
  assert (World : forall xs, length xs = input_size c ->
  exists W, grown_all false t0 chosen (W0 xs) W)
    by (intros xs _; apply (grown_all_exists false chosen t0 t1); assumption).
  destruct (World (repeat 0 (input_size c)) (repeat_length _ _)) as [Wc Gc].
  exists (call Wc). intros xs Len. destruct (World xs Len) as [W Gr].
  destruct (grown_all_agrees false _ t0 t1 _ W E Gr) as [A Iv].
  destruct (grown_all_good false xs _ t0 t1 _ W (basic_good xs Len) E Gr) as [Gd F].
  exists (call W). pose proof (grown_world W xs Len A Iv) as Ew. split; [split|].
  - rewrite Ew. apply (good_standard _ _ _ Gd).
  - apply Forall_forall. intros d Hd.
    assert (Ch : is_choice d = false -> declared c (call W) xs d).
    { intros Nc. apply (settled_declared false). rewrite Ew. apply (proj1 (Forall_forall _ _) F).
      apply (within_in _ _ H1). apply filter_In. rewrite Nc. auto. }
    destruct d as [d|m|f wanted z|name s]; try (apply Ch; reflexivity).
    + specialize (H3 _ Hd). cbn [chosen_freely] in H3.
      destruct (lookup f (symbols (words t1))) as [(wanted', z')|] eqn:K; [|discriminate H3].
      destruct (lookup f (symbols L)); [|discriminate H3]. apply andb_prop in H3.
      destruct H3 as [B1 B2]. apply (lists_equal Bool.eqb Bool.eqb_prop) in B1.
      apply Bool.eqb_prop in B2. subst. cbn [declared]. rewrite Ew.
      apply (good_sorts _ _ _ Gd f _ _ K).
    + cbn [declared]. rewrite Ew.
      pose proof (shows_sound false chosen _ is W xs t1 H2 E Gd) as T. unfold all_true in T.
      rewrite Forall_forall in T. apply (T (name, s)). unfold assumptions.
      apply in_flat_map. exists (Assume name s). split; [exact Hd|left; reflexivity].
  - intros f wanted z Hin rs. specialize (H3 _ Hin). cbn [chosen_freely] in H3.
    destruct (lookup f (symbols (words t1))) as [(wanted', z')|]; [|discriminate H3].
    destruct (lookup f (symbols L)) as [sg|] eqn:K; [|discriminate H3].
    assert (Ag : agree L W Wc).
    { apply (independent_agrees chosen t0 t1 _ (W0 xs) W _ Wc E Gr Gc).
      - apply basic_independent; [exact Len|apply repeat_length].
      - intros g Hg. destruct start_parts as (_ & _ & _ & Ews & _). rewrite Ews.
        unfold known_name in *. cbn [symbols constants] in *.
        destruct (lookup g standard_symbols); [reflexivity|discriminate Hg]. }
    apply Ag. unfold known_name. rewrite K. reflexivity.
Qed.
End Claim.

(* An accepted claim has its meaning. *)
Theorem check_sound c e : check c e = true -> meaning c.
Proof.
  unfold check. destruct (start c) as [t0|] eqn:S; [|discriminate]. intros H. apply andb_prop in H.
  destruct H as [H1 H2]. split.
  - intros xs I Len Sat. exact (goals_hold c t0 S (goals c) (items e) H1 xs I Len Sat).
  - destruct (assumptions (declarations c)) eqn:A, (witness e) as [w|]; try discriminate H2.
    + apply (model_without c t0 S (goals c) (items e) H1 A).
    + apply (model_with c t0 S w H2).
Qed.
