"""The search for proofs about given networks: between points of a line, at a point, over boxes."""
