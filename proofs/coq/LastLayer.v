(* The last layer of a network that folds the cube before: its units are turned, and its output's
   weights chosen, so that different patterns on different cells are different affine maps. *)
From Depthproof Require Import Lists Binomials Definitions PiecewiseLinear Vectors Compose.
From Depthproof Require Import Regions RegionsDeep RegionsAttained AffineMaps Zigzags.
From Depthproof Require Import PiecesFolded.
From Coq Require Import Bool Classical List.

(* ---------- weights of the output by which the patterns can be told ---------- *)

(* A large number solves none of finitely many equations c u = w between functions, u not 0. *)
Lemma large_apart {E A} (es : list E) (X : A -> Prop) (u w : E -> A -> R) : exists b, forall c,
  b < c -> forall e, In e es -> (forall x, X x -> c * u e x = w e x) -> forall x, X x -> u e x = 0.
Proof. induction es as [|e es (b & H)]; [exists 0; intros c _ e []|].
  destruct (classic (forall x, X x -> u e x = 0)) as [Z|Z].
  - exists b. intros c C f [<-|I]; [intros _; exact Z|exact (H c C f I)].
  - apply not_all_ex_not in Z. destruct Z as (x & Z). apply imply_to_and in Z.
    destruct Z as (Xx & Z). exists (Rmax b (w e x / u e x)). intros c C f [<-|I].
    + intros S. exfalso. specialize (S x Xx). pose proof (Rmax_r b (w e x / u e x)) as M.
      assert (D : w e x / u e x = c) by (rewrite <- S; field; exact Z). lra.
    + apply H; [|exact I]. pose proof (Rmax_l b (w e x / u e x)). lra. Qed.

(* The weights of the units that S names. *)
Fixpoint kept (cs : list R) (S : list bool) : list R :=
  match cs, S with c :: cs', b :: S' => (if b then c else 0) :: kept cs' S' | _, _ => [] end.

(* Lists without true are equal when they are as long. *)
Lemma no_true : forall S T : list bool, length S = length T -> ~ In true S -> ~ In true T -> S = T.
Proof. induction S as [|[|] S IH]; intros [|[|] T] L HS HT; try discriminate;
    [reflexivity|exfalso; apply HS; left; reflexivity..| |].
  - exfalso; apply HT; left; reflexivity.
  - f_equal. apply IH; [simpl in L; congruence|intros I; apply HS|intros I; apply HT]; right;
      exact I. Qed.

Section Generic.
Context {A C : Type} (X : A -> Prop) (G : list C) (phi : C -> A -> list R).

(* What the units that p names give at x, in the cell I. *)
Definition kept_value (cs : list R) (hs : layer) (p : list bool) (I : C) (x : A) : R :=
  dot (kept cs p) (affine hs (phi I x)).

