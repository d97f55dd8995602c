(* The sawtooth.  Each row of the table of theorems as Coq prints it, and the assumptions of its
   proof; dots are underscores. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles
  Counting SeparationPiece SeparationSharp.
From Depthproof Require Import SeparationLecture Slides SeparationSize PiecesAttained PiecesProduct
  Cube Dimension Activations Smooth Frontier.
Set Printing Width 110.

Check sawtooth_map. Print Assumptions sawtooth_map.
Check sawtooth_map_domain. Print Assumptions sawtooth_map_domain.
Check sawtooth_identity. Print Assumptions sawtooth_identity.
Check sawtooth_identity_domain. Print Assumptions sawtooth_identity_domain.
Check sawtooth_shape. Print Assumptions sawtooth_shape.
Check sawtooth_size. Print Assumptions sawtooth_size.
Check sawtooth_mass. Print Assumptions sawtooth_mass.
Check sawtooth_slide_step. Print Assumptions sawtooth_slide_step.
