(* "Backprop": one sweep from the output down computes the derivative of the output with respect to
   every node of a network, any directed acyclic graph, any activations that are differentiable
   where they are used.  One multiplication and one addition an edge. *)
From Depthproof Require Import Definitions PiecewiseLinear.

(* ---------- networks as graphs ---------- *)

(* Nodes are numbered so that edges go upward.  A node has edges from earlier nodes, each with a
   weight, a bias, and an activation. *)
Record unit_node := Unit { edges : list (nat * R); bias : R; act : R -> R }.

(* The nodes 0, ..., d - 1 are inputs; after them come the units, in order. *)
Definition graph : Type := list unit_node.

Definition weighted (E : list (nat * R)) (u : nat -> R) : R :=
  fold_right (fun e s => snd e * u (fst e) + s) 0 E.

Definition set_at (u : nat -> R) (k : nat) (t : R) : nat -> R :=
  fun j => if Nat.eq_dec j k then t else u j.

(* Run the units from number k on: u holds the values of the nodes before k. *)
Fixpoint run_graph (G : graph) (k : nat) (u : nat -> R) : nat -> R :=
  match G with
  | [] => u
  | n :: G' => run_graph G' (S k) (set_at u k (act n (weighted (edges n) u + bias n)))
  end.

(* Edges go upward. *)
Fixpoint acyclic (G : graph) (k : nat) : Prop :=
  match G with
  | [] => True
  | n :: G' => (forall e, In e (edges n) -> (fst e < k)%nat) /\ acyclic G' (S k)
  end.

(* ---------- the algorithm ---------- *)

(* Node k sends B times the local derivative, w act'(z), to each node below; each node adds up what
   it gets. *)
Fixpoint send (E : list (nat * R)) (b : R) (B : nat -> R) : nat -> R :=
  match E with [] => B | e :: E' => send E' b (set_at B (fst e) (B (fst e) + b * snd e)) end.

(* The sweep.  act' is the derivative that the user supplies for each node; the output is the last
   node. *)
Fixpoint sweep (G : graph) (k : nat) (u : nat -> R) (slope : nat -> R) (B : nat -> R) : nat -> R :=
  match G with
  | [] => B
  | n :: G' => let B' := sweep G' (S k) u slope B in send (edges n) (B' k * slope k) B'
  end.

(* At the output 1, elsewhere 0. *)
Definition backprop (G : graph) (d : nat) (u slope : nat -> R) (out : nat) : nat -> R :=
  sweep G d u slope (set_at (fun _ => 0) out 1).

(* Multiplications and additions of the sweep: two and one for an edge or less. *)
Definition edge_count (G : graph) : nat := fold_right (fun n s => length (edges n) + s)%nat 0%nat G.

(* ---------- values ---------- *)

(* The entry that is set. *)
Lemma set_at_same u k t : set_at u k t k = t.
Proof. unfold set_at. destruct Nat.eq_dec; congruence. Qed.

(* The others. *)
Lemma set_at_other u k t j : j <> k -> set_at u k t j = u j.
Proof. unfold set_at. destruct Nat.eq_dec; congruence. Qed.

(* Nodes before k are not touched. *)
Lemma run_graph_before G : forall k u j, (j < k)%nat -> run_graph G k u j = u j.
Proof. induction G as [|n G IH]; intros k u j H; [reflexivity|]. cbn [run_graph]. rewrite IH by lia.
  apply set_at_other. lia. Qed.

(* A weighted sum depends on the nodes that it reads. *)
Lemma weighted_ext E u v : (forall e, In e E -> u (fst e) = v (fst e)) ->
  weighted E u = weighted E v.
Proof. unfold weighted. induction E as [|e E IH]; intros H; [reflexivity|]. cbn [fold_right].
  rewrite (H e (or_introl eq_refl)), IH; [reflexivity|]. intros e' He. apply H. right.
  assumption. Qed.

(* ---------- the algorithm is a product from the left ---------- *)

(* What is sent, paired with a tangent. *)
Definition pairing (m : nat) (B x : nat -> R) : R := sum_f_R0 (fun j => B j * x j) m.

(* Setting one entry. *)
Lemma pairing_set m B x k b : (k <= m)%nat ->
  pairing m (set_at B k (B k + b)) x = pairing m B x + b * x k.
