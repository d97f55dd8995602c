(* "Shallow g's can't approximate f", the slides' own argument: count the half triangles of f that
   lie on the
   other side of the line y = 1/2 from g. *)
From Coq Require Import Sorted.
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles.

(* g stays on one side of the line y = 1/2.  The slides' N_g is the number of such intervals. *)
Definition keeps_side (g : R -> R) (a b : R) : Prop :=
  (forall x, a <= x <= b -> g x <= / 2) \/ (forall x, a <= x <= b -> / 2 <= g x).

(* f and g lie on opposite sides of the line over the half triangle number i. *)
Definition opposite (k : nat) (g : R -> R) (i : nat) : Prop :=
  forall x, foot k i <= x <= foot k (S i) -> (sawtooth k x - / 2) * (g x - / 2) <= 0.

(* ---------- counting ---------- *)

(* The side on which g stays, as a sign: 1 above, -1 below. *)
Definition on_side (s : R) (g : R -> R) (a b : R) : Prop := forall x, a <= x <= b ->
  0 <= s * (g x - / 2).

(* For the induction, the side on which g stays is a sign. *)
Lemma side_of g a b : keeps_side g a b -> exists s, (s = 1 \/ s = -1) /\ on_side s g a b.
Proof. intros [H|H]; [exists (-1)|exists 1]; (split; [auto|]); intros x Hx;
  specialize (H x Hx); lra. Qed.

(* The half triangle number i lies opposite to a g on side s exactly if it points to that side. *)
Definition points_to (i : nat) (s : R) : nat := if Req_EM_T (slope_sign i) s then 1 else 0.

(* Of two neighbouring half triangles one points to either side. *)
Lemma points_to_next i s : s = 1 \/ s = -1 -> (points_to (S i) s + points_to i s = 1)%nat.
Proof. intros Hs. unfold points_to. rewrite slope_sign_S.
  destruct (slope_sign_cases i) as [-> | ->], Hs as [-> | ->];
  repeat destruct Req_EM_T; lra || lia. Qed.

(* If g changes sides, the next half triangle takes the part of this one. *)
Lemma points_to_flip i s : points_to (S i) (- s) = points_to i s.
Proof. unfold points_to. rewrite slope_sign_S. repeat destruct Req_EM_T; lra || lia. Qed.

(* If g stays on the side to which the half triangle points, the two lie opposite. *)
Lemma points_to_opposite k g i s : (1 <= i < 2 ^ k)%nat -> on_side s g (foot k i) (foot k (S i)) ->
  slope_sign i = s -> opposite k g i.
Proof. intros Hi Hs E x Hx. pose proof (half_triangle_side k i x Hi Hx) as H. specialize (Hs x Hx).
  rewrite <- E in Hs.
  destruct (slope_sign_cases i) as [F|F]; rewrite F in *; nra. Qed.

(* At least m/2 half triangles, from number i on, lie opposite to g. *)
Definition opposite_from (k : nat) (g : R -> R) (i m : nat) : Prop :=
  exists I, StronglySorted lt I /\
    List.Forall (fun j => (i <= j < 2 ^ k)%nat /\ opposite k g j) I /\
    (m <= 2 * length I)%nat.

(* A half triangle that is cut may be left out of the count. *)
Lemma opposite_from_later k g i m m' : (m <= m')%nat -> opposite_from k g (S i) m' ->
  opposite_from k g i m.
Proof. intros Hm (I & S & F & L). exists I. repeat split; [exact S| |lia].
  eapply List.Forall_impl; [|exact F]. intros j [Hj Oj]. split; [lia|exact Oj]. Qed.

(* An opposite half triangle adds to the count. *)
Lemma opposite_from_here k g i m m' : (i < 2 ^ k)%nat -> (m <= m' + 2)%nat -> opposite k g i ->
  opposite_from k g (S i) m' -> opposite_from k g i m.
Proof. intros Hi Hm Oi (I & S & F & L). exists (i :: I). split; [|split; [|cbn [length]; lia]].
  - constructor; [exact S|]. eapply List.Forall_impl; [|exact F]. intros j [Hj _]. lia.
  - constructor; [split; [lia|exact Oi]|]. eapply List.Forall_impl; [|exact F]. intros j [Hj Oj].
    split; [lia|exact Oj]. Qed.

