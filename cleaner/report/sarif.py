"""Findings in SARIF 2.1.0, the format that code hosts and editors show beside the lines they are about."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from cleaner.edits import KINDS, EditKind, Result
from cleaner.report.view import Item, items, percent, visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
RULES: dict[EditKind, str] = {
    "spin": "A word or phrase that a synonym spinner put in place of another.",
    "spelling": "A broken or misspelt word.",
    "spacing": "White space that is missing or too much.",
    "unicode": "A character that stands for another.",
    "residue": "Text that a scraper or a spinner left behind.",
    "agreement": "A word that no longer agrees with its neighbour.",
}


def render(result: Result, name: str) -> str:
    """One run with a result for each change (level warning) and suggestion (level note), each with its fix.

    Columns and offsets count code points; ``rank`` is the confidence in percent.
    """
    return _log([_result(item, _uri(name)) for item in items(result)])


def join(reports: Iterable[str]) -> str:
    """One report of several: their results in order, in one run."""
    return _log([found for report in reports for found in json.loads(report)["runs"][0]["results"]])


def _log(results: list[dict[str, Any]]) -> str:
    from cleaner import __version__

    rules = [{"id": kind, "shortDescription": {"text": RULES[kind]}} for kind in KINDS]
    driver = {"name": "cleaner", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, allow_nan=False) + "\n"


def _uri(name: str) -> str:
    """The name as a relative or absolute URI.

    >>> _uri("news/a b.txt"), _uri("/news/a.txt"), _uri("a:b")
    ('news/a%20b.txt', 'file:///news/a.txt', 'a%3Ab')
    """
    path = quote(name, errors="replace")
    return f"file://{path}" if path.startswith("/") else path


def _result(item: Item, uri: str) -> dict[str, Any]:
    edit = item.edit
    doubt = "" if item.applied else "perhaps "
    message = f"{doubt}{visible(edit.before)} -> {visible(edit.after)} ({percent(edit.confidence)} sure)"
    artifact, region = {"uri": uri}, _region(item)
    change = {
        "artifactLocation": artifact,
        "replacements": [{"deletedRegion": region, "insertedContent": {"text": edit.after}}],
    }
    return {
        "ruleId": edit.kind,
        "ruleIndex": KINDS.index(edit.kind),
        "level": "warning" if item.applied else "note",
        "message": {"text": message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "fixes": [{"artifactChanges": [change]}],
        "rank": 100 * edit.confidence,
        "properties": {"confidence": edit.confidence, "source": edit.source},
    }


def _region(item: Item) -> dict[str, Any]:
    """Where the words stand; an insertion's region is empty."""
    edit = item.edit
    breaks = edit.before.count("\n")
    last = len(edit.before) - edit.before.rfind("\n") if breaks else item.column + len(edit.before)
    return {
        "startLine": item.line,
        "startColumn": item.column,
        "endLine": item.line + breaks,
        "endColumn": last,
        "charOffset": edit.start,
        "charLength": edit.end - edit.start,
    }
