(* "Parting thoughts": depth helps for smooth functions (Yarotsky).  Products, from squares: u v = 2
   ((u + v) / 2)^2 - u^2 / 2 - v^2 / 2. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Oscillations Smooth Compose.

(* ---------- more ways to build networks ---------- *)

(* An affine map in front. *)
Lemma computes_before d A L n m F : computes (length A) L n m F ->
  computes d L n m (fun v => F (affine A v)).
Proof. intros (ls & B & H1 & H2 & H3 & H). destruct ls as [|l ls].
  - exists [], (compose B A). unfold compose at 1. rewrite map_length. repeat split; try assumption.
    intros v Hv. rewrite H by (unfold affine; apply map_length). cbn [run]. rewrite compose_value.
    reflexivity.
  - exists (compose l A :: ls), B. unfold compose at 1. rewrite units_cons in *. cbn [length] in *.
    repeat split; try assumption.
    + unfold compose. rewrite map_length. assumption.
    + intros v Hv. rewrite H by (unfold affine; apply map_length). cbn [run pass_on].
      rewrite compose_activations. reflexivity. Qed.

(* One network after another. *)
Lemma computes_then d L n m F L' n' m' G : computes d L n m F -> computes m L' n' m' G ->
  computes d (L + L') (n + n') m' (fun v => G (F v)).
Proof. intros (ls & A & H1 & H2 & H3 & H) (ms & B & K1 & K2 & K3 & K). subst m.
  destruct ms as [|l ms].
  - assert (Z : n' = 0%nat) by (rewrite <- K2; reflexivity).
    assert (Z' : L' = 0%nat) by (rewrite <- K1; reflexivity). rewrite Z, Z', !Nat.add_0_r.
    exists ls, (compose B A). split; [assumption|split; [assumption|split;
      [unfold compose; rewrite map_length; assumption|]]].
    intros v Hv. rewrite H by assumption. rewrite K by (unfold affine; apply map_length). cbn [run].
    rewrite compose_value. reflexivity.
  - exists (ls ++ compose l A :: ms), B. rewrite app_length, units_app, units_cons.
    rewrite units_cons in K2. cbn [length] in *.
    assert (Lc : length (compose l A) = length l) by (unfold compose; apply map_length). rewrite Lc.
    split; [lia|split; [rewrite H2, K2; reflexivity|split; [assumption|]]]. intros v Hv.
    rewrite H by assumption. rewrite K by (unfold affine; apply map_length).
    assert (R : forall ls ms x, run Layered relu (ls ++ ms) x =
      run Layered relu ms (run Layered relu ls x)) by (clear; induction ls; intros;
      cbn [app run pass_on]; auto).
    rewrite R. cbn [run pass_on]. rewrite compose_activations. reflexivity. Qed.

(* A network is a computation. *)
Lemma computes_of_network d N : computes d (depth N) (nodes N) 1
  (fun v => [network_value Layered relu N v]).
Proof. exists (hidden N), [output N]. repeat split. Qed.

(* ---------- products ---------- *)

(* The network of Smooth.v for the square, on absolute values. *)
Lemma square_computed m : exists s, computes 1 (S m) (2 + 3 * m) 1 (fun v => [s (hd 0 v)]) /\
  forall x, Rabs x <= 1 -> 0 <= s x - x ^ 2 <= / 4 ^ (m + 1).
Proof. destruct (smooth_square_net m) as (N & W & D & E).
  exists (fun x => network_value Layered relu N [Rabs x]). split.
  - assert (U : nodes N = (3 * m)%nat).
    { unfold nodes. rewrite W. clear. induction m; [reflexivity|]. simpl in *. lia. }
    pose proof (computes_affine 1 [([1], 0); ([-1], 0)]) as C0.
    pose proof (computes_layer 1 0 0 1 _ [([1], 0);
      ([-1], 0)] [([1; 1], 0)] (computes_affine 1 [([1], 0)])) as C1.
    cbn [length Nat.add] in C1.
    pose proof (computes_then _ _ _ _ _ _ _ _ _ C1 (computes_of_network 1 N)) as C2.
    rewrite D, U in C2. eapply computes_ext; [|exact C2]. intros v Hv.
    destruct v as [|x [|? ?]]; try discriminate. cbn [hd]. do 2 f_equal. cbn. f_equal.
    rewrite <- (Rplus_0_r (Rabs x)). rewrite <- (Rminus_0_r x) at 1.
    unfold pre_activation; cbn [fst snd dot]. replace (1 * (1 * x + 0 + 0) + 0 + 0) with x by ring.
    replace (-1 * (1 * x + 0 + 0) + 0 + 0) with (- x) by ring.
    destruct (Rle_dec 0 x); [rewrite relu_pos, relu_neg, Rminus_0_r, Rabs_right
      by lra|rewrite relu_neg, relu_pos, Rminus_0_r, Rabs_left by lra]; ring.
  - intros x Hx. pose proof (Rabs_pos x). rewrite <- (pow2_abs x).
    change (network_value Layered relu N [Rabs x]) with (eval N (Rabs x)). apply (E (Rabs x)).
    lra. Qed.

(* The product of two numbers in [-B, B], up to B^2 / 4^m: m + 1 layers, 6 + 9 m units. *)
Theorem smooth_product m B : 0 < B -> exists p,
  computes 2 (S m) (6 + 9 * m) 1 (fun v => [p (hd 0 v) (hd 0 (tl v))]) /\ forall u v, Rabs u <= B ->
  Rabs v <= B -> Rabs (p u v - u * v) <= B * B * / 4 ^ m.
Proof. intros HB. destruct (square_computed m) as (s & C & E).
  exists (fun u v => 2 * B * B * (s ((u / B + v / B) / 2) - s (u / B / 2) - s (v / B / 2))). split.
  - assert (C1 : forall a b, computes 2 (S m) (2 + 3 * m) 1
      (fun v => [s (a * hd 0 v + b * hd 0 (tl v))])).
    { intros a b. pose proof (computes_before 2 [([a; b], 0)] (S m) (2 + 3 * m) 1 _ C) as K.
      eapply computes_ext; [|exact K]. intros v Hv.
      destruct v as [|x [|y [|? ?]]]; try discriminate. cbn. unfold pre_activation; cbn.
      do 2 f_equal. ring. }
    pose proof (computes_beside _ _ _ _ _ _ _ _ (C1 (/ B / 2) (/ B / 2))
      (computes_beside _ _ _ _ _ _ _ _ (C1 (/ B / 2) 0) (C1 0 (/ B / 2)))) as C2.
    apply (fun H => computes_output _ _ _ _ _ [([2 * B * B; - (2 * B * B); - (2 * B * B)], 0)] H) in
      C2.
    cbn [length Nat.add] in C2.
    replace (6 + 9 * m)%nat with (2 + 3 * m + (2 + 3 * m + (2 + 3 * m)))%nat by lia.
    eapply computes_ext; [|exact C2]. intros v Hv. destruct v as [|x [|y [|? ?]]]; try discriminate.
    cbn [hd tl app affine map]. unfold pre_activation; cbn [fst snd dot]. f_equal.
    replace ((x / B + y / B) / 2) with (/ B / 2 * x + / B / 2 * y) by (field; lra).
    replace (x / B / 2) with (/ B / 2 * x + 0 * y) by (field; lra).
    replace (y / B / 2) with (0 * x + / B / 2 * y) by (field; lra). ring.
  - intros u v Hu Hv. assert (N : forall x, Rabs x <= B -> -1 <= x / B <= 1).
    { intros x Hx. apply Rabs_le_between in Hx. split; apply Rmult_le_reg_r with B; try assumption;
        unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra. }
    pose proof (N u Hu). pose proof (N v Hv). set (x := u / B) in *. set (y := v / B) in *.
    destruct (E ((x + y) / 2)) as [A1 A2]; [apply Rabs_le; lra|].
    destruct (E (x / 2)) as [B1 B2]; [apply Rabs_le; lra|].
    destruct (E (y / 2)) as [C1 C2]; [apply Rabs_le; lra|].
    replace (u * v) with (B * B * (x * y)) by (unfold x, y; field; lra).
    assert (P : / 4 ^ (m + 1) = / 4 * / 4 ^ m) by (rewrite pow_add; simpl; field; apply pow_nonzero;
      lra).
    rewrite P in *. set (e := / 4 ^ m) in *. replace (2 * B * B * (s ((x + y) / 2) - s (x / 2) -
      s (y / 2)) - B * B * (x * y)) with (B * B *
      (2 * ((s ((x + y) / 2) - ((x + y) / 2) ^ 2) - (s (x / 2) - (x / 2) ^ 2) -
      (s (y / 2) - (y / 2) ^ 2)))) by field.
    rewrite Rabs_mult, (Rabs_right (B * B)) by nra. apply Rmult_le_compat_l; [nra|]. apply Rabs_le.
    lra. Qed.
