(* "Bound on number of linear regions for ReLU networks" (Serra, Tjandraatmadja, Ramalingam), from
   below: p >= 3 units fold an interval p + 1 times, when two of them look to the left. *)
From Depthproof Require Import Binomials Definitions PiecewiseLinear Vectors RegionsFolded.
From Depthproof Require Import Zigzags PiecesFolded PiecesMontufar.
From Coq Require Import List.

(* ---------- p + 1 lines from p units ---------- *)

(* The lines end at 1, 2, 3, 3 + 1/2, 4 + 1/2, ...; that from 3 on is twice as steep. *)
Definition turn (i : nat) : R :=
  if (i =? 4)%nat then 3 else if Nat.even i then 2 else -2.

(* n units more, from 3 + 1/2 on. *)
Fixpoint turns (n : nat) (u : R) : R :=
  match n with O => 0 | S n' => turns n' u + turn (n' + 4) * relu (u - (INR n' + 7 / 2)) end.

(* What they add to the line 7 - 2 u. *)
Lemma turns_value n : forall i u, (i < n)%nat -> INR i + 7 / 2 <= u ->
  (u <= INR i + 9 / 2 \/ n = S i) ->
  7 - 2 * u + turns n u = if Nat.even i then u - (INR i + 7 / 2) else INR i + 9 / 2 - u.
Proof. induction n as [|n IH]; intros i u Hi Hu H; [lia|]. cbn [turns].
  destruct (Nat.eq_dec i n) as [->|N].
  - rewrite relu_pos by lra. destruct n as [|n]; [simpl in *; unfold turn; simpl; lra|].
    rewrite S_INR in *. rewrite <- Rplus_assoc, (IH n) by (try lia; lra || right; reflexivity).
    unfold turn. replace (S n + 4 =? 4)%nat with false by (symmetry; apply Nat.eqb_neq; lia).
    rewrite Nat.even_add, Nat.even_succ, <- Nat.negb_even. change (Nat.even 4) with true.
    destruct (Nat.even n); simpl; lra.
  - assert (L : u <= INR i + 9 / 2) by (destruct H; [assumption|lia]).
    assert (K : INR i + 1 <= INR n) by (rewrite <- S_INR; apply le_INR; lia).
    rewrite relu_neg by lra. rewrite <- (IH i) by (try lia; auto). ring. Qed.

(* Before them they are not active. *)
Lemma turns_none n u : u <= 7 / 2 -> turns n u = 0.
Proof. intros H. induction n as [|n IH]; [reflexivity|]. cbn [turns]. pose proof (pos_INR n).
  rewrite IH, relu_neg by lra. ring. Qed.

(* The zigzag of n + 4 lines on [0, n + 7/2]. *)
Definition bent (n : nat) (u : R) : R :=
  5 - 2 * relu (u - 1) + 2 * relu (2 - u) - 3 * relu (3 - u) + turns n u.

(* Its lines. *)
Definition bent_line (c : R) (i : nat) : R * R :=
  if Nat.even i then (c, - (INR i + 7 / 2)) else (- c, INR i + 9 / 2).

Definition bent_lines (n : nat) : list (R * R) := let c := INR n + 7 / 2 in
  (c, 0) :: (- c, 2) :: (c, - 2) :: (- (2 * c), 7) :: map (bent_line c) (seq 0 n).

(* They are n + 4. *)
Lemma bent_lines_length n : length (bent_lines n) = (n + 4)%nat.
Proof. unfold bent_lines. cbn [length]. rewrite map_length, seq_length. lia. Qed.

(* They are different. *)
Lemma bent_lines_nodup n : NoDup (bent_lines n).
Proof. unfold bent_lines. set (c := INR n + 7 / 2). assert (C : 0 < c) by
    (pose proof (pos_INR n); unfold c; lra).
  assert (N : forall a b, (forall i, bent_line c i <> (a, b)) ->
    ~ In (a, b) (map (bent_line c) (seq 0 n))).
  { intros a b H I. apply in_map_iff in I. destruct I as (i & E & _). exact (H i E). }
  assert (D : forall a b, b = 0 \/ b = 2 \/ b = - 2 \/ a = - (2 * c) ->
    forall i, bent_line c i <> (a, b)).
  { intros a b H i E. unfold bent_line in E. pose proof (pos_INR i).
    destruct (Nat.even i); injection E as E1 E2; lra. }
  do 4 (apply NoDup_cons; [intros H; cbn [In] in H;
    repeat (destruct H as [E|H]; [apply (f_equal snd) in E; cbn [snd] in E; lra|]);
    revert H; apply N, D; tauto|]).
  apply FinFun.Injective_map_NoDup; [|apply seq_NoDup]. intros i j E. apply (f_equal snd) in E.
  unfold bent_line in E. pose proof (pos_INR i). pose proof (pos_INR j).
  destruct (Nat.even i), (Nat.even j); cbn [snd] in E; first [apply INR_eq; lra | exfalso; lra].
Qed.

