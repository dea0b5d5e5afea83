from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

OLD, NEW = "x\nThere dangle  been\n", "x\nThere have been\n"
HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"


@pytest.fixture
def texts(write):
    write({"old.txt": OLD, "new.txt": NEW})


def test_the_diff_goes_to_stdout(run, texts):
    ran = run("diff", "old.txt", "new.txt")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode() == (
        "--- a/old.txt\n+++ b/old.txt\n@@ -1,2 +1,2 @@\n x\n-There dangle  been\n+There have been\n"
    )
    shown = run("diff", "old.txt", "new.txt", terminals="stdout").out.decode()
    assert "\x1b[31;9mdangle\x1b[0m \x1b[32mhave\x1b[0m" in shown


def test_either_text_may_come_from_stdin(run, texts):
    piped = run("diff", "old.txt", "-", stdin=NEW.encode())
    assert piped.out == run("diff", "old.txt", "new.txt").out
    assert run("diff", "-", "old.txt", stdin=OLD.encode()).out == b""


def test_reports_go_to_files(run, texts, read):
    ran = run("diff", "old.txt", "new.txt", "--report", "json=r.json", "--report", "word-diff")
    assert "There [-dangle-]{+have+}[-  -]{+ +}been" in ran.out.decode()
    edits = json.loads(read()["r.json"])["edits"]
    assert [(edit["before"], edit["after"], edit["kind"], edit["source"]) for edit in edits] == [
        ("dangle", "have", "spin", "diff"),
        ("  ", " ", "spacing", "diff"),
    ]


@pytest.mark.parametrize(("new", "code"), [("new.txt", 1), ("old.txt", 0)])
def test_check_lists_the_differences(run, texts, new, code):
    ran = run("diff", "old.txt", new, "--check")
    assert ran.code == code
    assert ran.out.decode() == ("old.txt:2:7: dangle -> have\nold.txt:2:13:    ->  \n" if code else "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "-"], "- is given twice"),
        (["old.txt", "gone.txt"], "gone.txt: no such file"),
        (["old.txt", "new.txt", "--report", "pdf"], "the format must be one of"),
        (["old.txt", "new.txt", "--report", "json", "--report", "md"], "only one --report can go to stdout"),
        (["old.txt", "new.txt", "--report", "json", "--check"], "only one --report can go to stdout"),
        (["old.txt", "new.txt", "--report", "json=new.txt"], "new.txt is an input and would be overwritten"),
    ],
)
def test_refusals_are_one_line(run, texts, read, arguments, message):
    ran = run("diff", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert message in ran.err
    assert ran.err.count("\n") == 1
    assert read() == {"new.txt": NEW, "old.txt": OLD}


@pytest.mark.parametrize(
    "arguments", [["diff", "old.txt", "new.txt"], ["restore", "old.txt", "-o", "out.txt"]], ids=lambda each: each[0]
)
def test_word_documents_do_not_go_to_terminals(run, texts, arguments):
    ran = run(*arguments, "--report", "docx", terminals="stdout")
    assert (ran.code, ran.out) == (2, b"")
    assert "give it a path: --report docx=FILE.docx" in ran.err
    assert run(*arguments, "--report", "docx").out.startswith(b"PK")


@pytest.mark.parametrize("format", ["sarif", "jsonl", "diff", "word-diff"])
def test_one_report_on_several_inputs(run, write, read, format):
    write({"a.txt": "dangle\n", "b.txt": "clean\n", "c.txt": "easy dangle\n", "d.txt": b"\xff\xfe"})
    ran = run("restore", "a.txt", "b.txt", "c.txt", "d.txt", "--check", "--report", f"{format}=all")
    assert (ran.code, ran.out) == (1, b"a.txt:1:1: dangle -> have\nc.txt:1:6: dangle -> have\n")
    (path,) = Path().glob("all")
    report = path.read_text()
    if format == "sarif":
        assert len(json.loads(report)["runs"][0]["results"]) == 3
    elif format == "jsonl":
        assert [json.loads(line)["document"] for line in report.splitlines()] == ["a.txt", "c.txt", "c.txt"]
    else:
        assert (report.count("--- a/"), report.count("dangle")) == (2, 2)


def test_a_report_on_several_inputs_overwrites_none(run, write, read):
    files = {"a.txt": "dangle\n", "b.txt": "dangle\n"}
    write(files)
    ran = run("restore", "a.txt", "b.txt", "--check", "--report", "jsonl=b.txt")
    assert (ran.code, read()) == (2, files)
    assert "b.txt is an input and would be overwritten" in ran.err
    ran = run("restore", "a.txt", "b.txt", "--check", "--report", "jsonl=r", "--report", "diff=r")
    assert (ran.code, read()) == (2, files)
    assert "r would be written twice" in ran.err


def test_hooks_find_and_fix(run, write, read):
    entries = dict(zip(_values("id"), map(shlex.split, _values("entry")), strict=True))
    assert {command[0] for command in entries.values()} == {"cleaner"}
    write({"a.txt": "dangle\n", "b.md": "clean\n"})
    assert run(*entries["cleaner"][1:], "a.txt", "b.md").code == 1
    assert run(*entries["cleaner-fix"][1:], "a.txt", "b.md").code == 0
    assert read() == {"a.txt": "have\n", "b.md": "clean\n"}
    assert run(*entries["cleaner"][1:], "a.txt", "b.md").code == 0


def _values(key: str) -> list[str]:
    lines = (line.lstrip("- ") for line in HOOKS.read_text().splitlines())
    return [line.removeprefix(f"{key}: ") for line in lines if line.startswith(f"{key}: ")]
