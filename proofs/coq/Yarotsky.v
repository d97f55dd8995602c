(* "Parting thoughts": "Thm (Yarotsky '16)".  A function on [0,1]^d with |f| <= 1 whose r-th
   derivatives along each coordinate are at most 1 in absolute value is near a tensor product of
   interpolations, and that is computed by products.  Neither mixed derivatives are needed nor those
   of orders between 0 and r. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Sums Cube Compose UniversalCube.
From Depthproof Require Import Multiplication Lagrange Interpolation YarotskyBasis.

Section Tensor.
Variables (n r m : nat).
Hypothesis n_positive : (0 < n)%nat.
Hypothesis r_positive : (0 < r)%nat.
Local Notation basis_constant := (basis_constant r).
Local Notation basis_depth := (basis_depth r m).
Local Notation basis_units := (basis_units r m).

(* ---------- d dimensions ---------- *)

(* Interpolation in one coordinate after another. *)
Fixpoint tensor (d : nat) (f : list R -> R) (v : list R) : R :=
  match d with
  | O => f []
  | S d' => rsum (fun a => basis n r a (hd 0 v) * tensor d' (fun w => f (node_at n r a :: w))
    (tl v)) (indices n r)
  end.

Definition bounded_on_cube (d : nat) (f : list R -> R) : Prop := forall v, in_cube d v ->
  Rabs (f v) <= 1.

(* |f| <= 1, and on each line parallel to an axis r derivatives, the last at most 1. *)
Definition smooth_on_cube (d : nat) (f : list R -> R) : Prop := bounded_on_cube d f /\
  forall u w, in_cube (length u) u -> in_cube (length w) w -> (length u + S (length w) = d)%nat ->
  smooth_line r (fun t => f (u ++ t :: w)).

(* The Lebesgue constant is at least 1. *)
Lemma lebesgue_ge : 1 <= lebesgue r.
Proof. unfold lebesgue. pose proof (two_r r r_positive) as H.
  assert (1 <= INR r) by (apply (le_INR 1); exact r_positive). pose proof (pow_R1_Rle _ r H).
  nra. Qed.

(* One coordinate more. *)
Lemma in_cube_cons d x v : 0 <= x <= 1 -> in_cube d v -> in_cube (S d) (x :: v).
Proof. intros Hx [L H]. split; [simpl; congruence|constructor; assumption]. Qed.

(* One coordinate less. *)
Lemma in_cube_inv d v : in_cube (S d) v -> exists x w, v = x :: w /\ 0 <= x <= 1 /\ in_cube d w.
Proof. intros [L H]. destruct v as [|x w]; [discriminate|]. inversion H; subst. exists x, w.
  repeat split; try assumption; try tauto. simpl in L. congruence. Qed.

(* A slice of a bounded function is bounded. *)
Lemma slice_bounded d f a : bounded_on_cube (S d) f -> In a (indices n r) ->
  bounded_on_cube d (fun w => f (node_at n r a :: w)).
Proof. intros H Ha v Hv. apply H, in_cube_cons; [apply node_at_range; assumption|assumption]. Qed.

(* A slice of a smooth function is smooth. *)
Lemma slice_smooth d f a : smooth_on_cube (S d) f -> In a (indices n r) ->
  smooth_on_cube d (fun w => f (node_at n r a :: w)).
Proof. intros [H1 H2] Ha. split; [apply slice_bounded; assumption|]. intros u w Hu Hw L.
  apply (H2 (node_at n r a :: u) w).
  - cbn [length]. apply in_cube_cons; [apply node_at_range; assumption|assumption].
  - assumption.
  - simpl. congruence. Qed.

(* How large it is. *)
Lemma tensor_bound d : forall f v, bounded_on_cube d f -> in_cube d v ->
  Rabs (tensor d f v) <= lebesgue r ^ d.
Proof. induction d as [|d IH]; intros f v Hf Hv; cbn [tensor pow].
  - destruct v as [|? ?]; [apply Hf; exact Hv|destruct Hv; discriminate].
  - destruct (in_cube_inv d v Hv) as (x & w & -> & Hx & Hw). cbn [hd tl].
    pose proof lebesgue_ge as L1. assert (0 <= lebesgue r ^ d) by (apply pow_le; lra).
    eapply Rle_trans; [apply rsum_abs with (h := fun a => lebesgue r ^ d * Rabs (basis n r a x))|].
    + intros a Ha. rewrite Rabs_mult, Rmult_comm. apply Rmult_le_compat_r; [apply Rabs_pos|].
      apply IH; [apply slice_bounded; assumption|assumption].
    + rewrite rsum_scale, Rmult_comm. apply Rmult_le_compat_r; [assumption|].
      apply basis_sum; assumption. Qed.

