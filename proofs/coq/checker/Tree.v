(* The rule "tree": the layers of values on which some facts depend, from the networks and from the
   bounds of a branch; then cuts, as in TreeBounds.v. *)
From Checked Require Import Syntax Polynomials Meaning Reading Rules Graph Units Polygon TreeBounds.
Open Scope Z_scope.
Open Scope bool_scope.

(* ---------- the values in the layers ---------- *)

(* An input or a ReLU: its depth, what it is made of, the newest first, and between what z, or the
   input, lies. *)
Record node := Node {
  own_number : nat; depth : nat; plus : Z; terms : list (nat * Z); between : interval }.
Fixpoint terms_of (w : sum) (n : nat) : list (nat * Z) :=
  match w with
  | Nothing => []
  | Skip gap c w' => (n - gap, c)%nat :: terms_of w' (n - gap - 1)
  end.
Fixpoint deepest (w : sum) (ds : list nat) (d : nat) : nat :=
  match w with
  | Nothing => d
  | Skip gap _ w' =>
    match skipn gap ds with [] => d | e :: ds' => deepest w' ds' (Nat.max e d) end
  end.
Fixpoint input_nodes (v : nat) (l : list interval) (done : list node) : list node :=
  match l with
  | [] => done
  | i :: l' => input_nodes (S v) l' (Node v 0 0 [] i :: done)
  end.
(* v values are there before; the newest first. *)
Fixpoint nodes_of (under : Z) (bs : list bound) (us : list unit_) (v : nat)
    (known : list interval) (ds : list nat) (done : list node) : list node :=
  match us with
  | [] => done
  | u :: us' =>
    let z := S v in
    let b := clip under bs z (weigh_between (weights u) known (bias u * under) (bias u * under)) in
    let d := S (deepest (weights u) ds 0) in
    nodes_of under bs us' (S z) ((Z.max (fst b) 0, Z.max (snd b) 0) :: b :: known)
      (d :: d :: ds) (Node (S z) d (bias u) (terms_of (weights u) v) b :: done)
  end.

(* Numbers of values, the greatest first. *)
Fixpoint union (l m : list nat) : list nat :=
  let fix go m :=
    match l, m with
    | [], _ => m
    | _, [] => l
    | i :: l', j :: m' =>
      match Nat.compare i j with
      | Eq => i :: union l' m' | Gt => i :: union l' m | Lt => j :: go m' end
    end in
  go m.
Fixpoint chosen_of (all : list node) (l : list nat) : list node :=
  match all with
  | [] => []
  | x :: all' =>
    match l with
    | [] => []
    | i :: l' => if Nat.eqb (own_number x) i then x :: chosen_of all' l' else chosen_of all' l
    end
  end.
Fixpoint layers_before (all : list node) (k : nat) (layer : list node) (done : list (list node))
    : list (list node) :=
  match k with
  | O => layer :: done
  | S k' =>
    let below x := if Nat.eqb (depth x) k then map fst (terms x) else [own_number x] in
    let needed := fold_left (fun l x => union (below x) l) layer [] in
    layers_before all k' (chosen_of all needed) (layer :: done)
  end.

(* ---------- what they are made of ---------- *)

