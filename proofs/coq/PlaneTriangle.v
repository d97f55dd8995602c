(* Integrals over a rectangle, one variable after the other, and the integral of a function that is
   affine on a triangle and 0 elsewhere: area times the mean of its values at the corners. *)
From Depthproof Require Import Definitions Integrals Cube.
From Coq Require Import List.

(* ---------- functions that are 0 outside of an interval ---------- *)

Definition within (l u : R) (f : R -> R) (y : R) : R :=
  if Rle_dec l y then if Rle_dec y u then f y else 0 else 0.

(* Inside it is the function, *)
Lemma within_inside l u f y : l <= y <= u -> within l u f y = f y.
Proof. intros H. unfold within. destruct (Rle_dec l y), (Rle_dec y u); tauto. Qed.

(* outside it is 0. *)
Lemma within_outside l u f y : y < l \/ u < y -> within l u f y = 0.
Proof. intros H. unfold within. destruct (Rle_dec l y), (Rle_dec y u); trivial; lra. Qed.

(* The integral of nothing. *)
Lemma nothing (f : R -> R) a b : a <= b -> (forall x, a < x < b -> f x = 0) -> is_RInt f a b 0.
Proof.
  intros L H. apply is_RInt_ext with (fun _ => 0).
  - rewrite Rmin_left, Rmax_right by exact L. intros x Hx. symmetry. apply H. exact Hx.
  - pose proof (is_RInt_const (V := R_NormedModule) a b 0) as K.
    change (scal (b - a) (0 : R)) with ((b - a) * 0) in K. rewrite Rmult_0_r in K. exact K.
Qed.

(* Its integral is that over the interval. *)
Lemma within_integral l u f c d v : c <= l -> l <= u -> u <= d -> is_RInt f l u v ->
  is_RInt (within l u f) c d v.
Proof.
  intros H1 H2 H3 H. replace v with (plus (plus (0 : R) v) 0)
    by (change (0 + v + 0 = v); ring).
  apply (is_RInt_Chasles (V := R_NormedModule)) with u;
    [apply (is_RInt_Chasles (V := R_NormedModule)) with l|].
  - apply nothing; [exact H1|]. intros y Hy. apply within_outside. lra.
  - apply is_RInt_ext with f; [|exact H]. rewrite Rmin_left, Rmax_right by exact H2.
    intros y Hy. symmetry. apply within_inside. lra.
  - apply nothing; [exact H3|]. intros y Hy. apply within_outside. lra.
Qed.

(* ---------- functions with an integral over a rectangle ---------- *)

(* The integral of phi over [a, b] x [c, d], y first. *)
Definition over_rectangle (a b c d : R) (phi : R -> R -> R) (v : R) : Prop :=
  exists s, (forall x, a <= x <= b -> is_RInt (phi x) c d (s x)) /\ is_RInt s a b v.

Section Rectangle.
Variables a b c d : R.
Hypotheses (Hab : a <= b) (Hcd : c <= d).
Notation integral := (over_rectangle a b c d).

(* Nothing. *)
Lemma rectangle_zero : integral (fun _ _ => 0) 0.
Proof using Hab Hcd.
  exists (fun _ => 0). split; [intros x _|]; apply nothing; trivial.
Qed.

(* Sums. *)
Lemma rectangle_plus f g v w : integral f v -> integral g w ->
  integral (fun x y => f x y + g x y) (v + w).
Proof using.
  intros (s & S1 & S2) (t & T1 & T2). exists (fun x => s x + t x). split.
  - intros x Hx. apply (is_RInt_plus (f x) (g x)); [apply S1|apply T1]; exact Hx.
  - apply (is_RInt_plus s t); assumption.
Qed.

(* A smaller function has a smaller integral. *)
Lemma rectangle_le f g v w : integral f v -> integral g w ->
  (forall x y, a <= x <= b -> c <= y <= d -> f x y <= g x y) -> v <= w.
