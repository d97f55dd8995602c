(* "Related architectures: sum-product networks" (Bengio, Delalleau '11): a deep network with n - 1
   gates and depth log2 n against 2^(sqrt n - 1) products for every sum of products, n = 4^i. *)
From Coq Require Import FinFun.
From Depthproof Require Import Lists Definitions.

(* ---------- sum-product networks ---------- *)

(* Gates have two inputs; a sum has a weight on each. *)
Inductive spn := Input (i : nat) | Sum (a : R) (s : spn) (b : R) (t : spn) | Product (s t : spn).

Fixpoint spn_value (s : spn) (v : list R) : R :=
  match s with
  | Input i => nth i v 0
  | Sum a s b t => a * spn_value s v + b * spn_value t v
  | Product s t => spn_value s v * spn_value t v
  end.

Fixpoint gates (s : spn) : nat :=
  match s with
  | Input _ => 0
  | Sum _ s _ t => S (gates s + gates t)
  | Product s t => S (gates s + gates t)
  end.

Fixpoint spn_depth (s : spn) : nat :=
  match s with
  | Input _ => 0
  | Sum _ s _ t => S (max (spn_depth s) (spn_depth t))
  | Product s t => S (max (spn_depth s) (spn_depth t))
  end.

(* The family F of Delalleau and Bengio, sums of products; the first input is number o. *)
Fixpoint deep (i o : nat) : spn :=
  match i with
  | O => Input o
  | S i' => let n := (4 ^ i')%nat in
    Sum 1 (Product (deep i' o) (deep i' (o + n))) 1
      (Product (deep i' (o + 2 * n)) (deep i' (o + 3 * n)))
  end.

(* n = 4^i inputs, n - 1 gates, depth 2 i = log2 n. *)
Theorem deep_size i : forall o, (gates (deep i o) + 1 = 4 ^ i)%nat /\
  spn_depth (deep i o) = (2 * i)%nat.
Proof. induction i as [|i IH]; intros o; [split; reflexivity|]. cbn [deep gates spn_depth].
  set (n := (4 ^ i)%nat) in *. destruct (IH o) as [A1 B1], (IH (o + n)%nat) as [A2 B2],
    (IH (o + 2 * n)%nat) as [A3 B3], (IH (o + 3 * n)%nat) as [A4 B4].
  rewrite B1, B2, B3, B4. cbn [Nat.pow]. fold n. lia. Qed.

(* A sum of products, with any weights and any powers of the inputs. *)
Definition monomial (e : list nat) (v : list R) : R :=
  fold_right (fun xe s => fst xe ^ snd xe * s) 1 (combine v e).

Definition sum_of_products (T : list (R * list nat)) (v : list R) : R :=
  fold_right (fun t s => fst t * monomial (snd t) v + s) 0 T.

(* ---------- coefficients ---------- *)

Definition number (b : bool) : R := if b then 1 else 0.

(* The coefficient of the product of the variables in S, of a function of 0-1 inputs. *)
Fixpoint coefficient (S : list bool) (g : list R -> R) : R :=
  match S with
  | [] => g []
  | true :: S' => coefficient S' (fun v => g (1 :: v)) - coefficient S' (fun v => g (0 :: v))
  | false :: S' => coefficient S' (fun v => g (0 :: v))
  end.

(* Only inputs 0 and 1 matter. *)
Lemma coefficient_ext S : forall g h,
  (forall bs, length bs = length S -> g (map number bs) = h (map number bs)) ->
  coefficient S g = coefficient S h.
Proof. induction S as [|[|] S IH]; intros g h H; cbn [coefficient].
  - apply (H [] eq_refl).
  - f_equal; apply IH; intros bs Hb; [apply (H (true :: bs))|apply (H (false :: bs))]; simpl;
      congruence.
  - apply IH; intros bs Hb. apply (H (false :: bs)). simpl. congruence. Qed.

(* Sums. *)
Lemma coefficient_plus S : forall g h, coefficient S (fun v => g v + h v) =
  coefficient S g + coefficient S h.
