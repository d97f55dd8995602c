(* The values of networks
  with one input at increasing points between which they are affine: the rules
   "range" and "measure" read everything off these values. *)
From Coq Require Import Qreals Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear.
From Checked Require Import Syntax Polynomials Graph.
Open Scope R_scope.

(* ---------- values at a point: integers over its denominator ---------- *)

(* Of the units about half are off. *)
Definition plus_product (total c v : Z) : Z := if Z.eqb v 0 then total else (total + c * v)%Z.
Fixpoint weigh_integers (w : sum) (vs : list Z) (total : Z) : Z :=
  match w with
  | Nothing => total
  | Skip gap c w' =>
    match skipn gap vs with
    | [] => total
    | v :: vs' => weigh_integers w' vs' (plus_product total c v)
    end
  end.
Fixpoint run_integers (d : Z) (us : list unit_) (vs : list Z) : list Z :=
  match us with
  | [] => vs
  | u :: us' =>
    let z := weigh_integers (weights u) vs (bias u * d) in
    run_integers d us' (Z.max z 0 :: z :: vs)
  end.
Definition values_at (G : graph) (x : Q) : list Z := run_integers (QDen x) (units G) [Qnum x].

(* No unit has strictly opposite signs at two points. *)
Definition opposite_signs (a b : Z) : bool :=
  (Z.ltb a 0 && Z.ltb 0 b || Z.ltb 0 a && Z.ltb b 0)%bool.
Fixpoint straight (vs ws : list Z) : bool :=
  match vs, ws with
  | _ :: z :: vs', _ :: z' :: ws' => negb (opposite_signs z z') && straight vs' ws'
  | _, _ => true
  end.

(* Points with the values there. *)
Definition polygon : Type := list (Q * list Z).
Definition less (p q : Q) : bool := negb (Qle_bool q p).
Fixpoint connected (l : polygon) : bool :=
  match l with
  | p :: ((q :: _) as l') => less (fst p) (fst q) && straight (snd p) (snd q) && connected l'
  | _ => true
  end%bool.
Definition polygon_through (G : graph) (l : polygon) : option polygon :=
  if (Nat.eqb (inputs G) 1 && Nat.leb 2 (length l) && connected l)%bool then Some l else None.
Definition polygon_of (G : graph) (points : list Q) : option polygon :=
  polygon_through G (map (fun x => (x, values_at G x)) points).

(* ---------- an affine expression along the polygon ---------- *)

Record row := Row { under : positive; own : Z; of_values : sum }.
Definition row_of (n : nat) (p : poly) : option row :=
  let d := common_denominator p in
  match gaps n (rev (scaled (Zpos d # 1) p)) with
  | Some (b, w) => Some (Row d b w) | None => None end.
Definition vertex : Type := Q * Q.
Definition vertex_at (r : row) (at_point : Q * list Z) : vertex :=
  let (x, vs) := at_point in
  (x, weigh_integers (of_values r) vs (own r * QDen x) # (under r * Qden x)).
Definition graph_size (G : graph) : nat := inputs G + 2 * length (units G).
Definition along (G : graph) (l : polygon) (p : poly) : option (list vertex) :=
  option_map (fun r => map (vertex_at r) l) (row_of (graph_size G) p).
