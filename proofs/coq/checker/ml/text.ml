(* Terms and formulas as they are written: text to tree, tree to text.

   formula   implies (groups to the right) < or < and < not < comparisons = != <= < >= >, chained
   term      + - < * / < unary - < ^ (to the right); names, f(a, b), 12, brackets

   A tree keeps its brackets, so it determines its tokens; what is printed is the tree. *)

open Refusal
open Checker

let words = [ "implies"; "or"; "and"; "not"; "true"; "false"; "if"; "else"; "in"; "for"; "all" ]
let is_word name = List.mem name words
let comparison_level = 4

let level = function
  | "implies" -> 1
  | "or" -> 2
  | "and" -> 3
  | "<=" | "<" | "=" | "!=" | ">=" | ">" -> comparison_level
  | "+" | "-" -> 5
  | "*" | "/" -> 6
  | "^" -> 7
  | _ -> -1

let to_the_right = function "implies" | "^" -> true | _ -> false

let arithmetic = [ ("+", Plus); ("-", Minus); ("*", Times); ("/", Over); ("^", Power) ]
let connectives = [ ("and", Conjunction); ("or", Disjunction); ("implies", Implication) ]

let comparisons =
  [ ("<=", LessEqual); ("<", Less); ("=", Equal); ("!=", Unequal); (">=", GreaterEqual);
    (">", Greater) ]

let sign_of table meaning = fst (List.find (fun (_, other) -> other = meaning) table)

let rec is_formula = function
  | Numeral _ | Value _ | Call _ | Opposite _ | Arithmetic _ -> false
  | Chain _ | Truth | Falsity | Negation _ | Connected _ -> true
  | Brackets inside -> is_formula inside

(* ---------- tokens ---------- *)

let is_digit letter = letter >= '0' && letter <= '9'
let is_letter letter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
let goes_on letter = is_letter letter || is_digit letter || letter = '_'
let most_digits_of_a_number = 6_000

(* The end of the token that begins here. *)
let token_end text start =
  let size = String.length text in
  let rec span fits i most =
    if i < size && i - start < most && fits text.[i] then span fits (i + 1) most else i
  in
  match text.[start] with
  | '1' .. '9' -> span is_digit start most_digits_of_a_number
  | letter when is_letter letter -> span goes_on start max_int
  | '<' | '>' | '!' when start + 1 < size && text.[start + 1] = '=' -> start + 2
  | _ -> start + 1

(* The tokens and their columns, from 0; after the last one, the empty token. *)
let tokens text =
  let size = String.length text in
  let rec go i found =
    if i < size && text.[i] = ' ' then go (i + 1) found
    else if i >= size then List.rev (("", size) :: found)
    else
      let next = token_end text i in
      go next ((String.sub text i (next - i), i) :: found)
  in
  Array.of_list (go 0 [])

let has_stray_spaces text =
  let size = String.length text in
  let rec doubled i = i + 1 < size && ((text.[i] = ' ' && text.[i + 1] = ' ') || doubled (i + 1)) in
  size > 0 && (text.[0] = ' ' || text.[size - 1] = ' ' || doubled 0)

(* value17 is a value of given networks. *)
let value_number word =
  let size = String.length word in
  let is_value = size > 5 && size <= 14 && String.sub word 0 5 = "value" && word.[5] <> '0' in
  let digits = if is_value then String.sub word 5 (size - 5) else "" in
  if is_value && String.for_all is_digit digits then Some (int_of_string digits) else None

(* ---------- from text to tree ---------- *)

type reading = { tokens : (string * int) array; mutable next : int; with_values : bool }

(* Operators side by side make trees as deep: what follows them must not exhaust a stack. *)
let most_side_by_side = 30_000

let here r = fst r.tokens.(r.next)
let advance r = r.next <- r.next + 1

let wrong r at what =
  let token, column = r.tokens.(at) in
  let found = if token = "" then "the end" else Json.quoted token in
  let place = Printf.sprintf "column %d" (column + 1) in
  placed place (fun () -> refuse Malformed "expected %s, found %s" what found)

let term_beside r at tree = if is_formula tree then wrong r at "a term beside this"
let formula_beside r at tree = if not (is_formula tree) then wrong r at "a formula beside this"

let counted count =
  if count > most_side_by_side then
    refuse Over_budget "more than %d operators side by side" most_side_by_side

let rec expression r least depth =
  if depth > most_depth then refuse Over_budget "nested more than %d deep" most_depth;
  more r least depth (operand r depth) 0

(* What begins with this tree, its operators binding at least as tightly as `least`. *)
and more r least depth tree count =
  let at = r.next in
  let sign = here r in
  let own = level sign in
  counted count;
  if own < least || own < 0 then tree
  else if own = comparison_level then (
    term_beside r at tree;
    more r least depth (Chain (tree, comparison r depth [] 0)) (count + 1))
  else (
    advance r;
    let right = expression r (if to_the_right sign then own else own + 1) (depth + 1) in
    let beside = if own < comparison_level then formula_beside else term_beside in
    beside r at tree;
    beside r at right;
    let whole =
      match List.assoc_opt sign connectives with
      | Some connective -> Connected (connective, tree, right)
      | None -> Arithmetic (List.assoc sign arithmetic, tree, right)
    in
    more r least depth whole (count + 1))