(* It is a zigzag. *)
Lemma zigzag_bent n : zigzag (bent_lines n) (fun x => bent n ((INR n + 7 / 2) * x)).
Proof. split; [apply bent_lines_nodup|]. intros s t H. unfold bent_lines in H.
  set (c := INR n + 7 / 2) in *. assert (C : 7 / 2 <= c) by
    (pose proof (pos_INR n); unfold c; lra).
  assert (A : forall x, 0 < c * x < c -> 0 < x < 1) by (intros x; nra). unfold bent.
  destruct H as [E|[E|[E|[E|H]]]]; try (injection E as <- <-; (split; [lra|]); intros x X;
    (split; [apply A; lra|]); rewrite turns_none by lra;
    repeat first [rewrite relu_pos by lra|rewrite relu_neg by lra]; lra).
  apply in_map_iff in H. destruct H as (i & E & Hi). apply in_seq in Hi. unfold bent_line in E.
  assert (K : INR i + 1 <= INR n) by (rewrite <- S_INR; apply le_INR; lia). pose proof (pos_INR i).
  pose proof (fun x => turns_value n i (c * x) ltac:(lia)) as V. cbv beta in V.
  destruct (Nat.even i); injection E as <- <-; (split; [lra|]); intros x X;
    (split; [apply A; unfold c in *; lra|]); rewrite relu_pos, !relu_neg by lra;
    specialize (V x ltac:(lra) ltac:(left; lra)); lra. Qed.

(* ---------- its units ---------- *)

Definition bent_layer (n : nat) : layer := let c := INR n + 7 / 2 in
  ([c], -1) :: ([- c], 2) :: ([- c], 3) :: map (fun i => ([c], - (INR i + 7 / 2))) (seq 0 n).

Definition bent_node (n : nat) : node :=
  (-2 :: 2 :: -3 :: map (fun i => turn (i + 4)) (seq 0 n), 5).

(* They compute it. *)
Lemma bent_value n x : bent n ((INR n + 7 / 2) * x) =
  pre_activation (bent_node n) (activations relu (bent_layer n) [x]).
Proof. unfold bent, bent_layer, bent_node. set (c := INR n + 7 / 2). clearbody c.
  unfold activations, pre_activation. cbn [map fst snd dot].
  assert (T : turns n (c * x) = dot (map (fun i => turn (i + 4)) (seq 0 n))
    (map (fun o => relu (dot (fst o) [x] + snd o))
      (map (fun i => ([c], - (INR i + 7 / 2))) (seq 0 n)))).
  { induction n as [|n IH]; [reflexivity|]. rewrite seq_S, !map_app, dot_blocks by
      (rewrite !map_length; reflexivity).
    rewrite <- IH. cbn [turns map dot fst snd Nat.add].
    replace (c * x + 0 + - (INR n + 7 / 2)) with (c * x - (INR n + 7 / 2)) by ring. ring. }
  rewrite T. replace (c * x + 0 + -1) with (c * x - 1) by ring.
  replace (- c * x + 0 + 2) with (2 - c * x) by ring.
  replace (- c * x + 0 + 3) with (3 - c * x) by ring. change (list R * R)%type with node. ring. Qed.

(* Where there are three units or more for each coordinate, they fold it once more. *)
Lemma folding_bent d w : (3 * d <= w)%nat -> folding d w (w / d + 1).
Proof. intros H. destruct (Nat.eq_dec d 0) as [->|N].
  - exact (folding_units 0 w _ _ _ (zigzag_ext _ _ _ (fun x => eq_sym (fold_node_value 1 x))
      (zigzag_even 1)) (Nat.le_0_l w)).
  - assert (P : (3 <= w / d)%nat) by (apply Nat.div_le_lower_bound; lia).
    pose proof (Nat.mul_div_le w d N) as M. set (n := (w / d - 3)%nat).
    replace (w / d + 1)%nat with (length (bent_lines n)) by (rewrite bent_lines_length; lia).
    apply folding_units with (l := bent_layer n) (o := bent_node n).
    + exact (zigzag_ext _ _ _ (bent_value n) (zigzag_bent n)).
    + unfold bent_layer. cbn [length]. rewrite map_length, seq_length. unfold n. nia. Qed.

(* Serra, Tjandraatmadja and Ramalingam (2018), from below, for the function: for widths
   m_1, ..., m_L >= 3 d and m > d some network has
   (floor (m_1 / d) + 1)^d ... (floor (m_L / d) + 1)^d sum_(j <= d) C(m, j) affine maps inside the
   cube, and as many pieces, whatever sets are taken as pieces. *)
Theorem regions_serra_attained d m ms : (d < m)%nat -> Forall (fun w => 3 * d <= w)%nat ms ->
  exists N, widths (hidden N) = ms ++ [m] /\ function_regions_at_least
    (fold_right (fun w a => (w / d + 1) ^ d * a) (zaslavsky m d) ms)%nat d
    (network_value Layered relu N).
Proof. intros M H. apply (maps_folded_last d (fun w => w / d + 1)%nat m ms M).
  eapply Forall_impl; [|exact H]. intros w. apply folding_bent. Qed.
