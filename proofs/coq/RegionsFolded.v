(* "Bound on number of linear regions for ReLU networks" (Montufar, Pascanu, Cho, Bengio), from
   below: a deep network of widths m_1, ..., m_L, m has floor (m_1 / d)^d ... floor (m_L / d)^d
   times as many activation patterns as one layer of m units. *)
From Coq Require Import Bool.
From Depthproof Require Import Lists Binomials Definitions PiecewiseLinear Vectors Compose.
From Depthproof Require Import UniversalCube Regions RegionsDeep RegionsAttained.

(* ---------- folding the cube ---------- *)

(* p units fold the unit interval p times: + 1, - 2, + 2, - 2, ... *)
Definition fold_sign (j : nat) : R := match j with O => 1 | S _ => if Nat.even j then 2 else -2 end.

Fixpoint folded (p : nat) (u : R) : R :=
  match p with O => 0 | S p' => folded p' u + fold_sign p' * relu (u - INR p') end.

(* On the i-th part it runs from 0 to 1 or back. *)
Lemma folded_value p : forall i u, (i < p)%nat -> INR i <= u -> (u <= INR i + 1 \/ p = S i) ->
  folded p u = if Nat.even i then u - INR i else INR i + 1 - u.
Proof. induction p as [|p IH]; intros i u Hi Hu H; [lia|]. cbn [folded].
  destruct (Nat.eq_dec i p) as [->|N].
  - rewrite relu_pos by lra. destruct p as [|p]; [simpl; ring|].
    rewrite (IH p) by (try lia; rewrite S_INR in Hu; lra || right; reflexivity). unfold fold_sign.
    rewrite Nat.even_succ, <- Nat.negb_even, S_INR. destruct (Nat.even p); simpl; ring.
  - assert (L : u <= INR i + 1) by (destruct H; [assumption|lia]).
    assert (K : INR i + 1 <= INR p) by (rewrite <- S_INR; apply le_INR; lia).
    rewrite relu_neg by lra. rewrite (IH i) by (try lia; auto). ring. Qed.

(* The same units for each coordinate, and the same output of them. *)
Fixpoint each_layer (l : layer) (d : nat) : layer :=
  match d with O => [] | S d' => blocks 1 l (each_layer l d') end.

Fixpoint each_out (o : node) (k d : nat) : list node :=
  match d with O => [] | S d' => blocks k [o] (each_out o k d') end.

(* Their number. *)
Lemma each_layer_length l d : length (each_layer l d) = (d * length l)%nat.
Proof. induction d; [reflexivity|]. cbn [each_layer]. unfold blocks.
  rewrite app_length, !map_length, IHd. lia. Qed.

(* What the units of the first coordinate, and of the others, are. *)
Lemma each_layer_values l d x v : affine (each_layer l (S d)) (x :: v) =
  affine l [x] ++ affine (each_layer l d) v.
Proof. exact (blocks_value l (each_layer l d) [x] v). Qed.

(* The layer and its outputs are one function of each coordinate. *)
Lemma each_value l o v : affine (each_out o (length l) (length v))
  (activations relu (each_layer l (length v)) v) =
  map (fun x => pre_activation o (activations relu l [x])) v.
Proof. assert (E : forall l v, activations relu l v = map relu (affine l v)).
  { intros k u. unfold activations, affine. rewrite map_map. reflexivity. }
  induction v as [|x v IH]; [reflexivity|]. cbn [length each_out map]. rewrite !E in *.
  rewrite each_layer_values, map_app.
  replace (length l) with (length (map relu (affine l [x]))) at 1 by
    (unfold affine; rewrite !map_length; reflexivity).
  rewrite blocks_value, IH. reflexivity. Qed.

(* No output reads more than the units. *)
Lemma each_out_weights o k d : forall a, In a (each_out o k d) -> (length (fst a) <= d * k)%nat.
Proof. induction d as [|d IH]; intros a H; [destruct H|]. cbn [each_out] in H. unfold blocks in H.
  destruct H as [<-|H]; [cbn [first_block fst]; rewrite firstn_length; lia|].
  apply in_map_iff in H. destruct H as (b & <- & H). specialize (IH b H). unfold second_block.
  cbn [fst]. rewrite app_length, repeat_length. lia. Qed.

(* The units of a fold. *)
Definition fold_coordinate (p : nat) : layer := map (fun j => ([INR p], - INR j)) (seq 0 p).

Definition fold_node (p : nat) : node := (map fold_sign (seq 0 p), 0).

Definition fold_layer (p d : nat) : layer := each_layer (fold_coordinate p) d.

Definition fold_out (p d : nat) : list node := each_out (fold_node p) p d.

