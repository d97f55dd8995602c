(* n vectors of R^n with functionals dual to them: every vector is a combination of them.  The
   proof is elimination: n homogeneous linear equations in n + 1 unknowns have a solution that is
   not 0. *)
From Coq Require Import Permutation Classical_Prop.
From Depthproof Require Import Definitions Vectors.
From Coq Require Import List.

(* ---------- equations ---------- *)

Notation vector := (list R).
Notation vanishes f := (fun v : vector => dot f v = 0).

(* A list with a number that is not 0 at the head of one of its vectors. *)
Lemma pivot (vs : list vector) : Forall (fun v => hd 0 v = 0) vs \/
  exists l v m, vs = l ++ v :: m /\ hd 0 v <> 0.
Proof.
  induction vs as [|v vs [IH|(l & w & m & -> & H)]]; [left; constructor| |].
  - destruct (Req_dec (hd 0 v) 0) as [E|E]; [left; constructor; assumption|].
    right. exists [], v, vs. split; [reflexivity|exact E].
  - right. exists (v :: l), w, m. split; [reflexivity|exact H].
Qed.

(* Two lists with a first number. *)
Lemma dot_cons a f x v : dot (a :: f) (x :: v) = a * x + dot f v.
Proof. reflexivity. Qed.

(* A product, its first summand apart. *)
Lemma dot_head a f v : dot (a :: f) v = a * hd 0 v + dot f (tl v).
Proof. destruct v as [|x v]; cbn [dot hd tl]; [destruct f; cbn [dot]; ring|reflexivity]. Qed.

(* Fewer equations than unknowns have a solution that is not 0. *)
Lemma solution n : forall vs : list vector, (length vs < n)%nat ->
  exists g, length g = n /\ Exists (fun a => a <> 0) g /\ Forall (vanishes g) vs.
Proof.
  induction n as [|n IH]; intros vs L; [lia|].
  destruct (pivot vs) as [Z|(l & v & m & -> & P)].
  - exists (1 :: repeat 0 n). split; [cbn; rewrite repeat_length; reflexivity|].
    split; [left; lra|]. eapply Forall_impl; [|exact Z]. cbv beta. intros v E.
    rewrite dot_head, E, dot_zeros. ring.
  - set (reduced w := vector_sum (tl w) (map (Rmult (- (hd 0 w / hd 0 v))) (tl v))).
    destruct (IH (map reduced (l ++ m))) as (g & G1 & G2 & G3).
    { rewrite map_length. rewrite app_length in *. cbn [length] in L. lia. }
    exists (- (dot g (tl v) / hd 0 v) :: g).
    split; [cbn; rewrite G1; reflexivity|split; [right; exact G2|]].
    assert (All : Forall (vanishes (- (dot g (tl v) / hd 0 v) :: g)) (l ++ m)).
    { apply Forall_map in G3. eapply Forall_impl; [|exact G3]. cbv beta. intros w E.
      unfold reduced in E. rewrite dot_vector_sum, dot_vector_scale in E. rewrite dot_head.
      replace (dot g (tl w)) with (hd 0 w / hd 0 v * dot g (tl v)) by lra. field. exact P. }
    apply Forall_app in All. destruct All as [A1 A2]. apply Forall_app. split; [exact A1|].
    constructor; [|exact A2]. rewrite dot_head. field. exact P.
Qed.

(* What holds for all coordinates holds for all functionals. *)
Lemma coordinates a f : forall us : list vector,
  (forall i, dot a (map (fun u => nth i u 0) us) = 0) -> dot a (map (dot f) us) = 0.
