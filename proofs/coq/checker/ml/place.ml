(* Where and why the checker refuses, asked of its own parts one after the other. It is asked only
   after a refusal, so it decides nothing but the words: rejected or malformed, and the place. *)

open Refusal
open Checker

let malformed what = refuse Malformed "expected %s" what

(* ---------- steps ---------- *)

let reads_terms context exprs = read_terms context exprs <> None
let reads_term context expr = term_of context.language (places context) (scope context) expr
let reads_formula context expr = formula_of context.language (places context) (scope context) expr

let terms context exprs =
  if not (reads_terms context exprs) then malformed "terms in declared names, integers where wanted"

let is_known context name =
  (name = hypothesis && context.induction_on <> None) || lookup name context.known <> None

let fact_at branch index =
  match fact branch index with
  | Some fact -> fact
  | None -> refuse Rejected "there is no fact %d here" index

let entry context branch (weight, facts) =
  let factor = reads_term context weight in
  if factor = None then malformed "a term in declared names as a weight";
  let rows = List.map (fact_at branch) facts in
  let is_row = function Comparison (NE, _) | Junction _ -> false | Comparison _ -> true in
  need (List.for_all is_row rows) Rejected "a disjunction cannot stand in a sum";
  let equation = List.exists (function Comparison (EQ, _) -> true | _ -> false) rows in
  let is_positive = match factor with Some factor -> positive_number factor | None -> false in
  need (equation || is_positive) Rejected "the weight of an inequality is not a positive number"

let is_affine theory expression =
  match row_of (graph_size theory.given_graph) expression with Some _ -> true | None -> false

let same_rational p q = Integers.(equal p.qnum q.qnum && equal p.qden q.qden)

let rec increase = function
  | p :: (q :: _ as rest) ->
    Integers.(less (mul p.qnum q.qden) (mul q.qnum p.qden)) && increase rest
  | _ -> true

(* What range and measure want of the networks and the points; then whether they say `last`. *)
let polygon theory points last =
  if theory.given_graph.inputs <> 1 then malformed "networks with one input";
  need (List.compare_length_with points 1 > 0 && increase points) Rejected
    "expected two or more increasing points";
  need (polygon_by_blocks theory.given_graph points <> None) Rejected
    "a unit changes sign between two points";
  last ()

let measure points coefficients signs reading =
  let is_end point = Option.equal same_rational (Some point) in
  let last = match List.rev points with point :: _ -> Some point | [] -> None in
  let first = match points with point :: _ -> Some point | [] -> None in
  need (is_end reading.from first && is_end reading.to0 last) Rejected
    "expected points from one end of the measure's interval to the other";
  let is_distance = match reading.quantity_ with Distance _ -> true | _ -> false in
  let wanted = if is_distance then List.length points - 1 else 0 in
  let long = List.compare_lengths coefficients reading.span = 0 in
  if not (long && List.compare_length_with signs wanted = 0) then
    malformed "a coefficient for each that spans the distance, a sign for each segment"

let refused_step theory context branch step =
  match step with
  | Use (name, exprs) ->
    terms context exprs;
    need (is_known context name) Rejected (Json.quoted name ^ " is not known here");
    refuse Rejected "the terms are not ones for the variables of %s" (Json.quoted name)
  | Congruence (_, left, right) ->
    terms context left;
    terms context right;
    need (List.compare_lengths left right = 0) Rejected "expected two lists of as many arguments";
    malformed "a symbol and arguments of its sorts"
  | Cases index ->
    ignore (fact_at branch index);
    refuse Rejected "fact %d is not a disjunction" index
  | Cut _ -> malformed "a formula in declared names, integers where wanted"
  | Leaf entries ->
    List.iter (entry context branch) entries;
    refuse Rejected "no contradiction"
  | Units -> refuse Rejected "the inputs have no bounds here"
  | Range (expr, points) ->
    let affine = match reads_term context expr with Some p -> is_affine theory p | None -> false in
    terms context [ expr ];
    polygon theory points (fun () -> if not affine then malformed "an affine expression in values");
    refuse Rejected "this does not bound the expression"
  | MeasureStep (name, points, signs, coefficients) ->
    let declared = lookup name theory.readings in
    need (declared <> None) Rejected "expected the name of a measure";
    let fits () = Option.iter (measure points coefficients signs) declared in
    polygon theory points fits;
    refuse Rejected "this does not show the measure"
  | Cells (facts, points, simplices) ->
    Cells.refused_wholly theory.given_graph (fact_at branch) facts points simplices;
    refuse Rejected "the simplices do not cover where the facts hold"
  | Tree (facts, nodes) ->
    Tree.refused_wholly theory.given_graph branch (fact_at branch) facts nodes

(* What is refused of a step that was read in part: its entries, points, simplices, nodes stand with
   the last first. *)
let begun_step theory context branch = function
  | Cells (facts, points, simplices) ->
    let points = List.rev points and simplices = List.rev simplices in
    ignore (Cells.refused theory.given_graph (fact_at branch) facts points simplices)
  | Tree (facts, nodes) ->
    ignore (Tree.opened theory.given_graph branch (fact_at branch) facts (List.rev nodes))
  | Leaf entries -> List.iter (entry context branch) (List.rev entries)
  | MeasureStep (name, points, _, _) ->
    need (lookup name theory.readings <> None) Rejected "expected the name of a measure";
    if points <> [] then polygon theory points ignore
  | _ -> ()

let rule = function
  | Use _ -> "use"
  | Congruence _ -> "congruence"
  | Cases _ -> "cases"
  | Cut _ -> "cut"
  | Leaf _ -> "leaf"
  | Units -> "units"
  | Range _ -> "range"
  | MeasureStep _ -> "measure"
  | Cells _ -> "cells"
  | Tree _ -> "tree"

