(* "Parting thoughts": depth helps for smooth functions (Yarotsky).  Interpolation on the line: hat
   functions times Lagrange polynomials reproduce a function with r derivatives up to c / n^r, from
   (n + 1) r of its values. *)
From Coq Require Import Bool.
From Depthproof Require Import Definitions PiecewiseLinear Vectors Sums Compose Lagrange.

(* ---------- hat functions ---------- *)

Section Line.
Variables (n r : nat).
Hypothesis n_positive : (0 < n)%nat.
Hypothesis r_positive : (0 < r)%nat.

(* 1 at i / n, 0 outside the two cells beside it. *)
Definition hat (i : nat) (x : R) : R := relu (INR n * x - INR i + 1) - 2 *
  relu (INR n * x - INR i) + relu (INR n * x - INR i - 1).

(* The place of x in the two cells beside i / n, from 0 to 1. *)
Definition clamp (i : nat) (x : R) : R := let s :=
  (INR n * x - INR (pred i)) / 2 in relu s - relu (s - 1).

(* It is not negative. *)
Lemma hat_pos i x : 0 <= hat i x.
Proof. unfold hat. set (y := INR n * x - INR i).
  destruct (Rle_dec y (-1)); [rewrite !relu_neg by lra; lra|]. rewrite (relu_pos (y + 1)) by lra.
  destruct (Rle_dec y 0); [rewrite !relu_neg by lra; lra|]. rewrite (relu_pos y) by lra.
  destruct (Rle_dec y 1); [rewrite relu_neg by lra; lra|rewrite relu_pos by lra; lra]. Qed.

(* It is 0 but on two cells. *)
Lemma hat_support i x : hat i x <> 0 -> -1 < INR n * x - INR i < 1.
Proof. intros H. unfold hat in H. set (y := INR n * x - INR i) in *.
  split; apply Rnot_le_lt; intro K; apply H.
  - rewrite !relu_neg by lra. ring.
  - rewrite !relu_pos by lra. ring. Qed.

(* The first m of them add up to a trapezoid. *)
Lemma hat_sum m x : rsum (fun i => hat i x) (seq 0 m) =
  relu (INR n * x + 1) - relu (INR n * x) -
  (relu (INR n * x - INR m + 1) - relu (INR n * x - INR m)).
Proof. induction m as [|m IH]; [simpl; rewrite !Rminus_0_r; unfold rsum; simpl; ring|].
  rewrite seq_S. rewrite rsum_app, IH. unfold rsum at 1. cbn [fold_right Nat.add]. unfold hat.
  rewrite S_INR. replace (INR n * x - (INR m + 1) + 1) with (INR n * x - INR m) by ring.
  replace (INR n * x - (INR m + 1)) with (INR n * x - INR m - 1) by ring. ring. Qed.

(* All add up to 1. *)
Lemma hat_one x : 0 <= x <= 1 -> rsum (fun i => hat i x) (seq 0 (S n)) = 1.
Proof. intros H. rewrite hat_sum. pose proof (pos_INR n). rewrite S_INR.
  rewrite (relu_pos (INR n * x + 1)), (relu_pos (INR n * x)) by nra. rewrite !relu_neg by nra.
  ring. Qed.

(* It is between 0 and 1. *)
Lemma clamp_range i x : 0 <= clamp i x <= 1.
Proof. apply clip_range. Qed.

(* Where the hat is not 0, it is the place within the two cells. *)
Lemma clamp_support i x : 0 <= x -> hat i x <> 0 -> clamp i x = (INR n * x - INR (pred i)) / 2 /\
  0 <= INR n * x - INR (pred i) <= 2.
Proof. intros Hx H. apply hat_support in H. pose proof (pos_INR n).
  assert (0 <= INR n * x - INR (pred i) <= 2).
  { destruct i as [|i]; simpl pred; [simpl (INR 0) in *; nra|]. rewrite S_INR in H. lra. }
  split; [|assumption]. unfold clamp. rewrite relu_pos, relu_neg by lra. ring. Qed.

(* The basis functions: a hat times a polynomial of Lagrange. *)
Definition basis (a : nat * nat) (x : R) : R :=
  lagrange (snd a) (others r (snd a)) (hat (fst a) x) (2 * INR r * clamp (fst a) x).

(* The points where f is read. *)
Definition node_at (a : nat * nat) : R := (INR (pred (fst a)) + INR (snd a) / INR r) / INR n.