Proof.
  induction f as [|c f IH]; intros us H.
  - replace (map (dot []) us) with (repeat 0 (length us)); [rewrite dot_comm; apply dot_zeros|].
    clear. induction us as [|u us IH]; [reflexivity|]. cbn [map length repeat]. f_equal. exact IH.
  - specialize (IH (map (@tl R) us)). rewrite map_map in IH.
    assert (T : dot a (map (fun u => dot f (tl u)) us) = 0).
    { apply IH. intros i. rewrite map_map. etransitivity; [|exact (H (S i))]. f_equal.
      apply map_ext. intros [|x u]; [destruct i|]; reflexivity. }
    assert (E : forall (b : vector) us, dot b (map (dot (c :: f)) us) =
      c * dot b (map (fun u => nth 0 u 0) us) + dot b (map (fun u => dot f (tl u)) us)).
    { clear. induction b as [|b bs IH]; intros [|u us]; try (cbn [map dot]; ring).
      cbn [map]. rewrite !dot_cons, IH, dot_head.
      replace (nth 0 u 0) with (hd 0 u) by (destruct u; reflexivity). ring. }
    rewrite E, H, T. ring.
Qed.

(* More than n vectors of R^n are linearly dependent. *)
Lemma dependent n (us : list vector) : Forall (fun u => (length u <= n)%nat) us ->
  (n < length us)%nat -> exists a, length a = length us /\ Exists (fun c => c <> 0) a /\
  forall f, dot a (map (dot f) us) = 0.
Proof.
  intros F L. set (row i := map (fun u : vector => nth i u 0) us).
  destruct (solution (length us) (map row (seq 0 n))) as (a & A1 & A2 & A3).
  { rewrite map_length, seq_length. exact L. }
  exists a. split; [exact A1|split; [exact A2|]]. intros f. apply coordinates. intros i.
  destruct (le_lt_dec n i) as [H|H].
  - replace (map _ us) with (repeat 0 (length us)); [rewrite dot_comm; apply dot_zeros|].
    clear - F H. induction F as [|u us Hu F IH]; [reflexivity|]. cbn [map length repeat].
    rewrite nth_overflow by lia. f_equal. exact IH.
  - apply Forall_map in A3. rewrite Forall_forall in A3. apply (A3 i), in_seq. lia.
Qed.

(* ---------- dual functionals ---------- *)

(* A vertex, and a functional that is positive there and 0 at the other vertices. *)
Notation corner := (list R * list R)%type.
Notation vertex p := (fst p).
Notation height p := (dot (snd p)).

Fixpoint dual (S : list corner) : Prop :=
  match S with
  | [] => True
  | p :: S' => 0 < height p (vertex p) /\
    Forall (fun q => height p (vertex q) = 0 /\ height q (vertex p) = 0) S' /\ dual S'
  end.

