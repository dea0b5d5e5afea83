"""Tokens and sentences with code-point offsets into the text as it was read."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

import regex


class Kind(Enum):
    """What a token is made of."""

    WORD = "word"
    NUMBER = "number"
    MARK = "mark"
    FIXED = "fixed"


class Token(NamedTuple):
    """One token: ``text`` stands at ``start`` to ``end`` (code points) of its document.

    ``key`` is the form that dictionaries and language models know: case-folded, with a straight apostrophe.
    ``opens`` says that a sentence begins here; ``glued`` that no white space stands between this token and the last.
    """

    text: str
    start: int
    end: int
    kind: Kind
    key: str
    opens: bool
    glued: bool


_TOKEN = regex.compile(
    r"""
      (?P<fixed> (?:https?://|www\.)\S+ | [\w.+-]{1,64}+@[\w-]+(?:\.[\w-]+)+ | </?\p{L}[^<>\n]{0,2000}>
               | `[^`\n]{1,2000}`
               | (?<!\w)[@\#]\w+ | &\#?\w{2,8}; | \p{L}[\w-]{0,62}+\.(?:com|org|net|gov|io|co|uk)\b (?:/\S*)? )
    | (?P<word> (?:\p{Lu}\.){2,}(?:['’]s\b)? | \p{L}[\p{L}\p{M}]*(?:['’]\p{L}[\p{L}\p{M}]*)* )
    | (?P<number> \p{Nd}+(?:[.,:]\p{Nd}+)*(?:['’]?\p{L}{1,3}\b)? )
    | (?P<mark> \S )
    """,
    regex.VERBOSE,
)
_KINDS = {kind.value: kind for kind in Kind}
_CLOSERS = frozenset("\"'”’)]»")
_OPENERS = frozenset("\"'“‘«")
_ENDERS = frozenset(".!?…")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen sen rep gov lt col capt sgt rev hon st no vs etc inc ltd corp co jr sr fig eg ie al "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)


def fold(text: str) -> str:
    """The key of a word: case-folded, typographic apostrophes straight.

    >>> fold("Don’t")
    "don't"
    """
    return text.replace("’", "'").casefold()


def tokenize(text: str) -> list[Token]:
    r"""All tokens of ``text`` in order; white space lies between them, so ``text[t.start:t.end] == t.text``.

    >>> [t.text for t in tokenize("A 2.5-mile 'entrance-line', U.S. troops don’t; see https://a.b/c")]
    ['A', '2.5', '-', 'mile', "'", 'entrance', '-', 'line', "'", ',', 'U.S.', 'troops', 'don’t', ';', 'see', 'https://a.b/c']
    >>> [t.text for t in tokenize("It fell. Mr. Smith did not.\nHe rose") if t.opens]
    ['It', 'Mr', 'He']
    """
    tokens: list[Token] = []
    opens, last_end = True, 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        piece = match.group()
        kind = _KINDS[match.lastgroup or "mark"]
        glued = start == last_end and start > 0
        if not glued and not opens and tokens:
            opens = "\n" in text[last_end:start] or (_ends_sentence(tokens) and not piece[0].islower())
        if not opens and piece[0].isupper() and _begins_speech(tokens, glued):
            opens = True
        starts_here = opens and kind is not Kind.MARK
        tokens.append(Token(piece, start, end, kind, fold(piece), starts_here, glued))
        if starts_here:
            opens = False
        last_end = end
    return tokens


def _begins_speech(tokens: list[Token], glued: bool) -> bool:
    """Whether the last tokens open a quotation behind a comma or a colon: its first word begins a sentence.

    >>> _begins_speech(tokenize('He said, "'), True), _begins_speech(tokenize('the "'), True)
    (True, False)
    """
    return glued and len(tokens) > 1 and tokens[-1].text in _OPENERS and tokens[-2].text in (",", ":")


def _ends_sentence(tokens: list[Token]) -> bool:
    """Whether the last token closes a sentence: a full stop that is no abbreviation's, perhaps behind quotes.

    >>> _ends_sentence(tokenize("He met Gen.")), _ends_sentence(tokenize('He left."'))
    (False, True)
    """
    at = len(tokens) - 1
    while at > 0 and tokens[at].text in _CLOSERS:
        at -= 1
    if tokens[at].text not in _ENDERS:
        return False
    if tokens[at].text != "." or at == 0 or not tokens[at].glued:
        return True
    before = tokens[at - 1]
    return before.key not in _ABBREVIATIONS and not (len(before.text) == 1 and before.text.isupper())
