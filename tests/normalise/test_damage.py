from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.edits import Edit, Result, apply, revert
from cleaner.normalise.damage import compose, damage_edits, onto_source
from cleaner.normalise.headline import headline_edits
from cleaner.pipeline import Restorer

REPAIRED = {
    "apostrophes": ("They donâ€™t talk.", "They don’t talk."),
    "quotation marks": ("He said â€œsoâ€\x9d.", "He said “so”."),
    "accents": ("The cafÃ© in MÃ¼nchen.", "The café in München."),
    "twice": ("The cafÃƒÂ© is open.", "The café is open."),
    "controls": ("They don\x92t talk\x85", "They don’t talk…"),
    "beside good text": ("“Good” cafés – and donâ€™t.", "“Good” cafés – and don’t."),
    "in its own line": ("naïve ŵ\nThe cafÃ©\n", "naïve ŵ\nThe café\n"),
    "invisible": ("The gov\u200bern\ufeffment", "The government"),
}
KEPT = {
    "quotation marks": '“So” ‘it’ – is… — don\'t "quote"',
    "names": "Dvořák, Šašić, Łódź, Åsa, Köln, señor",
    "ligatures and widths": "ﬁne ＡＢＣ １２３ ½ ²",
    "marks": "AHÅ™, the sofa from IKEA® at 5 °C",
    "spaces": "10\u00a0000 km\u202f² \u3000",
    "scripts": "Это не английский текст。日本語。Ελληνικά עברית",
    "emoji": "👩\u200d👩\u200d👧 🇬🇧",
    "addresses": "See https://example.org/cafÃ©",
    "code": "Run `cafÃ©` now",
}


@pytest.mark.parametrize(("text", "repaired"), REPAIRED.values(), ids=REPAIRED)
def test_damage_is_repaired(restorer: Restorer, text: str, repaired: str) -> None:
    result = restorer.restore(text)
    assert result.text == repaired
    assert {edit.kind for edit in result.edits} == {"unicode"}
    assert all(len(edit.before) <= 6 for edit in result.edits)
    assert revert(result.text, result.edits) == text


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_text_that_is_only_odd_is_kept(restorer: Restorer, text: str) -> None:
    assert restorer.restore(text).edits == ()


def test_spun_words_are_found_behind_damage(restorer: Restorer) -> None:
    clean = "There dangle also been talks, and no allege contact has easy been made. The navy didn’t reply."
    damaged = clean.replace("dangle", "dan\u200bgle").replace("’", "â€™")
    result = restorer.restore(damaged)
    assert result.text == restorer.restore(clean).text
    assert {edit.before: edit.after for edit in result.edits}["dan\u200bgle"] == "have"
    assert apply(damaged, result.edits) == result.text
    assert revert(result.text, result.edits) == damaged


def test_options_hold_for_damage() -> None:
    text = "They donâ€™t talk."
    assert Restorer(kinds=("spin",)).restore(text).text == text
    assert Restorer(min_confidence=1.0).restore(text).text == text
    assert Restorer(rejected=[("â€™", "’")]).restore(text).text == text


HEADLINES = {
    "twice in a row": ("Talks fall through\n\nTalks fall through\nThey fell.", 1),
    "behind a byline": ("Talks fall through\nBy A. B.\n2 May\nTALKS  fall through \nThey fell.", 1),
    "three times": ("Talks fall through\nTalks fall through\nTalks fall through\n", 1),
    "a sentence": ("Row, row, row your boat.\nRow, row, row your boat.\n", 0),
    "two words": ("Talks fail\nTalks fail\n", 0),
    "far below": ("Talks fall through\n" + "A line.\n" * 9 + "Talks fall through\n", 0),
    "part of a line": ("Talks fall through\nTalks fall through again", 0),
    "elsewhere": ("A head for once\nTalks fall through\nTalks fall through\n", 0),
    "nothing": ("\n\n", 0),
}


@pytest.mark.parametrize(("text", "count"), HEADLINES.values(), ids=HEADLINES)
def test_repeated_headlines(text: str, count: int) -> None:
    edits = headline_edits(text)
    assert len(edits) == count
    assert "Talks" in apply(text, edits) or not count


def test_long_lines_take_no_time() -> None:
    text = "cafÃ© “so” " * 10_000 + "é" * 50_000
    assert apply(text, damage_edits(text, (), "keep")).count("café") == 10_000


TEXTS = st.text(st.sampled_from("ab \u200b’“”é-"), max_size=12)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    spans = zip(places[::2], places[1::2], strict=False)
    changes = [(start, end, draw(st.text("xy", max_size=2))) for start, end in spans]
    return [Edit(start, end, text[start:end], after, "spin", "x", 0.9) for start, end, after in changes]


@settings(max_examples=300)
@given(TEXTS, st.data())
def test_two_lists_of_edits_are_one(text: str, data: st.DataObject) -> None:
    first: Sequence[Edit] = data.draw(edits_of(text))
    middle = apply(text, first)
    second, doubts = data.draw(edits_of(middle)), data.draw(edits_of(middle))
    assert apply(text, compose(middle, first, second)) == apply(middle, second)
    result = onto_source(text, first, Result(middle, apply(middle, second), tuple(second), tuple(doubts), 0, None, 0))
    assert apply(text, result.edits) == result.text
    assert revert(result.text, result.edits) == text
    assert all(text[doubt.start : doubt.end] == doubt.before for doubt in result.suggestions)
