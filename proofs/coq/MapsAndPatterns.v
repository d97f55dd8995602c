(* How many affine maps a network takes, from above: no more than it has patterns; and where its
   last layer has one unit, one more than the layers before have patterns. *)
From Depthproof Require Import Binomials Definitions PiecewiseLinear Vectors Compose Regions.
From Depthproof Require Import RegionsDeep RegionsAttained AffineMaps Zigzags LastLayer.
From Depthproof Require Import PiecesSerra.
From Coq Require Import Classical List.

(* There are n different elements with a property, or a list of less than n is all of them. *)
Lemma found_or_listed {A} (P : A -> Prop) n :
  (exists l, NoDup l /\ length l = n /\ forall a, In a l -> P a) \/
  exists l, (length l < n)%nat /\ forall a, P a -> In a l.
Proof. induction n as [|n [(l & N & L & O)|(l & L & C)]].
  - left. exists []. split; [constructor|]. split; [reflexivity|intros a []].
  - destruct (classic (forall a, P a -> In a l)) as [C|C]; [right; exists l; split; [lia|exact C]|].
    apply not_all_ex_not in C. destruct C as (a & C). apply imply_to_and in C.
    destruct C as (Pa & C). left. exists (a :: l). split; [constructor; assumption|].
    split; [simpl; congruence|]. intros b [<-|I]; [exact Pa|exact (O b I)].
  - right. exists l. split; [lia|exact C]. Qed.

(* No more maps than patterns. *)
Lemma maps_patterns d (S : list R -> Prop) n N :
  maps_at_least n d (fun x => length x = d /\ S x) (network_value Layered relu N) ->
  regions_at_least n d S (hidden N).
Proof. intros H. destruct (found_or_listed (fun p => exists v, length v = d /\ S v /\
    activation_patterns (hidden N) v = p) n) as [F|(ps & L & All)]; [exact F|exfalso].
  apply maps_pieces in H. apply (Nat.lt_irrefl n), Nat.le_lt_trans with (length ps); [|exact L].
  rewrite <- (map_length (fun p v => activation_patterns (hidden N) v = p)). apply H.
  - intros v [Lv Sv].
    exists (fun x => activation_patterns (hidden N) x = activation_patterns (hidden N) v).
    split; [|reflexivity]. apply (in_map (fun p v => activation_patterns (hidden N) v = p)), All.
    eauto.
  - intros P I. apply in_map_iff in I. destruct I as (p & <- & _).
    destruct (region_affine d N p) as (w & b & E). exists (unit_map d (w, b)).
    split; [apply unit_map_value|]. intros v [Lv _] Ep.
    rewrite (proj2 (unit_map_value d _)) by exact Lv. exact (E v Lv Ep). Qed.

(* At least and at most. *)
Lemma regions_bounded d (S : list R -> Prop) n r ls : regions_at_most r d ls ->
  regions_at_least n d S ls -> (n <= r)%nat.
Proof. intros R (ps & N & <- & H). apply R; [exact N|]. intros p I.
  destruct (H p I) as (v & L & _ & E). eauto. Qed.

(* The bound of Serra, Tjandraatmadja and Ramalingam, for the function. *)
Theorem regions_serra_function d n N :
  maps_at_least n d (fun x => length x = d) (network_value Layered relu N) ->
  (n <= serra d (widths (hidden N)))%nat.
Proof. intros H. assert (A : regions_at_least n d (fun _ => True) (hidden N)).
  { apply maps_patterns. revert H. apply maps_within. tauto. }
  exact (regions_bounded _ _ _ _ _ (regions_serra d (hidden N)) A). Qed.

(* Their bound from below, for the patterns. *)
Theorem regions_serra_attained_patterns d m ms : (d < m)%nat ->
  Forall (fun w => 3 * d <= w)%nat ms -> exists ls, widths ls = ms ++ [m] /\ regions_at_least
    (fold_right (fun w a => (w / d + 1) ^ d * a) (zaslavsky m d) ms)%nat d inside ls.
Proof. intros M H. destruct (regions_serra_attained d m ms M H) as (N & W & A & _).
  exists (hidden N). split; [exact W|apply maps_patterns, A]. Qed.

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
Proof. intros R H. destruct (found_or_listed (fun p => exists v, length v = d /\
    activation_patterns ls v = p) (S r)) as [F|(ps & Lp & All)].
  { destruct F as (ps & N & L & F). pose proof (R ps N F). lia. }
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
