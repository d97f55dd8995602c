(* "Bound on number of linear regions for ReLU networks" (Montufar, Pascanu, Cho, Bengio), from
   below, for the affine maps of the function: folds of the cube, and a last layer whose units
   take one affine map for each of their patterns. *)
From Depthproof Require Import Binomials Definitions Compose.
From Depthproof Require Import Zigzags PiecesFolded LastLayer.
From Coq Require Import List.

(* Layers that fold, and a last layer of m > d units. *)
Lemma maps_folded_last d k m ws : (d < m)%nat -> Forall (fun w => folding d w (k w)) ws ->
  exists N, widths (hidden N) = ws ++ [m] /\ function_regions_at_least
    (fold_right (fun w a => k w ^ d * a) (zaslavsky m d) ws)%nat d (network_value Layered relu N).
Proof. intros M H. destruct (folded_network d k ws H) as (L & z & Z & C & G).
  destruct (maps_last L z d m Z M) as (N & W & T). destruct (G N) as (N' & W' & V). exists N'.
  split; [congruence|]. apply function_regions. rewrite product_powers, <- C.
  eapply maps_ext; [|exact T]. intros x [Lx _]. exact (V x Lx). Qed.

(* Montufar, Pascanu, Cho and Bengio (2014), for the function: for all widths m_1, ..., m_L, m with
   m > d some network has floor (m_1 / d)^d ... floor (m_L / d)^d sum_(j <= d) C(m, j) affine maps
   inside the cube, and as many pieces, whatever sets are taken as pieces. *)
Theorem regions_montufar_function d m ms : (d < m)%nat -> exists N,
  widths (hidden N) = ms ++ [m] /\ function_regions_at_least
    (fold_right (fun w a => (w / d) ^ d * a) (zaslavsky m d) ms)%nat d
    (network_value Layered relu N).
Proof. intros M. apply (maps_folded_last d (fun w => w / d)%nat m ms M). apply Forall_forall.
  intros w _. apply folding_even. Qed.

(* For a last layer of any width, m <= d too: where none of its units is active the network is
   constant, and that is one map for all cells. *)
Theorem regions_montufar_any d m ms : (1 <= d)%nat -> Forall (fun w => d <= w)%nat ms -> exists N,
  widths (hidden N) = ms ++ [m] /\ function_regions_at_least
    (fold_right (fun w a => (w / d) ^ d * a) (zaslavsky m d - 1) ms + 1)%nat d
    (network_value Layered relu N).
Proof. intros D H. destruct (folded_network d (fun w => w / d)%nat ms) as (L & z & Z & C & G).
  { apply Forall_forall. intros w _. apply folding_even. }
  assert (P : L <> []).
  { intros ->. cbn [length] in C. clear G. revert C.
    induction H as [|w ms Hw _ IH]; [discriminate|].
    cbn [fold_right]. intros E. symmetry in E. apply Nat.eq_mul_0 in E.
    destruct E as [E|E]; [apply Nat.div_small_iff in E; lia|exact (IH (eq_sym E))]. }
  destruct (maps_last_any L z d m Z P) as (N & W & T). destruct (G N) as (N' & W' & V). exists N'.
  split; [congruence|]. apply function_regions. rewrite product_powers, <- C.
  eapply maps_ext; [|exact T]. intros x [Lx _]. exact (V x Lx). Qed.
