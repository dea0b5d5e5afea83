from __future__ import annotations

import codecs
import io
import os
from pathlib import Path

import pytest

from cleaner.documents import read
from cleaner.documents.read import DocumentError, display_name, format_of, printable, read_document, read_stream

BOM = codecs.BOM_UTF8
ROUND_TRIPS = {
    "empty": b"",
    "plain": b"There have been.\n",
    "no end of line": b"There have been.",
    "crlf": b"one\r\ntwo\r\n",
    "cr": b"one\rtwo\r",
    "mixed ends": b"one\r\ntwo\nthree\rfour",
    "bom": BOM + b"one\n",
    "only a bom": BOM,
    "two boms": BOM + BOM + b"one",
    "bom and crlf": BOM + b"one\r\ntwo",
    "a nul": b"The end of the line.\0\n",
    "many nuls far apart": b"There have been many talks.\0\n" * 500,
    "line separators": "a\u2028b\u0085c\x0cd".encode(),
    "emoji": "👩‍👩‍👧 🇬🇧".encode(),
    "noncharacters": "\ufffe\uffff\U0010ffff".encode(),
    "escapes without nuls": b"\x1b[31m\x01\x02\x03\x04",
    "nuls behind the head": b"word " * 2000 + b"\0\0\0\0",
}


@pytest.mark.parametrize("data", ROUND_TRIPS.values(), ids=ROUND_TRIPS)
def test_bytes_come_back(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    for document in (read_document(path), read_stream(io.BytesIO(data))):
        assert document.rewrite(()) == data


def test_text_keeps_its_line_ends() -> None:
    assert read_stream(io.BytesIO(BOM + b"one\r\ntwo\rthree\n")).text == "one\r\ntwo\rthree\n"


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.txt", "txt"), ("a", "txt"), ("a.md", "md"), ("A.HTML", "html"), ("a.b.htm", "html"), ("a.docx", "docx")],
)
def test_suffixes_tell_the_format(name: str, format: str) -> None:
    assert format_of(Path(name)) == format


def test_the_format_may_be_given() -> None:
    page = b"<p>one</p><p>two</p>"
    assert read_stream(io.BytesIO(page)).text == page.decode()
    assert read_stream(io.BytesIO(page), format="html").text == "one\n\ntwo"


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.txt: no such file; check"):
        read_document(tmp_path / "gone.txt")
    with pytest.raises(DocumentError, match="is a folder; name the files in it"):
        read_document(tmp_path)
    with pytest.raises(DocumentError, match="cannot be read"):
        read_document(tmp_path / ("n" * 300))
    with pytest.raises(DocumentError, match="cannot be read"):
        read_document(Path("a\0b"))


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DocumentError, match=r"a\.txt: not readable; ask for read permission"):
        read_document(tmp_path / "a.txt")


def test_closed_and_failing_streams() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(DocumentError, match="<stdin>: is closed"):
        read_stream(None)
    with pytest.raises(DocumentError, match=r"<stdin>: cannot be read \(Input/output error\)"):
        read_stream(Failing())


def test_names_are_printable_unicode() -> None:
    assert display_name(Path(os.fsdecode(b"caf\xe9.txt"))) == "caf�.txt"
    assert display_name(Path("a\nb\x1b[31m.txt")) == "a\\nb\\x1b[31m.txt"
    assert printable("“naïve” 日本 a\u00a0b\u2028\u200b") == "“naïve” 日本 a\u00a0b\\u2028\\u200b"


def test_a_line_that_is_no_prose_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"holds a line of 2 million characters.*fold"):
        read_stream(io.BytesIO(b"word " * 500_000))


def test_a_page_may_stand_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "LONGEST_LINE", 20)
    page = b"<p>There have been</p>" * 5
    assert read_stream(io.BytesIO(page), format="html").rewrite(()) == page
    with pytest.raises(DocumentError, match="holds a line"):
        read_stream(io.BytesIO(page))
