"""Detection is the first half of a restoration, and finds what the whole finds."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cleaner
import cleaner.pipeline
from cleaner.detection import SHOWN, Detection
from cleaner.propose import Proposers

FIT = Path(__file__).parent.parent / "fixtures" / "blind" / "fit"
PAGES = {path.name.removesuffix(".txt"): path.read_text("utf-8") for path in sorted(FIT.glob("*.txt"))}
HOSTILE = {
    "nothing": "",
    "blanks": " \r\n\t\u2028\0",
    "half a pair": "dangle \ud800 been",
    "no letters": "!?" * 3000,
    "one word": "a" * 20_000,
    "openers": "<a " * 2000 + "`" * 2000,
    "marks on marks": "e" + "\u0301" * 5000,
    "right to left": "\u202edangle \u2066been\u2069 " * 40,
    "markup": "<script>dangle been</script>" * 200,
    "one swap over and over": "dangle been " * 500,
}

text_like = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(" ".join(list(PAGES.values())[::7]).split(" ")), max_size=120).map(" ".join),
)


def check(text: str, found: Detection) -> None:
    assert 0 <= found.spun <= 1
    assert 0 <= found.spin_rate <= 1
    assert found.evidence >= 0
    assert (found.dialect is None) == (found.verdict != "spun") == (found.spun < 0.5)
    assert len(found.swaps) <= SHOWN
    assert [swap.probability for swap in found.swaps] == sorted((s.probability for s in found.swaps), reverse=True)
    for swap in found.swaps:
        assert text[swap.start : swap.end] == swap.before != swap.after
        assert 0 <= swap.probability <= 1
    assert json.loads(json.dumps(found.as_dict(), allow_nan=False))["verdict"] == found.verdict


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text_like)
def test_it_agrees_with_restoring(restorer, text):
    found, result = restorer.detect(text), restorer.restore(text)
    check(text, found)
    assert (found.spun, found.spin_rate, found.dialect) == (result.spun, result.spin_rate, result.dialect)


@pytest.mark.parametrize("name", list(PAGES)[::9])
def test_it_agrees_with_restoring_pages(restorer, name):
    found, result = restorer.detect(PAGES[name]), restorer.restore(PAGES[name])
    check(PAGES[name], found)
    assert (found.spun, found.spin_rate, found.dialect) == (result.spun, result.spin_rate, result.dialect)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text(restorer, text):
    check(text, restorer.detect(text))


@pytest.mark.parametrize(
    ("names", "verdict", "dialect"),
    [("t-*.spun", "spun", "table"), ("d-*.spun", "spun", "double"), ("*.orig", "human", None), ("p-*", "human", None)],
)
def test_verdicts(restorer, names, verdict, dialect):
    texts = [PAGES[path.stem] for path in sorted(FIT.glob(f"{names}.txt"))]
    found = [restorer.detect(text) for text in texts]
    assert {(each.verdict, each.dialect) for each in found} == {(verdict, dialect)}


def test_a_short_text_without_marks_is_unclear(restorer):
    assert restorer.detect("The council met on Tuesday.").verdict == "unclear"


def test_the_swaps_that_tell_are_of_the_text_as_read(restorer):
    text = "“Itâ€™s lateâ€\x9d, it said.\n" + PAGES["t-uk-01.spun"]
    found = restorer.detect(text)
    check(text, found)
    assert found.swaps
    page = restorer.detect(PAGES["t-uk-01.spun"])
    assert {(s.before, s.after) for s in found.swaps} & {(s.before, s.after) for s in page.swaps}


def test_inexact_proposals_are_not_made(restorer, monkeypatch):
    monkeypatch.delattr(Proposers, "inexact")
    assert restorer.detect(PAGES["t-uk-01.spun"]).verdict == "spun"


def test_it_is_public():
    """The module of the same thing must not take the function's name."""
    assert callable(cleaner.detect)
    found = cleaner.detect("There dangle also been quieter attempts away from the limelight.")
    assert isinstance(found, cleaner.Detection)
    assert [(swap.before, swap.after) for swap in found.swaps] == [("dangle", "have")]


RESIDUE = "Share this:\nClick to share on Facebook (Opens in new window)\n"


def test_only_spun_leaves_other_texts_as_they_are():
    both, only = cleaner.Restorer(), cleaner.Restorer(only_spun=True)
    damaged = "It doesnâ€™t matter.\n" + PAGES["t-uk-01.orig"] + "\n" + RESIDUE
    assert len(both.restore(damaged).edits) > 1
    result = only.restore(damaged)
    assert (result.text, result.edits, result.suggestions) == (damaged, (), ())
    spun = "It doesnâ€™t matter.\n" + PAGES["t-uk-01.spun"] + "\n" + RESIDUE
    assert only.restore(spun) == both.restore(spun)
    assert "Share this" not in only.restore(spun).text
