(* Functions of points that are continuous on a set, with distances as sums over the coordinates:
   sums, products and compositions. *)
From Depthproof Require Import Definitions Sums Cube.

(* Continuous at each point of D, as a function on D. *)
Definition continuous_within (D : list R -> Prop) (G : list R -> R) : Prop := forall w, D w ->
  forall eps, 0 < eps -> exists delta, 0 < delta /\ forall u, D u ->
  sum_distance w u < delta -> Rabs (G w - G u) < eps.

Section On.
Variable D : list R -> Prop.

(* What holds near a point, on D. *)
Definition near (w : list R) (P : list R -> Prop) : Prop := exists delta, 0 < delta /\
  forall u, D u -> sum_distance w u < delta -> P u.

(* It is a filter, as Coquelicot has them: so sums and products of limits are limits. *)
#[local] Instance near_filter w : Filter (near w).
Proof. constructor.
  - exists 1. split; [lra|]. intros; exact I.
  - intros P Q (p & Pp & HP) (q & Pq & HQ). exists (Rmin p q). split; [apply Rmin_glb_lt; lra|].
    intros u Lu Du. pose proof (Rmin_l p q). pose proof (Rmin_r p q).
    split; [apply HP|apply HQ]; (assumption || lra).
  - intros P Q H (p & Pp & HP). exists p. split; [exact Pp|]. intros; apply H, HP; assumption. Qed.

(* Continuity by this filter. *)
Lemma on_filter G : continuous_within D G <->
  forall w, D w -> filterlim G (near w) (locally (G w)).
Proof. split; intros H w Lw.
  - apply filterlim_locally. intros eps. destruct (H w Lw eps (cond_pos eps)) as (r & Pr & Hr).
    exists r. split; [exact Pr|]. intros u Lu Du. change (Rabs (G u - G w) < eps).
    rewrite Rabs_minus_sym. apply Hr; assumption.
  - intros eps He.
    destruct (proj1 (filterlim_locally G (G w)) (H w Lw) (mkposreal eps He)) as (r & Pr & Hr).
    exists r. split; [exact Pr|]. intros u Lu Du. rewrite Rabs_minus_sym. apply Hr; assumption. Qed.

(* Sums, *)
Lemma on_plus G H : continuous_within D G -> continuous_within D H ->
  continuous_within D (fun w => G w + H w).
Proof. rewrite !on_filter. intros A B w L.
  exact (filterlim_comp_2 _ _ _ (A w L) (B w L) (filterlim_plus (V := R_NormedModule) _ _)). Qed.

(* products, *)
Lemma on_mult G H : continuous_within D G -> continuous_within D H ->
  continuous_within D (fun w => G w * H w).
Proof. rewrite !on_filter. intros A B w L.
  exact (filterlim_comp_2 _ _ _ (A w L) (B w L) (filterlim_mult (K := R_AbsRing) _ _)). Qed.

(* and continuous functions of continuous functions are continuous; *)
Lemma on_comp G (h : R -> R) : continuous_within D G -> (forall x, continuous h x) ->
  continuous_within D (fun w => h (G w)).
Proof. rewrite !on_filter. intros A B w L.
  exact (filterlim_comp _ _ _ _ _ _ _ _ (A w L) (B (G w))). Qed.

(* so are constants, *)
Lemma on_const c : continuous_within D (fun _ => c).
Proof. intros w _ eps He. exists 1. split; [lra|]. intros. rewrite Rminus_eq_0, Rabs_R0. exact He.
Qed.

(* multiples, *)
Lemma on_scale c G : continuous_within D G -> continuous_within D (fun w => c * G w).
Proof. apply on_mult, on_const. Qed.

(* squares, *)
Lemma on_square G : continuous_within D G -> continuous_within D (fun w => G w ^ 2).
Proof. intros H. cbn [pow]. apply on_mult; [exact H|]. apply on_mult; [exact H|apply on_const]. Qed.

(* differences, *)
Lemma on_minus G H : continuous_within D G -> continuous_within D H ->
  continuous_within D (fun w => G w - H w).
Proof. intros A B. apply on_plus; [exact A|]. apply (on_comp H Ropp B). intros x.
  exact (continuous_opp (V := R_NormedModule) (fun x : R => x) x (continuous_id x)). Qed.

(* and sums over lists. *)
Lemma on_rsum {A} (g : A -> list R -> R) l : (forall a, In a l -> continuous_within D (g a)) ->
  continuous_within D (fun w => rsum (fun a => g a w) l).
Proof. unfold rsum. induction l as [|a l IH]; intros H; cbn [fold_right]; [apply on_const|].
  apply on_plus; [apply H; left; reflexivity|apply IH; intros; apply H; right; assumption]. Qed.

(* What moves no faster than M times the point is continuous. *)
Lemma on_slow M G : (forall w u, D w -> D u -> Rabs (G w - G u) <= M * sum_distance w u) ->
  continuous_within D G.
Proof. intros H w Dw eps He. assert (P : 0 < Rmax M 1) by (pose proof (Rmax_r M 1); lra).
  exists (eps / Rmax M 1). split; [apply Rdiv_lt_0_compat; assumption|]. intros u Du L.
  apply (Rmult_lt_compat_l (Rmax M 1)) in L; [|exact P].
  replace (Rmax M 1 * (eps / Rmax M 1)) with eps in L by (field; lra).
  eapply Rle_lt_trans; [apply H; assumption|]. eapply Rle_lt_trans; [|exact L].
  apply Rmult_le_compat_r; [apply sum_distance_pos|apply Rmax_l]. Qed.

(* A uniform limit of continuous functions is continuous. *)
Lemma on_limit G : (forall e, 0 < e -> exists H, continuous_within D H /\
  forall w, D w -> Rabs (G w - H w) <= e) -> continuous_within D G.
Proof. intros L w Dw eps He. destruct (L (eps / 4) ltac:(lra)) as (H & C & E).
  destruct (C w Dw (eps / 4) ltac:(lra)) as (r & Pr & Hr). exists r. split; [exact Pr|].
  intros u Du Lu. specialize (Hr u Du Lu). pose proof (E w Dw) as Ew. pose proof (E u Du) as Eu.
  apply Rabs_def2 in Hr. apply Rabs_le_between in Ew, Eu. apply Rabs_def1; lra. Qed.

End On.
