from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.quotations import quotations

CASES = [
    ("none", "Nobody's words, the dogs' bowls, rock 'n' roll and the '90s.", []),
    ("straight", 'He said, "We left." Then: "Why?"', ["We left.", "Why?"]),
    ("curly", "“We left,” he said. “Why?”", ["We left,", "Why?"]),
    ("mixed by a careless editor", '“We left," he said.', ["We left,"]),
    ("guillemets", "Il a dit «oui» et « non ».", ["oui", " non "]),
    ("low and high", "„Nein“, sagte er, „nie”.", ["Nein", "nie"]),
    ("spaced", 'He said " we left " and went.', [" we left "]),
    ("in brackets", '("We left")', ["We left"]),
    ("behind a dash", 'He—"a fool"—left', ["a fool"]),
    ("single", "He called it ‘a day’ and 'a night', didn't he?", ["a day", "a night"]),
    ("single with apostrophes", "‘I don’t know what the players’ wives’ say,’ he said", None),
    ("nested", "“They called it ‘war’ and didn’t stop,” he said", ["They called it ‘war’ and didn’t stop,"]),
    ("nested the British way", "‘They called it “war”,’ he said", ["They called it “war”,"]),
    ("elision", "'Tis the season, 'twas the night; give 'em hell, 'til dawn'", []),
    ("feet and inches", 'A man of 6\'2" with a 12" ruler', []),
    ("attributes", 'See <a href="x.html" title="y z">it</a>', []),
    ("empty", '"" “” «»', []),
    ("unclosed", "“We left, he said.\nNobody followed.", ["We left, he said."]),
    ("continued by lines", "“One.\n“Two.\n“Three,” he said.", ["One.", "Two.", "Three,"]),
    ("continued by blank lines", '"One.\r\n\r\n"Two," he said.\r\n\r\nThree', ["One.", "Two,"]),
    ("wrapped lines", '"One\ntwo," he said.\n\nThree', ["One\ntwo,"]),
    ("one too many", '"One," he said". "Two" came.\n\nThree "four" five', ["One,", "Two", "four"]),
    ("closer alone", "One,” he said. Two", []),
    ("CR only", "“One.\rTwo", ["One."]),
]


@pytest.mark.parametrize(("text", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_quotations(text, found):
    shown = [text[start:end] for start, end in quotations(text)]
    if found is None:  # apostrophes that look like closing marks: the quotation is found, its end is a guess
        assert shown
        assert shown[0].startswith("I don’t know")
    else:
        assert shown == found


MARKED = st.text(st.sampled_from("ab s\n\r\"'‘’“”„«».,—(6\u2028"), max_size=60)


@given(MARKED)
def test_spans_are_disjoint_in_order_and_stay_in_their_paragraph(text):
    spans = quotations(text)
    assert all(0 < start < end <= len(text) for start, end in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    assert not any("\n\n" in text[start:end].replace("\r\n", "\n") for start, end in spans)


@given(MARKED, MARKED)
def test_a_paragraph_does_not_depend_on_its_neighbours(one, other):
    one, other = (text.replace("\n", " ").replace("\r", " ").replace("\u2028", " ") for text in (one, other))
    both = f"{one}\n\n{other}"
    behind = len(one) + 2
    assert quotations(both) == [*quotations(one), *((a + behind, b + behind) for a, b in quotations(other))]


@given(st.text(st.sampled_from("abc,. "), min_size=1, max_size=20), st.sampled_from(['""', "“”", "«»"]))
def test_marked_words_are_found(words, marks):
    text = f"He said {marks[0]}x{words}x{marks[1]} again"
    assert [text[start:end] for start, end in quotations(text)] == [f"x{words}x"]
