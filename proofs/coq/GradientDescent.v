(* "Is it any good?  If no hidden layer then GD -> OPT": true for least squares with a small enough
   step, with a rate; false as printed, without a step size.  "If hidden layers, heavily
   overparametrized, then GD -> OPT": false from some starts, of any width. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Compose.

(* ---------- least squares ---------- *)

(* No hidden layer: the output is dot w x.  (A bias is one more input, 1.) *)
Definition sample : Type := list R * R.

Fixpoint loss (D : list sample) (w : list R) : R :=
  match D with [] => 0 | (x, y) :: D' => (dot w x - y) ^ 2 / 2 + loss D' w end.

(* The sum of (w x - y) x over the samples. *)
Fixpoint gradient (d : nat) (D : list sample) (w : list R) : list R :=
  match D with
  | [] => repeat 0 d
  | (x, y) :: D' => vector_sum (map (Rmult (dot w x - y)) x) (gradient d D' w)
  end.

(* Gradient descent with step eta. *)
Fixpoint descent (d : nat) (D : list sample) (eta : R) (T : nat) (w : list R) : list R :=
  match T with
  | O => w
  | S T' => let v := descent d D eta T' w in vector_sum v (map (Rmult (- eta)) (gradient d D v))
  end.

(* The sum of the squared lengths of the inputs. *)
Definition energy (D : list sample) : R := fold_right (fun s a => dot (fst s) (fst s) + a) 0 D.

(* All inputs have d entries. *)
Definition sized (d : nat) (D : list sample) : Prop := List.Forall (fun s => length (fst s) = d) D.

Section LeastSquares.
Variables (d : nat) (D : list sample).
Hypothesis D_sized : sized d D.

(* ---------- vectors ---------- *)

(* Cauchy and Schwarz. *)
Lemma dot_cauchy u v : length u = length v -> dot u v ^ 2 <= dot u u * dot v v.
Proof. intros H. pose proof (dot_square u) as A. pose proof (dot_square v) as B.
  assert (Q : forall s t, 0 <= s * s * dot u u + 2 * (s * t) * dot u v + t * t * dot v v).
  { intros s t. pose proof (dot_square (vector_sum (map (Rmult s) u) (map (Rmult t) v))) as P.
    rewrite dot_sum, !dot_scale, !dot_vector_sum, !dot_vector_scale, (dot_comm v u) in P. lra. }
  destruct (Req_EM_T (dot v v) 0) as [Z|N].
  - pose proof (Q (- dot u v) (dot u u + 1)) as P. rewrite Z in *. nra.
  - pose proof (Q (dot v v) (- dot u v)) as P. assert (0 < dot v v) by lra.
    assert (0 <= dot v v * (dot u u * dot v v - dot u v ^ 2)) by nra. nra. Qed.

(* It has one entry a weight. *)
Lemma gradient_length w : forall E, sized d E -> length (gradient d E w) = d.
Proof. induction 1 as [|[x y] E H HE IH]; [apply repeat_length|]. cbn [gradient]. simpl in H.
  rewrite vector_sum_length; rewrite map_length; congruence. Qed.

(* ---------- the loss is quadratic ---------- *)

(* The second derivative along u. *)
Definition curvature (u : list R) : R := fold_right (fun s a => dot u (fst s) ^ 2 + a) 0 D.

(* The loss along u, exactly. *)
Lemma loss_expansion w u : length w = d -> length u = d ->
  loss D (vector_sum w u) = loss D w + dot (gradient d D w) u + curvature u / 2.
Proof. intros Hw Hu. unfold curvature. generalize D_sized. clear D_sized.
  induction D as [|[x y] E IH]; intros HD.
  - cbn. rewrite dot_zeros. lra.
  - inversion HD; subst. cbn [loss gradient fold_right fst]. rewrite IH by assumption.
    rewrite !dot_sum, dot_scale, (dot_comm x u). field. Qed.

