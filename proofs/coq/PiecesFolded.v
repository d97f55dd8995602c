(* "Deeper networks can make a larger number of pieces", for the pieces of the function: a network
   whose layers fold the cube takes as many different affine maps as its folds have cells. *)
From Depthproof Require Import Lists Definitions PiecewiseLinear Vectors Compose.
From Depthproof Require Import RegionsAttained RegionsFolded AffineMaps Zigzags.
From Coq Require Import List.

(* ---------- networks whose layers fold ---------- *)

(* A layer of w units folds each of d coordinates, by a zigzag of k lines. *)
Definition folding (d w k : nat) : Prop := exists L z l A, zigzag L z /\ length L = k /\
  length l = w /\ forall v, length v = d -> affine A (activations relu l v) = map z v.

(* The units of a zigzag for each coordinate, the others idle. *)
Lemma folding_units d w L l o : zigzag L (fun x => pre_activation o (activations relu l [x])) ->
  (d * length l <= w)%nat -> folding d w (length L).
Proof. intros Z H. exists L, (fun x => pre_activation o (activations relu l [x])),
    (each_layer l d ++ idle (w - d * length l)), (each_out o (length l) d).
  split; [exact Z|]. split; [reflexivity|]. split.
  - rewrite app_length, each_layer_length. unfold idle. rewrite repeat_length. lia.
  - intros v <-. apply each_value_idle. Qed.

(* Another name for the same function. *)
Lemma zigzag_ext L y z : (forall x, y x = z x) -> zigzag L y -> zigzag L z.
Proof. intros E [N H]. split; [exact N|]. intros s t I. destruct (H s t I) as (S0 & B).
  split; [exact S0|]. intros x X. rewrite <- E. exact (B x X). Qed.

(* Montufar's, of p lines. *)
Lemma zigzag_even p : zigzag
  (map (fun i => if Nat.even i then (INR p, - INR i) else (- INR p, INR i + 1)) (seq 0 p))
  (fun x => folded p (INR p * x)).
Proof. split.
  - apply FinFun.Injective_map_NoDup; [|apply seq_NoDup]. intros i j E. pose proof (pos_INR i).
    pose proof (pos_INR j). apply (f_equal snd) in E.
    destruct (Nat.even i), (Nat.even j); cbn [snd] in E; first [apply INR_eq; lra | exfalso; lra].
  - intros s t H. apply in_map_iff in H. destruct H as (i & E & Hi). apply in_seq in Hi.
    assert (Pp : 0 < INR p) by (apply lt_0_INR; lia). pose proof (pos_INR i) as Pi.
    assert (K : INR i + 1 <= INR p) by (rewrite <- S_INR; apply le_INR; lia).
    pose proof (fun x => folded_value p i (INR p * x) ltac:(lia)) as V.
    destruct (Nat.even i); injection E as <- <-; (split; [lra|]); intros x X;
      (split; [split; nra|rewrite V by (lra || (left; lra)); lra]). Qed.

(* It takes floor (w / d) units for each coordinate. *)
Lemma folding_even d w : folding d w (w / d).
Proof. pose proof (zigzag_even (w / d)) as Z.
  pose proof (zigzag_ext _ _ _ (fun x => eq_sym (fold_node_value (w / d) x)) Z) as Z'.
  apply folding_units with (w := w) (d := d) in Z'.
  - rewrite map_length, seq_length in Z'. exact Z'.
  - rewrite fold_coordinate_length. destruct (Nat.eq_dec d 0) as [->|N]; [simpl; lia|].
    apply Nat.mul_div_le, N. Qed.

(* A layer before a network, which reads its outputs A. *)
Definition before (l : layer) (A : list node) (N : network) : network :=
  match hidden N with
  | [] => Network [l] (hd ([], 0) (compose [output N] A))
  | l' :: ls => Network (l :: compose l' A :: ls) (output N)
  end.

(* Its widths, and its value. *)
Lemma before_value l A N v : widths (hidden (before l A N)) = length l :: widths (hidden N) /\
  network_value Layered relu (before l A N) v =
  network_value Layered relu N (affine A (activations relu l v)).
