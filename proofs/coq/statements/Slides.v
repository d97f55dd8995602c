(* The slides' own lines, and the frontier.  Each row of the table of theorems as Coq prints it, and
   the assumptions of its proof; dots are underscores. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles
  Counting SeparationPiece SeparationSharp.
From Depthproof Require Import SeparationLecture Slides SeparationSize PiecesAttained PiecesProduct
  Cube Dimension Activations Smooth Frontier Boxes.
Set Printing Width 110.

Check separation_slide_zero. Print Assumptions separation_slide_zero.
Check separation_slide_half. Print Assumptions separation_slide_half.
Check separation_slide_arith. Print Assumptions separation_slide_arith.
Check separation_slide_ng. Print Assumptions separation_slide_ng.
Check separation_frontier. Print Assumptions separation_frontier.
Check separation_frontier_reduction. Print Assumptions separation_frontier_reduction.
Check separation_frontier_images. Print Assumptions separation_frontier_images.
Check separation_frontier_boxes. Print Assumptions separation_frontier_boxes.
