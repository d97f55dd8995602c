(* The activation patterns of a network on R^d, all layers: the bound of Serra, Tjandraatmadja and
   Ramalingam (2018), the product of Zaslavsky's bounds, and the case d = 1. *)
From Coq Require Import Bool.
From Depthproof Require Import Lists Binomials Definitions PiecewiseLinear Vectors Compose Regions.

(* ---------- patterns ---------- *)

Definition layer_pattern (l : layer) (v : list R) : list bool :=
  map (fun n => active (pre_activation n v)) l.

(* The pattern of a layered ReLU network, layer by layer. *)
Fixpoint activation_patterns (ls : list layer) (v : list R) : list (list bool) :=
  match ls with
  | [] => []
  | l :: ls' => layer_pattern l v :: activation_patterns ls' (activations relu l v)
  end.

(* At most n patterns occur on R^d. *)
Definition regions_at_most (n d : nat) (ls : list layer) : Prop := forall ps, NoDup ps ->
  (forall p, In p ps -> exists v, length v = d /\ activation_patterns ls v = p) ->
  (length ps <= n)%nat.

(* j units of the first layer are inactive, where the dimension falls to m - j; then the rest. *)
Fixpoint serra (d : nat) (ws : list nat) : nat :=
  match ws with
  | [] => 1
  | m :: ws' => sum_to d (fun j => choose m j * serra (Nat.min d (m - j)) ws')
  end%nat.

(* ---------- the bounds compared ---------- *)

(* More dimensions, more regions. *)
Lemma serra_mono ws : forall d e, (d <= e)%nat -> (serra d ws <= serra e ws)%nat.
Proof. induction ws as [|m ws IH]; intros d e H; cbn [serra]; [lia|].
  eapply Nat.le_trans; [|apply sum_to_more; exact H]. apply sum_to_le. intros j _.
  apply Nat.mul_le_mono_l, IH. lia. Qed.

(* The product bound. *)
Theorem serra_product ws : forall d,
  (serra d ws <= fold_right (fun m a => zaslavsky m d * a) 1 ws)%nat.
Proof. induction ws as [|m ws IH]; intros d; cbn [serra fold_right]; [lia|]. unfold zaslavsky.
  rewrite <- sum_to_scale. apply sum_to_le. intros j _. apply Nat.mul_le_mono_l.
  eapply Nat.le_trans; [apply serra_mono with (e := d); lia|apply IH]. Qed.

(* ---------- counting patterns by their active units ---------- *)

(* The number of active units. *)
Definition count (p : list bool) : nat := length (filter (fun b => b) p).

(* At most all. *)
Lemma count_le p : (count p <= length p)%nat.
Proof. unfold count. induction p as [|[|] p IH]; simpl; lia. Qed.

(* At most C(m, j) patterns of m units have j inactive ones. *)
Lemma count_choose m : forall j ps, NoDup ps ->
  (forall p, In p ps -> length p = m /\ (count p + j = m)%nat) -> (length ps <= choose m j)%nat.
Proof. induction m as [|m IH]; intros j ps Hn H.
  - destruct j; [|destruct ps as [|p ps]; [simpl; lia|destruct (H p (or_introl eq_refl)); lia]].
    rewrite choose_0. destruct ps as [|p [|q ps]]; simpl; try lia. exfalso.
    inversion Hn as [|? ? N _]; subst. apply N. destruct (H p (or_introl eq_refl)) as [Lp _].
    destruct (H q (or_intror (or_introl eq_refl))) as [Lq _]. destruct p, q; try discriminate. left.
    reflexivity.
  - destruct (tails_with true ps Hn) as (P & HP & IP & LP).
    destruct (tails_with false ps Hn) as (Q & HQ & IQ & LQ).
    assert (L : (length ps = length P + length Q)%nat).
    { rewrite LP, LQ. clear - H. induction ps as [|p ps IH]; [reflexivity|].
      specialize (IH ltac:(intros q Hq; apply H; right; assumption)).
      destruct (H p (or_introl eq_refl)) as [Lp _].
      destruct p as [|[|] t]; [discriminate| |]; cbn [filter Bool.eqb length]; lia. }
    assert (A : (length P <= choose m j)%nat).
    { apply IH; [assumption|]. intros t Ht. destruct (H _ (proj1 (IP t) Ht)) as [Lt Ct].
      unfold count in *. simpl in *. split; lia. }
    destruct j as [|j].
    + destruct Q as [|t Q]; [rewrite choose_0 in *; simpl in *; lia|]. exfalso.
      destruct (H _ (proj1 (IQ t) (or_introl eq_refl))) as [Lt Ct]. pose proof (count_le t).
      unfold count in *. simpl in *. lia.
    + assert (B : (length Q <= choose m j)%nat).
      { apply IH; [assumption|]. intros t Ht. destruct (H _ (proj1 (IQ t) Ht)) as [Lt Ct].
        unfold count in *. simpl in *. split; lia. }
      cbn [choose]. lia. Qed.



