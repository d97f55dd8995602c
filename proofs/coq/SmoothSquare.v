(* The square in the mean square: p linear pieces are 1 / (180 p^4) away, and chords attain it. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Integrals Compose UniversalCube.
From Depthproof Require Import Interval Folding SmoothLower SmoothSeparation.

(* On [m - r, m + r] the best line leaves (x - m)^2 - r^2 / 3; against it every line loses. *)
Lemma square_line_two p d m r : 0 <= r ->
  8 * r ^ 5 / 45 <= RInt (fun x => Rabs (x ^ 2 - (p * x + d)) ^ 2) (m - r) (m + r).
Proof. intros Hr. set (s := fun x => (x - m) ^ 2 - r ^ 2 / 3).
  set (e := fun x => x ^ 2 - (p * x + d)).
  assert (F : is_RInt (fun x => 2 * e x * s x - s x ^ 2) (m - r) (m + r) (8 * r ^ 5 / 45)).
  { set (P := fun x => (x - m) ^ 5 / 5 + (2 * m - p) * (x - m) ^ 4 / 2 +
      (2 * (m ^ 2 - p * m - d) / 3) * (x - m) ^ 3 - r ^ 2 / 3 * ((2 * m - p) * (x - m) ^ 2 +
      2 * (m ^ 2 - p * m - d) * (x - m)) - r ^ 4 / 9 * (x - m)).
    replace (8 * r ^ 5 / 45) with (minus (P (m + r)) (P (m - r)))
      by (unfold minus, plus, opp, P; simpl; field).
    apply (is_RInt_derive P (fun x => 2 * e x * s x - s x ^ 2)).
    - intros x _. unfold P, e, s. auto_derive; [exact I|field].
    - intros x _. apply (ex_derive_continuous (fun x => 2 * e x * s x - s x ^ 2)). unfold e, s.
      auto_derive. exact I. }
  rewrite <- (is_RInt_unique _ _ _ _ F). apply RInt_le; [lra|eexists; exact F| |].
  - apply integrable, (continuous_abs_power e). intros x. apply (ex_derive_continuous e). unfold e.
    auto_derive. exact I.
  - intros x _. fold (e x). rewrite pow2_abs. pose proof (pow2_ge_0 (e x - s x)). lra. Qed.

(* All pieces, by the tangent of h^5 at u. *)
Lemma square_pieces_two u g p : 0 <= u -> forall a b, pieces p a b g ->
  ex_RInt (fun x => Rabs (x ^ 2 - g x) ^ 2) a b /\
  / 180 * (5 * u ^ 4 * (b - a) - INR p * (4 * u ^ 5)) <=
  RInt (fun x => Rabs (x ^ 2 - g x) ^ 2) a b.
Proof. intros Hu. induction p; intros a b H.
  - change (a = b) in H. subst b. split; [apply ex_RInt_point|]. rewrite integral_point.
    right. simpl INR. ring.
  - destruct H as (x & Hx & (m & d & E) & H2). destruct (IHp x b H2) as [A B].
    assert (E' : forall y, a < y < x -> Rabs (y ^ 2 - (m * y + d)) ^ 2 = Rabs (y ^ 2 - g y) ^ 2).
    { intros y Hy. rewrite E by assumption. reflexivity. }
    pose proof (square_line_two m d ((a + x) / 2) ((x - a) / 2) ltac:(lra)) as L.
    replace ((a + x) / 2 - (x - a) / 2) with a in L by field.
    replace ((a + x) / 2 + (x - a) / 2) with x in L by field.
    rewrite (integral_ext _ _ a x ltac:(lra) E') in L.
    replace (8 * ((x - a) / 2) ^ 5 / 45) with (/ 180 * (x - a) ^ 5) in L by field.
    pose proof (power_tangent (x - a) u 4 ltac:(lra) Hu) as T.
    replace (INR 4) with 4 in T by (simpl; ring).
    assert (I : ex_RInt (fun y => Rabs (y ^ 2 - g y) ^ 2) a x).
    { apply (integrable_ext _ _ a x ltac:(lra) E'), integrable.
      apply (continuous_abs_power (fun y => y ^ 2 - (m * y + d))). intros y.
      apply (ex_derive_continuous (fun y => y ^ 2 - (m * y + d))). auto_derive. exact I. }
    split; [apply ex_RInt_Chasles with x; assumption|].
    rewrite <- (RInt_Chasles (fun y => Rabs (y ^ 2 - g y) ^ 2) a x b) by assumption.
    change (plus ?y ?z) with (y + z). rewrite S_INR.
    set (X := (x - a) ^ 5) in *. lra. Qed.

(* p pieces, in the mean square. *)
Theorem smooth_square_two g p : pieces p 0 1 g ->
  apart_power 2 (/ (180 * INR p ^ 4)) (fun x => x ^ 2) g.
Proof. intros H. destruct (pieces_positive p 0 1 g ltac:(lra) H) as [n ->].
  assert (P : 0 < INR (S n)) by (apply lt_0_INR; lia).
  assert (U : 0 <= / INR (S n)) by (left; apply Rinv_0_lt_compat; exact P).
  destruct (square_pieces_two (/ INR (S n)) g (S n) U 0 1 H) as [A B]. split; [exact A|].
  eapply Rle_trans; [right|exact B]. field. lra. Qed.

(* Chords lowered by 2/3 of the greatest gap: the integral over one cell. *)
Lemma chords_cell_two n (Hn : (0 < n)%nat) j : (j < n)%nat -> let r := / 2 / INR n in
  RInt (fun x => Rabs (x ^ 2 - eval (chords n (2 / 3 * r ^ 2)) x) ^ 2)
    (INR j / INR n) (INR (S j) / INR n) = 8 * r ^ 5 / 45.
Proof. intros Hj r. destruct (chords_cell n Hn j) as [E0 E1]. fold r in E0, E1.
  assert (P : 0 < INR n) by (apply lt_0_INR; assumption). set (z := (INR j + / 2) / INR n) in *.
  assert (0 < r) by (apply Rdiv_lt_0_compat; lra).
  rewrite (integral_ext _ (fun x => ((x - z) ^ 2 - r ^ 2 / 3) ^ 2)); [|rewrite E0, E1; lra|].
  - rewrite E0, E1. apply is_RInt_unique.
    set (Q := fun x => (x - z) ^ 5 / 5 - 2 * r ^ 2 / 9 * (x - z) ^ 3 + r ^ 4 / 9 * (x - z)).
    replace (8 * r ^ 5 / 45) with (minus (Q (z + r)) (Q (z - r)))
      by (unfold minus, plus, opp, Q; simpl; field).
    apply (is_RInt_derive Q); intros x _; [unfold Q; auto_derive; [exact I|field]|].
    apply (ex_derive_continuous (fun x => ((x - z) ^ 2 - r ^ 2 / 3) ^ 2)). auto_derive. exact I.
  - intros x Hx. rewrite pow2_abs.
    rewrite (chords_error n Hn _ j) by (assumption || (rewrite S_INR in Hx; lra)).
    fold z r. field. Qed.

(* They attain it: one hidden layer of n units. *)
Theorem smooth_square_two_attained n : (0 < n)%nat -> exists N, depth N = 1%nat /\ nodes N = n /\
  pieces n 0 1 (eval N) /\
  RInt (fun x => Rabs (x ^ 2 - eval N x) ^ 2) 0 1 = / (180 * INR n ^ 4).
Proof. intros Hn. set (r := / 2 / INR n). set (N := chords n (2 / 3 * r ^ 2)). exists N.
  assert (P : 0 < INR n) by (apply lt_0_INR; assumption).
  destruct (chords_size n (2 / 3 * r ^ 2)) as [D S].
  split; [exact D|split; [exact S|split; [apply chords_pieces, Hn|]]].
  set (G := fun x => Rabs (x ^ 2 - eval N x) ^ 2). assert (HG : forall x, continuous G x).
  { apply (continuous_abs_power (fun x => x ^ 2 - eval N x)).
    apply continuous_difference; [|intro; apply eval_continuous].
    apply (continuous_power (fun x => x)). intro; apply continuous_id. }
  assert (A : forall m, (m <= n)%nat -> RInt G 0 (INR m / INR n) = INR m * (8 * r ^ 5 / 45)).
  { induction m as [|m IH]; intros Hm.
    - simpl (INR 0). replace (0 / INR n) with 0 by (field; lra). rewrite integral_point.
      real_equation. ring.
    - rewrite (integral_cat G 0 (INR m / INR n) _ HG), IH by lia. unfold G, N, r.
      rewrite (chords_cell_two n Hn m) by lia. rewrite S_INR.
      real_equation. ring. }
  specialize (A n (Nat.le_refl n)). replace (INR n / INR n) with 1 in A by (field; lra).
  rewrite A. unfold r. real_equation. field. lra. Qed.
