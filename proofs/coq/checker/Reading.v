(* From expressions to polynomials and formulas in negation normal form,
  with terms for the variables
   in scope: a statement is read anew wherever it is used; there is no substitution. *)
From Coq Require Import Qreals Reals Lra Lia Arith Classical_Prop.
From Checked Require Import Syntax Polynomials Meaning.
Open Scope R_scope.

(* The symbols declared so far, with the sorts of arguments and value (true is Z); what the names of
   the given networks stand for; the number of values in the networks. *)
Record vocabulary := Vocabulary {
  symbols : list (string * (list bool * bool)); constants : list (string * poly); count : nat }.
Definition known_name (L : vocabulary) (f : string) : bool :=
  match lookup f (symbols L), lookup f (constants L) with None, None => false | _, _ => true end.

(* ---------- what an atom is worth ---------- *)

Section Atoms.
Variables (W : world) (letters : list R).
Fixpoint atom_value (a : atom) : R :=
  match a with
  | Letter i => nth i letters 0
  | Inner v => inner W v
  | Applied f arguments =>
    call W f (map (fun p => fold_right (fun t r =>
      Q2R (snd t) * fold_right (fun b s => atom_value b * s) 1 (fst t) + r) 0 p) arguments)
  end.

(* The value of a symbol at terms. *)
Lemma applied_value f ps :
  atom_value (Applied f ps) = call W f (map (poly_value atom_value) ps).
Proof. reflexivity. Qed.
End Atoms.

(* ---------- visibly an integer ---------- *)

Section Reading.
Variables (L : vocabulary) (places : list bool).  (* which variables of the proof are integers *)

Fixpoint visible_atom (a : atom) : bool :=
  match a with
  | Letter i => nth i places false
  | Inner _ => false
  | Applied f arguments =>
    match lookup f (symbols L) with
    | Some (wanted, true) =>
      (fix go (ws : list bool) (ps : list (list (list atom * Q))) {struct ps} : bool :=
        match ws, ps with
        | [], [] => true
        | w :: ws', p :: ps' =>
          (negb w || forallb (fun t => Pos.eqb (Qden (snd t)) 1 && forallb visible_atom (fst t)) p)
          && go ws' ps'
        | _, _ => false
        end) wanted arguments
    | _ => false
    end
  end.
Definition visible (p : poly) : bool :=
  forallb (fun t => Pos.eqb (Qden (snd t)) 1 && forallb visible_atom (fst t)) p.
Fixpoint fits (wanted : list bool) (ps : list poly) : bool :=
  match wanted, ps with
  | [], [] => true
  | w :: ws', p :: ps' => (negb w || visible p) && fits ws' ps'
  | _, _ => false
  end.

(* ---------- terms ---------- *)

Definition apply (f : string) (ps : list poly) : option poly :=
  match lookup f (symbols L) with
  | Some (wanted, _) => if fits wanted ps then Some (single (Applied f ps)) else None
  | None => None
  end.
Definition most_degree : nat := 40.
Definition times (p q : poly) : option poly :=
  if Nat.leb (degree p + degree q) most_degree then Some (multiply p q) else None.
Definition to_the (p : poly) (c : Q) : option poly :=
  if (Pos.eqb (Qden c) 1 && Z.leb 1 (Qnum c) && Z.leb (Qnum c) 40)%bool then
    let n := Z.to_nat (Qnum c) in
    if Nat.leb (degree p * n) most_degree then Some (power p n) else None
  else None.
Definition combined (o : arithmetic) (p q : poly) : option poly :=
  match o with
  | Plus => Some (add p q)
  | Minus => Some (subtract p q)
  | Times => times p q
  | Over => match number q with
            | Some c => if Qeq_bool c 0 then None else Some (scaled (/ c) p) | None => None end
  | Power => match number q with Some c => to_the p c | None => None end
  end.
Fixpoint all_of {A} (l : list (option A)) : option (list A) :=
  match l with
  | [] => Some []
  | Some a :: l' => option_map (cons a) (all_of l')
  | None :: _ => None
  end.

