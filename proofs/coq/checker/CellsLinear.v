(* On a simplex on which no unit changes its sign all values of the networks are linear: at a sum of
   its vectors with weights that are not negative they are the sum of the values there. *)
From Coq Require Import Lra Lia Classical_Prop.
From Depthproof Require Import Definitions PiecewiseLinear Vectors.
From Checked Require Import Syntax Polynomials Graph Polygon PolygonSound Spanning Cells.
Open Scope R_scope.

(* ---------- networks as functions of vectors ---------- *)

(* The values with w for the number 1. *)
Fixpoint run_cone (us : list unit_) (w : R) (vs : list R) : list R :=
  match us with
  | [] => vs
  | u :: us' =>
    let z := IZR (bias u) * w + weigh (weights u) vs in run_cone us' w (relu z :: z :: vs)
  end.

(* For w = 1 they are the values of the networks. *)
Lemma run_cone_one us : forall vs, run_cone us 1 vs = run_units us vs.
Proof.
  induction us as [|u us IH]; intros vs; [reflexivity|]. cbn [run_cone run_units]. rewrite IH.
  unfold pre. rewrite Rmult_1_r. reflexivity.
Qed.

(* Weighted sums of integers. *)
Lemma weigh_reals w : forall vs total,
  IZR (weigh_integers w vs total) = IZR total + weigh w (map IZR vs).