(* The curvature is between 0 and the energy. *)
Lemma curvature_bounds u : length u = d -> 0 <= curvature u <= energy D * dot u u.
Proof. intros Hu. unfold curvature, energy. generalize D_sized. clear D_sized.
  induction D as [|[x y] E IH]; intros HD; [simpl; pose proof (dot_square u); lra|].
  inversion HD as [|? ? H HE]; subst. specialize (IH HE). cbn [fold_right fst] in *.
  pose proof (dot_cauchy u x ltac:(simpl in H; congruence)) as C. pose proof (pow2_ge_0 (dot u x)).
  pose proof (dot_square u). nra. Qed.

(* The energy is not negative. *)
Lemma energy_pos : 0 <= energy D.
Proof. unfold energy. clear. induction D as [|s E IH]; simpl; [lra|].
  pose proof (dot_square (fst s)). lra. Qed.

(* The gradient is the gradient: the derivative in each direction. *)
Theorem gradient_correct w u : length w = d -> length u = d ->
  is_derive (fun t => loss D (vector_sum w (map (Rmult t) u))) 0 (dot (gradient d D w) u).
Proof. intros Hw Hu.
  apply (is_derive_ext (fun t => loss D w + t * dot (gradient d D w) u + t ^ 2 * curvature u / 2)).
  - intros t. rewrite loss_expansion by (rewrite ?map_length; assumption). rewrite dot_vector_scale.
    enough (E : curvature (map (Rmult t) u) = t ^ 2 * curvature u) by (rewrite E; reflexivity).
    unfold curvature. clear. induction D as [|s E IH]; cbn [fold_right]; [ring|].
    rewrite IH, dot_scale. ring.
  - auto_derive; [exact I|]. ring. Qed.

(* ---------- the rate ---------- *)

Variable eta : R.
Hypothesis eta_positive : 0 < eta.
Hypothesis eta_small : eta * energy D <= 1.

(* The weights keep their number. *)
Lemma descent_length T : forall w, length w = d -> length (descent d D eta T w) = d.
Proof. induction T; intros w Hw; [assumption|]. cbn [descent].
  rewrite vector_sum_length; rewrite ?map_length, IHT, ?gradient_length; auto. Qed.

(* The squared distance. *)
Definition distance2 (u v : list R) : R :=
  dot (vector_sum u (map (Rmult (-1)) v)) (vector_sum u (map (Rmult (-1)) v)).