Fixpoint term_of (scope : list (string * poly)) (e : expr) : option poly :=
  match e with
  | Numeral n => Some (constant (inject_Z n))
  | Value v => if (Nat.leb 1 v && Nat.leb v (count L))%bool then Some (single (Inner v)) else None
  | Call f arguments =>
    match arguments, lookup f scope, lookup f (constants L) with
    | [], Some p, _ => Some p
    | [], None, Some p => Some p
    | _ :: _, Some _, _ => None
    | _ :: _, None, Some _ => None
    | _, None, None =>
      match all_of (map (term_of scope) arguments) with Some ps => apply f ps | None => None end
    end
  | Brackets a => term_of scope a
  | Opposite a => option_map opposite (term_of scope a)
  | Arithmetic o a b =>
    match term_of scope a, term_of scope b with
    | Some p, Some q => combined o p q | _, _ => None end
  | _ => None
  end.
Definition terms_of (scope : list (string * poly)) (es : list expr) : option (list poly) :=
  all_of (map (term_of scope) es).

(* ---------- formulas ---------- *)

Inductive relation := LE | LT | EQ | NE.
Inductive formula :=
  | Comparison (r : relation) (p : poly)                (* p <= 0, p < 0, p = 0, p != 0 *)
  | Junction (all : bool) (parts : list formula).       (* all of the parts, or at least one *)

Definition junction (all : bool) (parts : list formula) : formula :=
  Junction all (flat_map (fun f => match f with
    | Junction all' parts' => if Bool.eqb all all' then parts' else [f] | _ => [f] end) parts).
Fixpoint negate (f : formula) : formula :=
  match f with
  | Comparison LE p => Comparison LT (opposite p)
  | Comparison LT p => Comparison LE (opposite p)
  | Comparison EQ p => Comparison NE p
  | Comparison NE p => Comparison EQ p
  | Junction all parts => Junction (negb all) (map negate parts)
  end.
(* What is known where the formula holds: conjunctions are taken apart. *)
Fixpoint facts (f : formula) : list formula :=
  match f with
  | Comparison NE p => [Junction false [Comparison LT p; Comparison LT (opposite p)]]
  | Comparison _ _ => [f]
  | Junction true parts => flat_map facts parts
  | Junction false parts => match parts with [g] => facts g | _ => [f] end
  end.

Definition compared (s : sign) (p q : poly) : formula :=
  match s with
  | LessEqual => Comparison LE (subtract p q)
  | Less => Comparison LT (subtract p q)
  | Equal => Comparison EQ (subtract p q)
  | Unequal => Comparison NE (subtract p q)
  | GreaterEqual => Comparison LE (subtract q p)
  | Greater => Comparison LT (subtract q p)
  end.
Fixpoint chain_of (p : poly) (rest : list (sign * option poly)) : option (list formula) :=
  match rest with
  | [] => Some []
  | (s, Some q) :: rest' => option_map (cons (compared s p q)) (chain_of q rest')
  | (_, None) :: _ => None
  end.
Fixpoint formula_of (scope : list (string * poly)) (e : expr) : option formula :=
  match e with
  | Brackets a => formula_of scope a
  | Chain a rest =>
    match term_of scope a with
    | Some p => match chain_of p (map (fun sb => (fst sb, term_of scope (snd sb))) rest) with
                | Some [f] => Some f
                | Some (f :: fs) => Some (Junction true (f :: fs))
                | _ => None end
    | None => None
    end
  | Truth => Some (Junction true [])
  | Falsity => Some (Junction false [])
  | Negation a => option_map negate (formula_of scope a)
  | Connected o a b =>
    match formula_of scope a, formula_of scope b with
    | Some f, Some g => Some match o with
        | Conjunction => junction true [f; g]
        | Disjunction => junction false [f; g]
        | Implication => junction false [negate f; g] end
    | _, _ => None
    end
  | _ => None
  end.
End Reading.

(* ---------- when formulas hold ---------- *)

Definition related (r : relation) (x : R) : Prop :=
  match r with LE => x <= 0 | LT => x < 0 | EQ => x = 0 | NE => x <> 0 end.
Fixpoint formula_holds (V : atom -> R) (f : formula) : Prop :=
  match f with
  | Comparison r p => related r (poly_value V p)
  | Junction true parts => fold_right (fun g r => formula_holds V g /\ r) True parts
  | Junction false parts => fold_right (fun g r => formula_holds V g \/ r) False parts
  end.