Proof.
  induction w as [|gap c w IH]; intros vs total; [cbn; ring|]. cbn [weigh weigh_integers].
  rewrite skipn_map. destruct (skipn gap vs) as [|v vs']; cbn [map]; [ring|].
  rewrite IH, plus_product_is, plus_IZR, mult_IZR. ring.
Qed.

(* ReLU of an integer. *)
Lemma relu_integer z : relu (IZR z) = IZR (Z.max z 0).
Proof.
  destruct (Z.max_spec z 0) as [[L ->]|[L ->]].
  - apply IZR_lt in L. apply relu_neg. lra.
  - apply IZR_le in L. apply relu_pos. exact L.
Qed.

(* At integers the values are integers. *)
Lemma run_cone_integers us d : forall vs,
  run_cone us (IZR d) (map IZR vs) = map IZR (run_integers d us vs).
Proof.
  induction us as [|u us IH]; intros vs; [reflexivity|]. cbn [run_cone run_integers].
  rewrite <- IH. cbn [map]. rewrite <- relu_integer, weigh_reals, mult_IZR. reflexivity.
Qed.

(* ---------- sums of vectors ---------- *)

Section Mixed.
Variables (A : Type) (S : list A) (c : A -> R).
Hypothesis c_positive : Forall (fun p => 0 <= c p) S.

(* A function on the vectors, summed with their weights. *)
Definition mixed (f : A -> R) : R := total (fun p => c p * f p) S.

(* It depends on the values only, *)
Lemma mixed_equal f g : (forall p, In p S -> f p = g p) -> mixed f = mixed g.
Proof using.
  clear. unfold mixed. induction S as [|p l IH]; intros H; [reflexivity|].
  cbn [total fold_right]. unfold total in IH.
  rewrite H by (left; reflexivity). rewrite IH; [reflexivity|]. intros q Hq. apply H. right.
  exact Hq.
Qed.

(* and is linear. *)
Lemma mixed_linear a f g : mixed (fun p => a * f p + g p) = a * mixed f + mixed g.
Proof using.
  clear. unfold mixed. induction S as [|p l IH]; cbn [total fold_right]; [ring|].
  unfold total in IH. rewrite IH. ring.
Qed.

(* Nothing. *)
Lemma mixed_zero : mixed (fun _ => 0) = 0.
Proof using. clear. apply total_zero, Forall_forall. intros. ring. Qed.

Definition column (p : A) (rows : list (A -> R)) : list R := map (fun r => r p) rows.

(* A weighted sum of mixed values. *)
Lemma mixed_weigh w : forall rows,
  mixed (fun p => weigh w (column p rows)) = weigh w (map mixed rows).
Proof using.
  clear. induction w as [|gap a w IH]; intros rows; [exact mixed_zero|]. cbn [weigh].
  rewrite skipn_map. rewrite (mixed_equal _ (fun p => match skipn gap rows with
    | [] => 0 | r :: rows' => IZR a * r p + weigh w (column p rows') end)).
  - destruct (skipn gap rows) as [|r rows']; [exact mixed_zero|]. cbn [map].
    rewrite mixed_linear, IH. reflexivity.
  - intros p _. unfold column. rewrite skipn_map. destruct (skipn gap rows); reflexivity.
Qed.

(* Not positive at one of the vectors and negative at another. *)
Definition one_sided (z : A -> R) : Prop := forall p q, In p S -> In q S -> ~ (z p < 0 /\ 0 < z q).

(* Then ReLU is linear. *)
Lemma mixed_relu z : one_sided z -> mixed (fun p => relu (z p)) = relu (mixed z).
Proof using c_positive.
  intros H. rewrite Forall_forall in c_positive.
  destruct (classic (exists q, In q S /\ z q < 0)) as [(q & Hq & Nq)|N].
  - assert (L : forall p, In p S -> z p <= 0).
    { intros p Hp. destruct (Rle_lt_dec (z p) 0) as [E|E]; [exact E|].
      destruct (H q p Hq Hp). split; assumption. }
    rewrite relu_neg.
    + rewrite <- mixed_zero. apply mixed_equal. intros p Hp. apply relu_neg, L, Hp.
    + apply Ropp_le_cancel. rewrite Ropp_0.
      replace (- mixed z) with (mixed (fun p => - 1 * z p + 0))
        by (rewrite (mixed_linear (- 1) z (fun _ => 0)), mixed_zero; ring).
      apply total_positive, Forall_forall. intros p Hp. specialize (L p Hp).
      apply Rmult_le_pos; [auto|lra].
  - assert (L : forall p, In p S -> 0 <= z p).
    { intros p Hp. destruct (Rle_lt_dec 0 (z p)) as [E|E]; [exact E|]. destruct N. eauto. }
    rewrite relu_pos.
    + apply mixed_equal. intros p Hp. apply relu_pos, L, Hp.
    + apply total_positive, Forall_forall. intros p Hp. apply Rmult_le_pos; auto.
Qed.

(* ---------- all values at once ---------- *)

Fixpoint run_rows (us : list unit_) (w : A -> R) (rows : list (A -> R)) : list (A -> R) :=
  match us with
  | [] => rows
  | u :: us' =>
    let z p := IZR (bias u) * w p + weigh (weights u) (column p rows) in
    run_rows us' w ((fun p => relu (z p)) :: z :: rows)
  end.
(* None of the n newest units has two signs. *)
Fixpoint sided (n : nat) (rows : list (A -> R)) : Prop :=
  match n, rows with
  | Datatypes.S n', _ :: z :: rows' => one_sided z /\ sided n' rows'
  | _, _ => True end.

(* At each vector, *)
Lemma run_rows_column us w p : forall rows,
  column p (run_rows us w rows) = run_cone us (w p) (column p rows).
Proof using.
  clear. induction us as [|u us IH]; intros rows; [reflexivity|]. cbn [run_rows run_cone].
  rewrite IH. reflexivity.
Qed.

(* the older ones too; *)
Lemma sided_before us w : forall n rows,
  sided (length us + n) (run_rows us w rows) -> sided n rows.
Proof using.
  induction us as [|u us IH]; intros n rows H; [exact H|]. cbn [run_rows length] in H.
  rewrite plus_Snm_nSm in H. apply IH in H. apply H.
Qed.

(* and fewer. *)
Lemma sided_fewer n : forall rows, sided (Datatypes.S n) rows -> sided n rows.
Proof using.
  induction n as [|n IH]; intros rows H; [exact I|].
  destruct rows as [|y [|z rows]]; [exact I..|]. destruct H as [H1 H2].
  split; [exact H1|apply IH; exact H2].
Qed.

(* Values at a sum of vectors are the sum of the values. *)
Lemma run_mixed us w : forall rows, sided (length us) (run_rows us w rows) ->
  run_cone us (mixed w) (map mixed rows) = map mixed (run_rows us w rows).
Proof using c_positive.
  induction us as [|u us IH]; intros rows H; [reflexivity|]. cbn [run_cone run_rows length] in *.
  rewrite <- IH by (apply sided_fewer; exact H). rewrite <- Nat.add_1_r in H.
  apply sided_before in H. destruct H as [H _]. cbn [map].
  rewrite mixed_relu by exact H. rewrite mixed_linear, mixed_weigh. reflexivity.
Qed.
End Mixed.

(* ---------- integers ---------- *)

Fixpoint never_opposite (n : nat) (vs ws : list Z) : Prop :=
  match n, vs, ws with
  | S n', _ :: z :: vs', _ :: z' :: ws' =>
    ~ (z < 0 < z')%Z /\ ~ (z' < 0 < z)%Z /\ never_opposite n' vs' ws'
  | _, _, _ => True
  end.

(* Signs that do not clash. *)
Lemma no_clash_correct n : forall vs ws, no_clash (signs_of n vs) (signs_of n ws) = true ->
  never_opposite n vs ws.
Proof.
  induction n as [|n IH]; [intros; exact I|]. intros [|y [|z vs]] ws H; try exact I.
  destruct ws as [|y' [|z' ws]]; try exact I. cbn [signs_of no_clash never_opposite] in *.
  apply andb_prop in H. destruct H as [H1 H2].
  apply Z.leb_le in H1. rewrite <- Z.sgn_mul in H1. apply Z.sgn_nonneg in H1.
  split; [nia|split; [nia|apply IH; exact H2]].
