(* Affine maps and linear pieces of a network in d dimensions, from below and above: as Coq prints
   it. *)
From Depthproof Require Import Binomials Definitions Regions RegionsDeep RegionsAttained.
From Depthproof Require Import AffineMaps Zigzags PiecesFolded PiecesMontufar PiecesSerra.
From Depthproof Require Import MapsAndPatterns.
From Coq Require Import List.
Set Printing Width 110.

Check regions_montufar_folds. Print Assumptions regions_montufar_folds.
Check regions_montufar_function. Print Assumptions regions_montufar_function.
Check regions_montufar_any. Print Assumptions regions_montufar_any.
Check regions_montufar_narrow. Print Assumptions regions_montufar_narrow.
Check regions_serra_attained. Print Assumptions regions_serra_attained.
Check regions_serra_attained_patterns. Print Assumptions regions_serra_attained_patterns.
Check regions_serra_function. Print Assumptions regions_serra_function.
