(* "Recap", (2): an average of many functions is near an average of n of them (Maurey, Jones,
   Barron), in the mean square over any probability measure on the cube. *)
From Depthproof Require Import Definitions Sums UniversalCube ContinuousWithin.
From Coq Require Import FunctionalExtensionality.

(* A probability measure on the cube, given by its integral of continuous functions. *)
Definition expectation (d : nat) (E : (list R -> R) -> R) : Prop :=
  (forall g h, continuous_within (in_cube d) g -> continuous_within (in_cube d) h ->
    E (fun v => g v + h v) = E g + E h) /\
  (forall c g, continuous_within (in_cube d) g -> E (fun v => c * g v) = c * E g) /\
  (forall g h, continuous_within (in_cube d) g -> continuous_within (in_cube d) h ->
    (forall v, in_cube d v -> g v <= h v) -> E g <= E h) /\
  E (fun _ => 1) = 1.

(* The mean over points with weights: a measure with finite support. *)
Definition mean (mu : list (R * list R)) (h : list R -> R) : R :=
  rsum (fun s => fst s * h (snd s)) mu.

(* It is one. *)
Lemma mean_expectation d mu : List.Forall (fun s => 0 <= fst s) mu -> rsum fst mu = 1 ->
  (forall s, In s mu -> in_cube d (snd s)) -> expectation d (mean mu).
Proof. intros P One Q. unfold mean. repeat split.
  - intros g h _ _. rewrite <- rsum_plus. apply rsum_ext. intros; ring.
  - intros c g _. rewrite <- rsum_scale. apply rsum_ext. intros; ring.
  - intros g h _ _ L. apply rsum_le. intros s Hs. apply Rmult_le_compat_l; [|apply L, Q, Hs].
    exact (proj1 (Forall_forall _ _) P s Hs).
  - rewrite (rsum_ext _ fst) by (intros; ring). exact One. Qed.

Section Mean.
Variables (d : nat) (E : (list R -> R) -> R).
Hypothesis E_mean : expectation d E.
Notation continuous_here := (continuous_within (in_cube d)).

(* Sums. *)
Lemma mean_plus g h : continuous_here g -> continuous_here h ->
  E (fun v => g v + h v) = E g + E h.
Proof. apply E_mean. Qed.

(* Multiples. *)
Lemma mean_scale c g : continuous_here g -> E (fun v => c * g v) = c * E g.
Proof. apply E_mean. Qed.

(* Equal functions. *)
Lemma mean_ext g h : (forall v, g v = h v) -> E g = E h.
Proof. intros H. f_equal. apply functional_extensionality, H. Qed.

(* Larger functions, a larger mean. *)
Lemma mean_le g h : continuous_here g -> continuous_here h ->
  (forall v, in_cube d v -> g v <= h v) -> E g <= E h.
Proof. apply E_mean. Qed.

(* Constants. *)
Lemma mean_const c : E (fun _ => c) = c.
Proof. rewrite (mean_ext _ (fun _ => c * 1)) by (intros; ring).
  rewrite (mean_scale c (fun _ => 1)) by apply on_const. destruct E_mean as (_ & _ & _ & ->). ring.
Qed.

(* Close functions have close means. *)
Lemma mean_close g h e : continuous_here g -> continuous_here h ->
  (forall v, in_cube d v -> Rabs (g v - h v) <= e) -> Rabs (E g - E h) <= e.
Proof. intros Cg Ch H. apply Rabs_le. assert (Q : forall g h, continuous_here g ->
    continuous_here h -> (forall v, in_cube d v -> g v - h v <= e) -> E g - E h <= e).
  { clear - E_mean. intros g h Cg Ch H. enough (E g <= E h + e) by lra.
    rewrite <- (mean_const e), <- mean_plus by (assumption || apply on_const).
    apply mean_le; [exact Cg|apply on_plus; [exact Ch|apply on_const]|].
    intros v Hv. specialize (H v Hv). lra. }
  assert (E g - E h <= e) by (apply Q; try assumption; intros v Hv; specialize (H v Hv);
    apply Rabs_le_between in H; lra).
  assert (E h - E g <= e) by (apply Q; try assumption; intros v Hv; specialize (H v Hv);
    apply Rabs_le_between in H; lra).
  lra. Qed.

