(* The step "tree": its nodes from JSON; and where and why the checker refuses it. *)

open Refusal
open Checker

(* Nodes before one that is none are told to `begun`, the last first. *)
let step begun facts nodes =
  let add (found, index) value =
    spend 10;
    match value with
    | Json.Int node -> (Integers.of_int node :: found, index + 1)
    | _ ->
      begun (Tree (facts, found));
      refuse Rejected "expected no such node %d" index
  in
  begun (Tree (facts, []));
  let nodes, _ = List.fold_left add ([], 0) (Json.list nodes) in
  Tree (facts, List.rev nodes)

let refused_node index node =
  if Integers.sign node < 0 then refuse Rejected "the fact may hold in the part of node %d" index
  else refuse Rejected "expected no such node %d" index

(* The parts that are open after the nodes. Raises what is refused of facts, then of nodes. *)
let opened graph branch fact_at facts nodes =
  let facts = List.map fact_at facts and bounds = all_bounds branch in
  let inputs =
    match input_bounds bounds 1 graph.inputs with
    | Some inputs -> inputs
    | None -> refuse Rejected "the inputs have no bounds here"
  in
  let affine fact =
    if test_of (graph_size graph) fact = None then
      refuse Malformed "expected an affine expression in networks' values"
  in
  List.iter affine facts;
  match box_of graph bounds inputs facts with
  | None -> refuse Rejected "expected facts about inputs and what the networks' ReLUs give"
  | Some (box, start) ->
    let take (parts, index) node =
      match parts with
      | [] -> refuse Rejected "expected no such node %d" index
      | part :: rest -> (
        match step_of box node part with
        | Some added -> (added @ rest, index + 1)
        | None -> refused_node index node)
    in
    fst (List.fold_left take ([ anew box start ], 0) nodes)

(* The same for a step that was read wholly. *)
let refused_wholly graph branch fact_at facts nodes =
  let parts = opened graph branch fact_at facts nodes in
  refuse Rejected "%d parts are open after the last node" (List.length parts)
