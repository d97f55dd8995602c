(* Must not compile.  One term more than is needed: false, by circuits_parity_dnf_attained.  The
   first theorem is the true one, with the same proof; it compiles. *)
From Coq Require Import Bool List Arith.
From Depthproof Require Import Parity.

Theorem true_statement n D :
  (forall v, length v = S n -> dnf_value D v = xorb false (parity v)) -> 2 ^ n <= length D.
Proof. exact (circuits_parity_dnf n false D). Qed.

Theorem false_statement n D :
  (forall v, length v = S n -> dnf_value D v = xorb false (parity v)) -> 2 ^ n + 1 <= length D.
Proof. exact (circuits_parity_dnf n false D). Qed.
