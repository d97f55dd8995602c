(* The iterated integral over [0,1]^d.  For Lipschitz functions it exists, the first variable may be
   innermost or outermost, and it is at least what every line parallel to an axis gives. *)
From Depthproof Require Import Definitions Integrals.

(* ---------- Lipschitz functions of d variables ---------- *)

Fixpoint sum_distance (v w : list R) : R :=
  match v, w with a :: v', b :: w' => Rabs (a - b) + sum_distance v' w' | _, _ => 0 end.

(* The distance is not negative: for estimates below. *)
Lemma sum_distance_pos v : forall w, 0 <= sum_distance v w.
Proof. induction v as [|a v IH]; intros [|b w]; simpl; try lra. pose proof (Rabs_pos (a - b)).
  pose proof (IH w). lra. Qed.

(* A point has distance 0 from itself. *)
Lemma sum_distance_refl v : sum_distance v v = 0.
Proof. induction v; simpl; [reflexivity|]. rewrite IHv, Rminus_diag_eq, Rabs_R0 by reflexivity.
  ring. Qed.

(* The distance adds up over the variables: so one variable can be split off. *)
Lemma sum_distance_app v : forall w u z, length v = length w ->
  sum_distance (v ++ u) (w ++ z) = sum_distance v w + sum_distance u z.
Proof. induction v; intros [|b w] u z H; simpl in *; try discriminate; [ring|].
  rewrite IHv by congruence. ring. Qed.

Definition lipschitz (C : R) (d : nat) (G : list R -> R) : Prop :=
  forall v w, length v = d -> length w = d -> Rabs (G v - G w) <= C * sum_distance v w.

(* The same for functions of one variable. *)
Lemma lipschitz_continuous C (F : R -> R) : (forall y z, Rabs (F y - F z) <= C * Rabs (y - z)) ->
  forall x, continuous F x.
Proof. intros H x. apply filterlim_locally. intros eps. pose proof (Rabs_pos C) as HC.
  assert (HP : 0 < Rabs C + 1) by lra.
  assert (Hd : 0 < eps / (Rabs C + 1)) by (apply Rdiv_lt_0_compat; [apply eps|exact HP]).
  exists (mkposreal _ Hd). intros y Hy.
  change (Rabs (y - x) < eps / (Rabs C + 1)) in Hy. change (Rabs (F y - F x) < eps).
  apply Rle_lt_trans with ((Rabs C + 1) * Rabs (y - x)).
  - eapply Rle_trans; [apply H|]. apply Rmult_le_compat_r; [apply Rabs_pos|].
    pose proof (Rle_abs C). lra.
  - apply Rmult_lt_compat_l with (r := Rabs C + 1) in Hy; [|exact HP].
    replace ((Rabs C + 1) * (eps / (Rabs C + 1))) with (pos eps) in Hy by (field; lra).
    exact Hy. Qed.

(* Fixing the last or the first variable. *)
Lemma lipschitz_last C d G y : lipschitz C (S d) G -> lipschitz C d (fun v => G (v ++ [y])).
Proof. intros H v w Hv Hw. eapply Rle_trans; [apply H; rewrite app_length; simpl; lia|].
  rewrite sum_distance_app by congruence. rewrite sum_distance_refl. right; ring. Qed.

(* Moving the last variable only: the inner integral is Lipschitz in it. *)
Lemma lipschitz_last_shift C d G y z : lipschitz C (S d) G -> forall v, length v = d ->
  Rabs (G (v ++ [y]) - G (v ++ [z])) <= C * Rabs (y - z).
Proof. intros H v Hv. eapply Rle_trans; [apply H; rewrite app_length; simpl; lia|].
  rewrite sum_distance_app by congruence. rewrite sum_distance_refl. simpl. right; ring. Qed.

(* Fixing the first variable leaves a Lipschitz function of the others. *)
Lemma lipschitz_first C d G x : lipschitz C (S d) G -> lipschitz C d (fun v => G (x :: v)).
Proof. intros H v w Hv Hw. eapply Rle_trans; [apply H; simpl; lia|]. simpl.
  rewrite (Rminus_diag_eq x x), Rabs_R0 by reflexivity. right; ring. Qed.

