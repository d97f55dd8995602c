(* Simplices in the plane as triangles with rational corners: the run of the checker that sums their
   areas and shares, and what it computes. *)
From Coq Require Import QArith Qreals Qround Qminmax Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear Vectors PlaneIntegrals.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Reading ReadingSound Graph Polygon Quantities
  QuantitiesSound Cells CellsCover FileNetwork.
From Depthproof Require Import FromFile.
Import ListNotations.
Open Scope R_scope.

(* ---------- the run ---------- *)

(* A vector is w, y, x. *)
Definition rectangle_walls (a b c d : Q) : list (list Z) :=
  [[1]; [- Qnum a; 0; QDen a]; [Qnum b; 0; - QDen b]; [- Qnum c; QDen c]; [Qnum d; - QDen d]]%Z.
(* 0 < 0, which is false on every simplex. *)
Definition falsehood : list test := [Compared LT (Row 1 0 Nothing)].

(* x, y and the absolute value at a corner. *)
Definition qcorner : Type := Q * Q * Q.
Definition qtriangle : Type := qcorner * qcorner * qcorner.
Definition corner_of (w : row) (c : corner) : qcorner :=
  let unit := Z.to_pos (weight c) in
  (nth 2 (vector_at c) 0%Z # unit, nth 1 (vector_at c) 0%Z # unit,
   Z.abs (row_at w c) # (under w * unit)).
Definition one_signed (w : row) (l : list corner) : bool := none_below w l || none_above w l.
Definition triangle_of (w : row) (l : list corner) : option qtriangle :=
  match l with
  | [p; q; r] =>
    if forallb (fun c => Z.ltb 0 (weight c)) l && one_signed w l
    then Some (corner_of w p, corner_of w q, corner_of w r) else None
  | _ => None
  end.

Definition qdouble_area (T : qtriangle) : Q :=
  let '((xA, yA, _), (xB, yB, _), (xC, yC, _)) := T in
  ((xB - xA) * (yC - yA) - (xC - xA) * (yB - yA))%Q.
Definition qarea (T : qtriangle) : Q := (Qabs.Qabs (qdouble_area T) * (1 # 2))%Q.
Definition qshare (T : qtriangle) : Q :=
  let '((_, u), (_, v), (_, w)) := T in (qarea T * ((u + v + w) * (1 # 3)))%Q.
Definition qinside (a b c d : Q) (P : qcorner) : bool :=
  let '(x, y, _) := P in Qle_bool a x && Qle_bool x b && Qle_bool c y && Qle_bool y d.
Definition qproper (a b c d : Q) (T : qtriangle) : bool :=
  let '(A, B, C) := T in qinside a b c d A && qinside a b c d B && qinside a b c d C &&
  negb (Qeq_bool (qdouble_area T) 0).

(* The simplices as triangles, if they cover the rectangle and the difference of the files has one
   sign on each. *)
Definition triangles (F G : file) (a b c d : Q) (points : list corner_point)
    (simplices : list (list Z)) : option (list qtriangle) :=
  match graph_of 2 [F; G] with
  | None => None
  | Some (outs, H) =>
    match difference outs with
    | None => None
    | Some e =>
      let walls := rectangle_walls a b c d in
      match row_of (graph_size H) e, place_all H walls points 1 Empty with
      | Some w, Some t =>
        if Qle_bool a b && Qle_bool c d && cells_cover 3 walls falsehood t simplices then
          match all_of (map (simplex_of (unit_vectors 3) t) simplices) with
          | Some cells =>
            match all_of (map (triangle_of w) cells) with
            | Some Ts => if forallb (qproper a b c d) Ts then Some Ts else None
            | None => None end
          | None => None end
        else None
      | _, _ => None end
    end
  end.

Definition qsum (g : qtriangle -> Q) (Ts : list qtriangle) : Q :=
  fold_right (fun T s => Qred (g T + s)) 0%Q Ts.
Definition check_volume (F G : file) (a b c d : Q) (points : list corner_point)
    (simplices : list (list Z)) (q : Q) : bool :=
  match triangles F G a b c d points simplices with
  | Some Ts => Qeq_bool (qsum qarea Ts) ((b - a) * (d - c)) && Qeq_bool (qsum qshare Ts) q
  | None => false end.

(* Rounded down on every triangle, times a scale: no fractions are added. *)
Definition qfloors (g : qtriangle -> Q) (scale : positive) (Ts : list qtriangle) : Z :=
  fold_right (fun T s => Qfloor (g T * inject_Z (Zpos scale)) + s)%Z 0%Z Ts.
Definition at_most (M : Q) (T : qtriangle) : bool :=
  let '((_, u), (_, v), (_, w)) := T in Qle_bool u M && Qle_bool v M && Qle_bool w M.
Definition check_volume_between (F G : file) (a b c d : Q) (points : list corner_point)
    (simplices : list (list Z)) (M : Q) (scale : positive) (low high : Q) : bool :=
  match triangles F G a b c d points simplices with
  | Some Ts =>
    let n := Z.of_nat (length Ts) in
    let area := (qfloors qarea scale Ts + n # scale)%Q in
    let share := qfloors qshare scale Ts in
    forallb (at_most M) Ts && Qle_bool 0 M &&
    Qle_bool low ((share # scale) - M * (area - (b - a) * (d - c))) &&
    Qle_bool (share + n # scale) high
  | None => false end.

(* ---------- over the real numbers ---------- *)

Definition real_corner (P : qcorner) : corner3 :=
  let '(x, y, v) := P in (Q2R x, Q2R y, Q2R v).
Definition real_triangle (T : qtriangle) : triangle :=
  let '(A, B, C) := T in (real_corner A, real_corner B, real_corner C).

(* ---------- areas and shares ---------- *)

(* Determinants of rational corners are those of real ones. *)
Lemma double_real T : Q2R (qdouble_area T) = double_area (real_triangle T).
Proof.
  destruct T as ((((xA, yA), vA), ((xB, yB), vB)), ((xC, yC), vC)).
  unfold qdouble_area, double_area, real_triangle, real_corner, xof, yof. cbn [fst snd].
  rewrite !Q2R_minus, !Q2R_mult, !Q2R_minus. reflexivity.
Qed.
(* So areas are, *)
Lemma area_real T : Q2R (qarea T) = triangle_area (real_triangle T).
Proof.
  unfold qarea, triangle_area. rewrite Q2R_mult, Q2R_abs, double_real.
  replace (Q2R (1 # 2)) with (/ 2) by (unfold Q2R; cbn; lra). reflexivity.
Qed.
(* and area times mean. *)
Lemma share_real T : Q2R (qshare T) = share_of (real_triangle T).
Proof.
  destruct T as ((((xA, yA), vA), ((xB, yB), vB)), ((xC, yC), vC)). unfold qshare, share_of.
  rewrite !Q2R_mult, area_real, !Q2R_plus.
  replace (Q2R (1 # 3)) with (/ 3) by (unfold Q2R; cbn; lra). reflexivity.
Qed.

(* Their sums, exactly, *)
Lemma sum_real g h Ts : (forall T, Q2R (g T) = h (real_triangle T)) ->
  Q2R (qsum g Ts) = total_of h (map real_triangle Ts).
Proof.
  intros E. induction Ts as [|T Ts IH]; cbn [qsum fold_right map total_of].
  - unfold Q2R. cbn. lra.
  - fold (qsum g Ts). rewrite <- (Qeq_eqR _ _ (Qeq_sym _ _ (Qred_correct (g T + qsum g Ts)))).
    rewrite Q2R_plus, E, IH. reflexivity.
Qed.

(* and rounded down. *)
Lemma floors_real g h scale Ts : (forall T, Q2R (g T) = h (real_triangle T)) ->
  let s := total_of h (map real_triangle Ts) * IZR (Zpos scale) in
  IZR (qfloors g scale Ts) <= s <= IZR (qfloors g scale Ts) + INR (length Ts).
Proof.
  intros E. induction Ts as [|T Ts IH]; cbv zeta in *;
    [cbn [qfloors fold_right map total_of length INR]; lra|].
  cbn [qfloors fold_right map length]. fold (qfloors g scale Ts).
  change (total_of h (real_triangle T :: map real_triangle Ts))
    with (h (real_triangle T) + total_of h (map real_triangle Ts)).
  set (z := (g T * inject_Z (Z.pos scale))%Q).
  assert (Z : Q2R z = h (real_triangle T) * IZR (Zpos scale)).
  { unfold z. rewrite Q2R_mult, E. f_equal. unfold Q2R, inject_Z. cbn [Qnum Qden]. field. }
  pose proof (Qle_Rle _ _ (Qfloor_le z)) as L. pose proof (Qlt_Rlt _ _ (Qlt_floor z)) as U.
  assert (W : forall n, Q2R (inject_Z n) = IZR n)
    by (intros n; unfold Q2R, inject_Z; cbn [Qnum Qden]; field).
  rewrite W in L, U. rewrite !plus_IZR in *. rewrite S_INR. lra.
Qed.

(* Values are at most what is checked. *)
Lemma triangles_below M Ts : forallb (at_most M) Ts = true ->
  Forall nonnegative (map (moved (-1) (Q2R M)) (map real_triangle Ts)).
Proof.
  intros B. apply List.Forall_map, List.Forall_map, Forall_forall. intros T HT.
  rewrite forallb_forall in B. specialize (B T HT). destruct T as (((A, u), (B', v)), (C, w)).
  destruct A, B', C. cbn in B |- *. repeat (apply andb_prop in B; destruct B as [B ?]).
  repeat match goal with K : Qle_bool _ _ = true |- _ => apply Qle_R in K end.
  repeat split; lra.
Qed.

(* Some rational is the largest value. *)
Lemma largest Ts : exists M, forallb (at_most M) Ts = true.
Proof.
  assert (Le : forall u v, (u <= v)%Q -> Qle_bool u v = true) by (intros; apply Qle_bool_iff; auto).
  assert (Up : forall M N T, (M <= N)%Q -> at_most M T = true -> at_most N T = true).
  { intros M N (((A, u), (B, v)), (C, w)) L H. destruct A, B, C. cbn in *.
    repeat (apply andb_prop in H; destruct H as [H ?]).
    repeat match goal with K : Qle_bool _ _ = true |- _ => apply Qle_bool_imp_le in K end.
    rewrite !Le by (eapply Qle_trans; eassumption). reflexivity. }
  induction Ts as [|(((A, u), (B, v)), (C, w)) Ts (M & IH)]; [exists 0%Q; reflexivity|].
  destruct A as (xA, yA), B as (xB, yB), C as (xC, yC).
  exists (Qmax M (Qmax u (Qmax v w))). cbn [forallb]. apply andb_true_intro. split.
  - unfold at_most. rewrite !Le; [reflexivity| | |].
    + eapply Qle_trans; [|apply Q.le_max_r]. eapply Qle_trans; [|apply Q.le_max_r].
      apply Q.le_max_r.
    + eapply Qle_trans; [|apply Q.le_max_r]. eapply Qle_trans; [|apply Q.le_max_r].
      apply Q.le_max_l.
    + eapply Qle_trans; [|apply Q.le_max_r]. apply Q.le_max_l.
  - rewrite forallb_forall in *. intros T HT. apply (Up M); [apply Q.le_max_l|apply IH, HT].
Qed.

(* ---------- the rectangle ---------- *)

(* The walls are those of the rectangle. *)
Lemma walls_correct a b c d x y : Q2R a <= x <= Q2R b -> Q2R c <= y <= Q2R d ->
  Forall (fun l => 0 <= dot (reals l) (1 :: rev [x; y])) (rectangle_walls a b c d).
Proof.
  unfold Q2R. intros Hx Hy.
  assert (D : forall q : Q, 0 < IZR (QDen q)) by (intros q; apply (IZR_lt 0); reflexivity).
  assert (L : forall n (q : Q) z, IZR n * / IZR (QDen q) <= z -> IZR n <= z * IZR (QDen q)).
  { intros n q z K. apply Rmult_le_compat_r with (r := IZR (QDen q)) in K; [|left; apply D].
    rewrite Rmult_assoc, Rinv_l, Rmult_1_r in K by (apply Rgt_not_eq, D). exact K. }
  assert (U : forall n (q : Q) z, z <= IZR n * / IZR (QDen q) -> z * IZR (QDen q) <= IZR n).
  { intros n q z K. apply Rmult_le_compat_r with (r := IZR (QDen q)) in K; [|left; apply D].
    rewrite Rmult_assoc, Rinv_l, Rmult_1_r in K by (apply Rgt_not_eq, D). exact K. }
  destruct Hx as [X1 X2], Hy as [Y1 Y2]. apply L in X1, Y1. apply U in X2, Y2.
  unfold rectangle_walls. repeat (apply List.Forall_cons; [|]); try apply List.Forall_nil;
    cbn [rev app map dot]; rewrite ?opp_IZR; lra.
Qed.

(* Corners are in the rectangle. *)
Lemma inside_correct a b c d P : qinside a b c d P = true ->
  inside (Q2R a) (Q2R b) (Q2R c) (Q2R d) (real_corner P).
Proof.
  destruct P as ((x, y), v). unfold qinside, inside, xof, yof. cbn [real_corner fst snd]. intros H.
  repeat (apply andb_prop in H; destruct H as [H ?]).
  repeat match goal with K : Qle_bool _ _ = true |- _ => apply Qle_bool_imp_le, Qle_Rle in K end.
  lra.
Qed.
(* So are triangles, which are not flat. *)
Lemma proper_correct a b c d T : qproper a b c d T = true ->
  proper (Q2R a) (Q2R b) (Q2R c) (Q2R d) (real_triangle T).
Proof.
  destruct T as ((A, B), C). unfold qproper, proper. cbn [real_triangle]. intros H.
  repeat (apply andb_prop in H; destruct H as [H ?]).
  repeat (split; [apply inside_correct; assumption|]).
  intros Z. change (double_area (real_triangle (A, B, C)) = 0) in Z. rewrite <- double_real in Z.
  apply negb_true_iff, Qeq_bool_neq in H0. apply H0, eqR_Qeq. rewrite Z. unfold Q2R. cbn. lra.
Qed.
