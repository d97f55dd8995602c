(* A potential for every number of pieces: of the length that is left, what exceeds the pieces that
   are left, in 64ths, says what is still missed.  A table of it and of certified cells, checked by
   a program, is a lower bound of the frontier at every depth. *)
From Depthproof Require Import Definitions PiecewiseLinear Oscillations Integrals Triangles.
From Depthproof Require Import SeparationPiece SeparationSharp Frontier FrontierCells.
From Coq Require Import Mergesort Orders.
Local Open Scope bool_scope.
Local Open Scope Z_scope.

(* Steps of a stair, by where they start. *)
Module Steps <: TotalLeBool.
  Definition t := (Z * Z)%type.
  Definition leb (x y : t) : bool := fst x <=? fst y.
  Lemma leb_total x y : leb x y = true \/ leb y x = true.
  Proof. unfold leb. rewrite !Z.leb_le. lia. Qed.
End Steps.
Module Sorted := Sort Steps.

(* The steps that are higher than all before them. *)
Fixpoint climb (v : Z) (l : list (Z * Z)) : list (Z * Z) :=
  match l with
  | [] => []
  | (q, w) :: r => if w <=? v then climb v r else (q, w) :: climb w r
  end.

(* What has to be known of a cell: its place, its length, what it is worth. *)
Definition measured (c : cell) : Z * Z * Z := (start c / 4, steps c, worth c).

(* A cell from the place s, with pairs of cells put into it. *)
Definition longer (s : Z) (pairs : list Z) (m : Z * Z * Z) : list (Z * Z) :=
  let '(a, n, w) := m in map (fun j => (ahead s a + n + 128 * j, w + 8192 * j)) pairs.

(* What an interval from the place s misses, by its length. *)
Definition stairs (s : Z) (pairs : list Z) (known : list (Z * Z * Z)) : list (Z * Z) :=
  climb 0 (Sorted.sort (flat_map (longer s pairs) known)).

(* Every step is a cell. *)
Lemma climb_in x l : forall v, In x (climb v l) -> In x l.
Proof.
  induction l as [|[q w] l IH]; intros v H; [exact H|]. cbn [climb] in H.
  destruct (w <=? v); [right; apply (IH v H)|]. destruct H as [H|H]; [left; exact H|right].
  apply (IH w H).
Qed.

Lemma stairs_in s pairs cells x : In x (stairs s pairs (map measured cells)) ->
  exists c j,
  In c cells /\ In j pairs /\ x = (reach s c + 128 * j, worth c + 8192 * j).
Proof.
  intros H. apply climb_in in H.
  apply (Permutation.Permutation_in _ (Permutation.Permutation_sym (Sorted.Permuted_sort _))) in H.
  apply in_flat_map in H. destruct H as (z & H & E). apply in_map_iff in H.
  destruct H as (c & <- & H). apply in_map_iff in E. destruct E as (j & E & J). exists c, j.
  split; [exact H|split; [exact J|symmetry; exact E]].
Qed.

(* A part as a table has it: ten times its length, and which sign it has: the least, the greatest,
   or one of those listed. *)
Definition written (greatest : Z) (others : list Z) (x : Z) : Z * Z :=
  (x / 10, nth (Z.to_nat (x mod 10)) (- greatest :: greatest :: others) 0).

(* A cell in one part, or in two halves between which it may be cut. *)
Definition whole (start greatest : Z) (others parts : list Z) : cell :=
  Cell start greatest (map (written greatest others) parts) [].
Definition halves (start greatest : Z) (others left right : list Z) : cell :=
  Cell start greatest (map (written greatest others) left) (map (written greatest others) right).

(* Its reflection. *)
Definition mirrored (c : cell) : cell :=
  Cell ((- (start c + length_of c)) mod 256) (den c) (rev (right c)) (rev (left c)).
Definition with_mirrored (l : list cell) : list cell := flat_map (fun c => [c; mirrored c]) l.

