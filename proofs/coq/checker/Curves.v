(* Functions that are affine between vertices, over the real numbers: their pieces, integrals,
  extrema.
   And the mixing of values at two inputs, which units without a change of sign do not disturb. *)
From Depthproof Require Import Definitions PiecewiseLinear Integrals.
Open Scope R_scope.

(* ---------- mixing two values ---------- *)

Definition agree (a b : R) : Prop := (a <= 0 /\ b <= 0) \/ (0 <= a /\ 0 <= b).
Definition mix (t : R) (ab : R * R) : R := (1 - t) * fst ab + t * snd ab.

(* Where the signs agree, ReLU keeps a mix. *)
Lemma relu_mix t a b : 0 <= t <= 1 -> agree a b -> relu (mix t (a, b)) = mix t (relu a, relu b).
Proof. intros Ht [[Ha Hb]|[Ha Hb]]; unfold mix; cbn [fst snd].
  - rewrite (relu_neg a), (relu_neg b), relu_neg by nra. ring.
  - rewrite (relu_pos a), (relu_pos b), relu_pos by nra. reflexivity. Qed.

(* ---------- vertices ---------- *)

Definition chord (P Q : R * R) (x : R) : R
  := snd P + (snd Q - snd P) * ((x - fst P) / (fst Q - fst P)).
Fixpoint follows (f : R -> R) (P : R * R) (vs : list (R * R)) : Prop :=
  match vs with
  | [] => f (fst P) = snd P
  | Q :: vs' => fst P < fst Q /\ (forall x, fst P <= x <= fst Q ->
  f x = chord P Q x) /\ follows f Q vs'
  end.

Notation point := (R * R)%type.
Definition end_of (P : point) (vs : list point) : point := last vs P.

(* The end of a longer list of vertices. *)
Lemma end_cons P Q vs : end_of P (Q :: vs) = end_of Q vs.
Proof. destruct vs as [|S vs]; [reflexivity|]. change (last (S :: vs) P = last (S :: vs) Q).
  revert S.
  induction vs as [|U vs IH]; intros S; [reflexivity|]. exact (IH U). Qed.

(* Vertices go from left to right. *)
Lemma follows_le f vs : forall P, follows f P vs -> fst P <= fst (end_of P vs).
Proof. induction vs as [|Q vs IH]; intros P H; [apply Rle_refl|]. destruct H as (L & _ & H).
  rewrite end_cons. specialize (IH Q H). lra. Qed.

(* The function starts at the first vertex. *)
Lemma follows_start f P vs : follows f P vs -> f (fst P) = snd P.
Proof. destruct vs as [|Q vs]; [auto|]. intros (L & H & _). rewrite H by lra. unfold chord. field.
  lra. Qed.

(* Slope and intercept of a chord. *)
Definition slope (P Q : point) : R := (snd Q - snd P) / (fst Q - fst P).

(* A chord is a line with slope and intercept. *)
Lemma chord_line P Q x : fst P < fst Q -> chord P Q x = slope P Q * x + (snd P - slope P Q * fst P).
Proof. intros. unfold chord, slope. field. lra. Qed.

(* A chord reaches its end. *)
Lemma chord_end P Q : fst P < fst Q -> chord P Q (fst Q) = snd Q.
Proof. intros. unfold chord. field. lra. Qed.

(* ---------- pieces ---------- *)
Definition bend (P Q S : point) : R
  := (snd Q - snd P) * (fst S - fst Q) - (snd S - snd Q) * (fst Q - fst P).
Fixpoint kinks (P : point) (vs : list point) (n : nat) : Prop :=
  match vs with
  | Q :: ((U :: _) as vs') => (bend P Q U <> 0 /\ exists m,
  n = S m /\ kinks Q vs' m) \/ (bend P Q U = 0 /\ kinks Q vs' n)
  | _ => n = 0%nat
  end.

(* There is no bend where the slopes are equal. *)
Lemma bend_slopes P Q S : fst P < fst Q -> fst Q < fst S -> (bend P Q S = 0 <->
  slope P Q = slope Q S).
