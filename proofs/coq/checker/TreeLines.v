(* Sums over the values of layers are bounded from below as TreeBounds.v says. *)
From Coq Require Import Reals Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear.
From Coq Require Import List.
From Checked Require Import Syntax TreeBounds.
Open Scope R_scope.

(* ---------- many numbers as one ---------- *)

Definition small (most : Z) (l : list Z) : Prop := Forall (fun d => Z.abs d <= most)%Z l.

(* Numbers that are not too large are found again. *)
Lemma from_in_slots l : small (half_slot - 1) l ->
  from_slots (length l) (in_slots l) = map (fun d => d / one_digit)%Z l.
Proof.
  induction 1 as [|d l H _ IH]; [reflexivity|]. cbn [length from_slots in_slots map].
  set (p := in_slots l) in *.
  assert (E : ((d + slot * p + half_slot) / slot = p)%Z).
  { symmetry. apply Z.div_unique with (d + half_slot)%Z; [|ring].
    unfold half_slot, slot in *. lia. }
  rewrite E, IH. f_equal.
  replace (d + slot * p + half_slot - slot * p)%Z with (d + half_digit * one_digit)%Z
    by (unfold half_digit, one_digit, half_slot; ring).
  rewrite Z.div_add by discriminate. ring.
Qed.

Fixpoint plus_times (w : Z) (l m : list Z) : list Z :=
  match l, m with d :: l', e :: m' => (e + w * d)%Z :: plus_times w l' m' | _, _ => [] end.

(* Multiples and sums in all places at once; *)
Lemma in_slots_plus w l : forall m, length l = length m ->
  in_slots (plus_times w l m) = (in_slots m + w * in_slots l)%Z.
Proof.
  induction l as [|d l IH]; intros [|e m] E; try discriminate E;
    cbn [plus_times in_slots]; [ring|]. injection E as E. rewrite IH by exact E. ring.
Qed.

(* of the same length, *)
Lemma length_plus w l : forall m, length l = length m -> length (plus_times w l m) = length m.
Proof.
  induction l as [|d l IH]; intros [|e m] E; try discriminate E; cbn; [reflexivity|].
  injection E as E. rewrite IH by exact E. reflexivity.
Qed.

(* and no larger than what they are sums of. *)
Lemma small_plus w l : forall m a b, length l = length m -> small a l -> small b m ->
  small (b + Z.abs w * a) (plus_times w l m).
Proof.
  induction l as [|d l IH]; intros [|e m] a b E A B; try discriminate E; [constructor|].
  injection E as E. inversion A; subst. inversion B; subst. constructor; [|apply IH; assumption].
  pose proof (Z.abs_triangle e (w * d)). rewrite Z.abs_mul in *. nia.
Qed.

(* ---------- sums over values ---------- *)

Fixpoint along_ (l : list Z) (vs : list R) : R :=
  match l, vs with d :: l', v :: vs' => IZR d * v + along_ l' vs' | _, _ => 0 end.

(* They are linear. *)
Lemma along_plus w l : forall m vs, length l = length m ->
  along_ (plus_times w l m) vs = along_ m vs + IZR w * along_ l vs.
Proof.
  induction l as [|d l IH]; intros [|e m] vs E; try discriminate E;
    cbn [plus_times along_]; [ring|].
  destruct vs as [|v vs]; [ring|]. injection E as E. rewrite IH, plus_IZR, mult_IZR by exact E.
  ring.
Qed.

(* A quotient rounded down *)
Lemma floor_below a b : (0 < b)%Z -> IZR (a / b) * IZR b <= IZR a.
Proof. intros P. rewrite <- mult_IZR. apply IZR_le. rewrite Z.mul_comm. apply Z.mul_div_le, P. Qed.

(* and up. *)
Lemma ceiling_above a b : (0 < b)%Z -> IZR a <= IZR (- (- a / b)) * IZR b.
Proof.
  intros P. pose proof (floor_below (- a) b P) as F. rewrite opp_IZR in *. lra.
Qed.

(* Rounding down makes a sum over values that are not negative no greater. *)
Lemma along_floor l vs : Forall (Rle 0) vs ->
  along_ (map (fun d => d / one_digit)%Z l) vs * IZR one_digit <= along_ l vs.
Proof.
  intros P. revert l. induction P as [|v vs V _ IH]; intros [|d l]; cbn; try lra.
  specialize (IH l). pose proof (floor_below d one_digit eq_refl) as F.
  apply Rmult_le_compat_r with (r := v) in F; [|exact V]. lra.
Qed.

(* ---------- lines ---------- *)

