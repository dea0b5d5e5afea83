from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from cleaner.edits import KINDS
from cleaner.report import html, pages
from cleaner.report.html import render
from cleaner.report.pages import part
from cleaner.review.decisions import read, undecided

from .made import DANGLE, NEWS, UNTOUCHED, Swap, made, results, texts

HOSTILE: list[str] = json.loads((Path(__file__).parent / "hostile.json").read_text("utf-8"))
"""Texts that would do something if any of them were taken for more than text."""
VOID = {"meta", "input", "link", "img", "br", "hr"}


class Page(HTMLParser):
    """What a browser would make of a page: tags, attributes, the text of the paragraphs, the record and the script."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.paragraphs: list[list[tuple[str, str]]] = []
        self.scripts: list[str] = []
        self.titles: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "p" and "main" in self.open:
            self.paragraphs.append([])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)
        if self.open and self.open[-1] == "title":
            self.titles.append(data)
        if "p" in self.open and "main" in self.open:
            role = next((tag for tag in reversed(self.open) if tag in ("del", "ins")), "")
            self.paragraphs[-1].append((role, data))

    def words(self, *, without: str) -> str:
        return "".join(text for p in self.paragraphs for role, text in p if role != without)


def packed(text: str) -> str:
    """``text`` without blanks, and with the signs that the page has for what HTML cannot hold or must not obey."""
    text = re.sub(r"[\u202a-\u202e\u2066-\u2069]", lambda m: f"[U+{ord(m.group()):04X}]", text)
    text = re.sub(r"[\x00-\x08\x0e-\x1b]", lambda m: chr(0x2400 + ord(m.group())), text)
    return re.sub(r"[\s\x1c-\x1f\u2409-\u240d\u241c-\u241f]", "", text)


@given(results, texts)
@settings(max_examples=80, deadline=None)
def test_the_page_holds_source_and_restored_text(result, name):
    page = Page(render(result, name))
    assert packed(page.words(without="ins")) == packed(result.source)
    assert packed(page.words(without="del")) == packed(result.text)
    assert page.open == []


@given(results, texts)
@settings(max_examples=80, deadline=None)
def test_the_record_of_the_page_is_whole(result, name):
    record = json.loads(Page(render(result, name)).scripts[0])
    for field in ("name", "source_sha256", "spin_rate", "dialect", "spun"):
        assert record[field] == getattr(undecided(result, name), field)
    edits = sorted((*result.edits, *result.suggestions), key=lambda e: (e.start, e.end))
    assert [fields.pop("number") for fields in record["items"]] == list(range(1, len(edits) + 1))
    for fields in record["items"]:
        fields |= {"reason": dict(fields["reason"]), "verdict": "rejected", "after": fields["before"]}
    decisions = read(json.dumps(record | {"decisions": record["items"]}))
    assert sorted((d.edit for d in decisions.decisions), key=repr) == sorted(edits, key=repr)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_adds_no_markup(text):
    hostile = Swap(text, f"{text} again", source=text, alternatives=(*DANGLE.alternatives,), reason=((text, 1.0),))
    page = Page(render(made(text, " there ", hostile, text, dialect=text), text))
    tame = Page(render(made("x", " there ", Swap("a", "b", reason=(("y", 1.0),)), "x", dialect="x"), "x"))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in tame.tags]
    assert [sorted(attrs.keys() - {"data-unseen"}) for _, attrs in page.tags] == [sorted(a) for _, a in tame.tags]
    assert page.scripts[1] == tame.scripts[1]
    assert packed("".join(page.titles)) == packed(f"{text}: changes")


def policy_of(page: Page) -> str:
    return next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")


def test_the_policy_allows_the_one_script_and_style_and_nothing_from_outside():
    whole = render(NEWS, "news.txt")
    page = Page(whole)
    style = re.search(r"<style>(.*?)</style>", whole, re.DOTALL)[1]
    assert policy_of(page) == (
        f"default-src 'none'; style-src {pages.source_hash(style)}; script-src {pages.source_hash(page.scripts[1])};"
        " base-uri 'none'; form-action 'none'"
    )
    assert not [a for _, a in page.tags if "src" in a or "style" in a or (a.get("href") or "#")[0] != "#"]
    assert "url(" not in whole
    assert "@import" not in whole


def test_a_served_page_may_talk_to_its_server_only():
    page = Page(render(NEWS, "news.txt", html.Served("/2", (), "2 of 3", "/1", "/3")))
    assert "connect-src 'self';" in policy_of(page)
    assert [a["href"] for _, a in page.tags if a.get("rel")] == ["/1", "/3"]


def test_paragraphs_are_kept():
    shown = [
        (p.spaced, "".join(r if isinstance(r, str) else r.edit.before for r in p.runs)) for p in html.paragraphs(NEWS)
    ]
    assert shown == [
        (True, "A first line"),
        (True, "There dangle also been no\u00a0contact."),
        (False, "It is easy to be guaranteed.\nRelated Articles"),
    ]


def test_each_line_is_a_paragraph_where_no_line_is_blank():
    assert [p.spaced for p in html.paragraphs(made("one\ntwo\nthree\n"))] == [True, True, True]


def test_figures_stand_at_the_top():
    page = render(NEWS, "news.txt").partition("</header>")[0]
    figures = dict(re.findall(r"<dt>(.+?)</dt><dd>(.+?)</dd>", page))
    assert figures == {
        "words": "17",
        "changes": "3",
        "suggestion": "1",
        "spin rate": "28%",
        "dialect": "double",
        "likely spun": "98%",
        "mean confidence": "98%",
    }


def test_a_text_left_alone_says_so():
    page = render(UNTOUCHED, "news.txt")
    assert "Nothing was changed: the text shows no spinning." in page
    assert not [a for _, a in Page(page).tags if "data-hide" in a or a.get("id") in ("floor", "source")]


def test_every_control_has_a_name():
    page = render(NEWS, "news.txt")
    buttons = re.findall(r"<button([^>]*)>(.*?)</button>", page, re.DOTALL)
    assert len(buttons) == 2 + 5 + 2 + 3 + 2 + 4 + 1
    for attributes, inner in buttons:
        assert 'aria-label="' in attributes or re.search(r"\w", re.sub(r"<[^>]+>", "", inner))


def _schemes() -> dict[str, dict[str, tuple[float, ...]]]:
    """The colours of the light and the dark scheme, as set in the page."""
    page = render(UNTOUCHED, "x")
    light, dark = (
        {name: _rgb(value) for name, value in re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block)}
        for block in re.findall(r":root \{(.*?)\}", page, re.DOTALL)[:2]
    )
    return {"light": light, "dark": dark}


def _rgb(value: str) -> tuple[float, ...]:
    return tuple(int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The contrast of WCAG 2: from 1 (the same) to 21 (black on white)."""

    def luminance(colour: tuple[float, ...]) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_aa_contrast(scheme):
    colours = _schemes()[scheme]
    strongest = int(re.search(rf"\.{html._tint(1.0)} {{ --t: (\d+)%", part("report/page/page.css"))[1]) / 100
    for ground in ("paper", "panel", "raised"):
        for ink in ("ink", "muted", "accent", *KINDS):
            assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for kind in KINDS:
        ground = tuple(
            strongest * k + (1 - strongest) * p for k, p in zip(colours[kind], colours["paper"], strict=True)
        )
        assert _contrast(colours["ink"], ground) >= 4.5, kind
    for line in ("edge", "for", "against"):
        assert _contrast(colours[line], colours["panel"]) >= 3, line
