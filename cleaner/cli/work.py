"""A plan carried out: every input read, restored, reported and written."""

from __future__ import annotations

import os
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli.console import UseError, emit, emit_line, is_terminal, progress
from cleaner.cli.options import read_input
from cleaner.cli.plan import Job, Plan
from cleaner.documents.confine import confine
from cleaner.documents.read import Document, DocumentError, printable
from cleaner.documents.write import make_folder, write_file
from cleaner.normalise.residue import RuleTimeoutError
from cleaner.report import FORMATS, JOINED, as_bytes
from cleaner.report.diff import coloured, summary

if TYPE_CHECKING:
    from cleaner.edits import Result
    from cleaner.pipeline import Restorer

DONE, CHANGES, BAD, SKIPPED = 0, 1, 2, 3
"""Exit codes: all done; ``--check`` found changes; nothing was usable; some inputs were skipped."""
_ANY_BYTE = "surrogateescape"
_LINE_END = re.compile(r"\r\n|\r|\n")


def carry_out(plan: Plan, restorer: Restorer, quiet: bool) -> int:
    """Do all jobs in order and return the exit code. Inputs that cannot be used are skipped, one line each."""
    with progress(len(plan.jobs), _wants_bar(plan, quiet)) as (note, step):
        outcomes = []
        with _joined(plan) as join:
            for job in plan.jobs:
                outcomes.append(_attempt(job, plan, restorer, join, note, quiet))
                step()
    return exit_code(outcomes, plan.check)


def exit_code(outcomes: Sequence[bool | None], check: bool) -> int:
    """The exit code for inputs in which something was found or not; ``None`` is one that was skipped."""
    if all(outcome is None for outcome in outcomes):
        return BAD
    if check and any(outcomes):
        return CHANGES
    return SKIPPED if None in outcomes else DONE


def findings(name: str, result: Result) -> Iterator[str]:
    """A line ``name:line:column: before -> after`` for each edit; lines and columns (code points) count from 1."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(result.source))]
    for edit in result.edits:
        line = bisect_right(starts, edit.start)
        column = edit.start - starts[line - 1] + 1
        quoted = " (in quotation marks)" if edit.quoted else ""
        yield f"{name}:{line}:{column}: {_shown(edit.before)} -> {_shown(edit.after)}{quoted}"


def _shown(text: str) -> str:
    return printable(text) or '""'


def _wants_bar(plan: Plan, quiet: bool) -> bool:
    """Not where texts go to the terminal: they would mix."""
    mixes = plan.uses_stdout and is_terminal(sys.stdout)
    return len(plan.jobs) > 1 and not quiet and not mixes and is_terminal(sys.stderr)


@contextmanager
def _joined(plan: Plan) -> Iterator[Callable[[Document, Result], None]]:
    """Takes results; they are in the reports on all inputs when the block ends, however it ends."""
    reports = [(format, place, list[str]()) for format, place in plan.on_all]

    def join(document: Document, result: Result) -> None:
        for format, _, parts in reports:
            parts.append(str(_report(format, document, result)))

    try:
        yield join
    finally:
        for format, place, parts in reports:
            write_file(place, as_bytes(JOINED[format](parts)))


def _attempt(
    job: Job,
    plan: Plan,
    restorer: Restorer,
    join: Callable[[Document, Result], None],
    note: Callable[[str], None],
    quiet: bool,
) -> bool | None:
    """Whether the text changed; ``None`` for an input that was skipped."""
    name = "<stdin>" if job.source is None else str(job.source)
    try:
        document = read_input(job.source, plan.reading)
        name = document.name
        result = confine(restorer.restore(document.text), document.barriers)
        join(document, result)
        put(job, plan, document, result)
    except DocumentError as error:
        note(f"cleaner: {error}")
        return None
    except RuleTimeoutError as error:
        note(f"cleaner: {printable(name)}: {error}")
        return None
    if not quiet:
        note(f"{name}: {'; '.join(summary(result).splitlines())}")
    return bool(result.edits)


def put(job: Job, plan: Plan, document: Document, result: Result) -> None:
    """Write what a job asks for. Reports first: a changed text is worth more with its record than without."""
    for format, place in job.reports:
        _write(place, rendered(format, place, document, result), plan)
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


def rendered(format: str, place: Path | None, document: Document, result: Result) -> bytes:
    """The report on ``result`` of ``document`` for ``place`` (``None``: standard output). Raises :class:`UseError`."""
    if place is None and is_terminal(sys.stdout):
        if format == "docx":
            raise UseError("a .docx report is no text for a terminal; give it a path: --report docx=FILE.docx")
        if format == "diff" and not os.environ.get("NO_COLOR"):
            return coloured(result).encode("utf-8")
    return as_bytes(_report(format, document, result))


def _report(format: str, document: Document, result: Result) -> str | bytes:
    if format == "diff":  # of the document's bytes where they are text, or it does not apply to them
        before, after = (document.rewrite(edits).decode("utf-8", _ANY_BYTE) for edits in ((), result.edits))
        result = result if "\0" in before else replace(result, source=before, text=after)
    return FORMATS[format](result, document.name)
