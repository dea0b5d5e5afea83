"""Spans carried from the restored text to the source and back."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner.edits import Edit, Result, apply, inverse, merge
from cleaner.offsets import Offsets


@st.composite
def results(draw: st.DrawFn) -> Result:
    """A text with edits of all shapes: some take out or put in text, some abut."""
    source = draw(st.text("abc ", max_size=20))
    places = st.tuples(st.integers(0, len(source)), st.integers(0, 4), st.text("xyz", max_size=4), st.floats(0, 1))
    ends = [(start, min(len(source), start + size), *rest) for start, size, *rest in draw(st.lists(places, max_size=5))]
    edits = tuple(merge(Edit(s, e, source[s:e], after, "spin", "", sure) for s, e, after, sure in ends))
    return Result(source, apply(source, edits), edits, (), 0.0, None, 0.0)


@st.composite
def results_with_spans(draw: st.DrawFn) -> tuple[Result, list[tuple[int, int]]]:
    """Such a text with two spans of its restored text."""
    result = draw(results())
    place = st.integers(0, len(result.text))
    spans = st.tuples(place, place).map(lambda pair: (min(pair), max(pair)))
    return result, [draw(spans), draw(spans)]


EDITS = [
    Edit(2, 5, "cde", "X", "spin", "", 0.9),
    Edit(5, 6, "f", "YYY", "spin", "", 0.9),
    Edit(8, 10, "ij", "", "spin", "", 0.9),
    Edit(12, 12, "", "Z", "spin", "", 0.9),
]
SOURCE, RESTORED = "abcdefghijklmn", "abXYYYghklZmn"
SPANS = [
    ("before all", (0, 2), (0, 2)),
    ("an edit", (2, 3), (2, 5)),
    ("a part of an edit", (4, 5), (5, 6)),
    ("text and a part of an edit", (1, 4), (1, 6)),
    ("a part of an edit and text", (5, 7), (5, 7)),
    ("up to what was taken out", (6, 8), (6, 8)),
    ("from what was taken out on", (8, 10), (10, 12)),
    ("across what was taken out", (7, 9), (7, 11)),
    ("nothing where text was taken out", (8, 8), (8, 10)),
    ("what was put in", (10, 11), (12, 12)),
    ("nothing", (12, 12), (13, 13)),
    ("all", (0, 13), (0, 14)),
]


@pytest.mark.parametrize(("restored", "source"), [case[1:] for case in SPANS], ids=[case[0] for case in SPANS])
def test_spans(restored, source):
    assert apply(SOURCE, EDITS) == RESTORED
    assert Offsets(EDITS, len(SOURCE)).to_source(*restored) == source
    assert Offsets(inverse(EDITS), len(RESTORED)).to_restored(*restored) == source


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 14)])
def test_spans_outside_of_the_text_are_refused(span):
    with pytest.raises(ValueError, match=f"span {span[0]} to {span[1]} does not lie in a text of 13 characters"):
        Offsets(EDITS, len(SOURCE)).to_source(*span)


@given(results_with_spans())
def test_a_span_in_another_stays_inside_and_order_is_kept(case):
    result, (one, other) = case
    (start, end), (first, last) = (result.offsets.to_source(*span) for span in (one, other))
    assert 0 <= start <= end <= len(result.source)
    if other[0] <= one[0] < one[1] <= other[1]:
        assert first <= start <= end <= last
    if one[1] <= other[0] and one[0] < one[1] and other[0] < other[1]:
        assert start <= first
        assert end <= last


@given(results_with_spans())
def test_there_and_back_a_span_is_no_narrower_where_nothing_is_put_in(case):
    result, (span, _) = case
    assume(all(edit.before for edit in result.edits))
    start, end = result.offsets.to_restored(*result.offsets.to_source(*span))
    assert start <= span[0] <= span[1] <= end


@given(results_with_spans())
def test_text_that_no_edit_touches_stands_on_both_sides(case):
    result, (span, _) = case
    touched = [(e.start, e.end) for e in inverse(result.edits)]
    apart = all(end < span[0] or span[1] < start for start, end in touched)
    if apart and span != (0, len(result.text)):
        start, end = result.offsets.to_source(*span)
        assert result.source[start:end] == result.text[slice(*span)]
        assert result.offsets.to_restored(start, end) == span


@given(results())
def test_an_edit_is_its_other_side_and_all_is_all(result):
    offsets = result.offsets
    for edit, back in zip(result.edits, inverse(result.edits), strict=True):
        whole = edit.before == result.source or edit.after == result.text
        if edit.before and edit.after and not whole:
            assert offsets.to_restored(edit.start, edit.end) == (back.start, back.end)
            assert offsets.to_source(back.start, back.end) == (edit.start, edit.end)
    assert offsets.to_source(0, len(result.text)) == (0, len(result.source))
    assert offsets.to_restored(0, len(result.source)) == (0, len(result.text))


@given(st.text(max_size=9), st.integers(0, 9), st.integers(0, 9))
def test_without_edits_spans_stay(text, start, end):
    span = min(start, end, len(text)), min(max(start, end), len(text))
    offsets = Offsets((), len(text))
    assert offsets.to_source(*span) == offsets.to_restored(*span) == span
