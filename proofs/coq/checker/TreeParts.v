(* Ranges hold when they are computed anew, and of each part that is cut one has the input in it. *)
From Coq Require Import Reals Lra Lia.
From Depthproof Require Import Definitions PiecewiseLinear.
From Coq Require Import List.
From Checked Require Import Syntax TreeBounds TreeLines.
Open Scope R_scope.

(* ---------- multiples ---------- *)

(* All numbers times one number *)
Lemma in_slots_times c l : in_slots (map (fun d => d * c)%Z l) = (in_slots l * c)%Z.
Proof.
  induction l as [|d l IH]; [reflexivity|]. cbn [map in_slots]. rewrite IH. ring.
Qed.

(* make that multiple of the sum. *)
Lemma along_times c l : forall vs, along_ (map (fun d => d * c)%Z l) vs = IZR c * along_ l vs.
Proof.
  induction l as [|d l IH]; intros [|v vs]; cbn [map along_]; try ring.
  rewrite IH, mult_IZR. ring.
Qed.

(* How large they are. *)
Lemma small_times c l : (0 <= c <= slope_one)%Z -> small unit_one l ->
  small one_digit (map (fun d => d * c)%Z l).
Proof.
  intros C S. apply List.Forall_map. eapply Forall_impl; [|exact S]. cbn. intros d D.
  rewrite Z.abs_mul. change one_digit with (unit_one * slope_one)%Z.
  apply Z.mul_le_mono_nonneg; lia.
Qed.

(* ---------- what stands for a value ---------- *)

(* A value that is kept is z; otherwise z goes into a ReLU. *)
Definition entry_holds (us : list R) (e : entry) (z : R) : Prop :=
  match e with
  | Kept same =>
    0 <= z /\ exists ds, same = in_slots ds /\ length ds = length us /\ small one_digit ds /\
      along_ ds us = IZR one_digit * z
  | Made _ low high up down =>
    exists lows highs, low = map begun lows /\ high = map begun_opposite highs /\
      up = in_slots (map steeper lows) /\ down = in_slots highs /\
      length lows = length us /\ length highs = length us /\
      small unit_one lows /\ small unit_one highs /\
      along_ lows us <= IZR unit_one * z <= along_ highs us
  end.
Definition range_holds (e : entry) (r : range) (z : R) : Prop :=
  match e with Kept _ => True | Made _ _ _ _ _ => in_range r z end.

(* Numbers that are 0. *)
Lemma nothing us : exists ds, 0%Z = in_slots ds /\ length ds = length us /\ small one_digit ds /\
  along_ ds us = 0.
Proof.
  induction us as [|u us (ds & E & L & S & A)].
  - exists []. repeat split; constructor.
  - exists (0%Z :: ds). repeat split.
    + cbn [in_slots]. rewrite <- E. reflexivity.
    + cbn [length]. congruence.
    + constructor; [discriminate|exact S].
    + cbn [along_]. rewrite A. ring.
Qed.

(* The lines enclose the value. *)
Lemma line_of_correct us e r z : entry_holds us e z -> range_holds e r z ->
  line_holds us (line_of e r) (relu z).
