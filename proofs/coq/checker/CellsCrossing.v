(* The values at a point between two others, found from the values there, are those that the units
   compute from the inputs. *)
From Coq Require Import Lia.
From Checked Require Import Syntax Graph Polygon PolygonSound Cells CellsLinear.
Open Scope Z_scope.

(* ---------- what goes into the units ---------- *)

(* The first unit in front. *)
Fixpoint entering (d : Z) (us : list unit_) (vs : list Z) : list Z :=
  match us with
  | [] => []
  | u :: us' =>
    let z := weigh_integers (weights u) vs (bias u * d) in
    z :: entering d us' (Z.max z 0 :: z :: vs)
  end.

(* That is what is read off the values. *)
Lemma into_units_run d us : forall more all vs zs, length all = (length us + length more)%nat ->
  into_units all (run_integers d us vs) zs = into_units more vs (entering d us vs ++ zs).
Proof.
  induction us as [|u us IH]; intros more all vs zs L; cbn [run_integers entering app].
  - clear d. revert all vs zs L. induction more as [|m more IH]; intros [|n all] vs zs L;
      try discriminate L; [reflexivity|]. cbn [into_units]. destruct vs as [|y [|z vs]];
      [reflexivity..|]. apply IH. injection L as L. exact L.
  - rewrite (IH (u :: more)); [reflexivity|]. rewrite L. cbn [length]. lia.
Qed.

(* So at a spot. *)
Lemma into_units_found G p : right_spot G p ->
  into_units (units G) (found p) [] = entering (hd 0 (place p)) (units G) (tl (place p)).
Proof.
  intros [E _]. rewrite E at 1. cbn [found spot_at spot_with].
  rewrite (into_units_run _ _ []) by apply plus_n_O. apply app_nil_r.
Qed.

(* ---------- strays ---------- *)

Section Between.
Variables a b g : Z.
Hypotheses (a_positive : 0 <= a) (b_positive : 0 <= b) (g_positive : 0 < g).

(* g times each value is a and b times the two others and its stray. *)
Fixpoint astray (es ps qs vs : list Z) : Prop :=
  match ps, qs, vs with
  | x :: ps', y :: qs', v :: vs' => g * v = a * x + b * y + hd 0 es /\ astray (tl es) ps' qs' vs'
  | [], [], [] => es = []
  | _, _, _ => False
  end.

(* Older values, *)
Lemma astray_skipn n : forall es ps qs vs, astray es ps qs vs ->
  astray (skipn n es) (skipn n ps) (skipn n qs) (skipn n vs).
Proof using.
  clear. induction n as [|n IH]; intros es ps qs vs H; [exact H|].
  destruct ps as [|x ps], qs as [|y qs], vs as [|v vs]; cbn [astray] in H; try contradiction.
  - rewrite H. reflexivity.
  - destruct H as [_ H]. apply IH in H. destruct es as [|e es]; [|exact H].
    cbn [tl] in H. rewrite skipn_nil in H. exact H.
Qed.

(* sums without strays, *)
Lemma weigh_none w total : weigh_integers w [] total = total.
Proof using. clear. destruct w as [|gap c w]; [reflexivity|]. cbn. destruct gap; reflexivity. Qed.

(* from another number on, *)
Lemma weigh_from w : forall vs total,
  weigh_integers w vs total = total + weigh_integers w vs 0.
