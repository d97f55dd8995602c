(* "Bound on number of linear regions for ReLU networks" (Montufar, Pascanu, Cho, Bengio), from
   above: how many activation patterns a network on R^d has.  One layer of m units: at most the sum
   of C(m, j) for j <= d (Zaslavsky).  All layers: the bound of Serra, Tjandraatmadja and
   Ramalingam, and so the product over the layers. *)
From Coq Require Import Bool.
From Depthproof Require Import Lists Binomials Definitions PiecewiseLinear Vectors Compose.

(* ---------- affine functions on R^d ---------- *)

Definition affine_function (d : nat) (h : list R -> R) : Prop :=
  exists w b, length w = d /\ forall v, length v = d -> h v = dot w v + b.

(* Weights brought to the length of the input: cut off, or filled up with 0. *)
Lemma dot_firstn w : forall v, dot (firstn (length v) (w ++ repeat 0 (length v))) v = dot w v.
Proof. induction w as [|a w IH]; intros v.
  - simpl. rewrite firstn_all2 by (rewrite repeat_length; lia). induction v; simpl; [reflexivity|].
    rewrite IHv. ring.
  - destruct v as [|x v]; [reflexivity|]. cbn [length app firstn dot]. f_equal. rewrite <- (IH v).
    f_equal. rewrite !firstn_app. f_equal.
    change (0 :: repeat 0 (length v)) with (repeat 0 (S (length v))).
    set (n := (length v - length w)%nat). assert (n <= length v)%nat by (unfold n; lia).
    generalize dependent n. clear. intros n. generalize (length v).
    induction n; intros k H; [reflexivity|]. destruct k; [lia|]. cbn [repeat firstn]. f_equal.
    specialize (IHn k ltac:(lia)). cbn [repeat] in IHn. exact IHn. Qed.

(* Units are affine. *)
Lemma affine_function_unit d o : affine_function d (pre_activation o).
Proof. exists (firstn d (fst o ++ repeat 0 d)), (snd o).
  split; [rewrite firstn_length, app_length, repeat_length; lia|]. intros v <-. rewrite dot_firstn.
  reflexivity. Qed.

(* Sums. *)
Lemma affine_function_plus d g h : affine_function d g -> affine_function d h ->
  affine_function d (fun v => g v + h v).
Proof. intros (u & b & Hu & G) (w & c & Hw & H). exists (vector_sum u w), (b + c).
  split; [rewrite vector_sum_length; congruence|]. intros v Hv. rewrite G, H, dot_sum by assumption.
  ring. Qed.

(* Multiples. *)
Lemma affine_function_scale d k h : affine_function d h -> affine_function d (fun v => k * h v).
Proof. intros (w & c & Hw & H). exists (map (Rmult k) w), (k * c).
  split; [rewrite map_length; assumption|]. intros v Hv. rewrite H, dot_scale by assumption.
  ring. Qed.

(* Constants. *)
Lemma affine_function_const d c : affine_function d (fun _ => c).
Proof. exists (repeat 0 d), c. split; [apply repeat_length|]. intros v _.
  rewrite dot_zeros. ring. Qed.

(* Only the values on R^d matter. *)
Lemma affine_function_ext d g h : (forall v, length v = d -> h v = g v) -> affine_function d g ->
  affine_function d h.
Proof. intros E (w & c & Hw & H). exists w, c. split; [assumption|]. intros v Hv.
  rewrite E; auto. Qed.

(* A point between two points. *)
Definition between (s : R) (u v : list R) : list R :=
  vector_sum (map (Rmult (1 - s)) u) (map (Rmult s) v).

(* There an affine function is between its values. *)
Lemma between_value d h s u v : affine_function d h -> length u = d -> length v = d ->
  length (between s u v) = d /\ h (between s u v) = (1 - s) * h u + s * h v.
Proof. intros (w & c & Hw & H) Hu Hv. assert (L : length (between s u v) = d) by (unfold between;
    rewrite vector_sum_length; rewrite !map_length; congruence).
  split; [assumption|]. rewrite !H by assumption.
  enough (E : dot w (between s u v) = (1 - s) * dot w u + s * dot w v) by (rewrite E; ring).
  clear H L. revert u v Hu Hv. subst d.
  induction w as [|a w IH]; intros [|x u] [|y v] Hu Hv; try discriminate; [simpl; ring|].
  unfold between in *. cbn [map vector_sum dot]. rewrite IH by (simpl in *; congruence). ring. Qed.

