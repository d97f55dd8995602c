(* How far one affine function is from the zigzag around a kink, when the error at an end of the
   piece counts too: what the next piece starts with. The difference around a kink is a tent, D - m
   t - |t|, on [-a, b]. *)
From Depthproof Require Import Definitions PiecewiseLinear Integrals.

Definition tent (D m t : R) : R := D - m * t - Rabs t.

(* Its distance from 0 in the mean. *)
Definition tent_loss (D m a b : R) : R := RInt (fun t => Rabs (tent D m t)) (- a) b.

(* ---------- sign functions: lower bounds of the loss ---------- *)

(* A tent is continuous. *)
Lemma tent_continuous D m t : continuous (tent D m) t.
Proof.
  apply continuous_difference; [|apply continuous_Rabs]. intros x.
  apply continuous_ext with (fun t => - m * t + D); [intros; real_equation;
    ring|apply continuous_line].
Qed.

(* So the loss adds up over neighbouring intervals. *)
Lemma tent_cat D m a b c : RInt (fun t => Rabs (tent D m t)) a c =
  RInt (fun t => Rabs (tent D m t)) a b + RInt (fun t => Rabs (tent D m t)) b c.
Proof. apply (integral_cat (fun t => Rabs (tent D m t))), continuous_abs, tent_continuous. Qed.

(* Left of the kink the tent is one line. *)
Lemma tent_left D m s u v : u <= v -> v <= 0 -> -1 <= s <= 1 ->
  s * (v - u) * (D + (1 - m) * (u + v) / 2) <= RInt (fun t => Rabs (tent D m t)) u v.
Proof.
  intros Hu Hv Hs. pose proof (signed_integral (tent D m) s (1 - m) D u v Hu (tent_continuous D m)
    Hs) as H.
  eapply Rle_trans; [|apply H]; [apply Req_le; field|].
  intros t Ht. unfold tent. rewrite Rabs_left1 by lra. ring.
Qed.

(* Right of it, too. *)
Lemma tent_right D m s u v : 0 <= u -> u <= v -> -1 <= s <= 1 ->
  s * (v - u) * (D - (1 + m) * (u + v) / 2) <= RInt (fun t => Rabs (tent D m t)) u v.
Proof.
  intros Hu Hv Hs. pose proof (signed_integral (tent D m) s (- (1 + m)) D u v Hv (tent_continuous D
    m) Hs) as H.
  eapply Rle_trans; [|apply H]; [apply Req_le; field|].
  intros t Ht. unfold tent. rewrite Rabs_right by lra. ring.
Qed.

(* A loss is not negative. *)
Lemma tent_loss_nonneg D m a b : 0 <= a -> 0 <= b -> 0 <= tent_loss D m a b.
Proof.
  intros. apply integral_nonneg; [lra|apply integrable, continuous_abs, tent_continuous|intros;
    apply Rabs_pos].
Qed.

(* Signs -, +, - with changes at the quarters are orthogonal to every line. They need arms of which
   none is longer than three times the other. *)
Lemma tent_quarters D m a b : 0 <= a -> 0 <= b -> a <= 3 * b -> b <= 3 * a ->
  a * b - (a + b) ^ 2 / 8 <= tent_loss D m a b.
Proof.
  intros Ha Hb Hab Hba. unfold tent_loss. set (p := - a + (a + b) / 4). set (q := b - (a + b) / 4).
  rewrite (tent_cat D m _ p b), (tent_cat D m p 0 b), (tent_cat D m 0 q b).
  pose proof (tent_left D m (-1) (- a) p ltac:(unfold p; lra) ltac:(unfold p; lra) ltac:(lra)) as A.
  pose proof (tent_left D m 1 p 0 ltac:(unfold p; lra) ltac:(lra) ltac:(lra)) as B.
  pose proof (tent_right D m 1 0 q ltac:(lra) ltac:(unfold q; lra) ltac:(lra)) as C.
  pose proof (tent_right D m (-1) q b ltac:(unfold q; lra) ltac:(unfold q; lra) ltac:(lra)) as E.
  match type of A with ?A <= _ => match type of B with ?B <= _ =>
  match type of C with ?C <= _ => match type of E with ?E <= _ =>
    assert (S : A + B + C + E = a * b - (a + b) ^ 2 / 8) by (unfold p, q; field) end end end end.
  lra.