Section Table.
Variables (cells cuts : list cell) (table : list Z).

(* The potential, in 2^-14: 0 where pieces are left over, the table up to 144; then a quarter for
   every 64 more. *)
Definition potential (d : Z) : Z :=
  if d <=? 0 then 0
  else if d <=? 80 then nth (Z.to_nat (d - 1)) table 0
  else nth (Z.to_nat ((d - 81) mod 64 + 80)) table 0 + 4096 * ((d - 81) / 64).

(* With d before it, a piece of whatever length, at least low, misses what the potential falls; v is
   known. *)
Fixpoint holds (d low v : Z) (l : list (Z * Z)) : bool :=
  match l with
  | [] => potential d <=? v
  | (q, w) :: r =>
      ((q <=? low) || (potential d <=? v + potential (d - q + 64))) && holds d low w r
  end.

(* The same where nothing is known at first. *)
Definition holds_far (d low : Z) (l : list (Z * Z)) : bool :=
  match l with [] => false | (q, w) :: r => (q <=? low) && holds d low w r end.

(* All of it from the place s: up to 5 units, pieces of all lengths; for the last two of these, once
   more long pieces by cells that can be cut. *)
Definition holds_at (known known_cuts : list (Z * Z * Z)) (s : Z) : bool :=
  let near := stairs s [0] known in
  let far := stairs s [0; 1] known_cuts in
  forallb (fun j => holds (64 * j - s) 0 0 near) [0; 1; 2; 3; 4; 5] &&
  forallb (fun j => holds_far (64 * j - s) (64 * j - s - 81) far) [4; 5].

(* The whole numbers below n. *)
Definition below (n : nat) : list Z := map Z.of_nat (seq 0 n).

Definition checks : bool :=
  forallb good cells && forallb (fun c => good c && splits c) cuts &&
  forallb (fun d => potential d <=? potential (d + 1)) (below 145) &&
  forallb (holds_at (map measured cells) (map measured cuts)) (below 64).

Hypothesis checked : checks = true.

Lemma in_below n x : 0 <= x < Z.of_nat n -> In x (below n).
Proof.
  intros H. apply in_map_iff. exists (Z.to_nat x). split; [lia|]. apply in_seq. lia.
Qed.

(* A unit more is a quarter more. *)
Lemma potential_unit d : 144 < d -> potential d = potential (d - 64) + 4096.
Proof.
  intros H. unfold potential.
  destruct (Z.leb_spec d 0), (Z.leb_spec d 80), (Z.leb_spec (d - 64) 0), (Z.leb_spec (d - 64) 80);
    try lia.
  replace (d - 64 - 81) with (d - 81 + (-1) * 64) by ring.
  rewrite Z.mod_add, Z.div_add by lia. ring.
Qed.

Lemma potential_units d j : 144 < d -> potential (d + 64 * Z.of_nat j) =
  potential d + 4096 * Z.of_nat j.
Proof.
  intros H. induction j as [|j IH]; [rewrite Z.mul_0_r, !Z.add_0_r; reflexivity|].
  rewrite potential_unit by lia. replace (d + 64 * Z.of_nat (S j) - 64)
    with (d + 64 * Z.of_nat j) by lia. lia.
Qed.

(* The potential rises. *)
Lemma potential_step n : forall d, d <= Z.of_nat n -> potential d <= potential (d + 1).
Proof.
  induction n as [n IH] using lt_wf_ind. intros d Hd.
  pose proof checked as C. unfold checks in C. rewrite !Bool.andb_true_iff in C.
  destruct C as [[_ C] _]. rewrite forallb_forall in C.
  destruct (Z.le_gt_cases 0 d) as [D|D].
  2: { unfold potential. destruct (Z.leb_spec d 0), (Z.leb_spec (d + 1) 0); lia. }
  destruct (Z.le_gt_cases d 144) as [L|L]; [apply Z.leb_le, C, in_below; lia|].
  rewrite (potential_unit d), (potential_unit (d + 1)) by lia.
  pose proof (IH (n - 64)%nat ltac:(lia) (d - 64) ltac:(lia)) as P.
  replace (d - 64 + 1) with (d + 1 - 64) in P by ring. lia.
