"""Each proposer earns its place: without it, a correct edit is lost."""

import pytest

from cleaner import Restorer
from cleaner.propose import Proposers
from cleaner.propose.candidates import Candidate
from cleaner.propose.fuzzy import FuzzyIndex
from cleaner.propose.inflected import inflected
from cleaner.propose.phrases import PhraseIndex
from cleaner.propose.spelling import Speller
from cleaner.text.tokens import tokenize

AROUND = (
    " Officers mentioned individuals have been ready for information on Monday, in keeping with the corporate."
    " The federal government mentioned it will assist households whereas costs had been excessive."
)


def originals(candidates: list[Candidate]) -> set[str]:
    return {candidate.option.original for candidate in candidates}


def test_fuzzy_finds_a_slightly_broken_phrase(restorer):
    tokens = tokenize("They modifed into once ready." + AROUND)
    assert "was" not in originals([c for c in PhraseIndex(restorer.lexicon).candidates(tokens) if c.start <= 1])
    found = [c for c in FuzzyIndex(restorer.lexicon).candidates(tokens) if c.start == 1]
    assert "was" in originals(found)
    assert all(share.source.endswith("+fuzzy") for c in found for share in c.option.shares)


def test_speller_finds_split_joined_and_misspelt_words(restorer):
    found = Speller(restorer.model).candidates(tokenize("with out mid wifing ofthe hospitl"))
    sources = {c.option.original: c.option.shares[0].source for c in found}
    assert sources["without"] == "symspell:split"
    assert sources["midwifing"] == "symspell:split"
    assert sources["of the"] == "symspell:joined"
    assert sources["hospital"] == "symspell:misspelt"


def test_speller_leaves_names_and_capitals(restorer):
    assert list(Speller(restorer.model).candidates(tokenize("Goverment of Zanu Pf and NATOO"))) == []


def test_inflections_are_carried_over(restorer):
    (token,) = tokenize("dangling")
    exact = PhraseIndex(restorer.lexicon).candidates([token])
    assert originals([*inflected([token], restorer.lexicon), *exact]) & {"having", "hanging"}


@pytest.mark.parametrize(
    ("text", "wanted", "lost"),
    [
        ("Nurses mentioned that the hospitl was prepared." + AROUND, "that the hospital was", "speller"),
        ("Families mentioned that they had been with out water." + AROUND, "without water", "speller and table"),
    ],
)
def test_taking_a_proposer_out_loses_a_correct_edit(restorer, monkeypatch, text, wanted, lost):
    assert wanted in restorer.restore(text).text
    monkeypatch.setattr(Proposers, "inexact", lambda self, tokens: [])
    if "table" not in lost:
        assert wanted not in Restorer().restore(text).text