(* Moving the first variable only: the same for the order reversed. *)
Lemma lipschitz_first_shift C d G x z : lipschitz C (S d) G -> forall v, length v = d ->
  Rabs (G (x :: v) - G (z :: v)) <= C * Rabs (x - z).
Proof. intros H v Hv. eapply Rle_trans; [apply H; simpl; lia|]. simpl. rewrite sum_distance_refl.
  right; ring. Qed.

(* ---------- existence ---------- *)

(* The integral of a Lipschitz function exists, and close functions have close integrals. *)
Theorem cube_lipschitz d : forall C G, lipschitz C d G -> cube_integrable d G /\
  forall C' H e, lipschitz C' d H -> (forall v, length v = d -> Rabs (G v - H v) <= e) ->
    Rabs (cube_integral d G - cube_integral d H) <= e.
Proof. induction d as [|d IH]; intros C G HG.
  - split; [exact I|]. intros C' H e _ He. simpl. apply He. reflexivity.
  - assert (X : forall C G, lipschitz C (S d) G ->
      ex_RInt (fun y => cube_integral d (fun v => G (v ++ [y]))) 0 1).
    { clear - IH. intros C G HG. apply integrable, (lipschitz_continuous C). intros y z.
      apply (proj2 (IH C _ (lipschitz_last C d G y HG)) C _ _ (lipschitz_last C d G z HG)).
      apply lipschitz_last_shift; assumption. }
    split.
    + split; [intro y; apply (IH C), lipschitz_last; exact HG|exact (X C G HG)].
    + intros C' H e HH He. simpl. rewrite <- (integral_minus _ _ 0 1 (X C G HG) (X C' H HH)).
      eapply Rle_trans; [apply abs_RInt_le_const with (M := e)|right; ring]; [lra| |].
      * apply (ex_RInt_minus (V := R_CompleteNormedModule)); [apply (X C G HG)|apply (X C' H HH)].
      * intros y _. apply (proj2 (IH C _ (lipschitz_last C d G y HG))
          C' _ _ (lipschitz_last C' d H y HH)).
        intros v Hv. apply He. rewrite app_length; simpl; lia. Qed.

(* ---------- the order of integration ---------- *)

Definition lipschitz2 (C : R) (F : R -> R -> R) : Prop :=
  forall x y x' y', Rabs (F x y - F x' y') <= C * (Rabs (x - x') + Rabs (y - y')).

(* Such a function is Lipschitz in the first variable. *)
Lemma lipschitz2_first C F y : lipschitz2 C F ->
  forall a b, Rabs (F a y - F b y) <= C * Rabs (a - b).
Proof. intros H a b. eapply Rle_trans; [apply H|].
  rewrite (Rminus_diag_eq y y), Rabs_R0 by reflexivity. right; ring. Qed.

(* Such a function is Lipschitz in the second variable, too. *)
Lemma lipschitz2_second C F x : lipschitz2 C F ->
  forall a b, Rabs (F x a - F x b) <= C * Rabs (a - b).
Proof. intros H a b. eapply Rle_trans; [apply H|].
  rewrite (Rminus_diag_eq x x), Rabs_R0 by reflexivity. right; ring. Qed.

(* The integral of a Lipschitz family is Lipschitz in the parameter. *)
Lemma integral_lipschitz C F b : (forall x y x', Rabs (F x y - F x' y) <= C * Rabs (x - x')) ->
  (forall x y, continuous (F x) y) ->
  forall x x', Rabs (RInt (F x) 0 b - RInt (F x') 0 b) <= Rabs b * C * Rabs (x - x').
Proof. intros H Hc x x'. pose proof
  (is_RInt_minus _ _ _ _ _ _ (RInt_correct _ _ _ (integrable (F x) 0 b (Hc x)))
    (RInt_correct _ _ _ (integrable (F x') 0 b (Hc x')))) as I.
  rewrite Rmult_assoc. rewrite <- (Rminus_0_r b) at 3.
  apply (norm_RInt_le_const_abs (fun y => minus (F x y) (F x' y))
    0 b (minus (RInt (F x) 0 b) (RInt (F x') 0 b)) (C * Rabs (x - x')));
  [intros y _; exact (H x y x')|exact I]. Qed.

(* The derivative of the inner integral, under the outer one. *)
Lemma derivative_under_integral C F u : lipschitz2 C F -> 0 <= C ->
  is_derive (fun u => RInt (fun y => RInt (fun x => F x y) 0 u) 0 1) u (RInt (fun y => F u y) 0 1).
Proof.
  intros H HC. assert (C1 : forall y x, continuous (fun x => F x y) x)
    by (intro; apply (lipschitz_continuous C), lipschitz2_first, H).
  assert (DF : forall u y, is_derive (fun u => RInt (fun x => F x y) 0 u) u (F u y)).
  { intros v y. apply (is_derive_RInt (fun x => F x y) (fun u => RInt (fun x => F x y) 0 u) 0 v);
      [|apply C1].
    exists (mkposreal 1 Rlt_0_1). intros w _.
    apply (RInt_correct (V := R_CompleteNormedModule)), integrable, C1. }
  replace (RInt (fun y => F u y) 0 1)
    with (RInt (fun y => Derive (fun u => RInt (fun x => F x y) 0 u) u) 0 1).
  2: { apply RInt_ext. intros y _. apply is_derive_unique, DF. }
  apply (is_derive_RInt_param (fun u y => RInt (fun x => F x y) 0 u) 0 1 u).
  - exists (mkposreal 1 Rlt_0_1). intros v _ y _. exists (F v y). apply DF.
  - intros y _. apply continuity_2d_pt_ext with F; [intros; symmetry; apply is_derive_unique, DF|].
    intros eps. assert (Hd : 0 < eps / (2 * C + 1)) by (apply Rdiv_lt_0_compat; [apply eps|lra]).
    exists (mkposreal _ Hd). intros a b Ha Hb. simpl in Ha, Hb.
    eapply Rle_lt_trans; [apply H|]. set (e := eps / (2 * C + 1)) in *.
    replace (pos eps) with ((2 * C + 1) * e) by (unfold e; field; lra).
    assert (C * (Rabs (a - u) + Rabs (b - y)) <= C * (2 * e)) by (apply Rmult_le_compat_l; lra).
    lra.
  - exists (mkposreal 1 Rlt_0_1). intros v _. apply integrable, (lipschitz_continuous (Rabs v * C)).
    apply (integral_lipschitz C (fun y x => F x y));
      [intros y x y'; apply lipschitz2_second, H|exact C1]. Qed.

(* Two integrals may be exchanged: both sides have the same derivative in the upper end. *)
Theorem fubini C F : lipschitz2 C F ->
  RInt (fun x => RInt (fun y => F x y) 0 1) 0 1 = RInt (fun y => RInt (fun x => F x y) 0 1) 0 1.
Proof. intros H. assert (HC : 0 <= C).
  { pose proof (H 0 0 1 0) as B. pose proof (Rabs_pos (F 0 0 - F 1 0)).
    replace (0 - 1) with (- (1)) in B by ring. rewrite Rabs_Ropp, Rabs_R1, Rminus_0_r, Rabs_R0 in B.
    lra. }
  set (A := fun u => RInt (fun x => RInt (fun y => F x y) 0 1) 0 u).
  set (B := fun u => RInt (fun y => RInt (fun x => F x y) 0 u) 0 1).
  assert (CA : forall x, continuous (fun x => RInt (fun y => F x y) 0 1) x).
  { apply (lipschitz_continuous (Rabs 1 * C)), integral_lipschitz;
      [intros x y x'; apply lipschitz2_first, H|].
    intro x. apply (lipschitz_continuous C), lipschitz2_second, H. }
  assert (DA : forall u, is_derive A u (RInt (fun y => F u y) 0 1)).
  { intro u. apply (is_derive_RInt (fun x => RInt (fun y => F x y) 0 1) A 0 u); [|apply CA].
    exists (mkposreal 1 Rlt_0_1). intros v _.
    apply (RInt_correct (V := R_CompleteNormedModule)), integrable, CA. }
  assert (DB : forall u, is_derive B u (RInt (fun y => F u y) 0 1)).
  { intro u. exact (derivative_under_integral C F u H HC). }
  assert (E : A 0 - B 0 = A 1 - B 1).
  { apply (eq_is_derive (fun u => A u - B u)); [|lra]. intros u _.
    replace (@zero R_NormedModule)
      with (minus (RInt (fun y => F u y) 0 1) (RInt (fun y => F u y) 0 1)) by apply minus_eq_zero.
    apply (is_derive_minus A B); [apply DA|apply DB]. }
  assert (A0 : A 0 = 0) by apply integral_point. assert (B0 : B 0 = 0).
  { unfold B. rewrite (RInt_ext _ (fun _ => 0)); [rewrite integral_constant; real_equation; ring|].
    intros y _. apply integral_point. }
  change (A 1 = B 1). real_equation. lra. Qed.

(* The first variable, innermost by definition, may as well be outermost. *)
Theorem cube_outermost d : forall C G, lipschitz C (S d) G ->
  cube_integral (S d) G = RInt (fun x => cube_integral d (fun v => G (x :: v))) 0 1.
Proof. induction d as [|d IH]; intros C G HG; [reflexivity|].
  transitivity (RInt (fun y => RInt (fun x => cube_integral d (fun v => G (x :: v ++ [y])))
    0 1) 0 1).
  - change (cube_integral (S (S d)) G)
      with (RInt (fun y => cube_integral (S d) (fun v => G (v ++ [y]))) 0 1).
    apply RInt_ext. intros y _. exact (IH C _ (lipschitz_last C (S d) G y HG)).
  - symmetry. apply (fubini C (fun x y => cube_integral d (fun v => G (x :: v ++ [y])))).
    intros x y x' y'.
    apply (proj2 (cube_lipschitz d C _ (lipschitz_last C d _ y (lipschitz_first C (S d) G x HG)))
      C _ _
      (lipschitz_last C d _ y' (lipschitz_first C (S d) G x' HG))).
    intros v Hv. eapply Rle_trans; [apply HG; simpl; rewrite app_length; simpl; lia|].
    simpl. rewrite sum_distance_app by reflexivity. rewrite sum_distance_refl. simpl.
    right; ring. Qed.

(* ---------- lines ---------- *)

(* A bound for the mean over an interval. *)
Lemma integral_at_least (f : R -> R) c : ex_RInt f 0 1 -> (forall x, 0 < x < 1 -> c <= f x) ->
  c <= RInt f 0 1.
Proof. intros Hf H. replace c with (RInt (fun _ => c) 0 1) by (rewrite integral_constant;
  real_equation; ring).
  apply RInt_le; [lra|apply ex_RInt_const|exact Hf|exact H]. Qed.

(* A bound on every line parallel to the axis number m is a bound on the cube. *)
Theorem cube_lines m : forall r C G c, lipschitz C (m + S r) G ->
  (forall z y, length z = m -> length y = r -> c <= RInt (fun t => G (z ++ t :: y)) 0 1) ->
    c <= cube_integral (m + S r) G.
Proof. induction m as [|m IH]; intros r C G c HG HB.
  - cbn [Nat.add] in *. revert C G HG HB.
    induction r as [|r IH]; intros C G HG HB; [exact (HB [] [] eq_refl eq_refl)|].
    change (c <= RInt (fun y => cube_integral (S r) (fun v => G (v ++ [y]))) 0 1).
    apply integral_at_least; [exact (proj2 (proj1 (cube_lipschitz (S (S r)) C G HG)))|].
    intros y _. apply (IH C); [apply lipschitz_last; exact HG|].
    intros z w Hz Hw. destruct z; [|discriminate]. apply (HB [] (w ++ [y]) eq_refl).
    rewrite app_length; simpl; lia.
  - change (S m + S r)%nat with (S (m + S r)) in *. rewrite (cube_outermost _ C G HG).
    apply integral_at_least.
    + apply integrable, (lipschitz_continuous C). intros x x'.
      apply (proj2 (cube_lipschitz _ C _ (lipschitz_first C _ G x HG))
        C _ _ (lipschitz_first C _ G x' HG)).
      apply lipschitz_first_shift; exact HG.
    + intros x _. apply (IH r C); [apply lipschitz_first; exact HG|].
      intros z y Hz Hy. apply (HB (x :: z) y); [simpl; lia|exact Hy]. Qed.
