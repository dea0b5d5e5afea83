"""What a file of records is made of: pieces of bytes that come out in the order in which they were read."""

from __future__ import annotations

from codecs import BOM_UTF8 as BOM
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner.documents.read import LONGEST_LINE
from cleaner.normalise.residue import RuleTimeoutError

if TYPE_CHECKING:
    from cleaner.edits import Edit, Result

    Restore = Callable[[str], Result]
    Seen = Callable[[int, Result], None]

EXTRA_FIELDS = ("edits", "spin_rate", "dialect", "spun")
"""What may be added to a record: the edits that were made, and what :class:`~cleaner.edits.Result` says of the text."""
TOO_LONG = f"longer than {LONGEST_LINE / 1e6:.0f} MB, which is no prose"


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes as they come out. ``number`` is the line (from 1) at which a record begins, or 0 for what is none: a
    header, an empty line, the rest of a line that is too long. A record has a ``result``, but for one without a text,
    or the ``reason`` why it has none; it then comes out as it went in. ``malformed`` bytes are no record.
    """

    data: bytes
    number: int = 0
    result: Result | None = None
    reason: str = ""
    malformed: bool = False


@dataclass(frozen=True, slots=True)
class RecordsOutcome:
    """How many ``records`` were read, and how many of them changed. ``rejected`` are those that could not be restored:
    the line (in Parquet the row, both from 1) and the reason.
    """

    records: int
    changed: int
    rejected: tuple[tuple[int, str], ...]


class RecordError(ValueError):
    """A record whose text cannot be restored; the message is the reason, for people who know file and line."""


class MalformedError(ValueError):
    """Bytes that are no record; the message is the reason, for people who know file and line."""


def lines(source: BinaryIO) -> Iterator[Piece]:
    r"""The lines of ``source`` with their ends; those of more than :data:`LONGEST_LINE` bytes in parts.

    >>> from io import BytesIO
    >>> [(piece.data, piece.number) for piece in lines(BytesIO(b"\xef\xbb\xbfa\r\nb"))]
    [(b'\xef\xbb\xbf', 0), (b'a\r\n', 1), (b'b', 2)]
    """
    number = 0
    while data := source.readline(LONGEST_LINE):
        number += 1
        if number == 1 and data.startswith(BOM):
            yield Piece(BOM)
            data = data[len(BOM) :]
        if len(data) < LONGEST_LINE or data.endswith(b"\n"):
            yield Piece(data, number if data.strip() else 0)
            continue
        yield Piece(data, number, None, TOO_LONG, malformed=True)
        while not data.endswith(b"\n") and (data := source.readline(LONGEST_LINE)):
            yield Piece(data, malformed=True)


def attempt(piece: Piece, work: Callable[[str], tuple[str, Result | None]]) -> Piece:
    """``piece``, if it is a record, with ``work`` done on its text, or with the reason why that cannot be."""
    if not piece.number or piece.malformed:
        return piece
    try:
        text, result = work(piece.data.decode("utf-8"))
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start}; convert it first: iconv -f WINDOWS-1252 -t UTF-8"
        return Piece(piece.data, piece.number, None, reason, malformed=True)
    except MalformedError as error:
        return Piece(piece.data, piece.number, None, str(error), malformed=True)
    except (RecordError, RuleTimeoutError) as error:
        return Piece(piece.data, piece.number, None, str(error))
    return Piece(text.encode("utf-8"), piece.number, result)


def extras(result: Result) -> dict[str, Any]:
    """The :data:`EXTRA_FIELDS` of a restored record; offsets are code points of the text as it was."""
    return {
        "edits": [_plain(edit) for edit in result.edits],
        "spin_rate": float(result.spin_rate),
        "dialect": result.dialect,
        "spun": float(result.spun),
    }


def _plain(edit: Edit) -> dict[str, Any]:
    kept = ("start", "end", "before", "after", "kind", "source", "confidence")
    return {name: value for name, value in asdict(edit).items() if name in kept}
