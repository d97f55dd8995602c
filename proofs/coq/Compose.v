(* Building networks from networks: affine maps in front, one more layer on top, two networks side
   by side.  Units and layers are counted, so that the size of a construction can be read off. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors.

(* ---------- affine maps ---------- *)

Definition affine (A : list node) (v : list R) : list R := map (fun o => pre_activation o v) A.

(* A row of weights on top of an affine map. *)
Fixpoint mix (w : list R) (A : list node) : node :=
  match w, A with
  | a :: w', (u, c) :: A' =>
    (vector_sum (map (Rmult a) u) (fst (mix w' A')), a * c + snd (mix w' A'))
  | _, _ => ([], 0)
  end.

(* Its value. *)
Lemma mix_value w : forall A v, pre_activation (mix w A) v = dot w (affine A v).
Proof. induction w as [|a w IH]; intros [|[u c] A] v; unfold pre_activation in *;
    cbn [mix fst snd affine map dot]; try (simpl; ring).
  specialize (IH A v). cbn [fst snd] in *. rewrite dot_sum, dot_scale. unfold affine in IH.
  rewrite <- IH. unfold pre_activation. cbn [fst snd]. ring. Qed.

(* An affine map on top of an affine map. *)
Definition compose (B A : list node) : list node :=
  map (fun o => (fst (mix (fst o) A), snd (mix (fst o) A) + snd o)) B.

(* Its value. *)
Lemma compose_value B A v : affine (compose B A) v = affine B (affine A v).
Proof. unfold affine at 1 2, compose. rewrite map_map. apply map_ext. intros [w b].
  pose proof (mix_value w A v) as E. unfold pre_activation in *. cbn [fst snd] in *. rewrite <- E.
  ring. Qed.

(* A layer on top of an affine map. *)
Lemma compose_activations l A v : activations relu (compose l A) v =
  activations relu l (affine A v).
Proof. unfold activations. pose proof (compose_value l A v) as E. unfold affine at 1 2 in E.
  rewrite <- (map_map (fun n => pre_activation n v) relu),
    <- (map_map (fun n => pre_activation n (affine A v)) relu), E.
  reflexivity. Qed.

(* ---------- blocks ---------- *)

(* Of two blocks of numbers, the first of k numbers, a unit reads one only. *)
Definition first_block (k : nat) (o : node) : node := (firstn k (fst o), snd o).

Definition second_block (k : nat) (o : node) : node := (repeat 0 k ++ fst o, snd o).

(* The first. *)
Lemma first_block_value o a b : pre_activation (first_block (length a) o) (a ++ b) =
  pre_activation o a.
Proof. destruct o as [w c]. unfold pre_activation, first_block; cbn [fst snd]. f_equal. revert w.
  induction a as [|y a IH]; intros [|z w]; cbn [length firstn dot app]; try reflexivity. rewrite IH.
  reflexivity. Qed.

(* The second. *)
Lemma second_block_value o a b : pre_activation (second_block (length a) o) (a ++ b) =
  pre_activation o b.
Proof. destruct o as [w c]. unfold pre_activation, second_block; cbn [fst snd]. f_equal.
  induction a as [|y a IH]; cbn [length repeat app dot]; [reflexivity|]. rewrite IH. ring. Qed.

Definition blocks (k : nat) (A B : list node) : list node :=
  map (first_block k) A ++ map (second_block k) B.

(* Two affine maps, each on its block. *)
Lemma blocks_value A B a b : affine (blocks (length a) A B) (a ++ b) = affine A a ++ affine B b.
Proof. unfold affine, blocks. rewrite map_app, !map_map. f_equal; apply map_ext; intro.
  - apply first_block_value.
  - apply second_block_value. Qed.

(* Layers side by side; the first network has passed on k numbers. *)
Fixpoint beside (k : nat) (ls ms : list layer) : list layer :=
  match ls, ms with
  | l :: ls', m :: ms' => blocks k l m :: beside (length l) ls' ms'
  | _, _ => []
  end.

(* Both run. *)
Lemma beside_run ls : forall ms a b, length ls = length ms ->
  run Layered relu (beside (length a) ls ms) (a ++ b) =
  run Layered relu ls a ++ run Layered relu ms b.
Proof. induction ls as [|l ls IH]; intros [|m ms] a b H; try discriminate; [reflexivity|].
  cbn [beside run pass_on]. injection H as H. rewrite <- IH by assumption. unfold activations.
  rewrite map_length. f_equal. rewrite <- (map_map (fun o => pre_activation o (a ++ b)) relu).
  fold (affine (blocks (length a) l m) (a ++ b)). rewrite blocks_value, map_app. unfold affine.
  rewrite !map_map. reflexivity. Qed.

(* Units add. *)
Lemma beside_units ls : forall ms k, length ls = length ms -> length (beside k ls ms) = length ls /\
  list_sum (widths (beside k ls ms)) = (list_sum (widths ls) + list_sum (widths ms))%nat.
Proof. induction ls as [|l ls IH]; intros [|m ms] k H; try discriminate; [split; reflexivity|].
  injection H as H. cbn [beside]. destruct (IH ms (length l) H) as [A B]. unfold widths in *.
  cbn [map list_sum fold_right length]. split; [congruence|].
  change (fold_right Nat.add 0%nat) with list_sum. rewrite B. unfold blocks.
  rewrite app_length, !map_length. lia. Qed.

(* What a network passes on has the width of its last layer. *)
Lemma run_length ls : forall v w, length v = length w ->
  length (run Layered relu ls v) = length (run Layered relu ls w).
Proof. induction ls as [|l ls IH]; intros v w H; [assumption|]. cbn [run pass_on]. apply IH.
  unfold activations. rewrite !map_length. reflexivity. Qed.

(* Units add up over the layers. *)
Lemma units_app ls ms : list_sum (widths (ls ++ ms)) =
  (list_sum (widths ls) + list_sum (widths ms))%nat.
Proof. unfold widths. rewrite map_app. apply list_sum_app. Qed.

(* One layer more. *)
Lemma units_cons l ls : list_sum (widths (l :: ls)) = (length l + list_sum (widths ls))%nat.
Proof. reflexivity. Qed.

(* ---------- functions that networks compute ---------- *)

(* F : R^d -> R^m is computed by L layers with n units in all, and m affine outputs. *)
Definition computes (d L n m : nat) (F : list R -> list R) : Prop :=
  exists ls A, length ls = L /\ list_sum (widths ls) = n /\ length A = m /\
    forall v, length v = d -> F v = affine A (run Layered relu ls v).

(* The same function. *)
Lemma computes_ext d L n m F G : (forall v, length v = d -> G v = F v) -> computes d L n m F ->
  computes d L n m G.
Proof. intros E (ls & A & H1 & H2 & H3 & H). exists ls, A. repeat split; try assumption.
  intros v Hv. rewrite E; auto. Qed.

(* An affine map needs no units. *)
Lemma computes_affine d A : computes d 0 0 (length A) (affine A).
Proof. exists [], A. repeat split. Qed.

(* The number of outputs. *)
Lemma computes_length d L n m F v : computes d L n m F -> length v = d -> length (F v) = m.
Proof. intros (ls & A & _ & _ & HA & H) Hv. rewrite H by assumption. unfold affine.
  rewrite map_length. assumption. Qed.

(* An affine map on top needs no units. *)
Lemma computes_output d L n m F B : computes d L n m F ->
  computes d L n (length B) (fun v => affine B (F v)).
Proof. intros (ls & A & H1 & H2 & H3 & H). exists ls, (compose B A). unfold compose at 1.
  rewrite map_length. repeat split; try assumption. intros v Hv.
  rewrite compose_value, <- H by assumption. reflexivity. Qed.

(* One more layer. *)
Lemma computes_layer d L n m F A B : computes d L n m F ->
  computes d (S L) (n + length A) (length B) (fun v => affine B (map relu (affine A (F v)))).
Proof. intros H. destruct (computes_output d L n m F A H) as (ls & A' & H1 & H2 & H3 & E).
  exists (ls ++ [A']), B. rewrite app_length, units_app, H1, H2. cbn. repeat split; try lia.
  intros v Hv. f_equal. rewrite E by assumption. assert (R : forall ls x,
    run Layered relu (ls ++ [A']) x = map relu (affine A' (run Layered relu ls x))).
  { clear. induction ls; intros x; cbn [app run pass_on]; [|apply IHls]. unfold activations, affine.
    rewrite map_map. reflexivity. }
  symmetry. apply R. Qed.

(* Side by side, at the same depth. *)
Lemma computes_beside d L n1 n2 m1 m2 F G : computes d L n1 m1 F -> computes d L n2 m2 G ->
  computes d L (n1 + n2) (m1 + m2) (fun v => F v ++ G v).
Proof. intros (ls & A & H1 & H2 & H3 & H) (ms & B & K1 & K2 & K3 & K). destruct ls as [|l ls].
  - destruct ms as [|? ?]; [|simpl in *; lia]. exists [], (A ++ B). rewrite app_length.
    repeat split; try (simpl in *; lia). intros v Hv. rewrite H, K by assumption. unfold affine.
    rewrite map_app. reflexivity.
  - destruct ms as [|m ms]; [simpl in *; lia|]. cbn [length] in *.
    destruct (beside_units ls ms (length l) ltac:(lia)) as [U1 U2].
    set (k := length (run Layered relu ls (map relu (affine l (repeat 0 d))))).
    exists ((l ++ m) :: beside (length l) ls ms), (blocks k A B). cbn [length]. unfold blocks at 1.
    rewrite units_cons in *. rewrite U1, U2, !app_length, !map_length. repeat split; try lia.
    intros v Hv. rewrite H, K by assumption. cbn [run pass_on]. unfold activations. rewrite map_app.
    replace (length l) with (length (map (fun n => relu (pre_activation n v)) l))
      by apply map_length.
    rewrite beside_run by lia. rewrite <- blocks_value. f_equal. f_equal. unfold k.
    apply run_length. unfold affine. rewrite !map_length. reflexivity. Qed.

(* A network with one output. *)
Lemma computes_network d L n F : computes d L n 1 F -> exists N, depth N = L /\ nodes N = n /\
  forall v, length v = d -> F v = [network_value Layered relu N v].
Proof. intros (ls & A & H1 & H2 & H3 & H). destruct A as [|o [|? ?]]; try discriminate.
  exists (Network ls o). repeat split; try assumption. Qed.

(* ---------- carrying numbers on ---------- *)

(* Each number y as relu y - relu (- y). *)
Fixpoint carry_in (m : nat) : list node :=
  match m with O => [] | S m' => ([1], 0) :: ([-1], 0) :: map (second_block 1) (carry_in m') end.

Fixpoint carry_out (m : nat) : list node :=
  match m with O => [] | S m' => ([1; -1], 0) :: map (second_block 2) (carry_out m') end.

(* relu y - relu (- y) = y. *)
Lemma relu_difference y : relu y - relu (- y) = y.
Proof. destruct (Rle_dec 0 y); [rewrite relu_pos, relu_neg by lra|rewrite relu_neg, relu_pos
    by lra]; ring.
Qed.

(* The difference of two units is between 0 and 1. *)
Lemma clip_range y : 0 <= relu y - relu (y - 1) <= 1.
Proof. destruct (Rle_dec y 0); [rewrite !relu_neg by lra; lra|]. rewrite (relu_pos y) by lra.
  destruct (Rle_dec y 1); [rewrite relu_neg by lra; lra|rewrite relu_pos by lra; lra]. Qed.

(* An affine map that skips a block. *)
Lemma affine_second A a b : affine (map (second_block (length a)) A) (a ++ b) = affine A b.
Proof. unfold affine. rewrite map_map. apply map_ext. intro. apply second_block_value. Qed.

(* What comes out is what went in. *)
Lemma carry_value v : affine (carry_out (length v)) (map relu (affine (carry_in (length v)) v)) = v.
Proof. induction v as [|y v IH]; [reflexivity|]. cbn [length carry_in carry_out affine map].
  fold (affine (map (second_block 1) (carry_in (length v))) (y :: v)).
  pose proof (affine_second (carry_in (length v)) [y] v) as E. cbn [length app] in E. rewrite E.
  set (T := map relu (affine (carry_in (length v)) v)) in *.
  set (r := relu (pre_activation ([1], 0) (y :: v))).
  set (s := relu (pre_activation ([-1], 0) (y :: v))).
  fold (affine (map (second_block 2) (carry_out (length v))) (r :: s :: T)).
  pose proof (affine_second (carry_out (length v)) [r; s] T) as E'. cbn [length app] in E'.
  rewrite E', IH. f_equal. unfold r, s, pre_activation. cbn [fst snd dot].
  rewrite <- (relu_difference y) at 3. replace (1 * y + 0 + 0) with y by ring.
  replace (-1 * y + 0 + 0) with (- y) by ring. ring. Qed.

(* Its units. *)
Lemma carry_units m : length (carry_in m) = (2 * m)%nat /\ length (carry_out m) = m.
Proof. induction m as [|m [A B]]; [split; reflexivity|]. cbn [carry_in carry_out length].
  rewrite !map_length, A, B. lia. Qed.

(* One more layer, for nothing but two units for each number. *)
Lemma computes_carry d L n m F : computes d L n m F -> computes d (S L) (n + 2 * m) m F.
Proof. intros H. destruct (carry_units m) as [A B].
  pose proof (computes_layer d L n m F (carry_in m) (carry_out m) H) as K. rewrite A, B in K.
  eapply computes_ext; [|exact K]. intros v Hv. cbv beta.
  rewrite <- (computes_length _ _ _ _ _ v H Hv), carry_value. reflexivity. Qed.

(* Any number of layers more. *)
Lemma computes_wait d L n m F t : computes d L n m F -> computes d (t + L) (n + 2 * m * t) m F.
Proof. intros H. induction t; [rewrite Nat.mul_0_r, Nat.add_0_r; assumption|].
  apply computes_carry in IHt.
  replace (n + 2 * m * S t)%nat with (n + 2 * m * t + 2 * m)%nat by lia. exact IHt. Qed.
