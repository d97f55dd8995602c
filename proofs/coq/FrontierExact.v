(* One piece too few, exactly: e(k, 2^k - 1) = 5/9 2^-k for every k >= 2; for k = 2 and three
   pieces it is 5/36. *)
From Depthproof Require Import Definitions PiecewiseLinear Pieces Oscillations Integrals Triangles.
From Depthproof Require Import SeparationPiece SeparationSharp Frontier Boxes FrontierTents
  FrontierLast.

(* ---------- continuous functions with pieces ---------- *)

(* A continuous function that vanishes at points as near to w as one likes vanishes at w. *)
Lemma zero_by_limit (f : R -> R) w : continuous f w ->
  (forall e, 0 < e -> exists x, Rabs (x - w) < e /\ f x = 0) -> f w = 0.
Proof.
  intros Hf H. destruct (Req_dec (f w) 0) as [E|E]; [exact E|exfalso].
  assert (P : 0 < Rabs (f w)) by (apply Rabs_pos_lt, E).
  destruct (proj1 (filterlim_locally f (f w)) Hf (mkposreal _ P)) as [e He].
  destruct (H e (cond_pos e)) as (x & Hx & Z).
  specialize (He x Hx). unfold ball in He; simpl in He.
  unfold AbsRing_ball, abs, minus, plus, opp in He; simpl in He.
  rewrite Z, Rplus_0_l, Rabs_Ropp in He. lra.
Qed.

(* Affine inside, and continuous: affine up to the ends. *)
Lemma affine_closed (g : R -> R) a b : a <= b -> (forall x, a <= x <= b -> continuous g x) ->
  affine_inside g a b -> affine_on g a b.
