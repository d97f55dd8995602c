(* The simplices that are accepted cover what the walls enclose: what is checked of points,
   simplices and facets is what the theorem of Cover.v wants. *)
From Coq Require Import Lra Lia Permutation.
From Depthproof Require Import Definitions Vectors.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Reading ReadingSound Graph Polygon PolygonSound
  Spanning Cover Cells CellsLinear CellsCrossing.
Open Scope R_scope.

(* ---------- integers as real numbers ---------- *)

Notation reals := (map IZR).

(* Products. *)
Lemma product_real a v : dot (reals a) (reals v) = IZR (product_of a v).
Proof.
  assert (T : forall a v total, IZR (dot_integers a v total) = IZR total + dot (reals a) (reals v)).
  { clear. induction a as [|x a IH]; intros [|y v] total; cbn [dot_integers map dot]; try ring.
    rewrite IH, plus_product_is, plus_IZR, mult_IZR. ring. }
  unfold product_of. rewrite T. ring.
Qed.

(* The sum without signs. *)
Lemma flattened_real w : forall vs, dot (reals (flattened w)) vs = - weigh w vs.
Proof.
  induction w as [|gap c w IH]; intros vs; [cbn; ring|]. cbn [flattened weigh].
  revert vs. induction gap as [|gap G]; intros vs.
  - cbn [repeat app map]. destruct vs as [|v vs]; cbn [dot skipn]; [ring|].
    rewrite IH, opp_IZR. ring.
  - cbn [repeat app map]. destruct vs as [|v vs]; cbn [dot skipn]; [ring|]. rewrite G. ring.
Qed.

(* ---------- points ---------- *)

(* What all spots of a tree have. *)
Fixpoint all_in (P : spot -> Prop) (t : tree) : Prop :=
  match t with
  | Empty => True
  | Fork l o r => all_in P l /\ (forall p, o = Some p -> P p) /\ all_in P r
  end.

(* What is found has it, *)
Lemma find_all P i : forall t p, all_in P t -> find_in t i = Some p -> P p.
Proof.
  induction i as [i IH|i IH|]; intros [|l o r] p H E; try discriminate E; cbn [find_in] in E;
    destruct H as (H1 & H2 & H3); eauto.
Qed.

(* and what is put there has to have it. *)
Lemma put_all P i p : forall t, all_in P t -> P p -> all_in P (put_in t i p).
Proof.
  induction i as [i IH|i IH|]; intros [|l o r] H Hp; cbn [put_in all_in] in *;
    repeat match goal with H : _ /\ _ |- _ => destruct H end;
    repeat split; auto; try (intros q E; first [discriminate E|injection E as <-; exact Hp]);
    apply IH; auto; exact I.
Qed.

Section Rule.
Variables (G : graph) (walls : list (list Z)).

Definition good_spot (p : spot) : Prop :=
  p = spot_at G (place p) /\ length (place p) = S (inputs G) /\
  within_walls walls (place p) = true.

(* All points are as they are made, and within the walls. *)
Lemma place_all_correct l : forall next t t', all_in good_spot t ->
  place_all G walls l next t = Some t' -> all_in good_spot t'.
Proof using.
  induction l as [|x l IH]; intros next t t' H E; cbn [place_all] in E.
  { injection E as <-. exact H. }
  destruct (spot_of_point G t x) as [p|] eqn:P; [|discriminate E].
  destruct (within_walls walls (place p)) eqn:W; [|discriminate E].
  refine (IH _ _ _ (put_all good_spot next p t H _) E).
  destruct (spot_of_point_right G t x p) as [A B]; [|exact P|repeat split; assumption].
  intros i q Q. destruct (find_all _ _ _ _ H Q) as (A & B & _). split; assumption.
Qed.

(* ---------- simplices ---------- *)

Definition real (c : corner) : list R * list R := (reals (vector_at c), reals (functional c)).
Variables (ts : list test) (t : tree).
Hypothesis tree_good : all_in good_spot t.
Notation n := (S (inputs G)).

