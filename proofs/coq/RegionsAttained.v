(* "Bound on number of linear regions for ReLU networks" (Montufar, Pascanu, Cho, Bengio), from
   below: one layer attains Zaslavsky's bound, also inside the cube. *)
From Coq Require Import Bool.
From Depthproof Require Import Lists Binomials Definitions PiecewiseLinear Vectors Compose.
From Depthproof Require Import Regions RegionsDeep.

(* ---------- one layer: points on the moment curve ---------- *)

(* 1, t, ..., t^(n-1). *)
Fixpoint powers (n : nat) (t : R) : list R :=
  match n with O => [] | S n' => 1 :: map (Rmult t) (powers n' t) end.

(* One power more. *)
Lemma powers_last n t : forall x, length x = n ->
  dot (powers (S n) t) (x ++ [1]) = dot (powers n t) x + t ^ n.
Proof. induction n as [|n IH]; intros x H.
  - destruct x; [|discriminate]. simpl. ring.
  - destruct x as [|a x]; [discriminate|]. specialize (IH x ltac:(simpl in H; congruence)).
    change (powers (S (S n)) t) with (1 :: map (Rmult t) (powers (S n) t)).
    change (powers (S n) t) with (1 :: map (Rmult t) (powers n t)) at 2. cbn [app dot].
    rewrite !dot_scale, IH. simpl. ring. Qed.

(* The monic polynomial with these roots. *)
Definition product_of_roots (rs : list R) (t : R) : R := fold_right (fun r s => (t - r) * s) 1 rs.

(* Every monic polynomial of degree d is a point of R^d. *)
Lemma roots_to_point rs : exists x, length x = length rs /\
  forall t, product_of_roots rs t = dot (powers (length rs) t) x + t ^ length rs.
Proof. induction rs as [|r rs (x & Hx & E)]; [exists []; split; [reflexivity|intros; simpl; ring]|].
  exists (vector_sum (0 :: x) (map (Rmult (- r)) (x ++ [1]))). cbn [length].
  assert (L : length (0 :: x) = length (map (Rmult (- r)) (x ++ [1])))
    by (rewrite map_length, app_length; simpl; lia).
  split; [rewrite vector_sum_length by exact L; simpl; congruence|]. intros t.
  rewrite dot_vector_sum by exact L. rewrite dot_vector_scale, powers_last by assumption.
  cbn [powers dot product_of_roots fold_right]. rewrite dot_scale. fold (product_of_roots rs t).
  rewrite E. simpl. ring. Qed.

(* Unit number i reads the polynomial at - i. *)
Definition moment_unit (d : nat) (t : R) : node := (powers d t, t ^ d).

Fixpoint moment_layer (d m : nat) (t : R) : layer :=
  match m with O => [] | S m' => moment_unit d t :: moment_layer d m' (t - 1) end.

(* It has m units. *)
Lemma moment_layer_length d m : forall t, length (moment_layer d m t) = m.
Proof. induction m; intros t; simpl; [reflexivity|]. rewrite IHm. reflexivity. Qed.

(* Sequences of m signs after b with at most d changes. *)
Fixpoint few_changes (m d : nat) (b : bool) : list (list bool) :=
  match m with
  | O => [[]]
  | S m' => map (cons b) (few_changes m' d b) ++
    match d with O => [] | S d' => map (cons (negb b)) (few_changes m' d' (negb b)) end
  end.

(* There are as many as Zaslavsky counts. *)
Lemma few_changes_length m : forall d b, length (few_changes m d b) = zaslavsky m d.
Proof. induction m as [|m IH]; intros d b; [rewrite zaslavsky_none; reflexivity|].
  cbn [few_changes]. rewrite app_length, map_length, IH.
  destruct d; [rewrite !zaslavsky_point; reflexivity|]. rewrite map_length, IH, zaslavsky_step.
  reflexivity. Qed.

