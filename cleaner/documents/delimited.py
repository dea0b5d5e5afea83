"""Delimited text (CSV, TSV): the text in one column is restored; delimiter, quoting and line ends stay as they are."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from cleaner.documents.pieces import EXTRA_FIELDS, MalformedError, Piece, RecordError, attempt, extras, lines
from cleaner.documents.read import LONGEST_LINE, DocumentError

if TYPE_CHECKING:
    from cleaner.documents.pieces import Restore
    from cleaner.edits import Result

DELIMITERS = ",;\t|"
"""What may part columns: the first of these that gives the header the column wanted."""
_TO_QUOTE = re.compile(rb'(?:[^"]++|"")*+"')
"""The rest of a quoted cell; possessive, or two quotes at the end of a line would be taken for one that closes."""


@dataclass(frozen=True, slots=True)
class _Table:
    """What the header tells: how many columns there are, which of them (from 0) holds the text, and what parts them."""

    columns: int
    text: int
    delimiter: str


def restored(name: str, source: BinaryIO, field: str, restore: Restore, extra_fields: bool = False) -> Iterator[Piece]:
    """The rows of ``source``, the first of them a header, with the text in column ``field`` of the others restored.

    ``name`` is for people. Raises ``DocumentError`` for a file without that column.
    """
    pieces = lines(source)
    for piece in pieces:
        if piece.number == 0:
            yield piece
            continue
        header = piece.data.decode("utf-8", "replace")
        table = _table(name, header, field, extra_fields)
        more = _with_cells(header, EXTRA_FIELDS, table.delimiter).encode("utf-8")
        yield Piece(more if extra_fields else piece.data)
        work = partial(_restored, table=table, restore=restore, extra_fields=extra_fields)
        yield from (attempt(row, work) for row in _rows(pieces, table.delimiter.encode()))


def parse(row: str, delimiter: str) -> list[str]:
    r"""The cells of a row. Raises :class:`MalformedError`.

    >>> parse('a,"b, ""c""\nd"\r\n', ",")
    ['a', 'b, "c"\nd']
    """
    csv.field_size_limit(max(LONGEST_LINE, csv.field_size_limit()))
    try:
        return next(csv.reader([row], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise MalformedError(f"not delimited text: {str(error).partition(' - ')[0]}") from None


def _table(name: str, header: str, field: str, extra_fields: bool) -> _Table:
    for delimiter in DELIMITERS:
        try:
            columns = parse(header, delimiter)
        except MalformedError:
            continue
        if field not in columns:
            continue
        if extra_fields and (taken := [column for column in EXTRA_FIELDS if column in columns]):
            raise DocumentError(f"{name}: has a column {taken[0]!r} already; rename it or leave out the extra fields")
        return _Table(len(columns), columns.index(field), delimiter)
    raise DocumentError(f"{name}:1: the header has no column {field!r}; name that of the text with --field")


def _rows(pieces: Iterable[Piece], delimiter: bytes) -> Iterator[Piece]:
    """A piece for each row, over as many lines as its quotes span."""
    row: list[Piece] = []
    size, inside = 0, False
    for piece in pieces:
        if piece.malformed:
            yield from _joined(row)
            yield piece
            row, size, inside = [], 0, False
            continue
        row.append(piece)
        size += len(piece.data)
        inside = _ends_quoted(piece.data, delimiter, inside)
        if not inside or size > LONGEST_LINE:
            yield from _joined(row, "a quote is opened and not closed for 2 MB" if inside else "")
            row, size, inside = [], 0, False
    yield from _joined(row)


def _joined(lines: Sequence[Piece], reason: str = "") -> Iterator[Piece]:
    if lines:
        data = b"".join(line.data for line in lines)
        yield Piece(data, lines[0].number, None, reason, malformed=bool(reason))


def _ends_quoted(line: bytes, delimiter: bytes, inside: bool) -> bool:
    """Whether ``line`` ends in a quoted cell, if it begins ``inside`` one or not.

    >>> [_ends_quoted(line, b",", False) for line in (b'a,"b', b'5",b', b'"a","b""', b'"a","b"')]
    [True, False, True, False]
    """
    at = 0
    if not inside and line.startswith(b'"'):
        at, inside = 1, True
    while True:
        if inside:
            quote = _TO_QUOTE.match(line, at)
            if quote is None:
                return True
            at = quote.end()
        at = line.find(delimiter, at) + 1
        if at == 0:
            return False
        inside = line.startswith(b'"', at)
        at += inside


def _restored(row: str, *, table: _Table, restore: Restore, extra_fields: bool) -> tuple[str, Result]:
    cells = parse(row, table.delimiter)
    if len(cells) != table.columns:
        raise RecordError(f"has {len(cells)} columns, the header {table.columns}; is there a quote amiss?")
    result = restore(cells[table.text])
    if result.edits:
        start, end = _cell(row, table)
        quoted = row.startswith('"', start)
        row = row[:start] + _written(result.text, table.delimiter, quoted=quoted) + row[end:]
    if extra_fields:
        fields = {**extras(result), "edits": json.dumps(extras(result)["edits"], ensure_ascii=False)}
        row = _with_cells(row, ("" if value is None else str(value) for value in fields.values()), table.delimiter)
    return row, result


def _cell(row: str, table: _Table) -> tuple[int, int]:
    """Where the text's cell lies in a row that could be parsed."""
    cell = rf'(?:"(?:[^"]++|"")*+"|[^{table.delimiter}\r\n]*+)'
    found = re.match(rf"(?:{cell}[{table.delimiter}]){{{table.text}}}({cell})", row)
    return found.span(1) if found else (0, 0)


def _with_cells(row: str, cells: Iterable[str], delimiter: str) -> str:
    """``row`` with more ``cells`` at its end."""
    body = row.rstrip("\r\n")
    return delimiter.join((body, *(_written(cell, delimiter, quoted=False) for cell in cells))) + row[len(body) :]


def _written(value: str, delimiter: str, *, quoted: bool) -> str:
    if quoted or any(sign in value for sign in f'"\r\n{delimiter}'):
        return '"' + value.replace('"', '""') + '"'
    return value
