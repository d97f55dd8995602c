(* How many affine maps a network takes, from above: no more than it has patterns; and where its
   last layer has one unit, one more than the layers before have patterns. *)
From Depthproof Require Import Binomials Definitions PiecewiseLinear Vectors Compose Regions.
From Depthproof Require Import RegionsDeep AffineMaps Zigzags PiecesMontufar.
From Coq Require Import Classical List.

(* Of what occurs at most n times without repetitions there is a list of all, of at most n. *)
Lemma bounded_listed {A} (P : A -> Prop) n :
  (forall l, NoDup l -> (forall a, In a l -> P a) -> (length l <= n)%nat) ->
  exists l, (length l <= n)%nat /\ forall a, P a -> In a l.
Proof. intros B. assert (Q : forall k l, NoDup l -> (forall a, In a l -> P a) ->
    (n <= k + length l)%nat -> exists l', (length l' <= n)%nat /\ forall a, P a -> In a l').
  { induction k as [|k IH]; intros l N O L;
      (destruct (classic (forall a, P a -> In a l)) as [C|C]; [exists l; auto|]);
      apply not_all_ex_not in C; destruct C as (a & C); apply imply_to_and in C;
      destruct C as (Pa & C).
    - assert (M : (length (a :: l) <= n)%nat).
      { apply B; [constructor; assumption|]. intros b [<-|I]; [exact Pa|exact (O b I)]. }
      simpl in M. lia.
    - apply (IH (a :: l)); [constructor; assumption| |simpl; lia].
      intros b [<-|I]; [exact Pa|exact (O b I)]. }
  apply (Q n []); [constructor|intros a []|lia]. Qed.

(* No more maps than patterns. *)
Lemma maps_patterns d (domain : list R -> Prop) n r N : (forall x, domain x -> length x = d) ->
  regions_at_most r d (hidden N) -> maps_at_least n d domain (network_value Layered relu N) ->
  (n <= r)%nat.
Proof. intros D R H. destruct (bounded_listed (fun p => exists v, length v = d /\
    activation_patterns (hidden N) v = p) r R) as (ps & Lp & All).
  apply maps_pieces in H. apply Nat.le_trans with (length ps); [|exact Lp].
  rewrite <- (map_length (fun p v => activation_patterns (hidden N) v = p)). apply H.
  - intros v Dv.
    exists (fun x => activation_patterns (hidden N) x = activation_patterns (hidden N) v).
    split; [|reflexivity]. apply (in_map (fun p v => activation_patterns (hidden N) v = p)), All.
    eauto.
  - intros P I. apply in_map_iff in I. destruct I as (p & <- & _).
    destruct (region_affine d N p) as (w & b & E). exists (unit_map d (w, b)).
    split; [apply unit_map_value|]. intros v Dv Ep.
    rewrite (proj2 (unit_map_value d _)) by exact (D v Dv). exact (E v (D v Dv) Ep). Qed.

(* The bound of Serra, Tjandraatmadja and Ramalingam, for the function. *)
Theorem regions_serra_function d n N :
  maps_at_least n d (fun x => length x = d) (network_value Layered relu N) ->
  (n <= serra d (widths (hidden N)))%nat.
Proof. apply maps_patterns; [tauto|]. intros ps. apply regions_serra. Qed.

(* A last layer of one unit: its value, from that of the network that ends in this unit. *)
Lemma last_unit ls u o : exists c, forall v,
  network_value Layered relu (Network (ls ++ [[u]]) o) v =
  c * relu (network_value Layered relu (Network ls u) v) + snd o.
Proof. destruct (pre_activation_single o) as (c & C). exists c. intros v. unfold network_value.
  cbn [hidden output]. rewrite <- C. f_equal. revert v.
  induction ls as [|l ls IH]; intros v; [reflexivity|]. cbn [app run pass_on]. apply IH. Qed.

(* At most one map more than the layers before have patterns. *)
Theorem regions_last_unit d n ls u o r : regions_at_most r d ls ->
  maps_at_least n d (open_cube d) (network_value Layered relu (Network (ls ++ [[u]]) o)) ->
  (n <= r + 1)%nat.
Proof. intros R H. destruct (bounded_listed (fun p => exists v, length v = d /\
    activation_patterns ls v = p) r R) as (ps & Lp & All).
  destruct (last_unit ls u o) as (c & V). set (h := network_value Layered relu (Network ls u)) in *.
  apply maps_pieces in H. apply Nat.le_trans with (length ps + 1)%nat; [|lia].
  rewrite <- (map_length (fun p v => 0 < h v /\ activation_patterns ls v = p)).
  rewrite Nat.add_comm. apply (H ((fun v => h v <= 0) :: _)).
  - intros v [Lv _].
    destruct (Rle_dec (h v) 0) as [L|L]; [exists (fun v => h v <= 0); simpl; auto|].
    exists (fun x => 0 < h x /\ activation_patterns ls x = activation_patterns ls v).
    split; [right|split; [lra|reflexivity]].
    apply (in_map (fun p v => 0 < h v /\ activation_patterns ls v = p)). apply All. eauto.
  - intros P [<-|I].
    + exists (repeat 0 d, snd o). split; [apply repeat_length|]. intros v [Lv _] L.
      rewrite V, relu_neg by exact L. unfold map_value. cbn [fst snd]. rewrite dot_zeros. ring.
    + apply in_map_iff in I. destruct I as (p & <- & _).
      destruct (region_affine d (Network ls u) p) as (w & b & E).
      exists (unit_map d (map (Rmult c) w, c * b + snd o)). split; [apply unit_map_value|].
      intros v [Lv _] [L Ep]. rewrite (proj2 (unit_map_value d _)) by exact Lv.
      rewrite V, relu_pos by lra. unfold h. rewrite (E v Lv Ep). unfold pre_activation.
      cbn [fst snd]. rewrite dot_scale. ring. Qed.

(* So the product of regions.montufar is not had by maps where the last layer is so narrow: on the
   line, for widths w > 2 and 1. *)
Theorem regions_montufar_narrow w N : (2 < w)%nat -> widths (hidden N) = [w; 1%nat] ->
  ~ maps_at_least ((w / 1) ^ 1 * zaslavsky 1 1) 1 (open_cube 1) (network_value Layered relu N).
Proof. intros W E H. destruct N as [[|l [|[|u [|? ?]] [|? ?]]] o]; try discriminate.
  injection E as E. apply (regions_last_unit 1 _ [l] u o (w + 1)) in H.
  - rewrite zaslavsky_line, Nat.div_1_r, Nat.pow_1_r in H. lia.
  - pose proof (regions_line [l]) as R. cbn in R. rewrite E, Nat.mul_1_r in R. exact R. Qed.
