(* From JSON to the checker's claims and certificates, and to the lines that say them. Here only the
   form is looked at; what names mean is the checker's to say. *)

open Refusal
open Checker
open Numerals

(* ---------- statements and declarations, and the lines that say them ---------- *)

let shows text back =
  if text <> back then
    refuse Own_fault "printed back, %s is %s" (Json.quoted text) (Json.quoted back)

let is_path text =
  let part first goes_on part =
    part <> "" && String.length part <= 41 && first part.[0] && String.for_all goes_on part
  in
  let is_small letter = letter >= 'a' && letter <= 'z' in
  let goes_on_small letter = is_small letter || Text.is_digit letter || letter = '_' in
  match String.split_on_char '.' text with
  | name :: parts ->
    part Text.is_letter Text.goes_on name && List.compare_length_with parts 4 <= 0
    && List.for_all (part is_small goes_on_small) parts
  | [] -> false

let is_name text = is_path text && not (String.contains text '.')

(* What may name something new; whether it does is the checker's to say. *)
let new_name fits value =
  let text = Json.text "a name" value in
  Json.want (fits text && (not (Text.is_word text)) && text <> "IH") "a name" value;
  text

let sort_text = function
  | Real -> "R"
  | Integer -> "Z"
  | From least -> "Z from " ^ Integers.to_string least

let sort value =
  let wrong () = Json.want false "a sort: \"R\", \"Z\" or \"Z from 0\"" value in
  let text = match value with Json.Str text -> text | _ -> "" in
  let size = String.length text in
  let sort =
    match text with
    | "R" -> Real
    | "Z" -> Integer
    | _ when size > 7 && size <= 17 && String.sub text 0 7 = "Z from " ->
      let number = String.sub text 7 (size - 7) in
      let digits = if number.[0] = '-' then size - 8 else size - 7 in
      if not (is_numeral number && digits <= 9 && not (String.contains number '/')) then wrong ();
      From (Integers.of_digits number)
    | _ -> wrong (); Real
  in
  shows text (sort_text sort);
  sort

let variables value =
  let variable pair =
    spend 40;
    match Json.list_of 2 pair with
    | [ name; own ] -> let name = new_name is_name name in (name, sort own)
    | _ -> assert false
  in
  Json.mapped variable (Json.list value)

let for_all variables =
  let one (name, sort) = name ^ " in " ^ sort_text sort in
  if variables = [] then "" else "for all " ^ String.concat ", " (List.map one variables) ^ ": "

let statement networks pairs text =
  let variables = variables pairs in
  let body, shown = Text.formula networks text in
  ({ variables; body }, for_all variables ^ shown)

let is_integer_sort value =
  match value with
  | Json.Str "Z" -> true
  | Json.Str "R" -> false
  | _ -> Json.want false "a sort: \"R\" or \"Z\"" value; false

let sort_name is_integer = if is_integer then "Z" else "R"

let definition networks name pairs sort cases otherwise =
  let parameters = variables pairs in
  let guarded =
    let case value =
      match Json.list_of 2 value with [ guard; value ] -> (guard, value) | _ -> assert false
    in
    Json.mapped case (Json.list cases)
  in
  let guards = Json.mapped (fun (guard, _) -> Text.formula networks guard) guarded in
  let integral = is_integer_sort sort in
  let defined = new_name is_name name in
  let values = Json.mapped (fun (_, value) -> Text.term networks value) guarded in
  let otherwise, last = Text.term networks otherwise in
  let case (guard, _) (value, _) = (guard, value) in
  let cases = List.rev (List.rev_map2 case guards values) in
  let applied =
    let names = String.concat ", " (List.map fst parameters) in
    if parameters = [] then defined else defined ^ "(" ^ names ^ ")"
  in
  let cased =
    let one (_, guard) (_, value) = value ^ " if " ^ guard ^ ", else " in
    String.concat "" (List.rev (List.rev_map2 one guards values))
  in
  let integer = if integral then "   (an integer)" else "" in
  let line = "define " ^ for_all parameters ^ applied ^ " = " ^ cased ^ last ^ integer in
  (Definition_ { defined; parameters; integral; cases; otherwise }, line)

let free name arguments value =
  let arguments = Json.mapped is_integer_sort (Json.list arguments) in
  let value = is_integer_sort value in
  let name = new_name is_name name in
  let sorts = String.concat ", " (List.map sort_name arguments) in
  let applied = "function " ^ name ^ "(" ^ sorts ^ ")" in
  let what = if arguments = [] then "constant " ^ name else applied in
  (Free (name, arguments, value), "for any " ^ what ^ " in " ^ sort_name value)

let measure networks name kind expression on spans =
  let name = new_name is_name name in
  let shown_span = ref "" in
  let read_span () =
    let span = Json.mapped (Text.term networks) (Json.list (List.hd spans)) in
    shown_span := String.concat ", " (List.map snd span);
    Distance (List.map fst span)
  in
  let what, words =
    match kind with
    | Json.Str "pieces" -> (Pieces, fun f -> "the number of maximal intervals with affine " ^ f)
    | Json.Str "integral" -> (Integral, fun f -> "the integral of " ^ f)
    | Json.Str "integral_abs" -> (IntegralAbs, fun f -> "the integral of |" ^ f ^ "|")
    | Json.Str "sup_abs" -> (SupAbs, fun f -> "the maximum of |" ^ f ^ "|")
    | Json.Str "distance" ->
      let what = read_span () in
      (what, fun f -> "the distance in L1 from the span of " ^ !shown_span ^ " to " ^ f)
    | _ -> refuse Malformed "expected the kind of a measure, found %s" (Json.displayed kind)
  in
  let expression, shown = Text.term networks expression in
  let low, high =
    match Json.mapped rational (Json.list_of 2 on) with [ a; b ] -> (a, b) | _ -> assert false
  in
  let interval = " on [" ^ numeral low ^ ", " ^ numeral high ^ "]" in
  let line = "define " ^ name ^ " = " ^ words shown ^ interval in
  (Measure_ { measured = name; what; of0 = expression; low; high }, line)

(* A declaration and the line that says it; `free` and `assume` only where they are trusted. *)
let declaration networks trusted value =
  let fields = Json.fields value in
  if Json.has "define" value then
    match fields [ "define"; "for"; "sort"; "cases"; "otherwise" ] with
    | [ name; pairs; sort; cases; otherwise ] -> definition networks name pairs sort cases otherwise
    | _ -> assert false
  else if Json.has "free" value && trusted then
    match fields [ "free"; "arguments"; "sort" ] with
    | [ name; arguments; sort ] -> free name arguments sort
    | _ -> assert false
  else if Json.has "assume" value && trusted then
    match fields [ "assume"; "for"; "holds" ] with
    | [ name; pairs; text ] ->
      let name = new_name is_path name in
      let statement, line = statement networks pairs text in
      (Assume (name, statement), "assume " ^ name ^ ": " ^ line)
    | _ -> assert false
  else if Json.has "measure" value then
    let is_distance = List.mem ("is", Json.Str "distance") (Json.pairs_of value) in
    match fields ([ "measure"; "is"; "of"; "on" ] @ if is_distance then [ "span" ] else []) with
    | name :: kind :: expression :: on :: spans -> measure networks name kind expression on spans
    | _ -> assert false
  else (
    Json.want false "a declaration (define, measure; in a claim also free or assume)" value;
    assert false)

let goal networks value =
  match Json.fields value [ "goal"; "for"; "holds" ] with
  | [ name; pairs; text ] ->
    let name = new_name is_path name in
    let statement, line = statement networks pairs text in
    ((name, statement), "proved " ^ name ^ ": " ^ line)
  | _ -> assert false

(* ---------- networks ---------- *)

let names value = Json.mapped (Json.text "the name of a node") (Json.list value)

let node value =
  spend 300;
  let name = Json.text "a new name" in
  match List.assoc_opt "op" (Json.pairs_of value) with
  | Some (Json.Str "Gemm") -> (
    match Json.fields value [ "name"; "op"; "inputs"; "weight"; "bias" ] with
    | [ title; _; sources; weight; bias ] ->
      let weight = Json.mapped rationals (Json.list weight) in
      (name title, GemmNode (names sources, weight, rationals bias))
    | _ -> assert false)
  | Some (Json.Str "Relu") -> (
    match Json.fields value [ "name"; "op"; "inputs" ] with
    | [ title; _; sources ] -> (
      match names (Json.List (Json.list_of 1 sources)) with
      | [ source ] -> (name title, ReluNode source)
      | _ -> assert false)
    | _ -> assert false)
  | _ -> Json.want false "a Gemm or Relu" value; assert false

let network data =
  spend (6 * String.length data);
  match Json.fields (Json.parse data) [ "format"; "inputs"; "nodes"; "output" ] with
  | [ form; inputs; items; output ] -> (
    Json.want (form = Json.Str "relu-network/1") "relu-network/1" form;
    match Json.fields (List.hd (Json.list_of 1 inputs)) [ "name"; "size" ] with
    | [ Json.Str "x"; Json.Int size ] when size > 0 ->
      if size > most_work / 500 then refuse Over_budget "more than %d operations" most_work;
      spend (2_000 + (500 * size));
      let nodes = in_turn "/nodes/" node (Json.list items) in
      let output = Json.text "the name of a node" output in
      { given_size = size; given_nodes = nodes; given_output = output }
    | _ -> refuse Malformed "expected one input x with a positive size")
  | _ -> assert false

(* ---------- proofs ---------- *)

(* The number of a fact; what is none names no fact. *)
let fact = function
  | Json.Int index when index >= 0 -> index
  | other -> refuse Rejected "there is no fact %s here" (Json.displayed other)

(* A step. What of it was read before a refusal is told to `begun`: the entries of a leaf, the points
   and simplices of cells, the nodes of a tree, the last first; the name and points of a measure. *)
let step networks begun value =
  let terms value = Json.mapped (fun text -> fst (Text.term networks text)) (Json.list value) in
  let known what = function Json.Str name -> name | _ -> refuse Rejected "expected %s" what in
  match Json.list value with
  | [ Json.Str "use"; name; values ] ->
    let values = terms values in
    Use (known "the name of what is known here" name, values)
  | [ Json.Str "congruence"; name; left; right ] ->
    let left = terms left in
    let right = terms right in
    Congruence (known "the name of a symbol" name, left, right)
  | [ Json.Str "cases"; index ] -> Cases (fact index)
  | [ Json.Str "cut"; text ] -> Cut (fst (Text.formula networks text))
  | [ Json.Str "leaf"; entries ] ->
    let entry value =
      match Json.list_of 2 value with
      | [ weight; facts ] ->
        let weight = fst (Text.term networks weight) in
        (weight, Json.mapped fact (Json.list facts))
      | _ -> assert false
    in
    let add found value =
      let found = entry value :: found in
      begun (Leaf found);
      found
    in
    Leaf (List.rev (List.fold_left add [] (Json.list entries)))
  | [ Json.Str "units" ] -> Units
  | [ Json.Str "range"; text; points ] ->
    let term = fst (Text.term networks text) in
    Range (term, rationals points)
  | [ Json.Str "measure"; name; points; signs; coefficients ] ->
    let name = known "the name of a measure" name in
    begun (MeasureStep (name, [], [], []));
    let points = rationals points in
    begun (MeasureStep (name, points, [], []));
    let coefficients = rationals coefficients in
    MeasureStep (name, points, rationals signs, coefficients)
  | [ Json.Str "cells"; facts; points; simplices ] ->
    Cells.step begun (Json.mapped fact (Json.list facts)) points simplices
  | [ Json.Str "tree"; facts; nodes ] ->
    Tree.step begun (Json.mapped fact (Json.list facts)) nodes
  | Json.Str rule :: _ ->
    refuse Malformed "expected one of the rules with its arguments, found %s" (Json.quoted rule)
  | _ -> refuse Malformed "expected one of the rules with its arguments"
