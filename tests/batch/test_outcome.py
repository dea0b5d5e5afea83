"""The figures and substitutions of a file add up, however many results it has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch.outcome import AROUND, Tally, Use
from cleaner.edits import Edit, Result, apply

from .driver import Swapper

KNOWN = ["dangle", "Dangle", "easy", "allege", "the", "talks,", "\n"]
WORDS = st.lists(st.sampled_from(KNOWN), min_size=1, max_size=30)
restore = Swapper().restore


@given(WORDS, st.data())
def test_parts_of_a_text_count_as_the_whole(words, data):
    cut = data.draw(st.integers(0, len(words)))
    whole, parts = Tally(), Tally()
    whole.add(restore(" ".join(words)))
    for part in (words[:cut], words[cut:]):
        parts.add(restore(" ".join(part)))
    assert (parts.figures.words, parts.figures.changes) == (whole.figures.words, whole.figures.changes)
    assert [(use.pair, use.made, use.suggested) for use in parts.uses] == [
        (use.pair, use.made, use.suggested) for use in whole.uses
    ]
    assert sum(use.made for use in whole.uses) == whole.figures.changes


def test_means_are_over_words_and_changes():
    tally = Tally()
    edit = Edit(0, 1, "a", "b", "spin", "x", 0.5)
    tally.add(Result("a b c", "b b c", (edit,), (), 0.4, "table", 1.0))
    tally.add(Result("a", "a", (), (), 0.0, None, 0.0))
    figures = tally.figures
    assert (figures.words, figures.spin_rate, figures.dialect, figures.spun) == (4, 0.4 * 3 / 4, "table", 0.75)
    assert figures.confidence == 0.5
    assert Tally().figures.confidence is None


def test_examples_hold_whole_words_of_one_line():
    text = "unseen " + "x" * (AROUND - 5) + "\n\nyes dangle, " + "word " * 20
    at = text.index("dangle")
    edit = Edit(at, at + 6, "dangle", "have", "spin", "x", 0.5)
    tally = Tally()
    tally.add(Result(text, apply(text, [edit]), (edit,), (), 0.1, "table", 1.0))
    (use,) = tally.uses
    assert use.example is not None
    assert use.example.left == "yes "
    assert use.example.right == ", word word word word word word word"


def test_rejected_pairs_are_noted_where_they_may_stand():
    tally = Tally([("dangle", "have"), ("navy", "military"), ("easy", "still")])
    tally.add(Swapper(rejected=[("dangle", "have")]).restore("It DANGLEd easy."))
    assert [(use.pair, use.held) for use in tally.uses] == [(("dangle", "have"), True), (("easy", "still"), False)]
    assert Use(("dangle", "have"), held=True) in tally.uses
