(* How many affine maps and pieces a function has after each coordinate was folded, by a zigzag. *)
From Depthproof Require Import Lists Definitions Vectors.
From Depthproof Require Import RegionsAttained AffineMaps.
From Coq Require Import List.

(* ---------- pieces and affine maps ---------- *)

(* The open cube (0,1)^d. *)
Definition open_cube (d : nat) (x : list R) : Prop := length x = d /\ inside x.

(* n different affine maps are each taken on some box. *)
Definition maps_at_least (n d : nat) (domain : list R -> Prop) (f : list R -> R) : Prop :=
  exists ms, NoDup ms /\ length ms = n /\
    Forall (fun m => length (fst m) = d /\ taken domain f m) ms.

(* Sets of any shape, on each of which f is affine, cover the domain only if they are n or more. *)
Definition pieces_at_least (n d : nat) (domain : list R -> Prop) (f : list R -> R) : Prop :=
  forall Ps : list (list R -> Prop),
    (forall x, domain x -> exists P, In P Ps /\ P x) ->
    (forall P, In P Ps -> exists m, length (fst m) = d /\
      forall x, domain x -> P x -> f x = map_value m x) ->
    (n <= length Ps)%nat.

(* Both, inside the cube. *)
Definition function_regions_at_least (n d : nat) (f : list R -> R) : Prop :=
  maps_at_least n d (open_cube d) f /\ pieces_at_least n d (open_cube d) f.

(* Each piece has one map, so there are as many pieces as maps. *)
Lemma maps_pieces n d domain f : maps_at_least n d domain f -> pieces_at_least n d domain f.
Proof. intros (ms & N & <- & H) Ps Cover Affine.
  assert (Q : exists ns, length ns = length Ps /\ Forall (fun m => length (fst m) = d) ns /\
    forall P x, In P Ps -> domain x -> P x -> exists m, In m ns /\ f x = map_value m x).
  { clear Cover. induction Ps as [|P Ps IH].
    - exists []. repeat split; [constructor|intros P x []].
    - destruct IH as (ns & L & F & C); [intros; apply Affine; right; assumption|].
      destruct (Affine P (or_introl eq_refl)) as (m & Lm & E). exists (m :: ns).
      split; [simpl; congruence|]. split; [constructor; assumption|].
      intros Q x [<-|I] D X; [exists m; split; [left; reflexivity|auto]|].
      destruct (C Q x I D X) as (k & K & V). exists k. split; [right; exact K|exact V]. }
  destruct Q as (ns & <- & F & C). apply (affine_maps_counted d domain f ms ns N H F).
  intros x D. destruct (Cover x D) as (P & I & X). exact (C P x I D X). Qed.

(* So the maps say both. *)
Lemma function_regions n d f : maps_at_least n d (open_cube d) f ->
  function_regions_at_least n d f.
Proof. intros H. split; [exact H|apply maps_pieces, H]. Qed.

(* Only the values on the domain matter. *)
Lemma maps_ext n d (domain : list R -> Prop) f g : (forall x, domain x -> g x = f x) ->
  maps_at_least n d domain f -> maps_at_least n d domain g.
Proof. intros E (ms & N & C & F). exists ms. split; [exact N|]. split; [exact C|].
  eapply Forall_impl; [|exact F]. intros m (L & c & r & Lc & P & B). split; [exact L|].
  exists c, r. split; [exact Lc|]. split; [exact P|]. intros x X. destruct (B x X) as (D & V).
  split; [exact D|]. rewrite E by exact D. exact V. Qed.

(* The first part of a list without repetitions has none. *)
Lemma nodup_firstn {A} k (l : list A) : NoDup l -> NoDup (firstn k l).
Proof. intros N. revert k. induction N as [|a l Ha N IH]; intros [|k]; cbn [firstn]; constructor;
    [|apply IH].
  intros H. apply Ha. rewrite <- (firstn_skipn k l). apply in_app_iff. left. exact H. Qed.

(* At least so many are at least fewer. *)
Lemma maps_fewer n k d (domain : list R -> Prop) f : (k <= n)%nat ->
  maps_at_least n d domain f -> maps_at_least k d domain f.
