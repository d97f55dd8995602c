(* How many units represent the sawtooth exactly: 2^k in one hidden layer, 2^k - 1 if the input is
   wired to the
   output as well, and at depth L at least L (2^(k/L) - 1). *)
From Coq Require Import Permutation.
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations SeparationLecture.

Definition represents (f g : R -> R) : Prop := forall x, 0 <= x <= 1 -> f x = g x.

(* ---------- one hidden layer is a line plus hinges ---------- *)

(* A hinge bends by [bend] at [position]; [left_slope] is what its unit adds to the slope far on the
   left: the
   whole bend, with the other sign, if the unit is active there, and 0 otherwise. *)
Record hinge := Hinge { bend : R; position : R; left_slope : R }.

Definition total (f : hinge -> R) (U : list hinge) : R := fold_right (fun u a => f u + a) 0 U.

Definition hinges (U : list hinge) (x : R) : R := total (fun u => bend u * relu (x - position u)) U.

(* A positive factor goes through ReLU. *)
Lemma relu_scale p y : 0 <= p -> relu (p * y) = p * relu y.
Proof. intros Hp. destruct (Rle_dec 0 y); [rewrite !relu_pos by nra; ring|rewrite !relu_neg by nra;
  ring]. Qed.

(* A left-active unit is a right-active one and a line. *)
Lemma relu_opp y : relu (- y) = relu y - y.
Proof.
  destruct (Rle_dec 0 y); [rewrite (relu_neg (- y)), (relu_pos y) by lra|rewrite (relu_pos (- y)),
    (relu_neg y) by lra]; lra. Qed.

(* A unit is a hinge and a line. *)
Lemma unit_hinge c p b : exists u r, (left_slope u = 0 \/ left_slope u = - bend u) /\
  forall x, c * relu (p * x + b) = left_slope u * x + r + bend u * relu (x - position u).
Proof. destruct (Rtotal_order p 0) as [Hp|[->|Hp]].
  - exists (Hinge (- c * p) (- b / p) (c * p)), (c * b). cbn [bend position left_slope].
    split; [right; ring|]. intro x.
    replace (p * x + b) with ((- p) * - (x - - b / p)) by (field; lra).
    rewrite relu_scale, relu_opp by lra. field. lra.
  - exists (Hinge 0 0 0), (c * relu b). cbn [bend position left_slope].
    split; [left; reflexivity|]. intro x.
    rewrite Rmult_0_l, Rplus_0_l. ring.
  - exists (Hinge (c * p) (- b / p) 0), 0. cbn [bend position left_slope].
    split; [left; reflexivity|]. intro x.
    replace (p * x + b) with (p * (x - - b / p)) by (field; lra). rewrite relu_scale by lra.
    ring. Qed.

(* One layer: without an edge from the input, the slope far on the left is what the units give. *)
Lemma layer_hinges : forall (l : layer) w, exists U r, length U = length l /\
  List.Forall (fun u => left_slope u = 0 \/ left_slope u = - bend u) U /\
  forall x, dot w (activations relu l [x]) = total left_slope U * x + r + hinges U x.
