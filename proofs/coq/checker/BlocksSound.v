(* Values at several points at once are the values at each. *)
From Coq Require Import Lia.
From Checked Require Import Syntax Polynomials Graph Polygon Blocks.
From Checked Require PolygonSound.
Open Scope Z_scope.

(* ---------- digits ---------- *)

Definition at_most (m : Z) (v : Z) : Prop := Z.abs v <= m.

(* Digits that are small enough are found again. *)
Lemma unpacked_packed half base vs : base = 2 * half + 1 -> Forall (at_most half) vs ->
  unpacked half base (length vs) (packed base vs) = vs.
Proof.
  intros B. induction 1 as [|v vs Hv _ IH]; [reflexivity|]. unfold at_most in Hv.
  cbn [length packed unpacked]. set (p := packed base vs) in *.
  assert (E : (v + base * p + half) / base = p)
    by (symmetry; apply (Z.div_unique _ _ _ (v + half)); [left|]; lia).
  rewrite E, IH. f_equal. lia.
Qed.

(* ---------- packed values ---------- *)

Definition pairwise {A B C} (f : A -> B -> C) (l : list A) (m : list B) : list C :=
  map (fun p => f (fst p) (snd p)) (combine l m).

(* The values at one more point, put in front as the lowest digits. *)
Definition joined (base : Z) : list Z -> list Z -> list Z := pairwise (fun v p => v + base * p).
(* Integers whose digits are the values at several points. *)
Fixpoint packs (base : Z) (values : list (list Z)) (ps : list Z) : Prop :=
  match values with
  | [] => Forall (eq 0) ps
  | vs :: values' =>
    exists qs, length qs = length vs /\ ps = joined base vs qs /\ packs base values' qs
  end.

(* Skipping in both lists. *)
Lemma skipn_joined base gap : forall vs ps,
  skipn gap (joined base vs ps) = joined base (skipn gap vs) (skipn gap ps).
Proof.
  induction gap as [|gap IH]; intros [|v vs] [|p ps]; try reflexivity; [|apply IH].
  unfold joined, pairwise. cbn. destruct (skipn gap vs); reflexivity.
Qed.

(* Weighted sums digit by digit; *)
Lemma weigh_joined base w : forall vs ps s t, length ps = length vs ->
  weigh_integers w (joined base vs ps) (s + base * t) =
  weigh_integers w vs s + base * weigh_integers w ps t.
Proof.
  induction w as [|gap c w IH]; intros vs ps s t L; [reflexivity|].
  cbn [weigh_integers]. rewrite skipn_joined.
  assert (K : length (skipn gap ps) = length (skipn gap vs)) by (rewrite !skipn_length; lia).
  destruct (skipn gap vs) as [|v vs'], (skipn gap ps) as [|p ps']; try discriminate K;
    [reflexivity|]. injection K as K. unfold joined, pairwise. cbn [combine map fst snd].
  rewrite <- IH by exact K. rewrite !PolygonSound.plus_product_is. f_equal. lia.
Qed.