Proof. intros K (ms & N & C & F). exists (firstn k ms). rewrite <- (firstn_skipn k ms) in F.
  split; [apply nodup_firstn, N|]. split; [rewrite firstn_length; lia|].
  apply Forall_app in F. apply F. Qed.

(* A larger domain. *)
Lemma maps_within n d (small large : list R -> Prop) f : (forall x, small x -> large x) ->
  maps_at_least n d small f -> maps_at_least n d large f.
Proof. intros W (ms & N & C & F). exists ms. split; [exact N|]. split; [exact C|].
  eapply Forall_impl; [|exact F]. intros m (L & c & r & Lc & P & B). split; [exact L|].
  exists c, r. split; [exact Lc|]. split; [exact P|]. intros x X. destruct (B x X). auto. Qed.

(* ---------- zigzags ---------- *)

(* On different intervals z is the line s x + t, and runs there through (0,1) from end to end. *)
Definition zigzag (L : list (R * R)) (z : R -> R) : Prop := NoDup L /\
  forall s t, In (s, t) L -> s <> 0 /\ forall x, 0 < s * x + t < 1 -> 0 < x < 1 /\ z x = s * x + t.

(* The lines of one zigzag after another. *)
Definition after (p q : R * R) : R * R := (fst p * fst q, fst p * snd q + snd p).

(* Products of lists have no repetitions where the factors can be told. *)
Lemma product_nodup {A B C} (g : A -> B -> C) P Q : NoDup P -> NoDup Q ->
  (forall a b c e, In a P -> In b Q -> In c P -> In e Q -> g a b = g c e -> a = c /\ b = e) ->
  NoDup (flat_map (fun a => map (g a) Q) P).
Proof. intros HP HQ I. induction HP as [|a P Ha HP IH]; cbn [flat_map]; [constructor|].
  apply nodup_app.
  - assert (K : forall b e, In b Q -> In e Q -> g a b = g a e -> b = e).
    { intros b e Hb He E. apply (I a b a e); auto; left; reflexivity. }
    clear - K HQ. induction HQ as [|b Q Hb HQ IH]; cbn [map]; constructor.
    + intros J. apply in_map_iff in J. destruct J as (e & E & He). apply Hb.
      rewrite (K b e); [exact He|left; reflexivity|right; exact He|congruence].
    + apply IH. intros; apply K; try (right; assumption). assumption.
  - apply IH. intros; apply I; try (right; assumption); assumption.
  - intros c Hc K. apply in_map_iff in Hc. destruct Hc as (b & <- & Hb).
    apply in_flat_map in K. destruct K as (a' & Ha' & K). apply in_map_iff in K.
    destruct K as (e & E & He). apply Ha.
    destruct (I a' e a b) as [-> _]; auto; [right; exact Ha'|left; reflexivity]. Qed.

(* A zigzag after a zigzag is one, with as many lines as the product says. *)
Lemma zigzag_after L M y z : zigzag L y -> zigzag M z ->
  zigzag (flat_map (fun p => map (after p) M) L) (fun x => y (z x)).
