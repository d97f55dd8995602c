(* A lower bound of the frontier from a table: a shortest path over a grid is a lower bound for
   every function with p pieces, whatever it
   does inside the grid cells of its breakpoints;
     and a bound for one interval of the zigzag holds for all its images. *)
Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles
  SeparationPiece SeparationSharp.
Open Scope R_scope.

Section Paths.
Variables (f : R -> R) (h : R) (n : nat).
Hypothesis f_continuous : forall x, continuous f x.
Hypothesis h_positive : 0 < h.

(* least p s: at most the length of every path with p pieces from the grid point s on.  A piece runs
   from s to the cell [e, e + 1] of its
   end, the next starts at e + 1. *)
Variable least : nat -> nat -> R.
Hypothesis least_end : forall p s, (n <= s)%nat -> least p s <= 0.
Hypothesis least_step : forall p s e m r, (s <= e <= n)%nat -> least (S p) s <=
  RInt (fun x => Rabs (f x - (m * x + r))) (h * INR s) (h * INR e) + least p (S e).
Hypothesis least_fewer : forall p s, least (S p) s <= least p s.

(* The distance to a line is continuous, so that it has an integral. *)
Lemma line_loss_continuous p q x : continuous (fun x => Rabs (f x - (p * x + q))) x.
Proof. apply (continuous_abs (fun x => f x - (p * x + q))), continuous_difference;
  [exact f_continuous|intro; apply continuous_line]. Qed.

(* A part costs no more than the whole: shrinking the interval does not raise the cost of a line. *)
Lemma line_loss_inside p q a u v b : a <= u -> u <= v -> v <= b ->
  RInt (fun x => Rabs (f x - (p * x + q))) u v <= RInt (fun x => Rabs (f x - (p * x + q))) a b.
Proof.
  intros Ha Huv Hb. set (d := fun x => Rabs (f x - (p * x + q))).
  pose proof (line_loss_continuous p q) as Hd. fold d in Hd.
  assert (P : forall a b, a <= b -> 0 <= RInt d a b).
  { intros. apply integral_nonneg; [assumption|apply integrable, Hd|intros; apply Rabs_pos]. }
  rewrite (integral_cat d a u b Hd), (integral_cat d u v b Hd). pose proof (P a u Ha).
  pose proof (P v b Hb). lra.
Qed.

(* The grid cell of a breakpoint. *)
Lemma grid_cell c : 0 <= c <= h * INR n -> exists e, (e <= n)%nat /\ h * INR e <= c < h * INR (S e).
Proof.
  intros Hc. assert (B : forall m, c < h * INR (S m) -> exists e, (e <= m)%nat /\
    h * INR e <= c < h * INR (S e)).
  { induction m; intros Hm; [exists 0%nat; split; [lia|simpl in *; lra]|].
    destruct (Rlt_dec c (h * INR (S m))) as [L|L];
      [destruct (IHm L) as (e & He & Hce); exists e; split; [lia|lra]|].
    exists (S m). split; [lia|lra]. }
  apply B. rewrite S_INR. nra.
Qed.

(* The costs of the pieces of g, each on the grid intervals that lie inside it, are those of a
   path. *)
Lemma path_bound g p : forall x s, 0 <= x -> x <= h * INR s -> pieces p x (h * INR n) g ->
  ex_RInt (fun x => Rabs (f x - g x)) x (h * INR n) /\
    least p s <= RInt (fun x => Rabs (f x - g x)) x (h * INR n).