(* A half triangle over an interval where g stays on side s: every second one is opposite. *)
Lemma count_whole k g i n q a c s : (s = 1 \/ s = -1) -> on_side s g a c -> a <= foot k i ->
  foot k (S i) <= c ->
  (1 <= i < 2 ^ k)%nat -> opposite_from k g (S i) (n + points_to (S i) s - q) ->
  opposite_from k g i (S n + points_to i s - q).
Proof. intros Hs Ha Hf Hc Hi H. pose proof (points_to_next i s Hs) as Ps.
  unfold points_to at 2 in Ps. unfold points_to at 1. destruct (Req_EM_T (slope_sign i) s) as [E|E].
  - eapply opposite_from_here; [lia| | |exact H]; [lia|].
    apply points_to_opposite with s; [exact Hi| |exact E]. intros x Hx. apply Ha. lra.
  - eapply opposite_from_later; [|exact H]. lia. Qed.

(* The induction along the line: g is on side s from a to c, and then keeps its side on p more
   intervals; n half
   triangles are left, from number i on.
   Each interval costs half a half triangle, and so does each half
   triangle that a change of side cuts. *)
Lemma count_opposite k g p : forall a c s, (s = 1 \/ s = -1) -> on_side s g a c ->
  cells (keeps_side g) p c 1 ->
  forall n i, (i + n = 2 ^ k)%nat -> (1 <= i)%nat -> a <= foot k i ->
  opposite_from k g i (n + points_to i s - (p + 1)).
