(* Integrals over a box in any dimension: they exist for Lipschitz functions, and are at most those
   over the cube of what is at least the function, put in the cube's middle. *)
From Depthproof Require Import Definitions Vectors Integrals Cube CubeMoved.
From Coq Require Import List.

(* ---------- boxes ---------- *)

(* The integral over a box, the first variable last. *)
Fixpoint box_integral (sides : list (R * R)) (F : list R -> R) : R :=
  match sides with
  | [] => F []
  | (a, b) :: rest => RInt (fun x => box_integral rest (fun v => F (x :: v))) a b
  end.
(* All integrals in it exist. *)
Fixpoint box_integrable (sides : list (R * R)) (F : list R -> R) : Prop :=
  match sides with
  | [] => True
  | (a, b) :: rest => (forall x, box_integrable rest (fun v => F (x :: v))) /\
    ex_RInt (fun x => box_integral rest (fun v => F (x :: v))) a b
  end.
(* The volume. *)
Fixpoint size (sides : list (R * R)) : R :=
  match sides with [] => 1 | (a, b) :: rest => (b - a) * size rest end.
(* Where a point of the cube is put: from 1/4 to 3/4 onto the box. *)
Fixpoint put (sides : list (R * R)) (u : list R) : list R :=
  match sides, u with
  | (a, b) :: rest, x :: u' => a + (b - a) * (2 * x - / 2) :: put rest u'
  | _, _ => []
  end.
(* Each side has a length. *)
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
      * apply (ex_RInt_minus (V := R_CompleteNormedModule)); apply integrable; eapply Co;
          eassumption.
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

(* Boxes have a size. *)
Lemma size_positive sides : ordered_sides sides -> 0 < size sides.
Proof.
  induction 1 as [|(a, b) rest L _ IH]; cbn [size fst snd] in *; [lra|].
  apply Rmult_lt_0_compat; lra.
Qed.

(* The integral over the others is continuous in the first variable. *)
Lemma box_first_continuous rest C F : ordered_sides rest -> lipschitz C (S (length rest)) F ->
  forall x, continuous (fun x => box_integral rest (fun v => F (x :: v))) x.
Proof.
  intros O L. apply (lipschitz_continuous (size rest * C)). intros y z. rewrite Rmult_assoc.
  apply (proj2 (box_lipschitz rest O C _ (lipschitz_first C _ F y L)) C _ _
    (lipschitz_first C _ F z L)). apply lipschitz_first_shift. exact L.
Qed.

(* ---------- from the middle of the cube ---------- *)

(* A function of the place is continuous in the point of the cube. *)
Lemma middle_continuous (A : R -> R) a b : (forall x, continuous A x) ->
  forall t, continuous (fun t => A (a + (b - a) * (2 * t - / 2))) t.
Proof.
  intros C t. apply (continuous_comp (fun t => a + (b - a) * (2 * t - / 2)) A); [|apply C].
  apply (ex_derive_continuous (fun t => a + (b - a) * (2 * t - / 2))). auto_derive. exact I.
Qed.

(* Its integral is that from 1/4 to 3/4, times the scale. *)
Lemma middle_integral (A : R -> R) a b : (forall x, continuous A x) ->
  RInt A a b = 2 * (b - a) * RInt (fun t => A (a + (b - a) * (2 * t - / 2))) (/ 4) (3 / 4).
Proof.
  intros C. set (s := 2 * (b - a)). set (l := a - (b - a) / 2).
  assert (E : forall t, a + (b - a) * (2 * t - / 2) = s * t + l) by (intros; unfold s, l; field).
  pose proof (RInt_comp_lin (V := R_CompleteNormedModule) A s l (/ 4) (3 / 4)
    (integrable A _ _ C)) as K.
  replace (s * / 4 + l) with a in K by (unfold s, l; field).
  replace (s * (3 / 4) + l) with b in K by (unfold s, l; field). rewrite <- K.
  rewrite (RInt_ext _ (fun t => s * A (a + (b - a) * (2 * t - / 2)))).
  - apply (RInt_scal (V := R_CompleteNormedModule)), integrable, middle_continuous, C.
  - intros t _. rewrite E. reflexivity.
Qed.

(* What is not negative has at most its integral from 0 to 1 there. *)
Lemma middle_below (B : R -> R) : (forall t, continuous B t) -> (forall t, 0 <= B t) ->
  RInt B (/ 4) (3 / 4) <= RInt B 0 1.
Proof.
  intros C P. rewrite (integral_cat B 0 (/ 4) 1), (integral_cat B (/ 4) (3 / 4) 1) by exact C.
  pose proof (integral_nonneg B 0 (/ 4) ltac:(lra) (integrable B _ _ C) (fun t _ => P t)).
  pose proof (integral_nonneg B (3 / 4) 1 ltac:(lra) (integrable B _ _ C) (fun t _ => P t)).
  lra.
Qed.

(* So for one variable: what is at most k times a function has at most its integral. *)
Lemma middle_bound (A B : R -> R) a b k : a < b -> 0 <= k -> (forall x, continuous A x) ->
  (forall t, continuous B t) -> (forall t, 0 <= B t) ->
  (forall t, / 4 < t < 3 / 4 -> A (a + (b - a) * (2 * t - / 2)) <= k * B t) ->
  RInt A a b <= 2 * (b - a) * (k * RInt B 0 1).
Proof.
  intros L K CA CB P H. rewrite middle_integral by exact CA.
  apply Rmult_le_compat_l; [lra|]. apply Rle_trans with (k * RInt B (/ 4) (3 / 4));
    [|apply Rmult_le_compat_l; [exact K|apply middle_below; assumption]].
  apply Rle_trans with (RInt (fun t => k * B t) (/ 4) (3 / 4)).
  - apply RInt_le; [lra| | |exact H].
    + apply integrable, middle_continuous, CA.
    + apply (ex_RInt_scal (V := R_CompleteNormedModule)), integrable, CB.
  - right. apply (RInt_scal (V := R_CompleteNormedModule)), integrable, CB.
Qed.

(* What is at most a function on the cube, put in place, has at most its integral, times the
   scale. *)
Theorem box_below sides : ordered_sides sides -> forall C C' F phi, lipschitz C (length sides) F ->
  lipschitz C' (length sides) phi -> (forall u, 0 <= phi u) ->
  (forall u, length u = length sides -> Forall (fun x => / 4 <= x <= 3 / 4) u ->
    F (put sides u) <= phi u) ->
  box_integral sides F <= 2 ^ length sides * size sides * cube_integral (length sides) phi.
Proof.
  induction 1 as [|(a, b) rest L S IH]; intros C C' F phi HF HP P D; cbn [fst snd length] in *.
  { cbn. rewrite !Rmult_1_l. apply (D [] eq_refl). constructor. }
  rewrite (cube_outermost _ C' phi HP). cbn [box_integral size].
  set (B := fun t => cube_integral (length rest) (fun u => phi (t :: u))).
  set (k := 2 ^ length rest * size rest).
  assert (K : 0 <= k).
  { unfold k. apply Rmult_le_pos; [apply pow_le; lra|]. left. apply size_positive, S. }
  replace (2 ^ Datatypes.S (length rest) * ((b - a) * size rest) * RInt B 0 1)
    with (2 * (b - a) * (k * RInt B 0 1)) by (unfold k; cbn [pow]; ring).
  apply middle_bound; [exact L|exact K|apply (box_first_continuous rest C F S HF)|
    apply (cube_first_continuous _ C' phi HP)| |].
  - intros t. apply (cube_positive _ C'); [apply lipschitz_first; exact HP|intros u; apply P].
  - intros t Ht. apply (IH C C'); [apply lipschitz_first; exact HF|
      apply lipschitz_first; exact HP|intros u; apply P|].
    intros u Hu Fu. apply (D (t :: u)); [cbn; congruence|]. constructor; [lra|exact Fu].
Qed.
