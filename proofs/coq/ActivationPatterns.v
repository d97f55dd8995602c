(* How many activation patterns occur on sets with an interior: all of those whose signs do not
   contradict any point, if each of them occurs on some box. *)
From Coq Require Import Bool.
From Depthproof Require Import Lists Definitions Vectors Compose Regions RegionsDeep AffineMaps.
From Coq Require Import List.

(* ---------- patterns, and what they say of a point ---------- *)

(* The pattern of a ReLU network, layered or with skips, layer by layer. *)
Fixpoint patterns (arch : architecture) (ls : list layer) (v : list R) : list (list bool) :=
  match ls with
  | [] => []
  | l :: ls' => layer_pattern l v :: patterns arch ls' (pass_on arch v (activations relu l v))
  end.

(* A unit's sign does not contradict the pattern: 0 is allowed on both sides. *)
Definition sign_agrees (v : list R) (active : bool) (n : node) : Prop :=
  if active then 0 <= pre_activation n v else pre_activation n v <= 0.

(* No unit's sign does. *)
Fixpoint agrees (arch : architecture) (p : list (list bool)) (ls : list layer) (v : list R)
  : Prop :=
  match p, ls with
  | [], [] => True
  | q :: p', l :: ls' => Forall2 (sign_agrees v) q l /\
      agrees arch p' ls' (pass_on arch v (activations relu l v))
  | _, _ => False
  end.

(* On some box with an interior, inside the domain, this is the pattern. *)
Definition occurs (d : nat) (domain : list R -> Prop) (arch : architecture) (ls : list layer)
  (p : list (list bool)) : Prop := exists c r, length c = d /\ 0 < r /\
    forall x, in_box r c x -> domain x /\ patterns arch ls x = p.

(* Of a layered network these are the patterns of RegionsDeep.v. *)
Lemma patterns_layered ls : forall v, patterns Layered ls v = activation_patterns ls v.
Proof. induction ls as [|l ls IH]; intros v; [reflexivity|]. cbn [patterns activation_patterns].
  rewrite IH. reflexivity. Qed.

(* A pattern agrees with the points where it is the pattern. *)
Lemma agrees_own arch ls : forall v, agrees arch (patterns arch ls v) ls v.
Proof. induction ls as [|l ls IH]; intros v; [exact I|]. cbn [patterns agrees]. split; [|apply IH].
  unfold layer_pattern. induction l as [|n l IHl]; constructor; [|exact IHl].
  unfold sign_agrees, active. destruct Rlt_dec; lra. Qed.

(* ---------- what a pattern makes of the values ---------- *)

(* An affine map to as many values at every point. *)
Definition affine_values (d : nat) (F : list R -> list R) : Prop :=
  affine_map d F /\ exists k, forall y, length y = d -> length (F y) = k.

(* The values passed on, where the layer has the pattern q. *)
Definition passed (arch : architecture) (q : list bool) (l : layer) (v : list R) : list R :=
  pass_on arch v (mask q (affine l v)).

(* A mask is as long as the shorter list. *)
Lemma mask_length q : forall z, length (mask q z) = Nat.min (length q) (length z).
Proof. induction q as [|b q IH]; intros [|x z]; [reflexivity..|]. cbn [mask length Nat.min].
  rewrite IH. reflexivity. Qed.

(* Values beside each other. *)
Lemma beside_affine d F G : affine_values d F -> affine_map d G ->
  affine_map d (fun y => F y ++ G y).
Proof. intros [A [k L]] B [w b].
  apply affine_function_ext with (fun y => pre_activation (first_block k (w, b)) (F y) +
    pre_activation (skipn k w, 0) (G y)).
  - intros v Hv. pose proof (first_block_value (w, b) (F v) (G v)) as E. rewrite (L v Hv) in E.
    unfold first_block, pre_activation in *. cbn [fst snd] in *.
    specialize (L v Hv). clear - L. revert w k L. induction (F v) as [|x u IH]; intros w k L.
    + simpl in L. subst k. simpl. destruct w; simpl; ring.
    + destruct k as [|k]; [discriminate|]. simpl in L. destruct w as [|a w]; [simpl; ring|].
      cbn [firstn skipn app dot]. specialize (IH w k ltac:(congruence)). lra.
  - apply affine_function_plus; [apply A|apply B]. Qed.

(* What is passed on is affine again. *)
Lemma passed_affine d arch q l F : affine_values d F ->
  affine_values d (fun y => passed arch q l (F y)).
Proof. intros H. pose proof (mask_affine d F l (proj1 H) q) as M.
  assert (L : forall v, length (mask q (affine l v)) = Nat.min (length q) (length l)).
  { intros v. rewrite mask_length. unfold affine. rewrite map_length. reflexivity. }
  destruct arch; unfold passed, pass_on.
  - split; [exact M|]. exists (Nat.min (length q) (length l)). intros y _. apply L.
  - split; [apply beside_affine; assumption|]. destruct H as [_ [k K]].
    exists (k + Nat.min (length q) (length l))%nat. intros y Y. rewrite app_length, L, K by exact Y.
    reflexivity. Qed.

(* Where q is the pattern of the layer, that is what the network passes on. *)
Lemma passed_on arch l v : pass_on arch v (activations relu l v) =
  passed arch (layer_pattern l v) l v.
Proof. unfold passed. rewrite relu_mask. reflexivity. Qed.

(* ---------- points where no unit vanishes that need not ---------- *)

(* At x a unit is 0 only if it is 0 everywhere, all units before it being as the pattern says. *)
Fixpoint off (d : nat) (arch : architecture) (p : list (list bool)) (ls : list layer)
  (F : list R -> list R) (x : list R) : Prop :=
  match p, ls with
  | q :: p', l :: ls' => (forall n, In n l -> pre_activation n (F x) = 0 ->
      forall y, length y = d -> pre_activation n (F y) = 0) /\
      off d arch p' ls' (fun y => passed arch q l (F y)) x
  | _, _ => True
  end.

(* So it is off finitely many hyperplanes, for one layer. *)
Lemma layer_off d l F : affine_map d F ->
  exists ms, Forall (fun m => length (fst m) = d /\ m <> (repeat 0 d, 0)) ms /\
  forall x, length x = d -> Forall (fun m => map_value m x <> 0) ms ->
  forall n, In n l -> pre_activation n (F x) = 0 ->
  forall y, length y = d -> pre_activation n (F y) = 0.
Proof. intros H. induction l as [|n l (ms & A & B)].
  - exists []. split; [constructor|]. intros x _ _ n [].
  - destruct (H n) as (w & b & L & E).
    assert (Dec : forall a c : list R * R, {a = c} + {a <> c}).
    { decide equality; [apply Req_EM_T|apply list_eq_dec, Req_EM_T]. }
    destruct (Dec (w, b) (repeat 0 d, 0)) as [Z|Z].
    + exists ms. split; [exact A|]. intros x X O m [<-|I] Q y Y; [|exact (B x X O m I Q y Y)].
      injection Z as -> ->. rewrite E, dot_zeros by exact Y. ring.
    + exists ((w, b) :: ms). split; [constructor; [split; assumption|exact A]|].
      intros x X O m I Q y Y. inversion O as [|? ? N O']; subst.
      destruct I as [<-|I]; [|exact (B x X O' m I Q y Y)].
      exfalso. apply N. unfold map_value. cbn [fst snd]. rewrite <- E by assumption. exact Q. Qed.

(* And for all. *)
Lemma planes_off d arch ls : forall p F, affine_values d F ->
  exists ms, Forall (fun m => length (fst m) = d /\ m <> (repeat 0 d, 0)) ms /\
  forall x, length x = d -> Forall (fun m => map_value m x <> 0) ms -> off d arch p ls F x.
Proof. induction ls as [|l ls IH]; intros [|q p] F H;
    try (exists []; split; [constructor|]; intros; exact I).
  destruct (layer_off d l F (proj1 H)) as (ms & A & B).
  destruct (IH p (fun y => passed arch q l (F y))) as (ns & C & D); [apply passed_affine, H|].
  exists (ms ++ ns). split; [apply Forall_app; split; assumption|].
  intros x X O. apply Forall_app in O. destruct O as [O P]. split; [exact (B x X O)|].
  exact (D x X P). Qed.

(* ---------- patterns on boxes ---------- *)

(* Patterns p and q of two boxes, at a point x of the first: if q does not contradict x, then it is
   p.  For a unit that is 0 at x is 0 on both boxes, so inactive on both. *)
Lemma same_pattern d arch ls : forall F p q (A B : list R -> Prop) x z, affine_values d F ->
  (forall y, A y -> length y = d /\ patterns arch ls (F y) = p) ->
  (forall y, B y -> length y = d /\ patterns arch ls (F y) = q) ->
  A x -> B z -> off d arch p ls F x -> agrees arch q ls (F x) -> p = q.
Proof. induction ls as [|l ls IH]; intros F p q A B x z H HA HB Ax Bz O G.
  - destruct (HA x Ax) as [_ <-]. destruct (HB z Bz) as [_ <-]. reflexivity.
  - destruct (HA x Ax) as [Lx Ep]. destruct (HB z Bz) as [Lz Eq]. cbn [patterns] in Ep, Eq.
    destruct p as [|p0 p]; [discriminate|]. destruct q as [|q0 q]; [discriminate|].
    injection Ep as Ep _. injection Eq as Eq _. cbn [off agrees] in O, G.
    destruct O as [O O']. destruct G as [G G'].
    assert (E : p0 = q0).
    { rewrite <- Eq in G |- *. rewrite <- Ep. clear - O G Lz. unfold layer_pattern in *.
      induction l as [|n l IHl]; [reflexivity|]. cbn [map] in *.
      inversion G as [|? ? ? ? S G']; subst. f_equal; [|apply IHl; [|exact G'];
        intros m I; apply O; right; exact I].
      specialize (O n (or_introl eq_refl)). revert S. unfold sign_agrees, active.
      destruct (Rlt_dec 0 (pre_activation n (F x))) as [P|P],
        (Rlt_dec 0 (pre_activation n (F z))) as [Q|Q]; intros S; try reflexivity; exfalso;
        [lra|]. apply Rnot_lt_le in P. specialize (O (Rle_antisym _ _ P S) z eq_refl). lra. }
    clear Eq. subst q0. f_equal. rewrite passed_on, Ep in G'.
    apply (IH (fun y => passed arch p0 l (F y)) p q A B x z); try assumption.
    + apply passed_affine, H.
    + intros y Ay. destruct (HA y Ay) as [Ly Ey]. split; [exact Ly|]. cbn [patterns] in Ey.
      injection Ey as E0 E1. rewrite passed_on, E0 in E1. exact E1.
    + intros y By. destruct (HB y By) as [Ly Ey]. split; [exact Ly|]. cbn [patterns] in Ey.
      injection Ey as E0 E1. rewrite passed_on, E0 in E1. exact E1. Qed.

(* Of some patterns each occurs on a box, and at each point of the domain one of them is not
   contradicted: then they are all that occur on boxes. *)
Theorem activation_patterns_counted d domain arch ls ps :
  (forall p, In p ps -> occurs d domain arch ls p) ->
  (forall x, domain x -> exists p, In p ps /\ agrees arch p ls x) ->
  forall p, occurs d domain arch ls p <-> In p ps.
Proof. intros H Cover p. split; [|apply H]. intros (c & r & C & P & Box).
  assert (I : affine_values d (fun v => v)).
  { split; [apply identity_affine|]. exists d. intros y Y. exact Y. }
  destruct (planes_off d arch ls p (fun v => v) I) as (ms & N & O).
  destruct (point_off d ms N c r C P) as (x & X & F).
  destruct (Cover x (proj1 (Box x X))) as (q & Q & G).
  destruct (H q Q) as (e & s & E & S & Box'). rewrite (same_pattern d arch ls (fun v => v) p q
    (in_box r c) (in_box s e) x e); try assumption.
  - intros y Y. split; [|apply Box, Y]. rewrite (in_box_length _ _ _ Y). exact C.
  - intros y Y. split; [|apply Box', Y]. rewrite (in_box_length _ _ _ Y). exact E.
  - apply in_box_centre. lra.
  - apply O; [|exact F]. rewrite (in_box_length _ _ _ X). exact C. Qed.
