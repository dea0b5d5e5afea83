"""Reports: one file per format, each a view of the edits and suggestions of a result."""

from __future__ import annotations

from collections.abc import Callable

from cleaner.edits import Result
from cleaner.report import diff, html, json_report, markdown

FORMATS: dict[str, Callable[[Result, str], str]] = {
    "diff": diff.render,
    "json": json_report.render,
    "html": html.render,
    "md": markdown.render,
}
"""Each format with its function from a result and the name of its input to the report."""