(* The weight of one more unit, so large that its share and the others' are the same each. *)
Lemma one_more_weight h hs cs : exists c, forall s t p q I J, length p = length hs ->
  length q = length hs -> In I G -> In J G ->
  (forall x, X x -> kept_value (c :: cs) (h :: hs) (s :: p) I x =
    kept_value (c :: cs) (h :: hs) (t :: q) J x) -> forall x, X x ->
  (if s then pre_activation h (phi I x) else 0) = (if t then pre_activation h (phi J x) else 0) /\
  kept_value cs hs p I x = kept_value cs hs q J x.
Proof. set (share := fun (e : C * list bool) x =>
    if hd false (snd e) then pre_activation h (phi (fst e) x) else 0).
  set (rest := fun (e : C * list bool) x => kept_value cs hs (tl (snd e)) (fst e) x).
  set (es := list_prod G (choices [true; false] (S (length hs)))).
  destruct (large_apart (list_prod es es) X (fun e x => share (fst e) x - share (snd e) x)
    (fun e x => rest (snd e) x - rest (fst e) x)) as (b & Hb).
  specialize (Hb (b + 1) ltac:(lra)). exists (b + 1). intros s t p q I J Lp Lq HI HJ E.
  assert (All : forall K s r, In K G -> length r = length hs -> In (K, s :: r) es).
  { intros K u r HK L. apply in_prod; [exact HK|]. apply choices_spec. split; [simpl; congruence|].
    apply Forall_forall. intros [|] _; [left|right; left]; reflexivity. }
  assert (V : forall K u r x, kept_value (b + 1 :: cs) (h :: hs) (u :: r) K x =
    (b + 1) * share (K, u :: r) x + rest (K, u :: r) x).
  { intros K u r x. unfold share, rest, kept_value, affine. cbn [kept map dot hd tl fst snd].
    destruct u; ring. }
  assert (Z : forall x, X x -> share (I, s :: p) x - share (J, t :: q) x = 0).
  { apply (Hb ((I, s :: p), (J, t :: q))); [apply in_prod; apply All; assumption|].
    intros x Hx. specialize (E x Hx). rewrite !V in E. cbn [fst snd]. lra. }
  intros x Hx. specialize (Z x Hx). specialize (E x Hx). rewrite !V in E.
  change (share (I, s :: p) x = share (J, t :: q) x /\
    rest (I, s :: p) x = rest (J, t :: q) x). split; nra. Qed.

(* For units that are not 0 on any cell and tell the cells, some weights tell cells and patterns. *)
Lemma generic_weights hs :
  (forall h I, In h hs -> In I G -> exists x, X x /\ pre_activation h (phi I x) <> 0) ->
  (forall h I J, In h hs -> In I G -> In J G ->
    (forall x, X x -> pre_activation h (phi I x) = pre_activation h (phi J x)) -> I = J) ->
  exists cs, length cs = length hs /\ forall p q I J, length p = length hs ->
    length q = length hs -> In true p -> In I G -> In J G ->
    (forall x, X x -> kept_value cs hs p I x = kept_value cs hs q J x) -> p = q /\ I = J.
Proof. induction hs as [|h hs IH]; intros N D.
  { exists []. split; [reflexivity|]. intros [|? ?] q I J Lp Lq []; discriminate. }
  destruct IH as (cs & Lc & H); [intros; apply N; try right; assumption|
    intros h' I J H1 H2 H3; apply (D h' I J); try right; assumption|].
  destruct (one_more_weight h hs cs) as (c & Hc). exists (c :: cs). split; [simpl; congruence|].
  intros [|s p] [|t q] I J Lp Lq True HI HJ E; try discriminate.
  simpl in Lp, Lq. injection Lp as Lp. injection Lq as Lq.
  pose proof (Hc s t p q I J Lp Lq HI HJ E) as Z.
  assert (Rest : forall x, X x -> kept_value cs hs p I x = kept_value cs hs q J x) by apply Z.
  destruct s, t.
  - assert (Same : I = J).
    { apply (D h I J); [left; reflexivity|assumption|assumption|]. intros x Hx. apply (Z x Hx). }
    subst J. destruct (in_dec bool_dec true p) as [IS|NS].
    + destruct (H p q I I Lp Lq IS HI HI Rest) as [<- _]. auto.
    + destruct (in_dec bool_dec true q) as [IT|NT].
      * destruct (H q p I I Lq Lp IT HI HI) as [<- _]; [intros x Hx; symmetry; auto|auto].
      * rewrite (no_true p q) by (assumption || congruence). auto.
  - exfalso. destruct (N h I (or_introl eq_refl) HI) as (x & Hx & V). apply V, (Z x Hx).
  - exfalso. destruct (N h J (or_introl eq_refl) HJ) as (x & Hx & V).
    apply V. symmetry. apply (Z x Hx).
  - destruct True as [|True]; [discriminate|].
    destruct (H p q I J Lp Lq True HI HJ Rest) as [<- <-]. auto. Qed.

End Generic.

(* ---------- units turned round, so that some unit is active everywhere ---------- *)

(* m signs, each another than the one before. *)
Fixpoint alternating (m : nat) (b : bool) : list bool :=
  match m with O => [] | S m' => negb b :: alternating m' (negb b) end.

