"""Files and streams into documents, by what they are named."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from cleaner.documents.document import Document, DocumentError

__all__ = [
    "FORMATS",
    "Document",
    "DocumentError",
    "Format",
    "HtmlMode",
    "display_name",
    "printable",
    "read_document",
    "read_stream",
]

Format = Literal["txt", "md", "html", "docx"]
FORMATS: Sequence[Format] = get_args(Format)
HtmlMode = Literal["in-place", "extract"]
LONGEST_LINE = 2_000_000
"""Characters that a line may have: a long book's worth; more would keep the judge busy for hours to no end."""
_SUFFIXES: dict[str, Format] = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
}


def format_of(path: Path) -> Format:
    """The format that the suffix tells: plain text where it tells nothing.

    >>> format_of(Path("A.HTM")), format_of(Path("notes"))
    ('html', 'txt')
    """
    return _SUFFIXES.get(path.suffix.lower(), "txt")


def read_document(
    path: Path, html: HtmlMode = "in-place", *, utf8: bool = False, format: Format | None = None
) -> Document:
    """The document in ``path``, of the ``format`` that its suffix tells if none is given.

    Of HTML either the text nodes are changed, in place, or the article is extracted and becomes plain text. With
    ``utf8`` it is written in UTF-8 whatever it came in. Raises :class:`DocumentError` for what cannot be read.
    """
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
    return read_bytes(name, data, html, utf8=utf8, format=format or format_of(path))


def read_stream(
    stream: BinaryIO | None,
    html: HtmlMode = "in-place",
    *,
    utf8: bool = False,
    format: Format | None = None,
    name: str = "<stdin>",
) -> Document:
    """The document that ``stream`` holds to its end, plain text if no ``format`` is given.

    Raises :class:`DocumentError`, also for a closed stream.
    """
    if stream is None:
        raise DocumentError(f"{name}: is closed; pipe a text in or name a file")
    try:
        data = stream.read()
    except OSError as error:
        raise DocumentError(f"{name}: cannot be read ({error.strerror})") from None
    return read_bytes(name, data, html, utf8=utf8, format=format or "txt")


def read_bytes(name: str, data: bytes, html: HtmlMode, *, utf8: bool, format: Format) -> Document:
    """The document that ``data`` is. Raises :class:`DocumentError`."""
    document = _read(name, data, html, utf8, format)
    longest = max(map(len, document.text.split("\n")))
    if longest > LONGEST_LINE:
        remedy = "no prose; break it into lines first: fold -s -w 10000"
        raise DocumentError(f"{name}: holds a line of {longest / 1e6:.0f} million characters, which is {remedy}")
    return document


def _read(name: str, data: bytes, html: HtmlMode, utf8: bool, format: Format) -> Document:
    if format == "docx":
        from cleaner.documents.docx import read_docx

        return read_docx(name, data)
    if format == "html" and html == "extract":
        from cleaner.documents.article import read_article

        return read_article(name, data)
    if format == "html":
        from cleaner.documents.html import read_html

        return read_html(name, data, utf8)
    from cleaner.documents.plain import read_markdown, read_plain

    return (read_markdown if format == "md" else read_plain)(name, data, utf8)


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
