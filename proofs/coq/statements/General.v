(* Separation in more dimensions and for other activations.  Each row of the table of theorems as
   Coq prints it, and the assumptions of its proof; dots are underscores. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles
  Counting SeparationPiece SeparationSharp.
From Depthproof Require Import SeparationLecture Slides SeparationSize PiecesAttained PiecesProduct
  Cube Dimension Activations Smooth Frontier.
Set Printing Width 110.

Check separation_dimension. Print Assumptions separation_dimension.
Check separation_dimension_strong. Print Assumptions separation_dimension_strong.
Check separation_activation. Print Assumptions separation_activation.
Check separation_activation_sharp. Print Assumptions separation_activation_sharp.
Check separation_activation_dimension. Print Assumptions separation_activation_dimension.
