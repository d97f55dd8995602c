(* "Early roots: theoretical computer science": parity against Boolean circuits.  Depth 2, an OR of
   ANDs or an AND of ORs, needs 2^(n-1) gates, exactly; at depth 3 log2 n, 4 (n - 1) are enough. *)
From Coq Require Import Bool List Arith Lia.
Import ListNotations.
From Depthproof Require Import Lists.

Definition parity (v : list bool) : bool := fold_right xorb false v.

(* ---------- depth 2 ---------- *)

(* A literal is a variable and the value that it wants. *)
Definition literal : Type := nat * bool.

Definition literal_value (v : list bool) (l : literal) : bool :=
  Bool.eqb (nth (fst l) v false) (snd l).

(* An OR of ANDs, and an AND of ORs, of literals, with any number of inputs to a gate. *)
Definition dnf_value (D : list (list literal)) (v : list bool) : bool :=
  existsb (fun t => forallb (literal_value v) t) D.

Definition cnf_value (C : list (list literal)) (v : list bool) : bool :=
  forallb (fun t => existsb (literal_value v) t) C.

(* One bit turned. *)
Fixpoint flip (i : nat) (v : list bool) : list bool :=
  match v, i with [], _ => [] | b :: v', O => negb b :: v' | b :: v', S i' => b :: flip i' v' end.

(* It keeps the length. *)
Lemma flip_length i : forall v, length (flip i v) = length v.
Proof. induction i; intros [|b v]; simpl; auto. Qed.

(* It turns the parity. *)
Lemma flip_parity i : forall v, i < length v -> parity (flip i v) = negb (parity v).
Proof. induction i; intros [|b v] H; simpl in *; try lia; [destruct b, (parity v); reflexivity|].
  unfold parity in *. rewrite IHi by lia. destruct b, (fold_right xorb false v); reflexivity. Qed.

(* It turns no other bit. *)
Lemma flip_other i : forall v j, j <> i -> nth j (flip i v) false = nth j v false.
Proof. induction i; intros [|b v] [|j] H; simpl; try reflexivity; try lia. apply IHi. lia. Qed.

(* A term that is true somewhere has all variables: else turning one that it lacks would change the
   parity under its eyes. *)
Lemma term_full n s D t v : (forall v, length v = n -> dnf_value D v = xorb s (parity v)) ->
  In t D -> length v = n -> forallb (literal_value v) t = true -> forall i, i < n ->
  exists b, In (i, b) t.
Proof. intros H Ht Hv Tv i Hi. destruct (existsb (fun l => Nat.eqb (fst l) i) t) eqn:E.
  - apply existsb_exists in E. destruct E as ([j b] & Hl & E). apply Nat.eqb_eq in E. simpl in E.
    subst j. exists b. assumption.
  - exfalso. assert (T : forallb (literal_value (flip i v)) t = true).
    { apply forallb_forall. intros [j b] Hl. rewrite forallb_forall in Tv. rewrite <- (Tv _ Hl).
      unfold literal_value. simpl. rewrite flip_other; [reflexivity|]. intros ->.
      assert (X : existsb (fun l => Nat.eqb (fst l) i) t = true) by (apply existsb_exists;
        exists (i, b); split; [assumption|apply Nat.eqb_refl]).
      congruence. }
    assert (A : forall u, length u = n -> forallb (literal_value u) t = true ->
      xorb s (parity u) = true).
    { intros u Hu Tu. rewrite <- H by assumption. apply existsb_exists. exists t.
      split; assumption. }
    pose proof (A v Hv Tv) as A1.
    pose proof (A (flip i v) ltac:(rewrite flip_length; assumption) T) as A2.
    rewrite flip_parity in A2 by lia. destruct s, (parity v); discriminate. Qed.

(* So it is true at one point only. *)
Lemma term_single n s D t u v : (forall v, length v = n -> dnf_value D v = xorb s (parity v)) ->
  In t D -> length u = n -> length v = n -> forallb (literal_value u) t = true ->
  forallb (literal_value v) t = true -> u = v.
