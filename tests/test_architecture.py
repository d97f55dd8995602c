"""What docs/architecture.md says of the house: its floors, and where something new is added."""

import re
from collections.abc import Iterator

import pytest
from floors import FLOOR, ROOT, VERIFY

from verify.network.operations import OPERATIONS

PAGE = (ROOT / "docs" / "architecture.md").read_text()
ROW = re.compile(r"^\| (\d+)(?:–(\d+))? \| (.*?) \|", re.MULTILINE)
PARAGRAPHS = PAGE.partition("## Where to add")[2].split("\n\n")


def floors(first: str, last: str, rooms: str) -> Iterator[tuple[str, range]]:
    """Each room of a row, and the floors on which the row says that it is."""
    for name in re.findall(r"`(\w+)`", rooms):
        yield name, range(int(first), int(last or first) + 1)


def test_each_room_is_on_the_floors_of_its_row() -> None:
    said = dict(one for row in ROW.findall(PAGE) for one in floors(*row))
    found = {name: {FLOOR[room] for room in FLOOR if room.split(".")[0] == name} for name in {room.split(".")[0] for room in FLOOR}}
    assert said.keys() == found.keys()
    outside = {name: sorted(levels) for name, levels in found.items() if not levels <= set(said[name])}
    assert not outside


def test_the_rows_are_no_wider_than_their_rooms() -> None:
    for first, last, rooms in ROW.findall(PAGE):
        levels = {FLOOR[room] for room in FLOOR if f"`{room.split('.')[0]}`" in rooms}
        assert {min(levels), max(levels)} == {int(first), int(last or first)}


def files(paragraph: str) -> list[str]:
    """The files that a paragraph names, in its order."""
    return [name for name in re.findall(r"`([\w./-]+\.(?:py|js|json|md|v|ml))`", paragraph) if "NAME" not in name]


@pytest.mark.parametrize("name", sorted({name for paragraph in PARAGRAPHS for name in files(paragraph)}))
def test_files_that_are_named_exist(name: str) -> None:
    assert (VERIFY / name).is_file() or (ROOT / name).is_file()


def test_an_operation_is_in_the_files_of_its_list_which_are_at_most_eight() -> None:
    told = next(paragraph for paragraph in PARAGRAPHS if paragraph.startswith("**An operation**"))
    *places, oracle = files(told)
    assert f"{len(places)} files" in told
    assert len(places) <= 8
    for name in [*places, oracle]:
        path = VERIFY / name if (VERIFY / name).is_file() else ROOT / name
        missing = [op for op in OPERATIONS if not re.search(rf"\b{op}\b", path.read_text())]
        assert not missing, f"{name} does not know {missing}"
