"""A word diff as ``git diff --word-diff`` prints it: the changed lines, with the words in ``[-…-]{+…+}``."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.edits import Result
from cleaner.report.view import Item, Line, lines, safe


def render(result: Result, name: str) -> str:
    """The changed lines under hunk heads with their numbers in both texts; empty where nothing changed."""
    hunks = "".join(_hunks(result))
    label = " ".join(name.lstrip("/").split("\n"))
    return f"--- a/{label}\n+++ b/{label}\n{hunks}" if hunks else ""


def _hunks(result: Result) -> Iterator[str]:
    shift = 0
    for line in lines(result):
        edits = [run.edit for run in line.runs if isinstance(run, Item) and run.applied]
        before = sum(edit.before.count("\n") for edit in edits)
        after = sum(edit.after.count("\n") for edit in edits)
        if edits:
            yield f"@@ -{_span(line.number, before)} +{_span(line.number + shift, after)} @@\n{_words(line)}\n"
        shift += after - before


def _span(number: int, more: int) -> str:
    return f"{number},{more + 1}" if more else f"{number}"


def _words(line: Line) -> str:
    return "".join(_run(run) for run in line.runs)


def _run(run: str | Item) -> str:
    if isinstance(run, str):
        return _safe(run)
    edit = run.edit
    if not run.applied:
        return _safe(edit.before)
    removed = f"[-{_safe(edit.before)}-]" if edit.before else ""
    return removed + (f"{{+{_safe(edit.after)}+}}" if edit.after else "")


def _safe(text: str) -> str:
    return safe(text.replace("\r\n", "\n").removesuffix("\r"))
