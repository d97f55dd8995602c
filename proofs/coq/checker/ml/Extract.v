(* The proved checker as an OCaml program. Natural numbers become int: they count members of lists.
   Integers and positive numbers become Integers.t, strings OCaml's, functions on lists those of
   Lists. None of this is proved. *)
From Coq Require Import ZArith QArith String List Extraction.
From Coq Require Import ExtrOcamlBasic ExtrOcamlNatInt ExtrOcamlNativeString.
From Checked Require Import Syntax Meaning Reading Rules Graph Units Polygon Blocks Cells
  TreeBounds Tree Theory Check.

Extract Inductive comparison => "Integers.order"
  [ "Integers.Same" "Integers.Before" "Integers.After" ].
Extract Inductive positive => "Integers.t"
  [ "Integers.twice_plus_one" "Integers.twice" "Integers.one" ] "Integers.positive_case".
Extract Inductive Z => "Integers.t" [ "Integers.zero" "" "Integers.neg" ] "Integers.case".

Extract Constant Pos.add => "Integers.add".
Extract Constant Pos.mul => "Integers.mul".
Extract Constant Pos.eqb => "Integers.equal".
Extract Constant Pos.leb => "Integers.at_most".
Extract Constant Pos.ltb => "Integers.less".
Extract Constant Pos.compare => "Integers.compared".
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
Extract Constant Z.compare => "Integers.compared".
Extract Constant Z.sgn => "(fun a -> Integers.of_int (Integers.sign a))".
Extract Constant Z.div => "Integers.div".
Extract Constant Z.modulo => "Integers.modulo".
Extract Constant Z.gcd => "Integers.gcd".
Extract Constant Z.lcm => "Integers.lcm".
Extract Constant Z.ggcd => "Integers.ggcd".
Extract Constant Z.shiftl => "Integers.shift_left".
Extract Constant Z.log2 => "Integers.log2".
Extract Constant Z.of_nat => "Integers.of_int".
Extract Constant Z.to_nat => "Integers.to_count".
Extract Constant Z.to_pos => "Integers.to_positive".

Extract Constant Nat.eqb => "Integers.same_count".
Extract Constant Nat.leb => "(fun (a : int) b -> a <= b)".
Extract Constant Nat.ltb => "(fun (a : int) b -> a < b)".
Extract Constant Nat.max => "(fun (a : int) b -> if a < b then b else a)".
Extract Constant Nat.min => "(fun (a : int) b -> if a < b then a else b)".
Extract Constant Nat.sub => "(fun a b -> if a < b then 0 else a - b)".
Extract Constant Nat.compare => "Integers.compared_counts".
Extract Inlined Constant String.eqb => "Integers.same_name".
Extract Constant String.compare => "Integers.compared_names".

Extract Constant map => "Lists.map".
Extract Constant app => "Lists.app".
Extract Constant rev => "Lists.rev".
Extract Constant rev_append => "Lists.rev_append".
Extract Constant fold_left => "Lists.fold_left".
Extract Constant fold_right => "Lists.fold_right".
Extract Constant flat_map => "Lists.flat_map".
Extract Constant nth_error => "Lists.nth_error".
Extract Constant nth => "Lists.nth".
Extract Constant forallb => "Lists.forallb".
Extract Constant existsb => "Lists.existsb".
Extract Constant length => "Lists.length".
Extract Constant skipn => "Lists.skipn".
Extract Constant combine => "Lists.combine".

Extract Constant add_product => "Integers.add_product".
Extract Constant from_slots => "Integers.from_slots".

(* `check` decides; the others say where and why it refuses. *)
Extraction "checker.ml" check start declare announce do_item beginning apply_rule extend
  read_terms term_of formula_of scope places fact fresh statement_fits affine assumptions lookup
  hypothesis positive_number row_of polygon_by_blocks graph_size independent chosen_freely
  standard_symbols test_of walls_of spot_of_point vector_of within_walls put_in numbered_spot
  into_unit unit_vectors simplex_of signs_agree dual_integers contradict facets_of sorted_facets
  same_facet opposite_facets on_wall box_of input_bounds all_bounds step_of anew.
