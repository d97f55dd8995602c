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

(* The sign of the product when s is its sign up to now: roots above t have been passed. *)
Lemma moment_signs m : forall d b t0 p, In p (few_changes m d b) -> exists rs, length rs = d /\
  (forall r, In r rs -> r < t0 + 1) /\ forall t,
    (forall k, (k < m)%nat ->
      nth k p b = active ((if b then 1 else -1) * product_of_roots rs (t0 - INR k))) /\
    length p = m /\ (m = 0%nat \/ True) /\ (t0 + 1 <= t -> 0 < product_of_roots rs t).
Proof. induction m as [|m IH]; intros d b t0 p H.
  - destruct H as [<-|[]]. exists (repeat (t0 - 1) d). split; [apply repeat_length|].
    split; [intros r Hr; apply repeat_spec in Hr; lra|]. intros t.
    repeat split; [intros; lia|left; reflexivity|]. intros Ht. clear - Ht.
    induction d; simpl; [lra|]. nra.
  - cbn [few_changes] in H. apply in_app_iff in H. destruct H as [H|H].
    + apply in_map_iff in H. destruct H as (q & <- & Hq).
      destruct (IH d b (t0 - 1) q Hq) as (rs & L & B & E). exists rs. split; [assumption|].
      split; [intros r Hr; specialize (B r Hr); lra|]. intros t.
      destruct (E t) as (E1 & E2 & _ & E4). repeat split; [| |right; exact I|intros; apply E4; lra].
      * intros [|k] Hk; cbn [nth].
        -- simpl (INR 0). destruct (E (t0 - 0)) as (_ & _ & _ & P). specialize (P ltac:(lra)).
           destruct b; unfold active; destruct Rlt_dec; lra || reflexivity.
        -- rewrite S_INR. replace (t0 - (INR k + 1)) with (t0 - 1 - INR k) by ring. apply E1. lia.
      * simpl. congruence.
    + destruct d as [|d]; [destruct H|]. apply in_map_iff in H. destruct H as (q & <- & Hq).
      destruct (IH d (negb b) (t0 - 1) q Hq) as (rs & L & B & E). exists ((t0 + / 2) :: rs).
      split; [simpl; congruence|]. split; [intros r [<-|Hr]; [lra|specialize (B r Hr); lra]|].
      intros t. destruct (E t) as (E1 & E2 & _ & E4). repeat split; [| |right; exact I|].
      * intros [|k] Hk; cbn [nth product_of_roots fold_right];
          fold (product_of_roots rs (t0 - INR 0)).
        -- simpl (INR 0). destruct (E (t0 - 0)) as (_ & _ & _ & P). specialize (P ltac:(lra)).
           fold (product_of_roots rs (t0 - 0)).
           destruct b; unfold active, negb; destruct Rlt_dec; nra || reflexivity.
        -- fold (product_of_roots rs (t0 - INR (S k))). rewrite (nth_indep q b (negb b)) by lia.
           rewrite E1 by lia. rewrite S_INR.
           replace (t0 - (INR k + 1)) with (t0 - 1 - INR k) by ring.
           set (P := product_of_roots rs (t0 - 1 - INR k)). pose proof (pos_INR k).
           assert (Q : t0 - 1 - INR k - (t0 + / 2) < 0) by lra.
           set (f := t0 - 1 - INR k - (t0 + / 2)) in *.
           destruct b; unfold active, negb; do 2 destruct Rlt_dec; nra || reflexivity.
      * simpl. congruence.
      * intros Ht. cbn [product_of_roots fold_right]. fold (product_of_roots rs t).
        specialize (E4 ltac:(lra)). nra. Qed.

(* The pattern of the moment layer. *)
Lemma moment_pattern d m : forall t0 x p, length p = m ->
  (forall k, (k < m)%nat -> nth k p true =
  active (pre_activation (moment_unit d (t0 - INR k)) x)) ->
  layer_pattern (moment_layer d m t0) x = p.