Proof.
  induction p; intros x s Hx Hs H.
  - change (x = h * INR n) in H. subst x. split; [apply ex_RInt_point|]. rewrite integral_point.
    apply least_end.
    apply INR_le. apply Rmult_le_reg_l with h; lra.
  - destruct H as (c & Hc & (m & r & E) & H2). pose proof (cells_le _ _ _ _ H2) as Hcb.
    assert (E' : forall y, x < y < c -> Rabs (f y - (m * y + r)) = Rabs (f y - g y)).
    { intros y Hy. rewrite E by assumption. reflexivity. }
    assert (A : ex_RInt (fun x => Rabs (f x - g x)) x c).
    { apply (integrable_ext _ _ x c ltac:(lra) E'). apply integrable, line_loss_continuous. }
    assert (G : forall t, c <= h * INR t -> ex_RInt (fun x => Rabs (f x - g x)) c (h * INR n) /\
      least p t <= RInt (fun x => Rabs (f x - g x)) c (h * INR n)) by (intros; apply IHp;
        [lra|assumption|assumption]).
    destruct (grid_cell c ltac:(lra)) as (e & He & Hce).
    destruct (G (S e) ltac:(lra)) as [A2 B2].
    split; [apply ex_RInt_Chasles with c; assumption|].
    rewrite <- (RInt_Chasles (fun x => Rabs (f x - g x)) x c (h * INR n)) by assumption.
    unfold plus; simpl.
    rewrite <- (integral_ext _ _ x c ltac:(lra) E').
    destruct (Nat.le_gt_cases s e) as [L|L].
    + assert (Hse : h * INR s <= h * INR e) by (apply Rmult_le_compat_l;
        [lra|apply le_INR; assumption]).
      pose proof (line_loss_inside m r x (h * INR s) (h * INR e) c Hs Hse ltac:(lra)).
      pose proof (least_step p s e m r ltac:(lia)). lra.
    + assert (Hes : h * INR (S e) <= h * INR s) by (apply Rmult_le_compat_l;
        [lra|apply le_INR; lia]).
      destruct (G s ltac:(lra)) as [_ B3]. pose proof (least_fewer p s).
      assert (0 <= RInt (fun x => Rabs (f x - (m * x + r))) x c); [|lra].
      apply integral_nonneg; [lra|apply integrable, line_loss_continuous|intros; apply Rabs_pos].
Qed.
End Paths.

(* The same on [0, 1], cut at the multiples of 1/n, for the sawtooth. *)
Lemma least_apart k n least p g : (0 < n)%nat ->
  (forall p s, (n <= s)%nat -> least p s <= 0) ->
  (forall p s e m r, (s <= e <= n)%nat -> least (S p) s <=
    RInt (fun x => Rabs (sawtooth k x - (m * x + r))) (/ INR n * INR s) (/ INR n * INR e) +
      least p (S e)) ->
  (forall p s, least (S p) s <= least p s) ->
  pieces p 0 1 g -> apart (least p 0%nat) (sawtooth k) g.
Proof.
  intros Hn Hend Hstep Hfewer H. assert (P : 0 < INR n) by (apply lt_0_INR; assumption).
  assert (E : 1 = / INR n * INR n) by (field; lra). rewrite E in H.
  pose proof (path_bound (sawtooth k) (/ INR n) n (sawtooth_continuous k)
    ltac:(apply Rinv_0_lt_compat; assumption) least Hend Hstep
    Hfewer g p 0 0%nat ltac:(lra) ltac:(simpl; lra) H) as [A B].
  rewrite <- E in A, B. split; assumption.
Qed.

(* From functions to the table: the least path over a grid of n steps is a lower bound for every
   function with p pieces.  cost i j: at most the distance of f from every affine function between
   the grid points i and j. *)
Theorem separation_frontier_reduction k n cost least : (0 < n)%nat ->
  (forall i j p q, (i <= j <= n)%nat ->
    cost i j <= RInt (fun x => Rabs (sawtooth k x - (p * x + q))) (/ INR n * INR i)
      (/ INR n * INR j)) ->
  (forall p s, (n <= s)%nat -> least p s <= 0) ->
  (forall p s e, (s <= e <= n)%nat -> least (S p) s <= cost s e + least p (S e)) ->
  (forall p s, least (S p) s <= least p s) ->
  forall p g, pieces p 0 1 g -> apart (least p 0%nat) (sawtooth k) g.
Proof.
  intros Hn Hcost Hend Hstep Hfewer p g H.
  apply (least_apart k n least p g Hn Hend); try assumption.
  intros p' s e m r Hse. pose proof (Hcost s e m r Hse). pose proof (Hstep p' s e Hse). lra.
Qed.

(* ---------- images of an interval ---------- *)

(* Shifted by whole tents, the zigzag is the same. *)
Lemma zigzag_shift k K m x : 0 <= x < 2 ^ K -> x + 2 * INR m < 2 ^ k ->
  zigzag k (x + 2 * INR m) = zigzag K x.
Proof.
  intros Hx Hk. destruct (grid_cell 1 (2 ^ K) Rlt_0_1 x) as (i & _ & Hi); [rewrite INR_pow2; lra|].
  rewrite S_INR in Hi.
  assert (L : (i < 2 ^ K)%nat) by (apply INR_lt; rewrite INR_pow2; lra).
  assert (E : INR (i + 2 * m) = INR i + 2 * INR m) by (rewrite plus_INR, mult_INR; simpl; ring).
  assert (L2 : (i + 2 * m < 2 ^ k)%nat) by (apply INR_lt; rewrite E, INR_pow2; lra).
  rewrite (zigzag_cell K i x L) by lra. rewrite (zigzag_cell k (i + 2 * m) _ L2) by lra.
  rewrite slope_sign_add_even, E. ring.
Qed.

(* Reflected at a whole tent, the zigzag is the same. *)
Lemma zigzag_mirror k K m x : 0 <= x < 2 ^ K -> x < 2 * INR m -> 2 * INR m - x <= 2 ^ k ->
  zigzag k (2 * INR m - x) = zigzag K x.
Proof.
  intros Hx Hm Hk. destruct (grid_cell 1 (2 ^ K) Rlt_0_1 x) as (i & _ & Hi);
    [rewrite INR_pow2; lra|]. rewrite S_INR in Hi.
  assert (L : (i < 2 ^ K)%nat) by (apply INR_lt; rewrite INR_pow2; lra).
  assert (D : INR (2 * m) = 2 * INR m) by (rewrite mult_INR; simpl; ring).
  assert (B : (i < 2 * m)%nat) by (apply INR_lt; rewrite D; lra).
  set (j := (2 * m - S i)%nat). assert (E : INR j = 2 * INR m - INR i - 1)
    by (unfold j; rewrite minus_INR, D, S_INR by lia; ring).
  assert (L2 : (j < 2 ^ k)%nat) by (apply INR_lt; rewrite E, INR_pow2; lra).
  rewrite (zigzag_cell K i x L), (zigzag_cell k j _ L2) by lra.
  assert (S1 : slope_sign i = - slope_sign j).
  { unfold slope_sign. replace (Nat.even i) with (negb (Nat.even j));
      [destruct (Nat.even j); simpl; lra|].
    unfold j. rewrite Nat.even_sub by lia.
    rewrite Nat.even_succ, <- Nat.negb_even, Nat.even_mul. simpl.
    destruct (Nat.even i); reflexivity. }
  rewrite S1, E. field.
Qed.

(* A bound for all affine functions on an interval of the zigzag holds on its images under shifts by
   even numbers and reflection, at every
   depth. *)
Theorem separation_frontier_images K k v a b m : 0 <= a -> a <= b -> b <= 2 ^ K ->
  (forall p q, v <= RInt (fun x => Rabs (zigzag K x - (p * x + q))) a b) ->
  (b + 2 * INR m <= 2 ^ k -> forall p q,
    v <= RInt (fun x => Rabs (zigzag k x - (p * x + q))) (a + 2 * INR m) (b + 2 * INR m)) /\
  (b <= 2 * INR m -> 2 * INR m - a <= 2 ^ k ->
    forall p q, v <= RInt (fun x => Rabs (zigzag k x - (p * x + q))) (2 * INR m - b)
      (2 * INR m - a)).
Proof.
  intros Ha Hab Hb H. split.
  - intros Hk p q. set (t := 2 * INR m) in *. specialize (H p (p * t + q)).
    replace (RInt (fun x => Rabs (zigzag k x - (p * x + q))) (a + t) (b + t))
      with (RInt (fun x => Rabs (zigzag K x - (p * x + (p * t + q)))) a b); [exact H|].
    pose proof (RInt_comp_lin (fun x => Rabs (zigzag k x - (p * x + q))) 1 t a b
      (integrable _ _ _ (loss_continuous k p q))) as C. rewrite !Rmult_1_l in C. rewrite <- C.
    apply integral_ext; [assumption|]. intros x Hx. change (scal 1 ?z) with (1 * z).
    rewrite !Rmult_1_l.
    unfold t. rewrite (zigzag_shift k K m x) by (unfold t in *; lra). f_equal. ring.
  - intros Hm Hk p q. set (t := 2 * INR m) in *. specialize (H (- p) (p * t + q)).
    replace (RInt (fun x => Rabs (zigzag k x - (p * x + q))) (t - b) (t - a))
      with (RInt (fun x => Rabs (zigzag K x - (- p * x + (p * t + q)))) a b); [exact H|].
    pose proof (RInt_comp_lin (fun x => Rabs (zigzag k x - (p * x + q))) (-1) t b a
      (integrable _ _ _ (loss_continuous k p q))) as C.
    replace (-1 * b + t) with (t - b) in C by ring. replace (-1 * a + t) with (t - a) in C by ring.
    rewrite <- C.
    rewrite <- (opp_RInt_swap (fun y => scal (-1)
      (Rabs (zigzag k (-1 * y + t) - (p * (-1 * y + t) + q))))).
    2: { apply (ex_RInt_comp_lin (fun x => Rabs (zigzag k x - (p * x + q))) (-1) t a b), integrable,
      (loss_continuous k p q). }
    rewrite <- (RInt_opp (V := R_CompleteNormedModule)).
    2: { apply (ex_RInt_comp_lin (fun x => Rabs (zigzag k x - (p * x + q))) (-1) t a b), integrable,
      (loss_continuous k p q). }
    apply integral_ext; [assumption|]. intros x Hx. unfold scal, opp; simpl. unfold mult; simpl.
    replace (-1 * x + t) with (t - x) by ring. unfold t.
    rewrite (zigzag_mirror k K m x) by (unfold t in *; lra).
    rewrite Ropp_mult_distr_l. replace (- -1) with 1 by ring. rewrite Rmult_1_l. f_equal. ring.
Qed.
