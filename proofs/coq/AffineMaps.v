(* How many affine maps a function takes: as many as differ and are each taken on some box. *)
From Depthproof Require Import Definitions Vectors.
From Coq Require Import Reals Lra Lia List.
Import ListNotations.
Open Scope R_scope.

(* The value of an affine map, given by its weights and its constant. *)
Definition map_value (m : list R * R) (x : list R) : R := dot (fst m) x + snd m.

(* The point x lies in the closed box of half-width r about c. *)
Definition in_box (r : R) (c x : list R) : Prop := Forall2 (fun a b => Rabs (b - a) <= r) c x.

(* On some box with an interior, inside the domain, the function is this affine map. *)
Definition taken (domain : list R -> Prop) (f : list R -> R) (m : list R * R) : Prop :=
  exists c r, length c = length (fst m) /\ 0 < r /\
    forall x, in_box r c x -> domain x /\ f x = map_value m x.

(* A box contains its centre. *)
Lemma in_box_centre r c : 0 <= r -> in_box r c c.
Proof. intros H. induction c; constructor; [|assumption]. rewrite Rminus_diag_eq, Rabs_R0 by
  reflexivity. exact H. Qed.

(* Boxes in boxes. *)
Lemma in_box_within r s c : forall p x, in_box r c p -> in_box s p x -> in_box (r + s) c x.
Proof. induction c as [|a c IH]; intros p x H G; inversion H; subst; inversion G; subst;
  constructor; [|eapply IH; eassumption].
  match goal with |- Rabs (?u - a) <= _ => match goal with h : Rabs (?v - a) <= r |- _ =>
    replace (u - a) with ((u - v) + (v - a)) by ring; pose proof (Rabs_triang (u - v) (v - a)) end
  end. lra. Qed.

(* A larger box. *)
Lemma in_box_wider r s c x : r <= s -> in_box r c x -> in_box s c x.
Proof. intros L H. induction H; constructor; [lra|assumption]. Qed.

(* A point of a box has as many coordinates as its centre. *)
Lemma in_box_length r c x : in_box r c x -> length x = length c.
Proof. intros H. induction H; simpl; congruence. Qed.

(* On a box a weighted sum changes by at most the half-width times the sum of the weights' sizes. *)
Lemma dot_in_box r w : 0 <= r -> forall c x, in_box r c x ->
  Rabs (dot w x - dot w c) <= r * weight_sum w.
Proof. intros P. induction w as [|a w IH]; intros c x H; [simpl; rewrite Rminus_diag_eq, Rabs_R0 by
    reflexivity; lra|].
  pose proof (weight_sum_pos w) as Q. pose proof (Rabs_pos a) as A.
  inversion H as [|u v c' x' B T]; subst; cbn [dot weight_sum].
  - rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. nra.
  - specialize (IH c' x' T). replace (a * v + dot w x' - (a * u + dot w c'))
      with (a * (v - u) + (dot w x' - dot w c')) by ring.
    pose proof (Rabs_triang (a * (v - u)) (dot w x' - dot w c')) as G.
    rewrite Rabs_mult in G. nra. Qed.

(* Weights that are not all 0 change their sum on every box. *)
Lemma dot_moves h w : 0 < h -> w <> repeat 0 (length w) -> forall c, length c = length w ->
  exists p, in_box h c p /\ dot w p <> dot w c.
Proof. intros P. induction w as [|a w IH]; intros N c L; [destruct (N eq_refl)|].
  destruct c as [|b c]; [discriminate|]. simpl in L.
  destruct (Req_EM_T a 0) as [->|A].
  - destruct (IH) with (c := c) as (p & B & D); [intros E; apply N; simpl; congruence|lia|].
    exists (b :: p). split; [constructor; [|exact B]|cbn [dot]; lra].
    rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - exists (b + h :: c). split; [constructor; [|apply in_box_centre; lra]|].
    + replace (b + h - b) with h by ring. rewrite Rabs_pos_eq; lra.
    + cbn [dot]. intros E. assert (Z : a * h = 0) by lra.
      apply Rmult_integral in Z. destruct Z; [contradiction|lra]. Qed.

(* Every box has a point where an affine map that is not 0 is not 0. *)
Lemma somewhere_off h m : 0 < h -> m <> (repeat 0 (length (fst m)), 0) ->
  forall c, length c = length (fst m) -> exists p, in_box h c p /\ map_value m p <> 0.
Proof. intros P N c L. destruct (Req_EM_T (map_value m c) 0) as [Z|Z].
  - assert (W : fst m <> repeat 0 (length (fst m))).
    { intros E. apply N. destruct m as [w b]. unfold map_value in Z. cbn [fst snd] in *.
      rewrite E, dot_zeros in Z. f_equal; [exact E|lra]. }
    destruct (dot_moves h (fst m) P W c L) as (p & B & D). exists p. split; [exact B|].
    unfold map_value in *. lra.
  - exists c. split; [apply in_box_centre; lra|exact Z]. Qed.

(* Where an affine map is not 0 it keeps its sign on a box. *)
Lemma box_sign m p : map_value m p <> 0 -> exists s, 0 < s /\
  forall x, in_box s p x -> 0 < map_value m p * map_value m x.
Proof. intros D. pose proof (weight_sum_pos (fst m)) as W. pose proof (Rabs_pos_lt _ D) as A.
  set (s := Rabs (map_value m p) / (2 * (1 + weight_sum (fst m)))).
  assert (S : 0 < s) by (apply Rdiv_lt_0_compat; lra).
  assert (E : s * (2 * (1 + weight_sum (fst m))) = Rabs (map_value m p)) by
    (unfold s; field; lra).
  exists s. split; [exact S|]. intros x X.
  pose proof (dot_in_box s (fst m) (Rlt_le _ _ S) p x X) as G. unfold map_value in *.
  revert E G. unfold Rabs. repeat destruct Rcase_abs; nra. Qed.

