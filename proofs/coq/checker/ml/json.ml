(* JSON read strictly: UTF-8, no repeated key, integers of at most 18 digits, no fraction or
   exponent. A string is kept as UTF-8; half of a surrogate pair, which an escape may write, is kept as three
   bytes too.  An integer beyond 10^9 is kept as 10^9: nothing here is so large. *)

open Refusal

type t =
  | Null
  | Bool of bool
  | Int of int
  | Str of string
  | List of t list
  | Obj of (string * t) list

let largest = 1_000_000_000

(* ---------- what is said of a value ---------- *)

(* The code points of a string. *)
let code_points text =
  let size = String.length text in
  let byte i = Char.code text.[i] land 63 in
  let rec go i found =
    if i >= size then List.rev found
    else
      let first = Char.code text.[i] in
      if first < 0x80 then go (i + 1) (first :: found)
      else if first < 0xe0 then go (i + 2) ((((first land 31) lsl 6) lor byte (i + 1)) :: found)
      else if first < 0xf0 then
        let point = ((first land 15) lsl 12) lor (byte (i + 1) lsl 6) lor byte (i + 2) in
        go (i + 3) (point :: found)
      else
        let high = ((first land 7) lsl 18) lor (byte (i + 1) lsl 12) in
        go (i + 4) ((high lor (byte (i + 2) lsl 6) lor byte (i + 3)) :: found)
  in
  go 0 []

let escaped point =
  match Char.unsafe_chr (point land 255) with
  | '"' when point < 128 -> "\\\""
  | '\\' when point < 128 -> "\\\\"
  | '\n' when point < 128 -> "\\n"
  | '\r' when point < 128 -> "\\r"
  | '\t' when point < 128 -> "\\t"
  | '\b' when point < 128 -> "\\b"
  | '\012' when point < 128 -> "\\f"
  | ' ' .. '~' as letter when point < 128 -> String.make 1 letter
  | _ when point < 0x10000 -> Printf.sprintf "\\u%04x" point
  | _ ->
    let rest = point - 0x10000 in
    Printf.sprintf "\\u%04x\\u%04x" (0xd800 lor (rest lsr 10)) (0xdc00 lor (rest land 0x3ff))

let cut text = if String.length text <= 80 then text else String.sub text 0 77 ^ "..."

(* A string as JSON writes it in ASCII, of at most 80 characters. *)
let quoted text =
  let start = if String.length text <= 1_000 then text else String.sub text 0 400 in
  let start = if String.length text <= 1_000 then start else start ^ "....." in
  cut ("\"" ^ String.concat "" (List.map escaped (code_points start)) ^ "\"")

let displayed = function
  | Null -> "null"
  | Bool value -> string_of_bool value
  | Int value -> string_of_int value
  | Str text -> quoted text
  | List items -> Printf.sprintf "a list of %d" (List.length items)
  | Obj pairs -> Printf.sprintf "an object with %d keys" (List.length pairs)

let want condition what found =
  if not condition then refuse Malformed "expected %s, found %s" what (displayed found)

(* ---------- reading ---------- *)

type reading = { text : string; mutable next : int }

let peek r = if r.next < String.length r.text then r.text.[r.next] else '\000'

let wrong r position reason =
  let before = String.sub r.text 0 position in
  let start = match String.rindex_opt before '\n' with Some i -> i + 1 | None -> 0 in
  let line = List.length (String.split_on_char '\n' before) in
  let place = Printf.sprintf "line %d column %d" line (position - start + 1) in
  let found =
    if position >= String.length r.text then "the end"
    else if r.text.[position] < ' ' || r.text.[position] > '~' then
      Printf.sprintf "the byte 0x%02x" (Char.code r.text.[position])
    else quoted (String.make 1 r.text.[position])
  in
  placed place (fun () -> refuse Malformed "expected JSON (%s), found %s" reason found)

let rec skip_spaces r =
  match peek r with
  | ' ' | '\t' | '\n' | '\r' ->
    r.next <- r.next + 1;
    skip_spaces r
  | _ -> ()

let eat r letter =
  if r.next < String.length r.text && peek r = letter then r.next <- r.next + 1
  else wrong r r.next (Printf.sprintf "expecting '%c'" letter)

