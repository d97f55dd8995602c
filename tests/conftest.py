"""What all tests share: the folder of third-party networks, taken from the command line."""

from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every machine, and no verdict that depends on its speed.
settings.register_profile("depthproof", derandomize=True, deadline=None)
settings.load_profile("depthproof")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--networks", metavar="DIR", help="folder of third-party networks; tests that want it are skipped without it")


@pytest.fixture(scope="session")
def networks(request: pytest.FixtureRequest) -> Path:
    """The folder given as --networks."""
    folder = request.config.getoption("--networks")
    if folder is None:
        pytest.skip("wants third-party networks: run pytest --networks=DIR")
    return Path(folder)