Section FormulaInduction.
Variable P : formula -> Prop.
Hypothesis comparison : forall r p, P (Comparison r p).
Hypothesis junction_ : forall all parts, Forall P parts -> P (Junction all parts).
Fixpoint formula_induction (f : formula) : P f :=
  match f with
  | Comparison r p => comparison r p
  | Junction all parts => junction_ all parts ((fix go (l : list formula) : Forall P l :=
      match l with
      | [] => Forall_nil P | g :: l' => Forall_cons g (formula_induction g) (go l') end) parts)
  end.
End FormulaInduction.

Section Holding.
Variable V : atom -> R.
Notation holds_ := (formula_holds V).

(* A conjunction holds where all parts do, *)
Lemma all_hold l : holds_ (Junction true l) <-> Forall holds_ l.
Proof.
  cbn. induction l as [|f l IH]; cbn; [split; constructor|]. rewrite IH.
  split; [intros [A B]; constructor; assumption|intros H; inversion H; auto].
Qed.

(* a disjunction where one does. *)
Lemma some_holds l : holds_ (Junction false l) <-> Exists holds_ l.
Proof.
  cbn. induction l as [|f l IH]; cbn; [split; [tauto|inversion 1]|]. rewrite IH.
  split; [intros [A|A]; [left|right]; assumption|intros H; inversion H; auto].
Qed.

(* Merging junctions changes nothing. *)
Lemma junction_holds all f g :
  holds_ (junction all [f; g]) <-> if all then holds_ f /\ holds_ g else holds_ f \/ holds_ g.
Proof.
  unfold junction. cbn [flat_map]. rewrite app_nil_r.
  set (open := fun h => match h with
    | Junction all' parts' => if Bool.eqb all all' then parts' else [h] | _ => [h] end).
  change (holds_ (Junction all (open f ++ open g)) <->
    if all then holds_ f /\ holds_ g else holds_ f \/ holds_ g).
  destruct all; [rewrite all_hold, Forall_app|rewrite some_holds, Exists_app].
  - assert (O : forall h, Forall holds_ (open h) <-> holds_ h).
    { intros [r p|[|] parts]; cbn [open Bool.eqb]; [|symmetry; apply all_hold|];
        (split; [intros H; exact (Forall_inv H)|intros H; repeat constructor; exact H]). }
    rewrite !O. tauto.
  - assert (O : forall h, Exists holds_ (open h) <-> holds_ h).
    { intros [r p|[|] parts]; cbn [open Bool.eqb]; [| |symmetry; apply some_holds];
        (split; [intros H; inversion H as [? ? K|? ? K]; [exact K|inversion K]|intros H; left;
        exact H]). }
    rewrite !O. tauto.
Qed.

(* A negation holds where the formula does not. *)
Lemma negate_holds f : holds_ (negate f) <-> ~ holds_ f.
Proof.
  induction f as [r p|all parts IH] using formula_induction.
  - destruct r; cbn; rewrite ?opposite_value; split; intros; lra.
  - destruct all; cbn [negate negb].
    + rewrite some_holds, all_hold. induction IH as [|f l Hf _ IHl]; cbn [map].
      * split; [inversion 1|intros H; exfalso; apply H; constructor].
      * rewrite Exists_cons, Forall_cons_iff, Hf, IHl. split; [tauto|].
        intros H. destruct (classic (holds_ f)); tauto.
    + rewrite all_hold, some_holds. induction IH as [|f l Hf _ IHl]; cbn [map].
      * split; [intros _ H; inversion H|constructor].
      * rewrite Exists_cons, Forall_cons_iff, Hf, IHl. tauto.
Qed.

(* Where a formula holds its facts do. *)
Lemma facts_hold f : holds_ f -> Forall holds_ (facts f).
Proof.
  induction f as [r p|all parts IH] using formula_induction; intros H.
  - destruct r; cbn [facts]; (constructor; [|constructor]); try exact H.
    cbn in *. rewrite opposite_value. lra.
  - destruct all; cbn [facts].
    + apply all_hold in H. induction H as [|f l Hf _ IHl]; [constructor|].
      inversion IH; subst. cbn [flat_map]. apply Forall_app. auto.
    + destruct parts as [|f [|g l]]; try (constructor; [exact H|constructor]).
      inversion IH; subst. cbn in H. tauto.
Qed.

(* Comparisons with 0 compare. *)
Lemma compared_holds s p q :
  holds_ (compared s p q) <-> compares s (poly_value V p) (poly_value V q).
Proof. destruct s; cbn; rewrite subtract_value; split; lra. Qed.
End Holding.
