(* "Q: what can deep networks do easily?"  Cutting an interval into cells, and affine functions on
   a cell.
   All counts of the development are instances of the lemmas on [cells]: one notion of breakpoint,
     one
   refinement lemma. *)
From Depthproof Require Import Definitions.

(* ---------- cells ---------- *)

(* What every notion of cell here satisfies: points are cells, and a part of a cell is a cell. *)
Definition hereditary (P : R -> R -> Prop) : Prop :=
  (forall x, P x x) /\ forall a b u v, a <= u -> v <= b -> P a b -> P u v.

(* Cells go from left to right. *)
Lemma cells_le P p : forall a b, cells P p a b -> a <= b.
Proof. induction p; simpl; intros a b H; [lra|]. destruct H as (c & Hc & _); lra. Qed.

(* A single cell is a subdivision. *)
Lemma cells_one (P : R -> R -> Prop) a b : a <= b -> P a b -> cells P 1 a b.
Proof. intros Hab H. exists b. repeat split; try lra; assumption. Qed.

(* Neighbouring intervals: the counts add up. *)
Lemma cells_cat P p : forall q a c b, cells P p a c -> cells P q c b -> cells P (p + q) a b.
Proof. induction p; simpl; intros q a c b H1 H2; [subst; assumption|].
  destruct H1 as (d & Hd & H3 & H4). exists d.
  pose proof (cells_le _ _ _ _ H2). repeat split; try lra; [assumption|].
  apply IHp with c; assumption. Qed.

(* A weaker property has the same cells. *)
Lemma cells_weaken (P Q : R -> R -> Prop) p : forall a b,
  (forall u v, a <= u -> u <= v -> v <= b -> P u v -> Q u v) -> cells P p a b -> cells Q p a b.
Proof. induction p; simpl; intros a b I H; [assumption|]. destruct H as (c & Hc & H1 & H2).
  exists c. repeat split; try lra; [apply I; lra || assumption|].
  apply IHp; [|assumption]. intros; apply I; lra || assumption. Qed.

(* A bound on the count may be raised: the new cells are points. *)
Lemma cells_more (P : R -> R -> Prop) p q a b :
  (forall x, P x x) -> (p <= q)%nat -> cells P p a b -> cells P q a b.
Proof. intros Hp Hpq H. pose proof (cells_le _ _ _ _ H). induction Hpq; [assumption|].
  exists a. repeat split; try lra; auto. Qed.

(* The refinement lemma: m cells in each of p cells are p m cells. *)
Lemma cells_refine (P Q : R -> R -> Prop) m p : forall a b,
  (forall u v, a <= u -> u <= v -> v <= b -> P u v -> cells Q m u v) -> cells P p a b ->
    cells Q (p * m) a b.
Proof. induction p; simpl; intros a b I H; [assumption|]. destruct H as (c & Hc & H1 & H2).
  apply cells_cat with c; [apply I; lra || assumption|]. apply IHp; [|assumption].
  intros; apply I; lra || assumption. Qed.

(* What lies to the right of a point has no more cells. *)
Lemma cells_right P p : hereditary P -> forall a c b, a <= c <= b -> cells P p a b -> cells P p c b.
Proof. intros [Hp Hs]. induction p; simpl; intros a c b Hc H; [lra|].
  destruct H as (d & Hd & H1 & H2).
  destruct (Rle_dec c d).
  - exists d. repeat split; try lra; [apply (Hs a d); lra || assumption|assumption].
  - exists c. repeat split; try lra; [apply Hp|]. apply IHp with d; lra || assumption. Qed.

(* Two subdivisions have a common one: breakpoints add up, and p cells have p - 1 breakpoints. *)
Lemma cells_meet P Q p : hereditary P -> hereditary Q -> forall q a b,
  cells P (S p) a b -> cells Q (S q) a b -> cells (fun u v => P u v /\ Q u v) (S (p + q)) a b.
