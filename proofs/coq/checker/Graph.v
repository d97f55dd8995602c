(* Given networks as one list of units with integer weights.

   Values are numbered: first the inputs, then for each unit z, what goes into its ReLU, and relu z.
   Relu(c z) = c Relu(z) for c > 0, so a unit is taken times what makes its weights integers.  While
   they are computed, values stand in a list with the newest first, and a unit says how many of them
   to skip before each weight: so nothing is searched for. *)
From Coq Require Import Qreals.
From Depthproof Require Import Definitions PiecewiseLinear.
From Checked Require Import Syntax Polynomials.
From Checked Require FileNetwork.
Import FileNetwork(file, at_, gathered).
Open Scope R_scope.

(* A weighted sum: how many values to skip before each weight. *)
Inductive sum := Nothing | Skip (gap : nat) (weight : Z) (rest : sum).
(* z = bias + the weighted sum; `form` is this sum as a polynomial over values. *)
Record unit_ := Unit { form : poly; bias : Z; weights : sum }.
Record graph := Graph { inputs : nat; units : list unit_ }.

(* ---------- over the real numbers ---------- *)

Fixpoint weigh (w : sum) (vs : list R) : R :=
  match w with
  | Nothing => 0
  | Skip gap c w' => match skipn gap vs with [] => 0 | v :: vs' => IZR c * v + weigh w' vs' end
  end.
Definition pre (u : unit_) (vs : list R) : R := IZR (bias u) + weigh (weights u) vs.
Fixpoint run_units (us : list unit_) (vs : list R) : list R :=
  match us with [] => vs | u :: us' => let z := pre u vs in run_units us' (relu z :: z :: vs) end.
Definition values (G : graph) (xs : list R) : list R := run_units (units G) (rev xs).

(* Value v, counted from the oldest, which is value 1. *)
Definition seen (vs : list R) (v : nat) : R := nth (length vs - v) vs 0.
Definition valued (vs : list R) (a : atom) : R := match a with Inner v => seen vs v | _ => 0 end.

(* ---------- from polynomials to units ---------- *)

(* The weights of a polynomial over n values; its terms come with the newest value first. *)
Fixpoint gaps (n : nat) (p : poly) : option (Z * sum) :=
  match p with
  | [] => Some (0%Z, Nothing)
  | ([], c) :: [] => if Pos.eqb (Qden c) 1 then Some (Qnum c, Nothing) else None
  | ([Inner v], c) :: p' =>
    if Pos.eqb (Qden c) 1 && Nat.leb 1 v && Nat.leb v n then
      match gaps (v - 1) p' with
      | Some (b, w) => Some (b, Skip (n - v) (Qnum c) w) | None => None end
    else None
  | _ => None
  end.

Definition common_denominator (p : poly) : positive :=
  Z.to_pos (fold_right (fun t r => Z.lcm (QDen (snd t)) r) 1%Z p).

