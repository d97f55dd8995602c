(* The frontier at one piece too few: a continuous function with 2^k - 1 pieces is at distance at
   least 5/9 2^-k from the sawtooth, and one is. Scaled by 2^k: N cells and N - 1 pieces. Of the r
   pieces that are left at c, count c + r + 1 - N: it starts at 0 and ends at 1. Where it passes
   from 0 to 1 each piece pays for what the count gains, and for the credit that it leaves. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles.
From Depthproof Require Import SeparationPiece SeparationSharp Frontier Boxes FrontierTents.

(* ---------- one affine piece ---------- *)

(* A line with the value e at its start. *)
Lemma line_from p q u v : u <= v -> 2 / 5 * (v - u) * Rabs (p * u + q) <=
  RInt (fun x => Rabs (p * x + q)) u v.
Proof.
  intros Huv. set (d := fun x => p * x + q).
  assert (Hd : forall x, continuous d x) by (intro; apply continuous_line).
  assert (E : exists s, (s = 1 \/ s = -1) /\ Rabs (p * u + q) = s * (p * u + q)).
  { unfold Rabs; destruct Rcase_abs; [exists (-1)|exists 1]; split; lra. }
  destruct E as (s & Hs & ->). set (c := u + 5 / 7 * (v - u)).
  change (fun x => Rabs (p * x + q)) with (fun x => Rabs (d x)).
  rewrite (integral_cat (fun x => Rabs (d x)) u c v (continuous_abs d Hd)).
  assert (Hc : u <= c <= v) by (unfold c; lra).
  pose proof (signed_integral d (24 / 25 * s) p q u c (proj1 Hc) Hd ltac:(lra)
    ltac:(reflexivity)) as A.
  pose proof (signed_integral d (- s) p q c v (proj2 Hc) Hd ltac:(lra) ltac:(reflexivity)) as B.
  match type of A with ?A <= _ => match type of B with ?B <= _ =>
    assert (T : A + B = 2 / 5 * (v - u) * (s * (p * u + q))) by (unfold c; field) end end.
  lra.
Qed.

(* The zigzag on three cells, one after the other. *)
Lemma zigzag_three k i x : (S (S i) < 2 ^ k)%nat ->
  (INR i <= x <= INR i + 1 -> zigzag k x = / 2 + slope_sign i * (x - INR i - / 2)) /\
  (INR i + 1 <= x <= INR i + 2 -> zigzag k x = / 2 - slope_sign i * (x - INR i - 3 / 2)) /\
  (INR i + 2 <= x <= INR i + 3 -> zigzag k x = / 2 + slope_sign i * (x - INR i - 5 / 2)).
Proof.
  intros Hi. split; [|split]; intros Hx.
  - apply zigzag_cell; [lia|exact Hx].
  - rewrite (zigzag_cell k (S i)), slope_sign_S, S_INR by (lia || (rewrite S_INR; lra)). field.
  - rewrite (zigzag_cell k (S (S i))), !slope_sign_S, !S_INR by (lia || (rewrite !S_INR; lra)).
    field.
Qed.

(* What the signs of the next lemma leave to spare. *)
Lemma straight_rest r : 0 <= r <= 2 / 9 ->
  0 <= 9 / 40 * r ^ 2 <= 1 / 80 /\ 0 <= 3 / 5 * r ^ 2 - 81 / 800 * r ^ 4.
Proof.
  intros Hr. assert (R2 : 0 <= r ^ 2 <= 1 / 20) by nra. split; [lra|].
  replace (3 / 5 * r ^ 2 - 81 / 800 * r ^ 4) with (r ^ 2 * (3 / 5 - 81 / 800 * r ^ 2)) by field.
  apply Rmult_le_pos; lra.
Qed.

(* Over two whole cells and part of a third, straight: the signs -, +, - change at 5/9 and 15/9, a
   little before if the piece ends before 20/9. Then the error at its end counts. *)
Lemma straight_pair k p q j r : (S (S j) < 2 ^ k)%nat -> 0 <= r <= 2 / 9 ->
  5 / 9 + r * (slope_sign j * (zigzag k (INR j + 20 / 9 - r) - (p * (INR j + 20 / 9 - r) + q))) <=
    RInt (loss k p q) (INR j) (INR j + 20 / 9 - r).
Proof.
  intros Hj Hr. destruct (straight_rest r Hr) as [He P].
  pose proof (fun x => zigzag_three k j x Hj) as Z.
  set (c := INR j) in *. set (s := slope_sign j) in *. set (e := 9 / 40 * r ^ 2) in *.
  assert (Hs : s = 1 \/ s = -1) by apply slope_sign_cases.
  set (d := fun y => zigzag k y - (p * y + q)).
  assert (Hd : forall x, continuous d x) by apply difference_continuous.
  assert (U : forall x, c <= x <= c + 1 -> d x = (s - p) * x + (/ 2 - s * (c + / 2) - q)).
  { intros x Hx. unfold d. rewrite (proj1 (Z x)) by exact Hx. ring. }
  assert (V : forall x, c + 1 <= x <= c + 2 -> d x = (- s - p) * x + (/ 2 + s * (c + 3 / 2) - q)).
  { intros x Hx. unfold d. rewrite (proj1 (proj2 (Z x))) by exact Hx. ring. }
  assert (W : forall x, c + 2 <= x <= c + 3 -> d x = (s - p) * x + (/ 2 - s * (c + 5 / 2) - q)).
  { intros x Hx. unfold d. rewrite (proj2 (proj2 (Z x))) by exact Hx. ring. }
  change (zigzag k (c + 20 / 9 - r) - (p * (c + 20 / 9 - r) + q)) with (d (c + 20 / 9 - r)).
  rewrite W by lra.
  set (F := fun x : R => Rabs (d x)). change (loss k p q) with F.
  assert (Ha : forall x, continuous F x) by apply (continuous_abs d Hd).
  set (t1 := c + 5 / 9 - e). set (t2 := c + 15 / 9 - e).
  rewrite (integral_cat F c t1 _ Ha), (integral_cat F t1 (c + 1) _ Ha),
    (integral_cat F (c + 1) t2 _ Ha), (integral_cat F t2 (c + 2) _ Ha).
  pose proof (fun t p q a b H => signed_integral d t p q a b H Hd) as Q.
  pose proof (Q (- s) _ _ c t1 ltac:(unfold t1; lra) ltac:(lra)
    ltac:(intros; apply U; unfold t1 in *; lra)) as Q1.
  pose proof (Q s _ _ t1 (c + 1) ltac:(unfold t1; lra) ltac:(lra)
    ltac:(intros; apply U; unfold t1 in *; lra)) as Q2.
  pose proof (Q s _ _ (c + 1) t2 ltac:(unfold t2; lra) ltac:(lra)
    ltac:(intros; apply V; unfold t2 in *; lra)) as Q3.
  pose proof (Q (- s) _ _ t2 (c + 2) ltac:(unfold t2; lra) ltac:(lra)
    ltac:(intros; apply V; unfold t2 in *; lra)) as Q4.
  pose proof (Q (- s) _ _ (c + 2) (c + 20 / 9 - r) ltac:(lra) ltac:(lra)
    ltac:(intros; apply W; lra)) as Q5.
  fold F in Q1, Q2, Q3, Q4, Q5.
  match type of Q1 with ?A <= _ => match type of Q2 with ?B <= _ => match type of Q3 with ?C <= _ =>
  match type of Q4 with ?E <= _ => match type of Q5 with ?F <= _ =>
  match goal with |- _ + ?G <= _ =>
    assert (T : A + B + C + E + F = s * s * (5 / 9 + 3 / 5 * r ^ 2 - 81 / 800 * r ^ 4) + G)
    by (unfold t1, t2, e; field) end end end end end end.
  replace (s * s) with 1 in T by (destruct Hs as [-> | ->]; ring). lra.
Qed.

(* The tent around a kink: zigzag less one affine function, up or down so that the zigzag has a
   peak there. *)
Lemma kink_window k i h a b : (S i < 2 ^ k)%nat -> 0 <= a <= 1 -> 0 <= b <= 1 ->
  affine_on h (INR (S i) - a) (INR (S i) + b) ->
  exists D m,
    RInt (fun y => Rabs (zigzag k y - h y)) (INR (S i) - a) (INR (S i) + b) =
      tent_loss D m a b /\
    tent D m (- a) = slope_sign i * (zigzag k (INR (S i) - a) - h (INR (S i) - a)) /\
    tent D m b = slope_sign i * (zigzag k (INR (S i) + b) - h (INR (S i) + b)).
Proof.
  intros Hi Ha Hb (p & q & H). set (s := slope_sign i). set (c := INR (S i)) in *.
  assert (Hs : s = 1 \/ s = -1) by apply slope_sign_cases.
  set (D := s * (/ 2 + s / 2 - (p * c + q))). exists D, (s * p).
  assert (E : forall t, - a <= t <= b -> tent D (s * p) t = s * (zigzag k (t + c) - h (t + c))).
  { intros t Ht. rewrite H by lra. unfold tent, D.
    assert (Es : s * s = 1) by (destruct Hs as [-> | ->]; ring).
    destruct (Rle_dec t 0) as [L|L].
    - rewrite Rabs_left1, (zigzag_cell k i) by (lia || lra || (unfold c; rewrite S_INR; lra)).
      fold s.
      replace (INR i) with (c - 1) by (unfold c; rewrite S_INR; ring).
      transitivity (s * (/ 2 + s / 2 - (p * (t + c) + q)) + s * s * t); [rewrite Es; field|field].
    - rewrite Rabs_right, (zigzag_cell k (S i)) by (lia || lra || (fold c; lra)). fold c.
      rewrite slope_sign_S. fold s.
      transitivity (s * (/ 2 + s / 2 - (p * (t + c) + q)) - s * s * t); [rewrite Es; field|field]. }
  rewrite (E (- a)), (E b) by lra. replace (- a + c) with (c - a) by ring.
  replace (b + c) with (c + b) by ring.
  split; [|split; reflexivity]. unfold tent_loss.
  rewrite (integral_ext _ (fun y => Rabs (tent D (s * p) (1 * y + - c))) (c - a) (c + b)).
  2: lra.
  2: { intros y Hy. rewrite E by lra. replace (1 * y + - c + c) with y by ring.
    rewrite Rabs_mult. replace (Rabs s) with 1; [real_equation; ring|].
    destruct Hs as [-> | ->]; unfold Rabs; destruct Rcase_abs; lra. }
  pose proof (RInt_comp_lin (fun t => Rabs (tent D (s * p) t)) 1 (- c) (c - a) (c + b)) as C.
  replace (1 * (c - a) + - c) with (- a) in C by ring.
  replace (1 * (c + b) + - c) with b in C by ring.
  rewrite <- C by (apply integrable, continuous_abs, tent_continuous).
  apply RInt_ext. intros y _. symmetry. apply (scal_one (V := R_ModuleSpace)).
Qed.

(* ---------- the pieces of a continuous function, from left to right ---------- *)

(* Affine on an interval, affine on its parts. *)
Lemma affine_on_part h a b u v : a <= u -> v <= b -> affine_on h a b -> affine_on h u v.
Proof. intros Hu Hv (p & q & H). exists p, q. intros x Hx. apply H. lra. Qed.

Section Count.
Variables (k n : nat) (h : R -> R).
Hypothesis cells_count : n = (2 ^ k)%nat.

(* How far h is from the zigzag at a point. *)
Definition miss (y : R) : R := Rabs (zigzag k y - h y).

Hypothesis miss_integrable : forall u v, 0 <= u -> u <= v -> v <= INR n -> ex_RInt miss u v.

(* What is missed adds up over neighbouring intervals. *)
Lemma miss_cat a b c : 0 <= a -> a <= b -> b <= c -> c <= INR n ->
  RInt miss a c = RInt miss a b + RInt miss b c.
Proof. intros. symmetry. apply (RInt_Chasles miss a b c); apply miss_integrable; lra. Qed.

(* It is not negative. *)
Lemma miss_nonneg a b : 0 <= a -> a <= b -> b <= INR n -> 0 <= RInt miss a b.
Proof. intros. apply integral_nonneg; [lra|apply miss_integrable; lra|intros; apply Rabs_pos]. Qed.

(* A part misses no more than the whole. *)
Lemma miss_inside a u v b : 0 <= a -> a <= u -> u <= v -> v <= b -> b <= INR n ->
  RInt miss u v <= RInt miss a b.
Proof.
  intros. rewrite (miss_cat a u b), (miss_cat u v b) by lra. pose proof (miss_nonneg a u).
  pose proof (miss_nonneg v b). lra.
Qed.

(* A piece from before a cell to a point of the next. *)
Lemma miss_first i b c : (S i < n)%nat -> 0 <= b <= 1 -> 0 <= c <= INR i ->
  INR (S i) + b <= INR n -> affine_on h c (INR (S i) + b) ->
  5 / 9 * b + credit (slope_sign i * (zigzag k (INR (S i) + b) - h (INR (S i) + b))) <=
    RInt miss c (INR (S i) + b).
Proof.
  intros Hi Hb Hc Hn H. pose proof (S_INR i) as E1. rewrite cells_count in Hi.
  assert (W : affine_on h (INR (S i) - 1) (INR (S i) + b))
    by (apply affine_on_part with (3 := H); lra).
  destruct (kink_window k i h 1 b Hi ltac:(lra) Hb W) as (D & m & E & _ & V).
  rewrite <- V. pose proof (tent_first D m b Hb) as T. rewrite <- E in T. fold miss in T.
  pose proof (miss_inside c (INR (S i) - 1) (INR (S i) + b) (INR (S i) + b)). lra.
Qed.

(* A piece from a point of a cell to beyond the next. *)
Lemma miss_last i a d : (S i < n)%nat -> 0 <= a <= 1 -> INR (S i) + 1 <= d <= INR n ->
  affine_on h (INR (S i) - a) d ->
  5 / 9 * a + credit (slope_sign i * (zigzag k (INR (S i) - a) - h (INR (S i) - a))) <=
    RInt miss (INR (S i) - a) d.
Proof.
  intros Hi Ha Hd H. pose proof (pos_INR i). pose proof (S_INR i) as E1. rewrite cells_count in Hi.
  assert (W : affine_on h (INR (S i) - a) (INR (S i) + 1))
    by (apply affine_on_part with (3 := H); lra).
  destruct (kink_window k i h a 1 Hi Ha ltac:(lra) W) as (D & m & E & V & _).
  rewrite <- V. pose proof (tent_first D (- m) a Ha) as T.
  rewrite tent_loss_mirror, Ropp_involutive, <- E in T. fold miss in T.
  replace (tent D (- m) a) with (tent D m (- a)) in T by (unfold tent; rewrite Rabs_Ropp; ring).
  pose proof (miss_inside (INR (S i) - a) (INR (S i) - a) (INR (S i) + 1) d). lra.
Qed.

(* A piece from a point of a cell to a point of the next. *)
Lemma miss_middle i a b : (S i < n)%nat -> 0 <= a <= 1 -> 0 <= b <= 1 ->
  affine_on h (INR (S i) - a) (INR (S i) + b) ->
  5 / 9 * (a + b - 1) + credit (slope_sign i * (zigzag k (INR (S i) - a) - h (INR (S i) - a)))
    + credit (slope_sign i * (zigzag k (INR (S i) + b) - h (INR (S i) + b))) <=
        RInt miss (INR (S i) - a) (INR (S i) + b).
Proof.
  intros Hi Ha Hb H. rewrite cells_count in Hi.
  destruct (kink_window k i h a b Hi Ha Hb H) as (D & m & E & V & W).
  rewrite <- V, <- W. unfold miss. rewrite E. apply tent_middle; assumption.
Qed.

(* A piece over two whole cells misses a quarter of each. *)
Lemma miss_pair i : (S i < n)%nat -> affine_on h (INR i) (INR i + 2) ->
  1 / 2 <= RInt miss (INR i) (INR i + 2).
Proof.
  intros Hi H. rewrite cells_count in Hi.
  replace (INR i) with (INR (S i) - 1) in * by (rewrite S_INR; ring).
  replace (INR (S i) - 1 + 2) with (INR (S i) + 1) in * by ring.
  destruct (kink_window k i h 1 1 Hi ltac:(lra) ltac:(lra) H) as (D & m & E & _).
  unfold miss. rewrite E. pose proof (tent_quarters D m 1 1). lra.
Qed.

(* A piece from a quarter before a kink to three quarters after it. *)
Lemma miss_across i c d : (S i < n)%nat -> 0 <= c <= INR (S i) - / 4 ->
  INR (S i) + 3 / 4 <= d <= INR n -> affine_on h c d -> 1 / 16 <= RInt miss c d.
Proof.
  intros Hi Hc Hd H. rewrite cells_count in Hi.
  assert (W : affine_on h (INR (S i) - / 4) (INR (S i) + 3 / 4))
    by (apply affine_on_part with (3 := H); lra).
  destruct (kink_window k i h (/ 4) (3 / 4) Hi ltac:(lra) ltac:(lra) W) as (D & m & E & _).
  pose proof (tent_quarters D m (/ 4) (3 / 4) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)) as Q.
  rewrite <- E in Q.
  fold miss in Q. pose proof (miss_inside c (INR (S i) - / 4) (INR (S i) + 3 / 4) d). lra.
