from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from cleaner.edits import Edit
from cleaner.report.view import Item, items, lines, percent, safe, visible

from .made import NEWS, results, shares, texts


def test_places_count_lines_and_columns_from_one():
    assert [(item.line, item.column, item.edit.before) for item in items(NEWS)] == [
        (3, 7, "dangle"),
        (3, 26, "\u00a0"),
        (4, 7, "easy"),
        (4, 29, "\nRelated Articles"),
    ]


def test_lines_keep_their_numbers_behind_an_item_that_spans_lines():
    source = "a\nb\nc\nd dangle"
    edits = (Edit(1, 4, "\nb\n", " ", "spacing", "x", 0.9), Edit(8, 14, "dangle", "have", "spin", "x", 0.9))
    numbered = {
        line.number: [r.edit.before for r in line.runs if isinstance(r, Item)]
        for line in lines(replace(NEWS, source=source, edits=edits, suggestions=()))
    }
    assert numbered == {1: ["\nb\n"], 4: ["dangle"]}


def test_a_suggestion_over_a_change_gives_way_to_it():
    over = Edit(9, 25, "ere dangle also ", "other", "spin", "x", 0.3)
    shown = [r.edit for line in lines(replace(NEWS, suggestions=(over,))) for r in line.runs if isinstance(r, Item)]
    assert "dangle" in [edit.before for edit in shown]
    assert over not in shown
    assert over in [item.edit for item in items(replace(NEWS, suggestions=(over,)))]


@given(results)
def test_lines_hold_the_whole_source(result):
    shown = ["".join(r if isinstance(r, str) else r.edit.before for r in line.runs) for line in lines(result)]
    assert "\n".join(shown) == result.source


@given(results)
def test_line_numbers_are_those_of_the_source(result):
    at = 0
    for line in lines(result):
        assert line.number == result.source.count("\n", 0, at) + 1
        at += sum(len(r if isinstance(r, str) else r.edit.before) for r in line.runs) + 1


@given(texts)
def test_visible_text_can_be_seen_on_one_line(text):
    shown = visible(text)
    assert shown.strip() == shown != ""
    assert shown.isprintable()


@given(texts)
def test_safe_text_steers_no_terminal(text):
    assert not set(safe(text)) & set(map(chr, [*range(9), *range(11, 32), *range(127, 160), 0x202E]))


@given(shares)
def test_percent_claims_certainty_only_where_it_is(share):
    assert (percent(share) == "100%") == (share == 1)
    assert (percent(share) == "0%") == (share == 0)
