(* separation.sharp rests on its arithmetic core: from the certificate of separation.sharp.core,
   checked inside Coq (certificates.v, written by make coq), to the theorem.
   The claim's symbols are
   given their functions; its goals are then the hypotheses of CoreToSharp.v. *)
From Depthproof Require Import Definitions PiecewiseLinear Oscillations Triangles SeparationPiece.
From Checked Require Import Syntax Meaning.
From Depthproof Require Import CoreToSharp certificates.
Open Scope R_scope.

Definition of_nat (x : R) : nat := Z.to_nat (Int_part x).
Definition parity (j : R) : R := j - 2 * IZR (Int_part (j / 2)).

Section Symbols.
Variable gain : nat -> R.
Hypothesis small : forall i, gain i <= / 4.

(* What the claim's symbols are; the gains are free. *)
Definition symbols (f : string) (rs : list R) : R :=
  match rs with
  | [x] =>
    if String.eqb f "floor" then IZR (Int_part x)
    else if String.eqb f "abs" then Rabs x
    else if String.eqb f "pow2" then 2 ^ of_nat x
    else if String.eqb f "arm" then arm_area x
    else if String.eqb f "excess" then arm_gain x
    else if String.eqb f "zigzag" then parity x
    else if String.eqb f "gain" then gain (of_nat x)
    else total_gain gain (of_nat x)
  | [x; y] =>
    if String.eqb f "div" then if Req_EM_T y 0 then 0 else x / y else mean x y
  | [x; y; z] =>
    if String.eqb f "above" then parity x - (y * x + z) else whole_cells (of_nat x) y z
  | _ => 0
  end.

Lemma floor_between x z : IZR z <= x < IZR z + 1 -> z = Int_part x.
Proof. intros H. destruct (base_Int_part x) as [A B]. assert (z < Int_part x + 1)%Z
  by (apply lt_IZR; rewrite plus_IZR; lra).
  assert (Int_part x < z + 1)%Z by (apply lt_IZR; rewrite plus_IZR; lra). lia. Qed.
Lemma Int_part_whole z : Int_part (IZR z) = z.
Proof. symmetry. apply floor_between. lra. Qed.
Lemma of_nat_INR n : of_nat (INR n) = n.
Proof. unfold of_nat. rewrite INR_IZR_INZ, Int_part_whole. apply Nat2Z.id. Qed.
Lemma from_zero x : in_sort (From 0) x -> exists n, x = INR n.
Proof. intros [[z ->] H]. apply le_IZR in H. exists (Z.to_nat z).
  rewrite INR_IZR_INZ, Z2Nat.id by lia. reflexivity. Qed.
Lemma parity_tip n : parity (INR n) = tip n.
Proof. unfold parity, tip. destruct (Nat.Even_or_Odd n) as [[i ->]|[i ->]].
  - rewrite Nat.even_mul. cbn [Nat.even orb].
    replace (Int_part (INR (2 * i) / 2)) with (Z.of_nat i).
    + rewrite <- INR_IZR_INZ, mult_INR. change (INR 2) with 2. ring.
    + apply floor_between. rewrite <- INR_IZR_INZ, mult_INR. change (INR 2) with 2. lra.
  - rewrite Nat.add_1_r, Nat.even_succ, <- Nat.negb_even, Nat.even_mul. cbn [Nat.even orb negb].
    replace (Int_part (INR (S (2 * i)) / 2)) with (Z.of_nat i).
    + rewrite <- INR_IZR_INZ, S_INR, mult_INR. change (INR 2) with 2. ring.
    + apply floor_between. rewrite <- INR_IZR_INZ, S_INR, mult_INR. change (INR 2) with 2. lra. Qed.

Let W : world := at_input separation_sharp_core_claim symbols [].

Lemma called f rs : call W f rs = symbols f rs.
Proof. destruct rs; reflexivity. Qed.

Ltac read := cbn [value holds chosen chained compares connects arithmetic_value lookup map fst snd
  bound_to combine defined parameters cases otherwise variables body String.eqb Ascii.eqb Bool.eqb].
Ltac evaluate := read; rewrite ?called; cbn [symbols String.eqb Ascii.eqb Bool.eqb].
Ltac values H :=
  repeat match type of H with
    in_sorts _ _ => unfold in_sorts in H; cbn [map snd parameters variables] in H end;
  repeat match goal with K : Forall2 in_sort (_ :: _) ?l |- _ => inversion K; clear K; subst end;
  repeat match goal with K : Forall2 in_sort [] ?l |- _ => inversion K; clear K; subst end.

Lemma symbols_standard : standard W.
Proof. unfold standard. split; [|split]; intros;
  rewrite called; cbn [symbols String.eqb Ascii.eqb Bool.eqb].
  - reflexivity.
  - destruct (Req_EM_T b 0); [contradiction|reflexivity].
  - destruct (Req_EM_T 0 0); [reflexivity|congruence]. Qed.

Lemma square x : x ^ Z.to_nat (Int_part 2) = x ^ 2.
Proof. rewrite Int_part_whole. reflexivity. Qed.
Lemma previous n : INR (S n) - 1 = INR n.
Proof. rewrite S_INR. ring. Qed.
Lemma at_successor n : INR (S n) <> 0.
Proof. rewrite S_INR. pose proof (pos_INR n). lra. Qed.
Lemma chosen_recursion (A : Prop) (x y z : R) : (A -> x = y) -> (~ A -> x = z) -> ((A /\ True) /\
  x = y) \/ (~ (A /\ True) /\ x = z).
Proof. intros. destruct (Classical_Prop.classic A); [left|right]; tauto. Qed.

Lemma symbols_declared : Forall (declared separation_sharp_core_claim symbols [])
  (declarations separation_sharp_core_claim).
Proof. unfold separation_sharp_core_claim at 2; cbn [declarations].
  repeat apply Forall_cons; try apply Forall_nil; unfold declared; fold W.
  - (* abs *) split; [intro E; discriminate E|]. intros rs H. values H. evaluate.
    apply chosen_recursion; intros.
    + apply Rabs_right. assumption.
    + apply Rabs_left. lra.
  - (* mean *) split; [intro E; discriminate E|]. intros rs H. values H. evaluate. rewrite !square.
    unfold mean.
    destruct (Rlt_dec (y * y0) 0) as [N|N]; [left|right]; (split; [lra|]).
    + destruct (Req_EM_T (2 * Rabs (y - y0)) 0) as [Z|Z]; [|reflexivity].
      assert (0 < Rabs (y - y0)) by (apply Rabs_pos_lt; nra). lra.
    + reflexivity.
  - (* pow2 *) split.
    + intros _ rs H. cbn in H. inversion H as [|? ? ? ? K H']; subst. inversion H'; subst. evaluate.
      exists (2 ^ Z.of_nat (of_nat y))%Z. rewrite pow_IZR. reflexivity.
    + intros rs H. values H.
      match goal with K : in_sort (From 0) _ |- _ => destruct (from_zero _ K) as [n ->] end.
      evaluate.
      rewrite of_nat_INR. apply chosen_recursion; intros.
      * destruct n; [reflexivity|]. destruct (at_successor n); assumption.
      * destruct n; [contradiction|]. rewrite previous, of_nat_INR. reflexivity.
  - (* arm *) split; [intro E; discriminate E|]. intros rs H. values H. evaluate. rewrite !square.
    unfold arm_area.
    destruct (Rle_dec y (/ 2)); [left|right]; (split; [lra|field]).
  - (* excess *) split; [intro E; discriminate E|]. intros rs H. values H. evaluate.
    unfold arm_gain, Rmax.
    destruct (Rle_dec 0 (2 - Rabs y)); apply chosen_recursion; intros; lra.
  - (* zigzag *) split.
    + intros _ rs H. cbn in H. inversion H as [|? ? ? ? K H']; subst. inversion H'; subst. evaluate.
      destruct (K eq_refl) as [z ->]. unfold parity. exists (z - 2 * Int_part (IZR z / 2))%Z.
      rewrite minus_IZR, mult_IZR. reflexivity.
    + intros rs H. values H. evaluate. reflexivity.
  - (* above *) split; [intro E; discriminate E|]. intros rs H. values H. evaluate. reflexivity.
  - (* cells *) split; [intro E; discriminate E|]. intros rs H. values H.
    match goal with K : in_sort (From 0) _ |- _ => destruct (from_zero _ K) as [n ->] end. evaluate.
    rewrite !of_nat_INR. apply chosen_recursion; intros.
    + destruct n; [reflexivity|]. destruct (at_successor n); assumption.
    + destruct n; [contradiction|]. rewrite previous, of_nat_INR, !parity_tip. cbn [whole_cells].
      unfold above. lra.
  - (* gain *) intro E; discriminate E.
  - (* piece *) intros rs H. values H. evaluate. split; [|exact I]. unfold Rdiv. rewrite Rmult_1_l.
    apply small.
  - (* total *) split; [intro E; discriminate E|]. intros rs H. values H.
    match goal with K : in_sort (From 0) _ |- _ => destruct (from_zero _ K) as [n ->] end.
    evaluate. rewrite !of_nat_INR.
    apply chosen_recursion; intros.
    + destruct n; [reflexivity|]. destruct (at_successor n); assumption.
    + destruct n; [contradiction|]. rewrite previous, !of_nat_INR. reflexivity. Qed.

Hypothesis core : meaning separation_sharp_core_claim.

Lemma goals_hold : Forall (fun g => true_in W (snd g)) (goals separation_sharp_core_claim).
Proof. apply core; [reflexivity|]. split; [apply symbols_standard|apply symbols_declared]. Qed.

(* The goal with this name. *)
Lemma goal_holds name s : lookup name (goals separation_sharp_core_claim) = Some s -> true_in W s.
Proof. intros H. assert (E : exists n, In (n, s) (goals separation_sharp_core_claim)).
  { revert H. generalize (goals separation_sharp_core_claim).
  induction l as [|(n, t) l IH]; cbn [lookup]; [discriminate|].
    destruct (String.eqb name n); [intros E; injection E as ->; exists n; left; reflexivity|].
    intros E. destruct (IH E) as [m Hm]. exists m. right. exact Hm. }
  destruct E as [n Hn]. exact (proj1 (Forall_forall _ _) goals_hold _ Hn). Qed.

Ltac goal_at name values :=
  let H := fresh in assert (H := goal_holds name _ eq_refl values); revert H; evaluate.
Ltac sorts := repeat (apply Forall2_cons || apply Forall2_nil); try exact I; (split; [eexists;
  apply INR_IZR_INZ|apply pos_INR]).
Lemma twice i : 2 * INR i = INR (2 * i).
Proof. rewrite mult_INR. reflexivity. Qed.
Lemma twice_and_one i : 2 * INR i + 1 = INR (2 * i + 1).
Proof. rewrite plus_INR, mult_INR. reflexivity. Qed.

Lemma inside_core : inside_statement.
Proof. intros u Hu. goal_at "separation.sharp.core.inside" [u]. intros H.
  specialize (H ltac:(sorts)). lra. Qed.
Lemma even_core : even_statement.
Proof. intros i u v b m Hu Hv. goal_at "separation.sharp.core.interval_even" [INR i; u; v; b; m].
  intros H.
  specialize (H ltac:(sorts) ltac:(lra)). rewrite twice, of_nat_INR, parity_tip in H. unfold above.
  lra. Qed.
Lemma odd_core : odd_statement.
Proof. intros i u v b m Hu Hv. goal_at "separation.sharp.core.interval_odd" [INR i; u; v; b; m].
  intros H.
  specialize (H ltac:(sorts) ltac:(lra)). rewrite twice_and_one, of_nat_INR, parity_tip in H.
  unfold above. lra. Qed.
Lemma sum_core k p : / 4 * (1 - INR p / 2 ^ k) <= (2 ^ k / 4 - total_gain gain p) / 2 ^ k.
Proof. goal_at "separation.sharp.core.sum" [INR k; INR p]. intros H. specialize (H ltac:(sorts)).
  rewrite !of_nat_INR in H.
  pose proof (pow2_pos k). destruct (Req_EM_T (2 ^ k) 0); lra. Qed.
End Symbols.

(* The theorem of SeparationSharp.v, from what the certificate shows. *)
Theorem separation_sharp_from_core k p g :
  pieces p 0 1 g -> apart (/ 4 * (1 - INR p / 2 ^ k)) (sawtooth k) g.
Proof. pose proof certified_separation_sharp_core as core. apply sharp_by_core.
  - apply (inside_core (fun _ => 0)); [intros; lra|exact core].
  - apply (even_core (fun _ => 0)); [intros; lra|exact core].
  - apply (odd_core (fun _ => 0)); [intros; lra|exact core].
  - intros gain small n q. apply sum_core; assumption. Qed.
