"""Bytes into text, strictly UTF-8, with all that is needed to write the same bytes back."""

from __future__ import annotations

import codecs
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

BOM = codecs.BOM_UTF8
HEAD = 8192
"""How many bytes are looked at to tell text from binary."""
BINARY_SHARE = 0.3
"""Share of control characters from which a head that holds NULs is taken for binary: UTF-16 and machine code lie
above, a text with stray NULs far below."""
LONGEST_LINE = 2_000_000
"""Bytes that a line may have: a long book's worth; more would keep the judge busy for hours to no end."""
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))


class DocumentError(ValueError):
    """A document that cannot be read or written; the message names the document, the cause and the remedy."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read. ``text`` keeps its line ends (LF, CRLF, CR) and lacks only a leading byte order mark,
    which ``bom`` remembers; ``name`` is for people (the path, or ``<stdin>``).
    """

    name: str
    text: str
    bom: bool = False

    def encode(self, text: str) -> bytes:
        r"""The bytes of ``text`` as this document's were.

        >>> document = decode("a.txt", b"\xef\xbb\xbfa\r\n")
        >>> document.text, document.encode(document.text)
        ('a\r\n', b'\xef\xbb\xbfa\r\n')
        """
        return BOM * self.bom + text.encode("utf-8")


def read_file(path: Path) -> Document:
    """The document in ``path``. Raises :class:`DocumentError` for what is no readable UTF-8 text file."""
    name = display_name(path)
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise DocumentError(f"{name}: is a folder; name the files in it") from None
    except FileNotFoundError:
        raise DocumentError(f"{name}: no such file; check the spelling and the folder") from None
    except PermissionError:
        remedy = "is a folder; name the files in it" if path.is_dir() else "not readable; ask for read permission"
        raise DocumentError(f"{name}: {remedy}") from None
    except (OSError, ValueError) as error:
        raise DocumentError(f"{name}: cannot be read ({getattr(error, 'strerror', None) or error})") from None
    return decode(name, data)


def read_stream(stream: BinaryIO | None, name: str = "<stdin>") -> Document:
    """The document that ``stream`` holds to its end. Raises :class:`DocumentError`, also for a closed stream."""
    if stream is None:
        raise DocumentError(f"{name}: is closed; pipe a text in or name a file")
    try:
        data = stream.read()
    except OSError as error:
        raise DocumentError(f"{name}: cannot be read ({error.strerror})") from None
    return decode(name, data)


def decode(name: str, data: bytes) -> Document:
    r"""The document of these bytes. Raises :class:`DocumentError` for binary data and for other encodings.

    >>> decode("a.txt", b"caf\xe9")
    Traceback (most recent call last):
    ...
    cleaner.documents.read.DocumentError: a.txt: not UTF-8 at byte 3; convert it first: iconv -f WINDOWS-1252 -t UTF-8
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DocumentError(f"{name}: not UTF-8 at byte 0; convert it first: iconv -f UTF-16 -t UTF-8")
    if _is_binary(data[:HEAD]):
        raise DocumentError(f"{name}: binary, with a NUL at byte {data.index(0)}; give plain text in UTF-8")
    longest = max(map(len, data.split(b"\n")))
    if longest > LONGEST_LINE:
        remedy = "no prose; break it into lines first: fold -s -w 10000"
        raise DocumentError(f"{name}: holds a line of {longest / 1e6:.0f} MB, which is {remedy}")
    bom = data.startswith(BOM)
    try:
        return Document(name, data[len(BOM) * bom :].decode("utf-8"), bom)
    except UnicodeDecodeError as error:
        at = error.start + len(BOM) * bom
        remedy = "convert it first: iconv -f WINDOWS-1252 -t UTF-8"
        raise DocumentError(f"{name}: not UTF-8 at byte {at}; {remedy}") from None


def display_name(path: Path) -> str:
    """``path`` for people and reports: valid Unicode even where the file system's bytes are not, on one line."""
    return printable(os.fsencode(path).decode("utf-8", "replace"))


def printable(text: str) -> str:
    r"""``text`` on one line, its control characters and line separators escaped.

    >>> printable("a\tb\r\n")
    'a\\tb\\r\\n'
    """
    return "".join(c if c.isprintable() or (c.isspace() and c not in _BREAKS) else ascii(c)[1:-1] for c in text)


_BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"


def _is_binary(head: bytes) -> bool:
    r"""Whether the first bytes hold NULs and many other control characters beside.

    >>> _is_binary(b"The end.\0"), _is_binary(b"T\0h\0e\0"), _is_binary(b"")
    (False, True, False)
    """
    return b"\0" in head and len(head) - len(head.translate(None, _CONTROL)) >= BINARY_SHARE * len(head)
