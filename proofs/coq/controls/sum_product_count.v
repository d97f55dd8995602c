(* Must not compile.  One product more: false, since the function has 2^(2^i - 1) monomials.  The
   first theorem is the true one, with the same proof; it compiles. *)
From Depthproof Require Import Definitions SumProduct.

Theorem true_statement i T :
  (forall t, In t T -> length (snd t) = (4 ^ i)%nat) ->
  (forall bs, length bs = (4 ^ i)%nat ->
    sum_of_products T (map number bs) = spn_value (deep i 0) (map number bs)) ->
  (2 ^ (2 ^ i - 1) <= length T)%nat.
Proof. exact (circuits_sum_product i T). Qed.

Theorem false_statement i T :
  (forall t, In t T -> length (snd t) = (4 ^ i)%nat) ->
  (forall bs, length bs = (4 ^ i)%nat ->
    sum_of_products T (map number bs) = spn_value (deep i 0) (map number bs)) ->
  (2 ^ (2 ^ i - 1) + 1 <= length T)%nat.
Proof. exact (circuits_sum_product i T). Qed.