Proof. induction l as [|[a b] l IH]; intros w.
  - exists [], 0. unfold total, hinges; simpl.
    repeat split; [constructor|intro x; destruct w; simpl; ring].
  - destruct w as [|c w].
    + destruct (IH []) as (U & r & A & B & E). exists (Hinge 0 0 0 :: U), r.
      split; [simpl; congruence|split].
      * constructor; [left; reflexivity|assumption].
      * intro x. specialize (E x). unfold hinges, total in *;
          cbn [fold_right dot bend left_slope] in *.
        rewrite Rmult_0_l, !Rplus_0_l. exact E.
    + destruct (IH w) as (U & r & A & B & E). destruct (pre_activation_single (a, b)) as [p Hp].
      destruct (unit_hinge c p b) as (u & r' & Hu & Hr).
      exists (u :: U), (r + r'). split; [simpl; congruence|split; [constructor; assumption|]].
      intro x.
      unfold activations; cbn [map dot]. fold (activations relu l [x]). rewrite E, Hp, Hr.
      unfold hinges, total; cbn [fold_right]. ring.
Qed.

(* ---------- bends ---------- *)

(* All hinges at p together. *)
Definition bend_at (p : R) (U : list hinge) : R :=
  total (fun u => if Req_EM_T (position u) p then bend u else 0) U.

(* Some step is smaller than the distance from p to all other hinges. *)
Lemma small_step p d : 0 < d -> forall U, exists h, 0 < h <= d /\
  List.Forall (fun u => position u = p \/ h <= Rabs (position u - p)) U.
Proof. intros Hd. induction U as [|u U (h & Hh & IH)]; [exists d; split; [lra|constructor]|].
  destruct (Req_EM_T (position u) p) as [E|E]; [exists h; split; [assumption|constructor; auto]|].
  assert (0 < Rabs (position u - p)) by (apply Rabs_pos_lt; lra).
  exists (Rmin h (Rabs (position u - p))).
  split; [unfold Rmin; destruct Rle_dec; lra|]. constructor; [right; apply Rmin_r|].
  eapply List.Forall_impl; [|exact IH].
  simpl. intros v [A|A]; [left; exact A|right]. eapply Rle_trans; [apply Rmin_l|exact A]. Qed.

(* The second difference at p sees the hinges at p only. *)
Lemma second_difference p h U : 0 < h ->
  List.Forall (fun u => position u = p \/ h <= Rabs (position u - p)) U ->
  hinges U (p + h) - 2 * hinges U p + hinges U (p - h) = h * bend_at p U.
Proof. intros Hh. unfold hinges, bend_at, total.
  induction 1 as [|u U Hu H IH]; cbn [fold_right]; [ring|].
  rewrite (Rmult_plus_distr_l h), <- IH. clear IH. set (t := position u) in *.
  assert (A : relu (p + h - t) - 2 * relu (p - t) + relu (p - h - t)
    = if Req_EM_T t p then h else 0).
  { destruct (Req_EM_T t p) as [E|E].
    - rewrite (relu_pos (p + h - t)), (relu_pos (p - t)), (relu_neg (p - h - t)) by lra. lra.
    - destruct Hu as [Hu|Hu]; [contradiction|]. revert Hu. unfold Rabs.
      destruct (Rcase_abs (t - p)); intros Hu.
      + rewrite (relu_pos (p + h - t)), (relu_pos (p - t)), (relu_pos (p - h - t)) by lra. lra.
      + rewrite (relu_neg (p + h - t)), (relu_neg (p - t)), (relu_neg (p - h - t)) by lra. lra. }
  replace (h * (if Req_EM_T t p then bend u else 0)) with (bend u * (if Req_EM_T t p then h else 0))
    by (destruct (Req_EM_T t p); ring).
  rewrite <- A. ring. Qed.

(* Where the sum of the hinges bends there is a hinge. *)
Lemma bend_at_in p U : bend_at p U <> 0 -> In p (map position U).
Proof. unfold bend_at, total. induction U as [|u U IH]; cbn [fold_right map]; intros H; [lra|].
  destruct (Req_EM_T (position u) p) as [E|E]; [left; exact E|right; apply IH; lra]. Qed.

(* Where there is no hinge it does not bend. *)
Lemma bend_at_out p U : ~ In p (map position U) -> bend_at p U = 0.
Proof. unfold bend_at, total. induction U as [|u U IH]; cbn [fold_right map]; intros H;
  [reflexivity|].
  destruct (Req_EM_T (position u) p) as [E|E]; [exfalso; apply H; left; exact E|].
  rewrite IH; [ring|]. intro; apply H; right; assumption. Qed.

(* A hinge that is alone at its position makes the whole bend there. *)
Lemma bend_at_single U : NoDup (map position U) -> forall u, In u U ->
  bend_at (position u) U = bend u.
Proof. induction U as [|w U IH]; intros ND u Hu; [destruct Hu|].
  inversion ND as [|? ? Hn ND']; subst.
  change (bend_at (position u) (w :: U))
    with ((if Req_EM_T (position w) (position u) then bend w else 0) + bend_at (position u) U).
  destruct Hu as [->|Hu].
  - destruct (Req_EM_T (position u) (position u)); [|congruence].
    rewrite bend_at_out by assumption. ring.
  - destruct (Req_EM_T (position w) (position u)) as [E|E]; [|rewrite IH by assumption; ring].
    exfalso. apply Hn. rewrite E. apply in_map, Hu. Qed.

(* ---------- the kinks of the sawtooth ---------- *)

Definition kink (k i : nat) : R := INR (S i) / 2 ^ k.

(* The sawtooth bends by 2^(k+1) at each kink, down and up in turn. *)
Lemma sawtooth_second_difference k i h : (S i < 2 ^ k)%nat -> 0 < h <= / 2 ^ k ->
  0 <= kink k i - h /\ kink k i + h <= 1 /\
  sawtooth k (kink k i + h) - 2 * sawtooth k (kink k i) + sawtooth k (kink k i - h)
    = h * (- (2 * 2 ^ k) * slope_sign i).
Proof.
  intros Hi Hh. pose proof (pow2_pos k). pose proof (pow2_inv_pos k) as Hd.
  assert (Ed : 2 ^ k * / 2 ^ k = 1) by (field; lra).
  assert (Hi' : INR i + 2 <= 2 ^ k)
    by (rewrite <- INR_pow2; replace (INR i + 2) with (INR (S (S i))) by (rewrite !S_INR; ring);
      apply le_INR; lia).
  pose proof (pos_INR i). unfold kink, Rdiv. rewrite S_INR. split; [nra|split; [nra|]].
  rewrite (sawtooth_cell k (S i) ((INR i + 1) * / 2 ^ k + h)),
    (sawtooth_cell k (S i) ((INR i + 1) * / 2 ^ k)),
    (sawtooth_cell k i ((INR i + 1) * / 2 ^ k - h)) by (lia || (unfold Rdiv; rewrite ?S_INR; lra)).
  rewrite S_INR, slope_sign_S. field. lra. Qed.

(* If hinges make a sawtooth, the bends are 2^(k+1) with alternating signs. *)
Lemma sawtooth_bend k i U s r : (S i < 2 ^ k)%nat ->
  represents (fun x => s * x + r + hinges U x) (sawtooth k) ->
  bend_at (kink k i) U = - (2 * 2 ^ k) * slope_sign i.
Proof. intros Hi Hf. destruct (small_step (kink k i) (/ 2 ^ k) (pow2_inv_pos k) U) as (h & Hh & HF).
  pose proof (second_difference (kink k i) h U ltac:(lra) HF) as D.
  destruct (sawtooth_second_difference k i h Hi Hh) as (B0 & B1 & S). unfold represents in Hf.
  rewrite <- (Hf (kink k i + h)), <- (Hf (kink k i)), <- (Hf (kink k i - h)) in S by lra.
  apply Rmult_eq_reg_l with h; [|lra]. rewrite <- D, <- S. ring. Qed.

(* With fewer than 2^k hinges there is none to spare: each sits alone at one kink. *)
Lemma hinges_are_kinks k U : (forall i, (S i < 2 ^ k)%nat ->
  bend_at (kink k i) U = - (2 * 2 ^ k) * slope_sign i) ->
  (length U < 2 ^ k)%nat ->
  forall u, In u U -> exists i, (S i < 2 ^ k)%nat /\ position u = kink k i /\
    bend u = - (2 * 2 ^ k) * slope_sign i.
Proof. intros J HU. pose proof (pow2_pos k). pose proof (pow2_inv_pos k).
  set (P := map (kink k) (seq 0 (2 ^ k - 1))).
  assert (NP : NoDup P).
  { apply FinFun.Injective_map_NoDup; [|apply seq_NoDup]. intros i j E. unfold kink, Rdiv in E.
    apply Rmult_eq_reg_r in E; [|lra]. apply INR_eq in E. lia. }
  assert (IP : incl P (map position U)).
  { intros p Hp. apply in_map_iff in Hp. destruct Hp as (i & <- & Hi). apply in_seq in Hi.
    apply bend_at_in. rewrite J by lia. destruct (slope_sign_cases i) as [-> | ->]; nra. }
  assert (PP : Permutation P (map position U)).
  { apply NoDup_Permutation_bis; [exact NP| |exact IP]. unfold P. rewrite !map_length, seq_length.
    lia. }
  intros u Hu. pose proof (in_map position _ _ Hu) as Ht.
  apply (Permutation_in _ (Permutation_sym PP)) in Ht.
  apply in_map_iff in Ht. destruct Ht as (i & E & Hi). apply in_seq in Hi. exists i.
  split; [lia|split; [auto|]].
  rewrite <- (bend_at_single U (Permutation_NoDup PP NP) u Hu), <- E. apply J. lia. Qed.

(* Then the first slope is a multiple of 2^(k+1). *)
Lemma left_slope_multiple c U : List.Forall (fun u => left_slope u = 0 \/
  left_slope u = - bend u) U ->
  (forall u, In u U -> exists i, bend u = - c * slope_sign i) ->
    exists z, total left_slope U = c * IZR z.
Proof. induction 1 as [|u U Hu _ IH]; intros V; [exists 0%Z; unfold total; simpl; ring|].
  destruct IH as [z Hz]; [intros w Hw; apply V; right; exact Hw|].
  unfold total in *; cbn [fold_right]. rewrite Hz.
  destruct Hu as [->| ->]; [exists z; ring|]. destruct (V u (or_introl eq_refl)) as (i & ->).
  destruct (slope_sign_cases i) as [-> | ->]; [exists (z + 1)%Z|exists (z - 1)%Z];
    rewrite ?plus_IZR, ?minus_IZR; ring. Qed.

(* But the first slope is 2^k: so fewer than 2^k units do not suffice. *)
Theorem separation_size_lower k l o : represents (eval (Network [l] o)) (sawtooth k) ->
  (2 ^ k <= length l)%nat.
Proof. intros H. destruct (Nat.le_gt_cases (2 ^ k) (length l)) as [G|G]; [exact G|exfalso].
  destruct (layer_hinges l (fst o)) as (U & r & EU & HU & Er).
  assert (Hf : represents (fun x => total left_slope U * x + (r + snd o) + hinges U x)
    (sawtooth k)).
  { intros x Hx. rewrite <- (H x Hx).
    unfold eval, network_value, pre_activation; cbn [hidden output run pass_on]. rewrite Er. ring. }
  assert (V : forall u, In u U -> exists i, (S i < 2 ^ k)%nat /\ position u = kink k i /\
    bend u = - (2 * 2 ^ k) * slope_sign i).
  { apply hinges_are_kinks; [|lia]. intros i Hi. exact (sawtooth_bend k i U _ _ Hi Hf). }
  destruct (left_slope_multiple (2 * 2 ^ k) U HU) as [z Hz];
    [intros u Hu; destruct (V u Hu) as (i & _ & _ & E); exists i; exact E|].
  pose proof (pow2_pos k) as Hk. pose proof (pow2_inv_pos k) as Hd.
  assert (Ek : 2 ^ k * / 2 ^ k = 1) by (field; lra).
  assert (H0 : forall x, x <= / 2 ^ k -> hinges U x = 0).
  { intros x Hx. clear - V Hx Hd. unfold hinges, total. induction U as [|u U IH]; [reflexivity|].
    cbn [fold_right].
    rewrite IH by (intros w Hw; apply V; right; exact Hw).
    destruct (V u (or_introl eq_refl)) as (i & _ & E & _).
    rewrite relu_neg; [ring|]. rewrite E. unfold kink, Rdiv. rewrite S_INR. pose proof (pos_INR i).
    nra. }
  assert (K1 : / 2 ^ k <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar;
    [lra|apply pow_R1_Rle; lra]).
  pose proof (Hf 0 ltac:(lra)) as A0. pose proof (Hf (/ 2 ^ k) ltac:(lra)) as A1.
  cbv beta in A0, A1.
  rewrite H0 in A0, A1 by lra. pose proof (pow2_ge1 k).
  rewrite (sawtooth_cell k 0) in A0, A1 by (lia || (simpl; unfold Rdiv; lra)).
  change (slope_sign 0) with 1 in A0, A1. change (INR 0) with 0 in A0, A1. rewrite Hz in A0, A1.
  assert (Q : 2 * IZR z = 1).
  { replace (2 * IZR z) with (2 * 2 ^ k * IZR z * / 2 ^ k) by (field; lra). lra. }
  rewrite <- mult_IZR in Q. apply eq_IZR in Q. lia. Qed.

(* ---------- the network that attains it ---------- *)

(* 2^k x, and a hinge at each of the first M kinks. *)
Fixpoint kink_units (k M : nat) : layer :=
  match M with O => [] | S M' => ([1], - (INR M / 2 ^ k)) :: kink_units k M' end.

Fixpoint kink_weights (k M : nat) : list R :=
  match M with O => [] | S M' => (2 * 2 ^ k) * slope_sign M :: kink_weights k M' end.

Definition kink_sum (k M : nat) (x : R) : R :=
  dot (kink_weights k M) (activations relu (kink_units k M) [x]) + 2 ^ k * x.

(* For M kinks, M units. *)
Lemma kink_units_length k M : length (kink_units k M) = M. Proof.
  induction M; simpl; congruence. Qed.

(* One more unit, one more hinge. *)
Lemma kink_sum_S k M x : kink_sum k (S M) x = kink_sum k M x + (2 * 2 ^ k) * slope_sign (S M)
  * relu (x - INR (S M) / 2 ^ k).
Proof.
  unfold kink_sum. cbn [kink_weights kink_units]. unfold activations at 1; cbn [map dot].
  fold (activations relu (kink_units k M) [x]).
  unfold pre_activation; cbn [dot fst snd].
  replace (1 * x + 0 + - (INR (S M) / 2 ^ k)) with (x - INR (S M) / 2 ^ k) by ring. ring.
Qed.

(* Right of its last hinge the sum follows the next cell of the sawtooth. *)
Lemma kink_sum_last k M : forall x, INR M / 2 ^ k <= x ->
  kink_sum k M x = / 2 + slope_sign M * (2 ^ k * x - INR M - / 2).
Proof. pose proof (pow2_pos k) as Hk. pose proof (pow2_inv_pos k) as Hd.
  induction M; intros x Hx; [unfold kink_sum, slope_sign; simpl; lra|]. rewrite kink_sum_S.
  rewrite S_INR in *. unfold Rdiv in *.
  rewrite IHM by nra. rewrite relu_pos by lra. rewrite slope_sign_S. field. lra. Qed.

(* Left of their positions further hinges are not felt. *)
Lemma kink_sum_before k i M x : x <= INR (S i) / 2 ^ k -> kink_sum k (i + M) x = kink_sum k i x.
Proof. pose proof (pow2_inv_pos k) as Hd. intros Hx. induction M; [f_equal; lia|].
  replace (i + S M)%nat with (S (i + M)) by lia. rewrite kink_sum_S, IHM, relu_neg; [ring|].
  assert (INR (S i) / 2 ^ k <= INR (S (i + M)) / 2 ^ k) by (apply Rmult_le_compat_r;
    [lra|apply le_INR; lia]). lra. Qed.

(* With all 2^k - 1 kinks the sum is the sawtooth. *)
Lemma kink_sum_sawtooth k : represents (kink_sum k (2 ^ k - 1)) (sawtooth k).
Proof. intros x Hx. pose proof (pow2_pos k) as Hk. pose proof (pow2_inv_pos k) as Hd.
  destruct (cell_of (2 ^ k) (2 ^ k * x) (pow2_ge1 k)) as (i & Hi & Bi); [rewrite INR_pow2; nra|].
  assert (C : INR i / 2 ^ k <= x <= (INR i + 1) / 2 ^ k).
  { replace x with (2 ^ k * x * / 2 ^ k) by (field; lra). split; apply Rmult_le_compat_r; lra. }
  replace (2 ^ k - 1)%nat with (i + (2 ^ k - 1 - i))%nat by lia.
  rewrite kink_sum_before by (rewrite S_INR; apply C).
  rewrite kink_sum_last by apply C. symmetry. apply sawtooth_cell; assumption. Qed.

(* It has 2^k - 1 units, and one more if relu x must stand in for the edge from the input. *)
Theorem separation_size_upper k :
  (exists l o, length l = (2 ^ k)%nat /\ represents (eval (Network [l] o)) (sawtooth k)) /\
  (exists l o, length l = (2 ^ k - 1)%nat /\ represents (eval_skip (Network [l] o)) (sawtooth k)).
Proof. pose proof (pow2_ge1 k). split.
  - exists (([1], 0) :: kink_units k (2 ^ k - 1)), (2 ^ k :: kink_weights k (2 ^ k - 1), 0). split.
    + cbn [length]. rewrite kink_units_length. lia.
    + intros x Hx. rewrite <- (kink_sum_sawtooth k x Hx).
      unfold eval, network_value; cbn [hidden output run pass_on].
      unfold activations; cbn [map]. fold (activations relu (kink_units k (2 ^ k - 1)) [x]).
      unfold kink_sum, pre_activation at 1; cbn [dot fst snd].
      unfold pre_activation at 1; cbn [dot fst snd].
      replace (1 * x + 0 + 0) with x by ring. rewrite relu_pos by lra. ring.
  - exists (kink_units k (2 ^ k - 1)), (2 ^ k :: kink_weights k (2 ^ k - 1), 0).
    split; [apply kink_units_length|].
    intros x Hx. rewrite <- (kink_sum_sawtooth k x Hx).
    unfold eval_skip, network_value; cbn [hidden output run pass_on app].
    unfold kink_sum, pre_activation at 1; cbn [dot fst snd]. ring. Qed.

(* ---------- any depth ---------- *)

(* Exact representation needs as many pieces as the sawtooth has. *)
Lemma represents_pieces k p g : (1 <= k)%nat -> represents g (sawtooth k) -> pieces p 0 1 g ->
  (2 ^ k <= p)%nat.
Proof. intros Hk H Hp. apply (proj1 (sawtooth_shape k Hk)). apply pieces_ext with g; [|exact Hp].
  intros x Hx. apply H. lra. Qed.

(* Bernoulli's inequality, for the step from n to n + 1 factors in the inequality of the means. *)
Lemma mean_step n x y : 0 <= x -> 0 <= y -> x ^ n * ((INR n + 1) * y - INR n * x) <= y ^ S n.
Proof. intros Hx Hy. induction n; [simpl; lra|]. assert (P : 0 <= x ^ n) by (apply pow_le; lra).
  replace (y ^ S (S n)) with (y * y ^ S n) by (simpl; ring).
  apply Rle_trans with (y * (x ^ n * ((INR n + 1) * y - INR n * x)));
    [|apply Rmult_le_compat_l; assumption].
  rewrite S_INR. replace (x ^ S n) with (x * x ^ n) by (simpl; ring). pose proof (pos_INR n) as Hn.
  assert (0 <= x ^ n * ((INR n + 1) * ((y - x) * (y - x)))).
  { apply Rmult_le_pos; [assumption|]. apply Rmult_le_pos; [lra|]. apply (Rle_0_sqr (y - x)). }
  nra. Qed.

(* The product of the m_i + 1 is largest when all are equal. *)
Lemma product_bound_mean ws : INR (product_bound ws)
  <= ((INR (list_sum ws) + INR (length ws)) / INR (length ws)) ^ length ws.
Proof. induction ws as [|w ws IH]; [simpl; lra|]. rewrite product_bound_cons, list_sum_cons.
  cbn [length].
  set (n := length ws) in *. set (T := INR (list_sum ws) + INR n) in *.
  assert (HT : 0 <= T) by (unfold T; pose proof (pos_INR (list_sum ws));
    pose proof (pos_INR n); lra).
  rewrite mult_INR, !plus_INR. change (INR 1) with 1. rewrite S_INR. pose proof (pos_INR w) as Hw.
  pose proof (pos_INR n) as Hn.
  replace (INR w + INR (list_sum ws) + (INR n + 1)) with (T + (INR w + 1)) by (unfold T; ring).
  set (y := (T + (INR w + 1)) / (INR n + 1)).
  assert (Hy : 0 <= y) by (unfold y; apply Rmult_le_pos; [lra|apply Rlt_le, Rinv_0_lt_compat; lra]).
  assert (Ey : (INR n + 1) * y = T + (INR w + 1)) by (unfold y; field; lra).
  destruct (Nat.eq_dec n 0) as [E|E].
  - unfold n in E. apply length_zero_iff_nil in E. subst ws. unfold T, n in *. simpl in *. lra.
  - assert (0 < INR n) by (apply lt_0_INR; lia).
    assert (Hx : 0 <= T / INR n) by (apply Rmult_le_pos; [lra|apply Rlt_le, Rinv_0_lt_compat; lra]).
    pose proof (mean_step n (T / INR n) y Hx Hy) as B. rewrite Ey in B.
    replace (T + (INR w + 1) - INR n * (T / INR n)) with (INR w + 1) in B by (field; lra).
    eapply Rle_trans; [|exact B]. rewrite (Rmult_comm (INR w + 1)).
    apply Rmult_le_compat_r; lra. Qed.

(* So the product reaches 2^k only with L (2^(k/L) - 1) units. *)
Lemma size_at_depth k ws : (1 <= length ws)%nat -> (2 ^ k <= product_bound ws)%nat ->
  INR (length ws) * (Rpower 2 (INR k / INR (length ws)) - 1) <= INR (list_sum ws).
Proof. intros HL H. apply le_INR in H. rewrite INR_pow2 in H.
  pose proof (product_bound_mean ws) as A.
  assert (HL0 : 0 < INR (length ws)) by (apply lt_0_INR; lia). set (L := INR (length ws)) in *.
  set (n := INR (list_sum ws)) in *. assert (Hn : 0 <= n) by apply pos_INR.
  set (y := (n + L) / L) in *. assert (Hy : 0 < y) by (unfold y; apply Rdiv_lt_0_compat; lra).
  assert (B : 2 ^ k <= y ^ length ws) by lra. rewrite <- !Rpower_pow in B by lra. fold L in B.
  assert (P : 0 <= / L) by (apply Rlt_le, Rinv_0_lt_compat; lra).
  pose proof (Rle_Rpower_l (Rpower 2 (INR k)) (Rpower y L) (/ L) P) as C.
  rewrite !Rpower_mult in C. rewrite Rinv_r, Rpower_1 in C by lra.
  specialize (C (conj (exp_pos _) B)).
  assert (E : L * y = n + L) by (unfold y; field; lra). fold (Rdiv (INR k) L) in C. nra. Qed.

(* One hidden layer: 2^k units, and not fewer; with a direct edge from the input to the output 2^k -
   1, and not
   fewer; depth L: at least L (2^(k/L) - 1), with skip connections or without. *)
Theorem separation_size k : (1 <= k)%nat ->
  (forall l o, represents (eval (Network [l] o)) (sawtooth k) -> (2 ^ k <= length l)%nat) /\
  (exists l o, length l = (2 ^ k)%nat /\ represents (eval (Network [l] o)) (sawtooth k)) /\
  (forall l o, represents (eval_skip (Network [l] o)) (sawtooth k) ->
    (2 ^ k - 1 <= length l)%nat) /\
  (exists l o, length l = (2 ^ k - 1)%nat /\ represents (eval_skip (Network [l] o)) (sawtooth k)) /\
  (forall N, (1 <= depth N)%nat -> represents (eval N) (sawtooth k) \/
    represents (eval_skip N) (sawtooth k) ->
     INR (depth N) * (Rpower 2 (INR k / INR (depth N)) - 1) <= INR (nodes N)).
Proof. intros Hk. destruct (separation_size_upper k) as [U1 U2].
  split; [intros l o; apply separation_size_lower|split; [exact U1|split; [|split; [exact U2|]]]].
  - intros l o H. pose proof (represents_pieces k _ _ Hk H (pieces_skip (Network [l] o)
      0 1 ltac:(lra))) as B.
    cbn in B. lia.
  - intros N HN H. rewrite <- widths_length in *. apply size_at_depth; [exact HN|].
    destruct H as [H|H]; apply (represents_pieces k _ _ Hk H);
      [apply pieces_product|apply pieces_skip]; lra. Qed.
