"""Reports: one file per format, each a view of the edits and suggestions of a result."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module

from cleaner.edits import Result


def _render(module: str, result: Result, name: str) -> str | bytes:
    """The report of a module that is imported when it is needed: some bring large libraries."""
    rendered: str | bytes = import_module(f"cleaner.report.{module}").render(result, name)
    return rendered


FORMATS: dict[str, Callable[[Result, str], str | bytes]] = {
    format: partial(_render, module)
    for format, module in {
        "diff": "diff",
        "word-diff": "word_diff",
        "json": "json_report",
        "jsonl": "json_lines",
        "html": "html",
        "md": "markdown",
        "sarif": "sarif",
        "docx": "docx",
    }.items()
}
"""Each format with its function from a result and the name of its input to the report: bytes for docx, else text."""


def _join_sarif(reports: Iterable[str]) -> str:
    from cleaner.report import sarif

    return sarif.join(reports)


JOINED: dict[str, Callable[[Iterable[str]], str]] = {
    "diff": "".join,
    "word-diff": "".join,
    "jsonl": "".join,
    "sarif": _join_sarif,
}
"""Formats that can report on several inputs at once, with the function that makes one report of theirs."""


def as_bytes(report: str | bytes) -> bytes:
    """A report as it is written: text in UTF-8, bytes that were no text as they came."""
    return report if isinstance(report, bytes) else report.encode("utf-8", "surrogateescape")
