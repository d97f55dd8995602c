(* Theorem 1 of the notes: as Coq prints it. *)
From Depthproof Require Import Definitions Compose UniversalCube UniversalContinuous OneHiddenLayer.
From Depthproof Require Import Sigmoidal.
Set Printing Width 110.

Check approximation_continuous. Print Assumptions approximation_continuous.
Check exponentials_dense. Print Assumptions exponentials_dense.
Check approximation_sigmoidal. Print Assumptions approximation_sigmoidal.
Check approximation_relu. Print Assumptions approximation_relu.
Check approximation_logistic. Print Assumptions approximation_logistic.
Check approximation_needs_bends. Print Assumptions approximation_needs_bends.
