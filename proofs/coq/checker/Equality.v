(* Structural equality of declarations: a witness repeats the claim's definitions. *)
From Checked Require Import Syntax.
Open Scope bool_scope.

Definition arithmetic_eqb (o p : arithmetic) : bool :=
  match o, p with
  | Plus, Plus | Minus, Minus | Times, Times | Over, Over | Power, Power => true
  | _, _ => false end.
Definition sign_eqb (s t : sign) : bool :=
  match s, t with
  | LessEqual, LessEqual | Less, Less | Equal, Equal | Unequal, Unequal
  | GreaterEqual, GreaterEqual | Greater, Greater => true
  | _, _ => false end.
Definition connective_eqb (o p : connective) : bool :=
  match o, p with
  | Conjunction, Conjunction | Disjunction, Disjunction | Implication, Implication => true
  | _, _ => false end.
Definition list_eqb {A} (eqb : A -> A -> bool) : list A -> list A -> bool :=
  fix go l m :=
    match l, m with
    | [], [] => true | a :: l', b :: m' => eqb a b && go l' m' | _, _ => false end.
Fixpoint expr_eqb (a b : expr) {struct a} : bool :=
  match a, b with
  | Numeral n, Numeral m => Z.eqb n m
  | Value v, Value w => Nat.eqb v w
  | Call f l, Call g m => String.eqb f g && list_eqb expr_eqb l m
  | Brackets a, Brackets b | Opposite a, Opposite b | Negation a, Negation b => expr_eqb a b
  | Arithmetic o a a', Arithmetic p b b' => arithmetic_eqb o p && expr_eqb a b && expr_eqb a' b'
  | Chain a l, Chain b m =>
    expr_eqb a b && list_eqb (fun x y => sign_eqb (fst x) (fst y) && expr_eqb (snd x) (snd y)) l m
  | Truth, Truth | Falsity, Falsity => true
  | Connected o a a', Connected p b b' => connective_eqb o p && expr_eqb a b && expr_eqb a' b'
  | _, _ => false
  end.
Definition sort_eqb (s t : sort) : bool :=
  match s, t with
  | Real, Real | Integer, Integer => true
  | From n, From m => Z.eqb n m
  | _, _ => false end.
Definition variable_eqb (v w : variable) : bool :=
  String.eqb (fst v) (fst w) && sort_eqb (snd v) (snd w).
Definition definition_eqb (d e : definition) : bool :=
  String.eqb (defined d) (defined e) && list_eqb variable_eqb (parameters d) (parameters e)
  && Bool.eqb (integral d) (integral e) && expr_eqb (otherwise d) (otherwise e)
  && list_eqb (fun x y => expr_eqb (fst x) (fst y) && expr_eqb (snd x) (snd y)) (cases d) (cases e).
Definition rational_eqb (p q : Q) : bool :=
  Z.eqb (Qnum p) (Qnum q) && Pos.eqb (Qden p) (Qden q).
Definition quantity_eqb (p q : quantity) : bool :=
  match p, q with
  | Pieces, Pieces | Integral, Integral | IntegralAbs, IntegralAbs | SupAbs, SupAbs => true
  | Distance l, Distance m => list_eqb expr_eqb l m
  | _, _ => false end.
Definition measure_eqb (m n : measure) : bool :=
  String.eqb (measured m) (measured n) && quantity_eqb (what m) (what n)
  && expr_eqb (of m) (of n) && rational_eqb (low m) (low n) && rational_eqb (high m) (high n).
(* Definitions and measures, which a witness repeats. *)
Definition declaration_eqb (d e : declaration) : bool :=
  match d, e with
  | Definition_ d, Definition_ e => definition_eqb d e
  | Measure_ m, Measure_ n => measure_eqb m n
  | _, _ => false end.
Definition is_choice (d : declaration) : bool :=
  match d with Free _ _ _ | Assume _ _ => true | _ => false end.