Proof. intros HP HQ. induction p.
  - intros q a b H1. apply cells_weaken. intros u v Hu _ Hv H. split; [|assumption].
    destruct H1 as (c & Hc & H1 & E). simpl in E; subst c. apply (proj2 HP a b); assumption.
  - induction q; intros a b H1 H2.
    + rewrite Nat.add_0_r. revert H1. apply cells_weaken. intros u v Hu _ Hv H.
      split; [assumption|].
      destruct H2 as (c & Hc & H2 & E). simpl in E; subst c. apply (proj2 HQ a b); assumption.
    + pose proof H1 as H1'. pose proof H2 as H2'. destruct H1 as (c & Hc & H3 & H4).
      destruct H2 as (d & Hd & H5 & H6).
      destruct (Rle_dec c d).
      * exists c. repeat split; try lra; [assumption|apply (proj2 HQ a d); lra || assumption|].
        apply IHp; [assumption|]. apply cells_right with a; lra || assumption.
      * exists d. repeat split; try lra; [apply (proj2 HP a c); lra || assumption|assumption|].
        replace (S p + S q)%nat with (S (S p + q)) by lia.
        apply IHq; [|assumption]. apply cells_right with a; lra || assumption. Qed.

(* Cutting at a point splits one cell in two. *)
Lemma cells_split P p : hereditary P -> forall a c b, a <= c <= b -> cells P (S p) a b ->
  exists i j, (i + j = p)%nat /\ cells P (S i) a c /\ cells P (S j) c b.
Proof. intros HP. induction p; intros a c b Hc (d & Hd & H1 & H2).
  - simpl in H2; subst d. exists 0%nat, 0%nat.
    repeat split; apply cells_one; try lra; apply (proj2 HP a b); lra || assumption.
  - destruct (Rle_dec c d).
    + exists 0%nat, (S p). repeat split.
      * apply cells_one; [lra|]. apply (proj2 HP a d); lra || assumption.
      * exists d. repeat split; try lra; [|assumption]. apply (proj2 HP a d); lra || assumption.
    + destruct (IHp d c b) as (i & j & E & H3 & H4); [lra|assumption|].
      exists (S i), j. repeat split; [lia| |assumption]. exists d.
      repeat split; try lra; assumption. Qed.

(* The way to a lower bound: n neighbouring intervals that are not cells need more than n cells. *)
Lemma cells_lower P n : hereditary P -> forall p a c d b, a <= c -> d <= b ->
  cells (fun u v => ~ P u v) n c d -> cells P (S p) a b -> (n <= p)%nat.
Proof. intros HP. induction n; intros p a c d b Hc Hd HN H; [lia|].
  destruct HN as (e & He & H1 & H2). pose proof (cells_le _ _ _ _ H2).
  destruct (cells_split P p HP a e b) as (i & j & E & H3 & H4); [lra|assumption|].
  pose proof (IHn j e e d b (Rle_refl _) Hd H2 H4). destruct i; [|lia].
  exfalso. apply H1. destruct H3 as (x & Hx & H3 & Ex). simpl in Ex; subst x.
  apply (proj2 HP a e); lra || assumption. Qed.

(* An increasing change of the variable does not change the count. *)
Lemma cells_rescale P k q p : 0 < k -> forall a b, cells P p (k * a + q) (k * b + q) ->
  cells (fun u v => P (k * u + q) (k * v + q)) p a b.
Proof. intros Hk. induction p; simpl; intros a b H; [nra|]. destruct H as (c & Hc & H1 & H2).
  set (d := (c - q) / k). assert (E : c = k * d + q) by (unfold d; field; lra). rewrite E in *.
  exists d. split; [nra|]. split; [assumption|]. apply IHp; assumption. Qed.

(* Nor does a reflection. *)
Lemma cells_mirror P p : forall a b, cells P p a b ->
  cells (fun u v => P (- v) (- u)) p (- b) (- a).
