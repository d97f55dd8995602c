(* Integrals over bands of frequencies: iterated Riemann integrals over [-Om, Om]^d.  For continuous
   functions they exist, close functions have close integrals, and what is not negative outside a
   band adds nothing negative to the integral when the band grows. *)
From Depthproof Require Import Definitions Integrals Cube UniversalCube UniversalContinuous.
From Depthproof Require Import ContinuousWithin.

(* The iterated integral over [-Om, Om]^d, the first variable outermost. *)
Fixpoint band_integral (Om : R) (d : nat) (G : list R -> R) : R :=
  match d with
  | O => G []
  | S d' => RInt (fun y => band_integral Om d' (fun w => G (y :: w))) (- Om) Om
  end.

(* The band itself. *)
Definition in_band (Om : R) (d : nat) (w : list R) : Prop :=
  length w = d /\ List.Forall (fun x => - Om <= x <= Om) w.

(* Continuous on R^d. *)
Definition continuous_on_space (d : nat) : (list R -> R) -> Prop :=
  continuous_within (fun w => length w = d).

(* A sum and a difference of continuous functions. *)
Lemma space_combine d c G H : continuous_on_space d G -> continuous_on_space d H ->
  continuous_on_space d (fun w => G w + c * H w).
Proof. intros A B. apply on_plus; [exact A|apply on_scale, B]. Qed.

(* The first variable fixed. *)
Lemma space_slice d G y : continuous_on_space (S d) G ->
  continuous_on_space d (fun w => G (y :: w)).
Proof. intros H w L eps He. destruct (H (y :: w) ltac:(simpl; congruence) eps He) as (r & Pr & Hr).
  exists r. split; [exact Pr|]. intros u Lu Du. apply Hr; [simpl; congruence|].
  cbn [sum_distance]. rewrite Rminus_eq_0, Rabs_R0. lra. Qed.

(* ---------- on a band ---------- *)

(* The cube, stretched over the band. *)
Definition stretch (Om : R) (u : list R) : list R := map (fun x => 2 * Om * x - Om) u.

(* Distances grow by 2 Om. *)
Lemma stretch_distance Om u : forall v, 0 < Om ->
  sum_distance (stretch Om u) (stretch Om v) = 2 * Om * sum_distance u v.
Proof. induction u as [|x u IH]; intros [|y v] P; cbn [stretch map sum_distance]; try ring.
  unfold stretch in IH. rewrite IH by exact P.
  replace (2 * Om * x - Om - (2 * Om * y - Om)) with (2 * Om * (x - y)) by ring.
  rewrite Rabs_mult, (Rabs_right (2 * Om)) by lra. ring. Qed.

