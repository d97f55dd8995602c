(* "Benefits of depth to approximating smooth functions": what p linear pieces cannot do.
   A strongly convex function is at distance c / (32 p^2) in the mean from every function with p
   pieces, and c / (16 p^2) away somewhere.  For x^2, c = 2, both constants are the best. *)
From Depthproof Require Import Definitions PiecewiseLinear Integrals Folding.

(* f (x) - c x^2 / 2 is convex on [0,1].  With a second derivative: it is at least c. *)
Definition strongly_convex (c : R) (f : R -> R) : Prop :=
  forall x y t, 0 <= x <= 1 -> 0 <= y <= 1 -> 0 <= t <= 1 ->
  f (t * x + (1 - t) * y) + c / 2 * (t * (1 - t)) * (x - y) ^ 2 <= t * f x + (1 - t) * f y.

(* The square, with equality. *)
Lemma strongly_convex_square : strongly_convex 2 (fun x => x ^ 2).
Proof. intros x y t _ _ _. right. field. Qed.

(* The mean value theorem on [0,1]. *)
Lemma mean_value (h h1 : R -> R) u v : (forall x, 0 <= x <= 1 -> is_derive h x (h1 x)) ->
  0 <= u -> u <= v -> v <= 1 -> exists z, u <= z <= v /\ h v - h u = h1 z * (v - u).
Proof. intros D Hu Hv Hw. destruct (MVT_gen h u v h1) as (z & Hz & E).
  - intros x Hx. rewrite Rmin_left, Rmax_right in Hx by lra. apply D. lra.
  - intros x Hx. rewrite Rmin_left, Rmax_right in Hx by lra. apply derivable_continuous_pt.
    exists (h1 x). apply is_derive_Reals, D. lra.
  - rewrite Rmin_left, Rmax_right in Hz by lra. exists z. split; [exact Hz|exact E]. Qed.

(* A growing derivative makes a function convex. *)
Lemma convex_derivative (h h1 : R -> R) x y t : (forall x, 0 <= x <= 1 -> is_derive h x (h1 x)) ->
  (forall u v, 0 <= u -> u <= v -> v <= 1 -> h1 u <= h1 v) ->
  0 <= x -> x <= y -> y <= 1 -> 0 <= t <= 1 -> h (t * x + (1 - t) * y) <= t * h x + (1 - t) * h y.
Proof. intros D M Hx Hxy Hy Ht. set (z := t * x + (1 - t) * y).
  assert (0 <= t * (y - x)) by (apply Rmult_le_pos; lra).
  assert (0 <= (1 - t) * (y - x)) by (apply Rmult_le_pos; lra).
  assert (Zx : z - x = (1 - t) * (y - x)) by (unfold z; ring).
  assert (Zy : y - z = t * (y - x)) by (unfold z; ring).
  destruct (mean_value h h1 x z D) as (a & Ha & A); try lra.
  destruct (mean_value h h1 z y D) as (b & Hb & B); try lra.
  pose proof (M a b ltac:(lra) ltac:(lra) ltac:(lra)) as Q.
  rewrite Zx in A. rewrite Zy in B. assert (0 <= (h1 b - h1 a) * ((1 - t) * (t * (y - x)))).
  { apply Rmult_le_pos; [lra|]. apply Rmult_le_pos; lra. } nra. Qed.

(* A second derivative of at least c makes a function strongly convex. *)
Lemma strongly_convex_derivative c (f f1 f2 : R -> R) :
  (forall x, 0 <= x <= 1 -> is_derive f x (f1 x)) ->
  (forall x, 0 <= x <= 1 -> is_derive f1 x (f2 x)) -> (forall x, 0 <= x <= 1 -> c <= f2 x) ->
  strongly_convex c f.
