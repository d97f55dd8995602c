"""Random claims with random proofs, and a judge that shares no code with the kernel.

names          names that collide with what the kernel makes itself
vocabularies   networks, definitions, free symbols, assumptions and their models
statements     texts with something to prove them by, true or false
proofs         an untrusted prover that sees a branch as the kernel does
farkas         multipliers for the leaves
reading        the printed lines of an accepted claim, read again
models         their meaning, by finite sampling and exact arithmetic
kernels        kernels with a check taken out
"""