Proof.
  induction m as [|m IH]; intros t0 x p L H; destruct p as [|b p]; try discriminate; [reflexivity|].
  cbn [moment_layer layer_pattern map]. f_equal.
  - specialize (H 0%nat ltac:(lia)). cbn [nth] in H. simpl (INR 0) in H. rewrite Rminus_0_r in H.
    congruence.
  - apply IH; [simpl in L; congruence|]. intros k Hk. specialize (H (S k) ltac:(lia)).
    cbn [nth] in H. rewrite S_INR in H. replace (t0 - 1 - INR k) with (t0 - (INR k + 1)) by ring.
    exact H. Qed.

(* At least n patterns occur at points of the set S of R^d. *)
Definition regions_at_least (n d : nat) (S : list R -> Prop) (ls : list layer) : Prop := exists ps,
  NoDup ps /\ length ps = n /\ forall p, In p ps -> exists v, length v = d /\ S v /\
  activation_patterns ls v = p.

(* One layer attains Zaslavsky's bound, for all m and d. *)
Theorem regions_zaslavsky_attained d m : exists l, length l = m /\
  regions_at_least (zaslavsky m d) d (fun _ => True) [l].
Proof. exists (moment_layer d m 0). split.
  - generalize 0. induction m; intros t; simpl; [reflexivity|]. rewrite IHm. reflexivity.
  - exists (map (fun p => [p]) (few_changes m d true)). split; [|split].
    + apply FinFun.Injective_map_NoDup; [intros x y E; congruence|apply few_changes_nodup].
    + rewrite map_length. apply few_changes_length.
    + intros p Hp. apply in_map_iff in Hp. destruct Hp as (q & <- & Hq).
      destruct (moment_signs m d true 0 q Hq) as (rs & L & _ & E).
      destruct (roots_to_point rs) as (x & Hx & Ex). exists x. split; [congruence|].
      split; [exact I|]. cbn [activation_patterns]. f_equal. destruct (E 0) as (E1 & E2 & _).
      apply moment_pattern; [assumption|]. intros k Hk. rewrite E1 by assumption. f_equal.
      rewrite Rmult_1_l, Ex, L. reflexivity. Qed.

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

(* Zaslavsky's bound is attained inside the cube. *)
Lemma zaslavsky_inside d m : exists l, length l = m /\
  regions_at_least (zaslavsky m d) d inside [l].
Proof. destruct (regions_zaslavsky_attained d m) as (l & Hl & ps & Hn & Hc & H).
  destruct (points_bounded (fun p v => length v = d /\ layer_pattern l v = p) (map (hd []) ps)) as
    (B & HB & F).
  { intros p Hp. apply in_map_iff in Hp. destruct Hp as (q & <- & Hq).
    destruct (H q Hq) as (v & Hv & _ & <-). exists v. split; [assumption|reflexivity]. }
  exists (compose l (stretch B d)). split; [unfold compose; rewrite map_length; assumption|].
  exists ps. split; [assumption|]. split; [assumption|]. intros p Hp.
  destruct (F (hd [] p) (in_map _ _ _ Hp)) as (v & [Hv E] & Fv).
  exists (map (fun x => (x / B + 1) / 2) v). split; [rewrite map_length; assumption|]. split.
  - apply Forall_forall. intros y Hy. apply in_map_iff in Hy. destruct Hy as (x & <- & Hx).
    rewrite Forall_forall in Fv. specialize (Fv x Hx). assert (-1 < x / B < 1); [|lra].
    split; apply Rmult_lt_reg_r with B; try assumption; unfold Rdiv;
      rewrite Rmult_assoc, Rinv_l by lra; lra.
  - cbn [activation_patterns]. rewrite compose_pattern. rewrite <- Hv at 1.
    rewrite <- (map_length (fun x => (x / B + 1) / 2) v), stretch_value, map_map.
    replace (map (fun x => 2 * B * ((x / B + 1) / 2) - B) v) with v.
    + rewrite E. destruct (H p Hp) as (u & _ & _ & <-). reflexivity.
    + clear - HB. induction v; simpl; [reflexivity|]. rewrite <- IHv. f_equal. field. lra. Qed.
