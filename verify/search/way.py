"""Which way a claim about several inputs was shown: read off its certificate."""

import json


def way(certificate: bytes) -> str:
    """How the networks' claim was shown; "" where it has one input, or is about all numbers.

    >>> way(b'{"evidence": {"items": [{"proof": [["cells", [0], [["1", "0"], ["0", "1"]], [[0, 1]]]]}]}}')
    'by a cell complex: 1 simplices, 2 points'
    """
    items = json.loads(certificate)["evidence"]["items"]
    steps = [step for item in items for step in item.get("proof", ())]
    complexes = [step for step in steps if step[0] == "cells"]
    found = []
    if complexes:
        simplices = sum(1 for step in complexes for simplex in step[3] if simplex)  # 0 is none
        places = [point for step in complexes for point in step[2]]
        points = sum(3 if isinstance(point, list) else 1 for point in places) // 3
        found.append(f"by a cell complex: {simplices} simplices, {points} points")
    boxes = [step for step in steps if step[0] == "units"]
    if boxes:
        found.append(f"by bounds of units: {len(boxes)} regions of a box")
    closed = [node for step in steps if step[0] == "tree" for node in step[2] if node < 0]
    if closed:
        found.append(f"by a tree of cuts: {len(closed)} parts of a box")
    return "; ".join(found)
