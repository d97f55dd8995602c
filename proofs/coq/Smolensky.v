(* "Seminal result by Hastad ('86): parity cannot be approximated by a small constant-depth circuit
   with OR and AND gates."  Here by the method of Razborov and Smolensky: a circuit of depth k with
   s gates agrees with parity on at most s 2^(n-l) + sum of C(n, j) for j < (n + (2 l)^k + 2) / 2 of
   the 2^n inputs, for every l. *)
From Coq Require Import Bool List Arith Lia Ring.
Import ListNotations.
From Depthproof Require Import Lists.

(* ---------- the field with three elements ---------- *)

(* 0, 1 and -1. *)

Inductive F3 := Z0 | P1 | M1.

Definition plus3 (a b : F3) : F3 :=
  match a, b with Z0, x => x | x, Z0 => x | P1, P1 => M1 | M1, M1 => P1 | _, _ => Z0 end.
Definition opp3 (a : F3) : F3 := match a with Z0 => Z0 | P1 => M1 | M1 => P1 end.
Definition mult3 (a b : F3) : F3 :=
  match a, b with Z0, _ => Z0 | _, Z0 => Z0 | P1, x => x | M1, x => opp3 x end.
Definition minus3 (a b : F3) : F3 := plus3 a (opp3 b).

(* A commutative ring. *)
Lemma F3_ring : ring_theory Z0 P1 plus3 mult3 minus3 opp3 eq.
Proof. constructor; repeat intros []; reflexivity. Qed.
Add Ring F3ring : F3_ring.

Declare Scope f3_scope.
Delimit Scope f3_scope with F.
Bind Scope f3_scope with F3.
Infix "+" := plus3 : f3_scope.
Infix "*" := mult3 : f3_scope.
Infix "-" := minus3 : f3_scope.

(* ---------- polynomials of low degree on 0-1 inputs ---------- *)

Definition func : Type := list bool -> F3.

(* f is a polynomial of degree below s in n variables, by
   f (b, v) = f (0, v) + b (f (1, v) - f (0, v)). *)
Fixpoint low (n s : nat) (f : func) : Prop :=
  match n with
  | O => s = 0 -> f [] = Z0
  | S n' => low n' s (fun v => f (false :: v)) /\
    low n' (pred s) (fun v => (f (true :: v) - f (false :: v))%F)
  end.

(* Only the values at strings of n bits matter. *)
Lemma low_ext n : forall s f g, (forall v, length v = n -> g v = f v) -> low n s f -> low n s g.
Proof. induction n as [|n IH]; intros s f g E H; [intros Z; rewrite E by reflexivity; apply H, Z|].
  destruct H as [A B]. split.
  - apply (IH s (fun v => f (false :: v))); [|exact A]. intros v Hv. apply E. simpl. congruence.
  - apply (IH (pred s) (fun v => (f (true :: v) - f (false :: v))%F)); [|exact B]. intros v Hv.
    rewrite !E by (simpl; congruence). reflexivity. Qed.

(* 0 has every degree. *)
Lemma low_zero n : forall s, low n s (fun _ => Z0).
Proof. induction n as [|n IH]; intros s; [intros _; reflexivity|]. split; [apply IH|].
  apply (low_ext n _ (fun _ => Z0)); [reflexivity|apply IH]. Qed.

