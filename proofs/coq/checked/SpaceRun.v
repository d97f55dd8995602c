(* Simplices in a box with what is needed for an integral over it: the run of the checker, which
   sums volumes and shares. *)
From Coq Require Import QArith Qreals Qabs Qround Qminmax Lra Lia.
From Depthproof Require Import Definitions Vectors SimplexPivots SpaceSimplices.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Reading Graph Polygon Cells FileNetwork.
From Checked Require Spanning.
Import Spanning(picks).
From Depthproof Require Import FromFile.
Import ListNotations.
Open Scope bool_scope.

(* The sides of a box. *)
Definition qsides : Type := list (Q * Q).
(* Walls at the ends of each side.  A vector is w and then the inputs, the last one first. *)
Fixpoint side_walls (sides : qsides) : list (list Z) :=
  match sides with
  | [] => []
  | (a, b) :: rest =>
    let zeros := repeat 0%Z (length rest) in
    ((- Qnum a)%Z :: zeros ++ [QDen a]) :: (Qnum b :: zeros ++ [(- QDen b)%Z]) :: side_walls rest
  end.
(* With 0 <= w, all walls. *)
Definition box_walls (sides : qsides) : list (list Z) := [1%Z] :: side_walls sides.
(* 0 < 0, which is false on every simplex. *)
Definition falsehood : list test := [Compared LT (Row 1 0 Nothing)].

(* An affine expression in the inputs as one in the place on the cube. *)
Fixpoint moved_coefficients (sides : qsides) (l : list Q) : Q * list Q :=
  match sides, l with
  | (a, b) :: rest, x :: l' =>
    let (c, m) := moved_coefficients rest l' in
    (Qred (x * (a - (b - a) * (1 # 2)) + c), Qred (x * ((b - a) * 2)) :: m)
  | _, _ => (0%Q, [])
  end.
(* The barycentric coordinate that belongs to a corner: its functional, over what that is there. *)
Definition scaled_to (c : corner) (z : Z) : Q :=
  Qred ((z * weight c)%Z # Z.to_pos (product_of (functional c) (vector_at c))).
(* As an affine expression in the place on the cube. *)
Definition coordinate (sides : qsides) (c : corner) : qrow :=
  let (k, l) := moved_coefficients sides (map (scaled_to c) (rev (tl (functional c)))) in
  (Qred (scaled_to c (hd 0%Z (functional c)) + k), l).
(* The size of the difference at a corner. *)
Definition corner_value (w : row) (c : corner) : Q :=
  Z.abs (row_at w c) # (under w * Z.to_pos (weight c)).

(* A point with this denominator is in the box. *)
Fixpoint inside (sides : qsides) (unit : positive) (xs : list Z) : bool :=
  match sides, xs with
  | [], [] => true
  | (a, b) :: rest, x :: xs' =>
    Qle_bool a (x # unit) && Qle_bool (x # unit) b && inside rest unit xs'
  | _, _ => false
  end.
(* A corner is in the box, and its functional has the right length. *)
Definition corner_fits (sides : qsides) (c : corner) : bool :=
  Z.ltb 0 (weight c) && inside sides (Z.to_pos (weight c)) (rev (tl (vector_at c))) &&
  Nat.eqb (length (functional c)) (S (length sides)).
(* The difference has one sign at all corners. *)
Definition one_signed (w : row) (l : list corner) : bool := none_below w l || none_above w l.

(* A corner's value, and one over the pivots of the others' coordinates. *)
Definition qpiece : Type := Q * Q.
(* The pieces of a simplex. *)
Definition pieces_at (sides : qsides) (w : row) (l : list corner) : option (list qpiece) :=
  if forallb (corner_fits sides) l && one_signed w l then
    let rows := map (fun c => (corner_value w c, coordinate sides c)) l in
    all_of (map (fun cr => option_map (fun v => (fst (fst cr), Qinv v))
      (pivots (length sides) (map half (map snd (snd cr))))) (picks rows))
  else None.

(* Each side has a length. *)
Definition qordered (sides : qsides) : bool :=
  forallb (fun s => Qle_bool (fst s) (snd s) && negb (Qeq_bool (fst s) (snd s))) sides.
(* The pieces of all simplices, if these cover the box and the difference of the files has one sign
   on each. *)
Definition all_pieces (F G : file) (sides : qsides) (points : list corner_point)
    (simplices : list (list Z)) : option (list (list qpiece)) :=
  let n := length sides in
  match graph_of n [F; G] with
  | None => None
  | Some (outs, H) =>
    match difference outs with
    | None => None
    | Some e =>
      let walls := box_walls sides in
      match row_of (graph_size H) e, place_all H walls points 1 Empty with
      | Some w, Some t =>
        if negb (Nat.eqb n 0) && qordered sides && cells_cover (S n) walls falsehood t simplices
        then match all_of (map (simplex_of (unit_vectors (S n)) t) simplices) with
          | Some cells => all_of (map (pieces_at sides w) cells)
          | None => None end
        else None
      | _, _ => None end
    end
  end.

(* The size of the box, *)
Definition qsize (sides : qsides) : Q :=
  fold_right (fun s q => Qred ((snd s - fst s) * q)) 1%Q sides.
(* what one over the pivots is multiplied by, *)
Definition qscale (sides : qsides) : Q :=
  Qred (qsize sides * (1 # Pos.of_nat (fact (S (length sides))))).
(* and sums over a simplex, *)
Definition piece_sum (g : qpiece -> Q) (l : list qpiece) : Q :=
  fold_right (fun p q => Qred (g p + q)) 0%Q l.
(* of a value over the pivots, say. *)
Definition share_of (p : qpiece) : Q := (fst p * snd p)%Q.

(* Exactly. *)
Definition sum_all (g : qpiece -> Q) (Ls : list (list qpiece)) : Q :=
  fold_right (fun l q => Qred (piece_sum g l + q)) 0%Q Ls.
(* The volumes add up to the box's, and the shares to q. *)
Definition check_space (F G : file) (sides : qsides) (points : list corner_point)
    (simplices : list (list Z)) (q : Q) : bool :=
  match all_pieces F G sides points simplices with
  | Some Ls => Qeq_bool (qscale sides * sum_all snd Ls) (qsize sides) &&
    Qeq_bool (qscale sides * sum_all share_of Ls) q
  | None => false end.

(* Rounded down on every simplex, times a number: no fractions are added. *)
Definition floor_all (g : qpiece -> Q) (parts : positive) (Ls : list (list qpiece)) : Z :=
  fold_right (fun l z => Qfloor (piece_sum g l * inject_Z (Zpos parts)) + z)%Z 0%Z Ls.
(* The shares are between two numbers; M is at least every value. *)
Definition check_space_between (F G : file) (sides : qsides) (points : list corner_point)
    (simplices : list (list Z)) (M : Q) (parts : positive) (low high : Q) : bool :=
  match all_pieces F G sides points simplices with
  | Some Ls =>
    let count := Z.of_nat (length Ls) in
    let volume := (floor_all snd parts Ls + count # parts)%Q in
    let share := floor_all share_of parts Ls in
    forallb (forallb (fun p => Qle_bool (fst p) M)) Ls && Qle_bool 0 M &&
    Qle_bool low (qscale sides * (share # parts) - M * (qscale sides * volume - qsize sides)) &&
    Qle_bool (qscale sides * (share + count # parts)) high
  | None => false end.
