(* A lower bound of the frontier that uses continuity: a shortest path over boxes that hold the
   breakpoints and the values there. *)
From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles
  SeparationPiece SeparationSharp Frontier.
Open Scope R_scope.

(* Affine on a closed interval.  Where two of them meet they agree, so a function with such pieces
   is continuous. *)
Definition affine_on (g : R -> R) (a b : R) : Prop := exists p q, forall x, a <= x <= b ->
  g x = p * x + q.

Definition joined_pieces (p : nat) (a b : R) (g : R -> R) : Prop := cells (affine_on g) p a b.

Section Boxes.
Variables (f : R -> R) (h : R) (n : nat) (level : R -> nat).
Hypothesis f_continuous : forall x, continuous f x.
Hypothesis h_positive : 0 < h.
Hypothesis n_positive : (0 < n)%nat.

(* Cell i is [(i - 1) h, i h]. *)
Definition in_cell (i : nat) (x : R) : Prop := h * (INR i - 1) <= x <= h * INR i.

(* cost i u j v: at most the distance of f, between cells i and j, from every affine function that
   has level u at a point of
   cell i and level v at a point of cell j. *)
Variable cost : nat -> nat -> nat -> nat -> R.
Hypothesis cost_bounds : forall i j p q x y, (i < j <= S n)%nat -> in_cell i x -> in_cell j y ->
  cost i (level (p * x + q)) j (level (p * y + q)) <= RInt (fun x => Rabs (f x - (p * x + q)))
    (h * INR i) (h * (INR j - 1)).

Variable least : nat -> nat -> nat -> R.
Hypothesis least_end : forall p u, least p (S n) u <= 0.
Hypothesis least_step : forall p i u j v, (i < j <= S n)%nat ->
  least (S p) i u <= cost i u j v + least p j v.
Hypothesis least_near : forall p i u v, least (S p) i u <= least p i v.

(* The cell of a breakpoint: the last of those that hold it, so that the end is in cell n + 1. *)
Lemma box_cell c : 0 <= c <= h * INR n -> exists e, (e <= n)%nat /\ h * INR e <= c < h * INR (S e).
Proof. apply grid_cell. exact h_positive. Qed.

(* Nothing is lost: the integral over a part is at most that over the whole. *)
Lemma box_path g p : forall c i, 0 <= c -> in_cell i c -> (c < h * INR i \/ i = 0%nat) ->
  joined_pieces p c (h * INR n) g ->
  ex_RInt (fun x => Rabs (f x - g x)) c (h * INR n) /\
  least p i (level (g c)) <= RInt (fun x => Rabs (f x - g x)) c (h * INR n).
