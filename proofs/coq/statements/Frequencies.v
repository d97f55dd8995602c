(* Barron's theorem: as Coq prints it. *)
From Depthproof Require Import Definitions UniversalCube Barron BandIntegrals BarronFourier.
From Depthproof Require Import BarronLine.
Set Printing Width 110.

Check approximation_barron. Print Assumptions approximation_barron.
Check approximation_barron_limit. Print Assumptions approximation_barron_limit.
Check approximation_barron_fourier. Print Assumptions approximation_barron_fourier.
Check approximation_barron_line. Print Assumptions approximation_barron_line.
