(* Riemann integrals of continuous functions that are affine on known intervals. *)
From Depthproof Require Import Definitions PiecewiseLinear.

(* Coquelicot states equations between integrals in a normed module; here it is always R. *)
Ltac real_equation := match goal with |- ?a = ?b => change (@eq R a b) end.

(* Continuous functions are integrable. *)
Lemma integrable (f : R -> R) a b : (forall x, continuous f x) -> ex_RInt f a b.
Proof. intros H. apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros; apply H. Qed.

(* The absolute value of a continuous function is continuous: |f - g| has an integral if f and g are
   continuous. *)
Lemma continuous_abs (f : R -> R) : (forall x, continuous f x) ->
  forall x, continuous (fun x => Rabs (f x)) x.
Proof. intros H x. apply (continuous_comp f Rabs); [apply H|apply continuous_Rabs]. Qed.

(* The difference of continuous functions is continuous. *)
Lemma continuous_difference (f g : R -> R) : (forall x, continuous f x) ->
  (forall x, continuous g x) ->
  forall x, continuous (fun x => f x - g x) x.
Proof. intros Hf Hg x. apply (continuous_minus f g); auto. Qed.

(* The integrals of functions that agree inside (a, b) are the same: ends do not matter. *)
Lemma integral_ext (f g : R -> R) a b : a <= b -> (forall x, a < x < b -> f x = g x) ->
  RInt f a b = RInt g a b.
Proof. intros Hab E. apply RInt_ext. intros x Hx. rewrite Rmin_left, Rmax_right in Hx by lra.
  auto. Qed.

(* Nor do the ends matter for existence. *)
Lemma integrable_ext (f g : R -> R) a b : a <= b -> (forall x, a < x < b -> f x = g x) ->
  ex_RInt f a b -> ex_RInt g a b.
Proof. intros Hab E. apply ex_RInt_ext. intros x Hx. rewrite Rmin_left, Rmax_right in Hx by lra.
  auto. Qed.

(* The integral over an interval that is cut in two. *)
Lemma integral_cat (f : R -> R) a b c : (forall x, continuous f x) ->
  RInt f a c = RInt f a b + RInt f b c.
Proof. intros H. symmetry. apply (RInt_Chasles f a b c); apply integrable; assumption. Qed.

(* A point has no area: where an induction starts. *)
Lemma integral_point (f : R -> R) a : RInt f a a = 0. Proof.
  apply (RInt_point (V := R_CompleteNormedModule)). Qed.

(* The integral of a constant is the area of a rectangle. *)
Lemma integral_constant c a b : RInt (fun _ => c) a b = (b - a) * c.
Proof. apply (RInt_const (V := R_CompleteNormedModule)). Qed.

(* The integral of a difference: margin against loss. *)
Lemma integral_minus (f g : R -> R) a b : ex_RInt f a b -> ex_RInt g a b ->
  RInt (fun x => f x - g x) a b = RInt f a b - RInt g a b.
Proof. intros Hf Hg. apply (RInt_minus (V := R_CompleteNormedModule) f g); assumption. Qed.

(* What is not negative has no negative area. *)
Lemma integral_nonneg (f : R -> R) a b : a <= b -> ex_RInt f a b ->
  (forall x, a < x < b -> 0 <= f x) -> 0 <= RInt f a b.
Proof. intros. apply RInt_ge_0; assumption. Qed.

(* The trapezium rule is exact for affine functions. *)
Lemma integral_line (f : R -> R) p q a b : a <= b -> (forall x, a < x < b -> f x = p * x + q) ->
  RInt f a b = (b - a) * ((p * a + q) + (p * b + q)) / 2.
Proof. intros Hab H. rewrite (integral_ext f (fun x => p * x + q)) by assumption.
  apply is_RInt_unique.
  replace ((b - a) * ((p * a + q) + (p * b + q)) / 2)
    with (minus (p * b ^ 2 / 2 + q * b) (p * a ^ 2 / 2 + q * a)).
  2: { unfold minus, plus, opp; simpl. field. }
  apply (is_RInt_derive (fun x => p * x ^ 2 / 2 + q * x) (fun x => p * x + q)).
  - intros x _. auto_derive; [exact I|field].
  - intros x _. apply continuous_line. Qed.

(* Duality: the integral of |d| is at least the integral of s d, for a sign s.  Here d is one
   line. *)
Lemma signed_integral (d : R -> R) s p q a b : a <= b -> (forall x, continuous d x) ->
  -1 <= s <= 1 ->
  (forall x, a < x < b -> d x = p * x + q) ->
  s * ((b - a) * ((p * a + q) + (p * b + q)) / 2) <= RInt (fun x => Rabs (d x)) a b.
Proof. intros Hab Hc Hs Hd. rewrite <- (integral_line d p q a b Hab Hd).
  pose proof (abs_RInt_le d a b Hab (integrable d a b Hc)) as A. revert A.
  unfold Rabs at 1. destruct (Rcase_abs (RInt d a b)); intros; nra. Qed.

(* A line of slope p is large in the mean, wherever its zero is: the signs are -, + on the two
   halves. *)
Lemma integral_abs_line (f : R -> R) p q a b : a <= b ->
  (forall x, a < x < b -> f x = Rabs (p * x + q)) ->
  Rabs p * (b - a) ^ 2 / 4 <= RInt f a b.
Proof. intros Hab E. rewrite (integral_ext f (fun x => Rabs (p * x + q))) by assumption.
  set (d := fun x => p * x + q).
  assert (Hd : forall x, continuous d x) by (intro; apply continuous_line).
  assert (T : exists s, (s = 1 \/ s = -1) /\ Rabs p = s * p).
  { unfold Rabs; destruct (Rcase_abs p); [exists (-1)|exists 1]; split; lra. }
  destruct T as (s & Hs & ->). set (c := (a + b) / 2).
  pose proof (signed_integral d (- s) p q a c ltac:(unfold c; lra) Hd ltac:(lra) ltac:(reflexivity))
    as Q1.
  pose proof (signed_integral d s p q c b ltac:(unfold c; lra) Hd ltac:(lra) ltac:(reflexivity))
    as Q2.
  change (fun x => Rabs (p * x + q)) with (fun x => Rabs (d x)).
  rewrite (integral_cat (fun x => Rabs (d x)) a c b) by (apply continuous_abs, Hd).
  match type of Q1 with ?A <= _ => match type of Q2 with ?B <= _ =>
    assert (S : A + B = s * p * (b - a) ^ 2 / 4) by (unfold c; field) end end. lra. Qed.

(* Stretching: the change of variables x = h y. *)
Lemma integral_scale (f : R -> R) h a b : (forall x, continuous f x) ->
  RInt f (h * a) (h * b) = h * RInt (fun y => f (h * y)) a b.
Proof. intros Hf. assert (Hc : forall x, continuous (fun y => f (h * y)) x).
  { intro x. apply (continuous_comp (fun y => h * y) f); [|apply Hf].
    apply continuous_ext with (fun y => h * y + 0); [intro; apply Rplus_0_r|apply continuous_line].
    }
  pose proof (RInt_comp_lin f h 0 a b (integrable f _ _ Hf)) as C. rewrite !Rplus_0_r in C.
  rewrite <- C.
  rewrite (RInt_ext _ (fun y => scal h (f (h * y)))) by (intros; rewrite Rplus_0_r; reflexivity).
  exact (RInt_scal (V := R_CompleteNormedModule) (fun y => f (h * y)) a b h (integrable _ _ _ Hc)).
  Qed.
