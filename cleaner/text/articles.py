"""The indefinite article: "a" or "an", by the sound that a word begins with."""

from __future__ import annotations

import regex

_VOWEL_SOUND = regex.compile(
    r"(?:hono|heir|hour(?!i)|honest|[aeiou](?!\b)|8|11\b|18\b|[fhlmnrsx](?:\b|[.&\d]))", regex.IGNORECASE
)
_CONSONANT_SOUND = regex.compile(r"(?:uni(?!n|m)|u[bcfhjkqrst][aeiou]|eu|ew|one\b|once|ouija|u\b)", regex.IGNORECASE)
_SPELT_OUT = regex.compile(r"[AEFHILMNORSX][B-DF-HJ-NP-TV-Z\d]")


def article(word: str) -> str:
    """The article that goes before ``word``.

    >>> [article(w) for w in ("orderly", "hour", "unique", "unimportant", "FBI", "one", "8", "NATO", "US", "user")]
    ['an', 'an', 'a', 'an', 'an', 'a', 'an', 'a', 'a', 'a']
    """
    if word.isupper() and _SPELT_OUT.match(word) and len(word) <= 3:
        return "an"
    if _CONSONANT_SOUND.match(word) or word.startswith("US"):
        return "a"
    return "an" if _VOWEL_SOUND.match(word) else "a"