(* What stands for the value y, over the values us. *)
Definition line_holds (us : list R) (l : line) (y : R) : Prop :=
  0 <= y /\
  match l with
  | Zero => y = 0
  | Line up down t =>
    exists ups downs, up = in_slots ups /\ down = in_slots downs /\
      length ups = length us /\ length downs = length us /\
      small one_digit ups /\ small one_digit downs /\
      along_ ups us <= IZR one_digit * y /\
      IZR one_digit * y <= along_ downs us + IZR t / 64
  end.

(* The sum of lines is below the sum of what they stand for. *)
Lemma put_together_correct us ws : forall ls ys total extra size digits out extra' size',
  Forall2 (line_holds us) ls ys -> total = in_slots digits -> length digits = length us ->
  small (size * one_digit) digits ->
  put_together ws ls total extra size = (out, extra', size') ->
  exists digits', out = in_slots digits' /\ length digits' = length us /\
    small (size' * one_digit) digits' /\
    along_ digits' us + IZR extra' / 64 <=
      along_ digits us + IZR extra / 64 + IZR one_digit * along_ ws ys.
Proof.
  induction ws as [|w ws IH]; intros ls ys total extra size digits out extra' size' H T L S E.
  { injection E as <- <- <-. exists digits. cbn [along_]. repeat split; try assumption. lra. }
  destruct H as [|l y ls ys [Y H] Hs].
  { injection E as <- <- <-. exists digits. cbn [along_]. repeat split; try assumption. lra. }
  cbn [put_together along_] in *. destruct l as [|up down t].
  { subst y. destruct (IH _ _ _ _ _ digits _ _ _ Hs T L S E) as (d & D1 & D2 & D3 & D4).
    exists d. repeat split; try assumption. rewrite Rmult_0_r, Rplus_0_l. exact D4. }
  destruct H as (ups & downs & -> & -> & Lu & Ld & Su & Sd & Hu & Hd).
  destruct (Z.eqb_spec w 0) as [->|N].
  { destruct (IH _ _ _ _ _ digits _ _ _ Hs T L S E) as (d & D1 & D2 & D3 & D4).
    exists d. repeat split; try assumption. rewrite Rmult_0_l, Rplus_0_l. exact D4. }
  destruct (Z.ltb_spec 0 w) as [P|P].
  - assert (T' : (total + w * in_slots ups)%Z = in_slots (plus_times w ups digits))
      by (rewrite in_slots_plus, <- T by congruence; reflexivity).
    assert (L' : length (plus_times w ups digits) = length us)
      by (rewrite length_plus; congruence).
    assert (S' : small ((size + w) * one_digit) (plus_times w ups digits)).
    { replace ((size + w) * one_digit)%Z with (size * one_digit + Z.abs w * one_digit)%Z
        by (rewrite Z.abs_eq by lia; ring).
      apply small_plus; [congruence|assumption|assumption]. }
    destruct (IH _ _ _ _ _ _ _ _ _ Hs T' L' S' E) as (d & D1 & D2 & D3 & D4).
    exists d. repeat split; try assumption. rewrite along_plus in D4 by congruence.
    apply IZR_lt in P. nra.
  - assert (T' : (total + w * in_slots downs)%Z = in_slots (plus_times w downs digits))
      by (rewrite in_slots_plus, <- T by congruence; reflexivity).
    assert (L' : length (plus_times w downs digits) = length us)
      by (rewrite length_plus; congruence).
    assert (S' : small ((size - w) * one_digit) (plus_times w downs digits)).
    { replace ((size - w) * one_digit)%Z with (size * one_digit + Z.abs w * one_digit)%Z
        by (rewrite Z.abs_neq by lia; ring).
      apply small_plus; [congruence|assumption|assumption]. }
    destruct (IH _ _ _ _ _ _ _ _ _ Hs T' L' S' E) as (d & D1 & D2 & D3 & D4).
    exists d. repeat split; try assumption. rewrite along_plus in D4 by congruence.
    rewrite plus_IZR, mult_IZR in D4. apply IZR_le in P. nra.
Qed.

(* ---------- all layers ---------- *)

Definition in_range (r : range) (z : R) : Prop :=
  IZR (fst r) <= IZR sum_one * z <= IZR (snd r).

(* The values ys of the last of these layers. *)
Fixpoint stack_holds (stack : list lined) (base : list range) (ys : list R) : Prop :=
  match stack with
  | [] => Forall2 in_range base ys /\ Forall (Rle 0) ys
  | (n, ls) :: stack' =>
    exists us, n = S (length us) /\ stack_holds stack' base us /\
      Forall2 (line_holds (1 :: us)) ls ys
  end.

(* No value is negative. *)
Lemma stack_positive stack base ys : stack_holds stack base ys -> Forall (Rle 0) ys.
Proof.
  destruct stack as [|(n, ls) stack]; cbn [stack_holds]; [tauto|]. intros (us & _ & _ & H).
  induction H as [|l y ls ys [Y _] _ IH]; constructor; assumption.
Qed.

(* Ends of ranges bound a sum. *)
Lemma at_ends_correct ws : forall base ts total, Forall2 in_range base ts ->
  IZR (at_ends ws base total) <= IZR total + IZR sum_one * along_ ws ts.
Proof.
  induction ws as [|w ws IH]; intros base ts total H; cbn [at_ends along_]; [lra|].
  destruct H as [|(lo, hi) t base ts [H1 H2] Hs]; [lra|]. cbn [fst snd] in *.
  specialize (IH base ts (total + w * (if Z.ltb 0 w then lo else hi))%Z Hs).
  rewrite plus_IZR, mult_IZR in IH. destruct (Z.ltb_spec 0 w) as [P|P].
  - apply IZR_lt in P. nra.
  - apply IZR_le in P. nra.
Qed.

(* A sum is at least what is computed. *)
Theorem least_sum_correct stack base : forall ys ws bound x, stack_holds stack base ys ->
  least_sum stack base ws bound = Some x ->
  IZR x <= IZR bound + along_ ws (1 :: ys).
Proof.
  assert (O : IZR one_digit = 18446744073709551616) by reflexivity.
  assert (O' : IZR sloped_sum = 1180591620717411303424) by reflexivity.
  induction stack as [|(n, ls) stack IH]; intros ys [|w ws] bound x H E; try discriminate E;
    cbn [least_sum stack_holds] in *.
  - injection E as <-. destruct H as [H _].
    pose proof (at_ends_correct ws base ys (w * sum_one) H) as A.
    pose proof (floor_below (at_ends ws base (w * sum_one)) sum_one eq_refl) as F.
    rewrite plus_IZR. cbn [along_]. rewrite mult_IZR in A.
    assert (P : 0 < IZR sum_one) by (apply (IZR_lt 0); reflexivity). nra.
  - destruct H as (us & -> & Hs & H).
    destruct (put_together ws ls _ 0 _) as [[total extra] size] eqn:P.
    destruct (Z.leb_spec size most_size) as [Sz|]; [|discriminate E].
    set (begin_ := (w * one_digit)%Z :: repeat 0%Z (length us)).
    assert (B1 : (w * one_digit)%Z = in_slots begin_).
    { unfold begin_. cbn [in_slots]. replace (in_slots (repeat 0%Z (length us))) with 0%Z; [ring|].
      clear. induction (length us) as [|n IH]; [reflexivity|]. cbn [repeat in_slots].
      rewrite <- IH. reflexivity. }
    assert (B2 : length begin_ = length (1 :: us)).
    { unfold begin_. cbn [length]. rewrite repeat_length. reflexivity. }
    assert (B3 : small (Z.abs w * one_digit) begin_).
    { constructor.
      - rewrite Z.abs_mul. apply Z.le_refl.
      - apply Forall_forall. intros z Hz. apply repeat_spec in Hz. subst z.
        unfold one_digit. lia. }
    destruct (put_together_correct (1 :: us) ws ls ys _ _ _ begin_ _ _ _ H B1 B2 B3 P)
      as (d & -> & D2 & D3 & D4). unfold begin_ in D4. clear B1 B2 B3.
    pose proof (stack_positive _ _ _ Hs) as Pos.
    assert (Pos' : Forall (Rle 0) (1 :: us)) by (constructor; [lra|exact Pos]).
    cbn [length] in D2. rewrite <- D2, from_in_slots in E.
    + apply (IH us _ _ _ Hs) in E. pose proof (along_floor d (1 :: us) Pos') as F.
      pose proof (floor_below extra sloped_sum eq_refl) as G. rewrite plus_IZR in E.
      assert (Z0 : along_ (repeat 0%Z (length us)) us = 0).
      { clear. induction us as [|u us IH]; cbn; [reflexivity|]. rewrite IH. ring. }
      cbn [along_] in D4 |- *. rewrite Z0, mult_IZR in D4. rewrite O, O' in *. lra.
    + eapply Forall_impl; [|exact D3]. cbn. intros z Hz. eapply Z.le_trans; [exact Hz|].
      apply Z.le_trans with (most_size * one_digit)%Z; [|discriminate].
      apply Z.mul_le_mono_nonneg_r; [discriminate|exact Sz].
Qed.
