(* pieces.product is attained: for widths of at least 3 some network has exactly the product of the
   m_i + 1 pieces.
   Every layer is a zigzag on [0,1] whose m + 1 runs each cover all of [0,1]. *)
From Depthproof Require Import Definitions PiecewiseLinear Vectors Pieces Oscillations
  SeparationLecture.

(* ---------- laps ---------- *)

(* Between u and v, g leaves the height 1/2 and comes back to it. *)
Definition turn (g : R -> R) (u v : R) : Prop := g u = / 2 /\ g v = / 2 /\ exists w, u <= w <= v /\
  g w <> / 2.

(* n laps on [a, b]: neither end is at the height 1/2, and in between are n - 1 turns. *)
Definition laps (n : nat) (a b : R) (g : R -> R) : Prop :=
  g a <> / 2 /\ g b <> / 2 /\ exists m c d, n = S m /\ a <= c /\ d <= b /\ g c = / 2 /\ g d = / 2 /\
    cells (turn g) m c d.

(* There is a kink in every turn. *)
Lemma turn_kink g u v : turn g u v -> ~ affine_on g u v.
Proof. intros (Hu & Hv & w & Hw & Hn) (p & q & A). rewrite A in Hu, Hv, Hn by lra. apply Hn.
  assert (P : p * (v - u) = 0) by lra. apply Rmult_integral in P. destruct P as [->|P]; [lra|].
  replace w with u by lra. exact Hu.
Qed.

(* So n laps need n pieces. *)
Lemma laps_pieces n p g : laps n 0 1 g -> (forall x, continuous g x) -> pieces p 0 1 g ->
  (n <= p)%nat.
Proof. intros (_ & _ & m & c & d & -> & Hc & Hd & _ & _ & K) Hg HP.
  destruct (pieces_positive p 0 1 g ltac:(lra) HP) as [r ->].
  apply (cells_weaken _ (fun u v => ~ affine_on g u v)) in K; [|intros u v _ _ _; apply turn_kink].
  pose proof (cells_lower _ m (affine_on_hereditary g)
    r 0 c d 1 Hc Hd K (pieces_closed _ _ _ _ Hg HP)). lia. Qed.

(* Laps add up: there is a turn around the common end. *)
Lemma laps_cat n m a c b g : laps n a c g -> laps m c b g -> laps (n + m) a b g.
Proof. intros (Ha & Hc & i & c1 & d1 & -> & Hc1 & Hd1 & G1 & G2 & K1) (_ & Hb & j & c2 & d2 & ->
  & Hc2 & Hd2 & G3 & G4 & K2).
  split; [exact Ha|split; [exact Hb|]]. exists (i + S j)%nat, c1, d2.
  repeat split; try assumption; try lia.
  apply cells_cat with d1; [exact K1|]. exists c2. pose proof (cells_le _ _ _ _ K2).
  split; [lra|split; [|exact K2]].
  split; [exact G2|split; [exact G3|]]. exists c. split; [lra|exact Hc]. Qed.

(* Turns survive a change of the variable, increasing or decreasing. *)
Lemma turn_line G f p q u v u' v' : u <= v -> (forall x, u <= x <= v -> f x = G (p * x + q)) ->
  (0 < p /\ u' = p * u + q /\ v' = p * v + q) \/ (p < 0 /\ u' = p * v + q /\ v' = p * u + q) ->
    turn G u' v' -> turn f u v.
Proof. intros Huv Hf E (T1 & T2 & w & Hw & T3). assert (Hp : p <> 0) by lra. set (z := (w - q) / p).
  assert (Ez : p * z + q = w) by (unfold z; field; lra).
  assert (Hz : u <= z <= v) by (destruct E as [(P & -> & ->)|(P & -> & ->)]; rewrite <- Ez in Hw;
    split; nra).
  split; [|split]; [| |exists z; rewrite Hf, Ez by assumption; auto];
  rewrite Hf by lra; destruct E as [(_ & -> & ->)|(_ & -> & ->)]; assumption. Qed.

(* Hence laps do, if [a, b] goes to [0, 1] in either direction. *)
Lemma laps_line G n f a b p q : laps n 0 1 G -> a <= b -> (p * a + q = 0 /\ p * b + q = 1) \/
  (p * a + q = 1 /\ p * b + q = 0) ->
  (forall x, a <= x <= b -> f x = G (p * x + q)) -> laps n a b f.