Proof. unfold pairing. intros H. induction m as [|m IH].
  - replace k with 0%nat by lia. simpl. rewrite set_at_same. ring.
  - cbn [sum_f_R0]. destruct (Nat.eq_dec k (S m)) as [->|N].
    + rewrite set_at_same. rewrite (sum_eq _ (fun j => B j * x j)); [ring|]. intros i Hi.
      rewrite set_at_other by lia. reflexivity.
    + rewrite IH by lia. rewrite set_at_other by lia. ring. Qed.

(* Sending along all edges of a node. *)
Lemma pairing_send m E b x : (forall e, In e E -> (fst e <= m)%nat) ->
  forall B, pairing m (send E b B) x = pairing m B x + b * weighted E x.
Proof. intros H. induction E as [|e E IH]; intros B; [unfold weighted; simpl; ring|]. cbn [send].
  rewrite IH by (intros e' He; apply H; right; assumption).
  rewrite pairing_set by (apply H; left; reflexivity). unfold weighted. cbn [fold_right]. ring. Qed.

(* Sending leaves the nodes from k on alone. *)
Lemma send_above E b k : (forall e, In e E -> (fst e < k)%nat) -> forall B j, (k <= j)%nat ->
  send E b B j = B j.
Proof. intros H. induction E as [|e E IH]; intros B j Hj; [reflexivity|]. cbn [send].
  rewrite IH by (try assumption; intros e' He; apply H; right; assumption). apply set_at_other.
  specialize (H e (or_introl eq_refl)). lia. Qed.

(* x is a tangent: at each unit it is the local derivative times the weighted sum of x below. *)
Fixpoint tangent (G : graph) (k : nat) (slope x : nat -> R) : Prop :=
  match G with
  | [] => True
  | n :: G' => x k = slope k * weighted (edges n) x /\ tangent G' (S k) slope x
  end.

(* The sweep keeps the pairing with every tangent: the part of B below k, paired with x, after units
   k, ..., k + |G| - 1 have sent. *)
Lemma sweep_pairing G u slope : forall k B x, acyclic G (S k) -> tangent G (S k) slope x ->
  pairing k (sweep G (S k) u slope B) x = pairing (k + length G) B x.
Proof. induction G as [|n G IH]; intros k B x HA HT;
    [cbn [sweep length]; rewrite Nat.add_0_r; reflexivity|].
  destruct HA as [HE HA]. destruct HT as [HX HT]. cbn [sweep length].
  replace (k + S (length G))%nat with (S k + length G)%nat by lia. rewrite <- (IH (S k) B x HA HT).
  set (B' := sweep G (S (S k)) u slope B).
  rewrite pairing_send by (intros e He; specialize (HE e He); lia). unfold pairing. cbn [sum_f_R0].
  rewrite HX. ring. Qed.

(* ---------- values and tangents of the nodes ---------- *)

(* u holds the values of the units of G. *)
Fixpoint consistent (G : graph) (k : nat) (u : nat -> R) : Prop :=
  match G with
  | [] => True
  | n :: G' => u k = act n (weighted (edges n) u + bias n) /\ consistent G' (S k) u
  end.

(* The activations are differentiable where they are used, with the slopes that the user supplies:
   away from kinks, for ReLU. *)
Fixpoint slopes_correct (G : graph) (k : nat) (u slope : nat -> R) : Prop :=
  match G with
  | [] => True
  | n :: G' => is_derive (act n) (weighted (edges n) u + bias n) (slope k) /\
    slopes_correct G' (S k) u slope
  end.

(* Running a network gives values of its nodes. *)
Lemma run_graph_consistent G : forall k u, acyclic G k -> consistent G k (run_graph G k u).
Proof. induction G as [|n G IH]; intros k u HA; [exact I|]. destruct HA as [HE HA].
  cbn [consistent run_graph]. split; [|apply IH, HA]. rewrite run_graph_before by lia.
  rewrite set_at_same. do 2 f_equal. apply weighted_ext. intros e He. specialize (HE e He).
  rewrite run_graph_before by lia. rewrite set_at_other by lia. reflexivity. Qed.

(* The tangent, forward. *)
Fixpoint forward (G : graph) (k : nat) (slope x : nat -> R) : nat -> R :=
  match G with
  | [] => x
  | n :: G' => forward G' (S k) slope (set_at x k (slope k * weighted (edges n) x))
  end.

(* Nodes before k are not touched. *)
Lemma forward_before G slope : forall k x j, (j < k)%nat -> forward G k slope x j = x j.
Proof. induction G as [|n G IH]; intros k x j H; [reflexivity|]. cbn [forward]. rewrite IH by lia.
  apply set_at_other. lia. Qed.

(* It is a tangent. *)
Lemma forward_tangent G slope : forall k x, acyclic G k -> tangent G k slope (forward G k slope x).
Proof. induction G as [|n G IH]; intros k x HA; [exact I|]. destruct HA as [HE HA].
  cbn [tangent forward]. split; [|apply IH, HA]. rewrite forward_before by lia. rewrite set_at_same.
  f_equal. apply weighted_ext. intros e He. specialize (HE e He). rewrite forward_before by lia.
  rewrite set_at_other by lia. reflexivity. Qed.

(* The derivative of a weighted sum. *)
Lemma weighted_derive E (v : R -> nat -> R) (x : nat -> R) t0 :
  (forall e, In e E -> is_derive (fun t => v t (fst e)) t0 (x (fst e))) ->
  is_derive (fun t => weighted E (v t)) t0 (weighted E x).
Proof. unfold weighted. induction E as [|e E IH]; intros H; cbn [fold_right].
  - apply (is_derive_const (K := R_AbsRing) (V := R_NormedModule)).
  - apply (is_derive_plus (fun t => snd e * v t (fst e)));
      [|apply IH; intros e' He; apply H; right; assumption].
    apply (is_derive_scal (fun t => v t (fst e))). apply H. left. reflexivity. Qed.

(* Chain rule: the tangent is the derivative, as the values of the nodes before k move. *)
Lemma run_graph_derive G slope : forall k (v : R -> nat -> R) (x u : nat -> R) t0, acyclic G k ->
  consistent G k u -> slopes_correct G k u slope ->
  (forall j, (j < k)%nat -> v t0 j = u j /\ is_derive (fun t => v t j) t0 (x j)) ->
  forall j, (j < k + length G)%nat ->
  is_derive (fun t => run_graph G k (v t) j) t0 (forward G k slope x j).
Proof. induction G as [|n G IH]; intros k v x u t0 HA HC HS H j Hj; [apply H; simpl in Hj; lia|].
  destruct HA as [HE HA], HC as [HU HC], HS as [HD HS]. cbn [run_graph forward].
  apply (IH (S k) (fun t => set_at (v t) k (act n (weighted (edges n) (v t) + bias n))) _ u t0 HA HC
    HS); [|simpl in Hj; lia].
  intros i Hi. destruct (Nat.eq_dec i k) as [->|N].
  - rewrite !set_at_same. assert (E : weighted (edges n) (v t0) = weighted (edges n) u)
      by (apply weighted_ext; intros e He; apply H, HE, He).
    split; [rewrite E; symmetry; assumption|]. apply is_derive_ext with
      (fun t => act n (weighted (edges n) (v t) + bias n));
      [intros; rewrite set_at_same; reflexivity|].
    rewrite Rmult_comm. apply (is_derive_comp (act n) (fun t => weighted (edges n) (v t) + bias n));
      [rewrite E; exact HD|].
    replace (weighted (edges n) x) with (weighted (edges n) x + 0) by ring.
    apply (is_derive_plus (fun t => weighted (edges n) (v t)));
      [|apply (is_derive_const (K := R_AbsRing) (V := R_NormedModule))].
    apply weighted_derive. intros e He. apply H, HE, He.
  - rewrite !set_at_other by lia. destruct (H i ltac:(lia)) as [A B]. split; [assumption|].
    apply is_derive_ext with (fun t => v t i);
      [intros; rewrite set_at_other by lia; reflexivity|assumption].
Qed.

(* ---------- the lemma of the notes ---------- *)

(* The output as a function of node i alone: the later units are computed anew, the earlier nodes
   keep their values. *)
Definition output_from (G : graph) (d : nat) (u : nat -> R) (i : nat) (t : R) : R :=
  run_graph (skipn (i + 1 - d) G) (Nat.max d (i + 1)) (set_at u i t) (d + length G - 1).

(* Later parts of a network. *)
Lemma skipn_parts p : forall G k u slope, acyclic G k -> consistent G k u ->
  slopes_correct G k u slope -> (p <= length G)%nat ->
  acyclic (skipn p G) (k + p) /\ consistent (skipn p G) (k + p) u /\
  slopes_correct (skipn p G) (k + p) u slope.
Proof. induction p as [|p IH]; intros G k u slope HA HC HS Hp; [rewrite Nat.add_0_r; auto|].
  destruct G as [|n G]; [simpl in Hp; lia|]. replace (k + S p)%nat with (S k + p)%nat by lia.
  cbn [skipn]. apply IH; [apply HA|apply HC|apply HS|simpl in Hp; lia]. Qed.

(* The entry of a node is complete when the nodes after it have sent. *)
Lemma sweep_complete u slope i p : forall G k B, acyclic G k -> (p <= length G)%nat ->
  (p = 0 \/ k + p <= i + 1)%nat -> sweep G k u slope B i = sweep (skipn p G) (k + p) u slope B i.
Proof. induction p as [|p IH]; intros G k B HA Hp Hi; [rewrite Nat.add_0_r; reflexivity|].
  destruct G as [|n G]; [simpl in Hp; lia|]. destruct HA as [HE HA]. cbn [sweep skipn].
  rewrite (send_above _ _ k) by (assumption || lia).
  replace (k + S p)%nat with (S k + p)%nat by lia. apply IH; [assumption|simpl in Hp; lia|lia]. Qed.

(* A sum with one term. *)
Lemma pairing_single m : forall B x i, (i <= m)%nat ->
  (forall j, (j <= m)%nat -> j <> i -> x j = 0) -> pairing m B x = B i * x i.
Proof. unfold pairing.
  induction m as [|m IH]; intros B x i Hi H; [replace i with 0%nat by lia; reflexivity|].
  cbn [sum_f_R0]. destruct (Nat.eq_dec i (S m)) as [->|N].
  - rewrite (sum_eq _ (fun _ => 0)); [rewrite sum_cte; ring|]. intros j Hj. rewrite H by lia. ring.
  - rewrite (IH B x i) by (try lia; intros; apply H; lia). rewrite (H (S m)) by lia. ring. Qed.

(* At first only the output counts. *)
Lemma pairing_out m x : pairing m (set_at (fun _ => 0) m 1) x = x m.
Proof. unfold pairing. destruct m as [|m]; [simpl; rewrite set_at_same; ring|]. cbn [sum_f_R0].
  rewrite set_at_same, (sum_eq _ (fun _ => 0)), sum_cte; [ring|]. intros j Hj.
  rewrite set_at_other by lia. ring. Qed.

(* The lemma: what node i has added up is the derivative of the output with respect to node i, for
   every network and every node. *)
Theorem backprop_lemma G d u slope i : acyclic G d -> consistent G d u ->
  slopes_correct G d u slope -> (0 < length G)%nat -> (i < d + length G)%nat ->
  is_derive (output_from G d u i) (u i) (backprop G d u slope (d + length G - 1) i).
Proof. intros HA HC HS HG Hi. unfold output_from, backprop. set (p := (i + 1 - d)%nat).
  set (k := Nat.max d (i + 1)). set (out := (d + length G - 1)%nat).
  assert (Hk : k = (d + p)%nat) by (unfold k, p; lia).
  assert (Hpi : (p = 0 \/ d + p <= i + 1)%nat) by (unfold p; lia).
  assert (Hp : (p <= length G)%nat) by (unfold p; lia).
  destruct (skipn_parts p G d u slope HA HC HS Hp) as (A & C & S). rewrite <- Hk in A, C, S.
  set (H := skipn p G) in *.
  assert (LH : (k + length H)%nat = (d + length G)%nat) by (unfold H; rewrite skipn_length; lia).
  set (x := forward H k slope (set_at (fun _ => 0) i 1)).
  assert (Hik : (i < k)%nat) by (unfold k; lia).
  pose proof (forward_tangent H slope k (set_at (fun _ => 0) i 1) A) as HT. fold x in HT.
  assert (Xi : x i = 1) by (unfold x; rewrite forward_before, set_at_same by (unfold k; lia);
    reflexivity).
  assert (Xj : forall j, (j < k)%nat -> j <> i -> x j = 0) by (intros j Hj Nj; unfold x;
    rewrite forward_before, set_at_other by assumption; reflexivity).
  assert (Hx : x out = sweep G d u slope (set_at (fun _ => 0) out 1) i).
  { rewrite (sweep_complete u slope i p G d); [|assumption|assumption|exact Hpi]. rewrite <- Hk.
    fold H. destruct k as [|m] eqn:Ek; [lia|].
    pose proof (sweep_pairing H u slope m (set_at (fun _ => 0) out 1) x A HT) as Q.
    rewrite (pairing_single m _ x i) in Q; [|lia|intros; apply Xj; [lia|assumption]].
    replace (m + length H)%nat with out in Q by (unfold out; lia). rewrite pairing_out, Xi in Q.
    rewrite <- Q. ring. }
  rewrite <- Hx.
  apply (run_graph_derive H slope k (fun t => set_at u i t) _ u (u i) A C S); [|unfold out; lia].
  intros j Hj. destruct (Nat.eq_dec j i) as [->|N].
  - rewrite !set_at_same. split; [reflexivity|].
    apply is_derive_ext with (fun t => t); [intros; rewrite set_at_same; reflexivity|].
    apply (is_derive_id (K := R_AbsRing)).
  - rewrite !set_at_other by assumption. split; [reflexivity|].
    apply is_derive_ext with (fun _ => u j);
      [intros; rewrite set_at_other by assumption; reflexivity|].
    apply (is_derive_const (K := R_AbsRing) (V := R_NormedModule)). Qed.

(* "Computing the derivative for all u suffices": the derivative with respect to the weight w of an
   edge from j to unit i. *)
Theorem backprop_weights G d u slope i n w j : acyclic G d -> consistent G d u ->
  slopes_correct G d u slope -> (0 < length G)%nat -> (d <= i < d + length G)%nat ->
  nth_error G (i - d) = Some n ->
  is_derive
    (fun t => output_from G d u i (act n (weighted (edges n) u + bias n + (t - w) * u j))) w
    (backprop G d u slope (d + length G - 1) i * slope i * u j).
Proof. intros HA HC HS HG Hi Hn. assert (Q : forall G k, consistent G k u ->
    slopes_correct G k u slope -> (k <= i)%nat -> nth_error G (i - k) = Some n ->
    u i = act n (weighted (edges n) u + bias n) /\
    is_derive (act n) (weighted (edges n) u + bias n) (slope i)).
  { clear. induction G as [|m G IH]; intros k HC HS Hk Hn; [destruct (i - k)%nat; discriminate|].
    destruct HC as [C1 C2], HS as [S1 S2]. destruct (Nat.eq_dec i k) as [->|N];
      [rewrite Nat.sub_diag in Hn; injection Hn as <-; split; assumption|].
    apply (IH (S k)); try assumption; [lia|]. replace (i - k)%nat with (S (i - S k)) in Hn by lia.
    exact Hn. }
  destruct (Q G d HC HS ltac:(lia) Hn) as [Eu Sl]. set (z := weighted (edges n) u + bias n) in *.
  replace (backprop G d u slope (d + length G - 1) i * slope i * u j)
    with (u j * slope i * backprop G d u slope (d + length G - 1) i) by ring.
  apply (is_derive_comp (output_from G d u i) (fun t => act n (z + (t - w) * u j))).
  - replace (z + (w - w) * u j) with z by ring. rewrite <- Eu. apply backprop_lemma; auto; lia.
  - apply (is_derive_comp (act n) (fun t => z + (t - w) * u j));
      [replace (z + (w - w) * u j) with z by ring; exact Sl|].
    auto_derive; [exact I|ring]. Qed.

(* ---------- the cost ---------- *)

(* The same algorithm, counting multiplications and additions. *)
Fixpoint send_counted (E : list (nat * R)) (b : R) (S : (nat -> R) * nat) : (nat -> R) * nat :=
  match E with
  | [] => S
  | e :: E' =>
    send_counted E' b (set_at (fst S) (fst e) (fst S (fst e) + b * snd e), (snd S + 2)%nat)
  end.

Fixpoint sweep_counted (G : graph) (k : nat) (slope : nat -> R) (S : (nat -> R) * nat)
  : (nat -> R) * nat :=
  match G with
  | [] => S
  | n :: G' => let S' := sweep_counted G' (k + 1) slope S in
    send_counted (edges n) (fst S' k * slope k) (fst S', (snd S' + 1)%nat)
  end.

(* Two operations for an edge and one for a unit: the notes' O(M). *)
Theorem backprop_cost G k u slope B :
  fst (sweep_counted G k slope (B, 0%nat)) = sweep G k u slope B /\
  snd (sweep_counted G k slope (B, 0%nat)) = (2 * edge_count G + length G)%nat.
Proof. assert (Q : forall E b S, fst (send_counted E b S) = send E b (fst S) /\
    snd (send_counted E b S) = (snd S + 2 * length E)%nat).
  { induction E as [|e E IH]; intros b S; [simpl; split; [reflexivity|lia]|].
    cbn [send_counted send length].
    destruct (IH b (set_at (fst S) (fst e) (fst S (fst e) + b * snd e), (snd S + 2)%nat)) as [A C].
    rewrite A, C. cbn [fst snd]. split; [reflexivity|lia]. }
  revert k. induction G as [|n G IH]; intros k; [split; reflexivity|].
  cbn [sweep_counted sweep edge_count fold_right length]. destruct (IH (k + 1)%nat) as [A C].
  set (S' := sweep_counted G (k + 1) slope (B, 0%nat)) in *.
  destruct (Q (edges n) (fst S' k * slope k) (fst S', (snd S' + 1)%nat)) as [A' C']. rewrite A', C'.
  cbn [fst snd]. rewrite A, C, Nat.add_1_r. split; [reflexivity|]. unfold edge_count. lia. Qed.

(* ---------- at a kink ---------- *)

(* ReLU has a derivative away from 0. *)
Lemma relu_derive z : z <> 0 -> is_derive relu z (if Rlt_dec 0 z then 1 else 0).
Proof. intros N. destruct (Rlt_dec 0 z) as [P|P].
  - apply is_derive_ext_loc with (fun t => t); [|apply (is_derive_id (K := R_AbsRing))].
    exists (mkposreal z P). intros t Ht.
    unfold ball in Ht; simpl in Ht; unfold AbsRing_ball, abs, minus, plus, opp in Ht; simpl in Ht.
    apply Rabs_def2 in Ht. symmetry. apply relu_pos. lra.
  - assert (Q : 0 < - z) by lra. apply is_derive_ext_loc with (fun _ => 0);
      [|apply (is_derive_const (K := R_AbsRing) (V := R_NormedModule))].
    exists (mkposreal (- z) Q). intros t Ht.
    unfold ball in Ht; simpl in Ht; unfold AbsRing_ball, abs, minus, plus, opp in Ht; simpl in Ht.
    apply Rabs_def2 in Ht. symmetry. apply relu_neg. lra. Qed.

(* At a kink the lemma fails: x = relu x - relu (- x), and with any one value s for the derivative
   of ReLU at 0 the sweep gives 2 s at x = 0. *)
Definition kink_graph : graph := [Unit [(0%nat, 1)] 0 relu; Unit [(0%nat, -1)] 0 relu;
  Unit [(1%nat, 1); (2%nat, -1)] 0 (fun z => z)].

(* The input receives 2 s, where the derivative is 1. *)
Theorem backprop_kink s :
  backprop kink_graph 1 (fun _ => 0) (fun k => if Nat.eq_dec k 3 then 1 else s) 3 0 = 2 * s /\
  is_derive (fun x => run_graph kink_graph 1 (fun _ => x) 3%nat) 0 1.
Proof. split; [unfold backprop, kink_graph; cbn; unfold set_at; cbn; ring|].
  assert (E : forall x : R, x = run_graph kink_graph 1 (fun _ => x) 3%nat).
  { intros x. unfold kink_graph, weighted; cbn. unfold set_at; cbn.
    destruct (Rle_dec 0 x); [rewrite (relu_pos (1 * x + 0 + 0)), (relu_neg (-1 * x + 0 + 0)) by lra|
      rewrite (relu_neg (1 * x + 0 + 0)), (relu_pos (-1 * x + 0 + 0)) by lra]; ring. }
  apply (is_derive_ext (fun x => x) _ 0 1 E). apply (is_derive_id (K := R_AbsRing)). Qed.
