"""Carrying the case of a swapped span over to what replaces it."""

from __future__ import annotations

import regex


def like(model: str, text: str, *, opens: bool) -> str:
    """``text`` in the case of ``model``, unless it has capitals of its own.

    ``opens`` says that a sentence begins there, so that one capital makes no name.

    >>> like("Easy", "still", opens=True), like("MOMENT", "time", opens=False), like("hasty", "I", opens=False)
    ('Still', 'TIME', 'I')
    >>> like("In the past", "ago", opens=True), like("Excessive Court", "high court", opens=True)
    ('Ago', 'High Court')
    >>> like("I’m", "i am", opens=False), like("and I discovered", "and i found", opens=False)
    ('I am', 'and I found')
    """
    if text != text.lower():
        return _capital(text) if opens else text
    text = _LONE_I.sub("I", text)
    words = [word for word in _LONE_I.sub("", model).replace("-", " ").split() if word[0].isalpha()]
    if not words:
        return _capital(text) if opens else text
    if model.isupper() and len(model) > 1 and (len(words) > 1 or not opens or len(model) > 2):
        return text.upper()
    long = [word for word in words if len(word) > 3] or words
    if all(word[0].isupper() for word in long) and (len(words) > 1 or not opens):
        return " ".join(word if word in _SMALL and at else _capital(word) for at, word in enumerate(text.split(" ")))
    return _capital(text) if words[0][0].isupper() else text


_LONE_I = regex.compile(r"\b[iI](?=\b)(?:(?=['’ ])|$)")
_SMALL = frozenset("a an the of in on at to for and or but by with as".split())


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
