"""Networks: the directed acyclic graph of exact piecewise-linear operations, its builders and its
readers."""