(* They are m, and change more often than d times where m > d. *)
Lemma alternating_many m : forall d b, length (alternating m b) = m /\
  ((d < m)%nat -> ~ In (alternating m b) (few_changes m d b)).
Proof. induction m as [|m IH]; intros d b; [split; [reflexivity|lia]|].
  split; [simpl; rewrite (proj1 (IH d (negb b))); reflexivity|]. intros L H.
  cbn [few_changes alternating] in H. apply in_app_iff in H. destruct H as [H|H].
  - apply in_map_iff in H. destruct H as (q & E & _). destruct b; discriminate.
  - destruct d as [|d]; [destruct H|]. apply in_map_iff in H. destruct H as (q & E & Hq).
    injection E as ->. apply (proj2 (IH d (negb b)) ltac:(lia) Hq). Qed.

(* Some units are turned round, and the signs of their weights with them. *)
Fixpoint turned (fs : list bool) (l : layer) : layer :=
  match fs, l with
  | f :: fs', (w, b) :: l' =>
      (if f then (map (Rmult (-1)) w, - b) else (w, b)) :: turned fs' l'
  | _, _ => []
  end.

Fixpoint turned_weights (fs : list bool) (cs : list R) : list R :=
  match fs, cs with
  | f :: fs', c :: cs' => (if f then - c else c) :: turned_weights fs' cs'
  | _, _ => []
  end.

(* The units that are active then. *)
Fixpoint differ (fs q : list bool) : list bool :=
  match fs, q with f :: fs', b :: q' => xorb f b :: differ fs' q' | _, _ => [] end.

(* The value is the sum over the active units, for turned units as for the others. *)
Lemma turned_value q l x : strict_pattern q l x -> forall fs cs, length fs = length l ->
  length cs = length l -> dot (turned_weights fs cs) (activations relu (turned fs l) x) =
  dot (kept cs (differ fs q)) (affine l x).
Proof. intros H. induction H as [|b [w k] q l P _ IH]; intros [|f fs] [|c cs] Lf Lc;
    try discriminate; [reflexivity|].
  cbn [turned turned_weights activations map dot differ kept affine].
  fold (activations relu (turned fs l) x) (affine l x).
  rewrite IH by (simpl in *; congruence). f_equal.
  assert (V : pre_activation (map (Rmult (-1)) w, - k) x = - pre_activation (w, k) x).
  { unfold pre_activation. cbn [fst snd]. rewrite dot_scale. ring. }
  unfold sign_of in P. destruct f, b; cbn [xorb]; rewrite ?V;
    first [rewrite relu_pos by lra|rewrite relu_neg by lra]; ring. Qed.

(* Patterns can be told by their active units. *)
Lemma differ_injective fs : forall p q, length p = length fs -> length q = length fs ->
  differ fs p = differ fs q -> p = q.
Proof. induction fs as [|f fs IH]; intros [|a p] [|b q] Lp Lq E; try discriminate; [reflexivity|].
  cbn [differ] in E. injection E as E1 E2.
  f_equal; [destruct f, a, b; discriminate || reflexivity|]. apply IH; simpl in *; congruence. Qed.

(* Only for the signs fs themselves no unit is active. *)
Lemma differ_true fs : forall q, length q = length fs -> length (differ fs q) = length fs /\
  (q <> fs -> In true (differ fs q)).
Proof. induction fs as [|f fs IH]; intros [|b q] L; try discriminate;
    [split; [|tauto]; reflexivity|].
  destruct (IH q) as [A B]; [simpl in L; congruence|]. split; [simpl; congruence|].
  intros N. cbn [differ]. destruct (bool_dec f b) as [->|D].
  { right. apply B. intros ->. apply N. reflexivity. }
  left. destruct f, b; congruence || reflexivity. Qed.

