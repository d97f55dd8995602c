(* The rule "tree": a tree of cuts of a box, in each part of which one of some facts is false.

   Values that are not negative stand in layers: in the first the inputs, as t from 0 to 1; in each
   later one ReLUs, divided by powers of 2, and what is still needed of the layer before.  The
   number 1 stands in front of each layer.  Coefficients are integers: over 2^54 those of what a
   unit is made of, over 2^60 those of a sum that is to be bounded from below, slopes over 2^10. *)
From Checked Require Import Syntax Polynomials Meaning Reading Rules Graph Units Polygon.
Open Scope Z_scope.
Open Scope bool_scope.

Definition slope_one : Z := 1024.                                    (* 2^10 *)
Definition unit_one : Z := 18014398509481984.                        (* 2^54 *)
Definition sum_one : Z := 1152921504606846976.                       (* 2^60 *)
Definition most_size : Z := 4611686018427387904.                     (* 2^62 *)
Definition half_digit : Z := 9223372036854775808.                    (* 2^63 *)
Definition one_digit : Z := 18446744073709551616.                    (* 2^64 *)
Definition sloped_sum : Z := 1180591620717411303424.                 (* 2^70 *)
Definition half_slot : Z := 170141183460469231731687303715884105728. (* 2^127 *)
Definition slot : Z := 340282366920938463463374607431768211456.      (* 2^128 *)

(* ---------- many numbers as one ---------- *)

(* (It is most of the work.) *)
Definition add_product (total c p : Z) : Z := total + c * p.

(* Each has 128 bits. *)
Fixpoint in_slots (l : list Z) : Z :=
  match l with [] => 0 | d :: l' => d + slot * in_slots l' end.
(* n such numbers, over 2^64, rounded down. *)
Fixpoint from_slots (n : nat) (p : Z) : list Z :=
  match n with
  | O => []
  | S n' =>
    let q := p + half_slot in
    let rest := q / slot in
    ((q - slot * rest) / one_digit - half_digit) :: from_slots n' rest
  end.

(* ---------- bounds of sums ---------- *)

(* What stands for a value: 0; or sums over the layer before, packed, for positive coefficients and
   for negative ones, over 2^64, and a constant beside the latter, over 2^70. *)
Inductive line := Zero | Line (up down constant_ : Z).
(* The sum, packed; the constants; and the size of the coefficients. *)
Fixpoint put_together (ws : list Z) (ls : list line) (total extra size : Z) : Z * Z * Z :=
  match ws, ls with
  | w :: ws', l :: ls' =>
    match l with
    | Zero => put_together ws' ls' total extra size
    | Line up down t =>
      if Z.eqb w 0 then put_together ws' ls' total extra size
      else if Z.ltb 0 w then put_together ws' ls' (add_product total w up) extra (size + w)
      else put_together ws' ls' (add_product total w down) (extra + w * t) (size - w)
    end
  | _, _ => (total, extra, size)
  end.
(* In the first layer. *)
Definition range : Type := Z * Z.
Fixpoint at_ends (ws : list Z) (base : list range) (total : Z) : Z :=
  match ws, base with
  | w :: ws', (low, high) :: base' =>
    at_ends ws' base' (total + w * if Z.ltb 0 w then low else high)
  | _, _ => total
  end.
(* What a sum over the first of these layers is at least, over 2^60.  Layers stand with the last in
   front, each with the number of values that are packed of the layer before. *)
