(* Values at several points at once, which is faster than at one after the other: the values that a
   unit has at the points of a block are the digits of one long integer.  A weighted sum of such
   integers has the weighted sums as its digits, if no digit becomes too large. *)
From Checked Require Import Syntax Polynomials Graph Polygon.
Open Scope Z_scope.

(* ---------- many integers as one ---------- *)

(* Digits from -half to half; the base is 2 half + 1. *)
Fixpoint packed (base : Z) (digits : list Z) : Z :=
  match digits with [] => 0 | v :: digits' => v + base * packed base digits' end.
Fixpoint unpacked (half base : Z) (n : nat) (p : Z) : list Z :=
  match n with
  | O => []
  | S n' =>
    let q := p + half in
    let rest := q / base in
    (q - base * rest - half) :: unpacked half base n' rest
  end.

(* ---------- how large values are ---------- *)

(* The network with the absolute values of all weights: at 1, each of its values bounds the one of
   the network at p / q, times q, divided by the greater of q and the absolute value of p. *)
Fixpoint absolute_sum (w : sum) : sum :=
  match w with Nothing => Nothing | Skip gap c w' => Skip gap (Z.abs c) (absolute_sum w') end.
Definition absolute_unit (u : unit_) : unit_ :=
  Unit (form u) (Z.abs (bias u)) (absolute_sum (weights u)).
Definition largest (G : graph) : Z :=
  fold_left Z.max (run_integers 1 (map absolute_unit (units G)) [1]) 1.
Definition size_of (x : Q) : Z := Z.max (Z.abs (Qnum x)) (QDen x).

(* ---------- blocks of points ---------- *)

(* One more value at each point. *)
Fixpoint extend (vs : list Z) (values : list (list Z)) : list (list Z) :=
  match vs, values with
  | v :: vs', l :: values' => (v :: l) :: extend vs' values'
  | _, _ => values
  end.
(* The values at n points, and the same packed, the newest first; `under` is the denominators. *)
Fixpoint run_packed (half base : Z) (n : nat) (under : Z) (us : list unit_) (ps : list Z)
    (values : list (list Z)) : list (list Z) :=
  match us with
  | [] => values
  | u :: us' =>
    let p := weigh_integers (weights u) ps (bias u * under) in
    let zs := unpacked half base n p in
    let ys := map (fun z => Z.max z 0) zs in
    run_packed half base n under us' (packed base ys :: p :: ps) (extend ys (extend zs values))
  end.
Definition values_at_all (largest : Z) (G : graph) (points : list Q) : list (list Z) :=
  let half := largest * fold_left Z.max (map size_of points) 1 in
  let base := 2 * half + 1 in
  let start := map Qnum points in
  run_packed half base (length points) (packed base (map (fun x => QDen x) points)) (units G)
    [packed base start] (map (fun v => [v]) start).

(* Longer blocks take more time to unpack than they save. *)
Definition block : nat := 8.
(* Point by point again where there are more blocks than the count says. *)
Fixpoint values_by_blocks (count : nat) (largest : Z) (G : graph) (points : list Q)
    : list (list Z) :=
  match count, points with
  | _, [] => []
  | O, _ => map (values_at G) points
  | S count', _ =>
    values_at_all largest G (firstn block points) ++
    values_by_blocks count' largest G (skipn block points)
  end.
(* The same as polygon_of. *)
Definition polygon_by_blocks (G : graph) (points : list Q) : option polygon :=
  if Nat.eqb (inputs G) 1 then
    polygon_through G
      (combine points (values_by_blocks (length points) (largest G) G points))
  else None.
