"""A plan carried out: every input read, restored, reported and written."""

from __future__ import annotations

import os
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli.console import emit, emit_line, is_terminal, progress
from cleaner.cli.options import read_input
from cleaner.cli.plan import Job, Plan
from cleaner.documents.confine import confine
from cleaner.documents.read import Document, DocumentError, printable
from cleaner.documents.write import make_folder, write_file
from cleaner.normalise.residue import RuleTimeoutError
from cleaner.report import FORMATS
from cleaner.report.diff import coloured, summary

if TYPE_CHECKING:
    from cleaner.edits import Result
    from cleaner.pipeline import Restorer

DONE, CHANGES, BAD, SKIPPED = 0, 1, 2, 3
"""Exit codes: all done; ``--check`` found changes; nothing was usable; some inputs were skipped."""
_LINE_END = re.compile(r"\r\n|\r|\n")


def carry_out(plan: Plan, restorer: Restorer, quiet: bool) -> int:
    """Do all jobs in order and return the exit code. Inputs that cannot be used are skipped, one line each."""
    with progress(len(plan.jobs), _wants_bar(plan, quiet)) as (note, step):
        outcomes = []
        for job in plan.jobs:
            outcomes.append(_attempt(job, plan, restorer, note, quiet))
            step()
    if all(outcome is None for outcome in outcomes):
        return BAD
    if plan.check and any(outcomes):
        return CHANGES
    return SKIPPED if None in outcomes else DONE


def findings(name: str, result: Result) -> Iterator[str]:
    """A line ``name:line:column: before -> after`` for each edit; lines and columns (code points) count from 1."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(result.source))]
    for edit in result.edits:
        line = bisect_right(starts, edit.start)
        column = edit.start - starts[line - 1] + 1
        yield f"{name}:{line}:{column}: {_quoted(edit.before)} -> {_quoted(edit.after)}"


def _quoted(text: str) -> str:
    return printable(text) or '""'


def _wants_bar(plan: Plan, quiet: bool) -> bool:
    """Not where texts go to the terminal: they would mix."""
    mixes = plan.uses_stdout and is_terminal(sys.stdout)
    return len(plan.jobs) > 1 and not quiet and not mixes and is_terminal(sys.stderr)


def _attempt(job: Job, plan: Plan, restorer: Restorer, note: Callable[[str], None], quiet: bool) -> bool | None:
    """Whether the text changed; ``None`` for an input that was skipped."""
    name = "<stdin>" if job.source is None else str(job.source)
    try:
        document = read_input(job.source, plan.reading)
        name = document.name
        result = confine(restorer.restore(document.text), document.barriers)
        _put(job, plan, document, result)
    except DocumentError as error:
        note(f"cleaner: {error}")
        return None
    except RuleTimeoutError as error:
        note(f"cleaner: {printable(name)}: {error}")
        return None
    if not quiet:
        note(f"{name}: {'; '.join(summary(result).splitlines())}")
    return bool(result.edits)


def _put(job: Job, plan: Plan, document: Document, result: Result) -> None:
    """Reports first: a changed text is worth more with its record than without."""
    for format, place in job.reports:
        _write(place, _render(format, place, document, result).encode("utf-8"), plan)
    if plan.check:
        for line in findings(document.name, result):
            emit_line(line)
    elif not plan.in_place:
        _write(job.text, document.rewrite(result.edits), plan)
    elif job.text is not None and (data := document.rewrite(result.edits)) != job.text.read_bytes():
        write_file(job.text, data, job.backup)


def _write(place: Path | None, data: bytes, plan: Plan) -> None:
    if place is None:
        emit(data)
        return
    if place.parent in plan.folders:
        make_folder(place.parent)
    write_file(place, data)


def _render(format: str, place: Path | None, document: Document, result: Result) -> str:
    if format == "diff" and place is None and is_terminal(sys.stdout) and not os.environ.get("NO_COLOR"):
        return coloured(result)
    return FORMATS[format](result, document.name)
