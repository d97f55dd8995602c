(* Proofs: a branch is a list of facts;
  the rules that need no networks: use, congruence, cases, cut,
   leaf.  Each returns the branches that remain, as the facts that they add. *)
From Coq Require Import Qreals Reals Lra Lia Arith Classical_Prop.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound.
Open Scope R_scope.

(* ---------- branches ---------- *)

(* Facts are numbered from 0; the newest stands in front. *)
Record branch := Branch { length_ : nat; newest_first : list formula }.
Definition extend (b : branch) (new : list formula) : branch :=
  Branch (length_ b + length new) (rev_append new (newest_first b)).
Definition fact (b : branch) (i : nat) : option formula :=
  if Nat.ltb i (length_ b) then nth_error (newest_first b) (length_ b - S i) else None.

(* ---------- statements at terms ---------- *)

(* "v >= n implies" for each variable of sort "Z from n". *)
Fixpoint premises (vs : list variable) (ps : list poly) (f : formula) : formula :=
  match vs, ps with
  | (_, From n) :: vs', p :: ps' =>
    junction false [negate (compared GreaterEqual p (constant (inject_Z n))); premises vs' ps' f]
  | _ :: vs', _ :: ps' => premises vs' ps' f
  | _, _ => f
  end.
Definition instance (L : vocabulary) (places : list bool) (s : statement) (ps : list poly)
    : option formula :=
  if fits L places (map is_integer (variables s)) ps then
    option_map (premises (variables s) ps)
      (formula_of L places (combine (map fst (variables s)) ps) (body s))
  else None.

(* What the rules may use in one proof: the vocabulary, what is known, the statement to be proved,
  and
   the place of the variable of an induction. *)
Record context := Context {
  language : vocabulary; known : list (string * statement);
  shown : statement; induction_on : option nat }.
Definition places (c : context) : list bool := map is_integer (variables (shown c)).
Definition letters_of (s : statement) : list poly :=
  map (fun i => single (Letter i)) (seq 0 (length (variables s))).
Definition scope (c : context) : list (string * poly) :=
  combine (map fst (variables (shown c))) (letters_of (shown c)).
Definition read_terms (c : context) (es : list expr) : option (list poly) :=
  terms_of (language c) (places c) (scope c) es.

(* ---------- use, congruence, cases, cut ---------- *)

Definition hypothesis : string := "IH".
Definition use (c : context) (name : string) (es : list expr) : option (list (list formula)) :=
  match read_terms c es with
  | None => None
  | Some ps =>
    match (if String.eqb name hypothesis then induction_on c else None) with
    | Some k =>
      match nth_error (letters_of (shown c)) k, nth_error ps k,
            instance (language c) (places c) (shown c) ps with
      | Some here, Some there, Some f =>
        Some [facts (Junction false [compared LessEqual here there; f])]
      | _, _, _ => None
      end
    | None =>
      match lookup name (known c) with
      | Some s => option_map (fun f => [facts f]) (instance (language c) (places c) s ps)
      | None => None
      end
    end
  end.

Fixpoint differing (ps qs : list poly) : list formula :=
  match ps, qs with
  | p :: ps', q :: qs' =>
    if same p q then differing ps' qs' else negate (compared Equal p q) :: differing ps' qs'
  | _, _ => []
  end.
Definition congruence_rule (c : context) (f : string) (left right : list expr)
    : option (list (list formula)) :=
  match read_terms c left, read_terms c right with
  | Some ps, Some qs =>
    match apply (language c) (places c) f ps, apply (language c) (places c) f qs with
    | Some p, Some q =>
      Some [facts (Junction false (differing ps qs ++ [compared Equal p q]))]
    | _, _ => None
    end
  | _, _ => None
  end.

Definition cases_rule (b : branch) (i : nat) : option (list (list formula)) :=
  match fact b i with Some (Junction false parts) => Some (map facts parts) | _ => None end.

Definition cut (c : context) (e : expr) : option (list (list formula)) :=
  option_map (fun f => [facts f; facts (negate f)])
    (formula_of (language c) (places c) (scope c) e).

(* ---------- leaf ---------- *)

Fixpoint rows (b : branch) (is : list nat) : option (list (relation * poly)) :=
  match is with
  | [] => Some []
  | i :: is' =>
    match fact b i, rows b is' with
    | Some (Comparison NE _), _ => None
    | Some (Comparison r p), Some l => Some ((r, p) :: l)
    | _, _ => None
    end
  end.
Definition is_equation (row : relation * poly) : bool :=
  match fst row with EQ => true | _ => false end.
Definition is_strict (row : relation * poly) : bool :=
  match fst row with LT => true | _ => false end.
Definition positive_number (p : poly) : bool :=
  match number p with Some c => Z.ltb 0 (Qnum c) | None => false end.

(* The weight times -p for each row. *)
Fixpoint product (weight : poly) (l : list (relation * poly)) : option poly :=
  match l with
  | [] => Some weight
  | (_, p) :: l' =>
    match times weight (opposite p) with Some q => product q l' | None => None end
  end.
(* The summand, and whether it is positive. *)
Definition summand (c : context) (b : branch) (weight : expr) (is : list nat)
    : option (poly * bool) :=
  match term_of (language c) (places c) (scope c) weight, rows b is with
  | Some w, Some l =>
    let equation := existsb is_equation l in
    if equation || positive_number w then
      option_map (fun p => (p, negb equation && forallb is_strict l)) (product w l)
    else None
  | _, _ => None
  end.
Fixpoint sum_up (c : context) (b : branch) (entries : list (expr * list nat)) (total : poly)
    (positive : bool) : option (poly * bool) :=
  match entries with
  | [] => Some (total, positive)
  | (weight, is) :: entries' =>
    match summand c b weight is with
    | Some (p, strict) => sum_up c b entries' (add p total) (positive || strict)
    | None => None
    end
  end.
Definition leaf (c : context) (b : branch) (entries : list (expr * list nat))
    : option (list (list formula)) :=
  match sum_up c b entries [] false with
  | Some (total, positive) =>
    match number total with
    | Some q => if Z.ltb (Qnum q) 0 || (Z.eqb (Qnum q) 0 && positive) then Some [] else None
    | None => None
    end
  | None => None
  end.
