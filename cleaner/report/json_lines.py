"""The record as JSON Lines: one change or suggestion a line, to be filtered, counted and loaded by other tools."""

from __future__ import annotations

import json
from dataclasses import asdict

from cleaner.edits import Result
from cleaner.report.view import Item, items


def render(result: Result, name: str) -> str:
    r"""A line for each change and suggestion, in order of place; lines and columns (code points) count from 1.

    >>> from cleaner.edits import Edit
    >>> edit = Edit(6, 12, "dangle", "have", "spin", "double", 0.93)
    >>> print(render(Result("There dangle", "There have", (edit,), (), 0.5, "double", 1.0), "a.txt")[:88])
    {"document": "a.txt", "line": 1, "column": 7, "applied": true, "start": 6, "end": 12, "b
    """
    return "".join(f"{_line(item, name)}\n" for item in items(result))


def _line(item: Item, name: str) -> str:
    place = {"document": name, "line": item.line, "column": item.column, "applied": item.applied}
    return json.dumps(place | asdict(item.edit), allow_nan=False)