(* What is checked of a simplex. *)
Definition good_simplex (l : list corner) : Prop :=
  Forall (fun c => numbered_spot t (number_ c) = Some (spot_of c)) l /\
  simplex_fits n ts l = true.

(* Its spots are those of the tree, *)
Lemma simplex_numbered us numbers l : simplex_of us t numbers = Some l ->
  Forall (fun c => numbered_spot t (number_ c) = Some (spot_of c)) l.
Proof using.
  intros E. unfold simplex_of in E. set (sorted := fold_left _ numbers []) in *.
  destruct (all_of (map (numbered_spot t) sorted)) as [spots|] eqn:F; [|discriminate E].
  apply all_of_correct in F. cbv zeta in E.
  set (hs := functionals _ _ _ _) in *. clearbody hs sorted. injection E as <-.
  apply List.Forall_map. revert spots hs F. induction sorted as [|i sorted IH].
  - intros [|p spots] hs F; [constructor|discriminate F].
  - intros [|p spots] hs F; [discriminate F|]. injection F as F1 F2.
    destruct hs as [|h hs]; [constructor|]. cbn [combine]. constructor; [exact F1|].
    apply IH. exact F2.
Qed.

(* which are good. *)
Lemma simplex_spots l : good_simplex l -> Forall (fun c => good_spot (spot_of c)) l.
Proof using tree_good.
  intros [H _]. eapply Forall_impl; [|exact H]. intros c E. exact (find_all _ _ _ _ tree_good E).
Qed.

(* The functionals are dual to the vectors. *)
Lemma dual_real l : dual_integers l = true -> dual (map real l).
Proof using.
  clear. induction l as [|c l IH]; intros H; [exact I|]. cbn [dual_integers map dual] in *.
  apply andb_prop in H. destruct H as [H H3]. apply andb_prop in H. destruct H as [H1 H2].
  unfold real at 1 2. cbn [fst snd]. rewrite product_real.
  split; [apply IZR_lt, Z.ltb_lt, H1|split; [|apply IH, H3]].
  apply List.Forall_map, Forall_forall. intros d Hd. rewrite forallb_forall in H2.
  specialize (H2 d Hd). apply andb_prop in H2. destruct H2 as [A B]. apply Z.eqb_eq in A, B.
  unfold real. cbn [fst snd]. rewrite !product_real, A, B. split; reflexivity.
Qed.

(* Signs agree in both orders. *)
Lemma signs_agree_correct l c d : Forall (fun c => good_spot (spot_of c)) l ->
  signs_agree l = true -> In c l -> In d l ->
  never_opposite (length (units G)) (found (spot_of c)) (found (spot_of d)).
Proof using.
  assert (One : forall c d, good_spot (spot_of c) -> good_spot (spot_of d) ->
    no_clash (signs (spot_of c)) (signs (spot_of d)) = true ->
    never_opposite (length (units G)) (found (spot_of c)) (found (spot_of d))).
  { intros x y [Ex _] [Ey _] H. apply no_clash_correct. rewrite Ex, Ey in *. exact H. }
  intros F. induction F as [|x l Hx F IH]; intros H Hc Hd; [destruct Hc|].
  cbn [signs_agree] in H. apply andb_prop in H. destruct H as [H1 H2].
  rewrite forallb_forall in H1. rewrite Forall_forall in F.
  destruct Hc as [->|Hc], Hd as [->|Hd].
  - apply never_opposite_same.
  - apply One; auto.
  - apply never_opposite_symmetric. apply One; auto.
  - apply IH; assumption.
Qed.

(* All that is checked, in turn. *)
Lemma good_parts l : good_simplex l -> length l = n /\
  Forall (fun c => length (vector_at c) = n) l /\ signs_agree l = true /\
  dual_integers l = true /\ contradict ts l = true.
