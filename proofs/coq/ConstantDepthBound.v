(* "Parity cannot be approximated by a small constant-depth circuit": the numbers.  At depth k, with
   4 ((2 l)^k + 1)^2 <= n, every circuit that agrees with parity on 7/8 of the inputs has at least
   2^l / 7 gates: exponentially many in n^(1 / 2k). *)
From Coq Require Import Bool List Arith Lia.
Import ListNotations.
From Depthproof Require Import Parity Smolensky ConstantDepth Binomials.



(* The polynomials of degree at most r have as many coefficients as Zaslavsky's bound counts
   regions. *)
Lemma monomials_choose n : forall r, monomials n (S r) = sum_to r (choose n).
Proof. assert (M0 : forall n, monomials n 0 = 0) by (clear; induction n as [|n IH]; [reflexivity|];
    cbn [monomials pred]; rewrite IH; reflexivity).
  induction n as [|n IH]; intros r; [replace (monomials 0 (S r)) with 1 by (destruct r;
    reflexivity); symmetry; apply zaslavsky_none|].
  cbn [monomials pred]. rewrite IH. destruct r as [|r].
  - rewrite M0. simpl. rewrite choose_0. reflexivity.
  - rewrite IH. symmetry. apply zaslavsky_step. Qed.

(* ---------- the bound ---------- *)

(* Exactly: 2^l <= 4 s.  Approximately, on 7/8 of the inputs: 2^l <= 7 s. *)
Theorem circuits_parity_bound m l gs o :
  let n := 2 * m + 1 in
  0 < l ->
  let d := (2 * l) ^ nth (fst o) (wire_depths gs (repeat 0 n)) 0 in
  4 * ((d + 1) * (d + 1)) <= n ->
  ((forall v, length v = n -> read (run_gates gs v) o = parity v) -> 2 ^ l <= 4 * length gs) /\
  (forall A, NoDup A -> (forall v, In v A -> length v = n /\ read (run_gates gs v) o = parity v) ->
    7 * 2 ^ n <= 8 * length A -> 2 ^ l <= 7 * length gs).
Proof. intros n Hl d Hd. assert (Hdn : d <= n) by nia. pose proof (three_quarters m d Hd) as T.
  fold n in T. assert (Pn : 2 ^ n = 2 * 4 ^ m).
  { unfold n. rewrite Nat.add_1_r, Nat.pow_succ_r', Nat.pow_mul_r. reflexivity. }
  assert (P4 : 4 ^ m <> 0) by (apply Nat.pow_nonzero; lia). split.
  - intros H. pose proof (circuits_parity_exact n l gs o Hl Hdn H) as Q. fold d in Q.
    rewrite Nat.add_1_r, monomials_choose, Pn in Q.
    set (S0 := sum_to ((n + d) / 2) (choose n)) in *. set (p := 4 ^ m) in *. set (t := 2 ^ l) in *.
    assert (2 * (t * S0) <= t * (3 * p)) by nia. assert (t * p <= 4 * length gs * p) by nia. nia.
  - intros A HN HA HL. pose proof (circuits_parity_constant_depth n l gs o A Hl Hdn HN HA) as Q.
    fold d in Q. rewrite Nat.add_1_r, monomials_choose in Q. rewrite Pn in HL.
    set (S0 := sum_to ((n + d) / 2) (choose n)) in *. set (p := 4 ^ m) in *. set (t := 2 ^ l) in *.
    set (s := length gs) in *. set (a := length A) in *. apply Nat.nlt_ge. intro X.
    assert (X1 : s < t) by lia. assert (Y : 2 * (t * S0) <= t * (3 * p)) by nia.
    assert (Z : 2 * (t * a) <= 3 * (t * p) + 2 * (s * a)) by nia.
    assert (W : 2 * ((t - s) * (14 * p)) <= 2 * ((t - s) * (8 * a))) by nia. nia. Qed.
