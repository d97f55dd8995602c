"""20,000 damaged certificates: none that is false is accepted, only the kernel's errors are raised. `make nightly`: 1,000,000."""

from collections import Counter
from fractions import Fraction

import pytest

from .mutation import MEASURES, damaged, measured, outcomes, sawtooth, tooth

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", range(8))
def test_no_damaged_certificate_shows_what_is_false(seed: int) -> None:
    seen = Counter(outcome.partition(":")[2].strip() for outcome in outcomes(2_500, seed))
    assert sum(seen.values()) == 2_500
    assert seen["accepted and true"] > 80 and seen["accepted, the claim is untouched"] > 5
    assert seen["Rejected"] > 500 and seen["BadInput"] > 500


def test_the_judge_knows_the_sawtooth() -> None:
    assert [tooth(Fraction(x, 8), 2) for x in range(9)] == [Fraction(y, 2) for y in (0, 1, 2, 1, 0, 1, 2, 1, 0)]
    nothing, whole = Fraction(0), (Fraction(0), Fraction(1))
    assert [measured(kind, 3, *whole, nothing) for kind in MEASURES] == [8, Fraction(1, 2), Fraction(1, 2), 1]
    assert measured("integral_abs", 2, *whole, Fraction(1, 2)) == Fraction(1, 4) and measured("pieces", 1, *whole, nothing) == 2


def test_the_judge_notices_a_kernel_that_accepts_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    import random

    from . import mutation

    monkeypatch.setattr(mutation, "check", lambda *parts: ("HOLDS",))
    source = random.Random(1)
    with pytest.raises(AssertionError):
        for _ in range(100):
            sawtooth(source)
    monkeypatch.setattr(mutation.short, "checked", lambda *parts: ["proved"])
    with pytest.raises(AssertionError):
        list(outcomes(100, 1))


def test_damage_is_damage() -> None:
    import random

    source, whole = random.Random(2), {"a": ["1", ["2", "3"], {"b": "4"}]}
    assert sum(damaged(whole, source) != whole for _ in range(500)) > 450
