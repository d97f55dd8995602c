(* Terms, as the checker computes with them: polynomials with rational coefficients over atoms.

   An atom is a variable of the statement that is being proved, a value of the given networks, or a
   symbol applied to polynomials.  Equal terms that differ
   by the ring's identities are one polynomial.
   Nothing below relies on the order of monomials; it only makes collecting fast. *)
From Coq Require Import Qreals Reals Lra Lia Arith.
From Checked Require Import Syntax.
Open Scope R_scope.

Inductive atom :=
  | Letter (i : nat)                                  (* variable i of the statement, from 0 *)
  | Inner (v : nat)                                   (* value v of the networks, from 1 *)
  | Applied (f : string) (arguments : list (list (list atom * Q))).
Definition monomial : Type := list atom.              (* a product; [] is 1 *)
Definition poly : Type := list (monomial * Q).        (* a sum of coefficient * monomial *)

(* ---------- comparing ---------- *)

(* Lists from left to right. *)
Definition lexical {A} (c : A -> A -> comparison) : list A -> list A -> comparison :=
  fix go l m :=
    match l, m with
    | [], [] => Eq | [], _ => Lt | _, [] => Gt
    | a :: l', b :: m' => match c a b with Eq => go l' m' | other => other end
    end.
Definition compare_rationals (p q : Q) : comparison :=
  match Z.compare (Qnum p) (Qnum q) with Eq => Pos.compare (Qden p) (Qden q) | other => other end.

Fixpoint compare_atoms (a b : atom) {struct a} : comparison :=
  match a, b with
  | Letter i, Letter j => Nat.compare i j
  | Letter _, _ => Lt
  | Inner _, Letter _ => Gt
  | Inner v, Inner w => Nat.compare v w
  | Inner _, Applied _ _ => Lt
  | Applied f l, Applied g m =>
    match String.compare f g with
    | Eq => lexical (lexical (fun t u => match lexical compare_atoms (fst t) (fst u) with
                                         | Eq => compare_rationals (snd t) (snd u)
                                         | other => other end)) l m
    | other => other
    end
  | Applied _ _, _ => Gt
  end.
Definition compare_monomials : monomial -> monomial -> comparison := lexical compare_atoms.
Definition compare_terms (t u : monomial * Q) : comparison :=
  match compare_monomials (fst t) (fst u) with
  | Eq => compare_rationals (snd t) (snd u) | other => other end.
Definition same (p q : poly) : bool :=
  match lexical compare_terms p q with Eq => true | _ => false end.

(* Induction on atoms: the arguments' atoms are smaller. *)
Section Induction.
Variable P : atom -> Prop.
Hypothesis letter : forall i, P (Letter i).
Hypothesis inner : forall v, P (Inner v).
Hypothesis applied : forall f l,
  Forall (fun p : poly => Forall (fun t => Forall P (fst t)) p) l -> P (Applied f l).
Fixpoint atom_induction (a : atom) : P a :=
  match a with
  | Letter i => letter i
  | Inner v => inner v
  | Applied f l =>
    let of_monomial := fix go (m : monomial) : Forall P m :=
      match m with
      | [] => Forall_nil P | b :: m' => Forall_cons b (atom_induction b) (go m') end in
    let of_poly := fix go (p : poly) : Forall (fun t => Forall P (fst t)) p :=
      match p with
      | [] => Forall_nil _
      | t :: p' => Forall_cons t (let '(m, _) as t := t return Forall P (fst t) in of_monomial m)
                     (go p') end in
    let of_list := fix go (l : list poly) : Forall (Forall (fun t => Forall P (fst t))) l :=
      match l with [] => Forall_nil _ | p :: l' => Forall_cons p (of_poly p) (go l') end in
    applied f l (of_list l)
  end.
End Induction.

(* Lists that compare as equal are equal, if this is so for their members. *)
Lemma lexical_equal {A} (c : A -> A -> comparison) l :
  Forall (fun a => forall b, c a b = Eq -> a = b) l -> forall m, lexical c l m = Eq -> l = m.
