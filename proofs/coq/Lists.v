(* Finite lists, counted: no repetitions, sums over a list, and lists cut apart. *)
From Coq Require Import List Arith Lia FinFun.
Import ListNotations.

(* ---------- no repetitions ---------- *)

(* Two lists without a common element. *)
Lemma nodup_app {A} (P Q : list A) :
  NoDup P -> NoDup Q -> (forall x, In x P -> ~ In x Q) -> NoDup (P ++ Q).
Proof. intros HP HQ D. induction HP as [|p P Hp HP IH]; [assumption|]. cbn [app]. constructor.
  - rewrite in_app_iff. intros [K|K]; [contradiction|]. apply (D p); [left; reflexivity|assumption].
  - apply IH. intros x Hx. apply D. right. assumption. Qed.

(* One element put before all lists. *)
Lemma nodup_cons {A} (a : A) P : NoDup P -> NoDup (map (cons a) P).
Proof. apply Injective_map_NoDup. intros x y E. congruence. Qed.

(* Different elements put before the lists of P and of Q. *)
Lemma nodup_heads {A} (a b : A) P Q :
  a <> b -> NoDup P -> NoDup Q -> NoDup (map (cons a) P ++ map (cons b) Q).
Proof. intros N HP HQ. apply nodup_app; [apply nodup_cons, HP|apply nodup_cons, HQ|].
  intros x Hx K. apply in_map_iff in Hx, K. destruct Hx as (p & <- & _), K as (q & E & _).
  congruence. Qed.

(* Every element of P before every list of Q. *)
Definition pairs {A} (P : list A) (Q : list (list A)) : list (list A) :=
  flat_map (fun a => map (cons a) Q) P.

(* They are different. *)
Lemma pairs_nodup {A} (P : list A) Q : NoDup P -> NoDup Q -> NoDup (pairs P Q).
Proof. intros HP HQ. unfold pairs. induction HP as [|a P Ha HP IH]; cbn [flat_map]; [constructor|].
  apply nodup_app; [apply nodup_cons, HQ|assumption|]. intros x Hx K. apply in_map_iff in Hx.
  destruct Hx as (q & <- & _). apply in_flat_map in K. destruct K as (b & Hb & K).
  apply in_map_iff in K. destruct K as (q' & E & _). injection E as -> _. contradiction. Qed.

(* ---------- lengths and sums ---------- *)

(* One result for each element of P and each of Q. *)
Lemma product_length {A B C} (g : A -> B -> C) P Q :
  length (flat_map (fun a => map (g a) Q) P) = length P * length Q.
Proof. induction P; cbn [flat_map length]; [reflexivity|].
  rewrite app_length, map_length, IHP. lia. Qed.

(* What a test lets pass, and what it does not. *)
Lemma filter_both {A} (f : A -> bool) l :
  length (filter (fun x => negb (f x)) l) + length (filter f l) = length l.
Proof. induction l as [|x l IH]; [reflexivity|]. cbn [filter length].
  destruct (f x); cbn [negb length]; lia. Qed.

(* The sum of c over a list. *)
Definition weight {A} (c : A -> nat) (l : list A) : nat := fold_right (fun x s => c x + s) 0 l.

(* It depends on the values at the elements only. *)
Lemma weight_ext {A} (f g : A -> nat) l : (forall x, In x l -> f x = g x) ->
  weight f l = weight g l.
Proof. unfold weight. induction l; intros H; simpl; [reflexivity|].
  rewrite (H a) by (left; reflexivity). rewrite IHl; [reflexivity|]. intros x Hx. apply H. right.
  assumption. Qed.

(* ---------- lists cut apart ---------- *)

(* Lists of the same length are cut apart in one way only. *)
Lemma app_cut {A} (a b c d : list A) : length a = length c -> a ++ b = c ++ d -> a = c /\ b = d.
Proof. revert c.
  induction a as [|x a IH]; intros [|y c] L E; try discriminate; [split; [reflexivity|exact E]|].
  simpl in *. injection E as -> E. destruct (IH c ltac:(congruence) E) as [-> ->].
  split; reflexivity. Qed.

(* Two cuts are one. *)
Lemma skipn_skipn {A} m n (l : list A) : skipn m (skipn n l) = skipn (n + m) l.
Proof. revert l. induction n as [|n IH]; intros l; [reflexivity|].
  destruct l as [|x l]; [destruct m; reflexivity|]. apply IH. Qed.
