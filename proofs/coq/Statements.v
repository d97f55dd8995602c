(* Every row of the table of theorems: its statement, as Coq prints it, and the assumptions of its proof.
   One row a line: [Check] and then [Print Assumptions].  Dots in the names of the rows are underscores here. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles Counting SeparationPiece SeparationSharp.
From Depthproof Require Import SeparationLecture Slides SeparationSize PiecesAttained PiecesProduct Cube Dimension Activations Smooth Frontier.
Set Printing Width 110.

(* The sawtooth *)
Check sawtooth_map. Print Assumptions sawtooth_map.
Check sawtooth_map_domain. Print Assumptions sawtooth_map_domain.
Check sawtooth_identity. Print Assumptions sawtooth_identity.
Check sawtooth_identity_domain. Print Assumptions sawtooth_identity_domain.
Check sawtooth_shape. Print Assumptions sawtooth_shape.
Check sawtooth_size. Print Assumptions sawtooth_size.
Check sawtooth_mass. Print Assumptions sawtooth_mass.
Check sawtooth_slide_step. Print Assumptions sawtooth_slide_step.

(* Pieces *)
Check pieces_one_layer. Print Assumptions pieces_one_layer.
Check pieces_one_layer_attained. Print Assumptions pieces_one_layer_attained.
Check pieces_sum. Print Assumptions pieces_sum.
Check pieces_sum_attained. Print Assumptions pieces_sum_attained.
Check pieces_relu. Print Assumptions pieces_relu.
Check pieces_relu_lecture. Print Assumptions pieces_relu_lecture.
Check pieces_relu_attained. Print Assumptions pieces_relu_attained.
Check pieces_lecture. Print Assumptions pieces_lecture.
Check pieces_product. Print Assumptions pieces_product.
Check pieces_product_le_lecture. Print Assumptions pieces_product_le_lecture.
Check pieces_product_attained. Print Assumptions pieces_product_attained.
Check pieces_product_small. Print Assumptions pieces_product_small.
Check pieces_skip. Print Assumptions pieces_skip.
Check pieces_skip_attained. Print Assumptions pieces_skip_attained.
Check pieces_activation. Print Assumptions pieces_activation.

(* Separation *)
Check separation_duality. Print Assumptions separation_duality.
Check separation_duality_tight. Print Assumptions separation_duality_tight.
Check separation_gap. Print Assumptions separation_gap.
Check separation_sharp. Print Assumptions separation_sharp.
Check separation_sharp_network. Print Assumptions separation_sharp_network.
Check separation_sharp_skip. Print Assumptions separation_sharp_skip.
Check separation_sharp_tight. Print Assumptions separation_sharp_tight.
Check separation_counting. Print Assumptions separation_counting.
Check separation_counting_piece. Print Assumptions separation_counting_piece.
Check separation_counting_network. Print Assumptions separation_counting_network.
Check separation_lecture. Print Assumptions separation_lecture.
Check separation_strong. Print Assumptions separation_strong.
Check separation_strong_skip. Print Assumptions separation_strong_skip.
Check separation_optimal. Print Assumptions separation_optimal.
Check separation_size. Print Assumptions separation_size.
Check separation_dimension. Print Assumptions separation_dimension.
Check separation_dimension_strong. Print Assumptions separation_dimension_strong.
Check separation_activation. Print Assumptions separation_activation.
Check separation_activation_sharp. Print Assumptions separation_activation_sharp.
Check separation_activation_dimension. Print Assumptions separation_activation_dimension.
Check separation_slide_zero. Print Assumptions separation_slide_zero.
Check separation_slide_half. Print Assumptions separation_slide_half.
Check separation_slide_arith. Print Assumptions separation_slide_arith.
Check separation_slide_ng. Print Assumptions separation_slide_ng.
Check separation_frontier. Print Assumptions separation_frontier.
Check separation_frontier_reduction. Print Assumptions separation_frontier_reduction.
Check separation_frontier_images. Print Assumptions separation_frontier_images.

(* Smooth functions *)
Check smooth_square. Print Assumptions smooth_square.
Check smooth_square_attained. Print Assumptions smooth_square_attained.
Check smooth_square_net. Print Assumptions smooth_square_net.