(* One step, against any other weights v. *)
Lemma descent_step w v : length w = d -> length v = d ->
  let w' := vector_sum w (map (Rmult (- eta)) (gradient d D w)) in loss D w' <= loss D w /\
  2 * eta * (loss D w' - loss D v) <= distance2 w v - distance2 w' v.
Proof. intros Hw Hv w'. set (g := gradient d D w) in *.
  assert (Hg : length g = d) by (apply gradient_length, D_sized).
  set (u := vector_sum v (map (Rmult (-1)) w)). assert (Hu : length u = d) by (unfold u;
    rewrite vector_sum_length; rewrite ?map_length; congruence).
  assert (E1 : loss D w' = loss D w - eta * dot g g + curvature (map (Rmult (- eta)) g) / 2).
  { unfold w'. rewrite loss_expansion by (rewrite ?map_length; assumption). fold g.
    rewrite dot_vector_scale. ring. }
  destruct (curvature_bounds (map (Rmult (- eta)) g)) as [_ C1]; [rewrite map_length; assumption|].
  rewrite dot_scale, dot_vector_scale in C1. pose proof (dot_square g) as G.
  assert (C2 : curvature (map (Rmult (- eta)) g) <= eta * dot g g).
  { eapply Rle_trans; [exact C1|]. replace (energy D * (- eta * (- eta * dot g g)))
      with ((eta * energy D) * (eta * dot g g)) by ring.
    assert (0 <= eta * dot g g) by nra. nra. }
  assert (E2 : loss D v >= loss D w + dot g u).
  { destruct (curvature_bounds u Hu) as [C _]. assert (V : v = vector_sum w u).
    { unfold u. clear - Hw Hv. revert v Hv. revert d Hw.
      induction w as [|a w IH]; intros d' Hw [|b v] Hv; subst d'; try discriminate; [reflexivity|].
      simpl. f_equal; [ring|]. apply (IH (length w) eq_refl). simpl in Hv. congruence. }
    rewrite V at 1. rewrite loss_expansion by assumption. fold g. lra. }
  assert (E3 : distance2 w' v = distance2 w v + 2 * eta * dot g u + eta * eta * dot g g).
  { assert (Dd : forall a b, length a = d -> length b = d ->
      distance2 a b = dot a a - 2 * dot a b + dot b b).
    { intros a b Ha Hb. unfold distance2. rewrite dot_sum, !dot_scale, !dot_vector_sum,
        !dot_vector_scale, (dot_comm b a) by (rewrite ?map_length; congruence).
      ring. }
    assert (L : length w' = d) by (unfold w'; rewrite vector_sum_length; rewrite ?map_length;
      congruence).
    rewrite !Dd by assumption. unfold w', u. rewrite !dot_sum, !dot_vector_sum, !dot_scale,
      !dot_vector_scale, (dot_comm g w), (dot_comm g v) by (rewrite ?map_length; congruence).
    rewrite (dot_comm w g). ring. }
  split; nra. Qed.

(* After T steps the loss is within |w - v|^2 / (2 eta T) of that of any weights v: so it tends to
   the optimum, attained or not. *)
Theorem descent_linear T w v : length w = d -> length v = d -> (0 < T)%nat ->
  loss D (descent d D eta T w) <= loss D v + distance2 w v / (2 * eta * INR T).
Proof. intros Hw Hv HT. assert (Q : 2 * eta * INR T * (loss D (descent d D eta T w) - loss D v) <=
    distance2 w v - distance2 (descent d D eta T w) v).
  { clear HT. induction T as [|T IH]; [simpl; lra|].
    destruct (descent_step (descent d D eta T w) v (descent_length T w Hw) Hv) as [A B].
    cbn [descent]. rewrite S_INR. set (w1 := descent d D eta T w) in *.
    set (w2 := vector_sum w1 (map (Rmult (- eta)) (gradient d D w1))) in *. pose proof (pos_INR T).
    assert (2 * eta * INR T * (loss D w2 - loss D v) <= 2 * eta * INR T * (loss D w1 - loss D v))
      by (apply Rmult_le_compat_l; [apply Rmult_le_pos|]; lra).
    lra. }
  assert (P : 0 < INR T) by (apply lt_0_INR; assumption).
  assert (N : 0 <= distance2 (descent d D eta T w) v) by apply dot_square.
  apply Rmult_le_reg_l with (2 * eta * INR T); [nra|]. replace (2 * eta * INR T *
    (loss D v + distance2 w v / (2 * eta * INR T)))
    with (2 * eta * INR T * loss D v + distance2 w v) by (field; lra).
  lra. Qed.

(* The notes' sentence: eventually within eps of the loss of any weights. *)
Corollary descent_optimal w v eps : length w = d -> length v = d -> 0 < eps ->
  exists T0, forall T, (T0 <= T)%nat -> loss D (descent d D eta T w) <= loss D v + eps.
Proof. intros Hw Hv He. set (K := distance2 w v / (2 * eta * eps)).
  assert (HK : 0 <= distance2 w v) by apply dot_square.
  destruct (nfloor_ex (Rmax K 0) (Rmax_r _ _)) as (n & _ & Hn). exists (S n). intros T HT.
  eapply Rle_trans; [apply (descent_linear T w v Hw Hv); lia|]. apply le_INR in HT.
  rewrite S_INR in HT. pose proof (Rmax_l K 0). pose proof (pos_INR n). apply Rplus_le_compat_l.
  apply Rmult_le_reg_r with (2 * eta * INR T); [nra|]. unfold Rdiv at 1.
  rewrite Rmult_assoc, Rinv_l, Rmult_1_r by nra.
  replace (distance2 w v) with (K * (2 * eta * eps)) by (unfold K; field; lra).
  assert (2 * eta * eps * K <= 2 * eta * eps * INR T) by (apply Rmult_le_compat_l;
    [apply Rmult_le_pos|]; lra).
  lra. Qed.

End LeastSquares.

(* As printed, without a step size, it is false: one input 1, target 0, step 3. *)
Theorem descent_diverges T w : loss [([1], 0)] (descent 1 [([1], 0)] 3 T [w]) =
  4 ^ T * loss [([1], 0)] [w].
Proof. assert (E : descent 1 [([1], 0)] 3 T [w] = [(-2) ^ T * w]).
  { induction T as [|T IH]; [simpl; f_equal; ring|]. cbn [descent]. rewrite IH. simpl. f_equal.
    ring. }
  rewrite E. cbn [loss dot].
  replace (4 ^ T) with ((-2) ^ T * (-2) ^ T) by (rewrite <- Rpow_mult_distr; f_equal; ring). simpl.
  field. Qed.

(* ---------- hidden layers ---------- *)

(* One hidden layer: sum_j a_j relu (w_j x + b_j), with parameters a, w, b moved along a
   direction. *)
Definition shallow_value (P : list (R * node)) (x : list R) : R :=
  fold_right (fun u s => fst u * relu (pre_activation (snd u) x) + s) 0 P.

Definition shallow_loss (D : list sample) (P : list (R * node)) : R :=
  fold_right (fun s a => (shallow_value P (fst s) - snd s) ^ 2 / 2 + a) 0 D.

Definition moved (t : R) (u q : R * node) : R * node :=
  (fst u + t * fst q, (vector_sum (fst (snd u)) (map (Rmult t) (fst (snd q))), snd (snd u) + t *
  snd (snd q))).

Fixpoint moved_all (t : R) (P Q : list (R * node)) : list (R * node) :=
  match P, Q with u :: P', q :: Q' => moved t u q :: moved_all t P' Q' | _, _ => P end.

(* All units are inactive on all the data: an open set of parameters, of any width. *)
Definition dead (D : list sample) (P : list (R * node)) : Prop :=
  forall u s, In u P -> In s D -> pre_activation (snd u) (fst s) < 0.

(* There the loss is half the sum of the squares of the targets. *)
Lemma dead_loss D P : dead D P ->
  shallow_loss D P = fold_right (fun s a => snd s ^ 2 / 2 + a) 0 D.
Proof. unfold dead, shallow_loss. intros H. induction D as [|s D IH]; [reflexivity|].
  cbn [fold_right]. rewrite IH by (intros; apply H; [|right]; assumption).
  assert (V : shallow_value P (fst s) = 0).
  { unfold shallow_value. clear IH. induction P as [|u P IHP]; [reflexivity|]. cbn [fold_right].
    rewrite IHP.
    - rewrite relu_neg by (left; apply H; left; reflexivity). ring.
    - intros u' s' Hu Hs. apply H; [right; assumption|assumption]. }
  rewrite V. replace ((0 - snd s) ^ 2) with (snd s ^ 2) by ring. reflexivity. Qed.

(* Parameters that move are moved in their pre-activations, too. *)
Lemma moved_value t u q x : pre_activation (snd (moved t u q)) x =
  pre_activation (snd u) x + t * pre_activation (snd q) x.
Proof. destruct u as [a [w b]], q as [c [v e]]. unfold moved, pre_activation; cbn [fst snd].
  rewrite dot_sum, dot_scale. ring. Qed.

(* One unit, inactive on one sample, stays so for a while. *)
Lemma dead_unit (u q : R * node) (s : sample) : pre_activation (snd u) (fst s) < 0 ->
  exists r, 0 < r /\ forall t, Rabs t < r -> pre_activation (snd (moved t u q)) (fst s) < 0.
Proof. intros K. set (c := pre_activation (snd u) (fst s)) in *.
  set (e := pre_activation (snd q) (fst s)). pose proof (Rabs_pos e) as Pe.
  exists (- c / (Rabs e + 1)). split; [apply Rdiv_lt_0_compat; lra|]. intros t Ht.
  rewrite moved_value. fold c e.
  assert (Rabs (t * e) < - c); [|pose proof (Rle_abs (t * e)); lra]. rewrite Rabs_mult.
  pose proof (Rabs_pos t).
  assert (- c = - c / (Rabs e + 1) * (Rabs e + 1)) by (field; lra). nra. Qed.

(* So does one unit on all samples. *)
Lemma dead_samples (D : list sample) (u q : R * node) :
  (forall s, In s D -> pre_activation (snd u) (fst s) < 0) ->
  exists r, 0 < r /\ forall t, Rabs t < r -> forall s, In s D ->
  pre_activation (snd (moved t u q)) (fst s) < 0.
Proof. induction D as [|s D IH]; intros K; [exists 1; split; [lra|intros t _ s []]|].
  destruct IH as (r1 & R1 & A); [intros; apply K; right; assumption|].
  destruct (dead_unit u q s (K s (or_introl eq_refl))) as (r2 & R2 & B). exists (Rmin r1 r2).
  split; [apply Rmin_glb_lt; assumption|].
  intros t Ht s' [<-|Hs]; [apply B|apply A; [|assumption]];
    (eapply Rlt_le_trans; [exact Ht|]); [apply Rmin_r|apply Rmin_l]. Qed.

(* And so do all units. *)
Lemma dead_near D P : dead D P -> forall Q, exists r, 0 < r /\ forall t, Rabs t < r ->
  dead D (moved_all t P Q).
Proof. unfold dead. intros H.
  induction P as [|u P IH]; intros Q; [exists 1; split; [lra|intros t _ u s []]|].
  destruct Q as [|q Q]; [exists 1; split; [lra|intros t _; exact H]|].
  destruct (IH ltac:(intros; apply H; [right|]; assumption) Q) as (r1 & R1 & A).
  destruct (dead_samples D u q) as (r2 & R2 & B);
    [intros; apply H; [left; reflexivity|assumption]|].
  exists (Rmin r1 r2). split; [apply Rmin_glb_lt; assumption|].
  intros t Ht u' s [<-|Hu] Hs; [apply B|apply (A t)]; try assumption;
    (eapply Rlt_le_trans; [exact Ht|]); [apply Rmin_r|apply Rmin_l]. Qed.

(* Where all units are inactive on all the data, the loss is constant in every direction: gradient
   descent does not move, and the loss stays at half the sum of the squares of the targets. *)
Theorem descent_overparametrised (D : list sample) (P Q : list (R * node)) :
  (forall u s, In u P -> In s D -> pre_activation (snd u) (fst s) < 0) ->
  is_derive (fun t => shallow_loss D (moved_all t P Q)) 0 0 /\
  shallow_loss D P = fold_right (fun s a => snd s ^ 2 / 2 + a) 0 D.
Proof. intros H. split; [|exact (dead_loss D P H)]. destruct (dead_near D P H Q) as (r & Hr & N).
  apply is_derive_ext_loc with (fun _ => fold_right (fun s a => snd s ^ 2 / 2 + a) 0 D);
    [|apply (is_derive_const (K := R_AbsRing) (V := R_NormedModule))].
  exists (mkposreal r Hr). intros t Ht. symmetry. apply dead_loss, N.
  change (Rabs (t - 0) < r) in Ht. rewrite Rminus_0_r in Ht. exact Ht. Qed.

(* A true special case: if the parameters that are trained enter linearly (the last layer over a
   fixed hidden layer), and some weights fit the data exactly (as when there are more of them than
   data, in general position), the loss tends to 0. *)
Corollary descent_interpolates d D eta w v eps : sized d D -> 0 < eta -> eta * energy D <= 1 ->
  length w = d -> length v = d -> (forall s, In s D -> dot v (fst s) = snd s) -> 0 < eps ->
  exists T0, forall T, (T0 <= T)%nat -> loss D (descent d D eta T w) <= eps.
Proof. intros HD He Hs Hw Hv Fit Heps.
  destruct (descent_optimal d D HD eta He Hs w v eps Hw Hv Heps) as (T0 & H). exists T0.
  intros T HT. specialize (H T HT). assert (Z : loss D v = 0); [|lra]. clear - Fit.
  induction D as [|[x y] D IH]; [reflexivity|]. cbn [loss].
  pose proof (Fit (x, y) (or_introl eq_refl)) as E. cbn [fst snd] in E.
  rewrite E, IH by (intros; apply Fit; right; assumption). field. Qed.
