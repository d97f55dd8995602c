(* The checker: proofs, goals, items, the witness.  `check` is all that a program calls. *)
From Checked Require Import Syntax Polynomials Meaning Reading Rules Graph Units Polygon Between
  Cells Tree Theory Equality.
Open Scope bool_scope.

(* ---------- proofs ---------- *)

(* One step of a proof. *)
Definition apply_rule (t : theory) (c : context) (b : branch) (s : step)
    : option (list (list formula)) :=
  match s with
  | Use name es => use c name es
  | Congruence f es es' => congruence_rule c f es es'
  | Cases i => cases_rule b i
  | Cut e => cut c e
  | Leaf entries => leaf c b entries
  | Units => units_rule (given_graph t) b
  | Range e points => range (given_graph t) c e points
  | MeasureStep name points signs cs =>
    measure_rule (given_graph t) (readings t) name points signs cs
  | Cells is points simplices => cells_rule (given_graph t) b is points simplices
  | Tree is nodes => tree_rule (given_graph t) b is nodes
  end.
Fixpoint refute (t : theory) (c : context) (steps : list step) (open : list branch) : bool :=
  match steps, open with
  | [], [] => true
  | s :: steps', b :: open' =>
    match apply_rule t c b s with
    | Some news => refute t c steps' (map (extend b) news ++ open')
    | None => false
    end
  | _, _ => false
  end.

(* ---------- goals and items ---------- *)

Definition with_name (t : theory) (name : string) : theory :=
  Theory (words t) (keys t) (given_graph t) (proved t) (name :: names t) (readings t).
Definition with_proved (t : theory) (name : string) (s : statement) : theory :=
  Theory (words t) (keys t) (given_graph t) ((name, s) :: proved t) (names t) (readings t).
Fixpoint announce (t : theory) (goals : list (string * statement)) : option theory :=
  match goals with
  | [] => Some t
  | (name, s) :: goals' =>
    if fresh t name && statement_fits t s then announce (with_name t name) goals' else None
  end.

(* The variable of an induction: one of sort "Z from n". *)
Fixpoint place_of (v : string) (i : nat) (vs : list variable) : option nat :=
  match vs with
  | [] => None
  | (name, s) :: vs' =>
    if String.eqb v name then match s with From _ => Some i | _ => None end
    else place_of v (S i) vs'
  end.
(* What a proof has to refute: the statement's negation. *)
Definition beginning (t : theory) (s : statement) (induction : option string)
    : option (context * list branch) :=
  let k := match induction with
           | None => Some None
           | Some v => option_map Some (place_of v 0 (variables s)) end in
  match k with
  | None => None
  | Some k =>
    let c := Context (words t) (proved t) s k in
    option_map (fun f => (c, [extend (Branch 0 []) (facts (negate f))]))
      (instance (words t) (places c) s (letters_of s))
  end.
Definition proves (t : theory) (s : statement) (induction : option string) (steps : list step)
    : bool :=
  match beginning t s induction with
  | Some (c, open) => refute t c steps open | None => false end.

(* What is known, and the goals that wait for their proofs. *)
Definition state : Type := theory * list (string * statement).
Fixpoint without (name : string) (goals : list (string * statement)) :=
  match goals with
  | [] => []
  | g :: goals' => if String.eqb name (fst g) then goals' else g :: without name goals'
  end.
Definition do_item (st : state) (i : item) : option state :=
  let (t, waiting) := st in
  match i with
  | Declare d => option_map (fun t' => (t', waiting)) (declare false t d)
  | Goal name induction steps =>
    match lookup name waiting with
    | Some s =>
      if proves t s induction steps
      then Some (with_proved t name s, without name waiting) else None
    | None => None
    end
  | Lemma_ name s induction steps =>
    if fresh t name && statement_fits t s && proves t s induction steps
    then Some (with_fact t (words t) name s, waiting) else None
  end.
Fixpoint do_items (st : state) (is : list item) : option state :=
  match is with
  | [] => Some st
  | i :: is' => match do_item st i with Some st' => do_items st' is' | None => None end
  end.
(* All goals are proved, and there are some. *)
Definition shows (trusted : bool) (t : theory) (ds : list declaration)
    (goals : list (string * statement)) (is : list item) : bool :=
  match declare_all trusted t ds with
  | None => false
  | Some t1 =>
    match announce t1 goals with
    | None => false
    | Some t2 =>
      negb (Nat.eqb (length goals) 0) &&
      match do_items (t2, goals) is with Some (_, []) => true | _ => false end
    end
  end.

(* ---------- the witness ---------- *)

Definition assumptions (ds : list declaration) : list (string * statement) :=
  flat_map (fun d => match d with Assume name s => [(name, s)] | _ => [] end) ds.

(* All of `wanted` stand in `ds`, in this order. *)
Fixpoint within (wanted ds : list declaration) : bool :=
  match wanted, ds with
  | [], _ => true
  | _, [] => false
  | w :: wanted', d :: ds' =>
    if declaration_eqb w d then within wanted' ds' else within wanted ds'
  end.

(* The symbols whose definitions do not depend on the input of the networks. *)
Fixpoint independent (L : vocabulary) (ds : list declaration) : vocabulary :=
  match ds with
  | [] => L
  | Definition_ d :: ds' =>
    independent (if definition_fits L d
      then add_symbol L (defined d) (map is_integer (parameters d)) (integral d) else L) ds'
  | Measure_ m :: ds' => independent (add_symbol L (measured m) [] false) ds'
  | _ :: ds' => independent L ds'
  end.
Definition chosen_freely (t : theory) (L : vocabulary) (d : declaration) : bool :=
  match d with
  | Free f wanted z =>
    match lookup f (symbols (words t)), lookup f (symbols L) with
    | Some (wanted', z'), Some _ => list_eqb Bool.eqb wanted wanted' && Bool.eqb z z'
    | _, _ => false end
  | _ => true
  end.
Definition witnessed (t : theory) (ds : list declaration) (w : list declaration * list item)
    : bool :=
  let (chosen, is) := w in
  within (filter (fun d => negb (is_choice d)) ds) chosen
  && shows false t chosen (assumptions ds) is
  && match declare_all false t chosen with
     | Some t' =>
       forallb (chosen_freely t' (independent (Vocabulary standard_symbols [] 0) chosen)) ds
     | None => false end.

Definition check (c : claim) (e : certificate) : bool :=
  match start c with
  | None => false
  | Some t =>
    shows true t (declarations c) (goals c) (items e) &&
    match assumptions (declarations c), witness e with
    | [], None => true
    | _ :: _, Some w => witnessed t (declarations c) w
    | _, _ => false
    end
  end.
