from __future__ import annotations

import io
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.documents.read import BOM, DocumentError, decode, display_name, printable, read_file, read_stream

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
    for document in (read_file(path), read_stream(io.BytesIO(data))):
        assert document.encode(document.text) == data
        assert document.bom == data.startswith(BOM)


def test_text_keeps_its_line_ends() -> None:
    assert decode("a", BOM + b"one\r\ntwo\rthree\n").text == "one\r\ntwo\rthree\n"


@given(st.text(), st.booleans())
def test_any_text_round_trips(text: str, bom: bool) -> None:
    data = BOM * bom + b"long enough not to be taken for binary " * 50 + text.encode()
    document = decode("a", data)
    assert document.encode(document.text) == data


@given(st.binary(max_size=60))
def test_any_bytes_round_trip_or_are_refused(data: bytes) -> None:
    with suppress(DocumentError):
        document = decode("a", data)
        assert document.encode(document.text) == data


REFUSED = [
    (b"caf\xe9", "a: not UTF-8 at byte 3; convert it first: iconv -f WINDOWS-1252 -t UTF-8"),
    (BOM + b"caf\xe9", "a: not UTF-8 at byte 6; convert it first: iconv -f WINDOWS-1252 -t UTF-8"),
    (b"cut \xe2\x82", "a: not UTF-8 at byte 4; convert it first: iconv -f WINDOWS-1252 -t UTF-8"),
    (b"surrogate \xed\xa0\x80", "a: not UTF-8 at byte 10; convert it first: iconv -f WINDOWS-1252 -t UTF-8"),
    ("There".encode("utf-16"), "a: not UTF-8 at byte 0; convert it first: iconv -f UTF-16 -t UTF-8"),
    ("There".encode("utf-16-le"), "a: binary, with a NUL at byte 1; give plain text in UTF-8"),
    (b"\x7fELF\2\1\1\0\0\0\0\0\0\0\0\0", "a: binary, with a NUL at byte 7; give plain text in UTF-8"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_refusals_name_place_and_remedy(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode("a", data)
    assert str(caught.value) == message


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.txt: no such file; check"):
        read_file(tmp_path / "gone.txt")
    with pytest.raises(DocumentError, match="is a folder; name the files in it"):
        read_file(tmp_path)
    with pytest.raises(DocumentError, match="cannot be read"):
        read_file(tmp_path / ("n" * 300))
    with pytest.raises(DocumentError, match="cannot be read"):
        read_file(Path("a\0b"))


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DocumentError, match=r"a\.txt: not readable; ask for read permission"):
        read_file(tmp_path / "a.txt")


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


def test_a_line_that_is_no_prose_is_refused():
    with pytest.raises(DocumentError, match=r"holds a line of 50 MB.*fold"):
        decode("a.txt", b"word " * 10_000_000)
