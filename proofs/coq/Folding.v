(* An interval folded twice: its integral is one over a quarter of it, where four values of the
   function are compared.  So a second difference bounds the mean of every power from below. *)
From Depthproof Require Import Definitions PiecewiseLinear Integrals.

(* The integral of |f - g|^q over [0,1] exists, and it is at least c: apart is the case q = 1. *)
Definition apart_power (q : nat) (c : R) (f g : R -> R) : Prop :=
  ex_RInt (fun x => Rabs (f x - g x) ^ q) 0 1 /\ c <= RInt (fun x => Rabs (f x - g x) ^ q) 0 1.

(* For q = 1 this is the distance in the mean. *)
Lemma apart_power_1 c f g : apart_power 1 c f g <-> apart c f g.
Proof. unfold apart_power, apart, distance.
  rewrite (RInt_ext (fun x => Rabs (f x - g x) ^ 1) (fun x => Rabs (f x - g x)))
    by (intros; real_equation; ring).
  split; intros [H I]; (split; [|exact I]); revert H; apply ex_RInt_ext; intros; real_equation;
    ring. Qed.

(* ---------- powers ---------- *)

(* Powers of a continuous function are continuous. *)
Lemma continuous_power (f : R -> R) q : (forall x, continuous f x) ->
  forall x, continuous (fun y => f y ^ q) x.
Proof. intros H x. induction q; [apply continuous_const|].
  apply (continuous_mult f (fun y => f y ^ q)); [apply H|exact IHq]. Qed.

(* So are those of its absolute value, and the integral of them exists. *)
Lemma continuous_abs_power (e : R -> R) q : (forall x, continuous e x) ->
  forall x, continuous (fun y => Rabs (e y) ^ q) x.
Proof. intros H. apply (continuous_power (fun y => Rabs (e y))), continuous_abs, H. Qed.

(* Larger numbers have larger powers. *)
Lemma power_order a b q : 0 <= a -> 0 <= b -> 0 <= (a ^ q - b ^ q) * (a - b).
Proof. intros Ha Hb. destruct (Rle_dec a b).
  - pose proof (pow_incr a b q ltac:(lra)). nra.
  - pose proof (pow_incr b a q ltac:(lra)). nra. Qed.

(* The mean of two powers is at least the power of the mean. *)
Lemma power_mean_2 a b q : 0 <= a -> 0 <= b -> 2 * ((a + b) / 2) ^ q <= a ^ q + b ^ q.
Proof. intros Ha Hb. induction q; [simpl; lra|]. cbn [pow].
  pose proof (power_order a b q Ha Hb). nra. Qed.

(* The same for four numbers. *)
Lemma power_mean_4 a b c d q : 0 <= a -> 0 <= b -> 0 <= c -> 0 <= d ->
  4 * ((a + b + c + d) / 4) ^ q <= a ^ q + b ^ q + c ^ q + d ^ q.
Proof. intros Ha Hb Hc Hd. pose proof (power_mean_2 a b q Ha Hb).
  pose proof (power_mean_2 c d q Hc Hd).
  pose proof (power_mean_2 ((a + b) / 2) ((c + d) / 2) q ltac:(lra) ltac:(lra)) as M.
  replace (((a + b) / 2 + (c + d) / 2) / 2) with ((a + b + c + d) / 4) in M by field. lra. Qed.