Qed.

Lemma potential_mono d d' : d <= d' -> potential d <= potential d'.
Proof.
  intros H. replace d' with (d + Z.of_nat (Z.to_nat (d' - d))) by lia.
  induction (Z.to_nat (d' - d)) as [|n IH]; [rewrite Z.add_0_r; lia|].
  etransitivity; [exact IH|]. rewrite Nat2Z.inj_succ, <- Z.add_1_r, Z.add_assoc.
  apply (potential_step (Z.to_nat (d + Z.of_nat n))). lia.
Qed.

Lemma potential_nonneg d : 0 <= potential d.
Proof.
  destruct (Z.le_gt_cases d 0) as [H|H]; [|apply (potential_mono 0); lia].
  unfold potential. destruct (Z.leb_spec d 0); lia.
Qed.

Local Open Scope R_scope.

(* What the stairs say of a length l that misses C. *)
Lemma holds_misses d low C l : (low <= l)%Z -> forall stair v, holds d low v stair = true ->
  IZR v <= C -> (forall q w, In (q, w) stair -> (q <= l)%Z -> IZR w <= C) ->
  IZR (potential d) <= C + IZR (potential (d - l + 63)).
Proof.
  intros Hl. induction stair as [|[q w] r IH]; intros v H Hv Hs; cbn [holds] in H.
  - apply Z.leb_le, IZR_le in H. pose proof (IZR_le _ _ (potential_nonneg (d - l + 63))). lra.
  - rewrite Bool.andb_true_iff in H. destruct H as [H1 H2].
    destruct (Z.le_gt_cases q l) as [L|L].
    + apply (IH w H2); [apply (Hs q w); [left; reflexivity|exact L]|].
      intros q' w' H'. apply Hs. right. exact H'.
    + rewrite Bool.orb_true_iff in H1. destruct H1 as [H1|H1]; [apply Z.leb_le in H1; lia|].
      apply Z.leb_le, IZR_le in H1. rewrite plus_IZR in H1.
      pose proof (IZR_le _ _ (potential_mono (d - q + 64) (d - l + 63) ltac:(lia))). lra.
Qed.

Lemma holds_far_misses d low C l stair : (low <= l)%Z -> holds_far d low stair = true ->
  (forall q w, In (q, w) stair -> (q <= l)%Z -> IZR w <= C) ->
  IZR (potential d) <= C + IZR (potential (d - l + 63)).
Proof.
  intros Hl H Hs. destruct stair as [|[q w] r]; [discriminate H|]. cbn [holds_far] in H.
  rewrite Bool.andb_true_iff in H. destruct H as [H1 H2]. apply Z.leb_le in H1.
  apply (holds_misses d low C l Hl r w H2); [apply (Hs q w); [left; reflexivity|lia]|].
  intros q' w' H'. apply Hs. right. exact H'.
Qed.

(* What is checked at a place. *)
Lemma checked_at s : (0 <= s < 64)%Z ->
  holds_at (map measured cells) (map measured cuts) s = true.
Proof.
  intros H. pose proof checked as C. unfold checks in C. rewrite !Bool.andb_true_iff in C.
  destruct C as [_ C]. rewrite forallb_forall in C. apply C, in_below. lia.
Qed.

Lemma checked_cell c : In c cells -> good c = true.
Proof.
  pose proof checked as C. unfold checks in C. rewrite !Bool.andb_true_iff in C.
  destruct C as [[[C _] _] _]. rewrite forallb_forall in C. apply C.
Qed.

Lemma checked_cut c : In c cuts -> good c = true /\ splits c = true.
Proof.
  pose proof checked as C. unfold checks in C. rewrite !Bool.andb_true_iff in C.
  destruct C as [[[_ C] _] _]. rewrite forallb_forall in C. intros H. apply C in H.
  apply Bool.andb_true_iff in H. exact H.
Qed.

Variable k : nat.

(* What a line misses from i on, in 2^-14. *)
Definition lost (p q : R) (i l : Z) : R :=
  16384 * RInt (loss k p q) (IZR i / 64) (IZR (i + l) / 64).

(* Nothing is lost backwards. *)
Lemma lost_nonneg p q i l : (0 <= l)%Z -> 0 <= lost p q i l.
Proof.
  intros Hl. unfold lost. pose proof (loss_nonneg k p q (IZR i / 64) (IZR (i + l) / 64)) as N.
  assert (IZR i <= IZR (i + l)) by (apply IZR_le; lia). lra.
Qed.

Section Piece.
Variables (p q : R) (i l : Z).
Hypothesis from_start : (0 <= i)%Z.
Hypothesis forwards : (0 <= l)%Z.
Hypothesis to_end : (i + l <= 64 * 2 ^ Z.of_nat k)%Z.

(* With at most 5 units before it, a piece is checked. *)
Lemma falls_near d : (d <= 320)%Z -> ((i + d) mod 64 = 0)%Z ->
  IZR (potential d) <= lost p q i l + IZR (potential (d - l + 63)).
Proof.
  intros D Hd. set (s := (i mod 64)%Z). pose proof (lost_nonneg p q i l forwards) as N.
  pose proof (Z.mod_pos_bound i 64 ltac:(lia)) as Bs. fold s in Bs.
  pose proof (Z.div_mod i 64 ltac:(lia)) as Is. fold s in Is.
  pose proof (Z.div_mod (i + d) 64 ltac:(lia)) as Id. rewrite Hd in Id.
  pose proof (checked_at s Bs) as C. unfold holds_at in C. cbv zeta in C.
  rewrite Bool.andb_true_iff, !forallb_forall in C. destruct C as [C _].
  set (j := ((i + d) / 64 - i / 64)%Z). assert (Ej : (d = 64 * j - s)%Z) by (unfold j; lia).
  destruct (Z.le_gt_cases d 0) as [D0|D0].
  { unfold potential at 1. destruct (Z.leb_spec d 0); [|lia].
    pose proof (IZR_le _ _ (potential_nonneg (d - l + 63))). lra. }
  apply (holds_misses d 0 (lost p q i l) l forwards (stairs s [0%Z] (map measured cells)) 0);
    [|exact N|].
  - rewrite Ej. apply C. assert (J : (1 <= j <= 5)%Z) by lia. simpl. lia.
  - intros r w H Hr. apply stairs_in in H. destruct H as (c & z & H & [<-|[]] & E).
    apply pair_equal_spec in E. destruct E as [Er Ew].
    pose proof (cell_misses k c i l 0 (checked_cell c H) (or_introl eq_refl) from_start) as M.
    fold s in M. rewrite Z.mul_0_r, Z.add_0_r in M. specialize (M ltac:(lia) to_end p q).
    unfold lost. replace w with (worth c) by lia. simpl INR in M. lra.
Qed.

(* With more before it, and at most 9/4 after it, cells that are cut show it. *)
Lemma falls_far d : (320 < d)%Z -> ((i + d) mod 64 = 0)%Z -> (d - l + 63 <= 144)%Z ->
  IZR (potential d) <= lost p q i l + IZR (potential (d - l + 63)).
Proof.
  intros D Hd F. set (s := (i mod 64)%Z).
  pose proof (Z.mod_pos_bound i 64 ltac:(lia)) as Bs. fold s in Bs.
  pose proof (Z.div_mod i 64 ltac:(lia)) as Is. fold s in Is.
  pose proof (Z.div_mod (i + d) 64 ltac:(lia)) as Id. rewrite Hd in Id.
  pose proof (checked_at s Bs) as C. unfold holds_at in C. cbv zeta in C.
  rewrite Bool.andb_true_iff, !forallb_forall in C. destruct C as [_ C].
  set (t := Z.to_nat ((d - 193) / 128)). pose proof (Z.div_mod (d - 193) 128 ltac:(lia)) as Dt.
  pose proof (Z.mod_pos_bound (d - 193) 128 ltac:(lia)).
  assert (Et : Z.of_nat t = ((d - 193) / 128)%Z) by (unfold t; rewrite Z2Nat.id; lia).
  set (d0 := (d - 128 * Z.of_nat t)%Z). set (l0 := (l - 128 * Z.of_nat t)%Z).
  pose proof (potential_units d0 (2 * t) ltac:(lia)) as U.
  replace (d0 + 64 * Z.of_nat (2 * t))%Z with d in U by lia.
  assert (P : IZR (potential d0) <=
    (lost p q i l - 8192 * INR t) + IZR (potential (d0 - l0 + 63))).
  { apply (holds_far_misses d0 (d0 - 81) _ l0 (stairs s [0; 1]%Z (map measured cuts)) ltac:(lia)).
    - set (j0 := ((i + d) / 64 - i / 64 - 2 * Z.of_nat t)%Z).
      replace d0 with (64 * j0 - s)%Z by lia.
      apply C. assert (J : (4 <= j0 <= 5)%Z) by lia. simpl. lia.
    - intros r w H0 Hr. apply stairs_in in H0. destruct H0 as (c & z & H0 & J & E).
      apply pair_equal_spec in E. destruct E as [Er Ew]. destruct (checked_cut c H0) as [G1 G2].
      assert (Ez : (z = Z.of_nat (Z.to_nat z))%Z) by (destruct J as [<-|[<-|[]]]; reflexivity).
      set (y := Z.to_nat z) in *. clearbody y. subst z.
      pose proof (cell_misses k c i (l0 - 128 * Z.of_nat y) (t + y) G1 (or_intror G2) from_start)
        as M. fold s in M. rewrite Nat2Z.inj_add in M.
      replace (i + (l0 - 128 * Z.of_nat y) + 128 * (Z.of_nat t + Z.of_nat y))%Z
        with (i + l)%Z in M by lia.
      specialize (M ltac:(lia) to_end p q). rewrite plus_INR in M. unfold lost.
      rewrite Ew, plus_IZR, mult_IZR, <- INR_IZR_INZ. lra. }
  replace (d0 - l0 + 63)%Z with (d - l + 63)%Z in P by lia.
  rewrite U, plus_IZR, mult_IZR, <- INR_IZR_INZ, mult_INR. simpl (INR 2). lra.
Qed.

(* The step of the path: a piece of any length, with d before it. *)
Lemma potential_falls n : forall d, (d <= Z.of_nat n)%Z -> ((i + d) mod 64 = 0)%Z ->
  IZR (potential d) <= lost p q i l + IZR (potential (d - l + 63)).
Proof.
  induction n as [n IH] using lt_wf_ind. intros d Hn Hd.
  destruct (Z.le_gt_cases d 320) as [D|D]; [apply falls_near; assumption|].
  destruct (Z.le_gt_cases (d - l + 63) 144) as [F|F]; [apply falls_far; lia|].
  pose proof (IH (n - 64)%nat ltac:(lia) (d - 64)%Z ltac:(lia)) as P.
  replace (i + (d - 64))%Z with (i + d + (-1) * 64)%Z in P by ring.
  rewrite Z.mod_add in P by lia. specialize (P Hd).
  rewrite (potential_unit d), (potential_unit (d - l + 63)), !plus_IZR by lia.
  replace (d - l + 63 - 64)%Z with (d - 64 - l + 63)%Z by ring. lra.
Qed.
End Piece.

(* So the potential of all that is missing is a lower bound, for functions that may jump. *)
Theorem potential_apart p g : pieces p 0 1 g ->
  apart (IZR (potential (64 * (2 ^ Z.of_nat k - Z.of_nat p))) / 16384 / 2 ^ k) (sawtooth k) g.
Proof.
  intros H. pose proof (pow2_pos k) as Hk. set (N := (64 * 2 ^ k)%nat).
  assert (EN : Z.of_nat N = (64 * 2 ^ Z.of_nat k)%Z)
    by (unfold N; rewrite Nat2Z.inj_mul, Nat2Z.inj_pow; reflexivity).
  assert (RN : INR N = 64 * 2 ^ k) by (unfold N; rewrite mult_INR, INR_pow2; simpl; ring).
  set (least := fun p s : nat =>
    IZR (potential (Z.of_nat N - Z.of_nat s - 64 * Z.of_nat p)) / 16384 / 2 ^ k).
  replace (64 * (2 ^ Z.of_nat k - Z.of_nat p))%Z
    with (Z.of_nat N - Z.of_nat 0 - 64 * Z.of_nat p)%Z by lia.
  change (apart (least p 0%nat) (sawtooth k) g). apply (least_apart k N least); try assumption.
  - apply INR_lt. rewrite RN. simpl. lra.
  - intros p' s Hs. unfold least, potential. destruct (Z.leb_spec
      (Z.of_nat N - Z.of_nat s - 64 * Z.of_nat p') 0); [simpl; lra|lia].
  - intros p' s e m r Hse.
    replace (/ INR N * INR s) with (/ 2 ^ k * (IZR (Z.of_nat s) / 64))
      by (rewrite RN, <- INR_IZR_INZ; field; lra).
    replace (/ INR N * INR e) with (/ 2 ^ k * (IZR (Z.of_nat s + (Z.of_nat e - Z.of_nat s)) / 64))
      by (rewrite RN, Zplus_minus, <- INR_IZR_INZ; field; lra).
    rewrite sawtooth_loss_integral.
    set (d := (Z.of_nat N - Z.of_nat s - 64 * Z.of_nat (S p'))%Z).
    pose proof (potential_falls (m * / 2 ^ k) r (Z.of_nat s) (Z.of_nat e - Z.of_nat s)
      ltac:(lia) ltac:(lia) ltac:(lia) (Z.to_nat d) d ltac:(lia)) as F.
    assert (M : ((Z.of_nat s + d) mod 64 = 0)%Z).
    { unfold d. rewrite EN. replace (_ + _)%Z with (0 + (2 ^ Z.of_nat k - Z.of_nat (S p')) * 64)%Z
        by ring. rewrite Z.mod_add by lia. reflexivity. }
    specialize (F M). unfold lost in F. unfold least. fold d.
    replace (Z.of_nat N - Z.of_nat (S e) - 64 * Z.of_nat p')%Z
      with (d - (Z.of_nat e - Z.of_nat s) + 63)%Z by (unfold d; lia).
    set (I := RInt _ _ _) in *. apply Rmult_le_reg_l with (16384 * 2 ^ k); [lra|].
    match goal with |- _ * (?a / _ / _) <= _ * (_ + ?b / _ / _) =>
      replace (16384 * 2 ^ k * (a / 16384 / 2 ^ k)) with a by (field; lra);
      replace (16384 * 2 ^ k * (/ 2 ^ k * I + b / 16384 / 2 ^ k)) with (16384 * I + b)
        by (field; lra) end.
    exact F.
  - intros p' s. unfold least. apply Rmult_le_compat_r; [pose proof (pow2_inv_pos k); lra|].
    apply Rmult_le_compat_r; [lra|]. apply IZR_le, potential_mono. lia.
Qed.
End Table.
