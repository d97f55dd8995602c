(* The rule "cells": simplices that cover where facts hold, on each of which the facts contradict
   each other.

   A vector is w, x1, ..., xd with w >= 0: the point x / w, or the direction x.  It is kept as w and
   then the inputs with the last in front, as the values of a graph begin.  A simplex is the cone of
   d + 1 vectors.  At a vector all values of the networks are integers, w standing for 1. *)
From Checked Require Import Syntax Polynomials Meaning Reading Rules Graph Polygon.
From Checked Require Spanning.
Import Spanning(picks).
Open Scope bool_scope.

(* ---------- vectors ---------- *)

Fixpoint dot_integers (a v : list Z) (total : Z) : Z :=
  match a, v with
  | x :: a', y :: v' => dot_integers a' v' (plus_product total x y)
  | _, _ => total
  end.
Definition product_of (a v : list Z) : Z := dot_integers a v 0.

(* The signs of what goes into the n newest units. *)
Fixpoint signs_of (n : nat) (vs : list Z) : list Z :=
  match n, vs with S n', _ :: z :: vs' => Z.sgn z :: signs_of n' vs' | _, _ => [] end.
(* (Products are charged to the work, comparisons are not.) *)
Fixpoint no_clash (l m : list Z) : bool :=
  match l, m with s :: l', t :: m' => Z.leb 0 (s * t) && no_clash l' m' | _, _ => true end.

(* A vector, the values there, the newest first, how many of them are of units, and the signs. *)
Record spot := Spot { place : list Z; found : list Z; added : nat; signs : list Z }.
Definition spot_with (G : graph) (v vs : list Z) : spot :=
  let n := length (units G) in Spot v vs (2 * n) (signs_of n vs).
Definition spot_at (G : graph) (v : list Z) : spot :=
  spot_with G v (run_integers (hd 0%Z v) (units G) (tl v)).

(* ---------- facts ---------- *)

(* A formula with a row for each of its polynomials. *)
Inductive test :=
  | Compared (r : relation) (w : row)
  | Joined (all : bool) (parts : list test).
Fixpoint test_of (n : nat) (f : formula) : option test :=
  match f with
  | Comparison r p => option_map (Compared r) (row_of n p)
  | Junction all parts => option_map (Joined all) (all_of (map (test_of n) parts))
  end.

(* A fact p <= 0 or p < 0 about the inputs alone is a wall, -p >= 0, and so is w >= 0. *)
Fixpoint flattened (w : sum) : list Z :=
  match w with Nothing => [] | Skip gap c w' => repeat 0%Z gap ++ (- c)%Z :: flattened w' end.
Definition wall_of (n : nat) (f : formula) : list (list Z) :=
  match f with
  | Comparison LE p | Comparison LT p =>
    match row_of n p with Some w => [(- own w)%Z :: flattened (of_values w)] | None => [] end
  | _ => []
  end.
Definition walls_of (n : nat) (fs : list formula) : list (list Z) :=
  [1%Z] :: flat_map (wall_of n) fs.
Definition within_walls (walls : list (list Z)) (v : list Z) : bool :=
  forallb (fun a => Z.leb 0 (product_of a v)) walls.

(* ---------- points by their numbers ---------- *)

Inductive tree := Empty | Fork (left : tree) (here : option spot) (right : tree).
Fixpoint find_in (t : tree) (i : positive) : option spot :=
  match t, i with
  | Empty, _ => None
  | Fork _ o _, xH => o
  | Fork l _ _, xO j => find_in l j
  | Fork _ _ r, xI j => find_in r j
  end.
Fixpoint put_in (t : tree) (i : positive) (p : spot) : tree :=
  let '(l, o, r) := match t with Empty => (Empty, None, Empty) | Fork l o r => (l, o, r) end in
  match i with
  | xH => Fork l (Some p) r
  | xO j => Fork (put_in l j p) o r
  | xI j => Fork l o (put_in r j p)
  end.
Definition numbered_spot (t : tree) (i : Z) : option spot := find_in t (Z.to_pos (i + 1)).

(* Rationals times what makes them integers. *)
Definition cleared (l : list Q) : list Z :=
  let d := fold_left (fun d q => Z.lcm (QDen q) d) l 1%Z in
  map (fun q => (Qnum q * (d / QDen q))%Z) l.
