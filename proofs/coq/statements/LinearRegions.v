(* Activation patterns and linear pieces in d dimensions: as Coq prints it. *)
From Depthproof Require Import Definitions Compose Regions RegionsDeep RegionsAttained.
From Depthproof Require Import RegionsFolded Polyhedra AffineMaps ActivationPatterns.
Set Printing Width 110.

Check regions_zaslavsky. Print Assumptions regions_zaslavsky.
Check regions_zaslavsky_attained. Print Assumptions regions_zaslavsky_attained.
Check regions_serra. Print Assumptions regions_serra.
Check regions_product. Print Assumptions regions_product.
Check regions_line. Print Assumptions regions_line.
Check regions_montufar. Print Assumptions regions_montufar.
Check pieces_polyhedra. Print Assumptions pieces_polyhedra.
Check pieces_polyhedra_false. Print Assumptions pieces_polyhedra_false.
Check activation_patterns_counted. Print Assumptions activation_patterns_counted.
Check affine_maps_counted. Print Assumptions affine_maps_counted.
