(* What is said of input that is refused: a class, a place, a reason; and what a check may cost. *)

type kind = Rejected | Malformed | Over_budget | Own_fault

exception Refused of kind * string list * string

let refuse kind reason = Printf.ksprintf (fun text -> raise (Refused (kind, [], text))) reason
let need condition kind reason = if not condition then raise (Refused (kind, [], reason))

(* Refusals inside are said of this place. *)
let placed place action =
  try action () with Refused (kind, where, reason) -> raise (Refused (kind, place :: where, reason))

let code = function Rejected -> 10 | Malformed -> 2 | Over_budget -> 3 | Own_fault -> 4

let word = function
  | Rejected -> "REJECTED"
  | Malformed -> "MALFORMED"
  | Over_budget -> "OVER BUDGET"
  | Own_fault -> "OWN FAULT"

(* The limits to what a stranger may ask for are those of the Python checker; but work is counted in
   smaller units. *)
let most_bytes = 8_000_000
let most_nesting = 60
let most_digits = 20_000
let most_characters = 200_000
let most_depth = 40
let most_work = 400_000_000

(* Words on the heap, of 8 bytes. *)
let most_memory = 50_000_000

(* Work is charged to a part of what is left of it, so that charging costs little. *)
let part = 1_000_000
let left = ref 0
let left_after = ref most_work

let begin_work () =
  left := 0;
  left_after := most_work

let go_on () =
  let wanted = part - !left in
  if wanted > !left_after then
    refuse Over_budget "more than %d operations" most_work;
  if (Gc.quick_stat ()).Gc.heap_words > most_memory then
    refuse Over_budget "more than %d bytes of memory" (8 * most_memory);
  left_after := !left_after - wanted;
  left := part

(* Charges work: a unit is about ten nanoseconds. *)
let spend units =
  left := !left - units;
  if !left < 0 then go_on ()

(* What ends otherwise than by a refusal: a stack or memory that is exhausted, or a fault. *)
let guarded action =
  try action () with
  | Refused _ as refused -> raise refused
  | Stack_overflow -> refuse Over_budget "the stack is exhausted"
  | Out_of_memory -> refuse Over_budget "out of memory"
  | Assert_failure (file, line, _) -> refuse Own_fault "%s, line %d" file line
  | fault -> refuse Own_fault "%s" (Printexc.to_string fault)

(* The exit code of a check and the lines that it says. *)
let outcome check =
  match guarded check with
  | lines -> (0, lines)
  | exception Refused (kind, where, reason) ->
    let message = String.concat ": " (List.filter (( <> ) "") where @ [ reason ]) in
    (code kind, [ word kind ^ " " ^ message ])

(* What `read` makes of the values, from left to right, each at its place. *)
let in_turn what read values =
  let one (found, index) value =
    let place = Printf.sprintf "%s%d" what index in
    (placed place (fun () -> read value) :: found, index + 1)
  in
  List.rev (fst (List.fold_left one ([], 0) values))