(* All pairs of a cell and a node. *)
Definition indices : list (nat * nat) := flat_map (fun i => map (pair i) (seq 0 r)) (seq 0 (S n)).

(* There are (n + 1) r. *)
Lemma indices_length : length indices = (S n * r)%nat.
Proof. clear n_positive r_positive. unfold indices. rewrite <- (seq_length (S n) 0) at 2.
  induction (seq 0 (S n)) as [|i l IH]; [reflexivity|]. cbn [flat_map length].
  rewrite app_length, map_length, seq_length, IH. lia. Qed.

(* A cell, and a node of it. *)
Lemma indices_spec a : In a indices -> (fst a <= n)%nat /\ (snd a < r)%nat.
Proof. clear n_positive r_positive. intros H. apply in_flat_map in H. destruct H as (i & Hi & H).
  apply in_map_iff in H. destruct H as (k & <- & Hk). apply in_seq in Hi, Hk. simpl. lia. Qed.

(* A sum over cells and nodes. *)
Lemma rsum_indices (g : nat * nat -> R) : rsum g indices =
  rsum (fun i => rsum (fun k => g (i, k)) (seq 0 r)) (seq 0 (S n)).
Proof. unfold indices. induction (seq 0 (S n)) as [|i l IH]; [reflexivity|]. cbn [flat_map].
  unfold rsum at 2. cbn [fold_right]. fold (rsum (fun i => rsum (fun k => g (i, k)) (seq 0 r)) l).
  rewrite <- IH. generalize (flat_map (fun i => map (pair i) (seq 0 r)) l). intros m. unfold rsum.
  clear. induction (seq 0 r) as [|k s IHs]; cbn [map app fold_right]; [ring|]. rewrite IHs.
  ring. Qed.

