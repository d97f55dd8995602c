(* Integrals over a box in any dimension, by simplices that cover it: as in PlaneIntegrals.v, what is
   at most an affine function on each of them has at most the sum of their integrals, and if their
   volumes add up to the box's, that sum is the integral. *)
From Coq Require Import QArith Qreals Qabs.
From Depthproof Require Import Definitions Vectors Integrals Cube CubeMoved Dimension SimplexBump
  SimplexVolume SimplexPivots.
From Coq Require Import List Permutation.
Import ListNotations.
Open Scope R_scope.

(* ---------- boxes ---------- *)

(* The integral over a box, the first variable last. *)
Fixpoint box_integral (sides : list (R * R)) (F : list R -> R) : R :=
  match sides with
  | [] => F []
  | (a, b) :: rest => RInt (fun x => box_integral rest (fun v => F (x :: v))) a b
  end.
Fixpoint box_integrable (sides : list (R * R)) (F : list R -> R) : Prop :=
  match sides with
  | [] => True
  | (a, b) :: rest => (forall x, box_integrable rest (fun v => F (x :: v))) /\
    ex_RInt (fun x => box_integral rest (fun v => F (x :: v))) a b
  end.
Fixpoint size (sides : list (R * R)) : R :=
  match sides with [] => 1 | (a, b) :: rest => (b - a) * size rest end.
(* Where a point of the cube is put: from 1/4 to 3/4 onto the box. *)
Fixpoint put (sides : list (R * R)) (u : list R) : list R :=
  match sides, u with
  | (a, b) :: rest, x :: u' => a + (b - a) * (2 * x - / 2) :: put rest u'
  | _, _ => []
  end.
Definition ordered_sides (sides : list (R * R)) : Prop := Forall (fun s => fst s < snd s) sides.

(* Lipschitz functions have one, and close functions have close ones. *)
Theorem box_lipschitz sides : ordered_sides sides -> forall C F, lipschitz C (length sides) F ->
  box_integrable sides F /\ forall C' H e, lipschitz C' (length sides) H ->
    (forall v, length v = length sides -> Rabs (F v - H v) <= e) ->
    Rabs (box_integral sides F - box_integral sides H) <= size sides * e.
Proof.
  induction 1 as [|(a, b) rest L S IH]; intros C F HF; cbn [fst snd length] in *.
  - split; [exact I|]. intros C' H e _ He. cbn. rewrite Rmult_1_l. apply He. reflexivity.
  - assert (Co : forall C F, lipschitz C (Datatypes.S (length rest)) F ->
      forall x, continuous (fun x => box_integral rest (fun v => F (x :: v))) x).
    { clear - IH. intros C F HF. apply (lipschitz_continuous (size rest * C)). intros y z.
      rewrite Rmult_assoc. apply (proj2 (IH C _ (lipschitz_first C _ F y HF)) C _ _
        (lipschitz_first C _ F z HF)). apply lipschitz_first_shift. exact HF. }
    split.
    + split; [intros x; apply (IH C), lipschitz_first; exact HF|]. apply integrable, (Co C F HF).
    + intros C' H e HH He. cbn [box_integral size].
      rewrite <- integral_minus by (apply integrable; eapply Co; eassumption).
      rewrite Rmult_assoc. apply abs_RInt_le_const; [lra| |].
      * apply (ex_RInt_minus (V := R_CompleteNormedModule)); apply integrable; eapply Co; eassumption.
      * intros x _. apply (proj2 (IH C _ (lipschitz_first C _ F x HF)) C' _ _
          (lipschitz_first C' _ H x HH)). intros v Hv. apply He. cbn. congruence.
Qed.

(* Integrals over the cube are not negative. *)
Lemma cube_positive d : forall C G, lipschitz C d G -> (forall v, 0 <= G v) ->
  0 <= cube_integral d G.
Proof.
  induction d as [|d IH]; intros C G L P; [apply P|]. cbn [cube_integral].
  apply integral_nonneg; [lra|apply (cube_lipschitz (S d) C G L)|].
  intros y _. apply (IH C); [apply lipschitz_last; exact L|intros v; apply P].
Qed.

(* What is at most a function on the cube, put in place, has at most its integral, times the scale. *)
Theorem box_below sides : ordered_sides sides -> forall C C' F phi, lipschitz C (length sides) F ->
  lipschitz C' (length sides) phi -> (forall u, 0 <= phi u) ->
  (forall u, length u = length sides -> Forall (fun x => / 4 <= x <= 3 / 4) u ->
    F (put sides u) <= phi u) ->
  box_integral sides F <= 2 ^ length sides * size sides * cube_integral (length sides) phi.
Proof.
  induction 1 as [|(a, b) rest L S IH]; intros C C' F phi HF HP P D; cbn [fst snd length] in *.
  { cbn. rewrite !Rmult_1_l. apply (D [] eq_refl). constructor. }
  set (A := fun x => box_integral rest (fun v => F (x :: v))).
  set (B := fun t => cube_integral (length rest) (fun u => phi (t :: u))).
  assert (CA : forall x, continuous A x).
  { apply (lipschitz_continuous (size rest * C)). intros y z. rewrite Rmult_assoc.
    apply (proj2 (box_lipschitz rest S C _ (lipschitz_first C _ F y HF)) C _ _
      (lipschitz_first C _ F z HF)). apply lipschitz_first_shift. exact HF. }
  assert (CB : forall t, continuous B t).
  { apply (lipschitz_continuous C'). intros y z.
    apply (proj2 (cube_lipschitz _ C' _ (lipschitz_first C' _ phi y HP)) C' _ _
      (lipschitz_first C' _ phi z HP)). apply lipschitz_first_shift. exact HP. }
  rewrite (cube_outermost _ C' phi HP). fold B. cbn [box_integral size]. fold A.
  set (s := 2 * (b - a)). set (l := a - (b - a) / 2).
  assert (E : s * RInt (fun t => A (s * t + l)) (/ 4) (3 / 4) = RInt A a b).
  { transitivity (RInt (fun t => s * A (s * t + l)) (/ 4) (3 / 4)).
    - symmetry. apply (RInt_scal (V := R_CompleteNormedModule)). apply integrable. intros t.
      apply (continuous_comp (fun t => s * t + l) A); [|apply CA].
      apply (ex_derive_continuous (fun t => s * t + l)). auto_derive. exact I.
    - pose proof (RInt_comp_lin (V := R_CompleteNormedModule) A s l (/ 4) (3 / 4)
        (integrable A _ _ CA)) as K.
      replace (s * / 4 + l) with a in K by (unfold s, l; field).
      replace (s * (3 / 4) + l) with b in K by (unfold s, l; field). exact K. }
  rewrite <- E. set (k := 2 ^ length rest * size rest).
  assert (K : 0 <= k).
  { unfold k. apply Rmult_le_pos; [apply pow_le; lra|]. clear - S. induction S as [|(x, y) r H _ IH];
      cbn [size fst snd] in *; [lra|]. apply Rmult_le_pos; lra. }
  assert (M : RInt (fun t => A (s * t + l)) (/ 4) (3 / 4) <= k * RInt B (/ 4) (3 / 4)).
  { apply Rle_trans with (RInt (fun t => k * B t) (/ 4) (3 / 4)).
    - apply RInt_le; [lra| | |].
      + apply integrable. intros t. apply (continuous_comp (fun t => s * t + l) A); [|apply CA].
        apply (ex_derive_continuous (fun t => s * t + l)). auto_derive. exact I.
      + apply (ex_RInt_scal (V := R_CompleteNormedModule)), integrable, CB.
      + intros t Ht. unfold A, B, k. apply (IH C C'); [apply lipschitz_first; exact HF|
          apply lipschitz_first; exact HP|intros u; apply P|].
        intros u Hu Fu. replace (s * t + l) with (a + (b - a) * (2 * t - / 2))
          by (unfold s, l; field).
        apply (D (t :: u)); [cbn; congruence|]. constructor; [lra|exact Fu].
    - right. apply (RInt_scal (V := R_CompleteNormedModule)), integrable, CB. }
  assert (W : RInt B (/ 4) (3 / 4) <= RInt B 0 1).
  { assert (PB : forall t, 0 <= B t).
    { intros t. apply (cube_positive _ C'); [apply lipschitz_first; exact HP|intros u; apply P]. }
    rewrite (integral_cat B 0 (/ 4) 1), (integral_cat B (/ 4) (3 / 4) 1) by exact CB.
    pose proof (integral_nonneg B 0 (/ 4) ltac:(lra) (integrable B _ _ CB) (fun t _ => PB t)).
    pose proof (integral_nonneg B (3 / 4) 1 ltac:(lra) (integrable B _ _ CB) (fun t _ => PB t)).
    lra. }
  assert (Sp : 0 < s) by (unfold s; lra).
  apply Rle_trans with (s * (k * RInt B 0 1)).
  - apply Rmult_le_compat_l; [lra|]. eapply Rle_trans; [exact M|].
    apply Rmult_le_compat_l; [exact K|exact W].
  - right. unfold s, k. cbn [pow]. ring.
Qed.