Proof using.
  intros [_ H]. unfold simplex_fits in H. repeat (apply andb_prop in H; destruct H as [H ?]).
  repeat split; try assumption; [apply Nat.eqb_eq; assumption|].
  apply Forall_forall. intros c Hc. apply Nat.eqb_eq.
  match goal with F : forallb _ l = true |- _ =>
    rewrite forallb_forall in F; exact (F c Hc) end.
Qed.

(* ---------- facets ---------- *)

(* What is merged, *)
Lemma merged_all x l : forall m out, In x (merged l m out) <-> In x l \/ In x m \/ In x out.
Proof using.
  clear. induction l as [|f l IH]; intros m.
  - intros out. destruct m; cbn [merged]; rewrite rev_append_rev, in_app_iff, <- in_rev;
      cbn [In]; tauto.
  - induction m as [|g m IHm]; intros out.
    + cbn [merged]. rewrite rev_append_rev, in_app_iff, <- in_rev. cbn [In]. tauto.
    + cbn [merged] in *. destruct (compare_facets f g); rewrite ?IH, ?IHm; cbn [In]; tauto.
Qed.

(* carried, *)
Lemma carried_all x stack : forall l,
  Exists (In x) (carried l stack) <-> In x l \/ Exists (In x) stack.
Proof using.
  clear. induction stack as [|[|g m] stack IH]; intros l; cbn [carried];
    rewrite ?Exists_cons, ?IH, ?merged_all; cbn [In]; try tauto.
Qed.

(* and sorted, is there. *)
Lemma sorted_all x l : In x (sorted_facets l) <-> In x l.
Proof using.
  clear. unfold sorted_facets.
  assert (A : forall l s, Exists (In x) (fold_left (fun s f => carried [f] s) l s) <->
    In x l \/ Exists (In x) s).
  { clear. induction l as [|f l IH]; intros s; cbn [fold_left]; [cbn [In]; tauto|].
    rewrite IH, carried_all. cbn [In]. tauto. }
  assert (B : forall s out, In x (fold_left (fun out m => merged m out []) s out) <->
    Exists (In x) s \/ In x out).
  { clear. induction s as [|m s IH]; intros out; cbn [fold_left].
    - rewrite Exists_nil. tauto.
    - rewrite IH, merged_all, Exists_cons. cbn [In]. tauto. }
  rewrite B, A, Exists_nil. cbn [In]. tauto.
Qed.

(* The same facet. *)
Lemma same_facet_numbers f g : same_facet f g = true ->
  map number_ (snd f) = map number_ (snd g).
Proof using.
  clear. unfold same_facet, compare_facets. generalize (snd f), (snd g). clear.
  induction l as [|c l IH]; intros [|d m] H; try discriminate H; [reflexivity|].
  cbn [lexical map] in *. destruct (Z.compare_spec (number_ c) (number_ d)); try discriminate H.
  f_equal; auto.
Qed.

Definition beyond_facet (f g : facet) : Prop :=
  map number_ (snd f) = map number_ (snd g) /\
  (product_of (functional (fst f)) (vector_at (fst g)) < 0)%Z.

(* Each of the facets is twice there, or on a wall. *)
Lemma closed_correct m : forall l, (length l <= m)%nat -> closed walls l = true ->
  forall f, In f l -> on_wall walls f = true \/ exists g, In g l /\ beyond_facet f g.
Proof using.
  induction m as [|m IH]; intros [|f [|g rest]] L H x Hx; try (destruct Hx; fail);
    try (cbn in L; lia).
  - cbn [closed] in H. destruct Hx as [<-|[]]. left. exact H.
  - cbn [closed] in H. destruct (same_facet f g) eqn:E.
    + apply andb_prop in H. destruct H as [H H3]. apply andb_prop in H. destruct H as [H1 _].
      apply andb_prop in H1. destruct H1 as [O1 O2]. apply Z.ltb_lt in O1, O2.
      apply same_facet_numbers in E. destruct Hx as [<-|[<-|Hx]].
      * right. exists g. split; [right; left; reflexivity|split; assumption].
      * right. exists f. split; [left; reflexivity|split; [symmetry|]; assumption].
      * destruct (IH rest ltac:(cbn in L; lia) H3 x Hx) as [K|(h & K1 & K2)]; [left; exact K|].
        right. exists h. split; [right; right; exact K1|exact K2].
    + apply andb_prop in H. destruct H as [H1 H2]. destruct Hx as [<-|Hx]; [left; exact H1|].
      destruct (IH (g :: rest) ltac:(cbn in *; lia) H2 x Hx) as [K|(h & K1 & K2)];
        [left; exact K|]. right. exists h. split; [right; exact K1|exact K2].
