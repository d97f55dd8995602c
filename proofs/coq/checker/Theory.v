(* What is declared and known: names, declarations, statements, the given networks. *)
From Coq Require Import Ascii.
From Checked Require Import Syntax Polynomials Meaning Reading Rules Graph Polygon Between.
Open Scope bool_scope.

(* ---------- theories ---------- *)

(* What is declared and known so far.  `names` are those of facts, goals among them; `keys` the
   reserved words x, value and the keys of the networks, if there are networks. *)
Record theory := Theory {
  words : vocabulary; keys : list string; given_graph : graph;
  proved : list (string * statement); names : list string; readings : list (string * reading) }.

(* ---------- names ---------- *)

Fixpoint rest_after (k name : list ascii) : option (list ascii) :=
  match k, name with
  | [], _ => Some name
  | a :: k', b :: name' => if Ascii.eqb a b then rest_after k' name' else None
  | _, [] => None
  end.
Definition digits : list ascii := list_ascii_of_string "0123456789".
Definition is_digit (a : ascii) : bool := existsb (Ascii.eqb a) digits.
(* name is key, or key with digits after it. *)
Definition numbered_from (name key : string) : bool :=
  match rest_after (list_ascii_of_string key) (list_ascii_of_string name) with
  | Some l => forallb is_digit l | None => false end.
Definition grammar_words : list string :=
  [ "implies"; "or"; "and"; "not"; "true"; "false"; "if"; "else"; "in"; "for"; "all" ].
Definition reserved (keys : list string) (name : string) : bool :=
  existsb (String.eqb name) grammar_words || existsb (numbered_from name) keys.
Definition new_symbol (t : theory) (name : string) : bool :=
  negb (reserved (keys t) name || String.eqb name hypothesis || known_name (words t) name).
Definition fresh (t : theory) (name : string) : bool :=
  new_symbol t name && negb (existsb (String.eqb name) (names t)).

Fixpoint distinct (l : list string) : bool :=
  match l with [] => true | a :: l' => negb (existsb (String.eqb a) l') && distinct l' end.
Definition variables_fit (t : theory) (vs : list variable) : bool :=
  distinct (map fst vs) &&
  forallb (fun v => negb (reserved (keys t) (fst v) || known_name (words t) (fst v))) vs.

(* ---------- declarations ---------- *)

Definition readable (L : vocabulary) (s : statement) : bool :=
  match formula_of L (map is_integer (variables s))
          (combine (map fst (variables s)) (letters_of s)) (body s) with
  | Some _ => true | None => false end.
Definition statement_fits (t : theory) (s : statement) : bool :=
  variables_fit t (variables s) && readable (words t) s.

Definition add_symbol (L : vocabulary) (f : string) (wanted : list bool) (z : bool) : vocabulary :=
  Vocabulary ((f, (wanted, z)) :: symbols L) (constants L) (count L).

(* The symbol itself stands in its values only at the integer before: its first argument is k - 1.
  *)
Fixpoint falls (L : vocabulary) (ps : list bool) (sc : list (string * poly)) (f : string)
    (before : option poly) (e : expr) : bool :=
  match e with
  | Call g arguments =>
    forallb (falls L ps sc f before) arguments &&
    (negb (String.eqb g f) ||
     match before, arguments with
     | Some p, a :: _ =>
       match term_of L ps sc a with Some q => same q p | None => false end
     | _, _ => false
     end)
  | Brackets a | Opposite a => falls L ps sc f before a
  | Arithmetic _ a b => falls L ps sc f before a && falls L ps sc f before b
  | _ => true
  end.
Definition start_of (d : definition) : option Z :=
  match parameters d with (_, From n) :: _ => Some n | _ => None end.
