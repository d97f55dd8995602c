(* Integers of any size: native/big.ml has them from zarith, browser/big.ml from BigInt. *)

type t

val of_int : int -> t
val of_digits : string -> t
(** What decimal digits write, perhaps after a minus. *)

val to_string : t -> string
val to_int : t -> int option
(** If it is less than 2^30 in absolute value. *)

val sign : t -> int
val compare : t -> t -> int
val equal : t -> t -> bool
val neg : t -> t
val add : t -> t -> t
val sub : t -> t -> t
val mul : t -> t -> t

val div : t -> t -> t
(** Rounded down. The divisor is not 0. *)

val shift_left : t -> int -> t
(** Times a power of 2, which may be less than 1: then rounded down. *)

val from_slots : int -> t -> t list
(** The first so many digits to the base 2^128, from -2^127 on, each over 2^64 and rounded down. *)

val gcd : t -> t -> t
(** Not negative. *)

val bits : t -> int
(** Of its absolute value. *)

val is_small : t -> bool
(** Whether it is kept in a word. *)

val words : t -> int
(** Of 64 bits; 0 for what is small. In time that does not depend on it. *)
