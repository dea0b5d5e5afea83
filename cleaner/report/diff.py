"""Diffs: unified for tools, coloured for terminals, and a summary in two lines."""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterator

from cleaner.edits import Edit, Result
from cleaner.report.figures import figures
from cleaner.report.view import Item, Line, lines, percent, safe, visible

_REMOVED, _ADDED, _DIM, _PLAIN = "\x1b[31;9m", "\x1b[32m", "\x1b[2m", "\x1b[0m"


def render(result: Result, name: str) -> str:
    """A unified diff of the lines that ``patch -p1`` and ``git apply`` take; empty where nothing changed."""
    label = " ".join(name.lstrip("/").split("\n"))
    # A tab ends a file name that has blanks in it.
    label += "\t" if " " in label else ""
    found = difflib.unified_diff(_lines(result.source), _lines(result.text), f"a/{label}", f"b/{label}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in found)


def coloured(result: Result) -> str:
    """The lines with changes, numbered as in the source, for a terminal: removed words red and struck, added green."""
    changed = (line for line in lines(result) if any(isinstance(run, Item) and run.applied for run in line.runs))
    return "".join(f"{_DIM}{line.number:>5}{_PLAIN}  {_ansi(line)}\n" for line in changed)


def summary(result: Result) -> str:
    """Counts by kind, number of suggestions, spin rate, dialect and mean confidence, in two lines.

    >>> print(summary(Result("as is", "as is", (), (), 0.0, None, 0.02)), end="")
    0 changes, 0 suggestions in 2 words
    spin rate 0%, dialect none (2% likely spun)
    """
    f = figures(result)
    kinds = ", ".join(f"{kind} {count}" for kind, count in f.by_kind)
    kinds += f"; {f.quoted} in quotation marks" if f.quoted else ""
    sure = "" if f.confidence is None else f", mean confidence {percent(f.confidence)}"
    dialect = safe(result.dialect or "none")
    return (
        f"{_count(f.changes, 'change')}{f' ({kinds})' if kinds else ''}, {_count(f.suggestions, 'suggestion')}"
        f" in {_count(f.words, 'word')}\n"
        f"spin rate {percent(result.spin_rate)}, dialect {dialect} ({percent(result.spun)} likely spun){sure}\n"
    )


def _lines(text: str) -> list[str]:
    """Lines as ``patch`` sees them; ``str.splitlines`` would break them at form feeds and the like as well."""
    return list(io.StringIO(text, newline="\n"))


def _ansi(line: Line) -> str:
    return "".join(_run(run) for run in line.runs)


def _run(run: str | Item) -> str:
    if isinstance(run, str):
        return safe(run.removesuffix("\r"))
    return " ".join(_words(run.edit)) if run.applied else safe(run.edit.before)


def _words(edit: Edit) -> Iterator[str]:
    if edit.before:
        yield f"{_REMOVED}{visible(edit.before)}{_PLAIN}"
    if edit.after:
        yield f"{_ADDED}{visible(edit.after)}{_PLAIN}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
