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