(* Below 0 there is only 0. *)
Lemma low_none n : forall f, low n 0 f -> forall v, length v = n -> f v = Z0.
Proof. induction n as [|n IH]; intros f H v Hv; [destruct v; [apply H; reflexivity|discriminate]|].
  destruct v as [|b v]; [discriminate|]. injection Hv as Hv. destruct H as [A B].
  pose proof (IH _ A v Hv) as A'. pose proof (IH _ B v Hv) as B'. cbv beta in A', B'.
  destruct b; [|exact A']. rewrite A' in B'.
  destruct (f (true :: v)); [reflexivity|discriminate..]. Qed.

(* A degree may be overstated. *)
Lemma low_more n : forall s t f, s <= t -> low n s f -> low n t f.
Proof. induction n as [|n IH]; intros s t f L H; [intros ->; apply H; lia|]. destruct H as [A B].
  split; [apply (IH s); assumption|apply (IH (pred s)); [lia|assumption]]. Qed.

(* Every function has degree at most n. *)
Lemma low_all n : forall s f, n < s -> low n s f.
Proof. induction n as [|n IH]; intros s f L; [intros ->; lia|]. split; apply IH; lia. Qed.

(* Sums keep the degree. *)
Lemma low_plus n : forall s f g, low n s f -> low n s g -> low n s (fun v => (f v + g v)%F).
Proof.
  induction n as [|n IH]; intros s f g F G; [intros Z; rewrite F, G by assumption; reflexivity|].
  destruct F as [F1 F2], G as [G1 G2].
  split; [apply (IH _ (fun v => f (false :: v)) (fun v => g (false :: v))); assumption|].
  eapply low_ext; [|apply (IH _ _ _ F2 G2)]. intros v _. cbv beta. ring. Qed.

(* So do multiples. *)
Lemma low_scale n c : forall s f, low n s f -> low n s (fun v => (c * f v)%F).
Proof. induction n as [|n IH]; intros s f F; [intros Z; rewrite F by assumption; ring|].
  destruct F as [F1 F2]. split; [apply (IH _ (fun v => f (false :: v))); assumption|].
  eapply low_ext; [|apply (IH _ _ F2)]. intros v _. cbv beta. ring. Qed.

(* Constants have degree 0. *)
Lemma low_const n c : forall s, low n (S s) (fun _ => c).
Proof. induction n as [|n IH]; intros s; [intros; discriminate|]. split; [apply IH|].
  apply (low_ext n _ (fun _ => Z0)); [intros; ring|apply low_zero]. Qed.

(* Degrees add: below S d and below s give below d + s. *)
Lemma low_mult n : forall d s f g, low n (S d) f -> low n s g ->
  low n (d + s) (fun v => (f v * g v)%F).
Proof. induction n as [|n IH]; intros d s f g F G.
  - intros Z. rewrite G by lia. ring.
  - destruct s as [|s].
    { apply (low_ext (S n) _ (fun _ => Z0)); [|apply low_zero]. intros v Hv.
      rewrite (low_none (S n) g G v Hv). ring. }
    destruct F as [F1 F2], G as [G1 G2]. cbn [pred] in F2, G2.
    split; [apply (IH d (S s) _ _ F1 G1)|]. replace (pred (d + S s)) with (d + s) by lia.
    (* f1 g1 - f0 g0 = f0 (g1 - g0) + (f1 - f0) g0 + (f1 - f0) (g1 - g0) *)
    apply low_ext with (fun v => (f (false :: v) * (g (true :: v) - g (false :: v)) +
      ((f (true :: v) - f (false :: v)) * g (false :: v) + (f (true :: v) - f (false :: v)) *
      (g (true :: v) - g (false :: v))))%F); [intros; ring|].
    apply low_plus; [apply (IH d s _ _ F1 G2)|]. destruct d as [|d].
    + apply (low_ext n _ (fun _ => Z0)); [|apply low_zero]. intros v Hv.
      pose proof (low_none n _ F2 v Hv) as E. cbv beta in E. rewrite E. ring.
    + apply low_plus; [replace (S d + s) with (d + S s) by lia; apply (IH d (S s) _ _ F2 G1)|].
      apply (low_more n (d + s)); [lia|]. apply (IH d s _ _ F2 G2). Qed.

(* ---------- how many there are ---------- *)

(* The sum of C (n, j) for j < s. *)
Fixpoint monomials (n s : nat) : nat :=
  match n with O => min s 1 | S n' => monomials n' s + monomials n' (pred s) end.

Definition glue (g h : func) : func := fun v =>
  match v with b :: v' => (g v' + (if b then h v' else Z0))%F | [] => Z0 end.

Fixpoint all_low (n s : nat) : list func :=
  match n with
  | O => match s with O => [fun _ => Z0] | S _ => [(fun _ => Z0); (fun _ => P1); (fun _ => M1)] end
  | S n' => flat_map (fun g => map (glue g) (all_low n' (pred s))) (all_low n' s)
  end.

(* There are 3 to the number of coefficients. *)
Lemma all_low_length n : forall s, length (all_low n s) = 3 ^ monomials n s.
Proof. induction n as [|n IH]; intros s; [destruct s as [|[|s]]; reflexivity|].
  cbn [all_low monomials]. rewrite product_length, !IH, Nat.pow_add_r. reflexivity. Qed.

(* Every polynomial of degree below s is among them. *)
Lemma all_low_complete n : forall s f, low n s f -> exists g, In g (all_low n s) /\
  forall v, length v = n -> f v = g v.
Proof. induction n as [|n IH]; intros s f H.
  - destruct s as [|s].
    + exists (fun _ => Z0). split; [left; reflexivity|]. intros v Hv.
      destruct v; [apply H; reflexivity|discriminate].
    + exists (fun _ => f []). split; [destruct (f []); simpl; auto|]. intros v Hv.
      destruct v; [reflexivity|discriminate].
  - destruct H as [A B]. destruct (IH _ _ A) as (g & Ig & Eg). destruct (IH _ _ B) as (h & Ih & Eh).
    exists (glue g h). split.
    + cbn [all_low]. apply in_flat_map. exists g. split; [assumption|]. apply in_map_iff. exists h.
      split; [reflexivity|assumption].
    + intros v Hv. destruct v as [|b v]; [discriminate|]. injection Hv as Hv. unfold glue.
      rewrite <- Eg by assumption. destruct b; [rewrite <- Eh by assumption; ring|ring]. Qed.

(* All lists of a values. *)
Fixpoint vectors (a : nat) : list (list F3) :=
  match a with O => [[]] | S a' => flat_map (fun w => [Z0 :: w; P1 :: w; M1 :: w]) (vectors a') end.

