"""The site's settings. `build.py` makes the sources that Sphinx reads."""

import re
from importlib.metadata import version as installed
from typing import Any

project = "depthproof"
author = "The depthproof engineers"
release = version = installed("depthproof")
extensions = ["myst_nb", "sphinx.ext.autodoc"]
exclude_patterns = ["_extra"]
html_theme = "furo"
html_title = "depthproof"
html_extra_path = ["_extra"]
html_show_sourcelink = False
html_show_search_summary = False  # it would have to fetch pages, which a browser forbids from disk
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}
myst_heading_anchors = 3
myst_enable_extensions = ["dollarmath"]
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type"]
nb_execution_mode = "force"
nb_execution_timeout = 100
nb_execution_raise_on_error = True
nb_merge_streams = True
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
python_use_unqualified_type_names = True


def plain(app: Any, what: str, name: str, it: object, options: Any, lines: list[str]) -> None:
    """Docstrings are plain text: |f| is an absolute value, `x` is code."""
    for number, line in enumerate(lines):
        if line.lstrip().startswith((">>>", "...")):
            continue
        code = re.sub(r"(?<!`)`([^`]+)`(?!`)", r"``\1``", line)
        lines[number] = code.replace("|", r"\|").replace("*", r"\*")


def setup(app: Any) -> None:
    app.connect("autodoc-process-docstring", plain)
