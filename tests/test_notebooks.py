"""The notebooks run from the first cell to the last, and what they show is shown."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parent.parent / "docs" / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    codes = [cell for cell in notebook.cells if cell.cell_type == "code"]
    complaints = [out.text for cell in codes for out in cell.outputs if out.get("name") == "stderr"]
    pictures = [out for cell in codes for out in cell.outputs if "image/svg+xml" in out.get("data", {})]
    assert codes and not complaints
    assert pictures or path.stem == "a-theorem"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_kept_without_outputs(path: Path) -> None:
    """What is shown is made at every build, so that it cannot be old."""
    cells = nbformat.read(path, as_version=4).cells
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
