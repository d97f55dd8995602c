(* Products and sums of lists of numbers: what every construction of weights needs. *)
From Depthproof Require Import Definitions.

(* ---------- products ---------- *)

(* A product does not depend on the order of its two lists. *)
Lemma dot_comm u : forall v, dot u v = dot v u.
Proof. induction u as [|a u IH]; intros [|b v]; simpl; try reflexivity. rewrite IH. ring. Qed.

(* Weights 0. *)
Lemma dot_zeros n : forall v, dot (repeat 0 n) v = 0.
Proof. induction n; intros [|y v]; simpl; try reflexivity. rewrite IHn. ring. Qed.

(* Weights are scaled. *)
Lemma dot_scale k u : forall x, dot (map (Rmult k) u) x = k * dot u x.
Proof. induction u as [|a u IH]; intros [|y x]; simpl; try ring. rewrite IH. ring. Qed.

(* Values are scaled. *)
Lemma dot_vector_scale w k u : dot w (map (Rmult k) u) = k * dot w u.
Proof. rewrite dot_comm, dot_scale, dot_comm. reflexivity. Qed.

(* Two blocks of equal lengths. *)
Lemma dot_blocks u : forall v w x, length u = length v -> dot (u ++ w) (v ++ x) = dot u v + dot w x.
Proof. induction u as [|a u IH]; intros [|b v] w x H; try discriminate; simpl; [ring|].
  rewrite IH by (simpl in H; congruence). ring. Qed.

(* Values without weights are not read. *)
Lemma dot_prefix w : forall a b, (length w <= length a)%nat -> dot w (a ++ b) = dot w a.
Proof. induction w as [|x w IH]; intros [|y a] b H; simpl in H; try lia;
    [destruct b; reflexivity|reflexivity|].
  cbn [app dot]. rewrite IH by lia. reflexivity. Qed.

(* One weight picks one number. *)
Lemma dot_coordinate h j : forall v, dot (repeat 0 j ++ [h]) v = h * nth j v 0.
Proof. induction j as [|j IH]; intros [|y v]; simpl; rewrite ?IH; ring. Qed.

(* The square of a list is not negative. *)
Lemma dot_square u : 0 <= dot u u.
Proof. induction u as [|a u IH]; simpl; [lra|]. nra. Qed.

(* The sum of the absolute values of the weights. *)
Fixpoint weight_sum (w : list R) : R :=
  match w with [] => 0 | a :: w' => Rabs a + weight_sum w' end.

(* It is not negative. *)
Lemma weight_sum_pos w : 0 <= weight_sum w.
Proof. induction w; simpl; [lra|]. pose proof (Rabs_pos a). lra. Qed.

(* ---------- sums ---------- *)

Fixpoint vector_sum (u v : list R) : list R :=
  match u, v with [], _ => v | _, [] => u | a :: u', b :: v' => a + b :: vector_sum u' v' end.

(* The length of a sum. *)
Lemma vector_sum_length u : forall v, length u = length v -> length (vector_sum u v) = length u.
Proof. induction u; intros [|b v] H; try discriminate; simpl in *; [reflexivity|].
  rewrite IHu; congruence. Qed.

(* Weights add. *)
Lemma dot_sum u : forall v x, dot (vector_sum u v) x = dot u x + dot v x.
Proof. induction u as [|a u IH]; intros v x; [simpl; ring|].
  destruct v as [|b v]; [simpl; destruct x; ring|]. destruct x as [|y x]; simpl; [ring|].
  rewrite IH. ring. Qed.

(* Values add. *)
Lemma dot_vector_sum w u v : dot w (vector_sum u v) = dot w u + dot w v.
Proof. rewrite dot_comm, dot_sum, (dot_comm u), (dot_comm v). reflexivity. Qed.
