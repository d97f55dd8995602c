(* What claims and certificates are: trees, as near to their text as a tree can be.

   The reader (ml/, not proved) makes these trees from text and prints them back;
   everything else is done here:
   what names denote, the sorts, the rules.  What the trees mean is in Meaning.v. *)
From Coq Require Export QArith ZArith Bool String List.
Export ListNotations.
#[global] Open Scope string_scope.
#[global] Open Scope list_scope.

(* ---------- terms and formulas ---------- *)

Inductive arithmetic := Plus | Minus | Times | Over | Power.
Inductive sign := LessEqual | Less | Equal | Unequal | GreaterEqual | Greater.
Inductive connective := Conjunction | Disjunction | Implication.

(* Terms and formulas are read by one grammar, so they are one type. *)
Inductive expr :=
  | Numeral (n : Z)                                          (* 12 *)
  | Value (v : nat)                                          (* value17, of given networks *)
  | Call (name : string) (arguments : list expr)             (* f(a, b);
  without arguments k, x, c *)
  | Brackets (a : expr)                                      (* (a): means what a means *)
  | Opposite (a : expr)                                      (* -a *)
  | Arithmetic (o : arithmetic) (a b : expr)                 (* a + b, a - b, a * b, a / b, a^b *)
  | Chain (a : expr) (rest : list (sign * expr))  (* a <= b < c; also a <= b *)
  | Truth | Falsity
  | Negation (a : expr)                                      (* not a *)
  | Connected (o : connective) (a b : expr).                 (* a and b, a or b, a implies b *)

(* ---------- claims ---------- *)

Inductive sort := Real | Integer | From (n : Z).             (* R, Z, Z from n *)
Definition variable : Type := string * sort.

(* For all values of the variables, the formula holds. *)
Record statement := Statement { variables : list variable; body : expr }.

(* name(parameters) = the value of the first case whose guard holds, or else the last value. *)
Record definition := Define {
  defined : string; parameters : list variable; integral : bool;  (* of sort Z *)
  cases : list (expr * expr); otherwise : expr }.

Inductive quantity := Pieces | Integral | IntegralAbs | SupAbs | Distance (span : list expr).
Record measure := Measure { measured : string; what : quantity; of : expr; low : Q; high : Q }.

(* Sorts of symbols: true is Z, false is R. *)
Inductive declaration :=
  | Definition_ (d : definition)
  | Measure_ (m : measure)
  | Free (name : string) (arguments : list bool) (value : bool)  (* in claims only *)
  | Assume (name : string) (s : statement).                      (* in claims only *)

(* relu-network/1: nodes in order, each reading earlier ones, or the input x, by name. *)
Inductive node_operation :=
  | GemmNode (sources : list string) (weight : list (list Q)) (bias : list Q)
  | ReluNode (source : string).
Record given := Given {
  given_size : nat;                                          (* of the input x *)
  given_nodes : list (string * node_operation); given_output : string }.

Record claim := Claim {
  networks : list (string * given);                          (* by their keys,
  in the file's order *)
  declarations : list declaration;
  goals : list (string * statement) }.

(* ---------- certificates ---------- *)

(* A vector w, x1, ..., xd; or where a unit vanishes between two earlier ones. *)
Inductive corner_point :=
  | Coordinates (numbers : list Q)
  | Crossing (first second : Z) (unit_number : nat).

Inductive step :=
  | Use (name : string) (terms : list expr)                 
  (* "IH" is the induction's hypothesis *)
  | Congruence (name : string) (left right : list expr)
  | Cases (index : nat)
  | Cut (f : expr)
  | Leaf (entries : list (expr * list nat))                  (* weight, facts *)
  | Units
  | Range (t : expr) (points : list Q)
  | MeasureStep (name : string) (points signs coefficients : list Q)
  | Cells (facts : list nat) (points : list corner_point) (simplices : list (list Z))
  | Tree (facts : list nat) (nodes : list Z).

Inductive item :=
  | Declare (d : declaration)
  | Goal (name : string) (induction : option string) (proof : list step)
  | Lemma_ (name : string) (s : statement) (induction : option string) (proof : list step).

(* The witness of assumptions: its declarations, in order, and its items. *)
Record certificate := Certificate {
  items : list item; witness : option (list declaration * list item) }.
