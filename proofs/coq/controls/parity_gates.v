(* Must not compile.  One gate fewer: false for two bits, where the exclusive or takes four
   gates.  The first theorem is the true one, with the same proof; it compiles. *)
From Coq Require Import Bool List Arith.
From Depthproof Require Import Parity.

Theorem true_statement k : exists gs out, length gs = 4 * (2 ^ k - 1) /\
  forall v, length v = 2 ^ k -> nth out (run_circuit gs (inputs v)) no_wire = (parity v, 3 * k).
Proof. exact (circuits_parity_tree k). Qed.

Theorem false_statement k : exists gs out, length gs = 4 * (2 ^ k - 1) - 1 /\
  forall v, length v = 2 ^ k -> nth out (run_circuit gs (inputs v)) no_wire = (parity v, 3 * k).
Proof. exact (circuits_parity_tree k). Qed.