(* Means of sums. *)
Lemma mean_rsum {A} (g : A -> list R -> R) l : (forall a, In a l -> continuous_here (g a)) ->
  E (fun v => rsum (fun a => g a v) l) = rsum (fun a => E (g a)) l.
Proof. induction l as [|a l IH]; intros C.
  - unfold rsum. cbn [fold_right]. apply mean_const.
  - change (rsum (fun a => E (g a)) (a :: l)) with (E (g a) + rsum (fun a => E (g a)) l).
    rewrite <- IH by (intros; apply C; right; assumption).
    rewrite <- mean_plus; [reflexivity|apply C; left; reflexivity|].
    apply on_rsum. intros; apply C; right; assumption. Qed.

(* One of the terms is no larger than a weighted average. *)
Lemma below_average {A} (p c : A -> R) l K : (forall a, In a l -> 0 <= p a) -> rsum p l = 1 ->
  rsum (fun a => p a * c a) l <= K -> exists a, In a l /\ c a <= K.
Proof. intros Hp H1 H. assert (Q : forall l, (forall a, In a l -> 0 <= p a) ->
    (exists a, In a l /\ c a <= K) \/ (rsum (fun a => p a * c a) l >= K * rsum p l /\
    (rsum p l > 0 -> rsum (fun a => p a * c a) l > K * rsum p l))).
  { clear.
    induction l as [|a l IH]; intros Hp; [right; unfold rsum; simpl; split; [lra|intros; lra]|].
    destruct (Rle_dec (c a) K) as [L|L]; [left; exists a; split; [left; reflexivity|exact L]|].
    destruct IH as [(b & Hb & Lb)|[A0 B]]; [intros; apply Hp; right; assumption|left; exists b;
      split; [right|]; assumption|].
    right. unfold rsum in *. cbn [fold_right]. pose proof (Hp a (or_introl eq_refl)) as Pa.
    assert (P : p a * c a >= K * p a) by nra. split; [lra|]. intros S.
    destruct (Req_EM_T (p a) 0) as [Z|NZ]; [rewrite Z in *; pose proof (B ltac:(lra)); lra|].
    assert (p a * c a > K * p a) by nra. lra. }
  destruct (Q l Hp) as [D|[_ B]]; [exact D|]. exfalso. specialize (B ltac:(lra)). rewrite H1 in B.
  lra. Qed.

(* The sum over the choice of one more function: its mean over the choices. *)
Lemma choices_mean {A} (p : A -> R) (g : A -> list R -> R) l f S0 B M :
  (forall a, In a l -> 0 <= p a) -> rsum p l = 1 -> (forall a, In a l -> continuous_here (g a)) ->
  continuous_here f -> continuous_here S0 -> (forall v, f v = rsum (fun a => p a * g a v) l) ->
  (forall a, In a l -> E (fun v => g a v ^ 2) <= B) -> E (fun v => S0 v ^ 2) <= M ->
  rsum (fun a => p a * E (fun v => (g a v - f v + S0 v) ^ 2)) l <= B + M.
