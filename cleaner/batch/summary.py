"""The summary of a batch: a page to look at, and the same as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path
from typing import Any

from cleaner.batch.manifest import Total
from cleaner.batch.outcome import Figures, Outcome
from cleaner.documents.read import printable
from cleaner.documents.write import make_folder, write_file

SCHEMA = "cleaner-batch/1"


@dataclass(frozen=True, slots=True)
class Summary:
    """The files of a batch by name, and its substitutions; ``others`` counts files left out for their suffix."""

    files: tuple[Outcome, ...]
    substitutions: tuple[Total, ...]
    others: int

    @property
    def done(self) -> list[Outcome]:
        """The files that are done."""
        return [file for file in self.files if file.reason is None]

    @property
    def failed(self) -> list[Outcome]:
        """The files that failed."""
        return [file for file in self.files if file.reason is not None]

    @property
    def rejects(self) -> int:
        """How many records of files of records could not be used."""
        return sum(file.rejects for file in self.files)

    @property
    def figures(self) -> Figures:
        """The figures of all files: sums, and means over words (of the confidence, over changes)."""
        every = [file.figures for file in self.files]
        dialects = Counter[str | None]()
        for one in every:
            dialects[one.dialect] += one.words
        return Figures(
            sum(one.words for one in every),
            sum(one.changes for one in every),
            sum(one.suggestions for one in every),
            _mean((one.spin_rate, one.words) for one in every) or 0.0,
            max(dialects, key=dialects.__getitem__, default=None),
            _mean((one.spun, one.words) for one in every) or 0.0,
            _mean((one.confidence, one.changes) for one in every if one.confidence is not None),
        )


def write_summary(summary: Summary, reports: Path, out: Path) -> None:
    """Write ``index.html``, ``summary.json``, ``files.csv`` and ``substitutions.csv`` into ``reports``.

    The same files give the same bytes. Raises ``DocumentError``.
    """
    from cleaner.batch.index import render

    make_folder(reports)
    parts = {
        "index.html": render(summary, reports, out),
        "summary.json": to_json(summary),
        "files.csv": files_csv(summary),
        "substitutions.csv": substitutions_csv(summary),
    }
    for name, text in parts.items():
        write_file(reports / name, text.encode("utf-8"))


def to_json(summary: Summary) -> str:
    """All of it; shares run from 0 to 1, substitutions are folded, their examples as written."""
    files = [
        {"name": printable(file.name), "error": file.reason, "rejects": file.rejects, **asdict(file.figures)}
        for file in summary.files
    ]
    substitutions = [
        _pair(total) | {"examples": [{"file": printable(name), **asdict(each)} for name, each in total.examples]}
        for total in summary.substitutions
    ]
    whole = {
        "schema": SCHEMA,
        "files": len(summary.files),
        "failed": len(summary.failed),
        "rejects": summary.rejects,
        "left_out": summary.others,
        **asdict(summary.figures),
        "by_file": files,
        "substitutions": substitutions,
    }
    return json.dumps(whole, indent=1) + "\n"


def files_csv(summary: Summary) -> str:
    """A line a file."""
    rows = [(printable(f.name), f.reason or "", f.rejects, *astuple(f.figures)) for f in summary.files]
    return _csv(("name", "error", "rejects", *(field.name for field in fields(Figures))), rows)


def substitutions_csv(summary: Summary) -> str:
    """A line a substitution."""
    rows = [tuple(_pair(total).values()) for total in summary.substitutions]
    return _csv(("before", "after", "kind", "made", "suggested", "files", "rejected"), rows)


def _pair(total: Total) -> dict[str, Any]:
    before, after = total.pair
    return {
        "before": before,
        "after": after,
        "kind": total.kind,
        "made": total.made,
        "suggested": total.suggested,
        "files": total.files,
        "rejected": total.rejected,
    }


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula; numbers stay numbers.

    >>> _cell("=1+1"), _cell(-0.5), _cell("people")
    ("'=1+1", -0.5, 'people')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(tuple("=+-@\t\r")) else value


def _mean(weighted: Iterable[tuple[float, int]]) -> float | None:
    """The mean of values with their weights; ``None`` where there is no weight."""
    pairs = list(weighted)
    weight = sum(count for _, count in pairs)
    return sum(value * count for value, count in pairs) / weight if weight else None
