"""Random claims with random proofs, and a judge that shares no code with the kernel.

names          names that collide with what the kernel makes itself
networks       small networks in canonical form
vocabularies   definitions, free symbols, assumptions and their models
assumptions    assumptions with models and a witness, and some that have none
statements     texts with something to prove them by, true or false
proofs         an untrusted prover that sees a branch as the kernel does
farkas         multipliers for the leaves
spoiling       claims and evidence with something wrong in them
reading        the printed lines of an accepted claim, read again
reals          networks and measures in exact arithmetic
worlds         what names mean for one input and one choice of the free symbols
models         the judge: whether some world denies what was accepted
kernels        kernels with a check taken out
"""
