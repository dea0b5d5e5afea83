"""Carrying the case of a swapped span over to what replaces it."""

from __future__ import annotations


def like(model: str, text: str, *, opens: bool) -> str:
    """``text`` in the case of ``model``; ``opens`` says that a sentence begins there, so one capital is no name.

    >>> like("Easy", "still", opens=True), like("MOMENT", "time", opens=False), like("hasty", "I", opens=False)
    ('Still', 'TIME', 'I')
    >>> like("In the past", "ago", opens=True), like("Excessive Court", "high court", opens=True)
    ('Ago', 'High Court')
    """
    words = [word for word in model.replace("-", " ").split() if word[0].isalpha()]
    if not words:
        return text
    if model.isupper() and len(model) > 1 and (len(words) > 1 or not opens or len(model) > 2):
        return text.upper()
    long = [word for word in words if len(word) > 3] or words
    if all(word[0].isupper() for word in long) and (len(words) > 1 or not opens):
        return " ".join(word if word in _SMALL and at else _capital(word) for at, word in enumerate(text.split(" ")))
    return _capital(text) if words[0][0].isupper() else text


_SMALL = frozenset("a an the of in on at to for and or but by with as".split())


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