Proof using Hab Hcd.
  intros (s & S1 & S2) (t & T1 & T2) H.
  apply (is_RInt_le s t a b v w Hab S2 T2). intros x Hx.
  apply (is_RInt_le (f x) (g x) c d); [exact Hcd|apply S1; lra|apply T1; lra|].
  intros y Hy. apply H; lra.
Qed.

(* Times s, plus m. *)
Lemma rectangle_affine F I s m : integral F I ->
  integral (fun x y => s * F x y + m) (s * I + m * ((b - a) * (d - c))).
Proof using.
  intros (S & S1 & S2). exists (fun x => s * S x + (d - c) * m). split.
  - intros x Hx. apply (is_RInt_plus (fun y => s * F x y) (fun _ => m)).
    + apply (is_RInt_scal (V := R_NormedModule)). apply S1. exact Hx.
    + apply (is_RInt_const (V := R_NormedModule)).
  - replace (m * ((b - a) * (d - c))) with ((b - a) * ((d - c) * m)) by ring.
    apply (is_RInt_plus (fun x => s * S x) (fun _ => (d - c) * m)).
    + apply (is_RInt_scal (V := R_NormedModule)). exact S2.
    + apply (is_RInt_const (V := R_NormedModule)).
Qed.

(* A Lipschitz function has one. *)
Lemma lipschitz_exists C F : lipschitz2 C F ->
  (forall x, ex_RInt (F x) c d) /\ ex_RInt (fun x => RInt (F x) c d) a b.
