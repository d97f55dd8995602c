(* "Parity cannot be approximated by a small constant-depth circuit with OR and AND gates": the
   circuits, their approximation by polynomials of low degree (Razborov), and the bound (Smolensky).
   *)
From Coq Require Import Bool List Arith Lia Ring.
Import ListNotations.
From Depthproof Require Import Lists Parity Smolensky.

(* ---------- circuits with gates of any number of inputs ---------- *)

(* A gate is an OR of wires, each negated or not; an AND is the negation of such a gate, and
   negations are free. *)
Definition or_gate : Type := list (nat * bool).

Definition read (ws : list bool) (l : nat * bool) : bool := xorb (snd l) (nth (fst l) ws false).

Fixpoint run_gates (gs : list or_gate) (ws : list bool) : list bool :=
  match gs with [] => ws | g :: gs' => run_gates gs' (ws ++ [existsb (read ws) g]) end.

(* Wires have depths: inputs 0, a gate one more than the wires that it reads. *)
Definition gate_depth (ds : list nat) (g : or_gate) : nat :=
  S (fold_right (fun l d => max (nth (fst l) ds 0) d) 0 g).

Fixpoint wire_depths (gs : list or_gate) (ds : list nat) : list nat :=
  match gs with [] => ds | g :: gs' => wire_depths gs' (ds ++ [gate_depth ds g]) end.

(* ---------- random subsets, without chance ---------- *)

Definition is_zero (x : F3) : bool := match x with Z0 => true | _ => false end.

(* The sum of the functions in a subset. *)
Fixpoint subset_sum (m : list bool) (zs : list func) (v : list bool) : F3 :=
  match m, zs with
  | b :: m', z :: zs' => ((if b then z v else Z0) + subset_sum m' zs' v)%F
  | _, _ => Z0
  end.