Proof.
  induction 1 as [|a l Ha _ IH]; intros [|b m]; cbn; try discriminate; [reflexivity|].
  destruct (c a b) eqn:E; try discriminate. intros H. f_equal; auto.
Qed.

(* Rationals that compare as equal are the same fraction. *)
Lemma compare_rationals_equal p q : compare_rationals p q = Eq -> p = q.
Proof.
  unfold compare_rationals. destruct p as (n, d), q as (n', d'); cbn [Qnum Qden].
  destruct (Z.compare n n') eqn:N; try discriminate. apply Z.compare_eq in N. intros E.
  apply Pos.compare_eq in E. congruence.
Qed.

(* Atoms that compare as equal are equal. *)
Lemma compare_atoms_equal a : forall b, compare_atoms a b = Eq -> a = b.
Proof.
  induction a as [i|v|f l IH] using atom_induction; intros [j|w|g m]; cbn; try discriminate.
  - intros E. apply Nat.compare_eq in E. congruence.
  - intros E. apply Nat.compare_eq in E. congruence.
  - destruct (String.compare f g) eqn:S; try discriminate. apply String.compare_eq_iff in S.
    intros E. f_equal; [exact S|]. revert E. apply lexical_equal. eapply Forall_impl; [|exact IH].
    clear. intros p Hp q. apply lexical_equal. eapply Forall_impl; [|exact Hp].
    clear. intros (mt, c) Ht (nu, d); cbn [fst snd].
    destruct (lexical compare_atoms mt nu) eqn:M; try discriminate. intros E.
    apply compare_rationals_equal in E. apply (lexical_equal _ _ Ht) in M. subst. reflexivity.
Qed.

(* So are monomials. *)
Lemma compare_monomials_equal m n : compare_monomials m n = Eq -> m = n.
Proof. apply lexical_equal, Forall_forall. intros a _. apply compare_atoms_equal. Qed.

(* Polynomials that are found to be the same are equal. *)
Lemma same_equal p q : same p q = true -> p = q.
Proof.
  unfold same. destruct (lexical compare_terms p q) eqn:E; try discriminate. intros _. revert E.
  apply lexical_equal, Forall_forall. intros (m, c) _ (n, d). unfold compare_terms; cbn [fst snd].
  destruct (compare_monomials m n) eqn:M; try discriminate. apply compare_monomials_equal in M.
  intros C. apply compare_rationals_equal in C. congruence.
Qed.

(* ---------- arithmetic ---------- *)

Definition constant (q : Q) : poly := if Qeq_bool q 0 then [] else [([], Qred q)].
Definition single (a : atom) : poly := [([a], 1%Q)].
Definition opposite (p : poly) : poly := map (fun t => (fst t, Qopp (snd t))) p.
Definition scaled (c : Q) (p : poly) : poly :=
  if Qeq_bool c 0 then [] else map (fun t => (fst t, Qred (c * snd t))) p.

(* The sum of two sorted sums. *)
Fixpoint add (p : poly) : poly -> poly :=
  fix with_ (q : poly) : poly :=
    match p, q with
    | [], _ => q
    | _, [] => p
    | (m, c) :: p', (n, d) :: q' =>
      match compare_monomials m n with
      | Lt => (m, c) :: add p' q
      | Gt => (n, d) :: with_ q'
      | Eq => let s := Qred (c + d) in if Qeq_bool s 0 then add p' q' else (m, s) :: add p' q'
      end
    end.
Definition subtract (p q : poly) : poly := add p (opposite q).

Fixpoint place (a : atom) (m : monomial) : monomial :=
  match m with
  | [] => [a]
  | b :: m' => match compare_atoms a b with Gt => b :: place a m' | _ => a :: m end
  end.
Definition product_of_monomials (m n : monomial) : monomial := fold_right place n m.
Definition times_term (t : monomial * Q) (q : poly) : poly :=
  match fst t with
  | [] => scaled (snd t) q
  | m => fold_right (fun u r =>
           add [(product_of_monomials m (fst u), Qred (snd t * snd u))] r) [] q
  end.
Definition multiply (p q : poly) : poly := fold_right (fun t r => add (times_term t q) r) [] p.
Fixpoint power (p : poly) (n : nat) : poly :=
  match n with O => constant 1 | S O => p | S n' => multiply p (power p n') end.

