"""Text that no newsroom wrote: nothing breaks, nothing is lost, and work grows no faster than the text."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner import Restorer, apply, revert
from cleaner.edits import Result
from cleaner.text.markers import left_alone
from cleaner.text.tokens import Kind, tokenize

SPUN = (
    "The navy stated that individuals within the metropolis have been ready, in keeping with officers. "
    "The corporate mentioned that the primary quarter was worse than it had anticipated earlier than the disaster. "
)
NAMES = ["Zyrkov", "Quellmor", "O’Vandrake", "McIndividuals", "Навин", "Ölmütz"]
NUMBERS = ["4,217", "12.5", "2019", "0.00031", "1:30", "٣٤٥"]
FIXED = [
    "https://example.org/navy?within={individuals}",
    "primary@example.org",
    "`navy = {worth} + within`",
    '<a title="individuals within">',
    "@navy",
    "#metropolis",
    "&nbsp;",
]
OFF, ON, SKIP = "<!-- cleaner: off -->", "<!-- cleaner: on -->", "<!-- cleaner: skip -->"

TEXTS = {
    "nothing": "",
    "only blanks": " \t\u00a0\u3000" * 2_000,
    "only line ends": "\r\n\n\r\u2028\u2029\x85\x0b\x0c" * 500,
    "only NULs": "\0" * 10_000,
    "NULs between words": SPUN.replace(" ", "\0"),
    "lone surrogates": SPUN.replace(" ", " \ud800") + "\udfff",
    "right to left": f"\u202e{SPUN}\u202c שלום {SPUN} \u2067مرحبا\u2069 {SPUN}",
    "emoji": f"👩‍👩‍👧🇬🇧👍🏽 {SPUN}" + "👩‍👩‍👧🇬🇧👍🏽" * 2_000 + SPUN,
    "combining marks": "a" + "\u0301" * 10_000 + SPUN.replace("a", "a\u0301"),
    "zero width": SPUN.replace("i", "i\u200b") + SPUN.replace(" ", " \ufeff"),
    "a word of 100,000 letters": f"{'navy' * 25_000} {SPUN[:30]}",
    "a long word in spun text": f"{SPUN}{'navy' * 25_000} {SPUN}",
    "a number of 100,000 digits": f"{SPUN}{'1' * 100_000} {SPUN}",
    "a word of many hyphens": f"{SPUN}{'navy-' * 20_000}{SPUN}",
    "an address that never ends": f"{SPUN}{'navy.' * 20_000}{SPUN}",
    "10,000 straight quotes": SPUN + '"' * 10_000 + SPUN,
    "10,000 curly quotes": f"{SPUN}{'“' * 10_000}{SPUN}{'”' * 10_000}",
    "10,000 apostrophes": SPUN + "'" * 10_000 + SPUN + "s' " * 5_000,
    "quoted words": f'"navy" {SPUN}' * 20,
    "deep brackets": f"{SPUN}{'(' * 5_000}{SPUN}{')' * 5_000}",
    "deep braces": f"{SPUN}{'{a ' * 2_000}{SPUN}{'}' * 2_000}",
    "unclosed markup": f"{SPUN}{'<a ' * 2_000}{'`' * 2_001}{'<!--' * 2_000}{SPUN}",
    "unclosed markers": f"{SPUN}{OFF * 500}{SPUN}{ON}{SPUN}{SKIP * 500}\n{SPUN}{OFF}{SPUN}",
    "CR only": (SPUN.replace(". ", ".\r") + "%d bloggers like this:\r") * 3,
    "line separators": SPUN.replace(" ", "\u2028") + SPUN.replace(". ", ".\u2029"),
    "full width": SPUN.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    "one letter a line": "\n".join(SPUN),
    "capitals": SPUN.upper() + SPUN.title(),
    "no blanks": SPUN.replace(" ", ""),
    "every plane": "".join(map(chr, range(0, 0x110000, 997))),
}


def check(text: str, result: Result) -> None:
    """What holds for every result."""
    assert apply(text, result.edits) == result.text
    assert revert(result.text, result.edits) == text
    assert all(one.end <= other.start for one, other in pairwise(result.edits))
    fixed = [token for token in tokenize(text) if token.kind is Kind.FIXED]
    alone = list(left_alone(text))
    for edit in (*result.edits, *result.suggestions):
        assert text[edit.start : edit.end] == edit.before != edit.after
        assert not [span for span in alone if edit.start < span[1] and span[0] < edit.end]
        assert not [t for t in fixed if t.start < edit.start < t.end or t.start < edit.end < t.end]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_texts_go_there_and_back(restorer, text):
    check(text, restorer.restore(text))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_reading_of_hostile_texts_can_be_made(text, eager):
    """All proposals made, however unlikely, where all would go wrong that can."""
    check(text, eager.restore(text))


@pytest.fixture(scope="module")
def eager() -> Restorer:
    return Restorer(min_confidence=0.0)


words = st.sampled_from(sorted({token.text for token in tokenize(SPUN)}))
junk = st.one_of(
    st.text(max_size=8),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Zs", "Mn", "Po", "Pi", "Pf"]), max_size=6),
    st.sampled_from(["\r", "\u2028", "\n\n", "\0", "''", "((", "{", "<", "“", "-", "– ", "’s", "...", OFF, ON, SKIP]),
).map(lambda piece: piece.replace("`", ""))  # one too many makes code of what is none
kept = st.sampled_from([*NAMES, *NUMBERS]).map(lambda word: f"said {word} ")
closed = st.sampled_from(FIXED).map(lambda piece: f" {piece} ")
hostile = st.lists(st.one_of(words.map("{} ".format), words.map(" {}".format), junk, kept, closed), max_size=40)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hostile.map("".join), st.booleans())
def test_names_numbers_and_markup_pass(eager, restorer, text, much):
    text = f"{SPUN}{text} {SPUN}"
    result = (eager if much else restorer).restore(text)
    check(text, result)
    for kept in (*NAMES, *NUMBERS, *FIXED, OFF, ON, SKIP):
        assert result.text.count(kept) == text.count(kept), kept


GROWING = {
    "prose": lambda size: SPUN * (size // len(SPUN)),
    "a line a word": lambda size: (SPUN * (size // len(SPUN))).replace(" ", "\n"),
    "one word": lambda size: "individuals " * (size // 12),
    "one letter": lambda size: "a " * (size // 2),
    "no words": lambda size: "日本語。" * (size // 4),
    "quotes": lambda size: "\"a 'b “ " * (size // 8),
    "brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "braces": lambda size: "{within } " * (size // 10),
    "markers": lambda size: f"{OFF} navy {ON}\n{SKIP} navy\n" * (size // 75),
    "residue": lambda size: "Facebook Twitter Reddit\n" * (size // 24),
    "fixed": lambda size: "`navy` <b>within</b> " * (size // 21),
}


@pytest.mark.parametrize("grown", GROWING.values(), ids=GROWING)
def test_work_grows_with_the_text_and_no_faster(restorer, grown):
    """Lines of our code that are run, so that the figure is the same on every machine."""
    small, large = grown(3_000), grown(6_000)
    restorer.restore(large)  # what is kept from text to text is kept now
    assert lines_run(restorer, large) <= 2.5 * lines_run(restorer, small) + 2_000


def lines_run(restorer: Restorer, text: str) -> int:
    seen: Counter[str] = Counter()

    def trace(frame: FrameType, event: str, _: object):
        seen[event] += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        restorer.restore(text)
    finally:
        sys.settrace(before)
    return seen["line"]


def test_nothing_is_kept_of_a_text(restorer):
    """A hostile text does not change what becomes of the next one."""
    before = restorer.restore(SPUN)
    for text in TEXTS.values():
        restorer.restore(text[:2_000])
    assert restorer.restore(SPUN) == before
