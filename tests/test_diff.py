from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.diff import compare
from cleaner.edits import apply, revert

words = st.lists(
    st.sampled_from(["a", "the", "easy", "still", ",", ".", " ", "\n", "\r\n", "x-y", "“", "\ud800"]), max_size=40
)
any_text = st.one_of(st.text(max_size=80), words.map(" ".join), words.map("".join))


@settings(max_examples=400, deadline=None)
@given(any_text, any_text)
def test_the_edits_lead_from_one_text_to_the_other(old, new):
    result = compare(old, new)
    assert apply(old, result.edits) == new == result.text
    assert revert(new, result.edits) == old
    assert all(edit.before != edit.after for edit in result.edits)
    assert bool(result.edits) == (old != new)


CASES = [
    ("There dangle been.", "There have been.", [(6, "dangle", "have", "spin")]),
    ("in the past it was", "ago it was", [(0, "in the past", "ago", "spin")]),
    ("one two", "one very two", [(4, "", "very ", "spin")]),
    ("one very two", "one two", [(4, "very ", "", "spin")]),
    ("with out it", "without it", [(0, "with out", "without", "spacing")]),
    ("kept\nBack to top\n", "kept\n", [(5, "Back to top\n", "", "residue")]),
    ("a\r\nb", "a\nb", [(1, "\r\n", "\n", "spacing")]),
    ("“so”", '"so"', [(0, "“", '"', "unicode"), (3, "”", '"', "unicode")]),
    ("an house", "a house", [(0, "an", "a", "agreement")]),
    ("We recieve it", "We receive it", [(3, "recieve", "receive", "spelling")]),
    ("", "new", [(0, "", "new", "spin")]),
    ("same", "same", []),
]


@pytest.mark.parametrize(("old", "new", "edits"), CASES)
def test_edits_are_whole_words_and_say_what_they_are(old, new, edits):
    found = compare(old, new).edits
    assert [(edit.start, edit.before, edit.after, edit.kind) for edit in found] == edits
    assert {(edit.source, edit.confidence) for edit in found} <= {("diff", 1.0)}


def test_long_texts_with_many_changes_take_no_time():
    rng = random.Random(7)
    vocabulary = [f"word{number}" for number in range(500)] + ["the", "of", ","] * 50
    old = rng.choices(vocabulary, k=10_000)
    new = list(old)
    for at in rng.sample(range(len(old)), 3_000):
        new[at] = rng.choice(vocabulary)
    begun = time.process_time()
    result = compare(" ".join(old), " ".join(new))
    assert time.process_time() - begun < 3
    assert len(result.edits) > 1_500
