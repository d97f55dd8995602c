(* Separation, for functions and networks with few pieces.  Each row of the table of theorems as Coq
   prints it, and the assumptions of its proof; dots are underscores. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles
  Counting SeparationPiece SeparationSharp.
From Depthproof Require Import SeparationLecture Slides SeparationSize PiecesAttained PiecesProduct
  Cube Dimension Activations Smooth Frontier.
Set Printing Width 110.

Check separation_duality. Print Assumptions separation_duality.
Check separation_duality_tight. Print Assumptions separation_duality_tight.
Check separation_gap. Print Assumptions separation_gap.
Check separation_sharp. Print Assumptions separation_sharp.
Check separation_sharp_network. Print Assumptions separation_sharp_network.
Check separation_sharp_skip. Print Assumptions separation_sharp_skip.
Check separation_sharp_tight. Print Assumptions separation_sharp_tight.
