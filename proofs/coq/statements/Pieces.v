(* Pieces: a layer, a sum, an activation.  Each row of the table of theorems as Coq prints it, and
   the assumptions of its proof; dots are underscores. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles
  Counting SeparationPiece SeparationSharp.
From Depthproof Require Import SeparationLecture Slides SeparationSize PiecesAttained PiecesProduct
  Cube Dimension Activations Smooth Frontier.
Set Printing Width 110.

Check pieces_one_layer. Print Assumptions pieces_one_layer.
Check pieces_one_layer_attained. Print Assumptions pieces_one_layer_attained.
Check pieces_sum. Print Assumptions pieces_sum.
Check pieces_sum_attained. Print Assumptions pieces_sum_attained.
Check pieces_relu. Print Assumptions pieces_relu.
Check pieces_relu_lecture. Print Assumptions pieces_relu_lecture.
Check pieces_relu_attained. Print Assumptions pieces_relu_attained.
