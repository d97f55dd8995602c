(* The frontier for all k, at one piece too few, and for k = 2.  Each row of the table of theorems as
   Coq prints it, and the assumptions of its proof; dots are underscores. *)
From Depthproof Require Import Definitions PiecewiseLinear Oscillations Frontier Boxes.
From Depthproof Require Import FrontierTents FrontierLast FrontierExact FrontierTwo FrontierAll.
Set Printing Width 110.

Check separation_frontier_all. Print Assumptions separation_frontier_all.
Check separation_frontier_all_network. Print Assumptions separation_frontier_all_network.
Check separation_frontier_last. Print Assumptions separation_frontier_last.
Check separation_frontier_network. Print Assumptions separation_frontier_network.
Check separation_frontier_continuous. Print Assumptions separation_frontier_continuous.
Check separation_frontier_three. Print Assumptions separation_frontier_three.
