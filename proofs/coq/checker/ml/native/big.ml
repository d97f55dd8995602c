type t = Z.t

let of_int = Z.of_int
let of_digits = Z.of_string
let to_string = Z.to_string
let limit = Z.of_int (1 lsl 30)
let to_int a = if Z.lt (Z.abs a) limit then Some (Z.to_int a) else None
let sign = Z.sign
let compare = Z.compare
let neg = Z.neg
let add = Z.add
let sub = Z.sub
let mul = Z.mul
let div = Z.fdiv
let gcd = Z.gcd
let bits = Z.numbits

(* Zarith keeps what fits into a word as OCaml's int. *)
let is_small (a : t) = Obj.is_int (Obj.repr a)
let equal a b = a == b || ((not (is_small a && is_small b)) && Z.equal a b)
let words a = if is_small a then 0 else Z.size a

let shift_left a count = if count < 0 then Z.shift_right a (-count) else Z.shift_left a count

(* With 2^127 added to each digit, all are natural numbers: bytes, 16 for each. *)
let half_slot = Bytes.make 16 '\000'
let () = Bytes.set half_slot 15 '\128'

let from_slots count packed =
  let halves = Bytes.create (16 * count) in
  for place = 0 to count - 1 do
    Bytes.blit half_slot 0 halves (16 * place) 16
  done;
  let bytes = Z.to_bits (Z.add packed (Z.of_bits (Bytes.unsafe_to_string halves))) in
  let digit place =
    let at = (16 * place) + 8 in
    if at + 8 <= String.length bytes then
      Z.of_int64 (Int64.logxor (String.get_int64_le bytes at) Int64.min_int)
    else Z.of_int64 Int64.min_int
  in
  List.init count digit
