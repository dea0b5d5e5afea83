from __future__ import annotations

import json
import re
from hashlib import sha256

import pytest
from hypothesis import given

from cleaner.edits import Edit
from cleaner.report.fields import ReportError
from cleaner.report.json_report import SCHEMA, read, render, revert

from .made import NEWS, results, texts


def test_report_names_schema_texts_and_figures():
    data = json.loads(render(NEWS, "news.txt"))
    assert data["schema"] == SCHEMA == "cleaner-report/1"
    assert data["source_sha256"] == sha256(NEWS.source.encode()).hexdigest()
    assert data["text_sha256"] == sha256(NEWS.text.encode()).hexdigest()
    assert (data["name"], data["spin_rate"], data["dialect"], data["spun"]) == ("news.txt", 0.28, "double", 0.98)
    assert data["edits"][0] == {
        "start": 20,
        "end": 26,
        "before": "dangle",
        "after": "have",
        "kind": "spin",
        "source": "double:dangle",
        "confidence": 0.934,
        "alternatives": [{"text": "hang", "probability": 0.04}, {"text": "dangle", "probability": 0.021}],
        "reason": {"language": 3.1, "channel": -0.9, "spin rate": 0.35, "sentence": -0.05},
        "quoted": False,
    }


@given(results, texts)
def test_what_is_written_is_read_and_reverted(result, name):
    written = render(result, name)
    report = read(written)
    assert (report.name, report.edits, report.suggestions) == (name, result.edits, result.suggestions)
    assert (report.spin_rate, report.dialect, report.spun) == (result.spin_rate, result.dialect, result.spun)
    assert revert(result.text, report) == result.source
    assert written.isascii()


def test_reports_without_the_mark_of_quotations_are_read():
    data = json.loads(render(NEWS, "news.txt"))
    del data["edits"][0]["quoted"]
    assert read(json.dumps(data)).edits == NEWS.edits


@given(results)
def test_the_same_bytes_after_a_round_trip(result):
    report = read(render(result, "x"))
    again = type(result)(
        result.source, result.text, report.edits, report.suggestions, report.spin_rate, report.dialect, report.spun
    )
    assert render(again, "x") == render(result, "x")


WRONG = [
    (lambda d: d.pop("schema"), "schema is missing"),
    (lambda d: d.update(schema="cleaner-report/2"), "schema is 'cleaner-report/2'; this version reads"),
    (lambda d: d.pop("edits"), "edits is missing"),
    (lambda d: d.update(edits={}), "edits: expected a list, found {}"),
    (lambda d: d.update(suggestions=[1]), "suggestions[0]: expected an object, found 1"),
    (lambda d: d.update(name=None), "name: expected a string, found null"),
    (lambda d: d.update(dialect=3), "dialect: expected a string or null, found 3"),
    (lambda d: d.update(text_sha256="abc"), 'text_sha256: expected 64 hexadecimal digits, found "abc"'),
    (lambda d: d.update(spun=1.5), "spun: expected a share from 0 to 1, found 1.5"),
    (lambda d: d.update(spin_rate=True), "spin_rate: expected a share from 0 to 1, found true"),
    (lambda d: d["edits"][0].update(quoted=1), "edits[0].quoted: expected true or false, found 1"),
    (lambda d: d["edits"][1].pop("before"), "edits[1].before is missing"),
    (lambda d: d["edits"][0].update(kind="magic"), "edits[0].kind: expected one of spin, spelling"),
    (lambda d: d["edits"][0].update(start=-1), "edits[0].start: expected a whole number from 0, found -1"),
    (lambda d: d["edits"][0].update(end=26.0), "edits[0].end: expected a whole number from 0, found 26.0"),
    (lambda d: d["edits"][0].update(end=27), "edits[0]: start 20 and end 27 do not span the 6 characters"),
    (lambda d: d["edits"][0].update(confidence=float("nan")), "edits[0].confidence: expected a share from 0 to 1"),
    (lambda d: d["edits"][0]["reason"].update(language="3"), "edits[0].reason.language: expected a finite number"),
    (lambda d: d["edits"][0]["reason"].update(language=10**400), "edits[0].reason.language: expected a finite number"),
    (lambda d: d["edits"][0]["alternatives"][1].pop("text"), "edits[0].alternatives[1].text is missing"),
    (lambda d: d["edits"].reverse(), "edits[1] overlaps the one before it or is out of order"),
]


@pytest.mark.parametrize(("damage", "message"), WRONG, ids=[message for _, message in WRONG])
def test_a_damaged_report_is_refused_by_field(damage, message):
    data = json.loads(render(NEWS, "news.txt"))
    damage(data)
    with pytest.raises(ReportError, match=re.escape(message)):
        read(json.dumps(data))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON"),
        ('{"schema": ', "not JSON"),
        ("[]", "the report: expected an object, found []"),
        ("[" * 100_000, "nested too deeply"),
        ('{"schema": ' + "9" * 5000 + "}", "not JSON"),
    ],
    ids=["empty", "cut off", "a list", "deep", "a huge number"],
)
def test_other_files_are_refused(text, message):
    with pytest.raises(ReportError, match=re.escape(message)):
        read(text)


def test_revert_refuses_another_text():
    with pytest.raises(ReportError, match=r"not the one restored in this report of 'news.txt'"):
        revert(NEWS.text + " ", read(render(NEWS, "news.txt")))


def test_revert_refuses_edits_that_do_not_fit():
    data = json.loads(render(NEWS, "news.txt"))
    data["edits"][0]["after"] = "hang"
    with pytest.raises(ReportError, match=r"edits do not fit the text: .*'hang'"):
        revert(NEWS.text, read(json.dumps(data)))


def test_revert_refuses_edits_that_lead_elsewhere():
    data = json.loads(render(NEWS, "news.txt"))
    data["edits"][0]["before"] = "mangle"
    with pytest.raises(ReportError, match="do not lead back to the source"):
        revert(NEWS.text, read(json.dumps(data)))


def test_a_share_that_is_no_number_is_not_written():
    broken = Edit(0, 1, NEWS.source[0], "x", "spin", "x", float("nan"))
    with pytest.raises(ValueError, match="not JSON compliant"):
        render(type(NEWS)(NEWS.source, "", (broken,), (), 0.1, None, 0.1), "x")
