(* x: the maximum of |f − g| on [0, 1], exactly.
   f: tent, SHA-256 of its exact form
   88e7c426b4d839876902c35ea523acac5d5ecec2a6a4c3ff917eab8b349aca63
   g: sawtooth:2, SHA-256 of its exact form
   7264b7ee50e41d16632be87942a4c39951c49e5a10e1fd227f4ab19d83ddd7ab
   Written by depthproof 0.1.0 for Coq 8.16 and Coquelicot 3.2.
   To check it, after make coq:
   coqc -w none -R build/coq Depthproof -Q build/coq/checker Checked x.v *)

From Coq Require Import QArith Qreals.
From Depthproof Require Import Definitions Oscillations.
From Checked Require Import FileNetwork.
From Depthproof Require Import FromFile.
Open Scope R_scope.

Definition f : R -> R := sawtooth 1.
Definition f_file : file := sawtooth_file 1.
Lemma f_is t : file_function f_file t = f t. Proof. apply sawtooth_file_function. Qed.

Definition g : R -> R := sawtooth 2.
Definition g_file : file := sawtooth_file 2.
Lemma g_is t : file_function g_file t = g t. Proof. apply sawtooth_file_function. Qed.

(* Between neighbours of these points no unit changes its sign. *)
Definition points : list Q := [0; 1 # 4; 1 # 2; 3 # 4; 1]%Q.

(* The proved checker, run. *)
Lemma checked : check_maximum f_file g_file (0 # 1) (1 # 1) points (1 # 1) = true.
Proof. vm_cast_no_check (eq_refl true). Qed.

Theorem x : (forall t, 0 <= t <= 1 -> Rabs (f t - g t) <= 1) /\ exists t, 0 <= t <= 1 /\ Rabs (f
  t - g t) = 1.
Proof. eapply maximum_by_points; try exact checked; try exact f_is; try exact g_is; number. Qed.
