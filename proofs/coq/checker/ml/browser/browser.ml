(* The same checker as a function of JavaScript (see bigint.js): texts in, a code and lines out. *)

external export : (string -> string -> string array -> string) -> unit = "depthcheck_export"

(* `networks` are hashes and texts by turns. The answer is the code and the lines, a line each. *)
let check claim certificate networks =
  let known = Hashtbl.create 8 in
  for i = 0 to (Array.length networks / 2) - 1 do
    Hashtbl.replace known networks.(2 * i) networks.((2 * i) + 1)
  done;
  let find hash =
    match Hashtbl.find_opt known hash with
    | Some data when String.length data <= Refusal.most_bytes -> data
    | Some _ -> Refusal.refuse Over_budget "more than %d bytes" Refusal.most_bytes
    | None -> Refusal.refuse Malformed "there is no network %s" hash
  in
  let check () =
    let is_large text = String.length text > Refusal.most_bytes in
    if is_large claim || is_large certificate then
      Refusal.refuse Over_budget "more than %d bytes" Refusal.most_bytes;
    Check.checked claim certificate find
  in
  let code, lines = Refusal.outcome check in
  String.concat "\n" (string_of_int code :: lines)

let () = export check
