type t

external of_int : int -> t = "depthcheck_of_int"
external of_digits : string -> t = "depthcheck_of_digits"
external to_string : t -> string = "depthcheck_to_string"
external is_small : t -> bool = "depthcheck_is_small"
external small : t -> int = "depthcheck_small"
external sign : t -> int = "depthcheck_sign"
external compare : t -> t -> int = "depthcheck_compare"
external equal : t -> t -> bool = "depthcheck_equal"
external neg : t -> t = "depthcheck_neg"
external add : t -> t -> t = "depthcheck_add"
external sub : t -> t -> t = "depthcheck_sub"
external mul : t -> t -> t = "depthcheck_mul"
external div : t -> t -> t = "depthcheck_div"
external gcd : t -> t -> t = "depthcheck_gcd"
external bits : t -> int = "depthcheck_bits"

external shift_left : t -> int -> t = "depthcheck_shift_left"
external from_slots : int -> t -> t list = "depthcheck_from_slots"

let to_int a = if is_small a then Some (small a) else None
let words a = if is_small a then 0 else 1 + (bits a / 64)