Proof. induction S as [|[|] S IH]; intros g h; cbn [coefficient]; rewrite ?IH; ring. Qed.

(* Multiples. *)
Lemma coefficient_scale S c : forall g, coefficient S (fun v => c * g v) = c * coefficient S g.
Proof. induction S as [|[|] S IH]; intros g; cbn [coefficient]; rewrite ?IH; ring. Qed.

(* The function 0. *)
Lemma coefficient_const S : coefficient S (fun _ => 0) = 0.
Proof. induction S as [|[|] S IH]; cbn [coefficient]; rewrite ?IH; ring. Qed.

(* Products of functions of different variables. *)
Lemma coefficient_product S : forall T g h,
  coefficient (S ++ T) (fun v => g (firstn (length S) v) * h (skipn (length S) v)) =
  coefficient S g * coefficient T h.
Proof. induction S as [|[|] S IH]; intros T g h; cbn [app coefficient length firstn skipn].
  - apply coefficient_scale.
  - rewrite (IH T (fun v => g (1 :: v)) h), (IH T (fun v => g (0 :: v)) h). ring.
  - apply (IH T (fun v => g (0 :: v)) h). Qed.

(* No variables: the value at 0. *)
Lemma coefficient_zero n : forall g, coefficient (repeat false n) g = g (repeat 0 n).
Proof. induction n; intros g; cbn [repeat coefficient]; [reflexivity|]. apply IHn. Qed.

(* The inputs that occur in a product. *)
Definition support (e : list nat) : list bool := map (fun k => negb (k =? 0)%nat) e.

(* A product of inputs has one coefficient, at its support. *)
Lemma coefficient_monomial e : forall S, length e = length S -> coefficient S (monomial e) = 0 \/
  support e = S.
Proof. induction e as [|k e IH]; intros [|b S] H; try discriminate; [right; reflexivity|].
  simpl in H. injection H as H. assert (E : forall x, coefficient S
    (fun v => monomial (k :: e) (x :: v)) = x ^ k * coefficient S (monomial e)).
  { intros x. rewrite <- coefficient_scale. apply coefficient_ext. reflexivity. }
  destruct (IH S H) as [Z|Z]; [left; destruct b; cbn [coefficient]; rewrite !E, Z; ring|].
  destruct k as [|k], b; cbn [coefficient support map Nat.eqb negb]; rewrite !E.
  - left. simpl. ring.
  - right. unfold support in Z. rewrite Z. reflexivity.
  - right. unfold support in Z. rewrite Z. reflexivity.
  - left. simpl. ring. Qed.

(* A coefficient that is not 0 costs a product. *)
Lemma coefficient_products S T : (forall t, In t T -> length (snd t) = length S) ->
  coefficient S (sum_of_products T) <> 0 -> exists t, In t T /\ support (snd t) = S.
Proof. intros L.
  induction T as [|[c e] T IH]; intros H; [exfalso; apply H; apply coefficient_const|].
  change (sum_of_products ((c, e) :: T)) with (fun v => c * monomial e v + sum_of_products T v) in
    H.
  rewrite coefficient_plus, coefficient_scale in H.
  destruct (coefficient_monomial e S (L _ (or_introl eq_refl))) as [Z|Z].
  - destruct IH as (t & Ht & E); [intros t Ht; apply L; right; assumption|intro K; apply H;
      rewrite Z, K; ring|].
    exists t. split; [right|]; assumption.
  - exists (c, e). split; [left; reflexivity|assumption]. Qed.

(* ---------- the deep network ---------- *)

(* The function of the deep network, on blocks. *)
Fixpoint F (i : nat) (v : list R) : R :=
  match i with
  | O => hd 0 v
  | S i' => let n := (4 ^ i')%nat in
    F i' (firstn n v) * (F i' (firstn n (skipn n v)) * 1) +
    1 * (F i' (firstn n (skipn (n + n) v)) * F i' (skipn n (skipn (n + n) v)))
  end.