(* What is weighed by the number of active units, of the patterns with at most s inactive ones. *)
Lemma weight_few (c : nat -> nat) m ps : NoDup ps -> (forall p, In p ps -> length p = m) ->
  forall s, (weight (fun p => c (count p)) (filter (fun p => m - count p <=? s) ps) <=
    sum_to s (fun j => choose m j * c (m - j)))%nat.
Proof. intros Hn Hl.
  assert (C : forall j, (length (filter (fun p => (m - count p =? j)%nat) ps) <= choose m j)%nat).
  { intros j. apply count_choose; [apply NoDup_filter, Hn|]. intros p Hp. apply filter_In in Hp.
    destruct Hp as [Hp K]. apply Nat.eqb_eq in K. specialize (Hl p Hp). pose proof (count_le p).
    split; [assumption|lia]. }
  assert (G : forall j, (weight (fun p => c (count p))
    (filter (fun p => (m - count p =? j)%nat) ps) <= choose m j * c (m - j))%nat).
  { intros j. eapply Nat.le_trans; [|apply Nat.mul_le_mono_r, C]. clear - Hl.
    induction ps as [|p ps IH]; [simpl; lia|].
    specialize (IH ltac:(intros q Hq; apply Hl; right; assumption)). cbn [filter].
    destruct (m - count p =? j)%nat eqn:K; [|assumption]. apply Nat.eqb_eq in K.
    specialize (Hl p (or_introl eq_refl)). pose proof (count_le p).
    cbn [weight fold_right length]. unfold weight in IH.
    replace (m - j)%nat with (count p) in * by lia. lia. }
  induction s as [|s IH].
  - rewrite (filter_ext _ (fun p => (m - count p =? 0)%nat)); [apply G|]. intros p.
    destruct (m - count p)%nat; reflexivity.
  - rewrite sum_to_S. eapply Nat.le_trans; [|apply Nat.add_le_mono; [exact IH|apply (G (S s))]].
    clear. induction ps as [|p ps IH]; [simpl; lia|]. cbn [filter].
    destruct (Nat.leb_spec (m - count p) (S s)), (Nat.leb_spec (m - count p) s),
      (Nat.eqb_spec (m - count p) (S s)); try lia; unfold weight in *; cbn [fold_right]; lia. Qed.

(* If c grows with the number of active units, few inactive ones are the worst case. *)
Lemma weight_rearranged (c : nat -> nat) m r ps : (forall a b, (a <= b)%nat -> (c a <= c b)%nat) ->
  NoDup ps -> (forall p, In p ps -> length p = m) -> (length ps <= sum_to r (choose m))%nat ->
  (weight (fun p => c (count p)) ps <= sum_to r (fun j => choose m j * c (m - j)))%nat.