Proof using.
  clear. induction w as [|gap c w IH]; intros vs total; cbn [weigh_integers]; [lia|].
  destruct (skipn gap vs) as [|v vs']; [lia|].
  rewrite (IH vs' (plus_product 0 c v)), IH, !plus_product_is. lia.
Qed.

(* and with strays. *)
Lemma weigh_astray w : forall es ps qs vs e s t r, astray es ps qs vs ->
  g * r = a * s + b * t + e -> g * weigh_integers w vs r =
    a * weigh_integers w ps s + b * weigh_integers w qs t + weigh_integers w es e.
Proof using.
  clear. induction w as [|gap c w IH]; intros es ps qs vs e s t r H E; [exact E|].
  cbn [weigh_integers]. apply (astray_skipn gap) in H. set (es' := skipn gap es) in *.
  clearbody es'. destruct (skipn gap ps) as [|x ps'], (skipn gap qs) as [|y qs'],
    (skipn gap vs) as [|v vs']; cbn [astray] in H; try contradiction; [rewrite H; exact E|].
  destruct H as [H1 H2].
  replace (match es' with [] => e | v0 :: l => weigh_integers w l (plus_product e c v0) end)
    with (weigh_integers w (tl es') (plus_product e c (hd 0 es')))
    by (destruct es'; [apply weigh_none|reflexivity]).
  apply IH; [exact H2|]. rewrite !plus_product_is. nia.
Qed.

(* Where there is no stray and the signs are not opposite, ReLU makes none. *)
Lemma relu_astray x y v : g * v = a * x + b * y -> opposite_signs x y = false ->
  g * Z.max v 0 = a * Z.max x 0 + b * Z.max y 0.
Proof using a_positive b_positive g_positive.
  intros E H. unfold opposite_signs in H. apply Bool.orb_false_iff in H. destruct H as [H1 H2].
  apply Bool.andb_false_iff in H1, H2. rewrite !Z.ltb_ge in H1, H2.
  destruct (Z.max_spec v 0) as [[V ->]|[V ->]], (Z.max_spec x 0) as [[X ->]|[X ->]],
    (Z.max_spec y 0) as [[Y ->]|[Y ->]]; nia.
Qed.

(* So all values are right. *)
Theorem run_between_is us : forall d c f es ps qs vs, g * d = a * c + b * f -> astray es ps qs vs ->
  run_between a b g d us (entering c us ps) (entering f us qs) es vs = run_integers d us vs.
Proof using a_positive b_positive g_positive.
  induction us as [|u us IH]; intros d c f es ps qs vs D H; [reflexivity|].
  cbn [run_between entering run_integers].
  assert (B : g * (bias u * d) = a * (bias u * c) + b * (bias u * f) + 0)
    by (transitivity (bias u * (g * d)); [ring|rewrite D; ring]).
  pose proof (weigh_astray (weights u) es ps qs vs _ _ _ _ H B) as E. clear B.
  set (x := weigh_integers _ ps _) in *. set (y := weigh_integers _ qs _) in *.
  set (z := weigh_integers _ vs _) in *. cbv zeta.
  rewrite (weigh_from _ es (a * x + b * y)), <- E, (Z.mul_comm g z), Z.div_mul by lia.
  apply IH; [exact D|].
  destruct (Z.eqb (a * x + b * y) (z * g) && negb (opposite_signs x y))%bool eqn:S.
  - apply andb_prop in S. destruct S as [S1 S2]. apply Z.eqb_eq in S1. apply negb_true_iff in S2.
    rewrite (Z.mul_comm z g) in S1. pose proof (relu_astray x y z (eq_sym S1) S2) as R.
    destruct es as [|e es]; cbn [astray hd tl]; repeat split; try lia; exact H.
  - cbn [astray hd tl]. repeat split; try lia. exact H.
Qed.

(* ---------- the vector ---------- *)

(* What is divided is not astray. *)
Lemma mixed_divided : forall v u, length v = length u ->
  Forall (Z.divide g) (mixed_with a b v u) -> astray [] v u (divided_by g (mixed_with a b v u)).
Proof using g_positive.
  intros v u L F. replace (divided_by g _) with (map (fun x => x / g) (mixed_with a b v u)).
  - revert u L F. induction v as [|x v IH]; intros [|y u] L F; try discriminate L; [reflexivity|].
    injection L as L. cbn [mixed_with map astray hd tl] in *. inversion F as [|m l [k K] F'].
    split; [|apply IH; [exact L|exact F']]. rewrite K, Z.div_mul by lia. lia.
  - unfold divided_by. destruct (Z.eqb_spec g 1) as [->|_]; [|reflexivity].
    rewrite <- map_id. apply map_ext. exact Z.div_1_r.
Qed.
End Between.

(* The divisor is positive and divides. *)
Lemma divisor_correct l : 0 < divisor l /\ Forall (Z.divide (divisor l)) l.
Proof.
  assert (D : forall l g, 0 <= g -> let h := fold_left Z.gcd l g in
    0 <= h /\ (h | g) /\ Forall (Z.divide h) l).
  { clear. induction l as [|x l IH]; intros g P; cbn [fold_left].
    - split; [exact P|split; [apply Z.divide_refl|constructor]].
    - destruct (IH (Z.gcd g x) (Z.gcd_nonneg g x)) as (A & B & C). split; [exact A|].
      split; [|constructor; [|exact C]]; (eapply Z.divide_trans; [exact B|]);
        [apply Z.gcd_divide_l|apply Z.gcd_divide_r]. }
  destruct (D l 0 (Z.le_refl 0)) as (A & _ & C). unfold divisor. cbv zeta in *.
  destruct (Z.eqb_spec (fold_left Z.gcd l 0) 0) as [_|N]; [|split; [lia|exact C]].
  split; [lia|]. apply Forall_forall. intros x _. apply Z.divide_1_l.
Qed.

(* ---------- the spots ---------- *)

(* A spot between two that are right is right, *)
Theorem spot_between_right G a b p q : 0 <= a -> 0 <= b -> right_spot G p -> right_spot G q ->
  right_spot G (spot_between G a b p q).
Proof.
  intros A B P Q. unfold spot_between. rewrite (into_units_found G p P), (into_units_found G q Q).
  destruct P as [_ P], Q as [_ Q]. set (m := mixed_with a b (place p) (place q)).
  destruct (divisor_correct m) as [D F]. set (g := divisor m) in *. clearbody g.
  pose proof (mixed_divided a b g D (place p) (place q) (eq_trans P (eq_sym Q)) F) as M.
  fold m in M. set (v := divided_by g m) in *. clearbody v. clear F.
  destruct (place p) as [|x p'], (place q) as [|y q'], v as [|w v]; try discriminate P;
    try discriminate Q; try contradiction. destruct M as [M1 M2]. cbn [hd tl] in *.
  rewrite (run_between_is a b g A B D) by (exact M2 || lia). split; [reflexivity|].
  cbn [place spot_with length]. f_equal. injection P as <-. clear - M2. revert q' v M2.
  induction p' as [|x p' IH]; intros [|y q'] [|w v] M; try contradiction; [reflexivity|].
  cbn [length]. f_equal. apply (IH q'), M.
Qed.

(* and so is that of each point. *)
Theorem spot_of_point_right G t c r : (forall i p, numbered_spot t i = Some p -> right_spot G p) ->
  spot_of_point G t c = Some r -> right_spot G r.
Proof.
  intros T E. destruct c as [l|i j u]; cbn [spot_of_point point_of] in E.
  - destruct (cleared l) as [|w xs]; [discriminate E|].
    destruct (Nat.eqb_spec (length xs) (inputs G)) as [L|_]; [|discriminate E].
    injection E as <-. split; [reflexivity|]. cbn. rewrite rev_length, L. reflexivity.
  - destruct (numbered_spot t i) as [p|] eqn:P; [|discriminate E].
    destruct (numbered_spot t j) as [q|] eqn:Q; [|discriminate E].
    destruct (into_unit G p u) as [x|]; [|discriminate E].
    destruct (into_unit G q u) as [y|]; [|discriminate E].
    destruct (opposite_signs x y); [|discriminate E]. injection E as <-.
    apply spot_between_right; [apply Z.abs_nonneg..|exact (T i p P)|exact (T j q Q)].
Qed.