Proof. induction p; intros a b H; [simpl in *; lra|]. destruct H as (c & Hc & H1 & H2).
  rewrite <- Nat.add_1_r. apply cells_cat with (- c); [apply IHp; assumption|].
  apply cells_one; [lra|]. rewrite !Ropp_involutive. assumption. Qed.

(* ---------- affine functions on one cell ---------- *)

(* Affine on an interval, affine on its parts. *)
Lemma affine_hereditary f : hereditary (affine_inside f).
Proof. split; [intro x; exists 0, 0; intros; lra|]. intros a b u v Hu Hv (p & q & H). exists p, q.
  intros; apply H; lra. Qed.

(* Only the values inside the interval matter. *)
Lemma affine_ext f g a b : (forall x, a < x < b -> f x = g x) -> affine_inside f a b ->
  affine_inside g a b.
Proof. intros E (p & q & H). exists p, q. intros. rewrite <- E by assumption. auto. Qed.

(* Lines are affine on every interval. *)
Lemma affine_line p q a b : affine_inside (fun x => p * x + q) a b. Proof. exists p, q.
  reflexivity. Qed.

(* Constants are affine: a unit that is switched off. *)
Lemma affine_constant c a b : affine_inside (fun _ => c) a b. Proof. exists 0, c. intros; ring. Qed.

(* Sums of affine functions are affine: the output of a layer. *)
Lemma affine_sum f g a b : affine_inside f a b -> affine_inside g a b ->
  affine_inside (fun x => f x + g x) a b.
