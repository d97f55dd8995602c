(* Simplicial cones that cover a domain: each facet of a cone lies on the boundary of the domain, or
   another cone lies beyond it.

   Let y be in the domain.  Take a point p inside a cone, and go from p towards y as far as there
   are cones.  If p is chosen so that the way never meets two facets of a cone at once, it goes on
   wherever it has come: inside a cone, or through a facet into another one.  So it ends at y.
   There is no volume and no measure in this. *)
From Coq Require Import Permutation Classical_Prop.
From Depthproof Require Import Definitions Vectors.
From Coq Require Import List.
From Checked Require Import Spanning.

(* ---------- small steps ---------- *)

(* What is positive stays positive for a while. *)
Lemma near {A} (F G : A -> R) l : Forall (fun a => 0 < F a) l ->
  exists d, 0 < d /\ forall e, 0 <= e <= d -> Forall (fun a => 0 < F a + e * G a) l.
Proof.
  induction 1 as [|a l H _ (d & D & IH)]; [exists 1; split; [lra|constructor]|].
  assert (P : 0 < F a / (1 + Rabs (G a)))
    by (pose proof (Rabs_pos (G a)); apply Rdiv_lt_0_compat; lra).
  exists (Rmin d (F a / (1 + Rabs (G a)) / 2)). split; [apply Rmin_glb_lt; lra|].
  intros e [E1 E2]. constructor.
  - assert (E3 : e <= F a / (1 + Rabs (G a)) / 2) by (eapply Rle_trans; [exact E2|apply Rmin_r]).
    assert (E4 : e * (1 + Rabs (G a)) <= F a / 2).
    { pose proof (Rabs_pos (G a)). apply Rmult_le_compat_r with (r := 1 + Rabs (G a)) in E3; [|lra].
      replace (F a / (1 + Rabs (G a)) / 2 * (1 + Rabs (G a))) with (F a / 2) in E3
        by (field; lra). exact E3. }
    assert (- Rabs (G a) <= G a) by (pose proof (Rle_abs (- G a)); rewrite Rabs_Ropp in *; lra).
    assert (e * - Rabs (G a) <= e * G a) by (apply Rmult_le_compat_l; assumption). lra.
  - apply IH. split; [exact E1|]. eapply Rle_trans; [exact E2|apply Rmin_l].
Qed.

(* Some functionals are positive at p.  Near p there is a point where they are, and where of a list
   no functional is 0 that is not 0 everywhere. *)
Lemma avoid n (l : list vector) : forall (P : list vector) p, (length p <= n)%nat ->
  Forall (fun g => 0 < dot g p) P -> exists q, (length q <= n)%nat /\
  Forall (fun g => 0 < dot g q) P /\
  Forall (fun g => (exists u, (length u <= n)%nat /\ dot g u <> 0) -> dot g q <> 0) l.