(* A hyperplane of R^(d+1) is a copy of R^d. *)
Lemma hyperplane w : forall b, (exists a, In a w /\ a <> 0) -> exists d phi, length w = S d /\
  (forall y, length y = d -> length (phi y) = S d) /\
  (forall v, length v = S d -> dot w v + b = 0 -> exists y, length y = d /\ phi y = v) /\
  (forall h, affine_function (S d) h -> affine_function d (fun y => h (phi y))).
Proof. induction w as [|a w IH]; intros b (a0 & Ha & Hn); [destruct Ha|].
  destruct (Req_EM_T a 0) as [->|Na].
  - destruct Ha as [Ha|Ha]; [congruence|].
    destruct (IH b ltac:(eauto)) as (d & phi & Hl & L & P & Q).
    exists (S d), (fun y => hd 0 y :: phi (tl y)). split; [simpl; congruence|]. split; [|split].
    + intros [|x y] Hy; [discriminate|]. simpl in *. rewrite L; congruence.
    + intros [|x v] Hv E; [discriminate|].
      destruct (P v ltac:(simpl in Hv; congruence)) as (y & Hy & Ey); [simpl in E; lra|].
      exists (x :: y). split; [simpl; congruence|]. simpl. congruence.
    + intros h (u & c & Hu & H). destruct u as [|e u]; [discriminate|].
      destruct (Q (fun v => dot u v + c)) as (u' & c' & Hu' & H');
        [exists u, c; split; [simpl in Hu; congruence|reflexivity]|].
      exists (e :: u'), c'. split; [simpl; congruence|]. intros [|x y] Hy; [discriminate|].
      cbn [hd tl]. simpl in Hy. specialize (H' y ltac:(congruence)). cbv beta in H'.
      rewrite H by (simpl; rewrite L; congruence). simpl. lra.
  - exists (length w), (fun y => - (b + dot w y) / a :: y). split; [reflexivity|]. split; [|split].
    + intros y Hy. simpl. congruence.
    + intros [|x v] Hv E; [discriminate|]. exists v. split; [simpl in Hv; congruence|]. f_equal.
      simpl in E. apply Rmult_eq_reg_r with a; [|assumption]. unfold Rdiv.
      rewrite Rmult_assoc, Rinv_l, Rmult_1_r by assumption. lra.
    + intros h (u & c & Hu & H). destruct u as [|e u]; [discriminate|].
      exists (vector_sum (map (Rmult (- e / a)) w) u), (- e / a * b + c).
      split; [rewrite vector_sum_length; rewrite map_length; simpl in Hu; congruence|]. intros y Hy.
      rewrite H by (simpl; congruence). cbn [dot]. rewrite dot_sum, dot_scale. field.
      assumption. Qed.

(* ---------- one layer ---------- *)

(* A unit is active where its pre-activation is positive. *)
Definition active (x : R) : bool := if Rlt_dec 0 x then true else false.

(* On which side of each hyperplane a point lies. *)
Definition sides (hs : list (list R -> R)) (v : list R) : list bool :=
  map (fun h => active (h v)) hs.

(* Between two points of the same sides there are the same sides. *)
Lemma sides_between d hs s u v : List.Forall (affine_function d) hs -> length u = d ->
  length v = d -> 0 <= s <= 1 -> sides hs u = sides hs v -> sides hs (between s u v) = sides hs u.
Proof. intros H Hu Hv Hs. induction H as [|h hs Hh H IH]; [reflexivity|]. cbn [sides map]. intros E.
  injection E as E1 E2. f_equal; [|apply IH; assumption].
  destruct (between_value d h s u v Hh Hu Hv) as [_ ->]. revert E1. unfold active.
  destruct (Rlt_dec 0 (h u)), (Rlt_dec 0 (h v)); try discriminate; intros _; destruct Rlt_dec;
    nra || reflexivity.
Qed.

(* Is t an element of P? *)
Definition memb (P : list (list bool)) (t : list bool) : bool :=
  if in_dec (list_eq_dec bool_dec) t P then true else false.

(* The test says yes to the elements. *)
Lemma memb_true P t : memb P t = true <-> In t P.
Proof. unfold memb. destruct in_dec; split; intros; congruence || contradiction || reflexivity. Qed.

(* The patterns that begin with a given sign, without it. *)
Lemma tails_with (c : bool) (ps : list (list bool)) : NoDup ps -> exists P, NoDup P /\
  (forall t, In t P <-> In (c :: t) ps) /\
  length P = length (filter (fun p => match p with [] => false | b :: _ => Bool.eqb b c end) ps).
Proof. intros H. induction H as [|p ps Hp H (P & HP & IP & LP)];
    [exists []; repeat split; try constructor; intros []|].
  assert (Skip : (forall t, c :: t <> p) -> forall t, In t P <-> In (c :: t) (p :: ps)).
  { intros N t. rewrite IP.
    split; [right; assumption|intros [K|K]; [exfalso; apply (N t); congruence|assumption]]. }
  destruct p as [|b t]; [exists P; repeat split; [assumption|apply Skip; congruence..|assumption]|].
  cbn [filter]. destruct (Bool.eqb b c) eqn:E.
  - apply eqb_prop in E. subst b. exists (t :: P).
    split; [constructor; [rewrite IP; assumption|assumption]|]. split; [|simpl; congruence].
    intros u. cbn [In]. rewrite IP. split; (intros [K|K]; [left; congruence|right; assumption]).
  - exists P. repeat split; [assumption|apply Skip; intros u K; injection K as -> _;
      rewrite Bool.eqb_reflx in E; discriminate..|assumption].
Qed.

(* Patterns: their tails, and those tails of which both heads occur. *)
Lemma tails_split (ps : list (list bool)) : NoDup ps -> ~ In [] ps -> exists T B, NoDup T /\
  NoDup B /\ length ps = (length T + length B)%nat /\
  (forall t, In t T -> exists b, In (b :: t) ps) /\
  (forall t, In t B -> In (true :: t) ps /\ In (false :: t) ps).
Proof. intros H N. destruct (tails_with true ps H) as (P & HP & IP & LP).
  destruct (tails_with false ps H) as (Q & HQ & IQ & LQ).
  exists (P ++ filter (fun t => negb (memb P t)) Q), (filter (memb P) Q).
  split; [|split; [|split; [|split]]].
  - apply nodup_app; [assumption|apply NoDup_filter, HQ|]. intros t Ht K. apply filter_In in K.
    destruct K as [_ K]. apply memb_true in Ht. rewrite Ht in K. discriminate.
  - apply NoDup_filter, HQ.
  - rewrite app_length, <- Nat.add_assoc. rewrite filter_both, LP, LQ. clear - N.
    induction ps as [|[|b t] ps IH]; [reflexivity|exfalso; apply N; left; reflexivity|].
    assert (K : ~ In [] ps) by (intro K; apply N; right; assumption). specialize (IH K).
    destruct b; cbn [filter Bool.eqb length]; lia.
  - intros t Ht. apply in_app_iff in Ht. destruct Ht as [Ht|Ht]; [exists true; apply IP, Ht|].
    apply filter_In in Ht. exists false. apply IQ, Ht.
  - intros t Ht. apply filter_In in Ht. destruct Ht as [Ht K]. apply memb_true in K.
    split; [apply IP, K|apply IQ, Ht]. Qed.

(* On the segment between a point where h <= 0 and one where h > 0, h is 0 somewhere. *)
Lemma between_zero d h u v : affine_function d h -> length u = d -> length v = d ->
  h u <= 0 < h v -> exists s, 0 <= s <= 1 /\ h (between s u v) = 0.
Proof. intros A Hu Hv H. exists (- h u / (h v - h u)). split.
  - split; [apply Rdiv_le_0_compat; lra|]. apply Rmult_le_reg_r with (h v - h u); [lra|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
  - rewrite (proj2 (between_value d h _ u v A Hu Hv)). field. lra. Qed.

(* Weights that are all 0 read nothing. *)
Lemma dot_none w : ~ Exists (fun a => a <> 0) w -> forall v, dot w v = 0.
Proof. induction w as [|a w IH]; intros NE v; [reflexivity|]. destruct v as [|x v]; [reflexivity|].
  simpl. rewrite IH by (intro K; apply NE; right; assumption).
  destruct (Req_EM_T a 0) as [->|Na]; [ring|exfalso; apply NE; left; assumption]. Qed.

(* Points on both sides of a hyperplane, with equal sides of m others, make patterns on it. *)
Lemma crossings_bound m hs h w b d B :
  (forall hs d ps, length hs = m -> List.Forall (affine_function d) hs -> NoDup ps ->
    (forall p, In p ps -> exists v, length v = d /\ sides hs v = p) ->
    (length ps <= zaslavsky m d)%nat) ->
  length hs = m -> List.Forall (affine_function d) hs -> NoDup B -> length w = d ->
  (forall v, length v = d -> h v = dot w v + b) -> Exists (fun a => a <> 0) w ->
  (forall t, In t B -> exists u v, length u = d /\ length v = d /\ h u <= 0 < h v /\
    sides hs u = t /\ sides hs v = t) ->
  exists d', d = S d' /\ (length B <= zaslavsky m d')%nat.
Proof. intros IH Hm Hhs HB Hw Ah E both. apply Exists_exists in E.
  destruct (hyperplane w b E) as (d' & phi & Hl & _ & P1 & P2). rewrite Hw in Hl.
  rewrite <- Hl in P1, P2. exists d'. split; [exact Hl|].
  apply (IH (map (fun h y => h (phi y)) hs)); [rewrite map_length; assumption| |assumption|].
  - apply Forall_forall. intros g Hg. apply in_map_iff in Hg. destruct Hg as (g' & <- & Hg').
    rewrite Forall_forall in Hhs. apply P2, Hhs, Hg'.
  - intros t Ht. destruct (both t Ht) as (u & v & Hu & Hv & UV & Eu & Ev).
    assert (A : affine_function d h) by (exists w, b; split; assumption).
    destruct (between_zero d h u v A Hu Hv UV) as (s & Hs & Z).
    destruct (between_value d h s u v A Hu Hv) as [Lb _].
    destruct (P1 (between s u v) Lb) as (y & Hy & Ey); [rewrite <- Ah by assumption; exact Z|].
    exists y. split; [assumption|]. unfold sides. rewrite map_map. cbv beta. rewrite Ey.
    fold (sides hs (between s u v)). rewrite (sides_between d); congruence || assumption. Qed.

(* Zaslavsky's bound, for any arrangement of m hyperplanes in R^d, in general position or not. *)
Theorem regions_zaslavsky m : forall hs d ps, length hs = m -> List.Forall (affine_function d) hs ->
  NoDup ps -> (forall p, In p ps -> exists v, length v = d /\ sides hs v = p) ->
  (length ps <= zaslavsky m d)%nat.
Proof. induction m as [|m IH]; intros [|h hs] d ps Hm Hh Hps H; try discriminate.
  - rewrite zaslavsky_none. destruct ps as [|p [|q ps]]; simpl; try lia. exfalso.
    inversion Hps as [|? ? N _]; subst. apply N. destruct (H p (or_introl eq_refl)) as (? & _ & <-).
    destruct (H q (or_intror (or_introl eq_refl))) as (? & _ & <-). left. reflexivity.
  - inversion Hh as [|? ? A Hhs]; subst. simpl in Hm. injection Hm as Hm.
    destruct (tails_split ps Hps) as (T & B & HT & HB & L & IT & IB).
    { intros K. destruct (H _ K) as (v & _ & E). discriminate. }
    assert (LT : (length T <= zaslavsky m d)%nat).
    { apply (IH hs); try assumption. intros t Ht. destruct (IT t Ht) as [b Hb].
      destruct (H _ Hb) as (v & Hv & E). exists v. split; [assumption|]. cbn [sides map] in E.
      injection E as _ E. exact E. }
    (* The tails with both heads are those of two points on either side of the hyperplane. *)
    assert (both : forall t, In t B -> exists u v, length u = d /\ length v = d /\
      h u <= 0 < h v /\ sides hs u = t /\ sides hs v = t).
    { intros t Ht. destruct (IB t Ht) as [K1 K0]. destruct (H _ K1) as (v & Hv & Ev).
      destruct (H _ K0) as (u & Hu & Eu). cbn [sides map] in Ev, Eu. injection Ev as V1 V2.
      injection Eu as U1 U2. exists u, v. unfold active in U1, V1.
      destruct (Rlt_dec 0 (h u)), (Rlt_dec 0 (h v)); try discriminate.
      repeat split; assumption || lra. }
    destruct A as (w & b & Hw & Ah). destruct (Exists_dec (fun a => a <> 0) w) as [E|NE].
    { intros a. destruct (Req_EM_T a 0); [right; tauto|left; assumption]. }
    + rewrite L. assert (A : affine_function d h) by (exists w, b; split; assumption).
      destruct (crossings_bound m hs h w b d B IH) as (d' & -> & LB); try assumption.
      rewrite zaslavsky_step. lia.
    + destruct B as [|t B].
      * rewrite L. pose proof (zaslavsky_more m d). simpl length in *. lia.
      * exfalso. destruct (both t (or_introl eq_refl)) as (u & v & Hu & Hv & UV & _ & _).
        rewrite !Ah, !(dot_none w NE) in UV by assumption. lra. Qed.