Proof.
  intros E H. destruct e as [same|i low high up down]; cbn [entry_holds line_of] in *.
  { destruct E as (P & ds & -> & L & S & A). rewrite relu_pos by exact P. split; [exact P|].
    exists ds, ds. repeat split; try assumption; lra. }
  destruct E as (lows & highs & _ & _ & -> & -> & L1 & L2 & S1 & S2 & A1 & A2).
  destruct r as (lo, hi). destruct H as [H1 H2]. cbn [fst snd] in *.
  assert (U : IZR unit_one = 18014398509481984) by reflexivity.
  assert (D : IZR one_digit = 18446744073709551616) by reflexivity.
  assert (M : IZR sum_one = 1152921504606846976) by reflexivity.
  rewrite U in *. rewrite M in *.
  assert (Up : along_ (map steeper lows) us <= IZR one_digit * z).
  { unfold steeper. rewrite along_times, D. change (IZR slope_one) with 1024. lra. }
  assert (Su : small one_digit (map steeper lows))
    by (apply small_times; [split; discriminate|exact S1]).
  destruct (Z.leb_spec hi 0) as [Hi|Hi].
  { apply IZR_le in Hi. rewrite relu_neg by lra. split; [lra|reflexivity]. }
  destruct (Z.leb_spec 0 lo) as [Lo|Lo].
  { apply IZR_le in Lo. rewrite relu_pos by lra. split; [lra|].
    exists (map steeper lows), (map (fun d => d * slope_one)%Z highs).
    rewrite in_slots_times, !map_length, along_times. change (IZR slope_one) with 1024.
    repeat split; try assumption; [|rewrite D; lra].
    apply small_times; [split; discriminate|exact S2]. }
  set (s := (hi * slope_one / (hi - lo))%Z).
  assert (S0 : (0 <= s <= slope_one)%Z).
  { unfold s. split; [apply Z.div_pos; unfold slope_one; lia|].
    apply Z.div_le_upper_bound; unfold slope_one; lia. }
  assert (Pos : 0 <= relu z) by (unfold relu; apply Rmax_r).
  assert (Ge : z <= relu z) by (unfold relu; apply Rmax_l).
  split; [exact Pos|].
  assert (T : IZR one_digit * relu z <=
    along_ (map (fun d => d * s)%Z highs) us +
    IZR (Z.max (- s * lo) ((slope_one - s) * hi)) / 64).
  { rewrite along_times, D. set (t := Z.max _ _).
    assert (T1 : IZR (- s * lo) <= IZR t) by (apply IZR_le, Z.le_max_l).
    assert (T2 : IZR ((slope_one - s) * hi) <= IZR t) by (apply IZR_le, Z.le_max_r).
    rewrite !mult_IZR, ?minus_IZR, ?opp_IZR in *. change (IZR slope_one) with 1024 in *.
    destruct S0 as [S3 S4]. apply IZR_le in S3, S4. change (IZR slope_one) with 1024 in S4.
    apply IZR_lt in Hi, Lo. clearbody s t.
    assert (B : IZR s * (18014398509481984 * z) <= IZR s * along_ highs us)
      by (apply Rmult_le_compat_l; lra).
    destruct (Rle_dec 0 z) as [Z|Z].
    - rewrite relu_pos by exact Z.
      assert ((1024 - IZR s) * (1152921504606846976 * z) <= (1024 - IZR s) * IZR hi)
        by (apply Rmult_le_compat_l; lra). lra.
    - rewrite relu_neg by lra.
      assert (IZR s * IZR lo <= IZR s * (1152921504606846976 * z))
        by (apply Rmult_le_compat_l; lra). lra. }
  assert (Sd : small one_digit (map (fun d => d * s)%Z highs)) by (apply small_times; assumption).
  destruct (Z.leb hi (-4 * lo)).
  - destruct (nothing us) as (ds & N1 & N2 & N3 & N4).
    exists ds, (map (fun d => d * s)%Z highs).
    rewrite in_slots_times, !map_length, N4. repeat split; try assumption. rewrite D. lra.
  - exists (map steeper lows), (map (fun d => d * s)%Z highs).
    rewrite in_slots_times, !map_length. repeat split; try assumption. rewrite D in *. lra.
Qed.

(* ---------- layers ---------- *)

(* The layers over the values us, what goes into their ReLUs being zss. *)
Fixpoint built (ls : list layer) (us : list R) (zss : list (list R)) : Prop :=
  match ls, zss with
  | [], [] => True
  | (n, es) :: ls', zs :: zss' =>
    n = S (length us) /\ Forall2 (entry_holds (1 :: us)) es zs /\ built ls' (map relu zs) zss'
  | _, _ => False
  end.
Fixpoint inside_layer (es : list entry) (rs : list range) (zs : list R) : Prop :=
  match es, rs, zs with
  | [], [], [] => True
  | e :: es', r :: rs', z :: zs' => range_holds e r z /\ inside_layer es' rs' zs'
  | _, _, _ => False
  end.
Fixpoint inside (ls : list layer) (rss : list (list range)) (zss : list (list R)) : Prop :=
  match ls, rss, zss with
  | [], [], [] => True
  | (_, es) :: ls', rs :: rss', zs :: zss' => inside_layer es rs zs /\ inside ls' rss' zss'
  | _, _, _ => False
  end.
(* The values of the last layer. *)
Fixpoint final (us : list R) (zss : list (list R)) : list R :=
  match zss with [] => us | zs :: zss' => final (map relu zs) zss' end.

(* The lines of a layer. *)
Lemma lines_correct us es zs : Forall2 (entry_holds us) es zs -> forall rs,
  inside_layer es rs zs -> Forall2 (line_holds us) (lines_of es rs) (map relu zs).
Proof.
  induction 1 as [|e z es zs E _ IH]; intros [|r rs] I; cbn [inside_layer] in I;
    try contradiction I; [constructor|]. cbn [lines_of map]. destruct I as [I1 I2].
  constructor; [apply line_of_correct; assumption|apply IH; exact I2].
Qed.

(* All layers. *)
Lemma stacked_correct ls base : forall us zss rss stack, built ls us zss -> inside ls rss zss ->
  stack_holds stack base us -> stack_holds (stacked ls rss stack) base (final us zss).
