"""JSON Lines and SARIF: what programs read."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given, settings

from cleaner.edits import KINDS, Result
from cleaner.report import JOINED, json_lines, sarif
from cleaner.report.view import items

from .made import NEWS, UNTOUCHED, Swap, made, results, texts

SCHEMA = jsonschema.Draft4Validator(json.loads(Path(__file__).with_name("sarif-2.1.0.json").read_text("utf-8")))


@given(results, texts)
def test_a_line_for_each_change_and_suggestion(result, name):
    written = json_lines.render(result, name)
    assert written.isascii()
    listed = [json.loads(line) for line in written.splitlines()]
    assert [{**line, "alternatives": ..., "reason": ...} for line in listed] == [
        {"document": name, "line": item.line, "column": item.column, "applied": item.applied}
        | asdict(item.edit)
        | {"alternatives": ..., "reason": ...}
        for item in items(result)
    ]


def test_nothing_to_say_is_no_line():
    assert json_lines.render(UNTOUCHED, "n") == ""


@settings(max_examples=30, deadline=None)
@given(results, texts)
def test_sarif_keeps_to_its_schema(result, name):
    written = sarif.render(result, name)
    SCHEMA.validate(json.loads(written))
    SCHEMA.validate(json.loads(JOINED["sarif"]([written, written])))


def test_the_schema_refuses_other_things():
    with pytest.raises(jsonschema.ValidationError):
        SCHEMA.validate({"version": "2.1.0", "runs": [{"results": []}]})


def replayed(result: Result, name: str) -> str:
    """The source with the fixes of all warnings made, by line and column as well as by offset."""
    (run,) = json.loads(sarif.render(result, name))["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    starts = [0]
    for line in result.source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    text = result.source
    for found in reversed(run["results"]):
        (location,), (fix,) = found["locations"], found["fixes"]
        region = location["physicalLocation"]["region"]
        ((replacement,),) = (change["replacements"] for change in fix["artifactChanges"])
        start, end = region["charOffset"], region["charOffset"] + region["charLength"]
        assert (start, end) == (
            starts[region["startLine"] - 1] + region["startColumn"] - 1,
            starts[region["endLine"] - 1] + region["endColumn"] - 1,
        )
        assert replacement["deletedRegion"] == region
        if found["level"] == "warning":
            text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    return text


@given(results)
def test_the_fixes_of_sarif_restore_the_text(result):
    assert replayed(result, "n") == result.text


def test_sarif_says_what_and_where():
    (run,) = json.loads(sarif.render(NEWS, "news/a b.txt"))["runs"]
    first, *_ = run["results"]
    assert (first["ruleId"], first["level"]) == ("spin", "warning")
    assert first["message"]["text"] == "dangle -> have (93% sure)"
    assert first["properties"] == {"confidence": 0.934, "source": "double:dangle"}
    uri = first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert (uri, unquote(uri)) == ("news/a%20b.txt", "news/a b.txt")
    suggestion = run["results"][2]
    assert (suggestion["level"], suggestion["message"]["text"]) == ("note", "perhaps easy -> still (41% sure)")
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(KINDS)
    assert all(rules[found["ruleIndex"]]["id"] == found["ruleId"] for found in run["results"])


def test_joined_reports_are_one():
    one, other = sarif.render(NEWS, "a"), sarif.render(made(Swap("x", "y")), "b")
    (run,) = json.loads(JOINED["sarif"]([one, other]))["runs"]
    uris = [found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for found in run["results"]]
    assert uris == ["a"] * 4 + ["b"]
    assert json.loads(JOINED["sarif"]([]))["runs"][0]["results"] == []