(* The widths of turned layers. *)
Lemma turned_length fs : forall l, length fs = length l -> length (turned fs l) = length l.
Proof. induction fs as [|f fs IH]; intros [|[w b] l] L; try discriminate; [reflexivity|].
  simpl. rewrite IH; simpl in L; congruence. Qed.

(* ---------- the last layer ---------- *)

(* Where a pattern is strict it stays so on a box. *)
Lemma strict_box q l y : strict_pattern q l y -> exists r, 0 < r /\
  forall x, in_box r y x -> strict_pattern q l x.
Proof. intros H. induction H as [|b o q l P _ (r & R0 & IH)];
    [exists 1; split; [lra|constructor]|].
  destruct (box_sign o y) as (s & S & B).
  { intros Z. change (pre_activation o y = 0) in Z. rewrite Z in P. lra. }
  exists (Rmin r s). split; [apply Rmin_glb_lt; assumption|]. intros x X. constructor.
  - specialize (B x (in_box_wider _ _ _ _ (Rmin_r _ _) X)).
    change (0 < pre_activation o y * pre_activation o x) in B. unfold sign_of in *.
    destruct b; nra.
  - exact (IH x (in_box_wider _ _ _ _ (Rmin_l _ _) X)). Qed.

(* A point inside has a box inside. *)
Lemma inside_box y : inside y -> exists r, 0 < r /\ forall x, in_box r y x -> inside x.
Proof. intros H. induction H as [|a y P _ (r & R0 & IH)].
  - exists 1. split; [lra|]. intros x X. inversion X; subst. constructor.
  - exists (Rmin r (Rmin (a / 2) ((1 - a) / 2))). split; [repeat apply Rmin_glb_lt; lra|].
    intros x X. pose proof (Rmin_r r (Rmin (a / 2) ((1 - a) / 2))) as M.
    pose proof (Rmin_l (a / 2) ((1 - a) / 2)). pose proof (Rmin_r (a / 2) ((1 - a) / 2)).
    apply (in_box_wider _ r) in X as Y; [|apply Rmin_l].
    inversion X as [|u v k l B T]; subst. inversion Y; subst. constructor; [|apply IH; assumption].
    apply Rabs_le_between in B. lra. Qed.

(* The affine map of a unit, with d weights. *)
Definition unit_map (d : nat) (o : node) : list R * R := (firstn d (fst o ++ repeat 0 d), snd o).

(* Its value. *)
Lemma unit_map_value d o : length (fst (unit_map d o)) = d /\
  forall x, length x = d -> map_value (unit_map d o) x = pre_activation o x.
Proof. split; [cbn [unit_map fst]; rewrite firstn_length, app_length, repeat_length; lia|].
  intros x <-. unfold map_value, unit_map. cbn [fst snd]. rewrite dot_firstn. reflexivity. Qed.

(* The units of the small moment layer: large powers as weights. *)
Lemma moment_unit_value d B m : forall t o, In o (compose (moment_layer d m t) (stretch B d)) ->
  exists k, (k < m)%nat /\ forall x, length x = d -> pre_activation o x =
    dot (powers d (t - INR k)) (map (fun y => 2 * B * y - B) x) + (t - INR k) ^ d.
Proof. induction m as [|m IH]; intros t o H; [destruct H|].
  cbn [moment_layer compose map] in H. destruct H as [<-|H].
  - exists 0%nat. split; [lia|]. intros x <-. simpl (INR 0). rewrite Rminus_0_r.
    pose proof (compose_value [moment_unit (length x) t] (stretch B (length x)) x) as E.
    rewrite stretch_value in E. cbn in E. injection E as E. exact E.
  - destruct (IH (t - 1) o H) as (k & Hk & E). exists (S k). split; [lia|]. rewrite S_INR.
    replace (t - (INR k + 1)) with (t - 1 - INR k) by ring. exact E. Qed.

(* Weighted sums of stretched values. *)
Lemma dot_stretch w B x : dot w (map (fun y => 2 * B * y - B) x) =
  2 * B * dot w x - B * dot w (repeat 1 (length x)).
