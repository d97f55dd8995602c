"""Formulas over boxes: trees of splits with multipliers at the leaves; every way in which a leaf or a tree can be short of a proof."""

from itertools import product
from typing import Any

import pytest

from verify.kernel.errors import BadInput, DepthproofError, Rejected

from .small import verdict

UNIT = ["0", "1"]
SQUARE = [UNIT, UNIT]


def forall(text: str, box: Any = None, **more: str) -> dict[str, Any]:
    return {"forall": {"box": box or SQUARE, "holds": text} | more}


def closing(weights: list[str], splits: list[str] | None = None, slopes: list[Any] | None = None) -> dict[str, Any]:
    return {"weights": weights, "splits": splits or [], "slopes": slopes or []}


def leaf(*alternatives: dict[str, Any]) -> dict[str, Any]:
    return {"leaf": list(alternatives)}


ONE = leaf(closing(["1"]))
# max(x1, x2) = σ(x1 − x2) + σ(x2) − σ(−x2): its only open unit on the unit square is entry 0 of value 2.
UNIT_SPLIT = {"unit": [2, 0]}
MAX = forall("f >= x1 and f >= x2 and (f = x1 or f = x2)")
MAX_TREE = {
    "tree": [
        UNIT_SPLIT,
        leaf(
            closing(["1"], ["0"]),
            closing(["1"], ["1"]),
            closing(["1", "0"], ["0"]),
            closing(["1", "0"], ["0"]),
            *[closing(["1", "0"], ["0"])] * 2,
        ),
        leaf(closing(["1"], ["1"]), closing(["1"], ["0"]), *[closing(["0", "1"], ["0"])] * 4),
    ]
}


def test_a_bound_that_needs_no_split() -> None:
    assert verdict(forall("f <= 2"), {"tree": [ONE]}, f="sum").holds
    assert verdict(forall("f >= 0"), {"tree": [leaf(closing(["1"], [], [[[2, 0], "0"], [[2, 1], "0"]]))]}, f="sum").holds


def test_the_triangle_over_an_open_unit() -> None:
    # σ(t) ≤ (t + 1)/2 on [−1, 1], so σ(x1 − x2) + x2 ≤ (x1 + x2 + 1)/2 ≤ 3/2, and no slope does better at (1, 1) and (1, 0) alike.
    assert verdict(forall("f <= 3/2"), {"tree": [leaf(closing(["1"], [], [[[2, 0], "1/2"]]))]}, f="larger").holds
    assert verdict(forall("f <= 3/2"), {"tree": [ONE]}, f="larger").holds
    with pytest.raises(Rejected, match="do not refute"):
        verdict(forall("f <= 3/2"), {"tree": [leaf(closing(["1"], [], [[[2, 0], "0"]]))]}, f="larger")
    with pytest.raises(Rejected, match="do not refute"):
        verdict(forall("f < 3/2"), {"tree": [ONE]}, f="larger")


def test_splits_on_a_unit_make_the_bound_exact() -> None:
    tree = [UNIT_SPLIT, leaf(closing(["1"], ["0"])), leaf(closing(["1"], ["0"]))]
    assert verdict(forall("f <= 1"), {"tree": tree}, f="larger").holds
    with pytest.raises(Rejected, match="do not refute"):
        verdict(forall("f < 1"), {"tree": tree}, f="larger")


def test_a_disjunction_closes_alternative_by_alternative() -> None:
    assert verdict(MAX, MAX_TREE, f="larger").holds
    with pytest.raises(BadInput, match="a list of 6"):
        verdict(MAX, {"tree": [UNIT_SPLIT, ONE, ONE]}, f="larger")


def test_a_split_row_is_used_with_its_own_sign() -> None:
    wrong = [UNIT_SPLIT, MAX_TREE["tree"][2], MAX_TREE["tree"][1]]
    with pytest.raises(Rejected, match="do not refute"):
        verdict(MAX, {"tree": wrong}, f="larger")


