(* Binomial coefficients, their sums, and how large the middle one is. *)
From Coq Require Import List Arith Lia.
Import ListNotations.

Fixpoint choose (n k : nat) : nat :=
  match n, k with _, O => 1 | O, S _ => 0 | S n', S k' => choose n' k' + choose n' k end.

(* One way to choose nothing. *)
Lemma choose_0 n : choose n 0 = 1.
Proof. destruct n; reflexivity. Qed.

(* No way to choose more than there are. *)
Lemma choose_none m : forall j, m < j -> choose m j = 0.
Proof. induction m; intros [|j] H; try lia; [reflexivity|]. cbn [choose].
  rewrite !IHm by lia. reflexivity. Qed.

(* ---------- sums ---------- *)

(* The sum of f j for j <= r. *)
Fixpoint sum_to (r : nat) (f : nat -> nat) : nat :=
  match r with O => f O | S r' => sum_to r' f + f (S r') end.

(* One term more. *)
Lemma sum_to_S r f : sum_to (S r) f = sum_to r f + f (S r).
Proof. reflexivity. Qed.

(* Equal terms, equal sums. *)
Lemma sum_to_ext r f g : (forall j, j <= r -> f j = g j) -> sum_to r f = sum_to r g.
Proof. induction r; intros H; simpl; [apply H; lia|]. rewrite IHr, H; auto. Qed.

(* Larger terms, a larger sum. *)
Lemma sum_to_le r f g : (forall j, j <= r -> f j <= g j) -> sum_to r f <= sum_to r g.
Proof. induction r; intros H; simpl; [apply H; lia|]. specialize (IHr ltac:(auto)).
  specialize (H (S r) ltac:(lia)). lia. Qed.

(* More terms, a larger sum. *)
Lemma sum_to_more r s f : r <= s -> sum_to r f <= sum_to s f.
Proof. induction 1; [lia|]. simpl. lia. Qed.

(* A common factor. *)
Lemma sum_to_scale r k f : sum_to r (fun j => f j * k) = sum_to r f * k.
Proof. induction r; simpl; [reflexivity|]. rewrite IHr. lia. Qed.

(* Two sums, term by term. *)
Lemma sum_to_plus r f g : sum_to r (fun j => f j + g j) = sum_to r f + sum_to r g.
Proof. induction r; simpl; [reflexivity|]. rewrite IHr. lia. Qed.

(* ---------- Zaslavsky's number ---------- *)

(* The sum of C (m, j) for j <= d: the regions into which m hyperplanes cut R^d. *)
Definition zaslavsky (m d : nat) : nat := sum_to d (choose m).

(* The recursion that cutting by one more hyperplane gives. *)
Lemma zaslavsky_step m d : zaslavsky (S m) (S d) = zaslavsky m (S d) + zaslavsky m d.
Proof. unfold zaslavsky. induction d; [cbn [sum_to choose]; rewrite !choose_0; lia|].
  rewrite (sum_to_S (S d) (choose (S m))), IHd.
  rewrite (sum_to_S (S d) (choose m)), (sum_to_S d (choose m)). cbn [choose]. lia. Qed.

(* No hyperplane, one region. *)
Lemma zaslavsky_none d : zaslavsky 0 d = 1.
Proof. unfold zaslavsky. induction d; [reflexivity|]. rewrite sum_to_S, IHd. reflexivity. Qed.

(* One point, one region. *)
Lemma zaslavsky_point m : zaslavsky m 0 = 1.
Proof. apply choose_0. Qed.

(* More hyperplanes, more regions. *)
Lemma zaslavsky_more m d : zaslavsky m d <= zaslavsky (S m) d.
Proof. destruct d; [rewrite !zaslavsky_point; lia|]. rewrite zaslavsky_step. lia. Qed.

(* On the line, m + 1. *)
Lemma zaslavsky_line m : zaslavsky m 1 = m + 1.
Proof. unfold zaslavsky. cbn [sum_to]. rewrite choose_0. induction m; [reflexivity|]. cbn [choose].
  rewrite choose_0. lia. Qed.

(* ---------- the middle of a row ---------- *)

(* Pascal's rule. *)
Lemma choose_step n k : choose (S n) (S k) = choose n k + choose n (S k).
Proof. reflexivity. Qed.

(* Choosing one, then the others. *)
Lemma choose_absorb n : forall k, S k * choose (S n) (S k) = S n * choose n k.
Proof. induction n as [|n IH]; intros k; [destruct k as [|k]; [reflexivity|]; rewrite choose_step;
    cbn [choose]; lia|].
  rewrite choose_step.
  destruct k as [|k]; [rewrite !choose_0; specialize (IH 0); rewrite choose_0 in IH; lia|].
  pose proof (IH (S k)) as A. pose proof (IH k) as B. rewrite (choose_step n k) in *. nia. Qed.

(* One way to choose all. *)
Lemma choose_full n : choose n n = 1.
Proof. induction n; [reflexivity|]. rewrite choose_step, IHn, choose_none by lia. reflexivity. Qed.

(* Choosing a of them, or leaving a. *)
Lemma choose_symmetric a : forall b, choose (a + b) a = choose (a + b) b.
Proof. induction a as [|a IHa]; intros b; [rewrite choose_0; simpl; symmetry; apply choose_full|].
  induction b as [|b IHb]; [rewrite Nat.add_0_r, choose_0, choose_full; reflexivity|].
  replace (S a + S b) with (S (a + S b)) by lia. rewrite !choose_step, IHa.
  replace (a + S b) with (S a + b) by lia. rewrite IHb. lia. Qed.

(* (j + 1) C(n, j + 1) = (n - j) C(n, j). *)
Lemma choose_next n j : j <= n -> S j * choose n (S j) = (n - j) * choose n j.
Proof. intros H. pose proof (choose_absorb n j) as A. rewrite choose_step in A. nia. Qed.

(* Beyond the middle they fall. *)
Lemma choose_falls m i : choose (2 * m + 1) (m + i) <= choose (2 * m + 1) m.
Proof. induction i as [|i IH]; [rewrite Nat.add_0_r; lia|]. eapply Nat.le_trans; [|exact IH].
  replace (m + S i) with (S (m + i)) by lia.
  destruct (le_lt_dec (m + i) (2 * m + 1)) as [L|L]; [|rewrite choose_none by lia; lia].
  pose proof (choose_next (2 * m + 1) (m + i) L) as E. nia. Qed.

(* The lower half. *)
Lemma lower_half m : sum_to m (choose (2 * m + 1)) = 4 ^ m.
Proof. induction m as [|m IH]; [reflexivity|].
  replace (2 * S m + 1) with (S (S (2 * m + 1))) by lia. set (n := 2 * m + 1) in *.
  change (zaslavsky (S (S n)) (S m) = 4 * 4 ^ m). rewrite zaslavsky_step.
  assert (Sy : choose n (S m) = choose n m).
  { unfold n. replace (2 * m + 1) with (S m + m) by lia. apply choose_symmetric. }
  assert (A : zaslavsky (S n) (S m) = 2 * 4 ^ m + choose n (S m)). { rewrite zaslavsky_step.
  unfold zaslavsky. rewrite sum_to_S, IH. lia. }
  assert (B : zaslavsky (S n) m + choose n m = 2 * 4 ^ m).
  { destruct m as [|m]; [reflexivity|]. rewrite zaslavsky_step. unfold zaslavsky. rewrite IH.
    rewrite sum_to_S in IH. lia. }
  lia. Qed.

(* The middle is at most 2^n / sqrt n: C(2m, m)^2 (2m + 1) <= 16^m. *)
Lemma middle m : choose (2 * m) m * choose (2 * m) m * (2 * m + 1) <= 16 ^ m.
Proof. induction m as [|m IH]; [simpl; lia|]. set (b := choose (2 * m) m) in *.
  set (c := choose (2 * m + 1) m). assert (C1 : S m * c = (2 * m + 1) * b).
  { pose proof (choose_absorb (2 * m) m) as A. unfold c, b.
    replace (choose (2 * m + 1) m) with (choose (S (2 * m)) (S m)); [lia|].
    replace (S (2 * m)) with (S m + m) by lia. replace (2 * m + 1) with (S m + m) by lia.
    apply choose_symmetric. }
  assert (C2 : choose (2 * S m) (S m) = 2 * c).
  { replace (2 * S m) with (S (2 * m + 1)) by lia. rewrite choose_step. unfold c.
    replace (2 * m + 1) with (S m + m) by lia. rewrite choose_symmetric. lia. }
  rewrite C2. cbn [Nat.pow]. set (p := 16 ^ m) in *.
  apply (Nat.mul_le_mono_pos_l _ _ (S m * S m)); [lia|].
  replace (S m * S m * (2 * c * (2 * c) * (2 * S m + 1)))
    with (4 * (S m * c) * (S m * c) * (2 * m + 3)) by ring.
  rewrite C1. replace (4 * ((2 * m + 1) * b) * ((2 * m + 1) * b) * (2 * m + 3))
    with (4 * (2 * m + 1) * (2 * m + 3) * (b * b * (2 * m + 1))) by ring.
  apply Nat.le_trans with (4 * (2 * m + 1) * (2 * m + 3) * p); [apply Nat.mul_le_mono_l, IH|].
  replace (S m * S m * (16 * p)) with (16 * (S m * S m) * p) by ring. apply Nat.mul_le_mono_r.
  nia. Qed.

(* The middle of an odd row. *)
Lemma middle_odd m : choose (2 * m + 1) m * choose (2 * m + 1) m * (2 * m + 1) <= (2 * 4 ^ m) *
  (2 * 4 ^ m).
Proof. pose proof (middle (S m)) as A. set (c := choose (2 * m + 1) m).
  assert (C2 : choose (2 * S m) (S m) = 2 * c).
  { replace (2 * S m) with (S (2 * m + 1)) by lia. rewrite choose_step. unfold c.
    replace (2 * m + 1) with (S m + m) by lia. rewrite choose_symmetric. lia. }
  rewrite C2 in A. cbn [Nat.pow] in A.
  assert (P : 16 ^ m = 4 ^ m * 4 ^ m) by (rewrite <- Nat.pow_mul_l; reflexivity). rewrite P in A.
  nia. Qed.

(* A little more than half: at most 3/4. *)
Lemma three_quarters m d : 4 * ((d + 1) * (d + 1)) <= 2 * m + 1 ->
  2 * sum_to ((2 * m + 1 + d) / 2) (choose (2 * m + 1)) <= 3 * 4 ^ m.
Proof. intros H. set (n := 2 * m + 1) in *. set (e := (d + 1) / 2).
  assert (E : (n + d) / 2 = m + e).
  { unfold n, e. replace (2 * m + 1 + d) with (d + 1 + m * 2) by lia. rewrite Nat.div_add by lia.
    lia. }
  rewrite E. set (c := choose n m). assert (S1 : sum_to (m + e) (choose n) <= 4 ^ m + e * c).
  { clear E. induction e as [|e IH]; [rewrite Nat.add_0_r, <- lower_half; fold n; lia|].
    replace (m + S e) with (S (m + e)) by lia. rewrite sum_to_S.
    pose proof (choose_falls m (S e)) as F. fold n in F.
    replace (m + S e) with (S (m + e)) in F by lia. fold c in F. lia. }
  pose proof (middle_odd m) as M. fold n c in M.
  assert (He : 2 * e <= d + 1) by (unfold e; pose proof (Nat.div_mod (d + 1) 2 ltac:(lia)); lia).
  assert (K : 16 * (e * e) <= n) by nia. set (p := 4 ^ m) in *.
  enough (Q : 2 * (e * c) <= p) by lia. apply Nat.nlt_ge. intro X.
  assert (Y : (4 * (e * c)) * (4 * (e * c)) <= (2 * p) * (2 * p)).
  { apply Nat.le_trans with (c * c * n); [|exact M].
    replace (4 * (e * c) * (4 * (e * c))) with (c * c * (16 * (e * e))) by ring.
    apply Nat.mul_le_mono_l, K. }
  nia. Qed.
