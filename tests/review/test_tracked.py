from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.edits import Result
from cleaner.report.docx import render, signs
from cleaner.report.fields import ReportError
from cleaner.report.view import placed
from cleaner.review.decisions import Decision, apply_decisions, decide, undecided
from cleaner.review.tracked import REVIEWER, read_tracked
from cleaner.review.word_text import read_word
from tests.report.made import BLANK, DANGLE, EASY, NEWS, RESIDUE, Swap, made, results
from tests.review.word import decided, part, rewritten, typed

SAYS = {True: "accepted", False: "rejected", None: "undecided"}


def read(data: bytes, result: Result = NEWS) -> tuple[str, list[Decision]]:
    decisions = read_tracked(data, result.source)
    return apply_decisions(result.source, decisions)[0], list(decisions.decisions)


def test_an_untouched_document_decides_nothing():
    assert read_tracked(render(NEWS, "n"), NEWS.source) == undecided(NEWS, "n")


@pytest.mark.parametrize("residue", [True, False, None])
@pytest.mark.parametrize("dangle", [True, False, None])
def test_accepted_and_rejected_changes(dangle, residue):
    verdicts = {1: dangle, 2: None, 4: residue}
    text, decisions = read(decided(render(NEWS, "n"), verdicts.get))
    assert [each.verdict for each in decisions] == [SAYS[dangle], "undecided", "undecided", SAYS[residue]]
    assert ("There dangle also" in text) == (dangle is False)
    assert ("Related Articles" in text) == (residue is False)


@settings(max_examples=300, deadline=None)
@given(results, st.lists(st.sampled_from([True, False, None]), min_size=9, max_size=9))
def test_any_decisions_on_any_text(result, verdicts):
    data = decided(render(result, "n"), lambda number: verdicts[number - 1])
    wanted = undecided(result, "n")
    made_so = tuple(
        decide(item.edit, item.applied, SAYS[verdicts[item.number - 1]] if item.applied else "undecided")
        for item in placed(result)
    )
    text, _ = read(data, result)
    assert text == apply_decisions(result.source, type(wanted)(**_fields(wanted) | {"decisions": made_so}))[0]


def _fields(decisions) -> dict[str, object]:
    return {name: getattr(decisions, name) for name in decisions.__slots__}


def test_what_the_editor_wrote():
    data = typed(render(NEWS, "n"), "A first line", "Quite a first line")
    data = typed(data, ">have<", ">hung<")
    data = typed(data, "contact.", "contacts.")
    data = typed(data, ">easy<", ">still<")
    text, decisions = read(data)
    assert text == "Quite a first line\n\nThere hung also been no contacts.\nIt is still to be guaranteed.\n"
    said = [(each.edit.before, each.after, each.verdict, each.edit.source) for each in decisions]
    assert said == [
        ("A", "Quite a", "edited", REVIEWER),
        ("dangle", "hung", "edited", "double:dangle"),
        ("\u00a0contact", " contacts", "edited", REVIEWER),
        ("easy", "still", "accepted", "table"),
        ("\nRelated Articles", "", "undecided", "related-articles"),
    ]


def test_a_rejected_change_beside_new_words_is_still_rejected():
    data = decided(render(NEWS, "n"), {1: False}.get)
    text, decisions = read(typed(data, " also been no", " also never been any"))
    assert "There dangle also never been any contact" in text
    assert (decisions[0].edit.before, decisions[0].verdict) == ("dangle", "rejected")


def test_lines_added_and_joined():
    result = made("one\r\ntwo ", DANGLE, "\r\nthree\r\n")
    data = rewritten(render(result, "n"), lambda xml: xml.replace(b">three<", b">three</w:t><w:br/><w:t>four<"))
    assert read(data, result)[0] == "one\r\ntwo have\r\nthree\r\nfour\r\n"
    data = rewritten(
        render(result, "n"), lambda xml: xml.replace(b"one</w:t></w:r></w:p><w:p><w:r>", b"one</w:t></w:r><w:r>")
    )
    assert read(data, result)[0] == "onetwo have\r\nthree\r\n"


