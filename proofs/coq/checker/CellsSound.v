(* The rule "cells" is sound: the simplices cover where the facts hold (CellsCover.v), on each of
   them all values are linear (CellsLinear.v), and so the facts contradict each other, wherever the
   input is (CellsFacts.v). *)
From Coq Require Import Qreals Lra Lia.
From Depthproof Require Import Definitions Vectors.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound Rules RulesSound Graph
  Polygon PolygonSound Spanning Cells CellsLinear CellsFacts CellsCover.
Open Scope R_scope.

(* A sum over what is mapped. *)
Lemma total_map {A B} (f : A -> B) F l : total F (map f l) = total (fun a => F (f a)) l.
Proof. unfold total. induction l as [|a l IH]; cbn; [reflexivity|]. rewrite IH. reflexivity. Qed.

(* Every vector is a sum of those of a simplex, with its shares. *)
Lemma simplex_spans G ts t S y : good_simplex G ts t S ->
  (length y <= Datatypes.S (inputs G))%nat -> forall i, nth i y 0 =
    mixed corner S (fun p => share y (real p)) (fun p => IZR (nth i (vector_at p) 0%Z)).
Proof.
  intros HS Y i. destruct (good_parts G ts t S HS) as (G1 & G2 & _ & G4 & _).
  rewrite <- (Rmult_1_l (nth i y 0)), <- (dot_coordinate 1 i y).
  rewrite (spanned (Datatypes.S (inputs G)) (map real S) y _).
  - rewrite total_map. unfold mixed. apply (mixed_equal corner S (fun p => share y (real p))).
    intros p _. rewrite dot_coordinate, Rmult_1_l. unfold real. cbn [fst].
    apply (map_nth IZR _ 0%Z i).
  - split; [rewrite map_length; exact G1|]. apply List.Forall_map.
    eapply Forall_impl; [|exact G2]. intros p Ep. unfold real. cbn [fst].
    rewrite map_length, Ep. apply le_n.
  - apply dual_real, G4.
  - exact Y.
Qed.

(* An input within the walls is in a simplex of the list, between its vectors, and what is affine
   in the values there is as it is between the vectors. *)
Theorem simplex_around G walls ts t simplices xs : all_in (good_spot G walls) t ->
  cells_cover (S (inputs G)) walls ts t simplices = true -> length xs = inputs G ->
  Forall (fun a => 0 <= dot (reals a) (1 :: rev xs)) walls ->
  let c := fun p => share (1 :: rev xs) (real p) in exists numbers L, In numbers simplices /\
  simplex_of (unit_vectors (S (inputs G))) t numbers = Some L /\ good_simplex G ts t L /\
  Forall (fun p => 0 <= c p) L /\
  (forall i, nth i (1 :: rev xs) 0 = mixed corner L c (fun p => IZR (nth i (vector_at p) 0%Z))) /\
  forall w, IZR (own w) + weigh (of_values w) (values G xs) =
    mixed corner L c (fun p => IZR (row_at w p)).
Proof.
  intros Good E inputs_are Hw. cbv zeta. set (y := 1 :: rev xs).
  destruct (cells_cover_correct G walls ts t Good simplices y E) as (m & S & Hm & Em & HS & D).
  { unfold y. cbn [length]. rewrite rev_length, inputs_are. apply le_n. }
  { apply List.Forall_map. exact Hw. }
  destruct (good_parts G ts t S HS) as (G1 & G2 & G3 & G4 & G5).
  pose proof (simplex_spots G walls ts t Good S HS) as Spots.
  set (c := fun p => share y (real p)).
  assert (C : Forall (fun p => 0 <= c p) S).
  { apply Forall_forall. intros p Hp. apply share_positive with (map real S).
    - apply dual_real, G4.
    - apply in_map, Hp.
    - rewrite Forall_map, Forall_forall in D. exact (D p Hp). }
  assert (B : forall i, nth i y 0 = mixed corner S c (fun p => IZR (nth i (vector_at p) 0%Z))).
  { apply (simplex_spans G ts t S y HS). unfold y. cbn [length]. rewrite rev_length, inputs_are.
    apply le_n. }
  assert (Lin : forall w, IZR (own w) + weigh (of_values w) (values G xs) =
    mixed corner S c (fun p => IZR (row_at w p))).
  { apply linear_on_simplex; [|exact C| |exact inputs_are|intros i _; apply B].
    - rewrite Forall_forall in *. intros p Hp. split; [apply (Spots p Hp)|exact (G2 p Hp)].
    - intros p q. apply (signs_agree_correct G walls S p q Spots G3). }
  exists m, S. fold c. split; [exact Hm|split; [exact Em|split; [exact HS|split; [exact C|]]]].
  split; [exact B|exact Lin].
Qed.

