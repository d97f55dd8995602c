(* "Recap", (1): with about (1/eps)^d units a ReLU network approximates any Lipschitz function on
   [0,1]^d within eps.  It computes the largest of the cones f(z) - C |v - z| over a grid of z. *)
From Depthproof Require Import Lists Definitions PiecewiseLinear Vectors Oscillations Integrals Cube
  Compose.

(* The cube [0,1]^d. *)
Definition in_cube (d : nat) (v : list R) : Prop :=
  length v = d /\ List.Forall (fun x => 0 <= x <= 1) v.

(* ---------- the largest of 2^K numbers, by K layers and 3 (2^K - 1) units ---------- *)

Fixpoint max_pairs (ys : list R) : list R :=
  match ys with a :: b :: r => Rmax a b :: max_pairs r | _ => [] end.

(* max (a, b) = relu (b - a) + relu a - relu (- a). *)
Fixpoint max_in (m : nat) : list node :=
  match m with
  | O => []
  | S m' => ([-1; 1], 0) :: ([1], 0) :: ([-1], 0) :: map (second_block 2) (max_in m')
  end.

Fixpoint max_out (m : nat) : list node :=
  match m with O => [] | S m' => ([1; 1; -1], 0) :: map (second_block 3) (max_out m') end.

(* Their units. *)
Lemma max_units m : length (max_in m) = (3 * m)%nat /\ length (max_out m) = m.
Proof. induction m as [|m [A B]]; [split; reflexivity|]. cbn [max_in max_out length].
  rewrite !map_length, A, B. lia. Qed.

(* The larger of two numbers. *)
Lemma max_relu a b : Rmax a b = relu (b - a) + a.
Proof. unfold Rmax. destruct Rle_dec; [rewrite relu_pos by lra|rewrite relu_neg by lra]; ring. Qed.

(* One layer halves the list. *)
Lemma max_value m : forall ys, length ys = (2 * m)%nat ->
  affine (max_out m) (map relu (affine (max_in m) ys)) = max_pairs ys.
Proof. induction m as [|m IH]; intros ys H; [destruct ys; [reflexivity|discriminate]|].
  destruct ys as [|a [|b r]]; try (simpl in H; lia). cbn [max_in max_out affine map max_pairs].
  fold (affine (map (second_block 2) (max_in m)) (a :: b :: r)).
  pose proof (affine_second (max_in m) [a; b] r) as E. cbn [length app] in E. rewrite E.
  set (T := map relu (affine (max_in m) r)) in *.
  set (p := relu (pre_activation ([-1; 1], 0) (a :: b :: r))).
  set (q := relu (pre_activation ([1], 0) (a :: b :: r))).
  set (s := relu (pre_activation ([-1], 0) (a :: b :: r))).
  fold (affine (map (second_block 3) (max_out m)) (p :: q :: s :: T)).
  pose proof (affine_second (max_out m) [p; q; s] T) as E'. cbn [length app] in E'. rewrite E'.
  unfold T. rewrite IH by (simpl in H; lia). f_equal. rewrite max_relu.
  unfold p, q, s, pre_activation. cbn [fst snd dot]. rewrite <- (relu_difference a) at 5.
  replace (-1 * a + (1 * b + 0) + 0) with (b - a) by ring. replace (1 * a + 0 + 0) with a by ring.
  replace (-1 * a + 0 + 0) with (- a) by ring. ring. Qed.

(* Half as many, none of them new, and each old one is below one of them. *)
Lemma max_pairs_spec m : forall ys, length ys = (2 * m)%nat -> length (max_pairs ys) = m /\
  (forall y, In y (max_pairs ys) -> In y ys) /\
  (forall y, In y ys -> exists z, In z (max_pairs ys) /\ y <= z).