let hexadecimal r =
  let digit letter =
    match letter with
    | '0' .. '9' -> Char.code letter - 48
    | 'a' .. 'f' -> Char.code letter - 87
    | 'A' .. 'F' -> Char.code letter - 55
    | _ -> wrong r r.next "expecting four hexadecimal digits"
  in
  if r.next + 4 > String.length r.text then wrong r r.next "expecting four hexadecimal digits";
  let value = ref 0 in
  for i = 0 to 3 do
    value := (!value * 16) + digit r.text.[r.next + i]
  done;
  r.next <- r.next + 4;
  !value

let add_point buffer point =
  let add bits = Buffer.add_char buffer (Char.chr bits) in
  if point < 0x80 then add point
  else if point < 0x800 then (
    add (0xc0 lor (point lsr 6));
    add (0x80 lor (point land 63)))
  else if point < 0x10000 then (
    add (0xe0 lor (point lsr 12));
    add (0x80 lor ((point lsr 6) land 63));
    add (0x80 lor (point land 63)))
  else Buffer.add_utf_8_uchar buffer (Uchar.of_int point)

(* What \uXXXX writes, with the second half of a surrogate pair if it follows. *)
let escaped_point r =
  let first = hexadecimal r in
  let follows =
    first land 0xfc00 = 0xd800
    && r.next + 6 <= String.length r.text
    && r.text.[r.next] = '\\'
    && r.text.[r.next + 1] = 'u'
  in
  if not follows then first
  else
    let back = r.next in
    r.next <- r.next + 2;
    let second = hexadecimal r in
    if second land 0xfc00 = 0xdc00 then
      0x10000 + ((first land 0x3ff) lsl 10) + (second land 0x3ff)
    else (
      r.next <- back;
      first)

let escape r buffer =
  let letter = peek r in
  r.next <- r.next + 1;
  match letter with
  | '"' | '\\' | '/' -> Buffer.add_char buffer letter
  | 'n' -> Buffer.add_char buffer '\n'
  | 't' -> Buffer.add_char buffer '\t'
  | 'r' -> Buffer.add_char buffer '\r'
  | 'b' -> Buffer.add_char buffer '\b'
  | 'f' -> Buffer.add_char buffer '\012'
  | 'u' -> add_point buffer (escaped_point r)
  | _ -> wrong r (r.next - 1) "an unknown escape"

(* How many bytes the UTF-8 character here has. *)
let utf8_length r =
  let size = String.length r.text in
  let byte i = if r.next + i < size then Char.code r.text.[r.next + i] else 0 in
  let follows i = byte i land 0xc0 = 0x80 in
  let first = byte 0 and second = byte 1 in
  if first < 0x80 then 1
  else if first >= 0xc2 && first < 0xe0 && follows 1 then 2
  else if first land 0xf0 = 0xe0 && follows 1 && follows 2 then
    let overlong = first = 0xe0 && second < 0xa0 and surrogate = first = 0xed && second >= 0xa0 in
    if overlong || surrogate then wrong r r.next "UTF-8" else 3
  else if first >= 0xf0 && first <= 0xf4 && follows 1 && follows 2 && follows 3 then
    let overlong = first = 0xf0 && second < 0x90 and beyond = first = 0xf4 && second >= 0x90 in
    if overlong || beyond then wrong r r.next "UTF-8" else 4
  else wrong r r.next "UTF-8"

(* The first place from here that is no plain character of a string. *)
let rec plain_end text i =
  if i < String.length text then
    match text.[i] with
    | '"' | '\\' -> i
    | ' ' .. '~' -> plain_end text (i + 1)
    | _ -> i
  else i

(* What goes on after a beginning of plain characters. *)
let rest_of_string r start =
  let buffer = Buffer.create 16 in
  Buffer.add_substring buffer r.text start (r.next - start);
  let rec go () =
    if r.next >= String.length r.text then wrong r r.next "a string that does not end";
    match peek r with
    | '"' -> r.next <- r.next + 1
    | '\\' ->
      r.next <- r.next + 1;
      escape r buffer;
      go ()
    | letter when letter < ' ' -> wrong r r.next "a control character in a string"
    | _ ->
      let length = utf8_length r in
      Buffer.add_substring buffer r.text r.next length;
      r.next <- r.next + length;
      go ()
  in
  go ();
  Buffer.contents buffer