Proof. intros Hc Hn Hl Hs. set (e := c (m - r)%nat).
  (* The excess of c over its value e at r inactive units. *)
  assert (E : (weight (fun p => c (count p)) ps <=
    weight (fun p => c (count p) - e)%nat ps + length ps * e)%nat).
  { clear. induction ps; simpl; [lia|]. lia. }
  assert (Z : (weight (fun p => c (count p) - e)%nat ps <=
    weight (fun p => c (count p) - e)%nat (filter (fun p => m - count p <=? r)%nat ps))%nat).
  { clear - Hc Hl. induction ps as [|p ps IH]; [simpl; lia|].
    specialize (IH ltac:(intros q Hq; apply Hl; right; assumption)). cbn [filter].
    destruct (Nat.leb_spec (m - count p) r) as [K|K]; unfold weight in *; cbn [fold_right]; [lia|].
    pose proof (Hc (count p) (m - r)%nat ltac:(lia)). fold e in H. lia. }
  pose proof (weight_few (fun a => c a - e)%nat m ps Hn Hl r) as F. cbv beta in F.
  assert (T : (length ps * e <= sum_to r (choose m) * e)%nat) by (apply Nat.mul_le_mono_r, Hs).
  rewrite <- sum_to_scale in T.
  assert (S : (sum_to r (fun j => choose m j * (c (m - j)%nat - e)) +
    sum_to r (fun j => choose m j * e) = sum_to r (fun j => choose m j * c (m - j)))%nat).
  { rewrite <- sum_to_plus. apply sum_to_ext. intros j Hj. rewrite <- Nat.mul_add_distr_l. f_equal.
    pose proof (Hc (m - r)%nat (m - j)%nat ltac:(lia)). fold e in H. lia. }
  lia. Qed.

(* ---------- affine maps on R^r ---------- *)

(* All affine functions of its values are affine. *)
Definition affine_map (r : nat) (F : list R -> list R) : Prop := forall o,
  affine_function r (fun y => pre_activation o (F y)).

(* The values of the active units, the others being 0. *)
Fixpoint mask (p : list bool) (z : list R) : list R :=
  match p, z with b :: p', x :: z' => (if b then x else 0) :: mask p' z' | _, _ => [] end.

(* The same, from a list of the active values only. *)
Fixpoint expand (p : list bool) (y : list R) : list R :=
  match p with
  | [] => []
  | true :: p' => hd 0 y :: expand p' (tl y)
  | false :: p' => 0 :: expand p' y
  end.

(* That list. *)
Fixpoint chosen (p : list bool) (z : list R) : list R :=
  match p, z with
  | true :: p', x :: z' => x :: chosen p' z'
  | false :: p', _ :: z' => chosen p' z'
  | _, _ => []
  end.

(* ReLU is the mask of its own pattern. *)
Lemma relu_mask l v : activations relu l v = mask (layer_pattern l v) (affine l v).
Proof. unfold activations, layer_pattern, affine. induction l as [|n l IH]; [reflexivity|].
  cbn [map mask]. rewrite IH. f_equal. unfold active.
  destruct Rlt_dec; [apply relu_pos; lra|apply relu_neg; lra]. Qed.

(* The mask reads the active values only. *)
Lemma mask_expand p : forall z, length z = length p -> mask p z = expand p (chosen p z) /\
  length (chosen p z) = count p.
Proof. unfold count. induction p as [|[|] p IH]; intros [|x z] H; try discriminate;
    [split; reflexivity|..]; destruct (IH z ltac:(simpl in H; congruence)) as [A B];
    cbn [mask chosen expand filter length hd tl]; rewrite A, B; split; reflexivity.
Qed.

(* Masks of affine maps are affine. *)
Lemma mask_affine r F l : affine_map r F ->
  forall p, affine_map r (fun y => mask p (affine l (F y))).
Proof. intros H. induction l as [|n l IH]; intros p [w b].
  - apply affine_function_ext with (fun _ => b); [|apply affine_function_const]. intros v _.
    unfold affine, pre_activation. destruct p; destruct w; simpl; ring.
  - destruct p as [|c p]; [apply affine_function_ext with (fun _ => b);
      [|apply affine_function_const]; intros v _; unfold pre_activation; destruct w; simpl; ring|].
    destruct w as [|a w]; [apply affine_function_ext with (fun _ => b);
      [|apply affine_function_const]; intros v _; unfold pre_activation; simpl; ring|].
    apply affine_function_ext with (fun y => (if c then a else 0) * pre_activation n (F y) +
      pre_activation (w, b) (mask p (affine l (F y)))).
    + intros v _. change (affine (n :: l) (F v)) with (pre_activation n (F v) :: affine l (F v)).
      cbn [mask]. set (t := pre_activation n (F v)). set (z := affine l (F v)).
      unfold pre_activation. cbn [fst snd dot]. destruct c; ring.
    + apply affine_function_plus; [apply affine_function_scale, H|apply IH]. Qed.

