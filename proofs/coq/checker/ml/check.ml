(* One claim with its certificate: read, checked, said. What decides is Checker.check alone. *)

open Refusal
open Checker

(* ---------- networks ---------- *)

let is_hash text =
  let fits letter = Text.is_digit letter || (letter >= 'a' && letter <= 'f') in
  String.length text = 64 && String.for_all fits text

(* No table by hashes: a stranger can choose names of one hash. *)
module Names = Map.Make (String)

(* How many outputs a node has; 0 where there is no such node. *)
let outputs network =
  let size_of name known = Option.value (Names.find_opt name known) ~default:0 in
  let add known (name, operation) =
    match operation with
    | GemmNode (_, rows, _) -> Names.add name (List.length rows) known
    | ReluNode source -> Names.add name (size_of source known) known
  in
  let start = Names.singleton "x" network.given_size in
  size_of network.given_output (List.fold_left add start network.given_nodes)

(* f; or f1, f2; or f1, ..., f10. *)
let numbered title count =
  let one number = title ^ string_of_int number in
  if count = 1 then title
  else if count <= 4 then String.concat ", " (List.init count (fun i -> one (i + 1)))
  else one 1 ^ ", ..., " ^ one count

(* What the header of a claim introduces has the form of a name, and is no built-in fact's. *)
let is_key key =
  Reading.is_name key && (not (Text.is_word key)) && key <> "IH"
  && not (List.mem key [ "integers"; "squares"; "floor"; "div" ])

let read_network find key value =
  Json.want (is_key key) "a name of a network" (Json.Str key);
  let is_right = match value with Json.Str text -> is_hash text | _ -> false in
  Json.want is_right "a SHA-256 in lower case" value;
  let digest = Json.text "a SHA-256" value in
  let data = find digest in
  let found = Sha256.digest data in
  if found <> digest then
    refuse Rejected "expected the network with SHA-256 %s, found one with %s" digest found;
  let network = Reading.network data in
  let inputs = numbered "x" network.given_size and names = numbered key (outputs network) in
  let what = Printf.sprintf "what the network with SHA-256 %s gives" digest in
  (network, Printf.sprintf "for any %s in R: %s = %s" inputs names what)

(* ---------- claims and certificates ---------- *)

let contains text part =
  let size = String.length part in
  let rec at i = i + size <= String.length text && (String.sub text i size = part || at (i + 1)) in
  at 0

let meanings =
  [ ("floor(", "floor(x) is the integer with floor(x) <= x < floor(x) + 1");
    ("div(", "div(a, b) is a / b, and 0 for b = 0") ]

(* The built-in functions that the lines mention, explained. *)
let explained lines =
  let packed = List.map (fun line -> String.concat "" (String.split_on_char ' ' line)) lines in
  let is_there (mark, _) = List.exists (fun line -> contains line mark) packed in
  List.map snd (List.filter is_there meanings) @ lines

let parts statement evidence =
  let declared, goals =
    match Json.fields statement [ "declare"; "goals" ] with
    | [ declared; goals ] -> (Json.list declared, Json.list goals)
    | _ -> assert false
  in
  let assumed = List.filter (Json.has "assume") declared in
  match Json.fields evidence ("items" :: (if assumed = [] then [] else [ "witness" ])) with
  | items :: witness -> (declared, goals, assumed, items, witness)
  | [] -> assert false

(* The same whatever the order of keys. *)
let rec in_order value =
  match value with
  | Json.Obj pairs ->
    let ordered = List.sort (fun (a, _) (b, _) -> String.compare a b) pairs in
    Json.Obj (Json.mapped (fun (key, part) -> (key, in_order part)) ordered)
  | Json.List parts -> Json.List (Json.mapped in_order parts)
  | _ -> value

let rec is_among declarations others =
  match (declarations, others) with
  | [], _ -> true
  | _, [] -> false
  | one :: rest, other :: more -> is_among (if one = other then rest else declarations) more

(* The witness: definitions for the free symbols, and proofs of what is assumed. *)
let read_witness part with_networks declared value =
  match Json.fields value [ "declare"; "items" ] with
  | [ own; items ] ->
    let own = Json.list own in
    let is_free item = Json.has "free" item || Json.has "assume" item in
    let definitions = List.filter (fun item -> not (is_free item)) declared in
    need (is_among (Json.mapped in_order definitions) (Json.mapped in_order own)) Rejected "expected the claim's definitions in order";
    ignore (Part.read_declarations part with_networks false own);
    Part.read_items part with_networks items
  | _ -> assert false

let read_all (part : Part.t) witness_part with_networks statement evidence =
  let declared, goals, assumed, items, witness = parts statement evidence in
  let declarations = Part.read_declarations part with_networks true declared in
  let goals = Part.read_goals part with_networks goals in
  Part.read_items part with_networks items;
  let read value =
    placed "witness" (fun () -> read_witness witness_part with_networks declared value)
  in
  List.iter read witness;
  let shown = "The assumptions were shown to hold for some choice of the free symbols." in
  explained (declarations @ goals @ if assumed = [] then [] else [ shown ])

let decided networks part witness_part =
  let witness =
    if Part.assumes part then Some (Part.declarations witness_part, Part.items witness_part)
    else None
  in
  let claim = { networks; declarations = Part.declarations part; goals = Part.goals part } in
  check claim { items = Part.items part; witness }

let evidence_for claim certificate =
  match Json.fields (Json.parse certificate) [ "format"; "claim"; "evidence" ] with
  | [ form; pinned; evidence ] ->
    Json.want (form = Json.Str "certificate/1") "certificate/1" form;
    let digest = Sha256.digest claim and found = Json.displayed pinned in
    if pinned <> Json.Str digest then
      refuse Rejected "is for another claim: expected %s, found %s" digest found;
    evidence
  | _ -> assert false

let parts_of_claim claim =
  match Json.fields (Json.parse claim) [ "format"; "name"; "networks"; "statement" ] with
  | [ Json.Str "claim/1"; Json.Str name; Json.Obj networks; statement ] ->
    (name, networks, statement)
  | _ -> refuse Malformed "expected claim/1, with a name and networks by name"

(* What a claim says, in readable lines, if it holds; `find` gives the bytes of a network's hash. *)
let checked claim certificate find =
  begin_work ();
  spend (6 * (String.length claim + String.length certificate));
  let evidence = placed "certificate" (fun () -> evidence_for claim certificate) in
  let name, keys, statement = placed "claim" (fun () -> parts_of_claim claim) in
  let networks = ref [] in
  let read_one (key, value) =
    let place = "network " ^ Json.quoted key in
    let network, line = placed place (fun () -> read_network find key value) in
    networks := (key, network) :: !networks;
    line
  in
  let part = Part.fresh () and witness = Part.fresh () in
  let read () =
    let heads = Json.mapped read_one keys in
    (heads, placed "claim" (fun () -> read_all part witness (keys <> []) statement evidence))
  in
  match read () with
  | heads, lines ->
    let networks = List.rev !networks in
    if not (decided networks part witness) then Place.refused networks part witness;
    ("HOLDS " ^ Json.quoted name) :: List.map (fun line -> "  " ^ line) (heads @ lines)
  | exception (Refused _ as late) -> Place.before (List.rev !networks) part witness late