let string r =
  eat r '"';
  let start = r.next in
  r.next <- plain_end r.text start;
  if peek r = '"' then (
    r.next <- r.next + 1;
    String.sub r.text start (r.next - 1 - start))
  else rest_of_string r start

let is_digit letter = letter >= '0' && letter <= '9'

let integer r =
  let start = r.next in
  let negative = peek r = '-' in
  if negative then r.next <- r.next + 1;
  let first = r.next in
  while is_digit (peek r) do r.next <- r.next + 1 done;
  let digits = r.next - first in
  if digits = 0 || (digits > 1 && r.text.[first] = '0') then wrong r start "expecting a value";
  (match peek r with
   | '.' | 'e' | 'E' -> wrong r start "exact numbers are integers or strings"
   | _ -> ());
  if digits > 18 then wrong r start "an integer of more than 18 digits";
  let size = if digits > 9 then largest else int_of_string (String.sub r.text first digits) in
  Int (if negative then -size else size)

let literal r word value =
  let size = String.length word in
  if r.next + size <= String.length r.text && String.sub r.text r.next size = word then (
    r.next <- r.next + size;
    value)
  else wrong r r.next "expecting a value"

(* No table by hashes: a stranger can choose keys of one hash. *)
module Keys = Set.Make (String)

let unique pairs =
  let add known (key, _) =
    spend 10;
    if Keys.mem key known then refuse Malformed "expected each key once, found %s" (quoted key);
    Keys.add key known
  in
  if List.compare_length_with pairs 1 > 0 then ignore (List.fold_left add Keys.empty pairs)

let rec value r deep =
  skip_spaces r;
  match peek r with
  | '{' -> Obj (pairs r (deep + 1))
  | '[' -> List (items r (deep + 1))
  | '"' -> Str (string r)
  | 't' -> literal r "true" (Bool true)
  | 'f' -> literal r "false" (Bool false)
  | 'n' -> literal r "null" Null
  | '-' | '0' .. '9' -> integer r
  | _ -> wrong r r.next "expecting a value"

(* What stands between two brackets, read by `one` and separated by commas. *)
and sequence : 'a. reading -> int -> char -> (unit -> 'a) -> 'a list =
 fun r deep last one ->
  if deep > most_nesting then
    refuse Over_budget "more than %d lists and objects inside each other" most_nesting;
  r.next <- r.next + 1;
  skip_spaces r;
  let rec go found =
    let found = one () :: found in
    skip_spaces r;
    if peek r = ',' then (
      r.next <- r.next + 1;
      go found)
    else (
      eat r last;
      List.rev found)
  in
  if peek r = last then (
    r.next <- r.next + 1;
    [])
  else go []

and items r deep = sequence r deep ']' (fun () -> value r deep)

and pairs r deep =
  let pair () =
    skip_spaces r;
    let key = string r in
    skip_spaces r;
    eat r ':';
    (key, value r deep)
  in
  let found = sequence r deep '}' pair in
  unique found;
  found

let parse text =
  let r = { text; next = 0 } in
  let whole = value r 0 in
  skip_spaces r;
  if r.next < String.length text then wrong r r.next "something after the end";
  whole

(* ---------- shapes ---------- *)

let pairs_of = function Obj pairs -> pairs | _ -> []
let has key value = List.mem_assoc key (pairs_of value)

(* The values under exactly these keys of an object. *)
let fields item names =
  let what () = "an object with the keys " ^ String.concat ", " names in
  match item with
  | Obj pairs when List.compare_lengths pairs names = 0 ->
    let find name =
      match List.assoc_opt name pairs with
      | Some value -> value
      | None -> refuse Malformed "expected %s, found others" (what ())
    in
    List.map find names
  | _ -> refuse Malformed "expected %s, found %s" (what ()) (displayed item)

let list = function
  | List items -> items
  | other -> refuse Malformed "expected a list, found %s" (displayed other)

let list_of length value =
  let items = list value in
  if List.compare_length_with items length <> 0 then
    refuse Malformed "expected a list of %d, found %s" length (displayed value);
  items

let text what = function
  | Str text -> text
  | other -> refuse Malformed "expected %s, found %s" what (displayed other)

(* List.map from left to right, of lists of any length. *)
let mapped f items = List.rev (List.rev_map f items)
