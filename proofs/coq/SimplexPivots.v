(* The integral of the bump on a simplex with rational barycentric coordinates: Gauss and Jordan's
   elimination, as it is computed. *)
From Coq Require Import QArith Qreals Qabs.
From Depthproof Require Import Definitions Vectors Integrals Cube CubeMoved SimplexBump
  SimplexVolume.
From Coq Require Import List Permutation.
Import ListNotations.
Open Scope R_scope.

(* ---------- as it is computed ---------- *)

(* A constant, and coefficients. *)
Definition qrow : Type := Q * list Q.
(* Coefficients less k times others. *)
Fixpoint qless (k : Q) (w u : list Q) : list Q :=
  match w, u with a :: w', b :: u' => Qred (a - k * b) :: qless k w' u' | _, _ => [] end.
(* A row when the pivot p takes the place of the first variable, as the last. *)
Definition qreduced (p r : qrow) : qrow :=
  let k := Qred (hd 0%Q (snd r) / hd 0%Q (snd p)) in
  (Qred (fst r - k * fst p), qless k (tl (snd r)) (tl (snd p)) ++ [k]).
(* A row that may be a pivot. *)
Definition has_head (r : qrow) : bool := negb (Qeq_bool (hd 0%Q (snd r)) 0).
(* The product of the pivots' absolute values, and the rows afterwards. *)
Fixpoint eliminated (n : nat) (rows : list qrow) : option (Q * list qrow) :=
  match n with
  | O => Some (1%Q, rows)
  | S n' =>
    match find has_head rows with
    | Some p =>
      match eliminated n' (map (qreduced p) rows) with
      | Some (v, out) => Some (Qred (Qabs (hd 0%Q (snd p)) * v), out) | None => None end
    | None => None end
  end.
(* 1 at i, 0 elsewhere: *)
Fixpoint unit_at (i : nat) (l : list Q) : bool :=
  match i, l with
  | O, x :: l' => Qeq_bool x 1 && forallb (fun y => Qeq_bool y 0) l'
  | S i', x :: l' => Qeq_bool x 0 && unit_at i' l'
  | _, [] => false
  end.
(* the row whose value is variable i. *)
Definition selects (i : nat) (r : qrow) : bool := Qeq_bool (fst r) 0 && unit_at i (snd r).
(* Every variable is the value of a row. *)
Definition all_units (n : nat) (rows : list qrow) : bool :=
  Nat.eqb (length rows) n && forallb (fun i => existsb (selects i) rows) (seq 0 n).
(* The product of the pivots, if the elimination ends in the variables. *)
Definition pivots (n : nat) (rows : list qrow) : option Q :=
  match eliminated n rows with
  | Some (v, out) => if all_units n out then Some v else None | None => None end.

(* ---------- over the real numbers ---------- *)

(* Rows. *)
Definition real_row (r : qrow) : arow := (Q2R (fst r), map Q2R (snd r)).

(* Numbers: 0, *)
Lemma real_zero : Q2R 0 = 0. Proof. unfold Q2R. cbn. lra. Qed.

(* and what is in lowest terms. *)
Lemma Q2R_reduced q : Q2R (Qred q) = Q2R q.
Proof. apply Qeq_eqR, Qred_correct. Qed.

(* The head of a row. *)
Lemma hd_real l : hd 0 (map Q2R l) = Q2R (hd 0%Q l).
Proof. destruct l; [cbn; rewrite real_zero; reflexivity|reflexivity]. Qed.

(* Combinations. *)
Lemma less_real k w : forall u,
  map Q2R (qless k w u) = less_times (Q2R k) (map Q2R w) (map Q2R u).
Proof.
  induction w as [|a w IH]; intros [|b u]; try reflexivity. cbn [qless map less_times].
  rewrite IH, Q2R_reduced, Q2R_minus, Q2R_mult. reflexivity.
Qed.

(* What is not 0 is not 0 over the real numbers. *)
Lemma head_real r : has_head r = true -> hd 0 (snd (real_row r)) <> 0.
Proof.
  intros H Z. apply negb_true_iff, Qeq_bool_neq in H. apply H, eqR_Qeq.
  cbn [real_row snd] in Z. rewrite hd_real in Z. rewrite Z, real_zero. reflexivity.
Qed.

(* A step. *)
Lemma reduced_real p r : has_head p = true ->
  real_row (qreduced p r) = reduced (real_row p) (real_row r).
Proof.
  intros H. pose proof (head_real p H) as N. cbn [real_row snd] in N. rewrite hd_real in N.
  unfold qreduced, reduced, real_row. cbv zeta. cbn [fst snd].
  rewrite !hd_real, map_app. cbn [map].
  rewrite less_real, Q2R_reduced, Q2R_minus, Q2R_mult, Q2R_reduced, Q2R_div.
  - destruct (snd r), (snd p); reflexivity.
  - intros Z. apply N, Qeq_eqR in Z || (apply Qeq_eqR in Z; rewrite real_zero in Z; contradiction).
Qed.

(* A row that selects a variable has its value. *)
Lemma unit_value i : forall l v, unit_at i l = true -> length l = length v ->
  dot (map Q2R l) v = nth i v 0.
Proof.
  assert (Z : forall l v, forallb (fun y => Qeq_bool y 0) l = true -> dot (map Q2R l) v = 0).
  { induction l as [|x l IH]; intros v H; [destruct v; reflexivity|]. cbn [forallb map] in *.
    apply andb_prop in H. destruct H as [H1 H2]. destruct v as [|y v]; [reflexivity|].
    cbn [dot]. rewrite IH by exact H2. apply Qeq_bool_eq, Qeq_eqR in H1.
    rewrite H1, real_zero. ring. }
  induction i as [|i IH]; intros [|x l] [|y v] H L; try discriminate H; try discriminate L;
    cbn [unit_at map dot nth] in *; apply andb_prop in H; destruct H as [H1 H2];
    apply Qeq_bool_eq, Qeq_eqR in H1; rewrite H1.
  - rewrite (Z l v H2). replace (Q2R 1) with 1 by (unfold Q2R; cbn; lra). ring.
  - rewrite IH, real_zero by (exact H2 || (cbn in L; congruence)). ring.
Qed.

(* No row selects two. *)
Lemma unit_once i : forall j l, unit_at i l = true -> unit_at j l = true -> i = j.
Proof.
  induction i as [|i IH]; intros [|j] [|x l] H K; try discriminate; try reflexivity;
    cbn [unit_at] in *; apply andb_prop in H, K; destruct H as [H1 H2], K as [K1 K2];
    apply Qeq_bool_eq in H1, K1.
  - rewrite H1 in K1. discriminate K1.
  - rewrite K1 in H1. discriminate H1.
  - f_equal. apply (IH j l); assumption.
Qed.

(* The numbers of a list, one after the other. *)
Lemma listed_by_numbers (v : list R) : map (fun i => nth i v 0) (seq 0 (length v)) = v.
Proof.
  induction v as [|x v IH]; [reflexivity|]. cbn [length seq map nth]. f_equal.
  rewrite <- seq_shift, map_map. exact IH.
Qed.

(* So the rows' values are the variables, in some order. *)
Lemma units_permuted n rows v : all_units n rows = true -> length v = n ->
  Forall (fun r => length (snd r) = n) rows ->
  Permutation (map (row_value v) (map real_row rows)) v.
Proof.
  intros H Hv F. apply andb_prop in H. destruct H as [L H]. apply Nat.eqb_eq in L.
  rewrite forallb_forall in H. rewrite Forall_forall in F.
  assert (Ch : forall i, In i (seq 0 n) -> exists r, find (selects i) rows = Some r).
  { intros i Hi. specialize (H i Hi). destruct (find (selects i) rows) as [r|] eqn:E;
      [exists r; reflexivity|]. apply existsb_exists in H. destruct H as (r & R1 & R2).
    pose proof (find_none _ _ E r R1). congruence. }
  set (chosen := fun i => match find (selects i) rows with Some r => r | None => (0%Q, []) end).
  assert (In_ : forall i, In i (seq 0 n) -> In (chosen i) rows /\ selects i (chosen i) = true).
  { intros i Hi. destruct (Ch i Hi) as (r & E). unfold chosen. rewrite E.
    apply find_some. exact E. }
  assert (P : Permutation (map chosen (seq 0 n)) rows).
  { apply NoDup_Permutation_bis.
    - apply NoDup_nth with (d := (0%Q, [])). rewrite map_length, seq_length. intros i j Hi Hj E.
      assert (Nth : forall k, (k < n)%nat -> nth k (map chosen (seq 0 n)) (0%Q, []) = chosen k).
      { intros k Hk. rewrite (nth_indep _ _ (chosen 0%nat)) by
          (rewrite map_length, seq_length; exact Hk). rewrite map_nth, seq_nth by exact Hk.
        reflexivity. }
      rewrite !Nth in E by assumption.
      destruct (In_ i ltac:(apply in_seq; lia)) as [_ Si].
      destruct (In_ j ltac:(apply in_seq; lia)) as [_ Sj].
      rewrite E in Si. unfold selects in Si, Sj.
      apply andb_prop in Si, Sj. destruct Si as [_ Si], Sj as [_ Sj]. exact (unit_once i j _ Si Sj).
    - rewrite map_length, seq_length. lia.
    - intros r Hr. apply in_map_iff in Hr. destruct Hr as (i & <- & Hi). apply In_, Hi. }
  rewrite <- P, !map_map.
  match goal with |- Permutation ?l v => enough (E : l = v) by (rewrite E; reflexivity) end.
  etransitivity; [|exact (listed_by_numbers v)]. rewrite Hv. apply map_ext_in. intros i Hi.
  destruct (In_ i Hi) as [Ri Si].
  unfold selects in Si. apply andb_prop in Si. destruct Si as [S1 S2].
  apply Qeq_bool_eq, Qeq_eqR in S1. unfold row_value, real_row. cbn [fst snd].
  rewrite S1, real_zero, (unit_value i)
    by (exact S2 || (rewrite (F _ Ri); symmetry; exact Hv)). ring.
Qed.

(* Absolute values over the real numbers. *)
Lemma Q2R_absolute q : Q2R (Qabs q) = Rabs (Q2R q).
Proof.
  destruct q as [z k]. unfold Q2R. cbn [Qabs Qnum Qden]. rewrite abs_IZR, Rabs_mult. f_equal.
  symmetry. apply Rabs_pos_eq. left. apply Rinv_0_lt_compat, (IZR_lt 0). reflexivity.
Qed.

(* The pivots are not 0, *)
Lemma eliminated_positive n : forall rows v out, eliminated n rows = Some (v, out) -> 0 < Q2R v.
Proof.
  induction n as [|n IH]; intros rows v out E; cbn [eliminated] in E.
  { injection E as <- _. unfold Q2R. cbn. lra. }
  destruct (find has_head rows) as [p|] eqn:Fp; [|discriminate E]. apply find_some in Fp.
  destruct (eliminated n _) as [(u, out')|] eqn:El; [|discriminate E].
  remember (Qred (Qabs (hd 0%Q (snd p)) * u)) as x eqn:Ex. injection E as <- _.
  rewrite Ex, Q2R_reduced, Q2R_mult, Q2R_absolute. specialize (IH _ _ _ El).
  pose proof (head_real p (proj2 Fp)) as N. cbn [real_row snd] in N. rewrite hd_real in N.
  apply Rmult_lt_0_compat; [apply Rabs_pos_lt, N|exact IH].
Qed.

(* so neither is their product. *)
Lemma pivots_positive n rows v : pivots n rows = Some v -> 0 < Q2R v.
Proof.
  unfold pivots. destruct (eliminated n rows) as [(u, out)|] eqn:E; [|discriminate].
  destruct (all_units n out); [|discriminate]. intros H. injection H as <-.
  exact (eliminated_positive n rows u out E).
Qed.

Section Width.
Variable w : R.
Hypothesis Hw : 0 < w <= 1.

(* All steps. *)
Lemma eliminated_integral d n : forall rows v out, eliminated n rows = Some (v, out) ->
  Forall (fun r => length (snd r) = S d) rows -> vanishes w (S d) (map real_row rows) ->
  0 < Q2R v /\ Forall (fun r => length (snd r) = S d) out /\
  cube_integral (S d) (row_bump w (map real_row rows)) =
    / Q2R v * cube_integral (S d) (row_bump w (map real_row out)).
Proof using Hw.
  induction n as [|n IH]; intros rows v out E F V; cbn [eliminated] in E.
  { injection E as <- <-. replace (Q2R 1) with 1 by (unfold Q2R; cbn; lra).
    split; [lra|split; [exact F|]]. rewrite Rinv_1. ring. }
  destruct (find has_head rows) as [p|] eqn:Fp; [|discriminate E].
  apply find_some in Fp. destruct Fp as [Hp Ha].
  destruct (eliminated n _) as [(u, out')|] eqn:El; [|discriminate E].
  remember (Qred (Qabs (hd 0%Q (snd p)) * u)) as x eqn:Ex. injection E as <- <-.
  pose proof (head_real p Ha) as N.
  assert (F' : Forall (fun r => length (snd r) = S d) (map real_row rows)).
  { apply List.Forall_map. eapply Forall_impl; [|exact F]. intros r Hr. cbn.
    rewrite map_length. exact Hr. }
  destruct (reduced_integral w Hw d (real_row p) (map real_row rows) (in_map _ _ _ Hp) F' N V)
    as [V' I].
  assert (Same : map (reduced (real_row p)) (map real_row rows) =
    map real_row (map (qreduced p) rows)).
  { rewrite !map_map. apply map_ext. intros r. symmetry. apply reduced_real. exact Ha. }
  rewrite Same in V', I. rewrite Forall_forall in F.
  destruct (IH _ _ _ El) as (U & F2 & I2); [|exact V'|].
  - apply List.Forall_map, Forall_forall. intros r Hr. pose proof (F r Hr) as Lr.
    pose proof (F p Hp) as Lp. unfold qreduced. cbv zeta. cbn [snd].
    rewrite app_length, <- (map_length Q2R), less_real, less_length;
      rewrite ?map_length; destruct (snd r), (snd p); cbn in *; lia.
  - cbn [real_row snd] in N, I. rewrite hd_real in N, I.
    rewrite Ex, Q2R_reduced, Q2R_mult.
    replace (Q2R (Qabs (hd 0%Q (snd p)))) with (Rabs (Q2R (hd 0%Q (snd p)))).
    + assert (P : 0 < Rabs (Q2R (hd 0%Q (snd p)))) by (apply Rabs_pos_lt; exact N).
      split; [apply Rmult_lt_0_compat; assumption|split; [exact F2|]].
      rewrite I, I2. field. split; lra.
    + symmetry. apply Q2R_absolute.
Qed.

(* The integral is that of the bump on the standard simplex, over the product of the pivots. *)
Theorem pivots_integral d rows v : pivots (S d) rows = Some v ->
  Forall (fun r => length (snd r) = S d) rows -> vanishes w (S d) (map real_row rows) ->
  0 < Q2R v /\
  cube_integral (S d) (row_bump w (map real_row rows)) = / Q2R v * cube_integral (S d) (bump w 1).
Proof using Hw.
  unfold pivots. destruct (eliminated (S d) rows) as [(u, out)|] eqn:E; [|discriminate].
  destruct (all_units (S d) out) eqn:A; [|discriminate]. intros H F V. injection H as ->.
  destruct (eliminated_integral d (S d) rows v out E F V) as (P & F' & I).
  split; [exact P|]. rewrite I. f_equal. apply cube_ext. intros u Hu. unfold row_bump.
  apply bump_permuted, (units_permuted (S d)); assumption.
Qed.
End Width.
