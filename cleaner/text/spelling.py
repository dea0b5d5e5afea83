"""British and American spelling: which American form a British one has."""

from __future__ import annotations

from collections.abc import Iterator

import regex

_RULES = [
    (regex.compile(pattern), replacement)
    for pattern, replacement in (
        (r"is(e|ed|es|er|ers|ing|ation|ations|ational)('s)?$", r"iz\1\2"),
        (r"ys(e|ed|es|er|ers|ing)$", r"yz\1"),
        (r"our(s|ed|ing|able|ite|ites|al|hood|hoods|ly|er|ers|less|ful)?('s)?$", r"or\1\2"),
        (r"([aeiou])ll(ed|ing|er|ers|ery|ings)$", r"\1l\2"),
        (r"([^aeiou])re(s|d)?('s)?$", r"\1er\2\3"),
        (r"ence(s)?$", r"ense\1"),
        (r"ogue(s)?$", r"og\1"),
        (r"([^e])fil(s|ment)?$", r"\1fill\2"),
        (r"rol(s|ment)?$", r"roll\1"),
        (r"ae", r"e"),
        (r"oe", r"e"),
        (r"mme(s)?$", r"m\1"),
        (r"aluminium", r"aluminum"),
        (r"tyre", r"tire"),
        (r"cheque", r"check"),
        (r"grey", r"gray"),
        (r"towards$", r"toward"),
        (r"(wh|am|betw)ilst$", r"\1ile"),
    )
]


def american(word: str) -> Iterator[str]:
    """American spellings that ``word`` may have, if it is British; candidates for a look-up, not claims.

    >>> list(american("neighbourhoods")), list(american("fulfil")), list(american("recognised"))
    (['neighborhoods'], ['fulfill'], ['recognized'])
    """
    for pattern, replacement in _RULES:
        changed = pattern.sub(replacement, word)
        if changed != word:
            yield changed