(* It is. *)
Lemma deep_value i : forall o v, (o + 4 ^ i <= length v)%nat ->
  spn_value (deep i o) v = F i (firstn (4 ^ i) (skipn o v)).
Proof. induction i as [|i IH]; intros o v H.
  - cbn in H |- *. revert v H.
    induction o as [|o IHo]; intros [|x v] H; simpl in H; try lia; [reflexivity|]. cbn. apply IHo.
    lia.
  - cbn [deep spn_value]. cbn [Nat.pow] in H. set (n := (4 ^ i)%nat) in *. rewrite !IH by lia.
    cbn [F Nat.pow]. fold n. set (m := (4 * n)%nat). assert (A : forall k, (k + n <= m)%nat ->
      firstn n (skipn k (firstn m (skipn o v))) = firstn n (skipn (o + k) v)).
    { intros k Hk. rewrite skipn_firstn_comm, skipn_skipn, firstn_firstn. f_equal. lia. }
    pose proof (A 0%nat ltac:(unfold m; lia)) as A0. cbn [skipn] in A0. rewrite Nat.add_0_r in A0.
    rewrite A0, !A by (unfold m; lia). assert (A3 : skipn n (skipn (n + n) (firstn m (skipn o v))) =
      firstn n (skipn (o + (n + n + n)) v)).
    { rewrite skipn_skipn, <- A by (unfold m; lia). symmetry. apply firstn_all2.
      rewrite skipn_length, firstn_length. unfold m. lia. }
    rewrite A3. replace (2 * n)%nat with (n + n)%nat by lia.
    replace (3 * n)%nat with (n + n + n)%nat by lia. ring. Qed.

