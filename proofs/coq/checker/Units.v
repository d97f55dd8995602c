(* The rule "units": what every unit of the networks is, and lines that enclose it within the bounds
   that the branch gives. *)
From Coq Require Import Qreals Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound Rules Graph.
Open Scope R_scope.

(* ---------- bounds of values that facts give ---------- *)

(* A bound of one value: from below, from above, or both, by a number. *)
Record bound := Bound { of_value : nat; below : bool; above : bool; at_ : Q }.
Definition bound_from (r : relation) (k : Q) (v : nat) (c : Q) : list bound :=
  let q := Qred (- k / c) in
  match r, Z.compare (Qnum c) 0 with
  | NE, _ | _, Eq => []
  | EQ, _ => [Bound v true true q]
  | _, Lt => [Bound v true false q]
  | _, Gt => [Bound v false true q]
  end.
Definition bounds_of (f : formula) : list bound :=
  match f with
  | Comparison r [([Inner v], c)] => bound_from r 0 v c
  | Comparison r [([], k); ([Inner v], c)] => bound_from r k v c
  | _ => []
  end.
Definition all_bounds (b : branch) : list bound := flat_map bounds_of (newest_first b).

Definition greater (p q : Q) : Q := if Qle_bool p q then q else p.
Definition smaller (p q : Q) : Q := if Qle_bool p q then p else q.
Fixpoint lowest (v : nat) (bs : list bound) : option Q :=  (* the greatest lower bound *)
  match bs with
  | [] => None
  | b :: bs' =>
    if Nat.eqb v (of_value b) && below b then
      match lowest v bs' with Some q => Some (greater q (at_ b)) | None => Some (at_ b) end
    else lowest v bs'
  end.
Fixpoint highest (v : nat) (bs : list bound) : option Q :=
  match bs with
  | [] => None
  | b :: bs' =>
    if Nat.eqb v (of_value b) && above b then
      match highest v bs' with Some q => Some (smaller q (at_ b)) | None => Some (at_ b) end
    else highest v bs'
  end.

(* ---------- intervals: integers over a common denominator ---------- *)

Definition interval : Type := Z * Z.
Definition floor_over (under : Z) (q : Q) : Z := (Qnum q * under / QDen q)%Z.
Definition ceiling_over (under : Z) (q : Q) : Z := (- (- Qnum q * under / QDen q))%Z.

Fixpoint weigh_between (w : sum) (bs : list interval) (lo hi : Z) : interval :=
  match w with
  | Nothing => (lo, hi)
  | Skip gap c w' =>
    match skipn gap bs with
    | [] => (lo, hi)
    | (a, b) :: bs' =>
      if Z.ltb 0 c then weigh_between w' bs' (lo + c * a) (hi + c * b)
      else weigh_between w' bs' (lo + c * b) (hi + c * a)
    end
  end.
(* What facts say of value v itself. *)
Definition clip (under : Z) (bs : list bound) (v : nat) (b : interval) : interval :=
  (match lowest v bs with Some q => Z.max (fst b) (floor_over under q) | None => fst b end,
   match highest v bs with Some q => Z.min (snd b) (ceiling_over under q) | None => snd b end).

(* The bounds of the inputs v, v + 1, ..., n of them. *)
Fixpoint input_bounds (bs : list bound) (v n : nat) : option (list (Q * Q)) :=
  match n with
  | O => Some []
  | S n' =>
    match lowest v bs, highest v bs, input_bounds bs (S v) n' with
    | Some lo, Some hi, Some rest => Some ((lo, hi) :: rest) | _, _, _ => None end
  end.
Definition common_under (l : list (Q * Q)) : Z :=
  fold_right (fun b r => Z.lcm (QDen (fst b)) (Z.lcm (QDen (snd b)) r)) 1%Z l.

(* ---------- the line above relu on [low, high] / under ---------- *)

Definition slope_between (lo hi : Z) : Q :=
  if (Z.leb 0 lo || Z.leb hi 0)%bool then (if Z.ltb 0 hi then 1 else 0)%Q
  else Qred ((hi * 1024 / (hi - lo))%Z # 1024).
Definition two_to_96 : positive := 79228162514264337593543950336.
Definition line_above (under lo hi : Z) : Q * Q :=
  let s := slope_between lo hi in
  let l := lo # Z.to_pos under in
  let h := hi # Z.to_pos under in
  let m := Qred (greater (- s * l) (h - s * h)) in
  (s, Qred (ceiling_over (Zpos two_to_96) m # two_to_96)).
(* Whether s x + t is at least relu x at both ends; where the bounds are contradictory, it is. *)
Definition is_above (under lo hi : Z) (line : Q * Q) : bool :=
  let height x := (fst line * x + snd line)%Q in
  let l := lo # Z.to_pos under in
  let h := hi # Z.to_pos under in
  Z.ltb hi lo ||
  (Qle_bool 0 (height l) && Qle_bool l (height l) &&
   Qle_bool 0 (height h) && Qle_bool h (height h)).

(* Value v is z, value v + 1 is relu z. *)
Definition unit_facts (u : unit_) (v : nat) (line : Q * Q) : list formula :=
  let z := single (Inner v) in
  let y := single (Inner (S v)) in
  [ Comparison EQ (subtract (form u) z);
    Comparison LE (opposite y);
    Comparison LE (subtract z y);
    Comparison LE (subtract y (add (scaled (fst line) z) (constant (snd line)))) ].
(* The facts of all units, the newest first; v values are there before. *)
Fixpoint enclose (under : Z) (bs : list bound) (us : list unit_) (v : nat) (known : list interval)
    (done : list formula) : option (list formula) :=
  match us with
  | [] => Some done
  | u :: us' =>
    let z := S v in
    let b := clip under bs z (weigh_between (weights u) known (bias u * under) (bias u * under)) in
    let line := line_above under (fst b) (snd b) in
    if is_above under (fst b) (snd b) line then
      enclose under bs us' (S z) ((Z.max (fst b) 0, Z.max (snd b) 0) :: b :: known)
        (rev_append (unit_facts u z line) done)
    else None
  end.
Definition units_rule (G : graph) (b : branch) : option (list (list formula)) :=
  let bs := all_bounds b in
  match input_bounds bs 1 (inputs G) with
  | Some l =>
    let under := common_under l in
    let start := map (fun q => (floor_over under (fst q), ceiling_over under (snd q))) l in
    option_map (fun fs => [rev fs]) (enclose under bs (units G) (inputs G) (rev start) [])
  | None => None
  end.