Proof.
  induction m as [|m IH]; intros ys H; [destruct ys; [|discriminate]; repeat split; intros y []|].
  destruct ys as [|a [|b r]]; try (simpl in H; lia).
  destruct (IH r ltac:(simpl in H; lia)) as (A & B & C). cbn [max_pairs length].
  pose proof (Rmax_l a b). pose proof (Rmax_r a b). repeat split; [congruence| |].
  - intros y [<-|Hy]; [unfold Rmax; destruct Rle_dec; simpl; auto|right; right; auto].
  - intros y [<-|[<-|Hy]]; [exists (Rmax a b); simpl; auto..|]. destruct (C y Hy) as (z & Hz & L).
    exists z. simpl; auto. Qed.

(* All layers of the tree. *)
Lemma computes_maximum d K : forall L n F, computes d L n (2 ^ K) F ->
  exists G, computes d (K + L) (n + 3 * (2 ^ K - 1)) 1 G /\ forall v, length v = d ->
  exists y, G v = [y] /\ In y (F v) /\ forall x, In x (F v) -> x <= y.
Proof. induction K as [|K IH]; intros L n F H.
  - exists F. split; [replace (n + 3 * (2 ^ 0 - 1))%nat with n by (simpl; lia); exact H|].
    intros v Hv. pose proof (computes_length _ _ _ _ _ v H Hv) as E.
    destruct (F v) as [|y [|? ?]]; try discriminate. exists y. repeat split; [left; reflexivity|].
    intros x [<-|[]]. lra.
  - pose proof (max_units (2 ^ K)) as [A B].
    pose proof (computes_layer _ _ _ _ _ (max_in (2 ^ K)) (max_out (2 ^ K)) H) as J.
    rewrite A, B in J. destruct (IH _ _ _ J) as (G & HG & Q). exists G. split.
    + assert (1 <= 2 ^ K)%nat by (apply Nat.neq_0_lt_0, Nat.pow_nonzero; lia).
      replace (S K + L)%nat with (K + S L)%nat by lia. replace (n + 3 * (2 ^ S K - 1))%nat
        with (n + 3 * 2 ^ K + 3 * (2 ^ K - 1))%nat by (simpl; lia).
      exact HG.
    + intros v Hv. pose proof (computes_length _ _ _ _ _ v H Hv) as E.
      change (2 ^ S K)%nat with (2 * 2 ^ K)%nat in E. destruct (Q v Hv) as (y & E1 & E2 & E3).
      rewrite max_value in E2, E3 by exact E.
      destruct (max_pairs_spec (2 ^ K) (F v) E) as (_ & P1 & P2). exists y. repeat split; auto.
      intros x Hx. destruct (P2 x Hx) as (z & Hz & Hxz). specialize (E3 z Hz). lra. Qed.

(* ---------- the grid, and the cones ---------- *)

Section Grid.
Variables (cs : list R) (C : R) (f : list R -> R).

(* |x - c| = relu (x - c) + relu (c - x), for all values c of all coordinates. *)
Definition coordinate_units : list node := flat_map (fun c => [([1], - c); ([-1], c)]) cs.

Fixpoint grid_units (d : nat) : list node :=
  match d with O => [] | S d' => coordinate_units ++ map (second_block 1) (grid_units d') end.

Definition coordinate_values (x : R) : list R :=
  flat_map (fun c => [relu (x - c); relu (c - x)]) cs.

(* A point of the grid is given by the numbers of its coordinates. *)
Fixpoint grid (d : nat) : list (list nat) :=
  match d with
  | O => [[]]
  | S d' => flat_map (fun i => map (cons i) (grid d')) (seq 0 (length cs))
  end.

Definition point (z : list nat) : list R := map (fun i => nth i cs 0) z.

Fixpoint pick (l : list R) (i : nat) : list R :=
  match l, i with
  | [], _ => []
  | _ :: l', O => - C :: - C :: repeat 0 (2 * length l')
  | _ :: l', S i' => 0 :: 0 :: pick l' i'
  end.

Fixpoint cone_weights (z : list nat) : list R :=
  match z with [] => [] | i :: z' => pick cs i ++ cone_weights z' end.

Definition cone (z : list nat) : node := (cone_weights z, f (point z)).

