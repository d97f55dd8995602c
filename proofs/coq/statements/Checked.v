(* The proved checker, and what rests on it: a theorem from a certificate, and a network's bound. *)
From Checked Require Import CheckSound.
From Depthproof Require Import Definitions Oscillations SharpFromCore separation_three32.
From Depthproof Require Import separation_plane.
Set Printing Width 110.

Check check_sound. Print Assumptions check_sound.
Check separation_sharp_from_core. Print Assumptions separation_sharp_from_core.
Check separation_three32. Print Assumptions separation_three32.
Check separation_plane. Print Assumptions separation_plane.
