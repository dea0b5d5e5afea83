"""Files of records, in and out: one text of each record is restored, all else stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cleaner.documents import delimited, jsonl
from cleaner.documents.pieces import Piece, RecordsOutcome
from cleaner.documents.read import DocumentError, display_name
from cleaner.documents.write import new_file

if TYPE_CHECKING:
    from cleaner.documents.pieces import Restore, Seen

__all__ = ["SUFFIXES", "RecordsOutcome", "restore_records"]

JSONL, DELIMITED, PARQUET = (".jsonl", ".ndjson"), (".csv", ".tsv"), (".parquet",)
SUFFIXES = (*JSONL, *DELIMITED, *PARQUET)
"""What :func:`restore_records` takes, by suffix in lower case."""


def is_records(path: Path) -> bool:
    """Whether the suffix of ``path`` is that of a file of records."""
    return path.suffix.lower() in SUFFIXES


def restore_records(
    source: Path,
    target: Path,
    field: str,
    restore: Restore,
    *,
    extra_fields: bool = False,
    seen: Seen | None = None,
) -> RecordsOutcome:
    """Write ``source`` to ``target`` with the text in ``field`` of each record restored, piece by piece.

    The suffix of ``source`` names the format. ``extra_fields`` adds ``edits``, ``spin_rate``,
    ``dialect`` and ``spun`` to each record; ``seen`` is told the number and the result of each. A record whose text
    cannot be restored (no such field, no text in it) comes out as it went in. Lines that are no records (broken, too
    long) go to ``NAME.rejects.SUFFIX`` beside the target, byte for byte, and ``NAME.rejects.txt`` gives their numbers
    and reasons. Raises ``DocumentError``, with ``target`` untouched, when the file as a whole cannot be used.
    """
    suffix = source.suffix.lower()
    if suffix in PARQUET:
        from cleaner.documents.parquet import restore_parquet

        return restore_parquet(source, target, field, restore, extra_fields, seen)
    with open_source(source) as file:
        pieces = restored(display_name(source), file, suffix, field, restore, extra_fields)
        return write_pieces(pieces, target, seen)


def restored(
    name: str, source: BinaryIO, suffix: str, field: str, restore: Restore, extra_fields: bool = False
) -> Iterator[Piece]:
    """The pieces of ``source`` (``name`` to people), of the format that ``suffix`` names, with their texts restored."""
    if suffix in DELIMITED:
        return delimited.restored(name, source, field, restore, extra_fields)
    if suffix in JSONL:
        return jsonl.restored(source, field, restore, extra_fields)
    raise DocumentError(f"{name}: holds no records; give one of {', '.join(SUFFIXES)}")


def write_pieces(pieces: Iterable[Piece], target: Path, seen: Seen | None = None) -> RecordsOutcome:
    """Write ``pieces`` to ``target`` and its reject files, as :func:`restore_records` does."""
    records, changed, rejected = 0, 0, []
    with new_file(target) as out, _rejects(target) as reject:
        for piece in pieces:
            if piece.malformed:
                reject(piece)
            else:
                out.write(piece.data)
            records += piece.number > 0
            if piece.reason:
                rejected.append((piece.number, piece.reason))
            if piece.result is not None:
                changed += bool(piece.result.edits)
                if seen is not None:
                    seen(piece.number, piece.result)
    return RecordsOutcome(records, changed, tuple(rejected))


def open_source(path: Path) -> BinaryIO:
    """``path``, open to be read. Raises ``DocumentError``."""
    try:
        return path.open("rb")
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or error
        raise DocumentError(f"{display_name(path)}: cannot be read ({cause})") from None


def reject_files(target: Path) -> tuple[Path, Path]:
    """Where the lines that do not go into ``target`` are kept, and the reasons why."""
    return target.with_name(f"{target.stem}.rejects{target.suffix}"), target.with_name(f"{target.stem}.rejects.txt")


@contextmanager
def _rejects(target: Path) -> Iterator[Callable[[Piece], None]]:
    """Takes what does not go into ``target``. After the block the reject files are there if they hold something."""
    if target.exists() and not target.is_file():
        yield lambda piece: None  # beside a device there is no place
        return
    places = reject_files(target)
    with ExitStack() as stack:
        files: list[BinaryIO] = []

        def reject(piece: Piece) -> None:
            if not files:
                files.extend(stack.enter_context(new_file(place)) for place in places)
            files[0].write(piece.data)
            if piece.reason:
                files[1].write(f"line {piece.number}: {piece.reason}\n".encode())

        yield reject
    if not files:
        for place in places:
            place.unlink(missing_ok=True)