Proof.
  induction ls as [|(n, es) ls IH]; intros us [|zs zss] [|rs rss] stack B I S;
    cbn [built inside] in *; try contradiction; [exact S|].
  destruct B as (-> & B1 & B2), I as [I1 I2]. cbn [stacked final]. apply (IH _ zss rss); auto.
  exists us. split; [reflexivity|]. split; [exact S|]. apply lines_correct; assumption.
Qed.

(* A range that is computed anew holds, *)
Lemma narrowed_correct stack base us e r z : stack_holds stack base us ->
  entry_holds (1 :: us) e z -> range_holds e r z -> range_holds e (narrowed stack base e r) z.
Proof.
  intros S E H. destruct e as [same|i low high up down]; [exact I|].
  destruct r as (lo, hi). cbn [narrowed entry_holds range_holds] in *.
  destruct (_ && _)%bool; [|exact H]. destruct H as [H1 H2]. cbn [fst snd] in *.
  destruct E as (lows & highs & -> & -> & _ & _ & _ & _ & _ & _ & A1 & A2).
  assert (U : IZR sum_one = 64 * IZR unit_one) by (rewrite <- mult_IZR; reflexivity).
  split; cbn [fst snd].
  - destruct (least_sum stack base (map begun lows) 0) as [x|] eqn:L; [|exact H1].
    apply (least_sum_correct _ _ us _ _ _ S) in L. unfold begun in L. rewrite along_times in L.
    destruct (Z.max_spec lo x) as [[_ ->]|[_ ->]]; [|exact H1]. rewrite U. lra.
  - destruct (least_sum stack base (map begun_opposite highs) 0) as [x|] eqn:L; [|exact H2].
    apply (least_sum_correct _ _ us _ _ _ S) in L.
    assert (M : map begun_opposite highs = map (fun d => d * -64)%Z highs)
      by (apply map_ext; intros d; unfold begun_opposite; ring).
    rewrite M, along_times in L.
    destruct (Z.min_spec hi (- x)) as [[_ ->]|[_ ->]]; [exact H2|]. rewrite opp_IZR, U. lra.
Qed.

(* of all values, *)
Lemma all_narrowed_correct stack base us es zs : stack_holds stack base us ->
  Forall2 (entry_holds (1 :: us)) es zs -> forall rs, inside_layer es rs zs ->
  inside_layer es (all_narrowed stack base es rs) zs.
Proof.
  intros S. induction 1 as [|e z es zs E _ IH]; intros [|r rs] I; cbn [inside_layer] in I;
    try contradiction I; [exact Logic.I|]. destruct I as [I1 I2]. cbn [all_narrowed inside_layer].
  split; [apply (narrowed_correct stack base us); assumption|apply IH; exact I2].
Qed.

(* and of all layers. *)
Lemma fresh_correct ls base : forall us zss rss stack, built ls us zss -> inside ls rss zss ->
  stack_holds stack base us -> inside ls (fresh_ranges ls rss stack base) zss.
Proof.
  induction ls as [|(n, es) ls IH]; intros us [|zs zss] [|rs rss] stack B I S;
    cbn [built inside] in *; try contradiction; [exact Logic.I|].
  destruct B as (-> & B1 & B2), I as [I1 I2]. cbn [fresh_ranges inside].
  pose proof (all_narrowed_correct stack base us es zs S B1 rs I1) as N.
  split; [exact N|]. apply (IH (map relu zs)); [exact B2|exact I2|].
  exists us. split; [reflexivity|]. split; [exact S|]. apply lines_correct; assumption.
Qed.

(* ---------- cuts ---------- *)

(* A value lies on one of the sides of where its range is cut. *)
Lemma either_side lo hi at_ z : in_range (lo, hi) z ->
  in_range (lo, at_) z \/ in_range (at_, hi) z.
Proof.
  intros [H1 H2]. unfold in_range; cbn [fst snd] in *.
  destruct (Rle_dec (IZR sum_one * z) (IZR at_)); [left|right]; lra.
Qed.

(* An input. *)
Lemma halved_base_correct v numbers : forall base ts l u, Forall2 in_range base ts ->
  halved_base v numbers base = Some (l, u) -> Forall2 in_range l ts \/ Forall2 in_range u ts.
