(* Smooth functions, and how much separation there can be.  Each row of the table of theorems as Coq
   prints it, and the assumptions of its proof; dots are underscores. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles
  Counting SeparationPiece SeparationSharp.
From Depthproof Require Import SeparationLecture Slides SeparationSize PiecesAttained PiecesProduct
  Cube Dimension Activations Smooth Frontier.
Set Printing Width 110.

Check smooth_square. Print Assumptions smooth_square.
Check smooth_square_attained. Print Assumptions smooth_square_attained.
Check smooth_square_net. Print Assumptions smooth_square_net.
Check separation_strong_skip. Print Assumptions separation_strong_skip.
Check separation_optimal. Print Assumptions separation_optimal.
Check separation_size. Print Assumptions separation_size.
