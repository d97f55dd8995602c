(* "We can subdivide domain of f into a finite number of polyhedral pieces": true of activation
   regions, which are convex, finitely many, and carry one affine function each; false of the
   largest pieces on which f is affine, when d >= 2. *)
From Depthproof Require Import Binomials Definitions PiecewiseLinear Vectors Compose Regions
  RegionsDeep.

(* ---------- activation regions are convex ---------- *)

(* Affine maps keep the points between two points. *)
Lemma affine_between l s u v : length u = length v ->
  affine l (between s u v) = between s (affine l u) (affine l v).
Proof. intros L. induction l as [|n l IH]; [reflexivity|]. unfold affine, between in *.
  cbn [map vector_sum]. rewrite IH. f_equal.
  apply (between_value (length v) (pre_activation n) s u v (affine_function_unit _ _)); congruence.
Qed.

(* So do masks. *)
Lemma mask_between p : forall s x y, length x = length y ->
  mask p (between s x y) = between s (mask p x) (mask p y).
Proof. induction p as [|b p IH]; intros s [|a x] [|c y] L; try discriminate; try reflexivity.
  unfold between in *. cbn [map vector_sum mask]. rewrite IH by (simpl in L; congruence).
  destruct b; cbn [map vector_sum]; f_equal; ring. Qed.

(* Between two points with the same pattern there is no other pattern. *)
Theorem regions_convex ls : forall s u v, length u = length v -> 0 <= s <= 1 ->
  activation_patterns ls u = activation_patterns ls v ->
  activation_patterns ls (between s u v) = activation_patterns ls u.
Proof. induction ls as [|l ls IH]; intros s u v L Hs E; [reflexivity|].
  cbn [activation_patterns] in *. injection E as E1 E2.
  assert (P : layer_pattern l (between s u v) = layer_pattern l u).
  { pose proof (sides_between (length v) (map pre_activation l) s u v) as Q. unfold sides in Q.
    rewrite !map_map in Q. apply Q; try assumption; [|reflexivity]. apply Forall_forall.
    intros h Hh. apply in_map_iff in Hh. destruct Hh as (n & <- & _). apply affine_function_unit. }
  rewrite P. f_equal. rewrite (relu_mask l (between s u v)), P, affine_between by assumption.
  rewrite mask_between by (unfold affine; rewrite !map_length; reflexivity).
  rewrite (relu_mask l u), (relu_mask l v) in *. rewrite <- E1 in *.
  apply IH; [|assumption|assumption].
  assert (M : forall p x y, length x = length y -> length (mask p x) = length (mask p y)).
  { clear. induction p; intros [|x xs] [|y ys] H; try discriminate; try reflexivity. simpl in *.
    f_equal. apply IHp. congruence. }
  apply M. unfold affine. rewrite !map_length. reflexivity. Qed.

(* What is true: at most so many regions, each convex, the network affine on each. *)
Theorem pieces_polyhedra d N :
  regions_at_most (fold_right (fun m a => zaslavsky m d * a) 1 (widths (hidden N)))%nat d
    (hidden N) /\
  (forall u v s, length u = d -> length v = d -> 0 <= s <= 1 ->
    activation_patterns (hidden N) u = activation_patterns (hidden N) v ->
    activation_patterns (hidden N) (between s u v) = activation_patterns (hidden N) u) /\
  (forall p, exists w b, forall v, length v = d -> activation_patterns (hidden N) v = p ->
    network_value Layered relu N v = dot w v + b).
Proof. split; [apply regions_product|].
  split; [intros; apply regions_convex; congruence || assumption|apply region_affine]. Qed.

(* ---------- linear pieces need not be convex ---------- *)

(* relu (min (x, y)), with min (x, y) = x - relu (x - y). *)
Definition corner_network : network :=
  Network [[([1; -1], 0); ([1], 0); ([-1], 0)]; [([-1; 1; -1], 0)]] ([1], 0).

(* It is. *)
Lemma corner_value x y : network_value Layered relu corner_network [x; y] = relu (Rmin x y).
Proof. unfold network_value, corner_network, pre_activation;
    cbn [hidden output run pass_on activations map].
  unfold pre_activation; cbn [fst snd dot]. replace (1 * x + (-1 * y + 0) + 0) with (x - y) by ring.
  replace (1 * x + 0 + 0) with x by ring. replace (-1 * x + 0 + 0) with (- x) by ring.
  replace (-1 * relu (x - y) + (1 * relu x + (-1 * relu (- x) + 0)) + 0)
    with (relu x - relu (- x) - relu (x - y)) by ring.
  rewrite relu_difference. replace (x - relu (x - y)) with (Rmin x y); [ring|]. unfold Rmin.
  destruct Rle_dec; [rewrite (relu_neg (x - y)) by lra|rewrite (relu_pos (x - y)) by lra]; ring.
Qed.

(* It is 0 exactly where x <= 0 or y <= 0: an L, which is connected (by two segments through 0) and
   not convex; and there is no larger piece that would be. *)
Theorem pieces_polyhedra_false :
  (forall x y, network_value Layered relu corner_network [x; y] = 0 <-> x <= 0 \/ y <= 0) /\
  network_value Layered relu corner_network [-1; 3] = 0 /\
  network_value Layered relu corner_network [3; -1] = 0 /\
  (forall s, 0 <= s <= 1 -> network_value Layered relu corner_network [s * -1; s * 3] = 0 /\
    network_value Layered relu corner_network [s * 3; s * -1] = 0) /\
  between (/ 2) [-1; 3] [3; -1] = [1; 1] /\ network_value Layered relu corner_network [1; 1] = 1.
Proof. assert (Z : forall x y,
    network_value Layered relu corner_network [x; y] = 0 <-> x <= 0 \/ y <= 0).
  { intros x y. rewrite corner_value. unfold Rmin. destruct Rle_dec.
    - split; [intros H; left|intros [H|H]; apply relu_neg; lra]. apply Rnot_lt_le. intro K.
      rewrite relu_pos in H by lra. lra.
    - split; [intros H; right|intros [H|H]; apply relu_neg; lra]. apply Rnot_lt_le. intro K.
      rewrite relu_pos in H by lra. lra. }
  split; [exact Z|]. split; [apply Z; lra|]. split; [apply Z; lra|].
  split; [intros s Hs; split; apply Z; lra|]. split.
  - unfold between. simpl. repeat (f_equal; try field).
  - rewrite corner_value, Rmin_left, relu_pos by lra. reflexivity. Qed.
