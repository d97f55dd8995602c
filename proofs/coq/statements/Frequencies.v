(* Barron's theorem, and measures for it: as Coq prints it. *)
From Depthproof Require Import Definitions UniversalCube ContinuousWithin Maurey CubeMeasure.
From Depthproof Require Import Ramps Barron BandIntegrals BarronFourier BarronLine.
Set Printing Width 110.

Check approximation_barron. Print Assumptions approximation_barron.
Check approximation_barron_limit. Print Assumptions approximation_barron_limit.
Check approximation_barron_fourier. Print Assumptions approximation_barron_fourier.
Check mean_expectation. Print Assumptions mean_expectation.
Check cube_expectation. Print Assumptions cube_expectation.
Check approximation_barron_line. Print Assumptions approximation_barron_line.