(* Absolute values. *)
Lemma relu_abs x c : relu (x - c) + relu (c - x) = Rabs (x - c).
Proof. destruct (Rle_dec c x);
    [rewrite relu_pos, relu_neg, Rabs_right by lra|rewrite relu_neg, relu_pos, Rabs_left by lra];
  ring. Qed.

(* The first layer. *)
Lemma grid_units_value d : forall x v, map relu (affine (grid_units (S d)) (x :: v)) =
  coordinate_values x ++ map relu (affine (grid_units d) v).
Proof. intros x v. cbn [grid_units]. unfold affine at 1. rewrite map_app, map_app.
  fold (affine (map (second_block 1) (grid_units d)) (x :: v)).
  pose proof (affine_second (grid_units d) [x] v) as E. cbn [length app] in E. rewrite E. f_equal.
  unfold coordinate_units, coordinate_values. induction cs as [|c l IH]; [reflexivity|].
  cbn [flat_map app map]. rewrite IH. unfold pre_activation; cbn [fst snd dot].
  replace (1 * x + 0 + - c) with (x - c) by ring. replace (-1 * x + 0 + c) with (c - x) by ring.
  reflexivity. Qed.

(* Lengths, so that weights and values match. *)
Lemma pick_length l : forall i, length (pick l i) = (2 * length l)%nat.
Proof. induction l; intros [|i]; cbn [pick length]; try reflexivity;
    [rewrite repeat_length; lia|rewrite IHl; lia].
Qed.

(* Two values for each c. *)
Lemma coordinate_values_length x : length (coordinate_values x) = (2 * length cs)%nat.
Proof. unfold coordinate_values. induction cs; simpl; [reflexivity|]. rewrite IHl. lia. Qed.

(* The weights pick one coordinate. *)
Lemma pick_value x i : (i < length cs)%nat ->
  dot (pick cs i) (coordinate_values x) = - C * Rabs (x - nth i cs 0).
Proof. unfold coordinate_values. revert i. induction cs as [|c l IH]; intros [|i] H;
    cbn [length] in H; try lia; cbn [pick flat_map app dot nth];
    [rewrite dot_zeros, <- relu_abs; ring|rewrite IH by lia; ring].
Qed.

(* The value of a cone. *)
Lemma cone_value z : forall v, length z = length v ->
  List.Forall (fun i => (i < length cs)%nat) z ->
  pre_activation (cone z) (map relu (affine (grid_units (length v)) v)) =
  f (point z) - C * sum_distance v (point z).
Proof. intros v H Hz. unfold pre_activation, cone; cbn [fst snd].
  enough (E : dot (cone_weights z) (map relu (affine (grid_units (length v)) v)) = - C *
    sum_distance v (point z)) by (rewrite E; ring).
  revert v H. induction Hz as [|i z Hi Hz IH]; intros [|x v] H; try discriminate; [simpl; ring|].
  cbn [length]. rewrite grid_units_value. cbn [cone_weights point map sum_distance].
  rewrite dot_blocks by (rewrite pick_length, coordinate_values_length; reflexivity).
  rewrite pick_value by assumption. rewrite IH by (simpl in H; congruence). unfold point. ring. Qed.

(* The sizes. *)
Lemma grid_units_length d : length (grid_units d) = (2 * length cs * d)%nat.
Proof. induction d; [rewrite Nat.mul_0_r; reflexivity|]. cbn [grid_units].
  rewrite app_length, map_length, IHd. assert (E : length coordinate_units = (2 * length cs)%nat).
  { unfold coordinate_units. clear. induction cs; [reflexivity|]. cbn [flat_map app length].
    rewrite IHl. lia. }
  rewrite E. ring. Qed.

(* One point for each choice of a value in each coordinate. *)
Lemma grid_length d : length (grid d) = (length cs ^ d)%nat.
Proof. induction d; [reflexivity|]. cbn [grid Nat.pow]. rewrite product_length, seq_length, IHd.
  reflexivity. Qed.

