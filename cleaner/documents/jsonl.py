"""JSON Lines: the text in one field of each object is restored, all other bytes stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner.documents.pieces import EXTRA_FIELDS, MalformedError, Piece, RecordError, attempt, extras, lines

if TYPE_CHECKING:
    from cleaner.documents.pieces import Restore
    from cleaner.edits import Edit, Result

_DECODER = json.JSONDecoder(parse_int=len)
"""The value of a number does not matter here, and one of many digits is costly (above 4,300 an error) to make."""
_BLANKS = re.compile(r"[ \t\n\r]*")
_CHARACTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]", re.DOTALL)
"""A code point as it is written in a JSON string: a surrogate pair is one."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_TYPES = {bool: "true or false", int: "a number", float: "a number", dict: "an object", list: "a list"}


def restored(source: BinaryIO, field: str, restore: Restore, extra_fields: bool = False) -> Iterator[Piece]:
    """The lines of ``source``, with the text in ``field`` of each object restored; ``null`` stays.

    A dotted ``field`` (``article.body``) names one in an inner object, unless a field has just that name. Of a field
    that an object holds twice the last counts, as for most parsers.
    """
    work = partial(_restored, field=field, restore=restore, extra_fields=extra_fields)
    return (attempt(piece, work) for piece in lines(source))


def annotated(
    source: BinaryIO, field: str, fields: Callable[[str], dict[str, Any]], names: Iterable[str]
) -> Iterator[Piece]:
    """The lines of ``source``, with ``fields`` of the text in ``field`` added to each object, and nothing changed.
    Their ``names`` must be free.
    """
    work = partial(_annotated, field=field, fields=fields, names=tuple(names))
    return (attempt(piece, work) for piece in lines(source))


def _restored(line: str, *, field: str, restore: Restore, extra_fields: bool) -> tuple[str, Result | None]:
    record = _object(line.rstrip("\r\n"))
    path = _path(record, field)
    text = _text(record, path, field)
    if text is None:
        return line, None
    if extra_fields:
        _check_free(record, EXTRA_FIELDS, "rename it or leave out the extra fields")
    result = restore(text)
    start = 0
    if extra_fields:
        line = _with_fields(line, extras(result))
    if result.edits:
        end = 0
        for name in path:
            start, end = _member(line, start, name)
        value = _edited(line[start + 1 : end - 1], result.edits, ascii_only=line.isascii())
        line = f"{line[: start + 1]}{value}{line[end - 1 :]}"
    return line, result


def _annotated(
    line: str, *, field: str, fields: Callable[[str], dict[str, Any]], names: Iterable[str]
) -> tuple[str, None]:
    record = _object(line.rstrip("\r\n"))
    text = _text(record, _path(record, field), field)
    if text is None:
        return line, None
    _check_free(record, names, "rename it")
    return _with_fields(line, fields(text)), None


def _text(record: dict[str, Any], path: Iterable[str], field: str) -> str | None:
    """The text at ``path``, which is known to lead there. Raises :class:`RecordError` for another value."""
    text: Any = record
    for name in path:
        text = text[name]
    if text is not None and not isinstance(text, str):
        raise RecordError(f"field {field!r} is {_TYPES[type(text)]}, not a text")
    return text


def _check_free(record: dict[str, Any], names: Iterable[str], remedy: str) -> None:
    """Raises :class:`RecordError` where fields of ``names`` are there."""
    for name in names:
        if name in record:
            raise RecordError(f"has a field {name!r} already; {remedy}")


def _object(line: str) -> dict[str, Any]:
    """The object in ``line``; numbers in it are not to be relied on. Raises :class:`MalformedError`."""
    try:
        value, end = _DECODER.raw_decode(line, _after(line, 0))
    except json.JSONDecodeError as error:
        raise MalformedError(f"not JSON: {error.msg.removesuffix(' at')} at column {error.pos + 1}") from None
    except RecursionError:
        raise MalformedError("nested too deeply") from None
    if (rest := _after(line, end)) < len(line):
        raise MalformedError(f"not JSON: more than one value, at column {rest + 1}")
    if not isinstance(value, dict):
        raise MalformedError("not a JSON object")
    return value


def _path(record: dict[str, Any], field: str) -> list[str]:
    """The names that lead to ``field``. Raises :class:`RecordError` where they do not."""
    path: list[str] = []
    inner: Any = record
    rest = field
    while rest not in inner:
        name, dot, rest = rest.partition(".")
        inner = inner.get(name)
        path.append(name)
        if not dot or not isinstance(inner, dict):
            raise RecordError(f"has no field {field!r}; name that of the text with --field")
    return [*path, rest]


def _member(line: str, start: int, name: str) -> tuple[int, int]:
    """Where the value of ``name`` lies in the object at ``start`` of ``line``, which is known to hold it.

    >>> line = '{"a": [1, "}"] , "b":"x"}'
    >>> [line[slice(*_member(line, 0, name))] for name in "ab"]
    ['[1, "}"]', '"x"']
    """
    found, at = (0, 0), _after(line, _after(line, start) + 1)
    while line[at] != "}":
        key, end = _DECODER.raw_decode(line, at)
        at = _after(line, _after(line, end) + 1)
        _, end = _DECODER.raw_decode(line, at)
        if key == name:
            found = at, end
        at = _after(line, end)
        if line[at] == ",":
            at = _after(line, at + 1)
    return found


def _edited(written: str, edits: tuple[Edit, ...], *, ascii_only: bool) -> str:
    r"""The inside of a JSON string with ``edits``, which refer to its value; what they leave keeps its escapes.

    >>> from cleaner.edits import Edit
    >>> print(_edited(r"caf\u00e9 \/ easy", (Edit(7, 11, "easy", "still “on”", "spin", "", 1.0),), ascii_only=True))
    caf\u00e9 \/ still \u201con\u201d
    """
    starts = [match.start() for match in _CHARACTER.finditer(written)] if "\\" in written else range(len(written))
    starts = [*starts, len(written)]
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (written[at : starts[edit.start]], _quoted(edit.after, ascii_only)[1:-1])
        at = starts[edit.end]
    return "".join((*pieces, written[at:]))


def _with_fields(line: str, fields: dict[str, Any]) -> str:
    """``line`` with ``fields`` after those of its object."""
    end = line.rindex("}")
    comma = "" if line[:end].rstrip(" \t\n\r").endswith("{") else ", "
    inner = _quoted(fields, line.isascii())[1:-1]
    return f"{line[:end]}{comma}{inner}{line[end:]}"


def _quoted(value: object, ascii_only: bool) -> str:
    """``value`` in JSON; half a surrogate pair, which UTF-8 cannot hold, is escaped."""
    written = json.dumps(value, ensure_ascii=ascii_only)
    return _SURROGATE.sub(lambda half: f"\\u{ord(half.group()):04x}", written)


def _after(line: str, at: int) -> int:
    """The place of the first character from ``at`` that is no blank."""
    match = _BLANKS.match(line, at)
    return match.end() if match else at