(* Expansions are affine. *)
Lemma expand_affine p : affine_map (count p) (expand p).
Proof. unfold count. induction p as [|[|] p IH]; intros [w b]; cbn [filter length].
  - apply affine_function_ext with (fun _ => b); [|apply affine_function_const]. intros v _.
    unfold pre_activation. destruct w; simpl; ring.
  - destruct w as [|a w]; [apply affine_function_ext with (fun _ => b);
      [|apply affine_function_const]; intros v _; unfold pre_activation; simpl; ring|].
    destruct (IH (w, b)) as (u & c & Hu & H). exists (a :: u), c. split; [simpl; congruence|].
    intros [|x v] Hv; [discriminate|]. cbn [expand hd tl].
    specialize (H v ltac:(simpl in Hv; congruence)). unfold pre_activation in *.
    cbn [fst snd dot] in *. lra.
  - destruct w as [|a w]; [apply affine_function_ext with (fun _ => b);
      [|apply affine_function_const]; intros v _; unfold pre_activation; simpl; ring|].
    apply affine_function_ext with (fun y => pre_activation (w, b) (expand p y)); [|apply IH].
    intros v _. cbn [expand]. unfold pre_activation. cbn [fst snd dot]. ring. Qed.

(* The identity is affine. *)
Lemma identity_affine d : affine_map d (fun v => v). Proof. intro. apply affine_function_unit. Qed.

(* ---------- the bound ---------- *)

(* One weight grows by one. *)
Lemma weight_update {A} (f g : A -> nat) p l : NoDup l -> In p l -> f p = S (g p) ->
  (forall x, x <> p -> f x = g x) -> weight f l = S (weight g l).
Proof. intros Hn. induction Hn as [|x l Hx Hn IH]; intros Hp Fp Fx; [destruct Hp|].
  destruct Hp as [->|Hp].
  - change (f p + weight f l = S (g p + weight g l))%nat. rewrite Fp, (weight_ext f g); [lia|].
    intros y Hy. apply Fx. intros ->. contradiction.
  - change (f x + weight f l = S (g x + weight g l))%nat. rewrite IH by assumption.
    rewrite Fx; [lia|]. intros ->. contradiction. Qed.

(* Lists of patterns, grouped by the first layer. *)
Lemma group_heads (ps : list (list (list bool))) : NoDup ps -> ~ In [] ps -> exists H G, NoDup H /\
  (forall p, In p H -> exists q, In (p :: q) ps) /\
  (forall p, In p H -> NoDup (G p) /\ forall q, In q (G p) -> In (p :: q) ps) /\
  length ps = weight (fun p => length (G p)) H.