Proof. revert x. induction w as [|a w IH]; intros [|y x]; simpl; try ring. rewrite IH. ring. Qed.

(* Every point is on the line of every cell. *)
Lemma straight_onto L z I y : zigzag L z -> Forall (fun p => In p L) I -> length I = length y ->
  exists x, length x = length y /\ straight I x = y.
Proof. intros [_ H] F. revert y. induction F as [|[s t] I P F IH]; intros [|a y] E;
    try discriminate; [exists []; split; reflexivity|].
  destruct (IH y) as (x & Lx & V); [simpl in E; congruence|]. destruct (H s t P) as (S0 & _).
  exists ((a - t) / s :: x). split; [simpl; congruence|]. cbn [straight]. rewrite V. f_equal.
  field. exact S0. Qed.

(* The lines of a cell give as many numbers. *)
Lemma straight_length I : forall x, length I = length x -> length (straight I x) = length x.
Proof. induction I as [|[s t] I IH]; intros [|y x] E; try discriminate; [reflexivity|]. simpl.
  rewrite IH; simpl in E; congruence. Qed.

(* For cells of a zigzag some moment layer meets the conditions of generic_weights. *)
Lemma moment_apart L z d m : zigzag L z -> exists t, forall B o I J, 0 < B ->
  In o (compose (moment_layer d m t) (stretch B d)) -> In I (choices L d) ->
  In J (choices L d) -> (exists x, length x = d /\ pre_activation o (straight I x) <> 0) /\
  ((forall x, length x = d -> pre_activation o (straight I x) = pre_activation o (straight J x)) ->
  I = J).
Proof. intros Z. destruct (powers_apart L z Z) as (K & K1 & Apart). exists (K + INR m).
  intros B o I J P Ho HI HJ. pose proof HI as [LI FI]%choices_spec.
  pose proof HJ as [LJ FJ]%choices_spec.
  destruct (moment_unit_value d B m _ o Ho) as (k & Hk & V). apply lt_INR in Hk. split.
  - destruct (straight_onto L z I (repeat (/ 2) d) Z FI) as (x & Lx & E);
      [rewrite repeat_length; exact LI|].
    rewrite repeat_length in Lx. exists x. split; [exact Lx|].
    rewrite E, V by apply repeat_length.
    assert (Q : map (fun y => 2 * B * y - B) (repeat (/ 2) d) = repeat 0 d).
    { clear. induction d; [reflexivity|]. cbn [repeat map]. rewrite IHd. f_equal. field. }
    rewrite Q, dot_comm, dot_zeros, Rplus_0_l. apply pow_nonzero. lra.
  - intros E. apply (Apart (K + INR m - INR k) d I J); [lra|exact HI|exact HJ|]. intros x Lx.
    specialize (E x Lx). rewrite !V, !dot_stretch, !straight_length in E by
      (rewrite ?straight_length; congruence).
    apply Rmult_eq_reg_l with (r := 2 * B); lra. Qed.

(* On a box about a point with this pattern the network is the map of the active units. *)
Lemma pattern_taken d l fs cs q y : length fs = length l -> length cs = length l ->
  length y = d -> inside y -> strict_pattern q l y ->
  taken (open_cube d) (network_value Layered relu (Network [turned fs l] (turned_weights fs cs, 0)))
    (unit_map d (mix (kept cs (differ fs q)) l)).
Proof. intros Lf Lc Ly Iy H. destruct (strict_box q l y H) as (r & R0 & B).
  destruct (inside_box y Iy) as (s & S0 & C).
  destruct (unit_map_value d (mix (kept cs (differ fs q)) l)) as (U & V).
  exists y, (Rmin r s). split; [congruence|]. split; [apply Rmin_glb_lt; assumption|].
  intros x X. pose proof (in_box_length _ _ _ X) as Lx. split.
  - split; [congruence|]. exact (C x (in_box_wider _ _ _ _ (Rmin_r _ _) X)).
  - rewrite V by congruence. rewrite mix_value. unfold network_value, pre_activation at 1.
    cbn [hidden output run pass_on fst snd]. rewrite (turned_value q l x); try assumption; [ring|].
    exact (B x (in_box_wider _ _ _ _ (Rmin_l _ _) X)). Qed.

