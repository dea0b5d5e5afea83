"""Word documents: the text of paragraphs changes, all else in the package stays."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cleaner.documents.document import Barriers, Document, DocumentError
from cleaner.edits import EditError, apply
from cleaner.text.spans import joined

if TYPE_CHECKING:
    from cleaner.edits import Edit

LARGEST = 256 * 2**20
"""Bytes that a package may hold unpacked; pictures and all, honest ones stay below."""
LARGEST_PART = 32 * 2**20
"""Bytes that a part with text may hold: ten long books."""
MOST_PARTS = 10_000
_MAIN, _STORIES = "wordprocessingml.document.main+xml", ("footnotes+xml", "endnotes+xml")
_TRANSPARENT = frozenset(("hyperlink", "smartTag"))
"""Elements whose runs read as if they stood in the paragraph; runs of others (tracked changes, fields, controls) are
what Word or an author keeps an eye on, and stay as they are.
"""
_SILENT = frozenset(("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "smartTag", "rPr", "pPr"))
"""Elements that neither show nor part what is around them."""
_SHOWN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}
_UNSEEN = frozenset(("lang", "noProof"))
"""Properties of a run that do not show."""
_UNSOUND = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    SyntaxError,
    ValueError,
    LookupError,
    EOFError,
    RuntimeError,
    OSError,
)
"""What ``zipfile``, its decompressors and lxml raise for files that are broken or lie."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The text of element number ``number`` of a part (``w:t``, in document order) at ``at`` to ``end``."""

    at: int
    end: int
    part: str
    number: int


@dataclass(frozen=True, slots=True)
class DocxDocument(Document):
    """A Word document. ``text`` is its body, tables and notes, a blank line between paragraphs."""

    data: bytes = field(kw_only=True)
    stretches: tuple[Stretch, ...] = field(kw_only=True)

    def rewrite(self, edits: Sequence[Edit]) -> bytes:
        """The package with ``edits`` made; parts without edits keep their content, byte for byte."""
        apply(self.text, edits)
        if not edits:
            return self.data
        texts: dict[str, dict[int, str]] = {}
        for edit in reversed(edits):
            _make(edit, self.text, self.stretches, texts)
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            parts = {part: _with_texts(_content(package, part), changed) for part, changed in texts.items()}
            return _repacked(package, parts)


def read_docx(name: str, data: bytes) -> DocxDocument:
    """The Word document in ``data``. Raises :class:`DocumentError`."""
    try:
        import lxml.etree  # noqa: F401
    except ImportError:
        raise DocumentError(f"{name}: reading .docx needs lxml: pip install 'cleaner[docx]'") from None
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentError(f"{name}: is encrypted or an old Word file; save it as .docx without a password")
    reader = _Reader()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in _story_parts(name, package):
                reader.read(part, _parse(_content(package, part)))
    except DocumentError:
        raise
    except _UNSOUND as error:
        raise DocumentError(f"{name}: is no sound .docx ({error}); open it in Word and save it again") from None
    return reader.document(name, data)


def _story_parts(name: str, package: zipfile.ZipFile) -> list[str]:
    """The parts that hold text, the main one first."""
    infos = package.infolist()
    if sum(info.file_size for info in infos) > LARGEST or len(infos) > MOST_PARTS:
        raise DocumentError(f"{name}: unpacks to more than {LARGEST >> 20} MB or {MOST_PARTS} parts; take it apart")
    if len({info.filename for info in infos}) < len(infos):
        raise DocumentError(f"{name}: holds a part twice, so that readers differ; open it in Word and save it again")
    types = {
        override.get("PartName", "").lstrip("/"): override.get("ContentType", "")
        for override in _parse(_content(package, "[Content_Types].xml"))
    }
    if any("macroEnabled" in kind for kind in types.values()) or "word/vbaProject.bin" in package.namelist():
        raise DocumentError(f"{name}: holds macros; save it as .docx without them")
    main = [part for part, kind in types.items() if kind.endswith(_MAIN)]
    if not main:
        raise DocumentError(f"{name}: holds no Word document; give a .docx")
    return [*main, *(part for part, kind in types.items() if kind.endswith(_STORIES) and part in package.namelist())]


def _content(package: zipfile.ZipFile, part: str | zipfile.ZipInfo) -> bytes:
    """What a part holds: never more than it says, which ``ZipFile.read`` would unpack first and then cut off."""
    info = package.getinfo(part) if isinstance(part, str) else part
    with package.open(info) as file:
        return file.read(info.file_size)


def _parse(data: bytes) -> Any:
    """An XML part. Raises ``SyntaxError``, also for a document type: no part has one, but bombs do."""
    from lxml import etree

    if len(data) > LARGEST_PART:
        raise SyntaxError(f"a part of more than {LARGEST_PART >> 20} MB")
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    if root.getroottree().docinfo.doctype:
        raise SyntaxError("it declares a document type")
    return root