Proof. intros H1 H2. unfold bend, slope. split; intros E.
  - apply Rmult_eq_reg_r with ((fst Q - fst P) * (fst S - fst Q));
    [|apply Rmult_integral_contrapositive; split; lra].
    transitivity ((snd Q - snd P) * (fst S - fst Q)); [field; lra|].
    transitivity ((snd S - snd Q) * (fst Q - fst P)); [lra|field; lra].
  - set (s := (snd Q - snd P) / (fst Q - fst P)) in *.
    assert (E1 : snd Q - snd P = s * (fst Q - fst P)) by (unfold s; field; lra).
    assert (E2 : snd S - snd Q = s * (fst S - fst Q)) by (rewrite E; field; lra). rewrite E1, E2.
    ring. Qed.

(* At most one piece more than kinks: from a on to Q the function is the line through P and Q. *)
Lemma pieces_upper f vs : forall P Q n a, a <= fst P -> follows f P (Q :: vs) ->
  kinks P (Q :: vs) n ->
  (forall x, a <= x <= fst Q -> f x = chord P Q x) -> pieces (S n) a (fst (end_of P (Q :: vs))) f.
Proof. induction vs as [|S vs IH]; intros P Q n a Ha (L & H & F) K Line.
  - cbn in K. subst n. cbn. apply cells_one; [lra|].
    exists (slope P Q), (snd P - slope P Q * fst P). intros x Hx. rewrite Line by lra.
    apply chord_line. exact L.
  - rewrite end_cons. pose proof F as F'. destruct F' as (L2 & H2 & _).
    destruct K as [[B (m & -> & K)]|[B K]].
    + exists (fst Q). pose proof (follows_le _ _ _ F). split; [lra|split].
      * exists (slope P Q), (snd P - slope P Q * fst P). intros x Hx. rewrite Line by lra.
        apply chord_line. exact L.
      * apply (IH Q S m (fst Q)); [lra|exact F|exact K|exact H2].
    + apply (IH Q S n a); [lra|exact F|exact K|]. intros x Hx.
      destruct (Rle_dec x (fst Q)) as [Hq|Hq]; [|apply H2; lra].
      rewrite Line by lra. apply bend_slopes in B; [|exact L|exact L2].
      rewrite !chord_line by assumption. rewrite <- B.
      pose proof (chord_end P Q L) as E. rewrite chord_line in E by assumption. lra. Qed.

(* Two points determine the slope. *)
Lemma line_from_two p q p' q' u v : u < v -> p * u + q = p' * u + q' -> p * v + q = p' * v + q' ->
  p = p'.
