"""Proposals for inflections of single-word entries: "dangling" stands for "having" where "dangle" stands for "have"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from cleaner.packs.lexicon import Lexicon
from cleaner.propose.candidates import Candidate, candidate
from cleaner.text.tokens import Kind, Token

TRUST = 0.1
"""How far a row is believed for another inflection: tables are of word forms, and families only mostly parallel."""
_TAGS = ("VBD", "VBG", "VBN", "VBZ", "NNS", "JJR", "JJS")


def inflected(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Candidate]:
    """Candidates for words that are no spun form themselves but an inflection of one."""
    for at, token in enumerate(tokens):
        name = token.text[0].isupper() and not token.opens
        if token.kind is not Kind.WORD or name or token.key in lexicon.entries:
            continue
        for lemma, tag in readings(token.key):
            for entry in lexicon.entries.get(lemma, ()):
                original = None if entry.named or " " in entry.original else inflect(entry.original, tag)
                if original is not None and original != token.key:
                    share, source = entry.swap * entry.form * TRUST, f"{entry.source}+inflection"
                    yield candidate(at, at + 1, original, share, source, "spin", entry.dialect)


@lru_cache(1 << 16)
def readings(word: str) -> tuple[tuple[str, str], ...]:
    """The lemmas of an inflected form, with the tags (Penn Treebank) under which they give it.

    >>> readings("dangling")
    (('dangle', 'VBG'),)
    """
    from lemminflect import getAllLemmas, getInflection

    lemmas = sorted({lemma for found in getAllLemmas(word).values() for lemma in found} - {word})
    return tuple(
        (lemma, tag) for lemma in lemmas for tag in _TAGS if word in getInflection(lemma, tag, inflect_oov=False)
    )


@lru_cache(1 << 16)
def inflect(lemma: str, tag: str) -> str | None:
    """``lemma`` in the form ``tag``, or ``None`` where it has none.

    >>> inflect("have", "VBG"), inflect("of", "VBG")
    ('having', None)
    """
    from lemminflect import getInflection

    forms = getInflection(lemma, tag, inflect_oov=False)
    return forms[0] if forms else None
