(* Rational numbers as text: numerals such as "-3/4". *)

open Refusal
open Checker

let is_numeral text =
  let size = String.length text in
  let starts i letter = i < size && text.[i] = letter in
  let rec digits i = if i < size && Text.is_digit text.[i] then digits (i + 1) else i in
  (* Where a positive number that begins here ends; -1 if there is none. *)
  let positive i = if digits i > i && not (starts i '0') then digits i else -1 in
  let over = if starts 0 '0' then 1 else positive (if starts 0 '-' then 1 else 0) in
  over = size || (over > 0 && starts over '/' && positive (over + 1) = size)

let rational value =
  let text = match value with Json.Str text when is_numeral text -> text | _ -> "" in
  Json.want (text <> "") "a rational such as \"-3/4\"" value;
  let size = String.length text in
  if size > most_digits then refuse Over_budget "a number of more than %d digits" most_digits;
  spend 10;
  match String.index_opt text '/' with
  | None -> { qnum = Integers.of_digits text; qden = Integers.one }
  | Some slash ->
    let over = Integers.of_digits (String.sub text 0 slash) in
    let under = Integers.of_digits (String.sub text (slash + 1) (size - slash - 1)) in
    let is_whole = Integers.equal under Integers.one in
    let is_reduced = (not is_whole) && Integers.equal (Integers.gcd over under) Integers.one in
    Json.want is_reduced "a reduced numeral" value;
    { qnum = over; qden = under }

let numeral { qnum; qden } =
  let over = Integers.to_string qnum in
  if Integers.equal qden Integers.one then over else over ^ "/" ^ Integers.to_string qden

let rationals value = Json.mapped rational (Json.list value)
