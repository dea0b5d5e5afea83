"""Where edits may not be made, and which are made in quoted words."""

from __future__ import annotations

import pickle
import re
from copy import copy

from cleaner import Restorer, revert
from cleaner.edits import QUOTE_POLICIES, Edit, QuotePolicy
from cleaner.guard import Guard
from cleaner.text.tokens import tokenize

SPUN = (
    "The navy stated that individuals within the metropolis have been ready, in keeping with officers. "
    "The corporate mentioned that the primary quarter was worse than it had anticipated earlier than the disaster."
)
QUOTED = f"{SPUN}\n\n“The navy stated that individuals have been ready exterior,” he mentioned. {SPUN}"


def edit(text: str, before: str, after: str = "x") -> Edit:
    at = text.index(before)
    return Edit(at, at + len(before), before, after, "residue", "x", 1.0)


def test_edits_neither_enter_nor_cut_fixed_tokens_but_may_take_them_away():
    text = "We use cookies, see `the {hardware}` and https://example.org/navy now."
    guard = Guard.of(text, tokenize(text), frozenset())
    for inside in ("{hardware}", "the", "navy", "https:", "and https", "/navy now", "`", "` and"):
        assert guard.admit([edit(text, inside)]) == []
    for outside in (text, "see ", "see `the {hardware}` and", " and ", " now", "https://example.org/navy"):
        assert len(guard.admit([edit(text, outside)])) == 1


def test_allowed_phrases_are_closed_to_rules_as_well():
    text = "A crypto wallet; the Crypto Wallet's key"
    guard = Guard.of(text, tokenize(text), frozenset({"crypto wallet", "crypto wallet's"}))
    assert guard.admit([edit(text, "wallet"), edit(text, "Wallet's"), edit(text, "A crypto")]) == []
    assert len(guard.admit([edit(text, "A"), edit(text, ";"), edit(text, "key")])) == 3


def test_quoted_words_are_marked():
    text = 'He said "we left" and left'
    marked = Guard.of(text, tokenize(text), frozenset()).admit(
        [edit(text, "said"), edit(text, "we"), edit(text, 'said "we'), edit(text, " and"), edit(text, "and left")]
    )
    assert [each.quoted for each in marked] == [False, True, True, False, False]


def touched(restorer: Restorer, text: str) -> list[str]:
    """What is changed or suggested."""
    result = restorer.restore(text)
    assert revert(result.text, result.edits) == text
    return [each.before for each in (*result.edits, *result.suggestions)]


def test_nothing_is_touched_between_markers_though_it_is_evidence(restorer):
    off = f"{SPUN}\n\n<!-- cleaner: off -->\n{SPUN}\n<!-- cleaner: on -->\n{SPUN}"
    plain = restorer.restore(SPUN)
    result = restorer.restore(off)
    start, end = off.index("<!--"), off.rindex("-->") + 3
    assert not [each for each in (*result.edits, *result.suggestions) if start < each.end and each.start < end]
    assert len(result.edits) >= 2 * len(plain.edits) > 0
    alone = restorer.restore(f"<!-- cleaner: off -->\n{SPUN}")
    assert (alone.edits, alone.suggestions, alone.spun > 0.5) == ((), (), True)


def test_an_allowed_word_is_never_touched(restorer):
    allowing = Restorer(allow=["Individuals", "in  keeping with", "metropolis"])
    assert "individuals" in touched(restorer, SPUN)
    assert not {"individuals", "metropolis"}.intersection(" ".join(touched(allowing, SPUN)).split())
    assert "in keeping with" in allowing.restore(SPUN).text
    assert "navy" in touched(allowing, SPUN)


def with_policy(restorer: Restorer, policy: QuotePolicy) -> Restorer:
    changed = copy(restorer)
    changed.quotes = policy
    return changed


def test_quotation_policies(restorer):
    results = {policy: with_policy(restorer, policy).restore(QUOTED) for policy in QUOTE_POLICIES}
    quoted = {
        policy: ([e for e in result.edits if e.quoted], [e for e in result.suggestions if e.quoted])
        for policy, result in results.items()
    }
    assert quoted["apply"][0]
    assert quoted["suggest"][0] == []
    assert {(e.start, e.after) for e in quoted["apply"][0]} <= {(e.start, e.after) for e in quoted["suggest"][1]}
    assert quoted["skip"] == ([], [])
    plain = [[e for e in result.edits if not e.quoted] for result in results.values()]
    assert plain[0] == plain[1] == plain[2] != []


def test_pickles_with_its_options():
    restorer = pickle.loads(pickle.dumps(Restorer(allow=["individuals"], quotes="skip")))
    assert (restorer.allow, restorer.quotes) == (frozenset({"individuals"}), "skip")


def test_damage_is_mended_within_the_same_bounds(restorer):
    """What is put right before a text is judged heeds markers and policies as well."""
    text = "It\u2019s donâ€™t, “donâ€™t” <!-- cleaner: off -->donâ€™t<!-- cleaner: on --> donâ€™t."
    places = {
        policy: [[e.start for e in found] for found in (result.edits, result.suggestions)]
        for policy in QUOTE_POLICIES
        for result in [with_policy(restorer, policy).restore(text)]
    }
    first, second, _, last = (match.start() + 3 for match in re.finditer("donâ€™t", text))
    assert places == {
        "apply": [[first, second, last], []],
        "suggest": [[first, last], [second]],
        "skip": [[first, last], []],
    }