(* One unit for each polynomial, n values being there before; what each ReLU gives. *)
Fixpoint add_units (ps : list poly) (n : nat) : option (list poly * list unit_) :=
  match ps with
  | [] => Some ([], [])
  | p :: ps' =>
    let d := common_denominator p in
    let s := scaled (Zpos d # 1) p in
    match gaps n (rev s), add_units ps' (S (S n)) with
    | Some (b, w), Some (outs, us) =>
      Some ([([Inner (S (S n))], (1 # d)%Q)] :: outs, Unit s b w :: us)
    | _, _ => None
    end
  end.

(* What a row of a Gemm makes of polynomials. *)
Fixpoint row_poly (w : list Q) (b : Q) (ps : list poly) : poly :=
  match w, ps with
  | a :: w', p :: ps' => add (scaled a p) (row_poly w' b ps')
  | _, _ => constant b
  end.
Fixpoint build (ops : list FileNetwork.operation) (env : list (list poly)) (n : nat)
    : option (list (list poly) * list unit_) :=
  match ops with
  | [] => Some (env, [])
  | FileNetwork.Gemm ins rows :: ops' =>
    let ps := gathered ins env in
    build ops' (env ++ [map (fun r => row_poly (fst r) (snd r) ps) rows]) n
  | FileNetwork.Relu i :: ops' =>
    match add_units (at_ env i) n with
    | Some (outs, us) =>
      match build ops' (env ++ [outs]) (n + 2 * length us) with
      | Some (env', us') => Some (env', us ++ us') | None => None end
    | None => None
    end
  end.
Definition input_polys (n : nat) : list poly := map (fun v => single (Inner v)) (seq 1 n).

(* All files, one after the other: the outputs of each, and the units. *)
Fixpoint build_files (size : nat) (Fs : list file) (n : nat)
    : option (list (list poly) * list unit_) :=
  match Fs with
  | [] => Some ([], [])
  | F :: Fs' =>
    match build (FileNetwork.operations F) [input_polys size] n with
    | Some (env, us) =>
      match build_files size Fs' (n + 2 * length us) with
      | Some (outs, us') => Some (at_ env (FileNetwork.result F) :: outs, us ++ us')
      | None => None end
    | None => None
    end
  end.
Definition graph_of (size : nat) (Fs : list file) : option (list (list poly) * graph) :=
  option_map (fun r => (fst r, Graph size (snd r))) (build_files size Fs size).

(* ---------- values stay what they are ---------- *)

(* Each unit adds two values. *)
Lemma run_length us : forall vs, length (run_units us vs) = (length vs + 2 * length us)%nat.
Proof. induction us as [|u us IH]; intros vs; cbn; [lia|]. rewrite IH. cbn. lia. Qed.

(* Units one after the other. *)
Lemma run_app us : forall us' vs, run_units (us ++ us') vs = run_units us' (run_units us vs).
Proof. induction us as [|u us IH]; intros us' vs; cbn; auto. Qed.

(* More values in front do not change the older ones. *)
Lemma seen_cons z vs v : (v <= length vs)%nat -> seen (z :: vs) v = seen vs v.
Proof.
  intros H. unfold seen. cbn [length]. rewrite Nat.sub_succ_l by exact H. reflexivity.
Qed.

(* The newest value. *)
Lemma seen_newest z vs : seen (z :: vs) (S (length vs)) = z.
Proof. unfold seen. cbn [length]. rewrite Nat.sub_diag. reflexivity. Qed.

(* Older values stay what they are. *)
Lemma seen_run us : forall vs v, (v <= length vs)%nat -> seen (run_units us vs) v = seen vs v.
Proof.
  induction us as [|u us IH]; intros vs v H; [reflexivity|]. cbn [run_units].
  rewrite IH by (cbn; lia). rewrite !seen_cons by (cbn; lia). reflexivity.
Qed.

(* The inputs are the first values. *)
Lemma seen_input xs v : (1 <= v <= length xs)%nat -> seen (rev xs) v = nth (v - 1) xs 0.
Proof.
  intros H. unfold seen. rewrite rev_length, rev_nth by lia. f_equal. lia.
Qed.

(* Without the newest values, the older ones are the same. *)
Lemma seen_skipn k vs v : (v <= length vs - k)%nat -> seen (skipn k vs) v = seen vs v.
Proof.
  revert vs. induction k as [|k IH]; intros vs H; [reflexivity|].
  destruct vs as [|x vs]; [reflexivity|].
  cbn [skipn length] in *. rewrite IH by lia. symmetry. apply seen_cons. lia.
Qed.

(* ---------- a unit is its polynomial ---------- *)

(* A coefficient with denominator 1 is an integer. *)
Lemma integer_coefficient c : Pos.eqb (Qden c) 1 = true -> Q2R c = IZR (Qnum c).
Proof. intros H. apply Pos.eqb_eq in H. unfold Q2R. rewrite H. field. Qed.

(* The weighted sum is the polynomial, whatever order its terms stand in. *)
Lemma gaps_correct (V : atom -> R) p : forall vs b w, gaps (length vs) p = Some (b, w) ->
  (forall v, (1 <= v <= length vs)%nat -> V (Inner v) = seen vs v) ->
  poly_value V p = IZR b + weigh w vs.
Proof.
  induction p as [|(m, c) p IH]; intros vs b w H HV; cbn [gaps] in H.
  { injection H as <- <-. cbn. ring. }
  destruct m as [|[i|v|f l] [|a m]]; try discriminate H.
  { destruct p; [|discriminate H]. destruct (Pos.eqb (Qden c) 1) eqn:D; [|discriminate H].
    injection H as <- <-. rewrite value_cons, (integer_coefficient c D). cbn. ring. }
  destruct (_ && _ && _)%bool eqn:C; [|discriminate H]. apply andb_prop in C. destruct C as [C Lv].
  apply andb_prop in C. destruct C as [D Gv]. apply Nat.leb_le in Lv, Gv.
  destruct (gaps (v - 1) p) as [(b', w')|] eqn:G; [|discriminate H]. injection H as <- <-.
  rewrite value_cons, (integer_coefficient c D), monomial_cons. cbn [weigh].
  assert (L : length (skipn (length vs - v) vs) = v) by (rewrite skipn_length; lia).
  assert (S : seen (skipn (length vs - v) vs) v = seen vs v) by (apply seen_skipn; lia).
  destruct (skipn (length vs - v) vs) as [|y ys] eqn:E; [cbn in L; lia|]. cbn [length] in L.
  assert (Y : seen vs v = y) by (rewrite <- S, <- L; apply seen_newest).
  replace (v - 1)%nat with (length ys) in G by lia. rewrite (IH ys b' w' G).
  - rewrite HV, Y by lia. cbn [monomial_value fold_right]. ring.
  - intros u Hu. rewrite HV by lia. rewrite <- (seen_skipn (length vs - v)) by lia.
    rewrite E. apply seen_cons. lia.
Qed.

(* The order of the terms does not matter. *)
Lemma value_app V p q : poly_value V (p ++ q) = poly_value V p + poly_value V q.
Proof.
  induction p as [|(m, c) p IH]; [change (poly_value V []) with 0; cbn [app]; ring|].
  cbn [app]. rewrite !value_cons, IH. ring.
Qed.

(* Nor does their direction. *)
Lemma value_rev V p : poly_value V (rev p) = poly_value V p.
Proof.
  induction p as [|(m, c) p IH]; [reflexivity|]. cbn [rev]. rewrite value_app, IH, !value_cons.
  change (poly_value V []) with 0. ring.
Qed.

(* The units know what their polynomials are; the first has n values before it. *)
Fixpoint consistent (n : nat) (us : list unit_) : Prop :=
  match us with
  | [] => True
  | u :: us' => gaps n (rev (form u)) = Some (bias u, weights u) /\ consistent (S (S n)) us'
  end.

(* Consistent units one after the other. *)
Lemma consistent_app us : forall n us',
  consistent n us -> consistent (n + 2 * length us) us' -> consistent n (us ++ us').
Proof.
  induction us as [|u us IH]; intros n us' H H'; cbn [consistent app length] in *.
  { rewrite Nat.mul_0_r, Nat.add_0_r in H'. exact H'. }
  destruct H as [H1 H2]. split; [exact H1|]. apply IH; [exact H2|].
  replace (S (S n) + 2 * length us)%nat with (n + 2 * S (length us))%nat by lia. exact H'.
Qed.

(* What goes into a unit is the value of its polynomial. *)
Lemma form_correct u vs more : gaps (length vs) (rev (form u)) = Some (bias u, weights u) ->
  poly_value (valued (run_units more vs)) (form u) = pre u vs.
Proof.
  intros H. rewrite <- value_rev. apply gaps_correct; [exact H|]. intros v Hv. apply seen_run. lia.
Qed.

(* ---------- the graph computes what the files say ---------- *)

(* Polynomials that have the values rs. *)
Definition have (F : list R) (ps : list poly) (rs : list R) : Prop :=
  map (poly_value (valued F)) ps = rs.

(* Units for a ReLU: the polynomials that it gives have its values. *)
Lemma add_units_correct ps : forall vs outs us more, add_units ps (length vs) = Some (outs, us) ->
  let F := run_units (us ++ more) vs in
  consistent (length vs) us /\ have F outs (map relu (map (poly_value (valued F)) ps)).
Proof.
  induction ps as [|p ps IH]; intros vs outs us more H; cbn [add_units] in H.
  { injection H as <- <-. split; [exact I|reflexivity]. }
  set (d := common_denominator p) in *. set (s := scaled (Zpos d # 1) p) in *.
  destruct (gaps (length vs) (rev s)) as [(b, w)|] eqn:G; [|discriminate H].
  destruct (add_units ps (S (S (length vs)))) as [(outs', us')|] eqn:A; [|discriminate H].
  injection H as <- <-. set (u := Unit s b w). cbn [app run_units].
  destruct (IH (relu (pre u vs) :: pre u vs :: vs) outs' us' more A) as [I1 I2].
  split; [split; [exact G|exact I1]|]. cbn [length] in *.
  set (F := run_units (us' ++ more) _) in *. unfold have in *. cbn [map]. rewrite I2. f_equal.
  assert (Z : poly_value (valued F) s = pre u vs)
    by (apply (form_correct u vs (u :: us' ++ more)); exact G).
  assert (Y : seen F (S (S (length vs))) = relu (pre u vs)).
  { unfold F. rewrite seen_run by (cbn; lia). apply (seen_newest _ (pre u vs :: vs)). }
  rewrite value_cons, monomial_cons. cbn [valued monomial_value fold_right poly_value].
  rewrite Y, <- Z. unfold s. rewrite scaled_value. set (P := poly_value _ p).
  assert (D : 0 < IZR (Zpos d)) by (apply (IZR_lt 0); reflexivity).
  replace (Q2R (Z.pos d # 1)) with (IZR (Zpos d)) by (unfold Q2R; cbn [Qnum Qden]; field).
  replace (Q2R (1 # d)) with (/ IZR (Zpos d)) by (unfold Q2R; cbn [Qnum Qden]; ring).
  destruct (Rle_dec 0 P); [rewrite !relu_pos by nra; field; lra|rewrite !relu_neg by nra; ring].
Qed.

(* A row of a Gemm. *)
Lemma row_poly_correct V w b : forall ps,
  poly_value V (row_poly w b ps) =
  pre_activation (FileNetwork.real_node (w, b)) (map (poly_value V) ps).
Proof.
  unfold pre_activation, FileNetwork.real_node; cbn [fst snd].
  induction w as [|a w IH]; intros [|p ps]; cbn [row_poly map dot]; rewrite ?constant_value;
  try ring.
  rewrite add_value, scaled_value, IH. ring.
Qed.

(* What a node's polynomials have; *)
Lemma have_at F env renv i : Forall2 (have F) env renv -> have F (at_ env i) (at_ renv i).
Proof.
  intros H. revert i. induction H as [|ps rs env renv G _ IH]; intros [|i];
    try reflexivity; [exact G|apply IH].
Qed.

(* the same for several nodes. *)
Lemma have_gathered F env renv ins : Forall2 (have F) env renv ->
  have F (gathered ins env) (gathered ins renv).
Proof.
  intros H. unfold gathered, have. induction ins as [|i ins IH]; cbn [flat_map]; [reflexivity|].
  rewrite map_app, IH. f_equal. apply have_at. exact H.
Qed.

(* All nodes of a file. *)
Lemma build_correct ops : forall env vs env' us more, build ops env (length vs) = Some (env', us) ->
  let F := run_units (us ++ more) vs in
  consistent (length vs) us /\
  forall renv, Forall2 (have F) env renv -> Forall2 (have F) env' (FileNetwork.perform ops renv).
Proof.
  induction ops as [|[ins rows|i] ops IH]; intros env vs env' us more H; cbn [build] in H.
  - injection H as <- <-. split; [exact I|]. intros renv E. exact E.
  - destruct (IH _ vs env' us more H) as [I1 I2]. split; [exact I1|]. intros renv E.
    cbn [FileNetwork.perform]. apply I2. apply Forall2_app; [exact E|]. constructor; [|constructor].
    unfold have. rewrite map_map. cbn [FileNetwork.performed]. apply map_ext. intros (w, b).
    rewrite row_poly_correct. cbn [fst snd]. f_equal. apply have_gathered. exact E.
  - destruct (add_units (at_ env i) (length vs)) as [(outs, us1)|] eqn:A; [|discriminate H].
    replace (length vs + 2 * length us1)%nat with (length (run_units us1 vs)) in H
      by apply run_length.
    destruct (build ops (env ++ [outs]) _) as [(env2, us2)|] eqn:B; [|discriminate H].
    injection H as <- <-. rewrite <- app_assoc. cbv zeta.
    destruct (add_units_correct _ vs outs us1 (us2 ++ more) A) as [A1 A2].
    destruct (IH _ (run_units us1 vs) env2 us2 more B) as [I1 I2]. rewrite <- run_app in I2.
    rewrite run_length in I1.
    split; [apply consistent_app; assumption|]. intros renv E. cbn [FileNetwork.perform]. apply I2.
    apply Forall2_app; [exact E|]. constructor; [|constructor].
    cbn [FileNetwork.performed]. rewrite <- (have_at _ _ _ i E). exact A2.
Qed.

(* The inputs. *)
Lemma input_polys_correct F xs : (forall v, (1 <= v <= length xs)%nat ->
  seen F v = nth (v - 1) xs 0) ->
  have F (input_polys (length xs)) xs.
Proof.
  intros H. unfold have, input_polys. rewrite map_map.
  apply nth_ext with 0 0; [rewrite map_length, seq_length; reflexivity|].
  intros i Hi. rewrite map_length, seq_length in Hi.
  rewrite (nth_indep _ 0 (poly_value (valued F) (single (Inner 0))))
    by (rewrite map_length, seq_length; exact Hi).
  rewrite (map_nth (fun v => poly_value (valued F) (single (Inner v))) (seq 1 (length xs)) 0%nat i).
  rewrite seq_nth, single_value by exact Hi. cbn [valued]. rewrite H by lia. f_equal. lia.
Qed.

(* All files. *)
Lemma build_files_correct xs Fs : forall us0 outs us more,
  let vs := run_units us0 (rev xs) in
  build_files (length xs) Fs (length vs) = Some (outs, us) ->
  let F := run_units (us ++ more) vs in
  consistent (length vs) us /\
  Forall2 (have F) outs (map (fun F => FileNetwork.file_values F xs) Fs).
Proof.
  induction Fs as [|F0 Fs IH]; intros us0 outs us more vs H; cbn [build_files] in H.
  { injection H as <- <-. split; [exact I|constructor]. }
  destruct (build _ _ (length vs)) as [(env, us1)|] eqn:B; [|discriminate H].
  replace (length vs + 2 * length us1)%nat with (length (run_units us1 vs)) in H
    by apply run_length. unfold vs in H. rewrite <- run_app in H.
  destruct (build_files (length xs) Fs _) as [(outs', us2)|] eqn:B2; [|discriminate H].
  injection H as <- <-. rewrite <- app_assoc. cbv zeta.
  destruct (build_correct _ _ vs env us1 (us2 ++ more) B) as [B1 B3].
  destruct (IH (us0 ++ us1) outs' us2 more B2) as [I1 I2]. rewrite (run_app us0 us1) in *.
  fold vs in I1, I2.
  rewrite <- run_app in I2. rewrite run_length in I1.
  split; [apply consistent_app; assumption|]. cbn [map]. constructor; [|exact I2].
  apply have_at. apply B3. constructor; [|constructor]. apply input_polys_correct.
  intros v Hv. unfold vs. rewrite <- run_app, seen_run by (rewrite rev_length; lia).
  apply seen_input. exact Hv.
Qed.

(* Every output of every file is the value of its polynomial, at every input. *)
Theorem graph_of_correct size Fs outs G xs : graph_of size Fs = Some (outs, G) ->
  length xs = size ->
  inputs G = size /\ consistent size (units G) /\
  Forall2 (have (values G xs)) outs (map (fun F => FileNetwork.file_values F xs) Fs).
Proof.
  intros H L. unfold graph_of in H. destruct (build_files size Fs size) as [(o, us)|] eqn:B;
    [|discriminate H]. cbn in H. injection H as <- <-. cbn [inputs units]. split; [reflexivity|].
  subst size. pose proof (build_files_correct xs Fs [] o us []) as C. cbn [run_units] in C.
  rewrite rev_length, app_nil_r in C. exact (C B).
Qed.