Proof. intros Huv E1 E2. assert ((p - p') * (v - u) = 0) by lra. apply Rmult_integral in H. lra.
  Qed.

(* Around a bend the function is not affine. *)
Lemma kink_not_affine f P Q S c d : fst P <= c -> c < fst Q -> fst Q < d -> fst Q < fst S ->
  fst P < fst Q ->
  (forall x, fst P <= x <= fst Q -> f x = chord P Q x) -> (forall x, fst Q <= x <= fst S ->
  f x = chord Q S x) ->
  bend P Q S <> 0 -> ~ affine_inside f c d.
Proof. intros Hc1 Hc Hd L2 L1 H1 H2 B (p & q & A). apply B, bend_slopes; [assumption|assumption|].
  transitivity p.
  - set (u := c + (fst Q - c) / 3). set (v := c + (fst Q - c) / 2).
    symmetry. apply (line_from_two p q (slope P Q) (snd P - slope P Q * fst P) u v); [unfold u, v;
    lra| |].
    + rewrite <- A by (unfold u; lra). rewrite H1 by (unfold u; lra). apply chord_line; assumption.
    + rewrite <- A by (unfold v; lra). rewrite H1 by (unfold v; lra). apply chord_line; assumption.
  - set (e := Rmin d (fst S)).
    assert (He : fst Q < e /\ e <= d /\ e <= fst S) by (unfold e; pose proof (Rmin_l d (fst S));
    pose proof (Rmin_r d (fst S)); split; [apply Rmin_glb_lt; assumption|lra]).
    set (u := fst Q + (e - fst Q) / 3). set (v := fst Q + (e - fst Q) / 2).
    apply (line_from_two p q (slope Q S) (snd Q - slope Q S * fst Q) u v); [unfold u, v; lra| |].
    + rewrite <- A by (unfold u; lra). rewrite H2 by (unfold u; lra). apply chord_line; assumption.
    + rewrite <- A by (unfold v; lra). rewrite H2 by (unfold v; lra). apply chord_line; assumption.
      Qed.

(* As many neighbouring intervals as kinks on which the function is not affine. *)
Lemma kinks_cells f vs : forall P Q n c, follows f P (Q :: vs) -> kinks P (Q :: vs) n ->
  fst P <= c < fst Q ->
  exists c' d,
  c <= c' /\ d <= fst (end_of P (Q :: vs)) /\ cells (fun u v => ~ affine_inside f u v) n c' d.
Proof. induction vs as [|S vs IH]; intros P Q n c F K Hc.
  - cbn in K. subst n. exists c, c. cbn. repeat split; lra.
  - rewrite end_cons. destruct F as (L & H & F). pose proof F as F'. destruct F' as (L2 & H2 & _).
    destruct K as [[B (m & -> & K)]|[B K]].
    + set (e := (fst Q + fst S) / 2).
      destruct (IH Q S m e F K ltac:(unfold e; lra)) as (c' & d & Hc' & Hd & C).
      pose proof (cells_le _ _ _ _ C).
      exists c, d. repeat split; [lra|exact Hd|]. exists c'. unfold e in *.
      repeat split; try lra; [|exact C].
      apply (kink_not_affine f P Q S); lra || assumption.
    + destruct (IH Q S n (fst Q) F K ltac:(lra)) as (c' & d & Hc' & Hd & C). exists c', d.
      repeat split; [lra|exact Hd|exact C]. Qed.

(* One piece more than kinks, and no fewer will do. *)
Theorem kinks_pieces f P Q vs n : follows f P (Q :: vs) -> kinks P (Q :: vs) n ->
  pieces_exactly (S n) (fst P) (fst (end_of P (Q :: vs))) f.
Proof. intros F K. pose proof F as (L & H & F'). split.
  - apply pieces_upper; [apply Rle_refl|exact F|exact K|exact H].
  - intros m M. pose proof (follows_le _ _ _ F'). rewrite end_cons in *.
    destruct (pieces_positive m (fst P) (fst (end_of Q vs)) f) as [k ->]; [lra|exact M|].
    apply le_n_S.
    destruct (kinks_cells f vs P Q n (fst P) F K ltac:(lra)) as (c & d & Hc & Hd & C).
    rewrite end_cons in Hd.
    apply (cells_lower (affine_inside f) n (affine_hereditary f) k (fst P) c d (fst (end_of Q vs)));
    assumption. Qed.

(* ---------- integrals ---------- *)
Fixpoint total (area : point -> point -> R) (P : point) (vs : list point) : R :=
  match vs with [] => 0 | Q :: vs' => area P Q + total area Q vs' end.

Definition trapezium (P Q : point) : R := (fst Q - fst P) * (snd P + snd Q) / 2.
Definition two_triangles (P Q : point) : R :=
  if Rle_dec 0 (snd P * snd Q) then (fst Q - fst P) * (Rabs (snd P) + Rabs (snd Q)) / 2
  else (fst Q - fst P) * (snd P * snd P + snd Q * snd Q) / (2 * (Rabs (snd P) + Rabs (snd Q))).

(* The integral of a line is a trapezium. *)
Lemma line_integral (f : R -> R) p q a b : a <= b -> (forall x, a < x < b -> f x = p * x + q) ->
  is_RInt f a b ((b - a) * ((p * a + q) + (p * b + q)) / 2).
Proof. intros Hab E. rewrite <- (integral_line f p q a b Hab E).
  apply (RInt_correct (V := R_CompleteNormedModule)).
  apply (integrable_ext (fun x => p * x + q)); [exact Hab|intros; symmetry; apply E; assumption|].
  apply integrable. intro; apply continuous_line. Qed.

(* So is that of a chord. *)
Lemma chord_integral f P Q : fst P < fst Q -> (forall x, fst P <= x <= fst Q ->
  f x = chord P Q x) -> is_RInt f (fst P) (fst Q) (trapezium P Q).
Proof. intros L H.
  replace (trapezium P Q)
  with ((fst Q - fst P) * ((slope P Q * fst P + (snd P - slope P Q * fst P)) + (slope P Q * fst Q +
  (snd P - slope P Q * fst P))) / 2).
  - apply line_integral; [lra|]. intros x Hx. rewrite H by lra. apply chord_line. exact L.
  - rewrite <- !chord_line, chord_end by assumption. unfold chord, trapezium. field. lra. Qed.

(* |f| on a segment where f keeps its sign. *)
Lemma chord_abs_same f P Q : fst P < fst Q -> (forall x, fst P <= x <= fst Q ->
  f x = chord P Q x) -> 0 <= snd P * snd Q ->
  is_RInt (fun x => Rabs (f x)) (fst P) (fst Q) ((fst Q - fst P) * (Rabs (snd P) + Rabs
  (snd Q)) / 2).
Proof. intros L H S.
  change ((fst Q - fst P) * (Rabs (snd P) + Rabs (snd Q)) / 2) with (trapezium (fst P,
  Rabs (snd P)) (fst Q, Rabs (snd Q))).
  apply (chord_integral (fun x => Rabs (f x)) (fst P, Rabs (snd P)) (fst Q, Rabs (snd Q)));
  [exact L|]. cbn [fst snd]. intros x Hx. rewrite H by assumption.
  unfold chord; cbn [fst snd]. set (t := (x - fst P) / (fst Q - fst P)).
  assert (Ht : 0 <= t <= 1). { unfold t, Rdiv.
  assert (0 < / (fst Q - fst P)) by (apply Rinv_0_lt_compat; lra).
  split; [apply Rmult_le_pos; lra|].
    apply Rmult_le_reg_r with (fst Q - fst P); [lra|]. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  destruct (Rle_dec 0 (snd P)), (Rle_dec 0 (snd Q)).
  - rewrite !Rabs_right by nra. reflexivity.
  - assert (snd P = 0) by nra. rewrite (Rabs_right (snd P)) by lra.
    rewrite (Rabs_left (snd Q)) by lra. rewrite Rabs_left1 by nra. nra.
  - assert (snd Q = 0) by nra. rewrite (Rabs_left (snd P)) by lra.
    rewrite (Rabs_right (snd Q)) by lra. rewrite Rabs_left1 by nra. nra.
  - rewrite (Rabs_left (snd P)), (Rabs_left (snd Q)) by lra. rewrite Rabs_left1 by nra. ring. Qed.

(* Parts of a chord are chords. *)
Lemma chord_part P Q c x : fst P < c -> c < fst Q ->
  chord P (c, chord P Q c) x = chord P Q x /\ chord (c, chord P Q c) Q x = chord P Q x.
Proof. intros H1 H2. unfold chord; cbn [fst snd]. split; field; lra. Qed.

(* The integral of |f| over a segment. *)
Lemma chord_abs f P Q : fst P < fst Q -> (forall x, fst P <= x <= fst Q -> f x = chord P Q x) ->
  is_RInt (fun x => Rabs (f x)) (fst P) (fst Q) (two_triangles P Q).
Proof. intros L H. unfold two_triangles.
  destruct (Rle_dec 0 (snd P * snd Q)) as [S|S]; [apply chord_abs_same; assumption|].
  assert (Neq : snd Q - snd P <> 0) by nra. set (t := - snd P / (snd Q - snd P)).
  assert (Et : t * (snd Q - snd P) = - snd P) by (unfold t; field; assumption).
  assert (Ht : 0 < t < 1) by nra.
  set (c := fst P + t * (fst Q - fst P)). assert (Hc : fst P < c < fst Q) by (unfold c; nra).
  assert (Z : chord P Q c = 0) by (unfold chord, c;
  replace ((fst P + t * (fst Q - fst P) - fst P) / (fst Q - fst P)) with t by (field; lra); lra).
  assert (H1 : forall x, fst P <= x <= c -> f x = chord P (c, 0) x) by (intros x Hx;
  rewrite <- Z, (proj1 (chord_part P Q c x (proj1 Hc) (proj2 Hc))); apply H; lra).
  assert (H2 : forall x, c <= x <= fst Q -> f x = chord (c, 0) Q x) by (intros x Hx;
  rewrite <- Z, (proj2 (chord_part P Q c x (proj1 Hc) (proj2 Hc))); apply H; lra).
  pose proof (chord_abs_same f P (c, 0) (proj1 Hc) H1 ltac:(cbn [snd]; lra)) as I1.
  pose proof (chord_abs_same f (c, 0) Q (proj2 Hc) H2 ltac:(cbn [snd]; lra)) as I2.
  cbn [fst snd] in I1, I2.
  pose proof (is_RInt_Chasles (fun x => Rabs (f x)) (fst P) c (fst Q) _ _ I1 I2) as I.
  match type of I
  with is_RInt _ _ _ ?s => replace ((fst Q - fst P) * (snd P * snd P + snd Q * snd Q) / (2 * (Rabs
  (snd P) + Rabs (snd Q)))) with s; [exact I|] end.
  unfold plus; simpl. rewrite Rabs_R0. unfold c, t. clear -S Neq.
  destruct (Rle_dec 0 (snd P)) as [A|A].
  - rewrite (Rabs_right (snd P)), (Rabs_left (snd Q)) by nra. field. nra.
  - rewrite (Rabs_left (snd P)), (Rabs_right (snd Q)) by nra. field. nra. Qed.

(* Integrals over the segments add up. *)
Lemma total_integral (area : point -> point -> R) (f g : R -> R) :
  (forall P Q, fst P < fst Q -> (forall x, fst P <= x <= fst Q -> f x = chord P Q x) ->
  is_RInt g (fst P) (fst Q) (area P Q)) ->
  forall vs P, follows f P vs -> is_RInt g (fst P) (fst (end_of P vs)) (total area P vs).
Proof. intros A.
  induction vs as [|Q vs IH]; intros P H; [apply (is_RInt_point (V := R_CompleteNormedModule))|].
  destruct H as (L & H & F). rewrite end_cons. cbn [total].
  apply (is_RInt_Chasles g (fst P) (fst Q)); [apply A; assumption|apply IH; exact F]. Qed.

(* The integral is the sum of the trapeziums. *)
Theorem integral_follows f P vs : follows f P vs ->
  is_RInt f (fst P) (fst (end_of P vs)) (total trapezium P vs).
Proof. apply total_integral. apply chord_integral. Qed.

(* The integral of |f| is the sum of the triangles. *)
Theorem integral_abs_follows f P vs : follows f P vs ->
  is_RInt (fun x => Rabs (f x)) (fst P) (fst (end_of P vs)) (total two_triangles P vs).
Proof. apply total_integral. apply chord_abs. Qed.

(* ---------- between the points the values are between those at the points ---------- *)
Lemma follows_at f vs : forall P v, follows f P vs -> In v (P :: vs) ->
  fst P <= fst v <= fst (end_of P vs) /\ f (fst v) = snd v.
Proof. induction vs as [|Q vs IH]; intros P v F [<-|Hv].
  - split; [split; apply Rle_refl|exact F].
  - destruct Hv.
  - split; [split; [apply Rle_refl|apply (follows_le f);
    exact F]|apply (follows_start f P (Q :: vs)); exact F].
  - destruct F as (L & _ & F). rewrite end_cons. destruct (IH Q v F Hv) as [[A B] C].
    split; [lra|exact C]. Qed.

(* Between vertices the values are between those at the vertices. *)
Theorem range_follows f lo hi vs : forall P, follows f P vs ->
  List.Forall (fun v => lo <= snd v <= hi) (P :: vs) ->
  forall x, fst P <= x <= fst (end_of P vs) -> lo <= f x <= hi.
Proof. induction vs as [|Q vs IH]; intros P F B x Hx.
  - cbn in Hx. replace x with (fst P) by lra. cbn in F. rewrite F. exact (Forall_inv B).
  - rewrite end_cons in Hx. pose proof F as (L & H & F'). apply Forall_cons_iff in B.
    destruct B as [B1 B].
    destruct (Rle_dec x (fst Q)) as [Hq|Hq]; [|apply (IH Q F' B); lra]. rewrite H by lra.
    apply Forall_inv in B.
    unfold chord. set (t := (x - fst P) / (fst Q - fst P)).
    assert (Ht : 0 <= t <= 1). { unfold t, Rdiv.
    assert (0 < / (fst Q - fst P)) by (apply Rinv_0_lt_compat; lra).
    split; [apply Rmult_le_pos; lra|].
      apply Rmult_le_reg_r with (fst Q - fst P); [lra|]. rewrite Rmult_assoc, Rinv_l by lra. lra. }
    nra. Qed.
