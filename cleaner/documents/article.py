"""The article of an HTML page, without the page: trafilatura finds it."""

from __future__ import annotations

from cleaner.documents.document import DocumentError
from cleaner.documents.encoding import Encoding
from cleaner.documents.html import read_html
from cleaner.documents.plain import PlainDocument


def read_article(name: str, data: bytes) -> PlainDocument:
    """The article in a page as plain text, written in UTF-8. Raises :class:`DocumentError` where there is none."""
    page = read_html(name, data)
    try:
        from trafilatura import extract
    except ImportError:
        raise DocumentError(f"{name}: --html extract needs trafilatura: pip install 'cleaner[html]'") from None
    text = extract(page.source, output_format="txt", include_comments=False, include_tables=False)
    if not text:
        raise DocumentError(f"{name}: holds no article that can be told from its page; use --html in-place")
    return PlainDocument(name, f"{text}\n", encoding=Encoding())
