(* "If no hidden layer then GD -> OPT", faster: the least loss of least squares is attained, and
   where the gradient is not small away from it the loss tends to it at a linear rate.  So it does
   for all data; with a known rate where the inputs span all directions, or are independent. *)
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

(* The squares of the first entries. *)
Lemma first_squares D : 0 <= rsum (fun s => first s * first s) D.
Proof. unfold rsum. induction D as [|s D IH]; cbn [fold_right]; [lra|]. nra. Qed.

(* No first entries: nothing to sum. *)
Lemma no_first D (g : sample -> R) : rsum (fun s => first s * first s) D = 0 ->
  rsum (fun s => first s * g s) D = 0.
Proof. unfold rsum. induction D as [|s D IH]; cbn [fold_right]; intros H; [reflexivity|].
  pose proof (first_squares D) as Q. unfold rsum in Q.
  rewrite IH by nra. assert (Z : first s = 0) by nra. rewrite Z. ring. Qed.

(* The errors of the reduced samples are orthogonal to the first entries. *)
Lemma reduced_errors D d w :
  let A := rsum (fun s => first s * first s) D in
  let p := map (Rmult (/ A)) (moment D d) in
  let q := / A * rsum (fun s => first s * snd s) D in
  rsum (fun s => first s * (dot w (others s) - snd s - first s * (dot w p - q))) D = 0.
Proof. intros A p q. destruct (Req_dec A 0) as [Z|N]; [apply (no_first D), Z|].
  rewrite (rsum_ext _ (fun s => first s * dot w (others s) + (-1 * (first s * snd s) +
    - (dot w p - q) * (first s * first s)))) by (intros; ring).
  rewrite !rsum_plus, !rsum_scale. fold A. unfold p, q.
  rewrite dot_vector_scale, moment_value. field. exact N. Qed.

(* One weight split off: a square, and the loss of the reduced samples. *)
Lemma loss_reduced D d t w : sized (S d) D ->
  let A := rsum (fun s => first s * first s) D in
  let p := map (Rmult (/ A)) (moment D d) in
  let q := / A * rsum (fun s => first s * snd s) D in
  loss D (t :: w) = loss (map (reduced p q) D) w + A * (t + dot w p - q) ^ 2 / 2.
Proof. intros HD A p q. set (z := t + dot w p - q).
  pose proof (reduced_errors D d w) as C. cbv zeta in C. fold A p q in C.
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
    assert (HA : 0 <= A) by apply first_squares.
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

(* ---------- all data ---------- *)

(* The gradient along h, as a sum. *)
Lemma gradient_value d D w h :
  dot (gradient d D w) h = rsum (fun s => (dot w (fst s) - snd s) * dot (fst s) h) D.
Proof. unfold rsum. induction D as [|[x y] D IH]; cbn [gradient fold_right fst snd].
  - apply dot_zeros.
  - rewrite dot_sum, dot_scale, IH. reflexivity. Qed.