(* The nodes are in the interval. *)
Lemma node_at_range a : In a indices -> 0 <= node_at a <= 1.
Proof. intros H. apply indices_spec in H. destruct H as [Hi Hk]. unfold node_at.
  assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption).
  assert (Pr : 0 < INR r) by (apply lt_0_INR; assumption). pose proof (pos_INR (pred (fst a))).
  pose proof (pos_INR (snd a)).
  assert (INR (pred (fst a)) + 1 <= INR n) by (rewrite <- S_INR; apply le_INR; lia).
  apply lt_INR in Hk. assert (0 <= INR (snd a) / INR r <= 1).
  { split; [apply Rdiv_le_0_compat; assumption|]. apply Rmult_le_reg_r with (INR r); [assumption|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  split; [apply Rdiv_le_0_compat; lra|]. apply Rmult_le_reg_r with (INR n); [assumption|].
  unfold Rdiv at 1. rewrite Rmult_assoc, Rinv_l by lra. lra. Qed.

(* The Lebesgue constant. *)
Definition lebesgue : R := INR r * (2 * INR r) ^ r.

(* The bound of a factor is at least 1. *)
Lemma two_r : 1 <= 2 * INR r.
Proof. assert (1 <= INR r) by (apply (le_INR 1); exact r_positive). lra. Qed.

(* It bounds the basis functions. *)
Lemma basis_sum x : 0 <= x <= 1 -> rsum (fun a => Rabs (basis a x)) indices <= lebesgue.
Proof. intros Hx. rewrite rsum_indices.
  apply Rle_trans with (rsum (fun i => lebesgue * hat i x) (seq 0 (S n))).
  - apply rsum_le. intros i _. unfold lebesgue. rewrite <- (seq_length r 0) at 2.
    rewrite Rmult_assoc. replace (INR (length (seq 0 r)) * ((2 * INR r) ^ r * hat i x))
      with (INR (length (seq 0 r)) * ((2 * INR r) ^ r * hat i x)) by ring.
    rewrite <- rsum_const with (l := seq 0 r). apply rsum_le. intros k Hk. apply in_seq in Hk.
    unfold basis; cbn [fst snd].
    rewrite lagrange_scale, Rabs_mult, (Rabs_right (hat i x)) by (apply Rle_ge, hat_pos).
    rewrite Rmult_comm. apply Rmult_le_compat_r; [apply hat_pos|].
    eapply Rle_trans; [apply lagrange_bound with (r := r);
      [lia|intros j Hj; apply others_spec, Hj|pose proof (clamp_range i x); pose proof two_r;
      nra]|].
    apply Rle_pow; [apply two_r|]. pose proof (others_length r k ltac:(lia)). lia.
  - rewrite rsum_scale, hat_one by assumption. lra. Qed.

(* ---------- the error ---------- *)

(* r derivatives on [0,1], the last of them at most 1 in absolute value. *)
Definition smooth_line (g : R -> R) : Prop :=
  (forall t k, 0 <= t <= 1 -> (k <= r)%nat -> ex_derive_n g k t) /\
  (forall t, 0 <= t <= 1 -> Rabs (Derive_n g r t) <= 1).

(* The polynomial of Taylor at b, of degree s. *)
Definition taylor (g : R -> R) (s : nat) (b z : R) : R :=
  sum_f_R0 (fun m => (z - b) ^ m / INR (fact m) * Derive_n g m b) s.

(* In the coordinate u of two cells it is a polynomial, too. *)
Lemma taylor_polynomial g s b : r = S s ->
  polynomial r (fun u => taylor g s b (b + u / (INR r * INR n))).
Proof. intros ->. assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption).
  assert (Ps : 0 < INR (S s)) by (apply lt_0_INR; lia). set (w := INR (S s) * INR n).
  assert (P : forall m, polynomial (S m) (fun u => (b + u / w - b) ^ m)).
  { induction m as [|m IH]; [exact (polynomial_constant 0 1)|].
    apply polynomial_ext with (fun u => (/ w * u + 0) * (b + u / w - b) ^ m);
      [|apply polynomial_linear, IH].
    intros u. cbn [pow]. unfold Rdiv. ring. }
  assert (Q : forall m k, (k <= m)%nat -> polynomial (S m) (fun u => (b + u / w - b) ^ k)).
  { intros m k H. induction H; [apply P|apply polynomial_more; assumption]. }
  enough (T : forall m k, (k <= m)%nat -> polynomial (S m) (fun u => taylor g k b (b + u / w)))
    by (apply T; lia).
  unfold taylor. intros m k. induction k as [|k IHk]; intros H; cbn [sum_f_R0].
  - apply polynomial_ext with (fun _ => 1 / INR (fact 0) * Derive_n g 0 b);
      [intros; simpl; reflexivity|apply polynomial_constant].
  - apply polynomial_plus; [apply IHk; lia|]. apply polynomial_ext with
      (fun u => (/ INR (fact (S k)) * Derive_n g (S k) b) * (b + u / w - b) ^ S k);
      [|apply polynomial_scale, Q, H].
    intros u. unfold Rdiv. ring. Qed.

(* At b it is g. *)
Lemma taylor_at g s b : taylor g s b b = g b.
Proof. unfold taylor. induction s; cbn [sum_f_R0]; [simpl; unfold Rdiv; rewrite Rinv_1; ring|].
  rewrite IHs, Rminus_diag_eq by reflexivity. rewrite pow_i by lia. unfold Rdiv. ring. Qed.

(* It is close to g on the two cells after b. *)
Lemma taylor_close g s b z : r = S s -> smooth_line g -> 0 <= b <= 1 -> b <= z <= 1 ->
  z <= b + 2 / INR n -> Rabs (g z - taylor g s b z) <= (2 / INR n) ^ r.
Proof. intros Er [G1 G2] Hb Hz Hz'. assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption).
  assert (P2 : 0 <= (2 / INR n) ^ r) by (apply pow_le, Rdiv_le_0_compat; lra).
  destruct (Rle_lt_or_eq_dec b z ltac:(lra)) as [L|<-];
    [|rewrite taylor_at, Rminus_eq_0, Rabs_R0; exact P2].
  destruct (Taylor_Lagrange g s b z L) as (c & Hc & E);
    [intros t Ht k Hk; apply G1; [lra|lia]|].
  rewrite E. fold (taylor g s b z).
  replace (_ + _ - _) with ((z - b) ^ S s / INR (fact (S s)) * Derive_n g (S s) c) by ring.
  rewrite Rabs_mult. pose proof (G2 c ltac:(lra)) as D. rewrite Er in D, P2 |- *.
  assert (F : 1 <= INR (fact (S s))) by (apply (le_INR 1), lt_O_fact).
  assert (A : Rabs ((z - b) ^ S s / INR (fact (S s))) <= (2 / INR n) ^ S s).
  { rewrite Rabs_right by (apply Rle_ge, Rdiv_le_0_compat; [apply pow_le; lra|lra]).
    apply Rle_trans with ((z - b) ^ S s); [|apply pow_incr; lra].
    apply Rmult_le_reg_r with (INR (fact (S s))); [lra|]. unfold Rdiv.
    rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    assert (0 <= (z - b) ^ S s) by (apply pow_le; lra). nra. }
  pose proof (Rabs_pos ((z - b) ^ S s / INR (fact (S s)))).
  pose proof (Rabs_pos (Derive_n g (S s) c)). nra. Qed.

(* The nodes of a cell, from its left end. *)
Lemma node_place i k : node_at (i, k) = INR (pred i) / INR n + INR k / (INR r * INR n).
Proof. assert (0 < INR n) by (apply lt_0_INR; assumption).
  assert (0 < INR r) by (apply lt_0_INR; assumption). unfold node_at; cbn [fst snd].
  field. lra. Qed.

(* If T is close to g at x and at the nodes, and is reproduced at x, so nearly is g. *)
Lemma lagrange_close g (T : R -> R) i x u e : u = 2 * INR r * clamp i x ->
  Rabs (g x - T x) <= e ->
  (forall k, (k < r)%nat -> Rabs (g (node_at (i, k)) - T (node_at (i, k))) <= e) ->
  T x = rsum (fun k => T (node_at (i, k)) * lagrange k (others r k) 1 u) (seq 0 r) ->
  Rabs (g x + -1 * rsum (fun k => g (node_at (i, k)) * lagrange k (others r k) 1 u) (seq 0 r)) <=
  (1 + lebesgue) * e.
Proof. intros Hu Ex Ek Rp.
  replace (_ + _) with ((g x - T x) + -1 * rsum (fun k =>
    (g (node_at (i, k)) - T (node_at (i, k))) * lagrange k (others r k) 1 u) (seq 0 r)).
  2: { rewrite (rsum_ext (fun k => (g (node_at (i, k)) - T (node_at (i, k))) *
         lagrange k (others r k) 1 u) (fun k => g (node_at (i, k)) * lagrange k (others r k) 1 u +
         -1 * (T (node_at (i, k)) * lagrange k (others r k) 1 u))) by (intros; ring).
       rewrite rsum_plus, rsum_scale, <- Rp. ring. }
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
  replace (Rabs (-1)) with 1 by (unfold Rabs; destruct Rcase_abs; lra). rewrite Rmult_1_l.
  enough (B : Rabs (rsum (fun k => (g (node_at (i, k)) - T (node_at (i, k))) *
    lagrange k (others r k) 1 u) (seq 0 r)) <= lebesgue * e) by lra.
  eapply Rle_trans; [apply rsum_abs with (h := fun _ => e * (2 * INR r) ^ r)|];
    [|rewrite rsum_const, seq_length; unfold lebesgue; right; ring].
  intros k Hk. apply in_seq in Hk. rewrite Rabs_mult.
  apply Rmult_le_compat; [apply Rabs_pos|apply Rabs_pos|apply Ek; lia|].
  eapply Rle_trans; [apply lagrange_bound with (r := r)|];
    [lia|intros j Hj; apply others_spec, Hj| |].
  - rewrite Hu. pose proof (clamp_range i x). pose proof two_r. nra.
  - apply Rle_pow; [apply two_r|]. pose proof (others_length r k ltac:(lia)). lia. Qed.

(* Where the hat of i is not 0, the polynomial through the nodes is close to g. *)
Lemma cell_error g x i : smooth_line g -> 0 <= x <= 1 -> (i <= n)%nat -> hat i x <> 0 ->
  Rabs (g x + -1 * rsum (fun k => g (node_at (i, k)) *
    lagrange k (others r k) 1 (2 * INR r * clamp i x)) (seq 0 r)) <=
  (1 + lebesgue) * (2 / INR n) ^ r.
Proof. intros Hg Hx Hi NZ. assert (Pn : 0 < INR n) by (apply lt_0_INR; assumption).
  assert (Pr : 0 < INR r) by (apply lt_0_INR; assumption).
  destruct r as [|s] eqn:Er; [lia|]. rewrite <- Er in *.
  destruct (clamp_support i x (proj1 Hx) NZ) as [Cl Su]. set (b := INR (pred i) / INR n).
  assert (Li : forall k, (k < r)%nat -> In (i, k) indices).
  { intros k Hk. apply in_flat_map. exists i. split; [apply in_seq; lia|]. apply in_map, in_seq.
    lia. }
  assert (Hb : 0 <= b <= 1).
  { pose proof (node_at_range (i, 0%nat) (Li 0%nat ltac:(lia))) as K. rewrite node_place in K.
    fold b in K. replace (b + INR 0 / (INR r * INR n)) with b in K by (simpl; field; lra).
    exact K. }
  set (T := taylor g s b). pose proof (taylor_polynomial g s b Er) as PT. fold T in PT.
  set (u := 2 * INR r * clamp i x). set (e := (2 / INR n) ^ r).
  assert (Xu : b + u / (INR r * INR n) = x) by (unfold b, u; rewrite Cl; field; lra).
  pose proof (lagrange_reproduces r _ u PT) as Rp. cbv beta in Rp. rewrite Xu in Rp.
  assert (Bn : INR n * b = INR (pred i)) by (unfold b; field; lra).
  assert (Ex : Rabs (g x - T x) <= e).
  { apply taylor_close; try assumption; [split; [apply Rmult_le_reg_l with (INR n)|]; lra|].
    apply Rmult_le_reg_l with (INR n); [assumption|].
    replace (INR n * (b + 2 / INR n)) with (INR n * b + 2) by (field; lra). lra. }
  assert (Ek : forall k, (k < r)%nat -> Rabs (g (node_at (i, k)) - T (node_at (i, k))) <= e).
  { intros k Hk. pose proof (node_at_range (i, k) (Li k Hk)) as [_ N1]. apply lt_INR in Hk.
    pose proof (pos_INR k).
    assert (P0 : 0 <= INR k / (INR r * INR n)) by (apply Rdiv_le_0_compat; nra).
    apply taylor_close; try assumption; rewrite node_place in N1 |- *; fold b in N1 |- *; [lra|].
    apply Rplus_le_compat_l. apply Rmult_le_reg_r with (INR r * INR n); [nra|].
    replace (INR k / (INR r * INR n) * (INR r * INR n)) with (INR k) by (field; lra).
    replace (2 / INR n * (INR r * INR n)) with (2 * INR r) by (field; lra). lra. }
  apply (lagrange_close g T i x u e); try assumption; [reflexivity|]. rewrite Rp at 1.
  apply rsum_ext. intros k _. rewrite node_place. fold b. reflexivity. Qed.

(* The error of the interpolation: of order n^-r. *)
Theorem interpolation_error g x : smooth_line g -> 0 <= x <= 1 ->
  Rabs (g x - rsum (fun a => g (node_at a) * basis a x) indices) <=
  (1 + lebesgue) * (2 / INR n) ^ r.
Proof. intros Hg Hx. rewrite rsum_indices. set (E := (1 + lebesgue) * (2 / INR n) ^ r).
  assert (S0 : g x = rsum (fun i => hat i x * g x) (seq 0 (S n))).
  { rewrite (rsum_ext _ (fun i => g x * hat i x)) by (intros; ring).
    rewrite rsum_scale, hat_one by assumption. ring. }
  rewrite S0 at 1. replace (_ - _) with (rsum (fun i => hat i x * g x + -1 *
    rsum (fun k => g (node_at (i, k)) * basis (i, k) x) (seq 0 r)) (seq 0 (S n)))
    by (rewrite rsum_plus, rsum_scale; ring).
  eapply Rle_trans; [apply rsum_abs with (h := fun i => E * hat i x)|];
    [|rewrite rsum_scale, hat_one by assumption; lra].
  intros i Hi. apply in_seq in Hi.
  rewrite (rsum_ext (fun k => g (node_at (i, k)) * basis (i, k) x) (fun k => hat i x *
    (g (node_at (i, k)) * lagrange k (others r k) 1 (2 * INR r * clamp i x))))
    by (intros k _; unfold basis; cbn [fst snd]; rewrite lagrange_scale; ring).
  rewrite rsum_scale. set (q := rsum _ (seq 0 r)).
  replace (hat i x * g x + -1 * (hat i x * q)) with ((g x + -1 * q) * hat i x) by ring.
  pose proof (hat_pos i x) as Hp. rewrite Rabs_mult, (Rabs_right (hat i x)) by lra.
  destruct (Req_EM_T (hat i x) 0) as [Z|NZ]; [rewrite Z, !Rmult_0_r; lra|].
  apply Rmult_le_compat_r; [exact Hp|]. apply cell_error; try assumption. lia. Qed.

End Line.
