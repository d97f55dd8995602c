(* What Coq's integers and positive numbers become: Big's, each operation charged to the work. *)

open Refusal

type t = Big.t

let zero = Big.of_int 0
let one = Big.of_int 1
let of_int = Big.of_int
let to_int = Big.to_int
let to_string = Big.to_string
let bits = Big.bits
let sign = Big.sign
let compare = Big.compare
let equal = Big.equal
let less a b = Big.compare a b < 0
let at_most a b = Big.compare a b <= 0
let of_digits text =
  spend (String.length text / 8);
  Big.of_digits text

let charged a b =
  if Big.is_small a && Big.is_small b then spend 1 else spend (2 + Big.words a + Big.words b)

(* A product, or a quotient, of long numbers. *)
let charged_product a b =
  if Big.is_small a && Big.is_small b then spend 1
  else
    let m = Big.words a and n = Big.words b in
    if m lor n < 0x8000 then spend (3 + m + n + ((m + 1) * (n + 1) / 4))
    else refuse Over_budget "a number of more than %d bits" (64 * 0x8000)

let neg a =
  charged a zero;
  Big.neg a

let add a b =
  charged a b;
  Big.add a b

let sub a b =
  charged a b;
  Big.sub a b

let mul a b =
  charged_product a b;
  Big.mul a b

(* Coq's: a / 0 = 0 and a mod 0 = a. *)
let div a b =
  charged_product a b;
  if Big.sign b = 0 then zero else Big.div a b

let modulo a b = if Big.sign b = 0 then a else sub a (mul b (div a b))

let gcd a b =
  spend 10;
  charged_product a b;
  Big.gcd a b

(* Times a power of 2. *)
let shift_left a count =
  let shift = match Big.to_int count with Some count -> count | None -> 1 lsl 30 in
  if shift > 64 * 0x8000 then refuse Over_budget "a number of more than %d bits" (64 * 0x8000);
  spend (2 + Big.words a + (Stdlib.abs shift / 64));
  Big.shift_left a shift

let log2 a =
  spend 1;
  if Big.sign a > 0 then of_int (Big.bits a - 1) else zero

(* total + a * b, where b is long and a is not: what bounding sums mostly does. *)
let add_product total a b =
  let long = Big.words b in
  if long = 0 || Big.words a > 1 then add total (mul a b)
  else (
    spend (4 + ((Big.words total + long) / 8));
    Big.add total (Big.mul a b))

(* Numbers of 128 bits, each over 2^64 and rounded down. *)
let from_slots count packed =
  spend (4 + (3 * count));
  Big.from_slots count packed

let abs a = if Big.sign a < 0 then neg a else a

let lcm a b =
  let g = gcd a b in
  if Big.sign g = 0 then zero else abs (mul a (div b g))

(* The greatest common divisor with its cofactors. *)
let ggcd a b =
  let g = gcd a b in
  if Big.sign g = 0 then (g, (g, g))
  else if equal g one then (g, (a, b))
  else (g, (div a g, div b g))

let min a b = if at_most a b then a else b
let max a b = if at_most a b then b else a

(* Coq's constructors and their elimination. *)
let two = Big.of_int 2
let twice a = add a a
let twice_plus_one a = add one (twice a)

let half a = div a two

let positive_case on_odd on_even on_one a =
  if at_most a one then on_one ()
  else
    let h = half a in
    if equal (twice h) a then on_even h else on_odd h

let case on_zero on_positive on_negative a =
  match Big.sign a with
  | 0 -> on_zero ()
  | 1 -> on_positive a
  | _ -> on_negative (neg a)

let natural_case on_zero on_positive a = if Big.sign a = 0 then on_zero () else on_positive a

let to_positive a = if Big.sign a > 0 then a else one

(* A natural number; what is negative is 0. Nothing here counts beyond 2^30. *)
let to_count a =
  match Big.to_int a with
  | Some count -> Stdlib.max 0 count
  | None when Big.sign a < 0 -> 0
  | None -> refuse Over_budget "a number beyond 2^30 that counts"

(* Coq's comparisons. *)
type order = Same | Before | After

let order c = if c = 0 then Same else if c < 0 then Before else After

let compared a b =
  charged a b;
  order (Big.compare a b)

let compared_counts (a : int) (b : int) =
  spend 1;
  order (Stdlib.compare a b)

let compared_names a b =
  spend (1 + (String.length a / 16));
  order (String.compare a b)

let same_name a b =
  spend (1 + (String.length a / 16));
  String.equal a b

let same_count (a : int) b =
  spend 1;
  a = b
