(* Universal approximation: as Coq prints it. *)
From Depthproof Require Import Definitions Compose UniversalCube ThreeLayers ThreeLayersMean.
From Depthproof Require Import UniversalContinuous.
From Depthproof Require Import OneHiddenLayer Sigmoidal Interval.
Set Printing Width 110.

Check approximation_cube. Print Assumptions approximation_cube.
Check approximation_cube_eps. Print Assumptions approximation_cube_eps.
Check approximation_three_layers. Print Assumptions approximation_three_layers.
Check approximation_three_layers_mean. Print Assumptions approximation_three_layers_mean.
Check approximation_interval. Print Assumptions approximation_interval.
Check approximation_interval_lower. Print Assumptions approximation_interval_lower.