(* How close it is. *)
Lemma tensor_error d : forall f v, smooth_on_cube d f -> in_cube d v ->
  Rabs (f v - tensor d f v) <= INR d * lebesgue r ^ d * ((1 + lebesgue r) * (2 / INR n) ^ r).
Proof. set (E := (1 + lebesgue r) * (2 / INR n) ^ r). pose proof lebesgue_ge as L1.
  assert (HE : 0 <= E).
  { unfold E. apply Rmult_le_pos; [lra|].
    apply pow_le, Rdiv_le_0_compat; [lra|apply lt_0_INR; assumption]. }
  induction d as [|d IH]; intros f v Hf Hv.
  - destruct v as [|? ?]; [|destruct Hv; discriminate]. simpl. rewrite Rminus_eq_0, Rabs_R0. lra.
  - destruct (in_cube_inv d v Hv) as (x & w & -> & Hx & Hw). cbn [tensor hd tl pow]. rewrite S_INR.
    assert (A : Rabs (f (x :: w) - rsum (fun a => f (node_at n r a :: w) * basis n r a x)
      (indices n r)) <= E).
    { apply (interpolation_error n r n_positive r_positive (fun t => f (t :: w)) x); [|assumption].
      destruct Hf as [_ Hf]. apply (Hf [] w); [split; [reflexivity|constructor]|destruct Hw
        as [<- Hw]; split; [reflexivity|assumption]|destruct Hw as [Hw _]; simpl; congruence]. }
    assert (B : Rabs (rsum (fun a => basis n r a x *
      (f (node_at n r a :: w) - tensor d (fun w => f (node_at n r a :: w)) w)) (indices n r)) <=
      lebesgue r * (INR d * lebesgue r ^ d * E)).
    { eapply Rle_trans; [apply rsum_abs with (h :=
        fun a => (INR d * lebesgue r ^ d * E) * Rabs (basis n r a x))|].
      - intros a Ha. rewrite Rabs_mult, Rmult_comm. apply Rmult_le_compat_r; [apply Rabs_pos|].
        apply (IH (fun w => f (node_at n r a :: w)) w); [apply slice_smooth; assumption|assumption].
      - rewrite rsum_scale, Rmult_comm. apply Rmult_le_compat_r; [|apply basis_sum; assumption].
        apply Rmult_le_pos; [apply Rmult_le_pos; [apply pos_INR|apply pow_le; lra]|assumption]. }
    replace (f (x :: w) - rsum (fun a => basis n r a x *
      tensor d (fun w0 => f (node_at n r a :: w0)) w) (indices n r))
      with (f (x :: w) - rsum (fun a => f (node_at n r a :: w) * basis n r a x) (indices n r) +
      rsum (fun a => basis n r a x * (f (node_at n r a :: w) -
      tensor d (fun w => f (node_at n r a :: w)) w)) (indices n r)).
    2: { rewrite (rsum_ext (fun a => basis n r a x *
        (f (node_at n r a :: w) - tensor d (fun w => f (node_at n r a :: w)) w))
        (fun a => f (node_at n r a :: w) * basis n r a x +
        -1 * (basis n r a x * tensor d (fun w => f (node_at n r a :: w)) w))) by (intros; ring).
         rewrite rsum_plus, rsum_scale. ring. }
    eapply Rle_trans; [apply Rabs_triang|].
    assert (1 <= lebesgue r ^ d) by (apply pow_R1_Rle; assumption). pose proof (pos_INR d).
    assert (E <= lebesgue r * lebesgue r ^ d * E).
    { rewrite <- (Rmult_1_l E) at 1. apply Rmult_le_compat_r; [assumption|]. nra. }
    lra. Qed.

(* ---------- the network ---------- *)

Definition tensor_depth (d : nat) : nat := (d * (1 + r * S m))%nat.

