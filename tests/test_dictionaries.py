"""Tests of the shipped data itself."""

from collections import Counter

import pytest

from cleaner.packs.check import check_pack
from cleaner.packs.load import load_pack, shipped_packs
from cleaner.text.articles import article

PACKS = shipped_packs()


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_pack_is_sound(folder):
    assert check_pack(folder) == []


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_pack_says_where_it_comes_from(folder):
    pack = load_pack(folder)
    assert len(pack.provenance) > 30
    assert pack.licence


def test_there_is_a_pack_of_each_kind():
    assert {"double", "residue", "table"} <= {folder.name for folder in PACKS}


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_no_row_only_changes_an_article(folder):
    """The article before a word is for agreement to mend."""
    articles = {"a", "an"}
    bad = [row for row in load_pack(folder).rows if row.original in articles and row.spun in articles]
    assert bad == []
    assert article("hour") == "an"


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_forms_of_an_original_do_not_exceed_certainty_by_much(folder):
    """Shares of forms are readers' estimates and need not sum to one, but a sum far above it is a slip of the pen."""
    sums = Counter()
    for row in load_pack(folder).rows:
        sums[row.original] += row.form
    assert [(o, s) for o, s in sums.items() if s > 3.2] == []


def test_function_words_cost_something(restorer):
    """A frequent honest word that is a spun form too must leave room for itself: P(swap) P(form) below one."""
    for word in ("the", "a", "in", "on", "is", "have", "not", "and", "will", "can", "may"):
        for entry in restorer.lexicon.entries.get(word, ()):
            assert entry.swap * entry.form < 0.9, (word, entry)


def test_the_seed_is_not_the_dictionary(restorer):
    """No phrase of the packs holds more than a handful of the seed's words in a row."""
    longest = max(len(spun.split(" ")) for spun in restorer.lexicon.entries)
    assert longest <= 10
