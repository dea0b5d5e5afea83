from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress

import docx
import pytest

from cleaner.documents import docx as module
from cleaner.documents.confine import confine
from cleaner.documents.document import DocumentError
from cleaner.documents.docx import DocxDocument, read_docx
from cleaner.edits import Edit, EditError, Result, apply

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = "[Content_Types].xml"
MAIN = "word/document.xml"

LANGUAGE = '<w:lang w:val="en"/>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


BODIES = {
    "runs of one look": (f"<w:p>{run('There dan')}<w:proofErr/>{run('gle been')}</w:p>", "There dangle been", [], []),
    "a language is no look": (f"<w:p>{run('dan', LANGUAGE)}{run('gle')}</w:p>", "dangle", [], []),
    "runs of other looks": (
        f"<w:p>{run('There ')}{run('dangle', '<w:b/>')}{run(' been')}</w:p>",
        "There dangle been",
        [6, 12],
        [],
    ),
    "paragraphs": (f"<w:p>{run('One')}</w:p><w:p/><w:p>{run('two')}</w:p>", "One\n\n\n\ntwo", [], ["\n\n\n\n"]),
    "tabs and breaks": (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>",
        "a\tb\nc",
        [],
        ["\t", "\n"],
    ),
    "tables": (
        f"<w:tbl><w:tr><w:tc><w:p>{run('a')}</w:p></w:tc><w:tc><w:p>{run('b')}</w:p></w:tc></w:tr></w:tbl>",
        "a\n\nb",
        [],
        ["\n\n"],
    ),
    "links": (
        f"<w:p>{run('See ')}<w:hyperlink>{run('this')}</w:hyperlink>{run(' page')}</w:p>",
        "See this page",
        [4, 8],
        [],
    ),
    "tracked changes": (
        f"<w:p>{run('a ')}<w:ins>{run('b')}</w:ins><w:del><w:r><w:delText>c</w:delText></w:r></w:del>{run(' d')}</w:p>",
        "a b d",
        [2, 3],
        ["b"],
    ),
    "fields": (
        f"<w:p>{run('Page ')}<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('7')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        f"{run(' of')}</w:p>",
        "Page 7 of",
        [5, 6],
        ["7"],
    ),
    "controls": (f"<w:p>{run('a ')}<w:sdt><w:sdtContent>{run('b')}</w:sdtContent></w:sdt></w:p>", "a b", [2], ["b"]),
    "notes": ("<w:p><w:r><w:t>a</w:t><w:footnoteReference/><w:t>b</w:t></w:r></w:p>", "ab", [1], []),
    "text boxes": (
        f"<w:p><w:r><w:t>a</w:t><w:pict><w:txbxContent><w:p>{run('b')}</w:p></w:txbxContent></w:pict></w:r></w:p>",
        "a",
        [],
        [],
    ),
    "other vocabularies": ("<w:p><w:r><m:t xmlns:m='math'>x</m:t><w:t>a</w:t></w:r></w:p>", "a", [], []),
    "nothing": ("", "", [], []),
}


@pytest.mark.parametrize(("body", "text", "points", "fixed"), BODIES.values(), ids=BODIES)
def test_text_and_barriers(body: str, text: str, points: list[int], fixed: list[str]) -> None:
    data = package(body)
    document = read_docx("a", data)
    assert document.text == text
    assert list(document.barriers.points) == points
    assert [text[start:end] for start, end in document.barriers.fixed] == fixed
    assert document.rewrite(()) == data


def test_edits_keep_runs_and_all_other_parts() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("They ")
    for text, bold in (("dan", False), ("gle", False), (" on", True)):
        paragraph.add_run(text).bold = bold or None
    made.add_paragraph("and dangle", style="Heading 1")
    data = saved(made)
    document = read_docx("a", data)
    edits = [Edit(at, at + 6, "dangle", "hang & <so>", "spin", "x", 0.9) for at in (5, 20)]
    rewritten = document.rewrite(edits)
    paragraphs = docx.Document(io.BytesIO(rewritten)).paragraphs
    assert [[(r.text, r.bold) for r in p.runs] for p in paragraphs] == [
        [("They ", None), ("hang & <so>", None), ("", None), (" on", True)],
        [("and hang & <so>", None)],
    ]
    assert paragraphs[1].style.name == "Heading 1"
    assert read_docx("a", rewritten).text == apply(document.text, edits)
    before, after = parts(data), parts(rewritten)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == [MAIN]


