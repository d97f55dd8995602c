"""What a proof script imports: theories, their library and lemmas, cases gone through exactly, and z3 as a judge."""
