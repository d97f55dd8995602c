(* Integrals over a rectangle, by triangles.  What is at most a function on each of some triangles
   that cover the rectangle has at most the sum of their integrals; so if the areas of the triangles
   add up to that of the rectangle, the integral is this sum: no triangle has to be shown to be
   apart from the others. *)
From Depthproof Require Import Definitions PlaneTriangle.
From Coq Require Import List.

Section Rectangle.
Variables a b c d : R.
Hypotheses (Hab : a <= b) (Hcd : c <= d).
Notation integral := (over_rectangle a b c d).

(* ---------- triangles as they come ---------- *)

(* A corner is x, y and the value there; a triangle has three. *)
Definition corner3 : Type := R * R * R.
Definition triangle : Type := corner3 * corner3 * corner3.
Definition xof (P : corner3) : R := fst (fst P).
Definition yof (P : corner3) : R := snd (fst P).
Definition double_area (T : triangle) : R := let '(A, B, C) := T in
  (xof B - xof A) * (yof C - yof A) - (xof C - xof A) * (yof B - yof A).
Definition triangle_area (T : triangle) : R := Rabs (double_area T) / 2.
Definition share_of (T : triangle) : R := let '(A, B, C) := T in
  triangle_area T * ((snd A + snd B + snd C) / 3).

