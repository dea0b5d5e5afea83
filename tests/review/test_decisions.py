from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.edits import apply
from cleaner.report.fields import ReportError
from cleaner.review.decisions import (
    VERDICTS,
    Decisions,
    apply_decisions,
    decide,
    proposed,
    read,
    render,
    reviewed,
    undecided,
)
from tests.report.made import DANGLE, EASY, NEWS, Swap, made, results, texts


def judged(decisions: Decisions, verdicts, own: str = "own words") -> Decisions:
    made_ = (
        decide(each.edit, each.applied, verdict, own)
        for each, verdict in zip(decisions.decisions, verdicts, strict=False)
    )
    return replace(decisions, decisions=tuple(made_))


@st.composite
def reviews(draw):
    result = draw(results)
    begun = undecided(result, draw(texts))
    verdicts = [draw(st.sampled_from(VERDICTS)) for _ in begun.decisions]
    return result, judged(begun, verdicts, draw(texts))


@given(reviews())
def test_what_is_written_is_read(review):
    assert read(render(review[1])) == review[1]


@given(reviews())
def test_the_text_is_what_was_decided(review):
    result, decisions = review
    text, edits = apply_decisions(result.source, decisions)
    expected, at = "", 0
    for each in decisions.decisions:
        expected, at = expected + result.source[at : each.edit.start] + each.after, each.edit.end
    assert text == expected + result.source[at:] == apply(result.source, edits)
    assert all(edit.before != edit.after for edit in edits)


@given(results)
def test_nothing_decided_is_the_restored_text_and_all_rejected_is_the_source(result):
    begun = undecided(result, "x")
    assert apply_decisions(result.source, begun)[0] == result.text
    assert apply_decisions(result.source, judged(begun, ["rejected"] * 99))[0] == result.source
    assert proposed(result.source, judged(begun, ["edited"] * 99)) == result


def test_reports_of_a_review():
    source = "There dangle also easy been easy"
    result = made("There ", DANGLE, " also ", EASY, " been ", EASY)
    decisions = judged(undecided(result, "a.txt"), ["edited", "accepted", "undecided"], "had")
    final = reviewed(source, decisions)
    assert final.text == "There had also still been easy"
    assert [(e.after, e.source, e.confidence) for e in final.edits] == [
        ("had", "reviewer", 1.0),
        ("still", "table", 0.41),
    ]
    assert [(e.start, e.after) for e in final.suggestions] == [(28, "still")]
    assert decisions.decided == 2


def test_suggestions_in_the_way_of_changes_are_left_out():
    result = made("There ", DANGLE, " been")
    inside = replace(result.edits[0], start=8, end=10, before="ng", after="x")
    assert len(undecided(replace(result, suggestions=(inside,)), "x").decisions) == 1


def set_(*path):
    *way, last, value = path

    def change(data):
        for key in way:
            data = data[key]
        data[last] = value

    return change


BROKEN = [
    (set_("schema", "cleaner-report/1"), "schema is 'cleaner-report/1'; this version reads 'cleaner-decisions/1'"),
    (set_("schema", "cleaner-decisions/2"), "schema is 'cleaner-decisions/2'"),
    (lambda d: d.pop("decisions"), "decisions is missing"),
    (set_("decisions", {}), "decisions: expected a list, found {}"),
    (set_("decisions", 0, None), "decisions[0]: expected an object, found null"),
    (set_("decisions", 0, "verdict", "maybe"), "decisions[0].verdict: expected one of undecided, accepted"),
    (set_("decisions", 0, "applied", 1), "decisions[0].applied: expected true or false, found 1"),
    (set_("decisions", 0, "start", -1), "decisions[0].start: expected a whole number from 0"),
    (set_("decisions", 0, "start", 3), "decisions[0]: start 3 and end 26 do not span the 6 characters"),
    (set_("decisions", 0, "after", "hang"), "decisions[0].after: 'hang' is not what 'undecided' leads to"),
    (set_("decisions", 0, "proposed", 1), "decisions[0].proposed: expected a string, found 1"),
    (lambda d: d["decisions"].reverse(), "decisions[1] overlaps the one before it or is out of order"),
    (set_("source_sha256", "0"), "source_sha256: expected 64 hexadecimal digits"),
    (set_("spun", 2), "spun: expected a share from 0 to 1"),
]


@pytest.mark.parametrize(("change", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_broken_decisions_are_named(change, message):
    data = json.loads(render(undecided(NEWS, "news.txt")))
    change(data)
    with pytest.raises(ReportError) as error:
        read(json.dumps(data))
    assert message in str(error.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"schema": 1}', "\ufeff{}"])
def test_what_is_no_record_is_refused(text):
    with pytest.raises(ReportError):
        read(text)


def test_another_text_is_refused():
    decisions = undecided(NEWS, "news.txt")
    with pytest.raises(ReportError, match=r"the text is not the one reviewed as 'news.txt': SHA-256 differs"):
        apply_decisions(NEWS.source + " ", decisions)
    other = undecided(made("There ", Swap("hang", "have"), " been"), "x")
    with pytest.raises(ReportError, match="decisions do not fit the text"):
        apply_decisions(NEWS.source, replace(decisions, decisions=other.decisions))
