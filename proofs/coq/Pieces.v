(* "Shallow functions have few linear pieces": upper bounds on the number of pieces.
   The slides double the count at every layer.
   Counting the cells that all units of a layer have in common
   gives the product of m_i + 1, and the lecture's bound follows from it. *)
From Depthproof Require Import Definitions PiecewiseLinear.

(* ---------- one unit ---------- *)

(* ReLU itself has two pieces on every interval. *)
Lemma relu_pieces a b : a <= b -> pieces 2 a b relu.
Proof. intros Hab. set (c := Rmax a (Rmin b 0)).
  assert (Hc : a <= c <= b) by (unfold c, Rmax, Rmin; repeat destruct Rle_dec; lra).
  assert (Hl : forall x, a < x < c -> x <= 0) by (unfold c, Rmax, Rmin; repeat destruct Rle_dec;
    intros; lra).
  assert (Hr : forall x, c < x < b -> 0 <= x) by (unfold c, Rmax, Rmin; repeat destruct Rle_dec;
    intros; lra).
  exists c. split; [assumption|split]; [|apply cells_one; [lra|]].
  - exists 0, 0. intros x Hx. rewrite relu_neg by auto. ring.
  - exists 1, 0. intros x Hx. rewrite relu_pos by auto. ring. Qed.

(* An activation with t pieces has at most t pieces after an affine map. *)
Lemma activation_of_affine act t f a b : (forall u v, u <= v -> pieces t u v act) ->
  a <= b -> affine_inside f a b -> pieces t a b (fun x => act (f x)).
Proof. intros Hact Hab (p & q & Hf).
  assert (Pos : forall g k r, (forall u v, u <= v -> pieces t u v g) -> 0 < k ->
    pieces t a b (fun x => g (k * x + r))).
  { intros g k r Hg Hk. unfold pieces.
    apply cells_weaken with (fun u v => affine_inside g (k * u + r) (k * v + r)).
    - intros u v _ _ _ (p' & q' & H). exists (p' * k), (p' * r + q'). intros x Hx.
      rewrite H by nra. ring.
    - apply (cells_rescale (affine_inside g)); [assumption|]. apply Hg. nra. }
  apply pieces_ext with (fun x => act (p * x + q));
    [intros; rewrite Hf by assumption; reflexivity|].
  destruct (Rtotal_order p 0) as [Hp|[->|Hp]]; [| |apply Pos; assumption].
  - apply pieces_ext with (fun x => act (- (- p * x + - q))); [intros; f_equal; ring|].
    apply (Pos (fun y => act (- y))); [|lra]. intros u v Huv.
    rewrite <- (Ropp_involutive u), <- (Ropp_involutive v).
    apply cells_weaken with (fun u v => affine_inside act (- v) (- u)).
    + intros u' v' _ _ _ (p' & q' & H). exists (- p'), q'. intros x Hx. rewrite H by lra. ring.
    + apply cells_mirror, Hact. lra.
  - destruct (pieces_positive t 0 1 act) as [n ->]; [lra|apply Hact; lra|].
    apply pieces_more with 1%nat; [lia|]. apply cells_one; [assumption|].
    exists 0, (act q). intros x _. rewrite !Rmult_0_l, !Rplus_0_l. reflexivity. Qed.

(* The slide's step: ReLU at most doubles the number of pieces (h may jump). *)
Theorem pieces_relu_lecture p a b h : pieces p a b h -> pieces (2 * p) a b (fun x => relu (h x)).
Proof. intros H. rewrite Nat.mul_comm. apply cells_refine with (affine_inside h); [|assumption].
  intros u v _ Huv _. apply activation_of_affine; [exact relu_pieces|assumption]. Qed.

(* The slide's other step, with one piece less than on the slide. *)
Theorem pieces_sum p q a b f g : pieces p a b f -> pieces q a b g ->
  pieces (p + q - 1) a b (fun x => f x + g x).
Proof. intros Hf Hg. destruct p as [|p].
  { apply pieces_more with 0%nat; [lia|exact Hf]. }
  destruct q as [|q].
  { apply pieces_more with 0%nat; [lia|exact Hg]. }
  replace (S p + S q - 1)%nat with (S (p + q)) by lia.
  apply cells_weaken with (fun u v => affine_inside f u v /\ affine_inside g u v).
  - intros u v _ _ _ [H1 H2]. apply affine_sum; assumption.
  - apply cells_meet; auto using affine_hereditary. Qed.

(* ---------- layers and networks ---------- *)

Definition unit_functions (act : R -> R) (l : layer) (F : list (R -> R)) : list (R -> R) :=
  map (fun n => fun x => act (pre_activation n (values F x))) l.

(* What a layer passes on is the list of its unit functions, with the earlier ones in a skip
   network. *)
Lemma values_layer arch act l F x :
  pass_on arch (values F x) (activations act l (values F x))
    = values (pass_on arch F (unit_functions act l F)) x.
Proof. assert (E : activations act l (values F x) = values (unit_functions act l F) x).
  { unfold values at 2, activations, unit_functions. rewrite map_map. reflexivity. }
  rewrite E. destruct arch; [reflexivity|]. symmetry. apply values_app. Qed.

Section Activation.
Variables (arch : architecture) (act : R -> R) (t : nat).
Hypothesis act_pieces : forall u v, u <= v -> pieces t u v act.

(* Where all inputs of a layer are affine, its m units together make at most (t - 1) m + 1 cells. *)
Lemma layer_cells l F a b : a <= b -> all_affine F a b ->
  cells (all_affine (pass_on arch F (unit_functions act l F))) ((t - 1) * length l + 1) a b.
Proof. intros Hab HF. destruct (pieces_positive t 0 1 act) as [s E]; [lra|apply act_pieces; lra|].
  replace (t - 1)%nat with s by lia. rewrite Nat.add_1_r.
  apply cells_weaken with (all_affine (unit_functions act l F)).
  { intros u v Hu _ Hv HU. destruct arch; [exact HU|]. apply List.Forall_app; split; [|exact HU].
    apply (all_affine_hereditary F) with a b; assumption. }
  induction l as [|n l IH].
  - rewrite Nat.mul_0_r. apply cells_one; [assumption|constructor].
  - cbn [length]. rewrite Nat.mul_succ_r, Nat.add_comm.
    set (f := fun x => act (pre_activation n (values F x))).
    apply cells_weaken with (fun u v => affine_inside f u v /\
      all_affine (unit_functions act l F) u v).
    + intros u v _ _ _ [H1 H2]. constructor; assumption.
    + apply cells_meet; [apply affine_hereditary|apply all_affine_hereditary| |exact IH].
      rewrite <- E. apply (activation_of_affine act t (fun x => pre_activation n (values F x)));
        auto.
      apply affine_pre_activation; assumption. Qed.

(* Layer after layer the counts multiply. *)
Lemma run_pieces o ls : forall F p a b, cells (all_affine F) p a b ->
  pieces (p * activation_bound t (widths ls))
    a b (fun x => pre_activation o (run arch act ls (values F x))).
Proof. induction ls as [|l ls IH]; intros F p a b H.
  - cbn. rewrite Nat.mul_1_r. revert H. apply cells_weaken. intros u v _ _ _.
    apply affine_pre_activation.
  - cbn [widths map activation_bound fold_right]. rewrite Nat.mul_assoc.
    apply pieces_ext with (fun x => pre_activation o
      (run arch act ls (values (pass_on arch F (unit_functions act l F)) x))).
    { intros x _. cbn [run]. rewrite values_layer. reflexivity. }
    apply (IH (pass_on arch F (unit_functions act l F))).
    apply cells_refine with (all_affine F); [|assumption]. intros u v _ Huv _.
    apply layer_cells; assumption. Qed.

(* The general bound: every architecture, every activation with t pieces. *)
Theorem pieces_activation N a b : a <= b ->
  pieces (activation_bound t (widths (hidden N))) a b (fun x => network_value arch act N [x]).
Proof. intros Hab. rewrite <- (Nat.mul_1_l (activation_bound _ _)).
  apply (run_pieces (output N) (hidden N) [fun x => x]). apply cells_one; [assumption|].
  constructor; [|constructor]. exists 1, 0. intros; ring. Qed.
End Activation.

(* ReLU has two pieces. *)
Lemma activation_bound_relu ws : activation_bound 2 ws = product_bound ws.
Proof. induction ws as [|w ws IH]; [reflexivity|].
  change (((2 - 1) * w + 1) * activation_bound 2 ws = (w + 1) * product_bound ws)%nat. rewrite IH.
  f_equal. lia. Qed.

(* ReLU networks, all weights: the product of the m_i + 1 (1 for L = 0). *)
Theorem pieces_product N a b : a <= b -> pieces (product_bound (widths (hidden N))) a b (eval N).
Proof. intros. rewrite <- activation_bound_relu.
  apply pieces_activation; [exact relu_pieces|assumption]. Qed.

(* The same count with skip connections, input to output included. *)
Theorem pieces_skip N a b : a <= b -> pieces (product_bound (widths (hidden N))) a b (eval_skip N).
Proof. intros. rewrite <- activation_bound_relu.
  apply pieces_activation; [exact relu_pieces|assumption]. Qed.

(* The case L = 1 of the slides. *)
Theorem pieces_one_layer l o a b : a <= b -> pieces (length l + 1) a b (eval (Network [l] o)).
Proof. intros Hab. pose proof (pieces_product (Network [l] o) a b Hab) as H.
  cbn in H. rewrite Nat.mul_1_r in H. exact H. Qed.

(* The product is never more than the lecture's bound, because m + 1 <= 2 m. *)
Theorem pieces_product_le_lecture ws : List.Forall (fun m => (1 <= m)%nat) ws ->
  (product_bound ws <= lecture_bound ws)%nat.
Proof. destruct ws as [|m ws]; [intros; cbn; lia|]. intros H. inversion H as [|? ? _ Hws]; subst.
  assert (B : (product_bound ws <= 2 ^ length ws * fold_right Nat.mul 1 ws)%nat).
  { clear H. induction Hws as [|w ws Hw _ IH]; [cbn; lia|].
    cbn [product_bound fold_right length Nat.pow]. fold (product_bound ws).
    set (P := product_bound ws) in *. set (Q := fold_right Nat.mul 1%nat ws) in *.
    set (T := (2 ^ length ws)%nat) in *.
    assert ((w + 1) * P <= (2 * w) * (T * Q))%nat by (apply Nat.mul_le_mono; lia). nia. }
  cbn [product_bound fold_right lecture_bound]. fold (product_bound ws).
  rewrite Nat.mul_assoc, (Nat.mul_comm (2 ^ length ws)), <- Nat.mul_assoc. apply Nat.mul_le_mono_l.
  exact B. Qed.

(* The claim of the slides. *)
Theorem pieces_lecture N a b : a <= b -> List.Forall (fun m => (1 <= m)%nat) (widths (hidden N)) ->
  pieces (lecture_bound (widths (hidden N))) a b (eval N).
Proof. intros Hab H. apply pieces_more with (product_bound (widths (hidden N)));
  [apply pieces_product_le_lecture; exact H|].
  apply pieces_product; assumption. Qed.

(* ---------- ReLU of a continuous function: 3p/2 + 1 pieces ---------- *)

Definition zero_on (f : R -> R) (a b : R) : Prop := forall x, a <= x <= b -> f x = 0.

(* A piece where ReLU gives 0 is a piece. *)
Lemma zero_affine f a b : zero_on f a b -> affine_inside f a b.
Proof. intros H. exists 0, 0. intros. rewrite H by lra. ring. Qed.

(* Neighbouring zero pieces are one piece. *)
Lemma zero_cat f a c b : zero_on f a c -> zero_on f c b -> zero_on f a b.
Proof. intros H1 H2 x Hx. destruct (Rle_dec x c); [apply H1|apply H2]; lra. Qed.

(* An affine function keeps its sign between two points where it has the same sign. *)
Lemma line_nonneg p q a b x : a <= x <= b -> 0 <= p * a + q -> 0 <= p * b + q -> 0 <= p * x + q.
Proof. intros. destruct (Rle_dec 0 p); nra. Qed.

(* A piece with both ends below zero becomes a zero piece. *)
Lemma relu_negative_piece f a b : affine_on f a b -> f a <= 0 -> f b <= 0 ->
  zero_on (fun x => relu (f x)) a b.
Proof. intros (p & q & H) Ha Hb x Hx. rewrite H in Ha, Hb by lra. rewrite H by lra. apply relu_neg.
  pose proof (line_nonneg (- p) (- q) a b x Hx). lra. Qed.

(* A piece with both ends above zero stays as it is. *)
Lemma relu_positive_piece f a b : affine_on f a b -> 0 <= f a -> 0 <= f b ->
  affine_inside (fun x => relu (f x)) a b.
Proof. intros (p & q & H) Ha Hb. exists p, q. intros x Hx. rewrite H in Ha, Hb by lra.
  rewrite H by lra.
  apply relu_pos, (line_nonneg p q a b); lra. Qed.

(* A piece whose ends have opposite signs has a zero. *)
Lemma affine_root f a b : a <= b -> affine_on f a b -> f a * f b <= 0 ->
  exists c, a <= c <= b /\ f c = 0.
Proof. intros Hab (p & q & H) Hs. rewrite (H a), (H b) in Hs by lra.
  destruct (Req_dec p 0) as [->|Hp].
  - exists a. split; [lra|]. rewrite H by lra. nra.
  - set (c := - q / p). assert (Ec : p * c + q = 0) by (unfold c; field; lra).
    assert (Ea : p * a + q = p * (a - c)) by lra. assert (Eb : p * b + q = p * (b - c)) by lra.
    rewrite Ea, Eb in Hs.
    assert (0 < p * p) by nra. assert ((a - c) * (b - c) <= 0) by nra.
    assert (a <= c <= b) by nra. exists c; split; [assumption|]. rewrite H by assumption.
    exact Ec. Qed.

(* A piece that crosses zero upwards becomes a zero piece and a rising one. *)
Lemma relu_rising_piece f a b : a <= b -> affine_on f a b -> f a <= 0 -> 0 <= f b ->
  exists c, a <= c <= b /\ zero_on (fun x => relu (f x)) a c /\
    affine_inside (fun x => relu (f x)) c b.
Proof. intros Hab H Ha Hb. destruct (affine_root f a b Hab H) as (c & Hc & E); [nra|]. exists c.
  split; [assumption|split].
  - apply relu_negative_piece; [apply (affine_on_hereditary f) with a b; lra || assumption|lra|lra].
  - apply relu_positive_piece; [apply (affine_on_hereditary f) with a b; lra || assumption|lra|lra].
    Qed.

(* A piece that crosses zero downwards becomes a falling one and a zero piece. *)
Lemma relu_falling_piece f a b : a <= b -> affine_on f a b -> 0 <= f a -> f b <= 0 ->
  exists c, a <= c <= b /\ affine_inside (fun x => relu (f x)) a c /\
    zero_on (fun x => relu (f x)) c b.
Proof. intros Hab H Ha Hb. destruct (affine_root f a b Hab H) as (c & Hc & E); [nra|]. exists c.
  split; [assumption|split].
  - apply relu_positive_piece; [apply (affine_on_hereditary f) with a b; lra || assumption|lra|lra].
  - apply relu_negative_piece; [apply (affine_on_hereditary f) with a b; lra || assumption|lra|lra].
    Qed.

(* The induction.  If h starts below zero, a zero piece comes first, and merges with a zero piece
   before it. *)
Lemma pieces_relu_signed h p : forall a b, cells (affine_on h) p a b ->
  (h a <= 0 -> exists c, a <= c <= b /\ zero_on (fun x => relu (h x)) a c /\
    pieces (p + p / 2) c b (fun x => relu (h x))) /\
  (0 <= h a -> pieces (p + (p + 1) / 2) a b (fun x => relu (h x))).
Proof. induction p; intros a b H.
  { simpl in H; subst b. split; intros Ha;
      [exists a; split; [lra|split; [|reflexivity]]|reflexivity].
    intros x Hx. replace x with a by lra. apply relu_neg; assumption. }
  destruct H as (c & Hc & H1 & H2). destruct (IHp c b H2) as [IA IB].
  assert (Half : ((p + 2) / 2 = S (p / 2))%nat) by (replace (p + 2)%nat with (p + 1 * 2)%nat by lia;
    rewrite Nat.div_add; lia).
  assert (Mono : (p / 2 <= (p + 1) / 2 <= (p + 2) / 2)%nat) by (split; apply Nat.div_le_mono; lia).
  replace (S p)%nat with (p + 1)%nat by lia. replace (p + 1 + 1)%nat with (p + 2)%nat by lia.
  split; intros Ha; destruct (Rle_dec (h c) 0) as [Hz|Hz].
  - destruct (IA Hz) as (d & Hd & Z & Q). exists d. split; [lra|split].
    + apply zero_cat with c; [apply relu_negative_piece; assumption|assumption].
    + apply pieces_more with (p + p / 2)%nat; [lia|assumption].
  - destruct (relu_rising_piece h a c) as (d & Hd & Z & Q); try lra; [assumption|]. exists d.
    split; [lra|split; [assumption|]].
    replace (p + 1 + (p + 1) / 2)%nat with (S (p + (p + 1) / 2)) by lia. exists c.
    split; [lra|split; [assumption|]].
    apply IB; lra.
  - destruct (relu_falling_piece h a c) as (d & Hd & Q & Z); try lra; [assumption|].
    destruct (IA Hz) as (e & He & Z2 & Q2).
    replace (p + 1 + (p + 2) / 2)%nat with (S (S (p + p / 2))) by lia.
    exists d. split; [lra|split; [assumption|]]. exists e. split; [lra|split; [|assumption]].
    apply zero_affine, zero_cat with c; assumption.
  - apply pieces_more with (S (p + (p + 1) / 2))%nat; [lia|]. exists c.
    split; [lra|split; [|apply IB; lra]].
    apply relu_positive_piece; lra || assumption. Qed.

(* The sharp form of the slide's doubling step. *)
Theorem pieces_relu p a b (h : R -> R) : (forall x : R, continuous h x) -> pieces p a b h ->
  pieces (3 * p / 2 + 1) a b (fun x => relu (h x)).
Proof. intros Hc H. pose proof (cells_le _ _ _ _ H).
  destruct (pieces_relu_signed h p a b (pieces_closed p a b h Hc H)) as [A B].
  replace (3 * p / 2)%nat with (p + p / 2)%nat
    by (replace (3 * p)%nat with (p + p * 2)%nat by lia; rewrite Nat.div_add; lia).
  destruct (Rle_dec (h a) 0) as [Ha|Ha].
  - destruct (A Ha) as (c & Hac & Z & Q). rewrite Nat.add_1_r. exists c.
    split; [assumption|split; [apply zero_affine; exact Z|exact Q]].
  - apply pieces_more with (p + (p + 1) / 2)%nat; [|apply B; lra].
    pose proof (Nat.div_le_mono (p + 1) (p + 1 * 2) 2). rewrite Nat.div_add in *; lia. Qed.