Proof using.
  intros H. assert (Y : forall x, ex_RInt (F x) c d).
  { intros x. apply integrable. apply lipschitz_continuous with C.
    apply (lipschitz2_second C F x H). }
  split; [exact Y|]. apply integrable.
  apply lipschitz_continuous with (Rabs (d - c) * C). intros x x'.
  pose proof (is_RInt_minus _ _ _ _ _ _ (RInt_correct _ _ _ (Y x)) (RInt_correct _ _ _ (Y x')))
    as D. rewrite Rmult_assoc.
  apply (norm_RInt_le_const_abs (fun y => minus (F x y) (F x' y)) c d _ (C * Rabs (x - x')));
    [|exact D]. intros y _. apply (lipschitz2_first C F y H).
Qed.
(* So it has the integral that is written so. *)
Lemma rectangle_lipschitz C F : lipschitz2 C F ->
  integral F (RInt (fun x => RInt (F x) c d) a b).
Proof using.
  intros H. destruct (lipschitz_exists C F H) as [Y X]. exists (fun x => RInt (F x) c d).
  split; [intros x _; apply (RInt_correct (V := R_CompleteNormedModule)), Y|].
  apply (RInt_correct (V := R_CompleteNormedModule)), X.
Qed.

(* ---------- one triangle ---------- *)

(* A triangle with a corner A on the left, B between, C on the right.  D is how far B is above the
   line AC, and p x + q y + r a function on it. *)
(* The lesser of two numbers is at most the greater. *)
Lemma Rminmax_le u v : Rmin u v <= Rmax u v.
Proof using. eapply Rle_trans; [apply Rmin_l|apply Rmax_l]. Qed.

Section Triangle.
Variables xA yA xB yB xC yC p q r : R.
Hypotheses (HAB : xA <= xB) (HBC : xB <= xC) (HAC : xA < xC).
Hypotheses (InA : a <= xA) (InC : xC <= b).
Hypotheses (LowA : c <= yA <= d) (LowB : c <= yB <= d) (LowC : c <= yC <= d).

Let H (x y : R) : R := p * x + q * y + r.
Let L (x : R) : R := yA + (x - xA) / (xC - xA) * (yC - yA).
Let D : R := yB - L xB.
Let tau (x : R) : R :=
  if Rlt_dec x xB then (x - xA) / (xB - xA)
  else if Rlt_dec xB x then (xC - x) / (xC - xB) else 1.
Let low (x : R) : R := Rmin (L x) (L x + tau x * D).
Let high (x : R) : R := Rmax (L x) (L x + tau x * D).
Let area : R := Rabs D * (xC - xA) / 2.

(* The function on the triangle, 0 elsewhere. *)
Definition on_triangle (x : R) : R -> R :=
  within (Rmin (L x) (L x + tau x * D)) (Rmax (L x) (L x + tau x * D)) (H x).
Definition triangle_function (x y : R) : R := within xA xC (fun x => on_triangle x y) x.

(* The integral of the function along a vertical line through the triangle. *)
Let section (x : R) : R :=
  Rabs (tau x * D) * (H x (L x) + H x (L x + tau x * D)) / 2.

(* Along a vertical line. *)
Lemma line_integral x u v : is_RInt (H x) u v ((v - u) * (H x u + H x v) / 2).
Proof using.
  replace ((v - u) * (H x u + H x v) / 2) with
    (minus (p * x * v + q * v ^ 2 / 2 + r * v) (p * x * u + q * u ^ 2 / 2 + r * u))
    by (unfold H, minus, plus, opp; cbn; field).
  apply (is_RInt_derive (fun y => p * x * y + q * y ^ 2 / 2 + r * y)).
  - intros y _. unfold H. auto_derive; [exact I|]. field.
  - intros y _. unfold H. apply (ex_derive_continuous (fun y => p * x + q * y + r)).
    auto_derive. exact I.
Qed.

(* tau goes from 0 at A and C to 1 at B. *)
Lemma tau_range x : xA <= x <= xC -> 0 <= tau x <= 1.
Proof using HAB HBC.
  intros Hx. unfold tau. destruct (Rlt_dec x xB); [|destruct (Rlt_dec xB x); [|lra]];
    (split; [apply Rdiv_le_0_compat; lra|apply Rle_div_l; lra]).
Qed.

(* The line AC is within the rectangle, *)
Lemma base_range x : xA <= x <= xC -> c <= L x <= d.
Proof using HAC LowA LowC.
  intros Hx. set (t := (x - xA) / (xC - xA)). assert (T : 0 <= t <= 1).
  { unfold t. split; [apply Rdiv_le_0_compat; lra|]. apply Rle_div_l; lra. }
  unfold L. fold t. split; nra.
Qed.

(* and so are the other two sides. *)
Lemma side_range x : xA <= x <= xC -> c <= L x + tau x * D <= d.
Proof using HAB HBC HAC LowA LowB LowC.
  intros Hx. pose proof (tau_range x Hx) as T. revert T. unfold tau.
  destruct (Rlt_dec x xB) as [E|E]; [|destruct (Rlt_dec xB x) as [E'|E']].
  - set (t := (x - xA) / (xB - xA)). intros T.
    replace (L x + t * D) with ((1 - t) * yA + t * yB) by (unfold D, L, t; field; lra).
    split; nra.
  - set (t := (xC - x) / (xC - xB)). intros T.
    replace (L x + t * D) with ((1 - t) * yC + t * yB) by (unfold D, L, t; field; lra).
    split; nra.
  - intros _. replace x with xB by lra. replace (L xB + 1 * D) with yB by (unfold D; ring).
    exact LowB.
Qed.

(* The integral along a line through the triangle. *)
Lemma section_integral x : xA <= x <= xC -> is_RInt (on_triangle x) c d (section x).
Proof using HAB HBC HAC LowA LowB LowC.
  intros Hx. pose proof (base_range x Hx). pose proof (side_range x Hx). unfold on_triangle.
  apply within_integral; [apply Rmin_glb; lra|apply Rminmax_le|apply Rmax_lub; lra|].
  unfold section. set (u := L x) in *. set (v := u + tau x * D) in *.
  replace (tau x * D) with (v - u) by (unfold v; ring).
  destruct (Rle_dec u v) as [E|E].
  - rewrite Rmin_left, Rmax_right, Rabs_pos_eq by lra. apply line_integral.
  - rewrite Rmin_right, Rmax_left, Rabs_left by lra.
    replace (- (v - u) * (H x u + H x v) / 2) with ((u - v) * (H x v + H x u) / 2) by field.
    apply line_integral.
Qed.

(* How the function grows along AC. *)
Let m : R := p + q * (yC - yA) / (xC - xA).

(* The section where tau is a fraction. *)
Lemma section_where x t : 0 <= t -> tau x = t ->
  section x = Rabs D * t * (H xA yA + m * (x - xA) + q * t * D / 2).
Proof using HAC.
  intros T E. unfold section. rewrite E, Rabs_mult, (Rabs_pos_eq t) by exact T.
  unfold H, m, L. field. lra.
Qed.

(* From A to B, *)
Lemma left_part : is_RInt section xA xB (Rabs D * (H xA yA * (xB - xA) / 2
  + m * (xB - xA) ^ 2 / 3 + q * D * (xB - xA) / 6)).
Proof using HAB HAC.
  destruct (Req_dec xA xB) as [Z|Z].
  { rewrite <- Z. replace (_ * _) with (0 : R) by (field).
    apply (is_RInt_point (V := R_NormedModule)). }
  set (u := xB - xA). assert (U : 0 < u) by (unfold u; lra).
  apply is_RInt_ext with
    (fun x => Rabs D * ((x - xA) / u) * (H xA yA + m * (x - xA) + q * ((x - xA) / u) * D / 2)).
  { rewrite Rmin_left, Rmax_right by lra. intros x Hx. symmetry. apply section_where.
    - apply Rdiv_le_0_compat; lra.
    - unfold tau. destruct (Rlt_dec x xB); [reflexivity|lra]. }
  generalize (Rabs D). intros k. generalize (H xA yA) m D. intros h n e.
  replace (k * (h * u / 2 + n * u ^ 2 / 3 + q * e * u / 6)) with (minus
    (k / u * (h * (xB - xA) ^ 2 / 2 + n * (xB - xA) ^ 3 / 3 + q * e * (xB - xA) ^ 3 / (6 * u)))
    (k / u * (h * (xA - xA) ^ 2 / 2 + n * (xA - xA) ^ 3 / 3 + q * e * (xA - xA) ^ 3 / (6 * u))))
    by (unfold minus, plus, opp; cbn; fold u; unfold u; field; lra).
  apply (is_RInt_derive (fun x => k / u *
    (h * (x - xA) ^ 2 / 2 + n * (x - xA) ^ 3 / 3 + q * e * (x - xA) ^ 3 / (6 * u)))).
  - intros x _. auto_derive; [exact I|]. field. lra.
  - intros x _. apply (ex_derive_continuous (fun x =>
      k * ((x - xA) / u) * (h + n * (x - xA) + q * ((x - xA) / u) * e / 2))).
    auto_derive. exact I.
Qed.

(* and from B to C. *)
Lemma right_part : is_RInt section xB xC (Rabs D * (H xC yC * (xC - xB) / 2
  - m * (xC - xB) ^ 2 / 3 + q * D * (xC - xB) / 6)).
Proof using HBC HAC.
  destruct (Req_dec xB xC) as [Z|Z].
  { rewrite <- Z. replace (_ * _) with (0 : R) by (field).
    apply (is_RInt_point (V := R_NormedModule)). }
  set (u := xC - xB). assert (U : 0 < u) by (unfold u; lra).
  apply is_RInt_ext with
    (fun x => Rabs D * ((xC - x) / u) * (H xC yC - m * (xC - x) + q * ((xC - x) / u) * D / 2)).
  { rewrite Rmin_left, Rmax_right by lra. intros x Hx. symmetry.
    rewrite (section_where x ((xC - x) / u)).
    - replace (H xC yC) with (H xA yA + m * (xC - xA)) by (unfold H, m; field; lra).
      f_equal. ring.
    - apply Rdiv_le_0_compat; lra.
    - unfold tau. destruct (Rlt_dec x xB); [lra|]. destruct (Rlt_dec xB x); [reflexivity|lra]. }
  generalize (Rabs D). intros k. generalize (H xC yC) m D. intros h n e.
  replace (k * (h * u / 2 - n * u ^ 2 / 3 + q * e * u / 6)) with (minus
    (- k / u * (h * (xC - xC) ^ 2 / 2 - n * (xC - xC) ^ 3 / 3 + q * e * (xC - xC) ^ 3 / (6 * u)))
    (- k / u * (h * (xC - xB) ^ 2 / 2 - n * (xC - xB) ^ 3 / 3 + q * e * (xC - xB) ^ 3 / (6 * u))))
    by (unfold minus, plus, opp; cbn; fold u; unfold u; field; lra).
  apply (is_RInt_derive (fun x => - k / u *
    (h * (xC - x) ^ 2 / 2 - n * (xC - x) ^ 3 / 3 + q * e * (xC - x) ^ 3 / (6 * u)))).
  - intros x _. auto_derive; [exact I|]. field. lra.
  - intros x _. apply (ex_derive_continuous (fun x =>
      k * ((xC - x) / u) * (h - n * (xC - x) + q * ((xC - x) / u) * e / 2))).
    auto_derive. exact I.
Qed.

(* The integral of the function that is 0 elsewhere is area times mean. *)
Lemma triangle_integral : integral triangle_function
  (Rabs (yB - yA - (xB - xA) / (xC - xA) * (yC - yA)) * (xC - xA) / 2
    * ((H xA yA + H xB yB + H xC yC) / 3)).
Proof using Hcd HAB HBC HAC InA InC LowA LowB LowC.
  exists (within xA xC section). split.
  - intros x _. unfold triangle_function. destruct (Rle_dec xA x) as [E|E];
      [destruct (Rle_dec x xC) as [E'|E']|].
    + rewrite within_inside by lra. apply is_RInt_ext with (on_triangle x).
      { intros y _. rewrite within_inside by lra. reflexivity. }
      apply section_integral. lra.
    + rewrite within_outside by lra. apply nothing; [exact Hcd|].
      intros y _. apply within_outside. lra.
    + rewrite within_outside by lra. apply nothing; [exact Hcd|].
      intros y _. apply within_outside. lra.
  - apply within_integral; [exact InA|lra|exact InC|].
    replace (_ * _) with (plus (Rabs D * (H xA yA * (xB - xA) / 2
      + m * (xB - xA) ^ 2 / 3 + q * D * (xB - xA) / 6)) (Rabs D * (H xC yC * (xC - xB) / 2
      - m * (xC - xB) ^ 2 / 3 + q * D * (xC - xB) / 6))).
    + apply (is_RInt_Chasles (V := R_NormedModule)) with xB; [apply left_part|apply right_part].
    + replace (yB - yA - (xB - xA) / (xC - xA) * (yC - yA)) with D by (unfold D, L; ring).
      unfold plus; cbn -[Rabs pow].
      assert (E : q * D = H xB yB - (H xA yA + m * (xB - xA)))
        by (unfold D, L, H, m; field; lra).
      assert (E' : H xC yC = H xA yA + m * (xC - xA)) by (unfold H, m; field; lra).
      rewrite E, E'. field.
Qed.

(* At a point of the triangle it is the given function. *)
Lemma triangle_points x y r1 r2 r3 : 0 <= r1 -> 0 <= r2 -> 0 <= r3 -> r1 + r2 + r3 = 1 ->
  x = r1 * xA + r2 * xB + r3 * xC -> y = r1 * yA + r2 * yB + r3 * yC ->
  triangle_function x y = p * x + q * y + r.
Proof using HAB HBC HAC.
  intros R1 R2 R3 S X Y. assert (X1 : x - xA = r2 * (xB - xA) + r3 * (xC - xA))
    by (rewrite X; replace r1 with (1 - r2 - r3) by lra; ring).
  assert (X2 : xC - x = r2 * (xC - xB) + r1 * (xC - xA))
    by (rewrite X; replace r3 with (1 - r1 - r2) by lra; ring).
  assert (Hx : xA <= x <= xC) by (split; nra).
  assert (E : y = L x + r2 * D).
  { unfold D, L. rewrite Y, X. replace r1 with (1 - r2 - r3) by lra. field. lra. }
  assert (T : r2 <= tau x).
  { unfold tau. destruct (Rlt_dec x xB); [|destruct (Rlt_dec xB x); [|nra]];
      apply Rle_div_r; nra. }
  unfold triangle_function, on_triangle. rewrite within_inside by exact Hx.
  rewrite within_inside; [reflexivity|]. rewrite E. destruct (Rle_dec 0 D) as [P|P].
  - assert (r2 * D <= tau x * D) by (apply Rmult_le_compat_r; lra).
    rewrite Rmin_left, Rmax_right by nra. nra.
  - assert (tau x * D <= r2 * D) by nra.
    rewrite Rmin_right, Rmax_left by nra. nra.
Qed.

(* It is nowhere negative if it is at no corner. *)
Lemma triangle_nonneg x y : 0 <= H xA yA -> 0 <= H xB yB -> 0 <= H xC yC ->
  0 <= triangle_function x y.
Proof using HAB HBC HAC.
  intros A B C. unfold triangle_function, within at 1.
  destruct (Rle_dec xA x) as [X1|]; [|lra]. destruct (Rle_dec x xC) as [X2|]; [|lra].
  unfold on_triangle, within. destruct (Rle_dec _ y) as [Y1|]; [|lra].
  destruct (Rle_dec y _) as [Y2|]; [|lra].
  pose proof (tau_range x (conj X1 X2)) as T.
  assert (E : exists s, 0 <= s <= tau x /\ y = L x + s * D).
  { destruct (Req_dec D 0) as [Z|Z].
    - exists 0. split; [lra|]. rewrite Z, Rmult_0_r, Rplus_0_r in *.
      rewrite Rmin_left in Y1 by lra. rewrite Rmax_left in Y2 by lra. lra.
    - exists ((y - L x) / D). split; [|field; exact Z]. destruct (Rle_dec 0 D) as [P|P].
      + rewrite Rmin_left in Y1 by nra. rewrite Rmax_right in Y2 by nra.
        split; [apply Rdiv_le_0_compat; lra|apply Rle_div_l; lra].
      + rewrite Rmin_right in Y1 by nra. rewrite Rmax_left in Y2 by nra.
        replace ((y - L x) / D) with ((L x - y) / - D) by (field; lra).
        split; [apply Rdiv_le_0_compat; lra|apply Rle_div_l; lra]. }
  destruct E as (s & S & E). assert (W : tau x * (xB - xA) <= x - xA /\
    tau x * (xC - xB) <= xC - x).
  { revert T. unfold tau. destruct (Rlt_dec x xB); [|destruct (Rlt_dec xB x)]; intros T.
    - split; [right; field; lra|nra].
    - split; [nra|right; field; lra].
    - split; lra. }
  set (r1 := (xC - x - s * (xC - xB)) / (xC - xA)).
  set (r3 := (x - xA - s * (xB - xA)) / (xC - xA)).
  assert (R1 : 0 <= r1) by (apply Rdiv_le_0_compat; nra).
  assert (R3 : 0 <= r3) by (apply Rdiv_le_0_compat; nra).
  replace (H x y) with (r1 * H xA yA + s * H xB yB + r3 * H xC yC); [nra|].
  unfold r1, r3, H. rewrite E. unfold L, D, L. field. lra.
Qed.

End Triangle.
End Rectangle.
