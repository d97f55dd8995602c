(* Must not compile.  separation_plane with a numerator that is one too great.  It is false, since an
   integral has one value only.  The first theorem is the true one; it compiles. *)
From Depthproof Require Import Definitions SpaceIntegrals separation_plane.
From Coq Require Import List.
Import ListNotations.

Theorem true_statement : box_integral [(0, 1); (0, 1)] (fun v => Rabs (f v - g v)) =
  513046544196082387 / 3762299999162105856.
Proof. exact (proj2 separation_plane). Qed.

Theorem false_statement : box_integral [(0, 1); (0, 1)] (fun v => Rabs (f v - g v)) =
  513046544196082388 / 3762299999162105856.
Proof. exact (proj2 separation_plane). Qed.
