(* The rule "units" is sound: its equations and lines hold for the values of the networks. *)
From Coq Require Import Qreals Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound Rules RulesSound Graph
  Units QuantitiesSound.
Open Scope R_scope.

(* What holds of pairs holds of later pairs, *)
Lemma Forall2_skipn {A B} (P : A -> B -> Prop) n : forall l m,
  Forall2 P l m -> Forall2 P (skipn n l) (skipn n m).
Proof.
  induction n as [|n IH]; intros l m H; [exact H|]. destruct H; [constructor|apply IH; assumption].
Qed.

(* and in the other direction. *)
Lemma Forall2_rev {A B} (P : A -> B -> Prop) l m : Forall2 P l m -> Forall2 P (rev l) (rev m).
Proof.
  induction 1 as [|a b l m Ha _ IH]; [constructor|]. cbn [rev]. apply Forall2_app; [exact IH|].
  constructor; [exact Ha|constructor].
Qed.

(* ---------- integers over a common denominator ---------- *)

Definition within (under : Z) (b : interval) (x : R) : Prop :=
  IZR (fst b) <= IZR under * x <= IZR (snd b).

(* Rounding down *)
Lemma floor_over_below under q : (0 < under)%Z -> IZR (floor_over under q) <= IZR under * Q2R q.
Proof.
  intros H. unfold floor_over.
  pose proof (Z.mul_div_le (Qnum q * under) (QDen q) ltac:(reflexivity)) as D.
  apply IZR_le in D. rewrite !mult_IZR in D. unfold Q2R.
  assert (P : 0 < IZR (QDen q)) by (apply (IZR_lt 0); reflexivity).
  apply Rmult_le_reg_l with (IZR (QDen q)); [exact P|].
  replace (IZR (QDen q) * (IZR under * (IZR (Qnum q) * / IZR (QDen q)))) with
    (IZR (Qnum q) * IZR under) by (field; lra). exact D.
Qed.

(* and up. *)
Lemma ceiling_over_above under q : (0 < under)%Z ->
  IZR under * Q2R q <= IZR (ceiling_over under q).
Proof.
  intros H. pose proof (floor_over_below under (- q) H) as F. unfold ceiling_over, floor_over in *.
  rewrite opp_IZR. cbn [Qopp Qnum Qden] in F. rewrite Q2R_opp in F. lra.
Qed.

(* The common denominator is positive. *)
Lemma common_under_positive l : (0 < common_under l)%Z.
Proof.
  assert (P : forall a b, (0 < a)%Z -> (0 < b)%Z -> (0 < Z.lcm a b)%Z).
  { intros a b A B. pose proof (Z.lcm_nonneg a b).
    assert (Z.lcm a b <> 0)%Z by (intro E; apply Z.lcm_eq_0 in E; lia). lia. }
  induction l as [|b l IH]; cbn [common_under fold_right]; [lia|].
  apply P; [reflexivity|]. apply P; [reflexivity|exact IH].
Qed.

(* Interval arithmetic on a weighted sum, *)
Lemma weigh_between_correct under w : forall bs vs lo hi s, Forall2 (within under) bs vs ->
  within under (lo, hi) s -> within under (weigh_between w bs lo hi) (s + weigh w vs).
