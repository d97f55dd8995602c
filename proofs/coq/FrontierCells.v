(* Certified intervals of the zigzag: a sign function that is orthogonal to every line shows that
   no line comes nearer than its integral against the zigzag.  All of it is whole numbers, checked
   by a program; lengths are in 256ths. *)
From Depthproof Require Import Definitions PiecewiseLinear Oscillations Integrals Triangles.
From Depthproof Require Import SeparationPiece Frontier.

Local Open Scope bool_scope.
Local Open Scope Z_scope.

(* A part of a sign function: its length, and its sign times the common denominator. *)
Notation part := (Z * Z)%type.

(* The length of the whole. *)
Fixpoint size (l : list part) : Z := match l with [] => 0 | (n, s) :: r => n + size r end.

(* The integral of the sign function. *)
Fixpoint mass (l : list part) : Z := match l with [] => 0 | (n, s) :: r => s * n + mass r end.

(* Against the place, twice; it starts at x. *)
Fixpoint moment (x : Z) (l : list part) : Z :=
  match l with [] => 0 | (n, s) :: r => s * n * (2 * x + n) + moment (x + n) r end.

(* In even cells the zigzag rises, in odd cells it falls. *)
Definition turn (c : Z) : Z := if Z.even c then 1 else -1.

(* Against the zigzag less 1/2, twice. *)
Fixpoint weight (x : Z) (l : list part) : Z :=
  match l with
  | [] => 0
  | (n, s) :: r => s * n * (turn (x / 256) * (2 * x + n - 512 * (x / 256) - 256)) + weight (x + n) r
  end.

(* No part crosses a cell, and no sign is above the denominator. *)
Fixpoint fits (den x : Z) (l : list part) : bool :=
  match l with
  | [] => true
  | (n, s) :: r => (0 <? n) && (Z.abs s <=? den) && (x mod 256 + n <=? 256) && fits den (x + n) r
  end.

(* Sizes are not negative. *)
Lemma size_nonneg den l : forall x, fits den x l = true -> 0 <= size l.
Proof.
  induction l as [|[n s] l IH]; intros x H; [reflexivity|]. cbn [fits size] in *.
  rewrite !Bool.andb_true_iff in H. destruct H as [[[Hn _] _] H]. apply IH in H. lia.
Qed.

(* The functions of two lists, one after the other. *)
Lemma size_app l r : size (l ++ r) = size l + size r.
Proof. induction l as [|[n s] l IH]; cbn [app size]; [reflexivity|rewrite IH; ring]. Qed.

Lemma fits_app den l r : forall x, fits den x (l ++ r) = fits den x l && fits den (x + size l) r.
Proof.
  induction l as [|[n s] l IH]; intros x; cbn [app size fits]; [rewrite Z.add_0_r; reflexivity|].
  rewrite IH, Z.add_assoc, <- !Bool.andb_assoc. reflexivity.
Qed.

Lemma mass_app l r : mass (l ++ r) = mass l + mass r.
Proof. induction l as [|[n s] l IH]; cbn [app mass]; [reflexivity|rewrite IH; ring]. Qed.

Lemma moment_app l r : forall x, moment x (l ++ r) = moment x l + moment (x + size l) r.
Proof.
  induction l as [|[n s] l IH]; intros x; cbn [app size moment]; [rewrite Z.add_0_r; reflexivity|].
  replace (x + (n + size l)) with (x + n + size l) by ring. rewrite IH. ring.
Qed.

Lemma weight_app l r : forall x, weight x (l ++ r) = weight x l + weight (x + size l) r.
Proof.
  induction l as [|[n s] l IH]; intros x; cbn [app size weight]; [rewrite Z.add_0_r; reflexivity|].
  replace (x + (n + size l)) with (x + n + size l) by ring. rewrite IH. ring.
Qed.

Local Open Scope R_scope.

(* The sign of a cell counted from another. *)
Lemma slope_sign_turn m c : slope_sign (m + c) = slope_sign m * IZR (turn (Z.of_nat c)).
Proof.
  induction c as [|c IH]; [rewrite Nat.add_0_r; unfold turn; simpl; ring|].
  rewrite Nat.add_succ_r, slope_sign_S, IH, Nat2Z.inj_succ. unfold turn.
  rewrite Z.even_succ, <- Z.negb_even. destruct (Z.even (Z.of_nat c)); simpl; ring.
Qed.

