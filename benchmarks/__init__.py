"""How fast linkworker is, each figure beside its floor: `python -m benchmarks`.

A figure is a ratio: ours and the floor are measured in turn, in one run, on the same machine, and
the median of the pairs is what counts. The floor is the least that could do the same: a bare
Textual app, the bare driver. Nothing here is a timed test; a figure over its aim fails nothing, it
is said.
"""