def test_inputs_are_split_at_numbers_inside() -> None:
    tree = [{"input": 0, "at": "1/2"}, ONE, ONE]
    assert verdict(forall("f <= 2"), {"tree": tree}, f="sum").holds
    for item in (
        {"input": 0, "at": "0"},
        {"input": 0, "at": "1"},
        {"input": 0, "at": "3"},
        {"input": 2, "at": "1/2"},
        {"input": -1, "at": "1/2"},
    ):
        with pytest.raises(Rejected, match="inside its side"):
            verdict(forall("f <= 2"), {"tree": [item, ONE, ONE]}, f="sum")
    with pytest.raises(Rejected, match="inside its side"):
        verdict(forall("f <= 2"), {"tree": [{"input": True, "at": "1/2"}, ONE, ONE]}, f="sum")


def test_a_region_that_the_bounds_show_empty_needs_no_multipliers() -> None:
    box = [["3/4", "1"], ["0", "1/4"]]
    tree = [UNIT_SPLIT, leaf(closing(["1"], ["0"])), leaf()]
    assert verdict(forall("f <= 1", box), {"tree": tree}, f="larger").holds
    with pytest.raises(BadInput, match="a list of 1"):
        verdict(forall("f <= 1", box), {"tree": [UNIT_SPLIT, leaf(), leaf()]}, f="larger")
    with pytest.raises(BadInput, match="a list of 0"):
        verdict(forall("f <= 1", box), {"tree": [UNIT_SPLIT, ONE, leaf(closing(["1"], ["0"]))]}, f="larger")


def test_a_box_may_be_thin_but_not_empty() -> None:
    assert verdict(forall("f <= 1/2", [["1/2", "1/2"], UNIT]), {"tree": [UNIT_SPLIT, *[leaf(closing(["1"], ["0"]))] * 2]}, f="sum")
    with pytest.raises(BadInput, match="smaller to a larger"):
        verdict(forall("f <= 1", [["1", "0"], UNIT]), {"tree": [ONE]}, f="sum")