(* A positive divisor of all of them, the greatest unless they are 0. *)
Definition divisor (l : list Z) : Z :=
  let g := fold_left Z.gcd l 0%Z in if Z.eqb g 0 then 1%Z else g.
Definition divided_by (g : Z) (l : list Z) : list Z :=
  if Z.eqb g 1 then l else map (fun x => (x / g)%Z) l.
Fixpoint mixed_with (a b : Z) (v u : list Z) : list Z :=
  match v, u with x :: v', y :: u' => (a * x + b * y)%Z :: mixed_with a b v' u' | _, _ => [] end.
(* What goes into a unit there; None where there is no such unit. *)
Definition into_unit (G : graph) (p : spot) (u : nat) : option Z :=
  let n := length (units G) in
  if Nat.ltb u n then nth_error (found p) (2 * (n - S u) + 1) else None.

(* What goes into the units, the first in front: there are as many as in the list us. *)
Fixpoint into_units (us : list unit_) (vs zs : list Z) : list Z :=
  match us, vs with _ :: us', _ :: z :: vs' => into_units us' vs' (z :: zs) | _, _ => zs end.
(* g times a vector is a and b times two others, where ps and qs go into the units.  So is what goes
   into each unit, and what comes out, but for strays, which begin where a unit has opposite signs
   and add up as values do.  The list has those of the newest values; older ones have none. *)
Fixpoint run_between (a b g d : Z) (us : list unit_) (ps qs strays vs : list Z) : list Z :=
  match us with
  | [] => vs
  | u :: us' =>
    match ps, qs with
    | x :: ps', y :: qs' =>
      let s := (a * x + b * y)%Z in
      let t := weigh_integers (weights u) strays s in
      let z := (t / g)%Z in
      let strays' :=
        if Z.eqb s t && negb (opposite_signs x y)
        then match strays with [] => [] | _ => 0%Z :: 0%Z :: strays end
        else (g * Z.max z 0 - (a * Z.max x 0 + b * Z.max y 0))%Z :: (t - s)%Z :: strays in
      run_between a b g d us' ps' qs' strays' (Z.max z 0 :: z :: vs)
    | _, _ => run_integers d us vs
    end
  end.
Definition spot_between (G : graph) (a b : Z) (p q : spot) : spot :=
  let m := mixed_with a b (place p) (place q) in
  let g := divisor m in
  let v := divided_by g m in
  let into p := into_units (units G) (found p) [] in
  spot_with G v (run_between a b g (hd 0%Z v) (units G) (into p) (into q) [] (tl v)).

(* What is made of a point: of its vector, or of two earlier points with their weights. *)
Definition point_of {A} (given : list Z -> A) (between : Z -> Z -> spot -> spot -> A)
    (G : graph) (t : tree) (c : corner_point) : option A :=
  match c with
  | Coordinates l =>
    match cleared l with
    | w :: xs => if Nat.eqb (length xs) (inputs G) then Some (given (w :: rev xs)) else None
    | [] => None end
  | Crossing i j u =>
    match numbered_spot t i, numbered_spot t j with
    | Some p, Some q =>
      match into_unit G p u, into_unit G q u with
      | Some a, Some b =>
        if opposite_signs a b then Some (between (Z.abs b) (Z.abs a) p q) else None
      | _, _ => None end
    | _, _ => None end
  end.
Definition vector_of : graph -> tree -> corner_point -> option (list Z) :=
  point_of (fun v => v) (fun a b p q =>
    let m := mixed_with a b (place p) (place q) in divided_by (divisor m) m).
Definition spot_of_point (G : graph) : tree -> corner_point -> option spot :=
  point_of (spot_at G) (spot_between G) G.
Fixpoint place_all (G : graph) (walls : list (list Z)) (l : list corner_point) (next : positive)
    (t : tree) : option tree :=
  match l with
  | [] => Some t
  | c :: l' =>
    match spot_of_point G t c with
    | Some p =>
      if within_walls walls (place p)
      then place_all G walls l' (Pos.succ next) (put_in t next p) else None
    | None => None
    end
  end.

(* ---------- simplices ---------- *)

(* A vector of a simplex, with a functional that is positive there and 0 at the others. *)
Record corner := Corner { number_ : Z; spot_of : spot; functional : list Z }.

(* Functionals for vectors, by elimination without fractions: those that are done belong to the
   vectors so far, the others vanish there.  (What comes out is checked.) *)
