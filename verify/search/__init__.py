"""Claims in, certificates or exact counterexamples out. Nothing here is trusted: the kernel re-checks what is found."""
