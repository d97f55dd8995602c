(* "Parting thoughts": depth helps for smooth functions (Yarotsky).  Polynomials by their
   coefficients, and the polynomials of Lagrange, which reproduce them from r values. *)
From Coq Require Import Bool.
From Depthproof Require Import Definitions PiecewiseLinear Vectors Sums Compose.

(* ---------- polynomials ---------- *)

(* The polynomial with these coefficients, by Horner's rule. *)
Definition horner (cs : list R) (u : R) : R := fold_right (fun c s => c + u * s) 0 cs.

(* Polynomials of degree below n. *)
Definition polynomial (n : nat) (p : R -> R) : Prop := exists cs, length cs = n /\
  forall u, p u = horner cs u.

(* Sums of polynomials. *)
Lemma horner_sum cs : forall ds u, horner (vector_sum cs ds) u = horner cs u + horner ds u.
Proof. unfold horner.
  induction cs as [|c cs IH]; intros [|e ds] u; cbn [vector_sum fold_right]; try ring. rewrite IH.
  ring. Qed.

(* Multiples. *)
Lemma horner_scale k cs u : horner (map (Rmult k) cs) u = k * horner cs u.
Proof. unfold horner. induction cs as [|c cs IH]; cbn [map fold_right]; [ring|]. rewrite IH.
  ring. Qed.

(* A sum is as long as its longer part. *)
Lemma vector_sum_max u : forall v, length (vector_sum u v) = Nat.max (length u) (length v).
Proof. induction u; intros [|b v]; simpl; try reflexivity; try lia. rewrite IHu. reflexivity. Qed.

(* Only the values matter. *)
Lemma polynomial_ext n p q : (forall u, q u = p u) -> polynomial n p -> polynomial n q.
Proof. intros E (cs & L & H). exists cs. split; [assumption|]. intros u. rewrite E. apply H. Qed.

(* Sums. *)
Lemma polynomial_plus n p q : polynomial n p -> polynomial n q -> polynomial n (fun u => p u + q u).
Proof. intros (cs & L & H) (ds & K & G). exists (vector_sum cs ds).
  split; [rewrite vector_sum_max; lia|]. intros u. rewrite horner_sum, H, G. reflexivity. Qed.

(* Multiples. *)
Lemma polynomial_scale n k p : polynomial n p -> polynomial n (fun u => k * p u).
Proof. intros (cs & L & H). exists (map (Rmult k) cs). split; [rewrite map_length; assumption|].
  intros u. rewrite horner_scale, H. reflexivity. Qed.

(* A degree may be overstated. *)
Lemma polynomial_more n p : polynomial n p -> polynomial (S n) p.
Proof. intros (cs & L & H). exists (cs ++ [0]). split; [rewrite app_length; simpl; lia|]. intros u.
  rewrite H. clear. unfold horner. induction cs as [|c cs IH]; cbn [app fold_right]; [ring|].
  rewrite IH. reflexivity. Qed.

(* A linear factor. *)
Lemma polynomial_linear n a b p : polynomial n p -> polynomial (S n) (fun u => (a * u + b) * p u).
Proof. intros H. apply polynomial_ext with (fun u => a * (u * p u) + b * p u); [intros; ring|].
  apply polynomial_plus; apply polynomial_scale; [|apply polynomial_more; assumption].
  destruct H as (cs & L & H). exists (0 :: cs). split; [simpl; congruence|]. intros u.
  unfold horner. cbn [fold_right]. fold (horner cs u). rewrite H. ring. Qed.

(* Constants. *)
Lemma polynomial_constant n c : polynomial (S n) (fun _ => c).
Proof. induction n; [exists [c]; split; [reflexivity|intros; unfold horner; simpl;
    ring]|apply polynomial_more; assumption].
Qed.

(* Sums over a list. *)
Lemma polynomial_rsum {A} n (p : A -> R -> R) l : (forall x, In x l -> polynomial (S n) (p x)) ->
  polynomial (S n) (fun u => rsum (fun x => p x u) l).
Proof. unfold rsum.
  induction l as [|x l IH]; intros H; cbn [fold_right]; [apply polynomial_constant|].
  apply polynomial_plus; [apply H; left; reflexivity|apply IH; intros; apply H; right; assumption].
Qed.

(* A root is a factor. *)
Lemma horner_factor a cs : exists ds, length ds = pred (length cs) /\
  forall u, horner cs u - horner cs a = (u - a) * horner ds u.
Proof. induction cs as [|c cs (ds & L & H)]; [exists []; split;
    [reflexivity|intros; unfold horner; simpl; ring]|].
  exists (vector_sum cs (map (Rmult a) ds)).
  split; [rewrite vector_sum_max, map_length; simpl; lia|]. intros u.
  rewrite horner_sum, horner_scale. unfold horner at 1 2. cbn [fold_right].
  fold (horner cs u) (horner cs a). specialize (H u). replace (c + u * horner cs u -
    (c + a * horner cs a)) with ((u - a) * horner cs u + a * (horner cs u - horner cs a)) by ring.
  rewrite H. ring. Qed.

(* n roots, degree below n: zero. *)
Lemma polynomial_roots n : forall p rs, polynomial n p -> NoDup rs -> length rs = n ->
  (forall r, In r rs -> p r = 0) -> forall u, p u = 0.
Proof. induction n as [|n IH]; intros p rs (cs & L & H) HN LR HR u.
  - destruct cs; [|discriminate]. rewrite H. reflexivity.
  - destruct rs as [|a rs]; [discriminate|]. inversion HN; subst.
    destruct (horner_factor a cs) as (ds & Ld & F).
    assert (Fp : forall u, p u = (u - a) * horner ds u).
    { intros t. rewrite <- F, <- !H, (HR a (or_introl eq_refl)). ring. }
    rewrite Fp. rewrite (IH (horner ds) rs); [ring| |assumption|simpl in LR; congruence|].
    + exists ds. split; [rewrite Ld, L; reflexivity|reflexivity].
    + intros r Hr. assert (r <> a) by (intros ->; contradiction).
      pose proof (HR r (or_intror Hr)) as Z. rewrite Fp in Z. apply Rmult_integral in Z.
      destruct Z; [lra|assumption]. Qed.

(* ---------- Lagrange ---------- *)

(* The other numbers. *)
Definition others (r k : nat) : list nat := filter (fun j => negb (j =? k)%nat) (seq 0 r).

(* The line that is 0 at j and 1 at k. *)
Definition factor (k j : nat) (u : R) : R := (u - INR j) / (INR k - INR j).

(* The product of the factors, and a number h. *)
Definition lagrange (k : nat) (js : list nat) (h u : R) : R :=
  fold_right (fun j s => factor k j u * s) h js.

(* The number h is a factor. *)
Lemma lagrange_scale k js h u : lagrange k js h u = h * lagrange k js 1 u.
Proof. unfold lagrange. induction js; cbn [fold_right]; [ring|]. rewrite IHjs. ring. Qed.

(* The numbers below r but k. *)
Lemma others_spec r k j : In j (others r k) <-> (j < r)%nat /\ j <> k.
Proof. unfold others. rewrite filter_In, in_seq, negb_true_iff, Nat.eqb_neq.
  split; intros []; split; lia || assumption. Qed.

(* One fewer than r. *)
Lemma others_length r k : (k < r)%nat -> (length (others r k) + 1 = r)%nat.
Proof. intros H. unfold others. rewrite <- (seq_length r 0) at 2. assert (HN := seq_NoDup r 0).
  assert (HI : In k (seq 0 r)) by (apply in_seq; lia).
  induction HN as [|x l Hx HN IH]; [destruct HI|]. cbn [filter length].
  destruct (Nat.eqb_spec x k) as [->|N]; cbn [negb].
  - assert (E : filter (fun j => negb (j =? k)%nat) l = l).
    { clear - Hx. induction l as [|y l IH]; [reflexivity|]. cbn [filter].
      destruct (Nat.eqb_spec y k) as [->|N]; [exfalso; apply Hx; left; reflexivity|]. cbn [negb].
      rewrite IH; [reflexivity|]. intro K; apply Hx; right; assumption. }
    rewrite E. lia.
  - destruct HI as [HI|HI]; [congruence|]. specialize (IH HI). cbn [length]. lia. Qed.

(* No factor divides by 0. *)
Lemma INR_distinct j k : j <> k -> INR k - INR j <> 0.
Proof. intros H E. apply H. apply INR_eq. lra. Qed.

(* It is 1 at k. *)
Lemma lagrange_at k js : (forall j, In j js -> j <> k) -> lagrange k js 1 (INR k) = 1.
Proof. unfold lagrange. induction js as [|j js IH]; intros H; [reflexivity|]. cbn [fold_right].
  rewrite IH by (intros; apply H; right; assumption). unfold factor. field. apply INR_distinct, H.
  left. reflexivity. Qed.

(* It is 0 at the others. *)
Lemma lagrange_other k js i : In i js -> lagrange k js 1 (INR i) = 0.
Proof. unfold lagrange. induction js as [|j js IH]; intros H; [destruct H|]. cbn [fold_right].
  destruct H as [->|H]; [unfold factor, Rdiv; ring|]. rewrite IH by assumption. ring. Qed.

(* It is a polynomial. *)
Lemma lagrange_polynomial k js : polynomial (S (length js)) (lagrange k js 1).
Proof. induction js as [|j js IH]; [apply polynomial_constant|]. cbn [length].
  apply polynomial_ext with (fun u => (/ (INR k - INR j) * u + - INR j / (INR k - INR j)) *
    lagrange k js 1 u); [|apply polynomial_linear, IH].
  intros u. unfold lagrange. cbn [fold_right]. unfold factor, Rdiv. ring. Qed.

(* A factor, for u in [0, 2 r]. *)
Lemma factor_bound r k j u : (k < r)%nat -> (j < r)%nat -> j <> k -> 0 <= u <= 2 * INR r ->
  Rabs (factor k j u) <= 2 * INR r.
Proof. intros Hk Hj N Hu. unfold factor, Rdiv. rewrite Rabs_mult. apply lt_INR in Hk, Hj.
  pose proof (pos_INR k). pose proof (pos_INR j).
  assert (A : Rabs (u - INR j) <= 2 * INR r) by (apply Rabs_le; lra).
  assert (B : 1 <= Rabs (INR k - INR j)).
  { destruct (Nat.lt_total k j) as [L|[E|L]]; [|congruence|]; apply lt_le_S, le_INR in L;
      rewrite S_INR in L; [rewrite Rabs_left by lra|rewrite Rabs_right by lra]; lra. }
  assert (C : Rabs (/ (INR k - INR j)) <= 1).
  { rewrite Rabs_inv. rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
  pose proof (Rabs_pos (u - INR j)). pose proof (Rabs_pos (/ (INR k - INR j))). nra. Qed.

(* A product of them. *)
Lemma lagrange_bound r k js u : (k < r)%nat -> (forall j, In j js -> (j < r)%nat /\ j <> k) ->
  0 <= u <= 2 * INR r -> Rabs (lagrange k js 1 u) <= (2 * INR r) ^ length js.
Proof. intros Hk H Hu. unfold lagrange.
  induction js as [|j js IH]; cbn [fold_right length pow]; [rewrite Rabs_R1; lra|].
  rewrite Rabs_mult. apply Rmult_le_compat; [apply Rabs_pos|apply Rabs_pos|apply factor_bound;
    try assumption; apply H; left; reflexivity|apply IH; intros; apply H; right; assumption].
Qed.

(* Polynomials of degree below r are reproduced. *)
Lemma lagrange_reproduces r q u : polynomial r q ->
  q u = rsum (fun k => q (INR k) * lagrange k (others r k) 1 u) (seq 0 r).
Proof. intros Hq. destruct r as [|r]; [destruct Hq as (cs & L & H); destruct cs; [|discriminate];
    rewrite H; reflexivity|].
  enough (E : q u - rsum (fun k => q (INR k) * lagrange k (others (S r) k) 1 u) (seq 0 (S r)) = 0)
    by lra.
  apply (polynomial_roots (S r) (fun u => q u -
    rsum (fun k => q (INR k) * lagrange k (others (S r) k) 1 u) (seq 0 (S r)))
    (map INR (seq 0 (S r)))).
  - apply polynomial_ext with (fun u => q u + -1 *
      rsum (fun k => q (INR k) * lagrange k (others (S r) k) 1 u) (seq 0 (S r))); [intros; ring|].
    apply polynomial_plus; [assumption|]. apply polynomial_scale. apply polynomial_rsum.
    intros k Hk. apply in_seq in Hk. apply polynomial_scale.
    pose proof (others_length (S r) k ltac:(lia)) as L.
    replace (S r) with (S (length (others (S r) k))) at 1 by lia. apply lagrange_polynomial.
  - assert (I : forall l, NoDup l -> NoDup (map INR l)).
    { induction 1 as [|x l Hx Hl IH]; [constructor|]. cbn [map]. constructor; [|assumption].
      intro K. apply in_map_iff in K. destruct K as (y & E & Hy). apply INR_eq in E. congruence. }
    apply I, seq_NoDup.
  - rewrite map_length, seq_length. reflexivity.
  - intros x Hx. apply in_map_iff in Hx. destruct Hx as (i & <- & Hi).
    enough (Q : forall l, NoDup l -> (forall k, In k l -> (k < S r)%nat) -> (i < S r)%nat ->
      rsum (fun k => q (INR k) * lagrange k (others (S r) k) 1 (INR i)) l =
      if in_dec Nat.eq_dec i l then q (INR i) else 0).
    { rewrite Q; [|apply seq_NoDup|intros k Hk; apply in_seq in Hk; lia|apply in_seq in Hi; lia].
      destruct in_dec; [ring|contradiction]. }
    intros l Hl. induction Hl as [|k l Hk Hl IH]; intros HB Hir; [reflexivity|]. unfold rsum in *.
    cbn [fold_right]. rewrite IH by (try assumption; intros; apply HB; right; assumption).
    destruct (Nat.eq_dec k i) as [->|N].
    + rewrite lagrange_at by (intros j Hj; apply others_spec in Hj; tauto).
      destruct (in_dec Nat.eq_dec i l); [contradiction|].
      destruct (in_dec Nat.eq_dec i (i :: l)) as [_|M]; [ring|exfalso; apply M; left; reflexivity].
    + rewrite lagrange_other by (apply others_spec; split; [assumption|congruence]).
      destruct (in_dec Nat.eq_dec i l), (in_dec Nat.eq_dec i (k :: l)) as [M|M]; try ring.
      * exfalso. apply M. right. assumption.
      * exfalso. destruct M; contradiction || congruence. Qed.
