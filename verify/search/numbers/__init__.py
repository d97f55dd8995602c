"""The search for proofs about all numbers: instances, splits and multipliers for theories; small counterexamples."""
