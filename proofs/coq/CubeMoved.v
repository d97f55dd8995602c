(* Integrals over the cube of functions that vanish outside of it: one variable may be replaced by
   an affine expression in all of them, and the variables may be turned round. *)
From Depthproof Require Import Definitions Vectors Integrals Cube.
From Coq Require Import List.

(* ---------- one variable ---------- *)

(* A function that is 0 outside of an interval has the same integral over every larger one. *)
Lemma outside_zero (g : R -> R) l u a b : (forall x, continuous g x) ->
  a <= l -> l <= u -> u <= b -> (forall x, a < x < l \/ u < x < b -> g x = 0) ->
  RInt g a b = RInt g l u.
Proof.
  intros C H1 H2 H3 Z. rewrite (integral_cat g a l b), (integral_cat g l u b) by exact C.
  rewrite (integral_ext g (fun _ => 0) a l), (integral_ext g (fun _ => 0) u b);
    [rewrite !integral_constant; real_equation; ring|lra|intros x Hx; apply Z; lra|lra|
     intros x Hx; apply Z; lra].
Qed.

(* So a change of scale and place divides the integral by the factor. *)
Lemma moved_integral (g : R -> R) s l : (forall x, continuous g x) -> s <> 0 ->
  (forall y, g y <> 0 -> 0 <= y <= 1) -> (forall x, g (s * x + l) <> 0 -> 0 <= x <= 1) ->
  RInt (fun x => g (s * x + l)) 0 1 = / Rabs s * RInt g 0 1.
Proof.
  intros C S Y X. set (B := Rabs s + Rabs l + 1).
  pose proof (Rabs_pos s). pose proof (Rabs_pos l).
  assert (Near : forall x, 0 <= x <= 1 -> - B <= s * x + l <= B).
  { intros x Hx. unfold B. pose proof (Rle_abs s). pose proof (Rle_abs l).
    pose proof (Rle_abs (- s)). pose proof (Rle_abs (- l)). rewrite Rabs_Ropp in *. split; nra. }
  assert (Z : forall y, ~ 0 <= (y - l) / s <= 1 -> g y = 0).
  { intros y Hy. destruct (Req_dec (g y) 0) as [E|E]; [exact E|]. exfalso. apply Hy, X.
    replace (s * ((y - l) / s) + l) with y by (field; exact S). exact E. }
  assert (All : RInt g (- B) B = RInt g 0 1).
  { apply outside_zero; try exact C; try (unfold B; lra). intros x Hx.
    destruct (Req_dec (g x) 0) as [E|E]; [exact E|]. apply Y in E. lra. }
  assert (L : s * RInt (fun x => g (s * x + l)) 0 1 = RInt g l (s + l)).
  { transitivity (RInt (fun x => s * g (s * x + l)) 0 1).
    - symmetry. apply (RInt_scal (V := R_CompleteNormedModule)). apply integrable. intros x.
      apply (continuous_comp (fun x => s * x + l) g); [|apply C].
      apply (ex_derive_continuous (fun x => s * x + l)). auto_derive. exact I.
    - pose proof (RInt_comp_lin (V := R_CompleteNormedModule) g s l 0 1
        (integrable g _ _ C)) as E. rewrite Rmult_0_r, Rplus_0_l, Rmult_1_r in E. exact E. }
  pose proof (Near 0 ltac:(lra)) as N0. pose proof (Near 1 ltac:(lra)) as N1.
  rewrite Rmult_0_r, Rplus_0_l in N0. rewrite Rmult_1_r in N1.
  destruct (Rlt_dec 0 s) as [P|P].
  - assert (E : RInt g (- B) B = RInt g l (s + l)).
    { apply outside_zero; try exact C; try lra. intros x Hx. apply Z. intros [A1 A2].
      apply Rle_div_r in A1; [|lra]. apply Rle_div_l in A2; [|lra]. lra. }
    rewrite Rabs_pos_eq, <- All, E, <- L by lra.
    generalize (RInt (fun x => g (s * x + l)) 0 1).
    change (forall t : R, t = / s * (s * t)). intros t. field. lra.
  - assert (E : RInt g (- B) B = RInt g (s + l) l).
    { apply outside_zero; try exact C; try lra. intros x Hx. apply Z.
      replace ((x - l) / s) with ((l - x) / - s) by (field; lra). intros [A1 A2].
      apply Rle_div_r in A1; [|lra]. apply Rle_div_l in A2; [|lra]. lra. }
    rewrite Rabs_left, <- All, E by lra.
    rewrite <- (opp_RInt_swap g) by (apply integrable; exact C). rewrite <- L.
    generalize (RInt (fun x => g (s * x + l)) 0 1).
    change (forall t : R, t = / - s * - (s * t)). intros t. field. lra.
Qed.

(* ---------- the first variable ---------- *)

(* Integrals over the cube that agree in the first variable agree, up to a factor. *)
Lemma cube_factor d : forall C G H k, lipschitz C (S d) H ->
  (forall r, length r = d -> RInt (fun x => G (x :: r)) 0 1 = k * RInt (fun x => H (x :: r)) 0 1) ->
  cube_integral (S d) G = k * cube_integral (S d) H.
Proof.
  induction d as [|d IH]; intros C G H k L E; [exact (E [] eq_refl)|].
  change (RInt (fun y => cube_integral (S d) (fun v => G (v ++ [y]))) 0 1 =
    k * RInt (fun y => cube_integral (S d) (fun v => H (v ++ [y]))) 0 1).
  transitivity (RInt (fun y => k * cube_integral (S d) (fun v => H (v ++ [y]))) 0 1).
  - apply RInt_ext. intros y _. apply (IH C); [apply lipschitz_last; exact L|].
    intros r Hr. apply (E (r ++ [y])). rewrite app_length. cbn. lia.
  - apply (RInt_scal (V := R_CompleteNormedModule)). apply (cube_lipschitz (S (S d)) C H L).
Qed.

(* The integral depends on the values only. *)
Lemma cube_ext d : forall G H, (forall v, length v = d -> G v = H v) ->
  cube_integral d G = cube_integral d H.
Proof.
  induction d as [|d IH]; intros G H E; [apply E; reflexivity|]. cbn [cube_integral].
  apply RInt_ext. intros z _. apply IH. intros v Hv. apply E. rewrite app_length, Hv. cbn. lia.
Qed.

(* The integral over the others is continuous in the first variable. *)
Lemma cube_first_continuous d C G : lipschitz C (S d) G ->
  forall x, continuous (fun x => cube_integral d (fun v => G (x :: v))) x.
Proof.
  intros L. apply (lipschitz_continuous C). intros y z.
  apply (proj2 (cube_lipschitz d C _ (lipschitz_first C d G y L)) C _ _
    (lipschitz_first C d G z L)). apply lipschitz_first_shift. exact L.
Qed.

(* The first variable turned to the end. *)
Lemma cube_turned d C G H : lipschitz C (S d) G ->
  (forall y r, length r = d -> H (r ++ [y]) = G (y :: r)) ->
  cube_integral (S d) H = cube_integral (S d) G.
Proof.
  intros L E. rewrite (cube_outermost d C G L). cbn [cube_integral]. apply RInt_ext. intros y _.
  apply cube_ext. intros v Hv. apply E, Hv.
Qed.
