"""Plain text and Markdown: what is not changed comes out byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from cleaner.documents.document import Barriers, Document
from cleaner.documents.encoding import Encoding, decode
from cleaner.edits import apply

if TYPE_CHECKING:
    from cleaner.edits import Edit

_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class PlainDocument(Document):
    """A text whose edits are made as they stand. ``text`` keeps its line ends (LF, CRLF, CR) and lacks only a byte
    order mark; ``encoding`` is what it is written in.
    """

    encoding: Encoding = field(kw_only=True)

    def rewrite(self, edits: Sequence[Edit]) -> bytes:
        """The text with ``edits`` made, in its encoding."""
        return self.encoding.encode(apply(self.text, edits), self.name)


def read_plain(name: str, data: bytes, utf8: bool = False) -> PlainDocument:
    """The plain text in ``data``, to be written as it came or in UTF-8. Its tables stay as they are."""
    text, encoding = decode(name, data)
    return _document(name, text, encoding, utf8, tables(text))


def read_markdown(name: str, data: bytes, utf8: bool = False) -> PlainDocument:
    """As :func:`read_plain`; code, link targets, raw HTML and front matter stay as they are too."""
    from cleaner.documents.markdown import fixed_spans

    text, encoding = decode(name, data)
    return _document(name, text, encoding, utf8, fixed_spans(text))


def _document(name: str, text: str, encoding: Encoding, utf8: bool, fixed: Iterable[tuple[int, int]]) -> PlainDocument:
    wanted = encoding.as_utf8() if utf8 else encoding
    return PlainDocument(name, text, encoding=wanted, barriers=Barriers(fixed=tuple(fixed)))


def tables(text: str) -> list[tuple[int, int]]:
    r"""The spans of tables: two lines or more in a row with as many tabs each (those that indent do not count).

    >>> tables("Results:\nAjax\t3\nPSV\t1\n\tIndented.\n\tAgain.")
    [(9, 21)]
    """
    lines = [(match.start(), match.end(), match.group().strip().count("\t")) for match in _LINE.finditer(text)]
    spans = []
    for tabs, group in groupby(lines, key=lambda line: line[2]):
        rows = list(group)
        if tabs and len(rows) > 1:
            spans.append((rows[0][0], rows[-1][1]))
    return spans
