(* The proved checker as an OCaml program. Natural numbers become int (they count list elements), integers
   and positive numbers become Integers.t, strings OCaml's. This file is trusted. *)
From Coq Require Import ZArith QArith String Extraction.
From Coq Require Import ExtrOcamlBasic ExtrOcamlNatInt ExtrOcamlNativeString.
From Checker Require Import Syntax.

Extract Inductive positive => "Integers.t"
  [ "Integers.twice_plus_one" "Integers.twice" "Integers.one" ] "Integers.positive_case".
Extract Inductive Z => "Integers.t" [ "Integers.zero" "" "Integers.neg" ] "Integers.case".

Extract Constant Pos.add => "Integers.add".
Extract Constant Pos.mul => "Integers.mul".
Extract Constant Pos.eqb => "Integers.equal".
Extract Constant Pos.leb => "Integers.at_most".
Extract Constant Pos.ltb => "Integers.less".
Extract Constant Pos.compare => "Integers.compare_with Eq Lt Gt".
Extract Constant Z.add => "Integers.add".
Extract Constant Z.sub => "Integers.sub".
Extract Constant Z.mul => "Integers.mul".
Extract Constant Z.opp => "Integers.neg".
Extract Constant Z.abs => "Integers.abs".
Extract Constant Z.min => "Integers.min".
Extract Constant Z.max => "Integers.max".
Extract Constant Z.eqb => "Integers.equal".
Extract Constant Z.leb => "Integers.at_most".
Extract Constant Z.ltb => "Integers.less".
Extract Constant Z.geb => "(fun a b -> Integers.at_most b a)".
Extract Constant Z.gtb => "(fun a b -> Integers.less b a)".
Extract Constant Z.compare => "Integers.compare_with Eq Lt Gt".
Extract Constant Z.sgn => "(fun a -> Integers.of_int (Integers.sign a))".
Extract Constant Z.div => "Integers.div".
Extract Constant Z.modulo => "Integers.modulo".
Extract Constant Z.gcd => "Integers.gcd".
Extract Constant Z.lcm => "Integers.lcm".
Extract Constant Z.ggcd => "Integers.ggcd".
Extract Constant Z.of_nat => "Integers.of_int".
Extract Constant Z.to_pos => "(fun a -> if Integers.sign a > 0 then a else Integers.one)".

Extraction "checker.ml" claim certificate.