let step_place index step = Printf.sprintf "proof %d (\"%s\")" index (rule step)

(* The open branches after the steps. *)
let rec proof theory context index steps branches =
  match (steps, branches) with
  | [], _ -> branches
  | _, [] ->
    placed (Printf.sprintf "proof %d" index) (fun () ->
        refuse Rejected "a step after the last branch was closed")
  | step :: steps, branch :: others -> (
    match apply_rule theory context branch step with
    | Some added ->
      proof theory context (index + 1) steps (Lists.app (List.map (extend branch) added) others)
    | None ->
      placed (step_place index step) (fun () -> refused_step theory context branch step))

(* ---------- items ---------- *)

(* The statement of a goal or lemma. *)
let stated (theory, waiting) = function
  | Goal (name, _, _) -> (
    match lookup name waiting with
    | Some statement -> statement
    | None -> refuse Rejected "%s is no goal, or proved before" (Json.quoted name))
  | Lemma_ (name, statement, _, _) ->
    if not (fresh theory name && statement_fits theory statement) then
      malformed "a new name, and a formula in declared names";
    statement
  | Declare _ -> malformed "a definition in declared names, of sorts that fit"

let parts = function
  | Goal (name, induction, steps) | Lemma_ (name, _, induction, steps) -> (name, induction, steps)
  | Declare _ -> ("", None, [])

(* The open branches after what there is of a proof. *)
let attempted state item =
  let theory, _ = state and statement = stated state item in
  let _, induction, steps = parts item in
  match beginning theory statement induction with
  | Some (context, branches) -> (context, proof theory context 0 steps branches)
  | None -> malformed "a variable of sort \"Z from n\" for the induction"

let item_place index item =
  match item with
  | Declare _ -> Printf.sprintf "item %d" index
  | _ ->
    let name, _, _ = parts item in
    Printf.sprintf "item %d (%s)" index (Json.quoted name)

let rec items state index = function
  | [] -> (state, index)
  | item :: rest -> (
    match do_item state item with
    | Some next -> items next (index + 1) rest
    | None ->
      placed (item_place index item) (fun () ->
          let _, branches = attempted state item in
          let still = Printf.sprintf "%d branches are open" (List.length branches) in
          placed "proof" (fun () -> refuse Rejected "%s after the last step" still)))

(* ---------- claims ---------- *)

let declared theory trusted declarations =
  let add (theory, index) declaration =
    match declare trusted theory declaration with
    | Some theory -> (theory, index + 1)
    | None ->
      placed (Printf.sprintf "declaration %d" index) (fun () ->
          malformed "new names, and terms in declared names, of sorts that fit")
  in
  fst (List.fold_left add (theory, 0) declarations)

let announced theory goals =
  let add (theory, index) goal =
    match announce theory [ goal ] with
    | Some theory -> (theory, index + 1)
    | None ->
      placed (Printf.sprintf "goal %d" index) (fun () ->
          malformed "a new name, and a formula in declared names, integers where wanted")
  in
  fst (List.fold_left add (theory, 0) goals)

(* Up to where the reading of a proof ended. *)
let go_on theory waiting (part : Part.t) item =
  let item = Part.with_proof item (List.rev part.steps) in
  match attempted (theory, waiting) item with
  | _, [] when part.reads_steps -> refuse Rejected "a step after the last branch was closed"
  | context, branch :: _ ->
    let index = List.length part.steps in
    let begun step =
      placed (step_place index step) (fun () -> begun_step theory context branch step)
    in
    Option.iter begun part.begun
  | _, [] -> ()

(* Walks through what was read of a claim or a witness, up to the first thing that is refused. *)
let walk theory trusted (part : Part.t) goals =
  let theory = announced (declared theory trusted (Part.declarations part)) goals in
  let (theory, waiting), index = items (theory, goals) 0 (Part.items part) in
  let go_on item = placed (item_place index item) (fun () -> go_on theory waiting part item) in
  Option.iter go_on part.proving;
  if part.complete then (
    need (goals <> []) Rejected "no proof of anything";
    need (waiting = []) Rejected ("no proof of " ^ String.concat ", " (List.map fst waiting)));
  theory

(* The free symbols that the witness defines otherwise than the claim wants, or by the input. *)
let chosen theory (part : Part.t) (witness : Part.t) =
  let goals = if witness.reads_items then assumptions (Part.declarations part) else [] in
  let theory = walk theory false witness goals in
  let standard = { symbols = standard_symbols; constants = []; count = 0 } in
  let freely = independent standard (Part.declarations witness) in
  let chosen declaration =
    match declaration with
    | Free (name, _, _) ->
      let wanted = "with the sorts of the claim, not by the input" in
      need (chosen_freely theory freely declaration) Rejected
        (Printf.sprintf "expected a definition of %s %s" name wanted)
    | _ -> ()
  in
  if witness.complete then List.iter chosen (Part.declarations part)

let walk_all networks (part : Part.t) (witness : Part.t) =
  begin_work ();
  let declarations = Part.declarations part in
  match start { networks; declarations; goals = [] } with
  | None -> malformed "networks with names of their own, one input size, rows that fit"
  | Some theory ->
    placed "claim" (fun () ->
        ignore (walk theory true part (Part.goals part));
        let chosen () = chosen theory part witness in
        if part.complete && Part.assumes part then placed "witness" chosen)

(* Raises why the checker refuses what was read wholly. *)
let refused networks part witness =
  walk_all networks part witness;
  refuse Rejected "claim: the checker refuses it"

(* Raises what is refused before `late`, where the reading ended; or `late`. *)
let before networks part witness late =
  walk_all networks part witness;
  raise late