Fixpoint tensor_units (d : nat) : nat :=
  match d with
  | O => 0
  | S d' => (S n * r) * (basis_units + 2 * tensor_depth d' + (tensor_units d' + 2 * basis_depth) +
    (6 + 9 * m))
  end%nat.

(* The constant of the error. *)
Fixpoint tensor_constant (d : nat) : R :=
  match d with
  | O => 0
  | S d' => (2 * lebesgue r ^ S d') ^ 2 + (lebesgue r + 1) * tensor_constant d' +
    basis_constant * lebesgue r ^ d'
  end.

(* It is not negative. *)
Lemma tensor_constant_pos d : 0 <= tensor_constant d.
Proof. induction d as [|d IH]; cbn [tensor_constant]; [lra|]. pose proof lebesgue_ge.
  pose proof (basis_constant_pos r r_positive). pose proof (pow2_ge_0 (2 * lebesgue r ^ S d)).
  assert (0 <= lebesgue r ^ d) by (apply pow_le; lra). nra. Qed.

(* The coordinates but the first. *)
Lemma computes_tail d L k l F : computes d L k l F -> computes (S d) L k l (fun v => F (tl v)).
Proof. intros H. set (A := map (second_block 1) (map (fun j => (repeat 0 j ++ [1], 0)) (seq 0 d))).
  assert (LA : length A = d) by (unfold A; rewrite !map_length, seq_length; reflexivity).
  rewrite <- LA in H at 1. pose proof (computes_before (S d) A _ _ _ _ H) as C.
  eapply computes_ext; [|exact C]. intros v Hv. destruct v as [|y w]; [discriminate|]. cbn [tl].
  f_equal. unfold A.
  pose proof (affine_second (map (fun j => (repeat 0 j ++ [1], 0)) (seq 0 d)) [y] w) as E.
  cbn [length app] in E. rewrite E. simpl in Hv. injection Hv as Hv. clear - Hv. unfold affine.
  rewrite map_map. subst d.
  assert (Q : forall j, pre_activation (repeat 0 j ++ [1], 0) w = nth j w 0)
    by (intros j; unfold pre_activation; cbn [fst snd]; rewrite dot_coordinate; ring).
  rewrite (map_ext _ _ Q). symmetry.
  apply (nth_ext _ _ 0 0); [rewrite map_length, seq_length; reflexivity|]. intros i Hi.
  rewrite map_length, seq_length in Hi.
  rewrite (nth_indep _ 0 (nth 0 w 0)) by (rewrite map_length, seq_length; assumption).
  rewrite (map_nth (fun j => nth j w 0)), seq_nth by assumption. reflexivity. Qed.

(* One basis function is no larger than all of them. *)
Lemma basis_le a y : 0 <= y <= 1 -> In a (indices n r) -> Rabs (basis n r a y) <= lebesgue r.
Proof. intros Hy Ha. eapply Rle_trans; [|apply (basis_sum n r n_positive r_positive y Hy)].
  unfold rsum. induction (indices n r) as [|b l IHl]; [destruct Ha|]. cbn [fold_right].
  assert (0 <= fold_right (fun x s => Rabs (basis n r x y) + s) 0 l)
    by (clear; induction l; simpl; [lra|]; pose proof (Rabs_pos (basis n r a y)); lra).
  destruct Ha as [->|Ha]; [lra|]. specialize (IHl Ha). pose proof (Rabs_pos (basis n r b y)).
  lra. Qed.

(* One term: a basis function of the first coordinate, times a slice. *)
Lemma term_network d q h p : computes 1 basis_depth basis_units 1 (fun v => [q (hd 0 v)]) ->
  computes d (tensor_depth d) (tensor_units d) 1 (fun v => [h v]) ->
  computes 2 (S m) (6 + 9 * m) 1 (fun v => [p (hd 0 v) (hd 0 (tl v))]) ->
  computes (S d) (tensor_depth (S d))
    (basis_units + 2 * tensor_depth d + (tensor_units d + 2 * basis_depth) + (6 + 9 * m)) 1
    (fun v => [p (q (hd 0 v)) (h (tl v))]).
