(* Simplices with rational barycentric coordinates in the middle of the cube: a corner's bump is 0
   outside of the cube, and a point of the simplex has as much of all bumps as it is between the
   corners' values. *)
From Coq Require Import QArith Qreals Qabs.
From Depthproof Require Import Definitions Vectors Integrals Cube CubeMoved Dimension SimplexBump
  SimplexVolume SimplexPivots SpaceIntegrals.
From Coq Require Import List Permutation.
From Checked Require Spanning.
Import Spanning(picks, picks_permutation).
Import ListNotations.
Open Scope R_scope.

(* ---------- sums of bumps ---------- *)

(* Sums. *)
Lemma cube_plus d : forall C C' G H, lipschitz C d G -> lipschitz C' d H ->
  cube_integral d (fun v => G v + H v) = cube_integral d G + cube_integral d H.
Proof.
  induction d as [|d IH]; intros C C' G H LG LH; [reflexivity|]. cbn [cube_integral].
  rewrite (integral_ext _ (fun y => plus (cube_integral d (fun v => G (v ++ [y])))
    (cube_integral d (fun v => H (v ++ [y]))))).
  - apply (RInt_plus (V := R_CompleteNormedModule)); [apply (cube_lipschitz (S d) C G LG)|
      apply (cube_lipschitz (S d) C' H LH)].
  - lra.
  - intros y _. apply (IH C C'); apply lipschitz_last; assumption.
Qed.

(* Half of a row, and a half: from -1 and 1 to 0 and 1. *)
Definition half (r : qrow) : qrow :=
  (Qred ((fst r + 1) * (1 # 2)), map (fun q => Qred (q * (1 # 2))) (snd r)).
(* Its value is half of the row's, and a half. *)
Lemma half_value r u : 2 * row_value u (real_row (half r)) - 1 = row_value u (real_row r).
Proof.
  assert (H : Q2R (1 # 2) = / 2) by (unfold Q2R; cbn; lra).
  assert (D : forall l v, dot (map Q2R (map (fun q => Qred (q * (1 # 2))) l)) v =
    / 2 * dot (map Q2R l) v).
  { induction l as [|q l IH]; intros [|x v]; cbn [map dot]; try lra.
    rewrite IH, Q2R_reduced, Q2R_mult, H. ring. }
  unfold row_value, real_row, half. cbn [fst snd]. rewrite D, Q2R_reduced, Q2R_mult, Q2R_plus, H.
  replace (Q2R 1) with 1 by (unfold Q2R; cbn; lra). field.
Qed.

(* A value at a corner, and the other corners' coordinates. *)
Definition piece : Type := R * list qrow.
(* The value times the coordinates' bump, *)
Definition piece_bump (w : R) (p : piece) (u : list R) : R :=
  fst p * row_bump w (map real_row (map half (snd p))) u.
(* and the sum of such. *)
Definition pieces_bump (w : R) (Ps : list piece) (u : list R) : R :=
  fold_right (fun p s => piece_bump w p u + s) 0 Ps.
(* The product of the coordinates' pivots, if all are found. *)
Definition pivot_of (n : nat) (p : piece) : option Q := pivots n (map half (snd p)).
(* The value over the pivots. *)
Definition weighed (n : nat) (p : piece) : R :=
  match pivot_of n p with Some v => fst p / Q2R v | None => 0 end.
(* The sum of such. *)
Definition weighed_sum (n : nat) (Ps : list piece) : R :=
  fold_right (fun p s => weighed n p + s) 0 Ps.

Section Width.
Variables (d : nat) (w : R).
Hypothesis Hw : 0 < w <= 1.
Notation n := (S d).

(* What has an integral: a value that is not negative, with pivots, and a bump within the cube. *)
Definition good_piece (p : piece) : Prop := 0 <= fst p /\ pivot_of n p <> None /\
  Forall (fun r => length (snd r) = n) (snd p) /\
  vanishes w n (map real_row (map half (snd p))).

(* Their sum is Lipschitz, not negative, and has the integral that the pivots say. *)
Lemma pieces_integral Ps : Forall good_piece Ps -> (exists C, lipschitz C n (pieces_bump w Ps)) /\
  (forall u, 0 <= pieces_bump w Ps u) /\
  cube_integral n (pieces_bump w Ps) = weighed_sum n Ps * cube_integral n (bump w 1).
Proof using Hw.
  induction 1 as [|p Ps (V & N & F & Z) _ ((C & L) & P & I)].
  - split; [|split; [intros; cbn; lra|]].
    + exists 0. intros v u _ _. cbn. rewrite Rminus_0_r, Rabs_R0. lra.
    + cbn [weighed_sum fold_right]. rewrite Rmult_0_l.
      pose proof (cube_scaled n 0 _ _ (bump_cube_lipschitz w Hw n 1 ltac:(lra))) as E.
      rewrite Rmult_0_l in E. rewrite <- E. apply cube_ext. intros v _. cbn. ring.
  - destruct (row_bump_lipschitz w Hw (map real_row (map half (snd p)))) as (K & LK).
    specialize (LK n). set (G := row_bump w (map real_row (map half (snd p)))) in *.
    assert (LG : lipschitz (fst p * K) n (fun u => fst p * G u)).
    { intros v u Hv Hu. rewrite <- Rmult_minus_distr_l, Rabs_mult, (Rabs_pos_eq (fst p)) by exact V.
      rewrite Rmult_assoc. apply Rmult_le_compat_l; [exact V|apply LK; assumption]. }
    split; [|split].
    + exists (fst p * K + C). intros v u Hv Hu.
      specialize (L v u Hv Hu). specialize (LG v u Hv Hu). cbv beta in LG.
      change (Rabs (fst p * G v + pieces_bump w Ps v - (fst p * G u + pieces_bump w Ps u)) <=
        (fst p * K + C) * sum_distance v u).
      replace (fst p * G v + pieces_bump w Ps v - (fst p * G u + pieces_bump w Ps u))
        with (fst p * G v - fst p * G u + (pieces_bump w Ps v - pieces_bump w Ps u)) by ring.
      eapply Rle_trans; [apply Rabs_triang|]. lra.
    + intros u. change (0 <= fst p * G u + pieces_bump w Ps u). specialize (P u).
      assert (0 <= G u) by apply (bump_range w).
      assert (0 <= fst p * G u) by (apply Rmult_le_pos; assumption). lra.
    + change (pieces_bump w (p :: Ps)) with (fun u => fst p * G u + pieces_bump w Ps u).
      rewrite (cube_plus n (fst p * K) C _ _ LG L), I, (cube_scaled n (fst p) K G LK).
      cbn [weighed_sum fold_right]. fold (weighed_sum n Ps). unfold weighed.
      unfold pivot_of in *. destruct (pivots n _) as [v|] eqn:E; [|contradiction].
      destruct (pivots_integral w Hw d _ v E) as [Pv Iv]; [|exact Z|].
      * apply List.Forall_map. eapply Forall_impl; [|exact F]. intros r Hr. cbn.
        rewrite map_length. exact Hr.
      * fold G in Iv. rewrite Iv. field. lra.
Qed.
End Width.

(* ---------- simplices ---------- *)

(* A corner: its barycentric coordinate on the cube, its place there, and a value. *)
Definition corner4 : Type := qrow * (list R * R).
(* Its coordinate at a point. *)
Definition share_at (u : list R) (c : corner4) : R := row_value u (real_row (fst c)).
(* A sum over corners. *)
Definition corner_sum (f : corner4 -> R) (T : list corner4) : R :=
  fold_right (fun c s => f c + s) 0 T.
(* The coordinates are those of the simplex, which is in the middle of the cube. *)
Definition barycentric (n : nat) (T : list corner4) : Prop :=
  length T = S n /\ Forall (fun c => length (snd (fst c)) = n) T /\
  (forall c i, In c T -> (i < n)%nat -> / 4 <= nth i (fst (snd c)) 0 <= 3 / 4) /\
  forall u, length u = n -> corner_sum (share_at u) T = 1 /\
    forall i, (i < n)%nat ->
      nth i u 0 = corner_sum (fun c => share_at u c * nth i (fst (snd c)) 0) T.
(* Each corner's value with the coordinates of the others. *)
Definition pieces_of (f : corner4 -> R) (T : list corner4) : list piece :=
  map (fun cr => (f (fst cr), map fst (snd cr))) (picks T).

(* Sums do not depend on the order. *)
Lemma sum_permuted f T U : Permutation T U -> corner_sum f T = corner_sum f U.
Proof. induction 1; cbn [corner_sum fold_right] in *; unfold corner_sum in *; lra. Qed.

(* Nor on how the summands are written. *)
Lemma sum_ext f g T : (forall c, f c = g c) -> corner_sum f T = corner_sum g T.
Proof.
  intros E. induction T as [|c T IH]; [reflexivity|]. cbn [corner_sum fold_right] in *.
  unfold corner_sum in IH. rewrite IH, E. reflexivity.
Qed.

(* The positive parts that a bump sees. *)
Lemma sum_above u rest : fold_right (fun y s => above (2 * y - 1) + s) 0
  (map (row_value u) (map real_row (map half (map fst rest)))) =
  corner_sum (fun c => above (share_at u c)) rest.
Proof.
  induction rest as [|c rest IH]; [reflexivity|]. cbn [map fold_right corner_sum].
  rewrite IH, half_value. reflexivity.
Qed.

(* Shares that are at least - w bound a sum of numbers between 0 and 1/2 from below. *)
Lemma sum_low w u g rest : 0 < w -> Forall (fun c => - w <= share_at u c) rest ->
  (forall c, In c rest -> 0 <= g c <= / 2) ->
  - w * INR (length rest) * / 2 <= corner_sum (fun c => share_at u c * g c) rest.
Proof.
  intros Hw Low Hg. induction rest as [|c rest IH]; [cbn; lra|]. inversion Low; subst.
  specialize (IH H2 (fun e He => Hg e (or_intror He))). specialize (Hg c (or_introl eq_refl)).
  cbn [corner_sum fold_right length]. unfold corner_sum in IH. rewrite S_INR. nra.
Qed.

(* A sum of affine expressions is one of the sum. *)
Lemma sum_affine u g k e T : corner_sum (share_at u) T = 1 ->
  corner_sum (fun c => share_at u c * (k * g c + e)) T =
    k * corner_sum (fun c => share_at u c * g c) T + e.
Proof.
  intros One. transitivity (k * corner_sum (fun c => share_at u c * g c) T
    + e * corner_sum (share_at u) T); [|rewrite One; ring]. clear. unfold corner_sum.
  induction T as [|c T IH]; cbn [fold_right]; [ring|]. rewrite IH. ring.
Qed.

(* Shares add up to at most their positive parts. *)
Lemma sum_positive u rest :
  corner_sum (share_at u) rest <= corner_sum (fun c => above (share_at u c)) rest.
Proof.
  unfold corner_sum. induction rest as [|c rest IH]; cbn [fold_right]; [lra|].
  pose proof (Rmax_r 0 (share_at u c)). unfold above at 1. lra.
Qed.

(* Where a bump is not 0 its rows are at least - w, and their positive parts add up to less
   than 1. *)
Lemma bump_shares w u rest : 0 < w <= 1 ->
  row_bump w (map real_row (map half (map fst rest))) u <> 0 ->
  Forall (fun c => - w <= share_at u c) rest /\
  corner_sum (fun c => above (share_at u c)) rest < 1.
Proof.
  intros Hw N. apply (bump_somewhere w Hw) in N; [|lra]. destruct N as (_ & N & S).
  rewrite sum_above in S. split; [|exact S].
  apply Forall_forall. intros e He. rewrite Forall_forall in N.
  specialize (N (row_value u (real_row (half (fst e))))).
  rewrite half_value in N. apply N. rewrite !map_map. apply in_map_iff. exists e.
  split; [reflexivity|exact He].
Qed.

(* So there sums with shares of numbers between 0 and 1/2 are at least - 1/4. *)
Lemma simplex_low n w T c rest u g : barycentric n T -> In (c, rest) (picks T) -> 0 < w <= 1 ->
  w * INR n <= / 2 -> length u = n ->
  row_bump w (map real_row (map half (map fst rest))) u <> 0 ->
  (forall e, In e T -> 0 <= g e <= / 2) -> - / 4 <= corner_sum (fun e => share_at u e * g e) T.
Proof.
  intros (L & _ & _ & Ba) Hp Hw Small Hu N Hg. destruct (Ba u Hu) as [One _].
  pose proof (picks_permutation T c rest Hp) as Perm.
  destruct (bump_shares w u rest Hw N) as [Low S]. pose proof (sum_positive u rest) as Up.
  assert (Lc : (length rest = n)%nat).
  { apply Permutation_length in Perm. cbn [length] in Perm. lia. }
  assert (In_ : forall e, In e (c :: rest) -> In e T)
    by (intros e; apply Permutation_in, Permutation_sym, Perm).
  rewrite (sum_permuted _ _ _ Perm) in One. rewrite (sum_permuted _ _ _ Perm).
  pose proof (sum_low w u g rest ltac:(lra) Low (fun e He => Hg e (In_ e (or_intror He)))) as R.
  rewrite Lc in R. unfold corner_sum in *. cbn [fold_right] in *.
  pose proof (Hg c (In_ c (or_introl eq_refl))).
  assert (0 <= share_at u c * g c) by (apply Rmult_le_pos; lra). nra.
Qed.

(* Near a simplex that is well within the cube, a point is in the cube. *)
Lemma simplex_vanishes n w T c rest : barycentric n T -> In (c, rest) (picks T) -> 0 < w <= 1 ->
  w * INR n <= / 2 -> vanishes w n (map real_row (map half (map fst rest))).
Proof.
  intros B Hp Hw Small u Hu N. pose proof B as (_ & _ & Places & Ba).
  destruct (Ba u Hu) as [One At].
  apply Forall_forall. intros x Hx. apply (In_nth _ _ 0) in Hx. destruct Hx as (i & Hi & <-).
  rewrite Hu in Hi. rewrite (At i Hi). set (place := fun e : corner4 => nth i (fst (snd e)) 0).
  assert (Bound : forall k e, (forall c, In c T -> 0 <= k * place c + e <= / 2) ->
    - / 4 <= k * corner_sum (fun c => share_at u c * place c) T + e).
  { intros k e H. rewrite <- (sum_affine u place k e T One).
    exact (simplex_low n w T c rest u (fun c => k * place c + e) B Hp Hw Small Hu N H). }
  assert (Pl : forall e, In e T -> / 4 <= place e <= 3 / 4)
    by (intros e He; apply Places; assumption).
  change (fun c => share_at u c * nth i (fst (snd c)) 0) with (fun c => share_at u c * place c).
  split.
  - specialize (Bound 1 (- / 4) ltac:(intros e He; specialize (Pl e He); lra)). lra.
  - specialize (Bound (-1) (3 / 4) ltac:(intros e He; specialize (Pl e He); lra)). lra.
Qed.

(* ---------- a point of a simplex ---------- *)

(* Where no coordinate is negative the bump is what is left. *)
Lemma bump_inside w ys : 0 < w <= 1 -> forall c, Forall (fun y => 0 <= 2 * y - 1) ys ->
  bump w c ys = above (c - fold_right (fun y s => 2 * y - 1 + s) 0 ys).
Proof.
  intros Hw. induction ys as [|y ys IH]; intros c F; cbn [bump fold_right];
    [rewrite Rminus_0_r; reflexivity|]. inversion F; subst.
  rewrite IH, ramp_one, (above_all (2 * y - 1)) by assumption. rewrite Rmult_1_l. f_equal. ring.
Qed.

(* So the pieces of a simplex add up to what is between the values. *)
Lemma inside_pieces n w f T u : 0 < w <= 1 -> barycentric n T -> length u = n ->
  Forall (fun c => 0 <= share_at u c) T ->
  pieces_bump w (pieces_of f T) u = corner_sum (fun c => share_at u c * f c) T.
Proof.
  intros Hw (_ & _ & _ & Ba) Hu P. destruct (Ba u Hu) as [One _].
  assert (Fst : forall (l : list corner4), map fst (picks l) = l).
  { induction l as [|c l IH]; [reflexivity|]. cbn [picks map fst]. rewrite map_map. cbn [fst].
    f_equal. exact IH. }
  assert (Each : forall c rest, In (c, rest) (picks T) ->
    row_bump w (map real_row (map half (map fst rest))) u = share_at u c).
  { intros c rest Hc. pose proof (picks_permutation T c rest Hc) as Perm.
    rewrite (sum_permuted _ _ _ Perm) in One. cbn [corner_sum fold_right] in One.
    apply (Permutation_Forall Perm) in P. inversion P as [|? ? Pc Pr]; subst.
    unfold row_bump. rewrite bump_inside by (exact Hw || (rewrite !map_map; apply List.Forall_map;
      eapply Forall_impl; [|exact Pr]; intros e He; cbv beta; rewrite half_value; exact He)).
    replace (fold_right _ 0 _) with (corner_sum (share_at u) rest).
    - unfold above. unfold corner_sum in *. rewrite Rmax_right; lra.
    - clear. induction rest as [|e rest IH]; [reflexivity|]. cbn [map fold_right corner_sum].
      rewrite half_value, <- IH. reflexivity. }
  rewrite <- (Fst T) at 2. unfold pieces_of. revert Each. generalize (picks T). clear.
  induction l as [|(c, rest) l IH]; intros Each; [reflexivity|].
  cbn [map pieces_bump corner_sum fold_right fst snd]. unfold piece_bump at 1. cbn [fst snd].
  rewrite (Each c rest (or_introl eq_refl)). unfold pieces_bump, corner_sum in IH.
  rewrite IH by (intros; apply Each; right; assumption). ring.
Qed.
