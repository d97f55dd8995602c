(* Must not compile.  Any bounded activation: false for the activation 0.  The first theorem is
   the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions UniversalContinuous Sigmoidal.

Theorem true_statement act d f : sigmoidal act -> bounded act -> continuous_on_cube d f ->
  one_layer_limit act d f.
Proof. exact (approximation_sigmoidal act d f). Qed.

Theorem false_statement act d f : bounded act -> bounded act -> continuous_on_cube d f ->
  one_layer_limit act d f.
Proof. exact (approximation_sigmoidal act d f). Qed.