(* All subsets of k things. *)
Fixpoint subsets (k : nat) : list (list bool) :=
  match k with
  | O => [[]]
  | S k' => map (cons true) (subsets k') ++ map (cons false) (subsets k')
  end.

(* 2^k of them. *)
Lemma subsets_length k : length (subsets k) = 2 ^ k.
Proof. induction k; [reflexivity|]. cbn [subsets Nat.pow]. rewrite app_length, !map_length, IHk.
  lia. Qed.

(* Each has k entries. *)
Lemma subsets_spec k : forall m, In m (subsets k) -> length m = k.
Proof. induction k as [|k IH]; intros m H; [destruct H as [<-|[]]; reflexivity|].
  cbn [subsets] in H. apply in_app_iff in H.
  destruct H as [H|H]; apply in_map_iff in H; destruct H as (u & <- & Hu); simpl; rewrite IH; auto.
Qed.

(* How many pass a test. *)
Definition tally {A} (P : A -> bool) (l : list A) : nat := length (filter P l).

(* Over two lists. *)
Lemma tally_app {A} (P : A -> bool) l m : tally P (l ++ m) = tally P l + tally P m.
Proof. unfold tally. rewrite filter_app, app_length. reflexivity. Qed.

(* Over the images of a list. *)
Lemma tally_map {A B} (P : B -> bool) (f : A -> B) l : tally P (map f l) =
  tally (fun x => P (f x)) l.
Proof. unfold tally. induction l as [|a l IH]; [reflexivity|]. cbn [map filter].
  destruct (P (f a)); simpl; congruence. Qed.

(* For tests that agree. *)
Lemma tally_ext {A} (P Q : A -> bool) l : (forall x, In x l -> P x = Q x) -> tally P l = tally Q l.
Proof. unfold tally. induction l as [|a l IH]; intros H; [reflexivity|]. cbn [filter].
  rewrite (H a (or_introl eq_refl)). specialize (IH ltac:(intros; apply H; right; assumption)).
  destruct (Q a); simpl; congruence. Qed.

(* For tests that exclude each other. *)
Lemma tally_disjoint {A} (P Q : A -> bool) l : (forall x, P x = true -> Q x = true -> False) ->
  tally P l + tally Q l <= length l.
Proof. intros D. unfold tally. induction l as [|a l IH]; [simpl; lia|]. cbn [filter length].
  destruct (P a) eqn:E, (Q a) eqn:F; cbn [length]; try lia. exfalso. eapply D; eassumption. Qed.

(* Some function is not 0 at v. *)
Definition hit (zs : list func) (v : list bool) : bool :=
  existsb (fun z : func => negb (is_zero (z v))) zs.

(* If a function is not 0 at v, at most half of the sums are. *)
Lemma half_zero zs v : hit zs v = true ->
  2 * tally (fun m => is_zero (subset_sum m zs v)) (subsets (length zs)) <= 2 ^ length zs.
Proof. induction zs as [|z zs IH]; intros H; [discriminate|]. cbn [length subsets Nat.pow].
  rewrite tally_app, !tally_map. cbn [subset_sum]. set (S0 := fun m => subset_sum m zs v).
  change (2 * (tally (fun m => is_zero (z v + S0 m)%F) (subsets (length zs)) +
    tally (fun m => is_zero (Z0 + S0 m)%F) (subsets (length zs))) <=
    2 ^ length zs + (2 ^ length zs + 0)).
  destruct (is_zero (z v)) eqn:E.
  - assert (Z : z v = Z0) by (destruct (z v); [reflexivity|discriminate..]). rewrite Z.
    unfold hit in H. cbn [existsb] in H. rewrite E in H. specialize (IH H).
    rewrite (tally_ext (fun m => is_zero (Z0 + S0 m)%F) (fun m => is_zero (subset_sum m zs v)))
      by reflexivity.
    lia.
  - assert (D : tally (fun m => is_zero (z v + S0 m)%F) (subsets (length zs)) +
      tally (fun m => is_zero (Z0 + S0 m)%F) (subsets (length zs)) <= length (subsets (length zs))).
    { apply tally_disjoint. intros m. cbv beta. destruct (z v), (S0 m); simpl in *; congruence. }
    rewrite subsets_length in D. lia. Qed.



(* Counting twice. *)
Lemma count_twice {A B} (T : A -> B -> bool) l m : weight (fun x => tally (T x) m) l =
  weight (fun y => tally (fun x => T x y) l) m.
Proof. induction l as [|a l IH].
  - unfold weight at 1. simpl. induction m; simpl; auto.
  - change (weight (fun x => tally (T x) m) (a :: l))
      with (tally (T a) m + weight (fun x => tally (T x) m) l).
    rewrite IH. clear IH. induction m as [|b m IH]; [reflexivity|]. unfold weight in *.
    cbn [fold_right]. unfold tally in *. cbn [filter] in *.
    destruct (T a b); cbn [length]; lia. Qed.

(* A sum of small terms. *)
Lemma weight_le {A} (f : A -> nat) l c : (forall x, In x l -> 2 * f x <= c) ->
  2 * weight f l <= length l * c.
Proof. unfold weight. induction l as [|a l IH]; intros H; [simpl; lia|]. cbn [fold_right length].
  specialize (IH ltac:(intros; apply H; right; assumption)). pose proof (H a (or_introl eq_refl)).
  lia. Qed.

(* A sum of large terms. *)
Lemma weight_ge {A} (f : A -> nat) l c : (forall x, In x l -> c < 2 * f x) ->
  length l * S c <= 2 * weight f l.
Proof. unfold weight. induction l as [|a l IH]; intros H; [simpl; lia|]. cbn [fold_right length].
  specialize (IH ltac:(intros; apply H; right; assumption)). pose proof (H a (or_introl eq_refl)).
  lia. Qed.

(* Some subset is good for at least half of the points. *)
Lemma good_subset zs B : (forall v, In v B -> hit zs v = true) ->
  exists m, 2 * tally (fun v => is_zero (subset_sum m zs v)) B <= length B.
Proof. intros H. set (f := fun m => tally (fun v => is_zero (subset_sum m zs v)) B).
  destruct (Exists_dec (fun m => 2 * f m <= length B) (subsets (length zs))) as [E|N];
    [intros; apply le_dec| |].
  - apply Exists_exists in E. destruct E as (m & _ & E). exists m. exact E.
  - exfalso. assert (G : forall m, In m (subsets (length zs)) -> length B < 2 * f m).
    { intros m Hm. apply Nat.nle_gt. intro K. apply N, Exists_exists. exists m. split; assumption. }
    apply weight_ge in G. unfold f in G.
    rewrite (count_twice (fun m v => is_zero (subset_sum m zs v))) in G.
    rewrite subsets_length in G. pose proof (weight_le (fun v =>
      tally (fun m => is_zero (subset_sum m zs v)) (subsets (length zs))) B (2 ^ length zs)) as L.
    specialize (L ltac:(intros v Hv; apply half_zero, H, Hv)).
    pose proof (Nat.pow_nonzero 2 (length zs) ltac:(lia)). nia. Qed.

(* Some function is not 0 at v, but all these sums are. *)
Definition missed (zs : list func) (ms : list (list bool)) (v : list bool) : bool :=
  hit zs v && forallb (fun m => is_zero (subset_sum m zs v)) ms.

(* So l subsets are good for all but the 2^l-th part. *)
Lemma good_subsets zs G l : exists ms, length ms = l /\ 2 ^ l * tally (missed zs ms) G <= length G.
Proof. induction l as [|l (ms & L & E)].
  - exists []. split; [reflexivity|]. unfold tally. simpl. rewrite Nat.add_0_r. clear.
    induction G as [|v G IH]; [simpl; lia|]. cbn [filter]. destruct (missed zs [] v); simpl; lia.
  - destruct (good_subset zs (filter (missed zs ms) G)) as (m & Em).
    { intros v Hv. apply filter_In in Hv. destruct Hv as [_ Hv]. unfold missed in Hv.
      apply andb_prop in Hv. tauto. }
    exists (m :: ms). split; [simpl; congruence|]. assert (Q : tally (missed zs (m :: ms)) G =
      tally (fun v => is_zero (subset_sum m zs v)) (filter (missed zs ms) G)).
    { assert (M : forall v, missed zs (m :: ms) v = missed zs ms v && is_zero (subset_sum m zs v)).
      { intros v. unfold missed. cbn [forallb]. destruct (hit zs v), (is_zero (subset_sum m zs v)),
          (forallb (fun m0 => is_zero (subset_sum m0 zs v)) ms); reflexivity. }
      unfold tally. clear - M. induction G as [|v G IH]; [reflexivity|]. cbn [filter]. rewrite M.
      destruct (missed zs ms v) eqn:E1; cbn [andb filter];
        [destruct (is_zero (subset_sum m zs v)); cbn [length]|]; rewrite IH; reflexivity. }
    rewrite Q. unfold tally in E at 1. cbn [Nat.pow]. nia. Qed.

(* ---------- the polynomial of a gate ---------- *)

(* 1 minus the product of 1 - s^2 over the sums s. *)
Definition or_polynomial (zs : list func) (ms : list (list bool)) (v : list bool) : F3 :=
  (P1 - fold_right (fun m s => (P1 - subset_sum m zs v * subset_sum m zs v) * s) P1 ms)%F.

(* Degrees add. *)
Lemma low_product n d e f g : low n (S d) f -> low n (S e) g ->
  low n (S (d + e)) (fun v => (f v * g v)%F).
Proof. intros F G. replace (S (d + e)) with (d + S e) by lia. apply low_mult; assumption. Qed.

(* Differences keep the degree. *)
Lemma low_minus n s f g : low n s f -> low n s g -> low n s (fun v => (f v - g v)%F).
Proof. intros F G. apply low_ext with (fun v => (f v + M1 * g v)%F);
    [intros v _; destruct (f v), (g v); reflexivity|].
  apply low_plus; [assumption|apply low_scale, G]. Qed.

(* So do sums over a subset. *)
Lemma subset_sum_low n e zs : (forall z, In z zs -> low n (S e) z) ->
  forall m, low n (S e) (subset_sum m zs).
Proof. induction zs as [|z zs IH]; intros H m; [apply (low_ext n _ (fun _ => Z0));
    [intros v _; destruct m; reflexivity|apply low_zero]|].
  destruct m as [|b m]; [apply (low_ext n _ (fun _ => Z0)); [reflexivity|apply low_zero]|].
  cbn [subset_sum]. apply (low_plus n _ (fun v => if b then z v else Z0) (subset_sum m zs));
    [|apply IH; intros; apply H; right; assumption].
  destruct b; [apply H; left; reflexivity|apply low_zero]. Qed.

(* Degree 2 l e, from degree e. *)
Lemma or_polynomial_low n e zs ms : (forall z, In z zs -> low n (S e) z) ->
  low n (S (length ms * (2 * e))) (or_polynomial zs ms).
Proof. intros H. apply (low_minus n _ (fun _ => P1)); [apply low_const|].
  induction ms as [|m ms IH]; [exact (low_const n P1 0)|]. cbn [fold_right length].
  replace (S (length ms) * (2 * e)) with (2 * e + length ms * (2 * e)) by lia.
  apply (low_product n (2 * e) (length ms * (2 * e))
    (fun v => (P1 - subset_sum m zs v * subset_sum m zs v)%F)); [|exact IH].
  apply (low_minus n _ (fun _ => P1)); [apply low_const|]. replace (2 * e) with (e + e) by lia.
  apply low_product; apply subset_sum_low, H. Qed.

(* It is right unless the point is missed. *)
Lemma or_polynomial_value zs ms v : missed zs ms v = false ->
  or_polynomial zs ms v = if hit zs v then P1 else Z0.
Proof. intros H. unfold or_polynomial. destruct (hit zs v) eqn:E.
  - unfold missed in H. rewrite E in H. simpl in H. enough (Z : fold_right (fun m s =>
      ((P1 - subset_sum m zs v * subset_sum m zs v) * s)%F) P1 ms = Z0) by (rewrite Z; reflexivity).
    induction ms as [|m ms IH]; [discriminate|]. cbn [forallb] in H. cbn [fold_right].
    destruct (is_zero (subset_sum m zs v)) eqn:Z; simpl in H.
    + rewrite IH by assumption. destruct (_ - _)%F; reflexivity.
    + replace (P1 - subset_sum m zs v * subset_sum m zs v)%F with Z0
        by (destruct (subset_sum m zs v); [discriminate|reflexivity..]).
      reflexivity.
  - assert (S0 : forall m, subset_sum m zs v = Z0).
    { clear H. induction zs as [|z zs IH]; intros [|b m]; try reflexivity. unfold hit in E.
      cbn [existsb] in E. apply orb_false_iff in E. destruct E as [E1 E2]. cbn [subset_sum].
      rewrite IH by exact E2. destruct (z v); try discriminate. destruct b; reflexivity. }
    enough (O : fold_right (fun m s => ((P1 - subset_sum m zs v * subset_sum m zs v) * s)%F) P1 ms =
      P1) by (rewrite O; reflexivity).
    clear H. induction ms as [|m ms IH]; [reflexivity|]. cbn [fold_right]. rewrite IH, S0.
    reflexivity. Qed.

(* ---------- the circuit ---------- *)

Definition bit (b : bool) : F3 := if b then P1 else Z0.

(* A wire, or its negation. *)
Definition literal_polynomial (Ps : list func) (l : nat * bool) : func :=
  fun v => if snd l then (P1 - nth (fst l) Ps (fun _ => Z0) v)%F else
  nth (fst l) Ps (fun _ => Z0) v.

Section Approximation.
Variables (n l : nat).
Hypothesis l_positive : 0 < l.

(* Ps has the degrees that go with the depths ds, and is right on G, where the wires are W v. *)
Definition approximates (W : list bool -> list bool) (ds : list nat) (Ps : list func)
  (G : list (list bool)) : Prop :=
  (forall i, low n (S ((2 * l) ^ nth i ds 0)) (nth i Ps (fun _ => Z0))) /\
  (forall v, In v G -> length (W v) = length Ps) /\ length ds = length Ps /\
  forall v i, In v G -> nth i Ps (fun _ => Z0) v = bit (nth i (W v) false).

(* A literal of a gate has the degree of the deepest wire of the gate. *)
Lemma literal_low Ps ds g j :
  (forall i, low n (S ((2 * l) ^ nth i ds 0)) (nth i Ps (fun _ => Z0))) -> In j g ->
  low n (S ((2 * l) ^ fold_right (fun l d => max (nth (fst l) ds 0) d) 0 g))
    (literal_polynomial Ps j).
Proof. intros H Hj. assert (L : nth (fst j) ds 0 <= fold_right
    (fun l d => max (nth (fst l) ds 0) d) 0 g) by (clear H; induction g as [|k g IH];
    [destruct Hj|]; cbn [fold_right]; destruct Hj as [->|Hj]; [lia|specialize (IH Hj); lia]).
  assert (P : low n (S ((2 * l) ^ fold_right (fun l d => max (nth (fst l) ds 0) d) 0 g))
    (nth (fst j) Ps (fun _ => Z0))).
  { apply (low_more n (S ((2 * l) ^ nth (fst j) ds 0))); [|apply H].
    apply le_n_S, Nat.pow_le_mono_r; lia. }
  unfold literal_polynomial.
  destruct (snd j); [apply (low_minus n _ (fun _ => P1)); [apply low_const|exact P]|exact P]. Qed.

(* Right polynomials for the wires make a right polynomial for a literal. *)
Lemma literal_right W ds Ps G v j :
  approximates W ds Ps G -> In v G -> literal_polynomial Ps j v = bit (read (W v) j).
Proof. intros (_ & _ & _ & A) Hv. destruct j as [i s]. unfold literal_polynomial, read.
  cbn [fst snd]. rewrite A by exact Hv. destruct s, (nth i (W v) false); reflexivity. Qed.

(* So some literal's polynomial is not 0 where some literal is true. *)
Lemma literals_hit W ds Ps G v g : approximates W ds Ps G -> In v G ->
  hit (map (literal_polynomial Ps) g) v = existsb (read (W v)) g.
Proof. intros A Hv. unfold hit. induction g as [|j g IH]; [reflexivity|]. cbn [map existsb].
  rewrite IH, (literal_right W ds Ps G) by assumption. destruct (read (W v) j); reflexivity. Qed.

(* One gate more: right on the points that its l subsets do not miss. *)
Lemma gate_approximated W ds Ps G g ms : approximates W ds Ps G -> length ms = l ->
  let zs := map (literal_polynomial Ps) g in
  approximates (fun v => W v ++ [existsb (read (W v)) g]) (ds ++ [gate_depth ds g])
    (Ps ++ [or_polynomial zs ms]) (filter (fun v => negb (missed zs ms v)) G).
Proof. intros A Lm zs. pose proof A as (A1 & A2 & A3 & A4). set (q := or_polynomial zs ms).
  assert (HG : forall v, In v (filter (fun v => negb (missed zs ms v)) G) ->
    In v G /\ missed zs ms v = false).
  { intros v Hv. apply filter_In in Hv. destruct Hv as [Hv K]. apply negb_true_iff in K.
    split; assumption. }
  split; [|split; [|split]].
  - intros i. destruct (Nat.lt_trichotomy i (length Ps)) as [L|[->|L]].
    + rewrite !app_nth1 by congruence. apply A1.
    + rewrite (app_nth2 Ps), Nat.sub_diag by lia. rewrite <- A3.
      rewrite (app_nth2 ds), Nat.sub_diag by lia. cbn [nth]. unfold q, gate_depth.
      set (e := (2 * l) ^ fold_right (fun l d => max (nth (fst l) ds 0) d) 0 g).
      replace ((2 * l) ^ S (fold_right (fun l d => max (nth (fst l) ds 0) d) 0 g))
        with (length ms * (2 * e)) by (rewrite Lm; unfold e; cbn [Nat.pow]; lia).
      apply or_polynomial_low. intros z Hz. apply in_map_iff in Hz.
      destruct Hz as (j & <- & Hj). apply literal_low; assumption.
    + rewrite (nth_overflow (Ps ++ [q])) by (rewrite app_length; simpl; lia). apply low_zero.
  - intros v Hv. rewrite !app_length, (A2 v) by (apply HG, Hv). reflexivity.
  - rewrite !app_length, A3. reflexivity.
  - intros v i Hv. destruct (HG v Hv) as [Hv' Mv]. pose proof (A2 v Hv') as Lw.
    destruct (Nat.lt_trichotomy i (length Ps)) as [L|[->|L]].
    + rewrite !app_nth1 by congruence. apply A4, Hv'.
    + rewrite (app_nth2 Ps), Nat.sub_diag by lia. rewrite <- Lw.
      rewrite (app_nth2 (W v)), Nat.sub_diag by lia. cbn [nth]. unfold q.
      rewrite or_polynomial_value by exact Mv. unfold zs.
      rewrite (literals_hit W ds Ps G) by assumption. reflexivity.
    + rewrite (nth_overflow (Ps ++ [q])), (nth_overflow (W v ++ _))
        by (rewrite app_length; simpl; lia).
      reflexivity. Qed.

(* Gate by gate: each loses at most the 2^l-th part of the points. *)
Lemma circuit_approximated gs : forall W ds Ps G, approximates W ds Ps G ->
  exists Qs H, approximates (fun v => run_gates gs (W v)) (wire_depths gs ds) Qs H /\
  (forall v, In v H -> In v G) /\ (NoDup G -> NoDup H) /\
  2 ^ l * length G <= 2 ^ l * length H + length gs * length G.
Proof. induction gs as [|g gs IH]; intros W ds Ps G A.
  - exists Ps, G. split; [exact A|]. split; [auto|]. split; [auto|]. lia.
  - set (zs := map (literal_polynomial Ps) g). destruct (good_subsets zs G l) as (ms & Lm & Em).
    destruct (IH _ _ _ _ (gate_approximated W ds Ps G g ms A Lm)) as (Qs & H & Q1 & Q2 & Q3 & Q4).
    fold zs in Q2, Q3, Q4. set (G' := filter (fun v => negb (missed zs ms v)) G) in *.
    exists Qs, H. split; [exact Q1|].
    split; [intros v Hv; apply Q2, filter_In in Hv; apply Hv|].
    split; [intros HN; apply Q3, NoDup_filter, HN|].
    assert (T : length G = length G' + tally (missed zs ms) G).
    { unfold G', tally. symmetry. apply filter_both. }
    cbn [length]. nia. Qed.

End Approximation.

(* ---------- the theorem ---------- *)

(* The product of the signs is 1 plus the parity. *)
Lemma signs_parity v : signs v = (P1 + bit (parity v))%F.
Proof. induction v as [|b v IH]; [reflexivity|]. cbn [signs fold_right parity].
  fold (signs v) (parity v). rewrite IH. destruct b, (parity v); reflexivity. Qed.

Definition input_polynomial (i : nat) : func := fun v => bit (nth i v false).

(* A circuit with s gates, of any number of inputs, whose output (a wire, or its negation) has depth
   k, agrees with parity on a set A of inputs: then |A| (1 - s / 2^l) is at most the sum of C(n, j)
   for j <= (n + (2 l)^k) / 2, for every l. *)
Theorem circuits_parity_constant_depth n l gs o A : 0 < l ->
  let d := (2 * l) ^ nth (fst o) (wire_depths gs (repeat 0 n)) 0 in
  d <= n -> NoDup A ->
  (forall v, In v A -> length v = n /\ read (run_gates gs v) o = parity v) ->
  2 ^ l * length A <= 2 ^ l * monomials n ((n + d) / 2 + 1) + length gs * length A.
Proof. intros Hl d Hd HN HA.
  (* The inputs, as polynomials. *)
  set (Ps := map input_polynomial (seq 0 n)). assert (In0 : forall i, @nth func i Ps (fun _ => Z0) =
    input_polynomial i /\ i < n \/ @nth func i Ps (fun _ => Z0) = (fun _ => Z0) /\ n <= i).
  { intros i. unfold Ps. destruct (lt_dec i n) as [L|L]; [left|right].
    - split; [|exact L].
      rewrite (nth_indep _ _ (input_polynomial 0)) by (rewrite map_length, seq_length; exact L).
      rewrite (map_nth input_polynomial), seq_nth by exact L. reflexivity.
    - split; [|lia]. apply nth_overflow. rewrite map_length, seq_length. lia. }
  assert (LowBit : forall m i, low m 2 (fun v => bit (nth i v false))).
  { induction m as [|m IH]; intros i; [intros; discriminate|].
    destruct i as [|i]; split; cbn [nth pred].
    - apply (low_ext m _ (fun _ => Z0)); [reflexivity|apply low_zero].
    - apply (low_ext m _ (fun _ => P1)); [reflexivity|apply low_const].
    - apply IH.
    - apply (low_ext m _ (fun _ => Z0)); [intros; destruct (nth i v false);
        reflexivity|apply low_zero]. }
  assert (Start : approximates n l (fun v => v) (repeat 0 n) Ps A).
  { split; [|split; [|split]].
    - intros i. replace (nth i (repeat 0 n) 0) with 0 by (clear; revert i; induction n; intros [|i];
        simpl; auto).
      cbn [Nat.pow]. destruct (In0 i) as [[-> _]|[-> _]]; [apply LowBit|apply low_zero].
    - intros v Hv. unfold Ps. rewrite map_length, seq_length. apply HA, Hv.
    - unfold Ps. rewrite map_length, seq_length, repeat_length. reflexivity.
    - intros v i Hv. destruct (In0 i) as [[-> _]|[-> L]]; [reflexivity|].
      rewrite nth_overflow by (rewrite (proj1 (HA v Hv)); exact L). reflexivity. }
  destruct (circuit_approximated n l Hl gs _ _ _ _ Start) as (Qs & H & (B1 & B2 & B3 & B4) & Sub &
    HNH & Count).
  enough (E : length H <= monomials n ((n + d) / 2 + 1)) by nia.
  apply (parity_degree n d (fun v => (P1 + literal_polynomial Qs o v)%F));
    [|apply HNH, HN| |exact Hd].
  - apply low_plus; [apply low_const|]. unfold literal_polynomial. pose proof (B1 (fst o)) as P.
    fold d in P.
    destruct (snd o); [apply (low_minus n _ (fun _ => P1)); [apply low_const|exact P]|exact P].
  - intros v Hv. destruct (HA v (Sub v Hv)) as [Lv Ev]. split; [exact Lv|]. rewrite signs_parity.
    f_equal. rewrite <- Ev. unfold literal_polynomial, read. rewrite B4 by exact Hv.
    destruct (snd o), (nth (fst o) (run_gates gs v) false); reflexivity. Qed.

(* In particular a circuit for parity itself. *)
Corollary circuits_parity_exact n l gs o : 0 < l ->
  let d := (2 * l) ^ nth (fst o) (wire_depths gs (repeat 0 n)) 0 in
  d <= n ->
  (forall v, length v = n -> read (run_gates gs v) o = parity v) ->
  2 ^ l * 2 ^ n <= 2 ^ l * monomials n ((n + d) / 2 + 1) + length gs * 2 ^ n.
Proof. intros Hl d Hd H.
  pose proof (circuits_parity_constant_depth n l gs o (subsets n) Hl Hd) as Q.
  rewrite subsets_length in Q. apply Q.
  - clear. induction n as [|n IH]; [repeat constructor; intros []|]. cbn [subsets].
    apply nodup_heads; [discriminate|assumption..].
  - intros v Hv. apply subsets_spec in Hv. split; [exact Hv|apply H, Hv]. Qed.