Qed.

(* They are the same the other way round, *)
Lemma never_opposite_symmetric n : forall vs ws,
  never_opposite n vs ws -> never_opposite n ws vs.
Proof.
  induction n as [|n IH]; [intros; exact I|].
  intros [|y [|z vs]] ws H; [destruct ws as [|? [|]]; exact I..|].
  destruct ws as [|y' [|z' ws]]; try exact I. cbn [never_opposite] in *.
  destruct H as (H1 & H2 & H3). split; [exact H2|split; [exact H1|apply IH; exact H3]].
Qed.

(* and for one vector. *)
Lemma never_opposite_same n : forall vs, never_opposite n vs vs.
Proof.
  induction n as [|n IH]; [intros; exact I|]. intros [|y [|z vs]]; [exact I..|].
  cbn [never_opposite].
  split; [lia|split; [lia|apply IH]].
Qed.

(* So no unit has two signs. *)
Lemma sided_integers {A} (S : list A) n : forall rows (vals : A -> list Z),
  (forall p, In p S -> column A p rows = map IZR (vals p)) ->
  (forall p q, In p S -> In q S -> never_opposite n (vals p) (vals q)) -> sided A S n rows.
Proof.
  induction n as [|n IH]; [intros; exact I|].
  intros [|y [|z rows]] vals E H; [exact I..|]. cbn [sided]. split.
  - intros p q Hp Hq [L M]. specialize (H p q Hp Hq).
    apply E in Hp, Hq. destruct (vals p) as [|a [|b l]], (vals q) as [|a' [|b' l']];
      try discriminate Hp; try discriminate Hq. cbn [column map] in Hp, Hq.
    injection Hp as _ Hp _. injection Hq as _ Hq _. rewrite Hp in L. rewrite Hq in M.
    apply lt_IZR in L, M. cbn [never_opposite] in H. lia.
  - apply (IH rows (fun p => tl (tl (vals p)))).
    + intros p Hp. apply E in Hp. destruct (vals p) as [|a [|b l]]; try discriminate Hp.
      cbn [column map] in Hp. injection Hp as _ _ Hp. exact Hp.
    + intros p q Hp Hq. pose proof (H p q Hp Hq) as N. apply E in Hp, Hq.
      destruct (vals p) as [|a [|b l]], (vals q) as [|a' [|b' l']];
        try discriminate Hp; try discriminate Hq. apply N.
Qed.

(* A spot that was made by spot_at. *)
Definition right_spot (G : graph) (p : spot) : Prop :=
  p = spot_at G (place p) /\ length (place p) = S (inputs G).

(* Skipped twice. *)
Lemma skipn_twice {A} n k : forall l : list A, skipn k (skipn n l) = skipn (n + k) l.
Proof.
  induction n as [|n IH]; intros [|x l]; try reflexivity; [apply skipn_nil|apply IH].
Qed.

(* Behind what the units add are the inputs, *)
Lemma run_skipped d us : forall vs, skipn (2 * length us) (run_integers d us vs) = vs.
Proof.
  induction us as [|u us IH]; intros vs; [reflexivity|]. cbn [run_integers length].
  replace (2 * Datatypes.S (length us))%nat with (2 * length us + 2)%nat by lia.
  rewrite <- skipn_twice, IH. reflexivity.
Qed.

(* so that a row may be read off the vector. *)
Lemma row_at_is G w c : right_spot G (spot_of c) ->
  row_at w c = weigh_integers (of_values w) (found (spot_of c)) (own w * weight c).
Proof.
  intros [E _]. unfold row_at. destruct (of_values w) as [|gap a v]; [reflexivity|]. cbv zeta.
  destruct (Nat.leb_spec (added (spot_of c)) gap) as [L|_]; [|reflexivity].
  unfold vector_at. rewrite E in L |- *. cbn [added found place spot_at spot_with] in *.
  cbn [weigh_integers]. replace (skipn gap (run_integers _ _ _))
    with (skipn (gap - 2 * length (units G)) (tl (place (spot_of c)))); [reflexivity|].
  rewrite <- (run_skipped (hd 0%Z (place (spot_of c))) (units G) (tl _)) at 1.
  rewrite skipn_twice. f_equal. lia.
Qed.

(* The numbers of a list, one after the other. *)
Lemma each_of {A} (l : list A) d : map (fun i => nth i l d) (seq 0 (length l)) = l.
Proof.
  induction l as [|a l IH]; [reflexivity|]. cbn [length seq map nth]. f_equal.
  rewrite <- seq_shift, map_map. exact IH.
Qed.

(* What an affine expression is at a sum of vectors. *)
Theorem linear_on_simplex G (S : list corner) c xs : Forall (fun p => right_spot G (spot_of p)) S ->
  Forall (fun p => 0 <= c p) S ->
  (forall p q, In p S -> In q S ->
    never_opposite (length (units G)) (found (spot_of p)) (found (spot_of q))) ->
  length xs = inputs G ->
  (forall i, (i <= inputs G)%nat ->
    nth i (1 :: rev xs) 0 = mixed corner S c (fun p => IZR (nth i (vector_at p) 0%Z))) ->
  forall w, IZR (own w) + weigh (of_values w) (values G xs) =
    mixed corner S c (fun p => IZR (row_at w p)).
Proof.
  intros F C N L E w. rewrite Forall_forall in F.
  set (rows := map (fun i (p : corner) => IZR (nth (Datatypes.S i) (vector_at p) 0%Z))
    (seq 0 (inputs G))).
  set (one := fun p => IZR (weight p)).
  assert (P : forall p, In p S -> column corner p (run_rows corner (units G) one rows) =
    map IZR (found (spot_of p))).
  { intros p Hp. destruct (F p Hp) as [Ep Lp]. rewrite run_rows_column, Ep.
    cbn [found spot_at spot_with].
    rewrite <- run_cone_integers. fold (vector_at p) in *. f_equal.
    unfold rows, column. rewrite map_map. destruct (vector_at p) as [|x v]; [discriminate|].
    cbn [tl nth]. injection Lp as <-. rewrite <- (each_of v 0%Z) at 2. rewrite map_map.
    reflexivity. }
  assert (M1 : mixed corner S c one = 1).
  { unfold one, weight. specialize (E 0%nat ltac:(lia)). cbn [nth] in E. rewrite E.
    apply mixed_equal. intros p _. unfold one, weight. destruct (vector_at p); reflexivity. }
  assert (M2 : map (mixed corner S c) rows = rev xs).
  { unfold rows. rewrite map_map. rewrite <- (each_of (rev xs) 0), rev_length, L.
    apply map_ext_in. intros i Hi. apply in_seq in Hi. symmetry. apply (E (Datatypes.S i)). lia. }
  assert (V : values G xs = map (mixed corner S c) (run_rows corner (units G) one rows)).
  { rewrite <- run_mixed
      by (exact C || exact (sided_integers S _ _ (fun p => found (spot_of p)) P N)).
    rewrite M1, M2. symmetry. apply run_cone_one. }
  rewrite V, <- mixed_weigh, <- (Rmult_1_r (IZR (own w))), <- M1 at 1.
  rewrite <- mixed_linear. apply mixed_equal. intros p Hp. rewrite (P p Hp).
  rewrite (row_at_is G w p (F p Hp)), weigh_reals, mult_IZR. reflexivity.
Qed.