(* Value `of_number` times the common denominator is offset + scale * what stands in the layer. *)
Record scaled_value := Scaled { of_number : nat; offset : Z; scale : Z }.
Fixpoint row_over (last : list scaled_value) (ts : list (nat * Z)) (own_ : Z)
    : option (Z * list Z) :=
  match last with
  | [] => match ts with [] => Some (own_, []) | _ => None end
  | i :: last' =>
    let without := option_map (fun r => (fst r, 0 :: snd r)) (row_over last' ts own_) in
    match ts with
    | (v, c) :: ts' =>
      if Nat.eqb v (of_number i) then
        option_map (fun r => (fst r, c * scale i :: snd r))
          (row_over last' ts' (own_ + c * offset i))
      else without
    | [] => without
    end
  end.
Definition bit_length (n : Z) : Z := if Z.eqb n 0 then 0 else Z.log2 n + 1.
Definition ceiling (a b : Z) : Z := - (- a / b).
Definition fits_unit (d : Z) : bool := Z.leb (Z.abs d) unit_one.
(* Low and High of a row, and the denominator times a power of 2. *)
Definition made_of (under : Z) (last : list scaled_value) (own_ : Z) (ts : list (nat * Z))
    : option (list Z * list Z * Z) :=
  match row_over last ts (own_ * under) with
  | Some (c, cs) =>
    let row := c :: cs in
    let bits := bit_length (fold_left (fun s d => s + Z.abs d) row 0) in
    let over := Z.shiftl under (Z.max (bits - bit_length under + 1) 0) in
    let low := map (fun d => d * unit_one / over) row in
    let high := map (fun d => ceiling (d * unit_one) over) row in
    if Z.ltb 0 over && forallb fits_unit low && forallb fits_unit high
    then Some (low, high, over) else None
  | None => None
  end.
(* The place in a layer of a value that is there. *)
Fixpoint place_in (last : list scaled_value) (v : nat) : option (Z * scaled_value) :=
  match last with
  | [] => None
  | i :: last' =>
    if Nat.eqb v (of_number i) then Some (one_digit, i)
    else option_map (fun r => (slot * fst r, snd r)) (place_in last' v)
  end.
Definition entry_of (under : Z) (last : list scaled_value) (x : node)
    : option (entry * range * scaled_value) :=
  match place_in last (own_number x) with
  | Some (p, i) => Some (Kept (slot * p), (0, sum_one), i)
  | None =>
    if Nat.eqb (depth x) 0 then None
    else
      match made_of under last (plus x) (terms x) with
      | Some (low, high, over) =>
        Some (Made (own_number x) (map begun low) (map begun_opposite high)
                (in_slots (map steeper low)) (in_slots high),
              (fst (between x) * sum_one / over, ceiling (snd (between x) * sum_one) over),
              Scaled (own_number x) 0 over)
      | None => None
      end
  end.
Fixpoint build_layers (under : Z) (last : list scaled_value) (ls : list (list node))
    : option (list layer * list (list range) * list scaled_value) :=
  match ls with
  | [] => Some ([], [], last)
  | l :: ls' =>
    match all_of (map (entry_of under last) l) with
    | Some made =>
      let es := map (fun m => fst (fst m)) made in
      let rs := map (fun m => snd (fst m)) made in
      match build_layers under (map snd made) ls' with
      | Some (layers, ranges, final) =>
        Some ((S (length last), es) :: layers, rs :: ranges, final)
      | None => None
      end
    | None => None
    end
  end.
Definition first_value (x : node) : option scaled_value :=
  if Nat.eqb (depth x) 0
  then Some (Scaled (own_number x) (fst (between x)) (snd (between x) - fst (between x))) else None.

(* ---------- the rule ---------- *)

Fixpoint mentioned (n : nat) (f : formula) : list nat :=
  match f with
  | Comparison _ p =>
    match row_of n p with Some w => map fst (terms_of (of_values w) n) | None => [] end
  | Junction _ parts => fold_left (fun l g => union (mentioned n g) l) parts []
  end.
Fixpoint claim_of (under : Z) (last : list scaled_value) (n : nat) (f : formula)
    : option claim_ :=
  match f with
  | Comparison r p =>
    match row_of n p with
    | Some w =>
      match made_of under last (own w) (terms_of (of_values w) n) with
      | Some (low, high, _) =>
        let down := map begun low in
        let up := map begun_opposite high in
        Some (match r with
              | EQ => Below false [down; up] | NE => Below false []
              | LE => Below false [down] | LT => Below true [down] end)
      | None => None
      end
    | None => None
    end
  | Junction all parts => option_map (Joint all) (all_of (map (claim_of under last n) parts))
  end.
Definition box_of (G : graph) (bs : list bound) (l : list (Q * Q)) (fs : list formula)
    : option (box * part) :=
  let under := common_under l in
  let start := map (fun q => (floor_over under (fst q), ceiling_over under (snd q))) l in
  let all := nodes_of under bs (units G) (inputs G) (rev start) (map (fun _ => O) start)
    (input_nodes 1 start []) in
  let top := chosen_of all (fold_left (fun l f => union (mentioned (graph_size G) f) l) fs []) in
  match layers_before all (fold_left (fun d x => Nat.max (depth x) d) top O) top [] with
  | [] => None
  | l0 :: ls =>
    match all_of (map first_value l0) with
    | Some last =>
      match build_layers under last ls with
      | Some (layers, ranges, final) =>
        option_map (fun cs => (Box (map of_number last) layers cs,
            (map (fun _ => (0, sum_one)) last, ranges)))
          (all_of (map (claim_of under final (graph_size G)) fs))
      | None => None
      end
    | None => None
    end
  end.
Definition tree_rule (G : graph) (b : branch) (is : list nat) (nodes : list Z)
    : option (list (list formula)) :=
  match all_of (map (fact b) is), input_bounds (all_bounds b) 1 (inputs G) with
  | Some fs, Some l =>
    match box_of G (all_bounds b) l fs with
    | Some (x, start) => if closes x nodes [anew x start] then Some [] else None
    | None => None
    end
  | _, _ => None
  end.
