"""HTML pages changed in place: only text nodes change, every other byte stays."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.documents.document import Barriers, Document
from cleaner.documents.encoding import Encoding, decode
from cleaner.documents.markup import Tag, Text, entity, scan
from cleaner.edits import EditError, Spans, apply
from cleaner.text.markers import left_alone
from cleaner.text.spans import joined

if TYPE_CHECKING:
    from cleaner.edits import Edit

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i img input ins kbd label mark nobr picture q "
    "rb rp rt rtc ruby s samp script small source span strike strong style sub sup svg time tt u var wbr".split()
)
"""Elements within a sentence; all others end it."""
_SKIPPED = frozenset("pre template svg math select object audio video canvas listing".split())
"""Elements whose content is no prose."""
_CODE = frozenset("code kbd samp".split())
"""Elements that a sentence may hold and that stay as they are."""
_PIECE = re.compile(r"(?P<space>[\t\n\f\r ]+)|(?P<entity>&)|[^\t\n\f\r &]+(?:[ ][^\t\n\f\r &]+)*")
_TEMPLATE = re.compile(r"\{[{%#][^{}]{0,1000}[}%#]\}")
_DECLARED = re.compile(
    r"""<meta[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_HEAD = 1024
"""Where a page must declare its encoding, in bytes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """``size`` characters of the text at ``at``, which stand at ``start`` to ``end`` of the source in text node number
    ``node``: one for one, or as white space or a character reference.
    """

    at: int
    size: int
    start: int
    end: int
    node: int

    def place(self, offset: int) -> int:
        """Where an offset into the text stands in the source."""
        if self.size == self.end - self.start:
            return self.start + offset - self.at
        return self.start if offset == self.at else self.end


@dataclass(frozen=True, slots=True)
class HtmlDocument(Document):
    """A page. ``text`` is what its text nodes show: white space as one blank, a blank line between blocks, a new line
    for ``<br>``, none of scripts, preformatted text and the like; its title comes last, for it repeats the headline.
    ``source`` is the page as text.
    """

    source: str = field(kw_only=True)
    encoding: Encoding = field(kw_only=True)
    pieces: tuple[Piece, ...] = field(kw_only=True)
    nodes: tuple[Text, ...] = field(kw_only=True)

    def rewrite(self, edits: Sequence[Edit]) -> bytes:
        """The page with ``edits`` made in its text nodes; what its encoding lacks is written as a reference."""
        apply(self.text, edits)
        changes: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for edit in edits:
            number, start, end = self._place(edit)
            changes[number].append((start, end, edit.after))
        out, at = [], 0
        for number in sorted(changes, key=lambda number: self.nodes[number].start):
            node = self.nodes[number]
            out += [self.source[at : node.start], _changed(self.source, node, changes[number])]
            at = node.end
        page = "".join((*out, self.source[at:]))
        return self.encoding.encode(page, self.name, "xmlcharrefreplace")

    def _place(self, edit: Edit) -> tuple[int, int, int]:
        """The text node and the span of the source that an edit changes. Raises ``EditError``."""
        first, last = self._piece(edit.start), self._piece(edit.end - 1)
        if edit.start == edit.end:  # what is put in between two nodes goes to the first
            first = last = last or first
        if first is None or last is None:
            raise EditError(f"edit at {edit.start} is not in the text of the page")
        if first.node != last.node:
            raise EditError(f"edit at {edit.start} crosses markup")
        return first.node, first.place(edit.start), last.place(edit.end)

    def _piece(self, offset: int) -> Piece | None:
        """The piece that holds the character at ``offset``."""
        at = bisect_right(self.pieces, offset, key=lambda piece: piece.at) - 1
        return self.pieces[at] if at >= 0 and offset < self.pieces[at].at + self.pieces[at].size else None


def read_html(name: str, data: bytes, utf8: bool = False) -> HtmlDocument:
    """The page in ``data``, to be written in its encoding or in UTF-8. Raises ``DocumentError`` for what is no text."""
    declared = _DECLARED.search(data[:_HEAD].decode("latin-1"))
    source, encoding = decode(name, data, (declared[1] or declared[2]) if declared else None)
    if utf8 and encoding.codec != "utf-8":
        source, encoding = _declared_utf8(source)
    return _Reader(source).document(name, encoding)


def _declared_utf8(source: str) -> tuple[str, Encoding]:
    """The page with UTF-8 declared: where it declares its encoding, else by a byte order mark."""
    declared = _DECLARED.search(source[:_HEAD])
    if declared is None:
        return source, Encoding(bom=codecs.BOM_UTF8)
    start, end = declared.span(declared.lastindex or 0)
    return f"{source[:start]}utf-8{source[end:]}", Encoding()


def _changed(source: str, node: Text, changes: Sequence[tuple[int, int, str]]) -> str:
    """A text node with what stands at spans of the source changed.

    What is kept stays as it is written, unless it would take on a meaning beside what is new ("&" before "lt;").
    """
    wanted = _replaced(source, node, changes, unescape, str)
    written = _replaced(source, node, changes, str, _escaped)
    tokens = list(scan(f"{written}<b>"))
    alone = tokens[:-1] == [Text(0, len(written))] or not written
    return written if alone and unescape(written) == wanted else _escaped(wanted)


def _replaced(
    source: str,
    node: Text,
    changes: Sequence[tuple[int, int, str]],
    kept: Callable[[str], str],
    new: Callable[[str], str],
) -> str:
    out, at = [], node.start
    for start, end, after in changes:
        out += [kept(source[at:start]), new(after)]
        at = end
    return "".join((*out, kept(source[at : node.end])))


def _escaped(text: str) -> str:
    return escape(text, quote=False)


class _Reader:
    """Goes through a page once and gathers its text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.islands = joined([*_islands(source, "<![CDATA[", "]]>"), *_islands(source, "<?", "?>")])
        self.text: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.nodes: list[Text] = []
        self.fixed: list[tuple[int, int]] = []
        self.breaks: list[tuple[int, int]] = []
        self.separator = ""
        self.space: tuple[int, int, int] | None = None

    def document(self, name: str, encoding: Encoding) -> HtmlDocument:
        """The page that was read."""
        self._read()
        text = "".join(self.text)
        points = [b.at for a, b in pairwise(self.pieces) if a.node != b.node and a.at + a.size == b.at]
        edges = [0, *(edge for span in self.breaks for edge in span), self.length]
        templates = (match.span() for match in _TEMPLATE.finditer(text))
        fixed = joined([*self.fixed, *self.breaks, *templates, *self._left_alone()])
        barriers = Barriers(tuple(points), tuple(fixed), frozenset(zip(edges[::2], edges[1::2], strict=True)))
        return HtmlDocument(
            name,
            text,
            barriers=barriers,
            source=self.source,
            encoding=encoding,
            pieces=tuple(self.pieces),
            nodes=tuple(self.nodes),
        )

    def _left_alone(self) -> Iterator[tuple[int, int]]:
        """The spans of the text that comments of the page take out: from off to on, or their line of the source."""
        alone = Spans(joined(left_alone(self.source)))
        yield from ((p.at, p.at + p.size) for p in self.pieces if not alone.free(p.start, p.end))

    def _read(self) -> None:
        titles: list[Text] = []
        held: Counter[str] = Counter()  # elements that are open and whose text is no prose
        in_title = False
        for token in scan(self.source):
            if isinstance(token, Tag):
                self._pass(token, held)
                in_title = token.name == "title" and not token.closes
            elif any(held[name] for name in _SKIPPED):
                continue
            elif in_title:
                titles.append(token)
            else:
                self._add_node(self._outside(token), fixed=any(held[name] for name in _CODE))
        for title in titles:
            self.separator = "\n\n"
            self._add_node(self._outside(title), fixed=False)

    def _pass(self, tag: Tag, held: Counter[str]) -> None:
        """Note what a tag parts and what it opens or closes."""
        if tag.name == "br" and self.separator != "\n\n":
            self.separator += "\n"
        elif tag.name not in _INLINE:
            self.separator = "\n\n"
        if tag.name in _SKIPPED or tag.name in _CODE:
            opens = not (tag.closes or (tag.empty and tag.name in ("svg", "math")))
            held[tag.name] = max(0, held[tag.name] + (1 if opens else -tag.closes))

    def _outside(self, token: Text) -> Text:
        """What of a text node stands behind an island that holds its begin."""
        at = bisect_right(self.islands, (token.end, -1)) - 1
        inside = at >= 0 and self.islands[at][1] > token.start
        return Text(min(self.islands[at][1], token.end), token.end) if inside else token

    def _add_node(self, token: Text, fixed: bool) -> None:
        number, begins, at = len(self.nodes), None, token.start
        self.nodes.append(token)
        while at < token.end:
            match = _PIECE.match(self.source, at, token.end)
            assert match is not None
            text, end = entity(self.source, at, token.end) if match["entity"] else (match.group(), match.end())
            if match["space"]:
                self.space = self.space or (at, end, number)
            elif text:
                here = self._begin()
                begins = here if begins is None else begins
                self._append(text, at, end, number)
                if match["entity"] and len(text) > 1:
                    self.fixed.append((here, self.length))
            at = end
        if fixed and begins is not None:
            self.fixed.append((begins, self.length))

    def _begin(self) -> int:
        """Put what parts the next characters from the last ones; returns where they begin."""
        if self.separator and self.length:
            self.breaks.append((self.length, self.length + len(self.separator)))
            self.text.append(self.separator)
            self.length += len(self.separator)
        elif self.space and self.length:
            self._append(" ", *self.space)
        self.separator, self.space = "", None
        return self.length

    def _append(self, text: str, start: int, end: int, node: int) -> None:
        self.pieces.append(Piece(self.length, len(text), start, end, node))
        self.text.append(text)
        self.length += len(text)


def _islands(source: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """Spans that are no text where a page is read as XML, or as a template of PHP."""
    last, at = source.rfind(closing), 0
    while (start := source.find(opening, at, max(last, 0))) >= 0:
        at = source.index(closing, start + len(opening)) + len(closing)
        yield start, at