Proof.
  intros Hab Hg (p & q & H). destruct (Req_dec a b) as [->|N].
  { exists 0, (g b). intros x Hx. replace x with b by lra. ring. }
  exists p, q. assert (A : forall w, a <= w <= b ->
    (forall e, 0 < e -> exists x, Rabs (x - w) < e /\ a < x < b) -> g w = p * w + q).
  { intros w Hw Z. apply Rminus_diag_uniq. apply (zero_by_limit (fun x => g x - (p * x + q))).
    - apply (continuous_minus g); [apply Hg, Hw|apply continuous_line].
    - intros e He. destruct (Z e He) as (x & Hx & Hab'). exists x. split; [exact Hx|].
      rewrite H by exact Hab'. real_equation. ring. }
  intros x Hx. apply A; [exact Hx|]. intros e He. set (m := (a + b) / 2).
  set (r := Rmin 1 (e / (2 * (b - a)))).
  assert (Hr : 0 < r <= 1 /\ r * (b - a) < e).
  { assert (0 < e / (2 * (b - a))) by (apply Rdiv_lt_0_compat; lra). unfold r.
    pose proof (Rmin_l 1 (e / (2 * (b - a)))).
    pose proof (Rmin_r 1 (e / (2 * (b - a)))). split; [split; [apply Rmin_glb_lt; lra|lra]|].
    apply Rle_lt_trans with (e / (2 * (b - a)) * (b - a)); [apply Rmult_le_compat_r; lra|].
    field_simplify; lra. }
  exists (x + r * (m - x)). unfold m in *. split; [|nra].
  replace (x + r * ((a + b) / 2 - x) - x) with (r * ((a + b) / 2 - x)) by ring.
  apply Rabs_def1; nra.
Qed.

(* So its pieces are joined. *)
Lemma joined_if_continuous (g : R -> R) p a b : (forall x, a <= x <= b -> continuous g x) ->
  pieces p a b g -> joined_pieces p a b g.
Proof.
  intros Hg. apply cells_weaken. intros u v Hu Huv Hv. apply affine_closed; [exact Huv|].
  intros; apply Hg; lra.
Qed.

(* The integral exists, over the whole and over parts. *)
Lemma miss_exists k h p : forall a b, joined_pieces p a b h -> ex_RInt (miss k h) a b.
Proof.
  induction p as [|p IH]; intros a b H; [change (a = b) in H; subst b; apply ex_RInt_point|].
  destruct H as (c & Hc & (m & q & E) & H2). apply ex_RInt_Chasles with c; [|apply IH, H2].
  apply (integrable_ext (loss k m q)); [lra| |apply integrable, loss_continuous].
  intros x Hx. unfold loss, miss. rewrite E by lra. reflexivity.
Qed.

(* ---------- the same from right to left ---------- *)

(* The reflection of a function with joined pieces has joined pieces. *)
Lemma joined_mirror p h n : joined_pieces p 0 n h -> joined_pieces p 0 n (fun y => h (n - y)).
Proof.
  intros H. apply cells_mirror in H. rewrite Ropp_0 in H.
  pose proof (cells_rescale (fun u v => affine_on h (- v) (- u)) 1 (- n) p Rlt_0_1 0 n) as C.
  replace (1 * 0 + - n) with (- n) in C by ring. replace (1 * n + - n) with 0 in C by ring.
  specialize (C H). revert C.
  apply cells_weaken. intros u v _ _ _ (m & q & E). exists (- m), (m * n + q). intros x Hx.
  rewrite E by lra. ring.
Qed.

(* The zigzag is its own reflection, so the reflection of a function misses as much. *)
Lemma miss_mirror k h : (1 <= k)%nat -> ex_RInt (miss k h) 0 (2 ^ k) ->
  RInt (miss k (fun y => h (2 ^ k - y))) 0 (2 ^ k) = RInt (miss k h) 0 (2 ^ k).
Proof.
  intros Hk X. pose proof (pow2_pos k). set (n := 2 ^ k) in *. apply is_RInt_unique.
  assert (Y : is_RInt (fun y => miss k h (1 * y + n)) (- n) (- 0) (RInt (miss k h) 0 n)).
  { apply (is_RInt_ext (fun y => scal 1 (miss k h (1 * y + n)))).
    { intros. apply (scal_one (V := R_ModuleSpace)). }
    apply (is_RInt_comp_lin (miss k h) 1 n (- n) (- 0)). replace (1 * - n + n) with 0 by ring.
    replace (1 * - 0 + n) with n by ring.
    apply (RInt_correct (V := R_CompleteNormedModule)), X. }
  pose proof (integral_mirror _ 0 n (ex_intro _ _ Y)) as Z. rewrite (is_RInt_unique _ _ _ _ Y) in Z.
  revert Z. apply is_RInt_ext. intros y Hy. rewrite Rmin_left, Rmax_right in Hy by lra. unfold miss.
  assert (E : 2 * INR (2 ^ (k - 1)) = n).
  { rewrite INR_pow2. unfold n. destruct k as [|k]; [lia|]. simpl. rewrite Nat.sub_0_r. ring. }
  pose proof (zigzag_mirror k k (2 ^ (k - 1)) y) as M. rewrite E in M. fold n in M.
  rewrite <- M by lra. replace (1 * - y + n) with (n - y) by ring. reflexivity.
Qed.

(* ---------- the lower end ---------- *)

(* Whatever is straight over the first and over the last two cells misses enough; all else is
   settled from one side. *)
Lemma zigzag_missed k h : (2 <= k)%nat -> joined_pieces (2 ^ k - 1) 0 (2 ^ k) h ->
  5 / 9 <= RInt (miss k h) 0 (2 ^ k).
Proof.
  intros Hk H. set (n := (2 ^ k)%nat).
  assert (Hn : (4 <= n)%nat) by (apply (Nat.pow_le_mono_r 2 2 k); lia).
  rewrite <- INR_pow2 in *. fold n in H |- *.
  assert (X : forall f, joined_pieces (n - 1) 0 (INR n) f -> forall u v, 0 <= u -> u <= v ->
    v <= INR n -> ex_RInt (miss k f) u v).
  { intros f Hf u v Hu Huv Hv. pose proof (miss_exists k f _ _ _ Hf) as E.
    apply (ex_RInt_Chasles_1 (V := R_CompleteNormedModule)) with (INR n); [lra|].
    apply (ex_RInt_Chasles_2 (V := R_CompleteNormedModule)) with 0; [lra|exact E]. }
  assert (T : forall f, joined_pieces (n - 1) 0 (INR n) f -> settled k n f 0).
  { intros f Hf. apply (counted_pieces k n f eq_refl (X f Hf) (n - 1) 0 (Rle_refl 0) Hf).
    rewrite minus_INR by lia. simpl. lra. }
  assert (E4 : 4 <= INR n) by (apply (le_INR 4) in Hn; simpl in Hn; lra).
  destruct (T h H) as [A|A]; [exact A|]. set (f := fun y => h (INR n - y)).
  pose proof (joined_mirror _ _ _ H) as H'. fold f in H'. destruct (T f H') as [B|B].
  - pose proof (miss_mirror k h ltac:(lia)) as M. rewrite <- INR_pow2 in M. fold n f in M.
    rewrite <- M; [exact B|]. apply (X h H); lra.
  - assert (B' : affine_on h 0 2).
    { destruct B as (p & q & B). exists (- p), (p * INR n + q). intros x Hx.
      specialize (B (INR n - x) ltac:(lra)).
      unfold f in B. replace (INR n - (INR n - x)) with x in B by ring. rewrite B. ring. }
    assert (Ei : INR (n - 2) = INR n - 2) by (rewrite minus_INR by lia; simpl; lra).
    pose proof (miss_pair k n h eq_refl 0 ltac:(lia)) as P. change (INR 0) with 0 in P.
    rewrite Rplus_0_l in P. specialize (P B').
    pose proof (miss_pair k n h eq_refl (n - 2) ltac:(lia)) as Q. rewrite Ei in Q.
    replace (INR n - 2 + 2) with (INR n) in Q by ring. specialize (Q A).
    pose proof (miss_inside k n h (X h H) 0 0 2 (INR n - 2)).
    rewrite (miss_cat k n h (X h H) 0 (INR n - 2)) by lra. lra.
Qed.

(* From the sawtooth on [0, 1] to the zigzag. *)
Lemma sawtooth_miss k g : ex_RInt (miss k (fun y => g (/ 2 ^ k * y))) 0 (2 ^ k) ->
  is_RInt (fun x => Rabs (sawtooth k x - g x)) 0 1
    (RInt (miss k (fun y => g (/ 2 ^ k * y))) 0 (2 ^ k) / 2 ^ k).
Proof.
  intros X. pose proof (pow2_pos k). set (f := miss k (fun y => g (/ 2 ^ k * y))) in *.
  pose proof (is_RInt_comp_lin f (2 ^ k) 0 0 1 (RInt f 0 (2 ^ k))) as C.
  replace (2 ^ k * 0 + 0) with 0 in C by ring. replace (2 ^ k * 1 + 0) with (2 ^ k) in C by ring.
  specialize (C (RInt_correct (V := R_CompleteNormedModule) f 0 (2 ^ k) X)).
  apply (is_RInt_scal (fun y => scal (2 ^ k) (f (2 ^ k * y + 0))) 0 1 (/ 2 ^ k)) in C.
  replace (RInt f 0 (2 ^ k) / 2 ^ k) with (scal (/ 2 ^ k) (RInt f 0 (2 ^ k))).
  2: { unfold scal; simpl. unfold mult; simpl. field. lra. }
  revert C. apply is_RInt_ext. intros x _. unfold scal; simpl. unfold mult; simpl. unfold f, miss.
  rewrite sawtooth_zigzag.
  replace (/ 2 ^ k * (2 ^ k * x + 0)) with x by (field; lra).
  replace (2 ^ k * x + 0) with (2 ^ k * x) by ring. field. lra.
Qed.

(* So a bound for the zigzag is one for the sawtooth. *)
Lemma sawtooth_missed k p c :
  (forall h, joined_pieces p 0 (2 ^ k) h -> c <= RInt (miss k h) 0 (2 ^ k)) ->
  forall g : R -> R, (forall x, 0 <= x <= 1 -> continuous g x) -> pieces p 0 1 g ->
  apart (c / 2 ^ k) (sawtooth k) g.
Proof.
  intros Hc g Hg H. pose proof (pow2_inv_pos k) as V. pose proof (pow2_pos k) as P.
  apply (joined_if_continuous g) in H; [|exact Hg].
  assert (J : joined_pieces p 0 (2 ^ k) (fun y => g (/ 2 ^ k * y))).
  { pose proof (cells_rescale (affine_on g) (/ 2 ^ k) 0 p ltac:(lra) 0 (2 ^ k)) as C.
    replace (/ 2 ^ k * 0 + 0) with 0 in C by ring.
    replace (/ 2 ^ k * 2 ^ k + 0) with 1 in C by (field; lra).
    specialize (C H). revert C. apply cells_weaken. intros u v _ _ _ (m & q & E).
    exists (m * / 2 ^ k), q. intros x Hx. rewrite E; [ring|]. nra. }
  pose proof (sawtooth_miss k g (miss_exists k _ _ _ _ J)) as S. split; [eexists; exact S|].
  unfold distance. rewrite (is_RInt_unique _ _ _ _ S). apply Rmult_le_compat_r; [lra|].
  apply Hc, J.
Qed.

(* ---------- the upper end ---------- *)

(* Follow the zigzag up to t; from there a line of slope s. *)
Definition leaves (k : nat) (t s y : R) : R := zigzag k (Rmin y t) + s * (Rmax y t - t).

(* It is continuous. *)
Lemma leaves_continuous k t s y : continuous (leaves k t s) y.
Proof.
  assert (A : forall z, continuous (fun z => Rabs (1 * z + - t)) z).
  { apply continuous_abs. intro; apply continuous_line. }
  apply (continuous_plus (fun y => zigzag k (Rmin y t)) (fun y => s * (Rmax y t - t))).
  - apply (continuous_comp (fun y => Rmin y t) (zigzag k)); [|apply zigzag_continuous].
    apply continuous_ext with (fun z => / 2 * ((1 * z + t) - Rabs (1 * z + - t))).
    { intro z. unfold Rmin, Rabs. destruct Rle_dec, Rcase_abs; lra. }
    apply (continuous_scal_r (/ 2) (fun z => (1 * z + t) - Rabs (1 * z + - t))),
      continuous_difference; [intro; apply continuous_line|exact A].
  - apply (continuous_scal_r s (fun y => Rmax y t - t)).
    apply continuous_ext with (fun z => / 2 * ((1 * z + - t) - - Rabs (1 * z + - t))).
    { intro z. unfold Rmax, Rabs. destruct Rle_dec, Rcase_abs; field_simplify; lra. }
    apply (continuous_scal_r (/ 2) (fun z => (1 * z + - t) - - Rabs (1 * z + - t))),
      continuous_difference; [intro; apply continuous_line|].
    intro z. apply (continuous_opp (V := R_NormedModule)), A.
Qed.

(* If it leaves in cell m, it has m + 2 pieces. *)
Lemma leaves_pieces k t s m : (m < 2 ^ k)%nat -> INR m <= t <= INR m + 1 ->
  pieces (m + 2) 0 1 (fun x => leaves k t s (2 ^ k * x)).
Proof.
  intros Hm Ht. pose proof (pow2_pos k) as P. replace (m + 2)%nat with ((m + 1) + 1)%nat by lia.
  assert (S : forall x, x < t / 2 ^ k <-> 2 ^ k * x < t).
  { intros x. split; intros H.
    - apply Rmult_lt_compat_l with (r := 2 ^ k) in H; [|lra].
      replace (2 ^ k * (t / 2 ^ k)) with t in H by (field; lra). lra.
    - apply Rmult_lt_reg_l with (2 ^ k); [lra|].
      replace (2 ^ k * (t / 2 ^ k)) with t by (field; lra). lra. }
  assert (B : INR m + 1 <= 2 ^ k) by (rewrite <- S_INR, <- INR_pow2; apply le_INR; lia).
  apply cells_cat with (t / 2 ^ k).
  - apply pieces_ext with (sawtooth k); [|apply sawtooth_pieces; assumption].
    intros x [_ Hx]. apply S in Hx. unfold leaves.
    rewrite Rmin_left, Rmax_right, sawtooth_zigzag by lra. ring.
  - apply cells_one.
    + apply Rmult_le_reg_r with (2 ^ k); [lra|]. unfold Rdiv.
      rewrite Rmult_assoc, Rinv_l by lra. lra.
    + exists (s * 2 ^ k), (zigzag k t - s * t). intros x [Hx _].
      assert (Hx' : ~ 2 ^ k * x < t) by (rewrite <- S; lra). unfold leaves.
      rewrite Rmin_right, Rmax_left by lra. ring.
Qed.

(* What it misses is continuous. *)
Lemma leaves_miss_continuous k t s x : continuous (miss k (leaves k t s)) x.
Proof.
  apply continuous_abs, continuous_difference; intro.
  - apply zigzag_continuous.
  - apply leaves_continuous.
Qed.

(* Its distance, from the scale of the zigzag to that of the sawtooth. *)
Lemma leaves_distance k t s : distance (sawtooth k) (fun x => leaves k t s (2 ^ k * x)) =
  RInt (miss k (leaves k t s)) 0 (2 ^ k) / 2 ^ k.
Proof.
  pose proof (pow2_pos k) as P.
  assert (M : forall y, miss k (fun y => leaves k t s (2 ^ k * (/ 2 ^ k * y))) y =
    miss k (leaves k t s) y).
  { intros y. unfold miss. replace (2 ^ k * (/ 2 ^ k * y)) with y by (field; lra). reflexivity. }
  apply is_RInt_unique. pose proof (sawtooth_miss k (fun x => leaves k t s (2 ^ k * x))) as S.
  cbv beta in S. rewrite (RInt_ext _ (miss k (leaves k t s)) 0 (2 ^ k)) in S by (intros; apply M).
  apply S. apply (ex_RInt_ext (miss k (leaves k t s))); [intros; symmetry; apply M|].
  apply integrable, leaves_miss_continuous.
Qed.

(* Three cells before the end the zigzag falls. *)
Lemma last_cells k : (2 <= k)%nat ->
  exists i, (2 ^ k = i + 3)%nat /\ 2 ^ k = INR i + 3 /\ slope_sign i = -1.
Proof.
  intros Hk. exists (2 ^ k - 3)%nat.
  assert (Hn : (4 <= 2 ^ k)%nat) by (apply (Nat.pow_le_mono_r 2 2 k); lia).
  split; [lia|split]; [rewrite minus_INR, INR_pow2 by lia; simpl; ring|].
  destruct k as [|[|k]]; [lia|lia|].
  assert (1 <= 2 ^ k)%nat by apply pow2_ge1.
  replace (2 ^ S (S k) - 3)%nat with (1 + 2 * (2 * 2 ^ k - 2))%nat by (simpl; lia).
  apply slope_sign_add_even.
Qed.

(* The five triangles between the zigzag and the line: 4/135, 2/45, 8/45, 16/135, 5/27. *)
Lemma leaver_missed k : (2 <= k)%nat ->
  RInt (miss k (leaves k (2 ^ k - 20 / 9) (/ 5))) 0 (2 ^ k) = 5 / 9.
Proof.
  intros Hk. destruct (last_cells k Hk) as (i & Ei & En & Si). pose proof (pos_INR i).
  set (c := INR i) in *.
  pose proof (leaves_miss_continuous k (2 ^ k - 20 / 9) (/ 5)) as C.
  set (f := leaves k (2 ^ k - 20 / 9) (/ 5)) in *.
  assert (T : 2 ^ k - 20 / 9 = c + 7 / 9) by lra.
  pose proof (fun x => zigzag_three k i x ltac:(lia)) as Z. rewrite Si in Z. fold c in Z.
  assert (L : forall x, c + 7 / 9 <= x -> f x = 2 / 9 + (x - c - 7 / 9) / 5).
  { intros x Hx. unfold f, leaves. rewrite T, Rmin_right, Rmax_left, (proj1 (Z _)) by lra. field. }
  rewrite En, (integral_cat _ 0 (c + 7 / 9) _ C), (integral_cat _ (c + 7 / 9) (c + 1) _ C),
    (integral_cat _ (c + 1) (c + 4 / 3) _ C), (integral_cat _ (c + 4 / 3) (c + 2) _ C),
    (integral_cat _ (c + 2) (c + 22 / 9) _ C).
  rewrite (integral_line _ 0 0 0 (c + 7 / 9)).
  2: lra.
  2: { intros x Hx. unfold miss, f, leaves. rewrite T, Rmin_left, Rmax_right by lra.
    replace (_ - _) with 0 by field. rewrite Rabs_R0. ring. }
  rewrite (integral_line _ (6 / 5) (- (6 / 5) * (c + 7 / 9)) (c + 7 / 9) (c + 1)).
  2: lra.
  2: { intros x Hx. unfold miss. rewrite L, (proj1 (Z x)), Rabs_left1 by lra. field. }
  rewrite (integral_line _ (- (4 / 5)) (4 / 5 * (c + 4 / 3)) (c + 1) (c + 4 / 3)).
  2: lra.
  2: { intros x Hx. unfold miss. rewrite L, (proj1 (proj2 (Z x))), Rabs_left1 by lra. field. }
  rewrite (integral_line _ (4 / 5) (- (4 / 5) * (c + 4 / 3)) (c + 4 / 3) (c + 2)).
  2: lra.
  2: { intros x Hx. unfold miss. rewrite L, (proj1 (proj2 (Z x))), Rabs_right by lra. field. }
  rewrite (integral_line _ (- (6 / 5)) (6 / 5 * (c + 22 / 9)) (c + 2) (c + 22 / 9)).
  2: lra.
  2: { intros x Hx. unfold miss. rewrite L, (proj2 (proj2 (Z x))), Rabs_right by lra. field. }
  rewrite (integral_line _ (6 / 5) (- (6 / 5) * (c + 22 / 9)) (c + 22 / 9) (c + 3)).
  2: lra.
  2: { intros x Hx. unfold miss. rewrite L, (proj2 (proj2 (Z x))), Rabs_left1 by lra. field. }
  real_equation. field.
Qed.

(* ---------- exactly ---------- *)

(* e(k, 2^k - 1) = 5/9 2^-k: no continuous function with one piece too few comes nearer, and one is
   as near. *)
Theorem separation_frontier_last k : (2 <= k)%nat ->
  (forall g : R -> R, (forall x, 0 <= x <= 1 -> continuous g x) -> pieces (2 ^ k - 1) 0 1 g ->
    apart (5 / 9 / 2 ^ k) (sawtooth k) g) /\
  (exists g : R -> R, (forall x : R, continuous g x) /\ pieces (2 ^ k - 1) 0 1 g /\
    distance (sawtooth k) g = 5 / 9 / 2 ^ k).
Proof.
  intros Hk. split; [apply sawtooth_missed; intros h; apply zigzag_missed, Hk|].
  destruct (last_cells k Hk) as (i & Ei & En & _).
  exists (fun x => leaves k (2 ^ k - 20 / 9) (/ 5) (2 ^ k * x)). split; [|split].
  - intros x. apply (continuous_comp (fun x => 2 ^ k * x)); [|apply leaves_continuous].
    apply continuous_ext with (fun x => 2 ^ k * x + 0); [intro; apply Rplus_0_r|].
    apply continuous_line.
  - replace (2 ^ k - 1)%nat with (i + 2)%nat by lia. apply leaves_pieces; [lia|lra].
  - rewrite leaves_distance, leaver_missed by exact Hk. reflexivity.
Qed.

(* Networks are continuous: one with too few units for the sawtooth misses it by that. *)
Theorem separation_frontier_network k N : (2 <= k)%nat ->
  (product_bound (widths (hidden N)) < 2 ^ k)%nat -> apart (5 / 9 / 2 ^ k) (sawtooth k) (eval N).
Proof.
  intros Hk HN. apply (separation_frontier_last k Hk); [intros; apply eval_continuous|].
  apply pieces_more with (product_bound (widths (hidden N))); [lia|]. apply pieces_product. lra.
Qed.

(* e(2, 3) = 5/36. *)
Theorem separation_frontier_three :
  (forall g : R -> R, (forall x, 0 <= x <= 1 -> continuous g x) -> pieces 3 0 1 g ->
    apart (5 / 36) (sawtooth 2) g) /\
  (exists g : R -> R, (forall x : R, continuous g x) /\ pieces 3 0 1 g /\
    distance (sawtooth 2) g = 5 / 36).
Proof.
  destruct (separation_frontier_last 2 (le_n 2)) as [A B].
  replace (5 / 9 / 2 ^ 2) with (5 / 36) in A, B by field.
  split; [exact A|exact B].
Qed.
