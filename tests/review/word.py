"""What an editor does in Word, done to the XML as ECMA-376 says it: changes accepted, rejected, left tracked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as Tree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Verdict = Callable[[int], bool | None]


def decided(data: bytes, verdict: Verdict) -> bytes:
    """The document with each change accepted (``True``), rejected or left (``None``), by the number of its comment."""
    return rewritten(data, lambda xml: _decide(xml, verdict))


def typed(data: bytes, old: str, new: str) -> bytes:
    """The document with ``old`` overwritten, untracked."""
    assert old.encode() in part(data)
    return rewritten(data, lambda xml: xml.replace(old.encode(), new.encode()))


def part(data: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name)


def rewritten(data: bytes, change: Callable[[bytes], bytes], name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as file, zipfile.ZipFile(out, "w") as copy:
        for each in file.namelist():
            copy.writestr(each, change(file.read(each)) if each == name else file.read(each))
    return out.getvalue()


def _decide(xml: bytes, verdict: Verdict) -> bytes:
    root = Tree.fromstring(xml)
    (body,) = root
    number: int | None = None
    whole, inside = list[Tree.Element](), list[Tree.Element]()
    for paragraph in list(body):
        mark = None
        for child in paragraph:
            if child.tag == f"{W}pPr":
                mark = child
            elif child.tag == f"{W}commentRangeStart":
                number = int(child.attrib[f"{W}id"])
            elif child.tag == f"{W}commentRangeEnd":
                number = None
            if child.tag in (f"{W}ins", f"{W}del"):
                inside += _change(child, verdict(number))
            elif child.tag != f"{W}pPr":
                inside.append(child)
        said = verdict(number) if mark is not None else None
        if said is not None:
            gone = (mark[0][0].tag == f"{W}del") == said
            mark = None
            if gone:
                continue
        merged = Tree.Element(f"{W}p")
        merged.extend(([] if mark is None else [mark]) + inside)
        whole.append(merged)
        inside = []
    body[:] = whole
    return Tree.tostring(root, encoding="utf-8")


def _change(element: Tree.Element, accepted: bool | None) -> Iterator[Tree.Element]:
    if accepted is None:
        yield element
    elif (element.tag == f"{W}ins") == accepted:
        for text in element.iter(f"{W}delText"):
            text.tag = f"{W}t"
        yield from element
