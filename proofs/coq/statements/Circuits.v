(* Circuits and sum-product networks: as Coq prints it. *)
From Depthproof Require Import Parity Smolensky ConstantDepth ConstantDepthBound SumProduct.
Set Printing Width 110.

Check circuits_parity_dnf. Print Assumptions circuits_parity_dnf.
Check circuits_parity_cnf. Print Assumptions circuits_parity_cnf.
Check circuits_parity_dnf_attained. Print Assumptions circuits_parity_dnf_attained.
Check circuits_parity_tree. Print Assumptions circuits_parity_tree.
Check parity_degree. Print Assumptions parity_degree.
Check circuits_parity_constant_depth. Print Assumptions circuits_parity_constant_depth.
Check circuits_parity_bound. Print Assumptions circuits_parity_bound.
Check circuits_sum_product. Print Assumptions circuits_sum_product.
Check deep_size. Print Assumptions deep_size.