Qed.

(* The facets of good simplices. *)
Lemma facets_of_correct us simplices : forall out l,
  facets_of n us ts t simplices out = Some l -> exists cells, Forall good_simplex cells /\
  Forall (fun S => exists numbers, In numbers simplices /\ simplex_of us t numbers = Some S)
    cells /\
  forall f, In f l <-> In f out \/ exists S, In S cells /\ In f (picks S).
Proof using.
  induction simplices as [|numbers simplices IH]; intros out l H; cbn [facets_of] in H.
  { injection H as <-. exists []. split; [constructor|split; [constructor|]]. intros f.
    split; [tauto|intros [K|(? & [] & _)]; exact K]. }
  destruct (simplex_of us t numbers) as [S|] eqn:E; [|discriminate H].
  destruct (simplex_fits n ts S) eqn:F; [|discriminate H].
  destruct (IH _ _ H) as (cells & C & M & K). exists (S :: cells).
  split; [constructor; [split; [exact (simplex_numbered _ _ _ E)|exact F]|exact C]|].
  split.
  { constructor; [exists numbers; split; [left; reflexivity|exact E]|].
    eapply Forall_impl; [|exact M]. intros T (m & M1 & M2). exists m.
    split; [right; exact M1|exact M2]. }
  intros f. rewrite K, rev_append_rev, in_app_iff, <- in_rev. split.
  - intros [[A|A]|(T & T1 & T2)];
      [right; exists S; split; [left; reflexivity|exact A]|left; exact A|].
    right. exists T. split; [right; exact T1|exact T2].
  - intros [A|(T & [<-|T1] & T2)]; [left; right; exact A|left; left; exact T2|].
    right. exists T. split; assumption.
Qed.
(* ---------- the simplices cover what the walls enclose ---------- *)

(* Corners with the same numbers have the same vectors. *)
Lemma numbers_vectors l m : Forall (fun c => numbered_spot t (number_ c) = Some (spot_of c)) l ->
  Forall (fun c => numbered_spot t (number_ c) = Some (spot_of c)) m ->
  map number_ l = map number_ m -> map fst (map real l) = map fst (map real m).