(* The last layer on a folded cube: patterns with an active unit can be told, and so can cells. *)
Lemma last_layer L z d m : zigzag L z -> exists N fs g, widths (hidden N) = [m] /\
  fs = alternating m true /\
  (forall q, In q (few_changes m d true) ->
    length (fst (g q)) = d /\ taken (open_cube d) (network_value Layered relu N) (g q)) /\
  forall I J p q, In I (choices L d) -> In J (choices L d) -> In p (few_changes m d true) ->
    In q (few_changes m d true) -> p <> fs ->
    (forall x, length x = d -> map_value (g p) (straight I x) = map_value (g q) (straight J x)) ->
    I = J /\ p = q.
Proof. intros Z. destruct (moment_apart L z d m Z) as (t & Apart).
  destruct (moment_inside d m t) as (B & P & Point).
  set (l := compose (moment_layer d m t) (stretch B d)) in *.
  assert (Ll : length l = m).
  { unfold l, compose. rewrite map_length. apply moment_layer_length. }
  destruct (generic_weights (fun x => length x = d) (choices L d) straight l) as (cs & Lc & H).
  { intros o I Ho HI. exact (proj1 (Apart B o I I P Ho HI HI)). }
  { intros o I J Ho HI HJ. exact (proj2 (Apart B o I J P Ho HI HJ)). }
  set (fs := alternating m true). assert (Lf : length fs = m) by apply (alternating_many m 0 true).
  exists (Network [turned fs l] (turned_weights fs cs, 0)), fs,
    (fun q => unit_map d (mix (kept cs (differ fs q)) l)).
  split; [cbn; rewrite turned_length; congruence|]. split; [reflexivity|]. split.
  - intros q Hq. destruct (Point q Hq) as (y & Ly & Iy & S).
    split; [apply unit_map_value|]. apply (pattern_taken d l fs cs q y); congruence || assumption.
  - assert (Lq : forall q, In q (few_changes m d true) -> length q = length fs).
    { intros q Hq. rewrite Lf. exact (proj1 (moment_signs m d true 0 q Hq)). }
    intros I J p q HI HJ Hp Hq Active E. pose proof HI as [LI _]%choices_spec.
    pose proof HJ as [LJ _]%choices_spec. destruct (differ_true fs p (Lq p Hp)) as (A & True).
    destruct (differ_true fs q (Lq q Hq)) as (A' & _).
    destruct (H (differ fs p) (differ fs q) I J) as (Same & <-); try congruence; try assumption.
    + apply True, Active.
    + intros x Lx. specialize (E x Lx). unfold kept_value. rewrite <- !mix_value.
      rewrite !(proj2 (unit_map_value d _)) in E by (rewrite straight_length; congruence). exact E.
    + split; [reflexivity|]. apply (differ_injective fs); auto. Qed.

(* m > d units: a map for each cell and each pattern. *)
Lemma maps_last L z d m : zigzag L z -> (d < m)%nat -> exists N, widths (hidden N) = [m] /\
  maps_at_least (length L ^ d * zaslavsky m d) d (open_cube d)
    (fun v => network_value Layered relu N (map z v)).
Proof. intros Z M. destruct (last_layer L z d m Z) as (N & fs & g & W & Efs & T & Apart).
  exists N. split; [exact W|]. rewrite <- (few_changes_length m d true).
  exists (cell_maps L d (few_changes m d true) g).
  apply cell_maps_spec; [exact Z|apply few_changes_nodup|exact T|].
  intros I J p q HI HJ Hp Hq. apply Apart; try assumption. intros ->. rewrite Efs in Hp.
  exact (proj2 (alternating_many m d true) M Hp). Qed.

(* The patterns but one. *)
Lemma but_one (fs : list bool) all : NoDup all -> exists qs, NoDup qs /\
  (length all <= S (length qs))%nat /\ (~ In fs all -> length all <= length qs)%nat /\
  forall q, In q qs -> In q all /\ q <> fs.
Proof. intros N. set (other := fun q => if list_eq_dec bool_dec q fs then false else true).
  assert (Q : forall q, In q (filter other all) <-> In q all /\ q <> fs).
  { intros q. rewrite filter_In. unfold other.
    destruct (list_eq_dec bool_dec q fs); split; intros [? ?]; split; congruence || assumption. }
  exists (filter other all). split; [apply NoDup_filter, N|].
  split; [|split; [|intros q Hq; apply Q, Hq]].
  - change (S (length (filter other all))) with (length (fs :: filter other all)).
    apply NoDup_incl_length; [exact N|]. intros q Hq.
    destruct (list_eq_dec bool_dec q fs) as [->|D]; [left; reflexivity|right; apply Q; auto].
  - intros O. apply NoDup_incl_length; [exact N|]. intros q Hq. apply Q. split; [exact Hq|].
    intros ->. exact (O Hq). Qed.

(* Any number of units: where none is active there is one map for all cells. *)
Lemma maps_last_any L z d m : zigzag L z -> L <> [] -> exists N, widths (hidden N) = [m] /\
  maps_at_least (length L ^ d * (zaslavsky m d - 1) + 1) d (open_cube d)
    (fun v => network_value Layered relu N (map z v)).
Proof. intros Z NL. destruct (last_layer L z d m Z) as (N & fs & g & W & _ & T & Apart).
  exists N. split; [exact W|]. assert (C : In (repeat (hd (0, 0) L) d) (choices L d)).
  { apply choices_spec. split; [apply repeat_length|]. apply Forall_forall. intros p Hp.
    apply repeat_spec in Hp. subst p. destruct L; [contradiction|left; reflexivity]. }
  set (I0 := repeat (hd (0, 0) L) d) in *. set (all := few_changes m d true) in *.
  destruct (but_one fs all (few_changes_nodup m d true)) as (qs & Nq & Many & None & Q).
  assert (La : length all = zaslavsky m d) by apply few_changes_length. rewrite La in Many, None.
  destruct (cell_maps_spec L z d (network_value Layered relu N) qs g) as (K1 & K2 & K3);
    [exact Z|exact Nq|intros q Hq; apply T, Q, Hq| |].
  { intros I J p q HI HJ Hp Hq. apply Q in Hp, Hq. apply Apart; tauto. }
  assert (P : (1 <= length L ^ d)%nat).
  { rewrite <- choices_length. destruct (choices L d); [destruct C|simpl; lia]. }
  destruct (in_dec (list_eq_dec bool_dec) fs all) as [I|O].
  - apply maps_fewer with (n := S (length (cell_maps L d qs g))); [rewrite K2; nia|].
    exists (pulled I0 (g fs) :: cell_maps L d qs g). split; [|split; [reflexivity|]].
    + constructor; [|exact K1]. intros H. apply in_flat_map in H. destruct H as (J & HJ & H).
      apply in_map_iff in H. destruct H as (q & E & Hq). apply Q in Hq. destruct Hq as [Hq D].
      destruct (Apart J I0 q fs HJ C Hq I D) as [_ S]; [|exact (D S)]. intros x Lx.
      pose proof C as [LC _]%choices_spec. pose proof HJ as [LJ _]%choices_spec.
      rewrite <- !pulled_value by congruence. rewrite E. reflexivity.
    + constructor; [|exact K3]. destruct (T fs I) as (Lg & Tg).
      apply (pulled_taken L z); assumption.
  - apply maps_fewer with (n := length (cell_maps L d qs g)); [|exists (cell_maps L d qs g); auto].
    specialize (None O). pose proof (sum_to_more 0 d (choose m) (Nat.le_0_l d)) as A.
    cbn [sum_to] in A. rewrite choose_0 in A. fold (zaslavsky m d) in A. rewrite K2. nia. Qed.