def test_a_condition_is_a_row_and_needs_a_witness() -> None:
    statement = forall("f = x1", where="x1 >= x2")
    # f < x1: a row of f and x1, and x2 <= x1; f > x1 likewise. Weights: the condition's row first.
    tree = [UNIT_SPLIT, leaf(*[closing(["0", "1"], ["0"])] * 2), leaf(closing(["0", "1"], ["1"]), closing(["1", "1"], ["0"]))]
    assert verdict(statement, {"tree": tree, "witness": ["1", "0"]}, f="larger").holds
    for witness in (["0", "1"], ["2", "0"]):
        with pytest.raises(Rejected):
            verdict(statement, {"tree": tree, "witness": witness}, f="larger")
    with pytest.raises(BadInput, match="witness"):
        verdict(statement, {"tree": tree}, f="larger")


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        ([], "parts of the box are missing"),
        ([UNIT_SPLIT], "parts of the box are missing"),
        ([UNIT_SPLIT, leaf(closing(["1"], ["0"]))], "parts of the box are missing"),
        ([{"input": 0, "at": "1/2"}, ONE], "parts of the box are missing"),
        ([ONE, ONE], "the tree has ended"),
        ([UNIT_SPLIT, UNIT_SPLIT, ONE, ONE, ONE], "split before"),
        ([leaf(closing(["-1"]))], "at least 0 for an inequality"),
        ([leaf(closing(["0"]))], "do not refute"),
        ([UNIT_SPLIT, leaf(closing(["1"], ["-1"])), leaf(closing(["1"], ["0"]))], "at least 0 for a split"),
    ],
)
def test_a_tree_that_shows_nothing_is_rejected(tree: Any, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        verdict(forall("f <= 2"), {"tree": tree}, f="larger")


@pytest.mark.parametrize("slope", ["-1/1000000", "1000001/1000000", "2", "-1"])
def test_the_slope_of_a_lower_line_is_from_0_to_1(slope: str) -> None:
    with pytest.raises(Rejected, match="slope from 0 to 1"):
        verdict(forall("f >= -5"), {"tree": [leaf(closing(["1"], [], [[[2, 0], slope]]))]}, f="larger")


@pytest.mark.parametrize(
    "item",
    [
        None,
        7,
        "unit",
        [],
        {},
        {"unit": [1, 0]},
        {"unit": [2, 3]},
        {"unit": [2, -1]},
        {"unit": [0, 0]},
        {"unit": [9, 0]},
        {"unit": [True, 0]},
        {"unit": "2,0"},
        {"unit": [2]},
        {"unit": [2, 0], "leaf": []},
        {"input": 0},
        {"input": 0, "at": 1},
        {"leaf": {}},
        {"leaf": [[]]},
        leaf(closing(["1", "1"])),
        leaf(closing(["1"], ["0"])),
        leaf(closing(["1"], [], [[[1, 0], "1"]])),
        leaf(closing(["1"], [], [["2", "1"]])),
        leaf(closing(["one"])),
        leaf({"weights": ["1"]}),
        {"trust": "me"},
    ],
)
def test_an_item_that_is_none_is_refused(item: Any) -> None:
    with pytest.raises((BadInput, Rejected)) as caught:
        verdict(forall("f <= 2"), {"tree": [item]}, f="larger")
    assert str(caught.value).startswith("/evidence/tree/0")


def test_no_multipliers_prove_what_is_false() -> None:
    """Every certificate from a small table of multipliers and slopes, against a claim that fails by 1e-30 at one corner."""
    statement = forall(f"f <= 1 - 1/{10**30}")
    numbers = ["0", "1/2", "1", "3"]
    tried = 0
    for weight, split, other, slope in product(numbers, numbers, numbers, ["0", "1/2", "1"]):
        trees = [
            [leaf(closing([weight], [], [[[2, 0], slope]]))],
            [UNIT_SPLIT, leaf(closing([weight], [split])), leaf(closing([weight], [other]))],
            [{"input": 1, "at": "1/2"}, *[leaf(closing([weight], [], [[[2, 0], slope]]))] * 2],
        ]
        for tree in trees:
            tried += 1
            with pytest.raises(DepthproofError):
                verdict(statement, {"tree": tree}, f="larger")
    assert tried == 576
    assert verdict(forall("f <= 1"), {"tree": [UNIT_SPLIT, *[leaf(closing(["1"], ["0"]))] * 2]}, f="larger").holds


def test_one_input_may_be_a_box_too() -> None:
    tree = [{"unit": [2, 1]}, leaf(closing(["1"], ["1"])), leaf(closing(["1"], ["1"]))]
    assert verdict(forall("f <= 1", [UNIT]), {"tree": tree}).holds
    with pytest.raises(Rejected):
        verdict(forall("f < 1", [UNIT]), {"tree": tree})


def test_networks_are_numbered_one_after_the_other() -> None:
    # value 2 is the Relu of f, value 5 that of g: the same function, whose difference needs both splits.
    statement = forall("f = g")
    none, first, second = closing(["1"], ["0", "0"]), closing(["1"], ["1", "0"]), closing(["1"], ["0", "1"])
    split = {"unit": [5, 0]}
    tree = [UNIT_SPLIT, split, leaf(none, none), leaf(first, second), split, leaf(first, second), leaf(none, none)]
    assert verdict(statement, {"tree": tree}, f="larger", g="larger").holds
    with pytest.raises(Rejected, match="do not refute"):
        verdict(
            statement,
            {"tree": [UNIT_SPLIT, leaf(*[closing(["1"], ["1"])] * 2), leaf(*[closing(["1"], ["1"])] * 2)]},
            f="larger",
            g="larger",
        )