plain = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Zl", "Zp")) | st.sampled_from(" \t\r\n,"))
plain_swaps = st.builds(Swap, plain, plain, st.booleans()).filter(lambda swap: swap.before != swap.after)


@settings(max_examples=200, deadline=None)
@given(st.lists(plain | plain_swaps, min_size=1, max_size=8), st.sampled_from(["new ", " ", "a", "␇"]), st.data())
def test_new_words_anywhere_are_read_as_they_stand(pieces, word, data):
    result = made(*pieces, "end")
    document = render(result, "n")
    at = data.draw(st.sampled_from([match.end() for match in re.finditer(rb"<w:t [^>]*>", part(document))]))
    edited = rewritten(document, lambda xml: xml[:at] + word.encode() + xml[at:])
    assert signs(read(edited, result)[0]) == read_word(edited).text


def test_characters_that_word_cannot_hold_come_back():
    result = made("bell\x07 \x00 and ", DANGLE, " \ud800\u2028\x85 end\x0c\r", EASY, "\r\n", RESIDUE)
    data = decided(render(result, "n"), {1: False}.get)
    assert read(data, result)[0] == result.source.replace("\nRelated Articles", "")
    assert read(typed(data, "bell␇", "bells␇"), result)[0].startswith("bells\x07 ")
    with pytest.raises(ReportError, match="rewritten around a character that Word cannot hold"):
        read(typed(data, "bell␇ ␀", "␀ bell ␇"), result)


def other_main(xml: bytes) -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


REFUSED = [
    (lambda data: b"", "not a Word document"),
    (lambda data: b"PK\x03\x04 nothing", "not a Word document"),
    (lambda data: data[: len(data) // 2], "not a Word document"),
    (lambda data: rewritten(data, other_main), "its XML has a document type"),
    (lambda data: rewritten(data, lambda xml: b"<w:document"), "not a Word document"),
    (lambda data: rewritten(data, lambda xml: b"<x/>"), "it has no body"),
    (lambda data: rewritten(data, lambda xml: b"<x/>", "customXml/item1.xml"), "drops its record"),
    (lambda data: render(made("another text"), "n"), "not the source of this report"),
    (lambda data: render(made(Swap("x", "y")), "n"), "not the source of this report"),
]


@pytest.mark.parametrize(("damage", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_is_no_review_of_the_text_is_refused(damage, message):
    with pytest.raises(ReportError, match=message):
        read_tracked(damage(render(NEWS, "n")), NEWS.source)


def test_a_part_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("cleaner.review.word_text.LARGEST_PART", 100)
    with pytest.raises(ReportError, match="unpacks to more than 100 bytes"):
        read_tracked(render(NEWS, "n"), NEWS.source)


def test_nesting_without_end_is_refused():
    deep = b"<w:r>" * 100_000
    data = rewritten(render(NEWS, "n"), lambda xml: xml.replace(b"<w:body>", b"<w:body>" + deep))
    data = rewritten(data, lambda xml: xml.replace(b"</w:body>", b"</w:r>" * 100_000 + b"</w:body>"))
    with pytest.raises(ReportError, match="not a Word document"):
        read_tracked(data, NEWS.source)


def test_an_encrypted_or_other_zip_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "x")
    with pytest.raises(ReportError, match="no document of"):
        read_tracked(out.getvalue(), NEWS.source)


def test_adjacent_changes_are_told_apart():
    result = made(Swap("in", "at"), Swap(" the past", " ago"), BLANK, Swap("a", "aa"), Swap("a", ""), "a")
    for verdicts in ({1: True, 2: False, 3: True, 4: False, 5: True}, {1: False, 2: True, 3: False, 4: True, 5: False}):
        _, decisions = read(decided(render(result, "n"), verdicts.get), result)
        assert [each.verdict for each in decisions][:3] == [SAYS[verdicts[number]] for number in (1, 2, 3)]
