(* Integrals over a box in any dimension, by simplices that cover it: what is on each of them
   between the corners' values has the integral that the simplices say, if their volumes add up. *)
From Depthproof Require Import Definitions Vectors Integrals Cube SimplexBump SimplexVolume
  SimplexPivots SpaceIntegrals SpaceSimplices.
From Coq Require Import QArith Qreals List Permutation.
From Checked Require Spanning.
Import Spanning(picks, picks_permutation).
Import ListNotations.
Open Scope R_scope.

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

(* ---------- weighed pieces ---------- *)

(* Weighed pieces of lists, one after the other. *)
Lemma weighed_app n l m : weighed_sum n (l ++ m) = weighed_sum n l + weighed_sum n m.
Proof.
  unfold weighed_sum. induction l as [|p l IH]; cbn [app fold_right]; [ring|]. rewrite IH. ring.
Qed.

(* They are not negative. *)
Lemma weighed_positive d w Ps : 0 < w <= 1 -> Forall (good_piece d w) Ps ->
  0 <= weighed_sum (S d) Ps.
Proof.
  intros Hw. induction 1 as [|p l (V & Np & F & Z) _ IH]; [cbn; lra|].
  cbn [weighed_sum fold_right]. unfold weighed_sum in IH. unfold weighed, pivot_of in *.
  destruct (pivots (S d) _) as [v|] eqn:E; [|contradiction].
  apply pivots_positive in E. assert (0 <= fst p / Q2R v) by (apply Rdiv_le_0_compat; assumption).
  lra.
Qed.

(* They are linear in the values. *)
Lemma weighed_less n M (v : corner4 -> R) T : weighed_sum n (pieces_of (fun c => M - v c) T) =
  M * weighed_sum n (pieces_of (fun _ => 1) T) - weighed_sum n (pieces_of v T).
Proof.
  unfold pieces_of. generalize (picks T). unfold weighed_sum.
  intros ps. induction ps as [|(c, r) ps IH]; [cbn; ring|]. cbn [map fold_right fst snd].
  rewrite IH. unfold weighed, pivot_of. cbn [fst snd]. destruct (pivots n _); unfold Rdiv; ring.
Qed.

(* Bumps of lists, one after the other. *)
Lemma pieces_app w u l m : pieces_bump w (l ++ m) u = pieces_bump w l u + pieces_bump w m u.
Proof.
  unfold pieces_bump. induction l as [|p l IH]; cbn [app fold_right]; [ring|]. rewrite IH. ring.
Qed.

(* What is at most a number, and any small multiple more, is at most that number. *)
Lemma any_width I A q t N : 0 < t -> 1 <= N ->
  (forall w, 0 < w <= 1 -> w * N <= / 2 -> 0 <= A /\ I <= A * (q + w * t)) -> I <= A * q.
Proof.
  intros T HN Bound. set (w0 := / (2 * N)).
  assert (W0 : 0 < w0 <= 1).
  { unfold w0. split; [apply Rinv_0_lt_compat; lra|]. rewrite <- Rinv_1.
    apply Rinv_le_contravar; lra. }
  assert (Wn : w0 * N <= / 2) by (right; unfold w0; field; lra).
  destruct (Bound w0 W0 Wn) as [PA _]. assert (0 <= A * t) by (apply Rmult_le_pos; lra).
  apply Rnot_lt_le. intros Bad. set (gap := I - A * q).
  assert (G : 0 < gap) by (unfold gap; lra). assert (D : 0 < 2 * (A * t + 1)) by lra.
  set (w := Rmin w0 (gap / (2 * (A * t + 1)))).
  assert (Pw : 0 < w) by (apply Rmin_glb_lt; [lra|apply Rdiv_lt_0_compat; lra]).
  assert (Lw : w <= w0) by apply Rmin_l.
  destruct (Bound w) as [_ B]; [lra|eapply Rle_trans; [|exact Wn]; apply Rmult_le_compat_r; lra|].
  assert (R : w * (2 * (A * t + 1)) <= gap).
  { apply Rle_trans with (gap / (2 * (A * t + 1)) * (2 * (A * t + 1))).
    - apply Rmult_le_compat_r; [lra|apply Rmin_r].
    - right. field. lra. }
  unfold gap in R. assert (0 <= w * (A * t)) by (apply Rmult_le_pos; lra). lra.
Qed.

(* ---------- simplices that cover the box ---------- *)

Section Box.
Variables (d : nat) (sides : list (R * R)) (F : list R -> R) (C : R) (Ts : list (list corner4)).
Notation n := (S d).
Hypotheses (Hs : ordered_sides sides) (Hn : length sides = n) (HF : lipschitz C n F).
Hypothesis HT : Forall (barycentric n) Ts.
Hypothesis HP : forall f, Forall (fun p => pivot_of n p <> None) (flat_map (pieces_of f) Ts).
Notation scale := (size sides / INR (fact (S n))).
(* All pieces' values over their pivots. *)
Definition total_weighed (f : corner4 -> R) : R := weighed_sum n (flat_map (pieces_of f) Ts).

(* The pieces are good for every small width. *)
Lemma good_pieces w f : Forall (fun T => Forall (fun c => 0 <= f c) T) Ts -> 0 < w <= 1 ->
  w * INR n <= / 2 -> Forall (good_piece d w) (flat_map (pieces_of f) Ts).
Proof using HT HP.
  intros Pos Hw Small. apply Forall_forall. intros p Hp. specialize (HP f).
  rewrite Forall_forall in HP, HT, Pos. pose proof (HP p Hp) as Np.
  apply in_flat_map in Hp. destruct Hp as (T & HTs & Hp). pose proof (HT T HTs) as Ba.
  apply in_map_iff in Hp. destruct Hp as ((c, rest) & <- & Hc). cbn [fst snd] in *.
  pose proof (picks_permutation T c rest Hc) as Perm. repeat split; cbn [fst snd].
  - specialize (Pos T HTs). rewrite Forall_forall in Pos. apply Pos.
    apply (Permutation_in _ (Permutation_sym Perm)). left. reflexivity.
  - exact Np.
  - destruct Ba as (_ & Len & _). apply (Permutation_Forall Perm) in Len. inversion Len; subst.
    apply List.Forall_map. assumption.
  - apply (simplex_vanishes n w T c rest Ba Hc Hw Small).
Qed.

(* A simplex's bumps are at most all of them. *)
Lemma some_pieces w f T u : 0 < w <= 1 -> Forall (good_piece d w) (flat_map (pieces_of f) Ts) ->
  In T Ts -> pieces_bump w (pieces_of f T) u <= pieces_bump w (flat_map (pieces_of f) Ts) u.
Proof using.
  intros Hw Good HTs. apply in_split in HTs. destruct HTs as (l1 & l2 & E).
  rewrite E, flat_map_app in Good |- *. cbn [flat_map] in Good |- *. rewrite !pieces_app.
  apply Forall_app in Good. destruct Good as [G1 G2]. apply Forall_app in G2.
  destruct (pieces_integral d w Hw _ G1) as (_ & P1 & _).
  destruct (pieces_integral d w Hw _ (proj2 G2)) as (_ & P2 & _).
  specialize (P1 u). specialize (P2 u). lra.
Qed.

(* The scale of the cube's middle cancels that of a bump. *)
Lemma bump_scaled w t : 0 < w <= 1 -> 0 <= t ->
  2 ^ n * size sides * (t * cube_integral n (bump w 1)) <=
  size sides * t * (/ INR (fact (S n)) + w * 3 ^ n).
Proof using Hs.
  intros Hw T. pose proof (size_positive sides Hs) as Sz.
  pose proof (bump_integral w Hw n 1 ltac:(lra)) as B. unfold most in B.
  rewrite above_all, pow1 in B by lra. unfold Rdiv in B. rewrite Rmult_1_l in B.
  assert (T2 : 2 ^ n * (/ 2) ^ n = 1)
    by (rewrite <- Rpow_mult_distr, Rinv_r, pow1 by lra; reflexivity).
  assert (P2 : 0 < 2 ^ n) by (apply pow_lt; lra). set (q := / INR (fact (S n)) + w * 3 ^ n) in *.
  replace (size sides * t * q) with (2 ^ n * size sides * (t * ((/ 2) ^ n * q))).
  - apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|]. apply Rmult_le_compat_l; assumption.
  - transitivity (2 ^ n * (/ 2) ^ n * (size sides * t * q)); [ring|]. rewrite T2. ring.
Qed.

(* Values at corners that are not too small bound the integral. *)
Theorem box_upper K H f : lipschitz K n H ->
  Forall (fun T => Forall (fun c => 0 <= f c) T) Ts ->
  (forall u, length u = n -> Forall (fun x => / 4 <= x <= 3 / 4) u -> exists T, In T Ts /\
    Forall (fun c => 0 <= share_at u c) T /\
    H (put sides u) <= corner_sum (fun c => share_at u c * f c) T) ->
  box_integral sides H <= scale * total_weighed f.
Proof using Hs Hn HT HP.
  intros LH Pos Cov.
  replace (scale * total_weighed f) with (size sides * total_weighed f * / INR (fact (S n)))
    by (unfold Rdiv; ring).
  apply (any_width _ _ _ (3 ^ n) (INR n)); [apply pow_lt; lra|apply (le_INR 1); lia|].
  intros w Hw Small. pose proof (good_pieces w f Pos Hw Small) as Good.
  destruct (pieces_integral d w Hw _ Good) as ((L & LP) & PP & IP).
  pose proof (weighed_positive d w _ Hw Good) as W. fold (total_weighed f) in W, IP.
  split; [apply Rmult_le_pos; [left; apply size_positive, Hs|exact W]|].
  eapply Rle_trans; [|apply (bump_scaled w _ Hw W)]. rewrite <- IP, <- Hn.
  apply (box_below sides Hs K L); rewrite ?Hn; try assumption.
  intros u Hu Fu. destruct (Cov u Hu Fu) as (T & HTs & Sh & Le). eapply Rle_trans; [exact Le|].
  rewrite Forall_forall in HT. rewrite <- (inside_pieces n w f T u Hw (HT T HTs) Hu Sh).
  apply some_pieces; assumption.
Qed.

(* All pieces are linear in the values. *)
Lemma total_less M v :
  total_weighed (fun c => M - v c) = M * total_weighed (fun _ => 1) - total_weighed v.
Proof using.
  unfold total_weighed. clear. induction Ts as [|T l IH]; cbn [flat_map]; [cbn; ring|].
  rewrite !weighed_app, weighed_less, IH. ring.
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
  intros V Cov.
  assert (Values : forall f, (forall c, 0 <= snd (snd c) <= M -> 0 <= f c) ->
    Forall (fun T => Forall (fun c : corner4 => 0 <= f c) T) Ts).
  { intros f H. eapply Forall_impl; [|exact V]. intros T. apply Forall_impl, H. }
  split.
  - assert (Up : box_integral sides (fun v => M - F v) <=
      scale * total_weighed (fun c => M - snd (snd c))).
    { apply (box_upper C).
      - intros v u Hv Hu. replace (M - F v - (M - F u)) with (- (F v - F u)) by ring.
        rewrite Rabs_Ropp. apply HF; assumption.
      - apply Values. intros c Hc. lra.
      - intros u Hu Fu. destruct (Cov u Hu Fu) as (T & HTs & Sh & E). exists T.
        split; [exact HTs|split; [exact Sh|]]. rewrite E. rewrite Forall_forall in HT.
        destruct (HT T HTs) as (_ & _ & _ & Ba). destruct (Ba u Hu) as [One _].
        rewrite (sum_ext (fun c => share_at u c * (M - snd (snd c)))
          (fun c => share_at u c * (-1 * snd (snd c) + M))) by (intros; ring).
        rewrite (sum_affine u (fun c => snd (snd c))) by exact One. lra. }
    rewrite (box_less sides Hs C), total_less in Up by (rewrite Hn; exact HF). lra.
  - apply (box_upper C F); [exact HF|apply Values; intros c Hc; lra|].
    intros u Hu Fu. destruct (Cov u Hu Fu) as (T & HTs & Sh & E). exists T.
    split; [exact HTs|split; [exact Sh|right; exact E]].
Qed.
End Box.
