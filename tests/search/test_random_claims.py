"""What the search finds the kernel accepts, and what is proved is true: on random claims."""

from collections import Counter

from .random_claims import ending

SHARE = 40  # of what a nightly run tries


def test_nothing_found_is_refused_and_nothing_proved_is_false() -> None:
    endings = Counter(ending(number).partition(":")[0] for number in range(SHARE))
    assert not endings["refused"] and not endings["wrong"]
    assert endings["proved"] > SHARE // 5 and endings["refuted"] > SHARE // 5
    assert endings["undecided"] < SHARE // 10