(* of zeros; *)
Lemma weigh_zeros w : forall ps t, Forall (eq 0) ps -> weigh_integers w ps t = t.
Proof.
  induction w as [|gap c w IH]; intros ps t H; [reflexivity|]. cbn [weigh_integers].
  assert (K : Forall (eq 0) (skipn gap ps)).
  { clear -H. revert ps H. induction gap as [|gap IH]; intros ps H; [exact H|].
    destruct H; [constructor|]. apply IH. assumption. }
  destruct K as [|p ps' <- K]; [reflexivity|]. apply IH. exact K.
Qed.

(* at all points. *)
Lemma weigh_packed base w b ds : forall values ps, length ds = length values ->
  packs base values ps ->
  weigh_integers w ps (b * packed base ds) =
  packed base (pairwise (fun d vs => weigh_integers w vs (b * d)) ds values).
Proof.
  induction ds as [|d ds IH]; intros [|vs values] ps L H; try discriminate L.
  - cbn [packed]. rewrite Z.mul_0_r. apply weigh_zeros. exact H.
  - injection L as L. destruct H as (qs & E & -> & H). unfold pairwise.
    cbn [packed combine map fst snd]. fold (pairwise (fun d vs => weigh_integers w vs (b * d))).
    rewrite Z.mul_add_distr_l. replace (b * (base * packed base ds)) with
      (base * (b * packed base ds)) by ring.
    rewrite weigh_joined by exact E. rewrite (IH values qs L H). reflexivity.
Qed.

(* One more value at each point. *)
Lemma packs_extend base zs : forall values ps, length zs = length values -> packs base values ps ->
  packs base (extend zs values) (packed base zs :: ps).
Proof.
  induction zs as [|z zs IH]; intros [|vs values] ps L H; try discriminate L.
  - constructor; [reflexivity|exact H].
  - injection L as L. destruct H as (qs & E & -> & H). exists (packed base zs :: qs).
    split; [cbn; rewrite E; reflexivity|]. split; [reflexivity|]. apply IH; assumption.
Qed.

(* ---------- how large values are ---------- *)

Definition bounded (m v e : Z) : Prop := Z.abs v <= m * e.

(* Sums of bounded values, *)
Lemma weigh_bounded m w : forall vs es s t, Forall2 (bounded m) vs es -> bounded m s t ->
  bounded m (weigh_integers w vs s) (weigh_integers (absolute_sum w) es t).
Proof.
  induction w as [|gap c w IH]; intros vs es s t H S; [exact S|].
  cbn [weigh_integers absolute_sum].
  assert (K : Forall2 (bounded m) (skipn gap vs) (skipn gap es)).
  { clear -H. revert vs es H. induction gap as [|gap IH]; intros vs es H; [exact H|].
    destruct H; [constructor|]. apply IH. assumption. }
  destruct K as [|v e vs' es' Hv K]; [exact S|]. apply IH; [exact K|].
  rewrite !PolygonSound.plus_product_is. unfold bounded in *. pose proof (Z.abs_triangle s (c * v)).
  pose proof (Z.mul_le_mono_nonneg_l _ _ (Z.abs c) (Z.abs_nonneg c) Hv).
  rewrite Z.abs_mul in *. replace (m * (t + Z.abs c * e)) with (m * t + Z.abs c * (m * e)) by ring.
  lia.
Qed.

(* biases over a denominator, *)
Lemma bias_bounded m b d : 0 < d <= m -> bounded m (b * d) (Z.abs b * 1).
Proof.
  intros D. unfold bounded. rewrite Z.abs_mul, (Z.abs_eq d) by lia. pose proof (Z.abs_nonneg b).
  nia.
Qed.

(* what comes out of a unit, *)
Lemma relu_bounded m v e : 0 < m -> bounded m v e -> bounded m (Z.max v 0) (Z.max e 0).
Proof.
  unfold bounded. intros M H. assert (0 <= e) by nia. rewrite (Z.max_l e) by assumption. lia.
Qed.

(* the values of all units, *)
Lemma run_bounded m d us : 0 < d <= m -> forall vs es, Forall2 (bounded m) vs es ->
  Forall2 (bounded m) (run_integers d us vs) (run_integers 1 (map absolute_unit us) es).
Proof.
  intros D. induction us as [|u us IH]; intros vs es H; [exact H|]. cbn [run_integers map].
  cbn [absolute_unit bias weights].
  assert (S : bounded m (weigh_integers (weights u) vs (bias u * d))
    (weigh_integers (absolute_sum (weights u)) es (Z.abs (bias u) * 1))).
  { apply weigh_bounded; [exact H|apply bias_bounded; exact D]. }
  apply IH. constructor; [apply relu_bounded; [lia|exact S]|constructor; [exact S|exact H]].
Qed.

(* which stay there. *)
Lemma run_keeps d us : forall vs v, In v vs -> In v (run_integers d us vs).
Proof.
  induction us as [|u us IH]; intros vs v H; [exact H|]. apply IH. right. right. exact H.
Qed.

(* ---------- all points of a block ---------- *)

(* What holds of all pairs. *)
Lemma pairwise_all {A B C} (P : A -> Prop) (Q : B -> Prop) (S : C -> Prop) f l m :
  Forall P l -> Forall Q m -> (forall a b, P a -> Q b -> S (f a b)) -> Forall S (pairwise f l m).
Proof.
  rewrite !Forall_forall. intros HP HQ H c Hc. apply in_map_iff in Hc.
  destruct Hc as ((a, b) & <- & I). cbn [fst snd].
  apply H; [apply HP; apply in_combine_l in I|apply HQ; apply in_combine_r in I]; exact I.
Qed.

(* One more value at each point. *)
Lemma extend_pairwise {A} (f : A -> list Z -> Z) g ds : forall values,
  extend (pairwise f ds values) (pairwise g ds values) =
  pairwise (fun d vs => f d vs :: g d vs) ds values.
Proof.
  induction ds as [|d ds IH]; intros [|vs values]; try reflexivity. unfold pairwise in *.
  cbn [combine map extend]. rewrite IH. reflexivity.
Qed.

(* Where nothing is done, *)
Lemma pairwise_second {A B} (ds : list A) : forall values : list B, length ds = length values ->
  pairwise (fun _ vs => vs) ds values = values.
Proof.
  induction ds as [|d ds IH]; intros [|vs values] L; try discriminate L; [reflexivity|].
  injection L as L. unfold pairwise in *. cbn [combine map snd]. rewrite IH by exact L. reflexivity.
Qed.

(* or one thing after the other. *)
Lemma pairwise_again {A B C D} (f : A -> C -> D) (g : A -> B -> C) ds : forall values,
  pairwise f ds (pairwise g ds values) = pairwise (fun d vs => f d (g d vs)) ds values.
Proof.
  induction ds as [|d ds IH]; intros [|vs values]; try reflexivity. unfold pairwise in *.
  cbn [combine map fst snd]. rewrite IH. reflexivity.
Qed.

(* No point is lost. *)
Lemma pairwise_length {A B C} (f : A -> B -> C) l m : length l = length m ->
  length (pairwise f l m) = length m.
Proof. intros L. unfold pairwise. rewrite map_length, combine_length. lia. Qed.

(* All units at all points of a block. *)
Lemma run_packed_same half base m ds us : base = 2 * half + 1 -> Forall (fun d => 0 < d <= m) ds ->
  forall values ps es, length ds = length values -> packs base values ps ->
  Forall (fun vs => Forall2 (bounded m) vs es) values ->
  Forall (fun e => m * e <= half) (run_integers 1 (map absolute_unit us) es) ->
  run_packed half base (length ds) (packed base ds) us ps values =
  pairwise (fun d vs => run_integers d us vs) ds values.
Proof.
  intros B D. induction us as [|u us IH]; intros values ps es L P H E.
  { symmetry. apply pairwise_second. exact L. }
  cbn [run_packed run_integers map] in *. set (w := weights u) in *. set (b := bias u) in *.
  rewrite (weigh_packed base w b ds values ps L P).
  set (z := fun d vs => weigh_integers w vs (b * d)). set (zs := pairwise z ds values).
  cbn [absolute_unit bias weights] in E. fold w b in E.
  set (e := weigh_integers (absolute_sum w) es (Z.abs b * 1)) in *.
  assert (small : m * e <= half).
  { rewrite Forall_forall in E. apply E, run_keeps. right. left. reflexivity. }
  assert (Z : forall d vs, 0 < d <= m -> Forall2 (bounded m) vs es -> bounded m (z d vs) e).
  { intros d vs Hd Hv. apply weigh_bounded; [exact Hv|apply bias_bounded; exact Hd]. }
  assert (U : unpacked half base (length ds) (packed base zs) = zs).
  { replace (length ds) with (length zs) by (unfold zs; rewrite pairwise_length; lia).
    apply unpacked_packed; [exact B|]. apply (pairwise_all _ _ _ _ _ _ D H).
    intros d vs Hd Hv. specialize (Z d vs Hd Hv). unfold at_most, bounded in *. lia. }
  rewrite U. set (next := fun d vs => Z.max (z d vs) 0 :: z d vs :: vs).
  assert (N : extend (map (fun z => Z.max z 0) zs) (extend zs values) = pairwise next ds values).
  { assert (X : extend zs values = pairwise (fun d vs => z d vs :: vs) ds values).
    { transitivity (extend zs (pairwise (fun _ vs => vs) ds values));
        [rewrite pairwise_second by exact L; reflexivity|].
      apply (extend_pairwise z (fun _ vs => vs)). }
    assert (Y : map (fun v => Z.max v 0) zs = pairwise (fun d vs => Z.max (z d vs) 0) ds values)
      by (unfold zs, pairwise; apply map_map).
    rewrite X, Y. apply (extend_pairwise (fun d vs => Z.max (z d vs) 0)). }
  rewrite N, (IH _ _ (Z.max e 0 :: e :: es)).
  - apply pairwise_again.
  - rewrite pairwise_length; exact L.
  - rewrite <- N. assert (K : length zs = length values) by (apply pairwise_length; exact L).
    apply packs_extend; [|apply packs_extend; [exact K|exact P]].
    rewrite map_length, K. clear -K. revert K. generalize zs.
    induction values as [|vs values IHv]; intros [|y l] K; try discriminate K; [reflexivity|].
    cbn. f_equal. apply IHv. injection K as K. exact K.
  - apply (pairwise_all _ _ _ _ _ _ D H). intros d vs Hd Hv. specialize (Z d vs Hd Hv).
    constructor; [apply relu_bounded; [lia|exact Z]|constructor; [exact Z|exact Hv]].
  - exact E.
Qed.

(* The greatest of a list. *)
Lemma fold_max l : forall v,
  v <= fold_left Z.max l v /\ Forall (fun u => u <= fold_left Z.max l v) l.
Proof.
  induction l as [|u l IH]; intros v; [split; [apply Z.le_refl|constructor]|].
  cbn [fold_left].
  destruct (IH (Z.max v u)) as [I1 I2]. split; [lia|]. constructor; [lia|exact I2].
Qed.

(* A block of points. *)
Lemma values_at_all_same G points :
  values_at_all (largest G) G points = map (values_at G) points.
Proof.
  unfold values_at_all. set (m := fold_left Z.max (map size_of points) 1).
  set (half := largest G * m). set (base := 2 * half + 1). set (start := map Qnum points).
  set (ds := map (fun x => QDen x) points).
  replace (length points) with (length ds) by apply map_length.
  destruct (fold_max (map size_of points) 1) as [M0 M]. fold m in M0, M.
  rewrite Forall_map in M.
  rewrite (run_packed_same half base m ds (units G) eq_refl) with (es := [1]).
  - unfold ds, start, pairwise. clear. induction points as [|x points IH]; [reflexivity|].
    cbn [map combine fst snd]. rewrite IH. reflexivity.
  - apply Forall_map. eapply Forall_impl; [|exact M]. cbv beta. intros x Hx. unfold size_of in Hx.
    split; [reflexivity|lia].
  - unfold ds, start. rewrite !map_length. reflexivity.
  - unfold start. clear. induction (map Qnum points) as [|v vs IH]; [repeat constructor|].
    exists [packed base vs]. split; [reflexivity|]. split; [reflexivity|exact IH].
  - unfold start. rewrite !Forall_map. eapply Forall_impl; [|exact M]. cbv beta. intros x Hx.
    constructor; [|constructor]. unfold size_of in Hx. unfold bounded. lia.
  - apply Forall_forall. intros e He. unfold half, largest.
    destruct (fold_max (run_integers 1 (map absolute_unit (units G)) [1]) 1) as [_ F].
    rewrite Forall_forall in F. specialize (F e He). nia.
Qed.

(* All blocks. *)
Lemma values_by_blocks_same G count : forall points,
  values_by_blocks count (largest G) G points = map (values_at G) points.
Proof.
  induction count as [|count IH]; intros [|x points]; try reflexivity.
  cbn [values_by_blocks]. set (l := x :: points). rewrite values_at_all_same, IH, <- map_app.
  rewrite firstn_skipn. reflexivity.
Qed.

(* By blocks or point by point, it is the same polygon. *)
Theorem polygon_by_blocks_same G points l :
  polygon_by_blocks G points = Some l -> polygon_of G points = Some l.
Proof.
  unfold polygon_by_blocks, polygon_of. rewrite values_by_blocks_same.
  destruct (Nat.eqb (inputs G) 1); [|discriminate]. intros H. rewrite <- H. f_equal. clear.
  induction points as [|x points IH]; [reflexivity|]. cbn [map combine]. rewrite IH. reflexivity.
Qed.