Qed.

(* The sign + everywhere. *)
Lemma tent_above D m a b : 0 <= a -> 0 <= b ->
  a * b + (a + b) / 2 * (tent D m (- a) + tent D m b) <= tent_loss D m a b.
Proof.
  intros Ha Hb. unfold tent_loss, tent. rewrite (tent_cat D m _ 0 b), Rabs_Ropp, !Rabs_right by lra.
  pose proof (tent_left D m 1 (- a) 0 ltac:(lra) ltac:(lra) ltac:(lra)) as A.
  pose proof (tent_right D m 1 0 b ltac:(lra) ltac:(lra) ltac:(lra)) as B.
  match type of A with ?A <= _ => match type of B with ?B <= _ => assert (S : A + B =
    a * b + (a + b) / 2 * (D - m * - a - a + (D - m * b - b))) by field end end.
  lra.
Qed.

(* The sign - on two sevenths, 24/25 on the rest: orthogonal to the lines that vanish at the right
   end. The value there is kept. *)
Lemma tent_end D m a b : 0 <= a -> 0 <= b -> 2 * b <= 5 * a ->
  4 / 5 * (a + b) * b - 24 / 25 * b ^ 2 + 2 / 5 * (a + b) * tent D m b <= tent_loss D m a b.
Proof.
  intros Ha Hb Hba. unfold tent_loss, tent at 1. rewrite Rabs_right by lra.
  set (p := - a + 2 / 7 * (a + b)).
  rewrite (tent_cat D m _ p b), (tent_cat D m p 0 b).
  pose proof (tent_left D m (-1) (- a) p ltac:(unfold p; lra) ltac:(unfold p; lra) ltac:(lra)) as A.
  pose proof (tent_left D m (24 / 25) p 0 ltac:(unfold p; lra) ltac:(lra) ltac:(lra)) as B.
  pose proof (tent_right D m (24 / 25) 0 b ltac:(lra) ltac:(lra) ltac:(lra)) as C.
  match type of A with ?A <= _ => match type of B with ?B <= _ => match type of C with ?C <= _ =>
    assert (S : A + B + C = 4 / 5 * (a + b) * b - 24 / 25 * b ^ 2
      + 2 / 5 * (a + b) * (D - m * b - b)) by (unfold p; field) end end end.
  lra.
Qed.

(* The same where the left arm is short. *)
Lemma tent_end_short D m a b : 0 <= a -> 0 <= b -> 5 * a <= 2 * b ->
  a ^ 2 + 2 / 5 * (a + b) * tent D m b <= tent_loss D m a b.
Proof.
  intros Ha Hb Hab. unfold tent_loss, tent at 1. rewrite Rabs_right by lra.
  set (p := - a + 2 / 7 * (a + b)).
  rewrite (tent_cat D m _ 0 b), (tent_cat D m 0 p b).
  pose proof (tent_left D m (-1) (- a) 0 ltac:(lra) ltac:(lra) ltac:(lra)) as A.
  pose proof (tent_right D m (-1) 0 p ltac:(lra) ltac:(unfold p; lra) ltac:(lra)) as B.
  pose proof (tent_right D m (24 / 25) p b ltac:(unfold p; lra) ltac:(unfold p; lra)
    ltac:(lra)) as C.
  match type of A with ?A <= _ => match type of B with ?B <= _ => match type of C with ?C <= _ =>
    assert (S : A + B + C = a ^ 2 + 2 / 5 * (a + b) * (D - m * b - b))
    by (unfold p; field) end end end.
  lra.
Qed.

(* An integral over a reflected interval. *)
Lemma integral_mirror (f : R -> R) a b : ex_RInt f (- b) (- a) ->
  is_RInt (fun t => f (- t)) a b (RInt f (- b) (- a)).