Proof. intros [NL HL] [NM HM].
  assert (K : forall s t u v, In (s, t) L -> In (u, v) M -> forall x,
    0 < s * (u * x + v) + t < 1 -> 0 < x < 1 /\ z x = u * x + v /\ y (z x) = s * (u * x + v) + t).
  { intros s t u v Hs Hu x X. destruct (HL s t Hs) as (_ & A). destruct (A _ X) as (B & E).
    destruct (HM u v Hu) as (_ & C). destruct (C _ B) as (X' & F).
    split; [exact X'|]. split; [exact F|]. rewrite F. exact E. }
  split.
  - apply product_nodup; [exact NL|exact NM|].
    intros [s t] [u v] [s' t'] [u' v'] Hs Hu Hs' Hu' E. unfold after in E. cbn [fst snd] in E.
    injection E as E1 E2. destruct (HL s t Hs) as (S0 & _). destruct (HM u v Hu) as (U0 & _).
    assert (J : forall r, 0 < r < 1 -> u * ((r - (s * v + t)) / (s * u)) + v =
      u' * ((r - (s * v + t)) / (s * u)) + v').
    { intros r Hr. set (x := (r - (s * v + t)) / (s * u)).
      assert (X : s * (u * x + v) + t = r) by (unfold x; field; auto).
      destruct (K s t u v Hs Hu x) as (_ & Z & _); [lra|].
      destruct (K s' t' u' v' Hs' Hu' x) as (_ & Z' & _); [|congruence].
      replace (s' * (u' * x + v') + t') with (s' * u' * x + (s' * v' + t')) by ring.
      rewrite <- E1, <- E2. lra. }
    pose proof (J (/ 2) ltac:(lra)) as J1. pose proof (J (/ 4) ltac:(lra)) as J2.
    assert (Q : (u - u') * (/ 4 / (s * u)) = 0).
    { replace (/ 4 / (s * u)) with ((/ 2 - (s * v + t)) / (s * u) - (/ 4 - (s * v + t)) / (s * u))
        by (field; auto). lra. }
    apply Rmult_integral in Q. destruct Q as [Q|Q].
    + assert (u = u') as <- by lra. assert (v = v') as <- by lra.
      apply Rmult_eq_reg_r in E1; [|exact U0]. subst s'. split; f_equal; lra.
    + exfalso. revert Q. apply Rmult_integral_contrapositive_currified; [lra|].
      apply Rinv_neq_0_compat, Rmult_integral_contrapositive_currified; assumption.
  - intros a b H. apply in_flat_map in H. destruct H as ([s t] & Hs & H). apply in_map_iff in H.
    destruct H as ([u v] & E & Hu). injection E as <- <-. cbn [fst snd].
    destruct (HL s t Hs) as (S0 & _). destruct (HM u v Hu) as (U0 & _).
    split; [apply Rmult_integral_contrapositive_currified; assumption|]. intros x X.
    destruct (K s t u v Hs Hu x) as (A & _ & B); [lra|]. split; [exact A|lra]. Qed.

(* ---------- the cells of a folded cube ---------- *)

(* A line of the zigzag for each coordinate. *)
Fixpoint choices {A} (L : list A) (d : nat) : list (list A) :=
  match d with O => [[]] | S d' => pairs L (choices L d') end.

(* There are |L|^d. *)
Lemma choices_length {A} (L : list A) d : length (choices L d) = (length L ^ d)%nat.
Proof. induction d as [|d IH]; [reflexivity|]. cbn [choices Nat.pow]. unfold pairs.
  rewrite product_length, IH. reflexivity. Qed.

(* They are different. *)
Lemma choices_nodup {A} (L : list A) d : NoDup L -> NoDup (choices L d).
Proof. intros N. induction d; [repeat constructor; intros []|apply pairs_nodup; assumption]. Qed.

(* All lists of d elements. *)
Lemma choices_spec {A} (L : list A) d : forall I, In I (choices L d) <->
  length I = d /\ Forall (fun p => In p L) I.
Proof. induction d as [|d IH]; intros I; cbn [choices].
  - split; [intros [<-|[]]; split; [reflexivity|constructor]|]. intros [H _].
    destruct I; [left; reflexivity|discriminate].
  - unfold pairs. rewrite in_flat_map. split.
    + intros (p & Hp & H). apply in_map_iff in H. destruct H as (J & <- & HJ).
      apply IH in HJ. destruct HJ as [<- HJ]. split; [reflexivity|constructor; assumption].
    + intros [H F]. destruct I as [|p I]; [discriminate|]. inversion F; subst. exists p.
      split; [assumption|]. apply in_map, IH. split; [simpl in H; congruence|assumption]. Qed.

(* What the zigzags are on a cell. *)
Fixpoint straight (I : list (R * R)) (x : list R) : list R :=
  match I, x with (s, t) :: I', a :: x' => s * a + t :: straight I' x' | _, _ => [] end.

(* The affine map that reads it. *)
Fixpoint stretched (I : list (R * R)) (w : list R) : list R :=
  match I, w with (s, _) :: I', a :: w' => a * s :: stretched I' w' | _, _ => [] end.

Definition pulled (I : list (R * R)) (m : list R * R) : list R * R :=
  (stretched I (fst m), dot (fst m) (map snd I) + snd m).

(* Its value. *)
Lemma pulled_value I m x : length I = length x ->
  map_value (pulled I m) x = map_value m (straight I x).
Proof. destruct m as [w b]. unfold map_value, pulled. cbn [fst snd]. intros L.
  enough (E : dot (stretched I w) x + dot w (map snd I) = dot w (straight I x)) by lra.
  revert w x L. induction I as [|[s t] I IH]; intros [|a w] [|y x] L; try discriminate; simpl;
    try ring. rewrite <- IH by (simpl in L; congruence). ring. Qed.

(* It has as many weights. *)
Lemma stretched_length I : forall w, length I = length w -> length (stretched I w) = length w.
Proof. induction I as [|[s t] I IH]; intros [|a w] L; try discriminate; [reflexivity|].
  simpl. rewrite IH; simpl in L; congruence. Qed.

(* A cell lies inside the cube, and there the zigzags are straight. *)
Lemma zigzag_cell L z : zigzag L z -> forall I x, Forall (fun p => In p L) I ->
  length I = length x -> inside (straight I x) -> inside x /\ map z x = straight I x.
Proof. intros [_ H] I. induction I as [|[s t] I IH]; intros [|a x] F E C; try discriminate;
    [split; [constructor|reflexivity]|].
  inversion F as [|? ? P F']; subst. cbn [straight] in C. inversion C as [|? ? B C']; subst.
  destruct (H s t P) as (_ & G). destruct (G a B) as (A & V).
  destruct (IH x F') as (X & Y); [simpl in E; congruence|exact C'|].
  split; [constructor; assumption|]. cbn [map straight]. congruence. Qed.

(* Every box is met by the image of one. *)
Lemma straight_box L z : zigzag L z -> forall I c r, Forall (fun p => In p L) I ->
  length I = length c -> 0 < r -> exists c' r', length c' = length c /\ 0 < r' /\
  forall x, in_box r' c' x -> in_box r c (straight I x).
Proof. intros [_ H] I. induction I as [|[s t] I IH]; intros [|a c] r F E P; try discriminate.
  - exists [], 1. split; [reflexivity|]. split; [lra|]. intros x X. constructor.
  - inversion F as [|? ? Q F']; subst. destruct (H s t Q) as (S0 & _).
    destruct (IH c r F') as (c' & r' & L' & P' & B); [simpl in E; congruence|exact P|].
    pose proof (Rabs_pos_lt s S0) as A. set (q := Rmin r' (r / Rabs s)).
    exists ((a - t) / s :: c'), q. split; [simpl; congruence|].
    split; [apply Rmin_glb_lt; [exact P'|apply Rdiv_lt_0_compat; assumption]|].
    intros x X. inversion X as [|u v k l Y T]; subst. cbn [straight]. constructor.
    + replace (s * v + t - a) with (s * (v - (a - t) / s)) by (field; exact S0).
      rewrite Rabs_mult. apply Rle_trans with (Rabs s * (r / Rabs s)); [|right; field; lra].
      apply Rmult_le_compat_l; [lra|]. eapply Rle_trans; [exact Y|apply Rmin_r].
    + apply B. apply in_box_wider with (r := q); [apply Rmin_l|exact T]. Qed.

(* A map that f takes is pulled back to each cell. *)
Lemma pulled_taken L z d f m I : zigzag L z -> In I (choices L d) -> length (fst m) = d ->
  taken (open_cube d) f m -> length (fst (pulled I m)) = d /\
  taken (open_cube d) (fun v => f (map z v)) (pulled I m).
Proof. intros Z HI Lm (c & r & Lc & P & B). apply choices_spec in HI. destruct HI as [LI FI].
  assert (W : length (fst (pulled I m)) = d).
  { cbn [pulled fst]. rewrite stretched_length; congruence. }
  split; [exact W|]. destruct (straight_box L z Z I c r FI) as (c' & r' & L' & P' & B');
    [congruence|exact P|].
  exists c', r'. split; [congruence|]. split; [exact P'|]. intros x X.
  destruct (B _ (B' x X)) as ((_ & C) & V).
  assert (Lx : length I = length x) by (apply in_box_length in X; congruence).
  destruct (zigzag_cell L z Z I x FI Lx C) as (Ix & E).
  split; [split; [congruence|exact Ix]|]. rewrite E, V, pulled_value by exact Lx. reflexivity. Qed.

(* The maps g q of f, pulled back to all cells. *)
Definition cell_maps {Q} (L : list (R * R)) (d : nat) (qs : list Q) (g : Q -> list R * R) :
  list (list R * R) := flat_map (fun I => map (fun q => pulled I (g q)) qs) (choices L d).

(* Where the cells can be told by the maps, there is one map for each cell and each map of f. *)
Lemma cell_maps_spec {Q} L z d f (qs : list Q) g : zigzag L z -> NoDup qs ->
  (forall q, In q qs -> length (fst (g q)) = d /\ taken (open_cube d) f (g q)) ->
  (forall I J p q, In I (choices L d) -> In J (choices L d) -> In p qs -> In q qs ->
    (forall x, length x = d -> map_value (g p) (straight I x) = map_value (g q) (straight J x)) ->
    I = J /\ p = q) ->
  NoDup (cell_maps L d qs g) /\ length (cell_maps L d qs g) = (length L ^ d * length qs)%nat /\
  Forall (fun m => length (fst m) = d /\ taken (open_cube d) (fun v => f (map z v)) m)
    (cell_maps L d qs g).
Proof. intros Z N F Apart. split; [|split].
  - apply product_nodup; [apply choices_nodup, Z|exact N|].
    intros I p J q HI Hp HJ Hq E. apply Apart; try assumption. intros x Hx.
    apply choices_spec in HI, HJ. destruct HI as [LI _], HJ as [LJ _].
    rewrite <- !pulled_value by congruence. rewrite E. reflexivity.
  - unfold cell_maps. rewrite product_length, choices_length. reflexivity.
  - apply Forall_forall. intros k Hk. apply in_flat_map in Hk. destruct Hk as (I & HI & Hk).
    apply in_map_iff in Hk. destruct Hk as (q & <- & Hq). destruct (F q Hq) as (Lm & T).
    apply (pulled_taken L z d f (g q) I); assumption. Qed.

(* ---------- weights by which the cells can be told ---------- *)

(* Finitely many numbers: those that are not 0 have a least size, and all a largest one. *)
Lemma sizes xs : exists e M, 0 < e /\ 0 <= M /\
  forall x, In x xs -> Rabs x <= M /\ (x = 0 \/ e <= Rabs x).
Proof. induction xs as [|a xs (e & M & E & P & H)]; [exists 1, 0; repeat split; lra || tauto|].
  pose proof (Rabs_pos a) as A. destruct (Req_dec a 0) as [->|Z].
  - exists e, M. split; [exact E|]. split; [exact P|]. intros x [<-|I]; [|apply H, I].
    rewrite Rabs_R0. tauto.
  - pose proof (Rabs_pos_lt a Z) as B. exists (Rmin e (Rabs a)), (Rmax M (Rabs a)).
    pose proof (Rmin_l e (Rabs a)). pose proof (Rmin_r e (Rabs a)).
    pose proof (Rmax_l M (Rabs a)). pose proof (Rmax_r M (Rabs a)).
    split; [apply Rmin_glb_lt; assumption|]. split; [lra|].
    intros x [<-|I]; [split; [assumption|right; assumption]|].
    destruct (H x I) as (H4 & [H5|H5]); (split; [lra|]); [left; exact H5|right; lra]. Qed.

(* The constants of a zigzag's lines: how far they are apart, at least and at most. *)
Lemma gaps (L : list (R * R)) : exists e M, 0 < e /\ 0 <= M /\ forall s t u v, In (s, t) L ->
  In (u, v) L -> Rabs (t - v) <= M /\ (t = v \/ e <= Rabs (t - v)).
Proof. destruct (sizes (flat_map (fun p => map (fun q => snd p - snd q) L) L))
    as (e & M & E & P & H). exists e, M. split; [exact E|]. split; [exact P|].
  intros s t u v Hs Hu.
  destruct (H (t - v)) as (A & B); [|split; [exact A|destruct B; [left; lra|tauto]]].
  apply in_flat_map. exists (s, t). split; [exact Hs|]. apply in_map_iff. exists (u, v).
  split; [reflexivity|exact Hu]. Qed.

(* The weights 1, t, t^2, ..., where t is large, tell all cells. *)
Lemma powers_apart L z : zigzag L z -> exists K, 1 <= K /\ forall t d I J, K <= t ->
  In I (choices L d) -> In J (choices L d) ->
  (forall x, length x = d -> dot (powers d t) (straight I x) = dot (powers d t) (straight J x)) ->
  I = J.
Proof. intros Z. destruct (gaps L) as (e & M & E & P & G). exists (1 + M / e).
  assert (Q : 0 <= M / e) by (apply Rle_mult_inv_pos; assumption). split; [lra|].
  intros t d I J T HI HJ Same.
  assert (T' : e + M <= t * e).
  { apply Rmult_le_compat_r with (r := e) in T; [|lra].
    replace ((1 + M / e) * e) with (e + M) in T by (field; lra). exact T. }
  enough (A : I = J \/ exists x, length x = d /\
    e <= Rabs (dot (powers d t) (straight I x) - dot (powers d t) (straight J x))).
  { destruct A as [A|(x & Lx & A)]; [exact A|].
    rewrite (Same x Lx), Rminus_diag_eq, Rabs_R0 in A by reflexivity. lra. }
  clear Same. revert I J HI HJ. induction d as [|d IH]; intros I J HI HJ.
  { destruct HI as [<-|[]], HJ as [<-|[]]. left. reflexivity. }
  apply in_flat_map in HI, HJ. destruct HI as ([s a] & Hs & HI), HJ as ([u b] & Hu & HJ).
  apply in_map_iff in HI, HJ. destruct HI as (I' & <- & HI), HJ as (J' & <- & HJ).
  assert (V : forall y x, dot (powers (S d) t) (straight ((s, a) :: I') (y :: x)) -
    dot (powers (S d) t) (straight ((u, b) :: J') (y :: x)) = (s - u) * y + (a - b) +
    t * (dot (powers d t) (straight I' x) - dot (powers d t) (straight J' x))).
  { intros y x. cbn [powers straight dot]. rewrite !dot_scale. ring. }
  destruct (Req_dec s u) as [<-|N].
  - destruct (G s a s b Hs Hu) as (G1 & G2).
    destruct (IH I' J' HI HJ) as [<-|(x & Lx & X)].
    + destruct G2 as [<-|G2]; [left; reflexivity|right]. exists (0 :: repeat 0 d).
      split; [simpl; rewrite repeat_length; reflexivity|]. rewrite V.
      match goal with |- _ <= Rabs ?q => replace q with (a - b) by ring end. exact G2.
    + right. exists (0 :: x). split; [simpl; congruence|]. rewrite V, Rmult_0_r, Rplus_0_l.
      set (D := dot (powers d t) (straight I' x) - dot (powers d t) (straight J' x)) in *.
      assert (t * e <= t * Rabs D) by (apply Rmult_le_compat_l; lra).
      replace (t * Rabs D) with (Rabs (t * D)) in H by (rewrite Rabs_mult, (Rabs_pos_eq t); lra).
      pose proof (Rabs_triang (a - b + t * D) (- (a - b))) as W. rewrite Rabs_Ropp in W.
      replace (a - b + t * D + - (a - b)) with (t * D) in W by ring. lra.
  - right. set (D := dot (powers d t) (straight I' (repeat 0 d)) -
      dot (powers d t) (straight J' (repeat 0 d))).
    exists ((e - (a - b) - t * D) / (s - u) :: repeat 0 d).
    split; [simpl; rewrite repeat_length; reflexivity|]. rewrite V. fold D.
    match goal with |- _ <= Rabs ?q => replace q with e by (field; lra) end.
    rewrite Rabs_pos_eq; lra. Qed.