Definition lined : Type := nat * list line.
Fixpoint least_sum (stack : list lined) (base : list range) (ws : list Z) (bound : Z)
    : option Z :=
  match ws with
  | [] => None
  | w :: ws' =>
    match stack with
    | [] => Some (bound + at_ends ws' base (w * sum_one) / sum_one)
    | (n, ls) :: stack' =>
      let '(total, extra, size) := put_together ws' ls (w * one_digit) 0 (Z.abs w) in
      if Z.leb size most_size
      then least_sum stack' base (from_slots n total) (bound + extra / sloped_sum) else None
    end
  end.

(* ---------- layers ---------- *)

(* From over 2^54 to over 2^60; and to over 2^64. *)
Definition begun (d : Z) : Z := d * 64.
Definition begun_opposite (d : Z) : Z := - d * 64.
Definition steeper (d : Z) : Z := d * slope_one.

(* A value of the layer before, as it is; or a ReLU.  Low and High are what a sum begins with, High
   with the opposite sign; and packed, Low over 2^64, High over 2^54. *)
Inductive entry :=
  | Kept (same : Z)
  | Made (own_number : nat) (low high : list Z) (up down : Z).
Definition layer : Type := nat * list entry.

Definition line_of (e : entry) (r : range) : line :=
  match e with
  | Kept same => Line same same 0
  | Made _ _ _ up down =>
    let (low, high) := r in
    if Z.leb high 0 then Zero
    else if Z.leb 0 low then Line up (down * slope_one) 0
    else
      let slope := high * slope_one / (high - low) in
      let up := if Z.leb high (-4 * low) then 0 else up in
      Line up (down * slope) (Z.max (- slope * low) ((slope_one - slope) * high))
  end.
Fixpoint lines_of (es : list entry) (rs : list range) : list line :=
  match es, rs with e :: es', r :: rs' => line_of e r :: lines_of es' rs' | _, _ => [] end.
Fixpoint stacked (layers : list layer) (ranges : list (list range)) (stack : list lined)
    : list lined :=
  match layers, ranges with
  | (n, es) :: layers', rs :: ranges' => stacked layers' ranges' ((n, lines_of es rs) :: stack)
  | _, _ => stack
  end.

(* Ranges computed anew where a unit has both signs, each layer's from the layers before. *)
Definition narrowed (stack : list lined) (base : list range) (e : entry) (r : range) : range :=
  let (low, high) := r in
  match e with
  | Kept _ => r
  | Made _ lows highs _ _ =>
    if Z.ltb low 0 && Z.ltb 0 high then
      (match least_sum stack base lows 0 with Some x => Z.max low x | None => low end,
       match least_sum stack base highs 0 with Some x => Z.min high (- x) | None => high end)
    else r
  end.
Fixpoint all_narrowed (stack : list lined) (base : list range) (es : list entry)
    (rs : list range) : list range :=
  match es, rs with
  | e :: es', r :: rs' => narrowed stack base e r :: all_narrowed stack base es' rs'
  | _, _ => []
  end.
Fixpoint fresh_ranges (layers : list layer) (ranges : list (list range)) (stack : list lined)
    (base : list range) : list (list range) :=
  match layers, ranges with
  | (n, es) :: layers', rs :: ranges' =>
    let new := all_narrowed stack base es rs in
    new :: fresh_ranges layers' ranges' ((n, lines_of es new) :: stack) base
  | _, _ => []
  end.

(* ---------- cuts ---------- *)

(* The lower and the upper part. *)
Fixpoint halved_base (v : nat) (numbers : list nat) (base : list range)
    : option (list range * list range) :=
  match numbers, base with
  | i :: numbers', r :: base' =>
    if Nat.eqb v i then
      let at_ := (fst r + snd r) / 2 in Some ((fst r, at_) :: base', (at_, snd r) :: base')
    else option_map (fun h => (r :: fst h, r :: snd h)) (halved_base v numbers' base')
  | _, _ => None
  end.
Fixpoint halved_layer (v : nat) (es : list entry) (rs : list range)
    : option (list range * list range) :=
  match es, rs with
  | e :: es', r :: rs' =>
    let later := option_map (fun h => (r :: fst h, r :: snd h)) (halved_layer v es' rs') in
    match e with
    | Made i _ _ _ _ =>
      if Nat.eqb v i then
        let at_ := Z.min (Z.max (fst r) 0) (snd r) in
        Some ((fst r, at_) :: rs', (at_, snd r) :: rs')
      else later
    | Kept _ => later
    end
  | _, _ => None
  end.
Fixpoint halved_layers (v : nat) (layers : list layer) (ranges : list (list range))
    : option (list (list range) * list (list range)) :=
  match layers, ranges with
  | (_, es) :: layers', rs :: ranges' =>
    match halved_layer v es rs with
    | Some h => Some (fst h :: ranges', snd h :: ranges')
    | None => option_map (fun h => (rs :: fst h, rs :: snd h)) (halved_layers v layers' ranges')
    end
  | _, _ => None
  end.

(* ---------- facts ---------- *)

(* A comparison with sums that have the sign of p, and of -p if it is to be 0. *)
Inductive claim_ :=
  | Below (strict : bool) (sums : list (list Z))
  | Joint (all : bool) (parts : list claim_).
Definition part : Type := list range * list (list range).
Fixpoint is_false (stack : list lined) (base : list range) (f : claim_) : bool :=
  match f with
  | Below strict sums =>
    existsb (fun ws => match least_sum stack base ws 0 with
      | Some x => if strict then Z.leb 0 x else Z.ltb 0 x | None => false end) sums
  | Joint true parts => existsb (is_false stack base) parts
  | Joint false parts => forallb (is_false stack base) parts
  end.

(* ---------- the tree ---------- *)

Record box := Box { first : list nat; layers : list layer; claims : list claim_ }.
Definition anew (x : box) (p : part) : part := (fst p, fresh_ranges (layers x) (snd p) [] (fst p)).
Definition cut_at (x : box) (v : nat) (p : part) : option (part * part) :=
  match halved_base v (first x) (fst p) with
  | Some (l, u) => Some ((l, snd p), (u, snd p))
  | None =>
    match halved_layers v (layers x) (snd p) with
    | Some (l, u) => Some ((fst p, l), (fst p, u)) | None => None end
  end.
Definition refuted (x : box) (i : nat) (p : part) : bool :=
  match nth_error (claims x) i with
  | Some f => is_false (stacked (layers x) (snd p) []) (fst p) f | None => false end.
Definition step_of (x : box) (node : Z) (p : part) : option (list part) :=
  if Z.eqb node 0 then Some [anew x p]
  else if Z.ltb 0 node then
    option_map (fun h => [fst h; snd h]) (cut_at x (Z.to_nat node) p)
  else if Z.leb (- Z.of_nat (length (claims x))) node && refuted x (Z.to_nat (- node - 1)) p
  then Some [] else None.
Fixpoint closes (x : box) (nodes : list Z) (parts : list part) : bool :=
  match nodes, parts with
  | [], [] => true
  | node :: nodes', p :: parts' =>
    match step_of x node p with
    | Some new => closes x nodes' (new ++ parts') | None => false end
  | _, _ => false
  end.
