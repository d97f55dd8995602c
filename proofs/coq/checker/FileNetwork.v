(* What a file in canonical relu-network/1 means, over the real numbers: nodes in order,
  each Gemm or
   Relu, each reading earlier ones by their number (0 is the input).  And the networks of
   Definitions.v, layered and skip, as such files. *)
From Coq Require Import QArith Qreals.
From Depthproof Require Import Definitions.
Open Scope R_scope.

Inductive operation := Gemm (inputs : list nat) (rows : list (list Q * Q)) | Relu (input : nat).
Record file := File { operations : list operation; result : nat }.

Definition at_ {A} (env : list (list A)) (i : nat) : list A := nth i env [].
Definition gathered {A} (ins : list nat) (env : list (list A)) : list A := flat_map (at_ env) ins.
Definition real_node (n : list Q * Q) : node := (map Q2R (fst n), Q2R (snd n)).

Definition performed (env : list (list R)) (o : operation) : list R :=
  match o with
  | Gemm ins rows => map (fun n => pre_activation (real_node n) (gathered ins env)) rows
  | Relu i => map relu (at_ env i)
  end.

Fixpoint perform (ops : list operation) (env : list (list R)) : list (list R) :=
  match ops with [] => env | o :: ops' => perform ops' (env ++ [performed env o]) end.

Definition file_values (F : file) (v : list R) : list R :=
  at_ (perform (operations F) [v]) (result F).

(* The function of a file with one input: its first output. *)
Definition file_function (F : file) (x : R) : R := nth 0 (file_values F [x]) 0.

(* ---------- the networks of Definitions.v ---------- *)

Record qnetwork := QNetwork { qhidden : list (list (list Q * Q)); qoutput : list Q * Q }.
Definition real_network (N : qnetwork) : network :=
  Network (map (map real_node) (qhidden N)) (real_node (qoutput N)).

Definition next (arch : architecture) (seen : list nat) (n : nat) : list nat :=
  match arch with Layered => [n] | Skip => seen ++ [n] end.

Fixpoint layers_ops (arch : architecture) (n : nat) (seen : list nat)
    (ls : list (list (list Q * Q))) (o : list Q * Q) : list operation :=
  match ls with
  | [] => [Gemm seen [o]]
  | l :: ls' =>
    Gemm seen l :: Relu n :: layers_ops arch (S (S n)) (next arch seen (S n)) ls' o
  end.

Definition file_of (arch : architecture) (N : qnetwork) : file :=
  File (layers_ops arch 1 [0%nat] (qhidden N) (qoutput N)) (1 + 2 * length (qhidden N)).

(* Earlier nodes stay what they are. *)
Lemma at_app {A} (env more : list (list A)) i :
  (i < length env)%nat -> at_ (env ++ more) i = at_ env i.
Proof. intros. apply app_nth1. assumption. Qed.

(* The newest node. *)
Lemma at_last {A} (env : list (list A)) v more : at_ (env ++ v :: more) (length env) = v.
Proof. apply nth_middle. Qed.

(* What is read from earlier nodes stays what it is. *)
Lemma gathered_app {A} ins (env more : list (list A)) :
  List.Forall (fun i => (i < length env)%nat) ins ->
  gathered ins (env ++ more) = gathered ins env.
Proof.
  induction 1 as [|i ins Hi _ IH]; [reflexivity|]. unfold gathered in *; cbn [flat_map].
  rewrite at_app by assumption. f_equal. exact IH.
Qed.

(* Layers as operations compute what the layers compute. *)
Lemma layers_correct arch o ls : forall env seen,
  List.Forall (fun i => (i < length env)%nat) seen ->
  at_ (perform (layers_ops arch (length env) seen ls o) env) (length env + 2 * length ls) =
    [pre_activation (real_node o)
      (run arch relu (map (map real_node) ls) (gathered seen env))].
Proof.
  induction ls as [|l ls IH]; intros env seen Hs; cbn [layers_ops perform performed run map].
  { rewrite Nat.mul_0_r, Nat.add_0_r. apply at_last. }
  set (g := map _ l).
  set (env' := (env ++ [g]) ++ [map relu (at_ (env ++ [g]) (length env))]).
  assert (L : length env' = S (S (length env)))
    by (unfold env'; rewrite !app_length; cbn [length]; lia).
  rewrite <- L.
  replace (length env + 2 * length (l :: ls))%nat with (length env' + 2 * length ls)%nat
    by (rewrite L; cbn [length]; lia).
  assert (E : at_ env' (S (length env)) = activations relu (map real_node l) (gathered seen env)).
  { unfold env'.
    replace (S (length env)) with (length (env ++ [g])) by (rewrite app_length; cbn [length]; lia).
    rewrite at_last, at_last. unfold g, activations. rewrite !map_map. reflexivity. }
  assert (S0 : List.Forall (fun i => (i < length env')%nat) seen)
    by (eapply List.Forall_impl; [|exact Hs]; intros; cbv beta in *; lia).
  assert (G : gathered seen env' = gathered seen env)
    by (unfold env'; rewrite <- app_assoc; apply gathered_app; exact Hs).
  rewrite IH.
  - do 3 f_equal. destruct arch; unfold next, gathered; cbn [pass_on].
    + cbn [flat_map]. rewrite app_nil_r. exact E.
    + rewrite flat_map_app. cbn [flat_map]. rewrite app_nil_r, E. f_equal. exact G.
  - destruct arch; unfold next; [|apply List.Forall_app; split; [exact S0|]];
      repeat constructor; lia.
Qed.

(* The file of a network computes what the network computes. *)
Theorem file_of_values arch N v :
  file_values (file_of arch N) v = [network_value arch relu (real_network N) v].
Proof.
  unfold file_values, file_of, network_value, real_network; cbn [operations result hidden output].
  pose proof (layers_correct arch (qoutput N) (qhidden N) [v] [0%nat]) as H. cbn [length] in H.
  rewrite H by (repeat constructor). unfold gathered, at_; cbn [flat_map nth].
  rewrite app_nil_r. reflexivity.
Qed.

(* The same for layered networks with one input, *)
Corollary file_of_layered N x : file_function (file_of Layered N) x = eval (real_network N) x.
Proof. unfold file_function. rewrite file_of_values. reflexivity. Qed.

(* and for skip networks. *)
Corollary file_of_skip N x : file_function (file_of Skip N) x = eval_skip (real_network N) x.
Proof. unfold file_function. rewrite file_of_values. reflexivity. Qed.
