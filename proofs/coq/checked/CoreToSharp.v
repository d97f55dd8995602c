(* separation.sharp from separation.sharp.core.  The analysis is here: the areas under the margin
   and under |zigzag - line|.  The arithmetic of one interval, and the sum over pieces,
     are the claim's:
   they come in as hypotheses, which SharpFromCore.v takes from the checked certificate. *)
From Depthproof Require Import Definitions PiecewiseLinear Oscillations Integrals Triangles.
From Depthproof Require Import SeparationPiece SeparationSharp.

(* ---------- the symbols of the claim, as functions of real numbers ---------- *)

(* The mean of |h| over an interval at whose ends the affine h is y and z. *)
Definition mean (y z : R) : R :=
  if Rlt_dec (y * z) 0 then (y ^ 2 + z ^ 2) / (2 * Rabs (y - z)) else Rabs (y + z) / 2.
Definition tip (n : nat) : R := if Nat.even n then 0 else 1.
Definition above (n : nat) (m b : R) : R := tip n - (m * INR n + b).
Fixpoint whole_cells (n : nat) (m b : R) : R :=
  match n with O => 0 | S n' => whole_cells n' m b + / 4 - mean (above n' m b) (above n m b) end.
Fixpoint total_gain (gain : nat -> R) (p : nat) : R :=
  match p with O => 0 | S p' => total_gain gain p' + gain p' end.

(* What the claim says of them. *)
Definition inside_statement : Prop := forall u, 0 <= u <= 1 -> arm_area u <= / 4.
Definition even_statement : Prop := forall i u v b m, 0 <= u <= 1 -> 0 <= v <= 1 ->
  arm_area u - u * mean (- b) (- b + (1 + m) * u) + whole_cells (2 * i) m b
  + arm_area v - v * mean (above (2 * i) m b) (above (2 * i) m b + (1 - m) * v) <= / 4.
Definition odd_statement : Prop := forall i u v b m, 0 <= u <= 1 -> 0 <= v <= 1 ->
  arm_area u - u * mean (- b) (- b + (1 + m) * u) + whole_cells (2 * i + 1) m b
  + arm_area v - v * mean (above (2 * i + 1) m b) (above (2 * i + 1) m b - (1 + m) * v) <= / 4.
Definition sum_statement : Prop := forall gain, (forall i, gain i <= / 4) -> forall k p,
  / 4 * (1 - INR p / 2 ^ k) <= (2 ^ k / 4 - total_gain gain p) / 2 ^ k.

(* ---------- the integral of |h| for an affine h ---------- *)

Lemma mean_symmetric y z : mean z y = mean y z.
Proof. unfold mean.
  rewrite (Rmult_comm z y), (Rplus_comm z y), (Rplus_comm (z ^ 2)), (Rabs_minus_sym z y).
  reflexivity. Qed.

Lemma mean_opposite y z : mean (- y) (- z) = mean y z.
Proof. unfold mean. replace (- y * - z) with (y * z) by ring.
  replace ((- y) ^ 2 + (- z) ^ 2) with (y ^ 2 + z ^ 2) by ring.
  replace (- y - - z) with (- (y - z)) by ring. replace (- y + - z) with (- (y + z)) by ring.
  rewrite !Rabs_Ropp. reflexivity. Qed.

(* A line that does not change its sign. *)
Lemma integral_one_sign (f : R -> R) p q a b : a <= b -> (forall x, a < x < b -> f x = p * x + q) ->
  0 <= (p * a + q) * (p * b + q) ->
  RInt (fun x => Rabs (f x)) a b = (b - a) * (Rabs ((p * a + q) + (p * b + q)) / 2).
Proof. intros Hab Hf Hs. set (y := p * a + q) in *. set (z := p * b + q) in *.
  assert (S : exists s, (s = 1 \/ s = -1) /\ 0 <= s * y /\ 0 <= s * z).
  { destruct (Rle_dec 0 y), (Rle_dec 0 z);
      [exists 1|exists (if Rle_dec y 0 then -1 else 1)|exists (if Rle_dec z 0 then -1 else 1)
       |exists (-1)];
      repeat (destruct Rle_dec); split; try tauto; nra. }
  destruct S as (s & Hs1 & Hy & Hz).
  assert (E : Rabs (y + z) = s * (y + z))
  by (unfold Rabs; destruct (Rcase_abs (y + z)), Hs1; subst s; lra). rewrite E.
  rewrite (integral_line _ (s * p) (s * q) a b Hab); [real_equation; unfold y, z; field|].
  intros x Hx. rewrite Hf by exact Hx.
  assert (P : 0 <= s * (p * x + q)).
  { unfold y, z in *.
    assert ((b - a) * (s * (p * x + q)) =
      (b - x) * (s * (p * a + q)) + (x - a) * (s * (p * b + q))) by ring.
    assert (0 <= (b - x) * (s * (p * a + q))) by (apply Rmult_le_pos; lra).
    assert (0 <= (x - a) * (s * (p * b + q))) by (apply Rmult_le_pos; lra). nra. }
  unfold Rabs. destruct (Rcase_abs (p * x + q)), Hs1; subst s; lra. Qed.

(* Any line: the mean of the claim is the mean. *)
Lemma integral_mean (f : R -> R) p q a b : a <= b -> (forall x, continuous f x) ->
  (forall x, a <= x <= b -> f x = p * x + q) ->
  RInt (fun x => Rabs (f x)) a b = (b - a) * mean (f a) (f b).
Proof. intros Hab Hc Hf. rewrite (Hf a), (Hf b) by lra. unfold mean.
  destruct (Rlt_dec ((p * a + q) * (p * b + q)) 0) as [N|N].
  2: { apply integral_one_sign; [exact Hab|intros; apply Hf; lra|lra]. }
  assert (Hp : p <> 0) by (intros ->; nra). set (c := - q / p). assert (Ec : p * c + q = 0)
  by (unfold c; field; exact Hp).
  assert (Ea : p * a + q = p * (a - c)) by lra. assert (Eb : p * b + q = p * (b - c)) by lra.
  rewrite Ea, Eb in *.
  assert (Hpp : 0 < p * p) by nra. assert (Q : (a - c) * (b - c) < 0) by nra.
  assert (Hacb : a < c < b) by (split; nra).
  rewrite (integral_cat _ a c b) by (apply continuous_abs, Hc).
  rewrite (integral_one_sign f p q a c), (integral_one_sign f p q c b) 
    by (lra || (intros; apply Hf; lra) || (rewrite Ec; lra)).
  rewrite Ec, Ea, Eb, Rplus_0_r, Rplus_0_l.
  replace (p * (a - c) - p * (b - c)) with (p * (a - b)) by ring. rewrite !Rabs_mult.
  rewrite (Rabs_left (a - c)), (Rabs_right (b - c)), (Rabs_left (a - b)) by lra.
  assert (0 < Rabs p) by (apply Rabs_pos_lt; exact Hp).
  replace ((p * (a - c)) ^ 2 + (p * (b - c)) ^ 2)
    with (Rabs p * Rabs p * ((a - c) ^ 2 + (b - c) ^ 2)).
  2: { rewrite <- Rabs_mult, (Rabs_right (p * p)) by lra. ring. }
  real_equation. field. lra. Qed.

(* ---------- one affine piece ---------- *)

Section Piece.
Hypotheses (inside : inside_statement) (even : even_statement) (odd : odd_statement).
Variables (k : nat) (p q : R).
Let d (y : R) : R := zigzag k y - (p * y + q).

Lemma d_cell i : (i < 2 ^ k)%nat ->
  forall y, INR i <= y <= INR i + 1 ->
  d y = (slope_sign i - p) * y + (/ 2 - slope_sign i * (INR i + / 2) - q).
Proof. intros Hi y Hy. unfold d. rewrite (zigzag_cell k i y Hi Hy). ring. Qed.

Lemma loss_mean i a b : (i < 2 ^ k)%nat -> INR i <= a -> a <= b -> b <= INR i + 1 ->
  RInt (loss k p q) a b = (b - a) * mean (d a) (d b).
Proof. intros Hi Ha Hab Hb.
  apply (integral_mean d (slope_sign i - p) (/ 2 - slope_sign i * (INR i + / 2) - q));
  [exact Hab|apply difference_continuous|].
  intros x Hx. apply d_cell; [exact Hi|lra]. Qed.

(* Seen from the start of cell s, up or down so that the zigzag rises there: the line is m t + b. *)
Section From.
Variable s : nat.
Let sign := slope_sign s.
Let m := sign * p.
Let b := sign * (p * INR s + q - / 2) + / 2.

Lemma slope_sign_add n : slope_sign (s + n) = sign * slope_sign n.
Proof. unfold sign. induction n as [|n IH];
  [rewrite Nat.add_0_r; unfold slope_sign at 3; simpl; ring|].
  rewrite Nat.add_succ_r, !slope_sign_S, IH. ring. Qed.
Lemma sign_square : sign * sign = 1.
Proof. unfold sign. destruct (slope_sign_cases s) as [-> | ->]; ring. Qed.
Lemma sign_mean y z : mean (sign * y) (sign * z) = mean y z.
Proof. unfold sign. destruct (slope_sign_cases s) as [-> | ->].
  - rewrite !Rmult_1_l. reflexivity.
  - replace (-1 * y) with (- y) by ring. replace (-1 * z) with (- z) by ring. apply mean_opposite.
    Qed.
Lemma tip_slope n : tip n = / 2 - slope_sign n * / 2.
Proof. unfold tip, slope_sign. destruct (Nat.even n); lra. Qed.

(* In cell s + n. *)
Lemma d_above n t : (s + n < 2 ^ k)%nat -> 0 <= t <= 1 ->
  sign * d (INR (s + n) + t) = above n m b + (slope_sign n - m) * t.
Proof. intros Hn Ht. rewrite (d_cell (s + n) Hn) by lra. unfold above, m, b.
  rewrite slope_sign_add, tip_slope, plus_INR.
  pose proof sign_square as Sq. set (o := slope_sign n).
  match goal with |- ?l = ?r =>
    replace l with ((sign * sign - 1) * (o * (t - / 2)) + r) by field end.
  rewrite Sq. ring. Qed.

(* Left of cell s. *)
Lemma d_left u : (s <= 2 ^ k)%nat -> (0 < s)%nat -> 0 <= u <= 1 ->
  sign * d (INR s - u) = - b + (1 + m) * u.
Proof. intros Hs H0 Hu. assert (E : exists i, s = S i) by (exists (pred s); lia).
  destruct E as (i & Es).
  assert (Hi : (i < 2 ^ k)%nat) by lia. assert (Is : INR s = INR i + 1) 
    by (rewrite Es; apply S_INR).
  rewrite (d_cell i Hi) by lra. unfold b, m. rewrite Is. pose proof sign_square as Sq.
  assert (Ei : slope_sign i = - sign) by (unfold sign; rewrite Es, slope_sign_S; ring). rewrite Ei.
  match goal with |- ?l = ?r => replace l with ((sign * sign - 1) * (u - / 2) + r) by field end.
  rewrite Sq. ring. Qed.

(* The whole cells from s on. *)
Lemma gain_cells n : (s + n <= 2 ^ k)%nat -> gain k p q (INR s) (INR (s + n)) = whole_cells n m b.
Proof. induction n as [|n IH]; intros H.
  - rewrite Nat.add_0_r. apply gain_point.
  - rewrite (gain_cat k p q _ (INR (s + n))), (IH ltac:(lia)), Nat.add_succ_r. cbn [whole_cells].
    assert (Hn : (s + n < 2 ^ k)%nat) by lia. unfold gain.
    rewrite S_INR, (margin_integral_cell k (s + n) Hn).
    rewrite (loss_mean (s + n)) by (assumption || lra). rewrite <- (sign_mean (d (INR (s + n)))).
    pose proof (d_above n 0 Hn ltac:(lra)) as A. pose proof (d_above n 1 Hn ltac:(lra)) as B.
    rewrite Rplus_0_r, Rmult_0_r, Rplus_0_r in A. rewrite A, B.
    replace (above n m b + (slope_sign n - m) * 1) with (above (S n) m b); [ring|].
    unfold above. rewrite !tip_slope, slope_sign_S, S_INR. field. Qed.

Lemma gain_left u : (s <= 2 ^ k)%nat -> (0 < s)%nat -> 0 <= u <= 1 ->
  gain k p q (INR s - u) (INR s) = arm_area u - u * mean (- b) (- b + (1 + m) * u).
Proof. intros Hs H0 Hu. pose proof (d_left u Hs H0 Hu) as A.
  pose proof (d_left 0 Hs H0 ltac:(lra)) as B.
  rewrite Rminus_0_r, Rmult_0_r, Rplus_0_r in B. rewrite <- A, <- B, sign_mean, mean_symmetric.
  assert (E : exists i, s = S i) by (exists (pred s); lia). destruct E as (i & Es).
  assert (Hi : (i < 2 ^ k)%nat) by lia. assert (Is : INR s = INR i + 1) 
    by (rewrite Es; apply S_INR). rewrite Is. unfold gain.
  rewrite (margin_integral_right k i u Hi Hu), (loss_mean i) by (assumption || lra). ring. Qed.

Lemma gain_right n v : (s + n < 2 ^ k)%nat -> 0 <= v <= 1 ->
  gain k p q (INR (s + n)) (INR (s + n) + v) = 
  arm_area v - v * mean (above n m b) (above n m b + (slope_sign n - m) * v).
Proof. intros Hn Hv. pose proof (d_above n v Hn Hv) as A.
  pose proof (d_above n 0 Hn ltac:(lra)) as B.
  rewrite Rplus_0_r, Rmult_0_r, Rplus_0_r in B. rewrite <- A, <- B, sign_mean. unfold gain.
  rewrite (margin_integral_left k (s + n) v Hn Hv), (loss_mean (s + n)) by (assumption || lra).
  ring. Qed.
End From.

(* gain_piece, by the certificate's arithmetic. *)
Lemma gain_by_core x y : 0 <= x -> x <= y -> y <= INR (2 ^ k) -> gain k p q x y <= / 4.
Proof. intros Hx Hxy Hy. destruct (cell_of (2 ^ k) x (pow2_ge1 k) ltac:(lra)) as (i & Hi & Ix).
  destruct (cell_of (2 ^ k) y (pow2_ge1 k) ltac:(lra)) as (j & Hj & Jy).
  destruct (Nat.le_gt_cases j i) as [Hji|Hij].
  - assert (INR j <= INR i) by (apply le_INR; assumption).
    pose proof (margin_integral_right k i (INR i + 1 - x) Hi ltac:(lra)) as A.
    replace (INR i + 1 - (INR i + 1 - x)) with x in A by ring.
    rewrite (integral_cat _ x y (INR i + 1) (margin_continuous k)) in A.
    assert (0 <= RInt (margin k) y (INR i + 1)).
    { apply integral_nonneg; [lra|apply integrable, margin_continuous|]. intros;
    apply (margin_nonneg k i); [assumption|lra]. }
    pose proof (inside (INR i + 1 - x) ltac:(lra)). pose proof (loss_nonneg k p q x y Hxy).
    unfold gain. lra.
  - set (s := S i). set (n := (j - s)%nat). assert (Ej : j = (s + n)%nat) by (unfold n, s; lia).
    assert (Es : INR s = INR i + 1) by apply S_INR. rewrite Ej in Hj, Jy.
    pose proof (gain_left s (INR s - x) ltac:(unfold s; lia) ltac:(unfold s; lia) ltac:(lra)) as L.
    pose proof (gain_cells s n ltac:(lia)) as C.
    pose proof (gain_right s n (y - INR (s + n)) Hj ltac:(lra)) as W.
    replace (INR s - (INR s - x)) with x in L by ring.
    replace (INR (s + n) + (y - INR (s + n))) with y in W by ring.
    rewrite (gain_cat k p q x (INR s)), (gain_cat k p q (INR s) (INR (s + n))), L, C, W.
    assert (P : (n = 2 * (n / 2) \/ n = 2 * (n / 2) + 1)%nat)
    by (pose proof (Nat.div_mod n 2); pose proof (Nat.mod_upper_bound n 2); lia).
    set (h := (n / 2)%nat) in P. clearbody h. set (m := slope_sign s * p). set (b := _ + / 2).
    destruct P as [-> | ->].
    + pose proof (even h (INR s - x) (y - INR (s + 2 * h)) b m ltac:(lra) ltac:(lra)) as E.
      rewrite (slope_sign_add_even 0 h : slope_sign (2 * h) = 1). lra.
    + pose proof (odd h (INR s - x) (y - INR (s + (2 * h + 1))) b m ltac:(lra) ltac:(lra)) as E.
      rewrite Nat.add_1_r, slope_sign_S, (slope_sign_add_even 0 h : slope_sign (2 * h) = 1).
      rewrite <- Nat.add_1_r.
      replace (above (2 * h + 1) m b + (- (1) - m) * (y - INR (s + (2 * h + 1))))
        with (above (2 * h + 1) m b - (1 + m) * (y - INR (s + (2 * h + 1)))) by ring. lra. Qed.
End Piece.

(* ---------- all pieces ---------- *)

Section All.
Hypotheses (inside : inside_statement) (even : even_statement) (odd : odd_statement).
Hypothesis sum : sum_statement.

(* At the scale of the sawtooth. *)
Lemma line_by_core k a b p q : 0 <= a -> a <= b -> b <= 1 ->
  2 ^ k * (RInt (sawtooth_margin k) a b -
    RInt (fun x => Rabs (sawtooth k x - (p * x + q))) a b) <= / 4.
Proof. intros Ha Hab Hb. pose proof (pow2_pos k) as Hk.
  assert (Ea : a = / 2 ^ k * (2 ^ k * a)) by (field; lra). assert (Eb : b = / 2 ^ k * (2 ^ k * b))
  by (field; lra).
  rewrite Ea, Eb, sawtooth_margin_integral, sawtooth_loss_integral.
  pose proof (gain_by_core inside even odd k (p * / 2 ^ k) q (2 ^ k * a) (2 ^ k * b)) as P.
  rewrite INR_pow2 in P.
  specialize (P ltac:(nra) ltac:(nra) ltac:(nra)). unfold gain in P.
  rewrite <- Rmult_minus_distr_l, <- Rmult_assoc, Rinv_r, Rmult_1_l by lra. exact P. Qed.

(* The gains of p pieces, each at most 1/4, and their sum. *)
Lemma gains_of_pieces k g p : forall a b, 0 <= a -> b <= 1 -> pieces p a b g ->
  ex_RInt (fun x => Rabs (sawtooth k x - g x)) a b /\ exists gains : nat ->
  R, (forall i, gains i <= / 4) /\
  2 ^ k * (RInt (sawtooth_margin k) a b - RInt (fun x => Rabs (sawtooth k x - g x)) a b) =
    total_gain gains p.
Proof. induction p as [|p IH]; intros a b Ha Hb H.
  - change (a = b) in H. subst b. split; [apply ex_RInt_point|]. exists (fun _ => 0). split;
    [intros; lra|]. rewrite !integral_point. simpl. ring.
  - destruct H as (c & Hc & (m & r & E) & H2). pose proof (cells_le _ _ _ _ H2).
    destruct (IH c b ltac:(lra) Hb H2) as [X (gains & G & T)].
    assert (E' : forall x, a < x < c ->
    Rabs (sawtooth k x - (m * x + r)) = Rabs (sawtooth k x - g x)).
    { intros x Hx. rewrite E by assumption. reflexivity. }
    pose proof (line_by_core k a c m r Ha ltac:(lra) ltac:(lra)) as B.
    rewrite (integral_ext _ _ a c ltac:(lra) E') in B.
    assert (A : ex_RInt (fun x => Rabs (sawtooth k x - g x)) a c).
    { apply (integrable_ext _ _ a c ltac:(lra) E').
    apply integrable, continuous_abs, continuous_difference;
      intro; [apply sawtooth_continuous|apply continuous_line]. }
    split; [apply ex_RInt_Chasles with c; assumption|].
    set (own := 2 ^ k * (RInt (sawtooth_margin k) a c -
      RInt (fun x => Rabs (sawtooth k x - g x)) a c)) in *.
    exists (fun i => if Nat.eqb i p then own else gains i). split.
    { intros i. destruct (Nat.eqb i p); [exact B|apply G]. }
    cbn [total_gain]. rewrite Nat.eqb_refl.
    assert (S : forall n, (n <= p)%nat ->
    total_gain (fun i => if Nat.eqb i p then own else gains i) n = total_gain gains n).
    { induction n as [|n IHn]; intros Hn; [reflexivity|]. cbn [total_gain]. rewrite IHn by lia.
    destruct (Nat.eqb_spec n p); [lia|reflexivity]. }
    rewrite S, <- T by lia.
    rewrite <- (RInt_Chasles (fun x => Rabs (sawtooth k x - g x)) a c b) by assumption.
    rewrite (integral_cat _ a c b (fun x => sawtooth_margin_continuous k x)).
    unfold own, plus; simpl. ring. Qed.

Theorem sharp_by_core k p g : pieces p 0 1 g -> apart (/ 4 * (1 - INR p / 2 ^ k)) (sawtooth k) g.
Proof. intros H.
  destruct (gains_of_pieces k g p 0 1 ltac:(lra) ltac:(lra) H) as [A (gains & G & T)]. split;
  [exact A|].
  rewrite sawtooth_margin_total in T. pose proof (sum gains G k p) as S. rewrite <- T in S.
  pose proof (pow2_pos k).
  eapply Rle_trans; [exact S|]. apply Req_le. unfold distance. field. lra. Qed.
End All.