(* There are 3^a. *)
Lemma vectors_length a : length (vectors a) = 3 ^ a.
Proof. induction a as [|a IH]; [reflexivity|]. cbn [vectors Nat.pow]. rewrite <- IH.
  generalize (vectors a). intros l. induction l as [|w l IHl]; [reflexivity|].
  cbn [flat_map length app]. rewrite IHl. simpl. lia. Qed.

(* They have a entries. *)
Lemma vectors_spec a : forall w, In w (vectors a) -> length w = a.
Proof. induction a as [|a IH]; intros w H; [destruct H as [<-|[]]; reflexivity|].
  apply in_flat_map in H. destruct H as (u & Hu & H). specialize (IH u Hu). simpl in H.
  destruct H as [<-|[<-|[<-|[]]]]; simpl; congruence. Qed.

(* Each once. *)
Lemma vectors_nodup a : NoDup (vectors a).
Proof. induction a as [|a IH]; [repeat constructor; intros []|]. cbn [vectors].
  induction IH as [|w l Hw IH IHl]; [constructor|]. cbn [flat_map app].
  assert (N : forall c, ~ In (c :: w) (flat_map (fun w => [Z0 :: w; P1 :: w; M1 :: w]) l)).
  { intros c K. apply in_flat_map in K. destruct K as (u & Hu & K). simpl in K.
    destruct K as [K|[K|[K|[]]]]; injection K as _ ->; contradiction. }
  repeat constructor; try assumption; try apply N; simpl; intros K;
    repeat (destruct K as [K|K]; try discriminate); apply (N _ K).
Qed.

(* A set of points on which every function is a polynomial of degree below s has at most so many
   points. *)
Lemma dimension_bound n s A : NoDup A -> (forall v, In v A -> length v = n) ->
  (forall f : func, exists g, low n s g /\ forall v, In v A -> f v = g v) ->
  length A <= monomials n s.
Proof. intros HN HL H. apply (Nat.pow_le_mono_r_iff 3); [lia|].
  rewrite <- all_low_length, <- vectors_length, <- (map_length (fun g : func => map g A)).
  apply NoDup_incl_length; [apply vectors_nodup|]. intros w Hw.
  pose proof (vectors_spec _ _ Hw) as Lw.
  assert (dec : forall u v : list bool, {u = v} + {u <> v}) by (apply list_eq_dec, bool_dec).
  assert (Q : exists f : func, map f A = w).
  { clear - HN Lw dec. revert w Lw. induction HN as [|a A Ha HN IH]; intros w Lw;
      destruct w as [|c w]; try discriminate; [exists (fun _ => Z0); reflexivity|].
    destruct (IH w ltac:(simpl in Lw; congruence)) as [f E].
    exists (fun v => if dec v a then c else f v). simpl. destruct (dec a a); [|congruence]. f_equal.
    rewrite <- E. apply map_ext_in. intros v Hv.
    destruct (dec v a) as [->|]; [contradiction|reflexivity]. }
  destruct Q as [f E]. destruct (H f) as (g & Lg & Eg).
  destruct (all_low_complete n s g Lg) as (h & Ih & Eh). apply in_map_iff. exists h.
  split; [|assumption]. rewrite <- E. apply map_ext_in. intros v Hv. rewrite Eg by assumption.
  symmetry. apply Eh, HL, Hv. Qed.

(* ---------- parity as a product of signs ---------- *)

Definition sign (b : bool) : F3 := if b then M1 else P1.

Definition signs (v : list bool) : F3 := fold_right (fun b s => (sign b * s)%F) P1 v.

(* A sign is its own inverse. *)
Lemma sign_square b : (sign b * sign b)%F = P1. Proof. destruct b; reflexivity. Qed.

(* So is a product of signs. *)
Lemma signs_square v : (signs v * signs v)%F = P1.
Proof. induction v as [|b v IH]; [reflexivity|]. cbn [signs fold_right]. fold (signs v).
  replace (sign b * signs v * (sign b * signs v))%F with ((sign b * sign b) * (signs v * signs v))%F
    by ring.
  rewrite IH, sign_square. reflexivity. Qed.