Proof. intros (H0 & H1 & m & c & d & -> & Hc & Hd & Gc & Gd & K) Hab E Hf.
  pose proof (cells_le _ _ _ _ K) as Hcd.
  assert (Hp : p <> 0) by (intros ->; lra). set (c' := (c - q) / p). set (d' := (d - q) / p).
  assert (Ec : p * c' + q = c) by (unfold c'; field; lra).
  assert (Ed : p * d' + q = d) by (unfold d'; field; lra).
  split; [rewrite Hf by lra; destruct E as [[-> _]|[-> _]]; assumption|].
  split; [rewrite Hf by lra; destruct E as [[_ ->]|[_ ->]]; assumption|]. destruct E as [E|E].
  - assert (P : 0 < p) by nra. assert (Hc' : a <= c') by nra. assert (Hd' : d' <= b) by nra.
    assert (Hcd' : c' <= d') by nra.
    exists m, c', d'. rewrite !Hf, Ec, Ed by lra. repeat split; try assumption.
    rewrite <- Ec, <- Ed in K.
    apply (cells_rescale (turn G)) in K; [|exact P]. revert K. apply cells_weaken.
    intros u v Hu Huv Hv.
    apply (turn_line G f p q); [exact Huv|intros; apply Hf; lra|auto].
  - assert (P : p < 0) by nra. assert (Hd' : a <= d') by nra. assert (Hc' : c' <= b) by nra.
    assert (Hcd' : d' <= c') by nra.
    exists m, d', c'. rewrite !Hf, Ec, Ed by lra. repeat split; try assumption.
    apply cells_mirror in K.
    replace (- d) with (- p * d' + - q) in K by lra.
    replace (- c) with (- p * c' + - q) in K by lra.
    apply (cells_rescale (fun u v => turn G (- v) (- u))) in K; [|lra]. revert K.
    apply cells_weaken. intros u v Hu Huv Hv.
    apply (turn_line G f p q); [exact Huv|intros; apply Hf; lra|right; repeat split;
      (exact P || ring)]. Qed.

(* ---------- one layer of m = 3 + j units; M is m as a real number ---------- *)

(* The breaks of the zigzag: one at 1/(4M), then at 1/2 + 1/(2M), and on to 1 in steps of 1/(2M). *)
Definition first_break (M : R) : R := 1 / (4 * M).
Definition break (M : R) (i : nat) : R := (M + INR i - 1) / (2 * M).

(* The units: sign and break.  The third is active on the left; that makes room for one more run. *)
Fixpoint zigzag_units (M : R) (j : nat) : list (R * R) :=
  match j with O => [(1, first_break M); (1, break M 2); (-1, break M 3)] | S j' => (1,
    break M (4 + j')) :: zigzag_units M j' end.

Fixpoint zigzag_weights (M : R) (j : nat) : list R :=
  match j with
  | O => [- (4 * M + 4 * M / (2 * M + 1)); 4 * M / (2 * M + 1) + 2 * M; - (4 * M)]
  | S j' => (4 * M * slope_sign j') :: zigzag_weights M j'
  end.

Definition zigzag_bias (M : R) : R := 2 * (M + 2).

Definition zigzag_signals (M : R) (j : nat) (y : R) : list R :=
  map (fun u => relu (fst u * (y - snd u))) (zigzag_units M j).

Definition zigzag_map (M : R) (j : nat) (y : R) : R :=
  dot (zigzag_weights M j) (zigzag_signals M j y) + zigzag_bias M.

(* The zigzag of the first three units. *)
Lemma zigzag_map_0 M y : zigzag_map M 0 y
  = - (4 * M + 4 * M / (2 * M + 1)) * relu (y - first_break M) +
  (4 * M / (2 * M + 1) + 2 * M) * relu (y - break M 2) + - (4 * M) * relu (break M 3 - y)
    + zigzag_bias M.
Proof. unfold zigzag_map, zigzag_signals; cbn [zigzag_weights zigzag_units map dot fst snd].
  rewrite !Rmult_1_l.
  replace (-1 * (y - break M 3)) with (break M 3 - y) by ring. ring. Qed.

(* Each further unit adds one bend. *)
Lemma zigzag_map_S M j y : zigzag_map M (S j) y = zigzag_map M j y + 4 * M * slope_sign j
  * relu (y - break M (4 + j)).
Proof. unfold zigzag_map, zigzag_signals; cbn [zigzag_weights zigzag_units map dot fst snd].
  rewrite !Rmult_1_l. ring. Qed.

Section Zigzag.
Variable M : R.
Hypothesis M_three : 3 <= M.

(* From the second on, breaks come in steps of 1/(2M). *)
Lemma break_S i : break M (S i) = break M i + / (2 * M). Proof. unfold break. rewrite S_INR.
  field. lra. Qed.

(* The steps between breaks are positive. *)
Lemma step_pos : 0 < / (2 * M). Proof. apply Rinv_0_lt_compat; lra. Qed.

(* So breaks go from left to right. *)
Lemma break_le i n : break M i <= break M (i + n).
Proof.
  induction n; [right; f_equal; lia|]. replace (i + S n)%nat with (S (i + n)) by lia.
  rewrite break_S. pose proof step_pos. lra. Qed.

(* The second break, where the third run starts. *)
Lemma break_2 : break M 2 = / 2 + / (2 * M). Proof. unfold break. simpl. field. lra. Qed.

(* The first break, in terms of the step. *)
Lemma first_break_value : first_break M = / 2 * / (2 * M). Proof. unfold first_break.
  field. lra. Qed.

(* The first break lies left of the second. *)
Lemma first_break_bounds : 0 < first_break M < / 2.
Proof. rewrite first_break_value. pose proof step_pos.
  assert (/ (2 * M) < 1) by (rewrite <- Rinv_1; apply Rinv_1_lt_contravar; lra). lra. Qed.

(* The runs: up, down, up, and then in turn. *)
Lemma run_first y : y <= first_break M -> zigzag_map M 0 y = (4 * M) * y + 0.
Proof. intros Hy. pose proof first_break_bounds. pose proof break_2. pose proof (break_S 2).
  pose proof step_pos.
  rewrite zigzag_map_0, (relu_neg (y - first_break M)), (relu_neg (y - break M 2)),
    (relu_pos (break M 3 - y)) by lra.
  rewrite (break_S 2), break_2. unfold zigzag_bias. field. lra. Qed.

(* The second run goes down, slowly. *)
Lemma run_second y : first_break M <= y <= break M 2 ->
  zigzag_map M 0 y = (- (4 * M / (2 * M + 1))) * y + (1 + 1 / (2 * M + 1)).
Proof. intros Hy. pose proof first_break_bounds. pose proof break_2. pose proof (break_S 2).
  pose proof step_pos.
  rewrite zigzag_map_0, (relu_pos (y - first_break M)), (relu_neg (y - break M 2)),
    (relu_pos (break M 3 - y)) by lra.
  rewrite (break_S 2), break_2, first_break_value. unfold zigzag_bias. field. lra. Qed.

(* The third run goes up. *)
Lemma run_third y : break M 2 <= y <= break M 3 -> zigzag_map M 0 y = (2 * M) * (y - break M 2).
Proof. intros Hy. pose proof first_break_bounds. pose proof break_2. pose proof (break_S 2).
  pose proof step_pos.
  rewrite zigzag_map_0, (relu_pos (y - first_break M)), (relu_pos (y - break M 2)),
    (relu_pos (break M 3 - y)) by lra.
  rewrite (break_S 2), break_2, first_break_value. unfold zigzag_bias. field. lra. Qed.

(* After the last break the last run goes down or up, in turn. *)
Lemma run_last j : forall y, break M (3 + j) <= y ->
  zigzag_map M j y = (- slope_sign j * (2 * M)) * (y - break M (3 + j)) + (1 + slope_sign j) / 2.
Proof. induction j; intros y Hy.
  - change (3 + 0)%nat with 3%nat in *. pose proof first_break_bounds. pose proof break_2.
    pose proof (break_S 2). pose proof step_pos.
    rewrite zigzag_map_0, (relu_pos (y - first_break M)), (relu_pos (y - break M 2)),
      (relu_neg (break M 3 - y)) by lra.
    rewrite (break_S 2), break_2, first_break_value. unfold zigzag_bias, slope_sign; simpl.
    field. lra.
  - change (3 + S j)%nat with (S (3 + j)) in *. rewrite break_S in *. pose proof step_pos.
    rewrite zigzag_map_S, IHj by lra. change (4 + j)%nat with (S (3 + j)).
    rewrite break_S, relu_pos by lra.
    rewrite slope_sign_S. field. lra. Qed.

(* Left of its break a unit is not felt, so that later units leave the runs before them alone. *)
Lemma later_units i n y : y <= break M (4 + i) -> zigzag_map M (i + n) y = zigzag_map M i y.
Proof. intros Hy. induction n; [f_equal; lia|]. replace (i + S n)%nat with (S (i + n)) by lia.
  rewrite zigzag_map_S, IHn, relu_neg; [ring|].
  pose proof (break_le (4 + i) n). replace (4 + (i + n))%nat with (4 + i + n)%nat by lia. lra. Qed.

(* ---------- a function with n laps, after the zigzag ---------- *)

Variables (G : R -> R) (n : nat).
Hypothesis G_laps : laps n 0 1 G.

(* The first four runs take n laps each. *)
Lemma laps_four f : (forall y, y <= break M 4 -> f y = G (zigzag_map M 0 y)) ->
  laps (4 * n) 0 (break M 4) f.
Proof. intros B. pose proof first_break_bounds as P1. pose proof break_2 as P2.
  pose proof (break_S 2) as P3.
  pose proof (break_S 3) as P4. pose proof step_pos as MI.
  replace (4 * n)%nat with (n + (n + (n + n)))%nat by lia.
  apply laps_cat with (first_break M);
    [|apply laps_cat with (break M 2); [|apply laps_cat with (break M 3)]].
  - apply (laps_line G n f 0 (first_break M) (4 * M) 0);
      [exact G_laps|lra|left; unfold first_break; split; field; lra|].
    intros x Hx. rewrite B, run_first by lra. reflexivity.
  - apply (laps_line G n f _ _ (- (4 * M / (2 * M + 1))) (1 + 1 / (2 * M + 1)));
      [exact G_laps|lra|right|].
    + rewrite first_break_value, P2. split; field; lra.
    + intros x Hx. rewrite B, run_second by lra. reflexivity.
  - apply (laps_line G n f _ _ (2 * M) (- (2 * M) * break M 2));
      [exact G_laps|lra|left; rewrite P3; split; field; lra|].
    intros x Hx. rewrite B, run_third by lra. f_equal. ring.
  - apply (laps_line G n f _ _ (- (2 * M)) (2 * M * break M 3 + 1));
      [exact G_laps|lra|right; rewrite P4; split; field; lra|].
    intros x Hx. rewrite B, (run_last 0) by (try change (3 + 0)%nat with 3%nat; lra). f_equal.
    change (3 + 0)%nat with 3%nat. unfold slope_sign; simpl. field. Qed.

(* All runs together: n (m + 1) laps. *)
Lemma laps_after_layer j : forall i f, (i <= j)%nat -> (forall y, f y = G (zigzag_map M j y)) ->
  laps ((4 + i) * n) 0 (break M (4 + i)) f.
Proof. intros i f Hi Hf. induction i.
  - apply laps_four. intros y Hy. rewrite Hf. f_equal. apply (later_units 0 j). exact Hy.
  - specialize (IHi ltac:(lia)). replace ((4 + S i) * n)%nat with ((4 + i) * n + n)%nat by lia.
    change (4 + S i)%nat with (S (4 + i)). pose proof (break_S (4 + i)) as PS. pose proof step_pos.
    apply laps_cat with (break M (4 + i)); [exact IHi|]. set (s := slope_sign (S i)).
    apply (laps_line G n f _ _ (- s * (2 * M)) (s * (2 * M) * break M (4 + i) + (1 + s) / 2));
      [exact G_laps|lra| |].
    + unfold s. rewrite PS. destruct (slope_sign_cases (S i)) as [-> | ->]; [right|left]; split;
        field; lra.
    + intros y Hy. rewrite Hf. f_equal. replace j with (S i + (j - S i))%nat by lia.
      rewrite later_units by exact (proj2 Hy).
      rewrite (run_last (S i)) by exact (proj1 Hy). change (3 + S i)%nat with (4 + i)%nat. unfold s.
      field. Qed.
End Zigzag.

(* ---------- the network ---------- *)

(* A layer of width m that reads y off the layer before it, by the weights W and the bias C. *)
Definition zigzag_layer (W : list R) (C : R) (m : nat) : layer :=
  map (fun u => (map (Rmult (fst u)) W, fst u * (C - snd u))) (zigzag_units (INR m) (m - 3)).

Fixpoint zigzag_layers (W : list R) (C : R) (ms : list nat) : list layer * node :=
  match ms with
  | [] => ([], (W, C))
  | m :: ms' => let r := zigzag_layers (zigzag_weights (INR m) (m - 3)) (zigzag_bias (INR m)) ms'
    in (zigzag_layer W C m :: fst r, snd r)
  end.

Definition zigzag_network (ms : list nat) : network := let r :=
  zigzag_layers [1] 0 ms in Network (fst r) (snd r).

(* The layer has 3 + j units. *)
Lemma zigzag_units_length M j : length (zigzag_units M j) = (3 + j)%nat.
Proof. induction j; [reflexivity|]. simpl in *. lia. Qed.

(* The widths are as asked for. *)
Lemma zigzag_widths ms : List.Forall (fun m => (3 <= m)%nat) ms ->
  forall W C, widths (fst (zigzag_layers W C ms)) = ms.
Proof.
  induction 1 as [|m ms Hm H IH]; intros W C; [reflexivity|]. cbn [zigzag_layers fst].
  unfold widths in *; cbn [map]. rewrite IH.
  f_equal. unfold zigzag_layer. rewrite map_length, zigzag_units_length. lia. Qed.

(* Its function: one zigzag after the other. *)
Fixpoint tower (ms : list nat) (y : R) : R := match ms with [] => y | m ::
  ms' => tower ms' (zigzag_map (INR m) (m - 3) y) end.

(* The network computes the tower. *)
Lemma zigzag_network_value ms : forall W C v, pre_activation (snd (zigzag_layers W C ms))
  (run Layered relu (fst (zigzag_layers W C ms)) v) = tower ms (dot W v + C).
Proof.
  induction ms as [|m ms IH]; intros W C v; [reflexivity|].
  cbn [zigzag_layers fst snd run tower pass_on]. rewrite IH. f_equal.
  unfold zigzag_map. f_equal. f_equal. unfold activations, zigzag_layer, zigzag_signals.
  rewrite map_map. apply map_ext. intros u.
  unfold pre_activation; cbn [fst snd]. rewrite dot_scale. f_equal. ring. Qed.

(* The number of laps is the product. *)
Lemma tower_laps ms : List.Forall (fun m => (3 <= m)%nat) ms ->
  laps (product_bound ms) 0 1 (tower ms).
Proof. induction 1 as [|m ms Hm H IH].
  - split; [simpl; lra|split; [simpl; lra|]]. exists 0%nat, (/ 2), (/ 2). simpl. repeat split; lra.
  - assert (HM : 3 <= INR m) by (replace 3 with (INR 3) by (simpl; ring); apply le_INR; exact Hm).
    pose proof (laps_after_layer (INR m) HM (tower ms) (product_bound ms) IH (m - 3) (m - 3)
      (tower (m :: ms)) (le_n _)
      (fun y => eq_refl)) as Z.
    replace (break (INR m) (4 + (m - 3))) with 1 in Z.
    + rewrite product_bound_cons. replace (m + 1)%nat with (4 + (m - 3))%nat by lia. exact Z.
    + replace (4 + (m - 3))%nat with (S m) by lia. unfold break. rewrite S_INR. field. lra. Qed.

(* The product bound is attained for all widths of at least 3. *)
Theorem pieces_product_attained ms : List.Forall (fun m => (3 <= m)%nat) ms ->
  exists N, widths (hidden N) = ms /\ pieces_exactly (product_bound ms) 0 1 (eval N).
Proof.
  intros H. exists (zigzag_network ms).
  assert (W : widths (hidden (zigzag_network ms)) = ms) by (apply zigzag_widths; exact H).
  split; [exact W|split].
  - rewrite <- W at 1. apply pieces_product. lra.
  - intros n HP. assert (E : forall x, eval (zigzag_network ms) x = tower ms x).
    { intro x. unfold eval, network_value, zigzag_network; cbn [hidden output].
      rewrite zigzag_network_value. f_equal. simpl. ring. }
    apply (laps_pieces (product_bound ms) n (tower ms)); [apply tower_laps; exact H| |].
    + intro x. apply continuous_ext with (eval (zigzag_network ms));
        [exact E|apply eval_continuous].
    + revert HP. apply pieces_ext. intros; apply E. Qed.
