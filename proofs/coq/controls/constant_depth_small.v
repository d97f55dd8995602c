(* Must not compile.  Without the bound on the degree: false, since the parity of one bit is a
   wire, with no gate.  The first theorem is the true one, with the same proof; it compiles. *)
From Coq Require Import Bool List Arith.
From Depthproof Require Import Parity ConstantDepth ConstantDepthBound.

Theorem true_statement m l gs o :
  let n := 2 * m + 1 in
  0 < l ->
  4 * (((2 * l) ^ nth (fst o) (wire_depths gs (repeat 0 n)) 0 + 1) *
    ((2 * l) ^ nth (fst o) (wire_depths gs (repeat 0 n)) 0 + 1)) <= n ->
  (forall v, length v = n -> read (run_gates gs v) o = parity v) -> 2 ^ l <= 4 * length gs.
Proof. intros n Hl H. apply (circuits_parity_bound m l gs o Hl H). Qed.

Theorem false_statement m l gs o :
  let n := 2 * m + 1 in
  0 < l ->
  (forall v, length v = n -> read (run_gates gs v) o = parity v) -> 2 ^ l <= 4 * length gs.
Proof. intros n Hl H. apply (circuits_parity_bound m l gs o Hl H). Qed.