Proof.
  induction w as [|gap c w IH]; intros bs vs lo hi s H S; cbn [weigh_between weigh].
  { rewrite Rplus_0_r. exact S. }
  apply (Forall2_skipn _ gap) in H.
  destruct H as [|(a, b) v bs' vs' Hv Hs]; [rewrite Rplus_0_r; exact S|].
  unfold within in Hv, S; cbn [fst snd] in *.
  replace (s + (IZR c * v + weigh w vs')) with ((s + IZR c * v) + weigh w vs') by ring.
  destruct (Z.ltb_spec 0 c) as [C|C]; apply IH; try exact Hs; unfold within; cbn [fst snd];
    rewrite !plus_IZR, !mult_IZR; [apply IZR_lt in C|apply IZR_le in C]; nra.
Qed.

(* and on ReLU. *)
Lemma relu_within under b x : (0 < under)%Z -> within under b x ->
  within under (Z.max (fst b) 0, Z.max (snd b) 0) (relu x).
Proof.
  intros P [W1 W2]. apply IZR_lt in P. unfold within; cbn [fst snd].
  destruct (Rle_dec 0 x); [rewrite relu_pos by assumption|rewrite relu_neg by lra];
    destruct (Z.max_spec (fst b) 0) as [[A ->]|[A ->]], (Z.max_spec (snd b) 0) as [[B ->]|[B ->]];
    try (apply IZR_lt in A); try (apply IZR_lt in B); try (apply IZR_le in A);
    try (apply IZR_le in B); split; nra.
Qed.

(* A line that is above relu at both ends is so between them. *)
Lemma is_above_correct under b line x : (0 < under)%Z -> within under b x ->
  is_above under (fst b) (snd b) line = true -> relu x <= Q2R (fst line) * x + Q2R (snd line).
Proof.
  intros P [W1 W2] H. unfold is_above in H. cbv zeta in H.
  destruct (Z.ltb_spec (snd b) (fst b)) as [C|_]; cbn [orb] in H; [apply IZR_lt in C; lra|].
  repeat (apply andb_prop in H; let h := fresh in destruct H as [H h]; apply Qle_R in h).
  apply Qle_R in H. rewrite ?Q2R_plus, ?Q2R_mult, ?Q2R_0 in *.
  assert (E : forall z, Q2R (z # Z.to_pos under) = IZR z / IZR under)
    by (intros z; unfold Q2R; cbn [Qnum Qden]; rewrite Z2Pos.id by exact P; reflexivity).
  rewrite !E in *. apply IZR_lt in P.
  set (l := IZR (fst b) / IZR under) in *. set (h := IZR (snd b) / IZR under) in *.
  set (s := Q2R (fst line)) in *. set (d := Q2R (snd line)) in *.
  assert (Lo : l <= x).
  { apply Rmult_le_reg_l with (IZR under); [exact P|].
    replace (IZR under * l) with (IZR (fst b)) by (unfold l; field; lra). exact W1. }
  assert (Hi : x <= h).
  { apply Rmult_le_reg_l with (IZR under); [exact P|].
    replace (IZR under * h) with (IZR (snd b)) by (unfold h; field; lra). exact W2. }
  assert (A : forall p q, 0 <= p * l + q -> 0 <= p * h + q -> 0 <= p * x + q)
    by (intros p q A1 A2; destruct (Rle_dec 0 p); nra).
  pose proof (A s d ltac:(lra) ltac:(lra)). pose proof (A (s - 1) d ltac:(lra) ltac:(lra)).
  unfold relu, Rmax. destruct (Rle_dec x 0); lra.
Qed.

Section Sound.
Variables (W : world) (letters : list R) (G : graph) (xs : list R) (b : branch).
Notation V := (atom_value W letters).
Notation F := (values G xs).
Notation true_ := (formula_holds V).
Hypothesis values_are : forall v, inner W v = seen F v.
Hypothesis inputs_are : length xs = inputs G.
Hypothesis graph_is : consistent (inputs G) (units G).
Hypothesis facts_are : Forall true_ (newest_first b).

(* ---------- bounds that facts give ---------- *)

Definition bound_true (d : bound) : Prop :=
  (below d = true -> Q2R (at_ d) <= seen F (of_value d)) /\
  (above d = true -> seen F (of_value d) <= Q2R (at_ d)).

(* A fact about one value bounds it. *)
Lemma bound_from_correct r k v c : related r (Q2R k + Q2R c * seen F v) ->
  Forall bound_true (bound_from r k v c).
Proof using.
  clear. intros H. unfold bound_from. set (q := Qred (- k / c)).
  assert (one : forall d, bound_true d -> Forall bound_true [d]) by (intros d T; auto).
  destruct (Z.compare_spec (Qnum c) 0) as [C|C|C]; [destruct r; constructor| |];
    (assert (Z : Q2R c <> 0) by (unfold Q2R; intros E; apply Rmult_integral in E;
       assert (0 < / IZR (QDen c)) by (apply Rinv_0_lt_compat, (IZR_lt 0); reflexivity);
       destruct E as [E|E]; [apply (eq_IZR _ 0) in E; lia|lra]));
    (assert (S : Q2R c * (Q2R q - seen F v) = - (Q2R k + Q2R c * seen F v)) by
      (unfold q; rewrite Q2R_red, Q2R_div, Q2R_opp by
         (intros E; apply Z; rewrite (Qeq_eqR _ _ E); apply Q2R_0); field; exact Z));
    (assert (D : 0 < / IZR (QDen c)) by (apply Rinv_0_lt_compat, (IZR_lt 0); reflexivity));
    apply IZR_lt in C; clearbody q.
  - assert (N : Q2R c < 0) by (unfold Q2R; nra).
    destruct r; cbn [related] in H; [apply one|apply one|apply one|apply Forall_nil];
      split; cbn [below above at_ of_value]; intros X; try discriminate X; nra.
  - assert (N : 0 < Q2R c) by (unfold Q2R; nra).
    destruct r; cbn [related] in H; [apply one|apply one|apply one|apply Forall_nil];
      split; cbn [below above at_ of_value]; intros X; try discriminate X; nra.
Qed.

(* All bounds of a branch hold. *)
Lemma all_bounds_correct : Forall bound_true (all_bounds b).
Proof using values_are facts_are.
  unfold all_bounds. pose proof facts_are as H. clear facts_are.
  induction H as [|f l Hf _ IH]; [constructor|]. cbn [flat_map].
  apply Forall_app. split; [|exact IH]. unfold bounds_of.
  destruct f as [r p|? ?]; [|constructor]. cbn [formula_holds] in Hf.
  destruct p as [|[[|[i|v|g m] [|a mm]] c] [|[[|[i'|v'|g' m'] [|a' mm']] c'] [|t p]]];
  try constructor;
    apply bound_from_correct; rewrite !value_cons, ?monomial_cons in Hf;
    cbn [poly_value monomial_value fold_right atom_value] in Hf; rewrite values_are in Hf.
  - replace (Q2R c + Q2R c' * seen F v') with (Q2R c * 1 + (Q2R c' * (seen F v' * 1) + 0)) by ring.
    exact Hf.
  - rewrite Q2R_0. replace (0 + Q2R c * seen F v) with (Q2R c * (seen F v * 1) + 0) by ring.
    exact Hf.
Qed.

(* So does the greatest lower bound, *)
Lemma lowest_correct v bs q : Forall bound_true bs -> lowest v bs = Some q -> Q2R q <= seen F v.
Proof using.
  intros H. revert q. induction H as [|d bs [Hd _] _ IH]; intros q; cbn [lowest]; [discriminate|].
  destruct (Nat.eqb_spec v (of_value d)) as [->|_]; cbn [andb]; [|apply IH].
  destruct (below d); [|apply IH]. specialize (Hd eq_refl).
  destruct (lowest _ bs) as [q'|]; intros E; injection E as <-; [|exact Hd].
  specialize (IH q' eq_refl). unfold greater. destruct (Qle_bool q' (at_ d)); assumption.
Qed.

(* the least upper bound, *)
Lemma highest_correct v bs q : Forall bound_true bs -> highest v bs = Some q -> seen F v <= Q2R q.
Proof using.
  intros H. revert q. induction H as [|d bs [_ Hd] _ IH]; intros q; cbn [highest]; [discriminate|].
  destruct (Nat.eqb_spec v (of_value d)) as [->|_]; cbn [andb]; [|apply IH].
  destruct (above d); [|apply IH]. specialize (Hd eq_refl).
  destruct (highest _ bs) as [q'|]; intros E; injection E as <-; [|exact Hd].
  specialize (IH q' eq_refl). unfold smaller. destruct (Qle_bool q' (at_ d)); assumption.
Qed.

(* and what they make of an interval. *)
Lemma clip_within under v i : (0 < under)%Z -> within under i (seen F v) ->
  within under (clip under (all_bounds b) v i) (seen F v).
Proof using values_are facts_are.
  intros P [W1 W2]. pose proof (IZR_lt _ _ P) as PR. pose proof all_bounds_correct as B.
  unfold within, clip; cbn [fst snd]. split.
  - destruct (lowest v _) as [q|] eqn:E; [|exact W1]. apply lowest_correct in E; [|exact B].
    pose proof (floor_over_below under q P).
    destruct (Z.max_spec (fst i) (floor_over under q)) as [[_ ->]|[_ ->]]; [nra|exact W1].
  - destruct (highest v _) as [q|] eqn:E; [|exact W2]. apply highest_correct in E; [|exact B].
    pose proof (ceiling_over_above under q P).
    destruct (Z.min_spec (snd i) (ceiling_over under q)) as [[_ ->]|[_ ->]]; [exact W2|nra].
Qed.

(* ---------- units ---------- *)

(* The facts of all units hold. *)
Lemma enclose_correct under us : (0 < under)%Z -> forall known done vs fs,
  Forall2 (within under) known vs -> consistent (length vs) us -> run_units us vs = F ->
  Forall true_ done -> enclose under (all_bounds b) us (length vs) known done = Some fs ->
  Forall true_ fs.
Proof using values_are inputs_are facts_are.
  intros P. induction us as [|u us IH]; intros known done vs fs K C E D H; cbn [enclose] in H.
  { injection H as <-. exact D. }
  cbn [consistent run_units] in *. destruct C as [C1 C2]. set (z := pre u vs) in *.
  set (n := length vs) in *.
  assert (Sz : seen F (S n) = z).
  { rewrite <- E, seen_run by (cbn; lia). rewrite seen_cons by (cbn; lia). apply seen_newest. }
  assert (Sy : seen F (S (S n)) = relu z)
    by (rewrite <- E, seen_run by (cbn; lia); apply (seen_newest _ (z :: vs))).
  set (i := clip _ _ _ _) in H. set (line := line_above _ _ _) in H.
  destruct (is_above _ _ _ _) eqn:A; [|discriminate H].
  assert (Wi : within under i z).
  { unfold i. rewrite <- Sz. apply clip_within; [exact P|]. rewrite Sz. unfold z, pre.
    apply weigh_between_correct; [exact K|]. unfold within; cbn [fst snd]. rewrite mult_IZR. lra. }
  refine (IH _ _ (relu z :: z :: vs) fs _ C2 E _ H).
  { constructor; [apply relu_within; assumption|constructor; assumption]. }
  rewrite rev_append_rev. apply Forall_app. split; [apply Forall_rev|exact D].
  apply (is_above_correct under i line z P Wi) in A. clearbody line i.
  assert (Fu : poly_value V (form u) = z).
  { rewrite <- value_rev. apply gaps_correct; [exact C1|]. intros v Hv. cbn [atom_value].
    rewrite values_are, <- E, seen_run by (cbn; lia).
    rewrite !seen_cons by (cbn; lia). reflexivity. }
  unfold unit_facts. unfold relu, Rmax in A. unfold relu, Rmax in Sy.
  repeat apply Forall_cons; try apply Forall_nil; cbn [formula_holds related];
    rewrite ?subtract_value, ?opposite_value, ?add_value, ?scaled_value, ?constant_value,
      ?single_value, ?Fu; cbn [atom_value]; rewrite ?values_are, ?Sz, ?Sy;
    destruct (Rle_dec z 0); lra.
Qed.

(* The bounds of the inputs hold. *)
Lemma input_bounds_correct n : forall v l, input_bounds (all_bounds b) v n = Some l ->
  length l = n /\ forall i, (i < n)%nat ->
  Q2R (fst (nth i l (0, 0)%Q)) <= seen F (v + i) <= Q2R (snd (nth i l (0, 0)%Q)).
Proof using values_are inputs_are facts_are.
  pose proof all_bounds_correct as B.
  induction n as [|n IH]; intros v l E; cbn [input_bounds] in E.
  { injection E as <-. split; [reflexivity|intros; lia]. }
  destruct (lowest v _) as [lo|] eqn:Lo; [|discriminate E].
  destruct (highest v _) as [hi|] eqn:Hi; [|discriminate E].
  destruct (input_bounds _ (S v) n) as [r|] eqn:Rr; [|discriminate E]. injection E as <-.
  destruct (IH (S v) r Rr) as [I1 I2]. split; [cbn; lia|]. intros [|i] H; cbn [nth fst snd].
  - rewrite Nat.add_0_r. split; [eapply lowest_correct|eapply highest_correct]; eassumption.
  - replace (v + S i)%nat with (S v + i)%nat by lia. apply I2. lia.
Qed.

(* What every unit is, and lines that enclose it. *)
Theorem units_sound news : units_rule G b = Some news -> remains W letters news.
Proof using values_are inputs_are graph_is facts_are.
  unfold units_rule. destruct (input_bounds _ 1 (inputs G)) as [l|] eqn:L; [|discriminate].
  destruct (enclose _ _ _ _ _ _) as [fs|] eqn:E; [|discriminate]. cbn. intros H. injection H as <-.
  exists (rev fs). split; [left; reflexivity|]. apply Forall_rev.
  apply input_bounds_correct in L. destruct L as [L1 L2].
  pose proof (common_under_positive l) as P. set (under := common_under l) in *.
  assert (Len : length (rev xs) = inputs G) by (rewrite rev_length; exact inputs_are).
  rewrite <- Len in E. revert E. apply enclose_correct; [exact P| |rewrite Len; exact graph_is|
    reflexivity|constructor].
  assert (B : forall i, (i < length xs)%nat ->
    Q2R (fst (nth i l (0, 0)%Q)) <= nth i xs 0 <= Q2R (snd (nth i l (0, 0)%Q))).
  { intros i Hi. specialize (L2 i ltac:(lia)). unfold values in L2.
    rewrite seen_run, seen_input in L2 by (rewrite ?rev_length; lia).
    replace (1 + i - 1)%nat with i in L2 by lia. exact L2. }
  assert (K : length l = length xs) by lia. clearbody under. clear - B K P.
  assert (M : Forall2 (within under)
    (map (fun q => (floor_over under (fst q), ceiling_over under (snd q))) l) xs).
  { revert xs B K. induction l as [|q l IH]; intros [|x ys] B K; try discriminate K; cbn [map];
      constructor.
    - specialize (B 0%nat ltac:(cbn; lia)). cbn [nth] in B. apply IZR_lt in P as PR.
      pose proof (floor_over_below under (fst q) P).
      pose proof (ceiling_over_above under (snd q) P).
      unfold within; cbn [fst snd]. nra.
    - apply IH; [|cbn in K; lia]. intros i Hi. apply (B (S i)). cbn; lia. }
  apply Forall2_rev. exact M.
Qed.
End Sound.