Definition definition_fits (L : vocabulary) (d : definition) : bool :=
  let vs := parameters d in
  let ps := map is_integer vs in
  let sc := combine (map fst vs) (letters_of (Statement vs Truth)) in
  let L' := add_symbol L (defined d) ps (integral d) in
  let before := option_map (fun _ => subtract (single (Letter 0)) (constant 1)) (start_of d) in
  forallb (fun c => match formula_of L ps sc (fst c) with Some _ => true | None => false end)
    (cases d) &&
  forallb (fun e => falls L' ps sc (defined d) before e &&
    match term_of L' ps sc e with
    | Some p => negb (integral d) || visible L' ps p | None => false end)
    (map snd (cases d) ++ [otherwise d]).

(* (g) and f = v or not (g) and (h) and f = w or not (g) and not (h) and (true) and f = u *)
Definition both (a b : expr) : expr := Connected Conjunction a b.
Definition equals (a b : expr) : expr := Chain a [(Equal, b)].
Fixpoint options (head earlier : expr) (cs : list (expr * expr)) (last : expr) : expr :=
  match cs with
  | [] => both earlier (equals head last)
  | (g, v) :: cs' =>
    Connected Disjunction (both (both earlier g) (equals head v))
      (options head (both earlier (Negation g)) cs' last)
  end.
Definition fact_of (d : definition) : statement :=
  let vs := parameters d in
  Statement vs (options (Call (defined d) (map (fun v => Call (fst v) []) vs)) Truth
                  (cases d) (otherwise d)).

Definition with_fact (t : theory) (L : vocabulary) (name : string) (s : statement) : theory :=
  Theory L (keys t) (given_graph t) ((name, s) :: proved t) (name :: names t) (readings t).
Definition with_words (t : theory) (L : vocabulary) (rs : list (string * reading)) : theory :=
  Theory L (keys t) (given_graph t) (proved t) (names t) rs.

Definition define (t : theory) (d : definition) : option theory :=
  let name := defined d in
  let L := add_symbol (words t) name (map is_integer (parameters d)) (integral d) in
  if fresh t name && definition_fits (words t) d && statement_fits (with_words t L (readings t))
  (fact_of d)
  then Some (with_fact t L name (fact_of d)) else None.

Definition affine (G : graph) (p : poly) : bool :=
  match row_of (graph_size G) p with Some _ => true | None => false end.
Definition read_measure (t : theory) (m : measure) : option reading :=
  match term_of (words t) [] [] (of m), terms_of (words t) [] [] (spanning (what m)) with
  | Some p, Some gs =>
    if Nat.eqb (inputs (given_graph t)) 1 && forallb (affine (given_graph t)) (p :: gs)
    then Some (Reading_ (what m) p gs (low m) (high m)) else None
  | _, _ => None
  end.
Definition measure_declared (t : theory) (m : measure) : option theory :=
  match read_measure t m with
  | Some r =>
    if fresh t (measured m) then
      Some (with_words t (add_symbol (words t) (measured m) [] false) ((measured m,
      r) :: readings t))
    else None
  | None => None
  end.

(* `free` and `assume` are allowed in claims only. *)
Definition declare (trusted : bool) (t : theory) (d : declaration) : option theory :=
  match d with
  | Definition_ d => define t d
  | Measure_ m => measure_declared t m
  | Free f wanted z =>
    if trusted && fresh t f
    then Some (with_words t (add_symbol (words t) f wanted z) (readings t)) else None
  | Assume name s =>
    if trusted && fresh t name && statement_fits t s
    then Some (with_fact t (words t) name s) else None
  end.
Fixpoint declare_all (trusted : bool) (t : theory) (ds : list declaration) : option theory :=
  match ds with
  | [] => Some t
  | d :: ds' =>
    match declare trusted t d with Some t' => declare_all trusted t' ds' | None => None end
  end.

(* ---------- given networks ---------- *)

Definition node_size (sizes : list (string * nat)) (o : node_operation) : option nat :=
  match o with
  | GemmNode sources weight bias =>
    match all_of (map (fun s => lookup s sizes) sources) with
    | Some ls =>
      let n := fold_right Nat.add 0%nat ls in
      if negb (Nat.eqb n 0%nat) && negb (Nat.eqb (length weight) 0%nat)
         && Nat.eqb (length weight) (length bias)
         && forallb (fun row => Nat.eqb (length row) n) weight
      then Some (length weight) else None
    | None => None
    end
  | ReluNode source => lookup source sizes
  end.
Fixpoint nodes_fit (sizes : list (string * nat)) (l : list (string * node_operation))
    : option (list (string * nat)) :=
  match l with
  | [] => Some sizes
  | (name, o) :: l' =>
    match lookup name sizes, node_size sizes o with
    | None, Some n => nodes_fit ((name, n) :: sizes) l'
    | _, _ => None
    end
  end.
Definition network_fits (size : nat) (g : given) : bool :=
  Nat.eqb (given_size g) size && negb (Nat.eqb size 0) &&
  match nodes_fit [("x", size)] (given_nodes g) with
  | Some sizes => match lookup (given_output g) sizes with Some _ => true | None => false end
  | None => false
  end.

(* Before any declaration: floor, div, and what the integers and squares satisfy. *)
Definition at_least (a b : expr) : expr := Chain a [(GreaterEqual, b)].
Definition built_in : list (string * statement) :=
  let v name := Call name [] in
  let f := Call "floor" [v "x"] in
  let d := Call "div" [v "a"; v "b"] in
  [ ("integers", Statement [("n", Integer)] (Connected Disjunction
      (Chain (v "n") [(LessEqual, Numeral 0)]) (at_least (v "n") (Numeral 1))));
    ("squares", Statement [("x",
    Real)] (at_least (Arithmetic Power (v "x") (Numeral 2)) (Numeral 0)));
    ("floor", Statement [("x", Real)]
      (Chain f [(LessEqual, v "x"); (Less, Arithmetic Plus f (Numeral 1))]));
    ("div", Statement [("a", Real); ("b", Real)] (Connected Disjunction
      (both (equals (v "b") (Numeral 0)) (equals d (Numeral 0)))
      (both (Chain (v "b") [(Unequal,
      Numeral 0)]) (equals (Arithmetic Times (v "b") d) (v "a"))))) ].
Definition standard_symbols : list (string * (list bool * bool)) :=
  [ ("floor", ([false], true)); ("div", ([false; false], false)) ].

(* No key is reserved by another one. *)
Fixpoint keys_fit (earlier later : list string) : bool :=
  match later with
  | [] => true
  | k :: later' =>
    negb (reserved (earlier ++ later') k || String.eqb k hypothesis
          || existsb (String.eqb k) (map fst standard_symbols))
    && keys_fit (k :: earlier) later'
  end.
(* The constants are affine in the networks' values, and hide no symbol that is built in. *)
Definition only_values (p : poly) : bool :=
  forallb (fun t => forallb (fun a => match a with Inner _ => true | _ => false end) (fst t)) p.
Definition built_in_fits (cs : list (string * poly)) (size : nat) : bool :=
  forallb (fun kp => only_values (snd kp)) cs
  && forallb (fun fs => match lookup (fst fs) cs with None => true | _ => false end)
       standard_symbols
  && forallb (fun ns => readable (Vocabulary standard_symbols cs size) (snd ns)) built_in.
Definition start (c : claim) : option theory :=
  match graph_of (input_size c) (files c) with
  | None => None
  | Some (outputs, G) =>
    let ks := map fst (networks c) in
    let keys := match ks with [] => [] | _ => "x" :: "value" :: ks end in
    let cs := names_of c (input_polys (input_size c)) outputs in
    if forallb (fun kg => network_fits (input_size c) (snd kg)) (networks c)
       && keys_fit ["x";
       "value"] ks && distinct (map fst cs) && built_in_fits cs (graph_size G) then
      Some (Theory (Vocabulary standard_symbols cs (graph_size G)) keys G built_in
              (map fst built_in) [])
    else None
  end.
