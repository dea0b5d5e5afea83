"""British and American spelling: which American form a British one has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

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


_OUR = (
    "arbo ardo armo behavi cando clamo clango colo demeano endeavo enamo favo fervo flavo glamo harbo hono humo labo "
    "misdemeano neighbo odo parlo ranco rigo rumo savi savo splendo succo tumo valo vapo vigo"
).split()
_TO_BRITISH = [
    (regex.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\b(\p{L}{2,}?)iz(e|ed|es|er|ers|ing|ation|ations|ational)\b", r"\1is\2"),
        (r"\b(anal|paral|catal)yz(e|ed|es|er|ers|ing)\b", r"\1ys\2"),
        (rf"\b({'|'.join(_OUR)})r(s|ed|ing|able|ite|ites|al|hood|hoods|ly|er|ers|less|ful)?\b", r"\1ur\2"),
        (
            r"\b(travel|cancel|label|model|signal|counsel|fuel|marshal|total|level|rival|channel)(ed|ing|er|ers)\b",
            r"\1l\2",
        ),
        (r"\b(cent|theat|lit|fib|calib|somb|spect|lust|kilomet|millimet|centimet)er(s|ed)?\b", r"\1re\2"),
        (r"\b(def|off|pret)ense(s)?\b", r"\1ence\2"),
        (r"\b(catal|dial|anal|monol)og(s)?\b", r"\1ogue\2"),
        (r"\bfulfill(s|ment)?\b", r"fulfil\1"),
        (r"\benroll(s|ment|ments)?\b", r"enrol\1"),
        (r"\binstallment(s)?\b", r"instalment\1"),
        (r"\bgray(s|er|ing)?\b", r"grey\1"),
        (r"\baluminum\b", r"aluminium"),
        (r"\bskeptic(s|al|ally|ism)?\b", r"sceptic\1"),
        (r"\bmaneuver(s|ed|ing)?\b", r"manoeuvre\1"),
        (r"\bplow(s|ed|ing)?\b", r"plough\1"),
        (r"\bjewelry\b", r"jewellery"),
    )
]
_ALIKE = frozenset("size sizes sized sizing prize prizes prized seize seizes seized seizing capsize capsized".split())


def british(text: str) -> str:
    """``text`` (lower case) in British spelling.

    >>> british("organized labor in the center"), british("the prize size"), british("fulfill")
    ('organised labour in the centre', 'the prize size', 'fulfil')
    """
    return " ".join(word if word in _ALIKE else _british_word(word) for word in text.split(" "))


@lru_cache(1 << 15)
def _british_word(word: str) -> str:
    for pattern, replacement in _TO_BRITISH:
        changed: str = pattern.sub(replacement, word)
        if changed != word:
            return changed
    return word


def is_british(keys: Iterable[str]) -> bool:
    """Whether a text is spelt the British way: at least two such words, and no more than twice as many American ones,
    as the tables that spin British pages write American.

    >>> is_british("they recognise the organisation but not its neighborhood".split())
    True
    """
    here = there = 0
    for key in keys:
        if len(key) > 4:
            if british(key) != key:
                there += 1
            elif _BRITISH.match(key):
                here += 1
    return here >= 2 and there <= 2 * here


_BRITISH = regex.compile(
    r"(?:(?:organ|real|recogn|critic|emphas|apolog|author|final|general|global|local|maxim|minim|mobil|modern|moral"
    r"|normal|priorit|privat|public|stabil|symbol|central|commercial|computer|legal|nation|penal|special|summar|util"
    r"|capital|character|civil|hospital|immun|industrial|jeopard|memor|polit|revolution|scrutin|stigmat|sympath|victim)"
    r"is(?:e|ed|es|er|ers|ing|ation|ations)"
    rf"|(?:anal|paral)ys(?:e|ed|ing)|(?:{'|'.join(_OUR)})ur(?:s|ed|ing|able|ite|ites|al|hood|hoods|ly|er|ers|less|ful)?"
    r"|(?:travel|cancel|label|model|signal|counsel|fuel|marshal|total|level|channel)l(?:ed|ing|er|ers)"
    r"|(?:cent|theat|lit|fib|calib|kilomet)re(?:s|d)?|(?:def|off|pret|lic)ence(?:s)?|programme(?:s)?|fulfils?|grey"
    r"|sceptic(?:al|s|ism)?|manoeuvre(?:s|d)?|jewellery|cheque(?:s)?|tyre(?:s)?|whilst|ageing|judgement)\b"
)
