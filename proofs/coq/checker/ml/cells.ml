(* The step "cells": its points and simplices from JSON; and where and why the checker refuses it. *)

open Refusal
open Checker

(* ---------- from JSON ---------- *)

let number what most = function
  | Json.Int index when 0 <= index && index < most -> Integers.of_int index
  | other -> refuse Malformed "expected %s, found %s" what (Json.displayed other)

let long items wanted =
  let found = List.length items in
  if found <> wanted then refuse Malformed "expected a list of %d, found a list of %d" wanted found

(* Numbers w, x1, ..., xd; or three integers: how far back a point is, of which there are `known`,
   how far before that one another, and a unit.  With it what follows. *)
let point known = function
  | Json.Int back :: more :: crossed :: rest ->
    let last = known - back in
    let second = number "a point that many before" known (Json.Int last) in
    (match (more, crossed) with
    | Json.Int more, Json.Int unit_number when more >= 0 && more <= last && unit_number >= 0 ->
      (Crossing (Integers.of_int (last - more), second, unit_number), rest)
    | _ -> refuse Malformed "expected two earlier points and a unit")
  | Json.Int _ :: _ -> refuse Malformed "expected two earlier points and a unit"
  | value :: rest -> (Coordinates (Json.mapped Numerals.rational (Json.list value)), rest)
  | [] -> assert false

(* ---------- the walk ---------- *)

module Facets = Map.Make (struct
  type t = int list

  let compare = compare
end)

(* Facets that have a simplex on one side, the last first; some of them have one on the other side by
   now, too: how many simplices each has is in `having`. *)
type walk = { mutable front : int list list; mutable having : int Facets.t }

let sides walk facet = Option.value ~default:0 (Facets.find_opt facet walk.having)

let rec last_facet walk =
  match walk.front with
  | [] -> refuse Rejected "there is no facet left"
  | facet :: front ->
    walk.front <- front;
    if sides walk facet = 1 then facet else last_facet walk

(* The facets of a simplex: without its last corner, the one before, ..., the first. *)
let rec without_one = function
  | [] -> []
  | corner :: rest -> List.map (fun facet -> corner :: facet) (without_one rest) @ [ rest ]

let enter walk corners =
  let meet facet =
    let found = sides walk facet in
    walk.having <- Facets.add facet (found + 1) walk.having;
    if found = 0 then walk.front <- facet :: walk.front
  in
  List.iter meet (without_one (List.sort compare corners))

(* The corners of a simplex; or, of a number, those of the simplex beyond the last facet; None where
   it says that there is none. *)
let simplex known walk value =
  let corner = function
    | Json.Int index when 0 <= index && index < known -> index
    | other -> refuse Malformed "expected the number of a point, found %s" (Json.displayed other)
  in
  let entered corners =
    let size = List.length corners in
    if size > 10_000 (* its square is none for JavaScript *) then
      refuse Over_budget "a simplex with %d corners" size;
    spend (100 + (10 * size * size));
    enter walk corners;
    Some (List.map Integers.of_int corners)
  in
  match value with
  | Json.Int 0 -> spend 50; ignore (last_facet walk); None
  | Json.Int step ->
    let facet = last_facet walk in
    let greatest = List.fold_left max 0 facet in
    entered (facet @ [ corner (Json.Int (greatest + step)) ])
  | _ -> entered (Json.mapped corner (Json.list value))

(* What was read before a refusal is told to `begun`, the last first. *)
let step begun facts points simplices =
  let rec read_points found known = function
    | [] -> (found, known)
    | values ->
      spend 50;
      let place = Printf.sprintf "point %d" known in
      let next, rest = placed place (fun () -> point known values) in
      begun (Cells (facts, next :: found, []));
      read_points (next :: found) (known + 1) rest
  in
  begun (Cells (facts, [], []));
  let points, known = read_points [] 0 (Json.list points) in
  let walk = { front = []; having = Facets.empty } in
  let add_simplex (found, index) value =
    let place = Printf.sprintf "simplex %d" index in
    let next = placed place (fun () -> simplex known walk value) in
    let found = Option.to_list next @ found in
    begun (Cells (facts, points, found));
    (found, index + 1)
  in
  let simplices, _ = List.fold_left add_simplex ([], 0) (Json.list simplices) in
  Cells (facts, List.rev points, List.rev simplices)

