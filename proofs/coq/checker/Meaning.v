(* What a claim means, over Coq's real numbers.

   This is the file to read: `check_sound` (Check.v) says that an accepted claim has this meaning.
   Networks and pieces are those of Definitions.v, integrals are Coquelicot's Riemann integrals. *)
From Coq Require Import Qreals DecimalString.
From Depthproof Require Import Definitions.
From Checked Require Import Syntax Graph.
From Checked Require FileNetwork.
Open Scope R_scope.

(* ---------- terms and formulas ---------- *)

(* What names stand for (without arguments: constants), and the values inside the networks. *)
Definition interpretation : Type := string -> list R -> R.
Record world := World { call : interpretation; inner : nat -> R }.

Fixpoint lookup {A} (name : string) (l : list (string * A)) : option A :=
  match l with
  | [] => None
  | (n, a) :: l' => if String.eqb name n then Some a else lookup name l'
  end.

Definition arithmetic_value (o : arithmetic) (x y : R) : R :=
  match o with
  | Plus => x + y | Minus => x - y | Times => x * y | Over => x / y
  | Power => x ^ Z.to_nat (Int_part y)
  end.
Definition compares (s : sign) (x y : R) : Prop :=
  match s with
  | LessEqual => x <= y | Less => x < y | Equal => x = y
  | Unequal => x <> y | GreaterEqual => x >= y | Greater => x > y
  end.
Fixpoint chained (x : R) (rest : list (sign * R)) : Prop :=
  match rest with [] => True | (s, y) :: rest' => compares s x y /\ chained y rest' end.
Definition connects (o : connective) (A B : Prop) : Prop :=
  match o with Conjunction => A /\ B | Disjunction => A \/ B | Implication => A -> B end.

(* The variables have the values that `rho` gives; a name that is no variable is the world's. *)
Fixpoint value (W : world) (rho : list (string * R)) (e : expr) : R :=
  match e with
  | Numeral n => IZR n
  | Value v => inner W v
  | Call f arguments =>
    match arguments, lookup f rho with
    | [], Some r => r
    | _, _ => call W f (map (value W rho) arguments)
    end
  | Brackets a => value W rho a
  | Opposite a => - value W rho a
  | Arithmetic o a b => arithmetic_value o (value W rho a) (value W rho b)
  | _ => 0
  end.
Fixpoint holds (W : world) (rho : list (string * R)) (e : expr) : Prop :=
  match e with
  | Brackets a => holds W rho a
  | Chain a rest => chained (value W rho a) (map (fun p => (fst p, value W rho (snd p))) rest)
  | Truth => True
  | Falsity => False
  | Negation a => ~ holds W rho a
  | Connected o a b => connects o (holds W rho a) (holds W rho b)
  | _ => False
  end.

(* ---------- sorts and statements ---------- *)

Definition whole (x : R) : Prop := exists z, x = IZR z.
Definition in_sort (s : sort) (x : R) : Prop :=
  match s with Real => True | Integer => whole x | From n => whole x /\ IZR n <= x end.
Definition in_sorts (vs : list variable) (rs : list R) : Prop := Forall2 in_sort (map snd vs) rs.
Definition bound_to (vs : list variable) (rs : list R) : list (string * R) :=
  combine (map fst vs) rs.

(* For all values of its variables. *)
Definition true_in (W : world) (s : statement) : Prop :=
  forall rs, in_sorts (variables s) rs -> holds W (bound_to (variables s) rs) (body s).

(* ---------- symbols ---------- *)

Definition standard (W : world) : Prop :=
  (forall x, call W "floor" [x] = IZR (Int_part x)) /\
  (forall a b, b <> 0 -> call W "div" [a; b] = a / b) /\ (forall a, call W "div" [a; 0] = 0).

(* A symbol of sort Z takes integers, where it wants them, to integers. *)
Definition respects (W : world) (f : string) (wanted : list bool) (integral : bool) : Prop :=
  integral = true ->
  forall rs, Forall2 (fun z r => z = true -> whole r) wanted rs -> whole (call W f rs).
Definition is_integer (v : variable) : bool := match snd v with Real => false | _ => true end.

(* r is the value of the first case whose guard holds, or else the last value. *)
Fixpoint chosen (W : world) (rho : list (string * R)) (cs : list (expr * expr)) (last : expr)
    (r : R) : Prop :=
  match cs with
  | [] => r = value W rho last
  | (guard, e) :: cs' =>
    (holds W rho guard /\ r = value W rho e) \/ (~ holds W rho guard /\ chosen W rho cs' last r)
  end.
Definition defines (W : world) (d : definition) : Prop :=
  forall rs, in_sorts (parameters d) rs ->
  chosen W (bound_to (parameters d) rs) (cases d) (otherwise d) (call W (defined d) rs).

(* ---------- measures of functions on [a, b] ---------- *)

(* f minus the combination of the span with these coefficients. *)
Fixpoint remainder (f : R -> R) (span : list (R -> R)) (cs : list R) : R -> R :=
  match span, cs with
  | g :: span', c :: cs' => remainder (fun t => f t - c * g t) span' cs'
  | _, _ => f
  end.
Definition distance_to (f : R -> R) (span : list (R -> R)) (a b : R) (cs : list R) (r : R) : Prop :=
  length cs = length span /\ is_RInt (fun t => Rabs (remainder f span cs t)) a b r.

(* r is the number of pieces, the integral, ..., the infimum of the integrals |f - combination|. *)
Definition measures (q : quantity) (f : R -> R) (span : list (R -> R)) (a b r : R) : Prop :=
  match q with
  | Pieces => exists n, pieces_exactly n a b f /\ r = INR n
  | Integral => is_RInt f a b r
  | IntegralAbs => is_RInt (fun t => Rabs (f t)) a b r
  | SupAbs =>
    (forall t, a <= t <= b -> Rabs (f t) <= r) /\ exists t, a <= t <= b /\ Rabs (f t) = r
  | Distance _ =>
    (forall cs v, distance_to f span a b cs v -> r <= v) /\
    (forall e, 0 < e -> exists cs v, distance_to f span a b cs v /\ v < r + e)
  end.
Definition spanning (q : quantity) : list expr := match q with Distance es => es | _ => [] end.

(* ---------- given networks ---------- *)

Fixpoint position (name : string) (names : list string) : nat :=
  match names with
  | [] => 0%nat
  | n :: names' => if String.eqb name n then 0%nat else S (position name names')
  end.
Definition file_of_given (g : given) : FileNetwork.file :=
  let names := "x" :: map fst (given_nodes g) in
  let place name := position name names in
  FileNetwork.File
    (map (fun node => match snd node with
                      | GemmNode sources w b => FileNetwork.Gemm (map place sources) (combine w b)
                      | ReluNode source => FileNetwork.Relu (place source) end) (given_nodes g))
    (place (given_output g)).

(* One thing has the name itself; several have it with numbers, x1, x2, ... *)
Definition decimal (n : nat) : string := NilZero.string_of_uint (Nat.to_uint n).
Fixpoint numbered {A} (title : string) (n : nat) (l : list A) : list (string * A) :=
  match l with
  | [] => []
  | a :: l' => (title ++ decimal n, a)%string :: numbered title (S n) l'
  end.
Definition titled {A} (title : string) (l : list A) : list (string * A) :=
  match l with [a] => [(title, a)] | _ => numbered title 1 l end.

Definition files (c : claim) : list FileNetwork.file :=
  map (fun kg => file_of_given (snd kg)) (networks c).
Definition input_size (c : claim) : nat :=
  match networks c with [] => 0%nat | (_, g) :: _ => given_size g end.

(* The input is x, or x1, x2, ...; the output of the network with the key f is f, or f1, f2, ... *)
Definition names_of {A} (c : claim) (input : list A) (outputs : list (list A))
    : list (string * A) :=
  titled "x" input ++ concat (map (fun p => titled (fst p) (snd p))
                               (combine (map fst (networks c)) outputs)).
Definition given_names (c : claim) (xs : list R) : list (string * R) :=
  names_of c xs (map (fun F => FileNetwork.file_values F xs) (files c)).

(* value1, value2, ...
  are the inputs, then for each unit what goes into its ReLU and what comes out,
   times what makes its weights integers: see Graph.v. *)
Definition inner_values (c : claim) (xs : list R) (v : nat) : R :=
  match graph_of (input_size c) (files c) with
  | Some (_, G) => seen (values G xs) v | None => 0 end.

(* The world at the input xs: the networks' names mean what the networks give there. *)
Definition at_input (c : claim) (I : interpretation) (xs : list R) : world :=
  World (fun f rs => match rs, lookup f (given_names c xs) with
                     | [], Some r => r | _, _ => I f rs end) (inner_values c xs).

(* An expression as a function of the only input. *)
Definition curve (c : claim) (I : interpretation) (e : expr) (t : R) : R :=
  value (at_input c I [t]) [] e.

(* ---------- claims ---------- *)

(* The symbols that I interprets are what the claim declares them to be.  A measure's name is the
   measure, where there is one (there are no pieces on [1, 0]). *)
Definition declared (c : claim) (I : interpretation) (xs : list R) (d : declaration) : Prop :=
  let W := at_input c I xs in
  match d with
  | Definition_ d =>
    respects W (defined d) (map is_integer (parameters d)) (integral d) /\ defines W d
  | Measure_ m =>
    forall r, measures (what m) (curve c I (of m)) (map (curve c I) (spanning (what m)))
                (Q2R (low m)) (Q2R (high m)) r ->
    call W (measured m) [] = r
  | Free f wanted integral => respects W f wanted integral
  | Assume _ s => true_in W s
  end.
Definition satisfies (c : claim) (I : interpretation) (xs : list R) : Prop :=
  standard (at_input c I xs) /\ Forall (declared c I xs) (declarations c).

(* For every input, and for every interpretation of the symbols as the claim declares them that
   satisfies its assumptions, all goals hold.  And there are such interpretations: a choice of the
   free symbols that does not depend on the input, with which they exist at every input. *)
Definition meaning (c : claim) : Prop :=
  (forall xs I, length xs = input_size c -> satisfies c I xs ->
    Forall (fun g => true_in (at_input c I xs) (snd g)) (goals c)) /\
  (exists choice : interpretation, forall xs, length xs = input_size c ->
    exists I, satisfies c I xs /\
    forall f wanted integral, In (Free f wanted integral) (declarations c) ->
    forall rs, I f rs = choice f rs).