Proof. intros H Ht Hu Hv Tu Tv. apply (nth_ext u v false false); [congruence|]. intros i Hi.
  rewrite Hu in Hi. destruct (term_full n s D t v H Ht Hv Tv i Hi) as [b Hb].
  rewrite forallb_forall in Tu, Tv. specialize (Tu _ Hb). specialize (Tv _ Hb).
  unfold literal_value in *. simpl in *. apply eqb_prop in Tu, Tv. congruence. Qed.

(* All bit strings of a given parity. *)
Fixpoint strings (n : nat) (s : bool) : list (list bool) :=
  match n with
  | O => if s then [] else [[]]
  | S n' => map (cons true) (strings n' (negb s)) ++ map (cons false) (strings n' s)
  end.

(* These, and no others. *)
Lemma strings_spec n : forall s v, In v (strings n s) <-> length v = n /\ parity v = s.
Proof. induction n as [|n IH]; intros s v; cbn [strings].
  - destruct s; simpl; (split; [intros []; subst; try (split; reflexivity); contradiction|]);
      intros [L P]; destruct v; try discriminate; auto.
  - rewrite in_app_iff, !in_map_iff. split.
    + intros [(u & <- & Hu)|(u & <- & Hu)]; apply IH in Hu; destruct Hu as [L P];
        (split; [simpl; congruence|]); unfold parity in *; simpl; rewrite P; destruct s;
        reflexivity.
    + intros [L P]. destruct v as [|b v]; [discriminate|]. simpl in L. injection L as L.
      unfold parity in P. simpl in P. fold (parity v) in P.
      destruct b; [left|right]; exists v; (split; [reflexivity|]); apply IH; (split; [assumption|]);
        destruct s, (parity v); simpl in P; congruence || reflexivity.
Qed.

(* Half of all bit strings. *)
Lemma strings_length n s : length (strings (S n) s) = 2 ^ n.
Proof. revert s. induction n as [|n IH]; intros s; [destruct s; reflexivity|].
  change (strings (S (S n)) s) with (map (cons true) (strings (S n) (negb s)) ++
    map (cons false) (strings (S n) s)).
  rewrite app_length, !map_length, !IH. simpl. lia. Qed.

(* Each once. *)
Lemma strings_nodup n : forall s, NoDup (strings n s).
Proof. induction n as [|n IH]; intros s; [destruct s; repeat constructor; intros []|].
  cbn [strings]. apply nodup_heads; [discriminate|apply IH..]. Qed.

(* Pigeons, each in a hole of its own. *)
Lemma pigeons {A B} (R : A -> B -> Prop) V : forall D, NoDup V ->
  (forall v, In v V -> exists t, In t D /\ R v t) ->
  (forall u v t, In u V -> In v V -> In t D -> R u t -> R v t -> u = v) -> length V <= length D.
Proof. induction V as [|v V IH]; intros D Hn H U; [simpl; lia|]. inversion Hn; subst.
  destruct (H v (or_introl eq_refl)) as (t & Ht & Rt). destruct (in_split _ _ Ht) as (D1 & D2 & ->).
  rewrite app_length. simpl. specialize (IH (D1 ++ D2)). rewrite app_length in IH.
  enough (length V <= length D1 + length D2) by lia. apply IH; [assumption| |].
  - intros u Hu. destruct (H u (or_intror Hu)) as (t' & Ht' & Rt'). exists t'. split; [|assumption].
    rewrite in_app_iff in *. destruct Ht' as [K|[K|K]]; auto. subst t'. exfalso.
    rewrite (U u v t) in Hu; try assumption;
      [contradiction|right; assumption|left; reflexivity|apply in_app_iff; right; left;
      reflexivity].
  - intros u w t' Hu Hw Ht'. apply U; [right; assumption|right; assumption|].
    rewrite in_app_iff in *. destruct Ht'; [left|right; right]; assumption. Qed.

(* An OR of ANDs for parity, or for its negation, has at least 2^(n-1) ANDs. *)
Theorem circuits_parity_dnf n s D :
  (forall v, length v = S n -> dnf_value D v = xorb s (parity v)) -> 2 ^ n <= length D.
Proof. intros H. rewrite <- (strings_length n (negb s)).
  apply (pigeons (fun v t => forallb (literal_value v) t = true)); [apply strings_nodup| |].
  - intros v Hv. apply strings_spec in Hv. destruct Hv as [L P]. specialize (H v L). rewrite P in H.
    replace (xorb s (negb s)) with true in H by (destruct s; reflexivity).
    apply existsb_exists in H. exact H.
  - intros u v t Hu Hv Ht Tu Tv. apply strings_spec in Hu, Hv.
    apply (term_single (S n) s D t u v H Ht); tauto. Qed.

Definition negated (l : literal) : literal := (fst l, negb (snd l)).

(* The other depth-2 circuit, by De Morgan. *)
Theorem circuits_parity_cnf n C :
  (forall v, length v = S n -> cnf_value C v = parity v) -> 2 ^ n <= length C.
Proof. intros H. rewrite <- (map_length (map negated) C). apply (circuits_parity_dnf n true).
  intros v Hv. specialize (H v Hv). simpl. rewrite <- H. clear. unfold dnf_value, cnf_value.
  induction C as [|t C IH]; [reflexivity|]. simpl. rewrite IH.
  assert (E : forallb (literal_value v) (map negated t) = negb (existsb (literal_value v) t)).
  { clear. induction t as [|l t IH]; [reflexivity|]. simpl. rewrite IH.
    unfold literal_value, negated. simpl.
    destruct (nth (fst l) v false), (snd l), (existsb _ t); reflexivity. }
  rewrite E. destruct (existsb _ t), (forallb _ C); reflexivity. Qed.

(* 2^(n-1) are enough: one AND for each string, true there only. *)
Definition minterm (v : list bool) : list literal := combine (seq 0 (length v)) v.

(* It is true at that string, and nowhere else. *)
Lemma minterm_value u v : length u = length v -> forallb (literal_value u) (minterm v) = true <->
  u = v.
Proof. intros L. unfold minterm. rewrite forallb_forall. split.
  - intros H. apply (nth_ext u v false false L). intros i Hi. specialize (H (i, nth i v false)).
    assert (I : In (i, nth i v false) (combine (seq 0 (length v)) v)).
    { assert (G : forall s i, i < length v -> In (s + i, nth i v false)
        (combine (seq s (length v)) v)).
      { clear. induction v as [|b v IH]; intros s [|i] K; simpl in K; try lia;
          cbn [length seq combine nth]; [left; f_equal; lia|].
        right. replace (s + S i) with (S s + i) by lia. apply IH. lia. }
      apply (G 0). lia. }
    specialize (H I). apply eqb_prop in H. exact H.
  - intros -> [i b] Hi. unfold literal_value. simpl. apply eqb_true_iff. clear L.
    rewrite <- (Nat.sub_0_r i). revert Hi. generalize 0.
    induction v as [|c v IH]; intros s Hi; [destruct Hi|]. cbn [length seq combine] in Hi.
    destruct Hi as [Hi|Hi].
    + injection Hi as <- <-. rewrite Nat.sub_diag. reflexivity.
    + pose proof (in_combine_l _ _ _ _ Hi) as K. apply in_seq in K. specialize (IH (S s) Hi).
      replace (i - s) with (S (i - S s)) by lia. exact IH. Qed.

(* So the bound is attained. *)
Theorem circuits_parity_dnf_attained n :
  exists D, length D = 2 ^ n /\ forall v, length v = S n -> dnf_value D v = parity v.
Proof. exists (map minterm (strings (S n) true)).
  split; [rewrite map_length; apply strings_length|]. intros v Hv. apply eq_true_iff_eq.
  unfold dnf_value. rewrite existsb_exists. split.
  - intros (t & Ht & T). apply in_map_iff in Ht. destruct Ht as (u & <- & Hu).
    apply strings_spec in Hu. destruct Hu as [L P]. apply minterm_value in T; congruence.
  - intros P. exists (minterm v). split; [apply in_map, strings_spec; auto|].
    apply minterm_value; reflexivity. Qed.

(* ---------- more depth: few gates ---------- *)

Inductive gate := AND (i j : nat) | OR (i j : nat) | NOT (i : nat).

(* A wire has a value, and the depth at which it is ready.  Each gate reads two wires that are there
   already, and adds one. *)
Definition wire : Type := bool * nat.

Definition no_wire : wire := (false, 0).

Definition gate_value (g : gate) (ws : list wire) : wire :=
  let r i := nth i ws no_wire in
  match g with
  | AND i j => (fst (r i) && fst (r j), S (max (snd (r i)) (snd (r j))))
  | OR i j => (fst (r i) || fst (r j), S (max (snd (r i)) (snd (r j))))
  | NOT i => (negb (fst (r i)), S (snd (r i)))
  end.

Fixpoint run_circuit (gs : list gate) (ws : list wire) : list wire :=
  match gs with [] => ws | g :: gs' => run_circuit gs' (ws ++ [gate_value g ws]) end.

Definition input (b : bool) : wire := (b, 0).

Definition inputs (v : list bool) : list wire := map input v.

(* One XOR: (a or b) and not (a and b), at wire w + 3. *)
Definition xor_gates (w i j : nat) : list gate := [OR i j; AND i j; NOT (w + 1); AND w (w + 2)].

(* Two circuits, one after the other. *)
Lemma run_circuit_app gs : forall hs ws, run_circuit (gs ++ hs) ws =
  run_circuit hs (run_circuit gs ws).
Proof. induction gs; intros; simpl; auto. Qed.

(* Old wires stay. *)
Lemma run_circuit_old gs : forall ws, exists us, run_circuit gs ws = ws ++ us /\
  length us = length gs.
Proof. induction gs as [|g gs IH]; intros ws; [exists []; rewrite app_nil_r; split; reflexivity|].
  destruct (IH (ws ++ [gate_value g ws])) as (us & E & L). exists (gate_value g ws :: us). simpl.
  rewrite E, <- app_assoc. split; [reflexivity|simpl; congruence]. Qed.

(* It computes the XOR, three levels later. *)
Lemma xor_gates_value ws i j a b d :
  nth i ws no_wire = (a, d) -> nth j ws no_wire = (b, d) -> i < length ws -> j < length ws ->
  nth (length ws + 3) (run_circuit (xor_gates (length ws) i j) ws) no_wire = (xorb a b, d + 3).
Proof. intros Ha Hb Hi Hj. unfold xor_gates. cbn [run_circuit]. rewrite <- !app_assoc. cbn [app].
  set (w0 := gate_value (OR i j) ws). set (w1 := gate_value (AND i j) (ws ++ [w0])).
  set (w2 := gate_value (NOT (length ws + 1)) (ws ++ [w0; w1])).
  set (w3 := gate_value (AND (length ws) (length ws + 2)) (ws ++ [w0; w1; w2])).
  assert (N : forall k us, nth (length ws + k) (ws ++ us) no_wire = nth k us no_wire).
  { intros. rewrite app_nth2 by lia. f_equal. lia. }
  rewrite N. cbn [nth]. assert (E0 : w0 = (a || b, S d)) by (unfold w0, gate_value;
    cbv beta iota zeta; rewrite Ha, Hb; simpl; rewrite Nat.max_id; reflexivity).
  assert (E1 : w1 = (a && b, S d)) by (unfold w1, gate_value; cbv beta iota zeta;
    rewrite !app_nth1, Ha, Hb by assumption; simpl; rewrite Nat.max_id; reflexivity).
  assert (E2 : w2 = (negb (a && b), S (S d))) by (unfold w2, gate_value; cbv beta iota zeta;
    rewrite N; cbn [nth]; rewrite E1; reflexivity).
  unfold w3, gate_value; cbv beta iota zeta. rewrite N. pose proof (N 0 [w0; w1; w2]) as N0.
  rewrite Nat.add_0_r in N0. rewrite N0. cbn [nth]. rewrite E0, E2. cbn [fst snd].
  f_equal; [destruct a, b; reflexivity|lia]. Qed.

(* One round: neighbours are joined; w wires are there already. *)
Fixpoint round (w : nat) (is : list nat) : list gate :=
  match is with i :: j :: r => xor_gates w i j ++ round (w + 4) r | _ => [] end.

Fixpoint results (w m : nat) : list nat :=
  match m with O => [] | S m' => (w + 3) :: results (w + 4) m' end.

(* After a round there are half as many values, their parity is the same, and they come 3 levels
   later. *)
Lemma round_value m d : forall is vs ws, length is = 2 * m -> length vs = 2 * m ->
  map (fun i => nth i ws no_wire) is = map (fun b => (b, d)) vs ->
  (forall i, In i is -> i < length ws) ->
  exists us, length us = m /\ parity us = parity vs /\
  length (round (length ws) is) = 4 * m /\
  map (fun i => nth i (run_circuit (round (length ws) is) ws) no_wire) (results (length ws) m) =
  map (fun b => (b, d + 3)) us /\ forall i, In i (results (length ws) m) -> i < length ws + 4 * m.
Proof. induction m as [|m IH]; intros is vs ws Li Lv E B.
  - destruct is, vs; try discriminate. exists []. repeat split. intros i [].
  - destruct is as [|i [|j is]]; try (simpl in Li; lia).
    destruct vs as [|a [|b vs]]; try (simpl in Lv; lia). cbn [map] in E. injection E as Ea Eb E.
    pose proof (B i (or_introl eq_refl)) as Bi.
    pose proof (B j (or_intror (or_introl eq_refl))) as Bj.
    destruct (run_circuit_old (xor_gates (length ws) i j) ws) as (xs & Ex & Lx).
    set (ws' := run_circuit (xor_gates (length ws) i j) ws) in *.
    assert (L' : length ws' = length ws + 4) by (rewrite Ex, app_length, Lx; reflexivity).
    destruct (IH is vs ws') as (us & Lu & Pu & Lg & Eu & Bu);
      [simpl in Li; lia|simpl in Lv; lia| | |].
    { rewrite <- E. apply map_ext_in. intros k Hk. rewrite Ex. apply app_nth1, B. right. right.
      assumption. }
    { intros k Hk. rewrite L'. specialize (B k (or_intror (or_intror Hk))). lia. }
    rewrite L' in *. exists (xorb a b :: us). split; [simpl; congruence|]. split.
    { unfold parity in *. simpl. rewrite Pu. apply xorb_assoc. }
    cbn [round results]. rewrite app_length, Lg. split; [simpl; lia|]. split.
    + cbn [map]. rewrite run_circuit_app. fold ws'. rewrite Eu. f_equal.
      destruct (run_circuit_old (round (length ws + 4) is) ws') as (ys & Ey & _).
      rewrite Ey, app_nth1 by lia. unfold ws'. apply xor_gates_value; assumption.
    + intros k [<-|Hk]; [lia|]. specialize (Bu k Hk). lia. Qed.

(* The tree of 2^k inputs. *)
Fixpoint tree (k w : nat) (is : list nat) : list gate :=
  match k with O => [] | S k' => round w is ++ tree k' (w + 4 * 2 ^ k') (results w (2 ^ k')) end.

Fixpoint tree_output (k w : nat) (is : list nat) : nat :=
  match k with
  | O => hd 0 is
  | S k' => tree_output k' (w + 4 * 2 ^ k') (results w (2 ^ k'))
  end.

(* The output of the tree is the parity of its inputs. *)
Lemma tree_value k : forall d is vs ws, length is = 2 ^ k -> length vs = 2 ^ k ->
  map (fun i => nth i ws no_wire) is = map (fun b => (b, d)) vs ->
  (forall i, In i is -> i < length ws) ->
  length (tree k (length ws) is) = 4 * (2 ^ k - 1) /\
  nth (tree_output k (length ws) is) (run_circuit (tree k (length ws) is) ws) no_wire =
  (parity vs, d + 3 * k).
Proof. induction k as [|k IH]; intros d is vs ws Li Lv E B.
  - destruct is as [|i [|? ?]]; try discriminate. destruct vs as [|b [|? ?]]; try discriminate.
    cbn [map] in E. injection E as E. split; [reflexivity|]. simpl. rewrite E. unfold parity. simpl.
    rewrite xorb_false_r, Nat.add_0_r. reflexivity.
  - destruct (round_value (2 ^ k) d is vs ws) as (us & Lu & Pu & Lg & Eu & Bu); try assumption.
    destruct (run_circuit_old (round (length ws) is) ws) as (xs & Ex & Lx).
    set (ws' := run_circuit (round (length ws) is) ws) in *.
    assert (L' : length ws' = length ws + 4 * 2 ^ k) by (rewrite Ex, app_length, Lx, Lg;
      reflexivity).
    assert (Lr : forall m w, length (results w m) = m) by (induction m; intros; simpl; auto).
    destruct (IH (d + 3) (results (length ws) (2 ^ k)) us ws') as [A C];
      [apply Lr|assumption|assumption|rewrite L'; assumption|].
    rewrite L' in *. cbn [tree]. rewrite app_length, Lg, A, run_circuit_app. fold ws'.
    pose proof (Nat.pow_nonzero 2 k ltac:(lia)). split; [simpl; lia|].
    change (tree_output (S k) (length ws) is)
      with (tree_output k (length ws + 4 * 2 ^ k) (results (length ws) (2 ^ k))).
    rewrite C, Pu. f_equal. lia. Qed.

(* Parity of n = 2^k bits: 4 (n - 1) gates with two inputs, depth 3 log2 n. *)
Theorem circuits_parity_tree k : exists gs out, length gs = 4 * (2 ^ k - 1) /\
  forall v, length v = 2 ^ k -> nth out (run_circuit gs (inputs v)) no_wire = (parity v, 3 * k).
Proof. exists (tree k (2 ^ k) (seq 0 (2 ^ k))), (tree_output k (2 ^ k) (seq 0 (2 ^ k))).
  assert (Q : forall v, length v = 2 ^ k -> length (tree k (length (inputs v)) (seq 0 (2 ^ k))) =
    4 * (2 ^ k - 1) /\ nth (tree_output k (length (inputs v)) (seq 0 (2 ^ k)))
    (run_circuit (tree k (length (inputs v)) (seq 0 (2 ^ k))) (inputs v)) no_wire =
    (parity v, 0 + 3 * k)).
  { intros v Hv. apply tree_value; [apply seq_length|assumption| |].
    - rewrite <- Hv. rewrite <- (map_length input v).
      change (map (fun b => (b, 0)) v) with (inputs v). unfold inputs. set (ws := map input v).
      clear. apply (nth_ext _ _ no_wire no_wire); [rewrite map_length, seq_length; reflexivity|].
      intros i Hi. rewrite map_length, seq_length in Hi.
      rewrite (nth_indep _ no_wire (nth 0 ws no_wire)) by (rewrite map_length, seq_length;
        assumption).
      rewrite (map_nth (fun i => nth i ws no_wire)), seq_nth by assumption. reflexivity.
    - intros i Hi. apply in_seq in Hi. unfold inputs. rewrite map_length. lia. }
  assert (L : forall v, length v = 2 ^ k -> length (inputs v) = 2 ^ k) by (intros v Hv;
    unfold inputs; rewrite map_length; assumption).
  split.
  - destruct (Q (repeat false (2 ^ k)) (repeat_length _ _)) as [A _].
    rewrite L in A by apply repeat_length. exact A.
  - intros v Hv. destruct (Q v Hv) as [_ B]. rewrite L in B by assumption. exact B. Qed.