Proof.
  induction l as [|g l IH]; intros P p L H; [exists p; repeat split; auto|].
  destruct (classic (exists u, (length u <= n)%nat /\ dot g u <> 0)) as [(u & U & N)|N].
  2: { destruct (IH P p L H) as (q & Q1 & Q2 & Q3). exists q. split; [exact Q1|].
       split; [exact Q2|]. constructor; [contradiction|exact Q3]. }
  assert (M : exists p', (length p' <= n)%nat /\ Forall (fun h => 0 < dot h p') P /\ dot g p' <> 0).
  { destruct (Req_dec (dot g p) 0) as [Z|Z]; [|exists p; auto].
    destruct (near (fun h => dot h p) (fun h => dot h u) P H) as (d & D & K).
    exists (vector_sum p (map (Rmult d) u)).
    split; [apply sum_fits; [exact L|rewrite map_length; exact U]|].
    specialize (K d ltac:(lra)). split.
    - eapply Forall_impl; [|exact K]. cbv beta. intros h. rewrite dot_vector_sum, dot_vector_scale.
      trivial.
    - rewrite dot_vector_sum, dot_vector_scale, Z, Rplus_0_l. apply Rmult_integral_contrapositive.
      split; [lra|exact N]. }
  destruct M as (p' & P1 & P2 & P3).
  destruct (IH (map (Rmult (if Rlt_dec 0 (dot g p') then 1 else -1)) g :: P) p' P1)
    as (q & Q1 & Q2 & Q3).
  { constructor; [|exact P2]. rewrite dot_scale. destruct (Rlt_dec 0 (dot g p')); lra. }
  inversion Q2 as [|? ? Q4 Q5]; subst. exists q. split; [exact Q1|split; [exact Q5|]].
  constructor; [|exact Q3]. intros _ Z. rewrite dot_scale, Z, Rmult_0_r in Q4. lra.
Qed.

(* ---------- the way from p to y ---------- *)

Section Way.
Variables p y : vector.

(* The functional g at the point (1 - t) p + t y. *)
Definition along (t : R) (g : vector) : R := (1 - t) * dot g p + t * dot g y.
Definition inside (t : R) (S : list corner) : Prop := Forall (fun q => 0 <= along t (snd q)) S.
Definition point (t : R) : vector := vector_sum (map (Rmult (1 - t)) p) (map (Rmult t) y).

(* That is its value at that point. *)
Lemma along_point t g : dot g (point t) = along t g.
Proof. unfold point, along. rewrite dot_vector_sum, !dot_vector_scale. reflexivity. Qed.

Definition none (A : R -> Prop) : Prop := forall t, 0 <= t <= 1 -> ~ A t.
Definition with_last (A : R -> Prop) : Prop :=
  exists T, 0 <= T <= 1 /\ A T /\ forall t, 0 <= t <= 1 -> A t -> t <= T.

(* The last point of the way in a cone. *)
Lemma last_inside S s : 0 <= s <= 1 -> inside s S -> with_last (fun t => inside t S).
Proof.
  intros Hs H. unfold inside in *. induction H as [|q S H HS IH].
  { exists 1. split; [lra|split; [constructor|intros; lra]]. }
  destruct IH as (T & T1 & T2 & T3). specialize (T3 s Hs HS) as C.
  set (a := dot (snd q) p) in *. set (b := dot (snd q) y) in *.
  assert (E : forall t, along t (snd q) = a + t * (b - a)) by (intros; unfold along, a, b; ring).
  destruct (Rle_lt_dec 0 (along T (snd q))) as [L|L].
  { exists T. split; [exact T1|split; [constructor; assumption|]]. intros t Ht F.
    inversion F; subst. auto. }
  rewrite E in H, L. assert (N : b - a < 0) by nra.
  set (U := - a / (b - a)). assert (EU : a + U * (b - a) = 0) by (unfold U; field; lra).
  assert (HU : s <= U < T) by nra. exists U. split; [lra|split].
  - constructor; [rewrite E; lra|]. rewrite Forall_forall in *. intros r Hr.
    specialize (HS r Hr). specialize (T2 r Hr). unfold along in *.
    set (c := dot (snd r) p) in *. set (d := dot (snd r) y) in *.
    destruct (Req_dec s T) as [Q|Q]; [lra|].
    assert (0 <= (T - U) * ((1 - s) * c + s * d) + (U - s) * ((1 - T) * c + T * d))
      by (apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra).
    assert (0 <= (T - s) * ((1 - U) * c + U * d)) by lra. nra.
  - intros t Ht F. inversion F as [|? ? F1 F2]; subst. rewrite E in F1. nra.
Qed.

(* The last point of the way in some cone. *)
Lemma last_covered (C : list (list corner)) :
  none (fun t => Exists (inside t) C) \/ with_last (fun t => Exists (inside t) C).
Proof.
  induction C as [|S C IH]; [left; intros t _ H; inversion H|].
  assert (Own : none (fun t => inside t S) \/ with_last (fun t => inside t S)).
  { destruct (classic (exists t, 0 <= t <= 1 /\ inside t S)) as [(t & A & B)|N];
      [right; exact (last_inside S t A B)|left; intros t A B; apply N; eauto]. }
  destruct Own as [N|(T & T1 & T2 & T3)], IH as [M|(U & U1 & U2 & U3)].
  - left. intros t Ht H. inversion H; subst; [eapply N|eapply M]; eassumption.
  - right. exists U. split; [exact U1|split; [right; exact U2|]]. intros t Ht H.
    inversion H; subst; [exfalso; eapply N; eassumption|auto].
  - right. exists T. split; [exact T1|split; [left; exact T2|]]. intros t Ht H.
    inversion H; subst; [auto|exfalso; eapply M; eassumption].
  - right. exists (Rmax T U). split; [split; apply Rmax_case; lra|split].
    + unfold Rmax. destruct (Rle_dec T U); [right; exact U2|left; exact T2].
    + intros t Ht H. inversion H; subst; [eapply Rle_trans; [|apply Rmax_l]; auto|].
      eapply Rle_trans; [|apply Rmax_r]; auto.
Qed.

(* Near a point of the way functionals stay positive. *)
Lemma near_way T (l : list vector) : T < 1 -> Forall (fun g => 0 < along T g) l ->
  exists d, 0 < d /\ T + d <= 1 /\ forall t, T <= t <= T + d -> Forall (fun g => 0 < along t g) l.
Proof.
  intros L H. destruct (near (along T) (fun g => dot g y - dot g p) l H) as (d & D & K).
  exists (Rmin d (1 - T)). pose proof (Rmin_l d (1 - T)). pose proof (Rmin_r d (1 - T)).
  split; [apply Rmin_glb_lt; lra|split; [lra|]]. intros t Ht.
  eapply Forall_impl; [|apply (K (t - T)); lra]. cbv beta. intros g. unfold along. intros. nra.
Qed.
End Way.

(* ---------- generic ways ---------- *)

(* Not two of these functionals are 0 at a point of the way before y, if these are not 0 at p. *)
Definition cross (y : vector) (q r : corner) : vector :=
  vector_sum (map (Rmult (height r y)) (snd q)) (map (Rmult (- height q y)) (snd r)).
Fixpoint critical (y : vector) (S : list corner) : list vector :=
  match S with
  | [] => []
  | q :: S' => snd q :: map (cross y q) S' ++ critical y S'
  end.
Definition avoids n p (g : vector) : Prop :=
  (exists u, (length u <= n)%nat /\ dot g u <> 0) -> dot g p <> 0.

(* So at most one of them is 0. *)
Lemma generic n p y S T : dual S -> Forall (fun q => (length (vertex q) <= n)%nat) S ->
  0 <= T < 1 -> Forall (avoids n p) (critical y S) -> inside p y T S ->
  Forall (fun g => 0 < along p y T g) (map snd S) \/
  exists q rest, In (q, rest) (picks S) /\ along p y T (snd q) = 0 /\
    Forall (fun g => 0 < along p y T g) (map snd rest).
Proof.
  intros D L HT A H. unfold inside in H. induction H as [|q S H HS IH]; [left; constructor|].
  destruct D as (D1 & D2 & D3). inversion L as [|? ? L1 L2]; subst. cbn [critical] in A.
  inversion A as [|? ? A1 A2]; subst. apply Forall_app in A2. destruct A2 as [A2 A3].
  destruct (Req_dec (along p y T (snd q)) 0) as [Z|Z].
  - right. exists q, S. split; [left; reflexivity|split; [exact Z|]].
    apply List.Forall_map, Forall_forall. intros r Hr. rewrite Forall_forall in *.
    specialize (HS r Hr). destruct HS as [P|P]; [exact P|exfalso].
    assert (Q1 : dot (snd q) p <> 0) by (apply A1; exists (vertex q); split; [exact L1|lra]).
    destruct (D2 r Hr) as [Dr _]. pose proof (dual_own S r D3 Hr) as R1.
    unfold along in Z, P. set (a := dot (snd q) p) in *. set (b := dot (snd r) p) in *.
    destruct (Req_dec (dot (snd q) y) 0) as [Y|Y]; [rewrite Y in Z; nra|].
    apply (A2 (cross y q r)).
    + apply in_map. exact Hr.
    + exists (vertex r). split; [apply L2; exact Hr|].
      unfold cross. rewrite dot_sum, !dot_scale, Dr, Rmult_0_r, Rplus_0_l.
      apply Rmult_integral_contrapositive. split; [apply Ropp_neq_0_compat; exact Y|lra].
    + unfold cross. rewrite dot_sum, !dot_scale. fold a b. set (c := dot (snd q) y) in *.
      set (d := dot (snd r) y) in *. apply Rmult_eq_reg_l with (1 - T); [|lra].
      transitivity (d * ((1 - T) * a + T * c) - c * ((1 - T) * b + T * d)); [ring|].
      rewrite Z, <- P. ring.
  - destruct (IH D3 L2 A3) as [P|(r & rest & P1 & P2 & P3)].
    + left. cbn [map]. constructor; [lra|exact P].
    + right. exists r, (q :: rest).
      split; [|split; [exact P2|cbn [map]; constructor; [lra|exact P3]]].
      right. apply in_map_iff. exists (r, rest). split; [reflexivity|exact P1].
Qed.

(* ---------- the theorem ---------- *)

Section Covered.
Variables (n : nat) (domain : list vector) (C : list (list corner)).
Hypothesis cones : Forall (fun S => fits n S /\ dual S) C.
Hypothesis some_cone : C <> [].
Hypothesis vertices_in :
  Forall (Forall (fun q => Forall (fun a => 0 <= dot a (vertex q)) domain)) C.

(* Beyond the facet without the vertex of q there is another cone. *)
Definition inner_facet (q : corner) (rest : list corner) : Prop :=
  exists S r others, In S C /\ In (r, others) (picks S) /\
  incl (map fst rest) (map fst others) /\ incl (map fst others) (map fst rest) /\
  height q (vertex r) < 0.
(* Or there the domain ends. *)
Definition outer_facet (q : corner) (rest : list corner) : Prop :=
  exists a, In a domain /\ dot a (vertex q) <> 0 /\ Forall (fun s => dot a (vertex s) = 0) rest.
Hypothesis facets : forall S q rest, In S C -> In (q, rest) (picks S) ->
  inner_facet q rest \/ outer_facet q rest.

(* A cone, seen from one of its vertices. *)
Lemma at_corner S q rest : In S C -> In (q, rest) (picks S) ->
  fits n (q :: rest) /\ dual (q :: rest) /\
  Forall (fun s => Forall (fun a => 0 <= dot a (vertex s)) domain) (q :: rest).
Proof using cones vertices_in.
  intros H P. apply picks_permutation in P.
  rewrite Forall_forall in cones, vertices_in. destruct (cones S H) as [[L F] D].
  split; [split|split].
  - rewrite <- L. symmetry. apply Permutation_length. exact P.
  - eapply Permutation_Forall; eassumption.
  - eapply dual_permutation; eassumption.
  - eapply Permutation_Forall; [exact P|]. apply vertices_in. exact H.
Qed.

(* On a facet a functional has the values of the other vertices. *)
Lemma on_facet S q rest z f : In S C -> In (q, rest) (picks S) -> (length z <= n)%nat ->
  height q z = 0 -> dot f z = total (fun s => share z s * dot f (vertex s)) rest.
Proof using cones vertices_in.
  intros H P L Z. destruct (at_corner S q rest H P) as (F & D & _).
  rewrite (spanned n (q :: rest) z f F D L). cbn [total fold_right]. unfold total.
  replace (share z q) with 0; [ring|]. unfold share. rewrite Z. unfold Rdiv. ring.
Qed.

(* A point inside a cone from which the way to y is generic. *)
Lemma start y : exists S p, In S C /\ (length p <= n)%nat /\
  Forall (fun g => 0 < dot g p) (map snd S) /\
  Forall (avoids n p) (domain ++ flat_map (critical y) C).
Proof using cones some_cone.
  destruct (exists_last some_cone) as (l & S & E).
  assert (H : In S C) by (rewrite E; apply in_or_app; right; left; reflexivity).
  destruct (proj1 (Forall_forall _ _) cones S H) as [[_ F] D].
  destruct (avoid n (domain ++ flat_map (critical y) C) (map snd S)
    (fold_right (fun q v => vector_sum (vertex q) v) [] S)) as (p & P1 & P2 & P3).
  - clear - F. induction F as [|q S H _ IH]; cbn [fold_right]; [cbn; lia|].
    apply sum_fits; assumption.
  - apply List.Forall_map, Forall_forall. intros q Hq.
    assert (T : forall f, dot f (fold_right (fun q v => vector_sum (vertex q) v) [] S) =
      total (fun s => 1 * dot f (vertex s)) S).
    { intros f. clear. induction S as [|s S IH]; cbn [fold_right total]; [destruct f; reflexivity|].
      rewrite dot_vector_sum, IH. unfold total. ring. }
    rewrite T, (total_dual (fun _ => 1) S q D Hq), Rmult_1_l. apply dual_own with S; assumption.
  - exists S, p. split; [exact H|]. repeat split; assumption.
Qed.

(* The cone beyond an inner facet: where the way goes through the facet, it goes on there. *)
Lemma beyond S q rest z : In S C -> In (q, rest) (picks S) -> (length z <= n)%nat ->
  height q z = 0 -> Forall (fun s => 0 < height s z) rest -> inner_facet q rest ->
  exists S' r others, In S' C /\ In (r, others) (picks S') /\
  Forall (fun s => 0 < height s z) others /\
  forall x, (length x <= n)%nat -> height q x <= 0 -> 0 <= height r x.
Proof using cones vertices_in.
  intros H P L Z A (S' & r & others & H' & P' & I1 & I2 & N). exists S', r, others.
  split; [exact H'|split; [exact P'|]].
  destruct (at_corner S q rest H P) as (F & D & _).
  destruct (at_corner S' r others H' P') as ([_ F'] & D' & _). destruct D as (D1 & D2 & D3).
  destruct D' as (E1 & E2 & E3). rewrite Forall_forall in A, E2. split.
  - apply Forall_forall. intros s Hs. rewrite (on_facet S q rest z (snd s) H P L Z).
    assert (V : In (vertex s) (map fst rest)) by (apply I2, in_map; exact Hs).
    apply in_map_iff in V. destruct V as (s' & V & Hs'). apply total_strict with s'; [|exact Hs'|].
    + apply Forall_forall. intros u Hu. apply Rmult_le_pos.
      * apply share_positive with (1 := D3); [exact Hu|]. left. apply A. exact Hu.
      * assert (W : In (vertex u) (map fst others)) by (apply I1, in_map; exact Hu).
        apply in_map_iff in W. destruct W as (w & <- & Hw).
        apply dual_signs with others; assumption.
    + rewrite V. apply Rmult_lt_0_compat.
      * apply Rdiv_lt_0_compat; [apply A; exact Hs'|]. apply dual_own with rest; assumption.
      * apply dual_own with others; assumption.
  - assert (R : forall x, (length x <= n)%nat ->
      height r x = share x q * height r (vertex q)).
    { intros x X. rewrite (spanned n (q :: rest) x (snd r) F) by (repeat split; assumption).
      cbn [total fold_right]. rewrite <- (Rplus_0_r (share x q * _)) at 2. f_equal.
      apply total_zero, Forall_forall. intros u Hu.
      assert (W : In (vertex u) (map fst others)) by (apply I1, in_map; exact Hu).
      apply in_map_iff in W. destruct W as (w & <- & Hw). rewrite (proj1 (E2 w Hw)). ring. }
    intros x X Q. inversion F' as [|? ? F1 _]; subst. pose proof (R (vertex r) F1) as R1.
    rewrite (R x X). unfold share in *. assert (I : 0 < / height q (vertex q))
      by (apply Rinv_0_lt_compat; exact D1). unfold Rdiv in *. nra.
Qed.

(* Where the way is covered before y, it is covered further on. *)
Lemma goes_on p y T S0 : (length p <= n)%nat -> (length y <= n)%nat -> 0 <= T < 1 ->
  Forall (fun a => 0 <= dot a y) domain -> In S0 C -> Forall (fun g => 0 < dot g p) (map snd S0) ->
  Forall (avoids n p) (domain ++ flat_map (critical y) C) ->
  Exists (inside p y T) C -> exists t, T < t <= 1 /\ Exists (inside p y t) C.
Proof using cones vertices_in facets.
  intros Lp Ly HT Dy H0 P0 A H. apply Forall_app in A. destruct A as [A1 A2].
  apply Exists_exists in H. destruct H as (S & HS & H).
  destruct (proj1 (Forall_forall _ _) cones S HS) as [[_ F] D].
  assert (A3 : Forall (avoids n p) (critical y S)).
  { apply Forall_forall. intros g Hg. rewrite Forall_forall in A2. apply A2, in_flat_map. eauto. }
  destruct (generic n p y S T D F HT A3 H) as [G|(q & rest & P & Z & G)].
  { destruct (near_way p y T _ (proj2 HT) G) as (d & D1 & D2 & K). exists (T + d).
    split; [lra|]. apply Exists_exists. exists S. split; [exact HS|].
    specialize (K (T + d) ltac:(lra)). rewrite Forall_map in K. eapply Forall_impl; [|exact K].
    cbv beta. intros; lra. }
  assert (Lz : forall t, (length (point p y t) <= n)%nat)
    by (intros; apply sum_fits; rewrite map_length; assumption).
  assert (Slope : forall t, along p y t (snd q) = (t - T) * (dot (snd q) y - dot (snd q) p))
    by (intros t; rewrite <- (Rminus_0_r (along p y t (snd q))), <- Z; unfold along; ring).
  destruct (Rle_lt_dec 0 (dot (snd q) y - dot (snd q) p)) as [Up|Down].
  { destruct (near_way p y T _ (proj2 HT) G) as (d & D1 & D2 & K). exists (T + d).
    split; [lra|]. apply Exists_exists. exists S. split; [exact HS|].
    eapply Permutation_Forall; [symmetry; apply picks_permutation; exact P|]. constructor.
    - rewrite Slope. apply Rmult_le_pos; lra.
    - specialize (K (T + d) ltac:(lra)). rewrite Forall_map in K. eapply Forall_impl; [|exact K].
      cbv beta. intros; lra. }
  rewrite Forall_map in G. destruct (facets S q rest HS P) as [I|(a & Ha & Na & Za)].
  - destruct (beyond S q rest (point p y T) HS P (Lz T)) as (S' & r & others & H' & P' & G' & R).
    { rewrite along_point. exact Z. }
    { eapply Forall_impl; [|exact G]. cbv beta. intros s. rewrite along_point. trivial. }
    { exact I. }
    assert (G2 : Forall (fun g => 0 < along p y T g) (map snd others)).
    { apply List.Forall_map. eapply Forall_impl; [|exact G']. cbv beta. intros s.
      rewrite along_point. trivial. }
    destruct (near_way p y T _ (proj2 HT) G2) as (d & D1 & D2 & K). exists (T + d).
    split; [lra|]. apply Exists_exists. exists S'. split; [exact H'|].
    eapply Permutation_Forall; [symmetry; apply picks_permutation; exact P'|]. constructor.
    + specialize (R (point p y (T + d)) (Lz _)). rewrite !along_point, Slope in R. apply R. nra.
    + specialize (K (T + d) ltac:(lra)). rewrite Forall_map in K. eapply Forall_impl; [|exact K].
      cbv beta. intros; lra.
  - exfalso. assert (E : dot a (point p y T) = 0).
    { rewrite (on_facet S q rest _ a HS P (Lz T)) by (rewrite along_point; exact Z).
      apply total_zero. eapply Forall_impl; [|exact Za]. cbv beta. intros s ->. ring. }
    rewrite along_point in E. unfold along in E. rewrite Forall_forall in Dy, A1.
    specialize (Dy a Ha). assert (Np : dot a p <> 0).
    { apply (A1 a Ha). exists (vertex q). split; [|exact Na].
      destruct (at_corner S q rest HS P) as ([_ Fq] & _ & _). inversion Fq; assumption. }
    assert (Pp : 0 <= dot a p).
    { destruct (proj1 (Forall_forall _ _) cones S0 H0) as [F0 D0].
      rewrite (spanned n S0 p a F0 D0 Lp). apply total_positive, Forall_forall. intros s Hs.
      pose proof (proj1 (Forall_forall _ _) vertices_in S0 H0) as V. rewrite Forall_forall in V, P0.
      specialize (V s Hs). rewrite Forall_forall in V. apply Rmult_le_pos; [|apply V; exact Ha].
      apply share_positive with (1 := D0); [exact Hs|]. left. apply P0, in_map. exact Hs. }
    nra.
Qed.

(* Every point of the domain is in one of the cones. *)
Theorem covered y : (length y <= n)%nat -> Forall (fun a => 0 <= dot a y) domain ->
  exists S, In S C /\ Forall (fun q => 0 <= height q y) S.
Proof using cones some_cone vertices_in facets.
  intros L H. destruct (start y) as (S0 & p & H0 & Lp & P0 & A).
  assert (End : forall S, inside p y 1 S -> Forall (fun q => 0 <= height q y) S).
  { intros S. apply Forall_impl. intros q. unfold along. intros. lra. }
  destruct (last_covered p y C) as [N|(T & T1 & T2 & T3)].
  { exfalso. apply (N 0); [lra|]. apply Exists_exists. exists S0. split; [exact H0|].
    rewrite Forall_map in P0. eapply Forall_impl; [|exact P0]. cbv beta. unfold along.
    intros. lra. }
  destruct (Req_dec T 1) as [->|N].
  { apply Exists_exists in T2. destruct T2 as (S & HS & I). exists S. split; auto. }
  exfalso. destruct (goes_on p y T S0 Lp L ltac:(lra) H H0 P0 A T2) as (t & Ht & K).
  specialize (T3 t ltac:(lra) K). lra.
Qed.
End Covered.