(* They are p. *)
Lemma fold_coordinate_length p : length (fold_coordinate p) = p.
Proof. unfold fold_coordinate. rewrite map_length. apply seq_length. Qed.

(* What they read. *)
Lemma fold_coordinate_values p x :
  affine (fold_coordinate p) [x] = map (fun j => INR p * x - INR j) (seq 0 p).
Proof. unfold affine, fold_coordinate. rewrite map_map. apply map_ext. intros j.
  unfold pre_activation. cbn [fst snd dot]. ring. Qed.

(* The output weights make the folded coordinate. *)
Lemma fold_node_value p x :
  pre_activation (fold_node p) (activations relu (fold_coordinate p) [x]) = folded p (INR p * x).
Proof. unfold activations. rewrite <- (map_map (fun n => pre_activation n [x]) relu).
  fold (affine (fold_coordinate p) [x]). rewrite fold_coordinate_values, map_map.
  unfold pre_activation. cbn [fold_node fst snd]. rewrite Rplus_0_r. generalize (INR p * x).
  intros u. induction p as [|p IH]; [reflexivity|]. rewrite seq_S, !map_app.
  cbn [Nat.add map]. rewrite dot_blocks by (rewrite !map_length; reflexivity). rewrite IH.
  cbn [folded dot]. ring. Qed.

(* The layer folds each coordinate. *)
Lemma fold_value p v : affine (fold_out p (length v))
  (activations relu (fold_layer p (length v)) v) = map (fun x => folded p (INR p * x)) v.
Proof. pose proof (each_value (fold_coordinate p) (fold_node p) v) as E.
  rewrite fold_coordinate_length in E. rewrite (map_ext _ _ (fold_node_value p)) in E. exact E. Qed.

(* The pattern tells in which part each coordinate lies. *)
Fixpoint fold_pattern (p : nat) (I : list nat) : list bool :=
  match I with [] => [] | i :: I' => map (fun j => j <=? i)%nat (seq 0 p) ++ fold_pattern p I' end.

(* The point of the i-th part that is folded to y. *)
Definition fold_point (p i : nat) (y : R) : R :=
  (INR i + (if Nat.even i then y else 1 - y)) / INR p.

(* It is inside, is folded to y, and shows by its pattern that it is in part i. *)
Lemma fold_point_spec p i y : (i < p)%nat -> 0 < y < 1 -> 0 < fold_point p i y < 1 /\
  folded p (INR p * fold_point p i y) = y /\
  map (fun j => active (INR p * fold_point p i y - INR j)) (seq 0 p) =
  map (fun j => j <=? i)%nat (seq 0 p).