class _Reader:
    """Goes through the parts and gathers their text."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.length = 0
        self.stretches: list[Stretch] = []
        self.points: list[int] = []
        self.fixed: list[tuple[int, int]] = []
        self.style: object = None
        self.parted = False

    def document(self, name: str, data: bytes) -> DocxDocument:
        barriers = Barriers(tuple(self.points), tuple(joined(self.fixed)))
        return DocxDocument(name, "".join(self.text), barriers=barriers, data=data, stretches=tuple(self.stretches))

    def read(self, part: str, root: Any) -> None:
        """Add the paragraphs of a part, those of text boxes left out: they stand there twice, for old readers."""
        numbers = {element: number for number, element in enumerate(_words(root, "t"))}
        for paragraph in _words(root, "p"):
            if any(_kind(above) == "txbxContent" for above in paragraph.iterancestors()):
                continue
            if self.text:
                self._add("\n\n", fixed=True)
            self.style, self.parted = None, False
            self._read_runs(part, paragraph, numbers)

    def _read_runs(self, part: str, paragraph: Any, numbers: dict[Any, int]) -> None:
        depth = 0
        for element, fixed in _pieces(paragraph):
            kind = _kind(element)
            if kind == "fldChar":
                depth += {"begin": 1, "end": -1}.get(_attribute(element, "fldCharType"), 0)
            held = fixed or depth > 0
            if kind == "t" and element in numbers:
                self._add_text(part, numbers[element], element, held)
            elif kind in _SHOWN:
                self._add(_SHOWN[kind], fixed=True)
            elif kind not in _SILENT:
                self.parted = True

    def _add_text(self, part: str, number: int, element: Any, fixed: bool) -> None:
        text, style = element.text or "", _style(element.getparent())
        follows = bool(self.stretches) and self.stretches[-1].end == self.length
        if follows and (self.parted or style != self.style):
            self.points.append(self.length)
        self.style, self.parted = style, False
        if text:
            self.stretches.append(Stretch(self.length, self.length + len(text), part, number))
            self._add(text, fixed)

    def _add(self, text: str, fixed: bool) -> None:
        if fixed:
            self.fixed.append((self.length, self.length + len(text)))
        self.text.append(text)
        self.length += len(text)


def _pieces(element: Any, fixed: bool = False) -> Iterator[tuple[Any, bool]]:
    """What a paragraph's runs hold, in order, and whether it stays as it is; deleted text and what is no run passes by
    as one.
    """
    for child in element:
        kind = _kind(child)
        if kind == "r":
            yield from ((piece, fixed) for piece in child)
        elif kind in _TRANSPARENT:
            yield child, fixed
            yield from _pieces(child, fixed)
            yield child, fixed
        elif kind in ("ins", "fldSimple", "sdt", "sdtContent", "moveTo"):
            yield child, True
            yield from _pieces(child, True)
            yield child, True
        else:
            yield child, True


def _make(edit: Edit, text: str, stretches: Sequence[Stretch], texts: dict[str, dict[int, str]]) -> None:
    """Put an edit into the ``texts`` of its elements, by part and number; later edits must have been made before."""
    at = max(0, bisect_right(stretches, edit.start, key=lambda stretch: stretch.at) - 1)
    if edit.start == edit.end and at > 0 and stretches[at].at == edit.start == stretches[at - 1].end:
        at -= 1
    start, after = edit.start, edit.after
    while True:
        if at >= len(stretches) or not stretches[at].at <= start <= stretches[at].end:
            raise EditError(f"edit at {edit.start} is not in the text of a paragraph")
        stretch = stretches[at]
        end = min(edit.end, stretch.end)
        part = texts.setdefault(stretch.part, {})
        old = part.get(stretch.number, text[stretch.at : stretch.end])
        part[stretch.number] = old[: start - stretch.at] + after + old[end - stretch.at :]
        if end == edit.end:
            return
        start, after, at = end, "", at + 1


def _with_texts(data: bytes, texts: dict[int, str]) -> bytes:
    from lxml import etree

    root = _parse(data)
    for number, element in enumerate(_words(root, "t")):
        if number in texts:
            try:
                element.text = texts[number]
            except ValueError:
                raise EditError(f"{texts[number]!r} holds characters that XML cannot") from None
            element.set(_SPACE, "preserve")
    written: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)
    return written


def _repacked(package: zipfile.ZipFile, parts: dict[str, bytes]) -> bytes:
    """The package with some parts changed, all in their order and with their dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for info in package.infolist():
            copy.writestr(info, parts.get(info.filename) or _content(package, info), info.compress_type)
    return out.getvalue()


def _words(root: Any, name: str) -> Iterator[Any]:
    """The elements of WordprocessingML with this name, in order; drawings and formulas have such too."""
    return (element for element in root.iter(f"{{*}}{name}") if "wordprocessingml" in element.tag)


def _style(run: Any) -> tuple[bytes, ...]:
    """What a run looks like."""
    from lxml import etree

    shown = [each for each in run.iterfind("{*}rPr/*") if _kind(each) not in _UNSEEN]
    return tuple(sorted(etree.tostring(each, method="c14n", with_tail=False) for each in shown))


def _kind(element: Any) -> str:
    """The local name of an element; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
