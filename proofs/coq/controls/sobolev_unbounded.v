(* Must not compile.  Without |f| <= 1: false, by smooth_slide_sobolev_nodes.  The first theorem
   is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions UniversalCube Interpolation Yarotsky YarotskyTheorem.

Theorem true_statement d r : (0 < r)%nat -> exists c, 1 <= c /\ forall k f, smooth_on_cube r d f ->
  exists N, INR (depth N) <= c * (INR k + 1) /\ INR (nodes N) <= c * 2 ^ (k * d) * (INR k + 1) /\
  forall v, in_cube d v -> Rabs (f v - network_value Layered relu N v) <= c / 2 ^ (k * r).
Proof. exact (smooth_sobolev d r). Qed.

Theorem false_statement d r : (0 < r)%nat -> exists c, 1 <= c /\ forall k f,
  (forall u w, in_cube (length u) u -> in_cube (length w) w ->
    (length u + S (length w) = d)%nat -> smooth_line r (fun t => f (u ++ t :: w))) ->
  exists N, INR (depth N) <= c * (INR k + 1) /\ INR (nodes N) <= c * 2 ^ (k * d) * (INR k + 1) /\
  forall v, in_cube d v -> Rabs (f v - network_value Layered relu N v) <= c / 2 ^ (k * r).
Proof. exact (smooth_sobolev d r). Qed.
