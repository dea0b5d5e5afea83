from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.documents.document import DocumentError
from cleaner.documents.encoding import Encoding, decode

DECODED = [
    (b"", None, "", "utf-8"),
    ("café".encode(), "koi8-r", "café", "utf-8"),
    (b"caf\xe9 \x93so\x94", None, "café “so”", "cp1252"),
    (b"caf\xe9", "iso-8859-1", "café", "cp1252"),
    (b"\xf0\xf2", "windows-1251", "рт", "cp1251"),
    (b"\xa4 5", "ISO-8859-15", "€ 5", "iso8859-15"),
    ("日本".encode("shift_jis"), "Shift_JIS", "日本", "shift_jis"),
    (b"caf\xe9", "rot13", "café", "cp1252"),
    (b"caf\xe9", "utf-7", "café", "cp1252"),
    (b"caf\xe9", "no such\0", "café", "cp1252"),
    (b"cut \xe2\x82", None, "cut â‚", "cp1252"),
    (codecs.BOM_UTF8 + b"a", "koi8-r", "a", "utf-8"),
    (codecs.BOM_UTF16_LE + "a😀\r\n".encode("utf-16-le"), None, "a😀\r\n", "utf-16-le"),
    (codecs.BOM_UTF16_BE + "a😀".encode("utf-16-be"), None, "a😀", "utf-16-be"),
    (codecs.BOM_UTF32_LE + "a".encode("utf-32-le"), None, "a", "utf-32-le"),
]


@pytest.mark.parametrize(("data", "declared", "text", "codec"), DECODED)
def test_encodings_are_told_and_written_back(data: bytes, declared: str | None, text: str, codec: str) -> None:
    found, encoding = decode("a", data, declared)
    assert (found, encoding.codec) == (text, codec)
    assert encoding.encode(found, "a") == data
    assert encoding.as_utf8().encode(found, "a").decode("utf-8-sig") == text


def test_what_windows_1252_has_no_character_for_is_guessed() -> None:
    text = "Ďábelský kůň příšerně úpěl ďábelské ódy. Ťuhýk žil v Íránu. " * 5
    assert decode("a", text.encode("cp1250"))[0] == text


REFUSED = [
    ("caf é".encode() + b"\xe9", "a: damaged UTF-8 at byte 6; drop such bytes first: iconv -c -f UTF-8 -t UTF-8"),
    (codecs.BOM_UTF8 + b"caf\xe9", "a: marked as UTF-8 but not so at byte 6; convert it again"),
    (codecs.BOM_UTF16_LE + b"a", "a: marked as UTF-16-LE but not so at byte 2; convert it again"),
    ("There".encode("utf-16-le"), "a: binary, with a NUL at byte 1; give plain text"),
    (b"\x7fELF\2\1\1\0\0\0\0\0\0\0\0\0", "a: binary, with a NUL at byte 7; give plain text"),
    (b"\x89abc\x01\x02 def", "a: binary, with control characters and no UTF-8 at byte 0; give plain text"),
    (b"%PDF-1.4 text", "a: is a PDF; make it text first: pdftotext"),
    (b"{\\rtf1 text}", "a: is rich text; save it as .docx or plain text"),
    (b"PK\x03\x04", "a: is a packed file; unpack it, or name it .docx where it is one"),
    (b"\xd0\xcf\x11\xe0", "a: is an old Word file or an encrypted one; save it as .docx without a password"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_refusals_name_place_and_remedy(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode("a", data)
    assert str(caught.value) == message


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"^a: cp1252 lacks 'ł', which an edit needs; give --utf8$"):
        Encoding("cp1252").encode("Wałęsa", "a")


@settings(deadline=None)
@given(st.text(), st.sampled_from([codec for *_, codec in DECODED]))
def test_text_of_any_encoding_round_trips(text: str, declared: str) -> None:
    with suppress(UnicodeEncodeError, DocumentError):
        data = b"long enough not to be taken for binary " * 20 + text.encode(declared)
        found, encoding = decode("a", data, declared)
        assert encoding.encode(found, "a") == data


@settings(deadline=None)
@given(st.binary(max_size=60), st.sampled_from([None, "gb18030", "euc_jp", "big5"]))
def test_any_bytes_round_trip_or_are_refused(data: bytes, declared: str | None) -> None:
    with suppress(DocumentError):
        found, encoding = decode("a", data, declared)
        assert encoding.encode(found, "a") == data