(* The number that a constant polynomial is. *)
Definition number (p : poly) : option Q :=
  match p with [] => Some 0%Q | [([], c)] => Some c | _ => None end.
Definition degree (p : poly) : nat := fold_right (fun t r => Nat.max (length (fst t)) r) 0%nat p.

(* ---------- values ---------- *)

Definition monomial_value (V : atom -> R) (m : monomial) : R := fold_right (fun a r => V a * r) 1 m.
Definition poly_value (V : atom -> R) (p : poly) : R :=
  fold_right (fun t r => Q2R (snd t) * monomial_value V (fst t) + r) 0 p.

(* Rationals as real numbers. *)
Lemma Q2R_0 : Q2R 0 = 0. Proof. unfold Q2R; cbn. lra. Qed.
Lemma Q2R_1 : Q2R 1 = 1. Proof. unfold Q2R; cbn. lra. Qed.
Lemma Q2R_Z z : Q2R (inject_Z z) = IZR z. Proof. unfold Q2R; cbn. field. Qed.
Lemma Q2R_red q : Q2R (Qred q) = Q2R q. Proof. apply Qeq_eqR, Qred_correct. Qed.
Lemma Q2R_zero q : Qeq_bool q 0 = true -> Q2R q = 0.
Proof. intros H. apply Qeq_bool_eq, Qeq_eqR in H. rewrite H. apply Q2R_0. Qed.
Lemma Q2R_nonzero q : Qeq_bool q 0 = false -> Q2R q <> 0.
Proof. intros H E. apply Qeq_bool_neq in H. apply H, eqR_Qeq. rewrite E. symmetry. apply Q2R_0. Qed.

Section Values.
Variable V : atom -> R.
Notation "« p »" := (poly_value V p).

(* The value of a sum, term by term. *)
Lemma value_cons m c p : «(m, c) :: p» = Q2R c * monomial_value V m + «p».
Proof. reflexivity. Qed.

(* Values of the operations. *)
Lemma constant_value q : «constant q» = Q2R q.
Proof.
  unfold constant. destruct (Qeq_bool q 0) eqn:E; [rewrite (Q2R_zero q E); reflexivity|].
  rewrite value_cons, Q2R_red. cbn. ring.
Qed.
Lemma single_value a : «single a» = V a.
Proof. unfold single. rewrite value_cons, Q2R_1. cbn. ring. Qed.
Lemma opposite_value p : «opposite p» = - «p».
Proof.
  induction p as [|(m, c) p IH]; [cbn; ring|]. unfold opposite in *. cbn [map fst snd].
  rewrite !value_cons, IH, Q2R_opp. ring.
Qed.
Lemma scaled_value c p : «scaled c p» = Q2R c * «p».
Proof.
  unfold scaled. destruct (Qeq_bool c 0) eqn:E; [rewrite (Q2R_zero c E); cbn; ring|]. clear E.
  induction p as [|(m, d) p IH]; [cbn; ring|]. cbn [map fst snd].
  rewrite !value_cons, IH, Q2R_red, Q2R_mult. ring.
Qed.

(* How two sums are merged. *)
Lemma add_cons m c p n d q : add ((m, c) :: p) ((n, d) :: q) =
  match compare_monomials m n with
  | Lt => (m, c) :: add p ((n, d) :: q)
  | Gt => (n, d) :: add ((m, c) :: p) q
  | Eq => let s := Qred (c + d) in if Qeq_bool s 0 then add p q else (m, s) :: add p q
  end.
