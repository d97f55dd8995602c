(* "Parting thoughts": the theorem of Yarotsky, with eps; and what is wrong with its hypothesis as
   printed. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Cube Compose UniversalCube.
From Depthproof Require Import Multiplication Lagrange Interpolation YarotskyBasis Yarotsky.

(* ---------- the size ---------- *)

Section Size.
Variables (n r m : nat).
Hypothesis r_positive : (0 < r)%nat.

(* All units, for d <= D. *)
Lemma tensor_units_bound D d : (d <= D)%nat ->
  (tensor_units n r m d <= d * (S n * r) ^ d * ((33 * r + 4 * D * r) * S m))%nat.
Proof. set (W := ((33 * r + 4 * D * r) * S m)%nat). set (N := (S n * r)%nat).
  assert (N1 : (1 <= N)%nat) by (unfold N; nia). induction d as [|d IH]; intros H; [simpl; lia|].
  specialize (IH ltac:(lia)). cbn [tensor_units]. fold N.
  assert (B : (basis_units r m + 2 * tensor_depth r m d + 2 * basis_depth r m + (6 + 9 * m) <=
    W)%nat).
  { unfold basis_units, basis_depth, tensor_depth, W. destruct r as [|s]; [lia|].
    replace (S s - 1)%nat with s by lia.
    assert (d * (1 + S s * S m) <= D * (1 + S s * S m))%nat by (apply Nat.mul_le_mono_r; lia).
    nia. }
  assert (P : (1 <= N ^ d)%nat) by (apply Nat.neq_0_lt_0, Nat.pow_nonzero; lia).
  replace (basis_units r m + 2 * tensor_depth r m d + (tensor_units n r m d + 2 * basis_depth r m) +
    (6 + 9 * m))%nat with (tensor_units n r m d + (basis_units r m + 2 * tensor_depth r m d + 2 *
    basis_depth r m + (6 + 9 * m)))%nat by lia.
  cbn [Nat.pow].
  apply Nat.le_trans with (N * (d * N ^ d * W + W))%nat; [apply Nat.mul_le_mono_l; lia|].
  replace (S d * (N * N ^ d) * W)%nat with (N * (d * N ^ d * W + N ^ d * W))%nat by ring.
  apply Nat.mul_le_mono_l, Nat.add_le_mono_l. nia. Qed.

End Size.

(* The error of the products, for m0 + k (r + 1) halvings. *)
Lemma products_small A r k m0 : (0 < r)%nat -> 0 <= A -> A * (2 * INR r) <= 2 ^ m0 ->
  A * (INR (S (2 ^ k) * r) * / 4 ^ (m0 + k * (r + 1))) <= / 2 ^ (k * r).
Proof. intros Hr Ap Hm0. set (m := (m0 + k * (r + 1))%nat).
  assert (En : INR (2 ^ k) = 2 ^ k) by (rewrite pow_INR; reflexivity).
  assert (K0 : 1 <= 2 ^ k) by (apply pow_R1_Rle; lra).
  assert (Rr : 1 <= INR r) by (apply (le_INR 1); exact Hr).
  assert (M : 4 ^ m = 4 ^ m0 * (2 ^ (k * (r + 1)) * 2 ^ (k * (r + 1)))).
  { unfold m. rewrite pow_add. f_equal. rewrite <- Rpow_mult_distr. f_equal; lra. }
  assert (M0 : 0 < 4 ^ m0) by (apply pow_lt; lra).
  assert (M1 : 2 ^ (k * (r + 1)) = 2 ^ k * 2 ^ (k * r)) by (rewrite <- pow_add; f_equal; lia).
  assert (M2 : 0 < 2 ^ (k * r)) by (apply pow_lt; lra).
  assert (M3 : 1 <= 2 ^ (k * r)) by (apply pow_R1_Rle; lra).
  assert (M4 : 2 ^ m0 <= 4 ^ m0) by (apply pow_incr; lra). rewrite mult_INR, S_INR, En.
  apply Rmult_le_reg_r with (4 ^ m); [apply pow_lt; lra|].
  replace (A * ((2 ^ k + 1) * INR r * / 4 ^ m) * 4 ^ m) with (A * ((2 ^ k + 1) * INR r))
    by (field; apply pow_nonzero; lra).
  rewrite M, M1.
  replace (/ 2 ^ (k * r) * (4 ^ m0 * (2 ^ k * 2 ^ (k * r) * (2 ^ k * 2 ^ (k * r)))))
    with (4 ^ m0 * 2 ^ k * (2 ^ k * 2 ^ (k * r))) by (field; lra).
  apply Rle_trans with (A * (2 * INR r) * 2 ^ k).
  - replace (A * (2 * INR r) * 2 ^ k) with (A * ((2 ^ k + 2 ^ k) * INR r)) by ring.
    apply Rmult_le_compat_l; [assumption|]. apply Rmult_le_compat_r; lra.
  - apply Rle_trans with (4 ^ m0 * 2 ^ k * 1); [rewrite Rmult_1_r; apply Rmult_le_compat_r; lra|].
    apply Rmult_le_compat_l; nra. Qed.

(* All units, for 2^k cells. *)
Lemma sobolev_units d r m q k : (0 < r)%nat -> (S m <= q * (k + 1))%nat ->
  INR (tensor_units (2 ^ k) r m d) <=
  INR (d * (2 * r) ^ d * ((33 * r + 4 * d * r) * q)) * 2 ^ (k * d) * (INR k + 1).
Proof. intros Hr Hm.
  assert (Pk : 2 ^ (k * d) = INR ((2 ^ k) ^ d)) by (rewrite <- Nat.pow_mul_r, pow_INR; reflexivity).
  rewrite Pk, <- (S_INR k), <- !mult_INR. apply le_INR.
  eapply Nat.le_trans; [apply (tensor_units_bound (2 ^ k) r m Hr d d); lia|].
  assert (1 <= 2 ^ k)%nat by (apply Nat.neq_0_lt_0, Nat.pow_nonzero; lia).
  assert (X : ((S (2 ^ k) * r) ^ d <= (2 * r) ^ d * (2 ^ k) ^ d)%nat)
    by (rewrite <- Nat.pow_mul_l; apply Nat.pow_le_mono_l; nia).
  set (W := (33 * r + 4 * d * r)%nat).
  apply Nat.le_trans with (d * ((2 * r) ^ d * (2 ^ k) ^ d) * (W * (q * (k + 1))))%nat.
  - apply Nat.mul_le_mono; [apply Nat.mul_le_mono_l, X|apply Nat.mul_le_mono_l, Hm].
  - rewrite <- (Nat.add_1_r k). apply Nat.eq_le_incl. ring. Qed.

(* All layers. *)
Lemma sobolev_depth d r m q k : (1 <= q)%nat -> (S m <= q * (k + 1))%nat ->
  INR (tensor_depth r m d) <= INR (d * (1 + r * q)) * (INR k + 1).
Proof. intros Hq Hm. rewrite <- (S_INR k), <- mult_INR. apply le_INR. unfold tensor_depth.
  assert (r * S m <= r * (q * (k + 1)))%nat by (apply Nat.mul_le_mono_l; exact Hm). nia. Qed.

(* So many halvings that the products of the construction are exact enough: log2 of their error. *)
Definition sobolev_halvings (r d : nat) : nat :=
  Z.to_nat (up (ln (tensor_constant r d * (2 * INR r)) / ln 2)).

(* The constant of the theorem: of the error, of the layers, and of the units. *)
Definition sobolev_constant (r d : nat) : R :=
  let L := lebesgue r in let q := (sobolev_halvings r d + r + 2)%nat in
  INR d * L ^ d * ((1 + L) * 2 ^ r) + 1 + INR (d * (1 + r * q)) +
  INR (d * (2 * r) ^ d * ((33 * r + 4 * d * r) * q)).

(* They are enough. *)
Lemma halvings_enough X : 0 <= X -> X <= 2 ^ Z.to_nat (up (ln X / ln 2)).
Proof. intros HX. set (n := Z.to_nat (up (ln X / ln 2))).
  assert (L2 : 0 < ln 2) by (rewrite <- ln_1; apply ln_increasing; lra).
  destruct (Rle_lt_or_eq_dec _ _ HX) as [P|<-]; [|apply pow_le; lra].
  assert (N : ln X / ln 2 <= INR n).
  { unfold n. rewrite INR_IZR_INZ. destruct (archimed (ln X / ln 2)) as [U _].
    apply Rle_trans with (IZR (up (ln X / ln 2))); [lra|]. apply IZR_le. lia. }
  apply Rmult_le_compat_r with (r := ln 2) in N; [|lra]. unfold Rdiv in N.
  rewrite Rmult_assoc, Rinv_l, Rmult_1_r in N by lra. rewrite <- (exp_ln X P).
  rewrite <- (exp_ln (2 ^ n)) by (apply pow_lt; lra). rewrite ln_pow by lra.
  destruct (Rle_lt_or_eq_dec _ _ N) as [Q|Q]; [left; apply exp_increasing, Q|rewrite Q; lra]. Qed.

(* 2^k cells in each coordinate, with an explicit constant. *)
Theorem smooth_sobolev_explicit d r : (0 < r)%nat -> let c := sobolev_constant r d in
  1 <= c /\ forall k f, smooth_on_cube r d f ->
  exists N, INR (depth N) <= c * (INR k + 1) /\ INR (nodes N) <= c * 2 ^ (k * d) * (INR k + 1) /\
  forall v, in_cube d v -> Rabs (f v - network_value Layered relu N v) <= c / 2 ^ (k * r).
Proof. intros Hr. set (A := tensor_constant r d). pose proof (tensor_constant_pos r Hr d) as Ap.
  fold A in Ap. set (m0 := sobolev_halvings r d). assert (Hm0 : A * (2 * INR r) <= 2 ^ m0).
  { apply halvings_enough. pose proof (pos_INR r). apply Rmult_le_pos; lra. }
  pose proof (lebesgue_ge r Hr) as L1. set (L := lebesgue r) in *. set (q := (m0 + r + 2)%nat).
  set (c1 := INR d * L ^ d * ((1 + L) * 2 ^ r) + 1). set (c2 := INR (d * (1 + r * q))).
  set (c3 := INR (d * (2 * r) ^ d * ((33 * r + 4 * d * r) * q))). assert (P1 : 1 <= c1).
  { unfold c1. assert (0 <= INR d * L ^ d * ((1 + L) * 2 ^ r)); [|lra].
    repeat apply Rmult_le_pos; try apply pos_INR; try (apply pow_le; lra); lra. }
  assert (P2 : 0 <= c2) by apply pos_INR. assert (P3 : 0 <= c3) by apply pos_INR.
  change (sobolev_constant r d) with (c1 + c2 + c3). split; [lra|]. intros k f Hf.
  set (n := (2 ^ k)%nat).
  assert (Hn : (0 < n)%nat) by (apply Nat.neq_0_lt_0, Nat.pow_nonzero; lia).
  assert (En : INR n = 2 ^ k) by (unfold n; rewrite pow_INR; reflexivity).
  set (m := (m0 + k * (r + 1))%nat). pose proof (products_small A r k m0 Hr Ap Hm0) as Small.
  fold n m in Small. assert (M2 : 0 < / 2 ^ (k * r)) by (apply Rinv_0_lt_compat, pow_lt; lra).
  assert (Small1 : A * (INR (S n * r) * / 4 ^ m) <= 1).
  { eapply Rle_trans; [exact Small|]. rewrite <- Rinv_1. apply Rinv_le_contravar; [lra|].
    apply pow_R1_Rle; lra. }
  destruct (tensor_computed n r m Hn Hr d f (proj1 Hf) Small1) as (g & Cg & Eg).
  destruct (computes_network _ _ _ _ Cg) as (N & N1 & N2 & VN). exists N. rewrite N1, N2.
  assert (Hm : (S m <= q * (k + 1))%nat) by (unfold m, q; nia).
  assert (K1 : 1 <= INR k + 1) by (pose proof (pos_INR k); lra). split; [|split].
  - eapply Rle_trans; [apply (sobolev_depth d r m q k); unfold q in *; lia|]. fold c2.
    apply Rmult_le_compat_r; lra.
  - eapply Rle_trans; [apply (sobolev_units d r m q k Hr Hm)|]. fold c3.
    apply Rmult_le_compat_r; [lra|]. apply Rmult_le_compat_r; [apply pow_le; lra|lra].
  - intros v Hv. pose proof (VN v (proj1 Hv)) as E. injection E as <-. specialize (Eg v Hv).
    fold A in Eg. pose proof (tensor_error n r Hn Hr d f v Hf Hv) as T. fold L in T.
    replace (f v - g v) with ((f v - tensor n r d f v) + - (g v - tensor n r d f v)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp.
    assert (E1 : INR d * L ^ d * ((1 + L) * (2 / INR n) ^ r) = (c1 - 1) * / 2 ^ (k * r)).
    { unfold c1, Rdiv. rewrite En, Rpow_mult_distr, pow_inv, <- pow_mult. ring. }
    unfold Rdiv. apply Rle_trans with (c1 * / 2 ^ (k * r)); [lra|].
    apply Rmult_le_compat_r; lra. Qed.

(* Some constant, that is. *)
Theorem smooth_sobolev d r : (0 < r)%nat -> exists c, 1 <= c /\ forall k f, smooth_on_cube r d f ->
  exists N, INR (depth N) <= c * (INR k + 1) /\ INR (nodes N) <= c * 2 ^ (k * d) * (INR k + 1) /\
  forall v, in_cube d v -> Rabs (f v - network_value Layered relu N v) <= c / 2 ^ (k * r).
Proof. intros Hr. exists (sobolev_constant r d). exact (smooth_sobolev_explicit d r Hr). Qed.

(* The r-th root of c / eps, and its powers. *)
Lemma root_of c eps d r (t := Rpower (c * / eps) (/ INR r)) :
  (0 < r)%nat -> 1 <= c -> 1 <= / eps -> 1 <= t /\ t ^ r = c * / eps /\
  t ^ d = Rpower c (INR d / INR r) * Rpower (/ eps) (INR d / INR r) /\
  ln t <= ln c + ln (/ eps).
Proof. intros Hr Hc Ie. assert (Rr : 1 <= INR r) by (apply (le_INR 1); exact Hr).
  assert (Ce : 1 <= c * / eps) by nra. assert (Lm : ln (c * / eps) = ln c + ln (/ eps))
    by (apply ln_mult; lra).
  assert (Lt : 0 <= ln (c * / eps)).
  { rewrite <- ln_1. destruct (Rle_lt_or_eq_dec _ _ Ce) as [K|<-];
      [left; apply ln_increasing; lra|lra]. }
  assert (Ir : 0 < / INR r <= 1).
  { split; [apply Rinv_0_lt_compat; lra|]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
  assert (P : 0 < t) by apply exp_pos. repeat split.
  - unfold t, Rpower. rewrite <- exp_0.
    destruct (Rle_lt_or_eq_dec 0 (/ INR r * ln (c * / eps)) ltac:(nra)) as [K|<-];
      [left; apply exp_increasing, K|lra].
  - rewrite <- Rpower_pow by exact P. unfold t. rewrite Rpower_mult, Rinv_l by lra.
    apply Rpower_1. lra.
  - rewrite <- Rpower_pow by exact P. unfold t, Rpower. rewrite !ln_exp, <- exp_plus. f_equal.
    rewrite Lm. unfold Rdiv. ring.
  - unfold t, Rpower. rewrite ln_exp, <- Lm. nra. Qed.

(* The number of halvings that give at most 2 t cells. *)
Lemma halvings c eps k t : 1 <= c -> 1 <= / eps -> 1 <= t -> 2 ^ k <= 2 * t ->
  ln t <= ln c + ln (/ eps) ->
  INR k + 1 <= (2 + ln c / ln 2 + / ln 2) * (ln (/ eps) + 1).
Proof. intros Hc Ie Ht K2 Lt. assert (Pk : 0 < 2 ^ k) by (apply pow_lt; lra).
  assert (L2 : 0 < ln 2) by (rewrite <- ln_1; apply ln_increasing; lra).
  assert (Pos : forall x, 1 <= x -> 0 <= ln x).
  { intros x Hx. rewrite <- ln_1. destruct (Rle_lt_or_eq_dec _ _ Hx) as [K|<-];
      [left; apply ln_increasing; lra|lra]. }
  pose proof (Pos c Hc). pose proof (Pos _ Ie).
  assert (E : INR k * ln 2 <= ln 2 + ln t).
  { rewrite <- ln_pow, <- ln_mult by lra. destruct (Rle_lt_or_eq_dec _ _ K2) as [Q|Q];
      [left; apply ln_increasing; assumption|rewrite Q; lra]. }
  apply Rmult_le_reg_r with (ln 2); [assumption|].
  replace ((2 + ln c / ln 2 + / ln 2) * (ln (/ eps) + 1) * ln 2)
    with ((2 * ln 2 + ln c + 1) * (ln (/ eps) + 1)) by (field; lra).
  nra. Qed.

(* The constant in terms of eps. *)
Definition sobolev_constant_eps (r d : nat) : R :=
  let c := sobolev_constant r d in
  c * (2 + ln c / ln 2 + / ln 2) * (1 + 2 ^ d * Rpower c (INR d / INR r)).

(* As on the slide: depth O(ln 1/eps), and size (1/eps)^(d/r) up to a logarithm, for eps <= 1. *)
Theorem smooth_sobolev_eps_explicit d r eps f : (0 < r)%nat -> 0 < eps <= 1 ->
  smooth_on_cube r d f -> let c := sobolev_constant_eps r d in
  exists N, INR (depth N) <= c * (ln (/ eps) + 1) /\
  INR (nodes N) <= c * Rpower (/ eps) (INR d / INR r) * (ln (/ eps) + 1) /\
  forall v, in_cube d v -> Rabs (f v - network_value Layered relu N v) <= eps.
Proof. intros Hr He Hf. destruct (smooth_sobolev_explicit d r Hr) as [Hc H].
  set (c := sobolev_constant r d) in *.
  set (b := 2 + ln c / ln 2 + / ln 2). set (D := Rpower c (INR d / INR r)).
  assert (HD : 0 < D) by apply exp_pos. assert (P2 : 0 < 2 ^ d) by (apply pow_lt; lra).
  change (sobolev_constant_eps r d) with (c * b * (1 + 2 ^ d * D)). cbv zeta.
  assert (Ie : 1 <= / eps) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
  destruct (root_of c eps d r Hr Hc Ie) as (T1 & Tr & Td & Tl).
  set (t := Rpower (c * / eps) (/ INR r)) in *. destruct (least_power t) as (k & K1 & K2).
  rewrite Rmax_right in K2 by lra. assert (Pk : 0 < 2 ^ k) by (apply pow_lt; lra).
  pose proof (halvings c eps k t Hc Ie T1 K2 Tl) as Kk. fold b in Kk.
  destruct (H k f Hf) as (N & N1 & N2 & E). exists N. pose proof (pos_INR k).
  assert (HP : 0 < Rpower (/ eps) (INR d / INR r)) by apply exp_pos.
  set (P := Rpower (/ eps) (INR d / INR r)) in *. set (Q := b * (ln (/ eps) + 1)) in *.
  assert (cQ : 0 <= c * Q) by (apply Rmult_le_pos; lra).
  assert (DD : 0 < 2 ^ d * D) by (apply Rmult_lt_0_compat; assumption). split; [|split].
  - eapply Rle_trans; [exact N1|]. apply Rle_trans with (c * Q); [apply Rmult_le_compat_l; lra|].
    replace (c * b * (1 + 2 ^ d * D) * (ln (/ eps) + 1)) with (c * Q + 2 ^ d * D * (c * Q))
      by (unfold Q; ring).
    nra.
  - eapply Rle_trans; [exact N2|]. assert (X : 2 ^ (k * d) <= 2 ^ d * D * P).
    { rewrite pow_mult. apply Rle_trans with ((2 * t) ^ d); [apply pow_incr; lra|].
      rewrite Rpow_mult_distr, Td. right. unfold D. ring. }
    apply Rle_trans with (c * (2 ^ d * D * P) * Q).
    + apply Rmult_le_compat; try lra; [apply Rmult_le_pos; [lra|apply pow_le; lra]|].
      apply Rmult_le_compat_l; lra.
    + replace (c * b * (1 + 2 ^ d * D) * P * (ln (/ eps) + 1))
        with (c * (2 ^ d * D * P) * Q + P * (c * Q)) by (unfold Q; ring).
      nra.
  - intros v Hv. eapply Rle_trans; [apply E, Hv|]. rewrite pow_mult.
    assert (Z : c * / eps <= (2 ^ k) ^ r) by (rewrite <- Tr; apply pow_incr; lra).
    apply Rmult_le_reg_r with ((2 ^ k) ^ r); [apply pow_lt; assumption|]. unfold Rdiv.
    rewrite Rmult_assoc, Rinv_l, Rmult_1_r by (apply pow_nonzero; lra).
    assert (eps * (c * / eps) = c) by (field; lra). nra. Qed.

(* Some constant. *)
Theorem smooth_sobolev_eps d r : (0 < r)%nat -> exists c, forall eps f, 0 < eps <= 1 ->
  smooth_on_cube r d f -> exists N, INR (depth N) <= c * (ln (/ eps) + 1) /\
  INR (nodes N) <= c * Rpower (/ eps) (INR d / INR r) * (ln (/ eps) + 1) /\
  forall v, in_cube d v -> Rabs (f v - network_value Layered relu N v) <= eps.
Proof. intros Hr. exists (sobolev_constant_eps r d). intros eps f He Hf.
  exact (smooth_sobolev_eps_explicit d r eps f Hr He Hf). Qed.

(* ---------- the hypothesis as printed ---------- *)

(* A long cell. *)
Lemma long_cell P p : forall a b, a < b -> cells P p a b -> exists u v, a <= u /\ v <= b /\ P u v /\
  b - a <= INR p * (v - u).
Proof. induction p as [|p IH]; intros a b Hab H; [simpl in H; lra|].
  destruct H as (c & Hc & Pc & H). rewrite S_INR. pose proof (pos_INR p).
  destruct (Rle_dec (b - a) ((INR p + 1) * (c - a))) as [L|L];
    [exists a, c; repeat split; try assumption; lra|].
  destruct (IH c b) as (u & v & Hu & Hv & Puv & D); [nra|exact H|]. exists u, v.
  repeat split; try assumption; try lra. assert (INR p * (c - a) <= INR p * (v - u) \/
    INR p * (v - u) < INR p * (c - a)) as [K|K] by lra; [nra|].
  assert (v - u < c - a) by nra. nra. Qed.

(* If only the derivatives of order r = 3 are bounded (here they are 0), no size is enough: the
   function is M x^2. *)
Theorem smooth_slide_sobolev n : exists M, (forall x, Derive_n (fun x => M * x ^ 2) 3 x = 0) /\
  forall N, (product_bound (widths (hidden N)) <= n)%nat -> exists x, 0 <= x <= 1 /\
  1 < Rabs (M * x ^ 2 - eval N x).
Proof. set (q := INR n + 1). assert (Hq : 1 <= q) by (unfold q; pose proof (pos_INR n); lra).
  exists (64 * q ^ 2). split.
  - intros x. set (M := 64 * q ^ 2). assert (D1 : forall y, Derive (fun x => M * x ^ 2) y =
      2 * M * y) by (intros y; apply is_derive_unique; auto_derive; [exact I|ring]).
    assert (D2 : forall y, Derive (Derive (fun x => M * x ^ 2)) y = 2 * M).
    { intros y. rewrite (Derive_ext _ (fun y => 2 * M * y)) by exact D1. apply is_derive_unique.
      auto_derive; [exact I|ring]. }
    change (Derive (Derive (Derive (fun x => M * x ^ 2))) x = 0).
    rewrite (Derive_ext _ (fun _ => 2 * M)) by exact D2. apply Derive_const.
  - intros N HN. pose proof (pieces_product N 0 1 ltac:(lra)) as HP.
    destruct (long_cell _ _ 0 1 ltac:(lra) HP) as (u & v & Hu & Hv & (p & c & A) & L).
    set (M := 64 * q ^ 2). set (h := v - u). apply le_INR in HN. assert (Lq : 1 <= q * h).
    { unfold q, h.
      assert (0 < v - u) by (pose proof (pos_INR (product_bound (widths (hidden N)))); nra). nra. }
    assert (Hh : 0 < h) by nra. destruct (Rle_dec (Rabs (M * (u + h / 4) ^ 2 - eval N (u + h / 4)))
      1) as [E1|E1]; [|exists (u + h / 4); split; [unfold h in *; lra|lra]].
    destruct (Rle_dec (Rabs (M * (u + h / 2) ^ 2 - eval N (u + h / 2))) 1) as [E2|E2];
      [|exists (u + h / 2); split; [unfold h in *; lra|lra]].
    destruct (Rle_dec (Rabs (M * (u + 3 * h / 4) ^ 2 - eval N (u + 3 * h / 4))) 1) as [E3|E3];
      [|exists (u + 3 * h / 4); split; [unfold h in *; lra|lra]].
    exfalso. rewrite (A (u + h / 4)) in E1 by (unfold h in *; lra).
    rewrite (A (u + h / 2)) in E2 by (unfold h in *; lra).
    rewrite (A (u + 3 * h / 4)) in E3 by (unfold h in *; lra). apply Rabs_le_between in E1, E2, E3.
    assert (Mh : 64 <= M * h ^ 2) by (unfold M;
      replace (64 * q ^ 2 * h ^ 2) with (64 * (q * h) ^ 2) by ring; nra).
    assert (S : M * (u + h / 4) ^ 2 + M * (u + 3 * h / 4) ^ 2 - 2 * (M * (u + h / 2) ^ 2) =
      M * h ^ 2 / 8) by field.
    lra. Qed.

(* The same in terms of nodes, at any depth. *)
Corollary smooth_slide_sobolev_nodes n : exists M,
  (forall x, Derive_n (fun x => M * x ^ 2) 3 x = 0) /\ forall N, (nodes N <= n)%nat ->
  exists x, 0 <= x <= 1 /\ 1 < Rabs (M * x ^ 2 - eval N x).
Proof. destruct (smooth_slide_sobolev (2 ^ n)) as (M & D & H). exists M. split; [exact D|].
  intros N HN. apply H. apply Nat.le_trans with (2 ^ nodes N)%nat; [|apply Nat.pow_le_mono_r; lia].
  unfold nodes. clear. induction (widths (hidden N)) as [|w ws IH]; [apply le_n|].
  cbn [product_bound fold_right]. fold (product_bound ws).
  change (list_sum (w :: ws)) with (w + list_sum ws)%nat. rewrite Nat.pow_add_r.
  apply Nat.mul_le_mono; [|exact IH]. clear. induction w; [apply le_n|]. cbn [Nat.pow]. lia. Qed.