(* (x, y) is in the triangle, and z between the corners' values as it is between the corners. *)
Definition spans (T : triangle) (x y z : R) : Prop := let '(A, B, C) := T in
  exists r1 r2 r3, 0 <= r1 /\ 0 <= r2 /\ 0 <= r3 /\ r1 + r2 + r3 = 1 /\
  x = r1 * xof A + r2 * xof B + r3 * xof C /\ y = r1 * yof A + r2 * yof B + r3 * yof C /\
  z = r1 * snd A + r2 * snd B + r3 * snd C.

Definition inside (P : corner3) : Prop := a <= xof P <= b /\ c <= yof P <= d.
Definition proper (T : triangle) : Prop := let '(A, B, C) := T in
  inside A /\ inside B /\ inside C /\ double_area T <> 0.
Definition nonnegative (T : triangle) : Prop := let '(A, B, C) := T in
  0 <= snd A /\ 0 <= snd B /\ 0 <= snd C.

(* There is a function with its integral that is the given one on the triangle, and nowhere
   negative. *)
Definition bounded_by (T : triangle) : Prop := exists phi, integral phi (share_of T) /\
  (forall x y, 0 <= phi x y) /\ forall x y z, spans T x y z -> z = phi x y.

(* With the corners from left to right. *)
Lemma bounded_sorted A B C : xof A <= xof B -> xof B <= xof C -> proper (A, B, C) ->
  nonnegative (A, B, C) -> bounded_by (A, B, C).
Proof using Hcd.
  intros X1 X2 (IA & IB & IC & N) (VA & VB & VC).
  destruct A as ((xA, yA), vA), B as ((xB, yB), vB), C as ((xC, yC), vC).
  unfold inside, xof, yof in *; cbn [fst snd] in *.
  assert (X : xA < xC).
  { destruct (Req_dec xA xC); [|lra]. exfalso. apply N. unfold double_area, xof, yof.
    cbn [fst snd]. replace xB with xA by lra. replace xC with xA by lra. ring. }
  set (e := double_area _) in N. unfold double_area, xof, yof in e; cbn [fst snd] in e.
  set (p := ((vB - vA) * (yC - yA) - (vC - vA) * (yB - yA)) / e).
  set (q := ((xB - xA) * (vC - vA) - (xC - xA) * (vB - vA)) / e).
  set (r := vA - p * xA - q * yA).
  assert (EA : p * xA + q * yA + r = vA) by (unfold r; ring).
  assert (EB : p * xB + q * yB + r = vB) by (unfold r, p, q, e in *; field; exact N).
  assert (EC : p * xC + q * yC + r = vC) by (unfold r, p, q, e in *; field; exact N).
  exists (triangle_function xA yA xB yB xC yC p q r). split; [|split].
  - replace (share_of _) with (Rabs (yB - yA - (xB - xA) / (xC - xA) * (yC - yA)) * (xC - xA) / 2
      * ((p * xA + q * yA + r + (p * xB + q * yB + r) + (p * xC + q * yC + r)) / 3)).
    { apply (triangle_integral a b c d Hcd); lra. }
    rewrite EA, EB, EC. unfold share_of, triangle_area, double_area, xof, yof; cbn [fst snd].
    fold e. replace e with (- (yB - yA - (xB - xA) / (xC - xA) * (yC - yA)) * (xC - xA))
      by (unfold e; field; lra).
    rewrite Rabs_mult, Rabs_Ropp, (Rabs_pos_eq (xC - xA)) by lra. reflexivity.
  - intros x y. apply triangle_nonneg; try lra; rewrite ?EA, ?EB, ?EC; assumption.
  - intros x y z (r1 & r2 & r3 & R1 & R2 & R3 & S & Ex & Ey & Ez).
    unfold xof, yof in Ex, Ey; cbn [fst snd] in Ex, Ey, Ez.
    rewrite (triangle_points xA yA xB yB xC yC p q r) with (r1 := r1) (r2 := r2) (r3 := r3)
      by (assumption || lra).
    rewrite Ez, Ex, Ey, <- EA, <- EB, <- EC. replace r1 with (1 - r2 - r3) by lra. ring.
Qed.

(* The order of the corners does not matter. *)
Lemma bounded_swapped A B C : bounded_by (A, B, C) -> bounded_by (B, A, C).
Proof using.
  intros (phi & P1 & P2 & P3). exists phi. split; [|split; [exact P2|]].
  - replace (share_of (B, A, C)) with (share_of (A, B, C)); [exact P1|].
    unfold share_of, triangle_area. replace (double_area (B, A, C)) with (- double_area (A, B, C))
      by (unfold double_area; ring). rewrite Rabs_Ropp. field.
  - intros x y z (r1 & r2 & r3 & H). apply P3. exists r2, r1, r3. lra.
Qed.
(* Nor does it when they are turned. *)
Lemma bounded_turned A B C : bounded_by (A, B, C) -> bounded_by (B, C, A).
Proof using.
  intros (phi & P1 & P2 & P3). exists phi. split; [|split; [exact P2|]].
  - replace (share_of (B, C, A)) with (share_of (A, B, C)); [exact P1|].
    unfold share_of, triangle_area. replace (double_area (B, C, A)) with (double_area (A, B, C))
      by (unfold double_area; ring). field.
  - intros x y z (r1 & r2 & r3 & H). apply P3. exists r3, r1, r2. lra.
Qed.

(* So every triangle has such a function. *)
Lemma bounded_any A B C : proper (A, B, C) -> nonnegative (A, B, C) -> bounded_by (A, B, C).
Proof using Hcd.
  intros (IA & IB & IC & N) (VA & VB & VC).
  assert (Sorted : forall P Q S, xof P <= xof Q -> xof Q <= xof S -> inside P -> inside Q ->
    inside S -> 0 <= snd P -> 0 <= snd Q -> 0 <= snd S -> double_area (P, Q, S) <> 0 ->
    bounded_by (P, Q, S))
    by (intros; apply bounded_sorted; cbn; auto).
  assert (N' : double_area (A, C, B) <> 0) by (unfold double_area in *; lra).
  unfold double_area in *.
  destruct (Rle_dec (xof A) (xof B)), (Rle_dec (xof B) (xof C)), (Rle_dec (xof A) (xof C));
    try lra.
  - apply Sorted; unfold double_area; auto; lra.
  - apply bounded_turned, bounded_swapped, Sorted; unfold double_area; auto; lra.
  - apply bounded_turned, Sorted; unfold double_area; auto; lra.
  - apply bounded_swapped, Sorted; unfold double_area; auto; lra.
  - apply bounded_turned, bounded_turned, Sorted; unfold double_area; auto; lra.
  - apply bounded_swapped, bounded_turned, Sorted; unfold double_area; auto; lra.
Qed.

(* ---------- triangles that cover the rectangle ---------- *)

Definition total_of (g : triangle -> R) (Ts : list triangle) : R :=
  fold_right (fun T s => g T + s) 0 Ts.

(* Some of them have a function for all. *)
Lemma bounded_all Ts : Forall proper Ts -> Forall nonnegative Ts ->
  exists phi, integral phi (total_of share_of Ts) /\ (forall x y, 0 <= phi x y) /\
  forall T x y z, In T Ts -> spans T x y z -> z <= phi x y.
Proof using Hab Hcd.
  induction Ts as [|T Ts IH]; intros P V.
  { exists (fun _ _ => 0). split; [apply rectangle_zero; assumption|].
    split; [intros; lra|intros T x y z []]. }
  inversion P as [|? ? P1 P2]; subst. inversion V as [|? ? V1 V2]; subst.
  destruct (IH P2 V2) as (f & F1 & F2 & F3).
  assert (G : bounded_by T) by (destruct T as ((A, B), C); apply bounded_any; assumption).
  destruct G as (g & G1 & G2 & G3). exists (fun x y => g x y + f x y).
  split; [apply rectangle_plus; assumption|]. split; [intros x y; specialize (F2 x y);
    specialize (G2 x y); lra|].
  intros T' x y z [<-|H] S.
  - rewrite (G3 x y z S). specialize (F2 x y). lra.
  - specialize (F3 T' x y z H S). specialize (G2 x y). lra.
Qed.

(* Values times s, plus M. *)
Definition moved_corner (s M : R) (P : corner3) : corner3 := (fst P, s * snd P + M).
Definition moved (s M : R) (T : triangle) : triangle := let '(A, B, C) := T in
  (moved_corner s M A, moved_corner s M B, moved_corner s M C).

(* The integrals change as the areas say. *)
Lemma moved_total s M Ts : total_of share_of (map (moved s M) Ts) =
  s * total_of share_of Ts + M * total_of triangle_area Ts.
Proof using.
  induction Ts as [|((A, B), C) Ts IH]; cbn [map total_of fold_right]; [ring|].
  fold (total_of share_of (map (moved s M) Ts)). rewrite IH. unfold total_of.
  change (triangle_area (moved s M (A, B, C))) with (triangle_area (A, B, C)).
  unfold share_of at 1. cbn [moved]. change (triangle_area _) with (triangle_area (A, B, C)) at 1.
  unfold share_of at 2. unfold moved_corner; cbn [snd]. field.
Qed.

Notation area_sum := (total_of triangle_area).
Notation share_sum := (total_of share_of).

(* What is on each triangle between the corners' values, which are from 0 to M, has at most the
   integral that the triangles say, and less only by M times what their areas exceed the
   rectangle's. *)
Theorem rectangle_between F I M Ts : integral F I -> Forall proper Ts -> Forall nonnegative Ts ->
  Forall nonnegative (map (moved (-1) M) Ts) ->
  (forall x y, a <= x <= b -> c <= y <= d -> exists T, In T Ts /\ spans T x y (F x y)) ->
  share_sum Ts - M * (area_sum Ts - (b - a) * (d - c)) <= I <= share_sum Ts.
Proof using Hab Hcd.
  intros HF P Low High K.
  assert (B : forall s m, Forall nonnegative (map (moved s m) Ts) ->
    s * I + m * ((b - a) * (d - c)) <= s * share_sum Ts + m * area_sum Ts).
  { intros s m E. destruct (bounded_all (map (moved s m) Ts)) as (phi & F1 & _ & F3); [|exact E|].
    { apply List.Forall_map. eapply Forall_impl; [|exact P]. intros ((X, Y), Z). trivial. }
    rewrite moved_total in F1. apply (rectangle_le a b c d Hab Hcd (fun x y => s * F x y + m) phi);
      [apply rectangle_affine; exact HF|exact F1|].
    intros x y Hx Hy. destruct (K x y Hx Hy) as (T & HT & Sp).
    apply (F3 (moved s m T)); [apply in_map; exact HT|].
    destruct T as ((X, Y), Z). destruct Sp as (r1 & r2 & r3 & R1 & R2 & R3 & S & Ex & Ey & Ez).
    exists r1, r2, r3. repeat split; try assumption. cbn [moved_corner snd]. rewrite Ez.
    replace m with (m * (r1 + r2 + r3)) at 1 by (rewrite S; ring). ring. }
  split.
  - specialize (B (-1) M High). lra.
  - specialize (B 1 0). enough (Forall nonnegative (map (moved 1 0) Ts)) by (specialize (B H); lra).
    apply List.Forall_map. eapply Forall_impl; [|exact Low]. intros ((X, Y), Z).
    cbn. intros (? & ? & ?). repeat split; lra.
Qed.

End Rectangle.
