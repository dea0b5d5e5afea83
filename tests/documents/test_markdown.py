from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.documents.markdown import fixed_spans
from cleaner.documents.plain import read_markdown, read_plain

FIXED = {
    "prose": ("# Head\n\nThere *have* **been** talks.\n\n- one\n- two\n\n> three\n", []),
    "fences": ("a\n```py\nx = 1\n```\nb\n~~~\ny\n~~~\n", ["```py\nx = 1\n```\n", "~~~\ny\n~~~\n"]),
    "a fence without end": ("a\n\n```\nb\nc", ["```\nb\nc"]),
    "indented code": ("a\n\n    b\n    c\n\nd", ["    b\n    c\n"]),
    "code in a list": ("- a\n\n  ```\n  b\n  ```\n", ["  ```\n  b\n  ```\n"]),
    "no code in a list": ("- a\n\n    b\n", []),
    "code spans": ("a `b` c ``d ` e`` f \\`g\\` h `i", ["`b`", "``d ` e``"]),
    "links": ('See [a](b.html "c") and [d][e] and ![f](g(h).png).', ['](b.html "c")', "][e]", "](g(h).png)"]),
    "references": ("[a]: http://b.c 'd'\n\nSee [a].\n", ["[a]: http://b.c 'd'\n"]),
    "addresses and tags": ("a <http://b.c> d <b class='e'>f</b> 3 < 4 > 2", ["<http://b.c>", "<b class='e'>", "</b>"]),
    "html": ("<div>\na\n</div>\n\nb\n", ["<div>\na\n</div>\n"]),
    "tables": ("a\n\n| b | c |\n|---|---|\n| d | e |\n\nf | g\n", ["| b | c |\n|---|---|\n| d | e |\n"]),
    "front matter": ("---\na: b\n---\nc\n", ["---\na: b\n---\n"]),
    "front matter of toml": ("+++\na = 1\n+++\nc `d`\n", ["+++\na = 1\n+++\n", "`d`"]),
    "a rule is no front matter": ("a\n\n---\n\nb\n", []),
    "crlf": ("a\r\n\r\n```\r\nb\r\n```\r\nc `d`\r\n", ["```\r\nb\r\n```\r\n", "`d`"]),
    "empty": ("", []),
}


@pytest.mark.parametrize(("text", "fixed"), FIXED.values(), ids=FIXED)
def test_fixed_spans(text: str, fixed: list[str]) -> None:
    assert [text[start:end] for start, end in fixed_spans(text)] == fixed


@given(st.text(st.sampled_from("`~-*_[]()<>|\n\r \tab!\\#+1.:'\"&"), max_size=60))
def test_spans_are_in_order(text: str) -> None:
    spans = fixed_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))


def test_hostile_text_takes_no_time() -> None:
    for part in ("`", "` ", "](", "<a ", "> ", "[a]: ", "|", "- ", "*a", "``a`"):
        text = part * (20_000 // len(part))
        assert read_markdown("a", text.encode()).rewrite(()) == text.encode()


def test_rows_parted_by_tabs_are_tables() -> None:
    text = "Results\tof\nAjax\t3\nPSV\t1\n\n\tAn indent.\n\tAnother.\nOne\ttab\n"
    spans = read_plain("a", text.encode()).barriers.fixed
    assert [text[start:end] for start, end in spans] == ["Results\tof\nAjax\t3\nPSV\t1"]
