"""ONNX, read exactly: `model` walks the graph, `operators` is the one table, a file for each family
says what its operators draw."""
