"""Reports: pictures and pages, drawn from exact data and from certificate files.

Nothing here proves or imports a solver.
"""
