(* From the weights of a network to its bound: a count of pieces by points, checked on integers,
  gives
   the number of pieces of the real function and its distance from every sawtooth. *)
From Coq Require Import QArith Qreals Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear Oscillations SeparationSharp.
From Checked Require Import Syntax Polynomials Graph Polygon Curves PolygonSound Quantities
  QuantitiesSound.
From Checked Require Import FileNetwork.
Open Scope R_scope.

(* The points show that the first output of the file has p pieces on [0, 1]. *)
Definition counts_pieces (F : file) (points : list Q) (p : nat) : bool :=
  match graph_of 1 [F] with
  | Some ([e :: _], G) =>
    match polygon_of G points with
    | Some l =>
      match along G l e with
      | Some (u :: vs) =>
        Qeq_bool (fst u) 0 && Qeq_bool (fst (List.last vs u)) 1 && Nat.eqb p (S (count_kinks u vs))
      | _ => false end
    | None => false end
  | _ => false
  end.

(* The count is that of the real function. *)
Lemma counts_pieces_sound F points p : counts_pieces F points p = true ->
  pieces_exactly p 0 1 (file_function F).
Proof.
  unfold counts_pieces. destruct (graph_of 1 [F]) as [[outs G]|] eqn:B; [|discriminate].
  destruct outs as [|[|e out] [|]]; try discriminate.
  destruct (polygon_of G points) as [l|] eqn:P; [|discriminate].
  destruct (along G l e) as [vs|] eqn:A; [|discriminate].
  destruct (along_correct G points l e vs P A) as (_ & _ & u & v & rest & -> & Fo).
  intros H. apply andb_prop in H. destruct H as [H H3]. apply andb_prop in H. destruct H as [H1 H2].
  apply Nat.eqb_eq in H3. subst p. apply Qeq_bool_eq, Qeq_eqR in H1, H2.
  pose proof (pieces_correct _ u v rest Fo) as C. rewrite end_of_vertices in C.
  unfold real_vertex in C; cbn [fst] in C. rewrite H1, H2, Q2R_0, Q2R_1 in C.
  assert (E : forall t, lined G e t = file_function F t).
  { intros t. destruct (graph_of_correct 1 [F] _ G [t] B eq_refl) as (_ & _ & O).
    inversion O as [|? ? ? ? V _]; subst. unfold have in V. unfold file_function, lined.
    rewrite <- V. reflexivity. }
  destruct C as [C1 C2]. split; [|intros n Hn; apply C2].
  - revert C1. apply pieces_ext. intros t _. apply E.
  - revert Hn. apply pieces_ext. intros t _. symmetry. apply E.
Qed.

(* From the count to the distance. *)
Theorem far F points p k : counts_pieces F points p = true ->
  pieces_exactly p 0 1 (file_function F) /\
  apart (/ 4 * (1 - INR p / 2 ^ k)) (sawtooth k) (file_function F).
Proof.
  intros H. apply counts_pieces_sound in H. split; [exact H|]. apply separation_sharp. apply H.
Qed.

(* The same for the networks of Definitions.v with rational weights. *)
Corollary far_eval N points p k : counts_pieces (file_of Layered N) points p = true ->
  pieces_exactly p 0 1 (eval (real_network N)) /\
  apart (/ 4 * (1 - INR p / 2 ^ k)) (sawtooth k) (eval (real_network N)).
Proof.
  intros H. apply counts_pieces_sound in H. destruct H as [H1 H2].
  assert (X : forall n, pieces n 0 1 (file_function (file_of Layered N)) <->
    pieces n 0 1 (eval (real_network N))).
  { intros n. split; apply pieces_ext; intros; [|symmetry]; apply file_of_layered. }
  assert (G : pieces_exactly p 0 1 (eval (real_network N)))
    by (split; [apply X; exact H1|intros n Hn; apply H2, X; exact Hn]).
  split; [exact G|]. apply separation_sharp. apply G.
Qed.