Proof. intros Hi Hy. assert (Pp : 0 < INR p) by (apply lt_0_INR; lia). pose proof (pos_INR i) as Pi.
  assert (K : INR i + 1 <= INR p) by (rewrite <- S_INR; apply le_INR; lia). unfold fold_point.
  set (s := if Nat.even i then y else 1 - y).
  assert (Hs : 0 < s < 1) by (unfold s; destruct Nat.even; lra).
  replace (INR p * ((INR i + s) / INR p)) with (INR i + s) by (field; lra). split; [|split].
  - split; [apply Rdiv_lt_0_compat; lra|]. apply Rmult_lt_reg_r with (INR p); [assumption|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
  - rewrite (folded_value p i) by (assumption || lra || (left; lra)). unfold s.
    destruct (Nat.even i); ring.
  - apply map_ext_in. intros j Hj. apply in_seq in Hj. unfold active.
    destruct (Nat.leb_spec j i) as [L|L].
    + apply le_INR in L. destruct Rlt_dec; [reflexivity|lra].
    + assert (INR i + 1 <= INR j) by (rewrite <- S_INR; apply le_INR; lia).
      destruct Rlt_dec; [lra|reflexivity]. Qed.

(* Different parts, different patterns. *)
Lemma fold_pattern_injective p : forall I J, length I = length J ->
  (forall i, In i I -> (i < p)%nat) -> (forall j, In j J -> (j < p)%nat) ->
  fold_pattern p I = fold_pattern p J -> I = J.
Proof. induction I as [|i I IH]; intros [|j J] L HI HJ E; try discriminate; [reflexivity|].
  cbn [fold_pattern] in E. apply app_cut in E; [|rewrite !map_length; reflexivity].
  destruct E as [E1 E2]. f_equal.
  - specialize (HI i (or_introl eq_refl)). specialize (HJ j (or_introl eq_refl)). clear - E1 HI HJ.
    assert (Q : forall k, (k < p)%nat -> (k <=? i)%nat = (k <=? j)%nat).
    { intros k Hk. apply (ext_in_map E1), in_seq. lia. }
    pose proof (Q i HI) as A. pose proof (Q j HJ) as B. rewrite Nat.leb_refl in A, B. symmetry in A.
    apply Nat.leb_le in A, B. lia.
  - apply IH; [simpl in L; congruence|intros; apply HI; right; assumption|intros; apply HJ; right;
      assumption|exact E2].
Qed.

(* Read the folded coordinates instead of the coordinates. *)
Definition read_folded (p d : nat) (ls : list layer) : list layer :=
  match ls with [] => [] | l :: ls' => compose l (fold_out p d) :: ls' end.

(* The pattern of the fold, and then the patterns at the folded point. *)
Lemma read_folded_patterns p v ls : activation_patterns (fold_layer p (length v) ::
  read_folded p (length v) ls) v = layer_pattern (fold_layer p (length v)) v ::
  activation_patterns ls (map (fun x => folded p (INR p * x)) v).
Proof. cbn [activation_patterns]. f_equal. destruct ls as [|l ls]; [reflexivity|].
  cbn [read_folded activation_patterns]. rewrite compose_pattern, compose_activations, fold_value.
  reflexivity. Qed.

(* One layer of d p units multiplies the number of patterns by p^d. *)
Lemma regions_fold p d n ls : regions_at_least n d inside ls ->
  regions_at_least (p ^ d * n) d inside (fold_layer p d :: read_folded p d ls).
Proof. intros (ps & Hn & Hc & H). set (Is := grid (repeat 0 p) d).
  assert (Hg : forall I, In I Is -> length I = d /\ forall i, In i I -> (i < p)%nat).
  { intros I HI. apply grid_spec in HI. destruct HI as [A B]. rewrite repeat_length in B.
    rewrite Forall_forall in B. auto. }
  assert (Ng : NoDup Is) by apply grid_nodup.
  exists (pairs (map (fold_pattern p) Is) ps). split; [|split].
  - apply pairs_nodup; [|assumption]. clear - Ng Hg.
    induction Ng as [|I Is HI Ng IH]; [constructor|]. cbn [map]. constructor.
    + intros K. apply in_map_iff in K. destruct K as (J & E & HJ).
      destruct (Hg I (or_introl eq_refl)) as [L1 B1]. destruct (Hg J (or_intror HJ)) as [L2 B2].
      apply HI. rewrite (fold_pattern_injective p I J); try assumption; congruence.
    + apply IH. intros J HJ. apply Hg. right. assumption.
  - unfold pairs. rewrite product_length, map_length, Hc. unfold Is.
    rewrite grid_length, repeat_length. reflexivity.
  - intros q Hq. unfold pairs in Hq. apply in_flat_map in Hq. destruct Hq as (a & Ha & Hq).
    apply in_map_iff in Hq. destruct Hq as (q' & <- & Hq'). apply in_map_iff in Ha.
    destruct Ha as (I & <- & HI). destruct (Hg I HI) as [LI BI].
    destruct (H q' Hq') as (y & Hy & Iy & Ey). assert (Q : exists x, length x = length y /\
      inside x /\ map (fun x => folded p (INR p * x)) x = y /\
      layer_pattern (fold_layer p (length x)) x = fold_pattern p I).
    { assert (L : length I = length y) by congruence. clear - L BI Iy. revert I L BI.
      induction Iy as [|y v Hy Iy IH]; intros [|i I] L B; try discriminate.
      - exists []. repeat split. constructor.
      - destruct (IH I ltac:(simpl in L; congruence) ltac:(intros; apply B; right; assumption)) as
          (x & Lx & Ix & Ex & Px).
        destruct (fold_point_spec p i y (B i (or_introl eq_refl)) Hy) as (F1 & F2 & F3).
        exists (fold_point p i y :: x). split; [simpl; congruence|].
        split; [constructor; assumption|]. split; [simpl; congruence|]. cbn [length fold_pattern].
        unfold layer_pattern in *.
        rewrite <- (map_map (fun n => pre_activation n (fold_point p i y :: x)) active).
        fold (affine (fold_layer p (S (length x))) (fold_point p i y :: x)).
        unfold fold_layer in *. rewrite each_layer_values, fold_coordinate_values, map_app, map_map.
        rewrite F3, <- Px. f_equal. unfold affine. apply map_map. }
    destruct Q as (x & Lx & Ix & Ex & Px). exists x. split; [congruence|]. split; [assumption|].
    rewrite <- Hy, <- Lx. rewrite read_folded_patterns, Px, Ex, Ey. reflexivity. Qed.

(* ---------- widths that d does not divide: units without weights ---------- *)

Definition idle (k : nat) : layer := repeat ([], 0) k.

(* They are never active. *)
Lemma idle_values k l v : activations relu (l ++ idle k) v = activations relu l v ++ repeat 0 k /\
  layer_pattern (l ++ idle k) v = layer_pattern l v ++ repeat false k.
Proof. unfold activations, layer_pattern, idle. rewrite !map_app.
  assert (Z : pre_activation ([], 0) v = 0) by (unfold pre_activation; simpl; ring).
  split; f_equal; induction k as [|k IH]; cbn [repeat map]; try reflexivity; rewrite IH, Z;
    [rewrite relu_pos by lra; reflexivity|].
  unfold active. destruct Rlt_dec; [lra|reflexivity]. Qed.

(* Nor are they read. *)
Lemma each_value_idle l o v k : affine (each_out o (length l) (length v))
  (activations relu (each_layer l (length v) ++ idle k) v) =
  map (fun x => pre_activation o (activations relu l [x])) v.
Proof. rewrite <- each_value. rewrite (proj1 (idle_values k _ v)). unfold affine. apply map_ext_in.
  intros a Ha. unfold pre_activation. f_equal. apply dot_prefix. unfold activations.
  rewrite map_length, each_layer_length. exact (each_out_weights _ _ _ a Ha). Qed.

(* The fold with idle units folds the same. *)
Lemma fold_value_idle p v k : affine (fold_out p (length v))
  (activations relu (fold_layer p (length v) ++ idle k) v) = map (fun x => folded p (INR p * x)) v.
Proof. pose proof (each_value_idle (fold_coordinate p) (fold_node p) v k) as E.
  rewrite fold_coordinate_length in E. rewrite (map_ext _ _ (fold_node_value p)) in E. exact E. Qed.

(* Idle units change no count. *)
Lemma regions_idle p d n k ls : regions_at_least n d inside (fold_layer p d ::
  read_folded p d ls) -> regions_at_least n d inside ((fold_layer p d ++ idle k) ::
  read_folded p d ls).
Proof. intros (ps & Hn & Hc & H). set (pad := fun q : list (list bool) => match q with [] => []
    | a :: q' => (a ++ repeat false k) :: q' end).
  exists (map pad ps). split; [|split; [rewrite map_length; assumption|]].
  - apply FinFun.Injective_map_NoDup; [|assumption].
    intros [|a q] [|b r] E; try discriminate; [reflexivity|]. injection E as E1 E2.
    apply app_inv_tail in E1. congruence.
  - intros q Hq. apply in_map_iff in Hq. destruct Hq as (q' & <- & Hq').
    destruct (H q' Hq') as (v & Hv & Iv & <-). exists v. split; [assumption|]. split; [assumption|].
    cbn [activation_patterns pad]. rewrite (proj2 (idle_values k _ v)). f_equal.
    destruct ls as [|l ls]; [reflexivity|]. cbn [read_folded activation_patterns].
    rewrite !compose_pattern, !compose_activations. rewrite <- Hv.
    rewrite fold_value_idle, fold_value. reflexivity. Qed.

(* The widths. *)
Lemma read_folded_widths p d ls : widths (read_folded p d ls) = widths ls.
Proof. destruct ls; [reflexivity|]. cbn. unfold compose. rewrite map_length. reflexivity. Qed.

(* Montufar, Pascanu, Cho and Bengio (2014), for activation patterns: for all widths m_1, ..., m_L,
   m some network has floor (m_1 / d)^d ... floor (m_L / d)^d sum_(j <= d) C(m, j) of them. *)
Theorem regions_montufar d m ms : exists ls, widths ls = ms ++ [m] /\
  regions_at_least (fold_right (fun w a => (w / d) ^ d * a) (zaslavsky m d) ms)%nat d inside ls.
Proof. induction ms as [|w ms (ls & W & H)].
  - destruct (zaslavsky_inside d m) as (l & Hl & H). exists [l]. split; [cbn; congruence|exact H].
  - set (p := (w / d)%nat). exists ((fold_layer p d ++ idle (w - d * p)) :: read_folded p d ls).
    split; [|apply regions_idle, regions_fold, H]. change (length (fold_layer p d ++
      idle (w - d * p)) :: widths (read_folded p d ls) = w :: ms ++ [m]).
    unfold fold_layer, idle. rewrite read_folded_widths, W, app_length, each_layer_length.
    rewrite fold_coordinate_length, repeat_length. f_equal.
    destruct (Nat.eq_dec d 0) as [->|N]; [simpl; lia|].
    pose proof (Nat.mul_div_le w d N). fold p in H0. lia. Qed.