Section Signs.
Variables (k : nat) (p q : R) (m : nat) (e : R) (den : Z).
Hypothesis unit_e : e = 1 \/ e = -1.
Hypothesis positive_den : (0 < den)%Z.

(* What a sign function shows, counted from the cell m. *)
Definition shown (x : Z) (l : list part) : R :=
  e / IZR den * (IZR (weight x l) / 131072 + slope_sign m *
    ((/ 2 - q - p * INR m) * IZR (mass l) / 256 - p * IZR (moment x l) / 131072)).

(* One part, inside one cell. *)
Lemma part_loss x n s : (0 <= x)%Z -> (0 < n)%Z -> (Z.abs s <= den)%Z -> (x mod 256 + n <= 256)%Z ->
  INR m + IZR (x + n) / 256 <= 2 ^ k ->
  shown x [(n, s)] <= RInt (loss k p q) (INR m + IZR x / 256) (INR m + IZR (x + n) / 256).
Proof.
  intros Hx Hn Hs Hc Hk. set (c := (x / 256)%Z). pose proof (Z.div_mod x 256 ltac:(lia)) as D.
  fold c in D. assert (C : (0 <= c)%Z) by (apply Z.div_pos; lia).
  pose proof (Z.mod_pos_bound x 256 ltac:(lia)). set (i := (m + Z.to_nat c)%nat).
  assert (Ei : INR i = INR m + IZR c)
    by (unfold i; rewrite plus_INR, (INR_IZR_INZ (Z.to_nat c)), Z2Nat.id by exact C; reflexivity).
  assert (Ti : slope_sign i = slope_sign m * IZR (turn c))
    by (unfold i; rewrite slope_sign_turn, Z2Nat.id by exact C; reflexivity).
  assert (X1 : IZR c * 256 <= IZR x) by (rewrite <- mult_IZR; apply IZR_le; lia).
  assert (X2 : IZR x + IZR n <= IZR c * 256 + 256)
    by (rewrite <- mult_IZR, <- !plus_IZR; apply IZR_le; lia).
  assert (X3 : 0 < IZR n) by (apply IZR_lt; exact Hn).
  rewrite plus_IZR in *. assert (Hi : (i < 2 ^ k)%nat)
    by (apply INR_lt; rewrite INR_pow2, Ei; lra).
  assert (PS : 0 < IZR den) by (apply IZR_lt; exact positive_den).
  assert (Q : -1 <= IZR s / IZR den <= 1).
  { assert (- IZR den <= IZR s <= IZR den) by (rewrite <- opp_IZR; split; apply IZR_le; lia).
    split; (apply Rmult_le_reg_r with (IZR den); [lra|]);
      unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra. }
  set (t := e * slope_sign m * (IZR s / IZR den)). assert (T : -1 <= t <= 1).
  { unfold t. destruct unit_e as [-> | ->], (slope_sign_cases m) as [-> | ->]; lra. }
  pose proof (signed_integral (fun y => zigzag k y - (p * y + q)) t (slope_sign i - p)
    (/ 2 - slope_sign i * (INR i + / 2) - q) (INR m + IZR x / 256)
    (INR m + (IZR x + IZR n) / 256) ltac:(lra) (difference_continuous k p q) T) as I.
  eapply Rle_trans; [|apply I].
  2: { intros y Hy. rewrite (zigzag_cell k i) by (exact Hi || rewrite Ei; lra). ring. }
  apply Req_le. unfold shown, t. cbn [weight mass moment]. fold c.
  rewrite Ti, Ei, !Z.add_0_r. rewrite !mult_IZR, !minus_IZR, !plus_IZR, !mult_IZR.
  assert (V : slope_sign m * slope_sign m = 1)
    by (destruct (slope_sign_cases m) as [-> | ->]; ring).
  set (a := IZR (turn c) * ((2 * IZR x + IZR n) / 512 - IZR c - / 2)).
  set (b := / 2 - q - p * (INR m + (2 * IZR x + IZR n) / 512)).
  transitivity (e * (IZR s / IZR den) * (IZR n / 256) *
    ((slope_sign m * slope_sign m) * a + slope_sign m * b)).
  - rewrite V. unfold a, b. field. lra.
  - unfold a, b. field. lra.
Qed.

(* All parts. *)
Lemma parts_loss l : forall x, (0 <= x)%Z -> fits den x l = true ->
  INR m + IZR (x + size l) / 256 <= 2 ^ k ->
  shown x l <= RInt (loss k p q) (INR m + IZR x / 256) (INR m + IZR (x + size l) / 256).