Proof. assert (dec : forall x y : list bool, {x = y} + {x <> y}) by (apply list_eq_dec, bool_dec).
  intros Hn. induction Hn as [|p ps Hp Hn IH]; intros N.
  - exists [], (fun _ => []). repeat split; try constructor; intros ? [].
  - destruct IH as (H & G & HH & E & HG & L); [intro K; apply N; right; assumption|].
    destruct p as [|p q]; [exfalso; apply N; left; reflexivity|].
    set (G' := fun x => if dec x p then q :: (if in_dec dec p H then G p else []) else G x).
    assert (NG : NoDup (G' p)).
    { unfold G'. destruct dec; [|congruence].
      destruct (in_dec dec p H) as [I|I]; [|repeat constructor; intros []].
      constructor; [|apply HG, I]. intro K. apply Hp, (proj2 (HG p I)), K. }
    destruct (in_dec dec p H) as [I|I].
    + exists H, G'. split; [assumption|].
      split; [intros x Hx; destruct (E x Hx) as [y Hy]; exists y; right; assumption|]. split.
      * intros x Hx. destruct (dec x p) as [->|Nx].
        -- split; [assumption|]. unfold G'. destruct (dec p p); [|congruence].
           intros y [<-|Hy]; [left; reflexivity|right; apply HG; assumption].
        -- unfold G'. destruct (dec x p); [contradiction|]. destruct (HG x Hx) as [A B].
           split; [assumption|]. intros y Hy. right. auto.
      * cbn [length]. rewrite L. symmetry. apply weight_update with p; try assumption; unfold G'.
        -- destruct (dec p p); [|congruence].
           destruct (in_dec dec p H); [reflexivity|contradiction].
        -- intros x Nx. destruct (dec x p); [contradiction|reflexivity].
    + exists (p :: H), G'. split; [constructor; assumption|]. split; [|split].
      * intros x [<-|Hx]; [exists q; left; reflexivity|]. destruct (E x Hx) as [y Hy]. exists y.
        right. assumption.
      * intros x [<-|Hx].
        -- split; [assumption|]. unfold G'. destruct (dec p p); [|congruence]. intros y [<-|[]].
           left. reflexivity.
        -- unfold G'. destruct (dec x p) as [->|Nx]; [contradiction|]. destruct (HG x Hx) as [A B].
           split; [assumption|]. intros y Hy. right. auto.
      * cbn [length]. change (weight (fun p => length (G' p)) (p :: H))
          with (length (G' p) + weight (fun p => length (G' p)) H)%nat.
        rewrite L, (weight_ext (fun p => length (G' p)) (fun p => length (G p)) H); unfold G'.
        -- destruct (dec p p); [|congruence].
           destruct (in_dec dec p H); [contradiction|reflexivity].
        -- intros x Hx. destruct (dec x p) as [->|Nx]; [contradiction|reflexivity]. Qed.

(* The patterns of a network, read through an affine map. *)
Theorem regions_serra_from ls : forall r F ps, affine_map r F -> NoDup ps ->
  (forall p, In p ps -> exists y, length y = r /\ activation_patterns ls (F y) = p) ->
  (length ps <= serra r (widths ls))%nat.
Proof. induction ls as [|l ls IH]; intros r F ps HF Hn H.
  - cbn. destruct ps as [|p [|q ps]]; simpl; try lia. exfalso. inversion Hn as [|? ? N _]; subst.
    apply N. destruct (H p (or_introl eq_refl)) as (? & _ & <-).
    destruct (H q (or_intror (or_introl eq_refl))) as (? & _ & <-). left. reflexivity.
  - destruct (group_heads ps Hn) as (Hs & G & HH & E & HG & L).
    { intros K. destruct (H _ K) as (v & _ & C). discriminate. }
    assert (Len : forall p, In p Hs -> length p = length l).
    { intros p Hp. destruct (E p Hp) as [q Hq]. destruct (H _ Hq) as (y & _ & C).
      cbn [activation_patterns] in C. injection C as <- _. unfold layer_pattern. apply map_length. }
    assert (Group : forall p, In p Hs -> (length (G p) <=
      serra (Nat.min r (count p)) (widths ls))%nat).
    { intros p Hp. destruct (HG p Hp) as [N I]. assert (R : forall q, In q (G p) -> exists y,
        length y = r /\ layer_pattern l (F y) = p /\
        activation_patterns ls (mask p (affine l (F y))) = q).
      { intros q Hq. destruct (H _ (I q Hq)) as (y & Hy & C). cbn [activation_patterns] in C.
        injection C as C1 C2. exists y. repeat split; try assumption. rewrite <- C2, <- C1 at 1.
        rewrite relu_mask. reflexivity. }
      destruct (Nat.min_spec r (count p)) as [[_ ->]|[_ ->]].
      - apply (IH r (fun y => mask p (affine l (F y)))); [apply mask_affine, HF|assumption|].
        intros q Hq. destruct (R q Hq) as (y & Hy & _ & Cy). eauto.
      - apply (IH (count p) (expand p)); [apply expand_affine|assumption|]. intros q Hq.
        destruct (R q Hq) as (y & Hy & Ey & Cy). destruct (mask_expand p (affine l (F y))) as [A B];
          [unfold affine; rewrite map_length, Len by assumption; reflexivity|].
        exists (chosen p (affine l (F y))). split; [assumption|]. rewrite <- A. assumption. }
    rewrite L.
    eapply Nat.le_trans with (weight (fun p => serra (Nat.min r (count p)) (widths ls)) Hs).
    { clear - Group. induction Hs as [|p Hs IH]; [simpl; lia|].
      specialize (IH ltac:(intros q Hq; apply Group; right; assumption)).
      specialize (Group p (or_introl eq_refl)). unfold weight in *. cbn [fold_right]. lia. }
    cbn [widths map serra].
    apply (weight_rearranged (fun k => serra (Nat.min r k) (widths ls))); [|assumption|assumption|].
    + intros a b Hab. apply serra_mono. lia.
    + apply (regions_zaslavsky (length l) (map (fun n y => pre_activation n (F y)) l));
        [apply map_length| |assumption|].
      * apply Forall_forall. intros h Hh. apply in_map_iff in Hh. destruct Hh as (n & <- & _).
        apply HF.
      * intros p Hp. destruct (E p Hp) as [q Hq]. destruct (H _ Hq) as (y & Hy & C).
        cbn [activation_patterns] in C. injection C as C _. exists y. split; [assumption|].
        unfold sides. rewrite map_map. exact C. Qed.

(* The bound of Serra, Tjandraatmadja and Ramalingam, for all depths, all widths, all weights. *)
Theorem regions_serra d ls : regions_at_most (serra d (widths ls)) d ls.
Proof. intros ps Hn H.
  apply (regions_serra_from ls d (fun v => v)); [apply identity_affine|assumption|assumption]. Qed.

(* The product bound. *)
Theorem regions_product d ls :
  regions_at_most (fold_right (fun m a => zaslavsky m d * a) 1 (widths ls))%nat d ls.
Proof. intros ps Hn H.
  eapply Nat.le_trans; [apply (regions_serra d ls ps Hn H)|apply serra_product]. Qed.

(* On the line: the bound of pieces.product, for activation patterns too. *)
Corollary regions_line ls : regions_at_most (product_bound (widths ls)) 1 ls.
Proof. intros ps Hn H. eapply Nat.le_trans; [apply (regions_product 1 ls ps Hn H)|].
  unfold product_bound. induction (widths ls) as [|m ws IH]; [apply le_n|]. cbn [fold_right].
  rewrite zaslavsky_line. apply Nat.mul_le_mono_l, IH. Qed.

(* On each region the network is affine. *)
Theorem region_affine d N p : exists w b, forall v, length v = d ->
  activation_patterns (hidden N) v = p -> network_value Layered relu N v = dot w v + b.
Proof. assert (Q : forall ls F p, affine_map d F -> exists G, affine_map d G /\
    forall v, length v = d -> activation_patterns ls (F v) = p -> run Layered relu ls (F v) = G v).
  { induction ls as [|l ls IH]; intros F q HF; [exists F; split; [assumption|reflexivity]|].
    destruct q as [|p0 q].
    - exists F. split; [assumption|]. intros v _ C. discriminate.
    - destruct (IH (fun y => mask p0 (affine l (F y))) q (mask_affine d F l HF p0)) as (G & HG & E).
      exists G. split; [assumption|]. intros v Hv C. cbn [activation_patterns] in C.
      injection C as C1 C2. cbn [run pass_on]. rewrite relu_mask, C1 in *. apply E; assumption. }
  destruct (Q (hidden N) (fun v => v) p (identity_affine d)) as (G & HG & E).
  destruct (HG (output N)) as (w & b & _ & H). exists w, b. intros v Hv C. unfold network_value.
  rewrite E by assumption. apply H, Hv. Qed.
