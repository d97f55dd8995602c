(* Definitions: a network, its depth and its units; linear pieces; the distance in the mean;
   the cube.
   Everything that a statement of this development mentions is defined here,
     or is the triangle map of
   Oscillations.v.  Real numbers are Coq's, integrals are Coquelicot's Riemann integrals. *)
From Coq Require Export Reals Lra Lia ZArith List.
From Coquelicot Require Export Coquelicot.
Export ListNotations.
#[global] Open Scope R_scope.

(* ---------- networks ---------- *)

(* The activation of the lecture. *)
Definition relu (x : R) : R := Rmax x 0.

(* A unit ("node") has one weight for each number it reads, and a bias.  Missing numbers count
   as 0. *)
Definition node : Type := list R * R.

Fixpoint dot (w v : list R) : R :=
  match w, v with a :: w', b :: v' => a * b + dot w' v' | _, _ => 0 end.

Definition pre_activation (n : node) (v : list R) : R := dot (fst n) v + snd n.

Definition layer : Type := list node.

Definition activations (act : R -> R) (l : layer) (v : list R) : list R :=
  map (fun n => act (pre_activation n v)) l.

(* The output of a network is affine in what its last layer passes on: it has no activation. *)
Record network := Network { hidden : list layer; output : node }.

(* The number of layers of units.  The slides' "3-layer network" has depth 1. *)
Definition depth (N : network) : nat := length (hidden N).

Definition widths (ls : list layer) : list nat := map (@length node) ls.

Definition nodes (N : network) : nat := list_sum (widths (hidden N)).

(* In a layered network a layer reads the layer before it only.  In a skip network (ResNet,
   DenseNet) it reads
   the input and all layers before it, and so does the output. *)
Inductive architecture := Layered | Skip.

Definition pass_on {A : Type} (arch : architecture) (v w : list A) : list A :=
  match arch with Layered => w | Skip => v ++ w end.

Fixpoint run (arch : architecture) (act : R -> R) (ls : list layer) (v : list R) : list R :=
  match ls with
  | [] => v
  | l :: ls' => run arch act ls' (pass_on arch v (activations act l v))
  end.

(* The function of a network: any architecture, any activation, any number of inputs. *)
Definition network_value (arch : architecture) (act : R -> R) (N : network) (v : list R) : R :=
  pre_activation (output N) (run arch act (hidden N) v).

(* The network of the lecture: layered, ReLU, one input. *)
Definition eval (N : network) (x : R) : R := network_value Layered relu N [x].

Definition eval_skip (N : network) (x : R) : R := network_value Skip relu N [x].

(* ---------- pieces ---------- *)

(* [a, b] is cut into p intervals, possibly single points, and P holds for each of them. *)
Fixpoint cells (P : R -> R -> Prop) (p : nat) (a b : R) : Prop :=
  match p with
  | O => a = b
  | S p' => exists c, a <= c <= b /\ P a c /\ cells P p' c b
  end.

(* Affine on the open interval: nothing is said about the ends, where the function may jump. *)
Definition affine_inside (f : R -> R) (a b : R) : Prop :=
  exists p q, forall x, a < x < b -> f x = p * x + q.

(* f has at most p linear pieces on [a, b]. *)
Definition pieces (p : nat) (a b : R) (f : R -> R) : Prop := cells (affine_inside f) p a b.

Definition pieces_exactly (p : nat) (a b : R) (f : R -> R) : Prop :=
  pieces p a b f /\ forall n, pieces n a b f -> (p <= n)%nat.

(* The product of m_i + 1, and for activations with t pieces the product of (t - 1) m_i + 1. *)
Definition product_bound (ws : list nat) : nat := fold_right (fun w a => (w + 1) * a)%nat 1%nat ws.

Definition activation_bound (t : nat) (ws : list nat) : nat :=
  fold_right (fun w a => ((t - 1) * w + 1) * a)%nat 1%nat ws.

(* The lecture's bound 2^(L-1) (m_1 + 1) m_2 ... m_L. *)
Definition lecture_bound (ws : list nat) : nat :=
  match ws with [] => 1 | m :: ms => 2 ^ length ms * ((m + 1) * fold_right Nat.mul 1 ms) end%nat.

(* ---------- the distance in the mean ---------- *)

(* The integral of |f - g| over [0, 1]. *)
Definition distance (f g : R -> R) : R := RInt (fun x => Rabs (f x - g x)) 0 1.

(* The integral exists (RInt is total, so this must be said), and it is at least c. *)
Definition apart (c : R) (f g : R -> R) : Prop :=
  ex_RInt (fun x => Rabs (f x - g x)) 0 1 /\ c <= distance f g.

(* ---------- the cube ---------- *)

(* The iterated integral over [0,1]^d, the first variable innermost. *)
Fixpoint cube_integral (d : nat) (G : list R -> R) : R :=
  match d with
  | O => G []
  | S d' => RInt (fun y => cube_integral d' (fun v => G (v ++ [y]))) 0 1
  end.

(* Every integral in it exists. *)
Fixpoint cube_integrable (d : nat) (G : list R -> R) : Prop :=
  match d with
  | O => True
  | S d' => (forall y, cube_integrable d' (fun v => G (v ++ [y]))) /\
            ex_RInt (fun y => cube_integral d' (fun v => G (v ++ [y]))) 0 1
  end.

Definition cube_apart (c : R) (d : nat) (f g : list R -> R) : Prop :=
  cube_integrable d (fun v => Rabs (f v - g v)) /\ c <= cube_integral d (fun v => Rabs (f v - g v)).
