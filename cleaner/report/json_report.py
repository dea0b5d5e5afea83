"""The record as JSON, and back: what ``cleaner revert`` reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import pairwise

from cleaner import edits as record
from cleaner.edits import KINDS, Alternative, Edit, Result
from cleaner.report.fields import Fields, ReportError

SCHEMA = "cleaner-report/1"
DECISIONS = "cleaner-decisions/1"
"""The schema of what reviewers decide about a report: see :mod:`cleaner.review.decisions`."""


@dataclass(frozen=True, slots=True)
class ReportData:
    """A report read back. The digests are the SHA-256 (hexadecimal) of the texts in UTF-8; ``spin_rate`` and ``spun``
    run from 0 to 1; offsets of ``edits`` and ``suggestions`` are code points of the source.
    """

    name: str
    source_sha256: str
    text_sha256: str
    spin_rate: float
    dialect: str | None
    spun: float
    edits: tuple[Edit, ...]
    suggestions: tuple[Edit, ...]


def render(result: Result, name: str) -> str:
    """The record of ``result`` as JSON: the same bytes for the same result, in ASCII, so that odd characters show."""
    data = ReportData(
        name=name,
        source_sha256=digest(result.source),
        text_sha256=digest(result.text),
        spin_rate=result.spin_rate,
        dialect=result.dialect,
        spun=result.spun,
        edits=result.edits,
        suggestions=result.suggestions,
    )
    return json.dumps({"schema": SCHEMA, **asdict(data)}, indent=2, allow_nan=False) + "\n"


def read(text: str) -> ReportData:
    """The report in ``text``. Raises :class:`ReportError`, naming the field that is missing or wrong."""
    fields = Fields.of(text)
    schema = fields.string("schema")
    if schema != SCHEMA:
        raise ReportError(f"schema is {schema!r}; this version reads {SCHEMA!r}")
    return ReportData(
        name=fields.string("name"),
        source_sha256=fields.digest("source_sha256"),
        text_sha256=fields.digest("text_sha256"),
        spin_rate=fields.share("spin_rate"),
        dialect=fields.optional_string("dialect"),
        spun=fields.share("spun"),
        edits=in_order("edits", [read_edit(each) for each in fields.objects("edits")]),
        suggestions=tuple(read_edit(each) for each in fields.objects("suggestions")),
    )


def revert(restored: str, report: ReportData) -> str:
    """The source that became ``restored``. Raises :class:`ReportError` when the report is of another text."""
    if digest(restored) != report.text_sha256:
        raise ReportError(f"the text is not the one restored in this report of {report.name!r}: SHA-256 differs")
    try:
        source = record.revert(restored, report.edits)
    except record.EditError as error:
        raise ReportError(f"edits do not fit the text: {error}") from error
    if digest(source) != report.source_sha256:
        raise ReportError("edits do not lead back to the source of this report: SHA-256 differs")
    return source


def digest(text: str) -> str:
    """SHA-256 (hexadecimal) of ``text`` in UTF-8."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_edit(fields: Fields, after: str = "after") -> Edit:
    """The edit in ``fields``, its replacement in the field ``after``. Raises :class:`ReportError`."""
    edit = Edit(
        start=fields.offset("start"),
        end=fields.offset("end"),
        before=fields.string("before"),
        after=fields.string(after),
        kind=fields.choice("kind", KINDS),
        source=fields.string("source"),
        confidence=fields.share("confidence"),
        alternatives=tuple(
            Alternative(each.string("text"), each.share("probability")) for each in fields.objects("alternatives")
        ),
        reason=fields.numbers("reason"),
        quoted=fields.boolean("quoted", default=False),
    )
    if edit.end - edit.start != len(edit.before):
        raise ReportError(
            f"{fields.place}: start {edit.start} and end {edit.end} do not span the {len(edit.before)} characters"
            f" of before {edit.before!r}"
        )
    return edit


def in_order(name: str, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """``edits`` as they are. Raises :class:`ReportError` where two overlap or stand in the wrong order."""
    for number, (one, other) in enumerate(pairwise(edits), 1):
        if other.start < one.end:
            raise ReportError(f"{name}[{number}] overlaps the one before it or is out of order")
    return tuple(edits)
