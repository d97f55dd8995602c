(* "Parting thoughts": depth helps for smooth functions (Yarotsky).  Polynomials, by Horner's rule:
   m + 1 layers for each degree, and an error that halves twice with each m. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Sums Compose Lagrange
  Multiplication.



(* A polynomial on [-1, 1] is at most the sum of its coefficients. *)
Lemma horner_bound cs x : Rabs x <= 1 -> Rabs (horner cs x) <= weight_sum cs.
Proof. intros Hx. unfold horner.
  induction cs as [|c cs IH]; cbn [fold_right weight_sum]; [rewrite Rabs_R0; lra|].
  fold (weight_sum cs). eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
  pose proof (Rabs_pos x). pose proof (Rabs_pos (fold_right (fun c s => c + x * s) 0 cs)). nra. Qed.

(* One coefficient more: a product, beside x that waits. *)
Lemma horner_network c s m g p :
  computes 1 (s * S m) (s * (8 + 11 * m)) 2 (fun v => [g (hd 0 v); hd 0 v]) ->
  computes 2 (S m) (6 + 9 * m) 1 (fun v => [p (hd 0 v) (hd 0 (tl v))]) ->
  computes 1 (S s * S m) (S s * (8 + 11 * m)) 2
    (fun v => [c + p (hd 0 v) (g (hd 0 v)); hd 0 v]).
Proof. intros C Cp. pose proof (computes_before 2 [([0; 1], 0); ([1], 0)] _ _ _ _ Cp) as C1.
  apply (fun H => computes_output _ _ _ _ _ [([1], c)] H) in C1.
  pose proof (computes_wait 2 0 0 1 _ (S m) (computes_affine 2 [([0; 1], 0)])) as C2.
  rewrite Nat.add_0_r in C2. pose proof (computes_beside _ _ _ _ _ _ _ _ C1 C2) as C3.
  pose proof (computes_then _ _ _ _ _ _ _ _ _ C C3) as C4. cbn [length] in *.
  replace (S s * S m)%nat with (s * S m + S m)%nat by lia.
  replace (S s * (8 + 11 * m))%nat
    with (s * (8 + 11 * m) + (6 + 9 * m + (0 + 2 * 1 * S m)))%nat by lia.
  eapply computes_ext; [|exact C4]. intros v Hv. unfold affine, pre_activation. cbn.
  f_equal; [|f_equal; ring].
  replace (0 * g (hd 0 v) + (1 * hd 0 v + 0) + 0) with (hd 0 v) by ring.
  replace (1 * g (hd 0 v) + 0 + 0) with (g (hd 0 v)) by ring. ring. Qed.

(* The polynomial with coefficients cs, on [-1, 1]: B = 1 + sum |c|, error n B^2 / 4^m, n (m + 1)
   layers, n (8 + 11 m) units. *)
Theorem smooth_polynomial cs m :
  let n := length cs in
  let B := weight_sum cs + 1 in
  INR n * (B * B * / 4 ^ m) <= 1 ->
  exists g, computes 1 (n * S m) (n * (8 + 11 * m)) 1 (fun v => [g (hd 0 v)]) /\
  forall x, Rabs x <= 1 -> Rabs (g x - horner cs x) <= INR n * (B * B * / 4 ^ m).
Proof. intros n B Hsmall. pose proof (weight_sum_pos cs) as Cp. set (e := B * B * / 4 ^ m) in *.
  assert (Tp : 0 < / 4 ^ m) by (apply Rinv_0_lt_compat, pow_lt; lra).
  assert (HB : 1 <= B) by (unfold B; lra).
  assert (He : 0 <= e) by (unfold e; apply Rmult_le_pos; nra).
  enough (Q : forall ds, (length ds <= n)%nat -> weight_sum ds <= weight_sum cs ->
    exists g, computes 1 (length ds * S m) (length ds * (8 + 11 * m)) 2
      (fun v => [g (hd 0 v); hd 0 v]) /\
    forall x, Rabs x <= 1 -> Rabs (g x - horner ds x) <= INR (length ds) * e).
  { destruct (Q cs (Nat.le_refl _) (Rle_refl _)) as (g & C & E). exists g. split; [|exact E].
    apply (fun H => computes_output _ _ _ _ _ [([1], 0)] H) in C. eapply computes_ext; [|exact C].
    intros v _. unfold affine, pre_activation. cbn. f_equal. ring. }
  destruct (smooth_product m B ltac:(lra)) as (p & Cp' & Ep).
  induction ds as [|c ds IH]; intros Hl Hc.
  - exists (fun _ => 0).
    split; [|intros x _; unfold horner; simpl; rewrite Rminus_0_r, Rabs_R0; lra].
    pose proof (computes_affine 1 [([0], 0); ([1], 0)]) as C. eapply computes_ext; [|exact C].
    intros v Hv. destruct v as [|x [|? ?]]; try discriminate. unfold affine, pre_activation. cbn.
    f_equal; [ring|f_equal; ring].
  - cbn [weight_sum] in Hc. fold (weight_sum ds) in Hc. pose proof (Rabs_pos c).
    destruct IH as (g & C & E); [simpl in Hl; lia|lra|]. exists (fun x => c + p x (g x)).
    split; [apply horner_network; assumption|].
    intros x Hx. specialize (E x Hx). pose proof (horner_bound ds x Hx) as Hb. cbn [length].
    rewrite S_INR. assert (Hd : INR (length ds) <= INR n) by (apply le_INR; simpl in Hl; lia).
    assert (D : INR (length ds) * e <= 1) by (eapply Rle_trans; [|exact Hsmall];
      apply Rmult_le_compat_r; assumption).
    assert (Gb : Rabs (g x) <= B).
    { pose proof (Rabs_triang (g x - horner ds x) (horner ds x)) as T.
      replace (g x - horner ds x + horner ds x) with (g x) in T by ring. unfold B. lra. }
    specialize (Ep x (g x) ltac:(lra) Gb). fold e in Ep. unfold horner. cbn [fold_right].
    fold (horner ds x). replace (c + p x (g x) - (c + x * horner ds x))
      with ((p x (g x) - x * g x) + x * (g x - horner ds x)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
    pose proof (Rabs_pos (g x - horner ds x)). pose proof (Rabs_pos x). nra. Qed.