Proof using.
  intros L. revert m. induction L as [|c l Hc L IH]; intros [|d m] M E; try discriminate E;
    [reflexivity|]. injection E as E1 E2. inversion M as [|? ? Hd M']; subst. cbn [map].
  f_equal; [|apply IH; assumption]. rewrite E1, Hd in Hc. injection Hc as Hc.
  unfold real, vector_at. cbn [fst]. rewrite Hc. reflexivity.
Qed.

(* The corners of a facet are corners of its simplex. *)
Lemma picks_forall {A} (P : A -> Prop) l a rest : Forall P l -> In (a, rest) (picks l) ->
  P a /\ Forall P rest.
Proof using.
  clear. intros F H. apply picks_permutation in H. apply (Permutation_Forall H) in F.
  inversion F; auto.
Qed.

Notation domain := (map reals walls).

(* Every vector within the walls is in one of the simplices that are listed. *)
Theorem cells_cover_correct simplices y : cells_cover n walls ts t simplices = true ->
  (length y <= n)%nat -> Forall (fun a => 0 <= dot a y) domain ->
  exists numbers S, In numbers simplices /\ simplex_of (unit_vectors n) t numbers = Some S /\
  good_simplex S /\ Forall (fun q => 0 <= dot (snd q) y) (map real S).
Proof using tree_good.
  unfold cells_cover. destruct (facets_of _ _ _ _ _ _) as [l|] eqn:E; [|discriminate].
  intros H Y D. apply andb_prop in H. destruct H as [H1 H2].
  destruct (facets_of_correct _ _ _ _ E) as (cells & C & M & K). rewrite Forall_forall in C, M.
  destruct (covered n domain (map (map real) cells)) with (y := y) as (S & HS & F);
    [| | | |exact Y|exact D|].
  - apply List.Forall_map, Forall_forall. intros S HS.
    destruct (good_parts S (C S HS)) as (G1 & G2 & _ & G4 & _).
    split; [split; [rewrite map_length; exact G1|]|apply dual_real, G4].
    apply List.Forall_map. eapply Forall_impl; [|exact G2]. intros c Ec. unfold real. cbn [fst].
    rewrite map_length, Ec. apply le_n.
  - intros N. destruct l as [|f l]; [discriminate H1|]. destruct (proj1 (K f)) as [[]|(S & HS & _)].
    { left. reflexivity. }
    destruct cells; [destruct HS|discriminate N].
  - apply List.Forall_map, Forall_forall. intros S HS. apply List.Forall_map.
    eapply Forall_impl; [|exact (simplex_spots S (C S HS))]. intros c [_ [_ W]].
    apply List.Forall_map, Forall_forall. intros a Ha. unfold real. cbn [fst].
    rewrite product_real. apply IZR_le, Z.leb_le. unfold within_walls in W.
    rewrite forallb_forall in W. exact (W a Ha).
  - intros S' q rest HS' Hq. apply in_map_iff in HS'. destruct HS' as (S & <- & HS).
    rewrite picks_map in Hq. apply in_map_iff in Hq. destruct Hq as ((c, others) & Ef & Hf).
    cbn [fst snd] in Ef. injection Ef as <- <-. destruct (C S HS) as [Num _].
    assert (Hl : In (c, others) (sorted_facets l)).
    { apply sorted_all, K. right. exists S. split; assumption. }
    destruct (closed_correct _ _ (le_n _) H2 _ Hl) as [W|((d, others') & Hd & B1 & B2)].
    + right. unfold on_wall in W. apply existsb_exists in W. destruct W as (a & Ha & W).
      apply andb_prop in W. destruct W as [W1 W2]. exists (reals a).
      split; [apply in_map, Ha|]. unfold real. cbn [fst snd]. split.
      * rewrite product_real. intros Z. apply eq_IZR in Z. apply Z.eqb_eq in Z.
        cbn [fst] in W2. rewrite Z in W2. discriminate W2.
      * apply List.Forall_map, Forall_forall. intros e He. cbn [fst]. rewrite product_real.
        rewrite forallb_forall in W1. apply W1, Z.eqb_eq in He. rewrite He. reflexivity.
    + left. assert (Hs : exists S', In S' cells /\ In (d, others') (picks S')).
      { assert (In_l : In (d, others') l) by (apply sorted_all, Hd).
        destruct (proj1 (K _) In_l) as [[]|X]. exact X. }
      destruct Hs as (S' & HS' & Hp). destruct (C S' HS') as [Num' _].
      exists (map real S'), (real d), (map real others').
      split; [apply in_map, HS'|split].
      { rewrite picks_map. apply in_map_iff. exists (d, others'). split; [reflexivity|exact Hp]. }
      cbn [fst snd] in B1, B2. unfold real at 5 6. cbn [fst snd].
      rewrite (numbers_vectors others others') by
        (exact B1 || apply (picks_forall _ _ _ _ Num Hf) || apply (picks_forall _ _ _ _ Num' Hp)).
      split; [apply incl_refl|split; [apply incl_refl|]]. rewrite product_real.
      apply IZR_lt. exact B2.
  - apply in_map_iff in HS. destruct HS as (S' & <- & HS). destruct (M S' HS) as (m & M1 & M2).
    exists m, S'. split; [exact M1|split; [exact M2|split; [apply C, HS|exact F]]].
Qed.
End Rule.