(* Each point of the band comes from the cube. *)
Lemma stretch_onto Om d w : 0 < Om -> in_band Om d w -> exists u, in_cube d u /\ w = stretch Om u.
Proof. intros P [<- H]. exists (map (fun x => (x + Om) / (2 * Om)) w). split.
  - split; [apply map_length|]. induction H as [|x w Hx H IH]; constructor; [|exact IH].
    split; [apply Rdiv_le_0_compat; lra|]. apply Rmult_le_reg_r with (2 * Om); [lra|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
  - unfold stretch. clear H. induction w as [|x w IH]; [reflexivity|]. cbn [map]. rewrite <- IH.
    f_equal. field. lra. Qed.

(* A continuous function is continuous on the cube, stretched. *)
Lemma stretch_continuous Om d G : 0 < Om -> continuous_on_space d G ->
  continuous_on_cube d (fun u => G (stretch Om u)).
Proof. intros P H v [L _] eps He.
  destruct (H (stretch Om v) ltac:(unfold stretch; rewrite map_length; exact L) eps He) as
    (r & Pr & Hr).
  exists (r / (2 * Om)). split; [apply Rdiv_lt_0_compat; lra|]. intros w [Lw _] D.
  apply Hr; [unfold stretch; rewrite map_length; exact Lw|]. rewrite stretch_distance by exact P.
  apply (Rmult_lt_compat_l (2 * Om)) in D; [|lra].
  replace (2 * Om * (r / (2 * Om))) with r in D by (field; lra). exact D. Qed.

(* Continuous functions are uniformly continuous on a band, *)
Lemma band_uniform Om d G eps : 0 < Om -> continuous_on_space d G -> 0 < eps ->
  exists delta, 0 < delta /\ forall w u, in_band Om d w -> in_band Om d u ->
  sum_distance w u < delta -> Rabs (G w - G u) <= eps.
Proof. intros P H He.
  destruct (uniformly_continuous d _ (stretch_continuous Om d G P H) eps He) as (r & Pr & Hr).
  exists (2 * Om * r). split; [apply Rmult_lt_0_compat; lra|]. intros w u Bw Bu D.
  destruct (stretch_onto Om d w P Bw) as (w' & Cw & ->).
  destruct (stretch_onto Om d u P Bu) as (u' & Cu & ->). apply Hr; try assumption.
  rewrite stretch_distance in D by exact P. apply Rmult_lt_reg_l with (2 * Om); lra. Qed.

(* and bounded. *)
Lemma band_bounded Om d G : 0 < Om -> continuous_on_space d G ->
  exists M, 0 <= M /\ forall w, in_band Om d w -> Rabs (G w) <= M.
Proof. intros P H.
  destruct (continuous_bounded d _ (stretch_continuous Om d G P H)) as (M & HM & B). exists M.
  split; [exact HM|]. intros w Bw. destruct (stretch_onto Om d w P Bw) as (u & Cu & ->).
  apply B, Cu. Qed.

(* A band within a larger one. *)
Lemma band_larger Om Om' d w : Om <= Om' -> in_band Om d w -> in_band Om' d w.
Proof. intros L [Lw H]. split; [exact Lw|]. eapply Forall_impl; [|exact H]. cbv beta. intros; lra.
Qed.

(* One more variable. *)
Lemma band_cons Om d y w : - Om <= y <= Om -> in_band Om d w -> in_band Om (S d) (y :: w).
Proof. intros Hy [L H]. split; [simpl; congruence|]. constructor; assumption. Qed.

(* ---------- the integral ---------- *)

(* If close functions have close integrals, the inner integral is continuous in the first variable.
   *)
Lemma inner_continuous Om d G : 0 < Om -> (forall G H e, continuous_on_space d G ->
  continuous_on_space d H -> (forall w, in_band Om d w -> Rabs (G w - H w) <= e) ->
  Rabs (band_integral Om d G - band_integral Om d H) <= (2 * Om) ^ d * e) ->
  continuous_on_space (S d) G ->
  forall y, continuous (fun y : R => band_integral Om d (fun w => G (y :: w))) y.
Proof. intros P IH H y. apply filterlim_locally. intros eps.
  assert (K : 0 < (2 * Om) ^ d) by (apply pow_lt; lra).
  set (e := eps / 2 / (2 * Om) ^ d).
  assert (Pe : 0 < e) by (apply Rdiv_lt_0_compat; [pose proof (cond_pos eps); lra|exact K]).
  set (Om' := Rmax Om (Rabs y + 1)).
  assert (P' : Om <= Om' /\ Rabs y + 1 <= Om') by (split; [apply Rmax_l|apply Rmax_r]).
  destruct (band_uniform Om' (S d) G e ltac:(lra) H Pe) as (r & Pr & Hr).
  assert (Pm : 0 < Rmin r 1) by (apply Rmin_glb_lt; lra).
  exists (mkposreal _ Pm). intros z Hz. change (Rabs (z - y) < Rmin r 1) in Hz.
  pose proof (Rmin_l r 1). pose proof (Rmin_r r 1).
  change (Rabs (band_integral Om d (fun w => G (z :: w)) -
    band_integral Om d (fun w => G (y :: w))) < eps).
  apply Rle_lt_trans with ((2 * Om) ^ d * e).
  - apply IH; [apply space_slice, H|apply space_slice, H|]. intros w Bw.
    pose proof (Rle_abs y). pose proof (Rle_abs (- y)) as N. rewrite Rabs_Ropp in N.
    assert (Z : Rabs (z - y) < 1) by lra. apply Rabs_def2 in Z.
    apply Hr; [apply band_cons; [lra|]|apply band_cons; [lra|]|];
      try (apply (band_larger Om); [lra|exact Bw]).
    cbn [sum_distance]. rewrite sum_distance_refl. lra.
  - unfold e. replace ((2 * Om) ^ d * (eps / 2 / (2 * Om) ^ d)) with (eps / 2) by (field; lra).
    pose proof (cond_pos eps). lra. Qed.

(* Close functions have close integrals. *)
Theorem band_close Om d : 0 < Om -> forall G H e, continuous_on_space d G ->
  continuous_on_space d H -> (forall w, in_band Om d w -> Rabs (G w - H w) <= e) ->
  Rabs (band_integral Om d G - band_integral Om d H) <= (2 * Om) ^ d * e.
Proof. intros P. induction d as [|d IH]; intros G H e CG CH D.
  - cbn [band_integral pow]. rewrite Rmult_1_l. apply D. split; [reflexivity|constructor].
  - cbn [band_integral].
    pose proof (integrable _ (- Om) Om (inner_continuous Om d G P IH CG)) as IG.
    pose proof (integrable _ (- Om) Om (inner_continuous Om d H P IH CH)) as IH'.
    rewrite <- (integral_minus _ _ _ _ IG IH').
    eapply Rle_trans; [apply abs_RInt_le_const with (M := (2 * Om) ^ d * e)|]; [lra| | |].
    + apply (ex_RInt_minus (V := R_CompleteNormedModule)); assumption.
    + intros y Hy. apply IH; [apply space_slice, CG|apply space_slice, CH|].
      intros w Bw. apply D, band_cons; assumption.
    + right. cbn [pow]. ring. Qed.

(* So the inner integral is continuous in the first variable. *)
Lemma band_inner Om d G : 0 < Om -> continuous_on_space (S d) G ->
  forall y, continuous (fun y : R => band_integral Om d (fun w => G (y :: w))) y.
Proof. intros P. apply inner_continuous; [exact P|]. apply band_close, P. Qed.

(* The integral of a sum, and of a difference. *)
Lemma band_combine Om d c : 0 < Om -> forall G H, continuous_on_space d G ->
  continuous_on_space d H ->
  band_integral Om d (fun w => G w + c * H w) = band_integral Om d G + c * band_integral Om d H.
Proof. intros P. induction d as [|d IH]; intros G H CG CH; [reflexivity|]. cbn [band_integral].
  set (g := fun y : R => band_integral Om d (fun w => G (y :: w))).
  set (h := fun y : R => band_integral Om d (fun w => H (y :: w))).
  assert (Ig : ex_RInt g (- Om) Om) by (apply integrable, band_inner; assumption).
  assert (Ih : ex_RInt h (- Om) Om) by (apply integrable, band_inner; assumption).
  apply is_RInt_unique.
  apply (is_RInt_ext (fun y => plus (g y) (scal c (h y)))).
  - intros y _. symmetry. apply (IH (fun w => G (y :: w)) (fun w => H (y :: w)));
      apply space_slice; assumption.
  - apply (is_RInt_plus (V := R_NormedModule)); [apply (RInt_correct g), Ig|].
    apply (is_RInt_scal (V := R_NormedModule)), (RInt_correct h), Ih. Qed.

(* What is not negative has no negative integral. *)
Lemma band_positive Om d : 0 < Om -> forall G, continuous_on_space d G ->
  (forall w, length w = d -> 0 <= G w) -> 0 <= band_integral Om d G.
Proof. intros P. induction d as [|d IH]; intros G CG H; [apply H; reflexivity|].
  cbn [band_integral]. apply integral_nonneg; [lra|apply integrable, band_inner; assumption|].
  intros y _. apply IH; [apply space_slice, CG|]. intros w L. apply H. simpl; congruence. Qed.

(* The integral over a larger interval, of what is not negative outside the smaller one. *)
Lemma integral_grows (f : R -> R) a b : 0 < a <= b -> (forall x, continuous f x) ->
  (forall x, - b <= x <= b -> x < - a \/ a < x -> 0 <= f x) -> RInt f (- a) a <= RInt f (- b) b.
Proof. intros L C H. rewrite (integral_cat f (- b) (- a) b C), (integral_cat f (- a) a b C).
  assert (0 <= RInt f (- b) (- a)).
  { apply integral_nonneg; [lra|apply integrable, C|]. intros x Hx. apply H; lra. }
  assert (0 <= RInt f a b).
  { apply integral_nonneg; [lra|apply integrable, C|]. intros x Hx. apply H; lra. }
  lra. Qed.

(* The same for bands. *)
Theorem band_grows Om Om' d : 0 < Om <= Om' -> forall G, continuous_on_space d G ->
  (forall w, length w = d -> in_band Om d w \/ 0 <= G w) ->
  band_integral Om d G <= band_integral Om' d G.
Proof. intros P. induction d as [|d IH]; intros G CG H; [simpl; lra|]. cbn [band_integral].
  assert (I' : forall y, continuous (fun y : R => band_integral Om' d (fun w => G (y :: w))) y)
    by (apply band_inner; [lra|exact CG]).
  apply Rle_trans with (RInt (fun y => band_integral Om' d (fun w => G (y :: w))) (- Om) Om).
  - apply RInt_le; [lra|apply integrable, band_inner; [lra|exact CG]|apply integrable, I'|].
    intros y Hy. apply IH; [apply space_slice, CG|]. intros w L.
    destruct (H (y :: w) ltac:(simpl; congruence)) as [[_ B]|B]; [|right; exact B].
    inversion B; subst. left. split; [reflexivity|assumption].
  - apply integral_grows; [exact P|exact I'|]. intros y _ Hy.
    apply band_positive; [lra|apply space_slice, CG|]. intros w L.
    destruct (H (y :: w) ltac:(simpl; congruence)) as [[_ B]|B]; [|exact B].
    inversion B; subst. lra. Qed.