and comparison r depth found count =
  let at = r.next in
  let sign = here r in
  counted count;
  if level sign <> comparison_level then List.rev found
  else (
    advance r;
    let right = expression r (comparison_level + 1) (depth + 1) in
    term_beside r at right;
    comparison r depth ((List.assoc sign comparisons, right) :: found) (count + 1))

and operand r depth =
  let at = r.next in
  let word = here r in
  if word = "" then wrong r at "a term or formula";
  advance r;
  match word with
  | "true" -> Truth
  | "false" -> Falsity
  | "not" ->
    let inside = expression r comparison_level (depth + 1) in
    formula_beside r at inside;
    Negation inside
  | "-" ->
    let inside = expression r (level "^") (depth + 1) in
    term_beside r at inside;
    Opposite inside
  | "(" ->
    let inside = expression r 0 (depth + 1) in
    if here r <> ")" then wrong r r.next "an operator or )";
    advance r;
    Brackets inside
  | _ when is_digit word.[0] -> Numeral (Integers.of_digits word)
  | _ when is_letter word.[0] && not (is_word word) -> named r word depth
  | _ -> wrong r at "a term or formula"

and named r word depth =
  match if r.with_values then value_number word else None with
  | Some value -> Value value
  | None -> Call (word, if here r = "(" then arguments r depth [] else [])

and arguments r depth found =
  let at = r.next in
  advance r;
  let next = expression r 0 (depth + 1) in
  term_beside r at next;
  match here r with
  | "," -> arguments r depth (next :: found)
  | ")" ->
    advance r;
    List.rev (next :: found)
  | _ -> wrong r r.next "an operator, a comma or )"

(* ---------- from tree to text ---------- *)

(* The tree's tokens, before those in `rest`. Where the tree has no brackets but operators that
   would be read otherwise, brackets are printed: such a tree does not come from its text. *)
let rec printed least tree rest =
  match tree with
  | Numeral value -> Integers.to_string value :: rest
  | Value number -> ("value" ^ string_of_int number) :: rest
  | Call (name, []) -> name :: rest
  | Call (name, first :: others) ->
    let one tree rest = "," :: printed 0 tree rest in
    let others = List.fold_right one others (")" :: rest) in
    name :: "(" :: printed 0 first others
  | Brackets inside -> "(" :: printed 0 inside (")" :: rest)
  | Truth -> "true" :: rest
  | Falsity -> "false" :: rest
  | Opposite inside ->
    let own = level "^" in
    bracketed least own rest (fun rest -> "-" :: printed own inside rest)
  | Negation inside ->
    let own = comparison_level in
    bracketed least own rest (fun rest -> "not" :: printed own inside rest)
  | Arithmetic (operator, left, right) -> binary least (sign_of arithmetic operator) left right rest
  | Connected (connective, left, right) ->
    binary least (sign_of connectives connective) left right rest
  | Chain (first, others) ->
    let term = printed (comparison_level + 1) in
    let one (relation, tree) rest = sign_of comparisons relation :: term tree rest in
    bracketed least comparison_level rest (fun rest -> term first (List.fold_right one others rest))

and binary least sign left right rest =
  let own = level sign in
  let on_left, on_right = if to_the_right sign then (own + 1, own) else (own, own + 1) in
  bracketed least own rest (fun rest -> printed on_left left (sign :: printed on_right right rest))

and bracketed least own rest whole =
  if own >= least then whole rest else "(" :: whole (")" :: rest)

(* The printed tree, spaced as the text is. A difference is a fault of this program. *)
let shown text tree =
  let buffer = Buffer.create (String.length text) in
  let is_space i = i < String.length text && text.[i] = ' ' in
  let add token =
    if is_space (Buffer.length buffer) then Buffer.add_char buffer ' ';
    Buffer.add_string buffer token
  in
  List.iter add (printed 0 tree []);
  let back = Buffer.contents buffer in
  if back <> text then
    refuse Own_fault "printed back, %s is %s" (Json.quoted text) (Json.quoted back);
  back

(* ---------- whole texts ---------- *)

(* A tree and, from it, its text. *)
let whole is_right kind with_values value =
  let text = Json.text "a text in ASCII" value in
  if String.exists (fun letter -> letter > '\127') text then
    refuse Malformed "expected a text in ASCII, found %s" (Json.quoted text);
  if String.length text > most_characters then
    refuse Over_budget "a text of %d characters; at most %d are read" (String.length text)
      most_characters;
  if has_stray_spaces text then
    refuse Malformed "expected single spaces between words, found %s" (Json.quoted text);
  let r = { tokens = tokens text; next = 0; with_values } in
  spend (40 * Array.length r.tokens);
  let tree = expression r 0 0 in
  if here r <> "" then wrong r r.next "an operator";
  if not (is_right tree) then wrong r 0 (Printf.sprintf "a %s beside this" kind);
  (tree, shown text tree)

let formula with_values value = whole is_formula "formula" with_values value
let term with_values value = whole (fun tree -> not (is_formula tree)) "term" with_values value