Proof.
  induction numbers as [|i numbers IH]; intros base ts l u H E; cbn [halved_base] in E;
    [discriminate E|]. destruct H as [|r t base ts H Hs]; [discriminate E|].
  destruct (Nat.eqb v i).
  - injection E as <- <-. destruct r as (lo, hi).
    destruct (either_side lo hi ((lo + hi) / 2)%Z t H); [left|right]; constructor; assumption.
  - destruct (halved_base v numbers base) as [(l', u')|] eqn:E'; [|discriminate E].
    injection E as <- <-. destruct (IH base ts l' u' Hs E'); [left|right]; constructor; assumption.
Qed.

(* A unit of a layer. *)
Lemma halved_layer_correct v es : forall rs zs l u, inside_layer es rs zs ->
  halved_layer v es rs = Some (l, u) -> inside_layer es l zs \/ inside_layer es u zs.
Proof.
  induction es as [|e es IH]; intros [|r rs] [|z zs] l u I E; cbn [inside_layer halved_layer] in *;
    try contradiction I; try discriminate E. destruct I as [I1 I2].
  assert (Later : option_map (fun h => (r :: fst h, r :: snd h)) (halved_layer v es rs) =
    Some (l, u) -> inside_layer (e :: es) l (z :: zs) \/ inside_layer (e :: es) u (z :: zs)).
  { destruct (halved_layer v es rs) as [(l', u')|] eqn:E'; [|discriminate]. intros Q.
    injection Q as <- <-. cbn [inside_layer fst snd].
    destruct (IH rs zs l' u' I2 E'); [left|right]; split; assumption. }
  destruct e as [same|i low high up down]; [apply Later, E|].
  destruct (Nat.eqb v i); [|apply Later, E]. injection E as <- <-. cbn [inside_layer range_holds].
  destruct r as (lo, hi). cbn [fst snd].
  destruct (either_side lo hi (Z.min (Z.max lo 0) hi) z I1); [left|right]; split; assumption.
Qed.

(* A unit of some layer. *)
Lemma halved_layers_correct v ls : forall rss zss l u, inside ls rss zss ->
  halved_layers v ls rss = Some (l, u) -> inside ls l zss \/ inside ls u zss.
Proof.
  induction ls as [|(n, es) ls IH]; intros [|rs rss] [|zs zss] l u I E;
    cbn [inside halved_layers] in *; try contradiction I; try discriminate E.
  destruct I as [I1 I2]. destruct (halved_layer v es rs) as [(l', u')|] eqn:E'.
  - injection E as <- <-. cbn [inside fst snd].
    destruct (halved_layer_correct v es rs zs l' u' I1 E'); [left|right]; split; assumption.
  - destruct (halved_layers v ls rss) as [(l', u')|] eqn:E2; [|discriminate E].
    injection E as <- <-. cbn [inside fst snd].
    destruct (IH rss zss l' u' I2 E2); [left|right]; split; assumption.
Qed.

(* ---------- the tree ---------- *)

Section Closing.
Variables (x : box) (ts : list R) (zss : list (list R)).
Hypothesis built_ : built (layers x) ts zss.
Hypothesis positive : Forall (Rle 0) ts.

(* The input is in the part. *)
Definition has_input (p : part) : Prop :=
  Forall2 in_range (fst p) ts /\ inside (layers x) (snd p) zss.
Hypothesis refuted_correct : forall i p, has_input p -> refuted x i p = true -> False.

(* Computing anew leaves it there. *)
Lemma anew_correct p : has_input p -> has_input (anew x p).
Proof using built_ positive.
  intros [H1 H2]. split; [exact H1|]. cbn [snd anew]. apply (fresh_correct _ _ ts); try assumption.
  split; assumption.
Qed.

(* Some part after a node has the input in it. *)
Lemma step_of_correct node p new : has_input p -> step_of x node p = Some new ->
  Exists has_input new.
Proof using built_ positive refuted_correct.
  intros H E. unfold step_of in E. destruct (Z.eqb node 0).
  { injection E as <-. left. apply anew_correct, H. }
  destruct (Z.ltb 0 node).
  { destruct (cut_at x (Z.to_nat node) p) as [(l, u)|] eqn:C; [|discriminate E].
    injection E as <-. cbn [fst snd]. destruct H as [H1 H2]. unfold cut_at in C.
    destruct (halved_base _ _ _) as [(l', u')|] eqn:B.
    - injection C as <- <-.
      destruct (halved_base_correct _ _ _ _ _ _ H1 B); [left|right; left]; split; assumption.
    - destruct (halved_layers _ _ _) as [(l', u')|] eqn:L; [|discriminate C].
      injection C as <- <-.
      destruct (halved_layers_correct _ _ _ _ _ _ H2 L); [left|right; left]; split; assumption. }
  destruct (_ && _)%bool eqn:R; [|discriminate E]. apply andb_prop in R. destruct R as [_ R].
  destruct (refuted_correct _ p H R).
Qed.

(* So not all parts are closed. *)
Theorem closes_correct nodes : forall parts, Exists has_input parts ->
  closes x nodes parts = true -> False.
Proof using built_ positive refuted_correct.
  induction nodes as [|node nodes IH]; intros parts H E; cbn [closes] in E;
    (destruct H as [p parts H|p parts H]; [|]); try discriminate E;
    (destruct (step_of x node p) as [new|] eqn:S; [|discriminate E]); apply IH in E; try exact E;
    apply Exists_app; [left; apply (step_of_correct node p); assumption|right; exact H].
Qed.
End Closing.