(* They are different. *)
Lemma few_changes_nodup m : forall d b, NoDup (few_changes m d b).
Proof. induction m as [|m IH]; intros d b; [repeat constructor; intros []|]. cbn [few_changes].
  apply nodup_app.
  - apply FinFun.Injective_map_NoDup; [intros x y E; congruence|apply IH].
  - destruct d; [constructor|].
    apply FinFun.Injective_map_NoDup; [intros x y E; congruence|apply IH].
  - intros x Hx K. apply in_map_iff in Hx. destruct Hx as (q & <- & _). destruct d; [destruct K|].
    apply in_map_iff in K. destruct K as (q' & E & _). destruct b; discriminate. Qed.

Definition sign_of (b : bool) : R := if b then 1 else -1.

(* Of a number of this sign one knows whether it is positive. *)
Lemma sign_active b h : 0 < sign_of b * h -> active h = b.
Proof. unfold sign_of, active. intros H. destruct b, (Rlt_dec 0 h); reflexivity || lra. Qed.

(* To the right of all roots the product is positive. *)
Lemma roots_passed rs t : (forall r, In r rs -> r < t) -> 0 < product_of_roots rs t.
Proof. induction rs as [|r rs IH]; intros H; [simpl; lra|].
  change (0 < (t - r) * product_of_roots rs t). apply Rmult_lt_0_compat.
  - specialize (H r (or_introl eq_refl)). lra.
  - apply IH. intros q Hq. apply H. right. exact Hq. Qed.

(* Signs with at most d changes are those of a product with d roots, at steps of 1 to the left. *)
Lemma moment_signs m : forall d b t0 p, In p (few_changes m d b) -> length p = m /\
  exists rs, length rs = d /\ (forall r, In r rs -> r < t0 + 1) /\ forall k, (k < m)%nat ->
    0 < sign_of (nth k p b) * (sign_of b * product_of_roots rs (t0 - INR k)).
Proof. induction m as [|m IH]; intros d b t0 p H.
  - destruct H as [<-|[]]. split; [reflexivity|]. exists (repeat (t0 - 1) d).
    split; [apply repeat_length|]. split; [intros r Hr; apply repeat_spec in Hr; lra|lia].
  - cbn [few_changes] in H. apply in_app_iff in H. destruct H as [H|H].
    + apply in_map_iff in H. destruct H as (q & <- & Hq).
      destruct (IH d b (t0 - 1) q Hq) as (Lq & rs & L & B & E). split; [simpl; congruence|].
      exists rs. split; [exact L|]. split; [intros r Hr; specialize (B r Hr); lra|].
      intros [|k] Hk; cbn [nth].
      * pose proof (roots_passed rs (t0 - INR 0)) as P. simpl (INR 0) in *.
        specialize (P ltac:(intros r Hr; specialize (B r Hr); lra)).
        destruct b; unfold sign_of; lra.
      * rewrite S_INR. replace (t0 - (INR k + 1)) with (t0 - 1 - INR k) by ring. apply E. lia.
    + destruct d as [|d]; [destruct H|]. apply in_map_iff in H. destruct H as (q & <- & Hq).
      destruct (IH d (negb b) (t0 - 1) q Hq) as (Lq & rs & L & B & E).
      split; [simpl; congruence|]. exists ((t0 + / 2) :: rs). split; [simpl; congruence|].
      split; [intros r [<-|Hr]; [lra|specialize (B r Hr); lra]|].
      assert (V : forall t, product_of_roots (t0 + / 2 :: rs) t =
        (t - (t0 + / 2)) * product_of_roots rs t) by reflexivity.
      intros [|k] Hk; cbn [nth]; rewrite V.
      * pose proof (roots_passed rs (t0 - INR 0)) as P. simpl (INR 0) in *.
        specialize (P ltac:(intros r Hr; specialize (B r Hr); lra)).
        destruct b; unfold sign_of, negb; nra.
      * rewrite (nth_indep q b (negb b)) by lia. specialize (E k ltac:(lia)). rewrite S_INR.
        replace (t0 - (INR k + 1)) with (t0 - 1 - INR k) by ring. pose proof (pos_INR k).
        set (P := product_of_roots rs (t0 - 1 - INR k)) in *.
        assert (Q : t0 - 1 - INR k - (t0 + / 2) < 0) by lra.
        set (f := t0 - 1 - INR k - (t0 + / 2)) in *.
        destruct (nth k q (negb b)), b; unfold sign_of, negb in *; nra. Qed.

(* No unit is at the point x on its hyperplane, and q is the pattern. *)
Definition strict_pattern (q : list bool) (l : layer) (x : list R) : Prop :=
  Forall2 (fun b o => 0 < sign_of b * pre_activation o x) q l.

(* Then it is the pattern. *)
Lemma strict_pattern_is q l x : strict_pattern q l x -> layer_pattern l x = q.
Proof. intros H. induction H as [|b o q l A _ IH]; [reflexivity|]. cbn [layer_pattern map].
  rewrite (sign_active b _ A). f_equal. exact IH. Qed.

(* Few changes of sign are a pattern of the moment layer. *)
Lemma moment_pattern d m t0 q : In q (few_changes m d true) -> exists x, length x = d /\
  strict_pattern q (moment_layer d m t0) x.
Proof. intros H. destruct (moment_signs m d true t0 q H) as (Lq & rs & L & _ & E).
  destruct (roots_to_point rs) as (x & Hx & Ex). exists x. split; [congruence|].
  assert (V : forall t, product_of_roots rs t = pre_activation (moment_unit d t) x).
  { intros t. rewrite Ex, L. reflexivity. }
  clear H Hx L Ex. revert t0 q Lq E. induction m as [|m IH]; intros t0 q Lq E;
    destruct q as [|b q]; try discriminate; [constructor|]. cbn [moment_layer]. constructor.
  - specialize (E 0%nat ltac:(lia)). cbn [nth] in E. simpl (INR 0) in E.
    rewrite Rminus_0_r, V in E. unfold sign_of at 2 in E. lra.
  - apply IH; [simpl in Lq; congruence|]. intros k Hk. specialize (E (S k) ltac:(lia)).
    cbn [nth] in E. rewrite S_INR in E. replace (t0 - 1 - INR k) with (t0 - (INR k + 1)) by ring.
    exact E. Qed.

(* At least n patterns occur at points of the set S of R^d. *)
Definition regions_at_least (n d : nat) (S : list R -> Prop) (ls : list layer) : Prop := exists ps,
  NoDup ps /\ length ps = n /\ forall p, In p ps -> exists v, length v = d /\ S v /\
  activation_patterns ls v = p.

(* One layer attains Zaslavsky's bound, for all m and d. *)
Theorem regions_zaslavsky_attained d m : exists l, length l = m /\
  regions_at_least (zaslavsky m d) d (fun _ => True) [l].
Proof. exists (moment_layer d m 0). split; [apply moment_layer_length|].
  exists (map (fun p => [p]) (few_changes m d true)). split; [|split].
  - apply FinFun.Injective_map_NoDup; [intros x y E; congruence|apply few_changes_nodup].
  - rewrite map_length. apply few_changes_length.
  - intros p Hp. apply in_map_iff in Hp. destruct Hp as (q & <- & Hq).
    destruct (moment_pattern d m 0 q Hq) as (x & Hx & E). exists x. split; [exact Hx|].
    split; [exact I|]. cbn [activation_patterns]. f_equal. apply strict_pattern_is, E. Qed.

(* ---------- the same inside the open cube ---------- *)

(* The open cube. *)
Definition inside (v : list R) : Prop := List.Forall (fun x => 0 < x < 1) v.

(* x = B (2 y - 1). *)
Fixpoint stretch (B : R) (d : nat) : list node :=
  match d with O => [] | S d' => ([2 * B], - B) :: map (second_block 1) (stretch B d') end.

(* It stretches the unit cube to [-B, B]^d. *)
Lemma stretch_value B v : affine (stretch B (length v)) v = map (fun y => 2 * B * y - B) v.
Proof. induction v as [|y v IH]; [reflexivity|]. cbn [length stretch affine map].
  fold (affine (map (second_block 1) (stretch B (length v))) (y :: v)).
  pose proof (affine_second (stretch B (length v)) [y] v) as E. cbn [length app] in E.
  rewrite E, IH. f_equal. unfold pre_activation. cbn [fst snd dot]. ring. Qed.

(* The pattern of a layer on top of an affine map. *)
Lemma compose_pattern l A v : layer_pattern (compose l A) v = layer_pattern l (affine A v).
Proof. unfold layer_pattern. pose proof (compose_value l A v) as E. unfold affine at 1 2 in E.
  rewrite <- (map_map (fun n => pre_activation n v) active),
    <- (map_map (fun n => pre_activation n (affine A v)) active), E.
  reflexivity. Qed.

(* Finitely many points lie in a large cube. *)
Lemma points_bounded (P : list bool -> list R -> Prop) (ps : list (list bool)) : (forall p,
  In p ps -> exists v, P p v) -> exists B, 0 < B /\ forall p, In p ps -> exists v, P p v /\
  List.Forall (fun x => - B < x < B) v.
Proof. assert (V : forall v : list R, exists B, 0 < B /\ List.Forall (fun x => - B < x < B) v).
  { induction v as [|x v (B & HB & F)]; [exists 1; split; [lra|constructor]|].
    exists (Rabs x + B + 1). pose proof (Rabs_pos x). split; [lra|].
    constructor; [pose proof (Rle_abs x); pose proof (Rle_abs (- x)) as N; rewrite Rabs_Ropp in N;
      lra|].
    apply Forall_forall. intros y Hy. rewrite Forall_forall in F. specialize (F y Hy). lra. }
  induction ps as [|p ps IH]; intros H; [exists 1; split; [lra|intros p []]|].
  destruct IH as (B & HB & F); [intros q Hq; apply H; right; assumption|].
  destruct (H p (or_introl eq_refl)) as [v Hv]. destruct (V v) as (B' & HB' & F'). exists (B + B').
  split; [lra|]. intros q [<-|Hq].
  - exists v. split; [assumption|]. apply Forall_forall. intros y Hy. rewrite Forall_forall in F'.
    specialize (F' y Hy). lra.
  - destruct (F q Hq) as (u & Hu & Fu). exists u. split; [assumption|]. apply Forall_forall.
    intros y Hy. rewrite Forall_forall in Fu. specialize (Fu y Hy). lra. Qed.

(* The pattern, strict, of a layer on top of an affine map. *)
Lemma compose_strict q l A x : strict_pattern q l (affine A x) -> strict_pattern q (compose l A) x.
Proof. intros H. induction H as [|b o q l P _ IH]; [constructor|]. cbn [compose map].
  constructor; [|exact IH]. pose proof (compose_value [o] A x) as E. cbn in E. injection E as E.
  unfold pre_activation in *. cbn [fst snd] in *. rewrite E. exact P. Qed.

(* The moment layer, made so small that all its patterns are met inside the cube. *)
Lemma moment_inside d m t0 : exists B, 0 < B /\ forall q, In q (few_changes m d true) ->
  exists y, length y = d /\ inside y /\
  strict_pattern q (compose (moment_layer d m t0) (stretch B d)) y.
Proof. destruct (points_bounded (fun q x => length x = d /\
    strict_pattern q (moment_layer d m t0) x) (few_changes m d true)) as (B & P & F);
    [intros q Hq; exact (moment_pattern d m t0 q Hq)|].
  exists B. split; [exact P|]. intros q Hq. destruct (F q Hq) as (v & [Hv E] & Fv).
  exists (map (fun x => (x / B + 1) / 2) v). split; [rewrite map_length; assumption|]. split.
  - apply Forall_forall. intros y Hy. apply in_map_iff in Hy. destruct Hy as (x & <- & Hx).
    rewrite Forall_forall in Fv. specialize (Fv x Hx). assert (-1 < x / B < 1); [|lra].
    split; apply Rmult_lt_reg_r with B; try assumption; unfold Rdiv;
      rewrite Rmult_assoc, Rinv_l by lra; lra.
  - apply compose_strict. rewrite <- Hv at 2.
    rewrite <- (map_length (fun x => (x / B + 1) / 2) v), stretch_value, map_map.
    replace (map (fun x => 2 * B * ((x / B + 1) / 2) - B) v) with v; [exact E|].
    clear - P. induction v; simpl; [reflexivity|]. rewrite <- IHv. f_equal. field. lra. Qed.

(* Zaslavsky's bound is attained inside the cube. *)
Lemma zaslavsky_inside d m : exists l, length l = m /\
  regions_at_least (zaslavsky m d) d inside [l].
Proof. destruct (moment_inside d m 0) as (B & _ & F).
  exists (compose (moment_layer d m 0) (stretch B d)).
  split; [unfold compose; rewrite map_length; apply moment_layer_length|].
  exists (map (fun p => [p]) (few_changes m d true)). split; [|split].
  - apply FinFun.Injective_map_NoDup; [intros x y E; congruence|apply few_changes_nodup].
  - rewrite map_length. apply few_changes_length.
  - intros p Hp. apply in_map_iff in Hp. destruct Hp as (q & <- & Hq).
    destruct (F q Hq) as (y & Hy & I & E). exists y. split; [exact Hy|]. split; [exact I|].
    cbn [activation_patterns]. f_equal. apply strict_pattern_is, E. Qed.