Proof. intros Cq Ch Cp. pose proof (computes_before (S d) [([1], 0)] _ _ _ _ Cq) as C1.
  apply computes_wait with (t := tensor_depth d) in C1. apply computes_tail in Ch.
  apply computes_wait with (t := basis_depth) in Ch.
  replace (basis_depth + tensor_depth d)%nat with (tensor_depth d + basis_depth)%nat in Ch by lia.
  pose proof (computes_beside _ _ _ _ _ _ _ _ C1 Ch) as C3.
  pose proof (computes_then _ _ _ _ _ _ _ _ _ C3 Cp) as C4.
  replace (tensor_depth (S d)) with (tensor_depth d + basis_depth + S m)%nat
    by (unfold tensor_depth, YarotskyBasis.basis_depth; destruct r; [lia|];
    replace (S n0 - 1)%nat with n0 by lia; ring).
  replace (basis_units + 2 * tensor_depth d + (tensor_units d + 2 * basis_depth) + (6 + 9 * m))%nat
    with (basis_units + 2 * 1 * tensor_depth d + (tensor_units d + 2 * 1 * basis_depth) +
    (6 + 9 * m))%nat by ring.
  eapply computes_ext; [|exact C4]. intros v Hv. destruct v as [|y w]; [discriminate|].
  unfold affine, pre_activation. cbn. f_equal. f_equal. f_equal. ring. Qed.

(* Its error. *)
Lemma term_error K A L Ld B P q h ps T : Rabs (q - ps) <= K <= 1 -> Rabs (h - T) <= A <= 1 ->
  1 <= L -> 1 <= Ld -> Rabs ps <= L -> Rabs T <= Ld -> 2 * (L * Ld) <= B ->
  (Rabs q <= B -> Rabs h <= B -> Rabs (P - q * h) <= B * B * / 4 ^ m) ->
  Rabs (P - ps * T) <= B * B * / 4 ^ m + K * Ld + K * A + A * Rabs ps.
Proof. intros [HK K1] [HA A1] L1 Ld1 Hps HT HB Ep.
  pose proof (Rabs_triang (q - ps) ps) as T1. replace (q - ps + ps) with q in T1 by ring.
  pose proof (Rabs_triang (h - T) T) as T2. replace (h - T + T) with h in T2 by ring.
  specialize (Ep ltac:(nra) ltac:(nra)).
  replace (P - ps * T) with ((P - q * h) + (q * (h - T) + (q - ps) * T)) by ring.
  eapply Rle_trans; [apply Rabs_triang|].
  eapply Rle_trans; [apply Rplus_le_compat_l, Rabs_triang|]. rewrite !Rabs_mult.
  assert (Rabs q * Rabs (h - T) <= (K + Rabs ps) * A)
    by (apply Rmult_le_compat; try apply Rabs_pos; lra).
  assert (Rabs (q - ps) * Rabs T <= K * Ld) by (apply Rmult_le_compat; try apply Rabs_pos; lra).
  lra. Qed.

(* What is small at the next dimension is small at this one. *)
Lemma tensor_small d x tau : 0 < tau <= x -> tensor_constant (S d) * x <= 1 ->
  tensor_constant d * x <= 1 /\ basis_constant * x <= 1 /\ basis_constant * tau <= 1.
Proof. intros [Tp Tx] H. cbn [tensor_constant] in H. pose proof lebesgue_ge as L1.
  pose proof (tensor_constant_pos d) as Ap. pose proof (basis_constant_pos r r_positive) as Kp.
  assert (Ld1 : 1 <= lebesgue r ^ d) by (apply pow_R1_Rle; assumption).
  pose proof (pow2_ge_0 (2 * lebesgue r ^ S d)) as Sq. set (s := (2 * lebesgue r ^ S d) ^ 2) in *.
  assert (S2 : basis_constant * x <= 1).
  { eapply Rle_trans; [|exact H]. apply Rmult_le_compat_r; nra. }
  split; [eapply Rle_trans; [|exact H]; apply Rmult_le_compat_r; nra|]. split; [exact S2|].
  eapply Rle_trans; [|exact S2]. apply Rmult_le_compat_l; assumption. Qed.

(* The tensor product of the basis functions, by products of networks. *)
Lemma tensor_computed d : forall f, bounded_on_cube d f ->
  tensor_constant d * (INR (S n * r) * / 4 ^ m) <= 1 ->
  exists g, computes d (tensor_depth d) (tensor_units d) 1 (fun v => [g v]) /\
  forall v, in_cube d v ->
    Rabs (g v - tensor d f v) <= tensor_constant d * (INR (S n * r) * / 4 ^ m).
