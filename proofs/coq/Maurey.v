(* "Recap", (2): an average of many functions is near an average of n of them (Maurey, Jones,
   Barron), in the mean square over any measure with finite support. *)
From Depthproof Require Import Definitions Sums.

Section Mean.
(* Points with weights: a measure with finite support. *)
Variable mu : list (R * list R).
Hypothesis mu_positive : List.Forall (fun s => 0 <= fst s) mu.
Hypothesis mu_one : rsum fst mu = 1.

(* The mean of h over these points. *)
Definition mean (h : list R -> R) : R := rsum (fun s => fst s * h (snd s)) mu.

(* Sums. *)
Lemma mean_plus g h : mean (fun v => g v + h v) = mean g + mean h.
Proof. unfold mean. rewrite <- rsum_plus. apply rsum_ext. intros; ring. Qed.

(* Multiples. *)
Lemma mean_scale c h : mean (fun v => c * h v) = c * mean h.
Proof. unfold mean. rewrite <- rsum_scale. apply rsum_ext. intros; ring. Qed.

(* Equal functions. *)
Lemma mean_ext g h : (forall v, g v = h v) -> mean g = mean h.
Proof. intros E. unfold mean. apply rsum_ext. intros s _. rewrite E. reflexivity. Qed.

(* Larger functions, a larger mean. *)
Lemma mean_le g h : (forall s, In s mu -> g (snd s) <= h (snd s)) -> mean g <= mean h.
Proof. intros H. unfold mean. apply rsum_le. intros s Hs. apply Rmult_le_compat_l; [|auto].
  revert s Hs. apply Forall_forall, mu_positive. Qed.

(* Constants. *)
Lemma mean_const c : mean (fun _ => c) = c.
Proof. unfold mean. rewrite (rsum_ext _ (fun s => c * fst s)) by (intros; ring).
  rewrite rsum_scale, mu_one. ring. Qed.

(* Means of means. *)
Lemma mean_rsum {A} (g : A -> list R -> R) l : mean (fun v => rsum (fun a => g a v) l) =
  rsum (fun a => mean (g a)) l.
Proof. induction l as [|a l IH].
  - unfold rsum at 2. cbn [fold_right].
    rewrite (mean_ext _ (fun _ => 0 * 0)) by (intros; unfold rsum; simpl; ring). rewrite mean_scale.
    ring.
  - change (rsum (fun a => mean (g a)) (a :: l)) with (mean (g a) + rsum (fun a => mean (g a)) l).
    rewrite <- IH, <- mean_plus. reflexivity. Qed.

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
  destruct (Q l Hp) as [E|[_ B]]; [exact E|]. exfalso. specialize (B ltac:(lra)). rewrite H1 in B.
  lra. Qed.

(* f is an average of functions g of mean square at most B: then the plain average of n of them
   misses f by B / n in the mean square. *)
Theorem maurey {A} (p : A -> R) (g : A -> list R -> R) l f B n : (forall a, In a l -> 0 <= p a) ->
  rsum p l = 1 -> (forall v, f v = rsum (fun a => p a * g a v) l) ->
  (forall a, In a l -> mean (fun v => g a v ^ 2) <= B) -> exists c, length c = n /\
  (forall a, In a c -> In a l) /\ mean (fun v => (rsum (fun a => g a v - f v) c) ^ 2) <= INR n * B.
Proof. intros Hp H1 Hf HB. induction n as [|n (c & Lc & Ic & Ec)].
  - exists []. repeat split; [intros a []|].
    rewrite (mean_ext _ (fun _ => 0 * 0)) by (intros; unfold rsum; simpl; ring). rewrite mean_scale.
    simpl. lra.
  - destruct (below_average p (fun a => mean
      (fun v => (g a v - f v + rsum (fun a => g a v - f v) c) ^ 2)) l (INR (S n) * B) Hp H1) as (a &
      Ia & Ea).
    + set (S0 := fun v => rsum (fun a => g a v - f v) c) in *.
      change (mean (fun v => S0 v ^ 2) <= INR n * B) in Ec.
      rewrite <- (rsum_ext (fun a => mean (fun v => p a * (g a v - f v + S0 v) ^ 2))) by (intros;
        apply mean_scale).
      rewrite <- (mean_rsum (fun a v => p a * (g a v - f v + S0 v) ^ 2)).
      rewrite (mean_ext _ (fun v => rsum (fun a => p a * g a v ^ 2) l + -1 * f v ^ 2 + S0 v ^ 2)).
      2: { intros v. rewrite (rsum_ext _ (fun a => p a * g a v ^ 2 + (2 * S0 v - 2 * f v) *
          (p a * g a v) + (f v ^ 2 - 2 * f v * S0 v + S0 v ^ 2) * p a)) by (intros; ring).
           rewrite !rsum_plus, !rsum_scale, H1, <- Hf. ring. }
      rewrite !mean_plus, (mean_rsum (fun a v => p a * g a v ^ 2)), (mean_scale (-1)), S_INR.
      assert (F : 0 <= mean (fun v => f v ^ 2)) by (rewrite <- (mean_const 0); apply mean_le;
        intros; apply pow2_ge_0).
      assert (G : rsum (fun a => mean (fun v => p a * g a v ^ 2)) l <= B).
      { rewrite (rsum_ext _ (fun a => p a * mean (fun v => g a v ^ 2))) by (intros;
          apply mean_scale).
        apply Rle_trans with (rsum (fun a => B * p a) l); [|rewrite rsum_scale, H1; lra].
        apply rsum_le. intros a Ha. rewrite Rmult_comm.
        apply Rmult_le_compat_r; [apply Hp, Ha|apply HB, Ha]. }
      replace ((INR n + 1) * B) with (INR n * B + B) by ring. lra.
    + exists (a :: c). split; [simpl; congruence|].
      split; [intros b [<-|Hb]; [assumption|apply Ic, Hb]|]. exact Ea. Qed.

End Mean.
