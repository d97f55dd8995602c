(* pieces.product is attained: for widths of at least 3 some network has exactly the product of the m_i + 1 pieces.
   Every layer is a zigzag on [0,1] whose m + 1 runs each cover all of [0,1]. *)
Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations SeparationLecture.
Import ListNotations.
Open Scope R_scope.

(* ---------- laps ---------- *)

(* On [a, b], g starts at e, runs through 1/2 to 1 - e, through 1/2 back to e, and so on: n laps. *)
Fixpoint laps (n : nat) (e a b : R) (g : R -> R) : Prop :=
  match n with
  | O => a = b /\ g a = e
  | S n' => g a = e /\ exists h c, a <= h <= c /\ g h = / 2 /\ laps n' (1 - e) c b g
  end.

Lemma laps_le n : forall e a b g, laps n e a b g -> a <= b.
Proof.
  induction n; intros e a b g H; [destruct H; lra|]. destruct H as (_ & h & c & H1 & _ & H2). apply IHn in H2. lra.
Qed.

Lemma laps_start n e a b g : laps n e a b g -> g a = e.
Proof. destruct n; intros H; [exact (proj2 H)|exact (proj1 H)]. Qed.

Lemma laps_cat n : forall m e e' a c b g, laps n e a c g -> laps m e' c b g -> laps (n + m) e a b g.
Proof.
  induction n; intros m e e' a c b g H1 H2.
  - destruct H1 as [-> H1]. pose proof (laps_start _ _ _ _ _ H2) as E. replace e with e' by congruence. exact H2.
  - destruct H1 as (Ha & h & d & H1 & Hh & H3). split; [exact Ha|]. exists h, d. repeat split; try lra. exact (IHn m _ e' d c b g H3 H2).
Qed.

(* Laps survive an increasing change of the variable, and a decreasing one, which reverses them. *)
Lemma laps_increasing phi f G n : (forall y, 0 <= y <= 1 -> f (phi y) = G y) ->
  (forall y y', 0 <= y -> y <= y' -> y' <= 1 -> phi y <= phi y') ->
  forall e u v, 0 <= u -> v <= 1 -> laps n e u v G -> laps n e (phi u) (phi v) f.
Proof.
  intros Hf Hm. induction n; intros e u v Hu Hv H.
  - destruct H as [-> H]. split; [reflexivity|]. rewrite Hf by lra. exact H.
  - pose proof (laps_le _ _ _ _ _ H) as L. destruct H as (Ha & h & c & H1 & Hh & H2). pose proof (laps_le _ _ _ _ _ H2) as L2.
    split; [rewrite Hf by lra; exact Ha|]. exists (phi h), (phi c). split; [split; apply Hm; lra|].
    split; [rewrite Hf by lra; exact Hh|]. apply IHn; [lra|lra|exact H2].
Qed.

Lemma laps_decreasing phi f G n : (forall y, 0 <= y <= 1 -> f (phi y) = G y) ->
  (forall y y', 0 <= y -> y <= y' -> y' <= 1 -> phi y' <= phi y) ->
  forall e u v, 0 <= u -> v <= 1 -> laps n e u v G -> exists e', laps n e' (phi v) (phi u) f.
Proof.
  intros Hf Hm. induction n; intros e u v Hu Hv H.
  - destruct H as [-> H]. exists e. split; [reflexivity|]. rewrite Hf by lra. exact H.
  - pose proof (laps_le _ _ _ _ _ H) as L. destruct H as (Ha & h & c & H1 & Hh & H2). pose proof (laps_le _ _ _ _ _ H2) as L2.
    pose proof (laps_start _ _ _ _ _ H2) as Hc. destruct (IHn _ c v ltac:(lra) ltac:(lra) H2) as (e' & H3). exists e'.
    replace (S n) with (n + 1)%nat by lia. apply laps_cat with (1 - e) (phi c); [exact H3|].
    split; [rewrite Hf by lra; exact Hc|]. exists (phi h), (phi u). split; [split; apply Hm; lra|]. split; [rewrite Hf by lra; exact Hh|].
    split; [reflexivity|]. rewrite Hf by lra. lra.
Qed.

(* Between two passages through 1/2 there is a turn, so there is a kink. *)
Lemma laps_kinks n : forall e h c b g, e <> / 2 -> h <= c -> g h = / 2 -> laps n e c b g ->
  exists d, d <= b /\ cells (fun u v => ~ affine_on g u v) n h d.
Proof.
  induction n; intros e h c b g He Hh Hg H.
  - destruct H as [-> _]. exists h. split; [exact Hh|reflexivity].
  - destruct H as (Hc & h' & c' & H1 & Hh' & H2). destruct (IHn (1 - e) h' c' b g ltac:(lra) ltac:(lra) Hh' H2) as (d & Hd & K).
    exists d. split; [exact Hd|]. exists h'. pose proof (cells_le _ _ _ _ K). split; [lra|split; [|exact K]].
    intros (p & q & A). rewrite A in Hg, Hc, Hh' by lra. apply He. rewrite <- Hc.
    assert (P : p * (h' - h) = 0) by lra. apply Rmult_integral in P. destruct P as [P|P]; [rewrite P in *; lra|].
    replace c with h by lra. exact Hg.
Qed.

(* n laps need n pieces. *)
Lemma laps_pieces n p e g : e <> / 2 -> laps n e 0 1 g -> (forall x, continuous g x) -> pieces p 0 1 g -> (n <= p)%nat.
Proof.
  intros He H Hg HP. destruct n as [|n]; [lia|]. destruct H as (_ & h & c & H1 & Hh & H2).
  destruct (laps_kinks n (1 - e) h c 1 g ltac:(lra) ltac:(lra) Hh H2) as (d & Hd & K).
  destruct (pieces_positive p 0 1 g ltac:(lra) HP) as [m ->].
  pose proof (cells_lower _ n (affine_on_hereditary g) m 0 h d 1 ltac:(lra) Hd K (pieces_closed _ _ _ _ Hg HP)). lia.
Qed.

(* ---------- one layer of m = 3 + j units; M is m as a real number ---------- *)

(* The breaks of the zigzag: one at 1/(4M), then at 1/2 + 1/(2M), and on to 1 in steps of 1/(2M). *)
Definition first_break (M : R) : R := 1 / (4 * M).
Definition break (M : R) (i : nat) : R := (M + INR i - 1) / (2 * M).

(* The units: sign and break.  The third is active on the left; that makes room for one more run. *)
Fixpoint zigzag_units (M : R) (j : nat) : list (R * R) :=
  match j with O => [(1, first_break M); (1, break M 2); (-1, break M 3)] | S j' => (1, break M (4 + j')) :: zigzag_units M j' end.

Fixpoint zigzag_weights (M : R) (j : nat) : list R :=
  match j with
  | O => [- (4 * M + 4 * M / (2 * M + 1)); 4 * M / (2 * M + 1) + 2 * M; - (4 * M)]
  | S j' => (4 * M * slope_sign j') :: zigzag_weights M j'
  end.

Definition zigzag_bias (M : R) : R := 2 * (M + 2).

Definition zigzag_signals (M : R) (j : nat) (y : R) : list R := map (fun u => relu (fst u * (y - snd u))) (zigzag_units M j).

Definition zigzag_map (M : R) (j : nat) (y : R) : R := dot (zigzag_weights M j) (zigzag_signals M j y) + zigzag_bias M.

Lemma zigzag_map_0 M y : zigzag_map M 0 y = - (4 * M + 4 * M / (2 * M + 1)) * relu (y - first_break M) +
  (4 * M / (2 * M + 1) + 2 * M) * relu (y - break M 2) + - (4 * M) * relu (break M 3 - y) + zigzag_bias M.
Proof.
  unfold zigzag_map, zigzag_signals; cbn [zigzag_weights zigzag_units map dot fst snd]. rewrite !Rmult_1_l.
  replace (-1 * (y - break M 3)) with (break M 3 - y) by ring. ring.
Qed.

Lemma zigzag_map_S M j y : zigzag_map M (S j) y = zigzag_map M j y + 4 * M * slope_sign j * relu (y - break M (4 + j)).
Proof. unfold zigzag_map, zigzag_signals; cbn [zigzag_weights zigzag_units map dot fst snd]. rewrite !Rmult_1_l. ring. Qed.

Section Zigzag.
Variable M : R.
Hypothesis M_three : 3 <= M.

Lemma break_S i : break M (S i) = break M i + / (2 * M).
Proof. unfold break. rewrite S_INR. field. lra. Qed.

Lemma step_pos : 0 < / (2 * M).
Proof. apply Rinv_0_lt_compat; lra. Qed.

Lemma break_le i n : break M i <= break M (i + n).
Proof.
  induction n; [right; f_equal; lia|]. replace (i + S n)%nat with (S (i + n)) by lia. rewrite break_S. pose proof step_pos. lra.
Qed.

Lemma break_2 : break M 2 = / 2 + / (2 * M).
Proof. unfold break. simpl. field. lra. Qed.

Lemma first_break_value : first_break M = / 2 * / (2 * M).
Proof. unfold first_break. field. lra. Qed.

Lemma first_break_bounds : 0 < first_break M < / 2.
Proof.
  rewrite first_break_value. pose proof step_pos.
  assert (/ (2 * M) < 1) by (rewrite <- Rinv_1; apply Rinv_1_lt_contravar; lra). lra.
Qed.

(* The runs: up, down, up, and then in turn. *)
Lemma run_first y : y <= first_break M -> zigzag_map M 0 y = (4 * M) * y + 0.
Proof.
  intros Hy. pose proof first_break_bounds. pose proof break_2. pose proof (break_S 2). pose proof step_pos.
  rewrite zigzag_map_0, (relu_neg (y - first_break M)), (relu_neg (y - break M 2)), (relu_pos (break M 3 - y)) by lra.
  rewrite (break_S 2), break_2. unfold zigzag_bias. field. lra.
Qed.

Lemma run_second y : first_break M <= y <= break M 2 -> zigzag_map M 0 y = (- (4 * M / (2 * M + 1))) * y + (1 + 1 / (2 * M + 1)).
Proof.
  intros Hy. pose proof first_break_bounds. pose proof break_2. pose proof (break_S 2). pose proof step_pos.
  rewrite zigzag_map_0, (relu_pos (y - first_break M)), (relu_neg (y - break M 2)), (relu_pos (break M 3 - y)) by lra.
  rewrite (break_S 2), break_2, first_break_value. unfold zigzag_bias. field. lra.
Qed.

Lemma run_third y : break M 2 <= y <= break M 3 -> zigzag_map M 0 y = (2 * M) * (y - break M 2).
Proof.
  intros Hy. pose proof first_break_bounds. pose proof break_2. pose proof (break_S 2). pose proof step_pos.
  rewrite zigzag_map_0, (relu_pos (y - first_break M)), (relu_pos (y - break M 2)), (relu_pos (break M 3 - y)) by lra.
  rewrite (break_S 2), break_2, first_break_value. unfold zigzag_bias. field. lra.
Qed.

Lemma run_last j : forall y, break M (3 + j) <= y ->
  zigzag_map M j y = (- slope_sign j * (2 * M)) * (y - break M (3 + j)) + (1 + slope_sign j) / 2.
Proof.
  induction j; intros y Hy.
  - change (3 + 0)%nat with 3%nat in *. pose proof first_break_bounds. pose proof break_2. pose proof (break_S 2). pose proof step_pos.
    rewrite zigzag_map_0, (relu_pos (y - first_break M)), (relu_pos (y - break M 2)), (relu_neg (break M 3 - y)) by lra.
    rewrite (break_S 2), break_2, first_break_value. unfold zigzag_bias, slope_sign; simpl. field. lra.
  - change (3 + S j)%nat with (S (3 + j)) in *. rewrite break_S in *. pose proof step_pos.
    rewrite zigzag_map_S, IHj by lra. change (4 + j)%nat with (S (3 + j)). rewrite break_S, relu_pos by lra.
    rewrite slope_sign_S. field. lra.
Qed.

Lemma later_units i n y : y <= break M (4 + i) -> zigzag_map M (i + n) y = zigzag_map M i y.
Proof.
  intros Hy. induction n; [f_equal; lia|]. replace (i + S n)%nat with (S (i + n)) by lia.
  rewrite zigzag_map_S, IHn, relu_neg; [ring|].
  pose proof (break_le (4 + i) n). replace (4 + (i + n))%nat with (4 + i + n)%nat by lia. lra.
Qed.

(* ---------- a function with n laps, after the zigzag ---------- *)

Variables (G : R -> R) (n : nat) (e : R).
Hypothesis G_laps : laps n e 0 1 G.

Lemma laps_up f a b p q : 0 < p -> p * a + q = 0 -> p * b + q = 1 -> (forall x, a <= x <= b -> f x = G (p * x + q)) -> laps n e a b f.
Proof.
  intros Hp Ea Eb Hf. set (phi := fun y => (y - q) / p). assert (Hi : 0 < / p) by (apply Rinv_0_lt_compat; lra).
  replace a with (phi 0) by (unfold phi; apply Rmult_eq_reg_l with p; [field_simplify; lra|lra]).
  replace b with (phi 1) by (unfold phi; apply Rmult_eq_reg_l with p; [field_simplify; lra|lra]).
  apply (laps_increasing phi f G n); try lra; [| |exact G_laps].
  - intros y Hy. assert (Ey : p * phi y + q = y) by (unfold phi; field; lra). rewrite Hf; [f_equal; exact Ey|]. split; nra.
  - intros y y' _ Hy _. unfold phi, Rdiv. apply Rmult_le_compat_r; lra.
Qed.

Lemma laps_down f a b p q : p < 0 -> p * a + q = 1 -> p * b + q = 0 -> (forall x, a <= x <= b -> f x = G (p * x + q)) ->
  exists e', laps n e' a b f.
Proof.
  intros Hp Ea Eb Hf. set (phi := fun y => (y - q) / p). assert (Hi : / p < 0) by (apply Rinv_lt_0_compat; lra).
  replace a with (phi 1) by (unfold phi; apply Rmult_eq_reg_l with p; [field_simplify; lra|lra]).
  replace b with (phi 0) by (unfold phi; apply Rmult_eq_reg_l with p; [field_simplify; lra|lra]).
  apply (laps_decreasing phi f G n) with e; try lra; [| |exact G_laps].
  - intros y Hy. assert (Ey : p * phi y + q = y) by (unfold phi; field; lra). rewrite Hf; [f_equal; exact Ey|]. split; nra.
  - intros y y' _ Hy _. unfold phi, Rdiv. nra.
Qed.

(* The first four runs. *)
Lemma laps_four f : (forall y, y <= break M 4 -> f y = G (zigzag_map M 0 y)) -> laps (4 * n) e 0 (break M 4) f.
Proof.
  intros B. pose proof first_break_bounds as P1. pose proof break_2 as P2. pose proof (break_S 2) as P3.
  pose proof (break_S 3) as P4. pose proof step_pos as MI.
  assert (L0 : laps n e 0 (first_break M) f).
  { apply laps_up with (4 * M) 0; [lra|ring|unfold first_break; field; lra|]. intros x Hx. rewrite B, run_first by lra. reflexivity. }
  assert (L1 : exists e', laps n e' (first_break M) (break M 2) f).
  { apply laps_down with (- (4 * M / (2 * M + 1))) (1 + 1 / (2 * M + 1)).
    - assert (0 < 4 * M / (2 * M + 1)) by (apply Rdiv_lt_0_compat; lra). lra.
    - rewrite first_break_value. field. lra.
    - rewrite P2. field. lra.
    - intros x Hx. rewrite B, run_second by lra. reflexivity. }
  assert (L2 : laps n e (break M 2) (break M 3) f).
  { apply laps_up with (2 * M) (- (2 * M) * break M 2); [lra|ring|rewrite P3; field; lra|].
    intros x Hx. rewrite B, run_third by lra. f_equal. ring. }
  assert (L3 : exists e', laps n e' (break M 3) (break M 4) f).
  { apply laps_down with (- (2 * M)) (2 * M * break M 3 + 1); [lra|ring|rewrite P4; field; lra|].
    intros x Hx. rewrite B, (run_last 0) by (try change (3 + 0)%nat with 3%nat; lra). f_equal.
    change (3 + 0)%nat with 3%nat. unfold slope_sign; simpl. field. }
  destruct L1 as (e1 & L1). destruct L3 as (e3 & L3). replace (4 * n)%nat with (n + (n + (n + n)))%nat by lia.
  apply laps_cat with e1 (first_break M); [exact L0|]. apply laps_cat with e (break M 2); [exact L1|].
  apply laps_cat with e3 (break M 3); [exact L2|exact L3].
Qed.

(* All of them: n (m + 1) laps. *)
Lemma laps_after_layer j : forall i f, (i <= j)%nat -> (forall y, f y = G (zigzag_map M j y)) -> laps ((4 + i) * n) e 0 (break M (4 + i)) f.
Proof.
  intros i f Hi Hf. induction i.
  - apply laps_four. intros y Hy. rewrite Hf. f_equal. apply (later_units 0 j). exact Hy.
  - specialize (IHi ltac:(lia)). replace ((4 + S i) * n)%nat with ((4 + i) * n + n)%nat by lia.
    change (4 + S i)%nat with (S (4 + i)). pose proof (break_S (4 + i)) as PS.
    assert (B : forall y, break M (4 + i) <= y <= break M (S (4 + i)) -> f y =
      G ((- slope_sign (S i) * (2 * M)) * y + (slope_sign (S i) * (2 * M) * break M (4 + i) + (1 + slope_sign (S i)) / 2))).
    { intros y Hy. rewrite Hf. f_equal. replace j with (S i + (j - S i))%nat by lia. rewrite later_units by exact (proj2 Hy).
      rewrite (run_last (S i)) by exact (proj1 Hy). change (3 + S i)%nat with (4 + i)%nat. field. }
    assert (L : exists e', laps n e' (break M (4 + i)) (break M (S (4 + i))) f).
    { destruct (slope_sign_cases (S i)) as [Es|Es]; rewrite Es in B.
      - eapply laps_down; [| | |exact B]; [lra|field|rewrite PS; field; lra].
      - exists e. eapply laps_up; [| | |exact B]; [lra|field|rewrite PS; field; lra]. }
    destruct L as (e' & L). apply laps_cat with e' (break M (4 + i)); [exact IHi|exact L].
Qed.
End Zigzag.

(* ---------- the network ---------- *)

(* A layer of width m that reads y off the layer before it, by the weights W and the bias C. *)
Definition zigzag_layer (W : list R) (C : R) (m : nat) : layer :=
  map (fun u => (map (Rmult (fst u)) W, fst u * (C - snd u))) (zigzag_units (INR m) (m - 3)).

Fixpoint zigzag_layers (W : list R) (C : R) (ms : list nat) : list layer * node :=
  match ms with
  | [] => ([], (W, C))
  | m :: ms' => let r := zigzag_layers (zigzag_weights (INR m) (m - 3)) (zigzag_bias (INR m)) ms' in (zigzag_layer W C m :: fst r, snd r)
  end.

Definition zigzag_network (ms : list nat) : network := let r := zigzag_layers [1] 0 ms in Network (fst r) (snd r).

Lemma zigzag_units_length M j : length (zigzag_units M j) = (3 + j)%nat.
Proof. induction j; [reflexivity|]. simpl in *. lia. Qed.

Lemma zigzag_widths ms : List.Forall (fun m => (3 <= m)%nat) ms -> forall W C, widths (fst (zigzag_layers W C ms)) = ms.
Proof.
  induction 1 as [|m ms Hm H IH]; intros W C; [reflexivity|]. cbn [zigzag_layers fst]. unfold widths in *; cbn [map]. rewrite IH.
  f_equal. unfold zigzag_layer. rewrite map_length, zigzag_units_length. lia.
Qed.

(* Its function: one zigzag after the other. *)
Fixpoint tower (ms : list nat) (y : R) : R := match ms with [] => y | m :: ms' => tower ms' (zigzag_map (INR m) (m - 3) y) end.

Lemma zigzag_network_value ms : forall W C v, pre_activation (snd (zigzag_layers W C ms))
  (run Layered relu (fst (zigzag_layers W C ms)) v) = tower ms (dot W v + C).
Proof.
  induction ms as [|m ms IH]; intros W C v; [reflexivity|]. cbn [zigzag_layers fst snd run tower pass_on]. rewrite IH. f_equal.
  unfold zigzag_map. f_equal. f_equal. unfold activations, zigzag_layer, zigzag_signals. rewrite map_map. apply map_ext. intros u.
  unfold pre_activation; cbn [fst snd]. rewrite dot_scale. f_equal. ring.
Qed.

Lemma tower_laps ms : List.Forall (fun m => (3 <= m)%nat) ms -> laps (product_bound ms) 0 0 1 (tower ms).
Proof.
  induction 1 as [|m ms Hm H IH].
  - split; [reflexivity|]. exists (/ 2), 1. split; [lra|]. split; [reflexivity|]. split; [reflexivity|simpl; ring].
  - assert (HM : 3 <= INR m) by (replace 3 with (INR 3) by (simpl; ring); apply le_INR; exact Hm).
    pose proof (laps_after_layer (INR m) HM (tower ms) (product_bound ms) 0 IH (m - 3) (m - 3) (tower (m :: ms)) (le_n _)
      (fun y => eq_refl)) as Z.
    replace (break (INR m) (4 + (m - 3))) with 1 in Z.
    + rewrite product_bound_cons. replace (m + 1)%nat with (4 + (m - 3))%nat by lia. exact Z.
    + replace (4 + (m - 3))%nat with (S m) by lia. unfold break. rewrite S_INR. field. lra.
Qed.

Theorem pieces_product_attained ms : List.Forall (fun m => (3 <= m)%nat) ms ->
  exists N, widths (hidden N) = ms /\ pieces_exactly (product_bound ms) 0 1 (eval N).
Proof.
  intros H. exists (zigzag_network ms). assert (W : widths (hidden (zigzag_network ms)) = ms) by (apply zigzag_widths; exact H).
  split; [exact W|split].
  - rewrite <- W at 1. apply pieces_product. lra.
  - intros n HP. assert (E : forall x, eval (zigzag_network ms) x = tower ms x).
    { intro x. unfold eval, network_value, zigzag_network; cbn [hidden output]. rewrite zigzag_network_value. f_equal. simpl. ring. }
    apply (laps_pieces (product_bound ms) n 0 (tower ms)); [lra|apply tower_laps; exact H| |].
    + intro x. apply continuous_ext with (eval (zigzag_network ms)); [exact E|apply eval_continuous].
    + revert HP. apply pieces_ext. intros; apply E.
Qed.