Proof.
  induction l as [|[n s] l IH]; intros x Hx H Hk.
  - cbn [size]. rewrite Z.add_0_r, integral_point. unfold shown. simpl. apply Req_le. field.
    apply IZR_lt in positive_den. lra.
  - cbn [fits size] in *. rewrite !Bool.andb_true_iff in H. destruct H as [[[Hn Hs] Hc] H].
    pose proof (size_nonneg _ _ _ H). rewrite Z.add_assoc in *.
    specialize (IH (x + n)%Z ltac:(lia) H Hk).
    assert (Hk' : INR m + IZR (x + n) / 256 <= 2 ^ k).
    { assert (IZR (x + n) <= IZR (x + n + size l)) by (apply IZR_le; lia). lra. }
    pose proof (part_loss x n s Hx ltac:(lia) ltac:(lia) ltac:(lia) Hk') as P.
    rewrite (integral_cat (loss k p q) _ (INR m + IZR (x + n) / 256) _ (loss_continuous k p q)).
    assert (E : shown x ((n, s) :: l) = shown x [(n, s)] + shown (x + n) l).
    { unfold shown. cbn [weight mass moment]. rewrite !plus_IZR. simpl. field.
      apply IZR_lt in positive_den. lra. }
    rewrite E. apply Rplus_le_compat; assumption.
Qed.
End Signs.

(* ---------- cells ---------- *)

(* A certified interval: where it starts in its cell, the denominator, and the sign function in two
   halves; it may be cut between them. *)
Record cell := Cell { start : Z; den : Z; left : list part; right : list part }.

Local Open Scope Z_scope.

(* Its length, and what it shows: 2^14 is 1. *)
Definition length_of (c : cell) : Z := size (left c) + size (right c).
Definition worth (c : cell) : Z :=
  Z.abs (weight (start c) (left c ++ right c)) / (8 * den c).

(* The sign function is one, and orthogonal to every line. *)
Definition good (c : cell) : bool :=
  (0 <=? start c) && (start c <? 256) && (start c mod 4 =? 0) && (0 <? den c) &&
  fits (den c) (start c) (left c ++ right c) &&
  (mass (left c ++ right c) =? 0) && (moment (start c) (left c ++ right c) =? 0).

(* Both halves are orthogonal to constants, and meet at a kink: pairs of cells may be put between
   them. *)
Definition splits (c : cell) : bool :=
  (mass (left c) =? 0) && ((start c + size (left c)) mod 256 =? 0).

(* In 64ths: from a place s to the next image of a; the length; how far the cell reaches. *)
Definition ahead (s a : Z) : Z := if a <? s then a - s + 64 else a - s.
Definition steps (c : cell) : Z := (length_of c + 3) / 4.
Definition reach (s : Z) (c : cell) : Z := ahead s (start c / 4) + steps c.

Local Open Scope R_scope.

(* More than a cell shows is missed by a line between the grid points i and j. *)
Definition misses (k : nat) (v : R) (i j : Z) : Prop :=
  forall p q, v <= RInt (loss k p q) (IZR i / 64) (IZR j / 64).

(* The larger interval misses more. *)
Lemma loss_within k p q a u v b : a <= u -> u <= v -> v <= b ->
  RInt (loss k p q) u v <= RInt (loss k p q) a b.
Proof.
  intros. rewrite (integral_cat _ a u b (loss_continuous k p q)),
    (integral_cat _ u v b (loss_continuous k p q)).
  pose proof (loss_nonneg k p q a u). pose proof (loss_nonneg k p q v b). lra.
Qed.

(* Even numbers of cells more between the halves. *)
Lemma pairs_loss k p q i n : (i + 2 * n <= 2 ^ k)%nat ->
  INR n / 2 <= RInt (loss k p q) (INR i) (INR (i + 2 * n)).
Proof.
  intros H. pose proof (gain_pairs k p q i n H) as P. unfold gain in P.
  pose proof (margin_integral_cells k (i + 2 * n) H) as A.
  pose proof (margin_integral_cells k i ltac:(lia)) as B.
  rewrite (integral_cat _ 0 (INR i) _ (margin_continuous k)) in A.
  rewrite plus_INR, mult_INR in *. change (INR 2) with 2 in *. lra.
Qed.

(* What a good cell is worth, as a fraction of 2^14. *)
Lemma worth_shown c : good c = true -> exists e, (e = 1 \/ e = -1) /\
  IZR (worth c) / 16384 <= e / IZR (den c) *
    (IZR (weight (start c) (left c ++ right c)) / 131072).
Proof.
  unfold good, worth. rewrite !Bool.andb_true_iff. intros [[[[[[_ _] _] D] _] _] _].
  apply Z.ltb_lt in D. set (w := weight (start c) (left c ++ right c)).
  pose proof (Z.mul_div_le (Z.abs w) (8 * den c) ltac:(lia)) as L. apply IZR_le in L.
  rewrite !mult_IZR, abs_IZR in L. apply IZR_lt in D. set (V := IZR (Z.abs w / _)) in *.
  assert (E : exists e, (e = 1 \/ e = -1) /\ Rabs (IZR w) = e * IZR w).
  { unfold Rabs. destruct Rcase_abs; [exists (-1)|exists 1]; split; lra. }
  destruct E as (e & He & E). exists e. split; [exact He|]. rewrite E in L.
  apply Rmult_le_reg_l with (131072 * IZR (den c)); [lra|].
  replace (131072 * IZR (den c) * (e / IZR (den c) * (IZR w / 131072))) with (e * IZR w)
    by (field; lra). lra.
Qed.

(* The halves of a cell, j pairs of cells apart, from the cell m on. *)
Lemma halves_loss k p q c m j : good c = true -> (j = 0%nat \/ splits c = true) ->
  INR m + IZR (start c + length_of c) / 256 + 2 * INR j <= 2 ^ k ->
  IZR (worth c) / 16384 + INR j / 2 <= RInt (loss k p q) (INR m + IZR (start c) / 256)
    (INR m + IZR (start c + length_of c) / 256 + 2 * INR j).
Proof.
  intros Hc Hj Hk. destruct (worth_shown c Hc) as (e & He & Hw). unfold good in Hc.
  rewrite !Bool.andb_true_iff in Hc. destruct Hc as [[[[[[A1 _] _] D] F] M] O].
  apply Z.leb_le in A1. apply Z.ltb_lt in D. apply Z.eqb_eq in M. apply Z.eqb_eq in O.
  assert (PD : 0 < IZR (den c)) by (apply IZR_lt; exact D). set (a := start c) in *.
  destruct Hj as [-> | Hj].
  - pose proof (parts_loss k p q m e (den c) He D (left c ++ right c) a A1 F) as P.
    rewrite size_app in P. fold (length_of c) in P. simpl INR in *.
    rewrite Rmult_0_r, Rplus_0_r in *.
    specialize (P Hk). unfold shown in P. rewrite M, O in P. lra.
  - unfold splits in Hj. rewrite Bool.andb_true_iff in Hj. destruct Hj as [L Z].
    apply Z.eqb_eq in L. apply Z.eqb_eq in Z. fold a in Z.
    rewrite fits_app, Bool.andb_true_iff in F. destruct F as [F1 F2].
    rewrite mass_app in M. rewrite moment_app in O. rewrite weight_app in Hw.
    set (x := (a + size (left c))%Z) in *. pose proof (size_nonneg _ _ _ F1).
    pose proof (size_nonneg _ _ _ F2). pose proof (Z.div_mod x 256 ltac:(lia)) as X.
    set (h := Z.to_nat (x / 256)).
    assert (Eh : INR h = IZR x / 256).
    { unfold h. rewrite INR_IZR_INZ, Z2Nat.id by (apply Z.div_pos; lia).
      rewrite X at 2. rewrite Z, Z.add_0_r, mult_IZR. field. }
    assert (El : (a + length_of c = x + size (right c))%Z) by (unfold length_of, x; lia).
    rewrite El in *. pose proof (pos_INR j).
    assert (G : IZR x <= IZR (x + size (right c))) by (apply IZR_le; lia).
    pose proof (parts_loss k p q m e (den c) He D (left c) a A1 F1 ltac:(fold x; lra)) as P.
    fold x in P.
    pose proof (parts_loss k p q (m + 2 * j) e (den c) He D (right c) x ltac:(lia) F2) as Q.
    rewrite plus_INR, mult_INR in Q. change (INR 2) with 2 in Q. specialize (Q ltac:(lra)).
    assert (B : (m + h + 2 * j <= 2 ^ k)%nat).
    { apply INR_le. rewrite INR_pow2, !plus_INR, mult_INR, Eh. simpl (INR 2). lra. }
    pose proof (pairs_loss k p q (m + h) j B) as T.
    rewrite !plus_INR, mult_INR, Eh in T. change (INR 2) with 2 in T.
    rewrite (integral_cat _ _ (INR m + IZR x / 256) _ (loss_continuous k p q)),
      (integral_cat _ (INR m + IZR x / 256) (INR m + IZR x / 256 + 2 * INR j) _
        (loss_continuous k p q)).
    replace (INR m + 2 * INR j + IZR x / 256) with (INR m + IZR x / 256 + 2 * INR j) in Q by ring.
    replace (INR m + 2 * INR j + IZR (x + size (right c)) / 256)
      with (INR m + IZR (x + size (right c)) / 256 + 2 * INR j) in Q by ring.
    unfold shown in P, Q. rewrite slope_sign_add_even in Q.
    assert (M2 : mass (right c) = 0%Z) by lia. rewrite L in P. rewrite M2 in Q.
    apply (f_equal IZR) in O. rewrite plus_IZR in O, Hw.
    set (u := IZR (moment a (left c))) in *. set (v := IZR (moment x (right c))) in *.
    assert (Ev : v = - u) by lra. rewrite Ev in Q. lra.
Qed.

(* So between grid points i and j an image of a cell within reach shows what it is worth, and more
   pairs of cells half a cell each. *)
Lemma cell_misses k c i l j : good c = true -> (j = 0%nat \/ splits c = true) -> (0 <= i)%Z ->
  (reach (i mod 64) c <= l)%Z -> (i + l + 128 * Z.of_nat j <= 64 * 2 ^ Z.of_nat k)%Z ->
  misses k (IZR (worth c) / 16384 + INR j / 2) i (i + l + 128 * Z.of_nat j).
Proof.
  intros Hc Hj Hi Hl Hk p q. pose proof Hc as H. unfold good in H.
  rewrite !Bool.andb_true_iff in H. destruct H as [[[[[[A1 A2] A3] _] F] _] _].
  apply Z.leb_le in A1. apply Z.ltb_lt in A2. apply size_nonneg in F. rewrite size_app in F.
  fold (length_of c) in F. apply Z.eqb_eq in A3. unfold reach, steps, ahead in Hl.
  set (a := start c) in *. pose proof (Z.div_mod a 4 ltac:(lia)) as D. rewrite A3 in D.
  pose proof (Z.div_mod i 64 ltac:(lia)) as I. pose proof (Z.mod_pos_bound i 64 ltac:(lia)) as B.
  pose proof (Z.div_pos i 64 Hi ltac:(lia)).
  pose proof (Z.div_mod (length_of c + 3) 4 ltac:(lia)) as E.
  pose proof (Z.mod_pos_bound (length_of c + 3) 4 ltac:(lia)).
  assert (X : exists t, (0 <= t /\ 0 <= 256 * t + a - 4 * i /\
    256 * t + a - 4 * i + length_of c <= 4 * l)%Z).
  { destruct (Z.ltb_spec (a / 4) (i mod 64));
      [exists (i / 64 + 1)%Z|exists (i / 64)%Z]; repeat split; lia. }
  destruct X as (t & T0 & R & Hr). set (r := (256 * t + a - 4 * i)%Z) in *.
  assert (T : (256 * t + a = 4 * i + r)%Z) by (unfold r; ring). set (m := Z.to_nat t).
  assert (Em : INR m = IZR t) by (unfold m; rewrite INR_IZR_INZ, Z2Nat.id by exact T0; reflexivity).
  assert (X : 256 * IZR t + IZR a = 4 * IZR i + IZR r)
    by (rewrite <- !mult_IZR, <- !plus_IZR; f_equal; exact T).
  assert (R0 : 0 <= IZR r) by (apply IZR_le; lia).
  assert (R1 : IZR r + IZR (length_of c) <= 4 * IZR l)
    by (rewrite <- mult_IZR, <- plus_IZR; apply IZR_le; exact Hr).
  apply IZR_le in Hk. rewrite mult_IZR, <- pow_IZR in Hk. rewrite !plus_IZR, mult_IZR in *.
  rewrite <- INR_IZR_INZ in *.
  pose proof (halves_loss k p q c m j Hc Hj) as L. fold a in L. rewrite plus_IZR, Em in L.
  eapply Rle_trans; [apply L; lra|]. apply loss_within; [lra| |lra].
  apply IZR_le in F. pose proof (pos_INR j). lra.
Qed.