(* ---------- why it is refused ---------- *)

let crossing graph tree first second unit_number =
  let into place =
    match numbered_spot tree place with
    | Some spot -> into_unit graph spot unit_number
    | None -> None
  in
  match (into first, into second) with
  | Some a, Some b ->
    need (opposite_signs a b) Rejected
      "the unit does not change its sign between the two points"
  | _ -> refuse Malformed "expected two earlier points and a unit"

let placed_point graph walls (tree, next) point =
  let inside () =
    (match point with
    | Crossing (first, second, unit_number) -> crossing graph tree first second unit_number
    | Coordinates numbers -> long numbers (graph.inputs + 1));
    match vector_of graph tree point with
    | Some vector ->
      need (within_walls walls vector) Rejected "lies outside of where the facts hold";
      let spot = Option.get (spot_of_point graph tree point) in
      (put_in tree (Integers.of_int (next + 1)) spot, next + 1)
    | None -> refuse Rejected "is no point"
  in
  placed (Printf.sprintf "point %d" next) inside

let is_flat graph tree numbers =
  match simplex_of (unit_vectors (graph.inputs + 1)) tree numbers with
  | Some corners ->
    List.compare_length_with corners (graph.inputs + 1) <> 0 || not (dual_integers corners)
  | None -> true

let refuted graph tests tree index numbers =
  let inside () =
    long numbers (graph.inputs + 1);
    let corner number =
      match numbered_spot tree number with
      | Some spot_of -> { number_ = number; spot_of; functional = [] }
      | None -> refuse Malformed "expected the number of a point"
    in
    let corners = List.map corner numbers in
    need (signs_agree corners) Rejected "a unit changes its sign";
    need (contradict tests corners) Rejected "the facts do not contradict each other";
    need (not (is_flat graph tree numbers)) Rejected "is flat"
  in
  placed (Printf.sprintf "simplex %d" index) inside

(* The first simplex that has the facet. *)
let simplex_of_facet simplices (_, corners) =
  let has numbers corner = List.exists (Integers.equal corner.number_) numbers in
  let rec first index = function
    | numbers :: _ when List.for_all (has numbers) corners -> index
    | _ :: rest -> first (index + 1) rest
    | [] -> index
  in
  first 0 simplices

let numbers_of (_, corners) =
  String.concat ", " (List.map (fun corner -> Integers.to_string corner.number_) corners)

let rec facets walls simplices = function
  | [] -> ()
  | facet :: rest ->
    let refuse_facet reason =
      let place = Printf.sprintf "simplex %d" (simplex_of_facet simplices facet) in
      placed place (fun () -> refuse Rejected "%s" reason)
    in
    let rec others count = function
      | other :: rest when same_facet facet other -> others (count + 1) rest
      | rest -> (count, rest)
    in
    (match others 0 rest with
    | 0, _ ->
      if not (on_wall walls facet) then
        refuse Rejected "the facet [%s] has no neighbour and lies on no boundary" (numbers_of facet)
    | 1, _ when opposite_facets facet (List.hd rest) -> ()
    | _ -> refuse_facet "a facet has neighbours on one side");
    facets walls simplices (snd (others 0 rest))

(* Raises what is refused of the facts, then of the points and simplices, in order. *)
let refused graph fact_at facts points simplices =
  let facts = List.map fact_at facts in
  if graph.inputs = 0 then refuse Malformed "expected networks";
  let test fact =
    match test_of (graph_size graph) fact with
    | Some test -> test
    | None -> refuse Malformed "expected an affine expression in networks' values"
  in
  let tests = List.map test facts and walls = walls_of graph.inputs facts in
  let tree, _ = List.fold_left (placed_point graph walls) (Empty, 0) points in
  List.iteri (refuted graph tests tree) simplices;
  (tests, walls, tree)

(* The same for a step that was read wholly, with the facets. *)
let refused_wholly graph fact_at facts points simplices =
  let tests, walls, tree = refused graph fact_at facts points simplices in
  need (simplices <> []) Rejected "expected at least one simplex";
  let units = unit_vectors (graph.inputs + 1) in
  match facets_of (graph.inputs + 1) units tests tree simplices [] with
  | Some found -> facets walls simplices (sorted_facets found)
  | None -> ()