Proof. destruct N as [[|l' ls] o]; unfold before, network_value; cbn [hidden output].
  - split; [reflexivity|]. cbn [run pass_on].
    pose proof (compose_value [o] A (activations relu l v)) as E. cbn in E. injection E as E.
    exact E.
  - split; [cbn; unfold compose; rewrite map_length; reflexivity|]. cbn [run pass_on].
    rewrite compose_activations. reflexivity. Qed.

(* Folds before a network: its value at the folded point. *)
Lemma folded_network d k ws : Forall (fun w => folding d w (k w)) ws -> exists L z, zigzag L z /\
  length L = fold_right (fun w a => k w * a)%nat 1%nat ws /\ forall N, exists N',
  widths (hidden N') = ws ++ widths (hidden N) /\ forall v, length v = d ->
  network_value Layered relu N' v = network_value Layered relu N (map z v).
Proof. intros H. induction H as [|w ws (M & y & l & A & Y & E & <- & F) _ IH].
  - exists [(1, 0)], (fun x => x). split; [split; [repeat constructor; intros []|]|].
    + intros s t [E|[]]. injection E as <- <-. split; [lra|]. intros x X. lra.
    + split; [reflexivity|]. intros N. exists N. split; [reflexivity|]. intros v _.
      rewrite map_id. reflexivity.
  - destruct IH as (L & z & Z & C & G).
    exists (flat_map (fun p => map (after p) M) L), (fun x => z (y x)).
    split; [apply zigzag_after; assumption|].
    split; [rewrite product_length, C, E; cbn [fold_right]; lia|].
    intros N. destruct (G N) as (N' & W & V). exists (before l A N').
    split; [rewrite (proj1 (before_value l A N' [])), W; reflexivity|].
    intros v Hv. rewrite (proj2 (before_value l A N' v)), F by exact Hv.
    rewrite V by (rewrite map_length; exact Hv). rewrite map_map. reflexivity. Qed.

(* ---------- the product ---------- *)

(* The centre of the cube, and a box about it. *)
Lemma centre_box d : length (repeat (/ 2) d) = d /\
  forall x, in_box (/ 4) (repeat (/ 2) d) x -> open_cube d x.
Proof. split; [apply repeat_length|]. intros x X. pose proof (in_box_length _ _ _ X) as L.
  rewrite repeat_length in L. split; [exact L|]. clear L. revert x X.
  induction d; intros x X; inversion X as [|a y c v Y T]; subst; constructor; [|apply IHd, T].
  apply Rabs_le_between in Y. lra. Qed.

(* The product of powers. *)
Lemma product_powers d (k : nat -> nat) n ws : fold_right (fun w a => k w ^ d * a)%nat n ws =
  (fold_right (fun w a => k w * a) 1 ws ^ d * n)%nat.
Proof. induction ws as [|w ws IH]; cbn [fold_right]; [rewrite Nat.pow_1_l; lia|].
  rewrite IH, Nat.pow_mul_l. lia. Qed.

(* A network whose layers fold takes as many maps as there are cells. *)
Lemma maps_folded d k ws : Forall (fun w => folding d w (k w)) ws -> exists N,
  widths (hidden N) = ws /\ function_regions_at_least
    (fold_right (fun w a => k w ^ d * a) 1 ws)%nat d (network_value Layered relu N).
Proof. intros H. destruct (folded_network d k ws H) as (L & z & Z & C & G).
  destruct (powers_apart L z Z) as (K & _ & Apart).
  set (o := (powers d K, 0)). destruct (G (Network [] o)) as (N & W & V). exists N.
  cbn [hidden widths map] in W. rewrite app_nil_r in W. split; [exact W|].
  apply function_regions.
  rewrite product_powers, <- C.
  apply maps_ext with (f := fun v => network_value Layered relu (Network [] o) (map z v));
    [intros x [Lx _]; exact (V x Lx)|].
  assert (Lo : length (fst o) = d).
  { unfold o. cbn [fst]. clear. induction d; [reflexivity|]. cbn [powers length].
    rewrite map_length. congruence. }
  exists (cell_maps L d [o] (fun q => q)).
  apply (cell_maps_spec L z d (network_value Layered relu (Network [] o)) [o] (fun q => q));
    [exact Z|repeat constructor; intros []| |].
  - intros q [<-|[]]. split; [exact Lo|]. destruct (centre_box d) as (Lc & B).
    exists (repeat (/ 2) d), (/ 4). split; [congruence|]. split; [lra|]. intros x X.
    split; [exact (B x X)|reflexivity].
  - intros I J m n HI HJ [<-|[]] [<-|[]] E. split; [|reflexivity].
    apply (Apart K d I J); try assumption; [lra|]. intros x Lx. specialize (E x Lx).
    unfold map_value, o in E. cbn [fst snd] in E. lra. Qed.

(* The product of Montufar, Pascanu, Cho and Bengio: for all widths m_1, ..., m_L some network has
   floor (m_1 / d)^d ... floor (m_L / d)^d affine maps inside the cube, and as many pieces. *)
Theorem regions_montufar_folds d ms : exists N, widths (hidden N) = ms /\
  function_regions_at_least (fold_right (fun w a => (w / d) ^ d * a) 1 ms)%nat d
    (network_value Layered relu N).
Proof. apply (maps_folded d (fun w => w / d)%nat). apply Forall_forall. intros w _.
  apply folding_even. Qed.