(* Bernoulli's inequality, as a tangent: h^(n+1) lies above its tangent at u. *)
Lemma power_tangent h u n : 0 <= h -> 0 <= u ->
  (INR n + 1) * u ^ n * h - INR n * u ^ (S n) <= h ^ S n.
Proof. intros Hh Hu. induction n; [simpl; lra|]. rewrite S_INR. cbn [pow] in *.
  pose proof (pow_le u n Hu) as P. pose proof (pos_INR n). set (v := u ^ n) in *. clearbody v.
  assert (0 <= (INR n + 1) * (v * ((h - u) * (h - u)))).
  { apply Rmult_le_pos; [lra|]. apply Rmult_le_pos; [lra|]. apply Rle_0_sqr. }
  apply Rmult_le_compat_l with (r := h) in IHn; [|lra]. nra. Qed.

(* ---------- folding ---------- *)

(* The change of variables x = u y + v. *)
Lemma integral_affine (f : R -> R) u v a b : (forall x, continuous f x) ->
  RInt f (u * a + v) (u * b + v) = u * RInt (fun y => f (u * y + v)) a b.
Proof. intros Hf. rewrite <- (RInt_comp_lin f u v a b (integrable f _ _ Hf)).
  apply (RInt_scal (V := R_CompleteNormedModule) (fun y => f (u * y + v)) a b u), integrable.
  intro x. apply (continuous_comp (fun y => u * y + v) f); [apply continuous_line|apply Hf]. Qed.

(* The integral of a sum. *)
Lemma integral_plus (f g : R -> R) a b : ex_RInt f a b -> ex_RInt g a b ->
  RInt (fun x => f x + g x) a b = RInt f a b + RInt g a b.
Proof. intros Hf Hg. apply (RInt_plus (V := R_CompleteNormedModule) f g); assumption. Qed.

(* The four places at distance t and r - t from the middle m. *)
Definition folded (G : R -> R) (m r t : R) : R :=
  G (m + t) + G (m - t) + (G (m + (r - t)) + G (m - (r - t))).

(* Each of the four is continuous in t. *)
Lemma folded_continuous (G : R -> R) m r : (forall x, continuous G x) ->
  forall t, continuous (folded G m r) t.
Proof. intros H t. assert (A : forall u v, continuous (fun y => G (u * y + v)) t).
  { intros. apply (continuous_comp (fun y => u * y + v) G); [apply continuous_line|apply H]. }
  apply (continuous_plus (fun t => G (m + t) + G (m - t))
    (fun t => G (m + (r - t)) + G (m - (r - t)))).
  - apply (continuous_plus (fun t => G (m + t)) (fun t => G (m - t))).
    + apply continuous_ext with (2 := A 1 m). intro; real_equation; f_equal; ring.
    + apply continuous_ext with (2 := A (-1) m). intro; real_equation; f_equal; ring.
  - apply (continuous_plus (fun t => G (m + (r - t))) (fun t => G (m - (r - t)))).
    + apply continuous_ext with (2 := A (-1) (m + r)). intro; real_equation; f_equal; ring.
    + apply continuous_ext with (2 := A 1 (m - r)). intro; real_equation; f_equal; ring. Qed.

(* The integral over [m - r, m + r], folded. *)
Lemma integral_folded (G : R -> R) m r : (forall x, continuous G x) ->
  RInt G (m - r) (m + r) = RInt (folded G m r) 0 (r / 2).
Proof. intros H. assert (C : forall u v x, continuous (fun y => G (u * y + v)) x).
  { intros. apply (continuous_comp (fun y => u * y + v) G); [apply continuous_line|apply H]. }
  assert (I : forall u v, ex_RInt (fun y => G (u * y + v)) 0 (r / 2)).
  { intros. apply integrable, C. }
  pose proof (integral_affine G 1 m 0 (r / 2) H) as Q1.
  pose proof (integral_affine G (-1) m 0 (r / 2) H) as Q2.
  pose proof (integral_affine G (-1) (m + r) 0 (r / 2) H) as Q3.
  pose proof (integral_affine G 1 (m - r) 0 (r / 2) H) as Q4.
  assert (E : RInt (folded G m r) 0 (r / 2) = RInt (fun y => G (1 * y + m)) 0 (r / 2) +
    RInt (fun y => G (-1 * y + m)) 0 (r / 2) + (RInt (fun y => G (-1 * y + (m + r))) 0 (r / 2) +
    RInt (fun y => G (1 * y + (m - r))) 0 (r / 2))).
  { rewrite (RInt_ext (folded G m r) (fun y => (G (1 * y + m) + G (-1 * y + m)) +
      (G (-1 * y + (m + r)) + G (1 * y + (m - r))))).
    2: { intros t _. unfold folded. real_equation; repeat (f_equal; try ring). }
    rewrite <- (integral_plus _ _ _ _ (I 1 m) (I (-1) m)).
    rewrite <- (integral_plus _ _ _ _ (I (-1) (m + r)) (I 1 (m - r))).
    apply (integral_plus (fun y => G (1 * y + m) + G (-1 * y + m))
      (fun y => G (-1 * y + (m + r)) + G (1 * y + (m - r))));
      apply (ex_RInt_plus (V := R_CompleteNormedModule)); apply I. }
  rewrite E. replace (1 * 0 + m) with m in Q1 by ring. replace (-1 * 0 + m) with m in Q2 by ring.
  replace (-1 * 0 + (m + r)) with (m + r) in Q3 by ring.
  replace (1 * 0 + (m - r)) with (m - r) in Q4 by ring.
  replace (1 * (r / 2) + m) with (m + r / 2) in Q1 by ring.
  replace (-1 * (r / 2) + m) with (m - r / 2) in Q2 by ring.
  replace (-1 * (r / 2) + (m + r)) with (m + r / 2) in Q3 by field.
  replace (1 * (r / 2) + (m - r)) with (m - r / 2) in Q4 by field.
  pose proof (integral_cat G m (m - r / 2) m H) as S1.
  pose proof (integral_cat G (m + r) (m + r / 2) (m + r) H) as S2.
  rewrite integral_point in S1, S2.
  rewrite (integral_cat G (m - r) (m - r / 2) (m + r) H), (integral_cat G (m - r / 2) m (m + r) H),
    (integral_cat G m (m + r / 2) (m + r) H). lra. Qed.

(* The integral of a power of r - 2 t. *)
Lemma integral_falling r q : 0 <= r -> is_RInt (fun t => (r - 2 * t) ^ q) 0 (r / 2)
  (r ^ S q / (2 * (INR q + 1))).
Proof. intros Hr. pose proof (pos_INR q).
  replace (r ^ S q / (2 * (INR q + 1))) with (minus (- (r - 2 * (r / 2)) ^ S q / (2 * (INR q + 1)))
    (- (r - 2 * 0) ^ S q / (2 * (INR q + 1)))).
  2: { unfold minus, plus, opp; simpl. replace (r - 2 * (r / 2)) with 0 by field.
    replace (r - 2 * 0) with r by ring. field. lra. }
  apply (is_RInt_derive (fun t => - (r - 2 * t) ^ S q / (2 * (INR q + 1)))).
  - intros x _. auto_derive; [exact I|].
    change (match q with O => 1 | S _ => INR q + 1 end) with (INR (S q)).
    rewrite S_INR. unfold Rminus. field. lra.
  - intros x _. apply (continuous_power (fun t => r - 2 * t)). intro y.
    apply continuous_ext with (fun t => -2 * t + r); [intro; real_equation; ring|].
    apply continuous_line. Qed.

(* Where the second difference is at least k (r - 2 t), no power is small in the mean. *)
Lemma folded_power (e : R -> R) m r k q : (forall x, continuous e x) -> 0 <= r -> 0 <= k ->
  (forall t, 0 < t < r / 2 -> k * (r - 2 * t) <=
    Rabs (e (m + (r - t)) + e (m - (r - t)) - (e (m + t) + e (m - t)))) ->
  2 * r * (k * r / 4) ^ q / (INR q + 1) <= RInt (fun x => Rabs (e x) ^ q) (m - r) (m + r).
Proof. intros He Hr Hk H. pose proof (pos_INR q). set (G := fun x => Rabs (e x) ^ q).
  assert (HG : forall x, continuous G x) by (apply continuous_abs_power, He).
  change (fun x => Rabs (e x) ^ q) with G. rewrite (integral_folded G m r HG).
  pose proof (integral_falling r q Hr) as F.
  apply (is_RInt_scal (V := R_NormedModule) _ 0 (r / 2) (4 * (k / 4) ^ q)) in F.
  replace (2 * r * (k * r / 4) ^ q / (INR q + 1)) with
    (RInt (fun t => 4 * (k / 4) ^ q * (r - 2 * t) ^ q) 0 (r / 2)).
  2: { apply is_RInt_unique. match type of F with is_RInt _ _ _ ?v => replace (2 * r *
      (k * r / 4) ^ q / (INR q + 1)) with v; [exact F|] end. unfold scal; simpl; unfold mult; simpl.
    replace (k * r / 4) with (k / 4 * r) by field. rewrite Rpow_mult_distr. field. lra. }
  apply RInt_le; [lra|eexists; exact F|apply integrable, folded_continuous, HG|].
  intros t Ht. specialize (H t Ht). unfold folded, G.
  rewrite <- Rplus_assoc. eapply Rle_trans; [|apply power_mean_4; apply Rabs_pos].
  rewrite Rmult_assoc. apply Rmult_le_compat_l; [lra|]. rewrite <- Rpow_mult_distr.
  apply pow_incr. split; [apply Rmult_le_pos; lra|]. enough (k * (r - 2 * t) <= Rabs (e (m + t)) +
    Rabs (e (m - t)) + Rabs (e (m + (r - t))) + Rabs (e (m - (r - t)))) by lra.
  eapply Rle_trans; [exact H|]. unfold Rminus at 1 2. eapply Rle_trans; [apply Rabs_triang|].
  rewrite Rabs_Ropp. pose proof (Rabs_triang (e (m + t)) (e (m - t))).
  pose proof (Rabs_triang (e (m + (r - t))) (e (m - (r - t)))). unfold Rminus in *. lra. Qed.
