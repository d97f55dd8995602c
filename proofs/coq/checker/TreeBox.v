(* The layers are made of the values of the networks. *)
From Coq Require Import Reals Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear.
From Coq Require Import List.
From Checked Require Import Syntax Polynomials Meaning Reading ReadingSound Rules Graph Units
  UnitsSound Polygon TreeBounds TreeLines TreeParts Tree.
Open Scope R_scope.

(* ---------- weighted sums ---------- *)

Fixpoint sum_terms (f : nat -> R) (ts : list (nat * Z)) : R :=
  match ts with [] => 0 | (v, c) :: ts' => IZR c * f v + sum_terms f ts' end.

(* The terms are those of the sum. *)
Lemma terms_of_correct f w : forall vs, (forall v, (v <= length vs)%nat -> f v = seen vs v) ->
  sum_terms f (terms_of w (length vs)) = weigh w vs.
Proof.
  induction w as [|gap c w IH]; intros vs H; [reflexivity|]. cbn [terms_of sum_terms weigh].
  destruct (skipn gap vs) as [|v vs'] eqn:E.
  - assert (L : (length vs - gap = 0)%nat) by (rewrite <- skipn_length, E; reflexivity).
    rewrite L. cbn [Nat.sub]. change 0%nat with (@length R []) at 2. rewrite IH.
    + rewrite H by lia. unfold seen. rewrite Nat.sub_0_r, nth_overflow by lia.
      destruct w as [|g c' w]; cbn [weigh]; [ring|]. rewrite skipn_nil. ring.
    + intros v Hv. cbn [length] in Hv. rewrite H by lia. replace v with 0%nat by lia.
      unfold seen. rewrite Nat.sub_0_r, nth_overflow by lia. reflexivity.
  - assert (L : (length vs - gap = S (length vs'))%nat)
      by (rewrite <- skipn_length, E; reflexivity).
    rewrite L. replace (S (length vs') - 1)%nat with (length vs') by lia. rewrite IH.
    + rewrite H, <- (seen_skipn gap), E, seen_newest by lia. reflexivity.
    + intros u Hu. rewrite H, <- (seen_skipn gap), E by lia. apply seen_cons. exact Hu.
Qed.

(* ---------- rows ---------- *)

(* Rounded down, *)
Lemma along_down over l vs : (0 < over)%Z -> Forall (Rle 0) vs ->
  along_ (map (fun d => d * unit_one / over)%Z l) vs * IZR over <= IZR unit_one * along_ l vs.
Proof.
  intros O P. revert l. induction P as [|v vs V _ IH]; intros [|d l]; cbn [map along_]; try lra.
  specialize (IH l). pose proof (floor_below (d * unit_one) over O) as F. rewrite mult_IZR in F.
  apply Rmult_le_compat_r with (r := v) in F; [|exact V]. lra.
Qed.

(* and up. *)
Lemma along_up over l vs : (0 < over)%Z -> Forall (Rle 0) vs ->
  IZR unit_one * along_ l vs <= along_ (map (fun d => ceiling (d * unit_one) over) l) vs * IZR over.
Proof.
  intros O P. revert l. induction P as [|v vs V _ IH]; intros [|d l]; cbn [map along_]; try lra.
  specialize (IH l). pose proof (ceiling_above (d * unit_one) over O) as F.
  fold (ceiling (d * unit_one) over) in F. rewrite mult_IZR in F.
  apply Rmult_le_compat_r with (r := v) in F; [|exact V]. lra.
Qed.

Section Box.
Variables (F : list R) (under : Z).

(* What stands in a layer for a value. *)
Definition scaled_holds (i : scaled_value) (r : R) : Prop :=
  0 <= r /\ IZR under * seen F (of_number i) = IZR (offset i) + IZR (scale i) * r.

(* No such value is negative. *)
Lemma scaled_positive last rs : Forall2 scaled_holds last rs -> Forall (Rle 0) rs.
Proof using. induction 1 as [|i r last rs [P _] _ IH]; constructor; assumption. Qed.

(* Nor is the number 1. *)
Lemma one_positive last rs : Forall2 scaled_holds last rs -> Forall (Rle 0) (1 :: rs).
Proof using. intros H. constructor; [lra|]. exact (scaled_positive last rs H). Qed.

(* A row is a sum, over the values of a layer. *)
Lemma row_over_correct last rs : Forall2 scaled_holds last rs -> forall ts own_ c cs,
  row_over last ts own_ = Some (c, cs) -> length cs = length rs /\
  IZR c + along_ cs rs = IZR own_ + IZR under * sum_terms (seen F) ts.
Proof using.
  induction 1 as [|i r last rs [P E] _ IH]; intros ts own_ c cs H; cbn [row_over] in H.
  { destruct ts; [|discriminate H]. injection H as <- <-. cbn. split; [reflexivity|ring]. }
  assert (Without : option_map (fun r => (fst r, 0%Z :: snd r)) (row_over last ts own_) =
    Some (c, cs) -> length cs = length (r :: rs) /\
    IZR c + along_ cs (r :: rs) = IZR own_ + IZR under * sum_terms (seen F) ts).
  { destruct (row_over last ts own_) as [(c', cs')|] eqn:E'; [|discriminate]. intros Q.
    injection Q as <- <-. destruct (IH _ _ _ _ E') as [L A]. cbn [length along_ fst snd].
    split; [congruence|]. rewrite <- A. ring. }
  destruct ts as [|(v, k) ts]; [apply Without, H|].
  destruct (Nat.eqb_spec v (of_number i)) as [->|_]; [|apply Without, H].
  destruct (row_over last ts _) as [(c', cs')|] eqn:E'; [|discriminate H]. injection H as <- <-.
  destruct (IH _ _ _ _ E') as [L A]. cbn [length along_ fst snd sum_terms].
  split; [congruence|]. rewrite plus_IZR, mult_IZR in A. rewrite mult_IZR.
  replace (IZR under * (IZR k * seen F (of_number i) + sum_terms (seen F) ts))
    with (IZR k * (IZR under * seen F (of_number i)) + IZR under * sum_terms (seen F) ts) by ring.
  rewrite E. lra.
Qed.

(* Low and High enclose a sum that is divided by a power of 2. *)
Lemma made_of_correct last rs own_ ts low high over : Forall2 scaled_holds last rs ->
  made_of under last own_ ts = Some (low, high, over) ->
  let s := IZR own_ + sum_terms (seen F) ts in
  exists k, 0 < k /\ (0 < over)%Z /\ IZR over = IZR under * k /\
    length low = S (length rs) /\ length high = S (length rs) /\
    small unit_one low /\ small unit_one high /\
    along_ low (1 :: rs) <= IZR unit_one * (s / k) <= along_ high (1 :: rs).
Proof using.
  intros H E s. unfold made_of in E.
  destruct (row_over last ts _) as [(c, cs)|] eqn:R; [|discriminate E].
  set (e := Z.max _ 0) in E. set (o := Z.shiftl under e) in E.
  destruct (_ && _ && _)%bool eqn:C; [|discriminate E]. injection E as <- <- <-.
  apply andb_prop in C. destruct C as [C C3]. apply andb_prop in C. destruct C as [C1 C2].
  apply Z.ltb_lt in C1. exists (IZR (2 ^ e)).
  assert (K : 0 < IZR (2 ^ e)).
  { apply (IZR_lt 0), Z.pow_pos_nonneg; [reflexivity|]. unfold e. apply Z.le_max_r. }
  assert (O : IZR o = IZR under * IZR (2 ^ e)).
  { unfold o. rewrite Z.shiftl_mul_pow2 by (unfold e; apply Z.le_max_r). apply mult_IZR. }
  assert (Small : forall l, forallb fits_unit l = true -> small unit_one l).
  { intros l Hl. apply Forall_forall. intros d Hd. rewrite forallb_forall in Hl.
    apply Z.leb_le, Hl, Hd. }
  destruct (row_over_correct last rs H _ _ _ _ R) as [L A].
  split; [exact K|]. split; [exact C1|]. split; [exact O|].
  split; [cbn [map length]; rewrite map_length; congruence|].
  split; [cbn [map length]; rewrite map_length; congruence|].
  split; [apply Small, C2|]. split; [apply Small, C3|].
  pose proof (one_positive last rs H) as P.
  pose proof (along_down o (c :: cs) (1 :: rs) C1 P) as D.
  pose proof (along_up o (c :: cs) (1 :: rs) C1 P) as U.
  assert (T : along_ (c :: cs) (1 :: rs) = IZR o * (s / IZR (2 ^ e))).
  { cbn [along_]. rewrite Rmult_1_r, A, mult_IZR, O. unfold s. field. lra. }
  rewrite T in D, U. cbn [map] in D, U. apply IZR_lt in C1. set (q := s / _) in *.
  split; apply Rmult_le_reg_r with (IZR o); try exact C1; lra.
Qed.

(* ---------- layers ---------- *)

(* Pairs stand in lists of the same length. *)
Lemma same_length {A B} (P : A -> B -> Prop) l m : Forall2 P l m -> length l = length m.
Proof using. induction 1 as [|a b l m _ _ IH]; [reflexivity|]. cbn [length]. congruence. Qed.

(* The place of a value. *)
Lemma place_in_correct v last rs : Forall2 scaled_holds last rs -> forall p i,
  place_in last v = Some (p, i) -> exists r ds, scaled_holds i r /\ p = in_slots ds /\
    length ds = length rs /\ small one_digit ds /\ along_ ds rs = IZR one_digit * r.
Proof using.
  induction 1 as [|j r last rs P _ IH]; intros p i E; cbn [place_in] in E; [discriminate E|].
  destruct (Nat.eqb v (of_number j)).
  - injection E as <- <-. destruct (nothing rs) as (ds & D1 & D2 & D3 & D4).
    exists r, (one_digit :: ds). split; [exact P|]. cbn [in_slots length along_].
    rewrite <- D1, D4. split; [ring|split; [congruence|split; [|ring]]].
    constructor; [discriminate|exact D3].
  - destruct (place_in last v) as [(p', i')|] eqn:E'; [|discriminate E]. injection E as <- <-.
    destruct (IH _ _ eq_refl) as (r' & ds & D0 & -> & D2 & D3 & D4).
    exists r', (0%Z :: ds). split; [exact D0|]. cbn [in_slots length along_ fst].
    rewrite D4. repeat split; [congruence| |ring]. constructor; [discriminate|exact D3].
Qed.

(* Between what an input, or z, lies; and what a ReLU gives. *)
Definition node_holds (x : node) : Prop :=
  if Nat.eqb (depth x) 0 then within under (between x) (seen F (own_number x))
  else
    let s := IZR (plus x) + sum_terms (seen F) (terms x) in
    within under (between x) s /\ seen F (own_number x) = relu s.

(* An entry, with its range. *)
Lemma entry_of_correct last rs x e r i : Forall2 scaled_holds last rs -> node_holds x ->
  entry_of under last x = Some (e, r, i) ->
  exists z, entry_holds (1 :: rs) e z /\ range_holds e r z /\ scaled_holds i (relu z).
Proof using.
  intros H N E. unfold entry_of, node_holds in *.
  destruct (place_in last _) as [(p, j)|] eqn:P.
  { injection E as <- <- <-. destruct (place_in_correct _ _ _ H _ _ P)
      as (z & ds & D0 & -> & D2 & D3 & D4). exists z.
    split; [|split; [exact I|rewrite relu_pos by apply D0; exact D0]].
    split; [apply D0|]. exists (0%Z :: ds). cbn [in_slots length along_].
    rewrite D4. repeat split; [congruence| |ring]. constructor; [discriminate|exact D3]. }
  destruct (Nat.eqb (depth x) 0); [discriminate E|].
  destruct (made_of _ _ _ _) as [((low, high), over)|] eqn:M; [|discriminate E].
  injection E as <- <- <-. destruct N as [W N].
  destruct (made_of_correct last rs _ _ _ _ _ H M) as (k & K & O & Ok & L1 & L2 & S1 & S2 & A).
  set (s := IZR (plus x) + _) in *. exists (s / k). split; [|split].
  - exists low, high. repeat split; try assumption; apply A.
  - destruct W as [W1 W2]. unfold range_holds, in_range; cbn [fst snd].
    pose proof (floor_below (fst (between x) * sum_one) over O) as Lo.
    pose proof (ceiling_above (snd (between x) * sum_one) over O) as Hi.
    fold (ceiling (snd (between x) * sum_one) over) in Hi. rewrite mult_IZR in Lo, Hi.
    assert (T : IZR under * s = s / k * IZR over) by (rewrite Ok; field; lra). rewrite T in *.
    apply IZR_lt in O. assert (Q : 0 < IZR sum_one) by (apply (IZR_lt 0); reflexivity).
    apply Rmult_le_compat_r with (r := IZR sum_one) in W1, W2; [|lra..].
    split; apply Rmult_le_reg_r with (IZR over); try exact O; lra.
  - split; [unfold relu; apply Rmax_r|]. cbn [of_number offset scale]. rewrite N, Ok, Rplus_0_l.
    rewrite Rmult_assoc. f_equal. destruct (Rle_dec 0 s) as [Z|Z].
    + assert (0 <= s / k) by (apply Rmult_le_pos; [exact Z|left; apply Rinv_0_lt_compat, K]).
      rewrite !relu_pos by assumption. field. lra.
    + assert (s / k <= 0).
      { apply Rmult_le_reg_r with k; [exact K|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
      rewrite !relu_neg by lra. ring.
Qed.

(* The entries of a layer. *)
Lemma entries_correct last rs xs made : Forall2 scaled_holds last rs -> Forall node_holds xs ->
  map (entry_of under last) xs = map Some made -> exists zs,
  Forall2 (entry_holds (1 :: rs)) (map (fun m => fst (fst m)) made) zs /\
  inside_layer (map (fun m => fst (fst m)) made) (map (fun m => snd (fst m)) made) zs /\
  Forall2 scaled_holds (map snd made) (map relu zs).
Proof using.
  intros H N. revert made. induction N as [|x xs Nx _ IH]; intros [|((e, r), i) made] E;
    try discriminate E.
  - exists []. repeat split; constructor.
  - injection E as E1 E2. destruct (IH made E2) as (zs & Z1 & Z2 & Z3).
    destruct (entry_of_correct last rs x e r i H Nx E1) as (z & Y1 & Y2 & Y3).
    exists (z :: zs). cbn [map fst snd inside_layer].
    split; [constructor; assumption|]. split; [split; assumption|constructor; assumption].
Qed.

(* All layers. *)
Lemma build_layers_correct ls : Forall (Forall node_holds) ls -> forall last rs layers ranges end_,
  Forall2 scaled_holds last rs -> build_layers under last ls = Some (layers, ranges, end_) ->
  exists zss, built layers rs zss /\ inside layers ranges zss /\
    Forall2 scaled_holds end_ (final rs zss).
Proof using.
  induction 1 as [|l ls N _ IH]; intros last rs layers ranges end_ H E; cbn [build_layers] in E.
  { injection E as <- <- <-. exists []. repeat split. exact H. }
  destruct (all_of _) as [made|] eqn:M; [|discriminate E]. apply all_of_correct in M.
  destruct (build_layers under _ ls) as [((layers', ranges'), end')|] eqn:B; [|discriminate E].
  injection E as <- <- <-. destruct (entries_correct last rs l made H N M) as (zs & Z1 & Z2 & Z3).
  destruct (IH _ _ _ _ _ Z3 B) as (zss & Y1 & Y2 & Y3). exists (zs :: zss).
  cbn [built inside final]. rewrite (same_length _ _ _ H).
  split; [split; [reflexivity|split; assumption]|]. split; [split; assumption|exact Y3].
Qed.

(* The inputs, as t from 0 to 1. *)
Lemma first_value_correct x i : node_holds x -> first_value x = Some i ->
  exists t, in_range (0%Z, sum_one) t /\ scaled_holds i t.
Proof using.
  intros N E. unfold first_value, node_holds in *.
  destruct (Nat.eqb (depth x) 0); [|discriminate E]. injection E as <-. destruct N as [N1 N2].
  unfold in_range, scaled_holds; cbn [fst snd of_number offset scale]. rewrite minus_IZR.
  set (y := IZR under * _) in *. set (a := IZR (fst _)) in *. set (b := IZR (snd _)) in *.
  assert (Q : 0 < IZR sum_one) by (apply (IZR_lt 0); reflexivity).
  destruct (Req_dec a b) as [D|D].
  - exists 0. repeat split; lra.
  - assert (P : 0 < b - a) by lra. set (t := (y - a) / (b - a)).
    assert (T : t * (b - a) = y - a) by (unfold t; field; lra).
    assert (T1 : 0 <= t) by (apply Rmult_le_reg_r with (b - a); lra).
    assert (T2 : t <= 1) by (apply Rmult_le_reg_r with (b - a); lra).
    exists t. repeat split; try lra; nra.
Qed.

(* All of them. *)
Lemma first_values_correct l last : Forall node_holds l -> map first_value l = map Some last ->
  exists ts, Forall2 in_range (map (fun _ => (0%Z, sum_one)) last) ts /\
    Forall2 scaled_holds last ts.
Proof using.
  intros N. revert last. induction N as [|x l Nx _ IH]; intros [|i last] E; try discriminate E.
  - exists []. split; constructor.
  - injection E as E1 E2. destruct (IH last E2) as (ts & T1 & T2).
    destruct (first_value_correct x i Nx E1) as (t & U1 & U2).
    exists (t :: ts). split; constructor; assumption.
Qed.

(* Values that are chosen are of those that there are. *)
Lemma chosen_of_correct all : Forall node_holds all -> forall l,
  Forall node_holds (chosen_of all l).
Proof using.
  induction 1 as [|x all N _ IH]; intros [|i l]; cbn [chosen_of]; try constructor.
  destruct (Nat.eqb (own_number x) i); [constructor; [exact N|]|]; apply IH.
Qed.

(* So are those of all layers. *)
Lemma layers_before_correct all k : Forall node_holds all -> forall l done,
  Forall node_holds l -> Forall (Forall node_holds) done ->
  Forall (Forall node_holds) (layers_before all k l done).
Proof using.
  intros A. induction k as [|k IH]; intros l done L D; cbn [layers_before].
  - constructor; assumption.
  - apply IH; [apply chosen_of_correct, A|constructor; assumption].
Qed.
End Box.