Section Sound.
Variables (W : world) (letters : list R) (G : graph) (xs : list R) (b : branch).
Notation V := (atom_value W letters).
Hypothesis values_are : forall v, inner W v = seen (values G xs) v.
Hypothesis inputs_are : length xs = inputs G.
Hypothesis facts_are : Forall (formula_holds V) (newest_first b).

Notation y := (1 :: rev xs).

(* A wall is a half-space that has the input in it. *)
Lemma wall_correct f a : formula_holds V f -> In a (wall_of (inputs G) f) ->
  0 <= dot (reals a) y.
Proof using values_are inputs_are.
  intros H Ha. assert (R : forall p w, row_of (inputs G) p = Some w -> poly_value V p <= 0 ->
    0 <= dot (reals ((- own w)%Z :: flattened (of_values w))) y).
  { intros p w E L. rewrite (row_of_correct V _ p w (rev xs) E) in L.
    - cbn [map dot]. rewrite flattened_real, opp_IZR.
      assert (U : 0 < IZR (Zpos (under w))) by (apply (IZR_lt 0); reflexivity).
      apply Rmult_le_compat_r with (r := IZR (Zpos (under w))) in L; [|lra].
      unfold Rdiv in L. rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_0_l in L by lra. lra.
    - rewrite rev_length. exact inputs_are.
    - intros v Hv. cbn [atom_value]. rewrite values_are. unfold values. apply seen_run.
      rewrite rev_length. lia. }
  destruct f as [[| | |] p|all parts]; cbn [wall_of] in Ha; try destruct Ha;
    destruct (row_of (inputs G) p) as [w|] eqn:E; try destruct Ha as [<-|[]]; try destruct Ha;
    apply (R p w E); cbn in H; lra.
Qed.

(* What is read of polynomials has their signs. *)
Lemma row_signs p w r z : row_of (graph_size G) p = Some w ->
  z = IZR (own w) + weigh (of_values w) (values G xs) ->
  related r (poly_value V p) <-> related r z.
Proof using values_are inputs_are.
  intros E ->. rewrite (row_of_correct V _ p w (values G xs) E).
  - set (z := IZR (own w) + _). assert (U : 0 < / IZR (Zpos (under w)))
      by (apply Rinv_0_lt_compat, (IZR_lt 0); reflexivity). unfold Rdiv.
    set (u := / IZR (Zpos (under w))) in *. clearbody u z.
    assert (P : z < 0 -> z * u < 0) by nra. assert (Q : 0 < z -> 0 < z * u) by nra.
    destruct (Rtotal_order z 0) as [L|[->|L]]; destruct r; cbn [related];
      rewrite ?Rmult_0_l; split; intros; try specialize (P L); try specialize (Q L); lra.
  - unfold values, graph_size. rewrite run_length, rev_length, inputs_are. lia.
  - intros v _. apply values_are.
Qed.

(* The facts hold nowhere. *)
Theorem cells_sound is points simplices news :
  cells_rule G b is points simplices = Some news -> remains W letters news.
Proof using values_are inputs_are facts_are.
  intros H. exfalso. unfold cells_rule in H.
  destruct (all_of (map (fact b) is)) as [fs|] eqn:Fs; [|discriminate H].
  apply all_of_correct in Fs. set (walls := walls_of (inputs G) fs) in *.
  destruct (all_of (map (test_of _) fs)) as [ts|] eqn:Ts; [|discriminate H].
  apply all_of_correct in Ts.
  destruct (place_all G walls points 1 Empty) as [t|] eqn:P; [|discriminate H].
  destruct (negb _ && _) eqn:E; [|discriminate H]. clear H. apply andb_prop in E.
  destruct E as [_ E]. pose proof (place_all_correct G walls points 1%positive Empty t I P) as Good.
  assert (Fh : Forall (formula_holds V) fs).
  { apply Forall_forall. intros f Hf. assert (J : In (Some f) (map (fact b) is))
      by (rewrite Fs; apply in_map, Hf). apply in_map_iff in J. destruct J as (i & Ei & _).
    exact (fact_holds W letters b facts_are i f Ei). }
  destruct (simplex_around G walls ts t simplices xs Good E inputs_are)
    as (m & S & _ & _ & HS & C & B & Lin).
  { apply Forall_forall. intros a Ha. destruct Ha as [<-|Ha].
    - cbn. destruct (rev xs); lra.
    - apply in_flat_map in Ha. destruct Ha as (f & Hf & Ha). rewrite Forall_forall in Fh.
      exact (wall_correct f a (Fh f Hf) Ha). }
  destruct (good_parts G ts t S HS) as (_ & _ & _ & _ & G5).
  apply (contradict_correct V (graph_size G) S (fun p => share y (real p)) C) with fs ts;
    try assumption.
  - etransitivity; [|symmetry; exact (B 0%nat)]. apply mixed_equal. intros p _. unfold weight.
    destruct (vector_at p); reflexivity.
  - intros p w r Hw. apply (row_signs p w r _ Hw). symmetry. apply Lin.
Qed.
End Sound.