Proof. assert (P1 : forall i s, (points_to i s <= 1)%nat) by (intros; unfold points_to;
  destruct Req_EM_T; lia).
  induction p; intros a c s Hs Ha Hp; induction n as [|n IHn]; intros i Hi H1 Hf.
  1, 3: exists []; (repeat split; [constructor|constructor|]); specialize (P1 i s); simpl; lia.
  - simpl in Hp; subst c. pose proof (foot_last k i ltac:(lia)).
    pose proof (foot_le k i (S i) ltac:(lia)).
    apply (count_whole k g i n _ a 1); try assumption; [lia|]. apply IHn; [lia|lia|lra].
  - pose proof (foot_le k i (S i) ltac:(lia)). destruct (Rle_dec (foot k (S i)) c) as [Hc|Hc].
    { apply (count_whole k g i n _ a c); try assumption; [lia|]. apply IHn; [lia|lia|lra]. }
    destruct Hp as (d & Hd & Hk & Hp). destruct (side_of g c d Hk) as (s' & Hs' & Hk').
    destruct (Rle_dec c (foot k i)) as [Hc'|Hc'].
    { destruct (IHp c d s' Hs' Hk' Hp (S n) i Hi H1 Hc') as (I & A & B & L).
      exists I. repeat split; [exact A|exact B|]. specialize (P1 i s). lia. }
    destruct (Req_EM_T s' s) as [->|Hne].
    { assert (Ha' : on_side s g a d) by (intros x Hx; destruct (Rle_dec x c);
        [apply Ha|apply Hk']; lra).
      destruct (IHp a d s Hs Ha' Hp (S n) i Hi H1 Hf) as (I & A & B & L).
      exists I. repeat split; [exact A|exact B|]. lia. }
    assert (Es : s' = - s) by (destruct Hs as [-> | ->], Hs' as [-> | ->]; lra). rewrite Es in *.
    eapply opposite_from_later; [|apply (IHp c d (- s) Hs' Hk' Hp n (S i)); [lia|lia|lra]].
    rewrite points_to_flip. lia. Qed.

(* ---------- the areas add up ---------- *)

(* An integrable function is integrable on parts of the interval. *)
Lemma integrable_part (f : R -> R) a u v b : a <= u -> u <= v -> v <= b -> ex_RInt f a b ->
  ex_RInt f u v.
Proof. intros Hu Huv Hv H. apply (ex_RInt_Chasles_2 (V := R_CompleteNormedModule)) with a; [lra|].
  apply (ex_RInt_Chasles_1 (V := R_CompleteNormedModule)) with b; [lra|exact H]. Qed.

(* Where f and g are on opposite sides, |f - g| is at least |f - 1/2|: the half triangle counts in
   full. *)
Lemma opposite_area k g i : (1 <= i < 2 ^ k)%nat -> opposite k g i ->
  ex_RInt (fun x => Rabs (sawtooth k x - g x)) (foot k i) (foot k (S i)) ->
  / 2 ^ (k + 2) <= RInt (fun x => Rabs (sawtooth k x - g x)) (foot k i) (foot k (S i)).
Proof. intros Hi Ho Hex. rewrite <- (half_triangle_area k i Hi).
  apply RInt_le; [apply foot_le; lia|apply integrable, distance_half_continuous|exact Hex|].
  intros x Hx. specialize (Ho x ltac:(lra)). set (u := sawtooth k x - / 2) in *.
  set (v := g x - / 2) in *.
  replace (sawtooth k x - g x) with (u - v) by (unfold u, v; ring).
  unfold Rabs. destruct (Rcase_abs u), (Rcase_abs (u - v)); nra. Qed.

(* Half triangles do not overlap, so that their areas add up. *)
Lemma opposite_areas k g I : ex_RInt (fun x => Rabs (sawtooth k x - g x)) 0 1 ->
  StronglySorted lt I ->
  forall i, (1 <= i <= 2 ^ k)%nat ->
    List.Forall (fun j => (i <= j < 2 ^ k)%nat /\ opposite k g j) I ->
  forall a, 0 <= a <= foot k i -> a <= 1 ->
  INR (length I) * / 2 ^ (k + 2) <= RInt (fun x => Rabs (sawtooth k x - g x)) a 1.
Proof. intros Hex. set (f := fun x => Rabs (sawtooth k x - g x)) in *.
  pose proof (foot_first k) as F0.
  assert (P : forall u v, 0 <= u -> u <= v -> v <= 1 -> 0 <= RInt f u v).
  { intros. apply integral_nonneg; [assumption|apply integrable_part with 0 1; assumption|intros;
      apply Rabs_pos]. }
  induction 1 as [|j I HS IH HF]; intros i Hi H a Ha Ha1; [simpl; rewrite Rmult_0_l; apply P; lra|].
  inversion H as [|? ? [Hj Oj] HI]; subst.
  pose proof (foot_le k 1 i ltac:(lia)). pose proof (foot_le k i j ltac:(lia)).
  pose proof (foot_le k j (S j) ltac:(lia)).
  pose proof (foot_last k j ltac:(lia)).
  assert (Q : forall u v, 0 <= u -> u <= v -> v <= 1 -> ex_RInt f u v)
    by (intros; apply integrable_part with 0 1; assumption).
  rewrite <- (RInt_Chasles f a (foot k j) 1), <- (RInt_Chasles f (foot k j) (foot k (S j)) 1)
    by (apply Q; lra).
  pose proof (P a (foot k j) ltac:(lra) ltac:(lra) ltac:(lra)).
  pose proof (opposite_area k g j ltac:(lia)
    Oj (Q (foot k j) (foot k (S j)) ltac:(lra) ltac:(lra) ltac:(lra))) as A1. fold f in A1.
  assert (HI' : List.Forall (fun m => (S j <= m < 2 ^ k)%nat /\ opposite k g m) I).
  { rewrite List.Forall_forall in HI, HF |- *. intros m Hm. pose proof (HF m Hm).
    destruct (HI m Hm). split; [lia|assumption]. }
  pose proof (IH (S j) ltac:(lia) HI' (foot k (S j)) ltac:(lra) ltac:(lra)).
  cbn [length]. rewrite S_INR. unfold plus; simpl. lra. Qed.

(* The slides' count: N_f = 2^k - 1 half triangles, each of area 2^-(k+2); at least (N_f - N_g)/2 of
   them lie on
   the other side of 1/2 from g, so the integral of |f - g| is at least (N_f - N_g)/2 times
     that area. *)
Theorem separation_counting k g N_g : cells (keeps_side g) N_g 0 1 ->
  (forall i, (1 <= i < 2 ^ k)%nat ->
    is_RInt (fun x => Rabs (sawtooth k x - / 2)) (foot k i) (foot k (S i)) (/ 2 ^ (k + 2))) /\
  (exists I, StronglySorted lt I /\
    List.Forall (fun i => (1 <= i < 2 ^ k)%nat /\ opposite k g i) I /\
     (2 ^ k - 1 - N_g <= 2 * length I)%nat) /\
  (ex_RInt (fun x => Rabs (sawtooth k x - g x)) 0 1 ->
     apart ((INR (2 ^ k - 1) - INR N_g) / 2 * / 2 ^ (k + 2)) (sawtooth k) g).
Proof. intros H. split; [apply half_triangle_integral|]. pose proof (pow2_ge1 k) as K1.
  assert (C : opposite_from k g 1 (2 ^ k - 1 - N_g)).
  { destruct N_g as [|p]; [simpl in H; lra|]. destruct H as (c & Hc & H1 & H2).
    destruct (side_of g 0 c H1) as (s & Hs & Hs1). pose proof (foot_first k).
    destruct (count_opposite k g p 0 c s Hs Hs1 H2 (2 ^ k - 1) 1 ltac:(lia) (le_n _) ltac:(lra))
      as (I & A & B & L).
    exists I. repeat split; [exact A|exact B|lia]. }
  split; [exact C|]. intros Hex. split; [exact Hex|]. destruct C as (I & A & B & L).
  pose proof (foot_first k).
  pose proof (opposite_areas k g I Hex A 1 ltac:(lia) B 0 ltac:(lra) ltac:(lra)) as G.
  fold (distance (sawtooth k) g) in G. eapply Rle_trans; [|exact G].
  apply Rmult_le_compat_r; [apply Rlt_le, pow2_inv_pos|].
  assert (L' : (2 ^ k - 1 <= 2 * length I + N_g)%nat) by lia. apply le_INR in L'.
  rewrite plus_INR, mult_INR in L'. change (INR 2) with 2 in L'. lra. Qed.

(* ---------- the count for a network ---------- *)

(* A piece crosses the line at most once. *)
Lemma piece_keeps_side g a b : a <= b -> affine_on g a b -> cells (keeps_side g) 2 a b.
Proof. intros Hab (p & q & H). set (h := fun x => p * x + (q - / 2)).
  assert (Hh : affine_on h a b) by (exists p, (q - / 2); reflexivity).
  assert (E : forall x, a <= x <= b -> g x = h x + / 2) by (intros; rewrite H by assumption;
    unfold h; ring).
  assert (K : forall u v, a <= u -> u <= v -> v <= b -> 0 <= h u * h v -> keeps_side g u v).
  { intros u v Hu Huv Hv Hs. destruct (Rle_dec 0 (h u)) as [P|P];
      [destruct (Rle_dec 0 (h v)) as [Q|Q]|].
    - right. intros x Hx. rewrite E by lra. pose proof (line_nonneg p (q - / 2) u v x Hx P Q).
      unfold h; lra.
    - left. intros x Hx. rewrite E by lra. assert (h u = 0) by nra.
      pose proof (line_nonneg (- p) (- (q - / 2)) u v x Hx). unfold h in *. lra.
    - left. intros x Hx. rewrite E by lra. assert (h v <= 0) by nra.
      pose proof (line_nonneg (- p) (- (q - / 2)) u v x Hx). unfold h in *. lra. }
  destruct (Rle_dec (h a * h b) 0) as [Hs|Hs].
  - destruct (affine_root h a b Hab Hh Hs) as (c & Hc & Ec). exists c.
    split; [lra|split; [apply K|apply cells_one; [lra|apply K]]]; try lra;
    rewrite Ec; lra.
  - exists b. split; [lra|split; [apply K; lra|apply cells_one; [lra|apply K; try lra]]].
    apply Rle_0_sqr. Qed.

(* A network with p pieces keeps its side on at most 2p intervals. *)
Theorem separation_counting_network k N :
  apart ((INR (2 ^ k - 1) - 2 * INR (product_bound (widths (hidden N)))) / 2 * / 2 ^ (k + 2))
    (sawtooth k) (eval N).
Proof. set (p := product_bound (widths (hidden N))).
  assert (H : cells (keeps_side (eval N)) (p * 2) 0 1).
  { apply cells_refine with (affine_on (eval N)).
    - intros u v _ Huv _. apply piece_keeps_side. exact Huv.
    - apply pieces_closed; [intro; apply eval_continuous|]. apply pieces_product; lra. }
  destruct (separation_counting k (eval N) (p * 2) H) as (_ & _ & D).
  rewrite mult_INR, (Rmult_comm (INR p)) in D. apply D.
  apply integrable, continuous_abs, continuous_difference;
    [apply sawtooth_continuous|intro; apply eval_continuous]. Qed.