Qed.

(* Two pieces, the first over two whole cells, the second up to three quarters of the next: it
   misses 5/9. *)
Lemma miss_straight i c d e : (S (S i) < n)%nat -> 0 <= c <= INR i -> INR i + 2 <= d -> d <= e ->
  INR i + 11 / 4 <= e -> e <= INR n -> affine_on h c d -> affine_on h d e -> 5 / 9 <= RInt miss c e.
Proof.
  intros Hi Hc Hd Hde He Hen (p & q & H) (p' & q' & H'). rewrite cells_count in Hi.
  assert (E : forall u v, c <= u -> u <= v -> v <= d -> RInt miss u v = RInt (loss k p q) u v).
  { intros u v Hu Huv Hv. apply integral_ext; [exact Huv|]. intros x Hx. unfold miss, loss.
    rewrite H by lra. reflexivity. }
  set (r := Rmax 0 (INR i + 20 / 9 - d)). assert (Hr : 0 <= r <= 2 / 9 /\ INR i + 20 / 9 - d <= r).
  { unfold r, Rmax. destruct Rle_dec; lra. }
  pose proof (straight_pair k p q i r Hi ltac:(lra)) as G. set (t := INR i + 20 / 9 - r) in *.
  rewrite <- E in G by (unfold t; lra). destruct (Rle_dec d (INR i + 20 / 9)) as [L|L].
  - assert (Et : t = d) by (unfold t, r; rewrite Rmax_right; lra). rewrite Et in G.
    rewrite <- (H d) in G by lra.
    set (err := zigzag k d - h d) in *. assert (Q : r * Rabs err <= RInt miss d (INR i + 11 / 4)).
    { assert (V : forall x, d <= x <= INR i + 11 / 4 -> zigzag k x - h x =
        (slope_sign i - p') * x + (/ 2 - slope_sign i * (INR i + 5 / 2) - q')).
      { intros x Hx. rewrite H', (proj2 (proj2 (zigzag_three k i x Hi))) by lra. ring. }
      pose proof (line_from (slope_sign i - p') (/ 2 - slope_sign i * (INR i + 5 / 2) - q') d
        (INR i + 11 / 4) ltac:(lra)) as Q.
      rewrite <- (V d) in Q by lra.
      rewrite <- (integral_ext miss) in Q.
      2: lra.
      2: { intros x Hx. unfold miss. rewrite V by lra. reflexivity. }
      fold err in Q. pose proof (Rabs_pos err).
      assert (r <= 2 / 5 * (INR i + 11 / 4 - d)) by (unfold t in Et; lra). nra. }
    assert (r * (slope_sign i * err) >= - (r * Rabs err)).
    { destruct (slope_sign_cases i) as [-> | ->]; unfold Rabs; destruct Rcase_abs; nra. }
    pose proof (miss_inside c (INR i) d d). pose proof (miss_inside d d (INR i + 11 / 4) e).
    rewrite (miss_cat c d e) by lra. lra.
  - assert (Et : r = 0) by (unfold r; apply Rmax_left; lra). rewrite Et in G.
    pose proof (miss_inside c (INR i) t e). unfold t in *. lra.
Qed.

(* If the count of the pieces left is at most 3/4, some piece takes it beyond. *)
Lemma miss_remaining r : forall c, 0 <= c -> joined_pieces r c (INR n) h ->
  c + INR r + 1 <= INR n + 3 / 4 -> 1 / 16 <= RInt miss c (INR n).
Proof.
  induction r as [|r IH]; intros c Hc H Hr.
  { change (c = INR n) in H. change (INR 0) with 0 in Hr. lra. }
  destruct H as (d & Hd & H1 & H2). rewrite S_INR in Hr.
  destruct (Rle_dec (d + INR r + 1) (INR n + 3 / 4)) as [L|L].
  - pose proof (IH d ltac:(lra) H2 L). pose proof (miss_inside c d (INR n) (INR n)). lra.
  - assert (B : (r + 2 <= n)%nat).
    { apply Nat.lt_succ_r, INR_lt. rewrite S_INR, plus_INR. simpl. lra. }
    assert (E : exists i, n = (S (S (i + r)))%nat) by (exists (n - 2 - r)%nat; lia).
    destruct E as (i & E).
    assert (En : INR n = INR i + INR r + 2) by (rewrite E, !S_INR, plus_INR; ring).
    pose proof (miss_across i c d ltac:(lia)) as A. rewrite S_INR in A.
    specialize (A ltac:(lra) ltac:(lra) H1).
    pose proof (miss_inside c c d (INR n)). lra.
Qed.

(* What is to be shown, but for functions that are straight over the last two cells. *)
Definition settled (c : R) : Prop :=
  5 / 9 <= RInt miss c (INR n) \/ affine_on h (INR n - 2) (INR n).

(* It holds from the left if it holds from the right. *)
Lemma settled_left c d : 0 <= c -> c <= d -> d <= INR n -> settled d -> settled c.
Proof.
  intros Hc Hcd Hd [H|H]; [left|right; exact H]. pose proof (miss_inside c d (INR n) (INR n)). lra.
Qed.

(* What is shown of r pieces from c on. A count of 0 or less: settled. Between 0 and 1: settled, or
   what is left to gain is missed, and the credit. *)
Definition counted (r : nat) (c : R) : Prop :=
  (c + INR r + 1 <= INR n -> settled c) /\
  (forall i, n = (S i + r)%nat -> INR i < c < INR (S i) -> settled c \/
    5 / 9 * (INR (S i) - c) + credit (slope_sign i * (zigzag k c - h c)) <= RInt miss c (INR n)).

(* A piece over two whole cells: it is the last, or the next goes on for three quarters of a cell,
   or what comes after that misses 1/16. *)
Lemma settled_straight r i c d : n = (S (S i) + r)%nat -> 0 <= c -> c <= INR i ->
  INR i + 2 <= d -> d <= INR n -> affine_on h c d -> joined_pieces r d (INR n) h -> settled c.
Proof.
  intros E Hc Hi Hd Hdn H1 H2.
  assert (En : INR n = INR i + 2 + INR r) by (rewrite E, plus_INR, !S_INR; ring).
  destruct r as [|r].
  { right. change (d = INR n) in H2. change (INR 0) with 0 in En. subst d.
    apply affine_on_part with (3 := H1); lra. }
  left. destruct H2 as (e & He & H3 & H4). rewrite S_INR in En.
  destruct (Rle_dec (INR i + 11 / 4) e) as [P|P].
  - assert (5 / 9 <= RInt miss c e) by (apply (miss_straight i c d e); assumption || lia || lra).
    pose proof (miss_inside c c e (INR n)). lra.
  - pose proof (miss_remaining r e ltac:(lra) H4 ltac:(lra)).
    pose proof (miss_pair i ltac:(lia)) as Q. pose proof (pos_INR i).
    specialize (Q ltac:(apply affine_on_part with (3 := H1); lra)).
    pose proof (miss_inside c (INR i) (INR i + 2) e). rewrite (miss_cat c e) by lra. lra.
Qed.

(* From a count of 0 or less. *)
Lemma counted_low r c d : 0 <= c -> c <= d <= INR n -> affine_on h c d ->
  joined_pieces r d (INR n) h -> counted r d ->
  c + INR (S r) + 1 <= INR n -> settled c.
Proof.
  intros Hc Hd H1 H2 [IH1 IH2] Hr. rewrite S_INR in Hr.
  destruct (Rle_dec (d + INR r + 1) (INR n)) as [L|L].
  { apply settled_left with d; try lra. apply IH1, L. }
  assert (B : (r + 2 <= n)%nat) by (apply INR_le; rewrite plus_INR; simpl; lra).
  assert (E : exists i, n = (S (S i) + r)%nat) by (exists (n - 2 - r)%nat; lia).
  destruct E as (i & E).
  assert (En : INR n = INR i + 2 + INR r) by (rewrite E, plus_INR, !S_INR; ring).
  destruct (Rlt_dec d (INR i + 2)) as [M|M]; [|apply (settled_straight r i c d); assumption || lra].
  destruct (IH2 (S i) E ltac:(rewrite !S_INR; lra)) as [A|A].
  { apply settled_left with d; lra || assumption. }
  left. pose proof (miss_first i (d - INR (S i)) c ltac:(lia)) as G. rewrite !S_INR in *.
  replace (INR i + 1 + (d - (INR i + 1))) with d in G by ring.
  specialize (G ltac:(lra) ltac:(lra) ltac:(lra) H1).
  rewrite slope_sign_S, Ropp_mult_distr_l_reverse, credit_opposite in A.
  rewrite (miss_cat c d) by lra. lra.
Qed.

(* From a count between 0 and 1. *)
Lemma counted_between r c d i : 0 <= c -> c <= d <= INR n -> affine_on h c d -> counted r d ->
  n = (S i + S r)%nat -> INR i < c < INR (S i) -> settled c \/
  5 / 9 * (INR (S i) - c) + credit (slope_sign i * (zigzag k c - h c)) <= RInt miss c (INR n).
Proof.
  intros Hc Hd H1 [IH1 IH2] E Hi.
  assert (En : INR n = INR i + 2 + INR r) by (rewrite E, plus_INR, !S_INR; ring).
  pose proof (pos_INR r). rewrite S_INR in Hi. destruct (Rle_dec (d + INR r + 1) (INR n)) as [L|L].
  { left. apply settled_left with d; try lra. apply IH1, L. }
  assert (Ec : INR (S i) - (INR (S i) - c) = c) by ring. destruct (Rlt_dec d (INR i + 2)) as [M|M].
  - destruct (IH2 (S i) ltac:(lia) ltac:(rewrite !S_INR; lra)) as [A|A].
    { left. apply settled_left with d; lra || assumption. }
    right. pose proof (miss_middle i (INR (S i) - c) (d - INR (S i)) ltac:(lia)) as G.
    rewrite Ec in G. replace (INR (S i) + (d - INR (S i))) with d in G by ring. rewrite !S_INR in *.
    specialize (G ltac:(lra) ltac:(lra) H1).
    rewrite slope_sign_S, Ropp_mult_distr_l_reverse, credit_opposite in A.
    rewrite (miss_cat c d) by lra. lra.
  - right. pose proof (miss_last i (INR (S i) - c) d) as G. rewrite Ec in G. rewrite S_INR in *.
    specialize (G ltac:(lia) ltac:(lra) ltac:(lra) H1). pose proof (miss_inside c c d (INR n)). lra.
Qed.

(* By induction over the pieces, from the right. *)
Lemma counted_pieces r : forall c, 0 <= c -> joined_pieces r c (INR n) h -> counted r c.
Proof.
  induction r as [|r IH]; intros c Hc H.
  { change (c = INR n) in H. split; [change (INR 0) with 0; lra|].
    intros i E Hi. rewrite Nat.add_0_r in E. rewrite <- E in Hi. lra. }
  destruct H as (d & Hd & H1 & H2). pose proof (IH d ltac:(lra) H2) as A.
  split; intros; [apply (counted_low r c d)|apply (counted_between r c d)]; assumption.
Qed.
End Count.