Proof.
  intros H. apply (RInt_correct (V := R_CompleteNormedModule)), is_RInt_swap in H.
  apply is_RInt_comp_opp, is_RInt_opp in H. rewrite opp_opp in H. revert H. apply is_RInt_ext.
  intros t _. rewrite opp_opp. reflexivity.
Qed.

(* Left and right are the same. *)
Lemma tent_loss_mirror D m a b : tent_loss D m a b = tent_loss D (- m) b a.
Proof.
  symmetry. apply is_RInt_unique.
  pose proof (integral_mirror (fun t => Rabs (tent D m t)) (- b) a) as H.
  rewrite Ropp_involutive in H.
  specialize (H ltac:(apply integrable, continuous_abs, tent_continuous)).
  revert H. apply is_RInt_ext. intros t _. unfold tent. rewrite Rabs_Ropp. f_equal. real_equation.
  ring.
Qed.

(* ---------- the credit for the error at an end ---------- *)

(* Two fifths of the error, but at most 5/18: what a piece leaves to the next. *)
Definition credit (v : R) : R := Rmax (- (5 / 18)) (Rmin (5 / 18) (2 / 5 * v)).

(* What is good for a piece is bad for the next. *)
Lemma credit_opposite v : credit (- v) = - credit v.
Proof. unfold credit, Rmax, Rmin. repeat destruct Rle_dec; lra. Qed.

(* Credit is at most 5/18, and at most two fifths of the error unless that is far below 0. *)
Lemma credit_cases v : - (5 / 18) <= credit v <= 5 / 18 /\
  (credit v <= 2 / 5 * v \/ credit v = - (5 / 18)).
Proof. unfold credit, Rmax, Rmin. repeat destruct Rle_dec; lra. Qed.

(* A piece that starts where it likes, a whole cell before the kink. *)
Lemma tent_first D m b : 0 <= b <= 1 -> 5 / 9 * b + credit (tent D m b) <= tent_loss D m 1 b.
Proof.
  intros Hb. pose proof (tent_loss_nonneg D m 1 b ltac:(lra) ltac:(lra)) as P.
  pose proof (tent_end D m 1 b ltac:(lra) ltac:(lra) ltac:(lra)) as B.
  set (I := tent_loss D m 1 b) in *.
  destruct (credit_cases (tent D m b)) as [[_ H] [C|C]]; set (v := tent D m b) in *.
  - assert (L : (1 + b) * (5 / 9 * b + 2 / 5 * v) <= (1 + b) * I).
    2: { apply Rmult_le_reg_l in L; lra. }
    destruct (Rle_dec b (1 / 3)) as [S|S].
    + assert (0 <= b * I) by (apply Rmult_le_pos; lra). nra.
    + pose proof (tent_quarters D m 1 b ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)) as A.
      fold I in A.
      assert (b * (1 * b - (1 + b) ^ 2 / 8) <= b * I) by (apply Rmult_le_compat_l; lra).
      assert (0 <= b * (43 / 360 + b * (31 / 900) - b ^ 2 / 8)) by (apply Rmult_le_pos; [lra|nra]).
      nra.
  - rewrite C. destruct (Rle_dec b (1 / 2)); [lra|].
    pose proof (tent_quarters D m 1 b ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)) as A.
    fold I in A. nra.
Qed.

(* A piece between two breakpoints, with an error far below 0 at its start. *)
Lemma tent_far D m a b : 0 <= a <= 1 -> 0 <= b <= 1 ->
  5 / 9 * (a + b - 1) - 5 / 18 + credit (tent D m b) <= tent_loss D m a b.