(* It is 0 at 0. *)
Lemma F_zero i : F i (repeat 0 (4 ^ i)) = 0.
Proof. induction i as [|i IH]; [reflexivity|]. cbn [F Nat.pow]. set (n := (4 ^ i)%nat) in *.
  replace (4 * n)%nat with (n + (n + (n + n)))%nat by lia.
  assert (E : firstn n (repeat 0 (n + (n + (n + n)))) = repeat 0 n).
  { rewrite repeat_app, firstn_app, repeat_length, Nat.sub_diag, firstn_all2
      by (rewrite repeat_length; lia).
    apply app_nil_r. }
  assert (E' : firstn n (skipn (n + n) (repeat 0 (n + (n + (n + n))))) = repeat 0 n).
  { replace (n + (n + (n + n)))%nat with ((n + n) + (n + n))%nat by lia.
    rewrite repeat_app, skipn_app, repeat_length, Nat.sub_diag, skipn_all2
      by (rewrite repeat_length; lia).
    cbn [skipn app]. rewrite repeat_app, firstn_app, repeat_length, Nat.sub_diag, firstn_all2
      by (rewrite repeat_length; lia).
    apply app_nil_r. }
  rewrite E, E', IH. ring. Qed.

(* Its products. *)
Fixpoint products (i : nat) : list (list bool) :=
  match i with
  | O => [[true]]
  | S i' =>
    let z := repeat false (4 ^ i' + 4 ^ i') in
    let Q := flat_map (fun a => map (app a) (products i')) (products i') in
    map (fun q => q ++ z) Q ++ map (app z) Q
  end.

(* How many. *)
Lemma products_count i : length (products i) = (2 ^ (2 ^ i - 1))%nat.
Proof. induction i as [|i IH]; [reflexivity|]. cbn [products]. rewrite app_length, !map_length.
  rewrite (product_length (@app bool)), IH, <- Nat.pow_add_r.
  pose proof (Nat.pow_nonzero 2 i ltac:(lia)).
  assert (D : (2 ^ S i - 1 = S (2 ^ i - 1 + (2 ^ i - 1)))%nat) by (rewrite Nat.pow_succ_r'; lia).
  rewrite D, (Nat.pow_succ_r' 2 (_ + _)). lia. Qed.

(* Each is a set of the n inputs, and not empty. *)
Lemma products_length i : forall S, In S (products i) -> length S = (4 ^ i)%nat /\ In true S.
Proof. induction i as [|i IH]; intros S H; [destruct H as [<-|[]]; split;
    [reflexivity|left; reflexivity]|].
  cbn [products] in H. cbn [Nat.pow]. assert (G : forall q, In q (flat_map
    (fun a => map (app a) (products i)) (products i)) -> length q = (4 ^ i + 4 ^ i)%nat /\
    In true q).
  { intros q Hq. apply in_flat_map in Hq. destruct Hq as (a & Ha & Hq). apply in_map_iff in Hq.
    destruct Hq as (b & <- & Hb). destruct (IH a Ha) as [La Ta], (IH b Hb) as [Lb Tb].
    rewrite app_length, in_app_iff. split; [lia|auto]. }
  apply in_app_iff in H. destruct H as [H|H]; apply in_map_iff in H; destruct H as (q & <- & Hq);
    destruct (G q Hq) as [L T]; rewrite app_length, repeat_length, in_app_iff; (split; [lia|auto]).
Qed.

(* They are different. *)
Lemma products_nodup i : NoDup (products i).
Proof. induction i as [|i IH]; [repeat constructor; intros []|]. cbn [products].
  set (z := repeat false (4 ^ i + 4 ^ i)).
  set (Q := flat_map (fun a => map (app a) (products i)) (products i)).
  assert (LQ : forall q, In q Q -> length q = length z /\ In true q).
  { intros q Hq. apply in_flat_map in Hq. destruct Hq as (a & Ha & Hq). apply in_map_iff in Hq.
    destruct Hq as (b & <- & Hb).
    destruct (products_length i a Ha) as [La Ta], (products_length i b Hb) as [Lb Tb]. unfold z.
    rewrite app_length, repeat_length, in_app_iff. split; [lia|auto]. }

  assert (NQ : NoDup Q).
  { unfold Q. assert (W : forall P, NoDup P -> (forall a, In a P -> In a (products i)) ->
      NoDup (flat_map (fun a => map (app a) (products i)) P)).
    { induction P as [|a P IHP]; intros HP I; [constructor|]. inversion HP; subst. cbn [flat_map].
      apply nodup_app.
      - apply Injective_map_NoDup; [intros x y E; apply app_inv_head in E; assumption|assumption].
      - apply IHP; [assumption|]. intros x Hx. apply I. right. assumption.
      - intros x Hx K. apply in_map_iff in Hx. destruct Hx as (b & <- & Hb). apply in_flat_map in K.
        destruct K as (c & Hc & K). apply in_map_iff in K. destruct K as (d & E & Hd).
        destruct (app_cut c d a b) as [-> _]; [|exact E|contradiction].
        rewrite (proj1 (products_length i c (I c (or_intror Hc)))),
          (proj1 (products_length i a (I a (or_introl eq_refl)))).
        reflexivity. }
    apply W; auto. }
  apply nodup_app.
  - apply Injective_map_NoDup; [intros x y E; apply app_inv_tail in E; assumption|assumption].
  - apply Injective_map_NoDup; [intros x y E; apply app_inv_head in E; assumption|assumption].
  - intros x Hx K. apply in_map_iff in Hx, K. destruct Hx as (p & <- & Hp), K as (q & E & Hq).
    destruct (LQ p Hp) as [Lp Tp]. destruct (app_cut z q p z) as [Z _]; [congruence|exact E|].
    rewrite <- Z in Tp. apply repeat_spec in Tp. discriminate. Qed.

(* Each has coefficient 1. *)
Lemma products_coefficient i : forall S, In S (products i) -> coefficient S (F i) = 1.
Proof. induction i as [|i IH]; intros S H; [destruct H as [<-|[]]; cbn; ring|]. cbn [products] in H.
  set (n := (4 ^ i)%nat) in *. assert (G : forall S, length S = n -> forall T, length T = n ->
    coefficient (S ++ T) (fun v => F i (firstn n v) * F i (skipn n v)) =
    coefficient S (F i) * coefficient T (F i)).
  { intros U LU T LT. rewrite <- (coefficient_product U T (F i) (F i)), LU. reflexivity. }
  assert (Z : repeat false (n + n) = repeat false n ++ repeat false n) by apply repeat_app.
  (* The first product of blocks, and the second. *)
  assert (P1 : forall a b c, length a = n -> length b = n ->
    coefficient (a ++ (b ++ c)) (fun v => F i (firstn n v) * (F i (firstn n (skipn n v)) * 1)) =
    coefficient a (F i) * (coefficient b (F i) * coefficient c (fun _ => 1))).
  { intros a b c La Lb. rewrite <- (coefficient_product b c (F i) (fun _ => 1)), Lb.
    rewrite <- (coefficient_product a (b ++ c) (F i) (fun w => F i (firstn n w) * 1)), La.
    reflexivity. }
  assert (P2 : forall q r s, length q = (n + n)%nat -> length r = n ->
    coefficient (q ++ (r ++ s)) (fun v => 1 *
    (F i (firstn n (skipn (n + n) v)) * F i (skipn n (skipn (n + n) v)))) =
    coefficient q (fun _ => 1) * (coefficient r (F i) * coefficient s (F i))).
  { intros q r s Lq Lr. rewrite <- (coefficient_product r s (F i) (F i)), Lr.
    rewrite <- (coefficient_product q (r ++ s) (fun _ => 1)
      (fun w => F i (firstn n w) * F i (skipn n w))), Lq.
    reflexivity. }
  assert (Zn : coefficient (repeat false n) (F i) = 0) by (rewrite coefficient_zero; apply F_zero).
  change (F (Datatypes.S i)) with (fun v => F i (firstn n v) * (F i (firstn n (skipn n v)) * 1) +
    1 * (F i (firstn n (skipn (n + n) v)) * F i (skipn n (skipn (n + n) v)))).
  rewrite coefficient_plus. apply in_app_iff in H. destruct H as [H|H]; apply in_map_iff in H;
    destruct H as (q & <- & Hq); apply in_flat_map in Hq; destruct Hq as (a & Ha & Hq);
    apply in_map_iff in Hq; destruct Hq as (b & <- & Hb);
    destruct (products_length i a Ha) as [La _], (products_length i b Hb) as [Lb _];
    fold n in La, Lb.
  - rewrite <- app_assoc at 1. rewrite P1 by assumption. rewrite Z at 2.
    rewrite P2 by (rewrite ?app_length, ?repeat_length; lia).
    rewrite Zn, (IH a Ha), (IH b Hb), coefficient_zero. ring.
  - rewrite P2 by (rewrite ?repeat_length; lia). rewrite Z at 1. rewrite <- app_assoc.
    rewrite P1 by apply repeat_length. rewrite Zn, (IH a Ha), (IH b Hb), coefficient_zero.
    ring. Qed.

(* Every sum of products for F needs 2^(sqrt n - 1) of them, n = 4^i, even if it agrees with F on
   inputs 0 and 1 only. *)
Theorem circuits_sum_product i T :
  (forall t, In t T -> length (snd t) = (4 ^ i)%nat) ->
  (forall bs, length bs = (4 ^ i)%nat ->
    sum_of_products T (map number bs) = spn_value (deep i 0) (map number bs)) ->
  (2 ^ (2 ^ i - 1) <= length T)%nat.
Proof. intros L H. rewrite <- products_count, <- (map_length (fun t => support (snd t)) T).
  apply NoDup_incl_length; [apply products_nodup|]. intros S HS.
  destruct (products_length i S HS) as [LS _]. apply in_map_iff.
  destruct (coefficient_products S T) as (t & Ht & E);
    [intros t Ht; rewrite LS; auto| |exists t; split; assumption].
  rewrite (coefficient_ext S _ (F i)); [rewrite products_coefficient by assumption; lra|].
  intros bs Hb. rewrite H by congruence. rewrite deep_value by (rewrite map_length; lia).
  cbn [skipn]. f_equal. apply firstn_all2. rewrite map_length. lia. Qed.