(* The points. *)
Lemma grid_spec d : forall z, In z (grid d) <-> length z = d /\
  List.Forall (fun i => (i < length cs)%nat) z.
Proof. induction d; intros z; cbn [grid].
  - split; [intros [<-|[]]; split; [reflexivity|constructor]|]. intros [H _].
    destruct z; [left; reflexivity|discriminate].
  - rewrite in_flat_map. split.
    + intros (i & Hi & Hz). apply in_map_iff in Hz. destruct Hz as (z' & <- & Hz').
      apply IHd in Hz'. destruct Hz' as [<- Hz']. apply in_seq in Hi. split; [reflexivity|].
      constructor; [lia|assumption].
    + intros [H Hz]. destruct z as [|i z]; [discriminate|]. inversion Hz; subst. exists i.
      split; [apply in_seq; lia|]. apply in_map. apply IHd.
      split; [simpl in H; congruence|assumption]. Qed.

(* Each once. *)
Lemma grid_nodup d : NoDup (grid d).
Proof. induction d; [repeat constructor; intros []|]. apply (pairs_nodup (seq 0 (length cs)));
    [apply seq_NoDup|assumption]. Qed.

(* One layer computes all cones. *)
Lemma computes_cones d : exists F, computes d 1 (2 * length cs * d) (length cs ^ d) F /\
  forall v, length v = d ->
    F v = map (fun z => f (point z) - C * sum_distance v (point z)) (grid d).
Proof. exists (fun v => affine (map cone (grid d)) (map relu (affine (grid_units d) v))). split.
  - exists [grid_units d], (map cone (grid d)). rewrite map_length, grid_length. repeat split.
    + cbn. rewrite grid_units_length. lia.
    + intros v Hv. cbn [run pass_on]. unfold activations, affine. rewrite !map_map. reflexivity.
  - intros v <-. unfold affine at 1. rewrite map_map. apply map_ext_in. intros z Hz.
    apply grid_spec in Hz. destruct Hz. apply cone_value; assumption. Qed.

End Grid.

(* ---------- the theorem ---------- *)

(* Of n cells of the unit interval, one holds x. *)
Lemma unit_cell n x : (0 < n)%nat -> 0 <= x <= 1 ->
  exists j, (j < n)%nat /\ INR j / INR n <= x <= (INR j + 1) / INR n.
Proof. intros Hn Hx. assert (P : 0 < INR n) by (apply lt_0_INR; exact Hn).
  assert (Pi : 0 < / INR n) by (apply Rinv_0_lt_compat; exact P).
  destruct (cell_of n (x * INR n)) as (j & Hj & Xj); [lia|nra|]. exists j. split; [exact Hj|].
  replace x with (x * INR n / INR n) by (field; lra). unfold Rdiv.
  split; apply Rmult_le_compat_r; lra. Qed.

(* The midpoints of 2^k cells. *)
Definition midpoints (k : nat) : list R := map (fun i => (INR i + / 2) / 2 ^ k) (seq 0 (2 ^ k)).

(* Each point of the unit interval is within half a cell of one. *)
Lemma midpoints_near k x : 0 <= x <= 1 -> exists i, (i < length (midpoints k))%nat /\
  0 <= nth i (midpoints k) 0 <= 1 /\ Rabs (x - nth i (midpoints k) 0) <= / 2 ^ (k + 1).
Proof. intros H. assert (Hk : 0 < 2 ^ k) by (apply pow_lt; lra).
  assert (Hi : 0 < / 2 ^ k) by (apply Rinv_0_lt_compat; assumption).
  assert (HN : INR (2 ^ k) = 2 ^ k) by (rewrite pow_INR; reflexivity).
  destruct (2 ^ k)%nat as [|n] eqn:E; [exfalso; revert E; apply Nat.pow_nonzero; lia|].
  destruct (cell_of (S n) (x * 2 ^ k)) as (i & Hin & Hx); [lia|rewrite HN; nra|]. exists i.
  unfold midpoints. rewrite map_length, seq_length, E. split; [lia|].
  rewrite (nth_indep _ 0 ((INR 0 + / 2) / 2 ^ k)) by (rewrite map_length, seq_length; lia).
  rewrite (map_nth (fun i => (INR i + / 2) / 2 ^ k)), seq_nth by lia. cbn [Nat.add].
  assert (Hn : INR i + 1 <= 2 ^ k) by (rewrite <- HN, <- S_INR; apply le_INR; lia).
  pose proof (pos_INR i) as P. assert (B : 2 ^ k * / 2 ^ k = 1) by (apply Rinv_r; lra).
  assert (X : x = (x * 2 ^ k) * / 2 ^ k) by (rewrite Rmult_assoc, B; ring). unfold Rdiv.
  split; [nra|].
  replace (/ 2 ^ (k + 1)) with (/ 2 * / 2 ^ k) by (rewrite pow_add; simpl; field; lra).
  rewrite X at 1. replace (x * 2 ^ k * / 2 ^ k - (INR i + / 2) * / 2 ^ k)
    with ((x * 2 ^ k - (INR i + / 2)) * / 2 ^ k) by ring.
  rewrite Rabs_mult, (Rabs_right (/ 2 ^ k)) by lra. apply Rmult_le_compat_r; [lra|]. apply Rabs_le.
  lra. Qed.

(* A point of the grid near each point of the cube. *)
Lemma grid_near k d : forall v, in_cube d v -> exists z, In z (grid (midpoints k) d) /\
  in_cube d (point (midpoints k) z) /\ sum_distance v (point (midpoints k) z) <=
  INR d / 2 ^ (k + 1).
Proof. intros v [H Hv]. revert d H.
  induction Hv as [|x v Hx Hv IH]; intros d H; simpl in H; subst d.
  - exists []. repeat split; [left; reflexivity|constructor|simpl; lra].
  - destruct (IH _ eq_refl) as (z & Hz & [Hl Hc] & Hd).
    destruct (midpoints_near k x Hx) as (i & Hi & Hc' & Hd'). exists (i :: z). repeat split.
    + apply grid_spec. apply grid_spec in Hz. destruct Hz.
      split; [simpl; congruence|constructor; assumption].
    + simpl. congruence.
    + constructor; assumption.
    + cbn [point map sum_distance]. fold (point (midpoints k) z). rewrite S_INR. lra. Qed.

(* The points of the grid are in the cube. *)
Lemma grid_in_cube k d z : In z (grid (midpoints k) d) -> in_cube d (point (midpoints k) z).
Proof. intros H. apply grid_spec in H. destruct H as [Hl Hz].
  split; [unfold point; rewrite map_length; assumption|]. clear Hl.
  induction Hz as [|i z Hi Hz IH]; [constructor|]. constructor; [|assumption].
  assert (Hk : 0 < 2 ^ k) by (apply pow_lt; lra).
  assert (Hp : 0 < / 2 ^ k) by (apply Rinv_0_lt_compat; assumption). unfold midpoints in *.
  rewrite map_length, seq_length in Hi.
  rewrite (nth_indep _ 0 ((INR 0 + / 2) / 2 ^ k)) by (rewrite map_length, seq_length; lia).
  rewrite (map_nth (fun i => (INR i + / 2) / 2 ^ k)), seq_nth by lia. cbn [Nat.add].
  assert (HN : INR i + 1 <= 2 ^ k) by (rewrite <- S_INR;
    replace (2 ^ k) with (INR (2 ^ k)) by (rewrite pow_INR; reflexivity); apply le_INR; lia).
  pose proof (pos_INR i). assert (B : 2 ^ k * / 2 ^ k = 1) by (apply Rinv_r; lra). unfold Rdiv.
  nra. Qed.

(* f may miss the slope C by e, at any two points of the cube: so that the theorem below is about
   all continuous functions. *)
Definition almost_lipschitz (e C : R) (d : nat) (f : list R -> R) : Prop :=
  forall v w, in_cube d v -> in_cube d w -> f v - f w <= e + C * sum_distance v w.

(* The distance is symmetric. *)
Lemma sum_distance_sym v : forall w, sum_distance v w = sum_distance w v.
Proof. induction v as [|a v IH]; intros [|b w]; simpl; try reflexivity. rewrite IH, Rabs_minus_sym.
  reflexivity. Qed.

(* The largest cone, raised by half the error, is close to f. *)
Lemma cones_close e C d k f v y : 0 <= C -> almost_lipschitz e C d f -> in_cube d v ->
  In y (map (fun z => f (point (midpoints k) z) - C * sum_distance v (point (midpoints k) z))
    (grid (midpoints k) d)) ->
  (forall z, In z (grid (midpoints k) d) ->
    f (point (midpoints k) z) - C * sum_distance v (point (midpoints k) z) <= y) ->
  Rabs (f v - (y + C * INR d / 2 ^ (k + 1))) <= e + C * INR d / 2 ^ (k + 1).
Proof. intros HC Hf Hv Iy My. apply in_map_iff in Iy. destruct Iy as (z & <- & Iz).
  destruct (grid_near k d v Hv) as (z' & Iz' & Cz' & Dz'). specialize (My z' Iz').
  pose proof (Hf _ v (grid_in_cube k d z Iz) Hv) as A. rewrite sum_distance_sym in A.
  pose proof (Hf v _ Hv Cz') as B. set (r := INR d / 2 ^ (k + 1)) in *.
  replace (C * INR d / 2 ^ (k + 1)) with (C * r) by (unfold r; field; apply pow_nonzero; lra).
  assert (D : C * sum_distance v (point (midpoints k) z') <= C * r) by (apply Rmult_le_compat_l;
    assumption).
  apply Rabs_le. lra. Qed.

(* The network of the cones. *)
Theorem approximation_cones e C d k f : 0 <= C -> almost_lipschitz e C d f ->
  exists N, depth N = (1 + k * d)%nat /\ nodes N = (2 * d * 2 ^ k + 3 * (2 ^ (k * d) - 1))%nat /\
  forall v, in_cube d v ->
    Rabs (f v - network_value Layered relu N v) <= e + C * INR d / 2 ^ (k + 1).
Proof. intros HC Hf. destruct (computes_cones (midpoints k) C f d) as (F & HF & VF).
  assert (Hl : length (midpoints k) = (2 ^ k)%nat) by (unfold midpoints;
    rewrite map_length, seq_length; reflexivity).
  rewrite Hl, <- Nat.pow_mul_r in HF.
  destruct (computes_maximum d (k * d) _ _ _ HF) as (G & HG & VG).
  apply (fun H => computes_output _ _ _ _ _ [([1], C * INR d / 2 ^ (k + 1))] H) in HG.
  destruct (computes_network _ _ _ _ HG) as (N & N1 & N2 & VN). exists N. split; [lia|].
  split; [lia|]. intros v Hv. pose proof (proj1 Hv) as Hd. specialize (VN v Hd).
  destruct (VG v Hd) as (y & Ey & Iy & My). rewrite Ey in VN. cbn in VN. injection VN as <-.
  unfold pre_activation; cbn [fst snd dot]. rewrite VF in Iy, My by assumption.
  replace (1 * y + 0) with y by ring. apply cones_close; try assumption. intros z Hz. apply My.
  apply (in_map (fun z => f (point (midpoints k) z) - C * sum_distance v (point (midpoints k) z))),
    Hz.
Qed.

Definition lipschitz_on_cube (C : R) (d : nat) (f : list R -> R) : Prop :=
  forall v w, in_cube d v -> in_cube d w -> Rabs (f v - f w) <= C * sum_distance v w.

(* Lipschitz functions: the error for 2^(kd) points. *)
Theorem approximation_cube C d k f : 0 <= C -> lipschitz_on_cube C d f ->
  exists N, depth N = (1 + k * d)%nat /\ nodes N = (2 * d * 2 ^ k + 3 * (2 ^ (k * d) - 1))%nat /\
  forall v, in_cube d v -> Rabs (f v - network_value Layered relu N v) <= C * INR d / 2 ^ (k + 1).
Proof. intros HC Hf. destruct (approximation_cones 0 C d k f HC) as (N & A & B & E).
  - intros v w Hv Hw. specialize (Hf v w Hv Hw). pose proof (Rle_abs (f v - f w)). lra.
  - exists N. repeat split; try assumption. intros v Hv. specialize (E v Hv). lra. Qed.

(* The least k with t <= 2^k. *)
Lemma least_power t : exists k, t <= 2 ^ k /\ (2 ^ k <= Rmax 1 (2 * t)).
Proof. assert (H : exists n, t <= 2 ^ n).
  { destruct (Pow_x_infinity 2 ltac:(rewrite Rabs_right; lra) t) as [n Hn]. exists n.
    specialize (Hn n (Nat.le_refl n)). rewrite Rabs_right in Hn; [lra|]. apply Rle_ge, pow_le.
    lra. }
  destruct H as [n Hn]. induction n as [|n IH]; [exists 0%nat; split; [assumption|apply Rmax_l]|].
  destruct (Rle_dec t (2 ^ n)) as [L|L]; [auto|]. exists (S n). split; [assumption|]. simpl.
  pose proof (Rmax_r 1 (2 * t)). lra. Qed.

(* The slide's (1/eps)^d, with the constants: at most (2d + 3) (C d / eps)^d units, if C d / eps is
   at least 1, and 2^(depth - 1) is at most (C d / eps)^d: logarithmic depth. *)
Theorem approximation_cube_eps C d f eps :
  0 <= C -> 0 < eps -> (1 <= d)%nat -> lipschitz_on_cube C d f ->
  exists N, 2 ^ (depth N - 1) <= Rmax 1 (C * INR d / eps) ^ d /\
  INR (nodes N) <= (2 * INR d + 3) * Rmax 1 (C * INR d / eps) ^ d /\
  forall v, in_cube d v -> Rabs (f v - network_value Layered relu N v) <= eps.
Proof. intros HC He Hd Hf. set (t := C * INR d / (2 * eps)).
  destruct (least_power t) as (k & K1 & K2).
  destruct (approximation_cube C d k f HC Hf) as (N & A & B & E). exists N.
  replace (2 * t) with (C * INR d / eps) in K2 by (unfold t; field; lra).
  set (b := Rmax 1 (C * INR d / eps)) in *. assert (Hk : 0 < 2 ^ k) by (apply pow_lt; lra).
  assert (Hk1 : 1 <= 2 ^ k) by (apply pow_R1_Rle; lra).
  assert (P : 2 ^ (k * d) <= b ^ d) by (rewrite pow_mult; apply pow_incr; lra).
  assert (Q : 2 ^ k <= 2 ^ (k * d)) by (apply Rle_pow; [lra|nia]).
  assert (P2 : forall n, INR (2 ^ n) = 2 ^ n) by (intro; rewrite pow_INR; reflexivity).
  split; [rewrite A; replace (1 + k * d - 1)%nat with (k * d)%nat by lia; assumption|]. split.
  - rewrite B. assert (1 <= 2 ^ (k * d))%nat by (apply Nat.neq_0_lt_0, Nat.pow_nonzero; lia).
    rewrite plus_INR, !mult_INR, minus_INR, !P2 by lia. change (INR 2) with 2.
    replace (INR 3) with 3 by (simpl; ring). simpl (INR 1). pose proof (pos_INR d).
    assert (2 * INR d * 2 ^ k <= 2 * INR d * b ^ d) by (apply Rmult_le_compat_l; lra). lra.
  - intros v Hv. eapply Rle_trans; [apply E, Hv|]. rewrite pow_add, pow_1.
    apply Rmult_le_reg_r with (2 ^ k); [assumption|].
    replace (C * INR d / (2 ^ k * 2) * 2 ^ k) with (t * eps) by (unfold t; field; lra). nra. Qed.