(* Each element of a list, with the others. *)
Fixpoint picks {A} (l : list A) : list (A * list A) :=
  match l with
  | [] => []
  | a :: l' => (a, l') :: map (fun br => (fst br, a :: snd br)) (picks l')
  end.

(* They are all there. *)
Lemma picks_permutation {A} (l : list A) a rest :
  In (a, rest) (picks l) -> Permutation l (a :: rest).
Proof.
  revert rest. induction l as [|b l IH]; intros rest H; [destruct H|]. cbn [picks] in H.
  destruct H as [H|H]; [injection H as -> ->; apply Permutation_refl|].
  apply in_map_iff in H. destruct H as ((c, r) & E & H). cbn [fst snd] in E. injection E as -> <-.
  eapply perm_trans; [apply perm_skip, IH; exact H|apply perm_swap].
Qed.

(* Lists that are mapped. *)
Lemma picks_map {A B} (f : A -> B) l :
  picks (map f l) = map (fun ar => (f (fst ar), map f (snd ar))) (picks l).
Proof.
  induction l as [|a l IH]; [reflexivity|]. cbn [map picks]. rewrite IH, !map_map. reflexivity.
Qed.

(* The order of the vertices does not matter. *)
Lemma dual_permutation S T : Permutation S T -> dual S -> dual T.
Proof.
  induction 1 as [|p S T P IH|p q S|S T U _ IH1 _ IH2]; cbn [dual]; intros H.
  - exact I.
  - destruct H as (H1 & H2 & H3). split; [exact H1|split; [|apply IH; exact H3]].
    eapply Permutation_Forall; eassumption.
  - destruct H as (H1 & H2 & H3 & H4 & H5). inversion H2 as [|? ? [Ha Hb] H2']; subst.
    split; [exact H3|split; [constructor; [split; assumption|exact H4]|]].
    split; [exact H1|split; [exact H2'|exact H5]].
  - apply IH2, IH1, H.
Qed.

Definition total {A} (F : A -> R) (S : list A) : R := fold_right (fun p s => F p + s) 0 S.

(* A sum without summands other than 0. *)
Lemma total_zero {A} (F : A -> R) S : Forall (fun p => F p = 0) S -> total F S = 0.
Proof.
  induction 1 as [|p S H _ IH]; cbn [total fold_right]; [reflexivity|]. unfold total in IH. lra.
Qed.

(* Summands that are not negative. *)
Lemma total_positive {A} (F : A -> R) S : Forall (fun p => 0 <= F p) S -> 0 <= total F S.
Proof. induction 1 as [|p S H _ IH]; cbn [total fold_right]; [lra|]. unfold total in IH. lra. Qed.

(* One of them positive. *)
Lemma total_strict {A} (F : A -> R) S p :
  Forall (fun p => 0 <= F p) S -> In p S -> 0 < F p -> 0 < total F S.
Proof.
  induction 1 as [|q S H HS IH]; intros Hp P; [destruct Hp|]. pose proof (total_positive F S HS).
  cbn [total fold_right] in *. unfold total in *. destruct Hp as [->|Hp]; [lra|].
  specialize (IH Hp P). lra.
Qed.

(* A functional is positive at its own vertex, *)
Lemma dual_own S p : dual S -> In p S -> 0 < height p (vertex p).
Proof.
  induction S as [|q S IH]; intros D H; [destruct H|]. destruct D as (D1 & _ & D3).
  destruct H as [->|H]; auto.
Qed.

(* and nowhere negative. *)
Lemma dual_signs S p q : dual S -> In p S -> In q S -> 0 <= height p (vertex q).
Proof.
  induction S as [|r S IH]; intros D Hp Hq; [destruct Hp|]. destruct D as (D1 & D2 & D3).
  rewrite Forall_forall in D2. destruct Hp as [->|Hp], Hq as [->|Hq]; [lra| | |auto].
  - right. symmetry. apply (D2 q Hq).
  - right. symmetry. apply (D2 p Hp).
Qed.

(* A functional sees its own vertex only. *)
Lemma total_dual c S q : dual S -> In q S ->
  total (fun p => c p * height q (vertex p)) S = c q * height q (vertex q).
Proof.
  induction S as [|p S IH]; intros D H; [destruct H|]. destruct D as (D1 & D2 & D3).
  cbn [total fold_right]. destruct H as [->|H].
  - rewrite <- (Rplus_0_r (c q * _)) at 2. f_equal. apply total_zero.
    eapply Forall_impl; [|exact D2]. cbv beta. intros p [E _]. rewrite E. ring.
  - rewrite Forall_forall in D2. destruct (D2 q H) as [_ E]. rewrite E.
    specialize (IH D3 H). unfold total in IH. rewrite IH. ring.
Qed.

(* So the vertices are linearly independent. *)
Lemma independent S : dual S -> forall a, length a = length S ->
  Forall (fun q => dot a (map (dot (snd q)) (map fst S)) = 0) S -> Forall (fun c => c = 0) a.
Proof.
  induction S as [|p S IH]; intros D [|c a] L H; try discriminate L; [constructor|].
  destruct D as (D1 & D2 & D3). inversion H as [|? ? H1 H2]; subst. cbn [map dot] in H1.
  assert (Z : map (dot (snd p)) (map fst S) = repeat 0 (length S)).
  { clear - D2. induction D2 as [|q S [E _] _ IH]; cbn; [reflexivity|]. f_equal; assumption. }
  rewrite Z, (dot_comm a), dot_zeros in H1.
  assert (C : c = 0) by (apply Rmult_eq_reg_r with (height p (vertex p)); lra).
  constructor; [exact C|]. apply IH; [exact D3|injection L as L; exact L|].
  rewrite Forall_forall in *. intros q Hq. specialize (H2 q Hq). cbn [map dot] in H2.
  rewrite C in H2. lra.
Qed.

(* ---------- all vectors are combinations ---------- *)

(* What is left of a vector. *)
Definition share (x : vector) (p : corner) : R := height p x / height p (vertex p).
(* Shares have the signs of the functionals. *)
Lemma share_positive S p x : dual S -> In p S -> 0 <= height p x -> 0 <= share x p.
Proof.
  intros D H L. pose proof (dual_own S p D H) as O. apply Rmult_le_pos; [exact L|].
  left. apply Rinv_0_lt_compat. exact O.
Qed.

Definition left_over (x : vector) (S : list corner) : vector :=
  fold_right (fun p s => vector_sum (map (Rmult (- share x p)) (vertex p)) s) x S.

(* Functionals are linear. *)
Lemma dot_left_over f x S :
  dot f (left_over x S) = dot f x - total (fun p => share x p * dot f (vertex p)) S.
Proof.
  induction S as [|p S IH]; cbn [left_over total fold_right]; [ring|].
  rewrite dot_vector_sum, dot_vector_scale. unfold left_over, total in IH. rewrite IH. ring.
Qed.

(* Sums are as long as what is summed up. *)
Lemma sum_fits n u : forall v : vector, (length u <= n)%nat -> (length v <= n)%nat ->
  (length (vector_sum u v) <= n)%nat.
Proof.
  revert n. induction u as [|a u IH]; intros n [|b v] H1 H2; cbn [vector_sum length] in *; try lia.
  destruct n as [|n]; [lia|]. specialize (IH n v). lia.
Qed.

Definition fits (n : nat) (S : list corner) : Prop :=
  length S = n /\ Forall (fun p => (length (vertex p) <= n)%nat) S.

(* n vectors that are independent span R^n: a functional's value is that of the combination. *)
Theorem spanned n S x f : fits n S -> dual S -> (length x <= n)%nat ->
  dot f x = total (fun p => share x p * dot f (vertex p)) S.
Proof.
  intros [L F] D X. set (y := left_over x S).
  assert (Y : (length y <= n)%nat).
  { unfold y, left_over. clear - F X. induction F as [|p S H _ IH]; [exact X|]. cbn [fold_right].
    apply sum_fits; [rewrite map_length; exact H|exact IH]. }
  assert (H : forall p, In p S -> height p y = 0).
  { intros p Hp. unfold y. rewrite dot_left_over, (total_dual (share x) S p D Hp).
    pose proof (dual_own S p D Hp).
    unfold share. field. lra. }
  destruct (dependent n (y :: map fst S)) as (a & A1 & A2 & A3).
  { constructor; [exact Y|]. apply List.Forall_map. exact F. }
  { cbn [length]. rewrite map_length. lia. }
  destruct a as [|c a]; [discriminate A1|]. cbn [length] in A1. rewrite map_length in A1.
  assert (Z : Forall (fun c => c = 0) a).
  { apply (independent S D); [congruence|]. apply Forall_forall. intros q Hq.
    specialize (A3 (snd q)). cbn [map dot] in A3.
    change (c * dot (snd q) y + dot a (map (dot (snd q)) (map fst S)) = 0) in A3.
    rewrite (H q Hq) in A3. lra. }
  specialize (A3 f). cbn [map dot] in A3.
  assert (W : forall us, dot a us = 0).
  { clear - Z. induction Z as [|c a E _ IH]; intros [|u us]; cbn [dot]; try reflexivity.
    rewrite IH, E. ring. }
  rewrite W in A3. assert (C : c <> 0).
  { inversion A2 as [? ? N|? ? N]; subst; [exact N|]. exfalso. clear - Z N.
    induction N as [? ? N|? ? N IH]; inversion Z; subst; auto. }
  assert (E : dot f y = 0) by (apply Rmult_eq_reg_l with c; lra).
  unfold y in E. rewrite dot_left_over in E. lra.
Qed.
