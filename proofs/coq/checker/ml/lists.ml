(* Coq's functions on lists, for lists of any length and charged to the work: the same values. *)

open Refusal

let rec map_front f found = function
  | [] -> List.rev found
  | item :: rest ->
    spend 1;
    map_front f (f item :: found) rest

let map f items = map_front f [] items

let rec rev_append front back =
  match front with
  | [] -> back
  | item :: rest ->
    spend 2;
    rev_append rest (item :: back)

let app front back =
  match (front, back) with
  | [], _ -> back
  | _, [] -> front
  | _ -> rev_append (rev_append front []) back

let rev items = rev_append items []

let rec fold_left f items start =
  match items with
  | [] -> start
  | item :: rest ->
    spend 1;
    fold_left f rest (f start item)


(* Products of terms pass here: the charge is for what a product of two constants takes. *)
let fold_right f start items =
  spend 40;
  fold_left (fun found item -> f item found) (rev items) start

let flat_map f items = fold_right (fun item found -> app (f item) found) [] items

let rec nth_error items index =
  match items with
  | [] -> None
  | item :: rest ->
    spend 1;
    if index = 0 then Some item else nth_error rest (index - 1)

let nth index items default =
  match nth_error items index with Some item -> item | None -> default

let rec forallb f = function
  | [] -> true
  | item :: rest ->
    spend 1;
    f item && forallb f rest

let rec existsb f = function
  | [] -> false
  | item :: rest ->
    spend 1;
    f item || existsb f rest

let length items = fold_left (fun found _ -> found + 1) items 0

let rec skipn count items =
  match items with
  | _ :: rest when count > 0 ->
    spend 1;
    skipn (count - 1) rest
  | _ -> items

let combine left right =
  let rec go found left right =
    match (left, right) with
    | a :: left, b :: right ->
      spend 1;
      go ((a, b) :: found) left right
    | _ -> rev found
  in
  go [] left right