(* In every box lies a box on which an affine map that is not 0 vanishes nowhere. *)
Lemma box_off m c r : length c = length (fst m) -> 0 < r -> m <> (repeat 0 (length (fst m)), 0) ->
  exists p s, length p = length c /\ 0 < s /\ (forall x, in_box s p x -> in_box r c x) /\
    forall x, in_box s p x -> map_value m x <> 0.
Proof. intros L P N. destruct (somewhere_off (r / 2) m) with (c := c) as (p & B & D);
    [lra|assumption..|].
  destruct (box_sign m p D) as (s & S & H). exists p, (Rmin (r / 2) s).
  split; [exact (in_box_length _ _ _ B)|]. split; [apply Rmin_glb_lt; lra|]. split; intros x X.
  - apply in_box_wider with (r := r / 2 + r / 2); [lra|].
    apply (in_box_within _ _ _ _ _ B), (in_box_wider _ _ _ _ (Rmin_l _ _) X).
  - specialize (H x (in_box_wider _ _ _ _ (Rmin_r _ _) X)). intros Z. rewrite Z in H. lra. Qed.

(* In every box lies a point where none of finitely many affine maps, none of them 0, vanishes. *)
Lemma point_off d ms : Forall (fun m => length (fst m) = d /\ m <> (repeat 0 d, 0)) ms ->
  forall c r, length c = d -> 0 < r ->
  exists x, in_box r c x /\ Forall (fun m => map_value m x <> 0) ms.
Proof. intros H. induction H as [|m ms (L & N) H IH]; intros c r C P.
  - exists c. split; [apply in_box_centre; lra|constructor].
  - subst d. destruct (box_off m c r C P N) as (p & s & Lp & S & Into & Off).
    destruct (IH p s) as (x & X & F); [congruence|exact S|].
    exists x. split; [exact (Into x X)|constructor; [exact (Off x X)|exact F]]. Qed.

(* The difference of two affine maps. *)
Definition difference (m n : list R * R) : list R * R :=
  (vector_sum (fst m) (map (Rmult (-1)) (fst n)), snd m - snd n).

(* Its value. *)
Lemma difference_value m n x : map_value (difference m n) x = map_value m x - map_value n x.
Proof. unfold map_value, difference. cbn [fst snd]. rewrite dot_sum, dot_scale. ring. Qed.

(* Weights whose differences are 0 are the same. *)
Lemma same_weights u : forall v, length u = length v ->
  vector_sum u (map (Rmult (-1)) v) = repeat 0 (length u) -> u = v.
Proof. induction u as [|a u IH]; intros [|b v] L E; try discriminate; [reflexivity|].
  cbn [map vector_sum length repeat] in E. injection E as A T. simpl in L.
  f_equal; [lra|apply IH; congruence || lia]. Qed.

(* Of maps that differ, the difference is not 0. *)
Lemma difference_not_0 d m n : length (fst m) = d -> length (fst n) = d -> m <> n ->
  length (fst (difference m n)) = d /\ difference m n <> (repeat 0 d, 0).
Proof. intros Lm Ln N. split.
  - unfold difference. cbn [fst]. rewrite vector_sum_length; [exact Lm|].
    rewrite map_length. congruence.
  - intros E. apply N. destruct m as [u a], n as [v b]. unfold difference in E. cbn [fst snd] in *.
    injection E as W B. f_equal; [|lra]. apply same_weights; congruence. Qed.

(* A map that is taken on a box is among all families of affine maps that suffice there. *)
Lemma taken_among d domain f m ms : length (fst m) = d -> taken domain f m ->
  Forall (fun n => length (fst n) = d) ms ->
  (forall x, domain x -> exists n, In n ms /\ f x = map_value n x) -> In m ms.
Proof. intros L (c & r & C & P & B) H Cover.
  assert (Dec : forall a b : list R * R, {a = b} + {a <> b}).
  { decide equality; [apply Req_EM_T|apply list_eq_dec, Req_EM_T]. }
  destruct (in_dec Dec m ms) as [I|I]; [exact I|exfalso].
  destruct (point_off d (map (fun n => difference n m) ms)) with (c := c) (r := r)
    as (x & X & F); [|congruence|exact P|].
  - apply Forall_forall. intros n Hn. apply in_map_iff in Hn. destruct Hn as (n' & <- & Hn).
    rewrite Forall_forall in H. apply difference_not_0; [exact (H n' Hn)|exact L|].
    intros ->. contradiction.
  - destruct (B x X) as (D & E). destruct (Cover x D) as (n & Hn & G).
    rewrite Forall_forall in F. apply (F (difference n m)); [apply in_map_iff; eauto|].
    rewrite difference_value. lra. Qed.

(* Where each of some different affine maps is taken, no fewer suffice. With them all points being
   covered, they are as few as can be. *)
Theorem affine_maps_counted d domain f ms ns : NoDup ms ->
  Forall (fun m => length (fst m) = d /\ taken domain f m) ms ->
  Forall (fun n => length (fst n) = d) ns ->
  (forall x, domain x -> exists n, In n ns /\ f x = map_value n x) ->
  (length ms <= length ns)%nat.
Proof. intros N H L Cover. apply NoDup_incl_length; [exact N|]. intros m Hm.
  rewrite Forall_forall in H. destruct (H m Hm) as (Lm & T).
  exact (taken_among d domain f m ns Lm T L Cover). Qed.
