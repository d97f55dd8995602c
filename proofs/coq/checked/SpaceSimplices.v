(* Integrals over a box in any dimension, by simplices that cover it: what is on each of them between
   the corners' values has the integral that the simplices say, if their volumes add up. *)
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
Definition piece_bump (w : R) (p : piece) (u : list R) : R :=
  fst p * row_bump w (map real_row (map half (snd p))) u.
Definition pieces_bump (w : R) (Ps : list piece) (u : list R) : R :=
  fold_right (fun p s => piece_bump w p u + s) 0 Ps.
Definition pivot_of (n : nat) (p : piece) : option Q := pivots n (map half (snd p)).
(* The value over the pivots. *)
Definition weighed (n : nat) (p : piece) : R :=
  match pivot_of n p with Some v => fst p / Q2R v | None => 0 end.
Definition weighed_sum (n : nat) (Ps : list piece) : R :=
  fold_right (fun p s => weighed n p + s) 0 Ps.

Section Width.
Variables (d : nat) (w : R).
Hypothesis Hw : 0 < w <= 1.
Notation n := (S d).

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
Definition share_at (u : list R) (c : corner4) : R := row_value u (real_row (fst c)).
Definition corner_sum (f : corner4 -> R) (T : list corner4) : R :=
  fold_right (fun c s => f c + s) 0 T.
Definition barycentric (n : nat) (T : list corner4) : Prop :=
  length T = S n /\ Forall (fun c => length (snd (fst c)) = n) T /\
  (forall c i, In c T -> (i < n)%nat -> / 4 <= nth i (fst (snd c)) 0 <= 3 / 4) /\
  forall u, length u = n -> corner_sum (share_at u) T = 1 /\
    forall i, (i < n)%nat -> nth i u 0 = corner_sum (fun c => share_at u c * nth i (fst (snd c)) 0) T.
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

(* Near a simplex that is well within the cube, a point is in the cube. *)
Lemma simplex_vanishes n w T c rest : barycentric n T -> In (c, rest) (picks T) -> 0 < w <= 1 ->
  w * INR n <= / 2 -> vanishes w n (map real_row (map half (map fst rest))).
Proof.
  intros (L & F & Pl & Ba) Hp Hw Small u Hu N.
  pose proof (picks_permutation T c rest Hp) as Perm.
  apply (bump_somewhere w Hw) in N; [|lra]. destruct N as (_ & N & S). rewrite sum_above in S.
  assert (Low : Forall (fun c => - w <= share_at u c) rest).
  { apply Forall_forall. intros e He. rewrite Forall_forall in N.
    specialize (N (row_value u (real_row (half (fst e))))).
    rewrite half_value in N. apply N. rewrite !map_map. apply in_map_iff. exists e.
    split; [reflexivity|exact He]. }
  destruct (Ba u Hu) as [One At]. rewrite (sum_permuted _ _ _ Perm) in One.
  cbn [corner_sum fold_right] in One. fold (corner_sum (share_at u) rest) in One.
  assert (Up : corner_sum (share_at u) rest <= corner_sum (fun c => above (share_at u c)) rest).
  { clear. induction rest as [|e rest IH]; cbn [corner_sum fold_right]; [lra|].
    pose proof (Rmax_r 0 (share_at u e)). unfold above at 1. unfold corner_sum in IH. lra. }
  assert (Lc : (length rest = n)%nat).
  { apply Permutation_length in Perm. cbn [length] in Perm. lia. }
  assert (Bound : forall g : corner4 -> R, (forall e, In e (c :: rest) -> 0 <= g e <= / 2) ->
    - / 4 <= corner_sum (fun e => share_at u e * g e) (c :: rest)).
  { intros g Hg. cbn [corner_sum fold_right].
    assert (R : - w * INR (length rest) * / 2 <= corner_sum (fun e => share_at u e * g e) rest).
    { assert (Hr : forall e, In e rest -> 0 <= g e <= / 2) by (intros e He; apply Hg; right; exact He).
      clear - Low Hr Hw. induction rest as [|e rest IH]; [cbn; lra|]. inversion Low; subst.
      specialize (IH H2 (fun e' He => Hr e' (or_intror He))). specialize (Hr e (or_introl eq_refl)).
      cbn [corner_sum fold_right length]. unfold corner_sum in IH. rewrite S_INR. nra. }
    rewrite Lc in R. unfold corner_sum in R. specialize (Hg c (or_introl eq_refl)).
    assert (0 <= share_at u c * g c) by (apply Rmult_le_pos; lra). nra. }
  apply Forall_forall. intros x Hx. apply (In_nth _ _ 0) in Hx. destruct Hx as (i & Hi & <-).
  rewrite Hu in Hi. rewrite (At i Hi), (sum_permuted _ _ _ Perm).
  assert (In' : forall e, In e (c :: rest) -> / 4 <= nth i (fst (snd e)) 0 <= 3 / 4).
  { intros e He. apply Pl; [|exact Hi]. apply (Permutation_in _ (Permutation_sym Perm)), He. }
  assert (Split : forall k, corner_sum (fun e => share_at u e * (k * (nth i (fst (snd e)) 0 - / 2) + / 4))
    (c :: rest) = k * (corner_sum (fun e => share_at u e * nth i (fst (snd e)) 0) (c :: rest) - / 2) + / 4).
  { intros k. transitivity (k * (corner_sum (fun e => share_at u e * nth i (fst (snd e)) 0) (c :: rest)
      - / 2 * corner_sum (share_at u) (c :: rest)) + / 4 * corner_sum (share_at u) (c :: rest)).
    - generalize (c :: rest). clear. induction l as [|e l IH]; cbn [corner_sum fold_right] in *; [lra|].
      unfold corner_sum in *. rewrite IH. ring.
    - cbn [corner_sum fold_right]. unfold corner_sum in One. unfold corner_sum. rewrite One. ring. }
  split.
  - specialize (Bound (fun e => nth i (fst (snd e)) 0 - / 4)
      ltac:(intros e He; specialize (In' e He); lra)).
    specialize (Split 1). 
    erewrite (sum_ext _ (fun e => share_at u e * (nth i (fst (snd e)) 0 - / 4))) in Split by (intros; field).
    lra.
  - specialize (Bound (fun e => 3 / 4 - nth i (fst (snd e)) 0)
      ltac:(intros e He; specialize (In' e He); lra)).
    specialize (Split (-1)).
    erewrite (sum_ext _ (fun e => share_at u e * (3 / 4 - nth i (fst (snd e)) 0))) in Split by (intros; field).
    lra.
Qed.

(* ---------- a point of a simplex ---------- *)

(* Where no coordinate is negative the bump is what is left. *)
Lemma bump_inside w ys : 0 < w <= 1 -> forall c, Forall (fun y => 0 <= 2 * y - 1) ys ->
  bump w c ys = above (c - fold_right (fun y s => 2 * y - 1 + s) 0 ys).
Proof.
  intros Hw. induction ys as [|y ys IH]; intros c F; cbn [bump fold_right];
    [rewrite Rminus_0_r; reflexivity|]. inversion F; subst.
  rewrite IH, ramp_one by assumption. replace (above (2 * y - 1)) with (2 * y - 1)
    by (unfold above; rewrite Rmax_right; [reflexivity|assumption]). rewrite Rmult_1_l. f_equal. ring.
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

(* ---------- the box ---------- *)

(* A number less a function. *)
Lemma box_less sides : ordered_sides sides -> forall C M F, lipschitz C (length sides) F ->
  box_integral sides (fun v => M - F v) = M * size sides - box_integral sides F.
Proof.
  induction 1 as [|(a, b) rest L S IH]; intros C M F HF; cbn [length fst snd] in *;
    [cbn; ring|]. cbn [box_integral size].
  rewrite (integral_ext _ (fun x => M * size rest - box_integral rest (fun v => F (x :: v)))).
  - assert (Si : ordered_sides ((a, b) :: rest)) by (constructor; assumption).
    rewrite integral_minus; [|apply ex_RInt_const|apply (box_lipschitz _ Si C F HF)].
    rewrite integral_constant. real_equation. ring.
  - lra.
  - intros x _. apply (IH C). apply lipschitz_first. exact HF.
Qed.

(* Boxes have a size. *)
Lemma size_positive sides : ordered_sides sides -> 0 < size sides.
Proof.
  induction 1 as [|(a, b) rest L _ IH]; cbn [size fst snd] in *; [lra|].
  apply Rmult_lt_0_compat; lra.
Qed.

Section Box.
Variables (d : nat) (sides : list (R * R)) (F : list R -> R) (C : R) (Ts : list (list corner4)).
Notation n := (S d).
Hypotheses (Hs : ordered_sides sides) (Hn : length sides = n) (HF : lipschitz C n F).
Hypothesis HT : Forall (barycentric n) Ts.
Hypothesis HP : forall f, Forall (fun p => pivot_of n p <> None) (flat_map (pieces_of f) Ts).
Notation scale := (size sides / INR (fact (S n))).
Definition total_weighed (f : corner4 -> R) : R := weighed_sum n (flat_map (pieces_of f) Ts).

(* Values at corners that are not too small bound the integral. *)
Theorem box_upper K H f : lipschitz K n H ->
  Forall (fun T => Forall (fun c => 0 <= f c) T) Ts ->
  (forall u, length u = n -> Forall (fun x => / 4 <= x <= 3 / 4) u -> exists T, In T Ts /\
    Forall (fun c => 0 <= share_at u c) T /\
    H (put sides u) <= corner_sum (fun c => share_at u c * f c) T) ->
  box_integral sides H <= scale * total_weighed f.
Proof using Hs Hn HT HP.
  intros LH Pos Cov. set (Ps := flat_map (pieces_of f) Ts).
  assert (N : 1 <= INR n) by (rewrite S_INR; pose proof (pos_INR d); lra).
  assert (Good : forall w, 0 < w <= 1 -> w * INR n <= / 2 -> Forall (good_piece d w) Ps).
  { intros w Hw Small. apply Forall_forall. intros p Hp. specialize (HP f).
    rewrite Forall_forall in HP, HT, Pos. pose proof (HP p Hp) as Np. unfold Ps in Hp.
    apply in_flat_map in Hp. destruct Hp as (T & HTs & Hp). pose proof (HT T HTs) as Ba.
    apply in_map_iff in Hp. destruct Hp as ((c, rest) & <- & Hc). cbn [fst snd] in *.
    pose proof (picks_permutation T c rest Hc) as Perm. repeat split; cbn [fst snd].
    - specialize (Pos T HTs). rewrite Forall_forall in Pos. apply Pos.
      apply (Permutation_in _ (Permutation_sym Perm)). left. reflexivity.
    - exact Np.
    - destruct Ba as (_ & Len & _). apply (Permutation_Forall Perm) in Len. inversion Len; subst.
      apply List.Forall_map. assumption.
    - apply (simplex_vanishes n w T c rest Ba Hc Hw Small). }
  set (A := size sides * weighed_sum n Ps).
  assert (Sz : 0 < size sides).
  { apply size_positive, Hs. }
  assert (Bound : forall w, 0 < w <= 1 -> w * INR n <= / 2 ->
    0 <= A /\ box_integral sides H <= A * (/ INR (fact (S n)) + w * 3 ^ n)).
  { intros w Hw Small. specialize (Good w Hw Small).
    destruct (pieces_integral d w Hw Ps Good) as ((L & LP) & PP & IP).
    assert (W : 0 <= weighed_sum n Ps).
    { clear - Good Hw. induction Good as [|p l (V & Np & Fp & Z) _ IH]; [cbn; lra|].
      cbn [weighed_sum fold_right]. unfold weighed_sum in IH. unfold weighed, pivot_of in *.
      destruct (pivots n _) as [v|] eqn:E; [|contradiction].
      destruct (pivots_integral w Hw d _ v E) as [Pv _]; [|exact Z|].
      - apply List.Forall_map. eapply Forall_impl; [|exact Fp]. intros r Hr. cbn.
        rewrite map_length. exact Hr.
      - assert (0 <= fst p / Q2R v) by (apply Rdiv_le_0_compat; assumption). lra. }
    split; [apply Rmult_le_pos; lra|].
    eapply Rle_trans; [apply (box_below sides Hs K L H (pieces_bump w Ps)); rewrite ?Hn; try assumption|].
    - intros u Hu Fu. destruct (Cov u Hu Fu) as (T & HTs & Sh & Le). eapply Rle_trans; [exact Le|].
      rewrite Forall_forall in HT. rewrite <- (inside_pieces n w f T u Hw (HT T HTs) Hu Sh).
      assert (App : forall l m, pieces_bump w (l ++ m) u = pieces_bump w l u + pieces_bump w m u).
      { induction l as [|p l IH]; intros m; cbn [app pieces_bump fold_right] in *;
          [unfold pieces_bump; cbn; ring|]. unfold pieces_bump in *. rewrite IH. ring. }
      apply in_split in HTs. destruct HTs as (l1 & l2 & E). unfold Ps in *. rewrite E in *.
      rewrite flat_map_app in *. cbn [flat_map] in *. rewrite !App.
      apply Forall_app in Good. destruct Good as [G1 G2]. apply Forall_app in G2.
      destruct G2 as [_ G2].
      destruct (pieces_integral d w Hw _ G1) as (_ & Q1 & _).
      destruct (pieces_integral d w Hw _ G2) as (_ & Q2 & _).
      specialize (Q1 u). specialize (Q2 u). lra.
    - rewrite Hn, IP. unfold A. pose proof (bump_integral w Hw n 1 ltac:(lra)) as B.
      unfold most in B. unfold above in B. rewrite Rmax_right, pow1 in B by lra.
      assert (T2 : 2 ^ n * (/ 2) ^ n = 1)
        by (rewrite <- Rpow_mult_distr, Rinv_r, pow1 by lra; reflexivity).
      assert (P2 : 0 < 2 ^ n) by (apply pow_lt; lra).
      set (S := size sides) in *. set (W' := weighed_sum n Ps) in *.
      replace (S * W' * (/ INR (fact (Datatypes.S n)) + w * 3 ^ n))
        with (2 ^ n * S * (W' * ((/ 2) ^ n * (1 / INR (fact (Datatypes.S n)) + w * 3 ^ n)))).
      + apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|]. apply Rmult_le_compat_l; [exact W|exact B].
      + transitivity (2 ^ n * (/ 2) ^ n * (S * W' * (1 / INR (fact (Datatypes.S n)) + w * 3 ^ n)));
          [ring|]. rewrite T2. unfold Rdiv. ring. }
  set (w0 := / (2 * INR n)).
  assert (W0 : 0 < w0 <= 1).
  { unfold w0. split; [apply Rinv_0_lt_compat; lra|]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
  assert (Wn : w0 * INR n <= / 2) by (right; unfold w0; field; lra).
  destruct (Bound w0 W0 Wn) as [PA _].
  replace (scale * total_weighed f) with (A * / INR (fact (Datatypes.S n)))
    by (unfold A, total_weighed, Ps, Rdiv; ring).
  apply Rnot_lt_le. intros Bad. set (gap := box_integral sides H - A * / INR (fact (Datatypes.S n))).
  assert (G : 0 < gap) by (unfold gap; lra).
  assert (P3 : 0 < 3 ^ n) by (apply pow_lt; lra).
  assert (D : 0 < 2 * (A * 3 ^ n + 1)) by (assert (0 <= A * 3 ^ n) by (apply Rmult_le_pos; lra); lra).
  set (w := Rmin w0 (gap / (2 * (A * 3 ^ n + 1)))).
  assert (Pw : 0 < w) by (apply Rmin_glb_lt; [lra|apply Rdiv_lt_0_compat; lra]).
  assert (Lw : w <= w0) by apply Rmin_l.
  destruct (Bound w) as [_ B]; [lra|eapply Rle_trans; [|exact Wn]; apply Rmult_le_compat_r; lra|].
  assert (R : w * (2 * (A * 3 ^ n + 1)) <= gap).
  { apply Rle_trans with (gap / (2 * (A * 3 ^ n + 1)) * (2 * (A * 3 ^ n + 1))).
    - apply Rmult_le_compat_r; [lra|apply Rmin_r].
    - right. field. lra. }
  unfold gap in R. assert (0 <= w * (A * 3 ^ n)) by (apply Rmult_le_pos; [lra|apply Rmult_le_pos; lra]).
  lra.
Qed.

(* What is on each simplex between the corners' values has the integral that they say; less only by
   what the volumes are too many. *)
Theorem box_between M : Forall (fun T => Forall (fun c => 0 <= snd (snd c) <= M) T) Ts ->
  (forall u, length u = n -> Forall (fun x => / 4 <= x <= 3 / 4) u -> exists T, In T Ts /\
    Forall (fun c => 0 <= share_at u c) T /\
    F (put sides u) = corner_sum (fun c => share_at u c * snd (snd c)) T) ->
  scale * total_weighed (fun c => snd (snd c))
    - M * (scale * total_weighed (fun _ => 1) - size sides) <= box_integral sides F <=
  scale * total_weighed (fun c => snd (snd c)).
Proof using Hs Hn HF HT HP.
  intros V Cov. split.
  - assert (Up : box_integral sides (fun v => M - F v) <=
      scale * total_weighed (fun c => M - snd (snd c))).
    { apply (box_upper C).
      - intros v u Hv Hu. replace (M - F v - (M - F u)) with (- (F v - F u)) by ring.
        rewrite Rabs_Ropp. apply HF; assumption.
      - eapply Forall_impl; [|exact V]. intros T HTv. eapply Forall_impl; [|exact HTv].
        intros c Hc. cbv beta in *. lra.
      - intros u Hu Fu. destruct (Cov u Hu Fu) as (T & HTs & Sh & E). exists T.
        split; [exact HTs|split; [exact Sh|]]. rewrite E. rewrite Forall_forall in HT.
        destruct (HT T HTs) as (_ & _ & _ & Ba). destruct (Ba u Hu) as [One _].
        replace (corner_sum (fun c => share_at u c * (M - snd (snd c))) T)
          with (M * corner_sum (share_at u) T - corner_sum (fun c => share_at u c * snd (snd c)) T);
          [rewrite One; lra|]. clear. induction T as [|c T IH]; cbn [corner_sum fold_right] in *; [ring|].
        unfold corner_sum in *. lra. }
    rewrite (box_less sides Hs C) in Up by (rewrite Hn; exact HF).
    enough (E : total_weighed (fun c => M - snd (snd c)) =
      M * total_weighed (fun _ => 1) - total_weighed (fun c => snd (snd c))) by (rewrite E in Up; lra).
    unfold total_weighed. clear - Ts. induction Ts as [|T l IH]; cbn [flat_map]; [cbn; ring|].
    assert (App : forall a b, weighed_sum n (a ++ b) = weighed_sum n a + weighed_sum n b).
    { induction a as [|p a IHa]; intros b; unfold weighed_sum in *; cbn [app fold_right];
        [ring|rewrite IHa; ring]. }
    rewrite !App, IH. enough (E : weighed_sum n (pieces_of (fun c => M - snd (snd c)) T) =
      M * weighed_sum n (pieces_of (fun _ => 1) T) - weighed_sum n (pieces_of (fun c => snd (snd c)) T))
      by (rewrite E; ring). unfold pieces_of. generalize (picks T). clear.
    intros ps. induction ps as [|(c, r) ps IH]; [cbn; ring|]. cbn [map weighed_sum fold_right fst snd].
    unfold weighed_sum in *. rewrite IH.
    assert (W : weighed n (M - snd (snd c), map fst r) =
      M * weighed n (1, map fst r) - weighed n (snd (snd c), map fst r)).
    { unfold weighed, pivot_of. cbn [fst snd]. destruct (pivots n _); unfold Rdiv; ring. }
    rewrite W. ring.
  - apply (box_upper C F); [exact HF| |].
    + eapply Forall_impl; [|exact V]. intros T HTv. eapply Forall_impl; [|exact HTv].
      intros c Hc. cbv beta in *. lra.
    + intros u Hu Fu. destruct (Cov u Hu Fu) as (T & HTs & Sh & E). exists T.
      split; [exact HTs|split; [exact Sh|right; exact E]].
Qed.
End Box.
