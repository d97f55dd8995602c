(* Must not compile.  Without the slopes being derivatives: false, by backprop_kink.  The first
   theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions Backprop.

Theorem true_statement G d u slope i :
  acyclic G d -> consistent G d u -> slopes_correct G d u slope -> (0 < length G)%nat ->
  (i < d + length G)%nat ->
  is_derive (output_from G d u i) (u i) (backprop G d u slope (d + length G - 1) i).
Proof. exact (backprop_lemma G d u slope i). Qed.

Theorem false_statement G d u slope i :
  acyclic G d -> consistent G d u -> consistent G d u -> (0 < length G)%nat ->
  (i < d + length G)%nat ->
  is_derive (output_from G d u i) (u i) (backprop G d u slope (d + length G - 1) i).
Proof. exact (backprop_lemma G d u slope i). Qed.