Proof. intros Hp H1 Cg Cf Cs Hf HB HM.
  assert (C1 : forall a, In a l -> continuous_here (fun v => (g a v - f v + S0 v) ^ 2))
    by (intros; apply on_square, on_plus; [apply on_minus; auto|exact Cs]).
  assert (C2 : forall a, In a l -> continuous_here (fun v => p a * g a v ^ 2))
    by (intros; apply on_scale, on_square; auto).
  rewrite <- (rsum_ext (fun a => E (fun v => p a * (g a v - f v + S0 v) ^ 2)))
    by (intros; apply mean_scale; auto).
  rewrite <- (mean_rsum (fun a v => p a * (g a v - f v + S0 v) ^ 2))
    by (intros; apply on_scale; auto).
  rewrite (mean_ext _ (fun v => rsum (fun a => p a * g a v ^ 2) l + -1 * f v ^ 2 + S0 v ^ 2)).
  2: { intros v. rewrite (rsum_ext _ (fun a => p a * g a v ^ 2 + (2 * S0 v - 2 * f v) *
      (p a * g a v) + (f v ^ 2 - 2 * f v * S0 v + S0 v ^ 2) * p a)) by (intros; ring).
       rewrite !rsum_plus, !rsum_scale, H1, <- Hf. ring. }
  rewrite mean_plus; [|apply on_plus; [apply on_rsum, C2|apply on_scale, on_square, Cf]|
    apply on_square, Cs].
  rewrite mean_plus; [|apply on_rsum, C2|apply on_scale, on_square, Cf].
  rewrite (mean_rsum (fun a v => p a * g a v ^ 2)), (mean_scale (-1)) by
    (exact C2 || apply on_square, Cf).
  assert (F : 0 <= E (fun v => f v ^ 2)) by (rewrite <- (mean_const 0); apply mean_le;
    [apply on_const|apply on_square, Cf|intros; apply pow2_ge_0]).
  assert (G : rsum (fun a => E (fun v => p a * g a v ^ 2)) l <= B).
  { rewrite (rsum_ext _ (fun a => p a * E (fun v => g a v ^ 2))) by (intros;
      apply mean_scale, on_square; auto).
    apply Rle_trans with (rsum (fun a => B * p a) l); [|rewrite rsum_scale, H1; lra].
    apply rsum_le. intros a Ha. rewrite Rmult_comm.
    apply Rmult_le_compat_r; [apply Hp, Ha|apply HB, Ha]. }
  lra. Qed.

(* f is an average of functions g of mean square at most B: then the plain average of n of them
   misses f by B / n in the mean square. *)
Theorem maurey {A} (p : A -> R) (g : A -> list R -> R) l f B n : (forall a, In a l -> 0 <= p a) ->
  rsum p l = 1 -> (forall a, In a l -> continuous_here (g a)) ->
  (forall v, f v = rsum (fun a => p a * g a v) l) ->
  (forall a, In a l -> E (fun v => g a v ^ 2) <= B) -> exists c, length c = n /\
  (forall a, In a c -> In a l) /\ E (fun v => (rsum (fun a => g a v - f v) c) ^ 2) <= INR n * B.
Proof. intros Hp H1 Cg Hf HB.
  assert (Cf : continuous_here f).
  { replace f with (fun v => rsum (fun a => p a * g a v) l)
      by (apply functional_extensionality; intros; symmetry; apply Hf).
    apply on_rsum. intros; apply on_scale; auto. }
  induction n as [|n (c & Lc & Ic & Ec)].
  - exists []. repeat split; [intros a []|].
    rewrite (mean_ext _ (fun _ => 0)) by (intros; unfold rsum; simpl; ring). rewrite mean_const.
    simpl. lra.
  - set (S0 := fun v => rsum (fun a => g a v - f v) c).
    destruct (below_average p (fun a => E (fun v => (g a v - f v + S0 v) ^ 2)) l (INR (S n) * B)
      Hp H1) as (a & Ia & Ea).
    + rewrite S_INR. replace ((INR n + 1) * B) with (B + INR n * B) by ring.
      apply choices_mean; try assumption. apply on_rsum. intros; apply on_minus; auto.
    + exists (a :: c). split; [simpl; congruence|].
      split; [intros b [<-|Hb]; [assumption|apply Ic, Hb]|]. exact Ea. Qed.

End Mean.
