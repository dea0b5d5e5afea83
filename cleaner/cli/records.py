"""Files and streams of records restored: in constant memory, in order, a line on standard error for each bad one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cleaner.cli.console import UseError, emit, note, refuse
from cleaner.cli.plan import STDIN, Job, Plan, Request
from cleaner.cli.work import BAD, DONE, SKIPPED
from cleaner.documents.extras import MissingExtraError
from cleaner.documents.read import DocumentError, display_name, printable
from cleaner.documents.records import (
    JSONL,
    PARQUET,
    SUFFIXES,
    open_source,
    reject_files,
    restore_records,
    restored,
    write_pieces,
)
from cleaner.documents.write import make_folder

if TYPE_CHECKING:
    from cleaner.documents.pieces import Piece
    from cleaner.pipeline import Restorer

LISTED = 20
"""How many bad records of an input are told one by one."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants of records: the field of the text, fields on what was done to it, and inputs that are JSON
    Lines whatever their names.
    """

    field: str
    extra_fields: bool
    jsonl: bool

    def suffix(self, source: Path | None) -> str:
        """What tells the format of an input; empty where it holds no records."""
        suffix = JSONL[0] if self.jsonl else "" if source is None else source.suffix.lower()
        return suffix if suffix in SUFFIXES else ""


def are_records(request: Request, wish: Wish) -> bool:
    """Whether the inputs are records. Raises :class:`UseError` for a mixture, and for what does not go with records."""
    if request.reading.format is not None and not wish.jsonl:
        return False
    found = [bool(wish.suffix(None if file == STDIN else Path(file))) for file in request.files]
    if not any(found):
        if wish.extra_fields:
            raise UseError("--extra-fields is for records; for standard input add --jsonl")
        return False
    refusals = (
        (not all(found), "texts and records cannot be mixed; restore them apart (- is text without --jsonl)"),
        (request.check or bool(request.reports), "--check and --report are for texts; records have --extra-fields"),
        (request.reading.format is not None, "--format and --jsonl exclude each other"),
        (request.in_place, "--in-place is for texts; give records a place of their own with -o"),
    )
    refuse(refusals)
    return True


def carry_out_records(plan: Plan, wish: Wish, restorer: Restorer, quiet: bool) -> int:
    """Restore all inputs in order and return the exit code. One that cannot be used is skipped, with a line on it."""
    for folder in plan.folders:
        make_folder(folder)
    clean = [_attempt(job, wish, restorer, quiet) for job in plan.jobs]
    if all(each is None for each in clean):
        return BAD
    return DONE if all(clean) else SKIPPED


def _attempt(job: Job, wish: Wish, restorer: Restorer, quiet: bool) -> bool | None:
    """Whether all records of an input could be restored; ``None`` for an input that was skipped."""
    tally = Tally("<stdin>" if job.source is None else display_name(job.source))
    try:
        if wish.suffix(job.source) in PARQUET:
            _restore_parquet(job, wish, restorer, tally)
        else:
            _restore_lines(job, wish, restorer, tally)
    except (DocumentError, MissingExtraError) as error:
        note(f"cleaner: {error}")
        return None
    if not quiet:
        note(f"{tally.name}: {tally}")
        if tally.malformed and job.text is not None:
            note(f"{tally.name}: what is no record is in {display_name(reject_files(job.text)[0])}")
    return not tally.bad


def _restore_parquet(job: Job, wish: Wish, restorer: Restorer, tally: Tally) -> None:
    if job.source is None or job.text is None:
        raise DocumentError(f"{tally.name}: a Parquet file cannot go to standard output; give -o")
    found = restore_records(job.source, job.text, wish.field, restorer.restore, extra_fields=wish.extra_fields)
    tally.records, tally.changed = found.records, found.changed
    for number, reason in found.rejected:
        tally.tell(number, reason)


def open_records(path: Path | None) -> BinaryIO:
    """The records in ``path``, or on standard input for ``None``. Raises ``DocumentError``."""
    if path is not None:
        return open_source(path)
    if sys.stdin is None:
        raise DocumentError("<stdin>: is closed; pipe records in or name a file")
    return sys.stdin.buffer


def _restore_lines(job: Job, wish: Wish, restorer: Restorer, tally: Tally) -> None:
    with open_records(job.source) as source:
        suffix = wish.suffix(job.source)
        pieces = restored(tally.name, source, suffix, wish.field, restorer.restore, wish.extra_fields)
        if job.text is not None:
            write_pieces(tally.watch(pieces), job.text)
            return
        for piece in tally.watch(pieces):
            emit(piece.data)


class Tally:
    """Counts the records of an input, and tells of the bad ones as they come."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.records = self.changed = self.bad = self.malformed = 0

    def __str__(self) -> str:
        left = f", {self.bad:,} not restored" if self.bad else ""
        return f"{self.records:,} records, {self.changed:,} changed{left}"

    def watch(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The same pieces."""
        for piece in pieces:
            self.records += piece.number > 0
            self.malformed += piece.malformed
            self.changed += bool(piece.result and piece.result.edits)
            if piece.reason:
                self.tell(piece.number, piece.reason)
            yield piece

    def tell(self, number: int, reason: str) -> None:
        """Say why a record could not be restored."""
        self.bad += 1
        if self.bad <= LISTED:
            note(f"cleaner: {self.name}:{number}: {printable(reason)}")
        if self.bad == LISTED:
            note(f"cleaner: {self.name}: more bad records are counted only")