Proof. intros (p & q & H) (p' & q' & H'). exists (p + p'), (q + q').
  intros; rewrite H, H' by assumption; ring. Qed.

(* Multiples of affine functions are affine: a weight. *)
Lemma affine_scale k f a b : affine_inside f a b -> affine_inside (fun x => k * f x) a b.
Proof. intros (p & q & H). exists (k * p), (k * q). intros; rewrite H by assumption; ring. Qed.

(* The test for a kink: a value at a midpoint that is not the mean of its neighbours. *)
Lemma not_affine f a b u v : a < u < b -> a < v < b -> f u + f v <> 2 * f ((u + v) / 2) ->
  ~ affine_inside f a b.
Proof. intros Hu Hv Hne (p & q & H). apply Hne. rewrite !H by lra. field. Qed.

(* ---------- lists of functions: what a layer passes on, as functions of the input ---------- *)

Definition values (F : list (R -> R)) (x : R) : list R := map (fun f => f x) F.

Definition all_affine (F : list (R -> R)) (a b : R) : Prop :=
  List.Forall (fun f => affine_inside f a b) F.

(* The same for all signals of a layer together. *)
Lemma all_affine_hereditary F : hereditary (all_affine F).
Proof. split.
  - intro x. apply List.Forall_forall. intros f _. apply affine_hereditary.
  - intros a b u v Hu Hv H. eapply List.Forall_impl; [|exact H]. intros f.
    apply affine_hereditary; assumption. Qed.

(* A pre-activation is affine where everything it reads is affine. *)
Lemma affine_pre_activation n F a b : all_affine F a b ->
  affine_inside (fun x => pre_activation n (values F x)) a b.
Proof. destruct n as [w c]. intros H.
  apply (affine_sum (fun x => dot w (values F x)) (fun _ => c)); [|apply affine_constant].
  revert F H. induction w as [|k w IH]; intros F H; [apply (affine_constant 0)|].
  destruct F as [|f F]; [apply (affine_constant 0)|]. inversion H; subst.
  apply (affine_sum (fun x => k * f x) (fun x => dot w (values F x)));
    [apply affine_scale; assumption|].
  apply IH; assumption. Qed.

(* A unit that reads one number is a line before its activation. *)
Lemma pre_activation_single n : exists p, forall x, pre_activation n [x] = p * x + snd n.
Proof. destruct n as [[|p w] b]; unfold pre_activation; cbn [fst snd].
  - exists 0. intros; simpl; ring.
  - exists p. intros; simpl; destruct w; simpl; ring. Qed.

(* A skip connection puts lists of signals side by side. *)
Lemma values_app F G x : values (F ++ G) x = values F x ++ values G x. Proof. apply map_app. Qed.

(* ---------- pieces ---------- *)

(* Equal functions have equally many pieces. *)
Lemma pieces_ext p a b f g : (forall x, a < x < b -> f x = g x) -> pieces p a b f -> pieces p a b g.
Proof. intros E. apply cells_weaken. intros u v Hu _ Hv. apply affine_ext.
  intros; apply E; lra. Qed.

(* The count is an upper bound, and may be raised. *)
Lemma pieces_more p q a b f : (p <= q)%nat -> pieces p a b f -> pieces q a b f.
Proof. apply cells_more. apply affine_hereditary. Qed.

(* A line has one piece. *)
Lemma pieces_line p q a b : a <= b -> pieces 1 a b (fun x => p * x + q).
Proof. intros. apply cells_one; [assumption|apply affine_line]. Qed.

(* No pieces at all: the interval is a point. *)
Lemma pieces_positive p a b f : a < b -> pieces p a b f -> exists n, p = S n.
Proof. intros Hab H. destruct p as [|n]; [unfold pieces in H; simpl in H; lra|].
  exists n; reflexivity. Qed.

(* ---------- continuity ---------- *)

(* An active unit passes its pre-activation on. *)
Lemma relu_pos x : 0 <= x -> relu x = x. Proof. intros; apply Rmax_left; lra. Qed.

(* An inactive unit gives 0. *)
Lemma relu_neg x : x <= 0 -> relu x = 0. Proof. intros; apply Rmax_right; lra. Qed.

(* ReLU does not increase distances. *)
Lemma relu_lipschitz a b : Rabs (relu a - relu b) <= 1 * Rabs (a - b).
Proof. unfold relu, Rmax, Rabs. repeat destruct Rle_dec; repeat destruct Rcase_abs; lra. Qed.

(* ReLU is continuous, hence so are networks. *)
Lemma continuous_relu x : continuous relu x.
Proof. apply continuous_ext with (fun x => / 2 * (x + Rabs x)).
  - intro y. unfold relu, Rmax, Rabs. destruct (Rle_dec y 0), (Rcase_abs y); lra.
  - apply (continuous_scal_r (/ 2) (fun x => x + Rabs x)).
    apply (continuous_plus (fun x => x) Rabs).
    apply continuous_id. apply continuous_Rabs. Qed.

(* Lines are continuous, hence pre-activations are. *)
Lemma continuous_line p q x : continuous (fun x => p * x + q) x.
Proof. apply (ex_derive_continuous (fun x => p * x + q)). auto_derive; exact I. Qed.

(* Weighted sums of continuous signals are continuous. *)
Lemma continuous_dot w F x : List.Forall (fun f => continuous f x) F ->
  continuous (fun x => dot w (values F x)) x.
Proof. revert F. induction w as [|k w IH]; intros F H; [apply continuous_const|].
  destruct F as [|f F]; [apply continuous_const|]. inversion H; subst.
  apply (continuous_plus (fun x => k * f x) (fun x => dot w (values F x))); [|apply IH; assumption].
  apply (continuous_scal_r k f); assumption. Qed.

(* A ReLU network is continuous. *)
Lemma eval_continuous N x : continuous (eval N) x.
Proof. destruct N as [ls o]. unfold eval, network_value; cbn [hidden output].
  change (fun x : R => pre_activation o (run Layered relu ls [x]))
    with (fun x : R => pre_activation o (run Layered relu ls (values [fun x => x] x))).
  assert (H : List.Forall (fun f : R -> R => continuous f x) [fun x => x])
    by (constructor; [apply continuous_id|constructor]).
  revert H. generalize [fun x : R => x]. induction ls as [|l ls IH]; intros F H.
  - apply (continuous_plus (fun x => dot (fst o) (values F x)) (fun _ => snd o));
      [|apply continuous_const].
    apply continuous_dot; assumption.
  - set (G := map (fun n => fun x => relu (pre_activation n (values F x))) l).
    apply continuous_ext with (fun x => pre_activation o (run Layered relu ls (values G x))).
    + intro y. cbn [run pass_on]. unfold G, values at 1, activations. rewrite map_map. reflexivity.
    + apply IH. apply List.Forall_forall. intros g Hg. apply in_map_iff in Hg.
      destruct Hg as (n & <- & _).
      apply (continuous_comp (fun x => pre_activation n (values F x)) relu);
        [|apply continuous_relu].
      apply (continuous_plus (fun x => dot (fst n) (values F x)) (fun _ => snd n));
        [|apply continuous_const].
      apply continuous_dot; assumption. Qed.

(* ---------- closed cells ---------- *)

(* Affine on the closed interval.  For continuous functions this is the same as affine inside. *)
Definition affine_on (f : R -> R) (a b : R) : Prop := exists p q, forall x, a <= x <= b ->
  f x = p * x + q.

(* Parts of a closed piece are closed pieces. *)
Lemma affine_on_hereditary f : hereditary (affine_on f).
Proof. split; [intro a; exists 0, (f a); intros x Hx; replace x with a by lra; ring|].
  intros a b u v Hu Hv (p & q & H). exists p, q. intros; apply H; lra. Qed.

(* A continuous function that vanishes as near to a as one likes vanishes at a. *)
Lemma continuous_zero (d : R -> R) a : continuous d a ->
  (forall e, 0 < e -> exists x, Rabs (x - a) < e /\ d x = 0) -> d a = 0.
Proof. intros Hc Hz. destruct (Req_dec (d a) 0) as [|Hne]; [assumption|exfalso].
  pose proof (proj1 (filterlim_locally d (d a)) Hc (mkposreal _ (Rabs_pos_lt _ Hne))) as [e He].
  destruct (Hz e (cond_pos e)) as (x & Hx & Ex). specialize (He x Hx). rewrite Ex in He.
  change (Rabs (0 - d a) < Rabs (d a)) in He. rewrite Rminus_0_l, Rabs_Ropp in He. lra. Qed.

(* The step from open to closed cells. *)
Lemma affine_inside_on f a b : a <= b -> (forall x, continuous f x) -> affine_inside f a b ->
  affine_on f a b.
Proof. intros Hab Hc (p & q & H). destruct (Req_dec a b) as [->|Hne]; [apply affine_on_hereditary|].
  exists p, q. set (d := fun x => f x - (p * x + q)). assert (Hd : forall x, continuous d x).
  { intro x. apply (continuous_minus f (fun x => p * x + q)); [apply Hc|apply continuous_line]. }
  intros x Hx. enough (d x = 0) by (unfold d in *; lra). apply continuous_zero; [apply Hd|].
  intros e He.
  pose proof (Rmin_l e (b - a)). pose proof (Rmin_r e (b - a)).
  assert (0 < Rmin e (b - a)) by (apply Rmin_glb_lt; lra).
  destruct (Rle_dec x ((a + b) / 2)) as [Hm|Hm].
  - exists (x + Rmin e (b - a) / 4). split; [rewrite Rabs_right; lra|]. unfold d. rewrite H; lra.
  - exists (x - Rmin e (b - a) / 4). split; [rewrite Rabs_left; lra|]. unfold d.
    rewrite H; lra. Qed.

(* The pieces of a continuous function may be taken closed. *)
Lemma pieces_closed p a b f : (forall x, continuous f x) -> pieces p a b f ->
  cells (affine_on f) p a b.
Proof. intros Hc. apply cells_weaken. intros u v _ Huv _. apply affine_inside_on; assumption. Qed.
