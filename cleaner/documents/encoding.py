"""Bytes into text and back: byte order marks, UTF-8, what the document declares, Windows-1252, a guess."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.documents.document import DocumentError

HEAD = 8192
"""How many bytes are looked at to tell text from binary."""
BINARY_SHARE = 0.3
"""Share of control characters from which a head that holds NULs is taken for binary: UTF-16 and machine code lie
above, a text with stray NULs far below."""
LEGACY_SHARE = 0.01
"""The same where the bytes are no Unicode: there every byte is a character, so control characters must tell alone."""
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF; make it text first: pdftotext"),
    (b"{\\rtf", "rich text; save it as .docx or plain text"),
    (b"PK\x03\x04", "a packed file; unpack it, or name it .docx where it is one"),
    (b"\xd0\xcf\x11\xe0", "an old Word file or an encrypted one; save it as .docx without a password"),
)
_DECLARABLE = frozenset(
    "big5 big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp932 cp949 euc_jp euc_kr "
    "gb18030 gb2312 gbk iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-11 "
    "iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-cyrillic mac-roman shift_jis tis-620".split()
)
"""Codecs that a document may ask for. Python has others that are no encodings of text (rot13, punycode), carry state
or hide markup (UTF-7). Latin-1 is left out, as it means Windows-1252 on the web."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a document's text stands in its bytes: a codec of Python's and a byte order mark, which may be empty."""

    codec: str = "utf-8"
    bom: bytes = b""

    def as_utf8(self) -> Encoding:
        """UTF-8 instead; a byte order mark stays where it is UTF-8's."""
        return self if self.codec == "utf-8" else Encoding()

    def encode(self, text: str, name: str, errors: str = "strict") -> bytes:
        """The bytes of ``text``; ``errors`` is as in ``str.encode``. Raises :class:`DocumentError` for a character that
        the encoding lacks.
        """
        try:
            return self.bom + text.encode(self.codec, errors)
        except UnicodeEncodeError as error:
            lacking = ascii(text[error.start])[1:-1] if not text[error.start].isprintable() else text[error.start]
            raise DocumentError(f"{name}: {self.codec} lacks {lacking!r}, which an edit needs; give --utf8") from None


def decode(name: str, data: bytes, declared: str | None = None) -> tuple[str, Encoding]:
    r"""The text of ``data`` and its encoding, which gives back the same bytes. Raises :class:`DocumentError`.

    A byte order mark decides; else UTF-8 where the bytes are valid; else what the document has ``declared``; else
    Windows-1252, in which nearly all other English text is written; else a guess.

    >>> decode("a.txt", b"\xef\xbb\xbfa\r\n")
    ('a\r\n', Encoding(codec='utf-8', bom=b'\xef\xbb\xbf'))
    >>> decode("a.txt", b"caf\xe9")
    ('café', Encoding(codec='cp1252', bom=b''))
    """
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _decode_marked(name, data, Encoding(codec, bom))
    refuse_binary(name, data)
    try:
        return data.decode("utf-8"), Encoding()
    except UnicodeDecodeError as error:
        _refuse_damaged(name, data, error.start)
    for codec in _likely(data, declared):
        try:
            text = data.decode(codec)
            if text.encode(codec) == data:
                return text, Encoding(codec)
        except UnicodeError:
            continue
    raise DocumentError(f"{name}: in no encoding that is known here; convert it to UTF-8 first: iconv -t UTF-8")


def refuse_binary(name: str, data: bytes) -> None:
    """Raise :class:`DocumentError` for what is no text, whatever its encoding."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise DocumentError(f"{name}: is {what}")
    head = data[:HEAD]
    if b"\0" in head and _control_share(head) >= BINARY_SHARE:
        raise DocumentError(f"{name}: binary, with a NUL at byte {data.index(0)}; give plain text")


def _decode_marked(name: str, data: bytes, encoding: Encoding) -> tuple[str, Encoding]:
    try:
        return data[len(encoding.bom) :].decode(encoding.codec), encoding
    except UnicodeDecodeError as error:
        at = error.start + len(encoding.bom)
        what = encoding.codec.upper()
        raise DocumentError(f"{name}: marked as {what} but not so at byte {at}; convert it again") from None


def _refuse_damaged(name: str, data: bytes, at: int) -> None:
    """What is nearly UTF-8 is no other encoding: read as one it would be garbled. Nor is what holds control bytes."""
    valid = data.decode("utf-8", "ignore")
    wide = sum(len(character.encode()) for character in valid if character > "\x7f")
    if wide > len(data) - len(valid.encode()):
        raise DocumentError(f"{name}: damaged UTF-8 at byte {at}; drop such bytes first: iconv -c -f UTF-8 -t UTF-8")
    if _control_share(data[:HEAD]) >= LEGACY_SHARE:
        raise DocumentError(f"{name}: binary, with control characters and no UTF-8 at byte {at}; give plain text")


def _likely(data: bytes, declared: str | None) -> Iterator[str]:
    if declared is not None:
        try:
            codec = codecs.lookup(declared).name
        except (LookupError, ValueError):  # unknown; with a NUL in it
            codec = ""
        if codec in _DECLARABLE:
            yield codec
    yield "cp1252"
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:1_000_000]).best()
    if guess is not None:
        yield guess.encoding


def _control_share(head: bytes) -> float:
    return (len(head) - len(head.translate(None, _CONTROL))) / max(1, len(head))
