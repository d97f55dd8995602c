(* Separation, as the lecture counts.  Each row of the table of theorems as Coq prints it, and the
   assumptions of its proof; dots are underscores. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles
  Counting SeparationPiece SeparationSharp.
From Depthproof Require Import SeparationLecture Slides SeparationSize PiecesAttained PiecesProduct
  Cube Dimension Activations Smooth Frontier.
Set Printing Width 110.

Check separation_counting. Print Assumptions separation_counting.
Check separation_counting_piece. Print Assumptions separation_counting_piece.
Check separation_counting_network. Print Assumptions separation_counting_network.
Check separation_lecture. Print Assumptions separation_lecture.
Check separation_strong. Print Assumptions separation_strong.