def test_notes_are_read_and_written() -> None:
    notes = f"<w:footnotes {W}><w:footnote><w:p>{run('They dangle')}</w:p></w:footnote></w:footnotes>"
    document = read_docx("a", package(f"<w:p>{run('Body')}</w:p>", {"word/footnotes.xml": notes}))
    assert document.text == "Body\n\nThey dangle"
    rewritten = document.rewrite([change(document, "dangle", "hang")])
    assert read_docx("a", rewritten).text == "Body\n\nThey hang"
    assert parts(rewritten)[MAIN] == parts(document.data)[MAIN]


def test_edits_across_what_is_no_text_are_refused_and_confined() -> None:
    document = read_docx("a", package(f"<w:p>{run('a')}</w:p><w:p>{run('b')}</w:p>"))
    wrong = change(document, "a\n\nb", "c")
    with pytest.raises(EditError):
        document.rewrite([wrong])
    result = Result(document.text, "c", (wrong,), (), 0.3, "table", 0.9)
    assert confine(result, document.barriers).edits == ()
    with pytest.raises(EditError, match="characters that XML cannot"):
        document.rewrite([change(document, "a", "\0")])


def with_part(name: str, content: bytes | str) -> Callable[[], bytes]:
    return lambda: package("", {name: content})


def encrypted() -> bytes:
    data = bytearray(package("<w:p/>"))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + flags] |= 1
    return bytes(data)


def twice() -> bytes:
    out = io.BytesIO(package(""))
    with zipfile.ZipFile(out, "a") as copy, pytest.warns(UserWarning, match="Duplicate"):
        copy.writestr(MAIN, f"<w:document {W}/>")
    return out.getvalue()


REFUSED = {
    "empty": (lambda: b"", "is no sound .docx (File is not a zip file)"),
    "text": (lambda: b"There have been", "is no sound .docx"),
    "cut off": (lambda: package("")[:-40], "is no sound .docx"),
    "old or encrypted": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "is encrypted or an old Word file"),
    "encrypted zip": (encrypted, "is no sound .docx"),
    "another zip": (lambda: zipped({"a.txt": b"a"}), "is no sound .docx"),
    "a spreadsheet": (with_part(TYPES, "<Types><Override ContentType='sheet.main+xml'/></Types>"), "no Word"),
    "macros": (with_part("word/vbaProject.bin", b""), "holds macros"),
    "macros by type": (with_part(TYPES, "<Types><Override ContentType='macroEnabled'/></Types>"), "holds macros"),
    "broken xml": (with_part(MAIN, "<w:document"), "is no sound .docx"),
    "entities": (with_part(MAIN, "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "declares a document type"),
    "deep": (with_part(MAIN, "<a>" * 5000 + "</a>" * 5000), "is no sound .docx"),
    "a part twice": (twice, "holds a part twice"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_docx_is_refused_in_one_line(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_docx("a.docx", make())
    assert str(caught.value).startswith("a.docx: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bombs_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 100_000)
    monkeypatch.setattr(module, "LARGEST_PART", 50_000)
    with pytest.raises(DocumentError, match=r"unpacks to more than"):
        read_docx("a", package("", {"word/media/image.png": bytes(100_000)}))
    with pytest.raises(DocumentError, match=r"a part of more than"):
        read_docx("a", package("<w:p/>" * 10_000))
    monkeypatch.setattr(module, "MOST_PARTS", 10)
    with pytest.raises(DocumentError, match=r"unpacks to more than"):
        read_docx("a", package("", {f"{at}": b"" for at in range(10)}))


def test_a_part_gives_no_more_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    data = package("<w:p/>" * 100_000)
    with zipfile.ZipFile(io.BytesIO(data)) as copy:
        size = copy.getinfo(MAIN).file_size
    lying = data.replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    with pytest.raises(DocumentError, match=r"is no sound \.docx"):
        read_docx("a", lying)


def test_damage_gives_an_error_and_no_crash() -> None:
    chance = random.Random(1)
    data = package(f"<w:p>{run('There have been')}</w:p>")
    for _ in range(400):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(DocumentError):
            read_docx("a", bytes(damaged))


def package(body: str, others: dict[str, bytes | str] | None = None) -> bytes:
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/x.wordprocessingml.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("footnotes", "footnotes"))
    )
    content = {
        TYPES: f"<Types>{types}</Types>",
        MAIN: f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    return zipped(content | (others or {}))


def zipped(content: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name, data in content.items():
            copy.writestr(name, data)
    return out.getvalue()


def saved(made: docx.document.Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as copy:
        return {info.filename: copy.read(info) for info in copy.infolist()}


def change(document: DocxDocument, before: str, after: str) -> Edit:
    at = document.text.index(before)
    return Edit(at, at + len(before), before, after, "spin", "x", 0.9)
