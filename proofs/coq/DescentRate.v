(* "If no hidden layer then GD -> OPT", faster: the least loss of least squares is attained, and
   where the gradient is not small away from it the loss tends to it at a linear rate.  So it does
   with inputs that span all directions, and with independent inputs. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Sums GradientDescent.

(* ---------- the least loss is attained ---------- *)

(* An input's first entry, and the others. *)
Definition first (s : sample) : R := hd 0 (fst s).
Definition others (s : sample) : list R := tl (fst s).

(* What is left to the other weights when the first one takes its best value, q - p w. *)
Definition reduced (p : list R) (q : R) (s : sample) : sample :=
  (vector_sum (others s) (map (Rmult (- first s)) p), snd s - first s * q).

(* The loss as a sum. *)
Lemma loss_sum D w : loss D w = rsum (fun s => (dot w (fst s) - snd s) ^ 2 / 2) D.
Proof. unfold rsum. induction D as [|[x y] D IH]; [reflexivity|]. cbn [loss fold_right fst snd].
  rewrite IH. reflexivity. Qed.

(* The sum of first entries times inputs. *)
Definition moment (D : list sample) (d : nat) : list R :=
  fold_right (fun s m => vector_sum (map (Rmult (first s)) (others s)) m) (repeat 0 d) D.

(* What the moment reads. *)
Lemma moment_value D d w : dot w (moment D d) = rsum (fun s => first s * dot w (others s)) D.
Proof. unfold rsum, moment. induction D as [|s D IH]; cbn [fold_right].
  - rewrite dot_comm. apply dot_zeros.
  - rewrite dot_vector_sum, dot_vector_scale, IH. reflexivity. Qed.

(* Its length. *)
Lemma moment_length D d : sized (S d) D -> length (moment D d) = d.
Proof. unfold moment. induction 1 as [|s D H HD IH]; [apply repeat_length|]. cbn [fold_right].
  assert (L : length (others s) = d).
  { unfold others. destruct (fst s); simpl in *; [discriminate|congruence]. }
  rewrite vector_sum_length; rewrite map_length; congruence. Qed.

(* No first entries: nothing to sum. *)
Lemma no_first D (g : sample -> R) : rsum (fun s => first s * first s) D = 0 ->
  rsum (fun s => first s * g s) D = 0.
Proof. unfold rsum. induction D as [|s D IH]; cbn [fold_right]; intros H; [reflexivity|].
  assert (0 <= fold_right (fun s a => first s * first s + a) 0 D).
  { clear. induction D as [|s D IH]; cbn [fold_right]; [lra|]. nra. }
  rewrite IH by nra. assert (first s = 0) by nra. rewrite H1. ring. Qed.

(* One weight split off: a square, and the loss of the reduced samples. *)
Lemma loss_reduced D d t w : sized (S d) D ->
  let A := rsum (fun s => first s * first s) D in
  let p := map (Rmult (/ A)) (moment D d) in
  let q := / A * rsum (fun s => first s * snd s) D in
  loss D (t :: w) = loss (map (reduced p q) D) w + A * (t + dot w p - q) ^ 2 / 2.
Proof. intros HD A p q. set (z := t + dot w p - q).
  assert (C : rsum (fun s => first s * (dot w (others s) - snd s - first s * (dot w p - q))) D = 0).
  { destruct (Req_dec A 0) as [Z|N]; [apply (no_first D), Z|].
    rewrite (rsum_ext _ (fun s => first s * dot w (others s) + (-1 * (first s * snd s) +
      - (dot w p - q) * (first s * first s)))) by (intros; ring).
    rewrite !rsum_plus, !rsum_scale. fold A. unfold p, q.
    rewrite dot_vector_scale, moment_value. field. exact N. }
  assert (E : loss D (t :: w) = rsum (fun s => (dot w (fst (reduced p q s)) -
    snd (reduced p q s)) ^ 2 / 2 + (z * (first s * (dot w (others s) - snd s - first s *
    (dot w p - q))) + z ^ 2 / 2 * (first s * first s))) D).
  { rewrite loss_sum. apply rsum_ext. intros [x y] Hs. unfold sized in HD.
    rewrite List.Forall_forall in HD. specialize (HD _ Hs). unfold reduced, first, others.
    destruct x as [|a x]; [discriminate|]. cbn [fst snd hd tl dot].
    rewrite dot_vector_sum, dot_vector_scale. unfold z. field. }
  rewrite E, !rsum_plus, !rsum_scale, C. fold A. rewrite loss_sum.
  assert (M : forall (g : sample -> R) l, rsum g (map (reduced p q) l) =
    rsum (fun s => g (reduced p q s)) l).
  { intros g l. unfold rsum. induction l as [|s l IH]; [reflexivity|]. cbn. rewrite IH.
    reflexivity. }
  rewrite M. field. Qed.

(* The reduced samples have one entry less. *)
Lemma reduced_sized D d p q : sized (S d) D -> length p = d -> sized d (map (reduced p q) D).
Proof. intros H Hp. induction H as [|s D Hs HD IH]; constructor; [|exact IH].
  unfold reduced, others. cbn [fst]. destruct (fst s) as [|a x]; [discriminate|].
  simpl in Hs |- *. rewrite vector_sum_length; rewrite ?map_length; congruence. Qed.

(* For all data some weights have the least loss. *)
Theorem descent_attained d : forall D, sized d D -> exists v, length v = d /\
  forall w, length w = d -> loss D v <= loss D w.
Proof. induction d as [|d IH]; intros D HD.
  - exists []. split; [reflexivity|]. intros [|a w] Hw; [lra|discriminate].
  - set (A := rsum (fun s => first s * first s) D). set (p := map (Rmult (/ A)) (moment D d)).
    set (q := / A * rsum (fun s => first s * snd s) D).
    assert (Hp : length p = d) by (unfold p; rewrite map_length; apply moment_length, HD).
    destruct (IH (map (reduced p q) D) (reduced_sized D d p q HD Hp)) as (v & Hv & L).
    assert (HA : 0 <= A).
    { unfold A, rsum. clear. induction D as [|s D IH]; cbn [fold_right]; [lra|]. nra. }
    exists (q - dot v p :: v). split; [simpl; congruence|]. intros [|t w] Hw; [discriminate|].
    rewrite (loss_reduced D d t w HD), (loss_reduced D d _ v HD). fold A p q.
    specialize (L w ltac:(simpl in Hw; congruence)).
    replace (q - dot v p + dot v p - q) with 0 by ring.
    assert (0 <= A * (t + dot w p - q) ^ 2) by (apply Rmult_le_pos; [exact HA|apply pow2_ge_0]).
    lra. Qed.

(* ---------- a linear rate ---------- *)

Section Rate.
Variables (d : nat) (D : list sample) (eta mu : R).
Hypothesis D_sized : sized d D.
Hypothesis eta_positive : 0 < eta.
Hypothesis eta_small : eta * energy D <= 1.

(* One step gains half of eta |gradient|^2. *)
Lemma descent_progress w : length w = d -> let g := gradient d D w in
  loss D (vector_sum w (map (Rmult (- eta)) g)) <= loss D w - eta / 2 * dot g g.
Proof. intros Hw g. assert (Hg : length g = d) by (apply gradient_length, D_sized).
  rewrite (loss_expansion d D D_sized) by (rewrite ?map_length; assumption). fold g.
  destruct (curvature_bounds d D D_sized (map (Rmult (- eta)) g)) as [_ C];
    [rewrite map_length; exact Hg|].
  rewrite dot_scale, dot_vector_scale in C. rewrite dot_vector_scale.
  pose proof (dot_square g) as G.
  assert (0 <= (1 - eta * energy D) * (eta * dot g g)) by (apply Rmult_le_pos; nra). nra. Qed.

(* Where the square of the gradient is at least 2 mu (loss - m), m not above the losses, each
   step leaves at most the part 1 - eta mu of loss - m. *)
Theorem descent_rate m T w : length w = d -> (forall u, length u = d -> m <= loss D u) ->
  (forall u, length u = d -> 2 * mu * (loss D u - m) <= dot (gradient d D u) (gradient d D u)) ->
  loss D (descent d D eta T w) - m <= (1 - eta * mu) ^ T * (loss D w - m).
Proof. intros Hw Hm H.
  assert (S1 : forall u, length u = d ->
    loss D (descent d D eta 1 u) - m <= (1 - eta * mu) * (loss D u - m)).
  { intros u Hu. cbn [descent]. pose proof (descent_progress u Hu) as P. cbv zeta in P.
    specialize (H u Hu). nra. }
  assert (L1 : forall u, length u = d -> length (descent d D eta 1 u) = d).
  { intros u Hu. apply descent_length; assumption. }
  destruct (Rle_dec 0 (1 - eta * mu)) as [K|K].
  - induction T as [|T IH]; [simpl; lra|].
    pose proof (S1 (descent d D eta T w) ltac:(apply descent_length; assumption)) as A.
    change (descent d D eta 1 (descent d D eta T w)) with (descent d D eta (S T) w) in A.
    cbn [pow]. apply Rmult_le_compat_l with (r := 1 - eta * mu) in IH; [lra|exact K].
  - assert (Z : forall u, length u = d -> loss D u = m).
    { intros u Hu. pose proof (S1 u Hu). pose proof (Hm u Hu). pose proof (Hm _ (L1 u Hu)). nra. }
    rewrite !Z by (try apply descent_length; assumption). lra. Qed.

(* ---------- inputs that span ---------- *)

(* The curvature is at least mu in all directions: the inputs span. *)
Theorem descent_rate_spanning T v w : 0 < mu -> length v = d -> length w = d ->
  (forall u, length u = d -> loss D v <= loss D u) ->
  (forall u, length u = d -> mu * dot u u <= curvature D u) ->
  loss D (descent d D eta T w) - loss D v <= (1 - eta * mu) ^ T * (loss D w - loss D v).
Proof. intros Hmu Hv Hw Hm H. apply descent_rate; [exact Hw|exact Hm|]. intros u Hu.
  set (g := gradient d D u). set (z := vector_sum v (map (Rmult (-1)) u)).
  assert (Hz : length z = d).
  { unfold z. rewrite vector_sum_length; rewrite ?map_length; congruence. }
  assert (V : v = vector_sum u z).
  { unfold z. clear - Hu Hv. revert v Hv. revert d Hu.
    induction u as [|a u IH]; intros d' Hu [|b v] Hv; subst d'; try discriminate; [reflexivity|].
    simpl. f_equal; [ring|]. apply (IH (length u) eq_refl). simpl in Hv. congruence. }
  assert (E : loss D v = loss D u + dot g z + curvature D z / 2).
  { rewrite V at 1. apply (loss_expansion d D D_sized); assumption. }
  specialize (H z Hz). pose proof (dot_square (vector_sum g (map (Rmult mu) z))) as Q.
  rewrite dot_sum, dot_scale, !dot_vector_sum, !dot_vector_scale, (dot_comm z g) in Q.
  apply Rmult_le_compat_l with (r := mu) in H; [|lra]. rewrite E. fold g. lra. Qed.

(* ---------- independent inputs ---------- *)

(* The inputs with coefficients. *)
Fixpoint combination (E : list sample) (c : list R) : list R :=
  match E, c with
  | (x, _) :: E', a :: c' => vector_sum (map (Rmult a) x) (combination E' c')
  | _, _ => repeat 0 d
  end.

(* No combination of the inputs is short: the loss tends to 0 at a linear rate, from all starts. *)
Theorem descent_rate_independent T w : length w = d ->
  (forall c, length c = length D ->
    mu * dot c c <= dot (combination D c) (combination D c)) ->
  loss D (descent d D eta T w) <= (1 - eta * mu) ^ T * loss D w.
Proof. intros Hw H. assert (P : forall E u, 0 <= loss E u).
  { intros E u. induction E as [|[x y] E IH]; cbn [loss]; [lra|].
    pose proof (pow2_ge_0 (dot u x - y)). lra. }
  pose proof (descent_rate 0 T w Hw (fun u _ => P D u)) as R. rewrite !Rminus_0_r in R. apply R.
  intros u Hu. set (c := map (fun s => dot u (fst s) - snd s) D).
  assert (E1 : forall E, gradient d E u = combination E (map (fun s => dot u (fst s) - snd s) E)).
  { induction E as [|[x y] E IH]; [reflexivity|]. cbn [gradient combination map fst snd].
    rewrite IH. reflexivity. }
  assert (E2 : forall E, 2 * loss E u = dot (map (fun s => dot u (fst s) - snd s) E)
    (map (fun s => dot u (fst s) - snd s) E)).
  { induction E as [|[x y] E IH]; [simpl; ring|]. cbn [loss map dot fst snd]. rewrite <- IH.
    field. }
  rewrite E1, Rminus_0_r. specialize (H c ltac:(apply map_length)). unfold c in H.
  rewrite <- E2 in H. lra. Qed.

End Rate.

(* With one input a every step leaves exactly the part (1 - eta a^2)^2. *)
Theorem descent_rate_one a eta T w : loss [([a], 0)] (descent 1 [([a], 0)] eta T [w]) =
  ((1 - eta * a ^ 2) ^ 2) ^ T * loss [([a], 0)] [w].
Proof. assert (E : descent 1 [([a], 0)] eta T [w] = [(1 - eta * a ^ 2) ^ T * w]).
  { induction T as [|T IH]; [simpl; f_equal; ring|]. cbn [descent]. rewrite IH. simpl. f_equal.
    ring. }
  rewrite E. rewrite <- pow_mult, Nat.mul_comm, pow_mult. simpl. field. Qed.