Proof. intros D1 D2 H. set (h := fun x => f x - c / 2 * x ^ 2). set (h1 := fun x => f1 x - c * x).
  assert (E1 : forall x, 0 <= x <= 1 -> is_derive h x (h1 x)).
  { intros x Hx. apply (is_derive_minus f (fun x => c / 2 * x ^ 2) x (f1 x) (c * x)); [auto|].
    auto_derive; [exact I|field]. }
  assert (E2 : forall x, 0 <= x <= 1 -> is_derive h1 x (f2 x - c)).
  { intros x Hx. apply (is_derive_minus f1 (fun x => c * x) x (f2 x) c); [auto|].
    auto_derive; [exact I|ring]. }
  assert (M : forall u v, 0 <= u -> u <= v -> v <= 1 -> h1 u <= h1 v).
  { intros u v Hu Hv Hw. destruct (mean_value h1 _ u v E2 Hu Hv Hw) as (z & Hz & E).
    specialize (H z ltac:(lra)). nra. }
  intros x y t Hx Hy Ht. assert (G : h (t * x + (1 - t) * y) <= t * h x + (1 - t) * h y).
  { destruct (Rle_dec x y); [apply (convex_derivative h h1); auto; lra|].
    pose proof (convex_derivative h h1 y x (1 - t) E1 M) as K.
    replace (1 - (1 - t)) with t in K
      by ring. rewrite Rplus_comm, (Rplus_comm (t * h x)). apply K; lra. }
  unfold h in G. nra. Qed.

Section Convex.
Variables (c : R) (f : R -> R).
Hypothesis f_convex : strongly_convex c f.

(* Two points about m are lower than the two farther out. *)
Lemma second_difference m s t : 0 <= m - s -> m + s <= 1 -> 0 <= t <= s ->
  c * (s ^ 2 - t ^ 2) <= f (m + s) + f (m - s) - (f (m + t) + f (m - t)).
