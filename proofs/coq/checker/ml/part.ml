(* What has been read of a claim and its evidence, or of a witness and its evidence, the last first.
   A proof that is being read is kept apart, with its steps so far. *)

open Refusal
open Checker

type t = {
  mutable declared : declaration list;
  mutable stated : (string * statement) list;
  mutable proved : item list;
  mutable proving : item option;
  mutable steps : step list;
  mutable begun : step option;  (** what was read of the next one *)
  mutable reads_steps : bool;  (** while it reads the steps of that proof *)
  mutable reads_items : bool;  (** all before the items was read *)
  mutable complete : bool;  (** all was read *)
}

let fresh () =
  { declared = []; stated = []; proved = []; proving = None; steps = []; begun = None;
    reads_steps = false; reads_items = false; complete = false }

let declarations part = List.rev part.declared
let goals part = List.rev part.stated
let items part = List.rev part.proved
let assumes part = List.exists (function Assume _ -> true | _ -> false) part.declared

let with_proof item steps =
  match item with
  | Goal (name, induction, _) -> Goal (name, induction, steps)
  | Lemma_ (name, statement, induction, _) -> Lemma_ (name, statement, induction, steps)
  | Declare _ -> item

(* Each returns the lines that say what was read. *)
let read_declarations part with_networks trusted values =
  let read value =
    let declaration, line = Reading.declaration with_networks trusted value in
    part.declared <- declaration :: part.declared;
    line
  in
  in_turn "declaration " read values

let read_goals part with_networks values =
  let read value =
    let goal, line = Reading.goal with_networks value in
    part.stated <- goal :: part.stated;
    line
  in
  in_turn "goal " read values

let induction value =
  match value with
  | Json.Null -> None
  | Json.Str name -> Some name
  | _ -> refuse Malformed "expected a variable, found %s" (Json.displayed value)

(* A goal or lemma without its proof, and the proof. *)
let begun part with_networks value =
  let pairs = Json.pairs_of value in
  let pairs = if Json.has "induction" value then pairs else ("induction", Json.Null) :: pairs in
  let fields = Json.fields (Json.Obj pairs) in
  if Json.has "goal" value then
    match fields [ "goal"; "induction"; "proof" ] with
    | [ Json.Str name; variable; proof ] ->
      part.proving <- Some (Goal (name, None, []));
      (Goal (name, induction variable, []), proof)
    | other :: _ -> refuse Rejected "%s is no goal" (Json.displayed other)
    | [] -> assert false
  else
    match fields [ "lemma"; "for"; "holds"; "induction"; "proof" ] with
    | [ name; pairs; text; variable; proof ] ->
      let name = Reading.new_name Reading.is_path name in
      let statement, _ = Reading.statement with_networks pairs text in
      (Lemma_ (name, statement, induction variable, []), proof)
    | _ -> assert false

let read_step part with_networks index value =
  let rule = match value with Json.List (rule :: _) -> rule | other -> other in
  let place = Printf.sprintf "proof %d (%s)" index (Json.displayed rule) in
  part.begun <- None;
  let begun step = part.begun <- Some step in
  let step = placed place (fun () -> Reading.step with_networks begun value) in
  part.steps <- step :: part.steps;
  spend 30

let read_item part with_networks value =
  spend 300;
  if Json.has "goal" value || Json.has "lemma" value then (
    part.steps <- [];
    part.begun <- None;
    let item, proof = begun part with_networks value in
    part.proving <- Some item;
    let steps = placed "proof" (fun () -> Json.list proof) in
    part.reads_steps <- true;
    List.iteri (read_step part with_networks) steps;
    part.reads_steps <- false;
    part.proved <- with_proof item (List.rev part.steps) :: part.proved;
    part.proving <- None)
  else
    part.proved <- Declare (fst (Reading.declaration with_networks false value)) :: part.proved

(* Where an item is: its number and what it proves. *)
let item_place index value =
  let pairs = Json.pairs_of value in
  let title key = Option.map Json.displayed (List.assoc_opt key pairs) in
  match if title "goal" <> None then title "goal" else title "lemma" with
  | Some title -> Printf.sprintf "item %d (%s)" index title
  | None -> Printf.sprintf "item %d" index

let read_items part with_networks value =
  part.reads_items <- true;
  let read index value =
    placed (item_place index value) (fun () -> read_item part with_networks value)
  in
  List.iteri read (Json.list value);
  part.complete <- true