(* A function of the tail has the same degree. *)
Lemma low_tail n s h : low n s h -> low (S n) s (fun v => h (tl v)).
Proof. intros H. split; [exact H|].
  apply (low_ext n _ (fun _ => Z0)); [intros v _; simpl; ring|apply low_zero]. Qed.

(* A sign times a function of the tail: one degree more. *)
Lemma low_sign n s h : low n s h -> low (S n) (S s) (fun v => (sign (hd false v) * h (tl v))%F).
Proof. intros H. split; cbn [hd tl pred].
  - apply (low_ext n _ h); [intros v _; simpl; destruct (h v); reflexivity|].
    apply (low_more n s); [lia|assumption].
  - apply (low_ext n _ h); [intros v _; destruct (h v); reflexivity|assumption]. Qed.

(* Every function is g + parity h, of degrees below s and s', if s + s' = n + 1. *)
Lemma decomposition n : forall s s' (f : func), s + s' = S n -> exists g h, low n s g /\
  low n s' h /\ forall v, length v = n -> f v = (g v + signs v * h v)%F.
Proof. induction n as [|n IH]; intros s s' f E.
  - destruct s as [|s].
    + exists (fun _ => Z0), f. split; [apply low_zero|]. split; [intros Z; lia|]. intros v Hv.
      destruct v; [|discriminate]. simpl. destruct (f []); reflexivity.
    + exists f, (fun _ => Z0). split; [intros Z; lia|]. split; [apply low_zero|]. intros v _. ring.
  - destruct s as [|s]; [|destruct s' as [|s']].
    + exists (fun _ => Z0), (fun v => (signs v * f v)%F). split; [apply low_zero|].
      split; [apply low_all; lia|]. intros v _.
      replace (Z0 + signs v * (signs v * f v))%F with ((signs v * signs v) * f v)%F by ring.
      rewrite signs_square. ring.
    + exists f, (fun _ => Z0). split; [apply low_all; lia|]. split; [apply low_zero|]. intros v _.
      ring.
    + (* f (b, v) = a (v) + sign b c (v) *)
      set (a := fun v => opp3 (f (false :: v) + f (true :: v))%F).
      set (c := fun v => opp3 (f (false :: v) - f (true :: v))%F).
      destruct (IH (S s) s' a ltac:(lia)) as (g1 & h1 & G1 & H1 & E1).
      destruct (IH s (S s') c ltac:(lia)) as (g2 & h2 & G2 & H2 & E2).
      exists (fun v => (g1 (tl v) + sign (hd false v) * g2 (tl v))%F),
        (fun v => (sign (hd false v) * h1 (tl v) + h2 (tl v))%F).
      split; [|split].
      * apply low_plus; [apply low_tail, G1|apply low_sign, G2].
      * apply low_plus; [apply low_sign, H1|apply low_tail, H2].
      * intros v Hv. destruct v as [|b v]; [discriminate|]. injection Hv as Hv.
        cbn [hd tl signs fold_right]. fold (signs v). specialize (E1 v Hv). specialize (E2 v Hv).
        replace (g1 v + sign b * g2 v + sign b * signs v * (sign b * h1 v + h2 v))%F
          with (g1 v + (sign b * sign b) * signs v * h1 v + sign b * (g2 v + signs v * h2 v))%F
          by ring.
        rewrite sign_square, <- E2.
        replace (g1 v + P1 * signs v * h1 v)%F with (g1 v + signs v * h1 v)%F by ring.
        rewrite <- E1. unfold a, c.
        destruct b; simpl; destruct (f (true :: v)), (f (false :: v)); reflexivity. Qed.

(* Smolensky: a polynomial of degree at most d agrees with parity on few points. *)
Theorem parity_degree n d p A : low n (S d) p -> NoDup A ->
  (forall v, In v A -> length v = n /\ p v = signs v) -> d <= n ->
  length A <= monomials n ((n + d) / 2 + 1).
Proof. intros Hp HN HA Hd. set (m := (n + d) / 2 + 1).
  pose proof (Nat.div_mod (n + d) 2 ltac:(lia)) as Q.
  pose proof (Nat.mod_upper_bound (n + d) 2 ltac:(lia)) as Q'.
  assert (Hm : m <= S n) by (unfold m; lia). apply (dimension_bound n m A HN); [apply HA|].
  intros f. destruct (decomposition n m (S n - m) f ltac:(lia)) as (g & h & G & H & E).
  exists (fun v => (g v + p v * h v)%F). split.
  - apply low_plus; [exact G|]. apply (low_more n (d + (S n - m))); [unfold m in *; lia|].
    apply low_mult; assumption.
  - intros v Hv. destruct (HA v Hv) as [Lv Pv]. rewrite E, Pv by assumption. reflexivity. Qed.
