"""What stands behind a theorem: runs of its evidence, Coq, and the opinion of z3 and cvc5."""
