(* "What do deep networks learn?  Q: What patterns do neurons respond to?  A: From random start, do
   gradient descent to find an input for which neuron activation is high": a unit of the first layer
   has an exact maximiser; for a deeper unit the search may not move at all. *)
From Depthproof Require Import Definitions PiecewiseLinear Compose.

(* A box: lower and upper bounds for each input. *)
Definition in_box (box : list (R * R)) (v : list R) : Prop :=
  Forall2 (fun b x => fst b <= x <= snd b) box v.

(* The corner that the weights point to. *)
Fixpoint best_corner (w : list R) (box : list (R * R)) : list R :=
  match box with
  | [] => []
  | b :: box' => (if Rle_dec 0 (hd 0 w) then snd b else fst b) :: best_corner (tl w) box'
  end.

(* It lies in the box. *)
Lemma best_corner_in_box box : List.Forall (fun b => fst b <= snd b) box ->
  forall w, in_box box (best_corner w box).
Proof. induction 1 as [|b box Hb H IH]; intros w; [constructor|]. cbn [best_corner].
  constructor; [destruct Rle_dec; lra|apply IH]. Qed.

(* It is the maximiser, for every weights, bias, and box, and of ReLU of the pre-activation too. *)
Theorem activation_maximisation n box v : List.Forall (fun b => fst b <= snd b) box ->
  in_box box v ->
  in_box box (best_corner (fst n) box) /\
  pre_activation n v <= pre_activation n (best_corner (fst n) box) /\
  relu (pre_activation n v) <= relu (pre_activation n (best_corner (fst n) box)).
Proof. intros Hb Hv. split; [apply best_corner_in_box, Hb|].
  assert (Q : pre_activation n v <= pre_activation n (best_corner (fst n) box)).
  { unfold pre_activation. apply Rplus_le_compat_r. generalize (fst n). clear Hb.
    induction Hv as [|b x box v Hx Hv IH]; intros w; [destruct w; simpl; lra|].
    destruct w as [|a w]; [simpl; lra|]. cbn [best_corner hd tl dot]. specialize (IH w).
    destruct Rle_dec; nra. }
  split; [exact Q|]. unfold relu. apply Rle_max_compat_r, Q. Qed.

(* The search from x < 1/2 does not move: relu (x - 1/2) is constant there, and 1/2 at x = 1. *)
Theorem activation_maximisation_stuck x : x < / 2 ->
  is_derive (fun x => relu (x - / 2)) x 0 /\ relu (x - / 2) = 0 /\ relu (1 - / 2) = / 2.
Proof. intros H. split; [|split; [apply relu_neg; lra|rewrite relu_pos; lra]].
  apply is_derive_ext_loc with (fun _ => 0);
    [|apply (is_derive_const (K := R_AbsRing) (V := R_NormedModule))].
  assert (P : 0 < / 2 - x) by lra. exists (mkposreal _ P). intros t Ht.
  change (Rabs (t - x) < / 2 - x) in Ht. symmetry. apply relu_neg. pose proof (Rle_abs (t - x)).
  lra. Qed.
