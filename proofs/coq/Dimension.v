(* "Parting thoughts": the theorem in d dimensions.  f reads one coordinate only; on every line
   parallel to that
   axis a network of d inputs is a network of one input, of the same widths. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Pieces Oscillations Integrals.
From Depthproof Require Import SeparationSharp SeparationLecture Cube.

(* ---------- networks on lines ---------- *)

(* All inputs but one are fixed, at z before it and at y behind it: they go into the bias. *)
Definition restrict_node (z y : list R) (n : node) : node :=
  let w := skipn (length z) (fst n) in
  (hd 0 w :: skipn (length y) (tl w), dot (tl w) y + (dot (fst n) z + snd n)).

Definition restrict (arch : architecture) (z y : list R) (N : network) : network :=
  match arch with
  | Layered => match hidden N with
               | [] => Network [] (restrict_node z y (output N))
               | l :: ls => Network (map (restrict_node z y) l :: ls) (output N)
               end
  | Skip => Network (map (map (restrict_node z y)) (hidden N)) (restrict_node z y (output N))
  end.

(* Weights for the inputs at hand, and for the rest. *)
Lemma dot_app y u : forall w, dot w (y ++ u) = dot w y + dot (skipn (length y) w) u.
Proof. induction y as [|a y IH]; intros w; [destruct w; simpl; ring|].
  destruct w as [|b w]; simpl; [ring|]. rewrite IH. ring. Qed.

(* A restricted unit has the same pre-activation. *)
Lemma restrict_pre_activation z y n t u :
  pre_activation n ((z ++ t :: y) ++ u) = pre_activation (restrict_node z y n) (t :: u).
Proof. unfold pre_activation, restrict_node; cbn [fst snd]. rewrite <- app_assoc, dot_app.
  destruct (skipn (length z) (fst n)) as [|a w]; cbn [hd tl dot app];
    [rewrite skipn_nil; simpl; ring|].
  rewrite dot_app. ring. Qed.

(* A restricted layer has the same activations. *)
Lemma restrict_activations act z y t u l :
  activations act l ((z ++ t :: y) ++ u) = activations act (map (restrict_node z y) l) (t :: u).
Proof. unfold activations. rewrite map_map. apply map_ext. intro n. rewrite restrict_pre_activation.
  reflexivity. Qed.

(* The restricted network computes the function on the line. *)
Lemma restrict_value arch act z y N t : network_value arch act N (z ++ t :: y)
  = network_value arch act (restrict arch z y N) [t].
Proof. destruct N as [ls o]. unfold network_value, restrict. rewrite <- (app_nil_r (z ++ t :: y)).
  destruct arch; cbn [hidden output].
  - destruct ls as [|l ls]; cbn [hidden output run pass_on]; [apply restrict_pre_activation|].
    rewrite restrict_activations. reflexivity.
  - generalize (@nil R) as u. induction ls as [|l ls IH]; intros u;
      [apply restrict_pre_activation|].
    cbn [run map pass_on]. rewrite <- (app_assoc (z ++ t :: y)), IH, restrict_activations.
    reflexivity. Qed.

(* The restricted network has the same widths. *)
Lemma restrict_widths arch z y N : widths (hidden (restrict arch z y N)) = widths (hidden N).
Proof. destruct N as [ls o]. unfold widths. destruct arch; simpl.
  - destruct ls; simpl; [reflexivity|]. rewrite map_length. reflexivity.
  - rewrite map_map. apply map_ext. intro; apply map_length. Qed.

(* The count of pieces on a line is that of a network of one input. *)
Lemma line_pieces arch act t N z y : (forall u v, u <= v -> pieces t u v act) ->
  pieces (activation_bound t (widths (hidden N)))
    0 1 (fun x => network_value arch act N (z ++ x :: y)).
Proof. intros H. rewrite <- (restrict_widths arch z y N).
  apply pieces_ext with (fun x => network_value arch act (restrict arch z y N) [x]);
    [intros; symmetry; apply restrict_value|].
  apply pieces_activation; [exact H|lra]. Qed.

(* ---------- networks are Lipschitz, so that the iterated integral exists ---------- *)

(* Weighted sums are Lipschitz: the first step of the induction over the layers. *)
Lemma dot_lipschitz w : forall v v', length v = length v' ->
  Rabs (dot w v - dot w v') <= weight_sum w * sum_distance v v'.
Proof. induction w as [|a w IH]; intros v v' H.
  - simpl. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - destruct v as [|b v], v' as [|b' v']; try discriminate; simpl;
      [rewrite Rminus_diag_eq, Rabs_R0 by reflexivity; lra|].
    specialize (IH v v' ltac:(simpl in H; congruence)).
    replace (a * b + dot w v - (a * b' + dot w v'))
      with (a * (b - b') + (dot w v - dot w v')) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
    pose proof (Rabs_pos a). pose proof (Rabs_pos (b - b')). pose proof (weight_sum_pos w).
    pose proof (sum_distance_pos v v').
    assert (0 <= Rabs a * sum_distance v v') by (apply Rmult_le_pos; assumption).
    assert (0 <= weight_sum w * Rabs (b - b')) by (apply Rmult_le_pos; assumption). lra. Qed.

(* Hence pre-activations are Lipschitz. *)
Lemma pre_activation_lipschitz n v v' : length v = length v' ->
  Rabs (pre_activation n v - pre_activation n v') <= weight_sum (fst n) * sum_distance v v'.
Proof. intros H. unfold pre_activation.
  replace (dot (fst n) v + snd n - (dot (fst n) v' + snd n))
    with (dot (fst n) v - dot (fst n) v') by ring.
  apply dot_lipschitz, H. Qed.

Section Lipschitz.
Variables (arch : architecture) (act : R -> R) (K : R).
Hypothesis K_pos : 0 <= K.
Hypothesis act_lipschitz : forall a b, Rabs (act a - act b) <= K * Rabs (a - b).

(* Hence layers are Lipschitz. *)
Lemma activations_lipschitz l : exists C, 0 <= C /\ forall v v', length v = length v' ->
  sum_distance (activations act l v) (activations act l v') <= C * sum_distance v v'.
Proof. induction l as [|n l (C & HC & IH)]; [exists 0; split; [lra|intros; simpl; lra]|].
  pose proof (weight_sum_pos (fst n)) as Hw. exists (K * weight_sum (fst n) + C). split.
  - assert (0 <= K * weight_sum (fst n)) by (apply Rmult_le_pos; assumption). lra.
  - intros v v' H. simpl. specialize (IH v v' H). unfold activations in IH.
    assert (A : Rabs (act (pre_activation n v) - act (pre_activation n v'))
      <= K * (weight_sum (fst n) * sum_distance v v')).
    { eapply Rle_trans; [apply act_lipschitz|].
      apply Rmult_le_compat_l; [exact K_pos|apply pre_activation_lipschitz, H]. }
    rewrite Rmult_plus_distr_r, Rmult_assoc. apply Rplus_le_compat; [exact A|exact IH]. Qed.

(* Hence networks are Lipschitz, layered or with skips. *)
Lemma network_lipschitz N : exists C, 0 <= C /\ forall v v', length v = length v' ->
  Rabs (network_value arch act N v - network_value arch act N v') <= C * sum_distance v v'.
Proof. destruct N as [ls o]. unfold network_value; cbn [hidden output].
  induction ls as [|l ls (C & HC & IH)];
    [exists (weight_sum (fst o)); split; [apply weight_sum_pos|apply pre_activation_lipschitz]|].
  destruct (activations_lipschitz l) as (C' & HC' & H').
  assert (L : forall v v', length (activations act l v) = length (activations act l v'))
    by (intros; unfold activations; rewrite !map_length; reflexivity).
  exists (C * (1 + C')). split; [apply Rmult_le_pos; lra|]. intros v v' H. cbn [run].
  specialize (H' v v' H).
  rewrite Rmult_assoc. destruct arch; cbn [pass_on].
  - eapply Rle_trans; [apply IH, L|]. apply Rmult_le_compat_l; [exact HC|].
    pose proof (sum_distance_pos v v'). lra.
  - eapply Rle_trans; [apply IH; rewrite !app_length, (L v v'), H; reflexivity|].
    apply Rmult_le_compat_l; [exact HC|]. rewrite sum_distance_app by exact H. lra. Qed.
End Lipschitz.

(* The sawtooth has slopes at most 6^k everywhere (2^k on [0,1]). *)
Lemma sawtooth_lipschitz k a b : Rabs (sawtooth k a - sawtooth k b) <= 6 ^ k * Rabs (a - b).
Proof. induction k; [simpl; lra|]. cbn [sawtooth]. set (x := sawtooth k a) in *.
  set (y := sawtooth k b) in *.
  apply Rle_trans with (6 * Rabs (x - y)); [|simpl; nra]. unfold Delta.
  pose proof (relu_lipschitz x y) as A. pose proof (relu_lipschitz (2 * x - 1) (2 * y - 1)) as B.
  replace (2 * x - 1 - (2 * y - 1)) with (2 * (x - y)) in B by ring.
  rewrite Rabs_mult, (Rabs_right 2) in B by lra.
  apply Rabs_le. apply Rabs_le_between in A. apply Rabs_le_between in B. lra. Qed.

(* f reads one coordinate, and that is Lipschitz. *)
Lemma nth_lipschitz m : forall v w, length v = length w ->
  Rabs (nth m v 0 - nth m w 0) <= sum_distance v w.
Proof. induction m; intros [|a v] [|b w] H; try discriminate; simpl;
  try (rewrite Rminus_diag_eq, Rabs_R0 by reflexivity; lra).
  - pose proof (sum_distance_pos v w). lra.
  - specialize (IHm v w ltac:(simpl in H; congruence)). pose proof (Rabs_pos (a - b)). lra. Qed.

(* So |f - g| is Lipschitz, and Cube.v applies to it. *)
Lemma error_lipschitz m k g C : (forall v v', length v = length v' ->
  Rabs (g v - g v') <= C * sum_distance v v') ->
  forall d, lipschitz (6 ^ k + C) d (fun v => Rabs (sawtooth k (nth m v 0) - g v)).
Proof. intros H d v w Hv Hw. assert (E : length v = length w) by congruence.
  eapply Rle_trans; [apply Rabs_triang_inv2|].
  replace (sawtooth k (nth m v 0) - g v - (sawtooth k (nth m w 0) - g w))
    with ((sawtooth k (nth m v 0) - sawtooth k (nth m w 0)) + (g w - g v)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite (Rabs_minus_sym (g w)), Rmult_plus_distr_r.
  apply Rplus_le_compat; [|apply H, E].
  eapply Rle_trans; [apply sawtooth_lipschitz|].
  apply Rmult_le_compat_l; [apply pow_le; lra|apply nth_lipschitz, E]. Qed.

(* ---------- separation.dimension ---------- *)

(* Whatever the count of pieces gives on an interval, it gives on the cube. *)
Lemma dimension_lift arch act K t d m k c N : 0 <= K ->
  (forall a b, Rabs (act a - act b) <= K * Rabs (a - b)) ->
  (forall u v, u <= v -> pieces t u v act) -> (m < d)%nat ->
  (forall g, pieces (activation_bound t (widths (hidden N))) 0 1 g -> apart c (sawtooth k) g) ->
  cube_apart c d (fun v => sawtooth k (nth m v 0)) (network_value arch act N).
Proof. intros HK HL Hp Hm H. destruct (network_lipschitz arch act K HK HL N) as (C & _ & HC).
  pose proof (error_lipschitz m k _ C HC d) as L. split; [exact (proj1 (cube_lipschitz _ _ _ L))|].
  replace d with (m + S (d - S m))%nat in * by lia. apply (cube_lines m _ _ _ _ L). intros z y Hz _.
  eapply Rle_trans; [exact (proj2 (H _ (line_pieces arch act t N z y Hp)))|].
  right. apply RInt_ext. intros x _. rewrite <- Hz, nth_middle. reflexivity. Qed.

(* The case of ReLU, with the product of the m_i + 1. *)
Lemma relu_lift arch d m k c N : (m < d)%nat ->
  (forall g, pieces (product_bound (widths (hidden N))) 0 1 g -> apart c (sawtooth k) g) ->
  cube_apart c d (fun v => sawtooth k (nth m v 0)) (network_value arch relu N).
Proof. intros Hm H. rewrite <- activation_bound_relu in H.
  exact (dimension_lift arch relu 1 2 d m k c N Rle_0_1 relu_lipschitz relu_pieces Hm H). Qed.

(* The sharp bound for every network of d inputs, f in any of the coordinates. *)
Theorem separation_dimension arch d m k N : (m < d)%nat ->
  cube_apart (/ 4 * (1 - INR (product_bound (widths (hidden N))) / 2 ^ k)) d
    (fun v => sawtooth k (nth m v 0)) (network_value arch relu N).
Proof. intros Hm. apply relu_lift; [exact Hm|]. intros g. apply separation_sharp. Qed.

(* The separation itself: the deep network, and all shallow ones. *)
Theorem separation_dimension_strong d m L : (m < d)%nat -> (1 <= L)%nat ->
  let f := fun v => sawtooth (L ^ 2 + 2) (nth m v 0) in
  (exists N, depth N = (L ^ 2 + 2)%nat /\ nodes N = (2 * (L ^ 2 + 2))%nat /\
    forall v, network_value Layered relu N v = f v) /\
  (forall arch g, (depth g <= L)%nat -> (nodes g <= 2 ^ L)%nat ->
    cube_apart (5 / 32) d f (network_value arch relu g)).
Proof. intros Hm HL f. split.
  - exists (sawtooth_network (repeat 0 m ++ [1]) (L ^ 2 + 2)).
    destruct (sawtooth_network_size (repeat 0 m ++ [1]) (L ^ 2 + 2)) as (_ & D & S).
    split; [exact D|split; [exact S|]]. intro v.
    rewrite sawtooth_network_value, dot_coordinate, Rmult_1_l. reflexivity.
  - intros arch g Hd Hn. apply relu_lift; [exact Hm|]. intros h Hh.
    apply (separation_of_count L g h HL Hd Hn Hh). Qed.

(* d = 2 in the open: both integrals exist, and their order does not matter. *)
Corollary separation_dimension_two k N (g := fun x y => network_value Layered relu N [x; y]) :
  let c := / 4 * (1 - INR (product_bound (widths (hidden N))) / 2 ^ k) in
  (forall y, ex_RInt (fun x => Rabs (sawtooth k x - g x y)) 0 1) /\
  ex_RInt (fun y => RInt (fun x => Rabs (sawtooth k x - g x y)) 0 1) 0 1 /\
  c <= RInt (fun y => RInt (fun x => Rabs (sawtooth k x - g x y)) 0 1) 0 1 /\
  c <= RInt (fun x => RInt (fun y => Rabs (sawtooth k x - g x y)) 0 1) 0 1.
Proof. intro c. destruct (separation_dimension Layered 2 0 k N ltac:(lia)) as [[A B] D].
  split; [intro y; exact (proj2 (A y))|split; [exact B|split; [exact D|]]].
  eapply Rle_trans; [exact D|].
  destruct (network_lipschitz Layered relu 1 Rle_0_1 relu_lipschitz N) as (C & _ & HC). right.
  exact (cube_outermost 1 _ _ (error_lipschitz 0 k _ C HC 2)). Qed.
