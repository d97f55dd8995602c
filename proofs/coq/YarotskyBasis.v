(* "Parting thoughts": "Thm (Yarotsky '16)".  Networks for the basis functions of Interpolation.v: a
   hat times a polynomial of Lagrange, one product after another. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Sums Cube Compose UniversalCube.
From Depthproof Require Import Multiplication Lagrange Interpolation.

(* ---------- sums of networks ---------- *)

(* Nothing, at any depth. *)
Lemma computes_nothing d L : computes d L 0 1 (fun _ => [0]).
Proof. exists (repeat [] L), [([], 0)]. split; [apply repeat_length|].
  split; [induction L; [reflexivity|]; cbn [repeat]; rewrite units_cons; exact IHL|].
  split; [reflexivity|]. intros v _. unfold affine, pre_activation. cbn. f_equal. ring. Qed.

(* A sum of networks of the same size, each close to its target. *)
Lemma computes_sum {A} d L n (target err : A -> list R -> R) (P : list R -> Prop) l : (forall a,
  In a l -> exists g, computes d L n 1 (fun v => [g v]) /\ forall v, P v ->
  Rabs (g v - target a v) <= err a v) -> exists h, computes d L (length l * n) 1 (fun v => [h v]) /\
  forall v, P v -> Rabs (h v - rsum (fun a => target a v) l) <= rsum (fun a => err a v) l.
Proof. induction l as [|a l IH]; intros H.
  - exists (fun _ => 0). split; [apply computes_nothing|]. intros v _. unfold rsum. simpl.
    rewrite Rminus_0_r, Rabs_R0. lra.
  - destruct IH as (h & Ch & Eh); [intros b Hb; apply H; right; assumption|].
    destruct (H a (or_introl eq_refl)) as (g & Cg & Eg). exists (fun v => g v + h v). split.
    + pose proof (computes_beside _ _ _ _ _ _ _ _ Cg Ch) as C.
      apply (fun H => computes_output _ _ _ _ _ [([1; 1], 0)] H) in C. cbn [length].
      replace (S (length l) * n)%nat with (n + length l * n)%nat by lia.
      eapply computes_ext; [|exact C]. intros v _. unfold affine, pre_activation. cbn. f_equal.
      ring.
    + intros v Hv. unfold rsum. cbn [fold_right].
      fold (rsum (fun a => target a v) l) (rsum (fun a => err a v) l). specialize (Eg v Hv).
      specialize (Eh v Hv).
      replace (_ - _) with (g v - target a v + (h v - rsum (fun a => target a v) l)) by ring.
      eapply Rle_trans; [apply Rabs_triang|]. lra. Qed.

Section Basis.
Variables (n r m : nat).
Hypothesis n_positive : (0 < n)%nat.
Hypothesis r_positive : (0 < r)%nat.

(* ---------- one basis function ---------- *)

(* The hat and the clamp, by one layer of five units. *)
Lemma start_computed i : computes 1 1 5 2 (fun v => [hat n i (hd 0 v); clamp n i (hd 0 v)]).
Proof. pose proof (computes_layer 1 0 0 1 _ [([INR n], - INR i + 1); ([INR n], - INR i);
    ([INR n], - INR i - 1); ([INR n / 2], - INR (pred i) / 2);
    ([INR n / 2], - INR (pred i) / 2 - 1)] [([1; -2; 1], 0);
    ([0; 0; 0; 1; -1], 0)] (computes_affine 1 [([1], 0)])) as C.
  eapply computes_ext; [|exact C]. intros v Hv. destruct v as [|x [|? ?]]; try discriminate.
  cbn [hd]. unfold affine. cbn [map]. unfold pre_activation. cbn [fst snd dot]. unfold hat, clamp.
  replace (1 * x + 0 + 0) with x by ring.
  replace (INR n * x + 0 + (- INR i + 1)) with (INR n * x - INR i + 1) by ring.
  replace (INR n * x + 0 + - INR i) with (INR n * x - INR i) by ring.
  replace (INR n * x + 0 + (- INR i - 1)) with (INR n * x - INR i - 1) by ring.
  replace (INR n / 2 * x + 0 + - INR (pred i) / 2) with ((INR n * x - INR (pred i)) / 2) by field.
  replace (INR n / 2 * x + 0 + (- INR (pred i) / 2 - 1)) with ((INR n * x - INR (pred i)) / 2 - 1)
    by field.
  f_equal; [ring|f_equal; ring]. Qed.

(* A hat is at most 1. *)
Lemma hat_le i x : hat n i x <= 1.
Proof. unfold hat. set (y := INR n * x - INR i).
  destruct (Rle_dec y (-1)); [rewrite !relu_neg by lra; lra|]. rewrite (relu_pos (y + 1)) by lra.
  destruct (Rle_dec y 0); [rewrite !relu_neg by lra; lra|]. rewrite (relu_pos y) by lra.
  destruct (Rle_dec y 1); [rewrite relu_neg by lra; lra|rewrite relu_pos by lra; lra]. Qed.

(* The numbers in the products are at most big; the error of the basis function is at most
   basis_error. *)
Definition big : R := 2 * (2 * INR r) ^ r.

Definition basis_constant : R := big * big * INR r * (2 * INR r) ^ r.

(* The powers of the bound of a factor. *)
Lemma two_r_pow s : (s <= r)%nat -> 1 <= (2 * INR r) ^ s <= (2 * INR r) ^ r.
Proof. intros Hs. pose proof (two_r r r_positive) as H.
  split; [apply pow_R1_Rle, H|apply Rle_pow; assumption]. Qed.

(* A hat times a product of factors. *)
Lemma lagrange_hat_bound i k js x u : (k < r)%nat ->
  (forall j, In j js -> (j < r)%nat /\ j <> k) -> 0 <= u <= 2 * INR r ->
  Rabs (lagrange k js (hat n i x) u) <= (2 * INR r) ^ length js.
Proof. intros Hk Hjs Hu.
  rewrite lagrange_scale, Rabs_mult, (Rabs_right (hat n i x)) by (apply Rle_ge, hat_pos).
  pose proof (lagrange_bound r k js u Hk Hjs Hu). pose proof (hat_le i x).
  pose proof (hat_pos n i x). pose proof (Rabs_pos (lagrange k js 1 u)). nra. Qed.

(* One factor more: a product, beside the clamp that waits. *)
Lemma factor_network i k j s q p : j <> k ->
  computes 1 (1 + s * S m) (5 + s * (8 + 11 * m)) 2 (fun v => [q (hd 0 v); clamp n i (hd 0 v)]) ->
  computes 2 (S m) (6 + 9 * m) 1 (fun v => [p (hd 0 v) (hd 0 (tl v))]) ->
  computes 1 (1 + S s * S m) (5 + S s * (8 + 11 * m)) 2 (fun v =>
    [p (factor k j (2 * INR r * clamp n i (hd 0 v))) (q (hd 0 v)); clamp n i (hd 0 v)]).
Proof. intros Nj Cq Cp. set (al := 2 * INR r / (INR k - INR j)).
  set (be := - INR j / (INR k - INR j)).
  pose proof (computes_before 2 [([0; al], be); ([1], 0)] _ _ _ _ Cp) as C1.
  pose proof (computes_wait 2 0 0 1 _ (S m) (computes_affine 2 [([0; 1], 0)])) as C2.
  rewrite Nat.add_0_r in C2. pose proof (computes_beside _ _ _ _ _ _ _ _ C1 C2) as C3.
  pose proof (computes_then _ _ _ _ _ _ _ _ _ Cq C3) as C4. cbn [length] in *.
  replace (1 + S s * S m)%nat with (1 + s * S m + S m)%nat by lia.
  replace (5 + S s * (8 + 11 * m))%nat
    with (5 + s * (8 + 11 * m) + (6 + 9 * m + (0 + 2 * 1 * S m)))%nat by lia.
  eapply computes_ext; [|exact C4]. intros v Hv. cbn [affine map app hd tl].
  unfold pre_activation. cbn [fst snd dot].
  assert (Nz : INR k - INR j <> 0) by (apply INR_distinct; assumption).
  f_equal; [|f_equal; ring]. f_equal; [unfold factor, al, be; field; assumption|ring]. Qed.

(* The error of s products is at most 1. *)
Lemma products_error s : basis_constant * / 4 ^ m <= 1 -> (s <= r)%nat ->
  big * big * / 4 ^ m * INR s * (2 * INR r) ^ s <= 1.
Proof. intros Hsmall Hs. pose proof (two_r_pow s Hs) as [P1 P2].
  assert (0 < / 4 ^ m) by (apply Rinv_0_lt_compat, pow_lt; lra).
  eapply Rle_trans; [|exact Hsmall]. unfold basis_constant.
  replace (big * big * INR r * (2 * INR r) ^ r * / 4 ^ m)
    with (big * big * / 4 ^ m * (INR r * (2 * INR r) ^ r)) by ring.
  rewrite Rmult_assoc. apply Rmult_le_compat_l; [apply Rmult_le_pos; nra|].
  apply Rmult_le_compat; [apply pos_INR|lra|apply le_INR, Hs|assumption]. Qed.

(* The products, one factor after another. *)
Lemma lagrange_computed i k js : basis_constant * / 4 ^ m <= 1 -> (k < r)%nat ->
  (forall j, In j js -> (j < r)%nat /\ j <> k) -> (length js <= r)%nat ->
  exists q, computes 1 (1 + length js * S m) (5 + length js * (8 + 11 * m)) 2
    (fun v => [q (hd 0 v); clamp n i (hd 0 v)]) /\
  forall x, Rabs (q x - lagrange k js (hat n i x) (2 * INR r * clamp n i x)) <=
    big * big * / 4 ^ m * INR (length js) * (2 * INR r) ^ length js.
Proof. intros Hsmall Hk. set (e := big * big * / 4 ^ m).
  assert (Br : big = 2 * (2 * INR r) ^ r) by reflexivity.
  pose proof (two_r_pow r (Nat.le_refl r)) as Pr.
  assert (Tp : 0 < / 4 ^ m) by (apply Rinv_0_lt_compat, pow_lt; lra).
  assert (E0 : 0 <= e) by (unfold e; apply Rmult_le_pos; nra).
  induction js as [|j js IH]; intros Hjs Hl.
  - exists (hat n i). split; [cbn [length Nat.mul Nat.add]; apply start_computed|]. intros x.
    unfold lagrange. simpl. replace (_ - _) with 0 by ring. rewrite Rabs_R0. lra.
  - destruct IH as (q & Cq & Eq); [intros; apply Hjs; right; assumption|simpl in Hl; lia|].
    destruct (Hjs j (or_introl eq_refl)) as [Hj Nj].
    destruct (smooth_product m big ltac:(lra)) as (p & Cp & Ep).
    exists (fun x => p (factor k j (2 * INR r * clamp n i x)) (q x)).
    split; [apply factor_network; assumption|]. intros x. set (u := 2 * INR r * clamp n i x).
    set (s := length js) in *. specialize (Eq x). fold u in Eq. set (h := hat n i x) in *.
    assert (Hu : 0 <= u <= 2 * INR r) by (unfold u; pose proof (clamp_range n i x);
      pose proof (pos_INR r); nra).
    pose proof (factor_bound r k j u Hk Hj Nj Hu) as Fb. assert (Hs : (s <= r)%nat)
      by (unfold s; simpl in Hl; lia).
    pose proof (two_r_pow s Hs) as [P1 P2]. pose proof (lagrange_hat_bound i k js x u Hk
      ltac:(intros; apply Hjs; right; assumption) Hu) as Lb. fold h s in Lb.
    pose proof (products_error s Hsmall Hs) as Es. fold e in Es.
    assert (Qb : Rabs (q x) <= big).
    { pose proof (Rabs_triang (q x - lagrange k js h u) (lagrange k js h u)) as T.
      replace (q x - lagrange k js h u + lagrange k js h u) with (q x) in T by ring. lra. }
    assert (Fb' : Rabs (factor k j u) <= big).
    { pose proof (two_r_pow 1 ltac:(lia)) as [_ K]. rewrite pow_1 in K. lra. }
    specialize (Ep _ _ Fb' Qb). fold e in Ep. unfold lagrange at 1. cbn [fold_right].
    fold (lagrange k js h u). replace (p (factor k j u) (q x) - factor k j u * lagrange k js h u)
      with (p (factor k j u) (q x) - factor k j u * q x + factor k j u * (q x - lagrange k js h u))
      by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult. cbn [length]. fold s.
    rewrite S_INR. cbn [pow]. pose proof (pos_INR s).
    assert (Rabs (factor k j u) * Rabs (q x - lagrange k js h u) <=
      2 * INR r * (e * INR s * (2 * INR r) ^ s))
      by (apply Rmult_le_compat; try apply Rabs_pos; assumption).
    assert (e <= e * (2 * INR r * (2 * INR r) ^ s)); [|lra].
    rewrite <- (Rmult_1_r e) at 1. apply Rmult_le_compat_l; [assumption|].
    pose proof (two_r r r_positive). nra. Qed.

(* Its depth and its units. *)
Definition basis_depth : nat := (1 + (r - 1) * S m)%nat.

Definition basis_units : nat := (5 + (r - 1) * (8 + 11 * m))%nat.

(* A basis function. *)
Lemma basis_computed a : basis_constant * / 4 ^ m <= 1 -> In a (indices n r) ->
  exists q, computes 1 basis_depth basis_units 1 (fun v => [q (hd 0 v)]) /\
  forall x, Rabs (q x - basis n r a x) <= basis_constant * / 4 ^ m.
Proof. intros Hsmall Ha. apply indices_spec in Ha. destruct Ha as [Hi Hk]. destruct a as [i k].
  cbn [fst snd] in *. pose proof (others_length r k Hk) as Lo.
  destruct (lagrange_computed i k (others r k) Hsmall Hk) as (q & C & E);
    [intros j Hj; apply others_spec, Hj|lia|].
  exists q. replace (length (others r k)) with (r - 1)%nat in * by lia. split.
  - apply (fun H => computes_output _ _ _ _ _ [([1], 0)] H) in C. eapply computes_ext; [|exact C].
    intros v _. unfold affine, pre_activation. cbn. f_equal. ring.
  - intros x. unfold basis; cbn [fst snd]. eapply Rle_trans; [apply E|]. unfold basis_constant.
    assert (R2 : 1 <= 2 * INR r) by (apply two_r; assumption).
    assert (Tp : 0 < / 4 ^ m) by (apply Rinv_0_lt_compat, pow_lt; lra).
    replace (big * big * INR r * (2 * INR r) ^ r * / 4 ^ m)
      with (big * big * / 4 ^ m * (INR r * (2 * INR r) ^ r)) by ring.
    rewrite Rmult_assoc.
    assert (0 <= big) by (unfold big; apply Rmult_le_pos; [lra|apply pow_le; lra]).
    apply Rmult_le_compat_l; [apply Rmult_le_pos; [apply Rmult_le_pos; assumption|lra]|].
    apply Rmult_le_compat; [apply pos_INR|apply pow_le; lra|apply le_INR; lia|apply Rle_pow;
      [assumption|lia]].
Qed.

(* The constants are not negative. *)
Lemma basis_constant_pos : 0 <= basis_constant.
Proof. unfold basis_constant, big. pose proof (two_r r r_positive).
  assert (0 <= (2 * INR r) ^ r) by (apply pow_le; lra). pose proof (pos_INR r).
  repeat apply Rmult_le_pos; lra. Qed.

End Basis.
