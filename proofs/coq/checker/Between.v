(* The rules "range" and "measure": what the values of networks with one input are between points.
  *)
From Coq Require Import Qabs Qreals Lra Lia.
From Checked Require Import Syntax Polynomials Meaning Reading Rules Graph Polygon Blocks
  Quantities.
Open Scope bool_scope.

(* ---------- the rules of given networks ---------- *)

(* A measure as it was read. *)
Record reading := Reading_ {
  quantity_ : quantity; of_poly : poly; span : list poly; from : Q; to : Q }.

Definition below_or_within (x p : poly) (first last least greatest : Q) : formula :=
  Junction false [ compared Less x (constant first);
    Junction true [ compared LessEqual (constant least) p;
    compared LessEqual p (constant greatest) ];
    compared Less (constant last) x ].
Definition range (G : graph) (c : context) (e : expr) (points : list Q)
    : option (list (list formula)) :=
  match term_of (language c) (places c) (scope c) e, polygon_by_blocks G points with
  | Some p, Some l =>
    match along G l p with
    | Some (u :: vs) =>
      let ys := map snd vs in
      Some [[below_or_within (single (Inner 1)) p (fst u) (fst (last vs u))
               (least (snd u) ys) (greatest (snd u) ys)]]
    | _ => None
    end
  | _, _ => None
  end.

Definition remaining (p : poly) (span : list poly) (cs : list Q) : poly :=
  fold_left (fun r cg => subtract r (scaled (fst cg) (snd cg))) (combine cs span) p.
(* Bounds of the measure: one number, or for a distance two. *)
Definition measure_between (G : graph) (m : reading) (l : polygon) (signs cs : list Q)
    : option (Q * Q) :=
  match along G l (remaining (of_poly m) (span m) cs), along G l (of_poly m) with
  | Some (u :: vs), Some (u' :: vs') =>
    let exactly q := match signs with [] => Some (q, q) | _ => None end in
    match quantity_ m with
    | Pieces => exactly (inject_Z (Z.of_nat (S (count_kinks u' vs'))))
    | Integral => exactly (total_area trapezium_area u' vs')
    | IntegralAbs => exactly (total_area triangles_area u' vs')
    | SupAbs => exactly (greatest_absolute u' vs')
    | Distance _ =>
      let vanishes g := match along G l g with
        | Some (w :: ws) => Qeq_bool (signed_area w ws signs) 0 | _ => false end in
      if Nat.eqb (length signs) (length vs) && forallb (fun s => Qle_bool (Qabs s) 1) signs
         && forallb vanishes (span m)
      then Some (signed_area u' vs' signs, total_area triangles_area u vs) else None
    end
  | _, _ => None
  end.
Definition measure_rule (G : graph) (ms : list (string * reading)) (name : string)
    (points signs cs : list Q) : option (list (list formula)) :=
  match lookup name ms, polygon_by_blocks G points, points with
  | Some m, Some l, x :: _ =>
    if Qeq_bool x (from m) && Qeq_bool (last points x) (to m)
       && Nat.eqb (length cs) (length (span m)) then
      match measure_between G m l signs cs with
      | Some (lo, hi) =>
        let d := single (Applied name []) in
        Some [[compared LessEqual (constant lo) d; compared LessEqual d (constant hi)]]
      | None => None
      end
    else None
  | _, _, _ => None
  end.
