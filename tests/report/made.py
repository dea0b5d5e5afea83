"""Results made by hand and at random, for the tests of reports."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from cleaner.edits import KINDS, Alternative, Edit, Result, apply


@dataclass(frozen=True)
class Swap:
    """A piece of a made text: what stands there, what it becomes or might become, and how the edit is described."""

    before: str
    after: str
    applied: bool = True
    kind: str = "spin"
    source: str = "table"
    confidence: float = 0.9
    alternatives: tuple[Alternative, ...] = ()
    reason: tuple[tuple[str, float], ...] = ()
    quoted: bool = False


def made(*pieces: str | Swap, spin_rate: float = 0.28, dialect: str | None = "double", spun: float = 0.98) -> Result:
    """The result whose source is ``pieces`` one after the other."""
    edits, suggestions, source = [], [], ""
    for piece in pieces:
        if isinstance(piece, str):
            source += piece
            continue
        start, source = len(source), source + piece.before
        edit = Edit(
            start,
            len(source),
            piece.before,
            piece.after,
            piece.kind,
            piece.source,
            piece.confidence,
            piece.alternatives,
            dict(piece.reason),
            piece.quoted,
        )
        (edits if piece.applied else suggestions).append(edit)
    return Result(source, apply(source, edits), tuple(edits), tuple(suggestions), spin_rate, dialect, spun)


DANGLE = Swap(
    "dangle",
    "have",
    source="double:dangle",
    confidence=0.934,
    alternatives=(Alternative("hang", 0.04), Alternative("dangle", 0.021)),
    reason=(("language", 3.1), ("channel", -0.9), ("spin rate", 0.35), ("sentence", -0.05)),
)
EASY = Swap("easy", "still", applied=False, confidence=0.41, alternatives=(Alternative("easy", 0.5),))
RESIDUE = Swap("\nRelated Articles", "", kind="residue", source="related-articles", confidence=0.9996)
BLANK = Swap("\u00a0", " ", kind="unicode", source="no-break-space", confidence=1.0)

NEWS = made(
    "A first line\n\nThere ",
    DANGLE,
    " also been no",
    BLANK,
    "contact.\nIt is ",
    EASY,
    " to be guaranteed.",
    RESIDUE,
    "\n",
)
UNTOUCHED = made("Nothing to see here.\n", spin_rate=0.0, dialect=None, spun=0.004)

characters = st.one_of(
    st.characters(codec="utf-8"), st.sampled_from("<>&\"'`|*_\\{}[]()#!~$@:/\n\r\t \u00a0\u2028\u202e\ufeff")
)
texts = st.text(characters, max_size=12)
shares = st.floats(0, 1)


@st.composite
def swaps(draw: st.DrawFn) -> Swap:
    before, after = draw(st.tuples(texts, texts).filter(lambda pair: pair[0] != pair[1]))
    return Swap(
        before,
        after,
        draw(st.booleans()),
        draw(st.sampled_from(KINDS)),
        draw(texts),
        draw(shares),
        tuple(draw(st.lists(st.builds(Alternative, texts, shares), max_size=3))),
        tuple(draw(st.dictionaries(texts, st.floats(-1e6, 1e6), max_size=4)).items()),
        draw(st.booleans()),
    )


pieces = st.lists(st.one_of(st.text(characters, min_size=1, max_size=30), swaps()), max_size=8)
results = st.builds(
    lambda made_of, rate, dialect, spun: made(*made_of, spin_rate=rate, dialect=dialect, spun=spun),
    pieces,
    shares,
    st.none() | texts,
    shares,
)
