"""What a Word document says once its tracked changes are made, and what is still tracked in it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn
from xml.etree import ElementTree

from cleaner.report.docx import AUTHOR, RECORD
from cleaner.report.fields import ReportError

LARGEST_PART = 256_000_000
"""Bytes that a part may unpack to: some hundred books."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY, _PARAGRAPH, _RUN, _TEXT = (f"{_W}{name}" for name in ("body", "p", "r", "t"))
_MADE = frozenset(f"{_W}{name}" for name in ("ins", "moveTo"))
_GONE = frozenset(f"{_W}{name}" for name in ("del", "moveFrom"))
_MARK = f"{_W}pPr/{_W}rPr/*"
_ASIDE = frozenset(f"{_W}{name}" for name in ("pPr", "rPr", "sectPr")) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_NAMED = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
_CHARACTERS = {f"{_W}{name}": character for name, character in _NAMED.items()}


@dataclass(frozen=True, slots=True)
class WordText:
    """``text`` has a line for each paragraph; ``tracked`` are the spans of it (empty for what is gone) that those
    changes of ours made which are still tracked; ``record`` is the JSON report that travels in the document.
    """

    text: str
    tracked: tuple[tuple[int, int], ...]
    record: str


def read_word(data: bytes) -> WordText:
    """The text of a .docx file. Raises :class:`ReportError` for other files, and for documents without a record."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            record, body = _record(file), _main(file).find(_BODY)
        if body is None:
            raise ReportError("not a Word document: it has no body")
        return _read(body, record)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError, LookupError, SyntaxError) as error:
        raise ReportError(f"not a Word document that can be read: {error}") from error


def _record(file: zipfile.ZipFile) -> str:
    for name in file.namelist():
        if name.startswith("customXml/item") and "Props" not in name:
            root = _parsed(file, name)
            if root.tag == f"{{{RECORD}}}record":
                return root.text or ""
    raise ReportError("no document of `cleaner restore --report docx`, or saved by an editor that drops its record")


def _main(file: zipfile.ZipFile) -> ElementTree.Element:
    relations = _parsed(file, "_rels/.rels")
    targets = (each.get("Target", "") for each in relations if each.get("Type", "").endswith("/officeDocument"))
    return _parsed(file, next(targets, "word/document.xml").lstrip("/"))


class _NoDoctype(ElementTree.TreeBuilder):
    """Office documents have no document type, and entities that one declares may unpack to any size."""

    def doctype(self, *_: object) -> NoReturn:
        raise ReportError("not a Word document: its XML has a document type")


def _parsed(file: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if file.getinfo(name).file_size > LARGEST_PART:
        raise ReportError(f"{name} unpacks to more than {LARGEST_PART:,} bytes")
    return ElementTree.fromstring(file.read(name), ElementTree.XMLParser(target=_NoDoctype()))


def _read(body: ElementTree.Element, record: str) -> WordText:
    texts, tracked, starts, at = list[str](), list[tuple[int, int]](), list[int](), 0
    for event in _said(body):
        if isinstance(event, str):
            texts.append(event)
            at += len(event)
        elif event:
            starts.append(at)
        else:
            tracked.append((starts.pop(), at))
    return WordText("".join(texts).removesuffix("\n"), tuple(tracked), record)


def _said(element: ElementTree.Element) -> Iterator[str | bool]:
    """The text, and ``True`` and ``False`` where a tracked change of ours begins and ends."""
    for child in element:
        if child.tag in _ASIDE:
            continue
        ours = _is_ours(child)
        if ours:
            yield True
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _CHARACTERS and element.tag == _RUN:
            yield _CHARACTERS[child.tag]
        elif child.tag not in _GONE:
            yield from _said(child)
        if child.tag == _PARAGRAPH:
            yield from _end(child)
        if ours:
            yield False


def _end(paragraph: ElementTree.Element) -> Iterator[str | bool]:
    """The line end of a paragraph, unless its mark is gone."""
    changes = paragraph.findall(_MARK)
    ours = any(_is_ours(change) for change in changes)
    if ours:
        yield True
    if not any(change.tag in _GONE for change in changes):
        yield "\n"
    if ours:
        yield False


def _is_ours(element: ElementTree.Element) -> bool:
    return element.tag in _MADE | _GONE and element.get(f"{_W}author") == AUTHOR
