"""The text as a Word document with tracked changes: what editors accept and reject in Word and LibreOffice.

The parts and elements are those of ECMA-376 (Office Open XML, part 1): ``w:ins`` and ``w:del`` in 17.13.5, comments in
17.13.4.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain, count
from xml.sax.saxutils import escape

from cleaner.edits import Result
from cleaner.report import json_report
from cleaner.report.explain import why
from cleaner.report.view import Item, pieces, visible

AUTHOR = "cleaner"
RECORD = "urn:cleaner:record"
"""XML namespace of the part that carries the JSON report, for the way back."""

_UNIT = re.compile(r"\r\n|[\s\S]")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file knows, for all dates: the same result gives the same bytes."""
_AUTHOR = f'w:author="{AUTHOR}" w:date="1980-01-01T00:00:00Z"'


def render(result: Result, name: str) -> bytes:
    """A document with a paragraph for each line; each change is tracked, and each change and suggestion has a comment.

    Characters that Word cannot hold are shown by :func:`signs`. The JSON report travels inside, so that
    :func:`cleaner.review.tracked.read_tracked` finds its way back to the source.
    """
    found = list(pieces(result))
    record = f'<record xmlns="{RECORD}">{escape(json_report.render(result, name))}</record>'
    comments = "".join(_comment(piece) for piece in found if isinstance(piece, Item))
    parts = _FIXED | {
        "word/document.xml": f"<w:document {_W}><w:body>{_body(found)}</w:body></w:document>",
        "word/comments.xml": f"<w:comments {_W}>{comments}</w:comments>",
        "customXml/item1.xml": record,
    }
    return _zipped(parts)


def units(text: str) -> list[str]:
    r"""The characters of ``text``, but a CRLF in one piece: each has one character in the document.

    >>> units("a\r\nb\r")
    ['a', '\r\n', 'b', '\r']
    """
    return _UNIT.findall(text)


def signs(text: str) -> str:
    r"""What the document shows for ``text``, one character for each unit: ``\n`` where a paragraph ends, and signs for
    characters that XML or Word cannot hold.

    >>> signs("a\r\nb\x07\x7f\ud800")
    'a\nb␇␡�'
    """
    return "".join("\n" if unit in _BREAKS else _UNSEEN.sub(_sign, unit) for unit in units(text))


_BREAKS = frozenset(("\n", "\r", "\r\n"))


def _sign(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def _body(found: Iterable[str | Item]) -> str:
    inside, paragraphs = list[str](), list[str]()
    for xml, mark in chain(_runs(found), [("", "")]):
        if mark is None:
            inside.append(xml)
            continue
        properties = f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>" if mark else ""
        paragraphs.append(f"<w:p>{properties}{''.join(inside)}</w:p>")
        inside = []
    return "".join(paragraphs)


_Run = tuple[str, str | None]
"""XML inside a paragraph, and ``None``; or nothing and the properties of the mark that ends the paragraph there."""


def _runs(found: Iterable[str | Item]) -> Iterator[_Run]:
    numbers = count(1)
    for piece in found:
        if isinstance(piece, str):
            yield from _text(piece)
            continue
        comment = f'w:id="{piece.number}"'
        yield f"<w:commentRangeStart {comment}/>", None
        if piece.applied:
            yield from _tracked("del", piece.edit.before, numbers)
            yield from _tracked("ins", piece.edit.after, numbers)
        else:
            yield from _text(piece.edit.before)
        yield f"<w:commentRangeEnd {comment}/><w:r><w:commentReference {comment}/></w:r>", None


def _text(text: str) -> Iterator[_Run]:
    for line, ended in _lines(text):
        yield ("", "") if ended else (_run("t", line), None)


def _tracked(tag: str, text: str, numbers: Iterator[int]) -> Iterator[_Run]:
    for line, ended in _lines(text):
        change = f'w:{tag} w:id="{next(numbers)}" {_AUTHOR}'
        run = _run("delText" if tag == "del" else "t", line)
        yield ("", f"<{change}/>") if ended else (f"<{change}>{run}</w:{tag}>", None)


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of ``text`` that are not empty, and between them the ends of lines as such."""
    for number, line in enumerate(signs(text).split("\n")):
        if number:
            yield "", True
        if line:
            yield line, False


def _run(tag: str, line: str) -> str:
    texts = (f'<w:{tag} xml:space="preserve">{escape(part)}</w:{tag}>' if part else "" for part in line.split("\t"))
    return f"<w:r>{'<w:tab/>'.join(texts)}</w:r>"


def _comment(item: Item) -> str:
    edit = item.edit
    doubt = "" if item.applied else "perhaps "
    said = (f"{doubt}{visible(edit.before)} -> {visible(edit.after)}", *why(edit))
    lines = "".join(f"<w:p>{_run('t', signs(line))}</w:p>" for line in said)
    return f'<w:comment w:id="{item.number}" {_AUTHOR} w:initials="c">{lines}</w:comment>'


def _zipped(parts: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, xml in parts.items():
            file.writestr(zipfile.ZipInfo(name, _LONG_AGO), _HEAD + xml, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


_FIXED = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/comments.xml" ContentType="{_TYPE}.comments+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_TYPE}.settings+xml"/>'
    '<Override PartName="/customXml/itemProps1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/></Types>',
    "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": _relations(
        ("comments", "comments.xml"), ("settings", "settings.xml"), ("customXml", "../customXml/item1.xml")
    ),
    "customXml/_rels/item1.xml.rels": _relations(("customXmlProps", "itemProps1.xml")),
    "customXml/itemProps1.xml": f'<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml"'
    ' ds:itemID="{52C8E9A1-3B7D-4F60-9A4E-1D0C6B7F2E35}"><ds:schemaRefs/></ds:datastoreItem>',
    "word/settings.xml": f"<w:settings {_W}><w:trackRevisions/></w:settings>",
}
"""The parts that are the same in every document; what an editor changes in it is tracked as well."""