Proof. intros H0 H1 Ht. destruct (Req_dec s 0) as [E|N].
  { assert (t = 0) by lra. subst. right. ring. }
  set (w := (s + t) / (2 * s)). assert (W : 0 <= w <= 1).
  { split; [apply Rdiv_le_0_compat; lra|]. apply Rmult_le_reg_r with (2 * s); [lra|].
    unfold w, Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  pose proof (f_convex (m + s) (m - s) w ltac:(lra) ltac:(lra) W) as A.
  pose proof (f_convex (m - s) (m + s) w ltac:(lra) ltac:(lra) W) as B.
  replace (w * (m + s) + (1 - w) * (m - s)) with (m + t) in A by (unfold w; field; lra).
  replace (w * (m - s) + (1 - w) * (m + s)) with (m - t) in B by (unfold w; field; lra).
  assert (E : w * (1 - w) * (2 * s) ^ 2 = s ^ 2 - t ^ 2) by (unfold w; field; lra).
  replace (c / 2 * (w * (1 - w)) * (m + s - (m - s)) ^ 2) with (c / 2 * (s ^ 2 - t ^ 2)) in A
    by (rewrite <- E; ring).
  replace (c / 2 * (w * (1 - w)) * (m - s - (m + s)) ^ 2) with (c / 2 * (s ^ 2 - t ^ 2)) in B
    by (rewrite <- E; ring). lra. Qed.

(* ---------- in the mean ---------- *)

Hypothesis c_nonneg : 0 <= c.
Hypothesis f_continuous : forall x : R, continuous f x.

(* One line on an interval of length h. *)
Lemma convex_line q p d a b : 0 <= a -> a <= b -> b <= 1 ->
  (c / 16) ^ q / (INR q + 1) * (b - a) ^ S (2 * q) <=
  RInt (fun x => Rabs (f x - (p * x + d)) ^ q) a b.
Proof. intros Ha Hab Hb. set (m := (a + b) / 2). set (r := (b - a) / 2). pose proof (pos_INR q).
  assert (Ea : a = m - r) by (unfold m, r; field). assert (Eb : b = m + r) by (unfold m, r; field).
  pose proof (folded_power (fun x => f x - (p * x + d)) m r (c * r) q) as F.
  assert (Er : 0 <= r) by (unfold r; lra). cbv beta in F. rewrite <- Ea, <- Eb in F.
  eapply Rle_trans; [right|apply F].
  - replace (b - a) with (2 * r) by (unfold r; field). cbn [pow]. rewrite pow_mult.
    replace (c * r * r / 4) with (c / 16 * (2 * r) ^ 2) by field.
    rewrite (Rpow_mult_distr (c / 16)). field. lra.
  - apply continuous_difference; [exact f_continuous|intro; apply continuous_line].
  - exact Er.
  - apply Rmult_le_pos; assumption.
  - intros t Ht. pose proof (second_difference m (r - t) t ltac:(lra) ltac:(lra) ltac:(lra)) as S.
    match goal with |- _ <= Rabs ?d => assert (E : d = f (m + (r - t)) + f (m - (r - t)) -
      (f (m + t) + f (m - t))) by ring end.
    rewrite E. eapply Rle_trans; [|apply Rle_abs]. eapply Rle_trans; [right|exact S]. ring. Qed.

(* All pieces, each by the tangent at u of its power: what is left is linear in the lengths. *)
Lemma convex_pieces q u g p : 0 <= u -> forall a b, 0 <= a -> b <= 1 -> pieces p a b g ->
  ex_RInt (fun x => Rabs (f x - g x) ^ q) a b /\
  (c / 16) ^ q / (INR q + 1) * ((INR (2 * q) + 1) * u ^ (2 * q) * (b - a) -
    INR p * (INR (2 * q) * u ^ S (2 * q))) <= RInt (fun x => Rabs (f x - g x) ^ q) a b.
Proof. intros Hu. assert (K : 0 <= (c / 16) ^ q / (INR q + 1)).
  { apply Rdiv_le_0_compat; [apply pow_le; lra|pose proof (pos_INR q); lra]. }
  set (k := (c / 16) ^ q / (INR q + 1)) in *. induction p; intros a b Ha Hb H.
  - change (a = b) in H. subst b. split; [apply ex_RInt_point|]. rewrite integral_point.
    right. simpl INR. ring.
  - destruct H as (x & Hx & (m & d & E) & H2). pose proof (cells_le _ _ _ _ H2).
    destruct (IHp x b ltac:(lra) Hb H2) as [A B].
    assert (E' : forall y, a < y < x -> Rabs (f y - (m * y + d)) ^ q = Rabs (f y - g y) ^ q).
    { intros y Hy. rewrite E by assumption. reflexivity. }
    pose proof (convex_line q m d a x Ha ltac:(lra) ltac:(lra)) as L. fold k in L.
    rewrite (integral_ext _ _ a x ltac:(lra) E') in L.
    pose proof (power_tangent (x - a) u (2 * q) ltac:(lra) Hu) as T.
    assert (I : ex_RInt (fun y => Rabs (f y - g y) ^ q) a x).
    { apply (integrable_ext _ _ a x ltac:(lra) E'), integrable.
      apply (continuous_abs_power (fun y => f y - (m * y + d))).
      apply continuous_difference; [exact f_continuous|intro; apply continuous_line]. }
    split; [apply ex_RInt_Chasles with x; assumption|].
    rewrite <- (RInt_Chasles (fun y => Rabs (f y - g y) ^ q) a x b) by assumption.
    apply Rmult_le_compat_l with (r := k) in T; [|exact K]. rewrite S_INR.
    unfold plus; simpl plus. simpl in L, T, B |- *. lra. Qed.

(* In the mean of the q-th power, for every g with p pieces, continuous or not. *)
Theorem smooth_convex_power q g p : pieces p 0 1 g ->
  apart_power q ((c / (16 * INR p ^ 2)) ^ q / (INR q + 1)) f g.
Proof. intros H. destruct (pieces_positive p 0 1 g ltac:(lra) H) as [p' ->].
  assert (P : 0 < INR (S p')) by (apply lt_0_INR; lia). set (n := S p') in *.
  assert (U : 0 <= / INR n) by (left; apply Rinv_0_lt_compat; exact P). pose proof (pos_INR q).
  destruct (convex_pieces q (/ INR n) g n U 0 1 ltac:(lra) ltac:(lra) H) as [A B].
  split; [exact A|]. eapply Rle_trans; [right|exact B].
  replace (c / (16 * INR n ^ 2)) with (c / 16 * (/ INR n) ^ 2) by (field; lra).
  rewrite (Rpow_mult_distr (c / 16)), <- pow_mult. cbn [pow]. field. lra. Qed.

(* The mean itself. *)
Theorem smooth_convex_mean g p : pieces p 0 1 g -> apart (c / (32 * INR p ^ 2)) f g.
Proof. intros H. destruct (pieces_positive p 0 1 g ltac:(lra) H) as [n ->].
  assert (P : 0 < INR (S n)) by (apply lt_0_INR; lia). apply (proj1 (apart_power_1 _ f g)).
  replace (c / (32 * INR (S n) ^ 2)) with ((c / (16 * INR (S n) ^ 2)) ^ 1 / (INR 1 + 1));
    [exact (smooth_convex_power 1 g (S n) H)|].
  rewrite pow_1. change (INR 1) with 1. field. lra. Qed.

End Convex.

(* ---------- somewhere ---------- *)

(* Among p cells one is at least as long as the p-th part. *)
Lemma cells_widest (P : R -> R -> Prop) w p : forall a b, INR (S p) * w <= b - a ->
  cells P (S p) a b -> exists u v, a <= u /\ v <= b /\ w <= v - u /\ P u v.
Proof. induction p; intros a b Hw (x & Hx & H1 & H2).
  - simpl in H2. subst x. exists a, b. simpl in Hw. repeat split; lra || assumption.
  - destruct (Rle_dec w (x - a)).
    + exists a, x. repeat split; lra || assumption.
    + rewrite S_INR in Hw. destruct (IHp x b ltac:(lra) H2) as (u & v & A & B & C & D).
      exists u, v. repeat split; lra || assumption. Qed.

(* A line on an open interval of length 2 r is c r^2 / 4 away at one of its points. *)
Lemma convex_line_sup c f m r p d : strongly_convex c f -> 0 < c -> 0 < r -> 0 <= m - r ->
  m + r <= 1 -> exists x, m - r < x < m + r /\ c * r ^ 2 / 4 <= Rabs (f x - (p * x + d)).
Proof. intros Hf Hc Hr H0 H1. set (e := fun x => f x - (p * x + d)). set (B := c * r ^ 2 / 4).
  destruct (Rle_dec B (Rabs (e m))) as [L|L]; [exists m; split; [lra|exact L]|].
  apply Rnot_le_lt, Rabs_def2 in L. set (y := Rmin r ((e m + B) / (c * r))).
  assert (Hcr : 0 < c * r) by (apply Rmult_lt_0_compat; lra).
  assert (Hy : 0 < y <= r).
  { split; [apply Rmin_glb_lt; [lra|apply Rdiv_lt_0_compat; lra]|apply Rmin_l]. }
  assert (Y : c * r * y <= e m + B).
  { replace (e m + B) with (c * r * ((e m + B) / (c * r))) by (field; lra).
    apply Rmult_le_compat_l; [lra|apply Rmin_r]. }
  pose proof (second_difference c f Hf m (r - y) 0 ltac:(lra) ltac:(lra) ltac:(lra)) as D.
  replace (f (m + (r - y)) + f (m - (r - y)) - (f (m + 0) + f (m - 0))) with
    (e (m + (r - y)) + e (m - (r - y)) - 2 * e m) in D
    by (unfold e; rewrite Rplus_0_r, Rminus_0_r; ring).
  assert (Q : 4 * B - 2 * (e m + B) <= c * ((r - y) ^ 2 - 0 ^ 2)).
  { assert (E : 4 * B = c * r * r) by (unfold B; field). assert (0 <= c * (y * y)) by nra.
    replace (c * ((r - y) ^ 2 - 0 ^ 2)) with (4 * B - 2 * (c * r * y) + c * (y * y));
      [lra|rewrite E; ring]. }
  destruct (Rle_dec B (e (m + (r - y)))) as [P|P].
  - exists (m + (r - y)). split; [lra|]. eapply Rle_trans; [exact P|apply Rle_abs].
  - exists (m - (r - y)). split; [lra|]. eapply Rle_trans; [|apply Rle_abs].
    change (B <= e (m - (r - y))). lra. Qed.

(* So every function with p pieces, continuous or not, is that far away at a point. *)
Theorem smooth_convex_sup c f g p : strongly_convex c f -> 0 < c -> pieces p 0 1 g ->
  exists x, 0 <= x <= 1 /\ c / (16 * INR p ^ 2) <= Rabs (f x - g x).
Proof. intros Hf Hc H. destruct (pieces_positive p 0 1 g ltac:(lra) H) as [n ->].
  assert (P : 0 < INR (S n)) by (apply lt_0_INR; lia). set (w := / INR (S n)).
  assert (W : 0 < w) by (apply Rinv_0_lt_compat; exact P).
  assert (E : INR (S n) * w <= 1 - 0) by (unfold w; right; field; lra).
  destruct (cells_widest _ w n 0 1 E H) as (u & v & Hu & Hv & Hw & (p & d & A)).
  destruct (convex_line_sup c f ((u + v) / 2) ((v - u) / 2) p d Hf Hc) as (x & Hx & B); try lra.
  replace ((u + v) / 2 - (v - u) / 2) with u in Hx by field.
  replace ((u + v) / 2 + (v - u) / 2) with v in Hx by field.
  exists x. split; [lra|]. rewrite A by exact Hx. eapply Rle_trans; [|exact B].
  replace (c / (16 * INR (S n) ^ 2)) with (c / 16 * w ^ 2) by (unfold w; field; lra).
  assert (w ^ 2 <= (v - u) ^ 2) by (apply pow_incr; lra). nra. Qed.

(* ---------- the square ---------- *)

(* p pieces, in the mean of the q-th power. *)
Theorem smooth_square_power q g p : pieces p 0 1 g ->
  apart_power q ((/ (8 * INR p ^ 2)) ^ q / (INR q + 1)) (fun x => x ^ 2) g.
Proof. intros H. destruct (pieces_positive p 0 1 g ltac:(lra) H) as [n ->].
  assert (P : 0 < INR (S n)) by (apply lt_0_INR; lia).
  replace (/ (8 * INR (S n) ^ 2)) with (2 / (16 * INR (S n) ^ 2)) by (field; lra).
  apply smooth_convex_power; [exact strongly_convex_square|lra| |exact H].
  intro x. apply (continuous_power (fun y => y)). intro; apply continuous_id. Qed.

(* p pieces, in the mean: 1 / (16 p^2). *)
Theorem smooth_square_mean g p : pieces p 0 1 g -> apart (/ (16 * INR p ^ 2)) (fun x => x ^ 2) g.
Proof. intros H. destruct (pieces_positive p 0 1 g ltac:(lra) H) as [n ->].
  assert (P : 0 < INR (S n)) by (apply lt_0_INR; lia). apply (proj1 (apart_power_1 _ _ g)).
  replace (/ (16 * INR (S n) ^ 2)) with ((/ (8 * INR (S n) ^ 2)) ^ 1 / (INR 1 + 1));
    [exact (smooth_square_power 1 g (S n) H)|].
  rewrite pow_1. change (INR 1) with 1. field. lra. Qed.

(* p pieces, at a point: 1 / (8 p^2). *)
Theorem smooth_square_sup g p : pieces p 0 1 g ->
  exists x, 0 <= x <= 1 /\ / (8 * INR p ^ 2) <= Rabs (x ^ 2 - g x).
Proof. intros H. destruct (smooth_convex_sup 2 _ g p strongly_convex_square ltac:(lra) H) as
  (x & Hx & B). exists x. split; [exact Hx|]. eapply Rle_trans; [right|exact B].
  destruct (pieces_positive p 0 1 g ltac:(lra) H) as [n ->].
  assert (P : 0 < INR (S n)) by (apply lt_0_INR; lia). field. lra. Qed.