Fixpoint pivot (v : list Z) (open before : list (list Z)) : option (list Z * list (list Z)) :=
  match open with
  | [] => None
  | g :: open' =>
    if Z.eqb (product_of g v) 0 then pivot v open' (g :: before)
    else Some (g, rev_append before open')
  end.
Fixpoint reduced (a b previous : Z) (h g : list Z) : list Z :=
  match h, g with
  | x :: h', y :: g' => ((a * x - b * y) / previous)%Z :: reduced a b previous h' g'
  | _, _ => []
  end.
Fixpoint functionals (vs done open : list (list Z)) (previous : Z) : list (list Z) :=
  match vs with
  | [] => rev (if Z.ltb previous 0 then map (map Z.opp) done else done)
  | v :: vs' =>
    match pivot v open [] with
    | Some (g, others) =>
      let a := product_of g v in
      let reduce h := reduced a (product_of h v) previous h g in
      functionals vs' (g :: map reduce done) (map reduce others) a
    | None => []
    end
  end.
Fixpoint unit_vectors (n : nat) : list (list Z) :=
  match n with
  | O => []
  | S n' => (1%Z :: repeat 0%Z n') :: map (cons 0%Z) (unit_vectors n')
  end.

Definition vector_at (c : corner) : list Z := place (spot_of c).
Fixpoint dual_integers (l : list corner) : bool :=
  match l with
  | [] => true
  | c :: l' =>
    Z.ltb 0 (product_of (functional c) (vector_at c)) &&
    forallb (fun d => Z.eqb (product_of (functional c) (vector_at d)) 0 &&
                      Z.eqb (product_of (functional d) (vector_at c)) 0) l' &&
    dual_integers l'
  end.
(* No unit changes its sign between two vectors. *)
Fixpoint signs_agree (l : list corner) : bool :=
  match l with
  | [] => true
  | c :: l' =>
    forallb (fun d => no_clash (signs (spot_of c)) (signs (spot_of d))) l' && signs_agree l'
  end.

Fixpoint insert (i : Z) (l : list Z) : list Z :=
  match l with [] => [i] | j :: l' => if Z.leb i j then i :: l else j :: insert i l' end.
Definition simplex_of (units : list (list Z)) (t : tree) (numbers : list Z)
    : option (list corner) :=
  let sorted := fold_left (fun l i => insert i l) numbers [] in
  match all_of (map (numbered_spot t) sorted) with
  | Some spots =>
    let hs := functionals (map place spots) [] units 1 in
    Some (map (fun x => Corner (fst x) (fst (snd x)) (snd (snd x)))
            (combine sorted (combine spots hs)))
  | None => None
  end.

(* ---------- facts that contradict each other ---------- *)

Definition weight (c : corner) : Z := hd 0%Z (vector_at c).
(* (A row of inputs is read off the vector.) *)
Definition row_at (w : row) (c : corner) : Z :=
  let total := (own w * weight c)%Z in
  match of_values w with
  | Nothing => total
  | Skip gap a v =>
    let n := added (spot_of c) in
    if Nat.leb n gap then weigh_integers (Skip (gap - n) a v) (tl (vector_at c)) total
    else weigh_integers (of_values w) (found (spot_of c)) total
  end.
Definition none_below (w : row) (l : list corner) : bool :=
  forallb (fun p => Z.leb 0 (row_at w p)) l.
Definition none_above (w : row) (l : list corner) : bool :=
  forallb (fun p => Z.leb (row_at w p) 0) l.
(* If p <= 0 although p >= 0 at all vectors, then no vector counts at which p > 0. *)
Definition clears (l : list corner) (t : test) : list row :=
  match t with
  | Compared LE w => if none_below w l then [w] else []
  | Compared EQ w => if none_below w l || none_above w l then [w] else []
  | _ => []
  end.
Definition face (ts : list test) (l : list corner) : list corner :=
  let cleared := flat_map (clears l) ts in
  filter (fun p => forallb (fun w => Z.eqb (row_at w p) 0) cleared) l.
Definition points_of (l : list corner) : list corner := filter (fun p => Z.ltb 0 (weight p)) l.
Fixpoint fails (l : list corner) (t : test) : bool :=
  let positive w := none_below w l && forallb (fun p => Z.ltb 0 (row_at w p)) (points_of l) in
  let negative w :=
    none_above w l && forallb (fun p => Z.ltb (row_at w p) 0) (points_of l) in
  match t with
  | Compared LE w => positive w
  | Compared LT w => none_below w l
  | Compared EQ w => positive w || negative w
  | Compared NE w => none_below w l && none_above w l
  | Joined true parts => existsb (fails l) parts
  | Joined false parts => forallb (fails l) parts
  end.
Definition contradict (ts : list test) (l : list corner) : bool :=
  let counted := face ts l in
  match points_of counted with [] => true | _ => existsb (fails counted) ts end.

(* ---------- facets ---------- *)

(* A corner, and the corners of the facet opposite to it. *)
Definition facet : Type := corner * list corner.
Definition compare_facets (f g : facet) : comparison :=
  lexical (fun c d => Z.compare (number_ c) (number_ d)) (snd f) (snd g).
Definition same_facet (f g : facet) : bool :=
  match compare_facets f g with Eq => true | _ => false end.

(* Sorted lists merged, the result in the opposite order; a number of such merges. *)
Fixpoint merged (l m out : list facet) : list facet :=
  let fix go m out :=
    match l, m with
    | [], _ => rev_append out m
    | _, [] => rev_append out l
    | f :: l', g :: m' =>
      match compare_facets f g with Gt => go m' (g :: out) | _ => merged l' m (f :: out) end
    end in
  go m out.
Fixpoint carried (l : list facet) (stack : list (list facet)) : list (list facet) :=
  match stack with
  | [] => [l]
  | [] :: stack' => l :: stack'
  | m :: stack' => [] :: carried (merged m l []) stack'
  end.
Definition sorted_facets (l : list facet) : list facet :=
  fold_left (fun out m => merged m out []) (fold_left (fun s f => carried [f] s) l []) [].

(* Each lies on the other side. *)
Definition opposite_facets (f g : facet) : bool :=
  Z.ltb (product_of (functional (fst f)) (vector_at (fst g))) 0 &&
  Z.ltb (product_of (functional (fst g)) (vector_at (fst f))) 0.
Definition on_wall (walls : list (list Z)) (f : facet) : bool :=
  existsb (fun a => forallb (fun c => Z.eqb (product_of a (vector_at c)) 0) (snd f) &&
                    negb (Z.eqb (product_of a (vector_at (fst f))) 0)) walls.
(* Of sorted facets: each is twice there, on both sides, or lies on a wall. *)
Fixpoint closed (walls : list (list Z)) (l : list facet) : bool :=
  match l with
  | [] => true
  | f :: l' =>
    match l' with
    | [] => on_wall walls f
    | g :: rest =>
      if same_facet f g then
        opposite_facets f g &&
        negb (match rest with h :: _ => same_facet g h | [] => false end) && closed walls rest
      else on_wall walls f && closed walls l'
    end
  end.

(* ---------- the rule ---------- *)

Definition simplex_fits (n : nat) (ts : list test) (l : list corner) : bool :=
  Nat.eqb (length l) n && forallb (fun c => Nat.eqb (length (vector_at c)) n) l &&
  signs_agree l && dual_integers l && contradict ts l.
(* The facets of all simplices. *)
Fixpoint facets_of (n : nat) (units : list (list Z)) (ts : list test) (t : tree)
    (simplices : list (list Z)) (out : list facet) : option (list facet) :=
  match simplices with
  | [] => Some out
  | numbers :: simplices' =>
    match simplex_of units t numbers with
    | Some l =>
      if simplex_fits n ts l then facets_of n units ts t simplices' (rev_append (picks l) out)
      else None
    | None => None
    end
  end.
Definition cells_cover (n : nat) (walls : list (list Z)) (ts : list test) (t : tree)
    (simplices : list (list Z)) : bool :=
  match facets_of n (unit_vectors n) ts t simplices [] with
  | Some l => negb (Nat.eqb (length l) 0) && closed walls (sorted_facets l)
  | None => false
  end.
Definition cells_rule (G : graph) (b : branch) (is : list nat) (points : list corner_point)
    (simplices : list (list Z)) : option (list (list formula)) :=
  match all_of (map (fact b) is) with
  | Some fs =>
    let walls := walls_of (inputs G) fs in
    match all_of (map (test_of (graph_size G)) fs), place_all G walls points 1 Empty with
    | Some ts, Some t =>
      if negb (Nat.eqb (inputs G) 0) && cells_cover (S (inputs G)) walls ts t simplices
      then Some [] else None
    | _, _ => None end
  | None => None
  end.
