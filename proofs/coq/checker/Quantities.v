(* The numbers that vertices give: pieces, integrals, extrema, a lower bound of a distance. *)
From Coq Require Import Qabs Qreals Lra Lia.
From Checked Require Import Syntax Polynomials Polygon.
Open Scope R_scope.

Definition bent (u v w : vertex) : bool :=
  negb (Qeq_bool ((snd v - snd u) * (fst w - fst v)) ((snd w - snd v) * (fst v - fst u))).
Fixpoint count_kinks (u : vertex) (vs : list vertex) : nat :=
  match vs with
  | v :: ((w :: _) as rest) => (if bent u v w then 1 else 0) + count_kinks v rest
  | _ => 0
  end.
Definition trapezium_area (u v : vertex) : Q := (fst v - fst u) * (snd u + snd v) * (1 # 2).
(* A segment on which the sign changes has two triangles. *)
Definition triangles_area (u v : vertex) : Q :=
  if Qle_bool 0 (snd u * snd v) then (fst v - fst u) * (Qabs (snd u) + Qabs (snd v)) * (1 # 2)
  else (fst v - fst u) * (snd u * snd u + snd v * snd v) / (2 * (Qabs (snd u) + Qabs (snd v))).
Fixpoint total_area (area : vertex -> vertex -> Q) (u : vertex) (vs : list vertex) : Q :=
  match vs with [] => 0 | v :: vs' => Qred (Qred (area u v) + total_area area v vs') end.
(* The sum of the signs times the integrals over the segments. *)
Fixpoint signed_area (u : vertex) (vs : list vertex) (signs : list Q) : Q :=
  match vs, signs with
  | v :: vs', s :: signs' => Qred (s * Qred (trapezium_area u v) + signed_area v vs' signs')
  | _, _ => 0
  end.
Definition least (y : Q) (ys : list Q) : Q :=
  fold_right (fun a b => if Qle_bool a b then a else b) y ys.
Definition greatest (y : Q) (ys : list Q) : Q :=
  fold_right (fun a b => if Qle_bool a b then b else a) y ys.
Definition greatest_absolute (u : vertex) (vs : list vertex) : Q :=
  greatest (Qabs (snd u)) (map (fun v => Qabs (snd v)) vs).