Proof. set (tau := / 4 ^ m). set (N := INR (S n * r)). pose proof lebesgue_ge as L1.
  pose proof (basis_constant_pos r r_positive) as Kp.
  assert (Tp : 0 < tau) by (apply Rinv_0_lt_compat, pow_lt; lra).
  assert (N1 : 1 <= N) by (apply (le_INR 1); lia). induction d as [|d IH]; intros f Hf Hsmall.
  - exists (fun _ => f []). split.
    + pose proof (computes_affine 0 [([], f [])]) as C. eapply computes_ext; [|exact C]. intros v _.
      unfold affine, pre_activation. simpl. f_equal. ring.
    + intros v _. cbn [tensor tensor_constant]. rewrite Rminus_eq_0, Rabs_R0. lra.
  - pose proof (tensor_constant_pos d) as Ap. set (Ld := lebesgue r ^ d) in *.
    assert (Ld1 : 1 <= Ld) by (apply pow_R1_Rle; assumption). set (B := 2 * lebesgue r ^ S d).
    assert (HB : B = 2 * (lebesgue r * Ld)) by reflexivity. set (x := N * tau) in *.
    assert (Xp : tau <= x) by (unfold x; nra).
    destruct (tensor_small d x tau (conj Tp Xp) Hsmall) as (S1 & S2 & S3).
    destruct (computes_sum (S d) (tensor_depth (S d))
      (basis_units + 2 * tensor_depth d + (tensor_units d + 2 * basis_depth) + (6 + 9 * m))
      (fun a v => basis n r a (hd 0 v) * tensor d (fun w => f (node_at n r a :: w)) (tl v))
      (fun a v => B * B * tau + basis_constant * tau * Ld + basis_constant *
      tau * (tensor_constant d * x) + (tensor_constant d * x) * Rabs (basis n r a (hd 0 v)))
      (in_cube (S d)) (indices n r)) as (g & Cg & Eg).
    + intros a Ha. destruct (basis_computed n r m n_positive r_positive a S3 Ha) as (q & Cq & Eq).
      destruct (IH (fun w => f (node_at n r a :: w))) as (h & Ch & Eh);
        [apply slice_bounded; assumption|exact S1|].
      destruct (smooth_product m B ltac:(nra)) as (p & Cp & Ep).
      exists (fun v => p (q (hd 0 v)) (h (tl v))). split; [apply term_network; assumption|].
      intros v Hv. destruct (in_cube_inv d v Hv) as (y & w & -> & Hy & Hw). cbn [hd tl].
      apply (term_error _ _ (lebesgue r) Ld B _ (q y) (h w)); try assumption.
      * split; [apply Eq|assumption].
      * split; [apply Eh, Hw|assumption].
      * apply basis_le; assumption.
      * apply tensor_bound; [apply slice_bounded; assumption|assumption].
      * lra.
      * apply Ep.
    + exists g. split; [rewrite indices_length in Cg; exact Cg|]. intros v Hv.
      cbn [tensor tensor_constant]. fold B Ld. specialize (Eg v Hv). eapply Rle_trans; [exact Eg|].
      destruct (in_cube_inv d v Hv) as (y & w & -> & Hy & Hw). cbn [hd tl].
      rewrite rsum_plus, rsum_const, rsum_scale, indices_length. fold N.
      pose proof (basis_sum n r n_positive r_positive y Hy) as Bs.
      assert (Ax : 0 <= tensor_constant d * x) by nra.
      assert (tensor_constant d * x * rsum (fun a => Rabs (basis n r a y)) (indices n r) <=
        tensor_constant d * x * lebesgue r) by (apply Rmult_le_compat_l; assumption).
      replace (N * (B * B * tau + basis_constant * tau * Ld +
        basis_constant * tau * (tensor_constant d * x)))
        with ((B * B + basis_constant * Ld) * x + basis_constant * x * (tensor_constant d * x))
        by (unfold x; ring).
      assert (basis_constant * x * (tensor_constant d * x) <= 1 * (tensor_constant d * x))
        by (apply Rmult_le_compat_r; assumption).
      replace (B ^ 2) with (B * B) by ring. lra. Qed.

End Tensor.