Proof.
  intros Ha Hb. pose proof (tent_loss_nonneg D m a b ltac:(lra) ltac:(lra)) as P.
  set (I := tent_loss D m a b) in *.
  destruct (credit_cases (tent D m b)) as [[_ H] [C|C]]; [|lra].
  destruct (Rle_dec (a + b) 1); [lra|].
  destruct (Rle_dec (a + b) (3 / 2)) as [S|S].
  - destruct (Rle_dec (tent D m b) 0); [lra|]. enough (2 / 5 * tent D m b <= I) by lra.
    destruct (Rle_dec (2 * b) (5 * a)).
    + pose proof (tent_end D m a b ltac:(lra) ltac:(lra) ltac:(lra)) as B. fold I in B. nra.
    + pose proof (tent_end_short D m a b ltac:(lra) ltac:(lra) ltac:(lra)) as B. fold I in B. nra.
  - pose proof (tent_end D m a b ltac:(lra) ltac:(lra) ltac:(lra)) as B. fold I in B.
    set (v := tent D m b) in *.
    assert (L : (a + b) * (5 / 9 * (a + b - 1) - 5 / 18 + 2 / 5 * v) <= (a + b) * I).
    2: { apply Rmult_le_reg_l in L; lra. }
    assert (0 <= (a + b - 1) * I) by (apply Rmult_le_pos; lra).
    assert (0 <= (1 - a) * (1 - b)) by (apply Rmult_le_pos; lra).
    assert (0 <= (1 - b) * (a + b)) by (apply Rmult_le_pos; lra).
    assert (0 <= (2 - (a + b)) * (a + b - 3 / 2)) by (apply Rmult_le_pos; lra). nra.
Qed.

(* A piece between two breakpoints: it is charged for the credit that it starts with. *)
Lemma tent_middle D m a b : 0 <= a <= 1 -> 0 <= b <= 1 ->
  5 / 9 * (a + b - 1) + credit (tent D m (- a)) + credit (tent D m b) <= tent_loss D m a b.
Proof.
  intros Ha Hb. pose proof (tent_loss_nonneg D m a b ltac:(lra) ltac:(lra)) as P.
  destruct (credit_cases (tent D m (- a))) as [[G H] [C|C]].
  2: { rewrite C. pose proof (tent_far D m a b Ha Hb). lra. }
  destruct (credit_cases (tent D m b)) as [[G' H'] [C'|C']].
  2: { rewrite C'. rewrite tent_loss_mirror. pose proof (tent_far D (- m) b a Hb Ha) as F.
    replace (tent D (- m) a) with (tent D m (- a)) in F by (unfold tent; rewrite Rabs_Ropp; ring).
    lra. }
  pose proof (tent_above D m a b ltac:(lra) ltac:(lra)) as B. set (I := tent_loss D m a b) in *.
  set (x := credit (tent D m (- a))) in *. set (y := credit (tent D m b)) in *.
  assert (W : a * b + 5 / 4 * (a + b) * (x + y) <= I) by nra.
  assert (Q : a + b - 1 <= a * b) by nra.
  assert (Z : 0 <= a * b) by nra. destruct (Rle_dec (a + b) (4 / 5)) as [L1|L1].
  { destruct (Rle_dec (x + y) 0) as [S|S]; [lra|]. nra. }
  assert (N : (a + b) * (5 / 9 * (a + b - 1) + x + y) <= (a + b) * I).
  2: { apply Rmult_le_reg_l in N; lra. }
  assert (4 / 5 * (a * b + 5 / 4 * (a + b) * (x + y)) <= 4 / 5 * I) by lra.
  destruct (Rle_dec (a + b) (36 / 25)) as [L2|L2].
  - assert (0 <= (a + b - 4 / 5) * I) by (apply Rmult_le_pos; lra). nra.
  - pose proof (tent_quarters D m a b ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)) as A.
    fold I in A.
    assert ((a + b - 4 / 5) * (a * b - (a + b) ^ 2 / 8) <= (a + b - 4 / 5) * I)
      by (apply Rmult_le_compat_l; lra).
    assert (E : 0 <= a * b - (a + b - 4 / 5) * (a + b) / 8 - 5 / 9 * (a + b - 1)) by nra.
    assert (0 <= (a + b) * (a * b - (a + b - 4 / 5) * (a + b) / 8 - 5 / 9 * (a + b - 1)))
      by (apply Rmult_le_pos; lra). nra.
Qed.
