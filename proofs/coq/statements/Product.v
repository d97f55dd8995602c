(* Pieces: the products over layers.  Each row of the table of theorems as Coq prints it, and the
   assumptions of its proof; dots are underscores. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles
  Counting SeparationPiece SeparationSharp.
From Depthproof Require Import SeparationLecture Slides SeparationSize PiecesAttained PiecesProduct
  Cube Dimension Activations Smooth Frontier.
Set Printing Width 110.

Check pieces_lecture. Print Assumptions pieces_lecture.
Check pieces_product. Print Assumptions pieces_product.
Check pieces_product_le_lecture. Print Assumptions pieces_product_le_lecture.
Check pieces_product_attained. Print Assumptions pieces_product_attained.
Check pieces_product_small. Print Assumptions pieces_product_small.
Check pieces_skip. Print Assumptions pieces_skip.
Check pieces_skip_attained. Print Assumptions pieces_skip_attained.
Check pieces_activation. Print Assumptions pieces_activation.