Proof. reflexivity. Qed.
Lemma add_value p : forall q, «add p q» = «p» + «q».
Proof.
  induction p as [|(m, c) p IHp].
  { intros [|(n, d) q]; cbn [add]; cbn [poly_value fold_right]; ring. }
  induction q as [|(n, d) q IHq]; [cbn; ring|].
  rewrite add_cons. destruct (compare_monomials m n) eqn:C.
  - apply compare_monomials_equal in C. subst n. cbv zeta. rewrite !value_cons.
    assert (E : Q2R (Qred (c + d)) = Q2R c + Q2R d) by (rewrite Q2R_red, Q2R_plus; reflexivity).
    destruct (Qeq_bool (Qred (c + d)) 0) eqn:Z; rewrite ?value_cons, IHp.
    + apply Q2R_zero in Z. rewrite Z in E. replace (Q2R d) with (- Q2R c) by lra. ring.
    + rewrite E. ring.
  - rewrite value_cons, IHp. rewrite !value_cons. ring.
  - rewrite value_cons. rewrite IHq.
    rewrite !value_cons. ring.
Qed.
Lemma subtract_value p q : «subtract p q» = «p» - «q».
Proof. unfold subtract. rewrite add_value, opposite_value. ring. Qed.

(* The value of a product, atom by atom. *)
Lemma monomial_cons a m : monomial_value V (a :: m) = V a * monomial_value V m.
Proof. reflexivity. Qed.
Lemma place_value a m : monomial_value V (place a m) = V a * monomial_value V m.
Proof.
  induction m as [|b m IH]; [reflexivity|]. cbn [place].
  destruct (compare_atoms a b); [reflexivity|reflexivity|]. rewrite !monomial_cons, IH. ring.
Qed.
Lemma product_of_monomials_value m n :
  monomial_value V (product_of_monomials m n) = monomial_value V m * monomial_value V n.
Proof.
  unfold product_of_monomials. induction m as [|a m IH]; cbn [fold_right]; [cbn; ring|].
  rewrite place_value, IH, monomial_cons. ring.
Qed.
Lemma times_term_value m c q : «times_term (m, c) q» = Q2R c * monomial_value V m * «q».
Proof.
  unfold times_term; cbn [fst snd]. destruct m as [|a m]; [rewrite scaled_value; cbn; ring|].
  set (am := a :: m). clearbody am. clear a m.
  induction q as [|(n, d) q IH]; [cbn; ring|]. cbn [fold_right fst snd].
  rewrite add_value, IH, !value_cons, product_of_monomials_value, Q2R_red, Q2R_mult. cbn. ring.
Qed.
Lemma multiply_value p q : «multiply p q» = «p» * «q».
Proof.
  induction p as [|(m, c) p IH]; [cbn; ring|]. unfold multiply in *. cbn [fold_right].
  rewrite add_value, times_term_value, IH, value_cons. ring.
Qed.
Lemma power_value p n : «power p n» = «p» ^ n.
Proof.
  induction n as [|n IH]; [cbn [power pow]; rewrite constant_value; apply Q2R_1|].
  cbn [power]. destruct n as [|n]; [cbn; ring|]. rewrite multiply_value, IH. reflexivity.
Qed.

(* A polynomial that is a number has this value. *)
Lemma number_value p c : number p = Some c -> «p» = Q2R c.
Proof.
  destruct p as [|[[|a m] d] [|t p]]; cbn [number]; try discriminate; intros E; injection E as <-.
  - symmetry. apply Q2R_0.
  - cbn. ring.
Qed.
End Values.

(* The value of a polynomial depends on nothing but the values of its atoms. *)
Lemma poly_value_ext V W p :
  Forall (fun t => Forall (fun a => V a = W a) (fst t)) p -> poly_value V p = poly_value W p.
Proof.
  induction 1 as [|(m, c) p Hm _ IH]; [reflexivity|]. rewrite !value_cons, IH. do 2 f_equal.
  cbn [fst] in Hm. induction Hm as [|a m Ha _ IHm]; [reflexivity|].
  rewrite !monomial_cons, Ha, IHm. reflexivity.
Qed.
