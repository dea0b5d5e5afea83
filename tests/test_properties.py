"""What holds for every text: the record replays, reverts, and leaves names, numbers and markup alone."""

import itertools
import random
from collections import Counter
from pathlib import Path

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner import apply, revert
from cleaner.edits import Edit, EditError, inverse, merge
from cleaner.text.tokens import Kind, tokenize

ROOT = Path(__file__).parent.parent
SPUN = [path.read_text("utf-8") for path in sorted((ROOT / "fixtures/blind").glob("*/*.spun.txt"))]
WORDS = sorted({token.text for page in SPUN for token in tokenize(page) if token.kind is Kind.WORD})
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

spun_like = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from([".", ",", "\n", "\r\n", "“", "%", "12.5", "U.S.", "{x}"])),
    max_size=60,
).map(" ".join)


@SLOW
@given(st.one_of(st.text(max_size=300), spun_like))
def test_edits_replay_and_revert(restorer, text):
    result = restorer.restore(text)
    assert apply(text, result.edits) == result.text
    assert revert(result.text, result.edits) == text
    for edit in (*result.edits, *result.suggestions):
        assert text[edit.start : edit.end] == edit.before != edit.after
        assert 0 <= edit.confidence <= 1


@SLOW
@given(spun_like)
def test_reasons_sum_to_the_decision(restorer, text):
    for edit in restorer.restore(text).edits:
        if edit.kind == "spin" and edit.reason and "rule" not in edit.reason:
            assert set(edit.reason) == {"language", "channel", "rate", "sentence"}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_tokens_lie_where_they_say(text):
    tokens = tokenize(text)
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))
    assert "".join(t.text for t in tokens) == regex.sub(r"\s+", "", text) or any(t.kind is Kind.FIXED for t in tokens)


@pytest.mark.parametrize("page", SPUN[::3])
def test_names_and_urls_pass(restorer, page):
    """Capitalised words in mid-sentence, URLs and addresses come out as they went in, unless a pack names them."""
    marked = page + "\nSee https://example.org/within?worth=1 and write to primary@example.org about `value = worth`."
    result = restorer.restore(marked)
    assert "https://example.org/within?worth=1" in result.text
    assert "primary@example.org" in result.text
    assert "`value = worth`" in result.text
    named = {part for row in restorer.lexicon.entries.values() for e in row if e.named for part in e.original.split()}
    for edit in result.edits:
        at = {t.start: t for t in tokenize(marked)}.get(edit.start)
        inside = [t for t in tokenize(marked) if edit.start <= t.start < edit.end and t.kind is Kind.WORD]
        if at and edit.kind == "spin" and any(t.text[0].isupper() and not t.opens for t in inside):
            headline = page.split("\n")[0]
            assert set(edit.after.split()) & named or edit.before in headline, edit


@pytest.mark.parametrize("page", SPUN[::3])
def test_numbers_pass(restorer, page):
    """Numbers stay, but for those that an entry names ("2 groups", "12 months in the past")."""
    result = restorer.restore(page)
    named = {key for spun in restorer.lexicon.entries for key in spun.split(" ") if key[0].isdigit()}
    before = Counter(t.key for t in tokenize(page) if t.kind is Kind.NUMBER)
    after = Counter(t.key for t in tokenize(result.text) if t.kind is Kind.NUMBER)
    assert set(before - after) <= named, before - after


def edits_of(text: str) -> st.SearchStrategy[list[Edit]]:
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, 5), st.text(max_size=5), st.floats(0, 1))
    return st.lists(spans, max_size=8).map(
        lambda rows: [
            Edit(s, min(s + n, len(text)), text[s : min(s + n, len(text))], new, "spin", "x", c)
            for s, n, new, c in rows
        ]
    )


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60).flatmap(lambda text: st.tuples(st.just(text), edits_of(text))))
def test_merged_edits_can_be_applied_and_reverted(case):
    text, edits = case
    merged = merge(edits)
    assert revert(apply(text, merged), merged) == text
    assert inverse(inverse(merged)) == merged


def test_a_text_that_does_not_fit_is_refused():
    with pytest.raises(EditError, match="expects"):
        apply("abc", [Edit(0, 1, "x", "y", "spin", "s", 1.0)])
    with pytest.raises(EditError, match="overlaps"):
        apply("abc", [Edit(0, 2, "ab", "y", "spin", "s", 1.0), Edit(1, 2, "b", "z", "spin", "s", 1.0)])


def test_shuffled_words_of_a_page_still_revert(restorer):
    rng = random.Random(7)
    words = SPUN[0].split(" ")
    rng.shuffle(words)
    text = " ".join(words)
    result = restorer.restore(text)
    assert revert(result.text, result.edits) == text