(* The gradient along s :: h, from that of the reduced samples: with z = t + p w - q it is
   A z s + (g' + A z p) h. *)
Lemma gradient_reduced D d t w s h : sized (S d) D ->
  let A := rsum (fun s => first s * first s) D in
  let p := map (Rmult (/ A)) (moment D d) in
  let q := / A * rsum (fun s => first s * snd s) D in
  let z := t + dot w p - q in
  dot (gradient (S d) D (t :: w)) (s :: h) =
  A * z * s + dot (gradient d (map (reduced p q) D) w) h + z * dot h (moment D d).
Proof. intros HD A p q z. pose proof (reduced_errors D d w) as C. cbv zeta in C. fold A p q in C.
  rewrite !gradient_value, moment_value.
  assert (M : forall (g : sample -> R) l, rsum g (map (reduced p q) l) =
    rsum (fun s => g (reduced p q s)) l).
  { intros g l. unfold rsum. induction l as [|x l IH]; [reflexivity|]. cbn. rewrite IH.
    reflexivity. }
  rewrite M. set (e := fun x => dot w (others x) - snd x - first x * (dot w p - q)) in *.
  rewrite (rsum_ext _ (fun x => s * (first x * e x) + (s * z * (first x * first x) +
    (e x * dot (others x) h + z * (first x * dot h (others x)))))).
  - rewrite (rsum_ext (fun x => (dot w (fst (reduced p q x)) - snd (reduced p q x)) *
      dot (fst (reduced p q x)) h) (fun x => e x * dot (others x) h +
      - dot p h * (first x * e x))).
    + rewrite !rsum_plus, !rsum_scale. fold A.
      change (rsum (fun x => first x * e x) D = 0) in C. rewrite C. ring.
    + intros x _. unfold reduced, e. cbn [fst snd].
      rewrite dot_vector_sum, dot_vector_scale, dot_sum, dot_scale. ring.
  - intros [x y] Hx. unfold sized in HD. rewrite List.Forall_forall in HD. specialize (HD _ Hx).
    unfold e, z, first, others. destruct x as [|a x]; [discriminate|].
    cbn [fst snd hd tl dot]. rewrite (dot_comm h x). ring. Qed.

(* A product of a list with another is at most a square more. *)
Lemma dot_below u h : 2 * dot u h - dot h h <= dot u u.
Proof. pose proof (dot_square (vector_sum u (map (Rmult (-1)) h))) as Q.
  rewrite dot_sum, dot_scale, !dot_vector_sum, !dot_vector_scale, (dot_comm h u) in Q. lra. Qed.

(* The arithmetic of one weight more: z its excess, G the square of the other gradient, c the
   product of that with p. *)
Lemma one_more A z G P c m mu mu' N : 0 < A -> 0 <= P -> 0 <= G -> c ^ 2 <= P * G ->
  0 < mu' -> 0 <= m -> 2 * mu' * m <= G ->
  let l := / (2 * (1 + P)) in mu <= A / 2 -> mu <= l * mu' ->
  2 * (A * z * (A * z) + l * G + z * (l * (A * c))) - (A * z * (A * z) + l * l * G) <= N ->
  2 * mu * (m + A * z ^ 2 / 2) <= N.
Proof. intros HA HP HG Hc Hm' Hm Hg l M1 M2 H. assert (L : 0 < l) by (apply Rinv_0_lt_compat; lra).
  assert (E : 2 * (l * (1 + P)) = 1) by (unfold l; field; lra). clearbody l.
  assert (Q : 0 <= (A * z + 2 * (l * c)) ^ 2) by apply pow2_ge_0.
  assert (B1 : l * l * c ^ 2 <= l * l * (P * G)) by (apply Rmult_le_compat_l; [nra|exact Hc]).
  assert (B2 : l * (2 * (l * (1 + P))) * G = l * G) by (rewrite E; ring).
  assert (B3 : 0 <= l * l * G) by (apply Rmult_le_pos; [nra|exact HG]).
  assert (mu * (A * z ^ 2) <= A / 2 * (A * z ^ 2)).
  { apply Rmult_le_compat_r; [|exact M1]. apply Rmult_le_pos; [lra|apply pow2_ge_0]. }
  assert (mu * m <= l * mu' * m) by (apply Rmult_le_compat_r; assumption).
  assert (l * (2 * mu' * m) <= l * G) by (apply Rmult_le_compat_l; lra).
  assert (2 * mu * (m + A * z ^ 2 / 2) <= l * G + A * z * (A * z) / 2) by lra. lra. Qed.

(* One weight more, with an entry that is not 0 throughout. *)
Lemma weight_added D d t w mu m : sized (S d) D -> length w = d ->
  let A := rsum (fun s => first s * first s) D in
  let p := map (Rmult (/ A)) (moment D d) in
  let q := / A * rsum (fun s => first s * snd s) D in
  let g := gradient d (map (reduced p q) D) w in
  A <> 0 -> 0 < mu -> 0 <= m -> 2 * mu * m <= dot g g ->
  2 * Rmin (A / 2) (/ (2 * (1 + dot p p)) * mu) * (m + A * (t + dot w p - q) ^ 2 / 2) <=
  dot (gradient (S d) D (t :: w)) (gradient (S d) D (t :: w)).
Proof. intros HD Hw A p q g N M Hm L. set (z := t + dot w p - q). set (l := / (2 * (1 + dot p p))).
  set (big := gradient (S d) D (t :: w)). pose proof (first_squares D) as HA. fold A in HA.
  assert (Hp : length p = d) by (unfold p; rewrite map_length; apply moment_length, HD).
  pose proof (gradient_reduced D d t w (A * z) (map (Rmult l) g) HD) as R. cbv zeta in R.
  fold A p q z g big in R. pose proof (dot_below big (A * z :: map (Rmult l) g)) as B.
  rewrite R in B. cbn [dot] in B. rewrite !dot_vector_scale, !dot_scale in B.
  assert (Y : dot g (moment D d) = A * dot g p).
  { unfold p. rewrite dot_vector_scale. field. exact N. }
  rewrite Y in B.
  apply (one_more A z (dot g g) (dot p p) (dot g p) _ _ mu); try assumption; try lra.
  - apply dot_square.
  - apply dot_square.
  - rewrite (Rmult_comm (dot p p)). apply dot_cauchy. unfold g.
    rewrite gradient_length; [congruence|apply reduced_sized; assumption].
  - apply Rmin_l.
  - apply Rmin_r.
  - fold l. lra. Qed.

(* For all data the square of the gradient is at least 2 mu times what the loss is above the least,
   for some mu > 0. *)
Lemma gradient_large d : forall D, sized d D -> exists mu v, 0 < mu /\ length v = d /\
  forall w, length w = d -> loss D v <= loss D w /\
  2 * mu * (loss D w - loss D v) <= dot (gradient d D w) (gradient d D w).
Proof. induction d as [|d IH]; intros D HD.
  - exists 1, []. repeat split; try lra; destruct w; try discriminate; try lra.
    pose proof (dot_square (gradient 0 D [])). lra.
  - set (A := rsum (fun s => first s * first s) D). set (p := map (Rmult (/ A)) (moment D d)).
    set (q := / A * rsum (fun s => first s * snd s) D).
    assert (Hp : length p = d) by (unfold p; rewrite map_length; apply moment_length, HD).
    destruct (IH (map (reduced p q) D) (reduced_sized D d p q HD Hp)) as (mu & v & M & Hv & L).
    assert (HA : 0 <= A) by apply first_squares.
    assert (V : loss D (q - dot v p :: v) = loss (map (reduced p q) D) v).
    { rewrite (loss_reduced D d _ v HD). fold A p q. field. }
    set (l := / (2 * (1 + dot p p))). pose proof (dot_square p) as P0.
    assert (L0 : 0 < l) by (apply Rinv_0_lt_compat; lra).
    set (nu := if Req_EM_T A 0 then mu else Rmin (A / 2) (l * mu)).
    exists nu, (q - dot v p :: v). split; [|split; [simpl; congruence|]].
    { unfold nu. destruct (Req_EM_T A 0); [exact M|]. apply Rmin_glb_lt; [lra|].
      apply Rmult_lt_0_compat; assumption. }
    intros [|t w] Hw; [discriminate|]. rewrite V, (loss_reduced D d t w HD). fold A p q.
    destruct (L w ltac:(simpl in Hw; congruence)) as [L1 L2]. set (D' := map (reduced p q) D) in *.
    set (g := gradient d D' w) in *. set (z := t + dot w p - q).
    assert (K : 0 <= A * z ^ 2) by (apply Rmult_le_pos; [exact HA|apply pow2_ge_0]).
    split; [lra|]. set (big := gradient (S d) D (t :: w)). pose proof (dot_square g) as G0.
    pose proof (fun s h => gradient_reduced D d t w s h HD) as R. cbv zeta in R.
    fold A p q z D' g big in R. unfold nu. destruct (Req_EM_T A 0) as [Z|N].
    + pose proof (dot_below big (0 :: g)) as B. rewrite R, Z in B.
      assert (Y : dot g (moment D d) = 0) by (rewrite moment_value; apply no_first, Z).
      rewrite Y in B. cbn [dot] in B. rewrite Z. lra.
    + replace (loss D' w + A * z ^ 2 / 2 - loss D' v) with (loss D' w - loss D' v + A * z ^ 2 / 2)
        by ring.
      apply (weight_added D d t w mu (loss D' w - loss D' v)); try assumption; [|lra].
      simpl in Hw; congruence. Qed.

(* So for all data, and all small steps, the loss falls at a linear rate to the least. *)
Theorem descent_rate_all d D : sized d D -> exists mu v, 0 < mu /\ length v = d /\
  (forall w, length w = d -> loss D v <= loss D w) /\
  forall eta T w, 0 < eta -> eta * energy D <= 1 -> length w = d ->
  loss D (descent d D eta T w) - loss D v <= (1 - eta * mu) ^ T * (loss D w - loss D v).
Proof. intros HD. destruct (gradient_large d D HD) as (mu & v & M & Hv & L). exists mu, v.
  split; [exact M|split; [exact Hv|split; [intros w Hw; apply (L w Hw)|]]].
  intros eta T w He Hs Hw. apply descent_rate; try assumption; intros u Hu; apply (L u Hu). Qed.

(* With one input a every step leaves exactly the part (1 - eta a^2)^2. *)
Theorem descent_rate_one a eta T w : loss [([a], 0)] (descent 1 [([a], 0)] eta T [w]) =
  ((1 - eta * a ^ 2) ^ 2) ^ T * loss [([a], 0)] [w].
Proof. assert (E : descent 1 [([a], 0)] eta T [w] = [(1 - eta * a ^ 2) ^ T * w]).
  { induction T as [|T IH]; [simpl; f_equal; ring|]. cbn [descent]. rewrite IH. simpl. f_equal.
    ring. }
  rewrite E. rewrite <- pow_mult, Nat.mul_comm, pow_mult. simpl. field. Qed.