Proof.
  induction p; intros c i Hc Hi Hs H.
  - change (c = h * INR n) in H. subst c. split; [apply ex_RInt_point|]. rewrite integral_point.
    assert (P : 0 < INR n) by (apply lt_0_INR; exact n_positive).
    assert (Q : 0 < h * INR n) by (apply Rmult_lt_0_compat; lra).
    destruct Hs as [Hs| ->]; [|destruct Hi as [_ Hi]; simpl in Hi; lra].
    assert (L : (n < i)%nat) by (apply INR_lt, Rmult_lt_reg_l with h; lra).
    assert (E : (i <= S n)%nat).
    { apply INR_le. rewrite S_INR. destruct Hi as [Hi _].
      assert (INR i - 1 <= INR n) by (apply Rmult_le_reg_l with h; lra). lra. }
    replace i with (S n) by lia. apply least_end.
  - destruct H as (d & Hd & (m & r & E) & H2). pose proof (cells_le _ _ _ _ H2) as Hdb.
    assert (E' : forall y, c < y < d -> Rabs (f y - (m * y + r)) = Rabs (f y - g y)).
    { intros y Hy. rewrite E by lra. reflexivity. }
    assert (A : ex_RInt (fun x => Rabs (f x - g x)) c d).
    { apply (integrable_ext _ _ c d ltac:(lra) E').
      apply integrable, line_loss_continuous, f_continuous. }
    destruct (box_cell d ltac:(lra)) as (e & He & Hde). rewrite S_INR in Hde.
    assert (Hj : in_cell (S e) d) by (unfold in_cell; rewrite S_INR; lra).
    destruct (IHp d (S e) ltac:(lra) Hj ltac:(left; rewrite S_INR; lra) H2) as [A2 B2].
    split; [apply ex_RInt_Chasles with d; assumption|].
    rewrite <- (RInt_Chasles (fun x => Rabs (f x - g x)) c d (h * INR n)) by assumption.
    unfold plus; simpl. rewrite <- (integral_ext _ _ c d ltac:(lra) E').
    assert (L : (i <= S e)%nat).
    { destruct Hi as [Hi _]. assert (INR i - 1 < INR e + 1) by (apply Rmult_lt_reg_l with h; lra).
      assert (L : (i < S (S e))%nat) by (apply INR_lt; rewrite !S_INR; lra). lia. }
    destruct (Nat.eq_dec i (S e)) as [->|N].
    + pose proof (least_near p (S e) (level (g c)) (level (g d))).
      assert (0 <= RInt (fun x => Rabs (f x - (m * x + r))) c d); [|lra].
      apply integral_nonneg; [lra|apply integrable, line_loss_continuous, f_continuous|intros;
        apply Rabs_pos].
    + assert (L' : (i < S e <= S n)%nat) by lia.
      pose proof (least_step p i (level (g c)) (S e) (level (g d)) L') as B1.
      rewrite (E c), (E d) in B1 by lra. pose proof (cost_bounds i (S e) m r c d L' Hi Hj) as B3.
      assert (Hie : h * INR i <= h * INR e) by (apply Rmult_le_compat_l; [lra|apply le_INR; lia]).
      rewrite S_INR in B3. replace (INR e + 1 - 1) with (INR e) in B3 by ring.
      pose proof (line_loss_inside f f_continuous m r c (h * INR i) (h * INR e) d ltac:(destruct Hi;
        lra) Hie ltac:(lra)).
      rewrite (E c) by lra. rewrite (E d) in B2 by lra. lra.
Qed.
End Boxes.

(* From continuous functions to a table of boxes. *)
Theorem separation_frontier_boxes (k n : nat) (level : R -> nat) (cost : nat -> nat -> nat -> nat ->
  R) (least : nat -> nat -> nat -> R) :
  (0 < n)%nat ->
  (forall i j p q x y, (i < j <= S n)%nat -> in_cell (/ INR n) i x -> in_cell (/ INR n) j y ->
    cost i (level (p * x + q)) j (level (p * y + q)) <=
      RInt (fun x => Rabs (sawtooth k x - (p * x + q))) (/ INR n * INR i) (/ INR n * (INR j - 1)))
        ->
  (forall p u, least p (S n) u <= 0) ->
  (forall p i u j v, (i < j <= S n)%nat -> least (S p) i u <= cost i u j v + least p j v) ->
  (forall p i u v, least (S p) i u <= least p i v) ->
  forall p g c, (forall u, c <= least p 0%nat u) -> joined_pieces p 0 1 g -> apart c (sawtooth k) g.
Proof.
  intros Hn Hcost Hend Hstep Hnear p g c Hc H.
  assert (P : 0 < INR n) by (apply lt_0_INR; assumption).
  assert (E : 1 = / INR n * INR n) by (field; lra). rewrite E in H.
  assert (Q : 0 < / INR n) by (apply Rinv_0_lt_compat; assumption).
  destruct (box_path (sawtooth k) (/ INR n) n level (sawtooth_continuous k)
    Q Hn cost Hcost least Hend Hstep Hnear g p 0 0%nat) as [A B];
    [lra|unfold in_cell; simpl; lra|right; reflexivity|exact H|].
  rewrite <- E in A, B. split; [exact A|]. apply Rle_trans with (2 := B). apply Hc.
Qed.
